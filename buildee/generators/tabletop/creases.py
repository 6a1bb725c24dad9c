"""The folds that an ironed tablecloth keeps from its cupboard: straight, shallow furrows across all that lies flat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.layout.mesh import Mesh

Array = NDArray[np.float64]

DEEP, WIDE = (6e-4, 1.3e-3), (3e-3, 6e-3)
"""Least and most depth of a furrow, and from its bottom to its brink, metres; where two cross, they are less deep than
the felt below the cloth is thick."""


def creases(outline: Array, rng: np.random.Generator) -> list[tuple[int, float, float, float]]:
    """Draws where a cloth was folded: (axis, place on it, depth, half width) of each furrow, metres.

    A cloth is folded in halves: into four or eight along its length, two or four across.
    """
    low, high = outline.min(0), outline.max(0)
    found = []
    for axis, parts in ((0, 4 * int(rng.integers(1, 3))), (1, 2 * int(rng.integers(1, 3)))):
        for number in range(1, parts):
            at = low[axis] + (high[axis] - low[axis]) * number / parts + float(rng.normal(0, 0.004))
            found.append((axis, float(at), float(rng.uniform(*DEEP)), float(rng.uniform(*WIDE))))
    return found


def creased(flat: Mesh, folds: list[tuple[int, float, float, float]]) -> Mesh:
    """Returns a level mesh of convex polygons with furrows pressed into it."""
    polygons = np.split(flat.vertices[flat.corners], np.cumsum(flat.sizes)[:-1])
    slots = flat.slots.tolist()
    for axis, at, _, wide in folds:
        for line in (at - wide, at, at + wide):
            polygons, slots = _cut(polygons, slots, axis, line)
    points = np.concatenate(polygons)
    for axis, at, deep, wide in folds:
        points[:, 2] -= deep * np.clip(1 - np.abs(points[:, axis] - at) / wide, 0.0, None)
    corners = np.arange(len(points), dtype=np.int32)
    sizes = np.array([len(polygon) for polygon in polygons], np.int32)
    kept = np.array(slots, np.int32)
    return replace(flat, vertices=points, corners=corners, sizes=sizes, slots=kept, smooth=np.zeros(len(sizes), bool))


def _cut(polygons: list[Array], slots: list[int], axis: int, at: float) -> tuple[list[Array], list[int]]:
    """Returns convex polygons, those that a plane across an axis crosses in two."""
    found: list[Array] = []
    kept: list[int] = []
    for polygon, slot in zip(polygons, slots, strict=True):
        away = polygon[:, axis] - at
        if away.min() > -1e-7 or away.max() < 1e-7:
            found.append(polygon)
            kept.append(slot)
            continue
        for side in (1.0, -1.0):
            part = _half(polygon, side * away)
            if len(part) > 2:
                found.append(part)
                kept.append(slot)
    return found, kept


def _half(polygon: Array, away: Array) -> Array:
    """Returns what of a convex polygon is where `away`, a number at each corner, is not below zero."""
    after, next_away = np.roll(polygon, -1, 0), np.roll(away, -1)
    points = []
    for one, other, a, b in zip(polygon, after, away, next_away, strict=True):
        if a >= 0:
            points.append(one)
        if a * b < 0:
            points.append(one + (other - one) * (a / (a - b)))
    return np.array(points)
