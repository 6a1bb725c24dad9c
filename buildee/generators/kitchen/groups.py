"""Groups of things that belong together, and how they are put on a support."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.stock import Stock
from buildee.layout.catalog import Entry
from buildee.layout.pieces import pose_at
from buildee.layout.resting import Support
from buildee.layout.trays import Spot, Tray, anywhere, at_back, in_front, near

QUARTER = np.pi / 2


@dataclass(eq=False)
class Table:
    """A support that is being furnished.

    Attributes:
        stock: what is in the house.
        tray: where there is room.
        support: what carries.
    """

    stock: Stock
    tray: Tray
    support: Support

    @staticmethod
    def of(stock: Stock, support: Support) -> Table:
        """Returns an empty one."""
        return Table(stock, Tray(support), support)

    @property
    def rng(self) -> np.random.Generator:
        """The stock's."""
        return self.stock.rng

    def put(
        self,
        categories: str | Sequence[str],
        place: Spot = anywhere,
        yaw: tuple[float, float] = (0.0, 0.25),
        rest: str = "standing",
        tint: int = 0,
        count: int = 1,
        tag: str = "",
    ) -> NDArray[np.float64] | None:
        """Puts some thing somewhere, or a stack of `count` of it.

        Returns:
            `support_from_asset`, or None when there was none, or no room.
        """
        entry = self.stock.one(categories, tag)
        return None if entry is None else self.put_this(entry, place, yaw, rest, tint, count)

    def put_this(
        self,
        entry: Entry,
        place: Spot = anywhere,
        yaw: tuple[float, float] = (0.0, 0.25),
        rest: str = "standing",
        tint: int = 0,
        count: int = 1,
    ) -> NDArray[np.float64] | None:
        """Puts a given asset; arguments as in `put`."""
        what = self.stock.thing(entry, rest)
        if entry.stack <= 0:
            count = 1
        fits = (self.support.headroom - what.size[2] - 0.01) / entry.stack if entry.stack > 0 else 0.0
        count = 1 + int(min(count - 1, max(fits, 0.0)))
        pose = self.tray.stand(what, self.rng, place, yaw, (count - 1) * entry.stack)
        if pose is None:
            return None
        for level in range(count):
            lifted = pose.copy()
            lifted[2, 3] += level * entry.stack
            turn = self.rng.normal(0, 0.3) if level and entry.size[0] - entry.size[1] < 1e-3 else 0.0
            self.stock.put(entry, self.support.poses @ lifted @ pose_at(yaw=turn), tint)
        return pose

    def on(self, entry: Entry, pose: NDArray[np.float64]) -> Table:
        """Returns the top of a flat thing that was put, as a place for others."""
        what = self.stock.thing(entry)
        top = pose @ np.linalg.inv(what.pose)
        top[2, 3] += what.size[2]
        turn = pose_at(yaw=QUARTER)  # the support's -Y is the thing's +X
        size = np.array([what.size[1], what.size[0]]) - 0.01
        room = self.support.headroom - what.size[2]
        return Table.of(
            self.stock, Support(f"{self.support.name}/{entry.id}", "table", self.support.poses @ top @ turn, size, room)
        )


Group = Callable[[Table], object]
"""Puts things that belong together."""


def chopping(table: Table) -> None:
    """A board with a knife and something to be cut."""
    entry = table.stock.one("chopping_board")
    if entry is None:
        return
    pose = table.put_this(entry, in_front, (QUARTER, 0.12))
    if pose is not None:
        board = table.on(entry, pose)
        board.put("kitchen_knife", near(0.1, -0.03, 0.02), (QUARTER, 0.2))
        for _ in range(int(table.rng.integers(1, 4))):
            board.put(
                ("tomato", "onion", "carrot", "cucumber", "bell_pepper", "lemon", "courgette", "bread"), yaw=(0.0, 1.5)
            )


