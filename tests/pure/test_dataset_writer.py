"""A dataset appears whole or not at all, is continued, and reads back what was written."""

import json
import os

import box_world
import numpy as np
import pytest
from PIL import Image

import buildee
from buildee.dataset import exr, files
from buildee.dataset.folder import create_dataset, record_failure, scene_folder
from buildee.dataset.reader import Dataset
from buildee.dataset.writer import SceneWriter
from buildee.errors import DatasetError, OutputError
from buildee.truth.flow import FlowState
from buildee.truth.lens import BrownConrady, FisheyeEquidistant, Pinhole


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return Dataset(box_world.write_dataset(tmp_path_factory.mktemp("data") / "out", scenes=2))


def create(path, recipe_hash="hash", scenes=3):
    return create_dataset(path, "world: boxes\n", recipe_hash, box_world.CATEGORIES, scenes)


def small_scene(writer):
    writer.camera("eye", box_world.K, np.eye(4)[None], 96, 64, 24, (0.1, 10))
    writer.commit({"seed": 0})


def tree(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_frames_read_back(dataset):
    frame = dataset.scenes[1].cameras["mast"].frames[2]
    truth = box_world.annotations(2)
    for name in ("depth", "instance", "semantic", "part", "flow_state", "flow_backward_state"):
        read = getattr(frame, name)
        assert read.dtype == truth[name].dtype
        np.testing.assert_array_equal(read, truth[name])
    np.testing.assert_array_equal(frame.rgb, box_world.picture(truth))
    assert np.abs(frame.flow - truth["flow"]).max() <= 0.5 / 1024
    assert (frame.flow_target, frame.flow_backward_target) == (3, 1)
    seen = truth["instance"] > 0
    chord = np.linalg.norm(frame.normal - truth["normal"], axis=-1)[seen].max()
    assert np.degrees(chord) < 0.0015
    assert not frame.normal[~seen].any()


def test_lenses_read_back(tmp_path):
    create(tmp_path / "out")
    with SceneWriter(tmp_path / "out", 0) as writer:
        for name, lens in (("plain", None), ("fish", FisheyeEquidistant(3.25)), ("bent", BrownConrady(-0.2, 0.1))):
            writer.camera(name, box_world.K, np.eye(4)[None], 96, 64, 24, (0.1, 10), lens)
        writer.commit({"seed": 0})
    cameras = Dataset(tmp_path / "out")[0].cameras
    lenses = [cameras[name].frames[0].camera.lens for name in ("plain", "fish", "bent")]
    assert lenses == [Pinhole(), FisheyeEquidistant(3.25), BrownConrady(-0.2, 0.1)]
    view = cameras["fish"].frames[0].camera
    point = np.array([[3.0, 4.0, -0.1]])
    pixels, depth = buildee.camera.project(view, point)
    angle = np.arctan2(5, -0.1)
    np.testing.assert_allclose(pixels[0], box_world.K[:2, :2] @ (0.6 * angle, 0.8 * angle) + box_world.K[:2, 2])
    np.testing.assert_allclose(depth, np.sqrt(25.01))
    np.testing.assert_allclose(buildee.camera.unproject(view, pixels, depth), point)


def test_cameras_without_a_lens_are_pinholes_and_unknown_lenses_are_told(tmp_path):
    create(tmp_path / "out")
    with SceneWriter(tmp_path / "out", 0) as writer:
        small_scene(writer)
    camera = Dataset(tmp_path / "out")[0].cameras["eye"]
    path = camera.folder / "camera.npz"
    arrays = files.read_npz(path)
    files.write_npz(path, {name: array for name, array in arrays.items() if not name.startswith("lens")})
    assert Dataset(tmp_path / "out")[0].cameras["eye"].lens == Pinhole()
    files.write_npz(path, arrays | {"lens": np.array("monocle")})
    with pytest.raises(DatasetError, match=r"camera\.npz: there is no lens model 'monocle'; known are pinhole"):
        _ = Dataset(tmp_path / "out")[0].cameras["eye"].lens


def test_the_reader_is_pleasant(dataset):
    scene = dataset[0]
    camera = scene.cameras["mast"]
    assert len(dataset) == 2 and [s.index for s in dataset] == [0, 1]
    assert (camera.width, camera.height, camera.fps, camera.clip) == (96, 64, 24.0, (0.05, 500.0))
    np.testing.assert_array_equal(camera.frames[-1].world_from_camera, box_world.camera_pose(3))
    assert [frame.index for frame in camera.frames[1:3]] == [1, 2]
    assert scene.instances[2].category == dataset.categories[22].name == "container"
    assert scene.parts[3].instance == 2
    assert scene.info["facts"] == {"boxes": 3} and scene.layout["frames"] == 4
    assert "2 of 2 scenes" in repr(dataset)
    assert "container" not in repr(scene) and "mast" in repr(scene)
    assert "96x64" in repr(camera) and "depth" in repr(camera.frames[0])
    assert "flow_backward" not in camera.frames[0].available


def test_files_open_with_numpy_and_pillow_alone(dataset):
    folder = dataset[0].folder / "mast"
    truth = box_world.annotations(0)
    np.testing.assert_array_equal(np.load(folder / "depth/000000.npz")["depth"], truth["depth"])
    np.testing.assert_array_equal(np.asarray(Image.open(folder / "instance/000000.png")), truth["instance"])
    assert np.load(folder / "camera.npz")["K"].shape == (4, 3, 3)
    assert set(json.loads((dataset.path / "dataset.json").read_text())["files"]) == {*files.KINDS, *files.PAIRS}


def test_states_mean_what_truth_means():
    assert tuple(state.name.lower() for state in FlowState) == files.FLOW_STATES


def test_equal_scenes_have_equal_bytes(dataset):
    first, second = (scene.folder for scene in dataset)
    assert tree(first) == tree(second)
    for name in tree(first):
        if (first / name).is_file() and name != "scene.json":
            assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_tracks_are_memory_mapped(tmp_path):
    create(tmp_path / "out")
    xyz = np.random.default_rng(0).normal(size=(5, 7, 3)).astype(np.float32)
    with SceneWriter(tmp_path / "out", 0) as writer:
        writer.camera("eye", box_world.K, np.repeat(np.eye(4)[None], 5, 0), 96, 64, 24, (0.1, 10))
        writer.tracks({"xyz": xyz})
        writer.tracks({"state": np.zeros((5, 7), np.uint8)}, "eye")
        writer.commit({})
    scene = Dataset(tmp_path / "out")[0]
    assert isinstance(scene.tracks["xyz"], np.memmap)
    np.testing.assert_array_equal(scene.tracks["xyz"], xyz)
    assert list(scene.cameras["eye"].tracks) == ["state"]
    assert "(5, 7, 3) float32" in repr(scene.tracks)


def test_track_positions_in_camera_axes(dataset):
    scene = dataset[0]
    seen = scene.cameras["mast"].tracks
    for frame in range(4):
        xyz = seen.xyz_camera(frame)
        np.testing.assert_allclose(xyz[:, 2], seen["depth"][frame], atol=2e-6)
        front = xyz[:, 2] > 0
        xy = xyz[front, :2] / xyz[front, 2:] * 80 + (48, 32)
        np.testing.assert_allclose(xy, seen["xy"][frame][front], atol=1e-3)
    with pytest.raises(DatasetError, match="ask a camera's tracks"):
        scene.tracks.xyz_camera(0)


def test_linear_pictures_are_moved_in(tmp_path):
    create(tmp_path / "out")
    values = np.linspace(0, 9, 96 * 64, dtype=np.float32).reshape(64, 96)
    exr.write(tmp_path / "shot.exr", {"R": values, "G": 2 * values, "B": 3 * values})
    with SceneWriter(tmp_path / "out", 0) as writer:
        writer.camera("eye", box_world.K, np.eye(4)[None], 96, 64, 24, (0.1, 10))
        writer.frame("eye", 0, {}, linear=tmp_path / "shot.exr")
        writer.commit({})
    frame = Dataset(tmp_path / "out")[0].cameras["eye"].frames[0]
    np.testing.assert_array_equal(frame.linear, np.stack([values, 2 * values, 3 * values], -1))
    assert not (tmp_path / "shot.exr").exists()


def test_a_begun_dataset_is_continued(tmp_path):
    out = tmp_path / "out"
    assert create(out) == [0, 1, 2]
    with SceneWriter(out, 1) as writer:
        small_scene(writer)
    record_failure(out, 0, "render", "Blender died", {"signal": 11})
    assert create(out) == [0, 2]
    assert Dataset(out).failures[0]["reason"] == "Blender died"
    with SceneWriter(out, 0) as writer:
        small_scene(writer)
    assert not Dataset(out).failures and create(out) == [2]


@pytest.mark.parametrize("content", ["notes.txt", "dataset.json"])
def test_a_folder_of_something_else_is_refused_untouched(tmp_path, content):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / content).write_text("{}")
    with pytest.raises(OutputError, match=r"something else|other files"):
        create(tmp_path / "out")
    assert tree(tmp_path) == ["out", f"out/{content}"]


