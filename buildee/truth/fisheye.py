"""Fisheye lenses, as Cycles renders them. See `buildee.truth.lens`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from buildee.truth.roots import inverse, positive_roots

Array = NDArray[np.float64]


@dataclass(frozen=True)
class FisheyeEquidistant:
    """The distance from the centre is the angle from the axis, up to half the field of view `fov` (radians)."""

    fov: float = np.pi
    name: ClassVar[str] = "fisheye_equidistant"
    perspective: ClassVar[bool] = False

    @property
    def reach(self) -> float:
        """Half the field of view, pi at most."""
        return min(self.fov / 2, np.pi)

    def plane(self, points: Array) -> Array:
        """See `Lens.plane`."""
        return _radial_plane(points, self.reach, lambda angle: angle)

    def directions(self, plane: Array) -> Array:
        """See `Lens.directions`."""
        return _radial_directions(plane, self.reach, lambda radius: radius)


@dataclass(frozen=True)
class FisheyeEquisolid:
    """Equal solid angles cover equal areas, up to half the field of view `fov` (radians)."""

    fov: float = np.pi
    name: ClassVar[str] = "fisheye_equisolid"
    perspective: ClassVar[bool] = False

    @property
    def reach(self) -> float:
        """Half the field of view, pi at most."""
        return min(self.fov / 2, np.pi)

    def plane(self, points: Array) -> Array:
        """See `Lens.plane`."""
        return _radial_plane(points, self.reach, lambda angle: 2 * np.sin(angle / 2))

    def directions(self, plane: Array) -> Array:
        """See `Lens.directions`."""
        largest = 2 * np.sin(self.reach / 2)
        return _radial_directions(plane, largest, lambda radius: 2 * np.arcsin(np.minimum(radius / 2, 1)))


@dataclass(frozen=True)
class FisheyePolynomial:
    """The angle from the axis is a polynomial of the distance r from the centre, with Blender's sign:

        angle = -(k0 + k1 r + k2 r^2 + k3 r^3 + k4 r^4)

    r in whatever K maps to pixels, millimetres on the sensor where Blender sets it. Up to half the field of view `fov`
    (radians), and as far as the polynomial grows.

    Raises:
        ValueError: the angle does not grow from the centre outwards.
    """

    k0: float
    k1: float
    k2: float
    k3: float
    k4: float
    fov: float = np.pi
    name: ClassVar[str] = "fisheye_polynomial"
    perspective: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not self._angle(np.zeros(1))[1] > 0:
            raise ValueError("the angle of a polynomial fisheye must grow outwards: k1 must be negative")

    @cached_property
    def fold(self) -> float:
        """The r at which the polynomial first turns back; inf if it never does."""
        return min(positive_roots([-self.k1, -2 * self.k2, -3 * self.k3, -4 * self.k4]), default=np.inf)

    @cached_property
    def _edge(self) -> float:
        """The r at which the angle is first half the field of view."""
        terms = [-self.k0 - min(self.fov / 2, np.pi), -self.k1, -self.k2, -self.k3, -self.k4]
        return float(min(positive_roots(terms), default=np.inf))

    @property
    def reach(self) -> float:
        """Half the field of view, or where the polynomial turns back."""
        top = np.array([min(self._edge, self.fold)])
        return float(min(self.fov / 2, np.pi, self._angle(top)[0][0]))

    def plane(self, points: Array) -> Array:
        """See `Lens.plane`. Where k0 gives the centre an angle, what lies within it falls on the centre."""

        def radius(angle: Array) -> Array:
            return inverse(self._angle, np.maximum(angle, -self.k0), min(self._edge, self.fold))

        return _radial_plane(points, self.reach, radius)

    def directions(self, plane: Array) -> Array:
        """See `Lens.directions`."""
        top = min(self._edge, self.fold)
        return _radial_directions(plane, top, lambda radius: self._angle(radius)[0])

    def _angle(self, r: Array) -> tuple[Array, Array]:
        """Angle at a radius, and its derivative."""
        return (
            -(self.k0 + r * (self.k1 + r * (self.k2 + r * (self.k3 + r * self.k4)))),
            -(self.k1 + r * (2 * self.k2 + r * (3 * self.k3 + r * 4 * self.k4))),
        )


def _radial_plane(points: Array, reach: float, radius_of: Callable[[Array], Array]) -> Array:
    """Maps points (..., 3) to where `radius_of` their angle (radians) lies in their direction about the axis."""
    across = np.hypot(points[..., 0], points[..., 1])
    angle = np.arctan2(across, points[..., 2])
    seen = (angle <= reach) & ((across > 0) | (points[..., 2] > 0))
    radius = np.where(seen, radius_of(np.where(seen, angle, 0.0)), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(across > 0, radius / across, np.where(seen, 0.0, np.nan))
    return points[..., :2] * share[..., None]


def _radial_directions(plane: Array, largest: float, angle_of: Callable[[Array], Array]) -> Array:
    """Maps plane coordinates (..., 2) at most `largest` from the centre to directions (..., 3) of length 1."""
    radius = np.hypot(plane[..., 0], plane[..., 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        angle = angle_of(radius)
        share = np.where(radius > 0, np.sin(angle) / radius, 1.0)
    result = np.stack([plane[..., 0] * share, plane[..., 1] * share, np.cos(angle)], -1)
    return np.where((radius <= largest)[..., None], result, np.nan)
