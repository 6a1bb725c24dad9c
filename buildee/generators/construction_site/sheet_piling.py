"""Walls of steel sheet piles around an excavation: piles, capping, walings, anchors, the soil behind them.

Sheet piles are U sections of the size of PU 18: 600 mm wide, 430 mm deep over the wall, flanges 11 mm thick; interlocks
lie in the middle of the wall. Walings are HEB 240 beams a third of the way down, tied back by ground anchors; a steel
angle caps the wall.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.digs import STRIPPED
from buildee.generators.construction_site.excavations import PILE_PAIR, PILE_WALL, Dig
from buildee.layout.bars import bars
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Instance, Part
from buildee.layout.solids import box, prism

PILE = Material("rusty_steel", (0.16, 0.085, 0.055), wear=0.7, dirt=0.7)
WALING = Material("rusty_steel", (0.2, 0.1, 0.065), wear=0.5, dirt=0.5)
CAPPING = Material("rusty_steel", (0.21, 0.115, 0.07), wear=0.4, dirt=0.6)

FREE = 0.12
"""How far piles stand out of the ground, metres."""

EMBEDDED = 0.8
"""How much of a pile's free height is driven below the floor again: what one sees never needs more."""

WALED = 1.8
"""From which depth on a sheet-pile wall gets a waling, metres."""

PLATE, LEG = 0.015, 0.09
"""Thickness of the capping angle and height of its leg, metres."""


def _sides(rim: Footprint) -> list[tuple[NDArray[np.float64], float, int]]:
    """Returns start, heading and number of pile pairs of each wall; the dig lies on its left."""
    (x0, y0), (x1, y1) = rim.corners.min(0), rim.corners.max(0)
    along_x, along_y = round((x1 - x0) / PILE_PAIR), round((y1 - y0 - 2 * PILE_WALL) / PILE_PAIR)
    return [
        (np.array([x0, y0]), 0.0, along_x),
        (np.array([x1, y1]), np.pi, along_x),
        (np.array([x1, y0 + PILE_WALL]), np.pi / 2, along_y),
        (np.array([x0, y1 - PILE_WALL]), -np.pi / 2, along_y),
    ]


def walls(dig: Dig, side_of_building: int) -> Assembly:
    """Returns walls of sheet piles around a dig; where it still grows, its working face has none.

    Args:
        dig: what they hold.
        side_of_building: as in `Plot.side`: a building's own dig grows away from it.
    """
    height = round(dig.depth * (1 + EMBEDDED) + FREE, 3)
    shape = (f"pit/piles_{height:.2f}", pile_pair(height))
    bounds = box_proxy([(-PILE_PAIR / 2, 0.02, 0), (PILE_PAIR / 2, PILE_WALL, height)])
    pieces, number = [], 0
    for side, (start, yaw, count) in enumerate(_sides(dig.rim)):
        if dig.foundations and dig.rim != dig.whole and side == (3 if side_of_building > 0 else 2):
            continue
        ahead = np.array([np.cos(yaw), np.sin(yaw)])
        for k in range(count):
            pose = pose_at(*(start + (k + 0.5) * PILE_PAIR * ahead), FREE - height, yaw)
            pieces.append(piece(f"sheet_pile.{number}", "sheet_pile", shape, (PILE,), pose, bounds))
            number += 1
        pieces.append(_fill(side, start, yaw, count, STRIPPED if dig.foundations else 0.0))
        pieces.append(_capping(side, start, yaw, count))
        if dig.depth > WALED:
            pieces.append(_waling(side, start, yaw, count, dig.depth))
    return Assembly.merged(pieces)


