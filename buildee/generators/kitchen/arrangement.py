"""Decides where everything built in stands: which walls, in which order, by the rules of kitchen planning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from buildee.errors import PlacementError
from buildee.generators.kitchen import rules
from buildee.generators.kitchen.filling import Slot, cabinets, fits, gaps, snapped
from buildee.generators.kitchen.island import Island, island
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.runs import WALLS, Run, aisles_are_wide, floor_before, runs, sequences, shortened
from buildee.generators.kitchen.section import Cabinets, UnitSpec
from buildee.generators.kitchen.work_centres import front, has_landings, lands, spot, triangle
from buildee.layout.placement import Footprint
from buildee.recipe.seed import Seed

ATTEMPTS = 60
"""So many arrangements are drawn for each layout before another is tried."""

CASING = 0.12
"""What tall units keep from windows: room for a casing and a curtain's end, metres."""

BESIDE = 3.0
"""What a place for the dishwasher beside the sink is worth; a sink in the middle of a window is worth 5."""

SINKS, HOBS = (0.6, 0.8, 0.9), (0.6, 0.6, 0.8)
"""Widths of their units, metres."""


@dataclass(frozen=True, eq=False)
class Arrangement:
    """What stands where.

    Attributes:
        layout: which one it became.
        room: the room it is for.
        runs: the stretches of wall that are furnished.
        slots: of every run, by their place; they fill it from end to end.
        island: the one in the middle, or None.
    """

    layout: str
    room: Room
    runs: tuple[Run, ...]
    slots: tuple[tuple[Slot, ...], ...]
    island: Island | None


def arrange(
    room: Room, section: Cabinets, fixed: Sequence[UnitSpec], seed: Seed, kept: Sequence[Footprint] = ()
) -> Arrangement:
    """Returns an arrangement that keeps the rules.

    Args:
        room: it is for.
        section: of the recipe.
        fixed: units that stand where the recipe says.
        seed: of all draws.
        kept: what else stands on the floor.

    Raises:
        PlacementError: none does; the message says which rule stood in the way most often, and what to change.
    """
    rng = seed.rng()
    layouts = list(WALLS) if section.layout == "any" else [section.layout]
    order = [layouts[index] for index in rng.permutation(len(layouts))]
    broken: dict[str, int] = {}
    for name in order:
        chains = sequences(room, name)
        if name == "island":
            chains = chains + sequences(room, "one_wall")
        for _ in range(min(ATTEMPTS, 20 * len(chains))):
            walls = chains[int(rng.integers(len(chains)))]
            found = _tried(room, name, walls, section, fixed, rng)
            if isinstance(found, Arrangement) and _meets(found, section.depth, kept):
                found = "a fixed object stands where furniture would"
            if isinstance(found, Arrangement):
                return found
            broken[found] = broken.get(found, 0) + 1
    worst = max(broken, key=broken.__getitem__) if broken else "no wall is free"
    moved = "change what scene.fixed asks for, " if fixed or kept else ""
    raise PlacementError(
        f"no kitchen of layout '{section.layout}' fits a room of {room.area:.1f} m2 after {sum(broken.values())} "
        f"attempts, mostly because {worst}: {moved}enlarge scene.room.width or depth, lower "
        "scene.cabinets.tall_units, move doors and windows, or set scene.cabinets.layout: any"
    )


def _tried(
    room: Room,
    name: str,
    walls: tuple[int, ...],
    section: Cabinets,
    fixed: Sequence[UnitSpec],
    rng: np.random.Generator,
) -> Arrangement | str:
    """Returns an arrangement along some walls, or the rule that it breaks."""
    made = runs(room, walls, section.depth)
    if made is None:
        return "a wall has no stretch long enough between its doors"
    if any(unit.wall not in walls for unit in fixed):
        return "a fixed unit stands at a wall that gets no run"
    if name != "galley":
        bound = {unit.wall for unit in fixed}
        made = [run if run.wall in bound else shortened(run, rng) for run in made]
    if not aisles_are_wide(room, made, section.depth):
        return f"the aisle would be narrower than {rules.AISLE:.2f} m"
    slots = [_corners(room, made, place) for place in range(len(made))]
    for unit in fixed:
        place = walls.index(unit.wall)
        slot = Slot(unit.purpose, unit.start, unit.start + unit.width, unit.purpose in TALL)
        if not fits(slot, made[place].low, made[place].high, slots[place]):
            return f"scene.fixed.{unit.name} does not fit the free stretch of its wall"
        slots[place].append(slot)
    if not _add_talls(room, made, slots, section, rng):
        return "the tall units do not fit"
    if not _add_sink(room, made, slots, section, rng):
        return "there is no place for the sink with worktop beside it"
    if not _add_hob(room, made, slots, rng):
        return "there is no place for the hob with worktop beside it"
    if wrong := triangle(room, made, slots):
        return wrong
    if section.washing_machine:
        _add(made, slots, "washing_machine", 0.6, rng)
    middle = None
    if name == "island":
        middle = island(room, made, section, rng)
        if middle is None:
            return "an island leaves too narrow aisles"
    filled = [_filled(run, own, rng) for run, own in zip(made, slots, strict=True)]
    if not has_landings(room, made, filled, middle):
        return "there is no worktop near the refrigerator or the oven"
    closed = [_closed(room, run, own) for run, own in zip(made, filled, strict=True)]
    return Arrangement(name, room, tuple(run for run, _ in closed), tuple(own for _, own in closed), middle)


