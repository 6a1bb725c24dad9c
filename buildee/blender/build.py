"""Builds a layout in Blender. Decides nothing and draws no random numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray

from buildee.blender import assets, meshes, scatters
from buildee.blender.lens import set_distorted, set_panorama
from buildee.blender.materials import material
from buildee.blender.materials.finish import HEIGHT
from buildee.blender.materials.islands import mark_islands
from buildee.blender.materials.look import write_looks
from buildee.blender.sky import build_sky
from buildee.blender.texture import write_metres
from buildee.blender.version import curves_of
from buildee.layout.kinematics import world_from_part
from buildee.layout.material import Material
from buildee.layout.pictures import textures
from buildee.layout.rows import Rows, rows
from buildee.layout.scene import AssetMesh, Camera, Instance, Layout, Light, Mesh
from buildee.progress import progress
from buildee.truth.lens import lens_of

PART = "buildee_part"
"""Attribute of every built object and scattered point: its row in the layout."""

INSTANCE = "inst_id"
"""Attribute with the instance id, 1-based; named as bpycv reads it."""

VARIATION = "buildee_variation"
"""Attribute in [0, 1) that lets materials tell instances apart; equal for the parts of one instance."""

MAX_PASS_INDEX = 32767
"""Blender clamps the Object Index here; more rows than this share indices, which only blunts the audit."""

SENSOR = 36.0
"""Sensor width given to every camera, millimetres: 35 mm film, so that lenses read as people know them."""

SPOT_BLEND = 0.4
"""Share of a spot's cone over which its light fades to the rim."""

_LINEAR = 1
"""The number of linear interpolation among Blender's."""

BLENDER_FROM_OPENCV = np.diag([1.0, -1.0, -1.0, 1.0])


@dataclass(frozen=True, eq=False)
class Built:
    """What building left in the file. Holds names, never datablocks, which undo and load invalidate.

    Attributes:
        scene: name of the Blender scene.
        rows: the row numbers behind `buildee_part`.
        cameras: object names in the order of the layout's cameras.
        pass_index: (R,) int32, the Object Index that Cycles writes for each row; all copies of a scatter
            share their prototype's.
        collection: name of the collection that holds all of it.
    """

    scene: str
    rows: Rows
    cameras: tuple[str, ...]
    pass_index: NDArray[np.int32]
    collection: str


def build(layout: Layout, scene: bpy.types.Scene) -> Built:
    """Builds a layout into a scene: objects, scatters, animation, lights, sky and cameras.

    Args:
        layout: the decided scene.
        scene: receives a collection named after the world; what it held stays.

    Raises:
        AssetError: if a library lacks a mesh that the layout names.
    """
    steps = build_steps(layout, scene)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def build_steps(layout: Layout, scene: bpy.types.Scene) -> Generator[float, None, Built]:
    """Builds a layout as `build` does, a thing at a time; yields the share that is done, 0 to 1.

    The scene's own settings change at the very end.
    """
    numbered = rows(layout)
    pass_index = pass_indices(layout, numbered)
    collection = bpy.data.collections.new(layout.world)
    yield 0.0
    shown = _Meshes(layout)
    yield 0.0
    cameras = [_camera(camera) for camera in layout.cameras]
    total = sum(len(item.parts) for item in layout.instances) + len(layout.scatters) + len(layout.lights) + len(cameras)
    things = (
        _parts(layout, numbered, pass_index, shown),
        _scatters(layout, numbered, pass_index, shown),
        map(_light, layout.lights),
        cameras,
    )
    for number, thing in enumerate(chain(*things), 1):
        collection.objects.link(thing)
        yield number / total
    scene.collection.children.link(collection)  # only now: what a viewport shows is evaluated again at every change
    if layout.sky is not None:
        build_sky(layout.sky, scene, collection)
    scene.camera = cameras[0] if cameras else None
    scene.frame_start, scene.frame_end = 1, layout.frames
    scene.render.fps = max(1, round(layout.fps))
    scene.render.fps_base = scene.render.fps / layout.fps
    scene.view_settings.exposure = layout.exposure
    return Built(scene.name, numbered, tuple(camera.name for camera in cameras), pass_index, collection.name)