def test_another_recipe_is_refused(tmp_path):
    create(tmp_path / "out")
    with pytest.raises(OutputError, match="another recipe"):
        create(tmp_path / "out", recipe_hash="other")


@pytest.mark.parametrize("path", ["none/out", "file/out", "file"])
def test_an_impossible_place_is_refused_before_anything_is_created(tmp_path, path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=r"does not exist|is not a folder|is a file"):
        create(tmp_path / path)
    assert tree(tmp_path) == ["file"]


def test_an_unwritable_place_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(OutputError, match="cannot be written"):
        create(tmp_path / "out")
    assert tree(tmp_path) == []


def test_a_failing_disk_is_one_clear_error_and_leaves_nothing(tmp_path, monkeypatch):
    def full(path, value):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_json", full)
    with pytest.raises(OutputError, match="No space left"):
        create(tmp_path / "out")
    assert tree(tmp_path) == []


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "out").mkdir()
    assert create(tmp_path / "out") == [0, 1, 2]


def test_a_scene_appears_whole_or_not_at_all(tmp_path):
    out = tmp_path / "out"
    create(out)
    with pytest.raises(KeyError), SceneWriter(out, 0) as writer:
        writer.camera("eye", box_world.K, np.eye(4)[None], 96, 64, 24, (0.1, 10))
        assert not scene_folder(out, 0).exists()
        raise KeyError("crash")
    assert tree(out / "scenes") == [] and len(Dataset(out)) == 0


