"""Where people are, in plan: ways to walk, machines to guide, parties, jobs beside materials, spots on the floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.frame import Building, Floor
from buildee.generators.construction_site.section import Crew
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.yard import Stand
from buildee.layout.placement import Footprint, Plan, boxes_of
from buildee.recipe.seed import Seed

ROOM = (1.1, 1.1)
"""Ground that a standing worker takes, metres."""

AHEAD = {"lift": 1.0, "shovel": 1.0, "crouch": 0.82, "kneel": 0.75, "breaker": 0.7}
"""How far ahead of themselves those reach who bend down to their work, metres; others 0.55."""

BEHIND = 0.52
"""Ground behind somebody at work, metres."""

GAP = 0.08
"""Between somebody's reach and what they work beside, metres."""

TALKING = 1.8
"""Distance of people who talk to each other, metres."""

RING = 0.95
"""Radius of the ring in which three people talk, metres."""

TALKERS = ("point", "talk", "talk", "stand", "wait", "plan")
GUIDES = ("signal", "point", "wait")
BESIDE = ("kneel", "crouch", "lift", "plan", "inspect")
AFIELD = ("shovel", "breaker", "kneel", "phone")
"""What people do who talk, guide machines, work beside materials or work anywhere."""

MATERIALS = frozenset(
    [
        "pallet",
        "block_stack",
        "brick_stack",
        "cement_bag",
        "pipe",
        "rebar_bundle",
        "timber_stack",
        "plywood_stack",
        "formwork",
        "rebar_cage",
        "skip",
        "cable_drum",
        "scaffold_rack",
        "precast_unit",
        "steel_section",
        "cement_mixer",
    ]
)
"""Categories of what people work beside."""

STRADDLE = 0.5
"""How far from the middle between their feet people may step, metres."""

STEADY = 0.7
"""Free ground on either side of a walker's way, metres: foundations and stacks have banked edges."""

EDGE = 1.8
"""From the edge of the lot to people, metres: the props of hoardings reach 1.65 m."""

BRISK, STRIDE = 1.45, 1.6
"""Fastest walk, metres a second, and what a way has beyond the distance walked, metres."""

BACKWARD = 0.2
"""From the middle of the ground for a way to the middle of the way, metres: behind walkers a foot swings, ahead of
them lies the stride left over.
"""

SHARES = (1.0, 0.7, 0.45)
"""Lengths of ways that are tried in turn, as shares of what the fastest walk needs."""

DECK_END = np.array([[0.0, 0.0], [0.5, 0.0]])
"""How much sooner the room for people ends on a deck under way than on a floor, metres: it ends at a railing."""


@dataclass(frozen=True, eq=False)
class Places:
    """Where people are, decided in plan.

    Attributes:
        ways: (2, 2) start and end of each walker's way, metres.
        spots: x, y and heading of everyone who stands on the ground.
        stances: what each of them does.
        guides: how many of them, from the first, guide machines.
    """

    ways: tuple[NDArray[np.float64], ...]
    spots: tuple[tuple[float, float, float], ...]
    stances: tuple[str, ...]
    guides: int


def places(
    spec: Crew,
    plot: Plot,
    plan: Plan,
    posts: Sequence[Footprint],
    stands: Sequence[Stand],
    building: Building,
    duration: float,
    seed: Seed,
) -> Places:
    """Decides where people are, and marks their ground as taken.

    Args:
        spec: the section of the recipe.
        plot: the zones.
        plan: what is taken.
        posts: where machines work; somebody guides each of them.
        stands: what stands about; people work beside it.
        building: takes some of the people once it has floors.
        duration: from the first to the last frame, seconds.
        seed: of the choices.

    Raises:
        PlacementError: if there is no free ground left.
    """
    ways = tuple(_way(number, plot, plan, duration, seed.child("way").child(number)) for number in range(spec.walking))
    spots, stances = [], []
    standing, working = (count - upstairs(spec, count, building) for count in (spec.standing, spec.working))
    for number, post in enumerate(posts[:standing]):
        rng = seed.child("guide").child(number).rng()
        spots.append(_guide(post, plot, plan, rng))
        stances.append(GUIDES[rng.integers(len(GUIDES))])
    guides = len(spots)
    while len(spots) < standing:
        rng = seed.child("spot").child(len(spots)).rng()
        party = min(int(rng.choice([2, 2, 3])), standing - len(spots))
        spots += _party(party, f"worker {len(spots) + 1}", plot, plan, rng)
        stances += [str(name) for name in rng.choice(TALKERS, party, replace=False)]
    stores = [stand.footprint for stand in stands if stand.model.category in MATERIALS]
    for number in range(working):
        rng = seed.child("job").child(number).rng()
        beside = bool(stores) and rng.random() < 0.65
        stances.append(str(rng.choice(BESIDE if beside else AFIELD)))
        ahead = AHEAD.get(stances[-1], ROOM[0] / 2)
        spots.append(_job(stores if beside else [], ahead, f"worker at work {number + 1}", plot, plan, rng))
    return Places(ways, tuple(spots), tuple(stances), guides)


