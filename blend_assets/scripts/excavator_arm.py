"""Boom, stick, bucket, cylinders and links of the excavator, each in its own frame (see buildee.layout.linkage)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import boss, cross_pin, filleted, side, strip
from blend_assets.scripts.model import at, facing, turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage, solids
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Pose

BOOM_WIDTH = 0.42
STICK_WIDTH = 0.30
FLANGE = 0.016
"""How far the top and bottom plates of a welded box stand out past its webs, metres."""


def lobe(first: complex, first_radius: float, second: complex, second_radius: float) -> np.ndarray:
    """Returns the (x, z) outline of a belt round two circles: links and lugs."""
    direction = np.angle(second - first)
    lean = np.arcsin((first_radius - second_radius) / abs(second - first))
    out = []
    for centre, radius, start, sweep in (
        (second, second_radius, direction - np.pi / 2 + lean, np.pi - 2 * lean),
        (first, first_radius, direction + np.pi / 2 - lean, np.pi + 2 * lean),
    ):
        points = centre + radius * np.exp(1j * (start + np.linspace(0, sweep, 9)))
        out.append(np.column_stack([points.real, points.imag]))
    return np.concatenate(out)


def welded_box(outline: np.ndarray, top: ArrayLike, bottom: ArrayLike, width: float) -> Mesh:
    """Returns a box section: webs over an outline, flange plates along curves that stand proud by the weld's lip."""
    half = width / 2
    return made_of(
        Slot.PAINT,
        side(outline, -half + FLANGE, half - FLANGE),
        strip(np.asarray(top), 0.018, -half, half),
        strip(np.asarray(bottom), 0.018, -half, half),
    )


def boom() -> Mesh:
    """Returns the boom: a cranked box section with a forked end, lugs, hoses and a work lamp."""
    top = filleted(
        [(-0.10, 0.19), (0.35, 0.42), (1.95, 1.02), (2.55, 0.985), (5.30, 0.26), (5.30, 0.0), (-0.1, 0.0)],
        [0.05, 0.9, 1.1, 1.4, 0, 0, 0],
        7,
    )
    top = np.array([p for p in top if p[1] > 0.10])[::-1]  # walked backwards: thickness goes down into the box
    bottom = fittings.curve(
        [(-0.05, -0.185), (0.8, -0.02), (1.6, 0.225), (2.35, 0.335), (3.2, 0.25), (5.30, -0.17)], 20
    )
    outline = np.concatenate([np.add(bottom, (0, 0.004)), np.add(top, (0, -0.004))])
    half = BOOM_WIDTH / 2
    ear = lobe(5.05 + 0.03j, 0.25, linkage.BOOM_LENGTH + 0j, 0.17)
    stick_foot, eye = linkage.STICK_CYLINDER_FOOT, linkage.BOOM_ROD_EYE
    lug = lobe(stick_foot, 0.12, stick_foot - 0.02 - 0.34j, 0.26)
    doubler = np.add(solids.circle(0.24, 28), (eye.real, eye.imag))
    body = [
        welded_box(outline, top, bottom, BOOM_WIDTH),
        made_of(
            Slot.PAINT,
            *(side(ear, y, y + 0.045) for y in (-half, half - 0.045)),
            *(side(lug, y, y + 0.035) for y in (-0.125, 0.09)),
            *(side(doubler, y, y + 0.02, 0.006) for y in (-half - 0.004, half - 0.016)),
            side([(4.95, -0.1), (5.2, -0.14), (5.2, 0.26), (4.95, 0.33)], -half + 0.03, half - 0.03),
        ),
        boss(0, 0, -0.25, 0.25, 0.19, 0.10),
        boss(eye.real, eye.imag, -0.26, 0.26, 0.125, 0.062),
        boss(stick_foot.real, stick_foot.imag, -0.14, 0.14, 0.10, 0.055),
        boss(linkage.BOOM_LENGTH, 0, -half - 0.012, half + 0.012, 0.145, 0.08),
        # Rod eyes of the boom cylinders ride on the ends of one long pin.
        made_of(Slot.STEEL, cross_pin(eye.real, eye.imag, -0.435, 0.435, 0.055)),
        made_of(Slot.PAINT, *(_collar(eye, y) for y in (-0.43, 0.43))),
        _boom_hoses(top),
        _boom_lamp(),
    ]
    return Mesh.merged(body)


