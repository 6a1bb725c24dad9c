"""bpycv runs on a prepared scene, and its ids are ours."""

import importlib.util

import bpy
import numpy as np
import pytest

from buildee.blender.bpycv import prepared
from buildee.blender.build import build
from buildee.blender.live import annotate


def needs_bpycv():
    """Skips a test where the extra is not installed."""
    if importlib.util.find_spec("bpycv") is None:
        pytest.skip("the bpycv extra is not installed")


def test_ids_agree_and_the_scene_comes_back(toy_layout, scene):
    needs_bpycv()
    camera = toy_layout.cameras[0]
    size = (camera.width, camera.height)
    built = build(toy_layout, scene)
    ours = annotate(built, camera.name, size=size)
    before = {thing.name: (thing.data.name, thing.hide_render) for thing in bpy.data.objects if thing.type == "MESH"}
    worlds = len(bpy.data.worlds)
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.frame_set(1)
    with prepared(scene):
        import bpycv  # wants a World when it is imported

        result = bpycv.render_data(render_image=False)
    agreed = np.mean(result["inst"] == ours["instance"])
    assert agreed > 0.999
    assert len(np.unique(ours["instance"])) > 8
    after = {thing.name: (thing.data.name, thing.hide_render) for thing in bpy.data.objects if thing.type == "MESH"}
    assert after == before
    assert len(bpy.data.worlds) == worlds


def test_its_depth_has_the_fault_that_we_document(toy_layout, scene):
    needs_bpycv()
    camera = toy_layout.cameras[0]
    size = (camera.width, camera.height)
    built = build(toy_layout, scene)
    ours = annotate(built, camera.name, size=size)["depth"]
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.frame_set(1)
    with prepared(scene):
        import bpycv

        theirs = bpycv.render_data(render_image=False)["depth"]
    y, x = np.indices(ours.shape) + 0.5
    ray = np.sqrt(1 + ((x - camera.width / 2) ** 2 + (y - camera.height / 2) ** 2) / camera.focal**2)
    seen = np.isfinite(ours) & (theirs > 0)
    off = np.abs(theirs[seen] * ray[seen] / ours[seen] - 1)
    assert np.median(off) < 2e-3  # what they give is ours over the length of the ray
