"""The table: a top of some outline and surface on legs or a pedestal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.tabletop import patterns
from buildee.generators.tabletop.creases import creased, creases
from buildee.generators.tabletop.section import TableSection
from buildee.generators.tabletop.supply import LUMINANCE, METALS, WOODS, muted, tint
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, pose_at
from buildee.layout.resting import Support
from buildee.layout.scene import Assembly, Instance, Part, Proxy
from buildee.layout.solids import box, circle, inset, loft, revolve

TOPS = {
    "wood": 0.034,
    "stone": 0.024,
    "lacquer": 0.028,
    "fabric": 0.03,
    "print": 0.03,
    "metal": 0.02,
    "plywood": 0.036,
    "plastic": 0.025,
    "mat": 0.03,
}
"""Thickness of tops, metres, as tables are sold."""

COVERS = {"fabric": 0.003, "print": 0.003, "mat": 0.003}
"""Thickness of what lies on a board, metres: tablecloths on their felt, and cutting mats of three layers."""

PRINT = 1e-4
"""What is printed lies so far over what it is on, metres."""

MATS = ((0.02, 0.12, 0.07), (0.02, 0.05, 0.13), (0.03, 0.03, 0.033), (0.2, 0.21, 0.22))
"""Green, blue, black and grey of cutting mats, linear RGB."""

BORES = ((0.025, 0.0033), (0.05, 0.008), (0.1, 0.014))
"""Pitch and radius of the holes of optical breadboards (M6) and of welding tables (16 and 28 mm), metres."""

CORNER = 0.03
"""Radius of the corners of a rectangular top, metres."""

STONES = ((0.75, 0.73, 0.7), (0.08, 0.08, 0.085), (0.5, 0.42, 0.34), (0.32, 0.34, 0.33))
"""White marble, black granite, travertine and slate, linear RGB."""

SIDES, STRIPS = 64, 9
"""Corners of a round outline; boxes in a quarter of it, an odd number."""


@dataclass(frozen=True, eq=False)
class Table:
    """A decided table.

    Attributes:
        assembly: what is built.
        support: the largest rectangle on its top; its size is where things may stand.
        outline: (N, 2) of its top, convex, counter-clockwise, metres.
        look: what its surface is made of.
        reflectance: luminance of its surface's colour.
        facts: shape and surface.
    """

    assembly: Assembly
    support: Support
    outline: NDArray[np.float64]
    look: Material
    reflectance: float
    facts: dict[str, str]


def table(section: TableSection, rng: np.random.Generator, covering: Material | None = None) -> Table:
    """Decides a table in the middle of the floor.

    Args:
        section: of the recipe.
        rng: draws what that leaves open.
        covering: what its surface is made of instead.
    """
    shapes, surfaces = ("rectangle", "round", "oval"), tuple(TOPS)
    drawn = shapes[int(rng.choice(3, p=(0.6, 0.25, 0.15)))], surfaces[int(rng.integers(len(surfaces)))]
    shape = drawn[0] if section.shape == "any" else section.shape
    surface = drawn[1] if section.surface == "any" else section.surface
    width, depth = section.width, section.depth
    if shape == "round":
        width = depth = min(width, depth)
    outline = _outline(shape, width, depth)
    under = section.height - TOPS[surface]
    looks = _materials(surface, section.wear, rng)
    if covering is not None:
        looks = (covering, looks[1], *looks[2:])
    legs, posts = _pedestal(under, width, depth) if shape == "round" else _legs(under, width, depth, shape, rng)
    # A cover lies on the board, and its surface is the table's.
    board = section.height - COVERS.get(surface, 0.0)
    layers = [_slab(outline, under, board).with_slot(1 if surface in COVERS else 0), legs.with_slot(1)]
    layers += _cover(surface, outline, board, section.height, rng)
    top = _top_boxes(shape, width, depth, under, section.height)
    proxy = Proxy(np.concatenate([top.poses, posts[0]]), np.concatenate([top.half, posts[1]]))
    part = Part("body", "table", looks, proxy=proxy)
    instance = Instance("table", "table", (part,), np.eye(4)[None])
    share = 1.0 if shape == "rectangle" else float(np.sqrt(0.5))
    support = Support("table", "table", pose_at(z=section.height)[None], share * np.array([width, depth]))
    assembly = Assembly({"table": Mesh.merged(layers)}, (instance,))
    reflectance = float(np.dot(looks[0].color, LUMINANCE))
    return Table(assembly, support, outline, looks[0], reflectance, {"table": shape, "surface": surface})


def _cover(
    surface: str, outline: NDArray[np.float64], board: float, height: float, rng: np.random.Generator
) -> list[Mesh]:
    """Returns what lies on the board, with its print in slots 2 and 3, or the board's holes; nothing on most tables."""
    if surface == "mat":
        edge = inset(outline, 0.012)
        mat = loft(np.stack([np.column_stack([edge, np.full(len(edge), z)]) for z in (board, height - PRINT)]))
        return [mat, _in_slots(patterns.ruling(inset(edge, 0.02), height))]
    if surface == "metal" and rng.random() < 0.5:
        return [_in_slots(patterns.bores(outline, height + PRINT, *BORES[int(rng.integers(len(BORES)))]))]
    if surface not in COVERS:
        return []
    drop = float(rng.uniform(0.12, 0.26))
    folds = creases(outline, rng)
    if surface == "fabric":
        return _cloth(outline, height, drop, folds, rng)
    print_ = creased(_in_slots(patterns.pattern(inset(outline, 0.025), height, rng)), folds)
    return [*_cloth(outline, height - PRINT, drop, folds, rng), print_]


