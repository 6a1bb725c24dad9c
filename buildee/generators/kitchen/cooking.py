"""What goes on along a worktop where one cooks: cutting, baking, spices at the hob, fruit and bread at hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen import spills
from buildee.generators.kitchen.cuts import CUTS, Cut, half_of, slice_of
from buildee.generators.kitchen.groups import QUARTER, Table
from buildee.layout.catalog import Entry
from buildee.layout.heaps import Heap, Pebble
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Footprint
from buildee.layout.resting import STANDING
from buildee.layout.trays import anywhere, bounds, in_front, near

ROUND_FRUIT = ("apple", "orange", "lemon", "lime", "pear", "peach")
ROOTS = ("potato", "onion")
VEGETABLES = ("tomato", "onion", "carrot", "cucumber", "bell_pepper", "courgette", "mushroom", "garlic", "aubergine")
VESSELS = ("bowl_salad_a", "mixing_bowl_a", "basket_b", "tray_b", "colander_a")
"""What fruit lies in."""
FOR_SUPPER = (
    *("packet_pasta_a", "tin_tomatoes_a", "bottle_oil_a", "measuring_jug_a", "wooden_spoon_a", "cheese_wedge_a"),
    *("carton_cream_a", "packet_butter_a", "grater_a", "wine_bottle_a", "glass_tumbler_a", "pepper_mill_a"),
)
"""What else stands about where supper is made."""


def chopping(table: Table) -> None:
    """A board with what is being cut, the knife, peelings, and what comes next."""
    rng, pose, entry = table.rng, None, table.stock.one("chopping_board")
    if entry is not None:
        turn = QUARTER if entry.size[1] < entry.size[0] else 0.0
        pose = table.put_this(entry, _before, (turn, 0.06))
    if pose is not None:
        board = table.on(entry, pose)
        cut = CUTS[int(rng.integers(len(CUTS)))]
        wide = float(board.support.size[0])
        left = float(rng.choice((-1.0, 1.0))) * wide * 0.2
        _cut(board, cut, left)
        board.put("kitchen_knife", near(-left * 1.1, 0.0, 0.02), (0.0 if rng.random() < 0.5 else np.pi, 0.25))
        color = {"carrot": spills.CARROT_PEEL, "cucumber": spills.CUCUMBER_PEEL}.get(cut.category, spills.POTATO_PEEL)
        spills.peelings(board, -left, -0.04, 0.05, int(rng.integers(8, 30) * table.spilled), color)
        spills.drops(board, left, 0.0, 0.05, int(12 * table.spilled), (0.9, 0.93, 0.85))
    x, y = (table.middle, 0.0) if pose is None else pose[:2, 3].tolist()
    for _ in range(0 if pose is None else int(rng.integers(1, 4))):
        _halved(table, x)
    spills.peelings(table, x + float(rng.choice((-0.2, 0.2))), y, 0.05, round(16 * table.spilled), spills.ONION_SKIN)
    for _ in range(round(rng.uniform(2, 4) + 2 * table.food)):
        table.gather(*VEGETABLES, x=x, turn=1.5, rest="side")
    for _ in range(int(rng.integers(1, 3))):
        _bowl_of_slices(table, x)
    table.gather_these(*(id for id in FOR_SUPPER if rng.random() < 0.35), x=x)


def _cut(board: Table, cut: Cut, x: float) -> None:
    """Puts what is left of something on a board, and its slices in a row before the cut."""
    rng = board.rng
    piece, whole = slice_of(cut), half_of(cut)
    if not board.stock.allows(cut.category):
        return
    y, pitch = -float(board.support.size[1]) / 2 + cut.radius + 0.012, 2 * cut.radius + 0.004
    rows = 2 if cut.radius < 0.025 else 1
    for row in range(rows):
        for number in range(int(rng.integers(2, 6))):
            at = (x + (row - (rows - 1) / 2) * pitch, y + number * pitch)
            spot = Footprint(*at, 0.0, pitch, pitch)
            if board.tray.take(spot, "slice"):
                board.stock.add(piece, board.support.poses @ pose_at(*at, 0.0, float(rng.uniform(0, 6.3))))
    long = cut.length if cut.length > 2.1 * cut.radius else 2 * cut.radius
    for _ in range(6):
        at = (x + float(rng.normal(0, 0.03)), float(rng.uniform(-0.2, 0.4)) * float(board.support.size[1]))
        spot = Footprint(*at, -QUARTER + float(rng.normal(0, 0.2)), long + 0.006, 2 * cut.radius + 0.006)
        if board.tray.take(spot, "half"):
            board.stock.add(whole, board.support.poses @ pose_at(*at, 0.0, spot.yaw))
            return


def _before(rng: np.random.Generator, half: Sequence[float], size: Sequence[float]) -> tuple[float, float]:
    """Draws a place before what stands at the wall, where one cuts."""
    x = rng.uniform(-1, 1) * max(half[0] - size[0] / 2 - 0.015, 0.0)
    return x, rng.uniform(-1.0, -0.6) * max(half[1] - size[1] / 2 - 0.015, 0.0)


def _halved(table: Table, x: float) -> None:
    """Half of something, cut already, beside the board."""
    cut = CUTS[int(table.rng.integers(len(CUTS)))]
    long = max(cut.length, 2 * cut.radius)
    for _ in range(6):
        at, yaw = (
            (x + float(table.rng.normal(0, 0.24)), float(table.rng.normal(0, 0.1))),
            float(table.rng.uniform(0, 6)),
        )
        spot = Footprint(*at, yaw, long + 0.006, 2 * cut.radius + 0.006)
        if table.stock.allows(cut.category) and table.tray.take(spot, "half"):
            table.stock.add(half_of(cut), table.support.poses @ pose_at(*at, 0.0, yaw))
            return


def _bowl_of_slices(table: Table, x: float) -> None:
    """A bowl with what is cut already."""
    entry = table.stock.one_of(("bowl_cereal_a", "bowl_cereal_b", "bowl_soup_a"))
    pose = None if entry is None else table.put_this(entry, table.huddle(x), tint=int(table.rng.integers(3)))
    if pose is not None:
        cut = CUTS[int(table.rng.integers(3))]
        inside = table.on(entry, pose)
        pitch = 2 * cut.radius + 0.003
        for number in range(int(table.rng.integers(1, 4))):
            spot = Footprint((number % 2 - 0.5) * pitch, (number // 2 - 0.5) * pitch, 0.0, pitch, pitch)
            if inside.tray.take(spot, "slice"):
                inside.stock.add(slice_of(cut), inside.support.poses @ pose_at(spot.x, spot.y))


def heaped(table: Table, categories: Sequence[str], vessels: Sequence[str], count: int) -> None:
    """Heaps round things in a bowl or basket."""
    ids = [id for id in vessels if id in table.stock.ids(table.stock.catalog[id].category)]
    if not ids:
        return
    entry = table.stock.catalog[ids[int(table.rng.integers(len(ids)))]]
    pose = table.put_this(entry, table.huddle(), (0.0, 1.5))
    if pose is None:
        return
    part = entry.parts[0]
    around = pose @ part.rest
    heap = Heap(pose[:2, 3], 0.32 * float(entry.size[:2].min()), around @ part.proxy.poses, part.proxy.half)
    kinds = [item for name in categories for item in table.stock.ids(name) if len(table.stock.catalog[item].parts) == 1]
    kinds = [item for item in kinds if "cut" not in table.stock.catalog[item].tags]
    some = [kinds[int(index)] for index in table.rng.integers(len(kinds), size=min(3, len(kinds)))] if kinds else []
    for _ in range(count if some else 0):
        fruit = table.stock.catalog[some[int(table.rng.integers(len(some)))]]
        body = fruit.parts[0]
        pebble = Pebble.of(bounds(fruit, np.eye(4)), body.rest @ body.proxy.poses, body.proxy.half)
        found = heap.add(pebble, table.rng)
        if found is not None:
            table.stock.put(fruit, table.support.poses @ found)


def fruit(table: Table) -> None:
    """Fruit in a bowl, bananas beside it."""
    heaped(table, ROUND_FRUIT, VESSELS, round(3 + 9 * table.food))
    if table.rng.random() < 0.6:
        table.gather("banana", "grapes", "avocado", turn=0.8)


def roots(table: Table) -> None:
    """Potatoes and onions in a basket."""
    heaped(table, ROOTS, ("basket_a", "basket_b"), round(5 + 14 * table.food))


def vegetables(table: Table) -> None:
    """Vegetables as they came out of the bag: some in a bowl, the larger ones beside it."""
    heaped(table, ("tomato", "bell_pepper", "onion", "garlic"), VESSELS, round(2 + 7 * table.food))
    for _ in range(round(1 + 3 * table.food)):
        table.gather("broccoli", "lettuce", "pumpkin", "courgette", "aubergine", turn=0.8, rest="side")


def bread(table: Table) -> None:
    """A loaf on its board, with slices and crumbs; or rolls in a basket."""
    rng = table.rng
    if rng.random() < 0.35:
        entry = table.stock.catalog["basket_b"] if "basket_b" in table.stock.ids("basket") else None
        pose = None if entry is None else table.put_this(entry, table.huddle(), (0.0, 1.5))
        if pose is not None:
            inside = table.on(entry, pose)
            for _ in range(round(2 + 5 * table.food)):
                inside.put(("bread_roll", "croissant"), anywhere, (0.0, 1.5))
        return
    entry = table.stock.one("chopping_board")
    pose = (
        None if entry is None else table.put_this(entry, table.huddle(), (QUARTER if rng.random() < 0.5 else 0.0, 0.1))
    )
    if pose is None:
        return
    board = table.on(entry, pose)
    board.put("bread", near(0.0, 0.04, 0.02), (0.0, 0.3))
    board.put("kitchen_knife", anywhere, (0.0, 0.4))
    for _ in range(int(rng.integers(0, 3))):
        board.put("bread", near(0.0, -0.08, 0.03), (0.0, 0.5), tag="cut")
    spills.crumbs(board, 0.0, -0.02, 0.06, round(120 * table.spilled))
    spills.crumbs(table, *(pose[:2, 3] - (0.0, 0.14)).tolist(), 0.07, round(90 * table.spilled))


def baking(table: Table) -> None:
    """A bowl in front, flour, sugar, eggs in their box and scales at the wall, a rolling pin, flour on the worktop."""
    rng = table.rng
    pose = table.put("mixing_bowl", in_front, (0.0, 0.5))
    x, y = (table.middle, -0.1) if pose is None else pose[:2, 3].tolist()
    table.gather_these("packet_flour_a", "packet_sugar_a", "egg_box_a", x=x)
    for category in ("scales", "measuring_jug", "rolling_pin"):
        if rng.random() < 0.6:
            table.gather(category, x=x)
    if pose is not None and rng.random() < 0.7:
        table.put(("whisk", "wooden_spoon"), near(x - table.middle + 0.2, y, 0.02), (0.0, 0.3))
    x, y = rng.normal((x, y), 0.12).tolist()
    spills.powder(table, x, y, 0.07, round(900 * table.spilled), spills.FLOUR)


def spices(table: Table, x: float | None = None) -> None:
    """Oil, vinegar, salt and pepper in a huddle at the hob's side, spices in a row, tools in their pot."""
    rng = table.rng
    for id in ("bottle_oil_a", "pepper_mill_a", "salt_shaker_a", "bottle_sauce_a", "bottle_oil_a"):
        if rng.random() < 0.8:
            table.gather_these(id, x=x)
    if rng.random() < 0.85:
        table.gather("utensil_pot", x=x, turn=1.5)
    entry = table.stock.one_of(("jar_spice_a",))
    for number in range(int(rng.integers(3, 9)) if entry is not None else 0):
        table.put_this(entry, table.huddle(x), (0.0, 0.15), tint=number)
    table.gather("garlic", "onion", "lemon", x=x, turn=1.5, rest="side")
    if rng.random() < 0.4:
        entry = table.stock.one("saucer")
        pose = None if entry is None else table.put_this(entry, table.huddle(x))
        if pose is not None:
            spills.drops(table.on(entry, pose), 0.0, 0.0, 0.02, round(10 * table.spilled), (0.4, 0.08, 0.02))
    at = table.middle if x is None else x
    spills.powder(table, at + float(rng.uniform(-0.1, 0.1)), 0.0, 0.05, round(90 * table.spilled), spills.SALT)


