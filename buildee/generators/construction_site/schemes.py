"""How sites are laid out: where the haul road runs, and what that leaves for building, crane, pit, stores and offices.

Schemes are written for a building towards +U, the flank; U is X, or -X on every other site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.excavations import Dig, foundation_dig, pit
from buildee.generators.construction_site.programme import programme
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import (
    COMPOUND_DEPTH,
    SCAFFOLD_CLEARANCE,
    WALKWAY_WIDTH,
    WICKET_OFFSET,
    Plot,
)
from buildee.layout.placement import Footprint
from buildee.recipe.seed import Seed

Access = Literal["front", "rear", "flank"]

REAR, FLANK = SCAFFOLD_CLEARANCE + 2.0, SCAFFOLD_CLEARANCE + 2.6
"""Least distances of the building from the edges of the lot behind and beside it, metres."""

CRANE = 2.6
"""From the strip for scaffolds to the middle of the crane's footing, metres."""

BESIDE_CRANE = 6.2
"""Width of the strip for a crane, metres."""

WALKED = WICKET_OFFSET + WALKWAY_WIDTH / 2 + 0.6
"""From the middle of a road that comes in through the gate to beyond the walkway along it, metres."""

DIGGING = 8.2
"""From the edge of the road to the rim of a pit: an excavator and room to load, metres."""

QUEUE, QUEUE_END = 15.5, 9.0
"""Road that a lorry takes in a queue, and that each end of the road leaves free, metres."""

HEAD = 9.5
"""From the edge of the lot to the middle of a turning head, metres."""

HEAD_RADIUS = 6.6
"""Of a turning head, metres."""

BEND = 9.0
"""Radius of the haul road's bends, metres."""


@dataclass(frozen=True)
class _Zones:
    """What a scheme decides, U for X, metres.

    Attributes:
        building, crane: their middles.
        road: corners of the haul road, from the gate to the turning head's middle.
        head: from the road's end to the middle of the head.
        pit: low u, low y, high u, high y of the room for one.
        access: the side of the pit from which machines work; the flank is the one towards +U.
        stores, compound: as `pit`.
        entry, offices, yard, walk_to: as in `Plot`.
    """

    building: tuple[float, float]
    crane: tuple[float, float]
    road: tuple[tuple[float, float], ...]
    head: tuple[float, float]
    pit: tuple[float, float, float, float]
    access: Access
    stores: tuple[float, float, float, float]
    compound: tuple[float, float, float, float]
    entry: int
    offices: int
    yard: int
    walk_to: float


@dataclass(frozen=True)
class _Lot:
    """What a scheme has to work with.

    Attributes:
        scene: the section of the recipe.
        length, width: of the building's ground slab, metres.
        draws: (8,) free choices, each 0 to 1.
    """

    scene: ConstructionSite
    length: float
    width: float
    draws: NDArray[np.float64]

    @property
    def half(self) -> tuple[float, float]:
        """Half the lot's width and depth, metres."""
        return self.scene.lot.width / 2, self.scene.lot.depth / 2

    @property
    def crane_room(self) -> float:
        """Width of the strip that the crane takes, or of what is left free without one, metres."""
        return BESIDE_CRANE if self.scene.plant.tower_crane else 1.0

    @property
    def corner(self) -> float:
        """U of the building's outer flank, metres."""
        spare = self.half[0] * 2 - self.length - 2 * FLANK - 16.0
        return self.half[0] - FLANK - float(np.clip(spare, 0, 4.0)) * float(self.draws[5]) ** 2


def organised(scene: ConstructionSite, outline: tuple[float, float], seed: Seed) -> Iterator[Plot]:
    """Yields the zones by one scheme after another, those that the lot has room for.

    Args:
        scene: the section of the recipe.
        outline: length and width of the building's ground slab, metres.
        seed: of the free choices.

    Raises:
        PlacementError: if building, road, stores and compound do not fit the lot by the last scheme to be tried.
    """
    rng = seed.rng()
    side = 1 if rng.random() < 0.5 else -1
    lot = _Lot(scene, *outline, seed.child("choices").rng().random(8))
    names = list(SCHEMES) if scene.lot.scheme == "any" else [scene.lot.scheme]
    order = [names[k] for k in seed.child("scheme").rng().permutation(len(names))]
    if scene.lot.scheme == "any":
        order.append("front")  # the one that needs least: its refusal says what to change
    ends = rng.random(4)
    for place, name in enumerate(order):
        try:
            yield _plot(lot, side, SCHEMES[name](lot), tuple(ends.tolist()), place < len(order) - 1)
        except PlacementError:
            if place == len(order) - 1:
                raise


