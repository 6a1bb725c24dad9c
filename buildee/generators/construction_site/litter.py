"""What lies about: stones, crumbs of soil, offcuts and weeds, as scatters on the very triangles of the ground."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.litter_places import OPEN, Favour, Favours, favoured, lying, outside
from buildee.generators.construction_site.noise import fractal
from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.terrain import Heap
from buildee.layout.kinematics import rotation, translation
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Scatter
from buildee.layout.solids import box, cylinder, heightfield, revolve
from buildee.recipe.seed import Seed

Kind = tuple[str, str, Mesh, Material, float, Favour, tuple[float, float]]
"""Name, category, shape and material of things, how many there are a square metre, where, and their sizes."""


def litter(
    scene: ConstructionSite, plot: Plot, ground: Ground, heaps: Sequence[Heap], pads: Sequence[Footprint], seed: Seed
) -> Assembly:
    """Returns everything small that lies on the lot.

    Args:
        scene: the section of the recipe.
        plot: the zones.
        ground: what it lies on.
        heaps: loose stone rolls off them.
        pads: stiff bases that nothing lies under.
        seed: of all draws here.
    """
    area = plot.width * plot.depth * scene.stores.litter
    where = Favours(plot, heaps)
    rows = _kinds(scene, where, seed)
    # What is tipped last, sand and gravel, is clean but for its foot.
    clean = [heap.footprint.grown(-0.25 * heap.radius) for heap in heaps if heap.material.kind != "soil"]
    solid = [plot.building.grown(0.3), *pads, *clean]
    rngs = [seed.child(name).child("places").rng() for name, *_ in rows]
    spots = [
        favoured(int(density * area), plot, favour, OPEN if favour == where.open_ground else np.inf, rng)
        for (_, _, _, _, density, favour, _), rng in zip(rows, rngs, strict=True)
    ]
    free = outside(np.concatenate(spots), solid)
    scatters, shapes = [], {}
    for (name, category, mesh, material, density, _, sizes), points, rng in zip(rows, spots, rngs, strict=True):
        here, free = free[: len(points)], free[len(points) :]
        points = points[here][: int(density * area)]
        if len(points):
            shapes[f"litter/{name}"] = mesh
            poses = lying(points, ground, sizes, rng)
            scatters.append(Scatter(name, category, f"litter/{name}", (material,), poses))
    return Assembly(shapes, scatters=tuple(scatters))


def _kinds(scene: ConstructionSite, by: Favours, seed: Seed) -> list[Kind]:
    """Returns what lies about."""
    wet, dirt = scene.weather.wetness, scene.weather.dirt
    grey = Material("gravel", (0.33, 0.31, 0.28), wear=0.5, dirt=dirt, wetness=wet, scale=0.5)
    brown = Material("soil", (0.225, 0.165, 0.108), dirt=dirt, wetness=wet)
    timber = Material("wood", (0.42, 0.29, 0.16), wear=0.5, dirt=dirt, wetness=wet)
    brick = Material("masonry", (0.32, 0.13, 0.085), wear=0.6, dirt=dirt, wetness=wet, scale=0.6)
    rusty = Material("rusty_steel", (0.25, 0.11, 0.06), wear=0.8, dirt=dirt, wetness=wet)
    film = Material("fabric", (0.6, 0.62, 0.64), wear=0.6, dirt=dirt, wetness=wet)
    paper = Material("fabric", (0.42, 0.36, 0.27), wear=0.6, dirt=dirt, wetness=wet)
    clear = Material("plastic", (0.35, 0.5, 0.55), wear=0.5, dirt=dirt, wetness=wet)
    tan = Material("gravel", (0.36, 0.31, 0.24), wear=0.5, dirt=dirt, wetness=wet, scale=0.5)
    dry = Material("paint", (0.28, 0.235, 0.11), wear=0.0, dirt=0.0)
    weed = Material("paint", (0.09, 0.14, 0.035), wear=0.0, dirt=0.0)
    return [
        ("gravel", "stone", _stone(seed.child("gravel"), 0.022), grey, 1.1, by.near_road, (0.6, 2.0)),
        ("stones", "stone", _stone(seed.child("stones"), 0.05), grey, 0.16, by.near_work, (0.5, 2.2)),
        ("clods", "debris", _clod(seed.child("clods"), 0.055), brown, 0.5, by.near_digging, (0.3, 2.3)),
        ("crumbs", "debris", _clod(seed.child("crumbs"), 0.03), brown, 4.5, by.open_ground, (0.3, 1.7)),
        ("lumps", "debris", _clod(seed.child("lumps"), 0.085), brown, 0.16, by.in_pit, (0.4, 1.9)),
        ("cobbles", "stone", _stone(seed.child("cobbles"), 0.09), tan, 0.04, by.in_pit, (0.5, 1.9)),
        ("spill", "debris", _spill(seed.child("spill")), brown, 0.03, by.near_turns, (0.6, 1.3)),
        ("spatter", "debris", _spill(seed.child("spatter")), brown, 0.025, by.near_digging, (0.4, 1.0)),
        ("splinters", "debris", box((0.3, 0.022, 0.012), (0, 0, 0.005)), timber, 0.16, by.near_work, (0.3, 1.6)),
        ("tufts", "grass", _tuft(seed.child("tufts"), 20), dry, 0.14, by.near_fence, (0.4, 1.0)),
        ("offcuts", "debris", box((0.42, 0.1, 0.05), (0, 0, 0.02), 0.004), timber, 0.018, by.near_work, (0.5, 1.5)),
        ("brickbats", "debris", box((0.13, 0.11, 0.065), (0, 0, 0.028), 0.008), brick, 0.022, by.near_work, (0.7, 1.1)),
        ("bar_ends", "debris", _lying_bar(), rusty, 0.012, by.near_work, (0.6, 1.3)),
        ("scraps", "debris", _scrap(seed.child("scraps")), film, 0.007, by.near_work, (0.4, 1.4)),
        ("paper", "debris", _scrap(seed.child("paper")), paper, 0.006, by.near_fence, (0.4, 1.2)),
        ("bottles", "debris", _bottle(), clear, 0.003, by.near_fence, (0.9, 1.1)),
        ("wedges", "debris", box((0.16, 0.08, 0.04), (0, 0, 0.016), 0.006), timber, 0.012, by.near_work, (0.6, 1.2)),
        ("weeds", "grass", _tuft(seed.child("weeds")), weed, 0.35, by.near_fence, (0.5, 1.3)),
    ]


def _stone(seed: Seed, radius: float, cuts: int = 3) -> Mesh:
    """Returns an angular stone sunk a third into z = 0: a subdivided octahedron cut by random planes."""
    rng = seed.rng()
    steps = np.linspace(0, 1, cuts + 1)
    points = []
    for signs in np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float):
        points += [signs * (a, b, 1 - a - b) for a in steps for b in steps if a + b < 1 + 1e-9]
    directions = np.unique(np.round(np.array(points), 6), axis=0)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    normals = rng.normal(size=(11, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    depths = rng.uniform(0.62, 0.9, 11)
    along = np.maximum(directions @ normals.T, 1e-3)
    reach = np.minimum((depths / along).min(1), 1.0)
    vertices = directions * reach[:, None] * radius * np.array([1.25, 1.0, 0.75]) + np.array([0, 0, 0.28 * radius])
    return Mesh.from_faces(vertices, _hull_faces(directions, cuts))


def _clods(rng: np.random.Generator, places: NDArray[np.float64], sizes: NDArray[np.float64]) -> Mesh:
    """Returns clods of stiff earth sunk two fifths into z = 0: broken faces and ragged corners, 32 triangles each.

    Args:
        rng: of their shapes.
        places: (N, 2) where they lie, metres.
        sizes: (N,) their radii, metres.
    """
    count, (directions, faces) = len(sizes), _ball()
    normals = _unit(rng.normal(size=(count, 6, 3)))
    facing = np.maximum(directions @ normals.transpose(0, 2, 1), 1e-3)
    reach = (rng.uniform(0.45, 0.85, (count, 1, 6)) / facing).min(2).clip(0.4, 1.0)
    reach = reach * rng.uniform(0.85, 1.1, reach.shape)
    points = directions * reach[..., None] * rng.uniform(0.7, 1.25, (count, 1, 3)) + np.array([0, 0, 0.12])
    points = points * sizes[:, None, None] + np.column_stack([places, np.zeros(count)])[:, None]
    numbered = faces + len(directions) * np.arange(count, dtype=np.int32)[:, None, None]
    return Mesh.from_faces(points.reshape(-1, 3), numbered.reshape(-1, 3))


def _clod(seed: Seed, radius: float) -> Mesh:
    """Returns one clod."""
    return _clods(seed.rng(), np.zeros((1, 2)), np.array([radius]))


@cache
def _ball() -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Returns the 18 directions and 32 triangles of a coarse ball."""
    lattice = np.array([(x, y, z) for x in range(-2, 3) for y in range(-2, 3) for z in range(-2, 3)], float)
    directions = _unit(lattice[np.abs(lattice).sum(1) == 2])
    return directions, _hull_faces(directions, 2)


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def _spill(seed: Seed, count: int = 30) -> Mesh:
    """Returns earth that fell off a bucket or a wheel: clods of 1 to 10 cm, the more the smaller, thinning outwards."""
    rng = seed.rng()
    sizes = np.minimum(0.012 * rng.random(count) ** -0.55, 0.1)
    reach, bearing = np.abs(rng.normal(0, 0.3, count)), rng.uniform(0, 2 * np.pi, count)
    reach = reach + 0.25 * (1 - np.minimum(sizes / 0.05, 1)) * rng.random(count)
    return _clods(rng, np.column_stack([1.5 * reach * np.cos(bearing), reach * np.sin(bearing)]), sizes)


