"""What lies and stands on the floor: a rug before the sink, a bin, a basket and bottles in a corner. Metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen.arrangement import Arrangement
from buildee.generators.kitchen.cooking import roots
from buildee.generators.kitchen.groups import Table
from buildee.generators.kitchen.movement import Boxes
from buildee.generators.kitchen.stock import Stock
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.sundries import rug, waste_bin
from buildee.generators.kitchen.walls import inside
from buildee.layout.pieces import box_proxy, pose_at
from buildee.layout.resting import Support
from buildee.layout.scene import Instance, Part, Pose
from buildee.layout.trays import anywhere

BIN = 0.36
"""Side of the square beside a run that takes a bin."""

FROM_DOOR = 1.1
"""What stands in a corner keeps so far from doors and passages."""

CORNER = 0.56
"""Side of the square in a corner that takes a bin or a basket."""


def furnish_floor(
    stock: Stock, style: Style, plan: Arrangement, supports: Sequence[Support], built: Sequence[Instance]
) -> None:
    """Puts a rug before a sink, and a bin and stores into free corners."""
    room, rng = Boxes(built), stock.rng
    sinks = [support for support in supports if support.kind == "sink"][:1]
    for sink in sinks:
        if rng.random() < stock.contents.hung:
            size = (round(float(rng.uniform(0.9, 1.2)), 2), round(float(rng.uniform(0.5, 0.65)), 2))
            pose = sink.poses[0] @ pose_at(0.0, -0.36 - size[1] / 2, 0.0, float(rng.normal(0, 0.03)))
            pose[2, 3] = 0.0
            clear = is_clear(room, pose, (size[0] + 0.12, size[1], 0.03))
            if clear and inside(plan.room.outline, pose[None, :2, 3]).all() and _far_from_doors(plan, pose, 0.9):
                stock.add(rug(size, style, rng), pose)
    corners = [pose for pose in _corners(plan) if is_clear(room, pose, (CORNER, CORNER, 0.8))]
    for number, pose in enumerate(corners[:2]):
        if number == 0:
            stock.add(waste_bin(style, rng).model, pose @ pose_at(0.0, 0.0, 0.0, float(rng.normal(0, 0.1))))
        else:
            support = Support(f"floor_{number}", "floor", pose[None], np.array([CORNER, CORNER]), topic="stores")
            table = Table.of(stock, support)
            roots(table)
            for _ in range(int(rng.integers(1, 6))):
                table.put(("bottle", "wine_bottle"), anywhere, (0.0, 1.5))
    ends = [] if corners else [pose for pose in _ends(plan) if is_clear(room, pose, (BIN, BIN, 0.8))]
    for pose in ends[:1]:
        stock.add(waste_bin(style, rng).model, pose @ pose_at(0.0, 0.0, 0.0, float(rng.normal(0, 0.1))))


def _ends(plan: Arrangement) -> list[Pose]:
    """Returns the middles of squares at the wall beside the free ends of runs; +X looks out of the wall."""
    found = []
    for run in plan.runs:
        wall = plan.room.walls[run.wall]
        for x in (run.low - BIN / 2 - 0.02, run.high + BIN / 2 + 0.02):
            pose = wall.pose @ pose_at(x, BIN / 2 + 0.03, 0.0, np.pi / 2)
            inner = BIN / 2 < x < wall.length - BIN / 2
            if inner and inside(plan.room.outline, pose[None, :2, 3]).all() and _far_from_doors(plan, pose, BIN + 0.2):
                found.append(pose)
    return found


def _corners(plan: Arrangement) -> list[Pose]:
    """Returns the middles of squares in the room's corners that keep clear of doors; +X looks out of the corner."""
    found = []
    outline = plan.room.outline
    for before, here, after in zip(np.roll(outline, 1, 0), outline, np.roll(outline, -1, 0), strict=True):
        out = (before - here) / np.linalg.norm(before - here) + (after - here) / np.linalg.norm(after - here)
        spot = here + out * (CORNER / 2 + 0.03)
        pose = pose_at(*spot, 0.0, float(np.round(np.arctan2(out[1], out[0]) / (np.pi / 2) - 0.5)) * np.pi / 2)
        if inside(outline, spot[None]).all() and _far_from_doors(plan, pose, FROM_DOOR):
            found.append(pose)
    return found


def _far_from_doors(plan: Arrangement, pose: Pose, least: float) -> bool:
    """Returns whether a place keeps away from all doors and passages."""
    for opening in plan.room.openings:
        if opening.kind != "window":
            middle = plan.room.walls[opening.wall].pose @ np.array([(opening.start + opening.end) / 2, 0.0, 0.0, 1.0])
            if np.linalg.norm(middle[:2] - pose[:2, 3]) < least + opening.width / 2 - 0.3:
                return False
    return True


def is_clear(room: Boxes, pose: Pose, size: tuple[float, float, float]) -> bool:
    """Returns whether nothing is in a box that stands on the floor."""
    long, wide, high = size
    part = Part("body", "", (), proxy=box_proxy(((-long / 2, -wide / 2, 0.004), (long / 2, wide / 2, high))))
    return not room.touches(-1, Instance("free", "object", (part,), pose[None]), 0.0)
