"""How cupboards, drawers, racks and refrigerators are filled: in ranks, equal things behind and on each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from buildee.generators.kitchen.groups import Table
from buildee.layout.catalog import Entry
from buildee.layout.pieces import pose_at
from buildee.layout.resting import STANDING
from buildee.layout.trays import Thing

EDGE = 0.011
"""What things keep from the edges of where they are kept, metres."""

GAP = (0.005, 0.012)
"""From one thing to the next, metres."""

ROUND = 0.12
"""Round things up to this size stand turned any way, metres."""

MISSES = 30
"""After so many things that do not fit a place counts as full."""


LAYERS = 3
"""So many layers of cutlery lie in a lane at most."""


@dataclass(frozen=True)
class Kept:
    """A kind of thing that is kept somewhere.

    Attributes:
        weight: how common it is beside the others there.
        categories: any of them.
        stack: at most so many on each other, if they stack.
        rest: how it is put down.
        alike: chance that what stands behind a thing is the same again.
        tints: in so many colours it comes.
    """

    weight: float
    categories: tuple[str, ...]
    stack: int = 1
    rest: str = STANDING
    alike: float = 0.85
    tints: int = 1


def store(table: Table, kinds: tuple[Kept, ...], share: float) -> None:
    """Fills a place from its left to its right, rank by rank from the front.

    Args:
        table: the place.
        kinds: what is kept there.
        share: how full it becomes.
    """
    rng, (wide, deep) = table.rng, table.support.size - 2 * EDGE
    weights = np.cumsum([kind.weight for kind in kinds])
    x, misses = -float(wide) / 2, 0
    while misses < MISSES:
        kind = kinds[int(np.searchsorted(weights, rng.random() * weights[-1]))]
        entry = table.stock.one(kind.categories)
        what = None if entry is None else table.stock.thing(entry, kind.rest)
        if what is None or what.size[2] > table.support.headroom:
            misses += 1
            continue
        turned = bool(what.size[0] > deep)
        across, along = (what.size[0], what.size[1]) if turned else (what.size[1], what.size[0])
        if x + across > wide / 2 or along > deep:
            misses += 1
            continue
        if rng.random() ** 2 < share:
            _rank(table, kind, entry, what, x, turned, share)
        x += across + float(rng.uniform(*GAP))


def _rank(table: Table, kind: Kept, first: Entry, what: Thing, x: float, turned: bool, share: float) -> None:
    """Puts things behind each other, none wider than the first."""
    rng, deep = table.rng, float(table.support.size[1]) - 2 * EDGE
    across = float(what.size[0 if turned else 1])
    y, entry = -deep / 2, first
    tint = int(rng.integers(kind.tints))
    while True:
        along = float(what.size[1 if turned else 0])
        if y + along > deep / 2:
            return
        if rng.random() < 0.5 + 0.5 * share:
            yaw = np.pi / 2 if turned else 0.0
            loose = min(GAP[0] / float(what.size[:2].max()) / 2, 0.1)
            if along < ROUND and kind.rest in (STANDING, "upside_down") and _is_round(entry):
                loose = np.pi
            pose = pose_at(x + across / 2, y + along / 2, 0.0, yaw - np.pi / 2 + rng.uniform(-loose, loose))
            _pile(table, entry, pose @ what.pose, what, kind, tint)
        y += along + float(rng.uniform(*GAP))
        if rng.random() > kind.alike:
            entry = table.stock.one(kind.categories) or first
            what = table.stock.thing(entry, kind.rest)
            if what.size[0 if turned else 1] > across or what.size[2] > table.support.headroom:
                entry = first
                what = table.stock.thing(entry, kind.rest)


def _is_round(entry: Entry) -> bool:
    """Returns whether a thing may be turned any way where it stands: its proxy is as wide across corners."""
    turned = np.abs(np.abs(entry.parts[0].proxy.poses[:, 0, 0]) - np.sqrt(0.5)) < 0.02
    return bool(turned.any()) and abs(float(entry.size[0] - entry.size[1])) < 0.003


def _pile(table: Table, entry: Entry, pose: np.ndarray, what: Thing, kind: Kept, tint: int) -> None:
    """Puts a thing, and equal ones on it as far as they stack."""
    count = 1
    if entry.stack > 0 and what.rest == STANDING and kind.stack > 1:
        fits = int((min(table.support.headroom, 9.0) - float(what.size[2]) - 0.01) / entry.stack)
        count = 1 + min(int(table.rng.integers((kind.stack + 1) // 2, kind.stack + 1)) - 1, max(fits, 0))
    for level in range(count):
        lifted = pose.copy()
        lifted[2, 3] += level * entry.stack
        table.stock.put(entry, table.support.poses @ lifted, tint)


def lane(table: Table, category: str, share: float) -> None:
    """Fills a lane of a cutlery tray with equal pieces, side by side and in layers."""
    entry = table.stock.one(category)
    if entry is None:
        return
    what = table.stock.thing(entry)
    (wide, deep), rng = table.support.size - 2 * EDGE, table.rng
    length, width, height = map(float, what.size)
    turned = bool(length > deep)
    if max(length, width) > max(wide, deep) or (length > wide and turned):
        return
    pitch, layers = width + 0.002, min(int(table.support.headroom / height), LAYERS)
    columns = int((deep if turned else wide) / pitch)
    for column in range(columns):
        slack = ((wide if turned else deep) - length) / 2
        side, ahead = (column - (columns - 1) / 2) * pitch, float(rng.uniform(-slack, slack))
        x, y = (ahead, side) if turned else (side, ahead)
        for layer in range(int(rng.binomial(layers, share))):
            pose = pose_at(x, y, layer * height, (np.pi / 2 if turned else 0.0) - np.pi / 2) @ what.pose
            table.stock.put(entry, table.support.poses @ pose)
