"""The geometry of a hipped roof over a rectangular building: slopes, seats, heights. Metres.

All slopes have one pitch, so that hips run at 45 degrees in plan. Distances inwards are from the eaves' line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.layout.kinematics import rotation
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Pose

OVER = 0.3
"""From the slab edge out to the eaves: past the thickest façade, clear of the scaffold's inner standards, metres."""

WALL = 0.26
"""From the slab edge out to the thickest façade's face, metres."""

SEAT = 0.02
"""From the slab edge in to the wall plate, metres."""

STEEPEST, RISE = 0.7, 4.2
"""Rise over run at most (35 degrees), and height of the ridge above the eaves that wider buildings keep to, metres."""


@dataclass(frozen=True, eq=False)
class Pitch:
    """A hipped roof.

    Attributes:
        outline: (2, 2) slab edges, metres.
        upstand: height of the upstand that the plate lies on, above the slab, metres.
    """

    outline: NDArray[np.float64]
    upstand: float

    @property
    def eaves(self) -> NDArray[np.float64]:
        """(2, 2) eaves' lines."""
        return self.outline + np.array([[-OVER], [OVER]])

    @property
    def half(self) -> float:
        """From the eaves to the ridge in plan."""
        return float(np.ptp(self.eaves, axis=0).min()) / 2

    @property
    def slope(self) -> float:
        """Rise over run."""
        return min(STEEPEST, RISE / self.half)

    @property
    def cosine(self) -> float:
        """Of the pitch's angle: metres in plan of a metre up the slope."""
        return float(1 / np.hypot(1.0, self.slope))

    @property
    def plate(self) -> float:
        """Height of the wall plate: rafters pass 30 mm over the façade's head."""
        return 0.03 + self.slope * (SEAT + WALL)

    def under(self, inwards: float) -> float:
        """Returns the height of the rafters' underside above the slab at a distance inwards."""
        return self.upstand + self.plate + self.slope * (inwards - OVER - SEAT)

    def slopes(self) -> list[tuple[str, Pose, float, bool]]:
        """Returns name, pose, eaves' length of the slopes, and whether it ends at the ridge.

        In a slope's frame +X runs along the eaves from their middle, +Y up the slope, z = 0 is the rafters' underside.
        """
        low, high = self.eaves
        middle, size = (low + high) / 2, high - low
        tilt = rotation((1.0, 0.0, 0.0), float(np.arctan(self.slope)))
        places = [("south", (middle[0], low[1]), 0.0, size[0]), ("east", (high[0], middle[1]), np.pi / 2, size[1])]
        places += [("north", (middle[0], high[1]), np.pi, size[0]), ("west", (low[0], middle[1]), -np.pi / 2, size[1])]
        long = size[0] >= size[1]
        return [
            (name, pose_at(*map(float, place), self.under(0.0), yaw) @ tilt, float(length), (name in NS) == long)
            for name, place, yaw, length in places
        ]

    @property
    def top(self) -> float:
        """Height of the ridge's cap above the slab."""
        return self.under(self.half) + 0.5


NS = ("south", "north")
