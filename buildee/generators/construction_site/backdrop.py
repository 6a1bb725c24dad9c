"""What lies behind the first houses: blocks of the town, towers, a church, parks, halls, then the country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.blocks import Block
from buildee.generators.construction_site.clearance import ROOM, SLOT, clear, points, settled
from buildee.generators.construction_site.country import country
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.quads import part, within
from buildee.generators.construction_site.quarter import STEP, lying, quarter
from buildee.generators.construction_site.section import Surroundings
from buildee.generators.construction_site.vehicles_afar import cars_at
from buildee.generators.construction_site.yards import AISLE, GROUNDS, yards
from buildee.layout.material import Color, Material
from buildee.layout.pieces import copies, poses_at
from buildee.layout.scene import Assembly
from buildee.recipe.seed import Seed
from buildee.town import trees
from buildee.town.house_looks import row_looks
from buildee.town.houses import Style
from buildee.town.skyline import church, distant_crane, hall, tower
from buildee.town.trees import Season

Array = NDArray[np.float64]

_TOWERS = ((26.0, 13.0, 9, "slab"), (18.0, 16.0, 13, "slab"), (34.0, 14.0, 7, "office"), (22.0, 20.0, 17, "office"))
_FACES: tuple[Color, ...] = (
    (0.48, 0.46, 0.42),
    (0.4, 0.36, 0.3),
    (0.3, 0.32, 0.35),
    (0.52, 0.5, 0.47),
    (0.33, 0.2, 0.15),
)

_GROUND = {"park": 0, "towers": 1, "hall": 7, "church": 4, "works": 8}
"""What blocks without rows of houses are covered with, as in `GROUNDS`."""

_TREES = {"park": 34, "towers": 14, "hall": 7, "church": 10, "works": 0}
"""How many trees stand on them."""


def backdrop(
    spec: Surroundings,
    district: str,
    shares: Mapping[Style, float],
    blocks: Sequence[Block],
    ground: Ground,
    seed: Seed,
) -> Assembly:
    """Returns the view beyond the rows of houses along the streets of the lot."""
    behind, spots = yards(blocks, district, spec.season, seed.child("yards"))
    special, more = _special([block for block in blocks if block.use != "houses"], shares, seed.child("special").rng())
    street = _street_trees(blocks, seed.child("street trees").rng())
    houses = quarter(blocks, shares, spec.storeys, seed.child("quarter"))
    settled_town, standing = settled(Assembly.merged([houses, behind, special]))
    spots = np.concatenate([spots, more, street])
    spots = spots[clear(points(spots), standing, ROOM)]
    return Assembly.merged(
        [
            settled_town,
            grove("yard_trees", spots, STEP, spec.season, seed.child("trees").rng()),
            country(spec.season, blocks, ground, seed.child("country")),
        ]
    )


def grove(name: str, spots: Array, z: float, season: Season, rng: np.random.Generator) -> Assembly:
    """Returns trees of mixed kinds and ages at (N, 2) spots."""
    kinds = rng.choice(["plane", "lime", "birch", "spruce", "maple", "hornbeam", "poplar"], 5, replace=False)
    common = rng.choice(5, len(spots), p=[0.34, 0.26, 0.2, 0.12, 0.08])
    age = np.where(rng.random(len(spots)) < 0.3, rng.uniform(0.3, 0.6, len(spots)), rng.uniform(0.65, 1.2, len(spots)))
    pieces = []
    for index, kind in enumerate(map(str, kinds)):
        foliage = trees.share_of_leaves(kind, season)
        looks = trees.materials(kind, season, afar=True)
        for variant in (5, 6):
            chosen = (common == index) & (np.arange(len(spots)) % 2 == variant - 5)
            points = np.column_stack([spots[chosen], np.full(chosen.sum(), z)])
            poses = poses_at(points, rng.uniform(0, 6.28, len(points)))
            poses[:, :3, :3] *= age[chosen][:, None, None] * rng.uniform(0.88, 1.12, (len(points), 1, 3))
            shape = (f"town/far_{kind}_{variant}_{foliage}", trees.tree(kind, variant, foliage, 0.05))
            pieces.append(copies(f"{name}.{kind}.{variant}", "tree", shape, looks, poses))
    return Assembly.merged(pieces)


def _street_trees(blocks: Sequence[Block], rng: np.random.Generator) -> Array:
    """Returns (N, 2) where trees stand on the pavements of some streets behind, with gaps where some were felled."""
    spots = []
    for block in blocks:
        for start, end in zip(block.kerbs[block.paved], np.roll(block.kerbs, -1, 0)[block.paved], strict=True):
            length = float(np.hypot(*(end - start)))
            if rng.random() < 0.3 and length > 30.0:
                along = np.arange(9.0, length - 9.0, rng.uniform(6.5, 10.0))
                along = (along + rng.normal(0, 0.5, len(along)))[rng.random(len(along)) < 0.8]
                ahead = (end - start) / length
                spots.append(start + ahead * along[:, None] + np.array([-ahead[1], ahead[0]]) * 0.7)
    return np.concatenate([np.zeros((0, 2)), *spots])


def _special(
    blocks: Sequence[Block], shares: Mapping[Style, float], rng: np.random.Generator
) -> tuple[Assembly, Array]:
    """Returns what stands on blocks without rows of houses, and (N, 2) where trees stand on them."""
    pieces, spots = [], [np.zeros((0, 2))]
    for number, block in enumerate(blocks):
        quad = block.inner(0.5)[None]
        cover = lying(quad, STEP + 0.01)
        name = f"block.{number}"
        category = "grass" if block.use in ("park", "towers") else "ground"
        look = GROUNDS[_GROUND[block.use]]
        pieces.append(copies(f"{name}.ground", category, (f"town/{name}", cover), (look,), np.eye(4)[None], False))
        ahead = quad[0, 1] - quad[0, 0]
        pieces.append(_standing(name, block, quad, float(np.arctan2(ahead[1], ahead[0])), shares, rng))
        grown = within(quad.repeat(_TREES[block.use], 0), *rng.uniform(0.02, 0.98, (2, _TREES[block.use])))
        away = np.abs(within(quad, 0.5, 0.5) - grown).max(-1)
        spots.append(grown if block.use == "park" else grown[away > 0.28 * np.hypot(*ahead)])
    return Assembly.merged(pieces), np.concatenate(spots)


def _standing(
    name: str, block: Block, quad: Array, yaw: float, shares: Mapping[Style, float], rng: np.random.Generator
) -> Assembly:
    """Returns the buildings of a block without rows, or its paths."""
    middle = np.column_stack([within(quad, 0.5, 0.5), [[STEP - 0.3]]])
    pieces = []
    if block.use == "park":
        bands = [
            part(quad, (0.0, 1.0), (0.47, 0.51)),
            part(quad, (0.3, 0.34), (0.0, 1.0)),
            part(quad, (0.7, 0.86), (0.15, 0.4)),
        ]
        mesh = lying(np.concatenate(bands), STEP + 0.02 + 0.002 * np.arange(3))
        sand = Material("gravel", (0.36, 0.32, 0.26), dirt=0.3)
        pieces.append(copies(f"{name}.paths", "ground", (f"town/{name}_paths", mesh), (sand,), np.eye(4)[None], False))
    elif block.use == "church":
        stone = (0.36, 0.33, 0.28) if rng.random() < 0.5 else (0.28, 0.13, 0.09)
        colors = (stone, (0.04, 0.04, 0.05), (0.12, 0.2, 0.17), stone)
        looks = tuple(Material("paint", color, wear=0.3, dirt=0.3) for color in colors)
        pieces.append(copies("church", "building", ("town/church", church()), looks, poses_at(middle, yaw)))
    elif block.use == "works":
        steel = (Material("painted_metal", (0.5, 0.32, 0.05), wear=0.2, dirt=0.2),)
        shape = ("town/crane", distant_crane())
        pieces.append(copies(f"{name}.crane", "tower_crane", shape, steel, poses_at(middle, rng.uniform(0, 6.28))))
    else:
        long = float(np.hypot(*(quad[0, 1] - quad[0, 0]))) > 90.0
        sites = [(0.5, 0.45)] if not long else [(0.26, 0.45), (0.74, 0.5)]
        sites = sites if block.use == "hall" else [(0.25, 0.3), (0.72, 0.66)]
        for index, (s, t) in enumerate(sites):
            spot = np.column_stack([within(quad, s, t), [[STEP - 0.3]]])
            size = _TOWERS[int(rng.integers(4))]
            variant = int(rng.integers(3))
            shape = (
                (f"town/hall_{variant}", hall(variant)) if block.use == "hall" else (f"town/tower_{size}", tower(*size))
            )
            looks = list(row_looks("estate", rng))
            looks[0] = Material("paint", _FACES[int(rng.integers(5))], wear=0.2, dirt=0.3)
            turn = yaw + np.pi / 2 * (index if block.use == "towers" else 1)
            pieces.append(copies(f"{name}.{index}", "building", shape, tuple(looks), poses_at(spot, turn)))
        wide, deep = (float(np.hypot(*(quad[0, end] - quad[0, 0]))) for end in (1, 3))
        edges = (0.3 + np.array([SLOT[0] / 2, 1.5 * SLOT[0] + AISLE])) / deep
        shares = (*edges, *(1 - edges))
        rows = [(s, t) for t in shares for s in np.arange(0.1, 0.9, 1.1 * SLOT[1] / wide) if rng.random() < 0.5]
        if rows:
            s, t = np.array(rows).T
            places = np.column_stack([within(quad.repeat(len(s), 0), s, t), np.full(len(s), STEP + 0.02)])
            tar = min((0.6 + 2 * SLOT[0] + AISLE) / deep, 0.5)
            tar = np.concatenate([part(quad, (0.04, 0.96), ends) for ends in ((0.0, tar), (1 - tar, 1.0))])
            shape = (f"town/{name}_parking", lying(tar, STEP + 0.02))
            pieces.append(copies(f"{name}.parking", "road", shape, (GROUNDS[7],), np.eye(4)[None], False))
            pieces.append(cars_at(f"{name}.cars", places, np.full(len(s), yaw + np.pi / 2), rng))
    return Assembly.merged(pieces)
