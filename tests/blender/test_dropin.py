"""Files of a user's become assets: read once, scripts off, placed, rendered and labelled like any other."""

import json
import os
import subprocess
import sys

import bpy
import numpy as np
import pytest

from buildee import dropins
from buildee.blender.build import build
from buildee.blender.context import fresh_scene
from buildee.dataset.check import check
from buildee.dataset.reader import Dataset
from buildee.errors import AssetError
from buildee.layout import catalog
from buildee.layout.scene import Layout

OBJ = """mtllib mug_blue.mtl
v -4 0 -4\nv 4 0 -4\nv 4 0 4\nv -4 0 4\nv -4 9 -4\nv 4 9 -4\nv 4 9 4\nv -4 9 4
usemtl Blue\nf 1 2 3 4\nf 5 8 7 6\nf 1 5 6 2\nf 2 6 7 3
usemtl Red\nf 3 7 8 4\nf 4 8 5 1
"""

RECIPE = """
world: kitchen
seed: 4
assets: [mine]
frames: {count: 1}
render: {resolution: [96, 72], samples: 2}
cameras: [{type: walk, name: room, target: kitchen, lens_mm: 20, height: 1.4, speed: 0}]
scene:
  contents: {only: [mug_blue, stool_mine], clutter: 1.0}
  fixed: [{type: object, name: mine, asset: stool_mine, position: [%s, %s, 0.0]}]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a mug in centimetres, and a .blend of two things and a script that wants to run."""
    folder = tmp_path_factory.mktemp("own") / "mine"
    folder.mkdir()
    (folder / "mug_blue.obj").write_text(OBJ)
    (folder / "mug_blue.mtl").write_text("newmtl Blue\nKd 0.1 0.2 0.8\nnewmtl Red\nKd 0.8 0.1 0.1\n")
    fresh_scene()
    for height, name in ((0.4, "leg"), (0.8, "top")):
        bpy.ops.mesh.primitive_cube_add(size=0.4, location=(3, 2, height))
        bpy.context.object.name = name
    made = bpy.data.materials.new("Veil")
    made.use_nodes = True
    made.node_tree.nodes["Principled BSDF"].inputs["Alpha"].default_value = 0.3
    bpy.context.object.data.materials.append(made)
    script = bpy.data.texts.new("wants_to_run.py")
    script.write(f"open({str(folder / 'ran')!r}, 'w').close()")
    script.use_module = True
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "stool_mine.blend"))
    (folder / "stool_mine.yaml").write_text("category: stool\nsize: 0.6\nlicence: CC-BY-4.0\nfront: x\n")
    return folder


@pytest.fixture(scope="module")
def told(folder):
    """What was said when the folder was first read."""
    said = []
    dropins.entries([folder], said.append)
    return said


def test_files_become_assets_of_true_size_on_the_ground(folder, told):
    found = dropins.entries([folder])
    mug, stool = found["mug_blue"], found["stool_mine"]
    assert (mug.category, mug.licence, mug.parts[0].triangles) == ("mug", "unknown", 12)
    np.testing.assert_allclose(mug.parts[0].bounds, [(-0.04, -0.04, 0), (0.04, 0.04, 0.09)], atol=1e-6)
    assert (stool.category, stool.licence) == ("stool", "CC-BY-4.0")
    np.testing.assert_allclose(stool.size, (0.3, 0.3, 0.6), atol=1e-6)
    np.testing.assert_allclose(mug.slots["blue"].color, (0.1, 0.2, 0.8), atol=1e-3)
    assert any("mug_blue.obj: size inferred: 0.09 m" in text for text in told)
    assert any("'veil': its transparency was taken off" in text for text in told)


def test_nothing_of_the_users_is_touched_and_no_script_runs(folder, told):
    assert sorted(item.name for item in folder.iterdir()) == [
        ".buildee",
        "mug_blue.mtl",
        "mug_blue.obj",
        "stool_mine.blend",
        "stool_mine.yaml",
    ]


def test_what_was_read_once_is_not_read_again(folder, told, monkeypatch):
    monkeypatch.setattr(dropins.run, "run_child", lambda *_: pytest.fail("started Blender again"))
    assert set(dropins.entries([folder])) == {"mug_blue", "stool_mine"}


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_kept(tmp_path, monkeypatch):
    (tmp_path / "box.obj").write_text(OBJ)
    (tmp_path / "bad.glb").write_text("nonsense")
    (tmp_path / "empty.obj").write_text("# nothing\n")
    with pytest.raises(AssetError) as error:
        dropins.entries([tmp_path])
    first, second = str(error.value).splitlines()
    assert "bad.glb: cannot be read" in first
    assert second.endswith("empty.obj: holds no faces")
    for name in ("bad.glb", "empty.obj"):
        (tmp_path / name).unlink()
    monkeypatch.setattr(dropins.run, "run_child", lambda *_: pytest.fail("started Blender again"))
    assert set(dropins.entries([tmp_path])) == {"box"}


def test_a_built_asset_wears_its_own_materials(folder, told, scene):
    with catalog.extended(dropins.entries([folder])):
        known = catalog.load()
        models = [known.model("mug_blue"), known.model("stool_mine"), known.model("mug_blue")]
    shapes = {key: shape for model in models for key, shape in model.shapes.items()}
    things = tuple(model.placed(f"thing_{number}", np.eye(4)) for number, model in enumerate(models))
    build(Layout("toy", 1, 1.0, shapes, things, (), ()), scene)
    worn = [[item.name for item in bpy.data.objects[f"thing_{number}/body"].data.materials] for number in range(3)]
    assert worn == [["mug_blue/blue", "mug_blue/red"], ["stool_mine/plain", "stool_mine/veil"], worn[0]]
    shader = bpy.data.materials["mug_blue/red"].node_tree.nodes["Principled BSDF"]
    np.testing.assert_allclose(list(shader.inputs["Base Color"].default_value)[:3], (0.8, 0.1, 0.1), atol=1e-3)
    assert bpy.data.materials["stool_mine/veil"].node_tree.nodes["Principled BSDF"].inputs["Alpha"].default_value == 1


def test_a_kitchen_is_furnished_and_labelled_with_them(folder, told, tmp_path):
    recipe = folder.parent / "kitchen.yaml"
    recipe.write_text(RECIPE % (0.0, 0.0))
    ran = subprocess.run(
        [sys.executable, "-m", "buildee", "render", recipe, "-o", tmp_path / "out", "--no-preview"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert check(tmp_path / "out").ok
    scene = Dataset(tmp_path / "out").scenes[0]
    assert scene.info["licences"]["CC-BY-4.0"] == ["stool_mine"]
    assert "mug_blue" in scene.info["licences"]["unknown"]
    names = json.dumps(scene.layout["instances"])
    assert '"mug_blue/' in names
    assert scene.info["audit"]["worst"]["ids"] >= 0.999
