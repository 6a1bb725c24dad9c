"""Reads the evaluated triangles of a Blender scene: the only thing ground truth is computed from."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import bpy
import numpy as np

from buildee.blender.build import PART
from buildee.errors import AnnotationError
from buildee.truth.surface import Camera, Surface, TriangleMesh

MAX_MATERIALS = 65_535
"""Ids are stored in 16 bits."""

MESH_LIKE = {"MESH", "CURVE", "SURFACE", "FONT", "META"}


@dataclass(eq=False)
class SurfaceReader:
    """Reads the surface of a scene frame after frame, keeping unchanged meshes as the same object.

    Attributes:
        scene: name of the Blender scene.
        normals, uv: whether meshes get the shading normals and texture coordinates of their corners.
    """

    scene: str
    normals: bool = False
    uv: bool = False
    _meshes: dict[tuple[object, ...], TriangleMesh] = field(default_factory=dict)

    @cached_property
    def materials(self) -> tuple[str, ...]:
        """Names of all materials of the file, sorted; material id = index + 1."""
        return tuple(sorted(item.name_full for item in bpy.data.materials if not item.is_grease_pencil))

    @cached_property
    def _material_id(self) -> dict[str, int]:
        if len(self.materials) > MAX_MATERIALS:
            raise AnnotationError(f"{len(self.materials)} materials have no room in 16-bit ids; remove unused ones")
        return {name: index for index, name in enumerate(self.materials, 1)}

    def read(self, frame: int) -> Surface:
        """Moves the scene to a frame and returns every triangle that a camera can see there.

        Args:
            frame: Blender frame number (the first frame of a layout is 1).
        """
        scene = bpy.data.scenes[self.scene]
        scene.frame_set(frame)
        with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0]):
            return self._gather(bpy.context.evaluated_depsgraph_get())

    def _gather(self, depsgraph: bpy.types.Depsgraph) -> Surface:
        numbers: dict[int, int] = {}  # evaluated mesh pointer -> index in meshes
        parts_of: dict[int, np.ndarray] = {}  # scatter object -> part of every point
        meshes: list[TriangleMesh] = []
        copy_mesh, copy_part, copy_key, copy_slots, matrices = [], [], [], [], []
        slot_rows: dict[tuple[int, int], int] = {}  # object, mesh pointer -> row in slot_lists
        slot_lists: list[list[int]] = []
        for item in depsgraph.object_instances:
            thing = item.object
            if thing.type not in MESH_LIKE or not item.show_self or not thing.visible_camera:
                continue
            original = thing.original
            if original.hide_render:
                continue
            data = thing.data if thing.type == "MESH" else thing.to_mesh()
            pointer = data.as_pointer()
            if pointer not in numbers:
                numbers[pointer] = len(meshes)
                meshes.append(self._mesh(thing, data, len(meshes)))
            number = numbers[pointer]
            if not len(meshes[number].triangles):
                continue
            parent = 0
            part = original.get(PART, -1)
            ids = ()
            if item.is_instance:
                ids = tuple(item.persistent_id)
                parent = item.parent.original.session_uid
                if parent not in parts_of:
                    parts_of[parent] = _point_parts(item.parent.original)
                if len(parts_of[parent]):
                    part = int(parts_of[parent][ids[1]])  # (0, index of the point) for instances on points
            slots = original.session_uid, pointer
            if slots not in slot_rows:
                slot_rows[slots] = len(slot_lists)
                slot_lists.append(self._slots(thing))
            copy_slots.append(slot_rows[slots])
            copy_mesh.append(number)
            copy_part.append(part)
            copy_key.append(hash((original.session_uid, parent, *ids)))
            matrices.append(item.matrix_world.copy())
        world = np.array(matrices, np.float64).reshape(-1, 4, 4)
        return Surface(
            tuple(meshes),
            np.array(copy_mesh, np.int32),
            np.array(copy_part, np.int32),
            world,
            np.array(copy_key, np.int64),
            np.array(copy_slots, np.int32),
            _padded(slot_lists),
        )

    def _slots(self, thing: bpy.types.Object) -> list[int]:
        """Returns the material id of each slot of an evaluated object, its own or its mesh's as the slot says."""
        names = [slot.material.name_full if slot.material else "" for slot in thing.material_slots]
        return [self._material_id.get(name, 0) for name in names]

    def _mesh(self, thing: bpy.types.Object, data: bpy.types.Mesh, ordinal: int) -> TriangleMesh:
        """Returns the triangles of an evaluated mesh, the very object of the last frame if nothing changed."""
        original = thing.original
        rigid = original.type == "MESH" and not original.modifiers and original.data.shape_keys is None
        key = ("data", original.data.session_uid) if rigid else ("evaluated", original.session_uid, ordinal)
        known = self._meshes.get(key)
        if known is not None and rigid:
            return known
        fresh = triangles(data, self.normals, self.uv)
        if known is not None and _equal(known, fresh):
            return known
        self._meshes[key] = fresh
        return fresh


