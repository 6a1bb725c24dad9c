"""Whether the maps beside depth, normals and ids agree with those. Each function yields what is wrong, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from buildee.dataset.agreement import Maps, Tables, seen_points, unit_problems, with_normals
from buildee.dataset.files import FINE_STEP
from buildee.dataset.reprojection import Measure
from buildee.truth.boxes import Boxes
from buildee.truth.camera import pixel_rays
from buildee.truth.surface import Camera

_BEHIND = -1e-3
"""Cosine below which a shading normal counts as on the other side of its triangle."""
_ENOUGH = 30
"""Boundaries needed before a share of them is judged."""
_REVERSED = 0.05
"""Share of boundaries whose front may be much deeper at the pixel centres: surfaces seen at a grazing angle."""
_SLOPE = 1.05
"""Ratio of depths up to which a front may be deeper at its pixel's centre: a low ledge on a slanting surface."""
_LEAP = 0.3
"""Leap of the inverse depth, relative, off the slope on both sides that is a boundary nearly always."""
_CHANCE = 4
"""So many more may be none, however few there are."""
_ULP = 2.4e-7
"""Two float32 steps, relative."""


def shading_normal_problems(maps: Maps, camera: Camera, measure: Measure) -> Iterator[str]:
    """Shading normals are unit vectors on the seen side of their triangles where there is a surface, zero elsewhere."""
    normal = maps["shading_normal"].astype(np.float64)
    seen = with_normals(normal, maps)
    yield from unit_problems(normal, seen)
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


def boundary_problems(maps: Maps, camera: Camera, measure: Measure) -> Iterator[str]:
    """Both sides of a boundary say so, what borders on nothing is in front, and great leaps in depth are boundaries."""
    bits = maps["boundary"]
    looks = np.isfinite(pixel_rays(camera)[..., 0])
    before, behind = bits & 15, bits >> 4
    if (both := before & behind).any():
        yield f"{(both > 0).sum()} pixels are in front of a neighbour and behind it"
    for first, second, there, back in (
        (np.s_[:, :-1], np.s_[:, 1:], 1, 4),
        (np.s_[:-1], np.s_[1:], 2, 8),
    ):
        mismatch = ((before[first] & there) > 0) != ((behind[second] & back) > 0)
        mismatch |= ((behind[first] & there) > 0) != ((before[second] & back) > 0)
        if mismatch.any():
            yield f"{mismatch.sum()} boundaries are known to one of their sides alone"
        if "depth" in maps:
            yield from _depth_problems(maps["depth"], looks, bits, first, second, there, back)
    if (outer := np.concatenate([bits[0] & 136, bits[-1] & 34, bits[:, 0] & 68, bits[:, -1] & 17])).any():
        yield f"{(outer > 0).sum()} boundaries lead out of the image"


def _depth_problems(
    depth: NDArray[np.float32],
    looks: NDArray[np.bool_],
    bits: NDArray[np.uint8],
    first: object,
    second: object,
    there: int,
    back: int,
) -> Iterator[str]:
    """Compares boundaries between two neighbours with their depths; `looks` says where the lens looks at all."""
    here, other = np.isfinite(depth[first]), np.isfinite(depth[second])
    front, hidden = (bits[first] & there) > 0, (bits[second] & back) > 0
    bad = ((here & ~other) & ~front) | ((other & ~here) & ~hidden)
    if (bad := bad & looks[first] & looks[second]).any():
        yield f"{bad.sum()} borders on nothing are no boundaries"
    if (bad := ~here & ~other & (front | hidden)).any():
        yield f"{bad.sum()} boundaries lie where nothing is"
    both = here & other
    near = np.where(front[both], depth[first][both], depth[second][both])
    far = np.where(front[both], depth[second][both], depth[first][both])
    marked = (front | hidden)[both]
    if marked.sum() >= _ENOUGH and (bad := marked & (near > _SLOPE * far)).sum() > _REVERSED * marked.sum():
        yield f"{bad.sum()} boundaries have the deeper side in front"
    with np.errstate(divide="ignore"):
        inverse = 1 / depth.astype(np.float64)
    axis = 1 if there == 1 else 0
    steps = np.moveaxis(inverse, axis, 0)
    before, here, after, beyond = steps[:-3], steps[1:-2], steps[2:-1], steps[3:]
    # The inverse depth of a plane is linear in the image, so neither side, going on, may come near the other.
    least = _LEAP * np.maximum(here, after)
    leaps = (np.abs(after - 2 * here + before) > least) & (np.abs(here - 2 * after + beyond) > least)
    leaps &= (np.abs(after - here) > least) & (here > 0) & (after > 0) & (before > 0) & (beyond > 0)
    known = np.moveaxis(front | hidden, axis, 0)[1:-1]
    if (bad := leaps & ~known).sum() > _REVERSED * leaps.sum() + _CHANCE:
        yield f"{bad.sum()} great leaps in depth are no boundaries"


JUDGES: dict[str, Callable[[Maps, Camera, Measure], Iterator[str]]] = {
    "shading_normal": shading_normal_problems,
    "uv": uv_problems,
    "boundary": boundary_problems,
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
