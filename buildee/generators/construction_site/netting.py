"""Sheets on a scaffold: debris nets and sheeting, a panel a bay and lift, laced at eyelets to standards and rails.

A panel hangs before one bay between two guardrails: x = 0 to `BAY` along the run, outside is y < 0, z = 0 on the lower
rail. Edges hang in scallops between eyelets, so that neighbours leave slits; the cloth bellies out between the
standards. Metres. Ground truth sees triangles: a net is its first surface, though the picture shows what is behind it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.noise import value_noise
from buildee.generators.construction_site.props.sheet import STAND
from buildee.generators.construction_site.scaffold_parts import BAY, LIFT, WIDTH
from buildee.layout.bars import bars
from buildee.layout.lettering import lines
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

Way = Literal["tied", "loose", "slipped", "torn", "rolled"]
Cloth = Literal["netting", "sheeting"]

STAND_OFF = 0.09
"""From the outer standards' axis to the cloth where it is tied: it clears braces and couplers, metres."""

EYELET = 0.5
"""Between the ties along an edge, metres."""

HEM = 0.05
"""Width of the reinforced edge that holds the eyelets, metres."""

RAIL = -WIDTH + 0.027
"""Where the outer face of the guardrails lies, 2 mm deep, metres."""

REACH = 0.33
"""How far outside the standards' axis the cloth may reach, metres."""

COLORS: dict[Cloth, tuple[Color, ...]] = {
    "netting": (
        (0.025, 0.13, 0.06),
        (0.03, 0.1, 0.24),
        (0.6, 0.61, 0.6),
        (0.22, 0.23, 0.23),
        (0.018, 0.018, 0.02),
        (0.1, 0.2, 0.08),
        (0.5, 0.16, 0.03),
    ),
    "sheeting": ((0.68, 0.69, 0.68), (0.55, 0.57, 0.6), (0.07, 0.14, 0.24), (0.42, 0.44, 0.42)),
}
"""Green, blue, white, grey, black, olive, orange nets; white, pale, blue, grey sheets; linear RGB."""

CORD = Material("plastic", (0.75, 0.75, 0.72), wear=0.4, dirt=0.4)

PRINTS: tuple[tuple[Color, Color], ...] = (
    ((0.75, 0.76, 0.76), (0.02, 0.1, 0.28)),
    ((0.02, 0.09, 0.2), (0.75, 0.76, 0.76)),
    ((0.7, 0.42, 0.02), (0.04, 0.042, 0.045)),
    ((0.05, 0.14, 0.09), (0.75, 0.76, 0.76)),
)
"""Ground and words of a banner."""


def looks(cloth: Cloth, color: Color) -> tuple[tuple[Material, ...], ...]:
    """Returns the materials of one make of panel, new, faded and soiled: cloth, cord, hem."""
    dark: Color = (0.75 * color[0], 0.75 * color[1], 0.75 * color[2])
    return tuple(
        (Material(cloth, color, wear=wear, dirt=dirt), CORD, Material("sheeting", dark, wear=wear, dirt=dirt))
        for wear, dirt in ((0.1, 0.2), (0.5, 0.4), (0.8, 0.7))
    )


