"""Heaps of spoil, sand and gravel: where they are tipped, how big, of what."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.section import ConstructionSite
from buildee.generators.construction_site.site import Plot
from buildee.generators.construction_site.terrain import Heap
from buildee.layout.material import Material
from buildee.layout.placement import Plan
from buildee.recipe.seed import Seed

_KINDS = (
    ("soil", (0.165, 0.115, 0.072)),
    ("sand", (0.47, 0.36, 0.22)),
    ("gravel", (0.37, 0.35, 0.325)),
)


def heaps(scene: ConstructionSite, plot: Plot, plan: Plan, seed: Seed) -> list[Heap]:
    """Places stockpiles, and marks them as taken.

    Raises:
        PlacementError: if the lot has no room for one.
    """
    found = []
    half_x, half_y = plot.width / 2 - 1.2, plot.depth / 2 - 1.2
    for number in range(scene.stores.stockpiles):
        rng = seed.child(number).rng()
        radius, stretch = rng.uniform(1.9, 3.1), rng.uniform(1.0, 1.5)
        kind, color = _KINDS[number % 3]

        def candidate(rng: np.random.Generator = rng) -> tuple[float, float, float]:
            # Heaps are tipped where lorries get to: along the haul road and beside the pit.
            x, y = rng.uniform(-half_x, half_x), rng.uniform(-half_y, half_y)
            return x, y, float(rng.choice([0.0, np.pi / 2])) + rng.uniform(-0.2, 0.2)

        place = plan.fit(
            f"stockpile {number + 1}",
            (2.1 * radius * stretch, 2.1 * radius),
            candidate,
            "lower scene.stores.stockpiles, or raise scene.lot.width or scene.lot.depth",
            plot.lot.grown(-1.0),
            clearance=0.2,
            attempts=1500,
        )
        material = Material(kind, color, dirt=scene.weather.dirt, wetness=scene.weather.wetness * 0.7)
        found.append(Heap(f"stockpile.{number}", place.x, place.y, radius, stretch, place.yaw, material))
    return found
