"""Rectangles, boxes and the plan that keeps them apart."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.layout.placement import Footprint, Plan, pose_on


def test_distance_is_signed_and_exact_outside() -> None:
    place = Footprint(1.0, 2.0, np.pi / 2, 4.0, 2.0)  # 2 m along x, 4 m along y
    points = [(1.0, 2.0), (1.5, 2.0), (3.0, 2.0), (5.0, 8.0)]
    np.testing.assert_allclose(place.distance(points), [-1.0, -0.5, 1.0, 5.0], atol=1e-12)


def test_separation_of_turned_squares() -> None:
    square = Footprint(0.0, 0.0, 0.0, 2.0, 2.0)
    diamond = Footprint(1.0 + np.sqrt(2) + 0.25, 0.0, np.pi / 4, 2.0, 2.0)
    touching = Footprint(1.9, 0.0, 0.0, 2.0, 2.0)
    for place, gap in ((diamond, 0.25), (touching, -0.1)):
        assert square.separation(place) == pytest.approx(gap)
        assert place.separation(square) == pytest.approx(gap)


def test_overhang_of_a_turned_square() -> None:
    zone = Footprint(0.0, 0.0, np.pi / 2, 6.0, 4.0)  # 4 m along x, 6 m along y
    reach = np.sqrt(2)
    for x, y in ((1.0, 0.0), (0.0, -2.0), (3.0, 1.0)):
        square = Footprint(x, y, np.pi / 4, 2.0, 2.0)
        assert square.overhang(zone) == pytest.approx(max(abs(x) + reach - 2, abs(y) + reach - 3))
        assert (square.overhang(zone) <= 0) == bool((zone.distance(square.corners) <= 0).all())


def test_a_plan_overlooks_nothing_that_is_near() -> None:
    rng = np.random.default_rng(3)
    rows = rng.uniform((-20, -20, 0, 0.2, 0.2), (20, 20, 3, 14, 4), (60, 5)).tolist()
    plan = Plan([(f"thing {number % 3}", Footprint(*row)) for number, row in enumerate(rows[:30])])
    plan.clear(("thing 0",))
    for row in rows[30:40]:
        plan.keep("late", Footprint(*row))
    assert len(plan.taken) == 30
    for row in rows[40:]:
        tried = Footprint(*row)
        assert plan.is_free(tried, 1.5) == (not any(tried.is_near(other, 1.5) for _, other in plan.taken))


def test_point_is_one_of_points() -> None:
    place = Footprint(1.0, 2.0, 0.3, 4.0, 2.0)
    shares = [(-1.0, 0.5), (0.2, -1.0)]
    np.testing.assert_allclose([place.point(*share) for share in shares], place.points(shares), atol=1e-12)


def test_plan_keeps_clearance() -> None:
    plan = Plan()
    plan.keep("wall", Footprint(0.0, 0.0, 0.0, 2.0, 2.0))
    assert plan.is_free(Footprint(2.31, 0.0, 0.0, 2.0, 2.0), clearance=0.3)
    assert not plan.is_free(Footprint(2.29, 0.0, 0.0, 2.0, 2.0), clearance=0.3)


def test_nothing_fits_names_thing_attempts_and_field() -> None:
    plan = Plan()
    plan.keep("wall", Footprint(0.0, 0.0, 0.0, 9.0, 9.0))
    with pytest.raises(PlacementError, match=r"crate.*after 25 attempts: lower scene\.crates"):
        plan.fit("crate", (1.0, 1.0), lambda: (0.0, 0.0, 0.0), "lower scene.crates", attempts=25)


def test_zone_holds_the_whole_footprint() -> None:
    zone = Footprint(0.0, 0.0, 0.0, 4.0, 4.0)
    spots = iter([(1.6, 0.0, 0.0), (1.4, 0.0, 0.0)])
    place = Plan().fit("crate", (1.0, 1.0), lambda: next(spots), "", zone, attempts=2)
    assert place.x == 1.4


def test_pose_on_slope_stands_on_the_normal() -> None:
    normal = np.array([-0.2, 0.1, 1.0]) / np.linalg.norm([-0.2, 0.1, 1.0])
    pose = pose_on((1.0, 2.0, 3.0), 0.7, normal)
    np.testing.assert_allclose(pose[:3, 2], normal, atol=1e-12)
    np.testing.assert_allclose(pose[:3, :3] @ pose[:3, :3].T, np.eye(3), atol=1e-12)
    assert np.linalg.det(pose[:3, :3]) == pytest.approx(1.0)
    assert np.arctan2(pose[1, 0], pose[0, 0]) == pytest.approx(0.7)
