"""The nearest surface point against closed forms and a search through every triangle."""

import numpy as np
import pytest

from buildee.truth import nearest
from buildee.truth.nearest import closest, nearest_places
from buildee.truth.surface import Surface, TriangleMesh


def surface_of(*meshes, poses=None):
    """One copy of each mesh."""
    count = len(meshes)
    poses = np.eye(4)[None].repeat(count, 0) if poses is None else np.array(poses)
    number = np.arange(count, dtype=np.int32)
    return Surface(tuple(meshes), number, number, poses, number.astype(np.int64))


def mesh_of(vertices, triangles):
    triangles = np.array(triangles, np.int32)
    return TriangleMesh(np.array(vertices, np.float32), triangles, np.zeros(len(triangles), np.int32))


def soup(rng, count, spread=2.0, size=0.4):
    """Triangles anywhere."""
    corners = rng.uniform(-spread, spread, (count, 1, 3)) + rng.normal(scale=size, size=(count, 3, 3))
    return mesh_of(corners.reshape(-1, 3), np.arange(3 * count).reshape(-1, 3))


def positions(surface, places):
    result = np.full((len(places.copy), 3), np.nan)
    for row, (copy, triangle) in enumerate(zip(places.copy, places.triangle, strict=True)):
        if copy >= 0:
            mesh, pose = surface.meshes[surface.copy_mesh[copy]], surface.world_from_copy[copy]
            corners = mesh.vertices[mesh.triangles[triangle]].astype(float) @ pose[:3, :3].T + pose[:3, 3]
            u, v = places.barycentrics[row]
            result[row] = corners[0] + u * (corners[1] - corners[0]) + v * (corners[2] - corners[0])
    return result


@pytest.mark.parametrize(
    ("point", "weights", "distance"),
    [
        ((0.2, 0.3, 0.5), (0.2, 0.3), 0.5),
        ((-1, -1, 0), (0, 0), np.sqrt(2)),
        ((3, 0, 0), (1, 0), 2),
        ((0, 4, 3), (0, 1), np.sqrt(18)),
        ((0.5, -2, 0), (0.5, 0), 2),
        ((-3, 0.25, 4), (0, 0.25), 5),
        ((1, 1, 0), (0.5, 0.5), np.sqrt(0.5)),
        ((0.75, 0.75, 1), (0.5, 0.5), np.sqrt(1.125)),
    ],
)
def test_the_closest_point_of_a_triangle(point, weights, distance):
    corners = np.array([(0, 0, 0), (1, 0, 0), (0, 1, 0)], float)[..., None]
    found, off = closest(corners, np.array(point, float)[:, None])
    np.testing.assert_allclose(found[0], weights, atol=1e-12)
    np.testing.assert_allclose(off[0], distance, atol=1e-12)


def test_triangles_without_area_are_segments_or_points():
    line = np.array([(0, 0, 0), (1, 0, 0), (2, 0, 0)], float)[..., None]
    assert closest(line, np.array([[1.5], [2.0], [0]]))[1][0] == pytest.approx(2)
    dot = np.ones((3, 3, 1))
    assert closest(dot, np.array([[1.0], [1], [3]]))[1][0] == pytest.approx(2)


@pytest.mark.parametrize("limit", [None, 7])
def test_it_is_what_a_search_through_every_triangle_finds(monkeypatch, limit):
    if limit:
        monkeypatch.setattr(nearest, "_BATCH", limit)
    rng = np.random.default_rng(2)
    pose = np.eye(4)
    pose[:3, :3] = np.array([[0.3, -1.1, 0], [1.2, 0.2, 0.1], [0, 0.4, -0.8]])  # sheared and mirrored
    pose[:3, 3] = 1, 2, 3
    surface = surface_of(
        soup(rng, 60), soup(rng, 40), mesh_of(np.zeros((0, 3)), np.zeros((0, 3))), poses=[np.eye(4), pose, np.eye(4)]
    )
    points = rng.uniform(-3, 5, (300, 3))
    places = nearest_places(surface, points, 0.7)
    corners = np.concatenate(
        [
            (mesh.vertices.astype(float) @ pose[:3, :3].T + pose[:3, 3])[mesh.triangles]
            for mesh, pose in zip(surface.meshes, surface.world_from_copy, strict=True)
        ]
    )
    every = np.stack([closest(np.moveaxis(corners, 0, -1), np.repeat(p[:, None], len(corners), 1))[1] for p in points])
    near = every.min(1) <= 0.7
    assert 50 < near.sum() < 280
    np.testing.assert_array_equal(places.copy >= 0, near)
    np.testing.assert_allclose(places.distance[near], every.min(1)[near], atol=1e-12)
    assert np.isinf(places.distance[~near]).all() and (places.triangle[~near] == -1).all()
    off = np.linalg.norm(positions(surface, places) - points, axis=1)
    np.testing.assert_allclose(off[near], places.distance[near], atol=1e-12)


def test_points_on_a_surface_find_themselves_among_many():
    rng = np.random.default_rng(3)
    surface = surface_of(soup(rng, 3000), soup(rng, 3000))
    copy, triangle = rng.integers(0, 2, 5000), rng.integers(0, 3000, 5000)
    weights = rng.dirichlet((1, 1, 1), 5000)
    corners = np.stack(
        [surface.meshes[c].vertices[surface.meshes[c].triangles[t]] for c, t in zip(copy, triangle, strict=True)]
    )
    points = (weights[:, :, None] * corners.astype(float)).sum(1)
    places = nearest_places(surface, points, 0.01)
    np.testing.assert_array_equal(places.copy, copy)
    np.testing.assert_array_equal(places.triangle, triangle)
    np.testing.assert_allclose(places.barycentrics, weights[:, 1:], atol=1e-6)


def test_equally_near_surfaces_give_the_first():
    sheet = mesh_of([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [(0, 1, 2), (0, 1, 2)])
    places = nearest_places(surface_of(sheet, sheet), np.array([[0.2, 0.2, 0.001]]), 0.01)
    assert (places.copy[0], places.triangle[0]) == (0, 0)


def test_what_is_no_number_is_near_nothing():
    sheet = mesh_of([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [(0, 1, 2)])
    poses = [np.diag([np.nan, 1, 1, 1]), np.diag([np.inf, 1, 1, 1]), np.eye(4)]
    with np.errstate(invalid="ignore"):
        places = nearest_places(surface_of(sheet, sheet, sheet, poses=poses), np.array([[0.2, 0.2, 0]]), 0.1)
    assert places.copy.tolist() == [2]


def test_nothing_is_near_nothing():
    places = nearest_places(surface_of(), np.zeros((2, 3)), 1.0)
    assert (places.copy == -1).all()
