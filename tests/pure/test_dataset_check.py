"""The checker accepts closed-form truth and catches every way of breaking it, without a traceback."""

import json
import shutil

import box_world
import numpy as np
import pytest

from buildee.dataset import files, png
from buildee.dataset.check import check
from buildee.dataset.folder import create_dataset, record_failure
from buildee.dataset.writer import SceneWriter


def mast(root):
    return root / "scenes/000000/mast"


def problems(root):
    report = check(root)
    lines = str(report).splitlines()
    assert lines[-1].startswith("BAD: ") and not report.ok
    return "\n".join(report.problems)


def edit(path, change):
    """Changes arrays of a .npz: `change(arrays)` in place."""
    arrays = files.read_npz(path)
    change(arrays)
    files.write_npz(path, arrays)


def edit_json(path, change):
    value = json.loads(path.read_text())
    change(value)
    path.write_text(json.dumps(value))


def test_closed_form_truth_is_sound(sound):
    report = check(sound)
    assert report.ok, str(report)
    assert str(report).splitlines()[-1] == "ok"
    assert report.counts == {"scenes": 1, "cameras": 1, "frames": 4}
    assert report.residuals["flow of still surfaces"].worst < 0.5 * np.sqrt(2) / 1024 * 1.01
    assert report.residuals["flow of still surfaces"].count > 10000
    assert report.residuals["tracks: position in the image"].worst < 1e-3
    assert report.residuals["object coordinates against depth"].worst < 1e-4
    assert report.residuals["shading normals, away from the geometric"].count > 10000
    assert report.residuals["flow of moving things, forth and back"].quantile(0.5) < 0.1
    assert json.dumps(report.plain())


def test_failed_scenes_are_noted_and_missing_ones_are_wrong(tmp_path):
    root = tmp_path / "out"
    create_dataset(root, "", "hash", box_world.CATEGORIES, 2)
    record_failure(root, 0, "audit", "ids differ")
    record_failure(root, 1, "render", "died")
    report = check(root)
    assert report.ok and "scene 0 failed (audit): ids differ" in str(report)
    (root / "scenes/000001.failed.json").unlink()
    assert "1 of 2 scenes are missing" in problems(root)


def test_no_dataset_is_bad(tmp_path):
    assert "is not a dataset" in problems(tmp_path / "none")


def roll(array):
    array[:] = np.roll(array, 5, axis=1)


