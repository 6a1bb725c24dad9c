"""Occlusion boundaries against closed forms."""

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import at, box, camera, mesh_of, quad, sphere, surface_of, turn

from buildee.truth.boundaries import BEFORE, Boundary, occlusion_boundaries
from buildee.truth.embree import CasterPool
from buildee.truth.hits import cast_pixels
from buildee.truth.lens import BrownConrady, Equirectangular, FisheyeEquidistant
from buildee.truth.surface import Camera


def see(surface, view):
    with CasterPool() as pool, pool.caster(surface, view.world_from_camera) as caster:
        hits = cast_pixels(caster, view)
        return hits, occlusion_boundaries(hits, caster, view)


def between(mask):
    """Bits that boundaries around a mask have, what is in it being in front everywhere."""
    expected = np.zeros(mask.shape, np.uint8)
    right, down = mask[:, 1:] != mask[:, :-1], mask[1:] != mask[:-1]
    sides = (
        (np.s_[:, :-1], right, Boundary.BEFORE_RIGHT),
        (np.s_[:, 1:], right, Boundary.BEFORE_LEFT),
        (np.s_[:-1], down, Boundary.BEFORE_DOWN),
        (np.s_[1:], down, Boundary.BEFORE_UP),
    )
    for part, edge, bit in sides:
        expected[part] |= np.where(edge, np.where(mask[part], int(bit), int(bit) << 4), 0).astype(np.uint8)
    return expected


@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_a_box_before_a_box(offset):
    """The near box is in front all around, and neither box has boundaries within, though their sides meet in ridges."""
    place = at(offset, offset, 0)
    near = box(1.2, 1, 1), place @ at(0.3, -0.2, 5) @ turn((1, 2, 0), 0.6)
    far = box(40, 30, 1), place @ at(0, 0, 12) @ turn((0, 1, 0), 0.1)
    hits, found = see(surface_of(near, far), camera(position=(offset, offset, 0)))
    assert (hits.copy >= 0).all() and len(np.unique(hits.triangle[hits.copy == 0])) > 2
    np.testing.assert_array_equal(found, between(hits.copy == 0))


def test_what_borders_on_nothing_is_in_front_of_it():
    hits, found = see(surface_of((box(1.2, 1, 1), at(0.3, -0.2, 5) @ turn((1, 2, 0), 0.6))), camera())
    assert 100 < hits.seen.sum() < 2000
    np.testing.assert_array_equal(found, between(hits.seen))


def test_standing_on_the_ground_is_no_boundary():
    """A box on a floor: a groove along its foot, boundaries where the floor goes on beside and behind it."""
    tilt = turn((1, 0, 0), np.pi / 2 + 0.8)  # the floor's normal leans from the image's top towards the camera
    floor = quad(60), at(0, 2, 9) @ tilt
    cube = box(2, 2, 2), at(0, 2, 9) @ tilt @ at(0, 0, 1)
    hits, found = see(surface_of(floor, cube), camera(size=96))
    on = hits.copy == 1
    assert hits.seen.all() and on.sum() > 500
    foot = on[:-1] & ~on[1:]  # at its lowest row; above, the sides of the box lean outwards in the image
    foot[: np.flatnonzero(on.any(1))[-1]] = False
    assert foot.sum() > 20
    expected = between(on)
    expected[:-1][foot] &= ~np.uint8(Boundary.BEFORE_DOWN)
    expected[1:][foot] &= ~np.uint8(Boundary.BEHIND_UP)
    np.testing.assert_array_equal(found, expected)


def test_a_ball_has_boundaries_around_it_alone():
    pose = at(0.2, 0.1, 4) @ turn((1, 2, 3), 1.0)
    for steps in (24, 200):
        hits, found = see(surface_of((sphere(1.0, steps), pose), (quad(60), at(0, 0, 9))), camera(size=96))
        np.testing.assert_array_equal(found, between(hits.copy == 0))


