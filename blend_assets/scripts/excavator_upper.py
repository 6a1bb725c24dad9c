"""Upper structure of the excavator: deck, nose, engine hood, tanks, counterweight, rails; in the slewing frame.

The frame's origin is on the slew axis at ground height. +X forward, +Y left; the cab stands on the left.
"""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.excavator_arm import lobe
from blend_assets.scripts.fittings import bent, block, boss, filleted, rectangle, side
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage, solids
from buildee.layout.mesh import Mesh

DECK = 1.12
"""Height of the deck's top."""
HALF_WIDTH = 1.35
TAIL = -2.75
"""Tail swing radius."""


def upper() -> Mesh:
    """Returns everything that slews, but the cab and the arm."""
    return Mesh.merged(
        [
            _deck(),
            _nose(),
            _hood(),
            _left_bay(),
            _right_bay(),
            _counterweight(),
            _exhaust(),
            _rails(),
            _lamps(),
            _labels(),
            _cylinder_hoses(),
        ]
    )


def _deck() -> Mesh:
    outline = filleted(
        [
            (-2.2, -HALF_WIDTH),
            (1.25, -HALF_WIDTH),
            (1.42, -1.15),
            (1.42, -0.50),
            (0.70, -0.45),
            (0.70, 0.42),
            (1.60, 0.42),
            (1.60, 1.28),
            (1.50, HALF_WIDTH),
            (-2.2, HALF_WIDTH),
        ],
        [0, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.1, 0.1, 0],
    )
    plate = solids.prism(outline, 0.05).moved(z=DECK - 0.05)
    # A skirt stands round the deck, with stiffening beams below it.
    rings = [block((-2.2, y - 0.03, 1.04), (1.2, y + 0.03, DECK - 0.04), 0.01) for y in (-1.27, 1.27)]
    beams = [block((-2.3, y - 0.02, 1.03), (0.9, y + 0.02, 1.10)) for y in (-0.42, 0.42)]
    table = solids.cylinder(0.70, 0.07, 40).moved(z=1.03)
    return made_of(Slot.TRIM, plate, *rings, *beams, table)


def _nose() -> Mesh:
    """Returns the pair of thick brackets that hold the boom and its cylinders."""
    foot, cylinder = linkage.BOOM_FOOT, linkage.BOOM_CYLINDER_FOOT
    outline = filleted(
        [
            (-1.3, DECK - 0.02),
            (0.55, DECK - 0.06),
            (0.80, 1.09),
            (0.86, 1.22),
            (0.74, 1.34),
            (0.52, 1.42),
            (0.36, 1.74),
            (0.18, 1.93),
            (-0.04, 1.90),
            (-0.22, 1.62),
            (-0.8, 1.40),
            (-1.3, 1.30),
        ],
        [0, 0.05, 0.1, 0.1, 0.1, 0.25, 0.15, 0.15, 0.15, 0.3, 0.3, 0],
    )
    webs = [side(outline, y, y + 0.04) for y in (-0.295, 0.255)]
    lug = lobe(cylinder, 0.12, cylinder - 0.35 - 0.03j, 0.13)
    lugs = [side(lug, y, y + 0.035) for y in (-0.455, 0.42)]
    cross = block((0.1, -0.255, DECK), (0.42, 0.255, 1.36), 0.02)
    front = block((0.2, -0.455, 1.07), (0.5, 0.455, 1.20), 0.02)
    return Mesh.merged(
        [
            made_of(Slot.PAINT, *webs, *lugs, cross, front),
            *(boss(foot.real, foot.imag, y - 0.03, y + 0.03, 0.15, 0.075) for y in (-0.275, 0.275)),
            *(boss(cylinder.real, cylinder.imag, y - 0.025, y + 0.025, 0.10, 0.05) for y in (-0.435, 0.435)),
        ]
    )


