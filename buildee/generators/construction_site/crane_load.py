"""What hangs from a tower crane's hook, and the way the hook carries it. Metres, seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.construction_site.crane_hook import HOOK
from buildee.generators.construction_site.formwork import PAINTS
from buildee.generators.construction_site.pieces import box_proxy, pose_at
from buildee.generators.construction_site.reinforcement import STEEL as REBAR
from buildee.generators.construction_site.steelwork import bars
from buildee.layout.kinematics import inverse, part_poses
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Instance, Model, Part
from buildee.layout.solids import box, circle, revolve, sweep

LoadKind = Literal["bucket", "rebar", "panels"]

SLING = Material("bare_metal", (0.2, 0.19, 0.18), wear=0.6, dirt=0.5)
PLY = Material("plywood", (0.4, 0.24, 0.11), wear=0.4, dirt=0.4)

SLEW_SPEED, SLEW_GAIN = 0.073, 0.012
TROLLEY_SPEED, TROLLEY_GAIN = 1.0, 0.25
HOIST_SPEED, HOIST_GAIN = 0.9, 0.3
"""Speeds and accelerations: 0.7 revolutions a minute; m/s and m/s^2."""


def crane_load(kind: LoadKind, rng: np.random.Generator) -> Model:
    """Returns a load on its slings; origin under its middle, marker "body/ring" in the master link.

    Args:
        kind: a 1 m3 concrete bucket, a bundle of reinforcing bars, or a pack of formwork panels.
        rng: decides paint and small irregularities.
    """
    goods, anchors, ring = {"bucket": _bucket, "rebar": _rebar, "panels": _panels}[kind](rng)
    slots = goods.slots.max() + 1
    slings = _slings(anchors, ring).with_slot(int(slots))
    paint = Material("painted_metal", PAINTS[int(rng.integers(len(PAINTS)))], wear=0.7, dirt=0.7)
    materials = {"bucket": (paint,), "rebar": (REBAR,), "panels": (PLY, paint)}[kind]
    mesh = Mesh.merged([goods, slings])
    key = f"crane_load/{kind}"
    part = Part("body", key, (*materials, SLING), proxy=box_proxy(goods.bounds))
    return Model("crane_load", {key: mesh}, (part,), {"body/ring": pose_at(z=ring)})


def _slings(anchors: NDArray[np.float64], ring: float) -> Mesh:
    """Returns slings from (N, 3) anchors to a link that hangs over the hook's bowl at height `ring`."""
    low = np.array([0.0, 0.0, ring - 0.26])
    legs = bars(anchors, np.broadcast_to(low, anchors.shape), 0.011, 6)
    grips = Mesh.merged([box((0.05, 0.05, 0.09), anchor + np.array([0, 0, 0.03]), 0.01) for anchor in anchors])
    oval = circle(1.0, 20) * (0.075, 0.15)
    link = sweep(
        np.column_stack([np.zeros(20), oval[:, 0], ring - 0.135 + oval[:, 1]]),
        circle(0.014, 8),
        smooth=True,
        closed=True,
    )
    knot = box((0.06, 0.09, 0.08), low + np.array([0, 0, -0.01]), 0.015)
    return Mesh.merged([legs, grips, link, knot])


def _bucket(rng: np.random.Generator) -> tuple[Mesh, NDArray[np.float64], float]:
    """Returns a 1 m3 conical bucket with its outlet, lever, legs and bail."""
    outside = [(0.16, 0.12), (0.16, 0.3), (0.62, 0.95), (0.62, 1.35), (0.65, 1.35), (0.65, 1.39), (0.6, 1.39)]
    shell = revolve([*outside, (0.6, 0.98), (0.02, 0.7)], 32)
    half = 0.52
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    feet = np.column_stack([corners, np.full(4, 0.02)])
    legs = bars(feet, np.column_stack([corners, np.full(4, 0.95)]), 0.03, 8)
    ring = bars(feet, np.roll(feet, -1, 0), 0.03, 8)
    spokes = bars(
        np.column_stack([corners * 0.8, np.full(4, 0.9)]), np.column_stack([corners, np.full(4, 0.9)]), 0.02, 6
    )
    gate = box((0.36, 0.36, 0.05), (0, 0, 0.11), 0.006)
    lever = bars([(0.1, 0.15, 0.12), (0.6, 0.28, 0.45)], [(0.6, 0.28, 0.45), (0.95, 0.28, 0.4)], 0.016, 6)
    rungs = [box((0.03, 0.3, 0.03), (-0.66, 0, z), 0.004) for z in (1.0, 1.2)]
    lugs = [box((0.03, 0.1, 0.16), (x, 0, 1.44), 0.006) for x in (-0.63, 0.63)]
    goods = Mesh.merged([shell, legs, ring, spokes, gate, lever, *rungs, *lugs])
    return goods, np.array([(-0.63, 0, 1.47), (0.63, 0, 1.47)]), 2.6 + float(rng.uniform(0, 0.2))


def _rebar(rng: np.random.Generator) -> tuple[Mesh, NDArray[np.float64], float]:
    """Returns a tied bundle of 6 m bars."""
    spots = np.array(
        [(y, z) for row, z in enumerate(np.arange(5) * 0.019) for y in (np.arange(9 - row) - 4 + row / 2) * 0.022]
    )
    reach = 3.0 + rng.uniform(-0.05, 0.05, len(spots))
    low = np.column_stack([-reach, spots[:, 0], 0.012 + spots[:, 1]])
    bundle = bars(low, low * (-1, 1, 1), 0.0098, 6)
    ties = []
    # Wire ties, and the two chokes of the slings, which are thicker.
    for x, radius in ((-2.4, 0.003), (-1.5, 0.011), (-0.6, 0.003), (0.6, 0.003), (1.5, 0.011), (2.4, 0.003)):
        hoop = np.array([(x, y, z) for y, z in ((-0.1, 0.0), (0.1, 0.0), (0.06, 0.102), (-0.06, 0.102))])
        ties.append(bars(hoop, np.roll(hoop, -1, 0), radius, 6))
    goods = Mesh.merged([bundle, *ties])
    return goods, np.array([(-1.5, 0.0, 0.12), (1.5, 0.0, 0.12)]), 2.9


def _panels(rng: np.random.Generator) -> tuple[Mesh, NDArray[np.float64], float]:
    """Returns five framed formwork panels, 2.70 x 1.35 m, stacked flat with lashing."""
    goods = []
    for layer in range(5):
        x, y = rng.normal(0.0, 0.008, 2)
        base = 0.1 + 0.125 * layer
        goods.append(box((2.7, 1.35, 0.02), (x, y, base + 0.112), 0.002))
        frame = [box((2.7, 0.06, 0.1), (x, y + side * 0.645, base + 0.05), 0.004) for side in (-1, 1)]
        frame += [box((0.06, 1.23, 0.1), (x + dx, y, base + 0.05), 0.003) for dx in np.linspace(-1.32, 1.32, 6)]
        goods.append(Mesh.merged(frame).with_slot(1))
    goods += [box((0.1, 1.4, 0.09), (x, 0, 0.045), 0.004) for x in (-0.9, 0.9)]
    height = 0.1 + 5 * 0.125
    anchors = np.array([(x, y, height + 0.02) for x in (-0.95, 0.95) for y in (-0.6, 0.6)])
    lugs = [box((0.06, 0.06, 0.06), anchor - np.array([0, 0, 0.03]), 0.006).with_slot(1) for anchor in anchors]
    return Mesh.merged([*goods, *lugs]), anchors, height + 1.9


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