def test_one_mesh_may_hide_itself():
    """Two squares at different depths in one mesh, and the same joined by a third that is seen edge-on."""
    steps = [(-1, -1, 3), (0.1, -1, 3), (0.1, 1, 3), (-1, 1, 3), (0.05, -3, 5), (3, -3, 5), (3, 3, 5), (0.05, 3, 5)]
    faces = [(0, 1, 2), (0, 2, 3), (4, 5, 6), (4, 6, 7)]
    for more in ([], [(1, 4, 7), (1, 7, 2)]):
        hits, found = see(surface_of((mesh_of(steps, faces + more), np.eye(4))), camera())
        front = np.isclose(hits.depth, 3)
        edge = front[20:40, :-1] & np.isclose(hits.depth[20:40, 1:], 5)
        assert edge.sum() == 20
        assert ((found[20:40, :-1][edge] & Boundary.BEFORE_RIGHT) > 0).all()
        assert ((found[20:40, 1:][edge] & Boundary.BEHIND_LEFT) > 0).all()


def test_relief_finer_than_pixels_is_no_boundary():
    """A dense sheet of waves, too shallow to hide any of itself."""
    count = 160
    x, y = np.meshgrid(np.linspace(-3, 3, count), np.linspace(-3, 3, count))
    z = 4 + 0.02 * np.sin(9 * x) * np.sin(7 * y)
    corner = (np.arange(count - 1)[:, None] * count + np.arange(count - 1)).ravel()
    faces = np.concatenate([np.stack([corner, corner + 1, corner + count], -1),
                            np.stack([corner + 1, corner + count + 1, corner + count], -1)])  # fmt: skip
    hits, found = see(surface_of((mesh_of(np.stack([x, y, z], -1).reshape(-1, 3), faces), np.eye(4))), camera())
    assert hits.seen.all()
    assert (found > 0).mean() < 0.002


def test_both_sides_of_a_boundary_say_so():
    rng = np.random.default_rng(4)
    copies = [(box(*rng.uniform(0.3, 1, 3)), at(*rng.uniform((-2, -2, 4), (2, 2, 9))) @ turn(rng.normal(size=3), 1.0))
              for _ in range(40)]  # fmt: skip
    hits, found = see(surface_of(*copies), camera(size=96))
    before, behind = found & BEFORE, found >> 4
    np.testing.assert_array_equal((before[:, :-1] & 1) > 0, (behind[:, 1:] & 4) > 0)
    np.testing.assert_array_equal((before[:, 1:] & 4) > 0, (behind[:, :-1] & 1) > 0)
    np.testing.assert_array_equal((before[:-1] & 2) > 0, (behind[1:] & 8) > 0)
    np.testing.assert_array_equal((before[1:] & 8) > 0, (behind[:-1] & 2) > 0)
    assert not (before & behind).any()
    assert (before[~hits.seen] == 0).all() and (found > 0).sum() > 500


@pytest.mark.parametrize("lens", [FisheyeEquidistant(np.pi), BrownConrady(-0.9)])
def test_the_edge_of_the_field_of_view_is_no_boundary(lens):
    K = np.array([[64 / (np.pi if isinstance(lens, FisheyeEquidistant) else 1.5), 0, 32], [0, 0, 32], [0, 0, 1.0]])
    K[1, 1] = K[0, 0]
    view = Camera(K, np.eye(4), 64, 64, lens=lens)
    hits, found = see(surface_of((box(20, 20, 20), np.eye(4))), view)
    assert 0.2 < hits.seen.mean() < 0.95 and not found.any()


@pytest.mark.parametrize("lens", [BrownConrady(-0.2, 0.05), FisheyeEquidistant(np.pi * 1.2), Equirectangular()])
def test_boundaries_through_lenses(lens):
    """A box in a room that fills the image: its outline and nothing else, whichever way the walls bend."""
    width, height = 128, 64
    focal = (
        width / 2 / np.tan(0.6)
        if lens.perspective
        else width / (1.2 * np.pi if lens.name != "equirectangular" else 2 * np.pi)
    )
    K = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])
    view = Camera(K, np.eye(4), width, height, (0.01, 100.0), lens)
    room, thing = (box(20, 16, 24), at(0.5, 0.2, 1)), (box(2, 1.5, 1), at(0.8, 0.3, 4) @ turn((1, 2, 0), 0.6))
    hits, found = see(surface_of(thing, room), view)
    assert hits.seen.mean() > 0.7 and (hits.copy == 0).sum() > 40
    shown = np.where(hits.seen, hits.copy, 1) == 0
    expected = between(shown)
    np.testing.assert_array_equal(found, expected)
