"""Fitted furniture: everything that stands or hangs in the runs of a kitchen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from buildee.generators.kitchen import base_units, tall_units, wall_units
from buildee.generators.kitchen.cabinet import Cabinet, Recess
from buildee.generators.kitchen.clearance import free_limits, wall_boxes
from buildee.generators.kitchen.corner import corner
from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.sinks import basin_of, sink, tap_pose
from buildee.generators.kitchen.splashback import splashbacks
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.taps import tap
from buildee.generators.kitchen.trim import finish, island_cladding
from buildee.generators.kitchen.units import BASE, TALL, WALL, Unit, Worktop
from buildee.generators.kitchen.worktops import holes_of, worktop
from buildee.layout.kinematics import translation
from buildee.layout.places import supports_of
from buildee.layout.resting import Place, Support
from buildee.layout.scene import Assembly, Instance

CARCASS = 0.72
"""Height of a base unit's carcass; what is left below is its plinth."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """Furniture and what it offers.

    Attributes:
        assembly: units, worktops, sinks, taps and tiles, all doors closed.
        places: where things may stand, by the name of the instance.
        recesses: where appliances go, by "unit/appliance" or "worktop/hob".
    """

    assembly: Assembly
    places: Mapping[str, tuple[Place, ...]]
    recesses: Mapping[str, Recess]

    @property
    def supports(self) -> tuple[Support, ...]:
        """Everything that carries things, with all doors and drawers closed."""
        return tuple(support for instance in self.assembly.instances for support in self.supports_of(instance))

    def supports_of(self, instance: Instance) -> tuple[Support, ...]:
        """Returns what carries things on one of its instances, where that one's joint values take them."""
        return supports_of(instance, self.places.get(instance.name, ()))


def fitted(
    units: Sequence[Unit], worktops: Sequence[Worktop], style: Style, rng: np.random.Generator, room: Room | None = None
) -> Fitted:
    """Returns the furniture of a kitchen.

    Args:
        units: the places of cabinets and appliances.
        worktops: the slabs over them.
        style: of the kitchen.
        rng: draws which wall units are glazed and what else differs.
        room: tiles go round its windows and doors open no farther than its walls; None has neither.
    """
    base = [unit.top for unit in units if unit.level == BASE]
    line = max(base, default=CARCASS + 0.15)
    plinth = float(np.clip(line - CARCASS, 0.1, 0.15))
    ceiling = np.inf if room is None else room.height
    cutlery = next((unit for unit in units if unit.purpose == "drawers" and unit.width >= 0.35), None)
    cabinets = []
    for unit, stream in zip(units, rng.spawn(len(units)), strict=True):
        cabinet = Cabinet(unit, style, plinth, line, stream, basin_of(unit, worktops, style))
        _furnish(cabinet, unit is cutlery, ceiling)
        finish(cabinet, ceiling)
        cabinets.append(cabinet)
    pieces = [Assembly(item.shapes, (item.instance(_category(item.unit)),)) for item in cabinets if item.parts]
    places = {item.unit.name: tuple(item.places) for item in cabinets}
    recesses = {name: recess for item in cabinets for name, recess in item.recesses.items()}
    pieces.append(island_cladding(units, style, plinth))
    for top in worktops:
        pieces += _topped(top, worktops, style, places)
        recesses |= _hobs(top)
    pieces.append(splashbacks(worktops, units, style, room))
    whole = Assembly.merged(pieces)
    walls = None if room is None else wall_boxes(room)
    return Fitted(replace(whole, instances=free_limits(whole.instances, walls=walls)), places, recesses)


def _category(unit: Unit) -> str:
    """Returns what a unit is called in the label table."""
    return "shelf" if unit.purpose == "shelves" else "kitchen_unit"


def _furnish(cabinet: Cabinet, cutlery: bool, ceiling: float) -> None:
    """Builds a unit for its purpose."""
    unit = cabinet.unit
    match unit.purpose:
        case "corner":
            corner(cabinet)
        case "dishwasher" | "washing_machine":
            base_units.machine(cabinet, unit.purpose)
        case "sink":
            base_units.under_sink(cabinet)
        case "drawers" | "hob":
            base_units.stack(cabinet, cutlery, unit.purpose == "hob")
        case "oven":
            tall_units.oven_tower(cabinet) if unit.level == TALL else base_units.under_hob_oven(cabinet)
        case "hood":
            wall_units.over_hob(cabinet, ceiling)
        case "refrigerator":
            tall_units.cold(cabinet)
        case "shelves":
            wall_units.open_shelves(cabinet)
        case "wine":
            base_units.wine_rack(cabinet)
        case "filler":
            base_units.filler(cabinet)
        case _ if unit.level == TALL:
            tall_units.larder(cabinet)
        case _ if unit.level == WALL:
            wall_units.hanging(cabinet, bool(cabinet.rng.random() < cabinet.style.glazed))
        case _:
            base_units.cupboard(cabinet)
    cabinet.close()


def _topped(
    top: Worktop, worktops: Sequence[Worktop], style: Style, places: dict[str, tuple[Place, ...]]
) -> list[Assembly]:
    """Returns a worktop with its sinks and taps, and notes their places."""
    instance, shapes, areas = worktop(top, worktops, style)
    pieces = [Assembly(shapes, (instance,))]
    places[top.name] = tuple(areas)
    number = 0
    for hole, (*_, kind) in zip(holes_of(top, style.sink), top.cutouts, strict=True):
        if kind != "sink":
            continue
        instance, shapes, found = sink(top, hole, number, style)
        pieces.append(Assembly(shapes, (instance,)))
        places[instance.name] = tuple(found)
        instance, shapes = tap(f"{top.name}_tap_{number}", style, tap_pose(top, hole, style))
        pieces.append(Assembly(shapes, (instance,)))
        number += 1
    return pieces


def _hobs(top: Worktop) -> dict[str, Recess]:
    """Returns the cut-outs for hobs: their frame lies on the worktop's upper face."""
    found = {}
    for x, y, width, depth, kind in top.cutouts:
        if kind == "hob":
            pose = translation((x + width / 2, y - depth / 2, top.top))
            pose[:2, :2] = ((0.0, 1.0), (-1.0, 0.0))
            found[f"{top.name}/hob"] = top.pose @ pose, (depth, width, top.thickness)
    return found
