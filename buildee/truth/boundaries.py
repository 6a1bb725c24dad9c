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

_HALVINGS = 4
"""How often the way from one pixel centre to the next is halved before it is judged: to a 16th of a pixel."""
_STEEP = 4.0
"""Neighbours further from each other than so many times the way across are looked at more closely."""
_FLAT = 2e-5
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
    the half with the longer leap, and what counts is whether two rays a 16th of a pixel apart join. So curved and
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
    depth = np.where(hits.seen, hits.depth, 0.0)
    everything = _Points(
        np.ascontiguousarray((pixel_rays(camera) * depth[..., None]).reshape(-1, 3).T),
        np.ascontiguousarray(hits.normal.reshape(-1, 3).T, np.float64),
        hits.seen.reshape(-1),
    )
    here, there = _candidates(hits, np.isfinite(pixel_rays(camera)[..., 0]))
    a, b = everything.take(here), everything.take(there)
    doubtful = np.flatnonzero(_broken(a, b) | _steep(a, b))
    here, there, a, b = here[doubtful], there[doubtful], a.take(doubtful), b.take(doubtful)
    apart, front = _closely(caster, camera, _centres(here, width), _centres(there, width), a, b)
    bit = np.where(there - here == 1, Boundary.BEFORE_RIGHT, Boundary.BEFORE_DOWN).astype(np.uint8)
    back = bit << 2  # the same border as the other side calls it
    result = np.zeros(height * width, np.uint8)
    for pixel, mine in ((here, np.where(front, bit, bit << 4)), (there, np.where(front, back << 4, back))):
        np.bitwise_or.at(result, pixel[apart], mine[apart])
    return result.reshape(height, width)


def _candidates(hits: Hits, looks: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pixels and their right and lower neighbours, but for those on one triangle, and those that both see nothing.

    Neither is the edge of a fisheye's circle a boundary: `looks` (H, W) says through which pixels a lens looks at all.
    """
    pairs = []
    for first, second, step in (
        (np.s_[:, :-1], np.s_[:, 1:], 1),
        (np.s_[:-1], np.s_[1:], hits.copy.shape[1]),
    ):
        differ = (hits.copy[first] != hits.copy[second]) | (hits.triangle[first] != hits.triangle[second])
        row, column = np.nonzero(differ & looks[first] & looks[second])
        here = row * hits.copy.shape[1] + column
        pairs.append((here, here + step))
    return tuple(np.concatenate(side) for side in zip(*pairs, strict=True))


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
