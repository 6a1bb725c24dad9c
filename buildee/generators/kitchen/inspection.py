"""What one looks for who takes over a kitchen: nothing in one place twice or in the air, all opens, one gets about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen import Household
from buildee.generators.kitchen.clearance import folded
from buildee.generators.kitchen.movement import SHUTS
from buildee.generators.kitchen.walls import inside
from buildee.layout.contact import Overlap, boxes_in, interpenetration, overlap_depth, unsupported
from buildee.layout.kinematics import part_poses
from buildee.layout.placement import boxes_of
from buildee.layout.resting import Support
from buildee.layout.scene import Instance, Layout, Part

CONTACTS: Mapping[tuple[str, str], str] = {
    ("cooker_hood", "kitchen_unit"): "a hood hangs inside the cupboard around it",
    ("hob", "kitchen_unit"): "a hob reaches through the worktop between the sides of the unit below",
    ("socket", "tiling"): "sockets are let into tiles",
    ("light_switch", "tiling"): "so are switches",
    ("kitchen_unit", "tiling"): "tiles reach up behind light rails",
    ("fence", "fence"): "neighbours share the post at the corner",
    ("fence", "road"): "posts stand in the ground",
    ("fence", "kerb"): "posts stand in the ground",
}
"""Categories whose things lie in each other by nature, and why."""

HANGING = (
    *("kitchen_unit", "shelf", "cooker_hood", "picture", "clock", "socket", "light_switch", "curtain", "blind"),
    *("lamp", "pendant_lamp", "radiator", "air_vent"),
)
"""Categories that hang on walls, ceilings and worktops' undersides."""

TOUCH = 2e-3
"""Overlap of proxies that does not count, metres."""

ON_AXIS = 0.02
"""Equal things whose axes are no farther apart nest in one stack, metres."""

USEFUL = {"hinge": np.deg2rad(70.0), "slider": 0.6}
"""How far doors must open, radians, and drawers, share of their travel, to be of use."""

FOLDED = np.deg2rad(60.0)
"""How far the second leaf of a folding pair must fold."""

STEPS = 9
"""So many values of a joint are tried between shut and its limit."""

CELL, DISC = 0.05, 0.6
"""Grid on the floor, and what a person takes of it: the breadth of shoulders with some air, metres."""

HEADROOM = 1.9
"""What is higher one walks under, metres."""

STEP = 0.03
"""What is lower one walks over, metres: rugs and thresholds."""

IN_HAND = 0.95
"""How far the middle of what one uses may be from the middle of oneself, metres."""

CABINETS = ("shelf", "drawer", "rack")
"""Carriers whose things are put away: they move with what they are in, or are taken out first."""


def inspect(household: Household) -> list[str]:
    """Returns everything wrong with a kitchen, one sentence each; nothing for a sound one."""
    layout = household.layout
    findings = [
        f"{overlap.first} and {overlap.second} overlap by {1000 * overlap.depth:.1f} mm in frame {overlap.frame}"
        for overlap in interpenetration(layout, frozenset(map(frozenset, CONTACTS)), TOUCH)
        if not _nests(overlap, layout) and not _is_mitred(overlap)
    ]
    findings += [f"{name} floats" for name in unsupported(layout, lambda points: np.zeros(len(points)), HANGING)]
    return [*findings, *_jammed(household), *_walled_in(household)]


def _nests(overlap: Overlap, layout: Layout) -> bool:
    """Returns whether two things are equal pieces of one stack: plates and bowls lie in each other."""
    names = {overlap.first.rsplit("/", 1)[0], overlap.second.rsplit("/", 1)[0]}
    one, two = (item for item in layout.instances if item.name in names)
    apart = np.hypot(*(one.poses[0] - two.poses[0])[:2, 3])
    return one.parts[0].shape == two.parts[0].shape and bool(apart < ON_AXIS)


def _is_mitred(overlap: Overlap) -> bool:
    """Returns whether two mouldings meet in a corner, where they are cut to each other."""
    return {name.rsplit("/", 1)[1] for name in (overlap.first, overlap.second)} in ({"cornice"}, {"light_rail"})


