"""Heights of the land before anything is dug: bumps, haul road and ruts, heaps, streets, hills at the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.construction_site.noise import grid_fractal, grid_noise, value_noise
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import PAVEMENT, Plot, along
from buildee.layout.material import Material
from buildee.layout.placement import Footprint

Array = NDArray[np.float64]

FAR = 1900.0
"""Half the extent of the land, metres: just within the far limit of the shipped cameras."""

HILLS = (420.0, 1500.0)
"""Where the land begins to rise and where it has risen, metres from the middle: what lies behind is hidden, so that
nobody sees the edge of the world from less than `HILL` above the street."""

HILL = 95.0
"""Mean height of the rise, metres."""

KERB = 0.12
"""Height of kerb and pavement above the street, metres."""

BESIDE = 4.0
"""How far from the haul road its distance is of interest, metres: the stone of its edge is scattered so far."""

REPOSE = {"soil": 0.75, "sand": 0.65, "gravel": 0.73}
"""Slopes of loose heaps: tan of 37, 33 and 36 degrees (earth moist, sand dry, crushed stone)."""


@dataclass(frozen=True)
class Heap:
    """Loose material tipped on the ground, lorry load by lorry load.

    Attributes:
        name: unique.
        x, y: its middle, metres.
        radius: of the foot, metres.
        stretch: length over width, along `yaw`.
        yaw: radians.
        material: soil, sand or gravel.
    """

    name: str
    x: float
    y: float
    radius: float
    stretch: float
    yaw: float
    material: Material

    @property
    def footprint(self) -> Footprint:
        """The rectangle around its foot."""
        return Footprint(self.x, self.y, self.yaw, 2.2 * self.radius * self.stretch, 2.2 * self.radius)


@dataclass(frozen=True, eq=False)
class Grid:
    """The vertices of the land in plan.

    Attributes:
        x, y: (X,) and (Y,) rising coordinates, metres.
        points: (X, Y, 2), every pair of them.
    """

    x: Array
    y: Array
    points: Array

    @staticmethod
    def of(x: Array, y: Array) -> Grid:
        """Returns the grid of two sets of lines."""
        return Grid(x, y, np.stack(np.meshgrid(x, y, indexing="ij"), -1))

    def fractal(self, wavelength: float, octaves: int, salt: int) -> Array:
        """Returns (X, Y) noise of several octaves."""
        return grid_fractal(self.x, self.y, wavelength, octaves, salt)

    def noise(self, wavelength: float, salt: int) -> Array:
        """Returns (X, Y) noise of one octave."""
        return grid_noise(self.x, self.y, wavelength, salt)

    def window(self, low: ArrayLike, high: ArrayLike) -> tuple[slice, slice]:
        """Returns the columns and rows of the vertices within a rectangle, one more on every side."""
        (x0, y0), (x1, y1) = low, high
        columns = slice(max(int(np.searchsorted(self.x, x0)) - 1, 0), int(np.searchsorted(self.x, x1)) + 1)
        return columns, slice(max(int(np.searchsorted(self.y, y0)) - 1, 0), int(np.searchsorted(self.y, y1)) + 1)

    def part(self, window: tuple[slice, slice]) -> Grid:
        """Returns the grid of some columns and rows."""
        columns, rows = window
        return Grid(self.x[columns], self.y[rows], self.points[columns, rows])


def lines(plot: Plot, exact: tuple[list[float], list[float]]) -> Grid:
    """Returns the grid: fine on the lot, exact at the kerbs, ever coarser out to the horizon.

    Args:
        plot: the zones.
        exact: further x and y coordinates that get a line, metres.
    """
    spacing = float(np.clip(np.sqrt(plot.width * plot.depth / 62000), 0.2, 0.45))
    found = []
    for half, extra in zip((plot.width / 2, plot.depth / 2), exact, strict=True):
        near, far = half + PAVEMENT, half + PAVEMENT + plot.street_width
        walk = far + PAVEMENT
        street = np.linspace(near, far, 2 * max(2, round(plot.street_width / 2.4)) + 1)
        beyond = [half + 0.4, half + 1.4, near - 0.15, near - 0.02, *street, far + 0.02, far + 0.15, walk]
        tail = walk + np.cumsum(3.0 * 1.3 ** np.arange(40))
        outer = np.concatenate([beyond, tail[tail < 0.85 * FAR], [FAR]])
        inner = np.linspace(-half, half, round(2 * half / spacing) + 1)
        inner = inner[np.abs(inner[:, None] - np.array([np.inf, *extra])).min(1) > 0.06]
        found.append(np.round(np.unique(np.concatenate([-outer, inner, extra, outer])), 6))
    return Grid.of(*found)


def ramp(value: ArrayLike, low: float, high: float) -> Array:
    """Smoothstep from 0 at `low` to 1 at `high`."""
    t = np.clip((np.asarray(value) - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def undisturbed(scene: ConstructionSite, plot: Plot, grid: Grid, inside: Array, salt: int) -> Array:
    """Returns rough ground on the lot, levelled around the building and towards the fence."""
    bumps = 0.7 * grid.fractal(17.0, 3, salt) + 0.22 * grid.fractal(2.6, 2, salt + 10)
    clear = plot.building.distance(grid.points)
    level = np.minimum(ramp(clear, 2.5, 7.0), ramp(-inside, 1.4, 3.5))
    berm = 0.28 * np.exp(-(((plot.depth / 2 - 2.8 - grid.y) / 1.1) ** 2)) * (0.7 + 0.5 * grid.noise(4.0, salt + 20))
    hardstanding = np.minimum(plot.compound.distance(grid.points), plot.stores.distance(grid.points))
    quiet = 0.3 + 0.7 * ramp(hardstanding, 0.0, 3.0)
    trodden = 0.011 * grid.fractal(0.8, 2, salt + 14) * ramp(-inside, 0.3, 1.0)
    return scene.lot.relief * bumps * level * quiet + berm * ramp(-inside, 1.2, 2.2) * ramp(clear, 2.0, 4.0) + trodden


def road_level(plot: Plot, grid: Grid, inside: Array, salt: int) -> Array:
    """Returns the signed distance from the haul road's ragged edge; 10 off the lot and far from the road."""
    ragged = 0.5 * grid.fractal(4.0, 3, salt + 30) + 0.12 * grid.noise(0.7, salt + 35)
    head, radius = plot.turning[:2], plot.turning[2]
    stretches = [(np.minimum(*ends), np.maximum(*ends), plot.road_width / 2) for ends in pairwise(plot.road)]
    near = np.zeros(inside.shape, bool)
    for low, high, half in (*stretches, (head, head, radius)):
        near[grid.window(low - half - BESIDE, high + half + BESIDE)] = True
    near &= inside <= 0
    level = np.full(inside.shape, 10.0)
    level[near] = plot.road_distance(grid.points[near]) + ragged[near]
    return level