def _meets(found: Arrangement, depth: float, kept: Sequence[Footprint]) -> bool:
    """Returns whether furniture would stand on what is kept of the floor."""
    floor = [floor_before(found.room.walls[run.wall], run.low, run.high, depth) for run in found.runs]
    floor += [found.island.footprint] if found.island is not None else []
    return any(one.separation(other) < 0 for one in floor for other in kept)


TALL = tuple(rules.TALLS)
"""Purposes of units that reach to the top line, in the order in which a kitchen gets them."""


def _corners(room: Room, made: Sequence[Run], place: int) -> list[Slot]:
    """Returns what the corners of a run take: a unit at its wall's end, room for the neighbour's at its start."""
    run, taken = made[place], []
    if run.turns_high:
        taken.append(Slot("corner", room.walls[run.wall].length - rules.CORNER, room.walls[run.wall].length))
    if run.turns_low:
        taken.append(Slot("corner", 0.0, rules.CORNER))
    return taken


def _add_talls(
    room: Room, made: Sequence[Run], slots: list[list[Slot]], section: Cabinets, rng: np.random.Generator
) -> bool:
    """Puts the refrigerator and other tall units at the free ends of the runs; returns whether they fit."""
    there = {slot.purpose for own in slots for slot in own}
    wanted = [purpose for purpose in TALL[: max(section.tall_units, 1)] if purpose not in there]
    wanted += ["larder"] * max(section.tall_units - len(TALL), 0)
    if rng.random() < 0.5:
        wanted.reverse()
    ends = [(place, low) for place, run in enumerate(made) for low in (True, False)]
    ends = [(place, low) for place, low in ends if not (made[place].turns_low if low else made[place].turns_high)]
    ends = [ends[index] for index in rng.permutation(len(ends))]
    for place, low in ends:
        run, own = made[place], slots[place]
        edge = run.low if low else run.high
        while wanted:
            width = rules.TALLS[wanted[0]]
            slot = Slot(wanted[0], edge, edge + width, True) if low else Slot(wanted[0], edge - width, edge, True)
            left = sum(high - start for start, high in gaps(run.low, run.high, [*own, slot]))
            windows = any(
                item.start - CASING < slot.high and item.end + CASING > slot.low
                for item in room.walls[run.wall].openings
            )
            if windows or not fits(slot, run.low, run.high, own) or left < (1.2 if len(made) == 1 else 0.6):
                break
            own.append(slot)
            wanted.pop(0)
            edge = slot.high if low else slot.low
    return not any(purpose == "refrigerator" for purpose in wanted)


def _add_sink(
    room: Room, made: Sequence[Run], slots: list[list[Slot]], section: Cabinets, rng: np.random.Generator
) -> bool:
    """Puts the sink below a window where there is one, and the dishwasher beside it; returns whether it fits."""
    if not any(slot.purpose == "sink" for own in slots for slot in own):
        width = SINKS[int(rng.integers(len(SINKS)))]
        best = None
        for place, low in _places(made, width, rng):
            wall, slot = room.walls[made[place].wall], Slot("sink", low, low + width)
            slot = snapped(slot, made[place].low, made[place].high, slots[place])
            if not fits(slot, made[place].low, made[place].high, slots[place]):
                continue
            if not lands(made[place], slots[place], slot, rules.LANDING_SINK):
                continue
            views = [abs(item.start + item.width / 2 - slot.middle) for item in wall.openings if item.kind == "window"]
            worth = 1.0 / (0.2 + min(views)) if views else 0.0
            if section.dishwasher and _dishwasher(made[place], [*slots[place], slot], slot, rng) is not None:
                worth += BESIDE
            if best is None or worth > best[0] + 1e-9:
                best = (worth, place, slot)
        if best is None:
            return False
        slots[best[1]].append(best[2])
    if section.dishwasher and not any(slot.purpose == "dishwasher" for own in slots for slot in own):
        place, sink = next((place, slot) for place, own in enumerate(slots) for slot in own if slot.purpose == "sink")
        found = _dishwasher(made[place], slots[place], sink, rng)
        slots[place] += [found] if found is not None else []
    return True


