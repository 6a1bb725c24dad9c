"""Drum, drive, supports, hopper, chutes, water tank and ladder of the truck mixer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.concrete_mixer_chutes import CHUTE_PIN, stowed_chutes
from blend_assets.scripts.fittings import bent, block, filleted, rectangle, rod, side
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage_carriers as linkage
from buildee.layout import solids
from buildee.layout.mesh import Mesh

LENGTH = 5.20
RADIUS = 1.18
RING = 3.95
"""Distance of the roller track from the drum's foot, along the axis."""
PROFILE = [
    (0.0, 0.30),
    (0.05, 0.60),
    (0.16, 0.84),
    (0.40, 1.03),
    (0.75, 1.12),
    (1.15, RADIUS),
    (1.75, RADIUS),
    (2.35, RADIUS),
]
PROFILE += [
    (2.75, 1.11),
    (3.15, 1.03),
    (3.55, 0.945),
    (3.9, 0.87),
    (4.35, 0.76),
    (4.75, 0.67),
    (5.08, 0.60),
    (LENGTH, 0.595),
]
"""Distance along the axis and radius of the drum's skin, metres; about 14 m3 inside, 8 m3 of concrete."""
_SEGMENTS = 48
_ALONG = np.array([[0.0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]])
"""Takes Z, about which solids are turned, to +X."""


def axis_point(along: float, out: float = 0.0) -> complex:
    """Returns the (x, z) of a point of the drum's axis, `out` metres below it, square to it."""
    back = -np.exp(-1j * linkage.DRUM_CLIMB)
    return linkage.DRUM_FOOT + back * (along + 1j * out)


def drum() -> Mesh:
    """Returns the drum along +X from its foot, two spiral bands in the livery's colour, concrete at its mouth."""
    rings = []
    for along, radius in PROFILE:
        angle = np.arange(_SEGMENTS) * (2 * np.pi / _SEGMENTS) + 0.42 * along
        rings.append(np.column_stack([np.full(_SEGMENTS, along), radius * np.cos(angle), radius * np.sin(angle)]))
    inside = [(LENGTH, 0.55), (4.9, 0.545), (4.2, 0.60)]
    rings += [
        np.column_stack([np.full(_SEGMENTS, x), r * np.cos(a), r * np.sin(a)])
        for x, r in inside
        for a in (np.arange(_SEGMENTS) * (2 * np.pi / _SEGMENTS) + 0.42 * LENGTH,)
    ]
    skin = solids.loft(np.array(rings), smooth=True)
    slots = np.full(len(skin.sizes), int(Slot.LIVERY), np.int32)
    spans = len(rings) - 1
    span, segment = np.divmod(np.arange(spans * _SEGMENTS), _SEGMENTS)
    slots[: len(span)][(segment % 24 < 8) & (span >= 4) & (span < 11)] = int(Slot.PAINT)
    slots[: len(span)][span >= 14] = int(Slot.CONCRETE)
    slots[-1] = int(Slot.CONCRETE)
    skin = replace(skin, slots=slots)
    track = solids.revolve([(0.80, RING - 0.09), (0.925, RING - 0.06), (0.925, RING + 0.06), (0.75, RING + 0.09)], 48)
    welds = [
        solids.pipe(radius + 0.008, radius - 0.02, 0.03, 48).moved(z=along)
        for along, radius in ((1.14, RADIUS), (2.34, RADIUS), (0.39, 1.03))
    ]
    flange = solids.revolve([(0.20, -0.10), (0.33, -0.08), (0.33, 0.0), (0.30, 0.04)], 28)
    bolts = fittings.bolt_circle(0.285, 14, 0.035, 0.02).transformed(np.diag([1.0, 1.0, -1.0, 1.0])).moved(z=-0.08)
    hatch = block((1.5, -0.24, RADIUS - 0.05), (2.0, 0.24, RADIUS + 0.02), 0.015)
    knobs = [
        block((x - 0.03, y - 0.03, RADIUS), (x + 0.03, y + 0.03, RADIUS + 0.045), 0.01)
        for x in (1.55, 1.95)
        for y in (-0.19, 0.19)
    ]
    blades = [_blade(start) for start in (0.0, np.pi)]
    return Mesh.merged(
        [
            skin,
            made_of(Slot.STEEL, track.transformed(_ALONG), flange.transformed(_ALONG), bolts.transformed(_ALONG)),
            made_of(Slot.LIVERY, *(weld.transformed(_ALONG) for weld in welds), hatch),
            made_of(Slot.STEEL, *knobs),
            made_of(Slot.CONCRETE, *blades),
        ]
    )


