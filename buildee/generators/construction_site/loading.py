"""A wheel loader's working place: a heap, a place where it tips, and the turn between them."""

from __future__ import annotations

from dataclasses import dataclass

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

BACK, AHEAD = 4.2, 3.2
"""How far a loader reverses from the heap and drives ahead to tip, metres."""

ARTICULATION = np.deg2rad(36.0)

PERIOD = 26.0
"""Seconds from bite to bite: short cycles take 25 to 40."""

REACH = 3.55
"""From the hitch to the foot of the heap when the bucket bites, metres."""

HEAP, MOUND = 2.1, 1.2
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


@dataclass(frozen=True)
class Yard:
    """Where a loader works.

    Attributes:
        place: the rectangle it needs; the heap lies at its far end.
        side: +1 when it tips to the right of the heap as the driver sees it, -1 to the left.
        material: of the heap.
    """

    place: Footprint
    side: int
    material: Material

    def world(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Returns (..., 2) points in the world of points in the loader's first frame, as `drive` has them."""
        low, high = extent(self.side)
        return np.array([self.place.x, self.place.y]) + (points - (low + high) / 2) @ self.place.axes

    @property
    def taken(self) -> list[Footprint]:
        """The rectangles in which nothing else may stand: along each leg of the way, and under the heaps."""
        way = turn(self.side)
        taken = [heap.footprint for heap in self.heaps(0)]
        for points, heading in zip(_swept(self.side), (0.0, way.heading[-1]), strict=True):
            axes = np.array([[np.cos(heading), np.sin(heading)], [-np.sin(heading), np.cos(heading)]])
            local = points @ axes.T
            low, high = local.min(0), local.max(0)
            x, y = self.world((low + high) / 2 @ axes)
            taken.append(Footprint(float(x), float(y), self.place.yaw + float(heading), *map(float, high - low)))
        return taken

    def heaps(self, number: int) -> list[Heap]:
        """Returns the heap and the mound."""
        yaw = self.place.yaw
        heap, mound = self.world(np.array([_heap_at(), _mound_at(self.side)]))
        return [
            Heap(f"stockpile.loader_{number}", *heap, HEAP, 1.25, yaw + np.pi / 2, self.material),
            Heap(f"stockpile.tipped_{number}", *mound, MOUND, 1.2, yaw, self.material),
        ]


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


def _swept(side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the points that the machine's corners pass, in its first frame: (N, 2) on each leg of its way."""
    way = turn(side)
    ends = [
        (np.stack([np.cos(angle), np.sin(angle)], -1), reach, half)
        for angle, reach, half in ((way.heading, -3.75, 1.05), (way.heading + way.steer, 4.45, 1.45))
    ]
    corners = [
        way.points + reach * ahead + sign * half * np.stack([-ahead[:, 1], ahead[:, 0]], -1)
        for ahead, reach, half in ends
        for sign in (-1, 1)
    ]
    count = len(way.points) // 2 + 1
    return np.concatenate([item[:count] for item in corners]), np.concatenate([item[count - 1 :] for item in corners])


def extent(side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the lowest and highest corner of what machine and heaps need, in the loader's first frame, metres."""
    points = [*_swept(side), *(np.array([_mound_at(side)]) + reach for reach in (-MOUND, MOUND))]
    points.append(np.array([[REACH + 2 * HEAP, 0.0], [REACH + HEAP, 1.25 * HEAP], [REACH + HEAP, -1.25 * HEAP]]))
    swept = np.concatenate(points)
    return swept.min(0), swept.max(0)


def loading(
    model: Model, name: str, yard: Yard, ground: Ground, time: NDArray[np.float64], rng: np.random.Generator
) -> Assembly:
    """Returns a loader somewhere in its cycle, with what its bucket carries."""
    phase = (time + rng.uniform(0, PERIOD)) % PERIOD
    values = cycle(KEYS, PERIOD, phase)
    way = turn(yard.side)
    stations = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(way.travelled)))])

    def at(column: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.interp(values["way"], stations, column)

    points = yard.world(np.stack([at(way.points[:, axis]) for axis in (0, 1)], -1))
    heading = at(way.heading) + yard.place.yaw
    wheels = [(x, sign * TRACK / 2) for x in (-HALF_BASE, HALF_BASE) for sign in (1, -1)]
    poses = grounded(points, heading, wheels, ground.height)
    rolled = np.stack([at(column) for column in way.rolled.T], -1)
    joints = loader_values(at(way.steer), *loader_arm(values["height"], values["attack"]), rolled)
    machine = model.placed(name, poses, joints)
    load = carried(machine, LOADER_BUCKET, 0.30, phase, FULL, yard.material, rng)
    return Assembly.merged([Assembly(model.shapes, (machine,)), load])
