"""Rear frame of the wheel loader with hood, fenders, steps, axle and lamps, in the hitch's frame."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import bent, block, cross_pin, filleted, flank, rectangle, side, strip
from blend_assets.scripts.machine_cab import CabShape
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage_loader as linkage
from buildee.layout import solids
from buildee.layout.mesh import Mesh

CAB = CabShape(
    ((-1.21, 1.72), (0.04, 1.72), (0.20, 2.2), (0.10, 3.20), (-1.22, 3.20), (-1.28, 2.32)), -0.76, 0.76, -0.60
)
TAIL = -3.72
HOOD = 0.74
"""Half the hood's width."""
HOOD_TOP = 2.46


def axle(x: float) -> Mesh:
    """Returns an axle with its differential and final drives."""
    z, half = linkage.TYRE, linkage.TRACK / 2
    beam = [
        (0.13, -half + 0.22),
        (0.14, -0.42),
        (0.24, -0.22),
        (0.30, -0.1),
        (0.30, 0.1),
        (0.24, 0.22),
        (0.14, 0.42),
        (0.13, half - 0.22),
    ]
    tube = solids.revolve(beam, 24).transformed(turned("x", -np.pi / 2, (x, 0, z)))
    ends = [cross_pin(x, z, *sorted((s * (half - 0.30), s * (half - 0.06))), 0.22, 24) for s in (-1, 1)]
    pads = [flank(s, (x - 0.22, 0.34, z + 0.08), (x + 0.22, 0.56, z + 0.26), 0.02) for s in (-1, 1)]
    return made_of(Slot.TRIM, tube, *ends, *pads)


def rear() -> Mesh:
    """Returns the rear frame with everything on it but cab and wheels."""
    return Mesh.merged(
        [_rails(), axle(-linkage.HALF_BASE), _hood(), _grille(), _tail(), _fenders(), _access(), _stack()]
    )


def _rails() -> Mesh:
    outline = [
        (-3.3, 0.85),
        (-2.3, 0.72),
        (-0.6, 0.62),
        (-0.12, 0.55),
        (-0.02, 0.62),
        (-0.02, 0.74),
        (-0.2, 0.95),
        (-0.2, 1.35),
        (-0.02, 1.42),
        (-0.02, 1.54),
        (-0.4, 1.62),
        (-3.3, 1.30),
    ]
    webs = [side(filleted(outline, 0.05), *sorted((s * 0.40, s * 0.46))) for s in (-1, 1)]
    webs += [block((-2.9, -0.42, 0.9), (-0.7, 0.42, 1.2), 0.02)]
    floor = [block((-1.26, -0.82, 1.60), (0.03, 0.82, 1.70), 0.02)]
    hitch = [solids.cylinder(0.17, 0.10, 24).moved(-0.02, 0, z) for z in (0.56, 0.68, 1.40, 1.50)]
    plates = [
        solids.prism(
            filleted([(-0.5, -0.42), (0.02, -0.17), (0.02, 0.17), (-0.5, 0.42)], [0.02, 0.15, 0.15, 0.02]), 0.06
        ).moved(z=z)
        for z in (0.60, 1.44)
    ]
    pins = [solids.cylinder(0.08, 0.34, 20).moved(0, 0, z) for z in (0.50, 1.32)]
    shaft = fittings.rod((-0.9, 0, 0.86), (0.9, 0, 0.86), 0.06, 14)
    return Mesh.merged(
        [made_of(Slot.PAINT, *webs, *plates), made_of(Slot.TRIM, *floor, *hitch, shaft), made_of(Slot.STEEL, *pins)]
    )


def _hood() -> Mesh:
    """Returns the engine hood: a tapering shell with seams, louvres on its flanks, handles and a filler cap."""

    def section(x: float, top: float, half: float, foot: float) -> np.ndarray:
        outline = [
            (-half, foot),
            (half, foot),
            (half, top - 0.16),
            (half - 0.14, top),
            (-half + 0.14, top),
            (-half, top - 0.16),
        ]
        points = filleted(outline, [0.02, 0.02, 0.14, 0.18, 0.18, 0.14], 5)
        return np.column_stack([np.full(len(points), x), points])

    rings = [
        section(-3.52, HOOD_TOP - 0.12, 0.69, 1.30),
        section(-3.1, HOOD_TOP - 0.03, HOOD, 1.27),
        section(-1.29, HOOD_TOP, HOOD, 1.27),
    ]
    shell = solids.loft(np.array(rings), smooth=True)
    seams = [block((x, -HOOD + 0.16, HOOD_TOP - 0.045), (x + 0.01, HOOD - 0.16, HOOD_TOP + 0.004)) for x in (-1.42,)]
    grilles, doors = [], []
    for sign in (-1, 1):
        y = sign * (HOOD + 0.004)
        turn = turned("z", np.pi / 2 * sign, (-2.55, y, 1.92))
        grilles.append(fittings.louvres(0.95, 0.42, 10).transformed(turn))
        low, high = sorted((y - 0.006 * sign, y + 0.014 * sign))
        doors.append(side(rectangle((-1.96, 1.36), (-1.36, 2.22), 0.05), low, high, 0.006))
        doors.append(side(rectangle((-3.02, 1.36), (-2.06, 1.62), 0.05), low, high, 0.006))
        seams.append(flank(sign, (-1.60, HOOD + 0.018, 1.72), (-1.50, HOOD + 0.03, 1.80), 0.006))
        seams.append(flank(sign, (-2.60, HOOD + 0.018, 1.46), (-2.50, HOOD + 0.03, 1.54), 0.006))
    vents = [
        block((x, y - 0.20, HOOD_TOP - 0.02), (x + 0.03, y + 0.20, HOOD_TOP + 0.008), 0.004)
        for y in (-0.28, 0.28)
        for x in np.arange(-3.0, -2.5, 0.07)
    ]
    y = HOOD + 0.0205
    band = [flank(s, (-3.0, HOOD - 0.001, 1.645), (-1.36, HOOD + 0.005, 1.69)) for s in (-1, 1)]
    return Mesh.merged(
        [
            made_of(Slot.PAINT, shell, *doors),
            made_of(Slot.TRIM, *grilles, *vents),
            made_of(Slot.MARKING, *seams, *band),
        ]
    )


