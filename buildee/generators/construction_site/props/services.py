"""What keeps a site running: distribution boards, waste bins, pedestrian barriers. Metres.

Distribution board: IP44 assembly for sites on a frame, 0.8 x 0.5 x 1.5 m (EN 61439-4). Bins: 240 l on two wheels (580 x
740 x 1080 mm, EN 840-1), 1100 l on four (1370 x 1070 x 1370 mm, EN 840-3). Barriers: steel crowd barrier 2.3 x 1.1 m,
plastic pedestrian barrier 2.0 x 1.0 m.
"""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.props.palette import (
    BLACK,
    DARK,
    GALVANIZED,
    RUBBER,
    SAFETY_BLUE,
    SAFETY_ORANGE,
    SAFETY_RED,
    SAFETY_YELLOW,
    WHITE,
    moulded,
    painted,
    pick,
)
from buildee.generators.construction_site.props.sheet import STAND, rounded
from buildee.layout.bars import bars, chain
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, cuboid, single
from buildee.layout.lettering import lines
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, circle, cylinder, loft, prism, revolve, tube
from buildee.recipe.seed import Seed

CABLE = Material("rubber", (0.5, 0.09, 0.01), wear=0.3, dirt=0.5)
"""Orange polyurethane sheath."""


def electric_box(color: Color = SAFETY_YELLOW, salt: int = 0) -> Model:
    """Returns a distribution board on its frame, sockets and door towards -Y, cables let down to the ground;
    category electric_box.

    Args:
        color: of the cabinet.
        salt: selects which sockets are in use, 0 to 7.
    """
    rng = Seed(salt).child("electric_box").rng()
    cabinet = [box((0.7, 0.32, 0.75), (0, 0.02, 1.05), 0.015), box((0.78, 0.42, 0.025), (0, 0.0, 1.437), 0.006)]
    door = box((0.64, 0.014, 0.34), (0, -0.146, 1.23), 0.006)
    red, blue, plugs, cables = _sockets(rng)
    feed = tube(
        [(0.1, 0.17, 0.75), (0.1, 0.24, 0.4), (0.16, 0.3, 0.03), (0.3, 0.42, 0.016), (0.42, 0.52, 0.016)], 0.016, 8
    )
    coil = [
        chain(
            np.column_stack([circle(0.2 + 0.012 * k, 20) - np.array([0.1, 0.05]), np.full(20, 0.585 + 0.018 * k)]),
            0.009,
            6,
            True,
        )
        for k in range(3)
    ]
    shelf = box((0.66, 0.36, 0.012), (0, 0, 0.565))
    black, yellow = _warning()
    layers: list[Layer] = [
        (painted(color, 0.4, 0.45), cabinet),
        (painted((0.45, 0.46, 0.46), 0.3, 0.4), [door]),
        (GALVANIZED, [*_frame(), shelf]),
        (moulded(SAFETY_RED, 0.2, 0.3), red),
        (moulded(SAFETY_BLUE, 0.2, 0.3), [*blue, *plugs]),
        (CABLE, [*cables, *coil]),
        (RUBBER, [feed]),
        (Material("paint", BLACK, wear=0.2, dirt=0.2), black),
        (Material("paint", SAFETY_YELLOW, wear=0.2, dirt=0.2), [yellow]),
    ]
    boxes_of = [
        cuboid((-0.4, -0.3, 0), (0.4, 0.23, 1.55)),
        cuboid((-0.55, -0.8, 0), (0.55, 0.55, 0.06)),
        cuboid((-0.33, -0.42, 0.0), (0.33, 0.36, 0.95)),
    ]
    return single("electric_box", f"electric_box/board_{salt}", layers, boxes_of)


