"""Plants in pots: herbs, upright blades, drooping leaves. Metres."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.kinematics import rotation, translation
from buildee.layout.layers import cuboid, single
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Model
from buildee.layout.solids import cylinder, loft, revolve, tube

Array = NDArray[np.float64]

SIZES = {"herb": (0.055, 0.1), "blades": (0.065, 0.12), "drooping": (0.06, 0.11)}
"""Radius and height of the pots: of 11 to 13 cm, as window sills take them."""

POTS = (
    Material("glazed", (0.75, 0.73, 0.68), 0.1, 0.0),
    Material("glazed", (0.1, 0.16, 0.2), 0.1, 0.0),
    Material("plaster", (0.52, 0.22, 0.12), 0.2, 0.1),
)
GREENS = {"herb": (0.07, 0.2, 0.02), "blades": (0.05, 0.13, 0.05), "drooping": (0.09, 0.22, 0.04)}
NUMBERS = 3
"""So many different plants of each kind there are."""


@cache
def plant(kind: str, number: int) -> Model:
    """Returns a plant in its pot.

    Args:
        kind: key of `SIZES`.
        number: which of `NUMBERS`.
    """
    rng = np.random.default_rng((sorted(SIZES).index(kind), number))
    radius, high = SIZES[kind]
    foot, rim = 0.72 * radius, radius
    wall = [(foot, 0.0), (rim - 0.003, high - 0.018), (rim, high - 0.018), (rim, high), (rim - 0.005, high)]
    pot = revolve([*wall, (rim - 0.007, high - 0.02), (0.001, high - 0.021)], 32)
    soil = cylinder(rim - 0.008, 0.004, 24).moved(z=high - 0.019)
    leaves, stems = {"herb": _herb, "blades": _blades, "drooping": _drooping}[kind](rng, radius)
    grown = [piece.moved(z=high - 0.016) for piece in (*leaves, *stems)]
    top = float(max(piece.bounds[1, 2] for piece in grown))
    layers = [
        (POTS[number % len(POTS)], [pot]),
        (Material("soil", (0.05, 0.03, 0.02), 0.2, 0.2), [soil]),
        (Material("leaf", GREENS[kind], 0.1, 0.0), [piece.moved(z=high - 0.016) for piece in leaves]),
        (Material("produce", (0.12, 0.2, 0.05), 0.1, 0.0), [piece.moved(z=high - 0.016) for piece in stems]),
    ]
    side, slim = rim / np.sqrt(2), 0.5 * rim
    boxes = [cuboid((-side, -side, 0.0), (side, side, high)), cuboid((-slim, -slim, high), (slim, slim, 0.85 * top))]
    return single("plant", f"kitchen/plant_{kind}_{number}", layers, boxes)


def leaf(long: float, wide: float, droop: float, fold: float, blunt: float = 0.8) -> Mesh:
    """Returns a leaf along +X from the origin that rises and droops, folded along its middle."""
    s = np.linspace(0.0, 1.0, 9)
    x, z = long * (s - 0.18 * droop * s**2), long * (0.35 * s - droop * s**2)
    half = wide / 2 * np.sin(np.pi * np.clip(s, 0.02, 0.985) ** blunt) + 0.0004
    rows = []
    for side, lift in ((-1, 0.0), (0, 0.0), (1, 0.0), (1, 0.0004), (0, 0.0004), (-1, 0.0004)):
        rows.append(np.column_stack([x, side * half, z + fold * np.abs(side) * half + lift]))
    return loft(np.stack(rows, 1), smooth=True)


def turned(piece: Mesh, yaw: float, pitch: float, at: ArrayLike) -> Mesh:
    """Returns a piece that points along +X pitched up, turned about Z, then moved."""
    return piece.transformed(translation(at) @ rotation((0.0, 0.0, 1.0), yaw) @ rotation((0.0, 1.0, 0.0), -pitch))


def _herb(rng: np.random.Generator, radius: float) -> tuple[list[Mesh], list[Mesh]]:
    """Basil: pairs of leaves up a dozen thin stems."""
    leaves, stems = [], []
    for _ in range(13):
        angle, out = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.7) * radius
        foot = np.array([out * np.cos(angle), out * np.sin(angle), 0.0])
        tip = foot * 1.7 + (*rng.normal(0, 0.008, 2), rng.uniform(0.07, 0.14))
        stems.append(tube([foot, (foot + tip) / 2 + (0, 0, 0.01), tip], 0.0012, 5))
        for share in (0.5, 0.75, 1.0):
            spin = rng.uniform(0, np.pi)
            for yaw in (spin, spin + np.pi):
                blade = leaf(rng.uniform(0.03, 0.045) * (1.3 - 0.5 * share), 0.024, 0.5, 0.3, 0.7)
                leaves.append(turned(blade, yaw, rng.uniform(0.0, 0.6), foot + share * (tip - foot)))
    return leaves, stems


def _blades(rng: np.random.Generator, radius: float) -> tuple[list[Mesh], list[Mesh]]:
    """A snake plant: stiff upright blades."""
    leaves = []
    for number in range(9):
        yaw = 2.4 * number + rng.normal(0, 0.2)
        at = rng.uniform(0.1, 0.6) * radius * np.array([np.cos(yaw), np.sin(yaw), 0.0])
        blade = leaf(rng.uniform(0.16, 0.3), 0.034, 0.06, 0.35, 0.55)
        leaves.append(turned(blade, yaw, rng.uniform(0.95, 1.2), at))
    return leaves, []


def _drooping(rng: np.random.Generator, radius: float) -> tuple[list[Mesh], list[Mesh]]:
    """A spider plant: many narrow leaves in an arch."""
    leaves = []
    for number in range(26):
        yaw = 2.4 * number + rng.normal(0, 0.2)
        at = 0.2 * radius * np.array([np.cos(yaw), np.sin(yaw), 0.0])
        blade = leaf(rng.uniform(0.1, 0.17), 0.014, rng.uniform(0.4, 0.9), 0.5, 0.6)
        leaves.append(turned(blade, yaw, rng.uniform(0.5, 1.15), at))
    return leaves, []
