"""Lens models: how directions in front of (or around) a camera map to its image plane, and back.

A lens maps a point in camera axes (x right, y down, z forward) to plane coordinates, which the camera's K then maps to
pixels: `pixel = K @ (plane x, plane y, 1)`. So K means for every lens what it means for a pinhole: its focal lengths
are pixels for each unit of the plane, its last column is where the plane's origin lies.

| lens | plane coordinates of direction (X, Y, Z) | unit |
|---|---|---|
| pinhole | X / Z, Y / Z | none |
| brown_conrady | the pinhole's, moved by OpenCV's radial and tangential polynomial | none |
| fisheye_equidistant | angle from the axis, in the direction of (X, Y) | radians |
| fisheye_equisolid | 2 sin(angle / 2), in the direction of (X, Y) | none |
| fisheye_polynomial | the r at which a polynomial is the angle, in the direction of (X, Y) | its own, mm |
| equirectangular | longitude to the right, latitude downwards | radians |

A lens sees nothing in some directions: behind a pinhole, outside a fisheye's field of view. Their coordinates are not
numbers, nor are the directions of image points that no direction reaches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_STEPS = 60
"""Most steps in search of a solution: what bisection alone would need. Newton's method needs about five."""
_SETTLED = 2e-15
"""Relative step at which a solution counts as found; rounding moves it by less."""
_START = 0.99
"""Share of a domain's radius at which the search for points close to its edge starts: on it Newton's method fails."""
_EDGE = 1 + 1e-6
"""How far an equirectangular image may go beyond its seam and poles: cameras that keep float32 angles do."""


class Lens(Protocol):
    """A lens model. Implementations are frozen dataclasses whose fields are all numbers.

    Attributes:
        name: what datasets call it.
        perspective: True if depth and clip limits count along the optical axis; False if along the ray.
        reach: largest angle from the optical axis that it sees, radians.
    """

    name: ClassVar[str]
    perspective: ClassVar[bool]

    @property
    def reach(self) -> float: ...

    def plane(self, points: Array) -> Array:
        """Maps points (..., 3) in camera axes, of any length, to plane coordinates (..., 2)."""
        ...

    def directions(self, plane: Array) -> Array:
        """Maps plane coordinates (..., 2) to directions (..., 3): z = 1 if perspective, else of length 1."""
        ...


@dataclass(frozen=True)
class Pinhole:
    """Straight lines stay straight."""

    name: ClassVar[str] = "pinhole"
    perspective: ClassVar[bool] = True

    @property
    def reach(self) -> float:
        """A right angle."""
        return np.pi / 2

    def plane(self, points: Array) -> Array:
        """X / Z, Y / Z; not a number at the camera or behind it."""
        with np.errstate(divide="ignore", invalid="ignore"):
            depth = np.where(points[..., 2] > 0, points[..., 2], np.nan)
            return points[..., :2] / depth[..., None]

    def directions(self, plane: Array) -> Array:
        """See `Lens.directions`."""
        return np.concatenate([plane, np.ones_like(plane[..., :1])], -1)


