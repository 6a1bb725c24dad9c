"""Excavators that dig and load, dump trucks on the haul road, in motion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.spoil import EXCAVATOR_BUCKET, carried
from buildee.layout.linkage import (
    CRAWLER,
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
from buildee.layout.material import Material
from buildee.layout.motion import Path, cycle, grounded
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Instance, Model

WHEELS = np.array(
    [(FRONT_AXLE, side * FRONT_TRACK / 2) for side in (-1, 1)]
    + [(axle, side * REAR_TRACK / 2) for axle in REAR_AXLES for side in (-1, 1)]
)
"""Where a truck's wheels stand, in its frame, metres."""

DIG_PERIOD = 17.0
"""Seconds from bite to bite; operators of the 20 t class need 15 to 20 with a half turn."""

STAND_OFF = 1.3
"""From the tracks of an excavator to the edge of what it digs, metres."""

FULL = (3.7, 10.2)
"""From when until when the bucket carries, seconds of the cycle."""

BITES = 2
"""After so many the machine repositions on its tracks."""

CRAWL = (BITES * DIG_PERIOD + 1.5, BITES * DIG_PERIOD + 5.5, BITES * DIG_PERIOD + 9.0, BITES * DIG_PERIOD + 13.0)
"""When it starts to back, has backed, starts to come forward and is back, seconds since its first bite. The low
range of the 20 t class is 3.4 km/h; operators creep at a third of that beside an edge."""

PERIOD = BITES * DIG_PERIOD + 14.5
"""Seconds from first bite to first bite."""

TRACK_CONTACTS = [(x, y) for x in (-CRAWLER.reach / 2, CRAWLER.reach / 2) for y in (-1.1, 1.1)]
"""Where the crawlers' ends stand, in the machine's frame, metres."""


def digging(
    model: Model,
    name: str,
    footprint: Footprint,
    ground: Ground,
    depth: float,
    width: float,
    time: NDArray[np.float64],
    soil: Material,
    hand: int,
    retreat: float,
    crawls: bool,
    rng: np.random.Generator,
) -> Assembly:
    """Returns an excavator somewhere in its cycle: bite, lift, slew to the truck, tip, slew back; then reposition.

    Args:
        model: of the catalog.
        name: unique in the layout.
        footprint: where it digs, heading to the dig.
        ground: graded plane there, and as far as it backs.
        depth, width: of the dig, metres; its edge is `STAND_OFF` from the tracks.
        time: (T,) seconds.
        soil: what it digs.
        hand: 1 slews to its left, -1 to its right: over the truck's tail, never over its cab.
        retreat: how far it backs to reposition, metres.
        crawls: whether it is about to when time begins.
        rng: of the phase and the place of the bite.
    """
    askew = (footprint.yaw + np.pi / 4) % (np.pi / 2) - np.pi / 4
    turn = hand * np.pi - askew  # the truck waits behind
    dig = rng.uniform(-0.3, 0.3)
    bite = min(7.9, footprint.length / 2 + STAND_OFF + width - 1.7)  # short of the far side
    drag = max(bite - 1.7, 5.5)
    keys = [
        (0.0, {"slew": dig, "reach": bite, "height": -0.45 * depth, "attack": -1.25}),
        (3.2, {"slew": dig, "reach": drag, "height": -0.55 * depth, "attack": -2.1}),
        (4.8, {"slew": dig, "reach": drag, "height": 0.6, "attack": -3.0}),
        (6.2, {"slew": dig + 0.25 * turn, "reach": 5.9, "height": 3.9, "attack": -3.0}),
        (9.4, {"slew": turn, "reach": 5.7, "height": 4.6, "attack": -2.9}),
        (11.2, {"slew": turn, "reach": 6.6, "height": 4.5, "attack": -1.2}),
        (12.6, {"slew": 0.75 * turn, "reach": 6.6, "height": 4.2, "attack": -1.4}),
        (15.6, {"slew": dig, "reach": bite, "height": 0.9, "attack": -1.2}),
    ]
    carry = {"slew": dig, "reach": 6.4, "height": 1.6, "attack": -2.6}
    trim = {"slew": dig, "reach": min(bite, 7.6), "height": 0.5, "attack": -1.9}
    keys = [(bite * DIG_PERIOD + moment, {**key, "way": 0.0}) for bite in range(BITES) for moment, key in keys]
    begin, backed, return_, back = CRAWL
    keys += [(begin - 0.2, {**carry, "way": 0.0}), (begin, {**carry, "way": 0.0}), (backed, {**carry, "way": -retreat})]
    keys += [
        (backed + 1.6, {**trim, "way": -retreat}),
        (return_, {**carry, "way": -retreat}),
        (back, {**carry, "way": 0.0}),
    ]
    phase = (time + rng.uniform(*((begin, begin + 1.2) if crawls else (0, BITES * DIG_PERIOD - 4.0)))) % PERIOD
    values = cycle(keys, PERIOD, phase)
    way = values["way"] if np.ptp(values["way"]) > 0 else values["way"][:1]
    ahead = np.array([np.cos(footprint.yaw), np.sin(footprint.yaw)])
    points = np.array([footprint.x, footprint.y]) + way[:, None] * ahead
    poses = grounded(points, np.full(len(way), footprint.yaw), TRACK_CONTACTS, ground.height)
    boom, stick, bucket = excavator_reach(values["reach"], values["height"], values["attack"])
    bucket = np.clip(bucket, *joint_limits(2))  # the linkage curls no further
    joints = excavator_values(values["slew"], boom, stick, bucket, way + rng.uniform(0, CRAWLER.length))
    machine = model.placed(name, poses, joints)
    busy = np.where(phase < BITES * DIG_PERIOD, phase % DIG_PERIOD, 0.0)
    return Assembly.merged(
        [Assembly(model.shapes, (machine,)), carried(machine, EXCAVATOR_BUCKET, 0.22, busy, FULL, soil, rng)]
    )


def driving(
    model: Model, name: str, drive: Path, start: float, travelled: NDArray[np.float64], ground: Ground
) -> Instance:
    """Returns a truck on a drive; its rear axles' middle follows the path, its front wheels steer to it."""
    point, heading, curvature = drive.at(start + travelled)
    ahead = np.stack([np.cos(heading), np.sin(heading)], -1)
    poses = grounded(point - TURNING_POINT * ahead, heading, WHEELS, ground.height)
    steer = np.arctan(curvature * (FRONT_AXLE - TURNING_POINT))
    return model.placed(name, poses, truck_values(travelled, steer, np.zeros_like(travelled)))
