"""Shapes of what is seen from afar: houses in rows, tall blocks, halls, a church, another site's crane. Metres.

Nobody looks through these windows: their panes are dark faces that mirror the sky, some with pale cloth behind.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buildee.layout.bars import bars
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, prism
from buildee.town.facades import bar, repeated, sheets
from buildee.town.houses import KINDS, Style

WALL, WINDOW, ROOF, TRIM, REAR, PLANT, CLOTH, FLAT = range(8)
"""Material slots of these shapes."""

LENGTH = 12.0
"""Of a house before it is stretched to its lot, metres."""

DEPTH = 12.5
"""Of houses, metres: rooms to either side of a corridor, as daylight allows."""

_TURNS = [np.array([(c, -s, 0, 0), (s, c, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1.0)]) for c, s in ((1, 0), (0, 1), (-1, 0))]
_TURNS.append(np.array([(0, 1, 0, 0), (-1, 0, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1.0)]))

Array = NDArray[np.float64]


@lru_cache(maxsize=96)
def row_house(style: Style, storeys: int, roof: str, variant: int) -> Mesh:
    """Returns a house of a row: its front is the plane x = 0 facing +X, y from -`LENGTH` / 2 to `LENGTH` / 2.

    Args:
        style: decides storeys, windows and what the front has.
        storeys: number of floors.
        roof: "gable", "mansard" or "flat".
        variant: what stands on the roof and behind the panes.
    """
    kind = KINDS[style]
    rng = np.random.default_rng([variant, storeys, *style.encode()])
    height, half = kind.height[0], LENGTH / 2
    z = kind.base + height * np.arange(storeys)
    eaves = kind.base + height * storeys + (0.7 if roof == "flat" else 0.3)
    columns = max(2, round(LENGTH / kind.bay[-1]))
    y = LENGTH / columns * (np.arange(columns) + 0.5) - half
    wide, tall = kind.window[0] or LENGTH / columns - 0.3, kind.window[1]
    shops = style == "boulevard" and variant % 2 == 0
    upper = _grid(y, z[1:] + 0.9) if shops or storeys > 1 else np.zeros((0, 2))
    lower = _grid(y, z[:1] + (0.1 if shops else 0.9))
    parts = [bar((-DEPTH, 0.0), (-half, half), (-0.6, eaves), WALL), _rear(eaves, columns, z + 0.9)]
    parts.append(_panes(upper, wide, tall, rng, 0.12 if kind.dress != ("bare",) else 0.0))
    parts.append(_panes(lower, LENGTH / columns - 0.6 if shops else wide, 2.5 if shops else tall, rng, 0.12))
    if shops:
        parts.append(bar((0.0, 0.16), (-half + 0.1, half - 0.1), (z[0] + 2.75, z[0] + 3.35), PLANT))
    if style in ("boulevard", "terrace", "warehouse"):
        parts.append(bar((0.0, 0.3 if style == "boulevard" else 0.1), (-half, half), (eaves - 0.35, eaves), TRIM))
    if style == "boulevard":
        parts += [bar((0.0, 0.1), (-half, half), (level - 0.1, level + 0.12), TRIM) for level in z[1:]]
    if style == "estate":
        slab = bar((0.0, 1.25), (-1.4, 1.4), (-0.95, 0.05), TRIM)
        spots = _grid(y[variant % 2 :: 2], z[1:] + 0.9)
        parts.append(repeated(slab, np.column_stack([0 * spots[:, 0], spots])))
    return Mesh.merged([*parts, *_roof(roof, eaves, rng)])


def _grid(y: Array, z: Array) -> Array:
    """Returns (N, 2) pairs of y and z."""
    return np.stack(np.meshgrid(y, z, indexing="ij"), -1).reshape(-1, 2)


def _panes(feet: Array, wide: float, tall: float, rng: np.random.Generator, frame: float) -> Mesh:
    """Returns windows that stand on (N, 2) y and z: surround, pane, cloth behind some, and bars across most."""
    bounds = np.column_stack([feet[:, 0] - wide / 2, feet[:, 1], feet[:, 0] + wide / 2, feet[:, 1] + tall])
    cloth = bounds[rng.random(len(bounds)) < 0.3].copy()
    cloth[:, 1] += (cloth[:, 3] - cloth[:, 1]) * rng.choice([0.0, 0.4, 0.65], len(cloth))
    parts = [sheets(bounds, 0.03, WINDOW), sheets(cloth, 0.035, CLOTH)]
    upright, level = bounds.copy(), bounds.copy()
    upright[:, 0], upright[:, 2] = feet[:, 0] - 0.04, feet[:, 0] + 0.04
    level[:, 1], level[:, 3] = bounds[:, 1] + 0.68 * tall, bounds[:, 1] + 0.68 * tall + 0.07
    parts.append(sheets(upright if tall < 1.5 else np.concatenate([upright, level]), 0.04, TRIM))
    if frame:
        parts.append(sheets(bounds + np.array([-frame, -frame, frame, frame]), 0.02, TRIM))
    return Mesh.merged(parts)


def _rear(eaves: float, columns: int, z: Array) -> Mesh:
    """Returns the face of the rear, plain, with small windows."""
    count = max(2, columns - 1)
    y = LENGTH / count * (np.arange(count) + 0.5) - LENGTH / 2
    feet = _grid(y, z)
    panes = np.column_stack([feet[:, 0] - 0.55, feet[:, 1], feet[:, 0] + 0.55, feet[:, 1] + 1.35])
    wall = sheets([(-LENGTH / 2, -0.6, LENGTH / 2, eaves)], 0.01, REAR)
    rear = Mesh.merged([wall, sheets(panes, 0.03, WINDOW), sheets(panes - (0.06, 0.1, -0.06, -0.06), 0.02, TRIM)])
    return rear.transformed(_TURNS[2]).moved(x=-DEPTH)


def _roof(roof: str, eaves: float, rng: np.random.Generator) -> list[Mesh]:
    """Returns a roof over the whole depth with what stands on it."""
    half = LENGTH / 2
    if roof == "flat":
        return _flat(eaves, rng)
    rise = float(rng.uniform(0.62, 0.85))
    top = eaves + (rise * DEPTH / 2 if roof == "gable" else 4.2)
    middle, over = -DEPTH / 2, 0.4
    profile = [(over, eaves - rise * over), (middle, top), (-DEPTH - over, eaves - rise * over)]
    if roof == "mansard":
        profile = [(0.2, eaves), (-0.8, eaves + 2.5), (middle, top), (-DEPTH + 0.8, eaves + 2.5), (-DEPTH - 0.2, eaves)]
    points = np.array([(x, y, z) for y in (-half, half) for x, z in profile])
    count = len(profile)
    gables = Mesh.from_faces(points, [tuple(range(count)), tuple(range(2 * count - 1, count - 1, -1))], REAR)
    parts = [_courses(*profile[k : k + 2], k < count / 2 - 1) for k in range(count - 1)] + [gables]
    for side in (-1, 1):
        if rng.random() < 0.7:
            parts.append(box((0.6, 1.0, 2.4), (middle, side * (half - 0.6), top), 0).with_slot(REAR))
            parts.append(box((0.4, 0.7, 0.35), (middle, side * (half - 0.6), top + 1.3)).with_slot(ROOF))
    columns = np.linspace(-half, half, 5)[:-1] + half / 4
    if roof == "mansard":
        parts += [_dormer(-0.05, y, eaves + 0.5, 1.3, 1.6, 1.2) for y in columns]
    elif rng.random() < 0.45:
        parts += [_dormer(-1.6, y, eaves + 1.6 * rise, 1.6, 1.35, 2.2) for y in columns[1::2]]
    for back in (False, True):  # what lies in the slopes: windows, and panels on some
        foot, ahead = (profile[0], profile[1]) if not back else (profile[-1], profile[-2])
        foot, ahead = (profile[-2 if back else 1], profile[2]) if roof == "mansard" else (foot, ahead)
        if rng.random() < 0.1:
            y = float(rng.uniform(-1.5, 1.5)) + 1.02 * (np.arange(int(rng.integers(3, 8))) - 3)
            parts += [
                _lying(foot, ahead, at, (p, p + 1.0), PLANT, 0.12) for p in y for at in ((0.3, 0.52), (0.53, 0.75))
            ]
        elif roof == "gable":
            for y in columns[rng.random(4) < 0.5]:
                parts.append(_lying(foot, ahead, (0.4, 0.58), (y - 0.45, y + 0.45), WINDOW, 0.06))
    return parts


def _courses(first: tuple, second: tuple, rising: bool) -> Mesh:
    """Returns a slope of tiles between two (x, z), in steps of two courses; `rising` from the first to the second."""
    low, high = (np.array(end) for end in ((first, second) if rising else (second, first)))
    run = float(np.hypot(*(high - low)))
    count, half = max(2, round(run / 0.68)), LENGTH / 2
    normal = np.array([-(high - low)[1], (high - low)[0]]) / run
    normal = normal if normal[1] > 0 else -normal
    share = np.arange(count + 1)[:, None] / count * (high - low) + low
    rows = np.stack([share[:-1], share[:-1] + 0.05 * normal, share[1:] + 0.005 * normal], 1)  # foot, lip, top
    points = np.empty((count, 3, 2, 3))
    points[..., 0], points[..., 2] = rows[..., None, 0], rows[..., None, 1]
    points[..., 1] = (-half, half)
    faces = np.array([(0, 1, 3, 2), (2, 3, 5, 4)]) + 6 * np.arange(count)[:, None, None]
    faces = faces.reshape(-1, 4)
    return Mesh.from_faces(points.reshape(-1, 3), faces if high[0] < low[0] else faces[:, ::-1], ROOF)


def _lying(foot: tuple, top: tuple, shares: tuple, across: tuple, slot: int, lift: float) -> Mesh:
    """Returns a plate on a slope between two (x, z), over shares of its run and a stretch of y."""
    low, high = np.array(foot), np.array(top)
    normal = np.array([-(high - low)[1], (high - low)[0]]) / np.hypot(*(high - low))
    normal = normal if normal[1] > 0 else -normal
    a, b = (low + (high - low) * share + normal * lift for share in shares)
    points = [(a[0], across[0], a[1]), (a[0], across[1], a[1]), (b[0], across[1], b[1]), (b[0], across[0], b[1])]
    return Mesh.from_faces(points, [(0, 1, 2, 3) if high[0] < low[0] else (3, 2, 1, 0)], slot)


def _dormer(x: float, y: float, z: float, width: float, height: float, depth: float) -> Mesh:
    """Returns a dormer whose front stands at x, with a pitched lid."""
    half = width / 2
    body = bar((x - depth, x), (y - half, y + half), (z, z + height), TRIM)
    pane = sheets([(y - half + 0.18, z + 0.2, y + half - 0.18, z + height - 0.15)], x + 0.02, WINDOW)
    lid = bar((x - depth, x + 0.15), (y - half - 0.12, y + half + 0.12), (z + height, z + height + 0.12), ROOF)
    return Mesh.merged([body, pane, lid])


def _flat(eaves: float, rng: np.random.Generator) -> list[Mesh]:
    """Returns what lies on a flat roof behind its parapet: gravel or felt, a stair head, plant, rows of panels."""
    half = LENGTH / 2
    bed = bar((-DEPTH + 0.3, -0.3), (-half + 0.25, half - 0.25), (eaves - 0.1, eaves + 0.01), FLAT)
    coping = [bar((x - 0.2, x + 0.2), (-half, half), (eaves, eaves + 0.25), TRIM) for x in (-0.15, 0.15 - DEPTH)]
    coping += [bar((-DEPTH, 0), (y - 0.12, y + 0.12), (eaves, eaves + 0.25), TRIM) for y in (0.12 - half, half - 0.12)]
    y = float(rng.uniform(-2.5, 2.5))
    parts = [bed, *coping, bar((-7.5, -4.8), (y - 1.3, y + 1.3), (eaves, eaves + 2.2), WALL)]
    if rng.random() < 0.4:
        panel = _lying((1.0, 0.15), (0.0, 0.55), (0.0, 1.0), (-half + 1.2, half - 1.2), PLANT, 0.0)
        parts.append(repeated(panel, [(x, 0, eaves) for x in (-2.4, -4.2, -9.4, -11.2)]))
    for _ in range(int(rng.integers(2, 6))):
        x, y = rng.uniform(-DEPTH + 1.5, -1.5), rng.uniform(-half + 1.2, half - 1.2)
        size = rng.choice([0.5, 0.9, 1.4])
        parts.append(box((size, size * 1.3, 0.7), (x, y, eaves + 0.35)).with_slot(TRIM if size < 1 else PLANT))
    return parts


@lru_cache(maxsize=8)
def villa(variant: int) -> Mesh:
    """Returns a detached house of one or two storeys with a pitched roof; its middle is the origin."""
    rng = np.random.default_rng([variant, 5])
    length, depth, storeys = rng.uniform(8.5, 11.5), rng.uniform(7.5, 9.0), 1 + variant % 2
    eaves = 2.8 * storeys + 0.5
    parts = [box((depth, length, eaves + 1.5), (0, 0, eaves / 2 - 0.75))]
    for turn, (across, out) in enumerate(((length, depth), (depth, length)) * 2):
        y = across / 3 * (np.arange(3) - 1)
        face = _panes(_grid(y, 1.2 + 2.8 * np.arange(storeys)), 1.2, 1.3, rng, 0.1).moved(x=out / 2)
        parts.append(face.transformed(_TURNS[turn]))
    half, reach, rise = depth / 2 + 0.5, length / 2 + 0.35, 0.85 * depth / 2
    hip = reach - (0.0 if variant % 3 else 3.0)
    points = [
        (-half, -reach, 0),
        (half, -reach, 0),
        (half, reach, 0),
        (-half, reach, 0),
        (0, -hip, rise),
        (0, hip, rise),
    ]
    slopes = Mesh.from_faces(points, [(1, 2, 5, 4), (3, 0, 4, 5)], ROOF)
    ends = Mesh.from_faces(points, [(0, 1, 4), (2, 3, 5)], ROOF if variant % 3 == 0 else WALL)
    parts += [slopes.moved(z=eaves - 0.2), ends.moved(z=eaves - 0.2)]
    parts.append(box((0.6, 0.8, 1.4), (0.3, length / 4, eaves + rise)).with_slot(REAR))
    parts.append(bar((-1.8, 4.2), (length / 2 + 0.1, length / 2 + 3.2), (-0.8, 2.6), REAR))
    return Mesh.merged(parts)


@lru_cache(maxsize=8)
def hall(variant: int) -> Mesh:
    """Returns a flat building of 30 x 18 m: a supermarket, a school or works; its middle is the origin."""
    rng = np.random.default_rng([variant, 6])
    height = (5.5, 7.5, 10.5)[variant % 3]
    parts = [box((18, 30, height + 1), (0, 0, height / 2 - 0.5))]
    for turn, (across, out) in enumerate(((30.0, 9.0), (18.0, 15.0)) * 2):
        count = int(across / 3)
        y = across / count * (np.arange(count) + 0.5) - across / 2
        face = _panes(_grid(y, np.arange(1.0, height - 2.2, 3.4)), 2.2, 1.7, rng, 0.1)
        parts.append(face.moved(x=out).transformed(_TURNS[turn]))
    parts.append(box((17.4, 29.4, 0.1), (0, 0, height + 0.01)).with_slot(FLAT))
    parts += [box((2.0, 3.0, 1.4), (x, y, height + 0.7)).with_slot(TRIM) for x, y in ((-4, -8), (3, -2), (-2, 9))]
    parts += [box((1.4, 2.4, 0.5), (x, y, height + 0.25)).with_slot(WINDOW) for x in (-5, 0, 5) for y in (-12, 3, 6.5)]
    return Mesh.merged(parts)


@lru_cache(maxsize=32)
def tower(length: float, depth: float, storeys: int, kind: str) -> Mesh:
    """Returns a tall block seen from afar; slots as above.

    Args:
        length, depth: metres.
        storeys: number of floors.
        kind: "slab" has single windows and balconies, "office" bands of glass between mullions.
    """
    height = 3.1 * storeys + 1.2
    parts = [box((depth, length, height + 1), (0, 0, height / 2 - 0.5))]
    z = 1.3 + 3.1 * np.arange(storeys)
    for turn, (across, out) in enumerate(((length, depth / 2), (depth, length / 2)) * 2):
        spacing = 3.2 if kind == "slab" else 1.6
        columns = max(2, int(across / spacing))
        y = -across / 2 + across / columns * (np.arange(columns) + 0.5)
        grid = np.stack(np.meshgrid(y, z, indexing="ij"), -1).reshape(-1, 2)
        wide = 0.85 if kind == "slab" else 0.47 * across / columns
        unit = sheets([(-wide, 0, wide, 1.45 if kind == "slab" else 1.9)], out + 0.03, WINDOW)
        if kind == "slab" and turn in (0, 2):
            ledge = sheets([(-1.5, -1.0, 1.5, -0.1)], out + 0.9, TRIM)
            unit = Mesh.merged([unit, ledge])
        face = repeated(unit, np.column_stack([0 * grid[:, 0], grid]))
        parts.append(face.transformed(_TURNS[turn]))
    parts.append(box((0.5 * depth, 0.3 * length, 3.2), (0, 0.1 * length, height + 1.6)).with_slot(TRIM))
    parts.append(box((depth - 0.6, length - 0.6, 0.1), (0, 0, height + 0.05)).with_slot(FLAT))
    parts.append(box((0.25, 0.25, 7.0), (0, 0.15 * length, height + 5)).with_slot(TRIM))
    return Mesh.merged(parts)


@lru_cache(maxsize=1)
def church() -> Mesh:
    """Returns a church: nave, tower and a slender spire, 52 m high; slots as above."""
    tip, ring = 52.0, np.array([(-3.6, -3.6), (3.6, -3.6), (3.6, 3.6), (-3.6, 3.6)])
    spire = Mesh.from_faces(
        [*((x, y, 27.0) for x, y in ring), (0, 0, tip)],
        [(0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4), (3, 2, 1, 0)],
        ROOF,
    )
    parts = [box((6.6, 6.6, 28), (0, 0, 13)), spire, box((24, 11, 12), (15, 0, 5.5))]
    nave = prism([(-6, 0), (6, 0), (0, 8)], 24.5).transformed(
        np.array([(0, 0, 1, 2.8), (1, 0, 0, 0), (0, 1, 0, 11.5), (0, 0, 0, 1.0)])
    )
    parts.append(nave.with_slot(ROOF))
    for x in np.arange(6, 26, 4.5):
        parts.append(box((1.4, 11.1, 6), (x, 0, 5.5)).with_slot(WINDOW))
    parts += [box((1.6, 6.7, 3.6), (0, 0, 22)).with_slot(WINDOW), box((6.7, 1.6, 3.6), (0, 0, 22)).with_slot(WINDOW)]
    return Mesh.merged(parts)


@lru_cache(maxsize=1)
def distant_crane() -> Mesh:
    """Returns the lattice of another site's tower crane, 48 m high, as coarse as it is seen."""
    mast = [bars([(x, y, 0)], [(x, y, 48)], 0.09, 4) for x in (-0.8, 0.8) for y in (-0.8, 0.8)]
    z = np.arange(0, 48, 2.4)
    zero = 0 * z
    for x in (-0.8, 0.8):
        low = np.column_stack([zero + x, zero - 0.8, z])
        mast.append(bars(low, low + np.array([0, 1.6, 2.4]), 0.05, 3))
    jib = [bars([(-12, y, 46)], [(42, y, 46)], 0.09, 4) for y in (-0.6, 0.6)]
    jib.append(bars([(0, 0, 47.6)], [(42, 0, 46.9)], 0.09, 4))
    x = np.arange(0, 42, 2.0)
    low = np.column_stack([x, 0 * x - 0.6, 0 * x + 46])
    jib.append(bars(low, np.column_stack([x + 1, 0 * x, 47.6 - 0.018 * x]), 0.05, 3))
    jib.append(bars([(0, 0, 54), (0, 0, 54), (0, 0, 46)], [(26, 0, 47.2), (-11, 0, 46), (0, 0, 54)], 0.06, 3))
    return Mesh.merged([*mast, *jib, box((3, 1.6, 2.6), (-10.5, 0, 45.2)), box((1.5, 1.2, 2), (1.4, -1.2, 45))])
