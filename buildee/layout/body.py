"""The human body as planning needs it: segment lengths, joint limits, and a leg that reaches for a foot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.layout.kinematics import rotation, translation

X, Y, Z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
"""Axes of hinges: to the front, to the left, up."""


@dataclass(frozen=True)
class Body:
    """Where the joints of a worker are, from one number.

    Segment lengths are fractions of the stature by Drillis and Contini (1966), as printed in Winter, "Biomechanics and
    Motor Control of Human Movement", 4th ed. 2009, fig. 4.1; a boot sole of 0.017 of the stature is added below.

    Attributes:
        stature: barefoot height, metres.
    """

    stature: float = 1.75

    @property
    def thigh(self) -> float:
        """Hip joint to knee joint, metres."""
        return 0.245 * self.stature

    @property
    def shin(self) -> float:
        """Knee joint to ankle joint, metres."""
        return 0.246 * self.stature

    @property
    def ankle(self) -> float:
        """Height of the ankle joint above the ground in boots, metres."""
        return 0.056 * self.stature

    @property
    def hip(self) -> float:
        """Height of the hip joints when the legs are straight, metres."""
        return self.thigh + self.shin + self.ankle

    @property
    def hip_half(self) -> float:
        """Half the distance of the hip joints, metres."""
        return 0.050 * self.stature

    @property
    def ball(self) -> tuple[float, float]:
        """Where the toes bend: metres ahead of the ankle and above the ground."""
        return 0.0714 * self.stature, 0.014 * self.stature

    @property
    def heel(self) -> float:
        """How far the sole reaches behind the ankle, metres."""
        return 0.050 * self.stature

    @property
    def upper_arm(self) -> float:
        """Shoulder joint to elbow joint, metres."""
        return 0.186 * self.stature

    @property
    def forearm(self) -> float:
        """Elbow joint to wrist joint, metres."""
        return 0.146 * self.stature


LIMITS: dict[str, tuple[float, float]] = {
    "pelvis": (-0.75, 0.20),
    "hips": (-0.35, 1.60),
    "abdomen": (-0.35, 0.70),
    "torso": (-0.60, 0.60),
    "neck": (-0.70, 0.70),
    "head": (-1.20, 1.20),
    "shoulder": (-0.90, 2.90),
    "upper_arm": (-0.30, 1.60),
    "elbow": (-1.20, 1.50),
    "forearm": (0.0, 2.45),
    "wrist": (-1.40, 1.40),
    "hand": (-1.00, 1.20),
    "hip": (-0.60, 0.75),
    "groin": (-0.45, 0.80),
    "thigh": (-0.60, 2.15),
    "shin": (0.0, 2.60),
    "ankle": (-0.85, 0.72),
    "foot": (-0.45, 0.45),
    "toes": (-0.30, 1.05),
}
"""Lowest and highest value of every joint, radians (pelvis: metres). The ranges of motion of Kapandji, "The Physiology
of the Joints", a little narrowed where workwear binds; hip extension includes the pelvis tilt that goes with it. Limbs
carry "_left" or "_right" behind the name."""


def leg_values(
    body: Body, side: str, world_from_hips: NDArray[np.float64], world_from_foot: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """Returns the six joint values that bring a foot exactly where it shall be.

    Closed form: seen from the foot, the direction of the hip gives the ankle's roll, its distance the knee, and the
    two together the ankle's pitch; what turn is left at the hip is taken apart into outward turn, abduction and
    flexion. A foot out of reach is approached with a straight knee.

    Args:
        body: segment lengths.
        side: "left" or "right".
        world_from_hips: (T, 4, 4), origin between the hip joints.
        world_from_foot: (T, 4, 4), origin at the ankle joint, +X to the toes.

    Returns:
        (T,) radians by part name.
    """
    sign = 1.0 if side == "left" else -1.0
    hip = world_from_hips @ translation(np.array([0.0, sign * body.hip_half, 0.0]))
    turn = np.swapaxes(hip[..., :3, :3], -1, -2) @ world_from_foot[..., :3, :3]  # hip_from_foot
    reach = hip[..., :3, 3] - world_from_foot[..., :3, 3]
    target = np.einsum("...ji,...j->...i", world_from_foot[..., :3, :3], reach)
    roll = np.arctan2(target[..., 1], target[..., 2])
    upright = np.hypot(target[..., 1], target[..., 2])
    distance = np.hypot(upright, target[..., 0])
    bend = (distance**2 - body.thigh**2 - body.shin**2) / (2 * body.thigh * body.shin)
    knee = np.arccos(np.clip(bend, -1.0, 1.0))
    pitch = np.arctan2(target[..., 0], upright)
    pitch -= np.arctan2(-body.thigh * np.sin(knee), body.shin + body.thigh * np.cos(knee))
    rest = turn @ (rotation(X, -roll) @ rotation(Y, pitch - knee))[..., :3, :3]
    return {
        f"hip_{side}": sign * np.arctan2(-rest[..., 0, 1], rest[..., 1, 1]),
        f"groin_{side}": sign * np.arcsin(np.clip(rest[..., 2, 1], -1, 1)),
        f"thigh_{side}": -np.arctan2(-rest[..., 2, 0], rest[..., 2, 2]),
        f"shin_{side}": knee,
        f"ankle_{side}": pitch,
        f"foot_{side}": sign * roll,
    }


def limits(part: str) -> tuple[float, float]:
    """Returns the lowest and highest value of a part's joint."""
    return LIMITS[part.removesuffix("_left").removesuffix("_right")]
