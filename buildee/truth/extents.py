"""How far each instance reaches: on the image, and away from the camera."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import image_points
from buildee.truth.embree import Caster
from buildee.truth.geometry import used_vertices
from buildee.truth.lens import Pinhole
from buildee.truth.maps import copy_instances
from buildee.truth.outline import in_reach, mesh_corners, outline_reach
from buildee.truth.surface import Camera, LabelTable

_CLOSEST = 1e-3
"""Geometry nearer than this (metres) has no projection worth a box, whatever the camera's near limit."""


@dataclass(frozen=True, eq=False)
class Extents:
    """The countable instances that project into the image, whether something hides them or not.

    Attributes:
        instance: (B,) uint16 ids, ascending.
        copies: B arrays of rows of the surface's copies.
        box: (B, 4) float64, pixels: x0, y0, x1, y1 of the projected geometry beyond the near limit, not clipped to the
            image; for lenses that bend lines, see `buildee.truth.outline`.
        farthest: (B,) float64, metres, largest depth.
    """

    instance: NDArray[np.uint16]
    copies: tuple[NDArray[np.int64], ...]
    box: NDArray[np.float64]
    farthest: NDArray[np.float64]


def countable_copies(caster: Caster, labels: LabelTable) -> NDArray[np.uint16]:
    """Returns the instance id of each copy, 0 for stuff, unlabelled and empty ones: (C,) uint16."""
    instance = copy_instances(caster.surface, labels)
    keep = np.append(np.bool_(False), labels.countable)[instance]
    filled = np.array([len(mesh.triangles) > 0 for mesh in caster.surface.meshes], bool)
    return np.where(keep & filled[caster.surface.copy_mesh], instance, np.uint16(0))


def image_extents(caster: Caster, camera: Camera, labels: LabelTable) -> Extents:
    """Measures the instances that project into the image.

    Args:
        caster: made at the camera's pose.
        camera: the camera.
        labels: what the copies are.
    """
    instance = countable_copies(caster, labels)
    near = max(camera.clip[0], _CLOSEST)
    straight = isinstance(camera.lens, Pinhole)
    # Whole: nothing of the copy needs cutting, or bends.
    possible, whole = (_cull if straight else in_reach)(caster, camera, instance, near)
    rows = []
    order = np.argsort(instance, kind="stable")
    for number in np.unique(instance[possible]):
        first, last = np.searchsorted(instance, (number, int(number) + 1), sorter=order)
        copies = order[first:last]
        if straight:
            points = [_front_points(caster, copy, near, bool(whole[copy])) for copy in copies]
            low, high, farthest = _reach(camera, np.concatenate(points))
        else:
            low, high, farthest = outline_reach(caster, camera, copies, whole, near)
        if (high > 0).all() and (low < (camera.width, camera.height)).all():
            rows.append((number, copies, np.concatenate([low, high]), farthest))
    return Extents(
        np.array([row[0] for row in rows], np.uint16),
        tuple(row[1] for row in rows),
        np.array([row[2] for row in rows], np.float64).reshape(-1, 4),
        np.array([row[3] for row in rows], np.float64),
    )


def _reach(camera: Camera, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Lowest and highest pixel and largest depth of points (N, 3) in front of the camera; none reach nowhere."""
    if not len(points):
        return np.full(2, np.inf), np.full(2, -np.inf), -np.inf
    pixels = image_points(camera, points)
    return pixels.min(0), pixels.max(0), float(points[:, 2].max())


def _cull(
    caster: Caster, camera: Camera, instance: NDArray[np.uint16], near: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which copies may reach into the image, and which lie wholly beyond the near limit, by their meshes' boxes."""
    surface = caster.surface
    possible, whole = np.zeros(len(instance), bool), np.zeros(len(instance), bool)
    chosen = np.flatnonzero(instance)
    if not len(chosen):
        return possible, whole
    corners = np.stack([mesh_corners(surface.meshes[mesh]) for mesh in surface.copy_mesh[chosen]])
    pose = caster.view_from_copy[chosen]
    x, y, z = np.moveaxis(corners @ pose[:, :3, :3].transpose(0, 2, 1) + pose[:, None, :3, 3], -1, 0)
    K = camera.K
    # Homogeneous pixels: sides of the image compare without dividing, so corners behind the camera count rightly.
    right, down = K[0, 0] * x + K[0, 1] * y + K[0, 2] * z, K[1, 1] * y + K[1, 2] * z
    outside = [right < 0, right > camera.width * z, down < 0, down > camera.height * z, z < near, z > camera.clip[1]]
    possible[chosen] = ~np.any([side.all(1) for side in outside], axis=0)
    whole[chosen] = (z > near).all(1)
    return possible, whole


def _front_points(caster: Caster, copy: int, near: float, whole: bool) -> NDArray[np.float64]:
    """Vertices of a copy beyond the near limit, and where its edges cross that limit: (N, 3) view axes, metres."""
    mesh = caster.surface.meshes[caster.surface.copy_mesh[copy]]
    pose = caster.view_from_copy[copy]
    points = mesh.vertices.astype(np.float64) @ pose[:3, :3].T + pose[:3, 3]
    used = used_vertices(mesh)
    if whole:
        return points[used]
    front = points[:, 2] >= near
    edges = np.concatenate([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.triangles[:, [2, 0]]])
    start, end = points[edges[front[edges[:, 0]] != front[edges[:, 1]]]].transpose(1, 0, 2)
    share = (near - start[:, 2:]) / (end[:, 2:] - start[:, 2:])
    crossing = start + share * (end - start)
    crossing[:, 2] = near
    return np.concatenate([points[front & used], crossing])
