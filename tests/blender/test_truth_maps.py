"""Depth, normals and ids against closed forms."""

import gc

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import box, camera, labels_for, quad, sphere, surface_of, turn

from buildee.truth.camera import pixel_rays, unproject
from buildee.truth.embree import CasterPool
from buildee.truth.hits import cast_pixels
from buildee.truth.maps import depth_map, instance_map, normal_map, part_map, semantic_map


def see(surface, view):
    with CasterPool() as pool, pool.caster(surface, view.world_from_camera) as caster:
        return cast_pixels(caster, view)


@pytest.mark.parametrize("offset", [0.0, 1e4, 1e7])
def test_tilted_plane(offset):
    place = np.array([offset, -offset, offset])
    pose = turn((1, 0.3, 0), 0.6)
    pose[:3, 3] = np.add(place, (0, 0, 10))
    view = camera(position=place)
    hits = see(surface_of((quad(40), pose)), view)
    rays = pixel_rays(view)
    axis = pose[:3, 2]
    expected = 10 * axis[2] / (rays @ axis)
    assert hits.seen.all()
    np.testing.assert_allclose(hits.depth, expected, rtol=1e-9, atol=2e-8 * max(1, offset / 1e4))
    np.testing.assert_allclose(normal_map(hits), np.broadcast_to(-axis, rays.shape), atol=1e-6)
    assert depth_map(hits).dtype == np.float32


def test_barycentrics_give_the_point():
    pose = turn((1, 2, 0.5), 0.8)
    pose[:3, 3] = 0, 0, 4
    mesh, view = box(2, 1, 1), camera()
    hits = see(surface_of((mesh, pose)), view)
    corners = mesh.vertices[mesh.triangles[hits.triangle[hits.seen]]]
    u, v = hits.u[hits.seen, None], hits.v[hits.seen, None]
    local = corners[:, 0] * (1 - u - v) + corners[:, 1] * u + corners[:, 2] * v
    rows, columns = np.nonzero(hits.seen)
    seen = unproject(view, np.stack([columns, rows], -1) + 0.5, hits.depth[hits.seen])
    np.testing.assert_allclose(local @ pose[:3, :3].T + pose[:3, 3], seen, atol=1e-9)


def test_clip_limits_are_planar():
    pose = turn((1, 0, 0), 1.2)
    pose[:3, 3] = 0, 0, 5
    whole, cut = camera(), camera(clip=(3.0, 7.0))
    surface = surface_of((quad(40), pose))
    free, clipped = see(surface, whole), see(surface, cut)
    np.testing.assert_array_equal(clipped.seen, free.seen & (free.depth > 3) & (free.depth < 7))


def test_ids_and_a_copy_without_label():
    poses = [np.eye(4) for _ in range(3)]
    for x, pose in zip((-2, 0, 2), poses, strict=True):
        pose[:3, 3] = x, 0, 6
    cube = box(1, 1, 1)
    surface = surface_of(*((cube, pose) for pose in poses), parts=(2, -1, 0))
    labels = labels_for([2, 1, 1], categories=[9, 4])
    hits = see(surface, camera())
    row = 32
    parts, instances, kinds = (
        part_map(hits, surface),
        instance_map(hits, surface, labels),
        semantic_map(hits, surface, labels),
    )
    for column, part, instance, kind in ((11, 3, 1, 9), (32, 0, 0, 0), (53, 1, 2, 4), (21, 0, 0, 0)):
        assert (parts[row, column], instances[row, column], kinds[row, column]) == (part, instance, kind)
    assert hits.copy[row, 32] == 1


def test_copies_scaled_to_nothing_and_empty_meshes_are_not_there():
    flat = np.diag([0.0, 0, 0, 1])
    empty = type(quad(1))(np.zeros((0, 3), np.float32), np.zeros((0, 3), np.int32), np.zeros(0, np.int32))
    pose = np.eye(4)
    pose[2, 3] = 3
    hits = see(surface_of((quad(1), flat), (empty, pose), (quad(1), pose)), camera())
    assert set(np.unique(hits.copy)) == {-1, 2}


def test_everything_built_is_released(monkeypatch):
    pool = CasterPool()
    library = pool._device.library
    alive, make, release = set(), library.rtcNewScene, library.rtcReleaseScene

    def make_and_note(device):
        handle = make(device)
        alive.add(handle)
        return handle

    def release_and_note(handle):
        alive.remove(handle)
        release(handle)

    monkeypatch.setattr(library, "rtcNewScene", make_and_note)
    monkeypatch.setattr(library, "rtcReleaseScene", release_and_note)
    surface = surface_of((quad(1), np.eye(4)))
    for _ in range(2):
        with pool.caster(surface, np.eye(4)) as caster, caster.only(np.array([0])):
            assert len(alive) == 3, "two casters' scenes and one tree, built once"
        assert len(alive) == 1
    del caster, surface
    gc.collect()
    assert not alive, "the tree goes with its mesh"
    surface = surface_of((quad(1), np.eye(4)))
    with pool.caster(surface, np.eye(4)):
        pass
    pool.close()
    assert not alive, "the pool releases the trees of living meshes"
    pool.close()


@pytest.mark.parametrize("width", [16, 8, 4, 1])
def test_every_packet_width_gives_the_same_hits(width, monkeypatch):
    pose = turn((1, 2, 0.5), 0.8)
    pose[:3, 3] = 0, 0, 4
    surface, view = surface_of((sphere(1.0, 32), pose), (box(1, 1, 1), np.eye(4))), camera(size=37)
    expected = see(surface, view)
    monkeypatch.setattr("buildee.truth.embree_native._WIDTHS", (width,))
    hits = see(surface, view)
    same = hits.triangle == expected.triangle
    assert same.mean() > 0.998
    np.testing.assert_array_equal(hits.depth[same], expected.depth[same])
