"""Machines at work: excavators that dig and load, dump trucks on the haul road."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import Plot
from buildee.layout.catalog import Catalog
from buildee.layout.linkage import (
    FRONT_AXLE,
    FRONT_TRACK,
    REAR_AXLES,
    REAR_TRACK,
    TURNING_POINT,
    excavator_reach,
    excavator_values,
    joint_limits,
    truck_values,
)
from buildee.layout.motion import Path, cycle, grounded, smooth_path
from buildee.layout.placement import Footprint, Plan
from buildee.layout.scene import Assembly, Instance
from buildee.recipe.seed import Seed

EXCAVATOR = (4.6, 3.0)
"""Length and width of the ground that an excavator's tracks need, metres."""

TRUCK = (8.2, 2.6)
"""Length and width of a dump truck, metres."""

WHEELS = np.array(
    [(FRONT_AXLE, side * FRONT_TRACK / 2) for side in (-1, 1)]
    + [(axle, side * REAR_TRACK / 2) for axle in REAR_AXLES for side in (-1, 1)]
)
"""Where a truck's wheels stand, in its frame, metres."""

SPEED = 1.9
"""Of a laden truck on a site, metres a second: walking pace plus."""

DIG_PERIOD = 17.0
"""Seconds from bite to bite; operators of the 20 t class need 15 to 20 with a half turn."""


@dataclass(frozen=True)
class Posts:
    """Where machines work, decided in plan.

    Attributes:
        excavators: where each stands, heading to the pit.
        arcs: where along the drive each truck starts, metres.
        speeds: of each truck, metres a second; the first truck is being loaded when there is an excavator.
        drive: what trucks follow.
    """

    excavators: tuple[Footprint, ...]
    arcs: tuple[float, ...]
    speeds: tuple[float, ...]
    drive: Path


def posts(scene: ConstructionSite, plot: Plot, plan: Plan, seed: Seed) -> Posts:
    """Decides where machines work, and marks their places as taken.

    Raises:
        PlacementError: more machines than the pit's edge or the haul road has room for.
    """
    rng = seed.rng()
    drive = smooth_path(plot.road)
    diggers = _excavators(scene, plot, plan, rng)
    loading = diggers[:1] if scene.plant.dump_trucks else []
    arcs = [_nearest(drive, np.array([digger.x - plot.side * 0.6, digger.y])) for digger in loading]
    free = drive.length - 9.0
    for _ in range(scene.plant.dump_trucks - len(arcs)):
        for _ in range(80):
            arc = rng.uniform(9.0, free)
            if all(abs(arc - other) > TRUCK[0] + 6.5 for other in arcs):
                arcs.append(arc)
                break
        else:
            raise PlacementError(
                f"no room on the haul road for dump truck {len(arcs) + 1} after 80 attempts: "
                "lower scene.plant.dump_trucks or raise scene.lot.width"
            )
    for number, arc in enumerate(arcs):
        point, heading, _ = drive.at(arc)
        plan.keep(f"dump_truck.{number}", Footprint(*point, float(heading), TRUCK[0] + 2.0, TRUCK[1]))
    speeds = tuple(0.0 if number < len(loading) else SPEED * rng.uniform(0.7, 1.1) for number in range(len(arcs)))
    return Posts(tuple(diggers), tuple(arcs), speeds, drive)


def _excavators(scene: ConstructionSite, plot: Plot, plan: Plan, rng: np.random.Generator) -> list[Footprint]:
    """Places excavators along the pit's edge towards the haul road."""
    count = scene.plant.excavators
    if not count:
        return []
    if plot.pit is None:
        raise PlacementError(
            "excavators need something to dig: set scene.lot.pit to true or scene.plant.excavators to 0"
        )
    room = plot.pit.length - 4.0
    if count * 9.0 > room + 9.0:
        raise PlacementError(
            f"the pit's edge of {plot.pit.length:.1f} m has no room for {count} excavators, which need 9 m each: "
            "lower scene.plant.excavators or raise scene.lot.width"
        )
    edge = plot.pit.y - plot.pit.width / 2
    places = []
    for number in range(count):
        share = (number + 0.5) / count + rng.uniform(-0.08, 0.08)
        x = plot.pit.x + plot.side * (share - 0.5) * room
        footprint = Footprint(x, edge - EXCAVATOR[0] / 2 - 1.3, np.pi / 2 + rng.uniform(-0.12, 0.12), *EXCAVATOR)
        places.append(plan.keep(f"excavator.{number}", footprint))
        plan.keep(f"swing.{number}", Footprint(footprint.x, footprint.y, 0.0, 6.0, 6.0))
    return places


