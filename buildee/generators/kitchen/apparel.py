"""What people take off when they come home: coats on pegs, a bag, shoes; and what they bring: a carrier bag. Metres.

What hangs has its origin on the wall's face at the peg, +X along the wall, +Y out of it, +Z up. What stands has it on
the floor in its middle, +X forward. Sizes as makers list them: coats of 95 cm, jackets of 70, shoes of 29 cm (EU 42),
totes of 38 x 42, carrier bags of 26 x 16 x 34.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.fixtures import OUT, rounded
from buildee.layout.layers import Layer, cuboid, single
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Model
from buildee.layout.solids import box, circle, loft, revolve, tube

Array = NDArray[np.float64]

PITCH = 0.176
"""From peg to peg."""

PEG, THICK = 0.07, 0.009
"""Length of a peg, and its radius where things hang."""

BOARD = (0.09, 0.018)
"""Height and thickness of the board that pegs stand in."""

CLOTHS: tuple[Color, ...] = (
    (0.03, 0.035, 0.05),
    (0.2, 0.14, 0.08),
    (0.05, 0.07, 0.04),
    (0.17, 0.035, 0.03),
    (0.12, 0.12, 0.125),
    (0.45, 0.36, 0.1),
)
"""Of coats, linear RGB."""

LEATHERS: tuple[Color, ...] = ((0.02, 0.018, 0.016), (0.16, 0.07, 0.03), (0.6, 0.58, 0.54), (0.05, 0.07, 0.12))
"""Of shoes, linear RGB."""

DARK = Material("fabric", (0.02, 0.02, 0.02), 0.2, 0.1)
NUMBERS = 3
"""So many different coats of each length there are."""

Shoe = Literal["low", "ankle", "boot"]
SHAFTS: dict[Shoe, float] = {"low": 0.085, "ankle": 0.15, "boot": 0.33}
"""Height of shoes."""


def pegs(count: int, wood: Material) -> Model:
    """Returns a board with turned pegs; its frame: origin on the wall in the middle of the board."""
    high, deep = BOARD
    long = PITCH * count
    board = box((long, deep, high), (0, deep / 2, 0), 0.003)
    turned = [
        (0.011, 0.0),
        (0.011, 0.004),
        (0.0075, 0.012),
        (THICK, 0.045),
        (0.0125, 0.058),
        (0.009, PEG),
        (0.0001, PEG),
    ]
    x = peg_places(count)
    made = [revolve(turned, 16).transformed(OUT).moved(at, deep - 0.001, 0) for at in x]
    bounds = [cuboid((-long / 2, 0.0, -high / 2), (long / 2, deep, high / 2))]
    bounds += [cuboid((at - THICK, deep, -THICK), (at + THICK, deep + PEG, THICK)) for at in x]
    return single("rail", f"kitchen/rail_pegs_{count}", [(wood, [board, *made])], bounds)


def peg_places(count: int) -> Array:
    """Returns (count,) x of the pegs of a board."""
    return PITCH * (np.arange(count) - (count - 1) / 2)


@cache
def _coat_mesh(long: float, number: int) -> tuple[Mesh, Mesh, Mesh]:
    """Returns body with sleeves, collar and buttons of a coat that hangs by its loop."""
    rng = np.random.default_rng((int(1000 * long), number))
    around = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    drop = np.array([0.0, 0.03, 0.08, 0.15, 0.25, 0.4, 0.6, 0.8, 0.95, 1.0]) * long
    wide = np.interp(drop, (0, 0.03, 0.09, 0.2, long), (0.03, 0.055, 0.115, 0.128, 0.15))
    deep = np.interp(drop, (0, 0.03, 0.1, 0.25, long), (0.02, 0.035, 0.06, 0.07, 0.075))
    folds = rng.uniform(0, 6.28, 3)
    rings = []
    for fall, w, d in zip(drop, wide, deep, strict=True):
        share = fall / long
        wave = 0.11 * share**0.7 * np.sin(7 * around + folds[0] + 0.8 * share)
        wave += 0.07 * share * np.sin(11 * around + folds[1]) + 0.05 * np.sin(3 * around + folds[2] + 2 * share)
        y = np.maximum(d * np.sin(around) * (1 + wave), -0.9 * d)  # flat where it leans on the wall
        rings.append(np.column_stack([w * np.cos(around) * (1 + 0.6 * wave), y + 0.085, 0 * around - fall - 0.004 * w]))
    body = loft(np.stack(rings[::-1]), smooth=True)
    sleeves = []
    for side in (-1, 1):
        spots = np.array([(0.085, 0.09, -0.07), (0.125, 0.1, -0.14), (0.14, 0.11, -0.32), (0.132, 0.12, -0.6)])
        size = np.array([0.035, 0.046, 0.042, 0.034])
        angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
        cuff = [
            np.column_stack(
                [
                    side * x + r * 0.62 * np.cos(angle),
                    y + r * np.sin(angle) * (1 + 0.1 * np.sin(3 * angle)),
                    0 * angle + z,
                ]
            )
            for (x, y, z), r in zip(spots[::-1], size[::-1], strict=True)
        ]
        sleeves.append(loft(np.stack(cuff), smooth=True))
    turn = np.linspace(-0.35 * np.pi, 1.35 * np.pi, 13)
    collar = tube(
        np.column_stack([0.05 * np.cos(turn), 0.085 + 0.034 * np.sin(turn), -0.035 - 0.012 * np.sin(turn)]), 0.015, 10
    )
    buttons = [
        revolve([(0.0085, 0.0), (0.009, 0.002), (0.0001, 0.004)], 12)
        .transformed(OUT)
        .moved(0.02, 0.148 + 0.012 * share, -share * long)
        for share in (0.25, 0.4, 0.55, 0.7)
    ]
    return Mesh.merged([body, *sleeves]), collar, Mesh.merged(buttons)


def coat(long: float, number: int, color: Color) -> Model:
    """Returns a coat or a jacket on its loop, `long` metres from collar to hem."""
    body, collar, buttons = (mesh.moved(z=-THICK) for mesh in _coat_mesh(long, number % NUMBERS))
    cloth = Material("fabric", color, 0.3, 0.1)
    layers: list[Layer] = [(cloth, [body]), (cloth, [collar]), (DARK, [buttons])]
    low = -THICK - long
    bounds = [
        cuboid((-0.06, 0.02, -0.1), (0.06, 0.125, -THICK - 0.001)),
        cuboid((-0.168, 0.018, low), (0.168, 0.172, -0.1)),
    ]
    return single("coat", f"kitchen/coat_{long:.2f}_{number % NUMBERS}", layers, bounds)


def tote(color: Color, number: int) -> Model:
    """Returns a cloth bag that hangs by its handles, something heavy in it."""
    rng = np.random.default_rng(number % NUMBERS)
    top, low, half = -0.27, -0.67, 0.18
    around = circle(1.0, 48)
    rings = []
    for share in (0.0, 0.08, 0.3, 0.6, 0.85, 1.0):
        bulge = 0.012 + 0.034 * np.sin(np.pi * min(1.05 - share, 1.0) ** 0.8) * (1 + 0.2 * rng.random())
        square = np.sign(around) * np.abs(around) ** 0.55
        crease = 1 + 0.12 * (1 - share) * np.sin(5 * np.arctan2(around[:, 1], around[:, 0]) + 3 * share)
        x = square[:, 0] * half * (0.9 + 0.1 * np.cos(2.2 * (share - 0.4)))
        rings.append(np.column_stack([x, 0.062 + bulge * square[:, 1] * crease, 0 * x + low + (top - low) * share]))
    rings[-1][:, 2] -= 0.03 * (1 - (rings[-1][:, 0] / half) ** 2)  # its rim sags between the handles
    straps = []
    for y in (0.05, 0.074):
        path = [(-0.075, y, top - 0.03), (-0.06, y, -0.15), (-0.012, y, -0.004), (0.0, y, THICK + 0.003)]
        path += [(-x, y, z) for x, y, z in path[-2::-1]]
        straps.append(tube(path, 0.006, 8))
    cloth = Material("fabric", color, 0.3, 0.15)
    bounds = [
        cuboid((-0.07, 0.042, top), (0.07, 0.082, -THICK - 0.002)),
        cuboid((-half, 0.019, low), (half, 0.112, top)),
    ]
    return single(
        "bag",
        f"kitchen/tote_{number % NUMBERS}",
        [(cloth, [loft(np.stack(rings), smooth=True)]), (cloth, straps)],
        bounds,
    )


def _foot(left: bool, grown: float) -> Array:
    """Returns (32, 2) outline of a shoe's sole, toe at +X, grown outwards by `grown` metres."""
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    x = 0.145 * np.cos(angle)
    half = np.interp(x, (-0.145, -0.09, -0.02, 0.07, 0.145), (0.031, 0.036, 0.034, 0.048, 0.036))
    bend = (0.012 if left else -0.012) * (x / 0.145) ** 2
    return np.column_stack([x + grown * np.cos(angle), (half + grown) * np.sin(angle) - bend])