def _grille() -> Mesh:
    """Returns the radiator's grille at the tail: a hinged frame with slats."""
    frame = fittings.front_frame(
        rectangle((-0.66, 1.36), (0.66, 2.32), 0.12), rectangle((-0.56, 1.44), (0.56, 2.24), 0.08), -3.56, -3.50
    )
    slats = [block((-3.555, -0.57, z), (-3.52, 0.57, z + 0.028), 0.006) for z in np.arange(1.48, 2.22, 0.062)]
    bars = [block((-3.56, y - 0.012, 1.44), (-3.525, y + 0.012, 2.24)) for y in (-0.28, 0.0, 0.28)]
    dark = block((-3.515, -0.6, 1.40), (-3.505, 0.6, 2.28))
    hinge = [block((-3.57, 0.655, z), (-3.50, 0.69, z + 0.08), 0.008) for z in (1.5, 2.1)]
    return Mesh.merged(
        [made_of(Slot.PAINT, frame), made_of(Slot.TRIM, *slats, *bars, *hinge), made_of(Slot.PLASTIC, dark)]
    )


def _tail() -> Mesh:
    """Returns the cast counterweight with tow pin, lamps, reflectors and plate."""
    levels = [(0.06, 0.74), (0.0, 0.80), (0.0, 1.22), (0.03, 1.30), (0.12, 1.34)]
    rings = []
    for inset, z in levels:
        back, half = TAIL + inset, 1.02 - inset
        outline = [(back, -half + 0.1), (-3.05, -half), (-3.05, half), (back, half - 0.1)]
        points = filleted(outline, [0.2, 0.05, 0.05, 0.2], 6)
        rings.append(np.column_stack([points, np.full(len(points), z)]))
    cast = solids.loft(np.array(rings), smooth=True)
    jaw = [block((TAIL - 0.10, -0.14, z), (TAIL + 0.1, 0.14, z + 0.05), 0.02) for z in (0.84, 1.02)]
    pin = solids.cylinder(0.03, 0.36, 14).moved(TAIL - 0.04, 0, 0.80)
    red, amber, clear, reflect, dark = [], [], [], [], []
    for s in (-1, 1):
        dark.append(flank(s, (TAIL - 0.02, 0.56, 1.04), (TAIL + 0.05, 0.86, 1.18), 0.01))
        for lamps, a, b in ((red, 0.58, 0.70), (amber, 0.71, 0.79), (clear, 0.80, 0.85)):
            lamps.append(flank(s, (TAIL - 0.03, a, 1.06), (TAIL - 0.015, b, 1.16), 0.004))
        reflect.append(flank(s, (TAIL - 0.006, 0.60, 0.92), (TAIL + 0.004, 0.78, 0.97)))
    plate = block((TAIL - 0.012, -0.26, 1.14), (TAIL - 0.002, 0.26, 1.25))
    stripes = []
    for s in (-1, 1):
        for index in range(3):
            y = s * (0.20 + 0.12 * index)
            quad = [
                (TAIL - 0.004, y, 0.85),
                (TAIL - 0.004, y + s * 0.06, 0.85),
                (TAIL - 0.004, y + s * 0.12, 1.0),
                (TAIL - 0.004, y + s * 0.06, 1.0),
            ]
            stripes.append(Mesh.from_faces(quad, [(3, 2, 1, 0) if s > 0 else (0, 1, 2, 3)]))
    return Mesh.merged(
        [
            made_of(Slot.TRIM, cast, *jaw),
            made_of(Slot.STEEL, pin),
            made_of(Slot.PLASTIC, *dark),
            made_of(Slot.RED_LENS, *red),
            made_of(Slot.AMBER, *amber),
            made_of(Slot.LENS, *clear, plate),
            made_of(Slot.REFLECTOR, *reflect, *stripes),
        ]
    )


