"""What parts the yards behind the houses: walls, board fences, hedges and shrubs. Metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.quads import within
from buildee.generators.construction_site.quarter import STEP
from buildee.layout.material import Material
from buildee.layout.pieces import copies, poses_at
from buildee.layout.scene import Assembly
from buildee.town import trees
from buildee.town.facades import bar
from buildee.town.house_looks import BRICKS

THICK = 0.24
"""A brick long, metres: how thick walls between yards are."""

Array = NDArray[np.float64]


def shrubs(name: str, spots: Array, season: trees.Season, rng: np.random.Generator) -> Assembly:
    """Returns shrubs of several sizes at (N, 2) spots."""
    poses = poses_at(np.column_stack([spots, np.full(len(spots), STEP)]), rng.uniform(0, 6.28, len(spots)))
    poses[:, :3, :3] *= rng.uniform(0.5, 1.7, len(spots))[:, None, None]
    leaves = trees.materials("hornbeam", "autumn" if season == "winter" else season, afar=True)
    return copies(name, "vegetation", ("town/shrub", trees.bush(3, leaves=70)), leaves, poses)


def closed(
    strips: Array, kind: Array, first: NDArray[np.bool_], season: trees.Season, rng: np.random.Generator
) -> Assembly:
    """Returns what parts strips: walls, board fences or hedges along them and at their ends, and shrubs.

    Args:
        strips: (N, 4, 2) of divided blocks.
        kind: (N,) 0 garden, 1 court.
        first: (N,) whether a strip lies in the half of its block that has the line along the middle.
        season: of the leaves.
        rng: decides.
    """
    joint = _joint(strips)
    start = rng.choice([0.0, 0.1], len(strips))
    beside = np.stack([within(strips, 0.0, start), within(strips, 0.0, 1.0 - joint)], 1)
    behind = strips[first][:, [3, 2]]
    lines = np.concatenate([beside, behind])
    court = np.concatenate([kind, kind[first]]) == 1
    dice = rng.random(len(lines))
    of = np.where(court, np.where(dice < 0.8, 0, 1), np.select([dice < 0.3, dice < 0.55, dice < 0.85], [0, 1, 2], 3))
    unit = bar((-0.5, 0.5), (-0.5, 0.5), (-0.1, 1.0), 0)
    brick = Material("masonry", BRICKS[int(rng.integers(5))], wear=0.4, dirt=0.5)
    boards = Material("wood", (0.19, 0.15, 0.11), wear=0.7, dirt=0.4)
    tall = rng.uniform(1.4, 2.1, len(lines))
    leaves = trees.materials("hornbeam", "autumn" if season == "winter" else season)
    pieces = [
        copies("yard_walls", "masonry_wall", ("town/unit", unit), (brick,), _upright(lines[of == 0], tall[of == 0])),
        copies("yard_fences", "fence", ("town/unit", unit), (boards,), _upright(lines[of == 1], tall[of == 1])),
    ]
    hedge = _upright(lines[of == 2], tall[of == 2] * 0.9)
    hedge[:, :3, 1] *= 3.5
    shape = ("town/hedge_unit", trees.hedge())
    pieces.append(copies("yard_hedges", "vegetation", shape, leaves, hedge))
    spots = within(
        strips.repeat(3, 0), rng.uniform(0.06, 0.94, 3 * len(strips)), rng.uniform(0.25, 1.0, 3 * len(strips))
    )
    spots = spots[rng.random(len(spots)) < np.where(kind.repeat(3) == 0, 0.75, 0.2)]
    pieces.append(shrubs("yard_shrubs", spots, season, rng))
    return Assembly.merged(pieces)


def _upright(lines: Array, height: Array) -> Array:
    """Returns (N, 4, 4) poses that stretch a unit shape along (N, 2, 2) lines, as thick as a wall, X along them."""
    ahead = lines[:, 1] - lines[:, 0]
    middle = lines.mean(1)
    poses = poses_at(np.column_stack([middle, np.full(len(middle), STEP)]), np.arctan2(ahead[:, 1], ahead[:, 0]))
    poses[:, :3, 0] *= np.hypot(*ahead.T)[:, None]
    poses[:, :3, 1] *= THICK
    poses[:, :3, 2] *= height[:, None]
    return poses


def _joint(strips: Array) -> Array:
    """Returns (N,) the share of its depth at which the line beside a strip ends: at the face of the one behind."""
    beside, behind = strips[:, 3] - strips[:, 0], strips[:, 2] - strips[:, 3]
    depth = np.hypot(*beside.T)
    area = np.abs(beside[:, 0] * behind[:, 1] - beside[:, 1] * behind[:, 0])
    sine = area / (depth * np.hypot(*behind.T))
    return THICK / 2 * (1 + np.sqrt(1 - sine**2)) / sine / depth
