"""Broken geometry is refused or put aside before a ray caster sees it."""

from dataclasses import replace

import numpy as np
import pytest

from buildee.errors import AnnotationError
from buildee.truth.soundness import with_sound_poses, without_bad_vertices
from buildee.truth.surface import Surface, TriangleMesh

CORNERS = np.array([(0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0.5)], np.float32)
TRIANGLES = np.array([(0, 1, 2), (1, 3, 2)], np.int32)
SLOTS = np.zeros(2, np.int32)


def surface(*poses):
    count = len(poses)
    rows = np.arange(count, dtype=np.int32)
    mesh = TriangleMesh(CORNERS, TRIANGLES, SLOTS)
    return Surface((mesh,), 0 * rows, rows, np.array(poses, np.float64), rows.astype(np.int64) + 70)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e19])
def test_vertices_that_are_no_places_are_refused(value):
    corners = CORNERS.copy()
    corners[3, 1] = value
    with pytest.raises(AnnotationError, match="not finite"):
        TriangleMesh(corners, TRIANGLES, SLOTS)


@pytest.mark.parametrize("corner", [-1, 4, 2**31 - 1])
def test_triangles_of_vertices_that_there_are_not_are_refused(corner):
    triangles = TRIANGLES.copy()
    triangles[1, 1] = corner
    with pytest.raises(AnnotationError, match="of 4 vertices"):
        TriangleMesh(CORNERS, triangles, SLOTS)


def test_bad_vertices_take_their_triangles_with_them_and_leave_the_rest():
    corners = CORNERS.copy()
    corners[3] = np.nan, np.inf, 1
    vertices, triangles = without_bad_vertices(corners, TRIANGLES)
    np.testing.assert_array_equal(vertices, np.where(np.arange(4)[:, None] == 3, 0, CORNERS))
    assert triangles.tolist() == [[0, 1, 2], [0, 0, 0]], "rows keep their places"
    assert without_bad_vertices(np.full_like(CORNERS, np.nan), TRIANGLES)[1].shape == (0, 3)
    assert without_bad_vertices(CORNERS, TRIANGLES)[1] is TRIANGLES


def test_sound_poses_are_left_alone():
    given = surface(np.eye(4), np.diag([-2.0, 0.1, 30, 1]), np.diag([1e-4, 1e-4, 1e-4, 1]))
    assert with_sound_poses(given)[0] is given


@pytest.mark.parametrize(
    "scale", [(1, 1, 0), (1, -2, 1e-9), (1e-9, 2e-9, 1e-9), (1e9, 1e9, 1e9), (1, 1, 1e-40)], ids=str
)
def test_poses_without_a_float32_inverse_are_baked(scale):
    pose = np.eye(4)
    turn, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))
    pose[:3, :3], pose[:3, 3] = turn * scale, (7, 8, 9)
    given = surface(np.eye(4), pose)
    sound, made = with_sound_poses(given)
    assert sound.copy_part.tolist() == [0, 1] and sound.copy_key.tolist() == [70, 71]
    np.testing.assert_array_equal(sound.world_from_copy[1, :3, :3], np.eye(3))
    flat = sound.meshes[sound.copy_mesh[1]]
    world = flat.vertices + sound.world_from_copy[1, :3, 3]
    expected = CORNERS @ pose[:3, :3].T + pose[:3, 3]
    np.testing.assert_allclose(world, expected, rtol=1e-6, atol=1e-7 * np.abs(scale).max())
    again, _ = with_sound_poses(given, made)
    assert again.meshes[again.copy_mesh[1]] is flat, "so that its tree is built once"


def test_copies_that_nothing_shows_are_left_out():
    broken, far = np.eye(4), np.eye(4)
    broken[0, 1], far[2, 3] = np.nan, 1e30
    sound, made = with_sound_poses(surface(np.diag([0.0, 0, 0, 1]), np.eye(4), broken, np.diag([1.0, 0, 0, 1]), far))
    assert sound.copy_part.tolist() == [1] and not made


def test_a_mesh_is_checked_when_it_changes_too():
    mesh = TriangleMesh(CORNERS, TRIANGLES, SLOTS)
    with pytest.raises(AnnotationError):
        replace(mesh, vertices=CORNERS * np.float32(np.nan))
