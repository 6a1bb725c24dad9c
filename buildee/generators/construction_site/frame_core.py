"""The core of a frame under way: its walls as cages, in their forms, and as starter bars."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.core import LIFT_DEPTH, wall_lines
from buildee.generators.construction_site.formwork import H20, PLY, STEEL
from buildee.generators.construction_site.frame_plan import GROUND, FramePlan
from buildee.generators.construction_site.reinforcement import STEEL as REBAR
from buildee.generators.construction_site.reinforcement import wall_cage, wall_starters
from buildee.generators.construction_site.wall_formwork import INNER, form_proxy, shaft_form, wall_form
from buildee.layout.pieces import copies, piece, pose_at, ring_proxy
from buildee.layout.scene import Assembly


def wall_bars(plan: FramePlan, name: str, z: float, on_slab: bool, rng: np.random.Generator) -> Assembly:
    """Returns bars along the tops of the core walls; where they stand on a slab, doors stay free."""
    rows = []
    for label, pose, length, doors in wall_lines(plan.core):
        mesh = wall_starters(rng, length, plan.core.wall, doors if on_slab else ())
        shape = (f"{plan.name}/wall_starters_{label}", mesh)
        rows.append(
            copies(f"{name}/wall_starters_{label}", "starter_bar", shape, (REBAR,), (pose_at(z=z) @ pose)[None])
        )
    return Assembly.merged(rows)


def core_cages(plan: FramePlan, name: str, z: float, height: float) -> Assembly:
    """Returns the cages of the core walls of a storey, `height` tall, standing on z, metres."""
    rows = []
    for label, pose, length, doors in wall_lines(plan.core):
        openings = "".join(f"_{start:.2f}-{end:.2f}" for start, end in doors)
        key = f"frame/wall_cage_{length:.3f}x{height:.3f}x{plan.core.wall:.2f}{openings}"
        shape = (key, wall_cage(length, height, plan.core.wall, doors))
        rows.append(copies(f"{name}/wall_cage_{label}", "rebar_cage", shape, (REBAR,), (pose_at(z=z) @ pose)[None]))
    return Assembly.merged(rows)


def core_forms(plan: FramePlan, name: str, z: float, height: float, climbing: bool) -> Assembly:
    """Returns the forms around the core walls of a storey.

    Args:
        plan: the frame's.
        name: prefix of the names of what is made.
        z: what the walls stand on, metres.
        height: of the walls, metres.
        climbing: whether the forms hang on the walls below, or stand on a floor.
    """
    low, high = plan.core.outside
    width, depth = high - low
    sides = [
        ("south", pose_at(high[0], low[1], yaw=np.pi), width),
        ("east", pose_at(high[0], high[1], yaw=-np.pi / 2), depth),
        ("north", pose_at(low[0], high[1]), width),
        ("west", pose_at(low[0], low[1], yaw=np.pi / 2), depth),
    ]
    materials = (PLY, H20, STEEL)
    made = []
    for label, pose, length in sides:
        key = f"formwork/wall_{length:.3f}x{height:.3f}{'_climbing' if climbing else ''}"
        shape = (key, wall_form(length, height, climbing))
        proxy = form_proxy(length, height, climbing)
        made.append(piece(f"{name}/form_{label}", "formwork", shape, materials, pose_at(z=z) @ pose, proxy))
    for number, (corner, size) in enumerate(_shafts(plan)):
        hung = number == 1 and z > GROUND + 1e-6  # the lift has no floor above its pit
        key = f"formwork/shaft_{size[0]:.3f}x{size[1]:.3f}x{height:.3f}{'_hung' if hung else ''}"
        shape = (key, shaft_form(*size, height, hung))
        hole = np.array([(INNER, INNER), np.array(size) - INNER])
        proxy = ring_proxy(((0, 0), size), hole, 0.0, height)
        made.append(piece(f"{name}/shaft_form_{number}", "formwork", shape, materials, pose_at(*corner, z), proxy))
    return Assembly.merged(made)


def _shafts(plan: FramePlan) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Returns low corner and size of the stair well, the lift shaft and the service room between the walls."""
    core, wall = plan.core, plan.core.wall
    stair, lift = core.stair_opening, core.lift_opening
    south, north = core.y + wall, core.outside[1, 1] - wall
    service = south + LIFT_DEPTH + wall
    rooms = [
        ((stair[0, 0], south), (stair[1, 0], north)),
        ((lift[0, 0], south), (lift[1, 0], south + LIFT_DEPTH)),
        ((lift[0, 0], service), (lift[1, 0], north)),
    ]
    return [((x0, y0), (round(x1 - x0, 4), round(y1 - y0, 4))) for (x0, y0), (x1, y1) in rooms]
