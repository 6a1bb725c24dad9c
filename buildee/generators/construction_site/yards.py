"""What lies behind the rows of houses: gardens, courts, garages, common lawns and car parks. Metres.

The land inside a block is cut across into strips, one or two houses wide, that meet in the middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.blocks import Block
from buildee.generators.construction_site.clearance import SLOT
from buildee.generators.construction_site.quads import part, stretched, within
from buildee.generators.construction_site.quarter import STEP, lying, yard_of
from buildee.generators.construction_site.vehicles_afar import cars_at
from buildee.generators.construction_site.yard_bounds import closed, shrubs
from buildee.generators.construction_site.yard_shapes import annex as annex_shape
from buildee.generators.construction_site.yard_shapes import garage as garage_shape
from buildee.generators.construction_site.yard_shapes import shed as shed_shape
from buildee.generators.construction_site.yard_shapes import trampoline
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import copies, poses_at
from buildee.layout.scene import Assembly
from buildee.recipe.seed import Seed
from buildee.town import trees
from buildee.town.house_looks import BRICKS, RENDERS, TILES

Array = NDArray[np.float64]

AISLE = 6.0
"""Between rows of parked cars that stand across it, metres."""

YARDS: Mapping[str, tuple[float, float, float, float]] = MappingProxyType(
    {
        "terraces": (0.8, 0.12, 0.04, 0.04),
        "boulevard": (0.4, 0.44, 0.1, 0.06),
        "estate": (0.15, 0.1, 0.55, 0.2),
        "business": (0.1, 0.5, 0.1, 0.3),
        "mixed": (0.42, 0.3, 0.18, 0.1),
    }
)
"""Shares of blocks with private gardens, paved courts, a common lawn, and a car park, by district."""

LAWNS: tuple[Color, ...] = ((0.062, 0.088, 0.028), (0.085, 0.105, 0.04), (0.115, 0.115, 0.055), (0.05, 0.078, 0.026))
"""Mown, rough, dry and shaded."""

GROUNDS: tuple[Material, ...] = (
    *(Material("land", color, wear=0.12 * (number % 2)) for number, color in enumerate(LAWNS)),
    Material("paving", (0.26, 0.25, 0.235), wear=0.4, dirt=0.5),
    Material("paving", (0.24, 0.165, 0.125), wear=0.4, dirt=0.5),
    Material("gravel", (0.3, 0.28, 0.25), dirt=0.5),
    Material("asphalt", (0.07, 0.07, 0.07), wear=0.4, dirt=0.6),
    Material("soil", (0.12, 0.085, 0.055), dirt=0.5),
)
"""What strips are covered with: four lawns, grey and red paving, gravel, asphalt, dug earth."""

_COVERS = np.array(
    [
        (0.2, 0.2, 0.14, 0.14, 0.1, 0.07, 0.08, 0.02, 0.05),
        (0.04, 0.04, 0.0, 0.06, 0.32, 0.18, 0.14, 0.2, 0.02),
    ]
)
"""Shares of `GROUNDS` in gardens and in courts."""

PAVED = STEP + 0.01
"""Height of what yards are covered with, metres."""

STRIP = 9.5
"""Mean width of a strip, metres."""


def yards(blocks: Sequence[Block], district: str, season: trees.Season, seed: Seed) -> tuple[Assembly, Array]:
    """Returns what lies inside the blocks of houses, and (N, 2) where trees grow there."""
    rng = seed.rng()
    inside = [(block, yard_of(block)) for block in blocks if block.use == "houses"]
    kinds = rng.choice(4, len(inside), p=YARDS[district])
    quads = np.array([_turned(yard) for _, yard in inside])
    strips, kind, first = _strips(quads, kinds, rng)
    common = quads[kinds >= 2]
    open_, spots = _common(common, kinds[kinds >= 2], season, rng)
    made, garden_trees = _furnished(strips, kind, first, season, rng)
    return Assembly.merged([_covered(strips, kind, common, kinds[kinds >= 2], rng), made, open_]), np.concatenate(
        [spots, garden_trees]
    )


def _turned(quad: Array) -> Array:
    """Returns a quadrangle with its first side among the longer ones."""
    lengths = np.hypot(*(np.roll(quad, -1, 0) - quad).T)
    return quad if lengths[0] + lengths[2] >= lengths[1] + lengths[3] else np.roll(quad, -1, 0)


def _strips(quads: Array, kinds: Array, rng: np.random.Generator) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Returns strips of divided blocks.

    Returns:
        (N, 4, 2) their corners, their first side at the houses; (N,) 0 garden, 1 court; and (N,) whether they lie in
        the first half of their block.
    """
    found, kind, first = [], [], []
    for quad, of in zip(quads[kinds < 2], kinds[kinds < 2], strict=True):
        for number, half in enumerate((quad, np.roll(quad, 2, 0))):
            count = max(2, round(float(np.hypot(*(half[1] - half[0]))) / (STRIP * rng.uniform(0.85, 1.5))))
            cuts = (np.arange(count + 1) + np.pad(rng.uniform(-0.2, 0.2, count - 1), 1)) / count
            found.append(part(np.broadcast_to(half, (count, 4, 2)), (cuts[:-1], cuts[1:]), (0.0, 0.5)))
            kind.append(np.full(count, of))
            first.append(np.full(count, number == 0))
    if not found:
        return np.zeros((0, 4, 2)), np.zeros(0, int), np.zeros(0, bool)
    return np.concatenate(found), np.concatenate(kind), np.concatenate(first)