def coffee(table: Table) -> None:
    """A coffee machine with cups before it."""
    if table.put("coffee_machine", at_back, (0.0, 0.06)) is not None:
        for _ in range(int(table.rng.integers(1, 4))):
            table.put(("mug", "cup"), anywhere, (0.0, 1.5), tint=int(table.rng.integers(4)))


def breakfast(table: Table) -> None:
    """A loaf, butter, jam."""
    table.put(("bread", "baguette", "croissant"), anywhere, (0.0, 0.6))
    table.put("butter_dish", anywhere)
    table.put("jar", anywhere, (0.0, 1.0))
    table.put("knife", in_front, (0.0, 0.5))


def bottles(table: Table) -> None:
    """Oil, vinegar, salt and pepper near each other."""
    x = float(table.rng.uniform(-0.4, 0.4) * table.support.size[0])
    spot = near(x, 0.3 * float(table.support.size[1]), 0.06)
    for category in ("bottle", "bottle", "pepper_mill", "salt_shaker", "jar")[: int(table.rng.integers(2, 6))]:
        table.put(category, spot, (0.0, 1.5))


def jars(table: Table) -> None:
    """A row of storage jars along the wall."""
    entry = table.stock.one("jar", "storage") or table.stock.one("jar")
    if entry is None:
        return
    width = table.stock.thing(entry).size[1] + 0.012
    x = float(table.rng.uniform(-0.35, 0.35) * table.support.size[0])
    y = float(table.support.size[1]) / 2 - width / 2 - 0.03
    for number in range(int(table.rng.integers(2, 5))):
        table.put_this(entry, near(x + number * width, y, 0.002), (0.0, 0.15))


def washing_up(table: Table) -> None:
    """What stands beside a sink."""
    table.put(("washing_up_liquid", "soap_dispenser"), at_back, (0.0, 0.4))
    table.put("sponge", at_back, (0.0, 0.5))
    if table.rng.random() < 0.6:
        table.put("dish_rack", anywhere, (QUARTER, 0.05))
    table.put("dishcloth", anywhere, (0.0, 0.5))
    for _ in range(int(table.rng.integers(0, 3))):
        table.put(("mug", "drinking_glass", "bowl"), anywhere, (0.0, 1.5), "upside_down")


def single(*categories: str, place: Spot = at_back, yaw: tuple[float, float] = (0.0, 0.12)) -> Group:
    """Returns a group of one thing, one of some categories."""
    return lambda table: table.put(categories, place, yaw)


def several(*categories: str, least: int = 2, most: int = 5, place: Spot = anywhere, turn: float = 1.5) -> Group:
    """Returns a group of some things of some categories."""

    def group(table: Table) -> None:
        for _ in range(int(table.rng.integers(least, most + 1))):
            table.put(categories, place, (0.0, turn), tint=int(table.rng.integers(3)))

    return group


def stacks(*categories: str, least: int, most: int, piles: int) -> Group:
    """Returns a group of stacks of equal things."""

    def group(table: Table) -> None:
        for _ in range(piles):
            table.put(categories, yaw=(0.0, 0.1), count=int(table.rng.integers(least, most + 1)))

    return group


def sets(category: str, least: int, most: int, rest: str = "standing") -> Group:
    """Returns a group of equal things side by side: glasses, mugs."""

    def group(table: Table) -> None:
        entry = table.stock.one(category)
        if entry is not None:
            for _ in range(int(table.rng.integers(least, most + 1))):
                table.put_this(entry, anywhere, (0.0, 0.3), rest)

    return group


def cutlery(table: Table) -> None:
    """Forks, knives and spoons, each kind in its own lane."""
    width = float(table.support.size[0])
    lanes = ("fork", "knife", "spoon", "spoon")
    for lane, category in enumerate(lanes):
        entry = table.stock.one(category)
        if entry is None:
            continue
        x = width * ((lane + 0.5) / len(lanes) - 0.5)
        for _ in range(6):
            table.put_this(entry, near(x, 0.0, width / len(lanes) / 6), (0.0, 0.03))
