"""The shape of the land: graded lot, haul road with ruts, pit, heaps, kerbs and streets, one height field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.noise import fractal, value_noise
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import PAVEMENT, Plot, along
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.placement import Footprint, separation
from buildee.layout.scene import Assembly, Instance, Part

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
    x, y = _lines(plot)
    grid_x, grid_y = np.meshgrid(x, y, indexing="ij")
    points = np.stack([grid_x, grid_y], -1)
    inside = plot.lot.distance(points)
    road = _road_level(plot, points, salt)
    pit = _pit_level(plot, points, salt)
    z = _undisturbed(scene, plot, points, inside, salt)
    z = _with_road(scene, plot, points, road, z, salt)
    z = _with_pit(scene, plot, points, pit, z, salt)
    levels = []
    for number, heap in enumerate(heaps):
        rise = _heap_rise(heap, points, salt + 100 + number)
        z = z + np.maximum(rise, 0)
        levels.append((heap.name, 0.03 - rise))
    z = np.where(inside < 0.0, z, _streets(plot, points))
    z = _graded(x, y, z, pads)
    ground = Ground(x, y, np.round(z, 5))
    levels += [("excavation", pit), ("haul_road", road)]
    levels = [(name, np.where(np.abs(level) < 2e-3, 2e-3, np.round(level, 5))) for name, level in levels]
    meshes = ground.regions(levels, _street_cells(plot, x, y), "ground")
    return Terrain(ground, _assembly(scene, heaps, meshes))


def _lines(plot: Plot) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the grid's coordinates: fine on the lot, exact at the kerbs, ever coarser beyond."""
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
    return lines[0], lines[1]


def _undisturbed(scene, plot: Plot, points, inside, salt: int) -> NDArray[np.float64]:
    """Returns rough ground on the lot, levelled around the building and towards the fence."""
    x, y = points[..., 0], points[..., 1]
    bumps = 0.7 * fractal(x, y, 17.0, 3, salt) + 0.22 * fractal(x, y, 2.6, 2, salt + 10)
    level = np.minimum(_ramp(plot.building.distance(points), 2.5, 7.0), _ramp(-inside, 1.4, 3.5))
    berm = 0.55 * np.exp(-(((plot.depth / 2 - 2.6 - y) / 0.8) ** 2)) * (0.7 + 0.5 * value_noise(x, y, 4.0, salt + 20))
    hardstanding = np.minimum(plot.compound.distance(points), plot.stores.distance(points))
    quiet = 0.3 + 0.7 * _ramp(hardstanding, 0.0, 3.0)
    return scene.lot.relief * bumps * level * quiet + berm * _ramp(-inside, 1.2, 2.2) * _ramp(
        plot.building.distance(points), 2.0, 4.0
    )


