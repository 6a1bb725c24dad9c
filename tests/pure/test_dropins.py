"""What is inferred of assets that were dropped in, and what is said of folders that cannot be used."""

import dataclasses

import numpy as np
import pytest

from buildee import dropins
from buildee.errors import AssetError, RecipeError
from buildee.layout import catalog
from buildee.layout.canonical import layout_hash
from buildee.layout.dropin import asset_id, covering_boxes, guessed_category, likely_unit
from buildee.layout.scene import AssetMesh, Layout
from buildee.recipe.sidecar import Sidecar, load_sidecar

CUBE_EDGES = np.array([(a, b) for a in range(8) for b in range(a) if bin(a ^ b).count("1") == 1])


def cube(low, high):
    low, high = np.array(low, float), np.array(high, float)
    return np.array([low + (high - low) * [(i >> axis) & 1 for axis in range(3)] for i in range(8)])


@pytest.mark.parametrize(
    ("stem", "id"),
    [("Mug-Blue 02", "mug_blue_02"), ("3d scan", "asset_3d_scan"), ("Кружка", "asset"), ("no", "asset_no")],
)
def test_ids_are_plain_words(stem, id):
    assert asset_id(stem) == id


@pytest.mark.parametrize(
    ("names", "category"),
    [
        (["blue_mug_1"], "mug"),
        (["Coffee machine"], "coffee_machine"),
        (["scan_17", "mugs", "home"], "mug"),
        (["smuggler"], "object"),
        (["wine-glass"], "wine_glass"),
        (["floor"], "object"),
    ],
)
def test_names_speak_of_categories(names, category):
    assert guessed_category(names) == category


@pytest.mark.parametrize(
    ("side", "usual", "unit"),
    [
        (0.1, None, "m"),
        (90.0, None, "cm"),
        (4000.0, None, "mm"),
        (0.001, None, "m"),
        (9.0, 0.1, "cm"),
        (95.0, 0.1, "mm"),
        (3.6, 0.1, "inch"),
        (0.2, 0.1, "m"),
    ],
)
def test_the_unit_is_the_one_that_makes_it_as_large_as_such_things_are(side, usual, unit):
    assert likely_unit(side, usual) == unit


def test_a_block_has_one_box_and_a_tee_several_that_hold_it_tightly():
    assert covering_boxes(cube((0, 0, 0), (1, 2, 3)), CUBE_EDGES).tolist() == [[[0, 0, 0], [1, 2, 3]]]
    points = np.concatenate([cube((-0.1, -0.1, 0), (0.1, 0.1, 4)), cube((-1, -1, 4), (1, 1, 4.2))])
    boxes = covering_boxes(points, np.concatenate([CUBE_EDGES, CUBE_EDGES + 8]))
    assert len(boxes) == 8
    for point in points:
        assert ((boxes[:, 0] <= point + 1e-9) & (point - 1e-9 <= boxes[:, 1])).all(axis=1).any()
    # Seven slabs hold the post alone, the eighth both.
    assert np.prod(np.ptp(boxes, axis=1), axis=1).sum() < 0.2 * np.prod(np.ptp(points, axis=0))


def test_flat_things_get_boxes_with_a_volume():
    flat = cube((0, 0, 0), (1, 1, 0))
    boxes = covering_boxes(flat, CUBE_EDGES)
    assert np.ptp(boxes, axis=1).min() > 0


def test_sidecars_say_what_is_known(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("category: mug\nsize: 0.1\nlicence: CC0-1.0\nfront: x\ntags: [crockery]\n")
    assert load_sidecar(path) == Sidecar(category="mug", size=0.1, licence="CC0-1.0", front="x", tags=("crockery",))
    assert load_sidecar(None) == Sidecar()


def test_all_that_is_wrong_with_a_sidecar_is_told_at_once(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("categry: mug\nsize: -1\nup: x\n")
    with pytest.raises(RecipeError) as error:
        load_sidecar(path)
    assert [problem.path for problem in error.value.problems] == ["categry", "size", "up"]


def test_all_that_is_wrong_with_a_folder_is_told_at_once(tmp_path):
    for name in ("chair.obj", "chair.glb", "excavator.stl", "thing.ply"):
        (tmp_path / name).write_text("")
    (tmp_path / "thing.yaml").write_text("category: mugg\n")
    with pytest.raises(AssetError) as error:
        dropins.entries([tmp_path])
    text = str(error.value)
    assert text.count("called 'chair' too") == 2
    assert "'excavator' ships already" in text
    assert "thing.yaml" in text
    assert "did you mean 'mug'" in text
    assert not (tmp_path / dropins.CACHE).exists()


@pytest.mark.parametrize(("make", "message"), [(False, "no such folder"), (True, "holds no asset")])
def test_a_folder_without_assets_is_refused(tmp_path, make, message):
    folder = tmp_path / "mine"
    if make:
        folder.mkdir()
    with pytest.raises(AssetError, match=message):
        dropins.entries([folder])


def test_what_is_dropped_in_stands_beside_what_ships_and_only_while_a_scene_is_planned():
    mug = next(entry for entry in catalog.load().values() if entry.category == "mug")
    with catalog.extended({"mine": dataclasses.replace(mug, id="mine")}):
        known = catalog.load()
        assert known["mine"].category == "mug"
        assert known[mug.id] is mug
        assert list(known)[-1] == "mine"
        assert set(known.model("mine").shapes) == {f"mine/{part.mesh}" for part in mug.parts}
        with pytest.raises(AssetError, match="did you mean 'mine'"):
            known["minee"]
    assert "mine" not in catalog.load()


def test_where_a_library_lies_does_not_change_a_layout(tmp_path):
    meshes = [AssetMesh("mine", "body", tmp_path / name, licence) for name, licence in (("a", "x"), ("b", "y"))]
    first, second = (Layout("toy", 1, 1.0, {"mine/body": mesh}, (), (), ()) for mesh in meshes)
    assert layout_hash(first) == layout_hash(second)
    other = Layout("toy", 1, 1.0, {"mine/body": dataclasses.replace(meshes[0], part="body_2")}, (), (), ())
    assert layout_hash(first) != layout_hash(other)