def _plot(lot: _Lot, side: int, zones: _Zones, draws: tuple[float, float, float, float], foreseen: bool) -> Plot:
    """Returns the site that a scheme describes, on one hand or the other.

    Where a pit is `foreseen`, its room is looked for even before the slab is cast, so that a site keeps its scheme.
    """
    scene = lot.scene

    def rectangle(bounds: tuple[float, float, float, float], yaw: float = 0.0) -> Footprint:
        low_u, low_y, high_u, high_y = bounds
        size = high_u - low_u, high_y - low_y
        length, width = size[::-1] if abs(np.sin(yaw)) > 0.5 else size
        return Footprint.of(side * (low_u + high_u) / 2, (low_y + high_y) / 2, yaw, length, max(width, 1.0))

    building = Footprint.of(side * zones.building[0], zones.building[1], 0.0, lot.length, lot.width)
    turned = {"front": 0.0, "rear": np.pi, "flank": side * np.pi / 2}[zones.access]
    dig: Dig | None = None
    has_slab = programme(scene.building.progress, scene.building.storeys).has_slab
    if scene.lot.pit and (has_slab or foreseen):
        room = zones.pit
        if room[2] - room[0] < 1 or room[3] - room[1] < 1:
            raise PlacementError(
                "no room for an excavation beside the building: raise scene.lot.width or scene.lot.depth, lower "
                "scene.building.bays_x, or set scene.lot.pit to false"
            )
        dig = pit(scene, rectangle(room, turned), draws)
    if not has_slab:
        dig = foundation_dig(scene, building, side, np.pi if zones.yard > 0 else 0.0)
    corners = np.array(zones.road) * (side, 1.0)
    gate = corners[0]
    road = _rounded(np.concatenate([[gate - (0.0, 8.0)], corners[1:]]), corners[0], BEND)
    turning = np.array([*(corners[-1] + np.array(zones.head) * (side, 1.0)), HEAD_RADIUS])
    return Plot(
        scene.lot.width,
        scene.lot.depth,
        side,
        scene.surroundings.street_width,
        building,
        np.array(zones.crane) * (side, 1.0),
        gate,
        road,
        scene.lot.road_width,
        turning,
        dig,
        rectangle(zones.stores),
        rectangle(zones.compound),
        side * zones.entry,
        side * zones.offices,
        zones.yard,
        zones.walk_to,
    )


def _front(lot: _Lot) -> _Zones:
    """The road runs along the front of a building that stands at the back; the pit is beside it, behind the road."""
    scene, (half_x, half_y), draws = lot.scene, lot.half, lot.draws
    road_width, length, width = scene.lot.road_width, lot.length, lot.width
    spare = 2 * half_y - REAR - width - SCAFFOLD_CLEARANCE - COMPOUND_DEPTH - 1.0 - road_width - 5.0
    if spare < 0:
        raise PlacementError(
            f"a building {width:.1f} m deep leaves no room for the haul road on a lot {2 * half_y:.1f} m deep: "
            f"raise scene.lot.depth by {-spare:.1f} m or lower scene.building.bays_y"
        )
    least = length + 2 * FLANK + (7.0 if scene.plant.tower_crane else 1.0) + 4.0
    if 2 * half_x < least:
        raise PlacementError(
            f"a building {length:.1f} m long and a crane do not fit a lot {2 * half_x:.1f} m wide: "
            f"raise scene.lot.width to {least:.1f} m or lower scene.building.bays_x"
        )
    x, y = lot.corner - length / 2, half_y - REAR - 0.25 * spare * draws[6] ** 2 - width / 2
    inner = x - length / 2 - SCAFFOLD_CLEARANCE  # u of the building's pit side
    road_y = -half_y + COMPOUND_DEPTH + 0.8 + road_width / 2 + 0.15 * spare * draws[0] * 2
    low, high = road_y + road_width / 2 + 0.6, y - width / 2 - SCAFFOLD_CLEARANCE - 1.2
    crane, beside = (inner - CRANE, y - width / 2 + 3.0 + draws[1] * (width - 6.0)), lot.crane_room
    if high - low > 10.5 and draws[2] < 0.4 and scene.plant.excavators < 2:  # at the front corner
        crane, beside = (inner + SCAFFOLD_CLEARANCE + 1.0, y - width / 2 - SCAFFOLD_CLEARANCE - CRANE), 1.0
    outwards = draws[3] < 0.6
    gate = (half_x - 11.0 - 3.0 * draws[4]) * (1.0 if outwards else -1.0)
    end = (HEAD - half_x) if outwards else half_x - HEAD
    return _Zones(
        (x, y),
        crane,
        ((gate, -half_y), (gate, road_y), (end, road_y)),
        (0.0, 0.6),
        (3.0 - half_x, road_y + road_width / 2 + DIGGING, inner - beside, half_y - 3.4),
        "front",
        (inner - 2.0, low, half_x - 2.5, high),
        (1.0 - half_x, -half_y + 0.8, half_x - 1.0, -half_y + 0.2 + COMPOUND_DEPTH),
        -1 if outwards else 1,
        -1 if outwards else 1,
        -1,
        y - width / 2 - SCAFFOLD_CLEARANCE - 0.4,
    )


