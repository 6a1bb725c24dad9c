"""The crew: who they are, what they hold and where they work."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

import buildee
from buildee.generators.construction_site import digs
from buildee.generators.construction_site.crew import HAUNCH
from buildee.generators.construction_site.crew_fronts import SAT, SEAT, pit_spots
from buildee.generators.construction_site.crew_loads import LOADS, WHEEL, loaded
from buildee.generators.construction_site.crew_looks import CONTRACTORS, HELMETS, SKINS, STATURES, cast
from buildee.generators.construction_site.crew_places import AHEAD, PIT_ROOM
from buildee.generators.construction_site.crew_team import HELD, ON_SHOULDER, PIPE, SPAN, pair
from buildee.generators.construction_site.schemes import organised
from buildee.generators.construction_site.section import Crew
from buildee.layout import catalog
from buildee.layout.body import Body, limits
from buildee.layout.gait import walk
from buildee.layout.kinematics import part_poses
from buildee.layout.placement import Footprint, Plan
from buildee.layout.stance import STANCES, stance
from buildee.recipe.seed import Seed
from buildee.resources import folder

sys.path.insert(0, str(folder("blend_assets").parent))
from blend_assets.scripts import worker_a, worker_b, worker_c, worker_d, worker_e, worker_f, worker_g, worker_h

CATALOG = catalog.load()
TIME = np.arange(24) / 6


def waves(points: np.ndarray) -> np.ndarray:
    """Returns gentle bumps."""
    return 0.04 * np.sin(0.9 * points[:, 0]) + 0.03 * np.cos(0.7 * points[:, 1])


def level(points: np.ndarray) -> np.ndarray:
    return np.zeros(len(points))


def someone(load: str, asset: str, ground=level):
    """Returns model, person and the thing held, in motion."""
    model, stature = CATALOG.model(asset), STATURES[asset]
    if load == "barrow":
        hold = {part: bend for part, bend in STANCES[load].bends.items() if part != "head"}
        poses, values = walk([(0, 0), (9, 2)], 1.2, len(TIME), 6, 0.3, stature, ground, hold)
    else:
        poses, values = np.eye(4), stance(load, stature, rng=np.random.default_rng(2), time=TIME)
    person, things = loaded(load, model, model.placed("worker.0", poses, values), stature, TIME, ground)
    return model, person, things.instances[0]


def test_statures_are_those_of_the_assets():
    modules = (worker_a, worker_b, worker_c, worker_d, worker_e, worker_f, worker_g, worker_h)
    assert {module.STYLE.id: module.STYLE.stature for module in modules} == STATURES
    for asset, stature in STATURES.items():
        assert CATALOG[asset].parts[0].rest[2, 3] == pytest.approx(Body(stature).hip, abs=1e-5)


@pytest.mark.parametrize("asset", STATURES)
@pytest.mark.parametrize("load", LOADS)
def test_hands_are_where_things_are_held(load, asset):
    model, person, item = someone(load, asset, waves if load == "barrow" else level)
    names, poses = [part.name for part in person.parts], part_poses(person)
    for side, point in LOADS[load].grips.items():
        hand = poses[:, names.index(f"hand_{side}")] @ model.markers[f"hand_{side}/grip"]
        held = item.poses[..., :3, :3] @ point + item.poses[..., :3, 3]
        assert np.linalg.norm(hand[:, :3, 3] - held, axis=1).max() < 0.005
    for part, value in person.values.items():
        assert limits(part)[0] - 1e-9 <= value.min() and value.max() <= limits(part)[1] + 1e-9, part
    turn = item.poses[:, :3, :3]
    assert np.abs(turn @ turn.transpose(0, 2, 1) - np.eye(3)).max() < 1e-9 and (np.linalg.det(turn) > 0).all()


def test_a_pushed_barrow_rolls_on_the_ground():
    _, _, item = someone("barrow", "worker_c", waves)
    axle = item.poses @ np.array([WHEEL[0], 0.0, WHEEL[1], 1.0])
    np.testing.assert_allclose(axle[:, 2], waves(axle[:, :2]) + WHEEL[1], atol=1e-9)
    legs = item.poses @ np.array([-0.36, 0.24, 0.0, 1.0])
    assert (legs[:, 2] - waves(legs[:, :2])).min() > 0.02
    assert (np.diff(axle[:, 0]) > 0.1).all()


@pytest.mark.parametrize("asset", STATURES)
@pytest.mark.parametrize("load", ["shovel", "breaker", "shoulder", "bucket"])
def test_things_do_not_sink_into_the_ground(load, asset):
    _, _, item = someone(load, asset)
    points = LOADS[load].model().shapes[item.parts[0].shape].vertices
    low = (points @ item.poses[:, 2, :3].T + item.poses[:, 2, 3]).min()
    assert low > (-0.09 if load == "shovel" else -0.002)  # a shovel digs


def test_boards_on_shoulders_clear_the_head():
    for asset in STATURES:
        _, person, item = someone("shoulder", asset)
        head = part_poses(person)[:, [part.name for part in person.parts].index("head"), :3, 3]
        local = np.einsum("tji,tj->ti", item.poses[:, :3, :3], head - item.poses[:, :3, 3])
        assert (local[:, 1] > 0.1125 + 0.095 * STATURES[asset] / 1.75).all()


def test_a_crew_is_various():
    people = cast(Crew(), 24, np.random.default_rng(5))
    assert {person.asset for person in people[:8]} == set(STATURES), "every build before one comes twice"
    assert len({person.colors for person in people}) == 24
    skins = {dict(person.colors)["skin"] for person in people}
    assert len(skins) >= 5 and skins <= set(SKINS)
    helmets = {dict(person.colors)["helmet"] for person in people}
    assert len(helmets) == 1 and helmets <= set(CONTRACTORS)
    assert dict(people[0].in_role("manager").colors)["helmet"] == HELMETS["manager"]
    for share in (0.0, 1.0):
        vests = {dict(person.colors)["vest"] for person in cast(Crew(orange_vests=share), 9, np.random.default_rng(1))}
        assert len(vests) == 1


def test_two_carry_a_pipe_on_their_shoulders():
    """The pipe keeps its length, lies where both shoulders are, is steadied by both hands and misses both heads."""
    models, statures = (CATALOG.model("worker_b"), CATALOG.model("worker_e")), (1.81, 1.57)
    way = np.array([[0.0, 0.0], [6.0, 1.0]])
    carried = pair(way, models, statures, ("a", "b"), waves, len(TIME), 6, 1.2, np.random.default_rng(4))
    back, front, thing = carried.instances
    turn = thing.poses[:, :3, :3]
    assert np.abs(turn @ turn.transpose(0, 2, 1) - np.eye(3)).max() < 1e-9 and (np.linalg.det(turn) > 0).all()
    for person, model, stature in zip((back, front), models, statures, strict=True):
        names, poses = [part.name for part in person.parts], part_poses(person)

        def along(part: str, point, names=names, poses=poses):
            """Returns a point of a part in the frame of the pipe."""
            place = poses[:, names.index(part)] @ np.append(point, 1.0)
            return np.einsum("tji,tj->ti", turn, place[:, :3] - thing.poses[:, :3, 3])

        size = stature / 1.75
        assert np.abs(along("torso", np.array(ON_SHOULDER) * size)[:, 1:]).max() < 1e-9
        hand = along("hand_right", model.markers["hand_right/grip"][:3, 3])
        assert np.abs(np.hypot(hand[:, 1], hand[:, 2]) - np.hypot(*HELD[1:])).max() < 0.005
        assert (along("head", (0, 0, 0.05))[:, 1] > 0.055 + 0.085 * size).all()
        assert (np.abs(hand[:, 0]) < PIPE / 2).all()
    apart = np.linalg.norm(front.poses[:, :2, 3] - back.poses[:, :2, 3], axis=1)
    assert np.abs(apart - SPAN).max() < 0.25


@pytest.mark.parametrize("asset", STATURES)
@pytest.mark.parametrize("height", SEAT)
def test_who_sits_sits_on_something_with_both_feet_on_the_ground(asset, height):
    stature = STATURES[asset]
    model = CATALOG.model(asset)
    values = stance("sit", stature, rng=np.random.default_rng(3), time=TIME, hips=height + HAUNCH * stature / 1.75)
    person = model.placed("one", np.eye(4), values)
    names, poses = [part.name for part in person.parts], part_poses(person)
    for side in ("left", "right"):
        sole = poses[:, names.index(f"foot_{side}"), 2, 3]
        assert np.abs(sole - Body(stature).ankle).max() < 2e-3
        thigh = names.index(f"thigh_{side}")
        proxy = person.parts[thigh].proxy
        corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * proxy.half[0]
        box = poses[:, thigh] @ proxy.poses[0]
        points = np.einsum("tij,kj->tki", box[:, :3, :3], corners) + box[:, None, :3, 3]
        inside = points[..., 0] < SAT  # over the seat, whose edge is there
        assert points[inside][:, 2].min() > height - 1e-3
        assert np.ptp(poses[:, names.index(f"toes_{side}"), :3, 3], axis=0).max() < 1e-3


def test_a_tripod_stands_on_the_ground():
    for ground in (level, waves):
        _, _, item = someone("survey", "worker_d", ground)
        points = LOADS["survey"].model().shapes[item.parts[0].shape].vertices
        world = points @ item.poses[0, :3, :3].T + item.poses[0, :3, 3]
        shoes = world[points[:, 2] < 0]
        assert (shoes[:, 2] - ground(shoes[:, :2])).max() < 0.0 and item.parts[0].proxy is not None


def test_a_rake_goes_to_and_fro_on_the_ground():
    _, _, item = someone("rake", "worker_h", waves)
    teeth = item.poses[:, :3, 3]
    np.testing.assert_allclose(teeth[:, 2], waves(teeth[:, :2]), atol=1e-9)
    assert 0.05 < np.ptp(teeth[:, 0]) < 0.5 and teeth[:, 0].max() < AHEAD["rake"]


@pytest.mark.parametrize("sides", ["battered", "sheet_piled"])
def test_people_in_the_pit_stand_on_its_floor_clear_of_machines(sides):
    scene = buildee.load(buildee.shipped("construction_site")).resolve(0, 3).scene
    scene = replace(scene, lot=replace(scene.lot, pit=True, pit_sides=sides, pit_depth=1.6, scheme="front"))
    plot = next(organised(scene, (24.0, 16.0), Seed(5)))
    machine = Footprint(*plot.dig.rim.point(0.0, -1.1), 0.0, 6.0, 3.0)
    spots = pit_spots(6, plot, [machine], PIT_ROOM, Plan(), np.random.default_rng(2))
    assert 2 <= len(spots) <= 6
    for x, y, _ in spots:
        assert plot.dig.rim.grown(-0.6).separation(Footprint(x, y, 0.0, 0.5, 0.5)) < 0
        assert np.hypot(x - machine.x, y - machine.y) > 9.0
        assert np.hypot(*(digs.sump(plot.dig) - (x, y))) > 4.5
    assert pit_spots(6, replace(plot, dig=None), [], PIT_ROOM, Plan(), np.random.default_rng(2)) == []
