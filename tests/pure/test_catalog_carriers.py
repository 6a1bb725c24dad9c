"""Loader, truck mixer and telehandler: rods stay in their barrels, links meet, wheels roll, feet stand."""

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.layout import catalog
from buildee.layout import linkage_carriers as carriers
from buildee.layout import linkage_loader as loader
from buildee.layout.contact import overlap_depth
from buildee.layout.kinematics import part_poses
from buildee.layout.linkage import TYRE_RADIUS

SHIPPED = catalog.load()


def posed(asset, values):
    """Returns (T, 4, 4) poses by part name."""
    instance = SHIPPED.model(asset).placed("one", np.eye(4), values)
    poses = part_poses(instance)
    return {part.name: poses[:, index] for index, part in enumerate(instance.parts)}


def point(pose, where):
    """Returns (T, 3): a side-view point (x + 1j z) of a part, in the world."""
    return pose @ np.array([where.real, 0.0, where.imag, 1.0]) @ np.eye(4)[:, :3]


def lifts(count=400, seed=5):
    """Returns loader values all over the bucket's range."""
    rng = np.random.default_rng(seed)
    low, high = (loader.BOOM_FOOT.imag + loader.BOOM_LENGTH * np.sin(limit) for limit in loader.BOOM_RANGE)
    arm = loader.loader_arm(rng.uniform(low, high, count), rng.uniform(*loader.ATTACK_RANGE, count))
    return loader.loader_values(rng.uniform(-0.69, 0.69, count), *arm, np.zeros(4))


def reaches(count=400, seed=6):
    """Returns telehandler values all over the boom's range."""
    rng = np.random.default_rng(seed)
    elevation = rng.uniform(*carriers.ELEVATION, count)
    tilt = elevation + rng.uniform(*carriers.FORK_RANGE, count)
    extension = rng.uniform(0, carriers.SECTIONS * carriers.STROKE, count)
    return carriers.handler_values(0.0, rng.uniform(-0.5, 0.5, count), elevation, extension, tilt, rng.random(count))


CASES = {"wheel_loader": lifts, "telehandler": reaches}


@pytest.mark.parametrize(
    ("asset", "rods"),
    [("wheel_loader", ("lift_rod_left", "lift_rod_right", "tilt_rod")), ("telehandler", ("lift_rod", "tilt_rod"))],
)
def test_rods_stay_in_their_barrels(asset, rods):
    bounds = {part.name: part.bounds for part in SHIPPED[asset].parts}
    rests = {part.name: part.rest for part in SHIPPED[asset].parts}
    values = CASES[asset]()
    for rod in rods:
        gland = bounds[rod.replace("rod", "cylinder")][1, 0]
        eye = rests[rod][0, 3] + values[rod]
        assert (eye + bounds[rod][0, 0]).max() < gland - 0.05, f"{rod} pulls out"
        assert (eye + bounds[rod][0, 0]).min() > 0.0, f"{rod} hits the foot"
        assert eye.min() > gland - 0.02, f"{rod}'s eye enters the barrel"


@pytest.mark.parametrize("asset", sorted(CASES))
def test_joints_stay_within_the_catalogs_limits(asset):
    values = CASES[asset]()
    joints = {part.name: part.joint for part in SHIPPED[asset].parts if part.joint}
    assert set(values) == set(joints)
    for name, value in values.items():
        low, high = joints[name].limits
        assert (value >= low - 1e-3).all(), name
        assert (value <= high + 1e-3).all(), name


def test_the_loaders_rods_and_links_end_in_their_pins():
    poses = posed("wheel_loader", lifts())
    crank = point(poses["bellcrank"], loader.CRANK_UPPER)
    np.testing.assert_allclose(poses["tilt_rod"][:, :3, 3], crank, atol=1e-5)
    lug = point(poses["boom"], loader.LIFT_EYE)
    for side in ("left", "right"):
        away = poses[f"lift_rod_{side}"][:, :3, 3] - lug
        np.testing.assert_allclose(np.linalg.norm(away, axis=1), 0.50, atol=1e-5)
    np.testing.assert_allclose(
        point(poses["link"], complex(loader.LINK_LENGTH)), point(poses["bucket"], loader.LINK_PIN), atol=1e-5
    )


