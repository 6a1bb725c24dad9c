"""Geometry that float32 ray casters cannot take as it is: broken vertices, and poses without an inverse."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.truth.surface import LARGEST, Surface, TriangleMesh

Baked = dict[tuple[TriangleMesh, bytes], TriangleMesh]
"""Meshes that stand for flattened copies, by the mesh and the pose's linear part."""

_FLAT = 1e-5
"""Shortest by longest axis of a pose: below this, float32 inverses lose all that matters."""
_GONE = 1e-12
"""Second longest axis of a pose: below this nothing has an area."""
_SIZES = 1e-6, 1e6
"""Longest axis of a pose: beyond these, float32 determinants run out of exponents."""


def without_bad_vertices(
    vertices: NDArray[np.float32], triangles: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Makes triangles that use vertices which are not finite, or lie beyond `LARGEST`, into points that no ray meets.

    All rows keep their places, so that what else is known of them still fits.

    Args:
        vertices: (V, 3), metres.
        triangles: (F, 3) vertex indices.

    Returns:
        The vertices, bad ones at the origin, and the triangles; no triangles at all if all are bad.
    """
    if not vertices.size or np.abs(vertices).max() <= LARGEST:
        return vertices, triangles
    good = (np.abs(vertices) <= LARGEST).all(1)
    whole = good[triangles].all(1)
    if not whole.any():
        return np.where(good[:, None], vertices, np.float32(0)), triangles[:0]
    somewhere = triangles[whole][0, 0]
    return np.where(good[:, None], vertices, np.float32(0)), np.where(whole[:, None], triangles, somewhere)


def with_sound_poses(surface: Surface, known: Baked | None = None) -> tuple[Surface, Baked]:
    """Gives copies that are flattened, or tiny or huge beyond float32, a mesh of their own in place of such a pose.

    An object scaled to nothing along one axis is a sheet that renderers show, but its pose has no inverse. Copies
    without any area, or whose pose is not finite, are left out: nothing shows them.

    Args:
        surface: as evaluated.
        known: what an earlier call returned; unchanged copies keep the same mesh.

    Returns:
        The surface, the very same if all its poses are sound, and the meshes that were made.
    """
    axes = surface.world_from_copy[:, :3, :3]
    suspects = np.flatnonzero(~_surely_sound(surface.world_from_copy))
    if not len(suspects):
        return surface, {}
    finite = (np.abs(surface.world_from_copy[suspects]) <= LARGEST).all((1, 2))
    lengths = np.linalg.svd(np.where(finite[:, None, None], axes[suspects], 0), compute_uv=False)
    gone = lengths[:, 1] < _GONE
    flat = ~gone & ((lengths[:, 2] < _FLAT * lengths[:, 0]) | (lengths[:, 0] < _SIZES[0]) | (lengths[:, 0] > _SIZES[1]))
    made: Baked = {}
    meshes, copy_mesh, poses = list(surface.meshes), surface.copy_mesh.copy(), surface.world_from_copy.copy()
    for copy in suspects[flat]:
        mesh = surface.meshes[copy_mesh[copy]]
        key = mesh, axes[copy].tobytes()
        if key not in made:
            made[key] = (known or {}).get(key) or _baked(mesh, axes[copy])
        copy_mesh[copy] = len(meshes)
        meshes.append(made[key])
        poses[copy, :3, :3] = np.eye(3)
    keep = np.setdiff1d(np.arange(len(copy_mesh)), suspects[gone])
    return (
        Surface(
            tuple(meshes),
            copy_mesh[keep],
            surface.copy_part[keep],
            poses[keep],
            surface.copy_key[keep],
            None if surface.copy_slots is None else surface.copy_slots[keep],
            surface.slot_material,
        ),
        made,
    )


def _surely_sound(poses: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which poses (C, 4, 4) are sound by a quick look: the volume of their axes is not small for their lengths."""
    a, b, c, x, d, e, f, y, g, h, i, z = np.ascontiguousarray(poses[:, :3].reshape(-1, 12).T)
    with np.errstate(invalid="ignore", over="ignore"):
        size = np.sqrt(a * a + b * b + c * c + d * d + e * e + f * f + g * g + h * h + i * i)
        volume = np.abs(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g))
        usual = (size > 2 * _SIZES[0]) & (size < _SIZES[1])
        for place in (x, y, z):
            usual &= np.abs(place) <= LARGEST
        return usual & (volume >= _FLAT * size**3)


def _baked(mesh: TriangleMesh, axes: NDArray[np.float64]) -> TriangleMesh:
    """The mesh with its vertices mapped; broken ones as in `without_bad_vertices`; shaded flat."""
    with np.errstate(over="ignore", invalid="ignore"):
        moved = (mesh.vertices.astype(np.float64) @ axes.T).astype(np.float32)
    vertices, triangles = without_bad_vertices(moved, mesh.triangles)
    whole = slice(0, len(triangles))
    return replace(
        mesh,
        vertices=vertices,
        triangles=triangles,
        materials=mesh.materials[whole],
        normals=None,
        uv=None if mesh.uv is None else mesh.uv[whole],
    )
