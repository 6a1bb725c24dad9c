"""The catalog that ships, and what it gives to planning."""

import numpy as np
import pytest
import yaml

from buildee.errors import AssetError
from buildee.layout import catalog
from buildee.layout.catalog_file import catalog_text, raw_fields
from buildee.layout.categories import CATEGORIES
from buildee.layout.kinematics import part_poses
from buildee.layout.material import KINDS
from buildee.layout.scene import AssetMesh
from buildee.resources import folder

SHIPPED = catalog.load()


@pytest.fixture(params=sorted(SHIPPED))
def entry(request):
    return SHIPPED[request.param]


def corners(bounds):
    return np.array([[x, y, z] for x in bounds[:, 0] for y in bounds[:, 1] for z in bounds[:, 2]])


def listed_parts(entry):
    """The catalog's parts, those that run round a loop as often as there are copies of them."""
    return [part for part in entry.parts for _ in range(part.copies)]


def test_machines_are_there():
    assert {"excavator", "dump_truck", "wheel_loader", "concrete_mixer", "telehandler"} <= set(SHIPPED)


def test_words_are_known(entry):
    assert entry.category in CATEGORIES
    assert {slot.kind for slot in entry.slots.values()} <= set(KINDS)
    assert entry.library.is_file()
    assert (folder("blend_assets") / "licenses" / f"{entry.licence}.txt").is_file()
    assert entry.source
    assert entry.title


def test_parts_form_a_tree_of_rigid_poses(entry):
    seen = {""}
    for part in entry.parts:
        assert part.parent in seen
        assert part.name not in seen
        seen.add(part.name)
        turn = part.rest[:3, :3]
        np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-6)
        assert np.linalg.det(turn) > 0
        assert set(part.slots) <= set(entry.slots)


def test_joints_are_sensible(entry):
    for part in entry.parts:
        if part.joint is None:
            continue
        low, high = part.joint.limits
        assert part.joint.kind in ("hinge", "slider", "loop")
        assert (part.joint.kind == "loop") == (part.joint.loop is not None)
        np.testing.assert_allclose(np.linalg.norm(part.joint.axis), 1, atol=1e-6)
        assert low <= 1e-6
        assert high >= -1e-6
        assert low < high
        if part.joint.kind == "slider":
            assert np.isfinite([low, high]).all()
            assert high - low < 3.0


def test_markers_and_proxies_lie_at_the_mesh(entry):
    for part in entry.parts:
        size = np.ptp(part.bounds, axis=0)
        if not size.any():
            continue
        for name, marker in part.markers.items():
            point = marker[:3, 3]
            assert (point >= part.bounds[0] - 0.25).all(), (part.name, name)
            assert (point <= part.bounds[1] + 0.25).all(), (part.name, name)
        if part.proxy is not None:
            for pose, half in zip(part.proxy.poses, part.proxy.half, strict=True):
                box = corners(np.stack([-half, half])) @ pose[:3, :3].T + pose[:3, 3]
                assert (box.min(0) >= part.bounds[0] - 0.35).all(), part.name
                assert (box.max(0) <= part.bounds[1] + 0.35).all(), part.name


def test_it_stands_on_the_ground_over_its_origin(entry):
    model = SHIPPED.model(entry.id)
    poses = part_poses(model.placed("one", np.eye(4)))[0]
    placed = [
        (pose, corners(part.bounds) @ pose[:3, :3].T + pose[:3, 3])
        for part, pose in zip(listed_parts(entry), poses, strict=True)
        if part.triangles
    ]
    # A box round a leaning part reaches lower than its mesh, so only upright parts tell where the ground is.
    upright = np.concatenate([box for pose, box in placed if np.allclose(abs(pose[:3, :3]), np.eye(3), atol=1e-6)])
    # Hobs are let into a worktop: its upper face is their ground.
    assert abs(upright[:, 2].min()) < (0.06 if entry.category == "hob" else 0.05)
    points = np.concatenate([box for _, box in placed])
    assert (points.min(0)[:2] < 0).all()
    assert (points.max(0)[:2] > 0).all()
    # Turned boxes may only overestimate the size that was measured on vertices.
    assert (entry.size <= np.ptp(points, axis=0) + 1e-3).all()


def test_a_model_names_the_library_meshes(entry):
    model = SHIPPED.model(entry.id)
    assert model.category == entry.category
    for part, listed in zip(model.parts, listed_parts(entry), strict=True):
        assert model.shapes[part.shape] == AssetMesh(entry.id, listed.mesh, entry.library, entry.licence)
        assert part.materials == tuple(entry.slots[slot] for slot in listed.slots)
        assert part.parent < model.parts.index(part)


