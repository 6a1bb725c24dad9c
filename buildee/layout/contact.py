"""What touches what: boxes in one place, and things that nothing holds up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.layout.kinematics import part_poses
from buildee.layout.scene import Layout

Array = NDArray[np.float64]

CORNERS = np.array([(x, y, z) for x in (-1.0, 0.0, 1.0) for y in (-1.0, 0.0, 1.0) for z in (-1.0, 1.0)])
"""Where a box is probed for the ground: the corners, edges and middles of its top and bottom, in half extents."""


@dataclass(frozen=True)
class Overlap:
    """Two things in one place.

    Attributes:
        first, second: "instance/part" of each.
        frame: when.
        depth: how far one must move to be free, metres.
    """

    first: str
    second: str
    frame: int
    depth: float


@dataclass(frozen=True, eq=False)
class Boxes:
    """The collision proxies of a layout.

    Attributes:
        names: (B,) "instance/part" of each.
        owner: (B,) number of its instance.
        poses: (T, B, 4, 4) `world_from_box`.
        half: (B, 3) half extents, metres.
    """

    names: list[str]
    owner: NDArray[np.int64]
    poses: Array
    half: Array


def interpenetration(
    layout: Layout, contacts: frozenset[frozenset[str]] = frozenset(), tolerance: float = 1e-3
) -> list[Overlap]:
    """Finds the collision proxies of different instances that overlap in any frame.

    Args:
        layout: the scene.
        contacts: pairs of categories that may touch, such as {"scaffold", "slab"}.
        tolerance: depth that does not count, metres.

    Returns:
        One entry a pair of parts, the deepest frame of each, deepest first.
    """
    boxes = boxes_in(layout)
    category = [layout.instances[owner].category for owner in boxes.owner]
    moving = np.ptp(boxes.poses, axis=0).max(axis=(1, 2)) > 0 if len(boxes.names) else np.zeros(0, bool)
    found: dict[tuple[str, str], Overlap] = {}
    for frame, poses in enumerate(boxes.poses):
        one, two = close_pairs(poses, boxes.half, boxes.owner)
        if frame:
            one, two = one[moving[one] | moving[two]], two[moving[one] | moving[two]]
        depth = overlap_depth(poses[one], boxes.half[one], poses[two], boxes.half[two])
        for index in np.flatnonzero(depth > tolerance):
            first, second = one[index], two[index]
            if frozenset((category[first], category[second])) in contacts:
                continue
            pair = boxes.names[first], boxes.names[second]
            if pair not in found or found[pair].depth < depth[index]:
                found[pair] = Overlap(*pair, frame, float(depth[index]))
    return sorted(found.values(), key=lambda overlap: -overlap.depth)


def unsupported(
    layout: Layout,
    ground: Callable[[Array], Array],
    hanging: Collection[str] = (),
    gap: float = 5e-3,
) -> list[str]:
    """Finds instances that neither stand on the ground nor touch, directly or through others, one that does.

    Looks at the first frame. Instances without proxies (the ground itself) are left out.

    Args:
        layout: the scene.
        ground: height at (N, 2) points, metres; NaN where there is none.
        hanging: categories that need no support, such as what a crane carries.
        gap: what still counts as touching, metres.

    Returns:
        Their names.
    """
    boxes = boxes_in(layout, frames=1)
    if not boxes.names:
        return []
    poses = boxes.poses[0]
    probes = np.einsum("bij,bkj->bki", poses[:, :3, :3], CORNERS * boxes.half[:, None]) + poses[:, None, :3, 3]
    height = ground(probes[..., :2].reshape(-1, 2)).reshape(probes.shape[:2])
    grounded = np.nanmin(np.where(np.isnan(height), np.inf, probes[..., 2] - height), axis=1) < gap
    reached = np.zeros(len(layout.instances), bool)
    reached[boxes.owner[grounded]] = True
    one, two = close_pairs(poses, boxes.half + gap, boxes.owner)
    touching = overlap_depth(poses[one], boxes.half[one], poses[two], boxes.half[two]) > -gap
    first, second = boxes.owner[one[touching]], boxes.owner[two[touching]]
    while True:
        newly = np.concatenate([first[reached[second]], second[reached[first]]])
        if reached[newly].all():
            break
        reached[newly] = True
    return [
        layout.instances[owner].name
        for owner in np.unique(boxes.owner)
        if not reached[owner] and layout.instances[owner].category not in hanging
    ]


def boxes_in(layout: Layout, frames: int | None = None) -> Boxes:
    """Returns the proxies of all instances, in the first `frames` frames (None takes all)."""
    frames = layout.frames if frames is None else frames
    names, owners, poses, halves = [], [], [], []
    for number, instance in enumerate(layout.instances):
        if all(part.proxy is None for part in instance.parts):
            continue
        parts = part_poses(instance)[:frames]
        for index, part in enumerate(instance.parts):
            if part.proxy is None:
                continue
            count = len(part.proxy.poses)
            names += [f"{instance.name}/{part.name}"] * count
            owners += [number] * count
            world = parts[:, index, None] @ part.proxy.poses
            poses.append(np.broadcast_to(world, (frames, *world.shape[1:])))
            halves.append(part.proxy.half)
    if not poses:
        return Boxes(names, np.zeros(0, np.int64), np.zeros((0, 0, 4, 4)), np.zeros((0, 3)))
    return Boxes(names, np.array(owners), np.concatenate(poses, 1), np.concatenate(halves))


def close_pairs(poses: Array, half: Array, owner: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns (K,) and (K,) pairs of boxes of different owners whose axis-aligned bounds meet, by a sweep along X."""
    reach = (np.abs(poses[:, :3, :3]) * half[:, None, :]).sum(-1)
    low, high = poses[:, :3, 3] - reach, poses[:, :3, 3] + reach
    order = np.argsort(low[:, 0], kind="stable")
    ends = np.searchsorted(low[order, 0], high[order, 0], "right")
    count = ends - np.arange(len(order)) - 1
    first = np.repeat(np.arange(len(order)), count)
    second = first + 1 + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    one, two = order[first], order[second]
    meets = owner[one] != owner[two]
    for axis in (1, 2):
        meets[meets] = (low[two[meets], axis] < high[one[meets], axis]) & (
            high[two[meets], axis] > low[one[meets], axis]
        )
    return one[meets], two[meets]


