"""Cars as they are seen from afar: at the kerbs of the streets behind, in yards, before halls. Metres."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.props.car import COLORS
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import copies, poses_at
from buildee.layout.scene import Assembly
from buildee.layout.solids import box, cylinder, loft

Array = NDArray[np.float64]

SPACING = 6.2
"""From one parked car to the next, metres."""


@lru_cache(maxsize=2)
def car_afar(tall: bool = False) -> Mesh:
    """Returns a car facing +X, 4.3 m long: slots 0 paint, 1 glass, 2 tyres. Its wheels stand on z = 0."""
    up = 0.22 if tall else 0.0

    def ring(x0: float, x1: float, half: float, z: float) -> list[tuple[float, float, float]]:
        return [(x0, -half, z), (x1, -half, z), (x1, half, z), (x0, half, z)]

    hull = loft([ring(-2.1, 2.1, 0.8, 0.22), ring(-2.15, 2.15, 0.88, 0.5), ring(-2.1, 2.0, 0.84, 0.88 + up)])
    back = -1.95 if tall else -1.6
    glass = loft([ring(-2.0, 1.05, 0.78, 0.88 + up), ring(back, 0.4, 0.62, 1.38 + up)]).with_slot(1)
    roof = loft([ring(back + 0.02, 0.38, 0.62, 1.38 + up), ring(back + 0.2, 0.2, 0.55, 1.44 + up)])
    axle = 0.32 * np.cos(np.pi / 6)  # a hexagon that stands on one of its sides
    turn = np.array([(1, 0, 0, 0), (0, 0, -1, 0), (0, 1, 0, axle), (0, 0, 0, 1.0)])
    tyre = cylinder(0.32, 0.2, 6).transformed(turn).with_slot(2)
    tyres = [tyre.moved(x, y) for x in (-1.3, 1.3) for y in (-0.68, 0.88)]
    lamps = [box((0.03, 0.3, 0.14), (x, y, 0.68)).with_slot(3) for x in (2.1,) for y in (-0.6, 0.6)]
    return Mesh.merged([hull, glass, roof, *tyres, *lamps])


def cars_at(name: str, points: Array, yaws: Array, rng: np.random.Generator) -> Assembly:
    """Returns cars of common colours at (N, 3) points, heading (N,) radians."""
    colors, shares = zip(*COLORS[:6], strict=True)
    paint = rng.choice(6, len(points), p=np.array(shares) / sum(shares))
    tall = rng.random(len(points)) < 0.35
    pieces = []
    for number, color in enumerate(colors):
        looks = (
            Material("painted_metal", color, wear=0.02, dirt=0.25),
            Material("plastic", (0.012, 0.014, 0.016), wear=0.0, dirt=0.0),
            Material("rubber", (0.02, 0.02, 0.02), dirt=0.4),
            Material("plastic", (0.6, 0.6, 0.6), wear=0.0, dirt=0.1),
        )
        for high in (False, True):
            chosen = (paint == number) & (tall == high)
            shape = (f"town/car_{int(high)}", car_afar(high))
            pieces.append(
                copies(f"{name}.{number}.{int(high)}", "car", shape, looks, poses_at(points[chosen], yaws[chosen]))
            )
    return Assembly.merged(pieces)


def parked_afar(kerbs: Array, headings: Array, z: float, rng: np.random.Generator) -> Assembly:
    """Returns cars at (S, 2, 2) stretches of kerb, the block on their left, with gaps, on streets at height `z`."""
    lengths = np.linalg.norm(kerbs[:, 1] - kerbs[:, 0], axis=1)
    count = np.maximum(0, (lengths - 14.0) / SPACING).astype(int)
    side = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(side)) - np.repeat(np.cumsum(count) - count, count)
    full = rng.uniform(0.25, 0.85, len(count))
    kept = rng.random(len(side)) < full[side]
    ahead = (kerbs[:, 1] - kerbs[:, 0]) / lengths[:, None]
    along = 7.0 + SPACING * (number + 0.5) + rng.normal(0, 0.25, len(side))
    aside = np.column_stack([ahead[:, 1], -ahead[:, 0]])
    points = kerbs[side, 0] + ahead[side] * along[:, None] + aside[side] * 1.25
    yaws = headings[side] + rng.normal(0, 0.02, len(side)) + np.where(rng.random(len(side)) < 0.15, np.pi, 0.0)
    places = np.column_stack([points, np.full(len(points), z)])
    return cars_at("parked_afar", places[kept], yaws[kept], rng)
