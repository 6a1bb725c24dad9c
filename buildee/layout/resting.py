"""Level places that carry things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.layout.scene import Pose

STANDING = "standing"
"""How every asset may rest: as it was modelled."""

Carrier = Literal["worktop", "table", "shelf", "drawer", "rack", "seat", "sill", "floor", "hook", "hob", "sink"]


@dataclass(frozen=True, eq=False)
class Support:
    """A level rectangle on which things may stand, whichever world it is in.

    Its frame: origin in the middle of the rectangle, +Z up; -Y is the side from which one reaches for things.

    Attributes:
        name: unique, such as "base_a3/drawer_0".
        kind: what carries; a thing's manners depend on it.
        poses: (T, 4, 4) or (1, 4, 4) `world_from_support`: a drawer's moves with the drawer.
        size: (2,) along its X and Y, metres.
        headroom: free height above, metres; inf under the open ceiling.
        topic: what it is meant for, such as "cutlery", "pans", "crockery", "dry goods", "cooking"; empty is anything.
        wall: whether its +Y edge lies against something that things may lean on.
    """

    name: str
    kind: Carrier
    poses: NDArray[np.float64]
    size: NDArray[np.float64]
    headroom: float = np.inf
    topic: str = ""
    wall: bool = False


@dataclass(frozen=True, eq=False)
class Place:
    """A support as a part of an instance or asset carries it.

    Attributes:
        name: unique within the instance.
        part: which part it moves with.
        kind, headroom, topic, wall: as in `Support`.
        pose: `part_from_place`; +Z up, reached from -Y.
        size: along its X and Y, metres.
    """

    name: str
    part: str
    kind: Carrier
    pose: Pose
    size: tuple[float, float]
    headroom: float = np.inf
    topic: str = ""
    wall: bool = False
