"""What a surface reader remembers of a scatter never shows: it reads what a fresh reader would."""

import bpy
import numpy as np
import pytest

from buildee.blender import scatters
from buildee.blender.build import PART
from buildee.blender.context import fresh_scene
from buildee.blender.surface import SurfaceReader
from buildee.layout.kinematics import translation

COPIES = 12


def block(name, size=1.0, linked=True):
    """An object with a triangle and a quad."""
    mesh = bpy.data.meshes.new(name)
    corners = [(0, 0, 0), (size, 0, 0), (size, size, 0), (0, size, 0), (0, 0, size)]
    mesh.from_pydata(corners, [], [(0, 1, 2, 3), (0, 1, 4)])
    thing = bpy.data.objects.new(name, mesh)
    if linked:
        bpy.context.scene.collection.objects.link(thing)
    return thing


def scatter(name, prototype, seed):
    poses = translation(np.random.default_rng(seed).uniform(-5, 5, (COPIES, 3)))
    poses[:, :3, :3] *= 0.3
    parts = np.arange(COPIES, dtype=np.int32) + 100 * seed
    thing = scatters.create(name, prototype, poses, {PART: parts})
    bpy.context.scene.collection.objects.link(thing)
    return thing


def fill():
    """Adds a block, a scatter that stays, a scatter to meddle with, and another block after them."""
    block("before")
    stone = block("stone", linked=False)
    scatter("still", stone, 1)
    scatter("toy", stone, 2)
    block("later")


@pytest.fixture
def field(scene):
    fill()
    return scene


def move(toy):
    toy.location.x += 0.5


def animate(toy):
    toy.keyframe_insert("location", frame=1)
    toy.location.y = 3
    toy.keyframe_insert("location", frame=9)


def new_poses(toy):
    values = np.empty(16 * COPIES, np.float32)
    toy.data.attributes[scatters.POSE].data.foreach_get("value", values)
    values[-4] += 1  # the x of the last copy alone
    toy.data.attributes[scatters.POSE].data.foreach_set("value", values)


def new_parts(toy):
    toy.data.attributes[PART].data.foreach_set("value", np.arange(COPIES, dtype=np.int32)[::-1].copy())


def fewer(toy):
    toy.data = bpy.data.objects["still"].data.copy()
    toy.data.clear_geometry()
    toy.data.vertices.add(1)


def hide(toy):
    toy.hide_render = toy.hide_viewport = True


def hide_prototype(toy):
    """Copies render although what they show is hidden itself."""
    bpy.data.objects["stone"].hide_render = True


def blind_camera(toy):
    bpy.data.objects["stone"].visible_camera = False


def remove(toy):
    bpy.data.objects.remove(toy)


def remove_prototype(toy):
    bpy.data.objects.remove(bpy.data.objects["stone"])


def other_prototype(toy):
    bpy.data.objects.remove(toy)
    scatter("toy", block("brick", 2.0, linked=False), 2)


def hold_out(toy):
    toy.is_holdout = True


def rename(toy):
    toy.name = "toy again"


def rename_prototype(toy):
    bpy.data.objects["stone"].name = "pebble"


def thicken(toy):
    bpy.data.objects["stone"].modifiers.new("Thick", "SOLIDIFY").thickness = 0.2


def other_mesh(toy):
    bpy.data.objects["stone"].data = block("spare", 3.0, linked=False).data


def no_triangles(toy):
    bpy.data.objects["stone"].data = bpy.data.meshes.new("nothing")


def disable(toy):
    toy.modifiers[0].show_viewport = toy.modifiers[0].show_render = False


def one_more_modifier(toy):
    moved = bpy.data.node_groups.new("Move", "GeometryNodeTree")
    for direction in ("INPUT", "OUTPUT"):
        moved.interface.new_socket("Geometry", in_out=direction, socket_type="NodeSocketGeometry")
    start, work, end = (
        moved.nodes.new(kind) for kind in ("NodeGroupInput", "GeometryNodeTransform", "NodeGroupOutput")
    )
    work.inputs["Translation"].default_value = (1, 2, 3)
    moved.links.new(start.outputs[0], work.inputs[0])
    moved.links.new(work.outputs[0], end.inputs[0])
    toy.modifiers.new("Move", "NODES").node_group = moved


def meddle_with_nodes(toy):
    group = bpy.data.node_groups[scatters.GROUP]
    moved = group.nodes.new("GeometryNodeTransform")
    clock = group.nodes.new("GeometryNodeInputSceneTime")
    combine = group.nodes.new("ShaderNodeCombineXYZ")
    end = next(node for node in group.nodes if node.type == "GROUP_OUTPUT")
    group.links.new(clock.outputs["Frame"], combine.inputs[0])
    group.links.new(combine.outputs[0], moved.inputs["Translation"])
    group.links.new(end.inputs[0].links[0].from_socket, moved.inputs[0])
    group.links.new(moved.outputs[0], end.inputs[0])


