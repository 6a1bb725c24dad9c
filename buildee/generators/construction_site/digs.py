"""Excavations as heights: battered sides, benches and bucket marks, sheer sides behind sheet piles, ramp and sump."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.excavations import BATTER, BENCH, PILE_WALL, Dig
from buildee.generators.construction_site.relief import Array, Grid, ramp
from buildee.layout.placement import Footprint

SHEER = 0.02
"""Over how much run the ground drops behind sheet piles, metres."""

BENCHED = 2.0
"""From which depth on battered sides are benched, metres."""

BUCKET = 1.15
"""Width of the excavators' buckets, which leave their marks on the sides, metres."""

STRIPPED = 0.22
"""Thickness of the topsoil that is stripped before anything is dug, metres."""


def exact_lines(dig: Dig | None) -> tuple[list[float], list[float]]:
    """Returns the x and y coordinates at which the grid needs lines to drop sheer, and to be level under blinding."""
    if dig is None or dig.sides == "battered":
        return [], []
    low, high = dig.rim.corners.min(0), dig.rim.corners.max(0)
    steps = (0.0, SHEER)
    return tuple([float(low[k] + step) for step in steps] + [float(high[k] - step) for step in steps] for k in (0, 1))


def rim_level(dig: Dig, grid: Grid, salt: int) -> Array:
    """Returns the signed distance from the upper edge, negative in the dig: straight, or crumbling."""
    if dig.sides == "sheet_piled":
        return dig.rim.distance(grid.points)
    rounded = dig.rim.grown(-1.2).distance(grid.points) - 1.2
    crumbled = 0.28 * (1 + grid.fractal(3.8, 3, salt + 50)) + 0.05 * grid.noise(0.6, salt + 57)
    return rounded + crumbled * (0.4 if dig.foundations else 1.0)


def depth(dig: Dig, grid: Grid, level: Array, salt: int) -> Array:
    """Returns how far below the former ground the dig reaches; 0 outside.

    Args:
        dig: the excavation.
        grid: vertices in plan.
        level: from `rim_level`.
        salt: selects the noise.
    """
    if dig.sides == "sheet_piled":
        share = np.clip(-level / SHEER, 0, 1)
        return share * (dig.depth + _floor(dig, grid, salt))
    inwards = -level
    inwards = inwards + np.where(inwards > 0, _marks(dig.rim, grid, salt), 0.0)
    stations, depths = _profile(dig.depth)
    dug = np.interp(inwards, stations, depths)
    dug = dug + _floor(dig, grid, salt) * ramp(inwards, stations[-1] - 0.4, stations[-1] + 0.6)
    if dig.ramp is not None:
        dug = np.minimum(dug, np.maximum(_ramp_depth(dig.ramp, dig.depth, grid), 0.0))
    return np.where(level < 0, dug, 0.0)


def stripped(dig: Dig, grid: Grid, salt: int) -> Array:
    """Returns how deep the topsoil is stripped around a dig under foundations."""
    if not dig.foundations:
        return np.zeros(grid.points.shape[:-1])
    edge = dig.whole.grown(-0.1).distance(grid.points) + 0.2 * grid.fractal(2.5, 2, salt + 90)
    return STRIPPED * ramp(-edge, -0.4, 0.25)


def _profile(deep: float) -> tuple[list[float], list[float]]:
    """Returns stations inwards from the rim and the depths there, metres."""
    if deep <= BENCHED:
        return [0.0, deep / BATTER], [0.0, deep]
    upper = 0.46 * deep
    bench = upper / BATTER
    return [0.0, bench, bench + BENCH, bench + BENCH + (deep - upper) / BATTER], [0.0, upper, upper + 0.06, deep]


def _marks(rim: Footprint, grid: Grid, salt: int) -> Array:
    """Returns how far the bucket's passes bite into the sides: flutes a bucket wide that run down the slope."""
    local = rim.local(grid.points)
    beside = rim.width / 2 - np.abs(local[..., 1]) > rim.length / 2 - np.abs(local[..., 0])
    run = np.where(beside, local[..., 1], local[..., 0]) / BUCKET + 0.35 * grid.noise(3.0, salt + 52)
    flute = np.abs(np.sin(np.pi * run))
    pass_depth = grid.noise(BUCKET, salt + 53)  # no two passes reach equally far
    return 0.13 * flute + 0.1 * pass_depth - 0.05


def _floor(dig: Dig, grid: Grid, salt: int) -> Array:
    """Returns how much deeper than planned the floor is: rough under excavators, trimmed under foundations, a sump."""
    rough = 0.025 if dig.foundations else 0.09
    floor = rough * (grid.fractal(2.8, 3, salt + 60) + 0.8 * grid.noise(9.0, salt + 63))
    if dig.foundations:
        return floor
    away = np.hypot(*np.moveaxis(grid.points - sump(dig), -1, 0))
    floor = floor + 0.07 * ramp(away, 9.0, 1.0) + 0.5 * ramp(away, 1.5, 0.55)
    if dig.blinded is not None:
        floor = floor * ramp(dig.blinded.distance(grid.points), 0.25, 1.0)
    return floor


def sump(dig: Dig) -> NDArray[np.float64]:
    """Returns the (2,) middle of the hollow at the foot of the side where water is pumped from, metres."""
    run = _profile(dig.depth)[0][-1] if dig.sides == "battered" else PILE_WALL + 0.3
    rim, floor = dig.rim, dig.rim.grown(-run - 1.3)
    return rim.points([(dig.drained * floor.length / rim.length, -max(floor.width, 0.0) / rim.width)])[0]


def _ramp_depth(way: Footprint, deep: float, grid: Grid) -> Array:
    """Returns how deep the ramp lies, and the loose flanks that run out from it."""
    local = way.local(grid.points)
    down = np.clip((local[..., 0] + way.length / 2) / way.length, 0, 1)
    beside = np.maximum(np.abs(local[..., 1]) - way.width / 2, 0)
    past = np.maximum(local[..., 0] - way.length / 2, 0)
    return deep * down + 0.9 * beside + 0.5 * past
