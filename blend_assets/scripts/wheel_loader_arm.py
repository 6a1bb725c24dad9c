"""Boom, bellcrank, link, cylinders and bucket of the wheel loader, each in its own frame (see linkage_loader)."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.excavator_arm import lobe
from blend_assets.scripts.fittings import bent, block, boss, cross_pin, filleted, side, strip
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage_loader as linkage
from buildee.layout import solids
from buildee.layout.mesh import Mesh

ARM_Y = 0.50
"""From the middle to an arm's middle."""
BUCKET_WIDTH = 2.90


def boom() -> Mesh:
    """Returns the boom: two cranked arms of thick plate joined by the cross tube that carries the bellcrank."""
    length, eye, crank = linkage.BOOM_LENGTH, linkage.LIFT_EYE, linkage.CRANK_PIN
    outline = filleted(
        [
            (-0.16, -0.14),
            (0.35, -0.12),
            (1.10, 0.03),
            (1.36, -0.20),
            (1.64, -0.20),
            (2.20, -0.02),
            (2.50, -0.15),
            (2.80, -0.14),
            (2.80, 0.12),
            (2.35, 0.33),
            (1.75, 0.47),
            (0.75, 0.42),
            (-0.16, 0.16),
        ],
        [0.14, 0.5, 0.3, 0.1, 0.1, 0.4, 0.2, 0.12, 0.12, 0.5, 0.6, 0.8, 0.14],
        6,
    )
    arms, doublers = [], []
    for sign in (-1, 1):
        low, high = sorted((sign * (ARM_Y - 0.04), sign * (ARM_Y + 0.04)))
        arms.append(side(outline, low, high, 0.008))
        for pin, radius in ((0j, 0.17), (length + 0j, 0.15), (eye, 0.14)):
            doublers.append(cross_pin(pin.real, pin.imag, low - 0.012, high + 0.012, radius, 24))
    tube = cross_pin(crank.real - 0.22, crank.imag - 0.16, -ARM_Y + 0.02, ARM_Y - 0.02, 0.13, 24)
    lugs = []
    for y in (-0.17, 0.11):
        plate = [(crank.real - 0.40, crank.imag - 0.30), (crank.real - 0.1, crank.imag - 0.30)]
        plate += [(crank.real + 0.13, crank.imag - 0.05), (crank.real + 0.08, crank.imag + 0.13)]
        plate += [(crank.real - 0.1, crank.imag + 0.12), (crank.real - 0.40, crank.imag - 0.02)]
        lugs.append(side(filleted(plate, 0.09), y, y + 0.06, 0.006))
    rear = cross_pin(0.42, 0.16, -ARM_Y + 0.02, ARM_Y - 0.02, 0.075, 18)
    return Mesh.merged(
        [
            made_of(Slot.PAINT, *arms, *doublers, tube, rear, *lugs),
            *(boss(0, 0, y - 0.06, y + 0.06, 0.12, 0.06) for y in (-ARM_Y, ARM_Y)),
            *(boss(length, 0, y - 0.06, y + 0.06, 0.11, 0.055) for y in (-ARM_Y, ARM_Y)),
            boss(crank.real, crank.imag, -0.19, 0.19, 0.10, 0.055),
            _hoses(),
        ]
    )


def _hoses() -> Mesh:
    """Returns hydraulic lines on the arms' inside and the hoses from the front frame to the cross tube."""
    lines = [
        bent([(0.1, y, 0.25), (0.7, y, 0.33), (1.2, y, 0.36), (1.35, y * 0.75, 0.34)], 0.014, 0.2)
        for y in (-ARM_Y + 0.07, -ARM_Y + 0.11)
    ]
    loops = [
        bent([(-0.30, y, -0.2), (-0.25, y, 0.12), (0.0, y, 0.30), (0.12, y, 0.26)], 0.019, 0.16)
        for y in (-ARM_Y + 0.07, -ARM_Y + 0.11)
    ]
    grease = [
        bent([(x, s * (ARM_Y + 0.046), 0.1), (x + 0.6, s * (ARM_Y + 0.046), 0.2)], 0.006, 0.05)
        for s in (-1, 1)
        for x in (0.3,)
    ]
    return Mesh.merged([made_of(Slot.TRIM, *lines, *grease), made_of(Slot.RUBBER, *loops)])


def bellcrank() -> Mesh:
    """Returns the bellcrank about its pin, +X towards the link's pin."""
    lower, upper = complex(linkage.CRANK_LOWER), linkage.CRANK_UPPER
    plates = [
        side(lobe(0j, 0.16, lower, 0.105), -0.085, 0.085, 0.012),
        side(lobe(0j, 0.16, upper, 0.10), -0.085, 0.085, 0.012),
    ]
    plates += [side(lobe(lower * 0.55, 0.13, lower, 0.10), y, y + 0.035, 0.006) for y in (-0.115, 0.08)]
    return Mesh.merged(
        [
            made_of(Slot.PAINT, *plates, cross_pin(0, 0, -0.105, 0.105, 0.15, 24)),
            boss(upper.real, upper.imag, -0.125, 0.125, 0.09, 0.05),
            boss(lower.real, 0.0, -0.13, 0.13, 0.09, 0.05),
        ]
    )


def link() -> Mesh:
    """Returns the link from the bellcrank (origin) to the bucket, along +X: a fork that clasps the crank."""
    length = linkage.LINK_LENGTH
    arms = [side(lobe(0j, 0.085, 0.42 * length + 0j, 0.075), y, y + 0.04, 0.006) for y in (-0.165, 0.125)]
    body = side(lobe(0.42 * length + 0j, 0.08, length + 0j, 0.09), -0.075, 0.075, 0.01)
    web = block((0.13, -0.16, -0.055), (0.36, 0.16, 0.055), 0.015)
    pin = cross_pin(0, 0, -0.18, 0.18, 0.05)
    return Mesh.merged([made_of(Slot.PAINT, *arms, body, web), made_of(Slot.STEEL, pin)])