def animate_prototype_shape(toy):
    stone = bpy.data.objects["stone"]
    stone.shape_key_add(name="Basis")
    key = stone.shape_key_add(name="Tall")
    key.data[4].co.z = 5
    for frame, value in ((1, 0.0), (9, 1.0)):
        key.value = value
        key.keyframe_insert("value", frame=frame)


CHANGES = [
    move,
    animate,
    new_poses,
    new_parts,
    fewer,
    hide,
    hide_prototype,
    blind_camera,
    remove,
    remove_prototype,
    other_prototype,
    hold_out,
    rename,
    rename_prototype,
    thicken,
    other_mesh,
    no_triangles,
    disable,
    one_more_modifier,
    meddle_with_nodes,
    animate_prototype_shape,
]


def assert_reads_like_new(reader, scene, frame):
    ours, fresh = reader.read(frame), SurfaceReader(scene.name).read(frame)
    for column in ("copy_mesh", "copy_part", "copy_key", "world_from_copy"):
        np.testing.assert_array_equal(getattr(ours, column), getattr(fresh, column), column)
        assert getattr(ours, column).dtype == getattr(fresh, column).dtype
    for mesh, twin in zip(ours.meshes, fresh.meshes, strict=True):
        np.testing.assert_array_equal(mesh.vertices, twin.vertices)
        np.testing.assert_array_equal(mesh.triangles, twin.triangles)
    return ours


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_between_frames_is_read(field, change):
    reader = SurfaceReader(field.name)
    before = assert_reads_like_new(reader, field, 1)
    assert len(before.copy_mesh) == 2 + 2 * COPIES
    assert_reads_like_new(reader, field, 2)
    change(bpy.data.objects["toy"])
    for frame in (3, 4, 9, 1):
        after = assert_reads_like_new(reader, field, frame)
    seen = [(s.copy_key.tolist(), s.copy_part.tolist(), s.world_from_copy.tolist()) for s in (before, after)]
    shapes = [[mesh.vertices.tolist() for mesh in s.meshes] for s in (before, after)]
    assert seen[0] != seen[1] or shapes[0] != shapes[1] or change in (animate, animate_prototype_shape, hide_prototype)


def test_keys_are_the_same_in_any_session(field):
    keys = SurfaceReader(field.name).read(1).copy_key
    assert len(set(keys.tolist())) == len(keys)
    again = fresh_scene()
    fill()
    np.testing.assert_array_equal(SurfaceReader(again.name).read(1).copy_key, keys)


def test_hidden_scatters_come_back(field):
    reader = SurfaceReader(field.name)
    toy = bpy.data.objects["toy"]
    counts = []
    for frame, hidden in enumerate((False, True, True, False, False), start=1):
        toy.hide_viewport = hidden
        counts.append(len(assert_reads_like_new(reader, field, frame).copy_key))
    assert counts == [2 + 2 * COPIES, 2 + COPIES, 2 + COPIES, 2 + 2 * COPIES, 2 + 2 * COPIES]


def test_unchanged_scatters_are_passed_over(field, monkeypatch):
    asked = []
    plain = SurfaceReader._part
    monkeypatch.setattr(SurfaceReader, "_part", lambda *given: asked.append(1) or plain(*given))
    reader = SurfaceReader(field.name)
    counts = []
    for frame in (1, 2, 3):
        if frame == 3:
            move(bpy.data.objects["toy"])
        asked.clear()
        reader.read(frame)
        counts.append(len(asked))
    assert counts == [2 + 2 * COPIES, 2, 2 + COPIES]


def test_texts_and_curves_are_read_once(scene):
    collection = bpy.data.collections.new("pipes")
    pipe = bpy.data.curves.new("pipe", "CURVE")
    pipe.dimensions, pipe.bevel_depth = "3D", 0.1
    line = pipe.splines.new("POLY")
    line.points.add(1)
    line.points[1].co = (1, 0, 0, 1)
    for number, data in enumerate((pipe, pipe, bpy.data.curves.new("sign", "FONT"))):
        thing = bpy.data.objects.new(f"thing {number}", data)
        thing[PART] = number
        collection.objects.link(thing)
    bpy.data.objects["thing 1"].modifiers.new("Row", "ARRAY").count = 3
    bpy.data.objects["thing 2"].data.body = "Buildee"
    scene.collection.children.link(collection)
    empty = bpy.data.objects.new("again", None)
    empty.instance_type, empty.instance_collection, empty.location.z = "COLLECTION", collection, 2
    scene.collection.objects.link(empty)
    surface = SurfaceReader(scene.name).read(1)
    assert surface.copy_part.tolist() == [0, 1, 2, 0, 1, 2]
    assert len(set(surface.copy_key.tolist())) == 6
    sizes = [len(surface.meshes[mesh].triangles) for mesh in surface.copy_mesh]
    assert sizes[:3] == sizes[3:] and sizes[1] == 3 * sizes[0] > 0 and sizes[2] > 100
