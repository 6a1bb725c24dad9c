"""Forward kinematics: joint values and instance poses become world poses of parts."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.scene import Instance, Joint, Layout

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
    return translation(np.asarray(value, np.float64)[:, None] * np.asarray(joint.axis))


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
    for index, part in enumerate(instance.parts):
        parent = instance.poses if part.parent < 0 else poses[:, part.parent]
        local = parent @ part.rest
        if part.joint is not None and part.name in instance.values:
            local = local @ joint_pose(part.joint, instance.values[part.name])
        poses[:, index] = local
    return poses


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
