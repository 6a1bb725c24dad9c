"""Somebody's own .blend becomes a dataset, exact where triangles are not what renders, whatever the file tries."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import numpy as np
import pytest

from buildee import Dataset, check
from buildee.blend_file import annotate_file
from buildee.errors import AnnotationError, OutputError

MAKE = """
import bpy, os, sys
from math import pi
path, trap = sys.argv[-2:]
bpy.ops.wm.read_factory_settings(use_empty=True)
scene = bpy.context.scene
scene.frame_start, scene.frame_end = 1, 3
scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 192, 128, 50
scene.cycles.samples = 1
BOX = [(x, y, z) for x in (-.5, .5) for y in (-.5, .5) for z in (-.5, .5)]
SIDES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
def thing(name, location, collection=None, scale=1.0):
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(BOX, [], SIDES)
    made = bpy.data.objects.new(name, mesh)
    made.location, made.scale = location, (scale,) * 3
    (collection or scene.collection).objects.link(made)
    return made
boxes = bpy.data.collections.new("Boxes")
scene.collection.children.link(boxes)
moving = thing("BoxA", (-1.5, 0, 0), boxes)
moving.keyframe_insert("location", frame=1)
moving.location.z = 0.4
moving.keyframe_insert("location", frame=3)
thing("BoxB", (0, 0, 0), boxes).hide_viewport = True      # the render shows it
thing("BoxC", (1.5, 0, 0), boxes).hide_render = True      # the render does not
thing("Floor", (0, 0, -10.5), scale=20)
card = bpy.data.meshes.new("Card")
card.from_pydata([(-.5, 0, -.5), (.5, 0, -.5), (.5, 0, .5), (-.5, 0, .5)], [], [(0, 1, 2, 3)])
holes = bpy.data.materials.new("holes")
holes.use_nodes = True
tree = holes.node_tree
place, split = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeSeparateXYZ")
more = tree.nodes.new("ShaderNodeMath")
more.operation, more.inputs[1].default_value = "GREATER_THAN", 0.0
tree.links.new(place.outputs["Object"], split.inputs[0])
tree.links.new(split.outputs["X"], more.inputs[0])
tree.links.new(more.outputs[0], tree.nodes["Principled BSDF"].inputs["Alpha"])   # the left half is a hole
card.materials.append(holes)
fog = thing("Fog", (-3, 3, 0))
mist = bpy.data.materials.new("mist")
mist.use_nodes = True
nodes = mist.node_tree
nodes.nodes.remove(nodes.nodes["Principled BSDF"])
scatter = nodes.nodes.new("ShaderNodeVolumeScatter")
nodes.links.new(scatter.outputs[0], nodes.nodes["Material Output"].inputs["Volume"])
fog.data.materials.append(mist)
leaf = bpy.data.objects.new("Card", card)
leaf.location = (1.2, -1, 0)
scene.collection.objects.link(leaf)
camera = bpy.data.objects.new("Cam 1", bpy.data.cameras.new("Cam"))
camera.location, camera.rotation_euler = (0, -6, 0), (pi / 2, 0, 0)
camera.data.dof.use_dof, camera.data.dof.focus_distance, camera.data.dof.aperture_fstop = True, 1.0, 0.3
scene.collection.objects.link(camera)
scene.camera = camera
text = bpy.data.texts.new("trap.py")
text.write(f"open({trap!r}, 'w').close()")
text.use_module = True
moving.driver_add("rotation_euler", 2).driver.expression = f"__import__('pathlib').Path({trap!r}).touch() or 0"
open(trap + ".made", "w").close()
bpy.ops.wm.save_as_mainfile(filepath=path)
folder = os.path.dirname(path)
bpy.data.libraries.write(os.path.join(folder, "library.blend"), {bpy.data.objects["Floor"]})
bpy.ops.wm.read_factory_settings(use_empty=True)
with bpy.data.libraries.load(os.path.join(folder, "library.blend"), link=True) as (there, here):
    here.objects = ["Floor"]
bpy.context.scene.collection.objects.link(here.objects[0])
bpy.ops.wm.save_as_mainfile(filepath=os.path.join(folder, "links.blend"))
os.remove(os.path.join(folder, "library.blend"))
os._exit(0)
"""

TABLE = """
labels:
  - {type: collection, name: box, match: Boxes}
  - {type: object, name: floor, match: Floor, countable: false}
  - {type: object, name: card, match: Card}
  - {type: object, name: missing}
