"""How fast points are told visible or hidden: against a loop over mathutils' BVH tree, and against bare Embree.

    python -m benchmarks.casting

Points lie at random places of random triangles of the stress scene, in random order, which is the hardest for every
caster. The bare loop is `rtcIntersect16` over packets that hold the rays of the points inside the image already, in the
points' order. mathutils does the same work for a share of the points, scaled up; its tree
holds all triangles in the world.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

import bpy  # noqa: F401  (brings mathutils)
import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from numpy.typing import NDArray

from benchmarks.annotators import copy_labels, read_views
from benchmarks.measure import Promise, least_seconds, report
from benchmarks.stress_scene import FRAMES, build_stress_scene
from buildee.truth.camera import camera_points, in_frame, project
from buildee.truth.embree import Caster, CasterPool
from buildee.truth.embree_native import Packets
from buildee.truth.frame import View
from buildee.truth.maps import copy_instances
from buildee.truth.surface import LabelTable, Surface
from buildee.truth.tracks import TrackPoints, TrackState, bind, observe, world_positions

_POINTS, _MATHUTILS_POINTS = 300_000, 20_000
_OCCLUSION, _END_TO_END, _OF_BARE = 10.0, 6.0, 0.55
_SHORT = 1e-4
"""How much occlusion rays stop short of their points, relative."""


def promises(view: View, labels: LabelTable) -> list[Promise]:
    """Measures the casts of one view."""
    points = _random_points(view.surface, labels, _POINTS)
    tree = _Tree(view.surface)
    few = _some(points, _MATHUTILS_POINTS)
    share = _POINTS / _MATHUTILS_POINTS
    with CasterPool() as pool, pool.caster(view.surface, view.camera.world_from_camera) as caster:
        print(f"{pool.name}; {_POINTS} points on {len(tree.copy)} triangles")
        world = world_positions(points, view.surface).astype(np.float64)
        rays = camera_points(view.camera, world[_inside(view, world)])
        print(f"{len(rays)} points inside the image")
        blocked = least_seconds(lambda: caster.blocked(rays, 0.0, 1 - _SHORT))
        loop = least_seconds(tree.loop(view, world[_inside(view, world)][:_MATHUTILS_POINTS], 1 - _SHORT))
        loop *= len(rays) / _MATHUTILS_POINTS
        end_to_end = least_seconds(lambda: observe(points, labels, caster, view.camera), repeats=5)
        bare = _bare_seconds(pool, caster, rays)
        mathutils = least_seconds(lambda: tree.observe(few, labels, view)) * share
        same = np.mean(tree.observe(few, labels, view) == observe(few, labels, caster, view.camera).state)
    for name, seconds in [
        ("occlusion casts", blocked),
        ("occlusion casts by mathutils", loop),
        ("end to end", end_to_end),
        ("end to end by mathutils", mathutils),
        ("bare loop over full packets", bare),
    ]:
        print(f"  {name:32s}{seconds:8.3f} s")
    print(f"  the two agree on the state of {same:.3%} of the points")
    return [
        Promise("occlusion casts, times a mathutils loop", loop / blocked, _OCCLUSION, at_least=True),
        Promise("points end to end, times mathutils", mathutils / end_to_end, _END_TO_END, at_least=True),
        Promise("points end to end, speed as a share of bare Embree", bare / end_to_end, _OF_BARE, at_least=True),
    ]


def _random_points(surface: Surface, labels: LabelTable, count: int) -> TrackPoints:
    """Random places on random triangles, any triangle as likely as any other."""
    rng = np.random.default_rng(0)
    sizes = np.array([len(mesh.triangles) for mesh in surface.meshes])[surface.copy_mesh]
    first = np.cumsum(sizes) - sizes
    place = rng.integers(0, sizes.sum(), count)
    copy = np.searchsorted(first, place, side="right") - 1
    return bind(surface, labels, copy, place - first[copy], rng.dirichlet((1, 1, 1), count)[:, 1:])


def _some(points: TrackPoints, count: int) -> TrackPoints:
    """The first points of a set."""
    columns = ("copy_key", "triangle", "corners", "mesh_size", "barycentrics", "instance")
    return replace(points, **{name: getattr(points, name)[:count] for name in columns})


def _inside(view: View, world: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which world points (N, 3) project into the image."""
    pixels, depth = project(view.camera, world)
    return in_frame(view.camera, pixels) & (depth > view.camera.clip[0]) & (depth <= view.camera.clip[1])


