"""Shapes of what stands in yards: annexes, sheds, garages and trampolines. Metres."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from buildee.layout.mesh import Mesh
from buildee.layout.solids import cylinder, prism
from buildee.town.facades import bar


@lru_cache(maxsize=1)
def annex() -> Mesh:
    """Returns a unit block with a roof of its own, slot 1, and a window and a door, slot 2."""
    body = bar((-0.5, 0.5), (-0.5, 0.5), (-0.1, 1.0), 0)
    roof = bar((-0.52, 0.52), (-0.52, 0.52), (1.0, 1.05), 1)
    panes = [bar((0.3, 0.505), (y - 0.15, y + 0.15), (low, 0.75), 2) for y, low in ((-0.25, 0.3), (0.25, 0.02))]
    return Mesh.merged([body, roof, *panes])


@lru_cache(maxsize=1)
def shed() -> Mesh:
    """Returns a garden shed, 2.6 x 2 m, with a pitched roof in slot 1."""
    lie = np.array([(1, 0, 0, 0), (0, 0, -1, 1.4), (0, 1, 0, 2.0), (0, 0, 0, 1.0)])
    roof = prism([(-1.2, 0), (1.2, 0), (0, 0.6)], 2.8).transformed(lie).with_slot(1)
    return Mesh.merged(
        [bar((-1.0, 1.0), (-1.3, 1.3), (-0.1, 2.05), 0), roof, bar((0.9, 1.02), (-0.4, 0.4), (0, 1.8), 1)]
    )


@lru_cache(maxsize=1)
def garage() -> Mesh:
    """Returns a garage, 3 x 5.6 m, its door at +X in slot 1, its felt roof slot 2."""
    parts = [bar((-2.8, 2.8), (-1.5, 1.5), (-0.1, 2.5), 0), bar((2.7, 2.83), (-1.2, 1.2), (0.0, 2.1), 1)]
    return Mesh.merged([*parts, bar((-2.9, 2.9), (-1.55, 1.55), (2.5, 2.62), 2)])


@lru_cache(maxsize=1)
def trampoline() -> Mesh:
    """Returns a round trampoline, 3 m wide."""
    return Mesh.merged([cylinder(1.5, 0.08, 16).moved(z=0.7), cylinder(1.25, 0.7, 8).with_slot(1)])
