"""Our casts held against what Cycles rendered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.hits import Hits

_IDS_NEEDED = 0.999
_DEPTHS_NEEDED = 0.998
_ABSOLUTE, _RELATIVE = 1e-3, 1e-4
_SKY_DEPTH = 1e9
"""Cycles writes 1e10 where a pixel sees nothing."""


@dataclass(frozen=True)
class Audit:
    """How well our hits agree with a render of the same frame.

    Attributes:
        ids: share of pixels whose object agrees, sky included.
        depths: share of the pixels that both see whose depths differ by less than the larger of 1 mm and 1e-4 of the
            depth.
        worst_depth: metres, largest difference where the object agrees.
        ok: both shares reach 99.9 % and 99.8 %.
        reason: what is wrong, empty if ok.
    """

    ids: float
    depths: float
    worst_depth: float
    ok: bool
    reason: str


def audit_frame(
    hits: Hits, pass_index: NDArray[np.integer], depth: NDArray[np.float32], object_index: NDArray[np.float32]
) -> Audit:
    """Compares hits with Cycles' Depth and Object Index passes of a sharp frame.

    Args:
        hits: of the same frame and camera.
        pass_index: (C,) the object pass index of each copy of the surface.
        depth: (H, W) float32, metres, planar; 1e10 is sky.
        object_index: (H, W) float32, 0 is sky.

    Raises:
        AnnotationError: the passes have another size than the hits.
    """
    for name, image in (("depth", depth), ("object index", object_index)):
        if image.shape != hits.copy.shape:
            raise AnnotationError(
                f"the {name} pass is {image.shape[1]}x{image.shape[0]} pixels but the camera has "
                f"{hits.copy.shape[1]}x{hits.copy.shape[0]}; render at the camera's own size"
            )
    ours = np.append(np.asarray(pass_index, np.int64), 0)[hits.copy]
    drawn = depth < _SKY_DEPTH
    same = (ours == np.rint(object_index).astype(np.int64)) & (drawn == hits.seen)
    both = drawn & hits.seen
    off = np.abs(np.where(both, hits.depth, 0.0) - np.where(both, depth, 0.0))
    close = off < np.maximum(_ABSOLUTE, _RELATIVE * np.where(both, depth, 0.0))
    ids = float(same.mean())
    depths = float(close[both].mean()) if both.any() else 1.0
    reasons = []
    if ids < _IDS_NEEDED:
        reasons.append(f"objects agree in {ids:.3%} of the pixels, {_IDS_NEEDED:.1%} are needed")
    if depths < _DEPTHS_NEEDED:
        reasons.append(f"depths agree in {depths:.3%} of the pixels, {_DEPTHS_NEEDED:.1%} are needed")
    worst = float(off[both & same].max(initial=0.0))
    return Audit(ids, depths, worst, not reasons, "; ".join(reasons))
