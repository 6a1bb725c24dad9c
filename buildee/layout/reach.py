"""Arms that reach: joint values that bring the grip of a worker's hand exactly to a point. Pure numpy, no Blender."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.layout.body import limits
from buildee.layout.kinematics import inverse, joint_pose, part_poses, translation
from buildee.layout.scene import Instance, Model
from buildee.layout.solids import cross

Array = NDArray[np.float64]

ELBOWS = (-0.35, 0.45, -1.0)
"""Where elbows tend to: back, outwards, down, in the frame of the chest."""

CHAIN = ("shoulder", "upper_arm", "elbow", "forearm", "wrist", "hand")
"""From the chest to the hand."""

ROUNDS = 8
"""How often the wrist is moved by what the grip is off; each round leaves about a fifth of it."""


def reach(model: Model, worker: Instance, side: str, target: Array) -> Instance:
    """Returns a worker with one arm bent so that its hand's grip is where it shall be, in every frame.

    The wrist's turn and the hand's bend stay as they are. Shoulder and elbow follow in closed form: the distance gives
    the elbow, the plane in which the elbow hangs best the rest. Out of reach, the arm is stretched towards the target.

    Args:
        model: that the worker was placed from; has the marker `grip` of the hand.
        worker: whose trunk stays as it is.
        side: "left" or "right".
        target: (T, 3) or (1, 3), world, metres.
    """
    sign = 1.0 if side == "left" else -1.0
    index = {part.name: number for number, part in enumerate(worker.parts)}
    rest = {name: worker.parts[index[f"{name}_{side}"]].rest for name in ("shoulder", "elbow", "wrist")}
    upper, fore = -rest["elbow"][2, 3], -rest["wrist"][2, 3]
    grip = model.markers[f"hand_{side}/grip"][:3, 3]
    chest = part_poses(worker)[:, index["torso"]]
    local = np.einsum("tij,tj->ti", inverse(chest)[:, :3, :3], target - chest[:, :3, 3]) - rest["shoulder"][:3, 3]
    wrist, values = local, dict(worker.values)
    parts = [worker.parts[index[f"{name}_{side}"]] for name in CHAIN]
    held = translation(grip)  # on the forearm, in the end: hand and wrist stay as they are
    for part in parts[:3:-1]:
        held = part.rest @ joint_pose(part.joint, values.get(part.name, np.zeros(1))) @ held
    held = held[..., 3]
    for _ in range(ROUNDS):
        values |= _arm(side, sign, wrist, upper, fore)
        arm = translation(-rest["shoulder"][:3, 3])
        for part in parts[:4]:
            arm = arm @ part.rest @ joint_pose(part.joint, values[part.name])
        wrist = wrist + local - np.einsum("tij,tj->ti", arm[:, :3], np.broadcast_to(held, (len(arm), 4)))
    return replace(worker, values=values)


def _arm(side: str, sign: float, wrist: Array, upper: float, fore: float) -> dict[str, Array]:
    """Returns the four joint values, (T,) radians, that bring the wrist to points (T, 3) from the shoulder joint."""
    distance = np.linalg.norm(wrist, axis=1)
    away = np.clip(distance, abs(upper - fore) + 0.02, upper + fore - 1e-4)
    along = wrist / np.maximum(distance, 1e-9)[:, None]
    hang = np.array([ELBOWS[0], sign * ELBOWS[1], ELBOWS[2]])
    aside = hang - (along @ hang)[:, None] * along
    aside /= np.maximum(np.linalg.norm(aside, axis=1, keepdims=True), 1e-9)
    share = (away**2 + upper**2 - fore**2) / (2 * away)
    elbow = share[:, None] * along + np.sqrt(np.maximum(upper**2 - share**2, 0))[:, None] * aside
    up = -elbow / upper
    lower = (away[:, None] * along - elbow) / fore
    bend = np.arccos(np.clip(-(up * lower).sum(1), -1, 1))
    ahead = lower + (-(up * lower).sum(1))[:, None] * up
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-9)
    left = cross(up, ahead)
    # The upper arm's axes are ahead, left, up = Ry(-flexion) Rx(abduction) Rz(-turn), mirrored on the right.
    values = {
        "shoulder": -np.arctan2(up[:, 0], up[:, 2]),
        "upper_arm": sign * np.arcsin(np.clip(-up[:, 1], -1, 1)),
        "elbow": -sign * np.arctan2(ahead[:, 1], left[:, 1]),
        "forearm": bend,
    }
    return {f"{name}_{side}": np.clip(value, *limits(name)) for name, value in values.items()}