@cache
def shoe(kind: Shoe, left: bool, color: Color) -> Model:
    """Returns a shoe whose shaft is open above."""
    shaft = SHAFTS[kind]
    outline = _foot(left, 0.0)
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    ankle = np.column_stack([0.05 * np.cos(angle) - 0.078, 0.034 * np.sin(angle)])
    sole = loft(
        [
            np.column_stack([_foot(left, g), np.full(32, z)])
            for g, z in ((0.001, 0.0), (0.004, 0.004), (0.003, 0.026), (0.0, 0.027))
        ]
    )
    rings, low = [], min(shaft, 0.1)
    for share, height in ((0.0, 0.02), (0.06, 0.05), (0.3, 0.066), (0.65, 0.082), (1.0, low)):
        rings.append(np.column_stack([outline + share * (ankle - outline), np.full(32, height)]))
    rings += [
        np.column_stack([ankle * (1.0, 1.0 + 0.1 * k), np.full(32, low + (shaft - low) * k)])
        for k in (0.5, 1.0)
        if shaft > low
    ]
    rim = rings[-1]
    middle = rim.mean(0)
    inner = [middle + (rim - middle) * share - (0, 0, fall) for share, fall in ((0.93, 0), (0.9, 0.055), (0.01, 0.06))]
    laces = [
        tube([(x, -0.024, z - 0.006), (x - 0.004, -0.012, z), (x - 0.004, 0.012, z), (x, 0.024, z - 0.006)], 0.0022, 6)
        for x, z in ((0.084, 0.07), (0.066, 0.075), (0.048, 0.079), (0.03, 0.084))
        if kind == "low"
    ]
    leather = Material("plastic" if kind == "boot" else "fabric", color, 0.3, 0.15)
    rubber = Material("rubber", (0.5, 0.48, 0.44) if kind == "low" else (0.03, 0.03, 0.03), 0.3, 0.2)
    layers: list[Layer] = [
        (leather, [loft(np.stack([*rings, inner[0]]), capped=False, smooth=True)]),
        (rubber, [sole, *laces]),
        (DARK, [loft(np.stack(inner), capped=False, smooth=True)]),
    ]
    bounds = [cuboid((-0.149, -0.052, 0.0), (0.149, 0.052, 0.07)), cuboid((-0.13, -0.042, 0.07), (-0.02, 0.042, shaft))]
    return single("shoe", f"kitchen/shoe_{kind}_{'left' if left else 'right'}", layers, bounds)


