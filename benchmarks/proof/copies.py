"""Copies of many kinds, mirrored, stretched and sheared poses, and things that are not to be seen."""

from __future__ import annotations

import bpy
import numpy as np

from benchmarks.proof.case import Case, animate, body, empty_tree, mesh_of, new_object, place
from benchmarks.proof.solids import at, box, globe, linear, looking, sheet, turned
from buildee.blender import scatters
from buildee.blender.build import PART

_EYE = looking((0.2, -6, 1.2), (0, 0, 0))
_WALL = body(sheet(30, 30), at(0, 7, 0) @ turned((1, 0, 0), np.pi / 2), 0)
_PLACES = (
    at(-1.5, 0, 0.3) @ turned((0, 0, 1), 0.5),
    at(0.2, 1.2, -0.2) @ turned((1, 0, 1), 0.9),
    at(1.4, -0.6, 0) @ turned((0, 1, 1), 1.4) @ linear((1, 1.4, 0.6)),
)


def _with_wall(case: Case) -> None:
    place("wall", case.bodies[0])


def collection_instances() -> Case:
    """A collection of two boxes, placed three times by empties: copies of an object share its part."""
    inner = (at(0, 0, 0.1), at(0.5, 0.1, 0.4) @ turned((1, 0, 0), 0.3))
    solids = (box(0.7, 0.5, 0.4), box(0.3, 0.3, 0.5))

    def build(case: Case) -> None:
        _with_wall(case)
        group = bpy.data.collections.new("group")
        for number, (solid, pose) in enumerate(zip(solids, inner, strict=True)):
            thing = new_object(f"member {number}", mesh_of(solid), 1 + number, group)
            thing.matrix_world = pose.T.tolist()
        for number, pose in enumerate(_PLACES):
            empty = new_object(f"empty {number}", None)
            empty.matrix_world = pose.T.tolist()
            empty.instance_type, empty.instance_collection = "COLLECTION", group

    copies = [body(solids[n], pose @ inner[n], 1 + n, instance=2 + n) for pose in _PLACES for n in range(2)]
    return Case("collection instances", (_WALL, *copies), _EYE, build, reach=30)


def node_instances() -> Case:
    """One prototype on points by geometry nodes, each point a part and an instance of its own."""
    solid = box(0.8, 0.6, 0.5)
    mirrored = at(-0.3, -1.5, -0.8) @ turned((0.2, 0, 1), 0.4) @ linear((-0.5, 0.7, 1.2))
    poses = np.stack([*_PLACES, mirrored])

    def build(case: Case) -> None:
        _with_wall(case)
        prototype = bpy.data.objects.new("prototype", mesh_of(solid))
        thing = scatters.create("scatter", prototype, poses, {PART: np.arange(1, 5, dtype=np.int32)})
        bpy.context.scene.collection.objects.link(thing)

    copies = [body(solid, pose, 1 + n) for n, pose in enumerate(poses)]
    return Case("node instances", (_WALL, *copies), _EYE, build, reach=30)


def generated_instances() -> Case:
    """Boxes that nodes make and place themselves: no object is copied, the geometry is."""
    first, step = at(-1.2, 0.2, 0.1) @ turned((0, 0.2, 1), 0.3), 1.2

    def build(case: Case) -> None:
        _with_wall(case)
        thing = new_object("maker", bpy.data.meshes.new("empty"), 1)
        animate(thing, first[None])
        tree = empty_tree("Row")
        end = tree.nodes.new("NodeGroupOutput")
        line, cube, copies = (
            tree.nodes.new(f"GeometryNode{kind}") for kind in ("MeshLine", "MeshCube", "InstanceOnPoints")
        )
        line.inputs["Count"].default_value, line.inputs["Offset"].default_value = 3, (step, 0, 0)
        cube.inputs["Size"].default_value = (0.7, 0.6, 0.5)
        tree.links.new(line.outputs[0], copies.inputs["Points"])
        tree.links.new(cube.outputs[0], copies.inputs["Instance"])
        tree.links.new(copies.outputs[0], end.inputs[0])
        thing.modifiers.new("Row", "NODES").node_group = tree

    row = [body(box(0.7, 0.6, 0.5), first @ at(step * n, 0, 0), 1, rigid=False) for n in range(3)]
    return Case("generated instances", (_WALL, *row), _EYE, build, reach=30)


