"""Dense maps of one frame, gathered from hits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.hits import Hits
from buildee.truth.surface import LabelTable, Surface

_LARGEST_ID = 65535


def depth_map(hits: Hits) -> NDArray[np.float32]:
    """Returns depth (H, W) float32, metres (see `buildee.truth.camera.depths`); inf where nothing is seen."""
    return hits.depth.astype(np.float32)


def normal_map(hits: Hits) -> NDArray[np.float32]:
    """Returns geometric normals (H, W, 3) float32, camera axes, towards the camera; zero where nothing is seen."""
    return hits.normal


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
