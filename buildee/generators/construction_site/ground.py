"""The ground as one triangulated height field: sampled exactly, cut into regions along smooth lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.mesh import Mesh


@dataclass(frozen=True, eq=False)
class Ground:
    """Heights over a grid whose cells are cut along the diagonal from low (x, y) to high (x, y).

    Attributes:
        x: (X,) rising coordinates, metres.
        y: (Y,) rising coordinates, metres.
        z: (X, Y) heights, metres.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    z: NDArray[np.float64]

    def height(self, points: ArrayLike) -> NDArray[np.float64]:
        """Returns the height of the triangles at (..., 2) points, metres; beyond the edge the edge's."""
        (column, row), (u, v), _ = self._cells(points)
        low, high = self.z[column, row], self.z[column + 1, row + 1]
        right, left = self.z[column + 1, row], self.z[column, row + 1]
        return np.where(
            u >= v, low + u * (right - low) + v * (high - right), low + v * (left - low) + u * (high - left)
        )

    def normal(self, points: ArrayLike) -> NDArray[np.float64]:
        """Returns the (..., 3) upward unit normal of the triangles at (..., 2) points."""
        (column, row), (u, v), (width, depth) = self._cells(points)
        low, high = self.z[column, row], self.z[column + 1, row + 1]
        right, left = self.z[column + 1, row], self.z[column, row + 1]
        slope_x = np.where(u >= v, right - low, high - left) / width
        slope_y = np.where(u >= v, high - right, left - low) / depth
        normal = np.stack([-slope_x, -slope_y, np.ones_like(slope_x)], -1)
        return normal / np.linalg.norm(normal, axis=-1, keepdims=True)

    def _cells(self, points: ArrayLike) -> tuple:
        """Returns the cell indices, the position within the cell in [0, 1], and the cell size of points."""
        points = np.asarray(points, np.float64)
        (column, u, width), (row, v, depth) = _spans(self.x, points[..., 0]), _spans(self.y, points[..., 1])
        return (column, row), (u, v), (width, depth)

    def regions(
        self,
        levels: Sequence[tuple[str, NDArray[np.float64]]],
        cells: Mapping[str, NDArray[np.bool_]],
        rest: str,
        paint: Sequence[NDArray[np.float64]] = (),
    ) -> dict[str, Mesh]:
        """Cuts the ground into meshes that together are the ground, without gaps or overlaps.

        Args:
            levels: name and (X, Y) level of each smoothly bounded region, most important first; the
                region is where the level, linear on every triangle, is negative.
            cells: name -> (X-1, Y-1), whole cells of regions whose bounds follow grid lines; these
                come before the levels.
            rest: name of what remains.
            paint: (X, Y) columns of the meshes' paint, interpolated where triangles are cut.
        """
        index = np.arange(self.z.size, dtype=np.int32).reshape(self.z.shape)
        low, right, high, left = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
        triangles = np.stack([np.stack([low, right, high], -1), np.stack([low, high, left], -1)], 2)
        grid_x, grid_y = np.meshgrid(self.x, self.y, indexing="ij")
        columns = [grid_x, grid_y, self.z, *paint, *(level for _, level in levels)]
        values = np.stack(columns, -1).reshape(self.z.size, -1)
        meshes: dict[str, Mesh] = {}
        free = np.ones(low.shape, bool)
        for name, mask in cells.items():
            meshes[name] = _compact(values, triangles[mask & free].reshape(-1, 3), len(paint))
            free &= ~mask
        remaining = triangles[free].reshape(-1, 3)
        for number, (name, _) in enumerate(levels):
            values, inside, remaining = _cut(values, remaining, 3 + len(paint) + number)
            meshes[name] = _compact(values, inside, len(paint))
        meshes[rest] = _compact(values, remaining, len(paint))
        return {name: mesh for name, mesh in meshes.items() if len(mesh.sizes)}


def below(ground: Ground, columns: slice, rows: slice, level: NDArray[np.float64]) -> Mesh:
    """Returns the part of some cells of the ground where a level, linear on every triangle, is negative.

    Args:
        ground: what is cut.
        columns, rows: of the vertices around the cells.
        level: (columns, rows).
    """
    window = Ground(ground.x[columns], ground.y[rows], ground.z[columns, rows])
    return window.regions([("below", level)], {}, "rest")["below"]


def _spans(lines: NDArray[np.float64], at: NDArray[np.float64]) -> tuple:
    """Returns which span between rising lines holds each coordinate, the share of the way through it, its width."""
    index = lines[1:-1].searchsorted(at, "right")
    start = lines[index]
    width = lines[index + 1] - start
    return index, np.minimum(np.maximum((at - start) / width, 0.0), 1.0), width


def _compact(values: NDArray[np.float64], triangles: NDArray[np.int32], paints: int) -> Mesh:
    """Returns a smooth mesh of some triangles and only the vertices they use, painted from as many columns."""
    used = np.zeros(len(values), bool)
    used[triangles] = True
    number = np.cumsum(used, dtype=np.int32) - 1
    mesh = Mesh.from_faces(values[used, :3], number[triangles], smooth=True)
    return replace(mesh, paint=values[used, 3 : 3 + paints]) if paints else mesh


def _cut(
    values: NDArray[np.float64], triangles: NDArray[np.int32], column: int
) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]]:
    """Splits triangles where the value in a column changes sign.

    New vertices lie on the edges, one an edge, every column interpolated.

    Returns:
        The values with the new vertices appended, the triangles below zero, and the others.
    """
    below = values[:, column] < 0
    count = sum(below.view(np.int8)[corner] for corner in triangles.T)
    inside, outside = triangles[count == 3], triangles[count == 0]
    if len(inside) + len(outside) == len(triangles):
        return values, inside, outside
    crossing = triangles[(count == 1) | (count == 2)].astype(np.int64)
    # Turn every crossing triangle so that its first corner is the one that stands alone.
    alone = below[crossing] == (below[crossing].sum(1) == 1)[:, None]
    turn = (np.argmax(alone, 1)[:, None] + np.arange(3)) % 3
    first, second, third = np.take_along_axis(crossing, turn, 1).T
    one, two = np.concatenate([first, first]), np.concatenate([second, third])
    edges = np.minimum(one, two) * len(values) + np.maximum(one, two)  # one number an edge, in the order of its ends
    unique, place = np.unique(edges, return_inverse=True)
    start, end = values[unique // len(values)], values[unique % len(values)]
    share = start[:, column] / (start[:, column] - end[:, column])
    place = (place + len(values)).astype(np.int32)
    near, far = place[: len(first)], place[len(first) :]
    values = np.concatenate([values, start + share[:, None] * (end - start)])
    tips = np.stack([first, near, far], 1, dtype=np.int32)
    stumps = np.concatenate([np.stack([near, second, third], 1), np.stack([near, third, far], 1)], dtype=np.int32)
    lone = below[first]
    twice = np.concatenate([lone, lone])
    return (
        values,
        np.concatenate([inside, tips[lone], stumps[~twice]]),
        np.concatenate([outside, tips[~lone], stumps[twice]]),
    )
