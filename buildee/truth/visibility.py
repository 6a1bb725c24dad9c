"""Whether a camera sees a given surface point: first hits compared with the point, without any fixed tolerance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import depths
from buildee.truth.embree import Caster
from buildee.truth.geometry import FLOAT32_ULP, apply, corner_table, cross, dot, inverses
from buildee.truth.surface import Camera, Surface, TriangleMesh

_ROUNDING_STEPS = 4.0
"""How many float32 steps a plane may lie off the point and still pass for the point's own surface."""
_OVERSHOOT = 1e-3
"""How far rays go beyond the point, relative; nothing behind it matters."""


def surface_points(
    caster: Caster,
    copy: NDArray[np.integer],
    triangle: NDArray[np.integer],
    u: NDArray[np.float64],
    v: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Returns points given by barycentrics in view axes: (3, N) float64, metres."""
    first, second, third = corner_table(caster.surface).corners(copy, triangle)
    local = first + u * (second - first) + v * (third - first)
    return apply(caster.view_from_copy[:, :3], copy, local)


def blockers(
    caster: Caster,
    points: NDArray[np.float64],
    copy: NDArray[np.integer],
    triangle: NDArray[np.integer],
    camera: Camera,
) -> NDArray[np.int32]:
    """Finds what hides surface points from the view's origin.

    A point is seen if the first hit on the way to it is its own (copy, triangle), or a triangle whose plane passes
    through the point but for a few float32 steps: the neighbour across an edge, welded or not. Anything else hides
    it, however thin and close.

    Args:
        caster: made at the camera's pose.
        points: (3, N) float64, view axes, metres, of positive depth.
        copy, triangle: (N,) rows that the points lie on.
        camera: the camera; what is nearer than its near limit hides nothing.

    Returns:
        (N,) int32: row of the copy that hides the point, -1 if it is seen.
    """
    depth = depths(camera, points.T)
    found = caster.first_hits((points / depth).T, camera.clip[0], depth * (1 + _OVERSHOOT))
    other = (found.copy >= 0) & ((found.copy != copy) | (found.triangle != triangle))
    doubtful = np.flatnonzero(other)
    result = np.full(len(depth), -1, np.int32)
    hit = found.copy[doubtful]
    off, beyond = _plane_distance(caster, points[:, doubtful], hit, found.triangle[doubtful])
    hides = ~beyond & (off > _ROUNDING_STEPS * FLOAT32_ULP * _magnitude(caster, points[:, doubtful], hit))
    result[doubtful[hides]] = hit[hides]
    return result


def _plane_distance(
    caster: Caster, points: NDArray[np.float64], copy: NDArray[np.int32], triangle: NDArray[np.int32]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Distance of points (3, N) from triangles' planes, metres, and whether rays meet the planes beyond the points."""
    copy_from_view = inverses(caster.view_from_copy)
    first, second, third = corner_table(caster.surface).corners(copy, triangle)
    plane = cross(second - first, third - first)
    normal = apply(copy_from_view[:, :3, :3].transpose(0, 2, 1), copy, plane)
    height = dot(plane, apply(copy_from_view[:, :3], copy, points) - first)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.abs(height) / np.sqrt(dot(normal, normal))
        beyond = height / dot(normal, points) < 0
    return np.nan_to_num(distance), beyond


def _magnitude(caster: Caster, points: NDArray[np.float64], copy: NDArray[np.int32]) -> NDArray[np.float64]:
    """The largest lengths that enter the caster's float32 arithmetic for each point: to the point and to the copy."""
    origin = caster.view_from_copy[:, :3, 3]
    return np.sqrt(dot(points, points)) + np.linalg.norm(origin, axis=1)[copy]


def matching_copies(surface: Surface, other: Surface) -> NDArray[np.int64]:
    """Finds each copy of a surface in another frame's surface, by key, with the same triangles.

    Returns:
        (C,) int64: row of the other surface's copies; -1 if the copy is gone or its mesh has other triangles.
    """
    row = find_keys(surface.copy_key, other.copy_key)
    both = np.flatnonzero(row >= 0)
    count = max(len(other.meshes), 1)
    shown = surface.copy_mesh[both].astype(np.int64) * count + other.copy_mesh[row[both]]
    pairs, which = np.unique(shown, return_inverse=True)
    same = [_same_triangles(surface.meshes[pair // count], other.meshes[pair % count]) for pair in pairs]
    row[both[~np.array(same, bool)[which]]] = -1
    return row


def _same_triangles(mesh: TriangleMesh, other: TriangleMesh) -> bool:
    """Whether two meshes have as many vertices and the same triangles."""
    same_size = len(mesh.vertices) == len(other.vertices)
    return mesh is other or (same_size and np.array_equal(mesh.triangles, other.triangles))


def find_keys(wanted: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns the row of each wanted value in `keys`, -1 where it does not occur: (N,) int64."""
    if not len(keys):
        return np.full(len(wanted), -1, np.int64)
    order = np.argsort(keys, kind="stable")
    place = np.searchsorted(keys, wanted, sorter=order).clip(max=len(keys) - 1)
    row = order[place]
    return np.where(keys[row] == wanted, row, -1)
