"""Framed pictures, painted of flat polygons: landscapes, abstracts, still lifes; and a calendar. Metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.style import Style
from buildee.layout.layers import single
from buildee.layout.lettering import text
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Assembly, Model
from buildee.layout.solids import box, circle, prism

Array = NDArray[np.float64]

LAYER = 0.00025
"""How far a colour lies over the one below, metres."""

PALETTES: tuple[tuple[Color, ...], ...] = (
    ((0.62, 0.68, 0.7), (0.75, 0.55, 0.33), (0.16, 0.27, 0.24), (0.32, 0.38, 0.2), (0.09, 0.12, 0.16)),
    ((0.8, 0.74, 0.62), (0.6, 0.2, 0.1), (0.75, 0.5, 0.25), (0.25, 0.12, 0.09), (0.5, 0.45, 0.36)),
    ((0.72, 0.75, 0.74), (0.1, 0.2, 0.36), (0.3, 0.45, 0.55), (0.05, 0.08, 0.14), (0.8, 0.6, 0.3)),
    ((0.78, 0.76, 0.7), (0.2, 0.24, 0.14), (0.42, 0.45, 0.28), (0.55, 0.35, 0.22), (0.1, 0.1, 0.09)),
)
"""Ground, then four colours, linear RGB."""


def picture(wide: float, tall: float, name: str, style: Style, rng: np.random.Generator) -> Assembly:
    """Returns a framed picture whose middle is the origin, +Y out of the wall."""
    wood = style.table if rng.random() < 0.5 else Material("lacquer", (0.02, 0.02, 0.02), wear=0.1, dirt=0.05)
    border, deep = float(rng.choice([0.012, 0.02, 0.03])), 0.022
    frame = [box((wide, deep, border), (0, deep / 2, s * (tall - border) / 2), 0.002) for s in (-1, 1)]
    frame += [box((border, deep, tall - 2 * border), (s * (wide - border) / 2, deep / 2, 0), 0.002) for s in (-1, 1)]
    mount = [box((wide - 2 * border, 0.012, tall - 2 * border), (0, 0.006, 0))]
    margin = float(rng.uniform(0.02, 0.08)) * min(wide, tall) * 2
    w, h = wide - 2 * (border + margin), tall - 2 * (border + margin)
    palette = PALETTES[int(rng.integers(len(PALETTES)))]
    draw = (_landscape, _arches, _blocks)[int(rng.integers(3))]
    sheets = [(0, np.array([(-w, -h), (w, -h), (w, h), (-w, h)]) / 2), *draw(w, h, rng)]
    inks: list[list[Mesh]] = [[] for _ in palette]
    for level, (ink, outline) in enumerate(sheets):
        inks[ink].append(prism(outline, LAYER * (level + 1)).transformed(_UP).moved(y=0.0119))
    layers = [(wood, frame), (Material("paper", (0.8, 0.79, 0.76), wear=0.05, dirt=0.03), mount)]
    layers += [
        (Material("paper", color, wear=0.1, dirt=0.0), meshes) for color, meshes in zip(palette, inks, strict=True)
    ]
    bounds = [((-wide / 2, 0.0, -tall / 2), (wide / 2, deep, tall / 2))]
    made = single("picture", f"kitchen/{name}", layers, bounds)
    return Assembly(made.shapes, (made.placed(name, np.eye(4)),))


def calendar(style: Style, number: int) -> Model:
    """Returns a calendar of a picture over a month's days, on a nail; A4 upright below A4 across, folded flat.

    Origin in its middle on the wall, +Y out of it.
    """
    rng = np.random.default_rng(number)
    wide, tall, palette = 0.3, 0.42, PALETTES[number % len(PALETTES)]
    sheet = box((wide, 0.0016, tall), (0, 0.0024, 0))
    drawn = (_landscape, _arches, _blocks)[number % 3](wide - 0.02, tall / 2 - 0.02, rng)
    inks: list[list[Mesh]] = [[] for _ in palette]
    inks[0].append(_flat((wide - 0.02, tall / 2 - 0.02), (0.0, tall / 4), 1))
    for level, (ink, outline) in enumerate(drawn):
        inks[ink].append(prism(outline, LAYER * (level + 2)).transformed(_UP).moved(0, 0.0032, tall / 4))
    days, first, pitch = [], int(rng.integers(7)), (wide - 0.04) / 7
    for day in range(30):
        row, column = divmod(day + first, 7)
        spot = (-wide / 2 + 0.02 + pitch * (column + 0.5), -0.058 - 0.028 * row)
        days.append(text(str(day + 1), 0.009, LAYER, "middle").transformed(_READ).moved(spot[0], 0.0032, spot[1]))
    rules = [_flat((wide - 0.04, 0.0008), (0.0, -0.042 - 0.028 * row), 1) for row in range(6)]
    title = text(MONTHS[number % 12], 0.016, LAYER, "middle").transformed(_READ).moved(0, 0.0032, -0.034)
    spiral = [box((0.004, 0.006, 0.012), (x, 0.003, tall / 2), 0.001) for x in np.arange(-0.12, 0.13, 0.02)]
    rounded = [_flat((0.02, 0.0012), (float(rng.uniform(-0.1, 0.1)), -0.066 - 0.028 * k), 2) for k in rng.choice(4, 2)]
    layers = [(Material("paper", (0.82, 0.81, 0.78), wear=0.05, dirt=0.02), [sheet])]
    layers += [
        (Material("paper", color, wear=0.05, dirt=0.0), meshes) for color, meshes in zip(palette, inks, strict=True)
    ]
    layers.append((Material("plastic", (0.03, 0.03, 0.03), wear=0.0, dirt=0.0), [*days, *rules, title]))
    layers.append((style.metal, spiral))
    layers.append((Material("plastic", (0.5, 0.04, 0.04), wear=0.0, dirt=0.0), rounded))
    bounds = [((-wide / 2, 0.0, -tall / 2), (wide / 2, 0.006, tall / 2 + 0.006))]
    return single("calendar", f"kitchen/calendar_{number}", layers, bounds)


def _flat(size: tuple[float, float], middle: tuple[float, float], level: int) -> Mesh:
    """Returns a printed rectangle on a calendar's sheet."""
    return box((size[0], LAYER * level, size[1]), (middle[0], 0.0032 + LAYER * level / 2, middle[1]))


