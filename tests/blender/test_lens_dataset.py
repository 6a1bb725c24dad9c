"""Whole datasets through every lens: written, audited against Cycles and checked."""

from dataclasses import replace
from typing import get_args

import bpy
import numpy as np
import pytest
from test_truth_cycles import add

from buildee.blender import cycles
from buildee.blender.annotations import Annotations
from buildee.blender.blur import sharp
from buildee.blender.build import build
from buildee.blender.camera import read_camera
from buildee.blender.clock import Clock
from buildee.blender.context import fresh_scene
from buildee.blender.lens import set_distorted
from buildee.blender.pictures import Pictures
from buildee.blender.produce_file import refuse_distorted
from buildee.blender.render import render_frame
from buildee.blender.surface import SurfaceReader
from buildee.blender.take import take_of
from buildee.dataset import png
from buildee.dataset.check import check
from buildee.dataset.folder import create_dataset
from buildee.dataset.reader import Dataset
from buildee.dataset.writer import SceneWriter
from buildee.errors import AnnotationError
from buildee.layout.categories import CATEGORIES
from buildee.layout.scene import Lens
from buildee.recipe import Seed
from buildee.recipe.sections import Annotator, Frames, Recipe, Render, Truth
from buildee.recipe.tracks import MixedTracks
from buildee.truth.embree import CasterPool
from buildee.truth.hits import cast_pixels
from buildee.truth.lens import BrownConrady, FisheyeEquidistant, Pinhole, lens_of, lens_parameters

LENSES = {
    "fisheye": (Lens("fisheye_equidistant", (np.deg2rad(200),)), 64 / np.deg2rad(200)),
    "equisolid": (Lens("fisheye_equisolid", (3.0,)), 25.0),
    "polynomial": (Lens("fisheye_polynomial", (0.0, -0.03, 0.0, 1e-6, 0.0, 3.0)), 1.2),
    "bent": (Lens("fisheye_polynomial", (0.0, -0.09, -0.002, 0.0, 0.0, np.deg2rad(160))), 96 / 36),
    "barrel": (Lens("brown_conrady", (-0.25, 0.06, 0.002, -0.003, 0.0)), 70.0),
    "pincushion": (Lens("brown_conrady", (0.2, 0.0, 0.0, 0.0, 0.05)), 80.0),
    "around": (Lens("equirectangular", (0.0,)), 96 / (2 * np.pi)),
}


def through(layout, names):
    """The toy layout seen through lenses."""
    front = layout.cameras[0]
    cameras = [replace(front, name=name, lens=LENSES[name][0], focal=LENSES[name][1]) for name in names]
    return replace(layout, cameras=tuple(cameras))


def written(root, layout, scene, glass="first_surface", **render):
    """Writes, renders and audits a layout as `produce` does; returns the dataset and the audits."""
    categories = [{"id": row.id, "name": name, "color": row.color} for name, row in CATEGORIES.items()]
    create_dataset(root, "world: toy\n", "hash", categories, 1)
    resolved = Recipe(
        world="toy",
        frames=Frames(layout.frames, layout.fps),
        render=Render(resolution=(96, 64), samples=1, **render),
        truth=Truth(
            get_args(Annotator),
            flow_pairs=((0, 2),),
            glass=glass,
            cloud_points=400,
            tracks=(MixedTracks("points", 200),),
        ),
        scene=None,
    )
    with SceneWriter(root, 0) as writer:
        built = build(layout, scene)
        scene.render.resolution_x, scene.render.resolution_y = 96, 64
        writer.layout({"world": "toy"})
        device = cycles.choose_device("cpu")
        take = take_of(layout, built)
        with Annotations(take, resolved.truth, Seed(0), writer) as annotations:
            annotations.write()
            settings = cycles.settings(scene, device, 1, (96, 64), resolved.render.view_transform)
            audits = Pictures(take, settings, resolved.render, writer, annotations, Clock()).write()
        writer.commit({"seed": 0, "audit": audits})
    return Dataset(root), audits


def test_every_lens_is_written_audited_and_checked(toy_layout, scene, tmp_path):
    data, audits = written(tmp_path / "out", through(toy_layout, LENSES), scene)
    assert all(audit["ok"] for audit in audits), audits
    assert min(audit["ids"] for audit in audits) > 0.9995
    report = check(data.path)
    assert report.ok, str(report)
    for name, (lens, focal) in LENSES.items():
        camera = data[0].cameras[name]
        assert camera.lens.name == lens.model
        np.testing.assert_allclose(lens_parameters(camera.lens), lens.parameters, rtol=1e-6, atol=1e-9)
        if name != "around":
            np.testing.assert_allclose(camera.K[0, :2], [[focal, 0, 48], [0, focal, 32]], rtol=1e-5)
        assert np.isfinite(camera.frames[0].depth).any() and camera.frames[0].rgb.std() > 5


@pytest.mark.parametrize("name", LENSES)
def test_built_lenses_read_back(toy_layout, scene, name):
    built = build(through(toy_layout, [name]), scene)
    scene.render.resolution_x, scene.render.resolution_y = 96, 64
    camera = read_camera(scene, bpy.data.objects[built.cameras[0]])
    wanted = lens_of(LENSES[name][0].model, LENSES[name][0].parameters)
    np.testing.assert_allclose(lens_parameters(camera.lens), lens_parameters(wanted), rtol=1e-6, atol=1e-9)


