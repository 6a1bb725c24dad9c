"""What each pixel sees: the gather index that every dense annotation shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buildee.truth.camera import pixel_rays
from buildee.truth.embree import Caster
from buildee.truth.geometry import apply, corner_table, cross, dot, inverses
from buildee.truth.surface import Camera

_THIN = 1e-12
"""Sine of the angle between two sides of a triangle below which rounding, not the corners, decides on its plane."""


@dataclass(frozen=True, eq=False)
class Hits:
    """The first surface point behind every pixel centre.

    Attributes:
        copy: (H, W) int32, row of the surface's copies; -1 sees nothing.
        triangle: (H, W) int32, row of the mesh's triangles; -1 sees nothing.
        u, v: (H, W) float64 barycentric weights of the triangle's second and third corner; the first has 1 - u - v.
            They may leave [0, 1] by float32 rounding at edges. Zero where nothing is seen.
        depth: (H, W) float64, metres, see `buildee.truth.camera.depths`; inf where nothing is seen.
        normal: (H, W, 3) float32, unit geometric normal in camera axes, towards the camera; zero where nothing is seen.
    """

    copy: NDArray[np.int32]
    triangle: NDArray[np.int32]
    u: NDArray[np.float64]
    v: NDArray[np.float64]
    depth: NDArray[np.float64]
    normal: NDArray[np.float32]

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(H, W) bool: the pixel sees a surface."""
        return self.copy >= 0

    def flat(
        self,
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32], tuple[NDArray[np.float64], ...]]:
        """Returns what M pixels see that see anything: rows of the flattened image (M,), copies, triangles, (u, v)."""
        pixel = np.flatnonzero(self.copy.reshape(-1) >= 0)
        copy, triangle, u, v = (array.reshape(-1)[pixel] for array in (self.copy, self.triangle, self.u, self.v))
        return pixel, copy, triangle, (u, v)

    def spread(self, pixel: NDArray[np.int64], values: NDArray[Any], empty: float) -> NDArray[Any]:
        """Returns an image (H, W, ...) of values (M, ...) at rows `pixel` of the flattened image, `empty` elsewhere."""
        image = np.full((self.copy.size, *values.shape[1:]), empty, values.dtype)
        image[pixel] = values
        return image.reshape(*self.copy.shape, *values.shape[1:])


def cast_pixels(caster: Caster, camera: Camera) -> Hits:
    """Casts one ray through every pixel centre, between the camera's clip limits. Directions are
    scaled to a depth of 1, so what counts along them is depth, as Cycles measures and clips.

    Embree chooses the triangle; where the ray meets its plane is then computed again in float64.

    Args:
        caster: made at the camera's pose.
        camera: the camera.
    """
    size = camera.height, camera.width
    rays = pixel_rays(camera).reshape(-1, 3)
    near, far = camera.clip
    found = caster.first_hits(rays, near, far)
    seen = np.flatnonzero(found.copy >= 0)
    depth, u, v, normal = meet_planes(
        caster, found.copy[seen], found.triangle[seen], np.ascontiguousarray(rays[seen].T)
    )
    lost = ~np.isfinite(depth)
    depth[lost], u[lost], v[lost] = found.t[seen][lost], found.u[seen][lost], found.v[seen][lost]

    def spread(values: NDArray[np.float64], empty: float) -> NDArray[np.float64]:
        image = np.full(len(rays), empty)
        image[seen] = values
        return image.reshape(size)

    normals = np.zeros((len(rays), 3), np.float32)
    normals[seen] = normal.T
    return Hits(
        found.copy.reshape(size),
        found.triangle.reshape(size),
        spread(u, 0.0),
        spread(v, 0.0),
        spread(depth, np.inf),
        normals.reshape(*size, 3),
    )


def meet_planes(
    caster: Caster, copy: NDArray[np.int32], triangle: NDArray[np.int32], directions: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Meets rays from the view's origin with the planes of given triangles, in float64.

    Moeller and Trumbore's formulas (Fast, Minimum Storage Ray/Triangle Intersection, 1997) in the mesh frame, where
    the multiple t of the direction is the same as in the view.

    Args:
        caster: where rays start and copies are.
        copy, triangle: (N,) rows.
        directions: (3, N) view axes.

    Returns:
        t, u, v, each (N,) float64 (not finite where the ray lies in the plane, or the triangle is so thin that rounding
        makes up its plane), and unit normals (3, N) float64 in view axes, against the rays; thin ones face the ray.
    """
    copy_from_view = inverses(caster.view_from_copy)
    first, second, third = corner_table(caster.surface).corners(copy, triangle)
    edge1, edge2 = second - first, third - first
    local = apply(copy_from_view[:, :3, :3], copy, directions)
    start = copy_from_view[:, :3, 3].T[:, copy] - first
    plane = cross(edge1, edge2)
    across = cross(start, local)
    thin = dot(plane, plane) <= _THIN**2 * dot(edge1, edge1) * dot(edge2, edge2)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = -1.0 / dot(plane, local)
        t = dot(plane, start) * scale
        u = dot(edge2, across) * scale
        v = dot(edge1, across) * -scale
        normal = apply(copy_from_view[:, :3, :3].transpose(0, 2, 1), copy, plane)
        normal *= -np.sign(dot(normal, directions)) / np.sqrt(dot(normal, normal))
        normal[:, thin] = -directions[:, thin] / np.sqrt(dot(directions[:, thin], directions[:, thin]))
    t[thin] = u[thin] = v[thin] = np.nan
    return t, u, v, np.nan_to_num(normal)
