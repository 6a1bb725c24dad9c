"""Pieces of façades: walls with openings, windows, doors, shop fronts, balconies, and what hangs behind the glass.

A façade is the plane x = 0 facing +X with its foot at z = 0; y runs along the street. Metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.bars import bars
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, prism

WALL, BASE, TRIM, FRAME, GLASS, CURTAIN, NET, BLIND, ROOM, DOOR = range(10)
ROOF, TILE, METAL, GABLE, SIGN, FLAT, STREAK, ACCENT, GOODS, LETTER, DARK = range(10, 21)
"""Material slots of every house."""

REVEAL = 0.14
"""How far windows sit behind the face of the wall, metres: a brick's width and a little."""

SASH = 0.055
"""Visible width of the frame about a pane, metres."""

Bounds = NDArray[np.float64]
"""(N, 4) upright rectangles: low y, low z, high y, high z, metres."""

PANES: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "single": ((0, 0, 1, 1),),
    "sash": ((0, 0, 0.5, 0.52), (0.5, 0, 1, 0.52), (0, 0.52, 0.5, 1), (0.5, 0.52, 1, 1)),
    "casement": ((0, 0, 0.5, 1), (0.5, 0, 1, 1)),
    "transom": ((0, 0, 0.5, 0.7), (0.5, 0, 1, 0.7), (0, 0.7, 0.5, 1), (0.5, 0.7, 1, 1)),
    "tilt": ((0, 0, 0.64, 1), (0.64, 0, 1, 1)),
    "ribbon": ((0, 0, 0.5, 0.75), (0.5, 0, 1, 0.75), (0, 0.75, 0.5, 1), (0.5, 0.75, 1, 1)),
    "mill": tuple((x / 4, z / 4, (x + 1) / 4, (z + 1) / 4) for x in range(4) for z in range(4)),
}
"""How windows are divided: panes as shares of the opening (low y, low z, high y, high z)."""


def rectangles(bounds: ArrayLike, x: float) -> NDArray[np.float64]:
    """Returns (N, 4, 3) corners of upright rectangles, counter-clockwise seen from +X."""
    bounds = np.asarray(bounds, np.float64).reshape(-1, 4)
    corners = np.full((len(bounds), 4, 3), x)
    corners[..., 1:] = bounds[:, [[0, 1], [2, 1], [2, 3], [0, 3]]]
    return corners


def sheets(bounds: ArrayLike, x: float, slot: int) -> Mesh:
    """Returns upright rectangles at `x` metres, facing +X."""
    corners = rectangles(bounds, x)
    return Mesh.from_faces(corners.reshape(-1, 3), np.arange(corners.shape[0] * 4).reshape(-1, 4), slot)


_RING = np.array([(side, (side + 1) % 4, 4 + (side + 1) % 4, 4 + side) for side in range(4)])


def rings(outer: ArrayLike, outer_x: float, inner: ArrayLike, inner_x: float, slot: int) -> Mesh:
    """Returns the four faces between each outer rectangle and its inner one."""
    corners = np.concatenate([rectangles(outer, outer_x), rectangles(inner, inner_x)], 1)
    first = np.arange(len(corners))[:, None, None] * 8
    return Mesh.from_faces(corners.reshape(-1, 3), (first + _RING).reshape(-1, 4), slot)


def repeated(mesh: Mesh, places: ArrayLike) -> Mesh:
    """Returns copies of a mesh shifted to (N, 3) places, as one mesh."""
    places = np.asarray(places, np.float64).reshape(-1, 3)
    count, size = len(places), len(mesh.vertices)
    vertices = (places[:, None] + mesh.vertices).reshape(-1, 3)
    corners = (np.arange(count, dtype=np.int32)[:, None] * size + mesh.corners).reshape(-1)
    sizes, slots, smooth = (each[None].repeat(count, 0).ravel() for each in (mesh.sizes, mesh.slots, mesh.smooth))
    return Mesh(vertices, corners, sizes, slots, smooth)


