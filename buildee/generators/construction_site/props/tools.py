"""Small things that crews leave about: wheelbarrow, ladder, barrel, bucket, tool box, gas bottles. Metres.

Drum: 208 l tight head of ISO 15750-2 (585 mm wide, 880 mm high, two rolling hoops). Ladder: EN 131 single ladder,
rungs every 280 mm. Wheelbarrow: 90 l site barrow, wheel 400 mm. Gas bottle: 50 l, 229 mm wide, 1.6 m high; 11 kg
propane bottle 300 mm wide.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.props.palette import (
    GALVANIZED,
    RUBBER,
    SAFETY_BLUE,
    SAFETY_RED,
    STEEL,
    moulded,
    painted,
    pick,
)
from buildee.layout.bars import bars, chain
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, cuboid, model, shaped, single
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, cylinder, loft, revolve, tube

BARREL_COLORS: tuple[Color, ...] = ((0.01, 0.07, 0.25), (0.35, 0.03, 0.02), (0.03, 0.14, 0.06), (0.12, 0.12, 0.12))


def barrel(color: Color = BARREL_COLORS[0], wear: float = 0.6) -> Model:
    """Returns a 208 l steel drum with its lid on; category barrel."""
    radius, high = 0.286, 0.88
    profile = [
        (radius - 0.02, 0.018),
        (radius - 0.004, 0.018),
        (radius - 0.004, 0.0),
        (radius + 0.006, 0.0),
        (radius + 0.006, 0.02),
    ]
    for z in (0.293, 0.587):
        profile += [(radius, z - 0.03), (radius + 0.006, z - 0.012), (radius + 0.006, z + 0.012), (radius, z + 0.03)]
    profile += [
        (radius + 0.006, high - 0.02),
        (radius + 0.006, high),
        (radius - 0.004, high),
        (radius - 0.004, high - 0.018),
    ]
    bungs = [cylinder(r, 0.022, 12, 0.004).moved(x, 0.05, high - 0.02) for x, r in ((0.19, 0.035), (-0.19, 0.022))]
    layers: list[Layer] = [(painted(color, wear, 0.4), [revolve(profile, 36)]), (GALVANIZED, bungs)]
    return single("barrel", "barrel/208l", layers)


def barrel_rand(rng: np.random.Generator) -> Model:
    """Samples a drum."""
    return barrel(pick(rng, BARREL_COLORS), float(rng.uniform(0.3, 1.0)))


def wheelbarrow(color: Color = (0.04, 0.16, 0.07), load: float = 0.0, wear: float = 0.6) -> Model:
    """Returns a wheelbarrow, its wheel towards +X; category wheelbarrow.

    Args:
        color: of the tray.
        load: how full of sand, 0 to 1.
        wear: of the paint.
    """
    rings = [_tray(*at) for at in ((0.004, 0.345), (0.0, 0.34), (0.0, 0.64), (0.004, 0.64), (0.004, 0.35))]
    rim = chain(_tray(-0.004, 0.64), 0.012, 8, closed=True)
    frame, grips = _barrow_frame()
    lie = pose_at(0.76, 0.0, 0.2) @ rotation((1, 0, 0), np.pi / 2)
    tread = [(0.12, -0.03), (0.155, -0.043), (0.188, -0.036), (0.2, 0.0), (0.188, 0.036), (0.155, 0.043), (0.12, 0.03)]
    dish = [(0.03, -0.05), (0.03, -0.02), (0.122, -0.024), (0.122, 0.024), (0.03, 0.02), (0.03, 0.05)]
    tyre, hub = revolve(tread, 28).transformed(lie), revolve(dish, 20).transformed(lie)
    layers: list[Layer] = [
        (painted(color, wear, 0.6), [loft(rings), rim]),
        (painted((0.03, 0.03, 0.032), 0.6, 0.5), frame),
        (RUBBER, [*grips, tyre]),
        (painted(SAFETY_RED, 0.4, 0.5), [hub]),
        (Material("sand", (0.36, 0.27, 0.16), wetness=0.3), [_sand_in(load)] if load > 0 else []),
    ]
    boxes = [
        cuboid((-0.85, -0.36, 0.32), (0.6, 0.36, 0.7)),
        cuboid((-0.42, -0.28, 0), (0.1, 0.28, 0.32)),
        cuboid((0.5, -0.12, 0), (0.97, 0.12, 0.41)),
    ]
    return single("wheelbarrow", f"wheelbarrow/90l_{round(load * 10)}", layers, boxes)


def _tray(inset: float, z: float) -> NDArray[np.float64]:
    """Returns the outline of the tray at height z, moved inwards by `inset`, counter-clockwise from above."""
    share = (z - 0.34) / 0.3
    front, back, side = 0.3 + 0.25 * share - inset, -0.24 - 0.16 * share + inset, 0.2 + 0.13 * share - inset
    half = [
        (back, 0.8 * side),
        (back + 0.05, side),
        (front - 0.12, side),
        (front - 0.03, 0.85 * side),
        (front, 0.6 * side),
    ]
    outline = [(x, -y) for x, y in half] + half[::-1]
    return np.array([(x, y, z) for x, y in outline])


def _barrow_frame() -> tuple[list[Mesh], list[Mesh]]:
    """Returns the tubes of a wheelbarrow's frame, and its grips."""
    frame = []
    for s in (-1, 1):
        spine = [(0.78, 0.05, 0.2), (0.55, 0.1, 0.3), (0.0, 0.17, 0.32), (-0.45, 0.26, 0.46), (-0.8, 0.28, 0.6)]
        leg = [(-0.05, 0.18, 0.31), (-0.2, 0.24, 0.016), (-0.36, 0.24, 0.016), (-0.38, 0.24, 0.42)]
        frame.append(tube(np.array(spine) * (1, s, 1), 0.016, 8))
        frame.append(tube(np.array(leg) * (1, s, 1), 0.014, 8))
        frame.append(bars([(0.5, s * 0.12, 0.31)], [(0.4, s * 0.15, 0.6)], 0.01, 6))
    frame.append(bars([(-0.3, -0.23, 0.2)], [(-0.3, 0.23, 0.2)], 0.01, 6))
    frame.append(bars([(0.76, -0.07, 0.2)], [(0.76, 0.07, 0.2)], 0.01, 8))
    return frame, [tube([(-0.68, s * 0.274, 0.553), (-0.84, s * 0.284, 0.617)], 0.02, 8) for s in (-1, 1)]