def test_the_loaders_bucket_comes_where_it_is_asked():
    height, attack = np.array([0.45, 1.0, 2.8, 3.9]), np.deg2rad([0.0, 45.0, -45.0, -36.0])
    poses = posed("wheel_loader", loader.loader_values(0.0, *loader.loader_arm(height, attack), np.zeros(4)))
    np.testing.assert_allclose(poses["bucket"][:, 2, 3], height, atol=1e-5)
    floor = point(poses["bucket"], 1 + 0j) - poses["bucket"][:, :3, 3]
    np.testing.assert_allclose(np.arctan2(floor[:, 2], floor[:, 0]), attack, atol=1e-5)
    flat = loader.loader_values(0.0, *loader.loader_arm(0.42, 0.0), np.zeros(4))
    edge = point(posed("wheel_loader", flat)["bucket"], loader.CUTTING_EDGE)
    assert edge[0, 2] == pytest.approx(0.0, abs=0.01)  # a level bucket lies on the ground


def test_nothing_of_the_loader_gets_into_anything_else_of_it():
    """Bucket and arms against wheels, cab and frame, over lift, tilt and steering."""
    values = lifts(60)
    model = SHIPPED.model("wheel_loader")
    instance = model.placed("one", np.eye(4), values)
    poses = part_poses(instance)
    number = {part.name: index for index, part in enumerate(instance.parts)}
    others = ("cab", "chassis", "wheel_rear_left", "wheel_rear_right", "wheel_front_left", "wheel_front_right")
    for mine in ("bucket", "boom"):
        for other in others:
            first, second = instance.parts[number[mine]].proxy, instance.parts[number[other]].proxy
            for box, half in zip(first.poses, first.half, strict=True):
                for far, size in zip(second.poses, second.half, strict=True):
                    one, two = poses[:, number[mine]] @ box, poses[:, number[other]] @ far
                    depth = overlap_depth(one, np.tile(half, (60, 1)), two, np.tile(size, (60, 1)))
                    assert depth.max() < 0.05, (mine, other)


def test_no_axle_of_the_loader_slides_sideways():
    way = np.linspace(0, 9, 1801)
    steer = 0.6 * np.sin(way / 2.0)
    drive = loader.drive(way, steer)
    ahead = np.stack([np.cos(drive.heading), np.sin(drive.heading)], -1)
    front = np.stack([np.cos(drive.heading + steer), np.sin(drive.heading + steer)], -1)
    for axle, along in ((drive.points - 1.65 * ahead, ahead), (drive.points + 1.65 * front, front)):
        step, direction = np.diff(axle, axis=0), (along[1:] + along[:-1]) / 2
        aside = step[:, 0] * direction[:, 1] - step[:, 1] * direction[:, 0]
        assert np.abs(aside).max() < 2e-5
    # Each wheel rolls as far as its own hub travels.
    half = loader.TRACK / 2
    aside = np.stack([-front[:, 1], front[:, 0]], -1)
    for column, sign in ((2, 1), (3, -1)):
        hub = drive.points + 1.65 * front + sign * half * aside
        covered = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(hub, axis=0), axis=1))])
        np.testing.assert_allclose(drive.rolled[:, column] * loader.TYRE, covered, atol=2e-3)


def test_the_loader_comes_back_the_way_it_went():
    way = np.concatenate([np.linspace(0, 4, 200), np.linspace(4, 0, 200)[1:]])
    drive = loader.drive(way, 0.5 * np.sin(way))
    np.testing.assert_allclose(drive.points[-1], drive.points[0], atol=1e-9)
    np.testing.assert_allclose(drive.rolled[-1], 0, atol=1e-9)


def test_straight_ahead_the_mixers_wheels_roll_the_way():
    values = carriers.mixer_values(np.linspace(0, 7, 9), 0.0, 0.0)
    wheels = [name for name in values if name.startswith("wheel")]
    assert len(wheels) == 8
    for name in wheels:
        np.testing.assert_allclose(values[name] * TYRE_RADIUS, np.linspace(0, 7, 9), atol=1e-12)


def test_all_axles_of_the_mixer_meet_at_the_centre_of_the_turn():
    steer = np.deg2rad(20.0)
    values = carriers.mixer_values(0.0, steer, 0.0)
    centre = np.array([carriers.MIXER_TURNING, (carriers.MIXER_FRONT[0] - carriers.MIXER_TURNING) / np.tan(steer)])
    for axle, x in zip(("first", "second"), carriers.MIXER_FRONT, strict=True):
        for side, sign in (("left", 1), ("right", -1)):
            angle = values[f"knuckle_{axle}_{side}"][0]
            hub = np.array([x, sign * carriers.MIXER_FRONT_TRACK / 2])
            assert abs(np.array([np.cos(angle), np.sin(angle)]) @ (centre - hub)) < 1e-9


