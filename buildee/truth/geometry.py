"""The triangles of a surface in one table, and exact formulas on single triangles."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from buildee.truth.surface import Surface, TriangleMesh

FLOAT32_ULP = float(np.finfo(np.float32).eps)
"""Relative distance of neighbouring float32 numbers, 2**-23."""


@dataclass(frozen=True, eq=False)
class CornerTable:
    """All distinct meshes of a surface joined, so that a triangle of any copy is one row.

    Attributes:
        vertices: (V, 3) float32, mesh frames, metres.
        triangles: (F, 3) int32, rows of `vertices`.
        first: (M,) int64, row of each mesh's first triangle.
        copy_first: (C,) int64, row of each copy's first triangle.
        copy_first_vertex: (C,) int64, row of each copy's first vertex.
    """

    vertices: NDArray[np.float32]
    triangles: NDArray[np.int32]
    first: NDArray[np.int64]
    copy_first: NDArray[np.int64]
    copy_first_vertex: NDArray[np.int64]

    def corners(self, copy: NDArray[np.int32], triangle: NDArray[np.int32]) -> NDArray[np.float64]:
        """Returns the corners (3, 3, N) float64: corner, axis (mesh frame, metres), point."""
        # numpy.take fetches whole rows several times faster than indexing does.
        rows = np.take(self.triangles, self.copy_first[copy] + triangle, axis=0)
        result = np.empty((3, 3, len(rows)))
        for corner in range(3):
            result[corner] = np.take(self.vertices, rows[:, corner], axis=0).T
        return result

    def vertex_numbers(self, copy: NDArray[np.integer], triangle: NDArray[np.integer]) -> NDArray[np.int64]:
        """Returns the corners as their meshes number them: (N, 3) int64."""
        rows = np.take(self.triangles, self.copy_first[copy] + triangle, axis=0)
        return rows - self.copy_first_vertex[copy, None]


_tables: WeakKeyDictionary[Surface, CornerTable] = WeakKeyDictionary()


def corner_table(surface: Surface) -> CornerTable:
    """Joins the distinct meshes of a surface; remembered as long as the surface lives."""
    table = _tables.get(surface)
    if table is None:
        table = _tables[surface] = _join(surface)
    return table


def _join(surface: Surface) -> CornerTable:
    distinct: dict[TriangleMesh, int] = {}
    number = np.array([distinct.setdefault(mesh, len(distinct)) for mesh in surface.meshes], np.int64)
    meshes = list(distinct)
    if not meshes:
        empty = np.zeros(0, np.int64)
        return CornerTable(np.zeros((0, 3), np.float32), np.zeros((0, 3), np.int32), empty, empty, empty)
    vertex_first = np.cumsum([0] + [len(mesh.vertices) for mesh in meshes[:-1]])
    triangle_first = np.cumsum([0] + [len(mesh.triangles) for mesh in meshes[:-1]])
    first = triangle_first[number]
    return CornerTable(
        np.concatenate([mesh.vertices for mesh in meshes]).astype(np.float32, copy=False),
        np.concatenate([mesh.triangles + start for mesh, start in zip(meshes, vertex_first, strict=True)]).astype(
            np.int32, copy=False
        ),
        first,
        first[surface.copy_mesh],
        vertex_first[number[surface.copy_mesh]],
    )


_used: WeakKeyDictionary[TriangleMesh, NDArray[np.bool_]] = WeakKeyDictionary()


def used_vertices(mesh: TriangleMesh) -> NDArray[np.bool_]:
    """Returns which vertices belong to a triangle: (V,) bool. Loose ones show nowhere and have no extent."""
    used = _used.get(mesh)
    if used is None:
        used = _used[mesh] = np.zeros(len(mesh.vertices), bool)
        used[mesh.triangles] = True
    return used


def cross(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cross product of (3, N) arrays, axis first: several times faster than `numpy.cross`."""
    return np.stack([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def dot(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Dot product of (3, N) arrays, axis first."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def apply(
    matrices: NDArray[np.float64], rows: NDArray[np.integer], vectors: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Multiplies vector i of (3, N) by matrix `rows[i]` of (C, 3, 3), or also moves it if they are (C, 3, 4)."""
    entries = np.ascontiguousarray(matrices.transpose(1, 2, 0))
    result = np.empty_like(vectors)
    for axis, row in enumerate(entries):
        np.multiply(np.take(row[0], rows), vectors[0], out=result[axis])
        result[axis] += np.take(row[1], rows) * vectors[1]
        result[axis] += np.take(row[2], rows) * vectors[2]
        if len(row) == 4:
            result[axis] += np.take(row[3], rows)
    return result


def determinants(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the determinants (C,) of the linear parts of (C, 3, 3) or larger matrices."""
    first, second, third = matrices[:, :3, :3].transpose(1, 2, 0)
    return dot(first, cross(second, third))


def inverses(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inverts affine (C, 4, 4); copies that are scaled to nothing become zero instead of an error.

    By cofactors: LAPACK wakes its threads for every single small matrix, which costs ten times as much.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        solid = np.isfinite(matrices).all((1, 2)) & (determinants(matrices) != 0)
    first, second, third = matrices[solid, :3, :3].transpose(1, 2, 0)
    columns = np.stack([cross(second, third), cross(third, first), cross(first, second)])
    linear = (columns / dot(first, columns[0])).transpose(2, 1, 0)
    result = np.zeros_like(matrices)
    result[solid, :3, :3] = linear
    result[solid, :3, 3] = -(linear * matrices[solid, None, :3, 3]).sum(-1)
    result[solid, 3, 3] = 1.0
    return result
