"""What hangs and stands beside a kitchen's door: coats and a bag on pegs, shoes below, shopping set down. Metres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from buildee.generators.kitchen.apparel import (
    CLOTHS,
    LEATHERS,
    NUMBERS,
    PEG,
    PITCH,
    SHAFTS,
    carrier,
    coat,
    peg_places,
    pegs,
    shoe,
    tote,
)
from buildee.generators.kitchen.movement import Boxes
from buildee.generators.kitchen.room import Opening, Room, Wall
from buildee.generators.kitchen.stock import Stock
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.underfoot import is_clear
from buildee.layout.kinematics import inverse, translation
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Instance, Pose

HEIGHT = 1.68
"""Of the pegs over the floor."""

BEFORE, BESIDE = 0.95, 0.65
"""What stays free before the pegs, and to either side of them of furniture whose doors open."""

COAT = 0.19
"""How far coats and bags reach to either side of their peg."""

NEAR = 1.9
"""How far from the middle of a door one still hangs up a coat."""

OPENS = ("kitchen_unit", "kitchen_island", "refrigerator", "oven", "dishwasher")
"""Categories that need room to open."""


def furnish_entrance(
    stock: Stock, style: Style, room: Room, built: Sequence[Instance], rng: np.random.Generator
) -> None:
    """Hangs a board of pegs beside a door where there is room, and puts shoes and shopping below.

    Args:
        stock: takes what is put; `contents.hung` says how often.
        style: gives the wood.
        room: with its doors.
        built: what stands in the room already.
        rng: draws.
    """
    if rng.random() > stock.contents.hung:
        return
    most = int(rng.integers(3, 6))
    places = ((count, _place(room, built, _width(count))) for count in range(most, 1, -1))
    count, place = next(((count, place) for count, place in places if place is not None), (0, None))
    board = None if place is None else stock.add(pegs(count, style.table), place @ translation((0.0, 0.0, HEIGHT)))
    if board is None:
        return
    before = len(stock.taken)
    _hang(stock, board.poses[0], count, rng)
    _stand(stock, place, _width(count), Boxes(stock.taken[before:]), rng)


def _width(count: int) -> float:
    """Returns the width of wall that so many pegs take with what hangs on them."""
    return PITCH * (count - 1) + 2 * COAT


def _hang(stock: Stock, board: Pose, count: int, rng: np.random.Generator) -> None:
    """Hangs coats and a bag on every second peg."""
    first, bagless = int(rng.integers(2)) if count % 2 == 0 else 0, True
    for x in peg_places(count)[first::2]:
        draw, number = rng.random(), int(rng.integers(NUMBERS))
        turn = board @ translation((float(x), 0.0, 0.0))
        if draw < 0.65:
            color = CLOTHS[int(rng.integers(len(CLOTHS)))]
            stock.add(coat(0.95 if rng.random() < 0.4 else 0.7, number, color), turn)
        elif draw < 0.85 and bagless:
            bagless = False
            color = stock.style.textile.color if rng.random() < 0.4 else (0.5, 0.45, 0.36)
            stock.add(tote(color, number), turn)


def _stand(stock: Stock, place: Pose, width: float, hung: Boxes, rng: np.random.Generator) -> None:
    """Puts pairs of shoes side by side before the wall, now and then a carrier bag at their end where none hangs."""
    x, kinds = -width / 2 + 0.12, list(SHAFTS)
    while x < width / 2 - 0.12 and rng.random() < 0.8:
        kind, color = kinds[int(rng.choice(3, p=(0.6, 0.25, 0.15)))], LEATHERS[int(rng.integers(len(LEATHERS)))]
        for side in (-1, 1):
            spot = pose_at(x + side * 0.062, 0.22 + float(rng.normal(0, 0.006)), 0.0, -np.pi / 2 + rng.normal(0, 0.03))
            stock.add(shoe(kind, side > 0, color), place @ spot)
        x += 0.27
    if x < width / 2 - 0.2 and rng.random() < 0.6:
        bag = carrier(int(rng.integers(NUMBERS)))
        pose = place @ pose_at(x + 0.05, 0.2, 0.0, np.pi / 2 + rng.normal(0, 0.05))
        if not hung.touches(-1, bag.placed("bag", pose), 0.01):
            stock.add(bag, pose)


def _place(room: Room, built: Sequence[Instance], width: float) -> Pose | None:
    """Returns the place nearest to a door where pegs find room: origin on the floor at the wall, +Y into the room."""
    everything = Boxes([item for item in built if item.category != "skirting"])
    opens = Boxes([item for item in built if item.category in OPENS])
    for _, pose in sorted(_beside(room, width), key=lambda spot: spot[0]):
        middle = pose @ translation((0.0, 0.003 + BEFORE / 2, 0.0))
        if is_clear(everything, middle, (width, BEFORE, 1.9)) and is_clear(
            opens, middle, (width + 2 * BESIDE, BEFORE, 1.9)
        ):
            return pose
    return None


def _beside(room: Room, width: float) -> Iterator[tuple[float, Pose]]:
    """Yields places at the walls near doors, out of the way of their leaves, and how far from the door each is."""
    doors = [opening for opening in room.openings if opening.kind != "window"]
    for wall in room.walls:
        for x in np.arange(width / 2 + 0.06, wall.length - width / 2 - 0.05, 0.1):
            pose = wall.pose @ translation((float(x), 0.0, 0.0))
            away = [_gap(room.walls[door.wall], door, pose, width) for door in doors]
            if away and min(away) < NEAR and all(gap > 0 for gap in away):
                yield min(away), pose


def _gap(wall: Wall, door: Opening, pose: Pose, width: float) -> float:
    """Returns how far a place is from a door's middle; 0 where its leaf, or whoever comes in, would meet it."""
    corners = np.array([(x, y, 0.0, 1.0) for x in (-width / 2, width / 2) for y in (0.0, PEG + 0.25)])
    local = corners @ (inverse(wall.pose) @ pose).T
    low, high = local[:, :2].min(0), local[:, :2].max(0)
    if low[0] < door.end + 0.1 and high[0] > door.start - 0.1 and low[1] < door.width + 0.1:
        return 0.0
    return float(np.hypot((low[0] + high[0]) / 2 - door.start - door.width / 2, (low[1] + high[1]) / 2))
