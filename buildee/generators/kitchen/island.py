"""An island in the middle of the floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from buildee.generators.kitchen import rules
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.runs import Run
from buildee.generators.kitchen.section import Cabinets
from buildee.generators.kitchen.walls import inside
from buildee.layout.placement import Footprint
from buildee.layout.scene import Pose

OVERHANG = 0.3
"""Of the worktop over the knees of those who sit at it, metres (NKBA 9: 12 in at a 36 in high counter)."""


@dataclass(frozen=True, eq=False)
class Island:
    """A free-standing row of base units.

    Attributes:
        pose: `world_from_island`, as a unit's: origin at the left back corner of its units, -Y to the cook.
        length: along X, metres.
        footprint: what it takes of the floor, the overhang included.
    """

    pose: Pose
    length: float
    footprint: Footprint


def island(room: Room, made: list[Run], section: Cabinets, rng: np.random.Generator) -> Island | None:
    """Returns an island before the longest run, an aisle away, or None where the room is too small.

    Its cook's side faces the run; on the far side a walkway and, for those who sit there, their stools stay free.
    """
    run = max(made, key=lambda item: item.length)
    wall = room.walls[run.wall]
    depth = section.depth
    reach = 2 * depth + rules.AISLE + OVERHANG
    low = max(run.low, depth + rules.AISLE if run.turns_low else rules.WALKWAY)
    high = min(run.high, wall.length - (depth + rules.AISLE if run.turns_high else rules.WALKWAY))
    longest = min(high - low, 2.7)
    lengths = [length for length in (1.2, 1.5, 1.8, 2.1, 2.4, 2.7) if length <= longest + 1e-6]
    if not lengths:
        return None
    length = lengths[int(rng.integers(max(len(lengths) - 2, 0), len(lengths)))]
    start = low + (high - low - length) * rng.random()
    ahead = reach + rules.WALKWAY
    corners = wall.start + [wall.pose[:2, 0] * step + wall.pose[:2, 1] * ahead for step in (start, start + length)]
    if not inside(room.outline, np.array(corners)).all():
        return None
    # The cook's side looks at the wall: in the wall's frame the island's -Y is -Y, its +X is +X.
    pose = wall.pose.copy()
    back = 2 * depth + rules.AISLE
    pose[:2, 3] = wall.start + wall.pose[:2, 0] * start + wall.pose[:2, 1] * back
    middle = pose[:2, 3] + pose[:2, 0] * length / 2 + pose[:2, 1] * (OVERHANG - depth) / 2
    yaw = float(np.arctan2(pose[1, 0], pose[0, 0]))
    return Island(pose, length, Footprint(*middle.tolist(), yaw, length, depth + OVERHANG))
