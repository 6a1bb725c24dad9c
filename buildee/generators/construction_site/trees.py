"""Broad-leaved street trees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.solids import circle, loft, tube

BARK, LEAF = range(2)
"""Material slots of every tree."""

MATERIALS = (
    Material("wood", (0.12, 0.09, 0.065), wear=0.8, dirt=0.5, scale=2.0),
    Material("paint", (0.07, 0.13, 0.03), wear=0.0, dirt=0.0),
)
"""Bark and leaves."""


def tree(rng: np.random.Generator, height: float, leaves: int = 2600) -> Mesh:
    """Returns a tree that stands on z = 0: trunk, limbs and leaf sprays in clumps about the limbs' ends.

    Args:
        rng: decides limbs and leaves.
        height: metres.
        leaves: how many sprays; each is a folded sheet of 0.1 to 0.2 m.
    """
    bole = 0.3 * height
    radius = 0.018 * height
    lean = rng.normal(0, 0.02, 2)
    levels = np.linspace(0, 0.75 * height, 6)
    flare = np.array([1.5, 1.0, 0.85, 0.65, 0.4, 0.2])
    trunk = loft(
        [
            np.column_stack([radius * scale * circle(1.0, 9) + lean * z, np.full(9, z)])
            for scale, z in zip(flare, levels, strict=True)
        ],
        smooth=True,
    )
    limbs, centers = [], []
    for index in range(9):
        angle = index * 2.4 + rng.uniform(-0.4, 0.4)  # the golden angle spreads limbs evenly
        foot = np.array([*(lean * bole), bole + 0.045 * height * index])
        spread = 0.27 * height * (1 - 0.055 * index) * rng.uniform(0.8, 1.15)
        tip = foot + np.array([np.cos(angle) * spread, np.sin(angle) * spread, height * rng.uniform(0.16, 0.3)])
        tip[2] = min(tip[2], 0.88 * height)
        middle = (foot + tip) / 2 + np.array([0, 0, -0.03 * height])
        limbs.append(tube([foot, middle, tip], radius * 0.3, 5))
        centers += [tip, (middle + tip) / 2 + rng.normal(0, 0.04 * height, 3)]
    centers.append(np.array([*(lean * height), 0.86 * height]))
    return Mesh.merged([trunk, *limbs, _leaves(rng, np.array(centers), 0.155 * height, leaves).with_slot(LEAF)])


def _leaves(rng: np.random.Generator, centers: NDArray[np.float64], reach: float, count: int) -> Mesh:
    """Returns sprays near the surface of clumps, each a sheet folded along its middle."""
    clump = rng.integers(len(centers), size=count)
    outward = rng.normal(size=(count, 3))
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    place = centers[clump] + outward * (reach * rng.uniform(0.35, 1.0, (count, 1)) ** 0.5) * np.array([1, 1, 0.72])
    ahead = rng.normal(size=(count, 3)) + outward * 0.6
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = np.cross(ahead, rng.normal(size=(count, 3)) + np.array([0, 0, 1.5]))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    drop = np.cross(side, ahead)
    size = reach * rng.uniform(0.09, 0.17, (count, 1))
    points = np.stack(
        [
            place - ahead * size,
            place + side * size * 0.6 - drop * size * 0.25,
            place + ahead * size,
            place - side * size * 0.6 - drop * size * 0.25,
        ],
        1,
    )
    corner = np.arange(count)[:, None] * 4
    faces = np.concatenate([corner + np.array([0, 1, 2]), corner + np.array([0, 2, 3])])
    return Mesh.from_faces(points.reshape(-1, 3), faces)
