"""The height field: sampled where its triangles are, cut without gaps, noise that never changes."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.noise import fractal, lattice, value_noise
from buildee.layout.mesh import Mesh


def _area(mesh: Mesh) -> float:
    a, b, c = np.moveaxis(mesh.vertices[mesh.corners.reshape(-1, 3)], 1, 0)
    normal = np.cross(b - a, c - a)
    assert (normal[:, 2] > 0).all()  # every triangle looks up
    return float(normal[:, 2].sum() / 2)


def _ground() -> Ground:
    x = np.array([-3.0, -1.5, 0.0, 0.5, 2.0])
    y = np.array([-2.0, 0.0, 0.7, 3.0])
    return Ground(x, y, np.random.default_rng(5).normal(size=(5, 4)))


def test_height_is_the_triangle_s() -> None:
    ground = _ground()
    z = ground.z
    np.testing.assert_allclose(ground.height([(-1.5, 0.7), (2.0, 3.0)]), [z[1, 2], z[4, 3]])
    # Below the diagonal of the first cell: the triangle low, right, high at shares u = 0.75, v = 0.25.
    point = (-3.0 + 0.75 * 1.5, -2.0 + 0.25 * 2.0)
    expected = z[0, 0] + 0.75 * (z[1, 0] - z[0, 0]) + 0.25 * (z[1, 1] - z[1, 0])
    assert ground.height(point) == pytest.approx(expected)


def test_normal_matches_the_slope() -> None:
    x, y = np.linspace(0, 4, 5), np.linspace(0, 4, 5)
    ground = Ground(x, y, 0.3 * x[:, None] - 0.2 * y[None, :])
    normal = ground.normal([(1.3, 2.2), (3.1, 0.4)])
    expected = np.array([-0.3, 0.2, 1.0]) / np.linalg.norm([-0.3, 0.2, 1.0])
    np.testing.assert_allclose(normal, [expected, expected], atol=1e-12)


def test_regions_tile_the_ground_and_lie_on_it() -> None:
    ground = _ground()
    x, y = np.meshgrid(ground.x, ground.y, indexing="ij")
    cells = np.zeros((4, 3), bool)
    cells[0, 0] = True
    levels = [("disc", np.hypot(x - 0.4, y - 0.6) - 1.3), ("half", x - 0.2)]
    meshes = ground.regions(levels, {"corner": cells}, "rest")
    assert set(meshes) == {"disc", "half", "corner", "rest"}
    assert sum(_area(mesh) for mesh in meshes.values()) == pytest.approx(5.0 * 5.0)
    for mesh in meshes.values():
        np.testing.assert_allclose(ground.height(mesh.vertices[:, :2]), mesh.vertices[:, 2], atol=1e-9)
    assert meshes["half"].vertices[:, 0].max() <= 0.2 + 1e-9


def test_noise_never_changes() -> None:
    np.testing.assert_allclose(lattice([0, 1, -7], [0, 5, 3], 42), GOLDEN_LATTICE, atol=1e-15)
    assert value_noise(1.25, -3.5, 2.0, 7) == pytest.approx(GOLDEN_NOISE, abs=1e-14)


def test_noise_is_smooth_and_bounded() -> None:
    x = np.linspace(0, 20, 4001)
    noise = fractal(x, 0 * x, 3.0, 4, 11)
    assert np.abs(noise).max() <= 1.0
    assert np.ptp(noise) > 0.5
    assert np.abs(np.diff(noise)).max() < 0.02


GOLDEN_LATTICE = [-0.849138189773829, 0.3364919003477125, 0.027074643326462144]
GOLDEN_NOISE = 0.4155640348544416
