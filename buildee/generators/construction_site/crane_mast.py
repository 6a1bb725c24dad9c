"""What of a tower crane stands still: foundation, mast, climbing collar, slewing ring. Metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.layout.bars import bars
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, cylinder, loft, revolve

WIDTH = 1.9
CHORD = 0.16
PLINTH = 0.35
"""Top of the foundation block above the ground."""

COLLAR = 5.2
"""Height of the climbing collar, which ends at the mast's top."""

RING = 1.0
"""From the mast's top to the plane in which the crane slews."""

AXIS = WIDTH / 2 - CHORD / 2


def _corners(half: float) -> NDArray[np.float64]:
    """Returns the (4, 2) corners of a square, counter-clockwise."""
    return np.array([(-half, -half), (half, -half), (half, half), (-half, half)])


def foundation() -> Mesh:
    """Returns the foundation block with its fixing angles; slot 0 concrete, slot 1 steel."""
    block = box((6.0, 6.0, 1.2 + PLINTH), (0, 0, (PLINTH - 1.2) / 2), 0.02)
    plates = [box((0.36, 0.36, 0.03), (x, y, PLINTH + 0.015), 0.004) for x, y in _corners(AXIS)]
    bolts = [
        cylinder(0.02, 0.07, 6).moved(x + dx, y + dy, PLINTH + 0.02)
        for x, y in _corners(AXIS)
        for dx, dy in _corners(0.14)
    ]
    return Mesh.merged([block, Mesh.merged([*plates, *bolts]).with_slot(1)])


def section(height: float) -> Mesh:
    """Returns one mast section: hollow chords, K and X bracing, ladder; slot 1 ladder and platform."""
    corners = _corners(AXIS)
    top = np.column_stack([corners, np.full(4, height)])
    chords = bars(top * (1, 1, 0), top, CHORD / np.sqrt(2), 4)
    flanges = [box((0.24, 0.24, 0.03), (x, y, z), 0.004) for x, y in corners for z in (0.015, height - 0.015)]
    panels = 3
    web, ties = [], []
    for side in range(4):
        first, second = corners[side], corners[(side + 1) % 4]
        for panel in range(panels):
            low, high = height * panel / panels + 0.06, height * (panel + 1) / panels - 0.06
            start, end = (first, second) if (panel + side) % 2 else (second, first)
            web.append(((*start, low), (*end, high)))
        for z in (0.09, height - 0.09):
            ties.append(((*first, z), (*second, z)))
    ends = np.array(web + ties)
    lattice = bars(ends[:, 0], ends[:, 1], 0.04, 8)
    return Mesh.merged([chords, *flanges, lattice, Mesh.merged([_ladder(height)]).with_slot(1)])


def _ladder(height: float) -> Mesh:
    """Returns the ladder inside a section, its cage hoops and the half platform at its foot."""
    x, y = -0.25, 0.55
    stiles = np.array([((x + dx, y, 0.0), (x + dx, y, height)) for dx in (-0.2, 0.2)])
    rungs = np.array([((x - 0.2, y, z), (x + 0.2, y, z)) for z in np.arange(0.14, height, 0.28)])
    brackets = np.array([((x + dx, y, z), (x + dx, AXIS, z)) for dx in (-0.2, 0.2) for z in (0.09, height - 0.09)])
    platform = box((1.45, 0.62, 0.03), (0.0, -0.42, 0.12), 0.004)
    bearers = np.array([((dx, -AXIS, 0.09), (dx, AXIS, 0.09)) for dx in (-0.68, 0.68)])
    return Mesh.merged(
        [
            bars(stiles[:, 0], stiles[:, 1], 0.022, 6),
            bars(rungs[:, 0], rungs[:, 1], 0.011, 6),
            bars(brackets[:, 0], brackets[:, 1], 0.018, 6),
            bars(bearers[:, 0], bearers[:, 1], 0.03, 4),
            platform,
        ]
    )


def collar() -> Mesh:
    """Returns the climbing collar around the mast: a cage with guide rollers and a platform; slot 1 galvanised."""
    half = WIDTH / 2 + 0.28
    corners = _corners(half)
    top = np.column_stack([corners, np.full(4, COLLAR - 0.1)])
    chords = bars(top * (1, 1, 0), top, 0.1 / np.sqrt(2), 4)
    web = []
    for side in range(4):
        first, second = corners[side], corners[(side + 1) % 4]
        for z in (0.05, COLLAR / 2, COLLAR - 0.15):
            web.append(((*first, z), (*second, z)))
        if side != 1:  # the front stays open for sections to come in
            web += [((*first, 0.1), (*second, COLLAR / 2)), ((*second, COLLAR / 2), (*first, COLLAR - 0.2))]
    ends = np.array(web)
    lattice = bars(ends[:, 0], ends[:, 1], 0.045, 8)
    rollers = [
        box((0.16, 0.16, 0.22), (x * (WIDTH / 2 + 0.13) / half, y * (WIDTH / 2 + 0.13) / half, z), 0.01)
        for x, y in corners
        for z in (0.3, COLLAR - 0.5)
    ]
    return Mesh.merged([chords, lattice, *rollers, _gallery(half, 0.75).with_slot(1)])


def _gallery(inner: float, width: float) -> Mesh:
    """Returns a platform around a square of half side `inner`, with brackets, railing and toe board."""
    middle, outer = inner + 0.06 + width / 2, inner + 0.06 + width
    z = 0.6
    decks = []
    for quarter in range(4):
        along = 2 * (outer if quarter % 2 else inner + 0.06)
        size = (along, width, 0.035) if quarter % 2 == 0 else (width, along, 0.035)
        shift = [(0, -middle), (middle, 0), (0, middle), (-middle, 0)][quarter]
        decks.append(box(size, (*shift, z), 0.003))
    corners = _corners(outer - 0.03)
    posts, rails = [], []
    for side in range(4):
        first, second = corners[side], corners[(side + 1) % 4]
        for share in np.linspace(0, 1, 4)[:-1]:
            foot = first + share * (second - first)
            posts.append(((*foot, z), (*foot, z + 1.1)))
        rails += [((*first, z + lift), (*second, z + lift)) for lift in (0.12, 0.55, 1.1)]
    braces = [((*corner * 0.99, z - 0.02), (*corner * (inner / (outer - 0.03)), z - 0.55)) for corner in corners]
    ends = np.array(posts + rails + braces)
    return Mesh.merged([*decks, bars(ends[:, 0], ends[:, 1], 0.02, 6)])


def ring() -> Mesh:
    """Returns the fixed ring support, from the mast's top to just under the slewing plane; slot 1 bearing."""
    half = WIDTH / 2
    square = _octagon(half, 0.04)
    seat = _octagon(half + 0.05, 0.55)
    rings = [np.column_stack([square, np.zeros(8)]), np.column_stack([square, np.full(8, 0.2)])]
    rings.append(np.column_stack([seat, np.full(8, RING - 0.3)]))
    rings.append(np.column_stack([seat, np.full(8, RING - 0.16)]))
    bearing = revolve([(0.98, RING - 0.16), (1.02, RING - 0.14), (1.02, RING - 0.02), (0.98, RING)], 40)
    return Mesh.merged([loft(rings), bearing.with_slot(1)])


def _octagon(half: float, cut: float) -> NDArray[np.float64]:
    """Returns a square of half side `half` with its corners cut, (8, 2), counter-clockwise."""
    inner = half - cut
    points = [(-inner, -half), (inner, -half), (half, -inner), (half, inner), (inner, half), (-inner, half)]
    return np.array([*points, (-half, inner), (-half, -inner)])
