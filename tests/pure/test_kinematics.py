"""Forward kinematics against formulas."""

from dataclasses import replace

import numpy as np
import pytest

from buildee.layout.kinematics import first_poses, part_poses, rotation, translation
from buildee.layout.scene import Instance, Joint, Part


def arm(values):
    """A two-link planar arm: links 2 m and 1 m long, hinges about Z."""
    hinge = Joint("hinge", (0.0, 0.0, 1.0))
    parts = (
        Part("upper", "link", (), joint=hinge),
        Part("lower", "link", (), parent=0, rest=translation((2.0, 0.0, 0.0)), joint=hinge),
        Part("tip", "link", (), parent=1, rest=translation((1.0, 0.0, 0.0)), joint=Joint("slider", (1.0, 0.0, 0.0))),
    )
    return Instance("arm", "excavator", parts, np.eye(4)[None], values)


def test_two_link_arm_matches_the_textbook():
    first, second, slide = np.linspace(0, 1, 5), np.linspace(0, -2, 5), np.linspace(0, 0.5, 5)
    tip = part_poses(arm({"upper": first, "lower": second, "tip": slide}))[:, 2, :3, 3]
    reach = 1 + slide
    x = 2 * np.cos(first) + reach * np.cos(first + second)
    y = 2 * np.sin(first) + reach * np.sin(first + second)
    np.testing.assert_allclose(tip, np.column_stack([x, y, np.zeros(5)]), atol=1e-12)


def test_resting_things_have_one_pose():
    assert part_poses(arm({})).shape == (1, 3, 4, 4)


def test_many_things_are_posed_as_each_by_itself():
    moved = arm({"upper": np.linspace(0.3, 1, 5), "tip": np.array([0.2])})
    things = [replace(arm({}), poses=rotation((1, 0, 0), np.array([0.4])) @ translation((1, 2, 3))), moved, arm({})]
    np.testing.assert_allclose(
        first_poses(things), np.concatenate([part_poses(item)[0] for item in things]), atol=1e-12
    )


def test_a_value_without_a_joint_is_named():
    with pytest.raises(ValueError, match="no joint on part 'elbow'"):
        part_poses(arm({"elbow": np.zeros(1)}))


def test_rotation_is_a_rotation():
    axis = np.array([1.0, 2.0, -0.5])
    pose = rotation(axis / np.linalg.norm(axis), 0.7)[:3, :3]
    np.testing.assert_allclose(pose @ pose.T, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(pose @ axis, axis, atol=1e-12)
    assert np.isclose(np.trace(pose), 1 + 2 * np.cos(0.7))
