"""Who hides whom, and how much of each instance a camera sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.truth.amodal import AmodalMasks
from buildee.truth.boxes import truncation
from buildee.truth.extents import Extents
from buildee.truth.surface import Camera


@dataclass(frozen=True, eq=False)
class Relations:
    """The occlusion graph of a frame: R edges, from what is hidden to what is seen in its place.

    A pixel of an instance's whole mask that shows something else is credited to what it shows. Nothing keeps the graph
    free of cycles: two instances may hide parts of each other.

    Attributes:
        occluded: (R,) uint16 ids of countable instances, ascending.
        occluder: (R,) uint16 ids, ascending within each `occluded`; stuff too, 0 is everything unlabelled.
        pixels: (R,) int32, pixels of `occluded` that show `occluder`; at least 1.
    """

    occluded: NDArray[np.uint16]
    occluder: NDArray[np.uint16]
    pixels: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Visibility:
    """How much a camera sees of every instance, in the order of the ids: row i is id i + 1.

    In a frame the arrays are (I,); over a scene they are stacked to (T, I).

    Attributes:
        visible_pixels: int32, pixels that show it.
        amodal_pixels: int32, pixels of its whole mask; 0 for stuff, which has none.
        visible_fraction: float32, visible over amodal pixels; not a number where there is no mask.
        truncation: float32, part of the amodal box's area outside the image, 1 where nothing projects into it; not a
            number for stuff.
    """

    visible_pixels: NDArray[np.int32]
    amodal_pixels: NDArray[np.int32]
    visible_fraction: NDArray[np.float32]
    truncation: NDArray[np.float32]


def occlusions(masks: AmodalMasks, instances: NDArray[np.uint16]) -> Relations:
    """Finds who hides whom.

    Args:
        masks: of the frame.
        instances: (H, W) uint16 instance map of the frame.
    """
    edges = []
    for row in np.flatnonzero(masks.occluded > 0):
        number, (x0, y0, x1, y1) = masks.instance[row], masks.box[row]
        shown = instances[y0:y1, x0:x1][masks.mask(row)]
        count = np.bincount(shown[shown != number])
        by = np.flatnonzero(count)
        edges.append(np.stack([np.full(len(by), number), by, count[by]]))
    occluded, occluder, pixels = np.concatenate([np.zeros((3, 0), np.int64), *edges], axis=1)
    return Relations(occluded.astype(np.uint16), occluder.astype(np.uint16), pixels.astype(np.int32))


def padded(table: Visibility, countable: NDArray[np.bool_]) -> Visibility:
    """Returns a frame's rows with those of instances appended that joined later, and so were not there.

    Args:
        table: of a frame.
        countable: (I,) bool of all instances.
    """
    later = len(countable) - len(table.visible_pixels)
    nothing, never = np.zeros(later, np.int32), np.full(later, np.nan, np.float32)
    outside = np.where(countable[len(countable) - later :], np.float32(1), never)
    rows = vars(table).values()
    return Visibility(
        *(np.append(row, more) for row, more in zip(rows, (nothing, nothing, never, outside), strict=True))
    )


def visibility(
    masks: AmodalMasks,
    extents: Extents,
    instances: NDArray[np.uint16],
    camera: Camera,
    countable: NDArray[np.bool_],
) -> Visibility:
    """Measures how much is seen of every instance.

    Args:
        masks: of the frame.
        extents: of the frame.
        instances: (H, W) uint16 instance map of the frame.
        camera: the camera.
        countable: (I,) bool, False for stuff.
    """
    visible = np.bincount(instances.reshape(-1), minlength=len(countable) + 1)[1:].astype(np.int32)
    amodal = np.zeros(len(countable), np.int32)
    amodal[masks.instance.astype(int) - 1] = masks.pixels
    with np.errstate(divide="ignore", invalid="ignore"):
        fraction = np.where(amodal > 0, visible / amodal, np.nan)
    outside = np.where(countable, 1.0, np.nan)
    outside[extents.instance.astype(int) - 1] = truncation(extents, camera)
    return Visibility(visible, amodal, fraction.astype(np.float32), outside.astype(np.float32))
