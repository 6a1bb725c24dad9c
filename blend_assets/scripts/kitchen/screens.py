"""What screens show: a recipe on a laptop, the icons of a phone. Flat, x to the right and y up from the middle, metres.

Everything is a tile of light or ink a few hundredths of a millimetre before what it lies on.
"""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.kitchen.finishes import of
from buildee.layout import lettering, solids
from buildee.layout.mesh import Mesh

STEP = 0.00004
"""From one layer of a picture to the next."""

STEPS = (
    "1 ONION, 2 CLOVES OF GARLIC",
    "800 G RIPE TOMATOES",
    "3 TBSP OLIVE OIL",
    "1/2 L VEGETABLE STOCK",
    "SALT, PEPPER, BASIL",
    "SOFTEN THE ONION FOR 8 MIN",
    "ADD TOMATOES, SIMMER 25 MIN",
    "BLEND UNTIL SMOOTH",
)
"""Of the recipe."""


def recipe_page(width: float, height: float) -> Mesh:
    """Returns a browser with a recipe: bar and tabs, heading, a bowl of soup, what is needed and what is done."""
    x, y, bar = -width / 2, height / 2, 0.06 * height
    column, text = 0.08 * width, 0.022 * height
    photo = 0.36 * width, 0.5 * height, (0.26 * width, 0.02 * height)
    rows = [
        lettering.text(line, text, 3 * STEP).moved(x + column, y - 0.32 * height - 0.075 * height * number)
        for number, line in enumerate(STEPS)
    ]
    heading = lettering.text("TOMATO SOUP", 0.05 * height, 3 * STEP).moved(x + column, y - 0.22 * height)
    marks = [_disc(0.012 * height, (x + (0.03 + 0.025 * k) * width, y - bar / 2), 2) for k in range(3)]
    bowl = _disc(0.19 * height, photo[2], 3), _disc(0.155 * height, photo[2], 4)
    leaves = [
        _disc(0.02 * height, np.add(photo[2], (dx * height, dy * height)), 5)
        for dx, dy in ((-0.03, 0.02), (0.02, -0.03))
    ]
    return Mesh.merged(
        [
            of(
                "lit_white",
                _tile((width, height), (0, 0), 1),
                bowl[0],
                _tile((0.4 * width, 0.6 * bar), (0, y - bar / 2), 3),
            ),
            of("lit_grey", _tile((width, bar), (0, y - bar / 2), 2)),
            of(
                "lit_blue",
                _tile(photo[:2], photo[2], 2),
                _tile((0.12 * width, 0.035 * height), (x + 0.14 * width, -0.44 * height), 2),
            ),
            of("lit_orange", bowl[1], *marks[:1]),
            of("lit_green", *leaves, *marks[1:]),
            of("print", heading, *rows),
        ]
    )


def home_screen(width: float, height: float) -> Mesh:
    """Returns a phone's picture: the time over rows of round icons."""
    pitch = width / 4
    spots = [((col - 1.5) * pitch, -0.1 * height - (row - 1.0) * 1.15 * pitch) for row in range(4) for col in range(4)]
    dots = [_disc(0.3 * pitch, spot, 3) for spot in spots[:-2]]
    clock = lettering.text("10:42", 0.07 * height, 3 * STEP, "middle").moved(0, 0.27 * height)
    date = lettering.text("SAT 14 MAY", 0.02 * height, 3 * STEP, "middle").moved(0, 0.22 * height)
    return Mesh.merged(
        [
            of("lit_blue", _tile((width, height), (0, 0), 1)),
            of("lit_white", clock, date, *dots[1::4]),
            of("lit_green", *dots[0::4]),
            of("lit_orange", *dots[2::4]),
            of("lit_grey", *dots[3::4]),
        ]
    )


def _tile(size: tuple[float, float], middle: tuple[float, float], layer: int) -> Mesh:
    """Returns a rectangle that faces +Z."""
    corners = np.array([(-0.5, -0.5, 0), (0.5, -0.5, 0), (0.5, 0.5, 0), (-0.5, 0.5, 0)])
    return Mesh.from_faces(corners * (*size, 0) + (*middle, layer * STEP), [(0, 1, 2, 3)])


def _disc(radius: float, middle: tuple[float, float], layer: int) -> Mesh:
    """Returns a disc that faces +Z."""
    rim = solids.circle(radius, 28) + middle
    return Mesh.from_faces(np.column_stack([rim, np.full(28, layer * STEP)]), [range(28)])
