"""Where wheels, crawlers and boots have been, and what that leaves in the ground: the paint that its material reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.noise import lattice
from buildee.generators.construction_site.relief import Array, Grid, Heap, ramp
from buildee.generators.construction_site.site import PAVEMENT, Plot, along, travel

CRAWLER = 1000.0
"""Added to the arc length of crawler tracks, so that the material tells them from tyres, metres."""

REACH = 1.9
"""From a track's axis to where its paint ends, in half gauges."""

LORRY, CRAWLERS = 2.0, 2.4
"""Gauges of lorries and of excavators of the 20 t class, metres."""


@dataclass(frozen=True, eq=False)
class Track:
    """A way that machines have taken.

    Attributes:
        path: (N, 2) its axis, metres.
        gauge: from the middle of the left marks to that of the right ones, metres.
        strength: how often it was taken, 0 to 1.
        crawler: whether crawlers left it, not tyres.
    """

    path: NDArray[np.float64]
    gauge: float
    strength: float
    crawler: bool = False


def tracks(plot: Plot, heaps: Sequence[Heap], salt: int) -> list[Track]:
    """Returns the ways that machines have taken over a site."""
    found = [Track(plot.road, LORRY, 1.0)]
    gate, half = plot.gate, plot.depth / 2
    lane = -half - PAVEMENT - 0.5 * plot.street_width
    for turn in (-1.0, 1.0):  # out into the street, both ways
        radius = gate[1] - lane - 0.4
        angles = np.linspace(0, np.pi / 2, 8)
        bend = np.column_stack(
            [gate[0] + turn * radius * (1 - np.cos(angles)), gate[1] - 0.4 - radius * np.sin(angles)]
        )
        found.append(Track(np.concatenate([bend, bend[-1:] + np.array([[turn * 34.0, 0.0]])]), LORRY, 0.8))
    x, y, _ = plot.turning
    ahead = plot.road[-1] - plot.road[-2]
    ahead /= np.linalg.norm(ahead)
    aside = np.array([-ahead[1], ahead[0]])
    for turn in (-1.0, 1.0):  # lorries back and turn in the head
        angles = np.linspace(0, 1.9, 9)[:, None]
        back = (x, y) + turn * (6.5 - 5.6 * np.cos(angles)) * ahead + (5.6 * np.sin(angles) - 3.0) * aside
        found.append(Track(back, LORRY, 0.7))
    for number, heap in enumerate(heaps):
        if plot.pit is not None and plot.pit.distance((heap.x, heap.y)) < 0:
            continue  # spoil at the face
        found.append(_spur(plot, np.array([heap.x, heap.y]), heap.radius + 0.6, 0.9, salt + number))
    store = plot.stores
    for number, share in enumerate((-0.55, 0.15, 0.7)):
        share = share + 0.15 * float(lattice(number, 3, salt))
        found.append(_spur(plot, np.array(store.point(share, -0.75 * plot.yard)), 0.0, 0.75, salt + 20 + number))
    if plot.dig is not None:
        found += _crawled(plot, salt)
    return found


def _spur(plot: Plot, target: NDArray[np.float64], short: float, strength: float, salt: int) -> Track:
    """Returns a track that leaves the haul road in a curve and goes straight at a place."""
    turn = 1.0 if lattice(1, 2, salt) > 0 else -1.0
    _, arc = along(plot.road, target)
    foot, heading = travel(plot.road, arc[0])
    ahead = np.array([np.cos(heading), np.sin(heading)])
    away = target - foot
    rise = float(np.hypot(*away))
    away /= max(rise, 1e-9)
    radius = min(6.0, rise * 0.7 + 0.5)
    angles = np.linspace(0, np.pi / 2, 7)[:, None]
    bend = foot - turn * radius * (1 - np.sin(angles)) * ahead + radius * (1 - np.cos(angles)) * away
    end = target - short * away + 0.3 * turn * ahead
    straight = [end] if (end - bend[-1]) @ away > 0.3 else []
    return Track(np.vstack([bend[:1] - 4.0 * turn * ahead, bend, *straight]), 1.9, strength)


