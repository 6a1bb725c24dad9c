"""Temporary edge protection: posts, rails and toe boards after EN 13374 class A. Metres.

The top rail stands 1.0 m or more above the floor, nothing between rails is wider than 0.47 m, toe boards are
0.15 m high; posts stand about 2.4 m apart, as boards of 30 x 150 mm allow.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np

from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box

Style = Literal["boards", "mesh"]

TOP = 1.08
BOARD = (0.03, 0.15)

POST = Material("painted_metal", (0.5, 0.31, 0.025), wear=0.5, dirt=0.4)
RAILS = (
    POST,
    Material("painted_metal", (0.4, 0.03, 0.02), wear=0.5, dirt=0.45),
    Material("painted_metal", (0.05, 0.12, 0.33), wear=0.5, dirt=0.4),
    Material("galvanized", (0.5, 0.51, 0.52), wear=0.5, dirt=0.4),
)
"""Posts and frames as makers sell them: yellow, red, blue, galvanised."""
TIMBER = Material("wood", (0.56, 0.40, 0.22), wear=0.55, dirt=0.45)
MARK = Material("paint", (0.75, 0.12, 0.01), wear=0.6, dirt=0.4)
"""Marking spray on what covers a hole."""


@lru_cache(maxsize=64)
def edge_protection(length: float, style: Style) -> Mesh:
    """Returns a run of edge protection along +X from x = 0, standing on z = 0.

    Posts stand at y = 0; boards or mesh hang on their inner side, y > 0. Slot 0 posts, slot 1 boards
    or mesh.

    Args:
        length: metres.
        style: timber boards, or framed wire mesh with a solid toe strip.
    """
    count = max(1, int(np.ceil(length / 2.4)))
    inset = min(0.3, length / 6)
    places = np.linspace(inset, length - inset, count + 1)
    post = _post()
    posts = Mesh.merged([post.moved(x=x) for x in places])
    filling = _boards(length, places) if style == "boards" else _grids(length, places)
    return Mesh.merged([posts, filling.with_slot(1)])


def _post() -> Mesh:
    """Returns a 40 mm hollow post in a shoe bolted to the floor, with hooks for the boards."""
    shaft = bars([(0, 0, 0.01)], [(0, 0, 1.18)], 0.04 / np.sqrt(2), 4)
    sleeve = bars([(0, 0, 0.01)], [(0, 0, 0.16)], 0.05 / np.sqrt(2), 4)
    shoe = box((0.12, 0.14, 0.01), (0, 0.05, 0.005), 0.002)
    bolts = bars([(0.04, 0.09, 0.01), (-0.04, 0.09, 0.01)], [(0.04, 0.09, 0.035), (-0.04, 0.09, 0.035)], 0.01, 6)
    hooks = [
        Mesh.merged(
            [
                box((0.03, 0.06, 0.005), (0, 0.045, z - 0.0025)),
                box((0.03, 0.005, 0.06), (0, 0.0725, z + 0.025)),
            ]
        )
        for z in (0.48, TOP - BOARD[1])
    ]
    return Mesh.merged([shaft, sleeve, shoe, bolts, *hooks])


def _boards(length: float, places: np.ndarray) -> Mesh:
    """Returns top rail, mid rail and toe board, lapped behind each other at the posts."""
    pieces = []
    for level in (0.002, 0.48, TOP - BOARD[1]):
        # Long boards on stock lengths of about 4.8 m: the joints of the levels fall at the same posts, lapped.
        joints = [0.0, *places[2:-1:2], length]
        for turn, (start, end) in enumerate(pairwise(joints)):
            first = start if turn == 0 else start - 0.15
            last = end if end == length else end + 0.15
            depth = 0.036 if turn % 2 == 0 else 0.036 + BOARD[0] + 0.001
            size = (last - first, BOARD[0] - 0.002, BOARD[1])
            pieces.append(box(size, ((first + last) / 2, depth, level + BOARD[1] / 2), 0.003))
    return Mesh.merged(pieces)


def _grids(length: float, places: np.ndarray) -> Mesh:
    """Returns framed wire panels between the ends and the posts, with sheet-steel toe strips."""
    ends = np.array([0.0, *places[1:-1], length])
    return Mesh.merged([_grid(start + 0.01, end - 0.01) for start, end in pairwise(ends)])


def _grid(start: float, end: float) -> Mesh:
    """Returns one panel: tube frame, wires 0.15 m apart upright and level, toe strip."""
    y, low, high = 0.034, 0.02, TOP
    frame = np.array(
        [
            ((start, y, high), (end, y, high)),
            ((start, y, low), (end, y, low)),
            ((start, y, low), (start, y, high)),
            ((end, y, low), (end, y, high)),
        ]
    )
    upright = np.linspace(start, end, max(3, int((end - start) / 0.15) + 1))[1:-1]
    level = np.linspace(low + 0.15, high, 7)[:-1]
    wires = np.array(
        [((x, y, low), (x, y, high)) for x in upright] + [((start, y + 0.005, z), (end, y + 0.005, z)) for z in level]
    )
    toe = box((end - start, 0.003, 0.15), ((start + end) / 2, y + 0.012, low + 0.075))
    return Mesh.merged(
        [bars(frame[:, 0], frame[:, 1], 0.013, 6), bars(wires[:, 0], wires[:, 1], 0.003, 4, capped=False), toe]
    )


def opening_guard(width: float) -> Mesh:
    """Returns a guard across a doorway along +X from x = 0: three boards wedged between the jambs."""
    boards = [
        box((width - 0.01, BOARD[0], BOARD[1]), (width / 2, 0.0, z + BOARD[1] / 2), 0.003)
        for z in (0.002, 0.48, TOP - BOARD[1])
    ]
    battens = [box((0.045, 0.045, 1.1), (x, 0.038, 0.55), 0.003) for x in (0.03, width - 0.03)]
    return Mesh.merged([*boards, *battens]).with_slot(1)


@lru_cache(maxsize=8)
def hole_cover(width: float, depth: float) -> Mesh:
    """Returns a sheet over a hole, on z = 0 about the origin, its screws, and a sprayed cross in slot 1."""
    thick = 0.021
    board = box((width, depth, thick), (0, 0, thick / 2), 0.002)
    spots = [(x * (width / 2 - 0.05), y * (depth / 2 - 0.05), thick + 0.001) for x in (-1, 1) for y in (-1, 0, 1)]
    screws = [box((0.012, 0.012, 0.003), spot) for spot in spots]
    reach = 0.8 * min(width, depth)
    cross = [
        box((reach, 0.035, 0.0006), (0, 0, thick + 0.0003 * turn)).transformed(rotation((0.0, 0.0, 1.0), angle))
        for turn, angle in ((1, 0.75), (2, -0.8))
    ]
    return Mesh.merged([board, *screws, *[stroke.with_slot(1) for stroke in cross]])
