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

from dataclasses import astuple, dataclass, fields
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from buildee.truth.fisheye import FisheyeEquidistant, FisheyeEquisolid, FisheyePolynomial
from buildee.truth.perspective import BrownConrady, Pinhole

Array = NDArray[np.float64]

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