def _dishwasher(run: Run, own: Sequence[Slot], sink: Slot, rng: np.random.Generator) -> Slot | None:
    """Returns a place for a dishwasher beside the sink, or as near to it as cabinets between them allow."""
    first = rng.random() < 0.5
    between = [0.0, *sorted(width for width in rules.MODULES if width <= rules.DISHWASHER)]
    for apart, left in [(apart, left) for apart in between for left in (first, not first)]:
        low = sink.low - apart - 0.6 if left else sink.high + apart
        slot = Slot("dishwasher", low, low + 0.6)
        if fits(slot, run.low, run.high, own) and snapped(slot, run.low, run.high, own) == slot:
            return slot
    return None


def _add_hob(room: Room, made: Sequence[Run], slots: list[list[Slot]], rng: np.random.Generator) -> bool:
    """Puts the hob away from the sink, from windows and tall units; returns whether it fits."""
    if any(slot.purpose == "hob" for own in slots for slot in own):
        return True
    width = HOBS[int(rng.integers(len(HOBS)))]
    sink = spot(room, made, slots, "sink")
    best = None
    for place, low in _places(made, width, rng):
        run, wall = made[place], room.walls[made[place].wall]
        slot = snapped(Slot("hob", low, low + width), run.low, run.high, slots[place])
        if not fits(slot, run.low, run.high, slots[place]) or not lands(run, slots[place], slot, rules.LANDING_HOB):
            continue
        if any(item.start < slot.high and item.end > slot.low for item in wall.openings):
            continue
        apart = float(np.hypot(*(front(room, run, slot) - sink)))
        worth = -abs(apart - 1.6) + 0.3 * rng.random()
        if apart > rules.LEG[0] and (best is None or worth > best[0]):
            best = (worth, place, slot)
    if best is None:
        return False
    slots[best[1]].append(best[2])
    return True


def _add(made: Sequence[Run], slots: list[list[Slot]], purpose: str, width: float, rng: np.random.Generator) -> None:
    """Puts something into the first place that is free, if any."""
    for place, low in _places(made, width, rng):
        run, own = made[place], slots[place]
        slot = snapped(Slot(purpose, low, low + width), run.low, run.high, own)
        if fits(slot, run.low, run.high, own):
            own.append(slot)
            return


def _places(made: Sequence[Run], width: float, rng: np.random.Generator) -> Iterator[tuple[int, float]]:
    """Yields (run, low) of places every 50 mm along the runs, in a random order."""
    spots = [
        (place, float(low))
        for place, run in enumerate(made)
        for low in np.arange(run.low, run.high - width + 1e-6, 0.05)
    ]
    return iter([spots[index] for index in rng.permutation(len(spots))])


def _filled(run: Run, own: Sequence[Slot], rng: np.random.Generator) -> tuple[Slot, ...]:
    """Returns what fills a run from end to end."""
    more = [slot for low, high in gaps(run.low, run.high, own) for slot in cabinets(low, high, rng)]
    return tuple(sorted([*own, *more], key=lambda item: item.low))


def _closed(room: Room, run: Run, own: tuple[Slot, ...]) -> tuple[Run, tuple[Slot, ...]]:
    """Returns a run that goes on to the side walls, and its slots with the strips that close it there."""
    length = room.walls[run.wall].length
    if abs(run.low - rules.SIDE) < 1e-9:
        own, run = (Slot("filler", 0.0, run.low, own[0].tall), *own), replace(run, low=0.0)
    if abs(length - run.high - rules.SIDE) < 1e-9:
        own, run = (*own, Slot("filler", run.high, length, own[-1].tall)), replace(run, high=length)
    return run, own