def _blade(start: float) -> Mesh:
    """Returns the end of a mixing spiral, as it shows in the drum's mouth."""
    rings = []
    for step in np.linspace(0, 1, 10):
        angle, along = start + 2.6 * step, 4.3 + 0.8 * step
        out = np.array([0.0, np.cos(angle), np.sin(angle)])
        rings.append(
            [np.array([along + t, 0, 0]) + out * r for t, r in ((0, 0.30), (0.012, 0.30), (0.012, 0.57), (0, 0.57))]
        )
    return solids.loft(np.array(rings))


def supports() -> Mesh:
    """Returns drive, front pedestal, rear frame with rollers, hopper, funnel, tank, ladder, in the instance's frame."""
    return Mesh.merged([_drive(), _pedestals(), _hopper(), _water(), _ladder(), stowed_chutes(), _controls()])


def _drive() -> Mesh:
    """Returns the planetary gearbox and motor on the drum's axis, ahead of it."""
    pose = turned("y", np.pi / 2 - linkage.DRUM_CLIMB)
    pose[:3, 3] = linkage.DRUM_FOOT.real, 0, linkage.DRUM_FOOT.imag
    # Built along -Z, which the pose takes forward and down the axis; turned so that +Z points ahead.
    gear = solids.revolve(
        [(0.30, 0.09), (0.30, 0.20), (0.26, 0.24), (0.24, 0.40), (0.17, 0.44), (0.15, 0.58), (0.10, 0.60)], 28
    )
    ribs = [solids.pipe(0.275, 0.2, 0.015, 28).moved(z=z) for z in (0.27, 0.31, 0.35)]
    lines = [
        bent([(2.34, y, 1.95), (2.45, y, 1.75), (2.46, y * 0.6, 1.4), (2.50, y * 0.6, 1.1)], 0.02, 0.1)
        for y in (-0.1, 0.02)
    ]
    return Mesh.merged(
        [
            made_of(Slot.TRIM, gear.transformed(pose), *(rib.transformed(pose) for rib in ribs)),
            made_of(Slot.RUBBER, *lines),
        ]
    )


def _pedestals() -> Mesh:
    foot = linkage.DRUM_FOOT
    outline = [
        (foot.real + 0.02, 1.12),
        (2.45, 1.12),
        (2.42, foot.imag - 0.34),
        (foot.real + 0.30, foot.imag - 0.20),
        (foot.real + 0.16, foot.imag - 0.20),
    ]
    front = [side(filleted(outline, [0.02, 0.02, 0.08, 0.02, 0.02]), y - 0.02, y + 0.02) for y in (-0.38, 0.38)]
    front += [
        block((2.10, -0.42, foot.imag - 0.42), (2.40, 0.42, foot.imag - 0.26), 0.02),
        block((2.12, -0.4, 1.14), (2.16, 0.4, 1.75)),
    ]
    ring = axis_point(RING)
    posts, rollers, caps = [], [], []
    for sign in (-1, 1):
        angle = np.deg2rad(36)
        down, aside = 1.02 * np.cos(angle), sign * 1.02 * np.sin(angle)
        centre = axis_point(RING, 0.0) - 1j * down * np.exp(-1j * linkage.DRUM_CLIMB)
        roller = solids.revolve([(0.07, -0.09), (0.105, -0.075), (0.105, 0.075), (0.07, 0.09)], 20).transformed(_ALONG)
        lean = turned("y", linkage.DRUM_CLIMB, (centre.real, aside, centre.imag))
        rollers.append(roller.transformed(lean))
        caps += [
            block((-0.06 + x, -0.09, -0.12), (0.06 + x, 0.09, 0.08), 0.02).transformed(lean) for x in (-0.17, 0.17)
        ]
        x = centre.real
        posts.append(
            block(
                (x - 0.25, min(sign * 0.34, aside + sign * 0.1), 1.16),
                (x + 0.25, max(sign * 0.34, aside + sign * 0.1), 1.24),
                0.01,
            )
        )
        posts += [
            _leg((x + dx, sign * 0.42, 1.18), (x + dx * 0.8, aside, centre.imag - 0.10), 0.10) for dx in (-0.20, 0.20)
        ]
        posts.append(_leg((x - 0.9, sign * 0.42, 1.16), (x - 0.2, aside, centre.imag - 0.14), 0.07))
    posts.append(block((ring.real - 0.32, -0.66, ring.imag - 1.03), (ring.real + 0.18, 0.66, ring.imag - 0.96), 0.01))
    # The rear frame rises from the rails' end to the hopper.
    for sign in (-1, 1):
        posts.append(_leg((-3.72, sign * 0.45, 1.1), (-3.52, sign * 0.52, 3.42), 0.09))
        posts.append(_leg((-3.0, sign * 0.45, 1.1), (-3.54, sign * 0.5, 2.0), 0.07))
    posts += [block((-3.70, -0.5, z), (-3.60, 0.5, z + 0.08), 0.01) for z in (1.75, 2.28)]
    return Mesh.merged([made_of(Slot.BODY, *front, *posts), made_of(Slot.STEEL, *rollers), made_of(Slot.TRIM, *caps)])


