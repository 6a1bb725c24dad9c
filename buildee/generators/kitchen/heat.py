"""Pans on a hob, and dishes that soak in a sink."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.groups import Table
from buildee.generators.kitchen.movement import TOUCH, Boxes
from buildee.generators.kitchen.stock import Stock
from buildee.layout.catalog import Entry
from buildee.layout.kinematics import inverse, translation
from buildee.layout.pieces import pose_at
from buildee.layout.resting import Support
from buildee.layout.scene import Instance
from buildee.layout.trays import anywhere, bounds

ON_HEAT = ("cooking_pot", "frying_pan", "saucepan", "casserole", "wok")
"""What stands on a hob, beside kettles without a cable."""

COOKED = (("sausage", "mushroom"), ("potato",), ("tomato", "mushroom", "onion"), ("egg",), ("carrot", "potato"))
"""What is in pans: of one of these."""

LEAVES = 0.1
"""So far handles may reach over the outermost rings, metres: they stay over the worktop."""

TRIES = 24
"""So many ways are tried to put a pan on a ring."""


def pans(stock: Stock, rings: Sequence[Support], around: Sequence[Instance]) -> None:
    """Puts a pan or two on the rings of a hob, their handles where one takes hold and nobody runs into them.

    Args:
        stock: what there is; what of it stands on the worktops is kept clear of.
        rings: of one hob.
        around: what else stands about.
    """
    rng, first = stock.rng, inverse(rings[0].poses[0])
    spots = np.array([(first @ ring.poses[0])[:2, 3] for ring in rings])
    reach = np.array([float(ring.size.max()) for ring in rings])[:, None] / 2
    low, high = (spots - reach).min(0) - LEAVES, (spots + reach).max(0) + LEAVES
    middle = rings[0].poses[0, :3, 3]
    count, room = 1 + int(rng.random() < 0.4), None
    for index in rng.permutation(len(rings))[:3]:
        entry = stock.one(ON_HEAT) if rng.random() < 0.8 else stock.one("kettle", "stove")
        if not count or entry is None:
            continue
        pan = stock.catalog.model(entry.id)
        if room is None:
            small = [item for item in stock.taken if np.hypot(*(item.poses[0, :2, 3] - middle[:2])) < 1.2]
            nearby = [*around, *small]  # where walls begin says nothing of how near they are
            room = Boxes(nearby)
        for _ in range(TRIES):
            local = translation((*spots[index], 0.0)) @ pose_at(yaw=float(rng.uniform(-np.pi, np.pi))) @ _centred(entry)
            ends = bounds(entry, local)[:, :2]
            pose = rings[0].poses[0] @ local
            if (
                (ends[0] > low).all()
                and (ends[1] < high).all()
                and not room.touches(-1, pan.placed("pan", pose), -TOUCH)
            ):
                room = Boxes([*nearby, stock.put(entry, pose)])
                nearby.append(stock.taken[-1])
                if entry.category != "kettle":
                    _cooking(Table.of(stock, rings[0]), entry, local)
                count -= 1
                break


def _cooking(table: Table, entry: Entry, local: NDArray[np.float64]) -> None:
    """Puts what is being fried or boiled into a pan that stands at `support_from_asset`."""
    rng, pan = table.rng, table.on(entry, local)
    kind = COOKED[int(rng.integers(len(COOKED)))]
    for _ in range(round(rng.uniform(3, 8) * (0.3 + table.food))):
        pan.put(kind, anywhere, (0.0, 1.5), "side")
    pan.put(("spatula", "wooden_spoon"), anywhere, (0.0, 1.5))


def _centred(entry: Entry) -> NDArray[np.float64]:
    """Returns the pose at which the largest level box of a pan, its floor, is over the origin."""
    part = entry.parts[0]
    boxes, half = part.rest @ part.proxy.poses, part.proxy.half
    floor = int(np.argmax(np.where(np.abs(boxes[:, 2, 2]) > 0.999, half[:, 0] * half[:, 1], 0.0)))
    return translation((-boxes[floor, 0, 3], -boxes[floor, 1, 3], 0.0))


def soaking(table: Table, share: float) -> None:
    """Puts a stack of plates, cups and cutlery into a bowl of the sink."""
    rng = table.rng
    if rng.random() < 1.6 * share:
        entry = table.stock.one(("plate", "bowl", "bowl"))
        table.put_this(entry, anywhere, (0.0, 1.5), count=int(rng.integers(1, 5)))
    for _ in range(round(rng.uniform(3, 7) * share)):
        table.put(("mug", "drinking_glass", "cup", "bowl"), anywhere, (0.0, 1.5), tint=int(rng.integers(4)))
    for _ in range(round(rng.uniform(3, 6) * share)):
        table.put(("spoon", "fork", "knife"), anywhere, (0.0, 1.5))
