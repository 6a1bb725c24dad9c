"""What one sees through windows and glazed doors: a garden, or the street with the houses across it. Metres."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.hall import leads_outside
from buildee.generators.kitchen.room import Room, Wall
from buildee.layout.kinematics import translation
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, copies, piece, pose_at, poses_at
from buildee.layout.scene import Assembly
from buildee.layout.solids import box, boxes, circle, prism
from buildee.town import trees
from buildee.town.house_looks import BRICKS, RENDERS, row_looks
from buildee.town.skyline import LENGTH, row_house, villa

GROUND = -0.3
"""Height of the garden: the ground floor lies two steps above it."""

HORIZON = 1500.0
LAWN = Material("land", (0.075, 0.125, 0.03), wear=0.25, dirt=0.2)

Array = NDArray[np.float64]


def masonry(rng: np.random.Generator) -> Material:
    """Draws what the house is made of outside."""
    if rng.random() < 0.5:
        return Material("masonry", BRICKS[int(rng.integers(len(BRICKS)))], wear=0.3, dirt=0.3)
    return Material("paint", RENDERS[int(rng.integers(len(RENDERS)))], wear=0.2, dirt=0.3)


def outside(room: Room, rng: np.random.Generator) -> Assembly:
    """Returns the land to the horizon, and what stands before every wall that one can see out of.

    One wall looks onto the street, if any does; the others into the garden.
    """
    seen = [
        wall for wall in room.walls if any(hole.kind == "window" or leads_outside(wall, hole) for hole in wall.openings)
    ]
    street = int(rng.integers(len(seen))) if seen and rng.random() < 0.4 else -1
    land = prism(circle(HORIZON, 48), 0.5).moved(z=GROUND - 0.5)
    pieces = [piece("land", "ground", ("kitchen/land", land), (LAWN,), np.eye(4))]
    for number, wall in enumerate(seen):
        view: Callable = _street if number == street else _garden
        # From the middle of the wall's outer face: +X along the wall, -Y outwards, z = 0 on the ground.
        pose = wall.pose @ translation((wall.length / 2, -room.thickness, GROUND))
        pieces.append(view(wall, rng.spawn(1)[0]).moved(pose))
    return Assembly.merged(pieces)


def _garden(wall: Wall, rng: np.random.Generator) -> Assembly:
    """Returns a garden: terrace, lawn, borders of shrubs, a hedge or fence behind, trees, the neighbours' roofs."""
    deep, half = float(rng.uniform(8.0, 13.0)), 9.0
    name = f"garden_{wall.number}"
    hedged = rng.random() < 0.5
    bound = _hedge if hedged else _fence
    pieces = [bound(f"{name}.back", -half + 0.2, half - 0.2, -deep, rng)]
    for side in (-1, 1):
        turned = pose_at(side * half, 0.0, 0.0, np.pi / 2)
        pieces.append(_fence(f"{name}.side_{side}", -deep + 0.2, -1.0, 0.0, rng).moved(turned))
    if any(leads_outside(wall, hole) for hole in wall.openings):
        pieces.append(_terrace(name, wall, rng))
    pieces.append(_shrubs(name, half, deep, rng))
    pieces.append(_trees(name, half, deep, rng))
    spot = (float(rng.uniform(-7, 7)), -deep - float(rng.uniform(14, 20)))
    variant = int(rng.integers(6))
    house = poses_at([(*spot, 0.0)], rng.normal(np.pi / 2, 0.1))
    shape = (f"town/villa_{variant}", villa(variant))
    pieces.append(copies(f"{name}.neighbour", "building", shape, row_looks("terrace", rng), house))
    return Assembly.merged(pieces)


def _hedge(name: str, low: float, high: float, y: float, rng: np.random.Generator) -> Assembly:
    """Returns a clipped hedge along X."""
    height = float(rng.choice([1.4, 1.7, 2.0]))
    count = int(np.ceil((high - low) / 2.6))
    x = low + (np.arange(count) + 0.5) * (high - low) / count
    mesh = trees.bush(int(rng.integers(3)), 2.8, 0.8, height, 1500)
    poses = poses_at(np.column_stack([x, 0 * x + y, 0 * x]), np.pi * rng.integers(2, size=count))
    looks = trees.materials("hornbeam", "summer")
    return copies(
        f"{name}.hedge", "vegetation", (f"kitchen/hedge_{height}_{len(mesh.vertices)}", mesh), looks, poses, False
    )


