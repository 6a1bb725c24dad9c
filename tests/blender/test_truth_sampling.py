"""Where tracked points are chosen: by area, by instance, on a pixel grid, and where somebody put them."""

from dataclasses import replace
from pathlib import Path

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import at, box, camera, labels_for, mesh_of, quad, sphere, surface_of, turn

from buildee.blender.tracks import choose_tracks
from buildee.errors import AnnotationError
from buildee.recipe import Seed
from buildee.recipe.tracks import GivenTracks, GridTracks, InstanceTracks, MixedTracks, UniformTracks
from buildee.truth.camera import project, unproject
from buildee.truth.embree import CasterPool
from buildee.truth.flow import optical_flow
from buildee.truth.hits import cast_pixels
from buildee.truth.lens import BrownConrady, FisheyeEquidistant, Pinhole
from buildee.truth.sampling import given_points, grid_points, instance_points, uniform_points
from buildee.truth.surface import TriangleMesh
from buildee.truth.tracks import TrackState, observe, world_positions


@pytest.fixture(scope="module")
def pool():
    with CasterPool() as pool:
        yield pool


def shapes(poses):
    """A sphere and two boxes; the second box is unlabelled."""
    return surface_of(
        *zip((sphere(1.0, 32), box(1, 1, 1), box(2, 2, 2)), poses, strict=True), parts=(0, 1, -1), keys=[5, 6, 7]
    )


FIRST = at(-2, 0, 9), at(2, 0, 8) @ turn((1, 2, 0), 0.5), at(0, 3, 10)
LATER = at(-1.5, 0.5, 8) @ turn((0, 1, 0), 0.6), at(2, 1, 7) @ turn((1, 2, 0), 0.9), at(0, 2, 11)
LABELS = labels_for([1, 2])


def test_uniform_points_fall_by_area():
    wide = at(0, 0, 0) @ np.diag([3.0, 1, 1, 1])  # stretched to three times the area
    surface = surface_of((quad(1), at(5, 0, 0)), (quad(1), wide), (mesh_of(np.zeros((3, 3)), [(0, 1, 2)]), at(0, 0, 0)))
    points = uniform_points(surface, labels_for([1, 2, 3]), 40_000, np.random.default_rng(1))
    count = np.bincount(points.instance, minlength=4)[1:]
    sigma = np.sqrt(40_000 * 0.25 * 0.75)
    assert abs(count[0] - 10_000) < 4 * sigma and count.sum() == 40_000 and count[2] == 0
    xyz = world_positions(points, surface)[points.instance == 2]
    cells, _, _ = np.histogram2d(xyz[:, 0], xyz[:, 1], [6, 4], [(-1.5, 1.5), (-0.5, 0.5)])
    expected = len(xyz) / 24
    assert ((cells - expected) ** 2 / expected).sum() < 60  # chi squared of 23 degrees of freedom: one in 40 000


def test_areas_of_bent_mirrored_flat_and_endless_copies():
    """A unit square under any linear map has the area of the parallelogram; what is no number has none."""
    sheared = at(5, 0, 0) @ np.array([[2, 1, 0, 0], [0, -3, 0, 0], [0.5, 0, 1, 0], [0, 0, 0, 1]])
    poses = [at(0, 0, 0), sheared, np.diag([1.0, 0, 1, 1]), np.diag([np.inf, 1, 1, 1]), np.diag([np.nan, 1, 1, 1])]
    square = quad(1)
    surface = surface_of(*((square, pose) for pose in poses))
    labels = labels_for([1, 2, 3, 4, 5])
    side, other = sheared[:3, 0], sheared[:3, 1]
    share = 1 / (1 + np.linalg.norm(np.cross(side, other)))
    count = np.bincount(uniform_points(surface, labels, 40_000, np.random.default_rng(0)).instance, minlength=6)[1:]
    assert count[2:].tolist() == [0, 0, 0]
    assert abs(count[0] - 40_000 * share) < 4 * np.sqrt(40_000 * share * (1 - share))


