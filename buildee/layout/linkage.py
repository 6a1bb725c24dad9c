"""How the machines move: joint values of every rod, link and wheel from the few numbers that an operator controls.

Side views are complex numbers: x forward + 1j * z up, metres, so that turning is multiplying. An angle is an
elevation: positive lifts. All values are offsets from the parked pose that the catalog shows, where every joint is 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import PlacementError
from buildee.layout.scene import Loop

Values = dict[str, NDArray[np.float64]]
"""Joint values by part name, each (T,): radians or metres."""

# Tracked excavator of the 20 t class: boom 5.70 m, stick 2.93 m, bucket tip radius 1.48 m, as data sheets of the class
# state; the pins are chosen so that the cylinders' strokes cover the digging range that the same sheets draw.
BOOM_LENGTH = 5.70
STICK_LENGTH = 2.93
BUCKET_RADIUS = 1.48
BOOM_FOOT = 0.15 + 1.72j
"""On the upper structure: where the boom is pinned."""
BOOM_CYLINDER_FOOT = 0.707 + 1.218j
"""On the upper structure."""
BOOM_ROD_EYE = 2.20 + 0.62j
"""On the boom, whose frame has its origin at the foot and +x towards the stick's pin."""
STICK_CYLINDER_FOOT = 2.90 + 0.98j
"""On the boom."""
STICK_ROD_EYE = -0.705 + 0.475j
"""On the stick, whose frame has its origin at the boom's end and +x towards the bucket's pin."""
BUCKET_CYLINDER_FOOT = 0.20 + 0.58j
"""On the stick."""
ROCKER_PIN = STICK_LENGTH - 0.42 + 0.02j
"""On the stick."""
COUPLER_PIN = 0.44 * np.exp(1j * np.deg2rad(105))
"""On the bucket, whose frame has its origin at its pin and +x towards the teeth."""
ROCKER_LENGTH = 0.62
COUPLER_LENGTH = 0.56

CRAWLER = Loop(reach=3.5625, radius=23 * 0.19 / (4 * np.pi), sag=0.025, bays=3)
"""What the shoes run round, about the middle between idler and sprocket: 49 pitches of 190 mm. The sprocket has 23
teeth of half a pitch each: every pin takes every other gap, and all teeth wear alike."""
SHOES, TEETH = 49, 23
ROLLER, CARRIER = 0.087, 0.07
"""Radii of bottom and carrier rollers."""
ROLLERS = tuple(np.linspace(-1.30, 1.30, 8).round(6).tolist())
CARRIERS = (-CRAWLER.reach / 6, CRAWLER.reach / 6)
"""Where they sit along the track frame; carriers where the upper run does not sag."""

BOOM_RANGE = (np.deg2rad(-42.0), np.deg2rad(60.0))
"""Elevation of the line from foot to end."""
STICK_RANGE = (np.deg2rad(-145.0), np.deg2rad(-32.0))
"""Elevation against the boom's line."""
BUCKET_RANGE = (np.deg2rad(-132.0), np.deg2rad(35.0))
"""Elevation against the stick's line."""
PARKED = (np.deg2rad(24.0), np.deg2rad(-103.0), np.deg2rad(-72.0))
"""Boom, stick and bucket in the pose where their joint values are 0: the bucket just above the ground."""


def joint_limits(index: int) -> tuple[float, float]:
    """Returns the limits of boom (0), stick (1) or bucket (2) as joint values, radians."""
    low, high = (BOOM_RANGE, STICK_RANGE, BUCKET_RANGE)[index]
    return low - PARKED[index], high - PARKED[index]


def excavator_values(
    slew: ArrayLike, boom: ArrayLike, stick: ArrayLike, bucket: ArrayLike, travelled: ArrayLike = 0.0
) -> Values:
    """Returns the values of all joints of the catalog's excavator: rods, links and crawlers follow exactly.

    Args:
        slew: (T,) or a scalar, radians counter-clockwise from the tracks' heading.
        boom: likewise, radians that it lifts from the parked pose.
        stick: likewise, radians that it reaches out.
        bucket: likewise, radians that it opens.
        travelled: (T,) or a scalar, metres that it has crawled straight ahead; falls when it backs.

    Raises:
        PlacementError: an angle is outside its joint's limits.
    """
    slew, boom, stick, bucket = (
        np.atleast_1d(item)
        for item in np.broadcast_arrays(*(np.asarray(a, float) for a in (slew, boom, stick, bucket)))
    )
    for index, (name, value) in enumerate((("boom", boom), ("stick", stick), ("bucket", bucket))):
        low, high = joint_limits(index)
        if value.min() < low - 1e-9 or value.max() > high + 1e-9:
            raise PlacementError(
                f"excavator: {name} asked for {np.rad2deg(value.min()):.1f} to {np.rad2deg(value.max()):.1f} degrees "
                f"but moves from {np.rad2deg(low):.1f} to {np.rad2deg(high):.1f}; move the target of the bucket"
            )
    values = {"slew": slew, "boom": boom, "stick": stick, "bucket": bucket}
    parked = excavator_links(*(np.array([angle]) for angle in PARKED))
    links = excavator_links(*(angle + rest for angle, rest in zip((boom, stick, bucket), PARKED, strict=True)))
    for name, link in links.items():
        turn = np.angle(link / parked[name])
        if name.endswith("cylinder"):
            stroke = np.abs(link) - np.abs(parked[name])
            for side in ("_left", "_right") if name == "boom_cylinder" else ("",):
                values[name + side] = turn
                values[name.replace("cylinder", "rod") + side] = stroke
        else:
            values[name] = turn
    values["upper"] = values.pop("slew")
    return {**values, **crawler_values(np.atleast_1d(np.asarray(travelled, float)))}


