"""Chassis of the telehandler: frame, tower, axles, engine pod, mudguards, steps, lamps, stabilisers."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import bent, block, boss, cross_pin, filleted, flank, rectangle, rod, side, strip
from blend_assets.scripts.machine_cab import CabShape
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage_carriers as linkage
from buildee.layout import solids
from buildee.layout.mesh import Mesh

CAB = CabShape(
    ((-0.80, 0.86), (0.52, 0.86), (0.80, 1.38), (0.52, 2.36), (-0.74, 2.36), (-0.84, 1.48)), 0.27, 1.18, -0.10
)
BOOM_Y = -0.02
"""Where the boom's middle plane lies."""
TAIL, NOSE = -2.62, 2.34
HINGE = (2.12, 0.46, 0.70)
"""Where the left stabiliser swings."""
ARM = 0.80
STOWED = linkage.STABILISER - np.arcsin((HINGE[2] - 0.12) / ARM)
"""Elevation of a stowed stabiliser's arm; swung down, its foot stands on the ground."""


def chassis() -> Mesh:
    """Returns all that is fixed to the frame, but the cab."""
    return Mesh.merged([_frame(), _tower(), _axles(), _engine(), _mudguards(), _access(), _lamps(), _front()])


def _frame() -> Mesh:
    outline = filleted(
        [
            (-2.45, 0.50),
            (-2.0, 0.42),
            (1.9, 0.42),
            (2.25, 0.52),
            (2.25, 0.82),
            (1.9, 0.92),
            (-1.0, 0.92),
            (-2.45, 1.05),
        ],
        0.06,
    )
    rails = [side(outline, *sorted((s * 0.36, s * 0.41))) for s in (-1, 1)]
    cross = [block((x, -0.37, 0.46), (x + 0.08, 0.37, 0.80), 0.01) for x in (-2.2, -0.9, 0.3, 1.0, 2.05)]
    belly = block((-2.1, -0.37, 0.44), (1.9, 0.37, 0.47))
    tank = block((-0.95, -1.02, 0.50), (0.72, -0.40, 0.68), 0.05)
    bed = [block((-0.86, 0.40, 0.72), (0.60, 1.14, 0.86), 0.02), block((-0.80, 0.40, 0.52), (0.45, 0.95, 0.74), 0.04)]
    shaft = rod((-1.3, 0, 0.60), (1.3, 0, 0.60), 0.05, 12)
    return Mesh.merged([made_of(Slot.PAINT, *rails), made_of(Slot.TRIM, *cross, belly, tank, *bed, shaft)])


def _tower() -> Mesh:
    """Returns the rear tower that holds the boom's pivot, and the cast counterweight below it."""
    pivot, foot = linkage.BOOM_PIVOT, linkage.LIFT_FOOT
    outline = filleted(
        [
            (-2.50, 0.95),
            (-1.35, 0.86),
            (-1.55, 1.25),
            (pivot.real + 0.22, pivot.imag - 0.10),
            (pivot.real + 0.10, pivot.imag + 0.15),
            (pivot.real - 0.13, pivot.imag + 0.14),
            (-2.46, 1.5),
        ],
        [0.05, 0.05, 0.3, 0.15, 0.12, 0.12, 0.1],
        5,
    )
    plates = [side(outline, *sorted((BOOM_Y + s * 0.235, BOOM_Y + s * 0.275))) for s in (-1, 1)]
    lugs = [
        side(
            filleted(
                [
                    (foot.real - 0.12, foot.imag - 0.2),
                    (foot.real + 0.14, foot.imag - 0.2),
                    (foot.real + 0.11, foot.imag + 0.11),
                    (foot.real - 0.11, foot.imag + 0.11),
                ],
                0.09,
            ),
            BOOM_Y + y,
            BOOM_Y + y + 0.03,
        )
        for y in (-0.12, 0.09)
    ]
    cross = [
        block((-2.44, BOOM_Y - 0.24, 1.0), (-2.38, BOOM_Y + 0.24, 1.5)),
        block((-2.3, -0.38, 0.62), (-1.5, 0.38, 0.68)),
    ]
    levels = [(0.05, 0.46), (0.0, 0.52), (0.0, 1.06), (0.04, 1.14)]
    rings = []
    for inset, z in levels:
        corner = [
            (TAIL + inset, -0.98 + inset),
            (-2.18, -1.02 + inset),
            (-2.18, 1.02 - inset),
            (TAIL + inset, 0.98 - inset),
        ]
        points = filleted(corner, [0.16, 0.03, 0.03, 0.16], 5)
        rings.append(np.column_stack([points, np.full(len(points), z)]))
    cast = solids.loft(np.array(rings), smooth=True)
    hitch = [block((TAIL - 0.09, -0.10, z), (TAIL + 0.05, 0.10, z + 0.035), 0.015) for z in (0.62, 0.78)]
    return Mesh.merged(
        [
            made_of(Slot.PAINT, *plates, *lugs, *cross),
            boss(pivot.real, pivot.imag, BOOM_Y - 0.30, BOOM_Y + 0.30, 0.12, 0.06),
            boss(foot.real, foot.imag, BOOM_Y - 0.14, BOOM_Y + 0.14, 0.08, 0.04),
            made_of(Slot.TRIM, cast, *hitch),
        ]
    )


