"""Waste bins: one with a lid and a pedal, one open."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.appliances.details import disc, wire
from blend_assets.scripts.appliances.fittings import STEEL, Box, Slot, Tree, hinge, made_of, painted, slab
from blend_assets.scripts.model import Asset
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SOURCE = "Pedal bins of 20-30 l: 290-300 mm across, 430-650 mm high; open bins of 12-15 l: 280 mm across, 300 mm high"


def assets() -> list[Asset]:
    """Returns the bins."""
    return [waste_bin_a(), waste_bin_b()]


def _ring(profile: list[tuple[float, float]], segments: int = 44) -> Mesh:
    """Returns a closed ring about Z; the profile goes up its outside first."""
    return solids.loft(
        np.array([np.column_stack([solids.circle(r, segments), np.full(segments, z)]) for r, z in profile]),
        closed=True,
        smooth=True,
    )


def _staves(radius: float, z0: float, z1: float, sheet: float, floor: float) -> list[Box]:
    """Returns boxes for a round wall and its floor."""
    boxes: list[Box] = [((-0.68 * radius, -0.68 * radius, z0), (0.68 * radius, 0.68 * radius, floor))]
    for s in (-1, 1):
        a, b = sorted((s * (0.95 * radius - sheet), s * 0.95 * radius))
        boxes += [((a, -0.3 * radius, z0), (b, 0.3 * radius, z1)), ((-0.3 * radius, a, z0), (0.3 * radius, b, z1))]
        for t in (-1, 1):
            c, d = sorted((s * 0.62 * radius, s * 0.70 * radius))
            e, f = sorted((t * 0.62 * radius, t * 0.70 * radius))
            boxes.append(((c, e, z0), (d, f, z1)))
    return boxes


def waste_bin_a() -> Asset:
    """Returns a steel pedal bin with an inner bucket; the pedal in front opens the lid, hinged behind."""
    tree = Tree()
    r, top = 0.1465, 0.600
    foot = _ring([(0.149, 0.0), (0.1515, 0.003), (0.1515, 0.030), (0.1475, 0.034), (0.140, 0.034), (0.140, 0.0)])
    skin = _ring([(r, 0.030), (r, top - 0.020), (r - 0.001, top - 0.020), (r - 0.001, 0.030)])
    rim = _ring(
        [
            (r + 0.001, top - 0.026),
            (r + 0.0025, top - 0.024),
            (r + 0.0025, top - 0.004),
            (r, top),
            (r - 0.012, top),
            (r - 0.012, top - 0.026),
        ]
    )
    bottom = disc(r - 0.002, 0.030, 0.034, 0.001, 44, "z")
    brace = slab((-r - 0.020, -0.045, top - 0.040), (-r + 0.010, 0.045, top - 0.004), 0.004, 0.006, "x")
    solid = [*_staves(r, 0.0, top, 0.008, 0.034), ((-r - 0.020, -0.045, top - 0.040), (-r + 0.004, 0.045, top - 0.004))]
    tree.add("body", made_of(Slot.BODY, skin), made_of(Slot.TRIM, foot, rim, bottom, brace), solid=solid)
    _bucket(tree, top)
    _lid_and_pedal(tree, r, top)
    slots = painted(body=STEEL, front=STEEL, interior=Material("plastic", (0.06, 0.06, 0.062), wear=0.2, dirt=0.2))
    return tree.asset("waste_bin_a", "Pedal bin, 30 l", "waste_bin", slots, ("bin",), SOURCE)


def _bucket(tree: Tree, top: float) -> None:
    """Adds the bucket inside with its bail, and the place in it."""
    bucket = solids.revolve(
        [
            (0.0, 0.040),
            (0.112, 0.040),
            (0.116, 0.045),
            (0.130, top - 0.014),
            (0.133, top - 0.012),
            (0.133, top - 0.009),
            (0.128, top - 0.009),
            (0.1145, 0.047),
            (0.110, 0.043),
            (0.0, 0.043),
        ],
        40,
    )
    bail = wire(
        *[(0.128 * np.cos(t) * 0.98, 0.128 * np.sin(t), top - 0.020) for t in np.linspace(-np.pi / 2, np.pi / 2, 15)],
        radius=0.002,
    )
    tree.add(
        "bucket",
        made_of(Slot.INTERIOR, bucket),
        made_of(Slot.METAL, bail),
        solid=_staves(0.128, 0.040, top - 0.010, 0.005, 0.043),
        pivot=(0, 0, 0.04),
        parent="body",
        grasp=(0.125, 0, top - 0.02),
    )
    tree.carry("bucket", "bucket", "rack", (-0.075, -0.075), (0.075, 0.075), 0.0435, 0.5, "waste")


def _lid_and_pedal(tree: Tree, r: float, top: float) -> None:
    """Adds the domed lid, hinged behind, and the pedal."""
    lid = solids.revolve(
        [
            (0.0, top + 0.001),
            (0.146, top + 0.001),
            (0.1485, top + 0.003),
            (0.1485, top + 0.012),
            (0.143, top + 0.021),
            (0.115, top + 0.031),
            (0.065, top + 0.038),
            (0.0, top + 0.040),
        ],
        44,
    )
    ear = slab((-r - 0.018, -0.036, top - 0.002), (-r + 0.014, 0.036, top + 0.012), 0.003, 0.005, "x")
    tree.add(
        "lid",
        made_of(Slot.FRONT, lid),
        made_of(Slot.TRIM, ear),
        solid=[((-0.105, -0.105, top + 0.001), (0.105, 0.105, top + 0.034))],
        pivot=(-r - 0.010, 0, top + 0.004),
        parent="body",
        joint=hinge((0, -1, 0), 0, 80),
        grasp=(0.148, 0, top + 0.012),
    )
    pedal = slab((0.120, -0.030, 0.010), (0.188, 0.030, 0.018), 0.0025, 0.012, "z")
    pad = slab((0.158, -0.024, 0.0178), (0.184, 0.024, 0.0202), 0.0008, axis="z")
    tree.add(
        "pedal",
        made_of(Slot.METAL, pedal),
        made_of(Slot.RUBBER, pad),
        solid=[((0.154, -0.030, 0.010), (0.188, 0.030, 0.020))],
        pivot=(0.0, 0, 0.016),
        parent="body",
        joint=hinge((0, 1, 0), 0, 2.5),
        grasp=(0.175, 0, 0.02),
    )


def waste_bin_b() -> Asset:
    """Returns an open bin of plastic with a rolled rim."""
    tree = Tree()
    top = 0.300
    wall = solids.revolve(
        [
            (0.0, 0.002),
            (0.085, 0.002),
            (0.088, 0.0),
            (0.098, 0.0),
            (0.102, 0.005),
            (0.136, top - 0.014),
            (0.142, top - 0.010),
            (0.143, top - 0.003),
            (0.140, top),
            (0.1355, top - 0.002),
            (0.099, 0.012),
            (0.094, 0.007),
            (0.0, 0.006),
        ],
        44,
    )
    bands = [
        _ring(
            [
                (0.102 + 0.1214 * (z - 0.005), z),
                (0.1028 + 0.1214 * (z - 0.003), z + 0.002),
                (0.1028 + 0.1214 * (z - 0.003), z + 0.006),
                (0.102 + 0.1214 * (z + 0.003), z + 0.008),
                (0.1005 + 0.1214 * z, z + 0.004),
            ]
        )
        for z in (0.235, 0.250)
    ]
    solid: list[Box] = [((-0.068, -0.068, 0.0), (0.068, 0.068, 0.006))]
    for z0, z1, r in ((0.006, 0.10, 0.101), (0.10, 0.20, 0.113), (0.20, top, 0.124)):
        solid += _staves(r, z0, z1, 0.005, z0 + 0.001)[1:]
    tree.add("body", made_of(Slot.BODY, wall, *bands), solid=solid, grasp=(0.14, 0, top))
    tree.carry("body", "body", "rack", (-0.060, -0.060), (0.060, 0.060), 0.0065, 0.29, "waste")
    slots = painted(body=Material("plastic", (0.10, 0.11, 0.12), wear=0.2, dirt=0.15))
    return tree.asset("waste_bin_b", "Open bin, 14 l", "waste_bin", slots, ("bin",), SOURCE)
