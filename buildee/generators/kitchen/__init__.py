"""World "kitchen": a fitted kitchen in a house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from buildee.errors import Gathered, PlacementError
from buildee.generators import world
from buildee.generators.kitchen import daylight, lamps, movement, shots
from buildee.generators.kitchen.appliances import appliances, fronted
from buildee.generators.kitchen.arrangement import Arrangement, arrange
from buildee.generators.kitchen.cables import plug_in
from buildee.generators.kitchen.clearance import YIELDING, free_limits, in_use, within_limits
from buildee.generators.kitchen.contents import Around, decorate, dine, fill, furnish_worktop
from buildee.generators.kitchen.dining import seating
from buildee.generators.kitchen.entrance import furnish_entrance
from buildee.generators.kitchen.fitted import Fitted, fitted
from buildee.generators.kitchen.fixed import footprints, put_fixed, refuse_unfit
from buildee.generators.kitchen.floor_plan import floor_plan
from buildee.generators.kitchen.furnishing import furniture
from buildee.generators.kitchen.handled import handled
from buildee.generators.kitchen.heat import pans
from buildee.generators.kitchen.hung import rails, towels, with_notes
from buildee.generators.kitchen.life import happen
from buildee.generators.kitchen.placing import Lines, units, worktops
from buildee.generators.kitchen.section import Kitchen, ObjectSpec, UnitSpec
from buildee.generators.kitchen.shell import shell
from buildee.generators.kitchen.stock import Stock
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.styles import covered, style
from buildee.generators.kitchen.underfoot import furnish_floor
from buildee.layout import cameras, catalog, exposure
from buildee.layout.placement import Footprint
from buildee.layout.places import clear_of_doors, supports_of
from buildee.layout.resting import Support
from buildee.layout.scene import Assembly, Instance, Layout, Sky
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

ROOMS = 8
"""So many rooms are drawn, where the recipe gives no openings, until a kitchen fits into one."""


@dataclass(frozen=True, eq=False)
class Household:
    """A decided kitchen.

    Attributes:
        layout: all that is to be built.
        plan: room and arrangement.
        supports: everything that carries things.
        things: names of what was put on them.
    """

    layout: Layout
    plan: Arrangement
    supports: tuple[Support, ...]
    things: frozenset[str]


@world("kitchen", "A fitted kitchen in a house: cabinets, appliances, table, crockery and food.", Kitchen)
def plan(scene: Kitchen, shot: Shot, seed: Seed) -> Layout:
    """Decides a kitchen; raises PlacementError as `decide` does."""
    return decide(scene, shot, seed).layout


def decide(scene: Kitchen, shot: Shot, seed: Seed) -> Household:
    """Decides a kitchen and keeps what the layout was decided from.

    Raises:
        PlacementError: the recipe asks for what no room or rule allows; says which field to change.
    """
    drawn = style(scene.cabinets.style, scene.cabinets.wear, seed.child("style").rng())
    wrong = Gathered()
    taken: list[Footprint] = []
    with wrong.kept():
        drawn = covered(drawn, scene.surfaces, seed.child("surfaces"))
    with wrong.kept():
        taken = footprints(_objects(scene), catalog.load())
    with wrong.kept():
        arrangement = _arranged(scene, taken, seed)
    with wrong.kept():
        sky = daylight.sky(scene.daylight, seed.child("sky").rng())
    with wrong.kept():
        stock = Stock(catalog.load(), drawn, seed.child("stock").rng(), scene.contents)
    wrong.tell()
    lit = daylight.lamps_on(scene.daylight, arrangement.room, drawn, sky)
    white = daylight.balance(arrangement.room, drawn, sky)
    glow = exposure.black_body(scene.daylight.lamp_kelvin, white) if lit else None
    time = np.arange(shot.frames) / shot.fps
    built, supports = _furnished(scene, arrangement, drawn, stock, sky, glow, time, seed)
    kept = rails(stock, drawn, supports, [*built.instances, *stock.taken])
    towels(stock, built.instances)
    built = with_notes(stock, built)
    furnish_floor(stock, drawn, arrangement, supports, [*built.instances, *stock.taken])
    opened = [*built.instances, *stock.taken]
    furnish_entrance(stock, drawn, arrangement.room, opened, seed.child("entrance").rng())
    stored = _fill(scene, arrangement, stock, supports, built.instances, kept, seed.child("contents"))
    pieces = Assembly.merged([built, stock.assembly])
    left = handled(pieces.instances, len(built.instances), scene.cabinets.open_share, seed.child("handled"))
    pieces = replace(pieces, instances=left)
    lively, loose = happen(pieces.instances, supports, scene.life, time, seed.child("life").rng())
    pieces = replace(pieces, instances=tuple(lively))
    lights = (*daylight.portals(arrangement.room), *(lamps.lights_of(pieces) if lit else ()))
    view = shots.stage(arrangement.room, [item for item in lively if item.name not in stored], supports)
    layout = Layout(
        world="kitchen",
        frames=shot.frames,
        fps=shot.fps,
        shapes=pieces.shapes,
        instances=pieces.instances,
        scatters=pieces.scatters,
        cameras=cameras.place(shot.cameras, view, shot, seed.child("cameras")),
        lights=lights,
        sky=sky,
        exposure=daylight.exposure(arrangement.room, drawn, sky, lights, pieces.instances),
        facts=_facts(arrangement, drawn, pieces.instances),
        loose=loose or None,
    )
    return Household(layout, arrangement, tuple(supports), frozenset(item.name for item in stock.taken))


def _arranged(scene: Kitchen, taken: Sequence[Footprint], seed: Seed) -> Arrangement:
    """Returns an arrangement in the recipe's room, or in the first drawn one that holds a kitchen."""
    fixed = [item for item in scene.fixed if isinstance(item, UnitSpec)]
    for number in range(ROOMS):
        own = seed.child("room").child(number)
        room = floor_plan(scene.room, own)
        refuse_unfit(fixed, room)
        try:
            return arrange(room, scene.cabinets, fixed, own.child("runs"), taken)
        except PlacementError:
            if scene.room.openings or number == ROOMS - 1:
                raise
    raise AssertionError("unreachable")


