"""The fence around the lot and the gate in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.pieces import pose_at
from buildee.generators.construction_site.props.fence import (
    HOARDING,
    HOARDING_COLORS,
    NET_COLORS,
    PANEL,
    fence_panel,
    gate,
    hoarding,
)
from buildee.generators.construction_site.props.palette import pick
from buildee.generators.construction_site.site import Plot
from buildee.layout.scene import Assembly
from buildee.recipe.seed import Seed

INSET = 0.45
"""From the edge of the lot to the fence, metres: feet reach 0.36 m outwards."""

ZIGZAG = 0.5
"""How far panels may lean in from the line, metres."""

OVERLAP = 0.14
"""How far behind its neighbour an overlapping panel stands, metres."""

GATE_WIDTH = 7.0
"""Clear width, metres: lorries turn in from a street that is not much wider."""

POST = 0.95
"""From the clear width to the first foot of the fence beside the gate posts' bases, metres."""


def fencing(plot: Plot, ground: Ground, seed: Seed) -> Assembly:
    """Returns fence and gate: hoarding along the front street or mesh all round, mesh elsewhere."""
    rng = seed.rng()
    x, y = plot.width / 2 - INSET, plot.depth / 2 - INSET
    solid_front, color = bool(rng.random() < 0.6), pick(rng, HOARDING_COLORS)
    rubber, net, covered = bool(rng.random() < 0.4), pick(rng, NET_COLORS), rng.uniform(0.15, 0.5)
    left, right = plot.gate[0] - GATE_WIDTH / 2 - POST, plot.gate[0] + GATE_WIDTH / 2 + POST
    front = [((-x, -y), (left, -y)), ((right, -y), (x, -y))]
    others = [((x, -y), (x, y)), ((x, y), (-x, y)), ((-x, y), (-x, -y))]
    shapes, instances = {}, []
    for run in [*front, *others]:
        solid = solid_front and run in front
        places = _run(*run, HOARDING[0] if solid else PANEL[0])
        for number, place in enumerate(places):
            if solid:
                model = hoarding(color)
            else:
                cover = "net" if rng.random() < covered else "none"
                ends = "both" if run == front[0] and number == len(places) - 1 else "first"
                model = fence_panel(ends, cover, net, rubber, int(rng.integers(4)))
            pose = pose_at(*place[:2], float(ground.height(place[:2])), place[2])
            shapes.update(model.shapes)
            instances.append(model.placed(f"fence.{len(instances)}", pose))
    model = gate(GATE_WIDTH, "mesh", (rng.uniform(1.15, 1.5), rng.uniform(1.15, 1.5)))
    shapes.update(model.shapes)
    place = (plot.gate[0], -y)
    instances.append(model.placed("gate", pose_at(*place, float(ground.height(np.array(place))))))
    return Assembly(shapes, tuple(instances))


def _run(start: tuple[float, float], end: tuple[float, float], pitch: float) -> NDArray[np.float64]:
    """Returns (N, 3) middles and headings of panels from `start` to `end`, counter-clockwise around the lot.

    Panels have a fixed length, so they zigzag a little until they fit, as crews set them up; where that is too
    much, the last one overlaps the one before.
    """
    start, end = np.array(start), np.array(end)
    length = float(np.linalg.norm(end - start))
    if length < 0.5 * pitch:
        return np.zeros((0, 3))
    count = max(int(np.ceil(length / pitch - 1e-9)), 1)
    straight = count % 2 if count > 1 else 0  # an even number of leaning panels ends where it should
    lean = np.arccos(min((length - straight * pitch) / ((count - straight) * pitch), 1.0))
    ahead = (end - start) / length
    inward = np.array([-ahead[1], ahead[0]])
    if pitch * np.sin(lean) > ZIGZAG:
        along = np.minimum((np.arange(count) + 0.5) * pitch, length - pitch / 2)
        behind = np.where(np.arange(count) == count - 1, OVERLAP, 0.0)
        middles = start + along[:, None] * ahead + behind[:, None] * inward
        return np.column_stack([middles, np.full(count, np.arctan2(ahead[1], ahead[0]))])
    leans = lean * np.where(np.arange(count) % 2 == straight, 1, -1)
    leans[:straight] = 0.0
    steps = pitch * (np.cos(leans)[:, None] * ahead + np.sin(leans)[:, None] * inward)
    middles = start + np.cumsum(steps, axis=0) - steps / 2
    heading = np.arctan2(ahead[1], ahead[0]) + leans
    return np.column_stack([middles, heading])
