"""Pixels that an exact render contradicts take its word, or are marked."""

from __future__ import annotations

import numpy as np

from buildee.truth.audit import unexplained
from buildee.truth.mend import Source, mend, rows_by_index
from buildee.truth.surface import LabelTable

LABELS = LabelTable(
    ("a", "b", "c"),
    np.array([1, 2, 2], np.int32),
    ("one", "two"),
    np.array([7, 9], np.int32),
    {7: "x", 9: "y"},
    np.array([True, True]),
)


def test_an_index_shared_by_rows_stands_for_none() -> None:
    assert rows_by_index(np.array([5, 6, 5])) == {6: 1}


def test_pixels_take_the_renders_word_or_are_marked() -> None:
    depth = np.array([[2.0, 2.0, 2.0, 2.0, np.inf]], np.float32)
    arrays = {
        "depth": depth,
        "part": np.array([[1, 1, 1, 1, 0]], np.uint16),
        "instance": np.array([[1, 1, 1, 1, 0]], np.uint16),
        "semantic": np.array([[7, 7, 7, 7, 0]], np.uint16),
        "normal": np.ones((1, 5, 3), np.float32),
        "flow": np.ones((1, 5, 2), np.float32),
        "flow_state": np.ones((1, 5), np.uint8),
    }
    bad = np.array([[False, True, True, True, False]])
    cycles_depth = np.array([[2.0, 1e10, 3.0, 4.0, 1e10]])
    cycles_index = np.array([[11, 0, 12, 99, 0]])
    mended = mend(arrays, bad, cycles_depth, cycles_index, rows_by_index(np.array([11, 13, 12])), LABELS)
    assert mended["source"].tolist() == [
        [Source.TRIANGLES, Source.RENDER, Source.RENDER, Source.INVALID, Source.NOTHING]
    ]
    assert mended["depth"].tolist() == [[2.0, np.inf, 3.0, 4.0, np.inf]]
    assert mended["part"].tolist() == [[1, 0, 3, 0, 0]]
    assert mended["instance"].tolist() == [[1, 0, 2, 0, 0]]
    assert mended["semantic"].tolist() == [[7, 0, 9, 0, 0]]
    assert mended["normal"][0, :, 0].tolist() == [1, 0, 0, 0, 1]
    assert mended["flow_state"].tolist() == [[1, 0, 0, 0, 1]]
    assert all(mended[name].dtype == arrays[name].dtype for name in arrays)
    assert arrays["depth"] is depth and depth[0, 1] == 2.0


def test_unexplained_forgives_edges_alone() -> None:
    depth, index = np.full((1, 3), 2.0), np.array([[1, 1, 1]])
    cycles_depth, cycles_index = np.array([[2.0, 5.0, 5.0]]), np.array([[1, 2, 2]])

    def recast(points, only=None):
        edge = (points[:, 0] > 1.5) & (points[:, 0] < 2)  # right of the middle pixel's centre lies the other object
        return np.where(edge, 5.0, 2.0), np.where(edge, 2, 1)

    assert unexplained(depth, index, cycles_depth, cycles_index, recast).tolist() == [[False, False, True]]