def _sand_in(load: float) -> Mesh:
    """Returns a domed fill whose edge lies on the tray."""
    z = 0.4 + 0.18 * load
    outer = _tray(0.004, z)
    middle = outer.mean(0)
    rings = [middle + (outer - middle) * s + np.array([0, 0, 0.1 * (1 - s * s)]) for s in (1.0, 0.85, 0.6, 0.3, 0.05)]
    return loft(np.array(rings), smooth=True)


def wheelbarrow_rand(rng: np.random.Generator) -> Model:
    """Samples a wheelbarrow, often loaded."""
    load = float(rng.choice([0.0, 0.4, 0.8, 1.0]))
    return wheelbarrow(
        pick(rng, ((0.04, 0.16, 0.07), (0.02, 0.08, 0.25), (0.3, 0.31, 0.31))), load, float(rng.uniform(0.4, 0.9))
    )


def ladder(rungs: int = 12, lean: float = 0.0) -> Model:
    """Returns an aluminium ladder; category ladder.

    Args:
        rungs: 6 to 20, at 280 mm.
        lean: radians above the ground: 0 lies flat along X; about 1.31 (75 degrees, EN 131) leans towards +X with its
            feet at -X.
    """
    length = 0.28 * (rungs + 0.5)
    rails = [box((length, 0.026, 0.066), (length / 2, s * 0.2, 0.033), 0.004) for s in (-1, 1)]
    x = 0.2 + 0.28 * np.arange(rungs)
    steps = bars(
        np.column_stack([x, np.full(rungs, -0.19), np.full(rungs, 0.033)]),
        np.column_stack([x, np.full(rungs, 0.19), np.full(rungs, 0.033)]),
        0.016,
        8,
    )
    caps = [box((0.07, 0.036, 0.076), (at, s * 0.2, 0.033), 0.008) for s in (-1, 1) for at in (0.02, length - 0.02)]
    rest = rotation((0, 1, 0), -lean)
    low = 0.015 * np.sin(lean) + 0.005 * np.cos(lean)
    reach = length * np.cos(lean)
    rest = pose_at(-reach / 2, 0.0, low) @ rest
    metal = Material("galvanized", (0.58, 0.58, 0.58), wear=0.3, dirt=0.35)
    key = f"ladder/{rungs}"
    return model("ladder", [shaped("body", key, [(metal, [*rails, steps]), (RUBBER, caps)], rest=rest)])


def ladder_rand(rng: np.random.Generator) -> Model:
    """Samples a ladder lying flat."""
    return ladder(int(rng.integers(8, 17)))


