"""Rugs and waste bins. Metres."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from buildee.generators.kitchen.fixtures import BLACK
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.turnery import Furnishing
from buildee.layout.kinematics import translation
from buildee.layout.layers import Layer, cuboid, model, shaped, single
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint, Model
from buildee.layout.solids import box, boxes, circle, cylinder, loft, pipe, revolve

PILE = 0.007
"""Thickness of a flat-woven rug."""


def rug(size: tuple[float, float], style: Style, rng: np.random.Generator) -> Model:
    """Returns a flat-woven rug of stripes across X, fringed at both ends.

    Args:
        size: along X and Y, metres; runners are 0.6 to 0.8 wide.
        style: gives the cloth.
        rng: draws the stripes.
    """
    long, wide = size
    edges = np.unique(np.concatenate([np.linspace(0, long, int(long / 0.055)), rng.uniform(0, long, 14)]).round(3))
    edges = edges[np.concatenate([[True], np.diff(edges) > 0.012])]
    edges[-1] = long
    slots = rng.choice(3, len(edges) - 1, p=[0.62, 0.22, 0.16])
    slots = np.where(np.arange(len(slots)) < len(slots) / 2, slots, slots[::-1])  # the ends mirror each other
    bands: list[list[Mesh]] = [[], [], []]
    for x0, x1, slot in zip(edges[:-1], edges[1:], slots, strict=True):
        bands[slot].append(box((x1 - x0, wide, PILE), ((x0 + x1 - long) / 2, 0, PILE / 2), 0.001))
    y = np.arange(-wide / 2 + 0.008, wide / 2, 0.013)
    lean = rng.normal(0, 0.05, (2, len(y)))
    tassels = []
    for side in (-1, 1):
        poses = translation(np.column_stack([0 * y + side * (long / 2 + 0.024), y, 0 * y + 0.0025]))
        cosine, sine = np.cos(lean[max(side, 0)]), np.sin(lean[max(side, 0)])
        poses[:, 0, 0], poses[:, 0, 1], poses[:, 1, 0], poses[:, 1, 1] = cosine, -sine, sine, cosine
        tassels.append(boxes(np.full((len(y), 3), (0.05, 0.006, 0.004)), poses, 0.001))
    base = style.textile.color
    tones = [tuple(round(min(c * k + p, 1.0), 3) for c in base) for k, p in ((0.9, 0.0), (0.4, 0.42), (0.45, 0.02))]
    layers: list[Layer] = [
        (replace(style.textile, color=tone, wear=0.3), band) for tone, band in zip(tones, bands, strict=True)
    ]
    layers.append((Material("fabric", tones[1], wear=0.2), tassels))
    bounds = [((-long / 2, -wide / 2, 0.0), (long / 2, wide / 2, PILE))]
    return single("rug", f"kitchen/rug_{long:.2f}_{wide:.2f}_{rng.integers(1 << 30)}", layers, bounds)


def waste_bin(style: Style, rng: np.random.Generator) -> Furnishing:
    """Returns a pedal bin of 30 litres: 292 mm across, 645 mm high; its lid is hinged at the back."""
    radius, tall = 0.142, 0.6
    paints = ((0.6, 0.58, 0.53), (0.03, 0.03, 0.032))
    painted = Material("lacquer", paints[int(rng.integers(2))], wear=0.1)
    steel = style.metal if rng.random() < 0.6 else painted
    shell = pipe(radius, radius - 0.001, tall - 0.03, 48).moved(z=0.03)
    foot = revolve([(radius + 0.003, 0.0), (radius + 0.004, 0.02), (radius, 0.032), (radius - 0.004, 0.032)], 48)
    rim = pipe(radius + 0.003, radius - 0.004, 0.018, 48).moved(z=tall - 0.018)
    liner = pipe(radius - 0.008, radius - 0.0095, tall - 0.08, 40).moved(z=0.06)
    floor = cylinder(radius - 0.009, 0.003, 40).moved(z=0.06)
    grip = box((0.03, 0.1, 0.02), (-radius - 0.012, 0, tall - 0.02), 0.004)
    lip = [(radius + 0.002, 0.0), (radius + 0.003, 0.006), (radius - 0.01, 0.022)]
    dome = revolve([*lip, (radius * 0.6, 0.038), (0.001, 0.044)], 48)
    pedal = loft([np.column_stack([circle(1.0, 20) * (0.02, 0.04), np.full(20, z)]) for z in (0.0, 0.008)]).moved(0.02)
    arm = box((0.09, 0.02, 0.006), (-0.03, 0, 0.003))
    near, far = radius * 0.71, radius
    sides = [((near, -near), (far, near)), ((-far, -near), (-near, near))]
    sides += [((-near, near), (near, far)), ((-near, -far), (near, -near))]
    walls = [((*low, 0.0), (*high, tall)) for low, high in sides]
    walls.append(((-near, -near, 0.0), (near, near, 0.063)))
    parts = [
        shaped("body", "kitchen/bin", [(steel, [shell]), (BLACK, [foot, rim, liner, floor, grip])], walls),
        shaped(
            "lid", "kitchen/bin_lid", [(steel, [dome.moved(radius)])], [cuboid((0, -far, 0), (2 * far, far, 0.044))],
            parent=0, rest=translation((-radius, 0.0, tall)), joint=Joint("hinge", (0.0, -1.0, 0.0), (0.0, 1.45)),
        ),
        shaped(
            "pedal", "kitchen/bin_pedal", [(BLACK, [pedal, arm])], [], parent=0,
            rest=translation((radius + 0.01, 0.0, 0.014)), joint=Joint("slider", (0.0, 0.0, 1.0), (-0.012, 0.0)),
        ),
    ]  # fmt: skip
    return Furnishing(model("waste_bin", parts))
