"""The four streets about the lot: where things are along them, what is painted on them, what stands beside. Metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.site import Plot
from buildee.layout.placement import Footprint

FRONT = 3
"""Number of the street before the gate."""


@dataclass(frozen=True)
class Street:
    """A straight street along one side of the lot, going on beyond its corners.

    Attributes:
        quarter: 0 lies towards +X, then counter-clockwise; 3 is the front street.
        kerb: distance of the near kerb from the middle of the lot, metres.
        corner: distance along it, from the middle, at which the near kerb of the crossing streets lies, metres.
        width: between the kerbs, metres.
    """

    quarter: int
    kerb: float
    corner: float
    width: float

    @property
    def heading(self) -> float:
        """Direction of growing `along`, radians."""
        return (self.quarter + 1) * np.pi / 2

    def points(self, along: ArrayLike, out: ArrayLike) -> NDArray[np.float64]:
        """Returns (..., 2) points `along` metres from the middle, `out` metres beyond the near kerb."""
        ahead, aside = _AXES[self.quarter], _AXES[(self.quarter + 1) % 4]
        return np.asarray(self.kerb + out)[..., None] * ahead + np.asarray(along)[..., None] * aside

    def footprint(self, along: float, out: float, length: float, width: float, turned: float = 0.0) -> Footprint:
        """Returns a rectangle with its length along the street, turned by some radians."""
        x, y = self.points(along, out)
        return Footprint(float(x), float(y), self.heading + turned, length, width)


_AXES = np.array([(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)])
"""Away from the lot, by quarter."""


def streets(plot: Plot) -> tuple[Street, ...]:
    """Returns the streets about a lot, in the order of their quarters."""
    return tuple(
        Street(quarter, plot.kerb[quarter % 2], plot.kerb[1 - quarter % 2], plot.street_width) for quarter in range(4)
    )


def heights(ground: Ground, points: NDArray[np.float64], lift: float = 0.0) -> NDArray[np.float64]:
    """Returns (N, 3): points in plan, raised to the ground and `lift` metres above it."""
    return np.column_stack([points, ground.height(points) + lift])
