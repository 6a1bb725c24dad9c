"""First hits of rays, by the Embree inside Blender or, failing that, by the embreex package."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.errors import AnnotationError
from buildee.truth.embree_native import NativeDevice
from buildee.truth.embree_wheel import WheelDevice
from buildee.truth.geometry import determinants
from buildee.truth.rays import Device, RayHits
from buildee.truth.surface import Surface


class CasterPool:
    """What casters share: the ray-casting library and the trees of the meshes seen so far.

    Use it as a context manager around all frames of a scene: an unchanged `TriangleMesh` is never built twice, and is
    forgotten when it dies.

    Raises:
        AnnotationError: neither Blender's Embree nor embreex can be used.
    """

    def __init__(self) -> None:
        self._device = _open_device()

    @property
    def name(self) -> str:
        """What casts the rays, in words."""
        return self._device.name

    def __enter__(self) -> CasterPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Releases every tree and the library's device. Close casters first."""
        self._device.close()

    def caster(self, surface: Surface, world_from_view: ArrayLike) -> Caster:
        """Makes a caster whose rays all start at one point.

        Args:
            surface: what to hit.
            world_from_view: (4, 4) rigid pose of the rays' frame, such as `Camera.world_from_camera`. Placement is
                taken relative to it in float64, so scenes far from the world's origin keep their precision.

        Raises:
            AnnotationError: that pose is not finite, or scaled to nothing.
        """
        axes = np.asarray(world_from_view, np.float64)
        if not (np.isfinite(axes).all() and abs(np.linalg.det(axes[:3, :3])) > 0.5):
            raise AnnotationError("the camera's pose is no rigid one: a number is not finite, or its scale is zero")
        poses = relative_poses(surface.world_from_copy, np.asarray(world_from_view, np.float64))
        # A copy scaled to nothing has no inverse and nothing to see.
        with np.errstate(invalid="ignore"):
            solid = np.isfinite(poses).all((1, 2)) & (determinants(poses) != 0)
        return Caster(self._device, surface, poses, np.flatnonzero(solid))


def _open_device() -> Device:
    try:
        return NativeDevice()
    except AnnotationError as error:
        try:
            return WheelDevice()
        except ImportError:
            raise error from None


class Caster:
    """Casts rays from the origin of a view frame. Made by `CasterPool.caster`; close it or use it with `with`.

    Attributes:
        surface: what the rays meet.
        view_from_copy: (C, 4, 4) float64.
    """

    def __init__(
        self, device: Device, surface: Surface, view_from_copy: NDArray[np.float64], copies: NDArray[np.integer]
    ) -> None:
        self._device, self.surface, self.view_from_copy = device, surface, view_from_copy
        self._there = np.zeros(len(view_from_copy), bool)
        self._there[copies] = True
        self._tracer = device.tracer(surface, view_from_copy, copies)

    def __enter__(self) -> Caster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def only(self, copies: NDArray[np.integer]) -> Caster:
        """Returns another caster in the same view that meets some copies alone; hits keep the copies' rows."""
        return Caster(self._device, self.surface, self.view_from_copy, copies[self._there[copies]])

    def close(self) -> None:
        """Releases what was built for this caster; meshes' trees stay in the pool."""
        self._tracer.close()

    def first_hits(self, directions: NDArray[Any], near: Any = 0.0, far: Any = np.inf) -> RayHits:
        """Finds what each ray meets first.

        Args:
            directions: (N, 3) view axes, any length but zero; `t` counts in multiples of it. One that is not a number,
                as where a lens sees nothing, meets nothing.
            near, far: scalars or (N,), the range of t.
        """
        real = np.isfinite(directions[:, 0])
        if real.all():
            return self._tracer.first_hits(directions, near, far)
        found = self._tracer.first_hits(directions[real], *_chosen(real, near, far))
        hits = RayHits(*(np.full(len(real), empty, kind) for empty, kind in _NO_HIT))
        for field in fields(RayHits):
            getattr(hits, field.name)[real] = getattr(found, field.name)
        return hits

    def blocked(self, directions: NDArray[Any], near: Any = 0.0, far: Any = np.inf) -> NDArray[np.bool_]:
        """Says for each ray whether it meets anything; arguments as in `first_hits`. Returns (N,) bool."""
        real = np.isfinite(directions[:, 0])
        if real.all():
            return self._tracer.blocked(directions, near, far)
        blocked = np.zeros(len(real), bool)
        blocked[real] = self._tracer.blocked(directions[real], *_chosen(real, near, far))
        return blocked


_NO_HIT = ((-1, np.int32), (-1, np.int32), (np.inf, np.float32), (0, np.float32), (0, np.float32))
"""What the fields of `RayHits` say of a ray that meets nothing."""


def _chosen(which: NDArray[np.bool_], *limits: Any) -> list[Any]:
    """Returns the limits, scalars or (N,), of some rays."""
    return [limit if np.ndim(limit) == 0 else limit[which] for limit in limits]


def relative_poses(world_from_x: NDArray[np.float64], world_from_view: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns view_from_x (..., 4, 4), subtracting positions before rotating so that far scenes keep precision."""
    axes = world_from_view[:3, :3].T
    relative = np.array(world_from_x, np.float64)
    relative[..., :3, 3] -= world_from_view[:3, 3]
    relative[..., :3, :] = axes @ relative[..., :3, :]
    return relative
