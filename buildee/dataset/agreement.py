"""Whether the annotations of one frame agree with each other. Each function yields what is wrong, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.truth.amodal import AmodalMasks
from buildee.truth.boxes import Boxes
from buildee.truth.camera import pixel_rays, world_points
from buildee.truth.relations import Relations, Visibility, occlusions
from buildee.truth.surface import Camera

Maps = Mapping[str, NDArray]
"""The dense annotations of one frame by name."""

IDS = ("instance", "semantic", "part", "material")
"""Id maps."""

_UNIT = 1e-3
"""How far a stored normal's length may be from 1; quantisation alone gives 3e-5."""
_INSIDE = 1e-3
"""Metres, and share of the depth, by which a point may lie outside its instance's box."""


@dataclass(frozen=True, eq=False)
class Tables:
    """The label tables of a scene as arrays, indexed by id; row 0 is background.

    Attributes:
        categories: (C,) the category ids that exist.
        category: (I + 1,) category of each instance.
        countable, moving: (I + 1,) bool.
        owner: (P + 1,) instance of each part.
        materials: how many there are.
    """

    categories: NDArray[np.int64]
    category: NDArray[np.int64]
    countable: NDArray[np.bool_]
    moving: NDArray[np.bool_]
    owner: NDArray[np.int64]
    materials: int = 0


def seen_points(camera: Camera, depth: NDArray[np.float32]) -> NDArray[np.float64]:
    """World points behind the pixels of a depth map, metres: (H, W, 3) float64; not finite where the depth is not."""
    with np.errstate(invalid="ignore"):
        return world_points(camera, pixel_rays(camera) * depth[..., None])


def depth_problems(maps: Maps, camera: Camera) -> Iterator[str]:
    """Depth is positive, within the clip limits, or infinite."""
    depth = maps["depth"]
    if np.isnan(depth).any():
        yield f"{np.isnan(depth).sum()} pixels are not numbers"
    near, far = camera.clip
    seen = depth[np.isfinite(depth)]
    if seen.size and (seen.min() < near * 0.999 or seen.max() > far * 1.001):
        yield f"spans {seen.min():g} to {seen.max():g} m, beyond the clip limits {near:g} to {far:g} m"
    if np.isneginf(depth).any():
        yield "holds -inf"


def with_normals(normal: NDArray, maps: Maps) -> NDArray[np.bool_]:
    """Returns which pixels should have a normal (H, W): those with a depth, or where depth is missing, with one."""
    return np.isfinite(maps["depth"]) if "depth" in maps else np.linalg.norm(normal, axis=-1) > 0.5


def unit_problems(normal: NDArray, seen: NDArray[np.bool_]) -> Iterator[str]:
    """Normals (H, W, 3) are of length 1 where something is seen (H, W), and 0 elsewhere."""
    length = np.linalg.norm(normal, axis=-1)
    if (bad := (np.abs(length - 1) > _UNIT) & seen).any():
        yield f"{bad.sum()} normals are not of length 1"
    if (bad := (length > 0) & ~seen).any():
        yield f"{bad.sum()} pixels without depth have a normal"


def normal_problems(maps: Maps, camera: Camera) -> Iterator[str]:
    """Normals are unit vectors facing the camera where there is a surface, zero elsewhere, and fit the depth."""
    normal = maps["normal"].astype(np.float64)
    seen = with_normals(normal, maps)
    yield from unit_problems(normal, seen)
    if (bad := ((normal * pixel_rays(camera)).sum(-1) > _UNIT) & seen).any():
        yield f"{bad.sum()} normals face away from the camera"
    if (
        "depth" in maps
        and "part" in maps
        and (off := _tilt(normal, maps, camera)).size >= 200
        and np.median(off) > 0.02
    ):
        share = np.median(off)
        yield f"normals do not fit the depth: neighbouring points lie off the plane by {share:.2f} of their distance"