truth:
  annotators: [depth, normal, shading_normal, instance, semantic, part, material, uv, nocs, boundary, flow, scene_flow,
    tracks, amodal, boxes, relations, visibility]
  flow_pairs: [[1, 0]]
  cloud_points: 200
  tracks: [{type: mixed, name: points, count: 64}]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with file.blend, made by another process, and labels.yaml."""
    folder = tmp_path_factory.mktemp("blend")
    script = folder / "make.py"
    script.write_text(textwrap.dedent(MAKE))
    made = [sys.executable, str(script), str(folder / "file.blend"), str(folder / "trap")]
    subprocess.run(made, check=True, timeout=120, stdout=subprocess.DEVNULL)
    for trap in folder.glob("trap*"):
        trap.unlink()
    (folder / "labels.yaml").write_text(TABLE)
    return folder


@pytest.fixture(scope="module")
def dataset(folder):
    outcome = annotate_file(folder / "file.blend", folder / "labels.yaml", folder / "out", rgb=False)
    assert outcome.made == [0]
    return Dataset(folder / "out")


def test_the_dataset_is_sound_and_the_file_harmless(folder, dataset):
    assert check(folder / "out").ok
    assert not list(folder.glob("trap*"))
    assert [row.name for row in dataset.categories.values()] == ["background", "box", "floor", "card"]


def test_what_renders_is_labelled(dataset):
    scene = dataset.scenes[0]
    names = {row.name: row for row in scene.instances.values()}
    assert {name: row.category for name, row in names.items()} == {
        "box.0": "box",
        "box.1": "box",
        "floor.0": "floor",
        "card.0": "card",
    }
    assert {name: row.moving for name, row in names.items()} == {
        "box.0": True,
        "box.1": False,
        "floor.0": False,
        "card.0": False,
    }
    parts = {row.name for row in scene.parts.values()}
    assert parts == {"BoxA", "BoxB", "Floor", "Card"}  # BoxC is hidden in the render, BoxB in the viewport alone
    frame = scene.cameras["Cam-1"].frames[0]
    assert frame.depth.shape == (64, 96)
    # The front of BoxB is 5.5 m away, and one metre wide: sharp whatever the lens is focused on.
    box = frame.instance == names["box.1"].id
    assert box.any()
    np.testing.assert_allclose(frame.depth[box], 5.5, atol=1e-4)


def test_holes_come_from_the_render_and_say_so(dataset):
    scene = dataset.scenes[0]
    frame = scene.cameras["Cam-1"].frames[1]
    card = next(row.id for row in scene.instances.values() if row.name == "card.0")
    shown = np.flatnonzero((frame.instance == card).any(0))
    focal = scene.cameras["Cam-1"].K[1][0, 0]
    left, right = (48 + focal * x / 5 for x in (1.2, 1.7))  # the right half of the card, at 5 m
    assert abs(shown[0] - left) <= 1 and abs(shown[-1] + 1 - right) <= 1
    hole = frame.source == 2
    fog = hole & (np.arange(96) < 48)
    assert fog.any() and (frame.depth[fog] > 8.5).all()  # what lies behind it
    columns = 48 + np.flatnonzero(hole[:, 48:].any(0))
    assert abs(columns[0] - (48 + focal * 0.7 / 5)) <= 1 and columns[-1] < shown[0]
    assert not np.isfinite(frame.depth[hole]).all() or (frame.depth[hole] > 5).all()
    assert not frame.normal[hole].any() and not frame.shading_normal[hole].any() and not frame.material[hole].any()
    assert np.isnan(frame.nocs[hole]).all() and np.isnan(frame.uv[hole]).all()
    for _, state in (frame.flow_to(0), frame.scene_flow_to(0)):
        assert not state[hole].any() and state[~hole].any()
    assert set(scene.info["audit"]["exceptions"]) <= {"background", "floor.0"}
    assert any("missing" in note for note in scene.info["notes"])
    assert "volumes are seen through: Fog" in scene.info["notes"]


def test_the_same_again_is_kept_and_another_refused(folder, dataset):
    again = annotate_file(folder / "file.blend", folder / "labels.yaml", folder / "out", rgb=False)
    assert (again.kept, again.made) == (1, [])
    with pytest.raises(OutputError, match="another"):
        annotate_file(folder / "file.blend", folder / "labels.yaml", folder / "out", frames=(1, 2), rgb=False)


@pytest.mark.parametrize(
    ("table", "flags", "says"),
    [
        ("labels: [{type: object, name: nothing}]", {}, r"no label matches anything; objects are .*BoxA"),
        (TABLE + "cameras: 'Kam*'", {}, r"no camera to look through; cameras there are: Cam 1"),
        (TABLE, {"frames": (0, 2)}, r"frames 0 to 2 are not within the scene's 1 to 3"),
        (TABLE + "scene: Scen", {}, r"unknown scene 'Scen', did you mean 'Scene'"),
    ],
)
def test_what_cannot_be_annotated_is_said_and_leaves_nothing(folder, table, flags, says):
    labels = folder / "other.yaml"
    labels.write_text(table)
    with pytest.raises(AnnotationError, match=says):
        annotate_file(folder / "file.blend", labels, folder / "none", **flags)
    assert not (folder / "none").exists()


def test_a_file_that_is_no_blend_is_refused(folder):
    broken = folder / "broken.blend"
    broken.write_text("not a blend")
    with pytest.raises(AnnotationError, match=r"cannot be opened by Blender"):
        annotate_file(broken, folder / "labels.yaml", folder / "none")
    with pytest.raises(AnnotationError, match=r"links .*library\.blend, which is not there"):
        annotate_file(folder / "links.blend", folder / "labels.yaml", folder / "none")
    with pytest.raises(AnnotationError, match=r"no such file"):
        annotate_file(folder / "gone.blend", folder / "labels.yaml", folder / "none")
    assert not (folder / "none").exists()
