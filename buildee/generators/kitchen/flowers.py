"""Cut flowers in a vase: tulips, daisies, and sprigs of leaves. Metres."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.greenery import leaf, turned
from buildee.layout.layers import Layer, cuboid, single
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Model
from buildee.layout.solids import revolve, tube

Array = NDArray[np.float64]

SPREAD = 0.2
"""How wide a bunch is above its vase."""

RADIUS, HIGH = 0.045, 0.2
"""Of the vases: radius of the body and height, as makers list them for a bunch."""

VASES = (
    Material("glassware", (0.95, 0.97, 0.96), 0.05, 0.0),
    Material("glazed", (0.74, 0.72, 0.67), 0.1, 0.0),
    Material("glazed", (0.1, 0.16, 0.22), 0.1, 0.0),
)
PETALS: dict[str, tuple[Color, ...]] = {
    "tulips": ((0.62, 0.05, 0.06), (0.75, 0.42, 0.05), (0.72, 0.3, 0.36)),
    "daisies": ((0.8, 0.79, 0.75), (0.78, 0.55, 0.1), (0.6, 0.2, 0.35)),
    "sprigs": ((0.2, 0.3, 0.24), (0.14, 0.24, 0.1), (0.1, 0.2, 0.06)),
}
"""What a bunch may be of, and the colours of its petals or leaves, linear RGB."""

GREEN: Color = (0.08, 0.19, 0.04)
NUMBERS = 3
"""So many different bunches of each kind there are."""


@cache
def flowers(kind: str, number: int) -> Model:
    """Returns a bunch of flowers in its vase.

    Args:
        kind: key of `PETALS`.
        number: which of `NUMBERS`.
    """
    rng = np.random.default_rng((sorted(PETALS).index(kind), number))
    outer = [(0.032, 0.0), (RADIUS, 0.03), (RADIUS, 0.11), (0.034, 0.165), (0.038, HIGH)]
    inner = [(0.036, HIGH), (0.0315, 0.165), (RADIUS - 0.003, 0.11), (RADIUS - 0.003, 0.032), (0.001, 0.012)]
    vase = revolve([*outer, *inner], 40)
    blooms, leaves, stems, hearts = [], [], [], []
    for angle in 2.4 * np.arange(5 + 2 * number) + rng.normal(0, 0.25):
        out = rng.uniform(0.1, 1.0)
        toward = np.array([np.cos(angle), np.sin(angle), 0.0])
        foot, neck = -0.02 * toward + (0, 0, 0.02), 0.024 * out * toward + (0, 0, HIGH)
        tip = 0.085 * out * toward + (*rng.normal(0, 0.008, 2), HIGH + rng.uniform(0.1, 0.17) - 0.04 * out)
        stems.append(tube([foot, neck, (neck + tip) / 2 + 0.004 * toward, tip], 0.0022, 6))
        lean = np.arctan2(np.hypot(*(tip - neck)[:2]), (tip - neck)[2])
        petals, heart = BLOOMS[kind](rng)
        blooms += [turned(turned(piece, 0.0, -lean, (0, 0, 0)), angle, 0.0, tip) for piece in petals]
        hearts += [turned(turned(piece, 0.0, -lean, (0, 0, 0)), angle, 0.0, tip) for piece in heart]
        at = neck + 0.3 * (tip - neck)
        green = leaf(rng.uniform(0.09, 0.13), 0.022, 0.35, 0.4, 0.7)
        leaves += [turned(green, angle + rng.normal(0, 0.5), rng.uniform(0.5, 1.0), at)]
    top = float(max(piece.bounds[1, 2] for piece in blooms))
    layers: list[Layer] = [
        (VASES[number % len(VASES)], [vase]),
        (Material("leaf", PETALS[kind][number % len(PETALS[kind])], 0.1, 0.0), blooms),
        (Material("leaf", GREEN, 0.1, 0.0), leaves),
        (Material("produce", (0.1, 0.2, 0.05), 0.1, 0.0), stems),
        (Material("fabric", (0.55, 0.32, 0.03), 0.0, 0.0), hearts),
    ]
    side, spread = RADIUS / np.sqrt(2), SPREAD / 2 - 0.01
    bounds = [cuboid((-side, -side, 0.0), (side, side, HIGH)), cuboid((-spread, -spread, HIGH), (spread, spread, top))]
    return single("flowers", f"kitchen/flowers_{kind}_{number}", layers, bounds)


def _tulip(rng: np.random.Generator) -> tuple[list[Mesh], list[Mesh]]:
    """A cup of six petals that bend over each other."""
    open_by = rng.uniform(0.0, 0.25)
    petals = []
    for number in range(6):
        petal = leaf(0.055, 0.036, 0.25 + 0.4 * open_by, 0.5, 0.75)
        petals.append(turned(petal, number * np.pi / 3, 1.15 - open_by, (0.0, 0.0, -0.004)))
    return petals, []


def _daisy(rng: np.random.Generator) -> tuple[list[Mesh], list[Mesh]]:
    """A disc with a ring of flat petals."""
    petals = [
        turned(leaf(0.034, 0.011, 0.3, 0.15, 0.9), turn + rng.normal(0, 0.05), rng.uniform(-0.1, 0.15), (0, 0, 0.002))
        for turn in np.arange(17) * 2 * np.pi / 17
    ]
    return petals, [revolve([(0.006, -0.004), (0.0105, 0.002), (0.009, 0.006), (0.0001, 0.008)], 16)]


def _sprig(rng: np.random.Generator) -> tuple[list[Mesh], list[Mesh]]:
    """The end of a twig: pairs of round leaves."""
    leaves = []
    for level, z in enumerate((-0.075, -0.05, -0.025, 0.0)):
        for side in (0.0, np.pi):
            yaw = side + level * 1.4 + rng.normal(0, 0.2)
            leaves.append(
                turned(leaf(0.042 - 0.004 * level, 0.03, 0.3, 0.2, 0.6), yaw, rng.uniform(0.2, 0.7), (0, 0, z))
            )
    return leaves, []


BLOOMS: dict[str, Callable[[np.random.Generator], tuple[list[Mesh], list[Mesh]]]] = {
    "tulips": _tulip,
    "daisies": _daisy,
    "sprigs": _sprig,
}
"""Makes a head about the origin, its stem along -Z: petals, and what they stand around."""
