"""How far things reach on the image of a lens that bends straight lines.

There the extremes of a projected triangle lie anywhere on its edges, not on its corners alone. An edge is seen as an
arc of a great circle, so arcs are cut into steps of equal angle. Besides edges, an outline is made of the border of the
lens's field of view where a thing crosses it, and on an equirectangular image of seam and poles: rays tell whether the
thing is there.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import depths, plane_pixels
from buildee.truth.embree import Caster
from buildee.truth.geometry import cross, dot, used_vertices
from buildee.truth.lens import Equirectangular
from buildee.truth.surface import Camera, TriangleMesh

Array = NDArray[np.float64]

_STEP = 1 / 64
"""Radians between points on an arc. An arc leaves its chord by 3e-5 radians, a hundredth of a pixel."""
_BORDER = 512
"""Points around the border of a field of view."""
_BISECTIONS = 40

_bounds: WeakKeyDictionary[TriangleMesh, Array] = WeakKeyDictionary()
_longest: WeakKeyDictionary[TriangleMesh, float] = WeakKeyDictionary()
_edges: WeakKeyDictionary[TriangleMesh, NDArray[np.int32]] = WeakKeyDictionary()


def mesh_corners(mesh: TriangleMesh) -> Array:
    """Returns the corners of a mesh's axis-aligned box, mesh frame: (8, 3) float64, metres."""
    corners = _bounds.get(mesh)
    if corners is None:
        vertices = mesh.vertices[used_vertices(mesh)].astype(np.float64)
        low, high = vertices.min(0), vertices.max(0)
        pick = np.indices((2, 2, 2)).reshape(3, 8).T
        corners = _bounds[mesh] = np.where(pick == 1, high, low)
    return corners


def mesh_edges(mesh: TriangleMesh) -> NDArray[np.int32]:
    """Returns the edges of a mesh, each once: (E, 2) int32 vertex indices."""
    edges = _edges.get(mesh)
    if edges is None:
        sides = np.concatenate([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.triangles[:, [2, 0]]])
        low, high = sides.min(1).astype(np.int64), sides.max(1).astype(np.int64)
        key = np.unique(low * len(mesh.vertices) + high)
        edges = _edges[mesh] = np.stack(np.divmod(key, len(mesh.vertices)), -1).astype(np.int32)
    return edges


def mesh_longest(mesh: TriangleMesh) -> float:
    """Returns the length of a mesh's longest edge, mesh frame, metres."""
    longest = _longest.get(mesh)
    if longest is None:
        corners = mesh.vertices[mesh.triangles]
        longest = _longest[mesh] = float(np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=-1).max())
    return longest


