"""Things that move, bend and change, under a camera that moves as well."""

from __future__ import annotations

from collections.abc import Callable

import bpy
import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.case import Case, animate, body, empty_tree, mesh_of, new_object, place
from benchmarks.proof.solids import at, box, linear, looking, sheet, turned

FRAMES = 3
_WALL = body(sheet(30, 30), at(0, 7, 0) @ turned((1, 0, 0), np.pi / 2), 0, frames=FRAMES)
_DRIFT = np.stack([looking((0.15 * t, -6 + 0.2 * t, 0.8), (0.05 * t, 0, 0), roll=0.03 * t) for t in range(FRAMES)])


def moving_and_turning_box() -> Case:
    boxes = np.stack([at(-1 + 0.6 * t, 0.2 * t, 0.1) @ turned((1, 0.4, 1), 0.3 + 0.25 * t) for t in range(FRAMES)])
    past = np.stack([at(0.9 - 0.7 * t, -1.2, -0.2) @ turned((0, 0, 1), 0.2) for t in range(FRAMES)])
    return Case(
        "moving and turning box",
        (
            _WALL,
            body(box(1.4, 1, 1.2), boxes, 1, frames=FRAMES),
            body(box(0.5, 0.5, 1.4), past, 2, frames=FRAMES),
        ),
        _DRIFT,
        frames=FRAMES,
        reach=30,
    )


def leaving_box() -> Case:
    """One box leaves the picture, one passes the camera, one appears in the second frame, one goes after it."""
    aside = np.stack([at(1.5 + 1.8 * t, 0, 0.3) @ turned((0, 0, 1), 0.4) for t in range(FRAMES)])
    past = np.stack([at(-0.5, -2.9 - 2.6 * t, 0.3) @ turned((0, 0, 1), 0.2) for t in range(FRAMES)])
    return Case(
        "leaving, passing and appearing boxes",
        (
            _WALL,
            body(box(1, 1, 1), aside, 1, frames=FRAMES),
            body(box(0.3, 0.3, 0.3), past, 2, frames=FRAMES),
            body(box(0.8, 0.8, 0.8), at(-1.6, 1, -0.7), 3, frames=FRAMES, shown=(False, True, True)),
            body(box(0.8, 0.8, 0.8), at(0.2, 1, -0.9), 4, frames=FRAMES, shown=(True, True, False)),
        ),
        looking((0, -6, 0.4), (0, 0, 0)),
        frames=FRAMES,
        reach=30,
    )


_LINK = (0.25, 0.25, 1.0)


def _chain_poses() -> list[NDArray[np.float64]]:
    """Poses (T, 4, 4) of three links, each hinged to the end of the one before."""
    links: list[list[NDArray[np.float64]]] = [[], [], []]
    for frame in range(FRAMES):
        joint = at(-0.2, 0, -1.2)
        for number, rows in enumerate(links):
            joint = joint @ turned((0.3, 1, 0.1 * number), 0.35 + 0.2 * frame * (1 + 0.3 * number))
            rows.append(joint @ at(0, 0, _LINK[2] / 2))
            joint = joint @ at(0, 0, _LINK[2])
    return [np.stack(rows) for rows in links]


def articulated_chain() -> Case:
    def build(case: Case) -> None:
        place("wall", _WALL)
        parent = None
        for number, item in enumerate(case.bodies[1:]):
            hinge = new_object(f"hinge {number}", None)
            hinge.parent = parent
            base = at(-0.2, 0, -1.2) if parent is None else at(0, 0, _LINK[2])
            angles = [0.35 + 0.2 * t * (1 + 0.3 * number) for t in range(FRAMES)]
            animate(hinge, np.stack([base @ turned((0.3, 1, 0.1 * number), angle) for angle in angles]))
            link = new_object(f"link {number}", mesh_of(item.solid), item.part)
            link.parent, link.location = hinge, (0, 0, _LINK[2] / 2)
            parent = hinge

    links = [body(box(*_LINK), poses, 1 + n, instance=2, frames=FRAMES) for n, poses in enumerate(_chain_poses())]
    return Case("articulated chain", (_WALL, *links), _DRIFT, build, frames=FRAMES, reach=30)


_LEANING, _LEAN = at(-0.2, 0.3, -0.4) @ turned((0, 0, 1), 0.5), np.array([0.8, -0.3, 0.5])
_AMOUNTS = (0.0, 0.4, 1.0)


