"""Where people are, in plan: ways to walk, machines to guide, parties, jobs beside materials, spots on the floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.crew_floors import upstairs
from buildee.generators.construction_site.crew_fronts import IN_PIT, gate_spot, pit_spots, seat
from buildee.generators.construction_site.crew_team import OVERHANG, SPAN
from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.section import Crew
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.yard import Stand
from buildee.layout.placement import Footprint, Plan
from buildee.recipe.seed import Seed

ROOM = (1.1, 1.1)
"""Ground that a standing worker takes, metres."""

AHEAD = {"rake": 1.95, "survey": 1.1, "lift": 1.0, "shovel": 1.0, "crouch": 0.82, "kneel": 0.75, "breaker": 0.7}
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
AFIELD = ("shovel", "breaker", "rake", "kneel", "survey", "rake")
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

PIT, PIT_ROOM = 0.4, (3.2, 1.3)
"""Share of those at work on the ground who are in the excavation, as far as there is room, and the ground each takes,
metres.
"""


@dataclass(frozen=True, eq=False)
class Places:
    """Where people are, decided in plan.

    Attributes:
        ways: (2, 2) start and end of each walker's way, metres.
        teams: (2, 2) likewise for pairs who carry something: from the one behind, for both.
        spots: x, y and heading of everyone who stands on the ground.
        stances: what each of them does.
        seats: height of what each of them sits on, metres; 0 for those who do not sit.
        guides: how many of them, from the first, guide machines.
    """

    ways: tuple[NDArray[np.float64], ...]
    teams: tuple[NDArray[np.float64], ...]
    spots: tuple[tuple[float, float, float], ...]
    stances: tuple[str, ...]
    seats: tuple[float, ...]
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
    below: Sequence[tuple[tuple[float, float, float], str]] = (),
    pit: Plan | None = None,
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
        below: x, y, heading and stance of those at work in the pit, as many as there are people for.
        pit: what is taken on its floor.

    Raises:
        PlacementError: if there is no free ground left.
    """
    ways = tuple(_way(number, plot, plan, duration, seed.child("way").child(number)) for number in range(spec.walking))
    teams = [_team(plot, plan, duration, seed.child("team").child(number).rng()) for number in range(spec.teams)]
    people = _Placed()
    standing, working = (count - upstairs(spec, count, building) for count in (spec.standing, spec.working))
    zone = plot.lot.grown(-EDGE)
    for number, post in enumerate(posts[:standing]):
        rng = seed.child("guide").child(number).rng()
        people.add(_guide(post, plot, plan, rng), GUIDES[rng.integers(len(GUIDES))])
    if len(people.spots) < standing and (spot := gate_spot(plot, plan, ROOM, zone)):
        people.add(spot, "signal")
    guides = len(people.spots)
    if len(people.spots) < standing and (sat := seat(stands, plan, zone, seed.child("seat").rng())):
        people.add(sat[0], "sit", sat[1])
    while len(people.spots) < standing:
        rng = seed.child("spot").child(len(people.spots)).rng()
        party = min(int(rng.choice([2, 2, 3])), standing - len(people.spots))
        spots = _party(party, f"worker {len(people.spots) + 1}", plot, plan, rng)
        for spot, name in zip(spots, rng.choice(TALKERS, party, replace=False), strict=True):
            people.add(spot, str(name))
    below = below[: max(working - 1, 0)]
    for spot, stance in below:
        people.add(spot, stance)
    few = max(round(PIT * working) - len(below), 0)
    deep = pit_spots(few, plot, posts, PIT_ROOM, pit or Plan(), seed.child("pit").rng())
    for number, spot in enumerate(deep):
        people.add(spot, IN_PIT[number % len(IN_PIT)])
    stores = [stand.footprint for stand in stands if stand.model.category in MATERIALS]
    for number in range(working - len(below) - len(deep)):
        rng = seed.child("job").child(number).rng()
        beside = bool(stores) and rng.random() < 0.65
        what = str(rng.choice(BESIDE if beside else AFIELD))
        ahead = AHEAD.get(what, ROOM[0] / 2)
        people.add(_job(stores if beside else [], ahead, f"worker at work {number + 1}", plot, plan, rng), what)
    return Places(
        ways,
        tuple(team for team in teams if team is not None),
        tuple(people.spots),
        tuple(people.stances),
        tuple(people.seats),
        guides,
    )


@dataclass(frozen=True)
class _Placed:
    """People placed so far."""

    spots: list[tuple[float, float, float]] = field(default_factory=list)
    stances: list[str] = field(default_factory=list)
    seats: list[float] = field(default_factory=list)

    def add(self, spot: tuple[float, float, float], stance: str, seat: float = 0.0) -> None:
        """Adds somebody."""
        self.spots.append(spot)
        self.stances.append(stance)
        self.seats.append(seat)


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
        return (*plot.busy.point(*share), heading)
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


def _team(plot: Plot, plan: Plan, duration: float, rng: np.random.Generator) -> NDArray[np.float64] | None:
    """Returns the way of two who carry a pipe, as `_way` does for one; None where the site is too full for them."""
    walked = SHARES[1] * BRISK * duration
    size = (walked + SPAN + STRIDE + 2 * OVERHANG, 1.1)
    draws = partial(_yard, plot, rng), [partial(_anywhere, plot, rng)]
    try:
        way = plan.fit("pair with a pipe", size, draws[0], "", plot.lot.grown(-EDGE), STEADY / 2, 150, draws[1])
    except PlacementError:
        return None
    start = 1 - 2 * (OVERHANG + STRIDE / 2) / size[0]
    return way.points([(-start, 0.0), (-start + 2 * (walked + 1e-6) / size[0], 0.0)])
