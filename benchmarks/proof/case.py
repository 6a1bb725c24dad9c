"""A case of the proof, and how it is built in Blender."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray

from benchmarks.proof.solids import Solid, linear
from benchmarks.proof.world import Body, Lens
from buildee.blender.build import PART
from buildee.truth.surface import LabelTable

_BLENDER_FROM_OPENCV = np.diag([1.0, -1.0, -1.0, 1.0])

Poses = NDArray[np.float64] | Sequence[NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Case:
    """A scene twice over: how to build it, and its formulas.

    Attributes:
        name: short.
        bodies: its formulas.
        camera: (T, 4, 4) or one (4, 4) world_from_camera.
        build: makes the objects; without it each body becomes an object of its own.
        lens: the camera's.
        frames: T.
        reach: metres, the largest length that matters to float32 arithmetic seen from the camera.
        origin: metres, how far the scene lies from the world's origin.
        upright: whether boxes in space are asked for without poses: the smallest upright ones.
        camera_scale: of the camera object, which must not matter.
        smooth: depth of the smooth surface that facets stand for, and how far they may lie from it, both (H, W) given
            the rays (H, W, 3) from the camera, world axes.
        own_shading: whether Blender gives its surface smooth normals and texture coordinates of its own, as to curves;
            formulas know flat shading and the coordinates of `mesh_of`.
        blunt: why the renderer itself is less exact than the formulas here, if it is.
    """

    name: str
    bodies: tuple[Body, ...]
    camera: Poses
    build: Callable[[Case], None] | None = None
    lens: Lens = field(default_factory=Lens)
    frames: int = 1
    reach: float = 10.0
    origin: float = 0.0
    upright: bool = False
    camera_scale: tuple[float, float, float] = (1.0, 1.0, 1.0)
    smooth: Callable[[NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.float64]]] | None = None
    own_shading: bool = False
    blunt: str = ""

    @property
    def cameras(self) -> NDArray[np.float64]:
        """(T, 4, 4) world_from_camera."""
        return np.broadcast_to(np.asarray(self.camera), (self.frames, 4, 4))

    @property
    def labels(self) -> LabelTable:
        """One category an instance, id 10 + instance."""
        part_instance = {body.part: body.instance for body in self.bodies if body.part >= 0}
        owners = np.array([part_instance[row] for row in range(len(part_instance))], np.int32)
        count = int(owners.max(initial=0))
        return LabelTable(
            tuple(f"part {row}" for row in range(len(owners))),
            owners,
            tuple(f"thing {number + 1}" for number in range(count)),
            np.arange(11, 11 + count, dtype=np.int32),
            {11 + number: f"kind {number + 1}" for number in range(count)},
            np.ones(count, bool),
        )


def body(
    solid: Solid,
    poses: Poses,
    part: int,
    instance: int | None = None,
    frames: int = 1,
    shown: Sequence[bool] | None = None,
    mesh: Sequence[int] | None = None,
    rigid: bool = True,
) -> Body:
    """A body whose instance is its part + 1 unless told; one pose holds for all frames."""
    return Body(
        solid,
        np.broadcast_to(np.asarray(poses, float), (frames, 4, 4)),
        part,
        part + 1 if instance is None else instance,
        np.ones(frames, bool) if shown is None else np.array(shown),
        np.zeros(frames, int) if mesh is None else np.array(mesh),
        rigid,
    )


def construct(case: Case) -> tuple[bpy.types.Scene, bpy.types.Object]:
    """Empties the file and builds a case; returns its scene and camera."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.frame_start, scene.frame_end = 1, case.frames
    if case.build is not None:
        case.build(case)
    else:
        for number, item in enumerate(case.bodies):
            place(f"body {number}", item)
    return scene, _camera(case, scene)


def _camera(case: Case, scene: bpy.types.Scene) -> bpy.types.Object:
    lens, render = case.lens, scene.render
    data = bpy.data.cameras.new("eye")
    data.lens, data.sensor_fit = lens.focal, lens.fit
    data.sensor_width, data.sensor_height = lens.sensor
    data.shift_x, data.shift_y = lens.shift
    data.clip_start, data.clip_end = lens.clip
    eye = bpy.data.objects.new("eye", data)
    scene.collection.objects.link(eye)
    scene.camera = eye
    animate(eye, case.cameras @ _BLENDER_FROM_OPENCV @ linear(case.camera_scale))
    render.resolution_x, render.resolution_y = lens.size
    render.resolution_percentage = lens.percentage
    render.pixel_aspect_x, render.pixel_aspect_y = lens.aspect
    return eye


