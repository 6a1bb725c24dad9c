"""Which things get other triangles from one frame to another, so that no point of theirs can be followed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.truth.maps import copy_instances
from buildee.truth.surface import LabelTable, Surface
from buildee.truth.visibility import find_keys, matching_copies


def changed_instances(surface: Surface, other: Surface, labels: LabelTable) -> NDArray[np.uint16]:
    """Finds the instances of which a copy is in both frames but shows a mesh of other triangles in each.

    Copies that come or go change no triangles.

    Args:
        surface, other: of the two frames.
        labels: what the copies are.

    Returns:
        Ids, ascending; 0 stands for everything unlabelled.
    """
    there = find_keys(surface.copy_key, other.copy_key) >= 0
    changed = there & (matching_copies(surface, other) < 0)
    return np.unique(copy_instances(surface, labels)[changed])
