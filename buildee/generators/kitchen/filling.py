"""Fills runs with base units: what must be there first, cabinets in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from buildee.generators.kitchen import rules
from buildee.generators.kitchen.units import Purpose


@dataclass(frozen=True)
class Slot:
    """A place in a run.

    Attributes:
        purpose: what stands there.
        low, high: from the wall's start, metres.
        tall: whether it reaches to the top line.
    """

    purpose: Purpose
    low: float
    high: float
    tall: bool = False

    @property
    def width(self) -> float:
        """Metres."""
        return self.high - self.low

    @property
    def middle(self) -> float:
        """From the wall's start, metres."""
        return (self.low + self.high) / 2


def gaps(low: float, high: float, slots: Sequence[Slot]) -> list[tuple[float, float]]:
    """Returns the stretches between slots that nothing takes."""
    edge, free = low, []
    for slot in sorted(slots, key=lambda item: item.low):
        if slot.low - edge > 1e-6:
            free.append((edge, slot.low))
        edge = max(edge, slot.high)
    if high - edge > 1e-6:
        free.append((edge, high))
    return free


def fits(slot: Slot, low: float, high: float, slots: Sequence[Slot]) -> bool:
    """Returns whether a slot lies in a stretch and clear of others."""
    inside = slot.low >= low - 1e-6 and slot.high <= high + 1e-6
    return inside and all(slot.high <= other.low + 1e-6 or slot.low >= other.high - 1e-6 for other in slots)


def snapped(slot: Slot, low: float, high: float, slots: Sequence[Slot]) -> Slot:
    """Returns a slot pushed against a neighbour or an end where it would leave a gap too narrow for a cabinet."""
    edges = [low, high, *(edge for other in slots for edge in (other.low, other.high))]
    for edge in edges:
        if 0 < slot.low - edge < rules.MODULES[-1]:
            return replace(slot, low=edge, high=edge + slot.width)
        if 0 < edge - slot.high < rules.MODULES[-1]:
            return replace(slot, low=edge - slot.width, high=edge)
    return slot


def cabinets(low: float, high: float, rng: np.random.Generator, tall: bool = False) -> list[Slot]:
    """Returns cabinets from end to end of a gap, and a filler strip for what is left.

    Widths come from the modules so that the rest is nothing, a filler, or room for another cabinet. A gap that no
    module fits gets one cabinet made to measure, as joiners do.
    """
    made: list[Slot] = []
    edge = low
    while high - edge > rules.FILLER:
        left = high - edge
        good = [width for width in rules.MODULES if _leaves(left - width)]
        if not good:
            made.append(Slot("doors", edge, high, tall))
            return made
        share = np.cumsum(good) / np.sum(good)  # wide ones are more common
        width = good[int(np.searchsorted(share, rng.random()))]
        purpose: Purpose = "drawers" if width <= 0.9 and rng.random() < 0.42 else "doors"
        made.append(Slot(purpose, edge, edge + width, tall))
        edge += width
    if high - edge > 1e-6:
        made.append(Slot("filler", edge, high, tall))
    return made


def _leaves(rest: float) -> bool:
    """Returns whether what a cabinet leaves of a gap can be used."""
    return abs(rest) < 1e-6 or 0.015 < rest <= rules.FILLER or rest >= rules.MODULES[-1] - 1e-6
