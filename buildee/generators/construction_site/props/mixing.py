"""Concrete and mortar by the batch: tilting drum mixers, crane skips, big bags. Metres.

Mixer: 150 l drum, 1.3 x 0.75 x 1.4 m on two wheels. Crane skip: 1000 l bottom-discharge hopper, 1.3 m square, 1.55 m
high. Big bag: 0.9 x 0.9 x 0.9 m with four loops (EN ISO 21898).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from buildee.generators.construction_site.noise import fractal
from buildee.generators.construction_site.props.palette import (
    RUBBER,
    SAFETY_ORANGE,
    SAFETY_YELLOW,
    STEEL,
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
from buildee.layout.solids import box, circle, cylinder, loft, revolve, tube
from buildee.recipe.seed import Seed

MIXER_COLORS: tuple[Color, ...] = (SAFETY_ORANGE, SAFETY_YELLOW, (0.45, 0.03, 0.02), (0.02, 0.1, 0.3))
SPLASH = Material("concrete", (0.34, 0.335, 0.31), wear=0.5, dirt=0.4, scale=8.0)
"""Dried mortar."""


def cement_mixer(color: Color = SAFETY_ORANGE, tilt_deg: float = 35.0, wear: float = 0.6) -> Model:
    """Returns a drum mixer, its mouth towards +X; category cement_mixer.

    Args:
        color: of the frame and the motor's housing.
        tilt_deg: of the drum's axis above the ground: about 35 to mix, 75 parked upright.
        wear: of the paint.
    """
    drum, gear, inside = _drum(tilt_deg)
    housing = box((0.36, 0.24, 0.42), (-0.02, 0.56, 0.9), 0.04)
    across = rotation((1, 0, 0), np.pi / 2)
    tyre = revolve([(0.09, -0.03), (0.19, -0.035), (0.2, 0.0), (0.19, 0.035), (0.09, 0.03)], 24)
    wheels = [tyre.transformed(pose_at(-0.42, s * 0.36, 0.2) @ across) for s in (-1, 1)]
    discs = [
        cylinder(0.1, 0.05, 16).moved(z=-0.025).transformed(pose_at(-0.42, s * 0.36, 0.2) @ across) for s in (-1, 1)
    ]
    layers: list[Layer] = [
        (painted(color, wear, 0.6), [*_stand(), housing, *_hand_wheel(), *discs]),
        (painted((0.5, 0.5, 0.47) if color == SAFETY_ORANGE else color, wear, 0.9), [drum]),
        (STEEL, [gear]),
        (RUBBER, wheels),
        (SPLASH, [inside]),
    ]
    boxes_of = [cuboid((-0.62, -0.5, 0), (0.4, 0.5, 0.62)), cuboid((-0.5, -0.56, 0.5), (0.5, 0.7, 1.42))]
    return single("cement_mixer", f"cement_mixer/150l_{round(tilt_deg)}", layers, boxes_of)


def _drum(tilt_deg: float) -> tuple[Mesh, Mesh, Mesh]:
    """Returns the drum, the gear round it, and what sticks inside."""
    profile = [
        (0.12, -0.36),
        (0.3, -0.3),
        (0.345, -0.16),
        (0.345, 0.05),
        (0.32, 0.1),
        (0.2, 0.36),
        (0.212, 0.37),
        (0.198, 0.38),
        (0.185, 0.35),
        (0.3, 0.1),
        (0.325, 0.05),
        (0.325, -0.15),
        (0.28, -0.28),
        (0.03, -0.31),
    ]
    centre = (0.0, 0.0, 0.88)
    lie = pose_at(*centre) @ rotation((0, 1, 0), np.pi / 2 - np.deg2rad(tilt_deg))
    drum = revolve(profile, 28).transformed(lie)
    gear = revolve([(0.343, 0.03), (0.362, 0.03), (0.362, 0.075), (0.333, 0.075)], 40).transformed(lie)
    inside = revolve([(0.001, -0.2), (0.27, -0.2), (0.27, -0.18), (0.001, -0.16)], 20).transformed(lie)
    return drum, gear, inside


def _stand() -> list[Mesh]:
    """Returns the yoke that holds the drum, and the legs."""
    yoke = [
        tube(
            [
                (0, -0.4, 0.88),
                (-0.18, -0.4, 0.62),
                (-0.32, -0.2, 0.48),
                (-0.32, 0.2, 0.48),
                (-0.18, 0.4, 0.62),
                (0, 0.4, 0.88),
            ],
            0.028,
            8,
        )
    ]
    yoke += [bars([(0, s * 0.46, 0.88)], [(0, s * 0.33, 0.88)], 0.03, 10) for s in (-1, 1)]
    legs = [tube([(0, s * 0.44, 0.9), (-0.1, s * 0.42, 0.5), (-0.42, s * 0.36, 0.2)], 0.024, 8) for s in (-1, 1)]
    legs += [tube([(0, s * 0.44, 0.86), (0.18, s * 0.42, 0.4), (0.34, s * 0.36, 0.0)], 0.024, 8) for s in (-1, 1)]
    legs.append(bars([(-0.42, -0.4, 0.2)], [(-0.42, 0.4, 0.2)], 0.02, 8))
    legs.append(bars([(0.2, -0.42, 0.35)], [(0.2, 0.42, 0.35)], 0.02, 8))
    return [*yoke, *legs]


def _hand_wheel() -> tuple[Mesh, Mesh, Mesh]:
    """Returns the wheel that tips the drum: ring, spokes and hub."""
    ring = chain(
        np.column_stack(
            [
                0.26 * np.cos(t := np.linspace(0, 2 * np.pi, 20, endpoint=False)),
                np.full(20, -0.52),
                0.88 + 0.26 * np.sin(t),
            ]
        ),
        0.012,
        6,
        closed=True,
    )
    spokes = bars([(0, -0.52, 0.62), (-0.26, -0.52, 0.88)], [(0, -0.52, 1.14), (0.26, -0.52, 0.88)], 0.01, 6)
    hub = bars([(0, -0.53, 0.88)], [(0, -0.42, 0.88)], 0.03, 10)
    return ring, spokes, hub


def cement_mixer_rand(rng: np.random.Generator) -> Model:
    """Samples a drum mixer."""
    return cement_mixer(pick(rng, MIXER_COLORS), float(rng.choice([30.0, 45.0, 70.0])), float(rng.uniform(0.4, 1.0)))


def hopper(color: Color = SAFETY_YELLOW, wear: float = 0.8, number: int = 3) -> Model:
    """Returns a crane skip on its stand, its chute towards +X; category hopper.

    Args:
        color: of the paint.
        wear: of the paint.
        number: painted on it.
    """

    def square(size: float, z: float) -> np.ndarray:
        return np.column_stack([rounded((size, size), min(0.16, size / 3)), np.full(20, z)])

    outer = [(0.34, 0.36), (1.2, 0.95), (1.26, 1.0), (1.26, 1.45), (1.32, 1.46), (1.32, 1.5)]
    inner = [(1.22, 1.5), (1.22, 1.0), (1.16, 0.96), (0.3, 0.4)]
    bowl = loft([square(*at) for at in outer + inner])
    fill = loft([square(0.6, 0.62), square(0.78, 0.7), square(0.5, 0.73)], smooth=True)
    frame = [
        bars([(sx * 0.6, sy * 0.6, 0.02)], [(sx * 0.6, sy * 0.6, 1.47)], 0.045, 4) for sx in (-1, 1) for sy in (-1, 1)
    ]
    frame += [box((0.14, 0.14, 0.02), (sx * 0.6, sy * 0.6, 0.01), 0.003) for sx in (-1, 1) for sy in (-1, 1)]
    frame += [
        bars([(-0.6, s * 0.6, 0.12), (s * 0.6, -0.6, 0.12)], [(0.6, s * 0.6, 0.12), (s * 0.6, 0.6, 0.12)], 0.04, 4)
        for s in (-1, 1)
    ]
    gate = [box((0.46, 0.4, 0.05), (0, 0, 0.34), 0.01), box((0.05, 0.46, 0.08), (0.2, 0, 0.36), 0.006)]
    lever = tube([(0.15, 0.24, 0.36), (0.62, 0.3, 0.5), (0.95, 0.3, 0.72), (1.0, 0.3, 0.72)], 0.018, 8)
    bail = tube(
        [
            (0, -0.62, 1.42),
            (0, -0.62, 1.5),
            (0, -0.36, 1.86),
            (0, 0.0, 1.98),
            (0, 0.36, 1.86),
            (0, 0.62, 1.5),
            (0, 0.62, 1.42),
        ],
        0.026,
        8,
    )
    block = lines([f"SKIP {number}", "1000 L"], 0.12, 0.7).transformed(STAND)
    marks = [
        block.transformed(pose_at(*(0.63 * np.array(d)), 1.22, yaw))
        for d, yaw in (((0, -1), 0.0), ((0, 1), np.pi), ((1, 0), np.pi / 2), ((-1, 0), -np.pi / 2))
    ]
    layers: list[Layer] = [
        (painted(color, wear, 0.8), [bowl, *frame]),
        (STEEL, [*gate, lever, bail]),
        (SPLASH, [fill]),
        (Material("paint", (0.012, 0.012, 0.013), wear=0.6, dirt=0.4), marks),
    ]
    boxes_of = [
        cuboid((-0.66, -0.66, 0), (0.66, 0.66, 1.5)),
        cuboid((0.55, 0.2, 0.4), (1.02, 0.4, 0.8)),
        cuboid((-0.04, -0.66, 1.4), (0.04, 0.66, 2.02)),
    ]
    return single("hopper", f"hopper/1000l_{number}", layers, boxes_of)


def hopper_rand(rng: np.random.Generator) -> Model:
    """Samples a crane skip."""
    return hopper(pick(rng, MIXER_COLORS), float(rng.uniform(0.6, 1.0)), int(rng.integers(1, 9)))


Goods = Literal["sand", "gravel"]
GOODS: dict[Goods, Material] = {
    "sand": Material("sand", (0.42, 0.32, 0.19), dirt=0.1),
    "gravel": Material("gravel", (0.35, 0.33, 0.3), dirt=0.2, scale=0.5),
}


def big_bag(goods: Goods = "sand", fill: float = 1.0, salt: int = 0, dirt: float = 0.5) -> Model:
    """Returns a bulk bag that stands open on the ground, its loops hanging; category stockpile.

    Args:
        goods: what is in it.
        fill: 0.3 (nearly used up, the cloth slumped) to 1.
        salt: selects the folds, 0 to 7.
        dirt: of the cloth.
    """
    rng = Seed(salt).child("big_bag").rng()
    phases = rng.uniform(0, 2 * np.pi, 4)
    angle = np.arange(40) * (2 * np.pi / 40)
    square = np.column_stack([np.cos(angle), np.sin(angle)])
    square /= (np.abs(square) ** 6).sum(1, keepdims=True) ** (1 / 6)
    top = 0.25 + 0.6 * fill

    def ring(share: float, inset: float) -> np.ndarray:
        bulge = 0.41 + 0.05 * np.sin(np.pi * min(share, 1.0)) - 0.02 * share
        fold = 0.012 * np.sin(5 * angle + phases[0] + 3 * share) + 0.009 * np.sin(11 * angle + phases[1] - 5 * share)
        slack = 1 + (1 - fill) * 2.5
        z = share * top + (0.02 + 0.05 * (1 - fill)) * (share > 0.95) * np.sin(3 * angle + phases[2])
        return np.column_stack([square * (bulge + slack * fold * min(4 * share, 1.0) - inset)[:, None], z])

    shares = (0.0, 0.04, 0.2, 0.4, 0.6, 0.8, 0.93, 1.0)
    cloth = loft([ring(s, 0.02 * (s == 0)) for s in shares] + [ring(s, 0.008) for s in (1.0, 0.93, 0.8)], smooth=True)
    x, y = square[:, 0] * 0.4, square[:, 1] * 0.4
    level = top * 0.86
    rings = [
        np.column_stack([x * s, y * s, level + 0.16 * (1 - s) + 0.05 * fractal(x * s, y * s, 0.3, 2, 90 + salt)])
        for s in (1.02, 0.8, 0.5, 0.2, 0.02)
    ]
    heap = loft([rings[0] - (0, 0, 0.12), *rings], smooth=True)
    loops = []
    for k in range(4):
        spot = circle(0.5, 4, np.pi / 4)[k]
        side = np.array([-spot[1], spot[0]]) / 0.5 * 0.1
        out = spot * (1.18, 1.18)
        path = [
            (*(spot - side), top - 0.04),
            (*(out - side), top * 0.8),
            (*out, top * 0.62),
            (*(out + side), top * 0.8),
            (*(spot + side), top - 0.04),
        ]
        loops.append(tube(path, 0.014, 6))
    weave = Material("fabric", (0.68, 0.67, 0.63), wear=0.4, dirt=dirt)
    layers: list[Layer] = [
        (weave, [cloth]),
        (GOODS[goods], [heap]),
        (Material("fabric", (0.03, 0.09, 0.3), wear=0.4, dirt=dirt), loops),
    ]
    boxes_of = [cuboid((-0.49, -0.49, 0), (0.49, 0.49, top + 0.12))]
    return single("stockpile", f"big_bag/{goods}_{round(fill * 10)}_{salt}", layers, boxes_of)


def big_bag_rand(rng: np.random.Generator) -> Model:
    """Samples a bulk bag."""
    goods: Goods = "sand" if rng.random() < 0.6 else "gravel"
    return big_bag(goods, float(rng.choice([0.4, 0.7, 0.9, 1.0])), int(rng.integers(8)), float(rng.uniform(0.3, 0.8)))
