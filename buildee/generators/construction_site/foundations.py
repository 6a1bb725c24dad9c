"""What foundations are made of: blinding, cages, edge forms, pads, beams. Metres; z = 0 is the top of the blinding.

Pads and beams are reinforced with mats of 12 to 16 mm bars on both faces, 150 to 200 mm apart, bent up at the ends
(EN 1992-1-1), with 50 mm of cover against the forms; forms are boards with walings, held by stakes driven into the
formation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.reinforcement import LAP, column_cage
from buildee.layout.bars import bars
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, prism

THICK = 0.5
"""Thickness of pads, beams and raft, metres."""

LEAN = 0.09
"""Thickness of the blinding, of which up to half sinks into the uneven formation, metres."""

COVER = 0.05
"""Concrete around reinforcement cast against forms and blinding, metres."""

BOARD, STAKE = 0.027, 0.05
"""Thickness of form boards, and side of the stakes behind them, metres."""

FORM_REACH = BOARD + 0.045 + STAKE
"""How far a form reaches beyond the concrete, metres."""


def blinding(length: float, width: float, rng: np.random.Generator) -> Mesh:
    """Returns a slab of lean concrete with a spilt edge around the origin, its top on z = 0."""
    half = np.array([length, width]) / 2
    share = np.linspace(-1, 1, 9)[:-1]
    sides = [(share, -1 + 0 * share), (1 + 0 * share, share), (-share, 1 + 0 * share), (-1 + 0 * share, -share)]
    outline = np.concatenate([np.column_stack(side) for side in sides]) * half
    outward = outline / np.maximum(np.abs(outline) / half, 1e-9).max(1, keepdims=True)
    outline = outline + 0.05 * outward / np.linalg.norm(outward, axis=1, keepdims=True) * rng.uniform(-0.3, 1, (32, 1))
    return prism(outline, LEAN, 0.012).moved(z=-LEAN)


def cage(length: float, width: float, pitch: float = 0.15, bar: float = 0.007) -> Mesh:
    """Returns two mats around the origin, on spacers, their lower bars bent up at the ends; slot 1 the spacers."""
    low, high = COVER, THICK - COVER
    starts, ends = [], []
    for axis, (run, across) in enumerate(((length, width), (width, length))):
        reach, lift = run / 2 - COVER, 2 * bar * axis
        for place in np.linspace(
            -across / 2 + COVER + bar, across / 2 - COVER - bar, max(2, round(across / pitch) + 1)
        ):
            corners = [(-reach, low + lift), (reach, low + lift), (reach, high - lift), (-reach, high - lift)]
            loop = np.array([(u, place, z) if axis == 0 else (place, u, z) for u, z in corners])
            starts.append(loop)
            ends.append(np.roll(loop, -1, 0))
    skeleton = bars(np.concatenate(starts), np.concatenate(ends), bar, 5, capped=False)
    feet = [
        box((0.05, 0.05, low - bar), (x, y, (low - bar) / 2), 0.005)
        for x in np.linspace(-length / 2 + 0.3, length / 2 - 0.3, max(2, round(length / 0.8)))
        for y in np.linspace(-width / 2 + 0.12, width / 2 - 0.12, max(2, round(width / 0.8)))
    ]
    return Mesh.merged([skeleton, Mesh.merged(feet).with_slot(1)])


def starter_cage(column: float) -> Mesh:
    """Returns a column's bars and links from the lower mat of its pad to a lap above the pad's top."""
    return column_cage(column, THICK + LAP - COVER).moved(z=COVER + 0.02)


def footing(length: float, width: float, rng: np.random.Generator) -> Mesh:
    """Returns a cast block around the origin: sharp arrises knocked off, its top floated by hand."""
    body = box((length, width, THICK), (0, 0, THICK / 2), 0.012)
    vertices = body.vertices.copy()
    top = vertices[:, 2] > THICK - 0.02
    vertices[top, 2] += rng.uniform(-0.006, 0.004, top.sum())
    return Mesh(vertices, body.corners, body.sizes, body.slots, body.smooth)


def kicker(column: float) -> Mesh:
    """Returns the 75 mm upstand on a pad on which the column's form will be set."""
    return box((column, column, 0.075), (0, 0, 0.0375), 0.006)


def form(length: float, width: float, ends: bool = True) -> Mesh:
    """Returns the edge form of a block around the origin; slot 0 boards, slot 1 walings and stakes.

    Args:
        length, width: of the block, metres.
        ends: whether the ends across the length are closed too.
    """
    boards, timber = [], []
    sides = [(0.0, length, width / 2), (np.pi, length, width / 2)]
    if ends:
        sides += [(np.pi / 2, width, length / 2), (-np.pi / 2, width, length / 2)]
    for number, (yaw, run, out) in enumerate(sides):
        cosine, sine = round(np.cos(yaw)), round(np.sin(yaw))
        turn = np.eye(4)
        turn[:2, :2] = ((cosine, -sine), (sine, cosine))
        over = run + (2 * BOARD if number < 2 and ends else 0.0)
        board = [box((over, BOARD, THICK + 0.06), (0, out + BOARD / 2, THICK / 2 + 0.03), 0.002)]
        wales = [box((over - 0.01, 0.045, 0.09), (0, out + BOARD + 0.0225, z), 0.004) for z in (0.12, THICK - 0.06)]
        places = np.linspace(-run / 2 + 0.12, run / 2 - 0.12, max(2, round(run / 0.75)))
        behind = out + BOARD + 0.045 + STAKE / 2
        stakes = [
            box((STAKE, STAKE, THICK + 0.35 + 0.07 * (k % 3)), (x, behind, THICK / 2 - 0.06), 0.004)
            for k, x in enumerate(places)
        ]
        boards += [mesh.transformed(turn) for mesh in board]
        timber += [mesh.transformed(turn) for mesh in (*wales, *stakes)]
    return Mesh.merged([Mesh.merged(boards), Mesh.merged(timber).with_slot(1)])


def form_boxes(length: float, width: float, ends: bool = True) -> list[NDArray[np.float64]]:
    """Returns (2, 3) boxes around the sides of a form."""
    x, y, top = length / 2, width / 2, THICK + 0.06
    out = FORM_REACH
    sides = [((-x, y, 0), (x, y + out, top)), ((-x, -y - out, 0), (x, -y, top))]
    if ends:
        sides += [((x, -y - out, 0), (x + out, y + out, top)), ((-x - out, -y - out, 0), (-x, y + out, top))]
    return [np.array(side, np.float64) for side in sides]
