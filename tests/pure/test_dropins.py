"""What is inferred of assets that were dropped in, and what is said of folders that cannot be used."""

import dataclasses
import struct

import numpy as np
import pytest

from buildee import drop_folder, dropins
from buildee.errors import AssetError, RecipeError
from buildee.generators.tabletop.section import Objects
from buildee.generators.tabletop.supply import Supply
from buildee.layout import catalog
from buildee.layout.canonical import layout_hash
from buildee.layout.dropin import asset_id, covering_boxes, guessed_category, likely_unit
from buildee.layout.scene import AssetMesh, Layout
from buildee.recipe.sidecar import PictureSidecar, Sidecar, SliderSpec, load_sidecar

CUBE_EDGES = np.array([(a, b) for a in range(8) for b in range(a) if bin(a ^ b).count("1") == 1])


def cube(low, high):
    low, high = np.array(low, float), np.array(high, float)
    return np.array([low + (high - low) * [(i >> axis) & 1 for axis in range(3)] for i in range(8)])


def png(width, height):
    """The head of a PNG, which is all that planning reads."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"


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


def test_joints_are_told_by_kind_with_their_own_units(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "joints:\n"
        "  - {type: hinge, name: door, parts: [Door, Knob], axis: [0, 0, -1], limits_deg: [0, 110]}\n"
        "  - {type: slider, name: latch, parts: [Latch], limits: [-0.02, 0.0], parent: door}\n"
    )
    door, latch = load_sidecar(path).joints
    assert (door.parts, door.limits_deg, door.origin, door.parent) == (("Door", "Knob"), (0.0, 110.0), None, None)
    assert latch == SliderSpec("latch", parts=("Latch",), limits=(-0.02, 0.0), parent="door")


def test_joints_that_cannot_be_are_told_at_once_with_their_lines(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "joints:\n"
        "  - {type: hinge, name: a, parts: [X], axis: [0, 0, 0], parent: b}\n"
        "  - {type: slider, name: b, parts: [X], limits: [0.1, 0.2], parent: c}\n"
        "  - {type: hinge, name: body, parts: [], limits_deg: [0, 0]}\n"
    )
    with pytest.raises(RecipeError) as error:
        load_sidecar(path)
    told = [(problem.where.rsplit(":", 2)[1], problem.path) for problem in error.value.problems]
    assert told == [
        ("2", "joints.a.axis"),
        ("2", "joints.a.parent"),
        ("3", "joints.b.parts"),
        ("3", "joints.b.limits"),
        ("3", "joints.b.parent"),
        ("4", "joints.body.name"),
        ("4", "joints.body.parts"),
        ("4", "joints.body.limits_deg"),
    ]


def test_a_picture_has_no_joints(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("size: 2.0\njoints: []\n")
    with pytest.raises(RecipeError, match="joints: unknown field"):
        load_sidecar(path, PictureSidecar)


def test_all_that_is_wrong_with_a_folder_is_told_at_once(tmp_path):
    for name in ("chair.obj", "chair.glb", "excavator.stl", "thing.ply"):
        (tmp_path / name).write_text("")
    (tmp_path / "thing.yaml").write_text("category: mugg\n")
    with pytest.raises(AssetError) as error:
        dropins.entries([tmp_path])
    text = str(error.value)
    assert text.count("called 'chair' too") == 2
    assert "'excavator' ships already" in text
    assert "thing.yaml:1:11: category: unknown category 'mugg', did you mean 'mug'?" in text
    assert not (tmp_path / dropins.CACHE).exists()


@pytest.mark.parametrize(("make", "message"), [(False, "no such folder"), (True, "holds no asset")])
def test_a_folder_without_assets_is_refused(tmp_path, make, message):
    folder = tmp_path / "mine"
    if make:
        folder.mkdir()
    with pytest.raises(AssetError, match=message):
        dropins.entries([folder])


def test_links_out_of_the_folder_are_refused(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (tmp_path / "secret.obj").write_text("")
    (folder / "box.obj").symlink_to(tmp_path / "secret.obj")
    with pytest.raises(AssetError, match=r"box\.obj: leads out of the folder"):
        dropins.entries([folder])


def test_pictures_beside_a_model_are_its_own_unless_a_sidecar_names_them(tmp_path):
    names = ["a/chair.obj", "a/chair.png", "a/cloth.png", "a/wood.png", "b/oak.png", "c/x.glb", "c/textures/y.png"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(png(2, 2))
    for name in ("a/chair.yaml", "a/wood.yaml"):
        (tmp_path / name).write_text("licence: CC0-1.0\n")
    found = {item.id: item.category for item in drop_folder.found(tmp_path)}
    assert found == {"chair": "chair", "oak": "texture", "wood": "texture", "x": "object"}


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


def test_what_is_dropped_in_lies_on_tables_like_any_other(tmp_path):
    mug = next(entry for entry in catalog.load().values() if entry.category == "mug")
    worker = next(entry for entry in catalog.load().values() if entry.category == "worker")
    brought = {
        "mine": dataclasses.replace(mug, id="mine", library=tmp_path / "mine-1.blend"),
        "somebody": dataclasses.replace(worker, id="somebody", library=tmp_path / "somebody-1.blend"),
    }
    section = Objects(source="catalogue", only=("mine", "somebody"))
    with catalog.extended(brought):
        supply = Supply(catalog.load(), section, np.random.default_rng(0))
        assert {supply.one(dropped).id for dropped in (False, True) for _ in range(5)} == {"mine"}


def test_where_a_library_lies_does_not_change_a_layout(tmp_path):
    meshes = [AssetMesh("mine", "body", tmp_path / name, licence) for name, licence in (("a", "x"), ("b", "y"))]
    first, second = (Layout("toy", 1, 1.0, {"mine/body": mesh}, (), (), ()) for mesh in meshes)
    assert layout_hash(first) == layout_hash(second)
    other = Layout("toy", 1, 1.0, {"mine/body": dataclasses.replace(meshes[0], part="body_2")}, (), (), ())
    assert layout_hash(first) != layout_hash(other)
