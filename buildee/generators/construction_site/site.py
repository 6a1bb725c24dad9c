"""How the site is organised: gate, haul road, building, crane, pit, stores and compound, in plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.programme import programme
from buildee.generators.construction_site.section import ConstructionSite
from buildee.layout.placement import Footprint, Plan
from buildee.recipe.seed import Seed

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

WALKWAY = "walkway"
"""Name under which the way for people is taken."""

WORKING = "room to work"
"""Name under which the ground is taken that goods must leave free for people."""

WALKWAY_WIDTH = 1.4
"""Between the barriers on either side, metres."""

COMPOUND_DEPTH = 7.6
"""Depth of the strip along the front fence for offices and containers, metres."""


BATTER = 1.1
"""Rise over run of battered sides, about 48 degrees: cohesive soil, unsupported."""

BENCH = 0.7
"""Width of the berm half way down deep battered sides, metres."""

PILE_PAIR, PILE_WALL = 1.2, 0.45
"""Length of wall that two sheet piles make, and thickness of the wall over its corrugations, metres (PU 18: 2 x 600 mm
and 430 mm)."""

RAMP, RAMP_WIDTH = 0.19, 4.2
"""Gradient of the way into a pit, as laden lorries still climb it, and its width in metres."""

FORMATION = 1.2
"""Depth of the building's dig, metres: pads 0.5 m thick whose tops lie below frost, 0.8 m, on 50 mm of blinding."""

FACE = 9.0
"""Least length of an open dig for every excavator in it, metres."""


@dataclass(frozen=True)
class Dig:
    """An open excavation.

    Attributes:
        rim: its upper edge.
        whole: the upper edge once all is dug; `rim` is the part that is open, from one end to the working face.
        depth: metres.
        sides: what holds them.
        ramp: the way down, downhill along its yaw, its upper end at the rim; None where machines stay outside.
        blinded: part of the floor under blinding concrete, or None.
        foundations: whether the building's foundations are made in it.
        occupied: whether some of them stand in it already.
    """

    rim: Footprint
    whole: Footprint
    depth: float
    sides: Literal["battered", "sheet_piled"]
    ramp: Footprint | None = None
    blinded: Footprint | None = None
    foundations: bool = False
    occupied: bool = False


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
        compound: strip along the front fence.
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
        """(2,) middle of the gate for people, beside the gate on the side of the offices, metres."""
        return self.gate - np.array([self.side * (GATE_WIDTH / 2 + POST + 1.1), 0.0])

    @property
    def walkway(self) -> list[Footprint]:
        """Where people walk from their gate straight to the building, on either side of the haul road."""
        x = float(self.wicket[0])
        y = np.arange(-self.depth / 2 + 2.2, self.building.y - self.building.width / 2 - SCAFFOLD_CLEARANCE - 0.4, 0.1)
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
        lateral, _ = along(self.road, points)
        head = np.hypot(points[..., 0] - self.turning[0], points[..., 1] - self.turning[1]) - self.turning[2]
        return np.minimum(np.abs(lateral) - self.road_width / 2, head)


