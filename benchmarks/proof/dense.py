"""Maps that follow from other formulas: places within an instance's box, and normals of shading that is flat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.residual import Residual
from benchmarks.proof.world import ULP

if TYPE_CHECKING:
    from benchmarks.proof.compare import Comparison

Box = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
"""Centre (3,), extent (3,), both metres, and rotation (3, 3) of a box in space."""


def dense_rows(found: Comparison, boxes: dict[int, Box]) -> Iterator[Residual]:
    """Compares the maps.

    Args:
        found: the frame.
        boxes: the formulas' box of each instance id.
    """
    normal = (found.seen.normal @ found.case.cameras[found.frame][:3, :3]).reshape(*found.size, 3)
    yield found.row("shading_normal", "none", (found.arrays["shading_normal"] - normal)[found.sure], 32 * ULP)
    if found.case.upright:  # whose boxes have two headings
        return
    rays, eye = found.sight.rays(found.sight.centres), found.case.cameras[found.frame][:3, 3]
    points = (eye + np.where(found.hit, found.seen.t, 0)[:, None] * rays).reshape(*found.size, 3)
    steep = found.steepness
    for number, (center, extent, rotation) in boxes.items():
        mine, long = found.sure & (found.ids["instance"] == number), extent > 1e-6  # sheets have no way across
        if not mine.any():
            continue
        share = ((points[mine] - center) @ rotation)[:, long] / extent[long] + 0.5
        tolerance = 4 * ULP + found.length / extent[long] * steep[mine][:, None]
        yield found.row("nocs", "share", found.arrays["nocs"][mine][:, long] - share, tolerance)
    unlabelled = found.sure & (found.ids["instance"] == 0)
    if unlabelled.any():
        yield found.count("nocs, none", np.isnan(found.arrays["nocs"][unlabelled]).all(1))
