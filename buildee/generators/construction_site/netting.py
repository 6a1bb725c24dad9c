"""Sheets on a scaffold: debris netting and sheeting tied at eyelets, rolled up or torn here and there, and banners.

Each sheet hangs before one bay: x = 0 to `BAY` along the run, outside is y < 0, z = 0 at its lower edge. Metres.
Ground truth sees triangles, not holes in a texture, so the weave is cloth that light shines through.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.noise import value_noise
from buildee.generators.construction_site.scaffold_parts import BAY, LIFT, WIDTH
from buildee.generators.construction_site.steelwork import bars
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

Way = Literal["tied", "loose", "torn", "rolled"]

STAND_OFF = 0.08
"""From the outer standards' axis to the cloth: it clears braces and couplers, metres."""

EYELET = 0.5
"""Between the ties along an edge, metres."""

LAP = 0.05
"""How far a sheet reaches over its neighbour, metres."""

COLORS: tuple[Color, ...] = (
    (0.03, 0.16, 0.075),
    (0.05, 0.115, 0.21),
    (0.68, 0.69, 0.68),
    (0.3, 0.31, 0.31),
    (0.1, 0.22, 0.1),
    (0.55, 0.57, 0.6),
)
"""Green, blue, white, grey, olive, pale: what netting and monarflex are sold in; linear RGB."""

CORD = Material("plastic", (0.75, 0.75, 0.72), wear=0.4, dirt=0.4)

PRINTS: tuple[tuple[Color, Color, Color], ...] = (
    ((0.75, 0.76, 0.76), (0.02, 0.1, 0.28), (0.7, 0.28, 0.02)),
    ((0.02, 0.09, 0.2), (0.75, 0.76, 0.76), (0.05, 0.35, 0.42)),
    ((0.7, 0.42, 0.02), (0.04, 0.042, 0.045), (0.75, 0.76, 0.76)),
)
"""Ground, bars and stripes of a banner."""


def cloths(color: Color) -> tuple[Material, ...]:
    """Returns the looks of one make of sheet: new, faded, soiled."""
    return tuple(
        Material("sheeting", color, wear=wear, dirt=dirt) for wear, dirt in ((0.1, 0.2), (0.5, 0.35), (0.8, 0.6))
    )


@lru_cache(maxsize=64)
def sheet(lifts: int, way: Way, variant: int) -> Mesh:
    """Returns a sheet with its ties; slot 0 cloth, slot 1 cord.

    Args:
        lifts: height in lifts; it ends a guardrail's height above the last.
        way: tied all round; with a loose lower corner; torn beside a tie; or its lower half rolled up.
        variant: which way it billows; odd ones lie under even ones where they lap.
    """
    height = lifts * LIFT - 1.1
    low = height * 0.55 if way == "rolled" else 0.0
    columns, rows = 23, max(5, int((height - low) / 0.2))
    along, up = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows), indexing="ij")
    x, z = -LAP + along * (BAY + 2 * LAP), low + up * (height - low)
    billow, gather = _billow(x, z, variant)
    hem = np.minimum(up, 1 - up)
    sag = 0.03 * np.abs(np.sin(np.pi * x / EYELET)) * (hem < 0.02)  # between eyelets the hems hang away
    out = STAND_OFF + billow + 0.007 * (variant % 2 == 0)
    if way == "loose":
        corner = np.clip(1 - (along + 1.6 * up * (height - low) / LIFT), 0, 1) ** 1.4
        out, z, x = out + 0.38 * corner, z + 0.3 * corner, x + 0.16 * corner
    points = np.stack([x + gather, -WIDTH - out, z + sag * np.where(up < 0.5, -0.4, -1.0)], -1)
    index = np.arange(x.size).reshape(x.shape)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1)
    if way == "torn":
        points, quads = _torn(points, quads, variant)
    cloth = Mesh.from_faces(points.reshape(-1, 3), quads.reshape(-1, 4), smooth=True)
    pieces = [cloth, _ties(low, height, way)]
    if way == "rolled":
        pieces.append(_roll(low))
    return Mesh.merged(pieces)


