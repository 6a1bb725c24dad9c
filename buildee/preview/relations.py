"""Draws who hides whom over a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.truth.amodal import AmodalMasks
from buildee.truth.relations import Relations

_SMALLEST = 3e-4
"""Share of the image below which a hidden part is left out."""
_ARROWS = 60
"""Arrows drawn at most, those of the largest hidden parts."""


def relation_overlay(relations: Relations, masks: AmodalMasks, instance: NDArray[np.uint16]) -> str:
    """Draws the occlusion graph as SVG: arrows from the middle of what hides to the middle of the whole that it hides.

    Args:
        relations, masks: of the frame.
        instance: (H, W) instance map of the frame.
    """
    height, width = instance.shape
    middles = _middles(instance)
    row_of = {int(number): row for row, number in enumerate(masks.instance)}
    order = np.argsort(-relations.pixels, kind="stable")[:_ARROWS]
    parts = []
    for edge in order[relations.pixels[order] > _SMALLEST * height * width]:
        occluded, occluder = int(relations.occluded[edge]), int(relations.occluder[edge])
        box = masks.box[row_of[occluded]]
        start, end = middles[occluder], (box[:2] + box[2:]) / 2
        share = relations.pixels[edge] / masks.pixels[row_of[occluded]]
        parts.append(_arrow(start, end, f"hsl({occluded * 137.508 % 360:.0f} 90% 62%)", width / 200 * (0.3 + share)))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{"".join(parts)}</svg>'


def _middles(instance: NDArray[np.uint16]) -> NDArray[np.float64]:
    """Mean position of the pixels of every id that is seen: (ids, 2) pixels."""
    flat = instance.reshape(-1)
    y, x = np.divmod(np.arange(flat.size), instance.shape[1])
    with np.errstate(invalid="ignore"):
        return np.stack([np.bincount(flat, place + 0.5) for place in (x, y)], -1) / np.bincount(flat)[:, None]


def _arrow(start: NDArray[np.float64], end: NDArray[np.float64], color: str, size: float) -> str:
    """A line with a dot where it starts and a head where it ends; `size` is its width, pixels."""
    length = float(np.linalg.norm(end - start))
    along = (end - start) / max(length, 1e-9)
    reach = min(5 * size, length / 2)
    across, neck = np.array([-along[1], along[0]]) * reach / 2, end - reach * along
    head = " ".join(f"{x:.1f},{y:.1f}" for x, y in (end, neck + across, neck - across))
    line = f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{neck[0]:.1f}" y2="{neck[1]:.1f}"'
    return (
        f'{line} stroke="{color}" stroke-width="{size:.2f}" opacity=".85"/><polygon points="{head}" fill="{color}"/>'
        f'<circle cx="{start[0]:.1f}" cy="{start[1]:.1f}" r="{1.5 * size:.2f}" fill="{color}" stroke="#0008"/>'
    )
