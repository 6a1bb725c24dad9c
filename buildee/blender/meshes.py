"""Meshes between numpy and Blender."""

from __future__ import annotations

import bpy
import numpy as np

from buildee.layout.mesh import SMOOTH_ANGLE, Mesh

PAINT = "buildee_paint_{}"
"""Point attributes that carry four columns of a mesh's paint each, counted from 0."""


def create_mesh(name: str, mesh: Mesh) -> bpy.types.Mesh:
    """Creates a Blender mesh with the faces, slots and smoothness of `mesh`; slots are left empty.

    Raises:
        ValueError: if Blender finds the topology broken (repeated corners, indices out of range).
    """
    data = bpy.data.meshes.new(name)
    data.vertices.add(len(mesh.vertices))
    data.vertices.foreach_set("co", mesh.vertices.astype(np.float32).ravel())
    data.loops.add(len(mesh.corners))
    data.loops.foreach_set("vertex_index", mesh.corners)
    data.polygons.add(len(mesh.sizes))
    data.polygons.foreach_set("loop_start", (np.cumsum(mesh.sizes) - mesh.sizes).astype(np.int32))
    data.polygons.foreach_set("material_index", mesh.slots)
    data.polygons.foreach_set("use_smooth", mesh.smooth)
    data.update(calc_edges=True)
    if data.validate():
        raise ValueError(f"mesh {name!r} is broken; Blender had to repair it")
    for number in range(0 if mesh.paint is None else mesh.paint.shape[1] // 4):
        attribute = data.attributes.new(PAINT.format(number), "FLOAT_COLOR", "POINT")
        columns = mesh.paint[:, 4 * number : 4 * number + 4]
        attribute.data.foreach_set("color", columns.astype(np.float32).ravel())
    if mesh.smooth.any():
        data.set_sharp_from_angle(angle=SMOOTH_ANGLE)
    return data