@dataclass(frozen=True)
class BrownConrady:
    """A pinhole with radial and tangential distortion, as OpenCV defines it (`projectPoints`, five coefficients).

    With x = X / Z, y = Y / Z, r2 = x^2 + y^2 and s = 1 + k1 r2 + k2 r2^2 + k3 r2^3:

        plane x = s x + 2 p1 x y + p2 (r2 + 2 x^2)
        plane y = s y + p1 (r2 + 2 y^2) + 2 p2 x y

    Its domain is where that can be inverted: r below the first turning point of s r, and a positive Jacobian.
    Directions beyond it have no image, though the formula would fold them back into it.
    """

    k1: float = 0.0
    k2: float = 0.0
    p1: float = 0.0
    p2: float = 0.0
    k3: float = 0.0
    name: ClassVar[str] = "brown_conrady"
    perspective: ClassVar[bool] = True

    @cached_property
    def _turn(self) -> float:
        """The r at which s r has its first turning point."""
        squares = _positive_roots([1.0, 3 * self.k1, 5 * self.k2, 7 * self.k3])
        return float(np.sqrt(min(squares, default=np.inf)))

    @property
    def reach(self) -> float:
        """Where the radial polynomial turns back."""
        return float(np.arctan(self._turn))

    def plane(self, points: Array) -> Array:
        """See the class; not a number at the camera, behind it, and outside the domain."""
        straight = Pinhole().plane(points)
        with np.errstate(over="ignore", invalid="ignore"):
            bent, jacobian = self._bent(straight)
            r2 = (straight**2).sum(-1)
            inside = (r2 < self._turn**2) & (_determinant(jacobian) > 0)
        return np.where(inside[..., None], bent, np.nan)

    def directions(self, plane: Array) -> Array:
        """Inverts `plane` by Newton's method, from where the radial part alone would lead."""
        shape, wanted = plane.shape, plane.reshape(-1, 2)
        distance = np.hypot(*wanted.T)
        # Tangential distortion carries some points beyond the largest radius that the radial part reaches.
        farthest = self._radial(np.array([_START * self._turn]))[0] if np.isfinite(self._turn) else np.inf
        radius = _inverse(self._radial, np.minimum(distance, farthest), self._turn)
        with np.errstate(divide="ignore", invalid="ignore"):
            straight = wanted * np.where(distance > 0, radius / distance, 1.0)[:, None]
            for _ in range(_STEPS):
                bent, jacobian = self._bent(straight)
                step = _solved(jacobian, wanted - bent)
                straight = straight + step
                if not (np.abs(step) > _SETTLED * (1 + np.abs(straight))).any():
                    break
            bent, jacobian = self._bent(straight)
            inside = (np.abs(bent - wanted) <= 1e-13 * (1 + np.abs(wanted))).all(-1)
            inside &= ((straight**2).sum(-1) < self._turn**2) & (_determinant(jacobian) > 0)
        return np.where(inside[:, None], Pinhole().directions(straight), np.nan).reshape(*shape[:-1], 3)

    def _radial(self, r: Array) -> tuple[Array, Array]:
        """Distorted radius and its derivative."""
        r2 = r * r
        return (
            r * (1 + r2 * (self.k1 + r2 * (self.k2 + r2 * self.k3))),
            1 + r2 * (3 * self.k1 + r2 * (5 * self.k2 + r2 * 7 * self.k3)),
        )

    def _bent(self, straight: Array) -> tuple[Array, Array]:
        """Distorted coordinates (..., 2) and their derivatives (2, 2, ...) by the undistorted."""
        x, y = straight[..., 0], straight[..., 1]
        r2 = x * x + y * y
        scale = 1 + r2 * (self.k1 + r2 * (self.k2 + r2 * self.k3))
        slope = 2 * (self.k1 + r2 * (2 * self.k2 + r2 * 3 * self.k3))  # of scale, by x over x
        mixed = slope * x * y + 2 * self.p1 * x + 2 * self.p2 * y
        bent = np.stack(
            [
                scale * x + 2 * self.p1 * x * y + self.p2 * (r2 + 2 * x * x),
                scale * y + self.p1 * (r2 + 2 * y * y) + 2 * self.p2 * x * y,
            ],
            -1,
        )
        across = scale + slope * x * x + 2 * self.p1 * y + 6 * self.p2 * x
        down = scale + slope * y * y + 6 * self.p1 * y + 2 * self.p2 * x
        return bent, np.stack([np.stack([across, mixed]), np.stack([mixed, down])])


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
        return min(_positive_roots([-self.k1, -2 * self.k2, -3 * self.k3, -4 * self.k4]), default=np.inf)

    @cached_property
    def _edge(self) -> float:
        """The r at which the angle is first half the field of view."""
        terms = [-self.k0 - min(self.fov / 2, np.pi), -self.k1, -self.k2, -self.k3, -self.k4]
        return float(min(_positive_roots(terms), default=np.inf))

    @property
    def reach(self) -> float:
        """Half the field of view, or where the polynomial turns back."""
        top = np.array([min(self._edge, self.fold)])
        return float(min(self.fov / 2, np.pi, self._angle(top)[0][0]))

    def plane(self, points: Array) -> Array:
        """See `Lens.plane`. Where k0 gives the centre an angle, what lies within it falls on the centre."""

        def radius(angle: Array) -> Array:
            return _inverse(self._angle, np.maximum(angle, -self.k0), min(self._edge, self.fold))

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


