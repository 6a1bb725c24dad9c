"""Where the table, its chairs and the stools of an island stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from buildee.generators.kitchen import rules
from buildee.generators.kitchen.arrangement import Arrangement
from buildee.generators.kitchen.runs import floor_before
from buildee.generators.kitchen.section import Dining
from buildee.generators.kitchen.walls import inside
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Footprint, Plan
from buildee.layout.scene import Pose

PLACE = 0.6
"""Width of a place at a table, metres: 24 in (NKBA 9)."""

LEGS = 0.86
"""What the legs at both ends of a table's edge, and half a chair beside each, take of its length, metres."""

BEHIND = 0.75
"""From a table's edge to a wall or front behind a chair that is pushed in, metres; NKBA 8 asks for 32 in behind a
seated diner where nobody passes."""


@dataclass(frozen=True, eq=False)
class Seating:
    """Where people sit.

    Attributes:
        table: `world_from_table`, long side along X, or None.
        size: length and width of the table, metres.
        chairs: `world_from_chair` each, +X to the table.
        seats: (x, side) in the table's frame of each chair: side -1 at the near edge (-Y), 1 at the far one.
        stools: `world_from_stool` each, +X to the island.
    """

    table: Pose | None
    size: tuple[float, float]
    chairs: tuple[Pose, ...]
    seats: tuple[tuple[float, float], ...]
    stools: tuple[Pose, ...]


def seating(
    plan: Arrangement, section: Dining, depth: float, rng: np.random.Generator, kept: Sequence[Footprint] = ()
) -> Seating:
    """Returns a table where the floor is free, with as many chairs as fit, and stools at an island.

    Rooms without space for a table get none, as small kitchens do.

    Args:
        plan: the kitchen.
        section: how many may sit where.
        depth: of the furniture, metres.
        rng: draws.
        kept: what else stands on the floor.
    """
    stools = _stools(plan, section, rng)
    if section.table:
        taken = _taken(plan, depth)
        for spot in kept:
            taken.keep("fixed", spot)
        for seats in range(section.seats, 1, -1):
            for _ in range(90):
                found = _table(plan, taken, seats, rng)
                if found is not None:
                    pose, size = found
                    spots = [(x, side) for side in (-1.0, 1.0) for x in _between(size[0], (seats + (side < 0)) // 2)]
                    chairs = tuple(_chair(pose, size, x, side, rng) for x, side in spots)
                    return Seating(pose, size, chairs, tuple(spots), stools)
    return Seating(None, (0.0, 0.0), (), (), stools)


def _along(length: float, count: int) -> list[float]:
    """Returns x of so many places along an edge."""
    return [float(x) for x in (np.arange(count) - (count - 1) / 2) * max(length / max(count, 1), PLACE)]


def _between(length: float, count: int) -> list[float]:
    """Returns x of so many chairs along a table's edge, between its legs."""
    pitch = min(length / count, (length - LEGS) / max(count - 1, 1))
    return [float(x) for x in (np.arange(count) - (count - 1) / 2) * pitch]


def _taken(plan: Arrangement, depth: float) -> Plan:
    """Returns what the floor cannot give: furniture, and the ways that doors and cooks need."""
    taken = Plan()
    for run in plan.runs:
        reach = depth + rules.WALKWAY - 0.15
        taken.keep("run", floor_before(plan.room.walls[run.wall], run.low, run.high, reach))
    for opening in plan.room.openings:
        if opening.kind != "window":
            wall = plan.room.walls[opening.wall]
            taken.keep("door", floor_before(wall, opening.start - 0.05, opening.end + 0.05, 0.9))
    if plan.island is not None:
        own = plan.island.footprint
        taken.keep("island", Footprint(own.x, own.y, own.yaw, own.length + 1.2, own.width + 1.5))
    return taken


def _table(
    plan: Arrangement, taken: Plan, seats: int, rng: np.random.Generator
) -> tuple[Pose, tuple[float, float]] | None:
    """Returns a place and the size of a table, or None if this draw does not fit."""
    low, high = plan.room.outline.min(0), plan.room.outline.max(0)
    size = (max(0.8, PLACE * ((seats + 1) // 2) + 0.26 + 0.15 * rng.random()), 0.75 + 0.2 * rng.random())
    x, y = rng.uniform(low + 0.5, high - 0.5)
    turn = float(rng.integers(2)) * np.pi / 2 + rng.normal(0, 0.02)
    space = Footprint(float(x), float(y), turn, size[0] + 0.5, size[1] + 2 * BEHIND)
    if not inside(plan.room.outline, space.corners).all() or not taken.is_free(space):
        return None
    return pose_at(float(x), float(y), 0.0, turn), size


def _chair(table: Pose, size: tuple[float, float], x: float, side: float, rng: np.random.Generator) -> Pose:
    """Returns where a chair stands: pushed in, or drawn back a little and turned."""
    out = 0.05 if rng.random() < 0.6 else rng.uniform(0.1, 0.25)
    y = side * (size[1] / 2 + out)
    turn = (np.pi / 2 if side < 0 else -np.pi / 2) + np.clip(rng.normal(0, 0.03 if out < 0.1 else 0.2), -0.3, 0.3)
    return table @ pose_at(x + rng.uniform(-0.015, 0.015), y, 0.0, turn)


def _stools(plan: Arrangement, section: Dining, rng: np.random.Generator) -> tuple[Pose, ...]:
    """Returns where stools stand behind the island."""
    if plan.island is None:
        return ()
    count = min(section.stools, int(plan.island.length / rules.STOOL))
    spots = _along(plan.island.length, count)
    return tuple(
        plan.island.pose
        @ pose_at(
            plan.island.length / 2 + x + rng.normal(0, 0.02),
            0.29 + rng.uniform(0.0, 0.12),
            0.0,
            rng.normal(-np.pi / 2, 0.2),
        )
        for x in spots
    )