def _covered(strips: Array, kind: Array, common: Array, open_kind: Array, rng: np.random.Generator) -> Assembly:
    """Returns the ground of strips and of common land, each material one sheet; terraces beside the houses."""
    cover = np.array([rng.choice(len(GROUNDS), p=_COVERS[of]) for of in kind], int)
    depth = np.linalg.norm(strips[:, 3] - strips[:, 0], axis=1)
    terrace = part(strips, (0.0, rng.uniform(0.5, 1.0, len(strips))), (0.0, rng.uniform(2.0, 4.5, len(strips)) / depth))
    bed = part(strips, (0.0, rng.uniform(0.08, 0.2, len(strips))), (0.35, rng.uniform(0.6, 1.0, len(strips))))
    pieces = []
    for number, look in enumerate(GROUNDS):
        sheets = [(strips[cover == number], PAVED)]
        if number in (4, 5):
            own = (cover < 4) & (rng.random(len(strips)) < 0.45) & (number == 4 + np.arange(len(strips)) % 2)
            sheets.append((terrace[own], PAVED + 0.004))
        if number == 8:
            sheets.append((bed[(cover < 4) & (rng.random(len(strips)) < 0.4)], PAVED + 0.002))
        shared = common[(open_kind == 2) & (np.arange(len(common)) % 2 == number)] if number < 2 else common[:0]
        shared = common[open_kind == 3] if number == 7 else shared
        mesh = Mesh.merged([lying(quads, z) for quads, z in (*sheets, (shared, PAVED))])
        if len(mesh.vertices):
            category = "grass" if number < 4 else "ground" if number in (6, 8) else "road"
            pieces.append(
                copies(f"yards.{number}", category, (f"town/yards_{number}", mesh), (look,), np.eye(4)[None], False)
            )
    return Assembly.merged(pieces)