def _objects(scene: Kitchen) -> list[ObjectSpec]:
    """Returns the objects that the recipe puts itself."""
    return [item for item in scene.fixed if isinstance(item, ObjectSpec)]


def _furnished(
    scene: Kitchen,
    plan: Arrangement,
    drawn: Style,
    stock: Stock,
    sky: Sky,
    glow: tuple[float, float, float] | None,
    time: np.ndarray,
    seed: Seed,
) -> tuple[Assembly, list[Support]]:
    """Returns the room with its furniture and appliances, some of them open, and all that carries things."""
    lines = Lines.of(scene.cabinets, drawn, plan.room.height)
    places = units(plan, scene.cabinets, lines, seed.child("units").rng())
    tops = worktops(plan, scene.cabinets, drawn)
    made: Fitted = fitted(places, tops, drawn, seed.child("fitted").rng(), plan.room)
    machines = appliances(made.recesses, plan.room.height, stock, seed.child("appliances").rng())
    furnished, machines = fronted(made.assembly, machines)
    around, sills = shell(plan.room, drawn, seed.child("shell").rng(), places, tops, glow, sky)
    kept = footprints(_objects(scene), stock.catalog)
    sat = seating(plan, scene.dining, scene.cabinets.depth, seed.child("dining").rng(), kept)
    loose, carriers = furniture(sat, drawn, plan, places, glow, seed.child("furniture").rng())
    machines, around = _freed(machines, around, furnished)
    before = len(stock.taken)
    built = [*furnished.instances, *machines.instances, *around.instances, *loose.instances]
    put_fixed(_objects(scene), stock, plan.room, built)
    opening = [*furnished.instances, *machines.instances, *stock.taken[before:]]
    opened = movement.opened(
        opening,
        [*around.instances, *loose.instances],
        scene.cabinets.open_share,
        scene.life.openings,
        time,
        seed.child("movement"),
    )
    supports = [*sills, *carriers]
    count = len(furnished.instances)
    for item in opened[:count]:
        supports += made.supports_of(item)
    appliance_end = count + len(machines.instances)
    stock.taken[before:] = opened[appliance_end:]
    for item in opened[count:appliance_end]:
        supports += supports_of(item, clear_of_doors(item, stock.catalog[_asset(item)].supports))
    shapes = {**made.assembly.shapes, **machines.shapes}
    pieces = [
        around,
        Assembly(shapes, tuple(opened[:count]), made.assembly.scatters),
        Assembly({}, tuple(opened[count:appliance_end])),
        loose,
    ]
    return Assembly.merged(pieces), supports


