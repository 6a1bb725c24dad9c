"""What ground truth is computed from: evaluated triangles, their labels, and a camera. No layout, no bpy."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.lens import Lens, Pinhole

LARGEST = 1e18
"""Metres: what lies farther out, no ray caster's float32 arithmetic can reach."""


@dataclass(frozen=True, eq=False)
class TriangleMesh:
    """One evaluated mesh. Unchanged meshes keep the same object from frame to frame, so casters cache by identity.

    Attributes:
        vertices: (V, 3) float32, metres, mesh frame, finite and within `LARGEST`.
        triangles: (F, 3) int32 vertex indices.
        materials: (F,) int32 material slot of each triangle.
        normals: (F, 3, 3) float32, unit shading normal of each corner, mesh frame; None where nobody asked.
        uv: (F, 3, 2) float32, texture coordinates of each corner; None where nobody asked or the mesh has none.

    Raises:
        AnnotationError: a vertex is not finite or too far out, or a triangle names a vertex that there is not; ray
            casters would read beyond their memory.
    """

    vertices: NDArray[np.float32]
    triangles: NDArray[np.int32]
    materials: NDArray[np.int32]
    normals: NDArray[np.float32] | None = None
    uv: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        if self.vertices.size and not np.abs(self.vertices).max() <= LARGEST:
            raise AnnotationError(
                "a mesh has vertices that are not finite numbers or lie farther out than 1e18 m; "
                "leave out the triangles that use them"
            )
        if self.triangles.size and not 0 <= self.triangles.min() <= self.triangles.max() < len(self.vertices):
            raise AnnotationError(
                f"a mesh of {len(self.vertices)} vertices has a triangle of vertices {self.triangles.min()} to "
                f"{self.triangles.max()}; number them from 0"
            )


@dataclass(frozen=True, eq=False)
class Surface:
    """Every triangle that a camera can see in one frame: meshes and one transform per placed copy.

    Attributes:
        meshes: the distinct meshes.
        copy_mesh: (C,) int32, which mesh each copy shows.
        copy_part: (C,) int32, row of the label table; -1 is unlabelled (background id 0, still solid).
        world_from_copy: (C, 4, 4) float64.
        copy_key: (C,) int64, stable identity of a copy over frames.
        copy_slots: (C,) int32, row of `slot_material` that each copy goes by; None where materials are unknown.
        slot_material: (L, K) uint16, material id of each slot, 0 for an empty one; lists shorter than K repeat their
            last, as Blender takes slots that do not exist for the last.
    """

    meshes: tuple[TriangleMesh, ...]
    copy_mesh: NDArray[np.int32]
    copy_part: NDArray[np.int32]
    world_from_copy: NDArray[np.float64]
    copy_key: NDArray[np.int64]
    copy_slots: NDArray[np.int32] | None = None
    slot_material: NDArray[np.uint16] | None = None


@dataclass(frozen=True, eq=False)
class LabelTable:
    """What the rows of `Surface.copy_part` mean. Part id = row + 1; id 0 is background.

    Attributes:
        part_name: (R,) names.
        part_instance: (R,) int32, instance id, 1-based, compact.
        instance_name: (I,) names; instance id = index + 1.
        instance_category: (I,) int32, category id of `categories`.
        categories: category id -> name, for the categories that occur.
        countable: (I,) bool, False for "stuff" such as ground.
    """

    part_name: tuple[str, ...]
    part_instance: NDArray[np.int32]
    instance_name: tuple[str, ...]
    instance_category: NDArray[np.int32]
    categories: dict[int, str]
    countable: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Camera:
    """A camera at one frame. Axes x right, y down, z forward; pixel centres at +0.5.

    Depth and clip limits count along the optical axis if the lens is perspective, else along the ray.

    Attributes:
        K: (3, 3) float64, pixels, from the lens's plane.
        world_from_camera: (4, 4) float64, metres.
        width, height: pixels.
        clip: near and far limits of what is rendered, metres of depth.
        lens: how directions map to the plane.
    """

    K: NDArray[np.float64]
    world_from_camera: NDArray[np.float64]
    width: int
    height: int
    clip: tuple[float, float] = (0.0, np.inf)
    lens: Lens = field(default_factory=Pinhole)
