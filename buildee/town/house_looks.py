"""What town houses are made of: materials that agree with each other, by kind of house."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.layout.material import Color, Material
from buildee.town.houses import Style

BRICKS: tuple[Color, ...] = (
    (0.30, 0.125, 0.085),
    (0.36, 0.19, 0.125),
    (0.24, 0.13, 0.10),
    (0.42, 0.31, 0.185),
    (0.20, 0.105, 0.085),
)
"""Red, orange, plum, yellow stock and dark brick."""

RENDERS: tuple[Color, ...] = (
    (0.60, 0.52, 0.37),
    (0.52, 0.41, 0.27),
    (0.62, 0.59, 0.52),
    (0.47, 0.45, 0.41),
    (0.55, 0.38, 0.28),
    (0.40, 0.45, 0.42),
    (0.48, 0.50, 0.52),
    (0.60, 0.44, 0.23),
)
"""Mineral paints: ochre, sand, cream, grey, terracotta, reseda, pigeon blue, saffron."""

STONES: tuple[Color, ...] = ((0.47, 0.44, 0.38), (0.38, 0.36, 0.32), (0.45, 0.36, 0.29))
TILES: tuple[Color, ...] = ((0.24, 0.095, 0.06), (0.28, 0.13, 0.08), (0.12, 0.085, 0.075), (0.085, 0.088, 0.095))
DOORS: tuple[Color, ...] = (
    (0.05, 0.08, 0.06),
    (0.12, 0.03, 0.025),
    (0.03, 0.05, 0.11),
    (0.16, 0.09, 0.05),
    (0.03, 0.03, 0.03),
)
SIGNS: tuple[Color, ...] = (
    (0.03, 0.05, 0.05),
    (0.2, 0.02, 0.02),
    (0.02, 0.06, 0.14),
    (0.05, 0.1, 0.05),
    (0.4, 0.37, 0.3),
)
CLOTHS: tuple[Color, ...] = (
    (0.42, 0.38, 0.3),
    (0.25, 0.1, 0.08),
    (0.2, 0.24, 0.28),
    (0.5, 0.47, 0.42),
    (0.3, 0.27, 0.15),
)
ACCENTS: tuple[Color, ...] = (
    (0.24, 0.3, 0.32),
    (0.42, 0.2, 0.1),
    (0.35, 0.36, 0.34),
    (0.12, 0.2, 0.16),
    (0.5, 0.4, 0.15),
)
ROOMS: tuple[Color, ...] = ((0.72, 0.69, 0.63), (0.68, 0.64, 0.54), (0.6, 0.63, 0.66))
"""Walls of the rooms behind the windows; lamps light them at night."""

PANES = Material("plastic", (0.042, 0.05, 0.06), wear=0.0, dirt=0.0)
"""Panes that nobody looks through: dark, and they mirror the sky."""

GOODS: tuple[Color, ...] = ((0.5, 0.2, 0.08), (0.15, 0.3, 0.4), (0.5, 0.45, 0.35), (0.3, 0.4, 0.12))


def looks(rng: np.random.Generator, style: Style) -> tuple[Material, ...]:
    """Draws the materials of a house, in the order of the slots of `facades`."""

    def pick(colors: Sequence[Color]) -> Color:
        return colors[int(rng.integers(len(colors)))]

    brick = style in ("terrace", "warehouse") or (style == "estate" and rng.random() < 0.25)
    wear, dirt = float(rng.uniform(0.1, 0.35)), float(rng.uniform(0.25, 0.5))
    stone, trim_white = pick(STONES), rng.random() < 0.5
    wall = Material("masonry" if brick else "paint", pick(BRICKS if brick else RENDERS), wear=wear, dirt=dirt)
    if style == "office":
        panel = pick(((0.42, 0.42, 0.4), (0.3, 0.31, 0.32), (0.12, 0.13, 0.14), (0.5, 0.47, 0.42)))
        wall = Material("paint", panel, wear=0.05, dirt=0.25)
    trim = Material("paint", (0.62, 0.6, 0.55) if trim_white else stone, wear=0.2, dirt=dirt)
    white = style in ("terrace", "boulevard", "estate") and rng.random() < 0.75
    frame = Material(
        "paint", (0.66, 0.65, 0.62) if white else pick(((0.06, 0.065, 0.07), (0.14, 0.08, 0.05))), wear=0.15
    )
    base = Material("concrete" if style == "warehouse" else "paint", stone, wear=0.3, dirt=dirt)
    tile = np.array(pick(TILES))
    gable = wall if brick else Material("paint", tuple((np.array(wall.color) * 0.9).round(4)), wear=0.35, dirt=0.5)
    shade = tuple((np.array(wall.color) * (0.6 if brick else 0.78)).round(4))
    sign = pick(SIGNS)
    return (
        wall,
        base,
        trim,
        frame,
        Material("glass", (0.95, 1.0, 1.0), wear=0.1, dirt=0.1),
        Material("fabric", pick(CLOTHS), wear=0.2, dirt=0.1),
        Material("fabric", (0.62, 0.6, 0.56), wear=0.1, dirt=0.1),
        Material("plastic", pick(((0.5, 0.48, 0.43), (0.36, 0.31, 0.23), (0.3, 0.31, 0.33))), wear=0.1, dirt=0.1),
        Material("paint", pick(ROOMS), wear=0.0, dirt=0.0),
        Material("paint", pick(DOORS), wear=0.2, dirt=0.25),
        Material("paint", tuple(tile.round(4)), wear=0.45, dirt=0.45),
        Material("paint", tuple((tile * rng.uniform(0.7, 1.35)).round(4)), wear=0.5, dirt=0.5),
        Material("paint", (0.035, 0.036, 0.038), wear=0.3, dirt=0.4)
        if style == "boulevard"
        else Material("galvanized", (0.3, 0.31, 0.32), wear=0.4, dirt=0.4),
        gable,
        Material("paint", sign, wear=0.15, dirt=0.2),
        Material("gravel" if rng.random() < 0.5 else "asphalt", (0.16, 0.155, 0.15), wear=0.5, dirt=0.4),
        Material("paint", shade, wear=0.1, dirt=0.2),
        Material("paint", pick(ACCENTS), wear=0.2, dirt=0.3),
        Material("paint", pick(GOODS), wear=0.0, dirt=0.0),
        Material("paint", (0.6, 0.55, 0.4) if max(sign) < 0.3 else (0.05, 0.04, 0.03), wear=0.05, dirt=0.1),
        PANES,
    )


def row_looks(style: Style, rng: np.random.Generator) -> tuple[Material, ...]:
    """Draws what a house seen from afar is made of, in the order of the slots of `skyline`."""
    brick = style in ("terrace", "warehouse") or rng.random() < 0.15
    color = np.array((BRICKS if brick else RENDERS)[int(rng.integers(5 if brick else len(RENDERS)))])
    wall = Material("masonry" if brick else "paint", tuple((color * rng.uniform(0.85, 1.05)).round(3)), wear=0.3)
    plain = RENDERS[int(rng.integers(2, 7))] if rng.random() < 0.6 else BRICKS[int(rng.integers(5))]
    tile = np.array(TILES[int(rng.integers(4))]) * rng.uniform(0.8, 1.2)
    bed = ((0.2, 0.195, 0.185), (0.085, 0.085, 0.088), (0.26, 0.25, 0.23), (0.12, 0.135, 0.075))[int(rng.integers(4))]
    return (
        wall,
        PANES,
        Material("paint", tuple(tile.round(3)), wear=0.2, dirt=0.5),
        Material("paint", (0.52, 0.5, 0.46), wear=0.2, dirt=0.3),
        Material("paint", tuple((np.array(plain) * 0.85).round(3)), wear=0.4, dirt=0.5),
        Material("plastic", (0.02, 0.024, 0.035), wear=0.05, dirt=0.1),
        Material("paint", ROOMS[int(rng.integers(3))], wear=0.0, dirt=0.0),
        Material("gravel", bed, wear=0.5, dirt=0.5),
    )
