"""Which things of the town stand in each other's way in plan, and which of them give way. Metres."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from buildee.layout.scene import Assembly, Scatter

SLOT = (5.2, 2.6)
"""Length and width of what a parked car takes, metres; a little more than the 5 x 2.5 m that are usual."""

ROOM = 0.3
"""Between cars or stems and whatever stands beside them, metres."""

TOUCH = 0.004
"""How far things may seem to lie in each other that only abut, metres."""

Array = NDArray[np.float64]


class Plans(NamedTuple):
    """Rectangles.

    Attributes:
        at: (N, 2) their middles, metres.
        ahead: (N, 2) unit vectors along their length.
        half: (N, 2) half their lengths and widths, metres.
    """

    at: Array
    ahead: Array
    half: Array

    @property
    def axes(self) -> Array:
        """(N, 2, 2) unit vectors along their lengths and widths."""
        return np.stack([self.ahead, self.ahead[:, ::-1] * (-1, 1)], 1)

    def chosen(self, which: NDArray) -> Plans:
        """Returns some of them, by index or by mask."""
        return Plans(self.at[which], self.ahead[which], self.half[which])


def joined(plans: Sequence[Plans]) -> Plans:
    """Returns all of some rectangles."""
    none = Plans(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros((0, 2)))
    return Plans(*map(np.concatenate, zip(none, *plans, strict=True)))


def points(spots: Array) -> Plans:
    """Returns (N, 2) spots as rectangles without extent."""
    return Plans(spots, np.broadcast_to((1.0, 0.0), spots.shape), np.zeros(spots.shape))


def plans_of(things: Assembly, items: Sequence[Scatter]) -> Plans:
    """Returns what the copies of some scatters of an assembly cover in plan, in their order."""
    found = []
    for item in items:
        low, high = things.shapes[item.shape].bounds[:, :2]
        middle = item.poses[:, :2, :2] @ ((low + high) / 2) + item.poses[:, :2, 3]
        sizes = np.linalg.norm(item.poses[:, :2, :2], axis=1)
        found.append(Plans(middle, item.poses[:, :2, 0] / sizes[:, :1], sizes * (high - low) / 2))
    return joined(found)


def slots_of(cars: Plans) -> Plans:
    """Returns the slots that cars are parked in."""
    return cars._replace(half=np.broadcast_to(np.array(SLOT) / 2, cars.half.shape))


def conflicts(first: Plans, second: Plans, room: float) -> NDArray[np.int64]:
    """Returns (K, 2) numbers of rectangles of the first and the second that lie less than `room` metres apart."""
    if not len(first.at) or not len(second.at):
        return np.zeros((0, 2), np.int64)
    reach = [np.hypot(*plans.half.T) for plans in (first, second)]
    order = np.argsort(second.at[:, 0], kind="stable")
    x, wide = second.at[order, 0], reach[0] + reach[1].max() + room
    low, high = x.searchsorted(first.at[:, 0] - wide), x.searchsorted(first.at[:, 0] + wide)
    one = np.repeat(np.arange(len(low)), high - low)
    two = order[np.arange(len(one)) - np.repeat(np.cumsum(high - low) - high, high - low)]
    away = second.at[two, 1] - first.at[one, 1]
    near = np.abs(away) < reach[0][one] + reach[1][two] + room
    one, two = one[near], two[near]
    apart = second.at[two] - first.at[one]
    near = (apart**2).sum(1) < (reach[0][one] + reach[1][two] + room) ** 2
    one, two, apart = one[near], two[near], apart[near]
    axes, others = first.axes[one], second.axes[two]
    turned = np.abs(axes @ others.swapaxes(1, 2))
    own, their = first.half[one], second.half[two]
    gap = np.abs(np.einsum("nij,nj->ni", axes, apart)) - own - np.einsum("nij,nj->ni", turned, their)
    back = np.abs(np.einsum("nij,nj->ni", others, apart)) - their - np.einsum("nji,nj->ni", turned, own)
    return np.column_stack([one, two])[np.maximum(gap, back).max(1) < room]


def clear(plans: Plans, others: Plans, room: float) -> NDArray[np.bool_]:
    """Returns (N,) whether rectangles keep `room` metres from all others."""
    free = np.ones(len(plans.at), bool)
    free[conflicts(plans, others, room)[:, 0]] = False
    return free


def first_come(plans: Plans, room: float, free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns (N,) which of the free rectangles stay when each gives way to those before it that stay."""
    stay = free.copy()
    pairs = conflicts(plans, plans, room)
    for one, two in pairs[pairs[:, 0] < pairs[:, 1]].tolist():  # in the order of the earlier one
        stay[two] &= not stay[one]
    return stay


def _is_house(item: Scatter) -> bool:
    return item.category == "building" and item.name.startswith(("rows.", "block.", "church"))


def _is_closure(item: Scatter) -> bool:
    return item.category in ("masonry_wall", "fence")


def _is_shed(item: Scatter) -> bool:
    return item.category == "building" and not _is_house(item)


def _is_car(item: Scatter) -> bool:
    return item.category == "car"


RANKS: tuple[Callable[[Scatter], bool], ...] = (
    _is_house,
    _is_closure,
    _is_shed,
    lambda item: item.category == "street_furniture",
    _is_car,
)
"""Who gives way to whom in the town: the later to the earlier."""


def settled(town: Assembly) -> tuple[Assembly, Plans]:
    """Returns a town without what stands in the way of something else, and what remains in plan.

    Houses stay; walls and fences give way to them, annexes, sheds and garages to those, cars to everything. Annexes
    lean on houses.
    """
    kept: dict[str, Array] = {}
    standing: list[Plans] = []
    for rank, belongs in enumerate(RANKS):
        items = [item for item in town.scatters if belongs(item)]
        plans = plans_of(town, items)
        if rank:
            before = joined(standing[1:] if belongs is _is_shed else standing)
            free = clear(plans, before, ROOM if belongs is _is_car else -TOUCH)
            free = first_come(slots_of(plans) if belongs is _is_car else plans, -5 * TOUCH, free)
            plans = plans.chosen(free)
            ends = np.cumsum([len(item.poses) for item in items])[:-1]
            kept.update(
                (item.name, item.poses[stay])
                for item, stay in zip(items, np.split(free, ends) if items else [], strict=True)
            )
        standing.append(plans)
    scatters = [replace(item, poses=kept[item.name]) if item.name in kept else item for item in town.scatters]
    return replace(town, scatters=tuple(item for item in scatters if len(item.poses))), joined(standing)
