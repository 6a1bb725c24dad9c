"""A point cloud of everything's surface: points drawn evenly by area, seen or not, with what they belong to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.truth.embree import Caster
from buildee.truth.geometry import apply, corner_table, cross, dot, inverses
from buildee.truth.maps import copy_categories, copy_parts
from buildee.truth.surface import Camera, LabelTable, Surface
from buildee.truth.tracks import TrackPoints, TrackState, bind, observe, world_positions

_SIMILAR = 1e-5
"""How far from a turn and one scale a copy's transform may be for its triangles to keep their shares of its area."""


@dataclass(frozen=True, eq=False)
class Cloud:
    """N points on the surfaces of one frame.

    Attributes:
        points: what they are bound to.
        xyz: (N, 3) float32, world, metres.
        normal: (N, 3) float32, unit, world axes: of the triangle, on the side that its corners' order says is outside.
        category, part: (N,) uint16 ids, 0 unlabelled; `points.instance` has the instances.
    """

    points: TrackPoints
    xyz: NDArray[np.float32]
    normal: NDArray[np.float32]
    category: NDArray[np.uint16]
    part: NDArray[np.uint16]


def sample_cloud(surface: Surface, labels: LabelTable, count: int, rng: np.random.Generator) -> Cloud:
    """Draws points evenly by area over all surfaces, whatever sees them.

    Each point is drawn by itself, so the first so many are an even sample too.

    Args:
        surface: of the frame.
        labels: what its copies are.
        count: how many points.
        rng: source of randomness.

    Returns:
        `count` points; none if the surface has no area.
    """
    draws = rng.random((count, 4))
    shares = np.cumsum(copy_areas(surface))
    if not len(shares) or not shares[-1] > 0:
        draws, shares = draws[:0], np.ones(1)
    copy = np.searchsorted(shares, draws[:, 0] * shares[-1], side="right").clip(max=len(shares) - 1)
    triangle = _triangles(surface, copy, draws[:, 1])
    u, v = np.where(draws[:, 2:].sum(-1, keepdims=True) > 1, 1 - draws[:, 2:], draws[:, 2:]).T
    points = bind(surface, labels, copy, triangle, np.stack([u, v], -1))
    first, second, third = corner_table(surface).corners(copy, triangle)
    turned = inverses(surface.world_from_copy)[:, :3, :3].transpose(0, 2, 1)
    normal = apply(turned, copy, cross(second - first, third - first))
    normal /= np.sqrt(dot(normal, normal))
    return Cloud(
        points,
        world_positions(points, surface),
        np.ascontiguousarray(normal.T, np.float32),
        copy_categories(surface, labels)[copy],
        copy_parts(surface)[copy],
    )


def see_cloud(cloud: Cloud, labels: LabelTable, caster: Caster, camera: Camera) -> NDArray[np.bool_]:
    """Says which points a camera sees in a frame: (N,) bool. A point whose triangle is gone is not seen.

    Args:
        cloud: the points.
        labels: what the copies are.
        caster: of the frame's surface, made at the camera's pose.
        camera: the camera.
    """
    return observe(cloud.points, labels, caster, camera).state == TrackState.VISIBLE


def copy_areas(surface: Surface) -> NDArray[np.float64]:
    """Returns the area of each copy: (C,) float64, square metres of the world."""
    own = np.array([_areas(surface, number, np.eye(3)).sum() for number in range(len(surface.meshes))])
    similar, scale = _similar(surface)
    areas = np.where(similar, scale, 0.0) * own[surface.copy_mesh]
    for copy in np.flatnonzero(~similar):
        areas[copy] = _areas(surface, int(surface.copy_mesh[copy]), surface.world_from_copy[copy, :3, :3]).sum()
    return areas


def _areas(surface: Surface, mesh: int, change: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area of each triangle of a mesh changed by a matrix (3, 3): (F,) float64; zero where it is not a number."""
    vertices = (surface.meshes[mesh].vertices.astype(np.float64) @ change.T).T
    first, second, third = (vertices[:, corner] for corner in surface.meshes[mesh].triangles.T)
    normal = cross(second - first, third - first)
    return np.nan_to_num(np.sqrt(dot(normal, normal)), posinf=0.0) / 2


def _similar(surface: Surface) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Whether each copy is its mesh turned and scaled alike in all directions, and by what areas grow: (C,) each."""
    change = surface.world_from_copy[:, :3, :3]
    metric = change.transpose(0, 2, 1) @ change
    scale = np.trace(metric, axis1=1, axis2=2) / 3
    off = np.abs(metric - scale[:, None, None] * np.eye(3)).max((1, 2), initial=0.0)
    return off <= _SIMILAR * scale, scale


def _triangles(surface: Surface, copy: NDArray[np.int64], draws: NDArray[np.float64]) -> NDArray[np.int32]:
    """Draws a triangle of each point's copy by area: copies of a mesh share its table unless they are stretched."""
    similar = _similar(surface)[0][copy]
    table = np.where(similar, surface.copy_mesh[copy], len(surface.meshes) + copy)
    order = np.argsort(table, kind="stable")
    numbers, first = np.unique(table[order], return_index=True)
    triangle = np.zeros(len(copy), np.int32)
    for number, rows in zip(numbers.tolist(), np.split(order, first[1:]), strict=False):
        stretched = number - len(surface.meshes)
        change = surface.world_from_copy[stretched, :3, :3] if stretched >= 0 else np.eye(3)
        shares = np.cumsum(_areas(surface, int(surface.copy_mesh[copy[rows[0]]]), change))
        triangle[rows] = np.searchsorted(shares, draws[rows] * shares[-1], side="right").clip(max=len(shares) - 1)
    return triangle
