"""Rain: what is outdoors is wet for a while after it."""

from __future__ import annotations

from dataclasses import replace

from buildee.generators.construction_site.pieces import repainted
from buildee.layout.material import Material
from buildee.layout.scene import Assembly

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
    known: dict[int, Material] = {}  # by identity: things share materials, and hashing one takes longer than all else

    def soaked(_: object, item: Material) -> Material:
        if id(item) not in known:
            dry = item.kind in SHEDS or item.wetness >= share
            known[id(item)] = item if dry else replace(item, wetness=share)
        return known[id(item)]

    return repainted(things, soaked)