def organise(scene: ConstructionSite, outline: tuple[float, float], seed: Seed) -> Plot:
    """Lays out the zones.

    Args:
        scene: the section of the recipe.
        outline: length and width of the building's ground slab, metres.
        seed: of the free choices.

    Raises:
        PlacementError: if building, road, stores and compound do not fit the lot.
    """
    rng = seed.rng()
    side = 1 if rng.random() < 0.5 else -1
    lot = scene.lot
    half_x, half_y = lot.width / 2, lot.depth / 2
    length, width = outline
    rear, flank = SCAFFOLD_CLEARANCE + 2.0, SCAFFOLD_CLEARANCE + 2.6
    strip = lot.depth - rear - width - SCAFFOLD_CLEARANCE - COMPOUND_DEPTH - 1.0  # road and stores
    spare = strip - lot.road_width - 5.0
    if spare < 0:
        raise PlacementError(
            f"a building {width:.1f} m deep leaves no room for the haul road on a lot {lot.depth:.1f} m deep: "
            f"raise scene.lot.depth by {-spare:.1f} m or lower scene.building.bays_y"
        )
    crane_room = 7.0 if scene.plant.tower_crane else 1.0
    if lot.width < length + 2 * flank + crane_room + 4.0:
        raise PlacementError(
            f"a building {length:.1f} m long and a crane do not fit a lot {lot.width:.1f} m wide: "
            f"raise scene.lot.width to {length + 2 * flank + crane_room + 4.0:.1f} m or lower scene.building.bays_x"
        )
    building = Footprint(side * (half_x - flank - length / 2), half_y - rear - width / 2, 0.0, length, width)
    inner = half_x - flank - length - SCAFFOLD_CLEARANCE  # |x| of the building's pit side, in side's direction
    crane = np.array([side * (inner - 2.6), building.y - width / 2 + 3.0 + rng.uniform(0, width / 3)])
    road_y = -half_y + COMPOUND_DEPTH + 0.8 + lot.road_width / 2 + 0.15 * spare
    gate = np.array([side * (half_x - 11.0 - rng.uniform(0, 3)), -half_y])
    if programme(scene.building.progress, scene.building.storeys).has_slab:
        dig = _pit(scene, side, inner - (6.2 if scene.plant.tower_crane else 1.0), road_y)
    else:
        dig = _foundation_dig(scene, building, side)
    stores_low, stores_high = road_y + lot.road_width / 2 + 0.6, building.y - width / 2 - SCAFFOLD_CLEARANCE - 1.2
    reach = (inner - 2.0, half_x - 2.5)
    return Plot(
        lot.width,
        lot.depth,
        side,
        scene.surroundings.street_width,
        building,
        crane,
        gate,
        _haul_road(gate, road_y, -side * (half_x - 9.5)),
        lot.road_width,
        np.array([-side * (half_x - 9.5), road_y + 0.6, 6.6]),
        dig,
        Footprint(
            side * sum(reach) / 2,
            (stores_low + stores_high) / 2,
            0.0,
            reach[1] - reach[0],
            max(stores_high - stores_low, 1.0),
        ),
        Footprint(0.0, -half_y + 0.5 + COMPOUND_DEPTH / 2, 0.0, lot.width - 2.0, COMPOUND_DEPTH - 0.6),
    )


def reserved(scene: ConstructionSite, plot: Plot) -> Plan:
    """Returns a plan in which everything that organises the site is taken: nothing else may stand there."""
    plan = Plan()
    plan.keep("building", plot.building.grown(SCAFFOLD_CLEARANCE - 0.6))
    if scene.plant.tower_crane:
        plan.keep("tower crane", Footprint(*plot.crane, 0.0, 6.4, 6.4))
    if plot.pit is not None:
        plan.keep("excavation", plot.pit.grown(0.5))
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


def _foundation_dig(scene: ConstructionSite, building: Footprint, side: int) -> Dig:
    """Returns the building's own dig: it grows from the outer flank, its working face towards the middle of the lot."""
    lot, works = scene.lot, programme(scene.building.progress, scene.building.storeys)
    whole = building.grown(1.7 if lot.pit_sides == "battered" else 1.0)
    least = 5.0 + FACE * max(scene.plant.excavators, 1)
    if lot.pit_sides == "sheet_piled":
        whole = _piled(whole.grown(0.6))
    length = round(max(works.excavated * whole.length, least), 3)
    if lot.pit_sides == "sheet_piled":
        length = float(np.ceil(length / PILE_PAIR) * PILE_PAIR)
    length = min(length, whole.length)
    rim = replace(whole, x=whole.x + side * (whole.length - length) / 2, length=length)
    return Dig(rim, whole, FORMATION, lot.pit_sides, foundations=True, occupied=works.founded > 0)


