"""Which points to track: a mix of seen and hidden ones, uniform ones, some of each instance, a grid of pixels, given
ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.camera import in_frame, pixel_directions, pixel_rays
from buildee.truth.embree import Caster
from buildee.truth.hits import cast_pixels, meet_planes
from buildee.truth.maps import copy_instances
from buildee.truth.nearest import nearest_places
from buildee.truth.rays import RayHits
from buildee.truth.surface import Camera, LabelTable, Surface, TriangleMesh
from buildee.truth.tracks import TrackPoints, bind

_SEEN_SHARE = 0.5
"""Share of the points that a camera sees in the query frame; the rest lie anywhere near, most of them hidden."""
_STUFF_SHARE = 0.25
"""The most that ground and other stuff get while there are things to track."""
_FEWEST = 4
"""Points that even the smallest instance gets, as long as the count lasts."""
_NEAR = 3.0
"""Distance (metres) up to which nearness earns a surface no more points."""
_BATCH = 1 << 18
"""Triangles measured at a time."""


@dataclass(frozen=True, eq=False)
class _Candidates:
    """Places that points may be drawn at, sorted by instance: weight (K,), instance (K,) uint16, place (K,) rows."""

    weight: NDArray[np.float64]
    instance: NDArray[np.uint16]
    place: NDArray[np.int64]

    def draw(self, labels: LabelTable, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
        """Draws places, sharing them out among instances by the root of their weight."""
        order = np.argsort(self.instance, kind="stable")
        ids, first = np.unique(self.instance[order], return_index=True)
        groups = np.split(order, first[1:])
        totals = np.array([self.weight[group].sum() for group in groups])
        thing = np.append(np.bool_(False), labels.countable)[ids]
        drawn = []
        for group, quota in zip(groups, quotas(totals, thing, count), strict=True):
            if quota:
                chance = self.weight[group] / self.weight[group].sum()
                enough = quota <= np.count_nonzero(chance)
                drawn.append(self.place[rng.choice(group, quota, replace=not enough, p=chance)])
        return np.concatenate([np.zeros(0, np.int64), *drawn])


def quotas(weights: NDArray[np.float64], thing: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """Shares out points among instances.

    By the square root of the weight, so that an instance a hundred times larger gets ten times the points; stuff gets
    a quarter at most while there are things; small ones get four while the count lasts.

    Args:
        weights: (K,) what each instance shows, in any unit.
        thing: (K,) bool, False for stuff.
        count: points to share out.

    Returns:
        (K,) int64, summing to `count` if any weight is positive.
    """
    share = np.sqrt(weights)
    if not share.sum():
        return np.zeros(len(weights), np.int64)
    stuff, things = share[~thing].sum(), share[thing].sum()
    if things and stuff > things * _STUFF_SHARE / (1 - _STUFF_SHARE):
        share = np.where(thing, share, share * things * _STUFF_SHARE / (1 - _STUFF_SHARE) / stuff)
    fewest = np.where(share > 0, min(_FEWEST, count // np.count_nonzero(share)), 0)
    exact = fewest + share / share.sum() * (count - fewest.sum())
    result = np.floor(exact).astype(np.int64)
    largest = np.argsort(result - exact, kind="stable")[: count - result.sum()]
    result[largest] += 1
    return result


def sample_points(
    surface: Surface,
    labels: LabelTable,
    views: Sequence[tuple[Caster, Camera]],
    count: int,
    rng: np.random.Generator,
) -> TrackPoints:
    """Chooses points to track in one query frame.

    Half are seen in a view, at random places inside pixels; half lie anywhere on surfaces, hidden or not, by area
    over squared distance from the nearest camera. Both halves are shared out among instances by `quotas`.

    Args:
        surface: of the query frame.
        labels: what its copies are.
        views: casters of that surface with their cameras, one or more.
        count: how many points.
        rng: source of randomness.

    Returns:
        `count` points, fewer only if the surface has no area; all anywhere if no view sees a thing.
    """
    seen = _seen_points(surface, labels, views, round(count * _SEEN_SHARE), rng)
    near = _near_points(surface, labels, views, count - len(seen.triangle), rng)
    return TrackPoints.joined([seen, near])


def _seen_points(
    surface: Surface, labels: LabelTable, views: Sequence[tuple[Caster, Camera]], count: int, rng: np.random.Generator
) -> TrackPoints:
    """Draws pixels of all views, then a place inside each pixel that shows the same instance."""
    table = np.append(copy_instances(surface, labels), np.uint16(0))
    views_hits = [caster.first_hits(pixel_rays(camera).reshape(-1, 3), *camera.clip) for caster, camera in views]
    copies = np.concatenate([hits.copy for hits in views_hits])
    pixel = np.flatnonzero(copies >= 0)
    drawn = _Candidates(np.ones(len(pixel)), table[copies[pixel]], pixel).draw(labels, count, rng)
    sets = []
    first = 0
    for (caster, camera), hits in zip(views, views_hits, strict=True):
        mine = drawn[(drawn >= first) & (drawn < first + len(hits.copy))] - first
        sets.append(_inside_pixels(caster, camera, labels, hits, mine, rng))
        first += len(hits.copy)
    return TrackPoints.joined(sets)


def _inside_pixels(
    caster: Caster,
    camera: Camera,
    labels: LabelTable,
    hits: RayHits,
    pixel: NDArray[np.int64],
    rng: np.random.Generator,
) -> TrackPoints:
    corner = np.stack([pixel % camera.width, pixel // camera.width], -1)
    place = corner + rng.random((len(pixel), 2))
    moved = caster.first_hits(pixel_directions(camera, place), *camera.clip)
    table = np.append(copy_instances(caster.surface, labels), np.uint16(0))
    # At an edge the moved ray may meet something else, or nothing: then the pixel's centre serves.
    same = (moved.copy >= 0) & (table[moved.copy] == table[hits.copy[pixel]]) & in_frame(camera, place)
    copy = np.where(same, moved.copy, hits.copy[pixel])
    triangle = np.where(same, moved.triangle, hits.triangle[pixel])
    rays = pixel_directions(camera, np.where(same[:, None], place, corner + 0.5))
    _, u, v, _ = meet_planes(caster, copy, triangle, np.ascontiguousarray(rays.T))
    u, v = np.where(np.isfinite(u), u, 1 / 3).clip(0, 1), np.where(np.isfinite(v), v, 1 / 3).clip(0, 1)
    return bind(caster.surface, labels, copy, triangle, _inside(np.stack([u, v], -1)))


def _inside(barycentrics: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pulls weights that rounding put outside their triangle back onto its edge."""
    return barycentrics / np.maximum(barycentrics.sum(-1, keepdims=True), 1.0)


