"""The surface point nearest to given points, exactly: every triangle near enough is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.truth.geometry import dot
from buildee.truth.outline import mesh_corners
from buildee.truth.surface import Surface

_BATCH = 2048
"""Points asked at a time, so that memory stays flat."""
_RADII = (1 / 64, 1 / 8, 1)
"""Parts of the tolerance tried in turn: what is found near is nearest, and few triangles are near."""


@dataclass(frozen=True, eq=False)
class Places:
    """Surface points nearest to M points.

    Attributes:
        copy, triangle: (M,) int32 rows; -1 where no surface is near enough.
        barycentrics: (M, 2) float64, weights of the second and third corner, inside the triangle.
        distance: (M,) float64, metres; inf where no surface is near enough.
    """

    copy: NDArray[np.int32]
    triangle: NDArray[np.int32]
    barycentrics: NDArray[np.float64]
    distance: NDArray[np.float64]


def nearest_places(surface: Surface, points: NDArray[np.float64], tolerance: float) -> Places:
    """Finds the nearest surface point to each point; of equally near ones the first copy's first triangle's.

    Args:
        surface: what to look on.
        points: (M, 3) float64, world, metres.
        tolerance: metres, how far it may be.
    """
    count = len(points)
    empty = np.full(count, -1, np.int32)
    found = Places(empty, empty.copy(), np.zeros((count, 2)), np.full(count, np.inf))
    for part in _RADII:
        left = np.flatnonzero(found.copy < 0)
        if not len(left):
            break
        near = _within(surface, points[left], tolerance * part)
        for whole, some in zip(vars(found).values(), vars(near).values(), strict=True):
            whole[left] = some
    return found


def _within(surface: Surface, points: NDArray[np.float64], radius: float) -> Places:
    """The same with every triangle whose box comes within the radius."""
    count = len(points)
    empty = np.full(count, -1, np.int32)
    best = Places(empty, empty.copy(), np.zeros((count, 2)), np.full(count, np.inf))
    for copy, near in _near_copies(surface, points, radius):
        mesh, pose = surface.meshes[surface.copy_mesh[copy]], surface.world_from_copy[copy]
        corners = (mesh.vertices.astype(np.float64) @ pose[:3, :3].T + pose[:3, 3])[mesh.triangles]
        tree = _Tree.of(corners)
        for first in range(0, len(near), _BATCH):
            batch = near[first : first + _BATCH]
            row, triangle = tree.around(points[batch], radius)
            point = batch[row]
            place, distance = closest(np.moveaxis(corners[triangle], 0, -1), points[point].T)
            close = np.flatnonzero(distance <= radius)
            order = close[np.lexsort((triangle[close], distance[close], point[close]))]
            mine, first_of = np.unique(point[order], return_index=True)
            order = order[first_of]
            better = distance[order] < best.distance[mine]
            mine, order = mine[better], order[better]
            best.copy[mine], best.triangle[mine] = copy, triangle[order]
            best.barycentrics[mine], best.distance[mine] = place[order], distance[order]
    return best


def _near_copies(
    surface: Surface, points: NDArray[np.float64], radius: float
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Rows of the copies whose boxes come within the radius of some points, and those points' rows."""
    order = np.argsort(points[:, 0], kind="stable")
    x = points[order, 0]
    for copy, (number, pose) in enumerate(zip(surface.copy_mesh, surface.world_from_copy, strict=True)):
        if len(surface.meshes[number].triangles):
            corners = mesh_corners(surface.meshes[number]) @ pose[:3, :3].T + pose[:3, 3]
            low, high = corners.min(0) - radius, corners.max(0) + radius
            some = order[np.searchsorted(x, low[0]) : np.searchsorted(x, high[0], side="right")]
            some = some[((points[some] >= low) & (points[some] <= high)).all(1)]
            if len(some):
                yield copy, some