def _billow(
    x: NDArray[np.float64], z: NDArray[np.float64], variant: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns how far the cloth stands off between its ties, and how far folds draw it sideways, metres."""
    free = np.clip(np.sin(np.pi * np.clip(x / BAY, 0, 1)), 0, 1) ** 0.7
    lift = np.abs(np.sin(np.pi * z / LIFT)) ** 0.5
    gusts = value_noise(x, z, 2.3, 11 + variant) * 0.5 + 0.5
    belly = 0.2 * free * (0.25 + 0.75 * lift) * gusts
    # Folds hang from the ties at every ledger and lean towards the middle.
    lean = x + 0.35 * (z / LIFT - np.floor(z / LIFT)) * (x - BAY / 2) / BAY
    folds = 0.03 * value_noise(lean, z * 0.22, 0.3, 31 + variant) * (0.3 + 0.7 * free)
    creases = 0.014 * value_noise(x + 0.8 * z, x - 0.8 * z, 0.55, 51 + variant)
    return belly + np.maximum(folds + creases, -0.03), 0.01 * value_noise(x, z, 0.6, 71 + variant) * free


def _torn(
    points: NDArray[np.float64], quads: NDArray[np.int64], variant: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Tears a sheet along a thread: a slit that gapes in its middle, its lower lip hanging out."""
    columns, rows = points.shape[:2]
    column, first = (columns // 4, columns // 2, 2 * columns // 3)[variant % 3], rows // 3
    last = min(first + 7, rows - 2)
    share = np.linspace(0, 1, last - first + 1)
    points, keep = points.copy(), np.ones(quads.shape[:2], bool)
    keep[column, first:last] = False
    middle = points[column : column + 2, first : last + 1, 0].mean(0)
    gape = 0.001 + 0.16 * np.sin(np.pi * share) ** 1.3 * (1 - 0.3 * share)
    points[column, first : last + 1, 0] = middle - gape
    points[column + 1, first : last + 1, 0] = middle + 0.8 * gape
    lip = 0.16 * np.sin(np.pi * share) * (1 - share)
    points[column, first : last + 1, 1] -= lip
    points[column + 1, first : last + 1, 1] -= 0.5 * lip
    return points, quads[keep]


def _ties(low: float, height: float, way: Way) -> Mesh:
    """Returns cords from the eyelets back to standards and ledgers."""
    levels = np.arange(low + 0.04, height, EYELET)
    if way == "loose":
        levels = levels[2:]
    starts = [(x, -WIDTH - STAND_OFF - 0.02, z) for x in (0.0, BAY) for z in levels]
    ends = [(x, -WIDTH - 0.01, z + 0.03) for x in (0.0, BAY) for z in levels]
    return bars(starts, ends, 0.004, 4, capped=False).with_slot(1)


def _roll(low: float) -> Mesh:
    """Returns the rolled-up part, which sags between its ties."""
    x = np.linspace(-LAP, BAY + LAP, 12)
    angle = np.linspace(0, 2 * np.pi, 11)[:-1]
    sag = 0.05 * np.sin(np.pi * np.clip(x / BAY, 0, 1))
    radius = 0.1 + 0.012 * np.sin(7 * x)
    ring = np.stack(
        [
            np.repeat(x[:, None], len(angle), 1),
            -WIDTH - STAND_OFF - 0.08 + radius[:, None] * np.cos(angle),
            low - sag[:, None] + radius[:, None] * np.sin(angle),
        ],
        -1,
    )
    index = np.arange(ring.shape[0] * len(angle)).reshape(ring.shape[:2])
    after = np.roll(index, -1, 1)
    quads = np.stack([index[:-1], index[1:], after[1:], after[:-1]], -1).reshape(-1, 4)
    return Mesh.from_faces(ring.reshape(-1, 3), quads, smooth=True).flipped()


@lru_cache(maxsize=8)
def banner(width: float, height: float) -> Mesh:
    """Returns a printed banner without words: ground, slanting bars, a band; slots 0, 1, 2, and 3 its cords.

    The cloth's columns lean in the middle of the banner, so that the printed edges lie on edges of faces.
    """
    across, rise = np.linspace(0, width, 41), np.linspace(0, height, 17)
    along, high = np.meshgrid(across, rise, indexing="ij")
    lean = 0.5 * np.clip(np.minimum(along, width - along) / 0.8, 0, 1) * (high - height / 2)
    billow, _ = _billow(along, high, 5)
    edge = np.minimum(np.minimum(along, width - along), np.minimum(high, height - high))
    out = WIDTH + STAND_OFF + 0.16 + 0.5 * billow * np.clip(edge / 0.4, 0, 1)
    index = np.arange(along.size).reshape(along.shape)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1)
    column, row = np.meshgrid(np.arange(40), np.arange(16), indexing="ij")
    slots = np.where((column >= 9) & (column < 15), 1, np.where((column >= 16) & (column < 18), 2, 0))
    slots = np.where((column >= 21) & (column < 36) & (row >= 6) & (row < 10), 1, slots)
    slots = np.where((column >= 21) & (column < 30) & (row >= 4) & (row < 5), 2, slots)
    cloth = Mesh.from_faces(np.stack([along + lean, -out, high], -1).reshape(-1, 3), quads.reshape(-1, 4), smooth=True)
    places = [(x, z) for x in np.linspace(0.03, width - 0.03, 7) for z in (0.04, height - 0.04)]
    cords = bars(
        [(x, -WIDTH - STAND_OFF - 0.16, z) for x, z in places],
        [(x, -WIDTH - 0.02, z + (0.12 if z > 1 else -0.12)) for x, z in places],
        0.004,
        4,
        capped=False,
    )
    printed = replace(cloth, slots=slots.reshape(-1).astype(np.int32))
    return Mesh.merged([printed, cords.with_slot(3)])
