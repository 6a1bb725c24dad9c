"""Shapes that random solids are made of, with rounded edges, and boxes that stand for what is round; metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Proxy
from buildee.layout.solids import loft, revolve

SIDES = 48
"""Of what is round."""

ROUND = 2 / (1 + np.cos(np.pi / 12))
"""A polygon of 12 sides stands for a circle that lies half inside it: at 4 cm it is off by 0.7 mm."""


def turned(radius: float, long: float, edge: float, grooves: int) -> Mesh:
    """Returns a cylinder as a lathe makes it: ends rounded by `edge` metres, grooves round it."""
    bend = np.linspace(0.0, np.pi / 2, 4)
    low = [(radius - edge * (1 - float(np.sin(turn))), edge * (1 - float(np.cos(turn)))) for turn in bend]
    deep, wide = 0.07 * radius, 0.018 * long
    straight = [(radius, edge + 0.02 * (long - 2 * edge))]
    for at in (0.7 * long, *(0.2 * long + 0.07 * long * np.arange(grooves))[::-1].tolist())[::-1]:
        straight += [(radius, at - wide), (radius - deep, at - 0.6 * wide), (radius - deep, at + 0.6 * wide)]
        straight.append((radius, at + wide))
    top = [(out, long - z) for out, z in [*low, (radius, edge + 0.02 * (long - 2 * edge))][::-1]]
    return revolve([*low, *straight, *top], SIDES)


def bored(outline: NDArray[np.float64], high: float, edge: float, hole: float) -> Mesh:
    """Returns a prism with rounded ends and a hole `hole` metres in radius along it, its mouths chamfered."""
    bend = np.linspace(0.0, np.pi / 2, 4)
    ends = [(edge * (1 - np.sin(angle)), edge * (1 - np.cos(angle))) for angle in bend]
    around = np.arctan2(outline[:, 1], outline[:, 0])
    direction = np.column_stack([np.cos(around), np.sin(around)])
    rings = [(shrunk(outline, depth), z) for depth, z in [*ends, *((depth, high - z) for depth, z in ends[::-1])]]
    rings += [(direction * (hole + out), z) for out, z in ((edge, high), (0.0, high - edge), (0.0, edge), (edge, 0.0))]
    return loft(np.stack([np.column_stack([ring, np.full(len(ring), z)]) for ring, z in rings]), closed=True)


def rounded(outline: ArrayLike, radius: float, steps: int = 4) -> NDArray[np.float64]:
    """Returns a counter-clockwise polygon whose corners are curves `radius` metres long on both sides."""
    points = np.asarray(outline, np.float64)
    before, after = np.roll(points, 1, 0) - points, np.roll(points, -1, 0) - points
    before /= np.linalg.norm(before, axis=1, keepdims=True)
    after /= np.linalg.norm(after, axis=1, keepdims=True)
    share = np.linspace(0.0, 1.0, steps)[:, None, None]
    curve = points + radius * ((1 - share) ** 2 * before + share**2 * after)
    return curve.transpose(1, 0, 2).reshape(-1, 2)


def rounded_prism(outline: ArrayLike, height: float, edge: float, smooth: bool = False) -> Mesh:
    """Returns a prism from z = 0 with ends rounded by `edge` metres; `smooth` if its sides are round."""
    base = np.asarray(outline, np.float64)
    bend = np.linspace(0.0, np.pi / 2, 4)
    levels = [(edge * (1 - np.sin(angle)), edge * (1 - np.cos(angle))) for angle in bend]
    if smooth:  # one more, so that the long sides between are not shaded as if they bulged
        levels.append((0.0, edge + 0.02 * (height - 2 * edge)))
    whole = [*levels, *((depth, height - rise) for depth, rise in levels[::-1])]
    rings = [np.column_stack([shrunk(base, depth), np.full(len(base), z)]) for depth, z in whole]
    return loft(np.stack(rings), smooth=smooth)


def shrunk(outline: NDArray[np.float64], distance: float) -> NDArray[np.float64]:
    """Returns a polygon with its corners moved inwards along the mean of their edges' normals, in metres."""
    edges = np.roll(outline, -1, 0) - np.roll(outline, 1, 0)
    normals = edges[:, ::-1] * (-1.0, 1.0)
    return outline + distance * normals / np.linalg.norm(normals, axis=1, keepdims=True)


def polygon_boxes(
    sides: int, radius: float, low: float, high: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns boxes, poses and half extents, that together are a regular prism on Z.

    A box from each edge to the one across: they fill an even polygon wholly.

    Args:
        sides: an even number.
        radius: of the corners, metres; one is `pi / sides` from +X.
        low, high: of its ends on Z, metres.
    """
    turns = 2 * np.pi / sides * np.arange(sides // 2)
    poses = np.stack([rotation((0.0, 0.0, 1.0), turn) for turn in turns])
    poses[:, 2, 3] = (low + high) / 2
    half = (radius * np.cos(np.pi / sides), radius * np.sin(np.pi / sides), (high - low) / 2)
    return poses, np.tile(half, (len(turns), 1))


def round_proxy(radius: float, low: float, high: float) -> Proxy:
    """Returns the proxy of a cylinder on Z."""
    return Proxy(*polygon_boxes(12, radius * ROUND, low, high))


def joined(parts: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> Proxy:
    """Returns boxes as one proxy."""
    return Proxy(np.concatenate([poses for poses, _ in parts]), np.concatenate([half for _, half in parts]))
