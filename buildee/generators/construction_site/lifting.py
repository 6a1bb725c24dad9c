"""The tower crane at work: its size, its cycle between the stores and the deck, and the load on its hook."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.pieces import box_proxy, pose_at
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.steelwork import bars
from buildee.generators.construction_site.tower_crane import CraneSpec, hook_values, tower_crane
from buildee.layout.kinematics import part_poses, rotation, translation
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.motion import cycle
from buildee.layout.scene import Assembly, Model, Part
from buildee.layout.solids import box, cylinder, revolve
from buildee.recipe.seed import Seed

OVER_TOP = 9.0
"""From the top of the finished building to the jib: a load on its slings passes over the highest formwork, metres."""

PERIOD = 120.0
"""Seconds from lift to lift."""

_PAINTS: tuple[Color, ...] = ((0.72, 0.42, 0.015), (0.55, 0.03, 0.02), (0.62, 0.62, 0.6), (0.02, 0.09, 0.3))


def crane_spec(building: Building, plot: Plot, rng: np.random.Generator) -> CraneSpec:
    """Returns a crane whose hook passes over the finished building and reaches its corners and the stores."""
    finished = building.spec.storeys * building.spec.storey_height
    corners = np.concatenate([plot.building.corners, plot.stores.corners])
    reach = np.linalg.norm(corners - plot.crane, axis=1).max()
    return CraneSpec(
        height=float(np.clip(max(finished, building.top + 2.0) + OVER_TOP, 22.0, 70.0)),
        jib=float(np.clip(np.ceil(reach + 1.5), 25.0, 60.0)),
        color=_PAINTS[rng.integers(len(_PAINTS))],
        wear=rng.uniform(0.25, 0.6),
    )


def lifting(building: Building, plot: Plot, ground: float, time: NDArray[np.float64], seed: Seed) -> Assembly:
    """Returns the crane and its load.

    Args:
        building: what it serves.
        plot: where it stands.
        ground: height of its footing's pad, metres.
        time: (T,) seconds.
        seed: of its looks, load and phase.
    """
    rng = seed.rng()
    spec = crane_spec(building, plot, rng)
    model = tower_crane(spec)
    values = _values(spec, building, plot, time, rng)
    crane = model.placed("tower_crane", pose_at(*plot.crane, ground), values)
    load = (_bucket, _bundle, _panels)[rng.integers(3)]()
    hook = next(index for index, part in enumerate(model.parts) if part.name == "hook")
    bowl = part_poses(crane)[:, hook] @ model.markers["hook/load"]
    sway = rotation((0, 0, 1), rng.uniform(0, 2 * np.pi) + 0.02 * time)
    hung = load.placed("crane_load", translation(bowl[:, :3, 3]) @ sway)
    return Assembly({**model.shapes, **load.shapes}, (crane, hung))


def _values(spec: CraneSpec, building: Building, plot: Plot, time, rng: np.random.Generator):
    """Returns the joint values: hoist at the stores, slew over the building, lower to the deck, and back."""

    def polar(point: NDArray[np.float64]) -> tuple[float, float]:
        offset = point - plot.crane
        return float(np.arctan2(offset[1], offset[0])), float(np.clip(np.hypot(*offset), *spec.radius))

    from_slew, from_radius = polar(plot.stores.points([(-0.2 * plot.side, 0.1)])[0])
    to_slew, to_radius = polar(plot.building.points([rng.uniform(-0.4, 0.4, 2)])[0])
    to_slew = from_slew + (to_slew - from_slew + np.pi) % (2 * np.pi) - np.pi
    over = min(building.top + 7.5, spec.highest_hook - 0.2)
    deck = min(building.top + 5.2, over)
    here, there = {"slew": from_slew, "radius": from_radius}, {"slew": to_slew, "radius": to_radius}
    keys = [
        (0.0, {**here, "height": 6.5}),
        (22.0, {**here, "height": over}),
        (50.0, {**there, "height": over}),
        (60.0, {**there, "height": deck}),
        (72.0, {**there, "height": over}),
        (100.0, {**here, "height": over}),
    ]
    values = cycle(keys, PERIOD, time + rng.uniform(26.0, 46.0))  # while the load swings over
    return hook_values(spec, values["slew"], values["radius"], values["height"])


def _slings(ends: NDArray[np.float64]) -> Mesh:
    """Returns chains from the hook's bowl at the origin to (N, 3) lifting eyes."""
    ring = cylinder(0.05, 0.02, 12).moved(z=-0.05)
    return Mesh.merged([bars(np.zeros_like(ends) - np.array([0, 0, 0.04]), ends, 0.009), ring])