def labels() -> dict[str, Pose]:
    """Returns where the boom is lettered: the middle of both webs, readable from either side."""
    y = BOOM_WIDTH / 2 - FLANGE
    right = facing("right", 3.5, -y, 0.44) @ turned("z", np.deg2rad(-14))
    left = facing("left", 3.5, y, 0.44) @ turned("z", np.deg2rad(14))
    return {"label_right": right, "label_left": left}


def _collar(eye: complex, y: float) -> Mesh:
    return cross_pin(eye.real, eye.imag, y - 0.012, y + 0.012, 0.085)


def _ridge(top: np.ndarray, start: float, end: float) -> np.ndarray:
    """Returns (24, 2) points on a box's top line, forwards from x = `start` to x = `end`."""
    x = np.linspace(start, end, 24)
    return np.column_stack([x, np.interp(x, top[::-1, 0], top[::-1, 1])])


def _boom_hoses(top: np.ndarray) -> Mesh:
    """Returns steel lines clamped along the top flange, with rubber loops at both ends."""
    ridge = _ridge(top, 0.45, 5.05)
    lines, loops, clamps = [], [], []
    for y in (-0.155, -0.115, 0.115, 0.155):
        path = np.column_stack([ridge[:, 0], np.full(len(ridge), y), ridge[:, 1] + 0.045])
        lines.append(solids.tube(path, 0.0135, 6))
        back = [path[0], (0.15, y, 0.56), (-0.30, y, 0.45), (-0.42, y, 0.10), (-0.40, y, -0.25)]
        loops.append(fittings.bent(back, 0.019, 0.25))
        # The loop to the stick dives into the fork, where hoses pass beside the pivot.
        ahead = [path[-1], (5.30, y, 0.36), (5.52, y * 1.05, 0.30), (5.60, y * 1.1, 0.02)]
        loops.append(fittings.bent(ahead, 0.017, 0.16))
    for x in (0.7, 1.35, 2.5, 3.6, 4.3, 4.95):
        z, ahead_z = np.interp((x, x + 0.1), ridge[:, 0], ridge[:, 1])
        for y in (-0.135, 0.135):
            clamp = solids.box((0.06, 0.095, 0.07), (0, 0, 0.03), 0.008)
            clamps.append(clamp.transformed(turned("y", -np.arctan2(ahead_z - z, 0.1), (x, y, z))))
    return Mesh.merged([made_of(Slot.TRIM, *lines, *clamps), made_of(Slot.RUBBER, *loops)])


def _boom_lamp() -> Mesh:
    lamp = fittings.square_lamp(0.16, 0.11)
    bracket = made_of(
        Slot.TRIM, fittings.block((1.94, BOOM_WIDTH / 2 - 0.02, 0.80), (1.99, BOOM_WIDTH / 2 + 0.13, 0.82))
    )
    return Mesh.merged([lamp.transformed(turned("y", np.deg2rad(25), (2.0, BOOM_WIDTH / 2 + 0.09, 0.93))), bracket])


def stick() -> Mesh:
    """Returns the stick: a tapered box with the rear lever, the bucket cylinder's lugs and the nose."""
    half = STICK_WIDTH / 2
    length = linkage.STICK_LENGTH
    top = filleted(
        [(-0.80, 0.30), (-0.74, 0.60), (-0.30, 0.64), (0.35, 0.42), (2.42, 0.165), (length - 0.1, 0.12), (0, -1)],
        [0.1, 0.12, 0.5, 0.6, 0.8, 0.05, 0],
        6,
    )
    top = np.array([p for p in top if p[1] > 0.0])[::-1]
    bottom = fittings.curve(
        [(-0.74, 0.35), (-0.45, 0.1), (-0.2, -0.16), (0.1, -0.24), (0.5, -0.26), (1.6, -0.19), (length - 0.08, -0.125)],
        20,
    )
    outline = np.concatenate([np.add(bottom, (0, 0.004)), np.add(top, (0, -0.004))])
    rear, foot, rocker = linkage.STICK_ROD_EYE, linkage.BUCKET_CYLINDER_FOOT, linkage.ROCKER_PIN
    lug = lobe(foot, 0.11, foot + 0.03 - 0.22j, 0.24)
    lever = lobe(rear, 0.12, rear + 0.25 - 0.02j, 0.17)
    nose = lobe(length - 0.45 + 0.01j, 0.165, length + 0j, 0.125)
    return Mesh.merged(
        [
            welded_box(outline, top, bottom, STICK_WIDTH),
            made_of(
                Slot.PAINT,
                *(side(lug, y, y + 0.035) for y in (-0.125, 0.09)),
                *(side(lever, y, y + 0.04) for y in (-half + 0.006, half - 0.046)),
                side(nose, -half + 0.008, half - 0.008),
                # Stiffeners welded on the webs behind the pivot.
                *(side(solids.circle(0.27, 28), y, y + 0.018, 0.006) for y in (-half + 0.002, half - 0.02)),
            ),
            boss(0, 0, -half - 0.006, half + 0.006, 0.18, 0.0795),
            boss(rear.real, rear.imag, -half - 0.01, half + 0.01, 0.095, 0.05),
            boss(foot.real, foot.imag, -0.14, 0.14, 0.09, 0.05),
            boss(rocker.real, rocker.imag, -half - 0.055, half + 0.055, 0.085, 0.045),
            boss(length, 0, -half - 0.01, half + 0.01, 0.12, 0.055),
            _stick_hoses(top),
        ]
    )


