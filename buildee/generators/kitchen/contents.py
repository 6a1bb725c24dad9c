"""What stands and lies about: groups of things that belong together, where they belong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.section import Contents
from buildee.generators.kitchen.stock import Stock
from buildee.layout.catalog import Entry
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
            self.stock.put(entry, self.support.poses @ lifted @ _about_z(turn), tint)
        return pose

    def on(self, entry: Entry, pose: NDArray[np.float64]) -> Table:
        """Returns the top of a flat thing that was put, as a place for others."""
        what = self.stock.thing(entry)
        top = pose @ np.linalg.inv(what.pose)
        top[2, 3] += what.size[2]
        turn = _about_z(QUARTER)  # the support's -Y is the thing's +X
        size = np.array([what.size[1], what.size[0]]) - 0.01
        room = self.support.headroom - what.size[2]
        return Table.of(
            self.stock, Support(f"{self.support.name}/{entry.id}", "table", self.support.poses @ top @ turn, size, room)
        )


def _about_z(turn: float) -> NDArray[np.float64]:
    pose = np.eye(4)
    pose[:2, :2] = ((np.cos(turn), -np.sin(turn)), (np.sin(turn), np.cos(turn)))
    return pose


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


WORKTOP: tuple[tuple[float, Group], ...] = (
    (2.0, single("kettle", yaw=(0.0, 0.5))),
    (1.6, single("toaster")),
    (1.3, coffee),
    (1.0, single("microwave", yaw=(0.0, 0.02))),
    (0.7, single("stand_mixer", "blender", yaw=(0.0, 0.3))),
    (1.4, single("knife_block", yaw=(0.0, 0.3))),
    (1.6, single("utensil_pot", yaw=(0.0, 1.5))),
    (1.5, chopping),
    (1.2, jars),
    (1.3, bottles),
    (1.0, single("paper_towel")),
    (1.2, several("apple", "orange", "lemon", "pear", "banana", "tomato", "avocado", least=2, most=6)),
    (0.8, breakfast),
    (1.0, single("plant", "flowers", "vase", yaw=(0.0, 1.5))),
    (0.7, single("book", yaw=(0.0, 0.3), place=anywhere)),
    (0.6, single("scales", "tray", "basket", "mixing_bowl", yaw=(0.0, 0.4), place=anywhere)),
    (0.8, several("mug", "cup", "drinking_glass", "bowl", "plate", least=1, most=3)),
    (0.7, several("packet", "carton", "tin", "egg_box", least=1, most=3, turn=0.4)),
)
"""What may stand on a worktop, and how common it is."""

BY_TOPIC: dict[str, tuple[tuple[float, Group], ...]] = {
    "crockery": (
        (2.0, stacks("plate", least=4, most=9, piles=2)),
        (1.5, stacks("bowl", least=3, most=6, piles=2)),
        (1.0, sets("mug", 3, 6)),
        (1.0, stacks("saucer", least=3, most=6, piles=1)),
        (0.6, sets("drinking_glass", 3, 8)),
        (0.5, single("jug", "teapot", place=anywhere)),
    ),
    "glasses": ((2.0, sets("drinking_glass", 4, 8)), (1.5, sets("wine_glass", 3, 6)), (0.7, sets("mug", 2, 5))),
    "dry goods": (
        (2.0, several("packet", least=3, most=6, turn=0.1)),
        (1.5, several("jar", least=3, most=6, turn=1.0)),
        (1.5, several("tin", least=3, most=7)),
        (1.0, several("bottle", "carton", least=2, most=4)),
    ),
    "pans": (
        (1.5, stacks("cooking_pot", "saucepan", "casserole", least=1, most=1, piles=2)),
        (1.2, stacks("frying_pan", least=1, most=3, piles=1)),
        (1.0, stacks("mixing_bowl", "colander", least=1, most=2, piles=1)),
        (0.6, several("baking_tray", "lid", least=1, most=2, turn=0.1)),
    ),
    "utensils": (
        (
            1.0,
            several(
                "spatula",
                "ladle",
                "wooden_spoon",
                "whisk",
                "tongs",
                "peeler",
                "grater",
                "scissors",
                "corkscrew",
                "rolling_pin",
                least=5,
                most=9,
                turn=0.15,
            ),
        ),
    ),
    "textiles": (
        (1.0, stacks("towel", "napkin", "place_mat", least=2, most=4, piles=2)),
        (0.6, single("oven_glove", place=anywhere)),
    ),
    "chilled": (
        (1.5, several("carton", "bottle", least=2, most=4, turn=0.3)),
        (1.2, several("jar", "butter_dish", "cheese", "egg_box", least=2, most=4)),
        (1.2, several("tomato", "lettuce", "cucumber", "bell_pepper", "broccoli", "carrot", least=2, most=6)),
        (0.5, several("bowl", "tin", least=1, most=2)),
    ),
    "cleaning": ((1.0, several("washing_up_liquid", "bottle", "sponge", "brush", "storage_box", least=2, most=5)),),
    "wine": ((1.0, several("wine_bottle", least=1, most=1, turn=0.0)),),
    "cooking": (
        (
            1.0,
            single(
                "cooking_pot",
                "frying_pan",
                "saucepan",
                "casserole",
                "wok",
                "kettle",
                place=near(0, 0, 0.0),
                yaw=(0.0, 0.6),
            ),
        ),
    ),
    "cutlery": ((1.0, cutlery),),
    "": (
        (1.0, several("storage_box", "basket", "bowl", "tin", "jar", "packet", least=1, most=4, turn=0.2)),
        (0.8, stacks("plate", "bowl", least=2, most=6, piles=1)),
        (0.6, several("book", least=2, most=5, turn=0.05)),
        (0.6, single("plant", "vase", place=anywhere)),
    ),
}
"""What is kept where, by the topic of a support."""


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


def _some(table: Table, groups: Sequence[tuple[float, Group]], many: int) -> None:
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
    groups: tuple[tuple[float, Group], ...] = (
        (1.5, single("flowers", "vase", "plant", place=near(0, 0, 0.05))),
        (1.0, several("apple", "pear", "orange", "banana", least=1, most=3)),
        (0.8, single("candle", "jug", place=near(0.15, 0.0, 0.05))),
        (0.8, several("letter", "newspaper", "pen", "keys", "phone", least=1, most=3)),
        (0.5, single("laptop", place=in_front)),
        (0.6, several("mug", "drinking_glass", least=1, most=2)),
        (0.4, several("toy", least=1, most=2)),
    )
    _some(table, groups, round(1 + 3 * contents.clutter))


def with_topic(support: Support, topic: str) -> Support:
    """Returns a support that is meant for something, where it was meant for anything."""
    return support if support.topic else replace(support, topic=topic)