def fenders(x: float, first: float, last: float, y0: float, y1: float) -> list[Mesh]:
    """Returns a fender of bent sheet over an axle at `x`, between two angles (degrees), on both sides."""
    radius = linkage.TYRE + 0.11
    angle = np.deg2rad(np.linspace(first, last, 13))
    arch = np.column_stack([x + radius * np.cos(angle), linkage.TYRE + radius * np.sin(angle)])
    arch[:, 1] = np.minimum(arch[:, 1], linkage.TYRE + radius - 0.02)
    pieces = []
    for sign in (-1, 1):
        low, high = sorted((sign * y0, sign * y1))
        pieces.append(strip(arch, 0.014, low, high))
        low, high = sorted((sign * (y1 - 0.016), sign * y1))
        pieces.append(strip(arch, 0.05, low, high))
    return pieces


def _fenders() -> Mesh:
    arches = fenders(-linkage.HALF_BASE, 35, 165, 0.74, 1.34)
    flaps = [flank(s, (-2.60, 0.76, 0.62), (-2.585, 1.32, 1.06)) for s in (-1, 1)]
    tread = [flank(s, (x, 0.80, 1.668), (x + 0.02, 1.30, 1.682)) for s in (-1, 1) for x in np.arange(-2.0, -1.3, 0.08)]
    return Mesh.merged([made_of(Slot.TRIM, *arches, *tread), made_of(Slot.RUBBER, *flaps)])


def _access() -> Mesh:
    """Returns steps, platforms and handrails on both sides, tanks and boxes between the axles."""
    trim, paint, black = [], [], []
    for s in (-1, 1):
        paint.append(flank(s, (-0.86, 0.47, 0.72), (-0.30, 0.98, 1.42), 0.04))
        black.append(flank(s, (-0.80, 0.975, 0.80), (-0.36, 0.99, 1.34), 0.01))
        trim.append(flank(s, (-1.05, 0.74, 1.64), (0.14, 1.26, 1.68), 0.008))
        trim += [flank(s, (-1.0 + 0.08 * k, 0.78, 1.678), (-0.98 + 0.08 * k, 1.22, 1.69)) for k in range(14)]
        for z, y in ((0.45, 1.22), (0.78, 1.20), (1.11, 1.18), (1.42, 1.16)):
            trim.append(flank(s, (-0.76, y - 0.14, z), (-0.34, y, z + 0.03), 0.006))
        for x in (-0.78, -0.34):
            trim.append(fittings.rod((x, s * 1.20, 0.45), (x, s * 1.12, 1.66), 0.016, 8))
        trim.append(
            bent(
                [(-0.84, s * 1.24, 1.0), (-0.90, s * 1.27, 1.5), (-0.92, s * 1.24, 2.6), (-0.92, s * 0.80, 2.66)],
                0.017,
                0.1,
            )
        )
        trim.append(
            bent(
                [(-0.24, s * 1.22, 1.1), (-0.16, s * 1.25, 1.6), (-0.10, s * 1.22, 2.3), (-0.10, s * 0.78, 2.36)],
                0.017,
                0.1,
            )
        )
        trim.append(
            bent(
                [(-1.36, s * 0.72, 2.44), (-1.46, s * 0.72, 2.86), (-2.7, s * 0.70, 2.84), (-2.8, s * 0.68, 2.44)],
                0.016,
                0.1,
            )
        )
    cap = solids.cylinder(0.05, 0.05, 16, 0.01).transformed(turned("x", -np.pi / 2, (-0.55, 0.985, 1.25)))
    return Mesh.merged([made_of(Slot.PAINT, *paint), made_of(Slot.TRIM, *trim), made_of(Slot.PLASTIC, *black, cap)])


def _stack() -> Mesh:
    """Returns exhaust, pre-cleaner and rear-view camera on the hood."""
    pipe = solids.tube(
        [(-1.62, -0.46, HOOD_TOP - 0.05), (-1.62, -0.46, 3.0), (-1.65, -0.46, 3.08), (-1.74, -0.46, 3.12)], 0.065, 18
    )
    hole = solids.cylinder(0.055, 0.008, 18).transformed(turned("y", -np.pi / 2 * 0.75, (-1.738, -0.46, 3.118)))
    shield = solids.pipe(0.095, 0.088, 0.36, 20).moved(-1.62, -0.46, HOOD_TOP + 0.02)
    collar = solids.cylinder(0.11, 0.02, 20).moved(-1.62, -0.46, HOOD_TOP - 0.005)
    bowl = solids.revolve(
        [(0.05, 0), (0.05, 0.12), (0.12, 0.13), (0.135, 0.16), (0.135, 0.26), (0.11, 0.30), (0.02, 0.31)], 20
    )
    eye = block((-3.46, -0.05, 2.34), (-3.38, 0.05, 2.42), 0.015)
    return Mesh.merged(
        [
            made_of(Slot.STEEL, pipe, shield),
            made_of(Slot.TRIM, collar),
            made_of(Slot.PLASTIC, hole, bowl.moved(-1.62, 0.40, HOOD_TOP - 0.01), eye),
        ]
    )
