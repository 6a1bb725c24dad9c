"""What annotating a built layout writes."""

from dataclasses import replace

import numpy as np
import pytest

from buildee.blender.annotations import Annotations
from buildee.blender.build import build
from buildee.blender.take import take_of
from buildee.dataset.camera import Camera
from buildee.dataset.folder import create_dataset
from buildee.dataset.reader import Scene
from buildee.dataset.writer import SceneWriter
from buildee.layout.kinematics import world_from_part
from buildee.layout.scene import Keypoint
from buildee.recipe import Seed
from buildee.recipe.sections import Truth
from buildee.recipe.tracks import MixedTracks
from buildee.truth.camera import project


@pytest.fixture
def written(tmp_path, scene, toy_layout):
    """A function that annotates the toy layout and returns its front camera."""
    create_dataset(tmp_path / "out", "", "hash", [], 1)

    def annotated(reads=None, **truth):
        with SceneWriter(tmp_path / "out", 0) as writer:
            scene.render.resolution_x, scene.render.resolution_y = 96, 64
            take = take_of(toy_layout, build(toy_layout, scene))
            if reads is not None:
                read = take.subject.reader.read
                take.subject.reader.read = lambda frame: reads.append(frame) or read(frame)
            with Annotations(take, Truth(**truth), Seed(0), writer) as annotations:
                annotations.write()
            return Camera(writer.commit({}) / "front")

    return annotated


def test_flow_leads_where_the_recipe_says(written, toy_layout):
    reads = []
    camera = written(
        reads,
        annotators=("depth", "part", "instance", "flow", "scene_flow"),
        flow_strides=(2, -1),
        flow_pairs=((0, 1),),
    )
    assert sorted(reads) == [1, 2, 3], "no frame is read twice"
    assert [frame.flow_targets for frame in camera.frames] == [(1, 2), (0,), (1,)]
    assert [frame.scene_flow_targets for frame in camera.frames] == [(1, 2), (0,), (1,)]
    frame = camera.frames[0]
    assert "flow" in frame.available and "flow_backward" not in frame.available
    moved, state = frame.scene_flow_to(2)
    parts = world_from_part(toy_layout)
    assert not moved[(frame.instance == 1) | (frame.instance == 2)].any()
    base = (frame.part == 3) & (state > 0)
    assert base.sum() > 20
    expected = parts[2, 2, :3, 3] - parts[0, 2, :3, 3]
    np.testing.assert_allclose(moved[base], np.broadcast_to(expected, (base.sum(), 3)), atol=2e-5)


@pytest.mark.parametrize(("glass", "first"), [("first_surface", 3), ("see_through", 1)])
def test_what_is_glass_is_decided_in_the_first_frame(written, glass, first):
    reads = []
    written(reads, annotators=("tracks",), tracks=(MixedTracks("points", 50, 2),), glass=glass)
    assert reads[0] == first


def test_flow_alone_leads_to_the_neighbours(written):
    camera = written(annotators=("flow",))
    assert not (camera.folder / "cloud").exists()
    assert [frame.flow_targets for frame in camera.frames] == [(1,), (0, 2), (1,)]
    assert not (camera.folder / "flow_pairs").exists() and not (camera.folder / "scene_flow").exists()


def test_materials_and_object_coordinates_are_written(written, toy_layout):
    camera = written(annotators=("material", "shading_normal", "uv", "nocs"))
    scene = Scene(camera.folder.parent)
    names = {row.id: row.name for row in scene.materials.values()}
    frame = camera.frames[1]
    assert {"boxes", "nocs", "material", "uv", "shading_normal"} <= set(frame.available)
    kinds = {names[number].split(".")[1] for number in np.unique(frame.material[frame.part == 3])}
    assert kinds == {"painted_metal"}
    assert {names[number].split(".")[1] for number in np.unique(frame.material[frame.part == 4])} == {"concrete"}
    things = np.isfinite(frame.nocs).all(-1)
    assert things.sum() > 100 and (frame.material[things] > 0).all()
    assert np.isnan(frame.uv).all(), "the toys have no texture coordinates"
    assert (np.abs(np.linalg.norm(frame.shading_normal[things], axis=-1) - 1) < 1e-3).all()


def test_a_point_cloud_is_written_when_asked_for(written, toy_layout):
    camera = written(annotators=("depth",), cloud_points=500)
    scene = Scene(camera.folder.parent)
    assert scene.cloud["xyz"].shape == (500, 3) and camera.cloud["seen"].shape == (3, 500)
    assert 0.1 < camera.cloud["seen"].mean() < 0.9
    assert set(np.unique(scene.cloud["instance"])) >= {1, 2, 3}
    ground = scene.cloud["instance"] == 1
    assert ground.sum() > 200 and np.ptp(scene.cloud["xyz"][ground, 2]) < 0.3
    assert not (camera.folder / "tracks").exists()


def test_keypoints_lie_on_the_evaluated_parts(tmp_path, scene, toy_layout):
    """Two keypoints of the arm: a corner of its bar, which is on the surface, and the middle of its base."""
    points = (Keypoint("tip", 1, (2.0, 0.15, 0.3), 0.1), Keypoint("core", 0, (0.0, 0.0, 0.0), 0.9))
    arm = replace(toy_layout.instances[2], keypoints=points)
    layout = replace(toy_layout, instances=(*toy_layout.instances[:2], arm))
    create_dataset(tmp_path / "out", "", "hash", [], 1)
    scene.render.resolution_x, scene.render.resolution_y = 96, 64
    with SceneWriter(tmp_path / "out", 0) as writer:
        take = take_of(layout, build(layout, scene))
        with Annotations(take, Truth(annotators=("instance", "keypoints")), Seed(0), writer) as annotations:
            annotations.write()
        surfaces = [take.subject.reader.read(frame) for frame in take.frames]
        folder = writer.commit({})
    stored, camera = Scene(folder), Camera(folder / "front")
    ids, names, columns = stored.keypoint_columns("excavator")
    assert (ids.tolist(), names, columns.tolist()) == ([3], ["tip", "core"], [[0, 1]])
    for frame, surface in enumerate(surfaces):
        poses = {int(part): pose for part, pose in zip(surface.copy_part, surface.world_from_copy, strict=True)}
        expected = [(poses[3] @ (2.0, 0.15, 0.3, 1))[:3], poses[2][:3, 3]]
        np.testing.assert_allclose(stored.keypoints["xyz"][frame], expected, atol=1e-5)
        xy, depth = project(camera.frames[frame].camera, stored.keypoints["xyz"][frame])
        np.testing.assert_allclose(camera.keypoints["xy"][frame], xy, atol=1e-3)
        np.testing.assert_allclose(camera.keypoints["depth"][frame], depth, atol=1e-5)
        x, y = np.floor(xy[1]).astype(int)
        seen = camera.frames[frame].instance[y, x] == 3
        assert (camera.keypoints["state"][frame, 1] == 1) == seen
    assert set(camera.keypoints["state"][:, 1]) == {1}


def test_a_layout_without_keypoints_has_no_folder_of_them(written):
    camera = written(annotators=("depth", "keypoints"))
    assert not (camera.folder / "keypoints").exists() and not (camera.folder.parent / "keypoints").exists()