@dataclass(frozen=True, eq=False)
class _Tree:
    """A binary tree of boxes over triangles in the order of a space-filling curve.

    Attributes:
        order: (F,) rows of the triangles along the curve.
        levels: from one box for all down to one a triangle: low and high corners, (2**k, 2, 3) float64.
    """

    order: NDArray[np.int64]
    levels: tuple[NDArray[np.float64], ...]

    @staticmethod
    def of(corners: NDArray[np.float64]) -> _Tree:
        """Makes the tree of triangles (F, 3, 3)."""
        low, high = corners.min(1), corners.max(1)
        order = np.argsort(_curve(low + high), kind="stable")
        leaves = 1 << max(len(order) - 1, 0).bit_length()
        boxes = np.empty((leaves, 2, 3))
        boxes[:, 0], boxes[:, 1] = np.inf, -np.inf
        boxes[: len(order), 0], boxes[: len(order), 1] = low[order], high[order]
        levels = [boxes]
        while len(boxes) > 1:
            pairs = boxes.reshape(-1, 2, 2, 3)
            boxes = np.stack([pairs[:, :, 0].min(1), pairs[:, :, 1].max(1)], 1)
            levels.append(boxes)
        return _Tree(order, tuple(reversed(levels)))

    def around(self, points: NDArray[np.float64], radius: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of point and triangle where the point lies within the radius of the triangle's box."""
        point, node = np.arange(len(points)), np.zeros(len(points), np.int64)
        for depth, boxes in enumerate(self.levels):
            if depth:
                point, node = np.repeat(point, 2), np.stack([2 * node, 2 * node + 1], -1).reshape(-1)
            place, box = points[point], boxes[node]
            inside = ((place >= box[:, 0] - radius) & (place <= box[:, 1] + radius)).all(1)
            point, node = point[inside], node[inside]
        return point, self.order[node]


def _curve(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Place of points (N, 3) along Morton's curve: the bits of the three coordinates interleaved, ten of each."""
    low, size = points.min(0), np.ptp(points, axis=0).max()
    with np.errstate(invalid="ignore", divide="ignore"):
        cell = np.nan_to_num((points - low) / size * 1023).astype(np.int64)  # one place alone has no size
    return sum(((cell[:, axis] >> bit & 1) << (3 * bit + axis) for bit in range(10) for axis in range(3)), np.int64(0))


def closest(
    corners: NDArray[np.float64], points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Finds the point of a triangle that is closest to a point.

    The foot of the perpendicular if it lies in the triangle, else the closest point of the three sides (Ericson,
    Real-Time Collision Detection, 2005, 5.1.5, without its case distinctions).

    Args:
        corners: (3, 3, N) corner, axis, triangle.
        points: (3, N).

    Returns:
        Weights of the second and third corner (N, 2), and distances (N,).
    """
    first, side, other = corners[0], corners[1] - corners[0], corners[2] - corners[0]
    to = points - first
    aa, ab, bb, ta, tb = dot(side, side), dot(side, other), dot(other, other), dot(to, side), dot(to, other)
    with np.errstate(divide="ignore", invalid="ignore"):
        area = aa * bb - ab * ab
        u, v = (bb * ta - ab * tb) / area, (aa * tb - ab * ta) / area
        foot = (u >= 0) & (v >= 0) & (u + v <= 1)
        on_side, on_other = np.nan_to_num(ta / aa).clip(0, 1), np.nan_to_num(tb / bb).clip(0, 1)
        across = np.nan_to_num((tb - ta + aa - ab) / (aa - 2 * ab + bb)).clip(0, 1)
    zero = np.zeros_like(on_side)
    weights = np.array(
        [[on_side, zero], [zero, on_other], [1 - across, across], [np.where(foot, u, 0), np.where(foot, v, 0)]]
    )
    off = to - weights[:, :1] * side - weights[:, 1:] * other
    distance = np.sqrt((off**2).sum(1))
    best = np.where(foot, 3, distance[:3].argmin(0))
    pick = np.arange(len(best))
    return weights[best, :, pick], distance[best, pick]
