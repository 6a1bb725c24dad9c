"""From an arrangement to the places of single units and worktops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from buildee.generators.kitchen import rules
from buildee.generators.kitchen.arrangement import Arrangement
from buildee.generators.kitchen.filling import Slot, cabinets
from buildee.generators.kitchen.island import OVERHANG
from buildee.generators.kitchen.room import Wall
from buildee.generators.kitchen.section import Cabinets
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import Level, Unit, Worktop
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Pose

OVER_FRONTS = 0.02
"""How far a worktop reaches over carcass and fronts: 600 mm on 580 (EN 1116)."""


@dataclass(frozen=True)
class Lines:
    """The heights that all units keep.

    Attributes:
        below: of the worktop's underside, metres.
        above: of the lower edge of wall units, metres.
        top: of the upper edge of wall and tall units, metres.
    """

    below: float
    above: float
    top: float

    @staticmethod
    def of(section: Cabinets, style: Style, height: float) -> Lines:
        """Returns the lines of a kitchen; low ceilings push the top line down."""
        above = section.worktop_height + rules.BETWEEN
        return Lines(
            section.worktop_height - style.worktop_thickness, above, min(above + rules.ABOVE[0], height - 0.08)
        )


def units(plan: Arrangement, section: Cabinets, lines: Lines, rng: np.random.Generator) -> list[Unit]:
    """Returns the units of all runs and of the island."""
    made: list[Unit] = []
    for place, (run, slots) in enumerate(zip(plan.runs, plan.slots, strict=True)):
        wall, letter = plan.room.walls[run.wall], "abc"[place]
        own = [slot for slot in slots if slot.purpose != "corner" or not (run.turns_low and slot.low == 0.0)]
        base = [slot for slot in own if not slot.tall]
        tall = [slot for slot in own if slot.tall]
        depth = section.depth - OVER_FRONTS
        made += _row(base, slots, wall, "base", letter, depth, 0.0, lines.below, rng)
        made += _row(tall, tall, wall, "tall", letter, depth, 0.0, lines.top, rng)
        hung = _above(plan, place, section, lines, rng)
        made += _row(hung, [*hung, *tall], wall, "wall", letter, rules.ABOVE[1], lines.above, lines.top, rng)
    return made + _island_units(plan, section, lines, rng)


def _row(
    slots: Sequence[Slot],
    neighbours: Sequence[Slot],
    wall: Wall,
    level: Level,
    letter: str,
    depth: float,
    bottom: float,
    top: float,
    rng: np.random.Generator,
) -> list[Unit]:
    """Returns the units of one level of a run; `neighbours` are what hides their sides."""
    made = []
    for index, slot in enumerate(slots):
        left, right = (
            not _touches(edge, wall, neighbours, slot, level) for edge in (slot.high, slot.low)
        )  # seen from before it, left is towards the wall's end
        above = rules.HOOD + (bottom - rules.BETWEEN) if slot.purpose == "hood" else bottom
        made.append(
            Unit(
                f"{level}_{letter}{index}",
                level,
                slot.purpose,
                wall.pose @ pose_at(slot.high, 0.0, 0.0, np.pi),
                slot.width,
                depth,
                above,
                top,
                _corner(level) if slot.purpose == "corner" else 0.0,
                _hinge(slot, rng),
                (left, right),
            )
        )
    return made


def _hinge(slot: Slot, rng: np.random.Generator) -> Literal["left", "right", "both"]:
    """Returns where doors hang: two on wide units, else one on either side."""
    side = rng.random() < 0.5
    return "both" if slot.width > 0.6 else "left" if side else "right"


def _corner(level: Level) -> float:
    return rules.CORNER if level == "base" else rules.CORNER_ABOVE


def _touches(edge: float, wall: Wall, neighbours: Sequence[Slot], slot: Slot, level: Level) -> bool:
    """Returns whether a wall or a unit as high as itself hides a unit's side at an edge."""
    if edge < 0.02 or edge > wall.length - 0.02:
        return True
    beside = [
        item for item in neighbours if item is not slot and min(abs(item.low - edge), abs(item.high - edge)) < 1e-4
    ]
    return any(item.tall or level != "tall" for item in beside)