def _capping(side: int, start: NDArray[np.float64], yaw: float, count: int) -> Assembly:
    """Returns the angle over the tops of a wall and down behind them, in one length."""
    inset = 0.0 if side < 2 else 0.03
    length = count * PILE_PAIR - 2 * inset
    low, high = -0.005, PILE_WALL - 0.002
    (first, back) = _middle_line()[:2]
    bearing = first[1] + (back[1] - first[1]) * inset / (back[0] - first[0])  # over the first pile's web
    outline = [(low, 0), (low + 0.01, 0), (low + 0.01, LEG), (bearing, LEG), (high, LEG), (high, LEG + PLATE)]
    outline.append((low, LEG + PLATE))
    section = np.array(outline)
    turn = np.array([[0, 0, 1.0, inset], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    shape = (f"pit/capping_{side // 2}_{count}", prism(section, length).transformed(turn))
    proxy = box_proxy([(inset, low, LEG), (inset + length, high, LEG + PLATE)])
    pose = pose_at(*start, FREE - LEG + 0.001, yaw)
    return piece(f"capping.{side}", "steel_section", shape, (CAPPING,), pose, proxy)


AIR = 0.003
"""Between a waling and the piles that it bears on, metres: they are not straight to a millimetre."""

_FLANGE, _DEPTH, _SKIN = 0.175, 0.43, 0.0112
"""Half a flange, depth over the wall and thickness of the piles, metres."""


def _middle_line() -> NDArray[np.float64]:
    """Returns (N, 2) the middle line of a pair of piles in plan, X along the wall, Y into the dig."""
    back, front = PILE_WALL - _DEPTH + _SKIN / 2, PILE_WALL - _SKIN / 2
    middle = (back + front) / 2
    return np.array(
        [
            (-0.6, middle),
            (-0.3 - _FLANGE, back),
            (-0.3 + _FLANGE, back),
            (0.0, middle),
            (0.3 - _FLANGE, front),
            (0.3 + _FLANGE, front),
            (0.6, middle),
        ]
    )


def pile_pair(height: float) -> Mesh:
    """Returns two sheet piles side by side from z = 0 to `height`; the soil touches y = 0, the dig lies towards +Y."""
    line = _middle_line()
    steps = np.diff(line, axis=0)
    normals = np.column_stack([-steps[:, 1], steps[:, 0]]) / np.linalg.norm(steps, axis=1, keepdims=True)
    halving = np.concatenate([normals[:1], normals[:-1] + normals[1:], normals[-1:]])
    halving /= (halving * np.concatenate([normals[:1], normals])).sum(1, keepdims=True)
    outline = np.concatenate([line - halving * _SKIN / 2, (line + halving * _SKIN / 2)[::-1]])
    sheet = prism(outline, height)
    hooks = [box((0.045, 0.03, height - 0.004), (x, line[0, 1], height / 2 - 0.002), 0.006) for x in (-0.578, 0.022)]
    return Mesh.merged([sheet, *hooks])


def _fill(side: int, start: NDArray[np.float64], yaw: float, count: int, low: float) -> Assembly:
    """Returns the soil in the pockets between the piles and the sheer ground behind them."""
    line = _middle_line()
    pocket = np.array([line[2], line[3], line[4], line[5], line[6], (0.6 + 0.125, line[1, 1])])
    outline = np.concatenate([pocket, [(pocket[-1, 0], -0.05), (pocket[0, 0], -0.05)]])
    middles = (np.arange(count) + 0.5) * PILE_PAIR
    vertices = np.concatenate(
        [np.column_stack([outline[:, 0] + x, outline[:, 1], np.full(8, -0.06 - low)]) for x in middles]
    )
    faces = np.arange(8 * count).reshape(count, 8)[:, ::-1]
    mesh = Mesh.from_faces(vertices, faces)
    part = Part("body", f"ground/fill_{side}", (Material("soil", (0.225, 0.165, 0.108)),))
    pose = pose_at(*start, 0.0, yaw)
    return Assembly({part.shape: mesh}, (Instance(f"pile_fill.{side}", "excavation", (part,), pose[None]),))


def _waling(side: int, start: NDArray[np.float64], yaw: float, count: int, depth: float) -> Assembly:
    """Returns a beam along a wall a third of the way down, on brackets, with an anchor head at every other pair."""
    length = count * PILE_PAIR - 2 * (PILE_WALL + 0.01 if side < 2 else 0.3)
    inset = (count * PILE_PAIR - length) / 2
    flange, web, deep = 0.017, 0.01, 0.24
    section = np.array(
        [(-0.12, 0), (0.12, 0), (0.12, flange), (web / 2, flange), (web / 2, deep - flange), (0.12, deep - flange)]
    )
    section = np.concatenate(
        [section, [(0.12, deep), (-0.12, deep), (-0.12, deep - flange), (-web / 2, deep - flange)]]
    )
    section = np.concatenate([section, [(-web / 2, flange), (-0.12, flange)]])
    beam = prism(section, length).transformed(
        np.array([[0, 0, 1.0, inset], [0, 1, 0, PILE_WALL + AIR], [-1, 0, 0, 0], [0, 0, 0, 1]])
    )
    heads = (np.arange(1, count, 2)) * PILE_PAIR
    plates = [box((0.3, 0.04, 0.3), (x, PILE_WALL + deep + 0.02, 0), 0.004) for x in heads]
    nuts = bars(
        [(x, PILE_WALL + deep, 0) for x in heads], [(x, PILE_WALL + deep + 0.17, -0.04) for x in heads], 0.035, 8
    )
    brackets = [
        box((0.02, 0.2, 0.16), (x, PILE_WALL + 0.101, -0.2), 0.003) for x in heads - 0.3
    ]  # before a pile's flange
    mesh = Mesh.merged([beam, *plates, nuts, *brackets])
    shape = (f"pit/waling_{side}_{count}", mesh)
    bounds = [(inset, PILE_WALL, -0.12), (inset + length, PILE_WALL + deep + 0.04, 0.12)]
    pose = pose_at(*start, -depth / 3, yaw)
    return piece(f"waling.{side}", "steel_section", shape, (WALING,), pose, box_proxy(bounds))
