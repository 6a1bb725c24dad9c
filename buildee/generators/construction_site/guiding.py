"""What guides traffic and people: barriers along the pit and the walkway, cones along the road, signs at the gates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count as count_from

import numpy as np

from buildee.generators.construction_site.furnishing import FENCE
from buildee.generators.construction_site.props import PROPS
from buildee.generators.construction_site.props.signs import sign
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import WALKWAY, WALKWAY_WIDTH, WORKING, Plot
from buildee.generators.construction_site.yard import Stand, size_of
from buildee.layout.motion import Path
from buildee.layout.placement import Footprint, Plan
from buildee.recipe.seed import Seed

Spot = tuple[float, float, float]

FOR_PEOPLE = (WALKWAY, WORKING)
"""What is kept free of things for people to be on."""

INSIDE = ("helmet", "speed", "visitors", "plant", "vest", "excavation", "assembly", "boots", "first_aid", "deliveries")
"""Notices on posts, dealt out in this order."""


def guide(scene: ConstructionSite, plot: Plot, plan: Plan, drive: Path, seed: Seed) -> list[Stand]:
    """Decides where barriers, signs and cones stand; people may use the walkway and the room to work
    from then on.

    Raises:
        PlacementError: if something does not fit; names the count to lower.
    """
    stands = _walkway(plot, plan, seed.child("walkway"))
    stands += _barriers(scene.stores.barriers, plot, plan, drive, seed.child("barriers"))
    stands += _signs(plot, plan, seed.child("signs"))
    stands += _cones(scene.stores.cones, plot, plan, drive, seed.child("cones"))
    plan.clear(FOR_PEOPLE)
    return stands


def _advice(field: str) -> str:
    return f"lower scene.stores.{field}, or raise scene.lot.width or scene.lot.depth"


def _walkway(plot: Plot, plan: Plan, seed: Seed) -> list[Stand]:
    """Returns barriers on both sides of the walkway, as far as nothing else stands there."""
    stretches = [footprint for name, footprint in plan.taken if name == WALKWAY]
    others = Plan([(name, footprint) for name, footprint in plan.taken if name not in FOR_PEOPLE])
    rng, stands = seed.rng(), []
    model = PROPS["walkway_barrier"](rng)
    size = size_of(model)
    for way in stretches:
        for side in (-1.0, 1.0):
            lateral = way.x + side * (WALKWAY_WIDTH + size[1]) / 2
            for share in np.arange((size[0] - way.length) / 2, (way.length - size[0]) / 2, size[0] + 0.05):
                turned = np.pi / 2 + rng.normal(0, 0.015)
                at = Footprint(lateral + rng.normal(0, 0.02), float(way.y + share), turned, *size)
                if others.is_free(at, 0.05) and at.overhang(plot.lot.grown(-FENCE + 0.2)) < 0:
                    stands.append(Stand(f"barrier.walkway.{len(stands)}", model, at, pad=True))
    for stand in stands:
        plan.keep("walkway barrier", stand.footprint)
    return stands


def _barriers(count: int, plot: Plot, plan: Plan, drive: Path, seed: Seed) -> list[Stand]:
    """Returns barriers in a broken line along the pit, or along the road where there is none."""
    rng = seed.rng()
    kind = "concrete_barrier" if rng.random() < 0.5 else "plastic_barrier"
    stands = []
    for number in range(count):
        model = PROPS[kind](seed.child("look").child(number % 3).rng())
        size, tries = size_of(model), count_from(0)

        def spot(size: tuple[float, float] = size, tries: Iterator[int] = tries) -> Spot:
            # Fence and building leave a foundation dig two free sides: the rest goes to the road.
            if plot.dig is None or next(tries) > 200 or (plot.dig.foundations and rng.random() < 0.7):
                return _beside(drive, plot.road_width / 2 + 0.3 + size[1] / 2, rng)
            edge = plot.dig.rim.grown(0.6 + size[1] / 2)
            x, y = edge.point(round(rng.uniform(-1, 1) * 8) / 8, -1)  # edge protection closes the other sides
            return x, y, edge.yaw + rng.normal(0, 0.03)

        place = plan.fit(f"barrier {number + 1}", size, spot, _advice("barriers"), plot.lot.grown(-FENCE), 0.05, 500)
        stands.append(Stand(f"barrier.{number}", model, place, pad=True))
    return stands


def _beside(drive: Path, offset: float, rng: np.random.Generator) -> Spot:
    """Draws a spot beside a drive, in line with it."""
    point, heading, _ = drive.at(rng.uniform(9.5, drive.length - 8.0))
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
    """Returns the board of the firms at the gate, if there is room, and signs on posts inside both gates."""
    stands = []
    board = PROPS["site_board"](seed.child("board").rng())
    size, zone = size_of(board), plot.lot.grown(-FENCE)
    for away in np.arange(5.9, 9.0, 0.4):
        x, y = plot.gate[0] - plot.entry * away, -plot.depth / 2 + FENCE + 0.1 + size[1] / 2
        at = Footprint(float(x), y, 0.0, *size)
        if plan.is_free(at, 0.1) and at.overhang(zone) < 0:
            stands.append(Stand("sign.board", board, plan.keep("site board", at), pad=True))
            break
    for number in range(4):
        rng = seed.child(number).rng()
        model = sign(INSIDE[(number + int(seed.child("first").rng().integers(3))) % len(INSIDE)], True)
        middle = plot.wicket[0] if number % 2 else plot.gate[0]

        def spot(rng: np.random.Generator = rng, middle: float = middle) -> Spot:
            beside = float(rng.choice([-1.0, 1.0])) * rng.uniform(1.4, 8.0)
            return middle + beside, plot.gate[1] + rng.uniform(2.2, 7.0), rng.normal(0, 0.2)

        def along(rng: np.random.Generator = rng) -> Spot:
            return plot.lot.width * rng.uniform(-0.5, 0.5), plot.gate[1] + rng.uniform(0.8, 9.0), rng.normal(0, 0.2)

        place = plan.fit(f"sign {number + 1}", size_of(model), spot, "raise scene.lot.width", zone, 0.05, 500, [along])
        stands.append(Stand(f"sign.{number}", model, place))
    return stands
