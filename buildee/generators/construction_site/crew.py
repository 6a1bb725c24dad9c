"""People on the site: some on their way, some at work or talking, on the ground and on the floors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.section import Crew
from buildee.generators.construction_site.site import Plot
from buildee.layout.catalog import Catalog
from buildee.layout.gait import walk
from buildee.layout.placement import Footprint, Plan, pose_on
from buildee.layout.scene import Assembly
from buildee.layout.stance import stance
from buildee.recipe.seed import Seed

WORKERS: dict[str, float] = {"worker_a": 1.75, "worker_b": 1.81, "worker_c": 1.71}
"""Barefoot height of every worker in the catalog, metres."""

WORKWEAR = ({"wear": 0.7, "dirt": 0.7}, {"wear": 1.2, "dirt": 1.4})
"""How worn and dirty clothes are, as multiples of the catalog's; few, so that people share materials."""

ROOM = (1.1, 1.1)
"""Ground that a standing worker takes, metres."""

TALKING = 1.6
"""Distance of people who talk to each other, metres."""

SHARE_UP = 0.4
"""Share of the standing crew that works on the building's floors."""

ALONE = ("stand", "inspect", "phone", "kneel", "wait")
IN_PAIRS = ("point", "stand", "wait")


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


def places(spec: Crew, plot: Plot, plan: Plan, duration: float, seed: Seed) -> Places:
    """Decides where people are, and marks their ground as taken.

    Args:
        spec: the section of the recipe.
        plot: the zones.
        plan: what is taken.
        duration: from the first to the last frame, seconds.
        seed: of the choices.

    Raises:
        PlacementError: if there is no free ground left.
    """
    ways = tuple(_way(number, plot, plan, duration, seed.child("way").child(number)) for number in range(spec.walking))
    spots, stances = [], []
    while len(spots) < spec.standing - _upstairs(spec):
        number = len(spots)
        rng = seed.child("spot").child(number).rng()
        pair = spec.standing - _upstairs(spec) - number > 1 and rng.random() < 0.5
        size = (TALKING + ROOM[0], ROOM[1]) if pair else ROOM

        def candidate(rng: np.random.Generator = rng) -> tuple[float, float, float]:
            zone = plot.stores if rng.random() < 0.6 else plot.lot
            x, y = zone.points([rng.uniform(-1, 1, 2)])[0]
            return x, y, rng.uniform(-np.pi, np.pi)

        advice = "lower scene.crew.standing, or raise scene.lot.width"
        spot = plan.fit(f"worker {number + 1}", size, candidate, advice, plot.lot.grown(-1.6), 0.1, 400)
        if pair:
            reach = TALKING / size[0]
            first, second = spot.points([(-reach, 0), (reach, 0)])
            spots += [(*first, spot.yaw), (*second, spot.yaw + np.pi + rng.normal(0, 0.2))]
            stances += [str(rng.choice(IN_PAIRS)) for _ in range(2)]
        else:
            spots.append((spot.x, spot.y, spot.yaw))
            stances.append(str(rng.choice(ALONE)))
    return Places(ways, tuple(spots), tuple(stances))


def _upstairs(spec: Crew) -> int:
    """Returns how many of the standing crew are on the floors."""
    return round(SHARE_UP * spec.standing)


def _way(number: int, plot: Plot, plan: Plan, duration: float, seed: Seed) -> NDArray[np.float64]:
    """Returns start and end of a free straight way, a stride longer than anyone walks in `duration`."""
    rng = seed.rng()
    length = 1.45 * duration + 1.6

    def candidate() -> tuple[float, float, float]:
        zone = plot.stores if rng.random() < 0.6 else plot.lot
        x, y = zone.points([rng.uniform(-1, 1, 2)])[0]
        return x, y, rng.uniform(-np.pi, np.pi)

    size = (length + 0.8, 0.9)
    advice = "lower scene.crew.walking or frames.count, raise frames.fps, or raise scene.lot.width"
    way = plan.fit(f"way of worker {number + 1}", size, candidate, advice, plot.lot.grown(-1.6), 0.05, 600)
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
        speed, phase = rng.uniform(1.0, 1.45), rng.uniform(0, 1)
        add(*walk(way, speed, frames, fps, phase, WORKERS[who], ground.height), who, rng)
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
        add(pose, stance(str(rng.choice(ALONE + IN_PAIRS)), WORKERS[who], rng=rng), who, rng)
    return Assembly(shapes, tuple(instances))


def _ground_of(pose: NDArray[np.float64], ground: Ground):
    """Returns the ground's height in the frame of someone who stands upright at a pose."""

    def height(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return ground.height(np.asarray(points) @ pose[:2, :2].T + pose[:2, 3]) - pose[2, 3]

    return height


def _floor_spots(count: int, building: Building, seed: Seed) -> list[tuple[float, float, float]]:
    """Returns places on the floors' free panels, metres in the building's frame: the newest floor first."""
    rng = seed.rng()
    floors = [floor for floor in building.floors[::-1] if floor.state != "propped" and len(floor.free)]
    spots: list[tuple[float, float, float]] = []
    for number in range(count if floors else 0):
        floor = floors[0] if number % 3 < 2 else floors[number % len(floors)]
        for _ in range(60):
            low, high = floor.free[rng.integers(len(floor.free))]
            x, y = rng.uniform(low + 0.5, np.maximum(high - 0.5, low + 0.5))
            if all(np.hypot(x - a, y - b) > 1.2 or abs(floor.height - z) > 1 for a, b, z in spots):
                spots.append((float(x), float(y), floor.height))
                break
    return spots
