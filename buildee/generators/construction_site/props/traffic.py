"""Cones and barriers. Metres.

Cone: EN 13422, 750 mm with two reflective collars. Concrete barrier: New Jersey profile of FHWA, 0.81 m high, 0.61 m
wide at the foot, breaks at 75 and 330 mm. Plastic barrier: water-filled, about 1.0 x 0.4 x 0.8 m.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from buildee.generators.construction_site.props.palette import (
    DARK,
    GALVANIZED,
    RUBBER,
    SAFETY_ORANGE,
    SAFETY_RED,
    WHITE,
    moulded,
)
from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, cuboid, single
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, cylinder, loft, prism, revolve


def traffic_cone(wear: float = 0.4, dirt: float = 0.4) -> Model:
    """Returns a 0.75 m cone with two reflective collars on a rubber base; category traffic_cone."""
    shell, bands, base = _cone()
    layers = [
        (moulded(SAFETY_ORANGE, wear, dirt), [shell]),
        (Material("reflective", (0.75, 0.75, 0.73), wear=wear, dirt=dirt), [bands]),
        (RUBBER, [base]),
    ]
    return single("traffic_cone", "traffic_cone/75", layers)


@cache
def _cone() -> tuple[Mesh, Mesh, Mesh]:
    """Returns shell, collars and base, the same for every cone."""

    def radius(z: float) -> float:
        return 0.148 - (z - 0.04) * (0.148 - 0.03) / 0.71

    shell = revolve(
        [(0.165, 0.035), (radius(0.05), 0.05), (radius(0.74), 0.74), (0.022, 0.75), (0.012, 0.75), (0.012, 0.6)], 24
    )
    bands = [
        revolve([(radius(a), a), (radius(a) + 0.0025, a + 0.002), (radius(b) + 0.0025, b - 0.002), (radius(b), b)], 24)
        for a, b in ((0.3, 0.42), (0.54, 0.64))
    ]
    outline = np.concatenate([_corner(quarter) for quarter in range(4)])
    return shell, Mesh.merged(bands), prism(outline, 0.042, 0.01)


def _corner(quarter: int) -> np.ndarray:
    """Returns the three points of one rounded corner of a 0.44 m square."""
    angle = quarter * np.pi / 2 + np.deg2rad([5.0, 45.0, 85.0])
    middle = (
        0.16 * np.array([np.cos(quarter * np.pi / 2 + np.pi / 4), np.sin(quarter * np.pi / 2 + np.pi / 4)]) * np.sqrt(2)
    )
    return middle + 0.06 * np.column_stack([np.cos(angle), np.sin(angle)])


def traffic_cone_rand(rng: np.random.Generator) -> Model:
    """Samples a cone."""
    return traffic_cone(float(rng.uniform(0.1, 0.8)), float(rng.uniform(0.2, 0.8)))


def concrete_barrier(length: float = 2.0, wear: float = 0.8) -> Model:
    """Returns a New Jersey barrier along X; category barrier.

    Args:
        length: 1 to 4 m.
        wear: of the concrete.
    """
    half = [(0.305, 0.0), (0.305, 0.075), (0.125, 0.33), (0.082, 0.79), (0.07, 0.81)]
    outline = np.array(half + [(-x, z) for x, z in half[::-1]])
    stations = [(-length / 2, 0.985), (-length / 2 + 0.012, 1.0), (length / 2 - 0.012, 1.0), (length / 2, 0.985)]
    rings = [np.column_stack([np.full(len(outline), x), outline * (s, 1.0)]) for x, s in stations]
    body = loft(rings)
    pockets = [box((0.16, 0.62, 0.07), (x, 0, 0.036)) for x in (-length / 4, length / 4)]
    loops = [
        bars([(s * length / 2, y, 0.5)], [(s * (length / 2 + 0.02), y, 0.5)], 0.02, 8)
        for s in (-1, 1)
        for y in (-0.03, 0.03)
    ]
    eyes = [box((0.06, 0.03, 0.02), (x, 0, 0.815), 0.005) for x in (-length / 4, length / 4)]
    concrete = Material("concrete", (0.3, 0.295, 0.275), wear=wear, dirt=0.75, scale=4.0)
    layers: list[Layer] = [(concrete, [body]), (DARK, pockets), (GALVANIZED, [*loops, *eyes])]
    boxes = [
        cuboid((-length / 2 - 0.02, -0.31, 0), (length / 2 + 0.02, 0.31, 0.2)),
        cuboid((-length / 2 - 0.02, -0.22, 0.2), (length / 2 + 0.02, 0.22, 0.33)),
        cuboid((-length / 2 - 0.02, -0.126, 0.33), (length / 2 + 0.02, 0.126, 0.825)),
    ]
    return single("barrier", f"barrier/concrete_{round(length * 100)}", layers, boxes)


def concrete_barrier_rand(rng: np.random.Generator) -> Model:
    """Samples a concrete barrier."""
    return concrete_barrier(float(rng.choice([1.0, 2.0, 3.0])), float(rng.uniform(0.5, 1.0)))


def plastic_barrier(color: Color = SAFETY_RED, wear: float = 0.4) -> Model:
    """Returns a water-filled barrier along X, 1.0 x 0.4 x 0.8 m; category barrier."""
    half = [
        (0.2, 0.0),
        (0.2, 0.1),
        (0.17, 0.16),
        (0.11, 0.3),
        (0.09, 0.36),
        (0.105, 0.4),
        (0.105, 0.5),
        (0.085, 0.54),
        (0.07, 0.77),
        (0.055, 0.8),
    ]
    outline = np.array(half + [(-x, z) for x, z in half[::-1]])
    stations = [
        (-0.48, 0.93),
        (-0.455, 1.0),
        (-0.2, 1.0),
        (-0.18, 0.9),
        (0.18, 0.9),
        (0.2, 1.0),
        (0.455, 1.0),
        (0.48, 0.93),
    ]
    rings = [np.column_stack([np.full(len(outline), x), outline * (s, 1.0)]) for x, s in stations]
    body = loft(rings)
    knuckles = [cylinder(0.055, 0.2, 14, 0.008).moved(0.475, 0, z) for z in (0.18, 0.58)] + [
        cylinder(0.055, 0.18, 14, 0.008).moved(-0.475, 0, 0.39)
    ]
    cap = cylinder(0.045, 0.03, 14, 0.006).moved(0.33, 0, 0.79)
    plug = cylinder(0.03, 0.02, 12, 0.004).transformed(pose_at(-0.35, -0.19, 0.05) @ rotation((1, 0, 0), np.pi / 2))
    strip = [box((0.34, 0.004, 0.08), (0, side * 0.0965, 0.45), 0.001) for side in (-1, 1)]
    layers: list[Layer] = [
        (moulded(color, wear, 0.65), [body, *knuckles]),
        (DARK, [cap, plug]),
        (Material("reflective", (0.75, 0.75, 0.73), wear=0.3, dirt=0.4), strip),
    ]
    boxes = [cuboid((-0.535, -0.215, 0), (0.535, 0.215, 0.2)), cuboid((-0.535, -0.13, 0.2), (0.535, 0.13, 0.82))]
    return single("barrier", "barrier/plastic", layers, boxes)


def plastic_barrier_rand(rng: np.random.Generator) -> Model:
    """Samples a plastic barrier, red or white."""
    return plastic_barrier(SAFETY_RED if rng.random() < 0.5 else WHITE, float(rng.uniform(0.1, 0.7)))