def test_every_instance_gets_the_same_number_by_area():
    surface = surface_of(
        (quad(1), at(0, 0, 0)),
        (quad(3), at(9, 0, 0)),
        (box(1, 1, 1), at(0, 9, 0)),
        (box(9, 9, 9), at(0, 0, 50)),
        parts=(0, 1, 2, -1),
    )
    points = instance_points(surface, labels_for([1, 1, 2]), 2000, np.random.default_rng(1))
    assert points.instance.tolist() == [1] * 2000 + [2] * 2000
    small = (points.copy_key[:2000] == surface.copy_key[0]).sum()
    assert abs(small - 200) < 4 * np.sqrt(2000 * 0.1 * 0.9)
    # An instance that is not there has no points, the others keep theirs.
    assert (
        instance_points(surface, labels_for([1, 1, 3]), 5, np.random.default_rng(1)).instance.tolist()
        == [1] * 5 + [3] * 5
    )


@pytest.mark.parametrize(("lens", "focal"), [(Pinhole(), 64), (FisheyeEquidistant(), 60), (BrownConrady(-0.2), 64)])
def test_a_grid_is_the_pixels_own_points_and_moves_with_the_flow(pool, lens, focal):
    first, later, view = shapes(FIRST), shapes(LATER), replace(camera(focal=focal), lens=lens)
    moved = replace(camera(pose=at(0.1, 0.2, 0.3) @ turn((0, 1, 0), 0.1), focal=focal), lens=lens)
    with pool.caster(first, view.world_from_camera) as caster:
        hits = cast_pixels(caster, view)
        points = grid_points(caster, view, LABELS, 4)
        seen = observe(points, LABELS, caster, view)
    rows, columns = np.nonzero(hits.seen[2::4, 2::4])
    pixels = np.stack([columns, rows], -1) * 4 + 2
    assert len(points.triangle) == len(pixels) > 20
    np.testing.assert_allclose(seen.xy, pixels + 0.5, atol=1e-5)
    assert (seen.state == TrackState.VISIBLE).all()
    y, x = pixels.T[::-1]
    expected = unproject(view, pixels + 0.5, hits.depth[y, x])
    np.testing.assert_allclose(world_positions(points, first), expected, atol=2e-6)
    with pool.caster(later, moved.world_from_camera) as caster:
        flow, _ = optical_flow(hits, first, caster, moved)
        there = observe(points, LABELS, caster, moved)
    np.testing.assert_allclose(there.xy, pixels + 0.5 + flow[y, x], atol=2e-5)


@pytest.mark.parametrize("offset", [0.0, 1e5])
def test_given_points_find_their_surface_and_stay_on_it(offset):
    rng = np.random.default_rng(4)
    poses = [at(offset, 0, 0) @ pose for pose in FIRST]
    corner = poses[1] @ np.append((0.5, 0.5, 0.5), 1)
    ball = rng.normal(size=(50, 3))
    ball = ball / np.linalg.norm(ball, axis=1)[:, None] + poses[0][:3, 3]
    given = np.vstack([ball, corner[:3]])
    points = given_points(shapes(poses), LABELS, given, 0.02)
    assert points.instance.tolist() == [1] * 50 + [2]
    later = [at(offset, 0, 0) @ pose for pose in LATER]
    xyz = world_positions(points, shapes(later))
    # The globe of 32 meridians lies at most 1 - cos(pi / 32)^2 within the sphere.
    moved = (ball - poses[0][:3, 3]) @ later[0][:3, :3].T + later[0][:3, 3]
    assert np.abs(xyz[:50] - moved).max() < 0.01 + 1e-7 * offset
    np.testing.assert_allclose(xyz[50], (later[1] @ np.append((0.5, 0.5, 0.5), 1))[:3], atol=1e-6 + 1e-7 * offset)


