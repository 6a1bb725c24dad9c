"""Ways that a camera of each type may go; most of them are useless, `cameras` rates them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.layout.camera_types import Cab, CameraSpec, Mast, Orbit, Overhead, Survey, Walk, Wrist
from buildee.layout.views import Stage, Subject, aimed
from buildee.recipe.sections import Shot

Array = NDArray[np.float64]

SWAY = ((0.31, 0.83, 1.9, 4.3), (1.0, 0.55, 0.3, 0.12))
"""Frequencies (Hz) and relative strengths of the sway of a camera in the hands: mostly slow, a little tremor."""

SWAY_ANGLES = (0.0070, 0.0055, 0.0040)
"""Root mean square of yaw, pitch and roll at shake 1, radians: some 0.4 degrees, as of people who stand and film."""

SWAY_STEP = 0.006
"""Root mean square of each coordinate of the camera's place at shake 1, metres."""

TURN = 0.16
"""Share of the survey's extent left out at every edge, so that pictures do not look far beyond it."""


@dataclass(frozen=True, eq=False)
class Ways:
    """Ways that a camera may go.

    Attributes:
        eyes: (C, T, 3) metres.
        yaw, pitch, roll: (C, T) radians; roll is clockwise as the camera looks.
    """

    eyes: Array
    yaw: Array
    pitch: Array
    roll: Array

    @staticmethod
    def level(eyes: Array, yaw: Array, pitch: Array) -> Ways:
        """Returns ways with a level horizon."""
        return Ways(eyes, yaw, pitch, np.zeros(eyes.shape[:2]))

    def kept(self, which: NDArray) -> Ways:
        """Returns some of the ways."""
        return Ways(self.eyes[which], self.yaw[which], self.pitch[which], self.roll[which])


def ways(spec: CameraSpec, stage: Stage, shot: Shot, scale: Array, rng: np.random.Generator) -> Ways:
    """Returns ways that a camera may go.

    Args:
        spec: what the recipe asks for.
        stage: the scene.
        shot: the frames.
        scale: (2,) of view coordinates, -1 to 1 across the picture, to the tangents of angles.
        rng: draws places.
    """
    time = np.linspace(-0.5, 0.5, shot.frames) if shot.frames > 1 else np.zeros(1)
    seconds = time * (shot.frames - 1) / shot.fps
    match spec:
        case Orbit():
            return _orbits(spec, stage, stage.subjects[spec.target].points, time, scale, rng)
        case Mast():
            return _masts(spec, stage, stage.subjects[spec.target].points, time, scale, rng)
        case Walk():
            return _shaken(_walks(spec, stage, stage.subjects[spec.target], seconds, scale, rng), spec, seconds, rng)
        case Survey():
            return _lanes(spec, stage, time)
        case Overhead():
            return _overhead(spec, stage, stage.subjects[spec.target].points, time, scale, rng)
        case Wrist():
            return _wrists(spec, stage, stage.subjects[spec.target].points, time, rng)
        case Cab():
            return _shaken(_cabs(spec, stage, shot.frames), spec, seconds, rng)


def _masts(spec: Mast, stage: Stage, points: Array, time: Array, scale: Array, rng: np.random.Generator) -> Ways:
    """Returns 160 places that pan over the target."""
    spots = rng.uniform(stage.extent[0], stage.extent[1], (160, 2))
    spots = spots[stage.open(spots)]
    eyes = np.column_stack([spots, stage.height(spots) + spec.height])
    yaw, pitch = aimed(eyes, points, scale)
    eyes = np.repeat(eyes[:, None], len(time), 1)
    return Ways.level(eyes, yaw[:, None] + np.deg2rad(spec.pan_deg) * time, np.repeat(pitch[:, None], len(time), 1))