def bar(x: tuple[float, float], y: tuple[float, float], z: tuple[float, float], slot: int) -> Mesh:
    """Returns a box given by its bounds along each axis."""
    low, high = np.array([x[0], y[0], z[0]]), np.array([x[1], y[1], z[1]])
    return box(high - low, (low + high) / 2).with_slot(slot)


@lru_cache(maxsize=512)
def glazing(width: float, height: float, panes: str, depth: float) -> Mesh:
    """Returns frames and panes that fill an opening above (y, z) = 0, `depth` metres behind the wall."""
    shares = np.array(PANES[panes], np.float64)
    outer = shares * (width, height, width, height) - (width / 2, 0, width / 2, 0)
    inner = outer + np.array([SASH, SASH, -SASH, -SASH]) * (0.5 if panes == "mill" else 1.0)
    return Mesh.merged(
        [
            rings(outer, -depth, inner, -depth, FRAME),
            rings(inner, -depth, inner, -depth - 0.04, FRAME),
            sheets(inner, -depth - 0.04, GLASS),
        ]
    )


@lru_cache(maxsize=512)
def window(width: float, height: float, panes: str, dress: str = "plain", slot: int = WALL) -> Mesh:
    """Returns a window for an opening that starts at z = 0: reveal, frames, panes, cill, and its surround.

    Args:
        width, height: of the opening, metres.
        panes: a key of `PANES`.
        dress: "plain" has a cill, "lintel" a stone beam too, "framed" an architrave with a ledge, "gabled" a
            pediment on it, "bare" nothing.
        slot: what the reveal is made of.
    """
    half = width / 2
    opening = [(-half, 0.0, half, height)]
    parts = [rings(opening, 0.0, opening, -REVEAL, slot), glazing(width, height, panes, REVEAL)]
    if dress != "bare":
        parts.append(bar((-REVEAL, 0.07), (-half - 0.08, half + 0.08), (-0.07, 0.0), TRIM))
    if dress == "lintel":
        parts.append(bar((-0.02, 0.015), (-half - 0.12, half + 0.12), (height, height + 0.21), TRIM))
    if dress in ("framed", "gabled"):
        for side in (-1, 1):
            low, high = sorted((side * half, side * (half + 0.15)))
            parts.append(bar((-0.02, 0.05), (low, high), (0.0, height + 0.15), TRIM))
            low, high = sorted((side * (half - 0.12), side * half))
            parts.append(bar((-0.02, 0.1), (low, high), (-0.24, -0.07), TRIM))
        parts.append(bar((-0.02, 0.05), (-half, half), (height, height + 0.15), TRIM))
        parts.append(bar((-0.02, 0.16), (-half - 0.26, half + 0.26), (height + 0.3, height + 0.38), TRIM))
        parts.append(bar((-0.02, 0.07), (-half - 0.15, half + 0.15), (height + 0.15, height + 0.3), TRIM))
    if dress == "gabled":
        top = height + 0.38
        face = prism([(-half - 0.26, 0), (half + 0.26, 0), (0, 0.34)], 0.15)
        parts.append(face.transformed(_UPRIGHT).moved(z=top, x=-0.02).with_slot(TRIM))
    return Mesh.merged(parts)


_UPRIGHT = np.array([(0, 0, 1, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 1.0)])
"""Turns a prism over (y, z) points that rises along z into one that rises along +X."""


