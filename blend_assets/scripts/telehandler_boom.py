"""Boom sections, carriage, forks, pallet and cylinders of the telehandler, each in its own frame."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import bent, block, boss, filleted, rectangle, rod, side
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage_carriers as linkage
from buildee.layout import solids
from buildee.layout.mesh import Mesh

SIZES = ((0.36, 0.50), (0.30, 0.43), (0.245, 0.365), (0.195, 0.305))
"""Width and height of the sections from the outermost inwards, metres."""
STARTS = (-0.18, 0.15, 0.40, 0.65)
ENDS = (4.20, 4.36, 4.50, 4.66)
"""Where the sections begin and end along the boom when drawn in, metres."""
FORK = -0.66
"""Top of the forks against the carriage's pin, metres."""


def _tube(index: int) -> Mesh:
    """Returns a section: a box tube with cut corners, open ahead, its wear pads and a collar at the mouth."""
    width, height = SIZES[index]
    start, end, middle = STARTS[index], ENDS[index], linkage.BOOM_LINE
    cut = 0.05

    def ring(w: float, h: float, x: float) -> np.ndarray:
        outline = [(-w / 2 + cut, -h / 2), (w / 2 - cut, -h / 2), (w / 2, -h / 2 + cut), (w / 2, h / 2 - cut)]
        outline += [(w / 2 - cut, h / 2), (-w / 2 + cut, h / 2), (-w / 2, h / 2 - cut), (-w / 2, -h / 2 + cut)]
        return np.column_stack([np.full(8, x), np.array(outline) + np.array([0, middle])])

    wall = 0.012
    rings = [ring(width, height, start), ring(width, height, end), ring(width - 2 * wall, height - 2 * wall, end)]
    rings.append(ring(width - 2 * wall, height - 2 * wall, end - 0.5))
    body = solids.loft(np.array(rings))
    collar = [ring(width + 0.03, height + 0.03, end - 0.10), ring(width + 0.03, height + 0.03, end - 0.02)]
    band = solids.loft(
        np.array(
            [*collar, ring(width - 0.01, height - 0.01, end - 0.02), ring(width - 0.01, height - 0.01, end - 0.10)]
        ),
        closed=True,
    )
    pads = [
        block(
            (end - 0.03, y - 0.05, middle + s * (height / 2 - 0.008) - 0.012),
            (end + 0.006, y + 0.05, middle + s * (height / 2 - 0.008) + 0.012),
        )
        for s in (-1, 1)
        for y in (-0.05, 0.05)
    ]
    return Mesh.merged([made_of(Slot.PAINT, body, band), made_of(Slot.PLASTIC, *pads)])


def boom() -> Mesh:
    """Returns the outer section about its pivot, with the lift cylinder's lugs, and hose guide."""
    width, height = SIZES[0]
    middle, eye = linkage.BOOM_LINE, linkage.LIFT_EYE
    ear = filleted(
        [(-0.30, middle - 0.2), (0.55, middle - 0.2), (0.42, -0.06), (0.12, 0.13), (-0.12, 0.12), (-0.28, -0.12)],
        [0.1, 0.05, 0.3, 0.1, 0.1, 0.15],
        5,
    )
    ears = [side(ear, y, y + 0.035, 0.006) for y in (-width / 2 - 0.03, width / 2 - 0.005)]
    lug = filleted(
        [
            (eye.real - 0.30, middle - height / 2 + 0.03),
            (eye.real + 0.34, middle - height / 2 + 0.03),
            (eye.real + 0.09, eye.imag - 0.06),
            (eye.real - 0.08, eye.imag - 0.09),
        ],
        [0.02, 0.02, 0.09, 0.09],
    )
    lugs = [side(lug[::-1], y, y + 0.03, 0.005) for y in (-0.115, 0.085)]
    rib = [
        block(
            (x, -width / 2 - 0.008, middle - height / 2 - 0.008),
            (x + 0.10, width / 2 + 0.008, middle + height / 2 + 0.008),
            0.008,
        )
        for x in (1.2, 2.9)
    ]
    y = width / 2
    lines = [
        bent(
            [
                (-0.25, s * 0.08, middle),
                (-0.36, s * 0.08, middle - 0.1),
                (-0.34, s * 0.08, middle - 0.45),
                (-0.1, s * 0.08, middle - 0.6),
            ],
            0.017,
            0.12,
        )
        for s in (-1, 1)
    ]
    pipes = [
        rod((0.5, -y - 0.02 - 0.03 * k, middle + 0.17), (4.0, -y - 0.02 - 0.03 * k, middle + 0.17), 0.011, 6)
        for k in range(2)
    ]
    clips = [block((x, -y - 0.07, middle + 0.15), (x + 0.04, -y, middle + 0.19), 0.006) for x in (0.6, 1.6, 2.7, 3.8)]
    return Mesh.merged(
        [
            _tube(0),
            made_of(Slot.PAINT, *ears, *lugs, *rib),
            made_of(Slot.TRIM, *pipes, *clips),
            made_of(Slot.RUBBER, *lines),
            boss(0, 0, -width / 2 - 0.045, width / 2 + 0.045, 0.11, 0.055),
            boss(eye.real, eye.imag, -0.125, 0.125, 0.085, 0.045),
        ]
    )


