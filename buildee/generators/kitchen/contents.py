"""Puts on supports what stands and lies about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen.belongings import BY_TOPIC, TABLE, WORKTOP, Choice
from buildee.generators.kitchen.groups import Table, washing_up
from buildee.generators.kitchen.section import Contents
from buildee.generators.kitchen.stock import Stock
from buildee.layout.resting import Support
from buildee.layout.trays import near


def furnish_worktop(
    stock: Stock, support: Support, share: float, beside_sink: bool, others: Sequence[Support] = ()
) -> None:
    """Puts groups along a worktop, some two a metre when `share` is 1; the places of `others` on it stay free."""
    table = Table.of(stock, support)
    for other in others:
        local = np.linalg.inv(support.poses[0]) @ other.poses[0]
        if abs(local[2, 3]) < 0.05:
            length, width = np.abs(local[:2, :2]) @ other.size + 0.01
            table.tray.keep_free(*local[:2, 3], length, width)
    if beside_sink and share > 0.1:
        washing_up(table)
    many = round(share * float(support.size[0]) * 3.4)
    _some(table, WORKTOP, many)


def fill(stock: Stock, support: Support, share: float) -> None:
    """Fills a shelf, drawer, rack or zone with what belongs there."""
    groups = BY_TOPIC.get(support.topic, BY_TOPIC[""])
    area = float(support.size.prod())
    many = 1 if support.kind in ("hob", "rack") and support.topic == "cooking" else int(np.ceil(share * (1 + area * 8)))
    _some(Table.of(stock, support), groups, many)


def _some(table: Table, groups: Choice, many: int) -> None:
    """Puts `many` groups, none twice while there are others."""
    weights = np.array([weight for weight, _ in groups])
    while many > 0:
        left = weights.copy()
        for _ in range(min(many, len(groups))):
            share = np.cumsum(left) / left.sum()
            pick = int(np.searchsorted(share, table.rng.random()))
            left[pick] = 0.0
            groups[pick][1](table)
        many -= len(groups)


def lay(stock: Stock, support: Support, seats: Sequence[tuple[float, float]], share: float, contents: Contents) -> None:
    """Lays a table.

    Args:
        stock: what is in the house.
        support: the table's top.
        seats: (x, side) of the places along its two long edges; side -1 is the near one (-Y).
        share: of the places that are laid.
        contents: of the recipe.
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
    _some(table, TABLE, round(1 + 3 * contents.clutter))
