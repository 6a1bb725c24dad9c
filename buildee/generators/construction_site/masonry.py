"""Infill walls of calcium-silicate blocks, laid course by course. Metres."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from buildee.layout.mesh import Mesh
from buildee.layout.solids import box

BLOCK = (0.498, 0.2, 0.238)
"""8 DF block after DIN 20000-402: length, thickness, height."""

JOINT = 0.01

BED = BLOCK[2] + JOINT


@lru_cache(maxsize=64)
def infill_wall(
    length: float, height: float, progress: float, window: tuple[float, float, float, float] | None = None
) -> Mesh:
    """Returns a wall along +X from x = 0, centred on y = 0, standing on z = 0; slot 0 blocks, slot 1 mortar.

    The unfinished end steps back half a block a course, as bricklayers rack it.

    Args:
        length, height: of the bay, metres.
        progress: share of the courses laid; below 1 the top course stops early.
        window: x0, x1, sill and head of an opening, metres; a lintel closes it once reached.
    """
    courses = int(height / BED)
    laid = max(1, round(courses * progress))
    blocks, mortar = [], []
    for course in range(laid):
        z = course * BED
        reach = length if progress >= 1 else min(length, length * 0.55 + (laid - course) * (BLOCK[0] + JOINT) / 2)
        for start, end in _runs(length, reach, z, window):
            offset = (BLOCK[0] + JOINT) / 2 if course % 2 else 0.0
            blocks += _course(start, end, z, offset)
            mortar.append(_strip(start, end, z))
    reach = length if progress >= 1 else length * 0.55 + (BLOCK[0] + JOINT) / 2
    lintel = _lintel(window, laid) if window is not None and reach >= window[1] + 0.2 else []
    return Mesh.merged([*blocks, *lintel, *[strip.with_slot(1) for strip in mortar]])


def _runs(
    length: float, reach: float, z: float, window: tuple[float, float, float, float] | None
) -> list[tuple[float, float]]:
    """Returns the intervals that a course fills."""
    if window is None or z + BED <= window[2] or z + 1e-6 >= window[3]:
        return [(0.0, reach)]
    spans = [(0.0, min(window[0], reach)), (window[1], reach)]
    return [(start, end) for start, end in spans if end - start > 0.1]


def _course(start: float, end: float, z: float, offset: float) -> list[Mesh]:
    """Returns the blocks of one course on its bed joint; cut blocks make the ends."""
    pitch = BLOCK[0] + JOINT
    first = np.floor((start - offset) / pitch)
    edges = np.arange(first, (end - offset) / pitch + 1) * pitch + offset
    pieces = []
    for edge in edges:
        low, high = max(edge, start), min(edge + BLOCK[0], end)
        if high - low > 0.06:
            size = (high - low, BLOCK[1], BLOCK[2])
            pieces.append(box(size, ((low + high) / 2, 0.0, z + JOINT + BLOCK[2] / 2), 0.004))
    return pieces


def _strip(start: float, end: float, z: float) -> Mesh:
    """Returns the mortar of a course, set back 5 mm behind the blocks' faces."""
    return box((end - start - 0.004, BLOCK[1] - 0.01, BED - 0.006), ((start + end) / 2, 0.0, z + BED / 2 - 0.003))


def _lintel(window: tuple[float, float, float, float], laid: int) -> list[Mesh]:
    """Returns the flat precast lintel between the jambs at the head of the opening, once its course is laid."""
    if laid * BED < window[3] - 1e-6:
        return []
    height = 0.12
    size = (window[1] - window[0] - 0.004, BLOCK[1] - 0.004, height)
    return [box(size, ((window[0] + window[1]) / 2, 0.0, window[3] - height / 2), 0.004)]
