"""What use has left on a table: crumbs, dust and lint, drops, rings of cups, marks of fingers, scratches. Metres."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from buildee.generators.tabletop.patterns import inside
from buildee.generators.tabletop.table import Table
from buildee.layout.material import Color, Material, mixed
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import copies, poses_at
from buildee.layout.scene import Assembly
from buildee.layout.solids import loft, revolve, tube
from buildee.recipe.seed import Seed

Array = NDArray[np.float64]

BITS: tuple[tuple[str, Color], ...] = (
    ("bread", (0.45, 0.28, 0.13)),
    ("bread", (0.2, 0.1, 0.045)),
    ("paper", (0.75, 0.72, 0.66)),
    ("wood", (0.5, 0.35, 0.19)),
    ("plastic", (0.04, 0.04, 0.045)),
)
"""Crumbs of white and brown bread, shreds of paper, chips of wood and black swarf: kind and linear RGB."""

LINT: tuple[Color, ...] = ((0.75, 0.74, 0.72), (0.05, 0.05, 0.06), (0.3, 0.06, 0.05), (0.07, 0.12, 0.3))
"""Threads that cloth sheds, linear RGB."""

DUST: Color = (0.42, 0.4, 0.37)
"""Specks of house dust, linear RGB."""

STAINS: tuple[Color, ...] = ((0.075, 0.032, 0.014), (0.16, 0.07, 0.025), (0.2, 0.02, 0.03))
"""Coffee, tea and red wine, dried, linear RGB."""

MUG = 0.035
"""Radius of a mug's foot, on which coffee runs down."""

MARGIN = 0.012
"""So far from a table's edge everything keeps."""

GLOSSY = ("lacquer", "plastic", "stone")
"""Kinds of surface on which fingers leave marks that show, beside those of metal, which bring their own."""

SWIRLS = 900
"""Fine scratches of a worn table of brushed metal: each glints when its lamp stands right, as the sheet does not."""


def traces(table: Table, spilled: float, worn: float, seed: Seed) -> Assembly:
    """Returns what lies and what has dried on a table, all of it too flat to be in the way of anything.

    Args:
        table: with its surface.
        spilled: share of what may be spilled, 0 to 1.
        worn: how worn it is, 0 to 1.
        seed: each kind of trace draws from a stream of its own.
    """
    found = [
        _bits(table, spilled, seed.child("bits").rng()),
        _dust(table, spilled, seed.child("dust").rng()),
        _drops(table, spilled, seed.child("drops").rng()),
        _rings(table, spilled, seed.child("rings").rng()),
    ]
    if table.look.kind in GLOSSY:
        found.append(_fingers(table, max(spilled, worn), seed.child("fingers").rng()))
    if table.facts["surface"] not in ("fabric", "print"):
        found.append(_scratches(table, worn, seed.child("scratches").rng()))
    return Assembly.merged(found)


def _bits(table: Table, amount: float, rng: np.random.Generator) -> Assembly:
    """Returns crumbs and the like in some heaps, and the last of them all over the table."""
    found = []
    for number, (kind, color) in enumerate(_some(BITS, rng, 2)):
        spots = [_around(table, 0.13, int(rng.poisson(90 * amount)), rng) for _ in range(int(rng.integers(1, 3)))]
        spots.append(_anywhere(table, int(rng.poisson(40 * amount)), rng))
        poses = _strewn(table, np.concatenate(spots), rng, (0.35, 1.6))
        look = Material(kind, color, 0.2, 0.0)
        found.append(copies(f"table_bits_{number}", "crumbs", ("table/bit", _bit()), (look,), poses, countable=False))
    return Assembly.merged(found)


def _dust(table: Table, amount: float, rng: np.random.Generator) -> Assembly:
    """Returns specks all over the table, and a few threads."""
    specks = _strewn(table, _anywhere(table, int(rng.poisson(60 + 700 * amount)), rng), rng, (0.12, 0.4))
    grey = Material("paint", DUST, 0.0, 0.0)
    found = [copies("table_dust", "crumbs", ("table/bit", _bit()), (grey,), specks, countable=False)]
    for number, color in enumerate(_some(LINT, rng, 2)):
        poses = _strewn(table, _anywhere(table, int(rng.poisson(1 + 9 * amount)), rng), rng, (0.5, 1.3))
        thread = (f"table/thread_{number}", _thread(number))
        look = (Material("fabric", color, 0.1, 0.0),)
        found.append(copies(f"table_lint_{number}", "crumbs", thread, look, poses, countable=False))
    return Assembly.merged(found)


