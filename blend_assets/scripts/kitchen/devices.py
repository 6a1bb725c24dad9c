"""What people leave lying about: phone, laptop, remote control, keys; and a clock for the wall."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import lathe, outline_box, ring, rounded, rounded_box, slab
from blend_assets.scripts.kitchen.screens import home_screen, recipe_page
from blend_assets.scripts.kitchen.things import bounding, settled, thing
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, turned
from buildee.layout import lettering, solids
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint

SOURCE = "Own model. {}, as makers list them."


def assets() -> list[Asset]:
    """Returns a phone, a laptop, a remote control, keys and a clock."""
    return [
        _phone(),
        _laptop(),
        _remote(),
        _keys(),
        _clock("clock_a", 0.15, "plastic"),
        _clock("clock_b", 0.125, "wood"),
    ]


def _phone() -> Asset:
    """Returns a phone of 147 x 71 x 7.8 mm, its screen up."""
    body = rounded_box((-0.0735, -0.0355, 0.001), (0.0735, 0.0355, 0.0088), 0.010, 0.0022)
    glass = slab(outline_box(-0.0720, -0.0340, 0.0720, 0.0340, 0.009, 5), 0.0004, 0.0001).moved(z=0.00865)
    hump = rounded_box((-0.068, 0.004, 0.0), (-0.040, 0.031, 0.0025), 0.007, 0.0005)
    keys = [solids.box((0.012, 0.0006, 0.0022), (-0.03 + 0.017 * k, 0.0356, 0.0049)) for k in range(2)]
    upright = np.array([(0, -1, 0, 0), (1, 0, 0, 0), (0, 0, 1, 0.00905), (0, 0, 0, 1.0)])  # its top is at -X
    mesh = Mesh.merged([of("plastic", body, *keys), of("screen", glass), of("lens", hump)])
    mesh = Mesh.merged([mesh, home_screen(0.062, 0.134).transformed(upright)])
    return thing(
        "phone_a", "Phone", "phone", mesh, bounding(mesh), SOURCE.format("Phones of 6.1 inch"),
        markers={"grasp": at(0, 0.0355, 0.005)}, tags=("electric",),
        rests={"upside_down": settled(mesh, turned("x", np.pi))}, slots=coloured(plastic=(0.05, 0.06, 0.075)),
    )  # fmt: skip


def _keyboard() -> list[Mesh]:
    """Returns five rows of keys, pitch 18 mm, 15 mm wide, seen from +X."""
    keys = []
    for row in range(5):
        widths = [0.0155] * 13 if row < 4 else [0.0155, 0.0155, 0.0155, 0.087, 0.0155, 0.0155, 0.0155]
        y = -0.1185
        for width in widths:
            keys.append(solids.box((0.0155, width, 0.0014), (-0.062 + 0.0185 * row, y + width / 2, 0.0135), 0.0005))
            y += width + (0.237 - sum(widths)) / (len(widths) - 1)
    return keys


def _laptop() -> Asset:
    """Returns a laptop of 31 x 22 cm; its lid turns about its rear edge and stands open by 110 degrees at zero."""
    x, y = 0.11, 0.155
    base = rounded_box((-x, -y, 0.0018), (x, y, 0.0130), 0.010, 0.0025)
    well = solids.box((0.097, 0.243, 0.0004), (-0.025, 0, 0.01305))
    pad = slab(outline_box(0.034, -0.055, 0.098, 0.055, 0.004, 3), 0.0003, 0.0001).moved(z=0.01295)
    feet = [solids.cylinder(0.007, 0.0022, 14).moved(sx * 0.09, sy * 0.13) for sx in (-1, 1) for sy in (-1, 1)]
    body = Mesh.merged([of("steel", base, pad), of("print", well), of("plastic", *_keyboard()), of("rubber", *feet)])
    panel = rounded_box((0.003, -y, 0.0), (2 * x - 0.002, y, 0.0055), 0.010, 0.0016)
    glass = slab(outline_box(0.012, -y + 0.006, 2 * x - 0.008, y - 0.006, 0.005, 3), 0.0004, 0.0001).moved(z=-0.0004)
    barrel = solids.cylinder(0.0042, 0.24, 14).transformed(turned("x", np.pi / 2, (0.0, 0.12, 0.002)))
    shown = np.array([(0, 1, 0, 0.112), (1, 0, 0, 0), (0, 0, -1, -0.00045), (0, 0, 0, 1.0)])  # read from below it
    page = recipe_page(0.286, 0.186).transformed(shown)
    lid = Mesh.merged([of("steel", panel), of("screen", glass), of("plastic", barrel), page])
    opening = np.deg2rad(110)
    hinge = AssetPart(
        "lid", lid, "body", turned("y", -opening, (-x + 0.004, 0, 0.0142)), Joint("hinge", (0, 1, 0),
        (-np.deg2rad(25), opening)),
        boxes(((0.003, -y, -0.0004), (2 * x - 0.002, y, 0.0055))), {"grasp": at(2 * x, 0, 0.003)},
    )  # fmt: skip
    return thing(
        "laptop_a", "Laptop, 14 inch", "laptop", body, boxes(((-x, -y, 0), (x, y, 0.0142))),
        SOURCE.format("Laptops of 14 inch"), parts=(hinge,), tags=("electric", "rigged"),
        markers={"grasp": at(x, 0, 0.008)}, slots=coloured(steel=(0.42, 0.43, 0.45)),
    )  # fmt: skip


def _remote() -> Asset:
    """Returns a remote control, 16 x 4.4 cm, with its keys."""
    body = rounded_box((-0.08, -0.022, 0), (0.08, 0.022, 0.017), 0.010, 0.006)
    button = lathe(rounded([(0, 0), (0.0042, 0), (0.0042, 0.0012), (0, 0.0018)], 0.0006, 2), 14)
    rows = [(-0.012 + 0.0105 * row, y) for row in range(6) for y in (-0.0115, 0.0, 0.0115)]
    keys = [button.moved(x, y, 0.0166) for x, y in rows]
    wheel = lathe(
        rounded([(0, 0.0165), (0.0135, 0.0165), (0.0135, 0.0182), (0.006, 0.0182), (0, 0.0179)], 0.0006, 3), 28
    ).moved(-0.038)
    red = button.moved(-0.068, -0.0115, 0.0166)
    mesh = Mesh.merged([of("plastic", body), of("white_plastic", *keys), of("lens", wheel), of("red", red)])
    return thing(
        "remote_control_a", "Remote control", "remote_control", mesh, bounding(mesh),
        SOURCE.format("Remote controls of 16 cm"), markers={"grasp": at(0, 0.022, 0.008)}, tags=("electric",),
        slots=coloured(white_plastic=(0.20, 0.20, 0.21)), rests={"upside_down": settled(mesh, turned("x", np.pi))},
    )  # fmt: skip


def _key(teeth: int) -> Mesh:
    """Returns a flat key along +X from its bow about the origin, 2.2 mm thick, z = 0 below."""
    bow = slab(solids.circle(1.0, 24) * (0.0115, 0.0125), 0.0022, 0.0005)
    cuts = [(0.010, -0.004)]
    rng = np.random.default_rng(teeth)
    for number in range(6):
        depth = rng.uniform(0.0005, 0.0030)
        cuts += [
            (0.018 + 0.0045 * number, -0.004 + depth),
            (0.0198 + 0.0045 * number, -0.004 + depth),
            (0.0208 + 0.0045 * number, -0.004),
        ]
    outline = [*cuts, (0.047, -0.001), (0.047, 0.001), (0.044, 0.004), (0.010, 0.004)]
    return Mesh.merged([bow, solids.prism(outline, 0.0022)])


def _keys() -> Asset:
    """Returns three keys and a leather tag on a ring of 28 mm."""
    loop = ring(0.014, 0.0009, 36, 8)
    pieces = [of("chrome", loop.moved(z=0.0016))]
    for number, (bearing, lift, slot) in enumerate(
        [(20.0, 0.0, "chrome"), (62.0, 0.0025, "steel"), (105.0, 0.0002, "chrome")]
    ):
        pose = turned("z", np.deg2rad(bearing)) @ at(0.024, 0, lift) @ turned("y", np.deg2rad(2.0 if lift else 0.0))
        pieces.append(of(slot, _key(number).transformed(pose)))
    tag = slab(outline_box(-0.005, -0.0115, 0.055, 0.0115, 0.009, 5), 0.0034, 0.0011)
    pieces.append(of("cover", tag.transformed(turned("z", np.deg2rad(215)) @ at(0.016))))
    mesh = Mesh.merged(pieces)
    low, high = mesh.bounds
    mesh = mesh.moved(-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2])
    proxy = bounding(*(piece.moved(-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2]) for piece in pieces))
    return thing(
        "keys_a", "Keys on a ring", "keys", mesh, proxy, SOURCE.format("Cylinder keys of 6 cm"),
        markers={"grasp": at(0, 0, 0.002)}, tags=("metal",), slots=coloured(steel=(0.55, 0.40, 0.17), cover=(0.22,
        0.09, 0.035)),
    )  # fmt: skip


def _hand(length: float, width: float, back: float) -> Mesh:
    """Returns a clock's hand up along +Z in the YZ plane, 0.8 mm thick, turning about X through its origin."""
    outline = [(-width / 2, -back), (width / 2, -back), (0.35 * width, length), (-0.35 * width, length)]
    return solids.prism(outline, 0.0008).transformed(
        np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]], float)
    )


