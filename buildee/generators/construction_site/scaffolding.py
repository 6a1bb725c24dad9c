"""Which façades are scaffolded and sheeted, and how far up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.frame import Building
from buildee.generators.construction_site.hoist import hoist
from buildee.generators.construction_site.nets import nets
from buildee.generators.construction_site.programme import Programme
from buildee.generators.construction_site.scaffold import GAP, ScaffoldSpec, level, scaffold
from buildee.generators.construction_site.scaffold_parts import BAY, LIFT
from buildee.generators.construction_site.section import Building as Section
from buildee.generators.construction_site.section import Envelope
from buildee.generators.construction_site.site import Plot
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Assembly
from buildee.recipe.seed import Seed

PRESSED = 0.012
"""How far the sole boards are pressed into the soil, metres: more than levelled ground is uneven."""

HOISTED = 3
"""Lifts of a scaffold that is served by a hoist at least."""

STRUCK_FROM = 0.93
"""Share of the project's time from which the scaffold is struck, from the top; at the end none is left."""


def scaffolds(
    building: Building,
    plot: Plot,
    said: Section,
    spec: Envelope,
    works: Programme,
    ground: float,
    time: NDArray[np.float64],
    seed: Seed,
) -> Assembly:
    """Returns runs of scaffold along façades: the flank away from the pit first, then front, rear and inner flank.

    Args:
        building: what they are tied to.
        plot: where it stands.
        said: says how many façades, and whether there is a hoist.
        spec: says what masons have to do, and how much of it carries nets or sheets.
        works: how far the trades are: the scaffold follows the frame up and is struck at the end.
        ground: height of the levelled ground around the building, metres.
        time: (T,) of the frames, seconds.
        seed: of their fittings.
    """
    lifts = standing_lifts(building, works) if building.floors else 0
    if lifts < 1:
        return Assembly()
    specs, poses = [], []
    base = building.floors[0].height
    ties = tuple(base + number * building.spec.storey_height - 0.12 for number in range(1, int(works.storeys) + 1))
    for yaw, (wall, start, end) in _facades(building, plot)[: said.scaffold_sides]:
        bays = max(1, int(abs(end - start) / BAY))
        spare = (abs(end - start) - bays * BAY) / 2 * np.sign(end - start)
        place = (start + spare, wall - GAP * np.cos(yaw))
        if abs(np.cos(yaw)) < 0.5:  # flanks: the wall is a line of constant x
            place = (wall + GAP * np.sin(yaw), start + spare)
        specs.append(ScaffoldSpec(bays, lifts, ties=ties, loaded=_worked(building, works, spec.facade)))
        poses.append(pose_at(plot.building.x, plot.building.y, ground - PRESSED) @ pose_at(*place, 0.0, yaw))
    pieces = [
        scaffold(run, seed.child(number).rng(), f"scaffold.{number}").moved(pose)
        for number, (run, pose) in enumerate(zip(specs, poses, strict=True))
    ]
    bare = None
    if said.hoist and specs and lifts >= HOISTED and works.progress < STRUCK_FROM:
        bare = _served(specs, seed.child("hoist").rng())
        rng, top = seed.child("platform").rng(), level(specs[bare[0]], lifts)
        pieces.append(hoist("hoist", top, time, rng).moved(poses[bare[0]] @ pose_at((bare[1] + 0.18) * BAY)))
    return Assembly.merged([*pieces, nets(specs, poses, spec, seed.child("nets").rng(), bare)])


def _served(specs: list[ScaffoldSpec], rng: np.random.Generator) -> tuple[int, int]:
    """Returns run and bay before which a hoist stands: the second run, which faces the stores, where there is one."""
    run = min(1, len(specs) - 1)
    return run, int(rng.integers(0, specs[run].bays))


def standing_lifts(building: Building, works: Programme) -> int:
    """Returns how many lifts stand, 0 for no scaffold."""
    spec = building.spec
    height = building.floors[0].height + int(works.storeys) * spec.storey_height + 1.0
    left = 1.0 - max(works.progress - STRUCK_FROM, 0.0) / (1.0 - STRUCK_FROM)
    lifts = max(1, int(height / LIFT))
    return lifts if left >= 1 else int(np.ceil(left * lifts - 1e-9))


def _worked(building: Building, works: Programme, facade: str) -> tuple[int, int] | None:
    """Returns the decks from which masons lay the outer leaf now, or None."""
    if facade not in ("brick", "block_render") or not 0 < works.enclosed < building.spec.storeys:
        return None
    top = int((building.floors[0].height + works.enclosed * building.spec.storey_height) / LIFT)
    return max(top - 2, 1), top


def _facades(building: Building, plot: Plot) -> list[tuple[float, tuple[float, float, float]]]:
    """Returns heading, wall line, start and end of each façade in the order in which they are scaffolded."""
    low, high = building.outline
    east, west = (np.pi / 2, (high[0], low[1], high[1])), (-np.pi / 2, (low[0], high[1], low[1]))
    outer, inner = (east, west) if plot.side > 0 else (west, east)
    front, rear = (0.0, (low[1], low[0], high[0])), (np.pi, (high[1], high[0], low[0]))
    return [outer, front, rear, inner]