def _furnished(
    strips: Array, kind: Array, first: NDArray[np.bool_], season: trees.Season, rng: np.random.Generator
) -> tuple[Assembly, Array]:
    """Returns annexes, sheds, garages, walls, hedges, shrubs and cars of strips, and (N, 2) where their trees stand."""
    count = len(strips)
    if not count:
        return Assembly(), np.zeros((0, 2))
    depth = np.linalg.norm(strips[:, 3] - strips[:, 0], axis=1)
    width = np.linalg.norm(strips[:, 1] - strips[:, 0], axis=1)
    dice = rng.random((8, count))
    s = rng.uniform(0.15, 0.85, (6, count))
    heading = np.arctan2(*(strips[:, 0] - strips[:, 3]).T[::-1])  # towards the houses
    annex = dice[0] < 0.5
    wide = rng.uniform(0.3, 0.62, count)
    long = np.minimum(rng.choice([2.8, 4.5, 6.5], count) / depth, 0.55)
    left = rng.random(count) < 0.5
    place = part(strips, (np.where(left, 0.03, 0.97 - wide), np.where(left, 0.03 + wide, 0.97)), (-0.02, long))
    tall = np.where(rng.random(count) < 0.2, 5.6, rng.uniform(2.7, 3.3, count))
    pieces = []
    for color in range(3):
        wall = RENDERS[int(rng.integers(len(RENDERS)))] if color else BRICKS[int(rng.integers(5))]
        looks = (
            Material("masonry" if not color else "paint", wall, wear=0.3, dirt=0.4),
            Material("gravel", (0.12, 0.12, 0.118), dirt=0.5),
            Material("plastic", (0.03, 0.035, 0.04), wear=0.0, dirt=0.1),
        )
        chosen = annex & (np.arange(count) % 3 == color)
        shape = ("town/annex", annex_shape())
        pieces.append(copies(f"annexes.{color}", "building", shape, looks, stretched(place[chosen], tall[chosen])))
    shed = (dice[1] < 0.4) & (depth > 9.0)
    spot = _at(strips, np.where(s[0] < 0.5, 1.7 / width, 1 - 1.7 / width), 1 - 1.6 / depth)
    tile = TILES[int(rng.integers(4))]
    looks = (Material("wood", (0.2, 0.13, 0.08), wear=0.6, dirt=0.4), Material("paint", tile, wear=0.6, dirt=0.5))
    pieces.append(copies("sheds", "building", ("town/shed", shed_shape()), looks, poses_at(spot[shed], heading[shed])))
    garage = ~shed & (kind == 1) & (dice[1] > 0.6) & (depth > 11.0) & (width > 4.0)
    looks = (
        Material("paint", (0.42, 0.4, 0.37), wear=0.4, dirt=0.5),
        Material("painted_metal", (0.3, 0.31, 0.3), wear=0.3, dirt=0.4),
        Material("gravel", (0.11, 0.11, 0.11), dirt=0.5),
    )
    spot = _at(strips, 0.5, 1 - 3.4 / depth)
    pieces.append(
        copies("garages", "building", ("town/garage", garage_shape()), looks, poses_at(spot, heading)[garage])
    )
    jump = (kind == 0) & (dice[2] < 0.1) & (width > 5)
    looks = (Material("plastic", (0.015, 0.03, 0.06)), Material("plastic", (0.02, 0.02, 0.02)))
    pieces.append(
        copies(
            "trampolines",
            "street_furniture",
            ("town/trampoline", trampoline()),
            looks,
            poses_at(_at(strips, s[1], 0.6))[jump],
        )
    )
    parked = (kind == 1) & (dice[3] < 0.6)
    spot = np.concatenate([_at(strips, s[2], 0.5)[parked], _at(strips, s[3], 0.72)[parked & (dice[4] < 0.5)]])
    turn = np.concatenate([heading[parked], heading[parked & (dice[4] < 0.5)]]) + rng.choice([0, np.pi], len(spot))
    pieces.append(cars_at("yard_cars", spot, turn + rng.normal(0, 0.1, len(spot)), rng))
    pieces.append(closed(strips, kind, first, season, rng))
    chance = np.where(kind == 0, 0.7, 0.25)
    grown = [within(strips, s[k], rng.uniform(0.3, 0.95, count))[rng.random(count) < chance] for k in (4, 5)]
    return Assembly.merged(pieces), np.concatenate(grown)


def _at(strips: Array, s: float | Array, t: float | Array) -> Array:
    """Returns (N, 3) points of strips, on their ground."""
    points = within(strips, s, t)
    return np.column_stack([points, np.full(len(points), PAVED)])


