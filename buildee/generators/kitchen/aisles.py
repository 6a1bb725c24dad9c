"""Whether one gets about in a kitchen: to all that one works at, and between its fronts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen import rules
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.walls import inside
from buildee.layout.contact import boxes_in
from buildee.layout.kinematics import bounds_of, inverse
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Instance, Layout

Array = NDArray[np.float64]

CELL, DISC = 0.05, 0.6
"""Grid on the floor, and what a person takes of it: the breadth of shoulders with some air, metres."""

HEADROOM = 1.9
"""What is higher one walks under, metres."""

STEP = 0.03
"""What is lower one walks over, metres: rugs and thresholds."""

IN_HAND = 0.65
"""How far one may stand from the front of what one uses, metres, measured from the middle of oneself."""

HANDLES = 0.05
"""How far handles stand out of fronts, between which the rules measure, metres."""

MOVABLE = ("chair", "stool", "table", "rug", "waste_bin", "bench", "curtain")
"""What one moves or brushes aside: it bars no aisle between fronts, only the way."""


def narrow(layout: Layout, things: Collection[str]) -> Iterator[str]:
    """Finds fronts with too little room before them: a cook's aisle to other fronts, a walkway to all else.

    Args:
        layout: shut.
        things: names of what was put somewhere.
    """
    fixed = [
        item
        for item in layout.instances
        if item.category not in (*MOVABLE, "door", "window") and item.name not in things
    ]
    boxes = boxes_in(replace(layout, instances=tuple(fixed)))
    for item in _fronted(layout):
        local = inverse(item.poses[0]) @ boxes.poses[0]
        low, high = bounds_of(local, boxes.half)
        own = np.array([fixed[owner].name == item.name for owner in boxes.owner])
        machine = np.array([fixed[owner].name.endswith(f"_{item.name}") for owner in boxes.owner])
        left, right, front = low[own, 0].min() + 0.1, high[own, 0].max() - 0.1, low[own, 1].min()
        before = (high[:, 0] > left) & (low[:, 0] < right) & (high[:, 1] < front - HANDLES) & ~(own | machine)
        before &= (high[:, 2] > STEP) & (low[:, 2] < HEADROOM)
        for index in np.flatnonzero(before):
            gap, other = front - high[index, 1], fixed[boxes.owner[index]]
            need = rules.AISLE - 2 * HANDLES if _faces(item, other) else rules.WALKWAY - HANDLES
            if gap < need:
                yield f"before {item.name} there are only {gap:.2f} m to {other.name}"
                break


def _fronted(layout: Layout) -> list[Instance]:
    """Returns the units that stand on the floor and open, other than those in corners."""
    found = []
    for item in layout.instances:
        if item.category == "kitchen_unit" and item.name.startswith(("base_", "tall_")):
            names = {part.name for part in item.parts if part.joint is not None}
            if names and not any(name.endswith("fold") for name in names):
                found.append(item)
    return found


def _faces(one: Instance, two: Instance) -> bool:
    """Returns whether two units look at each other."""
    return two.category == "kitchen_unit" and float(one.poses[0, :2, 1] @ two.poses[0, :2, 1]) < -0.9


def out_of_reach(layout: Layout, room: Room) -> Iterator[str]:
    """Finds what one cannot walk up to from a door, where all is shut."""
    low, high = room.outline.min(0), room.outline.max(0)
    xs, ys = (np.arange(low[axis] + CELL / 2, high[axis], CELL) for axis in (0, 1))
    cells = np.stack(np.meshgrid(xs, ys, indexing="ij"), -1)
    free = _clear(layout, cells)
    free &= inside(room.outline, cells)
    for wall in room.walls:
        local = (cells - wall.pose[:2, 3]) @ wall.pose[:2, :2]
        along = (local[..., 0] > 0) & (local[..., 0] < wall.length)
        free &= ~(along & (np.abs(local[..., 1]) < DISC / 2))
    goals = list(_goals(layout))
    for opening in room.openings:
        if opening.kind == "window":
            continue
        wall = room.walls[opening.wall]
        before = (wall.pose @ np.array([opening.start + opening.width / 2, DISC / 2 + CELL, 0.0, 1.0]))[:2]
        reached = _flood(free & (np.linalg.norm(cells - before, axis=-1) < opening.width / 2), free)
        if not reached.any():
            yield f"the {opening.kind} of wall {opening.wall} is blocked"
            continue
        for name, middle in goals:
            gap = float(np.linalg.norm(cells[reached] - middle, axis=-1).min())
            if gap > IN_HAND:
                yield f"from the {opening.kind} of wall {opening.wall} one gets no nearer to {name} than {gap:.2f} m"


def _goals(layout: Layout) -> Iterator[tuple[str, Array]]:
    """Returns what one works at, and the middle of the front of each in plan."""
    for item in [*_fronted(layout), *(one for one in layout.instances if one.category in APPLIANCES)]:
        poses, half = boxes_of(item)
        low, high = bounds_of(inverse(item.poses[0]) @ poses, half)
        low, high = low.min(0), high.max(0)
        middle = (low + high) / 2
        front = (middle[0], low[1]) if item.category == "kitchen_unit" else (high[0], middle[1])
        yield item.name, (item.poses[0] @ np.array([*front, 0.0, 1.0]))[:2]


APPLIANCES = ("refrigerator", "oven", "dishwasher", "washing_machine")
"""What one walks up to and opens beside furniture; their fronts look along their +X."""


def _clear(layout: Layout, cells: Array) -> NDArray[np.bool_]:
    """Returns where the middle of a person may be, doors of rooms aside."""
    free = np.ones(cells.shape[:2], bool)
    things = [item for item in layout.instances if item.category != "door"]
    boxes = boxes_in(replace(layout, instances=tuple(things)), frames=1)
    reach = (np.abs(boxes.poses[0][:, :3, :3]) * boxes.half[:, None]).sum(-1)
    low, high = boxes.poses[0][:, :3, 3] - reach - DISC / 2, boxes.poses[0][:, :3, 3] + reach + DISC / 2
    stands = (low[:, 2] + DISC / 2 < HEADROOM) & (high[:, 2] - DISC / 2 > STEP)
    for index in np.flatnonzero(stands):
        pose, half = boxes.poses[0, index], boxes.half[index]
        rows = slice(*np.searchsorted(cells[:, 0, 0], (low[index, 0], high[index, 0])))
        columns = slice(*np.searchsorted(cells[0, :, 1], (low[index, 1], high[index, 1])))
        upright = abs(pose[2, 2]) > 0.99
        axes, size = (pose[:2, :2], half[:2]) if upright else (np.eye(2), reach[index, :2])
        local = np.abs((cells[rows, columns] - pose[:2, 3]) @ axes) - size
        free[rows, columns] &= np.linalg.norm(np.maximum(local, 0.0), axis=-1) >= DISC / 2
    return free


def _flood(start: NDArray[np.bool_], free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns the free cells that are joined to the first ones."""
    reached = start
    while True:
        grown = np.pad(reached, 1)
        grown = grown[1:-1, 1:-1] | grown[:-2, 1:-1] | grown[2:, 1:-1] | grown[1:-1, :-2] | grown[1:-1, 2:]
        grown &= free
        if (grown == reached).all():
            return reached
        reached = grown
