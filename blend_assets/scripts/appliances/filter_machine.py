"""A filter coffee machine with its jug."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.appliances.details import cable, disc, feet
from blend_assets.scripts.appliances.fittings import (
    STEEL,
    Box,
    Slot,
    Tree,
    hinge,
    made_of,
    outline,
    painted,
    plate,
    slab,
    slider,
)
from blend_assets.scripts.fittings import curve
from blend_assets.scripts.model import Asset
from buildee.layout import solids
from buildee.layout.material import Material

SOURCE = "Filter coffee machines for 10 cups: 220-250 x 160-200 x 300-350 mm, glass jug of 1.25 l, 125-140 mm across"


def asset() -> Asset:
    """Returns a filter machine: tank and filter basket above, a glass jug on its hotplate."""
    tree = Tree()
    half, back, front, top = 0.085, -0.115, 0.105, 0.325
    foot = plate(outline((back, -half), (front, half), 0.024), 0.006, 0.040, 0.004)
    column = slab((back + 0.0008, -half + 0.0008, 0.036), (back + 0.075, half - 0.0008, top - 0.004), 0.006, 0.022, "z")
    head = plate(
        outline((back - 0.0008, -half - 0.0008), (front - 0.008, half + 0.0008), 0.024), 0.212, top + 0.0002, 0.004
    )
    hot = disc(0.060, 0.0395, 0.0425, 0.001, 36, "z").moved(0.028)
    gauge = slab((-0.09, half - 0.002, 0.08), (-0.075, half + 0.0015, 0.20), 0.0006, 0.005, "y")
    ticks = [
        slab((-0.088, half + 0.0014, 0.09 + 0.02 * k), (-0.080, half + 0.0018, 0.0906 + 0.02 * k), 0) for k in range(6)
    ]
    badge = made_of(Slot.METAL, slab((front - 0.009, -0.03, 0.265), (front - 0.0072, 0.03, 0.273), 0.0004))
    stop = solids.cylinder(0.012, 0.008, 16).moved(0.028, 0, 0.205)
    solid: list[Box] = [
        ((back, -half, 0.006), (front, half, 0.040)),
        ((back, -half, 0.040), (back + 0.075, half, top)),
        ((back + 0.075, -half, 0.212), (front - 0.008, half, top - 0.0005)),
        ((-0.012, -0.04, 0.04), (0.068, 0.04, 0.0425)),
        ((back + 0.01, -half + 0.01, 0), (front - 0.01, half - 0.01, 0.006)),
    ]
    spots = [(u, s * 0.06) for u in (-0.09, 0.08) for s in (-1, 1)]
    tree.add(
        "body",
        made_of(Slot.BODY, foot, column),
        made_of(Slot.FRONT, head),
        made_of(Slot.METAL, hot),
        made_of(Slot.GLASS, gauge),
        made_of(Slot.MARK, *ticks),
        badge,
        made_of(Slot.RUBBER, stop),
        feet(spots, 0.010, 0.007),
        solid=solid,
    )
    _lid_and_switch(tree, back, half, front, top)
    _jug(tree, 0.028, 0.0428)
    cable(tree, (back, 0.03, 0.02), side=-1)
    slots = painted(
        body=painted()["trim"],
        front=STEEL,
        handle=painted()["trim"],
        glass=Material("glass", (0.75, 0.78, 0.8), wear=0.05, dirt=0.05),
    )
    return tree.asset("coffee_machine_b", "Filter coffee machine", "coffee_machine", slots, ("coffee",), SOURCE)


def _lid_and_switch(tree: Tree, back: float, half: float, front: float, top: float) -> None:
    """Adds the lid over tank and filter, hinged behind, and the switch with its lamp."""
    lid = plate(
        outline((back + 0.002, -half + 0.002), (front - 0.010, half - 0.002), 0.022), top + 0.0005, top + 0.014, 0.005
    )
    tree.add(
        "lid",
        made_of(Slot.TRIM, lid),
        solid=[((back + 0.002, -half + 0.002, top + 0.0005), (front - 0.010, half - 0.002, top + 0.014))],
        pivot=(back + 0.006, 0, top + 0.016),
        parent="body",
        joint=hinge((0, -1, 0), 0, 80),
        grasp=(front - 0.012, 0, top + 0.006),
    )
    tree.add(
        "switch",
        made_of(Slot.KNOB, slab((front - 0.004, 0.030, 0.014), (front + 0.003, 0.050, 0.032), 0.0015)),
        made_of(Slot.LAMP, slab((front + 0.0025, 0.036, 0.0275), (front + 0.0033, 0.044, 0.0300), 0)),
        pivot=(front, 0.040, 0.023),
        parent="body",
        joint=hinge((0, 1, 0), -8, 8),
        grasp=(front + 0.003, 0.04, 0.023),
    )


def _jug(tree: Tree, x: float, z: float) -> None:
    """Adds the glass jug with its lid and handle; it slides out of the machine."""
    outside = [
        (0.045, 0.0),
        (0.054, 0.003),
        (0.0615, 0.020),
        (0.0635, 0.045),
        (0.060, 0.075),
        (0.050, 0.105),
        (0.0455, 0.118),
        (0.0465, 0.124),
    ]
    inside = [(r - 0.0022, max(h, 0.004)) for r, h in outside[::-1]]
    glass = solids.revolve([(0.0, 0.0), *outside, *inside, (0.0, 0.004)], 36)
    band = solids.loft(
        np.array(
            [
                np.column_stack([solids.circle(r, 36), np.full(36, h)])
                for r, h in ((0.0500, 0.1045), (0.0466, 0.1185), (0.0478, 0.1190), (0.0515, 0.1045))
            ][::-1]
        ),
        closed=True,
        smooth=True,
    )
    lid = solids.revolve(
        [(0.0, 0.1245), (0.047, 0.1245), (0.0475, 0.130), (0.040, 0.136), (0.012, 0.138), (0.0, 0.138)], 32
    )
    path = curve([(0.048, 0, 0.112), (0.075, 0, 0.117), (0.092, 0, 0.100), (0.093, 0, 0.06), (0.082, 0, 0.028)], 14)
    handle = solids.sweep(path, outline((-0.010, -0.005), (0.010, 0.005), 0.004), smooth=True)
    solid: list[Box] = [((-0.044, -0.044, 0.0), (0.044, 0.044, 0.004)), ((-0.03, -0.03, 0.1245), (0.03, 0.03, 0.138))]
    for s in (-1, 1):
        solid += [
            ((min(s * 0.052, s * 0.061), -0.024, 0.004), (max(s * 0.052, s * 0.061), 0.024, 0.118)),
            ((-0.024, min(s * 0.052, s * 0.061), 0.004), (0.024, max(s * 0.052, s * 0.061), 0.118)),
        ]
    solid.append(((0.064, -0.010, 0.028), (0.098, 0.010, 0.122)))
    spot = np.array([x, 0, z])
    tree.add(
        "jug",
        made_of(Slot.CLEAR, glass.moved(*spot)),
        made_of(Slot.METAL, band.moved(*spot)),
        made_of(Slot.HANDLE, handle.moved(*spot)),
        made_of(Slot.TRIM, lid.moved(*spot)),
        solid=[(np.add(a, spot), np.add(b, spot)) for a, b in solid],
        pivot=spot,
        parent="body",
        joint=slider((1, 0, 0), 0, 0.20),
        grasp=np.add(spot, (0.093, 0, 0.07)),
    )