def row(table: Table, entries: Sequence[Entry], rest: str = STANDING) -> None:
    """Puts things in a row along the wall."""
    things = [table.stock.thing(entry, rest) for entry in entries]
    ends = np.cumsum([float(what.size[1]) + 0.008 for what in things])
    things = things[: int(np.searchsorted(ends, 2 * float(table.tray.half[0])))]
    width = float(ends[len(things) - 1]) if things else 0.0
    x = float(table.rng.uniform(-1, 1)) * max(float(table.tray.half[0]) - width / 2, 0.0) - width / 2
    for entry, what in zip(entries, things, strict=False):
        y = float(table.support.size[1]) / 2 - float(what.size[0]) / 2 - 0.03
        table.put_this(entry, near(x + float(what.size[1]) / 2, y, 0.0015), (0.0, 0.02), rest)
        x += float(what.size[1]) + 0.008


def jars(table: Table) -> None:
    """A row of storage jars along the wall."""
    ids = [id for id in ("jar_storage_a", "jar_storage_b", "jar_storage_c") if id in table.stock.ids("jar")]
    if ids:
        row(
            table,
            [table.stock.catalog[ids[min(number, len(ids) - 1)]] for number in range(int(table.rng.integers(3, 6)))],
        )


def tools(table: Table) -> None:
    """A knife block, a pot of tools, boards."""
    table.gather("knife_block")
    table.gather("utensil_pot", turn=1.5)
    if table.rng.random() < 0.5:
        table.put("chopping_board", table.huddle(), (QUARTER, 0.03), count=int(table.rng.integers(1, 3)))


def machine(table: Table) -> None:
    """Something large that lives on the worktop, and what goes with it; before a microwave nothing, for its door."""
    entry = table.stock.one(("microwave", "stand_mixer", "blender"))
    if entry is not None and entry.category == "microwave":
        wide, deep = float(entry.size[1]) + 0.04, float(table.support.size[1]) - 0.034
        cornered = abs(table.middle) + wide > float(table.support.size[0]) / 2
        if not cornered and table.tray.take(Footprint(table.middle, -0.006, 0.0, wide, deep), "microwave"):
            alone = Table.of(table.stock, table.support).stretch(table.middle - wide / 2, table.middle + wide / 2)
            alone.put_this(entry, alone.huddle(), (0.0, 0.0))
        return
    pose = table.put_this(entry, table.huddle(), (0.0, 0.04))
    if pose is not None and table.rng.random() < 0.5:
        table.gather("scales", "measuring_jug", "book", x=float(pose[0, 3]))