def bucket(color: Color = (0.02, 0.02, 0.022)) -> Model:
    """Returns a 12 l mason's bucket with its bail down; category bucket."""
    profile = [(0.105, 0.0), (0.145, 0.24), (0.155, 0.24), (0.155, 0.255), (0.147, 0.255), (0.141, 0.24), (0.1, 0.008)]
    angle = np.linspace(0, np.pi, 12)
    bail = chain(
        np.column_stack([0.15 * np.cos(angle), 0.15 * np.sin(angle) * 0.97, 0.235 - 0.03 * np.sin(angle)]), 0.003, 5
    )
    layers: list[Layer] = [(moulded(color, 0.5, 0.7), [revolve(profile, 24)]), (GALVANIZED, [bail])]
    return single("bucket", "bucket/12l", layers)


def bucket_rand(rng: np.random.Generator) -> Model:
    """Samples a bucket."""
    return bucket(pick(rng, ((0.02, 0.02, 0.022), (0.5, 0.09, 0.01), (0.55, 0.55, 0.53), (0.02, 0.09, 0.3))))


def toolbox(color: Color = SAFETY_RED) -> Model:
    """Returns a steel site box 1.2 x 0.6 x 0.6 m with a sloping lid edge and padlock bays; category container."""
    profile = [(-0.3, 0.07), (0.3, 0.07), (0.3, 0.5), (0.26, 0.6), (-0.3, 0.6)]
    rings = [
        [(x, y, z) for y, z in np.array(profile) * (s, 1)]
        for x, s in ((-0.6, 0.99), (-0.592, 1.0), (0.592, 1.0), (0.6, 0.99))
    ]
    lid = box((1.22, 0.02, 0.05), (0, 0.305, 0.5), 0.004)
    handles = [
        tube([(s * 0.6, -0.08, 0.38), (s * 0.64, -0.08, 0.36), (s * 0.64, 0.08, 0.36), (s * 0.6, 0.08, 0.38)], 0.009, 8)
        for s in (-1, 1)
    ]
    feet = [box((0.12, 0.56, 0.07), (x, 0, 0.035), 0.006) for x in (-0.5, 0.5)]
    bays = [box((0.14, 0.012, 0.12), (x, 0.302, 0.42), 0.003) for x in (-0.4, 0.4)]
    layers: list[Layer] = [
        (painted(color, 0.6, 0.4), [loft(rings), lid]),
        (painted((0.03, 0.03, 0.032), 0.5, 0.5), [*feet, *bays]),
        (STEEL, handles),
    ]
    return single("container", "toolbox/120", layers)


def toolbox_rand(rng: np.random.Generator) -> Model:
    """Samples a tool box."""
    return toolbox(pick(rng, (SAFETY_RED, SAFETY_BLUE, (0.25, 0.26, 0.26), (0.62, 0.4, 0.02))))


def gas_bottles(count: int = 3) -> Model:
    """Returns tall gas bottles chained in a rack on a small base; category gas_bottle."""
    profile = [
        (0.1, 0.0),
        (0.114, 0.015),
        (0.114, 1.3),
        (0.1, 1.38),
        (0.06, 1.44),
        (0.04, 1.46),
        (0.045, 1.47),
        (0.045, 1.62),
        (0.036, 1.64),
    ]
    body = revolve(profile, 24)
    shoulder = revolve([(0.1145, 1.24), (0.116, 1.25), (0.116, 1.3), (0.1015, 1.381), (0.061, 1.443)], 24)
    y = (np.arange(count) - (count - 1) / 2) * 0.26
    wide = count * 0.26 + 0.08
    rack = [box((0.34, wide, 0.03), (0, 0, 0.015), 0.004)]
    rack += [box((0.04, 0.04, 1.2), (-0.15, s * (wide / 2 - 0.02), 0.63), 0.004) for s in (-1, 1)]
    rack += [box((0.02, wide, 0.04), (-0.14, 0, z), 0.003) for z in (0.4, 1.1)]
    belt = chain(
        [
            (-0.14, -wide / 2 + 0.02, 1.05),
            (0.125, -wide / 2 + 0.08, 1.02),
            (0.125, wide / 2 - 0.08, 1.02),
            (-0.14, wide / 2 - 0.02, 1.05),
        ],
        0.006,
        5,
    )
    layers: list[Layer] = [
        (painted((0.2, 0.21, 0.22), 0.5, 0.4), [body.moved(0, at, 0.03) for at in y]),
        (painted((0.2, 0.02, 0.03), 0.4, 0.3), [shoulder.moved(0, at, 0.03) for at in y]),
        (GALVANIZED, [*rack, belt]),
    ]
    return single("gas_bottle", f"gas_bottles/{count}", layers)


def gas_bottles_rand(rng: np.random.Generator) -> Model:
    """Samples a rack of gas bottles."""
    return gas_bottles(int(rng.integers(1, 5)))
