"""The surface point nearest to given points, exactly: every triangle near enough is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.truth.extents import mesh_corners
from buildee.truth.geometry import dot
from buildee.truth.surface import Surface

_GROUP = 32
"""Points of a group, which are held against triangles' boxes together."""
_PAIRS = 1 << 22
"""Pairs compared at a time, so that memory stays flat."""
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
    groups = _groups(points)
    for copy in _near_copies(surface, points, radius):
        mesh, pose = surface.meshes[surface.copy_mesh[copy]], surface.world_from_copy[copy]
        corners = (mesh.vertices.astype(np.float64) @ pose[:3, :3].T + pose[:3, 3])[mesh.triangles]
        for triangle, point in _pairs(corners, points, groups, radius):
            place, distance = closest(np.moveaxis(corners[triangle], (1, 2), (0, 1)), points[point].T)
            close = np.flatnonzero(distance <= radius)
            order = close[np.lexsort((triangle[close], distance[close], point[close]))]
            mine, first = np.unique(point[order], return_index=True)
            order = order[first]
            better = distance[order] < best.distance[mine]
            mine, order = mine[better], order[better]
            best.copy[mine], best.triangle[mine] = copy, triangle[order]
            best.barycentrics[mine], best.distance[mine] = place[order], distance[order]
    return best


def _groups(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Sorts points into groups of neighbours, halving the longest side of their box: (G, 32) rows, -1 fills up."""
    groups, heap = [], [np.arange(len(points))]
    while heap:
        rows = heap.pop()
        if len(rows) <= _GROUP:
            groups.append(np.pad(rows, (0, _GROUP - len(rows)), constant_values=-1))
            continue
        axis = np.ptp(points[rows], axis=0).argmax()
        order = rows[np.argsort(points[rows, axis], kind="stable")]
        heap += [order[len(order) // 2 :], order[: len(order) // 2]]
    return np.stack(groups)


def _near_copies(surface: Surface, points: NDArray[np.float64], radius: float) -> Iterator[int]:
    """Rows of the copies whose boxes come within the radius of the points' box."""
    low, high = points.min(0) - radius, points.max(0) + radius
    for copy, (number, pose) in enumerate(zip(surface.copy_mesh, surface.world_from_copy, strict=True)):
        if len(surface.meshes[number].triangles):
            corners = mesh_corners(surface.meshes[number]) @ pose[:3, :3].T + pose[:3, 3]
            if (corners.min(0) <= high).all() and (corners.max(0) >= low).all():
                yield copy


def _pairs(
    corners: NDArray[np.float64], points: NDArray[np.float64], groups: NDArray[np.int64], radius: float
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Pairs of triangle and point where the point lies within the radius of the triangle's box, some at a time."""
    low, high = corners.min(1) - radius, corners.max(1) + radius
    members = points[groups]  # row -1 is the last point: it only widens a box
    start, end = members.min(1), members.max(1)
    around = np.flatnonzero(((start <= high.max(0)) & (end >= low.min(0))).all(1))
    inside = np.flatnonzero(
        ((low <= end[around].max(0, initial=-np.inf)) & (high >= start[around].min(0, initial=np.inf))).all(1)
    )
    step = max(1, _PAIRS // max(len(around), 1))
    for first in range(0, len(inside), step):
        some = inside[first : first + step]
        meet = np.ones((len(some), len(around)), bool)
        for axis in range(3):
            meet &= low[some, None, axis] <= end[around, axis]
            meet &= high[some, None, axis] >= start[around, axis]
        row, column = np.nonzero(meet)
        for begin in range(0, len(row), _PAIRS // _GROUP):
            part = np.s_[begin : begin + _PAIRS // _GROUP]
            point = groups[around[column[part]]]
            triangle = np.repeat(some[row[part]], _GROUP)[point.ravel() >= 0]
            point = point[point >= 0]
            close = ((points[point] >= low[triangle]) & (points[point] <= high[triangle])).all(1)
            if close.any():
                yield triangle[close], point[close]


def closest(
    corners: NDArray[np.float64], points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Finds the point of a triangle that is closest to a point.

    The foot of the perpendicular if it lies in the triangle, else the closest point of the three sides (Ericson,
    Real-Time Collision Detection, 2005, 5.1.5, without its case distinctions).

    Args:
        corners: (3, 3, N) corner, axis, pair.
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
