"""What is behind the table: a plain room, a seamless studio backdrop, or a floor in the open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from buildee.generators.tabletop import furnishings
from buildee.generators.tabletop.section import Surroundings
from buildee.generators.tabletop.supply import WOODS, muted, tint
from buildee.layout.material import Material, mixed
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.scene import Assembly, Pose
from buildee.layout.solids import box, boxes, circle, cylinder, loft

WIDE, DEEP, HIGH = 6.0, 5.2, 2.7
"""Inner size of the room, metres: room for a table of 4 m by 2 m, and for a camera on every side of most."""

RADIUS, COVE = 3.4, 1.8
"""Of the studio's floor, and of the curve in which it rises to be its wall, metres."""

BOARD = (1.9, 0.14)
"""Length and width of floor boards, metres."""

AROUND = "around_"
"""What is in the room but not on the table has a name that begins so."""

FLOORS = {
    "none": ("parquet", "fabric", "stone", "concrete", "lacquer"),
    "home": ("parquet", "parquet", "fabric", "stone"),
    "workshop": ("concrete", "concrete", "lacquer", "parquet"),
    "laboratory": ("lacquer", "stone", "concrete"),
}
"""Kinds of floor by what a room is; lacquer is linoleum or sealed screed."""

GLOW = 2500.0
"""Luminance of a ceiling light's face, cd/m2: opal covers of LED lamps have 2000 to 5000."""

RUG = (2.1, 1.5)
"""Size of a rug, metres."""


@dataclass(frozen=True, eq=False)
class Backdrop:
    """What is around a table.

    Attributes:
        assembly: what is built.
        window: where daylight comes in, its face's middle, Y out of the room; None without one.
    """

    assembly: Assembly
    window: Pose | None = None


def around(section: Surroundings, rng: np.random.Generator, finish: Mapping[str, Material]) -> Backdrop:
    """Decides what is around the table.

    Args:
        section: of the recipe.
        rng: draws what that leaves open.
        finish: materials of "floor" and "walls" that are not drawn.
    """
    if section.backdrop == "room":
        return _room(section.interior, rng, finish)
    return Backdrop((_studio if section.backdrop == "studio" else _ground)(rng, finish))


def _room(interior: str, rng: np.random.Generator, finish: Mapping[str, Material]) -> Backdrop:
    """Returns a floor, four walls and a ceiling, in colours of their own, and what stands along the walls."""
    if interior == "any":
        interior = tuple(furnishings.KINDS)[int(rng.integers(len(furnishings.KINDS)))]
    wall = Material("plaster", mixed(muted(rng), (0.75, 0.74, 0.72), float(rng.uniform(0.3, 0.9))), 0.15, 0.05)
    trim = Material("lacquer", (0.78, 0.77, 0.75), 0.1, 0.05)
    floor, mesh = _floor(FLOORS[interior], rng)
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
    for number, (pose, long) in enumerate(WALLS):
        slab = box((long + 2 * thick, thick, HIGH), (0, thick / 2, HIGH / 2))
        board = box((long, 0.014, 0.09), (0, -0.007, 0.045), 0.003)
        found.append(piece(f"wall_{number}", "wall", (f"backdrop/wall_{long}", slab), (wall,), pose))
        found.append(piece(f"skirting_{number}", "skirting", (f"backdrop/skirting_{long}", board), (trim,), pose))
    if interior == "none":
        return Backdrop(Assembly.merged(found))
    found.append(_ceiling_lamps(interior))
    if interior == "home" and floor.kind != "fabric":
        found.append(_rug(rng))
    window = _furnish(furnishings.KINDS[interior], found, rng)
    return Backdrop(Assembly.merged(found), window)


WALLS = tuple(
    (pose_at(yaw=angle) @ pose_at(0, reach, 0), long)
    for angle, reach, long in (
        (0.0, DEEP / 2, WIDE),
        (np.pi / 2, WIDE / 2, DEEP),
        (np.pi, DEEP / 2, WIDE),
        (-np.pi / 2, WIDE / 2, DEEP),
    )
)
"""Of a room: pose, the face at y = 0 and the room at y < 0, and length, metres."""


def _furnish(kinds: Sequence[furnishings.Furnish], found: list[Assembly], rng: np.random.Generator) -> Pose:
    """Puts a window in one wall and two things along each other one; returns the pose of the window's middle."""
    first = int(rng.integers(len(WALLS)))
    again = [kind for kind in kinds if kind is not furnishings.door]
    order = [some[int(number)] for some in (again, kinds) for number in rng.permutation(len(some))]
    window = np.eye(4)
    for number, (wall, long) in enumerate(WALLS):
        for side in (-1, 1):
            name = f"{AROUND}{number}_{'ab'[side > 0]}"
            place = wall @ pose_at(side * long / 4 + float(rng.uniform(-0.2, 0.2)))
            if number == first and side == 1:
                found.append(furnishings.window(name, place, rng))
                window = place @ pose_at(z=furnishings.SILL + furnishings.PANE[1] / 2)
            elif order:
                found.append(order.pop()(name, place, rng))
    return window


