"""What makes a plain solid a thing that somebody made: bores, bands, letters and stickers, in the slots of a print.

As for prints, slot 0 is what the solid is made of, slot 1 a second colour, slot 2 ink, or the dark of a hole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.tabletop import prints
from buildee.generators.tabletop.prints import COLOR, INK, LIFT
from buildee.layout.lettering import text, text_width
from buildee.layout.mesh import Mesh
from buildee.layout.solids import circle, inset

Array = NDArray[np.float64]

LETTERS = "ABCDEFGHJKLMNPRSTUVXYZ2345678"


def bore(radius: float, middle: ArrayLike, z: float, up: bool = True) -> Mesh:
    """Returns the mouth of a hole in a level face at the height `z`: its rim and the dark in it, metres."""
    discs = []
    for size, slot, rise in ((1.35 * radius, COLOR, LIFT), (radius, INK, 2 * LIFT)):
        ring = circle(size, 20)
        level = np.full(20, z + (rise if up else -rise))
        points = np.column_stack([ring + np.asarray(middle), level])
        discs.append(Mesh.from_faces(points if up else points[::-1], [list(range(20))], slot))
    return Mesh.merged(discs)


def banded(mesh: Mesh, where: Callable[[Array], NDArray[np.bool_]]) -> Mesh:
    """Returns a mesh whose faces are of the second colour where their middles, (F, 3) metres, say so."""
    starts = np.concatenate([[0], np.cumsum(mesh.sizes)[:-1]])
    middles = np.add.reduceat(mesh.vertices[mesh.corners], starts) / mesh.sizes[:, None]
    return replace(mesh, slots=np.where(where(middles), COLOR, mesh.slots).astype(np.int32))


def letter(width: float, height: float, share: float) -> Mesh:
    """Returns a framed letter on a face, as on a child's building block."""
    size = min(width, height)
    frame = np.array([(-width, -height), (width, -height), (width, height), (-width, height)]) / 2
    inner = inset(frame, 0.09 * size)
    corners = np.column_stack([np.concatenate([frame, inner]), np.full(8, LIFT)])
    sides = [(k, (k + 1) % 4, 4 + (k + 1) % 4, 4 + k) for k in range(4)]
    word = LETTERS[int(share * 977) % len(LETTERS)]
    high = min(0.6 * size, 0.6 * size * 0.7 * width / text_width(word, 0.6 * size))
    written = text(word, high, 2 * LIFT, "middle").moved(y=-high / 2).with_slot(INK)
    return Mesh.merged([Mesh.from_faces(corners, sides, COLOR), written])


def sticker(width: float, height: float, share: float) -> Mesh:
    """Returns a label stuck on a face a little askew: its colour, lines and a bar code."""
    x, y = 0.62 * width, 0.5 * height
    angle = 0.12 * (share - 0.5)
    paper = np.array([(-x, -y), (x, -y), (x, y), (-x, y)]) / 2
    sheet = Mesh.from_faces(np.column_stack([paper, np.full(4, LIFT)]), [[0, 1, 2, 3]], COLOR)
    whole = Mesh.merged([sheet, prints.face(0.9 * x, 0.9 * y, share, 0.997)])
    cosine, sine = np.cos(angle), np.sin(angle)
    turn = np.eye(4)
    turn[:2, :2] = [[cosine, -sine], [sine, cosine]]
    return whole.transformed(turn)
