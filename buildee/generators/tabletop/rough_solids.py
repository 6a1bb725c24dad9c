"""Random solids of 2 to 15 cm, with rounded edges, as used to train grasping: each one a shape of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.tabletop import prints
from buildee.layout.kinematics import rotation, translation
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.scene import Pose, Proxy
from buildee.layout.solids import circle, loft, revolve

SMALLEST, LARGEST = 0.02, 0.15
"""Longest side of a solid, metres."""

SIDES = 48
"""Of what is round."""

ROUNDER = 1.6
"""Corners of an outline are so much longer than its ends are rounded: else the ends' outline would cross itself."""

UPRIGHT = np.eye(4)
ON_SIDE = rotation((0.0, 1.0, 0.0), np.pi / 2)
ON_EDGE = rotation((1.0, 0.0, 0.0), np.pi / 2)
UPSIDE_DOWN = rotation((1.0, 0.0, 0.0), np.pi)


@dataclass(frozen=True, eq=False)
class Solid:
    """A random solid.

    Attributes:
        key: names the shape with its dimensions; equal keys are equal meshes.
        category: key of `CATEGORIES`.
        mesh: of one material slot, or of three with print: what it is on, colour, ink.
        proxy: its boxes.
        rests: (4, 4) rotations in which it rests on a level place.
    """

    key: str
    category: str
    mesh: Mesh
    proxy: Proxy
    rests: tuple[Pose, ...]


def solid(rng: np.random.Generator, largest: float = LARGEST) -> Solid:
    """Draws a solid whose longest side is `largest` metres at most."""
    kind = KINDS[int(rng.integers(len(KINDS)))]
    size = float(rng.uniform(SMALLEST, min(largest, LARGEST)))
    # To a tenth of a millimetre, so that the key says all.
    shares = np.round(rng.uniform(0.0, 1.0, 3), 3)
    made = kind(round(size, 4), *shares.tolist())
    return Solid(f"solid/{kind.__name__}/{size:.4f}_" + "_".join(f"{share:.3f}" for share in shares), *made)


Made = tuple[str, Mesh, Proxy, tuple[Pose, ...]]
"""Category, mesh, proxy and rests of a solid."""


def block(size: float, a: float, b: float, c: float) -> Made:
    """Returns a box with rounded edges."""
    x, y, z = size, size * (0.35 + 0.65 * a), size * (0.25 + 0.6 * b)
    edge = (0.02 + 0.1 * c) * min(x, y, z)
    mesh = _rounded_prism(_rounded([(-x, -y), (x, -y), (x, y), (-x, y)], ROUNDER * 2 * edge) / 2, z, edge)
    return "box", mesh, box_proxy(mesh.bounds), (UPRIGHT, ON_SIDE, ON_EDGE)


def packet(size: float, a: float, b: float, c: float) -> Made:
    """Returns a printed box of card, standing, flat or on edge."""
    x, y, z = size * (0.3 + 0.4 * a), size * (0.12 + 0.5 * c), size
    edge = 0.01 * min(x, y) + 0.0004
    whole = _rounded_prism(_rounded([(-x, -y), (x, -y), (x, y), (-x, y)], ROUNDER * 2 * edge) / 2, z, edge)
    flat = 2 * ROUNDER * edge + 0.001
    parts = [whole]
    for normal, across, along, first, second in (
        ((0.0, -1.0), x, y, a, b),
        ((0.0, 1.0), x, y, c, 0.997),
        ((-1.0, 0.0), y, x, a, c),
        ((1.0, 0.0), y, x, b, a),
    ):
        made = prints.face(across - flat, z - flat, first, second)
        parts.append(prints.on_side(made, normal, along / 2, z / 2))
    return "box", Mesh.merged(parts), box_proxy(whole.bounds), (UPRIGHT, ON_SIDE, ON_EDGE)


def tin(size: float, a: float, b: float, c: float) -> Made:
    """Returns a drum with a printed label round it."""
    long, wide = (size, size * (0.35 + 0.5 * b)) if a > 0.4 else (size * (0.3 + 0.5 * b), size)
    edge = 0.03 * min(long, wide)
    body = _rounded_prism(circle(wide / 2, SIDES), long, edge, smooth=True)
    around, high = np.pi * wide, long - 2.6 * edge
    sides = [
        prints.face(around / 2 - 1e-3, high, *shares).moved(x=at)
        for shares, at in (((a, b), -around / 4), ((c, 0.997), around / 4))
    ]
    label = prints.round_body(Mesh.merged(sides), wide / 2, long / 2)
    return "cylinder", Mesh.merged([body, label]), _round_proxy(wide / 2, 0.0, long), (UPRIGHT, ON_SIDE)


