"""The point cloud against closed forms: areas, places, normals and sight."""

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import at, box, camera, labels_for, quad, sphere, surface_of, turn

from buildee.truth.cloud import copy_areas, sample_cloud, see_cloud
from buildee.truth.embree import CasterPool

STRETCH = np.diag([2.0, 0.5, 1.0, 1.0])


def rng(seed=0):
    return np.random.default_rng(seed)


def test_areas_of_turned_scaled_stretched_and_mirrored_copies():
    cube = box(1, 2, 3)
    poses = [turn((1, 2, 3), 0.7), turn((1, 0, 0), 1.0) @ np.diag([3.0, 3, 3, 1]), at(1, 0, 0) @ STRETCH]
    poses += [at(0, 4, 0) @ np.diag([-1.0, 1, 1, 1]), np.diag([0.0, 0, 0, 1])]
    areas = copy_areas(surface_of(*((cube, pose) for pose in poses)))
    sides = [(1, 2, 3), (3, 6, 9), (2, 1, 3), (1, 2, 3), (0, 0, 0)]
    np.testing.assert_allclose(areas, [2 * (a * b + b * c + c * a) for a, b, c in sides], rtol=1e-9)


def test_points_are_spread_evenly_by_area():
    """Counts by side of a stretched, turned box and by thing, each within five standard deviations."""
    stretched = at(9, 0, 0) @ turn((1, 1, 0), 0.4) @ STRETCH
    things = (box(1, 2, 3), at(0, 0, 0)), (box(1, 2, 3), stretched), (quad(5), at(0, 0, 9)), (quad(1), at(0, 0, -9))
    surface, labels, count = surface_of(*things), labels_for([1, 2, 3, 4]), 40_000
    for part in (slice(None), slice(4000)):  # the first so many are an even sample too
        cloud = sample_cloud(surface, labels, count, rng())
        xyz, instance = cloud.xyz[part], cloud.points.instance[part]
        areas = np.array([22.0, 22.0, 25.0, 1.0])
        areas[1] = 2 * (2 * 1 + 1 * 3 + 3 * 2)
        chance = areas / areas.sum()
        expected = len(xyz) * chance
        found = np.bincount(instance, minlength=5)[1:]
        assert (np.abs(found - expected) < 5 * np.sqrt(expected * (1 - chance))).all()
        local = (xyz[instance == 2] - stretched[:3, 3]) @ np.linalg.inv(stretched[:3, :3]).T / (0.5, 1, 1.5)
        side = np.abs(local).argmax(1)
        np.testing.assert_allclose(np.abs(local).max(1), 1, atol=1e-5)
        shares = np.array([1 * 3, 2 * 3, 2 * 1]) / 11
        rest = len(local) * shares
        assert (np.abs(np.bincount(side, minlength=3) - rest) < 5 * np.sqrt(rest)).all()
        on = local[side == 0][:, 1:]
        assert abs(on.mean()) < 0.05 and np.abs((on**2).mean(0) - 1 / 3).max() < 0.05


def test_normals_point_outwards_and_are_of_the_world():
    globe = sphere(1.0, 48)
    outward = globe.vertices[globe.triangles].mean(1)
    normal = np.cross(*np.diff(globe.vertices[globe.triangles], axis=1).transpose(1, 0, 2))
    assert ((normal * outward).sum(-1) > -1e-9).all()
    for change in (np.eye(4), np.diag([-1.0, 1, 1, 1]), STRETCH @ turn((1, 2, 3), 1.0)):
        pose = at(1e4, 0, 5) @ change
        cloud = sample_cloud(surface_of((globe, pose)), labels_for([1]), 2000, rng())
        local = (cloud.xyz - pose[:3, 3]) @ np.linalg.inv(pose[:3, :3]).T
        gradient = local @ np.linalg.inv(pose[:3, :3])
        gradient /= np.linalg.norm(gradient, axis=-1, keepdims=True)
        assert ((cloud.normal * gradient).sum(-1) > 0.9).all()
        np.testing.assert_allclose(np.linalg.norm(cloud.normal, axis=-1), 1, atol=1e-6)


def test_a_convex_thing_shows_the_points_that_face_the_camera():
    pose, view = at(0.2, -0.1, 6) @ turn((1, 2, 0), 0.6), camera()
    surface, labels = surface_of((box(2, 1, 1), pose), (quad(3), at(0, 0, 12))), labels_for([1, 2])
    cloud = sample_cloud(surface, labels, 3000, rng())
    with CasterPool() as pool, pool.caster(surface, view.world_from_camera) as caster:
        seen = see_cloud(cloud, labels, caster, view)
    cube = cloud.points.instance == 1
    facing = (cloud.normal * cloud.xyz).sum(-1)
    clear = np.abs(facing) > 1e-4
    np.testing.assert_array_equal(seen[cube & clear], facing[cube & clear] < 0)
    assert 0 < seen[~cube].mean() < 1, "the box hides a part of the square behind it"


def test_points_that_are_gone_or_outside_are_not_seen():
    surface, labels, view = surface_of((quad(100), at(0, 0, 4))), labels_for([1]), camera()
    cloud = sample_cloud(surface, labels, 2000, rng())
    inside = (np.abs(cloud.xyz[:, :2]) < 2).all(-1)
    with CasterPool() as pool:
        with pool.caster(surface, view.world_from_camera) as caster:
            np.testing.assert_array_equal(see_cloud(cloud, labels, caster, view), inside)
        other = surface_of((quad(100), at(0, 0, 4)), keys=[77])
        with pool.caster(other, view.world_from_camera) as caster:
            assert not see_cloud(cloud, labels, caster, view).any()


def test_labels_and_draws():
    surface = surface_of((quad(1), at(0, 0, 4)), (quad(1), at(0, 0, 5)), (quad(1), at(0, 0, 6)), parts=(1, -1, 0))
    labels = labels_for([2, 1], categories=[7, 9])
    cloud, again = (sample_cloud(surface, labels, 300, rng(5)) for _ in range(2))
    np.testing.assert_array_equal(cloud.xyz, again.xyz)
    for z, ids in ((4, (1, 7, 2)), (5, (0, 0, 0)), (6, (2, 9, 1))):
        there = np.isclose(cloud.xyz[:, 2], z)
        assert there.sum() > 50
        assert {*zip(cloud.points.instance[there], cloud.category[there], cloud.part[there], strict=True)} == {ids}


@pytest.mark.parametrize("copies", [(), ((quad(1), np.diag([0.0, 0, 0, 1])),)])
def test_a_surface_without_area_has_no_points(copies):
    cloud = sample_cloud(surface_of(*copies), labels_for([1]), 10, rng())
    assert cloud.xyz.shape == (0, 3) and cloud.normal.shape == (0, 3) and cloud.category.shape == (0,)
