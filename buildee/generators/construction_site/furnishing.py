"""Where offices, stores, equipment, cones and barriers stand, as sites are really kept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from buildee.generators.construction_site.props import PROPS
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.yard import Stand, size_of
from buildee.layout.motion import Path
from buildee.layout.placement import Footprint, Plan
from buildee.recipe.seed import Seed

Spot = tuple[float, float, float]

FENCE = 2.2
"""Strip along the edge of the lot that fence panels, their feet and stays need, metres."""

MATERIALS = (
    "block_stack",
    "rebar_bundle",
    "brick_stack",
    "timber_stack",
    "cement_stack",
    "plywood_stack",
    "plastic_pipes",
    "prop_crate",
    "pallet_pile",
    "concrete_pipes",
)
"""Goods in the stores, in the order in which they are dealt out, so that few of them are already many kinds."""

EQUIPMENT = (
    "portable_toilet",
    "skip",
    "generator",
    "cable_drum",
    "wheelbarrow",
    "barrel",
    "lighting_tower",
    "debris_pile",
    "gas_bottles",
    "portable_toilet",
    "cable_drum",
    "barrel",
    "toolbox",
    "wheelbarrow",
)
"""Equipment, dealt out in this order."""


def furnish(scene: ConstructionSite, plot: Plot, plan: Plan, drive: Path, seed: Seed) -> list[Stand]:
    """Decides where loose things stand, large ones first.

    Raises:
        PlacementError: if something does not fit; names the count to lower.
    """
    stores = scene.stores
    stands = _dealt("equipment", EQUIPMENT, stores.equipment, plan, _about(plot), plot.lot.grown(-FENCE), seed)
    stands += _dealt("materials", MATERIALS, stores.materials, plan, _shelved(plot), plot.lot.grown(-FENCE), seed)
    stands += _barriers(stores.barriers, plot, plan, drive, seed.child("barriers"))
    stands += _signs(plot, plan, seed.child("signs"))
    return stands + _cones(stores.cones, plot, plan, drive, seed.child("cones"))


def _advice(field: str) -> str:
    return f"lower scene.stores.{field}, or raise scene.lot.width or scene.lot.depth"


def cabins(offices: int, containers: int, plot: Plot, plan: Plan, seed: Seed) -> list[Stand]:
    """Returns offices near the gate facing the site, containers beside them, all along the fence.

    Raises:
        PlacementError: if one does not fit; names the count to lower.
    """
    stands = []
    kinds = [("office", "offices", "site_office")] * offices
    kinds += [("container", "containers", "container")] * containers
    for number, (name, field, kind) in enumerate(kinds):
        rng = seed.child(name).child(number).rng()
        model = PROPS[kind](rng)
        size = size_of(model)
        spot = _by_the_fence(plot, size, name == "office", rng)
        zone = plot.lot.grown(-FENCE)
        place = plan.fit(f"{name} {number + 1}", size, spot, _advice(field), zone, 0.35, 400)
        stands.append(Stand(f"{name}.{number}", model, place, pad=True))
    return stands


def _by_the_fence(plot: Plot, size: tuple[float, float], near: bool, rng: np.random.Generator) -> Callable[[], Spot]:
    """Returns a draw of spots along the front fence, near the gate or anywhere, and now and then along the flanks."""
    reach, low = plot.width / 2 - FENCE - 0.05, -plot.depth / 2 + FENCE + 0.05

    def spot() -> Spot:
        askew, back = rng.normal(0, 0.012), abs(rng.normal(0, 0.25))
        if not near and rng.random() < 0.3:
            flank, share = float(rng.choice([-1.0, 1.0])), rng.uniform(-0.9, 0.6)
            return flank * (reach - back - size[1] / 2), share * plot.depth / 2, flank * np.pi / 2 + askew
        x = rng.uniform(-reach, reach)
        if near and rng.random() < 0.7:
            x = plot.gate[0] - plot.side * (6.0 + size[0] / 2 + abs(rng.normal(0, 9.0)))
        turned = np.pi if near else float(rng.choice([0.0, np.pi]))
        return float(np.clip(x, -reach, reach)), low + size[1] / 2 + back, turned + askew

    return spot


def _dealt(
    field: str,
    kinds: tuple[str, ...],
    count: int,
    plan: Plan,
    spot: Callable[[np.random.Generator], Spot],
    zone: Footprint,
    seed: Seed,
) -> list[Stand]:
    """Returns things dealt out in turn to spots of a kind."""
    stands = []
    for number in range(count):
        rng = seed.child(field).child(number).rng()
        model = PROPS[kinds[number % len(kinds)]](rng)
        size = size_of(model)
        name = f"{model.category}.{number}"
        place = plan.fit(name, size, lambda rng=rng: spot(rng), _advice(field), zone, 0.3, 900)
        stands.append(Stand(name, model, place, pad=True))
    return stands


def _shelved(plot: Plot) -> Callable[[np.random.Generator], Spot]:
    """Returns a draw of spots in the stores: square to the building, give or take, most of them close to it."""

    def spot(rng: np.random.Generator) -> Spot:
        zone = plot.stores if rng.random() < 0.85 else plot.lot
        share = rng.uniform(-1, 1, 2)
        if zone is plot.stores and rng.random() < 0.5:
            share[1] = 1 - 0.5 * (1 - share[1]) * rng.random()  # under the crane's hook, not in the way
        x, y = zone.point(*share)
        return x, y, rng.integers(4) * np.pi / 2 + rng.normal(0, 0.05)

    return spot


def _about(plot: Plot) -> Callable[[np.random.Generator], Spot]:
    """Returns a draw of spots for equipment: in the compound, on the way to it, and at the edges of the lot."""

    def spot(rng: np.random.Generator) -> Spot:
        turned = rng.integers(4) * np.pi / 2 + rng.normal(0, 0.08)
        if rng.random() < 0.5:
            return (*plot.compound.point(*rng.uniform(-1, 1, 2)), turned)
        if rng.random() < 0.4:
            return (*plot.stores.point(*rng.uniform(-1, 1, 2)), turned)
        edge, share, side = plot.lot.grown(-FENCE - rng.uniform(1.2, 3.0)), rng.uniform(-1, 1), rng.integers(3)
        return (*edge.point(*[(1, share), (share, 1), (-1, share)][side]), turned)

    return spot


def _barriers(count: int, plot: Plot, plan: Plan, drive: Path, seed: Seed) -> list[Stand]:
    """Returns barriers in a broken line along the pit, or along the road where there is none."""
    rng = seed.rng()
    kind = "concrete_barrier" if rng.random() < 0.5 else "plastic_barrier"
    stands = []
    for number in range(count):
        model = PROPS[kind](seed.child("look").child(number % 3).rng())
        size = size_of(model)

        def spot(size: tuple[float, float] = size) -> Spot:
            # Fence and building leave a foundation dig two free sides: the rest goes to the road.
            if plot.dig is None or (plot.dig.foundations and rng.random() < 0.7):
                return _beside(drive, plot.road_width / 2 + 0.3 + size[1] / 2, rng)
            edge = plot.dig.rim.grown(0.6 + size[1] / 2)
            side, share = int(rng.integers(4)), round(rng.uniform(-1, 1) * 8) / 8
            x, y = edge.point(*[(share, -1), (1, share), (share, 1), (-1, share)][side])
            return x, y, edge.yaw + (side % 2) * np.pi / 2 + rng.normal(0, 0.03)

        place = plan.fit(f"barrier {number + 1}", size, spot, _advice("barriers"), plot.lot.grown(-FENCE), 0.05, 500)
        stands.append(Stand(f"barrier.{number}", model, place, pad=True))
    return stands


def _beside(drive: Path, offset: float, rng: np.random.Generator) -> Spot:
    """Draws a spot beside a drive, in line with it."""
    point, heading, _ = drive.at(rng.uniform(9.5, drive.length - 1.0))
    side = float(rng.choice([-1.0, 1.0])) * offset
    return point[0] - side * np.sin(heading), point[1] + side * np.cos(heading), float(heading)


def _cones(count: int, plot: Plot, plan: Plan, drive: Path, seed: Seed) -> list[Stand]:
    """Returns cones along the edges of the haul road."""
    stands = []
    for number in range(count):
        rng = seed.child(number).rng()
        model = PROPS["traffic_cone"](seed.child("look").child(number % 3).rng())

        def spot(rng: np.random.Generator = rng) -> Spot:
            x, y, heading = _beside(drive, plot.road_width / 2 + 0.35 + abs(rng.normal(0, 0.15)), rng)
            return x, y, heading + rng.uniform(-np.pi, np.pi)

        size = size_of(model)
        place = plan.fit(f"cone {number + 1}", size, spot, _advice("cones"), plot.lot.grown(-FENCE), 0.02, 300)
        stands.append(Stand(f"traffic_cone.{number}", model, place))
    return stands


def _signs(plot: Plot, plan: Plan, seed: Seed) -> list[Stand]:
    """Returns two signs inside the gate."""
    stands = []
    for number in range(2):
        rng = seed.child(number).rng()
        model = PROPS["sign"](rng)

        def spot(rng: np.random.Generator = rng) -> Spot:
            beside = float(rng.choice([-1.0, 1.0])) * rng.uniform(5.0, 8.0)
            return plot.gate[0] + beside, plot.gate[1] + rng.uniform(2.2, 7.0), rng.normal(0, 0.2)

        advice = "raise scene.lot.width"
        place = plan.fit(f"sign {number + 1}", size_of(model), spot, advice, plot.lot.grown(-FENCE), 0.05, 300)
        stands.append(Stand(f"sign.{number}", model, place))
    return stands
