"""Fronts and rears of town houses, put together from the pieces of `facades`. Metres.

As there: the front is the plane x = 0 facing +X, y runs along the street.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from buildee.layout.lettering import text
from buildee.layout.mesh import Mesh
from buildee.town import roofs
from buildee.town.facades import (
    BASE,
    BLIND,
    DARK,
    GABLE,
    GLASS,
    LETTER,
    METAL,
    REVEAL,
    TRIM,
    WALL,
    Bounds,
    balcony,
    bar,
    bay_window,
    door,
    hangings,
    repeated,
    rings,
    sheets,
    shop,
    streaks,
    window,
)
from buildee.town.houses import House

NAMES = ("BAKER & SON", "CAFE LINDE", "NORDSTERN", "BOOKS", "OPTIK HALL", "FLOWERS", "TAILOR", "RADIO BERG", "CYCLES")
NAMES += (
    "PHARMACY",
    "THE OLD MILL",
    "HAIR BY ADA",
    "FISH BAR",
    "KIOSK",
    "PAPER & INK",
    "TOOLS HIRE",
    "VINO",
    "TEA ROOM",
)
"""Invented names over shops."""


def front(spec: House, rng: np.random.Generator) -> list[Mesh]:
    """Returns the pieces of the street front."""
    parts, lit = [], []
    for level, low, high in _rows(spec):
        slot = BASE if level == 0 and spec.style in ("boulevard", "office") else WALL
        free = set(range(spec.columns))
        if level == 0:
            doors = sorted(free & set(spec.doors))
            parts += _entrances(spec, doors, low, high, slot)
            free -= set(doors)
            if spec.shops:
                parts += _shops(spec, sorted(free), low, high, rng)
                free = set()
            bays = sorted(free & set(spec.bays))
            if bays:
                width = round(min(2.2, spec.length / spec.columns - 0.3), 3)
                wall, holes = _opened(spec, bays, low, high, (width, 2.6, 0.0), slot)
                parts += [wall, repeated(bay_window(width, spec.window[1], 2.6), _feet(holes))]
                free -= set(bays)
        open_ones = sorted(free & set(spec.balconies)) if level > 0 else []
        if open_ones:
            width = min(spec.window[0], 1.6)
            wall, holes = _opened(spec, open_ones, low, high, (width, 2.2, 0.08), slot)
            is_iron = spec.style == "boulevard"
            size = (1.9, 0.85, True) if is_iron else (round(spec.length / spec.columns - 0.25, 3), 1.25, False)
            dress = spec.dress if is_iron else "bare"
            unit = window(width, 2.2, "transom" if is_iron else "tilt", dress, slot)
            parts += [wall, repeated(unit, _feet(holes)), repeated(balcony(*size), _feet(holes) - (0, 0, 0.04))]
            lit.append(holes)
            free -= set(open_ones)
        if free:
            width, height = spec.window
            height = height * (0.85 if level == len(spec.levels) - 2 and spec.style == "boulevard" else 1.0)
            cill = 0.95 if spec.style != "boulevard" else 0.8
            dress = "framed" if spec.dress == "gabled" and level != 1 else spec.dress
            wall, holes = _opened(spec, sorted(free), low, high, (width, height, cill), slot)
            parts += [wall, repeated(window(width, height, spec.panes, dress, slot), _feet(holes))]
            lit.append(holes)
    lit = np.concatenate(lit) if lit else np.zeros((0, 4))
    share = {"office": 0.35, "warehouse": 0.2}.get(spec.style, 0.75)
    parts += [hangings(lit, rng, share), _mouldings(spec), _pipes(spec)]
    if spec.dress != "bare":
        parts.append(streaks(lit, rng))
    return parts


def rear(spec: House, rng: np.random.Generator, clear: bool = False) -> Mesh:
    """Returns the rear, plain: windows in plain walls; x = 0 faces +X like a front.

    Args:
        spec: the house.
        rng: draws blinds.
        clear: whether one sees through the panes; otherwise they are dark.
    """
    width, height = (1.3, 1.4) if spec.style != "office" else spec.window
    panes = "casement" if spec.style != "office" else "ribbon"
    columns = list(range(spec.columns))
    storeys = [_cells(spec, columns, low, high, (width, height, 0.95)) for _, low, high in _rows(spec)]
    cells, holes = (np.concatenate(some) for some in zip(*storeys, strict=True))
    unit = window(width, height, panes, "plain", GABLE)
    if clear:
        return Mesh.merged([rings(cells, 0.0, holes, 0.0, GABLE), repeated(unit, _feet(holes)), hangings(holes, rng)])
    unit = replace(unit, slots=np.where(unit.slots == GLASS, DARK, unit.slots).astype(np.int32))
    drawn = holes[rng.random(len(holes)) < 0.3].copy()
    drawn[:, 1] += (drawn[:, 3] - drawn[:, 1]) * rng.choice([0.05, 0.4, 0.6], len(drawn))
    blinds = sheets(drawn + np.array([0.06, 0.0, -0.06, -0.06]), -REVEAL - 0.03, BLIND)
    return Mesh.merged([rings(cells, 0.0, holes, 0.0, GABLE), repeated(unit, _feet(holes)), blinds])


def flank(spec: House, sign: int, rng: np.random.Generator) -> Mesh:
    """Returns the end wall of a corner house up to its eaves, with windows, where it stands in the house's frame."""
    columns = max(2, round(spec.depth / (spec.length / spec.columns)))
    wall = rear(replace(spec, length=spec.depth, columns=columns), rng, True)
    pose = np.array(
        [(0, -sign, 0, -spec.depth / 2), (sign, 0, 0, sign * spec.length / 2), (0, 0, 1, 0), (0, 0, 0, 1.0)]
    )
    return wall.transformed(pose)


