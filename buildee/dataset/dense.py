"""Whether the maps beside depth, normals and ids agree with those. Each function yields what is wrong, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from buildee.dataset.agreement import Maps, Tables, seen_points
from buildee.dataset.files import FINE_STEP
from buildee.dataset.reprojection import Measure
from buildee.truth.boxes import Boxes
from buildee.truth.surface import Camera

_UNIT = 1e-3
"""How far a stored normal's length may be from 1; quantisation alone gives 3e-5."""
_BEHIND = -1e-3
"""Cosine below which a shading normal counts as on the other side of its triangle."""
_ULP = 2.4e-7
"""Two float32 steps, relative."""


def shading_normal_problems(maps: Maps, camera: Camera, measure: Measure) -> Iterator[str]:
    """Shading normals are unit vectors on the seen side of their triangles where there is a surface, zero elsewhere."""
    normal = maps["shading_normal"].astype(np.float64)
    length = np.linalg.norm(normal, axis=-1)
    seen = np.isfinite(maps["depth"]) if "depth" in maps else length > 0.5
    if (bad := (np.abs(length - 1) > _UNIT) & seen).any():
        yield f"{bad.sum()} normals are not of length 1"
    if (bad := (length > 0) & ~seen).any():
        yield f"{bad.sum()} pixels without depth have a normal"
    if "normal" in maps:
        cosine = (normal * maps["normal"]).sum(-1)[seen]
        measure("shading normals, away from the geometric", "degrees", np.degrees(np.arccos(cosine.clip(-1, 1))))
        if (bad := cosine < _BEHIND).any():
            yield f"{bad.sum()} normals lie on the other side of their surface"


def uv_problems(maps: Maps, camera: Camera, measure: Measure) -> Iterator[str]:
    """Texture coordinates are finite or not numbers, both together, and lie on surfaces."""
    known = np.isfinite(maps["uv"])
    if (bad := np.isinf(maps["uv"]).any(-1) | (known[..., 0] != known[..., 1])).any():
        yield f"{bad.sum()} pixels are infinite or half a number"
    if "depth" in maps and (bad := known.any(-1) & ~np.isfinite(maps["depth"])).any():
        yield f"{bad.sum()} pixels without depth have texture coordinates"


JUDGES: dict[str, Callable[[Maps, Camera, Measure], Iterator[str]]] = {
    "shading_normal": shading_normal_problems,
    "uv": uv_problems,
}
"""What judges each map that needs no tables."""


def nocs_problems(maps: Maps, tables: Tables, camera: Camera, boxes: Boxes | None, measure: Measure) -> Iterator[str]:
    """Object coordinates lie on all countable instances and nothing else, and with the boxes give the seen points.

    Args:
        maps: the frame's annotations, `nocs` and `instance` among them.
        tables: the scene's labels.
        camera: the frame's camera.
        boxes: of the frame, where there are.
        measure: receives residuals.
    """
    nocs, instance = maps["nocs"].astype(np.float64), maps["instance"]
    known = ~np.isnan(nocs)
    if ((nocs < 0) | (nocs > 1)).any():
        yield "coordinates lie outside [0, 1]"
    if (bad := (known != tables.countable[instance][..., None]).any(-1)).any():
        yield f"{bad.sum()} pixels have coordinates and no countable instance, or the other way round"
    elif boxes is not None and "depth" in maps and len(boxes.instance) and known.any():
        yield from _place_problems(nocs, maps, camera, boxes, measure)


def _place_problems(
    nocs: NDArray[np.float64], maps: Maps, camera: Camera, boxes: Boxes, measure: Measure
) -> Iterator[str]:
    """Compares the points that coordinates and boxes give with those that the depth gives."""
    instance = maps["instance"]
    place = np.searchsorted(boxes.instance, instance).clip(max=len(boxes.instance) - 1)
    listed = (boxes.instance[place] == instance) & np.isfinite(nocs).all(-1)
    row = place[listed]
    away = ((nocs[listed] - 0.5) * boxes.extent[row])[:, None] @ boxes.rotation[row].transpose(0, 2, 1)
    points = boxes.center[row] + away[:, 0]
    off = np.linalg.norm(points - seen_points(camera, maps["depth"])[listed], axis=-1)
    reach = np.linalg.norm(boxes.extent[row], axis=-1)
    slack = 1e-6 + FINE_STEP * reach + _ULP * (4 * maps["depth"][listed] + np.abs(points).max(-1, initial=0))
    measure("object coordinates against depth", "m", off[np.isfinite(off)])
    if (bad := ~(off <= slack)).any():
        worst = np.nan_to_num(off[bad], nan=np.inf).max()
        yield f"{bad.sum()} pixels lie up to {worst:.3g} m beside their surface point"
