"""What is open, and what opens or closes during a clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.layout.contact import overlap_depth
from buildee.layout.kinematics import bounds_of, carried, part_poses
from buildee.layout.scene import Instance, Part
from buildee.recipe.seed import Seed

SHUTS = ("door", "drawer", "flap", "lid")
"""What names of parts begin with that open and close by hand; racks and crispers lie behind doors."""

TOUCH = 5e-4
"""Overlap of proxies that does not count, metres."""

AJAR = (0.25, 0.6)
"""Share of its travel by which a drawer is left open."""

INNER = ("inner", "rack", "tray", "crisper", "freezer")
"""How names begin of what slides out behind doors."""

MORE = 0.2
"""Chance that of a thing with something open another part is open, and that what slides behind its doors is out."""

OUT = (0.15, 0.7)
"""Share of its travel by which a rack is left out."""

WAY = 25
"""So many places of a part's way are looked at, the first of them shut."""


def opened(
    furniture: Sequence[Instance],
    others: Sequence[Instance],
    share: float,
    events: int,
    time: NDArray[np.float64],
    seed: Seed,
) -> list[Instance]:
    """Opens some doors, drawers and flaps, a few of them while the clip runs.

    A thing mostly has one of its parts open, now and then several or a rack behind its door, and only as far as nothing
    is in the way. What stands open was left so by somebody who comes back at once: drawers ajar, doors as far as a hand
    swings them; in a still nothing else is.

    Args:
        furniture: cabinets and appliances; their order is kept.
        others: what else stands in the room.
        share: chance of each to have something open when the clip begins.
        events: how many open or close during the clip.
        time: (T,) seconds.
        seed: of the draws.
    """
    rng, made = seed.rng(), list(furniture)
    room = Boxes([*furniture, *others])
    order = [index for index in rng.permutation(len(made)) if _openable(made[index])]
    moving = order[:events] if len(time) > 1 else []
    still = [index for index in order[len(moving) :] if rng.random() < share]
    for index in [*moving, *still]:
        item = made[index]
        parts = _openable(item)
        part = parts[int(rng.integers(len(parts)))]
        drawn = index in moving or part.joint.kind == "hinge"
        wide = farthest(part) * float(rng.uniform(0.35, 1.0) if drawn else rng.uniform(*AJAR))
        course = _course(time, rng) if index in moving else np.ones(1)
        for reach in (wide, 0.5 * wide, 0.25 * wide):
            values = reach * course
            way = np.concatenate([np.linspace(0, reach, WAY)[1:], values])
            if room.is_free(index, replace(item, values={**item.values, part.name: way})):
                made[index] = replace(item, values={**item.values, part.name: values})
                room.take(index, made[index])
                break
    more = seed.child("more").rng()
    for index in still:
        made[index] = _opened_further(index, made[index], room, more)
    return made


def _opened_further(index: int, item: Instance, room: Boxes, rng: np.random.Generator) -> Instance:
    """Returns a thing that stands open with other doors and drawers open too, and what is behind its doors slid out."""
    doors = {name for name, value in item.values.items() if name.startswith("door") and value.any()}
    for part in item.parts if item.values else ():
        slides = bool(doors) and part.name.startswith(INNER)
        if part.joint is None or part.name in item.values or not (slides or part.name.startswith(SHUTS)):
            continue
        if rng.random() > (3 * MORE if slides else MORE / len(_openable(item))):
            continue
        lowest, highest = OUT if slides else AJAR if part.joint.kind == "slider" else (0.35, 1.0)
        reach = farthest(part) * float(rng.uniform(lowest, highest))
        for value in (reach, 0.5 * reach, 0.25 * reach):
            way = replace(item, values={**item.values, part.name: np.linspace(0, value, WAY)[1:]})
            if room.is_free(index, way) and _clears_itself(item, way, part):
                item = replace(item, values={**item.values, part.name: np.array([value])})
                room.take(index, item)
                break
    return item


def _clears_itself(before: Instance, moved: Instance, part: Part) -> bool:
    """Returns whether a part on its way meets no other of its own thing: racks pass doors only where these let them."""
    moves = carried(before.parts, before.parts.index(part))

    def only(item: Instance, wanted: bool) -> Instance:
        parts = (each if (n in moves) == wanted else replace(each, proxy=None) for n, each in enumerate(item.parts))
        return replace(item, parts=tuple(parts))

    return Boxes([only(before, True), only(before, False)]).is_free(0, only(moved, True))


def farthest(part: Part) -> float:
    """Returns the limit of a part's joint that lies farther from zero, radians or metres; half a turn without one."""
    low, high = part.joint.limits
    if np.isinf(high):
        return float(np.pi)
    return float(high if abs(high) > abs(low) else low)


