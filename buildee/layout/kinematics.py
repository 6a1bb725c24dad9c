"""Forward kinematics: joint values and instance poses become world poses of parts."""

from __future__ import annotations

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
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = np.asarray(angle, np.float64)[..., None, None]
    pose = np.zeros((*angle.shape[:-2], 4, 4))
    pose[..., :3, :3] = _IDENTITY[:3, :3] + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    pose[..., 3, 3] = 1
    return pose


def translation(offset: ArrayLike) -> NDArray[np.float64]:
    """Returns (..., 4, 4) poses shifted by (..., 3) metres."""
    offset = np.asarray(offset, np.float64)
    pose = np.empty((*offset.shape[:-1], 4, 4))
    pose[...] = _IDENTITY
    pose[..., :3, 3] = offset
    return pose


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
