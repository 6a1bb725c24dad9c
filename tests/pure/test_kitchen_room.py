"""The room of a kitchen: closed walls, floors without gaps, things on their walls, light that adds up."""

from dataclasses import replace

import numpy as np
import pytest

from buildee.generators.kitchen import curtains, daylight, lamps
from buildee.generators.kitchen.bays import standing
from buildee.generators.kitchen.chairs import chair, stool
from buildee.generators.kitchen.doors import door
from buildee.generators.kitchen.floors import floor
from buildee.generators.kitchen.room import Opening, Room
from buildee.generators.kitchen.section import Daylight
from buildee.generators.kitchen.shell import shell
from buildee.generators.kitchen.skirting import skirting
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.sundries import rug, waste_bin
from buildee.generators.kitchen.tables import HEIGHT, SEAT, bench, table, table_size
from buildee.generators.kitchen.units import Unit, Worktop
from buildee.generators.kitchen.walls import walls
from buildee.layout.categories import CATEGORIES
from buildee.layout.contact import interpenetration
from buildee.layout.exposure import LUX, black_body
from buildee.layout.kinematics import inverse, part_poses
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Assembly, Layout

FAMILIES = ("modern", "scandinavian", "country", "classic", "industrial")
WHITE = Material("lacquer", (0.7, 0.7, 0.68))
OAK = Material("veneer", (0.4, 0.26, 0.14))


def style_of(family="modern", laid="boards", seat="shell"):
    cloth = Material("fabric", (0.4, 0.3, 0.2))
    steel = Material("brushed_metal", (0.6, 0.6, 0.6))
    return Style(
        family, "slab", WHITE, WHITE, WHITE, WHITE, 0.2, "bar", steel, WHITE, 0.03, "square", "metro", WHITE, WHITE,
        laid, OAK, WHITE, WHITE, WHITE, WHITE, "steel", steel, OAK, seat, OAK, cloth, "checks", WHITE,
    )  # fmt: skip


def plan(corners=((0, 0), (4.6, 0), (4.6, 3.6), (0, 3.6))):
    openings = (
        Opening("window", 0, 1.2, 1.5, 1.0, 2.15),
        Opening("door", 1, 0.5, 0.9, 0.0, 2.05),
        Opening("passage", len(corners) - 1, 1.2, 1.0, 0.0, 2.1),
    )
    return Room(np.array(corners, float), 2.5, openings)


L_SHAPE = ((0, 0), (4.6, 0), (4.6, 2.2), (3.0, 2.2), (3.0, 3.6), (0, 3.6))


def kitchen_run():
    """A run along wall 2 of the rectangular room."""
    units = [Unit(f"base_{i}", "base", "doors", pose_at(0.6 * i, 3.6), 0.6, 0.58, 0.0, 0.87) for i in range(4)]
    top = Worktop("top", pose_at(0.0, 3.6), 2.4, 0.62, 0.9, 0.03, ((1.2, -0.08, 0.6, 0.45, "sink"),))
    return units, (top,)


def volume(mesh):
    """Signed volume of a closed mesh by the divergence theorem."""
    total, at = 0.0, 0
    for size in mesh.sizes:
        points = mesh.vertices[mesh.corners[at : at + size]]
        at += size
        for k in range(1, size - 1):
            total += points[0] @ np.cross(points[k], points[k + 1]) / 6
    return total


def edge_uses(mesh):
    """How often every directed edge is walked, minus its reverse: zero everywhere on a closed skin."""
    ends = np.cumsum(mesh.sizes)
    following = np.arange(1, len(mesh.corners) + 1)
    following[ends - 1] = ends - mesh.sizes
    pairs = np.column_stack([mesh.corners, mesh.corners[following]])
    uses = {}
    for first, second in pairs.tolist():
        uses[(first, second)] = uses.get((first, second), 0) + 1
        uses[(second, first)] = uses.get((second, first), 0) - 1
    return set(uses.values())


