"""What touches what: boxes in one place, and things that nothing holds up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.layout.kinematics import bounds_of, part_poses
from buildee.layout.scene import Layout

Array = NDArray[np.float64]

CORNERS = np.array([(x, y, z) for x in (-1.0, 0.0, 1.0) for y in (-1.0, 0.0, 1.0) for z in (-1.0, 1.0)])
"""Where a box is probed for the ground: the corners, edges and middles of its top and bottom, in half extents."""

DEEPER = 0.3
"""Share of the way that a thing sinks by which it must come deeper into what carries it, not what it leans against."""

SINKS = (1, 1.25, 1.6, 2, 4)
"""Things sink by these parts of the gap that is allowed, to find what carries them."""


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


def carriers(layout: Layout, things: Collection[str], gap: float = 5e-3) -> dict[str, list[tuple[int, int]]]:
    """Finds what things stand on: what they would meet if they sank by a little.

    Looks at the first frame. What merely touches a thing's side carries nothing.

    Args:
        layout: the scene.
        things: names of instances.
        gap: how far they sink, metres: what floats higher stands on nothing.

    Returns:
        For each of them that stands on anything, the (instance, part) numbers of what carries it.
    """
    boxes = boxes_in(layout, frames=1)
    poses, half = boxes.poses[0], boxes.half
    moves = np.array([layout.instances[owner].name in things for owner in boxes.owner], bool)
    first, second = close_pairs(poses, half + gap, boxes.owner)
    above, below = np.concatenate([first, second]), np.concatenate([second, first])
    above, below = above[moves[above]], below[moves[above]]
    before = overlap_depth(poses[above], half[above], poses[below], half[below])
    above, below, before = (values[before > -gap] for values in (above, below, before))
    meets = np.zeros(len(above), bool)
    for sink in gap / np.array(SINKS):  # sheets are thin: sunk far, a thing would be through
        sunk = poses[above].copy()
        sunk[:, 2, 3] -= sink
        after = overlap_depth(sunk, half[above], poses[below], half[below])
        meets |= (after > 0) & (after > before + DEEPER * sink)
    number = {
        f"{item.name}/{part.name}": (index, place)
        for index, item in enumerate(layout.instances)
        for place, part in enumerate(item.parts)
    }
    found: dict[str, list[tuple[int, int]]] = {}
    for index in np.flatnonzero(meets):
        carrier = number[boxes.names[below[index]]]
        own = found.setdefault(layout.instances[boxes.owner[above[index]]].name, [])
        if carrier not in own:
            own.append(carrier)
    return found


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
    low, high = bounds_of(poses, half)
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


_AFTER, _LAST = [1, 2, 0], [2, 0, 1]
"""The two axes that follow each of three in turn."""


def overlap_depth(first: Array, half_first: Array, second: Array, half_second: Array) -> Array:
    """Returns (K,) how deep pairs of oriented boxes overlap, metres; negative when an axis separates them.

    The fifteen separating axes of Gottschalk, Lin and Manocha (1996).

    Args:
        first, second: (K, 4, 4) `world_from_box`.
        half_first, half_second: (K, 3) half extents, metres.
    """
    mine, theirs = np.swapaxes(first[:, :3, :3], 1, 2), second[:, :3, :3]
    turn, apart = mine @ theirs, second[:, :3, 3] - first[:, :3, 3]  # axis i of the first on axis j of the second
    share, ahead = np.abs(turn), (mine @ apart[:, :, None])[..., 0]
    sides = half_first + (share @ half_second[:, :, None])[..., 0] - np.abs(ahead)
    others = half_second + (half_first[:, None] @ share)[:, 0] - np.abs((apart[:, None] @ theirs)[:, 0])
    # Edge i of the first across edge j of the second, in the first's frame: no axis has to be written out.
    after, last = turn[:, _AFTER], turn[:, _LAST]
    length = np.sqrt(after**2 + last**2)
    reach = half_first[:, _AFTER, None] * share[:, _LAST] + half_first[:, _LAST, None] * share[:, _AFTER]
    reach += half_second[:, None, _AFTER] * share[:, :, _LAST] + half_second[:, None, _LAST] * share[:, :, _AFTER]
    reach -= np.abs(ahead[:, _LAST, None] * after - ahead[:, _AFTER, None] * last)
    parallel = length <= 1e-6  # edges that give no axis of their own
    edges = np.where(parallel, np.inf, reach / np.where(parallel, 1.0, length))
    depth = np.concatenate([sides, others, edges.reshape(-1, 9)], axis=1)
    return depth.min(1) if len(depth) else np.zeros(0)


def lift_over(first: Array, half_first: Array, second: Array, half_second: Array) -> Array:
    """Returns (K,) how far boxes have to be raised until they lie on others, metres: negative when they hang above.

    The fifteen axes again: along each, two boxes meet over a span of lifts, and meet at all over what all have in
    common.

    Args:
        first, second: (K, 4, 4) `world_from_box`.
        half_first, half_second: (K, 3) half extents, metres.

    Returns:
        -inf where they never meet.
    """
    mine, theirs = np.swapaxes(first[:, :3, :3], 1, 2), np.swapaxes(second[:, :3, :3], 1, 2)  # rows are axes
    edges = np.cross(mine[:, :, None], theirs[:, None]).reshape(-1, 9, 3)
    axes = np.concatenate([mine, theirs, edges], axis=1)
    axes *= np.where(axes[..., 2:] < 0, -1.0, 1.0)
    reach = (np.abs(axes @ np.swapaxes(mine, 1, 2)) @ half_first[:, :, None])[..., 0]
    reach += (np.abs(axes @ np.swapaxes(theirs, 1, 2)) @ half_second[:, :, None])[..., 0]
    ahead = (axes @ (first[:, :3, 3] - second[:, :3, 3])[:, :, None])[..., 0]
    rise = np.maximum(axes[..., 2], 1e-9)  # along level axes they meet at any lift or at none
    highest, lowest = ((reach - ahead) / rise).min(1), ((-reach - ahead) / rise).max(1)
    return np.where(lowest < highest, highest, -np.inf)