def in_reach(
    caster: Caster, camera: Camera, instance: NDArray[np.uint16], near: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Judges copies of labelled instances by the spheres around them.

    Args:
        caster: made at the camera's pose.
        camera: the camera.
        instance: (C,) id of each copy, 0 is none of interest.
        near: metres, of depth.

    Returns:
        Which copies may lie in the lens's field of view, (C,) bool, and which are plain, (C,) bool: wholly in view,
        away from seam and poles, and with edges too short to bend, so that their vertices tell all.
    """
    possible, plain = np.zeros(len(instance), bool), np.zeros(len(instance), bool)
    chosen = np.flatnonzero(instance)
    if not len(chosen):
        return possible, plain
    meshes = [caster.surface.meshes[mesh] for mesh in caster.surface.copy_mesh[chosen]]
    pose = caster.view_from_copy[chosen]
    corners = np.stack([mesh_corners(mesh) for mesh in meshes])
    corners = corners @ pose[:, :3, :3].transpose(0, 2, 1) + pose[:, None, :3, 3]
    middle = corners.mean(1)
    radius = np.linalg.norm(corners - middle[:, None], axis=-1).max(1)
    distance, away = np.linalg.norm(middle, axis=-1), depths(camera, middle)
    angle = np.arctan2(np.hypot(middle[:, 0], middle[:, 1]), middle[:, 2])
    with np.errstate(divide="ignore", invalid="ignore"):
        margin = np.where(radius < distance, np.arcsin(np.minimum(radius / distance, 1)), np.pi)
    possible[chosen] = (angle - margin <= camera.lens.reach) & (away - radius <= camera.clip[1])
    longest = np.array([mesh_longest(mesh) for mesh in meshes]) * np.linalg.norm(pose[:, :3, :3], 2, axis=(1, 2))
    if isinstance(camera.lens, Equirectangular):
        whole = _seam_distance(camera.lens, middle) > radius
    else:
        whole = angle + margin < camera.lens.reach
    plain[chosen] = whole & (away - radius > near) & (longest < _STEP * (distance - radius))
    return possible, plain


def _seam_distance(lens: Equirectangular, points: Array) -> Array:
    """Distance of points (N, 3) in camera axes from the half-plane of the seam, which the poles border."""
    turned = points[:, 0] * np.sin(lens.middle) + points[:, 2] * np.cos(lens.middle)
    aside = points[:, 0] * np.cos(lens.middle) - points[:, 2] * np.sin(lens.middle)
    return np.where(turned < 0, np.abs(aside), np.hypot(aside, turned))


def outline_reach(
    caster: Caster, camera: Camera, copies: NDArray[np.int64], plain: NDArray[np.bool_], near: float
) -> tuple[Array, Array, float]:
    """Measures how far an instance reaches.

    Before the near limit of a perspective lens nothing counts. Other lenses have no such plane: all counts unless all
    of it is nearer.

    Args:
        caster: made at the camera's pose.
        camera: the camera; its lens is no pinhole.
        copies: rows of the instance's copies.
        plain: (C,) of all copies, see `in_reach`.
        near: metres, of depth.

    Returns:
        Lowest and highest pixel, (2,) each, of what lies in the lens's field of view, and the largest depth, metres;
        infinities the wrong way round if nothing does.
    """
    lens = camera.lens
    nowhere = np.full(2, np.inf), np.full(2, -np.inf), -np.inf
    vertices, arcs = _arcs(caster, copies, plain, near if lens.perspective else None)
    if not len(vertices) or (farthest := float(depths(camera, vertices).max())) < near:
        return nowhere
    plane = lens.plane(vertices)
    if not plain[copies].all():
        bent, cut = _arc_plane(camera, *arcs)
        pieces = [plane, bent]
        if isinstance(lens, Equirectangular):
            pieces.append(_poles(caster, lens, copies))
        elif cut or np.isnan(plane).any():
            pieces.append(_border(caster, camera, copies))
        plane = np.concatenate(pieces)
    pixels = plane_pixels(camera, plane[np.isfinite(plane[:, 0])])
    return (pixels.min(0), pixels.max(0), farthest) if len(pixels) else nowhere


def _arcs(
    caster: Caster, copies: NDArray[np.int64], plain: NDArray[np.bool_], near: float | None
) -> tuple[Array, tuple[Array, Array]]:
    """Vertices (V, 3) of copies, and ends (3, E) of the edges of those that are not plain, in view axes.

    Both are cut at z = near unless that is None.
    """
    vertices: list[Array] = []
    starts, ends = [np.zeros((3, 0))], [np.zeros((3, 0))]
    for copy in copies:
        mesh, pose = caster.surface.meshes[caster.surface.copy_mesh[copy]], caster.view_from_copy[copy]
        points = mesh.vertices.astype(np.float64) @ pose[:3, :3].T + pose[:3, 3]
        if plain[copy]:
            vertices.append(points)
            continue
        start, end = points[mesh_edges(mesh)].transpose(1, 0, 2)
        if near is not None:
            points = points[points[:, 2] >= near]
            some = (start[:, 2] >= near) | (end[:, 2] >= near)
            start, end = _cut(start[some], end[some], near)
        vertices.append(points)
        starts.append(start.T)
        ends.append(end.T)
    return np.concatenate(vertices), (np.concatenate(starts, 1), np.concatenate(ends, 1))


def _cut(start: Array, end: Array, near: float) -> tuple[Array, Array]:
    """Moves the ends (E, 3) of edges that lie before z = near onto it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = ((near - start[:, 2]) / (end[:, 2] - start[:, 2]))[:, None]
        crossing = start + share * (end - start)
    return (
        np.where(start[:, 2:] < near, crossing, start),
        np.where(end[:, 2:] < near, crossing, end),
    )


def _arc_plane(camera: Camera, start: Array, end: Array) -> tuple[Array, bool]:
    """Plane coordinates (N, 2) along the arcs from start to end (3, E), and whether any leaves the field of view."""
    angle = np.arctan2(np.sqrt(dot(*[cross(start, end)] * 2)), dot(start, end))
    pieces = np.ceil(angle / _STEP).astype(np.int64)
    wraps = isinstance(camera.lens, Equirectangular)
    inside = [np.arctan2(np.hypot(x, y), z) <= camera.lens.reach for x, y, z in (start, end)]
    # Short arcs are no longer than their ends say, unless they cross the border or the seam.
    long = np.flatnonzero((pieces > 1) | (pieces > 0) & (wraps | (inside[0] != inside[1])))
    start, end, angle, pieces = start[:, long], end[:, long], angle[long], pieces[long]
    row = np.repeat(np.arange(len(long)), pieces)
    step = np.arange(len(row)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    here, there = (_on_arc(start, end, angle, row, (step + ahead) / pieces[row]) for ahead in (0, 1))
    first, second = camera.lens.plane(here.T), camera.lens.plane(there.T)
    extra = [first]
    crossing = np.flatnonzero(np.isnan(first[:, 0]) != np.isnan(second[:, 0]))
    if len(crossing):
        extra.append(_crossings(camera, here[:, crossing], there[:, crossing]))
    if wraps:
        seam = np.flatnonzero(np.abs(second[:, 0] - first[:, 0]) > np.pi)
        extra.append(_on_seam(camera.lens, np.concatenate([first[seam], second[seam]])))
    return np.concatenate(extra), bool(np.isnan(first).any())


def _on_arc(start: Array, end: Array, angle: Array, row: NDArray[np.int64], share: Array) -> Array:
    """Directions (3, N) at shares of arcs (spherical linear interpolation)."""
    start, end = (ends / np.sqrt(dot(ends, ends)) for ends in (start, end))
    turn = angle[row]
    return start[:, row] * np.sin((1 - share) * turn) + end[:, row] * np.sin(share * turn)


def _crossings(camera: Camera, here: Array, there: Array) -> Array:
    """Plane coordinates (N, 2), inside, where short arcs (3, N) of which one end is seen leave the field of view."""
    seen = ~np.isnan(camera.lens.plane(here.T)[:, 0])
    inside, outside = np.where(seen, here, there), np.where(seen, there, here)
    for _ in range(_BISECTIONS):
        middle = inside / np.sqrt(dot(inside, inside)) + outside / np.sqrt(dot(outside, outside))
        seen = ~np.isnan(camera.lens.plane(middle.T)[:, 0])
        inside, outside = np.where(seen, middle, inside), np.where(seen, outside, middle)
    return camera.lens.plane(inside.T)


def _on_seam(lens: Equirectangular, plane: Array) -> Array:
    """Both ends of the seam, at the heights of coordinates (N, 2)."""
    sides = lens.middle + np.array([-np.pi, np.pi])
    return np.stack([np.repeat(sides, len(plane)), np.tile(plane[:, 1], 2)], -1)


def _poles(caster: Caster, lens: Equirectangular, copies: NDArray[np.int64]) -> Array:
    """Both ends (N, 2) of the poles that the copies cover: they are as wide as the image."""
    with caster.only(copies) as alone:
        covered = alone.blocked(np.array([[0.0, 1.0, 0.0], [0.0, -1.0, 0.0]]))
    return _on_seam(lens, np.array([[0.0, np.pi / 2], [0.0, -np.pi / 2]])[covered])


def _border(caster: Caster, camera: Camera, copies: NDArray[np.int64]) -> Array:
    """Plane coordinates (N, 2) on the border of the field of view that the copies cover."""
    turn = np.arange(_BORDER) * (2 * np.pi / _BORDER)
    angle = camera.lens.reach * (1 - 1e-9)
    rays = np.stack([np.sin(angle) * np.cos(turn), np.sin(angle) * np.sin(turn), np.full(_BORDER, np.cos(angle))], -1)
    with caster.only(copies) as alone:
        covered = alone.blocked(rays)
    plane = camera.lens.plane(rays[covered])
    return plane[np.isfinite(plane[:, 0])]
