"""How a worker walks: planted feet stay where they are, the body is carried over them. Pure numpy, no Blender."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import PlacementError
from buildee.layout.body import Body, X, Y, Z, leg_values, limits
from buildee.layout.kinematics import rotation, translation

Ground = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Height of the ground, (M,) metres, under (M, 2) points."""

Array = NDArray[np.float64]

STANCE = 0.62
"""Share of a stride during which a foot bears weight (Perry and Burnfield, "Gait Analysis", 2nd ed. 2010)."""

FLAT, HEEL_OFF = 0.09, 0.36
"""Shares of a stride after heel strike at which the sole lies flat and at which the heel lifts (the same source)."""

STRIKE, PUSH = 0.33, 0.85
"""How far the toes point up at heel strike, and how far the foot has tipped over the ball at toe-off, radians."""

STEP_WIDTH = 0.055
"""Distance of the feet's centre lines as a share of the stature."""

TURNING = 1.6
"""Corners of a path are rounded over this length, metres, as far as a leg can turn under the body."""


def flat(points: Array) -> Array:
    """Returns level ground at z = 0."""
    return np.zeros(len(points))


def stride_length(speed: float, stature: float) -> float:
    """Returns the length of two steps, metres.

    Grieve and Gear, "The relationships between length of stride, step frequency, time of swing and speed of walking for
    children and adults", Ergonomics 9 (1966): 64.8 v^0.57 strides a minute, v in statures a second.
    """
    return 60 * speed / (64.8 * (speed / stature) ** 0.57)


def walk(
    path: ArrayLike,
    speed: float,
    frames: int,
    fps: float,
    phase: float = 0.0,
    stature: float = 1.75,
    ground: Ground = flat,
    hold: Mapping[str, float] | None = None,
) -> tuple[Array, dict[str, Array]]:
    """Returns where a worker is and how its joints bend while it walks along a path.

    Args:
        path: (N, 2) waypoints, metres; corners are rounded over `TURNING`.
        speed: metres a second along the path.
        frames: T.
        fps: frames a second.
        phase: share of a stride, [0, 1), at which the first frame starts; 0 is the left heel's strike.
        stature: barefoot height, metres.
        ground: heights under points of the plane; gentle compared with a step.
        hold: joint values that replace those of the walk, such as arms that carry something.

    Returns:
        (T, 4, 4) `world_from_instance` on the ground, and (T,) joint values by part name.

    Raises:
        PlacementError: if the path is shorter than the way walked, or the ground is too rough for the legs.
    """
    body = Body(stature)
    track = _Track.along(path, stature)
    start = np.arange(frames) / fps * speed
    if start[-1] > track.length + 1e-9:
        raise PlacementError(
            f"a walk of {start[-1]:.2f} m needs a longer path than {track.length:.2f} m: lengthen the path, or lower "
            "speed or frames"
        )
    stride = stride_length(speed, stature)
    steps = _Steps(body, track, ground, stride, phase)
    cycle = start / stride + phase
    poses, hips_height = steps.carried(cycle)
    values = {"pelvis": hips_height - poses[:, 2, 3] - body.hip, "hips": np.full(frames, 0.02)}
    hips = (
        poses
        @ translation(np.array([0, 0, 1.0]) * (body.hip + values["pelvis"])[:, None])
        @ rotation(Y, values["hips"])
    )
    for side in ("left", "right"):
        foot, toes = steps.foot(side, cycle)
        values |= leg_values(body, side, hips, foot)
        values[f"toes_{side}"] = toes
    values |= _upper_body(cycle, speed / stature)
    values |= {part: np.full(frames, value) for part, value in (hold or {}).items()}
    _check_limits(values)
    return poses, values


def _check_limits(values: Mapping[str, Array]) -> None:
    for part, value in values.items():
        low, high = limits(part)
        if value.min() < low or value.max() > high:
            raise PlacementError(
                f"walking would bend {part} to {value.min():.2f}..{value.max():.2f} rad, its limits are {low}..{high}: "
                "choose a path with wider turns, flatter ground or a lower speed"
            )