MONTHS = (
    *("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE"),
    *("JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"),
)

_READ = np.array([(-1.0, 0, 0, 0), (0, 0, 1.0, 0), (0, 1.0, 0, 0), (0, 0, 0, 1.0)])
"""Turns lettering, read from +Z, to be read by who looks at the wall, along -Y."""

_UP = np.array([(-1.0, 0, 0, 0), (0, 0, 1.0, 0), (0, 1.0, 0, 0), (0, 0, 0, 1.0)])
"""Stands a flat sheet up: its +Y becomes +Z, its +Z looks out of the wall."""


def _landscape(w: float, h: float, rng: np.random.Generator) -> list[tuple[int, Array]]:
    """Returns hills behind hills under a sun."""
    sun = circle(h * rng.uniform(0.06, 0.12), 24) + np.array([w * rng.uniform(-0.3, 0.3), h * rng.uniform(0.15, 0.32)])
    shapes: list[tuple[int, Array]] = [(1, sun)]
    x = np.linspace(-w / 2, w / 2, 25)
    for turn, ink in enumerate((2, 3, 4)):
        level = h * (0.12 - 0.2 * turn)
        waves = sum(rng.normal(0, 0.05 / k) * np.sin(k * 2.2 * np.pi * x / w + rng.uniform(0, 6)) for k in (1, 2, 3))
        top = np.clip(level + h * waves, -h / 2 + 0.01, h / 2)
        shapes.append((ink, np.concatenate([[(-w / 2, -h / 2), (w / 2, -h / 2)], np.column_stack([x, top])[::-1]])))
    return shapes


def _arches(w: float, h: float, rng: np.random.Generator) -> list[tuple[int, Array]]:
    """Returns nested arches and a disc."""
    shapes = []
    size, foot = min(w, h) * 0.42, -h * rng.uniform(0.25, 0.4)
    half = circle(1.0, 48)[:25]
    for turn in range(4):
        radius = size * (1 - 0.24 * turn)
        arch = half * radius + np.array([0.0, foot + size * 0.6])
        shapes.append(((1 + turn) % 5, np.concatenate([arch, [(-radius, foot), (radius, foot)]])))
    shapes.append(
        (int(rng.integers(1, 5)), circle(size * 0.2, 24) + np.array([w * rng.uniform(-0.25, 0.25), h * 0.36]))
    )
    return shapes


def _blocks(w: float, h: float, rng: np.random.Generator) -> list[tuple[int, Array]]:
    """Returns overlapping shapes with torn edges."""
    shapes = []
    for turn in range(6):
        around = circle(1.0, 11, rng.uniform(0, 6)) * rng.uniform(0.75, 1.0, (11, 1))
        size = np.array([w, h]) * rng.uniform(0.12, 0.3, 2)
        middle = np.array([w, h]) * rng.uniform(-0.25, 0.25, 2)
        points = np.clip(around * size + middle, (-w / 2, -h / 2), (w / 2, h / 2))
        shapes.append((1 + turn % 4, points))
    return shapes
