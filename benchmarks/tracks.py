"""How long 100 000 tracked points take over 100 frames of the stress scene, and that memory stays flat meanwhile.

    taskset -c 0 python -m benchmarks.tracks

Exits with 1 if peak memory grows by more than 32 MB over the last 90 frames (which write 240 MB), or if the tracks of a
frame take more than one calibration step on average.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace

import bpy
import numpy as np

from benchmarks.calibration import calibration_step
from benchmarks.stress_scene import FRAMES, build_stress_scene
from buildee.blender.surface import SurfaceReader, read_camera
from buildee.dataset.writer import SceneWriter, create_dataset
from buildee.truth.embree import CasterPool
from buildee.truth.frame import View
from buildee.truth.nearest import nearest_places
from buildee.truth.sampling import uniform_points
from buildee.truth.surface import LabelTable
from buildee.truth.tracks import observe, world_positions
from buildee.truth.visibility import find_keys

_FRAMES, _POINTS = 100, 100_000
_WARM = 10
_GROWTH, _STEPS = 32e6, 1.0


def _views() -> Iterator[View]:
    """The frames, each copy its own part; the scene's own 24 frames again and again."""
    scene = bpy.context.scene
    reader, keys = SurfaceReader(scene.name), None
    for frame in range(_FRAMES):
        surface = reader.read(1 + frame % FRAMES)
        keys = surface.copy_key if keys is None else keys
        yield View(
            replace(surface, copy_part=find_keys(surface.copy_key, keys).astype(np.int32)),
            read_camera(scene, scene.camera),
        )


def _labels(count: int) -> LabelTable:
    """One countable instance a copy."""
    names, ids = tuple(f"copy {number}" for number in range(count)), np.arange(1, count + 1, dtype=np.int32)
    return LabelTable(names, ids, names, np.ones(count, np.int32), {1: "thing"}, np.ones(count, bool))


def _peak() -> float:
    """Bytes of memory that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Prints what takes how long; the last line is the summary."""
    step = calibration_step()
    build_stress_scene()
    seconds, early, points = 0.0, 0.0, None
    with tempfile.TemporaryDirectory() as folder, CasterPool() as pool:
        create_dataset(f"{folder}/out", "", "benchmark", [], 1)
        with SceneWriter(f"{folder}/out", 0) as writer:
            writer.camera("eye", np.eye(3), np.repeat(np.eye(4)[None], _FRAMES, 0), 640, 480, 24, (0.1, 100))
            for frame, view in enumerate(_views()):
                if points is None:
                    labels = _labels(len(view.surface.copy_mesh))
                    start = time.perf_counter()
                    points = uniform_points(view.surface, labels, _POINTS, np.random.default_rng(0))
                    print(f"{'choose points by area':28s}{time.perf_counter() - start:8.3f} s")
                    given = world_positions(points, view.surface).astype(np.float64)
                    start = time.perf_counter()
                    found = nearest_places(view.surface, given, 0.01)
                    print(f"{'find given points again':28s}{time.perf_counter() - start:8.3f} s")
                    assert (found.distance < 1e-5).all()
                with pool.caster(view.surface, view.camera.world_from_camera) as caster:
                    caster.first_hits(np.array([[0.0, 0, 1]]))  # builds what moved, which every annotation shares
                    start = time.perf_counter()
                    seen = vars(observe(points, labels, caster, view.camera))
                    xyz = world_positions(points, view.surface)
                    writer.rows("tracks", frame, {"xyz": xyz})
                    writer.rows("tracks", frame, seen, "eye")
                    seconds += time.perf_counter() - start
                if frame == _WARM - 1:
                    early = _peak()
            writer.commit({})
    growth, each = _peak() - early, seconds / _FRAMES
    print(f"{'tracks of a frame':28s}{each:8.3f} s, {_POINTS / each / 1e6:.2f} million points/s")
    print(
        f"{_POINTS} points x {_FRAMES} frames: {each / step:.2f} calibration steps of {step:.3f} s a frame; peak "
        f"memory {early / 1e6:.0f} MB after {_WARM} frames, {growth / 1e6:.1f} MB more after {_FRAMES}"
    )
    return int(growth > _GROWTH or each > _STEPS * step)


if __name__ == "__main__":
    sys.exit(main())
