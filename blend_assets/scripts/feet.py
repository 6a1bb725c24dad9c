"""Feet: small boxes where a thing touches the ground, so that its boxes rest in every pose as its mesh does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from blend_assets.scripts.model import Asset
from buildee.layout.kinematics import inverse, translation
from buildee.layout.scene import Pose, Proxy

SLACK = 5e-4
"""Boxes that end so close to the ground rest well enough, metres."""

TOUCH = 1e-3
"""What of a mesh is no higher touches the ground, metres."""

HALF = 1.2e-3
"""Half the edge of a foot, metres: it must not stick out of rims and edges in other poses."""


def footed(asset: Asset) -> Asset:
    """Returns an asset whose boxes end on the ground in every pose in which it rests.

    Boxes that stand for round and hollow things leave out what curves away, or stand out at their corners; things
    would hang in the air, or sink.
    """
    poses = (np.eye(4), *asset.rests.values())
    for step in (_cut, _standing, _cut):  # the feet for one pose may reach below the ground of another
        for pose in poses:
            asset = step(asset, pose)
    return asset


def _world(asset: Asset, pose: Pose) -> Mapping[str, Pose]:
    """Returns where the parts are."""
    world: dict[str, Pose] = {"": pose}
    for part in asset.parts:
        world[part.name] = world[part.parent] @ part.rest
    return world


def _bottoms(proxy: Proxy, pose: Pose) -> NDArray[np.float64]:
    """Returns (B,) how high over the ground boxes end."""
    boxes = pose @ proxy.poses
    return boxes[:, 2, 3] - (np.abs(boxes[:, 2, :3]) * proxy.half).sum(1)


def _cut(asset: Asset, pose: Pose) -> Asset:
    """Returns an asset whose boxes are cut off where they reach below the ground."""
    world, parts = _world(asset, pose), list(asset.parts)
    for number, part in enumerate(parts):
        if part.proxy is None:
            continue
        poses, half = part.proxy.poses.copy(), part.proxy.half.copy()
        for index, bottom in enumerate(_bottoms(part.proxy, world[part.name])):
            if bottom < -SLACK:
                upright = (world[part.name] @ poses[index])[2, :3]
                axis = int(np.abs(upright).argmax())
                less = -bottom / abs(upright[axis]) / 2
                half[index, axis] -= less
                poses[index, :3, 3] += np.sign(upright[axis]) * less * poses[index, :3, axis]
        parts[number] = replace(part, proxy=Proxy(poses, half))
    return replace(asset, parts=tuple(parts))


def _standing(asset: Asset, pose: Pose) -> Asset:
    """Returns an asset with feet for one pose, where it needs any."""
    world = _world(asset, pose)
    bottoms = [_bottoms(part.proxy, world[part.name]).min() for part in asset.parts if part.proxy is not None]
    if not bottoms or min(bottoms) < SLACK:
        return asset
    placed = [part.mesh.vertices @ world[part.name][:3, :3].T + world[part.name][:3, 3] for part in asset.parts]
    owners = np.repeat(np.arange(len(placed)), [len(points) for points in placed])
    added: dict[int, list[Pose]] = {}
    for index, place in _touching(np.concatenate(placed)):
        added.setdefault(int(owners[index]), []).append(translation((*place, HALF)))
    parts = list(asset.parts)
    for number, spots in added.items():
        part = parts[number]
        feet, half = inverse(world[part.name]) @ np.array(spots), np.full((len(spots), 3), HALF)
        if part.proxy is not None:
            feet, half = np.concatenate([part.proxy.poses, feet]), np.concatenate([part.proxy.half, half])
        parts[number] = replace(part, proxy=Proxy(feet, half))
    return replace(asset, parts=tuple(parts))


def _touching(vertices: NDArray[np.float64]) -> list[tuple[int, NDArray[np.float64]]]:
    """Returns vertices at the ground, and where feet stand at them: the outermost in each quarter, a little inwards."""
    near = np.flatnonzero(vertices[:, 2] < vertices[:, 2].min() + TOUCH)
    middle = (vertices[near, :2].min(0) + vertices[near, :2].max(0)) / 2
    away = vertices[near, :2] - middle
    reach = np.hypot(*away.T)
    if reach.max() < 4 * HALF:  # a point
        return [(int(near[reach.argmin()]), middle)]
    quarters = (away[:, 0] > 0) + 2 * (away[:, 1] > 0)
    found = []
    for quarter in np.unique(quarters):
        own = np.flatnonzero(quarters == quarter)
        outer = own[reach[own].argmax()]
        found.append((int(near[outer]), middle + away[outer] * (1 - np.sqrt(2) * HALF / max(reach[outer], 2 * HALF))))
    return found
