"""Whether doors, drawers and flaps open far enough to be of use, with all that stands about and lies in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.clearance import folded
from buildee.generators.kitchen.movement import SHUTS
from buildee.layout.contact import Boxes, boxes_in, close_pairs, overlap_depth
from buildee.layout.kinematics import inverse, part_poses, reach_of
from buildee.layout.scene import Instance, Layout, Part

Array = NDArray[np.float64]

OPENING = ("kitchen_unit", "refrigerator", "oven", "microwave", "dishwasher", "washing_machine", "door")
"""Categories whose doors, drawers and flaps are looked at."""

OPENS = (*SHUTS, "leaf")
"""What the names of their parts begin with."""

USEFUL = {"hinge": np.deg2rad(70.0), "slider": 0.6}
"""How far doors must open, radians, and drawers, share of their travel, to be of use."""

FOLDED = np.deg2rad(60.0)
"""How far both leaves of a folding pair must turn, radians: together they bare the corner."""

STEPS = 13
"""So many values of a joint are tried between shut and its limit."""

TOUCH = 1e-3
"""By how much more than when shut a moving part may lie in something else, metres."""


def jammed(layout: Layout, cargo: Mapping[tuple[int, int], Sequence[str]]) -> Iterator[str]:
    """Finds doors, drawers and flaps that meet something before they are open to a useful degree.

    What lies in a drawer or stands in a door moves with it, and all else is in the way.

    Args:
        layout: shut.
        cargo: names of the things that move with each (instance, part).
    """
    boxes = boxes_in(layout, frames=1)
    number = {item.name: index for index, item in enumerate(layout.instances)}
    for item in layout.instances:
        if item.category not in OPENING:
            continue
        for place, part in enumerate(item.parts):
            if part.joint is None or not part.name.startswith(OPENS):
                continue
            moving = _carried(item.parts, part)
            riding = [number[name] for index in moving for name in cargo.get((number[item.name], index), ())]
            free, meets = _opens(item, part, moving, riding, boxes, number[item.name])
            limit = float(np.abs(part.joint.limits).max())
            need = USEFUL["hinge"] if part.joint.kind == "hinge" else USEFUL["slider"] * limit
            pair = part.name.endswith("fold") or folded(item.parts, place)
            if free < (FOLDED if pair else need):
                what = f"{np.rad2deg(free):.0f} degrees" if part.joint.kind == "hinge" else f"{free:.2f} m"
                yield f"{item.name}/{part.name} opens no farther than {what}: {meets or 'its limit'}"


def shut(
    layout: Layout, things: Collection[str], held: Mapping[str, Sequence[tuple[int, int]]]
) -> tuple[Layout, dict[tuple[int, int], list[str]]]:
    """Returns a layout with all joints at zero, and the names of the things that move with each (instance, part).

    What lies in a drawer that stands open goes in with it.

    Args:
        layout: in its first frame.
        things: names of what was put somewhere.
        held: what holds each of them.
    """
    bases = _bases(layout, things, held)
    instances = [replace(item, values={}, poses=item.poses[:1]) for item in layout.instances]
    place = {item.name: index for index, item in enumerate(instances)}
    cargo: dict[tuple[int, int], list[str]] = {}
    for name, (owner, part) in bases.items():
        cargo.setdefault((owner, part), []).append(name)
        if layout.instances[owner].values:
            back = part_poses(instances[owner])[0, part] @ inverse(part_poses(layout.instances[owner])[0, part])
            instances[place[name]] = replace(instances[place[name]], poses=back @ instances[place[name]].poses)
    return replace(layout, instances=tuple(instances), frames=1), cargo


def _bases(
    layout: Layout, things: Collection[str], held: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[str, tuple[int, int]]:
    """Returns the (instance, part) numbers of the furniture that carries each thing, over others where it is so."""
    found: dict[str, tuple[int, int]] = {}
    while True:
        before = len(found)
        for name, below in held.items():
            for owner, part in below:
                carrier = layout.instances[owner].name
                if name not in found and (carrier not in things or carrier in found):
                    found[name] = found.get(carrier, (owner, part))
        if len(found) == before:
            return found


def _carried(parts: Sequence[Part], part: Part) -> list[int]:
    """Returns the numbers of a part and of all that hangs on it."""
    moves = [index for index, item in enumerate(parts) if item is part]
    for index, item in enumerate(parts):
        if item.parent in moves:
            moves.append(index)
    return moves


def _opens(
    item: Instance, part: Part, moving: Sequence[int], riding: Sequence[int], boxes: Boxes, owner: int
) -> tuple[float, str]:
    """Returns how far a part opens, radians or metres, and what it meets; nothing when it meets nothing.

    Args:
        item: shut.
        part: of it.
        moving: numbers of the parts that move.
        riding: numbers of the things in or on them.
        boxes: of everything.
        owner: number of the item.
    """
    index = item.parts.index(part)
    low, high = part.joint.limits
    values = np.linspace(0.0, high if abs(high) > abs(low) else low, STEPS)
    world = part_poses(replace(item, values={**folded(item.parts, index), part.name: values}))
    swing = np.broadcast_to(world, (STEPS, *world.shape[1:])) @ inverse(part_poses(item)[0])
    own = np.flatnonzero(boxes.owner == owner)
    number = {f"{item.name}/{one.name}": place for place, one in enumerate(item.parts)}
    which = {int(box): number[boxes.names[box]] for box in own if number[boxes.names[box]] in moving}
    which |= dict.fromkeys(np.flatnonzero(np.isin(boxes.owner, riding)).tolist(), index)
    moves = np.array(list(which))
    start, half = boxes.poses[0, moves], boxes.half[moves]
    poses = swing[:, list(which.values())] @ start
    near = _near(poses, half, boxes)
    near = near[~np.isin(near, moves)]
    others, sizes = boxes.poses[0, near], boxes.half[near]
    one, two, depth = _depths(start, half, others, sizes)
    before = np.zeros((len(half), len(near)))
    before[one, two] = np.maximum(depth, 0.0)
    for step, moved in enumerate(poses):
        one, two, depth = _depths(moved, half, others, sizes)
        hits = np.flatnonzero(depth > before[one, two] + TOUCH)
        if len(hits):
            return abs(float(values[max(step - 1, 0)])), boxes.names[near[two[hits[0]]]]
    return abs(float(values[-1])), ""


def _near(poses: Array, half: Array, boxes: Boxes) -> NDArray[np.int64]:
    """Returns the numbers of the boxes near the way of some that move.

    Args:
        poses: (S, M, 4, 4) at each step.
        half: (M, 3) their half extents.
        boxes: all there are.
    """
    reach = reach_of(poses, half)
    low, high = (poses[..., :3, 3] - reach).min((0, 1)), (poses[..., :3, 3] + reach).max((0, 1))
    far = (np.abs(boxes.poses[0, :, :3, :3]) * boxes.half[:, None]).sum(-1)
    middle = boxes.poses[0, :, :3, 3]
    return np.flatnonzero(((middle - far < high) & (middle + far > low)).all(1))


def _depths(
    moved: Array, half: Array, others: Array, sizes: Array
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Returns the numbers of moving boxes and of others that they may meet, and how deep they lie in them.

    Args:
        moved, half: (M, 4, 4) and (M, 3) of those that move.
        others, sizes: (N, 4, 4) and (N, 3) of those that stand still.
    """
    side = np.repeat((0, 1), (len(moved), len(others)))
    first, second = close_pairs(np.concatenate([moved, others]), np.concatenate([half, sizes]), side)
    one, two = np.minimum(first, second), np.maximum(first, second) - len(moved)
    return one, two, overlap_depth(moved[one], half[one], others[two], sizes[two])
