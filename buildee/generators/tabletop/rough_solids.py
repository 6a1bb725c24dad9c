"""Random solids of 2 to 15 cm, with rounded edges, as used to train grasping: each one a shape of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.tabletop import decor, prints
from buildee.generators.tabletop.shaping import (
    ROUND,
    SIDES,
    bored,
    joined,
    polygon_boxes,
    round_proxy,
    rounded,
    rounded_prism,
    turned,
)
from buildee.layout.kinematics import rotation, translation
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.scene import Pose, Proxy
from buildee.layout.solids import circle, loft, revolve

SMALLEST, LARGEST = 0.02, 0.15
"""Longest side of a solid, metres."""


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
        mesh: of three material slots: what it is made of, a second colour, ink.
        printed: whether it is packaging, of what is printed on.
        proxy: its boxes.
        rests: (4, 4) rotations in which it rests on a level place.
    """

    key: str
    category: str
    mesh: Mesh
    proxy: Proxy
    rests: tuple[Pose, ...]
    printed: bool


def solid(rng: np.random.Generator, largest: float = LARGEST) -> Solid:
    """Draws a solid whose longest side is `largest` metres at most."""
    kind = KINDS[int(rng.integers(len(KINDS)))]
    size = float(rng.uniform(SMALLEST, min(largest, LARGEST)))
    # To a tenth of a millimetre, so that the key says all.
    shares = np.round(rng.uniform(0.0, 1.0, 3), 3)
    made = kind(round(size, 4), *shares.tolist())
    key = f"solid/{kind.__name__}/{size:.4f}_" + "_".join(f"{share:.3f}" for share in shares)
    return Solid(key, *made, kind in (packet, tin))


Made = tuple[str, Mesh, Proxy, tuple[Pose, ...]]
"""Category, mesh, proxy and rests of a solid."""


def block(size: float, a: float, b: float, c: float) -> Made:
    """Returns a box with rounded edges."""
    x, y, z = size, size * (0.35 + 0.65 * a), size * (0.25 + 0.6 * b)
    edge = (0.02 + 0.1 * c) * min(x, y, z)
    body = rounded_prism(rounded([(-x, -y), (x, -y), (x, y), (-x, y)], ROUNDER * 2 * edge) / 2, z, edge)
    flat = 2 * ROUNDER * edge + 0.001
    parts = [body]
    mark = (decor.letter, decor.sticker, None)[int(a * 997) % 3]
    for normal, across, along, share in (
        ((0.0, -1.0), x, y, a),
        ((0.0, 1.0), x, y, b),
        ((-1.0, 0.0), y, x, c),
        ((1.0, 0.0), y, x, a + b),
    ):
        if mark is not None and (mark is decor.letter or share in (a, c)):
            parts.append(prints.on_side(mark(across - flat, z - flat, share), normal, along / 2, z / 2))
    if mark is None:
        hole = 0.16 * min(x, y)
        for at in (-1, 1) if x > 1.7 * y else (0,):
            parts += [decor.bore(hole, (at * x / 4, 0.0), level, up) for level, up in ((z, True), (0.0, False))]
    return "box", Mesh.merged(parts), box_proxy(body.bounds), (UPRIGHT, ON_SIDE, ON_EDGE)


def packet(size: float, a: float, b: float, c: float) -> Made:
    """Returns a printed box of card, standing, flat or on edge."""
    x, y, z = size * (0.3 + 0.4 * a), size * (0.12 + 0.5 * c), size
    edge = 0.01 * min(x, y) + 0.0004
    whole = rounded_prism(rounded([(-x, -y), (x, -y), (x, y), (-x, y)], ROUNDER * 2 * edge) / 2, z, edge)
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
    body = rounded_prism(circle(wide / 2, SIDES), long, edge, smooth=True)
    around, high = np.pi * wide, long - 2.6 * edge
    sides = [
        prints.face(around / 2 - 1e-3, high, *shares).moved(x=at)
        for shares, at in (((a, b), -around / 4), ((c, 0.997), around / 4))
    ]
    label = prints.round_body(Mesh.merged(sides), wide / 2, long / 2)
    return "cylinder", Mesh.merged([body, label]), round_proxy(wide / 2, 0.0, long), (UPRIGHT, ON_SIDE)


