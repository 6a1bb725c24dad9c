"""Chairs of five kinds and stools. Metres.

Seats are 450 mm high, 400 to 450 mm deep and wide, backs end at 780 to 950 mm (EN 1022, Neufert); stools for worktops
of 900 mm have seats at 650 mm, for bars of 1100 mm at 750 mm and more. Sitters look along +X.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from buildee.generators.kitchen.cloth import sheet
from buildee.generators.kitchen.fixtures import rounded
from buildee.generators.kitchen.style import Seat, Style
from buildee.generators.kitchen.tables import SEAT, STEEL
from buildee.generators.kitchen.turnery import (
    TAPERED,
    Box,
    Furnishing,
    arc,
    corners,
    cushion,
    leg,
    plate,
    posts,
    rail,
    raked,
    rod,
)
from buildee.layout.kinematics import translation
from buildee.layout.layers import Layer, model, shaped
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.resting import Place
from buildee.layout.solids import box, circle, tube

RUSH = Material("wicker", (0.46, 0.34, 0.17), wear=0.2, dirt=0.05)

Made = tuple[list[Layer], list[Box], tuple[float, float]]
"""Layers, proxies, and depth and width of the seat."""


def chair(style: Style, rng: np.random.Generator, seat: Seat | None = None) -> Furnishing:
    """Returns a chair of the style's kind, or of another."""
    del rng  # chairs of a set are alike
    kind = seat or style.seat
    layers, boxes, size = _KINDS[kind](style)
    made = model("chair", [shaped("body", f"kitchen/chair_{kind}_{style.family}", layers, boxes)])
    return Furnishing(made, (Place("seat", "body", "seat", translation((0.0, 0.0, SEAT)), size),))


def _shell(style: Style) -> Made:
    """Returns a moulded shell on splayed wooden legs."""
    body = _moulded(0.46, 0.44, 0.36)
    at, foot = corners(0.13, 0.14), corners(0.215, 0.225)
    legs = [leg((*f, 0.0), (*a, SEAT - 0.035), 0.032) for a, f in zip(at, foot, strict=True)]
    braces = [box((0.3, 0.03, 0.02), (0, s * 0.14, SEAT - 0.04), 0.003) for s in (-1, 1)]
    braces += [box((0.03, 0.3, 0.02), (s * 0.11, 0, SEAT - 0.055), 0.003) for s in (-1, 1)]
    wood = style.table
    boxes: list[Box] = [((-0.2, -0.22, SEAT - 0.05), (0.22, 0.22, SEAT)), ((-0.25, -0.22, SEAT), (-0.14, 0.22, 0.82))]
    return (
        [(style.seat_finish, [body]), (wood, legs), (STEEL, braces)],
        [*boxes, *posts(foot * 0.85, 0.035, 0.0, 0.4)],
        (0.3, 0.34),
    )


def _moulded(wide: float, deep: float, tall: float) -> Mesh:
    """Returns a shell: front lip, hollow seat, back with rising sides; 7 mm thick."""
    v = np.linspace(0, 1, 25)
    # Along the middle: lip, seat, bend, back.
    along = np.interp(v, (0, 0.08, 0.3, 0.5, 0.6, 0.7, 1.0), (0.5, 0.47, 0.15, -0.27, -0.41, -0.46, -0.58)) * deep
    up = np.interp(v, (0, 0.08, 0.3, 0.5, 0.6, 0.7, 1.0), (-0.025, -0.002, -0.014, -0.014, 0.035, 0.12, tall))
    for _ in range(3):
        along[1:-1] = (along[:-2] + 2 * along[1:-1] + along[2:]) / 4
        up[1:-1] = (up[:-2] + 2 * up[1:-1] + up[2:]) / 4
    u = np.linspace(-1, 1, 21)[:, None]
    half = wide / 2 * np.interp(v, (0, 0.15, 0.5, 0.75, 0.92, 1.0), (0.84, 0.97, 1.0, 0.98, 0.86, 0.62))
    side = np.abs(u) ** 2.6
    lift = 0.035 * np.interp(v, (0, 0.2, 0.6, 1.0), (0.2, 0.8, 0.7, 0.0))
    forward = 0.075 * np.interp(v, (0.45, 0.7, 1.0), (0.0, 1.0, 0.55))
    grid = np.stack([along + side * forward + 0 * u, half * u, SEAT + up + side * lift], -1)
    normal = np.cross(np.gradient(grid, axis=0), np.gradient(grid, axis=1))
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    if normal[10, 5, 2] < 0:
        grid, normal = grid[::-1], -normal[::-1]
    return sheet(grid, grid - 0.007 * normal)