def triangles(data: bpy.types.Mesh, normals: bool = False, uv: bool = False) -> TriangleMesh:
    """Returns the triangles that Blender cuts the faces of an evaluated mesh into.

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
    mesh = TriangleMesh(vertices.reshape(-1, 3), corners.reshape(-1, 3), slots)
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


def _equal(first: TriangleMesh, second: TriangleMesh) -> bool:
    """Returns whether two meshes are the same to the last bit."""
    pairs = [(getattr(first, item.name), getattr(second, item.name)) for item in fields(TriangleMesh)]
    return all(a is b or (a is not None and b is not None and np.array_equal(a, b)) for a, b in pairs)


def _padded(lists: list[list[int]]) -> np.ndarray:
    """Returns the material ids of slots (L, K) uint16: short lists repeat their last, empty ones hold 0."""
    longest = max([1, *map(len, lists)])
    filled = [slots + [slots[-1] if slots else 0] * (longest - len(slots)) for slots in lists]
    return np.array(filled, np.uint16).reshape(-1, longest)


def _point_parts(thing: bpy.types.Object) -> np.ndarray:
    """Returns the `buildee_part` of every point of a scatter, or nothing for any other object."""
    attribute = thing.data.attributes.get(PART) if thing.type == "MESH" else None
    if attribute is None or attribute.domain != "POINT":
        return np.zeros(0, np.int32)
    parts = np.empty(len(attribute.data), np.int32)
    attribute.data.foreach_get("value", parts)
    return parts


def read_camera(scene: bpy.types.Scene, camera: bpy.types.Object) -> Camera:
    """Returns a camera of the scene at its current frame, as ground truth wants it.

    Resolution, sensor fit, lens shift and pixel aspect are taken from the evaluated projection matrix.
    """
    render = scene.render
    width = int(render.resolution_x * render.resolution_percentage / 100)
    height = int(render.resolution_y * render.resolution_percentage / 100)
    with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0]):
        depsgraph = bpy.context.evaluated_depsgraph_get()
        evaluated = camera.evaluated_get(depsgraph)
        projection = np.array(
            evaluated.calc_matrix_camera(
                depsgraph, x=width, y=height, scale_x=render.pixel_aspect_x, scale_y=render.pixel_aspect_y
            )
        )
    K = np.array(
        [
            [projection[0, 0] * width / 2, 0.0, (1 - projection[0, 2]) * width / 2],
            [0.0, projection[1, 1] * height / 2, (1 + projection[1, 2]) * height / 2],
            [0.0, 0.0, 1.0],
        ]
    )
    pose = np.array(evaluated.matrix_world.normalized(), np.float64) @ np.diag([1.0, -1.0, -1.0, 1.0])
    return Camera(K, pose, width, height, (evaluated.data.clip_start, evaluated.data.clip_end))
