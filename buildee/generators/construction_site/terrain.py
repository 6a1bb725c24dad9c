"""The shape of the land: graded lot, haul road with ruts, pit, heaps, kerbs and streets, one height field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.noise import grid_fractal, grid_noise, value_noise
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import PAVEMENT, Plot, along
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Instance, Part

Array = NDArray[np.float64]

FAR = 420.0
"""Half the extent of the land, metres: beyond what any shipped camera sees past the houses."""

KERB = 0.12
"""Height of kerb and pavement above the street, metres."""

REPOSE = 0.66
"""Slope of loose heaps: tan(33 degrees), dry sand and crushed stone."""

BATTER = 1.1
"""Rise over run of the sides of the pit, about 48 degrees: cohesive soil, unsupported."""


@dataclass(frozen=True)
class Heap:
    """Loose material tipped on the ground.

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
class Terrain:
    """The land and what it is called.

    Attributes:
        ground: the triangles that everything stands on.
        assembly: the same triangles as instances: ground, road, excavation, stockpiles, kerb, grass.
    """

    ground: Ground
    assembly: Assembly


def shape(scene: ConstructionSite, plot: Plot, heaps: Sequence[Heap], pads: Sequence[Footprint], salt: int) -> Terrain:
    """Shapes the land.

    Args:
        scene: the section of the recipe.
        plot: the zones.
        heaps: stockpiles, blended into the ground.
        pads: rectangles that are made exactly plane, for things with a stiff base.
        salt: selects the noise.
    """
    grid = _grid(plot)
    inside = plot.lot.distance(grid.points)
    road = _road_level(plot, grid, inside, salt)
    pit = _pit_level(plot, grid, salt)
    z = _undisturbed(scene, plot, grid, inside, salt)
    z = _with_road(scene, plot, grid, road, z, salt)
    z = _with_pit(scene, plot, grid, pit, z, salt)
    levels = []
    for number, heap in enumerate(heaps):
        rise = _heap_rise(heap, grid, salt + 100 + number)
        z = z + np.maximum(rise, 0)
        levels.append((heap.name, 0.03 - rise))
    z = np.where(inside < 0.0, z, _streets(plot, grid))
    z = _graded(grid, z, pads)
    ground = Ground(grid.x, grid.y, np.round(z, 5))
    levels += [("excavation", pit), ("haul_road", road)]
    levels = [(name, np.where(np.abs(level) < 2e-3, 2e-3, np.round(level, 5))) for name, level in levels]
    meshes = ground.regions(levels, _street_cells(plot, grid), "ground")
    return Terrain(ground, _assembly(scene, heaps, meshes))


@dataclass(frozen=True, eq=False)
class _Grid:
    """The vertices of the land in plan.

    Attributes:
        x, y: (X,) and (Y,) rising coordinates, metres.
        points: (X, Y, 2), every pair of them.
    """

    x: Array
    y: Array
    points: Array

    def fractal(self, wavelength: float, octaves: int, salt: int) -> Array:
        """Returns (X, Y) noise of several octaves."""
        return grid_fractal(self.x, self.y, wavelength, octaves, salt)

    def noise(self, wavelength: float, salt: int) -> Array:
        """Returns (X, Y) noise of one octave."""
        return grid_noise(self.x, self.y, wavelength, salt)


def _grid(plot: Plot) -> _Grid:
    """Returns the grid: fine on the lot, exact at the kerbs, ever coarser beyond."""
    lines = []
    for half in (plot.width / 2, plot.depth / 2):
        spacing = 0.3 if half < 40 else 0.45
        count = round(2 * half / spacing)
        near, far = half + PAVEMENT, half + PAVEMENT + plot.street_width
        walk = far + PAVEMENT
        beyond = [half + 0.4, near - 0.15, near - 0.02, near, (near + far) / 2, far, far + 0.02, far + 0.15, walk]
        tail = walk + np.cumsum(3.0 * 1.35 ** np.arange(40))
        outer = np.concatenate([beyond, tail[tail < FAR], [FAR]])
        lines.append(np.round(np.concatenate([-outer[::-1], np.linspace(-half, half, count + 1), outer]), 6))
    return _Grid(*lines, np.stack(np.meshgrid(*lines, indexing="ij"), -1))


