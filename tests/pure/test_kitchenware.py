"""The kitchen's library: how its things rest, stack and hold others, measured on the meshes that are baked."""

import sys
from functools import cache

import numpy as np
import pytest

from buildee.layout import catalog
from buildee.layout.kinematics import part_poses
from buildee.resources import folder

sys.path.insert(0, str(folder("blend_assets").parent))
from blend_assets.scripts.found import found_assets

ENTRIES = {id: entry for id, entry in catalog.load().items() if entry.library.stem == "kitchen"}
SIZES = {  # the longest side, metres: the smallest and the largest that a shop would sell
    "plate": (0.15, 0.33), "bowl": (0.07, 0.30), "saucer": (0.10, 0.18), "cup": (0.045, 0.14), "mug": (0.08, 0.16),
    "drinking_glass": (0.07, 0.18), "wine_glass": (0.15, 0.26), "jug": (0.09, 0.30), "teapot": (0.18, 0.32),
    "fork": (0.17, 0.22), "knife": (0.20, 0.26), "spoon": (0.12, 0.22), "chopsticks": (0.20, 0.28),
    "cooking_pot": (0.22, 0.40), "saucepan": (0.28, 0.45), "frying_pan": (0.36, 0.55), "casserole": (0.26, 0.40),
    "wok": (0.45, 0.65), "baking_tray": (0.24, 0.52), "lid": (0.15, 0.30), "colander": (0.22, 0.38),
    "mixing_bowl": (0.2, 0.35), "measuring_jug": (0.12, 0.22), "spatula": (0.22, 0.38), "ladle": (0.25, 0.36),
    "wooden_spoon": (0.22, 0.36), "whisk": (0.2, 0.34), "tongs": (0.2, 0.36), "grater": (0.18, 0.28),
    "kitchen_knife": (0.22, 0.40), "chopping_board": (0.28, 0.50), "book": (0.17, 0.42), "towel": (0.2, 0.7),
    "phone": (0.12, 0.18), "laptop": (0.28, 0.42), "clock": (0.2, 0.4), "pen": (0.12, 0.16), "vase": (0.15, 0.35),
}  # fmt: skip


@cache
def scripted():
    return {asset.id: asset for asset in found_assets()["kitchen"]}


@pytest.fixture(params=sorted(ENTRIES))
def entry(request):
    return ENTRIES[request.param]


def body_points(entry):
    """Returns the vertices of all parts with every joint at zero, in the asset's frame."""
    asset = scripted()[entry.id]
    poses = {"": np.eye(4)}
    points = []
    for part in asset.parts:
        poses[part.name] = poses[part.parent] @ part.rest
        points.append(part.mesh.vertices @ poses[part.name][:3, :3].T + poses[part.name][:3, 3])
    return np.concatenate(points)


def test_it_touches_the_ground_however_it_rests(entry):
    points = body_points(entry)
    assert abs(points[:, 2].min()) < 1e-4
    first = scripted()[entry.id].parts[0].mesh.vertices
    for name, pose in entry.rests.items():
        resting = (points if name == "standing" else first) @ pose[:3, :3].T + pose[:3, 3]
        assert abs(resting[:, 2].min()) < 1e-4, name
        np.testing.assert_allclose(pose[:3, :3] @ pose[:3, :3].T, np.eye(3), atol=1e-6)


def test_what_leans_touches_the_wall_above_its_middle(entry):
    """With its upper edge, or with its foot ring."""
    if "leaning" not in entry.rests:
        pytest.skip("does not lean")
    pose = entry.rests["leaning"]
    points = scripted()[entry.id].parts[0].mesh.vertices @ pose[:3, :3].T + pose[:3, 3]
    farthest = points[points[:, 0].argmin()]
    assert farthest[2] > 0.55 * points[:, 2].max()
    assert 70 < np.rad2deg(np.arccos(pose[2, 2])) < 82


