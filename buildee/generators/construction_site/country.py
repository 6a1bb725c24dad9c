"""Beyond the town: detached houses in gardens, then villages, woods, hedgerows and roads up to the horizon. Metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.blocks import Block
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.streets import heights
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import copies, poses_at
from buildee.layout.scene import Assembly
from buildee.recipe.seed import Seed
from buildee.town import trees
from buildee.town.house_looks import row_looks
from buildee.town.skyline import church, hall, villa
from buildee.town.trees import Season

Array = NDArray[np.float64]

SUBURB = 210.0
"""How far the detached houses go on beyond the last block, metres."""

HORIZON = 1500.0
"""To where woods and hedgerows stand: the top of the hills."""

FIELD = 165.0
"""Mean distance between hedgerows, metres: enclosed farmland of 2 to 4 ha a field."""


def country(season: Season, blocks: Sequence[Block], ground: Ground, seed: Seed) -> Assembly:
    """Returns everything beyond the last blocks."""
    rng = seed.child("ways").rng()
    middles = np.array([block.middle for block in blocks])
    edge = float(np.hypot(*middles.T).max())
    ways = [_way(angle, edge, rng) for angle in _bearings(rng)]
    villages = [ways[number % len(ways)][int(at)] for number, at in enumerate(rng.uniform(24, 60, 9))]
    spots, yaws = _plots(ways, villages, blocks, seed.child("plots").rng())
    gardens = spots.repeat(2, 0) + seed.child("gardens").rng().normal(0, 9.0, (2 * len(spots), 2))
    return Assembly.merged(
        [
            _roads(ways, ground),
            _villas(spots, yaws, villages, ground, seed.child("villas").rng()),
            _green(season, spots, gardens, ways, blocks, edge, ground, seed.child("green").rng()),
        ]
    )


def _bearings(rng: np.random.Generator) -> Array:
    """Returns the directions in which roads leave the town, radians."""
    count = int(rng.integers(6, 9))
    return (np.arange(count) + rng.uniform(0.2, 0.8, count)) * 2 * np.pi / count


def _way(angle: float, edge: float, rng: np.random.Generator) -> Array:
    """Returns (N, 2) points of a road from within the town to the horizon, bending to either side, 15 m apart."""
    radius = np.arange(0.62 * edge, HORIZON, 15.0)
    far = np.clip((radius - edge) / 300.0, 0, 1)
    bend = 0.16 * np.sin(radius / rng.uniform(120, 220) + rng.uniform(0, 6.28)) + 0.2 * np.sin(radius / 420.0)
    turn = angle + far * bend
    return radius[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])


def _roads(ways: Sequence[Array], ground: Ground) -> Assembly:
    """Returns the roads, laid over the land."""
    pieces = []
    for way in ways:
        ahead = np.gradient(way, axis=0)
        ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
        aside = np.column_stack([-ahead[:, 1], ahead[:, 0]])
        rim = np.stack([way - 3.0 * aside, way + 3.0 * aside], 1)
        lift = np.where(np.hypot(*way.T) > 420.0, 0.9, 0.008)  # over the bends between the lines of the land
        points = heights(ground, rim.reshape(-1, 2)) + np.array([0, 0, 1.0]) * np.repeat(lift, 2)[:, None]
        first = 2 * np.arange(len(way) - 1)[:, None]
        pieces.append(Mesh.from_faces(points, first + np.array([0, 2, 3, 1])))
    tar = Material("asphalt", (0.085, 0.084, 0.08), wear=0.4, dirt=0.5)
    return copies("roads", "road", ("town/roads", Mesh.merged(pieces)), (tar,), np.eye(4)[None], False)


def _outside(points: Array, blocks: Sequence[Block], margin: float) -> NDArray[np.bool_]:
    """Returns which (N, 2) points lie outside all blocks, as far as circles about them tell, and outside the lot."""
    middles = np.array([block.middle for block in blocks])
    reach = np.array([np.hypot(*(block.cell - block.middle).T).max() for block in blocks])
    first = np.concatenate([block.cell for block in blocks if block.ring == 1])
    within = ((points > first.min(0) - margin) & (points < first.max(0) + margin)).all(1)
    return (_apart(points, middles) > (0.86 * reach + margin) ** 2).all(1) & ~within


def _apart(points: Array, others: Array) -> Array:
    """Returns (N, M) squares of the distances between (N, 2) and (M, 2) points, square metres."""
    squares, aside = points[:, :1] - others[:, 0], points[:, 1:] - others[:, 1]
    squares *= squares  # in place: these are the largest arrays of a town
    aside *= aside
    squares += aside
    return squares


def _plots(
    ways: Sequence[Array], villages: Sequence[Array], blocks: Sequence[Block], rng: np.random.Generator
) -> tuple[Array, Array]:
    """Returns (N, 2) middles and (N,) headings of detached houses: in rows about the town, and in villages."""
    last = np.array([block.middle for block in blocks])
    x = np.arange(-620.0, 620.0, 21.0)
    grid = np.stack(np.meshgrid(x, np.arange(-620.0, 620.0, 31.0), indexing="ij"), -1).reshape(-1, 2)
    turn = 0.5 * np.sin(grid[:, 0] / 170.0 + rng.uniform(0, 6.28)) * np.cos(grid[:, 1] / 140.0)
    grid = grid + np.column_stack([18 * np.sin(grid[:, 1] / 90.0), 22 * np.sin(grid[:, 0] / 110.0)])
    apart = np.sqrt(_apart(grid, last).min(1))
    chance = np.clip(1.05 - (apart - 60.0) / SUBURB, 0, 0.85)
    kept = _outside(grid, blocks, 9.0) & (rng.random(len(grid)) < chance)
    spots, yaws = [grid[kept]], [turn[kept] + rng.choice([0, np.pi / 2], kept.sum(), p=[0.75, 0.25])]
    for village in villages:
        count = int(rng.integers(9, 22))
        spots.append(village + rng.normal(0, 1.0, (count, 2)) * rng.uniform(22.0, 60.0, 2))
        yaws.append(rng.uniform(0, 0.6) + rng.choice([0, np.pi / 2], count))
    points, headings = np.concatenate(spots), np.concatenate(yaws) + rng.normal(0, 0.06, sum(map(len, spots)))
    roads = np.concatenate(ways)
    clear = _apart(points, roads).min(1) > 11.0**2
    return points[clear] + rng.normal(0, 1.2, (clear.sum(), 2)), headings[clear]


def _villas(spots: Array, yaws: Array, villages: Sequence[Array], ground: Ground, rng: np.random.Generator) -> Assembly:
    """Returns detached houses, and a church or a barn in villages."""
    which = rng.integers(6, size=len(spots))
    pieces = []
    for variant in range(6):
        chosen = which == variant
        poses = poses_at(heights(ground, spots[chosen]), yaws[chosen])
        poses[:, :3, :3] *= rng.uniform(0.9, 1.12, (chosen.sum(), 1, 3))
        shape = (f"town/villa_{variant}", villa(variant))
        looks = row_looks("terrace" if variant % 2 else "boulevard", rng)
        pieces.append(copies(f"villas.{variant}", "building", shape, looks, poses))
    at = heights(ground, np.array(villages) + 12.0, -1.0)
    looks = row_looks("estate", rng)
    pieces.append(copies("village_churches", "building", ("town/church", church()), looks[:4], _small(at[::3], 0.6)))
    pieces.append(copies("barns", "building", ("town/hall_0", hall(0)), looks, _small(at[1::3], 0.8)))
    return Assembly.merged(pieces)


def _small(points: Array, scale: float) -> Array:
    """Returns poses at points, scaled."""
    poses = poses_at(points, np.arange(len(points)) * 1.3)
    poses[:, :3, :3] *= scale
    return poses


def _green(
    season: Season,
    spots: Array,
    gardens: Array,
    ways: Sequence[Array],
    blocks: Sequence[Block],
    edge: float,
    ground: Ground,
    rng: np.random.Generator,
) -> Assembly:
    """Returns trees of gardens, along roads, in hedgerows and in woods."""
    lines = []
    for _ in range(48):  # hedgerows run along two directions of the fields, each broken by gaps
        start = rng.uniform(-1, 1, 2) * 1050.0
        angle = 0.35 * np.sin(start[0] / 400.0) + rng.choice([0.0, np.pi / 2]) + rng.normal(0, 0.08)
        along = np.cumsum(rng.exponential(7.0, int(rng.uniform(10, 34))) + 2.5)
        lines.append(start + along[:, None] * np.array([np.cos(angle), np.sin(angle)]))
    woods = []
    for _ in range(26):
        radius, angle = rng.uniform(edge + 200.0, HORIZON), rng.uniform(0, 2 * np.pi)
        middle = radius * np.array([np.cos(angle), np.sin(angle)])
        size = rng.uniform(25.0, 85.0, 2) * (0.6 + radius / 1100.0)
        woods.append(middle + rng.uniform(-1, 1, (int(rng.uniform(25, 70)), 2)) * size)
    avenue = [way[10:70] + rng.choice([-6.0, 6.0]) * np.array([0.7, 0.7]) for way in ways[::2]]
    far = np.concatenate([*lines, *woods, *avenue])
    far = far[(np.hypot(*far.T) > edge + 70.0) & (np.hypot(*far.T) < HORIZON)]
    points = np.concatenate([far, gardens])
    points = points[_outside(points, blocks, 2.0)]
    clear = _apart(points, np.concatenate([way[:40] for way in ways])).min(1) > 5.0**2
    points = points[clear]
    kinds = rng.choice(["lime", "maple", "plane", "birch", "hornbeam", "spruce"], 4, replace=False)
    pieces = []
    for index, kind in enumerate(map(str, kinds)):
        chosen = rng.random(len(points)) < 1 / (4 - index)
        poses = poses_at(heights(ground, points[chosen], -0.2), rng.uniform(0, 6.28, chosen.sum()))
        size = (
            rng.uniform(0.45, 1.2, (chosen.sum(), 1)) * np.where(np.hypot(*points[chosen].T) > 700, 1.35, 1.0)[:, None]
        )
        poses[:, :3, :3] *= size[..., None] * rng.uniform(0.85, 1.15, (chosen.sum(), 1, 3))
        bare = season == "winter" and not trees.SPECIES[kind].evergreen
        looks = trees.materials(kind, season, afar=True)
        looks = (looks[0],) * 4 if bare else looks
        shape = (f"town/crown_{kind}", trees.crown(kind, index))
        pieces.append(copies(f"crowns.{index}", "vegetation", shape, looks, poses, False))
        points = points[~chosen]
    return Assembly.merged(pieces)
