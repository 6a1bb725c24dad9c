"""Walking: planted feet stay put, joints keep their limits, strides follow the speed."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.layout import catalog
from buildee.layout.body import Body, X, Y, Z, leg_values, limits
from buildee.layout.gait import FLAT, HEEL_OFF, STANCE, stride_length, walk
from buildee.layout.kinematics import part_poses, rotation, translation
from buildee.layout.reach import reach
from buildee.layout.stance import STANCES, stance

STRAIGHT = [(0.0, 0.0), (8.0, 0.0)]
BENT = [(0.0, 0.0), (3.0, 0.0), (4.5, 2.5), (8.0, 2.5)]


def slope(points: np.ndarray) -> np.ndarray:
    """Returns a ramp of 10 % across which low waves run."""
    return 0.10 * points[:, 0] + 0.03 * np.sin(points[:, 1])


def level(points: np.ndarray) -> np.ndarray:
    return np.zeros(len(points))


def foot_frames(body: Body, side: str, poses: np.ndarray, values: dict) -> tuple[np.ndarray, np.ndarray]:
    """Returns world_from_foot and world_from_toes, (T, 4, 4), joint after joint."""
    sign = 1.0 if side == "left" else -1.0
    ahead, high = body.ball
    height = np.array([0, 0, 1.0]) * (body.hip + values["pelvis"])[:, None]
    pose = (
        poses @ translation(height) @ rotation(Y, values["hips"]) @ translation(np.array([0, sign * body.hip_half, 0]))
    )
    pose = pose @ rotation(Z, sign * values[f"hip_{side}"]) @ rotation(X, sign * values[f"groin_{side}"])
    pose = pose @ rotation(Y, -values[f"thigh_{side}"]) @ translation(np.array([0, 0, -body.thigh]))
    pose = pose @ rotation(Y, values[f"shin_{side}"]) @ translation(np.array([0, 0, -body.shin]))
    foot = pose @ rotation(Y, -values[f"ankle_{side}"]) @ rotation(X, sign * values[f"foot_{side}"])
    toes = foot @ translation(np.array([ahead, 0, high - body.ankle])) @ rotation(Y, -values[f"toes_{side}"])
    return foot, toes


@pytest.mark.parametrize("path", [STRAIGHT, BENT])
@pytest.mark.parametrize("ground", [level, slope])
@pytest.mark.parametrize("side", ["left", "right"])
def test_planted_feet_do_not_slide(path, ground, side):
    speed, fps, stature = 1.35, 60, 1.80
    poses, values = walk(path, speed, 200, fps, 0.2, stature, ground)
    body = Body(stature)
    foot, toes = foot_frames(body, side, poses, values)
    cycle = 0.2 + np.arange(200) / fps * speed / stride_length(speed, stature) - (side == "right") * 0.5
    age, number = cycle % 1, np.floor(cycle)
    sole = np.array([[-body.heel, 0, -body.ankle, 1], [body.ball[0], 0, -body.ankle, 1]])
    heel = np.einsum("tij,j->ti", foot, sole[0])
    tip = np.einsum("tij,j->ti", toes, [0.05, 0.02, 0.0, 1])
    seen = 0
    for stride in np.unique(number):
        flat = (number == stride) & (age > FLAT) & (age < HEEL_OFF)
        landing = (number == stride) & (age < HEEL_OFF)
        bearing = (number == stride) & (age > FLAT) & (age < STANCE)
        for point, moments in ((heel, landing), (tip, bearing), (heel, flat)):
            if moments.sum() > 1:
                seen += 1
                assert np.ptp(point[moments], axis=0).max() < 1e-3
    assert seen >= 6


@pytest.mark.parametrize("ground", [level, slope])
def test_soles_neither_sink_nor_hover(ground):
    poses, values = walk(STRAIGHT, 1.3, 300, 60, ground=ground)
    body = Body(1.75)
    lowest = []
    for side in ("left", "right"):
        foot, toes = foot_frames(body, side, poses, values)
        heel = np.einsum("tij,j->ti", foot, [-body.heel, 0, -body.ankle, 1])
        front = np.einsum("tij,j->ti", toes, [0.085, 0, -body.ball[1], 1])
        lowest.append(np.min([point[:, 2] - ground(point[:, :2]) for point in (heel, front)], axis=0))
        assert lowest[-1].min() > -0.012
    assert np.min(lowest, axis=0).max() < 0.012


@pytest.mark.parametrize("speed", [0.6, 1.0, 1.4, 1.7])
@pytest.mark.parametrize("stature", [1.60, 1.90])
def test_joints_keep_their_limits(speed, stature):
    _, values = walk(BENT, speed, 120, 30, 0.4, stature)
    for part, value in values.items():
        low, high = limits(part)
        assert value.shape == (120,)
        assert low <= value.min() and value.max() <= high, part


def test_knees_bend_as_people_s_do():
    """Perry and Burnfield: near straight in mid-stance, about 60 degrees in swing."""
    _, values = walk(STRAIGHT, 1.3, 240, 60)
    knee = np.rad2deg(values["shin_left"])
    assert knee.min() < 20
    assert 50 < knee.max() < 75


def test_motion_has_no_jumps():
    _, values = walk(BENT, 1.3, 400, 120)
    for part, value in values.items():
        assert np.abs(np.diff(value)).max() < 0.16, part


def test_stride_length_follows_speed():
    """Grieve and Gear 1966: 57 strides a minute at 1.4 m/s for 1.75 m of stature."""
    assert stride_length(1.4, 1.75) == pytest.approx(1.4 * 60 / 57.06, rel=1e-3)
    assert stride_length(1.7, 1.75) > stride_length(1.0, 1.75)
    assert stride_length(1.4, 1.90) > stride_length(1.4, 1.60)


def test_frame_rate_does_not_change_the_walk():
    coarse = walk(STRAIGHT, 1.2, 20, 5)
    fine = walk(STRAIGHT, 1.2, 77, 20)
    np.testing.assert_allclose(coarse[0], fine[0][::4], atol=1e-9)
    for part in coarse[1]:
        np.testing.assert_allclose(coarse[1][part], fine[1][part][::4], atol=2e-3, err_msg=part)


def test_arms_that_carry_are_held():
    _, values = walk(STRAIGHT, 1.2, 30, 30, hold={"forearm_left": 1.3})
    assert np.all(values["forearm_left"] == 1.3)


def test_short_paths_are_refused():
    with pytest.raises(PlacementError, match="longer path"):
        walk([(0, 0), (1, 0)], 1.4, 100, 25)
    with pytest.raises(PlacementError, match="two different waypoints"):
        walk([(0, 0), (0, 0)], 1.4, 100, 25)


@pytest.mark.parametrize("name", STANCES)
def test_what_people_do_on_the_spot_moves_all_but_the_feet(name):
    time = np.arange(60) / 12
    values = stance(name, 1.62, slope, np.random.default_rng(8), time)
    body, still = Body(1.62), np.eye(4)[None]
    assert all(value.shape == (60,) for value in values.values())
    assert np.ptp(values["head"]) > 0.05 and np.ptp(values["forearm_left"]) > 0.01
    for part, value in values.items():
        low, high = limits(part)
        assert low <= value.min() and value.max() <= high, part
    for side in ("left", "right"):
        foot, toes = foot_frames(body, side, still, values)
        assert np.ptp(foot, axis=0).max() < 1e-9 and np.ptp(toes, axis=0).max() < 1e-9


def test_arms_reach_exactly():
    model = catalog.load().model("worker_e")
    values = stance("talk", 1.57, rng=np.random.default_rng(3), time=np.arange(20) / 10)
    worker = model.placed("worker", translation((3.0, -2.0, 0.4)) @ rotation(Z, 0.7), values)
    path = np.column_stack([np.linspace(0.25, 0.33, 20), np.linspace(-0.04, 0.04, 20), np.linspace(0.88, 1.15, 20)])
    target = path @ worker.poses[0, :3, :3].T + worker.poses[0, :3, 3]
    for side in ("left", "right"):
        worker = reach(model, worker, side, target)
    for side in ("left", "right"):
        index = [part.name for part in worker.parts].index(f"hand_{side}")
        grip = part_poses(worker)[:, index] @ model.markers[f"hand_{side}/grip"]
        assert np.linalg.norm(grip[:, :3, 3] - target, axis=1).max() < 1e-3
        for name in ("shoulder", "upper_arm", "elbow", "forearm"):
            value = worker.values[f"{name}_{side}"]
            assert limits(name)[0] <= value.min() and value.max() <= limits(name)[1]


def test_leg_reaches_exactly():
    rng = np.random.default_rng(3)
    body = Body(1.7)
    hips = translation(np.array([[0.1, 0.2, 0.85]] * 40)) @ rotation(Z, rng.uniform(-0.3, 0.3, 40))
    near = rng.uniform(-0.2, 0.2, (40, 3)) + np.array([0.1, 0.3, 0.3])
    foot = translation(near) @ rotation(Z, rng.uniform(-0.3, 0.3, 40)) @ rotation(Y, rng.uniform(-0.5, 0.5, 40))
    values = leg_values(body, "left", hips, foot)
    values |= {"pelvis": np.full(40, 0.85 - body.hip), "hips": np.zeros(40), "toes_left": np.zeros(40)}
    on_ground = hips @ translation(np.array([0, 0, -0.85]))
    np.testing.assert_allclose(foot_frames(body, "left", on_ground, values)[0], foot, atol=1e-9)


@pytest.mark.parametrize("name", STANCES)
@pytest.mark.parametrize("ground", [level, slope])
def test_postures_stand_on_the_ground_within_limits(name, ground):
    values = stance(name, 1.78, ground, np.random.default_rng(5))
    body = Body(1.78)
    for part, value in values.items():
        low, high = limits(part)
        assert low <= value[0] <= high, part
    for side in ("left", "right"):
        _, toes = foot_frames(body, side, np.eye(4)[None], values)
        ball = toes[0] @ [0, 0, -body.ball[1], 1]
        assert ball[2] == pytest.approx(ground(ball[None, :2])[0], abs=0.02)
