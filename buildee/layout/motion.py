"""Movement decided as arrays over frames: smooth paths, repeating cycles, bodies that follow the ground."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.placement import pose_on


@dataclass(frozen=True, eq=False)
class Path:
    """A smooth line on the ground, by arc length.

    Attributes:
        stations: (N,) arc lengths from 0, metres.
        points: (N, 2) metres.
        heading: (N,) radians, unwrapped.
        curvature: (N,) 1 / metres, positive to the left.
    """

    stations: NDArray[np.float64]
    points: NDArray[np.float64]
    heading: NDArray[np.float64]
    curvature: NDArray[np.float64]

    @property
    def length(self) -> float:
        """Metres."""
        return float(self.stations[-1])

    def at(self, arc: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Returns (..., 2) points, (...) headings and (...) curvatures at arc lengths; clamped to the ends."""
        arc = np.asarray(arc, np.float64)
        point = np.stack([np.interp(arc, self.stations, self.points[:, axis]) for axis in (0, 1)], -1)
        return point, np.interp(arc, self.stations, self.heading), np.interp(arc, self.stations, self.curvature)


def smooth_path(corners: ArrayLike, soften: float = 3.0, spacing: float = 0.1) -> Path:
    """Returns the path along a polyline with its corners rounded.

    Args:
        corners: (K, 2) metres, no repeated neighbours.
        soften: length over which directions are averaged twice, which makes the curvature continuous, metres.
        spacing: between the path's points, metres.
    """
    corners = np.asarray(corners, np.float64)
    steps = np.linalg.norm(np.diff(corners, axis=0), axis=1)
    stations = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(int(stations[-1] / spacing), 2) + 1
    arc = np.linspace(0, stations[-1], count)
    points = np.stack([np.interp(arc, stations, corners[:, axis]) for axis in (0, 1)], -1)
    window = max(int(soften / spacing) // 2 * 2 + 1, 1)
    for _ in range(2):
        points = _averaged(points, window)
    moved = np.linalg.norm(np.diff(points, axis=0), axis=1)
    stations = np.concatenate([[0.0], np.cumsum(moved)])
    ahead = np.gradient(points, stations, axis=0)
    heading = np.unwrap(np.arctan2(ahead[:, 1], ahead[:, 0]))
    return Path(stations, points, heading, np.gradient(heading, stations))


def _averaged(points: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Returns the moving average over an odd window; ends are extended straight on, so they stay where they are."""
    half = window // 2
    if half == 0:
        return points
    before = points[0] + (points[0] - points[1]) * np.arange(half, 0, -1)[:, None]
    after = points[-1] + (points[-1] - points[-2]) * np.arange(1, half + 1)[:, None]
    sums = np.cumsum(np.concatenate([np.zeros((1, 2)), before, points, after]), axis=0)
    return (sums[window:] - sums[:-window]) / window


def cycle(keys: Sequence[tuple[float, Mapping[str, float]]], period: float, time: ArrayLike) -> dict[str, NDArray]:
    """Returns named values that pass through key poses again and again, easing in and out of each.

    Args:
        keys: rising times within [0, `period`), seconds, with the values then; all name the same values.
        period: seconds.
        time: (T,) seconds.
    """
    time = np.asarray(time, np.float64) % period
    times = np.array([moment for moment, _ in keys] + [keys[0][0] + period])
    time = np.where(time < times[0], time + period, time)
    index = np.clip(np.searchsorted(times, time, "right") - 1, 0, len(keys) - 1)
    share = (time - times[index]) / (times[index + 1] - times[index])
    ease = share * share * (3 - 2 * share)
    values = {}
    for name in keys[0][1]:
        level = np.array([key[name] for _, key in keys] + [keys[0][1][name]])
        values[name] = level[index] + ease * (level[index + 1] - level[index])
    return values


def grounded(
    points: NDArray[np.float64],
    heading: NDArray[np.float64],
    contacts: ArrayLike,
    height: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Returns (T, 4, 4) poses of a stiff body whose contacts rest on the ground: pitch and roll follow it.

    The body takes the plane that fits the ground best under its contacts, sunk until none hangs in the air, as tyres
    and tracks sink into soil.

    Args:
        points: (T, 2) where the body's origin is, metres.
        heading: (T,) radians.
        contacts: (K, 2) where it touches the ground, body frame, metres.
        height: of the ground at (..., 2) points.
    """
    contacts = np.asarray(contacts, np.float64)
    cosine, sine = np.cos(heading), np.sin(heading)
    turn = np.stack([np.stack([cosine, -sine], -1), np.stack([sine, cosine], -1)], -2)
    offsets = contacts @ np.swapaxes(turn, -1, -2)
    heights = height(points[:, None] + offsets)
    poses = np.empty((len(points), 4, 4))
    for frame, (offset, level) in enumerate(zip(offsets, heights, strict=True)):
        plane = np.linalg.lstsq(np.column_stack([offset, np.ones(len(offset))]), level, rcond=None)[0]
        gaps = offset @ plane[:2] + plane[2] - level
        up = np.array([-plane[0], -plane[1], 1.0])
        foot = (*points[frame], plane[2] - max(gaps.max(), 0.0))
        poses[frame] = pose_on(foot, heading[frame], up / np.linalg.norm(up))
    return poses
