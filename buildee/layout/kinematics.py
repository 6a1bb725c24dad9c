"""Forward kinematics: joint values and instance poses become world poses of parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.scene import Instance, Joint, Layout, Loop, Part

_IDENTITY = np.eye(4)


def rotation(axis: ArrayLike, angle: ArrayLike) -> NDArray[np.float64]:
    """Returns (..., 4, 4) rotations about a unit axis through the origin (Rodrigues' formula).

    Args:
        axis: (3,) unit vector.
        angle: (...) radians.
    """
    sideways, back = _generators(*map(float, axis))
    angle = np.asarray(angle, np.float64)[..., None, None]
    return _IDENTITY + np.sin(angle) * sideways + (1 - np.cos(angle)) * back


@lru_cache(maxsize=256)
def _generators(x: float, y: float, z: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the (4, 4) matrix of the cross product with a unit axis, and its square."""
    cross = np.array([[0, -z, y, 0], [z, 0, -x, 0], [-y, x, 0, 0], [0, 0, 0, 0]])
    return cross, cross @ cross


def translation(offset: ArrayLike) -> NDArray[np.float64]:
    """Returns (..., 4, 4) poses shifted by (..., 3) metres."""
    offset = np.asarray(offset, np.float64)
    pose = np.empty((*offset.shape[:-1], 4, 4))
    pose[...] = _IDENTITY
    pose[..., :3, 3] = offset
    return pose


def inverse(pose: ArrayLike) -> NDArray[np.float64]:
    """Returns (..., 4, 4) inverses of rigid poses. LAPACK's would wake threads that spin for longer than it takes."""
    pose = np.asarray(pose, np.float64)
    result = translation(-np.einsum("...ji,...j->...i", pose[..., :3, :3], pose[..., :3, 3]))
    result[..., :3, :3] = np.swapaxes(pose[..., :3, :3], -1, -2)
    return result


def joint_pose(joint: Joint, value: ArrayLike) -> NDArray[np.float64]:
    """Returns (T, 4, 4): where a joint takes its part, for (T,) values in radians or metres."""
    if joint.kind == "hinge":
        return rotation(joint.axis, value)
    if joint.loop is not None:
        round_it = loop_pose(joint.loop, np.append(joint.loop.start, joint.loop.start + np.asarray(value, np.float64)))
        return inverse(round_it[0]) @ round_it[1:]
    return translation(np.asarray(value, np.float64)[:, None] * np.asarray(joint.axis))


def loop_pose(loop: Loop, way: ArrayLike) -> NDArray[np.float64]:
    """Returns (N, 4, 4) poses on a loop, relative to its middle: x along the loop, z outwards.

    Args:
        loop: the line; its `start` is not added.
        way: (N,) metres along it, from below the rear axle forwards.
    """
    half, bend = loop.reach / 2, np.pi * loop.radius
    way = np.asarray(way, np.float64) % loop.length
    # Run below, round the front axle, run above, round the rear axle: on each, how far along and how far turned.
    ahead, back = np.minimum(way, loop.reach), np.clip(way - loop.reach - bend, 0.0, loop.reach)
    turn = (np.clip(way - loop.reach, 0.0, bend) + np.clip(way - 2 * loop.reach - bend, 0.0, bend)) / loop.radius
    swing = np.pi * loop.bays / loop.reach
    above = (back > 0) & (back < loop.reach)
    slope = np.where(above, loop.sag * swing * np.sin(2 * swing * back), 0.0)
    side = np.where(way < loop.reach + bend, 1.0, -1.0)
    middle = np.where(ahead < loop.reach, ahead - half, np.where(above, half - back, side * half))
    angle = turn + np.arctan(slope)
    cosine, sine = np.cos(angle), np.sin(angle)
    poses = np.zeros((len(way), 4, 4))
    poses[:, 1, 1] = -1.0
    poses[:, 0, 0], poses[:, 2, 0] = cosine, sine
    poses[:, 0, 2], poses[:, 2, 2] = sine, -cosine
    poses[:, 0, 3] = middle + loop.radius * np.sin(turn)
    poses[:, 2, 3] = -loop.radius * np.cos(turn) - loop.sag * np.sin(swing * back) ** 2
    poses[:, 3, 3] = 1.0
    return poses


def carried(parts: Sequence[Part], index: int) -> list[int]:
    """Returns the numbers of a part and of all that hangs on it; parents stand before their children."""
    found = [index]
    for number in range(index + 1, len(parts)):
        if parts[number].parent in found:
            found.append(number)
    return found


def in_frames(instance: Instance, frames: ArrayLike) -> Instance:
    """Returns a thing as it is in (F,) frames; what stands still has one frame, F of the same."""
    values = {name: value[np.minimum(frames, len(value) - 1)] for name, value in instance.values.items()}
    return replace(instance, poses=instance.poses[np.minimum(frames, len(instance.poses) - 1)], values=values)


def part_poses(instance: Instance) -> NDArray[np.float64]:
    """Returns `world_from_part` of an instance.

    Returns:
        (T, P, 4, 4) float64; T is 1 when neither the instance nor a joint moves.

    Raises:
        ValueError: if a joint value names a part that has no joint.
    """
    if instance.values:
        names = {part.name for part in instance.parts if part.joint is not None}
        unknown = sorted(set(instance.values) - names)
        if unknown:
            raise ValueError(
                f"{instance.name}: no joint on part {unknown[0]!r}; joints: {', '.join(sorted(names)) or 'none'}"
            )
    frames = max([len(instance.poses), *(len(value) for value in instance.values.values())])
    poses = np.empty((frames, len(instance.parts), 4, 4))
    turns = _hinge_turns(instance, frames)
    chained = 0
    for index, part in enumerate(instance.parts):
        if index < chained:
            continue
        parent = instance.poses if part.parent < 0 else poses[:, part.parent]
        if part.joint is not None and part.joint.loop is not None and part.name in instance.values:
            chained = index + len(chain := _chain(instance, index))
            poses[:, index:chained] = parent[:, None] @ _round_loop(chain, instance.values)
            continue
        local = parent @ part.rest
        if index in turns:
            local = local @ turns[index]
        elif part.joint is not None and part.name in instance.values:
            local = local @ joint_pose(part.joint, instance.values[part.name])
        poses[:, index] = local
    return poses


def _hinge_turns(instance: Instance, frames: int) -> dict[int, NDArray[np.float64]]:
    """Returns (T, 4, 4) rotations by number of the part, all at once: a body has thirty hinges."""
    turned = {
        index: part
        for index, part in enumerate(instance.parts)
        if part.joint is not None and part.joint.kind == "hinge" and part.name in instance.values
    }
    if not turned:
        return {}
    angles = np.empty((len(turned), frames, 1, 1))
    for row, part in zip(angles, turned.values(), strict=True):
        row[:, 0, 0] = instance.values[part.name]
    sideways, back = np.swapaxes([_generators(*part.joint.axis) for part in turned.values()], 0, 1)[:, :, None]
    return dict(zip(turned, _IDENTITY + np.sin(angles) * sideways + (1 - np.cos(angles)) * back, strict=True))


def first_poses(instances: Sequence[Instance]) -> NDArray[np.float64]:
    """Returns (P, 4, 4) `world_from_part` of all parts of things in the first frame, in the order of the things.

    All that stands still is posed at once, generation by generation: one matrix at a time takes ten times as long.
    """
    count = sum(len(item.parts) for item in instances)
    poses, rests = np.empty((count, 4, 4)), np.empty((count, 4, 4))
    generations: list[list[tuple[int, int]]] = []  # of each, its rows and those of what they hang on
    row = 0
    for number, item in enumerate(instances):
        if item.values:
            poses[row : row + len(item.parts)] = part_poses(in_frames(item, [0]))[0]
        else:
            depths: list[int] = []
            for index, part in enumerate(item.parts):
                depth = 0 if part.parent < 0 else depths[part.parent] + 1
                depths.append(depth)
                if depth == len(generations):
                    generations.append([])
                generations[depth].append((row + index, number if depth == 0 else row + part.parent))
                rests[row + index] = part.rest
        row += len(item.parts)
    base = np.array([item.poses[0] for item in instances])
    for generation in generations:
        rows, parents = np.array(generation).T
        poses[rows] = base[parents] @ rests[rows]
        base = poses
    return poses


def _chain(instance: Instance, first: int) -> list[Part]:
    """Returns the parts from `first` on that run round one loop, posed at once: crawlers have fifty shoes."""

    def same(part: Part) -> bool:
        joint = part.joint
        return part.parent == parent and joint is not None and joint.loop is not None and part.name in instance.values

    parent = instance.parts[first].parent
    return list(takewhile(same, instance.parts[first:]))


def _round_loop(chain: Sequence[Part], values: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Returns (T, N, 4, 4) `parent_from_part` of parts that run round a loop."""
    loop = chain[0].joint.loop
    start = np.array([part.joint.loop.start for part in chain])
    way = start[:, None] + np.stack(np.broadcast_arrays(*(values[part.name] for part in chain)))
    middle = np.stack([part.rest for part in chain]) @ inverse(loop_pose(loop, start))
    poses = loop_pose(loop, way.ravel()).reshape(*way.shape, 4, 4)
    return np.swapaxes(middle[:, None] @ poses, 0, 1)


def world_from_part(layout: Layout) -> NDArray[np.float64]:
    """Returns the world poses of all instances' parts, in row order.

    Returns:
        (T, P, 4, 4) float64 with T = `layout.frames`.
    """
    count = sum(len(instance.parts) for instance in layout.instances)
    poses = np.empty((layout.frames, count, 4, 4))
    row = 0
    for instance in layout.instances:
        poses[:, row : row + len(instance.parts)] = part_poses(instance)
        row += len(instance.parts)
    return poses


def reach_of(poses: NDArray[np.float64], half: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns (..., B, 3) half the size of the upright boxes around (..., B, 4, 4) boxes of half size (B, 3)."""
    return (np.abs(poses[..., :3, :3]) * half[:, None]).sum(-1)


def bounds_of(poses: NDArray[np.float64], half: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns (2, ..., B, 3): the lowest and the highest corners of those upright boxes."""
    reach, middle = reach_of(poses, half), poses[..., :3, 3]
    return np.stack([middle - reach, middle + reach])
