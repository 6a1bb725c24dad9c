"""Where what lies about on a site lies: what kinds of place it favours, and its poses on the ground."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.noise import fractal
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.terrain import Heap
from buildee.layout.placement import Footprint
from buildee.layout.solids import cross

OPEN = 0.32
"""How much of what is tried stays on open ground, at most."""

SPACE = 0.12
"""Between what lies about and anything solid, metres."""

Favour = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""How likely a thing that is tried at (N, 2) points stays there: (N,), 1 or more is certain."""


@dataclass(frozen=True, eq=False)
class Favours:
    """How much things of some kind favour places.

    Attributes:
        plot: the zones.
        heaps: loose stone rolls off them.
    """

    plot: Plot
    heaps: Sequence[Heap]

    def near_road(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Beside and on the haul road."""
        return np.exp(-((np.minimum(np.abs(self.plot.road_distance(points)), 3.0) / 0.7) ** 2))

    def near_work(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Round the building, the heaps and the pit."""
        distances = [
            self.plot.building.distance(points),
            *(heap.footprint.distance(points) + 0.6 for heap in self.heaps),
        ]
        if self.plot.pit is not None:
            distances.append(np.abs(self.plot.pit.distance(points)))
        return 0.06 + np.exp(-np.min(np.maximum(distances, 0), axis=0) / 1.8)

    def near_digging(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where machines dig, and along their side of the road."""
        beside = np.abs(self.plot.road_distance(points) + 0.5 * self.plot.road_width) - 1.5
        along_road = 0.35 * np.exp(-(beside**2) / 0.2)
        return np.maximum(self.near_work(points), along_road)

    def in_pit(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """In the excavation, most at the foot of its sides."""
        if self.plot.dig is None:
            return 0.25 * self.near_work(points)
        inwards, floor = -self.plot.dig.rim.distance(points), -self.plot.dig.floor.distance(points)
        face = np.exp(-(((floor - 0.4) / 0.9) ** 2))  # what falls off the sides lies at their foot
        return np.where(inwards > 0, 0.12 + 0.88 * face, np.maximum(np.exp(inwards / 1.2), 0.03))

    def open_ground(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Anywhere off the road."""
        off_road = np.clip(self.plot.road_distance(points) / 2.0, 0.0, 1.0)
        return OPEN * off_road

    def near_fence(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Along the fence, off the road."""
        return np.exp(-((self.plot.lot.distance(points) + 0.7) ** 2) / 0.7) * (self.plot.road_distance(points) > 0.8)

    def near_turns(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where lorries turn, and round the work."""
        x, y, radius = self.plot.turning
        around = np.exp(-(((np.hypot(points[:, 0] - x, points[:, 1] - y) - radius) / 2.2) ** 2))
        return np.maximum(0.7 * around, self.near_work(points) - 0.04)


def favoured(
    count: int,
    plot: Plot,
    favour: Favour,
    most: float,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Returns at most 4 `count` points of the lot (N, 2), in patches, more where `favour` is high, up to `most`."""
    half = np.array([plot.width, plot.depth]) / 2 - 0.25
    points = rng.uniform(-half, half, (4 * count, 2))
    drawn = np.round(rng.random(len(points)), 6)
    likely = np.flatnonzero(drawn < most + 1e-6)
    points, drawn = points[likely], drawn[likely]
    chance = favour(points)
    likely = np.flatnonzero(drawn < chance + 1e-6)  # patches only take away
    points, chance, drawn = points[likely], chance[likely], drawn[likely]
    chance = chance * (0.55 + 0.45 * fractal(points[:, 0], points[:, 1], 4.0, 2, 7))
    return points[drawn < np.round(chance, 6)]


def outside(points: NDArray[np.float64], solid: Sequence[Footprint]) -> NDArray[np.bool_]:
    """Returns (N,) whether nothing solid is over or beside each of (N, 2) points."""
    free = np.ones(len(points), bool)
    order = np.argsort(points[:, 0])
    x = points[order, 0]
    for footprint in solid:
        reach = footprint.radius + SPACE
        near = order[slice(*x.searchsorted((footprint.x - reach, footprint.x + reach)))]
        near = near[np.abs(points[near, 1] - footprint.y) < reach]
        free[near[footprint.distance(points[near]) <= SPACE]] = False
    return free


def lying(
    points: NDArray[np.float64], ground: Ground, sizes: tuple[float, float], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Returns (N, 4, 4) poses of things flat on the ground at (N, 2) points, small ones more than large."""
    up = ground.normal(points)
    heading = rng.uniform(0, 2 * np.pi, len(points))
    ahead = np.column_stack([np.cos(heading), np.sin(heading), np.zeros(len(points))])
    side = cross(up, ahead)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    scale = rng.uniform(0, 1, len(points)) ** 2 * (sizes[1] - sizes[0]) + sizes[0]
    poses = np.tile(np.eye(4), (len(points), 1, 1))
    poses[:, :3, :3] = np.stack([cross(side, up), side, up], -1) * scale[:, None, None]
    poses[:, :3, 3] = np.column_stack([points, ground.height(points)])
    return poses