def _stick_hoses(top: np.ndarray) -> Mesh:
    """Returns the bucket cylinder's hoses, from the pivot over the stick's back to the cylinder's foot."""
    loops, clamps = [], []
    for y in (-0.06, 0.06):
        z = np.interp((-0.35, -0.1), top[::-1, 0], top[::-1, 1])
        path = [(-0.62, y, z[0] - 0.05), (-0.5, y, z[0] + 0.04), (-0.1, y, z[1] + 0.05), (0.06, y * 1.8, 0.74)]
        loops.append(fittings.bent([*path, (0.28, y * 1.8, 0.76), (0.40, y, 0.62)], 0.017, 0.14))
    for x in (-0.42, -0.2):
        clamps.append(solids.box((0.05, 0.17, 0.06), (x, 0, np.interp(x, top[::-1, 0], top[::-1, 1]) + 0.03), 0.008))
    return Mesh.merged([made_of(Slot.RUBBER, *loops), made_of(Slot.TRIM, *clamps)])


BUCKET_WIDTH = 1.10
SHELL = fittings.curve(
    [(1.36, -0.005), (1.22, 0.34), (1.02, 0.60), (0.74, 0.74), (0.42, 0.72), (0.20, 0.55), (0.10, 0.30), (0.16, -0.03)],
    26,
)
"""Outer (x, z) line of the bucket's floor and back, from the cutting edge to the lip behind the pin."""


def bucket() -> Mesh:
    """Returns a general-purpose bucket of about 1 cubic metre with five bolted teeth."""
    half = BUCKET_WIDTH / 2
    floor = strip(SHELL, 0.024, -half + 0.03, half - 0.03)
    cheek_line = np.concatenate([SHELL[1:] * 0.985 + (0.006, 0), [(0.30, -0.05), (0.62, 0.10), (1.1, 0.09)]])
    cheeks = [side(cheek_line, y, y + 0.022) for y in (-half + 0.012, half - 0.034)]
    edge_plates = [
        side(
            filleted([(0.58, 0.06), (1.1, 0.05), (1.40, -0.03), (1.37, 0.14), (1.10, 0.19), (0.6, 0.18)], 0.03),
            y,
            y + 0.03,
        )
        for y in (-half, half - 0.03)
    ]
    lip = fittings.block((-0.17, -half + 0.012, -0.022), (0.17, half - 0.012, 0.022))
    direction = np.arctan2(0.34, -0.14)
    lip = lip.transformed(at(1.335, 0, 0.06) @ turned("y", -direction))
    bands = [strip(SHELL[15:1:-1], 0.016, y - 0.045, y + 0.045) for y in (-0.40, -0.135, 0.135, 0.40)]
    bar = made_of(Slot.PAINT, solids.tube([(0.17, -half + 0.03, -0.02), (0.17, half - 0.03, -0.02)], 0.045, 14))
    return Mesh.merged(
        [
            made_of(Slot.TRACK, floor, *cheeks),
            made_of(Slot.TRIM, *_ears()),
            made_of(
                Slot.STEEL, *edge_plates, lip, *bands, *(_tooth(y) for y in np.linspace(-half + 0.08, half - 0.08, 5))
            ),
            bar.with_slot(int(Slot.TRIM)),
            *(boss(0, 0, y - 0.035, y + 0.035, 0.115, 0.055).with_slot(int(Slot.STEEL)) for y in (-0.2, 0.2)),
            *(
                boss(linkage.COUPLER_PIN.real, linkage.COUPLER_PIN.imag, y - 0.035, y + 0.035, 0.095, 0.045).with_slot(
                    int(Slot.STEEL)
                )
                for y in (-0.2, 0.2)
            ),
        ]
    )