def nested_instances() -> Case:
    """A collection instance inside a collection that is itself placed twice, off its origin."""
    solid, step, offset = box(0.5, 0.4, 0.6), at(0.2, 0.3, 0.5) @ turned((0, 0, 1), 0.6), (0.1, -0.2, 0.3)

    def build(case: Case) -> None:
        _with_wall(case)
        leaf, branch = bpy.data.collections.new("leaf"), bpy.data.collections.new("branch")
        branch.instance_offset = offset
        new_object("member", mesh_of(solid), 1, leaf)
        inner = new_object("inner", None, collection=branch)
        inner.instance_type, inner.instance_collection = "COLLECTION", leaf
        inner.matrix_world = step.T.tolist()
        for number, pose in enumerate(_PLACES[:2]):
            empty = new_object(f"outer {number}", None)
            empty.matrix_world = pose.T.tolist()
            empty.instance_type, empty.instance_collection = "COLLECTION", branch

    copies = [body(solid, pose @ at(*np.negative(offset)) @ step, 1, instance=2) for pose in _PLACES[:2]]
    return Case("nested instances", (_WALL, *copies), _EYE, build, reach=30)


def vertex_instances() -> Case:
    """An object placed on the vertices of its parent; renders do not show the object itself."""
    solid, spots = box(0.4, 0.3, 0.5), ((-1, 0, 0), (1, 0, 0.4), (0.2, 0.3, -0.6))

    def build(case: Case) -> None:
        _with_wall(case)
        data = bpy.data.meshes.new("spots")
        data.from_pydata(spots, [], [])
        parent = new_object("parent", data)
        parent.instance_type = "VERTS"
        new_object("child", mesh_of(solid), 1).parent = parent

    copies = [body(solid, at(*spot), 1, instance=2) for spot in spots]
    return Case("vertex instances", (_WALL, *copies), _EYE, build, reach=30)


def mirrored_and_stretched() -> Case:
    poses = (
        at(-1.3, 0, 0.2) @ turned((1, 1, 0), 0.6) @ linear((-1, 1, 1)),
        at(0.3, 0.5, -0.3) @ turned((0, 1, 1), 1.0) @ linear((-0.5, -1.7, -1)),
        at(1.6, -0.2, 0.4) @ turned((0.3, 0, 1), 0.5) @ linear((0.1, 2.2, 1)),
    )
    solid = box(0.8, 0.9, 1.0)
    return Case("mirrored and stretched", (_WALL, *(body(solid, p, n) for n, p in enumerate(poses, 1))), _EYE, reach=30)


def sheared() -> Case:
    shear = np.array([[1, 0.7, 0.2], [0, 1, -0.4], [0.3, 0, 1]])
    poses = (
        at(-1.0, 0.2, 0.1) @ turned((1, 1, 0), 0.6) @ linear(shear),
        at(1.0, -0.3, 0.0) @ turned((0, 1, 1), 1.0) @ linear(-shear),
    )
    shapes = (box(0.8, 0.9, 1.0), globe(0.6, 16, 8))
    bodies = (_WALL, *(body(shapes[n], p, n + 1) for n, p in enumerate(poses)))
    return Case("sheared", bodies, _EYE, reach=30)


def flattened() -> Case:
    """Objects scaled to nothing along one axis, as people flatten things: they are sheets."""
    place_, tilt = at(-0.8, 0, 0.2), at(0.9, -0.5, 0) @ turned((1, 0.2, 0), 0.9)
    sheets = (body(sheet(1.5, 1.2), place_ @ turned((1, 0, 0.2), 1.2), 1), body(sheet(1, 1.4), tilt, 2))

    def build(case: Case) -> None:
        _with_wall(case)
        for number, (item, size) in enumerate(zip(case.bodies[1:], ((1.5, 1.2), (1, 1.4)), strict=True)):
            thing = new_object(f"flat {number}", mesh_of(box(*size, 0.7)), item.part)
            animate(thing, item.poses)
            thing.scale = (1, 1, 0)

    bodies = (_WALL, *(body(b.solid, b.poses[0], b.part, rigid=False) for b in sheets))
    return Case("flattened to nothing", bodies, _EYE, build, reach=30)


def _hidden(name: str) -> Case:
    """A box that is seen, and before it one that something hides: the formulas know only the first."""

    def build(case: Case) -> None:
        for number, item in enumerate(case.bodies):
            place(f"body {number}", item)
        thing = new_object("hidden", mesh_of(box(3, 0.3, 3)), 0)
        thing.location = (0, -2, 0)
        _HIDE[name](thing)

    return Case(name, (_WALL, body(box(1, 1, 1), at(0.1, 0, 0.2), 1)), _EYE, build, reach=30)


