"""Puts on supports what stands and lies about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen import belongings, cooking, meals, spills
from buildee.generators.kitchen.counter import washing_up
from buildee.generators.kitchen.groups import Group, Table
from buildee.generators.kitchen.heat import soaking
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

BESIDE = 0.55
"""So long a stretch beside a sink or hob is for what one needs there, metres."""

PITCH = 0.22
"""Along a full worktop something that lives there is tried in each such length, metres."""

HAND = 0.25
"""What is put down together lies no farther than this from its middle, metres."""

UNDER_SOCKET = (0.1, 0.06)
"""What a plug takes of the worktop below it, along and out of the wall, metres."""

SLICE = 0.2
"""Height of the pieces into which what hangs is cut, metres."""


@dataclass(frozen=True, eq=False)
class Around:
    """What is about worktops.

    Attributes:
        sinks, hobs: in which one washes and on which one cooks.
        drainers: that lie on worktops and stay free.
        hangings: curtains, blinds and sashes that things keep clear of.
        sockets: in the walls.
        kept: what rails leave less of each worktop, in its frame, by its name.
    """

    sinks: Sequence[Support]
    hobs: Sequence[Support]
    drainers: Sequence[Support]
    hangings: Sequence[Instance]
    sockets: Sequence[Instance]
    kept: Mapping[str, Footprint]


def furnish_worktop(stock: Stock, support: Support, around: Around) -> None:
    """Lets things go on along a worktop: beside sink and hob what is needed there, one thing in each other stretch.

    Things stand huddled at the wall; before them one works, and some stretches are left clear.
    """
    table, share, rng = Table.of(stock, support), stock.contents.clutter, stock.rng
    powered = _reserve(table, support, around)
    low, high = -float(support.size[0]) / 2, float(support.size[0]) / 2
    for places, hot in ((around.sinks, False), (around.hobs, True)):
        side = _side(support, places)
        if not side or rng.random() > 0.1 + 1.4 * share:
            continue
        long = min(BESIDE, float(support.size[0]) / 2)
        bay = table.stretch(high - long, high) if side > 0 else table.stretch(low, low + long)
        x = side * (float(support.size[0]) / 2 - 0.03)
        used = stock.used[hot, "side"]
        stock.used[hot, "side"] += 1
        if used:
            _some([bay] if rng.random() < share else [], belongings.AT_HOB if hot else belongings.AT_SINK)
        else:
            cooking.spices(bay, x) if hot else washing_up(bay, x)
        low, high = (low, high - long) if side > 0 else (low + long, high)
    edges = np.linspace(low, high, max(round((high - low) / BAY), 1) + 1)
    bays = [table.stretch(a, b) for a, b in pairwise(edges.tolist()) if b - a > 0.2]
    busy = [bay for bay in bays if rng.random() < 0.1 + 0.9 * share]
    rng.shuffle(busy)  # what no kitchen lacks comes first, not always at the same end
    middles = [bay.middle for bay in busy] or [0.0]
    choice = belongings.WORKTOP if support.wall else belongings.ISLAND
    electric = [item for item in choice if item[1] in belongings.ELECTRIC] if powered else []
    if electric and not any(stock.used[group] for _, group in electric):
        _some(busy[:1], electric)  # no household without a kettle, toaster or the like
        busy = busy[1:]
    if table.food and float(support.size[0]) > BAY and not any(stock.used[group] for _, group in belongings.STAPLES):
        _some(busy[:1] or bays[:1], belongings.STAPLES)
        busy = busy[1:]
    again = [bay for bay in busy if rng.random() < 0.8 * share]
    _some([*busy, *again], [item for item in choice if powered or item[1] not in belongings.ELECTRIC])
    for wide in (PITCH, PITCH / 2):  # what is large, then what still goes between
        for x in np.arange(-float(support.size[0]) / 2, float(support.size[0]) / 2, wide / max(share, 0.1)).tolist():
            _some([table.stretch(x, x + wide)], belongings.BACKDROP if support.wall else belongings.ABOUT)
    for _ in range(int(rng.binomial(round(3 * float(support.size[0])), share))):
        _some([table], belongings.ABOUT)
    for _ in range(int(rng.binomial(round(2 * float(support.size[0]) / BAY), share))):
        x = middles[int(rng.integers(len(middles)))] + float(rng.normal(0.0, HAND))
        _some([table.stretch(x - HAND, x + HAND)], belongings.PASSING)
    spills.crumbs(table, 0.0, 0.0, float(support.size[0]) / 3, round(60 * stock.contents.spills))


def _reserve(table: Table, support: Support, around: Around) -> bool:
    """Keeps free what hangings, rails, drainers and plugs need of a worktop; returns whether it has a socket."""
    _keep_clear(table, support, around.hangings)
    if below := around.kept.get(support.name):
        table.tray.keep_free(below.x, below.y, below.length, below.width)
    here, (x1, y1) = inverse(support.poses[0]), support.size / 2
    for other in around.drainers:
        local = here @ other.poses[0]
        if abs(local[2, 3]) < 0.05:
            length, width = np.abs(local[:2, :2]) @ other.size + 0.01
            table.tray.keep_free(*local[:2, 3], length, width)
    powered = False
    for socket in around.sockets:
        x, y, z = (here @ socket.poses[0])[:3, 3]
        if support.wall and abs(x) < x1 and abs(y - y1) < 0.05 and 0 < z < 0.4:
            length, width = UNDER_SOCKET
            table.tray.keep_free(float(x), float(y1) - width / 2, length, width)
            powered = True
    return powered


def _side(support: Support, places: Sequence[Support]) -> float:
    """Returns at which end of a worktop, -1 or 1, the nearest of some places begins; 0 where none does."""
    here = inverse(support.poses[0])
    for place in places:
        x, y = (here @ place.poses[0])[:2, 3]
        gap = abs(x) - float(support.size[0] + place.size.max()) / 2
        if abs(y) < float(support.size[1]) and -0.1 < gap < 0.45:
            return float(np.sign(x))
    return 0.0


def _some(tables: Sequence[Table], groups: Sequence[tuple[float, Group]]) -> None:
    """Puts a group on each table; what a kitchen has already is rarer, and food as common as the recipe says."""
    for table in tables:
        used, food = table.stock.used, 0.2 + 1.6 * table.food
        left = [item for item in groups if not (item[1] in belongings.ONCE and used[item[1]])]
        weights = [weight * (food if group in belongings.EDIBLE else 1.0) for weight, group in left]
        share = np.cumsum([weight / (1 + 6 * used[group]) for weight, (_, group) in zip(weights, left, strict=True)])
        group = left[min(int(np.searchsorted(share, table.rng.random() * share[-1])), len(left) - 1)][1]
        first = len(table.stock.taken)
        group(table)
        used[group] += len(table.stock.taken) > first


def fill(stock: Stock, support: Support, share: float) -> None:
    """Fills a shelf, drawer, rack or zone with what belongs there."""
    table, topic = Table.of(stock, support), support.topic
    if topic == "cooking":
        if stock.rng.random() < share:
            table.put(belongings.IN_OVEN, near(0, 0, 0.0), (0.0, 0.6))
    elif support.kind == "sink":
        soaking(table, share)
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


def dine(stock: Stock, support: Support, seats: Sequence[tuple[float, float]], share: float) -> None:
    """Lays a table and puts on it what stands about there; arguments as in `meals.lay`."""
    table = Table.of(stock, support)
    meals.lay(table, seats, share)
    for _ in range(round(2 + 4 * stock.contents.clutter)):
        _some([table], belongings.TABLE)
    spills.crumbs(table, 0.0, 0.0, 0.3, round(120 * stock.contents.spills))
