"""Roofs of town houses: tiles course by course, dormers, chimneys, gutters; flat ones with parapets and plant. Metres.

As in `facades`: the street front is the plane x = 0, y runs along the street.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, cylinder, tube
from buildee.town.facades import (
    FLAT,
    GABLE,
    METAL,
    ROOF,
    TILE,
    TRIM,
    WALL,
    bar,
    glazing,
    repeated,
    rings,
)

COURSE, COLUMN = 0.34, 0.3
"""Visible length and width of a tile, metres: interlocking clay tiles lie at 12 to 15 a square metre."""

LAP = 0.03
"""How far a tile stands above the one it covers, metres."""


def tiled(
    start: tuple[float, float], end: tuple[float, float], length: float, rng: np.random.Generator, wide: float = COLUMN
) -> Mesh:
    """Returns a slope of tiles from the eaves (x, z) up to the ridge, over y from -length / 2 to length / 2.

    Some tiles are of another firing; the courses overlap by steps.

    Args:
        start, end: (x, z) of the eaves and of the ridge, metres.
        length: along the eaves, metres.
        rng: decides which tiles.
        wide: width of a tile, metres.
    """
    low, high = np.array(start), np.array(end)
    run = float(np.hypot(*(high - low)))
    along = (high - low) / run
    away = np.array([-along[1], along[0]])
    away = away if away[1] > 0 else -away
    courses, columns = max(1, round(run / COURSE)), max(1, round(length / wide))
    share = np.linspace(0, 1, courses + 1)[:, None] * (high - low) + low
    bottom, top = share[:-1] + away * LAP, share[1:]
    y = np.linspace(-length / 2, length / 2, columns + 1)
    lower, upper = _line(bottom, y), _line(top, y)
    foot = _line(share[:-1] - away * 0.01, y[[0, -1]])
    points = np.stack([lower, upper])  # (2, courses, columns + 1, 3)
    index = np.arange(points[..., 0].size).reshape(points.shape[:3])

    def quads(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        return np.stack([first[:, :-1], first[:, 1:], second[:, 1:], second[:, :-1]], -1).reshape(-1, 4)

    under = index.size + np.arange(2 * courses).reshape(courses, 2)
    faces = np.concatenate([quads(index[0], index[1]), quads(under, index[0][:, [0, -1]])])
    faces = faces if end[0] < start[0] else faces[:, ::-1]
    share = 0.3 if wide < 0.5 else 0.1  # wide tiles stand for three, which are rarely all of another firing
    slots = np.where(rng.random(courses * columns) < share, TILE, ROOF).astype(np.int32)
    mesh = Mesh.from_faces(np.concatenate([points.reshape(-1, 3), foot.reshape(-1, 3)]), faces)
    slots = np.concatenate([slots, np.full(courses, ROOF, np.int32)])
    return Mesh(mesh.vertices, mesh.corners, mesh.sizes, slots, mesh.smooth)


def _line(points: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Returns (N, Y, 3): (x, z) points repeated along y."""
    grid = np.empty((len(points), len(y), 3))
    grid[..., 0], grid[..., 2] = points[:, :1], points[:, 1:]
    grid[..., 1] = y
    return grid


def ridge(x: float, z: float, length: float) -> Mesh:
    """Returns the cap of a ridge."""
    return box((0.26, length, 0.1), (x, 0, z + 0.02), 0.03).with_slot(ROOF)


def gutter(x: float, z: float, length: float, side: int) -> Mesh:
    """Returns a gutter along the eaves; `side` +1 hangs it on the street front, -1 on the rear."""
    return bar(tuple(sorted((x, x + side * 0.13))), (-length / 2, length / 2), (z - 0.1, z), METAL)


def downpipe(x: float, y: float, top: float, out: float) -> Mesh:
    """Returns a rain pipe from a gutter at x = `out` back to the wall at `x` and down to the ground."""
    lean = np.sign(out - x)
    return tube(
        [(out, y, top), (x + lean * 0.09, y, top - 0.35), (x + lean * 0.09, y, 0.02)], 0.045, 6, capped=False
    ).with_slot(METAL)


@lru_cache(maxsize=32)
def chimney(width: float, depth: float, height: float, pots: int) -> Mesh:
    """Returns a chimney stack with its cap and pots; its foot is z = 0."""
    parts = [
        box((depth, width, height), (0, 0, height / 2)).with_slot(GABLE),
        box((depth + 0.14, width + 0.14, 0.16), (0, 0, height - 0.12)).with_slot(GABLE),
        box((depth + 0.06, width + 0.06, 0.05), (0, 0, height + 0.02)).with_slot(TRIM),
    ]
    for number in range(pots):
        y = (number - (pots - 1) / 2) * 0.3
        parts.append(cylinder(0.1, 0.42, 8).moved(y=y, z=height + 0.03).with_slot(ROOF))
    return Mesh.merged(parts)


