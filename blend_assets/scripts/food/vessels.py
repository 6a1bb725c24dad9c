"""Glass, metal and plastic that is turned: hollow bodies, what fills them, sleeves, caps."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blend_assets.scripts.food.forms import MM, lathe, skin
from buildee.layout import solids
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

SEGMENTS = 40
"""Sides of a turned body: at 35 mm radius its facets lie 0.11 mm inside the circle."""

GAP = 0.1 * MM
"""Between what fills a vessel and its wall: two surfaces in one place would show as noise."""


def hollow(outer: NDArray[np.float64], wall: float, floor: float, segments: int = SEGMENTS) -> Mesh:
    """Returns an open vessel with a wall.

    Args:
        outer: (N, 2) radius and height from the middle of the bottom up to the rim, metres.
        wall: its thickness, metres.
        floor: thickness of its bottom, metres.
        segments: how many sides.
    """
    profile = np.concatenate([outer, inside(outer, wall, floor)[::-1]])
    return solids.loft(lathe(profile, segments), closed=True, smooth=True)


def inside(outer: NDArray[np.float64], wall: float, floor: float) -> NDArray[np.float64]:
    """Returns (M, 2): the profile of the room within a vessel, from the middle of its floor up; as in `hollow`."""
    start = outer[0, 1] + floor
    top = outer[-1]
    up = outer[outer[:, 1] > start + 1e-5]
    corner = np.interp(start, outer[:, 1], outer[:, 0]) - wall
    room = np.column_stack([np.maximum(up[:, 0] - wall, 0.5 * MM), up[:, 1]])
    room[-1, 1] = top[1]
    lip = min(1.5 * MM, 0.5 * corner)
    first = [(0.0, start), (corner - lip, start), (min(corner, room[0, 0]), start + lip)]
    room = room[room[:, 1] > start + lip + 1e-5]
    return np.concatenate([first, room])


def filling(outer: NDArray[np.float64], wall: float, floor: float, level: float, segments: int = SEGMENTS) -> Mesh:
    """Returns what fills a vessel up to a level, a hair away from its wall; arguments as in `hollow`, metres."""
    room = inside(outer, wall, floor)
    below = room[room[:, 1] < level - 1e-4] - (GAP, 0)
    below[:, 1] += np.where(below[:, 0] < below[:, 0].max() * 2, GAP, 0) * (below[:, 1] < room[2, 1] + 1e-9)
    surface = np.interp(level, room[:, 1], room[:, 0]) - GAP
    profile = np.concatenate([np.maximum(below, (0, 0)), [(surface, level), (0, level)]])
    return skin(lathe(profile, segments))


def lid(radius: float, height: float, ribs: int = 0, edge: float = 1.2 * MM, segments: int = SEGMENTS) -> Mesh:
    """Returns a cap from z = 0 up, ribbed round its side when asked."""
    profile = np.array(
        [
            (0, 0),
            (radius - edge / 2, 0),
            (radius, edge / 2),
            (radius, height - edge),
            (radius - edge, height),
            (0, height),
        ]
    )
    grooved = (lambda a, t: 1 - 0.018 * (np.cos(ribs * a) > 0) * (t > 0.3) * (t < 0.7)) if ribs else None
    return skin(lathe(profile, max(segments, 4 * ribs) if ribs else segments, grooved))


def sleeve(
    radius: float, low: float, high: float, share: float = 1.0, bearing: float = 0.0, segments: int = SEGMENTS
) -> Mesh:
    """Returns a thin open label round a body, facing outwards.

    Args:
        radius: of the label, metres.
        low, high: its edges, metres.
        share: how far it goes round.
        bearing: where its middle is, radians.
        segments: sides of a full turn.
    """
    count = max(round(segments * share), 4)
    angle = bearing + np.linspace(-np.pi, np.pi, count + 1) * share
    ring = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    points = np.concatenate([np.column_stack([ring, np.full(count + 1, z)]) for z in (low, high)])
    first = np.arange(count)[:, None]
    quads = first + np.array([0, 1, count + 2, count + 1])
    return Mesh.from_faces(points, quads, smooth=True)


def profile(*points: tuple[float, float]) -> NDArray[np.float64]:
    """Returns (N, 2) of points in millimetres, as metres."""
    return np.array(points, np.float64) * MM


def glass(color: Color = (0.95, 0.98, 0.96)) -> Material:
    """Returns clear or tinted glass."""
    return Material("glassware", color, wear=0.0, dirt=0.0)


def liquid(color: Color) -> Material:
    """Returns what is in a bottle."""
    return Material("liquid", color, wear=0.0, dirt=0.0)


def rounded(points: ArrayLike, radius: float, steps: int = 4) -> NDArray[np.float64]:
    """Returns an open (N, 2) profile in millimetres with its corners rounded, standing on 0, as metres."""
    knots = np.asarray(points, np.float64) * MM
    path = [knots[0]]
    for before, corner, after in zip(knots[:-2], knots[1:-1], knots[2:], strict=True):
        back, ahead = before - corner, after - corner
        start = corner + back * min(radius / np.linalg.norm(back), 0.45)
        end = corner + ahead * min(radius / np.linalg.norm(ahead), 0.45)
        path += [(1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end for t in np.linspace(0, 1, steps + 1)]
    path.append(knots[-1])
    result = np.array(path)
    return result - (0, result[:, 1].min())
