"""How a wheel loader moves: Z-bar linkage, articulated steering, wheels that roll without slipping.

Side views are complex numbers, as in `buildee.layout.linkage`; the machine's origin is on the ground under the hitch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import PlacementError
from buildee.layout.linkage import Values, meeting

# Wheel loader of the 17-19 t class: wheelbase 3.30 m with the hitch in its middle, 23.5 R 25 tyres, bucket of 3.2 m3
# and 2.90 m, hinge pin up to 4.0 m, articulation 40 degrees to either side, as data sheets of the class state. The pins
# of the Z-bar are chosen so that the bucket tilts back and tips over the whole lift, links clear of dead centres.
TYRE = 0.795
"""Radius of the tyres, metres."""
HALF_BASE = 1.65
"""From the hitch to either axle."""
TRACK = 2.06
"""Between the middles of the wheels."""
ARTICULATION = np.deg2rad(40.0)
BOOM_FOOT = 0.85 + 2.0j
"""On the front frame, whose frame has its origin under the hitch."""
BOOM_LENGTH = 2.65
"""From the foot to the bucket's pin."""
LIFT_FOOT = 0.45 + 0.75j
"""Of the lift cylinders, on the front frame."""
LIFT_EYE = 1.50 - 0.05j
"""On the boom, whose frame has its origin at the foot and +x towards the bucket's pin."""
TILT_FOOT = BOOM_FOOT - 0.024 + 0.215j
"""Of the tilt cylinder, on the front frame."""
CRANK_PIN = 1.69 + 0.41j
"""On the boom: where the bellcrank turns."""
CRANK_LOWER = 0.737
"""From the crank's pin to the link's."""
CRANK_UPPER = 0.463 * np.exp(1j * np.deg2rad(168.2))
"""On the bellcrank, whose +x points to the link's pin: where the tilt cylinder pushes."""
LINK_LENGTH = 0.603
LINK_PIN = 0.345 * np.exp(1j * np.deg2rad(106.3))
"""On the bucket, whose frame has its origin at its pin and +x level when the floor is."""
CUTTING_EDGE = 1.48 - 0.42j
"""On the bucket."""

BOOM_RANGE = (np.deg2rad(-37.5), np.deg2rad(49.5))
"""Elevation of the line from foot to pin."""
BUCKET_RANGE = (np.deg2rad(-84.0), np.deg2rad(80.0))
"""Elevation of the bucket's floor against the boom's line."""
ATTACK_RANGE = (np.deg2rad(-48.0), np.deg2rad(62.0))
"""Elevation of the bucket's floor against the ground: the tilt cylinder's stroke ends there."""
PARKED = (np.deg2rad(-33.0), np.deg2rad(76.0))
"""Boom and bucket where their joint values are 0: low, tilted back, as loaders drive."""


def loader_links(boom: NDArray[np.float64], bucket: NDArray[np.float64]) -> dict[str, NDArray[np.complex128]]:
    """Returns (T,) vectors from pin to pin of cylinders and links, each in the frame of the part that carries it.

    Args:
        boom: (T,) elevation of the boom, radians.
        bucket: (T,) of the bucket's floor against the boom.
    """
    pin = BOOM_LENGTH + LINK_PIN * np.exp(1j * bucket)
    lower = meeting(CRANK_PIN, CRANK_LOWER, pin, LINK_LENGTH, left=False)
    crank = (lower - CRANK_PIN) / CRANK_LOWER
    upper = CRANK_PIN + CRANK_UPPER * crank
    return {
        "lift_cylinder": BOOM_FOOT + LIFT_EYE * np.exp(1j * boom) - LIFT_FOOT,
        "tilt_cylinder": BOOM_FOOT + upper * np.exp(1j * boom) - TILT_FOOT,
        "bellcrank": lower - CRANK_PIN,
        "link": (pin - lower) / crank,
    }


