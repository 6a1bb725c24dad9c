"""What workers do on the spot: joint values of standing, pointing, digging, kneeling. Pure numpy, no Blender."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.layout.body import Body, Y, Z, leg_values, limits
from buildee.layout.gait import Ground, flat
from buildee.layout.kinematics import rotation, translation
from buildee.layout.postures import STANCES, Foot, Stance

Array = NDArray[np.float64]

IDLE = {"abdomen": 0.012, "torso": 0.045, "neck": 0.05, "head": 0.22}
"""How far the trunk and head of somebody on the spot wander, radians; arms wander by `IDLE_ARM`."""

IDLE_ARM = 0.025

SWAY = {"drop": 0.002, "lean": 0.009}
"""How far the pelvis of somebody on the spot wanders: metres at a stature of 1.75 m, and radians."""


def stance(
    name: str,
    stature: float = 1.75,
    ground: Ground = flat,
    rng: np.random.Generator | None = None,
    time: Array | None = None,
    hips: float | None = None,
) -> dict[str, Array]:
    """Returns the joint values of a posture, feet on the ground.

    With time it lives: trunk, head and arms wander, gestures are made; the feet stay exactly where they are.

    Args:
        name: key of `STANCES`.
        stature: barefoot height, metres.
        ground: heights in the frame of the instance, whose origin lies on the ground.
        rng: draws a little variation of trunk, head and arms, and all motion; None gives the posture as listed.
        time: (T,) seconds; None is one frame without motion.
        hips: height of the hip joints over the origin, metres, of somebody who sits; None is the posture's.

    Returns:
        (T,) joint values by part name, radians (pelvis: metres).
    """
    chosen = STANCES[name]
    body = Body(stature)
    scale = stature / 1.75
    frames = 1 if time is None or rng is None or len(time) < 2 else len(time)
    bends = {part: value + (rng.normal(0, 0.05) if rng else 0.0) for part, value in chosen.bends.items()}
    moved = _motion(chosen, time, rng) if frames > 1 else {}
    still = np.zeros(frames)
    values = {part: np.clip(value + moved.get(part, still), *limits(part)) for part, value in bends.items()}
    feet = {side: _planted(getattr(chosen, side), side, body, scale, ground) for side in ("left", "right")}
    sole = min(0.0, *(_under(pose, body) for pose in feet.values()))
    values["pelvis"] = sole - (chosen.drop + np.abs(moved.get("drop", still))) * scale
    if hips is not None:
        values["pelvis"] = np.full(frames, np.clip(hips - body.hip, *limits("pelvis")))
    values["hips"] = np.clip(chosen.lean + moved.get("lean", still), *limits("hips"))
    height = body.hip + values["pelvis"]
    seat = translation(height[:, None] * np.array(Z)) @ rotation(Y, values["hips"])
    for side, pose in feet.items():
        values |= leg_values(body, side, seat, np.repeat(pose, frames, 0))
        values[f"toes_{side}"] = np.full(frames, getattr(chosen, side).tip)
    return values


def _motion(chosen: Stance, time: Array, rng: np.random.Generator) -> dict[str, Array]:
    """Returns by how much everything that moves on the spot is off its value, (T,) radians or metres."""
    reach = {part: IDLE.get(part, IDLE_ARM) for part in chosen.bends} | {
        name: size * chosen.sway for name, size in SWAY.items()
    }
    moved = dict(zip(reach, _wander(time, rng, (3.0, 9.0), list(reach.values())), strict=True))
    sizes = list(chosen.gesture.values())
    if chosen.period:
        made = np.array(sizes)[:, None] * np.sin(2 * np.pi * (time / chosen.period + rng.uniform()))
    else:
        made = _wander(time, rng, (0.9, 2.6), sizes)
    for name, values in zip(chosen.gesture, made, strict=True):
        moved[name] = moved[name] + values
    return moved


def _wander(time: Array, rng: np.random.Generator, periods: tuple[float, float], sizes: Sequence[float]) -> Array:
    """Returns smooth aimless motions of about the given sizes, (N, T): waves of three periods each, seconds."""
    shape = (len(sizes), 3, 1)
    waves = np.sin(2 * np.pi * (time / rng.uniform(*periods, shape) + rng.uniform(size=shape)))
    return waves.sum(1) / 1.5 * np.reshape(sizes, (-1, 1))


def _planted(foot: Foot, side: str, body: Body, scale: float, ground: Ground) -> Array:
    """Returns (1, 4, 4) instance_from_foot, the ball of the foot on the ground."""
    sign = 1.0 if side == "left" else -1.0
    xy = np.array([[foot.ahead, sign * foot.out]]) * scale
    ahead, high = body.ball
    ball = np.array([ahead, 0.0, high])
    print_ = translation(np.column_stack([xy, ground(xy)])) @ rotation(Z, np.array([sign * foot.turn]))
    tip = rotation(Y, foot.tip)
    ankle = translation(np.array([0.0, 0.0, body.ankle]))
    return print_ @ translation(ball) @ tip @ translation(-ball) @ ankle


def _under(foot: Array, body: Body) -> float:
    """Returns the height of the ground under a foot that stands flat, metres; 0 for one that is tipped up."""
    return float(foot[0, 2, 3] - body.ankle) if abs(foot[0, 2, 0]) < 1e-9 else 0.0