ARRAY_DAMAGE = [
    ("depth", "depth", lambda a: a.__imul__(np.float32(1.01)), "still pixels lead"),
    ("depth", "depth", lambda a: a.fill(np.nan), "not numbers"),
    ("depth", "depth", lambda a: a.fill(1e6), "beyond the clip limits"),
    ("depth", "depth", lambda a: np.negative(a, out=a), "clip limits"),
    ("depth", "depth", roll, "still pixels lead"),
    ("normal", "normal", lambda a: np.negative(a, out=a), "face away"),
    ("normal", "normal", lambda a: a.fill(9), "not of length 1"),
    ("normal", "normal", lambda a: a.__setitem__(Ellipsis, a[..., [1, 0, 2]]), "normals"),
    ("shading_normal", "normal", lambda a: np.negative(a, out=a), "on the other side"),
    ("shading_normal", "normal", lambda a: a.fill(9), "not of length 1"),
    ("shading_normal", "normal", lambda a: a.__setitem__(a.any(-1) == 0, (0, 0, -32767)), "without depth"),
    ("uv", "uv", lambda a: a.fill(np.inf), "infinite"),
    ("uv", "uv", lambda a: a[..., 1].fill(np.nan), "half a number"),
    ("uv", "uv", lambda a: a.fill(0), "without depth"),
    ("nocs", "nocs", lambda a: a.__iadd__(np.float32(0.01)), "outside [0, 1]"),
    ("nocs", "nocs", lambda a: a.__imul__(np.float32(0.99)), "beside their surface point"),
    ("nocs", "nocs", lambda a: a.__setitem__(Ellipsis, a[..., [1, 0, 2]]), "beside their surface point"),
    ("nocs", "nocs", lambda a: a.fill(0.5), "no countable instance"),
    ("nocs", "nocs", lambda a: a.fill(np.nan), "no countable instance"),
    ("flow", "flow", lambda a: a.__iadd__(np.float32(0.01)), "flow is not finite|still pixels lead"),
    ("flow", "flow", lambda a: a.__imul__(np.float32(1.01)), "still pixels lead up to"),
    ("flow", "flow", lambda a: a.__setitem__(Ellipsis, a[..., ::-1]), "still pixels lead up to"),
    ("flow", "flow", lambda a: a.fill(np.nan), "not finite"),
    ("flow", "state", lambda a: a.fill(9), "state 9 does not exist"),
    ("flow", "state", lambda a: a.__setitem__(a == 1, 3), "count as out of frame"),
    ("flow", "state", lambda a: a.__setitem__(a == 1, 2), "count as occluded"),
    ("flow", "state", lambda a: a.__setitem__(a == 2, 1), "visible points lie behind"),
    ("flow", "state", lambda a: a.__setitem__(a == 3, 1), "lead out of it"),
    ("flow", "target", lambda a: a.__iadd__(50), "leads to no frame"),
    ("flow_backward", "flow", lambda a: np.negative(a, out=a), "still pixels lead up to"),
    ("amodal", "bits", lambda a: np.invert(a, out=a), "mask of instance"),
    ("amodal", "instance", lambda a: a.__isub__(np.uint16(1)), "not countable"),
    ("amodal", "instance", lambda a: a.__iadd__(np.uint16(9)), "unknown"),
    ("amodal", "pixels", lambda a: a.__iadd__(1), "pixels, not"),
    ("amodal", "box", lambda a: a.__iadd__(40), "leaves the image|pixels"),
    ("amodal", "start", lambda a: a.__iadd__(1), "packed masks"),
    ("amodal", "occluded", lambda a: a.__iadd__(np.float32(0.2)), "occluded"),
    ("boxes", "visible_box", lambda a: a.__iadd__(1), "visible pixels"),
    ("boxes", "visible_pixels", lambda a: a.__iadd__(1), "visible pixels"),
    ("boxes", "amodal_box", lambda a: a.__imul__(np.float32(0.5)), "does not hold"),
    ("boxes", "truncation", lambda a: a.__isub__(np.float32(2)), "truncation"),
    ("boxes", "center", lambda a: a.__iadd__(0.3), "leaves out"),
    ("boxes", "extent", lambda a: a.__imul__(0.9), "leaves out"),
    ("boxes", "rotation", lambda a: a.__imul__(2), "rotation"),
    ("boxes", "extent", lambda a: a.fill(np.inf), "not finite"),
    ("relations", "pixels", lambda a: a.__iadd__(1), "the pairs are not those"),
    ("relations", "occluder", lambda a: a.__imul__(0), "the pairs are not those"),
    ("relations", "occluder", lambda a: a.__iadd__(np.uint16(9)), "an instance id is unknown"),
    ("relations", "occluded", lambda a: a.fill(1), "not countable where occluded"),
]


@pytest.mark.parametrize("folder, member, change, message", ARRAY_DAMAGE)
def test_damaged_arrays_are_caught(root, folder, member, change, message):
    path = mast(root) / files.file_name(folder, 1)
    edit(path, lambda arrays: change(arrays[member]))
    found = problems(root)
    assert any(part in found for part in message.split("|")), found
    assert path.name in found


@pytest.mark.parametrize("folder", [name for name, kind in files.KINDS.items() if kind.suffix == ".npz"])
def test_missing_and_misshapen_arrays_are_caught(root, folder):
    path = mast(root) / files.file_name(folder, 1)
    whole = files.read_npz(path)
    for member in whole:
        for broken in (None, whole[member].astype(np.complex128), whole[member][..., None, None], np.array("text")):
            rest = {name: array for name, array in whole.items() if name != member}
            files.write_npz(path, rest if broken is None else rest | {member: broken})
            assert path.name in problems(root), (member, broken)


