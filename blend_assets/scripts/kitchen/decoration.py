"""Candles and toys."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.fittings import filleted, side
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import lathe, rounded, rounded_box, vessel
from blend_assets.scripts.kitchen.things import bounding, drum, hollow, joined, lying, settled, thing
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, turned
from buildee.layout import lettering, solids
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint

SOURCE = "Own model. {}, as makers list them."


def assets() -> list[Asset]:
    """Returns candles and toys."""
    return [_pillar(), _jar_candle(), _taper(), _letter_block(), _toy_car(), _stacking_rings()]


def _wick(z: float) -> Mesh:
    return of("wick", solids.tube([(0, 0, z - 0.003), (0.0003, 0, z + 0.006), (0.002, 0.0005, z + 0.011)], 0.0009, 6))


def _pillar() -> Asset:
    """Returns a pillar candle of 7 cm across that has burnt for a while: a bowl in its top, a run of wax."""
    profile = rounded(
        [(0, 0), (0.035, 0), (0.035, 0.118), (0.030, 0.121), (0.022, 0.113), (0, 0.108)],
        [0, 0.002, 0.004, 0.004, 0.012, 0],
        5,
    )
    body = lathe(profile, 40)
    points = body.vertices.copy()
    angle = np.arctan2(points[:, 1], points[:, 0])
    near = np.clip((points[:, 2] - 0.085) / 0.035, 0, 1)
    points[:, 2] += near * (0.003 * np.sin(angle * 2 + 0.6) + 0.0015 * np.sin(5 * angle))
    body = Mesh(points, body.corners, body.sizes, body.slots, body.smooth)
    mesh = Mesh.merged([of("wax", body), _wick(0.108)])
    return thing(
        "candle_a", "Pillar candle", "candle", mesh, drum(0.035, 0, 0.124),
        SOURCE.format("Candles of 7 cm, 12 cm high"), markers={"grasp": at(z=0.06), "wick": at(z=0.118)},
        tags=("decoration",),
        rests={"lying": settled(mesh, turned("y", np.pi / 2))},
    )  # fmt: skip


def _jar_candle() -> Asset:
    body = rounded([(0, 0), (0.034, 0), (0.037, 0.004), (0.037, 0.085)], [0, 0.004, 0.003, 0], 4)
    glass = of("glass", lathe(vessel(body, (0.006, 0.0028)), 40))
    wax = of(
        "wax",
        lathe(
            rounded(
                [(0, 0.0064), (0.0336, 0.0064), (0.0338, 0.058), (0.030, 0.0565), (0, 0.056)],
                [0, 0.003, 0.001, 0.004, 0],
                3,
            ),
            36,
        ),
    )
    mesh = Mesh.merged([glass, wax, _wick(0.056)])
    return thing(
        "candle_b", "Candle in a glass", "candle", mesh, joined(drum(0.036, 0, 0.056), hollow([(0.0355, 0.05),
        (0.0355, 0.085)], 0.003, (0.05, 0.056))), SOURCE.format("Candles of 7.4 cm in a glass"),
        markers={"grasp": at(0.037, 0, 0.04), "wick": at(z=0.066)}, tags=("decoration",), slots=coloured(wax=(0.72,
        0.60, 0.46)),
    )  # fmt: skip


def _taper() -> Asset:
    """Returns a taper of 22 mm in a brass candlestick."""
    stick = rounded(
        [
            (0, 0.003),
            (0.030, 0.0),
            (0.042, 0.0),
            (0.043, 0.003),
            (0.014, 0.014),
            (0.006, 0.022),
            (0.006, 0.050),
            (0.010, 0.056),
            (0.006, 0.062),
            (0.0135, 0.074),
            (0.0145, 0.096),
            (0.0115, 0.097),
            (0.0115, 0.076),
            (0, 0.076),
        ],
        [0, 0.001, 0.001, 0.001, 0.01, 0.006, 0.006, 0.003, 0.004, 0.005, 0.001, 0.0005, 0.001, 0],
        3,
    )
    candle = rounded(
        [(0, 0.0762), (0.0108, 0.0762), (0.0108, 0.22), (0.0085, 0.29), (0.006, 0.295), (0, 0.292)],
        [0, 0.001, 0.02, 0.01, 0.003, 0],
        4,
    )
    mesh = Mesh.merged([of("chrome", lathe(stick, 36)), of("wax", lathe(candle, 24)), _wick(0.292)])
    return thing(
        "candle_c", "Taper in a candlestick", "candle", mesh, joined(drum(0.043, 0, 0.012), drum(0.0145, 0.012, 0.1),
        drum(0.0105, 0.1, 0.30)), SOURCE.format("Candlesticks of 10 cm, tapers of 22 mm"),
        markers={"grasp": at(z=0.06), "wick": at(z=0.302)}, tags=("decoration",), slots=coloured(chrome=(0.60, 0.42,
        0.16), wax=(0.30, 0.05, 0.045)),
        rests={"lying": lying(mesh, np.array([(0.043, 0.0), (0.043, 0.003), (0.0085, 0.29), (0.006, 0.295)]))},
    )  # fmt: skip


def _letter_block() -> Asset:
    """Returns a child's block, 45 mm, a letter on each of four sides."""
    half = 0.0225
    block = rounded_box((-half, -half, 0), (half, half, 2 * half), 0.003, 0.003)
    frames, letters = [], []
    for number, letter in enumerate("ABCD"):
        pose = turned("z", number * np.pi / 2) @ np.array(
            [[0, 0, 1, half], [1, 0, 0, 0], [0, 1, 0, half], [0, 0, 0, 1]], float
        )
        letters.append(lettering.text(letter, 0.024, 0.0003, "middle").moved(y=-0.012).transformed(pose))
        for angle in np.arange(4) * np.pi / 2:
            bar = solids.box((0.034, 0.0016, 0.0006), (0, 0.0162, 0.0))
            frames.append(bar.transformed(pose @ turned("z", angle)))
    mesh = Mesh.merged([of("wood", block), of("red", *letters), of("blue", *frames)])
    return thing(
        "toy_block_a", "Letter block", "toy", mesh, boxes(((-half, -half, 0), (half, half, 2 * half))),
        SOURCE.format("Blocks of 45 mm"), stack=2 * half + 2e-4, tags=("toy",),
        markers={"grasp": at(z=half)}, rests={"on_side": settled(mesh, turned("x", np.pi / 2))},
        slots=coloured(wood=(0.62, 0.43, 0.23)),
    )  # fmt: skip


