"""Excavations in plan: the building's own dig, pits and trenches beside it, their ramps and blinding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.generators.construction_site.programme import programme
from buildee.generators.construction_site.section import ConstructionSite
from buildee.layout.placement import Footprint

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

HOSED = 2.3
"""How far a hose runs on over the ground, metres."""

TRENCH = 4.4
"""Width of the floor of a trench for pipes, metres: DN 800, room to work on either side (EN 1610), and for a bucket."""

SMALLEST = (7.0, 6.0)
"""Least length and width of a pit, metres."""


@dataclass(frozen=True)
class Dig:
    """An open excavation.

    Attributes:
        rim: its upper edge; machines work from the side towards its -Y.
        whole: the upper edge once all is dug; `rim` is the part that is open, from one end to the working face.
        depth: metres.
        sides: what holds them.
        ramp: the way down, downhill along its yaw, its upper end at the rim; None where machines stay outside.
        blinded: part of the floor under blinding concrete, or None.
        foundations: whether the building's foundations are made in it.
        occupied: whether some of them stand in it already.
        trench: whether it is dug for pipes.
    """

    rim: Footprint
    whole: Footprint
    depth: float
    sides: Literal["battered", "sheet_piled"]
    ramp: Footprint | None = None
    blinded: Footprint | None = None
    foundations: bool = False
    occupied: bool = False
    trench: bool = False

    @property
    def run(self) -> float:
        """From the rim to the edge of the floor, metres."""
        if self.sides == "sheet_piled":
            return PILE_WALL
        return slope_run(self.depth)

    @property
    def floor(self) -> Footprint:
        """The level floor between the feet of the sides."""
        return self.rim.grown(-self.run)

    @property
    def drained(self) -> float:
        """At which end of the dig its sump is, along the rim: away from the ramp, if there is one."""
        return 1.0 if self.ramp is None or float(self.rim.local((self.ramp.x, self.ramp.y))[0]) < 0 else -1.0

    @property
    def outlet(self) -> NDArray[np.float64]:
        """(2,) where the water from the sump is let go, on the side of the machines, metres."""
        rim = self.rim
        return rim.points([(self.drained * (1 - 2.2 / rim.length), -1 - 2 * HOSED / rim.width)])[0]


def slope_run(depth: float) -> float:
    """Returns from the rim to the foot of a battered side, its bench included, metres."""
    return depth / BATTER + BENCH


def foundation_dig(scene: ConstructionSite, building: Footprint, side: int, yaw: float) -> Dig:
    """Returns the building's own dig: it grows from the outer flank, its working face towards the middle of the lot.

    Args:
        scene: the section of the recipe.
        building: outline of the slabs.
        side: where the outer flank is, +1 towards +X.
        yaw: 0 when machines work from the front, pi from the rear.
    """
    lot, works = scene.lot, programme(scene.building.progress, scene.building.storeys)
    whole = replace(building.grown(1.7 if lot.pit_sides == "battered" else 1.0), yaw=yaw)
    least = 5.0 + FACE * max(scene.plant.excavators, 1)
    if lot.pit_sides == "sheet_piled":
        whole = piled(whole.grown(0.6))
    length = round(max(works.excavated * whole.length, least), 3)
    if lot.pit_sides == "sheet_piled":
        length = float(np.ceil(length / PILE_PAIR) * PILE_PAIR)
    length = min(length, whole.length)
    rim = replace(whole, x=whole.x + side * (whole.length - length) / 2, length=length)
    return Dig(rim, whole, FORMATION, lot.pit_sides, foundations=True, occupied=works.founded > 0)


def pit(scene: ConstructionSite, room: Footprint, draws: tuple[float, float, float, float]) -> Dig:
    """Returns a pit or a trench in the room for it, along the side from which machines work.

    Args:
        scene: the section of the recipe.
        room: what is free; machines stand towards its -Y.
        draws: between 0 and 1: length, width, whether it is a trench, which end the ramp and the ladder are at.

    Raises:
        PlacementError: if there is too little room.
    """
    lot = scene.lot
    need = max(SMALLEST[0], FACE * (scene.plant.excavators - 1) + 4.0)
    if SMALLEST[0] <= room.length < need:
        raise PlacementError(
            f"the pit's edge of {room.length:.1f} m has no room for {scene.plant.excavators} excavators, which need "
            f"{FACE:.0f} m each: lower scene.plant.excavators or raise scene.lot.width"
        )
    if room.length < need or room.width < SMALLEST[1]:
        raise PlacementError(
            f"no room for an excavation beside the building (only {room.length:.1f} x {room.width:.1f} m): "
            "raise scene.lot.width or scene.lot.depth, lower scene.building.bays_x, or set scene.lot.pit to false"
        )
    trench = draws[2] < 0.22 and room.length > 14.0
    length = room.length if room.length <= 13.0 else max(need, 13.0, (0.62 + 0.3 * draws[0]) * room.length)
    width = room.width if room.width <= 12.0 else max(12.0, (0.6 + 0.4 * draws[1]) * room.width)
    end = 1.0 if draws[3] < 0.5 else -1.0
    if trench:
        run = slope_run(lot.pit_depth) if lot.pit_sides == "battered" else PILE_WALL + 0.2
        length, width = room.length, min(TRENCH + 2 * run, room.width)
    x, y = room.points([(end * (1 - length / room.length), width / room.width - 1)])[0]
    rim = replace(room, x=float(x), y=float(y), length=length, width=width)
    if lot.pit_sides == "sheet_piled":
        rim = piled(rim)
        blinded = None if trench else _blinded(rim, PILE_WALL + 0.4, end, None)
        return Dig(rim, rim, lot.pit_depth, lot.pit_sides, blinded=blinded, trench=trench)
    if trench:
        return Dig(rim, rim, lot.pit_depth, lot.pit_sides, trench=True)
    ramp = _ramp(rim, lot.pit_depth, end)
    return Dig(rim, rim, lot.pit_depth, lot.pit_sides, ramp, _blinded(rim, slope_run(lot.pit_depth), end, ramp))


def _ramp(rim: Footprint, depth: float, end: float) -> Footprint | None:
    """Returns the way down at one end of a pit, from the side of the machines, or in a narrow pit from that end.

    None where there is no room for it.
    """
    fall, run = depth / RAMP, slope_run(depth)
    if rim.length > RAMP_WIDTH + 2 * run + 4.0 and rim.width > fall + 0.6 * run:
        along = end * (1 - 2 * (run + RAMP_WIDTH / 2) / rim.length)
        x, y = rim.point(along, fall / rim.width - 1)
        return Footprint(x, y, rim.yaw + np.pi / 2, fall, RAMP_WIDTH)
    if rim.width > RAMP_WIDTH + 2 * run and rim.length > fall + run + 4.0:
        x, y = rim.point(end * (1 - fall / rim.length), 1 - 2 * (run + RAMP_WIDTH / 2) / rim.width)
        return Footprint(x, y, rim.yaw + (np.pi if end > 0 else 0.0), fall, RAMP_WIDTH)
    return None


def _blinded(rim: Footprint, run: float, end: float, ramp: Footprint | None) -> Footprint | None:
    """Returns the part of a pit's floor under blinding, away from ramp and machines; None where it is too small."""
    floor = rim.grown(-run - 0.5)
    length, width = 0.48 * floor.length, 0.48 * floor.width
    if ramp is not None:  # short of its foot
        foot = float(rim.local(ramp.point(1.0, 0.0))[0]) * end - RAMP_WIDTH / 2 - 0.3
        length = min(length, floor.length / 2 + foot)
    if length < 2.5 or width < 2.0:
        return None
    x, y = floor.point(-end * (1 - length / floor.length), 0.5)
    return replace(floor, x=x, y=y, length=length, width=width)


def piled(rim: Footprint) -> Footprint:
    """Returns the largest rectangle within one that whole pairs of sheet piles close, walls along X from end to end.

    Pairs along X count from end to end, along Y between them, whichever way the rectangle is turned.
    """
    turned = abs(np.sin(rim.yaw)) > 0.5
    size = np.array([rim.width, rim.length] if turned else [rim.length, rim.width])
    size -= (0.0, 2 * PILE_WALL)
    size = np.floor(size / PILE_PAIR + 1e-9) * PILE_PAIR + (0.0, 2 * PILE_WALL)
    length, width = (round(float(value), 6) for value in (size[::-1] if turned else size))
    return replace(rim, length=length, width=width)