def rod(size: float, a: float, b: float, c: float) -> Made:
    """Returns a cylinder: a disc, a drum or a rod."""
    long, wide = (size, size * (0.15 + 0.8 * b)) if a > 0.35 else (size * (0.15 + 0.5 * b), size)
    edge = (0.03 + 0.1 * c) * min(long, wide)
    body = turned(wide / 2, long, edge, round(4 * c) if a < 0.8 else 0)
    body = decor.banded(
        body, lambda at: (at[:, 2] > 0.7 * long) & (at[:, 2] < long - edge) if b > 0.3 else at[:, 2] < 0
    )
    hole = 0.12 * wide if c < 0.6 else 0.0
    bores = [decor.bore(hole, (0.0, 0.0), z, up) for z, up in ((long, True), (0.0, False)) if hole]
    rests = (UPRIGHT, ON_SIDE) if long < 3 * wide else (ON_SIDE,)
    return "cylinder", Mesh.merged([body, *bores]), round_proxy(wide / 2, 0.0, long), rests


def nut(size: float, a: float, b: float, c: float) -> Made:
    """Returns a prism of six or eight sides."""
    sides = 6 if a < 0.6 else 8
    radius, high = size / 2, size * (0.2 + 0.8 * b)
    outline = circle(radius, sides, np.pi / sides)
    edge = (0.02 + 0.06 * c) * min(high, radius)
    mesh = bored(rounded(outline, ROUNDER * edge), high, edge, radius * (0.3 + 0.25 * c))
    return "object", mesh, Proxy(*polygon_boxes(sides, radius, 0.0, high)), (UPRIGHT, ON_SIDE)


def ring(size: float, a: float, b: float, c: float) -> Made:
    """Returns a torus that lies flat."""
    thick = size * (0.08 + 0.12 * a)
    middle = size / 2 - thick
    around = np.linspace(0.0, 2 * np.pi, 20, endpoint=False)
    section = np.column_stack([middle + thick * np.cos(around), thick + thick * np.sin(around)])
    turns = np.linspace(0.0, 2 * np.pi, SIDES, endpoint=False)
    rings = np.stack([_about_z(section, turn) for turn in turns])
    mesh = loft(rings[:, ::-1], closed=True, smooth=True)
    stripes = 2 * round(2 + 4 * c)
    mesh = decor.banded(mesh, lambda at: (np.arctan2(at[:, 1], at[:, 0]) * stripes / np.pi % 2 < 0.7) & (b > 0.4))
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
    high = (low * (1.0, -1.0) + (0.0, size))[::-1]
    mesh = revolve(np.concatenate([low, [(radius, size / 2)], high]), SIDES)
    mesh = decor.banded(mesh, lambda at: (at[:, 2] > size / 2) & (b > 0.3))
    parts = [polygon_boxes(12, radius * ROUND, radius, size - radius)]
    for share in (0.45, 0.75, 0.97):  # the ends step by step
        inner = radius * float(np.sqrt(1 - share**2))
        parts.append(polygon_boxes(8, inner * 1.04, radius * (1 - share), size - radius * (1 - share)))
    return "object", mesh, joined(parts), (ON_SIDE,)


def bracket(size: float, a: float, b: float, c: float) -> Made:
    """Returns a piece like an L."""
    other, thick, high = size * (0.45 + 0.5 * a), size * (0.15 + 0.15 * b), size * (0.15 + 0.5 * c)
    arms = [((0, 0, 0), (size, thick, high)), ((0, thick, 0), (thick, other, high))]
    holes = [((0.75 * size - size / 2, thick / 2 - other / 2), 0.22 * thick)]
    holes.append(((thick / 2 - size / 2, 0.8 * other - other / 2), 0.22 * thick))
    return "object", *_glued(arms, (size / 2, other / 2, 0.0), holes), (UPRIGHT, ON_EDGE, UPSIDE_DOWN)


