"""Flow between any frames and scene flow: which there are, how they are read, and how wrong ones are caught."""

import shutil

import box_world
import numpy as np
import pytest
from test_dataset_check import edit, mast, problems

from buildee.dataset import files
from buildee.dataset.camera import Camera
from buildee.dataset.check import check
from buildee.dataset.folder import create_dataset
from buildee.dataset.reader import Dataset
from buildee.dataset.writer import SceneWriter
from buildee.errors import AnnotationError, DatasetError, RecipeError
from buildee.recipe import load, loads
from buildee.resources import folder
from buildee.truth.flow import flow_plan, flow_targets


def test_pairs_and_strides_name_frames():
    assert flow_targets(4, (1, -1)) == ((1,), (0, 2), (1, 3), (2,))
    assert flow_targets(4, (3, -9), ((2, 0), (2, 3))) == ((3,), (), (0, 3), ())


@pytest.mark.parametrize(
    "strides, pairs, message",
    [((0,), (), "flow_strides: 0"), ((), ((1, 1),), "same frame"), ((), ((0, 4),), "frames are 0 to 3")],
)
def test_flow_to_nowhere_is_refused(strides, pairs, message):
    with pytest.raises(AnnotationError, match=message):
        flow_targets(4, strides, pairs)


def test_what_is_written_of_the_flow():
    plain = flow_plan(["flow"], 3, (1, -1))
    assert plain == ({1: ("flow",)}, {0: ("flow_backward",), 2: ("flow",)}, {1: ("flow_backward",)})
    assert flow_plan(["flow_backward"], 3, (1, -1)) == ({}, {0: ("flow_backward",)}, {1: ("flow_backward",)})
    assert flow_plan(["depth"], 3, (1, -1), [(0, 2)]) == ({}, {}, {})
    both = flow_plan(["flow", "scene_flow"], 3, (2,), [(1, 0)])
    assert both == ({2: ("flow_pairs", "scene_flow")}, {0: ("flow_backward", "scene_flow")}, {})


def test_a_recipe_names_strides_and_pairs():
    text = (folder("recipes") / "construction_site.yaml").read_text()
    truth = loads(text + "truth: {flow_strides: [1, -1, 4], flow_pairs: [[0, 5], [3, 1]]}\n").resolve(0).truth
    assert truth.flow_strides == (1, -1, 4) and truth.flow_pairs == ((0, 5), (3, 1))
    truth = load(folder("recipes") / "construction_site.yaml").resolve(0).truth
    assert truth.flow_strides == (1, -1) and truth.flow_pairs == ()


def test_pairs_are_read(sound):
    frames = Dataset(sound).scenes[0].cameras["mast"].frames
    assert frames[0].flow_targets == (1, 2) and frames[3].flow_targets == (0, 2)
    assert frames[0].scene_flow_targets == (2,) and frames[2].scene_flow_targets == (1,)
    flow, state = frames[0].flow_to(2)
    expected, states = box_world.flow(*box_world.surface_points(0), 0, 2)
    np.testing.assert_allclose(flow, expected, atol=files.FLOW_STEP / 2)
    np.testing.assert_array_equal(state, states)
    np.testing.assert_array_equal(frames[0].flow_to(1)[0], frames[0].flow)
    scene_flow, state = frames[3].scene_flow_to(0)
    np.testing.assert_allclose(scene_flow, box_world.scene_flow(3, 0)["scene_flow"], atol=files.FINE_STEP / 2)
    with pytest.raises(DatasetError, match="000000_to_000003"):
        frames[0].flow_to(3)


def test_residuals_of_sound_pairs(sound):
    report = check(sound)
    assert report.ok, str(report)
    assert report.residuals["scene flow against flow"].count > 5000
    assert report.residuals["scene flow against flow"].worst < 2e-3


@pytest.mark.parametrize(
    "name, member, change, message",
    [
        ("flow_pairs/000000_to_000002", "flow", lambda a: a.__imul__(np.float32(1.01)), "still pixels lead up to"),
        ("flow_pairs/000000_to_000002", "state", lambda a: a.__setitem__(a == 2, 1), "visible points lie behind"),
        ("flow_pairs/000000_to_000002", "target", lambda a: a.__iadd__(1), "not the frame that the name says"),
        ("scene_flow/000001_to_000002", "scene_flow", lambda a: a.__iadd__(np.float32(0.01)), "not zero where invalid"),
        ("scene_flow/000001_to_000002", "scene_flow", lambda a: a.__imul__(np.float32(1.02)), "beside their flow"),
        ("scene_flow/000001_to_000002", "scene_flow", lambda a: np.negative(a, out=a), "beside their flow"),
        ("scene_flow/000000_to_000002", "scene_flow", lambda a: a.fill(np.nan), "not finite"),
        ("scene_flow/000000_to_000002", "state", lambda a: a.fill(7), "state 7 does not exist"),
        ("scene_flow/000000_to_000002", "state", lambda a: a.__setitem__(a == 1, 3), "count as out of frame"),
        ("scene_flow/000000_to_000002", "state", lambda a: a.__setitem__(a == 2, 1), "visible points lie behind"),
        ("scene_flow/000000_to_000002", "state", lambda a: a.__setitem__(a == 3, 1), "lead out of it"),
    ],
)
def test_damaged_pairs_are_caught(root, name, member, change, message):
    path = mast(root) / f"{name}.npz"
    edit(path, lambda arrays: change(arrays[member]))
    found = problems(root)
    assert message in found and path.name in found, found


