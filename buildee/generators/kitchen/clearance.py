"""How far doors, drawers and flaps open before they meet something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.room import Room
from buildee.layout.contact import overlap_depth
from buildee.layout.kinematics import inverse, joint_pose, part_poses, reach_of
from buildee.layout.scene import Instance, Part, Proxy

Array = NDArray[np.float64]

STEPS = 17
"""How many places of a joint's travel are looked at."""
INNER = "inner"
"""How names of drawers behind doors begin."""

TOUCH = 1e-3
"""Depth of overlap that does not count, metres."""


def wall_boxes(room: Room) -> Proxy:
    """Returns a room's walls as boxes that doors must not meet."""
    poses, half = [], []
    for wall in room.walls:
        middle = np.eye(4)
        middle[:3, 3] = wall.length / 2, -0.05, room.height / 2
        poses.append(wall.pose @ middle)
        half.append((wall.length / 2, 0.05, room.height / 2))
    return Proxy(np.array(poses), np.array(half))


def free_limits(
    things: Sequence[Instance], others: Iterable[Instance] = (), walls: Proxy | None = None
) -> tuple[Instance, ...]:
    """Returns things whose joints go only as far as nothing is met, when all others are closed.

    Args:
        things: with joints, at rest.
        others: what else stands about.
        walls: boxes of the room.
    """
    everything = [*things, *others]
    owner, part, poses, half = _boxes(everything)
    if walls is not None:
        count = len(walls.half)
        owner, part = np.append(owner, np.full(count, -1)), np.append(part, np.full(count, -1))
        poses, half = np.concatenate([poses, walls.poses]), np.concatenate([half, walls.half])
    at_first = _bounds(poses, half)
    found = []
    for number, thing in enumerate(things):
        parts, at_rest = list(thing.parts), None
        for index, item in enumerate(parts):
            if item.joint is None or not np.isfinite(item.joint.limits).all():
                continue
            at_rest = part_poses(replace(thing, values={}))[0] if at_rest is None else at_rest
            moving = (owner == number) & np.isin(part, _carried(thing, index))
            shut, around = poses[moving], poses
            if ahead := opened_first(parts, index):
                apart = part_poses(replace(thing, parts=tuple(parts), values=ahead))[0]
                own = owner == number
                around = poses.copy()
                around[own] = (apart @ inverse(at_rest))[part[own]] @ poses[own]
            if folds := folded(thing.parts, index):
                bent = part_poses(replace(thing, values=folds))[0]
                shut = (bent @ inverse(at_rest))[part[moving]] @ shut
            still, bounds = np.flatnonzero(~moving), _bounds(around, half) if ahead else at_first
            limits = []
            for limit in item.joint.limits:
                values = np.linspace(0.0, limit, STEPS)
                swing = at_rest[index] @ joint_pose(item.joint, values) @ inverse(at_rest[index])
                swept = swing[:, None] @ shut
                free = _free(swept, half[moving], still, around, half, bounds) if limit else 0
                limits.append(float(values[free]))
            if tuple(limits) != item.joint.limits:
                parts[index] = replace(item, joint=replace(item.joint, limits=tuple(limits)))
        found.append(replace(thing, parts=tuple(parts)))
    return tuple(found)


def folded(parts: Sequence[Part], index: int) -> dict[str, Array]:
    """Returns values of the joints that must be folded before a part moves: the second leaf of a folding pair."""
    return {
        item.name: np.array([item.joint.limits[1]])
        for item in parts
        if item.parent == index and item.joint is not None and item.name.endswith("fold")
    }


def opened_first(parts: Sequence[Part], index: int) -> dict[str, Array]:
    """Returns values of the joints that must be open before a part moves: the doors before an inner drawer."""
    if not parts[index].name.startswith(INNER):
        return {}
    doors = [item for item in parts if item.joint is not None and item.joint.kind == "hinge"]
    return {item.name: np.array([item.joint.limits[1]]) for item in doors}


def _bounds(poses: Array, half: Array) -> tuple[Array, Array]:
    """Returns (B, 3) lowest and highest corners of upright boxes around boxes."""
    reach = reach_of(poses, half)
    return poses[:, :3, 3] - reach, poses[:, :3, 3] + reach


def _boxes(things: Sequence[Instance]) -> tuple[NDArray[np.int64], NDArray[np.int64], Array, Array]:
    """Returns (B,) thing, (B,) part, (B, 4, 4) pose at rest and (B, 3) half size of all collision boxes."""
    owners, parts, poses, halves = [np.zeros(0, int)], [np.zeros(0, int)], [np.zeros((0, 4, 4))], [np.zeros((0, 3))]
    for number, thing in enumerate(things):
        world = part_poses(replace(thing, values={}))[0]
        for index, part in enumerate(thing.parts):
            if part.proxy is not None:
                count = len(part.proxy.half)
                owners.append(np.full(count, number))
                parts.append(np.full(count, index))
                poses.append(world[index] @ part.proxy.poses)
                halves.append(part.proxy.half)
    return tuple(map(np.concatenate, (owners, parts, poses, halves)))


def _carried(thing: Instance, index: int) -> list[int]:
    """Returns a part and all that hang on it."""
    carried = [index]
    carried += [i for i, part in enumerate(thing.parts) if i > index and part.parent in carried]
    return carried


def _free(
    swept: Array, sizes: Array, still: NDArray[np.int64], poses: Array, half: Array, bounds: tuple[Array, Array]
) -> int:
    """Returns the last step before moving boxes meet something.

    Args:
        swept: (S, M, 4, 4) where they are at each step.
        sizes: (M, 3) their half extents.
        still: which boxes stand still.
        poses, half, bounds: of all boxes.
    """
    reach = reach_of(swept, sizes)
    low, high = swept[..., :3, 3] - reach, swept[..., :3, 3] + reach
    near = (bounds[0][still] < high.max((0, 1))) & (bounds[1][still] > low.min((0, 1)))
    still = still[near.all(1)]
    meets = (low[:, :, None] < bounds[1][still]) & (high[:, :, None] > bounds[0][still])
    step, box, other = np.nonzero(meets.all(-1))
    depth = overlap_depth(swept[step, box], sizes[box], poses[still[other]], half[still[other]])
    hit = step[depth > TOUCH]
    return int(max(hit.min() - 1, 0)) if len(hit) else len(swept) - 1