def _leg(low: tuple, high: tuple, width: float) -> Mesh:
    return solids.beam(low, high, width, width)


def _rim(points: list, z: float) -> np.ndarray:
    return np.column_stack([np.array(points), np.full(len(points), z)])


def _shrunk(outline: np.ndarray) -> np.ndarray:
    """Returns an outline a sheet's thickness smaller on all sides."""
    middle = outline.mean(0)
    return middle + (outline - middle) * (1 - 0.02 / np.abs(outline - middle).max(0))


def _hopper() -> Mesh:
    """Returns the charging hopper over the mouth, and the funnel and collector below it, spattered with concrete."""
    top = filleted([(-3.98, -0.56), (-3.10, -0.50), (-3.10, 0.50), (-3.98, 0.56)], 0.12, 3)
    low = filleted([(-3.62, -0.26), (-3.14, -0.26), (-3.14, 0.26), (-3.62, 0.26)], 0.12, 3)
    bowl = [_rim(low, 3.28), _rim(low, 3.36), _rim(top, 3.86), _rim(top, 3.90)]
    inner = [
        _rim(_shrunk(top), 3.90),
        _rim(_shrunk(low), 3.37),
        _rim(_shrunk(low), 3.28),
    ]
    shell = solids.loft(np.array(bowl + inner), closed=True)
    slots = np.full(len(shell.sizes), int(Slot.BODY), np.int32)
    slots[3 * len(top) :] = int(Slot.CONCRETE)
    shell = replace(shell, slots=slots)
    lip = fittings.ring_plate(top + 0.05 * (top - top.mean(0)), top, 0.035).moved(z=3.875)
    mouth = filleted([(-3.90, -0.58), (-3.24, -0.62), (-3.24, 0.62), (-3.90, 0.58)], 0.14, 3)
    throat = filleted([(-4.05, -0.20), (-3.72, -0.20), (-3.72, 0.20), (-4.05, 0.20)], 0.12, 3)
    funnel = [_rim(mouth, 2.66), _rim(throat, 1.98), _rim(throat, 1.86)]
    hollow = [
        _rim(_shrunk(throat), 1.86),
        _rim(_shrunk(throat), 1.99),
        _rim(_shrunk(mouth), 2.66),
    ]
    funnel = solids.loft(np.array((funnel + hollow)[::-1]), closed=True)
    slots = np.full(len(funnel.sizes), int(Slot.CONCRETE), np.int32)
    slots[3 * len(mouth) : 5 * len(mouth)] = int(Slot.BODY)
    funnel = replace(funnel, slots=slots)
    stays = [rod((-3.56, s * 0.5, 2.32), (-3.7, s * 0.5, 2.62), 0.02, 8) for s in (-1, 1)]
    return Mesh.merged([shell, made_of(Slot.BODY, lip, *stays), funnel])


def _water() -> Mesh:
    """Returns the water tank on the left with straps, sight glass, and the wash hose on its reel."""
    x0, x1, y, z, r = -0.78, 0.62, 0.99, 1.29, 0.23
    tank = solids.revolve(
        [(0.03, x0), (0.17, x0 + 0.02), (r, x0 + 0.10), (r, x1 - 0.10), (0.17, x1 - 0.02), (0.03, x1)], 24
    )
    tank = tank.transformed(_ALONG).moved(y=y, z=z)
    straps = [
        solids.pipe(r + 0.008, r - 0.01, 0.05, 24).transformed(_ALONG).moved(x, y, z) for x in (x0 + 0.25, x1 - 0.3)
    ]
    feet = [block((x, 0.40, z - 0.25), (x + 0.05, 1.16, z - 0.20)) for x in (x0 + 0.25, x1 - 0.3)]
    glass = rod((x0 + 0.5, y + r + 0.01, z - 0.15), (x0 + 0.5, y + r + 0.01, z + 0.14), 0.009, 6)
    reel = solids.revolve(
        [(0.05, 0), (0.21, 0.01), (0.21, 0.03), (0.10, 0.04), (0.10, 0.16), (0.21, 0.17), (0.21, 0.19), (0.05, 0.2)], 20
    )
    coil = [
        solids.sweep(
            np.column_stack([solids.circle(0.135 + 0.028 * k, 18), np.full(18, 0.07 + 0.03 * j)]),
            solids.circle(0.014, 5),
            True,
            closed=True,
        )
        for k in range(2)
        for j in range(3)
    ]
    pose = turned("x", -np.pi / 2, (-3.35, 0.72, 1.62))
    arm = block((-3.40, 0.46, 1.55), (-3.30, 0.76, 1.62), 0.01)
    hose = bent([(-3.2, 0.82, 1.55), (-3.1, 0.86, 1.2), (-3.4, 0.86, 1.05), (-3.65, 0.8, 1.4)], 0.014, 0.2)
    return Mesh.merged(
        [
            made_of(Slot.LIVERY, tank),
            made_of(Slot.STEEL, *straps),
            made_of(Slot.TRIM, *feet, reel.transformed(pose), arm),
            made_of(Slot.LENS, glass),
            made_of(Slot.RUBBER, *(item.transformed(pose) for item in coil), hose),
        ]
    )


