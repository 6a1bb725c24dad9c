"""Depth and object ids against Cycles' own passes, at 128 pixels."""

import bpy
import numpy as np
import pytest

from benchmarks.agreement import compare, proof_subject
from benchmarks.proof.cases import CASES
from buildee.blender.camera import read_camera
from buildee.blender.render import render_frame
from buildee.blender.surface import SurfaceReader
from buildee.truth.embree import CasterPool
from buildee.truth.hits import cast_pixels


def add(name, vertices, faces, pose=None):
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(vertices, [], faces)
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    thing.pass_index = len(bpy.context.scene.objects)
    if pose is not None:
        thing.matrix_world = pose
    return thing


def fill(scene):
    """A floor, fifty turned, mirrored and stretched pyramids, and a camera above."""
    rng = np.random.default_rng(2)
    add("floor", [(-30, -30, 0), (30, -30, 0), (30, 30, 0), (-30, 30, 0)], [(0, 1, 2, 3)])
    corners = [(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0), (0.2, 0.1, 1.6)]
    sides = [(3, 2, 1, 0), (0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4)]
    for number in range(50):
        turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
        pose = np.eye(4)
        pose[:3, :3] = turn * rng.uniform(0.3, 1.5, 3)
        pose[:3, 3] = rng.uniform((-7, -7, 0), (7, 7, 4))
        add(f"pyramid {number}", corners, sides, pose.T.tolist())
    lens = bpy.data.cameras.new("eye")
    lens.lens, lens.shift_x, lens.clip_start, lens.clip_end = 22, 0.07, 3.0, 18.0
    eye = bpy.data.objects.new("eye", lens)
    scene.collection.objects.link(eye)
    eye.location, eye.rotation_euler = (0.5, -11, 7), (1.05, 0.06, 0.03)
    scene.camera = eye
    return eye


def test_depth_and_ids_agree_with_cycles(scene, tmp_path):
    eye = fill(scene)
    scene.render.engine = "CYCLES"
    scene.cycles.device, scene.cycles.samples = "CPU", 1
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 128, 96, 100
    layer = scene.view_layers[0]
    layer.use_pass_z = layer.use_pass_object_index = True
    rendered = render_frame(scene, eye.name, 1, tmp_path / "rgb.png", tmp_path)
    surface, camera = SurfaceReader(scene.name).read(1), read_camera(scene, eye)
    with CasterPool() as pool, pool.caster(surface, camera.world_from_camera) as caster:
        hits = cast_pixels(caster, camera)
    # The scene's objects were added in the order in which Blender walks them, so copy i has pass index i + 1.
    index = np.arange(1, len(surface.copy_mesh) + 1)
    ours = np.where(hits.seen, np.append(index, 0)[hits.copy], 0)
    assert len(np.unique(ours)) > 25
    assert 0.02 < (~hits.seen).mean() < 0.9
    assert (ours == rendered.index).mean() >= 0.999
    both = hits.seen & (rendered.depth < 1e9)
    off = np.abs(hits.depth[both] - rendered.depth[both])
    assert (off < np.maximum(1e-3, 1e-4 * hits.depth[both])).mean() >= 0.998


@pytest.mark.parametrize("near, far", [(2.0, 6.0), (4.0, 5.0)])
def test_cycles_clips_by_planar_depth(scene, tmp_path, near, far):
    add("floor", [(-20, -1, 1), (20, -1, 1), (20, -1, -40), (-20, -1, -40)], [(0, 1, 2, 3)])
    lens = bpy.data.cameras.new("eye")
    lens.lens, lens.clip_start, lens.clip_end = 14, near, far
    eye = bpy.data.objects.new("eye", lens)
    scene.collection.objects.link(eye)
    scene.camera = eye
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 1
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 128, 96, 100
    scene.view_layers[0].use_pass_z = scene.view_layers[0].use_pass_object_index = True
    rendered = render_frame(scene, eye.name, 1, tmp_path / "rgb.png", tmp_path)
    surface, camera = SurfaceReader(scene.name).read(1), read_camera(scene, eye)
    with CasterPool() as pool, pool.caster(surface, camera.world_from_camera) as caster:
        hits = cast_pixels(caster, camera)
    assert hits.seen.any() and not hits.seen.all()
    np.testing.assert_array_equal(hits.seen, rendered.depth < 1e9)


SHOWN = ("flattened to nothing", "hidden from the camera", "in an excluded collection", "sheared", "node instances")
SHOWN += ("armature", "wide pixels", "tall pixels, AUTO fit turns", "portrait, HORIZONTAL fit", "scaled camera")


@pytest.mark.parametrize("name", SHOWN)
def test_the_scenes_of_the_proof_are_what_cycles_shows(name):
    found = compare(proof_subject(CASES[name]))
    assert found.ok and found.unexplained == 0