def rod(size: float, a: float, b: float, c: float) -> Made:
    """Returns a cylinder: a disc, a drum or a rod."""
    long, wide = (size, size * (0.15 + 0.8 * b)) if a > 0.35 else (size * (0.15 + 0.5 * b), size)
    mesh = _rounded_prism(circle(wide / 2, SIDES), long, (0.03 + 0.1 * c) * min(long, wide), smooth=True)
    rests = (UPRIGHT, ON_SIDE) if long < 3 * wide else (ON_SIDE,)
    return "cylinder", mesh, _round_proxy(wide / 2, 0.0, long), rests


def nut(size: float, a: float, b: float, c: float) -> Made:
    """Returns a prism of six or eight sides."""
    sides = 6 if a < 0.6 else 8
    radius, high = size / 2, size * (0.2 + 0.8 * b)
    outline = circle(radius, sides, np.pi / sides)
    edge = (0.02 + 0.06 * c) * min(high, radius)
    mesh = _rounded_prism(_rounded(outline, ROUNDER * edge), high, edge)
    return "object", mesh, Proxy(*_polygon_boxes(sides, radius, 0.0, high)), (UPRIGHT, ON_SIDE)


def ring(size: float, a: float, b: float, c: float) -> Made:
    """Returns a torus that lies flat."""
    thick = size * (0.08 + 0.12 * a)
    middle = size / 2 - thick
    around = np.linspace(0.0, 2 * np.pi, 20, endpoint=False)
    section = np.column_stack([middle + thick * np.cos(around), thick + thick * np.sin(around)])
    turns = np.linspace(0.0, 2 * np.pi, SIDES, endpoint=False)
    rings = np.stack([_about_z(section, turn) for turn in turns])
    mesh = loft(rings[:, ::-1], closed=True, smooth=True)
    count = 14
    poses = np.stack([_yaw(turn) for turn in 2 * np.pi * np.arange(count) / count])
    poses = poses @ translation((middle, 0.0, thick))
    wide = (middle + thick) * np.tan(np.pi / count)
    # The section's square is as high as the ring is thick, for it to lie right, and narrower, for its corners.
    return "object", mesh, Proxy(poses, np.tile((0.9 * thick, wide, thick), (count, 1))), (UPRIGHT,)


def capsule(size: float, a: float, b: float, c: float) -> Made:
    """Returns a cylinder with round ends, standing."""
    radius = size * (0.12 + 0.2 * a)
    bend = np.linspace(0.0, np.pi / 2, 9)
    low = np.column_stack([np.sin(bend), 1.0 - np.cos(bend)]) * radius
    mesh = revolve(np.concatenate([low, (low * (1.0, -1.0) + (0.0, size))[::-1]]), SIDES)
    parts = [_polygon_boxes(12, radius * ROUND, radius, size - radius)]
    for share in (0.45, 0.75, 0.97):  # the ends step by step
        inner = radius * float(np.sqrt(1 - share**2))
        parts.append(_polygon_boxes(8, inner * 1.04, radius * (1 - share), size - radius * (1 - share)))
    return "object", mesh, _joined(parts), (ON_SIDE,)


def bracket(size: float, a: float, b: float, c: float) -> Made:
    """Returns a piece like an L."""
    other, thick, high = size * (0.45 + 0.5 * a), size * (0.15 + 0.15 * b), size * (0.15 + 0.5 * c)
    arms = [((0, 0, 0), (size, thick, high)), ((0, thick, 0), (thick, other, high))]
    return "object", *_glued(arms, (size / 2, other / 2, 0.0)), (UPRIGHT, ON_EDGE, UPSIDE_DOWN)


def tee(size: float, a: float, b: float, c: float) -> Made:
    """Returns a piece like a T."""
    stem, thick, high = size * (0.5 + 0.5 * a), size * (0.15 + 0.15 * b), size * (0.15 + 0.45 * c)
    half, foot = size / 2, thick / 2
    arms = [((-foot, 0, 0), (foot, stem - thick, high)), ((-half, stem - thick, 0), (half, stem, high))]
    return "object", *_glued(arms, (0.0, stem / 2, 0.0)), (UPRIGHT, UPSIDE_DOWN)


