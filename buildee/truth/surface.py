"""What ground truth is computed from: evaluated triangles, their labels, and a camera. No layout, no bpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class TriangleMesh:
    """One evaluated mesh. Unchanged meshes keep the same object from frame to frame, so casters cache by identity.

    Attributes:
        vertices: (V, 3) float32, metres, mesh frame.
        triangles: (F, 3) int32 vertex indices.
        materials: (F,) int32 material slot of each triangle.
        normals: (F, 3, 3) float32, unit shading normal of each corner, mesh frame; None where nobody asked.
        uv: (F, 3, 2) float32, texture coordinates of each corner; None where nobody asked or the mesh has none.
    """

    vertices: NDArray[np.float32]
    triangles: NDArray[np.int32]
    materials: NDArray[np.int32]
    normals: NDArray[np.float32] | None = None
    uv: NDArray[np.float32] | None = None


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
    """A pinhole camera at one frame. Axes x right, y down, z forward; pixel centres at +0.5.

    Attributes:
        K: (3, 3) float64, pixels.
        world_from_camera: (4, 4) float64, metres.
        width, height: pixels.
        clip: near and far limits of what is rendered, metres along the optical axis.
    """

    K: NDArray[np.float64]
    world_from_camera: NDArray[np.float64]
    width: int
    height: int
    clip: tuple[float, float] = (0.0, np.inf)