def _rows(spec: House) -> list[tuple[int, float, float]]:
    """Returns number, floor and top of the wall of every storey."""
    tops = [*spec.levels[1:-1], spec.eaves]
    floors = [spec.levels[0] - 0.1, *spec.levels[1:-1]]
    return list(zip(range(len(tops)), floors, tops, strict=True))


def _opened(spec: House, columns: list[int], low: float, high: float, opening: tuple, slot: int) -> tuple[Mesh, Bounds]:
    """Returns the wall of some columns of a storey with an opening each, and the openings.

    Args:
        spec: the house.
        columns: which.
        low, high: foot and top of the wall, metres.
        opening: width, height and height of the cill above `low`, metres.
        slot: of the wall.
    """
    cells, holes = _cells(spec, columns, low, high, opening)
    return rings(cells, 0.0, holes, 0.0, slot), holes


def _cells(spec: House, columns: list[int], low: float, high: float, opening: tuple) -> tuple[Bounds, Bounds]:
    """Returns the pieces of a storey's wall that some columns have, and their openings, as `_opened` takes them."""
    y, bay = spec.y[columns], spec.length / spec.columns
    width, height, cill = opening
    return _rectangles(y, bay, low, high), _rectangles(y, width, low + cill, low + cill + height)


def _rectangles(y: np.ndarray, width: float, low: float, high: float) -> Bounds:
    """Returns upright rectangles of one size about (N,) places side by side."""
    bounds = np.empty((len(y), 4))
    bounds[:, 0], bounds[:, 2] = y - width / 2, y + width / 2
    bounds[:, 1], bounds[:, 3] = low, high
    return bounds


def _feet(holes: Bounds) -> np.ndarray:
    """Returns (N, 3) where units stand in openings."""
    feet = np.zeros((len(holes), 3))
    feet[:, 1], feet[:, 2] = (holes[:, 0] + holes[:, 2]) / 2, holes[:, 1]
    return feet


def _entrances(spec: House, doors: list[int], low: float, high: float, slot: int) -> list[Mesh]:
    """Returns the wall about front doors, and the doors with steps down to the ground."""
    if not doors:
        return []
    height = 2.75 if high - low > 2.95 else 2.35
    width = 1.7 if spec.style in ("office", "boulevard") else 1.0
    wall, holes = _opened(spec, doors, low + 0.1, high, (width, height, 0.0), slot)
    bay = spec.length / spec.columns
    y = spec.y[doors]
    fill = np.column_stack([y - bay / 2, 0 * y + low, y + bay / 2, 0 * y + low + 0.1])
    unit = door(width, height, max(1, round(spec.levels[0] / 0.17)))
    return [wall, sheets(fill, 0.0, slot), repeated(unit, _feet(holes))]


