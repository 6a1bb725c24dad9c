"""Pictures through a distorted lens, resampled from a wider one."""

import numpy as np
import pytest

from buildee.truth.camera import image_points, pixel_directions, pixel_rays
from buildee.truth.distortion import distorted, wide_pinhole
from buildee.truth.lens import BrownConrady
from buildee.truth.surface import Camera

LENSES = {
    "barrel": BrownConrady(-0.28, 0.07, 0.001, -0.002),
    "pincushion": BrownConrady(0.2, 0.02, -0.004, 0.003, 0.01),
    "none": BrownConrady(),
}


def through(lens, focal=90.0):
    K = np.array([[focal, 0, 64], [0, focal, 48], [0, 0, 1]])
    return Camera(K, np.eye(4), 128, 96, lens=lens)


def light(directions):
    """Smooth light from all directions: (..., 2)."""
    x, y = directions[..., 0], directions[..., 1]
    return np.stack([np.sin(7 * x) * np.cos(5 * y), 0.5 + x * y], -1)


@pytest.mark.parametrize("name", LENSES)
def test_a_picture_shows_what_its_rays_see(name):
    camera = through(LENSES[name])
    wide = wide_pinhole(camera)
    picture = distorted(light(pixel_rays(wide)), wide, camera)
    # Cubic convolution errs by the third derivative of seven waves a radian, pixels by their own curvature.
    np.testing.assert_allclose(picture, light(pixel_rays(camera)), atol=3e-3)


@pytest.mark.parametrize("name", LENSES)
def test_the_wide_picture_covers_every_ray(name):
    camera = through(LENSES[name])
    wide = wide_pinhole(camera)
    corners = np.stack(np.meshgrid((0.0, 64, 128.0), (0.0, 48, 96.0)), -1)
    place = image_points(wide, pixel_directions(camera, corners))
    assert (place >= 2).all() and (place <= (wide.width - 2, wide.height - 2)).all()
    assert wide.width < 128 * (1.5 if name == "barrel" else 1.1) and wide.width % 2 == wide.height % 2 == 0


def test_without_distortion_pixels_are_only_moved():
    camera = through(BrownConrady())
    wide = wide_pinhole(camera)
    picture = np.random.default_rng(0).random((wide.height, wide.width, 3))
    x, y = (wide.width - 128) // 2, (wide.height - 96) // 2
    np.testing.assert_allclose(distorted(picture, wide, camera), picture[y : y + 96, x : x + 128], atol=1e-12)


def test_squeezed_pixels_are_averages():
    camera = through(LENSES["barrel"], 75.0)
    wide = wide_pinhole(camera)
    checks = (np.indices((wide.height, wide.width)).sum(0) % 2).astype(float)[..., None]
    corner = distorted(checks, wide, camera)[:8, :8]
    assert np.abs(corner - 0.5).max() < 0.3


def test_the_lens_sees_nothing_beyond_its_turn():
    camera = through(BrownConrady(-0.5))
    wide = wide_pinhole(camera)
    picture = distorted(np.ones((wide.height, wide.width, 1)), wide, camera)
    blind = np.isnan(pixel_rays(camera)[..., 0])
    assert blind[0, 0] and not blind[48, 64]
    assert picture[0, 0] == 0 and picture[48, 64] == pytest.approx(1)