def _toy_car() -> Asset:
    """Returns a wooden car, 13 cm long, with wheels that turn."""
    outline = filleted(
        [
            (-0.065, 0.012),
            (0.065, 0.012),
            (0.065, 0.032),
            (0.030, 0.038),
            (0.012, 0.060),
            (-0.040, 0.060),
            (-0.058, 0.038),
            (-0.065, 0.036),
        ],
        [0.006, 0.008, 0.008, 0.008, 0.012, 0.012, 0.008, 0.006],
        4,
    )
    body = of("red", side(outline, -0.027, 0.027, 0.0025))
    pane = filleted([(0.022, 0.041), (0.010, 0.056), (-0.036, 0.056), (-0.047, 0.041)], 0.003, 3)
    windows = [of("wood", side(pane, y - 0.0004, y + 0.0004)) for y in (-0.027, 0.027)]
    wheel_profile = rounded(
        [
            (0, -0.006),
            (0.0145, -0.006),
            (0.0165, -0.003),
            (0.0165, 0.004),
            (0.013, 0.006),
            (0.006, 0.0055),
            (0.005, 0.008),
            (0, 0.0085),
        ],
        [0, 0.002, 0.002, 0.003, 0.002, 0.001, 0.001, 0],
        3,
    )
    wheel = of("wood", lathe(wheel_profile, 28).transformed(turned("x", -np.pi / 2)))
    parts = []
    for name, x, sign in (
        ("front_left", 0.04, 1),
        ("front_right", 0.04, -1),
        ("rear_left", -0.04, 1),
        ("rear_right", -0.04, -1),
    ):
        pose = at(x, sign * 0.0345, 0.0165)
        mesh = wheel if sign > 0 else wheel.transformed(np.diag([1.0, -1.0, 1.0, 1.0]))
        parts.append(AssetPart(f"wheel_{name}", mesh, "body", pose, Joint("hinge", (0, 1, 0)), bounding(mesh)))
    mesh = Mesh.merged([body, *windows])
    axles = [
        solids.cylinder(0.003, 0.06, 10).transformed(turned("x", np.pi / 2, (x, 0.03, 0.0165))) for x in (-0.04, 0.04)
    ]
    mesh = Mesh.merged([mesh, of("wood", *axles)])
    return thing(
        "toy_car_a", "Wooden car", "toy", mesh, boxes(((-0.065, -0.027, 0.012), (0.065, 0.027, 0.038)), ((-0.052,
        -0.027, 0.038), (0.025, 0.027, 0.06))), SOURCE.format("Wooden cars of 13 cm"),
        parts=tuple(parts), markers={"grasp": at(0, 0, 0.05)}, tags=("toy", "rigged"), slots=coloured(wood=(0.62,
        0.43, 0.23), red=(0.42, 0.04, 0.03)),
    )  # fmt: skip


def _stacking_rings() -> Asset:
    """Returns five wooden rings of falling size on a rod."""
    slots, pieces, boxes_up, z = ("red", "yellow", "colour", "blue", "wood"), [], [], 0.012
    pieces.append(of("wood", lathe(rounded([(0, 0), (0.05, 0), (0.05, 0.012), (0, 0.012)], 0.003, 3), 40)))
    for number, slot in enumerate(slots):
        radius = 0.047 - 0.006 * number
        profile = rounded(
            [(0.0085, z), (radius, z), (radius, z + 0.0185), (0.0085, z + 0.0185)], [0, 0.007, 0.007, 0], 4
        )
        pieces.append(of(slot, lathe(profile, 40)))
        boxes_up.append(drum(radius, z, z + 0.0185))
        z += 0.0187
    pieces.append(
        of(
            "wood",
            lathe(rounded([(0, 0.011), (0.0075, 0.011), (0.0075, z + 0.008), (0, z + 0.012)], [0, 0, 0.005, 0], 4), 20),
        )
    )
    mesh = Mesh.merged(pieces)
    return thing(
        "toy_rings_a", "Stacking rings", "toy", mesh, joined(drum(0.05, 0, 0.012), *boxes_up, drum(0.0075, z,
        z + 0.012)), SOURCE.format("Stacking toys of 12 cm"), tags=("toy",), markers={"grasp": at(z=0.06)},
        slots=coloured(wood=(0.62, 0.43, 0.23)),
    )  # fmt: skip