@dataclass(frozen=True)
class _Track:
    """A rounded path by arc length, going straight on beyond its ends.

    Attributes:
        at: (K,) arc lengths, metres.
        points: (K, 2).
        heading: (K,) unwrapped radians.
        length: of the path proper, metres.
    """

    at: Array
    points: Array
    heading: Array
    length: float

    @staticmethod
    def along(path: ArrayLike, stature: float) -> _Track:
        corners = np.asarray(path, np.float64).reshape(-1, 2)
        steps = np.linalg.norm(np.diff(corners, axis=0), axis=1)
        corners = corners[np.concatenate([[True], steps > 1e-9])]
        if len(corners) < 2:
            raise PlacementError("a path to walk needs two different waypoints")
        ends = [corners[0] - 4 * _unit(corners[1] - corners[0]), corners[-1] + 4 * _unit(corners[-1] - corners[-2])]
        corners = np.concatenate([ends[:1], corners, ends[1:]])
        at = np.concatenate([[0.0], np.linalg.norm(np.diff(corners, axis=0), axis=1).cumsum()])
        fine = np.arange(0.0, at[-1], 0.02)
        points = np.column_stack([np.interp(fine, at, corners[:, axis]) for axis in (0, 1)])
        window = np.hanning(int(TURNING * stature / 1.75 / 0.02) // 2 * 2 + 3)
        window /= window.sum()
        points = np.column_stack([np.convolve(points[:, axis], window, "valid") for axis in (0, 1)])
        along = np.gradient(points, axis=0)
        arc = np.concatenate([[0.0], np.linalg.norm(np.diff(points, axis=0), axis=1).cumsum()])
        first = np.linalg.norm(points - corners[1], axis=1).argmin()
        last = np.linalg.norm(points - corners[-2], axis=1).argmin()
        heading = np.unwrap(np.arctan2(along[:, 1], along[:, 0]))
        return _Track(arc - arc[first], points, heading, float(arc[last] - arc[first]))

    def place(self, arc: Array) -> tuple[Array, Array]:
        """Returns (M, 2) points and (M,) headings at (M,) arc lengths."""
        xy = np.column_stack([np.interp(arc, self.at, self.points[:, axis]) for axis in (0, 1)])
        return xy, np.interp(arc, self.at, self.heading)


def _unit(vector: Array) -> Array:
    return vector / np.linalg.norm(vector)


@dataclass(frozen=True)
class _Steps:
    """Footfalls of a walk. Time is counted in strides: `cycle` 0 is a strike of the left heel."""

    body: Body
    track: _Track
    ground: Ground
    stride: float
    phase: float

    def footprint(self, side: str, strike: Array) -> Array:
        """Returns (M, 4, 4) `world_from_print` of the soles that land at (M,) cycles, under the ankle."""
        sign = 1.0 if side == "left" else -1.0
        # Under the body a little before half of the stance is over, so that reaching out and pushing off balance.
        arc = (strike + 0.38 * STANCE - self.phase) * self.stride
        xy, heading = self.track.place(arc)
        left = np.column_stack([-np.sin(heading), np.cos(heading)])
        xy = xy + sign * (STEP_WIDTH * self.body.stature / 2) * left
        return _on_ground(self.ground, xy, heading + sign * 0.10)

    def stance(self, print_: Array, age: Array) -> tuple[Array, Array]:
        """Returns foot poses (M, 4, 4) and toe angles (M,) on (M, 4, 4) prints, `age` strides after the strike."""
        tip = -STRIKE * (1 - np.clip(age / FLAT, 0, 1)) ** 1.5
        push = PUSH * np.clip((age - HEEL_OFF) / (STANCE - HEEL_OFF), 0, 1) ** 1.8
        ahead, high = self.body.ball
        heel = np.array([-self.body.heel, 0.0, 0.0])
        ball = np.array([ahead, 0.0, high])
        ankle = translation(np.array([0.0, 0.0, self.body.ankle]))
        landed = print_ @ translation(heel) @ rotation(Y, tip) @ translation(-heel) @ ankle
        lifting = print_ @ translation(ball) @ rotation(Y, push) @ translation(-ball) @ ankle
        return np.where((age < HEEL_OFF)[:, None, None], landed, lifting), push

    def foot(self, side: str, cycle: Array) -> tuple[Array, Array]:
        """Returns foot poses (M, 4, 4) and toe angles (M,) at (M,) cycles."""
        offset = 0.0 if side == "left" else 0.5
        strike = np.floor(cycle - offset) + offset
        age = cycle - strike
        strikes, step = np.unique(strike, return_inverse=True)
        prints = self.footprint(side, np.concatenate([strikes, strikes + 1])).reshape(2, -1, 4, 4)
        planted, bent = self.stance(prints[0, step], np.minimum(age, STANCE))
        share = np.clip((age - STANCE) / (1 - STANCE), 0, 1)
        flying = self._swing(prints, step, share)
        toes = np.where(age <= STANCE, bent, bent * (1 - np.clip(share / 0.75, 0, 1)) ** 1.3)
        return np.where((age <= STANCE)[:, None, None], planted, flying), toes

    def _swing(self, prints: Array, step: NDArray[np.int64], share: Array) -> Array:
        """Returns foot poses (M, 4, 4) on the way from one print to the next, leaving and landing without a jerk.

        Args:
            prints: (2, S, 4, 4) where each of some steps lands, and the one after it.
            step: (M,) which of them each pose follows.
            share: (M,) of the way to the next print.
        """
        ages = np.repeat([STANCE - 0.01, STANCE, 0.0, 0.01], prints.shape[1])
        states = _state(self.stance(prints[[0, 0, 1, 1]].reshape(-1, 4, 4), ages)[0]).reshape(4, -1, 6)
        for state in states[1:]:
            state[:, 3] = states[0][:, 3] + np.angle(np.exp(1j * (state[:, 3] - states[0][:, 3])))
        states = states[:, step]
        scale = (1 - STANCE) / 0.01
        leaving = np.array([1, 1, 1, 1, 0.25, 1])  # the foot soon stops tipping, or the toes would dig in
        t = share[:, None]
        state = (
            (1 + 2 * t) * (1 - t) ** 2 * states[1]
            + t * (1 - t) ** 2 * scale * leaving * (states[1] - states[0])
            + t**2 * (3 - 2 * t) * states[2]
            + t**2 * (t - 1) * scale * 0.3 * (states[3] - states[2])
        )
        clear = self.ground(state[:, :2]) - (states[1][:, 2] * (1 - share) + states[2][:, 2] * share) + self.body.ankle
        state[:, 2] += (0.024 * self.body.stature + np.clip(clear, 0, 0.2)) * np.sin(np.pi * share**0.8) ** 2
        return (
            translation(state[:, :3]) @ rotation(Z, state[:, 3]) @ rotation(Y, state[:, 4]) @ rotation(X, state[:, 5])
        )

    def carried(self, cycle: Array) -> tuple[Array, Array]:
        """Returns instance poses (M, 4, 4) and the height of the hip joints (M,), metres."""
        # As high as both legs allow, then smoothed without ever exceeding it; on a grid of its own, so that the
        # frame rate does not matter.
        per_stride = 48
        grid = np.arange(np.floor(cycle[0]) - 1, np.ceil(cycle[-1]) + 1 + 1e-9, 1 / per_stride)
        reach, now = np.split(self._reach(np.concatenate([grid, cycle])), [len(grid)])
        half = per_stride // 14
        padded = np.pad(reach, 2 * half, mode="edge")
        lowest = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1).min(1)
        window = np.hanning(2 * half + 3)[1:-1]
        smooth = np.convolve(lowest, window / window.sum(), "valid")
        height = np.minimum(np.interp(cycle, grid, smooth), now)
        return self._poses(cycle), height

    def _poses(self, cycle: Array) -> Array:
        xy, heading = self.track.place((cycle - self.phase) * self.stride)
        turn = 2 * np.pi * cycle
        # Weight shifts over the bearing foot; the pelvis turns with the leg that reaches out (4 degrees).
        sway = 0.009 * self.body.stature * np.sin(turn)
        xy = xy + sway[:, None] * np.column_stack([-np.sin(heading), np.cos(heading)])
        return translation(np.column_stack([xy, self.ground(xy)])) @ rotation(Z, heading - 0.07 * np.cos(turn))

    def _reach(self, cycle: Array) -> Array:
        """Returns how high the hip joints can be (M,), metres, with both feet in place and the knees a little bent."""
        poses = self._poses(cycle)
        leg = 0.996 * (self.body.thigh + self.body.shin)
        highest = []
        for side, sign in (("left", 1.0), ("right", -1.0)):
            ankle = self.foot(side, cycle)[0][:, :3, 3]
            hip = (poses @ translation(np.array([0.0, sign * self.body.hip_half, 0.0])))[:, :2, 3]
            away = ((ankle[:, :2] - hip) ** 2).sum(1)
            highest.append(ankle[:, 2] + np.sqrt(np.maximum(leg**2 - away, 0.01)))
        return np.minimum(*highest)


