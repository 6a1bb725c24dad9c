"""What lies beyond inner doors and passages: a hall with windows at its ends, so that one never sees into nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from buildee.generators.kitchen.doors import ARCHITRAVE
from buildee.generators.kitchen.floors import floor
from buildee.generators.kitchen.lamps import ceiling_lamp
from buildee.generators.kitchen.paintings import picture
from buildee.generators.kitchen.room import Opening, Room, Wall
from buildee.generators.kitchen.skirting import skirting
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.walls import ceiling, walls
from buildee.generators.kitchen.windows import sort_of, window
from buildee.layout.kinematics import translation
from buildee.layout.material import Color
from buildee.layout.scene import Assembly

DEEP = 1.7
"""How far a hall reaches, metres."""

BESIDE = 1.6
"""How far it goes on either side of its door, metres, as far as the wall is long."""


def leads_outside(wall: Wall, opening: Opening) -> bool:
    """Returns whether a door leads out of the house: where its wall has windows, there is no room for a hall."""
    return opening.kind == "door" and any(item.kind == "window" for item in wall.openings)


def halls(room: Room, style: Style, light: Color, rng: np.random.Generator) -> Assembly:
    """Returns a hall for every wall with inner doors or passages."""
    pieces = []
    for wall in room.walls:
        doors = [item for item in wall.openings if item.kind != "window" and not leads_outside(wall, item)]
        if doors:
            pieces.append(_hall(room, wall, doors, style, light, rng))
    return Assembly.merged(pieces)


def _hall(
    room: Room, wall: Wall, doors: list[Opening], style: Style, light: Color, rng: np.random.Generator
) -> Assembly:
    """Returns a hall along a wall: a room of its own that shares the wall's outer face."""
    first, last = min(item.start for item in doors), max(item.end for item in doors)
    left = max(first - BESIDE, min(0.1, first - ARCHITRAVE - 0.03))
    right = min(last + BESIDE, max(wall.length - 0.1, last + ARCHITRAVE + 0.03))
    near, far = -room.thickness, -room.thickness - DEEP
    corners = np.array([(left, near), (left, far), (right, far), (right, near)])
    outline = corners @ wall.pose[:2, :2].T + wall.start
    lights = tuple(Opening("window", number, 0.3, DEEP - 0.6, 0.8, 2.1) for number in (0, 2))
    hall = Room(outline, room.height, lights, 0.2)
    prefix = f"hall_{wall.number}"
    shared = frozenset({3})  # from the last corner back to the first: the kitchen's own wall
    plain = replace(style, family="modern")
    far_wall = hall.walls[1]
    lamp_at = translation((*outline.mean(0), room.height))
    kept = rng.random() < 0.8
    frame = picture(float(rng.uniform(0.4, 0.6)), float(rng.uniform(0.5, 0.7)), f"{prefix}.picture", style, rng)
    middle = far_wall.pose @ translation((far_wall.length * float(rng.uniform(0.4, 0.6)), 0.0, 1.55))
    sort = sort_of(plain, rng)
    ends = [window(hall.walls[k], hall.walls[k].openings[0], f"{prefix}.window_{k}", sort, 0.2, rng)[0] for k in (0, 2)]
    return Assembly.merged(
        [
            *ends,
            floor(hall, style, rng, f"{prefix}.floor"),
            walls(hall, style, style.wall, f"{prefix}.wall", shared),
            ceiling(hall, style, f"{prefix}.ceiling"),
            skirting(hall, plain, (), f"{prefix}.skirting", shared),
            ceiling_lamp(f"{prefix}.lamp", lamp_at, light),
            *([frame.moved(middle)] if kept else []),
        ]
    )
