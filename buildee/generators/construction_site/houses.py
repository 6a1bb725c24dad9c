"""Plain town houses and towers: what closes the view behind the fence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, prism

WALL, GLASS, TRIM, ROOF, BLIND, DOOR = range(6)
"""Material slots of every house."""

STOREY = 3.05
REVEAL = 0.16
"""How far windows sit behind the wall, metres."""

_RENDERS: tuple[Color, ...] = (
    (0.58, 0.53, 0.43),
    (0.50, 0.42, 0.30),
    (0.62, 0.60, 0.55),
    (0.44, 0.40, 0.37),
    (0.55, 0.40, 0.30),
    (0.40, 0.45, 0.46),
)
BLINDS: tuple[Color, ...] = ((0.42, 0.41, 0.38), (0.36, 0.31, 0.23), (0.22, 0.24, 0.27))
_DOORS: tuple[Color, ...] = ((0.05, 0.08, 0.06), (0.10, 0.045, 0.03), (0.05, 0.07, 0.12))
_BRICKS: tuple[Color, ...] = ((0.30, 0.125, 0.085), (0.36, 0.19, 0.125), (0.24, 0.13, 0.10))


@dataclass(frozen=True)
class House:
    """What a house is like.

    Attributes:
        length: along the street, metres.
        depth: away from it, metres.
        storeys: number of floors.
        bay: distance between windows, metres.
        window: width and height of a window, metres.
        pitch: rise over run of a gable roof; 0 is flat with a parapet.
    """

    length: float
    depth: float
    storeys: int
    bay: float
    window: tuple[float, float]
    pitch: float

    @property
    def eaves(self) -> float:
        """Height of the top of the walls, metres."""
        return self.storeys * STOREY + 0.7


def draw(rng: np.random.Generator, length: float, storeys: int) -> House:
    """Draws a house of a given length with about a given number of storeys."""
    width = rng.uniform(1.0, 1.5)
    return House(
        length,
        rng.uniform(9.5, 12.5),
        max(1, storeys + int(rng.integers(-1, 2))),
        rng.uniform(2.5, 3.3),
        (width, rng.uniform(1.35, 1.75)),
        float(rng.choice([0.0, 0.0, 0.75])),
    )


def looks(rng: np.random.Generator) -> tuple[Material, ...]:
    """Draws the materials of a house, in slot order, from a few that houses share."""
    brick = rng.random() < 0.45
    colors = _BRICKS if brick else _RENDERS
    return (
        Material("masonry" if brick else "paint", colors[rng.integers(len(colors))], wear=0.35, dirt=0.35),
        Material("glass", (0.05, 0.06, 0.07), dirt=0.2),
        Material("paint", (0.62, 0.61, 0.57) if rng.random() < 0.7 else (0.08, 0.09, 0.10), wear=0.2, dirt=0.3),
        Material("masonry", (0.16, 0.075, 0.055), wear=0.5, dirt=0.5, scale=0.8),
        Material("paint", BLINDS[rng.integers(len(BLINDS))], wear=0.1, dirt=0.2),
        Material("paint", _DOORS[rng.integers(len(_DOORS))], wear=0.3, dirt=0.3),
    )


def house(spec: House, rng: np.random.Generator) -> Mesh:
    """Returns a house, some blinds drawn. Its street front is the plane x = 0 facing +X, its foot is z = 0."""
    half, back, eaves = spec.length / 2, -spec.depth, spec.eaves
    front = Mesh.merged([_facade(spec, rng), _door(spec)])
    rear = front.transformed(_turned_about(back / 2))
    gables = [_gable(spec, sign) for sign in (-1, 1)]
    plinth = box((0.06, spec.length, 0.45), (0.0, 0.0, 0.2)).with_slot(TRIM)
    pieces = [front, rear, *gables, plinth]
    if spec.pitch == 0:
        roof = Mesh.from_faces(
            [(back, -half, eaves - 0.5), (0, -half, eaves - 0.5), (0, half, eaves - 0.5), (back, half, eaves - 0.5)],
            [(0, 1, 2, 3)],
        )
        cornice = box((0.35, spec.length, 0.22), (0.08, 0, eaves - 0.05)).with_slot(TRIM)
        return Mesh.merged([*pieces, roof.with_slot(ROOF), cornice, cornice.moved(x=back - 0.16)])
    rise = spec.pitch * (spec.depth / 2 + 0.5)
    section = [(0.5, eaves - 0.375), (back / 2, eaves - 0.375 + rise), (back - 0.5, eaves - 0.375)]
    outline = [*section, *[(x, z - 0.22) for x, z in section[::-1]]]
    roof = prism(outline, spec.length + 0.3).transformed(
        np.array([[1, 0, 0, 0], [0, 0, -1, half + 0.15], [0, 1, 0, 0], [0, 0, 0, 1.0]])
    )
    return Mesh.merged([*pieces, roof.with_slot(ROOF), _chimney(spec)])


def _chimney(spec: House) -> Mesh:
    height = spec.eaves + spec.pitch * spec.depth / 2 + 0.4
    return box((0.6, 1.0, 2.2), (-spec.depth / 2, spec.length / 2 - 1.2, height)).with_slot(WALL)


def _turned_about(x: float) -> NDArray[np.float64]:
    """Returns the half turn about the upright line through (x, 0)."""
    pose = np.diag([-1.0, -1.0, 1.0, 1.0])
    pose[0, 3] = 2 * x
    return pose


def _gable(spec: House, sign: int) -> Mesh:
    """Returns the end wall at y = sign * length / 2, up into the roof."""
    y, back, eaves = sign * spec.length / 2, -spec.depth, spec.eaves
    points = [(0, y, 0), (0, y, eaves), (back, y, eaves), (back, y, 0)]
    if spec.pitch:
        points.insert(2, (back / 2, y, eaves + spec.pitch * spec.depth / 2))
    face = list(range(len(points)))
    return Mesh.from_faces(points, [face if sign > 0 else face[::-1]])


def _facade(spec: House, rng: np.random.Generator) -> Mesh:
    """Returns the wall x = 0 with recessed windows on a grid, frames, sills, and blinds drawn as far as people like."""
    count = max(1, int(spec.length / spec.bay))
    bay = spec.length / count
    width, height = spec.window
    columns = -spec.length / 2 + bay * (np.arange(count) + 0.5)
    sills = 0.7 + STOREY * np.arange(spec.storeys) + 0.75
    y, z = np.repeat(columns, spec.storeys), np.tile(sills, count)
    opening = np.stack([y - width / 2, z, y + width / 2, z + height], -1)
    cell = np.stack([y - bay / 2, z - 0.75, y + bay / 2, z - 0.75 + STOREY], -1)
    inner = opening + np.array([0.07, 0.07, -0.07, -0.07])
    frames = _frames([(cell, 0.0, opening, 0.0), (opening, 0.0, opening, -REVEAL), (opening, -REVEAL, inner, -REVEAL)])
    frames = replace(frames, slots=np.repeat(np.array([WALL, WALL, TRIM], np.int32), 4 * len(cell)))
    drawn = inner[rng.random(len(inner)) < 0.45]
    drawn[:, 1] = drawn[:, 3] - (drawn[:, 3] - drawn[:, 1]) * rng.choice([0.25, 0.4, 0.6, 1.0], len(drawn))
    base = np.array([[-spec.length / 2, 0.0, spec.length / 2, 0.7]])
    top = 0.7 + STOREY * spec.storeys
    rest = np.array([[-spec.length / 2, top, spec.length / 2, spec.eaves]])[: int(spec.eaves > top)]
    sheets = _sheets([(inner, -REVEAL - 0.03), (drawn, -REVEAL - 0.025), (base, 0.0), (rest, 0.0)])
    slots = np.repeat(np.array([GLASS, BLIND, WALL, WALL], np.int32), [len(inner), len(drawn), 1, len(rest)])
    sill = box((0.14, width + 0.16, 0.05), (0.03, 0, -0.025))
    mullion = box((0.05, 0.06, height), (-REVEAL, 0, height / 2))
    trim = _repeated(Mesh.merged([sill, mullion]), np.column_stack([0 * y, y, z])).with_slot(TRIM)
    return Mesh.merged([frames, replace(sheets, slots=slots), trim])


def _door(spec: House) -> Mesh:
    """Returns the front door in its surround with a step, between two windows where there are two."""
    count = max(1, int(spec.length / spec.bay))
    y = 0.0 if count % 2 == 0 else spec.length / count / 2 * (1 if count > 1 else 0)
    surround = Mesh.merged(
        [
            *(box((0.16, 0.12, 2.5), (0.0, y + side * 0.52, 1.25)) for side in (-1, 1)),
            box((0.16, 1.16, 0.14), (0.0, y, 2.45)),
            box((0.5, 1.3, 0.14), (0.2, y, 0.07)),
        ]
    )
    return Mesh.merged([surround.with_slot(TRIM), box((0.08, 0.92, 2.3), (0.0, y, 1.25)).with_slot(DOOR)])


def _repeated(mesh: Mesh, places: NDArray[np.float64]) -> Mesh:
    """Returns copies of a mesh shifted to (N, 3) places, as one mesh."""
    count, size = len(places), len(mesh.vertices)
    vertices = (places[:, None] + mesh.vertices).reshape(-1, 3)
    corners = (np.arange(count, dtype=np.int32)[:, None] * size + mesh.corners).reshape(-1)
    return Mesh(vertices, corners, np.tile(mesh.sizes, count), np.tile(mesh.slots, count), np.tile(mesh.smooth, count))


def _rectangle(bounds: NDArray[np.float64], x: float) -> NDArray[np.float64]:
    """Returns (N, 4, 3) corners of upright rectangles (low y, low z, high y, high z), counter-clockwise from +X."""
    corners = np.full((len(bounds), 4, 3), x)
    corners[..., 1:] = bounds[:, [[0, 1], [2, 1], [2, 3], [0, 3]]]
    return corners


def _sheets(layers: Sequence[tuple[NDArray[np.float64], float]]) -> Mesh:
    """Returns upright rectangles facing +X: layers of bounds (as in `_rectangle`) and their x, metres."""
    corners = np.concatenate([_rectangle(bounds, x) for bounds, x in layers])
    return Mesh.from_faces(corners.reshape(-1, 3), np.arange(corners.shape[0] * 4).reshape(-1, 4))


def _frames(layers: Sequence[tuple[NDArray[np.float64], float, NDArray[np.float64], float]]) -> Mesh:
    """Returns the four faces between each outer rectangle and its inner one, by layers."""
    outer = np.concatenate([_rectangle(bounds, x) for bounds, x, _, _ in layers])
    inner = np.concatenate([_rectangle(bounds, x) for _, _, bounds, x in layers])
    corners = np.concatenate([outer, inner], 1)
    first = np.arange(len(corners))[:, None, None] * 8
    ring = np.array([(side, (side + 1) % 4, 4 + (side + 1) % 4, 4 + side) for side in range(4)])
    return Mesh.from_faces(corners.reshape(-1, 3), (first + ring).reshape(-1, 4))


def tower(length: float, depth: float, storeys: int) -> Mesh:
    """Returns a distant block with ribbon windows; foot at z = 0, centred; slots as of a house."""
    height = storeys * STOREY + 1.0
    bands = [
        box((length + 0.1, depth + 0.1, 1.5), (0, 0, 1.6 + STOREY * level)).with_slot(GLASS) for level in range(storeys)
    ]
    return Mesh.merged([box((length, depth, height), (0, 0, height / 2)), *bands])


def haze_of(rng: np.random.Generator) -> Sequence[Material]:
    """Draws the faded materials of distant blocks, in slot order."""
    shade = (0.35, 0.4, 0.45, 0.5)[rng.integers(4)]
    wall = Material("paint", (shade, shade * 1.01, shade * 1.03), wear=0.1, dirt=0.1)
    window = Material("paint", (shade * 0.6, shade * 0.64, shade * 0.7), wear=0.0, dirt=0.0)
    return (wall, window, wall, wall)
