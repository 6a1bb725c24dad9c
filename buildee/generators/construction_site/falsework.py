"""What holds a fresh slab: where props, beams and sheets go under a soffit. Metres."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.formwork import (
    BEAM_HEIGHT,
    BEAM_LENGTHS,
    H20,
    OLD_PLY,
    PLY,
    SHEET,
    SHEET_SIZE,
    STEEL,
    prop,
    sheet,
    timber_beam,
)
from buildee.layout.material import Material
from buildee.layout.pieces import box_proxy, copies, piece, poses_at
from buildee.layout.scene import Assembly

Interval = tuple[float, float]
Box = NDArray[np.float64]
"""(2, 2) lowest and highest corner, metres."""

DEPTH = SHEET + 2 * BEAM_HEIGHT
"""From the soffit down to the prop heads: sheet, cross beam, main beam."""

MAIN_PITCH, MAIN_MARGIN = 1.75, 0.6
"""Spacing of the main beams and their distance from the deck's edge, metres."""

TRIPOD = 0.56
"""Reach of a prop's tripod, metres."""

FOOT = 0.1
"""From a prop's axis past the edge of its foot, metres."""

SHORTEST = 0.7
"""Length of a main beam at least, metres: two props stand under it."""

CLEARANCE = 0.1
"""Between a beam's axis and a column or wall: half of two lapped flanges and a little air."""


@dataclass(frozen=True, eq=False)
class Deck:
    """A level piece of slab formwork.

    Attributes:
        area: what the sheets cover, (2, 2).
        obstacles: columns and cores that pass through the deck, (2, 2) each.
        soffit: height of the sheets' top, metres.
        floor: height of what the props stand on, metres.
        stand: (2, 2) where props may stand: the floor below without its railings.
        covers: (2, 2) of covers over holes in the floor, on which no prop stands.
    """

    area: Box
    obstacles: tuple[Box, ...]
    soffit: float
    floor: float
    stand: Box
    covers: tuple[Box, ...] = ()

    def off_covers(self, spots: NDArray[np.float64]) -> NDArray[np.float64]:
        """Returns those of (N, 3) spots where a prop's foot clears the covers."""
        keep = np.ones(len(spots), bool)
        for low, high in self.covers:
            keep &= ((spots[:, :2] < low - FOOT) | (spots[:, :2] > high + FOOT)).any(1)
        return spots[keep]


def gaps(span: Interval, blocked: Sequence[Interval]) -> list[Interval]:
    """Returns what is left of a span once the blocked intervals are taken out."""
    free, start = [], span[0]
    for low, high in sorted(blocked):
        if high <= span[0] or low >= span[1]:
            continue
        if low > start:
            free.append((start, low))
        start = max(start, high)
    if span[1] > start:
        free.append((start, span[1]))
    return free


def lapped(span: Interval) -> list[tuple[float, float]]:
    """Fills an interval with stock beams.

    Returns:
        (centre, length) of each beam; where more than one is needed they lap by 0.3 m or more and
        all have one length. Shorter intervals than the shortest beam get one cut to 0.05 m.
    """
    length = span[1] - span[0]
    fitting = [stock for stock in BEAM_LENGTHS if stock <= length]
    if not fitting:
        cut = np.floor(length / 0.05) * 0.05
        return [((span[0] + span[1]) / 2, float(cut))] if cut >= 0.2 else []
    if length - fitting[-1] < 0.35:
        return [((span[0] + span[1]) / 2, fitting[-1])]
    count = int(np.ceil(length / 3.9))
    count = max(count, 2)
    wanted = (length + 0.3 * (count - 1)) / count
    stock = min((size for size in fitting if size >= wanted), default=fitting[-1])
    first, last = span[0] + stock / 2, span[1] - stock / 2
    return [(float(center), stock) for center in np.linspace(first, last, count)]


def _spread(low: float, high: float, pitch: float) -> NDArray[np.float64]:
    """Returns evenly spaced positions from low to high, at most `pitch` apart."""
    return np.linspace(low, high, max(2, int(np.ceil((high - low) / pitch)) + 1))