@cache
def carrier(number: int) -> Model:
    """Returns a carrier bag of brown paper, open above, with handles of twisted paper."""
    rng = np.random.default_rng(number % NUMBERS)
    wide, deep, high = 0.26, 0.16, 0.34
    rings = []
    for z in np.array([0.0, 0.004, 0.1, 0.2, 0.3, 1.0]) * (1, 1, 1, 1, 1, high):
        share = z / high
        ring = rounded(wide, deep, 0.006, 40) + rng.normal(0, 0.0016 * (0.3 + share), (40, 2))
        pinch = 0.22 * share**1.5 * np.clip(np.abs(ring[:, 0]) / (wide / 2) - 0.9, 0, 0.1) * 10
        ring[:, 1] *= 1 - pinch * np.clip(1 - np.abs(ring[:, 1]) / (deep / 2), 0, 1)
        ring[:, 1] *= 1 - 0.12 * share
        rings.append(np.column_stack([ring[:, 1], ring[:, 0], np.full(40, z)])[::-1])
    inner = [rings[level] * (0.985, 0.99, 1.0) for level in (-1, -2, 1)]
    inner[-1][:, 2] = 0.004
    handles = []
    for side in (-1, 1):
        x = side * deep * 0.44
        turn = np.linspace(0, np.pi, 15)
        lean = side * 0.02 * rng.uniform(0.2, 1.0) * np.sin(turn)
        loop = np.column_stack([x + lean, 0.05 * np.cos(turn), high - 0.01 + 0.075 * np.sin(turn)])
        handles.append(tube(loop, 0.003, 8))
    kraft = Material("paper", (0.4, 0.3, 0.2), 0.2, 0.02)
    thin = 0.003
    bounds = [cuboid((-deep / 2, -wide / 2, 0.0), (deep / 2, wide / 2, 0.004))]
    bounds += [
        cuboid((s * deep / 2 - thin, -wide / 2, 0.004), (s * deep / 2 + thin, wide / 2, high + 0.06)) for s in (-1, 1)
    ]
    bounds += [cuboid((-deep / 2, s * wide / 2 - thin, 0.004), (deep / 2, s * wide / 2 + thin, high)) for s in (-1, 1)]
    layers: list[Layer] = [(kraft, [loft(np.stack([*rings, *inner]), smooth=False)]), (kraft, handles)]
    return single("bag", f"kitchen/carrier_{number % NUMBERS}", layers, bounds)
