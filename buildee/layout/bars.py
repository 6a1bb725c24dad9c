"""Straight steel by the dozen: tubes, reinforcing bars, hollow sections, lattices."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.mesh import Faces, Mesh, shared_faces
from buildee.layout.solids import circle


def bars(starts: ArrayLike, ends: ArrayLike, radius: ArrayLike, sides: int = 6, capped: bool = True) -> Mesh:
    """Returns straight bars as one mesh, without welding them.

    Args:
        starts: (N, 3) metres.
        ends: (N, 3) metres, none equal to its start.
        radius: of the circumscribed circle, metres; scalar or (N,).
        sides: of the cross-section; 6 or more are shaded smooth. With 4, two faces look up and down
            when the bar is level: a hollow section of width w has a radius of w / sqrt(2).
        capped: whether the ends are closed.
    """
    start = np.asarray(starts, np.float64).reshape(-1, 3)
    end = np.asarray(ends, np.float64).reshape(-1, 3)
    across, up = _cross_axes(end - start)
    ring = circle(1.0, sides, np.pi / sides)
    offset = ring[:, :1] * across[:, None] + ring[:, 1:] * up[:, None]
    offset *= radius if np.ndim(radius) == 0 else np.asarray(radius)[:, None, None]
    vertices = np.empty((len(start), 2, sides, 3))
    np.add(start[:, None], offset, out=vertices[:, 0])
    np.add(end[:, None], offset, out=vertices[:, 1])
    return Mesh(vertices.reshape(-1, 3), *_bar_faces(len(start), sides, capped))


@lru_cache(maxsize=256)
def _bar_faces(count: int, sides: int, capped: bool) -> Faces:
    """Returns the faces of bars: the sides of all, then the ends of all."""
    this = np.arange(sides, dtype=np.int32)
    after = (this + 1) % sides
    first = (np.arange(count, dtype=np.int32) * 2 * sides)[:, None]
    corners = (first + np.stack([this, after, after + sides, this + sides], -1).reshape(-1)).reshape(-1)
    sizes = np.full(count * sides, 4, np.int32)
    smooth = np.full(count * sides, sides > 4)
    if capped:
        lids = np.concatenate([this[::-1], this + sides])
        corners = np.concatenate([corners, (first + lids).reshape(-1)])
        sizes = np.concatenate([sizes, np.full(2 * count, sides, np.int32)])
        smooth = np.concatenate([smooth, np.zeros(2 * count, bool)])
    return shared_faces(corners, sizes, smooth)


def _cross_axes(steps: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns two unit axes across each (N, 3) direction, the second as upright as it can be."""
    x, y, z = steps.T
    long = np.sqrt(x * x + y * y + z * z)
    x, y, z = x / long, y / long, z / long
    steep = np.abs(z) > 0.999
    # The guide is Z, for steep bars Y; its cross product with the direction is level, or has no y.
    sideways = np.where(steep, z, -y)
    length = np.hypot(sideways, x)
    first, second = sideways / length, x / length
    across, up = np.empty(steps.shape), np.empty(steps.shape)
    across[:, 0], across[:, 1], across[:, 2] = first, second, 0.0
    up[:, 0], up[:, 1], up[:, 2] = -z * second, z * first, x * second - y * first
    if steep.any():
        x, y, z, first, second = (values[steep] for values in (x, y, z, first, second))
        across[steep] = np.column_stack([first, np.zeros_like(x), -second])
        up[steep] = np.column_stack([-y * second, z * first + x * second, -y * first])
    return across, up


def chain(points: ArrayLike, radius: float, sides: int = 6, closed: bool = False) -> Mesh:
    """Returns bars from point to point of an (N, 3) polyline, back to the first when `closed`."""
    points = np.asarray(points, np.float64)
    after = np.concatenate([points[1:], points[:1]])
    count = len(points) if closed else len(points) - 1
    return bars(points[:count], after[:count], radius, sides)
