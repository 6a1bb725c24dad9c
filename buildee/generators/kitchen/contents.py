"""Puts on supports what stands and lies about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen import belongings, spills
from buildee.generators.kitchen.belongings import Choice
from buildee.generators.kitchen.counter import washing_up
from buildee.generators.kitchen.groups import Table
from buildee.generators.kitchen.movement import swept_boxes
from buildee.generators.kitchen.shelving import lane, store
from buildee.generators.kitchen.stock import Stock
from buildee.layout.kinematics import bounds_of, inverse, translation
from buildee.layout.placement import Footprint
from buildee.layout.resting import Support
from buildee.layout.scene import Instance
from buildee.layout.trays import Tray, near

BAY = 0.5
"""What goes on on a worktop takes about this length of it, metres."""


DENSE, TRIES = 52.0, 40
"""So many things stand on a square metre of a worktop while one cooks; how often more are put down for that."""

HAND = 0.16
"""What is put down together lies no farther than this from its middle, metres."""


SLICE = 0.2
"""Height of the pieces into which what hangs is cut, metres."""


def furnish_worktop(
    stock: Stock,
    support: Support,
    beside_sink: bool,
    others: Sequence[Support] = (),
    below: Footprint | None = None,
    hangings: Sequence[Instance] = (),
) -> None:
    """Lets things go on along a worktop, one in each stretch of it; `others` on it and what hangs over it stay free."""
    table, share, count = Table.of(stock, support), stock.contents.clutter, len(stock.taken)
    _keep_clear(table, support, hangings)
    if below is not None:
        table.tray.keep_free(below.x, below.y, below.length, below.width)
    for other in others:
        local = np.linalg.inv(support.poses[0]) @ other.poses[0]
        if abs(local[2, 3]) < 0.05:
            length, width = np.abs(local[:2, :2]) @ other.size + 0.01
            table.tray.keep_free(*local[:2, 3], length, width)
    edges = np.linspace(-0.5, 0.5, max(round(float(support.size[0]) / BAY), 1) + 1) * float(support.size[0])
    bays = [table.stretch(low, high) for low, high in pairwise(edges)]
    order = [bays[int(index)] for index in stock.rng.permutation(len(bays))]
    if beside_sink and share > 0.1:
        washing_up(order.pop(0))
    busy = [bay for bay in order if stock.rng.random() < 0.35 + 1.2 * share]
    if support.topic == "cooking" and busy:
        _some(busy[:1], belongings.AT_HOB)
        busy = busy[1:]
    goings_on = belongings.WORKTOP if support.wall else belongings.ISLAND
    _some(busy, goings_on)
    _some([bay for bay in order if stock.rng.random() < share], goings_on)
    wanted = count + round(DENSE * share * float(support.size.prod()))
    for _ in range(TRIES):
        if len(stock.taken) >= wanted:
            break
        x = float(stock.rng.uniform(-0.5, 0.5)) * float(support.size[0])
        _some([table.stretch(x - HAND, x + HAND)], belongings.PASSING)
    spills.crumbs(table, 0.0, 0.0, float(support.size[0]) / 3, round(60 * stock.contents.spills))


def _some(tables: Sequence[Table], groups: Choice) -> None:
    """Puts a group on each table; what a kitchen has already is rarer, and food as common as the recipe says."""
    for table in tables:
        used, food = table.stock.used, 0.2 + 1.6 * table.food
        weights = [weight * (food if group in belongings.EDIBLE else 1.0) for weight, group in groups]
        share = np.cumsum([weight / (1 + 6 * used[group]) for weight, (_, group) in zip(weights, groups, strict=True)])
        group = groups[min(int(np.searchsorted(share, table.rng.random() * share[-1])), len(groups) - 1)][1]
        used[group] += 1
        group(table)


def fill(stock: Stock, support: Support, share: float) -> None:
    """Fills a shelf, drawer, rack or zone with what belongs there."""
    table, topic = Table.of(stock, support), support.topic
    if topic == "cooking":
        if stock.rng.random() < share:
            table.put(belongings.ON_HEAT if support.kind == "hob" else belongings.IN_OVEN, near(0, 0, 0.0), (0.0, 0.6))
    elif topic == "cutlery":
        kinds = belongings.CUTLERY
        number = support.name.rsplit("_", 1)[-1]
        lane(table, kinds[int(number) % len(kinds) if number.isdigit() else 0], share)
    elif topic == "crockery" and support.kind == "rack":
        store(table, belongings.DISHES, share)
    else:
        store(table, belongings.BY_TOPIC.get(topic, belongings.BY_TOPIC[""]), share)


def decorate(stock: Stock, sill: Support, hangings: Sequence[Instance]) -> None:
    """Puts plants and the like on a window sill, clear of curtains and of the way of sashes."""
    table = Table(stock, Tray(replace(sill, wall=False), 0.002), sill)
    _keep_clear(table, sill, hangings)
    for _ in range(int(stock.rng.binomial(3, stock.contents.plants))):
        _some([table], belongings.SILL[:1])
    if stock.rng.random() < stock.contents.clutter:
        _some([table], belongings.SILL[1:])


def _keep_clear(table: Table, support: Support, hangings: Sequence[Instance]) -> None:
    """Keeps free what curtains, blinds and sashes reach of a support."""
    for item in hangings:
        boxes, half = _sliced(*swept_boxes(item))
        low, high = bounds_of(inverse(support.poses[0]) @ boxes, half)
        over = (low[:, 2] < 0.4) & (high[:, 2] > 0.01)
        for (x0, y0, _), (x1, y1, _) in zip(low[over].tolist(), high[over].tolist(), strict=True):
            table.tray.keep_free((x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0)


def _sliced(poses: NDArray[np.float64], half: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns boxes cut across their height: the bounds of a sash that tilts begin at its foot."""
    count = np.maximum(np.ceil(2 * half[:, 2] / SLICE).astype(int), 1)
    which = np.repeat(np.arange(len(half)), count)
    number = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    size = half[which] / np.column_stack([np.ones((len(which), 2)), count[which]])
    rise = (2 * number + 1 - count[which]) * size[:, 2]
    return poses[which] @ translation(np.column_stack([0 * rise, 0 * rise, rise])), size


def lay(stock: Stock, support: Support, seats: Sequence[tuple[float, float]], share: float) -> None:
    """Lays a table.

    Args:
        stock: what is in the house.
        support: the table's top.
        seats: (x, side) of the places along its two long edges; side -1 is the near one (-Y).
        share: of the places that are laid.
    """
    table = Table.of(stock, support)
    entries = {name: stock.one(name) for name in ("plate", "fork", "knife", "spoon", "drinking_glass", "napkin")}
    for x, side in seats:
        if stock.rng.random() >= share:
            continue
        yaw = 0.0 if side < 0 else np.pi
        y = side * (float(support.size[1]) / 2 - 0.18)
        for name, across, ahead in (
            ("plate", 0.0, 0.0),
            ("fork", -0.17, 0.0),
            ("knife", 0.17, 0.0),
            ("spoon", 0.2, 0.0),
            ("drinking_glass", 0.16, 0.17),
        ):
            entry = entries[name]
            if entry is not None:
                flip = -1.0 if side < 0 else 1.0
                table.put_this(entry, near(x - flip * across, y - side * ahead, 0.004), (yaw, 0.04))
    for _ in range(round(1 + 3 * stock.contents.clutter)):
        _some([table], belongings.TABLE)
    spills.crumbs(table, 0.0, 0.0, 0.3, round(120 * stock.contents.spills))