def _bare_seconds(pool: CasterPool, caster: Caster, rays: NDArray[np.float64]) -> float:
    """Seconds of the loop over packets alone."""
    scene = caster._tracer._scene.handle
    packets = Packets(pool._device.library, 16, len(rays))
    return least_seconds(
        lambda: packets.shoot(scene, len(rays), any_hit=False), 5, lambda: packets.fill(rays, 0.0, 1.001)
    )


@dataclass(eq=False)
class _Tree:
    """All triangles of a surface in the world, in mathutils' BVH tree; which copy each belongs to."""

    def __init__(self, surface: Surface) -> None:
        vertices, triangles, count = [], [], 0
        for mesh, pose in zip(surface.copy_mesh, surface.world_from_copy, strict=True):
            vertices.append(surface.meshes[mesh].vertices @ pose[:3, :3].T + pose[:3, 3])
            triangles.append(surface.meshes[mesh].triangles + count)
            count += len(vertices[-1])
        self.copy = np.repeat(np.arange(len(triangles)), [len(some) for some in triangles])
        self.first = np.cumsum([0] + [len(some) for some in triangles[:-1]])
        self.bvh = BVHTree.FromPolygons(
            np.concatenate(vertices).tolist(), np.concatenate(triangles).tolist(), all_triangles=True
        )

    def loop(self, view: View, world: NDArray[np.float64], reach: float) -> Callable[[], list[tuple]]:
        """Returns the loop that casts from the camera to world points (N, 3)."""
        eye = view.camera.world_from_camera[:3, 3]
        lengths = (np.linalg.norm(world - eye, axis=1) * reach).tolist()
        origin, directions = Vector(eye), [Vector(direction) for direction in world - eye]
        cast = self.bvh.ray_cast
        return lambda: [cast(origin, ray, length) for ray, length in zip(directions, lengths, strict=True)]

    def observe(self, points: TrackPoints, labels: LabelTable, view: View) -> NDArray[np.uint8]:
        """Does what `buildee.truth.tracks.observe` does; returns the states (N,)."""
        world = world_positions(points, view.surface).astype(np.float64)
        _, depth = project(view.camera, world)
        state = np.where(_inside(view, world), TrackState.VISIBLE, TrackState.OUT_OF_FRAME).astype(np.uint8)
        state[depth <= view.camera.clip[0]] = TrackState.BEHIND
        ask = np.flatnonzero(state == TrackState.VISIBLE)
        found = self.loop(view, world[ask], 1.001)()
        triangle = np.array([-1 if hit[2] is None else hit[2] for hit in found])
        normal = np.array([hit[1] or (0, 0, 0) for hit in found])
        place = np.array([hit[0] or (0, 0, 0) for hit in found])
        eye = view.camera.world_from_camera[:3, 3]
        distance = np.linalg.norm(world[ask] - eye, axis=1)
        off = np.abs(((world[ask] - place) * normal).sum(1))
        nearer = np.linalg.norm(place - eye, axis=1) < distance
        hides = (triangle >= 0) & nearer & (off > 1e-5 * distance)
        instance = copy_instances(view.surface, labels)
        own = points.instance[ask] == instance[self.copy[triangle]]
        state[ask[hides]] = np.where(own, TrackState.SELF_OCCLUDED, TrackState.OCCLUDED)[hides]
        return state


def main() -> int:
    """Prints the measurements; the last line is the summary."""
    build_stress_scene()
    (view,) = read_views(range(FRAMES // 2, FRAMES // 2 + 1))
    return report("casting", promises(view, copy_labels(view.surface)))


if __name__ == "__main__":
    sys.exit(main())
