"""Straight steel by the dozen: tubes, reinforcing bars, hollow sections, lattices."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.mesh import Mesh


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
    angle = np.pi / sides + np.arange(sides) * (2 * np.pi / sides)
    offset = np.cos(angle)[:, None] * across[:, None] + np.sin(angle)[:, None] * up[:, None]
    offset *= np.broadcast_to(radius, len(start))[:, None, None]
    vertices = np.concatenate([start[:, None] + offset, end[:, None] + offset], 1)
    this = np.arange(sides)
    after = np.roll(this, -1)
    quads = np.stack([this, after, after + sides, this + sides], -1).reshape(-1)
    first = (np.arange(len(start)) * 2 * sides)[:, None]
    skin = (first + quads).reshape(-1)
    sizes = np.full(len(start) * sides, 4)
    smooth = np.full(len(start) * sides, sides > 4)
    if capped:
        lids = np.concatenate([this[::-1], this + sides])
        skin = np.concatenate([skin, (first + lids).reshape(-1)])
        sizes = np.concatenate([sizes, np.full(2 * len(start), sides)])
        smooth = np.concatenate([smooth, np.zeros(2 * len(start), bool)])
    return Mesh(
        vertices.reshape(-1, 3),
        skin.astype(np.int32),
        sizes.astype(np.int32),
        np.zeros(len(sizes), np.int32),
        smooth,
    )


def _cross_axes(steps: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns two unit axes across each (N, 3) direction, the second as upright as it can be."""
    along = steps / np.linalg.norm(steps, axis=1, keepdims=True)
    steep = np.abs(along[:, 2:]) > 0.999
    guide = np.where(steep, np.array([[0.0, 1.0, 0.0]]), np.array([[0.0, 0.0, 1.0]]))
    across = np.cross(guide, along)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    return across, np.cross(along, across)


def chain(points: ArrayLike, radius: float, sides: int = 6, closed: bool = False) -> Mesh:
    """Returns bars from point to point of an (N, 3) polyline, back to the first when `closed`."""
    points = np.asarray(points, np.float64)
    after = np.roll(points, -1, 0)
    count = len(points) if closed else len(points) - 1
    return bars(points[:count], after[:count], radius, sides)