def _drops(table: Table, amount: float, rng: np.random.Generator) -> Assembly:
    """Returns drops of water, on what does not drink them."""
    if rng.random() > amount or table.look.kind in ("fabric", "plywood", "paper"):
        return Assembly()
    poses = _strewn(table, _around(table, 0.09, int(rng.integers(4, 26)), rng), rng, (0.3, 1.4))
    water = (Material("liquid", (0.9, 0.95, 0.97), 0.0, 0.0),)
    return copies("table_drops", "spill", ("table/drop", _drop()), water, poses, countable=False)


def _rings(table: Table, amount: float, rng: np.random.Generator) -> Assembly:
    """Returns the rings of a mug that was put down more than once, and spots of what was in it."""
    count = int(rng.poisson(2.5 * amount))
    if not count:
        return Assembly()
    stain = STAINS[int(rng.integers(len(STAINS)))]
    # What has dried is thin: the surface shows through; on dark ones its rim is paler.
    color = mixed(table.look.color, stain, 0.5) if table.reflectance > 0.1 else mixed(table.look.color, DUST, 0.35)
    dried = (Material("fabric" if table.look.kind == "fabric" else "lacquer", color, 0.3, 0.0),)
    middles = _around(table, 0.06, count, rng)
    found = []
    for number in range(3):
        poses = _strewn(table, middles[number::3], rng, (0.85, 1.25))
        found.append(
            copies(f"table_ring_{number}", "spill", (f"table/ring_{number}", _ring(number)), dried, poses, False)
        )
    spots = _strewn(table, _around(table, 0.1, 3 * count, rng), rng, (0.1, 0.6))
    found.append(copies("table_spots", "spill", ("table/dab", _dab()), dried, spots, countable=False))
    return Assembly.merged(found)


def _fingers(table: Table, amount: float, rng: np.random.Generator) -> Assembly:
    """Returns marks of fingertips and strokes of a cloth: the surface itself, less glossy."""
    look = table.look
    greasy = (replace(look, wear=min(look.wear + 0.22, 1.0), dirt=min(look.dirt + 0.03, 1.0)),)
    hands = []
    for middle in _anywhere(table, int(rng.poisson(2 + 10 * amount)), rng):
        tips = int(rng.integers(2, 5))
        turn = float(rng.uniform(0, 2 * np.pi))
        fan = turn + (np.arange(tips) - 1.5) * 0.38
        hands.append(middle + 0.055 * np.column_stack([np.cos(fan), np.sin(fan)]))
    spots = np.concatenate([np.zeros((0, 2)), *hands])
    found = [
        copies("table_fingers", "spill", ("table/dab", _dab()), greasy, _strewn(table, spots, rng, (0.75, 1.1)), False)
    ]
    for number in range(3):
        poses = _strewn(table, _anywhere(table, int(rng.poisson(0.5 + 2 * amount)), rng), rng, (0.6, 1.4))
        found.append(
            copies(f"table_wipe_{number}", "spill", (f"table/wipe_{number}", _wipe(number)), greasy, poses, False)
        )
    return Assembly.merged(found)


def _scratches(table: Table, worn: float, rng: np.random.Generator) -> Assembly:
    """Returns scratches and cuts, some of them in bundles."""
    look = table.look
    pale = mixed(look.color, (0.75, 0.74, 0.72), 0.28) if table.reflectance < 0.35 else mixed(look.color, DUST, 0.4)
    bare = (replace(look, color=pale, wear=0.0) if look.kind == "brushed_metal" else Material("paint", pale, 0.0, 0.0),)
    found = []
    for number in range(4):
        all_over = SWIRLS / 4 if look.kind == "brushed_metal" else 7
        spots = [
            _around(table, 0.07, int(rng.poisson(9 * worn)), rng),
            _anywhere(table, int(rng.poisson(all_over * worn)), rng),
        ]
        poses = _strewn(table, np.concatenate(spots), rng, (0.3, 1.3))
        scratch = (f"table/scratch_{number}", _scratch(number))
        found.append(copies(f"table_scratches_{number}", "spill", scratch, bare, poses, False))
    return Assembly.merged(found)


def _some(items: tuple, rng: np.random.Generator, count: int) -> list:
    """Returns a few of some things, no two the same."""
    return [items[int(number)] for number in rng.permutation(len(items))[:count]]


def _anywhere(table: Table, count: int, rng: np.random.Generator) -> Array:
    """Returns (count, 2) places evenly over the rectangle that a table's outline fills."""
    return rng.uniform(table.outline.min(0), table.outline.max(0), (count, 2))


def _around(table: Table, spread: float, count: int, rng: np.random.Generator) -> Array:
    """Returns (count, 2) places around one that is drawn."""
    middle = 0.8 * _anywhere(table, 1, rng)
    return middle + spread * rng.standard_normal((count, 2)) * np.abs(rng.standard_normal((count, 1)))