def test_still_things_that_move_are_caught(root):
    def push(arrays):
        arrays["scene_flow"][(arrays["state"] > 0) & ~arrays["scene_flow"].any(-1)] = 0.01

    edit(mast(root) / "scene_flow/000001_to_000002.npz", push)
    assert "pixels of still things move" in problems(root)


@pytest.mark.parametrize("kind", list(files.PAIRS))
def test_broken_pair_files_are_named(root, kind):
    path = mast(root) / files.pair_name(kind, 0, 2)
    whole = files.read_npz(path)
    for member in whole:
        for broken in (None, whole[member].astype(np.complex128), whole[member][..., None, None], np.array("text")):
            rest = {name: array for name, array in whole.items() if name != member}
            files.write_npz(path, rest if broken is None else rest | {member: broken})
            assert path.name in problems(root), (member, broken)
    files.write_npz(path, {name: array[:-1] if array.ndim else array for name, array in whole.items()})
    assert path.name in problems(root)
    path.write_bytes(b"nothing")
    assert path.name in problems(root)


def test_missing_and_strange_pairs_are_caught(root):
    shutil.copy(mast(root) / "flow_pairs/000000_to_000002.npz", mast(root) / "flow_pairs/000000_to_000009.npz")
    (mast(root) / "scene_flow/000003_to_000000.npz").unlink()
    found = problems(root)
    assert "flow_pairs/000000_to_000009.npz: does not belong there" in found
    assert "scene_flow/000003_to_000000.npz: is missing" in found


def test_broken_ids_of_a_frame_stop_no_check_of_its_pairs(root):
    from buildee.dataset import png

    path = mast(root) / "instance/000000.png"
    png.write(path, png.read(path) + np.uint16(900))
    found = problems(root)
    assert found.count("not in instances.json") == 1


def test_lists_in_recipes_are_checked():
    text = """world: construction_site
cameras: [{type: orbit, name: one}]
truth:
  flow_strides: [1, 1, far, {uniform: [1, 2]}]
  flow_pairs: [[0, 1, 2], 3, [4, -1]]
"""
    with pytest.raises(RecipeError) as raised:
        loads(text)
    two = "expected a list of 2 values [a whole number, a whole number]"
    assert [str(problem) for problem in raised.value.problems] == [
        "recipe:4:21: truth.flow_strides: 1 is listed twice",
        "recipe:4:24: truth.flow_strides[2]: expected a whole number, got the text 'far'",
        "recipe:4:29: truth.flow_strides[3]: expected a whole number, got a block of fields",
        f"recipe:5:16: truth.flow_pairs[0]: {two}, got a list of 3",
        f"recipe:5:27: truth.flow_pairs[1]: {two}, got the number 3",
        "recipe:5:34: truth.flow_pairs[2][1]: is -1, the lowest allowed is 0",
    ]


def test_pixels_of_pairs_can_be_invalidated(tmp_path):
    create_dataset(tmp_path / "out", "", "hash", box_world.CATEGORIES, 1)
    bad = np.zeros((box_world.HEIGHT, box_world.WIDTH), bool)
    bad[30:50, 20:70] = True
    with SceneWriter(tmp_path / "out", 0) as writer:
        box_world.write_frames(writer)
        writer.invalidate("mast", 0, bad)
        frames = Camera(writer.commit({}) / "mast").frames
    for vectors, state in (frames[0].flow_to(2), frames[0].scene_flow_to(2)):
        assert not vectors[bad].any() and not state[bad].any() and state[~bad].any()
    assert frames[3].scene_flow_to(0)[1][bad].any(), "other frames are left alone"
    np.testing.assert_allclose(
        np.where(bad[..., None], 0, box_world.scene_flow(0, 2)["scene_flow"]),
        frames[0].scene_flow_to(2)[0],
        atol=files.FINE_STEP / 2,
    )
