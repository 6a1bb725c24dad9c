"""Crawlers: shoes run round their loop in step with the machine, wheels roll on the chain."""

import numpy as np
import pytest

from buildee.layout import catalog, linkage
from buildee.layout.kinematics import joint_pose, loop_pose, part_poses
from buildee.layout.motion import grounded

SHIPPED = catalog.load()
LOOP = linkage.CRAWLER
PITCH = LOOP.length / linkage.SHOES


@pytest.fixture(scope="module")
def crawl():
    """Returns world poses by part name of an excavator that backs 2 m along its heading, and how far it went."""
    way = np.linspace(0, -2.0, 41)
    yaw = 0.4
    points = way[:, None] * np.array([np.cos(yaw), np.sin(yaw)])
    level = lambda places: np.zeros(places.shape[:-1])  # noqa: E731
    poses = grounded(points, np.full(41, yaw), [(-1.7, -1), (-1.7, 1), (1.7, -1), (1.7, 1)], level)
    values = linkage.excavator_values(0.0, 0.0, 0.0, 0.0, 5.0 + way)
    instance = SHIPPED.model("excavator").placed("one", poses, values)
    world = part_poses(instance)
    return {part.name: world[:, index] for index, part in enumerate(instance.parts)}, way


def test_the_loop_is_closed_and_smooth():
    way = np.linspace(0, LOOP.length, 4001)
    poses = loop_pose(LOOP, way)
    np.testing.assert_allclose(poses[0], poses[-1], atol=1e-9)
    steps = np.diff(poses[:, :3, 3], axis=0)
    assert np.linalg.norm(steps, axis=1).max() < 1.003 * LOOP.length / 4000
    ahead = steps / np.linalg.norm(steps, axis=1, keepdims=True)
    assert (ahead * poses[:-1, :3, 0]).sum(1).min() > 0.999
    np.testing.assert_allclose(np.linalg.det(poses[:, :3, :3]), 1.0, atol=1e-9)


def test_the_chain_fits_the_loop_and_its_sprocket():
    assert pytest.approx(0.19, abs=1e-9) == PITCH
    assert 2 * np.pi * LOOP.radius / linkage.TEETH == pytest.approx(PITCH / 2, abs=1e-9)


@pytest.mark.parametrize("side", ["left", "right"])
def test_shoes_on_the_ground_do_not_slip(crawl, side):
    poses, _ = crawl
    shoes = np.stack([poses[f"shoe_{side}_{number}"][:, :3, 3] for number in range(linkage.SHOES)])
    lying = shoes[..., 2] < 0.1 + 1e-6
    held = lying[:, 1:] & lying[:, :-1]
    assert held.sum(0).min() >= 17
    moved = np.linalg.norm(np.diff(shoes, axis=1), axis=-1)
    assert moved[held].max() < 1e-3


@pytest.mark.parametrize("side", ["left", "right"])
def test_shoes_keep_their_pitch_all_the_way_round(crawl, side):
    poses, _ = crawl
    frames = poses[f"track_{side}"]
    shoes = np.stack([poses[f"shoe_{side}_{number}"] for number in range(linkage.SHOES)])
    apart = np.linalg.norm(np.roll(shoes, -1, 0)[..., :3, 3] - shoes[..., :3, 3], axis=-1)
    chord = 2 * LOOP.radius * np.sin(PITCH / 2 / LOOP.radius)  # round an axle the straight distance is shorter
    assert apart.min() > chord - 1e-3
    assert apart.max() < PITCH + 1e-3
    # Every shoe is the one before, moved on: nothing jumps from one end of the chain to the other.
    speed = np.linalg.norm(np.diff(shoes[..., :3, 3] - frames[None, :, :3, 3], axis=1), axis=-1)
    assert speed.max() < 0.051
    assert speed.min() > 0.045


def test_the_pins_lie_in_gaps_of_the_sprocket(crawl):
    poses, _ = crawl
    hub = np.linalg.inv(poses["sprocket_left"])
    gaps = []
    for number in range(linkage.SHOES):
        pin = (hub @ poses[f"shoe_left_{number}"][:, :, 3:])[..., 0]
        wrapped = np.abs(np.hypot(pin[:, 0], pin[:, 2]) - LOOP.radius) < 1e-6
        gaps += (np.arctan2(pin[wrapped, 2], pin[wrapped, 0]) / (2 * np.pi / linkage.TEETH)).tolist()
    turns = np.exp(2j * np.pi * np.array(gaps))
    assert len(turns) > 100
    assert np.abs(turns - turns[0]).max() < 1e-3


def test_wheels_roll_on_the_chain(crawl):
    poses, way = crawl
    for name, radius in (("roller_right_3", linkage.ROLLER), ("carrier_left_1", linkage.CARRIER)):
        local = np.linalg.inv(poses["track_right" if "right" in name else "track_left"]) @ poses[name]
        turned = np.unwrap(np.arctan2(local[:, 0, 2], local[:, 0, 0]))
        np.testing.assert_allclose(np.diff(turned) * radius, np.diff(way), atol=1e-9)


def test_shoes_posed_at_once_are_where_their_joints_take_them():
    model = SHIPPED.model("excavator")
    values = linkage.excavator_values(0.0, 0.0, 0.0, 0.0, np.array([0.3, 4.0, -9.0]))
    world = part_poses(model.placed("one", np.eye(4), values))
    for index, part in enumerate(model.parts):
        if part.joint is not None and part.joint.loop is not None:
            one = world[:, part.parent] @ part.rest @ joint_pose(part.joint, values[part.name])
            np.testing.assert_allclose(world[:, index], one, atol=1e-9)


def test_grousers_touch_the_ground_and_clear_the_frame():
    parts = {part.name: part for part in SHIPPED["excavator"].parts}
    assert parts["shoe_left"].bounds[1, 2] == pytest.approx(0.096, abs=2e-3)
    assert parts["shoe_left"].copies == linkage.SHOES
    assert parts["shoe_right"].mesh == "shoe_left"
    rails = 0.1 + 0.045
    roller = parts["roller_left_0"]
    assert roller.rest[2, 3] - linkage.ROLLER == pytest.approx(rails, abs=1e-6)
