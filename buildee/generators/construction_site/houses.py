"""Town houses of several kinds: what closes the view behind the fence. Metres.

The kinds and their storeys follow what stands in northern European towns: brick terraces of 2.7 m storeys, blocks of
the 1880s with 3.6 m rooms over a shop, housing of the 1960s at 2.75 m, offices at 3.5 m, brick warehouses at 4 m.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from buildee.generators.construction_site import roofs
from buildee.generators.construction_site.facades import (
    ACCENT,
    BASE,
    GABLE,
    LETTER,
    METAL,
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
    rooms,
    sheets,
    shop,
    streaks,
    window,
)
from buildee.layout.lettering import text
from buildee.layout.mesh import Mesh

Style = Literal["terrace", "boulevard", "estate", "office", "warehouse"]

NAMES = ("BAKER & SON", "CAFE LINDE", "NORDSTERN", "BOOKS", "OPTIK HALL", "FLOWERS", "TAILOR", "RADIO BERG", "CYCLES")
NAMES += ("PHARMACY", "THE OLD MILL", "HAIR BY ADA", "FISH BAR", "KIOSK", "PAPER & INK", "TOOLS HIRE", "VINO", "TEA ROOM")
"""Invented names over shops."""


@dataclass(frozen=True)
class House:
    """What a house is like.

    Attributes:
        style: its kind.
        length: along the street, metres.
        depth: away from it, metres.
        levels: heights of its floors, then of the ceiling of the last storey, metres.
        columns: how many windows side by side.
        window: width and height, metres.
        panes: how windows are divided, a key of `facades.PANES`.
        dress: what surrounds them, as in `facades.window`.
        roof: its form.
        shops: whether the ground floor is let to shops.
        balconies: columns that have balconies.
        bays: columns of the ground floor that have a bay window.
        doors: columns that have the front door.
    """

    style: Style
    length: float
    depth: float
    levels: tuple[float, ...]
    columns: int
    window: tuple[float, float]
    panes: str
    dress: str
    roof: Literal["gable", "mansard", "flat"]
    shops: bool = False
    balconies: tuple[int, ...] = ()
    bays: tuple[int, ...] = ()
    doors: tuple[int, ...] = (0,)

    @property
    def eaves(self) -> float:
        """Height of the top of the walls, metres."""
        return self.levels[-1] + (0.75 if self.roof == "flat" else 0.3)

    @property
    def top(self) -> float:
        """Height of the ridge or parapet, metres."""
        rise = {"flat": 0.05, "mansard": 3.3, "gable": 0.8 * (self.depth / 2 + 0.45)}
        return self.eaves + rise[self.roof]

    @property
    def y(self) -> np.ndarray:
        """(columns,) middles of the columns of windows, metres."""
        bay = self.length / self.columns
        return -self.length / 2 + bay * (np.arange(self.columns) + 0.5)


def draw(rng: np.random.Generator, length: float, storeys: int, style: Style) -> House:
    """Draws a house of a given length and kind with about a given number of storeys."""
    count = int(max(1, storeys + rng.integers(-1, 2)))
    if style == "terrace":
        count, base, height, bay = min(count, 3), 0.4, 2.75, 2.6
    elif style == "boulevard":
        count, base, height, bay = int(np.clip(count, 3, 6)), 0.25, float(rng.choice([3.4, 3.6])), 2.3
    elif style == "estate":
        count, base, height, bay = int(np.clip(count, 3, 8)), 0.6, 2.75, 3.3
    elif style == "office":
        count, base, height, bay = int(np.clip(count, 3, 9)), 0.15, 3.5, float(rng.choice([2.7, 3.6]))
    else:
        count, base, height, bay = int(np.clip(count, 2, 4)), 0.5, 4.0, 3.6
    shops = style == "boulevard" and rng.random() < 0.6
    ground = 4.1 if shops or style == "office" else height
    levels = tuple(base + np.concatenate([[0], ground + height * np.arange(count)]).round(3))
    columns = max(2, round(length / bay))
    every = np.arange(columns)
    entry = int(rng.integers(columns))
    common = (style, length, round(float(rng.choice([10.0, 11.0, 12.5])), 2), levels, columns)
    if style == "terrace":
        pairs = tuple(every[1::2].tolist())
        has_bays = rng.random() < 0.5
        return House(
            *common,
            (1.0, 1.5),
            str(rng.choice(["sash", "casement"])),
            "lintel",
            "gable",
            bays=tuple(every[::2].tolist()) if has_bays and length / columns > 2.4 else (),
            doors=pairs,
        )
    if style == "boulevard":
        central = tuple(every[1 : columns - 1 : 2].tolist()) if rng.random() < 0.6 else ()
        dress = str(rng.choice(["framed", "gabled", "framed"]))
        roof = "mansard" if rng.random() < 0.6 else "gable"
        return House(*common, (1.1, 1.95), "transom", dress, roof, shops, central, (), (entry,))
    if style == "estate":
        flats = tuple(every[(every % 3) == int(rng.integers(2))].tolist())
        roof = "gable" if rng.random() < 0.4 and count < 5 else "flat"
        return House(*common, (1.75, 1.4), "tilt", "plain", roof, balconies=flats, doors=(entry,))
    if style == "office":
        return House(*common, (round(length / columns - 0.16, 3), 1.9), "ribbon", "bare", "flat", doors=(columns // 2,))
    return House(*common, (2.3, 2.5), "mill", "lintel", "flat" if rng.random() < 0.6 else "gable", doors=(entry,))


def house(spec: House, rng: np.random.Generator) -> Mesh:
    """Returns a house, every window lived in its own way. Its front is the plane x = 0 facing +X, its foot z = 0."""
    half, back = spec.length / 2, -spec.depth
    turned = np.diag([-1.0, -1.0, 1.0, 1.0])
    turned[0, 3] = back
    walls = (spec.y[1::2] + spec.y[::2][: len(spec.y[1::2])]) / 2
    pieces = [
        _front(spec, rng),
        _rear(spec, rng).transformed(turned),
        rooms(spec.length, spec.depth, spec.levels, walls),
        *(_gable(spec, sign) for sign in (-1, 1)),
        bar((back, 0.05), (-half, half), (-0.6, spec.levels[0] - 0.1), BASE),
        _roof(spec, rng),
    ]
    return Mesh.merged(pieces)


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
    y, bay = spec.y[columns], spec.length / spec.columns
    width, height, cill = opening
    holes = np.column_stack([y - width / 2, 0 * y + low + cill, y + width / 2, 0 * y + low + cill + height])
    cells = np.column_stack([y - bay / 2, 0 * y + low, y + bay / 2, 0 * y + high])
    return rings(cells, 0.0, holes, 0.0, slot), holes


def _feet(holes: Bounds) -> np.ndarray:
    """Returns (N, 3) where units stand in openings."""
    return np.column_stack([0 * holes[:, 0], (holes[:, 0] + holes[:, 2]) / 2, holes[:, 1]])


def _front(spec: House, rng: np.random.Generator) -> Mesh:
    """Returns the street front."""
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
    return Mesh.merged(parts)


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
        pose = np.array([(0, 0, 1, 0.13), (fit, 0, 0, spec.y[column]), (0, fit, 0, low + 0.1 + 2.75 + 0.18), (0, 0, 0, 1.0)])
        parts.append(name.transformed(pose).with_slot(LETTER))
    return parts


def _rear(spec: House, rng: np.random.Generator) -> Mesh:
    """Returns the rear, plain: windows in plain walls; x = 0 faces +X like a front."""
    parts, lit = [], []
    width, height = (1.3, 1.4) if spec.style != "office" else spec.window
    panes = "casement" if spec.style != "office" else "ribbon"
    for _, low, high in _rows(spec):
        wall, holes = _opened(spec, list(range(spec.columns)), low, high, (width, height, 0.95), GABLE)
        parts += [wall, repeated(window(width, height, panes, "plain", GABLE), _feet(holes))]
        lit.append(holes)
    parts.append(hangings(np.concatenate(lit), rng))
    return Mesh.merged(parts)


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


def _gable(spec: House, sign: int) -> Mesh:
    """Returns the blind end wall at y = sign * length / 2, up into the roof."""
    y, back, low = sign * spec.length / 2, -spec.depth, spec.levels[0] - 0.1
    points = [(0, y, low), (0, y, spec.eaves), (back, y, spec.eaves), (back, y, low)]
    if spec.roof == "gable":
        points.insert(2, (back / 2, y, spec.eaves + 0.8 * spec.depth / 2 - 0.04))
    elif spec.roof == "mansard":
        points[2:2] = [(-0.75, y, spec.eaves + 2.35), (back / 2, y, spec.top - 0.05), (back + 0.75, y, spec.eaves + 2.35)]
    face = list(range(len(points)))
    return Mesh.from_faces(points, [face if sign > 0 else face[::-1]], GABLE)


def _roof(spec: House, rng: np.random.Generator) -> Mesh:
    """Returns the roof with what stands on it."""
    length, back, eaves = spec.length, -spec.depth, spec.eaves
    if spec.roof == "flat":
        return roofs.flat(length, spec.depth, eaves, rng)
    middle, over = back / 2, 0.45
    parts = [roofs.ridge(middle, spec.top, length + 0.1)]
    if spec.roof == "gable":
        low, high = (over, eaves - 0.8 * over), (middle, spec.top - 0.8 * over)
        parts += [roofs.tiled(low, high, length + 0.1, rng), roofs.tiled((back - over, low[1]), high, length + 0.1, rng)]
        parts[0] = roofs.ridge(middle, high[1], length + 0.1)
        depth_in, up = 1.6, 0.8
    else:
        knee = eaves + 2.4
        for front in (True, False):
            foot, bend = (0.25, -0.7) if front else (back - 0.25, back + 0.7)
            parts.append(roofs.tiled((foot, eaves), (bend, knee), length + 0.06, rng))
            parts.append(roofs.tiled((bend, knee), (middle, spec.top), length + 0.06, rng))
        depth_in, up = 0.35, 2.5
    if spec.roof == "mansard" or (spec.style == "terrace" and rng.random() < 0.6) or rng.random() < 0.3:
        y = spec.y if spec.roof == "mansard" else spec.y[1::2]
        z = eaves + (0.35 if spec.roof == "mansard" else up * depth_in)
        x = -0.02 if spec.roof == "mansard" else -depth_in
        size = (1.25, 1.65, 1.2, True) if spec.roof == "mansard" else (1.5, 1.3, 1.9, True)
        parts.append(roofs.dormers(np.column_stack([0 * y + x, y, 0 * y + z]), *size))
    for side in (-1, 1):
        if rng.random() < 0.75:
            height = round(float(rng.choice([1.9, 2.3])), 2)
            place = (middle - 0.9, side * (length / 2 - 0.65), spec.top - 1.5)
            parts.append(roofs.chimney(1.0, 0.6, height, int(rng.integers(2, 4))).moved(*place))
    if rng.random() < 0.5:
        parts.append(roofs.aerial().moved(middle, length * 0.2, spec.top - 0.6))
    low = eaves - 0.8 * over if spec.roof == "gable" else eaves
    out = over if spec.roof == "gable" else 0.45
    parts.append(roofs.gutter(out, low + 0.03, length, 1))
    parts.append(roofs.gutter(back - out, low + 0.03, length, -1))
    return Mesh.merged(parts)
