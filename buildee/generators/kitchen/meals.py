"""What stands where people eat and drink: breakfast, a drink, laid places and those that somebody has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from buildee.generators.kitchen import spills
from buildee.generators.kitchen.groups import QUARTER, Table
from buildee.layout.catalog import Entry
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Footprint
from buildee.layout.scene import Pose
from buildee.layout.trays import anywhere, huddled, near

PLACE = (0.54, 0.31)
"""What a laid place takes of a table along and across its edge, without the glass, metres."""

ASIDE, GLASS = 0.185, (0.16, 0.215)
"""From the middle of a plate to fork and knife, and to the glass, right and ahead, metres."""

EATEN = (("bread", "bread_roll", "cheese"), ("cake", "biscuit", "croissant"), ("sausage", "tomato"))
"""What is left on plates: of one of these meals."""


def breakfast(table: Table) -> None:
    """Cereal, milk and juice at the back, a bowl with a spoon, a glass or a mug before them."""
    rng = table.rng
    table.gather_these("packet_cereal_a")
    table.gather_these(("bottle_milk_a", "carton_milk_a")[int(rng.integers(2))])
    for id in ("carton_juice_a", "jar_honey_a", "jar_preserve_a", "butter_dish_a", "glass_tumbler_a"):
        if rng.random() < 0.4:
            table.gather_these(id)
    entry = table.stock.one_of(("bowl_cereal_a", "bowl_cereal_b"))
    pose = None if entry is None else table.put_this(entry, huddled(0.0, 0.3), tint=int(rng.integers(3)))
    if pose is not None:
        x, y = pose[:2, 3].tolist()
        table.put("spoon", near(x - table.middle + 0.11, y, 0.01), (0.0, 0.2))
        table.put(("mug", "drinking_glass"), near(x - table.middle + 0.12, y + 0.12, 0.03), (0.0, 1.5))
        spills.crumbs(table, x, y - 0.1, 0.06, round(50 * table.spilled))


def drinks(table: Table) -> None:
    """Bottles and glasses, most often on a tray."""
    rng = table.rng
    tray = table.stock.one("tray")
    pose = None if tray is None or rng.random() < 0.3 else table.put_this(tray, table.huddle(), (0.0, 0.05))
    place = table if pose is None or tray is None else table.on(tray, pose)
    for _ in range(int(rng.integers(2, 5))):
        place.put(
            ("wine_bottle", "wine_bottle", "bottle"), anywhere if pose is not None else table.huddle(), (0.0, 0.4)
        )
    glass = table.stock.one(("wine_glass", "drinking_glass"))
    for _ in range(int(rng.integers(1, 4))):
        place.put_this(glass, anywhere if pose is not None else table.huddle(), (0.0, 1.5))
    if rng.random() < 0.5:
        table.gather("corkscrew", "candle", "napkin")


def lay(table: Table, seats: Sequence[tuple[float, float]], laid: float) -> None:
    """Lays some places of a table; at others somebody has eaten and left.

    Args:
        table: its top.
        seats: (x, side) of the places along its two long edges; side -1 is the near one (-Y).
        laid: share of the places that are laid.
    """
    stock, rng = table.stock, table.rng
    mat = stock.one_of(("place_mat_b",)) if rng.random() < 0.6 else None
    service = {name: stock.one(name) for name in ("plate", "fork", "knife")}
    service |= {"under": mat or stock.one_of(("napkin_a",)), "glass": stock.one(("drinking_glass", "wine_glass"))}
    for x, side in seats:
        drawn, y = rng.random(), side * (float(table.support.size[1]) / 2 - 0.18)
        left = drawn >= laid
        if drawn < laid + (1 - laid) * 0.6 * stock.contents.clutter and table.tray.take(
            Footprint(x, y, 0.0, *PLACE), "place"
        ):
            _place(table, service, pose_at(x, y, 0.0, 0.0 if side < 0 else np.pi), mat is not None, left)


def _place(table: Table, service: Mapping[str, Entry | None], here: Pose, mat: bool, left: bool) -> None:
    """Lays one place, or leaves a used one.

    Args:
        table: its table.
        service: what is taken for it.
        here: `table_from_place`; the place's frame: origin below the plate, X to the right, +Y ahead of who sits there.
        mat: whether the plate stands on what lies under, which is a napkin for the fork otherwise.
        left: whether somebody has eaten here already.
    """
    rng, loose = table.rng, 0.02 if left else 0.004

    def put(name: str, right: float, ahead: float, lift: float = 0.0, turn: float = 0.03) -> Pose | None:
        entry = service[name]
        if entry is None:
            return None
        slack = 0.004 if name == "under" else loose  # what lies under takes all of the place
        spot = (right + slack * rng.uniform(-0.5, 0.5), ahead + slack * rng.uniform(-0.5, 0.5), lift)
        pose = here @ pose_at(*spot, float(rng.normal(0, turn)) - QUARTER) @ table.stock.thing(entry).pose
        table.stock.put(entry, table.support.poses @ pose)
        return pose

    under = service["under"]
    thick = 0.0 if under is None else float(table.stock.thing(under).size[2])
    put("under", 0.0 if mat else -ASIDE - 0.032, 0.0, turn=0.01)
    dish = put("plate", 0.0, 0.0, thick if mat else 0.0)
    put("fork", -ASIDE if mat else -ASIDE - 0.032, 0.0, thick, 0.1 if left else 0.03)
    put("knife", ASIDE, 0.0, thick if mat else 0.0, 0.1 if left else 0.03)
    x, y = (here @ np.array([*GLASS, 0.0, 1.0]))[:2]
    if table.tray.take(Footprint(float(x), float(y), 0.0, 0.12, 0.11), "glass"):
        put("glass", *GLASS)
    if left and dish is not None and service["plate"] is not None:
        rests = table.on(service["plate"], dish)
        rests.put(EATEN[int(rng.integers(len(EATEN)))], anywhere, (0.0, 1.5))
        spills.crumbs(rests, 0.0, 0.0, 0.04, round(90 * table.spilled))
