"""How long reading a surface with 50 000 scattered copies takes: when the scatter moves, and when nothing changes.

python -m benchmarks.reading
"""

from __future__ import annotations

import sys

import bpy
import numpy as np

from benchmarks.measure import Promise, least_seconds, report
from buildee.blender import scatters
from buildee.blender.build import PART
from buildee.blender.context import fresh_scene
from buildee.blender.surface import SurfaceReader
from buildee.layout.kinematics import translation

_COPIES, _FRAMES = 50_000, 6
_MOVING_SECONDS, _STILL_SECONDS = 0.7, 0.1


def promises() -> list[Promise]:
    """Measures both kinds of scatter."""
    seconds = {}
    for kind in ("moving", "still"):
        scene = fresh_scene()
        thing = _scatter(scene)
        if kind == "moving":
            for frame in (1, _FRAMES):
                thing.location.x = frame
                thing.keyframe_insert("location", frame=frame)
        seconds[kind] = _seconds(SurfaceReader(scene.name))
    return [
        Promise(f"reading {_COPIES} scattered copies that move", seconds["moving"], _MOVING_SECONDS, "s"),
        Promise(f"reading {_COPIES} scattered copies that do not change", seconds["still"], _STILL_SECONDS, "s"),
    ]


def _scatter(scene: bpy.types.Scene) -> bpy.types.Object:
    """Fifty thousand pyramids at random places."""
    mesh = bpy.data.meshes.new("pyramid")
    mesh.from_pydata([(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)], [], [(0, 2, 1), (0, 1, 3), (1, 2, 3), (2, 0, 3)])
    poses = translation(np.random.default_rng(0).uniform(-50, 50, (_COPIES, 3)))
    parts = np.arange(_COPIES, dtype=np.int32)
    thing = scatters.create("scatter", bpy.data.objects.new("pyramid", mesh), poses, {PART: parts})
    scene.collection.objects.link(thing)
    return thing


def _seconds(reader: SurfaceReader) -> float:
    """The least over all frames but the first."""
    copies = len(reader.read(1).copy_key)
    assert copies == _COPIES, f"{_COPIES - copies} copies are missing"
    frames = iter(range(2, _FRAMES + 1))
    return least_seconds(lambda: reader.read(next(frames)), _FRAMES - 1)


def main() -> int:
    """Prints the measurements; the last line is the summary."""
    return report("reading", promises())


if __name__ == "__main__":
    sys.exit(main())
