"""The add-on in a real application with a window: real clicks, and the same labels as without one.

Needs a chroot that `chroot.sh` made (BUILDEE_APPLICATION). BUILDEE_PICTURES names a folder for pictures of it all.
"""

import os
from pathlib import Path

import pytest
from compare import MAPS, agreement, told
from display import Display, wait

PICTURES = os.environ.get("BUILDEE_PICTURES")


@pytest.fixture(scope="module")
def window(installed):
    """A Blender with a window, the add-on's tab open."""
    if installed.root is None or not (installed.root / "usr/bin/xdotool").exists():
        pytest.skip("BUILDEE_APPLICATION names no chroot with Xvfb and xdotool")
    place = installed.folder / "window"
    place.mkdir()
    display = Display(installed.root, installed.inside(place))
    script = installed.inside(installed.folder / "driver.py")
    size = ["--window-geometry", "0", "0", "1400", "1000"]
    try:
        display.start(installed.command(*size, "--python", script, "--", installed.inside(place)))
        yield display
    finally:
        display.stop()


def photograph(window, name):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        window.save(Path(PICTURES) / f"{name}.png")


def test_generate_and_render_by_real_clicks(window, installed, used):
    out = used / "clicked"
    recipe = installed.inside(used / "recipe.yaml")
    window.do(f"bpy.ops.buildee.load_recipe(filepath={recipe!r})")
    window.do(f"window.scene.buildee.output = {installed.inside(out)!r}")
    photograph(window, "panel")
    window.click("buildee.generate")
    wait(lambda: window.state()["layout"], "the scene", 300)
    assert window.state()["layout"] == told(used)["layout"]

    window.do("area.spaces.active.region_3d.view_perspective = 'CAMERA'")
    window.do("window.scene.buildee.show_boxes = window.scene.buildee.show_cameras = True")
    photograph(window, "generated")
    window.click("buildee.render_dataset")
    wait(lambda: (window.state()["job"] or [""])[0] == "done", "the dataset", 300)
    photograph(window, "rendered")
    assert agreement(out, used / "dataset") == dict.fromkeys(MAPS, 1.0)


def test_escape_ends_generating_and_undo_is_whole(window):
    window.click("buildee.clear")
    wait(lambda: not window.state()["layout"], "the empty scene")
    objects = window.state()["objects"]
    window.do("bpy.ops.buildee.load_recipe(filepath=__import__('buildee').shipped('kitchen').as_posix())")
    window.click("buildee.generate")
    wait(lambda: (window.state()["progress"] or [""])[0] == "Building", "building", 300)
    window.mouse("key", "Escape")
    wait(lambda: window.state()["progress"] is None, "the end")
    assert window.state()["objects"] == objects and not window.state()["layout"]
