"""Skirting boards: along every wall where no door, no passage and no cabinet stands. Metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen.bays import free, holes, standing, turns
from buildee.generators.kitchen.doors import ARCHITRAVE
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import Unit
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece
from buildee.layout.scene import Assembly
from buildee.layout.solids import loft

_TORUS = [(0.0, 0.0), (0.018, 0.0), (0.018, 0.085), (0.0165, 0.094), (0.013, 0.099), (0.0115, 0.104), (0.0115, 0.112)]
_TORUS += [(0.0095, 0.121), (0.006, 0.125), (0.0, 0.126)]
"""Moulded profile of 125 mm: y out of the wall and z."""

_PLAIN = [(0.0, 0.0), (0.015, 0.0), (0.015, 0.076), (0.0135, 0.0792), (0.0105, 0.08), (0.0, 0.08)]
"""Square profile of 80 mm with an eased edge."""


def skirting(
    room: Room, style: Style, units: Sequence[Unit], prefix: str = "skirting", without: frozenset[int] = frozenset()
) -> Assembly:
    """Returns one instance a wall."""
    profile = np.array(_TORUS if style.family in ("classic", "country") else _PLAIN)
    deep, tall = profile.max(0)
    things = []
    for wall in room.walls:
        if wall.number in without:
            continue
        taken = standing(wall, units, 0.0, tall) + holes(wall, 0.0, 0.05, ARCHITRAVE - 0.008)
        corners = turns(room, wall)
        meshes, boxes = [], []
        for left, right in free(wall.length, taken):
            if right - left < 0.03:
                continue
            # Mitred with the neighbour in the corners of the room, cut off square elsewhere.
            starts = left + profile[:, 0] * (np.tan(corners[0] / 2) if left == 0.0 else 0.0)
            ends = right - profile[:, 0] * (np.tan(corners[1] / 2) if right == wall.length else 0.0)
            rings = [np.column_stack([x, profile]) for x in (starts, ends)]
            meshes.append(loft(rings))
            clear = deep if right == wall.length and corners[1] > 0 else 0.0
            boxes.append(((left, 0.0, 0.0), (max(right - clear, left + 0.01), deep, tall)))
        if meshes:
            shape = (f"kitchen/{prefix}_{wall.number}", Mesh.merged(meshes))
            name = f"{prefix}.{wall.number}"
            things.append(piece(name, "skirting", shape, (style.trim,), wall.pose, box_proxy(*boxes)))
    return Assembly.merged(things)
