"""Reinforcement: starter bars, column cages, mats. Bars are 8 to 20 mm, as drawn for housing frames; metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.concrete import DOOR_HEIGHT
from buildee.layout.bars import bars, chain
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, revolve

COVER = 0.04
"""Concrete over the links, metres (EN 1992-1-1, outdoor exposure)."""

LINK = 0.004
"""Radius of links and distribution bars, metres."""

LAP = 0.95
"""How far starter bars stand above the concrete: about 48 bar diameters, metres."""

STEEL = Material("rusty_steel", (0.25, 0.12, 0.07), wear=0.5, dirt=0.2)
SPACER = Material("concrete", (0.3, 0.29, 0.27), wear=0.3, dirt=0.5)
CAP = Material("plastic", (0.75, 0.13, 0.02), wear=0.3, dirt=0.4)


def _ring(size: float, bar: float) -> NDArray[np.float64]:
    """Returns (N, 2) bar positions around a square column: 8, or 12 from 0.45 m on."""
    half = size / 2 - COVER - 2 * LINK - bar
    steps = np.linspace(-half, half, 3 if size < 0.45 else 4)
    points = [(x, y) for x in steps for y in steps if max(abs(x), abs(y)) > half - 1e-9]
    return np.array(points)


def _links(size: float, heights: NDArray[np.float64]) -> Mesh:
    """Returns closed square links at the given heights."""
    half = size / 2 - COVER - LINK
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    rings = [chain(np.column_stack([corners, np.full(4, z)]), LINK, 4, closed=True) for z in heights]
    return Mesh.merged(rings)


def _caps(tops: NDArray[np.float64], bar: float) -> Mesh:
    """Returns mushroom caps over bar ends at (N, 3) points, in slot 1."""
    cap = revolve([(bar + 0.004, -0.045), (bar + 0.004, -0.006), (0.026, 0.0), (0.02, 0.011), (0.0, 0.014)], 8)
    return Mesh.merged([cap.moved(*top) for top in tops]).with_slot(1)


def column_starters(rng: np.random.Generator, size: float, capped: bool, bar: float = 0.01) -> Mesh:
    """Returns the bars that stick out of a column head at z = 0; slot 0 steel, slot 1 caps.

    Args:
        rng: decides small leans and lengths.
        size: side of the column, metres.
        capped: whether the bars carry plastic caps.
        bar: bar radius, metres.
    """
    feet = _ring(size, bar)
    starts = np.column_stack([feet, np.full(len(feet), -0.05)])
    lean = rng.normal(0.0, 0.008, (len(feet), 2))
    tops = np.column_stack([feet + lean, LAP + rng.uniform(-0.03, 0.03, len(feet))])
    pieces = [bars(starts, tops, bar, 6), _links(size, np.array([0.12, 0.32, 0.55]))]
    if capped:
        pieces.append(_caps(tops, bar))
    return Mesh.merged(pieces)


def column_cage(size: float, height: float, bar: float = 0.01) -> Mesh:
    """Returns a column's whole cage from z = 0 to `height`; links close up at the foot."""
    feet = _ring(size, bar)
    ends = np.column_stack([feet, np.full(len(feet), height)])
    heights = np.concatenate([np.arange(0.06, 0.6, 0.1), np.arange(0.7, height - 0.3, 0.2)])
    return Mesh.merged([bars(ends * (1, 1, 0), ends, bar, 6), _links(size, heights)])


def wall_starters(
    rng: np.random.Generator,
    length: float,
    thickness: float,
    doors: Sequence[tuple[float, float]] = (),
    bar: float = 0.006,
) -> Mesh:
    """Returns two rows of bars along +X from x = 0, centred on y = 0, above a wall top at z = 0.

    Args:
        rng: decides small leans and lengths.
        length, thickness: of the wall, metres.
        doors: start and end of intervals that stay free of bars.
        bar: bar radius, metres.
    """
    ends = np.array([0.0, *[side for door in doors for side in door], length]).reshape(-1, 2)
    return Mesh.merged(_starter_row(rng, start, end, thickness, bar) for start, end in ends)


