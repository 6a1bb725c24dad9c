"""Walls with their openings, ceilings, cornices and beams. Metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.room import Opening, Room, Wall
from buildee.generators.kitchen.style import Style
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece
from buildee.layout.scene import Assembly, Proxy
from buildee.layout.solids import box, inset, prism, sweep

BASE = -0.015
"""Where walls stand, on the rough floor: what is laid on that ends at z = 0."""

FRAME_AT = 0.14
"""From a wall's inner face to the frames of its windows: in masonry of 300 mm they sit behind the outer leaf, which
leaves a window board about as deep."""

SLAB = 0.2
"""Thickness of floors and ceilings with what carries them."""

Array = NDArray[np.float64]


def walls(
    room: Room,
    style: Style,
    outer: Material,
    prefix: str = "wall",
    without: frozenset[int] = frozenset(),
) -> Assembly:
    """Returns the walls, one instance each, origin at the wall's start.

    Args:
        room: its outline and openings.
        style: gives the paint inside.
        outer: what the outer faces are made of.
        prefix: of their names.
        without: numbers of the walls that belong to somebody else.
    """
    rim = outer_outline(room)
    return Assembly.merged(
        piece(
            f"{prefix}.{wall.number}",
            "wall",
            (f"kitchen/{prefix}_{wall.number}", _mesh(room, wall, rim)),
            (style.wall, outer),
            wall.pose,
            _proxy(room, wall, rim if (wall.number + 1) % len(rim) not in without else room.outline),
        )
        for wall in room.walls
        if wall.number not in without
    )


def outer_outline(room: Room) -> Array:
    """Returns (N, 2) corners on the outer faces of the walls."""
    return inset(room.outline, -room.thickness)


def _cuts(room: Room, wall: Wall) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Returns where a wall is cut along and up by the edges of its openings, and which of the cells are solid."""
    holes = [(item.start, item.end, _foot(item), item.height) for item in wall.openings]
    x = np.unique(np.round([0.0, wall.length, *(edge for hole in holes for edge in hole[:2])], 6))
    z = np.unique(np.round([BASE, room.height, *(edge for hole in holes for edge in hole[2:])], 6))
    middle_x, middle_z = (x[:-1] + x[1:]) / 2, (z[:-1] + z[1:]) / 2
    solid = np.ones((len(x) - 1, len(z) - 1), bool)
    for left, right, low, high in holes:
        across = (middle_x > left) & (middle_x < right)
        solid &= ~(across[:, None] & ((middle_z > low) & (middle_z < high)))
    return x, z, solid


def _foot(item: Opening) -> float:
    """Returns where the hole of an opening begins: doors reach down to the rough floor."""
    return item.sill if item.sill > 0 else BASE


def _mesh(room: Room, wall: Wall, rim: Array) -> Mesh:
    """Returns a wall as one closed skin, welded, mitred with its neighbours; slot 0 inside, 1 outside.

    The reveals are the room's as far as the frames of windows, the outside's beyond.
    """
    x, z, solid = _cuts(room, wall)
    depth = np.array([0.0, -FRAME_AT, -room.thickness])
    points = np.empty((len(x), 3, len(z), 3))
    points[..., 0] = x[:, None, None]
    for end, corner in ((0, rim[wall.number]), (-1, rim[(wall.number + 1) % len(rim)])):
        mitred = (corner - wall.start) @ wall.pose[:2, 0]
        points[end, ..., 0] += ((mitred - x[end]) * depth / depth[-1])[:, None]
    points[..., 1], points[..., 2] = depth[:, None], z
    index = np.arange(points[..., 0].size).reshape(points.shape[:3])
    padded = np.pad(solid, 1)
    faces, slots = [], []

    def add(first: tuple, second: tuple, third: tuple, fourth: tuple, slot: int) -> None:
        faces.append((index[first], index[second], index[third], index[fourth]))
        slots.append(slot)

    for i, k in np.argwhere(solid):
        add((i, 0, k), (i, 0, k + 1), (i + 1, 0, k + 1), (i + 1, 0, k), 0)
        add((i, 2, k), (i + 1, 2, k), (i + 1, 2, k + 1), (i, 2, k + 1), 1)
        for j, slot in ((0, 0), (1, 1)):
            if not padded[i, k + 1]:
                add((i, j, k), (i, j + 1, k), (i, j + 1, k + 1), (i, j, k + 1), slot)
            if not padded[i + 2, k + 1]:
                add((i + 1, j, k), (i + 1, j, k + 1), (i + 1, j + 1, k + 1), (i + 1, j + 1, k), slot)
            if not padded[i + 1, k]:
                add((i, j, k), (i + 1, j, k), (i + 1, j + 1, k), (i, j + 1, k), slot)
            if not padded[i + 1, k + 2]:
                add((i, j, k + 1), (i, j + 1, k + 1), (i + 1, j + 1, k + 1), (i + 1, j, k + 1), slot)
    used, corners = np.unique(np.array(faces), return_inverse=True)
    mesh = Mesh.from_faces(points.reshape(-1, 3)[used], corners.reshape(-1, 4))
    return Mesh(mesh.vertices, mesh.corners, mesh.sizes, np.array(slots, np.int32), mesh.smooth)


