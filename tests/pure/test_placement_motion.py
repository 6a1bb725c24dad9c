"""Paths, cycles and bodies on the ground."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.layout.motion import cycle, grounded, smooth_path


def test_path_keeps_its_ends_and_turns_steadily() -> None:
    path = smooth_path([(0, 0), (10, 0), (10, 10)], soften=3.0)
    np.testing.assert_allclose(path.points[[0, -1]], [(0, 0), (10, 10)], atol=0.02)
    assert path.heading[-1] - path.heading[0] == pytest.approx(np.pi / 2, abs=1e-3)
    assert np.abs(np.diff(path.curvature)).max() < 0.08  # no jump of the steering wheel
    point, heading, curvature = path.at([2.0, path.length - 2.0])
    np.testing.assert_allclose(point, [(2, 0), (10, 8)], atol=0.02)
    np.testing.assert_allclose(heading, [0, np.pi / 2], atol=1e-3)
    np.testing.assert_allclose(curvature, [0, 0], atol=1e-3)


def test_cycle_passes_its_keys_and_closes() -> None:
    keys = [(1.0, {"slew": 0.0, "reach": 5.0}), (3.0, {"slew": 2.0, "reach": 7.0}), (6.0, {"slew": -1.0, "reach": 6.0})]
    values = cycle(keys, 8.0, [1.0, 2.0, 3.0, 6.0, 9.0, 7.5, 0.0])
    np.testing.assert_allclose(values["slew"][[0, 1, 2, 3, 4]], [0, 1, 2, -1, 0], atol=1e-12)
    assert -1.0 < values["slew"][5] < values["slew"][6] < 0.0  # on the way back to the first key
    np.testing.assert_allclose(values["reach"][[0, 4]], 5.0)


def test_wheels_touch_a_slope() -> None:
    wheels = np.array([(2.0, 1.0), (2.0, -1.0), (-2.0, 1.0), (-2.0, -1.0)])
    points, heading = np.array([(3.0, 4.0), (5.0, 4.0)]), np.array([0.3, 1.7])
    poses = grounded(points, heading, wheels, lambda at: 0.1 * at[..., 0] - 0.05 * at[..., 1])
    feet = poses[:, None, :3, :3] @ np.column_stack([wheels, np.zeros(4)])[None, :, :, None]
    feet = feet[..., 0] + poses[:, None, :3, 3]
    np.testing.assert_allclose(feet[..., 2], 0.1 * feet[..., 0] - 0.05 * feet[..., 1], atol=1e-12)


def test_no_wheel_hangs_over_a_rut() -> None:
    wheels = np.array([(2.0, 1.0), (2.0, -1.0), (-2.0, 1.0), (-2.0, -1.0)])
    (pose,) = grounded(np.zeros((1, 2)), np.zeros(1), wheels, lambda at: np.where(at.prod(-1) > 0, -0.06, 0.0))
    assert pose[2, 3] == pytest.approx(-0.06)
