"""Safety nets under beams that have no decking yet, bay by bay, tied to the bottom flanges. Metres.

Nets of system S (EN 1263-1): 100 mm mesh of 5 mm cord, border rope, ties every 2.5 m at most; rigged, they sag by a
tenth of their span at most.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from buildee.generators.construction_site.frame_decking import beamed, decked
from buildee.generators.construction_site.steel_layout import SteelLayout
from buildee.layout.bars import bars
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.scene import Assembly

MARGIN = 0.32
"""From the column lines to the border rope: past the columns, metres."""

FLANGE = 0.05
"""From a column line to where ties hook on the bottom flange, metres."""

SAG = 0.3
"""Of the middle below the border, metres."""

ROPE = Material("plastic", (0.7, 0.68, 0.6), wear=0.4, dirt=0.5)
COLORS: tuple[Color, ...] = ((0.03, 0.1, 0.24), (0.5, 0.16, 0.03), (0.025, 0.13, 0.06), (0.6, 0.61, 0.6))


def safety_nets(layout: SteelLayout, erected: float, rng: np.random.Generator) -> Assembly:
    """Returns the nets under the two levels that are being decked.

    Args:
        layout: of the frame.
        erected: storeys of steel that stand.
        rng: decides their colour.
    """
    plan, spec = layout.plan, layout.plan.spec
    look = (Material("netting", COLORS[int(rng.integers(len(COLORS)))], wear=0.5, dirt=0.4), ROPE)
    core = plan.core.outside + np.array([[-0.1], [0.1]])
    pieces = []
    for level in range(plan.done + 1, min(plan.done + 3, spec.storeys + 1)):
        below = plan.level(level) - spec.slab - layout.primary.height
        for bay in range(decked(plan, level, erected), beamed(plan, level, erected)):
            west, east = plan.lines_x[bay : bay + 2]
            for row, (south, north) in enumerate(pairwise(plan.lines_y)):
                if west < core[1, 0] and east > core[0, 0] and south < core[1, 1] and north > core[0, 1]:
                    continue
                width, depth = round(float(east - west), 6), round(float(north - south), 6)
                shape = (f"steel/safety_net_{width:.3f}x{depth:.3f}", net(width, depth))
                name = f"{plan.name}/safety_net_{level}_{bay}_{row}"
                proxy = box_proxy(*_solid(width, depth))
                pieces.append(piece(name, "scaffold_net", shape, look, pose_at(west, south, below), proxy))
    return Assembly.merged(pieces)


def _ties(width: float, depth: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Returns (x, y) on the border rope and on the flange of every tie."""
    places = np.linspace(width / 4, 3 * width / 4, 3)
    sides = ((MARGIN, FLANGE), (depth - MARGIN, depth - FLANGE))
    return [((x, near), (x, far)) for x in places.tolist() for near, far in sides]


def _solid(width: float, depth: float) -> np.ndarray:
    """Returns (B, 2, 3) boxes around the net and its ties."""
    boxes = [((MARGIN, MARGIN, -SAG - 0.1), (width - MARGIN, depth - MARGIN, -0.02))]
    for (x, near), (_, far) in _ties(width, depth):
        boxes.append(((x - 0.01, min(near, far), -0.06), (x + 0.01, max(near, far), 0.0)))
    return np.array(boxes)


@lru_cache(maxsize=8)
def net(width: float, depth: float) -> Mesh:
    """Returns a net between column lines at x = 0 and `width`, y = 0 and `depth`; z = 0 is the underside of the beams.

    Slot 0 net, slot 1 ropes.
    """
    u, v = np.meshgrid(np.linspace(0, 1, 15), np.linspace(0, 1, 15), indexing="ij")
    hung = np.sin(np.pi * u) ** 0.8 * np.sin(np.pi * v) ** 0.8
    # Between ties the border swings in and down.
    swing = (
        0.12 * np.abs(np.sin(4 * np.pi * u)) * np.where(v < 0.5, 1, -1) * (1 - np.minimum(4 * np.minimum(v, 1 - v), 1))
    )
    x = MARGIN + u * (width - 2 * MARGIN)
    y = MARGIN + v * (depth - 2 * MARGIN) + swing
    z = -0.05 - SAG * hung
    points = np.stack([x, y, z], -1)
    index = np.arange(u.size).reshape(u.shape)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1)
    cloth = Mesh.from_faces(points.reshape(-1, 3), quads.reshape(-1, 4), smooth=True)
    ring = np.concatenate([points[:, 0], points[-1, 1:], points[-2::-1, -1], points[0, -2:0:-1]])
    border = bars(ring, np.roll(ring, -1, 0), 0.007, 4, capped=False)
    ties = _ties(width, depth)
    cords = bars([(*near, -0.05) for near, _ in ties], [(*far, -0.002) for _, far in ties], 0.006, 4, capped=False)
    return Mesh.merged([cloth, Mesh.merged([border, cords]).with_slot(1)])
