"""The add-on in a real application with a window: real clicks, and the same labels as without one.

Needs a chroot that `chroot.sh` made (BUILDEE_APPLICATION). BUILDEE_PICTURES names a folder for pictures of it all.
"""

import os
from pathlib import Path

import numpy as np
import pytest
from compare import MAPS, agreement, told
from display import Display, wait

from buildee.dataset.reader import Dataset

PICTURES = os.environ.get("BUILDEE_PICTURES")

LOAD = """
with bpy.context.temp_override(window=window, area=area):
    bpy.ops.buildee.load_recipe(filepath={path})
    recipe = window.scene.buildee.recipe
    {change}
    bpy.ops.ed.undo_push(message="recipe")
"""

OPEN = """
panels = [cls for cls in sys.modules["bl_ext.user_default.buildee.panels"].CLASSES if issubclass(cls, bpy.types.Panel)]
for cls in panels:
    bpy.utils.unregister_class(cls)
for cls in panels:
    cls.bl_options, cls.bl_idname = set(), f"{cls.bl_idname}_open"  # which are open is remembered by name
    bpy.utils.register_class(cls)
"""

OVERLAYS = """
for name in ("boxes", "cameras", "trails"):
    setattr(window.scene.buildee, f"show_{name}", True)
"""

BROWSE = """
bpy.ops.buildee.register_library()
browser = next(one for one in window.screen.areas if one.ui_type == "PROPERTIES")
browser.ui_type = "ASSETS"
browser.spaces.active.show_region_toolbar = False
def choose():
    browser.spaces.active.params.asset_library_reference = "buildee"
bpy.app.timers.register(choose, first_interval=1.0)
"""
"""Opens the asset browser, which has parameters once it was drawn."""

LOOK_AT = """
scene = window.scene
scene.frame_start = scene.frame_end = 1
scene.render.resolution_x, scene.render.resolution_y, scene.cycles.samples = 96, 64, 1
thing, camera = scene.objects[{name!r}], bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
scene.collection.objects.link(camera)
camera.location, camera.rotation_euler, scene.camera = thing.location, (math.pi / 3, 0.0, 0.0), camera
camera.location.y -= 0.7
camera.location.z += 0.5
"""

ONE_RULE = """
state = window.scene.buildee
bpy.ops.buildee.edit_list(path="buildee.labelling.labels", action="add", kind="property")
state.labelling.labels.items_[0].name = "category"
state.labelling.labels.items_[0].property.instance.value = "root"
state.output = {out!r}
"""

CANCEL = 40
"""Pixels from the sidebar's right end to the middle of the button that ends a job."""

OPENER = """#!/bin/sh
echo "$1" >> "$(dirname "$0")/opened"
"""


@pytest.fixture(scope="module")
def window(installed):
    """A Blender with a window, the add-on's tab open; what it opens in a browser is noted in a file `opened`."""
    if installed.root is None or not (installed.root / "usr/bin/xdotool").exists():
        pytest.skip("BUILDEE_APPLICATION names no chroot with Xvfb and xdotool")
    place = installed.folder / "window"
    place.mkdir()
    opener = place / "opener"
    opener.write_text(OPENER, "utf-8")
    opener.chmod(0o755)
    display = Display(installed.root, installed.inside(place))
    script = installed.inside(installed.folder / "driver.py")
    size = ["--window-geometry", "0", "0", "1400", "1000"]
    try:
        command = installed.command(*size, "--python", script, "--", installed.inside(place))
        display.start(command, BROWSER=installed.inside(opener))
        yield display
    finally:
        display.stop()


@pytest.fixture
def generated(window, installed, used):
    """The window after a click on Generate, with the scene of the headless run, nothing else."""
    window.do("bpy.ops.buildee.clear() if window.scene.buildee.collection else None")
    load(window, repr(installed.inside(used / "recipe.yaml")))
    window.click("buildee.generate")
    wait(lambda: window.state()["layout"] == told(used)["layout"] and not window.state()["progress"], "the scene", 300)
    return window


def load(window, path, change="pass"):
    """Loads a recipe, a path as Python says it, and changes it, as a step that can be undone."""
    window.do(LOAD.format(path=path, change=change))


def photograph(window, name):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        window.save(Path(PICTURES) / f"{name}.png")


def facts(window):
    return {name: window.state()[name] for name in ("layout", "objects", "blocks", "world")}


def undo(window, keys="ctrl+z"):
    """Presses keys over the 3D view."""
    window.mouse("mousemove", 500, 500)
    window.mouse("key", keys)


def job(window):
    return (window.state()["job"] or [""])[0]