def test_what_a_crash_left_is_removed(tmp_path):
    out = tmp_path / "out"
    create(out)
    left = SceneWriter(out, 0)
    (left.folder / "junk.txt").write_text("x")
    assert len(Dataset(out)) == 0 and create(out) == [0, 1, 2]
    with SceneWriter(out, 0) as writer:
        small_scene(writer)
    assert tree(out / "scenes/000000") == ["eye", "eye/camera.npz", "scene.json"]
    SceneWriter(out, 1)
    record_failure(out, 1, "audit", "ids differ in 2 % of pixels")
    assert tree(out / "scenes")[-1] == "000001.failed.json"
    assert not [name for name in tree(out) if "partial" in name]


def test_a_complete_scene_is_not_overwritten(tmp_path):
    create(tmp_path / "out")
    with SceneWriter(tmp_path / "out", 0) as writer:
        small_scene(writer)
    with pytest.raises(OutputError, match="exists already"):
        SceneWriter(tmp_path / "out", 0)


@pytest.mark.parametrize(
    "name", ["../up", "/abs", "a/b", "a\\b", "..", ".", "", "tracks", "CON", "lpt1", "é", "a\n", "x" * 99]
)
def test_camera_names_stay_inside(tmp_path, name):
    create(tmp_path / "out")
    with SceneWriter(tmp_path / "out", 0) as writer, pytest.raises(OutputError, match="not usable as a folder"):
        writer.camera(name, box_world.K, np.eye(4)[None], 96, 64, 24, (0.1, 10))
    assert tree(tmp_path) == ["out", "out/dataset.json", "out/labels.json", "out/recipe.yaml", "out/scenes"]


def test_cameras_that_collide_on_other_systems_are_refused(tmp_path):
    create(tmp_path / "out")
    with SceneWriter(tmp_path / "out", 0) as writer:
        writer.camera("eye", box_world.K, np.eye(4)[None], 96, 64, 24, (0.1, 10))
        with pytest.raises(OutputError, match="another camera"):
            writer.camera("Eye", box_world.K, np.eye(4)[None], 96, 64, 24, (0.1, 10))


@pytest.mark.parametrize(
    "annotation",
    [
        {"depth": np.zeros((64, 96))},
        {"depth": np.zeros((96, 64), np.float32)},
        {"instance": np.zeros((64, 96), np.uint8)},
        {"heat": np.zeros((64, 96), np.float32)},
    ],
)
def test_wrong_arrays_are_refused(tmp_path, annotation):
    create(tmp_path / "out")
    with SceneWriter(tmp_path / "out", 0) as writer:
        writer.camera("eye", box_world.K, np.eye(4)[None], 96, 64, 24, (0.1, 10))
        with pytest.raises(ValueError, match=r"not|unknown"):
            writer.frame("eye", 0, annotation)


def test_what_is_no_dataset_is_one_clear_error(tmp_path):
    with pytest.raises(DatasetError, match=r"dataset\.json is missing"):
        Dataset(tmp_path)
    (tmp_path / "dataset.json").write_text("{")
    with pytest.raises(DatasetError, match="not readable JSON"):
        Dataset(tmp_path)
    (tmp_path / "dataset.json").write_text('{"format": "buildee-dataset", "version": 99}')
    with pytest.raises(DatasetError, match="upgrade"):
        Dataset(tmp_path)