def crawler_values(travelled: NDArray[np.float64]) -> Values:
    """Returns the values of both crawlers' joints when the machine has moved straight ahead.

    Shoes on the ground stay where they are, all others run round the loop; wheels roll on the chain without slip.

    Args:
        travelled: (T,) metres.
    """
    values: Values = {}
    for side in ("left", "right"):
        values |= dict.fromkeys((f"shoe_{side}_{number}" for number in range(SHOES)), -travelled)
        values |= dict.fromkeys((f"sprocket_{side}", f"idler_{side}"), travelled / CRAWLER.radius)
        values |= dict.fromkeys((f"roller_{side}_{number}" for number in range(len(ROLLERS))), travelled / ROLLER)
        values |= dict.fromkeys((f"carrier_{side}_{number}" for number in range(len(CARRIERS))), travelled / CARRIER)
    return values


def excavator_links(
    boom: NDArray[np.float64], stick: NDArray[np.float64], bucket: NDArray[np.float64]
) -> dict[str, NDArray[np.complex128]]:
    """Returns (T,) vectors from pin to pin of cylinders and links, each in the frame of the part that carries it.

    Args:
        boom: (T,) absolute elevation of the boom, radians.
        stick: (T,) against the boom.
        bucket: (T,) against the stick.
    """
    coupler_pin = STICK_LENGTH + COUPLER_PIN * np.exp(1j * bucket)
    knee = meeting(ROCKER_PIN, ROCKER_LENGTH, coupler_pin, COUPLER_LENGTH)
    return {
        "boom_cylinder": BOOM_FOOT + BOOM_ROD_EYE * np.exp(1j * boom) - BOOM_CYLINDER_FOOT,
        "stick_cylinder": BOOM_LENGTH + STICK_ROD_EYE * np.exp(1j * stick) - STICK_CYLINDER_FOOT,
        "bucket_cylinder": knee - BUCKET_CYLINDER_FOOT,
        "rocker": knee - ROCKER_PIN,
        "coupler": (knee - coupler_pin) * np.exp(-1j * bucket),
    }


def meeting(
    first: ArrayLike, first_radius: float, second: ArrayLike, second_radius: float, left: bool = True
) -> NDArray[np.complex128]:
    """Returns where two circles meet, to the left or right of the line from the first centre to the second."""
    line = np.asarray(second) - first
    distance = np.abs(line)
    along = (distance**2 + first_radius**2 - second_radius**2) / (2 * distance)
    return first + line / distance * (along + (1j if left else -1j) * np.sqrt(first_radius**2 - along**2))


