"""Fitted kitchen furniture: dimensions, gaps, free travel, and what carries things."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from buildee.generators.kitchen.cabinetry import GAP
from buildee.generators.kitchen.clearance import before_it
from buildee.generators.kitchen.fitted import Fitted, fitted
from buildee.generators.kitchen.fronts import Leaf
from buildee.generators.kitchen.room import Opening, Room
from buildee.generators.kitchen.splashback import tiling
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import Unit, Worktop
from buildee.generators.kitchen.worktops import slab
from buildee.layout.categories import CATEGORIES
from buildee.layout.contact import interpenetration
from buildee.layout.kinematics import inverse, part_poses
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Instance, Layout

PLAIN = Material("lacquer", (0.5, 0.5, 0.5))
FAMILIES = {
    "modern": ("slab", "bar", "chamfered", "metro", "steel"),
    "country": ("shaker", "cup", "rounded", "square", "ceramic"),
    "classic": ("framed", "knob", "ogee", "herringbone", "composite"),
    "scandinavian": ("beaded", "bow", "square", "none", "steel"),
    "industrial": ("slab", "edge", "square", "slab", "composite"),
}
ROOM = Room(
    np.array([(0.0, -4.0), (4.6, -4.0), (4.6, 0.0), (0.0, 0.0)]), 2.5, (Opening("window", 2, 2.0, 0.9, 1.1, 2.0),)
)


def style_of(family: str) -> Style:
    """Returns a style in which every finish is the same."""
    front, handle, edge, splashback, sink = FAMILIES[family]
    return Style(
        family=family,
        front=front,
        glazed=0.4,
        handle=handle,
        worktop_thickness=0.04,
        worktop_edge=edge,
        splashback=splashback,
        floor="boards",
        sink=sink,
        seat="shell",
        pattern="plain",
        **dict.fromkeys(
            [
                *("base_front", "wall_front", "island_front", "carcass", "metal", "worktop", "tile", "grout", "wall"),
                *("floor_finish", "ceiling", "trim", "appliance", "sink_finish", "table", "seat_finish", "textile"),
                "crockery",
            ],
            PLAIN,
        ),
    )


def kitchen(family: str = "modern", seed: int = 0) -> tuple[list[Unit], Fitted]:
    """Returns the places of an L-shaped kitchen with an island, and its furniture."""
    top, units = 0.87, []

    def run(name: str, level: str, pose, items, depth: float, bottom: float, high: float) -> None:
        x = 0.0
        for number, (purpose, width, hinge) in enumerate(items):
            at = pose @ pose_at(x)
            ends = (False, number == len(items) - 1 and name != "h")
            units.append(
                Unit(f"{name}{number}", level, purpose, at, width, depth, bottom, high, hinge=hinge, ends=ends)
            )
            x += width

    units.append(Unit("corner", "base", "corner", np.eye(4), 0.9, 0.58, 0.0, top, return_width=0.9))
    units.append(Unit("high_corner", "wall", "corner", np.eye(4), 0.65, 0.35, 1.42, 2.15, return_width=0.65))
    base = [("drawers", 0.6, "left"), ("sink", 0.8, "both"), ("dishwasher", 0.6, "left"), ("doors", 0.4, "right")]
    run("a", "base", pose_at(0.9), base, 0.58, 0.0, top)
    tall = [("refrigerator", 0.64, "left"), ("oven", 0.6, "left"), ("larder", 0.5, "right")]
    run("t", "tall", pose_at(0.0, -4.0, 0.0, np.pi) @ pose_at(-3.0), tall, 0.6, 0.0, 2.15)
    side = pose_at(0.0, -2.7, 0.0, np.pi / 2)
    run("b", "base", side, [("wine", 0.3, "left"), ("oven", 0.6, "left"), ("hob", 0.6, "left")], 0.58, 0.0, top)
    units.append(Unit("blind", "base", "filler", side @ pose_at(1.5), 0.3, 0.58, 0.0, top))
    run(
        "w",
        "wall",
        pose_at(0.65),
        [("doors", 0.5, "left"), ("doors", 0.8, "both"), ("shelves", 0.9, "left")],
        0.35,
        1.42,
        2.15,
    )
    run(
        "h",
        "wall",
        pose_at(0.0, -1.8, 0.0, np.pi / 2),
        [("hood", 0.6, "left"), ("doors", 0.55, "both")],
        0.35,
        1.42,
        2.15,
    )
    units.append(Unit("low", "wall", "doors", pose_at(3.2), 0.8, 0.35, 1.75, 2.15))
    island = pose_at(2.0, -2.0)
    units.append(Unit("island", "base", "drawers", island, 0.9, 0.58, 0.0, top, ends=(True, True), island=True))
    tops = [
        Worktop("top_a", np.eye(4), 3.3, 0.6, 0.91, 0.04, ((1.62, -0.09, 0.56, 0.43, "sink"),), (True, True, False)),
        Worktop("top_b", side, 2.1, 0.6, 0.91, 0.04, ((0.92, -0.055, 0.56, 0.49, "hob"),)),
        Worktop("top_c", island, 0.9, 0.6, 0.91, 0.04, (), (False, False, False), True, 0.3),
    ]
    return units, fitted(units, tops, style_of(family), np.random.default_rng(seed), ROOM)


def layout_of(instances: tuple[Instance, ...], made: Fitted) -> Layout:
    """Returns things as a layout."""
    frames = max(len(value) for item in instances for value in [np.zeros(1), *item.values.values()])
    return Layout("kitchen", frames, 24.0, made.assembly.shapes, instances, (), ())


@pytest.mark.parametrize("family", FAMILIES)
def test_units_stand_clear_of_each_other(family):
    _, made = kitchen(family)
    assert not interpenetration(layout_of(made.assembly.instances, made))
    assert all(item.category in CATEGORIES for item in made.assembly.instances)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_joint_is_free_over_its_whole_travel(family):
    _, made = kitchen(family)
    things = made.assembly.instances
    for number, thing in enumerate(things):
        for index, part in enumerate(thing.parts):
            if part.joint is None:
                continue
            values = np.linspace(*part.joint.limits, 5)
            opened = replace(thing, values={**before_it(thing.parts, index), part.name: values})
            overlaps = interpenetration(
                layout_of((*things[:number], opened, *things[number + 1 :]), made), tolerance=4e-3
            )
            assert not overlaps, (thing.name, part.name, overlaps[0])


def test_all_that_opens_has_a_joint():
    _, made = kitchen("country")
    for thing in made.assembly.instances:
        for part in thing.parts:
            moves = part.name.startswith(("door", "drawer", "inner", "flap", "lever", "spout", "head"))
            assert (part.joint is not None) == (moves or "_door" in part.name), (thing.name, part.name)


def test_doors_and_drawers_really_open():
    _, made = kitchen()
    by_name = {item.name: item for item in made.assembly.instances}
    limits = {
        (name, part.name): part.joint.limits for name, item in by_name.items() for part in item.parts if part.joint
    }
    assert limits["a1", "door_left"][1] > np.deg2rad(100)
    assert limits["w1", "door_right"][1] > np.deg2rad(100)
    assert 0.3 < limits["a0", "drawer_0"][1] <= 0.45
    assert limits["low", "flap"][1] > np.deg2rad(80)
    assert limits["corner", "door_right"][1] > np.deg2rad(90)
    assert limits["t2", "inner_0"][1] > 0.3
    # The knuckle is outside: an opened door stays over its own unit's width but for its handle.
    door = replace(by_name["a1"], values={"door_left": np.array([np.pi / 2])})
    index = next(i for i, part in enumerate(door.parts) if part.name == "door_left")
    free = part_poses(door)[0, index] @ np.array([0.3, 0.0, 0.3, 1.0])
    assert free[1] == pytest.approx(-0.58 - 0.3, abs=2e-3)


def test_a_drawer_slides_towards_the_user():
    _, made = kitchen()
    thing = next(item for item in made.assembly.instances if item.name == "a0")
    shut, opened = (part_poses(replace(thing, values={"drawer_0": np.array([value])}))[0] for value in (0.0, 0.3))
    index = [part.name for part in thing.parts].index("drawer_0")
    assert np.allclose((opened - shut)[index, :3, 3], (0.0, -0.3, 0.0))
    before, after = (
        next(s for s in made.supports_of(replace(thing, values={"drawer_0": np.array([v])})) if s.name == "a0/drawer_0")
        for v in (0.0, 0.3)
    )
    assert np.allclose((after.poses - before.poses)[0, :3, 3], (0.0, -0.3, 0.0))


def test_gaps_between_fronts():
    units, made = kitchen()
    by_name = {item.name: item for item in made.assembly.instances}
    unit, thing = next(unit for unit in units if unit.name == "a0"), by_name["a0"]
    drawers = [part for part in thing.parts if part.name.startswith("drawer")]
    fronts = [(part.rest[2, 3], part.rest[2, 3] + 2 * part.proxy.half[0, 2]) for part in drawers]
    assert fronts[0][0] == pytest.approx(0.15, abs=1e-3)  # plinth
    assert fronts[-1][1] == pytest.approx(unit.top - GAP, abs=1e-3)
    for (_, high), (low, _) in pairwise(fronts):
        assert low - high == pytest.approx(GAP, abs=1e-3)
    wide = made.assembly.shapes[drawers[0].shape].bounds
    assert wide[1, 0] - wide[0, 0] == pytest.approx(unit.width - GAP, abs=1e-4)


@pytest.mark.parametrize("family", ("modern", "country"))
def test_places_lie_within_their_units(family):
    units, made = kitchen(family)
    by_name = {unit.name: unit for unit in units}
    assert len({support.name for support in made.supports}) == len(made.supports)
    for support in made.supports:
        unit = by_name.get(support.name.split("/")[0])
        x, y = support.size / 2
        assert x > 0.015 and y > 0.015 and support.headroom > 0.02, support.name
        if unit is None or unit.return_width:
            continue
        corners = np.array([(a, b, 0.0, 1.0) for a in (-x, x) for b in (-y, y)])
        local = (inverse(unit.pose) @ support.poses[0] @ corners.T)[:3].T
        assert (local >= (0.0, -unit.depth, unit.bottom)).all(), support.name
        assert (local <= (unit.width, 1e-9, unit.top + 1e-9)).all(), support.name


def test_cutlery_has_compartments_and_worktops_end_at_their_holes():
    _, made = kitchen()
    names = [support.name for support in made.supports]
    assert sum(support.topic == "cutlery" for support in made.supports) >= 4
    assert {"top_a/area_0", "top_a/area_1", "top_b/area_0", "top_b/area_1"} <= set(names)
    areas = [support for support in made.supports if support.name.startswith("top_a/")]
    assert all(support.wall for support in areas)
    for support in areas:
        middle, half = support.poses[0, 0, 3], support.size[0] / 2
        assert middle + half <= 1.62 or middle - half >= 1.62 + 0.56


def test_recesses_face_the_user():
    units, made = kitchen()
    assert {"a2/dishwasher", "t0/refrigerator", "t1/oven", "t1/microwave", "b1/oven", "h0/hood", "top_b/hob"} == set(
        made.recesses
    )
    for name, (pose, size) in made.recesses.items():
        unit = next((unit for unit in units if unit.name == name.split("/")[0]), None)
        if unit is not None:
            assert np.allclose(pose[:3, 0], -unit.pose[:3, 1])
            assert size[1] <= unit.width and size[0] <= unit.depth + 1e-9
    pose, size = made.recesses["t1/oven"]
    assert size[1] == pytest.approx(0.564, abs=0.02) and size[2] == pytest.approx(0.598, abs=1e-3)


def test_equal_keys_mean_equal_meshes_and_seeds_repeat():
    _, first = kitchen("classic", 1)
    _, again = kitchen("classic", 1)
    _, other = kitchen("classic", 2)
    for key, mesh in other.assembly.shapes.items():
        twin = first.assembly.shapes.get(key)
        assert twin is None or np.array_equal(twin.vertices, mesh.vertices)
    assert first.assembly.shapes.keys() == again.assembly.shapes.keys()
    poses = [[part.rest for item in made.assembly.instances for part in item.parts] for made in (first, again)]
    assert np.array_equal(*map(np.array, poses))


def volume(mesh: Mesh) -> float:
    """Returns the volume that a closed mesh encloses, negative when it is inside out, cubic metres."""
    total, start = 0.0, 0
    for size in mesh.sizes:
        face = mesh.vertices[mesh.corners[start : start + size]]
        total += sum(np.dot(face[0], np.cross(face[i], face[i + 1])) for i in range(1, size - 1)) / 6
        start += size
    return total


def test_meshes_face_outwards_and_doors_stay_light():
    for family in FAMILIES:
        _, made = kitchen(family)
        for thing in made.assembly.instances:
            for part in thing.parts:
                mesh = made.assembly.shapes[part.shape]
                assert volume(mesh) > 0, part.shape
                if "door" in part.name:
                    assert mesh.triangle_count <= 600, (family, part.name, mesh.triangle_count)


def test_a_slab_has_the_volume_of_what_is_left():
    bounds, hole = (0.0, -0.6, 2.0, 0.0), (0.5, -0.5, 1.1, -0.1)
    _, plain = slab(bounds, 0.04, "square", (False, False, False), (hole,), ())
    assert volume(plain) == pytest.approx(0.04 * (2.0 * 0.6 - 0.6 * 0.4), rel=1e-3)
    _, mesh = slab(bounds, 0.04, "rounded", (True, True, False), (hole,), ((0.2, 0.8),))
    edges = set()
    start = 0
    for size in mesh.sizes:
        ring = mesh.corners[start : start + size]
        edges |= set(zip(ring.tolist(), np.roll(ring, -1).tolist(), strict=True))
        start += size
    assert all((b, a) in edges for a, b in edges)  # closed


def test_tiles_stay_in_their_regions():
    regions = ((0.0, 0.91, 1.0, 1.42), (1.0, 0.91, 1.6, 1.1))
    for pattern, area in (("metro", 0.15 * 0.075), ("square", 0.01), ("herringbone", 0.15 * 0.05)):
        _, mesh = tiling(pattern, regions, 0.0)
        low, high = mesh.bounds
        assert np.allclose((low[0], low[2], high[0], high[2]), (0.0, 0.91, 1.6, 1.42), atol=1e-6)
        faces = mesh.vertices[(mesh.vertices[:, 1] < -0.0066)]
        inside = (faces[:, 0] <= 1.0 + 1e-6) | (faces[:, 2] <= 1.1 + 1e-6)
        assert inside.all()
        assert len(mesh.sizes) > 0.624 / area * 4


def test_a_mirrored_leaf_matches_its_boxes():
    leaf = Leaf("slab", 0.5, 0.7, False, "bar", 0.455, 0.5, True, hinges=(0.1, 0.6))
    for item in (leaf, replace(leaf, mirrored=True)):
        low, high = np.min([b[0] for b in item.boxes], 0), np.max([b[1] for b in item.boxes], 0)
        bounds = item.shape[1].bounds
        assert np.allclose((low[0], high[0], low[1]), (bounds[0, 0], bounds[1, 0], bounds[0, 1]), atol=1e-3)


def test_paint_says_where_hands_take_hold():
    leaf = Leaf("shaker", 0.5, 0.7, False, "bar", 0.455, 0.5, True, hinges=(0.1, 0.6))
    for item in (leaf, replace(leaf, mirrored=True)):
        mesh = item.shape[1]
        x, z, reach, _ = mesh.paint[0]
        bar = mesh.vertices[mesh.vertices[:, 1] < -0.02]  # what stands out in front
        low, high = bar.min(0), bar.max(0)
        assert np.allclose(((low + high) / 2)[[0, 2]], (x, z), atol=1e-3)
        assert -reach == pytest.approx((high - low)[2] / 2, abs=2e-3)