def with_road(scene: ConstructionSite, plot: Plot, grid: Grid, road: Array, z: Array, salt: int) -> Array:
    """Presses the haul road into the ground: long waves only, camber, and two wandering ruts."""
    level = ramp(grid.points[..., 1] - plot.gate[1], 0.9, 3.2)  # the gate swings over a level threshold
    grade = ramp(-road, -0.9, 0.7) * level
    pressed = grade > 0
    share, before = grade[pressed], z[pressed]
    lateral, arc = along(plot.road, grid.points[pressed])
    profile = 0.25 * before + 0.03 - 0.022 * np.abs(lateral)
    wander = 0.16 * value_noise(arc, 0 * arc, 9.0, salt + 40)
    depth = scene.lot.rut_depth * (0.75 + 0.35 * value_noise(arc, lateral, 5.0, salt + 41))
    depth = depth + 0.35 * scene.lot.rut_depth * value_noise(arc, np.sign(lateral), 1.7, salt + 42)  # potholes
    ruts = np.exp(-(((np.abs(lateral + wander) - 1.0) / 0.3) ** 2))
    ridges = 0.3 * np.exp(-(((np.abs(lateral + wander) - 1.55) / 0.22) ** 2))  # what the tyres squeeze out
    z = z.copy()
    z[pressed] = before * (1 - share) + share * (profile - depth * (ruts - ridges))
    return z


def heap_rise(heap: Heap, grid: Grid, salt: int) -> Array:
    """Returns how high a heap rises over the ground; negative outside its foot.

    Every load makes a cone; where they overlap there are valleys, as between tipped heaps.
    """
    place = Footprint(heap.x, heap.y, heap.yaw, 1.0, 1.0).local(grid.points)
    u, v = place[..., 0], place[..., 1]
    slope = REPOSE[heap.material.kind]
    wobble = heap.radius * 0.09 * grid.noise(heap.radius * 0.8, salt) + 0.1 * grid.fractal(0.9, 2, salt + 4)
    reach = heap.radius * (heap.stretch - 0.86)
    rise = np.full(u.shape, -np.inf)
    count = 3 if heap.stretch > 1.15 else 2
    for number, at in enumerate(np.linspace(-reach, reach, count)):
        size = heap.radius * (0.86 if number % 2 else 0.95 - 0.07 * count)
        aside = 0.13 * heap.radius * (-1) ** (number + salt % 2)
        distance = np.sqrt((u - at) ** 2 + (v - aside) ** 2 + (0.13 * heap.radius) ** 2)
        rise = np.maximum(rise, slope * (size + 0.13 * heap.radius - distance))
    return rise + slope * wobble + 0.05 * grid.fractal(0.6, 2, salt + 1) * np.clip(2 * rise, 0, 1)


def streets(plot: Plot, grid: Grid, salt: int) -> Array:
    """Returns heights off the lot: pavement, street one kerb lower, level town, hills at the horizon."""
    x, y = np.abs(grid.x)[:, None], np.abs(grid.y)
    (near_x, near_y), width = plot.kerb, plot.street_width
    beyond = np.maximum(x - near_x, y - near_y)
    on_street = (beyond > -1e-6) & (beyond < width + 1e-6)
    cross = ((x > near_x - 1e-6) & (x < near_x + width + 1e-6)) | ((y > near_y - 1e-6) & (y < near_y + width + 1e-6))
    crown = 0.06 * (1 - np.clip(np.abs(beyond - width / 2) / (width / 2), 0, 1))
    away = np.hypot(x, y)
    hills = HILL * ramp(away, *HILLS) * (1 + 0.35 * grid.fractal(900.0, 3, salt + 70))
    return hills + np.where(on_street | cross, -KERB + np.where(on_street, crown, 0.0), 0.0)
