"""The worker assets against the body that the gait is computed for."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from buildee.layout.body import Body, limits
from buildee.layout.categories import CATEGORIES
from buildee.layout.gait import STANCE, stride_length, walk
from buildee.layout.kinematics import joint_pose
from buildee.layout.stance import stance
from buildee.resources import folder
from buildee.truth.keypoints import PERSON

sys.path.insert(0, str(folder("blend_assets").parent))
from blend_assets.scripts import (
    worker,
    worker_a,
    worker_b,
    worker_c,
    worker_d,
    worker_e,
    worker_f,
    worker_g,
    worker_h,
)

COCO = ("nose", "eye", "ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")
MODULES = (worker_a, worker_b, worker_c, worker_d, worker_e, worker_f, worker_g, worker_h)
WORKERS = {module.STYLE.id: module for module in MODULES}


@pytest.fixture(params=WORKERS)
def style_and_asset(request):
    module = WORKERS[request.param]
    return module.STYLE, module.asset()


def part_poses(asset, poses, values) -> dict[str, np.ndarray]:
    """Returns world_from_part (T, 4, 4) of every part."""
    placed = {"": poses}
    for part in asset.parts:
        value = values.get(part.name, np.zeros(1))
        turn = joint_pose(part.joint, value) if part.joint else np.eye(4)
        placed[part.name] = placed[part.parent] @ part.rest @ turn
    return placed


def test_markers_are_the_17_keypoints(style_and_asset):
    _, asset = style_and_asset
    markers = {name for part in asset.parts for name in part.markers}
    expected = {"nose"} | {f"{side}_{name}" for name in COCO[1:] for side in ("left", "right")}
    assert len(expected) == 17
    assert expected <= markers
    named = {f"{part.name}/{name}" for part in asset.parts for name in part.markers}
    assert set(asset.keypoints) <= named
    assert tuple(name.split("/")[1] for name in asset.keypoints) == PERSON


def test_keypoints_lie_in_the_body_no_deeper_than_they_say(style_and_asset):
    """From in front or behind (ears: from their side), the skin over a keypoint is within its radius."""
    _, asset = style_and_asset
    placed = part_poses(asset, np.eye(4)[None], {})
    triangles = []
    for part in asset.parts:
        mesh, pose = part.mesh, placed[part.name][0]
        points = mesh.vertices @ pose[:3, :3].T + pose[:3, 3]
        first = np.cumsum(mesh.sizes) - mesh.sizes
        for k in (1, 2):
            fan = np.stack([first, first + k, first + k + 1], 1)[mesh.sizes > k + 1]
            triangles.append(points[mesh.corners[fan]])
    triangles = np.concatenate(triangles)
    low, high = triangles.min(1), triangles.max(1)
    markers = {
        f"{part.name}/{name}": placed[part.name][0] @ m for part in asset.parts for name, m in part.markers.items()
    }
    for name, radius in asset.keypoints.items():
        side = np.array([0, 1.0 if "left" in name else -1.0, 0]) if "ear" in name else np.array([1.0, 0, 0])
        eye = markers[name][:3, 3] + 3 * side
        near = ((low <= eye + 1e-9) & (eye - 1e-9 <= high) | (side != 0)).all(1)
        a, b, c = np.moveaxis(triangles[near], 1, 0)
        hit = np.cross(-side, c - a)
        det = ((b - a) * hit).sum(1)
        det = np.where(np.abs(det) < 1e-15, np.inf, det)
        s = eye - a
        q = np.cross(s, b - a)
        u, v, t = (s * hit).sum(1) / det, (q @ -side) / det, ((c - a) * q).sum(1) / det
        first = t[(u >= 0) & (v >= 0) & (u + v <= 1) & (t > 0)].min()
        assert 3 - first <= radius, name
        assert 3 - first > -0.02, name


def test_size_and_weight_of_the_mesh(style_and_asset):
    style, asset = style_and_asset
    assert sum(part.mesh.triangle_count for part in asset.parts) <= 25_000
    placed = part_poses(asset, np.eye(4)[None], {})
    points = np.concatenate(
        [part.mesh.vertices @ placed[part.name][0, :3, :3].T + placed[part.name][0, :3, 3] for part in asset.parts]
    )
    top, bottom = points[:, 2].max(), points[:, 2].min()
    assert bottom == pytest.approx(0.0, abs=0.004)
    assert style.stature + 0.04 < top < style.stature + 0.12  # sole and helmet
    assert 0.235 < np.ptp(points[:, 1]) / style.stature < 0.325


def test_people_differ():
    styles = [module.STYLE for module in MODULES]
    statures = sorted(style.stature for style in styles)
    assert statures[0] < 1.60 and statures[-1] > 1.90
    assert {style.long_hair for style in styles} == {"", "tail", "bun"}
    assert sum(style.beard > 0 for style in styles) >= 3
    skins = [sum(worker.materials(style)["skin"].color) for style in styles]
    assert min(skins) < 0.25 and max(skins) > 1.1
    assert len({tuple(sorted(style.colors.items())) for style in styles}) == len(styles)


def test_joints_carry_the_bodys_limits(style_and_asset):
    _, asset = style_and_asset
    worn = {name for name, _ in worker.WORN.values()}
    for part in asset.parts:
        assert (part.joint is None) if part.name in worn else part.joint.limits == limits(part.name)


def test_what_is_worn_is_parts_of_its_own(style_and_asset):
    """Every face of helmet and vest is in a part that public datasets have a class for, and no other face is."""
    style, asset = style_and_asset
    classes = {name: row["soda"] for name, row in CATEGORIES["worker"].parts.items()}
    assert classes == {"helmet": "helmet", "vest_chest": "vest", "vest_waist": "vest"}
    slots = list(asset.slots)
    triangles = {part.name: part.mesh.triangle_count for part in asset.parts}
    assert min(triangles[name] for name in classes) > 500
    for part in asset.parts:
        used = {slots[slot] for slot in np.unique(part.mesh.slots)}
        if classes.get(part.name) == "helmet":
            assert used == {"helmet", "helmet_harness"} and part.parent == "head"
        elif part.name in classes:
            assert "vest" in used and used <= {"vest", "band", "piping"}
        else:
            assert "helmet" not in used
            assert style.jacket or "vest" not in used


def test_the_assets_feet_stay_planted(style_and_asset):
    style, asset = style_and_asset
    speed, fps = 1.3, 60
    poses, values = walk([(0, 0), (2, 0), (4, 1)], speed, 150, fps, 0.0, style.stature)
    placed = part_poses(asset, poses, values)
    cycle = np.arange(150) / fps * speed / stride_length(speed, style.stature)
    for side, offset in (("left", 0.0), ("right", 0.5)):
        toe = placed[f"toes_{side}"] @ np.array([0.05, 0.0, 0.0, 1.0])
        age, stride = (cycle - offset) % 1, np.floor(cycle - offset)
        planted = (age > 0.1) & (age < STANCE) & (stride == 0)
        assert planted.sum() > 20
        assert np.ptp(toe[planted], axis=0).max() < 1e-3


def test_standing_boots_rest_on_the_ground(style_and_asset):
    style, asset = style_and_asset
    placed = part_poses(asset, np.eye(4)[None], stance("stand", style.stature))
    for name in ("foot_left", "foot_right", "toes_left", "toes_right"):
        part = next(part for part in asset.parts if part.name == name)
        low = (part.mesh.vertices @ placed[name][0, :3, :3].T + placed[name][0, :3, 3])[:, 2].min()
        assert low == pytest.approx(0.0, abs=0.004)


def test_joints_lie_where_the_body_has_them(style_and_asset):
    style, asset = style_and_asset
    body = Body(style.stature)
    placed = part_poses(asset, np.eye(4)[None], {})
    heights = {name: placed[name][0, 2, 3] for name in ("thigh_left", "shin_left", "ankle_left", "toes_left")}
    assert heights == pytest.approx(
        {
            "thigh_left": body.hip,
            "shin_left": body.ankle + body.shin,
            "ankle_left": body.ankle,
            "toes_left": body.ball[1],
        }
    )
