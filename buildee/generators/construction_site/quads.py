"""Quadrangles of land, cut by shares of their width and depth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.quarter import STEP
from buildee.layout.pieces import poses_at

Array = NDArray[np.float64]


def part(quads: Array, s: tuple, t: tuple) -> Array:
    """Returns pieces of (N, 4, 2) quadrangles between shares `s` of their width and `t` of their depth.

    Corner 0 lies at (0, 0), corner 1 at (1, 0), corner 2 at (1, 1); every bound is a number or (N,).
    """
    (s0, s1), (t0, t1) = s, t
    return np.stack([within(quads, a, b) for a, b in ((s0, t0), (s1, t0), (s1, t1), (s0, t1))], 1)


def within(quads: Array, s: float | Array, t: float | Array) -> Array:
    """Returns (N, 2) points of quadrangles at shares `s` of their width and `t` of their depth."""
    s, t = np.reshape(s, (-1, 1)), np.reshape(t, (-1, 1))
    low, high = quads[:, 0] * (1 - s) + quads[:, 1] * s, quads[:, 3] * (1 - s) + quads[:, 2] * s
    return low * (1 - t) + high * t


def stretched(quads: Array, height: float | Array, z: float = STEP) -> Array:
    """Returns (N, 4, 4) poses that stretch a unit shape over quadrangles: X along their depth, Y along their width."""
    ahead = (quads[:, 3] + quads[:, 2] - quads[:, 0] - quads[:, 1]) / 2
    width = np.linalg.norm(quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3], axis=1) / 2
    middle = quads.mean(1)
    poses = poses_at(np.column_stack([middle, np.full(len(middle), z)]), np.arctan2(ahead[:, 1], ahead[:, 0]))
    poses[:, :3, 0] *= np.linalg.norm(ahead, axis=1)[:, None]
    poses[:, :3, 1] *= width[:, None]
    poses[:, :3, 2] *= np.broadcast_to(height, len(quads))[:, None]
    return poses
