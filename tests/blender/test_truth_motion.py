"""Flow, tracks and visibility against closed forms."""

from dataclasses import replace

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import at, box, camera, labels_for, mesh_of, quad, sphere, surface_of, turn

from buildee.truth.camera import pixel_rays, project
from buildee.truth.embree import CasterPool
from buildee.truth.flow import FlowState, follow, optical_flow
from buildee.truth.hits import cast_pixels
from buildee.truth.sampling import sample_points
from buildee.truth.tracks import TrackPoints, TrackState, bind, observe, world_positions


@pytest.fixture(scope="module")
def pool():
    with CasterPool() as pool:
        yield pool


def flow_between(pool, surface, view, other_surface, other_view):
    with pool.caster(surface, view.world_from_camera) as caster:
        hits = cast_pixels(caster, view)
    with pool.caster(other_surface, other_view.world_from_camera) as caster:
        return hits, *optical_flow(hits, surface, caster, other_view)


def look(pool, points, labels, surface, view):
    with pool.caster(surface, view.world_from_camera) as caster:
        return observe(points, labels, caster, view)


def test_flow_of_a_turning_box_and_a_moving_camera(pool):
    mesh = box(1.4, 1, 1)
    before, after = at(0.1, 0, 5) @ turn((1, 2, 0), 0.3), at(0.4, -0.2, 4.6) @ turn((1, 2, 0), 0.45)
    view, later = camera(), camera(pose=at(0.05, 0.02, 0.1) @ turn((0, 1, 0), 0.04))
    hits, flow, state = flow_between(pool, surface_of((mesh, before)), view, surface_of((mesh, after)), later)
    points = (pixel_rays(view) * hits.depth[..., None])[hits.seen]
    moved = (points - before[:3, 3]) @ before[:3, :3] @ after[:3, :3].T + after[:3, 3]
    start, _ = project(view, points)
    end, _ = project(later, moved)
    good = state[hits.seen] != FlowState.INVALID
    assert good.all()
    np.testing.assert_allclose(flow[hits.seen], end - start, atol=1e-4)
    assert (flow[~hits.seen] == 0).all() and (state[~hits.seen] == FlowState.INVALID).all()
    # A box is convex: its own points are hidden only where the turned face looks away.
    normal = hits.normal[hits.seen] @ before[:3, :3] @ after[:3, :3].T
    facing = (normal * (moved - later.world_from_camera[:3, 3])).sum(-1) < 0
    np.testing.assert_array_equal(state[hits.seen] == FlowState.VISIBLE, facing)


def test_flow_of_a_still_scene_is_zero_and_seen(pool):
    surface = surface_of((sphere(1.0, 48), at(0, 0, 4)), (quad(20), at(0, 0, 8)))
    hits, flow, state = flow_between(pool, surface, camera(), surface, camera())
    assert hits.seen.all() and (state == FlowState.VISIBLE).all()
    assert np.abs(flow).max() < 1e-9


def test_a_box_that_slides_before_a_wall_hides_it(pool):
    wall, cube = (quad(40), at(0, 0, 8)), box(1, 1, 1)
    before, after = surface_of(wall, (cube, at(-1, 0, 4))), surface_of(wall, (cube, at(1, 0, 4)))
    view = camera()
    hits, flow, state = flow_between(pool, before, view, after, view)
    with pool.caster(after, view.world_from_camera) as caster:
        later = cast_pixels(caster, view)
    on_wall = hits.copy == 0
    np.testing.assert_array_equal(state[on_wall] == FlowState.OCCLUDED, later.copy[on_wall] == 1)
    front = (hits.copy == 1) & (np.abs(hits.normal[..., 2]) > 0.9)
    np.testing.assert_allclose(flow[front], np.broadcast_to((64 * 2 / 3.5, 0), (front.sum(), 2)), atol=1e-4)