def test_a_given_point_in_the_air_is_an_error():
    given = np.array([(0.0, 0, 0), (0, 0, 0.2), (5, 5, 5)])
    with pytest.raises(
        AnnotationError, match=r"2 of 3 given points lie farther than 0\.1 m .* number 1 .* \(0, 0, 0\.2\)"
    ):
        given_points(surface_of((quad(1), at(0, 0, 0))), labels_for([1]), given, 0.1)


def test_sets_are_chosen_in_their_own_frames_and_kept_in_order(pool, tmp_path):
    np.save(tmp_path / "given.npy", np.array([LATER[1][:3, 3] + LATER[1][:3, 0] * 0.5]))
    surfaces, views = [shapes(FIRST), shapes(FIRST), shapes(LATER)], {"a": camera(), "b": camera(position=(1, 0, 0))}
    asked = []

    def surface_at(frame):
        asked.append(frame)
        return surfaces[frame]

    specs = (
        GridTracks("grid", camera="b", stride=8, frame=2),
        MixedTracks("mix", 60),
        GivenTracks("mine", file=tmp_path / "given.npy", frame=2),
        UniformTracks("even", 30, frame=1),
        InstanceTracks("few", 5),
    )

    def choose(specs):
        return choose_tracks(specs, surface_at, [views] * 3, lambda: LABELS, pool, Seed(3))

    chosen = choose(specs)
    assert asked == [0, 1, 2]
    grid = np.count_nonzero(chosen.set == 0)
    assert grid > 5
    assert chosen.set.tolist() == [0] * grid + [1] * 60 + [2] + [3] * 30 + [4] * 10
    assert chosen.query_frame.tolist() == [2] * grid + [0] * 60 + [2] + [1] * 30 + [0] * 10
    assert [row["points"] for row in chosen.sets] == [grid, 60, 1, 30, 10]
    assert chosen.sets[3] == {"name": "even", "type": "uniform", "frame": 1, "points": 30}
    xy, _ = project(views["b"], world_positions(chosen.points, surfaces[2])[:grid])
    np.testing.assert_allclose(xy % 8, 4.5, atol=1e-4)
    # Sets draw from their own streams.
    alone = choose(specs[3:4]).points
    np.testing.assert_array_equal(alone.barycentrics, chosen.points.barycentrics[chosen.set == 3])


def test_given_points_name_their_set_and_file(pool, tmp_path):
    np.save(tmp_path / "given.npy", np.array([(0.0, 0, 500)]))
    specs = (GivenTracks("mine", file=tmp_path / "given.npy"),)
    with pytest.raises(AnnotationError, match=r"truth\.tracks\.mine: .*given\.npy: frame 0: 1 of 1 given points"):
        choose_tracks(specs, lambda frame: shapes(FIRST), [{"a": camera()}], lambda: LABELS, pool, Seed(0))


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (GridTracks("g", camera="left", frame=0), r"truth\.tracks\.g\.camera: unknown camera 'left'; there are: a"),
        (MixedTracks("m", 5, frame=1), r"truth\.tracks\.m\.frame: is 1, the last frame is 0"),
        (GivenTracks("x", file=Path("none.npy")), r"truth\.tracks\.x: none\.npy: .*cannot be read"),
    ],
)
def test_what_the_scene_has_not_is_refused(pool, spec, message):
    with pytest.raises(AnnotationError, match=message):
        choose_tracks((spec,), lambda frame: shapes(FIRST), [{"a": camera()}], lambda: LABELS, pool, Seed(0))


def test_nothing_to_choose_from(pool):
    empty, view = surface_of(), camera()
    flat = surface_of(
        (
            TriangleMesh(np.zeros((3, 3), np.float32), np.array([[0, 1, 2]], np.int32), np.zeros(1, np.int32)),
            at(0, 0, 3),
        )
    )
    for surface in (empty, flat):
        assert len(uniform_points(surface, LABELS, 9, np.random.default_rng(0)).triangle) == 0
        assert len(instance_points(surface, LABELS, 9, np.random.default_rng(0)).triangle) == 0
        with pool.caster(surface, view.world_from_camera) as caster:
            assert len(grid_points(caster, view, LABELS, 4).triangle) == 0