def _orbits(spec: Orbit, stage: Stage, points: Array, time: Array, scale: Array, rng: np.random.Generator) -> Ways:
    """Returns arcs around the middle of the target, 36 directions at seven distances."""
    low, high = points.min(0), points.max(0)
    middle, reach = (low + high) / 2, float(np.linalg.norm(high[:2] - low[:2])) / 2
    azimuths = rng.uniform(0, np.pi / 18) + np.arange(36) * (np.pi / 18)
    if spec.azimuth_deg is not None:
        azimuths = np.deg2rad([spec.azimuth_deg])
    fit = 1.1 * max(reach, float(high[2] - low[2])) * scale[0]
    radii = np.maximum(fit * np.array([0.6, 0.72, 0.85, 1.0, 1.2, 1.45, 1.75]), 3.0 * stage.closeness)
    angle = np.tile(azimuths, len(radii))[:, None] + np.deg2rad(spec.sweep_deg) * time
    ring = np.repeat(radii, len(azimuths))[:, None, None] * np.stack([np.cos(angle), np.sin(angle)], -1)
    spots = middle[:2] + ring
    ground = stage.height(spots[:, len(time) // 2])
    eyes = np.concatenate([spots, np.broadcast_to((ground + spec.height)[:, None, None], (*angle.shape, 1))], -1)
    yaw, pitch = aimed(eyes.reshape(-1, 3), points, scale)
    return Ways.level(eyes, yaw.reshape(angle.shape), pitch.reshape(angle.shape))


def _overhead(spec: Overhead, stage: Stage, points: Array, time: Array, scale: Array, rng: np.random.Generator) -> Ways:
    """Returns places straight above the target, lower ones too where a ceiling is in the way; the picture's long side
    lies along the target's, or is turned from it."""
    low, high = points.min(0), points.max(0)
    long = 0.0 if high[0] - low[0] >= high[1] - low[1] else np.pi / 2
    heights = spec.height * np.array([1.0, 1.0, 1.0, 1.0, 0.85, 0.85, 0.7, 0.7])
    middle = (low + high)[:2] / 2 + rng.normal(0, 0.04, (len(heights), 2)) * (high - low)[:2]
    bearing = rng.uniform(0, 2 * np.pi, len(heights))
    drift = spec.drift * np.stack([np.cos(bearing), np.sin(bearing)], -1)[:, None] * time[:, None]
    eyes = np.concatenate(
        [middle[:, None] + drift, np.broadcast_to((high[2] + heights)[:, None, None], (*drift.shape[:2], 1))], -1
    )
    turn = long + np.pi / 2 + np.deg2rad(spec.turn_deg)
    yaw = np.broadcast_to(turn + np.pi * rng.integers(2, size=len(heights))[:, None], drift.shape[:2])
    return Ways.level(eyes, yaw, np.full(yaw.shape, -np.pi / 2))


def _wrists(spec: Wrist, stage: Stage, points: Array, time: Array, rng: np.random.Generator) -> Ways:
    """Returns straight approaches from above to points of the target, 60 of them."""
    count = 60
    aims = points[rng.integers(len(points), size=count)]
    bearing, climb = rng.uniform(-np.pi, np.pi, count), rng.uniform(0.6, 1.3, count)
    back = np.stack([np.cos(bearing) * np.cos(climb), np.sin(bearing) * np.cos(climb), np.sin(climb)], -1)
    share = time - time.min()
    distance = spec.start + (spec.end - spec.start) * (share / max(float(share.max()), 1e-9))
    eyes = aims[:, None] + back[:, None] * distance[:, None]
    shape = eyes.shape[:2]
    yaw, pitch = (np.broadcast_to(angle[:, None], shape) for angle in (bearing + np.pi, -climb))
    return Ways.level(eyes, yaw, pitch)


def _walks(spec: Walk, stage: Stage, subject: Subject, seconds: Array, scale: Array, rng: np.random.Generator) -> Ways:
    """Returns straight ways, looking ahead: at the whole of one thing, or at one of many from a talking distance."""
    count = 500
    spots = rng.uniform(stage.extent[0], stage.extent[1], (count, 2))
    if subject.size:
        aims = subject.points[rng.integers(len(subject.points), size=count)]
        bearing, distance = rng.uniform(-np.pi, np.pi, count), subject.size * rng.uniform(3.2, 7.0, count)
        around = aims[:, :2] + distance[:, None] * np.column_stack([np.cos(bearing), np.sin(bearing)])
        spots = np.where(np.arange(count)[:, None] % 4 > 0, around, spots)
    fits = stage.open(spots)
    eyes = np.column_stack([spots[fits], stage.height(spots[fits]) + spec.height])
    if subject.size:
        toward = aims[fits, :2] - spots[fits]
        yaw = np.arctan2(toward[:, 1], toward[:, 0]) + rng.uniform(-0.5, 0.5, len(eyes)) / scale[0]
        pitch = np.full(len(eyes), stage.gaze)
    else:
        yaw, pitch = aimed(eyes, subject.points, scale)
    heading = yaw + rng.uniform(-0.4, 0.4, len(eyes))
    step = np.stack([np.cos(heading), np.sin(heading)], -1)[:, None] * (spec.speed * seconds)[:, None]
    ahead = eyes[:, None, :2] + step
    fits = stage.open(ahead).all(1)
    ahead = ahead[fits]
    eyes = np.concatenate([ahead, (stage.height(ahead) + spec.height)[..., None]], -1)
    shape = eyes.shape[:2]
    return Ways.level(eyes, *(np.broadcast_to(angle[fits][:, None], shape) for angle in (yaw, pitch)))


def _lanes(spec: Survey, stage: Stage, time: Array) -> Ways:
    """Returns flights over the extent along X and along Y, each from either side and either end."""
    low, high = stage.extent
    margin = TURN * (high - low)
    low, high = low + margin, high - margin
    ground = float(stage.height((low + high) / 2))
    flights = []
    for along in (0, 1):
        path = _serpentine(float(high[along] - low[along]), float(high[1 - along] - low[1 - along]), spec.lanes)
        stations = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
        at = (time - time.min()) * stations[-1] if len(time) > 1 else np.array([stations[-1] / 2])
        spots = np.stack([np.interp(at, stations, path[:, axis]) for axis in (0, 1)], -1)
        for turned in (1.0, -1.0):
            for side in (1.0, -1.0):
                spot = np.empty_like(spots)
                spot[:, along], spot[:, 1 - along] = turned * spots[:, 0], side * spots[:, 1]
                heading = 0.0 if along == 0 else np.pi / 2
                flights.append((spot + (low + high) / 2, heading if turned > 0 else heading + np.pi))
    eyes = np.stack([np.column_stack([spots, np.full(len(spots), ground + spec.height)]) for spots, _ in flights])
    # It keeps looking along its first lane, as drones do: pictures stay parallel, whichever way it flies.
    yaw = np.repeat(np.array([heading for _, heading in flights])[:, None], len(time), 1)
    return Ways.level(eyes, yaw, np.full(yaw.shape, -np.deg2rad(spec.tilt_deg)))


def _serpentine(length: float, width: float, lanes: int) -> Array:
    """Returns (N, 2) points of a path about the origin: lanes along X joined by half circles."""
    gap = width / lanes
    rows = (np.arange(lanes) - (lanes - 1) / 2) * gap
    straight = max(length - gap, length / 2) / 2 if lanes > 1 else length / 2
    points = []
    for number, row in enumerate(rows):
        ahead = 1.0 if number % 2 == 0 else -1.0
        points += [(-ahead * straight, row), (ahead * straight, row)]
        if number < lanes - 1:
            angle = np.linspace(-np.pi / 2, np.pi / 2, 13)[1:-1]
            bend = np.column_stack([straight + np.cos(angle) * gap / 2, row + gap / 2 + np.sin(angle) * gap / 2])
            points += [(ahead * x, y) for x, y in bend]
    return np.array(points)


def _cabs(spec: Cab, stage: Stage, frames: int) -> Ways:
    """Returns one way a machine of the kind that has a cab."""
    seats = np.stack([np.broadcast_to(seat, (frames, 4, 4)) for seat in stage.seats[spec.target]])
    ahead, left = seats[..., :3, 0], seats[..., :3, 1]
    yaw = np.arctan2(ahead[..., 1], ahead[..., 0])
    pitch = np.arcsin(np.clip(ahead[..., 2], -1, 1)) - np.deg2rad(spec.tilt_deg)
    roll = np.arcsin(np.clip(left[..., 2] / np.maximum(np.cos(pitch), 0.2), -1, 1))
    return Ways(seats[..., :3, 3], np.unwrap(yaw, axis=1), pitch, roll)


def _shaken(steady: Ways, spec: Walk | Cab, seconds: Array, rng: np.random.Generator) -> Ways:
    """Returns the ways with the sway of hands or of an engine, the same for all of them."""
    if not spec.shake:
        return steady
    frequency, strength = (np.array(row) for row in SWAY)
    strength = strength / np.sqrt((strength**2).sum() / 2)
    phase = rng.uniform(0, 2 * np.pi, (6, len(frequency)))
    sway = (strength * np.sin(2 * np.pi * seconds[:, None, None] * frequency + phase)).sum(-1) * spec.shake
    turns = sway[:, :3] * SWAY_ANGLES
    return Ways(
        steady.eyes + SWAY_STEP * sway[:, 3:],
        steady.yaw + turns[:, 0],
        steady.pitch + turns[:, 1],
        steady.roll + turns[:, 2],
    )