def test_a_circle_is_round_in_any_picture(toy_layout, scene):
    built = build(through(toy_layout, ["fisheye"]), scene)
    scene.render.resolution_x, scene.render.resolution_y = 96, 64
    camera = read_camera(scene, bpy.data.objects[built.cameras[0]])
    assert isinstance(camera.lens, FisheyeEquidistant)
    assert camera.K[0, 0] == pytest.approx(camera.K[1, 1])


def test_a_distorted_picture_shows_what_truth_says(scene, tmp_path):
    """White squares in the dark: light and labels must have the same borders."""
    rng = np.random.default_rng(4)
    white = bpy.data.materials.new("white")
    white.use_nodes = True
    emission = white.node_tree.nodes.new("ShaderNodeEmission")
    white.node_tree.links.new(emission.outputs[0], white.node_tree.nodes["Material Output"].inputs["Surface"])
    for number in range(40):
        x, y = rng.uniform((-5, -4), (5, 4))
        corners = [(x + 0.4 * right, y + 0.4 * up, -4) for right, up in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        add(f"square {number}", corners, [(0, 1, 2, 3)]).data.materials.append(white)
    data = bpy.data.cameras.new("eye")
    data.sensor_fit = "HORIZONTAL"
    set_distorted(data, BrownConrady(-0.25, 0.06, 0.002, -0.003), 70.0, 96, 64)
    eye = bpy.data.objects.new("eye", data)
    scene.collection.objects.link(eye)
    scene.render.engine, scene.cycles.samples = "CYCLES", 64
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 96, 64, 100
    scene.view_layers[0].use_pass_z = scene.view_layers[0].use_pass_object_index = True
    scene.view_settings.view_transform = "Standard"
    rendered = render_frame(scene, "eye", 1, tmp_path / "rgb.png", tmp_path)
    view = read_camera(scene, eye)
    assert (scene.render.resolution_x, scene.render.resolution_y) == (96, 64)
    with CasterPool() as pool, pool.caster(SurfaceReader(scene.name).read(1), view.world_from_camera) as caster:
        labels = cast_pixels(caster, view).seen
        straight = cast_pixels(caster, replace(view, lens=Pinhole())).seen
    light = rendered.linear[..., 0] > 0.5
    assert light.shape == (64, 96) and 0.1 < light.mean() < 0.6
    assert (light == labels).mean() > 0.985
    assert (light == straight).mean() < 0.95
    assert ((png.read(tmp_path / "rgb.png")[..., 0] > 188) == labels).mean() > 0.985


def annotations_of(data):
    """Bytes of every annotation by path; pictures aside."""
    folder = data.path / "scenes/000000"
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.parent.name != "rgb"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.name != "scene.json"}


def test_blur_is_in_the_picture_and_never_in_the_truth(toy_layout, scene, tmp_path):
    layout = through(toy_layout, ["fisheye", "barrel"])
    layout = replace(layout, cameras=(toy_layout.cameras[0], *layout.cameras))
    names = [camera.name for camera in layout.cameras]
    still, audits = written(tmp_path / "still", layout, scene)
    assert all(audit["ok"] for audit in audits)
    soft = {
        "field": {"f_number": 0.1, "focus": 2.0},
        "motion": {"shutter": 1.0},
    }
    for kind, render in soft.items():
        data, audits = written(tmp_path / kind, layout, fresh_scene(), **render)
        assert all(audit["ok"] for audit in audits), audits
        assert check(data.path).ok
        assert annotations_of(data) == annotations_of(still)
        for name in names:
            one, other = (dataset[0].cameras[name].frames[1].rgb.astype(float) for dataset in (still, data))
            assert np.abs(one - other).mean() > 0.1, f"{kind} {name}"  # the very same bytes if nothing blurred
            assert not bpy.data.objects[name].data.dof.use_dof
    assert not bpy.context.scene.render.use_motion_blur


def test_the_sharp_render_leaves_no_trace(toy_layout, scene, tmp_path):
    """Cycles keeps its data between renders, and must not keep the one sample a pixel."""
    build(toy_layout, scene)
    device = cycles.choose_device("cpu")
    with cycles.settings(scene, device, 12, (96, 64), "Standard"):
        before = render_frame(scene, "front", 1, tmp_path / "a.png", tmp_path)
        with sharp(scene):
            quick = render_frame(scene, "front", 1, tmp_path / "b.png", tmp_path)
        after = render_frame(scene, "front", 1, tmp_path / "c.png", tmp_path)
    np.testing.assert_array_equal(after.linear, before.linear)
    assert np.abs(quick.linear - before.linear).max() > 0
    np.testing.assert_array_equal(quick.index, before.index)
    np.testing.assert_array_equal(quick.depth, before.depth)


def test_distorted_cameras_of_files_are_refused(scene):
    data = bpy.data.cameras.new("eye")
    scene.collection.objects.link(bpy.data.objects.new("eye", data))
    refuse_distorted(["eye"])
    set_distorted(data, BrownConrady(-0.1), 70.0, 96, 64)
    with pytest.raises(AnnotationError, match=r"camera 'eye': has a distorted lens.*'buildee_distorted'"):
        refuse_distorted(["eye"])
