"""What one looks for who takes over a kitchen: nothing in one place twice or in the air, all opens, one gets about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np

from buildee.generators.kitchen import Household
from buildee.generators.kitchen.aisles import narrow, out_of_reach
from buildee.generators.kitchen.holding import GAP, RAIL, holders, on_axis
from buildee.generators.kitchen.swings import jammed, shut
from buildee.layout.contact import Overlap, interpenetration, unsupported
from buildee.layout.kinematics import in_frames
from buildee.layout.scene import Instance, Layout

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

TOUCH = 1e-3
"""Overlap of proxies that does not count, metres."""

SETTLED = 2e-3
"""The same of things that fell into their places."""

STILL = 1e-3
"""How far a thing moves from frame to frame and still counts as resting, metres."""


def inspect(household: Household) -> list[str]:
    """Returns everything wrong with a kitchen, one sentence each; nothing for a sound one."""
    layout, things = household.layout, household.things
    held = holders(layout, things)
    closed, cargo = shut(layout, things, held)
    return [
        *_overlapping(layout),
        *_floating(layout, things, set(held)),
        *jammed(closed, cargo),
        *narrow(closed, things),
        *out_of_reach(closed, household.plan.room),
    ]


def inspect_settled(layout: Layout, fell: Collection[str]) -> list[str]:
    """Returns what is wrong with things that fell or were let go, at the end of the clip; nothing if all lie well.

    Args:
        layout: settled.
        fell: their names; those still under way are looked at for overlaps alone.
    """
    last = np.array([layout.frames - 1])
    there = replace(layout, instances=tuple(in_frames(item, last) for item in layout.instances), frames=1)
    found = [
        f"{overlap.first} and {overlap.second} overlap by {1000 * overlap.depth:.1f} mm"
        for overlap in interpenetration(there, tolerance=SETTLED)
        if {overlap.first.rsplit("/", 1)[0], overlap.second.rsplit("/", 1)[0]} & set(fell)
    ]
    rests = {item.name for item in layout.instances if item.name in fell and not _moves(item)}
    return found + [f"{name} stands on nothing" for name in sorted(rests - set(holders(there, rests)))]


def _moves(item: Instance) -> bool:
    """Returns whether a thing is still under way in the last frame."""
    return len(item.poses) > 1 and bool(np.abs(item.poses[-1] - item.poses[-2])[:3].max() > STILL)


def _overlapping(layout: Layout) -> Iterator[str]:
    """Finds what lies in something else, in any frame."""
    fell = {item.instance for item in layout.loose or ()}
    for overlap in interpenetration(layout, frozenset(map(frozenset, CONTACTS)), TOUCH):
        names = {overlap.first.rsplit("/", 1)[0], overlap.second.rsplit("/", 1)[0]}
        if not (names <= fell or _nests(names, layout) or _is_mitred(overlap)):
            mm = 1000 * overlap.depth
            yield f"{overlap.first} and {overlap.second} overlap by {mm:.1f} mm in frame {overlap.frame}"


def _nests(names: set[str], layout: Layout) -> bool:
    """Returns whether two things are equal pieces of one stack: plates and bowls lie in each other."""
    one, two = (item for item in layout.instances if item.name in names)
    return one.parts[0].shape == two.parts[0].shape and on_axis(one.poses[0, :3, 3], two.poses[0, :3, 3])


def _is_mitred(overlap: Overlap) -> bool:
    """Returns whether two mouldings meet in a corner, where they are cut to each other."""
    return {name.rsplit("/", 1)[1] for name in (overlap.first, overlap.second)} in ({"cornice"}, {"light_rail"})


def _floating(layout: Layout, things: frozenset[str], held: Collection[str]) -> Iterator[str]:
    """Finds what hangs on nothing, and things that nothing carries from below."""
    falls = {item.instance for item in layout.loose or ()}
    for name in unsupported(layout, lambda points: np.zeros(len(points)), gap=GAP):
        if name not in falls:
            yield f"{name} touches nothing that holds it"
    rails = {item.name for item in layout.instances if item.category == RAIL}
    for name in sorted(things - falls - rails - set(held)):
        yield f"{name} stands on nothing"