def _near_points(
    surface: Surface, labels: LabelTable, views: Sequence[tuple[Caster, Camera]], count: int, rng: np.random.Generator
) -> TrackPoints:
    """Draws triangles by area over squared distance, then a uniform place on each."""
    eyes = np.stack([camera.world_from_camera[:3, 3] for _, camera in views])
    table = _triangle_table(surface, labels, eyes)
    place = _Candidates(table.weight, table.instance, np.arange(len(table.weight))).draw(labels, count, rng)
    return _anywhere_on(surface, labels, table, place, rng)


def uniform_points(surface: Surface, labels: LabelTable, count: int, rng: np.random.Generator) -> TrackPoints:
    """Chooses points uniformly on all surfaces, by area: independent draws, unlabelled surfaces too.

    Args:
        surface: of the query frame.
        labels: what its copies are.
        count: how many points; none if the surface has no area.
        rng: source of randomness.
    """
    table = _triangle_table(surface, labels)
    total = np.append(0.0, np.cumsum(table.weight))
    drawn = rng.random(count if total[-1] > 0 else 0) * total[-1]
    place = np.searchsorted(total[1:], np.minimum(drawn, np.nextafter(total[-1], 0)), side="right")
    return _anywhere_on(surface, labels, table, place, rng)


def instance_points(surface: Surface, labels: LabelTable, each: int, rng: np.random.Generator) -> TrackPoints:
    """Chooses so many points on every instance, uniformly by area, hidden or not, stuff too, in order of the ids.

    Args:
        surface: of the query frame.
        labels: what its copies are.
        each: points of each instance; none of those without area in this frame.
        rng: source of randomness.
    """
    table = _triangle_table(surface, labels)
    order = np.argsort(table.instance, kind="stable")
    total = np.concatenate([[0.0], np.cumsum(table.weight[order])])
    first, last = (
        total[np.searchsorted(table.instance[order], np.arange(1, len(labels.instance_name) + 1), side=side)]
        for side in ("left", "right")
    )
    solid = last > first
    drawn = first[solid, None] + rng.random((solid.sum(), each)) * (last - first)[solid, None]
    drawn = np.minimum(drawn, np.nextafter(last, first)[solid, None])  # rounding may not reach the next instance
    place = order[np.searchsorted(total[1:], drawn.ravel(), side="right")]
    return _anywhere_on(surface, labels, table, place, rng)


