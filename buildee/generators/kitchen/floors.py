"""Floors laid of real pieces: boards, herringbone, tiles, flags, cut to the room. Metres."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.room import Room
from buildee.generators.kitchen.style import Floor, Style
from buildee.generators.kitchen.walls import SLAB, inside, level_proxy, outer_outline
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import piece
from buildee.layout.scene import Assembly
from buildee.layout.solids import prism

TONES = 4
"""How many shades the pieces of a floor come in; the slot after them is the joint's."""

Array = NDArray[np.float64]

_JOINT: dict[Floor, tuple[float, float, float]] = {
    # gap, width of the arris, depth of the joint
    "boards": (0.0008, 0.0012, 0.004),
    "herringbone": (0.0004, 0.0008, 0.003),
    "tiles": (0.003, 0.0012, 0.0015),
    "stone": (0.007, 0.004, 0.0025),
    "plain": (0.0, 0.0, 0.003),
}
"""Metres. Planks have micro-bevels of about a millimetre; rectified tiles are laid with 2 to 3 mm, flags with 6 to 10
mm of grout (BS 5385-3)."""


def floor(room: Room, style: Style, rng: np.random.Generator, name: str = "floor") -> Assembly:
    """Returns the floor; its top is z = 0."""
    gap, arris, depth = _JOINT[style.floor]
    if style.floor == "plain":
        top = prism(room.outline, depth).moved(z=-depth)
    else:
        top = _pieces(_cut(_shrunk(_laid(style.floor, room, rng), gap / 2), room.outline), arris, depth, rng)
    mesh = Mesh.merged(
        [
            top,
            prism(outer_outline(room), SLAB - depth).moved(z=-SLAB).with_slot(TONES),
        ]
    )
    spread = 0.07 if style.floor != "tiles" else 0.02
    tones = [_toned(style.floor_finish, 1 + spread * step) for step in (-1.0, -0.3, 0.3, 1.0)]
    shape = (f"kitchen/{name}", mesh)
    return piece(name, "floor", shape, (*tones, _joint(style)), np.eye(4), level_proxy(room.outline, -SLAB, 0.0))


def _toned(material: Material, share: float) -> Material:
    """Returns a material lighter or darker by a factor."""
    return replace(material, color=tuple(min(round(channel * share, 4), 1.0) for channel in material.color))


def _joint(style: Style) -> Material:
    """Returns what shows between the pieces: the shade of a gap, or grout."""
    if style.floor in ("boards", "herringbone"):
        return Material("wood", tuple(0.25 * channel for channel in style.floor_finish.color), wear=0.3)
    grey = 0.55 * sum(style.floor_finish.color) / 3 + 0.08
    return Material("concrete", (grey * 1.03, grey, grey * 0.95), wear=0.1, dirt=0.25, scale=0.3)


def _laid(kind: Floor, room: Room, rng: np.random.Generator) -> Array:
    """Returns (N, 4, 2) pieces, counter-clockwise, that cover the room's bounding box and more."""
    low, high = room.outline.min(0), room.outline.max(0)
    turn = 0 if (high - low)[0] >= (high - low)[1] else 1  # rows run the long way
    long, wide = (high - low)[[turn, 1 - turn]]
    if kind == "boards":
        width = float(rng.choice([0.12, 0.14, 0.16, 0.19, 0.22]))
        quads = _rows(long, wide, np.full(int(wide / width) + 2, width), (1.8, 2.4), rng)
    elif kind == "herringbone":
        quads = _herringbone(long, wide, float(rng.choice([0.07, 0.08, 0.09])), 6)
    elif kind == "tiles":
        quads = _tiles(long, wide, *((0.6, 0.3, 0.5) if rng.random() < 0.6 else (0.45, 0.45, 0.0)))
    else:
        courses = rng.choice([0.3, 0.4, 0.5, 0.6], int(wide / 0.3) + 2)
        quads = _rows(long, wide, courses, (0.35, 0.85), rng)
        quads = quads + rng.normal(0, 0.0012, quads.shape)
    if turn:
        quads = quads[..., ::-1][:, ::-1]
    return quads + low


def _rows(long: float, wide: float, heights: Array, lengths: tuple, rng: np.random.Generator) -> Array:
    """Returns rows of pieces of random lengths whose butts keep 250 mm from those of the row before."""
    feet = np.concatenate([[0.0], np.cumsum(heights)]) - rng.uniform(0, heights[0] * 0.6)
    quads, before = [], np.zeros(0)
    for y0, y1 in pairwise(feet):
        if y0 > wide:
            break
        for _ in range(8):
            count = int(long / lengths[0]) + 3
            butts = np.cumsum(rng.uniform(*lengths, count)) - rng.uniform(0.3, 1.0) * lengths[1]
            gaps = np.abs(butts[:, None] - before[None]) if len(before) else np.full((1, 1), 1.0)
            if gaps.min() > 0.12 * lengths[1]:
                break
        before = butts
        ends = np.concatenate([[-1.0], butts])
        quads += [((a, y0), (b, y0), (b, y1), (a, y1)) for a, b in pairwise(ends) if a < long]
    return np.array(quads)


def _tiles(long: float, wide: float, length: float, width: float, shift: float) -> Array:
    """Returns tiles from the middle of the room outwards, every second row shifted by a share of their length."""
    nx, ny = int(long / length) + 3, int(wide / width) + 2
    row, column = np.meshgrid(np.arange(ny), np.arange(nx), indexing="ij")
    x = (column - nx / 2) * length + long / 2 + (row % 2) * shift * length
    y = (row - ny / 2) * width + wide / 2
    corner = np.array([(0, 0), (length, 0), (length, width), (0, width)])
    return np.stack([x, y], -1).reshape(-1, 1, 2) + corner


