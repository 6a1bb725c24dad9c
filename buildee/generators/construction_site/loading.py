"""A wheel loader's working place: a heap, a place where it tips, and the turn between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import cos, sin

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.spoil import LOADER_BUCKET, carried
from buildee.generators.construction_site.terrain import Heap
from buildee.layout.linkage_loader import HALF_BASE, TRACK, Drive, drive, loader_arm, loader_values
from buildee.layout.material import Material
from buildee.layout.motion import cycle, grounded
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Model

BACK, AHEAD = 3.8, 2.9
"""How far a loader reverses from the heap and drives ahead to tip, metres."""

ARTICULATION = np.deg2rad(36.0)

PERIOD = 26.0
"""Seconds from bite to bite: short cycles take 25 to 40."""

REACH = 3.55
"""From the hitch to the foot of the heap when the bucket bites, metres."""

HEAP, MOUND = 1.9, 1.1
"""Radii of the heap and of what was tipped, metres."""

KEYS = (
    (0.0, {"way": 0.0, "height": 0.47, "attack": 0.05}),
    (2.2, {"way": 0.1, "height": 0.80, "attack": 0.85}),
    (7.2, {"way": BACK, "height": 1.05, "attack": 0.80}),
    (11.6, {"way": BACK + AHEAD, "height": 2.75, "attack": 0.75}),
    (13.6, {"way": BACK + AHEAD, "height": 2.85, "attack": -0.78}),
    (15.2, {"way": BACK + AHEAD - 0.3, "height": 2.85, "attack": -0.20}),
    (19.4, {"way": BACK, "height": 0.75, "attack": 0.10}),
    (24.2, {"way": 0.7, "height": 0.47, "attack": 0.0}),
)
"""Bite, tilt back, reverse, drive to the mound, lift, tip, reverse, come back: metres of way and of the bucket's pin
above the ground, radians of its floor."""

FULL = (0.9, 12.6)
"""From when until when the bucket carries, seconds."""

_WHEELS = [(x, sign * TRACK / 2) for x in (-HALF_BASE, HALF_BASE) for sign in (1, -1)]


@dataclass(frozen=True)
class Yard:
    """Where a loader works.

    Attributes:
        x, y, yaw: where the hitch is and where the machine heads when it bites, metres and radians.
        side: +1 when it tips to the right of the heap as the driver sees it, -1 to the left, 0 when it is parked.
        material: of the heap.
    """

    x: float
    y: float
    yaw: float
    side: int
    material: Material

    def world(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Returns (..., 2) points in the world of points in the loader's first frame, as `drive` has them."""
        cosine, sine = np.cos(self.yaw), np.sin(self.yaw)
        return np.array([self.x, self.y]) + points @ np.array([[cosine, sine], [-sine, cosine]])

    @property
    def taken(self) -> Iterator[Footprint]:
        """The rectangles in which nothing else may stand: the machine on its way, and under the heaps."""
        cosine, sine = cos(self.yaw), sin(self.yaw)
        for item in _needs(self.side):
            x, y = self.x + item.x * cosine - item.y * sine, self.y + item.x * sine + item.y * cosine
            yield Footprint(x, y, item.yaw + self.yaw, item.length, item.width)

    def heaps(self, number: int) -> list[Heap]:
        """Returns the heap and the mound."""
        if not self.side:
            return []
        heap, mound = self.world(np.array([_heap_at(), _mound_at(self.side)])).tolist()
        return [
            Heap(f"stockpile.loader_{number}", *heap, HEAP, 1.25, self.yaw + np.pi / 2, self.material),
            Heap(f"stockpile.tipped_{number}", *mound, MOUND, 1.2, self.yaw, self.material),
        ]


@cache
def turn(side: int) -> Drive:
    """Returns the loader's way from the heap to where it tips, in steps of some centimetres."""
    share = np.linspace(0, 1, 121)
    swing = np.clip(np.minimum(share, 1 - share) / 0.3, 0, 1)
    swing = ARTICULATION * swing * swing * (3 - 2 * swing)
    travelled = np.concatenate([-BACK * share, -BACK + AHEAD * share[1:]])
    return drive(travelled, side * np.concatenate([swing, -swing[1:]]))


def _heap_at() -> tuple[float, float]:
    return REACH + HEAP, 0.0


def _mound_at(side: int) -> NDArray[np.float64]:
    """Returns where the bucket tips: below its edge."""
    way = turn(side)
    ahead = np.array([np.cos(way.heading[-1]), np.sin(way.heading[-1])])
    return way.points[-1] + 4.1 * ahead


@cache
def _needs(side: int) -> tuple[Footprint, ...]:
    """Returns the rectangles that machine and heaps need, in the loader's first frame."""
    if not side:
        return (Footprint(0.35, 0.0, 0.0, 8.5, 3.2),)
    way = turn(side)
    needs = []
    for at in np.linspace(0, len(way.points) - 1, 9).astype(int):
        # Rear frame with its wheels, front frame with its bucket, from the tail over the hitch to the edge.
        front = way.heading[at] + way.steer[at]
        for angle, tail, tip, width in ((way.heading[at], -3.8, 0.3, 2.9), (front, 0.3, 4.5, 3.1)):
            x, y = way.points[at] + (tail + tip) / 2 * np.array([np.cos(angle), np.sin(angle)])
            needs.append(Footprint(float(x), float(y), float(angle), tip - tail, width))
    (x, y), (u, v) = _heap_at(), _mound_at(side)
    needs.append(Footprint(x, y, np.pi / 2, 2.2 * HEAP * 1.25, 2.2 * HEAP))
    needs.append(Footprint(float(u), float(v), 0.0, 2.2 * MOUND * 1.2, 2.2 * MOUND))
    return tuple(needs[::-1])  # the heaps first, which fit worst


def loading(
    model: Model, name: str, yard: Yard, ground: Ground, time: NDArray[np.float64], rng: np.random.Generator
) -> Assembly:
    """Returns a loader somewhere in its cycle, with what its bucket carries; or parked, its bucket on the ground."""
    if not yard.side:
        pose = grounded(np.array([[yard.x, yard.y]]), np.array([yard.yaw]), _WHEELS, ground.height)
        joints = loader_values(0.0, *loader_arm(0.44, 0.0), rng.uniform(0, 6, 4))
        return Assembly(model.shapes, (model.placed(name, pose, joints),))
    phase = (time + rng.uniform(0, PERIOD)) % PERIOD
    values = cycle(KEYS, PERIOD, phase)
    way = turn(yard.side)
    stations = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(way.travelled)))])

    def at(column: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.interp(values["way"], stations, column)

    points = yard.world(np.stack([at(way.points[:, axis]) for axis in (0, 1)], -1))
    heading = at(way.heading) + yard.yaw
    poses = grounded(points, heading, _WHEELS, ground.height)
    rolled = np.stack([at(column) for column in way.rolled.T], -1)
    joints = loader_values(at(way.steer), *loader_arm(values["height"], values["attack"]), rolled)
    machine = model.placed(name, poses, joints)
    load = carried(machine, LOADER_BUCKET, 0.30, phase, FULL, yard.material, rng)
    return Assembly.merged([Assembly(model.shapes, (machine,)), load])
