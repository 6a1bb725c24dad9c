"""Rain: what is outdoors is wet for a while after it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from buildee.layout.material import Material
from buildee.layout.scene import Assembly, Instance, Part

DRIES_FIRST = 0.3
"""Wetness of the ground below which everything that stands on it has dried."""

SHEDS = {"glass", "skin", "emissive", "grass"}
"""Kinds whose look water does not change, or that have a film of their own."""


def rained_on(things: Assembly, wetness: float) -> Assembly:
    """Returns things as wet as the weather leaves them.

    The ground dries last: its wetness is the weather's own. Steel, timber and plastic follow once it is really wet.

    Args:
        things: all that is outdoors.
        wetness: of the weather, 0 to 1.
    """
    share = (wetness - DRIES_FIRST) / (1 - DRIES_FIRST)
    if share <= 0:
        return things
    parts: dict[int, Part] = {}  # by identity: a hundred panels share their parts

    @cache
    def soaked(item: Material) -> Material:
        return item if item.kind in SHEDS or item.wetness >= share else replace(item, wetness=share)

    def soaked_part(part: Part) -> Part:
        if id(part) not in parts:
            wet = tuple(map(soaked, part.materials))
            parts[id(part)] = Part(part.name, part.shape, wet, part.parent, part.rest, part.joint, part.proxy)
        return parts[id(part)]

    def soaked_thing(item: Instance) -> Instance:
        wet = tuple(map(soaked_part, item.parts))
        return Instance(item.name, item.category, wet, item.poses, item.values, item.keypoints)

    return replace(
        things,
        instances=tuple(map(soaked_thing, things.instances)),
        scatters=tuple(replace(thing, materials=tuple(map(soaked, thing.materials))) for thing in things.scatters),
    )
