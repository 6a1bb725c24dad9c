"""How the places of a kitchen lie to each other: landings beside what is used, and the work triangle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen import rules
from buildee.generators.kitchen.filling import Slot
from buildee.generators.kitchen.island import Island
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.runs import Run
from buildee.layout.placement import Footprint


def lands(run: Run, own: Sequence[Slot], slot: Slot, landing: tuple[float, float]) -> bool:
    """Returns whether worktop lies on both sides of a slot, the wider landing on either."""
    ends = [item for item in own if item.tall or item.purpose in ("sink", "hob")]
    low = max([run.low - run.turns_low, *(item.high for item in ends if item.high <= slot.low + 1e-6)])
    high = min([run.high + run.turns_high, *(item.low for item in ends if item.low >= slot.high - 1e-6)])
    sides = sorted((slot.low - low, high - slot.high))
    wider, narrower = max(landing), min(landing)
    return sides[0] >= narrower - 1e-6 and sides[1] >= wider - 1e-6


def front(room: Room, run: Run, slot: Slot) -> NDArray[np.float64]:
    """Returns (2,) where one stands before a slot, metres."""
    wall = room.walls[run.wall]
    return wall.start + wall.pose[:2, 0] * slot.middle + wall.pose[:2, 1] * 0.6


def spot(room: Room, made: Sequence[Run], slots: Sequence[Sequence[Slot]], purpose: str) -> NDArray[np.float64]:
    """Returns (2,) where one stands before the first slot of a purpose, metres."""
    return next(
        front(room, run, slot) for run, own in zip(made, slots, strict=True) for slot in own if slot.purpose == purpose
    )


def triangle(room: Room, made: Sequence[Run], slots: Sequence[Sequence[Slot]]) -> str:
    """Returns what is wrong with the work triangle; nothing when it is good."""
    corners = [spot(room, made, slots, purpose) for purpose in ("sink", "hob", "refrigerator")]
    legs = [float(np.hypot(*(corners[index] - corners[index - 1]))) for index in range(3)]
    if sum(legs) > rules.TRIANGLE:
        return f"the way from sink to hob to refrigerator would be longer than {rules.TRIANGLE} m"
    if max(legs) > rules.LEG[1]:
        return f"sink, hob and refrigerator would lie farther apart than {rules.LEG[1]} m"
    return ""


def has_landings(room: Room, made: Sequence[Run], filled: Sequence[Sequence[Slot]], middle: Island | None) -> bool:
    """Returns whether worktop lies near each tall unit that things are taken out of: beside it or across the aisle."""
    width, reach = rules.LANDING_TALL
    around = [(run, slot) for run, own in zip(made, filled, strict=True) for slot in own]
    tops = [
        (front(room, run, slot), slot.width / 2)
        for run, slot in around
        if not slot.tall and slot.purpose not in ("sink", "hob") and slot.width >= width - 1e-6
    ]
    for run, slot in around:
        if slot.purpose not in ("refrigerator", "oven"):
            continue
        here = front(room, run, slot)
        near = any(np.hypot(*(here - spot)) - half - slot.width / 2 <= reach for spot, half in tops)
        if not near and (middle is None or middle.footprint.separation(Footprint(*here, 0.0, 0.0, 0.0)) > reach):
            return False
    return True
