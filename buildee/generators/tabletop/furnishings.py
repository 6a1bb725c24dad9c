"""What is along the walls of a room: a window, racks, cupboards, boards with tools, pictures, a door.

Each is made for a wall along X, its face at y = 0 and the room at y < 0, about x = 0, from the floor up; metres.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from buildee.generators.tabletop.supply import METALS, WOODS, muted, tint
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import piece, pose_at
from buildee.layout.scene import Assembly, Pose
from buildee.layout.solids import box, circle, cylinder, prism

PANE = (1.3, 1.25)
"""Width and height of a window, as are common in houses, metres."""

SILL = 0.95
"""Height of its lower edge over the floor, metres."""

DAY = ((0.78, 0.86, 1.0), 700.0), ((0.5, 0.56, 0.48), 330.0), ((0.5, 0.47, 0.42), 300.0)
"""Colour and luminance (cd/m2) of sky, trees and ground outside, on a dull day as a camera set to a room shows it."""

RACK = (1.15, 0.4, 1.8)
"""Width, depth and height of racks, metres: boltless shelving as sold for garages and stores."""

CUPBOARD = (1.2, 0.42)
"""Width and depth of low cupboards, metres."""

Furnish = Callable[[str, Pose, np.random.Generator], Assembly]


def window(name: str, pose: Pose, rng: np.random.Generator) -> Assembly:
    """Returns a window with bars and a sill, and the outdoors as a lit picture behind its panes."""
    wide, high = PANE
    frame = Material("lacquer", (0.8, 0.79, 0.77) if rng.random() < 0.7 else (0.05, 0.05, 0.055), 0.15, 0.1)
    bars = [box((wide + 0.12, 0.05, 0.06), (0, -0.025, SILL + z)) for z in (-0.03, high + 0.03)]
    bars += [box((0.06, 0.05, high), (x, -0.025, SILL + high / 2)) for x in (-wide / 2 - 0.03, wide / 2 + 0.03)]
    count = int(rng.integers(1, 4))
    for x in (np.arange(1, count) / count - 0.5) * wide:
        bars.append(box((0.035, 0.035, high), (x, -0.018, SILL + high / 2)))
    if rng.random() < 0.5:
        bars.append(box((wide, 0.034, 0.03), (0, -0.017, SILL + 0.62 * high)))
    bars.append(box((wide + 0.24, 0.16, 0.03), (0, -0.08, SILL - 0.075), 0.004))
    x = np.linspace(-wide / 2, wide / 2, 25)
    phase = rng.uniform(0, 6, 3)
    crowns = (
        0.36 + 0.07 * np.sin(5 * x + phase[0]) + 0.04 * np.sin(13 * x + phase[1]) + 0.02 * np.sin(31 * x + phase[2])
    )
    edges = [np.full(25, 0.0), np.full(25, 0.16), np.clip(crowns, 0.18, 0.6) * high, np.full(25, high)]
    panes = [
        _strip(x, low + SILL, top + SILL).with_slot(slot)
        for low, top, slot in zip(edges[:-1], edges[1:], (3, 2, 1), strict=True)
    ]
    outside = [Material("emissive", color, wear=0.0, dirt=0.0, glow=glow) for color, glow in DAY]
    mesh = Mesh.merged([*bars, *panes])
    return piece(name, "window", (name, mesh), (frame, *outside), pose)


def rack(name: str, pose: Pose, rng: np.random.Generator) -> Assembly:
    """Returns open shelves full of boxes, bins and books."""
    wide, deep, high = RACK
    metal = rng.random() < 0.6
    posts = Material("painted_metal", muted(rng), 0.2, 0.1) if metal else Material("veneer", _wood(rng), 0.2, 0.1)
    boards = Material("plywood", (0.6, 0.46, 0.29), 0.3, 0.15) if metal else posts
    post = 0.035
    parts = [
        box((post, post, high), (x * (wide - post) / 2, -deep / 2 + y * (deep - post) / 2, high / 2), 0.002)
        for x in (-1, 1)
        for y in (-1, 1)
    ]
    levels = np.linspace(0.12, high - 0.03, 5)
    parts += [box((wide, deep - 0.004, 0.022), (0, -deep / 2, z - 0.011), 0.002).with_slot(1) for z in levels]
    found = [piece(name, "shelf", (name, Mesh.merged(parts)), (posts, boards), pose)]
    for number, z in enumerate(levels[:-1]):
        row = books if rng.random() < 0.3 else bins
        clear = float(levels[1] - levels[0]) - 0.06
        found.append(
            row(f"{name}_{number}", pose @ pose_at(0, -deep / 2, float(z)), wide - 0.1, deep - 0.06, clear, rng)
        )
    return Assembly.merged(found)


def bins(name: str, pose: Pose, wide: float, deep: float, clear: float, rng: np.random.Generator) -> Assembly:
    """Returns a row of card boxes and plastic bins on a shelf `wide` by `deep` under `clear` metres of air."""
    at, found = -wide / 2, []
    while True:
        x, y, z = rng.uniform(0.2, 0.42), deep * rng.uniform(0.6, 1.0), clear * rng.uniform(0.35, 0.95)
        if at + x > wide / 2:
            break
        if rng.random() < 0.35:  # a gap
            at += 0.6 * x
            continue
        card = rng.random() < 0.5
        here = pose @ pose_at(at + x / 2, float(rng.uniform(-0.02, 0.02)), 0.0, float(rng.normal(0, 0.03)))
        tape = (
            box((0.05, y + 0.0004, 0.0006), (0, 0, z + 0.0003))
            if card
            else box((x + 0.012, y + 0.012, 0.02), (0, 0, z))
        )
        label = box((0.4 * x, 0.0006, 0.25 * z), (0, -y / 2 - 0.0003, 0.55 * z))
        mesh = Mesh.merged(
            [box((x, y, z), (0, 0, z / 2), 0.003 if card else 0.008), tape.with_slot(1), label.with_slot(2)]
        )
        body = Material("paper", (0.4, 0.27, 0.15), 0.3, 0.1) if card else Material("plastic", tint(rng), 0.2, 0.1)
        looks = (body, Material("plastic", (0.5, 0.4, 0.25) if card else muted(rng), 0.1, 0.1), _white("paper"))
        key = f"{name}_{len(found)}"
        found.append(piece(key, "storage_box", (key, mesh), looks, here))
        at += x + float(rng.uniform(0.015, 0.05))
    return Assembly.merged(found)


def books(name: str, pose: Pose, wide: float, deep: float, clear: float, rng: np.random.Generator) -> Assembly:
    """Returns a row of books or binders, upright; arguments as for `bins`."""
    at, parts, colors = -wide / 2, [], [muted(rng) for _ in range(5)]
    end = wide / 2 * float(rng.uniform(0.2, 1.0))
    while True:
        x, y, z = (
            float(rng.uniform(0.015, 0.05)),
            min(float(rng.uniform(0.16, 0.26)), deep),
            float(rng.uniform(0.7, 1.0)),
        )
        if at + x > end:
            break
        slot = int(rng.integers(len(colors)))
        high = z * min(clear, 0.3)
        parts.append(
            box((x - 0.001, y, high), (at + x / 2, -deep / 2 + y / 2 + 0.02, high / 2), 0.0015).with_slot(slot)
        )
        parts.append(box((0.6 * x, 0.0004, 0.12 * high), (at + x / 2, -deep / 2 + 0.0198, 0.75 * high)).with_slot(5))
        at += x
    if not parts:
        return Assembly()
    looks = [Material("fabric" if number % 2 else "paper", color, 0.3, 0.1) for number, color in enumerate(colors)]
    return piece(name, "book", (name, Mesh.merged(parts)), (*looks, _white("paper")), pose)


def cupboard(name: str, pose: Pose, rng: np.random.Generator) -> Assembly:
    """Returns a low cupboard with doors or drawers, things on it."""
    wide, deep = CUPBOARD
    high = float(rng.uniform(0.6, 0.9))
    wood = rng.random() < 0.5
    front = Material("veneer", _wood(rng), 0.2, 0.1) if wood else Material("lacquer", muted(rng), 0.15, 0.05)
    metal = Material("brushed_metal", METALS[int(rng.integers(4))], 0.2, 0.1)
    parts = [box((wide, deep - 0.02, high - 0.08), (0, -deep / 2 + 0.01, 0.08 + (high - 0.08) / 2), 0.003)]
    parts.append(box((wide - 0.06, deep - 0.08, 0.08), (0, -deep / 2 + 0.02, 0.04)).with_slot(2))
    columns, rows = (3, 1) if rng.random() < 0.5 else (2, 3)
    cell = np.array([wide / columns, (high - 0.1) / rows])
    for column in range(columns):
        for row in range(rows):
            x, z = (column + 0.5) * cell[0] - wide / 2, 0.09 + (row + 0.5) * cell[1]
            parts.append(box((cell[0] - 0.004, 0.018, cell[1] - 0.004), (x, -deep + 0.009, z), 0.002))
            parts.append(box((0.14, 0.012, 0.012), (x, -deep - 0.02, z + 0.32 * cell[1]), 0.003).with_slot(1))
            for side in (-0.06, 0.06):
                parts.append(box((0.012, 0.02, 0.01), (x + side, -deep - 0.008, z + 0.32 * cell[1])).with_slot(1))
    looks = (front, metal, Material("lacquer", (0.04, 0.04, 0.042), 0.2, 0.2))
    found = [piece(name, "kitchen_unit", (name, Mesh.merged(parts)), looks, pose)]
    row = books if rng.random() < 0.5 else bins
    found.append(row(f"{name}_on", pose @ pose_at(0, -deep / 2, high), wide - 0.2, deep - 0.1, 0.26, rng))
    return Assembly.merged(found)


def tools(name: str, pose: Pose, rng: np.random.Generator) -> Assembly:
    """Returns a board on which tools hang: hammers, spanners, screwdrivers, saws."""
    wide, high, low = 1.4, 0.8, 1.15
    panel = (
        Material("plywood", (0.55, 0.41, 0.25), 0.4, 0.2)
        if rng.random() < 0.5
        else Material("painted_metal", muted(rng))
    )
    board = box((wide, 0.016, high), (0, -0.008, low + high / 2), 0.002)
    steel, grip, wood = (
        Material("bare_metal", (0.5, 0.5, 0.5)),
        Material("rubber", tint(rng)),
        Material("veneer", _wood(rng)),
    )
    parts: list[Mesh] = []
    for row in (0.36, 0.74):
        x = -wide / 2 + 0.1
        while x < wide / 2 - 0.08:
            made = TOOLS[int(rng.integers(len(TOOLS)))](float(rng.uniform(0.75, 1.15)))
            parts.append(made.moved(x, -0.02, low + row))
            x += float(rng.uniform(0.09, 0.16))
    found = piece(name, "wall", (name, board), (panel,), pose)
    hung = piece(f"{name}_hung", "tool", (f"{name}_hung", Mesh.merged(parts)), (steel, grip, wood), pose)
    return Assembly.merged([found, hung])


def _hammer(size: float) -> Mesh:
    """Returns a hammer, hanging from z = 0; steel in slot 0, grip in 1, wood in 2."""
    handle = box((0.024, 0.018, 0.28 * size), (0, -0.01, -0.14 * size), 0.004).with_slot(2)
    return Mesh.merged([handle, box((0.11 * size, 0.024, 0.026), (0, -0.012, -0.013), 0.004)])


def _screwdriver(size: float) -> Mesh:
    shaft = box((0.007, 0.007, 0.14 * size), (0, -0.012, -0.17 * size))
    return Mesh.merged([shaft, box((0.028, 0.026, 0.1 * size), (0, -0.014, -0.05 * size), 0.006).with_slot(1)])


def _spanner(size: float) -> Mesh:
    """Returns a flat ring spanner with an open jaw."""
    jaw = [box((0.012, 0.009, 0.035), (x, -0.006, -0.2 * size - 0.02)) for x in (-0.013, 0.013)]
    return Mesh.merged([box((0.015, 0.007, 0.18 * size), (0, -0.006, -0.11 * size)), *jaw, _hoop(0.018, 0.01)])


def _saw(size: float) -> Mesh:
    blade = np.array([(-0.05, 0.0), (0.0, -0.34), (0.022, -0.34), (0.05, 0.0)]) * size
    flat = prism(blade, 0.0015).transformed(_UPRIGHT)
    return Mesh.merged([flat, box((0.13 * size, 0.022, 0.09), (0, -0.004, 0.0), 0.01).with_slot(2)])


def _hoop(radius: float, thick: float) -> Mesh:
    return cylinder(radius, thick, 16).transformed(_UPRIGHT)


_UPRIGHT = np.array([[1.0, 0, 0, 0], [0, 0, -1.0, 0], [0, 1.0, 0, 0], [0, 0, 0, 1.0]])
"""Turns what lies in the XY plane to stand along the wall, its Z into the room."""

TOOLS: tuple[Callable[[float], Mesh], ...] = (_hammer, _screwdriver, _screwdriver, _spanner, _spanner, _saw)


def pictures(name: str, pose: Pose, rng: np.random.Generator) -> Assembly:
    """Returns one to three framed prints: fields, hills and discs of a few colours."""
    count = int(rng.integers(1, 4))
    found = []
    frame = (
        Material("veneer", _wood(rng), 0.1, 0.1) if rng.random() < 0.5 else Material("lacquer", (0.03, 0.03, 0.03), 0.1)
    )
    for number in range(count):
        wide, high = float(rng.uniform(0.3, 0.5)), float(rng.uniform(0.4, 0.62))
        rim = [box((wide + 0.04, 0.025, 0.02), (0, -0.0125, z * (high + 0.02) / 2), 0.002) for z in (-1, 1)]
        rim += [box((0.02, 0.025, high), (x * (wide + 0.02) / 2, -0.0125, 0), 0.002) for x in (-1, 1)]
        sheet = box((wide, 0.008, high), (0, -0.006, 0)).with_slot(1)
        field = box((0.72 * wide, 0.001, 0.72 * high), (0, -0.0105, 0)).with_slot(2)
        disc = (
            prism(circle(0.2 * wide, 32), 0.001)
            .transformed(_UPRIGHT)
            .moved(float(rng.uniform(-0.1, 0.1)) * wide, -0.0112, float(rng.uniform(0, 0.12)) * high)
        )
        x = np.linspace(-0.36 * wide, 0.36 * wide, 13)
        hill = -0.12 * high + 0.08 * high * np.sin(x / wide * rng.uniform(6, 12) + rng.uniform(0, 6))
        ground = _strip(x, np.full(13, -0.36 * high), hill).moved(y=-0.0113).with_slot(4)
        mesh = Mesh.merged([*rim, sheet, field, disc.with_slot(3), ground])
        looks = (frame, _white("paper"), *(Material("paper", tint(rng), 0.0, 0.0) for _ in range(3)))
        place = pose_at(0.62 * (number - (count - 1) / 2), 0, 1.5 + float(rng.normal(0, 0.03)))
        key = f"{name}_{number}"
        found.append(piece(key, "picture", (key, mesh), looks, pose @ place))
    return Assembly.merged(found)


def door(name: str, pose: Pose, rng: np.random.Generator) -> Assembly:
    """Returns a door in its lining, shut."""
    wide, high = 0.9, 2.05
    white = Material("lacquer", muted(rng) if rng.random() < 0.4 else (0.76, 0.75, 0.73), 0.2, 0.1)
    lining = [
        box((0.08, 0.03, high + 0.08), (x * (wide + 0.08) / 2, -0.015, (high + 0.08) / 2), 0.003) for x in (-1, 1)
    ]
    lining.append(box((wide, 0.03, 0.08), (0, -0.015, high + 0.04), 0.003))
    leaf = [box((wide - 0.006, 0.012, high - 0.008), (0, -0.006, high / 2), 0.002)]
    for z, tall in ((0.5, 0.62), (1.4, 0.9)):
        for x in (-0.21, 0.21):
            leaf.append(box((0.3, 0.008, tall), (x, -0.014, z), 0.006))
    lever = [box((0.13, 0.016, 0.02), (0.35, -0.06, 1.02), 0.005), box((0.02, 0.05, 0.02), (0.41, -0.035, 1.02))]
    mesh = Mesh.merged([*lining, *leaf, *(part.with_slot(1) for part in lever)])
    return piece(name, "door", (name, mesh), (white, Material("brushed_metal", METALS[0], 0.2, 0.1)), pose)


def _strip(x: np.ndarray, low: np.ndarray, high: np.ndarray) -> Mesh:
    """Returns what lies between two curves over x on a wall, seen from the room."""
    y = np.full(len(x), -0.004)
    points = np.stack([np.column_stack([x, y, low]), np.column_stack([x, y, high])], 1).reshape(-1, 3)
    return Mesh.from_faces(points, 2 * np.arange(len(x) - 1)[:, None] + np.array([0, 2, 3, 1]))


def _wood(rng: np.random.Generator) -> Color:
    return WOODS[int(rng.integers(len(WOODS)))]


def _white(kind: str) -> Material:
    return Material(kind, (0.8, 0.79, 0.76), 0.1, 0.05)


def over_cupboard(over: Furnish) -> Furnish:
    """Returns how a cupboard is made with something on the wall over it."""

    def both(name: str, pose: Pose, rng: np.random.Generator) -> Assembly:
        return Assembly.merged([cupboard(name, pose, rng), over(f"{name}_over", pose, rng)])

    return both


KINDS: dict[str, Sequence[Furnish]] = {
    "home": (over_cupboard(pictures), pictures, door, rack, rack),
    "workshop": (rack, over_cupboard(tools), rack, tools, door),
    "laboratory": (cupboard, rack, door, over_cupboard(pictures)),
}
"""What stands along the walls of each kind of room, beside its window; drawn in any order."""