def _axles() -> Mesh:
    z, half = linkage.HANDLER_TYRE, linkage.HANDLER_TRACK / 2
    section = [
        (0.10, -half + 0.30),
        (0.11, -0.30),
        (0.19, -0.14),
        (0.21, 0.0),
        (0.19, 0.14),
        (0.11, 0.30),
        (0.10, half - 0.30),
    ]
    pieces = []
    for x in (-linkage.HANDLER_AXLE, linkage.HANDLER_AXLE):
        pieces.append(solids.revolve(section, 20).transformed(turned("x", -np.pi / 2, (x, 0, z))))
        pieces += [
            flank(s, (x - 0.10, half - 0.38, z - 0.14), (x + 0.10, half - 0.22, z + 0.14), 0.02) for s in (-1, 1)
        ]
        pieces.append(block((x - 0.14, -0.38, z + 0.12), (x + 0.14, 0.38, z + 0.30), 0.02))
        pieces.append(rod((x - 0.18, -half + 0.3, z), (x - 0.18, half - 0.3, z), 0.035, 10))
    pieces += [
        cross_pin(-linkage.HANDLER_AXLE, z, *sorted((s * (half - 0.26), s * (half - 0.08))), 0.15, 20) for s in (-1, 1)
    ]
    return made_of(Slot.TRIM, *pieces)


def knuckle(sign: int) -> Mesh:
    """Returns a steering knuckle with its final drive about the kingpin; the wheel's middle is at y = 0.22 outwards."""
    yoke = [block((-0.07, -0.06, z - 0.03), (0.07, 0.06, z + 0.03), 0.01) for z in (-0.17, 0.17)]
    drive = cross_pin(0, 0, *sorted((sign * 0.0, sign * 0.16)), 0.15, 20)
    pin = rod((0, 0, -0.20), (0, 0, 0.20), 0.04, 12)
    arm = block((-0.24, -0.03, -0.03), (0.0, 0.03, 0.03), 0.01)
    return made_of(Slot.TRIM, *yoke, drive, pin, arm)


