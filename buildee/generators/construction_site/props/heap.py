"""Loose material: stockpiles at the angle of repose, and piles of rubble. Metres.

Angles of repose: dry sand and crushed stone 32 to 36 degrees, moist topsoil up to 40 (Terzaghi, Peck and Mesri 1996).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from math import atan2, cos, pi, sin
from typing import Literal

import numpy as np

from buildee.generators.construction_site.noise import fractal
from buildee.generators.construction_site.props.palette import RUST
from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, cuboid, single
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Model
from buildee.layout.solids import boxes, circle, loft
from buildee.recipe.seed import Seed

Bulk = Literal["sand", "gravel", "topsoil"]

BULKS: dict[Bulk, tuple[Material, float, float]] = {
    "sand": (Material("sand", (0.38, 0.29, 0.17), wear=0.3, dirt=0.1), 33.0, 0.12),
    "gravel": (Material("gravel", (0.34, 0.32, 0.29), wear=0.3, dirt=0.2), 35.0, 0.1),
    "topsoil": (Material("soil", (0.1, 0.065, 0.04), wear=0.3, dirt=0.2), 38.0, 0.24),
}
"""Material, angle of repose in degrees, and roughness as a share of the height."""

SKIRT = 0.25
"""How far the foot of a heap reaches below z = 0, so that it meets uneven ground."""


def stockpile(bulk: Bulk = "sand", radius: float = 2.2, stretch: float = 1.3, salt: int = 0) -> Model:
    """Returns a tipped heap, open below, its skirt sunk under z = 0; category stockpile.

    Args:
        bulk: what it is.
        radius: half its width at the foot, 0.8 to 4 m.
        stretch: length over width.
        salt: selects the shape, 0 to 7.
    """
    material, degrees, rough = BULKS[bulk]
    slope = np.tan(np.deg2rad(degrees))
    rings, sides = 22, 56
    angle = np.arange(sides) * (2 * np.pi / sides)
    direction = np.column_stack([np.cos(angle), np.sin(angle)])
    wobble = 1 + 0.12 * fractal(3 * direction[:, 0], 3 * direction[:, 1], 2.0, 2, 700 + salt)
    share = np.linspace(0.0, 1 + SKIRT / (slope * radius), rings)
    x = share[:, None] * (radius * wobble * direction[:, 0])
    y = share[:, None] * (radius * wobble * direction[:, 1])
    crown = 0.86 * radius * slope
    cone = radius * slope * (1 - share[:, None]) + 0 * x
    height = np.minimum(cone, crown - 0.35 * (share[:, None] * radius) ** 2 / radius)
    flank = np.clip(share[:, None] * 3, 0, 1) * np.clip((1.1 - share[:, None]) * 3, 0.15, 1)
    height = height + rough * radius * slope * flank * fractal(x * stretch, y, 0.7 * radius, 4, 720 + salt)
    height[0] = height[0].mean()
    vertices = np.stack([x * stretch, y, height], -1)[1:].reshape(-1, 3)
    tip = np.array([[0.0, 0.0, height[0, 0]]])
    this = np.arange(sides)
    after = np.roll(this, -1)
    lower = (np.arange(rings - 2) * sides)[:, None]
    quads = np.stack([lower + this, lower + sides + this, lower + sides + after, lower + after], -1).reshape(-1, 4) + 1
    fan = np.column_stack([np.zeros(sides, np.int32), this + 1, after + 1])
    faces = [*fan.tolist(), *quads.tolist()]
    mesh = Mesh.from_faces(np.concatenate([tip, vertices]), faces, smooth=True)
    key = f"stockpile/{bulk}_{round(radius * 100)}_{round(stretch * 100)}_{salt}"
    return single("stockpile", key, [(material, [mesh])], _stepped(mesh))


def stockpile_rand(rng: np.random.Generator) -> Model:
    """Samples a stockpile."""
    bulk: Bulk = ("sand", "gravel", "topsoil")[int(rng.integers(3))]
    return stockpile(
        bulk, round(float(rng.uniform(1.2, 3.2)), 1), round(float(rng.uniform(1.0, 1.7)), 1), int(rng.integers(8))
    )


def _stepped(mesh: Mesh, steps: int = 4) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """Returns boxes on top of each other that hold what of a mesh lies above z = 0."""
    top = mesh.bounds[1, 2]
    edges = np.linspace(0, top, steps + 1)
    boxes = []
    for low, high in pairwise(edges):
        inside = mesh.vertices[mesh.vertices[:, 2] >= low - (0.3 * top / steps)]
        boxes.append(cuboid((*inside[:, :2].min(0), low), (*inside[:, :2].max(0), high)))
    return boxes


def debris_pile(radius: float = 0.9, salt: int = 0) -> Model:
    """Returns broken bricks, concrete lumps, offcuts and bent bars on a low mound; category debris.

    Args:
        radius: of the foot, 0.5 to 2 m.
        salt: selects the pile, 0 to 7.
    """
    rng = Seed(salt).child("debris_pile").rng()
    high = 0.42 * radius
    lumps: list[list[tuple]] = [[], [], []]
    for _ in range(int(90 + 90 * radius)):
        # Draws come by the handful and are reckoned with one by one: for few numbers Python is faster than numpy.
        reach, bearing, dice, brick, *chunk, offcut = rng.random(8).tolist()
        away, angle = radius * reach**0.7, 2 * pi * bearing
        z = high * max(0.0, 1 - (away / radius) ** 1.5) * 0.9
        pick = bisect((0.5, 0.88), dice)  # bricks, chunks, offcuts
        size = (
            (0.07 + 0.15 * brick, 0.115, 0.071),
            (0.06 + 0.24 * chunk[0], 0.06 + 0.14 * chunk[1], 0.04 + 0.08 * chunk[2]),
            (0.3 + 0.6 * offcut, 0.09, 0.03),
        )[pick]
        limit = 0.35 if pick == 2 else 1.2
        ahead, aside = rng.standard_normal(2).tolist()
        lean, roll, *knocks = rng.random(26 if pick < 2 else 2).tolist()
        heading, tilt = atan2(aside, ahead), (0.1 + (limit - 0.1) * lean) * min(z / 0.1, 1.0)
        turn = (heading, tilt, 2 * pi * roll - heading)
        lumps[pick].append((size, turn, knocks, (away * cos(angle), away * sin(angle), z)))
    rods = []
    for _ in range(3):
        a, b = rng.uniform(-0.7, 0.7, (2, 2)) * radius
        rods.append(bars([(*a, high * 0.5)], [(*b, high * 0.8)], 0.006, 6))
    bricks, chunks, offcuts = (
        [_tumbled(rows, chamfer)] if rows else [] for rows, chamfer in zip(lumps, (0.0, 0.0, 0.002), strict=True)
    )
    core = _mound(radius * 0.8, high * 0.8, salt)
    layers: list[Layer] = [
        (Material("concrete", (0.28, 0.1, 0.06), wear=0.5, dirt=0.75, scale=5.0), bricks),
        (Material("concrete", (0.27, 0.26, 0.245), wear=0.7, dirt=0.8, scale=5.0), chunks),
        (Material("wood", (0.5, 0.36, 0.2), wear=0.6, dirt=0.4), offcuts),
        (RUST, rods),
        (Material("gravel", (0.3, 0.26, 0.22), wear=0.5, dirt=0.9, scale=0.45), [core]),
    ]
    return single("debris", f"debris_pile/{round(radius * 100)}_{salt}", layers)


def debris_pile_rand(rng: np.random.Generator) -> Model:
    """Samples a pile of rubble."""
    return debris_pile(round(float(rng.uniform(0.6, 1.5)), 1), int(rng.integers(8)))


def _tumbled(lumps: Sequence[tuple], chamfer: float) -> Mesh:
    """Returns boxes that lie on a pile or, at its foot, on the ground.

    Args:
        lumps: size, turns about Z, then X, then Z (radians), how far each vertex is knocked along each axis (0 to 1: by
            0.17 of the size either way; none of offcuts) and x, y, z of each box.
        chamfer: as in `box`, metres.
    """
    sizes, turns, knocks, places = (np.array(column) for column in zip(*lumps, strict=True))
    whole = boxes(sizes, np.eye(4), chamfer)
    vertices = whole.vertices.reshape(len(lumps), -1, 3)
    if knocks.size:
        vertices = vertices + (knocks.reshape(-1, 8, 3) * 0.34 - 0.17) * sizes[:, None] * (1, 0.8, 0.8)
    spin, tilt, first = (
        rotation(axis, turns[:, i])[:, :3, :3] for i, axis in enumerate(((0, 0, 1), (1, 0, 0), (0, 0, 1)))
    )
    vertices = vertices @ np.swapaxes(spin @ tilt @ first, 1, 2)
    grounded = -vertices[..., 2].min(1) - 0.012
    pile = places[:, 2]
    places[:, 2] = np.where(pile > 0.05, np.maximum(pile, grounded), grounded)
    vertices = (vertices + places[:, None]).reshape(-1, 3)
    return Mesh(vertices, whole.corners, whole.sizes, whole.slots, whole.smooth)


def _mound(radius: float, high: float, salt: int) -> Mesh:
    """Returns a low dome of fines, closed below."""
    rings = []
    for share in (1.0, 0.8, 0.55, 0.3, 0.05):
        ring = circle(radius * share, 24)
        z = high * (1 - share**1.5) * (1 + 0.25 * fractal(ring[:, 0], ring[:, 1], 0.4, 2, 800 + salt))
        rings.append(np.column_stack([ring, np.maximum(z, -0.0)]))
    return loft(rings, smooth=True)
