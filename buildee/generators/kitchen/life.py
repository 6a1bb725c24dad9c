"""What happens to things during a clip: they are pushed, carried to another place, or fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.movement import Boxes, eased_in, share_of, swept_boxes
from buildee.generators.kitchen.section import Life
from buildee.layout.kinematics import bounds_of, inverse, reach_of
from buildee.layout.pieces import pose_at
from buildee.layout.resting import Support
from buildee.layout.scene import Instance, Loose

Array = NDArray[np.float64]

HANDY = (
    *("mug", "cup", "bowl", "plate", "drinking_glass", "jar", "bottle", "wine_bottle", "tin", "carton", "packet"),
    *("apple", "orange", "lemon", "pear", "tomato", "onion", "potato", "bell_pepper", "cucumber", "bread", "cheese"),
    *("salt_shaker", "pepper_mill", "book", "phone", "letter", "sponge", "dishcloth", "spoon", "fork", "knife"),
    *(
        "saucepan",
        "mixing_bowl",
        "kettle",
        "butter_dish",
        "egg_box",
        "toy",
        "candle",
        "teapot",
        "jug",
        "chopping_board",
    ),
)
"""Categories that a hand moves."""

UNBROKEN = (
    *("apple", "orange", "lemon", "pear", "onion", "potato", "bell_pepper", "cucumber", "carrot", "bread", "packet"),
    *("carton", "tin", "sponge", "spoon", "fork", "letter", "book", "toy", "pen", "wooden_spoon", "spatula", "keys"),
    *("peeler", "whisk", "remote_control", "baguette", "biscuit", "lime", "peach", "courgette", "scissors"),
)
"""Categories that may fall: what breaks when it does is left alone."""

ALONE = 4e-3
"""What has nothing nearer than this beside it, and nothing in or on it, can be taken, metres."""

ON = 3e-3
"""How near the bottom of a thing is to what it stands on, metres."""

DRAWS = 30
"""So many things and ways are tried for each event."""

PATH = 25
"""So many moments of a way are looked at."""

OVER = 0.02
"""How far the middle of a thing is pushed over an edge until it topples, metres."""

QUIET = 0.7
"""Things fall so far from doors and drawers that move, metres."""


@dataclass(frozen=True, eq=False)
class Taken:
    """A thing that can be taken, and what it stands on.

    Attributes:
        index: its number.
        item: itself.
        support: what carries it.
        local: (4, 4) `support_from_item`.
    """

    index: int
    item: Instance
    support: Support
    local: Array


def happen(
    items: Sequence[Instance], supports: Sequence[Support], life: Life, time: Array, rng: np.random.Generator
) -> tuple[list[Instance], tuple[Loose, ...]]:
    """Lets things be pushed, carried and dropped while a clip runs, where the way is free.

    Args:
        items: everything in the room; their order is kept.
        supports: worktops and tables among them; things on these are taken.
        life: how many.
        time: (T,) seconds.
        rng: draws.

    Returns:
        All things, and which of them fall from when on.
    """
    made, loose = list(items), []
    if len(time) < 2 or not life.slides + life.moves + life.falls:
        return made, ()
    room = Boxes(items)
    level = [support for support in supports if support.kind in ("worktop", "table") and len(support.poses) == 1]
    free = [each for each in _standing(made, level) if not room.touches(each.index, each.item, ALONE)]
    busy = [swept_boxes(item)[0][:, :2, 3] for item in items if max([1, *map(len, item.values.values())]) > 1]
    noisy = np.concatenate([np.zeros((0, 2)), *busy])
    order = [free[int(number)] for number in rng.permutation(len(free))]
    for kind, count in (("falls", life.falls), ("moves", life.moves), ("slides", life.slides)):
        done = 0
        for each in list(order):
            if done == count:
                break
            if kind == "falls":
                poses, frame = _pushed_off(each, made, time, noisy)
            elif kind == "moves":
                poses, frame = _carried(each, level, life.reach, time, room, rng), 0
            else:
                poses, frame = _pushed(each, life.reach / 2, time, room, rng), 0
            if poses is None or not room.is_free(each.index, replace(each.item, poses=poses)):
                continue
            made[each.index] = replace(each.item, poses=poses)
            room.take(each.index, made[each.index])
            order.remove(each)
            done += 1
            if kind == "falls":
                loose.append(Loose(each.item.name, frame))
    return made, tuple(loose)


def _standing(items: Sequence[Instance], supports: Sequence[Support]) -> list[Taken]:
    """Returns the handy things that stand on some supports."""
    found = []
    tops = [(support, inverse(support.poses[0]), float(support.poses[0, 2, 3])) for support in supports]
    for index, item in enumerate(items):
        if item.category not in HANDY and item.category not in UNBROKEN:
            continue
        if len(item.poses) > 1:
            continue
        poses, half = swept_boxes(item)
        if not len(half):
            continue
        bottom = bounds_of(poses, half)[0, :, 2].min()
        for support, support_from_world, height in tops:
            if abs(bottom - height) >= ON:
                continue
            local = support_from_world @ item.poses[0]
            if (np.abs(local[:2, 3]) < support.size / 2).all():
                found.append(Taken(index, item, support, local))
    return found


def _pushed(each: Taken, reach: float, time: Array, room: Boxes, rng: np.random.Generator) -> Array | None:
    """Returns (T, 4, 4) poses of a thing that is pushed along what it stands on, or None where there is no way."""
    for _ in range(DRAWS):
        angle, far, turn = rng.uniform(0, 2 * np.pi), rng.uniform(0.3, 1.0) * reach, rng.normal(0.0, 0.3)
        step = far * np.array([np.cos(angle), np.sin(angle)])
        if (np.abs(each.local[:2, 3] + step) > each.support.size / 2 - _radius(each.item)).any():
            continue
        if all(
            room.is_free(each.index, replace(each.item, poses=_on_way(each, step, turn, share)))
            for share in (np.ones(1), np.linspace(0, 1, PATH))
        ):
            return _on_way(each, step, turn, eased_in(share_of(time, (0.5, 1.1), rng)))
    return None


def _on_way(each: Taken, step: Array, turn: float, share: Array) -> Array:
    """Returns (T, 4, 4) poses of a thing that has covered some shares of a straight way and of a turn."""
    spots = np.array([pose_at(yaw=turn * part) for part in share])
    moved = spots @ each.local
    moved[:, :3, 3] = each.local[:3, 3]
    moved[:, :2, 3] += share[:, None] * step
    return each.support.poses[0] @ moved


def _carried(
    each: Taken, supports: Sequence[Support], reach: float, time: Array, room: Boxes, rng: np.random.Generator
) -> Array | None:
    """Returns (T, 4, 4) poses of a thing that is lifted and put down upright elsewhere, or None without a place."""
    start, world = each.support.poses[0] @ each.local, each.support.poses[0, 2, 3]
    for _ in range(DRAWS):
        support = supports[int(rng.integers(len(supports)))]
        room_left = support.size / 2 - _radius(each.item) - 0.01
        if (room_left <= 0).any():
            continue
        spot = support.poses[0] @ np.array([*(rng.uniform(-1, 1, 2) * room_left), 0.0, 1.0])
        away = spot[:3] - (*start[:2, 3], world)
        turn, lift = rng.normal(0.0, 0.6), rng.uniform(0.08, 0.22)
        if not 0.15 < np.hypot(*away[:2]) < reach:
            continue
        there = _over(start, away, turn, lift, np.ones(1))
        if room.touches(each.index, replace(each.item, poses=there), ALONE):
            continue
        if room.is_free(each.index, replace(each.item, poses=_over(start, away, turn, lift, np.linspace(0, 1, PATH)))):
            return _over(start, away, turn, lift, share_of(time, (0.9, 1.6), rng))
    return None


def _over(start: Array, away: Array, turn: float, lift: float, share: Array) -> Array:
    """Returns (T, 4, 4) poses on an arc: up before it goes across, and down after."""
    across = eased_in(np.clip((share - 0.12) / 0.76, 0, 1))
    high = eased_in(np.clip(np.minimum(share, 1 - share) / 0.4, 0, 1))
    poses = np.array([pose_at(yaw=turn * part) for part in across]) @ start
    poses[:, :3, 3] = start[:3, 3] + across[:, None] * away + np.array([0.0, 0.0, lift]) * high[:, None]
    return poses


def _pushed_off(each: Taken, items: Sequence[Instance], time: Array, noisy: Array) -> tuple[Array | None, int]:
    """Returns (T, 4, 4) poses of a thing that is pushed over the near edge, and the frame from which on it falls."""
    if each.item.category not in UNBROKEN:
        return None, 0
    boxes, half = swept_boxes(each.item)
    middle = (boxes[:, :3, 3] * half.prod(1)[:, None]).sum(0) / half.prod(1).sum()
    edge = _edge(each, items, middle)
    place = inverse(each.support.poses[0]) @ np.append(middle, 1.0)
    far = float(place[1]) - edge + OVER
    spot = each.support.poses[0] @ np.array([place[0], edge - 0.1, 0.0, 1.0])
    near = np.linalg.norm(noisy - spot[:2], axis=1).min(initial=np.inf)
    if not 0.02 < far < 0.32 or near < QUIET:
        return None, 0
    takes = min(0.5, 0.4 * float(time[-1] - time[0]))
    frame = int(np.searchsorted(time - time[0], takes - 1e-9))
    share = eased_in(np.clip((time - time[0]) / max(float(time[frame] - time[0]), 1e-6), 0, 1))
    return _on_way(each, np.array([0.0, -far]), 0.0, share), frame


def _edge(each: Taken, items: Sequence[Instance], middle: Array) -> float:
    """Returns where in front of a thing ends what carries it, Y in the support's frame, metres."""
    here, found = inverse(each.support.poses[0]), float(-each.support.size[1] / 2)
    carrier = each.support.name.split("/", 1)[0]
    x = float((here @ np.append(middle, 1.0))[0])
    for item in items:
        if item.name != carrier:
            continue
        boxes, half = swept_boxes(item)
        local = here @ boxes
        reach = reach_of(local, half)
        top = np.abs(local[:, 2, 3] + reach[:, 2]) < ON
        under = top & (np.abs(local[:, 0, 3] - x) < reach[:, 0])
        found = min(found, float((local[under, 1, 3] - reach[under, 1]).min(initial=found)))
    return found


def _radius(item: Instance) -> float:
    """Returns how far a thing reaches from its origin in plan, metres."""
    boxes, half = swept_boxes(item)
    local = boxes[:, :2, 3] - item.poses[0, :2, 3]
    return float((np.abs(local) + (np.abs(boxes[:, :2, :3]) * half[:, None]).sum(-1)).max())