def _frame() -> list[Mesh]:
    """Returns the legs that the cabinet stands on, and the bow that it is lifted by."""
    frame = [
        bars([(sx * 0.37, sy * 0.2, 0.0)], [(sx * 0.33, sy * 0.16, 1.4)], 0.025, 4) for sx in (-1, 1) for sy in (-1, 1)
    ]
    frame += [bars([(sx * 0.368, -0.2, 0.06)], [(sx * 0.368, 0.2, 0.06)], 0.02, 4) for sx in (-1, 1)]
    frame += [bars([(-0.35, sy * 0.175, 0.55)], [(0.35, sy * 0.175, 0.55)], 0.02, 4) for sy in (-1, 1)]
    frame.append(
        bars(
            [(-0.2, -0.02, 1.53), (-0.2, -0.02, 1.44), (0.2, -0.02, 1.44)],
            [(0.2, -0.02, 1.53), (-0.2, -0.02, 1.54), (0.2, -0.02, 1.54)],
            0.012,
            6,
        )
    )
    return frame


def _sockets(rng: np.random.Generator) -> tuple[list[Mesh], list[Mesh], list[Mesh], list[Mesh]]:
    """Returns three-phase and single-phase sockets, the plugs in some of them, and their cables."""
    out = rotation((1, 0, 0), np.pi / 2 + 0.5)
    red, blue, plugs, cables = [], [], [], []
    for number, x in enumerate(np.linspace(-0.27, 0.27, 6)):
        group = red if number < 3 else blue
        size = (0.045, 0.036)[number // 3]
        spot = pose_at(x, -0.14, 0.9) @ out
        group.append(cylinder(size, 0.07, 14, 0.006).transformed(spot))
        if rng.random() < 0.6:
            plugs.append(cylinder(size * 0.85, 0.12, 12, 0.008).moved(z=0.05).transformed(spot))
            start = (spot @ np.array([0, 0, 0.16, 1.0]))[:3]
            away, swing = 0.32 + 0.12 * rng.random(), rng.uniform(-0.12, 0.12)
            path = [
                start,
                start - np.array([0, 0.06, 0.12]),
                (x + 0.02, start[1] - 0.05, 0.35),
                (x + swing / 2, -0.34, 0.03),
                (x + swing, -0.34 - away / 2, 0.011),
                (x + 2 * swing, -0.34 - away, 0.011),
            ]
            cables.append(tube(path, 0.01, 6))
    return red, blue, plugs, cables


def _warning() -> tuple[list[Mesh], Mesh]:
    """Returns the sign on the door: what is black, and what is yellow."""
    triangle = prism(circle(0.1, 3, np.pi / 2), 0.001).transformed(STAND).moved(0.18, -0.153, 1.23)
    inner = prism(circle(0.08, 3, np.pi / 2), 0.001).transformed(STAND).moved(0.18, -0.154, 1.23)
    bolt = prism(
        [(-0.012, -0.03), (0.012, 0.006), (0.001, 0.006), (0.014, 0.045), (-0.016, -0.002), (-0.004, -0.002)], 0.001
    )
    words = lines(["DANGER", "400 V"], 0.045, 0.25).transformed(STAND).moved(-0.12, -0.153, 1.23)
    return [triangle, words, bolt.transformed(STAND).moved(0.18, -0.155, 1.22)], inner


def electric_box_rand(rng: np.random.Generator) -> Model:
    """Samples a distribution board."""
    return electric_box(pick(rng, (SAFETY_YELLOW, SAFETY_ORANGE, (0.45, 0.46, 0.46))), int(rng.integers(8)))


BIN_COLORS: tuple[Color, ...] = ((0.02, 0.12, 0.04), (0.06, 0.065, 0.07), (0.02, 0.07, 0.25), (0.5, 0.3, 0.02))
BIN_WORDS = {(0.02, 0.12, 0.04): "TIMBER", (0.06, 0.065, 0.07): "MIXED WASTE", (0.02, 0.07, 0.25): "PAPER"}


def waste_bin(litres: int = 1100, color: Color = BIN_COLORS[0], wear: float = 0.5) -> Model:
    """Returns a wheeled bin, its front towards -Y; category waste_bin.

    Args:
        litres: 240 or 1100.
        color: of the plastic.
        wear: of the plastic.
    """
    large = litres == 1100
    wide, deep, low, high = (1.3, 1.0, 0.2, 1.2) if large else (0.56, 0.66, 0.06, 1.0)
    levels = ((0.8, low), (0.84, low + 0.03), (0.97, high - 0.08), (1.04, high - 0.07), (1.04, high))
    body = loft([np.column_stack([rounded((wide * s, deep * s), 0.09), np.full(20, z)]) for s, z in levels])
    arc = np.linspace(0, np.pi, 9)
    lid = prism(np.column_stack([deep * 0.53 * np.cos(arc), (0.2 if large else 0.07) * np.sin(arc)]), wide * 1.05)
    lid = lid.transformed(np.array([[0.0, 0, 1, -wide * 0.525], [1, 0, 0, 0], [0, 1, 0, high], [0, 0, 0, 1]]))
    across, spots = rotation((0, 1, 0), np.pi / 2), []
    if large:
        spots = [(sx * wide * 0.36, sy * deep * 0.33, 0.1) for sx in (-1, 1) for sy in (-1, 1)]
        tyre = revolve([(0.05, -0.025), (0.1, -0.02), (0.1, 0.02), (0.05, 0.025)], 20)
        dark = [box((0.06, 0.1, 0.12), (x, y, 0.16), 0.006) for x, y, _ in spots]
        dark += [
            cylinder(0.025, 0.12, 10).moved(z=-0.06).transformed(pose_at(s * wide * 0.55, 0, 0.95) @ across)
            for s in (-1, 1)
        ]
    else:
        spots = [(s * 0.25, 0.3, 0.1) for s in (-1, 1)]
        tyre = revolve([(0.05, -0.025), (0.1, -0.02), (0.1, 0.02), (0.05, 0.025)], 20)
        dark = [bars([(-0.26, 0.3, 0.1)], [(0.26, 0.3, 0.1)], 0.014, 8), box((0.42, 0.4, 0.06), (0, -0.04, 0.03), 0.01)]
        dark.append(bars([(-0.22, 0.36, 0.96)], [(0.22, 0.36, 0.96)], 0.014, 8))
    wheels = [tyre.transformed(pose_at(*spot) @ across) for spot in spots]
    word = BIN_WORDS.get(color, "GENERAL WASTE")
    label = lines(word.split(), 0.09 if large else 0.05, wide * 0.6).transformed(STAND)
    slope = rotation((1, 0, 0), np.arctan2(deep * 0.065, high - low - 0.1))
    label = label.transformed(pose_at(0, -deep * (0.46 if large else 0.462), high * 0.66) @ slope)
    layers: list[Layer] = [
        (moulded(color, wear, 0.6), [body, lid]),
        (DARK, dark),
        (RUBBER, wheels),
        (Material("paint", WHITE, wear=0.5, dirt=0.4), [label]),
    ]
    return single("waste_bin", f"waste_bin/{litres}_{word.replace(' ', '')}", layers)


def waste_bin_rand(rng: np.random.Generator) -> Model:
    """Samples a bin."""
    return waste_bin(1100 if rng.random() < 0.6 else 240, pick(rng, BIN_COLORS), float(rng.uniform(0.3, 0.8)))


def crowd_barrier(wear: float = 0.4) -> Model:
    """Returns a steel crowd barrier along X, 2.3 x 1.1 m, on flat feet; category barrier."""
    half, top, low = 1.1, 1.08, 0.2
    path = [
        (-half, 0, low),
        (-half, 0, top - 0.12),
        (-half + 0.12, 0, top),
        (half - 0.12, 0, top),
        (half, 0, top - 0.12),
        (half, 0, low),
    ]
    x = np.linspace(-half, half, 19)[1:-1]
    steel: list[Mesh] = [tube(path, 0.019, 8), bars([(-half, 0, low)], [(half, 0, low)], 0.017, 8)]
    steel.append(bars(np.column_stack([x, 0 * x, 0 * x + low]), np.column_stack([x, 0 * x, 0 * x + top]), 0.007, 6))
    for s in (-1, 1):
        steel += [
            bars([(s * 0.85, 0, low)], [(s * 0.85, 0, 0.02)], 0.017, 8),
            box((0.05, 0.56, 0.03), (s * 0.85, 0, 0.015), 0.005),
        ]
        steel.append(bars([(s * (half + 0.01), 0, 0.5)], [(s * (half + 0.05), 0, 0.5)], 0.01, 6))
    zinc = Material("galvanized", (0.5, 0.51, 0.52), wear=wear, dirt=0.4)
    boxes_of = [
        cuboid((-1.16, -0.03, 0.15), (1.16, 0.03, 1.1)),
        *(cuboid((s * 0.85 - 0.03, -0.29, 0), (s * 0.85 + 0.03, 0.29, 0.2)) for s in (-1, 1)),
    ]
    return single("barrier", "barrier/crowd", [(zinc, steel)], boxes_of)


def pedestrian_barrier(color: Color = SAFETY_ORANGE, wear: float = 0.4) -> Model:
    """Returns a moulded pedestrian barrier along X, 2.0 x 1.0 m, with a red and white strip; category barrier.

    Args:
        color: of the plastic.
        wear: of the plastic.
    """
    shell = [box((1.9, 0.045, 0.05), (0, 0, z), 0.012) for z in (0.14, 0.97)]
    shell += [box((0.06, 0.045, 0.88), (s * 0.92, 0, 0.555), 0.012) for s in (-1, 1)]
    shell += [box((0.04, 0.04, 0.48), (x, 0, 0.39), 0.01) for x in np.linspace(-0.75, 0.75, 9)]
    shell += [box((1.8, 0.04, 0.04), (0, 0, 0.62), 0.008), box((1.8, 0.03, 0.2), (0, 0, 0.85), 0.006)]
    shell += [cylinder(0.022, 0.1, 10).moved(s * 0.965, 0, 0.5) for s in (-1, 1)]
    feet = [box((0.09, 0.5, 0.05), (s * 0.7, 0, 0.025), 0.012) for s in (-1, 1)]
    feet += [box((0.07, 0.09, 0.1), (s * 0.7, 0, 0.09), 0.012) for s in (-1, 1)]
    strips = {True: [], False: []}
    for number, x in enumerate(np.linspace(-0.7875, 0.7875, 8)):
        strips[number % 2 == 0] += [box((0.225, 0.003, 0.16), (x, s * 0.0165, 0.85)) for s in (-1, 1)]
    layers: list[Layer] = [
        (moulded(color, wear, 0.5), shell),
        (RUBBER, feet),
        (Material("reflective", (0.55, 0.02, 0.015), wear=wear, dirt=0.35), strips[True]),
        (Material("reflective", (0.75, 0.75, 0.73), wear=wear, dirt=0.35), strips[False]),
    ]
    boxes_of = [
        cuboid((-0.99, -0.05, 0.1), (0.99, 0.05, 1.0)),
        *(cuboid((s * 0.7 - 0.06, -0.26, 0), (s * 0.7 + 0.06, 0.26, 0.15)) for s in (-1, 1)),
    ]
    return single("barrier", "barrier/pedestrian", layers, boxes_of)


def walkway_barrier_rand(rng: np.random.Generator) -> Model:
    """Samples a barrier for a walkway, of steel or of plastic."""
    if rng.random() < 0.4:
        return crowd_barrier(float(rng.uniform(0.2, 0.7)))
    return pedestrian_barrier(pick(rng, (SAFETY_ORANGE, SAFETY_YELLOW, (0.02, 0.1, 0.3))), float(rng.uniform(0.2, 0.7)))
