"""The room itself, put together: floor, walls, ceiling, what closes its openings, and what is fixed to its walls."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen.bays import along
from buildee.generators.kitchen.curtains import dressed, dressing_of
from buildee.generators.kitchen.daylight import is_sunlit
from buildee.generators.kitchen.doors import door
from buildee.generators.kitchen.fittings import fittings
from buildee.generators.kitchen.floors import floor
from buildee.generators.kitchen.hall import halls, leads_outside
from buildee.generators.kitchen.outside import masonry, outside
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.skirting import skirting
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import Unit, Worktop
from buildee.generators.kitchen.walls import ceiling, walls
from buildee.generators.kitchen.windows import sort_of, window
from buildee.layout.exposure import black_body
from buildee.layout.material import Color
from buildee.layout.resting import Support
from buildee.layout.scene import Assembly, Sky


def shell(
    room: Room,
    style: Style,
    rng: np.random.Generator,
    units: Sequence[Unit] = (),
    worktops: Sequence[Worktop] = (),
    light: Color | None = None,
    sky: Sky | None = None,
) -> tuple[Assembly, tuple[Support, ...]]:
    """Returns the room with all that belongs to the building, and the window boards as places for things.

    Args:
        room: its outline and openings.
        style: what it looks like.
        rng: draws what style leaves open.
        units, worktops: kitchen furniture: skirting stops at it, sockets go above it, radiators beside it.
        light: of lamps that are on; the hall's always is, so that one sees what lies beyond an open door.
        sky: where its sun shines in, something is drawn before the windows; where it is a panorama, nothing else stands
            outside.
    """
    # A stream each, so that a change of one draws nothing else anew.
    streams = dict(zip(("floor", "outside", "openings", "dress", "fittings", "hall"), rng.spawn(6), strict=True))
    outer = masonry(streams["outside"])
    pieces = [
        floor(room, style, streams["floor"]),
        walls(room, style, outer),
        ceiling(room, style),
        skirting(room, style, units),
        halls(room, style, light or black_body(3000.0), streams["hall"]),
        *([outside(room, streams["outside"])] if sky is None or sky.image is None else []),
        fittings(room, style, units, worktops, streams["fittings"]),
    ]
    sort, supports = sort_of(style, streams["openings"]), []
    hanging = dressing_of(style, streams["dress"])
    numbers = {"window": 0, "door": 0, "passage": 0}
    for wall in room.walls:
        spans = [along(wall, worktop) for worktop in worktops]
        sunlit = sky is not None and is_sunlit(wall, sky)
        blind = sunlit or hanging not in ("none", "curtains")
        for opening in wall.openings:
            name = f"{opening.kind}.{numbers[opening.kind]}"
            numbers[opening.kind] += 1
            if opening.kind == "window":
                tilts = any(low < opening.end and high > opening.start for low, high in filter(None, spans))
                made, sill = window(wall, opening, name, sort, room.thickness, streams["openings"], blind, tilts)
                dressing = dressed(room, wall, opening, name, hanging, style, units, streams["dress"], sunlit)
                pieces += [made, dressing]
                supports.append(sill)
            else:
                out = leads_outside(wall, opening)
                pieces.append(door(wall, opening, name, style, room.thickness, out, streams["openings"]))
    return Assembly.merged(pieces), tuple(supports)
