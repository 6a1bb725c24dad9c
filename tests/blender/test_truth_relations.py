"""Who hides whom, and how much of everything is seen, against closed forms and brute force."""

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import at, box, camera, labels_for, quad, sphere, surface_of, turn

from buildee.truth.annotate import annotate
from buildee.truth.camera import pixel_rays
from buildee.truth.embree import CasterPool
from buildee.truth.frame import Frame, View
from buildee.truth.relations import Visibility, padded


@pytest.fixture(scope="module")
def pool():
    with CasterPool() as pool:
        yield pool


def seen_of(pool, surface, labels, view, wanted=("relations", "visibility")):
    with Frame(pool, labels, View(surface, view)) as frame:
        return annotate(frame, wanted)


def edges_of(arrays):
    columns = (arrays[f"relations/{name}"].tolist() for name in ("occluded", "occluder", "pixels"))
    return {(occluded, occluder): pixels for occluded, occluder, pixels in zip(*columns, strict=True)}


def test_a_row_of_plates_is_credited_to_what_is_seen(pool):
    """Plates 32, 16, 8 and 4 pixels wide one behind the other; the third is unlabelled, the first is stuff."""
    plates = [(quad(pixels * depth / 64), at(0, 0, depth)) for pixels, depth in ((4, 2), (8, 4), (16, 8), (32, 16))]
    surface = surface_of(*plates, parts=(0, 1, -1, 2))
    labels = labels_for([1, 2, 3], countable=[False, True, True])
    arrays = seen_of(pool, surface, labels, camera())
    assert edges_of(arrays) == {(2, 1): 16, (3, 0): 256 - 64, (3, 1): 16, (3, 2): 64 - 16}
    assert arrays["relations/occluded"].tolist() == [2, 3, 3, 3]
    assert arrays["visibility/visible_pixels"].tolist() == [16, 64 - 16, 1024 - 256]
    assert arrays["visibility/amodal_pixels"].tolist() == [0, 64, 1024]
    np.testing.assert_allclose(arrays["visibility/visible_fraction"], [np.nan, 0.75, 0.75])
    np.testing.assert_allclose(arrays["visibility/truncation"], [np.nan, 0, 0])


def test_three_bars_hide_each_other_in_a_ring(pool):
    """Each leans over the next, as on a tripod: no order of depth exists."""
    bar = box(3, 0.4, 0.05)
    lean = at(0, 0.7, 0) @ turn((0, 1, 0), 0.35)
    poses = [at(0, 0, 6) @ turn((0, 0, 1), k * 2 * np.pi / 3) @ lean for k in range(3)]
    arrays = seen_of(pool, surface_of(*((bar, pose) for pose in poses)), labels_for([1, 2, 3]), camera(size=256))
    edges = edges_of(arrays)
    ring = {(1, 2), (2, 3), (3, 1)}
    assert set(edges) in (ring, {(b, a) for a, b in ring})
    crossing = np.array(list(edges.values()))
    assert crossing.min() > 100 and np.ptp(crossing) < 0.1 * crossing.max()  # alike but for the pixel grid


def test_two_things_may_hide_parts_of_each_other(pool):
    near, far = at(-1, 0, 5), at(1, 0, 9)
    surface = surface_of((quad(4), near), (quad(4), at(1, 0, 4)), (quad(4), far), (quad(4), at(-1, 0, 8)))
    edges = edges_of(seen_of(pool, surface, labels_for([1, 2, 1, 2]), camera()))
    assert set(edges) == {(1, 2), (2, 1)}


def test_what_is_hidden_cut_off_or_elsewhere(pool):
    surface = surface_of(
        (quad(4), at(0, 0, 4)),
        (box(1, 1, 1), at(0, 0, 8)),  # wholly hidden
        (box(2, 2, 2), at(3, 0, 6)),  # cut by the image's side
        (box(1, 1, 1), at(0, 0, -5)),  # behind the camera
        (box(1, 1, 1), at(90, 0, 5)),  # beside the image
    )
    labels = labels_for([1, 2, 3, 4, 5, 6])  # nothing is left of the sixth
    arrays = seen_of(pool, surface, labels, camera(), ["visibility", "boxes", "amodal", "instance"])
    fraction, truncation = arrays["visibility/visible_fraction"], arrays["visibility/truncation"]
    assert fraction[0] == 1 and fraction[1] == 0
    assert np.isnan(fraction[3:]).all() and (truncation[3:] == 1).all()
    left, right = 32 + 64 * 2 / 7, 32 + 64 * 4 / 5
    np.testing.assert_allclose(truncation[2], (right - 64) / (right - left), rtol=1e-5)
    rows = arrays["boxes/instance"].astype(int) - 1
    np.testing.assert_array_equal(truncation[rows], arrays["boxes/truncation"])
    np.testing.assert_array_equal(arrays["visibility/visible_pixels"][rows], arrays["boxes/visible_pixels"])
    np.testing.assert_array_equal(
        arrays["visibility/amodal_pixels"][arrays["amodal/instance"] - 1], arrays["amodal/pixels"]
    )


def test_pairs_are_what_casting_each_instance_alone_finds(pool):
    rng = np.random.default_rng(5)
    shapes = [box(1, 0.6, 1.5), sphere(0.7, 24)]
    copies = [
        (shapes[i % 2], at(*rng.uniform((-3, -3, 3), (3, 3, 12))) @ turn(rng.normal(size=3), rng.uniform(0, 3)))
        for i in range(40)
    ]
    surface, view = surface_of(*copies, parts=[*range(38), -1, -1]), camera(clip=(0.1, 10.0))
    labels = labels_for((np.arange(38) % 19 + 1).tolist(), countable=[True] * 17 + [False] * 2)
    with Frame(pool, labels, View(surface, view)) as frame:
        arrays = annotate(frame, ["relations", "instance"])
        expected = {}
        for number in range(1, 18):
            with frame.caster.only(np.flatnonzero(np.append(labels.part_instance, [0, 0]) == number)) as alone:
                mask = alone.blocked(pixel_rays(view).reshape(-1, 3), *view.clip).reshape(64, 64)
            shown = arrays["instance"][mask]
            for by in np.unique(shown[shown != number]):
                expected[number, int(by)] = int((shown == by).sum())
    assert edges_of(arrays) == expected and len(expected) > 20
    assert {0, 18} <= {by for _, by in expected}


def test_instances_that_join_later_were_not_there():
    table = Visibility(np.int32([3]), np.int32([4]), np.float32([0.75]), np.float32([0]))
    assert padded(table, np.array([True])).visible_pixels.tolist() == [3]
    later = padded(table, np.array([True, True, False]))
    assert later.visible_pixels.tolist() == [3, 0, 0] and later.amodal_pixels.tolist() == [4, 0, 0]
    np.testing.assert_array_equal(later.visible_fraction, np.float32([0.75, np.nan, np.nan]))
    np.testing.assert_array_equal(later.truncation, np.float32([0, 1, np.nan]))
    assert later.truncation.dtype == np.float32 and later.visible_pixels.dtype == np.int32


def test_an_empty_frame_has_no_pairs(pool):
    arrays = seen_of(pool, surface_of(), labels_for([1, 2], countable=[True, False]), camera())
    assert edges_of(arrays) == {}
    assert arrays["visibility/visible_pixels"].tolist() == [0, 0]
    np.testing.assert_array_equal(arrays["visibility/truncation"], np.float32([1, np.nan]))