def _openable(item: Instance) -> list[Part]:
    """Returns the parts of a thing that open."""
    return [part for part in item.parts if part.joint is not None and part.name.startswith(SHUTS)]


def _course(time: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Returns (T,) how far a joint that a hand opens, or closes, is on its way, 0 to 1."""
    eased = eased_in(share_of(time, (0.8, 1.6), rng))
    return eased if rng.random() < 0.6 else 1 - eased


def share_of(time: NDArray[np.float64], takes: tuple[float, float], rng: np.random.Generator) -> NDArray[np.float64]:
    """Returns (T,) how much of something is over that takes between so many seconds, and begins at some time."""
    length = float(time[-1] - time[0])
    lasts = min(float(rng.uniform(*takes)), length) or 1.0
    start = float(rng.uniform(0.0, max(length - lasts, 0.0)))
    return np.clip((time - time[0] - start) / lasts, 0, 1)


def eased_in(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns how far a hand has moved something: it starts and ends gently (minimum jerk: Flash and Hogan, 1985)."""
    return share**3 * (10 - 15 * share + 6 * share**2)


class Boxes:
    """The proxies of everything in the room at all its moments, for asking whether a thing may move."""

    def __init__(self, items: Sequence[Instance]) -> None:
        boxes = [swept_boxes(item) for item in items]
        self._owner = np.repeat(np.arange(len(boxes)), [len(half) for _, half in boxes])
        self._poses = np.concatenate([np.zeros((0, 4, 4)), *(poses for poses, _ in boxes)])
        self._half = np.concatenate([np.zeros((0, 3)), *(half for _, half in boxes)])
        self._bounds = bounds_of(self._poses, self._half)

    def take(self, index: int, item: Instance) -> None:
        """Replaces a thing by what has become of it."""
        poses, half = swept_boxes(item)
        others = self._owner != index
        self._owner = np.concatenate([self._owner[others], np.full(len(half), index)])
        self._poses = np.concatenate([self._poses[others], poses])
        self._half = np.concatenate([self._half[others], half])
        self._bounds = np.concatenate([self._bounds[:, others], bounds_of(poses, half)], 1)

    def is_free(self, index: int, moved: Instance) -> bool:
        """Returns whether a thing that moves meets no other in any of its moments; what touched it may still."""
        own, half = swept_boxes(moved)
        one, two = self._near(index, own, half, 0.0)
        depth = overlap_depth(own[one], half[one], self._poses[two], self._half[two])
        deep = np.flatnonzero(depth >= TOUCH)
        if not len(deep):
            return True
        one, two, before = one[deep], two[deep], self._poses[self._owner == index]
        was = overlap_depth(before[one % len(before)], half[one], self._poses[two], self._half[two])
        return bool((depth[deep] < np.maximum(was, 0) + TOUCH).all())

    def touches(self, index: int, item: Instance, gap: float) -> bool:
        """Returns whether a thing has others beside, in or on it, no farther away than `gap` metres."""
        own, half = swept_boxes(item)
        one, two = self._near(index, own, half, gap)
        beside = self._bounds[1, two, 2] > bounds_of(own, half)[0, :, 2].min() + TOUCH
        one, two = one[beside], two[beside]
        depth = overlap_depth(own[one], half[one], self._poses[two], self._half[two])
        return bool((depth > -gap).any())

    def _near(
        self, index: int, own: NDArray[np.float64], half: NDArray[np.float64], gap: float
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Returns the pairs (own box, box of another) that may come as near as `gap` metres."""
        low, high = bounds_of(own, half)
        low, high = low - gap, high + gap
        meets = (self._bounds[1] > low.min(0)) & (self._bounds[0] < high.max(0))
        near = np.flatnonzero(meets.all(1) & (self._owner != index))
        (lowest, highest), pairs = self._bounds[:, near], np.ones((len(own), len(near)), bool)
        for axis in range(3):
            pairs &= (highest[:, axis] > low[:, None, axis]) & (lowest[:, axis] < high[:, None, axis])
        one, two = np.nonzero(pairs)
        return one, near[two]


def swept_boxes(item: Instance) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the boxes of a thing at all its moments, one moment after the other."""
    parts = part_poses(item)
    placed = [
        (parts[:, index, None] @ part.proxy.poses, part.proxy.half)
        for index, part in enumerate(item.parts)
        if part.proxy is not None
    ]
    if not placed:
        return np.zeros((0, 4, 4)), np.zeros((0, 3))
    poses = np.concatenate([pose for pose, _ in placed], axis=1)
    half = np.concatenate([half for _, half in placed])
    return poses.reshape(-1, 4, 4), np.tile(half, (len(poses), 1))