def _in_slots(printed: Mesh) -> Mesh:
    """Returns a print with its slots after those of cover and frame."""
    return replace(printed, slots=printed.slots + 2)


def _outline(shape: str, width: float, depth: float) -> NDArray[np.float64]:
    """Returns (N, 2) of the top, counter-clockwise, metres."""
    if shape != "rectangle":
        return circle(0.5, SIDES) * (width, depth)
    bend = np.linspace(0.0, np.pi / 2, 7)
    corners = []
    for number, (x, y) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        angle = bend + number * np.pi / 2
        middle = np.array([x * (width / 2 - CORNER), y * (depth / 2 - CORNER)])
        corners.append(middle + CORNER * np.column_stack([np.cos(angle), np.sin(angle)]))
    return np.concatenate(corners)


def _slab(outline: NDArray[np.float64], low: float, high: float) -> Mesh:
    """Returns a board whose edges are rounded."""
    edge = min(0.25 * (high - low), 0.004)
    rings = []
    for z, rise in ((low, 1), (high, -1)):
        for angle in np.linspace(0.0, np.pi / 2, 4)[::rise]:
            ring = inset(outline, edge * (1 - np.sin(angle)))
            rings.append(np.column_stack([ring, np.full(len(ring), z + rise * edge * (1 - np.cos(angle)))]))
    return loft(np.stack(rings), smooth=True)


def _cloth(outline: NDArray[np.float64], top: float, drop: float, folded: list, rng: np.random.Generator) -> list[Mesh]:
    """Returns a tablecloth: flat on the top but for how it was folded, hanging over the edge in waves."""
    fine = _resampled(outline, 360)
    edges = np.roll(fine, -1, 0) - np.roll(fine, 1, 0)
    outward = edges[:, ::-1] * (1.0, -1.0) / np.linalg.norm(edges, axis=1, keepdims=True)
    around = np.linspace(0.0, 2 * np.pi, len(fine), endpoint=False)
    phases = rng.uniform(0, 2 * np.pi, 3)
    folds = sum(
        np.sin(count * around + phase) / weight
        for count, phase, weight in zip((19, 31, 47), phases, (1.0, 1.5, 3.0), strict=True)
    )
    rings = []
    for out, down, swing in ((-0.004, 0.0, 0.0), (0.001, 0.0008, 0.0), (0.004, 0.005, 0.0), (0.006, 0.03, 0.1)):
        rings.append(_hung(fine, outward, folds, top, out, down, swing))
    for share in np.linspace(0.25, 1.0, 6):
        rings.append(_hung(fine, outward, folds, top, 0.008 + 0.012 * share, drop * share, share))
    lid = Mesh.from_faces(rings[0], [list(range(len(fine)))])
    return [loft(np.stack(rings)[::-1], capped=False, smooth=True), creased(lid, folded)]


def _hung(fine, outward, folds, top: float, out: float, down: float, swing: float) -> NDArray[np.float64]:
    """Returns a ring of the cloth, `out` of the edge and `down` from the top, metres."""
    offset = out + swing * 0.009 * (folds + 0.8)
    return np.column_stack([fine + outward * offset[:, None], np.full(len(fine), top - down)])


