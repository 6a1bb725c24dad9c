"""Round things in a heap: each comes to lie where no small way leads further down.

A thing is seen as a few balls, what it lies in as points. So the height at which it comes to rest over a place is a
formula, and a search finds the lowest place; the collision proxies have the last word.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from buildee.layout.contact import overlap_depth
from buildee.layout.kinematics import rotation, translation
from buildee.layout.scene import Pose

Array = NDArray[np.float64]

GRID = 0.016
"""Points no farther apart than this stand for the face of a box, metres."""

ROUNDS = ((40, 1.0), (24, 0.25), (20, 0.08), (16, 0.025))
"""Places that are tried, and how far from the best one so far, in reaches of the heap."""

DEEP, GAP = 5e-4, 4e-3
"""How deep proxies may come into each other, and how far below the one is that holds it, metres."""

HOLD = 0.5
"""Share of that way by which a thing that sank would come deeper into what holds it: sides are no hold."""

STEP, STEPS = 1e-3, 8
"""By how much, and how often, a thing is raised or lowered until its proxies agree, metres."""


@dataclass(frozen=True, eq=False)
class Pebble:
    """A round thing.

    Attributes:
        middle: (3,) of its bounds, in its own frame, metres.
        balls: (K, 3) middles of its balls from there, metres.
        radius: of the balls, metres.
        poses, half: its proxy, in its own frame.
    """

    middle: Array
    balls: Array
    radius: float
    poses: Array
    half: Array

    @staticmethod
    def of(bounds: Array, poses: Array, half: Array) -> Pebble:
        """Returns a thing of (2, 3) `bounds` whose longest side is straight."""
        size = bounds[1] - bounds[0]
        axis = int(np.argmax(size))
        radius = float(np.delete(size, axis).mean()) / 2
        reach = max(float(size[axis]) / 2 - radius, 0.0)
        balls = np.zeros((1 if reach < 0.15 * radius else 2 if reach < 1.2 * radius else 3, 3))
        balls[:, axis] = np.linspace(-reach, reach, len(balls)) if len(balls) > 1 else 0.0
        return Pebble(bounds.mean(0), balls, radius, poses, half)


@dataclass(eq=False)
class Heap:
    """A heap that grows, in the frame of the level place that it lies on.

    Attributes:
        middle: (2,) of the heap, metres.
        reach: how far from it things may lie, metres.
        poses, half: proxies of what it lies on and of all that lies in it.
    """

    middle: Array
    reach: float
    poses: Array
    half: Array
    _balls: list[Array] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._balls.append(_points(self.poses, self.half))

    def add(self, what: Pebble, rng: np.random.Generator) -> Pose | None:
        """Returns `place_from_thing` of a thing that came to lie here, or None where it found no hold."""
        turn = _any_turn(rng) if len(what.balls) == 1 else rotation((0.0, 0.0, 1.0), rng.uniform(0, 2 * np.pi))
        if len(what.balls) > 1:
            axis = int(np.argmax(np.ptp(what.balls, axis=0)))
            turn = turn @ _LAID[axis] @ rotation(np.eye(3)[axis], rng.uniform(0, 2 * np.pi))
        obstacles = np.concatenate(self._balls)
        best, low = self.middle, np.inf
        for count, share in ROUNDS:
            angle, far = rng.uniform(0, 2 * np.pi, count), self.reach * share * np.sqrt(rng.random(count))
            spots = best + np.column_stack([far * np.cos(angle), far * np.sin(angle)])
            away = spots - self.middle
            spots = self.middle + away * np.minimum(1.0, self.reach / np.maximum(np.hypot(*away.T), 1e-9))[:, None]
            heights = _heights(spots, what.balls @ turn[:3, :3].T, what.radius, obstacles)
            if heights.min() < low:
                low, best = float(heights.min()), spots[int(np.argmin(heights))]
        if np.isinf(low):
            return None
        pose = translation((*best, low)) @ turn @ translation(-what.middle)
        return self._held(what, pose)

    def _held(self, what: Pebble, pose: Pose) -> Pose | None:
        """Keeps a thing whose proxies touch the heap; returns its pose."""
        for _ in range(STEPS):
            own = pose @ what.poses
            one, two = (index.ravel() for index in np.indices((len(own), len(self.half))))
            apart = np.linalg.norm(own[one, :3, 3] - self.poses[two, :3, 3], axis=1)
            near = apart < np.linalg.norm(what.half[one], axis=1) + np.linalg.norm(self.half[two], axis=1) + GAP
            depth = overlap_depth(own[one[near]], what.half[one[near]], self.poses[two[near]], self.half[two[near]])
            sunk = translation((0.0, 0.0, -GAP)) @ own[one[near]]
            below = overlap_depth(sunk, what.half[one[near]], self.poses[two[near]], self.half[two[near]])
            held = bool(((below > 0) & (below > depth + HOLD * GAP)).any())
            deepest = float(depth.max(initial=-np.inf))
            if held and deepest <= DEEP:
                balls = np.column_stack([(what.middle + what.balls) @ pose[:3, :3].T + pose[:3, 3], _radii(what)])
                self._balls.append(balls)
                self.poses, self.half = np.concatenate([self.poses, own]), np.concatenate([self.half, what.half])
                return pose
            pose = translation((0.0, 0.0, STEP if deepest > DEEP else -STEP)) @ pose
        return None


_LAID = (np.eye(4), np.eye(4), rotation((0.0, 1.0, 0.0), np.pi / 2))
"""Turns that lay a long axis X, Y or Z level."""


def _radii(what: Pebble) -> Array:
    return np.full(len(what.balls), what.radius)


def _heights(spots: Array, balls: Array, radius: float, obstacles: Array) -> Array:
    """Returns (C,) at which height the middle of a thing comes to rest over (C, 2) spots."""
    across = spots[:, None] + balls[:, :2]
    apart = ((across[:, :, None] - obstacles[:, :2]) ** 2).sum(-1)
    room = (radius + obstacles[:, 3]) ** 2 - apart
    over = np.where(room > 0, obstacles[:, 2] + np.sqrt(np.maximum(room, 0.0)), -np.inf)
    return (over.max(-1) - balls[:, 2]).max(-1)


def _points(poses: Array, half: Array) -> Array:
    """Returns (M, 4) points, balls of no size, on the faces of boxes that look up or to the middle of all of them."""
    middle = poses[:, :3, 3].mean(0)
    found = []
    for pose, size in zip(poses, half, strict=True):
        axis = int(np.argmin(size))
        normal = pose[:3, axis]
        inward = np.array([*(middle - pose[:3, 3])[:2], 0.05])
        sides = [np.linspace(-reach, reach, int(2 * reach / GRID) + 2) for reach in size]
        sides[axis] = size[axis : axis + 1] * (1.0 if normal @ inward >= 0 else -1.0)
        local = np.stack(np.meshgrid(*sides, indexing="ij"), -1).reshape(-1, 3)
        found.append(local @ pose[:3, :3].T + pose[:3, 3])
    points = np.concatenate(found)
    return np.column_stack([points, np.zeros(len(points))])


def _any_turn(rng: np.random.Generator) -> Pose:
    """Draws a turn: the stem leans any way, mostly up."""
    lean = rotation((1.0, 0.0, 0.0), rng.normal(0.0, 0.9))
    return rotation((0.0, 0.0, 1.0), rng.uniform(0, 2 * np.pi)) @ lean @ rotation((0.0, 0.0, 1.0), rng.uniform(0, 6.3))
