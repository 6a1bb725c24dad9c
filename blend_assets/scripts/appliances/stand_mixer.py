"""A stand mixer with a tilting head."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.appliances.details import cable, feet, turned_piece
from blend_assets.scripts.appliances.fittings import (
    Box,
    Slot,
    Tree,
    hinge,
    made_of,
    outline,
    painted,
    plate,
    slider,
)
from blend_assets.scripts.fittings import bent, curve
from blend_assets.scripts.model import Asset
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SOURCE = "Tilt-head stand mixers of 4.3-4.8 l: 350-360 mm long, 220-240 mm wide, 350-360 mm high; bowl 220 mm across"

STEM = [
    (0.032, -0.112, 0.068, 0.050),
    (0.10, -0.118, 0.052, 0.040),
    (0.17, -0.120, 0.050, 0.040),
    (0.212, -0.118, 0.053, 0.046),
]
"""Sections of the column: height, middle, half width, half depth."""
HEAD = [
    (-0.186, 0.272, 0.010, 0.012),
    (-0.182, 0.272, 0.034, 0.034),
    (-0.165, 0.272, 0.054, 0.050),
    (-0.11, 0.272, 0.062, 0.058),
    (0.0, 0.274, 0.062, 0.057),
    (0.10, 0.276, 0.057, 0.050),
    (0.150, 0.277, 0.048, 0.042),
    (0.166, 0.278, 0.036, 0.032),
    (0.168, 0.278, 0.010, 0.010),
]
"""Sections of the head: x, height of the middle, half width, half height."""
BEATER = [
    (0.055, 0.0, 0.176),
    (0.055, 0.040, 0.150),
    (0.055, 0.062, 0.120),
    (0.055, 0.045, 0.072),
    (0.055, 0.0, 0.056),
    (0.055, -0.045, 0.072),
    (0.055, -0.062, 0.120),
    (0.055, -0.040, 0.150),
    (0.055, 0.0, 0.176),
]
"""The frame of the flat beater."""


def asset() -> Asset:
    """Returns a stand mixer whose head, with the beater in it, tilts up off the bowl."""
    tree = Tree()
    base = plate(outline((-0.165, -0.085), (0.165, 0.085), 0.070), 0.004, 0.034, 0.010, 0.003)
    count = 28
    angle = np.arange(count) * 2 * np.pi / count
    c, s = np.cos(angle), np.sin(angle)
    u, v = np.sign(c) * np.abs(c) ** 0.75, np.sign(s) * np.abs(s) ** 0.75
    column = solids.loft(
        np.array([np.column_stack([x + deep * u, half * v, np.full(count, z)]) for z, x, half, deep in STEM]),
        smooth=True,
    )
    seat = turned_piece([(0.056, 0.033), (0.056, 0.0385), (0.050, 0.040)], "z", 32).moved(0.055)
    spots = [(x, s * 0.06) for x in (-0.13, 0.13) for s in (-1, 1)]
    solid: list[Box] = [
        ((-0.16, -0.075, 0.004), (0.16, 0.075, 0.034)),
        ((-0.160, -0.050, 0.034), (-0.080, 0.050, 0.212)),
        ((0.01, -0.045, 0.034), (0.10, 0.045, 0.040)),
        ((-0.15, -0.07, 0), (0.15, 0.07, 0.004)),
    ]
    tree.add(
        "body", made_of(Slot.BODY, base, column), made_of(Slot.METAL, seat), feet(spots, 0.014, 0.006), solid=solid
    )
    _bowl(tree, 0.055, 0.0405)
    _head(tree)
    _levers(tree)
    cable(tree, (-0.163, 0.02, 0.02))
    red = Material("lacquer", (0.34, 0.012, 0.016), wear=0.05, dirt=0.05)
    return tree.asset("stand_mixer", "Stand mixer", "stand_mixer", painted(body=red), ("mixer", "baking"), SOURCE)


def _head(tree: Tree) -> None:
    """Adds the tilting head with its beater."""
    shell = _ovals(HEAD)
    band = [
        _ovals([(x0, 0.2665, half + 0.0006, 0.008), (x1, 0.2665, half2 + 0.0006, 0.008)], 6, 16)
        for x0, x1, half, half2 in ((-0.11, 0.0, 0.062, 0.062), (0.0, 0.10, 0.062, 0.057))
    ]
    hub = turned_piece([(0.0, 0.0), (0.019, 0.0), (0.0195, 0.006), (0.017, 0.010), (0.0, 0.011)], "x", 24).moved(
        0.166, 0, 0.278
    )
    collar = turned_piece([(0.024, 0.205), (0.030, 0.208), (0.031, 0.226)], "z", 24).moved(0.055)
    shaft = solids.cylinder(0.0065, 0.045, 14).moved(0.055, 0, 0.163)
    beater = [
        bent(BEATER, 0.005, 0.03, 8),
        solids.tube([(0.055, -0.045, 0.078), (0.055, 0.052, 0.138)], 0.0042, 8),
        solids.tube([(0.055, 0, 0.056), (0.055, 0, 0.172)], 0.0042, 8),
    ]
    solid = [
        ((-0.150, -0.055, 0.232), (0.16, 0.055, 0.325)),
        ((0.033, -0.022, 0.205), (0.077, 0.022, 0.222)),
        ((0.049, -0.055, 0.056), (0.061, 0.055, 0.16)),
    ]
    tree.add(
        "head",
        made_of(Slot.BODY, shell),
        made_of(Slot.METAL, *band, hub, collar, shaft, *beater),
        solid=solid,
        pivot=(-0.135, 0, 0.222),
        parent="body",
        joint=hinge((0, -1, 0), 0, 45),
        grasp=(0.168, 0, 0.278),
    )


def _levers(tree: Tree) -> None:
    """Adds the levers of speed, on the head, and of its lock, on the column."""
    lever = [
        solids.tube([(-0.02, 0.060, 0.255), (-0.02, 0.076, 0.255)], 0.004, 10),
        solids.sphere(0.009, 16, 8).moved(-0.02, 0.080, 0.255),
    ]
    tree.add(
        "lever_speed",
        made_of(Slot.METAL, lever[0]),
        made_of(Slot.KNOB, lever[1]),
        pivot=(0.0, 0.05, 0.255),
        parent="head",
        joint=hinge((0, 0, 1), -20, 20),
        grasp=(-0.02, 0.085, 0.255),
    )
    tree.add(
        "lever_lock",
        made_of(Slot.METAL, solids.tube([(-0.120, -0.045, 0.195), (-0.120, -0.066, 0.195)], 0.004, 10)),
        made_of(Slot.KNOB, solids.sphere(0.008, 16, 8).moved(-0.12, -0.070, 0.195)),
        pivot=(-0.12, -0.05, 0.205),
        parent="body",
        joint=hinge((0, 1, 0), -25, 25),
        grasp=(-0.12, -0.075, 0.195),
    )


def _ovals(sections: list[tuple[float, float, float, float]], power: float = 2.6, count: int = 28) -> Mesh:
    """Returns a body along X through rounded sections (x, middle height, half width, half height)."""
    angle = np.arange(count) * 2 * np.pi / count
    c, s = np.cos(angle), np.sin(angle)
    y, z = np.sign(c) * np.abs(c) ** (2 / power), np.sign(s) * np.abs(s) ** (2 / power)
    rings = [np.column_stack([np.full(count, x), half * y, middle + tall * z]) for x, middle, half, tall in sections]
    return solids.loft(np.array(rings), smooth=True)


def _bowl(tree: Tree, x: float, z: float) -> None:
    """Adds the steel bowl with its handle; it lifts out once the head is up."""
    outside = [
        (0.050, 0.0),
        (0.052, 0.006),
        (0.050, 0.012),
        (0.070, 0.022),
        (0.092, 0.048),
        (0.104, 0.085),
        (0.109, 0.130),
        (0.1095, 0.150),
        (0.1125, 0.1515),
        (0.1125, 0.154),
    ]
    inside = [(r - 0.0016, h) for r, h in outside[:2:-1]]
    wall = solids.revolve([(0.0, 0.0), *outside, (0.108, 0.154), *inside[2:], (0.048, 0.0145), (0.0, 0.0135)], 44)
    path = curve([(0, 0.104, 0.130), (0, 0.145, 0.132), (0, 0.155, 0.095), (0, 0.128, 0.060), (0, 0.099, 0.068)], 16)
    handle = solids.sweep(path, outline((-0.007, -0.0025), (0.007, 0.0025), 0.002), smooth=True)
    solid: list[Box] = [((-0.05, -0.05, 0.0), (0.05, 0.05, 0.0135))]
    for s in (-1, 1):
        solid += [
            ((min(s * 0.098, s * 0.107), -0.04, 0.06), (max(s * 0.098, s * 0.107), 0.04, 0.154)),
            ((-0.04, min(s * 0.098, s * 0.107), 0.06), (0.04, max(s * 0.098, s * 0.107), 0.154)),
        ]
        solid += [
            ((min(s * 0.060, s * 0.075), -0.04, 0.02), (max(s * 0.060, s * 0.075), 0.04, 0.06)),
            ((-0.04, min(s * 0.060, s * 0.075), 0.02), (0.04, max(s * 0.060, s * 0.075), 0.06)),
        ]
    solid.append(((-0.008, 0.109, 0.055), (0.008, 0.156, 0.135)))
    spot = np.array([x, 0, z])
    tree.add(
        "bowl",
        made_of(Slot.RACK, wall, handle).moved(*spot),
        solid=[(np.add(a, spot), np.add(b, spot)) for a, b in solid],
        pivot=spot,
        parent="body",
        joint=slider((0, 0, 1), 0, 0.02),
        grasp=np.add(spot, (0, 0.152, 0.095)),
    )
    tree.carry("bowl", "bowl", "rack", (x - 0.034, -0.034), (x + 0.034, 0.034), z + 0.0145, 0.12, "baking")
