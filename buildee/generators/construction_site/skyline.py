"""Shapes of what is seen from afar: houses, tall blocks, a church, another site's crane. Metres."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from buildee.generators.construction_site.facades import repeated, sheets
from buildee.generators.construction_site.steelwork import bars
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, prism

WALL, WINDOW, ROOF, TRIM = range(4)
"""Material slots of these shapes."""


@lru_cache(maxsize=32)
def mass(length: float, depth: float, storeys: int, pitched: bool) -> Mesh:
    """Returns a house seen from afar: walls, windows, roof. Foot at z = 0, front towards +X, middle at the origin."""
    height = 3.05 * storeys + 0.8
    size = np.array([depth, length, height])
    parts = [box(size + np.array([0, 0, 1.0]), (0, 0, height / 2 - 0.5))]
    columns = max(2, round(length / 3.0))
    y = -length / 2 + length / columns * (np.arange(columns) + 0.5)
    z = 1.1 + 3.05 * np.arange(storeys)
    grid = np.stack(np.meshgrid(y, z, indexing="ij"), -1).reshape(-1, 2)
    window = sheets([(-0.6, 0, 0.6, 1.5)], depth / 2 + 0.02, WINDOW)
    sill = sheets([(-0.72, -0.12, 0.72, 0.0)], depth / 2 + 0.03, TRIM)
    front = repeated(Mesh.merged([window, sill]), np.column_stack([0 * grid[:, 0], grid]))
    parts += [front, front.transformed(np.diag([-1.0, -1.0, 1.0, 1.0]))]
    side = np.column_stack([0 * z, 0 * z + 0.18 * depth, z])
    gable = repeated(sheets([(-0.5, 0, 0.5, 1.4)], length / 2 + 0.02, WINDOW), side)
    parts.append(gable.transformed(np.array([(0, -1, 0, 0), (1, 0, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1.0)])))
    parts.append(box((0.5, 0.9, 0.9), (depth / 2, 0.0, -0.3)).with_slot(TRIM))
    if not pitched:
        parts.append(box((depth - 0.5, length - 0.5, 0.1), (0, 0, height + 0.01)).with_slot(ROOF))
        parts.append(box((2.5, 2.5, 1.8), (0, 0.2 * length, height + 0.9)).with_slot(TRIM))
        return Mesh.merged(parts)
    half, rise = depth / 2 + 0.4, 0.42 * depth
    outline = [(-half, -0.3), (half, -0.3), (0, rise)]
    lie = np.array([(1, 0, 0, 0), (0, 0, -1, length / 2 + 0.05), (0, 1, 0, height), (0, 0, 0, 1.0)])
    parts.append(prism(outline, length + 0.1).transformed(lie).with_slot(ROOF))
    parts.append(box((0.6, 0.9, 1.6), (0, length / 2 - 0.8, height + rise)).with_slot(WALL))
    return Mesh.merged(parts)


@lru_cache(maxsize=32)
def tower(length: float, depth: float, storeys: int, kind: str) -> Mesh:
    """Returns a tall block seen from afar; slots as of `mass`.

    Args:
        length, depth: metres.
        storeys: number of floors.
        kind: "slab" has single windows and balconies, "office" bands of glass between mullions.
    """
    height = 3.1 * storeys + 1.2
    parts = [box((depth, length, height + 1), (0, 0, height / 2 - 0.5))]
    z = 1.3 + 3.1 * np.arange(storeys)
    for across, out, turn in (
        (length, depth / 2, 0),
        (depth, length / 2, 1),
        (length, depth / 2, 2),
        (depth, length / 2, 3),
    ):
        spacing = 3.2 if kind == "slab" else 1.6
        columns = max(2, int(across / spacing))
        y = -across / 2 + across / columns * (np.arange(columns) + 0.5)
        grid = np.stack(np.meshgrid(y, z, indexing="ij"), -1).reshape(-1, 2)
        wide = 0.85 if kind == "slab" else 0.47 * across / columns
        unit = sheets([(-wide, 0, wide, 1.45 if kind == "slab" else 1.9)], out + 0.03, WINDOW)
        if kind == "slab" and turn in (0, 2):
            ledge = sheets([(-1.5, -1.0, 1.5, -0.1)], out + 0.9, TRIM)
            unit = Mesh.merged([unit, ledge])
        face = repeated(unit, np.column_stack([0 * grid[:, 0], grid]))
        cosine, sine = np.round([np.cos(turn * np.pi / 2), np.sin(turn * np.pi / 2)])
        pose = np.array([(cosine, -sine, 0, 0), (sine, cosine, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1.0)])
        parts.append(face.transformed(pose))
    parts.append(box((0.5 * depth, 0.3 * length, 3.2), (0, 0.1 * length, height + 1.6)).with_slot(TRIM))
    parts.append(box((depth - 0.6, length - 0.6, 0.1), (0, 0, height + 0.05)).with_slot(ROOF))
    parts.append(box((0.25, 0.25, 7.0), (0, 0.15 * length, height + 5)).with_slot(TRIM))
    return Mesh.merged(parts)


@lru_cache(maxsize=1)
def church() -> Mesh:
    """Returns a church: nave, tower and a slender spire, 52 m high; slots as of `mass`."""
    tip, ring = 52.0, np.array([(-3.6, -3.6), (3.6, -3.6), (3.6, 3.6), (-3.6, 3.6)])
    spire = Mesh.from_faces(
        [*((x, y, 27.0) for x, y in ring), (0, 0, tip)],
        [(0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4), (3, 2, 1, 0)],
        ROOF,
    )
    parts = [box((6.6, 6.6, 28), (0, 0, 13)), spire, box((24, 11, 12), (15, 0, 5.5))]
    nave = prism([(-6, 0), (6, 0), (0, 8)], 24.5).transformed(
        np.array([(0, 0, 1, 2.8), (1, 0, 0, 0), (0, 1, 0, 11.5), (0, 0, 0, 1.0)])
    )
    parts.append(nave.with_slot(ROOF))
    for x in np.arange(6, 26, 4.5):
        parts.append(box((1.4, 11.1, 6), (x, 0, 5.5)).with_slot(WINDOW))
    parts += [box((1.6, 6.7, 3.6), (0, 0, 22)).with_slot(WINDOW), box((6.7, 1.6, 3.6), (0, 0, 22)).with_slot(WINDOW)]
    return Mesh.merged(parts)


@lru_cache(maxsize=1)
def distant_crane() -> Mesh:
    """Returns the lattice of another site's tower crane, 48 m high, as coarse as it is seen."""
    mast = [bars([(x, y, 0)], [(x, y, 48)], 0.09, 4) for x in (-0.8, 0.8) for y in (-0.8, 0.8)]
    z = np.arange(0, 48, 2.4)
    zero = 0 * z
    for x in (-0.8, 0.8):
        low = np.column_stack([zero + x, zero - 0.8, z])
        mast.append(bars(low, low + np.array([0, 1.6, 2.4]), 0.05, 3))
    jib = [bars([(-12, y, 46)], [(42, y, 46)], 0.09, 4) for y in (-0.6, 0.6)]
    jib.append(bars([(0, 0, 47.6)], [(42, 0, 46.9)], 0.09, 4))
    x = np.arange(0, 42, 2.0)
    low = np.column_stack([x, 0 * x - 0.6, 0 * x + 46])
    jib.append(bars(low, np.column_stack([x + 1, 0 * x, 47.6 - 0.018 * x]), 0.05, 3))
    jib.append(bars([(0, 0, 54), (0, 0, 54), (0, 0, 46)], [(26, 0, 47.2), (-11, 0, 46), (0, 0, 54)], 0.06, 3))
    return Mesh.merged([*mast, *jib, box((3, 1.6, 2.6), (-10.5, 0, 45.2)), box((1.5, 1.2, 2), (1.4, -1.2, 45))])