def section(index: int) -> Mesh:
    """Returns a sliding section; the innermost carries the head with the carriage's pin."""
    body = [_tube(index)]
    if index < linkage.SECTIONS:
        return body[0]
    head, drop, foot = linkage.BOOM_HEAD, linkage.HEAD_DROP, linkage.TILT_FOOT
    top = linkage.BOOM_LINE + SIZES[index][1] / 2
    cheek = filleted(
        [
            (4.45, linkage.BOOM_LINE - 0.14),
            (head - 0.10, drop - 0.09),
            (head + 0.09, drop - 0.08),
            (head + 0.10, drop + 0.08),
            (4.92, top - 0.02),
            (4.45, top),
        ],
        [0.05, 0.1, 0.1, 0.1, 0.15, 0.03],
        5,
    )
    body.append(made_of(Slot.PAINT, *(side(cheek, y, y + 0.03, 0.006) for y in (-0.125, 0.095))))
    body.append(made_of(Slot.PAINT, block((4.55, -0.10, top - 0.06), (4.85, 0.10, top - 0.02), 0.01)))
    body.append(boss(head, drop, -0.14, 0.14, 0.095, 0.05))
    body.append(boss(foot.real, foot.imag, -0.10, 0.10, 0.05, 0.03))
    hoses = [
        bent(
            [
                (4.55, y, linkage.BOOM_LINE - 0.02),
                (4.95, y, linkage.BOOM_LINE + 0.06),
                (5.06, y, drop + 0.25),
                (5.02, y, drop + 0.05),
            ],
            0.013,
            0.1,
        )
        for y in (-0.145, 0.145)
    ]
    body.append(made_of(Slot.RUBBER, *hoses))
    return Mesh.merged(body)


