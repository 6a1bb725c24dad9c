"""Rods, links and wheels follow: checked by forward kinematics on the catalog's own parts."""

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.layout import catalog, linkage
from buildee.layout.kinematics import part_poses

SHIPPED = catalog.load()


def posed(asset, values, frames):
    """Returns (T, 4, 4) poses by part name."""
    instance = SHIPPED.model(asset).placed("one", np.eye(4), values)
    poses = part_poses(instance)
    return {part.name: poses[:, index] for index, part in enumerate(instance.parts)}


def point(pose, where):
    """Returns (T, 3): a side-view point (x + 1j z) of a part, in the world."""
    return pose @ np.array([where.real, 0.0, where.imag, 1.0]) @ np.eye(4)[:, :3]


def dig(count, seed=3):
    rng = np.random.default_rng(seed)
    arms = [rng.uniform(*linkage.joint_limits(index), count) for index in range(3)]
    return linkage.excavator_values(rng.uniform(-3, 3, count), *arms)


def in_plane(first, second, poses):
    """Distance of two points in the arm's plane: the boom cylinders lie beside it."""
    away = (np.linalg.inv(poses["upper"]) @ np.append(first - second, np.zeros((len(first), 1)), 1)[..., None])[..., 0]
    return np.hypot(away[:, 0], away[:, 2])


def test_rods_end_in_the_pins_that_they_push():
    poses = posed("excavator", dig(200), 200)
    knee = point(poses["rocker"], complex(linkage.ROCKER_LENGTH))
    for rod, pin in (
        ("boom_rod_left", point(poses["boom"], linkage.BOOM_ROD_EYE)),
        ("boom_rod_right", point(poses["boom"], linkage.BOOM_ROD_EYE)),
        ("stick_rod", point(poses["stick"], linkage.STICK_ROD_EYE)),
        ("bucket_rod", knee),
    ):
        eye = poses[rod][:, :3, 3]
        assert in_plane(eye, pin, poses).max() < 1e-5, rod
    coupled = point(poses["coupler"], complex(linkage.COUPLER_LENGTH))
    assert np.abs(coupled - knee).max() < 1e-5


def test_every_joint_stays_within_the_catalogs_limits():
    values = dig(500)
    joints = {part.name: part.joint for part in SHIPPED.model("excavator").parts if part.joint}
    assert set(values) == set(joints)
    for name, value in values.items():
        low, high = joints[name].limits
        assert (value >= low - 1e-4).all(), name
        assert (value <= high + 1e-4).all(), name


def test_rods_never_leave_their_barrels_nor_hit_their_feet():
    bounds = {part.name: part.bounds for part in SHIPPED["excavator"].parts}
    rests = {part.name: part.rest for part in SHIPPED["excavator"].parts}
    values = dig(500)
    for rod in ("boom_rod_left", "stick_rod", "bucket_rod"):
        gland = bounds[rod.replace("rod", "cylinder")][1, 0]
        eye = rests[rod][0, 3] + values[rod]
        assert (eye + bounds[rod][0, 0]).max() < gland - 0.1, f"{rod} pulls out"
        assert (eye + bounds[rod][0, 0]).min() > 0.0, f"{rod} hits the foot"
        assert eye.min() > gland, f"{rod}'s eye enters the barrel"


def test_parked_is_zero_and_hovers_just_above_the_ground():
    values = linkage.excavator_values(0.0, 0.0, 0.0, 0.0)
    assert all(np.abs(value).max() < 1e-12 for value in values.values())
    poses = posed("excavator", values, 1)
    teeth = point(poses["bucket"], complex(linkage.BUCKET_RADIUS))[0]
    assert 0.1 < teeth[2] < 0.8


def test_reach_brings_the_teeth_there():
    reach, height = np.array([5.0, 7.0, 8.0, 6.0]), np.array([0.0, -1.5, 0.5, 3.0])
    attack = np.deg2rad([-110.0, -100.0, -70.0, -60.0])
    values = linkage.excavator_values(0.0, *linkage.excavator_reach(reach, height, attack))
    teeth = point(posed("excavator", values, 4)["bucket"], complex(linkage.BUCKET_RADIUS))
    np.testing.assert_allclose(teeth[:, 0], reach, atol=1e-5)
    np.testing.assert_allclose(teeth[:, 2], height, atol=1e-5)
    np.testing.assert_allclose(teeth[:, 1], 0, atol=1e-9)


def test_out_of_reach_or_range_is_refused():
    with pytest.raises(PlacementError, match="cannot reach"):
        linkage.excavator_reach(14.0, 0.0, -1.5)
    with pytest.raises(PlacementError, match="boom asked for"):
        linkage.excavator_values(0.0, 2.0, 0.0, 0.0)
    with pytest.raises(PlacementError, match="tip asked for"):
        linkage.truck_values(0.0, 0.0, 2.0)


def test_straight_ahead_every_wheel_rolls_the_way():
    values = linkage.truck_values(np.linspace(0, 9, 20), 0.0, 0.0)
    wheels = [name for name in values if name.startswith("wheel")]
    assert len(wheels) == 6
    for name in wheels:
        np.testing.assert_allclose(values[name] * linkage.TYRE_RADIUS, np.linspace(0, 9, 20), atol=1e-12)


def test_axles_of_steered_wheels_meet_at_the_centre_of_the_turn():
    steer = np.deg2rad(20.0)
    poses = posed("dump_truck", linkage.truck_values(0.0, steer, 0.0), 1)
    radius = (linkage.FRONT_AXLE - linkage.TURNING_POINT) / np.tan(steer)
    centre = np.array([linkage.TURNING_POINT, radius])
    truck = linkage.truck_values(0.0, steer, 0.0)
    for side, sign in (("left", 1), ("right", -1)):
        hub = np.array([linkage.FRONT_AXLE, sign * linkage.FRONT_TRACK / 2])
        heading = np.array([np.cos(truck[f"knuckle_{side}"][0]), np.sin(truck[f"knuckle_{side}"][0])])
        assert abs(heading @ (centre - hub)) < 1e-9
    assert poses["wheel_front_left"][0, 0, 3] == pytest.approx(linkage.FRONT_AXLE, abs=0.15)


def test_the_inner_wheels_of_a_turn_roll_less():
    values = linkage.truck_values(np.linspace(0, 5, 6), 0.4, 0.0)
    assert values["wheel_rear_left"][-1] < values["wheel_rear_right"][-1]
    assert values["wheel_front_left"][-1] < values["wheel_front_right"][-1]


def test_the_ram_follows_the_body_and_the_gate_hangs_plumb():
    tip = np.linspace(0, linkage.TIP_LIMIT, 12)
    poses = posed("dump_truck", linkage.truck_values(0.0, 0.0, tip), 12)
    length = abs(linkage.RAM_EYE - linkage.RAM_FOOT)
    eye = point(poses["ram_stage_4"], complex(length))
    lug = point(poses["body"], linkage.RAM_EYE - linkage.BODY_HINGE)
    np.testing.assert_allclose(eye, lug, atol=1e-5)
    np.testing.assert_allclose(poses["tailgate"][:, :3, :3], np.broadcast_to(np.eye(3), (12, 3, 3)), atol=1e-6)
    for stage in range(1, linkage.RAM_STAGES + 1):
        outer = next(part for part in SHIPPED["dump_truck"].parts if part.name == f"ram_stage_{stage}")
        assert outer.joint.limits[1] < np.ptp(outer.bounds, axis=0)[0] - 0.05  # stages stay in each other
