"""Inverses of affine poses, by numbers."""

import numpy as np

from buildee.truth.geometry import determinants, inverses


def poses(count):
    rng = np.random.default_rng(1)
    matrices = np.tile(np.eye(4), (count, 1, 1))
    matrices[:, :3] = rng.normal(size=(count, 3, 4)) * rng.uniform(1e-3, 1e3, (count, 1, 4))
    return matrices


def test_inverses_undo_turns_shears_mirrors_and_stretches():
    matrices = poses(200)
    undone = inverses(matrices) @ matrices
    conditions = np.linalg.cond(matrices)
    assert (np.abs(undone - np.eye(4)).max((1, 2)) < 1e-15 * conditions).all()
    np.testing.assert_allclose(determinants(matrices), np.linalg.det(matrices[:, :3, :3]), rtol=1e-9)


def test_what_has_no_inverse_becomes_zero():
    matrices = poses(5)
    matrices[1, :3, :3] = 0
    matrices[2, 0] = np.nan
    matrices[3, :3, 1] = 0  # one axis is gone
    matrices[4, 1, 1] = np.inf
    result = inverses(matrices)
    assert not result[1:].any()
    assert result[0].any()
    assert inverses(np.zeros((0, 4, 4))).shape == (0, 4, 4)
