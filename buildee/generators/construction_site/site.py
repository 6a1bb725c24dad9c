"""The zones of a site in plan: gate, haul road, building, crane, pit, stores and compound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.construction_site.excavations import HOSED, Dig
from buildee.generators.construction_site.section import ConstructionSite
from buildee.layout.placement import Footprint, Plan

SCAFFOLD_CLEARANCE = 2.4
"""Strip around the building that scaffolds and guard rails need, metres."""

PAVEMENT = 2.4
"""Width of the pavement between fence and kerb, metres."""

INSET = 0.45
"""From the edge of the lot to the fence, metres: feet reach 0.36 m outwards."""

GATE_WIDTH = 7.0
"""Clear width of the gate, metres: lorries turn in from a street that is not much wider."""

POST = 0.95
"""From the clear width to the first foot of the fence beside the gate posts' bases, metres."""

WICKET_OFFSET = GATE_WIDTH / 2 + POST + 1.1
"""From the middle of the gate for lorries to that for people, metres."""

WALKWAY = "walkway"
"""Name under which the way for people is taken."""

WORKING = "room to work"
"""Name under which the ground is taken that goods must leave free for people."""

WALKWAY_WIDTH = 1.4
"""Between the barriers on either side, metres."""

COMPOUND_DEPTH = 7.6
"""Depth of the strip along the front fence for offices and containers, metres."""


@dataclass(frozen=True, eq=False)
class Plot:
    """The site in plan. The lot's middle is the origin, its front street lies towards -Y.

    Attributes:
        width, depth: of the lot, metres.
        side: +1 when the building stands towards +X and the pit towards -X, -1 the other way round.
        street_width: metres between the kerbs.
        building: outline of the slabs.
        crane: (2,) middle of the crane's footing, metres.
        gate: (2,) middle of the gate, on the front fence.
        road: (N, 2) centre line of the haul road, from the street to its head.
        road_width: metres.
        turning: (3,) x, y, radius of the turning head.
        dig: the excavation, None without one.
        stores: where materials lie.
        compound: strip along the front fence for offices and containers.
        entry: on which side of the gate people have theirs, +1 towards +X.
        offices: on which side of the gate the offices are, +1 towards +X.
        yard: which long side of the building looks on the stores, +1 the rear, -1 the front.
        walk_to: y up to which people walk from their gate to the building, metres.
    """

    width: float
    depth: float
    side: int
    street_width: float
    building: Footprint
    crane: NDArray[np.float64]
    gate: NDArray[np.float64]
    road: NDArray[np.float64]
    road_width: float
    turning: NDArray[np.float64]
    dig: Dig | None
    stores: Footprint
    compound: Footprint
    entry: int
    offices: int
    yard: int
    walk_to: float

    @property
    def pit(self) -> Footprint | None:
        """Upper edge of the excavation, None without one."""
        return self.dig.rim if self.dig else None

    @property
    def pit_depth(self) -> float:
        """How deep excavators reach into the excavation, metres: beside foundations they only trim its edge."""
        if self.dig is None:
            return 0.0
        trimmed = self.dig.foundations and (self.dig.occupied or self.dig.rim == self.dig.whole)
        return 0.3 if trimmed else self.dig.depth

    @property
    def lot(self) -> Footprint:
        """The whole lot."""
        return Footprint(0.0, 0.0, 0.0, self.width, self.depth)

    @property
    def wicket(self) -> NDArray[np.float64]:
        """(2,) middle of the gate for people, beside the gate of the lorries, metres."""
        return self.gate + np.array([self.entry * WICKET_OFFSET, 0.0])

    @property
    def busy(self) -> Footprint:
        """Where most people are: between the crane and the stores."""
        x = (self.crane[0] + 3.0 * self.side + self.stores.x) / 2
        return Footprint(float(x), self.stores.y - 1.0, 0.0, 20.0, self.stores.width + 2.0)

    @property
    def walkway(self) -> list[Footprint]:
        """Where people walk from their gate straight to the building, on either side of the haul road."""
        x = float(self.wicket[0])
        y = np.arange(-self.depth / 2 + 2.2, self.walk_to, 0.1)
        clear = y[self.road_distance(np.column_stack([np.full_like(y, x), y])) > 1.0]
        stretches = np.split(clear, np.flatnonzero(np.diff(clear) > 0.2) + 1)
        if abs(x - self.building.x) > self.building.length / 2:
            stretches = stretches[:1]
        return [
            Footprint(x, float(run[0] + run[-1]) / 2, np.pi / 2, float(np.ptp(run)), WALKWAY_WIDTH)
            for run in stretches
            if len(run) > 20
        ]

    @property
    def kerb(self) -> tuple[float, float]:
        """Distances of the near kerb's street face from the middle along X and along Y, metres."""
        return self.width / 2 + PAVEMENT, self.depth / 2 + PAVEMENT

    def road_distance(self, points: ArrayLike) -> NDArray[np.float64]:
        """Returns the signed distance of (..., 2) points from the edge of the haul road, negative on it."""
        points = np.asarray(points, np.float64)
        x, y = np.ascontiguousarray(points[..., 0]), np.ascontiguousarray(points[..., 1])
        nearest = np.full(x.shape, np.inf)
        for start, end in pairwise(self.road):
            aside, forward, length = _beside(start, end, x, y)
            np.minimum(nearest, aside**2 + (forward - np.clip(forward, 0, length)) ** 2, out=nearest)
        head = np.hypot(x - self.turning[0], y - self.turning[1]) - self.turning[2]
        return np.minimum(np.sqrt(nearest) - self.road_width / 2, head)


