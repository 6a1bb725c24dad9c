"""Lens models: closed forms, and each the inverse of itself."""

import numpy as np
import pytest

from buildee.truth.camera import depths, image_points, pixel_directions, pixel_rays, project, unproject
from buildee.truth.lens import (
    LENSES,
    BrownConrady,
    Equirectangular,
    FisheyeEquidistant,
    FisheyeEquisolid,
    FisheyePolynomial,
    Pinhole,
    lens_of,
    lens_parameters,
)
from buildee.truth.surface import Camera

# Blender's default polynomial in millimetres on a 36 mm wide sensor, four times as strong.
POLYNOMIAL = FisheyePolynomial(-1.2e-5, -0.08, -3.4e-5, 3.1e-5, -2.6e-8, 3.5)
CASES = {
    "pinhole": (Pinhole(), 60.0),
    "barrel": (BrownConrady(-0.3, 0.1, 0.001, -0.002, -0.01), 60.0),
    "pincushion": (BrownConrady(0.2, 0.05, 0.01, -0.002, 0.01), 60.0),
    "radial_without_turn": (BrownConrady(0.3, 0.0, 0.0, 0.0, 0.0), 60.0),
    "equidistant": (FisheyeEquidistant(np.pi), 40.0),
    "equidistant_220": (FisheyeEquidistant(np.deg2rad(220)), 40.0),
    "equisolid": (FisheyeEquisolid(3.0), 40.0),
    "polynomial": (POLYNOMIAL, 4.0),
    "equirectangular": (Equirectangular(), 30.0),
    "equirectangular_aside": (Equirectangular(1.2), 30.0),
}


def make(lens, focal):
    rng = np.random.default_rng(3)
    turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = turn * np.sign(np.linalg.det(turn)), (3, -4, 5)
    center = 75 - focal * lens.middle if isinstance(lens, Equirectangular) else 77.0
    K = np.array([[focal, 0.5, center], [0, 1.1 * focal, 52.0], [0, 0, 1]])
    return Camera(K, pose, 150, 100, lens=lens)


@pytest.mark.parametrize("name", CASES)
def test_pixels_come_back(name):
    camera = make(*CASES[name])
    rays = pixel_rays(camera)
    sees = np.isfinite(rays).all(-1)
    assert sees.mean() > 0.3
    pixels = np.stack(np.meshgrid(np.arange(150) + 0.5, np.arange(100) + 0.5), -1)
    depth = np.random.default_rng(0).uniform(0.1, 90, sees.shape)
    again, deep = project(camera, unproject(camera, pixels, depth))
    np.testing.assert_allclose(again[sees], pixels[sees], atol=1e-9)
    np.testing.assert_allclose(deep[sees], depth[sees])
    assert np.isnan(again[~sees]).all()


@pytest.mark.parametrize("name", CASES)
def test_points_come_back(name):
    camera = make(*CASES[name])
    points = np.random.default_rng(1).normal(size=(20000, 3))
    pixels = image_points(camera, points)
    seen = np.isfinite(pixels).all(-1)
    assert 0.2 < seen.mean() <= 1
    again = pixel_directions(camera, pixels[seen]) * depths(camera, points[seen])[:, None]
    # Where a polynomial turns back, a step of the last bit on the image is its root in space.
    np.testing.assert_allclose(again, points[seen], atol=1e-7 if name == "barrel" else 1e-11)


def test_the_angle_of_a_fisheye():
    points = np.array([(1, 0, 1), (0, 2, 0), (-1, 0, -1), (0, 0, 3.0), (0, 0, -1.0)])
    at = FisheyeEquidistant(2 * np.pi).plane(points)
    q = np.pi / 4
    np.testing.assert_allclose(at, [(q, 0), (0, 2 * q), (-3 * q, 0), (0, 0), (np.nan, np.nan)], atol=1e-15)
    assert np.isnan(FisheyeEquidistant(np.pi).plane(points)[2]).all()
    np.testing.assert_allclose(FisheyeEquisolid(np.pi).plane(points)[1], (0, np.sqrt(2)))
    half = FisheyePolynomial(0, -0.5, 0, 0, 0).plane(points)
    np.testing.assert_allclose(half[:2], [(2 * q, 0), (0, 4 * q)], atol=1e-12)


def test_a_fisheye_sees_nothing_outside_its_circle():
    K = np.array([[40 / np.pi, 0, 20], [0, 40 / np.pi, 20], [0, 0, 1]])
    camera = Camera(K, np.eye(4), 40, 40, lens=FisheyeEquidistant(np.pi))
    x, y = np.meshgrid(np.arange(40) + 0.5 - 20, np.arange(40) + 0.5 - 20)
    np.testing.assert_array_equal(np.isfinite(pixel_rays(camera)).all(-1), np.hypot(x, y) <= 20)


def test_longitude_and_latitude():
    points = np.array([(0, 0, 2), (1, 0, 0), (-1, 0, -1), (0, -1, 0), (0, 1, 1), (0, 0, 0.0)])
    q = np.pi / 4
    expected = [(0, 0), (2 * q, 0), (-3 * q, 0), (0, -2 * q), (0, q), (np.nan, np.nan)]
    np.testing.assert_allclose(Equirectangular().plane(points), expected, atol=1e-15)
    # Half a turn of longitude on either side of the middle.
    np.testing.assert_allclose(Equirectangular(np.pi).plane(points)[2], (5 * q, 0))


def test_distortion_is_the_formula_that_opencv_documents():
    k1, k2, p1, p2, k3 = -0.21, 0.07, 0.003, -0.002, 0.011
    for x, y in [(0.3, -0.2), (0.0, 0.0), (-0.7, 0.5)]:
        r2 = x**2 + y**2
        radial = 1 + k1 * r2 + k2 * r2**2 + k3 * r2**3
        expected = (
            x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x**2),
            y * radial + p1 * (r2 + 2 * y**2) + 2 * p2 * x * y,
        )
        point = np.array([[2 * x, 2 * y, 2.0]])
        np.testing.assert_allclose(BrownConrady(k1, k2, p1, p2, k3).plane(point)[0], expected, atol=1e-15)


def test_distortion_never_folds_back():
    lens = BrownConrady(-0.3)  # turns at r = sqrt(1 / 0.9)
    r = np.linspace(0, 3, 400)
    at = lens.plane(np.stack([r, 0 * r, np.ones_like(r)], -1))[:, 0]
    seen = np.isfinite(at)
    np.testing.assert_array_equal(seen, r < np.sqrt(1 / 0.9))
    assert (np.diff(at[seen]) > 0).all()
    top = at[seen].max()
    assert np.isnan(lens.directions(np.array([[top * 1.01, 0.0]]))).all()


def test_a_polynomial_must_open():
    with pytest.raises(ValueError, match="grow outwards"):
        FisheyePolynomial(0, 0.1, 0, 0, 0)
    assert FisheyePolynomial(0, -0.2, 0.01, 0, 0, 6.0).fold == pytest.approx(10)
    assert FisheyePolynomial(0, -0.2, 0, 0, 0, 3.0).reach == pytest.approx(1.5)


@pytest.mark.parametrize("name", CASES)
def test_a_lens_is_its_name_and_numbers(name):
    lens = CASES[name][0]
    assert LENSES[lens.name] is type(lens)
    assert lens_of(lens.name, lens_parameters(lens)) == lens


def test_wrong_names_and_numbers_are_told():
    with pytest.raises(ValueError, match="fisheye_equidistant"):
        lens_of("fish")
    with pytest.raises(ValueError, match=r"\(fov\), not 2"):
        lens_of("fisheye_equidistant", (1.0, 2.0))
