"""What a recipe may ask to be tracked, and what is refused before anything is made."""

import numpy as np
import pytest

from buildee.errors import RecipeError
from buildee.recipe import load, loads
from buildee.recipe.tracks import GivenTracks, GridTracks, InstanceTracks, MixedTracks, most_points, read_points

HEAD = "world: construction_site\ncameras: [{type: mast, name: main}]\nframes: {count: 4}\n"


def tracks(text):
    return loads(f"{HEAD}truth: {{tracks: [{text}]}}")


def test_the_default_is_a_mix_of_2048():
    assert loads(HEAD).resolve(0).truth.tracks == (MixedTracks("points", 2048, 0),)


def test_several_sets_in_their_order():
    text = "{type: grid, name: dense, camera: main, stride: 4, frame: 3}, {type: instances, name: few, each: 5}"
    assert tracks(text).resolve(0).truth.tracks == (
        GridTracks("dense", camera="main", stride=4, frame=3),
        InstanceTracks("few", 5),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{type: mixed, name: a, frame: 4}", "recipe:4:48: truth.tracks.a.frame: is 4, the last frame is 3"),
        (
            "{type: grid, name: a, camera: man}",
            "4:48: truth.tracks.a.camera: unknown camera 'man', did you mean 'main'",
        ),
        ("{type: grid, name: a}", "truth.tracks.a.camera: is required"),
        ("{type: given, name: a, file: no.npy}", "truth.tracks.a.file: no.npy: cannot be read: No such file"),
        ("{type: given, name: a, file: no.txt}", "is neither .npy nor .csv"),
        ("{type: grd, name: a}", "did you mean 'grid'"),
        ("{type: mixed, name: a}, {type: mixed, name: a}", "is the name of another item"),
        ("{type: mixed, name: a, count: {uniform: [1, 5]}}", "must be the same in every scene"),
        ("", "needs at least 1"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(text, message):
    with pytest.raises(RecipeError) as refused:
        tracks(text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("baseline", "names"),
    [
        ("0", {"main"}),
        ("0.1", {"main_left", "main_right"}),
        ("{choice: [0, 0.1]}", {"main", "main_left", "main_right"}),
    ],
)
def test_a_stereo_pair_is_named_by_its_sides(baseline, names):
    text = HEAD.replace("name: main", f"name: main, stereo: {{baseline: {baseline}}}")
    for name in ("main", "main_left", "main_right"):
        wanted = f"{text}truth: {{tracks: [{{type: grid, name: a, camera: {name}}}]}}"
        if name in names:
            loads(wanted)
        else:
            with pytest.raises(RecipeError, match=f"unknown camera '{name}'"):
                loads(wanted)


def test_a_rig_names_its_cameras_by_number():
    text = HEAD.replace("name: main", "name: main, rig: {count: 2}")
    loads(f"{text}truth: {{tracks: [{{type: grid, name: a, camera: main_1}}]}}")
    with pytest.raises(RecipeError, match="unknown camera 'main'"):
        loads(f"{text}truth: {{tracks: [{{type: grid, name: a, camera: main}}]}}")


def test_flags_that_cut_a_query_frame_off_are_refused():
    with pytest.raises(RecipeError, match=r"--frames: truth\.tracks\.a\.frame: is 3, the last frame is 1"):
        tracks("{type: mixed, name: a, frame: 3}").override(frames=2)


def test_given_points_lie_beside_the_recipe(tmp_path):
    points = np.arange(6.0).reshape(2, 3)
    np.save(tmp_path / "points.npy", points)
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(f"{HEAD}truth: {{tracks: [{{type: given, name: mine, file: points.npy}}]}}")
    (given,) = load(recipe).resolve(0).truth.tracks
    assert given == GivenTracks("mine", file=tmp_path / "points.npy")
    np.testing.assert_array_equal(read_points(given.file), points)


@pytest.mark.parametrize("text", ["x,y,z\n0,1,2\n3,4,5\n", "0, 1, 2\n3,4,5", "\ufeffx, y, z\r\n0,1,2\r\n3,4,5\r\n"])
def test_tables_of_points(tmp_path, text):
    (tmp_path / "points.CSV").write_text(text, encoding="utf-8", newline="")
    np.testing.assert_array_equal(read_points(tmp_path / "points.CSV"), [[0, 1, 2], [3, 4, 5]])


@pytest.mark.parametrize(
    "text", ["", "x,y,z\n", "1,2\n", "1,2,3,4\n", "1,2,3\n4,5\n", "1;2;3\n", "1,2,nan\n", "a,b\nc,d\n"]
)
def test_tables_of_something_else_are_refused(tmp_path, text):
    (tmp_path / "points.csv").write_text(text)
    with pytest.raises(ValueError):
        read_points(tmp_path / "points.csv")


@pytest.mark.parametrize(
    "array", [np.zeros((0, 3)), np.zeros(3), np.zeros((2, 3), complex), np.full((1, 3), np.inf), np.array([["a"] * 3])]
)
def test_arrays_of_something_else_are_refused(tmp_path, array):
    np.save(tmp_path / "points.npy", array)
    with pytest.raises(ValueError, match=r"not \(M, 3\)|not finite"):
        read_points(tmp_path / "points.npy")
    (tmp_path / "points.npy").write_bytes(b"")
    with pytest.raises(ValueError):
        read_points(tmp_path / "points.npy")


def test_how_many_points_there_are(tmp_path):
    np.save(tmp_path / "points.npy", np.zeros((7, 3)))
    specs = (
        MixedTracks("a", 100),
        InstanceTracks("b", 3),
        GridTracks("c", camera="main", stride=8),
        GivenTracks("d", file=tmp_path / "points.npy"),
    )
    assert most_points(specs[:1], 64, 40, 5) == 100
    assert most_points(specs, 64, 40, 5) == 100 + 15 + 8 * 5 + 7
