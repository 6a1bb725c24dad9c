"""What holds the things of a kitchen: what they stand on, in stacks the piece that they nest in, hooks they hang on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

import numpy as np

from buildee.layout.contact import boxes_in, carriers, close_pairs, overlap_depth
from buildee.layout.scene import Layout

ON_AXIS = 0.02
"""Equal things whose axes are no farther apart nest in one stack, metres."""

PITCH = 0.25
"""The highest that one stands over the next in it, metres."""

GAP = 5e-3
"""How far things may be from what carries them, metres."""

RAIL = "rail"
"""Category of what is screwed to walls, on whose hooks things hang."""


def holders(layout: Layout, things: Collection[str]) -> dict[str, list[tuple[int, int]]]:
    """Returns the (instance, part) numbers of what holds each of some things, in the first frame; none for what floats.

    Pieces of a stack touch along slopes that boxes only resemble; that they are as far apart as their shapes want is
    tested with the catalog.
    """
    found = carriers(layout, things, GAP)
    equal: dict[str, list[int]] = {}
    for index, item in enumerate(layout.instances):
        if item.name in things:
            equal.setdefault(item.parts[0].shape, []).append(index)
    for group in equal.values():
        for lower, upper in _nested(group, {index: layout.instances[index].poses[0, :3, 3] for index in group}):
            found.setdefault(layout.instances[upper].name, []).append((lower, 0))
    for name, rail in _hung(layout, things):
        found.setdefault(name, []).append((rail, 0))
    return found


def _hung(layout: Layout, things: Collection[str]) -> Iterator[tuple[str, int]]:
    """Finds things that touch a rail with hooks, and the number of that."""
    boxes = boxes_in(layout, frames=1)
    hooks = np.array([item.category == RAIL for item in layout.instances], bool)
    ends = hooks[boxes.owner]
    one, two = close_pairs(boxes.poses[0], boxes.half + GAP, boxes.owner)
    one, two = np.concatenate([one, two]), np.concatenate([two, one])
    one, two = one[ends[two]], two[ends[two]]
    depth = overlap_depth(boxes.poses[0][one], boxes.half[one], boxes.poses[0][two], boxes.half[two])
    for name, rail in sorted(
        {(layout.instances[a].name, int(b)) for a, b in boxes.owner[np.stack([one, two], 1)[depth > -GAP]]}
    ):
        if name in things:
            yield name, rail


def _nested(group: list[int], places: Mapping[int, np.ndarray]) -> list[tuple[int, int]]:
    """Returns the pairs, the lower one first, of equal things that stand over each other in stacks."""
    stacks: list[list[int]] = []
    for index in group:
        near = (one for one in stacks if on_axis(places[one[0]], places[index]))
        stack = next(near, None)
        if stack is None:
            stacks.append([index])
        else:
            stack.append(index)
    ordered = [sorted(stack, key=lambda index: places[index][2]) for stack in stacks]
    return [
        pair for stack in ordered for pair in pairwise(stack) if 1e-4 < places[pair[1]][2] - places[pair[0]][2] < PITCH
    ]


def on_axis(one: np.ndarray, two: np.ndarray) -> bool:
    """Returns whether two places lie over each other."""
    return float(np.hypot(*(one - two)[:2])) < ON_AXIS
