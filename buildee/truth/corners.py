"""What meshes say of the corners of their triangles, gathered for many surface points at once."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from buildee.truth.surface import Surface

_WIDTH = {"normals": (3, 3), "uv": (3, 2), "materials": ()}


def corner_values(
    surface: Surface,
    copy: NDArray[np.integer],
    triangle: NDArray[np.integer],
    name: Literal["normals", "uv", "materials"],
) -> NDArray[Any]:
    """Gathers an array of the meshes at triangles, mesh by mesh, so that no table of all meshes is made.

    Args:
        surface: the surface.
        copy, triangle: (N,) rows.
        name: the array of `TriangleMesh`.

    Returns:
        (N, 3, 3) or (N, 3, 2) float32, not a number where a mesh has none; (N,) int32 of `materials`.
    """
    dtype = np.int32 if name == "materials" else np.float32
    result = np.full((len(copy), *_WIDTH[name]), 0 if name == "materials" else np.nan, dtype)
    mesh = surface.copy_mesh[copy]
    if len(surface.meshes) < 65536:
        mesh = mesh.astype(np.uint16)  # numpy sorts these by radix, ten times as fast
    order = np.argsort(mesh, kind="stable")
    numbers, first = np.unique(mesh[order], return_index=True)
    for number, rows in zip(numbers.tolist(), np.split(order, first[1:]), strict=False):
        values = getattr(surface.meshes[number], name)
        if values is not None:
            result[rows] = values[triangle[rows]]
    return result


def weighted(values: NDArray[np.float32], weights: tuple[NDArray[np.float64], ...]) -> NDArray[np.float64]:
    """Interpolates corner values (N, 3, K) by weights u, v (N,) of the second and third corner: (K, N) float64."""
    u, v = weights
    first, second, third = (np.ascontiguousarray(values[:, corner].T, np.float64) for corner in range(3))
    return first + u * (second - first) + v * (third - first)