def _ears() -> list[Mesh]:
    """Returns the two plates that carry the pins."""
    x, z = linkage.COUPLER_PIN.real, linkage.COUPLER_PIN.imag
    outline = filleted(
        [
            (-0.1, -0.09),
            (0.2, -0.07),
            (0.14, 0.3),
            (0.24, 0.52),
            (0.55, 0.73),
            (0.36, 0.74),
            (x + 0.05, z + 0.12),
            (x - 0.11, z + 0.07),
            (x - 0.1, z - 0.12),
        ],
        [0.08, 0.03, 0.2, 0.1, 0.03, 0.1, 0.1, 0.08, 0.08],
    )
    return [side(outline, y, y + 0.04) for y in (-0.22, 0.18)]


def _tooth(y: float) -> Mesh:
    """Returns an adapter welded over the lip and its worn point."""

    def section(x: float, half_width: float, low: float, high: float) -> list:
        return [(x, -half_width, low), (x, half_width, low), (x, half_width, high), (x, -half_width, high)]

    adapter = solids.loft(
        np.array(
            [
                section(-0.10, 0.045, -0.045, 0.05),
                section(0.03, 0.052, -0.05, 0.055),
                section(0.10, 0.042, -0.04, 0.042),
            ]
        )
    )
    point = solids.loft(
        np.array(
            [
                section(0.07, 0.055, -0.052, 0.054),
                section(0.13, 0.054, -0.048, 0.05),
                section(0.21, 0.045, -0.022, 0.022),
                section(0.275, 0.034, -0.006, 0.006),
            ]
        )
    )
    pose = at(1.30, y, 0.055) @ turned("y", np.deg2rad(17))
    return Mesh.merged([adapter, point]).transformed(pose)


def rocker() -> Mesh:
    """Returns the pair of guide links from the stick to the bucket cylinder's eye, +X towards the eye."""
    outline = lobe(0j, 0.08, linkage.ROCKER_LENGTH + 0j, 0.075)
    plates = [side(outline, y, y + 0.04, 0.006) for y in (-0.205, 0.165)]
    pin = cross_pin(linkage.ROCKER_LENGTH, 0, -0.225, 0.225, 0.045)
    caps = [cross_pin(linkage.ROCKER_LENGTH, 0, y - 0.012, y + 0.012, 0.068) for y in (-0.215, 0.215)]
    return Mesh.merged([made_of(Slot.PAINT, *plates, *caps), made_of(Slot.STEEL, pin)])


def coupler() -> Mesh:
    """Returns the H-shaped link from the bucket to the bucket cylinder's eye, +X towards the eye."""
    outline = lobe(0j, 0.085, linkage.COUPLER_LENGTH + 0j, 0.08)
    arms = [side(outline, y, y + 0.05, 0.008) for y in (-0.15, 0.10)]
    web = fittings.block((0.13, -0.11, -0.05), (0.38, 0.11, 0.05), 0.015)
    eye = cross_pin(0, 0, -0.155, 0.155, 0.08, 20)
    return made_of(Slot.PAINT, *arms, web, eye)


def boom_barrel() -> Mesh:
    """Returns the tube of a boom cylinder."""
    return fittings.barrel(1.39, 0.082, 0.085, 0.10)


def boom_rod() -> Mesh:
    """Returns its rod."""
    return fittings.piston_rod(1.50, 0.0425, 0.085, 0.10)


def stick_barrel() -> Mesh:
    """Returns the tube of the stick cylinder."""
    return fittings.barrel(2.27, 0.087, 0.085, 0.16)


def stick_rod() -> Mesh:
    """Returns its rod."""
    return fittings.piston_rod(1.65, 0.0475, 0.085, 0.18)


def bucket_barrel() -> Mesh:
    """Returns the tube of the bucket cylinder."""
    return fittings.barrel(1.69, 0.075, 0.078, 0.16)


def bucket_rod() -> Mesh:
    """Returns its rod."""
    return fittings.piston_rod(1.35, 0.04, 0.078, 0.18)