def _hull_faces(directions: NDArray[np.float64], cuts: int) -> NDArray[np.int32]:
    """Returns the triangles of the octahedral grid of unit directions: neighbours by shared octant and lattice step."""
    lattice = directions / np.abs(directions).sum(1, keepdims=True)
    index = {tuple(np.round(point * cuts).astype(int)): number for number, point in enumerate(lattice)}
    faces = []
    for sx, sy, sz in ((x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)):
        for a in range(cuts):
            for b in range(cuts - a):
                c = cuts - a - b
                triangles = [((a, b, c), (a + 1, b, c - 1), (a, b + 1, c - 1))]
                if c >= 2:
                    triangles.append(((a + 1, b, c - 1), (a + 1, b + 1, c - 2), (a, b + 1, c - 1)))
                for triangle in triangles:
                    corners = [index[(sx * p, sy * q, sz * r)] for p, q, r in triangle]
                    faces.append(corners if sx * sy * sz > 0 else corners[::-1])
    return np.array(faces, np.int32)


def _lying_bar() -> Mesh:
    """Returns a 0.9 m end of 12 mm reinforcing bar that lies on z = 0."""
    return cylinder(0.006, 0.9, 8).transformed(translation((-0.45, 0, 0.005)) @ rotation((0, 1, 0), np.pi / 2))