def loader_arm(height: ArrayLike, attack: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the boom and bucket values that bring the bucket's pin to a height and its floor to an elevation.

    Args:
        height: (T,) or a scalar, metres of the pin above the ground; 0.42 lays a level bucket on it.
        attack: likewise, radians; 0 is level, positive is tilted back. High up the linkage ends before it has tipped by
            45 degrees; the bucket stops there.

    Raises:
        PlacementError: out of reach.
    """
    height, attack = (np.atleast_1d(np.asarray(item, float)) for item in np.broadcast_arrays(height, attack))
    sine = (height - BOOM_FOOT.imag) / BOOM_LENGTH
    low, high = (BOOM_FOOT.imag + BOOM_LENGTH * np.sin(limit) for limit in BOOM_RANGE)
    if height.min() < low - 1e-9 or height.max() > high + 1e-9:
        raise PlacementError(
            f"wheel loader: bucket asked to {height.min():.2f} to {height.max():.2f} m; it lifts from {low:.2f} to "
            f"{high:.2f} m"
        )
    if attack.min() < ATTACK_RANGE[0] - 1e-9 or attack.max() > ATTACK_RANGE[1] + 1e-9:
        raise PlacementError(
            f"wheel loader: bucket asked to {np.rad2deg(attack.min()):.0f} to {np.rad2deg(attack.max()):.0f} degrees; "
            f"it tips and tilts from {np.rad2deg(ATTACK_RANGE[0]):.0f} to {np.rad2deg(ATTACK_RANGE[1]):.0f}"
        )
    boom = np.arcsin(sine)
    return boom - PARKED[0], np.clip(attack - boom, *BUCKET_RANGE) - PARKED[1]


def loader_values(steer: ArrayLike, boom: ArrayLike, bucket: ArrayLike, rolled: ArrayLike) -> Values:
    """Returns the values of all joints of the catalog's wheel loader.

    Args:
        steer: (T,) or a scalar, radians by which the front frame is turned to the left.
        boom, bucket: likewise, from `loader_arm`.
        rolled: (T, 4) or (4,), radians of the wheels rear left, rear right, front left, front right: `Drive.rolled`.

    Raises:
        PlacementError: an angle is outside its joint's limits.
    """
    steer, boom, bucket = (
        np.atleast_1d(item) for item in np.broadcast_arrays(*(np.asarray(a, float) for a in (steer, boom, bucket)))
    )
    if np.abs(steer).max() > ARTICULATION + 1e-9:
        raise PlacementError(
            f"wheel loader: steered by {np.rad2deg(np.abs(steer).max()):.1f} degrees, but it articulates by "
            f"{np.rad2deg(ARTICULATION):.0f}; use a wider turn"
        )
    values: Values = {"front": steer, "boom": boom, "bucket": bucket}
    parked = loader_links(*(np.array([angle]) for angle in PARKED))
    for name, link in loader_links(boom + PARKED[0], bucket + PARKED[1]).items():
        turn = np.angle(link / parked[name])
        if name.endswith("cylinder"):
            for side in ("_left", "_right") if name == "lift_cylinder" else ("",):
                values[name + side] = turn
                values[name.replace("cylinder", "rod") + side] = np.abs(link) - np.abs(parked[name])
        else:
            values[name] = turn
    rolled = np.broadcast_to(np.asarray(rolled, float), (len(steer), 4))
    for column, wheel in enumerate(("rear_left", "rear_right", "front_left", "front_right")):
        values[f"wheel_{wheel}"] = rolled[:, column]
    return values


@dataclass(frozen=True, eq=False)
class Drive:
    """A drive, step by step.

    Attributes:
        travelled: (N,) metres that the rear axle has covered; falls when reversing.
        points: (N, 2) where the hitch is, metres.
        heading: (N,) of the rear frame, radians.
        steer: (N,) radians.
        rolled: (N, 4) radians of the wheels, in the order of `loader_values`.
    """

    travelled: NDArray[np.float64]
    points: NDArray[np.float64]
    heading: NDArray[np.float64]
    steer: NDArray[np.float64]
    rolled: NDArray[np.float64]


def drive(travelled: ArrayLike, steer: ArrayLike) -> Drive:
    """Returns where a loader goes that starts with its hitch at the origin, its rear frame along +X.

    Neither axle slides sideways and every wheel rolls as far as its own ground, also while the steering turns.

    Args:
        travelled: (N,) metres along the rear axle's path; steps of a few centimetres.
        steer: (N,) radians then.
    """
    travelled, steer = np.asarray(travelled, float), np.asarray(steer, float)
    step, turn = np.diff(travelled), np.diff(steer)
    mean = (steer[1:] + steer[:-1]) / 2
    # The front axle does not slide: step sin(steer) = half base (yaw cos(steer) + yaw + turn).
    yaw = (step * np.sin(mean) / HALF_BASE - turn) / (1 + np.cos(mean))
    heading = np.concatenate([[0.0], np.cumsum(yaw)])
    along = heading[:-1] + yaw / 2
    rear = np.stack([np.cos(along), np.sin(along)], -1) * step[:, None]
    rear = np.cumsum(np.concatenate([[[-HALF_BASE, 0.0]], rear]), axis=0)
    points = rear + HALF_BASE * np.stack([np.cos(heading), np.sin(heading)], -1)
    front = step * np.cos(mean) + HALF_BASE * yaw * np.sin(mean)
    half = TRACK / 2
    way = np.stack([step - yaw * half, step + yaw * half, front - (yaw + turn) * half, front + (yaw + turn) * half], -1)
    rolled = np.concatenate([np.zeros((1, 4)), np.cumsum(way, axis=0)]) / TYRE
    return Drive(travelled, points, heading, steer, rolled)
