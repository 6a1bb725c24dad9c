"""What is behind the table: a plain room, a seamless studio backdrop, or a floor in the open."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from buildee.generators.tabletop.supply import WOODS, tint
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.scene import Assembly
from buildee.layout.solids import box, boxes, circle, loft

WIDE, DEEP, HIGH = 6.0, 5.2, 2.7
"""Inner size of the room, metres: room for a table of 4 m by 2 m, and for a camera on every side of most."""

RADIUS, COVE = 3.4, 0.9
"""Of the studio's floor, and of the curve in which it rises to be its wall, metres."""

BOARD = (1.9, 0.14)
"""Length and width of floor boards, metres."""

SURROUNDINGS = ("floor", "wall", "ceiling", "skirting")
"""Categories of the backdrop, which is no thing to look at."""


def room(rng: np.random.Generator, finish: Mapping[str, Material]) -> Assembly:
    """Returns a floor, four walls and a ceiling, in colours of their own.

    Args:
        rng: draws them.
        finish: materials of "floor" and "walls" that are not drawn.
    """
    pale = tint(rng)
    wall = Material("plaster", _mixed(pale, (0.75, 0.74, 0.72), 0.7), 0.15, 0.05)
    trim = Material("lacquer", (0.78, 0.77, 0.75), 0.1, 0.05)
    floor, mesh = _floor(rng)
    if "floor" in finish:
        floor, mesh = finish["floor"], ("backdrop/slab", box((WIDE, DEEP, 0.04), (0, 0, -0.02)))
    wall = finish.get("walls", wall)
    thick = 0.1
    ceiling = box((WIDE, DEEP, thick), (0, 0, HIGH + thick / 2))
    white = (Material("plaster", (0.8, 0.8, 0.79), 0.1, 0.0),)
    found = [
        piece("floor", "floor", (mesh[0], mesh[1]), (floor,), np.eye(4), _slab(WIDE, DEEP)),
        piece("ceiling", "ceiling", ("backdrop/ceiling", ceiling), white, np.eye(4)),
    ]
    for number, (angle, reach, long) in enumerate(
        ((0.0, DEEP / 2, WIDE), (np.pi / 2, WIDE / 2, DEEP), (np.pi, DEEP / 2, WIDE), (-np.pi / 2, WIDE / 2, DEEP))
    ):
        pose = pose_at(yaw=angle) @ pose_at(0, reach, 0)
        slab = box((long + 2 * thick, thick, HIGH), (0, thick / 2, HIGH / 2))
        board = box((long, 0.014, 0.09), (0, -0.007, 0.045), 0.003)
        found.append(piece(f"wall_{number}", "wall", (f"backdrop/wall_{long}", slab), (wall,), pose))
        found.append(piece(f"skirting_{number}", "skirting", (f"backdrop/skirting_{long}", board), (trim,), pose))
    return Assembly.merged(found)


def studio(rng: np.random.Generator, finish: Mapping[str, Material]) -> Assembly:
    """Returns a seamless backdrop: floor and wall in one, round the table, open above; arguments as for `room`."""
    grey = float(rng.uniform(0.15, 0.75))
    color = (grey, grey, grey) if rng.random() < 0.5 else _mixed(tint(rng), (grey, grey, grey), 0.4)
    bend = np.linspace(0.0, np.pi / 2, 16)
    profile = [(0.02, 0.0), *zip(RADIUS + COVE * np.sin(bend), COVE * (1 - np.cos(bend)), strict=True)]
    profile.append((RADIUS + COVE, HIGH + 0.6))
    ring = circle(1.0, 96)
    rings = [np.column_stack([ring * radius, np.full(len(ring), height)]) for radius, height in profile[::-1]]
    sweep = loft(np.stack(rings), smooth=True, capped=False)
    middle = Mesh.from_faces(rings[-1], [list(range(len(ring)))], smooth=True)
    mesh = Mesh.merged([sweep, middle])
    paint = (finish.get("floor", Material("paint", color, 0.05, 0.0)),)
    return piece("backdrop", "floor", ("backdrop/sweep", mesh), paint, np.eye(4), _slab(2 * RADIUS, 2 * RADIUS))


def ground(rng: np.random.Generator, finish: Mapping[str, Material]) -> Assembly:
    """Returns a round floor, for a table that stands within a panorama; arguments as for `room`."""
    radius = 2.6
    rings = [np.column_stack([circle(size, 96), np.full(96, z)]) for size, z in ((radius, -0.08), (radius, 0.0))]
    mesh = loft(np.stack(rings))
    material = Material("concrete" if rng.random() < 0.5 else "stone", _mixed(tint(rng), (0.4, 0.4, 0.4), 0.8))
    return piece(
        "floor",
        "floor",
        ("backdrop/disc", mesh),
        (finish.get("floor", material),),
        np.eye(4),
        _slab(2 * radius, 2 * radius),
    )


def _floor(rng: np.random.Generator) -> tuple[Material, tuple[str, Mesh]]:
    """Draws a floor: boards, carpet, stone or screed."""
    kind = ("parquet", "parquet", "fabric", "stone", "concrete")[int(rng.integers(5))]
    if kind == "parquet":
        rows = int(np.ceil(DEEP / BOARD[1]))
        columns = int(np.ceil(WIDE / BOARD[0])) + 1
        row, column = (grid.ravel() for grid in np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij"))
        x = (column - columns / 2 + 0.5 + (row * 0.37) % 1.0 - 0.5) * BOARD[0]
        poses = np.repeat(np.eye(4)[None], len(row), 0)
        poses[:, 0, 3], poses[:, 1, 3], poses[:, 2, 3] = x, (row - rows / 2 + 0.5) * BOARD[1], -0.01
        mesh = boxes(np.tile((*BOARD, 0.02), (len(row), 1)), poses, 0.0008)
        return Material("parquet", WOODS[int(rng.integers(len(WOODS)))], 0.25, 0.1), ("backdrop/boards", mesh)
    color = _mixed(tint(rng), (0.35, 0.34, 0.33), 0.6)
    slab = box((WIDE, DEEP, 0.04), (0, 0, -0.02))
    return Material(kind, color, 0.2, 0.1), ("backdrop/slab", slab)


def _slab(wide: float, deep: float):
    """Returns the proxy of a floor: half a metre thick, so that nothing falls through."""
    return box_proxy(((-wide / 2, -deep / 2, -0.5), (wide / 2, deep / 2, 0.0)))


def _mixed(color: Color, other: Color, share: float) -> Color:
    """Returns a colour with `share` of another."""
    red, green, blue = (round(a * (1 - share) + b * share, 4) for a, b in zip(color, other, strict=True))
    return (red, green, blue)
