"""A reinforced-concrete frame at any stage of its construction.

Levels: level 0 is the ground slab, level k the slab k storeys up. Storey k lies between levels k and k + 1. With
`storeys_done = 3.4`, levels 0 to 3 are cast and storey 3 is under way: its columns are being cast now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.falsework import Deck, back_props, falsework, room_falsework
from buildee.generators.construction_site.frame_edges import core_guards, perimeter, stair_guard
from buildee.generators.construction_site.frame_members import ground_slab, slab, storey
from buildee.generators.construction_site.frame_plan import FramePlan, FrameSpec, plan_frame
from buildee.generators.construction_site.frame_top import WALLS_FROM, working_storey
from buildee.layout.scene import Assembly

__all__ = ["Building", "Floor", "FrameSpec", "frame"]


@dataclass(frozen=True, eq=False)
class Floor:
    """A cast level.

    Attributes:
        level: 0 is the ground slab.
        height: of its top, metres.
        state: "clear" where one walks freely, "propped" where props stand, "working" the newest level,
            where the next storey is set out, "roof" the finished top.
        free: (F, 2, 2) rectangles clear of columns, core, walls and edges: for workers, pallets, loads.
        headroom: metres up to the soffit above; infinite in the open.
    """

    level: int
    height: float
    state: Literal["clear", "propped", "working", "roof"]
    free: NDArray[np.float64]
    headroom: float


@dataclass(frozen=True, eq=False)
class Building:
    """A frame and what the planner must know of it; the origin is on the ground, mid footprint.

    Attributes:
        spec: what was asked for.
        assembly: everything there is to build.
        outline: (2, 2) slab edges, the same on every level.
        ground_outline: (2, 2) edges of the ground slab, which is the footprint.
        core: (2, 2) outside of the core.
        columns: (C, 2) column axes.
        floors: the cast levels, lowest first.
        deck: height of the slab formwork under way, metres, or None.
        top: highest point of the structure, starter bars included, metres.
    """

    spec: FrameSpec
    assembly: Assembly
    outline: NDArray[np.float64]
    ground_outline: NDArray[np.float64]
    core: NDArray[np.float64]
    columns: NDArray[np.float64]
    floors: tuple[Floor, ...]
    deck: float | None
    top: float


def frame(spec: FrameSpec, rng: np.random.Generator, name: str = "building") -> Building:
    """Builds a frame at the stage that the spec asks for.

    Args:
        spec: dimensions and stage.
        rng: decides the core's place, colours and small irregularities.
        name: prefix of names and of shape keys that are this building's own.

    Raises:
        PlacementError: if a number is out of range; it names the field.
    """
    plan = plan_frame(spec, rng, name)
    done = int(np.floor(spec.storeys_done + 1e-9))
    progress = spec.storeys_done - done
    pieces = [ground_slab(plan)]
    for number in range(done):
        pieces += [storey(plan, number), slab(plan, number + 1, done), _support(plan, number, done, rng)]
    for level in range(done + 1):
        pieces += _edges(plan, level, spec.storeys_done)
    deck = None
    top = plan.level(done)
    if done < spec.storeys:
        work = working_storey(plan, done, progress, rng)
        pieces.append(work.assembly)
        deck, top = work.deck, work.top
    floors = tuple(_floor(plan, level, done) for level in range(done + 1))
    ground = plan.outline + np.array([[-0.15], [0.15]])
    return Building(
        spec, Assembly.merged(pieces), plan.outline, ground, plan.core.outside, plan.columns, floors, deck, top
    )


def _support(plan: FramePlan, number: int, done: int, rng: np.random.Generator) -> Assembly:
    """Returns what still stands under the two newest slabs: full falsework, then back-propping."""
    soffit = plan.level(number + 1) - plan.spec.slab
    obstacles = (*plan.column_boxes, plan.core.outside)
    floor = plan.level(number)
    name = f"{plan.name}/storey_{number}"
    if number == done - 1:
        deck = Deck(plan.outline + np.array([[-0.15], [0.15]]), obstacles, soffit, floor, plan.stand)
        inside = room_falsework(f"{name}_core", plan.core.rooms, soffit, floor, plan.paint, rng)
        return Assembly.merged([falsework(name, deck, plan.paint, rng), inside])
    if number == done - 2:
        return back_props(name, Deck(plan.outline, obstacles, soffit, floor, plan.stand), plan.paint, rng)
    return Assembly()


def _edges(plan: FramePlan, level: int, stage: float) -> list[Assembly]:
    """Returns edge protection of a level."""
    done = int(np.floor(stage + 1e-9))
    topped_out = level == plan.spec.storeys
    pieces = [core_guards(plan, level, walls=stage - level >= WALLS_FROM and not topped_out)]
    if 0 < level == done:
        pieces.append(stair_guard(plan, level))
    if level > 0:
        pieces.append(perimeter(plan, level))
    return pieces


def _floor(plan: FramePlan, level: int, done: int) -> Floor:
    """Returns what the planner must know of a level."""
    state: Literal["clear", "propped", "working", "roof"] = "clear"
    if level == done:
        state = "roof" if done == plan.spec.storeys else "working"
    elif level >= done - 2:
        state = "propped"
    headroom = np.inf if level == done else plan.clear_height
    return Floor(level, plan.level(level), state, _free(plan), headroom)


def _free(plan: FramePlan) -> NDArray[np.float64]:
    """Returns (F, 2, 2) bay panels clear of columns, edges, stairs and core."""
    margin = plan.spec.column / 2 + 0.5
    core = plan.core.outside + np.array([[-0.6], [0.6]])
    panels = []
    for west, east in zip(plan.lines_x[:-1], plan.lines_x[1:], strict=True):
        for south, north in zip(plan.lines_y[:-1], plan.lines_y[1:], strict=True):
            panel = np.array([(west + margin, south + margin), (east - margin, north - margin)])
            if not ((panel[0] < core[1]).all() and (core[0] < panel[1]).all()):
                panels.append(panel)
    return np.array(panels).reshape(-1, 2, 2)