@pytest.mark.parametrize(
    "folder, change, message",
    [
        ("instance", lambda a: a + 7, "not in instances.json"),
        ("instance", lambda a: np.where(a == 2, 3, a), "semantic is not the category"),
        ("instance", lambda a: a.astype(np.uint8), "uint8"),
        ("instance", lambda a: a[:-1], "(63, 96)"),
        ("instance", lambda a: np.maximum(a, 1), "without depth"),
        ("semantic", lambda a: np.where(a == 22, 18, a), "semantic is not the category"),
        ("semantic", lambda a: a + 100, "not in labels.json"),
        ("boundary", lambda a: a * 0, "on nothing are no boundaries"),
        ("boundary", lambda a: (a >> 4) | (a << 4), "on nothing are no boundaries"),
        ("boundary", lambda a: a & 15, "one of their sides alone"),
        ("boundary", lambda a: np.roll(a, 9, 1), "one of their sides alone|where nothing is|leaps"),
        ("boundary", lambda a: a | 1, "lead out of the image"),
        ("boundary", lambda a: a | 17, "in front of a neighbour and behind it"),
        ("part", lambda a: np.where(a == 2, 4, a), "part belongs to another instance"),
        ("part", lambda a: a + 100, "not in instances.json"),
        ("material", lambda a: a + 2, "not in instances.json"),
        ("material", lambda a: np.maximum(a, 1), "without depth"),
    ],
)
def test_damaged_id_maps_are_caught(root, folder, change, message):
    path = mast(root) / folder / "000002.png"
    ids = png.read(path)
    png.write(path, change(ids).astype(np.uint8 if message == "uint8" else ids.dtype))
    found = problems(root)
    assert any(part in found for part in message.split("|")), found


def test_boundaries_that_leap_the_wrong_way_are_caught(root):
    """Both sides swapped where both see something, or all of those left out."""
    path = mast(root) / "boundary/000002.png"
    whole, seen = png.read(path), files.read_npz(mast(root) / "depth/000002.npz")["depth"] < np.inf
    inner = seen.copy()
    for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
        inner &= np.roll(seen, step, axis)
    png.write(path, np.where(inner, (whole >> 4) | (whole << 4), whole).astype(np.uint8))
    assert "deeper side in front" in problems(root)
    png.write(path, np.where(inner, 0, whole).astype(np.uint8))
    assert "great leaps in depth are no boundaries" in problems(root)


def test_pictures_of_another_size_are_caught(root):
    png.write(mast(root) / "rgb/000000.png", np.zeros((10, 10, 3), np.uint8))
    assert "rgb/000000.png: is (10, 10, 3)" in problems(root)


@pytest.mark.parametrize(
    "name, change, message",
    [
        ("world_from_camera", lambda a: a[:, 0, 3].__iadd__(0.01), "still pixels lead|beside where they project"),
        ("world_from_camera", lambda a: a[:, :3, :3].__imul__(1.01), "not a rotation"),
        ("world_from_camera", lambda a: a[:, :3, 0].__imul__(-1), "beside where they project"),
        ("world_from_camera", lambda a: a.fill(np.nan), "not finite"),
        ("K", lambda a: a[:, 0, 0].__imul__(1.01), "beside where they project"),
        ("K", lambda a: a[:, 0, 2].__iadd__(0.5), "beside where they project"),
        ("K", lambda a: a[:, 0, 0].__imul__(-1), "focal length"),
        ("width", lambda a: a.__iadd__(1), "(64, 97)"),
        ("clip", lambda a: a.__setitem__(Ellipsis, a[::-1]), "clip limits"),
        ("fps", lambda a: a.fill(0), "rate"),
    ],
)
def test_damaged_cameras_are_caught(root, name, change, message):
    edit(mast(root) / "camera.npz", lambda arrays: change(arrays[name]))
    found = problems(root)
    assert any(part in found for part in message.split("|")), found


@pytest.mark.parametrize(
    "name, parameters, message",
    [
        ("brown_conrady", [0.02, 0, 0, 0, 0], "beside where they project"),
        ("fisheye_equidistant", [3.0], "beside where they project"),
        ("fisheye_equidistant", [np.nan], "not finite"),
        ("fisheye_equidistant", [], "has 1 parameters (fov), not 0"),
        ("fisheye_polynomial", [0, 1, 0, 0, 0, 3.0], "grow outwards"),
        ("monocle", [], "no lens model 'monocle'"),
    ],
)
def test_another_lens_is_caught(root, name, parameters, message):
    def change(arrays):
        arrays["lens"], arrays["lens_parameters"] = np.array(name), np.array(parameters, np.float64)

    edit(mast(root) / "camera.npz", change)
    assert message in problems(root)


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda a: a[:-1], "not (frames, 3, 4, 4)"),
        (lambda a: a[:, :-1], "not (frames, 3, 4, 4)"),
        (lambda a: a.astype(np.float32), "float32"),
        (lambda a: a * 2, "not a rotation"),
        (lambda a: a * np.array([1, 1, 1, np.nan]), "only partly"),
        (lambda a: a[:, [0, 2, 1]], "does not move"),
    ],
)
def test_damaged_instance_poses_are_caught(root, change, message):
    path = root / "scenes/000000/poses.npy"
    np.save(path, change(np.load(path)))
    assert message in str(check(root))


