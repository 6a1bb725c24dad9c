"""Edge protection and infill walls of a frame's levels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.core import STAIR_WIDTH, wall_lines
from buildee.generators.construction_site.frame_plan import FramePlan
from buildee.generators.construction_site.guardrail import (
    GRID,
    POST,
    TIMBER,
    edge_protection,
    opening_guard,
)
from buildee.generators.construction_site.masonry import BLOCK, infill_wall
from buildee.generators.construction_site.pieces import box_proxy, piece, pose_at
from buildee.layout.material import Material
from buildee.layout.scene import Assembly, Pose

SETBACK = 0.03
"""From a slab edge to the posts, metres."""

BLOCKWORK = Material("concrete", (0.66, 0.65, 0.62), wear=0.15, dirt=0.25)
MORTAR = Material("concrete", (0.45, 0.44, 0.41), wear=0.3, dirt=0.3)


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
    return (POST, TIMBER if plan.style == "boards" else GRID)


def protected(plan: FramePlan, name: str, outline: NDArray[np.float64], height: float, setback: float) -> Assembly:
    """Returns edge protection around a box, one instance a side."""
    runs = []
    for label, pose, length in sides(outline, setback):
        key = f"guardrail/{plan.style}_{length:.3f}"
        shape = (key, edge_protection(length, plan.style))
        proxy = box_proxy(shape[1].bounds)
        runs.append(piece(f"{name}_{label}", "guardrail", shape, rail_materials(plan), pose_at(z=height) @ pose, proxy))
    return Assembly.merged(runs)


def perimeter(plan: FramePlan, level: int) -> Assembly:
    """Returns the edge protection of a slab."""
    return protected(plan, f"{plan.name}/guardrail_{level}", plan.outline, plan.level(level), SETBACK)


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
        return piece(f"{plan.name}/lift_guard_{level}", "guardrail", shape, (POST, TIMBER), standing)
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


def _core_run(plan: FramePlan, label: str, pose: Pose, length: float) -> Assembly:
    """Returns a short run of boards beside an opening."""
    shape = (f"guardrail/boards_{length:.3f}", edge_protection(length, "boards"))
    return piece(f"{plan.name}/{label}_guard", "guardrail", shape, (POST, TIMBER), pose)


def infill(plan: FramePlan, level: int, done: int, rng: np.random.Generator) -> Assembly:
    """Returns façade walls between the columns; lower storeys are further on."""
    length = plan.spec.bay - plan.spec.column - 0.02
    width = min(2.4, length - 1.6)
    window = ((length - width) / 2, (length + width) / 2, 0.25 * 4 - 0.008, 0.248 * 9)
    eagerness = np.clip((done - 2 - level) / 3, 0.3, 1.0)
    walls = []
    for index, pose in enumerate(_facade_bays(plan)):
        if rng.random() > 0.75 * eagerness:
            continue
        progress = round(float(rng.choice([0.3, 0.55, 0.8, 1.0], p=_odds(eagerness))), 2)
        glazed = window if rng.random() < 0.75 else None
        key = f"frame/infill_{length:.3f}x{plan.clear_height:.3f}_{progress}{'_window' if glazed else ''}"
        mesh = infill_wall(length, plan.clear_height, progress, glazed)
        standing = pose_at(z=plan.level(level)) @ pose
        walls.append(
            piece(f"{plan.name}/infill_{level}_{index}", "masonry_wall", (key, mesh), (BLOCKWORK, MORTAR), standing)
        )
    return Assembly.merged(walls)


def _odds(eagerness: float) -> NDArray[np.float64]:
    """Returns how likely each progress of a wall is."""
    weight = np.array([1 - eagerness, 1 - eagerness, 0.6, eagerness]) + 0.05
    return weight / weight.sum()


def _facade_bays(plan: FramePlan) -> list[Pose]:
    """Returns where infill walls start: every bay between two neighbouring outer columns."""
    half = plan.spec.column / 2 + 0.01
    x, y = plan.lines_x, plan.lines_y
    inward = plan.spec.column / 2 - BLOCK[1] / 2
    poses = [pose_at(start + half, y[0] - inward) for start in x[:-1]]
    poses += [pose_at(x[-1] + inward, start + half, yaw=np.pi / 2) for start in y[:-1]]
    poses += [pose_at(start - half, y[-1] + inward, yaw=np.pi) for start in x[:0:-1]]
    poses += [pose_at(x[0] - inward, start - half, yaw=-np.pi / 2) for start in y[:0:-1]]
    return poses