def _scrap(seed: Seed) -> Mesh:
    """Returns a torn, crumpled sheet of about 0.3 m that lies on z = 0: film, paper bags, packaging."""
    rng = seed.rng()
    steps = np.linspace(-0.15, 0.15, 7)
    x, y = np.meshgrid(steps, steps * 0.7, indexing="ij")
    ridge = np.abs(fractal(x, y, 0.12, 3, int(rng.integers(100))))
    torn = 1 + 0.25 * fractal(x, y, 0.2, 2, int(rng.integers(100)))
    top = heightfield(steps, steps * 0.7, 0.004 + 0.05 * ridge)
    vertices = top.vertices * np.stack([torn, torn, np.ones_like(torn)], -1).reshape(-1, 3)
    upper = Mesh(vertices, top.corners, top.sizes, top.slots, top.smooth)
    return Mesh.merged([upper, upper.moved(z=-0.002).flipped()])


def _bottle() -> Mesh:
    """Returns a half-litre bottle that lies on z = 0."""
    profile = [(0.02, 0.0), (0.032, 0.01), (0.032, 0.12), (0.029, 0.13), (0.032, 0.14), (0.014, 0.19), (0.014, 0.21)]
    return revolve(profile, 12).transformed(translation((-0.1, 0, 0.031)) @ rotation((0, 1, 0), np.pi / 2))


def _tuft(seed: Seed, blades: int = 34) -> Mesh:
    """Returns a tuft of bent blades of grass rooted at z = 0, 0.1 to 0.35 m tall."""
    rng = seed.rng()
    heading, lean = rng.uniform(0, 2 * np.pi, blades), rng.uniform(0.1, 0.9, blades)
    tall, root = rng.uniform(0.1, 0.35, blades), rng.normal(0, 0.05, (blades, 2))
    out = np.column_stack([np.cos(heading), np.sin(heading), 0 * heading])
    side = np.column_stack([-np.sin(heading), np.cos(heading), 0 * heading]) * 0.005
    foot = np.column_stack([root, np.full(blades, -0.01)])
    knee = foot + out * (tall * lean * 0.35)[:, None] + np.array([0, 0, 1]) * (0.6 * tall)[:, None]
    tip = foot + out * (tall * lean)[:, None] + np.array([0, 0, 1]) * (tall * (1 - 0.3 * lean))[:, None]
    points = np.stack([foot - side, foot + side, knee + side * 0.8, knee - side * 0.8, tip], 1)
    first = 5 * np.arange(blades)[:, None]
    quads = Mesh.from_faces(points.reshape(-1, 3), first + np.array([0, 1, 2, 3]))
    return Mesh.merged([quads, Mesh.from_faces(points.reshape(-1, 3), first + np.array([3, 2, 4]))])
