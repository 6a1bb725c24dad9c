"""The shape of the land: graded lot, haul road with ruts, dig, heaps, kerbs, streets and hills, one height field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site import digs, relief
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.puddles import Puddle, fill, low_spots
from buildee.generators.construction_site.relief import Array, Grid, Heap, ramp
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import PAVEMENT, Plot
from buildee.generators.construction_site.tracks import footpaths, marks, tracks
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Instance, Part

__all__ = ["Heap", "Terrain", "shape"]

TOWN = 240.0
"""How far the streets beside the lot go on, metres from the middle: other streets of the town lie over their ends."""

PUDDLES = 16.0
"""Puddles that stand on 1000 square metres of soaked ground."""

SUMP_WATER = 0.3
"""Depth of the water that is pumped out of a pit, metres."""


@dataclass(frozen=True, eq=False)
class Terrain:
    """The land and what it is called.

    Attributes:
        ground: the triangles that everything stands on; water lies over them.
        assembly: the same triangles as instances: ground, road, excavation, blinding, stockpiles, kerb, grass; puddles.
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
    grid = relief.lines(plot, digs.exact_lines(plot.dig))
    inside = plot.lot.distance(grid.points)
    window = grid.window(plot.lot.corners[0], plot.lot.corners[2])
    lot = grid.part(window)  # nearly half of the vertices lie beyond it
    road, z = np.full(inside.shape, 10.0), np.zeros(inside.shape)
    road[window] = relief.road_level(plot, lot, inside[window], salt)
    z[window] = relief.undisturbed(scene, plot, lot, inside[window], salt)
    z[window] = relief.with_road(scene, plot, lot, road[window], z[window], salt)
    z, rises = _with_heaps(grid, heaps, z, salt)
    z = _level_floor(plot, grid, z)
    z = np.where(inside < 0.0, z, relief.streets(plot, grid, salt))
    z = _graded(grid, z, pads)
    cut, levels = _dug(plot, grid, salt)
    ground = Ground(grid.x, grid.y, np.round(z - cut, 5))
    puddles = _puddles(scene, plot, grid, ground, inside)
    paint = _paint(scene, plot, grid, heaps, ground.z, cut, road, rises, inside, puddles, salt)
    levels += [(heap.name, 0.03 - rise) for heap, rise in zip(heaps, rises, strict=True)] + [("haul_road", road)]
    levels = [(name, np.where(np.abs(level) < 2e-3, 2e-3, np.round(level, 5))) for name, level in levels]
    meshes = ground.regions(levels, _street_cells(plot, grid), "ground", paint)
    return Terrain(ground, _assembly(scene, heaps, meshes, puddles))


def _with_heaps(grid: Grid, heaps: Sequence[Heap], z: Array, salt: int) -> tuple[Array, list[Array]]:
    """Tips heaps on the ground; also returns by how much each rises over it, negative outside its foot."""
    z, rises = z.copy(), []
    for number, heap in enumerate(heaps):
        window = _around(grid, heap)
        rise = np.full(z.shape, -10.0)
        rise[window] = relief.heap_rise(heap, grid.part(window), salt + 100 + 10 * number)
        z[window] += np.maximum(rise[window], 0)
        rises.append(rise)
    return z, rises


def _around(grid: Grid, heap: Heap) -> tuple[slice, slice]:
    """Returns the columns and rows of the vertices that a heap may lie on."""
    corners = heap.footprint.grown(1.5).corners
    return grid.window(corners.min(0), corners.max(0))


def _level_floor(plot: Plot, grid: Grid, z: Array) -> Array:
    """Levels the ground that a pit is dug from, so that its floor is level wherever the land around lies."""
    dig = plot.dig
    if dig is None or dig.foundations:
        return z
    corners = dig.rim.corners
    window = grid.window(corners.min(0), corners.max(0))
    inwards = -dig.rim.distance(grid.points[window])
    share = ramp(inwards, 0.0, min(dig.run, 2.0))
    z = z.copy()
    z[window] += share * (float(z[window][inwards > 0].mean()) - z[window])
    return z


def _dug(plot: Plot, grid: Grid, salt: int) -> tuple[Array, list[tuple[str, Array]]]:
    """Returns how far the ground is dug away, and the levels of what is named after it."""
    cut = np.zeros(grid.points.shape[:-1])
    dig = plot.dig
    if dig is None:
        return cut, []
    corners = dig.whole.grown(2.5).corners
    window = grid.window(corners.min(0), corners.max(0))
    part = grid.part(window)
    level = np.full(cut.shape, 10.0)
    level[window] = digs.rim_level(dig, part, salt)
    cut[window] = np.maximum(digs.stripped(dig, part, salt), digs.depth(dig, part, level[window], salt))
    levels = [("excavation", level)]
    if dig.blinded is not None:
        blinding = np.full(cut.shape, 10.0)
        blinding[window] = dig.blinded.distance(part.points) + 0.04 * part.noise(0.5, salt + 66)
        levels.insert(0, ("blinding", blinding))
    return cut, levels


