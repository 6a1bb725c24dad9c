"""Which façades are scaffolded, and how far up."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.pieces import pose_at
from buildee.generators.construction_site.scaffold import GAP, ScaffoldSpec, scaffold
from buildee.generators.construction_site.scaffold_parts import BAY, LIFT
from buildee.generators.construction_site.site import Plot
from buildee.layout.scene import Assembly
from buildee.recipe.seed import Seed


def scaffolds(building: Building, plot: Plot, sides: int, ground: float, seed: Seed) -> Assembly:
    """Returns runs of scaffold along façades: the flank away from the pit first, then front, rear and inner flank.

    Args:
        building: what they are tied to.
        plot: where it stands.
        sides: how many façades.
        ground: height of the levelled ground around the building, metres.
        seed: of their fittings.
    """
    if not building.floors:
        return Assembly()
    low, high = building.outline
    east, west = (np.pi / 2, (high[0], low[1], high[1])), (-np.pi / 2, (low[0], high[1], low[1]))
    outer, inner = (east, west) if plot.side > 0 else (west, east)
    front, rear = (0.0, (low[1], low[0], high[0])), (np.pi, (high[1], high[0], low[0]))
    lifts = max(1, int((building.floors[-1].height + 1.0) / LIFT))
    pieces = []
    for number, (yaw, (wall, start, end)) in enumerate((outer, front, rear, inner)[:sides]):
        length = abs(end - start)
        bays = max(1, int(length / BAY))
        spare = (length - bays * BAY) / 2 * np.sign(end - start)
        place = (start + spare, wall - GAP * np.cos(yaw))
        if number == 0 or number == 3:  # flanks: the wall is a line of constant x
            place = (wall + GAP * np.sin(yaw), start + spare)
        ties = tuple(floor.height - 0.12 for floor in building.floors[1:])
        run = scaffold(ScaffoldSpec(bays, lifts, ties=ties), seed.child(number).rng(), f"scaffold.{number}")
        pieces.append(run.moved(pose_at(plot.building.x, plot.building.y, ground) @ pose_at(*place, 0.0, yaw)))
    return Assembly.merged(pieces)
