"""An espresso machine with a portafilter."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.appliances.details import button, cable, disc, feet, knob, turned_piece, vents, wire
from blend_assets.scripts.appliances.fittings import (
    STEEL,
    Box,
    Slot,
    Tree,
    along,
    hinge,
    made_of,
    outline,
    painted,
    plate,
    slab,
    slider,
)
from blend_assets.scripts.fittings import bent
from blend_assets.scripts.model import Asset
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SOURCE = "Domestic espresso machines with a 58 mm portafilter: 230-290 mm wide, 280-330 mm deep, 310-380 mm high"


def asset() -> Asset:
    """Returns an espresso machine: portafilter that twists out, steam wand, drip tray that slides, cups on top."""
    tree = Tree()
    back, half, front = -0.160, 0.135, 0.020
    tower = slab((back, -half, 0.012), (front, half, 0.318), 0.006, 0.010)
    brow = plate(outline((-0.05, -half - 0.0008), (0.135, half + 0.0008), 0.020), 0.232, 0.3185, 0.004)
    base = slab((back - 0.0008, -half - 0.0008, 0.0115), (0.150, half + 0.0008, 0.030), 0.004, 0.008, "z")
    curb = [
        slab(
            (front - 0.004, s * half - 0.012 * (s > 0), 0.028), (0.149, s * half + 0.012 * (s < 0), 0.068), 0.003, 0.004
        )
        for s in (-1, 1)
    ]
    grille = [slab((-0.13 + 0.018 * k, -0.10, 0.3182), (-0.122 + 0.018 * k, 0.10, 0.3192), 0) for k in range(13)]
    group = turned_piece([(0.030, 0.186), (0.036, 0.190), (0.038, 0.200), (0.038, 0.222), (0.030, 0.234)], "z", 32)
    x = 0.135
    vent = vents((back - 0.0006, -0.09, 0.08), (back + 0.0006, 0.09, 0.14), 18, "x")
    badge = made_of(Slot.METAL, slab((x - 0.001, -0.028, 0.304), (x + 0.0008, 0.028, 0.311), 0.0003))
    spots = [(u, s * 0.11) for u in (-0.13, 0.12) for s in (-1, 1)]
    tree.add(
        "body",
        made_of(Slot.BODY, tower, base, *curb),
        made_of(Slot.FRONT, brow),
        made_of(Slot.METAL, group.moved(0.079), *_rail()),
        made_of(Slot.TRIM, *grille),
        _gauge().moved(x, 0.0, 0.276),
        vent,
        badge,
        feet(spots, 0.014, 0.013),
        solid=_espresso_boxes(back, half, front, spots),
    )
    tree.carry("top", "body", "shelf", (-0.138, -0.112), (0.112, 0.112), 0.319, topic="cups")
    for number, y in enumerate((-0.105, -0.075, -0.045)):
        button(tree, f"button_{number}", (x, y, 0.276), (0.020, 0.020), like="button_0" if number else "")
    knob(tree, "knob_steam", (x, 0.090, 0.276), 0.019, 0.026, reach=300)
    _portafilter(tree, (0.079, 0.0, 0.186))
    _wand(tree, (0.098, 0.105, 0.232))
    _tray(tree, front + 0.004, 0.150, half - 0.014)
    cable(tree, (back, 0.08, 0.03), side=-1)
    slots = painted(
        body=STEEL,
        front=STEEL,
        handle=Material("plastic", (0.018, 0.018, 0.019), wear=0.1, dirt=0.05),
        mark=Material("paint", (0.8, 0.8, 0.78), wear=0.0, dirt=0.0),
        knob=Material("plastic", (0.03, 0.03, 0.031), wear=0.1, dirt=0.05),
    )
    return tree.asset("coffee_machine_a", "Espresso machine", "coffee_machine", slots, ("coffee",), SOURCE)


def _espresso_boxes(back: float, half: float, front: float, spots: list[tuple[float, float]]) -> list[Box]:
    """Returns the collision boxes of tower, head, base, curbs, feet, group and rail."""
    solid: list[Box] = [
        ((back, -half, 0.012), (front, half, 0.318)),
        ((front, -half, 0.232), (0.135, half, 0.318)),
        ((front, -half, 0.012), (0.150, half, 0.030)),
    ]
    solid += [((front, s * half - 0.012 * (s > 0), 0.030), (0.150, s * half + 0.012 * (s < 0), 0.068)) for s in (-1, 1)]
    solid += [((u - 0.014, y - 0.014, 0), (u + 0.014, y + 0.014, 0.012)) for u, y in spots]
    solid += [((0.052, -0.027, 0.200), (0.106, 0.027, 0.232))]
    solid += [((-0.148, s * 0.120 - 0.003, 0.318), (0.123, s * 0.120 + 0.003, 0.345)) for s in (-1, 1)] + [
        ((-0.148, -0.117, 0.318), (-0.142, 0.117, 0.345))
    ]
    return solid


def _gauge() -> Mesh:
    """Returns the pressure gauge, looking along X from the origin."""
    gauge = [
        turned_piece([(0.026, 0.0), (0.026, 0.006), (0.0225, 0.0075), (0.022, 0.0055), (0, 0.0055)], "x", 28),
        disc(0.0215, 0.0054, 0.0060, 0.0001, 24),
    ]
    needle = slab((0.006, -0.0008, -0.004), (0.0066, 0.0008, 0.016), 0)
    return Mesh.merged([made_of(Slot.METAL, gauge[0]), made_of(Slot.MARK, gauge[1]), made_of(Slot.RUBBER, needle)])


def _rail() -> list[Mesh]:
    """Returns the rail round the cups on top."""
    deck = [wire((-0.145, s * 0.120, 0.318), (-0.145, s * 0.120, 0.342), radius=0.0025) for s in (-1, 1)]
    rail = bent(
        [
            (0.120, -0.120, 0.319),
            (0.120, -0.120, 0.342),
            (-0.145, -0.120, 0.342),
            (-0.145, 0.120, 0.342),
            (0.120, 0.120, 0.342),
            (0.120, 0.120, 0.319),
        ],
        0.0028,
        0.018,
        8,
    )
    return [rail, *deck]


def _portafilter(tree: Tree, spot: tuple[float, float, float]) -> None:
    """Adds the portafilter, locked in pointing ahead; it twists to the user's left to come out."""
    x, y, z = spot
    cup = turned_piece([(0.012, -0.034), (0.026, -0.030), (0.031, -0.022), (0.0325, 0.0), (0.0325, 0.006)], "z", 28)
    spouts = [
        bent([(0, 0, -0.032), (0, 0, -0.044), (0, s * 0.014, -0.050), (0, s * 0.016, -0.062)], 0.0055, 0.008, 10)
        for s in (-1, 1)
    ]
    neck = solids.tube([(0.028, 0, -0.010), (0.060, 0, -0.013)], 0.0065, 12)
    grip = along(
        "x",
        solids.revolve(
            [
                (0.006, 0.0),
                (0.0105, 0.004),
                (0.011, 0.02),
                (0.0135, 0.06),
                (0.0145, 0.085),
                (0.011, 0.097),
                (0.0, 0.099),
            ],
            18,
        ),
    ).moved(0.058, 0, -0.013)
    solid = [
        ((x - 0.023, y - 0.023, z - 0.034), (x + 0.023, y + 0.023, z)),
        ((x + 0.032, y - 0.012, z - 0.026), (x + 0.157, y + 0.012, z)),
        ((x - 0.007, y - 0.022, z - 0.062), (x + 0.007, y + 0.022, z - 0.034)),
    ]
    tree.add(
        "portafilter",
        made_of(Slot.METAL, cup, *spouts, neck).moved(x, y, z),
        made_of(Slot.HANDLE, grip).moved(x, y, z),
        solid=solid,
        pivot=spot,
        parent="body",
        joint=hinge((0, 0, -1), 0, 45),
        grasp=(x + 0.14, y, z - 0.013),
    )


