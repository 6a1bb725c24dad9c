"""Thin sheets: corrugated steel, hanging cloth, walls with openings. Metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, circle

STAND = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
"""Stands what was drawn in the XY plane upright, facing -Y: (x, y, z) becomes (x, -z, y)."""


def curtain(line: ArrayLike, low: float, high: float, thickness: float) -> Mesh:
    """Returns a closed vertical sheet along a line.

    Args:
        line: (N, 2) metres; the sheet's front lies on it and looks to the right of the way it goes.
        low, high: metres.
        thickness: to the left of the line (along +Y for a line along +X), metres.
    """
    front = np.asarray(line, np.float64)
    back = front + np.array([0.0, thickness])
    count = len(front)
    vertices = np.concatenate([np.column_stack([row, np.full(count, z)]) for row in (front, back) for z in (low, high)])
    this = np.arange(count - 1)
    after = this + 1
    a, b, c, d = 0, count, 2 * count, 3 * count  # front low, front high, back low, back high
    faces = [
        np.stack([a + this, a + after, b + after, b + this], -1),
        np.stack([c + after, c + this, d + this, d + after], -1),
        np.stack([b + this, b + after, d + after, d + this], -1),
        np.stack([a + after, a + this, c + this, c + after], -1),
        np.array([(c, a, b, d), (a + count - 1, c + count - 1, d + count - 1, b + count - 1)]),
    ]
    return Mesh.from_faces(vertices, np.concatenate(faces))


def trapezoids(length: float, flat: float, slope: float, valley: float, depth: float) -> NDArray[np.float64]:
    """Returns the line of a corrugated sheet, centred on x = 0.

    Args:
        length: metres.
        flat, slope, valley: lengths of outer face, flank and inner face along x, metres; fitted to the length.
        depth: how far the inner faces lie behind the outer ones (towards +Y), metres.

    Returns:
        (N, 2) metres, outer faces at y = 0.
    """
    waves = max(1, round((length - flat) / (flat + 2 * slope + valley)))
    steps = np.array([flat, slope, valley, slope] * waves + [flat])
    x = np.concatenate([[0.0], np.cumsum(steps)]) * (length / steps.sum())
    y = np.array([0.0, 0.0, depth, depth] * waves + [0.0, 0.0])
    return np.column_stack([x - length / 2, y])


def wall(length: float, height: float, thickness: float, openings: Sequence[tuple[float, float, float, float]]) -> Mesh:
    """Returns a wall in boxes around its openings: x along the length from -length/2, y = 0 to thickness, z up.

    Args:
        length, height, thickness: metres.
        openings: x0, x1, z0, z1 of each, not overlapping in x.
    """
    parts, edge = [], -length / 2
    spans = sorted(openings)
    for x0, x1, z0, z1 in spans:
        parts += [(edge, x0, 0.0, height), (x0, x1, 0.0, z0), (x0, x1, z1, height)]
        edge = x1
    parts.append((edge, length / 2, 0.0, height))
    return Mesh.merged(
        box((x1 - x0, thickness, z1 - z0), ((x0 + x1) / 2, thickness / 2, (z0 + z1) / 2))
        for x0, x1, z0, z1 in parts
        if x1 - x0 > 1e-6 and z1 - z0 > 1e-6
    )


def cloth(width: float, height: float, cells: tuple[int, int], sag: float, salt: int) -> Mesh:
    """Returns a hanging sheet, 3 mm thick, in the XZ plane around x = 0 with its lower edge at z = 0.

    Args:
        width, height: metres.
        cells: divisions along x and z.
        sag: how far it billows, metres.
        salt: selects the folds.
    """
    phase = np.array([0.7, 2.1, 4.4]) * (1 + salt)
    x, z = np.meshgrid(np.linspace(-0.5, 0.5, cells[0] + 1), np.linspace(0, 1, cells[1] + 1), indexing="ij")
    tied = np.abs(np.sin(6 * np.pi * (x + 0.5)))  # six spans between the ties
    pinned = np.sin(np.pi * z) * 0.6 + 0.4 * tied
    wave = np.sin(7 * x + phase[0]) + 0.6 * np.sin(19 * x + 4 * z + phase[1]) + 0.45 * np.sin(41 * x - 6 * z + phase[2])
    y = sag * 0.5 * wave * pinned
    lower = 0.012 * np.sin(11 * x + phase[1]) * (1 - z)
    front = np.stack([x * width, y, z * height + lower], -1).reshape(-1, 3)
    index = np.arange(x.size).reshape(x.shape)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 4)
    rim = np.concatenate([index[:, 0], index[-1, 1:], index[-2::-1, -1], index[0, -2:0:-1]])
    after = np.roll(rim, -1)
    sides = np.stack([after, rim, rim + x.size, after + x.size], -1)
    vertices = np.concatenate([front, front + np.array([0.0, 0.003, 0.0])])
    return Mesh.from_faces(vertices, np.concatenate([quads, quads[:, ::-1] + x.size, sides]), smooth=True)


def stadium(length: float, width: float, segments: int = 12) -> NDArray[np.float64]:
    """Returns (N, 2) points of an oval with straight sides along x, counter-clockwise."""
    points = circle(width / 2, segments, start=-np.pi / 2 + np.pi / segments)
    return points + np.where(points[:, :1] > 0, 1, -1) * np.array([(length - width) / 2, 0.0])


def rounded(size: tuple[float, float], radius: float) -> NDArray[np.float64]:
    """Returns the (20, 2) outline of a rectangle about the origin with rounded corners, counter-clockwise."""
    return _CORNERS * (np.array(size) / 2 - radius) + radius * _ARCS


_CORNERS = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)], np.float64).repeat(5, 0)
_TURNS = (np.arange(4)[:, None] + np.linspace(0, 1, 5)).ravel() * np.pi / 2
_ARCS = np.column_stack([np.cos(_TURNS), np.sin(_TURNS)])
"""Of an outline with rounded corners: in which corner each point is, and where on the arc there."""
