"""Things in their rest poses, and supports that are filled with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from math import cos, sin

import numpy as np
from numpy.typing import NDArray

from buildee.layout.catalog_entry import Entry
from buildee.layout.kinematics import bounds_of
from buildee.layout.pieces import pose_at
from buildee.layout.placement import Footprint, Plan
from buildee.layout.resting import STANDING, Support
from buildee.layout.scene import Pose


@dataclass(frozen=True, eq=False)
class Thing:
    """An asset in one of its rest poses, seen as what it takes of a support.

    Attributes:
        id: of the asset.
        rest: name of the rest pose.
        pose: `ground_from_asset` (4, 4), shifted: the middle of its footprint is over the origin.
        size: (3,) of its bounds in that pose, metres.
    """

    id: str
    rest: str
    pose: Pose
    size: NDArray[np.float64]


def thing(entry: Entry, rest: str = STANDING) -> Thing:
    """Returns an asset in a rest pose.

    Raises:
        KeyError: the asset has no such rest pose.
    """
    low, high = bounds(entry, entry.rests[rest])
    pose = entry.rests[rest].copy()  # the catalog's rests lie on the ground; a turned box's corner reaches below it
    pose[:2, 3] -= (low + high)[:2] / 2
    low[2] = 0.0
    size = high - low
    size[:2] = np.maximum(size[:2], _proxy_size(entry, pose))
    return Thing(entry.id, rest, pose, size)


def _proxy_size(entry: Entry, pose: Pose) -> NDArray[np.float64]:
    """Returns (2,) twice how far an asset's proxies reach in plan, metres: those of round things have corners."""
    world, reach = {"": pose}, np.zeros(2)
    for part in entry.parts:
        world[part.name] = world[part.parent] @ part.rest
        if part.proxy is not None:
            corners = bounds_of(world[part.name] @ part.proxy.poses, part.proxy.half)
            reach = np.maximum(reach, np.abs(np.stack(corners)[..., :2]).reshape(-1, 2).max(0))
    return 2 * reach


def bounds(entry: Entry, pose: Pose) -> NDArray[np.float64]:
    """Returns (2, 3) lowest and highest corner of an asset at a pose, its joints at zero, metres."""
    world: dict[str, Pose] = {"": pose}
    corners = []
    for part in entry.parts:
        world[part.name] = world[part.parent] @ part.rest
        box = np.stack(np.meshgrid(*part.bounds.T, indexing="ij"), -1).reshape(-1, 3)
        if part.triangles:
            corners.append(box @ world[part.name][:3, :3].T + world[part.name][:3, 3])
    every = np.concatenate(corners)
    return np.stack([every.min(0), every.max(0)])


WALL = 0.022
"""What things keep from a wall behind them, metres: sockets and upstands stand out as far."""


