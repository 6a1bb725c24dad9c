"""The room in plan: its outline, its walls and what opens in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.layout.scene import Pose


@dataclass(frozen=True)
class Opening:
    """A hole in a wall and what closes it.

    Attributes:
        kind: a passage is a door without leaf.
        wall: number of the wall.
        start: from the wall's start to the opening's near jamb, metres.
        width: of the hole, metres.
        sill: height of its lower edge over the floor, metres; 0 for doors and passages.
        height: of its upper edge over the floor, metres.
        hinge: the jamb that a door's leaf hangs on, as one looks at the wall from inside.
        inward: whether the leaf swings into the room.
    """

    kind: Literal["window", "door", "passage"]
    wall: int
    start: float
    width: float
    sill: float
    height: float
    hinge: Literal["left", "right"] = "left"
    inward: bool = True

    @property
    def end(self) -> float:
        """From the wall's start to the far jamb, metres."""
        return self.start + self.width


@dataclass(frozen=True, eq=False)
class Wall:
    """One straight wall, seen from inside.

    Attributes:
        number: its place in the outline.
        start, end: (2,) corners of the room, metres; the room lies to the left of the way from start to end.
        openings: in it, by their start.
    """

    number: int
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    openings: tuple[Opening, ...]

    @property
    def length(self) -> float:
        """From corner to corner, metres."""
        return float(np.hypot(*(self.end - self.start)))

    @cached_property
    def pose(self) -> Pose:
        """`world_from_wall`: origin on the floor at its start, +X along the wall, +Y into the room, +Z up."""
        along = (self.end - self.start) / self.length
        pose = np.eye(4)
        pose[:2, 0] = along
        pose[:2, 1] = -along[1], along[0]
        pose[:2, 3] = self.start
        return pose


@dataclass(frozen=True, eq=False)
class Room:
    """A room with straight walls; its floor is at z = 0.

    Attributes:
        outline: (N, 2) corners on the inner faces of its walls, counter-clockwise, metres.
        height: from floor to ceiling, metres.
        openings: in its walls.
        thickness: of its walls, metres.
    """

    outline: NDArray[np.float64]
    height: float
    openings: tuple[Opening, ...]
    thickness: float = 0.3

    @cached_property
    def walls(self) -> tuple[Wall, ...]:
        """Wall i runs from corner i to the next."""
        ends = np.roll(self.outline, -1, axis=0)
        return tuple(
            Wall(
                number,
                start,
                end,
                tuple(sorted((item for item in self.openings if item.wall == number), key=lambda item: item.start)),
            )
            for number, (start, end) in enumerate(zip(self.outline, ends, strict=True))
        )

    @property
    def area(self) -> float:
        """Of the floor, square metres."""
        x, y = self.outline.T
        return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2)


def turn_between(one: NDArray[np.float64], two: NDArray[np.float64]) -> float:
    """Returns the cross product of two vectors in plan: positive where the second points to the left."""
    return float(one[0] * two[1] - one[1] * two[0])
