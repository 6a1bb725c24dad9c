"""The embreex package as a stand-in where Blender's own Embree cannot be loaded.

It has no instancing: all copies are flattened anew for every caster, which is right but several times slower.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from buildee.truth.rays import RayHits
from buildee.truth.surface import Surface

_FAR = 1e37
"""What embreex takes for infinity."""


class WheelDevice:
    """Casts with embreex; keeps nothing between casters.

    Raises:
        ImportError: embreex is not installed.
    """

    name = "embreex, slower than Blender's own Embree, which could not be loaded"

    def __init__(self) -> None:
        from embreex.mesh_construction import TriangleMesh as EmbreexMesh
        from embreex.rtcore_scene import EmbreeScene

        self._scene, self._mesh = EmbreeScene, EmbreexMesh

    def close(self) -> None:
        """Has nothing to release."""

    def tracer(self, surface: Surface, view_from_copy: NDArray[np.float64], copies: NDArray[np.integer]) -> WheelTracer:
        """Flattens copies of a surface into one mesh in view axes."""
        vertices, triangles, owner, row = [], [], [], []
        start = 0
        for copy in copies:
            mesh, pose = surface.meshes[surface.copy_mesh[copy]], view_from_copy[copy]
            vertices.append(mesh.vertices.astype(np.float64) @ pose[:3, :3].T + pose[:3, 3])
            triangles.append(mesh.triangles + start)
            owner.append(np.full(len(mesh.triangles), copy, np.int32))
            row.append(np.arange(len(mesh.triangles), dtype=np.int32))
            start += len(mesh.vertices)
        # The appended last entry answers for embreex's -1, no hit.
        none = np.full(1, -1, np.int32)
        owners = (np.concatenate([*owner, none]), np.concatenate([*row, none]))
        if len(owners[0]) == 1:
            return WheelTracer(*owners, None)
        scene = self._scene(robust=True)
        points = np.ascontiguousarray(np.concatenate(vertices), np.float32)
        self._mesh(scene, points, np.ascontiguousarray(np.concatenate(triangles), np.int32))
        return WheelTracer(*owners, scene)


class WheelTracer:
    """Casts rays from the origin at flattened copies.

    Attributes:
        owner, row: (F + 1,) int32, copy and triangle of each flattened triangle, -1 at the end.
    """

    def __init__(self, owner: NDArray[np.int32], row: NDArray[np.int32], scene: Any) -> None:
        self.owner, self.row = owner, row
        self._scene = scene

    def close(self) -> None:
        """Lets the tree go."""
        self._scene = None

    def first_hits(self, directions: NDArray[Any], near: Any, far: Any) -> RayHits:
        """See `Caster.first_hits`."""
        count = len(directions)
        if self._scene is None or not count:
            none, zero = np.full(count, -1, np.int32), np.zeros(count, np.float32)
            return RayHits(none, none.copy(), np.full(count, np.inf, np.float32), zero, zero.copy())
        directions = np.asarray(directions, np.float64)
        start = np.broadcast_to(np.asarray(near, np.float64), count)
        # embreex has no near limit, but rays may start at it.
        reach = np.minimum(np.broadcast_to(np.asarray(far, np.float64), count) - start, _FAR)
        found = self._scene.run(
            np.ascontiguousarray(directions * start[:, None], np.float32),
            np.ascontiguousarray(directions, np.float32),
            dists=np.ascontiguousarray(reach, np.float32),
            output=True,
        )
        hit = found["primID"]
        t = np.where(hit >= 0, found["tfar"] + start, np.inf).astype(np.float32)
        return RayHits(self.owner[hit], self.row[hit], t, found["u"], found["v"])

    def blocked(self, directions: NDArray[Any], near: Any, far: Any) -> NDArray[np.bool_]:
        """See `Caster.blocked`."""
        return self.first_hits(directions, near, far).copy >= 0
