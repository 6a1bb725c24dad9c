"""Cameras find places from which there is something to see."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.layout.camera_types import Cab, Mast, Orbit, Survey, Walk
from buildee.layout.cameras import place
from buildee.layout.kinematics import translation
from buildee.layout.lenses import LensSpec, Rig, Stereo
from buildee.layout.views import Stage, Subject, light, occluded, room, turned, worth
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed
from buildee.truth.lens import lens_of

SHOT = Shot(4, 4.0, 320, 240, ())


def _stage(walls: list[tuple[float, float]] = ()) -> Stage:
    """Returns a tower of 6 x 6 x 12 m on a plain of 60 x 60 m, and walls 8 m wide and high at x, y."""
    points = np.array([(x, y, z) for x in (-3, 3) for y in (-3, 3) for z in (0, 6, 12)], float)
    boxes = np.concatenate([np.zeros((0, 4, 4)), *(translation((x, y, 4.0))[None] for x, y in walls)])
    half = np.tile([0.2, 4.0, 4.0], (len(walls), 1))

    def flat(at: np.ndarray) -> np.ndarray:
        return np.zeros(np.asarray(at).shape[:-1])

    def is_open(at: np.ndarray) -> np.ndarray:
        return np.abs(at).max(-1) > 6

    extent = np.array([[-30.0, -30.0], [30.0, 30.0]])
    things = np.array([(0.0, 0.0, height, 6.0) for height in (2.0, 6.0, 10.0)])
    return Stage({"site": Subject(points)}, boxes, half, half[:, 0] > 0, flat, is_open, extent, np.zeros(2), things)


def _view(camera, points: np.ndarray, frame: int) -> np.ndarray:
    local = (points - camera.poses[frame, :3, 3]) @ camera.poses[frame, :3, :3]
    assert (local[:, 2] > 0).all()
    return local[:, :2] / local[:, 2:] * camera.focal + np.array([camera.width, camera.height]) / 2


@pytest.mark.parametrize("spec", [Orbit("a", height=5.0, lens_mm=24), Mast("a", height=7.0, pan_deg=2.0)])
def test_the_whole_subject_is_in_every_picture(spec) -> None:
    stage = _stage()
    (camera,) = place([spec], stage, SHOT, Seed(3))
    for frame in (0, 3):
        pixels = _view(camera, stage.subjects["site"].points, frame)
        assert (pixels > 0).all()
        assert (pixels < (camera.width, camera.height)).all()
        assert camera.poses[frame, 2, 0] == pytest.approx(0.0, abs=1e-12)  # level
        assert np.linalg.det(camera.poses[frame, :3, :3]) == pytest.approx(1.0)


def test_walk_stays_at_eye_height_and_keeps_its_speed() -> None:
    (camera,) = place([Walk("a", speed=1.2)], _stage(), SHOT, Seed(4))
    np.testing.assert_allclose(camera.poses[:, 2, 3], 1.65)
    steps = np.linalg.norm(np.diff(camera.poses[:, :2, 3], axis=0), axis=1)
    np.testing.assert_allclose(steps, 0.3, atol=1e-9)


def test_a_wall_in_front_is_avoided() -> None:
    stage = _stage([(x, 0.0) for x in (9.0, 9.5)])
    (camera,) = place([Orbit("a", height=1.6, sweep_deg=0.0)], stage, SHOT, Seed(3))
    points = stage.subjects["site"].points
    assert occluded(camera.poses[0, :3, 3], points, stage.boxes, stage.half).mean() < 0.3


def test_no_orbit_begins_behind_a_post() -> None:
    """A post put three metres before the first picture of an orbit sends it elsewhere."""
    spec = Orbit("a", lens_mm=35, height=3.0, sweep_deg=30.0)
    for seed in range(4):
        (camera,) = place([spec], replace(_stage(), sun=np.array([1.0, 0.0])), SHOT, Seed(seed))
        at = (camera.poses[0] @ np.array([0.0, 0.0, 3.0, 1.0]))[:2].tolist()
        post = {"half": np.array([[0.15, 0.15, 4.0]]), "opaque": np.zeros(1, bool)}
        stage = replace(_stage([at]), sun=np.array([1.0, 0.0]), **post)
        (other,) = place([spec], stage, SHOT, Seed(seed))
        scale = 2 * np.array([other.focal / other.width, other.focal / other.height])
        assert all(room(pose[:3, 3], pose[:3, :3], stage, scale, 9.0) > 0.5 for pose in other.poses[[0, 2, 3]])


def test_the_sun_is_behind() -> None:
    stage = replace(_stage(), sun=np.array([1.0, 0.0]))
    (camera,) = place([Orbit("a", sweep_deg=0.0)], stage, SHOT, Seed(3))
    assert camera.poses[0, 0, 2] < -0.5


def test_occlusion_counts_boxes_between_only() -> None:
    boxes, half = translation([(5.0, 0.0, 0.0), (20.0, 0.0, 0.0)]), np.ones((2, 3))
    points = np.array([(10.0, 0.0, 0.0), (10.0, 5.0, 0.0), (3.0, 0.0, 0.0)])
    np.testing.assert_array_equal(occluded(np.zeros(3), points, boxes, half), [True, False, False])


def test_turns_have_opencv_axes() -> None:
    turn = turned(0.0, 0.0)
    np.testing.assert_allclose(turn @ [1, 0, 0], [0, -1, 0], atol=1e-12)  # right
    np.testing.assert_allclose(turn @ [0, 1, 0], [0, 0, -1], atol=1e-12)  # down


def test_unknown_target_suggests_the_closest() -> None:
    with pytest.raises(PlacementError, match=r"cameras\.a\.target.*'sight'.*did you mean 'site'"):
        place([Orbit("a", target="sight")], _stage(), SHOT, Seed(1))


def test_no_place_is_said_clearly() -> None:
    stage = replace(_stage(), extent=np.array([[100.0, 100.0], [101.0, 101.0]]))
    with pytest.raises(PlacementError, match=r"cameras\.a: no free place.*height or lens_mm"):
        place([Orbit("a")], stage, SHOT, Seed(1))


def test_many_things_are_looked_at_from_a_talking_distance() -> None:
    people = np.array([(0.0, 0.0, 0.9), (1.5, 0.0, 0.9), (0.0, 1.5, 0.9)])
    things = np.column_stack([people, np.full(3, 1.8)])
    stage = replace(_stage(), subjects={"crew": Subject(people, 1.0, 1.8)}, things=things)
    (camera,) = place([Walk("a", target="crew")], stage, SHOT, Seed(5))
    local = (people - camera.poses[2, :3, 3]) @ camera.poses[2, :3, :3]
    assert (local[:, 2] > 3.0).all()
    assert (local[:, 2] < 14.0).all()
    assert (_view(camera, people, 2) > 0).all()


def test_near_people_are_worth_more_than_far_ones() -> None:
    subject, scale = Subject(np.zeros((1, 3)), 1.0, 1.8), np.array([1.44, 1.92])
    values = worth(subject, np.ones((3, 1), bool), np.array([[6.0], [12.0], [40.0]]), scale)
    assert values[0] > 2 * values[1] > 4 * values[2] > 0


def test_a_box_close_by_spoils_a_view_and_one_behind_does_not() -> None:
    scale, eye, turn = np.array([1.44, 1.92]), np.array([0.0, 0.0, 4.0]), turned(0.0, 0.0)
    assert room(eye, turn, _stage([(30.0, 0.0)]), scale, 5.0) == 1.0
    assert room(eye, turn, _stage([(-3.0, 0.0)]), scale, 5.0) == 1.0
    assert room(eye, turn, _stage([(3.0, 0.0)]), scale, 5.0) < 0.1
    assert room(eye, turn, _stage([(9.0, 0.0)]), scale, 5.0) < 0.7


def test_light_from_the_side_beats_light_against_the_lens() -> None:
    against, beside, behind = light(np.deg2rad([0.0, 120.0, 180.0]), np.array([1.0, 0.0]))
    assert beside > behind > 2 * against


def test_a_lens_does_not_move_a_camera() -> None:
    plain, fish, around = (
        place([Mast("a", lens=LensSpec(model, fov_deg=200.0))], _stage(), SHOT, Seed(3))[0]
        for model in ("pinhole", "fisheye", "equirectangular")
    )
    np.testing.assert_array_equal(fish.poses, plain.poses)
    np.testing.assert_array_equal(around.poses, plain.poses)
    assert plain.lens is None
    assert fish.lens.model == "fisheye_equidistant"
    assert fish.lens.parameters == pytest.approx((np.deg2rad(200),))
    assert around.lens.model == "equirectangular"


def test_distortion_keeps_the_focal_length() -> None:
    lens = LensSpec("brown_conrady", k1=-0.2, k2=0.03, k3=0.004, p1=0.001, p2=-0.002)
    plain, bent = (place([Mast("a", lens=one)], _stage(), SHOT, Seed(3))[0] for one in (LensSpec(), lens))
    assert bent.focal == plain.focal
    assert bent.lens.parameters == (-0.2, 0.03, 0.001, -0.002, 0.004)  # in OpenCV's order


@pytest.mark.parametrize("across, length", [("shorter_side", 240), ("longer_side", 320), ("diagonal", 400)])
def test_a_fisheye_spans_what_it_is_told(across, length) -> None:
    (camera,) = place([Mast("a", lens=LensSpec("fisheye", 180.0, across))], _stage(), SHOT, Seed(3))
    assert camera.focal * np.pi == pytest.approx(length)


def test_a_polynomial_fisheye_bends_as_its_terms_say() -> None:
    spec = LensSpec("fisheye_polynomial", 160.0, "shorter_side", k1=0.2, k2=-0.1, k3=0.05)
    (camera,) = place([Mast("a", lens=spec)], _stage(), SHOT, Seed(3))
    lens = lens_of(camera.lens.model, np.array(camera.lens.parameters))
    share = np.array([0.0, 0.25, 0.5, 1.0 - 1e-9])
    rays = lens.directions(np.column_stack([share * 120 / camera.focal, 0 * share]))
    angle = np.arctan2(rays[:, 0], rays[:, 2])
    bent = share * (1 + 0.2 * share - 0.1 * share**2 + 0.05 * share**3)
    np.testing.assert_allclose(angle, np.deg2rad(80) * bent / 1.15, atol=1e-7)


def test_a_fisheye_that_turns_back_is_refused() -> None:
    with pytest.raises(PlacementError, match=r"cameras\.a\.lens: with k1 -0\.9"):
        place([Mast("a", lens=LensSpec("fisheye_polynomial", k1=-0.9))], _stage(), SHOT, Seed(3))


def test_a_rig_is_a_ring_that_looks_outwards() -> None:
    (one,) = place([Orbit("a")], _stage(), SHOT, Seed(3))
    ring = place([Orbit("a", rig=Rig(4, 0.3))], _stage(), SHOT, Seed(3))
    assert [camera.name for camera in ring] == ["a_0", "a_1", "a_2", "a_3"]
    np.testing.assert_allclose(ring[0].poses[:, :3, :3], one.poses[:, :3, :3])
    for number, camera in enumerate(ring):
        offset = camera.poses[:, :3, 3] - one.poses[:, :3, 3]
        np.testing.assert_allclose(np.linalg.norm(offset, axis=1), 0.3)
        np.testing.assert_allclose(offset[:, 2], 0)
        ahead = [np.arctan2(pose[1, 2], pose[0, 2]) for pose in (camera.poses[0], one.poses[0])]
        assert np.cos(ahead[0] - ahead[1] - number * np.pi / 2) == pytest.approx(1)
        assert (offset * camera.poses[:, :3, 2]).sum(1).min() > 0
    names = [camera.name for camera in place([Orbit("a", rig=Rig(2), stereo=Stereo(0.1))], _stage(), SHOT, Seed(3))]
    assert names == ["a_0_left", "a_0_right", "a_1_left", "a_1_right"]


def test_a_stereo_pair_is_rectified() -> None:
    (one,) = place([Orbit("a")], _stage(), SHOT, Seed(3))
    left, right = place([Orbit("a", stereo=Stereo(0.4))], _stage(), SHOT, Seed(3))
    assert (left.name, right.name) == ("a_left", "a_right")
    np.testing.assert_array_equal(left.poses[:, :3, :3], right.poses[:, :3, :3])
    np.testing.assert_allclose((left.poses + right.poses) / 2, one.poses)
    points = _stage().subjects["site"].points
    depth = ((points - left.poses[2, :3, 3]) @ left.poses[2, :3, :3])[:, 2]
    disparity = _view(left, points, 2) - _view(right, points, 2)
    np.testing.assert_allclose(disparity[:, 0], left.focal * 0.4 / depth)
    np.testing.assert_allclose(disparity[:, 1], 0, atol=1e-9)


def test_a_stereo_pair_takes_nobodys_name() -> None:
    with pytest.raises(PlacementError, match="two called 'a_left'"):
        place([Mast("a_left"), Orbit("a", stereo=Stereo(0.4))], _stage(), SHOT, Seed(3))


def test_pictures_show_as_many_things_as_asked_for() -> None:
    with pytest.raises(PlacementError, match=r"cameras\.a: .*shows 3 things at most, not 4: lower cameras\.a\.things"):
        place([Orbit("a", things=4)], _stage(), SHOT, Seed(3))
    things = np.array([(0.0, 0.0, height, 3.0) for height in (3.0, 4.0, 5.0)])
    hidden = replace(_stage([(3.0, 0.0), (-3.0, 0.0)]), things=things)
    (camera,) = place([Orbit("a", things=3, height=2.0, sweep_deg=0.0)], hidden, SHOT, Seed(3))
    assert not occluded(camera.poses[0, :3, 3], things[:, :3], hidden.boxes, hidden.half).any()


def test_a_survey_looks_down_from_parallel_lanes() -> None:
    shot = replace(SHOT, frames=60)
    (camera,) = place([Survey("a", height=50.0, lanes=3, things=1)], _stage(), shot, Seed(3))
    eyes = camera.poses[:, :3, 3]
    np.testing.assert_allclose(eyes[:, 2], 50.0)
    np.testing.assert_allclose(camera.poses[:, :3, 2], [[0, 0, -1]] * 60, atol=1e-12)
    np.testing.assert_allclose(camera.poses[:, :3, :3], camera.poses[:1, :3, :3].repeat(60, 0))
    steps = np.linalg.norm(np.diff(eyes, axis=0), axis=1)
    assert np.ptp(steps) < 0.1 * steps.mean()  # even, but for the chords of the bends
    across = np.round(eyes[:, :2] @ camera.poses[0, :2, 0], 3)
    rows, counts = np.unique(across, return_counts=True)
    assert (counts > 8).sum() == 3
    assert np.ptp(rows[counts > 8]) == pytest.approx(2 * 40.8 / 3, abs=0.01)


def test_a_survey_does_not_fly_into_a_crane() -> None:
    masts = [(x, y) for x in range(-24, 25, 8) for y in range(-24, 25, 6)]
    with pytest.raises(PlacementError, match=r"cameras\.a: its lanes run into something: raise its height"):
        place(
            [Survey("a", height=10.0, things=0)],
            replace(_stage(masts), half=np.full((len(masts), 3), 7.0)),
            SHOT,
            Seed(3),
        )


def test_a_camera_on_a_cab_goes_with_the_machine() -> None:
    seat = np.tile(np.eye(4), (4, 1, 1))
    seat[:, :3, 3] = [(x, -12.0, 3.0) for x in (0.0, 1.0, 2.0, 3.0)]
    seat[:, :3, :3] = [[0, -1, 0], [1, 0, 0], [0, 0, 1]]  # it drives along +X and looks to +Y
    stage = replace(_stage(), seats={"loader": [seat]})
    (camera,) = place([Cab("a", target="loader", tilt_deg=10.0, shake=0.0, things=1)], stage, SHOT, Seed(3))
    np.testing.assert_allclose(camera.poses[:, :3, 3], seat[:, :3, 3])
    down = np.deg2rad(10.0)
    np.testing.assert_allclose(camera.poses[0, :3, 2], [0, np.cos(down), -np.sin(down)], atol=1e-12)
    np.testing.assert_allclose(camera.poses[0, :3, 0], [1, 0, 0], atol=1e-12)
    with pytest.raises(PlacementError, match=r"no machine with a cab 'loadr'; did you mean 'loader'"):
        place([Cab("a", target="loadr")], stage, SHOT, Seed(3))


def test_hands_shake_as_much_as_asked_for() -> None:
    shot = replace(SHOT, frames=400, fps=24.0)
    still, held = (place([Walk("a", speed=0.0, shake=shake)], _stage(), shot, Seed(4))[0] for shake in (0.0, 1.0))
    assert np.ptp(still.poses, axis=0).max() == 0
    ahead = held.poses[:, :3, 2]
    wander = np.degrees(np.arccos(np.clip(ahead @ ahead.mean(0) / np.linalg.norm(ahead.mean(0)), -1, 1)))
    assert 0.2 < np.sqrt((wander**2).mean()) < 0.9
    assert 0.002 < np.std(held.poses[:, :3, 3], axis=0).max() < 0.02
    steps = np.degrees(np.arccos(np.clip((ahead[1:] * ahead[:-1]).sum(1), -1, 1)))
    assert steps.max() < 0.35  # no jumps
    np.testing.assert_allclose(np.linalg.det(held.poses[:, :3, :3]), 1.0)
