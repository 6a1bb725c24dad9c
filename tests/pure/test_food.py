"""Food: plausible sizes, rests on the ground, liquids within their glass, no two alike, boxes within the skin."""

import sys
from functools import cache

import numpy as np
import pytest

from buildee.resources import folder

sys.path.insert(0, str(folder("blend_assets").parent))
from blend_assets.scripts.food.things import settled
from blend_assets.scripts.found import found_assets

LONGEST = {  # category: shortest and longest extent that one of its kind has, metres
    "apple": (0.06, 0.1),
    "avocado": (0.08, 0.12),
    "banana": (0.14, 0.24),
    "bottle": (0.18, 0.34),
    "carrot": (0.14, 0.25),
    "carton": (0.07, 0.25),
    "crumbs": (0.001, 0.008),
    "egg": (0.05, 0.065),
    "jar": (0.08, 0.32),
    "lemon": (0.06, 0.1),
    "mushroom": (0.03, 0.07),
    "onion": (0.06, 0.1),
    "orange": (0.065, 0.09),
    "packet": (0.06, 0.32),
    "potato": (0.05, 0.12),
    "strawberry": (0.025, 0.05),
    "tin": (0.08, 0.13),
    "tomato": (0.045, 0.18),
    "wine_bottle": (0.28, 0.33),
}


@cache
def food():
    return {asset.id: asset for asset in found_assets()["food"]}


def points_of(asset):
    """Returns (N, 3): the vertices of all parts, joints at zero."""
    poses, points = {"": np.eye(4)}, []
    for part in asset.parts:
        pose = poses[part.name] = poses[part.parent] @ part.rest
        points.append(part.mesh.vertices @ pose[:3, :3].T + pose[:3, 3])
    return np.concatenate(points)


def faces_in(asset, slot):
    """Returns the vertices of the body's faces in a slot."""
    mesh = asset.parts[0].mesh
    slots = np.repeat(mesh.slots, mesh.sizes)
    return mesh.vertices[mesh.corners[slots == list(asset.slots).index(slot)]]


def test_the_larder_is_full():
    assert len(food()) >= 70
    assert {"apple", "bread", "bottle", "jar", "tin", "carton", "packet", "crumbs"} <= {
        a.category for a in food().values()
    }


def test_everything_rests_on_the_ground_over_its_origin():
    for asset in food().values():
        points = points_of(asset)
        for name, pose in {"standing": np.eye(4), **asset.rests}.items():
            placed = points @ pose[:3, :3].T + pose[:3, 3]
            assert abs(placed[:, 2].min()) < 1e-4, (asset.id, name)
            assert (abs(placed.min(0) + placed.max(0))[:2] < 0.004).all(), (asset.id, name)


def test_sizes_are_those_of_the_market():
    for asset in food().values():
        low, high = LONGEST.get(asset.category, (0.01, 0.6))
        assert low < np.ptp(points_of(asset), axis=0).max() < high, asset.id


def test_boxes_stay_within_the_skin():
    way = np.random.default_rng(0).normal(size=(200, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    signs = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    for asset in food().values():
        assert asset.parts[0].proxy is not None, asset.id
        for part in asset.parts:
            if part.proxy is None:
                continue
            reach = (part.mesh.vertices @ way.T).max(0)
            for pose, half in zip(part.proxy.poses, part.proxy.half, strict=True):
                corners = (signs * half) @ pose[:3, :3].T + pose[:3, 3]
                assert (corners @ way.T - reach).max() < 2e-3, (asset.id, part.name)


@pytest.mark.parametrize("category", ["bottle", "wine_bottle", "jar"])
def test_liquids_stay_within_their_glass(category):
    held = [a for a in food().values() if a.category == category and "liquid" in a.slots]
    assert held
    for asset in held:
        glass, liquid = faces_in(asset, "glass"), faces_in(asset, "liquid")
        glass_radius, liquid_radius = np.hypot(*glass[:, :2].T), np.hypot(*liquid[:, :2].T)
        outline = [
            (liquid[liquid_radius > 0.003][:, 2].round(6), liquid_radius[liquid_radius > 0.003]),
            (glass[glass_radius > 0.003][:, 2].round(6), glass_radius[glass_radius > 0.003]),
        ]
        heights = np.unique(outline[0][0])
        for z in heights[3:-1]:
            inner = outline[0][1][outline[0][0] == z].max()
            reach = outline[1][1][abs(outline[1][0] - z) < 0.02]
            assert inner < reach.max() - 0.001, (asset.id, z)
        assert liquid[:, 2].min() > 0.002


def test_no_two_are_alike():
    seen = {}
    for asset in food().values():
        key = points_of(asset).round(5).tobytes()
        assert key not in seen, (asset.id, seen.get(key))
        seen[key] = asset.id


def test_what_is_let_go_rolls_downhill():
    apple = food()["apple_a"].parts[0].mesh
    start = np.eye(4)
    start[:3, :3] = [[0.8, 0, 0.6], [0, 1, 0], [-0.6, 0, 0.8]]
    middle = (apple.bounds[0] + apple.bounds[1]) / 2

    def height(pose):
        return (pose @ [*middle, 1])[2] - (apple.vertices @ pose[2, :3] + pose[2, 3]).min()

    assert height(settled(apple, start)) < height(start) - 1e-4