def _job(
    stores: Sequence[Footprint], ahead: float, name: str, plot: Plot, plan: Plan, rng: np.random.Generator
) -> tuple[float, float, float]:
    """Returns x, y and heading of somebody at work who reaches so far ahead, facing materials if there are any."""
    size = (BEHIND + ahead, ROOM[1])

    def candidate() -> tuple[float, float, float]:
        if not stores or rng.random() < 0.15:
            return _yard(plot, rng)
        store = stores[rng.integers(len(stores))]
        along, side, across = rng.integers(2), rng.choice([-1, 1]), rng.uniform(-0.8, 0.8)
        half = np.array([store.length, store.width]) / 2
        shares = [across, across]
        shares[along] = side * (half[along] + GAP + size[0] / 2) / half[along]
        (x, y), (a, b) = store.point(*shares), store.point(*np.where(np.arange(2) == along, 0.0, shares))
        return x, y, float(np.arctan2(b - y, a - x))

    advice = "lower scene.crew.working, or raise scene.lot.width"
    anywhere = [partial(_anywhere, plot, rng)]
    spot = plan.fit(name, size, candidate, advice, plot.lot.grown(-EDGE), GAP / 2, 600, anywhere)
    x, y = spot.point((BEHIND - ahead) / size[0], 0.0)
    return x, y, spot.yaw


def _yard(plot: Plot, rng: np.random.Generator) -> tuple[float, float, float]:
    """Draws a place and heading for people: mostly where crane, building and haul road meet, else anywhere."""
    heading = rng.uniform(-np.pi, np.pi)
    share = rng.uniform(-1, 1, 2)
    if rng.random() < 0.65:
        busy = Footprint(plot.crane[0] + 3.0 * plot.side, plot.stores.y - 1.0, 0.0, 20.0, plot.stores.width + 2.0)
        return (*busy.point(*share), heading)
    return (*(plot.stores if rng.random() < 0.6 else plot.lot).point(*share), heading)


def _anywhere(plot: Plot, rng: np.random.Generator) -> tuple[float, float, float]:
    """Draws a place on the lot, heading along one of its sides, as gaps between things do."""
    return *plot.lot.point(*rng.uniform(-1, 1, 2)), float(rng.integers(4)) * np.pi / 2


def _guide(post: Footprint, plot: Plot, plan: Plan, rng: np.random.Generator) -> tuple[float, float, float]:
    """Returns x, y and heading of somebody who watches a machine from a safe distance."""

    def candidate() -> tuple[float, float, float]:
        bearing, distance = rng.uniform(-np.pi, np.pi), rng.uniform(5.0, 9.0)
        x, y = post.x + distance * np.cos(bearing), post.y + distance * np.sin(bearing)
        return x, y, bearing + np.pi + rng.normal(0, 0.2)

    advice = "lower scene.crew.standing, or raise scene.lot.width"
    anywhere = [partial(_anywhere, plot, rng)]
    spot = plan.fit("worker at a machine", ROOM, candidate, advice, plot.lot.grown(-EDGE), 0.1, 2000, anywhere)
    return spot.x, spot.y, spot.yaw


