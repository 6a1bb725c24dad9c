"""A building's frame at any stage of its construction: cast in place, or erected from steel around a cast core.

Levels: level 0 is the ground slab, level k the slab k storeys up. Storey k lies between levels k and k + 1. With
`storeys_done = 3.4`, levels 0 to 3 are cast and storey 3 is under way: its columns are being cast now, or its decking
is being laid while the steel above goes up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.frame_concrete import concrete_frame
from buildee.generators.construction_site.frame_edges import level_guards
from buildee.generators.construction_site.frame_members import ground_slab
from buildee.generators.construction_site.frame_plan import GROUND, Frame, FramePlan, FrameSpec, System, plan_frame
from buildee.generators.construction_site.frame_roof import PARAPET, roof
from buildee.generators.construction_site.frame_steel import beam_depth, steel_frame
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
        spec: what is built: as asked for, with the column and slab sizes that the system gives.
        assembly: everything there is to build; empty before the ground slab is cast.
        outline: (2, 2) slab edges, the same on every level.
        ground_outline: (2, 2) edges of the ground slab, which is the footprint.
        core: (2, 2) outside of the core.
        columns: (C, 2) column axes.
        floors: the cast levels, lowest first; none before the ground slab is cast.
        deck: height of the formwork or decking under way, on which people walk in the first bay along X, metres, or
            None.
        top: highest point of the structure, starter bars included, metres.
        clear: from a floor up to the underside of what spans the outer bays, slab or beam, metres.
        parapet: thickness and height of the upstand around the roof slab, metres; it stands on the slab's edge.
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
    clear: float
    parapet: tuple[float, float] = PARAPET

    @property
    def system(self) -> System:
        """What carries it."""
        return self.spec.system


def frame(
    spec: FrameSpec, rng: np.random.Generator, name: str = "building", has_slab: bool = True, enclosed: float = 0.0
) -> Building:
    """Builds a frame at the stage that the spec asks for.

    Args:
        spec: dimensions and stage.
        rng: decides the core's place, colours and small irregularities.
        name: prefix of names and of shape keys that are this building's own.
        has_slab: whether the ground slab is cast; before, there is no frame, only its grid.
        enclosed: storeys with their façade closed: their edges need no protection.

    Raises:
        PlacementError: if a number is out of range; it names the field.
    """
    plan = plan_frame(spec, rng, name)
    done = int(np.floor(plan.spec.storeys_done + 1e-9))
    frame_ = Frame(Assembly(), None, GROUND)
    floors: tuple[Floor, ...] = ()
    if has_slab:
        frame_ = _built(plan, enclosed, rng)
        floors = tuple(_floor(plan, level, done) for level in range(done + 1))
    ground = plan.outline + np.array([[-0.15], [0.15]])
    return Building(
        plan.spec,
        frame_.assembly,
        plan.outline,
        ground,
        plan.core.outside,
        plan.columns,
        floors,
        frame_.deck,
        frame_.top,
        _clear(plan),
    )


def _built(plan: FramePlan, enclosed: float, rng: np.random.Generator) -> Frame:
    """Returns what stands on the ground slab, and the slab."""
    make = concrete_frame if plan.spec.system == "concrete" else steel_frame
    made = make(plan, enclosed, rng)
    pieces = [ground_slab(plan), made.assembly, level_guards(plan, enclosed)]
    top = made.top
    if plan.topped_out:
        above = roof(plan)
        pieces.append(above.assembly)
        top = above.top
    return Frame(Assembly.merged(pieces), made.deck, top)


def _clear(plan: FramePlan) -> float:
    """Returns the height from a floor to the underside of what spans the outer bays, metres."""
    return plan.clear_height - (beam_depth(plan) if plan.spec.system == "steel" else 0.0)


def _floor(plan: FramePlan, level: int, done: int) -> Floor:
    """Returns what the planner must know of a level."""
    state: Literal["clear", "propped", "working", "roof"] = "clear"
    if level == done:
        state = "roof" if plan.topped_out else "working"
    elif level >= done - 2 and plan.spec.system == "concrete" and not plan.topped_out:
        state = "propped"
    headroom = np.inf if level == done and plan.open_above else _clear(plan)
    return Floor(level, plan.level(level), state, _free(plan), headroom)


def _free(plan: FramePlan) -> NDArray[np.float64]:
    """Returns (F, 2, 2) bay panels clear of columns, edges, stairs and core."""
    margin = plan.spec.column / 2 + 0.5
    core = plan.core.outside + np.array([[-1.1, -0.6], [1.1, 0.6]])  # covered holes lie beside it
    panels = []
    for west, east in zip(plan.lines_x[:-1], plan.lines_x[1:], strict=True):
        for south, north in zip(plan.lines_y[:-1], plan.lines_y[1:], strict=True):
            panel = np.array([(west + margin, south + margin), (east - margin, north - margin)])
            if not ((panel[0] < core[1]).all() and (core[0] < panel[1]).all()):
                panels.append(panel)
    return np.array(panels).reshape(-1, 2, 2)
