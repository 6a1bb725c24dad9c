"""Polygon meshes as numpy arrays: what planning decides and what Blender is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Mesh:
    """Polygons of any size that share vertices.

    Attributes:
        vertices: (V, 3) float64, metres, in the frame of the part that uses the mesh.
        corners: (L,) int32, the vertex of every face corner, face after face, counter-clockwise
            seen from outside.
        sizes: (F,) int32, how many corners each face has (3 or more); sums to L.
        slots: (F,) int32, the material slot of each face: an index into a part's materials.
        smooth: (F,) bool, whether a face takes part in smooth shading. Edges sharper than
            `SMOOTH_ANGLE` stay sharp either way.
        paint: (V, C) float64 numbers that the material reads between the vertices, four a colour attribute (so C is
            a multiple of four); None on nearly everything. What they mean is the material's affair.
    """

    vertices: NDArray[np.float64]
    corners: NDArray[np.int32]
    sizes: NDArray[np.int32]
    slots: NDArray[np.int32]
    smooth: NDArray[np.bool_]
    paint: NDArray[np.float64] | None = field(default=None, metadata={"silent_default": True})

    @staticmethod
    def from_faces(vertices: ArrayLike, faces: Sequence[Sequence[int]], slot: int = 0, smooth: bool = False) -> Mesh:
        """Builds a mesh from a list of faces, all in one slot.

        Args:
            vertices: (V, 3), metres.
            faces: vertex indices of each face, counter-clockwise seen from outside; an (F, K) array
                is taken as it is.
            slot: the material slot of all faces.
            smooth: whether all faces are smooth.
        """
        if isinstance(faces, np.ndarray):
            sizes = _constant(len(faces), faces.shape[1], np.int32)
            corners = faces.reshape(-1).astype(np.int32)
        else:
            sizes = np.array([len(face) for face in faces], np.int32)
            corners = np.array([index for face in faces for index in face], np.int32)
        return Mesh(
            np.array(vertices, np.float64).reshape(-1, 3),
            corners,
            sizes,
            _constant(len(sizes), slot, np.int32),
            _constant(len(sizes), smooth, np.bool_),
        )

    @staticmethod
    def merged(meshes: Iterable[Mesh]) -> Mesh:
        """Joins meshes into one without welding vertices; slots keep their numbers, paint stays where all have it."""
        parts = list(meshes)
        if not parts:
            return Mesh.from_faces(np.zeros((0, 3)), np.zeros((0, 3), np.int32))
        if len(parts) == 1:
            return parts[0]
        first = np.array([*accumulate((len(mesh.vertices) for mesh in parts[:-1]), initial=0)], np.int32)
        corners = np.concatenate([mesh.corners for mesh in parts])
        corners += first.repeat([len(mesh.corners) for mesh in parts])
        return Mesh(
            np.concatenate([mesh.vertices for mesh in parts]),
            corners,
            np.concatenate([mesh.sizes for mesh in parts]),
            np.concatenate([mesh.slots for mesh in parts]),
            np.concatenate([mesh.smooth for mesh in parts]),
            np.concatenate([mesh.paint for mesh in parts]) if all(mesh.paint is not None for mesh in parts) else None,
        )

    def transformed(self, pose: ArrayLike) -> Mesh:
        """Returns the mesh moved by a (4, 4) matrix; mirroring matrices also flip the faces."""
        matrix = np.asarray(pose, np.float64)
        (a, b, c), (d, e, f), (g, h, i) = matrix[:3, :3].tolist()
        determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
        # Not a matrix product: for large meshes BLAS wakes threads that then spin for longer than the product took.
        moved = np.einsum("vj,ij->vi", self.vertices, matrix[:3, :3]) + matrix[:3, 3]
        mesh = Mesh(moved, self.corners, self.sizes, self.slots, self.smooth, self.paint)
        return mesh.flipped() if determinant < 0 else mesh

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Mesh:
        """Returns the mesh shifted by (x, y, z) metres."""
        moved = self.vertices + np.array([x, y, z])
        return Mesh(moved, self.corners, self.sizes, self.slots, self.smooth, self.paint)

    def flipped(self) -> Mesh:
        """Returns the mesh turned inside out."""
        ends = np.cumsum(self.sizes)
        starts = ends - self.sizes
        position = np.arange(len(self.corners))
        face = np.repeat(np.arange(len(self.sizes)), self.sizes)
        return replace(self, corners=self.corners[starts[face] + ends[face] - 1 - position])

    def with_slot(self, slot: int) -> Mesh:
        """Returns the mesh with every face in one material slot."""
        slots = _constant(len(self.sizes), slot, np.int32)
        return Mesh(self.vertices, self.corners, self.sizes, slots, self.smooth, self.paint)

    def shaded_smooth(self, smooth: bool = True) -> Mesh:
        """Returns the mesh with every face smooth (or flat)."""
        return replace(self, smooth=np.full(len(self.sizes), smooth, bool))

    @property
    def bounds(self) -> NDArray[np.float64]:
        """(2, 3) float64: the lowest and the highest corner of the axis-aligned box, metres."""
        if not len(self.vertices):
            return np.zeros((2, 3))
        columns = np.ascontiguousarray(self.vertices.T)  # numpy is slow along the long axis of narrow arrays
        return np.array([columns.min(1), columns.max(1)])

    @property
    def triangle_count(self) -> int:
        """How many triangles the faces make once cut."""
        return int((self.sizes - 2).sum())


def _constant(count: int, value: int, kind: type[np.generic]) -> NDArray:
    """Returns (count,) of one value; numpy's `full` takes thrice as long on the few faces that most meshes have."""
    array = np.empty(count, kind)
    array.fill(value)
    return array


Faces = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]
"""The corners, sizes, slots and smoothness of a mesh, for shapes that differ by their vertices alone."""


def shared_faces(corners: NDArray[np.int32], sizes: NDArray[np.int32], smooth: NDArray[np.bool_]) -> Faces:
    """Returns faces in slot 0 that many meshes may share: the arrays become read-only."""
    faces = corners, sizes, np.zeros(len(sizes), np.int32), smooth
    for array in faces:
        array.flags.writeable = False
    return faces


SMOOTH_ANGLE = np.deg2rad(35.0)
"""Edges between smooth faces that turn by more than this (radians) are shaded sharp."""