def reserved(scene: ConstructionSite, plot: Plot) -> Plan:
    """Returns a plan in which everything that organises the site is taken: nothing else may stand there."""
    plan = Plan()
    plan.keep("building", plot.building.grown(SCAFFOLD_CLEARANCE - 0.6))
    if scene.plant.tower_crane:
        plan.keep("tower crane", Footprint(*plot.crane, 0.0, 6.4, 6.4))
    if plot.pit is not None:
        plan.keep("excavation", plot.pit.grown(0.5))
    if plot.dig is not None and not plot.dig.foundations:
        x, y = plot.dig.outlet
        if (way := plot.dig.ramp) is not None:
            top = way.point(-1 - 4.0 / way.length, 0.0)
            plan.keep("ramp", Footprint(*top, way.yaw, 5.0, way.width))
        plan.keep("hose", Footprint(float(x), float(y), plot.dig.rim.yaw, 0.9, 2 * HOSED))
    for start, end in pairwise(plot.road):
        middle, step = (start + end) / 2, end - start
        length = float(np.hypot(*step)) + 0.6
        plan.keep("haul road", Footprint(*middle, float(np.arctan2(step[1], step[0])), length, plot.road_width))
    plan.keep("gate", Footprint(plot.gate[0], plot.gate[1] + 2.3, 0.0, 9.0, 4.6))
    plan.keep("wicket", Footprint(plot.wicket[0], plot.gate[1] + 2.0, 0.0, 1.6, 4.0))
    for stretch in plot.walkway if scene.stores.walkway else ():
        plan.keep(WALKWAY, replace(stretch, width=WALKWAY_WIDTH + 1.1))
    x, y, radius = plot.turning
    plan.keep("turning head", Footprint(x, y, 0.0, 1.7 * radius, 1.7 * radius))
    return plan


def along(path: NDArray[np.float64], points: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns where points lie along a polyline.

    Args:
        path: (N, 2) metres.
        points: (..., 2) metres.

    Returns:
        (...) offset to the left of the path, negative to the right; (...) arc length of the nearest point.
    """
    points = np.asarray(points, np.float64)
    x, y = np.ascontiguousarray(points[..., 0]), np.ascontiguousarray(points[..., 1])
    best, left, arc = np.full(x.shape, np.inf), np.zeros(x.shape), np.zeros(x.shape)
    start_arc = 0.0
    for start, end in pairwise(path):
        aside, forward, length = _beside(start, end, x, y)
        share = np.clip(forward, 0, length)
        square = aside**2 + (forward - share) ** 2
        closer = square < best
        np.copyto(best, square, where=closer)
        np.copyto(left, aside, where=closer)
        np.copyto(arc, start_arc + share, where=closer)
        start_arc += length
    return np.copysign(np.sqrt(best), left), arc


def _beside(
    start: NDArray[np.float64], end: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple:
    """Returns how far to the left of a line points lie, how far along it, and its length, metres."""
    length = float(np.linalg.norm(end - start))
    ahead = (end - start) / length
    offset_x, offset_y = x - start[0], y - start[1]
    aside = ahead[0] * offset_y - ahead[1] * offset_x
    return aside, ahead[0] * offset_x + ahead[1] * offset_y, length


def travel(path: NDArray[np.float64], arc: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns (..., 2) points and (...) headings (radians) at arc lengths along a polyline, bends smoothed."""
    lengths = np.linalg.norm(np.diff(path, axis=0), axis=1)
    stations = np.concatenate([[0], np.cumsum(lengths)])
    arc = np.asarray(arc, np.float64)

    def point(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([np.interp(at, stations, path[:, 0]), np.interp(at, stations, path[:, 1])], -1)

    ahead = point(np.minimum(arc + 1.0, stations[-1])) - point(np.maximum(arc - 1.0, 0))
    return point(arc), np.arctan2(ahead[..., 1], ahead[..., 0])