@lru_cache(maxsize=64)
def sheet(way: Way, variant: int) -> Mesh:
    """Returns a panel with its ties; slot 0 cloth, slot 1 cord, slot 2 hems.

    Args:
        way: tied all round; with a loose lower corner; slipped from the rail above in its middle; torn beside a tie;
            or rolled up under the rail.
        variant: which way it billows and hangs.
    """
    low = LIFT - 0.16 if way == "rolled" else 0.0
    along, up = np.meshgrid(_spaced(BAY, 15), _spaced(LIFT, 4 if way == "rolled" else 11), indexing="ij")
    x, z = along * BAY, low + up * (LIFT - low)
    side = np.minimum(along, 1 - along)
    # Between eyelets the edges hang away, inwards at the sides and downwards at the rails.
    scallop = np.abs(np.sin(np.pi * z / EYELET))
    x = x + np.sign(0.5 - along) * (0.012 + 0.03 * scallop) * np.clip(1 - side / 0.12, 0, 1)
    sag = 0.035 * np.abs(np.sin(np.pi * along * BAY / EYELET)) * np.clip(1 - (1 - up) / 0.15, 0, 1)
    out = STAND_OFF + _belly(along, up, z, variant) * (0.3 if way == "rolled" else 1.0)
    if way == "loose":
        corner = np.clip(1 - (along if variant % 2 else 1 - along) - 0.8 * up, 0, 1) ** 1.3
        out, z, x = out + 0.24 * corner, z + 0.5 * corner, x + (0.35 if variant % 2 else -0.35) * corner
    if way == "slipped":
        free = np.clip(np.sin(np.pi * np.clip((along - 0.12) / 0.62, 0, 1)), 0, 1) * up**3
        sag, out = sag + 0.42 * free, out + 0.1 * free
    points = np.stack([x, -WIDTH - np.clip(out, 0.08, REACH - 0.01), z - sag], -1)
    index = np.arange(x.size).reshape(x.shape)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1)
    slots = np.zeros(quads.shape[:2], np.int32)
    slots[[0, -1]] = slots[:, [0, -1]] = 2
    if way == "torn":
        points, keep = _torn(points, variant)
        quads, slots = quads[keep], slots[keep]
    cloth = Mesh.from_faces(points.reshape(-1, 3), quads.reshape(-1, 4), smooth=True)
    pieces = [replace(cloth, slots=slots.reshape(-1)), _ties(low, way, variant)]
    if way == "rolled":
        pieces.append(_roll(low))
    return Mesh.merged(pieces)


def _spaced(length: float, count: int) -> NDArray[np.float64]:
    """Returns shares of a length: the hems at both ends, evenly spaced between."""
    hem = HEM / length
    return np.concatenate([[0.0], np.linspace(hem, 1 - hem, count), [1.0]])


def _belly(
    along: NDArray[np.float64], up: NDArray[np.float64], z: NDArray[np.float64], variant: int
) -> NDArray[np.float64]:
    """Returns how far the cloth stands off between its ties, metres."""
    free = np.sin(np.pi * along) ** 0.7
    held = np.sin(np.pi * np.clip(up * 0.92 + 0.04, 0, 1)) ** 0.6
    gust = (0.2, 0.03, 0.13, 0.09, 0.05, 0.17)[variant % 6]
    # Folds run from the ties at the upper rail towards the middle of the lower one.
    x = along * BAY
    lean = x + 0.35 * (1 - up) * (x - BAY / 2) / BAY
    folds = 0.05 * value_noise(lean, z * 0.25, 0.28, 31 + variant) * (0.25 + 0.75 * free)
    creases = 0.02 * value_noise(x + 0.8 * z, x - 0.8 * z, 0.5, 51 + variant) * free
    return gust * free * held + np.maximum(folds + creases, -0.03) * np.minimum(8 * np.minimum(along, 1 - along), 1)


