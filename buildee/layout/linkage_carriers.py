"""How a truck mixer and a telehandler move: steering axles, the turning drum, the telescopic boom.

Side views are complex numbers, as in `buildee.layout.linkage`; the machines' origins are on the ground.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import PlacementError
from buildee.layout.linkage import TYRE_RADIUS, Values, rolled

# Four-axle 8x4 truck mixer of the 32 t class with an 8 m3 drum: axle distances 1.95 + 2.70 + 1.35 m, 9.2 m long, drum
# 2.36 m across on an axis that climbs 13 degrees to the rear, as data sheets of the class state; wheels as a tipper's.
MIXER_FRONT = (3.20, 1.25)
"""Steered axles, metres forward of the truck's origin."""
MIXER_REAR = (-1.45, -2.80)
MIXER_TURNING = sum(MIXER_REAR) / 2
"""The point between the rear axles that follows the path: it never slides sideways."""
MIXER_FRONT_TRACK = 2.05
MIXER_REAR_TRACK = 1.83
MIXER_STEER = np.deg2rad(36.0)
DRUM_FOOT = 2.02 + 2.02j
"""Where the drum's axis meets its gearbox."""
DRUM_CLIMB = np.deg2rad(13.0)
CHUTE_SWING = np.deg2rad(100.0)


def mixer_values(travelled: ArrayLike, steer: ArrayLike, drum: ArrayLike, chute: ArrayLike = 0.0) -> Values:
    """Returns the values of all joints of the catalog's truck mixer.

    Wheels roll without slip on the path of `MIXER_TURNING`; both front axles steer by Ackermann's rule.

    Args:
        travelled: (T,) or a scalar, metres driven along the path; falls when reversing.
        steer: likewise, radians, direction of an imagined middle wheel on the first axle, positive to the left.
        drum: likewise, radians that the drum has turned; seen from behind, positive is counter-clockwise.
        chute: likewise, radians that the chute is swung to the left.

    Raises:
        PlacementError: `steer` or `chute` is outside its limits.
    """
    travelled, steer, drum, chute = _together(travelled, steer, drum, chute)
    _check("concrete mixer", "steer", steer, -MIXER_STEER, MIXER_STEER, "use a wider turn")
    _check("concrete mixer", "chute", chute, -CHUTE_SWING, CHUTE_SWING, "swing it less")
    curvature = np.tan(steer) / (MIXER_FRONT[0] - MIXER_TURNING)
    values: Values = {"drum": drum, "chute": chute}
    for side, sign in (("left", 1), ("right", -1)):
        for axle, x in zip(("first", "second"), MIXER_FRONT, strict=True):
            across, ahead = 1 - curvature * sign * MIXER_FRONT_TRACK / 2, curvature * (x - MIXER_TURNING)
            values[f"knuckle_{axle}_{side}"] = np.arctan2(ahead, across)
            values[f"wheel_{axle}_{side}"] = rolled(travelled, np.hypot(across, ahead), TYRE_RADIUS)
        for axle in ("third", "fourth"):
            factor = 1 - curvature * sign * MIXER_REAR_TRACK / 2
            values[f"wheel_{axle}_{side}"] = rolled(travelled, factor, TYRE_RADIUS)
    return values


# Telehandler of the 14 m, 4 t class: 6.2 m to the carriage, 2.40 m wide, 2.50 m high, wheelbase 3.00 m, tyres 400/70-24
# (1.21 m), lift height 13.8 m, three telescopic sections of 2.85 m stroke each, boom pivot behind the rear axle.
HANDLER_TYRE = 0.605
HANDLER_AXLE = 1.50
"""From the origin to either axle, metres."""
HANDLER_TRACK = 1.96
HANDLER_STEER = np.deg2rad(32.0)
BOOM_PIVOT = -2.15 + 1.86j
BOOM_LINE = -0.38
"""The sections' middle line against the pivot, across the boom: the pivot sits high on its rear end, metres."""
BOOM_HEAD = 5.05
"""From the pivot to the carriage's pin with the sections drawn in, along the boom."""
HEAD_DROP = -0.78
"""Of the carriage's pin against the pivot, across the boom."""
SECTIONS = 3
STROKE = 2.85
"""Of every section."""
LIFT_FOOT = -1.75 + 0.85j
"""Of the lift cylinder, on the chassis."""
LIFT_EYE = 2.00 - 0.74j
"""On the boom, whose frame has its origin at the pivot and +x along the sections."""
TILT_FOOT = 4.20 - 0.45j
"""Of the carriage's tilt cylinder, on the innermost section, whose frame is the boom's when drawn in."""
TILT_EYE = 0.05 + 0.42j
"""On the carriage, whose frame has its origin at its pin and +x along level forks."""
ELEVATION = (np.deg2rad(-4.0), np.deg2rad(70.0))
FORK_RANGE = (np.deg2rad(-84.0), np.deg2rad(16.0))
"""Elevation of the forks against the boom."""
STABILISER = np.deg2rad(100.0)
"""By which a stabiliser's arm swings down to the ground."""