def _leaning_box(name: str, build: Callable[[bpy.types.Object], None]) -> Case:
    """A box whose top something leans and lifts: an affine map for every amount of it."""

    def build_all(case: Case) -> None:
        place("wall", _WALL)
        thing = new_object("leaning", mesh_of(case.bodies[1].solid), 1)
        animate(thing, _LEANING[None])
        build(thing)

    changes = [np.eye(4) for _ in _AMOUNTS]
    for change, amount in zip(changes, _AMOUNTS, strict=True):
        change[:3, 2] += amount * _LEAN / 1.2
        change[:3, 3] += amount * _LEAN / 2
    item = body(box(1, 0.9, 1.2), [_LEANING @ change for change in changes], 1, frames=FRAMES, rigid=False)
    return Case(name, (_WALL, item), _DRIFT, build_all, frames=FRAMES, reach=30)


def shape_key() -> Case:
    def build(thing: bpy.types.Object) -> None:
        thing.shape_key_add(name="Basis")
        key = thing.shape_key_add(name="lean")
        for point in key.data:
            if point.co.z > 0:
                point.co = np.array(point.co) + _LEAN
        for frame, amount in enumerate(_AMOUNTS, 1):
            key.value = amount
            key.keyframe_insert("value", frame=frame)

    return _leaning_box("shape key", build)


def keyed_vertices() -> Case:
    def build(thing: bpy.types.Object) -> None:
        for vertex in [vertex for vertex in thing.data.vertices if vertex.co.z > 0]:
            rest = np.array(vertex.co)
            for frame, amount in enumerate(_AMOUNTS, 1):
                vertex.co = rest + amount * _LEAN
                vertex.keyframe_insert("co", frame=frame)

    return _leaning_box("keyed vertices", build)


def armature() -> Case:
    """One mesh of three boxes: on the first bone, on the second, and half on each (a mean of two rigid maps)."""
    foot, elbow = at(-0.4, 0, -1), at(0, 0, 1)
    bends = (0.2, 0.5, 0.9)
    rests = [at(0, 0, 0.45), at(0, 0, 1.6), at(0.5, 0, 1.0)]

    def maps(bend: float) -> list[NDArray[np.float64]]:
        lower = turned((0, 1, 0), 0.4 * bend)
        upper = lower @ elbow @ turned((0, 1, 0), bend) @ np.linalg.inv(elbow)
        return [lower, upper, (lower + upper) / 2]

    def build(case: Case) -> None:
        place("wall", _WALL)
        rig = _rig(foot, [0.4 * bend for bend in bends], list(bends))
        mesh = mesh_of(*(item.solid for item in case.bodies[1:]), placed=rests)
        thing = new_object("skin", mesh, 1)
        thing.matrix_world = foot.T.tolist()
        sizes = np.cumsum([0] + [len(item.solid.vertices) for item in case.bodies[1:]]).tolist()
        for bone, members in (("lower", {0: 1.0, 2: 0.5}), ("upper", {1: 1.0, 2: 0.5})):
            group = thing.vertex_groups.new(name=bone)
            for member, weight in members.items():
                group.add(list(range(sizes[member], sizes[member + 1])), weight, "REPLACE")
        thing.modifiers.new("Armature", "ARMATURE").object = rig

    shapes = (box(0.35, 0.35, 0.8), box(0.3, 0.3, 0.9), box(0.3, 0.5, 0.4))
    skins = [
        body(shape, np.stack([foot @ maps(bend)[n] @ rests[n] for bend in bends]), 1, frames=FRAMES, rigid=False)
        for n, shape in enumerate(shapes)
    ]
    return Case("armature", (_WALL, *skins), _DRIFT, build, frames=FRAMES, reach=30)


def _rig(foot: NDArray[np.float64], low: list[float], high: list[float]) -> bpy.types.Object:
    """Two bones up the z axis, each a metre, turned about y by an angle a frame."""
    data = bpy.data.armatures.new("rig")
    rig = new_object("rig", data)
    rig.matrix_world = foot.T.tolist()
    bpy.context.view_layer.objects.active = rig
    bpy.ops.object.mode_set(mode="EDIT")
    for number, name in enumerate(("lower", "upper")):
        bone = data.edit_bones.new(name)
        bone.head, bone.tail, bone.roll = (0, 0, number), (0, 0, number + 1), 0.0
        bone.parent = data.edit_bones.get("lower") if number else None
    bpy.ops.object.mode_set(mode="OBJECT")
    for name, angles in (("lower", low), ("upper", high)):
        pose_bone = rig.pose.bones[name]
        axes = np.array(pose_bone.bone.matrix_local)[:3, :3]
        pose_bone.rotation_mode = "AXIS_ANGLE"
        for frame, angle in enumerate(angles, 1):
            pose_bone.rotation_axis_angle = (angle, *(axes.T @ (0, 1, 0)))
            pose_bone.keyframe_insert("rotation_axis_angle", frame=frame)
    return rig