def _engine() -> Mesh:
    """Returns the engine pod on the right: hood with seams, grille ahead, louvres, exhaust, steps."""
    rings = []
    for x, top, low in ((-1.02, 1.36, 0.80), (-0.92, 1.46, 0.70), (0.62, 1.40, 0.68), (0.76, 1.24, 0.70)):
        outline = filleted(
            [(-1.16, low), (-0.42, low), (-0.42, top), (-1.0, top), (-1.16, top - 0.16)],
            [0.05, 0.02, 0.04, 0.14, 0.12],
            4,
        )
        rings.append(np.column_stack([np.full(len(outline), x), outline]))
    hood = solids.loft(np.array(rings), smooth=True)
    grille = fittings.louvres(0.56, 0.42, 8).transformed(turned("z", 0.0, (0.765, -0.79, 0.96)))
    vents = fittings.louvres(0.62, 0.26, 7).transformed(turned("z", -np.pi / 2, (-0.48, -1.166, 1.04)))
    seam = [block((x, -1.163, 0.74), (x + 0.008, -1.155, 1.22)) for x in (-0.10, 0.52)] + [
        block((-0.96, -0.98, 1.425), (0.5, -0.972, 1.452))
    ]
    latch = [block((x, -1.175, 0.80), (x + 0.09, -1.155, 0.85), 0.008) for x in (0.02, 0.40)]
    pipe = solids.tube(
        [(-0.74, -0.62, 1.40), (-0.74, -0.62, 1.86), (-0.80, -0.64, 1.96), (-0.88, -0.66, 1.99)], 0.045, 14
    )
    shield = solids.pipe(0.07, 0.064, 0.30, 18).moved(-0.74, -0.62, 1.47)
    bowl = solids.revolve([(0.04, 0), (0.04, 0.08), (0.09, 0.09), (0.10, 0.12), (0.10, 0.19), (0.02, 0.22)], 18).moved(
        -0.35, -0.66, 1.42
    )
    cap = solids.cylinder(0.05, 0.05, 16, 0.01).transformed(turned("x", np.pi / 2, (0.6, -1.0, 0.60)))
    rail = bent([(0.3, -1.02, 1.36), (0.3, -1.04, 1.52), (-0.55, -1.04, 1.55), (-0.55, -1.02, 1.40)], 0.014, 0.06)
    mirror = bent([(0.58, -1.06, 1.26), (0.74, -1.16, 1.62), (0.74, -1.16, 1.72)], 0.011, 0.06)
    glass = fittings.mirror(0.28, 0.18).transformed(turned("z", 0.15, (0.74, -1.16, 1.84)))
    return Mesh.merged(
        [
            made_of(Slot.PAINT, hood),
            made_of(Slot.TRIM, grille, vents, *latch, rail, mirror),
            made_of(Slot.MARKING, *seam),
            made_of(Slot.STEEL, pipe, shield),
            made_of(Slot.PLASTIC, bowl, cap),
            glass,
        ]
    )


def _mudguards() -> Mesh:
    pieces, rubber = [], []
    radius = linkage.HANDLER_TYRE + 0.10
    for x, reach in ((linkage.HANDLER_AXLE, (35, 145)), (-linkage.HANDLER_AXLE, (30, 150))):
        angle = np.deg2rad(np.linspace(*reach, 13))
        arch = np.column_stack([x + radius * np.cos(angle), linkage.HANDLER_TYRE + radius * np.sin(angle)])
        for s in (-1, 1):
            pieces.append(strip(arch, 0.012, *sorted((s * 0.76, s * 1.20))))
            pieces.append(strip(arch, 0.04, *sorted((s * 1.188, s * 1.20))))
            pieces.append(rod((x, s * 0.38, 0.88), (x, s * 0.80, linkage.HANDLER_TYRE + radius - 0.005), 0.025, 8))
            rubber.append(flank(s, (x - 0.60, 0.80, 0.72), (x - 0.588, 1.18, 0.98)))
    return Mesh.merged([made_of(Slot.PLASTIC, *pieces), made_of(Slot.RUBBER, *rubber)])


def _access() -> Mesh:
    """Returns the step below the door, the tool box and the battery on the left."""
    step = [block((-0.02, 0.98, 0.42), (0.42, 1.18, 0.45), 0.006)]
    step += [rod((x, 1.15, 0.43), (x, 1.10, 0.80), 0.014, 6) for x in (0.0, 0.40)]
    step += [block((0.0 + 0.06 * k, 1.0, 0.448), (0.02 + 0.06 * k, 1.16, 0.458)) for k in range(7)]
    chest = block((-0.78, 0.94, 0.50), (-0.12, 1.15, 0.74), 0.03)
    lid = [
        block((-0.74, 1.145, 0.53), (-0.16, 1.16, 0.71), 0.006),
        block((-0.50, 1.155, 0.66), (-0.40, 1.17, 0.70), 0.005),
    ]
    return Mesh.merged([made_of(Slot.TRIM, *step), made_of(Slot.PLASTIC, chest), made_of(Slot.TRIM, *lid)])