def _above(plan: Arrangement, place: int, section: Cabinets, lines: Lines, rng: np.random.Generator) -> list[Slot]:
    """Returns what hangs over a run: the hood, and cabinets or shelves beside windows and tall units."""
    run, wall = plan.runs[place], plan.room.walls[plan.runs[place].wall]
    hob = next((slot for slot in plan.slots[place] if slot.purpose == "hob"), None)
    hood = [Slot("hood", hob.middle - 0.3, hob.middle + 0.3)] if hob else []
    blocked = [(slot.low, slot.high) for slot in [*plan.slots[place], *hood] if slot.tall or slot.purpose == "hood"]
    blocked += [(item.start - 0.1, item.end + 0.1) for item in wall.openings if item.height > lines.above]
    low, high, corner = run.low, run.high, []
    if run.turns_low:  # the neighbour's units fill that corner
        low = rules.CORNER_ABOVE
    if run.turns_high and _free(wall.length - rules.CORNER_ABOVE, wall.length, blocked):
        corner = [Slot("corner", wall.length - rules.CORNER_ABOVE, wall.length)]
        blocked.append((corner[0].low, corner[0].high))
    elif run.turns_high:
        high = wall.length - rules.CORNER_ABOVE
    made = [*hood, *corner]
    for start, end in _between(low, high, blocked):
        if rng.random() >= section.wall_units or end - start < 0.3:
            continue
        shelves = end - start <= 1.3 and rng.random() < 0.25
        made += [Slot("shelves", start, end)] if shelves else _hung(start, end, rng)
    return sorted(made, key=lambda slot: slot.low)


def _hung(low: float, high: float, rng: np.random.Generator) -> list[Slot]:
    """Returns wall units from end to end of a gap: doors only, no strip in the air at a free end."""
    return [
        replace(slot, purpose="doors" if slot.purpose == "drawers" else slot.purpose)
        for slot in cabinets(low, high, rng)
    ]


def _free(low: float, high: float, blocked: Sequence[tuple[float, float]]) -> bool:
    return all(high <= start or low >= end for start, end in blocked)


def _between(low: float, high: float, blocked: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Returns what is left of a stretch."""
    edge, free = low, []
    for start, end in sorted(blocked):
        if start > edge:
            free.append((edge, min(start, high)))
        edge = max(edge, end)
    if high > edge:
        free.append((edge, high))
    return [(start, end) for start, end in free if end - start > 1e-6]


def _island_units(plan: Arrangement, section: Cabinets, lines: Lines, rng: np.random.Generator) -> list[Unit]:
    """Returns the units of the island, their fronts to the cook."""
    if plan.island is None:
        return []
    slots = cabinets(0.0, plan.island.length, rng)
    made = []
    for index, slot in enumerate(slots):
        ends = (slot.low < 1e-6, slot.high > plan.island.length - 1e-6)
        hinge: Literal["left", "right", "both"] = (
            "both" if slot.width > 0.6 else ("left", "right")[int(rng.integers(2))]
        )
        pose = plan.island.pose @ pose_at(slot.low)
        depth = section.depth - OVER_FRONTS
        made.append(
            Unit(
                f"base_i{index}",
                "base",
                slot.purpose,
                pose,
                slot.width,
                depth,
                0.0,
                lines.below,
                0.0,
                hinge,
                ends,
                True,
            )
        )
    return made


def worktops(plan: Arrangement, section: Cabinets, style: Style) -> list[Worktop]:
    """Returns the slabs over the base units of all runs and of the island."""
    made = []
    for place, (run, slots) in enumerate(zip(plan.runs, plan.slots, strict=True)):
        wall = plan.room.walls[run.wall]
        low = section.depth if run.turns_low else run.low
        base = [(slot.low, slot.high) for slot in slots if slot.tall]
        for index, (start, end) in enumerate(_between(low, run.high, base)):
            made.append(_slab(f"worktop_{'abc'[place]}{index}", wall, start, end, slots, section, style))
    if plan.island is not None:
        pose = plan.island.pose
        thick, top = style.worktop_thickness, section.worktop_height
        made.append(
            Worktop("worktop_i0", pose, plan.island.length, section.depth, top, thick, (), (False,) * 3, True, OVERHANG)
        )
    return made


def _slab(
    name: str, wall: Wall, start: float, end: float, slots: Sequence[Slot], section: Cabinets, style: Style
) -> Worktop:
    """Returns the slab over a stretch of a run, with the holes for sink and hob."""
    holes = []
    for slot in slots:
        if slot.purpose in ("sink", "hob") and start <= slot.middle <= end:
            wide, deep = (slot.width - 0.12, 0.42) if slot.purpose == "sink" else (0.56, 0.49)
            holes.append((end - slot.middle - wide / 2, -(section.depth - deep) / 2, wide, deep, slot.purpose))
    ends = (end > wall.length - 0.02, start < 0.02)
    pose: Pose = wall.pose @ pose_at(end, 0.0, 0.0, np.pi)
    top, thick = section.worktop_height, style.worktop_thickness
    return Worktop(name, pose, end - start, section.depth, top, thick, tuple(holes), (True, *ends))
