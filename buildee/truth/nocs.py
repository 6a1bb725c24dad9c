"""Object coordinates: where within its instance's own box each visible surface point lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.truth.boxes import Boxes
from buildee.truth.embree import Caster
from buildee.truth.geometry import apply, corner_table
from buildee.truth.hits import Hits
from buildee.truth.maps import copy_instances
from buildee.truth.surface import LabelTable


def object_coordinates(hits: Hits, caster: Caster, labels: LabelTable, boxes: Boxes) -> NDArray[np.float32]:
    """Computes normalised object coordinates (NOCS; Wang et al., Normalized Object Coordinate Space, 2019).

    A point's coordinates count along the axes of its instance's box in space, from 0 at one side to 1 at the other:
    `center + rotation @ ((coordinates - 0.5) * extent)` is the point in the world again. A flat box has 0.5 across.

    Args:
        hits: of the frame.
        caster: of the frame's surface.
        labels: what its copies are.
        boxes: of the frame.

    Returns:
        (H, W, 3) float32, 0 to 1; not a number where nothing is seen, and on stuff and what has no label.
    """
    surface = caster.surface
    row = np.full(len(labels.instance_name) + 1, -1)
    row[boxes.instance] = np.arange(len(boxes.instance))
    boxed = row[copy_instances(surface, labels)]
    inside = _box_from_copy(surface.world_from_copy, boxed, boxes)
    pixel, copy, triangle, (u, v) = hits.flat()
    chosen = np.flatnonzero(boxed[copy] >= 0)
    pixel, copy, triangle, u, v = pixel[chosen], copy[chosen], triangle[chosen], u[chosen], v[chosen]
    first, second, third = corner_table(surface).corners(copy, triangle)
    local = first + u * (second - first) + v * (third - first)
    found = apply(inside, copy, local).clip(0.0, 1.0)
    return hits.spread(pixel, np.ascontiguousarray(found.T, np.float32), np.nan)


def _box_from_copy(world_from_copy: NDArray[np.float64], row: NDArray[np.int64], boxes: Boxes) -> NDArray[np.float64]:
    """Maps from mesh frames to the coordinates of the box at `row`, -1 for none: (C, 3, 4) float64."""
    result = np.zeros((len(row), 3, 4))
    there = np.flatnonzero(row >= 0)
    row = row[there]
    moved = world_from_copy[there, :3].copy()
    moved[:, :, 3] -= boxes.center[row]  # first, so that scenes far from the origin keep their precision
    with np.errstate(divide="ignore"):
        scale = np.where(boxes.extent[row] > 0, 1.0 / boxes.extent[row], 0.0)
    result[there] = scale[:, :, None] * (boxes.rotation[row].transpose(0, 2, 1) @ moved)
    result[there, :, 3] += 0.5
    return result