def _lamps() -> Mesh:
    dark, red, amber, clear, reflect = [], [], [], [], []
    for s in (-1, 1):
        dark.append(flank(s, (TAIL - 0.03, 0.62, 0.86), (TAIL + 0.04, 0.92, 0.98), 0.01))
        for lamps, a, b in ((red, 0.64, 0.76), (amber, 0.77, 0.84), (clear, 0.85, 0.90)):
            lamps.append(flank(s, (TAIL - 0.04, a, 0.88), (TAIL - 0.025, b, 0.96), 0.004))
        reflect.append(flank(s, (TAIL - 0.008, 0.66, 0.70), (TAIL + 0.004, 0.84, 0.76)))
    plate = block((TAIL - 0.012, -0.26, 0.88), (TAIL - 0.002, 0.26, 0.99))
    return Mesh.merged(
        [
            made_of(Slot.PLASTIC, *dark),
            made_of(Slot.RED_LENS, *red),
            made_of(Slot.AMBER, *amber),
            made_of(Slot.LENS, *clear, plate),
            made_of(Slot.REFLECTOR, *reflect),
        ]
    )


def _front() -> Mesh:
    """Returns the front cross member with the stabilisers' brackets, head lamps and tie-down eyes."""
    x, y, z = HINGE
    beam = block((x - 0.08, -0.56, 0.52), (x + 0.16, 0.56, 0.86), 0.03)
    ears = [
        flank(s, (x + dx, 0.38, z - 0.12), (x + dx + 0.03, y + 0.09, z + 0.14), 0.01)
        for s in (-1, 1)
        for dx in (-0.11, 0.08)
    ]
    pins = [rod((x - 0.12, s * y, z), (x + 0.14, s * y, z), 0.03, 12) for s in (-1, 1)]
    eyes = [block((NOSE - 0.09, s * 0.2 - 0.03, 0.58), (NOSE + 0.0, s * 0.2 + 0.03, 0.70), 0.015) for s in (-1, 1)]
    lamps = []
    for s in (-1, 1):
        lamps.append(
            made_of(
                Slot.TRIM,
                bent([(x, s * 0.50, 0.84), (x - 0.06, s * 0.60, 1.05), (x - 0.06, s * 0.68, 1.12)], 0.02, 0.06),
            )
        )
        lamps.append(made_of(Slot.PLASTIC, flank(s, (x - 0.10, 0.60, 1.08), (x + 0.02, 0.84, 1.24), 0.02)))
        lamps.append(fittings.lamp(0.06, 0.04).moved(x + 0.035, s * 0.68, 1.16))
        lamps.append(made_of(Slot.AMBER, flank(s, (x + 0.0, 0.755, 1.11), (x + 0.03, 0.825, 1.21), 0.008)))
    mark = fittings.front(rectangle((-0.3, 0.60), (0.3, 0.72), 0.01), x + 0.155, x + 0.166)
    return Mesh.merged(
        [
            made_of(Slot.PAINT, beam),
            made_of(Slot.TRIM, *ears, *eyes),
            made_of(Slot.STEEL, *pins),
            made_of(Slot.REFLECTOR, mark),
            *lamps,
        ]
    )


def stabiliser(sign: int) -> Mesh:
    """Returns a stabiliser's arm about its hinge, stowed: a box arm with its cylinder."""
    out = np.array([np.cos(STOWED), np.sin(STOWED)])
    across = np.array([-out[1], out[0]])
    line = np.array(
        [
            out * -0.05 - across * 0.07,
            out * (ARM + 0.05) - across * 0.05,
            out * (ARM + 0.05) + across * 0.05,
            out * 0.35 + across * 0.09,
            out * -0.05 + across * 0.09,
        ]
    )
    arm = fittings.front(line if sign > 0 else (line * (-1, 1))[::-1], -0.065, 0.065)
    tip = out * ARM
    pin = rod((-0.09, sign * tip[0], tip[1]), (0.09, sign * tip[0], tip[1]), 0.025, 10)
    return Mesh.merged([made_of(Slot.PAINT, arm), made_of(Slot.STEEL, pin)])


def foot() -> Mesh:
    """Returns a stabiliser's foot about its pin: a dished plate that stands on the ground 0.12 m below."""
    plate = solids.revolve([(0.17, -0.12), (0.20, -0.10), (0.20, -0.085), (0.05, -0.06)], 20)
    ears = [block((x - 0.012, -0.05, -0.09), (x + 0.012, 0.05, 0.04), 0.006) for x in (-0.08, 0.08)]
    return made_of(Slot.TRIM, plate, *ears)
