"""What lies behind the first houses: roofs of the town, towers, a church, other cranes, trees. Metres.

Everything here is seen from afar and through air: colours fade towards that of haze with distance, as
1 - exp(-distance / FADE) does in air of some ten kilometres of visibility, made stronger because plain colours, unlike
air, shed no light of their own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site import trees
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.house_looks import BRICKS, RENDERS, TILES
from buildee.generators.construction_site.pieces import copies, poses_at
from buildee.generators.construction_site.site import PAVEMENT, Plot
from buildee.generators.construction_site.skyline import church, distant_crane, mass, tower
from buildee.generators.construction_site.streets import heights
from buildee.generators.construction_site.trees import Season
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Assembly
from buildee.layout.solids import box
from buildee.recipe.seed import Seed

HAZE: Color = (0.19, 0.225, 0.265)
FADE = 800.0

REACH = 300.0
"""How far the roofs of the town go on, metres from the lot."""

TOWERS = (190.0, 390.0)
"""Nearest and farthest tall block, metres."""

Array = NDArray[np.float64]


def hazy(color: Color, distance: float) -> Color:
    """Returns a colour seen through some metres of air."""
    share = 1 - np.exp(-distance / FADE)
    return tuple((np.array(color) * (1 - share) + np.array(HAZE) * share).round(3).tolist())


def backdrop(season: Season, district: str, plot: Plot, ground: Ground, seed: Seed) -> Assembly:
    """Returns the view beyond the rows of houses."""
    spots, yaws = _lots(plot, seed.child("lots").rng())
    return Assembly.merged(
        [
            _roofs(spots, yaws, district, ground, seed.child("roofs").rng()),
            _lanes(spots, yaws, ground),
            _towers(spots, plot, ground, seed.child("towers").rng()),
            _landmarks(spots, plot, ground, seed.child("landmarks").rng()),
            _woods(season, plot, ground, spots, seed.child("woods").rng()),
        ]
    )


def _is_taken(points: Array, plot: Plot, half: float) -> NDArray[np.bool_]:
    """Returns which points lie nearer than `half` metres to the streets or among the rows of houses along them."""
    near = np.array(plot.kerb)
    far = near + plot.street_width
    away = np.abs(points)
    street = ((away > near - PAVEMENT - half - 1.5) & (away < far + PAVEMENT + half + 1.5)).any(-1)
    row = far + PAVEMENT + 1.3 + 13.0 + half + 3.0
    end = far + 16.0 + 62.0 + half + 8.0
    beside_x = (away[..., 1] < row[1]) & (away[..., 0] < end[0]) & (away[..., 1] > far[1])
    beside_y = (away[..., 0] < row[0]) & (away[..., 1] < end[1]) & (away[..., 0] > far[0])
    lot = (away < row).all(-1)
    return street | beside_x | beside_y | lot


def _lots(plot: Plot, rng: np.random.Generator) -> tuple[Array, Array]:
    """Returns (N, 2) middles and (N,) headings of houses in rows, back to back between streets."""
    step, pair = 13.6, 56.0
    x = np.arange(-REACH, REACH, step)
    y = np.arange(-REACH, REACH, pair)
    rows = np.concatenate([y, y + 27.0])
    facing = np.concatenate([0 * y - np.pi / 2, 0 * y + np.pi / 2])
    points = np.stack(np.meshgrid(x, rows, indexing="ij"), -1)
    points[..., 0] += rng.uniform(0, step, len(rows))
    yaws = np.broadcast_to(facing, points.shape[:2]).reshape(-1)
    points = points.reshape(-1, 2)
    distance = np.hypot(*points.T)
    keep = (
        ~_is_taken(points, plot, 7.5) & (rng.random(len(points)) > 0.1 + 0.35 * distance / REACH) & (distance < REACH)
    )
    return points[keep], yaws[keep]


def _roofs(spots: Array, yaws: Array, district: str, ground: Ground, rng: np.random.Generator) -> Assembly:
    """Returns the roofs of the town: a few shapes in many colours."""
    tall = {"terraces": (2, 3), "boulevard": (4, 5), "estate": (3, 5), "business": (3, 6), "mixed": (2, 5)}[district]
    shapes = []
    for storeys in np.unique(np.linspace(*tall, 3).round().astype(int)):
        shapes += [(13.5, 10.0, int(storeys), True), (12.9, 11.0, int(storeys), rng.random() < 0.7)]
    which = rng.integers(len(shapes), size=len(spots))
    far = np.hypot(*spots.T) > 190
    paint = rng.integers(4, size=len(spots))
    pieces = []
    for index, size in enumerate(shapes):
        for color in range(4):
            for ring in range(2):
                chosen = (which == index) & (paint == color) & (far == bool(ring))
                poses = poses_at(heights(ground, spots[chosen]), yaws[chosen])
                distance = 120.0 + 140.0 * ring
                brick = rng.random() < (0.7 if district in ("terraces", "business") else 0.3)
                wall = (BRICKS if brick else RENDERS)[int(rng.integers(5))]
                tile = TILES[int(rng.integers(4))]
                looks = (
                    Material("paint", hazy(wall, distance), wear=0.3, dirt=0.2),
                    Material("plastic", hazy((0.03, 0.035, 0.045), distance), wear=0.0, dirt=0.0),
                    Material("paint", hazy(tile if size[3] else (0.15, 0.15, 0.15), distance), wear=0.6, dirt=0.4),
                    Material("paint", hazy((0.5, 0.48, 0.44), distance), wear=0.2, dirt=0.2),
                )
                name = f"roofs.{index}.{color}.{ring}"
                pieces.append(copies(name, "building", (f"town/mass_{size}", mass(*size)), looks, poses))
    return Assembly.merged(pieces)


def _lanes(spots: Array, yaws: Array, ground: Ground) -> Assembly:
    """Returns the streets before the houses of the town, a piece before each."""
    strip = box((6.0, 13.7, 0.04), (11.5, 0, 0.01))
    walk = box((2.0, 13.7, 0.12), (7.5, 0, 0.03)).with_slot(1)
    looks = (Material("asphalt", (0.07, 0.07, 0.072), dirt=0.4), Material("concrete", (0.27, 0.26, 0.25), dirt=0.4))
    poses = poses_at(heights(ground, spots), yaws)
    return copies("lanes", "road", ("town/lane", Mesh.merged([strip, walk])), looks, poses, countable=False)


_TOWERS = ((26.0, 13.0, 9, "slab"), (18.0, 16.0, 13, "slab"), (34.0, 14.0, 7, "office"), (22.0, 20.0, 17, "office"))
_FACES: tuple[Color, ...] = (
    (0.48, 0.46, 0.42),
    (0.4, 0.36, 0.3),
    (0.3, 0.32, 0.35),
    (0.52, 0.5, 0.47),
    (0.33, 0.2, 0.15),
)


def _towers(spots: Array, plot: Plot, ground: Ground, rng: np.random.Generator) -> Assembly:
    """Returns tall blocks in loose groups among the roofs, no two alike in colour and distance."""
    middles = rng.uniform(0, 2 * np.pi, 5)
    angles = np.concatenate([rng.normal(middles[rng.integers(5, size=22)], 0.16), rng.uniform(0, 2 * np.pi, 10)])
    radius = rng.uniform(*TOWERS, len(angles))
    points = radius[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    chosen: list[int] = []
    taken = _is_taken(points, plot, 20.0)
    for number, point in enumerate(points):
        if taken[number]:
            continue
        apart = np.hypot(*(points[chosen] - point).T)
        house = np.abs(spots - point).max(1).min() if len(spots) else 99.0
        if (apart > 45).all() and (house > 23.0 or radius[number] > REACH + 22):
            chosen.append(number)
    pieces = []
    for number in chosen:
        size = _TOWERS[int(rng.integers(4))]
        wall, distance = _FACES[int(rng.integers(5))], float(radius[number])
        looks = (
            Material("paint", hazy(wall, distance), wear=0.1, dirt=0.1),
            Material("plastic", hazy((0.05, 0.06, 0.075), distance), wear=0.0, dirt=0.0),
            Material("paint", hazy((0.2, 0.2, 0.2), distance), wear=0.1, dirt=0.1),
            Material("paint", hazy((0.45, 0.44, 0.42), distance), wear=0.1, dirt=0.1),
        )
        pose = poses_at(
            heights(ground, points[number : number + 1], -0.5), rng.choice([0, np.pi / 2]) + rng.normal(0, 0.15)
        )
        pieces.append(copies(f"tower.{number}", "building", (f"town/tower_{size}", tower(*size)), looks, pose))
    return Assembly.merged(pieces)


def _landmarks(spots: Array, plot: Plot, ground: Ground, rng: np.random.Generator) -> Assembly:
    """Returns a church and some cranes of other sites."""
    angles, radius = rng.uniform(0, 2 * np.pi, 40), rng.uniform(225, 370, 40)
    points = radius[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    apart = np.abs(points[:, None] - spots[None]).max(-1).min(1) if len(spots) else np.full(40, 99.0)
    free = np.flatnonzero(~_is_taken(points, plot, 20.0) & ((apart > 22.0) | (radius > REACH + 22)))[:4]
    if len(free) == 0:
        return Assembly()
    angles, radius, points = angles[free], radius[free], heights(ground, points[free], -0.5)
    stone = (0.36, 0.33, 0.28) if rng.random() < 0.5 else (0.28, 0.13, 0.09)
    looks = tuple(
        Material("paint", hazy(color, radius[0]), wear=0.1, dirt=0.1)
        for color in (stone, (0.04, 0.04, 0.05), (0.12, 0.2, 0.17), stone)
    )
    pieces = [copies("church", "building", ("town/church", church()), looks, poses_at(points[:1], angles[0]))]
    count = min(int(rng.integers(1, 4)), len(points) - 1)
    steel = (Material("paint", hazy((0.5, 0.32, 0.05), float(radius.mean())), wear=0.1, dirt=0.1),)
    poses = poses_at(points[1 : 1 + count], rng.uniform(0, 2 * np.pi, count))
    pieces.append(copies("cranes", "tower_crane", ("town/crane", distant_crane()), steel, poses))
    return Assembly.merged(pieces)


def _woods(season: Season, plot: Plot, ground: Ground, spots: Array, rng: np.random.Generator) -> Assembly:
    """Returns trees in gardens behind the houses and in parks between the roofs."""
    gardens = spots[rng.integers(len(spots), size=400)] if len(spots) else np.zeros((0, 2))
    gardens = gardens + np.column_stack([rng.uniform(-7, 7, len(gardens)), rng.choice([-12.0, 12.0], len(gardens))])
    points = rng.permutation(np.concatenate([gardens, rng.uniform(-REACH, REACH, (500, 2))]))
    clear = np.abs(points[:, None] - spots[None]).max(-1).min(1) > 8.0 if len(spots) else np.ones(len(points), bool)
    points = points[clear & ~_is_taken(points, plot, 4.0)][:180]
    kinds = rng.choice(["plane", "lime", "birch", "spruce", "poplar", "maple"], 4, replace=False)
    which = rng.integers(4, size=len(points))
    pieces = []
    for index, kind in enumerate(kinds):
        foliage = trees.share_of_leaves(str(kind), season)
        poses = poses_at(heights(ground, points[which == index], -0.05), rng.uniform(0, 6.28, (which == index).sum()))
        poses[:, :3, :3] *= rng.uniform(0.7, 1.15, len(poses))[:, None, None]
        shape = (f"town/wood_{kind}_{foliage}", trees.tree(str(kind), 5, foliage, 0.045))
        looks = tuple(
            Material(m.kind, hazy(m.color, 70.0), wear=m.wear, dirt=0.0, scale=m.scale)
            for m in trees.materials(str(kind), season)
        )
        pieces.append(copies(f"woods.{kind}", "tree", shape, looks, poses))
    return Assembly.merged(pieces)