def _hood() -> Mesh:
    """Returns the engine hood behind the boom, its lid rounded, with grab handles and louvres on top."""
    section = filleted(
        [(-0.98, 1.75), (0.98, 1.75), (0.98, 2.16), (0.80, 2.30), (-0.80, 2.30), (-0.98, 2.16)],
        [0, 0, 0.12, 0.16, 0.16, 0.12],
        5,
    )
    lid = fittings.front(section, -2.02, -0.86, 0.03)
    core = block((-2.1, -1.0, DECK), (-0.66, 1.0, 1.77))
    slots = [
        block((x, y - 0.24, 2.298), (x + 0.035, y + 0.24, 2.312), 0.004)
        for y in (-0.42, 0.42)
        for x in np.arange(-1.85, -1.25, 0.075)
    ]
    seam = [block((-1.44, -0.70, 2.295), (-1.43, 0.70, 2.304)), block((-2.0, -0.006, 2.295), (-0.9, 0.006, 2.304))]
    handles = [
        bent(
            [(-1.05, y - 0.09, 2.29), (-1.05, y - 0.09, 2.35), (-1.05, y + 0.09, 2.35), (-1.05, y + 0.09, 2.29)],
            0.009,
            0.03,
            6,
        )
        for y in (-0.45, 0.45)
    ]
    apron = block((-0.90, -0.62, DECK), (-0.62, 0.42, 1.74), 0.03)
    pre = solids.revolve(
        [(0.05, 0), (0.05, 0.10), (0.11, 0.11), (0.12, 0.13), (0.12, 0.22), (0.10, 0.25), (0.02, 0.26)], 20
    )
    return Mesh.merged(
        [
            made_of(Slot.PAINT, lid, core),
            made_of(Slot.TRIM, *slots, *handles, apron),
            made_of(Slot.MARKING, *seam),
            made_of(Slot.PLASTIC, pre.moved(-1.2, 0.72, 2.28)),
        ]
    )


def _door(x0: float, x1: float, z0: float, z1: float, y: float, louvred: bool, count: int = 11) -> Mesh:
    """Returns a service door on a side wall: a raised rounded panel with hinges, lock, and louvres when asked."""
    out = 1 if y > 0 else -1
    low, high = sorted((y, y + 0.028 * out))
    panel = side(rectangle((x0, z0), (x1, z1), 0.06), low, high, 0.010)
    hinges = [
        block((x0 + 0.02, *sorted((y, y + 0.045 * out))[:1], z), (x0 + 0.045, max(y, y + 0.045 * out), z + 0.09), 0.005)
        for z in (z0 + 0.10, z1 - 0.19)
    ]
    lock = solids.cylinder(0.03, 0.014, 16).transformed(
        turned("x", -np.pi / 2 * out, (x1 - 0.09, y + 0.026 * out, (z0 + z1) / 2))
    )
    pieces = [made_of(Slot.PAINT, panel), made_of(Slot.TRIM, *hinges, lock)]
    if louvred:
        grille = fittings.louvres(x1 - x0 - 0.26, (z1 - z0) * 0.62, count)
        pose = turned("z", np.pi / 2 * out, ((x0 + x1) / 2 - 0.02, y + 0.034 * out, (z0 + z1) / 2))
        pieces.append(made_of(Slot.TRIM, grille.transformed(pose)))
    return Mesh.merged(pieces)


def _left_bay() -> Mesh:
    """Returns radiator and air-cleaner housing behind the cab."""
    body = fittings.front(
        filleted([(0.95, DECK), (1.31, DECK), (1.31, 1.98), (1.20, 2.10), (0.95, 2.10)], [0, 0, 0.1, 0.1, 0], 4),
        -2.10,
        -0.22,
        0.015,
    )
    infill = block((-0.90, 0.40, DECK), (-0.22, 1.0, 2.085), 0.02)
    doors = [_door(-2.02, -1.18, 1.18, 1.92, 1.31, True), _door(-1.12, -0.30, 1.18, 1.92, 1.31, True)]
    return Mesh.merged([made_of(Slot.PAINT, body, infill), *doors])


