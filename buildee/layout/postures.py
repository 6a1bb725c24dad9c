"""Postures of people on the spot: where the feet stand and how trunk and arms bend. Pure numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    "rake": Stance(
        Foot(0.26, 0.13, 0.1),
        Foot(-0.22, 0.15, 0.45),
        0.09,
        0.33,
        _trunk(0.28, -0.25, -0.10, 0.1)
        | _arm("left", 1.05, 0.10, 0.30, 0.45, 0.70, 0.10)
        | _arm("right", 0.45, 0.30, 0.60, 1.10, 0.60, 0.20),
        {"lean": 0.07, "abdomen": 0.06, "torso": 0.10},
        2.3,
        0.3,
    ),
    "survey": Stance(
        Foot(0.03, 0.13, 0.2),
        Foot(-0.05, 0.12, 0.25),
        0.016,
        0.05,
        _trunk(0.12, 0.0, 0.22, 0.0)
        | _arm("left", -0.54, 1.12, 0.89, 2.03, 0.15, -0.45)
        | _arm("right", 0.75, 0.15, 0.35, 1.15, 0.3, 0.1),
        sway=0.3,
    ),
    "sit": Stance(
        Foot(0.42, 0.15, 0.25),
        Foot(0.47, 0.13, 0.20),
        0.40,
        0.04,
        _trunk(0.30, 0.05, -0.02, 0.15)
        | _arm("left", 0.62, 0.14, 0.55, 0.75, 0.70, 0.10)
        | _arm("right", 0.55, 0.12, 0.55, 0.95, 0.70, 0.10),
        {"neck": 0.10, "head": 0.20},
        sway=0.2,
    ),
}
"""Every posture by name."""
