"""Units in a room's corner, which lies at their left back: L-shaped with a folding pair of doors, or blind.

A folding pair is one door over both arms: the leaf that hangs on the carcass carries the other, which folds against it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from buildee.generators.kitchen.cabinet import SWING, Cabinet
from buildee.generators.kitchen.cabinetry import BACK, BOARD, FACE, FRONT, GAP, INSIDE, SERVICE, Board
from buildee.generators.kitchen.carcass import SHELF_BACK, level, rails, rear, shelf_heights, sides
from buildee.generators.kitchen.fronts import door_leaf
from buildee.generators.kitchen.units import WALL
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Joint

FOLD = np.deg2rad(75.0)
"""How far the second leaf folds: its handle then just clears the first."""
POST = 0.05
"""Width of the strip beside a blind corner, so that handles round the corner pass each other."""


def corner(cabinet: Cabinet) -> None:
    """Makes an L-shaped unit where the unit has a second side, else a blind one."""
    if cabinet.unit.return_width > cabinet.unit.depth:
        _l_shaped(cabinet)
    else:
        _blind(cabinet)


def _l_shaped(cabinet: Cabinet) -> None:
    """Adds an L-shaped carcass, its shelves and the folding pair."""
    shell, unit = cabinet.shell, cabinet.unit
    low, high = shell.low, shell.high
    across = -shell.front
    cabinet.items += [
        (shell.right - BOARD, shell.front, low, shell.right, 0.0, high, INSIDE),
        (0.0, -unit.return_width, low, across, -unit.return_width + BOARD, high, INSIDE),
        (SERVICE, shell.rear, low, shell.right - BOARD, -SERVICE, high, INSIDE),
        (SERVICE, -unit.return_width + BOARD, low, SERVICE + BACK, shell.rear, high, INSIDE),
    ]
    cabinet.items += _l_board(cabinet, low + BOARD)
    if unit.level == WALL:
        cabinet.items += _l_board(cabinet, high)
    else:
        x1, y1 = shell.right - BOARD, -unit.return_width + BOARD
        cabinet.items += [
            (across, shell.front, high - BOARD, x1, shell.front + 0.1, high, INSIDE),
            (across - 0.1, y1, high - BOARD, across, shell.front, high, INSIDE),
        ]
    levels = [low + BOARD, *shelf_heights(low + BOARD, high - BOARD, 0.36), high]
    for number, (z, above) in enumerate(pairwise(levels)):
        if number:
            cabinet.items += _l_board(cabinet, z, SHELF_BACK)
        area = SERVICE + BACK, shell.front + SHELF_BACK, shell.right - BOARD, shell.rear
        cabinet.cell(f"shelf_{number}", area, z, above - BOARD - z, "pans" if number == 0 else "")
        area = SERVICE + BACK, -unit.return_width + BOARD, across - SHELF_BACK, shell.front
        cabinet.cell(f"shelf_{number}_side", area, z, above - BOARD - z, "")
    _folding_pair(cabinet)


def _l_board(cabinet: Cabinet, z: float, back: float = 0.0) -> list[Board]:
    """Returns an L-shaped board whose upper face is at z, in two pieces; `back` from the front edges."""
    shell, unit = cabinet.shell, cabinet.unit
    x0, x1, y0 = SERVICE + BACK, shell.right - BOARD, -unit.return_width + BOARD
    return [
        (x0, shell.front + back, z - BOARD, x1, shell.rear, z, INSIDE),
        (x0, y0, z - BOARD, -shell.front - back, shell.front + back, z, INSIDE),
    ]


def _folding_pair(cabinet: Cabinet) -> None:
    """Adds the leaf along the first side, hung on the right, and the one that folds against it."""
    unit, grip = cabinet.unit, "bottom" if cabinet.unit.level == WALL else "top"
    low, high = cabinet.low, cabinet.high
    x0, x1 = unit.depth - FRONT + GAP, cabinet.span[1]
    first = replace(door_leaf(cabinet.style, x1 - x0, high - low, grip), handle="none", mirrored=True)
    turning = (0.0, 0.0, 1.0)
    hung = cabinet.add(
        "door_right",
        first.shape,
        pose_at(x1, -unit.depth, low),
        Joint("hinge", turning, (0.0, float(SWING))),
        first.proxy,
    )
    width = unit.return_width - unit.depth - GAP - GAP / 2
    second = replace(door_leaf(cabinet.style, width, high - low, grip), hinges=(), mirrored=True)
    rest = pose_at(unit.depth - x1, -GAP, 0.0, np.pi / 2)
    cabinet.add("door_fold", second.shape, rest, Joint("hinge", turning, (0.0, float(FOLD))), second.proxy, hung)


def _blind(cabinet: Cabinet) -> None:
    """Adds a straight carcass that runs on behind the neighbour round the corner, and a door beside that."""
    shell, unit = cabinet.shell, cabinet.unit
    cabinet.items += [*sides(shell), level(shell, shell.low + BOARD), rear(shell)]
    cabinet.items += [level(shell, shell.high)] if unit.level == WALL else rails(shell, upright=False)
    start = unit.depth + POST
    cabinet.add_boards("post", [(GAP, -unit.depth, cabinet.low, start - GAP, -unit.depth + FRONT, cabinet.high, FACE)])
    cabinet.door(start, cabinet.span[1], cabinet.low, cabinet.high, "right", "bottom" if unit.level == WALL else "top")
    levels = [shell.low + BOARD, *shelf_heights(shell.low + BOARD, shell.high - BOARD, 0.36), shell.high]
    for number, (z, above) in enumerate(pairwise(levels)):
        if number:
            cabinet.items.append(level(shell, z, front=SHELF_BACK))
        cabinet.shelf(f"shelf_{number}", z, above - BOARD, "pans" if number == 0 else "", SHELF_BACK)
