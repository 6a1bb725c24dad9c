"""What is worth photographing in a kitchen, and where a camera may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.walls import inside
from buildee.layout.kinematics import bounds_of, translation
from buildee.layout.placement import all_boxes, boxes_of
from buildee.layout.resting import Support
from buildee.layout.scene import Instance
from buildee.layout.staging import sizes_of, swept
from buildee.layout.views import Stage, Subject

CLOSENESS = 0.25
"""How near cameras come, beside building sites."""

GAZE = -0.14
"""Pitch of a camera at eye height in a room, radians: what is of interest lies at the height of hands."""

UNIT = 0.6
"""Size of one piece of furniture in a row of them, metres."""

SMALL = 0.6
"""Things no larger than this hide what is behind them as a whole, metres."""

LARGE = 0.04
"""Boxes whose largest side covers less than four times this hide nothing worth counting, square metres."""

BULKY = ("kitchen_unit", "kitchen_island", "worktop", "refrigerator", "oven", "dishwasher", "table", "radiator")
"""Categories in and over which nobody stands."""

BODY, HIP = 0.12, 1.0
"""Half the depth of somebody who stands before such things, and up to where they are in the way, metres."""

FIXED = ("wall", "floor", "ceiling", "window", "door", "curtain", "skirting", "tiling", "building", "ground")
"""Categories of the shell, which is no thing to look at."""


def stage(room: Room, instances: Sequence[Instance], supports: Sequence[Support]) -> Stage:
    """Returns the stage of a kitchen's cameras.

    Subjects: "kitchen", the furniture along the walls; "worktop", its busiest stretch; "table", "sink", "hob",
    "refrigerator" and "island" where there are any.

    Args:
        room: the room.
        instances: everything.
        supports: worktops and tables among them.
    """
    collected = [*map(_solid, instances), *map(swept, instances)]
    boxes = np.concatenate([np.zeros((0, 4, 4)), *(poses for poses, _ in collected)])
    half = np.concatenate([np.zeros((0, 3)), *(sizes for _, sizes in collected)])
    sides = np.sort(half, axis=1)
    things = [item for item in instances if item.category not in FIXED]
    low, high = room.outline.min(0), room.outline.max(0)

    blocks = _footprints(things)

    def is_open(points: NDArray[np.float64]) -> NDArray[np.bool_]:
        flat = np.asarray(points).reshape(-1, 2)
        free = inside(room.outline, flat)
        free &= ~((flat[:, None] > blocks[:, 0]) & (flat[:, None] < blocks[:, 1])).all(-1).any(-1)
        return free.reshape(np.asarray(points).shape[:-1])

    def floor(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.zeros(np.asarray(points).shape[:-1])

    return Stage(
        _subjects(things, supports),
        boxes,
        half,
        sides[:, 1] * sides[:, 2] > LARGE,
        floor,
        is_open,
        np.stack([low, high]),
        np.zeros(2),
        sizes_of(things, all_boxes(things)),
        closeness=CLOSENESS,
        gaze=GAZE,
    )


def _footprints(things: Sequence[Instance]) -> NDArray[np.float64]:
    """Returns (B, 2, 2) lowest and highest x, y of what nobody can stand in who holds a camera, metres."""
    bulky = [item for item in things if item.category in BULKY]
    found = [np.zeros((0, 2, 2))]
    for item in bulky:
        low, high = bounds_of(*boxes_of(item))
        found.append(np.stack([low[:, :2] - BODY, high[:, :2] + BODY], 1)[low[:, 2] < HIP])
    return np.concatenate(found)


def _solid(item: Instance) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the boxes of a thing; of a small one, whose boxes stand for its hollow, their bounds."""
    poses, half = boxes_of(item)
    if not len(half):
        return poses, half
    low, high = bounds_of(poses, half)
    low, high = low.min(0), high.max(0)
    if np.linalg.norm(high - low) > SMALL:
        return poses, half
    return translation(((low + high) / 2)[None]), ((high - low) / 2)[None]


def _subjects(things: Sequence[Instance], supports: Sequence[Support]) -> Mapping[str, Subject]:
    """Returns what cameras may aim at."""
    found: dict[str, Subject] = {}
    furniture = [item for item in things if item.category in ("kitchen_unit", "refrigerator", "oven", "sink", "hob")]
    if furniture:
        middles = np.array([_corners([item]).mean(0) for item in furniture])
        found["kitchen"] = Subject(middles, 1.5, UNIT, 8.0)
    for name in ("sink", "hob", "refrigerator"):
        own = [item for item in things if item.category == name]
        if own:
            found[name] = Subject(_corners(own[:1]), 0.6)
    for kind, name in (("worktop", "worktop"), ("table", "table")):
        own = [support for support in supports if support.kind == kind and "/" not in support.name.split("/", 1)[-1]]
        if own:
            best = max(own, key=lambda support: float(support.size.prod()))
            found[name] = Subject(_over(best), 1.2)
    return found


def _corners(items: Sequence[Instance]) -> NDArray[np.float64]:
    """Returns the corners of the bounds of things."""
    lows, highs = [], []
    for item in items:
        poses, half = boxes_of(item)
        if len(half):
            low, high = bounds_of(poses, half)
            lows.append(low.min(0))
            highs.append(high.max(0))
    low, high = np.min(lows, 0), np.max(highs, 0)
    return np.stack(np.meshgrid(*np.stack([low, high], 1), indexing="ij"), -1).reshape(-1, 3)


def _over(support: Support) -> NDArray[np.float64]:
    """Returns points of a support's rectangle and a hand's breadth over it; at most 1.1 m of its length."""
    x, y = min(float(support.size[0]), 1.1) / 2, float(support.size[1]) / 2
    local = np.array([(u * x, v * y, z, 1.0) for u in (-1, 0, 1) for v in (-1, 1) for z in (0.0, 0.2)])
    return (local @ support.poses[0].T)[:, :3]
