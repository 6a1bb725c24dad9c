"""Where wheels, crawlers and boots have been, and what that leaves in the ground: the paint that its material reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.noise import lattice
from buildee.generators.construction_site.relief import Array, Grid, Heap, ramp
from buildee.generators.construction_site.site import PAVEMENT, Plot, along

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
    x, y, radius = plot.turning
    for turn in (-1.0, 1.0):  # lorries back and turn in the head
        angles = np.linspace(0, 1.9, 9)
        found.append(
            Track(
                np.column_stack([x + turn * (6.5 - 5.6 * np.cos(angles)), y - 3.0 + 5.6 * np.sin(angles)]), LORRY, 0.7
            )
        )
    for number, heap in enumerate(heaps):
        found.append(_spur(plot, np.array([heap.x, heap.y]), heap.radius + 0.6, 0.9, salt + number))
    store = plot.stores
    for number, share in enumerate((-0.55, 0.15, 0.7)):
        share = share + 0.15 * float(lattice(number, 3, salt))
        found.append(_spur(plot, np.array(store.point(share, 0.75)), 0.0, 0.75, salt + 20 + number))
    if plot.dig is not None:
        found += _crawled(plot, salt)
    return found


def _spur(plot: Plot, target: NDArray[np.float64], short: float, strength: float, salt: int) -> Track:
    """Returns a track that leaves the haul road in a curve and goes straight at a place."""
    road_y = plot.road[-1, 1]
    turn = 1.0 if lattice(1, 2, salt) > 0 else -1.0
    rise = target[1] - road_y
    radius = min(6.0, abs(rise) * 0.7 + 0.5)
    angles = np.linspace(0, np.pi / 2, 7)
    bend = np.column_stack(
        [target[0] - turn * radius * (1 - np.sin(angles)), road_y + np.sign(rise) * radius * (1 - np.cos(angles))]
    )
    end = np.array([target[0] + 0.3 * turn, target[1] - np.sign(rise) * short])
    straight = [end] if (end[1] - bend[-1, 1]) * np.sign(rise) > 0.3 else []
    return Track(np.vstack([bend[:1] - [[4.0 * turn, 0.0]], bend, *straight]), 1.9, strength)


def _crawled(plot: Plot, salt: int) -> list[Track]:
    """Returns where excavators have crept along the edge of the dig, and how they came and went in it."""
    rim = plot.dig.rim
    edge = rim.y - rim.width / 2
    reach = rim.length / 2 + 1.0
    front = np.array([(rim.x - reach, edge - 3.4), (rim.x - 0.3 * reach, edge - 3.7), (rim.x + reach, edge - 3.5)])
    found = [Track(front, CRAWLERS, 1.0, True)]
    if plot.dig.foundations and rim.length < plot.dig.whole.length - 1.0:
        face = rim.x - plot.side * (rim.length / 2 + 3.4)
        found.append(
            Track(np.array([(face, edge + 0.5), (face + 0.3, rim.y + rim.width / 2 - 0.5)]), CRAWLERS, 1.0, True)
        )
    floor = rim.grown(-plot.dig.depth - 1.6)
    if floor.length > 4 and floor.width > 4 and not plot.dig.foundations:
        for number, share in enumerate((-0.6, -0.1, 0.5)):
            lean = 0.2 * float(lattice(number, 5, salt))
            path = np.array(
                [floor.point(share, -0.95), floor.point(share + lean, 0.0), floor.point(share - lean, 0.95)]
            )
            found.append(Track(path, CRAWLERS, 0.9, True))
    if plot.dig.ramp is not None:
        way = plot.dig.ramp
        found.append(Track(np.array([way.point(-1.6, 0.0), way.point(1.7, -0.1)]), LORRY, 1.0))
    return found


def footpaths(plot: Plot) -> list[NDArray[np.float64]]:
    """Returns (N, 2) polylines that people walk day by day: from the gate past the offices, to building and crane."""
    gate, building = plot.gate, plot.building
    side = -1.0 if plot.gate[0] > 0 else 1.0
    front = building.y - building.width / 2
    lane = plot.compound.y + plot.compound.width / 2 - 0.5
    offices = np.array(
        [(gate[0] + 4.6 * side, gate[1] + 1.2), (gate[0] + 6.0 * side, lane), (-gate[0] * 0.6, lane + 0.3)]
    )
    over = building.x - plot.side * 0.3 * building.length
    crossing = np.array([(gate[0] + 7.0 * side, lane), (over, plot.road[-1, 1] + 1.0), (over - plot.side, front - 1.3)])
    round_about = np.array(
        [
            (over - plot.side, front - 1.5),
            (plot.crane[0] + 2.0 * plot.side, front - 1.7),
            (plot.crane[0], plot.crane[1] - 4.0),
        ]
    )
    return [offices, crossing, round_about]


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
