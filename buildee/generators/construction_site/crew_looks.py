"""Who works on a site: people of the catalog in their own clothes, skin and hair, helmets by what they do."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from buildee.generators.construction_site.section import Crew
from buildee.layout.catalog import Catalog
from buildee.layout.material import Color
from buildee.layout.scene import Model

STATURES: dict[str, float] = {
    "worker_a": 1.75,
    "worker_b": 1.81,
    "worker_c": 1.71,
    "worker_d": 1.66,
    "worker_e": 1.57,
    "worker_f": 1.93,
    "worker_g": 1.68,
    "worker_h": 1.78,
}
"""Barefoot height of every worker in the catalog, metres."""

HELMETS: dict[str, Color] = {
    "manager": (0.80, 0.80, 0.78),
    "supervisor": (0.014, 0.014, 0.016),
    "banksman": (0.72, 0.11, 0.010),
    "electrician": (0.03, 0.12, 0.45),
}
"""Helmets by role, as British sites have them (Build UK 2016: white managers, black supervisors, orange slingers and
signallers, blue all others); those of operatives have the contractor's colour."""

CONTRACTORS: tuple[Color, ...] = (
    (0.85, 0.52, 0.02),
    (0.85, 0.52, 0.02),
    (0.80, 0.80, 0.78),
    (0.03, 0.12, 0.45),
    (0.50, 0.02, 0.015),
    (0.03, 0.25, 0.07),
)
"""Helmets of operatives."""

YELLOW, ORANGE = (0.62, 0.80, 0.035), (0.88, 0.16, 0.015)
"""High-visibility cloth of EN ISO 20471."""

SKINS: tuple[Color, ...] = (
    (0.62, 0.38, 0.29),
    (0.58, 0.34, 0.245),
    (0.52, 0.29, 0.20),
    (0.44, 0.225, 0.145),
    (0.30, 0.155, 0.095),
    (0.20, 0.098, 0.060),
    (0.105, 0.050, 0.030),
)
"""From the lightest to the darkest of Fitzpatrick's types."""

HAIRS: tuple[Color, ...] = (
    (0.007, 0.006, 0.005),
    (0.030, 0.018, 0.011),
    (0.085, 0.042, 0.018),
    (0.24, 0.15, 0.065),
    (0.17, 0.055, 0.018),
    (0.34, 0.33, 0.32),
)
"""Black, dark and light brown, fair, red, grey; dark skin has the first two or grey."""

SHIRTS: tuple[Color, ...] = (
    (0.055, 0.075, 0.12),
    (0.20, 0.21, 0.22),
    (0.012, 0.013, 0.015),
    (0.22, 0.030, 0.025),
    (0.36, 0.37, 0.38),
    (0.035, 0.075, 0.045),
    (0.06, 0.12, 0.26),
)
TROUSERS: tuple[Color, ...] = (
    (0.045, 0.055, 0.085),
    (0.075, 0.072, 0.070),
    (0.20, 0.145, 0.085),
    (0.016, 0.017, 0.020),
    (0.065, 0.085, 0.14),
    (0.09, 0.095, 0.065),
)
BOOTS: tuple[Color, ...] = ((0.155, 0.085, 0.040), (0.030, 0.028, 0.026), (0.22, 0.13, 0.055))
GLOVES: tuple[Color, ...] = ((0.34, 0.34, 0.33), (0.42, 0.27, 0.10), (0.05, 0.10, 0.24), (0.025, 0.026, 0.028))

WORKWEAR = ({"wear": 0.6, "dirt": 0.5}, {"wear": 1.3, "dirt": 1.5})
"""How worn and dirty clothes are, as multiples of the catalog's: of who looks on, and of who works."""


@dataclass(frozen=True)
class Person:
    """One of the crew.

    Attributes:
        asset: id in the catalog.
        colors: linear RGB by slot.
        worn: whether the clothes are a worker's, or as clean as a visitor's.
    """

    asset: str
    colors: tuple[tuple[str, Color], ...]
    worn: bool

    @property
    def stature(self) -> float:
        """Barefoot height, metres."""
        return STATURES[self.asset]

    def model(self, catalog: Catalog) -> Model:
        """Returns the prototype."""
        return catalog.model(self.asset, dict(self.colors), **WORKWEAR[self.worn])

    def in_role(self, role: str) -> Person:
        """Returns the person with the helmet of a role, a key of `HELMETS`; others keep the contractor's."""
        if role not in HELMETS:
            return self
        colors = dict(self.colors) | {"helmet": HELMETS[role]}
        return replace(self, colors=tuple(sorted(colors.items())), worn=self.worn and role != "manager")


def cast(spec: Crew, count: int, rng: np.random.Generator) -> list[Person]:
    """Returns a crew, nobody like the next: every build of the catalog before one comes twice.

    Args:
        spec: the section of the recipe.
        count: how many.
        rng: draws them.
    """
    helmet = CONTRACTORS[rng.integers(len(CONTRACTORS))]
    people = []
    order: list[str] = []
    for _ in range(count):
        order = order or [str(name) for name in rng.permutation(list(STATURES))]
        people.append(_dressed(order.pop(), helmet, spec.orange_vests, rng))
    return people


def _dressed(asset: str, helmet: Color, orange: float, rng: np.random.Generator) -> Person:
    skin = int(rng.integers(len(SKINS)))
    hairs = HAIRS if skin < 3 else (HAIRS[0], HAIRS[0], HAIRS[1], HAIRS[5])
    vest = ORANGE if rng.random() < orange else YELLOW
    trousers = vest if rng.random() < 0.15 else TROUSERS[rng.integers(len(TROUSERS))]
    red, green, blue = SKINS[skin]
    colors = {
        "helmet": helmet,
        "skin": SKINS[skin],
        "lips": (0.78 * red, 0.56 * green, 0.62 * blue),
        "hair": hairs[rng.integers(len(hairs))],
        "vest": vest,
        "shirt": SHIRTS[rng.integers(len(SHIRTS))],
        "trousers": trousers,
        "boot": BOOTS[rng.integers(len(BOOTS))],
        "glove": GLOVES[rng.integers(len(GLOVES))],
    }
    return Person(asset, tuple(sorted(colors.items())), bool(rng.random() < 0.75))