def _ladder() -> Mesh:
    """Returns the ladder to the hopper on the right, its platform with toe board, and the rail around it."""
    x0, x1 = -3.98, -3.62
    bars = [rod((x, -0.98, 0.72), (x, -0.86, 3.55), 0.02, 8) for x in (x0, x1)]
    for z in np.arange(0.85, 2.75, 0.28):
        y = -0.98 + 0.12 * (z - 0.72) / 2.83
        bars.append(rod((x0, y, z), (x1, y, z), 0.014, 8))
    deck = [block((-3.98, -0.86, 2.62), (-3.16, -0.58, 2.65), 0.004)]
    deck += [block((x, -0.85, 2.648), (x + 0.02, -0.59, 2.66)) for x in np.arange(-3.95, -3.2, 0.07)]
    rail = [bent([(-3.62, -0.86, 2.64), (-3.62, -0.88, 3.60), (-3.16, -0.88, 3.60), (-3.16, -0.86, 2.64)], 0.017, 0.1)]
    rail += [
        rod((-3.62, -0.87, 3.12), (-3.16, -0.87, 3.12), 0.014, 8),
        bent([(-3.16, -0.86, 3.6), (-3.14, -0.7, 3.62), (-3.14, -0.55, 3.6)], 0.017, 0.06),
    ]
    arms = [block((x, -0.84, 2.54), (x + 0.05, -0.48, 2.61)) for x in (-3.7, -3.3)]
    arms += [block((-3.98, -0.98, z), (-3.62, -0.94, z + 0.03)) for z in (1.1,)] + [
        rod((x, -0.97, 1.1), (x, -0.42, 1.12), 0.018, 6) for x in (x0, x1)
    ]
    return made_of(Slot.BODY, *bars, *deck, *rail, *arms)


def _controls() -> Mesh:
    """Returns the control box at the rear left, the chute's bracket, work lamps and warning stripes."""
    box = block((-3.98, 0.50, 1.28), (-3.74, 0.80, 1.62), 0.02)
    levers = [rod((-3.99, 0.56 + 0.06 * k, 1.52), (-4.05, 0.56 + 0.06 * k, 1.60), 0.008, 6) for k in range(4)]
    x, y, z = CHUTE_PIN
    bracket = [
        block((x + 0.05, -0.42, z - 0.45), (x + 0.30, 0.42, z - 0.34), 0.015),
        solids.cylinder(0.10, 0.12, 18).moved(x, y, z - 0.47),
    ]
    bracket.append(block((x - 0.04, -0.09, z - 0.45), (x + 0.12, 0.09, z - 0.36), 0.01))
    bracket += [block((-3.78, s * 0.40 - 0.04, 1.0), (-3.66, s * 0.40 + 0.04, z - 0.34), 0.01) for s in (-1, 1)]
    lamps = [fittings.square_lamp(0.12, 0.08).transformed(turned("z", np.pi, (-3.74, s * 0.46, 2.42))) for s in (-1, 1)]
    puck = solids.cylinder(0.06, 0.16, 16).moved(-3.15, 0.56, 3.62)
    beacon = solids.revolve([(0.06, 0.0), (0.06, 0.09), (0.045, 0.12), (0.0, 0.13)], 16).moved(-3.15, 0.56, 3.77)
    stalk = rod((-3.15, 0.56, 3.4), (-3.15, 0.56, 3.65), 0.015, 6)
    plate = fittings.front(rectangle((-0.30, 2.30), (0.30, 2.40), 0.01), -3.72, -3.70)
    return Mesh.merged(
        [
            made_of(Slot.TRIM, box, *bracket, stalk),
            made_of(Slot.PLASTIC, *levers, puck),
            made_of(Slot.AMBER, beacon),
            made_of(Slot.REFLECTOR, plate),
            *lamps,
        ]
    )
