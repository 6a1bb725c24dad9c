"""The camera's formulas, sharing out of points, and matching of copies: mathematics without a ray."""

import numpy as np
import pytest

from buildee.truth.annotate import ANNOTATORS
from buildee.truth.camera import camera_points, pixel_directions, pixel_rays, project, unproject
from buildee.truth.embree import relative_poses
from buildee.truth.sampling import quotas
from buildee.truth.surface import Camera
from buildee.truth.visibility import find_keys


def make_camera(skew=0.0, offset=0.0):
    pose = np.eye(4)
    c, s = np.cos(0.7), np.sin(0.7)
    pose[:3, :3] = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]) @ np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    pose[:3, 3] = offset + 1, 2, 3
    return Camera(np.array([[50.0, skew, 31.5], [0, 55.0, 20.25], [0, 0, 1]]), pose, 60, 40)


@pytest.mark.parametrize("skew", [0.0, 3.0])
def test_project_inverts_unproject(skew):
    camera = make_camera(skew)
    rng = np.random.default_rng(0)
    pixels, depth = rng.uniform(-20, 80, (7, 5, 2)), rng.uniform(0.1, 90, (7, 5))
    again, deep = project(camera, unproject(camera, pixels, depth))
    np.testing.assert_allclose(again, pixels, atol=1e-10)
    np.testing.assert_allclose(deep, depth)


def test_the_optical_axis_meets_the_principal_point():
    camera = make_camera()
    ahead = camera.world_from_camera[:3, 3] + 4 * camera.world_from_camera[:3, 2]
    pixels, depth = project(camera, ahead)
    np.testing.assert_allclose(pixels, (31.5, 20.25))
    np.testing.assert_allclose(depth, 4)
    pixels, depth = project(camera, 2 * camera.world_from_camera[:3, 3] - ahead)
    assert np.isnan(pixels).all() and depth == pytest.approx(-4)


def test_x_is_right_and_y_is_down():
    camera = Camera(np.array([[50.0, 0, 30], [0, 50.0, 20], [0, 0, 1]]), np.eye(4), 60, 40)
    np.testing.assert_allclose(project(camera, [(1, 0, 5), (0, 1, 5)])[0], [(40, 20), (30, 30)])


@pytest.mark.parametrize("skew", [0.0, 3.0])
def test_rays_pass_through_pixel_centres(skew):
    camera = make_camera(skew)
    rays = pixel_rays(camera)
    assert rays.shape == (40, 60, 3)
    columns, rows = np.meshgrid(np.arange(60) + 0.5, np.arange(40) + 0.5)
    np.testing.assert_allclose(rays, pixel_directions(camera, np.stack([columns, rows], -1)))
    np.testing.assert_allclose(camera.K @ rays[7, 11], (11.5, 7.5, 1))


def test_far_from_the_origin_nothing_is_lost():
    near, far = make_camera(), make_camera(offset=2.0**30)
    offset = np.array([0.25, -3, 5.5])
    a = camera_points(near, near.world_from_camera[:3, 3] + offset)
    b = camera_points(far, far.world_from_camera[:3, 3] + offset)
    np.testing.assert_allclose(a, b, atol=1e-12)
    pose = np.eye(4)[None].repeat(2, 0)
    pose[:, :3, 3] = far.world_from_camera[:3, 3] + offset
    expected = np.linalg.inv(near.world_from_camera)
    moved = relative_poses(pose, far.world_from_camera)
    np.testing.assert_allclose(moved[1, :3, :3], expected[:3, :3], atol=1e-12)
    np.testing.assert_allclose(moved[1, :3, 3], a, atol=1e-12)


def test_quotas_sum_up_limit_stuff_and_remember_the_small():
    weights = np.array([1e6, 100.0, 1.0, 0.0, 1e-6])
    thing = np.array([False, True, True, True, True])
    result = quotas(weights, thing, 400)
    assert result.sum() == 400
    assert result[0] <= 104 and result[3] == 0 and (result[[1, 2, 4]] >= 4).all()
    assert result[1] > 5 * result[2]
    assert quotas(weights, ~thing & False, 400).sum() == 400
    assert quotas(np.zeros(3), np.ones(3, bool), 400).tolist() == [0, 0, 0]
    assert quotas(np.ones(10), np.ones(10, bool), 3).sum() == 3


def test_find_keys():
    keys = np.array([50, -3, 7, 2**60])
    assert find_keys(np.array([7, 8, 2**60, -3, -9]), keys).tolist() == [2, -1, 3, 1, -1]
    assert find_keys(np.array([7]), np.zeros(0, np.int64)).tolist() == [-1]


@pytest.mark.parametrize("name", ANNOTATORS)
def test_every_annotator_is_described(name):
    annotator = ANNOTATORS[name]
    assert annotator.name == name and annotator.arrays
    for array in annotator.arrays:
        assert array.name == name or array.name.startswith((f"{name}/", f"{name}_"))
        assert array.unit and array.description
        np.dtype(array.dtype)
    small, large = (
        annotator.bytes_per_frame(*size, points=64, instances=9, keypoints=34) for size in ((64, 48), (640, 480))
    )
    assert 0 < small <= large


def test_bytes_a_frame():
    assert ANNOTATORS["depth"].bytes_per_frame(640, 480) == 640 * 480 * 4
    assert ANNOTATORS["flow"].bytes_per_frame(640, 480) == 640 * 480 * 9
    assert ANNOTATORS["tracks"].bytes_per_frame(640, 480, points=100) == 100 * 27
    assert ANNOTATORS["keypoints"].bytes_per_frame(640, 480, keypoints=17) == 17 * 27


def test_the_documentation_lists_every_array(request):
    text = (request.config.rootpath / "docs" / "ground_truth.md").read_text()
    for annotator in ANNOTATORS.values():
        for array in annotator.arrays:
            shape = ", ".join(map(str, array.shape)) + ("," if len(array.shape) == 1 else "")
            assert f"`{array.name}` | `({shape})` {array.dtype} | {array.unit} |" in text
