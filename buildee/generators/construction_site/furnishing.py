"""Where offices, stores, equipment, cones and barriers stand, as sites are really kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from types import MappingProxyType
from typing import Literal

import numpy as np

from buildee.errors import PlacementError
from buildee.generators.construction_site.programme import Phase, programme
from buildee.generators.construction_site.props import PROPS
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import WORKING, Plot
from buildee.generators.construction_site.yard import Stand, size_of
from buildee.layout.placement import Footprint, Plan
from buildee.recipe.seed import Seed

Spot = tuple[float, float, float]
Home = Literal["stores", "compound", "crane", "building", "edge"]

FENCE = 2.2
"""Strip along the edge of the lot that fence panels, their feet and stays need, metres."""

MATERIALS: Mapping[Phase, tuple[str, ...]] = MappingProxyType(
    {
        "earthworks": (
            "concrete_pipes",
            "precast",
            "plastic_pipes",
            "timber_stack",
            "big_bag",
            "rebar_bundle",
            "pallet_pile",
            "mesh_mats",
        ),
        "foundations": (
            "rebar_bundle",
            "mesh_mats",
            "plywood_stack",
            "timber_stack",
            "concrete_pipes",
            "precast",
            "prop_crate",
            "big_bag",
            "block_stack",
            "pallet_pile",
            "plastic_pipes",
        ),
        "frame": (
            "rebar_bundle",
            "plywood_stack",
            "block_stack",
            "prop_crate",
            "timber_stack",
            "scaffold_rack",
            "mesh_mats",
            "precast",
            "cement_stack",
            "brick_stack",
            "scaffold_rack",
            "plastic_pipes",
            "pallet_pile",
            "big_bag",
            "concrete_pipes",
        ),
        "envelope": (
            "block_stack",
            "brick_stack",
            "scaffold_rack",
            "cement_stack",
            "big_bag",
            "timber_stack",
            "block_stack",
            "brick_stack",
            "plastic_pipes",
            "pallet_pile",
            "plywood_stack",
            "prop_crate",
            "precast",
        ),
        "finishing": (
            "pallet_pile",
            "cement_stack",
            "timber_stack",
            "block_stack",
            "big_bag",
            "scaffold_rack",
            "plastic_pipes",
            "plywood_stack",
            "brick_stack",
        ),
    }
)
"""Goods that a phase needs, in the order in which they are dealt out, so that few of them are already many kinds."""

EQUIPMENT: tuple[tuple[str, Home], ...] = (
    ("portable_toilet", "compound"),
    ("skip", "edge"),
    ("generator", "compound"),
    ("electric_box", "building"),
    ("cable_drum", "stores"),
    ("cement_mixer", "building"),
    ("wheelbarrow", "building"),
    ("ibc", "edge"),
    ("hopper", "crane"),
    ("lighting_tower", "edge"),
    ("waste_bin", "compound"),
    ("barrel", "stores"),
    ("debris_pile", "edge"),
    ("bowser", "edge"),
    ("portable_toilet", "compound"),
    ("gas_bottles", "stores"),
    ("toolbox", "building"),
    ("electric_box", "crane"),
    ("waste_bin", "compound"),
    ("cable_drum", "edge"),
    ("wheelbarrow", "building"),
    ("skip", "edge"),
    ("barrel", "edge"),
)
"""Equipment and where it belongs, dealt out in this order."""

TOOLS = ("bucket", "tool", "ladder", "gas_bottle", "tool", "bucket", "barrel", "tool", "gas_bottle", "pallet", "bucket")
"""What crews leave about, dealt out in this order."""

CREW = 5
"""Tools that lie together."""

DRAWS = 4
"""How many of a kind are tried: a lot too full for bars of 12 m may hold some of 6 m."""

ROW_PITCH = 3.1
"""From one row of goods to the next, metres: a pallet truck passes between them."""


def furnish(scene: ConstructionSite, plot: Plot, plan: Plan, seed: Seed) -> list[Stand]:
    """Decides where the stores, the equipment and the tools stand, large ones first.

    Raises:
        PlacementError: if something does not fit; names the count to lower.
    """
    stores = scene.stores
    goods = MATERIALS[programme(scene.building.progress, scene.building.storeys).phase]
    if scene.building.system == "steel":
        goods = ("steel_sections", *goods[:3], "steel_sections", *goods[3:])
    for along, across in ((-0.8, -0.2), (-0.4, -0.6), (0.1, -0.1), (0.45, -0.6), (0.75, -0.1)):
        room = Footprint(*plot.stores.point(along * plot.side, -plot.yard * across), 0.0, 4.2, 3.6)
        if plan.is_free(room):
            plan.keep(WORKING, room)
    stands = _equipment(stores.equipment, plot, plan, stores.order, seed.child("equipment"))
    stands += _goods(goods, stores.materials, plot, plan, stores.order, seed.child("materials"))
    return stands + _tools(stores.tools, plot, plan, seed.child("tools"))


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
    tries = count()
    start = plot.wicket[0] + 1.2 * plot.offices if plot.entry == plot.offices else plot.gate[0] + 5.0 * plot.offices

    def spot() -> Spot:
        askew, back = rng.normal(0, 0.012), abs(rng.normal(0, 0.25))
        if (not near or next(tries) > 200) and rng.random() < 0.3:
            flank, share = float(rng.choice([-1.0, 1.0])), rng.uniform(-0.9, 0.6)
            return flank * (reach - back - size[1] / 2), share * plot.depth / 2, flank * np.pi / 2 + askew
        x = rng.uniform(-reach, reach)
        if near and next(tries) < 200 and rng.random() < 0.7:
            x = start + plot.offices * (size[0] / 2 + abs(rng.normal(0, 8.0)))
        turned = np.pi if near else float(rng.choice([0.0, np.pi]))
        return float(np.clip(x, -reach, reach)), low + size[1] / 2 + back, turned + askew

    return spot


def _equipment(number: int, plot: Plot, plan: Plan, order: float, seed: Seed) -> list[Stand]:
    """Returns equipment dealt out in turn to where it belongs, or where it was last used."""
    stands = []
    for index in range(number):
        rng = seed.child(index).rng()
        kind, home = EQUIPMENT[index % len(EQUIPMENT)]
        model = PROPS[kind](rng)
        spot = _about(home, plot, order, rng)
        name, zone = f"{model.category}.equipment.{index}", plot.lot.grown(-FENCE)
        place = plan.fit(name, size_of(model), spot, _advice("equipment"), zone, 0.3, 900)
        stands.append(Stand(name, model, place, pad=True))
    return stands


def _about(home: Home, plot: Plot, order: float, rng: np.random.Generator) -> Callable[[], Spot]:
    """Returns a draw of spots at a home, nearly square to the site when kept in order; elsewhere after many tries."""
    tries = count()

    def spot() -> Spot:
        turned = rng.integers(4) * np.pi / 2 + rng.normal(0, 0.02 + 0.35 * (1 - order) ** 2)
        where = home if next(tries) < 300 else ("compound", "stores", "edge")[int(rng.integers(3))]
        if where == "compound":
            return (*plot.compound.point(*rng.uniform(-1, 1, 2)), turned)
        if where == "stores":
            return (*plot.stores.point(*rng.uniform(-1, 1, 2)), turned)
        if where == "crane":
            away, angle = rng.uniform(3.5, 9.0), rng.uniform(-np.pi, np.pi)
            return plot.crane[0] + away * np.cos(angle), plot.crane[1] + away * np.sin(angle), turned
        if where == "building":
            edge, share = plot.building.grown(rng.uniform(3.0, 5.5)), rng.uniform(-1, 1)
            return (*edge.point(*((share, plot.yard), (-plot.side, share))[int(rng.random() < 0.25)]), turned)
        edge, share, side = plot.lot.grown(-FENCE - rng.uniform(0.8, 2.6)), rng.uniform(-1, 1), int(rng.integers(3))
        return (*edge.point(*[(1, share), (share, 1), (-1, share)][side]), turned)

    return spot


def _tools(number: int, plot: Plot, plan: Plan, seed: Seed) -> list[Stand]:
    """Returns tools, buckets and the like, a few together wherever a crew is at work."""
    stands = []
    for index in range(number):
        rng = seed.child(index).rng()
        model = PROPS[TOOLS[index % len(TOOLS)]](rng)
        corner = seed.child("corner").child(index // CREW).rng()
        home: Home = "building" if corner.random() < 0.7 else "stores"
        spots = _dumped(_about(home, plot, 0.0, corner), rng)
        name, zone = f"{model.category}.tools.{index}", plot.lot.grown(-FENCE)
        place = plan.fit(name, size_of(model), partial(next, spots), _advice("tools"), zone, 0.05, 900)
        stands.append(Stand(name, model, place))
    return stands


def _dumped(corner: Callable[[], Spot], rng: np.random.Generator) -> Iterator[Spot]:
    """Yields spots around the place where a crew is at work; around another one when that is full."""
    while True:
        x, y, _ = corner()
        for _ in range(20):
            yield x + rng.normal(0, 0.7), y + rng.normal(0, 0.7), rng.uniform(-np.pi, np.pi)


def _goods(kinds: tuple[str, ...], number: int, plot: Plot, plan: Plan, order: float, seed: Seed) -> list[Stand]:
    """Returns goods dealt out in turn, like beside like in rows when kept in order."""
    homes = {kind: place for place, kind in enumerate(dict.fromkeys(kinds))}
    shift = seed.child("homes").rng().random()
    stands = []
    for index in range(number):
        rng = seed.child(index).rng()
        kind = kinds[index % len(kinds)]
        share = (homes[kind] * 0.381966 + shift) % 1.0  # golden section: kinds keep apart however many there are
        shelved, zone = rng.random() < order, plot.lot.grown(-FENCE)
        for draw in range(DRAWS):
            model = PROPS[kind](rng)
            spots = _shelved(plot, share, rng) if shelved else _dropped(plot, rng)
            name = f"{model.category}.materials.{index}"
            try:
                place = plan.fit(name, size_of(model), partial(next, spots), _advice("materials"), zone, 0.3, 900)
            except PlacementError:
                if draw == DRAWS - 1:
                    raise
                continue  # another draw may be shorter
            stands.append(Stand(name, model, place, pad=True))
            break
    return stands


def _shelved(plot: Plot, home: float, rng: np.random.Generator) -> Iterator[Spot]:
    """Yields spots in the rows of the stores, from a share of their length outwards; at last anywhere."""
    zone = plot.stores
    rows = max(int((zone.width - 1.0) // ROW_PITCH) + 1, 1)
    first = zone.y - plot.yard * (zone.width / 2 - 1.0)
    middle = float(zone.x + (2 * home - 1) * (zone.length / 2 - 1.5))
    for attempt in range(500):
        x = middle + (attempt // 6) * 0.3 * (-1, 1)[int(rng.integers(2))]
        y = first + plot.yard * ROW_PITCH * int(rng.integers(rows))
        yield round(x, 1), y, int(rng.integers(2)) * np.pi + rng.normal(0, 0.012)
    yield from _dropped(plot, rng)


def _dropped(plot: Plot, rng: np.random.Generator) -> Iterator[Spot]:
    """Yields spots where the crane or the lorry put things down: close to the building, give or take."""
    while True:
        zone = plot.stores if rng.random() < 0.85 else plot.lot
        share = rng.uniform(-1, 1, 2)
        if zone is plot.stores and rng.random() < 0.5:
            share[1] = -plot.yard * (1 - 0.5 * (1 - share[1]) * rng.random())  # under the crane's hook, not in the way
        yield *zone.point(*share), int(rng.integers(4)) * np.pi / 2 + rng.normal(0, 0.12)
