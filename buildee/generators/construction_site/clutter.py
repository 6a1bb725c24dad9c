"""What is left lying at the work fronts: beside the building, at the pit's edge, wherever a crew has been."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.furnishing import FENCE
from buildee.generators.construction_site.props import PROPS
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.yard import Stand, size_of
from buildee.layout.placement import Footprint, Plan
from buildee.layout.scene import Model
from buildee.recipe.seed import Seed

LEFT = (
    "debris_pile",
    "pallet",
    "bucket",
    "tool",
    "timber_stack",
    "barrel",
    "toolbox",
    "pallet",
    "tool",
    "big_bag",
    "wheelbarrow",
    "debris_pile",
    "bucket",
    "ladder",
    "pallet_pile",
    "gas_bottle",
    "plywood_stack",
)
"""Dealt out in this order."""

STIFF = ("pallet", "timber_stack", "pallet_pile", "big_bag", "plywood_stack", "debris_pile")
"""Kinds under which the ground is graded."""

LOOKS = 2
"""Of a kind that are told apart."""

TOGETHER = 4
"""Things that lie about one place."""

TRIES = 8
"""Places that are tried for a thing; where none is free, nothing lies there."""


def clutter(count: int, plot: Plot, plan: Plan, seed: Seed) -> list[Stand]:
    """Decides what lies about once everything else has its place: at most `count` things, fewer where it is full."""
    stands: list[Stand] = []
    models: dict[tuple[str, int], Model] = {}
    for number in range(count):
        rng = seed.child(number).rng()
        about = _front(plot, seed.child("front").child(number // TOGETHER).rng())
        kind = LEFT[number % len(LEFT)]
        look = kind, number % LOOKS
        if look not in models:
            models[look] = PROPS[kind](seed.child("look").child(kind).child(look[1]).rng())
        model = models[look]
        size = size_of(model)
        for attempt in range(TRIES):
            x, y = about + rng.normal(0, 0.9 + 0.15 * attempt, 2)
            at = Footprint(float(x), float(y), float(rng.uniform(-np.pi, np.pi)), *size)
            if at.overhang(plot.lot.grown(-FENCE)) < 0 and plan.is_free(at, 0.12):
                plan.keep("clutter", at)
                stands.append(Stand(f"{model.category}.clutter.{number}", model, at, pad=kind in STIFF))
                break
    return stands


def _front(plot: Plot, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draws the middle of a work front, metres."""
    dice, share = rng.random(), rng.uniform(-1, 1)
    sides = [(share, 1.0), (share, -1.0), (1.0, share), (-1.0, share)]
    side = sides[int(rng.integers(4))]
    if dice < 0.45:
        return plot.building.grown(rng.uniform(3.4, 5.5)).points([side])[0]
    if dice < 0.65 and plot.pit is not None:
        return plot.pit.grown(rng.uniform(1.8, 3.2)).points([side])[0]
    if dice < 0.85:
        return plot.stores.points([rng.uniform(-1, 1, 2)])[0]
    return plot.lot.grown(-4.0).points([rng.uniform(-1, 1, 2)])[0]
