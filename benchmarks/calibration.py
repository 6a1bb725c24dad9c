"""The yardstick of all timings: one million pixel rays by bare Embree, about a quarter second on one 2020s core.

A benchmark prints its seconds and how many of these steps they are, so that numbers from different machines compare.
"""

from __future__ import annotations

import bpy  # noqa: F401  (loads the Embree library)
import numpy as np

from benchmarks.measure import least_seconds
from buildee.truth.camera import pixel_rays
from buildee.truth.embree import CasterPool
from buildee.truth.surface import Camera, Surface, TriangleMesh

_WIDTH, _HEIGHT = 1250, 800
_SEGMENTS = 256


def calibration_step() -> float:
    """Returns the seconds of one million pixel rays at 200 wavy sheets of 131 072 triangles: the least of three."""
    camera = Camera(np.array([[900.0, 0, _WIDTH / 2], [0, 900.0, _HEIGHT / 2], [0, 0, 1]]), np.eye(4), _WIDTH, _HEIGHT)
    rays = pixel_rays(camera).reshape(-1, 3).astype(np.float32)
    with CasterPool() as pool, pool.caster(_sheets(), camera.world_from_camera) as caster:
        return least_seconds(lambda: caster.first_hits(rays))


def wavy_sheet(segments: int) -> TriangleMesh:
    """Returns a sheet over [-1, 1] x [-1, 1] of `segments` squared squares, each two triangles."""
    side = np.linspace(-1, 1, segments + 1)
    x, y = np.meshgrid(side, side)
    vertices = np.stack([x, y, 0.1 * np.sin(9 * x) * np.cos(7 * y)], -1).reshape(-1, 3)
    corner = (np.arange(segments)[:, None] * (segments + 1) + np.arange(segments)).reshape(-1, 1)
    quad = corner + np.array([0, 1, segments + 2, segments + 1])
    triangles = np.concatenate([quad[:, [0, 1, 2]], quad[:, [0, 2, 3]]]).astype(np.int32)
    return TriangleMesh(vertices.astype(np.float32), triangles, np.zeros(len(triangles), np.int32))


def _sheets() -> Surface:
    """Two hundred copies of a wavy sheet in front of the camera, overlapping in depth."""
    rng = np.random.default_rng(0)
    poses = np.tile(np.eye(4), (200, 1, 1))
    poses[:, :3, 3] = rng.uniform((-8, -5, 8), (8, 5, 24), (200, 3))
    zeros = np.zeros(200, np.int32)
    return Surface((wavy_sheet(_SEGMENTS),), zeros, zeros, poses, np.arange(200, dtype=np.int64))


if __name__ == "__main__":
    print(f"calibration step: {calibration_step():.3f} s for 1 000 000 pixel rays")
