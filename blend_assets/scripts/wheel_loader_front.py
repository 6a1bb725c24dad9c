"""Front frame of the wheel loader: tower, axle, fenders, head lamps, hoses; in the hitch's frame."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import bent, block, boss, cross_pin, filleted, flank, side
from blend_assets.scripts.slots import Slot, made_of
from blend_assets.scripts.wheel_loader_arm import ARM_Y
from blend_assets.scripts.wheel_loader_frame import axle, fenders
from buildee.layout import linkage_loader as linkage
from buildee.layout.mesh import Mesh


def front() -> Mesh:
    """Returns the front frame: tower with the boom's pins, axle, fenders, head lamps."""
    foot, lift, tilt = linkage.BOOM_FOOT, linkage.LIFT_FOOT, linkage.TILT_FOOT
    outline = [
        (0.10, 0.58),
        (1.9, 0.66),
        (2.1, 0.86),
        (1.55, 1.16),
        (1.12, 1.62),
        (foot.real + 0.19, foot.imag - 0.05),
        (foot.real + 0.10, foot.imag + 0.17),
        (foot.real - 0.13, foot.imag + 0.16),
        (0.36, 1.62),
        (0.12, 1.46),
    ]
    webs = [
        side(
            filleted(outline, [0.05, 0.1, 0.1, 0.3, 0.2, 0.12, 0.12, 0.12, 0.15, 0.05]), *sorted((s * 0.36, s * 0.425))
        )
        for s in (-1, 1)
    ]
    nose = [block((0.06, -0.40, z), (0.34, 0.40, z + 0.06), 0.015) for z in (0.63, 1.34)]
    back = block((0.22, -0.38, 0.66), (0.27, 0.38, 1.36))
    cross = [block((0.5, -0.38, 0.70), (1.95, 0.38, 0.76), 0.01), block((1.0, -0.37, 1.35), (1.06, 0.37, 1.75), 0.01)]
    cheek = lobe_plate(tilt)
    lugs = [side(cheek, y, y + 0.05, 0.006) for y in (-0.155, 0.105)]
    head = block((foot.real - 0.28, -0.40, foot.imag - 0.24), (foot.real + 0.12, 0.40, foot.imag - 0.10), 0.02)
    ears = [
        side(
            filleted(
                [
                    (lift.real - 0.13, lift.imag - 0.13),
                    (lift.real + 0.16, lift.imag - 0.13),
                    (lift.real + 0.16, lift.imag + 0.15),
                    (lift.real - 0.13, lift.imag + 0.13),
                ],
                0.1,
            ),
            *sorted((s * y, s * (y + 0.035))),
        )
        for s in (-1, 1)
        for y in (0.415, 0.56)
    ]
    bosses = [boss(foot.real, foot.imag, *sorted((s * 0.35, s * 0.44)), 0.16, 0.075) for s in (-1, 1)]
    pins = [cross_pin(foot.real, foot.imag, *sorted((s * 0.40, s * (ARM_Y + 0.06))), 0.06) for s in (-1, 1)]
    pins += [cross_pin(lift.real, lift.imag, *sorted((s * 0.40, s * 0.61))[:2], 0.045) for s in (-1, 1)]
    return Mesh.merged(
        [
            made_of(Slot.PAINT, *webs, *nose, back, *cross, *lugs, head, *ears),
            *bosses,
            boss(tilt.real, tilt.imag, -0.165, 0.165, 0.10, 0.05),
            made_of(Slot.STEEL, *pins),
            axle(linkage.HALF_BASE),
            _front_fenders(),
            _hoses(),
        ]
    )


def lobe_plate(pin: complex) -> np.ndarray:
    """Returns the outline of the lugs that hold the tilt cylinder's foot on the tower's head."""
    foot = linkage.BOOM_FOOT
    return filleted(
        [
            (foot.real - 0.25, foot.imag - 0.16),
            (foot.real + 0.22, foot.imag - 0.16),
            (pin.real + 0.13, pin.imag + 0.05),
            (pin.real + 0.05, pin.imag + 0.13),
            (pin.real - 0.13, pin.imag + 0.11),
        ],
        [0.02, 0.05, 0.09, 0.09, 0.1],
    )


def _front_fenders() -> Mesh:
    arches = fenders(linkage.HALF_BASE, 70, 158, 0.74, 1.32)
    stays, lamps = [], []
    for s in (-1, 1):
        stays.append(bent([(0.95, s * 0.40, 1.40), (0.95, s * 0.80, 1.50), (1.1, s * 0.95, 1.56)], 0.03, 0.1))
        stays.append(bent([(1.05, s * 0.98, 1.58), (1.05, s * 1.02, 1.95)], 0.022, 0.05))
        box = flank(s, (0.98, 0.86, 1.92), (1.12, 1.16, 2.14), 0.03)
        lamps.append(made_of(Slot.PLASTIC, box))
        lamps.append(fittings.lamp(0.075, 0.05).moved(1.15, s * 0.95, 2.03))
        lamps.append(made_of(Slot.AMBER, flank(s, (1.10, 1.05, 1.96), (1.135, 1.14, 2.10), 0.008)))
    flaps = [flank(s, (0.80, 0.76, 0.66), (0.812, 1.30, 1.16)) for s in (-1, 1)]
    return Mesh.merged([made_of(Slot.TRIM, *arches, *stays), made_of(Slot.RUBBER, *flaps), *lamps])


def _hoses() -> Mesh:
    """Returns the bundle across the hitch and the hoses at the tower."""
    bundle = [
        bent([(-0.35, y, 1.26), (-0.1, y * 1.6, 1.20), (0.2, y * 1.6, 1.22), (0.5, y, 1.30)], 0.02, 0.15)
        for y in (-0.14, -0.07, 0.07, 0.14)
    ]
    rise = [
        bent([(0.42, y, 1.45), (0.50, y, 1.8), (0.62, y, 2.1), (0.70, y * 0.7, 2.26)], 0.017, 0.15)
        for y in (-0.24, 0.24)
    ]
    return made_of(Slot.RUBBER, *bundle, *rise)
