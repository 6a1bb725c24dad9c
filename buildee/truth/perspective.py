"""Lenses that look ahead: the pinhole, and the pinhole with distortion. See `buildee.truth.lens`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from buildee.truth.roots import SETTLED, STEPS, inverse, positive_roots

Array = NDArray[np.float64]

_START = 0.99
"""Share of a domain's radius at which the search for points close to its edge starts: on it Newton's method fails."""


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
        squares = positive_roots([1.0, 3 * self.k1, 5 * self.k2, 7 * self.k3])
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
        radius = inverse(self._radial, np.minimum(distance, farthest), self._turn)
        with np.errstate(divide="ignore", invalid="ignore"):
            straight = wanted * np.where(distance > 0, radius / distance, 1.0)[:, None]
            for _ in range(STEPS):
                bent, jacobian = self._bent(straight)
                step = _solved(jacobian, wanted - bent)
                straight = straight + step
                if not (np.abs(step) > SETTLED * (1 + np.abs(straight))).any():
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


def _determinant(jacobian: Array) -> Array:
    return jacobian[0, 0] * jacobian[1, 1] - jacobian[0, 1] * jacobian[1, 0]


def _solved(jacobian: Array, values: Array) -> Array:
    """Solves many 2 x 2 systems (2, 2, N) for values (N, 2)."""
    a, b = values[:, 0], values[:, 1]
    x = jacobian[1, 1] * a - jacobian[0, 1] * b
    y = jacobian[0, 0] * b - jacobian[1, 0] * a
    return np.stack([x, y], -1) / _determinant(jacobian)[:, None]
