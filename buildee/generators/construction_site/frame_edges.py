"""Edge protection of a frame's levels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.core import STAIR_WIDTH, wall_lines
from buildee.generators.construction_site.formwork import OLD_PLY
from buildee.generators.construction_site.frame_plan import FORMS_FROM, WALLS_FROM, FramePlan
from buildee.generators.construction_site.frame_roof import PARAPET
from buildee.generators.construction_site.guardrail import (
    MARK,
    TIMBER,
    edge_protection,
    hole_cover,
    opening_guard,
)
from buildee.layout.material import Material
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.scene import Assembly, Pose

SETBACK = 0.03
"""From a slab edge to the posts, metres."""


def sides(outline: NDArray[np.float64], setback: float) -> list[tuple[str, Pose, float]]:
    """Returns label, pose and length of a run along every side of a (2, 2) box, counter-clockwise.

    Runs stand `setback` metres inside the box; each starts clear of the run before it.
    """
    low, high = outline[0] + setback, outline[1] - setback
    clear = 0.13
    width, depth = high - low
    return [
        ("south", pose_at(low[0] + clear, low[1]), width - clear),
        ("east", pose_at(high[0], low[1] + clear, yaw=np.pi / 2), depth - clear),
        ("north", pose_at(high[0] - clear, high[1], yaw=np.pi), width - clear),
        ("west", pose_at(low[0], high[1] - clear, yaw=-np.pi / 2), depth - clear),
    ]


def rail_materials(plan: FramePlan) -> tuple[Material, Material]:
    """Returns the materials of posts and of what hangs on them."""
    return (plan.rail, TIMBER if plan.style == "boards" else plan.rail)


def protected(plan: FramePlan, name: str, outline: NDArray[np.float64], height: float, setback: float) -> Assembly:
    """Returns edge protection around a box, one instance a side."""
    runs = []
    for label, pose, length in sides(outline, setback):
        key = f"guardrail/{plan.style}_{length:.3f}"
        shape = (key, edge_protection(length, plan.style))
        proxy = box_proxy(shape[1].bounds)
        runs.append(piece(f"{name}_{label}", "guardrail", shape, rail_materials(plan), pose_at(z=height) @ pose, proxy))
    return Assembly.merged(runs)


def level_guards(plan: FramePlan, enclosed: float) -> Assembly:
    """Returns the edge protection of every cast level; a closed façade needs none.

    Args:
        plan: the frame's.
        enclosed: storeys with their façade closed.
    """
    steel, stage = plan.spec.system == "steel", plan.spec.storeys_done
    pieces = []
    for level in range(plan.done + 1):
        roof = level == plan.spec.storeys
        # The core of a steel frame runs ahead of it.
        walls = roof or steel or stage - level >= WALLS_FROM
        closed = roof and plan.spec.pitched  # no door leads out under the tiles
        if not closed and (walls or stage - level < FORMS_FROM):  # forms leave no way in
            pieces.append(core_guards(plan, level, walls))
            if 0 < level == plan.done and not steel and not roof:
                pieces.append(stair_guard(plan, level))
        if 0 < level < plan.spec.storeys:
            pieces.append(hole_covers(plan, level))
        if level > 0 and (level > enclosed if roof else level >= int(enclosed)):
            pieces.append(perimeter(plan, level, PARAPET[0] + 0.05 if roof else SETBACK))
    return Assembly.merged(pieces)


def perimeter(plan: FramePlan, level: int, setback: float = SETBACK) -> Assembly:
    """Returns the edge protection of a slab."""
    return protected(plan, f"{plan.name}/guardrail_{level}", plan.outline, plan.level(level), setback)


def core_guards(plan: FramePlan, level: int, walls: bool) -> Assembly:
    """Returns the guards of a level at the core's openings.

    Args:
        plan: the frame's.
        level: which.
        walls: whether the core walls of the storey above the level stand. With them, only the lift
            door is boarded up; without, runs go around the openings.
    """
    height, core = plan.level(level), plan.core
    if walls:
        pose, doors = next((pose, doors) for label, pose, _, doors in wall_lines(core) if label == "lift_front")
        start, end = doors[0]
        shape = (f"guardrail/door_{end - start:.2f}", opening_guard(end - start))
        # Wedged into the doorway, flush with the outer face of the wall.
        standing = pose_at(z=height) @ pose @ pose_at(start, -core.wall / 2 + 0.02)
        return piece(f"{plan.name}/lift_guard_{level}", "guardrail", shape, (plan.rail, TIMBER), standing)
    if level == 0:
        return Assembly()
    low, high = core.outside + np.array([[-0.2], [0.2]])
    lift = core.lift_opening[0, 0] - core.wall
    runs = [
        ("lift_south", pose_at(high[0], low[1], yaw=np.pi), high[0] - lift),
        ("core_east", pose_at(high[0], high[1], yaw=-np.pi / 2), high[1] - low[1] - 0.1),
        ("core_north", pose_at(low[0], high[1]), high[0] - low[0] - 0.1),
        ("core_west", pose_at(low[0], low[1], yaw=np.pi / 2), high[1] - low[1] - 0.1),
    ]
    return Assembly.merged(_core_run(plan, label, pose_at(z=height) @ pose, length) for label, pose, length in runs)


def stair_guard(plan: FramePlan, level: int) -> Assembly:
    """Returns the guard on the newest level along the half of the stair well where no flight arrives."""
    left, south = plan.core.stair_opening[0]
    # The flight from below arrives at the right half of the well; the left half is a drop.
    pose = pose_at(left + 0.02, south - 0.12, plan.level(level))
    return _core_run(plan, "stair_south", pose, (STAIR_WIDTH - 0.15) / 2)


def hole_covers(plan: FramePlan, level: int) -> Assembly:
    """Returns the plywood screwed over a slab's service holes, crossed with paint."""
    covers = []
    for number, (low, high) in enumerate(plan.service_holes):
        size = tuple(np.round(high - low + 0.2, 3))
        shape = (f"guardrail/cover_{size[0]:.2f}x{size[1]:.2f}", hole_cover(*size))
        pose = pose_at(*((low + high) / 2), plan.level(level), yaw=0.02 * (-1) ** level)
        covers.append(piece(f"{plan.name}/hole_cover_{level}_{number}", "plywood_stack", shape, (OLD_PLY, MARK), pose))
    return Assembly.merged(covers)


def _core_run(plan: FramePlan, label: str, pose: Pose, length: float) -> Assembly:
    """Returns a short run of boards beside an opening."""
    shape = (f"guardrail/boards_{length:.3f}", edge_protection(length, "boards"))
    return piece(f"{plan.name}/{label}_guard", "guardrail", shape, (plan.rail, TIMBER), pose)
