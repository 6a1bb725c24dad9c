"""What cameras of any world need to know of its things."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.layout.categories import CATEGORIES
from buildee.layout.kinematics import bounds_of, in_frames, part_poses
from buildee.layout.placement import Boxes
from buildee.layout.scene import Instance

MOMENTS = 6
"""At so many moments of a scene cameras keep clear of what moves."""


_NOTHING = np.zeros((0, 4, 4)), np.zeros((0, 3))


def swept(instance: Instance) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the boxes of a thing that moves at later moments, for cameras to keep clear of.

    Returns:
        Poses (B, 4, 4) and half extents (B, 3); none when it stands still.
    """
    if len(instance.poses) == 1 and not instance.values:
        return _NOTHING
    frames = max([len(instance.poses), *(len(value) for value in instance.values.values())])
    if frames == 1:
        return _NOTHING
    moments = np.unique(np.linspace(0, frames - 1, MOMENTS).astype(int))[1:]
    poses = part_poses(in_frames(instance, moments))
    boxes = [
        (poses[:, index, None] @ part.proxy.poses, part.proxy.half)
        for index, part in enumerate(instance.parts)
        if part.proxy is not None
    ]
    if not boxes:
        return _NOTHING
    where = np.concatenate([placed for placed, _ in boxes], axis=1)
    return where.reshape(-1, 4, 4), np.tile(np.concatenate([half for _, half in boxes]), (len(where), 1))


def sizes_of(instances: Sequence[Instance], boxes: Boxes, without: Collection[str] = ()) -> NDArray[np.float64]:
    """Returns (N, 4) middle and size of what one would call a thing: no ground, no water, nothing without a body.

    Args:
        instances: all that is there.
        boxes: their proxies.
        without: categories that do not count here.
    """
    counts = [CATEGORIES[item.category].countable and item.category not in without for item in instances]
    poses, half, owner = (values[np.array(counts, bool)[boxes.owner]] for values in boxes)
    if not len(owner):
        return np.zeros((0, 4))
    (low, high), first = bounds_of(poses, half), np.unique(owner, return_index=True)[1]
    low, high = np.minimum.reduceat(low, first), np.maximum.reduceat(high, first)
    return np.column_stack([(low + high) / 2, np.linalg.norm(high - low, axis=1)])
