"""A case from end to end: build it, annotate it, compare it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.case import Case, construct
from benchmarks.proof.compare import Comparison, rigid_pose
from benchmarks.proof.pairs import cloud_rows, pair_rows, pairs_of
from benchmarks.proof.residual import Residual, merged
from benchmarks.proof.world import Sight, nearest_face
from buildee.blender.camera import read_camera
from buildee.blender.surface import SurfaceReader
from buildee.blender.visibility import as_rendered, follow
from buildee.truth.annotate import ANNOTATORS, annotate
from buildee.truth.cloud import sample_cloud, see_cloud
from buildee.truth.embree import CasterPool
from buildee.truth.frame import Frame, View
from buildee.truth.geometry import apply, corner_table
from buildee.truth.sampling import sample_points
from buildee.truth.surface import Surface
from buildee.truth.tracks import TrackPoints
from buildee.truth.visibility import find_keys

_POINTS = 400


def measure(case: Case) -> list[Residual]:
    """Builds a case, annotates it, and compares all frames with the formulas."""
    scene, eye = construct(case)
    views = []
    with as_rendered(scene):
        reader = SurfaceReader(scene.name, on_frame=follow, normals=True, uv=True)
        for frame in range(case.frames):
            surface = reader.read(frame + 1)
            views.append(View(surface, read_camera(scene, eye)))
    sights = [Sight(case.bodies, frame, case.lens, case.cameras[frame]) for frame in range(case.frames)]
    found: list[Residual] = []
    with CasterPool() as pool:
        points = _points(pool, case, views[0])
        start = _bound_to(case, points, views[0].surface)
        cloud = sample_cloud(views[0].surface, case.labels, _POINTS, np.random.default_rng(1))
        cloud_start = _bound_to(case, cloud.points, views[0].surface)
        for frame, view in enumerate(views):
            before, after = (views[at] if 0 <= at < case.frames else None for at in (frame - 1, frame + 1))
            poses = None if case.upright else _instance_poses(case, frame)
            with Frame(pool, case.labels, view, before, after, points, poses) as about:
                arrays = annotate(about, ANNOTATORS)
                arrays["materials"] = np.array(reader.materials)
                pairs = pairs_of(about, views, frame)
                seen = see_cloud(cloud, case.labels, about.caster, view.camera)
            comparison = Comparison(case, sights, frame, view, arrays)
            found += comparison.rows(points, start)
            found += pair_rows(comparison, pairs)
            found += cloud_rows(comparison, cloud.xyz, seen, *cloud_start)
    return merged(found)


def _points(pool: CasterPool, case: Case, view: View) -> TrackPoints:
    with pool.caster(view.surface, view.camera.world_from_camera) as caster:
        eyes = [(caster, view.camera)]
        return sample_points(view.surface, case.labels, eyes, _POINTS, np.random.default_rng(0))


def _bound_to(
    case: Case, points: TrackPoints, surface: Surface
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """The body each point lies on in the first frame (N,), how far off it (N,), and where on it (N, 3)."""
    copy = find_keys(points.copy_key, surface.copy_key)
    corners = corner_table(surface).corners(copy, points.triangle)
    u, v = points.barycentrics.T
    local = corners[0] + u * (corners[1] - corners[0]) + v * (corners[2] - corners[0])
    world = apply(surface.world_from_copy[:, :3], copy, local).T
    off, onto = np.full((len(case.bodies), len(world)), np.inf), np.zeros((len(case.bodies), *world.shape))
    for number, body in enumerate(case.bodies):
        mine = points.instance == body.instance
        if body.shown[0] and mine.any():
            off[number, mine], onto[number, mine] = nearest_face(body, world[mine], 0)
    nearest = np.abs(off).argmin(0)
    row = np.arange(len(world))
    return nearest, np.abs(off)[nearest, row], onto[nearest, row]


def _instance_poses(case: Case, frame: int) -> NDArray[np.float64]:
    """(I, 4, 4): the nearest rigid pose to that of each instance's first body."""
    poses = np.full((len(case.labels.instance_name), 4, 4), np.nan)
    for body in reversed(case.bodies):
        if body.instance > 0:
            poses[body.instance - 1] = rigid_pose(body.poses[frame])
    return poses