def _wand(tree: Tree, spot: tuple[float, float, float]) -> None:
    """Adds the steam wand, which swings about its ball joint."""
    x, y, z = spot
    ball = solids.sphere(0.010, 16, 8).moved(x, y, z - 0.004)
    pipe = bent(
        [
            (x, y, z - 0.01),
            (x + 0.012, y, z - 0.05),
            (x + 0.012, y - 0.004, z - 0.115),
            (x + 0.020, y - 0.006, z - 0.140),
        ],
        0.0036,
        0.03,
        10,
    )
    sleeve = solids.tube([(x + 0.012, y - 0.001, z - 0.062), (x + 0.012, y - 0.003, z - 0.095)], 0.0065, 12)
    tree.add(
        "steam_wand",
        made_of(Slot.METAL, ball, pipe),
        made_of(Slot.RUBBER, sleeve),
        solid=[((x, y - 0.012, z - 0.14), (x + 0.024, y + 0.006, z - 0.03))],
        pivot=spot,
        parent="body",
        joint=hinge((0, -1, 0), 0, 35),
        grasp=(x + 0.012, y - 0.002, z - 0.08),
    )


def _tray(tree: Tree, x0: float, x1: float, half: float) -> None:
    """Adds the drip tray with its grille, on which cups stand."""
    pan = slab((x0, -half, 0.0302), (x1 + 0.006, half, 0.062), 0.003, 0.006, "z")
    bars = [
        slab((x0 + 0.010, y - 0.002, 0.0618), (x1 - 0.006, y + 0.002, 0.0645), 0)
        for y in np.linspace(-half + 0.012, half - 0.012, 22)
    ]
    ends = [
        slab((x - 0.002, -half + 0.009, 0.0615), (x + 0.002, half - 0.009, 0.0648), 0.0006)
        for x in (x0 + 0.010, (x0 + x1) / 2, x1 - 0.006)
    ]
    tree.add(
        "drip_tray",
        made_of(Slot.TRIM, pan),
        made_of(Slot.METAL, *bars, *ends),
        solid=[((x0, -half, 0.0302), (x1 + 0.006, half, 0.0648))],
        pivot=(x0, 0, 0.03),
        parent="body",
        joint=slider((1, 0, 0), 0, 0.14),
        grasp=(x1 + 0.006, 0, 0.045),
    )
    tree.carry("drip_tray", "drip_tray", "rack", (x0 + 0.012, -0.088), (x1 - 0.008, 0.088), 0.0648, 0.056, "cups")
