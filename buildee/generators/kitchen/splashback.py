"""Splashbacks: tiles in their patterns, cut at ends and round windows, or one slab. Metres.

Tiles of the trade: metro 150 x 75, square 100, herringbone of 150 x 50, 8 mm thick, joints of 2 mm. What lies against
one plane is one field, so that a pattern runs on from one worktop to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.cabinetry import shared
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import WALL, Unit, Worktop
from buildee.layout.kinematics import inverse
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece
from buildee.layout.scene import Assembly, Pose
from buildee.layout.solids import box, inset, loft

JOINT = 0.002
THICK = 0.008
GROUT = 0.0065
"""How far grout stands out from the wall: less than the tiles."""
BARE = 0.5
"""Height of tiles where no wall unit says where they end."""
CASING = 0.07
"""Left free round windows for their casings."""

Array = NDArray[np.float64]
Rect = tuple[float, float, float, float]
"""x0, z0, x1, z1 on the wall."""


@dataclass(frozen=True, eq=False)
class Field:
    """A stretch of one wall to be covered.

    Attributes:
        pose: `kitchen_from_field`: +X along the wall to the right of who faces it, -Y into the room, z = 0 the floor.
        start, end: along X, metres.
        low: where it begins, metres over the floor.
    """

    pose: Pose
    start: float
    end: float
    low: float


def splashbacks(tops: Sequence[Worktop], units: Sequence[Unit], style: Style, room: Room | None = None) -> Assembly:
    """Returns what covers the walls between worktops and wall units, a thing a field."""
    if style.splashback == "none":
        return Assembly()
    found = []
    bottoms = [unit.bottom for unit in units if unit.level == WALL]
    for number, field in enumerate(_fields(tops)):
        line = min(bottoms, default=field.low + BARE)
        regions = _regions(field, line, units, room)
        if not regions:
            continue
        if style.splashback == "slab":
            shape, materials = slab_panel(regions), (style.worktop,)
        else:
            shape, materials = tiling(style.splashback, regions, field.start), (style.tile, style.grout)
        proxy = box_proxy(*[((x0, -THICK, z0), (x1, 0.0, z1)) for x0, z0, x1, z1 in regions])
        found.append(piece(f"splashback_{number}", "tiling", shape, materials, field.pose, proxy))
    return Assembly.merged(found)


def _fields(tops: Sequence[Worktop]) -> list[Field]:
    """Returns the stretches of wall along worktops; those that go on from one another are joined."""
    fields: list[Field] = []
    for top in tops:
        back, left, right = top.splash
        turns = [(0.0, 0.0, 0.0, 0.0, top.length)] * back
        meet = THICK if back else 0.0  # in a corner one field runs behind the other
        turns += [(np.pi / 2, 0.0, 0.0, -top.depth, -meet)] * left
        turns += [(-np.pi / 2, top.length, 0.0, meet, top.depth)] * right
        for yaw, x, y, start, end in turns:
            local = np.eye(4)
            local[:2] = [(np.cos(yaw), -np.sin(yaw), 0, x), (np.sin(yaw), np.cos(yaw), 0, y)]
            fields.append(Field(top.pose @ local, start, end, top.top))
    joined: list[Field] = []
    for field in fields:
        for index, other in enumerate(joined):
            step = inverse(other.pose) @ field.pose
            same = abs(step[0, 0] - 1) < 1e-6 and abs(step[1, 3]) < 1e-3 and abs(field.low - other.low) < 1e-3
            start, end = field.start + step[0, 3], field.end + step[0, 3]
            if same and start < other.end + 2e-3 and end > other.start - 2e-3:
                joined[index] = Field(other.pose, min(start, other.start), max(end, other.end), other.low)
                break
        else:
            joined.append(field)
    return joined


def _regions(field: Field, line: float, units: Sequence[Unit], room: Room | None) -> tuple[Rect, ...]:
    """Returns disjoint rectangles to be covered: up to wall units or a common line, but no windows."""
    heads, holes = [], []
    for unit in units:
        local = inverse(field.pose) @ unit.pose
        if unit.level == WALL and local[0, 0] > 0.99 and abs(local[1, 3]) < 0.01:
            heads.append((local[0, 3], local[0, 3] + unit.width, unit.bottom))
    for wall in room.walls if room else ():
        local = inverse(field.pose) @ wall.pose
        if local[0, 0] < -0.99 and abs(local[1, 3]) < 0.05:
            for item in wall.openings:
                x = local[0, 3] - np.array((item.end, item.start))
                holes.append((x[0] - CASING, item.sill - CASING, x[1] + CASING, item.height + CASING))
    edges = [
        field.start,
        field.end,
        *(v for a, b, _ in heads for v in (a, b)),
        *(v for h in holes for v in (h[0], h[2])),
    ]
    edges = np.unique(np.round([v for v in edges if field.start <= v <= field.end], 4))
    found: list[Rect] = []
    for x0, x1 in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        middle = (x0 + x1) / 2
        top = min([bottom for a, b, bottom in heads if a < middle < b], default=line)
        spans = [(field.low, top)]
        for a, z0, b, z1 in holes:
            if a < middle < b:
                spans = [piece for low, high in spans for piece in ((low, min(high, z0)), (max(low, z1), high))]
        for low, high in spans:
            if high - low < 0.01:
                continue
            last = next((i for i, item in enumerate(found) if item[1:] == (low, x0, high)), None)
            if last is None:
                found.append((x0, low, x1, high))
            else:
                found[last] = (found[last][0], low, x1, high)
    return tuple(found)


@shared
def slab_panel(regions: tuple[Rect, ...]) -> Mesh:
    """Returns plates over regions of a wall."""
    return Mesh.merged(
        box((x1 - x0, THICK, z1 - z0), ((x0 + x1) / 2, -THICK / 2, (z0 + z1) / 2), 0.0008) for x0, z0, x1, z1 in regions
    )


@shared
def tiling(pattern: str, regions: tuple[Rect, ...], phase: float) -> Mesh:
    """Returns tiles (slot 0) in their grout (slot 1) over regions of a wall; rows start at its lowest line."""
    bounds = np.array(regions)
    outer = bounds[:, 0].min(), bounds[:, 1].min(), bounds[:, 2].max(), bounds[:, 3].max()
    bed = Mesh.merged(
        box((x1 - x0, GROUT, z1 - z0), ((x0 + x1) / 2, -GROUT / 2, (z0 + z1) / 2)) for x0, z0, x1, z1 in regions
    )
    whole = _PATTERNS[pattern](outer, phase)
    return Mesh.merged([*_tiles(_cut(whole, bounds)), bed.with_slot(1)])


def _grid(length: float, height: float, offset: float, outer: Rect, phase: float) -> Array:
    """Returns (N, 4, 2) rectangles in rows, every other row shifted by `offset` of a tile."""
    x0, z0, x1, z1 = outer
    step = np.array((length + JOINT, height + JOINT))
    rows = np.arange(int((z1 - z0) / step[1]) + 1)
    columns = np.arange(-1, int((x1 - x0) / step[0]) + 2)
    row, column = np.meshgrid(rows, columns, indexing="ij")
    x = phase + (column + offset * (row % 2)) * step[0]
    corner = np.stack([x, z0 + JOINT + row * step[1]], -1).reshape(-1, 1, 2)
    return corner + np.array([(0, 0), (length, 0), (length, height), (0, height)])


def _herringbone(outer: Rect, phase: float) -> Array:
    """Returns (N, 4, 2) rectangles at 45 degrees: pairs at right angles on the lattice (b, b), (a, -a)."""
    long, short = 0.15, 0.05
    a, b = long + JOINT, short + JOINT
    x0, z0, x1, z1 = outer
    reach = np.hypot(x1 - x0, z1 - z0) + 2 * a
    i, j = np.meshgrid(np.arange(-int(reach / b), int(reach / b) + 1), np.arange(-int(reach / a), int(reach / a) + 1))
    origin = np.stack([i * b + j * a, i * b - j * a], -1).reshape(-1, 1, 2)
    flat = np.array([(0, 0), (long, 0), (long, short), (0, short)])
    upright = np.array([(a, b - a), (a + short, b - a), (a + short, b - a + long), (a, b - a + long)])
    tiles = np.concatenate([origin + flat, origin + upright])
    turn = np.array([(1, 1), (-1, 1)]) / np.sqrt(2)
    tiles = tiles @ turn + ((x0 + x1) / 2, z0)
    near = (tiles.max(1) > (x0, z0)).all(1) & (tiles.min(1) < (x1, z1)).all(1)
    return tiles[near]


_PATTERNS = {
    "metro": lambda outer, phase: _grid(0.15, 0.075, 0.5, outer, phase),
    "square": lambda outer, phase: _grid(0.1, 0.1, 0.0, outer, phase),
    "herringbone": _herringbone,
}


def _cut(tiles: Array, regions: Array) -> list[Array]:
    """Returns convex outlines of what of the tiles lies in the regions; slivers are left to the grout."""
    low, high = tiles.min(1), tiles.max(1)
    found: list[Array] = []
    for tile, (a, b), (c, d) in zip(tiles, low, high, strict=True):
        over = [r for r in regions if a < r[2] and c > r[0] and b < r[3] and d > r[1]]
        if any(r[0] <= a and r[1] <= b and c <= r[2] and d <= r[3] for r in over):
            found.append(tile)
            continue
        pieces = [cut for r in over if len(cut := _clip(tile, r)) > 2]
        areas = [_area(cut) for cut in pieces]
        if abs(sum(areas) - _area(tile)) < 1e-9:
            found.append(tile)  # regions that touch share it
        else:
            found += [cut for cut, area in zip(pieces, areas, strict=True) if area > 6e-5 and _width(cut) > 0.006]
    return found


def _clip(outline: Array, region: Array) -> Array:
    """Returns a convex outline cut to a rectangle (Sutherland and Hodgman 1974)."""
    for axis, limit, sense in ((0, region[0], 1), (0, region[2], -1), (1, region[1], 1), (1, region[3], -1)):
        if not len(outline):
            break
        depth = sense * (outline[:, axis] - limit)
        if depth.min() >= 0:
            continue
        points = []
        for here, there, one, two in zip(outline, np.roll(outline, -1, 0), depth, np.roll(depth, -1), strict=True):
            if one >= 0:
                points.append(here)
            if one * two < 0:
                points.append(here + (there - here) * one / (one - two))
        outline = np.array(points).reshape(-1, 2)
    if len(outline) < 3:
        return outline[:0]
    distinct = np.linalg.norm(outline - np.roll(outline, 1, 0), axis=1) > 1e-4
    return outline[distinct]


def _area(outline: Array) -> float:
    """Returns the area of a counter-clockwise outline, square metres."""
    x, y = outline.T
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2)


def _width(outline: Array) -> float:
    """Returns the smaller side of the box round an outline, metres."""
    return float(np.ptp(outline, axis=0).min())


def _tiles(outlines: Sequence[Array]) -> list[Mesh]:
    """Returns tiles with broken edges. Each leans a hair its own way, or they would mirror as one."""
    meshes = []
    for number, outline in enumerate(outlines):
        inner = inset(outline, 0.0008)
        lean = ((number * 0.618034) % 1 - 0.5, (number * 0.414214) % 1 - 0.5)
        tilt = (inner - inner.mean(0)) @ np.array(lean) * 0.006
        rings = np.empty((3, len(outline), 3))
        rings[:2, :, 0], rings[:2, :, 2] = outline[:, 0], outline[:, 1]
        rings[2, :, 0], rings[2, :, 2] = inner.T
        rings[0, :, 1], rings[1, :, 1], rings[2, :, 1] = -0.002, -THICK + 0.0012, -THICK + 0.0003 + tilt
        meshes.append(loft(rings))
    return meshes