def excavator_reach(reach: ArrayLike, height: ArrayLike, attack: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    """Returns the boom, stick and bucket values that bring the bucket's teeth to a place.

    Args:
        reach: (T,) or a scalar, metres from the slew axis to the teeth.
        height: likewise, metres of the teeth above the ground under the tracks.
        attack: likewise, radians, elevation of the line from the bucket's pin to its teeth; -pi / 2 points straight
            down, less than that pulls in towards the machine.

    Returns:
        Three (T,) arrays for `excavator_values`.

    Raises:
        PlacementError: out of reach.
    """
    teeth = np.atleast_1d(np.asarray(reach) + 1j * np.asarray(height))
    attack = np.broadcast_to(np.asarray(attack, float), teeth.shape)
    arm = teeth - BUCKET_RADIUS * np.exp(1j * attack) - BOOM_FOOT
    distance = np.abs(arm)
    cosine = (BOOM_LENGTH**2 + distance**2 - STICK_LENGTH**2) / (2 * BOOM_LENGTH * distance)
    if (cosine > 1).any():
        raise PlacementError(
            f"excavator: the bucket cannot reach {np.abs(teeth).max():.1f} m; move the machine or the target closer"
        )
    boom = np.angle(arm) + np.arccos(cosine)
    stick = np.angle((arm - BOOM_LENGTH * np.exp(1j * boom)) * np.exp(-1j * boom))
    bucket = np.angle(np.exp(1j * (attack - boom - stick)))
    return boom - PARKED[0], stick - PARKED[1], bucket - PARKED[2]


# Three-axle 6x4 tipper: 3.75 m + 1.35 m wheelbase, 315/80 R 22.5 tyres (1.076 m over the tread), body hinged behind.
TYRE_RADIUS = 0.538
FRONT_AXLE = 2.56
"""Metres forward of the truck's origin."""
REAR_AXLES = (-1.19, -2.54)
TURNING_POINT = sum(REAR_AXLES) / 2
"""The point between the rear axles that follows the path: it never slides sideways."""
FRONT_TRACK = 2.05
REAR_TRACK = 1.83
"""Between the middles of the twin tyres."""
BODY_HINGE = -3.10 + 1.08j
RAM_FOOT = 1.60 + 0.98j
RAM_EYE = 1.60 + 2.40j
"""On the body, when it lies on the chassis."""
RAM_STAGES = 4
TIP_LIMIT = np.deg2rad(50.0)
GATE_LIMIT = np.deg2rad(80.0)
STEER_LIMIT = np.deg2rad(38.0)


def truck_values(travelled: ArrayLike, steer: ArrayLike, tip: ArrayLike, pushed: ArrayLike = 0.0) -> Values:
    """Returns the values of all joints of the catalog's dump truck.

    Wheels roll without slip on the path of `TURNING_POINT`, each at its own distance from the centre of the turn;
    the front wheels steer by Ackermann's rule; the tailgate hangs plumb and the ram follows the body.

    Args:
        travelled: (T,) or a scalar, metres driven along the path since some start; falls when reversing.
        steer: likewise, radians, direction of an imagined middle front wheel, positive to the left.
        tip: likewise, radians that the body is tipped.
        pushed: likewise, radians by which what flows out holds the tailgate away from plumb.

    Raises:
        PlacementError: `steer`, `tip` or the tailgate is outside its limits.
    """
    travelled, steer, tip, pushed = (
        np.atleast_1d(item)
        for item in np.broadcast_arrays(*(np.asarray(a, float) for a in (travelled, steer, tip, pushed)))
    )
    limits = (("steer", steer, -STEER_LIMIT, STEER_LIMIT), ("tip", tip, 0.0, TIP_LIMIT))
    for name, value, low, high in (*limits, ("tailgate", tip + pushed, 0.0, GATE_LIMIT)):
        if value.min() < low - 1e-9 or value.max() > high + 1e-9:
            raise PlacementError(
                f"dump truck: {name} asked for {np.rad2deg(value.min()):.1f} to {np.rad2deg(value.max()):.1f} degrees "
                f"but moves from {np.rad2deg(low):.1f} to {np.rad2deg(high):.1f}; use a wider turn or tip less"
            )
    wheelbase = FRONT_AXLE - TURNING_POINT
    curvature = np.tan(steer) / wheelbase
    values: Values = {"body": tip, "tailgate": tip + pushed}
    for side, sign in (("left", 1), ("right", -1)):
        front = 1 - curvature * sign * FRONT_TRACK / 2
        values[f"knuckle_{side}"] = np.arctan2(curvature * wheelbase, front)
        values[f"wheel_front_{side}"] = rolled(travelled, np.hypot(front, curvature * wheelbase), TYRE_RADIUS)
        for axle in ("middle", "rear"):
            values[f"wheel_{axle}_{side}"] = rolled(travelled, 1 - curvature * sign * REAR_TRACK / 2, TYRE_RADIUS)
    ram = BODY_HINGE + (RAM_EYE - BODY_HINGE) * np.exp(1j * tip) - RAM_FOOT
    values["ram"] = np.angle(ram / (RAM_EYE - RAM_FOOT))
    for stage in range(1, RAM_STAGES + 1):
        values[f"ram_stage_{stage}"] = (np.abs(ram) - abs(RAM_EYE - RAM_FOOT)) / RAM_STAGES
    return values


def rolled(travelled: NDArray[np.float64], factor: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Returns (T,) radians rolled by a wheel that covers `factor` times the path's length in every step."""
    steps = np.diff(travelled) * (factor[1:] + factor[:-1]) / 2
    return (travelled[0] + np.concatenate([[0.0], np.cumsum(steps)])) / radius