def _glued(arms: Sequence[tuple[ArrayLike, ArrayLike]], middle: ArrayLike) -> tuple[Mesh, Proxy]:
    """Returns rounded bars between (3,) corners that abut, as one piece about `middle`, metres."""
    bars = [np.array(arm) - np.asarray(middle) for arm in arms]
    edge = 0.06 * min(float(np.ptp(bar, axis=0).min()) for bar in bars)
    meshes = []
    for bar in bars:
        (x0, y0, z), (x1, y1, top) = bar
        outline = _rounded([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ROUNDER * edge)
        meshes.append(_rounded_prism(outline, float(top - z), edge).moved(z=float(z)))
    return Mesh.merged(meshes), box_proxy(*bars)


def beaker(size: float, a: float, b: float, c: float) -> Made:
    """Returns an open cup with a thick wall."""
    high = size * (0.5 + 0.5 * a)
    radius = min(size, high * 1.4) * (0.32 + 0.18 * b)
    wall = 0.002 + 0.08 * radius + 0.06 * c * radius
    edge = 0.4 * wall
    outer = [(radius - edge, 0.0), (radius - 0.3 * edge, 0.3 * edge), (radius, edge), (radius, high - edge)]
    rim = [(radius - 0.3 * edge, high - 0.3 * edge), (radius - edge, high), (radius - wall + edge, high)]
    inside = [(radius - wall, high - edge), (radius - wall, wall + edge), (radius - wall - edge, wall), (0.0, wall)]
    mesh = revolve([*outer, *rim, *inside], SIDES)
    count = 14
    poses = np.stack([_yaw(turn) for turn in 2 * np.pi * np.arange(count) / count])
    poses = poses @ translation((radius - wall / 2, 0.0, (high + wall) / 2))
    half = np.tile((wall / 2, radius * np.tan(np.pi / count), (high - wall) / 2), (count, 1))
    floor = _polygon_boxes(12, radius * ROUND, 0.0, wall)
    return "object", mesh, _joined([floor, (poses, half)]), (UPRIGHT, UPSIDE_DOWN)


KINDS: tuple[Callable[[float, float, float, float], Made], ...] = (
    block,
    block,
    packet,
    packet,
    rod,
    rod,
    tin,
    nut,
    ring,
    capsule,
    bracket,
    tee,
    beaker,
)
"""Every kind of solid as often as it is drawn; each takes its longest side and three shares, 0 to 1."""

ROUND = 2 / (1 + np.cos(np.pi / 12))
"""A polygon of 12 sides stands for a circle that lies half inside it: at 4 cm it is off by 0.7 mm."""


def _yaw(angle: float) -> Pose:
    return rotation((0.0, 0.0, 1.0), angle)


def _about_z(section: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    """Returns (N, 3): an (N, 2) section of radii and heights, turned about Z."""
    return np.column_stack([section[:, 0] * np.cos(angle), section[:, 0] * np.sin(angle), section[:, 1]])


def _rounded(outline: ArrayLike, radius: float, steps: int = 4) -> NDArray[np.float64]:
    """Returns a counter-clockwise polygon whose corners are curves `radius` metres long on both sides."""
    points = np.asarray(outline, np.float64)
    before, after = np.roll(points, 1, 0) - points, np.roll(points, -1, 0) - points
    before /= np.linalg.norm(before, axis=1, keepdims=True)
    after /= np.linalg.norm(after, axis=1, keepdims=True)
    share = np.linspace(0.0, 1.0, steps)[:, None, None]
    curve = points + radius * ((1 - share) ** 2 * before + share**2 * after)
    return curve.transpose(1, 0, 2).reshape(-1, 2)


def _rounded_prism(outline: ArrayLike, height: float, edge: float, smooth: bool = False) -> Mesh:
    """Returns a prism from z = 0 with ends rounded by `edge` metres; `smooth` if its sides are round."""
    base = np.asarray(outline, np.float64)
    bend = np.linspace(0.0, np.pi / 2, 4)
    levels = [(edge * (1 - np.sin(angle)), edge * (1 - np.cos(angle))) for angle in bend]
    if smooth:  # one more, so that the long sides between are not shaded as if they bulged
        levels.append((0.0, edge + 0.02 * (height - 2 * edge)))
    whole = [*levels, *((depth, height - rise) for depth, rise in levels[::-1])]
    rings = [np.column_stack([_shrunk(base, depth), np.full(len(base), z)]) for depth, z in whole]
    return loft(np.stack(rings), smooth=smooth)


def _shrunk(outline: NDArray[np.float64], distance: float) -> NDArray[np.float64]:
    """Returns a polygon with its corners moved inwards along the mean of their edges' normals, in metres."""
    edges = np.roll(outline, -1, 0) - np.roll(outline, 1, 0)
    normals = edges[:, ::-1] * (-1.0, 1.0)
    return outline + distance * normals / np.linalg.norm(normals, axis=1, keepdims=True)


def _polygon_boxes(
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
    poses = np.stack([_yaw(turn) for turn in turns])
    poses[:, 2, 3] = (low + high) / 2
    half = (radius * np.cos(np.pi / sides), radius * np.sin(np.pi / sides), (high - low) / 2)
    return poses, np.tile(half, (len(turns), 1))


def _round_proxy(radius: float, low: float, high: float) -> Proxy:
    """Returns the proxy of a cylinder on Z."""
    return Proxy(*_polygon_boxes(12, radius * ROUND, low, high))


def _joined(parts: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> Proxy:
    """Returns boxes as one proxy."""
    return Proxy(np.concatenate([poses for poses, _ in parts]), np.concatenate([half for _, half in parts]))