def _freed(machines: Assembly, around: Assembly, furnished: Assembly) -> tuple[Assembly, Assembly]:
    """Returns appliances and the room, whose doors and sashes go as far as walls, furniture and taps let them."""
    openings = [item for item in around.instances if item.category in ("door", "window")]
    fixed = [item for item in around.instances if item not in openings and item.category not in YIELDING]
    free = free_limits([*machines.instances, *openings], [*furnished.instances, *fixed])
    count = len(machines.instances)
    ajar = {item.name: within_limits(item) for item in free[count:]}
    instances = tuple(ajar.get(item.name, item) for item in around.instances)
    return replace(machines, instances=free[:count]), replace(around, instances=instances)


def _asset(item: Instance) -> str:
    """Returns the id of the asset that an instance was made from."""
    return item.parts[0].shape.split("/", 1)[0]


def _fill(
    scene: Kitchen,
    plan: Arrangement,
    stock: Stock,
    supports: Sequence[Support],
    built: Sequence[Instance],
    kept: Mapping[str, Footprint],
    seed: Seed,
) -> set[str]:
    """Furnishes worktops, shelves, drawers, racks and the table; returns the names of what is put away.

    Every support draws from a stream of its own: what one field changes on one leaves the others as they are.
    """
    stored: set[str] = set()
    share, first = scene.contents, len(stock.taken)
    hangings = [item for item in built if item.category in (*YIELDING, "window")]
    hangings += [in_use(item) for item in hangings if item.category == "window"]
    around = Around(
        [item for item in supports if item.kind == "sink"],
        [item for item in supports if item.kind == "hob"],
        [item for item in supports if item.name.endswith("/drainer")],
        hangings,
        [item for item in built if item.category == "socket"],
        kept,
    )
    for support in sorted(supports, key=lambda item: -float(item.size[0])):  # the longest worktop is where one cooks
        stock.rng = seed.child(support.name).rng()
        if support.kind == "worktop":
            furnish_worktop(stock, support, around)
        elif support.kind == "sink":
            fill(stock, support, share.mess)
        elif support.kind in ("shelf", "drawer", "rack"):
            count = len(stock.taken)
            fill(stock, support, share.stored)
            stored |= {item.name for item in stock.taken[count:]}
        elif support.kind == "sill":
            decorate(stock, support, around.hangings)
        elif support.kind == "table":
            dine(stock, support, _seats(plan, support), scene.dining.laid)
    stock.rng = seed.child("hob").rng()
    if around.hobs and stock.rng.random() < 0.3 + share.clutter:
        pans(stock, around.hobs, built)
    plug_in(stock, supports, around.sockets, first)
    return stored


def _seats(plan: Arrangement, support: Support) -> list[tuple[float, float]]:
    """Returns the places at a table, evenly along its two long edges."""
    count = max(int(float(support.size[0]) / 0.6), 1)
    xs = (np.arange(count) - (count - 1) / 2) * float(support.size[0]) / count
    return [(float(x), side) for x in xs for side in (-1.0, 1.0)]


def _facts(plan: Arrangement, drawn: Style, instances: tuple[Instance, ...]) -> dict[str, object]:
    """Returns statistics worth showing people."""
    counts = Counter(instance.category for instance in instances)
    return {
        "layout": plan.layout,
        "style": drawn.family,
        "room_m2": round(plan.room.area, 1),
        "joints": sum(part.joint is not None for item in instances for part in item.parts),
        "instances": dict(sorted(counts.items())),
    }
