"""Maps that follow from other formulas: places within an instance's box, and normals of shading that is flat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.case import material_name
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
    if not found.case.own_shading:
        yield found.row("shading_normal", "none", (found.arrays["shading_normal"] - normal)[found.sure], 32 * ULP)
        yield from _uv(found)
        yield _materials(found)
    if found.case.upright:  # whose boxes have two headings
        return
    points = found.points.reshape(*found.size, 3)
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


def _uv(found: Comparison) -> Iterator[Residual]:
    """Texture coordinates, which are x and y in the frame of each solid, however its pose bends that."""
    uv = found.arrays["uv"].reshape(-1, 2)
    there, steep = np.isfinite(uv).all(1), found.steepness.reshape(-1)
    sure = found.sure.reshape(-1) & found.hit
    if found.case.build is None:  # every mesh has its coordinates
        yield found.count("uv, there", there[sure])
    for number, body in enumerate(found.case.bodies):
        mine = sure & there & (found.seen.body == number)
        pose = body.poses[found.frame]
        scale = np.linalg.svd(pose[:3, :3], compute_uv=False)[-1]
        if not mine.any() or scale < 1e-6:  # a sheet cannot tell
            continue
        local = (found.points[mine] - pose[:3, 3]) @ np.linalg.inv(pose[:3, :3]).T
        tolerance = found.length / scale * steep[mine] + 16 * ULP * (1 + np.abs(local[:, :2]).max(1))
        yield found.row("uv", "metres", uv[mine] - local[:, :2], np.repeat(tolerance, 2))


def _materials(found: Comparison) -> Residual:
    """Materials: each part has its own; generated geometry and what nothing labels have none."""
    number = {name: id for id, name in enumerate(found.arrays["materials"], 1)}
    wanted = [number.get(material_name(body.part), 0) for body in found.case.bodies]
    expected = np.append(wanted, 0)[found.seen.body].reshape(found.size)
    return found.count("material", (found.arrays["material"] == expected)[found.sure])
