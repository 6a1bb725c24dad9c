"""Puts appliances of the catalog into the recesses that furniture leaves for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from buildee.generators.kitchen.cabinet import Recess
from buildee.generators.kitchen.cabinetry import FRONT
from buildee.generators.kitchen.stock import Stock
from buildee.layout.catalog import Entry
from buildee.layout.kinematics import inverse, part_poses, translation
from buildee.layout.scene import Assembly, Instance, Model, Pose
from buildee.layout.trays import bounds

CATEGORY = {
    "hood": "cooker_hood",
    "oven": "oven",
    "hob": "hob",
    "microwave": "microwave",
    "built_in_dishwasher": "dishwasher",
}
"""Categories of what recesses are called after, where they differ or are shared."""

OVERLAP = 0.055
"""How much wider than its recess the front of a built-in appliance may be, metres: it lies on the carcass's edges."""

MOUNT = "body/mount"
"""Marker in the plane with which a built-in appliance lies against the carcass."""

OPEN = 0.58
"""Recesses for hoods that are wider than this have no cupboard around them, metres."""

BEHIND = 0.02
"""Air behind what stands in a recess, metres."""

Clear = tuple[float, float, float]
"""Clear size of a recess: depth, width, height, metres."""


def appliances(recesses: Mapping[str, Recess], ceiling: float, stock: Stock, rng: np.random.Generator) -> Assembly:
    """Returns an appliance in every recess that one of the catalog fits.

    Args:
        recesses: where they go.
        ceiling: height of the room, which chimneys of hoods may reach, metres.
        stock: what there is.
        rng: draws among those that fit.
    """
    shapes, made = {}, []
    for name, (pose, clear) in recesses.items():
        unit, kind = name.rsplit("/", 1)
        if kind == "hood" and clear[1] > OPEN:
            clear = (*clear[:2], ceiling - float(pose[2, 3]))
        entry = _fitting(kind, clear, stock, rng)
        if entry is not None:
            model = _model(entry, stock)
            shapes |= dict(model.shapes)
            made.append(model.placed(f"{kind.removeprefix('built_in_')}_{unit}", pose @ _seat(entry, model, clear)))
    return Assembly(shapes, tuple(made))


def _fitting(kind: str, clear: Clear, stock: Stock, rng: np.random.Generator) -> Entry | None:
    """Returns one of the assets of a category that go into a recess; of those the ones that fill it best."""
    fits, category = [], CATEGORY.get(kind, kind)
    for id in stock.ids(category):
        entry = stock.catalog[id]
        if category == "dishwasher" and ("built-in" in entry.tags) != kind.startswith("built_in"):
            continue
        _, wide, high = entry.size
        wide -= OVERLAP if _is_built_in(entry) else 0.0
        if category == "hob" or (wide <= clear[1] and high <= clear[2]):
            fits.append((float(entry.size[1:].prod()), id))
    if not fits:
        return None
    most = max(size for size, _ in fits)
    best = [id for size, id in fits if size > 0.8 * most]
    return stock.catalog[best[int(rng.integers(len(best)))]]


def _is_built_in(entry: Entry) -> bool:
    return any("mount" in part.markers for part in entry.parts)


def _seat(entry: Entry, model: Model, clear: Clear) -> Pose:
    """Returns `recess_from_appliance`.

    Built-in ones lie against the carcass's front edges, hobs in their cut-out, hoods at the wall, dishwashers behind a
    front of the furniture; others stand at the back.
    """
    if entry.category == "hob":
        return np.eye(4)
    low, high = bounds(entry, np.eye(4))
    if entry.category == "dishwasher" and "built-in" in entry.tags:
        return translation((clear[0] / 2 - high[0], 0.0, 0.0))
    if MOUNT in model.markers:
        against = -clear[0] / 2 if "wall" in entry.tags else clear[0] / 2 - FRONT
        return translation((against - model.markers[MOUNT][0, 3], 0.0, 0.0))
    return translation((BEHIND - clear[0] / 2 - low[0], 0.0, -low[2]))


def _model(entry: Entry, stock: Stock) -> Model:
    """Returns an appliance in the kitchen's finish."""
    color = stock.style.appliance.color
    colors = {slot: color for slot in ("body", "front") if slot in entry.slots and entry.category != "cooker_hood"}
    return stock.catalog.model(entry.id, colors=colors)


def fronted(furniture: Assembly, machines: Assembly) -> tuple[Assembly, Assembly]:
    """Hangs the fronts before machines on their doors, with which they move.

    Returns:
        Both without, and with, these fronts.
    """
    units = {item.name: item for item in furniture.instances}
    made = []
    for machine in machines.instances:
        unit = units.get(machine.name.split("_", 1)[1])
        if machine.category == "dishwasher" and unit is not None and "door" in _names(unit):
            front, door = _names(unit).index("door"), _names(machine).index("door")
            rest = inverse(part_poses(machine)[0, door]) @ part_poses(unit)[0, front]
            panel = replace(unit.parts[front], name="front", parent=door, rest=rest, joint=None)
            machine = replace(machine, parts=(*machine.parts, panel))
            units[unit.name] = replace(unit, parts=(*unit.parts[:front], *unit.parts[front + 1 :]))
        made.append(machine)
    kept = tuple(item for item in units.values() if item.parts)
    return replace(furniture, instances=kept), replace(machines, instances=tuple(made))


def _names(item: Instance) -> list[str]:
    return [part.name for part in item.parts]
