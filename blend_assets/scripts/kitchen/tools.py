"""Tools with a trick of their own: grater, peeler, rolling pin, scissors, corkscrew."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.fittings import curve
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import lathe, limb, rounded
from blend_assets.scripts.kitchen.perforated import perforated
from blend_assets.scripts.kitchen.things import bounding, joined, thing
from blend_assets.scripts.kitchen.utensils import spine
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, turned
from buildee.layout import solids
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint

SOURCE = "Own model. {}, as makers list them."


def assets() -> list[Asset]:
    """Returns a grater, a peeler, a rolling pin, scissors and a corkscrew."""
    return [_grater(), _peeler(), _rolling_pin(), _scissors(), _corkscrew()]


def _grater() -> Asset:
    """Returns a box grater of four pierced sides, 23 cm high."""
    height, low, high = 0.185, np.array([0.054, 0.043]), np.array([0.041, 0.030])
    sides = []
    for turn in range(4):
        across, out = (1, 0) if turn % 2 == 0 else (0, 1)

        def surface(u: np.ndarray, v: np.ndarray, across: int = across, out: int = out) -> np.ndarray:
            size = low + (high - low) * v[..., None]
            return np.stack([size[..., out], u * size[..., across] * 0.99, v * height], -1)

        columns, rows = (7, 9) if turn == 0 else (5, 6) if turn == 2 else (3, 4)
        holes = np.ones((columns, rows), bool)
        holes[[0, -1]] = False
        holes[:, [0, -1]] = False
        plate = perforated(surface, np.linspace(-1, 1, columns + 1), np.linspace(0, 1, rows + 1), holes, 0.5, 0.0008)
        sides.append(plate.transformed(turned("z", turn * np.pi / 2)))
    frame = []
    for z, grow in ((0.0, low), (height - 0.004, high)):
        x, y = grow + 0.0012
        level = z + 0.0025
        path = [(x, y, level), (-x, y, level), (-x, -y, level), (x, -y, level)]
        frame.append(solids.sweep(path, solids.circle(0.0025, 8), smooth=True, closed=True))
    bow = np.array([(0, -0.03, height), (0, -0.03, height + 0.03), (0, 0.03, height + 0.03), (0, 0.03, height)])
    line = rounded(bow[:, 1:], 0.014, 5)
    path = np.column_stack([np.zeros(len(line)), line])
    handle = limb(path, 0.020, 0.009, (1, 0, 0), square=0.7)
    mesh = Mesh.merged([of("steel", *sides), of("chrome", *frame), of("plastic", handle)])
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    proxy = joined(
        boxes(((-0.058, -0.047, 0), (0.058, 0.047, 0.09)), ((-0.05, -0.04, 0.09), (0.05, 0.04, height))),
        boxes(((-0.01, -0.036, height), (0.01, 0.036, height + 0.035))),
    )
    return thing(
        "grater_a", "Box grater", "grater", mesh, proxy, SOURCE.format("Box graters of 22 cm"), tags=("utensil",),
        markers={"grasp": at(z=height + 0.03)},
    )  # fmt: skip


def _peeler() -> Asset:
    """Returns a Y peeler, lying."""
    grip = limb(
        spine([(-0.115, 0.006), (-0.06, 0.007), (-0.018, 0.006)], 12),
        np.interp(np.linspace(0, 1, 12), [0, 0.4, 1], [0.019, 0.017, 0.015]),
        0.0105,
        square=0.7,
    )
    arms = []
    for side in (1, -1):
        line = curve(
            [
                (-0.02, side * 0.002, 0.006),
                (-0.006, side * 0.016, 0.006),
                (0.008, side * 0.026, 0.006),
                (0.026, side * 0.0275, 0.006),
            ],
            10,
        )
        arms.append(limb(line, 0.007, 0.009, (0, 0, 1), square=0.8))
    blade = limb(
        [(0.021, y, 0.006) for y in np.linspace(-0.026, 0.026, 6)],
        0.011,
        0.0012,
        (1, 0, 0.35),
        square=0.5,
        round_ends=False,
    )
    eye = limb([(0.026, -0.028, 0.006), (0.034, -0.030, 0.006), (0.036, -0.026, 0.006)], 0.005, 0.004, (0, 0, 1))
    mesh = Mesh.merged([of("colour", grip, *arms, eye), of("steel", blade)])
    mesh = mesh.moved(0.04, 0, -mesh.bounds[0, 2])
    handle = of("colour", grip.moved(0.04, 0, 0.0))
    return thing(
        "peeler_a", "Y peeler", "peeler", mesh, boxes(((-0.078, -0.0098, 0), (0.025, 0.0098, 0.0125)), ((0.02, -0.032,
        0.0), (0.077, 0.032, 0.011))),
        SOURCE.format("Y peelers of 15 cm"), markers={"grasp": at(*handle.vertices.mean(0))}, tags=("utensil",),
        slots=coloured(colour=(0.05, 0.16, 0.22)),
    )  # fmt: skip


def _rolling_pin() -> Asset:
    """Returns a rolling pin of 43 cm along Y: a roller of 6 cm on two handles."""
    roller = lathe(
        rounded(
            [(0, -0.125), (0.027, -0.125), (0.030, -0.120), (0.030, 0.120), (0.027, 0.125), (0, 0.125)],
            [0, 0.003, 0.003, 0.003, 0.003, 0],
            3,
        ),
        36,
    )
    pieces = [roller]
    for side in (1, -1):
        end = lathe(
            rounded(
                [
                    (0, 0.126),
                    (0.009, 0.126),
                    (0.009, 0.130),
                    (0.0165, 0.160),
                    (0.0125, 0.205),
                    (0.006, 0.214),
                    (0, 0.2145),
                ],
                [0, 0, 0.003, 0.03, 0.01, 0.005, 0],
                4,
            ),
            24,
        )
        pieces.append(end if side > 0 else end.transformed(turned("x", np.pi)))
    mesh = of("wood", *pieces).transformed(turned("x", np.pi / 2)).moved(z=0.030)
    return thing(
        "rolling_pin_a", "Rolling pin", "rolling_pin", mesh,
        joined(boxes(((-0.028, -0.125, 0.003), (0.028, 0.125, 0.057)), ((-0.02, -0.125, 0.0), (0.02, 0.125, 0.06))),
        boxes(((-0.014, -0.214, 0.016), (0.014, 0.214, 0.044)))),
        SOURCE.format("Rolling pins of 43 cm, roller 25 cm long"), markers={"grasp": at(0, 0.17, 0.03),
        "grasp_left": at(0, -0.17, 0.03)}, tags=("utensil",),
    )  # fmt: skip


def _scissors() -> Asset:
    """Returns kitchen scissors, 21 cm, lying, closed at zero; the second blade turns about the screw."""

    def half(side: int, z: float) -> Mesh:
        blade = limb(
            [(-0.012, 0, z), (0.0, 0, z), (0.05, 0, z), (0.095, side * 0.0015, z), (0.107, side * 0.004, z)],
            [0.014, 0.017, 0.016, 0.008, 0.0025],
            0.0024,
            square=0.4,
            segments=12,
        )
        tang = limb(
            curve([(-0.008, 0, z), (-0.03, -side * 0.006, 0.006), (-0.045, -side * 0.011, 0.006)], 8),
            np.linspace(0.014, 0.011, 8),
            np.linspace(0.003, 0.0075, 8),
            square=0.7,
        )
        t = np.linspace(0, 2 * np.pi, 25)[:-1]
        oval = np.column_stack([-0.071 - 0.030 * np.cos(t), -side * (0.0215 + 0.0145 * np.sin(t)), np.full(24, 0.006)])
        bow = solids.sweep(oval, solids.circle(0.0058, 10), smooth=True, closed=True)
        return Mesh.merged([of("steel", blade), of("plastic", tang, bow)])

    lower, upper = half(1, 0.0046), half(-1, 0.0074)
    screw = of(
        "chrome",
        lathe(rounded([(0, 0.0028), (0.0045, 0.0028), (0.0045, 0.0096), (0, 0.0104)], [0, 0.0005, 0.0008, 0], 3), 18),
    )
    place = at(z=-min(lower.bounds[0, 2], upper.bounds[0, 2]))
    body = Mesh.merged([lower, screw]).transformed(place)
    part = AssetPart(
        "blade",
        upper,
        "body",
        place,
        Joint("hinge", (0, 0, 1), (-0.02, 1.0)),
        bounding(upper),
        {"tip": at(0.107, -0.004, 0.0074)},
    )
    return thing(
        "scissors_a", "Kitchen scissors", "scissors", body, bounding(body),
        SOURCE.format("Kitchen scissors of 21 cm"), parts=(part,),
        markers={"grasp": at(-0.07, -0.02, 0.006), "tip": at(0.107, 0.004, 0.0046)}, tags=("utensil", "rigged"),
    )  # fmt: skip


def _corkscrew() -> Asset:
    """Returns a simple corkscrew with a wooden handle across, lying on its side."""
    t = np.linspace(0, 5 * 2 * np.pi, 70)
    worm = np.column_stack([0.012 + 0.045 * t / t[-1], 0.0042 * np.cos(t), 0.0042 * np.sin(t)])
    worm = solids.tube(worm, 0.0013, 6)
    shaft = solids.tube([(-0.03, 0, 0), (0.012, 0, 0), (0.0125, 0.0042, 0)], 0.0028, 10)
    bar = lathe(
        rounded(
            [(0, -0.048), (0.009, -0.048), (0.0125, -0.03), (0.010, 0.0), (0.0125, 0.03), (0.009, 0.048), (0, 0.048)],
            [0, 0.005, 0.02, 0.02, 0.02, 0.005, 0],
            4,
        ),
        24,
    )
    handle = bar.transformed(turned("x", np.pi / 2, (-0.034, 0, 0)))
    mesh = Mesh.merged([of("chrome", worm, shaft), of("wood", handle)])
    mesh = mesh.transformed(turned("y", np.deg2rad(7)))
    mesh = mesh.moved(-0.01, 0, -mesh.bounds[0, 2])
    low, high = mesh.bounds
    return thing(
        "corkscrew_a", "Corkscrew", "corkscrew", mesh, boxes(((low[0], -0.047, 0.002), (low[0] + 0.024, 0.047,
        high[2])), ((low[0] + 0.02, -0.006, 0), (high[0], 0.006, 0.014))),
        SOURCE.format("Corkscrews of 10 cm"), markers={"grasp": at(-0.044, 0, 0.012)}, tags=("utensil",),
    )  # fmt: skip