def _lines(deck: Deck, axis: int, pitch: float, margin: float) -> list[tuple[float, Interval]]:
    """Returns beam lines along `axis`: the other coordinate, and the free interval."""
    across = 1 - axis
    low, high = deck.area[:, across]
    lines = []
    for place in _spread(low + margin, high - margin, pitch):
        blocked = [
            (box[0, axis] - 0.02, box[1, axis] + 0.02)
            for box in deck.obstacles
            if box[0, across] - CLEARANCE < place < box[1, across] + CLEARANCE
        ]
        lines += [(float(place), free) for free in gaps(tuple(deck.area[:, axis]), blocked)]
    return lines


def _beams(name: str, deck: Deck, axis: int, pitch: float, margin: float, bottom: float) -> Assembly:
    """Returns one layer of H20 beams along `axis`, the underside at `bottom`."""
    by_length: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for place, free in _lines(deck, axis, pitch, margin):
        if axis == 1 and free[1] - free[0] < SHORTEST:
            continue
        for turn, (center, length) in enumerate(found := lapped(free)):
            side = 0.0 if len(found) == 1 else (0.045 if turn % 2 else -0.045)
            by_length[round(length, 3)].append((center, place + side))
    layers = []
    for length, places in sorted(by_length.items()):
        flat = np.array(places)[:, :: 1 if axis == 0 else -1]
        points = np.column_stack([flat, np.full(len(flat), bottom)])
        key = f"formwork/h20_{length:.2f}"
        poses = poses_at(points, 0.0 if axis == 0 else np.pi / 2)
        layers.append(copies(f"{name}_{length:.2f}", "formwork", (key, timber_beam(length)), (H20, STEEL), poses))
    return Assembly.merged(layers)


def sheets(name: str, deck: Deck, rng: np.random.Generator) -> Assembly:
    """Returns plywood over the deck, cut around its obstacles; one sheet in three has seen many pours.

    One sheet is a thing of its own, whose proxy stands for all of them.
    """
    by_size: dict[tuple[float, float], list[tuple[float, float, float]]] = defaultdict(list)
    for low, high in _cells(deck):
        for x, width in _stock_cuts(low[0], high[0], SHEET_SIZE[0]):
            for y, depth in _stock_cuts(low[1], high[1], SHEET_SIZE[1]):
                by_size[width, depth].append((x, y, deck.soffit))
    layers = []
    for (width, depth), points in sorted(by_size.items()):
        key = f"formwork/sheet_{width:.3f}x{depth:.3f}"
        shape = (key, sheet(width - 0.002, depth - 0.002))
        poses = poses_at(points)
        old = rng.random(len(poses)) < 0.35
        if not layers:
            first, poses, old = poses[0], poses[1:], old[1:]
            proxy = box_proxy(*[_around(box, deck.soffit, first) for box in _cells(deck)])
            layers.append(piece(f"{name}_first", "formwork", shape, (PLY,), first, proxy))
        for kind, material in ((~old, PLY), (old, OLD_PLY)):
            label = f"{name}_{width:.3f}x{depth:.3f}{'_old' if material is OLD_PLY else ''}"
            layers.append(copies(label, "formwork", shape, (material,), poses[kind], countable=False))
    return Assembly.merged(layers)


