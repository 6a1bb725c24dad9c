"""The ground as one triangulated height field: sampled exactly, cut into regions along smooth lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

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
        found: dict[str, NDArray[np.int32]] = {}
        free = np.ones(low.shape, bool)
        for name, mask in cells.items():
            found[name] = triangles[mask & free].reshape(-1, 3)
            free &= ~mask
        whole, triangles = np.repeat(free.ravel(), 2), triangles.reshape(-1, 3)
        pieces, cuts = triangles[:0], []
        for name, level in levels:
            sunk = level < 0
            touched = np.flatnonzero(
                np.repeat(sunk[:-1, :-1] | sunk[1:, :-1] | sunk[1:, 1:] | sunk[:-1, 1:], 2) & whole
            )
            beside = ~sunk.ravel()[triangles[touched]].any(1)
            near = np.concatenate([triangles[touched], pieces])
            found[name], outside, cut = _cut(_completed(level, cuts), near)
            whole[touched] = beside
            pieces = outside[np.count_nonzero(beside) :]
            cuts.append(cut)
        found[rest] = np.concatenate([triangles[whole], pieces])
        places = np.broadcast_arrays(self.x[:, None], self.y, self.z)
        place, painted = ([_completed(column, cuts) for column in columns] for columns in (places, paint))
        return {name: _compact(place, painted, used) for name, used in found.items() if len(used)}


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


class _Cut(NamedTuple):
    """Vertices on edges: the ends of the edge, and how far from the first to the second each lies, 0 to 1."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    share: NDArray[np.float64]


def _completed(column: NDArray[np.float64], cuts: Sequence[_Cut]) -> NDArray[np.float64]:
    """Returns (X, Y) values of the vertices in one row, and after them those of the vertices that cuts have made."""
    full = np.empty(column.size + sum(len(cut.share) for cut in cuts))
    full[: column.size], at = column.ravel(), column.size
    for start, end, share in cuts:
        full[at : at + len(share)] = full[start] + share * (full[end] - full[start])
        at += len(share)
    return full


def _compact(
    place: Sequence[NDArray[np.float64]], paint: Sequence[NDArray[np.float64]], triangles: NDArray[np.int32]
) -> Mesh:
    """Returns a smooth mesh of some triangles and only the vertices they use, given column by column."""
    used = np.zeros(len(place[0]), bool)
    used[triangles] = True
    kept = np.flatnonzero(used)
    number = np.empty(len(used), np.int32)
    number[kept] = np.arange(len(kept))
    vertices, painted = np.empty((len(kept), len(place))), np.empty((len(kept), len(paint)))
    for number_of, column in enumerate(place):
        vertices[:, number_of] = column[kept]
    for number_of, column in enumerate(paint):
        painted[:, number_of] = column[kept]
    mesh = Mesh.from_faces(vertices, number[triangles], smooth=True)
    return replace(mesh, paint=painted) if paint else mesh


def _cut(level: NDArray[np.float64], triangles: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32], _Cut]:
    """Splits triangles where the level of their vertices changes sign.

    Returns:
        The triangles below zero, the others, and the new vertices, one an edge, numbered after those that were there.
    """
    below = level < 0
    count = sum(below.view(np.int8)[corner] for corner in triangles.T)
    inside, outside = triangles[count == 3], triangles[count == 0]
    crossing = triangles[(count == 1) | (count == 2)].astype(np.int64)
    # Turn every crossing triangle so that its first corner is the one that stands alone.
    alone = below[crossing] == (below[crossing].sum(1) == 1)[:, None]
    turn = (np.argmax(alone, 1)[:, None] + np.arange(3)) % 3
    first, second, third = np.take_along_axis(crossing, turn, 1).T
    one, two = np.concatenate([first, first]), np.concatenate([second, third])
    edges = np.minimum(one, two) * len(level) + np.maximum(one, two)  # one number an edge, in the order of its ends
    unique, place = np.unique(edges, return_inverse=True)
    start, end = unique // len(level), unique % len(level)
    place = (place + len(level)).astype(np.int32)
    near, far = place[: len(first)], place[len(first) :]
    tips = np.stack([first, near, far], 1, dtype=np.int32)
    stumps = np.concatenate([np.stack([near, second, third], 1), np.stack([near, third, far], 1)], dtype=np.int32)
    lone = below[first]
    twice = np.concatenate([lone, lone])
    return (
        np.concatenate([inside, tips[lone], stumps[~twice]]),
        np.concatenate([outside, tips[~lone], stumps[twice]]),
        _Cut(start, end, level[start] / (level[start] - level[end])),
    )
