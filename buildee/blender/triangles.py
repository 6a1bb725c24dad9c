"""Reads the triangles of an evaluated mesh, and what hangs on their corners."""

from __future__ import annotations

from dataclasses import fields, replace

import bpy
import numpy as np

from buildee.truth.soundness import without_bad_vertices
from buildee.truth.surface import TriangleMesh


def triangles(data: bpy.types.Mesh, normals: bool = False, uv: bool = False) -> TriangleMesh:
    """Returns the triangles that Blender cuts the faces of an evaluated mesh into.

    Triangles that use a vertex which is not a finite number are there in name only: no ray meets them.

    Args:
        data: the mesh.
        normals: whether to read the corners' shading normals.
        uv: whether to read the texture coordinates: of the map that is marked for rendering, or the first.
    """
    data.calc_loop_triangles()
    vertices = np.empty(3 * len(data.vertices), np.float32)
    data.vertices.foreach_get("co", vertices)
    count = len(data.loop_triangles)
    corners = np.empty(3 * count, np.int32)
    data.loop_triangles.foreach_get("vertices", corners)
    slots = np.empty(count, np.int32)
    data.loop_triangles.foreach_get("material_index", slots)
    vertices, corners = without_bad_vertices(vertices.reshape(-1, 3), corners.reshape(-1, 3))
    mesh = TriangleMesh(vertices, corners, slots)
    count = len(mesh.triangles)
    layers = list(data.uv_layers) if uv else []
    if not count or not (normals or layers):
        return mesh
    loops = np.empty(3 * count, np.int32)
    data.loop_triangles.foreach_get("loops", loops)
    found = {}
    if normals:
        found["normals"] = _corner_normals(data)[loops].reshape(-1, 3, 3)
    if layers:
        layer = next((layer for layer in layers if layer.active_render), layers[0])
        places = np.empty(2 * len(data.loops), np.float32)
        layer.uv.foreach_get("vector", places)
        found["uv"] = places.reshape(-1, 2)[loops].reshape(-1, 3, 2)
    return replace(mesh, **found)


def _corner_normals(data: bpy.types.Mesh) -> np.ndarray:
    """Returns the shading normals of all corners of a mesh, (L, 3) float32, as Cycles shades it.

    Where flat faces meet smooth ones without a sharp edge between, Blender keeps the flat ones out of the smooth ones'
    normals; Cycles does not.
    """
    corners = np.empty((len(data.loops), 3), np.float32)
    data.corner_normals.foreach_get("vector", corners.ravel())
    flat = _flags(data, "sharp_face", len(data.polygons))
    if data.has_custom_normals or not flat.any() or _flags(data, "sharp_edge", len(data.edges)).any():
        return corners
    points = np.empty((len(data.vertices), 3), np.float32)
    data.vertex_normals.foreach_get("vector", points.ravel())
    owner, size = np.empty(len(data.loops), np.int32), np.empty(len(data.polygons), np.int32)
    data.loops.foreach_get("vertex_index", owner)
    data.polygons.foreach_get("loop_total", size)
    return np.where(np.repeat(flat, size)[:, None], corners, points[owner])


def _flags(data: bpy.types.Mesh, name: str, count: int) -> np.ndarray:
    """Returns a boolean attribute of a mesh (count,), False where it has none."""
    flags = np.zeros(count, bool)
    if (attribute := data.attributes.get(name)) is not None:
        attribute.data.foreach_get("value", flags)
    return flags


def same_mesh(first: TriangleMesh, second: TriangleMesh) -> bool:
    """Returns whether two meshes are the same to the last bit."""
    pairs = [(getattr(first, item.name), getattr(second, item.name)) for item in fields(TriangleMesh)]
    return all(a is b or (a is not None and b is not None and np.array_equal(a, b)) for a, b in pairs)
