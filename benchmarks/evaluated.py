"""Sites held against what Blender evaluated: instances whose triangles cut each other, and ones that touch nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import bpy  # noqa: F401  (brings mathutils)
import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from numpy.typing import NDArray

from buildee.blender.build import build
from buildee.blender.context import fresh_scene
from buildee.blender.labels import label_table
from buildee.blender.surface import SurfaceReader
from buildee.layout.scene import Layout
from buildee.truth.surface import LabelTable, Surface

EDGES = 300
"""At most so many edges of a pair that cuts are followed through the other thing."""

PROBES = 240
"""So many of a thing's vertices are tried for what holds it, the lowest first."""

WAYS = tuple(
    Vector(way).normalized() for way in ((0.613, 0.347, 0.711), (-0.438, 0.791, -0.427), (0.377, -0.551, 0.745))
)
"""Directions of no face or edge: a point counts as inside where rays in all of them say so."""

REACH = 5e-3
"""What still counts as touching, metres."""


LOOSE = ("stockpile", "tree", "vegetation")
"""Countable categories that things may sink into or grow through."""


@dataclass(frozen=True, eq=False)
class Solid:
    """The evaluated triangles of one instance.

    Attributes:
        name, category: of the instance.
        thing: False for ground and the like, which things may sink into.
        vertices: (V, 3) float64, metres, world.
        triangles: (F, 3) vertex indices.
    """

    name: str
    category: str
    thing: bool
    vertices: NDArray[np.float64]
    triangles: NDArray[np.int64]

    @cached_property
    def bounds(self) -> NDArray[np.float64]:
        """(2, 3) lowest and highest corner, metres."""
        return np.stack([self.vertices.min(0), self.vertices.max(0)])

    @cached_property
    def tree(self) -> BVHTree:
        """Finds what is near."""
        return BVHTree.FromPolygons(self.vertices.tolist(), self.triangles.tolist(), all_triangles=True)


def findings(
    layout: Layout, contacts: frozenset[frozenset[str]], apart: Collection[str], tolerance: float
) -> list[str]:
    """Builds a layout and returns what its triangles show to be wrong.

    Args:
        layout: a planned scene.
        contacts: pairs of categories that may be in each other, as a bar is in concrete; a single one, with its like.
        apart: categories that need no support.
        tolerance: how deep triangles may lie in another thing, metres.
    """
    scene = fresh_scene()
    built = build(layout, scene)
    solids = list(_solids(SurfaceReader(built.scene).read(1), label_table(built.rows)))
    low, high = (np.array([solid.bounds[end] for solid in solids]) for end in (0, 1))
    problems, held = [], np.array([solid.category in apart for solid in solids])
    for one, solid in enumerate(solids):
        near = ((low < high[one] + REACH) & (high > low[one] - REACH)).all(1)
        for two in np.flatnonzero(near[one + 1 :]) + one + 1:
            pair = frozenset((solid.category, solids[two].category))
            if not (solid.thing and solids[two].thing) or pair in contacts:
                continue
            if (depth := _depth(solid, solids[two])) > tolerance:
                problems.append(f"{solid.name} and {solids[two].name} are {1000 * depth:.1f} mm in each other")
        others = [solids[two] for two in np.flatnonzero(near) if two != one]
        if solid.thing and not held[one] and not _touches(solid, others):
            problems.append(f"{solid.name} touches nothing")
    return problems


def _solids(surface: Surface, labels: LabelTable) -> Iterator[Solid]:
    """Yields every countable instance of a surface, and the ground it stands on as one."""
    instance = np.where(surface.copy_part >= 0, labels.part_instance[np.maximum(surface.copy_part, 0)], 0)
    for number in np.unique(instance[instance > 0]):
        vertices, triangles, count = [], [], 0
        for copy in np.flatnonzero(instance == number):
            mesh, pose = surface.meshes[surface.copy_mesh[copy]], surface.world_from_copy[copy]
            vertices.append(mesh.vertices @ pose[:3, :3].T + pose[:3, 3])
            triangles.append(mesh.triangles.astype(np.int64) + count)
            count += len(mesh.vertices)
        category = labels.categories[int(labels.instance_category[number - 1])]
        if count:
            name = labels.instance_name[number - 1]
            thing = bool(labels.countable[number - 1]) and category not in LOOSE
            yield Solid(name, category, thing, np.concatenate(vertices), np.concatenate(triangles))


def _depth(first: Solid, second: Solid) -> float:
    """Returns how deep edges of two things that cut each other lie inside the other, metres; 0 when none cuts."""
    pairs = first.tree.overlap(second.tree)
    if not pairs:
        return 0.0
    mine, theirs = (np.unique([pair[side] for pair in pairs]) for side in (0, 1))
    return max(_deepest(first, mine, second), _deepest(second, theirs, first))


def _deepest(solid: Solid, faces: NDArray, other: Solid) -> float:
    """Returns how deep the edges of some triangles lie inside another thing: the middle of each stretch inside it."""
    corners = solid.triangles[faces]
    edges = np.unique(np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), 1), axis=0)
    deepest = 0.0
    for start, end in solid.vertices[edges[:: max(1, len(edges) // EDGES)]]:
        for middle in _stretches(start, end, other.tree):
            distance = other.tree.find_nearest(middle)[3] or 0.0
            if distance > deepest and all(_is_inside(middle, way, other.tree) for way in WAYS):
                deepest = distance
    return deepest


def _is_inside(point: Vector, way: Vector, tree: BVHTree) -> bool:
    """Returns whether a ray from a point leaves a closed surface once more than it enters it."""
    hits, origin = 0, point
    for _ in range(64):
        place = tree.ray_cast(origin, way)[0]
        if place is None:
            break
        hits += 1
        origin = place + way * 1e-5
    return hits % 2 == 1


def _stretches(start: NDArray, end: NDArray, tree: BVHTree) -> Iterator[Vector]:
    """Yields the middles of the stretches of an edge that seem to lie inside a surface.

    Edges that run along a face of the other thing can deceive it; see `WAYS`.
    """
    origin, goal = Vector(start), Vector(end)
    ahead = goal - origin
    length = ahead.length
    if length < 1e-6:
        return
    ahead /= length
    at, entered = 0.0, None
    for _ in range(64):
        place, normal, _, distance = tree.ray_cast(origin + ahead * at, ahead, length - at)
        if place is None:
            break
        at += distance
        if normal.dot(ahead) > 0:  # out of it again
            yield origin + ahead * ((entered if entered is not None else 0.0) + at) / 2
            entered = None
        else:
            entered = at
        at += 1e-6
    if entered is not None:
        yield origin + ahead * (entered + length) / 2


def _touches(solid: Solid, others: list[Solid]) -> bool:
    """Returns whether something lies within reach of a thing's triangles."""
    lowest = np.argsort(solid.vertices[:, 2], kind="stable")
    probes = solid.vertices[lowest[:: max(1, len(lowest) // PROBES)]]
    probes = np.concatenate([solid.vertices[lowest[:PROBES]], probes])
    for other in others:
        if solid.tree.overlap(other.tree):
            return True
        if any(other.tree.find_nearest(Vector(point), REACH)[0] is not None for point in probes):
            return True
        low, high = solid.bounds[0] - REACH, solid.bounds[1] + REACH
        near = other.vertices[((other.vertices > low) & (other.vertices < high)).all(1)]
        near = near[:: max(1, len(near) // PROBES)]
        if any(solid.tree.find_nearest(Vector(point), REACH)[0] is not None for point in near):
            return True
    return False