def _ladderback(style: Style) -> Made:
    """Returns a country chair: turned posts, four bent slats, a rush seat, rungs."""
    x, y, slope = 0.19, 0.2, 0.16
    finish = style.seat_finish
    legs = [
        leg(
            (x, s * (y + 0.02), 0),
            (x, s * (y + 0.02), SEAT + 0.02),
            0.036,
            ((0, 0.7), (0.08, 0.95), (0.9, 1.0), (1, 0.8)),
        )
        for s in (-1, 1)
    ]
    back = [
        leg(
            (-x, s * y, 0),
            (-x, s * y, 0.93),
            0.034,
            ((0, 0.75), (0.06, 1.0), (0.93, 0.85), (0.95, 0.6), (0.98, 0.8), (1.0, 0.35)),
        )
        for s in (-1, 1)
    ]
    back += [rail(arc(y, 0.028, -x, z), 0.009, 0.062, 0.003) for z in (0.55, 0.655, 0.76, 0.865)]
    rungs = [rod((x, -y, z), (x, y, z), 0.019, 1.25) for z in (0.17, 0.29)]
    rungs += [rod((-x, -y, 0.24), (-x, y, 0.24), 0.018)]
    rungs += [rod((-x, s * y, z), (x, s * (y + 0.02), z), 0.018, 1.2) for s in (-1, 1) for z in (0.13, 0.25)]
    woven = _rush(2 * x + 0.03, 2 * y + 0.05)
    boxes: list[Box] = [
        ((-0.21, -0.24, SEAT - 0.03), (0.215, 0.24, SEAT)),
        ((-0.3, -0.22, SEAT), (-x + 0.02, 0.22, 0.93)),
    ]
    wood = legs + [raked(part, slope, SEAT) for part in back] + rungs
    return (
        [(finish, wood), (RUSH, woven)],
        [*boxes, *posts(corners(x, y + 0.01), 0.025, 0.0, SEAT - 0.03)],
        (0.36, 0.38),
    )


def _rush(deep: float, wide: float) -> list[Mesh]:
    """Returns a seat woven of rush: strands to the middle from four sides, puffed up between."""
    strands = []
    for turn, (reach, across) in enumerate(((deep, wide), (wide, deep)) * 2):
        count = 12
        for k in range(count):
            share = (k + 0.5) / count
            near = reach / 2 * (1 - share)
            # Each strand runs along the side, shorter the farther in it lies.
            half = across / 2 * (1 - share) + 0.004
            z = SEAT - 0.012 + 0.008 * np.sin(share * np.pi)
            strand = box((reach / 2 / count + 0.0015, 2 * half, 0.016), (near + reach / 4 / count, 0, z), 0.005)
            angle = turn * np.pi / 2
            pose = np.eye(4)
            pose[:2, :2] = ((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle)))
            strands.append(strand.transformed(pose))
    return strands


