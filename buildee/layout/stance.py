"""What workers do on the spot: joint values of standing, pointing, digging, kneeling. Pure numpy, no Blender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from buildee.layout.body import Body, Y, Z, leg_values, limits
from buildee.layout.gait import Ground, flat
from buildee.layout.kinematics import rotation, translation

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Foot:
    """Where a foot stands, relative to the middle between the hips; lengths for a stature of 1.75 m.

    Attributes:
        ahead: of the ankle, metres.
        out: of the ankle to its own side, metres.
        turn: of the toes outwards, radians.
        tip: of the foot over its ball, heel up, radians.
    """

    ahead: float = 0.0
    out: float = 0.11
    turn: float = 0.18
    tip: float = 0.0


@dataclass(frozen=True)
class Stance:
    """A posture: where the feet stand, where the pelvis is, and the bend of trunk and arms.

    Attributes:
        left, right: the feet.
        drop: how far the hips are below their height with straight legs, metres at a stature of 1.75 m.
        lean: of the pelvis forwards, radians.
        bends: joint values of trunk and arms by part name, radians; missing ones are 0.
        gesture: how far these swing around their values while doing it, radians; "lean" is the pelvis'.
        period: of the gesture, seconds; 0 wanders without a beat.
        sway: share of the usual idle motion of the pelvis.
    """

    left: Foot = field(default_factory=Foot)
    right: Foot = field(default_factory=Foot)
    drop: float = 0.012
    lean: float = 0.0
    bends: Mapping[str, float] = field(default_factory=dict)
    gesture: Mapping[str, float] = field(default_factory=dict)
    period: float = 0.0
    sway: float = 1.0


IDLE = {"abdomen": 0.012, "torso": 0.045, "neck": 0.05, "head": 0.22}
"""How far the trunk and head of somebody on the spot wander, radians; arms wander by `IDLE_ARM`."""

IDLE_ARM = 0.025

SWAY = {"drop": 0.002, "lean": 0.009}
"""How far the pelvis of somebody on the spot wanders: metres at a stature of 1.75 m, and radians."""


def _arm(side: str, *values: float) -> dict[str, float]:
    """Returns shoulder flexion, abduction, inward turn, elbow flexion, inward turn of the hand, its flexion."""
    names = ("shoulder", "upper_arm", "elbow", "forearm", "wrist", "hand")
    return {f"{name}_{side}": value for name, value in zip(names, values, strict=True)}


def _trunk(abdomen: float, torso: float, neck: float, head: float) -> dict[str, float]:
    return {"abdomen": abdomen, "torso": torso, "neck": neck, "head": head}


_HANGING = _arm("left", 0.08, 0.12, 0.25, 0.32, 0.5, 0.1) | _arm("right", -0.02, 0.14, 0.3, 0.24, 0.6, 0.1)

STANCES: dict[str, Stance] = {
    "stand": Stance(
        Foot(0.05, 0.13, 0.30), Foot(-0.03, 0.09, 0.12), 0.014, 0.0, _trunk(0.02, 0.06, 0.08, 0.18) | _HANGING
    ),
    "wait": Stance(
        Foot(-0.02, 0.12, 0.15),
        Foot(0.06, 0.14, 0.35),
        0.016,
        -0.03,
        _trunk(0.0, -0.08, 0.02, -0.35)
        | _arm("left", -0.54, 1.12, 0.89, 2.03, 0.15, -0.45)
        | _arm("right", 0.05, 0.14, 0.3, 0.35, 0.5, 0.15),
    ),
    "point": Stance(
        Foot(-0.05, 0.11, 0.2),
        Foot(0.12, 0.10, 0.05),
        0.022,
        0.02,
        _trunk(0.02, 0.18, 0.0, 0.0)
        | _arm("left", 0.05, 0.14, 0.25, 0.30, 0.5, 0.1)
        | _arm("right", 1.45, 0.18, 0.1, 0.18, 0.9, -0.05),
        {"shoulder_right": 0.07, "upper_arm_right": 0.09, "torso": 0.08},
    ),
    "talk": Stance(
        Foot(0.03, 0.13, 0.28),
        Foot(-0.04, 0.10, 0.12),
        0.016,
        -0.01,
        _trunk(0.02, 0.05, 0.05, 0.05)
        | _arm("left", 0.10, 0.16, 0.35, 0.55, 0.4, 0.1)
        | _arm("right", 0.42, 0.20, 0.28, 1.25, -0.35, 0.15),
        {"shoulder_right": 0.16, "forearm_right": 0.32, "wrist_right": 0.35, "forearm_left": 0.12, "head": 0.12},
    ),
    "signal": Stance(
        Foot(0.0, 0.15, 0.2),
        Foot(0.02, 0.14, 0.2),
        0.016,
        0.0,
        _trunk(0.0, 0.0, -0.05, 0.0)
        | _arm("left", 0.05, 0.16, 0.2, 0.35, 0.4, 0.1)
        | _arm("right", 0.55, 1.35, -0.55, 1.15, 0.2, 0.0),
        {"forearm_right": 0.35, "shoulder_right": 0.12},
        1.7,
    ),
    "plan": Stance(
        Foot(0.04, 0.12, 0.2),
        Foot(-0.03, 0.11, 0.2),
        0.015,
        -0.01,
        _trunk(0.06, 0.0, 0.38, 0.0)
        | _arm("left", 0.3, 0.15, 0.3, 1.3, -0.9, 0.2)
        | _arm("right", 0.3, 0.15, 0.3, 1.3, -0.9, 0.2),
        {"neck": 0.12},
    ),
    "shoulder": Stance(
        Foot(0.03, 0.11, 0.15),
        Foot(-0.03, 0.11, 0.15),
        0.016,
        -0.02,
        _trunk(-0.03, 0.0, 0.03, 0.05)
        | _arm("left", 0.05, 0.14, 0.25, 0.32, 0.5, 0.1)
        | _arm("right", 0.9, 0.2, 0.4, 2.0, -0.6, 0.0),
    ),
    "bucket": Stance(
        Foot(0.03, 0.11, 0.15),
        Foot(-0.03, 0.11, 0.15),
        0.016,
        0.0,
        _trunk(0.03, 0.0, 0.03, 0.05)
        | _arm("left", 0.05, 0.20, 0.25, 0.40, 0.5, 0.1)
        | _arm("right", 0.0, 0.20, 0.1, 0.06, 0.6, 0.0),
    ),
    "barrow": Stance(
        Foot(0.03, 0.11, 0.15),
        Foot(-0.03, 0.11, 0.15),
        0.02,
        0.10,
        _trunk(0.08, 0.0, -0.10, 0.0)
        | _arm("left", 0.1, 0.12, 0.2, 0.3, 0.4, 0.0)
        | _arm("right", 0.1, 0.12, 0.2, 0.3, 0.4, 0.0),
    ),
    "breaker": Stance(
        Foot(0.02, 0.20, 0.2),
        Foot(-0.20, 0.16, 0.35),
        0.105,
        0.27,
        _trunk(0.20, 0.0, 0.12, 0.0)
        | _arm("left", 0.5, 0.2, 0.2, 0.5, 0.3, 0.0)
        | _arm("right", 0.5, 0.2, 0.2, 0.5, 0.3, 0.0),
        {"abdomen": 0.012, "lean": 0.006},
        0.31,
    ),
    "crouch": Stance(
        Foot(0.25, 0.17, 0.35),
        Foot(-0.16, 0.15, 0.25, 0.9),
        0.44,
        0.32,
        _trunk(0.42, 0.0, -0.10, 0.0)
        | _arm("left", 0.85, 0.10, 0.35, 0.45, 0.6, 0.2)
        | _arm("right", 0.95, 0.05, 0.45, 0.55, 0.7, 0.2),
        {"forearm_right": 0.10, "forearm_left": 0.07, "wrist_right": 0.2},
        sway=0.2,
    ),
    "inspect": Stance(
        Foot(0.02, 0.12, 0.2),
        Foot(-0.02, 0.10, 0.15),
        0.014,
        0.0,
        _trunk(0.08, 0.0, 0.42, 0.0)
        | _arm("left", 0.22, 0.09, 0.21, 1.42, -1.22, 0.33)
        | _arm("right", 0.36, 0.47, 0.65, 1.63, 0.28, -0.35),
    ),
    "phone": Stance(
        Foot(0.0, 0.10, 0.2),
        Foot(0.05, 0.13, 0.3),
        0.014,
        0.0,
        _trunk(0.0, 0.1, 0.05, 0.3)
        | _arm("left", 0.1, 0.13, 0.25, 0.4, 0.5, 0.1)
        | _arm("right", 1.33, -0.05, 0.47, 2.40, -0.96, -0.50),
    ),
    "carry": Stance(
        Foot(0.03, 0.11, 0.15),
        Foot(-0.03, 0.11, 0.15),
        0.016,
        -0.05,
        _trunk(-0.05, 0.0, 0.1, 0.0)
        | _arm("left", 0.35, 0.13, 0.17, 0.77, -1.40, 0.49)
        | _arm("right", 0.35, 0.06, -0.05, 0.77, -1.02, 0.53),
    ),
    "shovel": Stance(
        Foot(0.30, 0.12, 0.1),
        Foot(-0.22, 0.14, 0.5, 0.12),
        0.13,
        0.50,
        _trunk(0.32, -0.15, -0.25, 0.1)
        | _arm("left", 1.15, 0.05, 0.30, 0.35, 0.90, 0.20)
        | _arm("right", 0.45, 0.30, 0.60, 1.10, 0.60, 0.20),
        {"lean": 0.10, "torso": 0.14, "abdomen": 0.06},
        2.6,
    ),
    "lift": Stance(
        Foot(0.19, 0.20, 0.3),
        Foot(0.14, 0.20, 0.3),
        0.31,
        0.85,
        _trunk(0.35, 0.0, -0.45, 0.0)
        | _arm("left", 1.30, 0.10, 0.20, 0.25, 0.80, 0.40)
        | _arm("right", 1.30, 0.10, 0.20, 0.25, 0.80, 0.40),
    ),
    "kneel": Stance(
        Foot(0.40, 0.12, 0.1),
        Foot(-0.44, 0.10, 0.0, 1.0),
        0.425,
        0.10,
        _trunk(0.25, 0.05, 0.30, 0.0)
        | _arm("left", 0.78, 0.03, 0.54, 0.44, 0.62, 0.24)
        | _arm("right", 0.70, 0.06, 0.58, 0.54, 0.77, 0.23),
        {"forearm_right": 0.20, "shoulder_right": 0.08},
        0.9,
        0.15,
    ),
    "overhead": Stance(
        Foot(0.10, 0.13, 0.15),
        Foot(-0.10, 0.12, 0.25),
        0.022,
        -0.05,
        _trunk(-0.12, 0.0, -0.45, 0.0)
        | _arm("left", 2.43, -0.05, 0.04, 0.92, -0.45, -0.11)
        | _arm("right", 2.64, 0.07, 0.38, 0.87, -0.89, -0.29),
    ),
}
"""Every posture by name."""


def stance(
    name: str,
    stature: float = 1.75,
    ground: Ground = flat,
    rng: np.random.Generator | None = None,
    time: Array | None = None,
) -> dict[str, Array]:
    """Returns the joint values of a posture, feet on the ground.

    With time it lives: trunk, head and arms wander, gestures are made; the feet stay exactly where they are.

    Args:
        name: key of `STANCES`.
        stature: barefoot height, metres.
        ground: heights in the frame of the instance, whose origin lies on the ground.
        rng: draws a little variation of trunk, head and arms, and all motion; None gives the posture as listed.
        time: (T,) seconds; None is one frame without motion.

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
    values["hips"] = np.clip(chosen.lean + moved.get("lean", still), *limits("hips"))
    height = body.hip + values["pelvis"]
    hips = translation(height[:, None] * np.array(Z)) @ rotation(Y, values["hips"])
    for side, pose in feet.items():
        values |= leg_values(body, side, hips, np.repeat(pose, frames, 0))
        values[f"toes_{side}"] = np.full(frames, getattr(chosen, side).tip)
    return values


def _motion(chosen: Stance, time: Array, rng: np.random.Generator) -> dict[str, Array]:
    """Returns by how much everything that moves on the spot is off its value, (T,) radians or metres."""
    reach = {part: IDLE.get(part, IDLE_ARM) for part in chosen.bends} | {
        name: size * chosen.sway for name, size in SWAY.items()
    }
    moved = {name: size * _wander(time, rng, (3.0, 9.0)) for name, size in reach.items()}
    beat = np.sin(2 * np.pi * (time / chosen.period + rng.uniform())) if chosen.period else None
    for name, size in chosen.gesture.items():
        moved[name] = moved[name] + size * (_wander(time, rng, (0.9, 2.6)) if beat is None else beat)
    return moved


def _wander(time: Array, rng: np.random.Generator, periods: tuple[float, float]) -> Array:
    """Returns a smooth aimless motion of about unit size, (T,): waves of three periods, seconds."""
    waves = [np.sin(2 * np.pi * (time / period + rng.uniform())) for period in rng.uniform(*periods, 3)]
    return sum(waves) / 1.5


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