@dataclass(frozen=True)
class Equirectangular:
    """Longitude and latitude, all around. Longitude 0 is the optical axis; `middle` is that of the image's middle.

    Longitudes lie within half a turn of `middle` (radians), so that the seam is opposite to it.
    """

    middle: float = 0.0
    name: ClassVar[str] = "equirectangular"
    perspective: ClassVar[bool] = False

    @property
    def reach(self) -> float:
        """All around."""
        return np.pi

    def plane(self, points: Array) -> Array:
        """See `Lens.plane`; not a number at the camera itself. The poles have the longitude of x = 0."""
        x, y, z = points[..., 0], points[..., 1], points[..., 2]
        turn = np.arctan2(x, z) - self.middle
        longitude = self.middle + turn - 2 * np.pi * np.floor((turn + np.pi) / (2 * np.pi))
        latitude = np.arctan2(y, np.hypot(x, z))
        somewhere = (points != 0).any(-1)
        return np.where(somewhere[..., None], np.stack([longitude, latitude], -1), np.nan)

    def directions(self, plane: Array) -> Array:
        """See `Lens.directions`; not a number more than half a turn from the middle, and beyond the poles."""
        longitude, latitude = plane[..., 0], plane[..., 1]
        flat = np.cos(latitude)
        result = np.stack([flat * np.sin(longitude), np.sin(latitude), flat * np.cos(longitude)], -1)
        once = (np.abs(longitude - self.middle) <= np.pi * _EDGE) & (np.abs(latitude) <= np.pi / 2 * _EDGE)
        return np.where(once[..., None], result, np.nan)


LENSES: dict[str, type] = {
    lens.name: lens
    for lens in (
        Pinhole,
        BrownConrady,
        FisheyeEquidistant,
        FisheyeEquisolid,
        FisheyePolynomial,
        Equirectangular,
    )
}
"""The lens models by name."""


def lens_parameters(lens: Lens) -> tuple[float, ...]:
    """Returns a lens's numbers in the order of its fields: what `lens_of` takes."""
    return astuple(lens)  # type: ignore[call-overload]


def lens_of(name: str, parameters: tuple[float, ...] | list[float] | Array = ()) -> Lens:
    """Makes a lens from its name and its numbers.

    Raises:
        ValueError: no such lens, or another count of numbers.
    """
    if name not in LENSES:
        raise ValueError(f"there is no lens model {name!r}; known are {', '.join(LENSES)}")
    names = [field.name for field in fields(LENSES[name])]
    if len(parameters) != len(names):
        raise ValueError(f"lens {name} has {len(names)} parameters ({', '.join(names)}), not {len(parameters)}")
    return LENSES[name](*(float(value) for value in parameters))


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


def _positive_roots(terms: list[float]) -> list[float]:
    """Returns the positive real roots of a polynomial, lowest term first."""
    roots = np.polynomial.polynomial.polyroots(np.trim_zeros(np.array(terms, np.float64), "b"))
    return [float(root.real) for root in roots if abs(root.imag) < 1e-9 * abs(root) and root.real > 0]


def _inverse(function: Callable[[Array], tuple[Array, Array]], wanted: Array, top: float) -> Array:
    """Solves f(r) = wanted for r in [0, top], where f grows; not a number where there is no solution.

    Newton's method, kept between bounds that close in on the solution.

    Args:
        function: value and derivative at an array of r.
        wanted: (...,) values.
        top: where f stops growing; may be inf.
    """
    if not np.isfinite(top):
        top = 1.0
        while function(np.array([top]))[0][0] < np.max(wanted, initial=0.0):
            top *= 2
    first, last = function(np.array([0.0, top]))[0]
    target = wanted.clip(first, last)
    low, high = np.zeros_like(wanted), np.full_like(wanted, top)
    r = top * (target - first) / (last - first)
    for _ in range(_STEPS):
        value, slope = function(r)
        low, high = np.where(value < target, r, low), np.where(value < target, high, r)
        with np.errstate(divide="ignore", invalid="ignore"):
            guess = r + (target - value) / slope
        step = np.where((guess >= low) & (guess <= high), guess, (low + high) / 2) - r
        r = r + step
        if not (np.abs(step) > _SETTLED * top).any():
            break
    return np.where((wanted >= first) & (wanted <= last), r, np.nan)


def _determinant(jacobian: Array) -> Array:
    return jacobian[0, 0] * jacobian[1, 1] - jacobian[0, 1] * jacobian[1, 0]


def _solved(jacobian: Array, values: Array) -> Array:
    """Solves many 2 x 2 systems (2, 2, N) for values (N, 2)."""
    a, b = values[:, 0], values[:, 1]
    x = jacobian[1, 1] * a - jacobian[0, 1] * b
    y = jacobian[0, 0] * b - jacobian[1, 0] * a
    return np.stack([x, y], -1) / _determinant(jacobian)[:, None]
