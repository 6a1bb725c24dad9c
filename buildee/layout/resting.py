"""Level places that carry things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

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
        wall: whether its +Y edge lies against something that things may lean on.
        topic: what it is meant for, such as "cutlery", "pans", "crockery", "dry goods", "cooking"; empty is anything.
    """

    name: str
    kind: Carrier
    poses: NDArray[np.float64]
    size: NDArray[np.float64]
    headroom: float = np.inf
    wall: bool = False
    topic: str = ""