SHELL = fittings.curve(
    [
        (1.36, -0.405),
        (0.95, -0.405),
        (0.62, -0.395),
        (0.36, -0.31),
        (0.22, -0.12),
        (0.19, 0.14),
        (0.24, 0.45),
        (0.40, 0.76),
    ],
    22,
)
"""Outer (x, z) line of the bucket from the floor's front to the spill guard."""


def bucket() -> Mesh:
    """Returns a 3.2 m3 general-purpose bucket with a bolted edge, eight teeth, side cutters and wear strips."""
    half = BUCKET_WIDTH / 2
    sheet = strip(SHELL, 0.022, -half + 0.03, half - 0.03)
    cheek = np.concatenate([SHELL[::1] * 0.995 + (0.004, 0.002), [(0.62, 0.56), (0.98, 0.02), (1.40, -0.33)]])
    cheeks = [side(cheek[::-1], y, y + 0.026) for y in (-half + 0.01, half - 0.036)]
    cutter = filleted(
        [(0.95, -0.41), (1.50, -0.42), (1.45, -0.31), (1.02, 0.06), (0.90, 0.02)], [0.02, 0.01, 0.03, 0.05, 0.05]
    )
    cutters = [side(cutter, y, y + 0.034) for y in (-half, half - 0.034)]
    edge = side([(1.14, -0.425), (1.46, -0.425), (1.38, -0.385), (1.14, -0.385)], -half + 0.005, half - 0.005)
    bolts = [
        solids.prism(solids.circle(0.022, 6), 0.016).moved(x, y, -0.388)
        for x in (1.19, 1.27)
        for y in np.linspace(-half + 0.2, half - 0.2, 14)
    ]
    along = np.gradient(SHELL, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    outside = SHELL + 0.012 * np.column_stack([-along[:, 1], along[:, 0]])
    wear = [strip(outside[2:15], 0.026, y - 0.05, y + 0.05) for y in (-1.2, -0.62, 0.62, 1.2)]
    guard = cross_pin(0.415, 0.755, -half + 0.04, half - 0.04, 0.035, 12)
    # Everything behind the sheet ends in it: nothing shows inside the bucket.
    stiff = side(
        filleted([(0.08, 0.25), (0.18, 0.2), (0.29, 0.62), (0.20, 0.62)], [0.03, 0, 0, 0.03]), -half + 0.04, half - 0.04
    )
    ears = []
    for y in (-ARM_Y, ARM_Y):
        plate = [(-0.13, -0.13), (0.10, -0.16), (0.31, -0.33), (0.19, -0.06), (0.18, 0.2), (0.22, 0.44), (0.08, 0.28)]
        outline = filleted([*plate, (-0.13, 0.12)], [0.12, 0.1, 0, 0, 0, 0.02, 0.1, 0.12])
        ears += [side(outline, y + s - 0.025, y + s + 0.025) for s in (-0.10, 0.10)]
    pin = linkage.LINK_PIN
    x, z = pin.real, pin.imag
    plate = [(x - 0.11, z - 0.1), (0.19, 0.02), (0.18, 0.2), (0.25, 0.55), (x + 0.02, z + 0.13), (x - 0.11, z + 0.08)]
    outline = filleted(plate, [0.09, 0, 0, 0.02, 0.09, 0.09])
    ears += [side(outline, y, y + 0.045) for y in (-0.135, 0.09)]
    pins = [boss(0, 0, y - 0.135, y + 0.135, 0.09, 0.055) for y in (-ARM_Y, ARM_Y)]
    pins.append(boss(pin.real, pin.imag, -0.145, 0.145, 0.08, 0.045))
    return Mesh.merged(
        [
            made_of(Slot.TRIM, sheet, *cheeks, guard, stiff, *ears),
            made_of(Slot.STEEL, edge, *cutters, *bolts, *wear),
            made_of(Slot.STEEL, *(_tooth(y) for y in np.linspace(-half + 0.09, half - 0.09, 8))),
            *(item.with_slot(int(Slot.STEEL)) for item in pins),
        ]
    )


def _tooth(y: float) -> Mesh:
    """Returns a tooth clamped over the edge, pointing ahead along the floor."""

    def section(x: float, half: float, low: float, high: float) -> list:
        return [(x, -half, low), (x, half, low), (x, half, high), (x, -half, high)]

    shank = solids.loft(np.array([section(-0.20, 0.04, 0.0, 0.05), section(0.02, 0.05, -0.035, 0.055)]))
    tip = solids.loft(
        np.array(
            [section(0.0, 0.055, -0.04, 0.06), section(0.07, 0.052, -0.035, 0.05), section(0.22, 0.036, -0.03, -0.012)]
        )
    )
    return Mesh.merged([shank, tip]).moved(1.40, y, -0.392)


def lift_barrel() -> Mesh:
    """Returns the tube of a lift cylinder."""
    return fittings.barrel(1.45, 0.08, 0.085, 0.10)


def lift_rod() -> Mesh:
    """Returns its rod."""
    return fittings.piston_rod(1.50, 0.045, 0.085, 0.10)


def tilt_barrel() -> Mesh:
    """Returns the tube of the tilt cylinder."""
    return fittings.barrel(1.14, 0.095, 0.09, 0.16)


def tilt_rod() -> Mesh:
    """Returns its rod."""
    return fittings.piston_rod(1.09, 0.05, 0.085, 0.15)
