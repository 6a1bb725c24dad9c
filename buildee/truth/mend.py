"""Maps of scenes that triangles alone do not describe: hair, cut-outs, shader displacement.

Where an exact render of the same frame shows something else than the triangles, the render is right: those pixels take
its depth, and its ids where they can be told. What cannot be told is marked; nothing stays silently wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from buildee.truth.surface import LabelTable

_SKY_DEPTH = 1e9

OF_TRIANGLES = ("boundary",)
"""Maps that are left as they are: they say how triangles lie to each other."""

EMPTY = {"uv": np.nan, "nocs": np.nan}
"""What maps hold where they say nothing, if not 0."""


class Source(IntEnum):
    """Where the values of a pixel come from."""

    NOTHING = 0
    """Nothing is seen: background."""
    TRIANGLES = 1
    """The surface's triangles, as in scenes without exceptions."""
    RENDER = 2
    """Depth and ids come from the exact render; maps that need a triangle are invalid."""
    INVALID = 3
    """Depth comes from the exact render, ids cannot be told; maps that need a triangle are invalid."""


def rows_by_index(pass_index: NDArray[np.integer]) -> dict[int, int]:
    """Returns the row of the label table that each Object Index stands for, of those that stand for one alone.

    Args:
        pass_index: (R,) the Object Index of every row.
    """
    index, first, count = np.unique(pass_index, return_index=True, return_counts=True)
    return {int(number): int(row) for number, row, times in zip(index, first, count, strict=True) if times == 1}


def mend(
    arrays: Mapping[str, NDArray],
    bad: NDArray[np.bool_],
    cycles_depth: NDArray[np.floating],
    cycles_index: NDArray[np.integer],
    rows: Mapping[int, int],
    labels: LabelTable,
) -> dict[str, NDArray]:
    """Replaces what triangles got wrong.

    Args:
        arrays: maps of a frame by annotation name, `depth` among them.
        bad: (H, W) bool, from `buildee.truth.audit.unexplained`.
        cycles_depth, cycles_index: (H, W) passes of the exact render; 1e10 and 0 are sky.
        rows: from `rows_by_index`; an index that is missing there cannot be told.
        labels: what rows mean.

    Returns:
        The maps that change, and `source` (H, W) uint8 of `Source`.
    """
    index = cycles_index[bad]
    sky = cycles_depth[bad] >= _SKY_DEPTH
    known, inverse = np.unique(index, return_inverse=True)
    row = np.array([rows.get(int(number), -1) for number in known], np.int64)[inverse]
    told = sky | (row >= 0)
    row = np.where(sky | ~told, -1, row)
    source = np.where(np.isfinite(arrays["depth"]), Source.TRIANGLES, Source.NOTHING).astype(np.uint8)
    source[bad] = np.where(told, Source.RENDER, Source.INVALID)
    instance = np.append(labels.part_instance, 0)[row]
    values: dict[str, NDArray] = {
        "depth": np.where(sky, np.inf, cycles_depth[bad]),
        "part": row + 1,
        "instance": instance,
        "semantic": np.append(0, labels.instance_category)[instance],
    }
    mended = {"source": source}
    for name, array in arrays.items():
        if array.shape[:2] == bad.shape and name not in OF_TRIANGLES:
            mended[name] = array.copy()
            mended[name][bad] = values.get(name, EMPTY.get(name, 0))  # a flow's state of 0 is invalid
    return mended
