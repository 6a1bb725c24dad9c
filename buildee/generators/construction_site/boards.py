"""Boards on a wall: insulation with its fixings, sheathing. Metres; walls lie as in `masonry`."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from buildee.generators.construction_site.masonry import (
    JOINT,
    Extent,
    Opening,
    Progress,
    Unit,
    Wall,
    boxed,
    cells,
    rows,
    solid_boxes,
)
from buildee.layout.bars import bars
from buildee.layout.mesh import Mesh

DISC = (0.03, 0.003)
"""Radius of the head of an insulation fixing, and how far it stands proud, metres."""


@lru_cache(maxsize=512)
def boarded(
    extent: Extent,
    board: tuple[float, float],
    openings: tuple[Opening, ...] = (),
    laid: float = 1.0,
    gap: float = 0.002,
    fixed: bool = False,
) -> Wall:
    """Returns boards on a wall, row by row, half a board aside in every other row, gaps open; slot 1 fixings.

    Args:
        extent: of the complete layer.
        board: length and height of a board, metres.
        openings: holes.
        laid: share of the height covered; the rows under way end early.
        gap: between boards, metres.
        fixed: whether discs hold the boards.
    """
    unit = Unit(board[0] - JOINT, board[1] - JOINT, extent.depth)
    strips = rows(Progress(extent, unit, laid), openings)
    pieces = []
    for low, high, spans in strips:
        levels = np.unique(np.round([low, *np.arange(np.ceil(low / board[1]), high / board[1]) * board[1], high], 6))
        for bottom, top in pairwise(levels.tolist()):
            for start, end in spans:
                pieces += [
                    ((left, extent.face, bottom), (right - gap, extent.face + extent.depth, top - gap))
                    for left, right in cells(start, end, int((bottom + top) / 2 / board[1]), board[0]).tolist()
                    if right - left > 2 * gap
                ]
    corners = np.array(pieces).reshape(-1, 2, 3)
    mesh = boxed(corners)
    if fixed:
        mesh = Mesh.merged([mesh, _discs(corners)])
    return Wall(mesh, solid_boxes(extent, strips))


def _discs(corners: np.ndarray) -> Mesh:
    """Returns the heads of fixings, three on every board of some size."""
    size = corners[:, 1] - corners[:, 0]
    wide = corners[(size[:, 0] > 0.3) & (size[:, 2] > 0.2)]
    shares = np.array([(0.2, 0.5), (0.5, 0.28), (0.5, 0.72), (0.8, 0.5)])
    low, high = wide[:, None, 0], wide[:, None, 1]
    heads = low + (high - low) * np.stack([shares[:, 0], np.zeros(4), shares[:, 1]], -1)
    ends = heads.reshape(-1, 3)
    out = np.array([0.0, DISC[1], 0.0])
    return bars(ends + out, ends - out, DISC[0], 6).with_slot(1)
