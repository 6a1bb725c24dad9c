"""Cloth that hangs, and how it is woven or printed: stripes, checks, sprigs of flowers. Metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.style import Pattern
from buildee.layout.layers import Layer
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Model

Array = NDArray[np.float64]

STITCH = 0.0125
"""Side of a face of flat cloth, of which patterns are made."""

STRIPE, CHECK, SPRIG = 0.05, 0.0375, 0.1
"""Breadth of stripes and of the bands of checks, and from flower to flower."""

HEART: Color = (0.55, 0.3, 0.05)
"""Of the middle of printed flowers, linear RGB."""


def cloth(
    width: float, height: float, folds: int, deep: float, gathered: float, rng: np.random.Generator, pattern: Pattern
) -> Mesh:
    """Returns a hanging panel of cloth from z = 0 down, x from 0 to `width`, closed, 1.5 mm thick.

    Args:
        width, height: as it hangs, metres.
        folds: how many.
        deep: of the folds at the top, metres.
        gathered: share of the width that it is pulled in by a tie-back at a third of its height; 0 hangs free.
        rng: draws the folds' unevenness.
        pattern: as for `sheet`.
    """
    across, up = 8 * folds + 1, 26
    u, v = np.meshgrid(np.linspace(0, 1, across), np.linspace(0, 1, up), indexing="ij")
    phase = np.cumsum(rng.uniform(0.7, 1.3, across))
    phase = (phase - phase[0]) / (phase[-1] - phase[0]) * folds * 2 * np.pi
    drift = np.cumsum(rng.normal(0, 0.12, (folds + 1, 1)), 0)
    wander = np.interp(np.linspace(0, folds, across), np.arange(folds + 1), drift[:, 0])
    swing = phase[:, None] + wander[:, None] * v * 2.0
    depth = deep * (1.0 + 0.45 * v + 0.2 * np.sin(5 * u + 2.0))
    tie = gathered * np.exp(-(((v - 0.62) / 0.17) ** 2)) if gathered else 0 * v
    loose = gathered * 0.55 * np.clip((v - 0.62) / 0.38, 0, 1) if gathered else 0 * v
    pull = np.maximum(tie, loose)
    x = u * width * (1 - pull) + 0.25 * depth * np.sin(2 * swing) * (1 - pull)
    y = depth * np.sin(swing) * (1 - 0.45 * pull) + 0.02 * pull
    z = -v * height * (1 + 0.004 * np.sin(swing)) - 0.015 * pull * u
    front = np.stack([x, y + 0.00075, z], -1)
    return sheet(front, np.stack([x, y - 0.00075, z], -1), pattern)


def sheet(front: Array, back: Array, pattern: Pattern = "plain") -> Mesh:
    """Returns the closed skin between two (X, Z, 3) grids; the front faces +Y when x rises and z falls.

    Its faces are in the slots of the tones of a pattern.
    """
    nx, nz = front.shape[:2]
    index = np.arange(nx * nz).reshape(nx, nz)
    faces = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 4)
    rim = np.concatenate([index[:, 0], index[-1, 1:], index[-2::-1, -1], index[0, -2:0:-1]])
    after = np.roll(rim, -1)
    edges = np.stack([rim, rim + nx * nz, after + nx * nz, after], -1)
    both = np.concatenate([faces, faces[:, ::-1] + nx * nz, edges])
    mesh = Mesh.from_faces(np.concatenate([front.reshape(-1, 3), back.reshape(-1, 3)]), both, smooth=True)
    tones = _tones(front, pattern).reshape(-1)
    return replace(mesh, slots=np.concatenate([tones, tones, np.zeros(len(edges), np.int32)]))


def _tones(front: Array, pattern: Pattern) -> NDArray[np.int32]:
    """Returns (X - 1, Z - 1) which tone each face of a grid of cloth has, by how long the cloth is itself."""
    across = float(np.linalg.norm(np.diff(front, axis=0), axis=-1).mean())
    down = float(np.linalg.norm(np.diff(front, axis=1), axis=-1).mean())
    column, row = np.indices((front.shape[0] - 1, front.shape[1] - 1))

    def band(number: NDArray[np.int64], pitch: float, wide: float) -> NDArray[np.int64]:
        return number // max(round(wide / pitch), 1)

    if pattern == "stripes":
        tones = band(column, across, STRIPE) % 2
    elif pattern == "checks":
        tones = band(column, across, CHECK) % 2 + band(row, down, CHECK) % 2
    elif pattern == "sprigs":
        wide, high = max(round(SPRIG / across), 4), max(round(SPRIG / down), 4)
        x = (column + row // high % 2 * (wide // 2)) % wide - wide // 2
        y = row % high - high // 2
        tones = np.where((x == 0) & (y == 0), 2, np.where(np.abs(x) + np.abs(y) <= 1, 1, 0))
    else:
        tones = np.zeros_like(column)
    return tones.astype(np.int32)


def dyed(fabric: Material, pattern: Pattern, cloths: Sequence[Mesh]) -> list[Layer]:
    """Returns the tones of some cloths as the first layers of a model; `printed` gives the faces to them."""
    bright = max(fabric.color) > 0.45
    other = tuple(round(0.4 * value if bright else 0.25 * value + 0.56, 3) for value in fabric.color)
    between = tuple(round((a + b) / 2, 3) for a, b in zip(fabric.color, other, strict=True))
    more = {"stripes": (other,), "checks": (between, other), "sprigs": (other, HEART)}.get(pattern, ())
    return [(fabric, cloths), *((replace(fabric, color=color), ()) for color in more)]


def printed(made: Model, cloths: Sequence[Mesh]) -> Model:
    """Returns a model of one part, whose first meshes are cloths, with their faces in the slots of their tones."""
    ((key, mesh),) = made.shapes.items()
    slots, tones = mesh.slots.copy(), np.concatenate([cloth.slots for cloth in cloths])
    slots[: len(tones)] = tones
    return replace(made, shapes={key: replace(mesh, slots=slots)})


def resampled(path: Array, pitch: float) -> Array:
    """Returns an (N, 2) path with more points on its straight pieces, none farther apart than a pitch."""
    count = np.maximum(np.ceil(np.linalg.norm(np.diff(path, axis=0), axis=1) / pitch).astype(int), 1)
    pieces = [np.linspace(a, b, n, endpoint=False) for a, b, n in zip(path[:-1], path[1:], count, strict=True)]
    return np.concatenate([*pieces, path[-1:]])