@lru_cache(maxsize=32)
def dormer(width: float, height: float, depth: float, gabled: bool) -> Mesh:
    """Returns a dormer: its front stands at x = 0 from z = 0, its cheeks run `depth` back into the roof."""
    half = width / 2
    opening = [(-half + 0.12, 0.15, half - 0.12, height - 0.12)]
    face = rings([(-half, 0, half, height)], 0.0, opening, 0.0, TRIM)
    reveal = rings(opening, 0.0, opening, -0.06, TRIM)
    pane = glazing(round(width - 0.24, 4), round(height - 0.27, 4), "casement", 0.06).moved(z=0.15)
    cheeks = [bar((-depth, -0.01), (y - 0.02, y + 0.02), (0.0, height), METAL) for y in (-half + 0.02, half - 0.02)]
    dark = box((0.02, width - 0.1, height), (-0.6, 0, height / 2)).with_slot(METAL)
    if not gabled:
        lid = bar((-depth, 0.14), (-half - 0.1, half + 0.1), (height, height + 0.1), METAL)
        return Mesh.merged([face, reveal, pane, *cheeks, dark, lid])
    rise = 0.55 * half
    points = [
        (x, y, z + height) for x in (0.12, -depth) for y, z in ((-half - 0.12, -0.06), (0, rise), (half + 0.12, -0.06))
    ]
    points += [(x, y, z + 0.08) for x, y, z in points]
    lid = Mesh.from_faces(
        points, [(6, 7, 10, 9), (7, 8, 11, 10), (0, 3, 4, 1), (1, 4, 5, 2), (0, 1, 7, 6), (1, 2, 8, 7)], ROOF
    )
    front = Mesh.from_faces([(0, -half, height), (0, half, height), (0, 0, height + rise)], [(0, 1, 2)], TRIM)
    return Mesh.merged([face, reveal, pane, *cheeks, dark, lid, front])


def flat(length: float, depth: float, top: float, rng: np.random.Generator) -> Mesh:
    """Returns a flat roof 0.6 m below the top of its parapet, with coping, vents, plant and an aerial."""
    half, low = length / 2, top - 0.6
    parts = [
        Mesh.from_faces(
            [(-depth, -half, low), (0, -half, low), (0, half, low), (-depth, half, low)], [(0, 1, 2, 3)], FLAT
        )
    ]
    sides = [((-0.25, 0.0), (-half, half)), ((-depth, -depth + 0.25), (-half, half))]
    sides += [((-depth, 0.0), (-half, -half + 0.22)), ((-depth, 0.0), (half - 0.22, half))]
    for x, y in sides:
        parts.append(bar((x[0] + 0.003, x[1] - 0.003), (y[0] + 0.003, y[1] - 0.003), (low - 0.1, top), WALL))
        parts.append(bar((x[0] - 0.03, x[1] + 0.03), y, (top, top + 0.05), METAL))
    count = int(rng.integers(3, 7))
    slots_x = np.linspace(-depth + 1.6, -1.8, 3)
    spots = rng.permutation(3 * max(3, int(length / 2.5)))[:count]
    for number, spot in enumerate(spots):
        x, y = slots_x[spot % 3], -half + 1.6 + (spot // 3) * (length - 3.2) / max(2, int(length / 2.5) - 1)
        if abs(y) > half - 1.3:
            continue
        if number == 0 and length > 8:
            parts.append(box((2.4, 2.4, 1.9), (x * 0.5 - depth * 0.25, y * 0.6, low + 0.95)).with_slot(WALL))
        elif number % 3 == 1:
            parts.append(box((1.0, 1.5, 0.95), (x, y, low + 0.6), 0.03).with_slot(METAL))
        elif number % 3 == 2:
            parts.append(cylinder(0.16, 0.75, 10).moved(x, y, low).with_slot(METAL))
        else:
            parts.append(box((1.0, 1.0, 0.35), (x, y, low + 0.17), 0.06).with_slot(TRIM))
    parts.append(aerial().moved(-depth * 0.4, half * 0.55, low))
    return Mesh.merged(parts)


@lru_cache(maxsize=1)
def aerial() -> Mesh:
    """Returns a television aerial on a 2.6 m mast."""
    rods = [box((0.012, 0.5 - 0.02 * n, 0.012), (0.05 + 0.12 * n, 0, 2.45)) for n in range(8)]
    mast = [cylinder(0.022, 2.6, 6), box((1.1, 0.02, 0.02), (0.45, 0, 2.45))]
    return Mesh.merged([*mast, *rods]).with_slot(METAL)


def dormers(places: np.ndarray, width: float, height: float, depth: float, gabled: bool) -> Mesh:
    """Returns dormers whose fronts stand at (N, 3) places."""
    return repeated(dormer(width, height, depth, gabled), places)
