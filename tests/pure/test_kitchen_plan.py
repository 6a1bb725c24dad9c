"""Kitchens are planned by the rules of their trade, and what cannot be planned is explained."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.errors import AssetError, PlacementError
from buildee.generators.kitchen import rules
from buildee.generators.kitchen.arrangement import Arrangement, arrange
from buildee.generators.kitchen.dining import seating
from buildee.generators.kitchen.fixed import put_fixed, refuse_unfit
from buildee.generators.kitchen.floor_plan import floor_plan
from buildee.generators.kitchen.placing import Lines, units, worktops
from buildee.generators.kitchen.section import (
    Cabinets,
    Contents,
    Dining,
    DoorSpec,
    ObjectSpec,
    RoomSection,
    UnitSpec,
    WindowSpec,
)
from buildee.generators.kitchen.stock import Stock
from buildee.generators.kitchen.styles import FAMILIES, style
from buildee.generators.kitchen.walls import inside
from buildee.layout import catalog
from buildee.layout.placement import Footprint
from buildee.recipe.seed import Seed

DOOR = DoorSpec("door", wall=2, start=0.3)
WINDOW = WindowSpec("window", wall=0, start=1.4, width=1.2)
ROOM = RoomSection(width=4.4, depth=3.8, openings=(DOOR, WINDOW))
LAYOUTS = ("one_wall", "galley", "l_shape", "u_shape")


@pytest.fixture(scope="module", params=LAYOUTS)
def plans(request) -> list[Arrangement]:
    """Six arrangements of a layout in one room."""
    room = floor_plan(ROOM, Seed(0))
    section = Cabinets(layout=request.param, tall_units=1 if request.param == "one_wall" else 2)
    return [arrange(room, section, (), Seed(number)) for number in range(6)]


def slots(plan: Arrangement, purpose: str):
    return [slot for own in plan.slots for slot in own if slot.purpose == purpose]


def test_runs_are_filled_from_end_to_end(plans) -> None:
    for plan in plans:
        for run, own in zip(plan.runs, plan.slots, strict=True):
            edges = [run.low, *(edge for slot in own for edge in (slot.low, slot.high)), run.high]
            np.testing.assert_allclose(edges[::2], edges[1::2], atol=1e-6)
            assert all(slot.width <= rules.FILLER + 1e-6 for slot in own if slot.purpose == "filler")


def test_every_kitchen_has_what_it_needs(plans) -> None:
    for plan in plans:
        for purpose in ("sink", "hob", "refrigerator"):
            assert len(slots(plan, purpose)) == 1, purpose


def test_there_is_worktop_beside_sink_and_hob(plans) -> None:
    for plan in plans:
        for run, own in zip(plan.runs, plan.slots, strict=True):
            for slot in own:
                if slot.purpose in ("sink", "hob"):
                    walls = {0.0, plan.room.walls[run.wall].length}
                    neighbours = [item for item in own if item is not slot]
                    beside = [min(abs(item.high - slot.low), abs(item.low - slot.high)) for item in neighbours]
                    assert slot.low not in walls
                    assert slot.high not in walls
                    touching = [item for item, gap in zip(neighbours, beside, strict=True) if gap < 1e-6]
                    assert not any(item.tall for item in touching)


def test_the_hob_is_not_below_a_window(plans) -> None:
    for plan in plans:
        for run, own in zip(plan.runs, plan.slots, strict=True):
            for slot in own:
                if slot.purpose == "hob":
                    openings = plan.room.walls[run.wall].openings
                    assert all(item.end <= slot.low or item.start >= slot.high for item in openings)


def test_units_lie_in_the_room_and_worktops_over_all_base_units(plans) -> None:
    section = Cabinets()
    for number, plan in enumerate(plans):
        drawn = style("modern", 0.2, np.random.default_rng(number))
        lines = Lines.of(section, drawn, plan.room.height)
        made = units(plan, section, lines, np.random.default_rng(number))
        assert len({unit.name for unit in made}) == len(made)
        for unit in made:
            corners = np.array([(x, y, 0, 1) for x in (0.01, unit.width - 0.01) for y in (-0.01, -unit.depth)])
            assert inside(plan.room.outline, (corners @ unit.pose.T)[:, :2]).all(), unit.name
        for unit in (unit for unit in made if unit.level == "base"):
            middle = (unit.pose @ np.array([unit.width / 2, -unit.depth / 2, 0, 1]))[:2]
            covered = 0
            for slab in worktops(plan, section, drawn):
                x, y = (np.linalg.inv(slab.pose) @ np.array([*middle, 0, 1]))[:2]
                covered += bool(0 <= x <= slab.length and -slab.depth <= y <= 0)
            assert covered == 1, unit.name


def test_fixed_units_stand_where_the_recipe_says() -> None:
    room = floor_plan(ROOM, Seed(0))
    fixed = UnitSpec("sink", "sink", wall=0, start=1.6, width=0.8)
    for number in range(4):
        plan = arrange(room, Cabinets(layout="l_shape"), (fixed,), Seed(number))
        (sink,) = slots(plan, "sink")
        assert (sink.low, sink.high) == pytest.approx((1.6, 2.4))


def test_fixed_units_that_fit_no_wall_are_named() -> None:
    fixed = UnitSpec("oven here", "oven", wall=0, start=4.0, width=0.6)
    with pytest.raises(PlacementError, match=r"scene\.fixed\.oven here does not fit .* change what scene\.fixed asks"):
        arrange(floor_plan(ROOM, Seed(0)), Cabinets(layout="l_shape"), (fixed,), Seed(1))


def test_fixed_units_that_have_no_wall_are_refused_at_once() -> None:
    specs = (UnitSpec("sink", wall=4), UnitSpec("oven", "oven", wall=1, start=39), UnitSpec("hob", "hob", wall=3))
    with pytest.raises(PlacementError) as refused:
        refuse_unfit(specs, floor_plan(ROOM, Seed(0)))
    first, second = str(refused.value).splitlines()
    assert first == "scene.fixed.sink.wall: there is no wall 4; walls are 0 to 3"
    assert second.startswith("scene.fixed.oven.start: ends at 39.60 m of a wall that is ")


def test_all_else_stands_beside_what_is_fixed() -> None:
    room = floor_plan(ROOM, Seed(0))
    spot = Footprint(2.2, 2.2, 0.0, 0.8, 0.5)
    for number in range(6):
        plan = arrange(room, Cabinets(), (), Seed(number), [spot])
        sat = seating(plan, Dining(seats=4), 0.6, np.random.default_rng(number), [spot])
        if sat.table is not None:
            yaw = float(np.arctan2(sat.table[1, 0], sat.table[0, 0]))
            assert Footprint(*sat.table[:2, 3].tolist(), yaw, *sat.size).separation(spot) > 0
    with pytest.raises(PlacementError, match=r"change what scene\.fixed asks for"):
        arrange(room, Cabinets(layout="one_wall"), (), Seed(1), [Footprint(2.2, 1.9, 0.0, 4.4, 3.8)])


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"position": (9.0, 1.0, 0.0)}, r"scene\.fixed\.cooker: stands outside the room"),
        ({"position": (2.0, 2.0, 0.5)}, r"scene\.fixed\.cooker: hangs in the air 0\.50 m over the floor"),
        ({"asset": "oven_rage"}, r"scene\.fixed\.cooker\.asset: .*did you mean 'oven_range'"),
    ],
)
def test_objects_that_cannot_stand_there_are_named(place, message) -> None:
    spec = ObjectSpec(**{"name": "cooker", "asset": "oven_range", "position": (2.0, 2.0, 0.0), **place})
    stock = Stock(catalog.load(), style("modern", 0.2, np.random.default_rng(3)), np.random.default_rng(3), Contents())
    with pytest.raises((PlacementError, AssetError), match=message):
        put_fixed([spec], stock, floor_plan(ROOM, Seed(0)), ())


def test_an_object_in_another_is_named() -> None:
    specs = [ObjectSpec(name, (2.0, 2.0, z), asset="oven_range") for name, z in (("lower", 0.0), ("upper", 0.6))]
    stock = Stock(catalog.load(), style("modern", 0.2, np.random.default_rng(3)), np.random.default_rng(3), Contents())
    with pytest.raises(PlacementError, match=r"scene\.fixed\.upper: lies \d+ mm deep in oven_0: change its position"):
        put_fixed(specs, stock, floor_plan(ROOM, Seed(0)), ())


def test_a_room_that_is_too_small_is_explained() -> None:
    with pytest.raises(PlacementError, match=r"fits a room of .* mostly because .*: enlarge scene\.room\.width"):
        arrange(floor_plan(RoomSection(width=1.8, depth=1.8), Seed(1)), Cabinets(), (), Seed(1))


@pytest.mark.parametrize(
    ("section", "message"),
    [
        (RoomSection(outline=((0, 0), (0, 3), (4, 3), (4, 0))), "counter-clockwise"),
        (RoomSection(outline=((0, 0), (4, 3), (4, 0), (0, 3.5))), "counter-clockwise|cross each other"),
        (RoomSection(openings=(DoorSpec("way out", wall=7),)), "no wall 7; walls are 0 to 3"),
        (RoomSection(width=3, openings=(WindowSpec("w", start=2.5, width=1.0),)), "lower its start or width"),
        (RoomSection(openings=(DOOR, DoorSpec("other", wall=2, start=0.8))), "overlaps another opening"),
        (RoomSection(height=2.2, openings=(WindowSpec("w", height=2.3),)), "lower it"),
    ],
)
def test_floor_plans_that_cannot_be_are_refused(section, message) -> None:
    with pytest.raises(PlacementError, match=message):
        floor_plan(section, Seed(0))


def test_families_agree_in_their_palettes() -> None:
    for family in FAMILIES:
        for number in range(8):
            drawn = style(family, 0.3, np.random.default_rng(number))
            assert drawn.family == family
            assert drawn.front in FAMILIES[family].fronts
            assert all(0 <= channel <= 0.85 for channel in drawn.worktop.color)


def test_tables_leave_the_cook_room_and_chairs_reach_them() -> None:
    room = floor_plan(RoomSection(width=5.5, depth=4.5, openings=(DOOR, WINDOW)), Seed(0))
    found = 0
    for number in range(8):
        plan = arrange(room, Cabinets(layout="l_shape"), (), Seed(number))
        sat = seating(plan, Dining(seats=4), 0.6, np.random.default_rng(number))
        if sat.table is None:
            continue
        found += 1
        assert len(sat.chairs) == len(sat.seats) >= 2
        for chair in sat.chairs:
            assert inside(room.outline, chair[None, :2, 3]).all()
            aim = sat.table[:2, 3] - chair[:2, 3]
            assert chair[:2, 0] @ aim > 0
    assert found >= 5
