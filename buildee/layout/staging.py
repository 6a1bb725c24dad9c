"""What cameras of any world need to know of its things."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.layout.categories import CATEGORIES
from buildee.layout.kinematics import in_frames, part_poses
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Instance

MOMENTS = 6
"""At so many moments of a scene cameras keep clear of what moves."""


def swept(instance: Instance) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the boxes of a thing that moves at later moments, for cameras to keep clear of.

    Returns:
        Poses (B, 4, 4) and half extents (B, 3); none when it stands still.
    """
    frames = max([len(instance.poses), *(len(value) for value in instance.values.values())])
    if frames == 1:
        return np.zeros((0, 4, 4)), np.zeros((0, 3))
    moments = np.unique(np.linspace(0, frames - 1, MOMENTS).astype(int))[1:]
    poses = part_poses(in_frames(instance, moments))
    boxes = [
        (poses[:, index, None] @ part.proxy.poses, part.proxy.half)
        for index, part in enumerate(instance.parts)
        if part.proxy is not None
    ]
    if not boxes:
        return np.zeros((0, 4, 4)), np.zeros((0, 3))
    where = np.concatenate([placed for placed, _ in boxes], axis=1)
    return where.reshape(-1, 4, 4), np.tile(np.concatenate([half for _, half in boxes]), (len(where), 1))


def sizes_of(instances: Sequence[Instance]) -> NDArray[np.float64]:
    """Returns (N, 4) middle and size of what one would call a thing: no ground, no water, nothing without a body."""
    rows = []
    for instance in instances:
        poses, half = boxes_of(instance)
        if len(half) and CATEGORIES[instance.category].countable:
            reach = (np.abs(poses[:, :3, :3]) * half[:, None]).sum(-1)
            low, high = (poses[:, :3, 3] - reach).min(0), (poses[:, :3, 3] + reach).max(0)
            rows.append((*(low + high) / 2, float(np.linalg.norm(high - low))))
    return np.array(rows).reshape(-1, 4)
