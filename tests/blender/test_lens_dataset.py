"""Whole datasets through every lens: written, audited against Cycles and checked."""

from dataclasses import replace

import bpy
import numpy as np
import pytest

from buildee.blender import cycles
from buildee.blender.annotations import Annotations
from buildee.blender.build import build
from buildee.blender.pictures import Clock, Pictures
from buildee.blender.surface import read_camera
from buildee.dataset.check import check
from buildee.dataset.reader import Dataset
from buildee.dataset.writer import SceneWriter, create_dataset
from buildee.layout.categories import CATEGORIES
from buildee.layout.scene import Lens
from buildee.recipe.sections import Frames, Recipe, Render, Truth
from buildee.truth.lens import FisheyeEquidistant, lens_of, lens_parameters

LENSES = {
    "fisheye": (Lens("fisheye_equidistant", (np.deg2rad(200),)), 64 / np.deg2rad(200)),
    "equisolid": (Lens("fisheye_equisolid", (3.0,)), 25.0),
    "polynomial": (Lens("fisheye_polynomial", (0.0, -0.03, 0.0, 1e-6, 0.0, 3.0)), 1.2),
    "around": (Lens("equirectangular", (0.0,)), 96 / (2 * np.pi)),
}


def through(layout, names):
    """The toy layout seen through lenses."""
    front = layout.cameras[0]
    cameras = [replace(front, name=name, lens=LENSES[name][0], focal=LENSES[name][1]) for name in names]
    return replace(layout, cameras=tuple(cameras))


def written(root, layout, scene, **render):
    """Writes, renders and audits a layout as `produce` does; returns the dataset and the audits."""
    categories = [{"id": row.id, "name": name, "color": row.color} for name, row in CATEGORIES.items()]
    create_dataset(root, "world: toy\n", "hash", categories, 1)
    resolved = Recipe(
        world="toy",
        frames=Frames(layout.frames, layout.fps),
        render=Render(resolution=(96, 64), samples=1, **render),
        truth=Truth(track_points=200),
        scene=None,
    )
    with SceneWriter(root, 0) as writer:
        built = build(layout, scene)
        scene.render.resolution_x, scene.render.resolution_y = 96, 64
        writer.layout({"world": "toy"})
        device = cycles.choose_device("cpu")
        with Annotations(layout, built, resolved, 0, writer) as annotations:
            annotations.write()
            audits = Pictures(built, resolved, device, writer, annotations, Clock()).write()
        writer.commit({"seed": 0, "audit": audits})
    return Dataset(root), audits


def test_panoramas_are_written_audited_and_checked(toy_layout, scene, tmp_path):
    data, audits = written(tmp_path / "out", through(toy_layout, LENSES), scene)
    assert all(audit["ok"] for audit in audits), audits
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
