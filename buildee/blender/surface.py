"""Reads the evaluated triangles of a Blender scene: the only thing ground truth is computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import bpy
import numpy as np

from buildee.blender.build import PART
from buildee.truth.surface import Camera, Surface, TriangleMesh

PartOf = Callable[[bpy.types.DepsgraphObjectInstance, bpy.types.Object, tuple[int, ...]], int]

MESH_LIKE = {"MESH", "CURVE", "SURFACE", "FONT", "META"}


@dataclass(eq=False)
class SurfaceReader:
    """Reads the surface of a scene frame after frame, keeping unchanged meshes as the same object.

    Attributes:
        scene: name of the Blender scene.
        part_of: says which row of the label table an item of the dependency graph is, given the object that it shows
            and the ids of the copy (none for an object itself); None takes the attribute `buildee_part`.
        on_frame: called once the scene stands at a frame, before it is read.
    """

    scene: str
    part_of: PartOf | None = None
    on_frame: Callable[[], None] | None = None
    _meshes: dict[tuple[object, ...], TriangleMesh] = field(default_factory=dict)

    def read(self, frame: int) -> Surface:
        """Moves the scene to a frame and returns every triangle that a camera can see there.

        Args:
            frame: Blender frame number (the first frame of a layout is 1).
        """
        scene = bpy.data.scenes[self.scene]
        scene.frame_set(frame)
        if self.on_frame is not None:
            self.on_frame()
        with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0]):
            return self._gather(bpy.context.evaluated_depsgraph_get())

    def _gather(self, depsgraph: bpy.types.Depsgraph) -> Surface:
        numbers: dict[int, int] = {}  # evaluated mesh pointer -> index in meshes
        parts_of: dict[int, np.ndarray] = {}  # scatter object -> part of every point
        meshes: list[TriangleMesh] = []
        copy_mesh, copy_part, copy_key, matrices = [], [], [], []
        for item in depsgraph.object_instances:
            thing = item.object
            if thing.type not in MESH_LIKE or not item.show_self or not thing.visible_camera:
                continue
            original = thing.original
            if original.hide_render and not item.is_instance:  # what is instanced is often hidden itself
                continue
            data = thing.data if thing.type == "MESH" else thing.to_mesh()
            pointer = data.as_pointer()
            if pointer not in numbers:
                numbers[pointer] = len(meshes)
                meshes.append(self._mesh(thing, data, len(meshes)))
            number = numbers[pointer]
            if not len(meshes[number].triangles):
                continue
            parent = item.parent.original.session_uid if item.is_instance else 0
            ids = tuple(item.persistent_id) if item.is_instance else ()
            part = (
                _built_part(item, original, ids, parts_of)
                if self.part_of is None
                else self.part_of(item, original, ids)
            )
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
        )

    def _mesh(self, thing: bpy.types.Object, data: bpy.types.Mesh, ordinal: int) -> TriangleMesh:
        """Returns the triangles of an evaluated mesh, the very object of the last frame if nothing changed."""
        original = thing.original
        rigid = original.type == "MESH" and not original.modifiers and original.data.shape_keys is None
        key = ("data", original.data.session_uid) if rigid else ("evaluated", original.session_uid, ordinal)
        known = self._meshes.get(key)
        if known is not None and rigid:
            return known
        fresh = triangles(data)
        if known is not None and _equal(known, fresh):
            return known
        self._meshes[key] = fresh
        return fresh


def triangles(data: bpy.types.Mesh) -> TriangleMesh:
    """Returns the triangles that Blender cuts the faces of an evaluated mesh into."""
    data.calc_loop_triangles()
    vertices = np.empty(3 * len(data.vertices), np.float32)
    data.vertices.foreach_get("co", vertices)
    corners = np.empty(3 * len(data.loop_triangles), np.int32)
    data.loop_triangles.foreach_get("vertices", corners)
    slots = np.empty(len(data.loop_triangles), np.int32)
    data.loop_triangles.foreach_get("material_index", slots)
    return TriangleMesh(vertices.reshape(-1, 3), corners.reshape(-1, 3), slots)


def _equal(first: TriangleMesh, second: TriangleMesh) -> bool:
    """Returns whether two meshes are the same to the last bit."""
    return np.array_equal(first.vertices, second.vertices) and np.array_equal(first.triangles, second.triangles)


def _built_part(
    item: bpy.types.DepsgraphObjectInstance,
    original: bpy.types.Object,
    ids: tuple[int, ...],
    parts_of: dict[int, np.ndarray],
) -> int:
    """Returns the row that building gave an object, or the point of a scatter, -1 for none.

    Args:
        item: of the dependency graph.
        original: the object that it shows.
        ids: of the copy.
        parts_of: the rows of every point by scatter, remembered from item to item.
    """
    if item.is_instance:
        parent = item.parent.original
        if parent.session_uid not in parts_of:
            parts_of[parent.session_uid] = _point_parts(parent)
        if len(parts_of[parent.session_uid]):
            return int(parts_of[parent.session_uid][ids[1]])  # (0, index of the point) for instances on points
    return original.get(PART, -1)


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