def _around(box: Box, top: float, pose: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the (2, 3) bounds of the sheets over a rectangle, seen from a sheet that is not turned."""
    return np.column_stack([box, (top - SHEET, top)]) - pose[:3, 3]


def _cells(deck: Deck) -> list[Box]:
    """Cuts the deck's area along its obstacles' sides and drops what they cover."""
    cuts = []
    for axis in (0, 1):
        low, high = deck.area[:, axis]
        sides = [side for box in deck.obstacles for side in box[:, axis] if low < side < high]
        cuts.append(np.unique(np.round([low, *sides, high], 6)))
    obstacles = np.reshape(deck.obstacles, (-1, 2, 2))
    cells = []
    for west, east in zip(cuts[0][:-1], cuts[0][1:], strict=True):
        for south, north in zip(cuts[1][:-1], cuts[1][1:], strict=True):
            middle = np.array([(west + east) / 2, (south + north) / 2])
            if not ((obstacles[:, 0] < middle) & (middle < obstacles[:, 1])).all(1).any():
                cells.append(np.array([(west, south), (east, north)]))
    return cells


def _stock_cuts(low: float, high: float, stock: float) -> list[tuple[float, float]]:
    """Returns (centre, size) of whole sheets from `low` on and the cut one that fills the rest."""
    whole = int((high - low) / stock + 1e-6)
    pieces = [(low + (index + 0.5) * stock, stock) for index in range(whole)]
    rest = round(high - low - whole * stock, 3)
    if rest > 0.005:
        pieces.append((high - rest / 2, rest))
    return [(round(float(center), 4), round(float(size), 3)) for center, size in pieces]


def falsework(name: str, deck: Deck, paint: Material, rng: np.random.Generator) -> Assembly:
    """Returns props, main beams, cross beams and sheets that carry a slab.

    Args:
        name: prefix of the names of what is made.
        deck: where.
        paint: of the props' outer tubes.
        rng: decides how props are turned, which stand on tripods, and which sheets are old.
    """
    low = deck.soffit - DEPTH
    points = []
    for x, free in _lines(deck, 1, MAIN_PITCH, MAIN_MARGIN):
        first, last = max(free[0] + 0.25, deck.stand[0, 1]), min(free[1] - 0.25, deck.stand[1, 1])
        if last - first > 0.1:
            points += [(x, y, deck.floor) for y in _spread(first, last, 1.25)]
    spots = deck.off_covers(np.array(points).reshape(-1, 3))
    return Assembly.merged(
        [
            sheets(f"{name}_sheet", deck, rng),
            _beams(f"{name}_cross_beam", deck, 0, 0.5, 0.1, low + BEAM_HEIGHT),
            _beams(f"{name}_main_beam", deck, 1, MAIN_PITCH, MAIN_MARGIN, low),
            props(f"{name}_prop", spots, low - deck.floor, paint, _roomy(deck, spots), rng),
        ]
    )


def room_falsework(
    name: str, rooms: Sequence[Box], soffit: float, floor: float, paint: Material, rng: np.random.Generator
) -> Assembly:
    """Returns falsework wall to wall in small rooms; arguments as in `falsework` and `Deck`."""
    return Assembly.merged(
        falsework(
            f"{name}_{index}",
            Deck(room + np.array([[0.004], [-0.004]]), (), soffit, floor, room + np.array([[0.2], [-0.2]])),
            paint,
            rng,
        )
        for index, room in enumerate(rooms)
    )


def _roomy(deck: Deck, spots: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Returns which of (N, 3) spots have room for a tripod between railings, columns and walls."""
    flat = spots[:, :2]
    roomy = ((flat > deck.stand[0] + TRIPOD) & (flat < deck.stand[1] - TRIPOD)).all(1)
    for low, high in (*deck.obstacles, *deck.covers):
        roomy &= ((flat < low - TRIPOD) | (flat > high + TRIPOD)).any(1)
    return roomy


def props(
    name: str,
    points: NDArray[np.float64],
    height: float,
    paint: Material,
    roomy: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Assembly:
    """Returns props of one height standing on (N, 3) points; some of the `roomy` ones on a tripod."""
    if not len(points):
        return Assembly()
    tripod = (rng.random(len(points)) < 0.25) & roomy
    yaw = rng.integers(0, 2, len(points)) * np.pi + rng.normal(0.0, 0.03, len(points))
    lock = round(0.62 * height, 2)
    kinds = []
    for stands, label in ((False, ""), (True, "_tripod")):
        chosen = tripod == stands
        key = f"formwork/prop_{height:.3f}{label}"
        poses = poses_at(points[chosen], yaw[chosen])
        mesh = prop(height, lock, stands)
        kinds.append(copies(f"{name}{label}", "formwork_prop", (key, mesh), (paint, STEEL), poses))
    return Assembly.merged(kinds)


def back_props(name: str, deck: Deck, paint: Material, rng: np.random.Generator) -> Assembly:
    """Returns props straight under a young slab, as left in when its formwork is struck."""
    points = []
    for x, free in _lines(deck, 1, 2.6, 1.0):
        if free[1] - free[0] > 2.0:
            points += [(x, y) for y in _spread(free[0] + 0.9, free[1] - 0.9, 2.6)]
    spots = np.array([(x, y, deck.floor) for x, y in points]).reshape(-1, 3)
    spots[:, :2] += rng.normal(0.0, 0.04, (len(spots), 2))
    spots = deck.off_covers(spots)
    return props(name, spots, deck.soffit - deck.floor - 0.11, paint, _roomy(deck, spots), rng)