SHIFT = np.float32(0.02)


@pytest.mark.parametrize(
    "place, change, message",
    [
        ("tracks/xyz", lambda a: a + SHIFT, "beside where they project"),
        ("tracks/xyz", lambda a: a[:, :-1], "tracks/instance.npy"),
        ("tracks/xyz", lambda a: np.concatenate([a[:1], a[1:] * np.nan]), "no position"),
        ("tracks/xyz", lambda a: a * np.nan, "absent from their own query frames"),
        ("tracks/query_frame", lambda a: a + np.int32(4), "a frame is not one of 4"),
        ("tracks/query_frame", lambda a: a - np.int32(1), "a frame is not one of 4"),
        ("tracks/set", lambda a: a[:-1], "tracks/set.npy"),
        ("tracks/xyz", lambda a: a.astype(np.float64), "float64"),
        ("tracks/instance", lambda a: a + np.uint16(9), "not in instances.json"),
        (
            "tracks/instance",
            lambda a: a % np.uint16(3) + np.uint16(1),
            "another instance is seen|own instance|another occluder",
        ),
        ("mast/tracks/xy", lambda a: a + SHIFT, "beside where they project"),
        ("mast/tracks/xy", lambda a: a[:-1], "mast/tracks/xy.npy"),
        ("mast/tracks/depth", lambda a: a + SHIFT, "another depth"),
        ("mast/tracks/state", lambda a: np.where(a == 1, 2, a), "count as occluded"),
        ("mast/tracks/state", lambda a: np.where(a > 1, 1, a), "count as inside|visible points lie behind"),
        ("mast/tracks/state", lambda a: np.where(a == 2, 3, a), "another occluder"),
        ("mast/tracks/state", lambda a: np.where(a == 3, 2, a), "their own instance"),
        ("mast/tracks/state", lambda a: np.where(a == 1, 4, a), "count as out of frame"),
        ("mast/tracks/state", lambda a: np.where(a == 1, 5, a), "count as behind"),
        ("mast/tracks/state", lambda a: a + 9, "does not exist"),
        ("mast/tracks/occluder", lambda a: a + np.uint16(1), "name an occluder|not in instances.json"),
        ("mast/tracks/occluder", lambda a: a + np.uint16(99), "not in instances.json"),
        ("mast/visibility/visible_pixels", lambda a: a + np.int32(1), "not those of the instance map"),
        ("mast/visibility/amodal_pixels", lambda a: a + np.int32(1), "not those of their masks"),
        ("mast/visibility/visible_fraction", lambda a: a * np.float32(0.9), "not visible over amodal"),
        ("mast/visibility/truncation", lambda a: a * np.float32(0.5) + np.float32(0.1), "not that of the boxes"),
        ("mast/visibility/truncation", lambda a: a - np.float32(2), "outside [0, 1]"),
        ("mast/visibility/truncation", lambda a: np.nan_to_num(a), "not a number where"),
        ("mast/visibility/truncation", lambda a: a[:, :2], "visibility/truncation.npy"),
        ("mast/visibility/visible_pixels", lambda a: a.astype(np.int64), "visibility/visible_pixels.npy"),
    ],
)
def test_damaged_tracks_are_caught(root, place, change, message):
    path = root / f"scenes/000000/{place}.npy"
    array = np.load(path)
    changed = change(array)
    np.save(path, changed.astype(np.uint8) if place.endswith("state") else changed)
    found = problems(root)
    assert any(part in found for part in message.split("|")), found


