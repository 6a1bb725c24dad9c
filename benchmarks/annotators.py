"""How long all ground truth of one 640x480 frame of the stress scene takes on one core.

    taskset -c 0 python -m benchmarks.annotators

Exits with 1 if it takes more than 1.2 s or more than 5 calibration steps.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import bpy
import numpy as np

from benchmarks.calibration import calibration_step
from benchmarks.stress_scene import FRAMES, build_stress_scene
from buildee.blender.surface import SurfaceReader, read_camera
from buildee.truth.annotate import ANNOTATORS, PAIR_ANNOTATORS, annotate
from buildee.truth.embree import CasterPool
from buildee.truth.frame import Frame, View
from buildee.truth.sampling import sample_points
from buildee.truth.surface import LabelTable, Surface
from buildee.truth.visibility import find_keys

_SECONDS, _STEPS = 1.2, 5.0
_POINTS = 2048
_GROUND_TRIANGLES = 20_000


def _labels(surface: Surface) -> LabelTable:
    """One instance a copy; the ground grids are stuff."""
    count = len(surface.copy_mesh)
    names = tuple(f"copy {number}" for number in range(count))
    sizes = np.array([len(mesh.triangles) for mesh in surface.meshes])[surface.copy_mesh]
    ids = np.arange(1, count + 1, dtype=np.int32)
    return LabelTable(names, ids, names, np.ones(count, np.int32), {1: "thing"}, sizes != _GROUND_TRIANGLES)


def _views(frames: range) -> list[View]:
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


def main() -> int:
    """Prints a breakdown; the last line is the summary."""
    before = calibration_step()
    build_stress_scene()
    middle = FRAMES // 2
    views = _views(range(middle - 2, middle + 2))
    labels = _labels(views[0].surface)
    with CasterPool() as pool:
        start = time.perf_counter()
        with pool.caster(views[1].surface, views[1].camera.world_from_camera) as caster:
            print(f"{'build all trees once':24s}{time.perf_counter() - start:8.3f} s")
            start = time.perf_counter()
            eye = [(caster, views[1].camera)]
            points = sample_points(views[1].surface, labels, eye, _POINTS, np.random.default_rng(0))
            print(f"{'sample points once':24s}{time.perf_counter() - start:8.3f} s")
        # The frame before warms up what a walk over frames keeps; the surface after is new to the measured frame.
        with Frame(pool, labels, views[1], views[0], views[2], points) as frame:
            annotate(frame, ANNOTATORS)
        total = 0.0
        with Frame(pool, labels, views[2], views[1], views[3], points) as frame:
            for name, work in [
                ("hits", lambda: frame.hits),
                ("extents", lambda: frame.extents),
                *((name, lambda name=name: annotate(frame, [name])) for name in ANNOTATORS),
                ("scene_flow", lambda: PAIR_ANNOTATORS["scene_flow"].compute(frame, frame.following)),
            ]:
                start = time.perf_counter()
                work()
                seconds = time.perf_counter() - start
                total += seconds
                print(f"{name:24s}{seconds:8.3f} s")
    step = min(before, calibration_step())
    missed = total > _SECONDS or total > _STEPS * step
    print(f"all annotators {total:.3f} s = {total / step:.2f} calibration steps of {step:.3f} s")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
