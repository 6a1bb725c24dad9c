"""The audit against renders that are right, shifted, scaled and of another size."""

import numpy as np
import pytest

from buildee.errors import AnnotationError
from buildee.truth.audit import audit_frame


def frame():
    """Depth and object index of a square before a wall, with a strip of sky."""
    depth, index = np.full((64, 64), 9.0), np.full((64, 64), 6)
    depth[20:44, 20:44], index[20:44, 20:44] = 3.0, 5
    depth[:4], index[:4] = np.inf, 0
    return depth, index


def rendered(depth, index):
    return np.where(np.isfinite(depth), depth, 1e10).astype(np.float32), index


def test_an_equal_render_passes():
    depth, index = frame()
    audit = audit_frame(depth, index, *rendered(depth, index))
    assert audit.ok and audit.reason == "" and audit.ids == audit.depths == 1 and audit.worst_depth == 0


def test_a_shifted_render_fails_both_ways():
    depth, index = frame()
    audit = audit_frame(depth, index, *rendered(np.roll(depth, 1, 1), np.roll(index, 1, 1)))
    assert not audit.ok and "objects agree" in audit.reason and "depths agree" in audit.reason
    assert audit.ids == pytest.approx(1 - 2 * 24 / 64**2)


def test_a_scaled_render_fails_by_depth_alone():
    depth, index = frame()
    audit = audit_frame(depth, index, *rendered(depth * 1.001, index))
    assert not audit.ok and "objects" not in audit.reason
    assert audit.worst_depth == pytest.approx(0.009, rel=1e-3)


def test_sky_where_we_see_something_counts_as_another_object():
    depth, index = frame()
    cycles_depth, cycles_index = rendered(depth, index)
    cycles_depth[10, :8] = 1e10
    audit = audit_frame(depth, index, cycles_depth, cycles_index)
    assert audit.ids == pytest.approx(1 - 8 / 64**2) and not audit.ok


def test_passes_of_another_size_are_refused():
    depth, index = frame()
    cycles_depth, cycles_index = rendered(depth, index)
    with pytest.raises(AnnotationError, match="own size"):
        audit_frame(depth, index, cycles_depth[1:], cycles_index)


def test_a_pixel_on_an_edge_is_cast_again_and_forgiven_but_a_wrong_one_is_not():
    depth, index = np.full((4, 6), 5.0), np.ones((4, 6), np.int32)
    cycles_depth, cycles_index = depth.copy(), index.copy()
    cycles_depth[1, 2], cycles_index[1, 2] = 9.0, 2  # an edge runs just right of this pixel's centre
    cycles_depth[3, 4], cycles_index[3, 4] = 9.0, 3  # nothing of the kind is near this one

    def recast(points, only=None):
        beyond = (points[:, 0] > 2.5005) & (points[:, 1] < 2)
        return np.where(beyond, 9.0, 5.0), np.where(beyond, 2, 1)

    audit = audit_frame(depth, index, cycles_depth, cycles_index, recast)
    assert audit.raw_ids == 22 / 24 and audit.ids == 23 / 24
    assert not audit.ok


def test_a_surface_seen_edge_on_is_judged_by_what_lies_beside_the_centre():
    depth, index = np.full((2, 2), 40.0), np.ones((2, 2), np.int32)
    cycles_depth = depth + np.array([[0.013, 0.0], [0.0, 0.3]])

    def recast(points, only=None):
        return 40.0 + 25.0 * (points[:, 1] % 1 - 0.5), np.ones(len(points), np.int32)

    audit = audit_frame(depth, index, cycles_depth, index, recast)
    assert audit.raw_depths == 0.5 and audit.depths == 0.75


def test_surfaces_that_coincide_may_be_named_either_way():
    depth, index = np.full((2, 3), 7.0), np.ones((2, 3), np.int32)
    cycles_index = index.copy()
    cycles_index[0, 1], cycles_index[1, 2] = 2, 3

    def recast(points, only=None):
        behind = {None: 7.0, 2: 7.00001, 3: 7.001}[only]
        return np.full(len(points), behind), np.full(len(points), only or 1)

    audit = audit_frame(depth, index, depth, cycles_index, recast)
    assert audit.raw_ids == 4 / 6 and audit.ids == 5 / 6, (
        "object 2 lies in the same place, object 3 a millimetre behind"
    )
    assert audit.unexplained == pytest.approx(1 / 6)