def test_scene_flow_of_turning_deforming_and_still_things(pool):
    """Displacements are those of the poses and vertices, also a thousand kilometres from the origin."""
    sheet = quad(1.5)
    bent = replace(sheet, vertices=sheet.vertices + np.float32((0.25, 0, 0.125)))
    for offset in (0.0, 1e6):
        place = at(offset, offset, 0)
        before = [place @ at(-1, 0, 4) @ turn((1, 2, 0), 0.3), place @ at(1.2, 0, 4) @ turn((0, 1, 0), 0.2)]
        after = [place @ at(-0.8, 0.1, 4.3) @ turn((1, 2, 0), 0.5), before[1]]
        wall = (quad(40), place @ at(0, 0, 9))
        start = surface_of((box(1, 1, 1), before[0]), (sheet, before[1]), wall)
        end = surface_of((start.meshes[0], after[0]), (bent, after[1]), wall)
        view = camera(position=(offset, offset, 0))
        with pool.caster(start, view.world_from_camera) as caster:
            hits = cast_pixels(caster, view)
        with pool.caster(end, view.world_from_camera) as caster:
            followed = follow(hits, start, caster, view)
        moved, state = followed.scene_flow(start, end), followed.states()
        assert (moved[hits.copy == 2] == 0).all() and (state[hits.copy == 2] > 0).all()
        expected = before[1][:3, :3] @ (0.25, 0, 0.125)
        shown = hits.copy == 1
        np.testing.assert_allclose(moved[shown], np.broadcast_to(expected, (shown.sum(), 3)), atol=1e-6)
        shown = hits.copy == 0
        points = (pixel_rays(view) * hits.depth[..., None])[shown] + (offset, offset, 0)
        local = (points - before[0][:3, 3]) @ before[0][:3, :3]
        there = local @ after[0][:3, :3].T + (after[0][:3, 3] - before[0][:3, 3])
        np.testing.assert_allclose(moved[shown], there - local @ before[0][:3, :3].T, atol=1e-6 + 4e-9 * offset)


def test_flow_follows_deforming_meshes_and_gives_up_on_changed_ones(pool):
    sheet = quad(4)
    bent = replace(sheet, vertices=sheet.vertices + np.float32((0.5, 0, 0)))
    cut = mesh_of(sheet.vertices, [(0, 1, 3), (1, 2, 3)])
    view, pose = camera(), at(0, 0, 8)
    hits, flow, _ = flow_between(pool, surface_of((sheet, pose)), view, surface_of((bent, pose)), view)
    np.testing.assert_allclose(flow[hits.seen], np.broadcast_to((4, 0), (hits.seen.sum(), 2)), atol=1e-5)
    for other in (surface_of((cut, pose)), surface_of((sheet, pose), keys=[999])):
        _, flow, state = flow_between(pool, surface_of((sheet, pose)), view, other, view)
        assert (state == FlowState.INVALID).all() and (flow == 0).all()


def test_flow_says_what_leaves_the_frame_and_what_passes_the_camera(pool):
    view, mesh = camera(clip=(0.5, 100.0)), quad(1)
    start = surface_of((mesh, at(0, 0, 4)))
    for pose, state in (
        (at(9, 0, 4), FlowState.OUT_OF_FRAME),
        (at(0, 0, 200), FlowState.OUT_OF_FRAME),
        (at(0, 0, 0.4), FlowState.INVALID),
        (at(0, 0, -4), FlowState.INVALID),
    ):
        hits, flow, found = flow_between(pool, start, view, surface_of((mesh, pose)), view)
        assert (found[hits.seen] == state).all()
        assert np.isfinite(flow).all()


@pytest.mark.parametrize("distance", [0.5, 20.0, 200.0])
@pytest.mark.parametrize("tilt", [0.0, 0.9])
@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_a_two_millimetre_plate_hides_what_is_behind_it(pool, distance, tilt, offset):
    size = distance * 0.6
    place = np.array([offset, offset, 0])
    plate = at(*np.add(place, (0, 0, distance))) @ turn((1, 0.2, 0), tilt)
    behind = plate @ at(0, 0, 0.0011)
    surface = surface_of((box(size, size, 0.002), plate), (quad(size * 0.5), behind))
    view, labels = camera(position=place), labels_for([1, 2])
    weights = np.random.default_rng(0).dirichlet((1, 1, 1), 400)[:, 1:]
    zeros = np.zeros(400, np.int32)

    def states(copy, triangle):
        points = bind(surface, labels, zeros + copy, zeros + triangle, weights)
        seen = look(pool, points, labels, surface, view)
        return seen.state, seen.occluder

    z = surface.meshes[0].vertices[surface.meshes[0].triangles][..., 2].mean(1)
    near, far = int(np.flatnonzero(z < -0.0009)[0]), int(np.flatnonzero(z > 0.0009)[0])
    assert (states(0, near)[0] == TrackState.VISIBLE).all()
    state, occluder = states(0, far)
    assert (state == TrackState.SELF_OCCLUDED).all() and (occluder == 1).all()
    state, occluder = states(1, 0)
    assert (state == TrackState.OCCLUDED).all() and (occluder == 1).all()


