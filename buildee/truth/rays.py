"""What ray casters take and give, whichever library does the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from buildee.truth.surface import Surface


@dataclass(frozen=True, eq=False)
class RayHits:
    """Where N rays first meet a surface.

    Attributes:
        copy: (N,) int32, row of the surface's copies; -1 is no hit.
        triangle: (N,) int32, row of the mesh's triangles; -1 is no hit.
        t: (N,) float32, multiple of the direction; inf is no hit. Carries float32 error.
        u, v: (N,) float32 barycentric weights of the triangle's second and third corner.
    """

    copy: NDArray[np.int32]
    triangle: NDArray[np.int32]
    t: NDArray[np.float32]
    u: NDArray[np.float32]
    v: NDArray[np.float32]


class Tracer(Protocol):
    """Copies of a surface placed in a view, ready for rays from its origin; see `Caster` for the methods."""

    def first_hits(self, directions: NDArray[Any], near: Any, far: Any) -> RayHits: ...

    def blocked(self, directions: NDArray[Any], near: Any, far: Any) -> NDArray[np.bool_]: ...

    def close(self) -> None: ...


class Device(Protocol):
    """A ray-casting library at work; `name` says which, in words."""

    @property
    def name(self) -> str: ...

    def tracer(self, surface: Surface, view_from_copy: NDArray[np.float64], copies: NDArray[np.integer]) -> Tracer: ...

    def close(self) -> None: ...
