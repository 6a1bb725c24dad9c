"""Sheets with real holes: colanders, graters, drainers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.layout.mesh import Mesh

Array = NDArray[np.float64]
_CORNERS = np.array([(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)], float)
"""Round a cell, counter-clockwise."""
_STEP = 1e-4
"""Over which a surface's direction is measured, in its own coordinates."""


def perforated(
    surface: Callable[[Array, Array], Array],
    u: Array,
    v: Array,
    holes: NDArray[np.bool_],
    size: float,
    thickness: float,
) -> Mesh:
    """Returns a sheet whose cells have round holes, its borders closed; it may run round and meet itself.

    Args:
        surface: gives (N, 3) points, metres, for (N,) u and v; outside is where (d/du) x (d/dv) points.
        u, v: borders of the cells, rising.
        holes: (U - 1, V - 1) which cells have one.
        size: across the holes, as a share of a cell's sides.
        thickness: of the sheet, metres; the surface is its outside.
    """
    points, faces = [], []
    for i, j in np.ndindex(holes.shape):
        middle = np.array([u[i] + u[i + 1], v[j] + v[j + 1]]) / 2
        half = np.array([u[i + 1] - u[i], v[j + 1] - v[j]]) / 2
        base = sum(len(some) for some in points)
        border = middle + half * _CORNERS
        if holes[i, j]:
            hole = middle + half * size * _CORNERS / np.linalg.norm(_CORNERS, axis=1, keepdims=True)
            points.append(np.concatenate([border, hole]))
            faces += [[base + k, base + (k + 1) % 8, base + 8 + (k + 1) % 8, base + 8 + k] for k in range(8)]
        else:
            points.append(border)
            faces.append([base + k for k in range(8)])
    flat = np.concatenate(points)
    return solidified(*welded(surface(flat[:, 0], flat[:, 1]), _normals(surface, flat), faces), thickness)


def _normals(surface: Callable[[Array, Array], Array], flat: Array) -> Array:
    u, v = flat.T
    along = surface(u + _STEP, v) - surface(u - _STEP, v)
    normal = np.cross(along, surface(u, v + _STEP) - surface(u, v - _STEP))
    return normal / np.linalg.norm(normal, axis=1, keepdims=True)


def welded(points: Array, normals: Array, faces: Sequence[Sequence[int]]) -> tuple[Array, Array, list[list[int]]]:
    """Joins points of the same place: their normals' mean, and faces that name what is left."""
    keys = np.round(points / 1e-6).astype(np.int64)
    _, first, number = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    number = number.reshape(-1)
    mean = np.zeros((len(first), 3))
    np.add.at(mean, number, normals)
    mean /= np.linalg.norm(mean, axis=1, keepdims=True)
    return points[first], mean, [[int(number[corner]) for corner in face] for face in faces]


def solidified(points: Array, normals: Array, faces: Sequence[Sequence[int]], thickness: float) -> Mesh:
    """Returns an open sheet with a back, `thickness` behind it, and walls along all its borders."""
    count = len(points)
    edges = {(face[k - 1], face[k]) for face in faces for k in range(len(face))}
    rims = [(b, a, a + count, b + count) for a, b in sorted(edges) if (b, a) not in edges]
    back = [[corner + count for corner in reversed(face)] for face in faces]
    both = np.concatenate([points, points - normals * thickness])
    return Mesh.from_faces(both, [*faces, *back, *rims], smooth=True)