def tee(size: float, a: float, b: float, c: float) -> Made:
    """Returns a piece like a T."""
    stem, thick, high = size * (0.5 + 0.5 * a), size * (0.15 + 0.15 * b), size * (0.15 + 0.45 * c)
    half, foot = size / 2, thick / 2
    arms = [((-foot, 0, 0), (foot, stem - thick, high)), ((-half, stem - thick, 0), (half, stem, high))]
    holes = [((x, stem / 2 - thick / 2), 0.22 * thick) for x in (-0.35 * size, 0.35 * size)]
    holes.append(((0.0, 0.2 * stem - stem / 2), 0.22 * thick))
    return "object", *_glued(arms, (0.0, stem / 2, 0.0), holes), (UPRIGHT, UPSIDE_DOWN)


def _glued(
    arms: Sequence[tuple[ArrayLike, ArrayLike]], middle: ArrayLike, holes: Sequence[tuple[ArrayLike, float]]
) -> tuple[Mesh, Proxy]:
    """Returns rounded bars between (3,) corners that abut, as one piece about `middle`, metres.

    Holes, each a place against that middle and a radius, go through it from top to bottom.
    """
    bars = [np.array(arm) - np.asarray(middle) for arm in arms]
    edge = 0.06 * min(float(np.ptp(bar, axis=0).min()) for bar in bars)
    meshes = []
    for bar in bars:
        (x0, y0, z), (x1, y1, top) = bar
        outline = rounded([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ROUNDER * edge)
        meshes.append(rounded_prism(outline, float(top - z), edge).moved(z=float(z)))
    for level, up in ((bars[0][1, 2], True), (bars[0][0, 2], False)):
        meshes += [decor.bore(radius, at, float(level), up) for at, radius in holes]
    return Mesh.merged(meshes), box_proxy(*bars)


def beaker(size: float, a: float, b: float, c: float) -> Made:
    """Returns an open cup with a thick wall."""
    high = size * (0.5 + 0.5 * a)
    radius = min(size, high * 1.4) * (0.32 + 0.18 * b)
    wall = 0.002 + 0.08 * radius + 0.06 * c * radius
    edge = 0.4 * wall
    outer = [(radius - edge, 0.0), (radius - 0.3 * edge, 0.3 * edge), (radius, edge)]
    outer += [(radius, share * high) for share in (0.3, 0.36, 0.62 + 0.1 * b, 0.8)] + [(radius, high - edge)]
    rim = [(radius - 0.3 * edge, high - 0.3 * edge), (radius - edge, high), (radius - wall + edge, high)]
    inside = [(radius - wall, high - edge), (radius - wall, wall + edge), (radius - wall - edge, wall), (0.0, wall)]
    mesh = revolve([*outer, *rim, *inside], SIDES)
    bands = [(0.3 * high, 0.36 * high), ((0.62 + 0.1 * b) * high, 0.8 * high)]
    out = radius - 0.5 * wall
    mesh = decor.banded(
        mesh,
        lambda at: (
            (np.hypot(at[:, 0], at[:, 1]) > out)
            & np.any([(at[:, 2] > low) & (at[:, 2] < top) for low, top in bands], 0)
        ),
    )
    count = 14
    poses = np.stack([_yaw(turn) for turn in 2 * np.pi * np.arange(count) / count])
    poses = poses @ translation((radius - wall / 2, 0.0, (high + wall) / 2))
    half = np.tile((wall / 2, radius * np.tan(np.pi / count), (high - wall) / 2), (count, 1))
    floor = polygon_boxes(12, radius * ROUND, 0.0, wall)
    return "object", mesh, joined([floor, (poses, half)]), (UPRIGHT, UPSIDE_DOWN)


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


def _yaw(angle: float) -> Pose:
    return rotation((0.0, 0.0, 1.0), angle)


def _about_z(section: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    """Returns (N, 3): an (N, 2) section of radii and heights, turned about Z."""
    return np.column_stack([section[:, 0] * np.cos(angle), section[:, 0] * np.sin(angle), section[:, 1]])