def _puddles(scene: ConstructionSite, plot: Plot, grid: Grid, ground: Ground, inside: Array) -> list[Puddle]:
    """Returns the water that stands on the lot after rain, and at the bottom of the pit."""
    wet = scene.weather.wetness
    allowed = (inside < -0.5) & (plot.building.distance(grid.points) > 1.5)
    count = round(PUDDLES * wet * plot.width * plot.depth / 1000)
    spots = [(tuple(spot), 0.012 + 0.06 * wet) for spot in low_spots(grid, ground.z, allowed, count).tolist()]
    if plot.dig is not None and not plot.dig.foundations:
        hollow = digs.sump(plot.dig)
        columns, rows = grid.window(hollow - 1.6, hollow + 1.6)
        lowest = np.unravel_index(np.argmin(ground.z[columns, rows]), ground.z[columns, rows].shape)
        spots.insert(0, ((columns.start + int(lowest[0]), rows.start + int(lowest[1])), SUMP_WATER))
    found: list[Puddle] = []
    taken: set[tuple[int, int]] = set()
    for spot, deepest in spots:
        if spot in taken:
            continue
        puddle = fill(ground, spot, deepest)
        if puddle is not None:
            columns, rows = np.nonzero(puddle.wet)
            under = set(
                zip((columns + puddle.window[0].start).tolist(), (rows + puddle.window[1].start).tolist(), strict=True)
            )
            if not under & taken:
                taken |= under
                found.append(puddle)
    return found


def _paint(
    scene: ConstructionSite,
    plot: Plot,
    grid: Grid,
    heaps: Sequence[Heap],
    z: Array,
    cut: Array,
    road: Array,
    rises: Sequence[Array],
    inside: Array,
    puddles: Sequence[Puddle],
    salt: int,
) -> list[Array]:
    """Returns the eight columns that `buildee.blender.materials.earth` reads, each (X, Y).

    Metres into crushed stone, 3 at its edge (inside a heap metres above its foot); dampness 0 to 1; metres dug
    away above; bareness 0 to 1; lateral place (half gauges), arc (metres) and strength (0 to 1) of tracks; weeds
    0 to 1. On the street the first is how much mud was carried there, 0 to 1.
    """
    ways = marks(tracks(plot, heaps, salt), footpaths(plot), grid)
    from_gate = np.hypot(*np.moveaxis(grid.points - plot.gate, -1, 0))
    worn = np.maximum(np.maximum(ways.trodden, 0.8 * ways.strength), ramp(-from_gate, -9.0, -3.0))
    worn = np.maximum(worn, 0.7 * ramp(-plot.building.distance(grid.points), -3.5, -1.0))
    carried = np.exp(-np.maximum(from_gate - 4.0, 0) / 11.0) * ramp(
        np.abs(grid.points[..., 1] + plot.depth / 2), 30, 20
    )
    loose = cut.copy()
    for heap, rise in zip(heaps, rises, strict=True):
        if heap.material.kind == "soil":
            window = _around(grid, heap)
            tipped = 0.3 + 0.16 * grid.part(window).noise(0.9, salt + 97)
            np.copyto(loose[window], tipped, where=rise[window] > 0.0)
    first, damp, weeds = np.where(grid.points[..., 1] < 0, carried, 0.0), np.zeros(z.shape), np.zeros(z.shape)
    window = grid.window(plot.lot.corners[0], plot.lot.corners[2])
    lot, part = inside < 1e-9, grid.part(window)
    stone = _stone(plot, part, heaps, road[window], [rise[window] for rise in rises], salt)
    np.copyto(first[window], np.clip(stone, -3.0, 3.0) + 3.0, where=lot[window])
    damp[window] = _damp(scene.weather.wetness, part, z[window], cut[window], stone, salt)
    for puddle in puddles:
        near = z[puddle.window] - puddle.level
        damp[puddle.window] = np.maximum(damp[puddle.window], ramp(-near, -0.05, -0.004))
    grown = np.clip(0.5 + part.fractal(3.0, 2, salt + 95), 0, 1) * (1 - worn[window])
    weeds[window] = ramp(inside[window], -2.6, -0.5) * grown * ramp(-road[window], 0.6, -0.8) * (cut[window] < 0.05)
    return [
        first,
        np.where(lot, damp, 0.0),
        loose,
        worn,
        ways.lateral,
        ways.arc,
        ways.strength,
        np.where(lot, weeds, 0.0),
    ]


