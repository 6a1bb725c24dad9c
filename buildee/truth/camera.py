"""The camera's formulas for every lens: points to pixels and back."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.truth.lens import Lens, Pinhole
from buildee.truth.surface import Camera


def camera_points(camera: Camera, points: ArrayLike) -> NDArray[np.float64]:
    """Returns world points (..., 3), metres, in the camera's axes: (..., 3) float64, metres."""
    offset = np.asarray(points, np.float64) - camera.world_from_camera[:3, 3]
    return offset @ camera.world_from_camera[:3, :3]


def world_points(camera: Camera, points: ArrayLike) -> NDArray[np.float64]:
    """Returns points (..., 3) in the camera's axes, metres, in the world: (..., 3) float64, metres."""
    return np.asarray(points, np.float64) @ camera.world_from_camera[:3, :3].T + camera.world_from_camera[:3, 3]


def plane_pixels(camera: Camera, plane: NDArray[np.float64]) -> NDArray[np.float64]:
    """Maps coordinates (..., 2) of the lens's plane to pixels (..., 2) by K."""
    K = camera.K
    x, y = plane[..., 0], plane[..., 1]
    return np.stack([K[0, 0] * x + K[0, 1] * y + K[0, 2], K[1, 1] * y + K[1, 2]], -1)


def image_points(camera: Camera, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Projects points (..., 3) that are already in the camera's axes.

    Returns:
        (..., 2) float64, pixels; not a number where the lens does not see: at a perspective camera and behind it,
        outside a fisheye's field of view.
    """
    return plane_pixels(camera, camera.lens.plane(points))


def depths(camera: Camera, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the depth of points (..., 3) in the camera's axes: (...,) float64, metres.

    Along the optical axis if the lens is perspective, negative behind; else the distance from the camera. Both are what
    Cycles' Depth pass holds.
    """
    return points[..., 2] if camera.lens.perspective else np.linalg.norm(points, axis=-1)


def project(camera: Camera, points: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Projects world points.

    Args:
        camera: the camera.
        points: (..., 3), metres.

    Returns:
        Pixels (..., 2) float64, not a number where the lens does not see (see `image_points`), and depth (...,)
        float64, metres (see `depths`).
    """
    local = camera_points(camera, points)
    return image_points(camera, local), depths(camera, local)


def unproject(camera: Camera, pixels: ArrayLike, depth: ArrayLike) -> NDArray[np.float64]:
    """Returns the world points (..., 3) float64, metres, seen at pixels (..., 2) and depth (...,), metres."""
    return world_points(camera, pixel_directions(camera, pixels) * np.asarray(depth, np.float64)[..., None])


def pixel_directions(camera: Camera, pixels: ArrayLike) -> NDArray[np.float64]:
    """Returns the directions through pixels (..., 2): (..., 3) float64, camera axes, scaled to a depth of 1.

    So z = 1 for perspective lenses, and length 1 for others; not a number where the lens sees nothing.
    """
    pixels = np.asarray(pixels, np.float64)
    K = camera.K
    y = (pixels[..., 1] - K[1, 2]) / K[1, 1]
    x = (pixels[..., 0] - K[0, 2] - K[0, 1] * y) / K[0, 0]
    return camera.lens.directions(np.stack([x, y], -1))


def pixel_rays(camera: Camera) -> NDArray[np.float64]:
    """Returns the directions through all pixel centres, as `pixel_directions` does: (H, W, 3) float64."""
    if not isinstance(camera.lens, Pinhole):
        return _lens_rays(camera.lens, camera.K.tobytes(), camera.width, camera.height)
    K = camera.K
    y = ((np.arange(camera.height) + 0.5 - K[1, 2]) / K[1, 1])[:, None]
    rays = np.ones((camera.height, camera.width, 3))
    rays[..., 1] = y
    rays[..., 0] = (np.arange(camera.width) + 0.5 - K[0, 2] - K[0, 1] * y) / K[0, 0]
    return rays


@lru_cache(maxsize=4)
def _lens_rays(lens: Lens, K: bytes, width: int, height: int) -> NDArray[np.float64]:
    """Directions through all pixel centres; lenses are costly to invert, and a camera keeps its own over frames."""
    camera = Camera(np.frombuffer(K).reshape(3, 3), np.eye(4), width, height, lens=lens)
    centres = np.stack(np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5), -1)
    rays = pixel_directions(camera, centres)
    rays.setflags(write=False)
    return rays


def in_frame(camera: Camera, pixels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Says which pixels (..., 2) lie in the image, [0, width) x [0, height): (...,) bool; no number does not."""
    x, y = pixels[..., 0], pixels[..., 1]
    return (x >= 0) & (x < camera.width) & (y >= 0) & (y < camera.height)
