"""Amodal masks and boxes against closed forms and brute force."""

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import at, box, camera, labels_for, quad, sphere, surface_of, turn

from buildee.errors import AnnotationError
from buildee.truth.annotate import ANNOTATORS, PAIR_ANNOTATORS, annotate, complete
from buildee.truth.camera import pixel_rays
from buildee.truth.embree import CasterPool
from buildee.truth.frame import Frame, View
from buildee.truth.sampling import sample_points


@pytest.fixture(scope="module")
def pool():
    with CasterPool() as pool:
        yield pool


def frame_of(pool, surface, labels, view, **more):
    return Frame(pool, labels, View(surface, view), **more)


def full_mask(arrays, row, shape):
    x0, y0, x1, y1 = arrays["amodal/box"][row]
    bits = arrays["amodal/bits"][arrays["amodal/start"][row] : arrays["amodal/start"][row + 1]]
    image = np.zeros(shape, bool)
    image[y0:y1, x0:x1] = np.unpackbits(bits, count=(y1 - y0) * (x1 - x0)).reshape(y1 - y0, x1 - x0)
    return image


def test_masks_equal_casting_each_instance_alone(pool):
    rng = np.random.default_rng(5)
    shapes = [box(1, 0.6, 1.5), sphere(0.7, 24)]
    copies = [
        (shapes[i % 2], at(*rng.uniform((-3, -3, -1), (3, 3, 12))) @ turn(rng.normal(size=3), rng.uniform(0, 3)))
        for i in range(40)
    ]
    surface = surface_of(*copies)
    labels, view = labels_for(rng.permutation(np.arange(40) % 20 + 1).tolist()), camera(clip=(0.1, 10.0))
    with frame_of(pool, surface, labels, view) as frame:
        arrays = annotate(frame, ["amodal"])
        for instance in range(1, 21):
            mine = np.flatnonzero(labels.part_instance == instance)
            with frame.caster.only(mine) as alone:
                expected = alone.blocked(pixel_rays(view).reshape(-1, 3), *view.clip).reshape(64, 64)
            row = np.flatnonzero(arrays["amodal/instance"] == instance)
            assert len(row) == int(expected.any())
            if len(row):
                np.testing.assert_array_equal(full_mask(arrays, row[0], (64, 64)), expected)


def test_truncation_and_geometry_behind_the_camera(pool):
    cube = box(2, 2, 2)
    surface = surface_of((cube, at(3, 0, 6)), (box(1, 1, 40), at(0, 2, 0)), (cube, at(0, 0, -5)), (cube, at(50, 0, 6)))
    labels, view = labels_for([1, 2, 3, 4]), camera(clip=(0.1, np.inf))
    with frame_of(pool, surface, labels, view) as frame:
        arrays = annotate(frame, ["boxes"])
    assert arrays["boxes/instance"].tolist() == [1, 2]
    x0, y0, x1, y1 = arrays["boxes/amodal_box"][0]
    np.testing.assert_allclose(
        (x0, y0, x1, y1), (32 + 64 * 2 / 7, 32 - 64 / 5, 32 + 64 * 4 / 5, 32 + 64 / 5), rtol=1e-5
    )
    np.testing.assert_allclose(arrays["boxes/truncation"][0], (x1 - 64) / (x1 - x0), rtol=1e-5)
    # The long box passes through the camera's plane: its box is cut at the near limit.
    np.testing.assert_allclose(arrays["boxes/amodal_box"][1, 0], 32 - 64 * 0.5 / 0.1, rtol=1e-5)
    np.testing.assert_allclose(arrays["boxes/amodal_box"][1, 1], 32 + 64 * 1.5 / 20, rtol=1e-5)


@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_boxes_in_space(pool, offset):
    place = np.array([offset, 0, offset])
    lying = at(*np.add(place, (0, 0.5, 7))) @ turn((0, 0, 1), 0.4)
    surface = surface_of((box(3, 1, 0.5), lying), (box(0.5, 0.5, 0.5), at(*np.add(place, (-1, 0, 6)))), parts=(0, 1))
    labels, view = labels_for([1, 2]), camera(position=place)
    poses = np.full((2, 4, 4), np.nan)
    poses[1] = at(*place) @ turn((1, 0, 0), 0.2)
    with frame_of(pool, surface, labels, view, world_from_instance=poses) as frame:
        arrays = annotate(frame, ["boxes"])
    np.testing.assert_allclose(arrays["boxes/extent"][0], (3, 1, 0.5), rtol=1e-5)
    np.testing.assert_allclose(arrays["boxes/center"][0] - place, (0, 0.5, 7), atol=1e-6)
    assert abs(arrays["boxes/rotation"][0][:, 0] @ lying[:3, 0]) > 1 - 1e-6
    np.testing.assert_allclose(arrays["boxes/rotation"][1], poses[1, :3, :3])
    side = 0.5 * (np.cos(0.2) + np.sin(0.2))
    np.testing.assert_allclose(arrays["boxes/extent"][1], (0.5, side, side), rtol=1e-5)
    np.testing.assert_allclose(arrays["boxes/center"][1] - place, (-1, 0, 6), atol=1e-6)
    for rotation in arrays["boxes/rotation"]:
        np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-9)
        assert np.linalg.det(rotation) > 0


def test_every_annotator_yields_what_it_says(pool):
    surface = surface_of((box(1, 1, 1), at(0, 0, 4)), (quad(20), at(0, 0, 9)))
    labels, view = labels_for([1, 2]), camera()
    with pool.caster(surface, view.world_from_camera) as caster:
        points = sample_points(surface, labels, [(caster, view)], 32, np.random.default_rng(0))
    same = View(surface, view)
    with frame_of(pool, surface, labels, view, previous=same, following=same, points=points) as frame:
        arrays = annotate(frame, ANNOTATORS)
        pairs = {name: (kind.arrays, kind.compute(frame, same)) for name, kind in PAIR_ANNOTATORS.items()}
    lengths = {
        "H": 64,
        "W": 64,
        "N": 32,
        "A": 2,
        "A+1": 3,
        "B": 2,
        "S": len(arrays["amodal/bits"]),
        "I": 2,
        "R": 1,
        "J": 0,
    }
    listed = [array for annotator in ANNOTATORS.values() for array in annotator.arrays]
    assert sorted(arrays) == sorted(array.name for array in listed)
    for array in listed:
        assert arrays[array.name].dtype == array.dtype, array.name
        assert arrays[array.name].shape == tuple(lengths.get(length, length) for length in array.shape), array.name
        assert arrays[array.name].nbytes == array.size(lengths)
    assert complete(["nocs", "depth"]) == ("nocs", "depth", "boxes")
    for name, (listed, arrays) in pairs.items():
        assert set(arrays) == {array.name for array in listed}, name
        for array in listed:
            assert arrays[array.name].dtype == array.dtype and arrays[array.name].nbytes == array.size(lengths), name


def test_an_empty_frame_and_bad_wishes(pool):
    view, labels = camera(), labels_for([1])
    with frame_of(pool, surface_of(), labels, view) as frame:
        arrays = annotate(frame, [name for name in ANNOTATORS if name != "tracks"])
        assert np.isinf(arrays["depth"]).all() and not arrays["instance"].any()
        assert len(arrays["amodal/instance"]) == len(arrays["boxes/instance"]) == 0
        assert "flow" not in arrays
        with pytest.raises(AnnotationError, match="did you mean 'normal'"):
            annotate(frame, ["normals"])
        with pytest.raises(AnnotationError, match="sample them"):
            annotate(frame, ["tracks"])
