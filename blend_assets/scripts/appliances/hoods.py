"""Cooker hoods: over a hob at the wall, behind the front of a wall unit, and over an island.

Their frame: origin at the level of the lower edge, in the middle of the footprint.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from blend_assets.scripts.appliances.details import button, disc, vents
from blend_assets.scripts.appliances.fittings import (
    STEEL,
    Box,
    Slot,
    Tree,
    at_levels,
    frame,
    hinge,
    made_of,
    outline,
    painted,
    slab,
    slider,
)
from blend_assets.scripts.model import Asset
from buildee.layout import solids
from buildee.layout.mesh import Mesh

SOURCE = (
    "EN 61591 hoods for hobs of 600 and 900 mm, planning sheets: canopy 598 or 898 x 500 mm (island 900 x 600 mm), "
    "60 mm rim, duct cover 250-300 mm wide; telescopic hoods 598 x 280 mm, 180 mm high, pull-out 150 mm"
)


def assets() -> list[Asset]:
    """Returns the hoods."""
    return [
        chimney("hood_chimney", "Chimney hood, 600 mm", 0.299),
        chimney("hood_chimney_900", "Chimney hood, 900 mm", 0.449),
        integrated(),
        island(),
    ]


def _underside(low: ArrayLike, high: ArrayLike, lamps: list[tuple[float, float]], z: float) -> list[Mesh]:
    """Returns the ceiling of a canopy at `z` with its lamps."""
    made = [made_of(Slot.METAL, slab((*low, z), (*high, z + 0.003), 0, axis="z"))]
    for x, y in lamps:
        made.append(made_of(Slot.FRONT, disc(0.033, z - 0.004, z + 0.001, 0.0015, 28, "z").moved(x, y)))
        made.append(made_of(Slot.LAMP, disc(0.026, z - 0.0048, z - 0.003, 0.0006, 28, "z").moved(x, y)))
    return made


def _filters(tree: Tree, low: ArrayLike, high: ArrayLike, count: int, z: float) -> None:
    """Adds grease filters side by side under the ceiling at `z`, which swing down at their back."""
    (x0, y0), (x1, y1) = low, high
    edges = np.linspace(y0, y1, count + 1)
    width = edges[1] - edges[0] - 0.004
    for number, left in enumerate(edges[:-1] + 0.002):
        right, middle = left + width, left + width / 2
        hole = ((x0 + 0.012, left + 0.012), (x1 - 0.012, right - 0.012))
        rim = frame(((x0, left), (x1, right)), hole, -z + 0.001, -z + 0.010, 0.001, axis="z")
        rim = rim.transformed(np.diag([1.0, 1.0, -1.0, 1.0]))
        slats = [
            slab((x0 + 0.012, y - 0.0032, z - 0.008), (x1 - 0.012, y + 0.0032, z - 0.0045), 0)
            for y in np.arange(left + 0.017, right - 0.014, 0.010)
        ]
        dark = slab((x0 + 0.011, left + 0.011, z - 0.003), (x1 - 0.011, right - 0.011, z - 0.002), 0)
        latch = slab((x1 - 0.011, middle - 0.03, z - 0.0125), (x1 - 0.001, middle + 0.03, z - 0.009), 0.001, axis="z")
        meshes = (made_of(Slot.METAL, rim, *slats), made_of(Slot.TRIM, dark), made_of(Slot.KNOB, latch))
        tree.add(
            f"filter_{number}",
            *(() if number else meshes),
            solid=[((x0, left, z - 0.010), (x1, right, z - 0.001))],
            pivot=(x0, left, z - 0.001),
            parent="body",
            joint=hinge((0, 1, 0), 0, 80),
            grasp=(x1 - 0.006, middle, z - 0.012),
            like="filter_0" if number else "",
        )


def _canopy(
    low: ArrayLike, high: ArrayLike, rim: float, duct: Box, top: float, roof: float
) -> tuple[list[Mesh], list[Box]]:
    """Returns a canopy's rim, its sloping roof and the two telescoped tubes of its duct cover."""
    (x0, y0), (x1, y1) = low, high
    (a, b), (c, d) = duct
    inner = ((x0 + 0.012, y0 + 0.012), (x1 - 0.012, y1 - 0.012))
    skirt = frame((low, high), inner, -rim, 0.0, 0.0025, 0.004, "z").transformed(np.diag([1.0, 1, -1, 1]))
    rings = [(outline(low, high, 0.004), rim), (outline((a - 0.006, b - 0.006), (c + 0.006, d + 0.006), 0.004), roof)]
    slope = solids.loft(np.concatenate([at_levels(shape, [(0, z)]) for shape, z in rings]))
    lower = slab((a, b, roof - 0.002), (c, d, roof + 0.42 * (top - roof)), 0.0012, 0.003, "z")
    upper = slab((a + 0.002, b + 0.002, roof), (c - 0.002, d - 0.002, top), 0.0012, 0.003, "z")
    split = vents((a + 0.06, b + 0.0014, top - 0.11), (c - 0.06, b + 0.0024, top - 0.05), 9, "y")
    split2 = vents((a + 0.06, d - 0.0024, top - 0.11), (c - 0.06, d - 0.0014, top - 0.05), 9, "y")
    solid = [((x0, y0, 0), (inner[0][0], y1, rim)), ((inner[1][0], y0, 0), (x1, y1, rim))]
    solid += [
        ((inner[0][0], y0, 0), (inner[1][0], inner[0][1], rim)),
        ((inner[0][0], inner[1][1], 0), (inner[1][0], y1, rim)),
    ]
    for share in (0.0, 0.25, 0.5, 0.75):
        z = rim + share * (roof - rim)
        spot = [low[k] + share * (duct[0][k] - low[k]) for k in range(2)] + [
            high[k] + share * (duct[1][k] - high[k]) for k in range(2)
        ]
        solid.append(((spot[0], spot[1], z), (spot[2], spot[3], z + 0.25 * (roof - rim))))
    solid.append(((a, b, roof), (c, d, top)))
    return [made_of(Slot.FRONT, skirt, slope, lower), made_of(Slot.BODY, upper), split, split2], solid