def overlap_depth(first: Array, half_first: Array, second: Array, half_second: Array) -> Array:
    """Returns (K,) how deep pairs of oriented boxes overlap, metres; negative when an axis separates them.

    The fifteen separating axes of Gottschalk, Lin and Manocha (1996).

    Args:
        first, second: (K, 4, 4) `world_from_box`.
        half_first, half_second: (K, 3) half extents, metres.
    """
    mine, theirs = first[:, :3, :3], second[:, :3, :3]
    apart = second[:, :3, 3] - first[:, :3, 3]
    crosses = np.cross(np.swapaxes(mine, 1, 2)[:, :, None], np.swapaxes(theirs, 1, 2)[:, None]).reshape(-1, 9, 3)
    length = np.linalg.norm(crosses, axis=-1, keepdims=True)
    axes = np.concatenate(
        [np.swapaxes(mine, 1, 2), np.swapaxes(theirs, 1, 2), crosses / np.maximum(length, 1e-6)], axis=1
    )
    reach = np.einsum("kaj,kj->ka", np.abs(axes @ mine), half_first)
    reach += np.einsum("kaj,kj->ka", np.abs(axes @ theirs), half_second)
    depth = reach - np.abs(np.einsum("kai,ki->ka", axes, apart))
    depth[:, 6:][length[..., 0] <= 1e-6] = np.inf  # parallel edges give no axis of their own
    return depth.min(1) if len(depth) else np.zeros(0)
