"""Excavators that dig and load, dump trucks on the haul road, in motion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.spoil import EXCAVATOR_BUCKET, carried
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

FULL = (3.7, 10.2)
"""From when until when the bucket carries, seconds of the cycle."""


def digging(
    model: Model,
    name: str,
    footprint: Footprint,
    ground: Ground,
    depth: float,
    time: NDArray[np.float64],
    soil: Material,
    hand: int,
    rng: np.random.Generator,
) -> Assembly:
    """Returns an excavator somewhere in its cycle: bite, curl, lift, slew to the truck, tip, slew back.

    It slews to its left for a `hand` of 1, to its right for -1: over the truck's tail, never over its cab.
    """
    tracks = footprint.local(footprint.points([(-0.8, -0.73), (0.8, -0.73), (-0.8, 0.73), (0.8, 0.73)]))
    place = np.array([[footprint.x, footprint.y]])
    poses = grounded(place, np.array([footprint.yaw]), tracks, ground.height)
    turn = hand * np.pi - (footprint.yaw - np.pi / 2)  # the truck waits behind
    dig = rng.uniform(-0.3, 0.3)
    bite, drag = 7.9, 6.2
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
    phase = (time + rng.uniform(0, DIG_PERIOD)) % DIG_PERIOD
    values = cycle(keys, DIG_PERIOD, phase)
    boom, stick, bucket = excavator_reach(values["reach"], values["height"], values["attack"])
    bucket = np.clip(bucket, *joint_limits(2))  # the linkage curls no further
    machine = model.placed(name, poses, excavator_values(values["slew"], boom, stick, bucket))
    return Assembly.merged(
        [Assembly(model.shapes, (machine,)), carried(machine, EXCAVATOR_BUCKET, 0.22, phase, FULL, soil, rng)]
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