def test_the_drum_turns_in_its_bearings():
    poses = posed("concrete_mixer", carriers.mixer_values(0.0, 0.0, np.linspace(0, 6, 7)))["drum"]
    assert np.ptp(poses[:, :3, 3], axis=0).max() < 1e-12
    assert np.ptp(poses[:, :3, 0], axis=0).max() < 1e-9
    drum = next(part for part in SHIPPED["concrete_mixer"].parts if part.name == "drum")
    low, high = drum.bounds
    assert 2.3 < high[1] - low[1] < 2.5
    assert 5.0 < high[0] - low[0] < 5.5


def test_the_telehandlers_forks_come_where_they_are_asked_and_lie_level():
    height = np.linspace(0.9, 9.0, 12)
    values = carriers.handler_values(0.0, 0.0, *carriers.handler_reach(3.5, height), 0.0, 1.0)
    poses = posed("telehandler", values)
    np.testing.assert_allclose(poses["carriage"][:, 0, 3], 3.5, atol=1e-5)
    np.testing.assert_allclose(poses["carriage"][:, 2, 3], height, atol=1e-5)
    np.testing.assert_allclose(poses["carriage"][:, :3, :3], np.broadcast_to(np.eye(3), (12, 3, 3)), atol=1e-6)
    np.testing.assert_allclose(poses["tilt_rod"][:, :3, 3], point(poses["carriage"], carriers.TILT_EYE), atol=1e-5)
    lug = point(poses["boom"], carriers.LIFT_EYE)
    np.testing.assert_allclose(poses["lift_rod"][:, :3, 3], lug, atol=1e-5)


def test_sections_stay_in_one_another():
    bounds = {part.name: part.bounds for part in SHIPPED["telehandler"].parts}
    for index in range(1, carriers.SECTIONS + 1):
        outer = bounds["boom" if index == 1 else f"section_{index - 1}"]
        inner = bounds[f"section_{index}"]
        assert inner[0, 0] + carriers.STROKE < outer[1, 0] - 0.5, "pulls out"
        assert inner[1, 0] > outer[1, 0], "vanishes"
        if index < carriers.SECTIONS:
            assert inner[1, 1] < outer[1, 1]


def test_stabilisers_stand_on_the_ground():
    values = carriers.handler_values(0.0, 0.0, 0.3, 0.0, 0.0, np.array([0.0, 1.0]))
    poses = posed("telehandler", values)
    for side in ("left", "right"):
        foot = next(part for part in SHIPPED["telehandler"].parts if part.name == f"foot_{side}")
        soles = poses[f"foot_{side}"][:, 2, 3] + foot.bounds[0, 2]
        assert soles[1] == pytest.approx(0.0, abs=1e-3)
        assert soles[0] > 0.8
        np.testing.assert_allclose(poses[f"foot_{side}"][:, :3, :3], np.broadcast_to(np.eye(3), (2, 3, 3)), atol=1e-9)


@pytest.mark.parametrize("asset", ["excavator", "dump_truck", "wheel_loader", "concrete_mixer", "telehandler"])
def test_every_machine_says_where_its_operators_eyes_are(asset):
    eye = SHIPPED.model(asset).markers["cab/eye"]
    box = next(part for part in SHIPPED[asset].parts if part.name == "cab").bounds
    assert (eye[:3, 3] > box[0]).all()
    assert (eye[:3, 3] < box[1]).all()
    assert eye[2, 3] > box[0, 2] + 1.0


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: loader.loader_arm(5.0, 0.0), "bucket asked to 5.00"),
        (lambda: loader.loader_arm(1.0, 2.0), "degrees"),
        (lambda: loader.loader_values(1.0, 0.0, 0.0, np.zeros(4)), "articulates"),
        (lambda: carriers.mixer_values(0.0, 1.0, 0.0), "wider turn"),
        (lambda: carriers.handler_reach(30.0, 5.0), "extension"),
        (lambda: carriers.handler_values(0.0, 0.0, 1.5, 0.0), "elevation"),
    ],
)
def test_what_a_machine_cannot_do_is_refused(ask, words):
    with pytest.raises(PlacementError, match=words):
        ask()
