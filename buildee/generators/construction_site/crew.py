"""People on the site: some on their way, some at work or talking, on the ground and on the floors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.crew_floors import floor_spots, upstairs
from buildee.generators.construction_site.crew_loads import LOADS, loaded
from buildee.generators.construction_site.crew_looks import cast
from buildee.generators.construction_site.crew_places import BRISK, STRIDE, Places
from buildee.generators.construction_site.crew_team import pair
from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.props.palette import PALE_WOOD
from buildee.generators.construction_site.section import Crew
from buildee.layout.catalog import Catalog
from buildee.layout.gait import flat, walk
from buildee.layout.kinematics import part_poses, translation
from buildee.layout.mesh import Mesh
from buildee.layout.placement import Footprint, pose_on
from buildee.layout.scene import Assembly, Instance, Model, Part
from buildee.layout.solids import box
from buildee.layout.stance import STANCES, stance
from buildee.recipe.seed import Seed

UPSTAIRS = ("kneel", "crouch", "talk", "point", "inspect", "lift", "bucket")
"""What people do on the floors."""

CARRIED = ("carry", "shoulder", "bucket", "barrow")
"""What those who walk bring along."""

MANAGING = ("plan", "inspect", "phone", "point")
"""Whoever does this has a chance of being a manager or supervisor."""

IN_HANDS = (0.43, 0.0, -0.11)
"""Middle of what rests on the hands of the posture "carry", from the torso, at a stature of 1.75 m, metres."""

HAUNCH = 0.165
"""From what somebody sits on up to their hip joints, at a stature of 1.75 m, metres."""

GAITS = 4
"""How many gaits a walker tries on uneven ground."""


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
    time = np.arange(frames) / fps
    up = sum(upstairs(spec, count, building) for count in (spec.standing, spec.working))
    people = cast(spec, len(where.ways) + 2 * len(where.teams) + len(where.spots) + up, seed.child("cast").rng())
    pieces: list[Assembly] = []
    for number, way in enumerate(where.ways):
        rng = seed.child("walker").child(number).rng()
        load = str(rng.choice(CARRIED)) if rng.random() < spec.loaded else ""
        person = people.pop()
        model, name = person.model(catalog), f"worker.{len(pieces)}"
        pose, values, walks = _walking(way, person.stature, ground, frames, fps, _held_arms(load), rng)
        placed = model.placed(name, pose, values)
        pieces.append(_with_load(load if walks else "", model, placed, person.stature, time, ground))
    for number, way in enumerate(where.teams):
        rng = seed.child("team").child(number).rng()
        two = (people.pop(), people.pop())
        fastest = float(np.linalg.norm(way[1] - way[0])) * fps / max(frames - 1, 1)
        names = tuple(f"worker.{len(where.ways) + 2 * number + end}" for end in (0, 1))
        models = tuple(person.model(catalog) for person in two)
        statures = tuple(person.stature for person in two)
        if (carrying := pair(way, models, statures, names, ground.height, frames, fps, fastest, rng)) is not None:
            pieces.append(carrying)
    first = len(where.ways) + 2 * len(where.teams)
    spots = [(pose_on((x, y, float(ground.height(np.array([x, y])))), yaw), ground) for x, y, yaw in where.spots]
    doing = list(where.stances)
    for x, y, z in floor_spots(up, building, seed.child("floors")):
        rng = seed.child("upstairs").child(len(spots)).rng()
        spots.append((pose_on((site.x + x, site.y + y, level + z), rng.uniform(-np.pi, np.pi)), None))
        doing.append(str(rng.choice(UPSTAIRS)))
    seats = [*where.seats, *[0.0] * (len(doing) - len(where.seats))]
    for number, ((pose, under), what, seat) in enumerate(zip(spots, doing, seats, strict=True)):
        rng = seed.child("standing").child(number).rng()
        person = people.pop().in_role(_role(what, number < where.guides, rng))
        model, name = person.model(catalog), f"worker.{number + first}"
        local = flat if under is None else _ground_of(pose, under)
        hips = seat + HAUNCH * person.stature / 1.75 if seat else None
        placed = model.placed(name, pose, stance(what, person.stature, local, rng, time, hips))
        pieces.append(_with_load(what, model, placed, person.stature, time, ground))
    return Assembly.merged(pieces)


def _role(what: str, guides: bool, rng: np.random.Generator) -> str:
    """Returns the role that goes with what somebody does; most are operatives."""
    chance = rng.random()
    if guides:
        return "banksman"
    if what in MANAGING:
        return "manager" if chance < 0.6 else "supervisor" if chance < 0.75 else ""
    return "electrician" if chance < 0.08 else ""


def _held_arms(load: str) -> dict[str, float]:
    """Returns the joint values of trunk and arms that walk with a load; legs and head go on by themselves."""
    return {part: bend for part, bend in STANCES[load].bends.items() if part != "head"} if load else {}


def _with_load(
    load: str, model: Model, person: Instance, stature: float, time: NDArray[np.float64], ground: Ground
) -> Assembly:
    """Returns a person with what they hold, if anything."""
    things = Assembly()
    if load == "carry":
        things = _boards(person, f"{person.name}.boards", stature / 1.75)
    elif load in LOADS:
        person, things = loaded(load, model, person, stature, time, ground.height)
    return Assembly.merged([Assembly(model.shapes, (person,)), things])


def _walking(
    way: NDArray[np.float64], stature: float, ground: Ground, frames: int, fps: float, hold: dict[str, float], rng
) -> tuple[NDArray[np.float64], dict[str, NDArray[np.float64]], bool]:
    """Returns poses and joint values of a walker, with a gait that the ground allows, and whether they walk.

    On a bank where no gait will do, and on a way too short for the clip, they stand and wait.
    """
    room = float(np.hypot(*(way[1] - way[0]))) - STRIDE + 1e-6
    fastest = room * fps / max(frames - 1, 1e-6)
    for _ in range(GAITS if room > 0 else 0):
        speed, phase = min(rng.uniform(1.0, BRISK), fastest), rng.uniform(0, 1)
        try:
            return *walk(way, speed, frames, fps, phase, stature, ground.height, hold), True
        except PlacementError:
            continue
    heading = float(np.arctan2(*(way[1] - way[0])[::-1]))
    pose = pose_on((*way[0], float(ground.height(way[0]))), heading)
    time = np.arange(frames) / fps
    return pose, stance("wait", stature, _ground_of(pose, ground), rng, time), False


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