def _rear(lot: _Lot) -> _Zones:
    """The building stands at the street; the road passes its flank and turns behind it, where the stores are."""
    scene, (half_x, half_y), draws = lot.scene, lot.half, lot.draws
    road_width, length, width = scene.lot.road_width, lot.length, lot.width
    outside = draws[2] < 0.4 or scene.plant.excavators > 1  # the crane stands at the outer flank
    x = lot.corner - length / 2 - (lot.crane_room if outside else 0.0)
    y = -half_y + 5.4 + 1.6 * draws[6] + width / 2
    rear, inner = y + width / 2 + SCAFFOLD_CLEARANCE, x - length / 2 - SCAFFOLD_CLEARANCE
    gate = inner - WALKED
    behind = half_y - rear - 1.8 - 8.5 - road_width > DIGGING + 3.4 + 6.0 and draws[3] < 0.4
    yard = 8.5 if behind else _yard(lot, rear)
    road_y = rear + 1.2 + yard + 0.6 + road_width / 2
    _check_room(gate + half_x - road_width / 2 - 8.0, "scene.lot.width", "scene.building.bays_x")
    corner = x + length / 2 + SCAFFOLD_CLEARANCE + CRANE, y + (draws[1] - 0.5) * (width - 6.0)
    crane = corner if outside else (x - length / 2 + 1.5, rear + CRANE)
    room = (3.0 - half_x, -half_y + COMPOUND_DEPTH + 2.0, gate - road_width / 2 - DIGGING, half_y - 3.4)
    if behind:
        room = (gate - 8.0, road_y + road_width / 2 + DIGGING, half_x - HEAD - HEAD_RADIUS - 1.5, half_y - 3.4)
    return _Zones(
        (x, y),
        crane,
        ((gate, -half_y), (gate, road_y), (half_x - HEAD, road_y)),
        (0.0, 0.6),
        room,
        "front" if behind else "flank",
        (crane[0] + 3.6 if not outside else inner, rear + 1.2, half_x - 2.5, rear + 1.2 + yard),
        (1.0 - half_x, -half_y + 0.8, gate - 5.0, -half_y + 0.2 + COMPOUND_DEPTH),
        1,
        -1,
        1,
        y + width / 2,
    )


def _around(lot: _Lot) -> _Zones:
    """The road goes round the building: up the outer flank, behind it and to the far end, past the pit's rear."""
    scene, (half_x, half_y), draws = lot.scene, lot.half, lot.draws
    road_width, length, width = scene.lot.road_width, lot.length, lot.width
    gate = half_x - 8.4 - 0.6 * draws[4]
    x = gate - WALKED - SCAFFOLD_CLEARANCE - length / 2
    y = -half_y + COMPOUND_DEPTH + 1.2 + SCAFFOLD_CLEARANCE + 1.5 * draws[6] + width / 2
    rear, inner = y + width / 2 + SCAFFOLD_CLEARANCE, x - length / 2 - SCAFFOLD_CLEARANCE
    yard = _yard(lot, rear)
    road_y = rear + 1.2 + yard + 0.6 + road_width / 2
    _check_room(inner - 7.0 + half_x, "scene.lot.width", "scene.building.bays_x")
    behind = draws[2] < 0.4 and scene.plant.excavators < 2
    crane = (inner - CRANE, y + (draws[1] - 0.5) * (width - 6.0))
    if behind:
        crane = (x - length / 2 + 1.5, rear + CRANE)
    return _Zones(
        (x, y),
        crane,
        ((gate, -half_y), (gate, road_y), (HEAD - half_x + 3.0 * draws[3], road_y)),
        (0.0, 0.6),
        (
            3.0 - half_x,
            -half_y + COMPOUND_DEPTH + 2.0,
            inner - (1.0 if behind else lot.crane_room),
            road_y - road_width / 2 - DIGGING,
        ),
        "rear",
        (crane[0] + 3.6 if behind else inner, rear + 1.2, gate - road_width / 2 - 1.0, rear + 1.2 + yard),
        (1.0 - half_x, -half_y + 0.8, gate - 8.0, -half_y + 0.2 + COMPOUND_DEPTH),
        -1,
        -1,
        1,
        y,
    )


