"""What is worth photographing on a tabletop, and where a camera may be."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.tabletop.backdrop import AROUND, DEEP, RADIUS, WIDE
from buildee.generators.tabletop.inspection import BUILT
from buildee.layout.placement import all_boxes
from buildee.layout.resting import Support
from buildee.layout.scene import Instance
from buildee.layout.staging import sizes_of
from buildee.layout.views import Stage, Subject

CLOSENESS = 0.06
"""How near cameras come, beside building sites."""

GAZE = -0.45
"""Pitch of a camera that looks at a table, radians."""

OFF_WALLS = 0.25
"""Cameras keep so far from walls, metres."""

SPREAD = 1.15
"""A heap that has come to rest covers so much more of the table, each way, than one that hangs over it."""

LARGE = 0.03
"""Boxes whose largest side covers less than four times this hide nothing worth counting, square metres."""


def stage(
    backdrop: str, support: Support, middle: NDArray[np.float64], instances: Sequence[Instance], loose: Collection[str]
) -> Stage:
    """Returns the stage of a tabletop's cameras; its subjects are "table" and "objects".

    Args:
        backdrop: as in the recipe.
        support: the table's top.
        middle: (2,) size of where things are, metres.
        instances: everything.
        loose: names of what has yet to fall; it will lie about on the table.
    """
    boxes, half, _ = all_boxes([item for item in instances if item.name not in loose])
    sides = np.sort(half, axis=1)
    there = [item for item in instances if item.category not in BUILT and not item.name.startswith(AROUND)]
    things = sizes_of(there, all_boxes(there))
    top = float(support.poses[0, 2, 3])
    things[:, 2] = np.minimum(things[:, 2], top + things[:, 3] / 2)
    reach = (
        np.array([WIDE, DEEP]) / 2 - OFF_WALLS if backdrop == "room" else np.full(2, RADIUS - OFF_WALLS) / np.sqrt(2)
    )
    return Stage(
        {
            "objects": Subject(_over((SPREAD if loose else 1.0) * middle, top, 0.15), 1.0),
            "table": Subject(_over(support.size, top, 0.15), 1.0),
        },
        boxes,
        half,
        sides[:, 1] * sides[:, 2] > LARGE,
        lambda points: np.zeros(np.asarray(points).shape[:-1]),
        lambda points: np.ones(np.asarray(points).shape[:-1], bool),
        np.stack([-reach, reach]),
        np.zeros(2),
        things,
        closeness=CLOSENESS,
        gaze=GAZE,
    )


def _over(size: NDArray[np.float64], top: float, high: float) -> NDArray[np.float64]:
    """Returns points of a rectangle of the table and a hand's breadth over it."""
    x, y = size / 2
    return np.array([(u * x, v * y, top + z) for u in (-1, 0, 1) for v in (-1, 0, 1) for z in (0.0, high)])