def _undisturbed(scene: ConstructionSite, plot: Plot, grid: _Grid, inside: Array, salt: int) -> Array:
    """Returns rough ground on the lot, levelled around the building and towards the fence."""
    bumps = 0.7 * grid.fractal(17.0, 3, salt) + 0.22 * grid.fractal(2.6, 2, salt + 10)
    clear = plot.building.distance(grid.points)
    level = np.minimum(_ramp(clear, 2.5, 7.0), _ramp(-inside, 1.4, 3.5))
    berm = 0.55 * np.exp(-(((plot.depth / 2 - 2.6 - grid.y) / 0.8) ** 2)) * (0.7 + 0.5 * grid.noise(4.0, salt + 20))
    hardstanding = np.minimum(plot.compound.distance(grid.points), plot.stores.distance(grid.points))
    quiet = 0.3 + 0.7 * _ramp(hardstanding, 0.0, 3.0)
    return scene.lot.relief * bumps * level * quiet + berm * _ramp(-inside, 1.2, 2.2) * _ramp(clear, 2.0, 4.0)


def _ramp(value: Array, low: float, high: float) -> Array:
    """Smoothstep from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def _road_level(plot: Plot, grid: _Grid, inside: Array, salt: int) -> Array:
    """Returns the signed distance from the haul road's ragged edge; positive off the lot."""
    edge = plot.road_distance(grid.points) + 0.35 * grid.fractal(3.0, 2, salt + 30)
    return np.where(inside <= 0, edge, 10.0)


def _with_road(scene: ConstructionSite, plot: Plot, grid: _Grid, road: Array, z: Array, salt: int) -> Array:
    """Presses the haul road into the ground: long waves only, camber, and two wandering ruts."""
    grade = _ramp(-road, -0.7, 0.4)
    pressed = grade > 0
    share, before = grade[pressed], z[pressed]
    lateral, arc = along(plot.road, grid.points[pressed])
    profile = 0.25 * before + 0.03 - 0.022 * np.abs(lateral)
    wander = 0.16 * value_noise(arc, 0 * arc, 9.0, salt + 40)
    depth = scene.lot.rut_depth * (0.75 + 0.35 * value_noise(arc, lateral, 5.0, salt + 41))
    ruts = np.exp(-(((np.abs(lateral + wander) - 1.0) / 0.3) ** 2))
    z = z.copy()
    z[pressed] = before * (1 - share) + share * (profile - depth * ruts)
    return z


def _pit_level(plot: Plot, grid: _Grid, salt: int) -> Array:
    """Returns the signed distance from the pit's upper edge, rounded and crumbling."""
    if plot.pit is None:
        return np.full(grid.points.shape[:-1], 10.0)
    rounded = plot.pit.grown(-2.0).distance(grid.points) - 2.0
    return rounded + 0.5 * grid.fractal(4.5, 3, salt + 50)


def _with_pit(scene: ConstructionSite, plot: Plot, grid: _Grid, pit: Array, z: Array, salt: int) -> Array:
    """Digs the pit: battered sides, an uneven floor."""
    if plot.pit is None:
        return z
    run = scene.lot.pit_depth / BATTER
    share = np.clip(-pit / run, 0, 1)
    floor = 0.12 * grid.fractal(3.5, 3, salt + 60) + 0.25 * grid.noise(11.0, salt + 63)
    sides = 0.22 * grid.fractal(1.6, 2, salt + 65) * share * (1 - share) * 4
    return z - scene.lot.pit_depth * share + floor * _ramp(share, 0.7, 1.0) + sides


def _heap_rise(heap: Heap, grid: _Grid, salt: int) -> Array:
    """Returns how high a heap rises over the ground; negative outside its foot."""
    place = Footprint(heap.x, heap.y, heap.yaw, 1.0, 1.0).local(grid.points)
    reach = (place[..., 0] / heap.stretch) ** 2 + place[..., 1] ** 2
    foot = heap.radius * (1 + 0.1 * grid.noise(heap.radius, salt))
    cone = REPOSE * (foot - np.sqrt(reach + (0.28 * heap.radius) ** 2))
    return cone + 0.07 * grid.fractal(1.1, 2, salt + 1) * np.clip(cone, 0, 1)


def _streets(plot: Plot, grid: _Grid) -> Array:
    """Returns heights off the lot: pavement, street one kerb lower, then gently rolling land."""
    x, y = np.abs(grid.x)[:, None], np.abs(grid.y)
    (near_x, near_y), width = plot.kerb, plot.street_width
    beyond = np.maximum(x - near_x, y - near_y)
    on_street = (beyond > -1e-6) & (beyond < width + 1e-6)
    cross = ((x > near_x - 1e-6) & (x < near_x + width + 1e-6)) | ((y > near_y - 1e-6) & (y < near_y + width + 1e-6))
    crown = 0.06 * (1 - np.clip(np.abs(beyond - width / 2) / (width / 2), 0, 1))
    return np.where(on_street | cross, -KERB + np.where(on_street, crown, 0.0), 0.0)


