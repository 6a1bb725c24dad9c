"""Composite floors: trapezoidal decking, edge trim, shear studs, concrete, and bundles that wait. Metres.

The profile is that of common 58 mm trapezoidal decking: 207 mm from rib to rib, five ribs a sheet of 1035 mm; studs are
19 x 100 mm (EN ISO 13918), welded through the troughs.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buildee.layout.bars import bars
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, boxes

PITCH, COVER = 0.207, 1.035
"""From rib to rib, and the width that a sheet covers, metres."""

RIB = 0.058
"""Height of the profile, metres."""

_PROFILE = np.array([(0.0, 0.0), (0.062, 0.0), (0.0815, RIB), (0.1875, RIB), (PITCH, 0.0)])
"""One rib over its pitch: trough, flank, crest, flank (y, z)."""

TROUGH = 0.031
"""Middle of the trough from the start of a rib, metres."""

GAUGE = 0.0012
TRIM = 0.0016

ZINC = Material("galvanized", (0.43, 0.44, 0.45), wear=0.35, dirt=0.35)
TIMBER = Material("wood", (0.5, 0.37, 0.22), wear=0.6, dirt=0.5)


def decking(length: float, low: float, high: float) -> Mesh:
    """Returns decking over x 0..`length`, y `low`..`high`, its troughs on z = 0; ribs lie where y is a whole pitch."""
    first = int(np.floor(low / PITCH))
    count = int(np.ceil(high / PITCH)) - first
    points = (_PROFILE[:-1] + np.arange(first, first + count)[:, None, None] * (PITCH, 0.0)).reshape(-1, 2)
    points = np.concatenate([points, [((first + count) * PITCH, 0.0)]])
    y = np.concatenate([[low], points[(points[:, 0] > low + 1e-6) & (points[:, 0] < high - 1e-6), 0], [high]])
    return _sheet(length, y, np.interp(y, *points.T))


def _sheet(length: float, y: NDArray[np.float64], z: NDArray[np.float64]) -> Mesh:
    """Returns a folded sheet along X with a polyline for its section."""
    size = len(y)
    ring = np.concatenate([np.column_stack([y, z]), np.column_stack([y, z + GAUGE])[::-1]])
    ends = [np.column_stack([np.full(2 * size, x), ring]) for x in (0.0, length)]
    this = np.arange(2 * size)
    after = np.roll(this, -1)
    sides = np.stack([after, this, this + 2 * size, after + 2 * size], -1)
    near = np.arange(size - 1)
    far = 2 * size - 1 - near
    cap = np.stack([near, near + 1, far - 1, far], -1)
    return Mesh.from_faces(np.concatenate(ends), np.concatenate([sides, cap, cap[:, ::-1] + 2 * size])).flipped()


def floor_deck(cells: list[NDArray[np.float64]]) -> Mesh:
    """Returns the decking of (2, 2) rectangles, its troughs on z = 0."""
    return Mesh.merged([decking(high[0] - low[0], low[1], high[1]).moved(x=low[0]) for low, high in cells])


def edge_trim(area: NDArray[np.float64], height: float, closed: bool) -> Mesh:
    """Returns the folded trim that stops the concrete around a (2, 2) deck, from z = 0 up to `height`.

    Args:
        area: its outer faces.
        height: thickness of the floor.
        closed: whether the side at the high end of X has its trim.
    """
    (x0, y0), (x1, y1) = area
    lip = 0.06
    runs = [
        ((x0, y0, 0), (x1, y0 + TRIM, height)),
        ((x0, y1 - TRIM, 0), (x1, y1, height)),
        ((x0, y0, 0), (x0 + TRIM, y1, height)),
        ((x0, y0, -TRIM), (x1, y0 + lip, 0)),
        ((x0, y1 - lip, -TRIM), (x1, y1, 0)),
        ((x0, y0, -TRIM), (x0 + lip, y1, 0)),
    ]
    if closed:
        runs += [((x1 - TRIM, y0, 0), (x1, y1, height)), ((x1 - lip, y0, -TRIM), (x1, y1, 0))]
    bounds = np.array(runs, np.float64)
    poses = np.tile(np.eye(4), (len(runs), 1, 1))
    poses[:, :3, 3] = bounds.mean(1)
    return boxes(np.diff(bounds, axis=1)[:, 0], poses)


@lru_cache(maxsize=1)
def stud() -> Mesh:
    """Returns a headed stud that stands on z = 0, with its weld collar."""
    ends = np.array([(0.0, 0.005), (0.005, 0.09), (0.09, 0.1)])
    up = np.array([0.0, 0.0, 1.0])
    return bars(ends[:, :1] * up, ends[:, 1:] * up, np.array([0.0125, 0.0095, 0.016]), 6)


@lru_cache(maxsize=8)
def deck_bundle(length: float, sheets: int) -> Mesh:
    """Returns strapped sheets nested in each other on z = 0, middle at the origin; slot 0 zinc, slot 1 timber."""
    step, lift = 0.0075, 0.05
    one = decking(length, -COVER / 2, COVER / 2).moved(x=-length / 2)
    stack = [one.moved(x=0.012 * (number % 3), z=lift + number * step) for number in range(sheets)]
    top = lift + (sheets - 1) * step + RIB
    spots = np.linspace(-0.38, 0.38, 3) * length
    straps = [box((0.032, COVER + 0.008, 0.001), (x, 0, top + 0.002)) for x in spots]
    straps += [
        box((0.032, 0.001, top - 0.004), (x, side * (COVER / 2 + 0.004), top / 2)) for x in spots for side in (-1, 1)
    ]
    bearers = [box((0.075, COVER + 0.06, lift - 0.001), (x + 0.06, 0, lift / 2), 0.003).with_slot(1) for x in spots]
    return Mesh.merged([*stack, *straps, *bearers])
