"""Points bound to surfaces, followed through all frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import depths, image_points, in_frame
from buildee.truth.embree import Caster
from buildee.truth.geometry import apply, corner_table
from buildee.truth.maps import copy_instances
from buildee.truth.surface import Camera, LabelTable, Surface
from buildee.truth.visibility import blockers, find_keys, surface_points


class TrackState(IntEnum):
    """How a camera sees a point in a frame."""

    ABSENT = 0
    """The point's copy is gone in this frame, or its mesh has other triangles."""
    VISIBLE = 1
    """Nothing stands between the camera and the point."""
    OCCLUDED = 2
    """Another instance (or something unlabelled) hides the point."""
    SELF_OCCLUDED = 3
    """The point's own instance hides it."""
    OUT_OF_FRAME = 4
    """The point projects outside the image or the lens's field of view, or lies beyond the far limit."""
    BEHIND = 5
    """The point lies behind a perspective camera, or nearer than the near limit."""


@dataclass(frozen=True, eq=False)
class TrackPoints:
    """N points, each bound to a triangle of a copy.

    Attributes:
        copy_key: (N,) int64, `Surface.copy_key` of the copy.
        triangle: (N,) int32, row of the mesh's triangles.
        corners: (N, 3) int32, that triangle's vertex indices: how a changed mesh is told.
        mesh_size: (N, 2) int32, vertices and triangles of the mesh, to the same end.
        barycentrics: (N, 2) float64, weights of the second and third corner.
        instance: (N,) uint16, instance id; 0 is unlabelled.
    """

    copy_key: NDArray[np.int64]
    triangle: NDArray[np.int32]
    corners: NDArray[np.int32]
    mesh_size: NDArray[np.int32]
    barycentrics: NDArray[np.float64]
    instance: NDArray[np.uint16]

    @cached_property
    def distinct_keys(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The distinct copy keys (K,), and for each point the row of its own among them (N,)."""
        keys, which = np.unique(self.copy_key, return_inverse=True)
        return keys, which.reshape(-1)

    @staticmethod
    def joined(sets: Sequence[TrackPoints]) -> TrackPoints:
        """Joins sets sampled in different frames into one."""
        return TrackPoints(
            *(np.concatenate([getattr(points, field.name) for points in sets]) for field in fields(TrackPoints))
        )


@dataclass(frozen=True, eq=False)
class TrackFrame:
    """What a camera sees of N points in one frame.

    Attributes:
        xy: (N, 2) float32, pixels; not a number where absent, or where the lens does not see: at a perspective camera
            and behind it, outside a fisheye's field of view.
        depth: (N,) float32, metres, see `buildee.truth.camera.depths`; not a number where absent.
        state: (N,) uint8 of `TrackState`.
        occluder: (N,) uint16, instance id of what hides the point; 0 if nothing does or it is unlabelled.
    """

    xy: NDArray[np.float32]
    depth: NDArray[np.float32]
    state: NDArray[np.uint8]
    occluder: NDArray[np.uint16]


def bind(
    surface: Surface,
    labels: LabelTable,
    copy: NDArray[np.integer],
    triangle: NDArray[np.integer],
    barycentrics: NDArray[np.float64],
) -> TrackPoints:
    """Binds points to a surface's triangles.

    Args:
        surface: the surface of the frame in which the points are chosen.
        labels: what its copies are.
        copy, triangle: (N,) rows.
        barycentrics: (N, 2) weights of the second and third corner.
    """
    mesh = surface.copy_mesh[copy]
    corners = np.zeros((len(copy), 3), np.int32)
    for number in np.unique(mesh):
        here = mesh == number
        corners[here] = surface.meshes[number].triangles[triangle[here]]
    return TrackPoints(
        surface.copy_key[copy],
        np.asarray(triangle, np.int32),
        corners,
        _mesh_sizes(surface)[mesh],
        np.asarray(barycentrics, np.float64),
        copy_instances(surface, labels)[copy],
    )


def world_positions(points: TrackPoints, surface: Surface) -> NDArray[np.float32]:
    """Returns where the points are in a frame: (N, 3) float32, world, metres; not a number where absent."""
    copy, present = _rows(points, surface)
    corners = corner_table(surface).corners(copy[present], points.triangle[present])
    u, v = points.barycentrics[present].T
    local = corners[0] + u * (corners[1] - corners[0]) + v * (corners[2] - corners[0])
    result = np.full((len(copy), 3), np.nan, np.float32)
    result[present] = apply(surface.world_from_copy[:, :3], copy[present], local).T
    return result


def observe(points: TrackPoints, labels: LabelTable, caster: Caster, camera: Camera) -> TrackFrame:
    """Says what a camera sees of the points in one frame.

    Args:
        points: the points.
        labels: what the copies are.
        caster: of the frame's surface, made at the camera's pose.
        camera: the camera.
    """
    count = len(points.triangle)
    copy, present = _rows(points, caster.surface)
    xy, depth = np.full((count, 2), np.nan, np.float32), np.full(count, np.nan, np.float32)
    state, occluder = np.zeros(count, np.uint8), np.zeros(count, np.uint16)
    copy, triangle = copy[present], points.triangle[present]
    local = surface_points(caster, copy, triangle, *points.barycentrics[present].T)
    pixels, found = image_state(camera, local.T)
    away = depths(camera, local.T)
    ask = np.flatnonzero(found == TrackState.VISIBLE)
    blocker = blockers(caster, local[:, ask], copy[ask], triangle[ask], camera)
    instance = copy_instances(caster.surface, labels)
    by, own = instance[blocker], instance[copy[ask]]
    # Two unlabelled copies share id 0 without being one thing.
    same = np.where(own > 0, by == own, blocker == copy[ask])
    hidden = blocker >= 0
    found[ask[hidden]] = np.where(same, TrackState.SELF_OCCLUDED, TrackState.OCCLUDED)[hidden]
    xy[present], depth[present], state[present] = pixels, away, found
    occluder[np.flatnonzero(present)[ask[hidden]]] = by[hidden]
    return TrackFrame(xy, depth, state, occluder)


def image_state(camera: Camera, local: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Says where points (N, 3) in the camera's axes, metres, lie on its image, were nothing in the way.

    Returns:
        (N, 2) pixels, not a number where the lens does not see, and (N,) `TrackState`: visible, out of frame or behind.
    """
    pixels, away = image_points(camera, local), depths(camera, local)
    near, far = camera.clip
    inside = in_frame(camera, pixels) & (away <= far)
    state = np.where(inside, TrackState.VISIBLE, TrackState.OUT_OF_FRAME).astype(np.uint8)
    state[~(away > max(near, 0.0))] = TrackState.BEHIND
    return pixels, state


def _rows(points: TrackPoints, surface: Surface) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Row of each point's copy, and whether its triangle is still the one that it was bound to."""
    keys, which = points.distinct_keys
    copy = find_keys(keys, surface.copy_key)[which]
    here = np.flatnonzero(copy >= 0)
    sizes = _mesh_sizes(surface)[surface.copy_mesh]
    here = here[_equal_rows(np.take(sizes, copy[here], axis=0), np.take(points.mesh_size, here, axis=0))]
    corners = corner_table(surface).vertex_numbers(copy[here], points.triangle[here])
    here = here[_equal_rows(corners, np.take(points.corners, here, axis=0))]
    present = np.zeros(len(copy), bool)
    present[here] = True
    return copy, present


def _equal_rows(first: NDArray[np.integer], second: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Says which rows of two (N, K) arrays are equal; column by column, as numpy is slow along short axes."""
    same = np.ones(len(first), bool)
    for column, twin in zip(first.T, second.T, strict=True):
        same &= column == twin
    return same


def _mesh_sizes(surface: Surface) -> NDArray[np.int32]:
    return np.array([(len(mesh.vertices), len(mesh.triangles)) for mesh in surface.meshes], np.int32).reshape(-1, 2)