def _common(quads: Array, kinds: Array, season: trees.Season, rng: np.random.Generator) -> tuple[Assembly, Array]:
    """Returns paths of common lawns and cars of car parks, and (N, 2) where trees stand on either."""
    if not len(quads):
        return Assembly(), np.zeros((0, 2))
    lawns, parks = quads[kinds == 2], quads[kinds == 3]
    count = len(lawns)
    paths = []
    for share, width in ((0.05, 0.04), (0.5, 0.05), (0.9, 0.04)):
        at = share + rng.uniform(-0.04, 0.04, count)
        paths.append(part(lawns, (0.0, 1.0), (at, at + width))[rng.random(count) < 0.6])
        at = share + rng.uniform(-0.04, 0.3, count) * (share < 0.9)
        paths.append(part(lawns, (at, at + 0.7 * width), (0.04, 0.96))[rng.random(count) < 0.55])
    bend = rng.uniform(0.1, 0.9, (2, count))
    paths.append(
        np.stack(
            [within(lawns, bend[0] + d, t) for d, t in ((0, 0.02), (0.05, 0.02))]
            + [within(lawns, bend[1] + d, t) for d, t in ((0.05, 0.98), (0, 0.98))],
            1,
        )[rng.random(count) < 0.4]
    )
    paths = np.concatenate(paths)
    s, t = rng.uniform(0.15, 0.7, (2, count))
    sand = part(lawns, (s, s + rng.uniform(0.1, 0.22, count)), (t, t + rng.uniform(0.12, 0.24, count)))
    sand = sand[rng.random(count) < 0.45]
    flags = Material("paving", (0.27, 0.26, 0.24), wear=0.4, dirt=0.5)
    still = np.eye(4)[None]
    pieces = []
    if count:
        # Paths cross: each lies a hair above those before it.
        mesh = lying(paths, STEP + 0.02 + 0.0006 * np.arange(len(paths)))
        pieces.append(copies("yard_paths", "kerb", ("town/yard_paths", mesh), (flags,), still, False))
        bright = Material("sand", (0.42, 0.36, 0.26), dirt=0.3)
        mesh = lying(sand, STEP + 0.08)
        if len(sand):
            pieces.append(copies("playgrounds", "ground", ("town/playgrounds", mesh), (bright,), still, False))
    spots, yaws = [], []
    for quad in parks:
        for t, places in _parking_rows(quad):
            some = (np.arange(places) + 0.5)[rng.random(places) < 0.65] / places
            spots.append(within(np.broadcast_to(quad, (len(some), 4, 2)), some, t))
            ahead = quad[3] - quad[0]
            yaws.append(np.full(len(some), np.arctan2(ahead[1], ahead[0])) + rng.choice([0, np.pi], len(some)))
    if spots:
        places = np.concatenate(spots)
        places = np.column_stack([places, np.full(len(places), PAVED)])
        pieces.append(cars_at("park_cars", places, np.concatenate(yaws), rng))
    clumps = within(lawns.repeat(5, 0), *rng.uniform(0.05, 0.95, (2, 5 * count))).repeat(5, 0)
    pieces.append(shrubs("lawn_shrubs", clumps + rng.normal(0, 1.3, clumps.shape), season, rng))
    grown = within(lawns.repeat(10, 0), *rng.uniform(0.04, 0.96, (2, 10 * count)))[rng.random(10 * count) < 0.8]
    rim = within(parks.repeat(5, 0), rng.uniform(0, 1, 5 * len(parks)), rng.choice([0.02, 0.5, 0.98], 5 * len(parks)))
    return Assembly.merged(pieces), np.concatenate([grown, rim])


def _parking_rows(quad: Array) -> list[tuple[float, int]]:
    """Returns the rows of a car park: at which share of its depth each lies and how many slots it has.

    A row at either end, and between them, where aisles fit, one more or two back to back.
    """
    depth = float(np.hypot(*(quad[3] + quad[2] - quad[0] - quad[1]))) / 2
    ahead = (quad[3] - quad[0]) / np.hypot(*(quad[3] - quad[0]))
    widths = [abs(float(side[0] * ahead[1] - side[1] * ahead[0])) for side in (quad[1] - quad[0], quad[2] - quad[3])]
    inset = (SLOT[0] / 2 + 0.3) / depth
    middle = [0.5 - SLOT[0] / 2 / depth, 0.5 + SLOT[0] / 2 / depth] if depth > 4 * SLOT[0] + 2 * AISLE else [0.5]
    between = middle if depth > 3 * SLOT[0] + 2 * AISLE else []
    return [(t, max(0, int((min(widths) - 4.0) / SLOT[1]))) for t in (inset, *between, 1 - inset)]
