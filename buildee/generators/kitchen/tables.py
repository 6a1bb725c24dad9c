"""Dining tables and benches. Metres.

740 mm high with at least 600 mm a place and 620 mm of room for knees (Neufert; EN 1730 for loads).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import numpy as np

from buildee.generators.kitchen.fixtures import rounded
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.turnery import TAPERED, TURNED, Box, Furnishing, corners, leg, plate, posts
from buildee.layout.kinematics import translation
from buildee.layout.layers import Layer, model, shaped
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.resting import Place
from buildee.layout.solids import beam, box, circle, cylinder, revolve

HEIGHT = 0.74
SEAT = 0.45
PLACE = 0.6
"""Width of a place at a table."""

Form = Literal["rectangular", "round", "extending"]

STEEL = Material("painted_metal", (0.02, 0.02, 0.021), wear=0.1, dirt=0.05)


def table_size(seats: int, form: Form = "rectangular") -> tuple[float, float]:
    """Returns length and width of a table for some people; round ones have equal sides."""
    if form == "round":
        return (max(0.9, round(seats * PLACE / np.pi, 2)),) * 2
    if seats <= 2:
        return 0.75, 0.75
    ends = 0 if seats <= 4 else 2  # from five on, two sit at the ends
    return round(max((seats - ends + 1) // 2 * PLACE, 1.2) + 0.2 * (ends > 0), 2), 0.8 if seats <= 4 else 0.9


def table(size: tuple[float, float], style: Style, rng: np.random.Generator, form: Form = "rectangular") -> Furnishing:
    """Returns a dining table.

    Args:
        size: along X and Y, metres, as from `table_size`.
        style: decides its legs.
        rng: draws what style leaves open.
        form: extending ones have two leaves' joint across the top.
    """
    long, wide = size
    key = f"kitchen/table_{style.family}_{form}_{long:.2f}_{wide:.2f}"
    top = _round_top(long) if form == "round" else _top(long, wide, style, form)
    wood, metal, boxes = _round_legs(long, style) if form == "round" else _legs(long, wide, style, HEIGHT)
    layers: list[Layer] = [(style.table, top), (_frame(style), wood), (STEEL, metal)]
    thick = _thickness(style)
    if form == "round":
        r = long / 2 * 0.924  # boxes inside an octagon
        slab: list[Box] = [
            ((-x, -y, HEIGHT - thick), (x, y, HEIGHT))
            for x, y in ((long / 2, r * 0.42), (r * 0.42, long / 2), (r * 0.765, r * 0.765))
        ]
    else:
        slab = [((-long / 2, -wide / 2, HEIGHT - thick), (long / 2, wide / 2, HEIGHT))]
    made = model("table", [shaped("body", key, layers, [*slab, *boxes])])
    inner = (long * 0.7, long * 0.7) if form == "round" else (long - 0.04, wide - 0.04)
    return Furnishing(made, (Place("top", "body", "table", translation((0.0, 0.0, HEIGHT)), inner),))


def _thickness(style: Style) -> float:
    return {"country": 0.04, "industrial": 0.045, "modern": 0.028}.get(style.family, 0.03)


def _frame(style: Style) -> Material:
    """Returns what legs and aprons are made of: painted in country kitchens."""
    return style.seat_finish if style.family == "country" and style.seat_finish.kind == "lacquer" else style.table


def _top(long: float, wide: float, style: Style, form: Form) -> list[Mesh]:
    """Returns the boards of a top, glued or with a gap, breadboard ends on a farmhouse table."""
    thick = _thickness(style)
    z = HEIGHT - thick / 2
    ease = {"country": 0.006, "scandinavian": 0.009, "classic": 0.007}.get(style.family, 0.003)
    if style.family in ("scandinavian", "classic") and form == "rectangular":
        return [plate(rounded(long, wide, 0.06, 40), HEIGHT - thick, thick, ease)]
    ends = 0.1 if style.family == "country" else 0.0
    cuts = [-long / 2 + ends, long / 2 - ends] if form != "extending" else [-long / 2 + ends, 0.0, long / 2 - ends]
    count = max(4, round(wide / 0.15))
    pitch = wide / count
    gap = 0.0006 if style.family not in ("country", "industrial") else 0.0015
    boards = []
    for x0, x1 in pairwise(cuts):
        boards += [
            box(
                (x1 - x0 - 0.001, pitch - gap, thick),
                ((x0 + x1) / 2, -wide / 2 + (k + 0.5) * pitch, z),
                min(ease, 0.0015),
            )
            for k in range(count)
        ]
    if ends:
        boards += [box((ends - 0.001, wide, thick), (s * (long - ends) / 2, 0, z), ease) for s in (-1, 1)]
    return boards


def _legs(long: float, wide: float, style: Style, height: float) -> tuple[list[Mesh], list[Mesh], list[Box]]:
    """Returns wooden members, steel members and proxies of what carries a rectangular top."""
    under = height - _thickness(style)
    if style.family == "industrial":
        return _steel(long, wide, under)
    if style.family == "modern":
        at = corners(long / 2 - 0.06, wide / 2 - 0.05)
        wood = [leg((x, y, 0), (x, y, under), 0.06, ((0.0, 0.8), (1.0, 1.0)), False) for x, y in at]
        wood += _apron(long - 0.18, wide - 0.16, under, 0.055)
        return wood, [], [*posts(at, 0.03, 0.0, under), *_apron_boxes(long - 0.18, wide - 0.16, under, 0.055)]
    if style.family == "scandinavian":
        at = corners(long / 2 - 0.1, wide / 2 - 0.14)
        wood = [leg((x * 1.12, y * 1.15, 0), (x, y, under), 0.055) for x, y in at]
        wood += _apron(long - 0.28, wide - 0.36, under, 0.06)
        return (
            wood,
            [],
            [*posts(at * (1.06, 1.07), 0.045, 0.0, under), *_apron_boxes(long - 0.28, wide - 0.36, under, 0.06)],
        )
    at, block = corners(long / 2 - 0.09, wide / 2 - 0.09), 0.085
    split = under - 0.15
    wood = [leg((x, y, 0), (x, y, split), block, [(s / 0.74, w) for s, w in TURNED]) for x, y in at]
    wood += [box((block, block, under - split), (x, y, (under + split) / 2), 0.003) for x, y in at]
    wood += _apron(long - 0.18, wide - 0.18, under, 0.11)
    return wood, [], [*posts(at, block / 2, 0.0, under), *_apron_boxes(long - 0.18, wide - 0.18, under, 0.11)]


def _apron(long: float, wide: float, under: float, tall: float) -> list[Mesh]:
    """Returns the four boards under a top, between the legs."""
    z = under - tall / 2
    boards = [box((long, 0.022, tall), (0, s * wide / 2, z), 0.002) for s in (-1, 1)]
    return boards + [box((0.022, wide, tall), (s * long / 2, 0, z), 0.002) for s in (-1, 1)]


def _apron_boxes(long: float, wide: float, under: float, tall: float) -> list[Box]:
    return [((-long / 2, -wide / 2, under - tall), (long / 2, wide / 2, under))]


def _steel(long: float, wide: float, under: float) -> tuple[list[Mesh], list[Mesh], list[Box]]:
    """Returns two frames of square tube, 60 by 30, near the ends: chairs are pushed in between them."""
    metal, boxes = [], []
    for side in (-1, 1):
        x = side * (long / 2 - 0.1)
        for y in (-wide / 2 + 0.1, wide / 2 - 0.1):
            metal.append(box((0.06, 0.03, under), (x, y, under / 2), 0.002))
            boxes.append(((x - 0.03, y - 0.015, 0.0), (x + 0.03, y + 0.015, under)))
        for z in (0.015, under - 0.015):
            metal.append(box((0.06, wide - 0.23, 0.03), (x, 0, z), 0.002))
            boxes.append(((x - 0.03, -wide / 2 + 0.115, z - 0.015), (x + 0.03, wide / 2 - 0.115, z + 0.015)))
    metal.append(box((long - 0.26, 0.03, 0.05), (0, 0, under - 0.025), 0.002))
    return [], metal, boxes


def _round_top(across: float) -> list[Mesh]:
    return [plate(circle(across / 2, 64), HEIGHT - 0.03, 0.03, 0.007)]


def _round_legs(across: float, style: Style) -> tuple[list[Mesh], list[Mesh], list[Box]]:
    """Returns a pedestal, or four legs splayed outwards."""
    under = HEIGHT - 0.03
    if style.family in ("scandinavian", "industrial"):
        at = corners(across * 0.24, across * 0.24)
        wood = [leg((x * 1.35, y * 1.35, 0), (x, y, under), 0.05) for x, y in at]
        cross = [
            box((across * 0.62, 0.07, 0.03), (0, 0, under - 0.015), 0.003),
            box((0.07, across * 0.62, 0.03), (0, 0, under - 0.045), 0.003),
        ]
        return wood + cross, [], posts(at * 1.18, across * 0.05 + 0.02, 0.0, under)
    if style.family == "modern":
        cone = revolve(
            [
                (0.27, 0.0),
                (0.27, 0.008),
                (0.2, 0.02),
                (0.09, 0.07),
                (0.045, 0.2),
                (0.04, 0.45),
                (0.06, 0.62),
                (0.16, under),
            ],
            48,
        )
        return [], [cone], [((-0.2, -0.2, 0.0), (0.2, 0.2, 0.05)), ((-0.05, -0.05, 0.05), (0.05, 0.05, under))]
    column = [
        (0.05, 0.16),
        (0.075, 0.2),
        (0.06, 0.26),
        (0.045, 0.33),
        (0.07, 0.46),
        (0.05, 0.58),
        (0.075, 0.6),
        (0.08, under),
    ]
    wood = [revolve(column, 28)]
    for turn in np.arange(4) * np.pi / 2 + np.pi / 4:
        out = np.array([np.cos(turn), np.sin(turn)])
        for near, far, high in ((0.03, 0.17, 0.19), (0.16, 0.345, 0.14)):
            wood.append(beam((*out * near, high), (*out * far, high - 0.055), 0.05, 0.06))
        wood.append(leg((*out * 0.36, 0.0), (*out * 0.335, 0.1), 0.055, ((0, 0.8), (0.2, 1.0), (1.0, 0.9))))
    wood.append(cylinder(0.16, 0.02, 32, 0.004).moved(z=under - 0.02))
    boxes: list[Box] = [((-0.08, -0.08, 0.1), (0.08, 0.08, under))]
    boxes += posts([(0.25, 0.25), (-0.25, 0.25), (-0.25, -0.25), (0.25, -0.25)], 0.04, 0.0, 0.13)
    return wood, [], boxes


def bench(long: float, style: Style, rng: np.random.Generator) -> Furnishing:
    """Returns a bench for a table's long side: `long` along Y, 340 mm deep."""
    del rng
    deep, thick = 0.34, 0.035
    under = SEAT - thick
    boards = [box((deep / 3 - 0.001, long, thick), ((k - 1) * deep / 3, 0, SEAT - thick / 2), 0.003) for k in range(3)]
    at = corners(deep / 2 - 0.055, long / 2 - 0.12)
    if style.family == "industrial":
        wood: list[Mesh] = []
        metal = [box((0.04, 0.03, under), (x, y, under / 2), 0.002) for x, y in at]
        metal += [
            box((deep - 0.15, 0.03, 0.03), (0, y, z), 0.002)
            for y in (at[0, 1], -at[0, 1])
            for z in (0.015, under - 0.015)
        ]
    else:
        wood = [leg((x * 1.15, y * 1.02, 0), (x, y, under), 0.045, TAPERED, style.family != "modern") for x, y in at]
        wood += [box((0.02, long - 0.3, 0.06), (s * (deep / 2 - 0.055), 0, under - 0.03), 0.002) for s in (-1, 1)]
        metal = []
    layers = [(style.table, boards), (_frame(style), wood), (STEEL, metal)]
    boxes = [((-deep / 2, -long / 2, under), (deep / 2, long / 2, SEAT)), *posts(at, 0.03, 0.0, under)]
    made = model("bench", [shaped("body", f"kitchen/bench_{style.family}_{long:.2f}", layers, boxes)])
    seat = Place("seat", "body", "seat", translation((0.0, 0.0, SEAT)), (deep - 0.04, long - 0.06))
    return Furnishing(made, (seat,))