def pass_indices(layout: Layout, numbered: Rows) -> NDArray[np.int32]:
    """Returns (R,) the Object Index of every row: copies of a countable scatter share that of the first."""
    index = np.arange(len(numbered.part_name), dtype=np.int32) % MAX_PASS_INDEX + 1
    for first, scatter in zip(numbered.scatter_first, layout.scatters, strict=True):
        if scatter.countable:
            index[first : first + len(scatter.poses)] = index[first]
    return index


def _parts(layout: Layout, numbered: Rows, pass_index: NDArray[np.int32], shown: _Meshes) -> Iterator[bpy.types.Object]:
    """Creates an object for every part of every instance."""
    poses = world_from_part(layout)
    for index, instance in enumerate(progress(layout.instances, "build")):
        variation = variation_of(instance.name)
        heights = rest_heights(instance)
        for offset, part in enumerate(instance.parts):
            row = int(numbered.instance_first[index]) + offset
            thing = bpy.data.objects.new(f"{instance.name}/{part.name}", shown.get(part.shape, part.materials))
            thing[PART] = row
            thing[INSTANCE] = int(numbered.part_instance[row]) + 1
            thing[VARIATION] = variation
            thing[HEIGHT] = heights[offset]
            thing.pass_index = int(pass_index[row])
            set_motion(thing, poses[:, row])
            yield thing


def _scatters(
    layout: Layout, numbered: Rows, pass_index: NDArray[np.int32], shown: _Meshes
) -> Iterator[bpy.types.Object]:
    """Creates an object for every scatter; its prototype stays out of the scene."""
    for first, scatter in zip(numbered.scatter_first.tolist(), layout.scatters, strict=True):
        copies = np.arange(len(scatter.poses), dtype=np.int32)
        part_rows = first + (copies if scatter.countable else 0 * copies)
        prototype = bpy.data.objects.new(f"{scatter.name}/prototype", shown.get(scatter.shape, scatter.materials))
        prototype.pass_index = int(pass_index[first])
        prototype[INSTANCE] = int(numbered.part_instance[first]) + 1
        variations = np.array([variation_of(f"{scatter.name}/{copy}") for copy in copies])
        attributes = {
            PART: part_rows,
            INSTANCE: numbered.part_instance[part_rows] + 1,
            VARIATION: variations.astype(np.float32),
        }
        yield scatters.create(scatter.name, prototype, scatter.poses, attributes)


def variation_of(name: str) -> float:
    """Returns the variation of an instance: a hash of its name, so that it never depends on order."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little") / 2**32


def rest_heights(instance: Instance) -> list[float]:
    """Returns how high the origin of each part lies in the instance's frame with all joints at zero, metres."""
    poses: list[NDArray[np.float64]] = []
    for part in instance.parts:
        poses.append(part.rest if part.parent < 0 else poses[part.parent] @ part.rest)
    return [float(pose[2, 3]) for pose in poses]


class _Meshes:
    """Shared meshes: one datablock per shape and materials, because Cycles shares no object-level slots."""

    def __init__(self, layout: Layout) -> None:
        self.shapes = layout.shapes
        used = [shape for shape in layout.shapes.values() if isinstance(shape, AssetMesh)]
        self.appended = assets.append_meshes(used) if used else {}
        self.textures = assets.append_textures(textures(layout))
        self.plain: dict[str, bpy.types.Mesh] = {}
        self.brought: dict[str, tuple[bpy.types.Material, ...]] = {}
        self.made: dict[tuple[str, tuple[Material, ...]], bpy.types.Mesh] = {}

    def get(self, key: str, materials: tuple[Material, ...]) -> bpy.types.Mesh:
        """Returns the mesh of a shape with these materials in its slots."""
        if (key, materials) not in self.made:
            if key in self.plain:
                mesh = self.plain[key].copy()
            else:
                mesh = self.plain[key] = self._create(key)
                self.brought[key] = tuple(mesh.materials)
                mark_islands(mesh)
            slots = np.empty(len(mesh.polygons), np.int32)
            mesh.polygons.foreach_get("material_index", slots)
            mesh.materials.clear()  # which also sends every face to slot 0
            brought = dict(enumerate(self.brought[key]))
            for slot, spec in enumerate(materials):
                own = (self.textures.get(spec.picture) or brought.get(slot)) if spec.kind == "own" else None
                mesh.materials.append(own or material(spec))
            mesh.polygons.foreach_set("material_index", slots)
            write_looks(mesh, materials, slots)
            if any(spec.picture for spec in materials):
                write_metres(mesh)
            self.made[key, materials] = mesh
        return self.made[key, materials]

    def _create(self, key: str) -> bpy.types.Mesh:
        shape = self.shapes[key]
        return meshes.create_mesh(key, shape) if isinstance(shape, Mesh) else self.appended[shape]


