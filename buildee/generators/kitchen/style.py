"""Style families: which fronts, surfaces, metals and textiles belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from buildee.layout.material import Material

Front = Literal["slab", "shaker", "framed", "beaded"]
Handle = Literal["bar", "bow", "cup", "knob", "edge", "none"]
Floor = Literal["boards", "herringbone", "tiles", "stone", "plain"]
Splashback = Literal["metro", "square", "slab", "herringbone", "none"]
Pattern = Literal["plain", "stripes", "checks", "sprigs"]
Seat = Literal["shell", "ladderback", "spindle", "cross", "upholstered"]


@dataclass(frozen=True)
class Style:
    """What a kitchen looks like; one draw of a family.

    Attributes:
        family: its name.
        front: how doors and drawer fronts are made: flat; a frame round a flat panel; that with a moulding; boards.
        base_front, wall_front, island_front: materials of the fronts below, above and on an island.
        carcass: of the insides of cabinets.
        glazed: share of wall units with glass in their doors.
        handle: what one pulls at.
        metal: of handles, taps and rails.
        worktop: of the worktops.
        worktop_thickness: metres.
        worktop_edge: how the front edge is shaped.
        splashback: how tiles are laid between worktop and wall units; a slab is the worktop's own material.
        tile: of the tiles.
        grout: between them.
        floor: how it is laid.
        floor_finish: of boards, tiles or flags.
        wall: paint of the walls.
        ceiling: paint of the ceiling.
        trim: paint of skirting, doors and windows.
        appliance: of the fronts of appliances.
        sink: steel, ceramic (a butler sink with an open front) or composite.
        sink_finish: its material.
        table: of the table's top.
        seat: which chairs stand at it.
        seat_finish: material of the chairs' frames.
        textile: of curtains, towels and cushions.
        pattern: how curtains and Roman blinds are woven or printed.
        crockery: of plates, bowls and mugs.
    """

    family: str
    front: Front
    base_front: Material
    wall_front: Material
    island_front: Material
    carcass: Material
    glazed: float
    handle: Handle
    metal: Material
    worktop: Material
    worktop_thickness: float
    worktop_edge: Literal["square", "chamfered", "rounded", "ogee"]
    splashback: Splashback
    tile: Material
    grout: Material
    floor: Floor
    floor_finish: Material
    wall: Material
    ceiling: Material
    trim: Material
    appliance: Material
    sink: Literal["steel", "ceramic", "composite"]
    sink_finish: Material
    table: Material
    seat: Seat
    seat_finish: Material
    textile: Material
    pattern: Pattern
    crockery: Material
