"""Truck mixers on the haul road and telehandlers in the stores, at work."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.yard import rest
from buildee.layout.linkage_carriers import (
    MIXER_FRONT,
    MIXER_FRONT_TRACK,
    MIXER_REAR,
    MIXER_REAR_TRACK,
    MIXER_TURNING,
    handler_reach,
    handler_values,
    mixer_values,
)
from buildee.layout.motion import Path, cycle, grounded
from buildee.layout.placement import Footprint
from buildee.layout.scene import Instance, Model

MIXER_WHEELS = np.array(
    [(axle, side * MIXER_FRONT_TRACK / 2) for axle in MIXER_FRONT for side in (-1, 1)]
    + [(axle, side * MIXER_REAR_TRACK / 2) for axle in MIXER_REAR for side in (-1, 1)]
)
"""Where a mixer's wheels stand, in its frame, metres."""

STIRRING = 0.42
"""Radians a second of a drum on the way: 2 to 6 revolutions a minute."""

STOWED = np.deg2rad(78.0)
"""To where a mixer's chute is swung on the road."""

HANDLER = (8.4, 2.7)
"""Length and width of the ground that a telehandler and its forks need, metres."""

HANDLER_MIDDLE = 1.35
"""From that ground's middle back to the machine's origin, metres."""

LIFT_PERIOD = 34.0
LIFT_REACH = 3.5
"""Of the carriage's pin ahead of the machine's origin, while it lifts straight up, metres."""


def mixing(
    model: Model,
    name: str,
    drive: Path,
    start: float,
    travelled: NDArray[np.float64],
    time,
    ground: Ground,
    turned: float,
) -> Instance:
    """Returns a mixer on a drive, its drum turning; its rear axles' middle follows the path.

    Args:
        model: of the catalog.
        name: unique in the layout.
        drive: what it follows.
        start: where along the drive, metres.
        travelled: (T,) metres since then.
        time: (T,) seconds.
        ground: what it stands on.
        turned: of the drum at the start, radians.
    """
    point, heading, curvature = drive.at(start + travelled)
    ahead = np.stack([np.cos(heading), np.sin(heading)], -1)
    poses = grounded(point - MIXER_TURNING * ahead, heading, MIXER_WHEELS, ground.height)
    steer = np.arctan(curvature * (MIXER_FRONT[0] - MIXER_TURNING))
    return model.placed(name, poses, mixer_values(travelled, steer, turned + STIRRING * time, STOWED))


def lifting(
    model: Model, name: str, place: Footprint, top: float, ground: Ground, time, rng: np.random.Generator
) -> Instance:
    """Returns a telehandler on its stabilisers that lifts a pallet straight up and sets it down again.

    Args:
        model: of the catalog.
        name: unique in the layout.
        place: the ground it needs.
        top: how high the carriage's pin goes, metres.
        ground: graded plane there.
        time: (T,) seconds.
        rng: of the phase.
    """
    keys = (
        (0.0, {"height": 0.95, "tilt": 0.06}),
        (3.0, {"height": 1.0, "tilt": 0.06}),
        (14.0, {"height": top, "tilt": 0.04}),
        (20.0, {"height": top, "tilt": 0.0}),
        (30.0, {"height": 0.95, "tilt": 0.04}),
    )
    values = cycle(keys, LIFT_PERIOD, time + rng.uniform(3.0, 28.0))
    pose = rest(place, ground)
    pose[:3, 3] -= HANDLER_MIDDLE * pose[:3, 0]
    steer = rng.uniform(-0.3, 0.3)
    joints = handler_values(0.0, steer, *handler_reach(LIFT_REACH, values["height"]), values["tilt"], 1.0)
    return model.placed(name, pose, joints)
