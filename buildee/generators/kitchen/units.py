"""What stands in a run of kitchen furniture: the places that planning gives to cabinets and appliances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from buildee.layout.scene import Pose

BASE, WALL, TALL = "base", "wall", "tall"

Level = Literal["base", "wall", "tall"]

Purpose = Literal[
    "doors",  # shelves behind one or two doors
    "drawers",  # a stack of drawers
    "sink",  # base: doors, no drawers; the worktop has the sink's cut-out
    "hob",  # base: drawers below a hob's cut-out, an oven in it where there is no tall one
    "oven",  # tall: a drawer, an oven, a microwave's niche or flap, a cupboard above; base: under the hob
    "hood",  # wall: the cooker hood
    "refrigerator",  # tall: a free-standing one in its recess, or one behind doors
    "dishwasher",  # base: an appliance behind its own front
    "washing_machine",  # base
    "larder",  # tall: pull-out or shelves behind a door
    "corner",  # base or wall: an L-shaped or blind corner unit
    "shelves",  # wall: open shelves instead of cabinets
    "wine",  # base: a narrow open rack
    "filler",  # a strip that closes a gap of less than 150 mm
]


@dataclass(frozen=True, eq=False)
class Unit:
    """The place of one cabinet or appliance.

    Its frame: origin on the floor at its left back corner as one stands before it, +X to the right along its back,
    -Y out of its front towards the user, +Z up. So it fills x from 0 to `width`, y from -`depth` to 0.

    Attributes:
        name: unique in the kitchen, such as "base_a3".
        level: base units carry a worktop, wall units hang, tall ones reach to the top line.
        purpose: what it is for.
        pose: (4, 4) `world_from_unit`.
        width: outer, metres; a corner unit's along its first side.
        depth: of carcass and front, metres; of a corner unit too: its arms are that deep.
        bottom: height of its lower edge over the floor, plinth included in base and tall units (0), metres.
        top: height of its upper edge, metres; for base units the worktop's underside.
        return_width: a corner unit's outer size along its second side, metres, else 0.
        hinge: on which side its door hangs, seen from the user; both for double doors.
        ends: whether its left and right side are seen and get an end panel.
        island: whether its back is seen as well.
    """

    name: str
    level: Level
    purpose: Purpose
    pose: Pose
    width: float
    depth: float
    bottom: float
    top: float
    return_width: float = 0.0
    hinge: Literal["left", "right", "both"] = "left"
    ends: tuple[bool, bool] = (False, False)
    island: bool = False


@dataclass(frozen=True, eq=False)
class Worktop:
    """A slab over a run of base units, straight or L-shaped.

    Its frame is as a unit's: origin at the left back corner on the floor, +X along the back, -Y to the user.

    Attributes:
        name: unique in the kitchen.
        pose: (4, 4) `world_from_worktop`.
        length: along the back, metres.
        depth: over the front edge's overhang, metres.
        top: height of its upper face over the floor, metres.
        thickness: metres.
        cutouts: (x, y, width, depth, kind) of holes, kind "sink" or "hob"; x and y of their left back corner.
        splash: which sides lie against a wall: back, left, right.
        island: whether it stands free; then it may overhang at its back for stools.
        overhang: of an island's or peninsula's back, metres.
    """

    name: str
    pose: Pose
    length: float
    depth: float
    top: float
    thickness: float
    cutouts: tuple[tuple[float, float, float, float, str], ...] = ()
    splash: tuple[bool, bool, bool] = (True, False, False)
    island: bool = False
    overhang: float = 0.0