def test_the_machines_have_their_class_size():
    chassis = SHIPPED["dump_truck"].size
    assert 7.8 < chassis[0] < 8.3
    digger = SHIPPED.model("excavator")
    poses = part_poses(digger.placed("one", np.eye(4)))[0]
    shoe = next(part for part in SHIPPED["excavator"].parts if part.name == "shoe_left")
    placed = [pose for part, pose in zip(digger.parts, poses, strict=True) if part.name.startswith("shoe_left")]
    points = np.concatenate([corners(shoe.bounds) @ pose[:3, :3].T + pose[:3, 3] for pose in placed])
    assert 4.3 < np.ptp(points, axis=0)[0] < 4.6
    assert np.ptp(points, axis=0)[1] == pytest.approx(0.6, abs=0.01)


def test_colours_wear_and_dirt_can_be_chosen():
    base = SHIPPED["excavator"].slots["paint"]
    model = SHIPPED.model("excavator", {"paint": (0.1, 0.2, 0.3)}, wear=0.5, dirt=100.0)
    painted = [m for part in model.parts for m in part.materials if m.color == (0.1, 0.2, 0.3)]
    assert painted
    assert all(m.wear == base.wear * 0.5 and m.dirt == 1.0 for m in painted)


def test_a_part_can_be_left_out_with_all_that_hangs_on_it():
    whole, empty = SHIPPED.model("dump_truck"), SHIPPED.model("dump_truck", without=("load", "ram"))
    gone = {part.name for part in whole.parts} - {part.name for part in empty.parts}
    assert gone == {"load", "ram", "ram_stage_1", "ram_stage_2", "ram_stage_3", "ram_stage_4"}
    names = [part.name for part in empty.parts]
    gate = empty.parts[names.index("tailgate")]
    assert names[gate.parent] == "body"
    assert not any(key.startswith("load/") for key in empty.markers)


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda: SHIPPED["excavater"], "did you mean 'excavator'"),
        (lambda: SHIPPED.model("dump_trck"), "did you mean 'dump_truck'"),
        (lambda: SHIPPED.model("excavator", {"pant": (0, 0, 0)}), "did you mean 'paint'"),
        (lambda: SHIPPED.model("excavator", without=("buket",)), "did you mean 'bucket'"),
    ],
)
def test_a_wrong_name_gets_the_closest_one(ask, hint):
    with pytest.raises(AssetError, match=hint):
        ask()


def test_a_catalog_is_read_as_it_was_written_and_is_yaml(tmp_path):
    fields = {
        "title": "Bowl: größer, #2",
        "tags": [],
        "slots": {"a": {"color": [0.5, -0.25]}},
        "parts": [{"name": "b"}],
    }
    path, text = tmp_path / "catalog.yaml", catalog_text("A note.", {"b": fields, "a": {**fields, "stack": 0.5}})
    path.write_text(text, encoding="utf-8")
    assert raw_fields(path) == {"a": {**fields, "stack": 0.5}, "b": fields}
    assert yaml.safe_load(text)["assets"] == raw_fields(path)
    with pytest.raises(ValueError, match="JSON"):
        catalog_text("A note.", {"a": {"stack": np.inf}})


def test_a_missing_or_damaged_catalog_is_a_clear_error(tmp_path):
    path = tmp_path / "catalog.yaml"
    with pytest.raises(AssetError, match="bake"):
        catalog.load(path)
    for text in ("assets: {a: {title: x}}", "assets: [", "", "assets:\n", "assets:\n  a:\n    title: x\n junk\n"):
        path.write_text(text)
        with pytest.raises(AssetError, match="damaged"):
            catalog.load(path)


@pytest.mark.parametrize("fields", ['{"title": "x"}', '{"title": [', "3", "title: x"])
def test_a_damaged_asset_spoils_no_other(fields, tmp_path):
    path, text = tmp_path / "catalog.yaml", (folder("blend_assets") / "catalog.yaml").read_text(encoding="utf-8")
    path.write_text(f"{text}  zebra:\n    {fields}\n", encoding="utf-8")
    assets = catalog.load(path)
    assert set(assets) == {*SHIPPED, "zebra"}
    assert assets["excavator"].size.tolist() == SHIPPED["excavator"].size.tolist()
    with pytest.raises(AssetError, match=r"damaged.*zebra"):
        assets["zebra"]