def _graded(grid: _Grid, z: Array, pads: Sequence[Footprint]) -> Array:
    """Makes the ground under every pad a plane, so that stiff bases rest on it without gaps.

    The plane holds at every grid vertex of a cell that the pad touches; pads that are close share one plane.
    """
    z = z.copy()
    for group in _together(pads, 1.2):
        corners = np.concatenate([pad.corners for pad in group])
        low, high = corners.min(0) - 1.5, corners.max(0) + 1.5
        columns = slice(*np.searchsorted(grid.x, (low[0], high[0])))
        rows = slice(*np.searchsorted(grid.y, (low[1], high[1])))
        points, heights = grid.points[columns, rows], z[columns, rows]
        spacing = float(np.hypot(np.diff(grid.x[columns]).max(), np.diff(grid.y[rows]).max()))
        distance = np.min([pad.distance(points) for pad in group], axis=0)
        under = distance <= spacing
        system = np.column_stack([points[under], np.ones(under.sum())])
        plane = np.linalg.lstsq(system, heights[under], rcond=None)[0]
        flat = points[..., 0] * plane[0] + points[..., 1] * plane[1] + plane[2]
        grade = _ramp(-distance, -spacing - 0.8, -spacing)
        z[columns, rows] = heights * (1 - grade) + flat * grade
    return z


def _together(pads: Sequence[Footprint], margin: float) -> list[list[Footprint]]:
    """Groups rectangles that come closer than `margin` metres to each other: one plane must serve them all."""
    groups: list[list[Footprint]] = []
    for pad in pads:
        near = [group for group in groups if any(pad.is_near(member, margin) for member in group)]
        groups = [group for group in groups if group not in near]
        groups.append([pad, *(member for group in near for member in group)])
    return groups


def _street_cells(plot: Plot, grid: _Grid) -> dict[str, NDArray[np.bool_]]:
    """Returns which whole cells are kerb, street, pavement and land beyond."""
    x, y = grid.x, grid.y
    middle_x, middle_y = np.meshgrid(np.abs(x[1:] + x[:-1]) / 2, np.abs(y[1:] + y[:-1]) / 2, indexing="ij")
    (near_x, near_y), width = plot.kerb, plot.street_width
    along_x = (middle_y > near_y) & (middle_y < near_y + width)
    along_y = (middle_x > near_x) & (middle_x < near_x + width)
    street = along_x | along_y

    def beside(distance: float) -> NDArray[np.bool_]:
        band_x = (middle_y > near_y - distance) & (middle_y < near_y + width + distance)
        band_y = (middle_x > near_x - distance) & (middle_x < near_x + width + distance)
        return band_x | band_y

    lot = (middle_x < plot.width / 2) & (middle_y < plot.depth / 2)
    return {
        "street": street,
        "kerb": beside(0.15) & ~street,
        "pavement": beside(PAVEMENT) & ~beside(0.15),
        "beyond": ~lot & ~beside(PAVEMENT),
    }


_SOIL: Color = (0.155, 0.108, 0.068)
_DRY_SOIL: Color = (0.235, 0.172, 0.112)


def _assembly(scene: ConstructionSite, heaps: Sequence[Heap], meshes: dict[str, Mesh]) -> Assembly:
    """Names the regions and gives them their materials."""
    wet, dirt = scene.weather.wetness, scene.weather.dirt
    looks = {
        "ground": ("ground", Material("soil", _DRY_SOIL, dirt=dirt, wetness=wet)),
        "excavation": ("excavation", Material("soil", _SOIL, dirt=dirt, wetness=min(1.0, wet + 0.25))),
        "haul_road": ("road", Material("gravel", (0.30, 0.275, 0.235), dirt=dirt, wetness=wet)),
        "street": ("road", Material("asphalt", (0.055, 0.055, 0.058), dirt=dirt, wetness=wet)),
        "kerb": ("kerb", Material("concrete", (0.34, 0.33, 0.31), dirt=dirt, wetness=wet)),
        "pavement": ("kerb", Material("concrete", (0.27, 0.262, 0.25), dirt=dirt, wetness=wet)),
        "beyond": ("grass", Material("grass", (0.075, 0.115, 0.035), wetness=wet)),
    } | {heap.name: ("stockpile", heap.material) for heap in heaps}
    shapes = {f"terrain/{name}": mesh for name, mesh in meshes.items()}
    instances = tuple(
        Instance(name, looks[name][0], (Part(name, f"terrain/{name}", (looks[name][1],)),), np.eye(4)[None])
        for name in meshes
    )
    return Assembly(shapes, instances)