@lru_cache(maxsize=64)
def door(width: float, height: float, steps: int) -> Mesh:
    """Returns a front door for an opening from z = 0: reveal, panelled leaf, fanlight, surround and steps."""
    half, depth, leaf = width / 2, 0.24, 2.08
    opening = [(-half, 0.0, half, height)]
    parts = [rings(opening, 0.0, opening, -depth, TRIM)]
    parts.append(sheets([(-half, 0.0, half, leaf)], -depth, DOOR))
    rail = leaf + 0.08
    parts.append(bar((-depth, -depth + 0.05), (-half, half), (leaf, rail), FRAME))
    if height > rail + 0.2:
        parts.append(glazing(width, height - rail, "casement", depth).moved(z=rail))
    for side in (-1, 1):
        low, high = sorted((side * half, side * (half + 0.14)))
        parts.append(bar((-0.02, 0.06), (low, high), (0.0, height + 0.14), TRIM))
        for bottom, top in ((0.2, 0.85), (1.0, 1.85)):
            low, high = sorted((side * 0.07, side * (half - 0.12)))
            parts.append(bar((-depth, -depth + 0.018), (low, high), (bottom, top), DOOR))
    parts.append(bar((-0.02, 0.12), (-half - 0.2, half + 0.2), (height + 0.14, height + 0.26), TRIM))
    parts.append(bar((-depth, -depth + 0.07), (half - 0.14, half - 0.1), (0.95, 1.1), METAL))
    for step in range(steps):
        parts.append(
            bar((-depth, 0.3 * (steps - step)), (-half - 0.2, half + 0.2), (-0.17 * (step + 1), -0.17 * step), BASE)
        )
    return Mesh.merged(parts)


@lru_cache(maxsize=64)
def shop(width: float, height: float, has_door: bool, awning: bool) -> Mesh:
    """Returns a shop front for an opening from z = 0: stall riser, panes, goods, fascia for a name, awning."""
    half, depth, entry = width / 2, 0.18, 1.0 if has_door else 0.0
    opening = [(-half, 0.0, half, height)]
    show = width - entry
    parts = [
        rings(opening, 0.0, opening, -depth, TRIM),
        bar((-depth - 0.05, -depth + 0.06), (-half + entry, half), (0.0, 0.45), SIGN),
        glazing(show, height - 0.45, "tilt" if show > 2.2 else "single", depth).moved(y=entry / 2, z=0.45),
        bar((0.0, 0.13), (-half - 0.12, half + 0.12), (height, height + 0.62), SIGN),
        bar((0.0, 0.2), (-half - 0.16, half + 0.16), (height + 0.62, height + 0.7), TRIM),
        bar((-0.9, -depth - 0.06), (-half + entry + 0.05, half - 0.05), (0.3, 0.42), ROOM),
    ]
    sizes = [(0.25, 0.3 + 0.05 * (n % 3), 0.3 + 0.17 * (n * 7 % 4)) for n in range(int(show / 0.5))]
    for number, size in enumerate(sizes):
        y = -half + entry + 0.35 + 0.5 * number
        parts.append(box(size, (-0.5 - 0.08 * (number % 2), y, 0.42 + size[2] / 2)).with_slot(GOODS))
    if has_door:
        parts.append(glazing(entry, 2.2, "single", depth).moved(y=-half + entry / 2))
        parts.append(glazing(entry, height - 2.2, "single", depth).moved(y=-half + entry / 2, z=2.2))
    if awning:
        cloth = prism(
            [(0.0, 0.0), (1.15, -0.5), (1.15, -0.68), (1.13, -0.68), (1.13, -0.51), (0.0, -0.02)][::-1], width
        )
        pose = np.array([(1, 0, 0, 0.13), (0, 0, 1, -half), (0, 1, 0, height - 0.02), (0, 0, 0, 1.0)])
        parts.append(cloth.transformed(pose).with_slot(ACCENT))
    return Mesh.merged(parts)


