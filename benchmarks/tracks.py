"""What 100 000 tracked points take over 100 frames of the stress scene, and that memory stays flat meanwhile.

    python -m benchmarks.tracks

Processor time. Exits with 1 if a promise is missed: one calibration step for the tracks of a frame, 32 MB more of peak
memory over the last 90 frames, which write 240 MB.
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

from benchmarks.annotators import copy_labels
from benchmarks.calibration import calibration_step
from benchmarks.measure import Promise, least_seconds, report
from benchmarks.stress_scene import FRAMES, build_stress_scene
from buildee.blender.camera import read_camera
from buildee.blender.surface import SurfaceReader
from buildee.dataset.folder import create_dataset
from buildee.dataset.writer import SceneWriter
from buildee.truth.embree import CasterPool
from buildee.truth.frame import View
from buildee.truth.nearest import nearest_places
from buildee.truth.sampling import uniform_points
from buildee.truth.surface import LabelTable
from buildee.truth.tracks import TrackPoints, observe, world_positions
from buildee.truth.visibility import find_keys

_FRAMES, _POINTS = 100, 100_000
_WARM = 10
"""Frames after which all that is kept for the whole scene is there."""
_MEGABYTES, _STEPS = 32, 1.0


def _views() -> Iterator[View]:
    """The scene's 24 frames again and again, one at a time, each copy its own part."""
    scene = bpy.context.scene
    reader, keys = SurfaceReader(scene.name), None
    for frame in range(_FRAMES):
        surface = reader.read(1 + frame % FRAMES)
        keys = surface.copy_key if keys is None else keys
        surface = replace(surface, copy_part=find_keys(surface.copy_key, keys).astype(np.int32))
        yield View(surface, read_camera(scene, scene.camera))


def _choose(view: View, labels: LabelTable) -> TrackPoints:
    """Chooses the points, and says what that takes and what finding them again by their positions would."""
    points = uniform_points(view.surface, labels, _POINTS, np.random.default_rng(0))
    given = world_positions(points, view.surface).astype(np.float64)
    for name, work in (
        ("choose points by area", lambda: uniform_points(view.surface, labels, _POINTS, np.random.default_rng(0))),
        ("find given points again", lambda: nearest_places(view.surface, given, 0.01)),
    ):
        print(f"{name:24s}{least_seconds(work, 1):8.3f} s")
    return points


def _peak_megabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def promises(step: float) -> list[Promise]:
    """Follows the points through the stress scene, which the file holds.

    Args:
        step: seconds of a calibration step.
    """
    seconds, early = 0.0, 0.0
    points = labels = None
    with tempfile.TemporaryDirectory() as folder, CasterPool() as pool:
        create_dataset(f"{folder}/out", "", "benchmark", [], 1)
        with SceneWriter(f"{folder}/out", 0) as writer:
            writer.camera("eye", np.eye(3), np.repeat(np.eye(4)[None], _FRAMES, 0), 640, 480, 24, (0.1, 100))
            for frame, view in enumerate(_views()):
                if points is None:
                    labels = copy_labels(view.surface)
                    points = _choose(view, labels)
                with pool.caster(view.surface, view.camera.world_from_camera) as caster:
                    caster.first_hits(np.array([[0.0, 0, 1]]))  # builds what moved, which all annotators share
                    start = time.process_time()
                    writer.rows("tracks", frame, {"xyz": world_positions(points, view.surface)})
                    writer.rows("tracks", frame, vars(observe(points, labels, caster, view.camera)), "eye")
                    seconds += time.process_time() - start
                if frame == _WARM - 1:
                    early = _peak_megabytes()
            writer.commit({})
    each, growth = seconds / _FRAMES, _peak_megabytes() - early
    print(f"{'tracks of a frame':24s}{each:8.3f} s, {_POINTS / each / 1e6:.2f} million points/s")
    print(f"{'peak memory':24s}{early:8.0f} MB after {_WARM} frames, {growth:.1f} MB more after {_FRAMES}")
    return [
        Promise(f"tracks of {_POINTS} points in a frame", each / step, _STEPS, "steps"),
        Promise(f"growth of peak memory from frame {_WARM} to {_FRAMES}", growth, _MEGABYTES, "MB"),
    ]


def main() -> int:
    """Measures; the last line is the summary."""
    step = calibration_step()
    build_stress_scene()
    return report("tracks", promises(step))


if __name__ == "__main__":
    sys.exit(main())
