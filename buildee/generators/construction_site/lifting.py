"""The tower crane at work: its size, and the load that it carries from the stores to the deck."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.crane_lift import HookPoint, Lift, load_poses
from buildee.generators.construction_site.crane_load import LOADS, crane_load
from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.tower_crane import CraneSpec, hook_values, tower_crane
from buildee.layout.material import Color
from buildee.layout.pieces import pose_at
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Assembly, Instance
from buildee.recipe.seed import Seed

LONGEST = 60.0
"""Of jibs, metres."""

OVER_TOP = 8.0
"""From the top of what stands to the jib: a load on its slings passes over the highest formwork; cranes climb as the
building grows. Metres."""

OVER_MACHINES = 8.0
"""Height that the building counts as at least: loads pass over the booms that dig where it will stand. Metres."""

_PAINTS: tuple[Color, ...] = ((0.72, 0.42, 0.015), (0.55, 0.03, 0.02), (0.62, 0.62, 0.6), (0.02, 0.09, 0.3))


OVER_ROOFS = 4.0
"""From the highest roof around to the top of the mast, under which the jib hangs, metres."""


def crane_spec(building: Building, plot: Plot, roofs: float, rng: np.random.Generator) -> CraneSpec:
    """Returns a crane whose hook passes over what stands and reaches the building's corners and the stores.

    Its jib turns over neighbours' `roofs`, metres high.
    """
    corners = np.concatenate([plot.building.corners, plot.stores.corners])
    reach = np.linalg.norm(corners - plot.crane, axis=1).max()
    return CraneSpec(
        height=float(np.clip(max(building.top + 2.0 + OVER_TOP, roofs + OVER_ROOFS), 18.0, 70.0)),
        jib=float(np.clip(np.ceil(reach + 1.5), 25.0, LONGEST)),
        color=_PAINTS[rng.integers(len(_PAINTS))],
        wear=rng.uniform(0.25, 0.6),
    )


def lifting(
    building: Building, plot: Plot, ground: float, around: Iterable[Instance], time: NDArray[np.float64], seed: Seed
) -> Assembly:
    """Returns the crane and its load, somewhere on the way over the building.

    Args:
        building: what it serves.
        plot: where it stands.
        ground: height of its footing's pad, metres.
        around: what stands in town.
        time: (T,) seconds.
        seed: of its looks, load and phase.
    """
    rng = seed.rng()
    spec = crane_spec(building, plot, _roofs(around, plot.crane) - ground, rng)
    model = tower_crane(spec)
    load = crane_load(LOADS[rng.integers(len(LOADS))], rng)
    lift = _lift(spec, building, plot, load.markers["body/ring"][2, 3], rng)
    raising, moving, _ = lift.stages
    begin = raising + moving * rng.uniform(0.15, 0.6)
    crane = model.placed("tower_crane", pose_at(*plot.crane, ground), hook_values(spec, *lift.at(begin + time)))
    return Assembly({**model.shapes, **load.shapes}, (crane, load.placed("crane_load", load_poses(crane, load))))


def _roofs(around: Iterable[Instance], crane: NDArray[np.float64]) -> float:
    """Returns the height of the highest roof that a jib may reach, metres."""
    heights = [0.0]
    for item in around:
        if item.category == "building":
            poses, half = boxes_of(item)
            reach = np.abs(poses[:, :3, :3] * half[:, None]).sum(-1)
            near = np.hypot(*(poses[:, :2, 3] - crane).T) - np.hypot(*reach[:, :2].T) < LONGEST
            heights += (poses[near, 2, 3] + reach[near, 2]).tolist()
    return max(heights)


def _lift(spec: CraneSpec, building: Building, plot: Plot, hangs: float, rng: np.random.Generator) -> Lift:
    """Returns a lift from the stores to a place on the deck, high enough over everything that stands there.

    The load's foot `hangs` so many metres below the hook.
    """

    def polar(point: NDArray[np.float64]) -> tuple[float, float]:
        offset = point - plot.crane
        return float(np.arctan2(offset[1], offset[0])), float(np.clip(np.hypot(*offset), *spec.radius))

    pick = polar(plot.stores.points([(rng.uniform(-0.3, 0.3), 0.0)])[0])
    drop = polar(plot.building.points([rng.uniform(-0.4, 0.4, 2)])[0])
    turn = (drop[0] - pick[0] + np.pi) % (2 * np.pi) - np.pi
    top = max(building.top, OVER_MACHINES)
    travel = min(top + 6.0, spec.highest_hook)
    low = min(top + max(3.6, hangs + 0.8), travel)
    return Lift(HookPoint(*pick, max(4.0, hangs + 0.5)), HookPoint(pick[0] + turn, drop[1], low), travel)
