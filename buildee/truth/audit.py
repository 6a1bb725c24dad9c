"""Annotations held against what Cycles rendered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError

_IDS_NEEDED = 0.999
_DEPTHS_NEEDED = 0.998
_ABSOLUTE, _RELATIVE = 1e-3, 1e-4
_SKY_DEPTH = 1e9
"""Cycles writes 1e10 where a pixel sees nothing."""


@dataclass(frozen=True)
class Audit:
    """How well annotations agree with a render of the same frame.

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
    depth: NDArray[np.floating],
    index: NDArray[np.integer],
    cycles_depth: NDArray[np.floating],
    cycles_index: NDArray[np.integer],
) -> Audit:
    """Compares annotations with Cycles' Depth and Object Index passes of a sharp frame.

    Args:
        depth: (H, W) metres along the optical axis, inf where nothing is seen.
        index: (H, W) the object pass index that the annotated ids stand for, 0 where nothing is seen.
        cycles_depth: (H, W) metres, planar; 1e10 is sky.
        cycles_index: (H, W) Object Index, 0 is sky.

    Raises:
        AnnotationError: the passes have another size than the annotations.
    """
    for name, image in (("depth", cycles_depth), ("object index", cycles_index)):
        if image.shape != depth.shape:
            raise AnnotationError(
                f"the {name} pass is {image.shape[1]}x{image.shape[0]} pixels but the camera has "
                f"{depth.shape[1]}x{depth.shape[0]}; render at the camera's own size"
            )
    seen, drawn = np.isfinite(depth), cycles_depth < _SKY_DEPTH
    same = (index == cycles_index) & (drawn == seen)
    both = drawn & seen
    off = np.abs(np.where(both, depth, 0.0) - np.where(both, cycles_depth, 0.0))
    close = off < np.maximum(_ABSOLUTE, _RELATIVE * np.where(both, cycles_depth, 0.0))
    ids = float(same.mean())
    depths = float(close[both].mean()) if both.any() else 1.0
    reasons = []
    if ids < _IDS_NEEDED:
        reasons.append(f"objects agree in {ids:.3%} of the pixels, {_IDS_NEEDED:.1%} are needed")
    if depths < _DEPTHS_NEEDED:
        reasons.append(f"depths agree in {depths:.3%} of the pixels, {_DEPTHS_NEEDED:.1%} are needed")
    worst = float(off[both & same].max(initial=0.0))
    return Audit(ids, depths, worst, not reasons, "; ".join(reasons))
