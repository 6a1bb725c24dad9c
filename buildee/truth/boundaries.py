"""Occlusion boundaries: the pixel borders across which what is seen is not one surface, and which side is in front."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import pixel_directions, pixel_rays
from buildee.truth.embree import Caster
from buildee.truth.geometry import cross, dot
from buildee.truth.hits import Hits, meet_planes
from buildee.truth.surface import Camera

_HALVINGS = 5
"""How often the way from one pixel centre to the next is halved before it is judged: to a 32nd of a pixel."""
_STEEP = 4.0
"""Neighbours further from each other than so many times the way across are looked at more closely."""
_FLAT = 1e-5
"""Share of the distance by which a point may lie off a plane and still pass for lying in it."""


class Boundary(IntFlag):
    """How a pixel's surface lies to those of its neighbours; both sides of a boundary say so."""

    BEFORE_RIGHT = 1
    """In front of the right neighbour's, which ends behind it."""
    BEFORE_DOWN = 2
    BEFORE_LEFT = 4
    BEFORE_UP = 8
    BEHIND_RIGHT = 16
    """The right neighbour's is in front."""
    BEHIND_DOWN = 32
    BEHIND_LEFT = 64
    BEHIND_UP = 128


BEFORE = 15
"""Mask of the bits of pixels that occlude; the higher four are those of pixels that are occluded."""


@dataclass(frozen=True, eq=False)
class _Points:
    """What N rays see: points (3, N) and normals towards the camera (3, N), camera axes; seen (N,) bool."""

    point: NDArray[np.float64]
    normal: NDArray[np.float64]
    seen: NDArray[np.bool_]

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> _Points:
        return _Points(self.point[:, rows], self.normal[:, rows], self.seen[rows])

    def replaced(self, where: NDArray[np.bool_], other: _Points) -> _Points:
        return _Points(
            np.where(where, other.point, self.point),
            np.where(where, other.normal, self.normal),
            np.where(where, other.seen, self.seen),
        )


def occlusion_boundaries(hits: Hits, caster: Caster, camera: Camera) -> NDArray[np.uint8]:
    """Finds the occlusion boundaries between pixels that share a side.

    Two points join if they lie in the planes of each other's triangles, or both before the other's plane (a groove
    between them), or both behind it (a ridge): then the planes meet between them. Otherwise one surface ends before
    the other, and in front is the point that lies before the other's plane. Neighbours that do not join, or lie far
    apart for neighbours, are looked at more closely: the way between them is halved by further rays, always going into
    the half with the longer leap, and what counts is whether two rays a 32nd of a pixel apart join. So curved and
    finely cut surfaces have no boundary within. What borders on nothing is in front of it.

    Where a thing stands on the ground, or two walls meet, is no boundary, whatever the instances; where the ground goes
    on behind the thing is one; and so is where an arm hides its own shoulder.

    Args:
        hits: of the frame.
        caster: of the frame's surface, at the camera's pose.
        camera: the camera.

    Returns:
        (H, W) uint8, bits of `Boundary`; 0 is none.
    """
    height, width = hits.copy.shape
    result = np.zeros((height, width), np.uint8)
    flat = result.reshape(-1)
    seen = hits.seen.reshape(-1)
    depth = np.where(seen, hits.depth.reshape(-1), 0.0)
    everything = _Points(
        np.ascontiguousarray((pixel_rays(camera).reshape(-1, 3) * depth[:, None]).T),
        np.ascontiguousarray(hits.normal.reshape(-1, 3).T, np.float64),
        seen,
    )
    number = np.arange(height * width).reshape(height, width)
    for first, second, before in (
        (number[:, :-1], number[:, 1:], (Boundary.BEFORE_RIGHT, Boundary.BEFORE_LEFT)),
        (number[:-1], number[1:], (Boundary.BEFORE_DOWN, Boundary.BEFORE_UP)),
    ):
        here, there = _candidates(hits, first.reshape(-1), second.reshape(-1))
        a, b = everything.take(here), everything.take(there)
        doubtful = np.flatnonzero(_broken(a, b) | _steep(a, b))
        here, there, a, b = here[doubtful], there[doubtful], a.take(doubtful), b.take(doubtful)
        lasting, front = _closely(caster, camera, _centres(here, width), _centres(there, width), a, b)
        for near, far, bit, back in (
            (here[lasting & front], there[lasting & front], before[0], before[1]),
            (there[lasting & ~front], here[lasting & ~front], before[1], before[0]),
        ):
            flat[near] |= np.uint8(bit)
            flat[far] |= np.uint8(back << 4)
    return result