def _load(key: str, body: Mesh, eyes: NDArray[np.float64], materials: tuple[Material, ...]) -> Model:
    """Returns a load whose origin is the hook's bowl; materials begin with the chains'."""
    slots = Mesh(body.vertices, body.corners, body.sizes, body.slots + 1, body.smooth)
    mesh = Mesh.merged([_slings(eyes), slots])
    chain = Material("bare_metal", (0.12, 0.115, 0.11), wear=0.6, dirt=0.5)
    part = Part("load", f"crane_load/{key}", (chain, *materials), proxy=box_proxy(body.bounds))
    return Model("crane_load", {part.shape: mesh}, (part,))


def _bucket() -> Model:
    """Returns a 1 m3 concrete bucket: a hopper in a frame, its chute and its lever below."""
    profile = [(0.18, -3.6), (0.2, -3.35), (0.62, -2.75), (0.64, -1.95), (0.6, -1.95), (0.58, -2.7), (0.1, -3.3)]
    feet = [box((0.06, 0.06, 1.5), (x, y, -3.05)) for x in (-0.55, 0.55) for y in (-0.55, 0.55)]
    base = [box((1.2, 0.07, 0.07), (0, y, -3.77)) for y in (-0.55, 0.55)]
    base += [box((0.07, 1.2, 0.07), (x, 0, -3.77)) for x in (-0.55, 0.55)]
    body = Mesh.merged([revolve(profile, 28), *feet, *base])
    eyes = np.array([(x, y, -1.97) for x in (-0.44, 0.44) for y in (-0.44, 0.44)])
    return _load("bucket", body, eyes, (Material("painted_metal", (0.05, 0.16, 0.35), wear=0.7, dirt=0.7),))


def _bundle() -> Model:
    """Returns two tonnes of 20 mm reinforcing bars, 9 m long, in two slings."""
    rows = [(column * 0.024 + 0.012 * (row % 2), row * 0.021) for row in range(7) for column in range(13 - row % 2)]
    across = np.array(rows) - np.array([0.144, 0.07])
    starts = np.column_stack([np.full(len(across), -4.5), across[:, 0], across[:, 1] - 3.4])
    ends = starts + np.array([9.0, 0, 0])
    ends[:, 0] += np.tile([0.0, 0.05, -0.04], len(ends))[: len(ends)]
    ties = [box((0.05, 0.34, 0.2), (x, 0, -3.4), 0.02) for x in (-2.2, 2.2)]
    body = Mesh.merged([bars(starts, ends, 0.01), *ties])
    eyes = np.array([(x, y, -3.3) for x in (-2.2, 2.2) for y in (-0.15, 0.15)])
    return _load("bundle", body, eyes, (Material("rusty_steel", (0.2, 0.1, 0.06), wear=0.5, dirt=0.4),))


def _panels() -> Model:
    """Returns a stack of nine slab-form panels, 2.5 m by 1.25 m, on two bearers."""
    panels = [box((2.5, 1.25, 0.019), (0.006 * (i % 3), 0.004 * (i % 2), -3.2 + 0.021 * i)) for i in range(9)]
    bearers = [box((0.1, 1.3, 0.1), (x, 0, -3.265)).with_slot(1) for x in (-0.8, 0.8)]
    eyes = np.array([(x, y, -3.02) for x in (-0.8, 0.8) for y in (-0.63, 0.63)])
    materials = (
        Material("plywood", (0.3, 0.17, 0.07), wear=0.4, dirt=0.4),
        Material("wood", (0.45, 0.31, 0.17), wear=0.5, dirt=0.4),
    )
    return _load("panels", Mesh.merged([*panels, *bearers]), eyes, materials)
