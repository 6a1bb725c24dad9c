"""How long all ground truth of one 640x480 frame of the stress scene takes on one core, and how that grows.

    python -m benchmarks.annotators

Processor time of every step, the least of eight. Exits with 1 if a promise is missed: 1.0 s a frame, 5 calibration
steps, and time that grows no faster than pixels and tracked points.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

import bpy
import numpy as np

from benchmarks.calibration import calibration_step
from benchmarks.measure import Promise, least_seconds, report
from benchmarks.stress_scene import FRAMES, build_stress_scene
from buildee.blender.camera import read_camera
from buildee.blender.surface import SurfaceReader
from buildee.truth.annotate import ANNOTATORS, PAIR_ANNOTATORS, annotate
from buildee.truth.embree import CasterPool
from buildee.truth.frame import Frame, View
from buildee.truth.sampling import sample_points
from buildee.truth.surface import Camera, LabelTable, Surface
from buildee.truth.tracks import TrackPoints
from buildee.truth.visibility import find_keys

_SECONDS, _STEPS = 1.0, 5.0
_EXPONENT = 1.1
"""Twice the work may take 2.1 times as long: caches."""
_POINTS, _MANY_POINTS = 2048, 50_000
_GROWTH = (1, 2, 4)
_RUNS = 8
_GROUND_TRIANGLES = 20_000


def copy_labels(surface: Surface) -> LabelTable:
    """One instance a copy; the ground grids are stuff."""
    count = len(surface.copy_mesh)
    names = tuple(f"copy {number}" for number in range(count))
    sizes = np.array([len(mesh.triangles) for mesh in surface.meshes])[surface.copy_mesh]
    ids = np.arange(1, count + 1, dtype=np.int32)
    return LabelTable(names, ids, names, np.ones(count, np.int32), {1: "thing"}, sizes != _GROUND_TRIANGLES)


def read_views(frames: range) -> list[View]:
    """The surfaces and cameras of some frames, each copy its own part."""
    scene = bpy.context.scene
    reader = SurfaceReader(scene.name, normals=True, uv=True)
    views: list[View] = []
    for frame in frames:
        surface = reader.read(frame)
        keys = views[0].surface.copy_key if views else surface.copy_key
        surface = replace(surface, copy_part=find_keys(surface.copy_key, keys).astype(np.int32))
        views.append(View(surface, read_camera(scene, scene.camera)))
    return views


def promises(views: list[View], labels: LabelTable, step: float) -> list[Promise]:
    """Measures the annotators.

    Args:
        views: of four frames in a row.
        labels: what their copies are.
        step: seconds of a calibration step.
    """
    with CasterPool() as pool:
        start = time.perf_counter()
        with pool.caster(views[1].surface, views[1].camera.world_from_camera) as caster:
            print(f"{'build all trees once':24s}{time.perf_counter() - start:8.3f} s")
            eye = [(caster, views[1].camera)]
            points = sample_points(views[1].surface, labels, eye, _POINTS, np.random.default_rng(0))
            many = sample_points(views[1].surface, labels, eye, 4 * _MANY_POINTS, np.random.default_rng(1))
        # The frame before warms up what a walk over frames keeps.
        with Frame(pool, labels, views[1], views[0], views[2], points) as frame:
            annotate(frame, ANNOTATORS)
        runs = [_breakdown(pool, labels, views[1:], points) for _ in range(_RUNS)]
        best = {name: min(run[name] for run in runs) for name in runs[0]}
        for name, seconds in best.items():
            print(f"{name:24s}{seconds:8.3f} s")
        total = sum(best.values())
        print(f"all annotators {total:.3f} s = {total / step:.2f} calibration steps of {step:.3f} s")
        pixels = [_pixels_seconds(pool, labels, views[1:], points, growth) for growth in _GROWTH]
        tracks = [_tracks_seconds(pool, labels, views[1:], _some(many, growth * _MANY_POINTS)) for growth in _GROWTH]
    return [
        Promise("all annotators of a frame", total, _SECONDS, "s"),
        Promise("all annotators of a frame in calibration steps", total / step, _STEPS),
        _growth("pixels", "1, 2, 4 times 640x480", pixels),
        _growth("points", f"1, 2, 4 times {_MANY_POINTS} tracks", tracks),
    ]


def _breakdown(pool: CasterPool, labels: LabelTable, views: list[View], points: TrackPoints) -> dict[str, float]:
    """Seconds of everything that the middle one of three frames yields, once."""
    following = replace(views[2], surface=replace(views[2].surface))  # new to every run, as in a walk over frames
    with Frame(pool, labels, views[1], views[0], following, points) as frame:
        work: Iterable[tuple[str, Callable[[], object]]] = [
            ("hits", lambda: frame.hits),
            ("extents", lambda: frame.extents),
            *((name, lambda name=name: annotate(frame, [name])) for name in ANNOTATORS),
            ("scene_flow", lambda: PAIR_ANNOTATORS["scene_flow"].compute(frame, frame.following)),
        ]
        return {name: least_seconds(task, 1) for name, task in work}


def _pixels_seconds(
    pool: CasterPool, labels: LabelTable, views: list[View], points: TrackPoints, growth: float
) -> float:
    """Seconds of all annotators at some times the pixels, the least of three."""
    views = [replace(view, camera=_larger(view.camera, growth)) for view in views]
    return min(sum(_breakdown(pool, labels, views, points).values()) for _ in range(3))


def _larger(camera: Camera, growth: float) -> Camera:
    """The same view with some times the pixels."""
    scale = np.sqrt(growth)
    K = np.diag([scale, scale, 1.0]) @ camera.K
    return replace(camera, K=K, width=round(camera.width * scale), height=round(camera.height * scale))


def _tracks_seconds(pool: CasterPool, labels: LabelTable, views: list[View], points: TrackPoints) -> float:
    """Seconds of the tracks of a frame, the least of three."""
    with Frame(pool, labels, views[1], views[0], views[2], points) as frame:
        annotate(frame, ["tracks"])  # warms up the caster
        return least_seconds(lambda: annotate(frame, ["tracks"]))


def _some(points: TrackPoints, count: int) -> TrackPoints:
    """Points drawn from a set, in its order."""
    chosen = np.sort(np.random.default_rng(2).permutation(len(points.triangle))[:count])
    columns = ("copy_key", "triangle", "corners", "mesh_size", "barycentrics", "instance")
    return TrackPoints(*(getattr(points, name)[chosen] for name in columns))


def _growth(name: str, sizes: str, seconds: list[float]) -> Promise:
    """How time grows: the exponent of the power law through the first and the last measurement."""
    print(f"{name}: {', '.join(f'{value:.3f}' for value in seconds)} s at {sizes}")
    exponent = np.log(seconds[-1] / seconds[0]) / np.log(_GROWTH[-1] / _GROWTH[0])
    return Promise(f"growth of time with {name}, exponent", float(exponent), _EXPONENT)


def main() -> int:
    """Prints a breakdown; the last line is the summary."""
    step = calibration_step()
    build_stress_scene()
    middle = FRAMES // 2
    views = read_views(range(middle - 2, middle + 2))
    return report("annotators", promises(views, copy_labels(views[0].surface), step))


if __name__ == "__main__":
    sys.exit(main())
