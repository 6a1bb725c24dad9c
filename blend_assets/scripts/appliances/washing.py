"""A front-loading washing machine."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.appliances.details import button, dial, feet, knob, label, turned_piece
from blend_assets.scripts.appliances.fittings import (
    STEEL,
    Box,
    Slot,
    Tree,
    along,
    frame,
    hinge,
    hollow,
    made_of,
    outline,
    painted,
    slab,
    slider,
    tub,
    walls,
)
from blend_assets.scripts.fittings import ring_plate
from blend_assets.scripts.model import Asset
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SOURCE = (
    "EN 60456 front loaders of 7-9 kg: 598 x 550-600 x 845-850 mm, door 340-380 mm over all with an "
    "opening of 300-340 mm, drum of 55-65 l about 480 mm wide"
)
FRONT, HALF, Z, HOLE = 0.255, 0.299, 0.435, 0.158


DOOR_RING = [
    (0.128, 0.0),
    (0.182, 0.0),
    (0.186, 0.004),
    (0.186, 0.030),
    (0.180, 0.040),
    (0.168, 0.044),
    (0.150, 0.036),
    (0.128, 0.012),
]
"""Section of the ring round the door: radius, and x from the cabinet."""
BOWL = [
    (0.0, -0.062),
    (0.06, -0.060),
    (0.098, -0.050),
    (0.112, -0.030),
    (0.118, 0.0),
    (0.132, 0.004),
    (0.133, 0.009),
    (0.116, 0.007),
    (0.105, -0.026),
    (0.090, -0.044),
    (0.055, -0.053),
    (0.0, -0.055),
]
"""Section of the bowl, its outside first: radius and x."""
GASKET = [
    (HOLE - 0.012, -0.075),
    (HOLE + 0.004, -0.07),
    (HOLE + 0.002, -0.012),
    (HOLE, 0.002),
    (HOLE - 0.009, 0.003),
    (HOLE - 0.011, -0.02),
    (HOLE - 0.014, -0.032),
    (HOLE - 0.022, -0.045),
    (HOLE - 0.020, -0.07),
]
"""Section of the folded ring between door and drum: radius, and x from the front."""


def assets() -> list[Asset]:
    """Returns the washing machine."""
    return [washing_machine_a()]


def washing_machine_a() -> Asset:
    """Returns it: round door on the left, drum, detergent drawer, programme knob and display."""
    tree = Tree()
    _cabinet(tree)
    _drum(tree)
    _door(tree)
    _drawer(tree)
    x, z = FRONT + 0.012, 0.762
    knob(tree, "knob_programme", (x, 0.02, z), 0.031, 0.026)
    for number in range(5):
        button(
            tree,
            f"button_{number}",
            (x, 0.125 + 0.032 * number, 0.735),
            (0.024, 0.009),
            like="button_0" if number else "",
        )
    slots = painted(
        panel=painted()["body"],
        mark=Material("paint", (0.08, 0.08, 0.09)),
        knob=STEEL,
        interior=Material("plastic", (0.5, 0.5, 0.5), wear=0.05, dirt=0.05),
    )
    slots["trim"] = Material("plastic", (0.10, 0.10, 0.105), wear=0.1, dirt=0.05)
    return tree.asset("washing_machine_a", "Washing machine", "washing_machine", slots, ("laundry",), SOURCE)


def _cabinet(tree: Tree) -> None:
    """Adds the cabinet, its top, the front with its round opening, the gasket, the panel and the plinth."""
    x, low, high = FRONT, (-0.300, -HALF, 0.018), (FRONT - 0.012, HALF, 0.812)
    inner = ((-0.285, -HALF + 0.012, 0.05), (FRONT - 0.012, HALF - 0.012, 0.80))
    shell = hollow(
        outline(low[1:], high[1:], 0.005),
        outline(inner[0][1:], inner[1][1:], 0.005),
        (low[0], inner[0][0], high[0]),
        (Slot.BODY, Slot.BODY, Slot.TRIM),
    )
    top = slab((low[0], -HALF, 0.815), (FRONT + 0.012, HALF, 0.848), 0.004, 0.008, "z")
    square = 0.20
    outer = frame(
        ((-HALF, 0.115), (HALF, 0.698)), ((-square, Z - square), (square, Z + square)), x - 0.012, x, 0.004, 0.005
    )
    ring = _collar(square)
    plinth = slab((x - 0.012, -HALF, 0.020), (x - 0.002, HALF, 0.112), 0.003, 0.004)
    flap = slab((x - 0.0025, 0.13, 0.035), (x, 0.265, 0.098), 0.001, 0.004)
    gasket = _tube_of(GASKET).moved(x, 0, Z)
    spots = [(u, s * 0.25) for u in (-0.25, 0.19) for s in (-1, 1)]
    solid: list[Box] = [*walls((low, high), inner), ((low[0], -HALF, 0.815), (x + 0.012, HALF, 0.848))]
    solid += [((x - 0.012, -HALF, 0.018), (x, HALF, Z - HOLE)), ((x - 0.012, -HALF, Z + HOLE), (x, HALF, 0.698))]
    solid += [((x - 0.012, -HALF, Z - HOLE), (x, -HOLE, Z + HOLE)), ((x - 0.012, HOLE, Z - HOLE), (x, HALF, Z + HOLE))]
    solid += [((x - 0.012, -0.095, 0.701), (x + 0.012, HALF, 0.812))]
    solid += [((u - 0.02, y - 0.02, 0), (u + 0.02, y + 0.02, 0.018)) for u, y in spots]
    tree.add(
        "body",
        shell,
        made_of(Slot.BODY, top),
        made_of(Slot.FRONT, outer, ring, plinth, flap),
        _panel(x),
        made_of(Slot.INTERIOR, gasket),
        feet(spots, 0.02, 0.02),
        solid=solid,
    )


def _panel(x: float) -> Mesh:
    """Returns the panel beside the drawer with its display and the words round its knob."""
    panel = slab((x - 0.012, -0.095, 0.701), (x + 0.012, HALF, 0.812), 0.004, 0.005)
    window = made_of(Slot.KNOB, slab((x + 0.008, 0.10, 0.755), (x + 0.0126, 0.275, 0.797), 0.0004, 0.004))
    black = made_of(Slot.TRIM, slab((x + 0.0120, 0.104, 0.759), (x + 0.0129, 0.271, 0.793), 0.0002))
    marks = [
        label("2:15", 0.018, x + 0.013, 0.165, 0.776, Slot.DISPLAY),
        label("40", 0.012, x + 0.013, 0.24, 0.776, Slot.DISPLAY),
    ]
    marks += [dial(x + 0.012, 0.02, 0.762, 0.036, 14, 335)]
    marks += [
        label(word, 0.005, x + 0.012, y, 0.762 + dz)
        for word, y, dz in (
            ("COTTON", 0.075, 0.02),
            ("ECO", 0.071, 0.0),
            ("WOOL", 0.073, -0.02),
            ("SPIN", -0.033, -0.02),
            ("30", -0.030, 0.0),
            ("MIX", -0.033, 0.02),
        )
    ]
    return Mesh.merged([made_of(Slot.PANEL, panel), window, black, *marks])


def _collar(square: float) -> Mesh:
    """Returns what lies between the square hole of the front and the round opening."""
    angle = np.arange(32) * (2 * np.pi / 32)
    way = np.column_stack([np.cos(angle), np.sin(angle)])
    outer = square * way / np.abs(way).max(1, keepdims=True)
    return along("x", ring_plate(outer, HOLE * way, 0.012)).moved(FRONT - 0.012, 0, Z)


def _tube_of(profile: list[tuple[float, float]], segments: int = 32) -> Mesh:
    """Returns a closed ring turned about X; the profile runs outside first, towards +X."""
    rings = [np.column_stack([solids.circle(r, segments), np.full(segments, x)]) for r, x in profile]
    return along("x", solids.loft(np.array(rings), closed=True, smooth=True))


def _drum(tree: Tree) -> None:
    """Adds the drum with its holes and three paddles, which turns about its axis."""
    r, x0, x1, t = 0.240, -0.235, 0.165, 0.002
    profile = [
        (0.02, x0),
        (r - 0.03, x0),
        (r, x0 + 0.03),
        (r, x1 - 0.02),
        (HOLE + 0.01, x1),
        (HOLE - 0.002, x1 + 0.006),
    ]
    profile += [
        (HOLE + 0.008, x1 - 0.003),
        (r - t, x1 - 0.022),
        (r - t, x0 + 0.031),
        (r - 0.031, x0 + t),
        (0.02, x0 + t),
    ]
    shell = turned_piece(profile, "x", 40)
    holes = []
    for k in range(40):
        for j in range(7):
            angle = 2 * np.pi * (k + 0.5 * (j % 2)) / 40
            hole = solids.box((0.006, 0.006, 0.0006), (x0 + 0.07 + 0.045 * j, 0, r - t - 0.0003))
            pose = np.eye(4)
            pose[1:3, 1:3] = ((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle)))
            holes.append(hole.transformed(pose))
    paddles = []
    for k in range(3):
        angle = 2 * np.pi * k / 3
        pose = np.eye(4)
        pose[1:3, 1:3] = ((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle)))
        paddles.append(
            slab((x0 + 0.05, -0.028, -r + 0.002), (x1 - 0.05, 0.028, -r + 0.055), 0.012, 0.016, "x").transformed(pose)
        )
    bars: list[Box] = [((x0, -0.17, -0.17), (x0 + 0.01, 0.17, 0.17))]
    for a, b in (((-0.17, -r), (0.17, -r + 0.012)), ((-0.17, r - 0.012), (0.17, r))):
        bars += [((x0 + 0.03, *a), (x1 - 0.03, *b)), ((x0 + 0.03, a[1], a[0]), (x1 - 0.03, b[1], b[0]))]
    tree.add(
        "drum",
        made_of(Slot.METAL, shell.moved(z=Z)),
        made_of(Slot.TRIM, *(hole.moved(z=Z) for hole in holes)),
        made_of(Slot.INTERIOR, *(paddle.moved(z=Z) for paddle in paddles)),
        solid=[((a, b, c + Z), (d, e, f + Z)) for (a, b, c), (d, e, f) in bars[:1]],
        pivot=(0, 0, Z),
        parent="body",
        joint=hinge((1, 0, 0), -180, 180),
    )
    tree.carry("drum", "body", "rack", (x0 + 0.06, -0.11), (x1 - 0.03, 0.11), Z - 0.205, 0.35, "laundry")


def _door(tree: Tree) -> None:
    """Adds the door: a ring with a grip, and a bowl of glass that reaches into the gasket."""
    x = FRONT + 0.003
    ring = _tube_of(
        DOOR_RING,
        48,
    )
    bowl = turned_piece(
        BOWL,
        "x",
        40,
    )
    cover = turned_piece([(0.150, 0.030), (0.149, 0.034), (0.10, 0.042), (0.05, 0.0455), (0.0, 0.0465)], "x", 40)
    grip = slab((0.034, 0.150, -0.045), (0.046, 0.176, 0.045), 0.003, 0.008)
    hook = slab((-0.008, 0.160, -0.008), (0.004, 0.168, 0.008), 0.002)
    arm = slab((0.002, -0.197, -0.045), (0.014, -0.17, 0.045), 0.003, 0.004)
    solid: list[Box] = [
        ((x, -0.13, Z - 0.186), (x + 0.045, 0.13, Z + 0.186)),
        ((x, -0.186, Z - 0.13), (x + 0.045, -0.13, Z + 0.13)),
        ((x, 0.13, Z - 0.13), (x + 0.045, 0.186, Z + 0.13)),
    ]
    solid.append(((x - 0.060, -0.08, Z - 0.08), (x, 0.08, Z + 0.08)))
    tree.add(
        "door",
        made_of(Slot.TRIM, ring).moved(x, 0, Z),
        made_of(Slot.GLASS, bowl, cover).moved(x, 0, Z),
        made_of(Slot.HANDLE, grip).moved(x, 0, Z),
        made_of(Slot.METAL, hook, arm).moved(x, 0, Z),
        solid=solid,
        pivot=(x + 0.008, -0.190, Z),
        parent="body",
        joint=hinge((0, 0, -1), 0, 108),
        grasp=(x + 0.046, 0.165, Z),
    )


def _drawer(tree: Tree) -> None:
    """Adds the detergent drawer with its three wells."""
    x, y0, y1, z0 = FRONT + 0.012, -HALF, -0.098, 0.701
    face = slab((FRONT - 0.012, y0, z0), (x, y1, 0.812), 0.004, 0.005)
    grip = made_of(
        Slot.TRIM, slab((x - 0.002, y0 + 0.05, z0 + 0.012), (x + 0.0005, y1 - 0.05, z0 + 0.034), 0.0004, 0.006)
    )
    a, b, bottom, top, back = y0 + 0.03, y1 - 0.015, 0.722, 0.785, FRONT - 0.21
    box = hollow(
        outline((back, a), (FRONT - 0.012, b), 0.008),
        outline((back + 0.003, a + 0.003), (FRONT - 0.020, b - 0.003), 0.006),
        (bottom, bottom + 0.003, top),
        (Slot.INTERIOR,) * 3,
        0.002,
        "z",
    )
    splits = [
        slab((back + 0.003, y - 0.0012, bottom + 0.002), (FRONT - 0.02, y + 0.0012, top - 0.008), 0.0004)
        for y in np.linspace(a, b, 4)[1:-1]
    ]
    solid = [
        ((FRONT - 0.012, y0, z0), (x, y1, 0.812)),
        *tub(
            ((back, a, bottom), (FRONT - 0.012, b, top)),
            ((back + 0.003, a + 0.003, bottom + 0.003), (FRONT - 0.02, b - 0.003, top)),
        ),
    ]
    tree.add(
        "drawer",
        made_of(Slot.PANEL, face),
        grip,
        box,
        made_of(Slot.INTERIOR, *splits),
        label("II   I   S", 0.006, x, y0 + 0.1, 0.795),
        solid=solid,
        pivot=(back, a, bottom),
        parent="body",
        joint=slider((1, 0, 0), 0, 0.18),
        grasp=(x, (y0 + y1) / 2, z0 + 0.023),
    )