def handler_links(elevation: NDArray[np.float64], forks: NDArray[np.float64]) -> dict[str, NDArray[np.complex128]]:
    """Returns (T,) vectors from pin to pin of the cylinders, each in the frame of the part that carries it.

    Args:
        elevation: (T,) of the boom, radians.
        forks: (T,) elevation of the forks against the boom, radians.
    """
    return {
        "lift_cylinder": BOOM_PIVOT + LIFT_EYE * np.exp(1j * elevation) - LIFT_FOOT,
        "tilt_cylinder": BOOM_HEAD + 1j * HEAD_DROP + TILT_EYE * np.exp(1j * forks) - TILT_FOOT,
    }


def handler_reach(reach: ArrayLike, height: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns elevation (radians) and extension (metres) that bring the carriage's pin to a place.

    Args:
        reach: (T,) or a scalar, metres forward of the machine's origin.
        height: likewise, metres above the ground.

    Raises:
        PlacementError: out of reach.
    """
    reach, height = _together(reach, height)
    away = reach + 1j * height - BOOM_PIVOT
    along = np.sqrt(np.maximum(np.abs(away) ** 2 - HEAD_DROP**2, 0))
    extension = along - BOOM_HEAD
    elevation = np.angle(away / (along + 1j * HEAD_DROP))
    _check_metres("extension", extension, 0.0, SECTIONS * STROKE)
    _check("telehandler", "elevation", elevation, *ELEVATION, "move the target or the machine")
    return elevation, np.clip(extension, 0.0, SECTIONS * STROKE)


def handler_values(
    travelled: ArrayLike,
    steer: ArrayLike,
    elevation: ArrayLike,
    extension: ArrayLike,
    tilt: ArrayLike = 0.0,
    stabilisers: ArrayLike = 0.0,
) -> Values:
    """Returns the values of all joints of the catalog's telehandler.

    Args:
        travelled: (T,) or a scalar, metres that the rear axle has driven along its path; falls when reversing.
        steer: likewise, radians, direction of an imagined middle front wheel, positive to the left.
        elevation: likewise, of the boom, radians above level.
        extension: likewise, of the boom, metres, shared equally by its sections.
        tilt: likewise, elevation of the forks against the ground, radians.
        stabilisers: likewise, 0 stowed to 1 on the ground.

    Raises:
        PlacementError: a value is outside its limits.
    """
    travelled, steer, elevation, extension, tilt, down = _together(
        travelled, steer, elevation, extension, tilt, stabilisers
    )
    _check("telehandler", "steer", steer, -HANDLER_STEER, HANDLER_STEER, "use a wider turn")
    _check("telehandler", "elevation", elevation, *ELEVATION, "lower the boom")
    _check("telehandler", "forks", tilt - elevation, *FORK_RANGE, "tilt them less")
    _check_metres("extension", extension, 0.0, SECTIONS * STROKE)
    values: Values = {"boom": elevation, "carriage": tilt - elevation}
    for section in range(1, SECTIONS + 1):
        values[f"section_{section}"] = extension / SECTIONS
    parked = handler_links(np.zeros(1), np.zeros(1))
    for name, link in handler_links(elevation, tilt - elevation).items():
        values[name] = np.angle(link / parked[name])
        values[name.replace("cylinder", "rod")] = np.abs(link) - np.abs(parked[name])
    curvature = np.tan(steer) / (2 * HANDLER_AXLE)
    for side, sign in (("left", 1), ("right", -1)):
        across, ahead = 1 - curvature * sign * HANDLER_TRACK / 2, curvature * 2 * HANDLER_AXLE
        values[f"knuckle_{side}"] = np.arctan2(ahead, across)
        values[f"wheel_front_{side}"] = rolled(travelled, np.hypot(across, ahead), HANDLER_TYRE)
        values[f"wheel_rear_{side}"] = rolled(travelled, across, HANDLER_TYRE)
        values[f"stabiliser_{side}"] = STABILISER * down
        values[f"foot_{side}"] = -STABILISER * down
    return values


def _together(*values: ArrayLike) -> list[NDArray[np.float64]]:
    """Returns the values as arrays of one length."""
    return [np.atleast_1d(item) for item in np.broadcast_arrays(*(np.asarray(value, float) for value in values))]


def _check(machine: str, name: str, value: NDArray[np.float64], low: float, high: float, advice: str) -> None:
    if value.min() < low - 1e-9 or value.max() > high + 1e-9:
        raise PlacementError(
            f"{machine}: {name} asked for {np.rad2deg(value.min()):.1f} to {np.rad2deg(value.max()):.1f} degrees "
            f"but moves from {np.rad2deg(low):.1f} to {np.rad2deg(high):.1f}; {advice}"
        )


def _check_metres(name: str, value: NDArray[np.float64], low: float, high: float) -> None:
    if value.min() < low - 1e-6 or value.max() > high + 1e-6:
        raise PlacementError(
            f"telehandler: {name} asked for {value.min():.2f} to {value.max():.2f} m but moves from {low:.2f} to "
            f"{high:.2f} m; move the target or the machine"
        )