def _stone(plot: Plot, lot: Grid, heaps: Sequence[Heap], road: Array, rises: Sequence[Array], salt: int) -> Array:
    """Returns metres into crushed stone on the lot, negative beside it; inside a heap metres above its foot."""
    stone = np.clip(-road, -3.0, 3.0)
    if plot.dig is not None and not plot.dig.foundations:  # a layer of gravel for what is built in a pit
        bed = plot.dig.blinded or (replace(plot.dig.floor, width=1.5) if plot.dig.trench else None)
        if bed is not None:
            stone = np.maximum(stone, 1.0 - bed.distance(lot.points) + 0.5 * lot.noise(1.7, salt + 98))
    if plot.dig is None or not plot.dig.foundations:  # hardcore around the slab
        stone = np.maximum(stone, 1.1 - plot.building.distance(lot.points))
    for heap, rise in zip(heaps, rises, strict=True):
        if heap.material.kind == "soil":
            stone = np.where(rise > 0.0, -3.0, stone)
        else:
            stone = np.maximum(stone, np.clip(rise * (1.0 if heap.material.kind == "gravel" else 4.0), -3.0, 1.0))
    return stone


def _damp(wetness: float, lot: Grid, z: Array, cut: Array, stone: Array, salt: int) -> Array:
    """Returns how damp the lot is, 0 to 1: low ground, the sides of digs, and where it dries last."""
    low = ramp(-(z + cut), -0.03, 0.10)
    damp = np.clip(0.35 * low + 0.6 * ramp(cut, 0.5, 1.6), 0, 1)
    drying = lot.fractal(5.0, 3, salt + 99)  # some of the ground dries before the rest
    return np.clip(damp + (0.12 + 0.4 * wetness) * ramp(drying, 0.0, 0.5) * (stone < 0.2), 0, 1)


def _graded(grid: Grid, z: Array, pads: Sequence[Footprint]) -> Array:
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
        place, level = points[under], heights[under]
        middle, mean = place.mean(0), level.mean()
        away = place - middle
        slope = np.linalg.solve(away.T @ away, away.T @ (level - mean))  # least squares
        flat = (points[..., 0] - middle[0]) * slope[0] + (points[..., 1] - middle[1]) * slope[1] + mean
        grade = ramp(-distance, -spacing - 0.8, -spacing)
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


def _street_cells(plot: Plot, grid: Grid) -> dict[str, NDArray[np.bool_]]:
    """Returns which whole cells are kerb, street, pavement and land beyond."""
    x, y = grid.x, grid.y
    middle_x, middle_y = np.meshgrid(np.abs(x[1:] + x[:-1]) / 2, np.abs(y[1:] + y[:-1]) / 2, indexing="ij")
    (near_x, near_y), width = plot.kerb, plot.street_width
    along_x = (middle_y > near_y) & (middle_y < near_y + width)
    along_y = (middle_x > near_x) & (middle_x < near_x + width)
    street = (along_x | along_y) & (np.maximum(middle_x, middle_y) < TOWN)

    def beside(distance: float) -> NDArray[np.bool_]:
        band_x = (middle_y > near_y - distance) & (middle_y < near_y + width + distance)
        band_y = (middle_x > near_x - distance) & (middle_x < near_x + width + distance)
        return (band_x | band_y) & (np.maximum(middle_x, middle_y) < TOWN)

    lot = (middle_x < plot.width / 2) & (middle_y < plot.depth / 2)
    return {
        "street": street,
        "kerb": beside(0.15) & ~street,
        "pavement": beside(PAVEMENT) & ~beside(0.15),
        "beyond": ~lot & ~beside(PAVEMENT),
    }


SOIL: Color = (0.225, 0.165, 0.108)
"""Dry topsoil, linear RGB."""


def _assembly(
    scene: ConstructionSite, heaps: Sequence[Heap], meshes: dict[str, Mesh], puddles: Sequence[Puddle]
) -> Assembly:
    """Names the regions and gives them their materials: the earth is one, whatever its parts are called."""
    wet, dirt = scene.weather.wetness, scene.weather.dirt
    earth = Material("soil", SOIL, dirt=dirt, wetness=wet)
    looks = {
        "ground": ("ground", earth),
        "excavation": ("excavation", earth),
        "haul_road": ("road", earth),
        "blinding": ("blinding", Material("concrete", (0.37, 0.36, 0.335), wear=0.7, dirt=0.7, wetness=wet)),
        "street": ("road", Material("asphalt", (0.055, 0.055, 0.058), dirt=dirt, wetness=wet)),
        "kerb": ("kerb", Material("concrete", (0.34, 0.33, 0.31), dirt=dirt, wetness=wet)),
        "pavement": ("kerb", Material("paving", (0.27, 0.262, 0.25), dirt=dirt, wetness=wet)),
        "beyond": ("grass", Material("land", (0.10, 0.115, 0.05))),
    } | {heap.name: ("stockpile", heap.material) for heap in heaps}
    water = Material("water", (0.085, 0.062, 0.038), dirt=dirt, wetness=1.0)
    for number, puddle in enumerate(puddles):
        name = f"puddle.{number}"
        meshes = meshes | {name: puddle.mesh}
        looks[name] = ("puddle", water)
    shapes = {f"terrain/{name}": mesh for name, mesh in meshes.items()}
    instances = tuple(
        Instance(name, looks[name][0], (Part(name, f"terrain/{name}", (looks[name][1],)),), np.eye(4)[None])
        for name in meshes
    )
    return Assembly(shapes, instances)
