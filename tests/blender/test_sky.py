"""The sun stands where the layout says, and daylight has the brightness that exposure counts on."""

from __future__ import annotations

import math
from dataclasses import replace

import bpy
import numpy as np
import pytest
from mathutils import Vector

from buildee.blender import panorama
from buildee.blender.build import build
from buildee.blender.sky import build_sky
from buildee.errors import AssetError
from buildee.layout.exposure import (
    LUX,
    air_light,
    daylight,
    exposure_for,
    lamp_power,
    overcast_light,
    skylight,
    sun_direction,
    sunlight,
)
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Camera, Instance, Layout, Light, Part, Sky

NOON = Sky(math.radians(45), math.radians(120))


@pytest.fixture(autouse=True)
def _fresh_file():
    bpy.ops.wm.read_factory_settings(use_empty=True)


def _card_radiance(sky: Sky, tmp_path) -> np.ndarray:
    """Returns the linear radiance of a level 18 % card under a sky, seen from above."""
    build_sky(sky, bpy.context.scene)
    return _card(tmp_path)


def _card(tmp_path) -> np.ndarray:
    """Returns the linear radiance of a level 18 % card in the scene's light, seen from above."""
    scene = bpy.context.scene
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
    [
        NOON,
        replace(NOON, sun_elevation=math.radians(15)),
        replace(NOON, cloud=1.0),
        replace(NOON, cloud=0.4, dust=4.0),
        replace(NOON, sun_elevation=math.radians(1)),
        replace(NOON, sun_elevation=math.radians(-3)),
        replace(NOON, sun_elevation=math.radians(-3), cloud=1.0),
        replace(NOON, sun_elevation=math.radians(-15), town=0.02, cloud=0.5),
        replace(NOON, visibility=3000.0),
    ],
)
def test_card_is_as_bright_as_exposure_counts_on(sky, tmp_path):
    seen = float(_card_radiance(sky, tmp_path) @ [0.2126, 0.7152, 0.0722])
    assert seen == pytest.approx(0.18 * daylight(sky) / math.pi, rel=0.2)


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


@pytest.mark.parametrize("angle", [math.radians(60), math.radians(150)])
def test_a_lamp_of_so_many_lumens_lights_a_card_with_so_many_lux(angle, tmp_path):
    lumens, height = 7500.0, 6.0
    down = np.eye(4)
    down[2, 3] = height
    lamp = Light("lamp", "spot", down, lamp_power(lumens, "spot", angle), 0.1, angle=angle)
    build(Layout("box_world", 1, 24.0, {}, (), (), (), lights=(lamp,)), bpy.context.scene)
    candela = lumens / (2 * math.pi * (1 - math.cos(angle / 2)))
    seen = float(_card(tmp_path) @ [0.2126, 0.7152, 0.0722])  # of 3.6 m around the middle
    assert seen * math.pi / 0.18 * LUX == pytest.approx(candela / height**2, rel=0.15)


def test_a_sky_from_a_picture_lights_like_noon_however_bright_the_picture_is(tmp_path):
    picture = bpy.data.images.new("dim", 64, 32, float_buffer=True)
    picture.pixels.foreach_set(np.full(64 * 32 * 4, 0.003, np.float32))
    picture.filepath_raw, picture.file_format = str(tmp_path / "dim.exr"), "OPEN_EXR"
    picture.save()
    sky = replace(NOON, image=picture.filepath_raw)
    assert _card_radiance(sky, tmp_path) == pytest.approx([0.18] * 3, rel=0.05)
    assert exposure_for(sky) == pytest.approx(exposure_for(replace(NOON, cloud=0.5)), abs=0.5)


def test_panoramas_of_blender_go_by_name_and_others_by_path(tmp_path):
    assert panorama.find("forest").name == "forest.exr"
    with pytest.raises(AssetError, match="sunst: no such panorama; did you mean 'sunset'"):
        build_sky(replace(NOON, image="sunst"), bpy.context.scene)
    broken = tmp_path / "broken.hdr"
    broken.write_bytes(b"no picture")
    with pytest.raises(AssetError, match=r"broken\.hdr: is no picture"):
        build_sky(replace(NOON, image=str(broken)), bpy.context.scene)


def test_a_dark_wall_at_the_visibility_is_all_air(tmp_path):
    # Away from the sun, whose glow the air has as well: the camera looks along +Y, the sun stands behind it.
    sky = Sky(math.radians(45), -math.pi / 2, visibility=400.0)
    own = _wall(replace(sky, visibility=math.inf), 400.0, tmp_path)[1]
    for distance, passed in ((40.0, math.exp(-0.3912)), (400.0, 0.02)):
        seen = _wall(sky, distance, tmp_path)[1]
        assert seen == pytest.approx(passed * own + (1 - passed) * air_light(sky)[1], rel=0.03)


def _wall(sky: Sky, distance: float, tmp_path) -> np.ndarray:
    """Returns the linear radiance of a black wall seen over a distance."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    half = distance
    corners = [(-half, distance, -half), (half, distance, -half), (half, distance, half), (-half, distance, half)]
    wall = Mesh.from_faces(corners, [(0, 1, 2, 3)])
    black = Material("emissive", (0.0, 0.0, 0.0), dirt=0.0)
    part = Part("wall", "wall", (black,))
    thing = Instance("wall", "building", (part,), np.eye(4)[None])
    ahead = np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]])
    camera = Camera("eye", 8, 8, 80.0, ahead[None])
    scene = bpy.context.scene
    build(Layout("box_world", 1, 24.0, {"wall": wall}, (thing,), (), (camera,), sky=sky), scene)
    scene.render.engine = "CYCLES"
    scene.cycles.samples, scene.cycles.use_denoising, scene.cycles.max_bounces = 16, False, 0
    scene.render.resolution_x = scene.render.resolution_y = 8
    scene.render.image_settings.file_format, scene.render.image_settings.color_depth = "OPEN_EXR", "32"
    scene.render.filepath = str(tmp_path / f"wall{distance}.exr")
    bpy.ops.render.render(write_still=True)
    return np.array(bpy.data.images.load(scene.render.filepath).pixels).reshape(8, 8, -1)[2:6, 2:6, :3].mean((0, 1))