@lru_cache(maxsize=64)
def balcony(width: float, depth: float, railed: bool) -> Mesh:
    """Returns a balcony whose floor is z = 0: a slab, and bars of iron or a panelled parapet about it."""
    half = width / 2
    parts = [bar((-0.02, depth), (-half, half), (-0.16, 0.0), TRIM)]
    if not railed:
        parts += [bar((depth - 0.05, depth), (-half, half), (0.06, 0.92), ACCENT)]
        for side in (-1, 1):
            low, high = sorted((side * half, side * (half - 0.05)))
            parts.append(bar((0.0, depth - 0.05), (low, high), (0.06, 0.92), ACCENT))
        parts.append(bar((depth - 0.06, depth + 0.02), (-half, half), (0.98, 1.03), METAL))
        return Mesh.merged(parts)
    front = np.arange(-half + 0.05, half, 0.13)
    side = np.arange(0.1, depth, 0.13)
    feet = [np.column_stack([0 * front + depth - 0.04, front])]
    feet += [np.column_stack([side, 0 * side + edge]) for edge in (-half + 0.04, half - 0.04)]
    feet = np.concatenate(feet)
    low = np.column_stack([feet, np.zeros(len(feet))])
    parts.append(bars(low, low + np.array([0, 0, 0.96]), 0.01, 3).with_slot(METAL))
    parts.append(bar((depth - 0.07, depth - 0.01), (-half, half), (0.95, 0.99), METAL))
    parts += [bar((0, depth), (edge, edge + 0.05), (0.95, 0.99), METAL) for edge in (-half, half - 0.05)]
    return Mesh.merged(parts)


