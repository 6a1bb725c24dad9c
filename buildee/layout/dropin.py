"""What is inferred of an asset that somebody dropped in: its id, category, unit, and the boxes that stand for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from buildee.layout.categories import CATEGORIES

UNITS = {"m": 1.0, "cm": 0.01, "mm": 0.001, "inch": 0.0254}
"""Metres in what a number of a file may stand for, the likelier first."""

LIKELY = (0.005, 10.0)
"""Longest sides that a thing of no known category is taken for, metres."""

ALIKE = 4.0
"""A file counts as metric if its longest side is within this factor of what is usual for its category."""

ANYTHING = "object"
"""The category of what nothing else is known of."""

NO_TEXT = frozenset({"no", "yes", "on", "off", "true", "false", "null"})
"""Words that YAML, which catalogs are written in, does not take for text."""

SLABS = (1, 2, 4, 8)
"""Into how many boxes a thing may be cut along its longest side."""

SPARED = 1.1
"""The fewest boxes are taken whose volume is at most this many times that of the most."""

THINNEST = 1e-4
"""Half the thickness that the box of a flat thing gets, metres."""


def asset_id(stem: str) -> str:
    """Returns the id of a file's name without its ending: lower case, digits and underscores."""
    plain = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_") or "asset"
    return plain if plain[0].isalpha() and plain not in NO_TEXT else f"asset_{plain}"


def guessed_category(names: Sequence[str]) -> str:
    """Returns the category that a name speaks of.

    Args:
        names: of the file and of its folders, innermost first; the first that speaks of one decides.
    """
    known = sorted((name for name, row in CATEGORIES.items() if row.countable), key=len, reverse=True)
    for name in map(asset_id, names):
        for category in known:
            if re.search(rf"(^|_){category}s?(_|$)", name):
                return category
    return ANYTHING


def likely_unit(side: float, usual: float | None) -> str:
    """Returns the unit in which a file is probably written.

    Args:
        side: its longest side as the file says it.
        usual: what is usual for its category, metres; None if nothing is known.
    """
    if usual is not None:
        off = {unit: abs(log(side * metres / usual)) for unit, metres in UNITS.items()}
        return "m" if off["m"] <= log(ALIKE) else min(off, key=off.__getitem__)
    low, high = LIKELY
    return next((unit for unit, metres in UNITS.items() if low <= side * metres <= high), "m")


def covering_boxes(vertices: NDArray[np.float64], edges: NDArray[np.integer]) -> NDArray[np.float64]:
    """Returns (B, 2, 3) boxes that hold all of a mesh, cut along its longest side where that spares volume, metres.

    Args:
        vertices: (V, 3) metres.
        edges: (E, 2) vertices of every edge. Flat faces reach no farther than their edges, cut or whole.
    """
    ends = vertices[edges]
    axis = int(np.argmax(np.ptp(vertices, axis=0)))
    cut = [_slabs(ends, axis, count) for count in SLABS]
    volumes = [np.prod(np.ptp(boxes, axis=1), axis=1).sum() for boxes in cut]
    return next(boxes for boxes, volume in zip(cut, volumes, strict=True) if volume <= SPARED * volumes[-1])


def _slabs(ends: NDArray[np.float64], axis: int, count: int) -> NDArray[np.float64]:
    """Returns the boxes of what lies in each of `count` slabs across an axis; empty slabs have none."""
    start, step = ends[:, 0], ends[:, 1] - ends[:, 0]
    level = np.abs(step[:, axis]) < 1e-12
    length = np.where(level, 1.0, step[:, axis])
    boxes = []
    for low, high in pairwise(np.linspace(ends[..., axis].min(), ends[..., axis].max(), count + 1)):
        first, last = np.sort([(low - start[:, axis]) / length, (high - start[:, axis]) / length], axis=0)
        first, last = np.where(level, 0.0, np.maximum(first, 0.0)), np.where(level, 1.0, np.minimum(last, 1.0))
        within = np.where(level, (start[:, axis] >= low) & (start[:, axis] <= high), first <= last)
        if within.any():
            at = np.concatenate([first[within], last[within]])[:, None]
            points = np.tile(start[within], (2, 1)) + at * np.tile(step[within], (2, 1))
            middle, half = (points.min(0) + points.max(0)) / 2, np.maximum(np.ptp(points, axis=0) / 2, THINNEST)
            boxes.append((middle - half, middle + half))
    return np.array(boxes)