def mesh_of(*solids: Solid, placed: Sequence[NDArray[np.float64]] = ()) -> bpy.types.Mesh:
    """A Blender mesh of solids, each under an optional pose; a corner's texture coordinates are its solid's x and y."""
    vertices, faces, uv = [], [], []
    for number, solid in enumerate(solids):
        first = len(vertices)
        pose = placed[number] if len(placed) else np.eye(4)
        vertices += (solid.vertices @ pose[:3, :3].T + pose[:3, 3]).tolist()
        faces += [[first + corner for corner in face] for face in solid.faces]
        uv += [solid.vertices[corner][:2] for face in solid.faces for corner in face]
    data = bpy.data.meshes.new("solid")
    data.from_pydata(vertices, [], faces)
    data.uv_layers.new().uv.foreach_set("vector", np.array(uv, np.float32).ravel())
    return data


def new_object(
    name: str, data: bpy.types.ID | None, part: int = -1, collection: bpy.types.Collection | None = None
) -> bpy.types.Object:
    """An object linked to a collection, the scene's own unless told, with its row of the label table.

    Each row has a material of its own, which hangs on the object and not on its mesh.
    """
    thing = bpy.data.objects.new(name, data)
    (collection or bpy.context.scene.collection).objects.link(thing)
    if part >= 0:
        thing[PART] = part
        if isinstance(data, bpy.types.Mesh):
            data.materials.append(None)
            thing.material_slots[0].link = "OBJECT"
            thing.material_slots[0].material = _material(part)
    return thing


def _material(part: int) -> bpy.types.Material:
    name = material_name(part)
    return bpy.data.materials.get(name) or bpy.data.materials.new(name)


def material_name(part: int) -> str:
    """The name of the material of a row; they sort as the rows do."""
    return f"material {part:03d}"


def place(name: str, item: Body, collection: bpy.types.Collection | None = None) -> bpy.types.Object:
    """The object of a rigid body."""
    thing = new_object(name, mesh_of(item.solid), item.part, collection)
    if _sheared(item.poses):
        animate_through_parent(thing, item.poses)
    else:
        animate(thing, item.poses)
    if not item.shown.all():
        for frame, shown in enumerate(item.shown, 1):
            thing.hide_render = thing.hide_viewport = not shown
            thing.keyframe_insert("hide_render", frame=frame)
            thing.keyframe_insert("hide_viewport", frame=frame)
    return thing


def animate(thing: bpy.types.Object, poses: NDArray[np.float64]) -> None:
    """Gives an object poses (T, 4, 4) on frames 1 to T: places, turns and scales, no shear."""
    thing.rotation_mode = "QUATERNION"
    moves = (poses != poses[0]).any()
    for frame, pose in enumerate(poses if moves else poses[:1], 1):
        thing.location, thing.rotation_quaternion, thing.scale = Matrix(pose.tolist()).decompose()
        if moves:
            for channel in ("location", "rotation_quaternion", "scale"):
                thing.keyframe_insert(channel, frame=frame)


def animate_through_parent(thing: bpy.types.Object, poses: NDArray[np.float64]) -> None:
    """Gives an object one pose that shears, as Blender can only through a parent."""
    thing.parent = new_object(f"{thing.name} parent", None)
    thing.matrix_parent_inverse = Matrix(poses[0].tolist())


def _sheared(poses: NDArray[np.float64]) -> bool:
    axes = poses[:, :3, :3]
    products = axes.transpose(0, 2, 1) @ axes
    return bool((np.abs(products * (1 - np.eye(3))) > 1e-9).any())


def empty_tree(name: str) -> bpy.types.NodeTree:
    """A geometry-node group with one input and one output."""
    tree = bpy.data.node_groups.new(name, "GeometryNodeTree")
    for side in ("INPUT", "OUTPUT"):
        tree.interface.new_socket("Geometry", in_out=side, socket_type="NodeSocketGeometry")
    return tree