def test_generate_and_render_by_real_clicks(generated, installed, used):
    window, out = generated, used / "clicked"
    window.do(f"window.scene.buildee.output = {installed.inside(out)!r}")
    window.do("area.spaces.active.region_3d.view_perspective = 'CAMERA'")
    window.do(OVERLAYS)
    wait(lambda: window.state()["drawn"] == ["LINES", "POINTS"], "the overlays")
    photograph(window, "generated")
    window.click("buildee.render_dataset")
    wait(lambda: job(window) == "done", "the dataset", 300)
    photograph(window, "rendered")
    assert agreement(out, used / "dataset") == dict.fromkeys(MAPS, 1.0)

    window.click("buildee.open_output")
    opened = window.host / "opened"
    wait(opened.exists, "the gallery")
    assert opened.read_text().split() == [f"file://{installed.inside(out)}/gallery.html"]


def test_undo_and_redo_after_generate(generated, installed, used):
    generated.do(OVERLAYS)
    load(generated, repr(installed.inside(used / "recipe.yaml")), "recipe.seed.value += 1")
    first = facts(generated)
    generated.click("buildee.generate")
    wait(lambda: generated.state()["layout"] not in ("", first["layout"]), "another scene", 300)
    second = facts(generated)
    undo(generated)
    wait(lambda: facts(generated) == first, "undo")
    wait(lambda: generated.state()["drawn"] == ["LINES", "POINTS"], "the overlays")
    undo(generated, "ctrl+shift+z")
    wait(lambda: facts(generated) == second, "redo")


def test_escape_leaves_the_file_as_before_and_undo_works(generated):
    before = facts(generated)
    load(generated, "str(__import__('buildee').shipped('kitchen'))")
    loaded = facts(generated)
    assert loaded == {**before, "world": "kitchen"}
    generated.click("buildee.generate")
    wait(lambda: (generated.state()["progress"] or [""])[0] == "Building", "building", 300)
    generated.mouse("key", "Escape")
    wait(lambda: generated.state()["progress"] is None and facts(generated) == loaded, "the file as it was")
    undo(generated)
    wait(lambda: facts(generated) == before, "undo")


def test_a_running_dataset_can_be_cancelled(generated, installed, used):
    out = used / "cancelled"
    recipe = repr(installed.inside(used / "recipe.yaml"))
    load(generated, recipe, "recipe.scenes.value = 100")
    generated.do(f"window.scene.buildee.output = {installed.inside(out)!r}")
    generated.click("buildee.render_dataset")
    wait(lambda: "truth" in generated.state()["job"][1], "the truth of the first scene", 120)
    generated.click("buildee.cancel_job", right=CANCEL)
    wait(lambda: job(generated) == "cancelled", "the end")
    assert generated.state()["job"][1] == "Cancelled; finished scenes are whole"
    finished = list((out / "scenes").iterdir())  # how many the click left time for
    assert len(finished) < 100 and all((scene / "scene.json").is_file() for scene in finished)
    load(generated, recipe)
    generated.do(f"window.scene.buildee.output = {installed.inside(used / 'afterwards')!r}")
    generated.click("buildee.render_dataset")
    wait(lambda: job(generated) == "done", "the next dataset", 300)


def test_drawing_reads_nothing(generated):
    generated.do("import sys" + OPEN)
    names = ["Assets", "Cameras", "Checks", "Datasets", "Labels", "Overlays", "Parameters", "Pictures", "World"]
    wait(lambda: generated.state()["panels"] == names, "all panels")
    photograph(generated, "panels")
    assert generated.state()["reads"] == []


def test_an_asset_is_dragged_into_the_scene_and_labelled(window, installed):
    window.do("bpy.ops.buildee.clear() if window.scene.buildee.collection else None")
    window.do(BROWSE)
    wait(lambda: "ASSETS" in window.state()["editors"], "the asset browser")
    before = window.state()["objects"]
    window.take("teapot_a", (400, 600))
    wait(lambda: window.state()["objects"] == before + 1, "the teapot")
    photograph(window, "dragged")
    out = window.host / "dragged"
    window.do("import math" + LOOK_AT.format(name="teapot_a") + ONE_RULE.format(out=installed.inside(out)))
    wait(lambda: window.state()["labels"] == {"category": 2}, "body and lid in the label table")
    window.do("bpy.ops.buildee.annotate('INVOKE_DEFAULT')")
    wait(lambda: job(window) == "done", "the annotation", 120)
    (scene,) = Dataset(out).scenes
    assert [row.category for row in scene.instances.values()] == ["teapot"]
    (camera,) = scene.cameras.values()
    assert np.mean(camera.frames[0].instance > 0) > 0.05