def _on_ground(ground: Ground, xy: Array, heading: Array) -> Array:
    """Returns (M, 4, 4) frames on the ground: z along its normal, x ahead."""
    reach = 0.10
    ahead = np.column_stack([np.cos(heading), np.sin(heading)])
    left = np.column_stack([-np.sin(heading), np.cos(heading)])
    around = [xy, xy + reach * ahead, xy - reach * ahead, xy + reach * left, xy - reach * left]
    here, front, back, beside, opposite = np.split(ground(np.concatenate(around)), 5)
    slope_ahead, slope_left = (front - back) / (2 * reach), (beside - opposite) / (2 * reach)
    origin = np.column_stack([xy, here])
    tilt = rotation(Y, -np.arctan(slope_ahead)) @ rotation(X, np.arctan(slope_left * np.cos(np.arctan(slope_ahead))))
    return translation(origin) @ rotation(Z, heading) @ tilt


def _state(poses: Array) -> Array:
    """Returns position, yaw, pitch and roll (M, 6) of (M, 4, 4) poses."""
    turn = poses[:, :3, :3]
    yaw = np.arctan2(turn[:, 1, 0], turn[:, 0, 0])
    pitch = np.arcsin(np.clip(-turn[:, 2, 0], -1, 1))
    roll = np.arctan2(turn[:, 2, 1], turn[:, 2, 2])
    return np.column_stack([poses[:, :3, 3], yaw, pitch, roll])


def _upper_body(cycle: Array, pace: float) -> dict[str, Array]:
    """Returns trunk, head and arms of a walk; arms swing against the legs, wider when faster.

    Amplitudes: Murray, Sepic and Barnard 1967 (shoulder 32 and elbow 30 degrees of range at 1.5 m/s).
    """
    swing = np.clip(0.36 * pace, 0.05, 0.5)
    beat = np.cos(2 * np.pi * cycle)
    still = np.ones_like(beat)
    values = {
        "abdomen": 0.03 * still,
        "torso": 0.13 * beat * min(1.0, pace),
        "neck": 0.02 * still,
        "head": -0.06 * beat * min(1.0, pace),
    }
    for side, sign in (("left", -1.0), ("right", 1.0)):
        values |= {
            f"shoulder_{side}": -0.06 + swing * sign * beat,
            f"upper_arm_{side}": 0.12 * still,
            f"elbow_{side}": 0.15 * still,
            f"forearm_{side}": 0.34 + 0.55 * swing * (sign * beat + 0.4),
            f"wrist_{side}": 0.45 * still,
            f"hand_{side}": 0.08 * still,
        }
    return values
