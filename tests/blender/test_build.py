"""What building leaves in the file, read back through the evaluated surface."""

import bpy
import numpy as np
import pytest

from buildee.blender import cycles
from buildee.blender.build import PART, build
from buildee.blender.camera import read_camera
from buildee.blender.context import changed
from buildee.blender.render import render_frame
from buildee.blender.surface import SurfaceReader
from buildee.layout.kinematics import world_from_part
from buildee.layout.rows import rows


def test_every_part_stands_where_the_layout_says(toy_layout, scene):
    built = build(toy_layout, scene)
    reader = SurfaceReader(built.scene)
    numbered = rows(toy_layout)
    poses = world_from_part(toy_layout)
    for frame in range(toy_layout.frames):
        surface = reader.read(frame + 1)
        assert sorted(set(surface.copy_part.tolist())) == list(range(len(numbered.part_name)))
        for row in range(poses.shape[1]):
            copy = int(np.flatnonzero(surface.copy_part == row)[0])
            np.testing.assert_allclose(surface.world_from_copy[copy], poses[frame, row], atol=2e-6)
        for index, scatter in enumerate(toy_layout.scatters):
            first = numbered.scatter_first[index]
            part = first + np.arange(len(scatter.poses)) if scatter.countable else first
            copies = np.flatnonzero(np.isin(surface.copy_part, part))
            np.testing.assert_allclose(surface.world_from_copy[copies], scatter.poses, atol=2e-6)


def test_triangles_keep_the_shape_and_stay_the_same_object(toy_layout, scene):
    built = build(toy_layout, scene)
    reader = SurfaceReader(built.scene)
    first, second = reader.read(1), reader.read(2)
    np.testing.assert_array_equal(first.copy_key, second.copy_key)
    assert all(a is b for a, b in zip(first.meshes, second.meshes, strict=True))
    bar = first.meshes[first.copy_mesh[np.flatnonzero(first.copy_part == 3)[0]]]
    np.testing.assert_allclose(bar.vertices.min(0), (0, -0.15, 0), atol=1e-6)
    assert len(bar.triangles) == 12


def test_equal_shapes_and_materials_share_a_mesh(toy_layout, scene):
    build(toy_layout, scene)
    assert bpy.data.objects["ground/slab"].data is not bpy.data.objects["column/shaft"].data
    assert bpy.data.objects["stones/prototype"].data is bpy.data.objects["gravel/prototype"].data


def test_cameras_have_the_focal_length_asked_for(toy_layout, scene):
    built = build(toy_layout, scene)
    spec = toy_layout.cameras[0]
    scene.render.resolution_x, scene.render.resolution_y = spec.width, spec.height
    scene.frame_set(2)
    camera = read_camera(scene, bpy.data.objects[built.cameras[0]])
    expected = [[spec.focal, 0, spec.width / 2], [0, spec.focal, spec.height / 2], [0, 0, 1]]
    np.testing.assert_allclose(camera.K, expected, rtol=1e-5, atol=1e-4)
    np.testing.assert_allclose(camera.world_from_camera, spec.poses[1], atol=2e-6)


def test_rendering_restores_the_callers_settings(toy_layout, scene, tmp_path):
    built = build(toy_layout, scene)
    scene.cycles.samples, scene.render.engine = 7, "BLENDER_WORKBENCH"
    device = cycles.choose_device("cpu")
    with cycles.settings(scene, device, 2, (96, 64), "AgX"):
        rendered = render_frame(scene, built.cameras[0], 1, tmp_path / "a.png", tmp_path)
        assert scene.cycles.samples == 2
    assert (scene.cycles.samples, scene.render.engine) == (7, "BLENDER_WORKBENCH")
    assert rendered.depth.shape == rendered.index.shape == (64, 96)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    named = {thing.pass_index for thing in bpy.data.objects if PART in thing or thing.name.endswith("prototype")}
    assert set(np.unique(rendered.index)) - {0} <= named


def test_settings_come_back_after_an_error(scene):
    old = scene.render.fps
    with pytest.raises(RuntimeError), changed([(scene.render, "fps", old + 1)]):
        raise RuntimeError
    assert scene.render.fps == old