def _party(size: int, name: str, plot: Plot, plan: Plan, rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Returns x, y and headings of people who work alone or talk to each other."""
    room = {1: ROOM, 2: (TALKING + ROOM[0], ROOM[1]), 3: (2 * RING + ROOM[0],) * 2}[size]
    advice = "lower scene.crew.standing, or raise scene.lot.width"
    draws = partial(_yard, plot, rng), [partial(_anywhere, plot, rng)]
    spot = plan.fit(name, room, draws[0], advice, plot.lot.grown(-EDGE), 0.1, 2000, draws[1])
    if size == 1:
        return [(spot.x, spot.y, spot.yaw)]
    radius = TALKING / 2 if size == 2 else RING
    angles = spot.yaw + np.arange(size) * 2 * np.pi / size
    return [
        (spot.x + radius * np.cos(angle), spot.y + radius * np.sin(angle), angle + np.pi + rng.normal(0, 0.2))
        for angle in angles
    ]


def upstairs(spec: Crew, count: int, building: Building) -> int:
    """Returns how many of some people are on the floors."""
    return round(spec.upstairs * count) if _open_floors(building) else 0


def _way(number: int, plot: Plot, plan: Plan, duration: float, seed: Seed) -> NDArray[np.float64]:
    """Returns start and end of a free straight way, a stride longer than anyone walks in `duration`.

    Where the site is full it is shorter, for somebody who walks slower, or so short that they stand.
    """
    rng = seed.rng()
    name, zone = f"way of worker {number + 1}", plot.lot.grown(-EDGE)
    advice = "lower scene.crew.walking, or raise scene.lot.width"
    draws = partial(_yard, plot, rng), [partial(_anywhere, plot, rng)]
    for share in SHARES if duration else SHARES[:1]:
        length = share * BRISK * duration + STRIDE
        size = (length + 0.8, 0.9)
        try:
            way = plan.fit(name, size, draws[0], advice, zone, STEADY, 600, draws[1])
        except PlacementError:
            continue
        start, end = np.array([-length, length]) / size[0] + 2 * BACKWARD / size[0]
        return way.points([(start, 0), (end, 0)])
    spot = plan.fit(name, ROOM, draws[0], advice, zone, 0.1, 2000, draws[1])  # room to stand, none to walk
    return spot.points([(0, 0), (0.2, 0)])


def _open_floors(building: Building) -> list[Floor]:
    """Returns the floors that people can be on, the newest first."""
    return [floor for floor in building.floors[::-1] if floor.state != "propped" and len(floor.free)]


def _mats(building: Building) -> NDArray[np.float64]:
    """Returns (M, 6) mats of reinforcement on the deck: low x, y, high x, y, underside and top, metres."""
    rows = []
    for item in building.assembly.instances:
        if item.category == "rebar_cage" and building.deck is not None:
            poses, half = boxes_of(item)
            reach = (np.abs(poses[:, :3, :3]) * half[:, None]).sum(-1)
            low, high = (poses[:, :3, 3] - reach).min(0), (poses[:, :3, 3] + reach).max(0)
            if abs(low[2] - building.deck) < 0.2 and high[2] - low[2] < 0.2:
                rows.append((*low[:2], *high[:2], item.poses[0, 2, 3], high[2]))
    return np.array(rows).reshape(-1, 6)


def _on_mats(x: float, y: float, mats: NDArray[np.float64]) -> float | None:
    """Returns the height to stand at on a deck with mats, metres; None across the edge of one."""
    inside = (mats[:, :2] + STRADDLE <= (x, y)).all(1) & (mats[:, 2:4] - STRADDLE >= (x, y)).all(1)
    near = (mats[:, :2] - STRADDLE <= (x, y)).all(1) & (mats[:, 2:4] + STRADDLE >= (x, y)).all(1)
    if inside.any():
        return float(mats[inside, 5].max())
    return None if near.any() else float(mats[:, 4].min())


def floor_spots(count: int, building: Building, seed: Seed) -> list[tuple[float, float, float]]:
    """Returns places on the building, metres in its frame: the formwork's edge, the newest floor, then the others."""
    rng = seed.rng()
    floors = _open_floors(building)
    mats = _mats(building)
    spots: list[tuple[float, float, float]] = []
    for number in range(count if floors else 0):
        floor = floors[0] if number % 3 < 2 else floors[number % len(floors)]
        panels, height = floor.free, floor.height
        laid = panels[panels[:, 0, 0] < building.columns[:, 0].min() + building.spec.bay / 2]  # the first bay along X
        on_deck = building.deck is not None and number % 2 == 0 and len(laid) > 0  # the core may fill that bay
        if on_deck:
            panels, height = laid - DECK_END, building.deck
        front = panels[panels[:, 0, 1] < panels[:, 0, 1].min() + 0.5]  # the façade that people see
        for _ in range(60):
            seen = rng.random() < 0.75
            low, high = (front if seen else panels)[rng.integers(len(front if seen else panels))]
            share = rng.random(2) * (1.0, 0.3 if seen else 1.0)
            x, y = low + 0.4 + share * np.maximum(high - low - 0.8, 0)
            z = _on_mats(x, y, mats) if on_deck and len(mats) else height
            if z is None:
                continue
            if all(np.hypot(x - a, y - b) > 1.2 or abs(z - c) > 1 for a, b, c in spots):
                spots.append((float(x), float(y), z))
                break
    return spots
