"""The way a tower crane's hook carries its load: up, across, down. Metres, seconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.construction_site.crane_hook import HOOK
from buildee.layout.kinematics import inverse, part_poses
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Instance, Model

SLEW_SPEED, SLEW_GAIN = 0.073, 0.012
TROLLEY_SPEED, TROLLEY_GAIN = 1.0, 0.25
HOIST_SPEED, HOIST_GAIN = 0.9, 0.3
"""Speeds and accelerations: 0.7 revolutions a minute; m/s and m/s^2."""


def load_poses(crane: Instance, load: Model) -> NDArray[np.float64]:
    """Returns (T, 4, 4) `world_from_load` of a load whose ring hangs in the hook of a placed crane.

    The hook's bowl is `crane_hook.HOOK` below the origin of the part "hook".
    """
    index = next(index for index, part in enumerate(crane.parts) if part.name == "hook")
    hook = part_poses(crane)[:, index]
    return hook @ pose_at(z=-HOOK) @ inverse(load.markers["body/ring"])


@dataclass(frozen=True)
class HookPoint:
    """Where a hook is.

    Attributes:
        slew: angle of the jib, radians.
        radius: from the mast's axis, metres.
        height: of the hook's bowl above the crane's ground, metres.
    """

    slew: float
    radius: float
    height: float


@dataclass(frozen=True)
class Lift:
    """A lift: up from one point, slew and trolley at the travelling height, down to the other.

    Attributes:
        pick, drop: where it begins and ends.
        travel: height of the hook on the way, metres, above both.
    """

    pick: HookPoint
    drop: HookPoint
    travel: float

    @property
    def stages(self) -> tuple[float, float, float]:
        """Durations of raising, moving and lowering, seconds."""
        up = travel_time(self.travel - self.pick.height, HOIST_SPEED, HOIST_GAIN)
        turn = travel_time(self.drop.slew - self.pick.slew, SLEW_SPEED, SLEW_GAIN)
        roll = travel_time(self.drop.radius - self.pick.radius, TROLLEY_SPEED, TROLLEY_GAIN)
        return up, max(turn, roll), travel_time(self.travel - self.drop.height, HOIST_SPEED, HOIST_GAIN)

    @property
    def duration(self) -> float:
        """Seconds from the first movement to the last."""
        return sum(self.stages)

    def at(self, seconds: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Returns slew (radians), radius and height (metres) of the hook at (T,) times.

        Before 0 the hook waits at the pick, after `duration` at the drop.
        """
        time = np.asarray(seconds, np.float64)
        up, move, _ = self.stages
        raised = travelled(self.travel - self.pick.height, HOIST_SPEED, HOIST_GAIN, time)
        turned = travelled(self.drop.slew - self.pick.slew, SLEW_SPEED, SLEW_GAIN, time - up)
        rolled = travelled(self.drop.radius - self.pick.radius, TROLLEY_SPEED, TROLLEY_GAIN, time - up)
        lowered = travelled(self.travel - self.drop.height, HOIST_SPEED, HOIST_GAIN, time - up - move)
        return self.pick.slew + turned, self.pick.radius + rolled, self.pick.height + raised - lowered


def travel_time(distance: float, speed: float, gain: float) -> float:
    """Returns how long a trapezoid move takes: `gain` is its acceleration and its braking."""
    way = abs(distance)
    ramp = min(speed, np.sqrt(way * gain))  # a short move never reaches full speed
    return 0.0 if way == 0 else float(way / ramp + ramp / gain)


def travelled(distance: float, speed: float, gain: float, time: ArrayLike) -> NDArray[np.float64]:
    """Returns how far a trapezoid move has come at (T,) times, in the units of `distance`, with its sign."""
    way = abs(distance)
    clock = np.asarray(time, np.float64)
    if way == 0:
        return np.zeros_like(clock)
    peak = min(speed, np.sqrt(way * gain))
    total = travel_time(distance, speed, gain)
    now = np.clip(clock, 0.0, total)
    ramp = peak / gain
    starting = gain * np.minimum(now, ramp) ** 2 / 2
    cruising = peak * np.clip(now - ramp, 0.0, total - 2 * ramp)
    braking = np.clip(now - (total - ramp), 0.0, ramp)
    return np.sign(distance) * (starting + cruising + peak * braking - gain * braking**2 / 2)