def _shops(spec: House, columns: list[int], low: float, high: float, rng: np.random.Generator) -> list[Mesh]:
    """Returns shop fronts, every second column with the shop's door, and a name over pairs of columns."""
    bay = spec.length / spec.columns
    width = round(bay - 0.35, 3)
    parts = []
    awnings = rng.random() < 0.4
    for turn in (0, 1):
        some = [column for column in columns if column % 2 == turn]
        if some:
            wall, holes = _opened(spec, some, low, high, (width, 2.75, 0.1), TRIM)
            parts += [wall, repeated(shop(width, 2.75, turn == 0, awnings), _feet(holes))]
    for column in columns[::2]:
        name = text(str(rng.choice(NAMES)), 0.26, 0.02, "middle")
        fit = min(1.0, (width - 0.2) / max(np.ptp(name.bounds[:, 0]), 0.1))
        pose = np.array(
            [(0, 0, 1, 0.13), (fit, 0, 0, spec.y[column]), (0, fit, 0, low + 0.1 + 2.75 + 0.18), (0, 0, 0, 1.0)]
        )
        parts.append(name.transformed(pose).with_slot(LETTER))
    return parts


def _mouldings(spec: House) -> Mesh:
    """Returns what runs along the front: string courses, cornice with its blocks, rustication, pilasters, bands."""
    half, eaves = spec.length / 2, spec.eaves
    across = (-half, half)
    parts = []
    if spec.style == "boulevard":
        first = spec.levels[1]
        parts.append(bar((-0.02, 0.14), across, (first - 0.12, first + 0.1), TRIM))
        parts += [bar((-0.02, 0.06), across, (z - 0.06, z + 0.08), TRIM) for z in spec.levels[2:-1]]
        parts.append(bar((-0.02, 0.5), across, (eaves - 0.18, eaves), TRIM))
        parts.append(bar((-0.02, 0.3), across, (eaves - 0.42, eaves - 0.18), TRIM))
        y = np.arange(-half + 0.3, half - 0.2, 0.75)
        block = bar((-0.02, 0.26), (-0.09, 0.09), (-0.36, 0.0), TRIM)
        parts.append(repeated(block, np.column_stack([0 * y, y, 0 * y + eaves - 0.42])))
        if not spec.shops:
            bay = spec.length / spec.columns
            piers = -half + bay * np.arange(spec.columns + 1)
            z = np.arange(spec.levels[0] + 0.15, first - 0.3, 0.42)
            stone = bar((-0.02, 0.035), (-0.3, 0.3), (0.0, 0.39), BASE)
            places = np.stack(np.meshgrid([0.0], piers[1:-1], z, indexing="ij"), -1).reshape(-1, 3)
            parts.append(repeated(stone, places))
    elif spec.style == "warehouse":
        bay = spec.length / spec.columns
        piers = np.clip(-half + bay * np.arange(spec.columns + 1), -half + 0.25, half - 0.25)
        pier = bar((-0.02, 0.14), (-0.25, 0.25), (spec.levels[0] - 0.1, eaves - 0.5), WALL)
        parts.append(repeated(pier, np.column_stack([0 * piers, piers, 0 * piers])))
        parts.append(bar((-0.02, 0.2), across, (eaves - 0.5, eaves - 0.1), WALL))
        parts += [bar((-0.02, 0.04), across, (z - 0.25, z), TRIM) for z in spec.levels[1:-1]]
    elif spec.style == "terrace":
        y = np.arange(-half + 0.12, half, 0.24)
        tooth = bar((-0.02, 0.07), (-0.06, 0.06), (0.0, 0.1), WALL)
        parts.append(repeated(tooth, np.column_stack([0 * y, y, 0 * y + eaves - 0.38])))
        parts.append(bar((-0.02, 0.09), across, (eaves - 0.28, eaves - 0.18), WALL))
    elif spec.style == "office":
        parts += [bar((-0.02, 0.05), across, (z + 0.02, z + 0.1), METAL) for z in spec.levels[1:]]
    else:
        parts.append(bar((-0.02, 0.02), across, (spec.levels[0] - 0.16, spec.levels[0] - 0.08), TRIM))
    return Mesh.merged(parts)


def _pipes(spec: House) -> Mesh:
    """Returns the rain pipes of the front."""
    if spec.style == "office":
        return Mesh.merged([])
    y = spec.length / 2 - 0.16
    pitched = spec.roof != "flat"
    out = 0.45 if pitched else 0.1
    top = spec.eaves - (0.02 if pitched else 0.75)
    x = 0.0 if spec.style != "warehouse" else 0.14
    pipes = [roofs.downpipe(x, y, top, out + 0.02)]
    return Mesh.merged(pipes if spec.length < 14 else [*pipes, roofs.downpipe(x, -y, top, out + 0.02)])
