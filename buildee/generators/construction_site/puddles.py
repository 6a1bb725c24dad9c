"""Water that stands in the low spots of the ground: level surfaces that meet its very triangles."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground, below
from buildee.generators.construction_site.relief import Array, Grid
from buildee.layout.mesh import Mesh

LARGEST = 320
"""Vertices that one puddle may cover: about 20 m2 on the usual grid."""

APART = 2.2
"""Least distance of the lowest points of two puddles, metres."""


@dataclass(frozen=True, eq=False)
class Puddle:
    """Standing water.

    Attributes:
        level: height of its surface, metres.
        mesh: its surface, flat; its rim lies on the ground. Painted with the water's depth, metres.
        window: columns and rows of the ground's vertices around it.
        wet: (X, Y) of the window, whether the vertex is under water.
    """

    level: float
    mesh: Mesh
    window: tuple[slice, slice]
    wet: NDArray[np.bool_]


def low_spots(grid: Grid, z: Array, allowed: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """Returns (N, 2) columns and rows of the deepest hollows, at most `count`.

    Args:
        grid: of the ground.
        z: (X, Y) heights, metres.
        allowed: (X, Y) where water may be looked for.
        count: how many at most.
    """
    middle = z[1:-1, 1:-1]
    pairs = ((0, 1), (2, 1), (1, 0), (1, 2), (0, 0), (2, 2))  # the neighbours along the edges of the triangles
    lowest = np.min([z[i : i + len(z) - 2, j : j + z.shape[1] - 2] for i, j in pairs], axis=0)
    columns, rows = np.nonzero((middle < lowest) & allowed[1:-1, 1:-1])
    columns, rows = columns + 1, rows + 1
    reach = 5
    inside = (columns > reach) & (columns < len(z) - reach - 1) & (rows > reach) & (rows < z.shape[1] - reach - 1)
    columns, rows = columns[inside], rows[inside]
    around = [
        z[columns + i, rows + j] for i, j in ((-5, 0), (5, 0), (0, -5), (0, 5), (-4, -4), (4, 4), (-4, 4), (4, -4))
    ]
    sunk = np.round(np.median(around, axis=0) - z[columns, rows], 4)
    order = np.argsort(-sunk, kind="stable")
    chosen: list[int] = []
    for number in order:
        if len(chosen) == count or sunk[number] < 0.012:
            break
        place = grid.points[columns[number], rows[number]]
        if all(np.hypot(*(place - grid.points[columns[other], rows[other]])) > APART for other in chosen):
            chosen.append(int(number))
    return np.column_stack([columns[chosen], rows[chosen]])


def fill(ground: Ground, spot: tuple[int, int], deepest: float) -> Puddle | None:
    """Fills a hollow to where it would spill, or to a depth.

    Args:
        ground: what holds the water.
        spot: column and row of the lowest vertex.
        deepest: of the water, metres.

    Returns:
        The puddle; None where less than a few vertices would be wet.
    """
    z = ground.z
    brim = float(z[spot]) + deepest
    level, under, raised = float(z[spot]), [], 0
    queue, seen = [(z.item(spot), spot)], {spot}
    while queue:
        height, (column, row) = heapq.heappop(queue)
        if height >= brim:
            level = brim
            break
        if height < z[spot] or len(under) >= LARGEST:
            under = under[:raised]  # it drains beyond the pass that it reached last, or floods too much
            break
        if height > level:
            level, raised = height, len(under)
        under.append((column, row, height))
        for i, j in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1)):
            after = column + i, row + j
            if after not in seen and 0 <= after[0] < z.shape[0] and 0 <= after[1] < z.shape[1]:
                seen.add(after)
                heapq.heappush(queue, (z.item(after), after))
    cells = np.array([(column, row) for column, row, height in under if height < level - 1e-4], np.int64).reshape(-1, 2)
    if len(cells) < 3 or level - z[spot] < 0.006:
        return None
    low, high = np.maximum(cells.min(0) - 1, 0), cells.max(0) + 2
    window = slice(int(low[0]), int(high[0])), slice(int(low[1]), int(high[1]))
    wet = np.zeros(z[window].shape, bool)
    wet[cells[:, 0] - low[0], cells[:, 1] - low[1]] = True
    surface = np.where(wet, z[window] - level, np.maximum(z[window] - level, 1e-4))
    mesh = below(ground, *window, surface)
    depth = np.maximum(level - mesh.vertices[:, 2], 0.0)
    paint = np.column_stack([depth, np.zeros((len(depth), 3))])
    vertices = np.column_stack([mesh.vertices[:, :2], np.full(len(depth), level)])
    return Puddle(level, Mesh(vertices, mesh.corners, mesh.sizes, mesh.slots, mesh.smooth, paint), window, wet)
