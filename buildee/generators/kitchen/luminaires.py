"""Where the lamps of a kitchen are that hang over no table: on the ceiling, and under the wall units.

Downlights are set 1.2 m apart and 0.7 m or more off the walls, so that one does not stand in one's own light; worktops
get an LED profile under every wall unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.lamps import ceiling_lamp, downlight, strip
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import WALL, Unit
from buildee.generators.kitchen.walls import beams_at, has_beams, inside
from buildee.layout.kinematics import translation
from buildee.layout.material import Color
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Assembly

PITCH, OFF_WALL = 1.2, 0.7
"""Between downlights, and from the walls, metres."""

OFF_PENDANT = 0.45
"""From a pendant's rose, metres."""

AHEAD = 0.4
"""Where profiles are, as a share of a wall unit's depth from the wall."""

DOWNLIT = {"modern": 0.8, "scandinavian": 0.4, "industrial": 0.5, "classic": 0.4, "country": 0.0}
"""Share of a family's kitchens with downlights; the others have a dish on the ceiling."""

UNDERLIT = {"modern": 0.9, "scandinavian": 0.6, "industrial": 0.6, "classic": 0.4, "country": 0.25}
"""Share of a family's kitchens with profiles under the wall units."""


def ceiling_lights(
    room: Room, style: Style, pendants: Sequence[tuple[float, float]], light: Color | None, rng: np.random.Generator
) -> Assembly:
    """Returns downlights, or a dish where nothing hangs from the ceiling.

    Args:
        room: whose ceiling it is.
        style: of the kitchen.
        pendants: where those hang.
        light: of lamps that are on; None has them off.
        rng: draws which.
    """
    spots = _off_walls(room)
    hung = np.array(pendants, np.float64).reshape(-1, 2)
    if rng.random() < DOWNLIT[style.family]:
        away = np.linalg.norm(spots[:, None] - hung, axis=-1).min(1, initial=np.inf)
        made = downlight(light)
        names = enumerate(spots[away > OFF_PENDANT])
        placed = tuple(made.placed(f"downlight_{number}", pose_at(x, y, room.height)) for number, (x, y) in names)
        return Assembly(made.shapes, placed)
    if len(hung) or not len(spots):
        return Assembly()
    x, y = spots[np.argmin(np.linalg.norm(spots - room.outline.mean(0), axis=1))]
    return ceiling_lamp("ceiling_lamp", pose_at(*between_beams(room, style, x, y), room.height), light)


def worktop_lights(units: Sequence[Unit], style: Style, light: Color | None, rng: np.random.Generator) -> Assembly:
    """Returns profiles under the wall units; arguments as in `ceiling_lights`."""
    pieces = []
    if rng.random() < UNDERLIT[style.family]:
        for unit in units:
            if unit.level == WALL and unit.purpose not in ("hood", "shelves", "corner", "filler") and unit.width > 0.25:
                made = strip(round(unit.width - 0.08, 2), light)
                pose = unit.pose @ translation((unit.width / 2, -AHEAD * unit.depth, unit.bottom))
                pieces.append(Assembly(made.shapes, (made.placed(f"{unit.name}_profile", pose),)))
    return Assembly.merged(pieces)


def _off_walls(room: Room) -> NDArray[np.float64]:
    """Returns (N, 2) points of an even grid that are far enough from all walls."""
    low, high = room.outline.min(0) + OFF_WALL, room.outline.max(0) - OFF_WALL
    axes = [
        np.linspace(a, b, max(2, 1 + round((b - a) / PITCH))) if b - a > PITCH / 2 else np.array([(a + b) / 2])
        for a, b in zip(low, high, strict=True)
    ]
    points = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 2)
    free = inside(room.outline, points)
    for wall in room.walls:
        along, off = ((points - wall.start) @ wall.pose[:2, :2]).T
        free &= ~((np.abs(off) < OFF_WALL - 1e-6) & (along > 0) & (along < wall.length))
    return points[free]


def between_beams(room: Room, style: Style, x: float, y: float) -> tuple[float, float]:
    """Returns the place nearest to (x, y) midway between two beams, or that place where there are none."""
    if not has_beams(room, style):
        return x, y
    axis, beams = beams_at(room)
    bays = (beams[1:] + beams[:-1]) / 2
    place = [float(x), float(y)]
    place[axis] = float(bays[np.argmin(np.abs(bays - place[axis]))])
    return place[0], place[1]
