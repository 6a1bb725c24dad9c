"""Optical flow from one frame to another, by carrying each pixel's surface point along."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import depths, image_points, in_frame
from buildee.truth.embree import Caster
from buildee.truth.hits import Hits
from buildee.truth.surface import Camera, Surface
from buildee.truth.visibility import blockers, matching_copies, surface_points


class FlowState(IntEnum):
    """What becomes of a pixel's surface point in the other frame."""

    INVALID = 0
    """No flow: sky, a copy that is gone or has other triangles, or a point that is nearer than the near limit, behind a
    perspective camera or outside a fisheye's field of view."""
    VISIBLE = 1
    """The other frame sees the point."""
    OCCLUDED = 2
    """The point is inside the other image, behind something."""
    OUT_OF_FRAME = 3
    """The point projects outside the other image, or lies beyond the far limit."""


def optical_flow(
    hits: Hits, surface: Surface, other: Caster, other_camera: Camera
) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Follows the surface point behind each pixel centre to another frame.

    Args:
        hits: of this frame.
        surface: of this frame.
        other: caster of the other frame, at the other camera's pose.
        other_camera: the camera at the other frame.

    Returns:
        Flow (H, W, 2) float32, pixels: where the point is in the other image less where it is in this one, zero where
        invalid; and state (H, W) uint8 of `FlowState`.
    """
    height, width = hits.copy.shape
    flow = np.zeros((height * width, 2), np.float32)
    state = np.zeros(height * width, np.uint8)
    copies = hits.copy.reshape(-1)
    row = np.append(matching_copies(surface, other.surface), -1)[copies]
    pixel = np.flatnonzero(row >= 0)
    copy, triangle = row[pixel], hits.triangle.reshape(-1)[pixel]
    points = surface_points(other, copy, triangle, hits.u.reshape(-1)[pixel], hits.v.reshape(-1)[pixel])
    place, away = image_points(other_camera, points.T), depths(other_camera, points.T)
    inside = in_frame(other_camera, place)
    near, far = other_camera.clip
    found = np.where(inside & (away <= far), FlowState.VISIBLE, FlowState.OUT_OF_FRAME).astype(np.uint8)
    found[~(away > max(near, 0.0)) | np.isnan(place[:, 0])] = FlowState.INVALID
    ask = np.flatnonzero(found == FlowState.VISIBLE)
    hidden = blockers(other, points[:, ask], copy[ask], triangle[ask], other_camera) >= 0
    found[ask[hidden]] = FlowState.OCCLUDED
    place[:, 0] -= pixel % width + 0.5
    place[:, 1] -= pixel // width + 0.5
    place[found == FlowState.INVALID] = 0.0
    flow[pixel], state[pixel] = place, found
    return flow.reshape(height, width, 2), state.reshape(height, width)
