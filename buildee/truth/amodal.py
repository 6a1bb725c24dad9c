"""The whole mask of every instance, as if nothing else stood in its way.

A pixel where the instance is seen belongs to its mask already. Elsewhere only pixels inside its projected box whose
first hit is nearer than its farthest point can belong, so only those are asked, of its own triangles alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import pixel_rays
from buildee.truth.embree import Caster
from buildee.truth.extents import Extents
from buildee.truth.hits import Hits
from buildee.truth.surface import Camera

_MARGIN = 1e-6
"""Relative margin that keeps float32 rounding of Embree's depth from dropping a pixel."""


@dataclass(frozen=True, eq=False)
class AmodalMasks:
    """One mask for each countable instance that covers a pixel centre, seen or hidden.

    Attributes:
        instance: (A,) uint16 ids, ascending.
        box: (A, 4) int32, pixels: x0, y0, x1, y1 of the mask, x1 and y1 exclusive.
        start: (A + 1,) int64, first byte of each mask in `bits`.
        bits: (S,) uint8, each mask's box row by row, eight pixels a byte, first pixel in the highest bit.
        pixels: (A,) int32, pixels of the mask.
        occluded: (A,) float32, share of the mask's pixels that something else hides, 0 to 1.
    """

    instance: NDArray[np.uint16]
    box: NDArray[np.int32]
    start: NDArray[np.int64]
    bits: NDArray[np.uint8]
    pixels: NDArray[np.int32]
    occluded: NDArray[np.float32]

    def mask(self, row: int) -> NDArray[np.bool_]:
        """Returns the mask inside its box: (y1 - y0, x1 - x0) bool."""
        x0, y0, x1, y1 = self.box[row]
        shape = int(y1 - y0), int(x1 - x0)
        bits = np.unpackbits(self.bits[self.start[row] : self.start[row + 1]], count=shape[0] * shape[1])
        return bits.reshape(shape).astype(bool)


def amodal_masks(
    hits: Hits, instances: NDArray[np.uint16], extents: Extents, caster: Caster, camera: Camera
) -> AmodalMasks:
    """Computes the masks.

    Args:
        hits: of the frame.
        instances: (H, W) uint16 instance map of the frame.
        extents: of the frame.
        caster: made at the camera's pose.
        camera: the camera.
    """
    rays = pixel_rays(camera)
    rows = []
    for number, copies, box, farthest in zip(
        extents.instance, extents.copies, extents.box, extents.farthest, strict=True
    ):
        x0, y0 = np.floor(box[:2].clip(0, (camera.width, camera.height))).astype(int)
        x1, y1 = np.ceil(box[2:].clip(0, (camera.width, camera.height))).astype(int)
        window = np.s_[y0:y1, x0:x1]
        seen = instances[window] == number
        mask = seen.copy()
        ask = ~seen & (hits.depth[window] <= farthest * (1 + _MARGIN))
        if ask.any():
            with caster.only(copies) as alone:
                mask[ask] = alone.blocked(rays[window][ask], *camera.clip)
        if mask.any():
            rows.append((number, *_cropped(mask, int(x0), int(y0)), 1 - seen.sum() / mask.sum()))
    return _encode(rows)


def _cropped(mask: NDArray[np.bool_], x0: int, y0: int) -> tuple[NDArray[np.bool_], tuple[int, int, int, int]]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    return mask[top:bottom, left:right], (x0 + left, y0 + top, x0 + right, y0 + bottom)


def _encode(rows: list[tuple[int, NDArray[np.bool_], tuple[int, int, int, int], float]]) -> AmodalMasks:
    packed = [np.packbits(row[1]) for row in rows]
    return AmodalMasks(
        np.array([row[0] for row in rows], np.uint16),
        np.array([row[2] for row in rows], np.int32).reshape(-1, 4),
        np.cumsum([0] + [len(bits) for bits in packed], dtype=np.int64),
        np.concatenate([np.zeros(0, np.uint8), *packed]),
        np.array([row[1].sum() for row in rows], np.int32),
        np.array([row[3] for row in rows], np.float32),
    )
