"""What is open, and what opens or closes during a clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.layout.contact import overlap_depth
from buildee.layout.kinematics import part_poses
from buildee.layout.scene import Instance, Part

SHUTS = ("door", "drawer", "flap", "lid")
"""What names of parts begin with that open and close by hand; racks and crispers lie behind doors."""

TOUCH = 2e-3
"""Overlap of proxies that does not count, metres."""


def opened(
    furniture: Sequence[Instance],
    others: Sequence[Instance],
    share: float,
    events: int,
    time: NDArray[np.float64],
    rng: np.random.Generator,
) -> list[Instance]:
    """Opens some doors, drawers and flaps, a few of them while the clip runs.

    A thing opens one of its parts at a time, and only as far as nothing stands in its way.

    Args:
        furniture: cabinets and appliances; their order is kept.
        others: what else stands in the room.
        share: chance of each to have something open when the clip begins.
        events: how many open or close during the clip.
        time: (T,) seconds.
        rng: draws.
    """
    made = list(furniture)
    room = _Boxes([*furniture, *others])
    order = [index for index in rng.permutation(len(made)) if _openable(made[index])]
    moving = order[:events]
    still = [index for index in order[events:] if rng.random() < share]
    for index in [*moving, *still]:
        item = made[index]
        parts = _openable(item)
        part = parts[int(rng.integers(len(parts)))]
        full = (
            float(part.joint.limits[1])
            if abs(part.joint.limits[1]) > abs(part.joint.limits[0])
            else float(part.joint.limits[0])
        )
        wide = full * float(rng.uniform(0.35, 1.0))
        for reach in (wide, 0.5 * wide, 0.25 * wide):
            if room.is_free(index, replace(item, values={**item.values, part.name: np.linspace(0, reach, 13)[1:]})):
                values = _course(reach, time, rng) if index in moving and len(time) > 1 else np.array([reach])
                made[index] = replace(item, values={**item.values, part.name: values})
                room.take(index, made[index])
                break
    return made


def _openable(item: Instance) -> list[Part]:
    """Returns the parts of a thing that open."""
    return [part for part in item.parts if part.joint is not None and part.name.startswith(SHUTS)]


def _course(reach: float, time: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Returns (T,) values of a joint that is opened, or closed, by a hand: it starts and ends gently."""
    length = float(time[-1] - time[0])
    takes = min(float(rng.uniform(0.8, 1.6)), length) or 1.0
    start = float(rng.uniform(0.0, max(length - takes, 0.0)))
    share = np.clip((time - time[0] - start) / takes, 0, 1)
    eased = share**3 * (10 - 15 * share + 6 * share**2)  # minimum jerk: Flash and Hogan, 1985
    return reach * (eased if rng.random() < 0.6 else 1 - eased)


class _Boxes:
    """The proxies of everything in the room, for asking whether a part may move."""

    def __init__(self, items: Sequence[Instance]) -> None:
        self._items = list(items)
        self._boxes = [_boxes(item) for item in items]

    def take(self, index: int, item: Instance) -> None:
        """Replaces a thing by what has become of it."""
        self._boxes[index] = _boxes(item)

    def is_free(self, index: int, moved: Instance) -> bool:
        """Returns whether a thing that moves meets no other in any of its moments."""
        own, half = _boxes(moved)
        others = [boxes for place, boxes in enumerate(self._boxes) if place != index and len(boxes[0])]
        poses, sizes = np.concatenate([item[0] for item in others]), np.concatenate([item[1] for item in others])
        reach, far = np.linalg.norm(half, axis=1), np.linalg.norm(sizes, axis=1)
        apart = np.linalg.norm(own[:, None, :3, 3] - poses[None, :, :3, 3], axis=-1)
        one, two = np.nonzero(apart < reach[:, None] + far)
        before, shape = _boxes(self._items[index])
        was = overlap_depth(before[one % len(shape)], half[one], poses[two], sizes[two])
        return bool((overlap_depth(own[one], half[one], poses[two], sizes[two]) < np.maximum(was, 0) + TOUCH).all())


def _boxes(item: Instance) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the boxes of a thing at all its moments, one moment after the other."""
    parts = part_poses(item)
    placed = [
        (parts[:, index, None] @ part.proxy.poses, part.proxy.half)
        for index, part in enumerate(item.parts)
        if part.proxy is not None
    ]
    if not placed:
        return np.zeros((0, 4, 4)), np.zeros((0, 3))
    poses = np.concatenate([pose for pose, _ in placed], axis=1)
    half = np.concatenate([half for _, half in placed])
    return poses.reshape(-1, 4, 4), np.tile(half, (len(poses), 1))