def node_motion() -> Case:
    """Geometry nodes that push points along by their height times the frame number: a shear that grows."""
    pose, push = at(-0.3, 0.2, 0) @ turned((0, 0, 1), 0.7), np.array([0.25, 0.1, 0.05])

    def build(case: Case) -> None:
        place("wall", _WALL)
        thing = new_object("pushed", mesh_of(case.bodies[1].solid), 1)
        thing.matrix_world = pose.T.tolist()
        thing.modifiers.new("Push", "NODES").node_group = _push(push)

    changes = [np.eye(4) for _ in range(FRAMES)]
    for frame, change in enumerate(changes, 1):
        change[:3, 2] += frame * push
    bodies = (_WALL, body(box(1, 0.8, 1.1), [pose @ c for c in changes], 1, frames=FRAMES, rigid=False))
    return Case("geometry-node motion", bodies, _DRIFT, build, frames=FRAMES, reach=30)


def _push(push: NDArray[np.float64]) -> bpy.types.NodeTree:
    tree = empty_tree("Push")
    start, end = tree.nodes.new("NodeGroupInput"), tree.nodes.new("NodeGroupOutput")
    move, where, clock = (
        tree.nodes.new(f"GeometryNode{kind}") for kind in ("SetPosition", "InputPosition", "InputSceneTime")
    )
    split, product = tree.nodes.new("ShaderNodeSeparateXYZ"), tree.nodes.new("ShaderNodeMath")
    product.operation = "MULTIPLY"
    scale = tree.nodes.new("ShaderNodeVectorMath")
    scale.operation = "SCALE"
    scale.inputs[0].default_value = push
    for source, target in (
        (start.outputs[0], move.inputs["Geometry"]),
        (where.outputs[0], split.inputs[0]),
        (split.outputs["Z"], product.inputs[0]),
        (clock.outputs["Frame"], product.inputs[1]),
        (product.outputs[0], scale.inputs["Scale"]),
        (scale.outputs[0], move.inputs["Offset"]),
        (move.outputs[0], end.inputs[0]),
    ):
        tree.links.new(source, target)
    return tree


def changing_topology() -> Case:
    """A row of boxes by a modifier whose count is keyed: one, two, two."""
    step, counts = 1.1, (1, 2, 2)

    def build(case: Case) -> None:
        place("wall", _WALL)
        thing = new_object("row", mesh_of(case.bodies[1].solid), 1)
        thing.matrix_world = case.bodies[1].poses[0].T.tolist()
        row = thing.modifiers.new("Row", "ARRAY")
        row.use_relative_offset, row.use_constant_offset = False, True
        row.constant_offset_displace = (step, 0, 0)
        for frame, count in enumerate(counts, 1):
            row.count = count
            thing.keyframe_insert('modifiers["Row"].count', frame=frame)

    first = at(-0.8, 0.3, 0) @ turned((0, 0, 1), 0.3)
    row = [
        body(
            box(0.8, 0.8, 1),
            first @ at(step * n, 0, 0),
            1,
            frames=FRAMES,
            shown=[n < c for c in counts],
            mesh=counts,
            rigid=False,
        )
        for n in range(2)
    ]
    return Case("changing topology", (_WALL, *row), _DRIFT, build, frames=FRAMES, reach=30)


def growing_box() -> Case:
    """An object whose scale is keyed, one axis mirrored."""
    poses = [at(0, 0, 0) @ turned((1, 1, 0), 0.4) @ linear((-0.6 - 0.3 * t, 1 + 0.2 * t, 0.8)) for t in range(FRAMES)]
    bodies = (_WALL, body(box(1, 1, 1), poses, 1, frames=FRAMES))
    return Case("growing mirrored box", bodies, _DRIFT, frames=FRAMES, reach=30)


CASES = (
    moving_and_turning_box,
    leaving_box,
    articulated_chain,
    shape_key,
    keyed_vertices,
    armature,
    node_motion,
    changing_topology,
    growing_box,
)