def _fence(name: str, low: float, high: float, y: float, rng: np.random.Generator) -> Assembly:
    """Returns a fence of upright boards between posts, 1.8 m high."""
    x = np.arange(low, high, 0.108)
    tall = 1.72 + rng.normal(0, 0.006, len(x))
    poses = translation(np.column_stack([x, 0 * x + y, tall / 2 + 0.06]))
    boards = boxes(np.column_stack([0 * x + 0.1, 0 * x + 0.02, tall]), poses)
    posts = np.arange(low, high + 0.9, 1.8)
    posts = boxes(
        np.full((len(posts), 3), (0.09, 0.09, 1.85)),
        translation(np.column_stack([posts, 0 * posts + y - 0.055, 0 * posts + 0.925])),
    )
    rails = [box((high - low, 0.035, 0.09), ((low + high) / 2, y - 0.028, z)) for z in (0.4, 1.45)]
    grey = Material(
        "wood", ((0.2, 0.17, 0.13), (0.16, 0.1, 0.06), (0.24, 0.23, 0.21))[int(rng.integers(3))], wear=0.6, dirt=0.3
    )
    mesh = Mesh.merged([boards, posts, *rails])
    return piece(f"{name}.fence", "fence", (f"kitchen/{name}_fence", mesh), (grey,), np.eye(4))


def _terrace(name: str, wall: Wall, rng: np.random.Generator) -> Assembly:
    """Returns flags before a garden door, up to two steps below its sill."""
    holes = [hole for hole in wall.openings if leads_outside(wall, hole)]
    x0 = min(hole.start for hole in holes) - 1.5 - wall.length / 2
    x1 = max(hole.end for hole in holes) + 1.5 - wall.length / 2
    nx, ny = int((x1 - x0) / 0.6), 5
    i, j = (grid.reshape(-1) for grid in np.meshgrid(np.arange(nx), np.arange(ny), indexing="ij"))
    z = 0.05 + rng.normal(0, 0.0015, len(i))
    middles = np.column_stack([x0 + 0.3 + 0.6 * i, -0.32 - 0.6 * j, z / 2])
    flags = boxes(np.column_stack([0 * z + 0.594, 0 * z + 0.594, z]), translation(middles), 0.004)
    steps = [
        box((hole.width + 0.3, 0.35, 0.17), (hole.start + hole.width / 2 - wall.length / 2, -0.175, 0.135), 0.006)
        for hole in holes
    ]
    paving = Material("paving", (0.34, 0.32, 0.29), wear=0.3, dirt=0.4)
    return piece(
        f"{name}.terrace", "ground", (f"kitchen/{name}_terrace", Mesh.merged([flags, *steps])), (paving,), np.eye(4)
    )


def _shrubs(name: str, half: float, deep: float, rng: np.random.Generator) -> Assembly:
    """Returns shrubs of two kinds along the bounds."""
    pieces = []
    for index, kind in enumerate(("lime", "maple")):
        count = 9
        back = rng.random(count) < 0.6
        x = np.where(back, rng.uniform(-half + 1, half - 1, count), rng.choice([-1, 1], count) * (half - 0.9))
        y = np.where(back, -deep + rng.uniform(0.9, 1.4, count), rng.uniform(-deep + 1, -3.0, count))
        poses = poses_at(np.column_stack([x, y, 0 * x]), rng.uniform(0, 6.28, count))
        poses[:, :3, :3] *= rng.uniform(0.5, 1.0, (count, 1, 1))
        mesh = trees.bush(index + 4, 1.3, 1.3, 1.4, 900)
        looks = trees.materials(kind, "summer")
        pieces.append(
            copies(f"{name}.shrubs_{kind}", "vegetation", (f"kitchen/shrub_{index}", mesh), looks, poses, False)
        )
    return Assembly.merged(pieces)


