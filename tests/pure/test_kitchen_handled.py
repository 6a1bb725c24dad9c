"""Taps, knobs, handles, lids and racks are joints that hands have used, and meet nothing by it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from buildee import recipe
from buildee.generators.kitchen import decide
from buildee.generators.kitchen.doors import door
from buildee.generators.kitchen.fixtures import radiator
from buildee.generators.kitchen.handled import handled
from buildee.generators.kitchen.movement import TOUCH, opened
from buildee.generators.kitchen.room import Opening, Room
from buildee.generators.kitchen.styles import style
from buildee.generators.kitchen.taps import tap
from buildee.generators.kitchen.windows import ACROSS, UP, sort_of, window
from buildee.layout import catalog
from buildee.layout.contact import interpenetration
from buildee.layout.kinematics import part_poses
from buildee.layout.material import Material
from buildee.layout.pieces import box_proxy
from buildee.layout.scene import Instance, Layout, Part
from buildee.recipe.seed import Seed
from buildee.resources import folder

SEEDS = range(12)
ROOM = ((0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0))


def drawn(family: str = "modern"):
    return style(family, 0.2, np.random.default_rng(0))


def layout_of(*items: Instance) -> Layout:
    return Layout("kitchen", 1, 25.0, {}, items, (), ())


def block(name: str, low, high) -> Instance:
    material = (Material("paint", (0.5, 0.5, 0.5)),)
    return Instance(name, "carton", (Part("body", "block", material, proxy=box_proxy((low, high))),), np.eye(4)[None])


def in_room(opening: Opening):
    return Room(np.array(ROOM), 2.5, (opening,)).walls[opening.wall], opening


@pytest.mark.parametrize("hinge", ["left", "right"])
@pytest.mark.parametrize("inward", [True, False])
def test_a_door_s_lever_is_pressed_down(hinge, inward):
    wall, opening = in_room(Opening("door", 1, 0.5, 0.9, 0.0, 2.05, hinge, inward))
    made = door(wall, opening, "door.0", drawn(), 0.3, False, np.random.default_rng(0))
    thing = replace(made.instances[0], values={})
    names = [part.name for part in thing.parts]
    handle = names.index("handle")
    joint = thing.parts[handle].joint
    assert thing.parts[handle].parent == names.index("leaf")
    assert joint.limits == pytest.approx((0.0, np.pi / 4))
    points = made.shapes[thing.parts[handle].shape].vertices
    tip = np.append(points[np.abs(points[:, 0]).argmax()], 1.0)
    up, down = (
        (part_poses(replace(thing, values={"handle": np.array([value])}))[0, handle] @ tip)[2] for value in (0.0, 0.7)
    )
    assert up == pytest.approx(1.056, abs=0.02) and down < up - 0.06


@pytest.mark.parametrize("family", ["modern", "country", "industrial"])
@pytest.mark.parametrize("tilts", [True, False])
def test_a_sash_stands_open_only_with_its_handle_turned(family, tilts):
    wall, opening = in_room(Opening("window", 1, 0.5, 1.3, 0.9, 2.1))
    sort = sort_of(drawn(family), np.random.default_rng(1))
    stands = set()
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        thing = window(wall, opening, "window.0", sort, 0.35, rng, tilts=tilts)[0].instances[0]
        for part in thing.parts:
            if part.name.startswith("sash"):
                handle = next(each for each in thing.parts if each.name == part.name.replace("sash", "handle"))
                turned = float(thing.values.get(handle.name, np.zeros(1))[0])
                is_open = bool(thing.values.get(part.name, np.zeros(1)).any())
                assert turned == ((UP if part.joint.axis[0] else ACROSS) if is_open else 0.0)
                assert handle.joint.limits[0] <= turned <= handle.joint.limits[1]
                stands.add(is_open)
    assert stands == {True, False}


def test_valves_stand_where_they_were_turned():
    thing = radiator(1.0, 0.6).placed("radiator.0", np.eye(4))
    turned = [float(handled([thing], 1, 0.0, Seed(n))[0].values["valve"][0]) for n in SEEDS]
    assert np.ptp(turned) > 1.0
    assert min(turned) > 0.0 and max(turned) < thing.parts[1].joint.limits[1]


def test_spouts_swivel_as_far_as_nothing_is_in_the_way():
    made = tap("tap.0", drawn("modern"), np.eye(4))[0]
    beside = block("carton.0", (0.07, -0.25, 0.0), (0.17, -0.05, 0.4))
    alone, hindered = [], []
    for n in SEEDS:
        alone.append(handled([made], 1, 0.0, Seed(n))[0].values)
        items = handled([made, beside], 1, 0.0, Seed(n))
        assert not interpenetration(layout_of(*items), tolerance=2 * TOUCH)
        hindered.append(items[0].values)
    spouts = np.array([float(values.get("spout", np.zeros(1))[0]) for values in alone])
    limits = next(part.joint.limits for part in made.parts if part.name == "spout")
    assert np.ptp(spouts) > 1.0 and limits[0] <= spouts.min() and spouts.max() <= limits[1]
    assert any(one.get("spout") != two.get("spout") for one, two in zip(alone, hindered, strict=True))


def only(item: Instance, part: str) -> Instance:
    """Returns a thing of which one part alone is solid."""
    parts = tuple(each if each.name == part else replace(each, proxy=None) for each in item.parts)
    return replace(item, name=f"{item.name}.{part}", parts=parts)


def test_racks_slide_out_past_doors_that_stand_open():
    oven = catalog.load().model("oven_a").placed("oven.0", np.eye(4))
    slid = 0
    for n in range(40):
        made = opened([oven], [], 1.0, 0, np.zeros(1), Seed(n))[0]
        for name in ("rack_low", "rack_high", "tray"):
            if name in made.values:
                slid += 1
                assert made.values["door"][0] > 0.3
                assert not interpenetration(layout_of(only(made, name), only(made, "door")), tolerance=2 * TOUCH)
    assert slid > 10
    assert not any(opened([oven], [], 0.0, 0, np.zeros(1), Seed(n))[0].values for n in SEEDS)


def test_what_is_handled_in_a_kitchen_keeps_its_limits():
    loaded = recipe.load(folder("recipes") / "kitchen.yaml")
    found = {}
    for seed in (3, 5, 6):
        resolved = loaded.resolve(0, seed)
        layout = decide(resolved.scene, resolved.shot, loaded.scene_seed(0, seed)).layout
        for item in layout.instances:
            for part in item.parts:
                if part.name in item.values:
                    low, high = part.joint.limits
                    value = item.values[part.name]
                    assert low - 1e-9 <= value.min() and value.max() <= high + 1e-9, (item.name, part.name)
                    found.setdefault((item.category, part.name.split("_")[0]), []).append(float(value[0]))
    assert {("tap", "spout"), ("tap", "lever"), ("radiator", "valve")} <= set(found)
    assert any("knob" in name for _, name in found)