def cast(mesh, spots):
    """Returns the lowest and the highest height of a mesh over each (x, y) spot, NaN where it has nothing there."""
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    fans = [(s, s + k, s + k + 1) for s, n in zip(starts, mesh.sizes, strict=True) for k in range(1, n - 1)]
    a, b, c = mesh.vertices[mesh.corners[np.array(fans)]].swapaxes(0, 1)
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    steep = abs(area) < 1e-14
    a, b, c, area = a[~steep], b[~steep], c[~steep], area[~steep]
    found = []
    for x, y in spots:
        v = ((x - a[:, 0]) * (c[:, 1] - a[:, 1]) - (y - a[:, 1]) * (c[:, 0] - a[:, 0])) / area
        w = ((b[:, 0] - a[:, 0]) * (y - a[:, 1]) - (b[:, 1] - a[:, 1]) * (x - a[:, 0])) / area
        hit = (v >= 0) & (w >= 0) & (v + w <= 1)
        z = (a[:, 2] + v * (b[:, 2] - a[:, 2]) + w * (c[:, 2] - a[:, 2]))[hit]
        found.append((z.min(), z.max()) if len(z) else (np.nan, np.nan))
    return np.array(found)


def test_a_stack_neither_floats_nor_sinks_in(entry):
    """Column by column the next one's underside must lie above the top of the one below, and touch it somewhere."""
    if not entry.stack:
        pytest.skip("does not stack")
    points = body_points(entry)[:, :2]
    half, middle = np.ptp(points, axis=0) / 2, (points.max(0) + points.min(0)) / 2
    rng = np.random.default_rng(3)
    spots = middle + rng.uniform(-1, 1, (500, 2)) * half
    # Rims are thinner than the spots are apart: walk out along one ray as well.
    spots = np.concatenate([spots, middle + np.linspace(0.0, 1.0, 300)[:, None] * half * (np.cos(0.4), np.sin(0.4))])
    columns = np.concatenate([cast(part.mesh.transformed(pose), spots)[None] for part, pose in placed_parts(entry)])
    columns = columns[:, np.isfinite(columns).any((0, 2))]
    span = np.nanmax(columns[..., 1], axis=0) - np.nanmin(columns[..., 0], axis=0)
    gap = np.nanmin(entry.stack - span)
    assert -2e-5 < gap < 3e-3


def placed_parts(entry):
    poses = part_poses(catalog.load().model(entry.id).placed("one", np.eye(4)))[0]
    return list(zip(scripted()[entry.id].parts, poses, strict=True))


def test_it_has_the_size_that_shops_sell(entry):
    low, high = SIZES.get(entry.category, (0.03, 0.60))
    if entry.id in ("bowl_dip_a", "box_plain_a"):
        low = 0.04
    assert low < entry.size.max() < high


def test_things_fit_into_what_is_open(entry):
    """A ball of a third of the mouth's width fits in above the marker "opening" without meeting the proxy's walls."""
    body = entry.parts[0]
    if entry.category not in ("bowl", "mug", "cup", "drinking_glass", "cooking_pot", "saucepan", "casserole", "basket"):
        pytest.skip("not hollow")
    place = body.markers["opening"][:3, 3]
    width = 0.3 * np.ptp(body.bounds, axis=0)[:2].min()
    centre = place + np.array((0, 0, width / 2 + 0.001))
    for pose, half in zip(body.proxy.poses, body.proxy.half, strict=True):
        local = (centre - pose[:3, 3]) @ pose[:3, :3]
        outside = np.linalg.norm(np.maximum(abs(local) - half, 0))
        assert outside > width / 2 - 0.004


def test_proxies_are_tight(entry):
    """Boxes reach little farther than the mesh: their footprint would otherwise push neighbours away."""
    points = body_points(entry)
    boxes = []
    for part, pose in zip(scripted()[entry.id].parts, [pose for _, pose in placed_parts(entry)], strict=True):
        if part.proxy is None:
            continue
        corners = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
        for box, half in zip(part.proxy.poses, part.proxy.half, strict=True):
            local = corners * half @ box[:3, :3].T + box[:3, 3]
            boxes.append(local @ pose[:3, :3].T + pose[:3, 3])
    boxes = np.concatenate(boxes)
    slack = 0.006 + 0.06 * np.ptp(points, axis=0).max()
    assert (boxes.max(0) < points.max(0) + slack).all()
    assert (boxes.min(0) > points.min(0) - slack).all()
    assert (boxes.max(0) > points.max(0) - slack).all()
    assert (boxes.min(0) < points.min(0) + slack).all()
    assert boxes[:, 2].min() > -0.003


@pytest.mark.parametrize("id", ["teapot_a", "butter_dish_a", "storage_box_a", "laptop_a", "scissors_a"])
def test_lids_and_blades_move(id):
    assert all(part.joint is not None for part in ENTRIES[id].parts if part.name != "body")
