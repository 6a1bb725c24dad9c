"""Whether doors, drawers and flaps open far enough to be of use, with all that stands about and lies in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.clearance import YIELDING, before_it, needed
from buildee.generators.kitchen.movement import INNER, SHUTS
from buildee.layout.contact import Boxes, boxes_in, close_pairs, overlap_depth
from buildee.layout.kinematics import bounds_of, carried, inverse, part_poses
from buildee.layout.scene import Instance, Layout

Array = NDArray[np.float64]

OPENING = ("kitchen_unit", "refrigerator", "oven", "microwave", "dishwasher", "washing_machine", "door", "window")
"""Categories whose doors, drawers, flaps, racks and sashes are looked at."""

OPENS = (*SHUTS, *INNER, "leaf", "sash", "lower", "upper")
"""What the names of their parts begin with."""

STEPS = 25
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
    solid = _without(boxes, [index for index, item in enumerate(layout.instances) if item.category in YIELDING])
    number = {item.name: index for index, item in enumerate(layout.instances)}
    for item in layout.instances:
        if item.category not in OPENING:
            continue
        riding = {place: [number[name] for name in cargo.get((number[item.name], place), ())] for place in _all(item)}
        for place, part in enumerate(item.parts):
            if part.joint is None or not part.name.startswith(OPENS):
                continue
            free, meets = _opens(item, place, riding, solid if item.category == "window" else boxes, number[item.name])
            if free < needed(part):
                what = f"{np.rad2deg(free):.0f} degrees" if part.joint.kind == "hinge" else f"{free:.2f} m"
                yield f"{item.name}/{part.name} opens no farther than {what}: {meets or 'its limit'}"


def _all(item: Instance) -> range:
    """Returns the numbers of a thing's parts."""
    return range(len(item.parts))


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


def _opens(
    item: Instance, index: int, riding: Mapping[int, Sequence[int]], boxes: Boxes, owner: int
) -> tuple[float, str]:
    """Returns how far a part opens, radians or metres, and what it meets; nothing when it meets nothing.

    Args:
        item: shut.
        index: of the part.
        riding: numbers of the things in or on each of its parts.
        boxes: of everything.
        owner: number of the item.
    """
    part, moving = item.parts[index], carried(item.parts, index)
    low, high = part.joint.limits
    values = np.linspace(0.0, high if abs(high) > abs(low) else low, STEPS)
    which = _on_parts(item, riding, boxes, owner)
    own = np.array(list(which))
    ahead = before_it(item.parts, index)
    back = inverse(part_poses(item)[0])
    around = boxes.poses[0].copy()
    around[own] = (part_poses(replace(item, values=ahead))[0] @ back)[list(which.values())] @ around[own]
    moves = np.array([box for box, place in which.items() if place in moving])
    world = part_poses(replace(item, values={**ahead, part.name: values}))
    poses = (world @ back)[:, [which[box] for box in moves.tolist()]] @ boxes.poses[0, moves]
    half = boxes.half[moves]
    near = _near(poses, half, Boxes(boxes.names, boxes.owner, around[None], boxes.half))
    near = near[~np.isin(near, moves)]
    others, sizes = around[near], boxes.half[near]
    one, two, depth = _depths(around[moves], half, others, sizes)
    before = np.zeros((len(half), len(near)))
    before[one, two] = np.maximum(depth, 0.0)
    for step, moved in enumerate(poses):
        one, two, depth = _depths(moved, half, others, sizes)
        hits = np.flatnonzero(depth > before[one, two] + TOUCH)
        if len(hits):
            return abs(float(values[max(step - 1, 0)])), boxes.names[near[two[hits[0]]]]
    return abs(float(values[-1])), ""


def _on_parts(item: Instance, riding: Mapping[int, Sequence[int]], boxes: Boxes, owner: int) -> dict[int, int]:
    """Returns the part that each box of a thing, and of what lies in or on it, moves with."""
    number = {f"{item.name}/{part.name}": place for place, part in enumerate(item.parts)}
    found = {int(box): number[boxes.names[box]] for box in np.flatnonzero(boxes.owner == owner)}
    for place, names in riding.items():
        found |= dict.fromkeys(np.flatnonzero(np.isin(boxes.owner, names)).tolist(), place)
    return found


def _without(boxes: Boxes, owners: Sequence[int]) -> Boxes:
    """Returns boxes without those of some things."""
    kept = ~np.isin(boxes.owner, owners)
    names = [name for name, keep in zip(boxes.names, kept.tolist(), strict=True) if keep]
    return Boxes(names, boxes.owner[kept], boxes.poses[:, kept], boxes.half[kept])


def _near(poses: Array, half: Array, boxes: Boxes) -> NDArray[np.int64]:
    """Returns the numbers of the boxes near the way of some that move.

    Args:
        poses: (S, M, 4, 4) at each step.
        half: (M, 3) their half extents.
        boxes: all there are.
    """
    low, high = bounds_of(poses, half)
    lowest, highest = bounds_of(boxes.poses[0], boxes.half)
    return np.flatnonzero(((lowest < high.max((0, 1))) & (highest > low.min((0, 1)))).all(1))


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