def _right_bay() -> Mesh:
    """Returns pump bay, hydraulic and fuel tanks, and the stepped tool box on the right."""
    pump = fittings.front(
        filleted([(-0.95, DECK), (-0.95, 2.10), (-1.20, 2.10), (-1.31, 1.98), (-1.31, DECK)], [0, 0, 0.1, 0.1, 0], 4),
        -2.10,
        -1.16,
        0.015,
    )
    tank = fittings.front(
        filleted(
            [(-0.42, DECK), (-0.42, 2.02), (-1.24, 2.02), (-1.33, 1.92), (-1.33, DECK)], [0, 0.05, 0.06, 0.08, 0], 4
        ),
        -1.12,
        0.22,
        0.03,
    )
    infill = block((-1.2, -1.28, DECK), (-1.08, -0.5, 1.96))
    steps = [
        block((0.22, -1.32, DECK), (0.62, -0.46, 1.74), 0.03),
        block((0.60, -1.32, DECK), (1.00, -0.46, 1.50), 0.03),
        block((0.98, -1.32, DECK), (1.36, -0.50, 1.30), 0.03),
    ]
    treads = []
    for x0, x1, z in ((0.27, 0.58, 1.74), (0.65, 0.96, 1.50), (1.03, 1.32, 1.30)):
        treads.append(block((x0, -1.22, z - 0.005), (x1, -0.56, z + 0.006), 0.003))
        treads += [
            block((x, -1.20, z + 0.005), (x + 0.018, -0.58, z + 0.013)) for x in np.arange(x0 + 0.03, x1 - 0.02, 0.06)
        ]
    walk = [block((-1.05, -1.2, 2.018), (0.15, -0.55, 2.026), 0.003)]
    walk += [block((x, -1.18, 2.025), (x + 0.018, -0.57, 2.033)) for x in np.arange(-1.0, 0.12, 0.08)]
    caps = [
        solids.cylinder(0.075, 0.06, 20, 0.012).moved(-0.05, -0.70, 2.02),
        solids.cylinder(0.06, 0.05, 20, 0.012).moved(-0.75, -0.66, 2.02),
    ]
    gauge = block((0.2, -1.338, 1.35), (0.205, -1.325, 1.5))
    doors = [_door(-2.02, -1.20, 1.18, 1.92, -1.31, True), _door(0.28, 0.94, 1.16, 1.44, -1.32, False)]
    split = [block((x, -1.336, 1.18), (x + 0.012, -1.325, 1.90)) for x in (-0.50,)]
    return Mesh.merged(
        [
            made_of(Slot.PAINT, pump, tank, infill, *steps),
            made_of(Slot.TRIM, *treads, *walk, *caps),
            made_of(Slot.MARKING, *split, gauge),
            *doors,
        ]
    )


def _counterweight() -> Mesh:
    """Returns the cast counterweight: round in plan, thick-lipped, with lifting eyes and warning chevrons."""

    def plan(inset: float) -> np.ndarray:
        angle = np.linspace(np.deg2rad(150.5), np.deg2rad(209.5), 21)
        arc = (abs(TAIL) - inset) * np.column_stack([np.cos(angle), np.sin(angle)])
        arc[:, 1] = np.clip(arc[:, 1], -HALF_WIDTH + 0.02 + inset, HALF_WIDTH - 0.02 - inset)
        corner = [(-2.08, arc[-1, 1]), (-2.08, arc[0, 1])]
        return filleted(np.concatenate([arc, corner]), [0.22] + [0] * 19 + [0.22, 0.02, 0.02], 6)

    levels = [(0.10, 1.06), (0.035, 1.09), (0.0, 1.16), (0.0, 1.92), (0.02, 2.02), (0.07, 2.09), (0.16, 2.12)]
    cast = solids.loft(
        np.array([np.column_stack([plan(inset), np.full(len(plan(0)), z)]) for inset, z in levels]), smooth=True
    )
    eyes = [
        made_of(Slot.PAINT, side(filleted([(-2.5, 2.1), (-2.2, 2.1), (-2.28, 2.24), (-2.42, 2.24)], 0.05), y, y + 0.05))
        for y in (-0.72, 0.67)
    ]
    radius = abs(TAIL) + 0.003
    stripes = []
    for index in range(-6, 6):
        a0, a1 = np.deg2rad(180 + index * 3.6 + np.array([0.0, 3.6]))
        lean = np.deg2rad(2.4 if index >= 0 else -2.4)
        corners = [(a0, 1.20), (a1, 1.20), (a1 + lean, 1.34), (a0 + lean, 1.34)]
        points = [(radius * np.cos(a), radius * np.sin(a), z) for a, z in corners]
        quad = Mesh.from_faces(points, [(3, 2, 1, 0)])
        stripes.append(made_of(Slot.REFLECTOR if index % 2 else Slot.MARKING, quad))
    lights = [
        fittings.square_lamp(0.13, 0.07, 0.05).transformed(
            turned(
                "z",
                np.deg2rad(180 + a),
                (radius * np.cos(np.deg2rad(180 + a)), radius * np.sin(np.deg2rad(180 + a)), 1.99),
            )
        )
        for a in (-20, 20)
    ]
    return Mesh.merged([made_of(Slot.TRIM, cast), *eyes, *stripes, *lights])