def _ceiling_lamps(interior: str) -> Assembly:
    """Returns the faces of a room's ceiling light: a bowl at home, elsewhere battens; seen in all that mirrors."""
    looks = (
        Material("lacquer", (0.7, 0.7, 0.69), 0.1, 0.0),
        Material("emissive", (1.0, 0.97, 0.92), 0.0, 0.0, glow=GLOW),
    )
    parts = []
    if interior == "home":
        parts += [cylinder(0.26, 0.04, 48).moved(z=-0.04), cylinder(0.24, 0.03, 48).moved(z=-0.065).with_slot(1)]
    else:
        for y in (-0.8, 0.8):
            parts.append(box((1.56, 0.12, 0.03), (0, y, -0.015), 0.004))
            parts.append(box((1.52, 0.09, 0.03), (0, y, -0.04), 0.004).with_slot(1))
    name = f"{AROUND}ceiling_lamp"
    return piece(name, "lamp", (name, Mesh.merged(parts)), looks, pose_at(z=HIGH - 0.001))


def _rug(rng: np.random.Generator) -> Assembly:
    """Returns a rug under the table, with a border and stripes; so flat that it is in nobody's way."""
    x, y = np.array(RUG) / 2
    colors = [Material("fabric", muted(rng), 0.2, 0.15) for _ in range(3)]
    layers = [box((2 * x, 2 * y, 0.006), (0, 0, 0.003), 0.002)]
    layers.append(box((2 * x - 0.2, 2 * y - 0.2, 0.001), (0, 0, 0.006)).with_slot(1))
    count = int(rng.integers(3, 14))
    pitch = (2 * x - 0.3) / count
    for at in (np.arange(count) + 0.5) / count * (2 * x - 0.3) - x + 0.15:
        layers.append(box((0.45 * pitch, 2 * y - 0.2, 0.001), (float(at), 0, 0.0064)).with_slot(2))
    pose = pose_at(*rng.normal(0, 0.1, 2).tolist(), yaw=float(rng.normal(0, 0.1)))
    return piece(f"{AROUND}rug", "rug", (f"{AROUND}rug", Mesh.merged(layers)), colors, pose, _slab(*RUG))


def _studio(rng: np.random.Generator, finish: Mapping[str, Material]) -> Assembly:
    """Returns a seamless backdrop: floor and wall in one, round the table, open above."""
    grey = float(rng.uniform(0.15, 0.75))
    color = (grey, grey, grey) if rng.random() < 0.5 else mixed(tint(rng), (grey, grey, grey), 0.4)
    bend = np.linspace(0.0, np.pi / 2, 16)
    profile = [(0.02, 0.0), *zip(RADIUS + COVE * np.sin(bend), COVE * (1 - np.cos(bend)), strict=True)]
    profile.append((RADIUS + COVE, HIGH + 0.6))
    ring = circle(1.0, 96)
    rings = [np.column_stack([ring * radius, np.full(len(ring), height)]) for radius, height in profile[::-1]]
    sweep = loft(np.stack(rings), smooth=True, capped=False)
    middle = Mesh.from_faces(rings[-1], [list(range(len(ring)))], smooth=True)
    mesh = Mesh.merged([sweep, middle])
    paint = (finish.get("floor", Material("paint", color, 0.05, 0.0)),)
    slab = _slab(2 * RADIUS, 2 * RADIUS)
    return piece("backdrop", "floor", ("backdrop/sweep", mesh), paint, np.eye(4), slab)


def _ground(rng: np.random.Generator, finish: Mapping[str, Material]) -> Assembly:
    """Returns a round floor, for a table that stands within a panorama."""
    radius = 2.6
    rings = [np.column_stack([circle(size, 96), np.full(96, z)]) for size, z in ((radius, -0.08), (radius, 0.0))]
    mesh = loft(np.stack(rings))
    material = Material("concrete" if rng.random() < 0.5 else "stone", mixed(tint(rng), (0.4, 0.4, 0.4), 0.8))
    slab = _slab(2 * radius, 2 * radius)
    paint = (finish.get("floor", material),)
    return piece("floor", "floor", ("backdrop/disc", mesh), paint, np.eye(4), slab)


def _floor(kinds: Sequence[str], rng: np.random.Generator) -> tuple[Material, tuple[str, Mesh]]:
    """Draws a floor: boards, carpet, stone, linoleum or screed."""
    kind = kinds[int(rng.integers(len(kinds)))]
    if kind == "parquet":
        rows = int(np.ceil(DEEP / BOARD[1]))
        columns = int(np.ceil(WIDE / BOARD[0])) + 1
        row, column = (grid.ravel() for grid in np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij"))
        x = (column - columns / 2 + 0.5 + (row * 0.37) % 1.0 - 0.5) * BOARD[0]
        poses = np.repeat(np.eye(4)[None], len(row), 0)
        poses[:, 0, 3], poses[:, 1, 3], poses[:, 2, 3] = x, (row - rows / 2 + 0.5) * BOARD[1], -0.01
        mesh = boxes(np.tile((*BOARD, 0.02), (len(row), 1)), poses, 0.0008)
        return Material("parquet", WOODS[int(rng.integers(len(WOODS)))], 0.25, 0.1), ("backdrop/boards", mesh)
    color = mixed(muted(rng), (0.4, 0.39, 0.38), 0.5)
    slab = box((WIDE, DEEP, 0.04), (0, 0, -0.02))
    return Material(kind, color, 0.2, 0.1), ("backdrop/slab", slab)


def _slab(wide: float, deep: float):
    """Returns the proxy of a floor: half a metre thick, so that nothing falls through."""
    return box_proxy(((-wide / 2, -deep / 2, -0.5), (wide / 2, deep / 2, 0.0)))
