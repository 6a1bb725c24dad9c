"""Shapes that grow: lathed bodies with lobes and dents, tapered stems, leaves, and how tones lie on their faces.

Metres. Everything is drawn from fixed seeds, so that a bake always makes the same fruit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout import solids
from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.recipe.seed import Seed

Array = NDArray[np.float64]

MM = 1e-3
"""A millimetre, in metres."""


def rng_of(name: str) -> np.random.Generator:
    """Returns the random stream of an asset."""
    return Seed(83).child(name).rng()


def curve(points: ArrayLike, count: int) -> Array:
    """Returns (count, D) points, evenly spaced, of the smooth curve through (N, D) points (Catmull-Rom)."""
    knots = np.asarray(points, np.float64)
    padded = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    t = np.linspace(0, 1, 17)[:-1, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(b + (c - a) / 2 * t + (a - 2.5 * b + 2 * c - d / 2) * t**2 + (1.5 * (b - c) + (d - a) / 2) * t**3)
    fine = np.concatenate([*pieces, knots[-1:]])
    way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(fine, axis=0), axis=1))])
    at = np.linspace(0, way[-1], count)
    return np.column_stack([np.interp(at, way, column) for column in fine.T])


@dataclass(frozen=True, eq=False)
class Noise:
    """A smooth random function of space: a sum of waves.

    Attributes:
        waves: (W, 3) wave vectors, radians a metre.
        phases: (W,) radians.
    """

    waves: Array
    phases: Array

    @staticmethod
    def of(rng: np.random.Generator, length: float, count: int = 14) -> Noise:
        """Returns noise whose bumps are about `length` metres across."""
        direction = rng.normal(size=(count, 3))
        direction /= np.linalg.norm(direction, axis=1, keepdims=True)
        waves = direction * (np.pi / length * rng.uniform(0.6, 1.4, (count, 1)))
        return Noise(waves, rng.uniform(0, 2 * np.pi, count))

    def __call__(self, points: Array) -> Array:
        """Returns values at (..., 3) points, mostly within [-1, 1]."""
        return np.sin(points @ self.waves.T + self.phases).sum(-1) / np.sqrt(len(self.phases)) * 0.8


Swell = Callable[[Array, Array], Array]
"""Radius multiplier by angle (1, N) and by how far up the profile (R, 1), in [0, 1]."""


def lathe(profile: Array, segments: int, swell: Swell | None = None) -> Array:
    """Returns (R, N, 3) rings about Z.

    Args:
        profile: (R, 2) radius and z, metres, from the middle of the bottom up the outside to the top.
        segments: N.
        swell: what makes it not quite round.
    """
    angle = np.arange(segments)[None] * (2 * np.pi / segments)
    share = np.linspace(0, 1, len(profile))[:, None]
    radius = np.maximum(profile[:, :1], 1e-5) * (1 if swell is None else swell(angle, share))
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    return np.stack([x, y, np.broadcast_to(profile[:, 1:], x.shape)], -1)


def dented(rings: Array, noise: Noise, depth: float) -> Array:
    """Returns rings moved along their radius by noise, metres; their poles stay closed."""
    spread = rings - rings.mean(1, keepdims=True)
    radius = np.linalg.norm(spread, axis=-1, keepdims=True)
    shift = noise(rings)[..., None] * depth * np.clip(radius / (4 * depth + 1e-9), 0, 1)
    return rings + spread / np.maximum(radius, 1e-6) * shift


def along(path: ArrayLike, radii: ArrayLike, segments: int, swell: Swell | None = None) -> Array:
    """Returns (R, N, 3) round rings along a path; the first and last may shrink to a point.

    Args:
        path: (R, 3) metres.
        radii: (R,) or (R, 2): across, or sideways and upwards, metres.
        segments: N.
        swell: as in `lathe`.
    """
    points = np.asarray(path, np.float64)
    sizes = np.asarray(radii, np.float64)
    sizes = np.column_stack([sizes, sizes]) if sizes.ndim == 1 else sizes
    ahead = np.gradient(points, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    up = np.array([0.0, 0, 1]) if abs(ahead[:, 2]).max() < 0.95 else np.array([1.0, 0, 0])
    side = np.cross(up, ahead)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    top = np.cross(ahead, side)
    angle = np.arange(segments)[None] * (2 * np.pi / segments)
    share = np.linspace(0, 1, len(points))[:, None]
    swollen = np.maximum(sizes, 1e-5)[:, None] * np.ones((1, segments, 1))
    if swell is not None:
        swollen = swollen * np.asarray(swell(angle, share))[..., None]
    out = side[:, None] * (np.cos(angle)[..., None] * swollen[..., :1])
    return points[:, None] + out + top[:, None] * (np.sin(angle)[..., None] * swollen[..., 1:])


def skin(rings: Array) -> Mesh:
    """Returns the smooth closed surface through rings."""
    return solids.loft(rings, smooth=True)


def stalk(points: ArrayLike, radii: Sequence[float], segments: int = 7, steps: int = 6) -> Mesh:
    """Returns a tapered bar along a smooth curve through (N, 3) points; radii from its start to its end, metres."""
    path = curve(points, steps)
    radius = np.interp(np.linspace(0, 1, steps), np.linspace(0, 1, len(radii)), radii)
    return skin(along(path, radius, segments))


def leaf(
    length: float,
    width: float,
    thick: float = 0.0004,
    curl: float = 0.0,
    fold: float = 0.2,
    frill: float = 0.0,
    steps: int = 8,
    across: int = 4,
    blunt: float = 0.6,
) -> Mesh:
    """Returns a leaf along +X from the origin, its upper side up.

    Args:
        length, width, thick: metres.
        curl: how much its tip rises (falls when negative), in lengths.
        fold: slope of its halves.
        frill: height of the waves of its edge, metres.
        steps, across: faces along it and over half its width.
        blunt: below 0.5 pointed, above it round.
    """
    t = np.linspace(0.0, 1.0, steps + 1)
    half = width / 2 * np.maximum(np.sin(np.pi * t**blunt) ** 0.75, 0.02)
    v = np.linspace(-1, 1, 2 * across + 1)
    x = np.broadcast_to(t[:, None] * length, (steps + 1, len(v)))
    y = half[:, None] * v
    wave = frill * np.sin(t[:, None] * 19 + 2.2 * v) * v**2 * (half / half.max())[:, None]
    z = length * curl * t[:, None] ** 2 + fold * abs(y) + wave
    top = np.stack([x, y, z + thick / 2], -1)[:, ::-1]
    bottom = np.stack([x, y, z - thick / 2], -1)
    return solids.loft(np.concatenate([top, bottom], 1), smooth=True)


def sepals(count: int, length: float, width: float, rng: np.random.Generator, curl: float = 0.2) -> Mesh:
    """Returns a star of small leaves about the origin, each a little different."""
    return Mesh.merged(
        leaf(
            length * rng.uniform(0.8, 1.15), width, 0.0005, curl * rng.uniform(0.4, 1.5), 0.15, 0, 5, 2, 0.8
        ).transformed(turn("z", 2 * np.pi * (number + rng.uniform(-0.2, 0.2)) / count))
        for number in range(count)
    )


def turn(axis: str, angle: float) -> Array:
    """Returns the (4, 4) rotation about an axis through the origin; radians."""
    return rotation({"x": (1, 0, 0), "y": (0, 1, 0), "z": (0, 0, 1)}[axis], angle)


def middles(mesh: Mesh) -> Array:
    """Returns (F, 3): the middle of every face."""
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    return np.add.reduceat(mesh.vertices[mesh.corners], starts) / mesh.sizes[:, None]


def toned(mesh: Mesh, share: Array, tones: Sequence[int]) -> Mesh:
    """Returns the mesh with every face in one of several slots, by its share (F,) from the first to the last."""
    index = np.clip((share * len(tones)).astype(int), 0, len(tones) - 1)
    return replace(mesh, slots=np.asarray(tones, np.int32)[index])


def blob(radius: ArrayLike, segments: int = 10, rings: int = 7) -> Mesh:
    """Returns an ellipsoid about the origin; radii along x, y, z, metres."""
    ball = solids.sphere(1.0, segments, rings)
    return replace(ball, vertices=ball.vertices * np.broadcast_to(np.asarray(radius, np.float64), 3))


def rounded_box(size: ArrayLike, radius: float, steps: int = 2) -> Mesh:
    """Returns a box standing on z = 0 whose edges are round; metres."""
    x, y, z = np.asarray(size, np.float64)
    rings = []
    for out, height in _quarter(radius, z, steps):
        back = radius - out
        outline = rounded_rectangle(x - 2 * back, y - 2 * back, max(out, 1e-4), steps)
        rings.append(np.column_stack([outline, np.full(len(outline), height)]))
    return solids.loft(np.array(rings), smooth=True)


def _quarter(radius: float, height: float, steps: int) -> list[tuple[float, float]]:
    """Returns how far out of the inner box, and how high, the levels of a box with round edges lie."""
    angle = np.linspace(0, np.pi / 2, steps + 1)
    low = [(radius * np.sin(a), radius * (1 - np.cos(a))) for a in angle]
    return low + [(out, height - up) for out, up in low[::-1]]


def rounded_rectangle(x: float, y: float, radius: float, steps: int = 3) -> Array:
    """Returns (4 * (steps + 1), 2): a rectangle about the origin with round corners, counter-clockwise; metres."""
    angle = np.linspace(0, np.pi / 2, steps + 1)
    arc = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    corners = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    pieces = []
    for number, (sx, sy) in enumerate(corners):
        c, s = np.cos(number * np.pi / 2), np.sin(number * np.pi / 2)
        pieces.append(arc @ np.array([[c, s], [-s, c]]) + (sx * (x / 2 - radius), sy * (y / 2 - radius)))
    return np.concatenate(pieces)