@lru_cache(maxsize=64)
def bay_window(width: float, height: float, storey: float) -> Mesh:
    """Returns a canted bay that stands before an opening from z = 0: three windows, a plinth and a lead roof."""
    half, out, narrow = width / 2, 0.62, width / 2 - 0.42
    outline = np.array([(0, -half), (out, -narrow), (out, narrow), (0, half)])
    pieces = []
    for start, end in pairwise(outline):
        step = end - start
        length = float(np.hypot(*step))
        ahead = step / length
        pose = np.eye(4)
        pose[:2, 0], pose[:2, 1], pose[:2, 3] = (ahead[1], -ahead[0]), ahead, (start + end) / 2
        opening = [(-length / 2 + 0.1, 0.85, length / 2 - 0.1, 0.85 + height)]
        wall = rings([(-length / 2, 0.0, length / 2, storey)], 0.0, opening, 0.0, WALL)
        unit = window(round(length - 0.2, 4), height, "casement" if length > 1.3 else "single", "lintel")
        pieces.append(Mesh.merged([wall, unit.moved(z=0.85)]).transformed(pose))
    grown = outline * 1.0 + np.array([(0, -0.1), (0.1, -0.08), (0.1, 0.08), (0, 0.1)])
    pieces.append(prism(grown, 0.12).moved(z=storey).with_slot(TRIM))
    top = np.array([(0, -half * 0.8), (out * 0.4, -narrow * 0.7), (out * 0.4, narrow * 0.7), (0, half * 0.8)])
    rim, crown = np.column_stack([grown, np.full(4, storey + 0.12)]), np.column_stack([top, np.full(4, storey + 0.5)])
    lid = Mesh.from_faces(np.concatenate([rim, crown]), [(0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (4, 5, 6, 7)])
    return Mesh.merged([*pieces, lid.with_slot(METAL)])


def hangings(openings: Bounds, rng: np.random.Generator, share: float = 0.7) -> Mesh:
    """Returns curtains, nets and blinds behind panes, drawn as far as people like; some windows have none.

    Args:
        openings: the windows.
        rng: decides.
        share: of the windows that have any.
    """
    count = len(openings)
    kind = np.where(rng.random(count) < share, rng.integers(1, 5, count), 0)
    x = -REVEAL - 0.11
    width, height = openings[:, 2] - openings[:, 0], openings[:, 3] - openings[:, 1]
    parts = []
    both = openings[kind == 1]
    drawn = rng.choice([0.2, 0.28, 0.45], len(both)) * width[kind == 1]
    left, right = both.copy(), both.copy()
    left[:, 2], right[:, 0] = both[:, 0] + drawn, both[:, 2] - drawn
    parts.append(_pleated(np.concatenate([left, right]), x, 6, CURTAIN))
    parts.append(_pleated(openings[kind == 2], x, 12, NET))
    half = openings[kind == 3].copy()
    half[:, 3] -= 0.45 * height[kind == 3]
    parts.append(_pleated(half, x, 10, NET))
    blinds = openings[kind == 4].copy()
    blinds[:, 1] = blinds[:, 3] - height[kind == 4] * rng.choice([0.2, 0.35, 0.5, 0.8, 1.0], len(blinds))
    parts.append(sheets(blinds, x + 0.04, BLIND))
    return Mesh.merged(parts)


def _pleated(bounds: Bounds, x: float, folds: int, slot: int) -> Mesh:
    """Returns hanging cloth: upright sheets that zigzag by some centimetres."""
    share = np.linspace(0, 1, folds + 1)
    points = np.empty((len(bounds), folds + 1, 2, 3))
    points[..., 0] = x - 0.035 * (np.arange(folds + 1) % 2)[:, None]
    points[..., 1] = (bounds[:, :1] + (bounds[:, 2:3] - bounds[:, :1]) * share)[..., None]
    points[..., 2] = bounds[:, None, [1, 3]]
    column = np.arange(folds) * 2
    quad = np.stack([column, column + 2, column + 3, column + 1], -1)
    faces = np.arange(len(bounds))[:, None, None] * 2 * (folds + 1) + quad
    return Mesh.from_faces(points.reshape(-1, 3), faces.reshape(-1, 4), slot)


def streaks(openings: Bounds, rng: np.random.Generator) -> Mesh:
    """Returns the dark traces that rain leaves below the ends of cills: slim wedges, a millimetre proud."""
    ends = np.concatenate([openings[:, [0, 1]] - (0.04, 0.07), openings[:, [2, 1]] + (0.04, -0.07)])
    ends = np.repeat(ends[rng.random(len(ends)) < 0.6], 3, 0)
    y = ends[:, 0] + rng.normal(0, 0.05, len(ends))
    wide, long = rng.uniform(0.01, 0.035, len(ends)), rng.uniform(0.15, 0.6, len(ends))
    points = np.zeros((len(ends), 3, 3))
    points[..., 0] = 0.0015
    points[:, :, 1] = y[:, None] + wide[:, None] * np.array([1, -1, 0.2])
    points[:, :, 2] = ends[:, 1, None] - long[:, None] * np.array([0, 0, 1.0])
    return Mesh.from_faces(points[:, ::-1].reshape(-1, 3), np.arange(len(ends) * 3).reshape(-1, 3), STREAK)


def rooms(length: float, depth: float, floors: Sequence[float], walls: ArrayLike) -> Mesh:
    """Returns what is seen through the windows of the front: a room behind each, open towards it, a piece of its own.

    Args:
        length, depth: of the house, metres.
        floors: heights of the floors and of the last ceiling, metres.
        walls: y of the walls between rooms, metres.
    """
    y = np.concatenate([[-length / 2], np.asarray(walls, np.float64), [length / 2]])
    z = np.asarray(floors, np.float64)
    shape = (len(y) - 1, len(z) - 1, 2, 2, 2)  # room, storey; corner along x, y, z
    points = np.empty((*shape, 3))
    points[..., 0] = np.array([-REVEAL - 0.3, -0.46 * depth])[:, None, None]
    thick = 0.04  # half of what walls and floors take
    points[..., 1] = np.stack([y[:-1] + thick, y[1:] - thick], -1)[:, None, None, :, None]
    points[..., 2] = np.stack([z[:-1] + thick / 2, z[1:] - 3 * thick], -1)[:, None, None, :]
    faces = np.array([(4, 5, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3), (0, 4, 5, 1), (2, 3, 7, 6)])
    count = points[..., 0].size // 8
    return Mesh.from_faces(points.reshape(-1, 3), (np.arange(count)[:, None, None] * 8 + faces).reshape(-1, 4), ROOM)
