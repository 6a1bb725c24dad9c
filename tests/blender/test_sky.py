"""The sun stands where the layout says, and daylight has the brightness that exposure counts on."""

from __future__ import annotations

import math
from dataclasses import replace

import bpy
import numpy as np
import pytest
from mathutils import Vector

from buildee.blender.sky import build_sky
from buildee.layout.exposure import exposure_for, overcast_light, skylight, sun_direction, sunlight
from buildee.layout.scene import Sky

NOON = Sky(math.radians(45), math.radians(120))


@pytest.fixture(autouse=True)
def _fresh_file():
    bpy.ops.wm.read_factory_settings(use_empty=True)


def _card_radiance(sky: Sky, tmp_path) -> np.ndarray:
    """Returns the linear radiance of a level 18 % card under a sky, seen from above."""
    scene = bpy.context.scene
    build_sky(sky, scene)
    mesh = bpy.data.meshes.new("card")
    mesh.from_pydata([(-9, -9, 0), (9, -9, 0), (9, 9, 0), (-9, 9, 0)], [], [(0, 1, 2, 3)])
    grey = bpy.data.materials.new("grey")
    if grey.node_tree is None:
        grey.use_nodes = True
    grey.node_tree.nodes.clear()
    diffuse = grey.node_tree.nodes.new("ShaderNodeBsdfDiffuse")
    diffuse.inputs["Color"].default_value = (0.18, 0.18, 0.18, 1)
    output = grey.node_tree.nodes.new("ShaderNodeOutputMaterial")
    grey.node_tree.links.new(diffuse.outputs[0], output.inputs["Surface"])
    mesh.materials.append(grey)
    scene.collection.objects.link(bpy.data.objects.new("card", mesh))
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.location = (0, 0, 5)
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 64
    scene.cycles.use_denoising = False
    scene.render.resolution_x = scene.render.resolution_y = 16
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_depth = "32"
    scene.render.filepath = str(tmp_path / "card.exr")
    bpy.ops.render.render(write_still=True)
    pixels = np.array(bpy.data.images.load(scene.render.filepath).pixels)
    return pixels.reshape(16, 16, -1)[..., :3].mean((0, 1))


@pytest.mark.parametrize(
    "sky",
    [NOON, replace(NOON, sun_elevation=math.radians(15)), replace(NOON, cloud=1.0), replace(NOON, cloud=0.4, dust=4.0)],
)
def test_card_is_as_bright_as_exposure_counts_on(sky, tmp_path):
    seen = float(_card_radiance(sky, tmp_path) @ [0.2126, 0.7152, 0.0722])
    beam = float(np.dot(sunlight(sky), [0.2126, 0.7152, 0.0722])) * math.sin(sky.sun_elevation)
    assert seen == pytest.approx(0.18 * (beam + skylight(sky)) / math.pi, rel=0.2)


def test_noon_needs_no_correction_and_a_grey_card_stays_grey(tmp_path):
    assert abs(exposure_for(NOON)) < 0.15
    red, green, blue = _card_radiance(NOON, tmp_path)
    assert green == pytest.approx(0.18, rel=0.12)
    assert red / blue == pytest.approx(1.0, abs=0.08)


@pytest.mark.parametrize("azimuth", [0.0, 1.0, 2.5, 4.0])
def test_brightest_sky_is_around_the_sun_that_casts_the_shadows(azimuth, tmp_path):
    sky = Sky(math.radians(40), azimuth, dust=6.0)
    scene = bpy.context.scene
    sun = build_sky(sky, scene)
    shines = sun.rotation_quaternion @ Vector((0, 0, -1))
    assert (shines + Vector(sun_direction(sky))).length < 1e-5
    found = _brightest_direction(scene, tmp_path)
    assert math.degrees(Vector(found).angle(Vector(sun_direction(sky)))) < 6


def _brightest_direction(scene: bpy.types.Scene, tmp_path) -> tuple[float, float, float]:
    """Returns the direction of the brightest pixel of a panorama of the world."""
    lens = bpy.data.cameras.new("panorama")
    lens.type = "PANO"
    owner = lens if hasattr(lens, "panorama_type") else lens.cycles
    owner.panorama_type = "EQUIRECTANGULAR"
    camera = bpy.data.objects.new("panorama", lens)
    camera.rotation_euler = (math.pi / 2, 0, 0)
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 4
    scene.cycles.use_denoising = False
    scene.render.resolution_x, scene.render.resolution_y = 180, 90
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.filepath = str(tmp_path / "sky.exr")
    bpy.ops.render.render(write_still=True)
    pixels = np.array(bpy.data.images.load(scene.render.filepath).pixels).reshape(90, 180, -1)[..., :3].sum(-1)
    row, column = np.unravel_index(pixels.argmax(), pixels.shape)
    elevation = (row + 0.5) / 90 * math.pi - math.pi / 2
    right = (column + 0.5) / 180 * 2 * math.pi - math.pi  # the middle looks along +Y, the right half towards +X
    flat = math.cos(elevation)
    return flat * math.sin(right), flat * math.cos(right), math.sin(elevation)


def test_cloud_takes_the_beam_and_low_sun_is_red():
    assert sunlight(replace(NOON, cloud=1.0)) == (0.0, 0.0, 0.0)
    assert skylight(replace(NOON, cloud=1.0)) == pytest.approx(overcast_light(NOON))
    low, high = sunlight(replace(NOON, sun_elevation=0.1)), sunlight(NOON)
    assert low[0] / low[2] > 1.5 * high[0] / high[2]
    assert exposure_for(replace(NOON, sun_elevation=0.1)) > 1.0