def set_motion(thing: bpy.types.Object, poses: NDArray[np.float64]) -> None:
    """Gives an object its world pose: one transform, or plain linear keys on frames 1 to T.

    Args:
        thing: an object without a parent.
        poses: (T, 4, 4) world poses; scale is allowed, shear is not.
    """
    thing.rotation_mode = "QUATERNION"
    away = np.abs(poses[:, :3] - poses[0, :3]).max(0)
    moving = away[:, :3].max() > 1e-9, away[:, 3].max() > 1e-9
    last = None
    for frame, pose in enumerate(poses if any(moving) else poses[:1], start=1):
        location, turn, scale = Matrix(pose.tolist()).decompose()
        if last is not None:
            turn.make_compatible(last)
        last = turn
        thing.location, thing.rotation_quaternion, thing.scale = location, turn, scale
        if moving[0]:
            thing.keyframe_insert("rotation_quaternion", frame=frame)
        if moving[1]:
            thing.keyframe_insert("location", frame=frame)
    if thing.animation_data is not None:
        _straighten(thing.animation_data.action)


def _straighten(action: bpy.types.Action) -> None:
    """Makes keys linear, which scripts can only do afterwards: what is between frames matters to motion blur."""
    for curve in curves_of(action):
        curve.keyframe_points.foreach_set("interpolation", [_LINEAR] * len(curve.keyframe_points))
        curve.update()


def _light(light: Light) -> bpy.types.Object:
    """Creates a lamp."""
    data = bpy.data.lights.new(light.name, "AREA" if light.kind == "portal" else light.kind.upper())
    data.energy, data.color = light.power, light.color
    if light.kind == "portal":
        data.shape, data.size, data.size_y, data.cycles.is_portal = "RECTANGLE", light.size, light.height, True
    elif light.kind == "area" and light.height is not None:
        data.shape, data.size, data.size_y = "RECTANGLE", light.size, light.height
    elif light.kind == "area":
        data.size = light.size
    else:
        data.shadow_soft_size = light.size
    if light.kind == "spot":
        data.spot_size, data.spot_blend = light.angle, SPOT_BLEND
    thing = bpy.data.objects.new(light.name, data)
    thing.matrix_world = Matrix(light.pose.tolist())
    thing.visible_camera = False  # its face is a thing of its own, which ground truth knows
    return thing


def _camera(camera: Camera) -> bpy.types.Object:
    """Creates a camera with its keys."""
    data = bpy.data.cameras.new(camera.name)
    data.sensor_fit, data.sensor_width = "HORIZONTAL", SENSOR
    if camera.lens is None:
        data.lens = camera.focal * SENSOR / camera.width
    else:
        lens = lens_of(camera.lens.model, camera.lens.parameters)
        if lens.perspective:
            set_distorted(data, lens, camera.focal, camera.width, camera.height)
        else:
            set_panorama(data, lens, camera.focal, camera.width)
    data.clip_start, data.clip_end = camera.clip
    thing = bpy.data.objects.new(camera.name, data)
    thing["buildee_size"] = (camera.width, camera.height)
    set_motion(thing, camera.poses @ BLENDER_FROM_OPENCV)
    return thing