def _jammed(household: Household) -> Iterator[str]:
    """Finds doors, drawers and flaps that meet something before they are open to a useful degree."""
    shut = [replace(item, values={}, poses=item.poses[:1]) for item in household.layout.instances]
    stored = _stored(household.layout, household.supports)
    solid = [item for item in shut if item.name not in stored]
    others = boxes_in(replace(household.layout, instances=tuple(solid), frames=1))
    for number, item in enumerate(solid):
        mine = others.owner == number
        for part in item.parts:
            if part.joint is None or not part.name.startswith(SHUTS) or item.category not in OPENING:
                continue
            free, meets = _opens(item, part, others.poses[0, ~mine], others.half[~mine])
            limit = float(np.abs(part.joint.limits).max())
            need = USEFUL["hinge"] if part.joint.kind == "hinge" else USEFUL["slider"] * limit
            need = FOLDED if part.name.endswith("fold") else need
            if free < need:
                what = f"{np.rad2deg(free):.0f} degrees" if part.joint.kind == "hinge" else f"{free:.2f} m"
                against = (
                    [name for name, own in zip(others.names, mine, strict=True) if not own][meets]
                    if meets >= 0
                    else "its limit"
                )
                yield f"{item.name}/{part.name} opens no farther than {what}: {against}"


OPENING = ("kitchen_unit", "refrigerator", "oven", "microwave", "dishwasher", "washing_machine", "door", "window")
"""Categories whose doors, drawers and flaps are looked at."""


def _opens(item: Instance, part: Part, poses: NDArray[np.float64], half: NDArray[np.float64]) -> tuple[float, int]:
    """Returns how far a part opens, radians or metres, and which of some boxes it meets; -1 when it meets none."""
    low, high = part.joint.limits
    values = np.linspace(0.0, high if abs(high) > abs(low) else low, STEPS)
    folds = folded(item.parts, item.parts.index(part))
    moved, sizes, steps = [], [], []
    for step, value in enumerate(values):
        world = part_poses(replace(item, values={**folds, part.name: np.array([value])}))[0]
        for index in _carried(item.parts, part):
            if (proxy := item.parts[index].proxy) is not None:
                moved.append(world[index] @ proxy.poses)
                sizes.append(proxy.half)
                steps.append(np.full(len(proxy.half), step))
    if not moved:
        return abs(float(values[-1])), -1
    own, own_half, when = np.concatenate(moved), np.concatenate(sizes), np.concatenate(steps)
    apart = np.linalg.norm(own[:, None, :3, 3] - poses[None, :, :3, 3], axis=-1)
    one, two = np.nonzero(apart < np.linalg.norm(own_half, axis=1)[:, None] + np.linalg.norm(half, axis=1))
    depth = overlap_depth(own[one], own_half[one], poses[two], half[two])
    count = len(own) // STEPS
    before = np.zeros((count, len(poses)))
    first = when[one] == 0
    before[one[first], two[first]] = np.maximum(depth[first], 0.0)
    hits = np.flatnonzero(depth > before[one % count, two] + TOUCH)
    if not len(hits):
        return abs(float(values[-1])), -1
    soonest = hits[np.argmin(when[one[hits]])]
    return abs(float(values[when[one[soonest]] - 1])), int(two[soonest])


def _carried(parts: Sequence[Part], part: Part) -> list[int]:
    """Returns the numbers of a part and of all that hangs on it."""
    moves = [index for index, item in enumerate(parts) if item is part]
    for index, item in enumerate(parts):
        if item.parent in moves:
            moves.append(index)
    return moves


