"""Depth of field and motion blur have the size that optics and clocks say."""

from dataclasses import replace

import bpy
import numpy as np
import pytest
from test_truth_cycles import add
from truth_shapes import camera

from buildee.blender.blur import blurred, focus_of, is_blurred
from buildee.blender.build import set_motion
from buildee.blender.camera import read_camera
from buildee.blender.lens import set_distorted, set_panorama
from buildee.blender.render import render_frame
from buildee.recipe.sections import Render
from buildee.truth.lens import BrownConrady, FisheyeEquidistant

FOCAL = 70.0


def lamp(scene, place, half=0.015):
    """A small white square that looks at a camera in the origin."""
    white = bpy.data.materials.new("white")
    white.use_nodes = True
    emission = white.node_tree.nodes.new("ShaderNodeEmission")
    emission.inputs["Strength"].default_value = 1000.0
    white.node_tree.links.new(emission.outputs[0], white.node_tree.nodes["Material Output"].inputs["Surface"])
    corners = [(-half, -half, 0), (half, -half, 0), (half, half, 0), (-half, half, 0)]
    thing = add("lamp", corners, [(0, 1, 2, 3)])
    thing.data.materials.append(white)
    thing.location = place
    return thing


def eye(scene, lens=None):
    """A camera in the origin that looks along -z, 96 x 64 pixels."""
    data = bpy.data.cameras.new("eye")
    data.sensor_fit, data.lens = "HORIZONTAL", FOCAL * 36 / 96
    if isinstance(lens, BrownConrady):
        set_distorted(data, lens, FOCAL, 96, 64)
    elif lens is not None:
        set_panorama(data, lens, FOCAL, 96)
    thing = bpy.data.objects.new("eye", data)
    scene.collection.objects.link(thing)
    scene.render.engine, scene.cycles.samples, scene.cycles.use_denoising = "CYCLES", 512, False
    scene.cycles.pixel_filter_type, scene.cycles.filter_width = "BOX", 1.0
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 96, 64, 100
    scene.view_layers[0].use_pass_z = scene.view_layers[0].use_pass_object_index = True
    return thing


def picture(scene, thing, render, tmp_path, frame=1, focus=2.0):
    view = read_camera(scene, thing)
    with blurred(scene, thing.data, view, render, focus):
        return render_frame(scene, "eye", frame, tmp_path / "rgb.png", tmp_path).linear[..., 0]


@pytest.mark.parametrize("lens", [None, FisheyeEquidistant(1.5), BrownConrady(-0.05)])
def test_a_point_out_of_focus_is_a_disc_of_the_right_size(scene, tmp_path, lens):
    lamp(scene, (0, 0, -4.0))
    light = picture(scene, eye(scene, lens), Render(f_number=0.05), tmp_path)
    aperture = FOCAL * 36 / 96 * 1e-3 / 0.05
    expected = aperture * FOCAL * (4 - 2) / (4 * 2)  # diameter, pixels: similar triangles
    weight = light / light.sum()
    y, x = np.indices(light.shape)
    spread = np.sqrt((weight * ((x - 47.5) ** 2 + (y - 31.5) ** 2)).sum())
    assert expected > 8
    assert 2 * np.sqrt(2) * spread == pytest.approx(expected, rel=0.08)  # a disc's mean square radius is half its own
    sharp = picture(scene, bpy.data.objects["eye"], Render(f_number=0.05), tmp_path, focus=4.0)
    assert (sharp > 0.01 * sharp.max()).sum() <= 16


def test_a_moving_point_is_a_streak_around_where_it_is(scene, tmp_path):
    thing = lamp(scene, (0, 0, -4.0))
    step = 20 * 4 / FOCAL  # metres for 20 pixels
    poses = np.eye(4)[None].repeat(3, 0)
    poses[:, :3, 3] = [(-step, 0, -4), (0, 0, -4), (step, 0, -4)]
    set_motion(thing, poses)
    light = picture(scene, eye(scene), Render(shutter=0.5), tmp_path, frame=2)
    weight = light / light.sum()
    x = np.arange(96) + 0.5
    middle = (weight.sum(0) * x).sum()
    assert middle == pytest.approx(48, abs=0.5)
    spread = np.sqrt((weight.sum(0) * (x - middle) ** 2).sum())
    assert np.sqrt(12) * spread == pytest.approx(10, rel=0.12)  # a line's mean square is a twelfth of its length's


def test_focus_is_what_the_middle_shows():
    depth = np.full((60, 90), np.inf)
    view = replace(camera(), clip=(0.1, 500.0))
    assert focus_of(depth, view, Render()) == 500.0
    depth[25:35, 40:50] = 7.0
    assert focus_of(depth, view, Render()) == 7.0
    assert focus_of(depth, view, Render(focus=3.0)) == 3.0


def test_pictures_are_sharp_unless_asked():
    assert not is_blurred(Render())
    assert is_blurred(Render(shutter=0.1)) and is_blurred(Render(f_number=2.8))
