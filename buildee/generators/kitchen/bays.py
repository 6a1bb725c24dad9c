"""Which stretches of a wall are taken by furniture, doors and windows, and which are free. Metres along the wall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from buildee.generators.kitchen.room import Room, Wall
from buildee.generators.kitchen.units import Unit, Worktop
from buildee.layout.kinematics import inverse
from buildee.layout.scene import Pose

Span = tuple[float, float]

NEAR = 0.12
"""How close to a wall furniture stands that leaves no room for anything else there."""


def standing(wall: Wall, units: Sequence[Unit], low: float, high: float) -> list[Span]:
    """Returns the stretches that cabinets cover between two heights; both sides of corner units count."""
    found = []
    for unit in units:
        if unit.top > low and unit.bottom < high:
            arms = [(unit.width, unit.depth)]
            if unit.return_width:
                arms.append((unit.depth, unit.return_width))
            found += [span for width, depth in arms if (span := _shadow(wall, unit.pose, width, depth))]
    return sorted(found)


def along(wall: Wall, worktop: Worktop) -> Span | None:
    """Returns the stretch of a wall that a worktop runs along, if it does."""
    return None if worktop.island else _shadow(wall, worktop.pose, worktop.length, worktop.depth)


def _shadow(wall: Wall, pose: Pose, width: float, depth: float) -> Span | None:
    """Returns the stretch that a rectangle covers, if it stands at the wall and not past its ends."""
    corners = np.array([(0, 0), (width, 0), (width, -depth), (0, -depth)])
    local = inverse(wall.pose) @ pose
    x, y = (corners @ local[:2, :2].T + local[:2, 3]).T
    if not -0.05 < y.min() < NEAR:
        return None
    left, right = max(float(x.min()), 0.0), min(float(x.max()), wall.length)
    return (left, right) if right - left > 0.005 else None


def holes(wall: Wall, low: float, high: float, margin: float) -> list[Span]:
    """Returns the stretches that openings take between two heights, each with a margin."""
    return [
        (item.start - margin, item.end + margin) for item in wall.openings if item.sill < high and item.height > low
    ]


def free(length: float, taken: Iterable[Span]) -> list[Span]:
    """Returns what is left of a wall's length."""
    spans, at = [], 0.0
    for left, right in sorted(taken):
        if left > at:
            spans.append((at, left))
        at = max(at, right)
    if at < length:
        spans.append((at, length))
    return spans


def turns(room: Room, wall: Wall) -> tuple[float, float]:
    """Returns by how much the outline turns left at a wall's start and end, radians; negative where it juts in."""
    walls = room.walls
    bearing = [float(np.arctan2(*item.pose[1::-1, 0])) for item in walls]
    before, after = bearing[wall.number - 1], bearing[(wall.number + 1) % len(walls)]
    here = bearing[wall.number]
    return tuple(
        float((later - earlier + np.pi) % (2 * np.pi) - np.pi) for earlier, later in ((before, here), (here, after))
    )
