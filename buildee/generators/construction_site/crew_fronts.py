"""Work fronts that people are put at: the floor of the excavation, seats on low stacks, the gate. In plan, metres."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from buildee.errors import PlacementError
from buildee.generators.construction_site import digs
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.yard import Stand
from buildee.layout.kinematics import reach_of
from buildee.layout.placement import Footprint, Plan, boxes_of

Spot = tuple[float, float, float]

IN_PIT = ("rake", "shovel", "rake", "survey", "shovel", "breaker", "crouch", "inspect", "point")
"""What people do on the floor of an excavation, in turn."""

SLOPES = 1.4
"""From the foot of a battered side to people, metres: clods come down."""

SWUNG = 9.5
"""From the middle of an excavator to people in its pit, metres: its reach and some air."""

DRAINED = 5.0
"""Around a sump, for pump, hose and ladder, metres."""

SEAT = (0.33, 0.47)
"""Heights that people sit on, metres."""

SAT = 0.13
"""How far from an edge those who sit have their hips, metres."""

ROUGH = 0.008
"""How much higher than the middle of a stack its edges may be, on ground that slopes, metres."""

SEATS = ("timber_stack", "block_stack", "brick_stack", "plywood_stack", "precast_unit")
"""Categories of what people sit on."""

FEET = (0.75, 1.0)
"""Ground before a seat, metres."""


def pit_spots(
    count: int,
    plot: Plot,
    machines: Sequence[Footprint],
    room: tuple[float, float],
    plan: Plan,
    rng: np.random.Generator,
) -> list[Spot]:
    """Returns x, y and heading of people on the floor of an excavation, as many as find room, at most `count`.

    Args:
        count: how many.
        plot: has the excavation; one that foundations stand in is full.
        machines: excavators at its rim.
        room: length and width that one takes.
        plan: what is taken on its floor.
        rng: draws places.
    """
    dig = plot.dig
    if dig is None or dig.occupied:
        return []
    foot = 0.6 if dig.sides == "sheet_piled" else dig.depth + SLOPES
    floor = dig.rim.grown(-foot - 0.6)
    if floor.length < 3.0 or floor.width < 3.0:
        return []
    taken = Plan([*plan.taken])
    taken.keep("sump", Footprint(*digs.sump(dig), 0.0, 2 * DRAINED, 2 * DRAINED))
    for machine in machines:
        taken.keep("machine", Footprint(machine.x, machine.y, 0.0, 2 * SWUNG, 2 * SWUNG))
    for what in (dig.ramp, dig.blinded):
        if what is not None:
            taken.keep("floor", what.grown(0.8))
    spots: list[Spot] = []
    draw = partial(_on, floor, rng)
    for number in range(count):
        try:
            spot = taken.fit(f"worker in the pit {number + 1}", room, draw, "", floor, 0.4, 60)
        except PlacementError:
            break
        spots.append((spot.x, spot.y, spot.yaw))
    return spots


def _on(floor: Footprint, rng: np.random.Generator) -> Spot:
    return *floor.point(*rng.uniform(-1, 1, 2)), float(rng.uniform(-np.pi, np.pi))


def seat(stands: Sequence[Stand], plan: Plan, zone: Footprint, rng: np.random.Generator) -> tuple[Spot, float] | None:
    """Returns where somebody sits on the long side of a low stack, and how high, or None where no stack is free."""
    low = [(stand, height) for stand in stands if (height := _height(stand)) is not None]
    for number in rng.permutation(len(low))[:4]:
        stand, height = low[number]
        store = stand.footprint
        for side in (-1.0, 1.0):
            reach = store.width / 2 + FEET[0] / 2 + 0.02
            x, y = store.point(rng.uniform(-0.5, 0.5), side * reach * 2 / store.width)
            yaw = store.yaw + side * np.pi / 2
            room = Footprint(float(x), float(y), float(yaw), *FEET)
            if room.overhang(zone) < 1e-9 and plan.is_free(room, 0.01):
                plan.keep("worker on a seat", room)
                return (*room.point(-1 - 2 * SAT / FEET[0], 0.0), room.yaw), height + ROUGH
    return None


def _height(stand: Stand) -> float | None:
    """Returns the height of a stack that can be sat on: low, level up to its edges, not on top of others."""
    if stand.model.category not in SEATS or stand.lift > 0 or min(stand.footprint.length, stand.footprint.width) < 0.7:
        return None
    poses, half = boxes_of(stand.model.placed("seat", np.eye(4)))
    reach = reach_of(poses, half)
    top = poses[:, 2, 3] + reach[:, 2]
    highest = top >= top.max() - 1e-6
    level = (2 * reach[highest, :2]).max(0) > np.array([stand.footprint.length, stand.footprint.width]) - 0.06
    return float(top.max()) if SEAT[0] <= top.max() <= SEAT[1] and level.all() else None


def gate_spot(plot: Plot, plan: Plan, room: tuple[float, float], zone: Footprint) -> Spot | None:
    """Returns where a banksman stands beside the haul road behind the gate, looking at what drives in, or None."""
    points = np.stack([np.interp(np.arange(7.0, 16.0, 1.0), *_by_length(plot.road, axis)) for axis in (0, 1)], 1)
    for start, end in pairwise(points):
        along = (end - start) / np.linalg.norm(end - start)
        for side in (1.0, -1.0):
            x, y = start + side * (plot.road_width / 2 + 1.3) * np.array([-along[1], along[0]])
            towards = plot.gate - (x, y)
            place = Footprint(float(x), float(y), float(np.arctan2(towards[1], towards[0])), *room)
            if place.overhang(zone) < 1e-9 and plan.is_free(place, 0.1):
                plan.keep("banksman at the gate", place)
                return place.x, place.y, place.yaw
    return None


def _by_length(way: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns the lengths along a way at its points, and one coordinate there, metres."""
    return np.concatenate([[0.0], np.linalg.norm(np.diff(way, axis=0), axis=1).cumsum()]), way[:, axis]