def carriage() -> Mesh:
    """Returns the fork carriage about its pin: plate frame, load guard, two forks 1.20 m long, level along +X."""
    eye = linkage.TILT_EYE
    cheek = filleted(
        [
            (-0.11, -0.10),
            (0.08, -0.16),
            (0.22, -0.30),
            (0.22, 0.32),
            (eye.real + 0.08, eye.imag + 0.07),
            (eye.real - 0.08, eye.imag + 0.06),
            (-0.10, 0.10),
        ],
        [0.1, 0.05, 0.02, 0.05, 0.08, 0.08, 0.1],
        4,
    )
    cheeks = [side(cheek, y, y + 0.03, 0.006) for y in (-0.18, 0.15)]
    bars = [block((0.20, -0.60, z - 0.06), (0.25, 0.60, z + 0.06), 0.01) for z in (FORK + 0.15, 0.0)]
    posts = [block((0.195, y - 0.035, FORK + 0.1), (0.24, y + 0.035, 0.05), 0.008) for y in (-0.52, -0.14, 0.14, 0.52)]
    rails = [block((0.205, -0.60, z), (0.24, 0.60, z + 0.04), 0.006) for z in (0.42, 0.62)]
    guard = [
        block((0.205, y - 0.018, 0.0), (0.24, y + 0.018, 0.64), 0.006) for y in (-0.58, -0.35, -0.12, 0.12, 0.35, 0.58)
    ]
    forks = []
    for y in (-0.30, 0.30):
        blade = [
            (0.25, FORK - 0.045),
            (0.40, FORK - 0.045),
            (1.46, FORK - 0.018),
            (1.47, FORK - 0.004),
            (1.42, FORK),
            (0.32, FORK),
            (0.30, FORK + 0.02),
            (0.30, 0.07),
            (0.25, 0.07),
        ]
        forks.append(side(np.array(blade), y - 0.06, y + 0.06))
    return Mesh.merged(
        [
            made_of(Slot.TRIM, *cheeks, *bars, *posts, *rails, *guard),
            made_of(Slot.STEEL, *forks),
            boss(0, 0, -0.19, 0.19, 0.08, 0.05).with_slot(int(Slot.STEEL)),
            boss(eye.real, eye.imag, -0.19, 0.19, 0.06, 0.03).with_slot(int(Slot.STEEL)),
        ]
    )


def load() -> Mesh:
    """Returns a EUR pallet with five courses of strapped concrete blocks, standing on the forks; carriage's frame."""
    x0, z0 = 0.34, FORK
    deck = [
        block((x0 + 0.0, -0.6 + k * 0.2635, z0 + 0.122), (x0 + 0.8, -0.6 + k * 0.2635 + 0.145, z0 + 0.144))
        for k in range(5)
    ]
    # The forks enter across the boards: bearers run along Y, blocks leave the two openings free.
    bearers = [block((x0 + a, -0.6, z0 + 0.10), (x0 + a + 0.10, 0.6, z0 + 0.122)) for a in (0.0, 0.35, 0.70)]
    feet = [
        block((x0 + a, y - 0.07, z0 + 0.0), (x0 + a + 0.10, y + 0.07, z0 + 0.10))
        for a in (0.0, 0.35, 0.70)
        for y in (-0.53, 0.0, 0.53)
    ]
    runners = [block((x0, y - 0.05, z0 - 0.022), (x0 + 0.8, y + 0.05, z0)) for y in (-0.53, 0.0, 0.53)]
    rng = np.random.default_rng(5)
    blocks = []
    for course in range(5):
        for i in range(2):
            for j in range(5):
                jog = rng.uniform(-0.004, 0.004, 2)
                low = np.array([x0 + 0.02 + i * 0.385 + jog[0], -0.58 + j * 0.234 + jog[1], z0 + 0.144 + course * 0.20])
                blocks.append(block(low, low + np.array([0.375, 0.225, 0.198]), 0.006))
    top = z0 + 0.144 + 1.0
    straps = [
        fittings.side_frame(
            rectangle((x0 + 0.012, z0 + 0.1), (x0 + 0.79, top + 0.004)),
            rectangle((x0 + 0.018, z0 + 0.12), (x0 + 0.784, top)),
            y,
            y + 0.016,
        )
        for y in (-0.35, 0.35)
    ]
    return Mesh.merged(
        [
            made_of(Slot.WOOD, *deck, *bearers, *feet, *runners),
            made_of(Slot.BLOCK, *blocks),
            made_of(Slot.PLASTIC, *straps),
        ]
    )


def lift_barrel() -> Mesh:
    """Returns the tube of the lift cylinder."""
    return fittings.barrel(1.38, 0.085, 0.08, 0.13)


def lift_rod() -> Mesh:
    """Returns its rod."""
    return fittings.piston_rod(1.51, 0.045, 0.08, 0.13)


def tilt_barrel() -> Mesh:
    """Returns the tube of the carriage's tilt cylinder."""
    return fittings.barrel(0.70, 0.055, 0.05, 0.10)


def tilt_rod() -> Mesh:
    """Returns its rod."""
    return fittings.piston_rod(0.70, 0.028, 0.05, 0.10)
