"""Our annotations of a frame against what people do otherwise: a second render, by bpycv.

    python -m benchmarks.second_render

bpycv renders the stress scene once more, one sample a pixel, with a material that shows ids; it wants a mesh of its own
for every object. Both sides start from the scene at the frame and end with arrays; ours reads the surface, builds what
has changed, and computes every annotation, bpycv gives ids and depth. Wall time, the least of three.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import bpy
import numpy as np

from benchmarks.annotators import copy_labels, read_views
from benchmarks.measure import Promise, report
from benchmarks.stress_scene import FRAMES, build_stress_scene
from buildee.blender.camera import read_camera
from buildee.blender.surface import SurfaceReader
from buildee.truth.annotate import ANNOTATORS, annotate
from buildee.truth.embree import CasterPool
from buildee.truth.frame import Frame, View
from buildee.truth.sampling import sample_points

_SHARE = 0.5
_POINTS = 2048


def promises() -> list[Promise]:
    """Measures both; no promise where bpycv is not installed. Leaves the scene with single-user meshes."""
    if importlib.util.find_spec("bpycv") is None:
        print("bpycv is not installed: a second render is not compared")
        return []
    ours = _our_seconds()
    theirs = _bpycv_seconds()
    print(f"our annotations {ours:.3f} s, bpycv's second render {theirs:.3f} s")
    return [Promise("our annotations as a share of bpycv's second render", ours / theirs, _SHARE)]


def _our_seconds() -> float:
    """Seconds of a frame in a walk over frames: its successor is read, and everything is computed."""
    scene = bpy.context.scene
    middle = FRAMES // 2
    before, now = read_views(range(middle - 1, middle + 1))
    labels = copy_labels(now.surface)
    reader = SurfaceReader(scene.name, normals=True, uv=True)
    reader.read(middle)

    def frame(pool: CasterPool) -> None:
        surface = reader.read(middle + 1)
        following = View(surface, read_camera(scene, scene.camera))
        with Frame(pool, labels, now, before, following, points) as about:
            annotate(about, ANNOTATORS)

    with CasterPool() as pool:
        with pool.caster(now.surface, now.camera.world_from_camera) as caster:
            points = sample_points(now.surface, labels, [(caster, now.camera)], _POINTS, np.random.default_rng(0))
        frame(pool)
        return _least(lambda: frame(pool))


def _bpycv_seconds() -> float:
    """Seconds of one annotation render."""
    for number, thing in enumerate(thing for thing in bpy.data.objects if thing.type == "MESH"):
        thing.data = thing.data.copy()
        thing["inst_id"] = number + 1
    import bpycv  # wants a World when it is imported

    bpy.context.scene.frame_set(FRAMES // 2)

    with _silence():
        return _least(lambda: bpycv.render_data(render_image=False))


@contextmanager
def _silence() -> Iterator[None]:
    """Keeps what Cycles prints past Python from the screen."""
    sys.stdout.flush()
    screen = os.dup(1)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(screen, 1)
        os.close(screen)
        os.close(nothing)


def _least(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> int:
    """Prints the comparison; the last line is the summary."""
    build_stress_scene()
    return report("second render", promises())


if __name__ == "__main__":
    sys.exit(main())