def _nearest(drive: Path, point: NDArray[np.float64]) -> float:
    """Returns the arc length of the point of a drive nearest to a point."""
    return float(drive.stations[np.argmin(np.linalg.norm(drive.points - point, axis=1))])


def machines(
    scene: ConstructionSite,
    plot: Plot,
    ground: Ground,
    where: Posts,
    catalog: Catalog,
    time: NDArray[np.float64],
    seed: Seed,
) -> Assembly:
    """Returns the machines at work.

    Args:
        scene: the section of the recipe.
        plot: the zones.
        ground: the finished terrain.
        where: from `posts`.
        catalog: of assets.
        time: (T,) seconds.
        seed: of phases and looks.
    """
    shapes, instances = {}, []
    for number, footprint in enumerate(where.excavators):
        rng = seed.child("excavator").child(number).rng()
        model = catalog.model("excavator", wear=rng.uniform(0.7, 1.3), dirt=0.5 + scene.weather.dirt)
        shapes.update(model.shapes)
        instances.append(_digging(model, f"excavator.{number}", footprint, ground, plot.pit_depth, time, rng))
    for number, (arc, speed) in enumerate(zip(where.arcs, where.speeds, strict=True)):
        rng = seed.child("truck").child(number).rng()
        model = catalog.model("dump_truck", wear=rng.uniform(0.7, 1.3), dirt=0.5 + scene.weather.dirt)
        shapes.update(model.shapes)
        instances.append(_driving(model, f"dump_truck.{number}", where.drive, arc, speed * time, ground))
    return Assembly(shapes, tuple(instances))


def _digging(model, name: str, footprint: Footprint, ground: Ground, depth: float, time, rng) -> Instance:
    """Returns an excavator somewhere in its cycle: bite, curl, lift, slew to the truck, tip, slew back."""
    tracks = footprint.local(footprint.points([(-0.8, -0.73), (0.8, -0.73), (-0.8, 0.73), (0.8, 0.73)]))
    place = np.array([[footprint.x, footprint.y]])
    poses = grounded(place, np.array([footprint.yaw]), tracks, ground.height)
    turn = float(rng.choice([-1.0, 1.0])) * np.pi - (footprint.yaw - np.pi / 2)  # the truck waits behind
    dig = rng.uniform(-0.3, 0.3)
    bite, drag = 7.9, 6.2
    keys = [
        (0.0, {"slew": dig, "reach": bite, "height": -0.45 * depth, "attack": -1.25}),
        (3.2, {"slew": dig, "reach": drag, "height": -0.55 * depth, "attack": -2.1}),
        (4.8, {"slew": dig, "reach": drag, "height": 0.6, "attack": -3.0}),
        (6.2, {"slew": dig + 0.25 * turn, "reach": drag, "height": 3.4, "attack": -3.0}),
        (9.4, {"slew": turn, "reach": 6.3, "height": 4.0, "attack": -2.9}),
        (11.2, {"slew": turn, "reach": 6.7, "height": 4.0, "attack": -1.2}),
        (12.6, {"slew": 0.75 * turn, "reach": 6.6, "height": 3.6, "attack": -1.4}),
        (15.6, {"slew": dig, "reach": bite, "height": 0.9, "attack": -1.2}),
    ]
    values = cycle(keys, DIG_PERIOD, time + rng.uniform(0, DIG_PERIOD))
    boom, stick, bucket = excavator_reach(values["reach"], values["height"], values["attack"])
    bucket = np.clip(bucket, *joint_limits(2))  # the linkage curls no further
    return model.placed(name, poses, excavator_values(values["slew"], boom, stick, bucket))


def _driving(model, name: str, drive: Path, start: float, travelled, ground: Ground) -> Instance:
    """Returns a truck on a drive; its rear axles' middle follows the path, its front wheels steer to it."""
    point, heading, curvature = drive.at(start + travelled)
    ahead = np.stack([np.cos(heading), np.sin(heading)], -1)
    poses = grounded(point - TURNING_POINT * ahead, heading, WHEELS, ground.height)
    steer = np.arctan(curvature * (FRONT_AXLE - TURNING_POINT))
    return model.placed(name, poses, truck_values(travelled, steer, np.zeros_like(travelled)))
