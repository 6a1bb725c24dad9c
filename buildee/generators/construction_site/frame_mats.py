"""Reinforcement laid out on a deck, mat by mat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.falsework import Deck, gaps
from buildee.generators.construction_site.frame_plan import FramePlan
from buildee.generators.construction_site.reinforcement import SPACER, mat
from buildee.generators.construction_site.reinforcement import STEEL as REBAR
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.scene import Assembly

WALKED = 0.041
"""Height on which people walk over the mats, above what those lie on: 25 mm of cover and two bars of 8 mm, metres."""


def mats(plan: FramePlan, name: str, deck: Deck, share: float, inset: float = 0.03) -> Assembly:
    """Returns bottom reinforcement on a share of the deck, laid along X from the low end.

    Args:
        plan: the frame's.
        name: prefix of the names of what is made.
        deck: what they lie on.
        share: of the floor's length that is reinforced, 0 to 1.
        inset: from the slab's edge, metres.
    """
    area = np.stack([plan.outline[0] + inset, np.minimum(plan.outline[1] - inset, deck.area[1])])
    spots: dict[tuple[float, float, float], list[tuple[float, float]]] = defaultdict(list)
    for band in _bands(area, deck.obstacles):
        blocked = [(low[0] - 0.02, high[0] + 0.02) for low, high in deck.obstacles if low[1] < sum(band) / 2 < high[1]]
        rows = int(np.ceil((band[1] - band[0]) / 2.3))
        width = (band[1] - band[0]) / rows
        for start, end in gaps(tuple(area[:, 0]), blocked):
            count = int(np.ceil((end - start) / 5.6))
            length = (end - start + 0.3 * (count - 1)) / count
            if length < 0.6:  # loose bars would go there
                continue
            for turn, x in enumerate(np.linspace(start, end - length, count)):
                if x + length > area[0, 0] + share * (area[1, 0] - area[0, 0]) + 1e-6:
                    continue
                for row in range(rows):
                    lift = round(0.016 * (turn % 2) + 0.005 * (row % 2), 3)
                    spots[round(length, 3), round(width, 3), lift].append((x, band[0] + row * width))
    made = []
    for (length, width, lift), places in sorted(spots.items()):
        shape = (f"frame/mat_{length:.3f}x{width:.3f}_{lift:.3f}", mat(length, width, lift=lift))
        for x, y in places:
            # Laps lie on each other: what people stand on is the middle of a mat.
            proxy = box_proxy(((0.2, 0.06, -lift), (length - 0.2, width - 0.06, WALKED - lift)))
            title = f"{name}/mat_{len(made)}"
            made.append(piece(title, "rebar_cage", shape, (REBAR, SPACER), pose_at(x, y, deck.soffit + lift), proxy))
    return Assembly.merged(made)


def _bands(area: NDArray[np.float64], obstacles: Sequence[NDArray[np.float64]]) -> list[tuple[float, float]]:
    """Returns the strips along X between the sides of the obstacles."""
    low, high = area[:, 1]
    sides = [side for box in obstacles for side in box[:, 1] if low < side < high]
    return [(float(a), float(b)) for a, b in pairwise(np.unique(np.round([low, *sides, high], 6))) if b - a > 0.1]
