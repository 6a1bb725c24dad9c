"""What things to be picked lie in: plastic totes, and trays of wood or steel. Metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.generators.tabletop import prints
from buildee.generators.tabletop.supply import METALS, WOODS, Prototype, tint
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.scene import Model, Part
from buildee.layout.solids import box, loft

Array = NDArray[np.float64]

TOTES = ((0.4, 0.3), (0.6, 0.4), (0.8, 0.6))
"""Length and width of stacking containers (EN 13199-1: modules of 600 by 400)."""

HEIGHTS = {"tote": (0.12, 0.17), "tray": (0.035, 0.05)}
"""How high they are; totes of 22 cm and more hide what is in them from cameras on tripods."""

PLASTICS: tuple[Color, ...] = ((0.3, 0.31, 0.33), (0.02, 0.07, 0.25), (0.42, 0.03, 0.02), (0.03, 0.03, 0.032))
"""Grey, blue, red and black (conductive) of containers as they are sold, linear RGB."""

WALL = 0.016
"""From the outside of a container's rim and ribs to its inside."""

FLOOR = 0.006
"""Thickness of its floor."""

CORNER = 0.022
"""Radius of its corners outside."""


@dataclass(frozen=True, eq=False)
class Container:
    """Something to put things in.

    Attributes:
        what: it, standing.
        size: (2,) of its outside.
        inside: (2,) of its floor.
        floor: height of its floor.
    """

    what: Prototype
    size: Array
    inside: Array
    floor: float


def container(kind: str, area: float, room: Array, rng: np.random.Generator) -> Container:
    """Draws a tote or a tray.

    Args:
        kind: "tote" or "tray".
        area: that what comes in should find on its floor, square metres.
        room: (2,) size of what it stands on; it is the smallest that is large enough, or the largest that has room.
        rng: draws the rest.
    """
    fits = [size for size in TOTES if (np.array(size) < room - 0.02).all()] or [tuple((room - 0.02).tolist())]
    size = np.array(next((each for each in fits if (each[0] - 2 * WALL) * (each[1] - 2 * WALL) > area), fits[-1]))
    high = HEIGHTS[kind][int(rng.integers(len(HEIGHTS[kind])))]
    mesh = _tote(size, high) if kind == "tote" else _shell(size, high, 0.0)
    inside = size - 2 * WALL
    (x, y), (u, v) = size / 2, inside / 2
    proxy = box_proxy(
        ((-x, -y, 0.0), (x, y, FLOOR)),
        *[((a, -y, FLOOR), (b, y, high)) for a, b in ((-x, -u), (u, x))],
        *[((-u, a, FLOOR), (u, b, high)) for a, b in ((-y, -v), (v, y))],
    )
    key = f"container/{kind}_{size[0]:.3f}_{size[1]:.3f}_{high:.3f}"
    part = Part("body", key, _looks(kind, rng), proxy=proxy)
    model = Model("storage_box" if kind == "tote" else "tray", {key: mesh}, (part,))
    return Container(Prototype(key, model, mesh.vertices, (np.eye(4),)), size, inside, FLOOR)


def _looks(kind: str, rng: np.random.Generator) -> Sequence[Material]:
    wear, dirt = float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.1, 0.4))
    if kind == "tray":
        made = (
            Material("veneer", WOODS[int(rng.integers(len(WOODS)))], wear, dirt),
            Material("brushed_metal", METALS[0], wear, dirt),
            Material("plastic", tint(rng), wear, dirt),
        )
        return (made[int(rng.integers(len(made)))],)
    plastic = Material("plastic", PLASTICS[int(rng.integers(len(PLASTICS)))], wear, dirt)
    card = Material("paper", (0.78, 0.76, 0.72), 0.3, 0.1)
    return plastic, card, Material("paper", (0.02, 0.02, 0.025), 0.0, 0.0)


def _shell(size: Array, high: float, thin: float) -> Mesh:
    """Returns a floor and four walls, `thin` metres less thick below the rim."""
    rim = min(0.018, 0.4 * high)
    profile = [(thin + 0.003, 0.0), (thin, 0.003), (thin, high - rim), (0.0, high - rim + 0.001), (0.0, high - 0.002)]
    profile += [(0.002, high), (WALL - 0.002, high), (WALL, high - 0.002), (WALL, FLOOR + 0.004)]
    profile += [(WALL + 0.001, FLOOR + 0.001), (WALL + 0.004, FLOOR)]
    rings = []
    for depth, z in profile:
        ring = _rectangle(size / 2 - depth, max(CORNER - depth, 0.005))
        rings.append(np.column_stack([ring, np.full(len(ring), z)]))
    return loft(np.stack(rings))


def _tote(size: Array, high: float) -> Mesh:
    """Returns a stacking container with ribs, and a card in a frame at its front and back."""
    thin = 0.011
    parts = [_shell(size, high, thin)]
    x, y = size / 2
    for axis, (along, across) in enumerate(((x, y), (y, x))):
        for at in np.linspace(-along + 0.05, along - 0.05, 2 + round(along / 0.09)).tolist():
            for side in (-1, 1):
                middle = (at, side * (across - thin / 2 - 0.001), high / 2)
                rib = (0.004, thin, high - 0.03)
                if axis:
                    middle, rib = (middle[1], middle[0], middle[2]), (rib[1], rib[0], rib[2])
                parts.append(box(rib, middle, 0.001))
    wide, tall = 0.1, min(0.05, 0.5 * high)
    card = prints.face(wide, tall, 0.37, 0.9)
    for side in (-1.0, 1.0):
        sheet = box((wide + 0.01, 0.003, tall + 0.01), (0, side * (y - 0.0012), 0.45 * high), 0.001)
        parts += [sheet.with_slot(1), prints.on_side(card, (0.0, side), y + 0.0003, 0.45 * high)]
    return Mesh.merged(parts)


def _rectangle(half: Array, radius: float) -> Array:
    """Returns (24, 2) a rectangle with round corners, counter-clockwise."""
    bend = np.linspace(0.0, np.pi / 2, 6)
    corners = []
    for number, sign in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        angle = bend + number * np.pi / 2
        corners.append(sign * (half - radius) + radius * np.column_stack([np.cos(angle), np.sin(angle)]))
    return np.concatenate(corners)
