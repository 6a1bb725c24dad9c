"""Where things may stand: oriented rectangles on the ground, and the boxes that things are in collision tests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import cos, floor, hypot, sin
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import PlacementError
from buildee.layout.kinematics import first_poses
from buildee.layout.scene import Instance, Pose


@dataclass(frozen=True)
class Footprint:
    """An oriented rectangle on the ground.

    Attributes:
        x, y: its middle, metres.
        yaw: direction of its length, radians counter-clockwise from +X.
        length, width: full extents along and across the direction, metres.
    """

    x: float
    y: float
    yaw: float
    length: float
    width: float

    @staticmethod
    def of(*numbers: float) -> Footprint:
        """Returns the rectangle of x, y, yaw, length and width as Python's own numbers: numpy's scalars are slow."""
        return Footprint(*map(float, numbers))

    @cached_property
    def radius(self) -> float:
        """Half the diagonal, metres."""
        return hypot(self.length, self.width) / 2

    @cached_property
    def direction(self) -> tuple[float, float]:
        """Cosine and sine of the yaw."""
        return cos(self.yaw), sin(self.yaw)

    @cached_property
    def axes(self) -> NDArray[np.float64]:
        """(2, 2): unit vectors along the length and across it."""
        cosine, sine = self.direction
        return np.array([[cosine, sine], [-sine, cosine]])

    @cached_property
    def corners(self) -> NDArray[np.float64]:
        """(4, 2) metres, counter-clockwise."""
        return np.array([self.point(*shares) for shares in ((-1, -1), (1, -1), (1, 1), (-1, 1))])

    def point(self, along: float, across: float) -> tuple[float, float]:
        """Returns x and y of the point given by shares of the half extents, -1 to 1, metres."""
        cosine, sine = self.direction
        u, v = along * self.length / 2, across * self.width / 2
        return self.x + u * cosine - v * sine, self.y + u * sine + v * cosine

    def points(self, shares: ArrayLike) -> NDArray[np.float64]:
        """Returns (N, 2) metres of points given as shares of the half extents, -1 to 1."""
        half = np.array([self.length, self.width]) / 2
        return np.array([self.x, self.y]) + (np.asarray(shares, np.float64) * half) @ self.axes

    def grown(self, margin: float) -> Footprint:
        """Returns the rectangle with `margin` metres added on every side."""
        return Footprint(self.x, self.y, self.yaw, self.length + 2 * margin, self.width + 2 * margin)

    def local(self, points: ArrayLike) -> NDArray[np.float64]:
        """Returns (..., 2) points in the rectangle's frame, metres."""
        return np.stack(self._local(np.asarray(points, np.float64)), -1)

    def distance(self, points: ArrayLike) -> NDArray[np.float64]:
        """Returns the signed distance of (..., 2) points from the border, negative inside, metres."""
        along, across = self._local(np.asarray(points, np.float64))
        ahead, aside = np.abs(along) - self.length / 2, np.abs(across) - self.width / 2
        inside = np.minimum(np.maximum(ahead, aside), 0)
        return np.sqrt(np.maximum(ahead, 0) ** 2 + np.maximum(aside, 0) ** 2) + inside

    def overhang(self, zone: Footprint) -> float:
        """Returns how far the rectangle reaches beyond a zone, metres; negative when it lies inside."""
        (cosine, sine), c, s = zone.direction, cos(self.yaw), sin(self.yaw)  # cheaper than to keep its own
        x, y = self.x - zone.x, self.y - zone.y
        straight, turned = abs(c * cosine + s * sine), abs(s * cosine - c * sine)
        half_u, half_v = self.length / 2, self.width / 2
        return max(
            abs(x * cosine + y * sine) + (half_u * straight + half_v * turned) - zone.length / 2,
            abs(y * cosine - x * sine) + (half_u * turned + half_v * straight) - zone.width / 2,
        )

    def separation(self, other: Footprint) -> float:
        """Returns the widest gap to another rectangle along a separating axis, metres.

        Negative where they overlap, by how much. Where positive, the true distance is at least this.
        """
        (cosine, sine), (c, s) = self.direction, other.direction
        x, y = other.x - self.x, other.y - self.y
        straight, turned = abs(c * cosine + s * sine), abs(s * cosine - c * sine)
        half_u, half_v, half_a, half_b = self.length / 2, self.width / 2, other.length / 2, other.width / 2
        return max(
            abs(x * cosine + y * sine) - (half_a * straight + half_b * turned) - half_u,
            abs(y * cosine - x * sine) - (half_a * turned + half_b * straight) - half_v,
            abs(x * c + y * s) - (half_u * straight + half_v * turned) - half_a,
            abs(y * c - x * s) - (half_u * turned + half_v * straight) - half_b,
        )

    def is_near(self, other: Footprint, clearance: float) -> bool:
        """Returns whether another rectangle is closer than `clearance` metres, as far as `separation` tells."""
        apart = hypot(other.x - self.x, other.y - self.y) - self.radius - other.radius
        return apart < clearance and self.separation(other) < clearance

    def _local(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Returns (...) along and across of (..., 2) points in the rectangle's frame, metres."""
        cosine, sine = self.direction
        x, y = points[..., 0] - self.x, points[..., 1] - self.y
        return x * cosine + y * sine, y * cosine - x * sine


@dataclass
class Plan:
    """What is taken already. Things are tried in it and kept, or refused with a message that helps.

    Attributes:
        taken: name and rectangle of everything placed; added to by `keep`, taken from by `clear`.
    """

    taken: list[tuple[str, Footprint]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._near: dict[tuple[int, int], list[Footprint]] = {}  # what may reach into each cell of a grid
        for _, footprint in self.taken:
            self._enter(footprint)

    def keep(self, name: str, footprint: Footprint) -> Footprint:
        """Marks a rectangle as taken without a test; returns it."""
        self.taken.append((name, footprint))
        self._enter(footprint)
        return footprint

    def clear(self, names: Collection[str]) -> None:
        """Gives free again what has one of some names."""
        self.taken = [(name, footprint) for name, footprint in self.taken if name not in names]
        self.__post_init__()

    def _enter(self, footprint: Footprint) -> None:
        plain = Footprint.of(footprint.x, footprint.y, footprint.yaw, footprint.length, footprint.width)
        for cell in _cells(plain.x, plain.y, plain.radius):
            self._near.setdefault(cell, []).append(plain)

    def is_free(self, footprint: Footprint, clearance: float = 0.0) -> bool:
        """Returns whether nothing that is kept lies closer to a rectangle than `clearance` metres."""
        x, y, reach = footprint.x, footprint.y, hypot(footprint.length, footprint.width) / 2 + clearance
        for cell in _cells(x, y, reach):
            for other in self._near.get(cell, ()):  # `Footprint.is_near`, spelled out: it is asked ever so often
                along, across, apart = other.x - x, other.y - y, other.radius + reach
                if along * along + across * across < apart * apart and footprint.separation(other) < clearance:
                    return False
        return True

    def fit(
        self,
        name: str,
        size: tuple[float, float],
        candidate: Callable[[], tuple[float, float, float]],
        advice: str,
        zone: Footprint | None = None,
        clearance: float = 0.3,
        attempts: int = 120,
        otherwise: Sequence[Callable[[], tuple[float, float, float]]] = (),
    ) -> Footprint:
        """Tries candidates until one is free, and keeps it.

        Args:
            name: what is placed, for messages.
            size: length and width, metres.
            candidate: draws x, y, yaw.
            advice: which field to change when nothing fits.
            zone: the rectangle that must hold the whole footprint; None for no limit.
            clearance: metres to everything taken.
            attempts: how many candidates.
            otherwise: what draws as many more candidates each, one after the other, when those found no room.

        Raises:
            PlacementError: when no candidate fits; names the thing, the attempts and the advice.
        """
        draws = (candidate, *otherwise)
        for draw in draws:
            for _ in range(attempts):
                footprint = Footprint.of(*draw(), *size)
                if zone is not None and footprint.overhang(zone) > 1e-9:
                    continue
                if self.is_free(footprint, clearance):
                    return self.keep(name, footprint)
        raise PlacementError(
            f"no room for {name} ({size[0]:.1f} x {size[1]:.1f} m, {clearance:.1f} m clear) "
            f"after {attempts * len(draws)} attempts: {advice}"
        )


CELL = 5.0
"""Side of the cells by which a plan finds what is near, metres."""


def _cells(x: float, y: float, reach: float) -> Iterator[tuple[int, int]]:
    """Returns the cells around a point that lie within so many metres."""
    columns = range(floor((x - reach) / CELL), floor((x + reach) / CELL) + 1)
    return product(columns, range(floor((y - reach) / CELL), floor((y + reach) / CELL) + 1))


def pose_on(point: ArrayLike, yaw: float, normal: ArrayLike = (0.0, 0.0, 1.0)) -> Pose:
    """Returns `world_from_thing` for a thing that stands at a point, turned by `yaw`, upright on a surface.

    Args:
        point: (3,) metres.
        yaw: heading of +X, radians counter-clockwise, before the tilt.
        normal: (3,) unit normal that +Z takes; +X stays in the vertical plane of the heading.
    """
    x, y, z = map(float, normal)
    cosine, sine = cos(yaw), sin(yaw)
    climb = -(cosine * x + sine * y) / z
    length = hypot(cosine, sine, climb)
    a, b, c = cosine / length, sine / length, climb / length
    side = (y * c - z * b, z * a - x * c, x * b - y * a)
    length = hypot(*side)
    p, q, r = (value / length for value in side)
    east, north, top = map(float, point)
    return np.array(
        [
            [a, p, b * r - c * q, east],
            [b, q, c * p - a * r, north],
            [c, r, a * q - b * p, top],
            [0.0, 0.0, 0.0, 1.0],
        ]
    )


class Boxes(NamedTuple):
    """The proxies of things in their first frame.

    Attributes:
        poses: (B, 4, 4) `world_from_box`.
        half: (B, 3) half extents, metres.
        owner: (B,) which thing each belongs to, rising.
    """

    poses: NDArray[np.float64]
    half: NDArray[np.float64]
    owner: NDArray[np.int64]


def boxes_of(instance: Instance) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the proxies of an instance in its first frame: poses (B, 4, 4) and half extents (B, 3)."""
    return all_boxes([instance])[:2]


def all_boxes(instances: Sequence[Instance]) -> Boxes:
    """Returns the proxies of many things, much faster than one by one."""
    parts = [(number, part.proxy) for number, item in enumerate(instances) for part in item.parts]
    rows = [row for row, (_, proxy) in enumerate(parts) if proxy is not None]
    if not rows:
        return Boxes(np.zeros((0, 4, 4)), np.zeros((0, 3)), np.zeros(0, np.int64))
    owners, proxies = zip(*(parts[row] for row in rows), strict=True)
    sizes = [len(proxy.half) for proxy in proxies]
    poses = np.repeat(first_poses(instances)[rows], sizes, axis=0) @ np.concatenate([proxy.poses for proxy in proxies])
    return Boxes(poses, np.concatenate([proxy.half for proxy in proxies]), np.repeat(owners, sizes))