def _exhaust() -> Mesh:
    pipe = solids.tube(
        [(-1.75, -0.62, 2.2), (-1.75, -0.62, 2.62), (-1.79, -0.62, 2.70), (-1.87, -0.62, 2.74)], 0.06, 18
    )
    hole = solids.cylinder(0.05, 0.01, 18).transformed(turned("y", -np.pi / 2 * 0.72, (-1.866, -0.62, 2.738)))
    shield = solids.pipe(0.088, 0.08, 0.30, 20).moved(-1.75, -0.62, 2.30)
    collar = solids.cylinder(0.10, 0.02, 20).moved(-1.75, -0.62, 2.295)
    return Mesh.merged([made_of(Slot.STEEL, pipe, shield), made_of(Slot.TRIM, collar), made_of(Slot.PLASTIC, hole)])


def _rails() -> Mesh:
    """Returns handrails of 34 mm tube: along the steps, round the tank, along the hood."""
    r = 0.017
    y = -1.27
    bars = [
        bent([(1.30, y, 1.30), (1.30, y, 2.15), (0.35, y, 2.85), (-0.95, y, 2.85), (-0.95, y, 2.02)], r, 0.12),
        bent([(1.30, y, 1.78), (0.45, y, 2.42), (-0.95, y, 2.42)], r, 0.10),
        fittings.rod((0.18, y, 1.72), (0.18, y, 2.85), r, 8),
        bent([(0.18, -0.50, 1.98), (0.18, -0.50, 2.75), (-0.95, -0.50, 2.75), (-0.95, -0.50, 2.02)], r, 0.12),
        bent([(-2.0, -1.22, 2.06), (-2.0, -1.22, 2.55), (-1.2, -1.22, 2.55), (-1.2, -1.22, 2.06)], r, 0.10),
        bent([(-2.0, 1.22, 2.06), (-2.0, 1.22, 2.62), (-0.45, 1.22, 2.62), (-0.45, 1.22, 2.06)], r, 0.10),
    ]
    feet = [
        solids.cylinder(0.04, 0.012, 12).moved(x, yy, z)
        for x, yy, z in (
            (1.30, y, 1.298),
            (0.18, -0.50, 2.02),
            (-0.95, -0.50, 2.02),
            (-0.95, y, 2.0),
            (-2.0, 1.22, 2.085),
            (-0.45, 1.22, 2.085),
        )
    ]
    arm = bent([(1.27, y, 2.10), (1.42, y - 0.06, 2.14), (1.42, y - 0.06, 2.30)], 0.012, 0.05)
    head = fittings.mirror(0.34, 0.20).transformed(turned("z", np.deg2rad(12), (1.42, y - 0.06, 2.38)))
    return Mesh.merged([made_of(Slot.TRIM, *bars, *feet, arm), head])


def _lamps() -> Mesh:
    return fittings.square_lamp(0.15, 0.11).moved(1.30, -0.85, 1.42)


def _labels() -> Mesh:
    """Returns warning labels and data plates on the sides and the tail."""
    spots = [(-0.35, 1.50, 0.13, 0.18), (0.05, 1.30, 0.10, 0.07), (-1.16, 1.82, 0.07, 0.10)]
    amber, pale = [], []
    for sign in (-1, 1):
        for x, z, width, height in spots:
            if sign > 0:
                x -= 0.70  # the cab covers the front of the left side
            y = sign * (1.3365 if sign < 0 and x > -1.1 else 1.3135)
            amber.append(block((x, y - 0.002, z), (x + width, y + 0.002, z + height)))
            pale.append(block((x + 0.01, y - 0.003, z + 0.01), (x + width - 0.01, y + 0.003, z + 0.42 * height)))
    return Mesh.merged([made_of(Slot.AMBER, *amber), made_of(Slot.LENS, *pale)])


def _cylinder_hoses() -> Mesh:
    """Returns the hoses that come out of the nose towards the boom cylinders' feet."""
    foot = linkage.BOOM_CYLINDER_FOOT
    hoses = [
        bent(
            [(0.30, y * 0.55, 1.24), (0.52, y * 0.8, 1.50), (0.60, y, 1.62), (foot.real + 0.02, y, foot.imag + 0.10)],
            0.018,
            0.12,
        )
        for y in (-0.375, -0.32, 0.32, 0.375)
    ]
    return made_of(Slot.RUBBER, *hoses)