def _starter_row(rng: np.random.Generator, start: float, end: float, thickness: float, bar: float) -> Mesh:
    """Returns the bars of `wall_starters` between two doors."""
    length = end - start
    count = max(2, int(length / 0.18))
    x = start + np.linspace(COVER + 0.02, length - COVER - 0.02, count)
    row = thickness / 2 - COVER - bar
    feet = np.array([(place, side) for side in (-row, row) for place in x])
    starts = np.column_stack([feet, np.full(len(feet), -0.05)])
    lean = rng.normal(0.0, 0.012, (len(feet), 2))
    tops = np.column_stack([feet + lean, 0.75 + rng.uniform(-0.04, 0.04, len(feet))])
    along = [((x[0], side, z), (x[-1], side, z)) for side in (-row - 2 * bar, row + 2 * bar) for z in (0.15, 0.4)]
    rails = np.array(along)
    return Mesh.merged([bars(starts, tops, bar, 5), bars(rails[:, 0], rails[:, 1], bar, 5)])


def wall_cage(
    length: float, height: float, thickness: float, doors: Sequence[tuple[float, float]] = (), bar: float = 0.006
) -> Mesh:
    """Returns two layers of bars along +X from x = 0, centred on y = 0, standing on z = 0; laps stick out on top.

    Args:
        length, height, thickness: of the wall, metres.
        doors: start and end of openings that reach the floor.
        bar: bar radius, metres.
    """
    row, clear = thickness / 2 - COVER - bar, 0.05
    x = np.linspace(COVER + 0.02, length - COVER - 0.02, max(2, int(length / 0.2)))
    z = np.arange(0.12, height, 0.2)
    foot = np.zeros(len(x))
    for start, end in doors:
        foot[(x > start - clear) & (x < end + clear)] = DOOR_HEIGHT + clear
    rods = [
        ((at, side, low), (at, side, height + 0.72)) for side in (-row, row) for at, low in zip(x, foot, strict=True)
    ]
    inside = [edge for start, end in doors for edge in (start - clear, end + clear)]
    pieces = np.array([x[0], *inside, x[-1]]).reshape(-1, 2)
    for level in z:
        runs = pieces if level < DOOR_HEIGHT + clear else np.array([(x[0], x[-1])])
        rods += [((a, side, level), (b, side, level)) for side in (-row - 2 * bar, row + 2 * bar) for a, b in runs]
    ends = np.array(rods)
    return bars(ends[:, 0], ends[:, 1], bar, 5)


def mat(length: float, width: float, pitch: float = 0.15, bar: float = 0.004, lift: float = 0.0) -> Mesh:
    """Returns a welded mat over x 0..`length`, y 0..`width`, on line spacers that stand on z = -`lift`.

    Slot 0 steel, slot 1 the spacers, which keep the cover of 25 mm.

    Args:
        length, width: metres.
        pitch: spacing both ways, metres (Q257 and Q335 mats have 0.15).
        bar: bar radius, metres.
        lift: how much taller the spacers are, because the mat's edges lie on those of its neighbours, metres.
    """
    x = np.linspace(0.025, length - 0.025, max(2, round(length / pitch)))
    y = np.linspace(0.025, width - 0.025, max(2, round(width / pitch)))
    low, high = 0.025 + bar, 0.025 + 3 * bar
    lengthwise = np.array([((0.0, place, low), (length, place, low)) for place in y])
    crosswise = np.array([((place, 0.0, high), (place, width, high)) for place in x])
    rods = np.concatenate([lengthwise, crosswise])
    end = min(0.4, length / 3)  # clear of the laps
    feet = np.linspace(end, length - end, max(2, round(length)))
    tall, middle = 0.025 + lift, (0.025 - lift) / 2
    spacers = [box((0.02, max(width - 0.1, 0.1), tall), (place, width / 2, middle), 0.004) for place in feet]
    return Mesh.merged([bars(rods[:, 0], rods[:, 1], bar, 4), Mesh.merged(spacers).with_slot(1)])