def _strewn(table: Table, spots: Array, rng: np.random.Generator, sizes: tuple[float, float]) -> Array:
    """Returns (N, 4, 4) poses at those places that are on the table, turned any way, as large as drawn."""
    spots = spots[inside(table.outline, spots, MARGIN)]
    height = np.full(len(spots), float(table.support.poses[0, 2, 3]))
    poses = poses_at(np.column_stack([spots, height]), rng.uniform(0, 2 * np.pi, len(spots)))
    poses[:, :3, :3] *= rng.uniform(*sizes, len(spots))[:, None, None]
    return poses


@cache
def _bit() -> Mesh:
    """Returns a crumb 3 mm across, no side like the other."""
    rng = np.random.default_rng(1)
    angle = np.linspace(0, 2 * np.pi, 7, endpoint=False)
    rings = []
    for radius, z in ((0.0009, 0.0), (0.0016, 0.0007), (0.0012, 0.0016), (0.0004, 0.002)):
        out = radius * rng.uniform(0.6, 1.2, 7)
        rings.append(np.column_stack([out * np.cos(angle), out * np.sin(angle), z + rng.uniform(0, 2e-4, 7)]))
    return loft(np.stack(rings))


@cache
def _thread(number: int) -> Mesh:
    """Returns a thread of lint some 2 cm long that curls on the table."""
    s = np.linspace(-1, 1, 14)
    x, y = 0.009 * s, 0.003 * np.sin(2.2 * s + number) + 0.002 * np.cos((4 + number) * s)
    return tube(np.column_stack([x, y, 0.0005 + 0.0003 * np.cos(5 * s)]), 0.00018, 4)


@cache
def _drop() -> Mesh:
    """Returns a drop 1 cm across, flattened by its weight."""
    angle = np.linspace(0, np.pi / 2, 6)
    return revolve(np.column_stack([0.005 * np.cos(angle), 0.0016 * np.sin(angle)]), 20)


@cache
def _ring(number: int) -> Mesh:
    """Returns most of a ring, broad and narrow where it dried."""
    rng = np.random.default_rng(number)
    angle = np.linspace(0, (5.3, 6.1, 3.9)[number], 60)
    wide = 0.0005 + 0.0014 * np.abs(np.sin(angle * 1.7 + number) + 0.05 * rng.standard_normal(60).cumsum())
    wide[[0, -1]] = 0.0001
    out = np.column_stack([np.cos(angle), np.sin(angle)])
    return _band((MUG - wide / 2)[:, None] * out, (MUG + wide / 2)[:, None] * out, 1.5e-4)


@cache
def _dab() -> Mesh:
    """Returns a fingertip's mark, an oval of 11 by 15 mm, not quite regular."""
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    out = 1 + 0.06 * np.sin(3 * angle) + 0.04 * np.sin(5 * angle + 1)
    points = np.column_stack([0.0075 * out * np.cos(angle), 0.0055 * out * np.sin(angle), np.full(24, 8e-5)])
    return Mesh.from_faces(points, [list(range(24))])


@cache
def _wipe(number: int) -> Mesh:
    """Returns the stroke of a hand or cloth, some 20 cm long, ragged at its sides."""
    rng = np.random.default_rng(10 + number)
    angle = np.linspace(-0.5, 0.5, 40)
    radius = (0.2, 0.3, 0.16)[number]
    wide = 0.012 * np.sqrt(np.clip(1 - (2 * angle) ** 4, 0.0, 1)) * (0.8 + 0.25 * rng.random((2, 40)))
    out = np.column_stack([np.cos(angle), np.sin(angle)])
    middle = radius * np.array([1.0, 0.0])
    return _band((radius - wide[0])[:, None] * out - middle, (radius + wide[1])[:, None] * out - middle, 6e-5)


@cache
def _scratch(number: int) -> Mesh:
    """Returns a scratch 3 to 12 cm long, hardly bent, that fades out at its ends."""
    long, bend = ((0.03, 0.5), (0.06, -0.25), (0.12, 0.12), (0.08, 0.0))[number]
    s = np.linspace(-0.5, 0.5, 12)
    half = 2.2e-4 * np.sqrt(np.clip(1 - (2 * s) ** 2, 0.0, 1)) + 1e-5
    x, y = long * s, bend * (long * s) ** 2 * 10
    return _band(np.column_stack([x, y + half]), np.column_stack([x, y - half]), 5e-5)


def _band(inner: Array, outer: Array, z: float) -> Mesh:
    """Returns what lies flat between two (N, 2) curves, seen from above, `outer` to the right of `inner`."""
    points = np.stack([inner, outer], 1).reshape(-1, 2)
    faces = 2 * np.arange(len(inner) - 1)[:, None] + np.array([0, 1, 3, 2])
    return Mesh.from_faces(np.column_stack([points, np.full(len(points), z)]), faces)