def test_points_on_edges_and_corners_are_seen(pool):
    mesh, pose = box(2, 2, 2), at(0.3, 0.2, 6) @ turn((1, 1, 0.3), 0.7)
    surface, labels, view = surface_of((mesh, pose)), labels_for([1]), camera()
    corners = mesh.vertices @ pose[:3, :3].T + pose[:3, 3]
    facing = np.cross(*np.diff(corners[mesh.triangles], axis=1).transpose(1, 0, 2))
    outward = np.sign((facing * (corners[mesh.triangles].mean(1) - pose[:3, 3])).sum(-1))[:, None] * facing
    front = np.flatnonzero((outward * corners[mesh.triangles].mean(1)).sum(-1) < -1e-6)
    edge = np.random.default_rng(1).random((500, 2))
    edge[:250] = edge[:250] * (1, 0)
    edge[250:, 1] = 1 - edge[250:, 0]
    edge[:3] = (0, 0), (1, 0), (0, 1)
    for triangle in front:
        points = bind(surface, labels, np.zeros(500, np.int32), np.full(500, triangle, np.int32), edge)
        assert (look(pool, points, labels, surface, view).state == TrackState.VISIBLE).all()


def test_unwelded_neighbours_do_not_hide_their_seam(pool):
    strip = mesh_of([(-1, -1, 0), (0, -1, 0), (0, 1, 0), (0, -1, 0), (1, -1, 0), (0, 1, 0)], [(0, 1, 2), (3, 4, 5)])
    surface, labels = surface_of((strip, at(0.01, 0, 3) @ turn((1, 1, 0), 1.1))), labels_for([1])
    seam = np.stack([np.linspace(0, 1, 300), 1 - np.linspace(0, 1, 300)], -1)
    points = bind(surface, labels, np.zeros(300, np.int32), np.zeros(300, np.int32), seam)
    assert (look(pool, points, labels, surface, camera()).state == TrackState.VISIBLE).all()


def test_every_track_state(pool):
    wall, cover = quad(30), box(1, 1, 0.1)
    surface = surface_of((wall, at(0, 0, 8)), (cover, at(0, 0, 4)), parts=(0, -1))
    labels, view = labels_for([1]), camera(clip=(0.5, 100.0))
    places = np.array([(0, 0), (3, 3), (14, 0)]) / 30 + 0.5
    # Both triangles of the square: (0, 1, 2) holds x >= y.
    weights = np.stack([places[:, 0] - places[:, 1], places[:, 1]], -1)
    points = bind(surface, labels, np.zeros(3, np.int32), np.zeros(3, np.int32), weights)
    seen = look(pool, points, labels, surface, view)
    assert seen.state.tolist() == [TrackState.OCCLUDED, TrackState.VISIBLE, TrackState.OUT_OF_FRAME]
    assert seen.occluder.tolist() == [0, 0, 0]
    np.testing.assert_allclose(seen.xy[1], (32 + 64 * 3 / 8, 32 + 64 * 3 / 8), atol=1e-4)
    np.testing.assert_allclose(seen.depth, 8)
    np.testing.assert_allclose(world_positions(points, surface)[1], (3, 3, 8), atol=1e-6)
    for z in (0.4, -2.0):
        moved = surface_of((wall, at(0, 0, z)))
        assert (look(pool, points, labels, moved, view).state == TrackState.BEHIND).all()
    gone = surface_of((wall, at(0, 0, 8)), keys=[55])
    seen = look(pool, points, labels, gone, view)
    assert (seen.state == TrackState.ABSENT).all() and np.isnan(seen.xy).all() and np.isnan(seen.depth).all()
    assert np.isnan(world_positions(points, gone)).all()
    assert (look(pool, points, labels, surface_of(), view).state == TrackState.ABSENT).all()


def test_sampling_shares_points_out(pool):
    ground = (quad(400), at(0, 3, 0) @ turn((1, 0, 0), np.pi / 2))
    pebbles = [(box(0.15, 0.15, 0.15), at(x, 0, 4)) for x in np.linspace(-1.5, 1.5, 10)]
    surface = surface_of(ground, *pebbles, (box(2, 2, 2), at(0, 0, 9)))
    labels, view = labels_for(range(1, 13), countable=[False] + [True] * 11), camera()
    with pool.caster(surface, view.world_from_camera) as caster:
        draw = [sample_points(surface, labels, [(caster, view)], 512, np.random.default_rng(3)) for _ in range(2)]
    points = draw[0]
    for field in ("copy_key", "triangle", "barycentrics"):
        np.testing.assert_array_equal(getattr(points, field), getattr(draw[1], field))
    share = np.bincount(points.instance, minlength=13)[1:]
    assert share.sum() == 512
    assert share[0] <= 0.3 * 512 and (share[1:] >= 8).all()
    state = look(pool, points, labels, surface, view).state
    assert (state[:256] == TrackState.VISIBLE).all()
    assert (state == TrackState.SELF_OCCLUDED).sum() > 20
    u, v = points.barycentrics.T
    assert (u >= 0).all() and (v >= 0).all() and (u + v <= 1 + 1e-12).all()
    both = TrackPoints.joined(draw)
    assert len(both.triangle) == 1024