def _pit(scene: ConstructionSite, side: int, inner: float, road_y: float) -> Dig | None:
    """Returns the excavation beside the building, behind the haul road, its ramp along the outer flank."""
    lot = scene.lot
    if not lot.pit:
        return None
    outer = -(lot.width / 2 - 3.0)
    low, high = road_y + lot.road_width / 2 + 8.2, lot.depth / 2 - 3.4
    length, width = inner - outer, high - low
    if length < 7.0 or width < 6.0:
        raise PlacementError(
            f"no room for an excavation beside the building (only {length:.1f} x {width:.1f} m): raise scene.lot.width "
            "or scene.lot.depth, lower scene.building.bays_x, or set scene.lot.pit to false"
        )
    if length > 15:
        outer = max(outer, inner - 0.72 * length)  # leave the outer flank to spoil
    rim = Footprint(side * (inner + outer) / 2, (low + high) / 2, 0.0, inner - outer, width)
    if lot.pit_sides == "sheet_piled":
        return Dig(_piled(rim), _piled(rim), lot.pit_depth, lot.pit_sides)
    flank, batter = -side, lot.pit_depth / BATTER + BENCH
    ramp, fall = None, min(lot.pit_depth / RAMP, width - 2.5)
    if rim.length > RAMP_WIDTH + 2 * batter + 4.0:
        across = rim.x + flank * (rim.length / 2 - batter - RAMP_WIDTH / 2)
        ramp = Footprint(across, low + fall / 2, np.pi / 2, fall, RAMP_WIDTH)
    floor = rim.grown(-batter - 1.0)
    blinded = None
    if floor.length > 5.0 and floor.width > 5.0:
        part = replace(floor, length=0.45 * floor.length, width=0.4 * floor.width)
        blinded = replace(part, x=floor.x - flank * 0.27 * floor.length, y=floor.y + 0.29 * floor.width)
    return Dig(rim, rim, lot.pit_depth, lot.pit_sides, ramp, blinded)


def _piled(rim: Footprint) -> Footprint:
    """Returns the largest rectangle within one that whole pairs of sheet piles close, walls along X from end to end."""
    length = np.floor(rim.length / PILE_PAIR) * PILE_PAIR
    width = np.floor((rim.width - 2 * PILE_WALL) / PILE_PAIR) * PILE_PAIR + 2 * PILE_WALL
    return replace(rim, length=round(float(length), 6), width=round(float(width), 6))


def _haul_road(gate: NDArray[np.float64], road_y: float, end_x: float) -> NDArray[np.float64]:
    """Returns the centre line: in through the gate, a bend, then along the front of the building."""
    turn = np.sign(end_x - gate[0])
    radius = min(9.0, road_y - gate[1] - 1.0)
    angles = np.linspace(0, np.pi / 2, 9)
    bend = np.column_stack([gate[0] + turn * radius * (1 - np.cos(angles)), road_y - radius + radius * np.sin(angles)])
    return np.concatenate([[[gate[0], gate[1] - 8.0]], bend, [[end_x, road_y]]])


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
        length = float(np.linalg.norm(end - start))
        ahead = (end - start) / length
        offset_x, offset_y = x - start[0], y - start[1]
        aside = ahead[0] * offset_y - ahead[1] * offset_x
        forward = ahead[0] * offset_x + ahead[1] * offset_y
        share = np.clip(forward, 0, length)
        square = aside**2 + (forward - share) ** 2
        closer = square < best
        np.copyto(best, square, where=closer)
        np.copyto(left, aside, where=closer)
        np.copyto(arc, start_arc + share, where=closer)
        start_arc += length
    return np.copysign(np.sqrt(best), left), arc


def travel(path: NDArray[np.float64], arc: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns (..., 2) points and (...) headings (radians) at arc lengths along a polyline, bends smoothed."""
    lengths = np.linalg.norm(np.diff(path, axis=0), axis=1)
    stations = np.concatenate([[0], np.cumsum(lengths)])
    arc = np.asarray(arc, np.float64)

    def point(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([np.interp(at, stations, path[:, 0]), np.interp(at, stations, path[:, 1])], -1)

    ahead = point(np.minimum(arc + 1.0, stations[-1])) - point(np.maximum(arc - 1.0, 0))
    return point(arc), np.arctan2(ahead[..., 1], ahead[..., 0])