def _proxy(room: Room, wall: Wall, rim: Array) -> Proxy:
    """Returns boxes around the openings; a corner of the house is in the box of the wall that ends there."""
    x, z, solid = _cuts(room, wall)
    beyond = (rim[(wall.number + 1) % len(rim)] - wall.start) @ wall.pose[:2, 0]
    x = np.append(x[:-1], max(beyond, x[-1]))
    found = []
    for i, column in enumerate(solid):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], column, [False]]).astype(int)))
        found += [((x[i], -room.thickness, z[a]), (x[i + 1], 0.0, z[b])) for a, b in edges.reshape(-1, 2)]
    return box_proxy(*found)


def level_proxy(outline: Array, low: float, high: float) -> Proxy:
    """Returns boxes between two heights that fill an outline: cells between the lines through its corners.

    Exact for outlines with right angles along the axes; of others the cells whose middle lies inside.
    """
    x, y = (np.unique(np.round(axis, 6)) for axis in outline.T)
    middles = np.stack(np.meshgrid((x[:-1] + x[1:]) / 2, (y[:-1] + y[1:]) / 2, indexing="ij"), -1)
    cells = np.argwhere(inside(outline, middles))
    return box_proxy(*[((x[i], y[j], low), (x[i + 1], y[j + 1], high)) for i, j in cells])


def inside(outline: Array, points: Array) -> NDArray[np.bool_]:
    """Returns whether (..., 2) points lie in a polygon of (N, 2) corners."""
    ends = np.roll(outline, -1, 0)
    px, py = points[..., :1], points[..., 1:]
    spans = (outline[:, 1] > py) != (ends[:, 1] > py)
    rise = np.where(ends[:, 1] == outline[:, 1], 1.0, ends[:, 1] - outline[:, 1])
    crossing = outline[:, 0] + (py - outline[:, 1]) * (ends[:, 0] - outline[:, 0]) / rise
    return (spans & (px < crossing)).sum(-1) % 2 == 1


def ceiling(room: Room, style: Style, prefix: str = "ceiling") -> Assembly:
    """Returns the ceiling on top of the walls, with a cornice or beams where the style has them."""
    top = prism(outer_outline(room), SLAB).moved(z=room.height)
    proxy = level_proxy(room.outline, room.height, room.height + SLAB)
    things = [piece(prefix, "ceiling", (f"kitchen/{prefix}", top), (style.ceiling,), np.eye(4), proxy)]
    if style.family == "classic" and prefix == "ceiling":
        things.append(_cornice(room, style))
    if has_beams(room, style) and prefix == "ceiling":
        things.append(_beams(room))
    return Assembly.merged(things)


_COVE = [(0.0, 0.0), (-0.09, 0.0), (-0.09, -0.012), (-0.08, -0.016), (-0.05, -0.03), (-0.03, -0.052), (-0.018, -0.08)]
_COVE += [(-0.014, -0.092), (0.0, -0.095)]
"""Section of a plaster cornice of 90 mm, x into the wall, y up to the ceiling."""


def _cornice(room: Room, style: Style) -> Assembly:
    """Returns the moulding between walls and ceiling, all the way round."""
    path = np.column_stack([room.outline, np.full(len(room.outline), room.height)])
    # Right of the way round lies the wall, left the room.
    mesh = sweep(path, _COVE, closed=True, smooth=True)
    boxes = []
    for wall in room.walls:
        line = np.stack(
            [wall.start, wall.end, wall.start + 0.09 * wall.pose[:2, 1], wall.end + 0.09 * wall.pose[:2, 1]]
        )
        boxes.append(((*line.min(0), room.height - 0.095), (*line.max(0), room.height)))
    shape = ("kitchen/cornice", mesh)
    return piece("cornice", "ceiling", shape, (style.ceiling,), np.eye(4), box_proxy(*boxes))


def has_beams(room: Room, style: Style) -> bool:
    """Returns whether beams show below the ceiling."""
    return style.family == "country" and room.height >= 2.4


def beams_at(room: Room) -> tuple[int, Array]:
    """Returns the axis that beams are set along, and where their middles are on it, metres."""
    low, high = room.outline.min(0), room.outline.max(0)
    along = int(np.argmax(high - low))
    count = max(2, round((high - low)[along] / 0.95))
    return along, low[along] + (np.arange(count) + 0.5) * (high - low)[along] / count


def _beams(room: Room) -> Assembly:
    """Returns oak beams across the shorter way, hewn edges rounded off; of the bounding box of the room."""
    low, high = room.outline.min(0), room.outline.max(0)
    along, places = beams_at(room)
    size = np.array([0.14, 0.14, 0.12])
    size[1 - along] = (high - low)[1 - along]
    pieces = []
    for place in places:
        middle = (low + high) / 2
        middle[along] = place
        pieces.append(box(size, (*middle, room.height - 0.06), 0.012))
    oak = Material("wood", (0.2, 0.115, 0.055), wear=0.5, dirt=0.1)
    proxy = box_proxy(*[mesh.bounds for mesh in pieces])
    return piece("beams", "ceiling", ("kitchen/beams", Mesh.merged(pieces)), (oak,), np.eye(4), proxy)