def _tilt(normal: NDArray[np.float64], maps: Maps, camera: Camera) -> NDArray[np.float64]:
    """How far right-hand neighbours on flat parts lie off a pixel's plane, over their distance."""
    part, depth = maps["part"], np.where(np.isfinite(maps["depth"]), maps["depth"], 0)
    points = pixel_rays(camera) * depth[..., None]
    flat = (part[:, 1:] == part[:, :-1]) & (part[:, 1:] > 0) & (depth[:, 1:] > 0) & (depth[:, :-1] > 0)
    flat &= (normal[:, 1:] * normal[:, :-1]).sum(-1) > 0.9999
    step = (points[:, 1:] - points[:, :-1])[flat]
    distance = np.linalg.norm(step, axis=-1)
    return np.abs((step * normal[:, :-1][flat]).sum(-1))[distance > 0] / distance[distance > 0]


def id_problems(maps: Maps, tables: Tables) -> Iterator[str]:
    """Ids occur in the tables and instance, semantic and part agree with one another and with the depth."""
    sizes = {"instance": len(tables.category), "part": len(tables.owner), "material": tables.materials + 1}
    for name, size in sizes.items():
        if name in maps and (top := int(maps[name].max())) >= size:
            yield f"{name} id {top} is not in instances.json"
            return
    if "semantic" in maps and (unknown := np.setdiff1d(maps["semantic"], tables.categories)).size:
        yield f"semantic id {unknown[0]} is not in labels.json"
        return
    instance = maps.get("instance")
    if instance is not None and "semantic" in maps and (bad := tables.category[instance] != maps["semantic"]).any():
        yield f"semantic is not the category of the instance in {bad.sum()} pixels"
    if instance is not None and "part" in maps and (bad := tables.owner[maps["part"]] != instance).any():
        yield f"part belongs to another instance in {bad.sum()} pixels"
    if "depth" in maps:
        for name in IDS:
            if name in maps and (bad := (maps[name] > 0) & ~np.isfinite(maps["depth"])).any():
                yield f"{name} is labelled in {bad.sum()} pixels without depth"