def _buttons(tree: Tree, x: float, z: float) -> None:
    """Adds five push buttons in the middle of the front."""
    for number, y in enumerate(np.linspace(-0.056, 0.056, 5)):
        button(tree, f"button_{number}", (x, y, z), (0.016, 0.010), like="button_0" if number else "")


def chimney(id: str, title: str, half: float) -> Asset:
    """Returns a wall hood with a pyramid and a telescopic duct cover."""
    tree = Tree()
    low, high, ceiling = (-0.25, -half), (0.25, half), 0.024
    meshes, solid = _canopy(low, high, 0.055, ((-0.242, -0.125), (0.02, 0.125)), 0.92, 0.235)
    under = _underside(
        (-0.239, -half + 0.011), (0.239, half - 0.011), [(0.19, s * 0.6 * half) for s in (-1, 1)], ceiling
    )
    light = made_of(Slot.DISPLAY, slab((0.249, 0.079, 0.0262), (0.2503, 0.083, 0.0288), 0))
    tree.add("body", *meshes, *under, light, solid=solid, mount=(-0.25, 0, 0))
    _filters(tree, (-0.22, -half + 0.03), (0.13, half - 0.03), 2 if half < 0.4 else 3, ceiling)
    _buttons(tree, 0.25, 0.0275)
    return tree.asset(id, title, "cooker_hood", painted(front=STEEL, body=STEEL), ("hood", "wall"), SOURCE)


def island() -> Asset:
    """Returns a flat canopy over an island that hangs from a square duct cover, buttons on one long side."""
    tree = Tree()
    low, high, ceiling = (-0.30, -0.449), (0.30, 0.449), 0.024
    meshes, solid = _canopy(low, high, 0.060, ((-0.15, -0.15), (0.15, 0.15)), 1.05, 0.095)
    lamps = [(x, y) for x in (-0.255, 0.245) for y in (-0.30, 0.30)]
    under = _underside((-0.289, -0.438), (0.289, 0.438), lamps, ceiling)
    tree.add("body", *meshes, *under, solid=solid)
    _filters(tree, (-0.21, -0.42), (0.20, 0.42), 3, ceiling)
    _buttons(tree, 0.30, 0.030)
    slots = painted(front=STEEL, body=STEEL)
    return tree.asset("hood_island", "Island hood", "cooker_hood", slots, ("hood", "island"), SOURCE)


def integrated() -> Asset:
    """Returns a telescopic hood: its works hide in a wall unit, its visor slides out below the unit's front."""
    tree = Tree()
    x0, x1, half, top = -0.14, 0.14, 0.299, 0.180
    works = slab((x0, -half + 0.03, 0.04), (x1 - 0.012, half - 0.03, top), 0.003, 0.006, "z")
    duct = disc(0.075, top, top + 0.05, 0.001, 32, "z").moved(-0.03)
    sides = [
        slab((x0, s * half - 0.012 * (s > 0), 0.012), (x1 - 0.012, s * half + 0.012 * (s < 0), 0.045), 0.002)
        for s in (-1, 1)
    ]
    under = _underside((x0, -half + 0.012), (x1 - 0.012, half - 0.012), [], 0.024)
    solid = [
        ((x0, -half + 0.03, 0.04), (x1 - 0.012, half - 0.03, top)),
        ((-0.105, -0.075, top), (0.045, 0.075, top + 0.05)),
    ]
    solid += [
        ((x0, s * half - 0.012 * (s > 0), 0.012), (x1 - 0.012, s * half + 0.012 * (s < 0), 0.04)) for s in (-1, 1)
    ]
    tree.add(
        "body", made_of(Slot.BODY, works, *sides), made_of(Slot.METAL, duct), *under, solid=solid, mount=(x1, 0, 0)
    )
    _filters(tree, (x0 + 0.01, -half + 0.03), (x1 - 0.02, half - 0.03), 2, 0.024)
    front = slab((x1 - 0.010, -half, 0.0), (x1 + 0.006, half, 0.040), 0.003, 0.006)
    visor = frame(
        ((x0 + 0.09, -half + 0.016), (x1 - 0.009, half - 0.016)),
        ((x0 + 0.10, -half + 0.03), (x1 - 0.03, half - 0.03)),
        0.0275,
        0.033,
        0.001,
        axis="z",
    )
    glass = slab((x0 + 0.095, -half + 0.025, 0.029), (x1 - 0.02, half - 0.025, 0.032), 0)
    tree.add(
        "visor",
        made_of(Slot.FRONT, front),
        made_of(Slot.METAL, visor),
        made_of(Slot.GLASS, glass),
        solid=[
            ((x1 - 0.010, -half, 0), (x1 + 0.006, half, 0.038)),
            ((x0 + 0.09, -half + 0.016, 0.0275), (x1 - 0.012, half - 0.016, 0.033)),
        ],
        pivot=(x1, 0, 0.02),
        parent="body",
        joint=slider((1, 0, 0), 0, 0.15),
        grasp=(x1 + 0.006, 0, 0.004),
    )
    slots = painted(front=STEEL, body=painted()["metal"])
    return tree.asset(
        "hood_integrated", "Telescopic hood for a wall unit", "cooker_hood", slots, ("hood", "built-in"), SOURCE
    )