def _flank(lot: _Lot) -> _Zones:
    """The road goes straight back between pit and building and ends there; the stores are in front of the building."""
    scene, (half_x, half_y), draws = lot.scene, lot.half, lot.draws
    road_width, length, width = scene.lot.road_width, lot.length, lot.width
    x, y = lot.corner - length / 2, half_y - REAR - 1.5 * draws[6] - width / 2
    inner, front = x - length / 2 - SCAFFOLD_CLEARANCE, y - width / 2 - SCAFFOLD_CLEARANCE
    cornered = draws[2] < 0.5 and scene.plant.excavators < 2  # the crane stands at the front corner
    crane = (inner - CRANE, y - width / 2 + 3.0)
    if cornered:
        crane = (inner + SCAFFOLD_CLEARANCE + 1.5, front - CRANE)
    gate = inner - max(1.0 if cornered else lot.crane_room, WALKED - road_width / 2) - 0.8 - road_width / 2
    low = -half_y + COMPOUND_DEPTH + 1.0
    _check_room(front - 1.2 - low - 5.0, "scene.lot.depth", "scene.building.bays_y")
    head_y = half_y - HEAD
    lorries = scene.plant.dump_trucks + scene.plant.concrete_mixers
    _check_room(
        head_y + half_y + 8.0 - 2 * QUEUE_END - QUEUE * (lorries - 1), "scene.lot.depth", "the number of lorries"
    )
    clear = gate + HEAD_RADIUS - 1.2 - (inner if cornered else crane[0] - 3.4)
    if not cornered and clear > 0:
        crane = (crane[0], min(crane[1], head_y - HEAD_RADIUS - 3.4))
    return _Zones(
        (x, y),
        crane,
        ((gate, -half_y), (gate, head_y)),
        (-1.2, 0.0),
        (3.0 - half_x, low + 1.0, gate - road_width / 2 - DIGGING, half_y - 3.4),
        "flank",
        (inner - 1.0, low, half_x - 2.5, front - 1.2),
        (1.0 - half_x, -half_y + 0.8, half_x - 1.0, -half_y + 0.2 + COMPOUND_DEPTH),
        1,
        1 if draws[4] < 0.5 else -1,
        -1,
        front - 0.4,
    )


def _yard(lot: _Lot, rear: float) -> float:
    """Returns the depth of the stores between a building's rear scaffold and the road behind it, metres."""
    room = lot.half[1] - 1.5 - HEAD_RADIUS - rear - 1.8 - lot.scene.lot.road_width / 2
    _check_room(room - 8.5, "scene.lot.depth", "scene.building.bays_y")
    return min(room, 11.0 + 4.0 * float(lot.draws[0]))


SCHEMES: Mapping[str, Callable[[_Lot], _Zones]] = MappingProxyType(
    {"front": _front, "rear": _rear, "around": _around, "flank": _flank}
)
"""By the name of how the haul road runs."""


def _check_room(spare: float, raised: str, lowered: str) -> None:
    """Raises PlacementError where a scheme lacks room, metres."""
    if spare < 0:
        raise PlacementError(
            f"the haul road as scene.lot.scheme asks for it needs {-spare:.1f} m more: raise {raised}, "
            f"lower {lowered} or set scene.lot.scheme to any"
        )


def _rounded(corners: ArrayLike, gate: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Returns a way through corners in bends, of at most a radius; none begins before the gate."""
    corners = np.asarray(corners, np.float64)
    points = [corners[:1]]
    for number, (before, corner, after) in enumerate(zip(corners, corners[1:], corners[2:], strict=False)):
        back, ahead = before - corner, after - corner
        room = np.linalg.norm(gate - corner) - 1.0 if number == 0 else np.linalg.norm(back) / 2
        reach = min(radius, float(room), float(np.linalg.norm(ahead)) / 2)
        back, ahead = back / np.linalg.norm(back), ahead / np.linalg.norm(ahead)
        angles = np.linspace(0, np.pi / 2, 9)[:, None]
        points.append(corner + reach * (back * (1 - np.sin(angles)) + ahead * (1 - np.cos(angles))))
    return np.concatenate([*points, corners[-1:]])
