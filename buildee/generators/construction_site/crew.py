"""People on the site: some on their way, some at work or talking, on the ground and on the floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.props.palette import PALE_WOOD
from buildee.generators.construction_site.section import Crew
from buildee.generators.construction_site.site import Plot
from buildee.layout.catalog import Catalog
from buildee.layout.gait import walk
from buildee.layout.kinematics import part_poses, translation
from buildee.layout.mesh import Mesh
from buildee.layout.placement import Footprint, Plan, pose_on
from buildee.layout.scene import Assembly, Instance, Part
from buildee.layout.solids import box
from buildee.layout.stance import STANCES, stance
from buildee.recipe.seed import Seed

WORKERS: dict[str, float] = {"worker_a": 1.75, "worker_b": 1.81, "worker_c": 1.71}
"""Barefoot height of every worker in the catalog, metres."""

WORKWEAR = ({"wear": 0.7, "dirt": 0.7}, {"wear": 1.2, "dirt": 1.4})
"""How worn and dirty clothes are, as multiples of the catalog's; few, so that people share materials."""

ROOM = (1.1, 1.1)
"""Ground that a standing worker takes, metres."""

TALKING = 1.8
"""Distance of people who talk to each other, metres."""

RING = 0.95
"""Radius of the ring in which three people talk, metres."""

SHARE_UP = 0.35
"""Share of the standing crew that works on the building's floors."""

ALONE = ("stand", "inspect", "phone", "kneel", "shovel", "lift")
TALKERS = ("point", "stand", "wait", "inspect")
GUIDES = ("point", "wait")
UPSTAIRS = ("kneel", "stand", "point", "inspect", "lift")

IN_HANDS = (0.43, 0.0, -0.11)
"""Middle of what rests on the hands of the posture "carry", from the torso, at a stature of 1.75 m, metres."""

STEADY = 0.7
"""Free ground on either side of a walker's way, metres: foundations and stacks have banked edges."""

GAITS = 4
"""How many gaits a walker tries on uneven ground."""


@dataclass(frozen=True, eq=False)
class Places:
    """Where people are, decided in plan.

    Attributes:
        ways: (2, 2) start and end of each walker's way, metres.
        spots: x, y and heading of everyone who stands on the ground.
        stances: what each of them does.
    """

    ways: tuple[NDArray[np.float64], ...]
    spots: tuple[tuple[float, float, float], ...]
    stances: tuple[str, ...]


def places(spec: Crew, plot: Plot, plan: Plan, posts: Sequence[Footprint], duration: float, seed: Seed) -> Places:
    """Decides where people are, and marks their ground as taken.

    Args:
        spec: the section of the recipe.
        plot: the zones.
        plan: what is taken.
        posts: where machines work; somebody guides each of them.
        duration: from the first to the last frame, seconds.
        seed: of the choices.

    Raises:
        PlacementError: if there is no free ground left.
    """
    ways = tuple(_way(number, plot, plan, duration, seed.child("way").child(number)) for number in range(spec.walking))
    spots, stances = [], []
    below = spec.standing - _upstairs(spec)
    for number, post in enumerate(posts[:below]):
        rng = seed.child("guide").child(number).rng()
        spots.append(_guide(post, plot, plan, rng))
        stances.append(GUIDES[rng.integers(len(GUIDES))])
    while len(spots) < below:
        rng = seed.child("spot").child(len(spots)).rng()
        party = min(int(rng.choice([1, 2, 2, 3])), below - len(spots))
        spots += _party(party, f"worker {len(spots) + 1}", plot, plan, rng)
        stances += [str(name) for name in rng.choice(TALKERS if party > 1 else ALONE, party, replace=False)]
    return Places(ways, tuple(spots), tuple(stances))


def _yard(plot: Plot, rng: np.random.Generator) -> tuple[float, float, float]:
    """Draws a place and heading for people: mostly where crane, building and haul road meet, else anywhere."""
    heading = rng.uniform(-np.pi, np.pi)
    share = rng.uniform(-1, 1, 2)
    if rng.random() < 0.65:
        busy = Footprint(plot.crane[0] + 3.0 * plot.side, plot.stores.y - 1.0, 0.0, 20.0, plot.stores.width + 2.0)
        return (*busy.point(*share), heading)
    return (*(plot.stores if rng.random() < 0.6 else plot.lot).point(*share), heading)


