"""Puts tables, chairs, lamps and a bin into a room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen.arrangement import Arrangement
from buildee.generators.kitchen.chairs import chair, stool
from buildee.generators.kitchen.dining import Seating
from buildee.generators.kitchen.lamps import pendant
from buildee.generators.kitchen.luminaires import between_beams, ceiling_lights, worktop_lights
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.runs import floor_before
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.tables import table
from buildee.generators.kitchen.units import Unit
from buildee.layout.material import Color
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Footprint
from buildee.layout.places import supports_of
from buildee.layout.resting import Place, Support
from buildee.layout.scene import Assembly, Instance, Model

LAMP_OVER_TABLE = 1.45
"""Height of a pendant's lower rim over the floor, metres: some 700 mm over a table."""

SHADE, SASH = 0.25, 0.95
"""Radius of the widest shades, and the widest sash that turns, metres."""


def furniture(
    seating: Seating,
    style: Style,
    plan: Arrangement,
    units: Sequence[Unit],
    light: Color | None,
    rng: np.random.Generator,
) -> tuple[Assembly, tuple[Support, ...]]:
    """Returns what stands on the floor and hangs over it, and what of it carries things.

    Args:
        seating: where people sit.
        style: of the kitchen.
        plan: the room and its island.
        units: those on the walls may have lights below.
        light: of lamps that are on; None has them off.
        rng: draws what style leaves open.
    """
    made: list[tuple[Model, Instance, tuple[Place, ...]]] = []
    if seating.table is not None:
        top = table(seating.size, style, rng)
        made.append((top.model, top.model.placed("table_0", seating.table), top.supports))
    for number, pose in enumerate(seating.chairs):
        seat = chair(style, rng)
        made.append((seat.model, seat.model.placed(f"chair_{number}", pose), ()))
    for number, pose in enumerate(seating.stools):
        seat = stool(style, rng)
        made.append((seat.model, seat.model.placed(f"stool_{number}", pose), ()))
    hangs: list[tuple[float, float]] = []
    for spot in _hangs(seating, plan):
        x, y = between_beams(plan.room, style, *spot)
        if all(np.hypot(x - u, y - v) > 2 * SHADE + 0.05 for u, v in hangs) and not _meets_sashes(plan.room, x, y):
            hangs.append((x, y))
    for number, (x, y) in enumerate(hangs):
        lamp = pendant(style, plan.room.height - LAMP_OVER_TABLE, light, rng)
        made.append((lamp, lamp.placed(f"pendant_{number}", pose_at(x, y, plan.room.height)), ()))
    shapes = {key: shape for model, _, _ in made for key, shape in model.shapes.items()}
    supports = tuple(support for _, item, places in made for support in supports_of(item, places))
    above, below = rng.spawn(2)
    pieces = [
        Assembly(shapes, tuple(item for _, item, _ in made)),
        ceiling_lights(plan.room, style, hangs, light, above),
        worktop_lights(units, style, light, below),
    ]
    return Assembly.merged(pieces), supports


def _hangs(seating: Seating, plan: Arrangement) -> list[tuple[float, float]]:
    """Returns where pendant lamps hang: one over a small table, two over long ones and islands."""
    spots = []
    if seating.table is not None:
        offsets = (0.0,) if seating.size[0] < 1.5 else (-0.35, 0.35)
        spots += [seating.table @ np.array([x, 0, 0, 1]) for x in offsets]
    if plan.island is not None:
        middle, length = plan.island.length / 2, plan.island.length
        spots += [plan.island.pose @ np.array([middle + x * length / 4, -0.15, 0, 1]) for x in (-1, 1)]
    return [(float(spot[0]), float(spot[1])) for spot in spots]


def _meets_sashes(room: Room, x: float, y: float) -> bool:
    """Returns whether a lamp would hang where the sash of a window turns."""
    lamp = Footprint(x, y, 0.0, 2 * SHADE, 2 * SHADE)
    windows = [item for item in room.openings if item.kind == "window"]
    ways = [floor_before(room.walls[item.wall], item.start, item.end, min(item.width, SASH)) for item in windows]
    return any(lamp.separation(way) < 0 for way in ways)