def _into_collection(thing: bpy.types.Object) -> bpy.types.Collection:
    group = bpy.data.collections.new("hidden things")
    scene = bpy.context.scene
    scene.collection.children.link(group)
    scene.collection.objects.unlink(thing)
    group.objects.link(thing)
    return group


def _exclude(thing: bpy.types.Object) -> None:
    group = _into_collection(thing)
    bpy.context.view_layer.layer_collection.children[group.name].exclude = True


def _see_indirectly(thing: bpy.types.Object) -> None:
    group = _into_collection(thing)
    bpy.context.view_layer.layer_collection.children[group.name].indirect_only = True


def _hide_collection(thing: bpy.types.Object) -> None:
    _into_collection(thing).hide_render = True


_HIDE = {
    "hidden from renders": lambda thing: setattr(thing, "hide_render", True),
    "hidden from the camera": lambda thing: setattr(thing, "visible_camera", False),
    "in a collection hidden from renders": _hide_collection,
    "in an excluded collection": _exclude,
    "in a collection seen indirectly": _see_indirectly,
}


def _hidden_instancers(name: str, attribute: str, value: bool) -> Case:
    """A collection and a scatter whose instancers are hidden: the formulas know none of their copies."""

    def build(case: Case) -> None:
        _with_wall(case)
        place("seen", case.bodies[1])
        group = bpy.data.collections.new("group")
        new_object("member", mesh_of(box(0.8, 0.6, 0.5)), 1, group)
        empty = new_object("empty", None)
        animate(empty, _PLACES[0][None])
        empty.instance_type, empty.instance_collection = "COLLECTION", group
        prototype = bpy.data.objects.new("prototype", mesh_of(box(0.8, 0.6, 0.5)))
        scatter = scatters.create("scatter", prototype, np.stack(_PLACES[1:]), {PART: np.ones(2, np.int32)})
        bpy.context.scene.collection.objects.link(scatter)
        for instancer in (empty, scatter):
            setattr(instancer, attribute, value)

    return Case(name, (_WALL, body(box(0.5, 0.5, 0.5), at(0.2, 0, 1), 1)), _EYE, build, reach=30)


def instancers_hidden_from_camera() -> Case:
    return _hidden_instancers("instancers hidden from the camera", "visible_camera", False)


def instancers_hidden_from_renders() -> Case:
    return _hidden_instancers("instancers hidden from renders", "hide_render", True)


def hidden_from_renders() -> Case:
    return _hidden("hidden from renders")


def hidden_from_camera() -> Case:
    return _hidden("hidden from the camera")


def in_collection_hidden_from_renders() -> Case:
    return _hidden("in a collection hidden from renders")


def in_excluded_collection() -> Case:
    return _hidden("in an excluded collection")


def in_collection_seen_indirectly() -> Case:
    return _hidden("in a collection seen indirectly")


def holdout() -> Case:
    """A box that cuts a hole into the picture: it hides what is behind it, and has no label."""

    def build(case: Case) -> None:
        for number, item in enumerate(case.bodies):
            place(f"body {number}", item)
        hole = bpy.data.objects["body 2"]
        hole.is_holdout, hole[PART] = True, 0  # a label that must not show

    bodies = (_WALL, body(box(1, 1, 1), at(0.1, 0, 0.2), 1), body(box(0.6, 0.3, 0.9), at(0.3, -2, 0.2), -1))
    return Case("holdout", bodies, _EYE, build, reach=30, blunt="Cycles gives a hole the depth of the sky")


def hidden_in_the_viewport_alone() -> Case:
    """The eye and the monitor icon hide from the viewport; renders show both things."""

    def build(case: Case) -> None:
        things = [place(f"body {number}", item) for number, item in enumerate(case.bodies)]
        things[1].hide_viewport = True
        things[2].hide_set(True)

    shown = (body(box(1, 1, 1), at(-0.8, 0, 0.2), 1), body(box(1, 1, 1), at(0.9, 0, 0.2), 2))
    return Case("hidden in the viewport alone", (_WALL, *shown), _EYE, build, reach=30)


CASES = (
    collection_instances,
    node_instances,
    generated_instances,
    nested_instances,
    vertex_instances,
    mirrored_and_stretched,
    sheared,
    flattened,
    hidden_from_renders,
    hidden_from_camera,
    instancers_hidden_from_camera,
    instancers_hidden_from_renders,
    in_collection_hidden_from_renders,
    in_excluded_collection,
    in_collection_seen_indirectly,
    holdout,
    hidden_in_the_viewport_alone,
)