def _torn(points: NDArray[np.float64], variant: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Tears a panel along a thread: a slit that gapes, its lower lip hanging out; returns points and faces kept."""
    columns, rows = points.shape[:2]
    column, first = (columns // 4, columns // 2, 2 * columns // 3)[variant % 3], 3
    last = rows - 3
    share = np.linspace(0, 1, last - first + 1)
    points, keep = points.copy(), np.ones((columns - 1, rows - 1), bool)
    keep[column, first:last] = False
    middle = points[column : column + 2, first : last + 1, 0].mean(0)
    gape = 0.001 + 0.14 * np.sin(np.pi * share) ** 1.3 * (1 - 0.3 * share)
    points[column, first : last + 1, 0] = middle - gape
    points[column + 1, first : last + 1, 0] = middle + 0.8 * gape
    lip = 0.12 * np.sin(np.pi * share) * (1 - share)
    points[column, first : last + 1, 1] = np.maximum(points[column, first : last + 1, 1] - lip, -WIDTH - REACH + 0.01)
    return points, keep


def _ties(low: float, way: Way, variant: int) -> Mesh:
    """Returns cords from the eyelets to the standards beside and the rail above."""
    starts, ends = [], []
    for z in np.arange(low + 0.02, LIFT, EYELET):
        for x in (0.012, BAY - 0.012):
            near = x < BAY / 2
            if way == "loose" and near == bool(variant % 2) and z < 0.9:
                continue
            starts.append((x, -WIDTH - STAND_OFF, z))
            ends.append((0.004 if near else BAY - 0.004, -WIDTH - 0.0225, z + 0.02))
    for x in np.arange(EYELET, BAY - 0.1, EYELET):
        if way != "slipped" or not 0.12 < x / BAY < 0.74:
            starts.append((x, -WIDTH - STAND_OFF - 0.005, LIFT - 0.015))
            ends.append((x, RAIL, LIFT + 0.004))
    return bars(starts, ends, 0.004, 4, capped=False).with_slot(1)


def _roll(low: float) -> Mesh:
    """Returns the rolled-up part, which sags between its ties."""
    x = np.linspace(0.03, BAY - 0.03, 12)
    angle = np.linspace(0, 2 * np.pi, 11)[:-1]
    sag = 0.05 * np.sin(np.pi * x / BAY)
    radius = 0.09 + 0.012 * np.sin(7 * x)
    ring = np.stack(
        [
            np.repeat(x[:, None], len(angle), 1),
            -WIDTH - STAND_OFF - 0.1 + radius[:, None] * np.cos(angle),
            low - sag[:, None] + radius[:, None] * np.sin(angle),
        ],
        -1,
    )
    index = np.arange(ring.shape[0] * len(angle)).reshape(ring.shape[:2])
    after = np.roll(index, -1, 1)
    quads = np.stack([index[:-1], index[1:], after[1:], after[:-1]], -1).reshape(-1, 4)
    return Mesh.from_faces(ring.reshape(-1, 3), quads, smooth=True).flipped()


@lru_cache(maxsize=8)
def banner(width: float, words: str) -> Mesh:
    """Returns a printed banner between two guardrails, tied to both; slots 0 cloth, 1 words, 2 cords.

    Args:
        width: metres.
        words: one line.
    """
    height = LIFT - 0.16
    across, rise = np.linspace(0, width, 41), np.linspace(0, height, 13)
    along, high = np.meshgrid(across, rise, indexing="ij")
    index = np.arange(along.size).reshape(along.shape)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1)
    droop = 0.03 * np.abs(np.sin(np.pi * along / EYELET)) * (np.abs(high / height - 0.5) > 0.49)
    points = np.stack([along, -_face(along, high, width, height), 0.08 + high - droop], -1)
    cloth = Mesh.from_faces(points.reshape(-1, 3), quads.reshape(-1, 4), smooth=True)
    text = lines((words,), 0.62, width - 0.9, 0.001, 1.0).transformed(STAND).moved(width / 2, 0.0, 0.08 + height / 2)
    places = text.vertices.copy()
    places[:, 1] += -_face(places[:, 0], places[:, 2] - 0.08, width, height) - 0.004
    spots = [(x, z) for x in np.arange(0.05, width, EYELET) for z in (0.0, LIFT)]
    cords = bars(
        [(x, -WIDTH - STAND_OFF - 0.03, 0.09 if z < 1 else LIFT - 0.09) for x, z in spots],
        [(x, RAIL, z) for x, z in spots],
        0.004,
        4,
        capped=False,
    )
    return Mesh.merged([cloth, replace(text, vertices=places).with_slot(1), cords.with_slot(2)])


def _face(along: NDArray[np.float64], high: NDArray[np.float64], width: float, height: float) -> NDArray[np.float64]:
    """Returns how far a banner's cloth lies outside the inner standards, metres: drum-tight at its edges."""
    free = np.sin(np.pi * np.clip(along / width, 0, 1)) * np.sin(np.pi * np.clip(high / height, 0, 1))
    return WIDTH + STAND_OFF + 0.03 + 0.07 * np.maximum(free, 0.0) ** 0.8