@pytest.mark.parametrize(
    "place, change, message",
    [
        ("cloud/xyz", lambda a: a + np.float32(0.3), "outside the image|lie behind|count as occluded"),
        ("cloud/xyz", lambda a: a[:-1], "with {"),
        ("cloud/xyz", lambda a: a * np.float32(np.nan), "not finite"),
        ("cloud/normal", lambda a: a * np.float32(1.1), "not of length 1"),
        ("cloud/instance", lambda a: a + np.uint16(9), "not in instances.json"),
        ("cloud/instance", lambda a: np.minimum(a, 2).astype(np.uint16), "is not the category"),
        ("cloud/category", lambda a: a + np.uint16(1), "is not the category"),
        ("cloud/part", lambda a: a % np.uint16(4) + np.uint16(1), "belongs to another instance"),
        ("cloud/barycentrics", lambda a: a - np.float32(0.5), "outside its triangle"),
        ("cloud/triangle", lambda a: a.astype(np.int64), "int64"),
        ("mast/cloud/seen", lambda a: ~a, "outside the image count as seen"),
        ("mast/cloud/seen", lambda a: a & False, "count as occluded"),
        ("mast/cloud/seen", lambda a: a[:-1], "mast/cloud/seen.npy"),
        ("mast/cloud/seen", lambda a: a.astype(np.uint8), "uint8"),
    ],
)
def test_damaged_clouds_are_caught(root, place, change, message):
    path = root / f"scenes/000000/{place}.npy"
    np.save(path, change(np.load(path)))
    found = problems(root)
    assert any(part in found for part in message.split("|")), found


@pytest.mark.parametrize(
    "place, change, message",
    [
        ("keypoints/xyz", lambda a: a + np.float32(0.1), "beside where they project|several positions"),
        ("keypoints/xyz", lambda a: a[:, :-1], "with {"),
        ("keypoints/xyz", lambda a: a * np.float32(np.nan), "no sensible number"),
        ("keypoints/xyz", lambda a: a + np.arange(4, dtype=np.float32)[:, None, None], "several positions"),
        ("keypoints/name", lambda a: a[:-1], "not a name a keypoint"),
        ("keypoints/part", lambda a: a + np.uint16(9), "not in instances.json"),
        ("keypoints/instance", lambda a: a - np.uint16(1), "belongs to another instance"),
        ("keypoints/radius", lambda a: -a, "no sensible number"),
        ("mast/keypoints/xy", lambda a: a + np.float32(0.01), "beside where they project"),
        ("mast/keypoints/depth", lambda a: a * np.float32(1.01), "another depth"),
        ("mast/keypoints/state", lambda a: a * np.uint8(0), "does not exist"),
        ("mast/keypoints/state", lambda a: a + np.uint8(9), "does not exist"),
        ("mast/keypoints/state", lambda a: np.where(a == 3, 1, a).astype(np.uint8), "lie where something hides them"),
        ("mast/keypoints/state", lambda a: np.where(a == 1, 4, a).astype(np.uint8), "count as out of frame"),
        ("mast/keypoints/state", lambda a: np.where(a == 1, 3, a).astype(np.uint8), "not what its state says"),
        ("mast/keypoints/state", lambda a: np.where(a == 3, 2, a).astype(np.uint8), "not what its state says"),
        ("mast/keypoints/occluder", lambda a: a + np.uint16(1), "name an occluder|not in instances.json"),
        ("mast/keypoints/xy", lambda a: a[:-1], "mast/keypoints/xy.npy"),
    ],
)
def test_damaged_keypoints_are_caught(root, place, change, message):
    path = root / f"scenes/000000/{place}.npy"
    np.save(path, change(np.load(path)))
    found = problems(root)
    assert any(part in found for part in message.split("|")), found


def test_keypoints_hidden_by_what_is_not_there_are_caught(root):
    """All that the camera sees in the open is said to be hidden by the ground."""
    state, occluder = (np.load(mast(root) / f"keypoints/{name}.npy") for name in ("state", "occluder"))
    seen = state == 1
    np.save(mast(root) / "keypoints/state.npy", np.where(seen, 2, state).astype(np.uint8))
    np.save(mast(root) / "keypoints/occluder.npy", np.where(seen, 1, occluder).astype(np.uint16))
    assert "hidden keypoints lie where their occluder is unseen" in problems(root)


@pytest.mark.parametrize("state, message", [(2, "lie before"), (1, "lie behind")])
def test_visible_points_swapped_with_hidden_ones_are_caught(root, state, message):
    """Moves what the maps show, not the points: the container vanishes, or comes to stand before everything."""
    path = mast(root) / files.file_name("depth", 2)
    edit(
        path,
        lambda arrays: np.multiply(
            arrays["depth"], 3 if state == 2 else 0.2, out=arrays["depth"], where=arrays["depth"] < 150
        ),
    )
    found = problems(root)
    assert message in found, found