def _crawled(plot: Plot, salt: int) -> list[Track]:
    """Returns where excavators have crept along the edge of the dig, and how they came and went in it."""
    dig, rim = plot.dig, plot.dig.rim
    edge = rim.grown(3.5)
    front = edge.points([(-0.95, -0.98), (-0.3, -1.03), (0.95, -1.0)])
    found = [Track(front, CRAWLERS, 1.0, True)]
    beyond = np.array([dig.whole.x - rim.x, dig.whole.y - rim.y])
    if dig.foundations and np.hypot(*beyond) > 0.5:
        face = np.sign(rim.axes[0] @ beyond) * (1 + 6.8 / rim.length)
        found.append(Track(rim.points([(face, -0.9), (face, 0.9)]), CRAWLERS, 1.0, True))
    floor = rim.grown(-dig.depth - 1.6)
    if floor.length > 4 and floor.width > 4 and not dig.foundations:
        for number, share in enumerate((-0.6, -0.1, 0.5)):
            lean = 0.2 * float(lattice(number, 5, salt))
            path = floor.points([(share, -0.95), (share + lean, 0.0), (share - lean, 0.95)])
            found.append(Track(path, CRAWLERS, 0.9, True))
    if plot.dig.ramp is not None:
        way = plot.dig.ramp
        found.append(Track(np.array([way.point(-1.6, 0.0), way.point(1.7, -0.1)]), LORRY, 1.0))
    return found


def footpaths(plot: Plot) -> list[NDArray[np.float64]]:
    """Returns (N, 2) polylines that people walk day by day: from the gate past the offices, to building and crane."""
    wicket, ring = plot.wicket, plot.building.grown(3.4)
    lane = plot.compound.y + plot.compound.width / 2 - 0.5
    inside = np.array([wicket[0], wicket[1] + 2.0])
    offices = np.array([wicket, inside, (wicket[0] + 4.0 * plot.offices, lane), (plot.compound.x, lane + 0.3)])
    corners = ring.corners
    near = corners[np.argmin(np.hypot(*(corners - inside).T))]
    straight = np.array([wicket, inside, (wicket[0], max(plot.walk_to, inside[1] + 0.5)), near])
    around = np.concatenate([corners, corners[:1]])
    foot = corners[np.argmin(np.hypot(*(corners - plot.crane).T))]
    return [offices, straight, around, np.array([foot, plot.crane])]


@dataclass(frozen=True, eq=False)
class Marks:
    """What ways leave at every vertex, each (X, Y).

    Attributes:
        lateral: distance from the nearest track's axis, in half gauges, left positive.
        arc: metres along that track, `CRAWLER` more where crawlers made it.
        strength: 0 to 1; falls to 0 where another track is as near, so that their coordinates do not mix.
        trodden: 0 to 1, how much boots have smoothed and bared the ground.
    """

    lateral: Array
    arc: Array
    strength: Array
    trodden: Array


def marks(ways: Sequence[Track], paths: Sequence[NDArray[np.float64]], grid: Grid) -> Marks:
    """Returns what tracks and footpaths leave on the vertices of a grid."""
    shape = grid.points.shape[:-1]
    lateral, arc, best, second = (np.zeros(shape) for _ in range(4))
    for way in ways:
        margin = REACH * way.gauge / 2
        window = grid.window(way.path.min(0) - margin, way.path.max(0) + margin)
        aside, run = along(way.path, grid.points[window])
        aside /= way.gauge / 2
        ends = np.minimum(run, _length(way.path) - run)
        here = way.strength * ramp(np.abs(aside), REACH, 1.25) * ramp(ends, 0.0, 1.5)
        won = here > best[window]
        second[window] = np.where(won, best[window], np.maximum(second[window], here))
        best[window] = np.maximum(best[window], here)
        np.copyto(lateral[window], aside, where=won)
        np.copyto(arc[window], run + CRAWLER * way.crawler, where=won)
    trodden = np.zeros(shape)
    for path in paths:
        window = grid.window(path.min(0) - 1.2, path.max(0) + 1.2)
        aside, _ = along(path, grid.points[window])
        trodden[window] = np.maximum(trodden[window], np.exp(-((aside / 0.55) ** 2)))
    return Marks(lateral, arc, best * np.clip((best - second) * 5.0, 0, 1), trodden)


def _length(path: NDArray[np.float64]) -> float:
    """Returns the length of a polyline, metres."""
    return float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