def _resampled(outline: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Returns (count, 2) points evenly along a closed outline."""
    closed = np.concatenate([outline, outline[:1]])
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    at = np.linspace(0.0, way[-1], count, endpoint=False)
    return np.column_stack([np.interp(at, way, closed[:, axis]) for axis in (0, 1)])


def _legs(under: float, width: float, depth: float, shape: str, rng: np.random.Generator):
    """Returns four legs and an apron, and their boxes."""
    thick = float(rng.uniform(0.045, 0.075))
    share = 1.0 if shape == "rectangle" else float(np.sqrt(0.5))
    x, y = share * width / 2 - 0.03 - thick / 2, share * depth / 2 - 0.03 - thick / 2
    taper = float(rng.uniform(0.55, 1.0))
    leg = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * thick / 2
    parts, boxes = [], []
    for u, v in ((-x, -y), (x, -y), (x, y), (-x, y)):
        rings = [
            np.column_stack([leg * size + (u, v), np.full(4, z)])
            for size, z in ((taper * 0.9, 0.0), (taper, 0.004), (1.0, under - 0.12), (1.0, under))
        ]
        parts.append(loft(np.stack(rings)))
        boxes.append(((u, v, under / 2), (thick / 2, thick / 2, under / 2)))
    apron = 0.08
    for size, middle in (
        ((2 * x - thick, 0.02, apron), (0, y, under - apron / 2)),
        ((2 * x - thick, 0.02, apron), (0, -y, under - apron / 2)),
        ((0.02, 2 * y - thick, apron), (x, 0, under - apron / 2)),
        ((0.02, 2 * y - thick, apron), (-x, 0, under - apron / 2)),
    ):
        parts.append(box(size, middle, 0.002))
        boxes.append((middle, tuple(np.array(size) / 2)))
    poses = np.stack([pose_at(*middle) for middle, _ in boxes])
    return Mesh.merged(parts), (poses, np.array([half for _, half in boxes]))


def _pedestal(under: float, width: float, depth: float):
    """Returns a column on a disc, and its boxes."""
    foot = 0.3 * min(width, depth)
    profile = [(foot - 0.004, 0.0), (foot, 0.004), (foot, 0.014), (foot - 0.006, 0.02), (0.06, 0.032), (0.042, 0.06)]
    profile += [(0.036, 0.12), (0.036, under - 0.06), (0.05, under - 0.02), (0.16, under - 0.008), (0.16, under)]
    boxes = [((0, 0, 0.012), (foot * 0.9, foot * 0.9, 0.012)), ((0, 0, under / 2), (0.035, 0.035, under / 2))]
    poses = np.stack([pose_at(*middle) for middle, _ in boxes])
    return revolve(profile, SIDES), (poses, np.array([half for _, half in boxes]))


def _top_boxes(shape: str, width: float, depth: float, low: float, high: float) -> Proxy:
    """Returns boxes of the top: one, or the largest in an oval and strips along that, which leave 6 % at its edge.

    They lie side by side: what rests on many boxes that cross takes many times as long to settle.
    """
    a, b = np.ones(1), np.ones(1)
    if shape != "rectangle":
        angles = (np.arange(STRIPS) + 0.5) / STRIPS * np.pi / 2
        a, b = np.cos(angles), np.sin(angles)
    middle = len(a) // 2
    corners = [((-a[middle], -b[middle]), (a[middle], b[middle]))]
    for at in range(middle):
        corners += _both((a[at + 1], -b[at]), (a[at], b[at]))
    for at in range(middle + 1, len(a)):
        corners += _both((-a[at], b[at - 1]), (a[at], b[at]))
    flat = np.array(corners) * (width / 2, depth / 2)
    return box_proxy(*np.concatenate([flat, np.broadcast_to([[[low], [high]]], (len(flat), 2, 1))], -1))


def _both(low: tuple[float, float], high: tuple[float, float]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Returns the corners of a rectangle and of the one across the middle."""
    return [(low, high), ((-high[0], -high[1]), (-low[0], -low[1]))]


def _materials(surface: str, wear: float, rng: np.random.Generator) -> tuple[Material, ...]:
    """Draws what the surface and the frame are made of, and its print if it has one."""
    wood = WOODS[int(rng.integers(len(WOODS)))]
    frames = (Material("veneer", wood, wear, 0.1), Material("painted_metal", (0.03, 0.03, 0.032), 0.1, 0.05))
    grime = round(0.05 + 0.4 * wear, 4)
    frame = frames[int(rng.integers(2))] if surface != "wood" else frames[0]
    if surface == "wood":
        return Material("veneer", wood, wear, 0.1), frame
    if surface == "stone":
        return Material("stone", STONES[int(rng.integers(len(STONES)))], 0.5 * wear, grime), frame
    if surface == "metal":
        steel = ("brushed_metal", METALS[0]), ("brushed_metal", METALS[3]), ("galvanized", (0.5, 0.5, 0.51))
        kind, color = steel[int(rng.integers(len(steel)))]
        # Work tables of steel are never new: what is mirrored in one breaks up in its scratches and grease.
        rims = Material("cast_iron", METALS[3], 0.2, 0.1), Material("paint", (0.012, 0.012, 0.013), 0.0, 0.0)
        return Material(kind, color, 0.4 + 0.6 * wear, 0.3 + 0.4 * wear), frame, rims[1], rims[0]
    if surface == "plywood":
        return Material("plywood", (0.58, 0.43, 0.26), wear, 0.3 * wear), frame
    if surface == "mat":
        line = Material("paint", (0.6, 0.58, 0.4), wear, 0.05)
        return Material("plastic", MATS[int(rng.integers(len(MATS)))], 0.3 + 0.7 * wear, grime), frame, line
    if surface == "print":
        white, full = (0.76, 0.74, 0.7), tint(rng)
        middle = tuple(round((a + b) / 2, 4) for a, b in zip(white, full, strict=True))
        cloth, strong, soft = (Material("fabric", each, wear, 0.05) for each in (white, full, middle))
        return cloth, frame, strong, soft
    return Material(surface, muted(rng), wear, grime), frame