def _spindle(style: Style) -> Made:
    """Returns a Windsor-like chair: solid seat, splayed legs with stretchers, spindles under a bent crest rail."""
    outline = rounded(0.43, 0.45, 0.12, 40)
    outline[:, 1] *= 1.0 + 0.12 * outline[:, 0]
    seat = [plate(outline, SEAT - 0.034, 0.034, 0.012)]
    at, foot = corners(0.145, 0.15), corners(0.215, 0.21)
    legs = [
        leg((*f, 0.0), (*a, SEAT - 0.02), 0.036, ((0, 0.6), (0.45, 1.0), (1.0, 0.7)))
        for a, f in zip(at, foot, strict=True)
    ]
    middle = at + (foot - at) * 0.58
    z = 0.42 * SEAT
    legs += [rod((*middle[0], z), (*middle[1], z), 0.02, 1.3), rod((*middle[3], z), (*middle[2], z), 0.02, 1.3)]
    legs.append(rod((0, middle[0, 1], z), (0, middle[3, 1], z), 0.02, 1.3))
    slope, crest = 0.2, arc(0.2, 0.05, -0.15, 0.8)
    y = np.linspace(-0.165, 0.165, 7)
    feet = np.column_stack([-0.15 - 0.035 * (1 - (y / 0.2) ** 2), y * 0.95])
    heads = np.column_stack([-0.15 - 0.05 * (1 - (y / 0.2) ** 2), y * 1.08])
    back = [rod((*f, SEAT - 0.01), (*h, 0.79), 0.014, 1.15, 8) for f, h in zip(feet, heads, strict=True)]
    back.append(rail(crest, 0.02, 0.06, 0.007))
    wood = seat + legs + [raked(part, slope, SEAT) for part in back]
    boxes: list[Box] = [
        ((-0.215, -0.225, SEAT - 0.034), (0.215, 0.225, SEAT)),
        ((-0.3, -0.22, SEAT), (-0.16, 0.22, 0.83)),
    ]
    return [(style.seat_finish, wood)], [*boxes, *posts(foot * 0.85, 0.04, 0.0, SEAT - 0.034)], (0.34, 0.36)


def _cross(style: Style) -> Made:
    """Returns a bistro chair: bent back frame with a cross, round woven seat, a hoop between the legs."""
    wood_seat = [plate(rounded(0.42, 0.42, 0.17, 40), SEAT - 0.032, 0.028, 0.008)]
    woven = [plate(rounded(0.35, 0.35, 0.14, 40), SEAT - 0.006, 0.006, 0.003)]
    front = [leg((0.17, s * 0.175, 0), (0.155, s * 0.165, SEAT - 0.03), 0.032) for s in (-1, 1)]
    z = np.linspace(0.0, 1.0, 15)
    hoop = []
    for s in (-1, 1):
        x = np.interp(z, (0, 0.5, 1), (-0.24, -0.165, -0.165))
        hoop.append(np.column_stack([x, s * np.interp(z, (0, 0.5, 1), (0.19, 0.185, 0.19)), 0.003 + 0.757 * z]))
    turn = np.linspace(0, np.pi, 15)[1:-1]
    top = np.column_stack(
        [0 * turn - 0.165 - 0.02 * np.sin(turn), 0.19 * np.cos(turn), 0.76 + 0.12 * np.sin(turn) ** 0.8]
    )
    path = np.concatenate([hoop[1], top, hoop[0][::-1]])
    back = [tube(path, 0.0145, 12)]
    bend = np.linspace(-1, 1, 13)
    for s in (-1, 1):
        line = np.column_stack([-0.165 - 0.018 * (1 - bend**2), 0.182 * bend * s, 0.645 + 0.17 * bend])
        back.append(tube(line + np.array([0.008 * s, 0, 0]), 0.0105, 10))
    ring = np.column_stack([rounded(0.36, 0.35, 0.15, 40), np.full(40, 0.24)])
    brace = [tube(np.concatenate([ring, ring[:1]]), 0.009, 8)]
    wood = wood_seat + front + brace + [raked(part, 0.17, SEAT) for part in back]
    boxes: list[Box] = [
        ((-0.21, -0.21, SEAT - 0.032), (0.21, 0.21, SEAT)),
        ((-0.27, -0.205, SEAT), (-0.15, 0.205, 0.89)),
    ]
    feet = np.array([(0.165, 0.17), (0.165, -0.17), (-0.21, 0.19), (-0.21, -0.19)])
    return [(style.seat_finish, wood), (RUSH, woven)], [*boxes, *posts(feet, 0.03, 0.0, SEAT - 0.032)], (0.32, 0.32)