def _stored(layout: Layout, supports: Sequence[Support]) -> set[str]:
    """Returns the names of things that are put away in cupboards, drawers and appliances."""
    places = np.array([item.poses[0, :3, 3] for item in layout.instances])
    found: set[str] = set()
    for support in supports:
        if support.kind not in CABINETS:
            continue
        local = places @ support.poses[0, :3, :3] - support.poses[0, :3, 3] @ support.poses[0, :3, :3]
        within = (np.abs(local[:, :2]) <= support.size / 2).all(1) & (np.abs(local[:, 2] - 0.25) < 0.3)
        found |= {layout.instances[index].name for index in np.flatnonzero(within)}
    return {name for name in found if not name.startswith(OWN)}


OWN = (
    "base_",
    "wall_",
    "tall_",
    "oven_",
    "microwave_tall",
    "refrigerator_",
    "dishwasher_",
    "hood_",
    "washing_machine_",
)
"""How names of furniture begin: it is not put away, even where its middle is in a cupboard."""


def _walled_in(household: Household) -> Iterator[str]:
    """Finds what one cannot walk up to from a door."""
    room = household.plan.room
    low, high = room.outline.min(0), room.outline.max(0)
    xs, ys = (np.arange(low[axis] + CELL / 2, high[axis], CELL) for axis in (0, 1))
    cells = np.stack(np.meshgrid(xs, ys, indexing="ij"), -1)
    free = _clear(household.layout, cells)
    free &= inside(room.outline, cells)
    for wall in room.walls:
        local = (cells - wall.pose[:2, 3]) @ wall.pose[:2, :2]
        along = (local[..., 0] > 0) & (local[..., 0] < wall.length)
        free &= ~(along & (np.abs(local[..., 1]) < DISC / 2))
    goals = list(_goals(household))
    for opening in room.openings:
        if opening.kind == "window":
            continue
        wall = room.walls[opening.wall]
        before = (wall.pose @ np.array([opening.start + opening.width / 2, DISC / 2 + CELL, 0.0, 1.0]))[:2]
        reached = _flood(free & (np.linalg.norm(cells - before, axis=-1) < opening.width / 2), free)
        if not reached.any():
            yield f"the {opening.kind} of wall {opening.wall} is blocked"
            continue
        for name, middle in goals:
            gap = float(np.linalg.norm(cells[reached] - middle, axis=-1).min())
            if gap > IN_HAND:
                yield f"from the {opening.kind} of wall {opening.wall} one gets no nearer to {name} than {gap:.2f} m"


def _goals(household: Household) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Returns what one works at, and the middle of each in plan."""
    for item in household.layout.instances:
        if item.category in ("sink", "hob", "refrigerator"):
            poses, half = boxes_of(item)
            reach = (np.abs(poses[:, :3, :3]) * half[:, None]).sum(-1)
            yield item.name, ((poses[:, :3, 3] - reach).min(0) + (poses[:, :3, 3] + reach).max(0))[:2] / 2


def _clear(layout: Layout, cells: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Returns where the middle of a person may be; doors of rooms and cupboards count as shut."""
    free = np.ones(cells.shape[:2], bool)
    things = [replace(item, values={}) for item in layout.instances if item.category != "door"]
    boxes = boxes_in(replace(layout, instances=tuple(things)), frames=1)
    for pose, half in zip(boxes.poses[0], boxes.half, strict=True):
        reach = np.abs(pose[:3, :3]) @ half
        bottom, top = pose[2, 3] - reach[2], pose[2, 3] + reach[2]
        if bottom > HEADROOM or top < STEP:
            continue
        upright = abs(pose[2, 2]) > 0.99
        axes, size = (pose[:2, :2], half[:2]) if upright else (np.eye(2), reach[:2])
        local = np.abs((cells - pose[:2, 3]) @ axes) - size
        free &= np.linalg.norm(np.maximum(local, 0.0), axis=-1) >= DISC / 2
    return free


def _flood(start: NDArray[np.bool_], free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns the free cells that are joined to the first ones."""
    reached = start
    while True:
        grown = np.pad(reached, 1)
        grown = grown[1:-1, 1:-1] | grown[:-2, 1:-1] | grown[2:, 1:-1] | grown[1:-1, :-2] | grown[1:-1, 2:]
        grown &= free
        if (grown == reached).all():
            return reached
        reached = grown