@pytest.mark.parametrize(
    "name, change, message",
    [
        ("instances.json", lambda v: v["instances"].pop(), "does not exist|not in instances.json"),
        ("instances.json", lambda v: v["instances"][0].update(id=7), "not 1, 2, 3"),
        ("instances.json", lambda v: v["instances"][1].update(category="ground"), "unlike labels.json"),
        ("instances.json", lambda v: v["instances"][1].update(moving="no"), "true or false"),
        ("instances.json", lambda v: v["instances"][2].update(moving=False), "still pixels lead"),
        ("instances.json", lambda v: v["parts"][0].update(instance=99), "does not exist"),
        ("instances.json", lambda v: v["parts"][0].pop("name"), "not a table"),
        ("instances.json", lambda v: v["materials"][0].pop("name"), "not a table"),
        ("instances.json", lambda v: v["materials"][0].update(id=5), "material ids are not 1, 2, 3"),
        ("instances.json", lambda v: v["materials"].pop(), "material id 2 is not in instances.json"),
        ("scene.json", lambda v: v.update(cameras=[]), "lists no camera"),
        ("scene.json", lambda v: v.pop("written"), "does not say what was written"),
        ("scene.json", lambda v: v.update(cameras=["gone"]), "gone/camera.npz: cannot be read"),
        ("../../labels.json", lambda v: v.pop(1), "unlike labels.json"),
        ("../../labels.json", lambda v: v[0].update(id=-4), "not integers"),
        ("../../dataset.json", lambda v: v.update(version=9), "upgrade"),
        ("../../dataset.json", lambda v: v.update(scenes=5), "4 of 5 scenes are missing"),
    ],
)
def test_damaged_tables_are_caught(root, name, change, message):
    edit_json(root / "scenes/000000" / name, change)
    found = problems(root)
    assert any(part in found for part in message.split("|")), found


def data_files(root):
    """Every file that is no frame's, and those of one frame."""
    return sorted(p for p in root.rglob("*") if p.is_file() and (not p.stem.isdigit() or p.stem == "000001"))


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "noise"])
def test_every_broken_file_is_named(root, damage):
    noise = np.random.default_rng(0).bytes(300)
    for path in data_files(root):
        whole = path.read_bytes()
        if path.name == "recipe.yaml" and damage != "missing":
            continue
        if damage == "missing":
            path.unlink()
        else:
            path.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "noise": noise}[damage])
        if path.name != "poses.npy" or path.exists():
            assert path.name in problems(root), path
        path.write_bytes(whole)


@pytest.mark.parametrize("value", ["null", "5", "[]", "{}", '"text"', "[[1]]", '[{"id": "x"}]'])
def test_json_of_another_kind_is_caught(root, value):
    for path in data_files(root):
        if path.suffix == ".json" and not (path.name == "layout.json" and value == "{}"):
            whole = path.read_text()
            path.write_text(value)
            assert path.name in problems(root) or path.name == "dataset.json", path
            path.write_text(whole)


@pytest.mark.parametrize("folder", ["rgb", "depth", "flow", "tracks", "amodal", "relations", "visibility"])
def test_missing_folders_are_caught(root, folder):
    shutil.rmtree(mast(root) / folder)
    assert f"mast/{folder}: is missing" in problems(root)


def test_strange_files_are_caught(root):
    shutil.copy(mast(root) / "depth/000000.npz", mast(root) / "depth/000099.npz")
    assert "depth/000099.npz: does not belong there" in problems(root)


def test_flow_of_another_stride_is_sound(tmp_path):
    root = tmp_path / "out"
    create_dataset(root, "", "hash", box_world.CATEGORIES, 1)
    with SceneWriter(root, 0) as writer:
        writer.labels(box_world.TABLE, box_world.MOVING, box_world.MATERIALS)
        writer.layout({})
        box_world.write_frames(writer)
        for name in ("flow", "flow_backward"):
            shutil.rmtree(writer.folder / "mast" / name)
        for frame in (0, 1):
            depth, solid, _ = box_world.cast(box_world.camera_pose(frame)[:3, 3], box_world.pixel_rays(frame), frame)
            solid = np.where(depth > box_world.CLIP[1], -1, solid)
            points = box_world.camera_pose(frame)[:3, 3] + np.where(solid >= 0, depth, 0)[
                :, None
            ] * box_world.pixel_rays(frame)
            flow, state = box_world.flow(points, solid, frame, frame + 2)
            writer.frame("mast", frame, {"flow": flow, "flow_state": state, "flow_target": np.int64(frame + 2)})
        writer.commit({})
    report = check(root)
    assert report.ok, str(report)
    (mast(root) / "flow/000000.npz").unlink()
    assert "flow/000000.npz: is missing" in problems(root)