def _herringbone(long: float, wide: float, width: float, ratio: int) -> Array:
    """Returns herringbone at 45 degrees to the walls; strips are `ratio` times as long as wide.

    In units of the width a strip that lies and one that stands on it repeat along (1, 1) and (ratio, -ratio).
    """
    reach = int(np.hypot(long, wide) / width / np.sqrt(2)) + 2 * ratio
    a, b = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach // ratio - 1, reach // ratio + 2), indexing="ij")
    origin = np.stack([a + ratio * b, a - ratio * b], -1).reshape(-1, 1, 2)
    lying = np.array([(0, 0), (ratio, 0), (ratio, 1), (0, 1)])
    upright = np.array([(0, 1), (1, 1), (1, 1 + ratio), (0, 1 + ratio)])
    quads = np.concatenate([origin + lying, origin + upright]) * width
    turned = quads @ (np.array([(1, 1), (-1, 1)]) / np.sqrt(2)) + np.array([long, wide]) / 2
    middles = turned.mean(1)
    near = (np.abs(middles - np.array([long, wide]) / 2) < np.array([long, wide]) / 2 + width * ratio).all(1)
    return turned[near]


def _shrunk(quads: Array, distance: float) -> Array:
    """Returns convex (N, K, 2) polygons with every edge moved inwards, as `solids.inset` does for one."""
    edges = np.roll(quads, -1, 1) - quads
    normals = edges[..., ::-1] * (-1.0, 1.0) / np.maximum(np.linalg.norm(edges, axis=-1, keepdims=True), 1e-9)
    before = np.roll(normals, 1, 1)
    return quads + distance * (before + normals) / np.maximum(1 + (before * normals).sum(-1, keepdims=True), 0.2)


def _cut(quads: Array, outline: Array) -> list[Array]:
    """Returns polygons (N, K, 2) by how many corners they have: the parts of pieces that lie in the room."""
    low, high = outline.min(0), outline.max(0)
    quads = quads[((quads.max(1) > low) & (quads.min(1) < high)).all(1)]
    whole = inside(outline, quads).all(1)
    bounds = quads.min(1)[:, None], quads.max(1)[:, None]
    whole &= ~((outline > bounds[0]) & (outline < bounds[1])).all(-1).any(1)
    by_size: dict[int, list[Array]] = {4: list(quads[whole])}
    for quad in quads[~whole]:
        polygon = _clipped(outline.tolist(), quad.tolist())
        if len(polygon) >= 3:
            by_size.setdefault(len(polygon), []).append(np.array(polygon))
    return [np.array(some) for some in by_size.values() if some]


def _clipped(polygon: list, window: list) -> list:
    """Returns a polygon cut by a convex one (Sutherland and Hodgman, 1974), without slivers and repeated corners."""
    for (ax, ay), (bx, by) in zip(window, window[1:] + window[:1], strict=True):
        kept, sides = [], [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in polygon]
        for k, (x, y) in enumerate(polygon):
            before, (px, py) = sides[k - 1], polygon[k - 1]
            if (sides[k] >= 0) != (before >= 0):
                share = before / (before - sides[k])
                kept.append((px + (x - px) * share, py + (y - py) * share))
            if sides[k] >= 0:
                kept.append((x, y))
        polygon = kept
    polygon = [p for k, p in enumerate(polygon) if abs(p[0] - polygon[k - 1][0]) + abs(p[1] - polygon[k - 1][1]) > 1e-4]
    area = sum(q[0] * p[1] - q[1] * p[0] for q, p in zip(polygon, polygon[1:] + polygon[:1], strict=True)) / 2
    return polygon if area > 3e-4 else []


def _pieces(groups: list[Array], arris: float, depth: float, rng: np.random.Generator) -> Mesh:
    """Returns pieces whose tops are level with z = 0, each with a small bevel and a shade of its own."""
    meshes = []
    for polygons in groups:
        count, size = polygons.shape[:2]
        points = np.empty((count, 3, size, 3))
        points[:, :2, :, :2] = polygons[:, None]
        points[:, 2, :, :2] = _shrunk(polygons, arris)
        points[:, 0, :, 2], points[:, 1, :, 2], points[:, 2, :, 2] = -depth - 0.001, -0.6 * arris, 0.0
        this = np.arange(size)
        after = np.roll(this, -1)
        sides = np.concatenate(
            [np.stack([this, after, after + size, this + size], -1) + size * ring for ring in (0, 1)]
        )
        first = np.arange(count)[:, None, None] * 3 * size
        slots = rng.integers(TONES, size=count).astype(np.int32)
        skin = Mesh.from_faces(points.reshape(-1, 3), (first + sides).reshape(-1, 4))
        tops = Mesh.from_faces(points.reshape(-1, 3), (first[:, 0] + 2 * size + this).reshape(-1, size))
        meshes.append(
            Mesh(
                skin.vertices,
                np.concatenate([skin.corners, tops.corners]),
                np.concatenate([skin.sizes, tops.sizes]),
                np.concatenate([np.repeat(slots, 2 * size), slots]),
                np.concatenate([skin.smooth, tops.smooth]),
            )
        )
    return Mesh.merged(meshes)