def grid_points(caster: Caster, camera: Camera, labels: LabelTable, stride: int) -> TrackPoints:
    """Chooses what every `stride`-th pixel sees at its centre, row by row: the very surface points that flow follows.

    The first pixel is `stride // 2` from the left and from the top. Pixels that see nothing give no point.

    Args:
        caster: of the query frame's surface, made at the camera's pose.
        camera: the camera in the query frame.
        labels: what the copies are.
        stride: pixels.
    """
    hits = cast_pixels(caster, camera)
    grid = np.s_[stride // 2 :: stride, stride // 2 :: stride]
    seen = hits.seen[grid]
    copy, triangle, u, v = (array[grid][seen] for array in (hits.copy, hits.triangle, hits.u, hits.v))
    return bind(caster.surface, labels, copy, triangle, np.stack([u, v], -1))


def given_points(surface: Surface, labels: LabelTable, points: NDArray[np.float64], tolerance: float) -> TrackPoints:
    """Binds given points to the nearest surface, in their order.

    Args:
        surface: of the query frame.
        labels: what its copies are.
        points: (M, 3) float64, world, metres.
        tolerance: metres, how far from it a point may lie.

    Raises:
        AnnotationError: a point has no surface that near.
    """
    places = nearest_places(surface, points, tolerance)
    lost = np.flatnonzero(places.copy < 0)
    if len(lost):
        where = ", ".join(f"{value:g}" for value in points[lost[0]])
        raise AnnotationError(
            f"{len(lost)} of {len(points)} given points lie farther than {tolerance:g} m from every surface; the first "
            f"is number {lost[0]} (from 0) at ({where}); correct it or raise the tolerance"
        )
    return bind(surface, labels, places.copy, places.triangle, places.barycentrics)


@dataclass(frozen=True, eq=False)
class _Triangles:
    """All triangles of all copies: weight (K,), instance (K,) uint16, and the first row of each copy (C,)."""

    weight: NDArray[np.float64]
    instance: NDArray[np.uint16]
    first: NDArray[np.int64]


def _triangle_table(surface: Surface, labels: LabelTable, eyes: NDArray[np.float64] | None = None) -> _Triangles:
    """Lists the triangles by world area, over squared distance from the nearest eye if there are eyes."""
    sizes = np.array([len(mesh.triangles) for mesh in surface.meshes], np.int64)[surface.copy_mesh]
    first = np.cumsum(sizes) - sizes
    weight = np.zeros(sizes.sum())
    order = np.argsort(surface.copy_mesh, kind="stable")
    for copies in np.split(order, np.flatnonzero(np.diff(surface.copy_mesh[order])) + 1) if len(order) else ():
        mesh = surface.meshes[surface.copy_mesh[copies[0]]]
        step = max(1, _BATCH // max(len(mesh.triangles), 1))
        for some in (copies[start : start + step] for start in range(0, len(copies), step)):
            rows = first[some][:, None] + np.arange(len(mesh.triangles))
            weight[rows] = _weights(mesh, surface.world_from_copy[some], eyes)
    return _Triangles(weight, np.repeat(copy_instances(surface, labels), sizes), first)


def _anywhere_on(
    surface: Surface, labels: LabelTable, table: _Triangles, place: NDArray[np.int64], rng: np.random.Generator
) -> TrackPoints:
    """Binds a uniform place on each triangle, given by its row of the table."""
    copy = np.searchsorted(table.first, place, side="right") - 1
    barycentrics = rng.random((len(place), 2))
    barycentrics = np.where(barycentrics.sum(-1, keepdims=True) > 1, 1 - barycentrics, barycentrics)
    return bind(surface, labels, copy, place - table.first[copy], barycentrics)


def _weights(mesh: TriangleMesh, poses: NDArray[np.float64], eyes: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """World area of each triangle of each copy, over its squared distance from the nearest eye: (C, F) float64.

    A linear map turns the cross product of two edges by its cofactors, so the mesh is worked out once for all copies.
    """
    first, second, third = mesh.vertices.astype(np.float64)[mesh.triangles].transpose(1, 0, 2)
    x, y, z = poses[:, :3, :3].transpose(2, 0, 1)
    with np.errstate(invalid="ignore", over="ignore"):
        cofactors = np.stack([np.cross(y, z), np.cross(z, x), np.cross(x, y)], 1)
        area = np.linalg.norm(np.cross(second - first, third - first) @ cofactors, axis=-1) / 2
        if eyes is None:
            return np.nan_to_num(area, posinf=0.0)
        centre = (first + second + third) / 3 @ poses[:, :3, :3].transpose(0, 2, 1)
        offset = (poses[:, None, :3, 3] - eyes)[:, :, None]  # subtracted first, for scenes far from the origin
        distance = np.linalg.norm(centre[:, None] + offset, axis=-1).min(1)
    return np.nan_to_num(area / np.maximum(distance, _NEAR) ** 2, posinf=0.0)
