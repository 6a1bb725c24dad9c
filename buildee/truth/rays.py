"""What ray casters take and give, whichever library does the work, and in which order rays are best cast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from buildee.truth.surface import Surface

_FEWEST_TO_SORT = 1024
_SAMPLES = 256
_SCATTERED = 8.0
"""Rays whose neighbours are so many times farther apart than in even order get sorted; in random order 0.3 sqrt(N)."""
_SPREAD_BITS = sum((np.arange(256, dtype=np.uint16) >> bit & 1) << 2 * bit for bit in range(8)).astype(np.uint16)
"""Bytes with a zero bit before each of their bits."""


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


def coherent_order(directions: NDArray[Any]) -> NDArray[np.int64] | None:
    """Returns an order in which rays of one packet go almost the same way, which casts scattered rays twice as fast.

    Directions are mapped to a square (the octahedral map of Cigolle et al., A Survey of Efficient Representations for
    Independent Unit Vectors, 2014) and sorted by the Morton code of 256 x 256 cells.

    Args:
        directions: (N, 3), any length but zero.

    Returns:
        (N,) rows; None where it would not pay: rays are few, or in good order already, as pixels row by row are.
    """
    count = len(directions)
    if count < _FEWEST_TO_SORT:
        return None
    sample = np.arange(0, count - 1, count // _SAMPLES)
    here, there = _square(directions[sample]), _square(directions[sample + 1])
    step, spread = np.abs(there - here).mean(), np.ptp(here, axis=1).max()
    if step * np.sqrt(count) <= _SCATTERED * spread:
        return None
    place = _square(directions)
    place -= place.min(1, keepdims=True)
    u, v = (place * (255.9 / place.max())).astype(np.uint8)
    return np.argsort(_SPREAD_BITS[u] | _SPREAD_BITS[v] << 1, kind="stable")


def _square(directions: NDArray[Any]) -> NDArray[np.float32]:
    """Maps directions (N, 3) to a square around 0, near ones to near ones but for a seam behind: (2, N)."""
    x, y, z = directions.astype(np.float32).T
    scale = 0.5 / (np.abs(x) + np.abs(y) + np.abs(z))
    u, v = x * scale, y * scale
    behind = z < 0
    if behind.any():
        folded = np.copysign(0.5 - np.abs(v), u), np.copysign(0.5 - np.abs(u), v)
        u, v = np.where(behind, folded[0], u), np.where(behind, folded[1], v)
    return np.stack([u, v])
