"""What is printed on tablecloths and cutting mats: stripes, checks, dots and rulings, as flat shapes on a top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from buildee.layout.mesh import Mesh
from buildee.layout.solids import circle

Array = NDArray[np.float64]
Polygons = Iterator[tuple[Array, int]]
"""Corners (N, 2), counter-clockwise, metres, and the slot."""

BETWEEN = 4e-5
"""Between lines that cross, metres."""


def pattern(outline: Array, height: float, rng: np.random.Generator) -> Mesh:
    """Returns the print of a tablecloth: stripes, checks or dots; slot 0 in full colour, 1 in a tone between.

    Args:
        outline: (N, 2) of a convex field, counter-clockwise, metres.
        height: at which it lies, metres.
        rng: draws it.
    """
    kind = (_stripes, _checks, _dots)[int(rng.integers(3))]
    return _flat(kind(outline, float(rng.uniform(0.012, 0.06))), height)


def ruling(outline: Array, height: float) -> Mesh:
    """Returns the lines of a cutting mat, a thin one every centimetre and a bold one every five; else as `pattern`."""
    layers = []
    for axis in (0, 1):
        bars = []
        for at in np.arange(np.ceil(100 * outline[:, axis].min()) + 1, 100 * outline[:, axis].max() - 1).tolist():
            thick = 6e-4 if at % 5 == 0 else 2.5e-4
            low, high = _chord(outline, axis, at / 100)
            ends = np.array([(at / 100 - thick, low), (at / 100 + thick, high)])
            (x0, y0), (x1, y1) = ends if axis == 0 else ends[:, ::-1]
            bars.append((np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]), 0))
        layers.append(_flat(bars, height - axis * BETWEEN))
    return Mesh.merged(layers)


def bores(outline: Array, height: float, pitch: float, radius: float) -> Mesh:
    """Returns the holes of a work table in rows: dark discs in slot 0 on their bright rims in slot 1; metres."""
    low, high = outline.min(0), outline.max(0)
    lines = [np.arange(pitch / 2, reach / 2, pitch) for reach in high - low]
    x, y = (np.concatenate([-line[::-1], line]) + middle for line, middle in zip(lines, (low + high) / 2, strict=True))
    middles = np.stack(np.meshgrid(x, y), -1).reshape(-1, 2)
    middles = middles[inside(outline, middles, 0.6 * pitch)]
    layers = []
    for slot, size, z in ((1, 1.3 * radius, height - BETWEEN), (0, radius, height)):
        points = (middles[:, None] + circle(size, 12)).reshape(-1, 2)
        faces = np.arange(len(points)).reshape(-1, 12)
        layers.append(Mesh.from_faces(np.column_stack([points, np.full(len(points), z)]), faces, slot))
    return Mesh.merged(layers)


def _flat(polygons: Iterable[tuple[Array, int]], height: float) -> Mesh:
    """Returns polygons, each in its slot, as a level mesh."""
    pieces, slots = zip(*polygons, strict=True)
    sizes = np.array([len(points) for points in pieces], np.int32)
    points = np.concatenate(pieces)
    corners = np.arange(len(points), dtype=np.int32)
    flat = np.zeros(len(sizes), bool)
    return Mesh(
        np.column_stack([points, np.full(len(points), height)]), corners, sizes, np.array(slots, np.int32), flat
    )


def _stripes(outline: Array, pitch: float) -> Polygons:
    """Returns stripes across X, a narrow one of the other tone between two wide ones."""
    low, high = outline.min(0), outline.max(0)
    for number, x in enumerate(np.arange(low[0], high[0], pitch)):
        wide = pitch * (0.6 if number % 2 else 0.2)
        yield from _clipped(outline, (x, low[1]), (x + wide, high[1]), number % 2)


def _checks(outline: Array, pitch: float) -> Polygons:
    """Returns gingham: bands of the tone between, full colour where two cross."""
    low, high = outline.min(0), outline.max(0)
    for row, y in enumerate(np.arange(low[1], high[1], pitch)):
        for column, x in enumerate(np.arange(low[0], high[0], pitch)):
            if row % 2 or column % 2:
                yield from _clipped(outline, (x, y), (x + pitch, y + pitch), 1 - row % 2 * (column % 2))


def _dots(outline: Array, pitch: float) -> Polygons:
    """Returns dots in rows that are set off against each other."""
    low, high = outline.min(0), outline.max(0)
    dot = circle(0.28 * pitch, 12)
    for row, y in enumerate(np.arange(low[1] + pitch / 2, high[1], pitch)):
        for x in np.arange(low[0] + pitch / 2 * (1 + row % 2), high[0], pitch):
            here = dot + np.array([x, y])
            if _beyond(outline, here).max() <= 0:
                yield here, 0


def _clipped(outline: Array, low: tuple, high: tuple, slot: int) -> Polygons:
    """Returns what of a rectangle is in a convex outline (Sutherland and Hodgman, 1974)."""
    points = np.array([(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1])], np.float64)
    for edge in np.flatnonzero(_beyond(outline, points).max(0) > 0):
        away = _beyond(outline, points)[:, edge]
        kept = []
        for one, other, a, b in zip(points, np.roll(points, -1, 0), away, np.roll(away, -1), strict=True):
            if a <= 0:
                kept.append(one)
            if a * b < 0:
                kept.append(one + (other - one) * (a / (a - b)))
        if len(kept) < 3:
            return
        points = np.array(kept)
    yield points, slot


def inside(outline: Array, points: Array, margin: float) -> NDArray[np.bool_]:
    """Returns (P,) which points are in a convex outline, and at least `margin` metres from its edge."""
    edges = np.linalg.norm(np.roll(outline, -1, 0) - outline, axis=1)
    return (_beyond(outline, points) < -margin * edges).all(1)


def _beyond(outline: Array, points: Array) -> Array:
    """Returns (P, N): how far points are beyond each edge of a convex outline, in any unit; above 0 is outside."""
    edges = np.roll(outline, -1, 0) - outline
    away = points[:, None] - outline
    return edges[:, 1] * away[..., 0] - edges[:, 0] * away[..., 1] - 1e-12


def _chord(outline: Array, axis: int, at: float) -> tuple[float, float]:
    """Returns where the line on which one coordinate is `at` enters and leaves a convex outline."""
    here, after = outline, np.roll(outline, -1, 0)
    crossed = (here[:, axis] - at) * (after[:, axis] - at) <= 0
    span = after[crossed, axis] - here[crossed, axis]
    share = np.divide(at - here[crossed, axis], span, out=np.zeros(len(span)), where=span != 0)
    other = here[crossed, 1 - axis] + share * (after[crossed, 1 - axis] - here[crossed, 1 - axis])
    return float(other.min()), float(other.max())