def amodal_problems(masks: AmodalMasks, maps: Maps, tables: Tables, camera: Camera) -> Iterator[str]:
    """Whole masks are well-formed, cover what is visible, and count right."""
    rows = masks.instance.size
    members = {
        "box": (np.int32, (rows, 4)),
        "start": (np.int64, (rows + 1,)),
        "bits": (np.uint8, (masks.bits.size,)),
        "pixels": (np.int32, (rows,)),
        "occluded": (np.float32, (rows,)),
    }
    yield from (wrong := list(_row_problems(masks, members, tables)))
    if wrong:
        return
    box = masks.box
    if ((box[:, :2] < 0) | (box[:, 2:] > (camera.width, camera.height)) | (box[:, 2:] <= box[:, :2])).any():
        yield "a mask's box is empty or leaves the image"
        return
    lengths = -(-np.prod(box[:, 2:] - box[:, :2], axis=1) // 8)
    if masks.start[0] or (np.diff(masks.start) != lengths).any() or masks.start[-1] != len(masks.bits):
        yield "the packed masks do not fill their boxes"
        return
    instance = maps.get("instance")
    if instance is not None and (missing := _unlisted(instance, masks.instance, tables)).size:
        yield f"instance {missing[0]} is visible but has no mask"
    counts = None if instance is None else np.bincount(instance.ravel(), minlength=len(tables.category))
    for row, number in enumerate(masks.instance):
        yield from _mask_problems(masks, row, f"mask of instance {number}", counts, maps)


def _mask_problems(
    masks: AmodalMasks, row: int, name: str, counts: NDArray[np.int64] | None, maps: Maps
) -> Iterator[str]:
    x0, y0, x1, y1 = masks.box[row]
    mask = masks.mask(row)
    if mask.sum() != masks.pixels[row]:
        yield f"{name} has {mask.sum()} pixels, not {masks.pixels[row]}"
    if not (mask[0].any() and mask[-1].any() and mask[:, 0].any() and mask[:, -1].any()):
        yield f"{name} does not touch all sides of its box"
    window = np.s_[y0:y1, x0:x1]
    if counts is not None:
        seen = int(counts[masks.instance[row]])
        hidden = 1 - seen / max(int(mask.sum()), 1)
        if seen != ((maps["instance"][window] == masks.instance[row]) & mask).sum():
            yield f"{name} leaves out visible pixels"
        elif abs(hidden - masks.occluded[row]) > 1e-3:
            yield f"{name} claims {masks.occluded[row]:.3f} occluded, {hidden:.3f} are"
    if "depth" in maps and (mask & ~np.isfinite(maps["depth"][window])).any():
        yield f"{name} covers pixels where nothing is"


def box_problems(boxes: Boxes, maps: Maps, tables: Tables, camera: Camera) -> Iterator[str]:
    """Boxes are well-formed, fit the instance map, and hold the points that the depth map shows."""
    rows = boxes.instance.size
    members = {
        "visible_box": (np.int32, (rows, 4)),
        "amodal_box": (np.float32, (rows, 4)),
        "visible_pixels": (np.int32, (rows,)),
        "truncation": (np.float32, (rows,)),
        "center": (np.float64, (rows, 3)),
        "extent": (np.float64, (rows, 3)),
        "rotation": (np.float64, (rows, 3, 3)),
    }
    yield from (wrong := list(_row_problems(boxes, members, tables)))
    if wrong:
        return
    turned = boxes.rotation @ boxes.rotation.transpose(0, 2, 1)
    if (np.abs(turned - np.eye(3)) > 1e-6).any() or (np.linalg.det(boxes.rotation) < 0).any():
        yield "a rotation is not one"
    if (boxes.extent < 0).any() or ((boxes.truncation < 0) | (boxes.truncation > 1)).any():
        yield "an extent is negative or a truncation outside [0, 1]"
    instance = maps.get("instance")
    if instance is None:
        return
    if (missing := _unlisted(instance, boxes.instance, tables)).size:
        yield f"instance {missing[0]} is visible but has no box"
    counts = np.bincount(instance.ravel(), minlength=len(tables.category))
    points = seen_points(camera, maps["depth"]) if "depth" in maps else None
    for row, number in enumerate(boxes.instance):
        yield from _box_problems(boxes, row, f"box of instance {number}", int(counts[number]), points, maps)


def _box_problems(
    boxes: Boxes, row: int, name: str, count: int, points: NDArray[np.float64] | None, maps: Maps
) -> Iterator[str]:
    if count != boxes.visible_pixels[row]:
        yield f"{name} claims {boxes.visible_pixels[row]} visible pixels, {count} are"
    if not count:
        return
    height, width = maps["instance"].shape
    x0, y0, x1, y1 = box = boxes.visible_box[row].clip(0, (width, height, width, height))
    window = np.s_[y0:y1, x0:x1]
    visible = maps["instance"][window] == boxes.instance[row]
    sides = visible.size and visible[0].any() and visible[-1].any() and visible[:, 0].any() and visible[:, -1].any()
    if visible.sum() != count or not sides or (box != boxes.visible_box[row]).any():
        yield f"{name} is not what its visible pixels span"
        return
    # Only pixel centres are known to be covered.
    centres, whole = box + np.array([0.5, 0.5, -0.5, -0.5]), boxes.amodal_box[row]
    if (centres[:2] < whole[:2] - 0.01).any() or (centres[2:] > whole[2:] + 0.01).any():
        yield f"{name} does not hold its visible box"
    if points is not None:
        local = (points[window][visible] - boxes.center[row]) @ boxes.rotation[row]
        slack = _INSIDE * (1 + maps["depth"][window][visible])
        if (bad := (np.abs(local) > boxes.extent[row] / 2 + slack[:, None]).any(1)).any():
            yield f"{name} in space leaves out {bad.sum()} of its visible points"


def relation_problems(relations: Relations, maps: Maps, tables: Tables, masks: AmodalMasks | None) -> Iterator[str]:
    """The occlusion graph is what the whole masks and the instance map say."""
    rows = relations.occluded.size
    members = {"occluded": np.uint16, "occluder": np.uint16, "pixels": np.int32}
    for name, dtype in members.items():
        array = getattr(relations, name)
        if array.dtype != dtype or array.shape != (rows,):
            yield f"{name} is {array.shape} {array.dtype}, not {(rows,)} {np.dtype(dtype)}"
            return
    ids = np.concatenate([relations.occluded, relations.occluder])
    if ids.max(initial=0) >= len(tables.countable) or not tables.countable[relations.occluded].all():
        yield "an instance id is unknown, or not countable where occluded"
    elif masks is not None and "instance" in maps:
        expected = occlusions(masks, maps["instance"])
        if not all(np.array_equal(getattr(relations, name), getattr(expected, name)) for name in members):
            yield "the pairs are not those of the whole masks and the instance map"


def visibility_problems(
    seen: Visibility, maps: Maps, tables: Tables, masks: AmodalMasks | None, boxes: Boxes | None
) -> Iterator[str]:
    """A frame's rows of the visibility table are what its instance map, whole masks and boxes say."""
    countable, fraction = tables.countable[1:], seen.visible_fraction
    if "instance" in maps:
        count = np.bincount(maps["instance"].ravel(), minlength=len(tables.countable))[1:]
        if (bad := count != seen.visible_pixels).any():
            yield f"visible_pixels of {bad.sum()} instances are not those of the instance map"
    if masks is not None:
        pixels = np.zeros(len(countable), np.int64)
        pixels[masks.instance.astype(int) - 1] = masks.pixels
        if (bad := pixels != seen.amodal_pixels).any():
            yield f"amodal_pixels of {bad.sum()} instances are not those of their masks"
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(seen.amodal_pixels > 0, seen.visible_pixels / seen.amodal_pixels, np.nan)
    if not np.allclose(fraction, expected, atol=1e-6, equal_nan=True):
        yield "visible_fraction is not visible over amodal pixels"
    if (np.isnan(seen.truncation) != ~countable).any() or not ((seen.truncation >= 0) & (seen.truncation <= 1))[
        countable
    ].all():
        yield "truncation is outside [0, 1], or not a number where instances are countable"
    elif boxes is not None:
        outside = np.where(countable, np.float32(1), np.float32(np.nan))
        outside[boxes.instance.astype(int) - 1] = boxes.truncation
        if not np.array_equal(outside, seen.truncation, equal_nan=True):
            yield "truncation is not that of the boxes"


def _unlisted(instance: NDArray[np.uint16], listed: NDArray[np.uint16], tables: Tables) -> NDArray[np.integer]:
    seen = np.unique(instance)
    seen = seen[seen < len(tables.countable)]
    return np.setdiff1d(seen[tables.countable[seen]], listed)


def _row_problems(
    record: AmodalMasks | Boxes, members: Mapping[str, tuple[type, tuple[int, ...]]], tables: Tables
) -> Iterator[str]:
    """Yields what is wrong with the types, shapes and ids of a record with a row an instance."""
    ids = record.instance
    for name, (dtype, shape) in {"instance": (np.uint16, (ids.size,)), **members}.items():
        array = getattr(record, name)
        if array.dtype != dtype or array.shape != shape:
            yield f"{name} is {array.shape} {array.dtype}, not {shape} {np.dtype(dtype)}"
            return
        if not np.isfinite(array).all():
            yield f"{name} is not finite"
    if (np.diff(ids.astype(int)) <= 0).any():
        yield "instance ids do not ascend"
    if ids.size and (ids.max() >= len(tables.countable) or not tables.countable[ids].all()):
        yield "an instance id is unknown or not countable"
