"""How far doors, drawers and flaps open before they meet something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.movement import INNER
from buildee.generators.kitchen.room import Room
from buildee.layout.contact import overlap_depth
from buildee.layout.kinematics import bounds_of, carried, inverse, joint_pose, part_poses
from buildee.layout.scene import Instance, Joint, Part, Proxy

Array = NDArray[np.float64]

MOMENTS = 6
"""At so many moments of its way a sash is kept clear."""

STEPS = 17
"""How many places of a joint's travel are looked at."""

FINER = 9
"""How many of the step on which something is met: a door's limit is exact to a degree."""

YIELDING = ("curtain", "blind")
"""Categories that sashes push or one draws aside."""

USEFUL = {"hinge": np.deg2rad(70.0), "slider": 0.6}
"""How far doors must open, radians, and what slides, share of its travel, to be of use."""

FOLDED = np.deg2rad(60.0)
"""How far the second leaf of a folding pair must turn, radians."""

TILTED = 0.1
"""How far a sash must tilt to air a room, radians."""

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
    owner, part, poses, half = _boxes([*things, *others])
    if walls is not None:
        count = len(walls.half)
        owner, part = np.append(owner, np.full(count, -1)), np.append(part, np.full(count, -1))
        poses, half = np.concatenate([poses, walls.poses]), np.concatenate([half, walls.half])
    at_first = bounds_of(poses, half)
    found = []
    for number, thing in enumerate(things):
        parts, at_rest = list(thing.parts), None
        for index in sorted(range(len(parts)), key=lambda index: parts[index].name.startswith(INNER)):
            item = parts[index]
            if item.joint is None or not np.isfinite(item.joint.limits).all():
                continue
            moving = (owner == number) & np.isin(part, carried(thing.parts, index))
            if not moving.any():
                continue
            at_rest = part_poses(replace(thing, values={}))[0] if at_rest is None else at_rest
            around = poses
            if ahead := before_it(parts, index):
                apart = part_poses(replace(thing, parts=tuple(parts), values=ahead))[0]
                own = owner == number
                around = poses.copy()
                around[own] = (apart @ inverse(at_rest))[part[own]] @ poses[own]
            way = _Way(at_rest[index], item.joint, around[moving], half[moving])
            still = _Still(around[~moving], half[~moving], (bounds_of(around, half) if ahead else at_first)[:, ~moving])
            limits = tuple(_free(way, still, limit) for limit in item.joint.limits)
            if limits != item.joint.limits:
                parts[index] = replace(item, joint=replace(item.joint, limits=limits))
        found.append(replace(thing, parts=tuple(parts)))
    return tuple(found)


def needed(part: Part) -> float:
    """Returns how far a part must open, radians or metres."""
    if part.joint.kind == "slider":
        return USEFUL["slider"] * float(np.abs(part.joint.limits).max())
    if part.name.endswith("fold"):
        return FOLDED
    tilts = part.name.startswith("sash") and not part.joint.axis[2]
    return TILTED if tilts else USEFUL["hinge"]


def in_use(thing: Instance) -> Instance:
    """Returns a thing at some moments of being opened as far as it is of use, all its parts at once."""
    ways = np.linspace(0.0, 1.0, MOMENTS)
    opens = [part for part in thing.parts if part.joint is not None]
    return replace(thing, values={part.name: needed(part) * np.sign(sum(part.joint.limits)) * ways for part in opens})


def within_limits(thing: Instance) -> Instance:
    """Returns a thing whose joints stand no farther open than they go."""
    limits = {part.name: part.joint.limits for part in thing.parts if part.joint is not None}
    return replace(thing, values={name: np.clip(value, *limits[name]) for name, value in thing.values.items()})


def before_it(parts: Sequence[Part], index: int) -> dict[str, Array]:
    """Returns values of the joints that come first when a part moves.

    The second leaf of a folding pair is folded, and doors are open before what slides out behind them.
    """
    inside = parts[index].name.startswith(INNER)
    return {
        item.name: np.array([item.joint.limits[1]])
        for item in parts
        if item.joint is not None
        and (item.name.startswith("door") if inside else item.parent == index and item.name.endswith("fold"))
    }


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


class _Way(NamedTuple):
    """A part that moves: where it is at rest, its joint, and the boxes (M, 4, 4) and (M, 3) that move with it."""

    rest: Array
    joint: Joint
    poses: Array
    half: Array


class _Still(NamedTuple):
    """What does not: boxes (B, 4, 4) and (B, 3), and their (2, B, 3) bounds."""

    poses: Array
    half: Array
    bounds: Array


def _free(way: _Way, still: _Still, limit: float) -> float:
    """Returns how far towards a limit a part meets nothing, looked at in steps and then in finer ones."""
    if not limit:
        return limit
    values = np.linspace(0.0, limit, STEPS)
    free = _met(way, still, values)
    if free < len(values) - 1:
        values = np.linspace(values[free], values[free + 1], FINER)
        free = _met(way, still, values)
    return float(values[free])


def _met(way: _Way, still: _Still, values: Array) -> int:
    """Returns the last of some values, the first of which is taken to be free, before moving boxes meet something."""
    swept = (way.rest @ joint_pose(way.joint, values) @ inverse(way.rest))[:, None] @ way.poses
    low, high = bounds_of(swept, way.half)
    near = (still.bounds[0] < high.max((0, 1))) & (still.bounds[1] > low.min((0, 1)))
    near = np.flatnonzero(near.all(1))
    lowest, highest = still.bounds[:, near]
    meets = (low[:, :, None] < highest) & (high[:, :, None] > lowest)
    step, box, other = np.nonzero(meets.all(-1))
    other = near[other]
    depth = overlap_depth(swept[step, box], way.half[box], still.poses[other], still.half[other])
    deep = np.flatnonzero(depth > TOUCH)
    step, box, other = step[deep], box[deep], other[deep]
    before = overlap_depth(way.poses[box], way.half[box], still.poses[other], still.half[other])
    hit = step[depth[deep] > np.maximum(before, 0.0) + TOUCH]  # what lies in its frame at rest may stay there
    return int(max(hit.min() - 1, 0)) if len(hit) else len(values) - 1