def _candidates(
    hits: Hits, first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Leaves out neighbours on one triangle, and those that both see nothing."""
    copy, triangle = hits.copy.reshape(-1), hits.triangle.reshape(-1)
    differ = np.flatnonzero((copy[first] != copy[second]) | (triangle[first] != triangle[second]))
    return first[differ], second[differ]


def _centres(pixel: NDArray[np.int64], width: int) -> NDArray[np.float64]:
    return np.stack([pixel % width, pixel // width], -1) + 0.5


def _broken(a: _Points, b: _Points) -> NDArray[np.bool_]:
    """Whether the surfaces at two points do not join: (N,) bool."""
    across = a.point - b.point
    distance = np.sqrt(np.maximum(dot(a.point, a.point), dot(b.point, b.point)))
    over_b, over_a = dot(b.normal, across), -dot(a.normal, across)
    apart = np.minimum(np.abs(over_a), np.abs(over_b)) > _FLAT * distance
    return np.where(a.seen & b.seen, (over_a * over_b < 0) & apart, a.seen | b.seen)


def _leap(a: _Points, b: _Points) -> NDArray[np.float64]:
    """Distance of two points, metres, without end if one sees nothing and zero if both do: (N,) float64."""
    across = a.point - b.point
    return np.where(a.seen & b.seen, np.sqrt(dot(across, across)), np.where(a.seen | b.seen, np.inf, 0.0))


def _steep(a: _Points, b: _Points) -> NDArray[np.bool_]:
    """Whether neighbours lie far apart for the angle between their rays: (N,) bool."""
    turned = cross(a.point, b.point)
    across = np.sqrt(dot(turned, turned) / np.maximum(dot(a.point, a.point), 1e-300))
    return a.seen & b.seen & (_leap(a, b) > _STEEP * across)


def _before(a: _Points, b: _Points) -> NDArray[np.bool_]:
    """Whether a lies before the plane at b; what sees something lies before nothing: (N,) bool."""
    return np.where(a.seen & b.seen, dot(b.normal, a.point - b.point) > 0, a.seen)


def _closely(
    caster: Caster, camera: Camera, here: NDArray[np.float64], there: NDArray[np.float64], a: _Points, b: _Points
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Looks closely at doubtful neighbours.

    Args:
        caster, camera: of the frame.
        here, there: (N, 2) image points.
        a, b: what they see.

    Returns:
        (N,) bool whether they are still apart when seen a small part of a pixel apart, and (N,) bool whether a is in
        front.
    """
    apart, front = _broken(a, b), _before(a, b)
    rows = np.flatnonzero(a.seen & b.seen)
    here, there, a, b = here[rows], there[rows], a.take(rows), b.take(rows)
    for _ in range(_HALVINGS):
        middle = (here + there) / 2
        met = _cast(caster, camera, middle)
        left = _leap(a, met) >= _leap(met, b)
        here, there = np.where(left[:, None], here, middle), np.where(left[:, None], middle, there)
        a, b = a.replaced(~left, met), b.replaced(left, met)
    front[rows] = np.where(apart[rows], front[rows], _before(a, b))
    apart[rows] = _broken(a, b)
    return apart, front


def _cast(caster: Caster, camera: Camera, places: NDArray[np.float64]) -> _Points:
    """What is seen at image points (N, 2)."""
    rays = pixel_directions(camera, places)
    found = caster.first_hits(rays, *camera.clip)
    seen = np.flatnonzero(found.copy >= 0)
    depth, _, _, normal = meet_planes(
        caster, found.copy[seen], found.triangle[seen], np.ascontiguousarray(rays[seen].T)
    )
    point, normals = np.zeros((3, len(rays))), np.zeros((3, len(rays)))
    point[:, seen] = rays[seen].T * np.where(np.isfinite(depth), depth, found.t[seen])
    normals[:, seen] = normal
    return _Points(point, normals, found.copy >= 0)