def _guide(post: Footprint, plot: Plot, plan: Plan, rng: np.random.Generator) -> tuple[float, float, float]:
    """Returns x, y and heading of somebody who watches a machine from a safe distance."""

    def candidate() -> tuple[float, float, float]:
        bearing, distance = rng.uniform(-np.pi, np.pi), rng.uniform(5.0, 9.0)
        x, y = post.x + distance * np.cos(bearing), post.y + distance * np.sin(bearing)
        return x, y, bearing + np.pi + rng.normal(0, 0.2)

    advice = "lower scene.crew.standing, or raise scene.lot.width"
    spot = plan.fit("worker at a machine", ROOM, candidate, advice, plot.lot.grown(-1.6), 0.1, 400)
    return spot.x, spot.y, spot.yaw


def _party(size: int, name: str, plot: Plot, plan: Plan, rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Returns x, y and headings of people who work alone or talk to each other."""
    room = {1: ROOM, 2: (TALKING + ROOM[0], ROOM[1]), 3: (2 * RING + ROOM[0],) * 2}[size]
    advice = "lower scene.crew.standing, or raise scene.lot.width"
    spot = plan.fit(name, room, lambda: _yard(plot, rng), advice, plot.lot.grown(-1.6), 0.1, 2000)
    if size == 1:
        return [(spot.x, spot.y, spot.yaw)]
    radius = TALKING / 2 if size == 2 else RING
    angles = spot.yaw + np.arange(size) * 2 * np.pi / size
    return [
        (spot.x + radius * np.cos(angle), spot.y + radius * np.sin(angle), angle + np.pi + rng.normal(0, 0.2))
        for angle in angles
    ]


def _upstairs(spec: Crew) -> int:
    """Returns how many of the standing crew are on the floors."""
    return round(SHARE_UP * spec.standing)


def _way(number: int, plot: Plot, plan: Plan, duration: float, seed: Seed) -> NDArray[np.float64]:
    """Returns start and end of a free straight way, a stride longer than anyone walks in `duration`."""
    rng = seed.rng()
    length = 1.45 * duration + 1.6

    size = (length + 0.8, 0.9)
    advice = "lower scene.crew.walking or frames.count, raise frames.fps, or raise scene.lot.width"
    way = plan.fit(
        f"way of worker {number + 1}", size, lambda: _yard(plot, rng), advice, plot.lot.grown(-1.6), STEADY, 600
    )
    reach = length / size[0]
    return way.points([(-reach, 0), (reach, 0)])


def crew(
    spec: Crew,
    where: Places,
    building: Building,
    site: Footprint,
    level: float,
    ground: Ground,
    catalog: Catalog,
    frames: int,
    fps: float,
    seed: Seed,
) -> Assembly:
    """Returns the people.

    Args:
        spec: the section of the recipe.
        where: from `places`.
        building: whose floors some stand on.
        site: where the building stands.
        level: height of the ground that it stands on, metres.
        ground: the finished terrain.
        catalog: of assets.
        frames: T.
        fps: frames a second.
        seed: of looks, gaits and the places upstairs.
    """
    shapes, instances = {}, []

    def add(pose: NDArray[np.float64], values, who: str, rng: np.random.Generator) -> None:
        model = catalog.model(who, **WORKWEAR[rng.integers(len(WORKWEAR))])
        shapes.update(model.shapes)
        instances.append(model.placed(f"worker.{len(instances)}", pose, values))

    for number, way in enumerate(where.ways):
        rng = seed.child("walker").child(number).rng()
        who = str(rng.choice(list(WORKERS)))
        carries = number % 3 == 1
        hold = {part: bend for part, bend in STANCES["carry"].bends.items() if part != "head"} if carries else {}
        pose, values, walks = _walking(way, who, ground, frames, fps, hold, rng)
        add(pose, values, who, rng)
        if carries and walks:
            boards = _boards(instances[-1], f"boards.{number}", WORKERS[who] / 1.75)
            shapes.update(boards.shapes)
            instances.extend(boards.instances)
    for number, ((x, y, heading), pose_name) in enumerate(zip(where.spots, where.stances, strict=True)):
        rng = seed.child("standing").child(number).rng()
        who = str(rng.choice(list(WORKERS)))
        pose = pose_on((x, y, float(ground.height(np.array([x, y])))), heading)
        local = _ground_of(pose, ground)
        add(pose, stance(pose_name, WORKERS[who], local, rng), who, rng)
    for number, (x, y, z) in enumerate(_floor_spots(_upstairs(spec), building, seed.child("floors"))):
        rng = seed.child("upstairs").child(number).rng()
        who = str(rng.choice(list(WORKERS)))
        pose = pose_on((site.x + x, site.y + y, level + z), rng.uniform(-np.pi, np.pi))
        add(pose, stance(str(rng.choice(UPSTAIRS)), WORKERS[who], rng=rng), who, rng)
    return Assembly(shapes, tuple(instances))


def _walking(
    way: NDArray[np.float64], who: str, ground: Ground, frames: int, fps: float, hold: dict[str, float], rng
) -> tuple[NDArray[np.float64], dict[str, NDArray[np.float64]], bool]:
    """Returns poses and joint values of a walker, with a gait that the ground allows, and whether they walk.

    On a bank where no gait will do they stand and wait.
    """
    for _ in range(GAITS):
        speed, phase = rng.uniform(1.0, 1.45), rng.uniform(0, 1)
        try:
            return *walk(way, speed, frames, fps, phase, WORKERS[who], ground.height, hold), True
        except PlacementError:
            continue
    heading = float(np.arctan2(*(way[1] - way[0])[::-1]))
    pose = pose_on((*way[0], float(ground.height(way[0]))), heading)
    return pose, stance("wait", WORKERS[who], _ground_of(pose, ground), rng), False


def _boards(worker: Instance, name: str, scale: float) -> Assembly:
    """Returns three boards across the hands of somebody with the arms of the posture "carry"."""
    index = [part.name for part in worker.parts].index("torso")
    torso = part_poses(worker)[:, index]
    boards = Mesh.merged(
        [
            box((0.19, 1.7 - 0.06 * layer, 0.03), (0.012 * layer, 0.03 * layer, 0.031 * layer), 0.002)
            for layer in range(3)
        ]
    )
    part = Part("body", "crew/boards", (PALE_WOOD,))
    poses = torso @ translation(np.array(IN_HANDS) * scale)
    return Assembly({"crew/boards": boards}, (Instance(name, "timber_stack", (part,), poses),))


def _ground_of(pose: NDArray[np.float64], ground: Ground):
    """Returns the ground's height in the frame of someone who stands upright at a pose."""

    def height(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return ground.height(np.asarray(points) @ pose[:2, :2].T + pose[:2, 3]) - pose[2, 3]

    return height


def _floor_spots(count: int, building: Building, seed: Seed) -> list[tuple[float, float, float]]:
    """Returns places on the building, metres in its frame: the formwork's edge, the newest floor, then the others."""
    rng = seed.rng()
    floors = [floor for floor in building.floors[::-1] if floor.state != "propped" and len(floor.free)]
    spots: list[tuple[float, float, float]] = []
    for number in range(count if floors else 0):
        floor = floors[0] if number % 3 < 2 else floors[number % len(floors)]
        panels, z = floor.free, floor.height
        if building.deck is not None and number % 2 == 0:  # formwork begins with the first bay along X
            z = building.deck
            panels = panels[panels[:, 0, 0] < panels[:, 0, 0].min() + 0.5]
        front = panels[panels[:, 0, 1] < panels[:, 0, 1].min() + 0.5]  # the façade that people see
        for _ in range(60):
            seen = rng.random() < 0.75
            low, high = (front if seen else panels)[rng.integers(len(front if seen else panels))]
            share = rng.random(2) * (1.0, 0.3 if seen else 1.0)
            x, y = low + 0.4 + share * np.maximum(high - low - 0.8, 0)
            if all(np.hypot(x - a, y - b) > 1.2 or abs(z - c) > 1 for a, b, c in spots):
                spots.append((float(x), float(y), z))
                break
    return spots