@pytest.mark.parametrize("corners", [plan().outline.tolist(), L_SHAPE])
def test_walls_are_closed_and_fill_what_their_openings_leave(corners):
    room = plan(corners)
    made = walls(room, style_of(), WHITE)
    total = 0.0
    for thing in made.instances:
        mesh = made.shapes[thing.parts[0].shape]
        assert edge_uses(mesh) == {0}
        total += volume(mesh)
    ring = sum(wall.length for wall in room.walls) * room.thickness + 4 * room.thickness**2  # four more left turns
    holes = sum(item.width * (item.height - (item.sill or -0.015)) for item in room.openings) * room.thickness
    assert total == pytest.approx(ring * 2.515 - holes, rel=1e-6)


@pytest.mark.parametrize("laid", ["boards", "herringbone", "tiles", "stone"])
@pytest.mark.parametrize("corners", [plan().outline.tolist(), L_SHAPE])
def test_floors_cover_the_room_and_nothing_else(laid, corners):
    room = plan(corners)
    made = floor(room, style_of(laid=laid), np.random.default_rng(3))
    mesh = made.shapes["kitchen/floor"]
    top, at = 0.0, 0
    for size in mesh.sizes:
        points = mesh.vertices[mesh.corners[at : at + size]]
        at += size
        if np.all(np.abs(points[:, 2]) < 1e-9):
            x, y = points[:, :2].T
            area = (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
            assert area > 0  # looks up
            top += area
            assert points[:, :2].min() > -1e-6 and np.all(points[:, :2].max(0) < room.outline.max(0) + 1e-6)
    assert 0.92 * room.area < top <= room.area
    assert mesh.triangle_count <= 40000
    assert mesh.bounds[1, 2] == 0.0


@pytest.mark.parametrize("family", FAMILIES)
def test_a_shell_is_sound(family):
    room = plan()
    units, tops = kitchen_run()
    things, sills = shell(room, style_of(family), np.random.default_rng(5), units, tops)
    names = [thing.name for thing in (*things.instances, *things.scatters)]
    assert len(names) == len(set(names))
    assert {thing.category for thing in things.instances} <= set(CATEGORIES)
    for thing in things.instances:
        for part in thing.parts:
            mesh = things.shapes[part.shape]
            assert isinstance(mesh, Mesh)
            assert np.isfinite(mesh.vertices).all()
            assert mesh.slots.max(initial=0) < len(part.materials)
            if part.joint is not None:
                low, high = part.joint.limits
                assert low <= thing.values.get(part.name, np.zeros(1))[0] <= high
    assert [sill.kind for sill in sills] == ["sill"]
    again, _ = shell(room, style_of(family), np.random.default_rng(5), units, tops)
    for first, second in zip(things.instances, again.instances, strict=True):
        assert first.name == second.name and np.array_equal(first.poses, second.poses)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_of_a_shell_is_inside_something_else(seed):
    units, tops = kitchen_run()
    for family in FAMILIES:
        things, _ = shell(plan(), style_of(family), np.random.default_rng(seed), units, tops)
        layout = Layout("kitchen", 1, 24.0, things.shapes, things.instances, things.scatters, ())
        assert interpenetration(layout) == []


def test_sockets_keep_to_the_rules():
    units, tops = kitchen_run()
    things, _ = shell(plan(), style_of(), np.random.default_rng(1), units, tops)
    sockets = [thing for thing in things.instances if thing.category == "socket"]
    above = [thing.poses[0] for thing in sockets if thing.poses[0, 2, 3] > 0.5]
    assert above
    for pose in above:
        assert 0.15 <= pose[2, 3] - 0.9 <= 0.2
        assert pose[0, 3] < 0.901 or pose[0, 3] > 2.099 or pose[1, 3] < 3.0  # not behind the sink
    assert all(pose.poses[0, 2, 3] == pytest.approx(0.3) for pose in sockets if pose.poses[0, 2, 3] < 0.5)
    switches = [thing.poses[0] for thing in things.instances if thing.category == "light_switch"]
    assert switches and all(pose[2, 3] == pytest.approx(1.05) for pose in switches)


def test_skirting_stops_at_doors_and_cabinets():
    room = plan()
    units, _ = kitchen_run()
    made = skirting(room, style_of(), units)
    for wall, thing in zip(room.walls, made.instances, strict=True):
        taken = standing(wall, units, 0.0, 0.1)
        taken += [(item.start, item.end) for item in wall.openings if item.sill == 0]
        for middle, half in zip(thing.parts[0].proxy.poses[:, 0, 3], thing.parts[0].proxy.half[:, 0], strict=True):
            assert all(middle + half <= a + 1e-6 or middle - half >= b - 1e-6 for a, b in taken)


@pytest.mark.parametrize("hinge", ["left", "right"])
@pytest.mark.parametrize("inward", [True, False])
def test_doors_open_the_way_they_are_told(hinge, inward):
    room = Room(plan().outline, 2.5, (Opening("door", 1, 0.5, 0.9, 0.0, 2.05, hinge, inward),))
    wall = room.walls[1]
    thing = door(wall, wall.openings[0], "door.0", style_of(), 0.3, False, np.random.default_rng(0)).instances[0]
    opened = part_poses(type(thing)(thing.name, thing.category, thing.parts, thing.poses, {"leaf": np.array([1.2])}))
    leaf = thing.parts[1]
    middle = opened[0, 1] @ leaf.proxy.poses[0] @ np.array([0, 0, 0, 1.0])
    local = inverse(wall.pose) @ middle
    assert local[1] > 0.2 if inward else local[1] < -0.45
    # From inside, the left jamb is where x is high: one looks against the wall's Y.
    assert (local[0] > 0.95) == (hinge == "left")


@pytest.mark.parametrize("family", FAMILIES)
def test_furniture_stands_on_the_floor_at_its_heights(family):
    rng = np.random.default_rng(2)
    style = style_of(family)
    furniture = [(table(table_size(seats, form), style, rng, form), HEIGHT) for seats, form in
                 ((2, "rectangular"), (4, "round"), (6, "extending"), (8, "rectangular"))]  # fmt: skip
    furniture += [(bench(1.2, style, rng), SEAT), (stool(style, rng), 0.65)]
    furniture += [
        (chair(style, rng, seat), SEAT) for seat in ("shell", "ladderback", "spindle", "cross", "upholstered")
    ]
    for made, height in furniture:
        low = min(made.model.shapes[part.shape].bounds[0, 2] for part in made.model.parts)
        assert abs(low) < 1e-3
        assert made.supports[0].pose[2, 3] == pytest.approx(height, abs=0.03)
        thing = made.model.placed("it", np.eye(4))
        poses, half = boxes_of(thing)
        bounds = np.array([mesh.bounds for mesh in made.model.shapes.values()])
        proxied = (poses[:, :3, 3] - half).min(0), (poses[:, :3, 3] + half).max(0)
        assert np.all(proxied[0] > bounds[:, 0].min(0) - 0.03) and np.all(proxied[1] < bounds[:, 1].max(0) + 0.03)
        assert np.all(proxied[0] < bounds[:, 0].min(0) + 0.06) and np.all(proxied[1] > bounds[:, 1].max(0) - 0.06)


def test_places_at_a_table_are_wide_enough():
    for seats in range(1, 11):
        long, wide = table_size(seats)
        places = 2 * int(long / 0.6 + 1e-9) + (2 if seats > 4 and wide >= 0.6 else 0)
        assert places >= seats
        assert np.pi * table_size(seats, "round")[0] / 0.6 >= seats - 0.05


@pytest.mark.parametrize("family", FAMILIES)
def test_skins_look_outwards(family):
    """Every solid has a volume; a skin turned inside out has a negative one."""
    units, tops = kitchen_run()
    things, _ = shell(plan(), style_of(family), np.random.default_rng(7), units, tops)
    own = (
        "door",
        "window",
        "skirting",
        "wall.",
        "curtain",
        "blind",
        "radiator",
        "socket",
        "picture",
        "clock",
        "ceiling",
    )
    for thing in things.instances:
        if thing.name.startswith(own):
            assert all(volume(things.shapes[part.shape]) > 0 for part in thing.parts), thing.name


def test_a_bin_and_a_rug():
    made = waste_bin(style_of(), np.random.default_rng(0)).model
    assert [part.joint.kind for part in made.parts if part.joint] == ["hinge", "slider"]
    flat = rug((1.8, 0.7), style_of(), np.random.default_rng(0))
    assert flat.shapes[flat.parts[0].shape].bounds[1, 2] < 0.01


def test_lamps_shed_the_lumens_of_their_kind():
    light = black_body(3000.0)
    lit = lamps.pendant(style_of("scandinavian"), 0.8, light, np.random.default_rng(0))
    off = lamps.pendant(style_of("scandinavian"), 0.8, None, np.random.default_rng(0))
    on = lamps.lights_of(Assembly(lit.shapes, (lit.placed("pendant.0", pose_at(1, 1, 2.5)),)))
    assert len(on) == 1 and 700 < on[0].power * lamps.PASSED * LUX < 1100
    assert on[0].pose[2, 3] < 2.5 - 0.5
    assert not lamps.lights_of(Assembly(off.shapes, (off.placed("pendant.0", pose_at(1, 1, 2.5)),)))
    strip = lamps.strip(1.2, light)
    shed = lamps.lights_of(Assembly(strip.shapes, (strip.placed("strip.0", np.eye(4)),)))
    assert sum(item.power for item in shed) * LUX == pytest.approx(840, rel=0.02)


def test_warm_lamps_are_warm_and_neutral_ones_neutral():
    red, green, blue = black_body(2700.0)
    assert red > green > blue
    assert np.allclose(black_body(5200.0, 5200.0), 1.0, atol=1e-3)


def test_rooms_are_exposed_for_the_light_in_them():
    room = plan()
    overcast = daylight.sky(Daylight(cloud=1.0, sun_elevation_deg=35.0), np.random.default_rng(0))
    pale = style_of()
    dark = replace(pale, wall=OAK, base_front=OAK)
    lux = daylight.illuminance(room, pale, overcast) * LUX
    assert 100 < lux < 1000  # average daylight factor of some 2 % under 15 to 25 klux
    night = daylight.sky(Daylight(cloud=0.2, sun_elevation_deg=-20.0), np.random.default_rng(0))
    assert daylight.lamps_on(Daylight(), room, pale, night)
    gloomy = daylight.sky(Daylight(cloud=1.0, sun_elevation_deg=6.0), np.random.default_rng(0))
    assert daylight.lamps_on(Daylight(), room, pale, gloomy)
    assert daylight.illuminance(room, dark, overcast) < daylight.illuminance(room, pale, overcast)
    assert daylight.balance(room, pale, night) < 4000 < daylight.balance(room, pale, overcast)
    sunny = daylight.sky(Daylight(sun_azimuth_deg=-90.0), np.random.default_rng(0))
    assert not daylight.lamps_on(Daylight(), room, pale, sunny)
    behind = daylight.sky(Daylight(sun_azimuth_deg=90.0), np.random.default_rng(0))
    assert daylight.illuminance(room, pale, sunny) > 1.5 * daylight.illuminance(room, pale, behind)
    assert daylight.exposure(room, pale, overcast) > 0


def test_what_hangs_at_windows_takes_light_away():
    room = plan()
    wall = next(wall for wall in room.walls if any(item.kind == "window" for item in wall.openings))
    item = next(item for item in wall.openings if item.kind == "window")
    half = curtains.dressed(room, wall, item, "w", "cafe", style_of("country"), (), np.random.default_rng(0))
    assert 0.3 < daylight.hung_before(wall, item, half.instances) < 0.6
    assert daylight.hung_before(wall, item, ()) == 0
