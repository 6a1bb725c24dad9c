"""Pictures through a distorted lens, made of a wider picture through a pinhole.

Cycles draws no Brown-Conrady distortion. So a pinhole picture is drawn that covers the distorted one, at the same pose
and with the same focal length (so that nothing is magnified in the middle), and is resampled once.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import image_points, pixel_directions, pixel_rays
from buildee.truth.lens import BrownConrady, Lens, Pinhole
from buildee.truth.surface import Camera

_MARGIN = 3
"""Pixels around what the resampling needs."""
_SHARPNESS = -0.5
"""Keys' parameter of cubic convolution: with -0.5 it reproduces quadratics."""


def wide_pinhole(camera: Camera) -> Camera:
    """Returns a pinhole camera that sees at least what a distorted camera sees.

    Its size is even, and its principal point is its middle.
    """
    sides = [(np.arange(camera.width + 1.0), (0, camera.height)), ((0, camera.width), np.arange(camera.height + 1.0))]
    border = np.concatenate([np.stack(np.meshgrid(*side), -1).reshape(-1, 2) for side in sides])
    seen = np.abs(np.concatenate([pixel_directions(camera, border), pixel_rays(camera).reshape(-1, 3)])[:, :2])
    reach = np.where(np.isfinite(seen), seen, 0.0).max(0) * camera.K[[0, 1], [0, 1]]
    width, height = (2 * (math.ceil(side) + _MARGIN) for side in reach)
    K = np.array([[camera.K[0, 0], 0, width / 2], [0, camera.K[1, 1], height / 2], [0, 0, 1.0]])
    return replace(camera, K=K, width=width, height=height, lens=Pinhole())


def distorted(picture: NDArray[np.floating], wide: Camera, camera: Camera) -> NDArray[np.float64]:
    """Resamples a picture through the wide pinhole to one through the distorted camera.

    By cubic convolution (Keys, Cubic convolution interpolation for digital image processing, 1981) at as many points
    inside each pixel, in rows and columns, as the lens squeezes wide pixels into one; their mean is the pixel.

    Args:
        picture: (H', W', C) through `wide`.
        wide: `wide_pinhole(camera)`.
        camera: whose picture is wanted.

    Returns:
        (H, W, C) float64; zero where the lens sees nothing.
    """
    total = np.zeros((camera.height, camera.width, picture.shape[-1]))
    rays = _rays_inside(camera.lens, camera.K.tobytes(), camera.width, camera.height, _squeeze(wide, camera))
    for directions in rays:
        place = image_points(wide, directions)
        sees = np.isfinite(place[..., 0])
        total[sees] += _cubic(picture, place[sees])
    return total / len(rays)


def is_distorted(camera: Camera) -> bool:
    """Says whether a camera's pictures are made by `distorted`."""
    return isinstance(camera.lens, BrownConrady)


@lru_cache(maxsize=4)
def _rays_inside(lens: Lens, K: bytes, width: int, height: int, steps: int) -> tuple[NDArray[np.float64], ...]:
    """Directions (H, W, 3) through each of steps x steps points inside all pixels; the same in every frame."""
    camera = Camera(np.frombuffer(K).reshape(3, 3), np.eye(4), width, height, lens=lens)
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    share = (np.arange(steps) + 0.5) / steps
    return tuple(
        pixel_directions(camera, np.stack([columns + across, rows + down], -1)) for down in share for across in share
    )


def _squeeze(wide: Camera, camera: Camera) -> int:
    """The largest number of wide pixels, along an axis, that fall into one pixel, rounded up."""
    place = image_points(wide, pixel_rays(camera))
    steps = [np.linalg.norm(np.diff(place, axis=axis), axis=-1) for axis in (0, 1)]
    return max(1, math.ceil(max(np.nanmax(step, initial=1.0) for step in steps) - 0.05))


def _cubic(picture: NDArray[np.floating], place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Interpolates a picture (H, W, C) at image points (N, 2), pixels: (N, C); beyond the border its edge goes on."""
    corner = np.floor(place - 0.5).astype(np.int64)
    share = place - 0.5 - corner
    height, width = picture.shape[:2]
    weights = [_weights(share[:, axis]) for axis in (0, 1)]
    result = np.zeros((len(place), picture.shape[-1]))
    for down in range(4):
        y = (corner[:, 1] + down - 1).clip(0, height - 1)
        line = np.zeros_like(result)
        for across in range(4):
            x = (corner[:, 0] + across - 1).clip(0, width - 1)
            line += weights[0][across][:, None] * picture[y, x]
        result += weights[1][down][:, None] * line
    return result


def _weights(share: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Keys' kernel at the four pixels around points that lie a share (N,) of a pixel beyond the second."""
    a = _SHARPNESS
    far, near = (lambda t: a * (t**3 - 5 * t**2 + 8 * t - 4)), (lambda t: (a + 2) * t**3 - (a + 3) * t**2 + 1)
    return [far(share + 1), near(share), near(1 - share), far(2 - share)]
