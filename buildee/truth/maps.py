"""Dense maps of one frame, gathered from hits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.corners import corner_values, weighted
from buildee.truth.embree import Caster
from buildee.truth.geometry import apply, dot, inverses
from buildee.truth.hits import Hits
from buildee.truth.surface import LabelTable, Surface

_LARGEST_ID = 65535


def depth_map(hits: Hits) -> NDArray[np.float32]:
    """Returns depth (H, W) float32, metres (see `buildee.truth.camera.depths`); inf where nothing is seen."""
    return hits.depth.astype(np.float32)


def normal_map(hits: Hits) -> NDArray[np.float32]:
    """Returns geometric normals (H, W, 3) float32, camera axes, towards the camera; zero where nothing is seen."""
    return hits.normal


def shading_normal_map(hits: Hits, caster: Caster) -> NDArray[np.float32]:
    """Returns the normals that smooth shading uses, before any bump: the corners' normals, interpolated.

    Interpolated in the mesh frame, as Cycles does; of the two directions the one on the side of the triangle that is
    seen, so at the rim of a smooth thing it may lean away from the camera. The geometric normal where the corners'
    normals cancel out, and on meshes without.

    Args:
        hits: of the frame.
        caster: of the frame's surface.

    Returns:
        (H, W, 3) float32, unit, camera axes; zero where nothing is seen.
    """
    pixel, copy, triangle, weights = hits.flat()
    shown = np.ascontiguousarray(hits.normal.reshape(-1, 3)[pixel].T, np.float64)
    local = weighted(corner_values(caster.surface, copy, triangle, "normals"), weights)
    normal = apply(inverses(caster.view_from_copy)[:, :3, :3].transpose(0, 2, 1), copy, local)
    with np.errstate(divide="ignore", invalid="ignore"):
        normal *= np.where(dot(normal, shown) < 0, -1.0, 1.0) / np.sqrt(dot(normal, normal))
    flat = ~np.isfinite(normal[0])
    normal[:, flat] = shown[:, flat]
    return hits.spread(pixel, np.ascontiguousarray(normal.T, np.float32), 0)


def uv_map(hits: Hits, surface: Surface) -> NDArray[np.float32]:
    """Returns texture coordinates (H, W, 2) float32; not a number where nothing is seen or the mesh has none."""
    pixel, copy, triangle, weights = hits.flat()
    local = weighted(corner_values(surface, copy, triangle, "uv"), weights)
    return hits.spread(pixel, np.ascontiguousarray(local.T, np.float32), np.nan)


def material_map(hits: Hits, surface: Surface) -> NDArray[np.uint16]:
    """Returns material ids (H, W) uint16; 0 is background, no material, or a surface that does not know its own."""
    if surface.copy_slots is None or surface.slot_material is None:
        return np.zeros(hits.copy.shape, np.uint16)
    pixel, copy, triangle, _ = hits.flat()
    slot = corner_values(surface, copy, triangle, "materials").clip(0, surface.slot_material.shape[1] - 1)
    return hits.spread(pixel, surface.slot_material[surface.copy_slots[copy], slot], 0)


def copy_parts(surface: Surface) -> NDArray[np.uint16]:
    """Returns the part id of each copy (C,) uint16: row of the label table + 1, 0 unlabelled."""
    return _ids(surface.copy_part + 1)


def copy_instances(surface: Surface, labels: LabelTable) -> NDArray[np.uint16]:
    """Returns the instance id of each copy (C,) uint16, 0 unlabelled."""
    table = np.concatenate([[0], labels.part_instance])
    return _ids(table[surface.copy_part + 1])


def copy_categories(surface: Surface, labels: LabelTable) -> NDArray[np.uint16]:
    """Returns the category id of each copy (C,) uint16, 0 unlabelled."""
    table = np.concatenate([[0], labels.instance_category])
    return _ids(table[copy_instances(surface, labels)])


def instance_map(hits: Hits, surface: Surface, labels: LabelTable) -> NDArray[np.uint16]:
    """Returns instance ids (H, W) uint16; 0 is background."""
    return _gather(copy_instances(surface, labels), hits)


def semantic_map(hits: Hits, surface: Surface, labels: LabelTable) -> NDArray[np.uint16]:
    """Returns category ids (H, W) uint16; 0 is background."""
    return _gather(copy_categories(surface, labels), hits)


def part_map(hits: Hits, surface: Surface) -> NDArray[np.uint16]:
    """Returns part ids (H, W) uint16; 0 is background."""
    return _gather(copy_parts(surface), hits)


def _gather(copy_ids: NDArray[np.uint16], hits: Hits) -> NDArray[np.uint16]:
    # A hit of -1 takes the appended last entry.
    return np.append(copy_ids, np.uint16(0))[hits.copy]


def _ids(values: NDArray[np.integer]) -> NDArray[np.uint16]:
    if values.size and values.max() > _LARGEST_ID:
        raise AnnotationError(
            f"id {values.max()} does not fit in 16 bits; give scattered things one id for all, or plan fewer of them"
        )
    return values.astype(np.uint16)