class Tray:
    """A support that is being filled: things are tried on it, and kept where they find room.

    Args:
        support: what carries.
        margin: that things keep from its edges, metres.
    """

    def __init__(self, support: Support, margin: float = 0.01) -> None:
        self.support = support
        behind = WALL if support.wall else margin
        size = np.maximum(support.size - (2 * margin, margin + behind), 0.0)
        self._zone = Footprint(0.0, (margin - behind) / 2, 0.0, *size.tolist())
        self._plan = Plan()
        self._middle, self._half = 0.0, support.size / 2

    @property
    def half(self) -> NDArray[np.float64]:
        """(2,) half the size of what is being filled, metres."""
        return self._half

    def stretch(self, low: float, high: float) -> Tray:
        """Returns what lies between two places along X as a tray whose middle is there; both know what is taken."""
        left, right = self._zone.x - self._zone.length / 2, self._zone.x + self._zone.length / 2
        x0, x1 = max(low, left), min(high, right)
        part = copy(self)
        part._zone = Footprint((x0 + x1) / 2, self._zone.y, 0.0, max(x1 - x0, 0.0), self._zone.width)
        part._middle, part._half = (x0 + x1) / 2, np.array([max(x1 - x0, 0.0) / 2, self._half[1]])
        return part

    @property
    def middle(self) -> float:
        """X of its middle in the support's frame, metres."""
        return self._middle

    def take(self, spot: Footprint, name: str) -> bool:
        """Keeps a rectangle of the support, in its frame, for something if it is free; returns whether it was."""
        free = spot.overhang(self._zone) < 1e-9 and self._plan.is_free(spot)
        if free:
            self._plan.keep(name, spot)
        return free

    def keep_free(self, x: float, y: float, length: float, width: float) -> None:
        """Keeps a rectangle of the support free, in its frame, metres."""
        self._plan.keep("free", Footprint(x, y, 0.0, length, width))

    def stand(
        self,
        what: Thing,
        rng: np.random.Generator,
        place: Spot,
        yaw: tuple[float, float] = (0.0, 0.0),
        height: float = 0.0,
        gap: float = 0.006,
    ) -> NDArray[np.float64] | None:
        """Finds room for a thing.

        Args:
            what: the thing.
            rng: draws places.
            place: where it likes to be.
            yaw: mean and standard deviation of its turn, radians; 0 turns its +X to the support's -Y, to the user.
            height: how much more headroom it needs than its own height, metres.
            gap: to everything else, metres.

        Returns:
            `support_from_asset` (4, 4), or None when there is no room.
        """
        if what.size[2] + height > self.support.headroom:
            return None
        half, size = self._half.tolist(), what.size.tolist()  # plain numbers are much faster one at a time
        for _ in range(TRIES):
            turn = yaw[0] + yaw[1] * rng.standard_normal() - np.pi / 2
            c, s = abs(cos(turn)), abs(sin(turn))
            x, y = place(rng, half, (c * size[0] + s * size[1], s * size[0] + c * size[1], size[2]))
            x += self._middle
            spot = Footprint(x, y, turn, size[0], size[1])
            if spot.overhang(self._zone) < 1e-9 and self._plan.is_free(spot, gap):
                self._plan.keep(what.id, spot)
                return pose_at(x, y, 0.0, turn) @ what.pose
        return None


Spot = Callable[[np.random.Generator, Sequence[float], Sequence[float]], tuple[float, float]]
"""Draws x and y of a thing on a support: takes rng, half the support's two sides, and the thing's extents along the
support's X, Y and Z, metres."""

TRIES = 32
"""So many places are tried for each thing."""

FOREMOST = 0.16
"""Things deeper than this stand right at the wall, not before others, metres."""

NUDGE = 0.012
"""How much farther aside each of them may be than the one before, metres."""


def anywhere(rng: np.random.Generator, half: Sequence[float], size: Sequence[float]) -> tuple[float, float]:
    """Draws a place anywhere on a support that may hold the thing."""
    return tuple(rng.uniform(-1, 1) * max(side - extent / 2, 0.0) for side, extent in zip(half, size[:2], strict=True))


def at_back(rng: np.random.Generator, half: Sequence[float], size: Sequence[float]) -> tuple[float, float]:
    """Draws a place along the far edge, as things stand that are needed now and then."""
    x = rng.uniform(-1, 1) * max(half[0] - size[0] / 2, 0.0)
    return x, half[1] - size[1] / 2 - WALL - abs(rng.normal(0.0, 0.008))


def huddled(x: float, back: float = 1.0) -> Spot:
    """Returns draws of places as near a point of the far edge as others leave room: side by side, or just before these.

    Args:
        x: the point, from the support's middle, metres.
        back: where that edge is thought to be: 1 at the support's own, 0 in its middle.
    """
    asked = 0

    def draw(rng: np.random.Generator, half: Sequence[float], size: Sequence[float]) -> tuple[float, float]:
        nonlocal asked
        asked += 1
        aside = max(half[0] - size[0] / 2, 0.0)
        second = size[1] < FOREMOST and rng.random() < 0.35
        ahead = rng.uniform(0.05, 0.16) if second else abs(rng.normal(0.0, 0.006))
        near = x + rng.uniform(-1, 1) * NUDGE * asked
        return min(max(near, -aside), aside), back * half[1] - (WALL + size[1] / 2) * min(back + 0.2, 1.0) - ahead

    return draw


def in_front(rng: np.random.Generator, half: Sequence[float], size: Sequence[float]) -> tuple[float, float]:
    """Draws a place in the nearer half, where one works."""
    return rng.uniform(-half[0], half[0]), rng.uniform(-half[1], 0.2 * half[1])


def near(x: float, y: float, spread: float) -> Spot:
    """Returns a draw of places around a point of the support, `spread` metres in standard deviation."""

    def draw(rng: np.random.Generator, half: Sequence[float], size: Sequence[float]) -> tuple[float, float]:
        return x + spread * rng.standard_normal(), y + spread * rng.standard_normal()

    return draw
