"""The pinhole camera's formulas: points to pixels and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.truth.surface import Camera


def camera_points(camera: Camera, points: ArrayLike) -> NDArray[np.float64]:
    """Returns world points (..., 3), metres, in the camera's axes: (..., 3) float64, metres."""
    offset = np.asarray(points, np.float64) - camera.world_from_camera[:3, 3]
    return offset @ camera.world_from_camera[:3, :3]


def world_points(camera: Camera, points: ArrayLike) -> NDArray[np.float64]:
    """Returns points (..., 3) in the camera's axes, metres, in the world: (..., 3) float64, metres."""
    return np.asarray(points, np.float64) @ camera.world_from_camera[:3, :3].T + camera.world_from_camera[:3, 3]


def image_points(camera: Camera, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Projects points (..., 3) that are already in the camera's axes.

    Returns:
        (..., 2) float64, pixels; not a number where the point lies at the camera or behind it.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        depth = np.where(points[..., 2] > 0, points[..., 2], np.nan)
        x, y = points[..., 0] / depth, points[..., 1] / depth
    K = camera.K
    return np.stack([K[0, 0] * x + K[0, 1] * y + K[0, 2], K[1, 1] * y + K[1, 2]], -1)


def project(camera: Camera, points: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Projects world points.

    Args:
        camera: the camera.
        points: (..., 3), metres.

    Returns:
        Pixels (..., 2) float64, not a number where the point lies at the camera or behind it, and depth (...,) float64,
        metres along the optical axis, negative behind.
    """
    local = camera_points(camera, points)
    return image_points(camera, local), local[..., 2]


def unproject(camera: Camera, pixels: ArrayLike, depth: ArrayLike) -> NDArray[np.float64]:
    """Returns the world points (..., 3) float64, metres, seen at pixels (..., 2) and depth (...,), metres."""
    return world_points(camera, pixel_directions(camera, pixels) * np.asarray(depth, np.float64)[..., None])


def pixel_directions(camera: Camera, pixels: ArrayLike) -> NDArray[np.float64]:
    """Returns the directions through pixels (..., 2): (..., 3) float64, camera axes, z = 1."""
    pixels = np.asarray(pixels, np.float64)
    K = camera.K
    y = (pixels[..., 1] - K[1, 2]) / K[1, 1]
    x = (pixels[..., 0] - K[0, 2] - K[0, 1] * y) / K[0, 0]
    return np.stack([x, y, np.ones_like(x)], -1)


def pixel_rays(camera: Camera) -> NDArray[np.float64]:
    """Returns the directions through all pixel centres: (H, W, 3) float64, camera axes, z = 1."""
    K = camera.K
    y = ((np.arange(camera.height) + 0.5 - K[1, 2]) / K[1, 1])[:, None]
    rays = np.ones((camera.height, camera.width, 3))
    rays[..., 1] = y
    rays[..., 0] = (np.arange(camera.width) + 0.5 - K[0, 2] - K[0, 1] * y) / K[0, 0]
    return rays


def in_frame(camera: Camera, pixels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Says which pixels (..., 2) lie in the image, [0, width) x [0, height): (...,) bool."""
    x, y = pixels[..., 0], pixels[..., 1]
    return (x >= 0) & (x < camera.width) & (y >= 0) & (y < camera.height)
