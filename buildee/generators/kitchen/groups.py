"""Groups of things that belong together, and how they are put on a support."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.stock import Stock
from buildee.layout.catalog import Entry
from buildee.layout.kinematics import translation
from buildee.layout.pieces import pose_at
from buildee.layout.resting import Support
from buildee.layout.trays import Spot, Thing, Tray, anywhere, at_back, huddled

QUARTER = np.pi / 2

ACCESS = {"coffee_machine": 0.12, "toaster": 0.06, "stand_mixer": 0.06, "blender": 0.04, "knife_block": 0.06}
"""So much room stays free before what one reaches into, metres."""


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

    @property
    def middle(self) -> float:
        """X of the middle of what is being furnished, in the support's frame, metres."""
        return self.tray.middle

    @property
    def food(self) -> float:
        """How much food there is, 0 to 1."""
        return self.stock.contents.food

    @property
    def spilled(self) -> float:
        """How much is spilled, 0 to 1."""
        return self.stock.contents.spills

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
        return self.put_this(self.stock.one(categories, tag), place, yaw, rest, tint, count)

    def put_this(
        self,
        entry: Entry | None,
        place: Spot = anywhere,
        yaw: tuple[float, float] = (0.0, 0.25),
        rest: str = "standing",
        tint: int = 0,
        count: int = 1,
    ) -> NDArray[np.float64] | None:
        """Puts a given asset, if there is one; arguments as in `put`."""
        if entry is None:
            return None
        what = self.stock.thing(entry, rest)
        if "stackable" in entry.tags and abs(what.size[0] - what.size[1]) < 1e-3:
            yaw = (0.0, 0.0)  # round: turned, it would take the room of its square
        if entry.stack <= 0:
            count = 1
        fits = (self.support.headroom - what.size[2] - 0.01) / entry.stack if entry.stack > 0 else 0.0
        count = 1 + int(min(count - 1, max(fits, 0.0)))
        pose = self.tray.stand(_reached(what, entry), self.rng, place, yaw, (count - 1) * entry.stack)
        if pose is None:
            return None
        for level in range(count):
            lifted = pose.copy()
            lifted[2, 3] += level * entry.stack
            turn = self.rng.normal(0, 0.3) if level and abs(entry.size[0] - entry.size[1]) < 1e-3 else 0.0
            self.stock.put(entry, self.support.poses @ lifted @ pose_at(yaw=turn), tint)
        return pose

    def huddle(self, x: float | None = None) -> Spot:
        """Returns draws of places near a place of the wall, or of the middle line of what has none.

        Args:
            x: in the support's frame; None is the middle of what is being furnished, metres.
        """
        return huddled(0.0 if x is None else x - self.middle, 1.0 if self.support.wall else 0.4)

    def gather(
        self, *categories: str, x: float | None = None, turn: float = 0.15, tint: int = 0, rest: str = "standing"
    ) -> NDArray[np.float64] | None:
        """Puts some thing to what stands at a place already, its label to the front; `x` as in `huddle`."""
        return self.put(categories, self.huddle(x), (0.0, turn), rest, tint)

    def gather_these(self, *ids: str, x: float | None = None) -> None:
        """Puts given assets together, those that there are; `x` as in `huddle`."""
        for id in ids:
            self.put_this(self.stock.one_of((id,)), self.huddle(x), (0.0, 0.2))

    def stretch(self, low: float, high: float) -> Table:
        """Returns a length of the support as a table; what stands on it takes room of both."""
        return Table(self.stock, self.tray.stretch(low, high), self.support)

    def on(self, entry: Entry, pose: NDArray[np.float64]) -> Table:
        """Returns the level floor of a thing that was put, a board's top or a bowl's bottom, as a place for others.

        Args:
            entry: the thing; its floor is the highest level box of its proxy that its axis goes through.
            pose: `support_from_asset`.
        """
        part = entry.parts[0]
        middle, half = part.proxy.poses, part.proxy.half
        level = (np.abs(middle[:, 2, 2]) > 0.999) & (np.abs(middle[:, :2, 3]) < half[:, :2]).all(1)
        floor = int(np.argmax(np.where(level, middle[:, 2, 3] + half[:, 2], -np.inf)))
        top = pose @ part.rest @ middle[floor] @ translation((0.0, 0.0, half[floor, 2]))
        turn = pose_at(yaw=QUARTER)  # the support's -Y is the thing's +X
        room = self.support.headroom - top[2, 3]
        support = Support(
            f"{self.support.name}/{entry.id}", "table", self.support.poses @ top @ turn, 2 * half[floor, 1::-1], room
        )
        return Table.of(self.stock, support)


def _reached(what: Thing, entry: Entry) -> Thing:
    """Returns what a thing takes of a support together with the room before it that one reaches through."""
    ahead = ACCESS.get(entry.category, 0.0)
    if not ahead:
        return what
    return replace(
        what, pose=translation((-ahead / 2, 0.0, 0.0)) @ what.pose, size=what.size + np.array((ahead, 0.0, 0.0))
    )


Group = Callable[[Table], object]
"""Puts things that belong together."""


def single(*categories: str, place: Spot = at_back, yaw: tuple[float, float] = (0.0, 0.12)) -> Group:
    """Returns a group of one thing, one of some categories."""
    return lambda table: table.put(categories, place, yaw)


def several(*categories: str, least: int = 2, most: int = 5, turn: float = 0.2) -> Group:
    """Returns a group of some things of some categories, side by side."""

    def group(table: Table) -> None:
        x = table.middle + float(table.rng.uniform(-0.5, 0.5)) * float(table.tray.half[0])
        for _ in range(int(table.rng.integers(least, most + 1))):
            table.gather(*categories, x=x, turn=turn, tint=int(table.rng.integers(3)))

    return group
