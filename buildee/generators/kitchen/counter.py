"""What goes on along a worktop beside cooking: coffee, tea, leftovers, washing up, what was put down in passing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen import spills
from buildee.generators.kitchen.apparel import carrier
from buildee.generators.kitchen.cooking import row
from buildee.generators.kitchen.flowers import NUMBERS as BUNCHES
from buildee.generators.kitchen.flowers import PETALS, SPREAD, flowers
from buildee.generators.kitchen.greenery import NUMBERS, SIZES, plant
from buildee.generators.kitchen.groups import QUARTER, Table
from buildee.layout.catalog import Entry
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Footprint
from buildee.layout.scene import Model
from buildee.layout.trays import Spot, anywhere, at_back, bounds, in_front, near

ROW = 0.1
"""Half the length from which on a stretch takes a row of books, metres."""

SLOT = 0.035
"""How deep a plate may be that stands in a rack between its wires, metres."""


def coffee(table: Table) -> None:
    """A coffee machine, what it takes beside it, and a cup or two before it."""
    rng = table.rng
    pose = table.put("coffee_machine", table.huddle(), (0.0, 0.04))
    if pose is None:
        return
    x, y = pose[:2, 3].tolist()
    table.gather("jar", "tin", x=x)
    if rng.random() < 0.6:
        table.gather_these("packet_sugar_a", x=x)
    for _ in range(int(rng.integers(2, 5))):
        cup_on_saucer(table, x) if rng.random() < 0.4 else mug(table, x)
    if rng.random() < 0.5:
        table.put("spoon", near(x - table.middle, y - 0.24, 0.03), (0.0, 0.8))
    spills.powder(table, x + 0.1, y - 0.2, 0.03, round(160 * table.spilled), spills.GROUNDS)
    spills.drops(table, x, y - 0.24, 0.06, round(14 * table.spilled), spills.COFFEE)


def mug(table: Table, x: float | None = None) -> None:
    """A mug to what stands at a place, and the ring of where it stood before."""
    pose = table.gather("mug", "mug", "cup", x=x, turn=1.5, tint=int(table.rng.integers(5)))
    if pose is not None and table.rng.random() < 1.2 * table.spilled:
        ring = pose[:2, 3] + table.rng.normal(0, 0.07, 2)
        spills.ring(table, *ring.tolist(), spills.COFFEE if table.rng.random() < 0.6 else spills.TEA)


def cup_on_saucer(table: Table, x: float | None = None) -> None:
    """A cup on its saucer."""
    saucer, cup = table.stock.one("saucer"), table.stock.one("cup")
    pose = None if saucer is None else table.put_this(saucer, table.huddle(x))
    if pose is not None and cup is not None:
        table.on(saucer, pose).put_this(cup, near(0.0, 0.0, 0.0), (0.0, 1.5))


def tea(table: Table) -> None:
    """A kettle, and beside it tea, sugar, mugs, a pot."""
    rng = table.rng
    kettle = table.stock.one("kettle", "breakfast")
    pose = None if kettle is None else table.put_this(kettle, table.huddle(), (0.0, 0.4))
    if pose is None:
        return
    x, y = pose[:2, 3].tolist()
    table.gather_these("packet_tea_a", *(("packet_sugar_a",) if rng.random() < 0.4 else ()), x=x)
    if rng.random() < 0.4:
        table.gather("teapot", x=x, turn=0.6)
    table.gather("tin", "jar", "biscuit", x=x)
    for _ in range(int(rng.integers(2, 5))):
        mug(table, x)
    spills.drops(table, x, y - 0.17, 0.05, round(16 * table.spilled))
    spills.powder(table, x + 0.12, y - 0.1, 0.03, round(120 * table.spilled), spills.SUGAR)


def toast(table: Table) -> None:
    """A toaster, bread, butter and jam beside it, and before it a plate that somebody eats from."""
    rng = table.rng
    pose = table.put("toaster", table.huddle(), (0.0, 0.05))
    if pose is None:
        return
    x = float(pose[0, 3])
    spills.crumbs(table, x, float(pose[1, 3]) - 0.17, 0.07, round(140 * table.spilled))
    if rng.random() < 0.7:
        table.gather("butter_dish", x=x)
    for id in ("jar_preserve_a", "jar_honey_a", "jar_preserve_b"):
        if rng.random() < 0.5:
            table.gather_these(id, x=x)
    if rng.random() < 0.6:
        plate(table, ("bread", "croissant", "bread_roll"), ("knife",), in_front)


def plate(table: Table, food: Sequence[str], tools: Sequence[str], place: Spot | None = None) -> None:
    """A used plate with some food, a knife or fork beside it, crumbs."""
    entry = table.stock.one("plate")
    pose = None if entry is None else table.put_this(entry, place or table.huddle())
    if pose is None:
        return
    inside = table.on(entry, pose)
    if table.rng.random() < 0.35 + 0.6 * table.food:
        inside.put(food, anywhere, (0.0, 1.5))
    spills.crumbs(inside, 0.0, 0.0, 0.035, round(70 * table.spilled))
    x, y = pose[:2, 3] + (0.16 * float(table.rng.choice((-1.0, 1.0))), 0.0)
    for tool in tools:
        table.put(tool, near(float(x) - table.middle, float(y), 0.015), (0.0, 0.15))


def books(table: Table) -> None:
    """Cookery books upright in a row or in a pile at the wall, sometimes one open before them."""
    rng = table.rng
    ids = [id for id in table.stock.ids("book") if id != "book_open_a"]
    some = (
        [table.stock.catalog[ids[int(index)]] for index in rng.integers(len(ids), size=rng.integers(4, 9))]
        if ids
        else []
    )
    if rng.random() < 0.6 and table.support.wall and float(table.tray.half[0]) > ROW:
        row(table, some, "upright")
    elif some:
        table.put_this(some[0], table.huddle(), (QUARTER, 0.1), count=int(rng.integers(2, 5)))
    if rng.random() < 0.5:
        table.put_this(table.stock.one_of(("book_open_a",)), in_front, (0.0, 0.15))


def mail(table: Table) -> None:
    """What was put down in passing: letters in a pile, with keys, a phone or a newspaper beside it."""
    rng = table.rng
    entry = table.stock.one("letter")
    if entry is not None:
        table.put_this(entry, table.huddle(), (0.0, 0.3), count=int(rng.integers(2, 6)))
    for category in ("keys", "phone", "pen", "newspaper", "remote_control", "toy"):
        if rng.random() < 0.5:
            table.gather(category, turn=0.5)


def shopping(table: Table) -> None:
    """What has just been brought home, still in one lot."""
    if table.rng.random() < 0.6:
        carrier_bag(table)
    for _ in range(round(3 + 6 * table.food)):
        table.gather("packet", "carton", "tin", "bottle", "egg_box", "jar", "cheese", turn=0.4)
    table.gather("wine_bottle", "lettuce", "broccoli")


def leftovers(table: Table) -> None:
    """Used plates and glasses that nobody has cleared away, put together."""
    rng = table.rng
    dirty(table)
    for _ in range(int(rng.integers(1, 4))):
        mug(table) if rng.random() < 0.5 else table.gather("drinking_glass", "wine_glass", turn=1.5)
    if rng.random() < 0.5:
        plate(table, ("cake", "biscuit", "bread", "cheese"), ("fork",))


def dirty(table: Table) -> None:
    """A stack of dirty plates or bowls with a fork on the topmost."""
    entry = table.stock.one(("plate", "bowl"))
    count = int(table.rng.integers(2, 5))
    pose = None if entry is None else table.put_this(entry, table.huddle(), count=count)
    if pose is not None and entry.stack > 0:
        top = pose.copy()
        top[2, 3] += (count - 1) * entry.stack
        table.on(entry, top).put(("spoon", "fork"), near(0.0, 0.0, 0.01), (0.0, 1.5))


def bowls(table: Table) -> None:
    """Clean bowls in each other, or a large one."""
    entry = table.stock.one("bowl")
    table.put_this(
        entry, table.huddle(), (0.0, 1.5), tint=int(table.rng.integers(3)), count=int(table.rng.integers(1, 6))
    )


def plates(table: Table) -> None:
    """Clean plates on each other."""
    entry = table.stock.one("plate")
    table.put_this(entry, table.huddle(), (0.0, 1.5), count=int(table.rng.integers(2, 9)))


def glasses(table: Table) -> None:
    """Glasses of one kind, side by side."""
    entry = table.stock.one(("drinking_glass", "wine_glass"))
    for _ in range(int(table.rng.integers(2, 5))):
        table.put_this(entry, table.huddle(), (0.0, 1.5))


def plants(table: Table) -> None:
    """A plant, and now and then something beside it."""
    potted(table, table.support.wall)
    if table.rng.random() < 0.4:
        table.gather("vase", "candle", turn=1.5)


def potted(table: Table, back: bool = False) -> None:
    """A plant in its pot."""
    kind = sorted(SIZES)[int(table.rng.integers(len(SIZES)))]
    _grown(table, plant(kind, int(table.rng.integers(NUMBERS))), 2.05 * SIZES[kind][0], back)


def cut_flowers(table: Table) -> None:
    """A bunch of flowers in a vase."""
    kind = sorted(PETALS)[int(table.rng.integers(len(PETALS)))]
    _grown(table, flowers(kind, int(table.rng.integers(BUNCHES))), SPREAD, table.support.wall)


def carrier_bag(table: Table) -> None:
    """The bag that shopping was brought home in."""
    _grown(table, carrier(int(table.rng.integers(3))), 0.28, table.support.wall)


def _grown(table: Table, model: Model, wide: float, back: bool) -> None:
    """Puts something that is no asset, as wide and deep as said, where there is room for it and half a metre above."""
    rng = table.rng
    for _ in range(12):
        x, y = (at_back if back else anywhere)(rng, table.tray.half, np.full(3, wide))
        spot = Footprint(table.middle + x, y, 0.0, wide, wide)
        if table.support.headroom > 0.5 and table.tray.take(spot, model.category):
            turn = pose_at(spot.x, spot.y, 0.0, float(rng.uniform(0, 6.3)))
            table.stock.add(model, table.support.poses @ turn)
            return


def paper(table: Table) -> None:
    """Kitchen paper, and a folded towel or an oven glove before it."""
    table.gather("paper_towel", turn=1.5)
    if table.rng.random() < 0.6:
        table.gather("oven_glove", "towel", turn=0.3)


def washing_up(table: Table, x: float) -> None:
    """What stands beside a sink at `x`: soap, sponge and brush at its edge, a rack with plates, a towel, drops."""
    rng = table.rng
    for category in ("washing_up_liquid", "soap_dispenser", "sponge", "brush"):
        if rng.random() < 0.85:
            table.gather(category, x=x)
    rack = table.stock.one("dish_rack")
    pose = table.put_this(rack, table.huddle(), (QUARTER, 0.03)) if rack is not None and rng.random() < 0.7 else None
    if pose is not None:
        _racked(table, rack, pose)
    else:
        for _ in range(int(rng.integers(2, 6))):
            table.gather("mug", "drinking_glass", "bowl", rest="upside_down", turn=1.5)
    if rng.random() < 0.6:
        _on_towel(table, x)
    elif rng.random() < 0.7:
        table.put(("dishcloth", "towel"), in_front, (0.0, 0.2))
    spills.drops(table, (table.middle + x) / 2, 0.0, 0.14, round(60 * table.spilled))


def _on_towel(table: Table, x: float) -> None:
    """A folded towel on which glasses, cups and spoons dry."""
    towel = table.stock.one_of(("towel_folded_a",))
    pose = None if towel is None else table.put_this(towel, table.huddle(x), (QUARTER, 0.06))
    if pose is None:
        return
    cloth = table.on(towel, pose)
    for _ in range(int(table.rng.integers(2, 6))):
        cloth.put(
            ("mug", "drinking_glass", "cup", "bowl"), anywhere, (0.0, 1.5), "upside_down", int(table.rng.integers(4))
        )
    cloth.put(("spoon", "fork", "whisk", "spatula"), anywhere, (0.0, 0.3))


def _racked(table: Table, rack: Entry, pose: np.ndarray) -> None:
    """Puts plates into the slots of a drying rack, and a mug or glass beside them."""
    flat = [id for id in table.stock.ids("plate") if table.stock.catalog[id].size[2] < SLOT]
    entry = table.stock.one_of(flat)
    slots = [marker for name, marker in rack.parts[0].markers.items() if name.startswith("slot_")]
    if entry is None or not slots:
        return
    upright = pose_at(yaw=QUARTER) @ np.array([[0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1.0]])
    low = bounds(entry, upright)
    upright[:3, 3] -= (*(low.mean(0)[:2]), low[0, 2])
    for slot in slots:
        if table.rng.random() < 0.7:
            table.stock.put(entry, table.support.poses @ pose @ rack.parts[0].rest @ slot @ upright)