def _clock(id: str, radius: float, frame: str) -> Asset:
    """Returns a wall clock that looks to +X, its back at x = -0.02; its hands turn clockwise by negative values."""
    profile = rounded(
        [
            (0, 0),
            (radius - 0.004, 0),
            (radius, 0.006),
            (radius, 0.032),
            (radius - 0.006, 0.038),
            (radius - 0.013, 0.036),
            (radius - 0.0135, 0.024),
            (radius - 0.02, 0.024),
        ],
        [0, 0.003, 0.004, 0.006, 0.003, 0.002, 0, 0],
        4,
    )
    case = of(frame, lathe(np.concatenate([profile, [(0, 0.024)]]), 56))
    face = of(
        "paper", lathe(np.array([(0, 0.0242), (radius - 0.0137, 0.0242), (radius - 0.0137, 0.0246), (0, 0.0246)]), 48)
    )
    marks = []
    for hour in range(12):
        angle = np.deg2rad(90 - 30 * hour)
        reach = radius - 0.036
        if frame == "plastic":
            size = 0.022
            text = lettering.text(str(hour or 12), size, 0.0, "middle").moved(
                reach * np.cos(angle), reach * np.sin(angle) - size / 2, 0.0248
            )
            marks.append(text)
        else:
            marks.append(
                solids.box((0.020, 0.004, 0.0003)).transformed(
                    turned("z", angle, (reach * np.cos(angle), reach * np.sin(angle), 0.0248))
                )
            )
    for minute in range(60):
        angle, reach = np.deg2rad(6 * minute), radius - 0.0185
        marks.append(
            solids.box((0.005, 0.0012, 0.0002)).transformed(
                turned("z", angle, (reach * np.cos(angle), reach * np.sin(angle), 0.0247))
            )
        )
    upright = np.array([[0, 0, 1, -0.02], [1, 0, 0, 0], [0, 1, 0, radius], [0, 0, 0, 1]], float)
    body = Mesh.merged([case, face, of("print", *marks)]).transformed(upright)
    pin = at(0.0062, 0, radius)
    turns = (-2 * np.pi, 2 * np.pi)
    hub = lathe(rounded([(0, 0), (0.006, 0), (0.006, 0.003), (0, 0.0036)], 0.0008, 3), 20).transformed(
        np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]], float)
    )
    hour = AssetPart(
        "hour_hand", of("print", _hand(0.52 * radius, 0.009, 0.018)), "body", pin, Joint("hinge", (1, 0, 0), turns)
    )
    minute = AssetPart(
        "minute_hand",
        Mesh.merged([of("print", _hand(0.76 * radius, 0.006, 0.022)), of("print", hub)]),
        "body",
        pin @ at(0.0014),
        Joint("hinge", (1, 0, 0), turns),
    )
    return thing(
        id, "Wall clock", "clock", body, boxes(((-0.02, -radius, 0), (0.018, radius, 2 * radius))),
        SOURCE.format(f"Wall clocks of {200 * radius:.0f} cm"), parts=(hour, minute),
        markers={"back": at(-0.02, 0, radius)}, tags=("wall", "rigged"), slots=coloured(plastic=(0.02, 0.02, 0.022)),
    )  # fmt: skip