def _trees(name: str, half: float, deep: float, rng: np.random.Generator) -> Assembly:
    """Returns trees: one or two in the garden, more behind its bounds."""
    pieces = []
    kinds = [str(kind) for kind in rng.choice(["lime", "maple", "birch", "hornbeam"], 2, replace=False)]
    for index, kind in enumerate(kinds):
        inside = np.column_stack(
            [rng.choice([-1, 1], 1) * rng.uniform(2.5, half - 2, 1), [-deep + rng.uniform(2.0, 3.5)]]
        )
        behind = np.column_stack([rng.uniform(-22, 22, 6), -deep - rng.uniform(3, 30, 6)])
        spots = np.concatenate([inside, behind] if index == 0 else [behind])
        poses = poses_at(np.column_stack([spots, 0 * spots[:, 0]]), rng.uniform(0, 6.28, len(spots)))
        size = rng.uniform(0.7, 1.1, len(spots))
        size[0] *= 0.55 if index == 0 else 1.0
        poses[:, :3, :3] *= size[:, None, None]
        shape = (f"kitchen/tree_{kind}", trees.tree(kind, 0, 1.0, 0.45))
        looks = trees.materials(kind, "summer")
        pieces.append(copies(f"{name}.trees_{kind}", "vegetation", shape, looks, poses, False))
    return Assembly.merged(pieces)


def _street(wall: Wall, rng: np.random.Generator) -> Assembly:
    """Returns a front garden behind a low wall, pavements, the street, and a row of houses across it."""
    name = f"street_{wall.number}"
    front = 4.0
    low_wall = box((30.0, 0.22, 0.75), (0, -front, 0.375), 0.01)
    coping = box((30.0, 0.28, 0.06), (0, -front, 0.78), 0.01)
    brick = Material("masonry", BRICKS[int(rng.integers(len(BRICKS)))], wear=0.3, dirt=0.4)
    stone = Material("concrete", (0.36, 0.35, 0.33), wear=0.4, dirt=0.4)
    walks = [box((120.0, 2.0, 0.12), (0, y, 0.06)) for y in (-front - 1.15, -front - 10.15)]
    kerbs = [box((120.0, 0.14, 0.125), (0, y, 0.0625)) for y in (-front - 2.22, -front - 9.08)]
    lane = box((120.0, 6.7, 0.02), (0, -front - 5.65, 0.01))
    flags = Material("paving", (0.25, 0.24, 0.23), wear=0.4, dirt=0.5)
    tar = Material("asphalt", (0.06, 0.06, 0.062), wear=0.4, dirt=0.4)
    still = np.eye(4)
    pieces = [
        piece(
            f"{name}.{part}",
            category,
            (f"kitchen/street_{part}", Mesh.merged(meshes)),
            looks,
            still,
            box_proxy(*[mesh.bounds for mesh in meshes]),
        )
        for part, category, meshes, looks in (
            ("wall", "fence", [low_wall, coping.with_slot(1)], (brick, stone)),
            ("walks", "kerb", [*walks, *(kerb.with_slot(1) for kerb in kerbs)], (flags, stone)),
            ("lane", "road", [lane], (tar,)),
        )
    ]
    storeys = int(rng.integers(2, 4))
    style = "terrace" if rng.random() < 0.6 else "boulevard"
    poses = poses_at([(LENGTH * (k - 2), -front - 13.5, 0.0) for k in range(5)], np.pi / 2)
    which = rng.integers(3, size=5)
    for variant in range(3):
        shape = (f"town/row_{style}_{storeys}_gable_{variant}", row_house(style, storeys, "gable", variant))
        chosen = poses[which == variant]
        pieces.append(copies(f"{name}.row_{variant}", "building", shape, row_looks(style, rng), chosen))
    pieces.append(_street_trees(name, front, rng))
    hedge = _hedge(f"{name}.front", -8.0, 8.0, -front + 0.8, rng)
    return Assembly.merged([*pieces, *([hedge] if rng.random() < 0.5 else [])])


def _street_trees(name: str, front: float, rng: np.random.Generator) -> Assembly:
    kind = str(rng.choice(trees.STREET))
    x = np.arange(-36.0, 40.0, 12.0) + rng.uniform(-3, 3)
    poses = poses_at(np.column_stack([x, 0 * x - front - 9.7, 0 * x + 0.1]), rng.uniform(0, 6.28, len(x)))
    poses[:, :3, :3] *= rng.uniform(0.55, 0.75, (len(x), 1, 1))
    shape = (f"kitchen/tree_{kind}", trees.tree(kind, 0, 1.0, 0.45))
    return copies(f"{name}.trees", "vegetation", shape, trees.materials(kind, "summer"), poses, False)