def _upholstered(style: Style) -> Made:
    """Returns a padded seat and back on tapered legs, piped along the edges."""
    pads = [cushion(0.47, 0.45, SEAT - 0.09, 0.085, 0.06)]
    back = cushion(0.45, 0.44, 0.0, 0.065, 0.07, 0.01)
    upright = np.array([(0.0, 0, 1.0, -0.225), (0, 1.0, 0, 0), (-1.0, 0, 0, 0.71), (0, 0, 0, 1.0)])
    pads.append(raked(back.transformed(upright), 0.2, SEAT - 0.02))
    edge = np.column_stack([rounded(0.45 - 0.004, 0.47 - 0.004, 0.06, 48), np.full(48, SEAT - 0.048)])
    piping = [tube(np.concatenate([edge, edge[:1]]), 0.004, 6)]
    at = corners(0.185, 0.195)
    legs = [leg((x * (1.02 if x > 0 else 1.18), y, 0), (x, y, SEAT - 0.085), 0.042, TAPERED, False) for x, y in at]
    cloth = Material("fabric", style.textile.color, wear=0.15, dirt=0.05)
    boxes: list[Box] = [
        ((-0.225, -0.235, SEAT - 0.09), (0.225, 0.235, SEAT)),
        ((-0.33, -0.225, SEAT), (-0.17, 0.225, 0.93)),
    ]
    return (
        [(cloth, pads), (cloth, piping), (style.table, legs)],
        [*boxes, *posts(at, 0.03, 0.0, SEAT - 0.09)],
        (0.34, 0.36),
    )


_KINDS: dict[str, Callable[[Style], Made]] = {
    "shell": _shell,
    "ladderback": _ladderback,
    "spindle": _spindle,
    "cross": _cross,
    "upholstered": _upholstered,
}


def stool(style: Style, rng: np.random.Generator, height: float = 0.65) -> Furnishing:
    """Returns a bar stool: a wooden seat on steel, on splayed legs, or padded; `height` of the seat."""
    del rng
    kind = {"industrial": "steel", "modern": "padded", "classic": "padded"}.get(style.family, "wooden")
    at, foot = corners(0.11, 0.11), corners(0.19, 0.19)
    under = height - 0.035
    share = 1 - 0.22 / under
    ring = at + (foot - at) * share
    rest = np.concatenate([ring, ring[:1]])
    rest = np.column_stack([rest, np.full(5, 0.22)])
    if kind == "steel":
        legs = [rod((*f, 0.012), (*a, under), 0.022) for a, f in zip(at, foot, strict=True)]
        legs += [rod(a, b, 0.016) for a, b in pairwise(rest)]
        seat = [plate(circle(0.165, 40), under, 0.035, 0.006)]
        layers: list[Layer] = [(style.table, seat), (STEEL, legs), (style.textile, [])]
        feet = [leg((*f, 0.0), (*f, 0.014), 0.028, ((0, 1), (1, 0.9))) for f in foot]
        layers.append((Material("rubber", (0.02, 0.02, 0.02), wear=0.2, dirt=0.1), feet))
    else:
        legs = [leg((*f, 0.0), (*a, under), 0.038) for a, f in zip(at, foot, strict=True)]
        legs += [rod(a, b, 0.019, 1.1) for a, b in pairwise(rest)]
        wood = [plate(rounded(0.34, 0.36, 0.13, 40), under, 0.035, 0.01)]
        pad = [cushion(0.38, 0.36, under, 0.06, 0.1)] if kind == "padded" else []
        layers = [
            (style.table, [] if pad else wood),
            (style.seat_finish if not pad else style.table, legs),
            (style.textile, pad),
        ]
        height = height + (0.025 if pad else 0.0)
    boxes: list[Box] = [((-0.165, -0.17, under), (0.165, 0.17, height)), *posts(foot * 0.8, 0.05, 0.0, under)]
    made = model("stool", [shaped("body", f"kitchen/stool_{style.family}_{under:.2f}", layers, boxes)])
    return Furnishing(made, (Place("seat", "body", "seat", translation((0.0, 0.0, height)), (0.26, 0.26)),))