def _ramp(value: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Smoothstep from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def _road_level(plot: Plot, points, salt: int) -> NDArray[np.float64]:
    """Returns the signed distance from the haul road's ragged edge; positive off the lot."""
    edge = plot.road_distance(points) + 0.35 * fractal(points[..., 0], points[..., 1], 3.0, 2, salt + 30)
    return np.where(plot.lot.distance(points) <= 0, edge, 10.0)


def _with_road(scene, plot: Plot, points, road, z, salt: int) -> NDArray[np.float64]:
    """Presses the haul road into the ground: long waves only, camber, and two wandering ruts."""
    lateral, arc = along(plot.road, points)
    profile = 0.25 * z + 0.03 - 0.022 * np.abs(lateral)
    wander = 0.16 * value_noise(arc, 0 * arc, 9.0, salt + 40)
    depth = scene.lot.rut_depth * (0.75 + 0.35 * value_noise(arc, lateral, 5.0, salt + 41))
    ruts = np.exp(-(((np.abs(lateral + wander) - 1.0) / 0.3) ** 2))
    grade = _ramp(-road, -0.7, 0.4)
    return z * (1 - grade) + grade * (profile - depth * ruts)


def _pit_level(plot: Plot, points, salt: int) -> NDArray[np.float64]:
    """Returns the signed distance from the pit's upper edge, rounded and crumbling."""
    if plot.pit is None:
        return np.full(points.shape[:-1], 10.0)
    rounded = plot.pit.grown(-2.0).distance(points) - 2.0
    return rounded + 0.5 * fractal(points[..., 0], points[..., 1], 4.5, 3, salt + 50)


def _with_pit(scene, plot: Plot, points, pit, z, salt: int) -> NDArray[np.float64]:
    """Digs the pit: battered sides, an uneven floor."""
    if plot.pit is None:
        return z
    x, y = points[..., 0], points[..., 1]
    run = scene.lot.pit_depth / BATTER
    share = np.clip(-pit / run, 0, 1)
    floor = 0.12 * fractal(x, y, 3.5, 3, salt + 60) + 0.25 * value_noise(x, y, 11.0, salt + 63)
    sides = 0.22 * fractal(x, y, 1.6, 2, salt + 65) * share * (1 - share) * 4
    return z - scene.lot.pit_depth * share + floor * _ramp(share, 0.7, 1.0) + sides


def _heap_rise(heap: Heap, points, salt: int) -> NDArray[np.float64]:
    """Returns how high a heap rises over the ground; negative outside its foot."""
    place = Footprint(heap.x, heap.y, heap.yaw, 1.0, 1.0).local(points)
    x, y = points[..., 0], points[..., 1]
    reach = np.hypot(place[..., 0] / heap.stretch, place[..., 1])
    foot = heap.radius * (1 + 0.1 * value_noise(x, y, heap.radius, salt))
    cone = REPOSE * (foot - np.sqrt(reach**2 + (0.28 * heap.radius) ** 2))
    return cone + 0.07 * fractal(x, y, 1.1, 2, salt + 1) * np.clip(cone, 0, 1)


def _streets(plot: Plot, points) -> NDArray[np.float64]:
    """Returns heights off the lot: pavement, street one kerb lower, then gently rolling land."""
    x, y = np.abs(points[..., 0]), np.abs(points[..., 1])
    (near_x, near_y), width = plot.kerb, plot.street_width
    beyond = np.maximum(x - near_x, y - near_y)
    on_street = (beyond > -1e-6) & (beyond < width + 1e-6)
    cross = ((x > near_x - 1e-6) & (x < near_x + width + 1e-6)) | ((y > near_y - 1e-6) & (y < near_y + width + 1e-6))
    crown = 0.06 * (1 - np.clip(np.abs(beyond - width / 2) / (width / 2), 0, 1))
    return np.where(on_street | cross, -KERB + np.where(on_street, crown, 0.0), 0.0)


def _graded(x, y, z, pads: Sequence[Footprint]) -> NDArray[np.float64]:
    """Makes the ground under every pad a plane, so that stiff bases rest on it without gaps.

    The plane holds at every grid vertex of a cell that the pad touches; pads that are close share one plane.
    """
    z = z.copy()
    for group in _together(pads, 1.2):
        corners = np.concatenate([pad.corners for pad in group])
        low, high = corners.min(0) - 1.5, corners.max(0) + 1.5
        columns = slice(*np.searchsorted(x, (low[0], high[0])))
        rows = slice(*np.searchsorted(y, (low[1], high[1])))
        grid_x, grid_y = np.meshgrid(x[columns], y[rows], indexing="ij")
        points = np.stack([grid_x, grid_y], -1)
        spacing = float(np.hypot(np.diff(x[columns]).max(), np.diff(y[rows]).max()))
        distance = np.min([pad.distance(points) for pad in group], axis=0)
        under = distance <= spacing
        system = np.column_stack([grid_x[under], grid_y[under], np.ones(under.sum())])
        plane = np.linalg.lstsq(system, z[columns, rows][under], rcond=None)[0]
        flat = grid_x * plane[0] + grid_y * plane[1] + plane[2]
        grade = _ramp(-distance, -spacing - 0.8, -spacing)
        z[columns, rows] = z[columns, rows] * (1 - grade) + flat * grade
    return z


def _together(pads: Sequence[Footprint], margin: float) -> list[list[Footprint]]:
    """Groups rectangles that come closer than `margin` metres to each other: one plane must serve them all."""
    groups: list[list[Footprint]] = []
    for pad in pads:
        near = [group for group in groups if (separation(pad, group) < margin).any()]
        groups = [group for group in groups if not any(group is other for other in near)]
        groups.append([pad, *(member for group in near for member in group)])
    return groups


def _street_cells(plot: Plot, x, y) -> dict[str, NDArray[np.bool_]]:
    """Returns which whole cells are kerb, street, pavement and land beyond."""
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
