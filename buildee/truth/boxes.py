"""Boxes around each instance, on the image and in space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.truth.embree import Caster
from buildee.truth.extents import Extents
from buildee.truth.geometry import inverses, used_vertices
from buildee.truth.surface import Camera, Surface

_HULL_DIRECTIONS = 16
"""Horizontal directions in which an instance's outermost points are sought for its smallest upright box."""


@dataclass(frozen=True, eq=False)
class Boxes:
    """Boxes of the countable instances that project into the image, hidden or not.

    Attributes:
        instance: (B,) uint16 ids, ascending.
        visible_box: (B, 4) int32, pixels: x0, y0, x1, y1 of the pixels that show it, x1 and y1 exclusive; zero if none.
        amodal_box: (B, 4) float32, pixels: x0, y0, x1, y1 of its projected geometry beyond the near limit, also
            where that lies outside the image or hidden. Clip it to [0, width] x [0, height] for the part inside.
        visible_pixels: (B,) int32.
        truncation: (B,) float32, share of the amodal box's area outside the image, 0 to 1.
        center: (B, 3) float64, world, metres, of the box in space.
        extent: (B, 3) float64, metres, full lengths along the box's own axes.
        rotation: (B, 3, 3) float64, world_from_box: columns are the box's axes.
    """

    instance: NDArray[np.uint16]
    visible_box: NDArray[np.int32]
    amodal_box: NDArray[np.float32]
    visible_pixels: NDArray[np.int32]
    truncation: NDArray[np.float32]
    center: NDArray[np.float64]
    extent: NDArray[np.float64]
    rotation: NDArray[np.float64]


def instance_boxes(
    instances: NDArray[np.uint16],
    extents: Extents,
    caster: Caster,
    camera: Camera,
    world_from_instance: NDArray[np.float64] | None = None,
) -> Boxes:
    """Computes the boxes.

    Args:
        instances: (H, W) uint16 instance map of the frame.
        extents: of the frame.
        caster: of the frame's surface.
        camera: the camera.
        world_from_instance: (I, 4, 4) rigid pose of every instance (id - 1 is the row), whose axes the box in space
            takes. Where it is not a number, or None is given: the smallest upright box (z up).
    """
    visible, pixels = _visible_boxes(instances, extents.instance)
    solid = [_solid_box(caster.surface, extents, row, world_from_instance) for row in range(len(extents.instance))]
    return Boxes(
        extents.instance,
        visible,
        extents.box.astype(np.float32),
        pixels,
        truncation(extents, camera).astype(np.float32),
        np.array([box[0] for box in solid]).reshape(-1, 3),
        np.array([box[1] for box in solid]).reshape(-1, 3),
        np.array([box[2] for box in solid]).reshape(-1, 3, 3),
    )


def truncation(extents: Extents, camera: Camera) -> NDArray[np.float64]:
    """Returns the part of each amodal box's area that lies outside the image, 0 to 1: (B,) float64."""
    size = np.array([camera.width, camera.height])
    low, high = extents.box[:, :2], extents.box[:, 2:]
    area = np.prod(high - low, axis=1)
    inside = np.prod(high.clip(0, size) - low.clip(0, size), axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(area > 0, 1 - inside / area, 0.0)


def _visible_boxes(
    instances: NDArray[np.uint16], wanted: NDArray[np.uint16]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Box (B, 4) and count (B,) of the pixels of each wanted id, in one walk over the image."""
    width = instances.shape[1]
    flat = instances.reshape(-1)
    order = np.argsort(flat, kind="stable")
    first, last = (np.searchsorted(flat, wanted, side=side, sorter=order) for side in ("left", "right"))
    boxes = np.zeros((len(wanted), 4), np.int32)
    for row in np.flatnonzero(last > first):
        y, x = np.divmod(order[first[row] : last[row]], width)
        boxes[row] = x.min(), y[0], x.max() + 1, y[-1] + 1
    return boxes, (last - first).astype(np.int32)


def _solid_box(
    surface: Surface, extents: Extents, row: int, world_from_instance: NDArray[np.float64] | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Centre, extent and rotation of one instance's box in space."""
    copies = extents.copies[row]
    pose = None if world_from_instance is None else world_from_instance[int(extents.instance[row]) - 1]
    if pose is None or not np.isfinite(pose).all():
        # Relative to a copy, so that scenes far from the origin keep their precision.
        pose = np.eye(4)
        pose[:3, 3] = surface.world_from_copy[copies[0], :3, 3]
        points = _points_in(surface, copies, pose)
        pose[:3, :3] = turn = _upright(points)
        points = points @ turn
    else:
        points = _points_in(surface, copies, pose)
    low, high = points.min(0), points.max(0)
    return pose[:3, :3] @ ((low + high) / 2) + pose[:3, 3], high - low, pose[:3, :3]


def _points_in(
    surface: Surface, copies: NDArray[np.int64], world_from_frame: NDArray[np.float64]
) -> NDArray[np.float64]:
    """All vertices of some copies' triangles in a frame: (N, 3) float64, metres."""
    frame_from_copy = inverses(world_from_frame[None])[0] @ surface.world_from_copy[copies]
    return np.concatenate(
        [
            mesh.vertices[used_vertices(mesh)].astype(np.float64) @ pose[:3, :3].T + pose[:3, 3]
            for mesh, pose in zip((surface.meshes[n] for n in surface.copy_mesh[copies]), frame_from_copy, strict=True)
        ]
    )


def _upright(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Axes (3, 3, columns) of the smallest upright box: a side of it lies on a side of the points' horizontal hull.

    The hull is that of the outermost points in 16 directions. x is the longer side.
    """
    angle = np.arange(_HULL_DIRECTIONS) * (2 * np.pi / _HULL_DIRECTIONS)
    outermost = points[:, :2] @ np.stack([np.cos(angle), np.sin(angle)])
    hull = points[np.unique(outermost.argmax(0)), :2]
    order = np.argsort(np.arctan2(*(hull - hull.mean(0)).T[::-1]), kind="stable")
    side = np.roll(hull[order], -1, axis=0) - hull[order]
    side = side[np.linalg.norm(side, axis=1) > 0]
    turn = np.arctan2(side[:, 1], side[:, 0]) if len(side) else np.zeros(1)
    along = np.stack([np.cos(turn), np.sin(turn)], -1)
    across = np.stack([-np.sin(turn), np.cos(turn)], -1)
    length, breadth = np.ptp(hull @ along.T, axis=0), np.ptp(hull @ across.T, axis=0)
    best = int(np.argmin(np.round(length * breadth, 9)))
    x, y = along[best], across[best]
    if breadth[best] > length[best]:
        x, y = y, -x
    return np.array([[x[0], y[0], 0], [x[1], y[1], 0], [0, 0, 1]])
