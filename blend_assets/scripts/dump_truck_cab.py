"""Cab of the dump truck: a low day cab over the engine, in the instance's frame."""

from __future__ import annotations

import itertools

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import bent, block, filleted, flank, rectangle, side
from blend_assets.scripts.model import facing, turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Pose

BACK, FRONT = 1.98, 3.90
HALF = 1.225
SILL, BELT, ROOF = 1.16, 1.93, 3.02
WALL = 0.06
ARCH = (2.56, 0.64)
"""Front wheel arch: x of its middle, half its length."""


def cab(slats: int = 5) -> Mesh:
    """Returns the cab with everything in and on it.

    Args:
        slats: of the grille.
    """
    face = [_front(slats), _flanks()]
    return Mesh.merged([_tub(), _greenhouse(), *face, _interior(), _mirrors(), _roof_gear()])


def _plan(inset: float, front: float, z: float, back: float = BACK) -> np.ndarray:
    """Returns a level of the cab: rounded corners, bowed front."""
    half = HALF - inset
    bow = [(front, -half + 0.02), (front + 0.045, -0.45), (front + 0.045, 0.45), (front, half - 0.02)]
    corners = [(back + inset, -half), *bow, (back + inset, half)]
    outline = filleted(corners, [0.06, 0.22, 0.5, 0.5, 0.22, 0.06], 5)
    return np.column_stack([outline, np.full(len(outline), z)])


def _tub() -> Mesh:
    """Returns the painted body below the windows, hollow inside."""
    rings = [
        _plan(0.03, FRONT - 0.05, SILL),
        _plan(0.0, FRONT - 0.01, SILL + 0.05),
        _plan(0.0, FRONT, 1.6),
        _plan(0.0, FRONT - 0.015, BELT - 0.02),
        _plan(0.012, FRONT - 0.03, BELT),
        _plan(WALL, FRONT - 0.10, BELT),
        _plan(WALL, FRONT - 0.10, 1.40),
    ]
    body = solids.loft(np.array(rings), smooth=True)
    floor = block((BACK + 0.1, -HALF + 0.1, 1.38), (FRONT - 0.15, HALF - 0.1, 1.42))
    return Mesh.merged([made_of(Slot.PAINT, body), made_of(Slot.PLASTIC, floor)])


def _post(low: tuple, high: tuple, width: float, depth: float) -> Mesh:
    """Returns a pillar between two points: `width` along x, `depth` across."""

    def ring(point: tuple) -> list:
        x, y, z = point
        return [
            (x - width / 2, y - depth / 2, z),
            (x + width / 2, y - depth / 2, z),
            (x + width / 2, y + depth / 2, z),
            (x - width / 2, y + depth / 2, z),
        ]

    return solids.loft(np.array([ring(low), ring(high)]))


def _greenhouse() -> Mesh:
    """Returns pillars, roof and glazing."""
    lean = 0.17
    top = 2.78
    posts, panes = [], []
    for sign in (-1, 1):
        y0, y1 = sign * (HALF - 0.05), sign * (HALF - 0.09)
        posts.append(_post((FRONT - 0.13, y0, BELT - 0.03), (FRONT - lean - 0.10, y1, top + 0.03), 0.12, 0.07))
        posts.append(_post((BACK + 0.30, y0, BELT - 0.03), (BACK + 0.30, y1, top + 0.03), 0.56, 0.065))
        posts.append(_post((FRONT - 0.85, y0, BELT - 0.03), (FRONT - 0.83, y1, top + 0.03), 0.025, 0.05))
        corners = [
            (BACK + 0.56, y0, BELT - 0.03),
            (FRONT - 0.17, y0, BELT - 0.03),
            (FRONT - lean - 0.14, y1, top + 0.02),
            (BACK + 0.56, y1, top + 0.02),
        ]
        panes.append(_pane(corners if sign < 0 else corners[::-1]))
    bow = [(FRONT - 0.11, -HALF + 0.11), (FRONT - 0.055, -0.45), (FRONT - 0.055, 0.45), (FRONT - 0.11, HALF - 0.11)]
    for (xa, ya), (xb, yb) in itertools.pairwise(bow):
        panes.append(
            _pane(
                [
                    (xa, ya, BELT - 0.04),
                    (xb, yb, BELT - 0.04),
                    (xb - lean, yb * 0.97, top + 0.02),
                    (xa - lean, ya * 0.97, top + 0.02),
                ]
            )
        )
    rear = block((BACK, -HALF + 0.06, BELT - 0.03), (BACK + 0.05, HALF - 0.06, top + 0.03), 0.01)
    rings = [
        _plan(0.06, FRONT - lean - 0.10, top),
        _plan(0.045, FRONT - lean - 0.06, top + 0.06),
        _plan(0.06, FRONT - lean - 0.12, 2.92),
        _plan(0.15, FRONT - lean - 0.26, 3.0),
        _plan(0.30, FRONT - lean - 0.42, ROOF),
    ]
    roof = solids.loft(np.array(rings), smooth=True)
    black = [block((FRONT - 0.10, -HALF + 0.16, BELT - 0.06), (FRONT - 0.035, HALF - 0.16, BELT + 0.06), 0.015)]
    return Mesh.merged(
        [made_of(Slot.PAINT, *posts, rear, roof), made_of(Slot.GLASS, *panes), made_of(Slot.PLASTIC, *black)]
    )


def _pane(corners: list) -> Mesh:
    points = np.array(corners, float)
    normal = np.cross(points[1] - points[0], points[3] - points[0])
    normal /= np.linalg.norm(normal)
    return solids.loft(np.array([points - 0.006 * normal, points]))


def _front(count: int) -> Mesh:
    """Returns grille, bumper with lamps, steps, badge, wipers and plate."""
    face = FRONT + 0.02
    grille = block((FRONT - 0.05, -0.88, 1.17), (face + 0.012, 0.88, 1.70), 0.02)
    pitch = 0.465 / count
    slats = [
        block((face + 0.005, -0.82, z), (face + 0.045, 0.82, z + 0.59 * pitch), 0.012)
        for z in 1.21 + pitch * np.arange(count)
    ]
    badge = [block((face + 0.04, -0.30, 1.735), (face + 0.052, 0.30, 1.765), 0.004)]
    outline = filleted(
        [
            (FRONT - 0.62, -1.24),
            (FRONT - 0.05, -1.24),
            (FRONT + 0.09, -0.95),
            (FRONT + 0.10, 0.95),
            (FRONT - 0.05, 1.24),
            (FRONT - 0.62, 1.24),
        ],
        [0.02, 0.16, 0.1, 0.1, 0.16, 0.02],
        4,
    )
    skirt = solids.prism(outline, 0.50, 0.03).moved(z=0.62)
    lip = solids.prism(fittings.filleted(np.asarray(outline) * (0.998, 0.985), 0.0), 0.28, 0.03).moved(x=-0.01, z=0.36)
    lamps = []
    for sign in (-1, 1):
        pocket = flank(sign, (FRONT - 0.02, 0.72, 0.70), (FRONT + 0.105, 1.10, 0.94), 0.03)
        lamps.append(made_of(Slot.PLASTIC, pocket))
        for y, radius in ((0.83, 0.075), (1.0, 0.06)):
            lamps.append(fittings.lamp(radius, 0.06).moved(FRONT + 0.112, sign * y, 0.82))
        lamps.append(made_of(Slot.AMBER, flank(sign, (FRONT - 0.16, 1.195, 0.74), (FRONT + 0.02, 1.245, 0.86), 0.012)))
        lamps.append(made_of(Slot.LENS, flank(sign, (FRONT + 0.085, 0.76, 0.48), (FRONT + 0.096, 0.92, 0.55), 0.004)))
    vent = [block((FRONT + 0.085, -0.62, z), (FRONT + 0.108, 0.62, z + 0.05), 0.01) for z in (0.70, 0.79, 0.88, 0.97)]
    slot = block((FRONT + 0.06, -0.66, 0.66), (FRONT + 0.098, 0.66, 1.06), 0.01)
    low_slot = block((FRONT + 0.06, -0.55, 0.42), (FRONT + 0.094, 0.55, 0.54), 0.01)
    plate = block((FRONT + 0.09, -0.26, 0.555), (FRONT + 0.105, 0.26, 0.665), 0.003)
    hooks = [block((FRONT + 0.06, y - 0.05, 0.43), (FRONT + 0.115, y + 0.05, 0.51), 0.01) for y in (-0.45, 0.45)]
    wipers = []
    for y in (-0.55, 0.15, 0.80):
        wipers += [
            fittings.rod((FRONT + 0.0, y, BELT + 0.02), (FRONT - 0.05, y - 0.28, BELT + 0.22), 0.010, 6),
            fittings.rod((FRONT - 0.01, y - 0.62, BELT + 0.10), (FRONT - 0.085, y + 0.05, BELT + 0.36), 0.010, 6),
        ]
    bar = [
        bent(
            [
                (FRONT + 0.02, y - 0.22, 1.80),
                (FRONT + 0.07, y - 0.2, 1.80),
                (FRONT + 0.07, y + 0.2, 1.80),
                (FRONT + 0.02, y + 0.22, 1.80),
            ],
            0.012,
            0.03,
        )
        for y in (-0.8, 0.8)
    ]
    return Mesh.merged(
        [
            made_of(Slot.PLASTIC, grille, lip, slot, low_slot, *wipers, *bar),
            made_of(Slot.PAINT, skirt, *slats[1::2], *vent),
            made_of(Slot.TRIM, *slats[::2], *hooks),
            made_of(Slot.CHROME, *badge),
            made_of(Slot.PLASTIC, plate),
            *lamps,
        ]
    )


def _flanks() -> Mesh:
    """Returns doors, handles, steps and arch trim on both sides."""
    x, half = ARCH
    paint, black, seams, grips = [], [], [], []
    for sign in (-1, 1):
        # Entry steps in front of the wheel.
        paint.append(flank(sign, (x + half + 0.03, 1.05, 0.98), (FRONT - 0.06, HALF + 0.008, SILL + 0.05), 0.02))
        recess = filleted(
            [(x + half + 0.10, 0.44), (FRONT - 0.22, 0.44), (FRONT - 0.24, 1.0), (x + half + 0.10, 1.0)], 0.05
        )
        black.append(side(recess, *sorted((sign * 1.22, sign * 1.243))))
        for z in (0.47, 0.73):
            black.append(flank(sign, (x + half + 0.13, 1.23, z), (FRONT - 0.25, 1.262, z + 0.03), 0.008))
        door = filleted(
            [
                (BACK + 0.62, SILL + 0.04),
                (FRONT - 0.18, SILL + 0.04),
                (FRONT - 0.12, 1.62),
                (FRONT - 0.16, BELT - 0.05),
                (BACK + 0.62, BELT - 0.05),
            ],
            0.07,
            4,
        )
        low, high = sorted((sign * HALF, sign * (HALF + 0.012)))
        paint.append(side(door, low, high, 0.006))
        inner = filleted(
            [(BACK + 0.70, SILL + 0.16), (FRONT - 0.40, SILL + 0.16), (FRONT - 0.34, 1.62), (BACK + 0.70, 1.62)],
            0.08,
            4,
        )
        low, high = sorted((sign * (HALF + 0.010), sign * (HALF + 0.022)))
        paint.append(side(inner, low, high, 0.006))
        grips.append(flank(sign, (BACK + 0.70, HALF + 0.01, 1.72), (BACK + 0.90, HALF + 0.042, 1.765), 0.012))
        for xa in (BACK + 0.605, FRONT - 0.112):
            seams.append(flank(sign, (xa, HALF - 0.03, SILL + 0.06), (xa + 0.010, HALF + 0.002, BELT - 0.03)))
        bars = sign * (HALF + 0.03)
        grips.append(
            bent(
                [
                    (BACK + 0.50, sign * HALF, 1.45),
                    (BACK + 0.50, bars, 1.48),
                    (BACK + 0.50, bars, 2.30),
                    (BACK + 0.50, sign * (HALF - 0.06), 2.34),
                ],
                0.014,
                0.04,
            )
        )
        angle = np.deg2rad(np.linspace(22, 158, 15))
        arch = np.column_stack([x + 0.63 * np.cos(angle), 0.56 + 0.63 * np.sin(angle)])
        low, high = sorted((sign * 0.9, sign * (HALF + 0.02)))
        black.append(fittings.strip(arch, 0.03, low, high))
        black.append(flank(sign, (x + 0.56, 0.9, 0.36), (x + 0.66, HALF + 0.005, 0.86), 0.02))
    return Mesh.merged(
        [
            made_of(Slot.PAINT, *paint),
            made_of(Slot.PLASTIC, *black, *grips),
            made_of(Slot.MARKING, *seams),
        ]
    )


def labels() -> dict[str, Pose]:
    """Returns where the cab is lettered: both doors, and the plate on the bumper."""
    return {
        "label_right": facing("right", 3.26, -HALF - 0.015, 1.74),
        "label_left": facing("left", 3.26, HALF + 0.015, 1.74),
        "plate_front": facing("front", FRONT + 0.105, 0, 0.61),
    }


def _interior() -> Mesh:
    """Returns seats, dashboard and steering wheel; the driver sits on the left."""
    seats, trim = [], []
    for y in (-0.62, 0.62):
        back = fittings.front(
            filleted([(-0.24, 0), (0.24, 0), (0.25, 0.5), (0.15, 0.66), (-0.15, 0.66), (-0.25, 0.5)], 0.06, 3),
            -0.07,
            0.07,
            0.04,
        )
        seats.append(back.transformed(turned("y", np.deg2rad(-12), (2.42, y, 1.72))))
        seats.append(
            fittings.front(rectangle((-0.14, 0), (0.14, 0.20), 0.05), -0.05, 0.05, 0.03).transformed(
                turned("y", np.deg2rad(-10), (2.26, y, 2.40))
            )
        )
        seats.append(block((2.40, y - 0.25, 1.58), (2.92, y + 0.25, 1.74), 0.05))
        trim.append(block((2.45, y - 0.2, 1.40), (2.85, y + 0.2, 1.60)))
    dash = side(filleted([(3.28, 1.45), (3.80, 1.45), (3.80, 1.97), (3.62, 2.0), (3.36, 1.90)], 0.06, 3), -1.13, 1.13)
    tunnel = block((2.1, -0.3, 1.40), (3.35, 0.3, 1.70), 0.08)
    rim = np.column_stack([solids.circle(0.23, 20), np.zeros(20)])
    ring = solids.sweep(rim, solids.circle(0.015, 6), smooth=True, closed=True)
    wheel = Mesh.merged([ring, block((-0.22, -0.02, -0.01), (0.22, 0.02, 0.01)), solids.cylinder(0.05, 0.03, 12)])
    trim += [
        wheel.transformed(turned("y", np.deg2rad(-32), (3.20, 0.62, 2.0))),
        fittings.rod((3.21, 0.62, 1.98), (3.5, 0.62, 1.62), 0.03, 8),
    ]
    lining = [
        block((BACK + 0.05, -1.12, BELT - 0.3), (BACK + 0.09, 1.12, 2.78)),
        block((2.1, -1.1, 2.74), (3.55, 1.1, 2.77)),
    ]
    return Mesh.merged(
        [made_of(Slot.SEAT, *seats), made_of(Slot.LINING, dash, tunnel, *lining), made_of(Slot.PLASTIC, *trim)]
    )


def _mirrors() -> Mesh:
    """Returns main and wide-angle mirrors on tubular arms, and the ramp mirror above the right door."""
    pieces = []
    for sign in (-1, 1):
        y = sign * (HALF + 0.20)
        root = sign * (HALF - 0.06)
        arm = bent(
            [(FRONT - 0.20, root, 2.72), (FRONT - 0.06, y, 2.74), (FRONT - 0.06, y, 1.98), (FRONT - 0.13, root, 1.98)],
            0.016,
            0.07,
        )
        pieces.append(made_of(Slot.PLASTIC, arm))
        turn = turned("z", np.deg2rad(-8 * sign), (FRONT - 0.07, y, 2.44))
        pieces.append(fittings.mirror(0.42, 0.22).transformed(turn))
        pieces.append(
            fittings.mirror(0.20, 0.22).transformed(turned("z", np.deg2rad(-8 * sign), (FRONT - 0.07, y, 2.10)))
        )
    return Mesh.merged(pieces)


def _roof_gear() -> Mesh:
    """Returns sun visor, marker lamps, beacons, horn and antenna."""
    visor = side(
        filleted(
            [
                (FRONT - 0.30, 2.84),
                (FRONT - 0.10, 2.74),
                (FRONT - 0.02, 2.66),
                (FRONT + 0.0, 2.68),
                (FRONT - 0.08, 2.79),
                (FRONT - 0.26, 2.90),
            ],
            0.01,
            2,
        ),
        -1.0,
        1.0,
    )
    stays = [block((FRONT - 0.30, y - 0.015, 2.80), (FRONT - 0.10, y + 0.015, 2.84)) for y in (-0.8, 0.0, 0.8)]
    marks = [block((FRONT - 0.30, y - 0.05, 2.925), (FRONT - 0.26, y + 0.05, 2.955), 0.008) for y in (-0.95, 0.95)]
    beacons = []
    for y in (-0.75, 0.75):
        beacons.append(made_of(Slot.PLASTIC, solids.cylinder(0.075, 0.03, 18).moved(2.55, y, ROOF - 0.01)))
        lens = solids.revolve([(0.065, 0), (0.065, 0.09), (0.05, 0.12), (0.0, 0.13)], 18)
        beacons.append(made_of(Slot.AMBER, lens.moved(2.55, y, ROOF + 0.02)))
    horn = solids.revolve([(0.02, 0), (0.022, 0.3), (0.035, 0.38), (0.06, 0.42)], 14).transformed(
        turned("y", np.pi / 2, (2.75, 0.3, ROOF + 0.05))
    )
    mast = fittings.rod((2.3, 0.95, ROOF - 0.03), (2.2, 0.95, ROOF + 0.55), 0.006, 5)
    return Mesh.merged(
        [made_of(Slot.PLASTIC, visor, *stays, mast), made_of(Slot.LENS, *marks), made_of(Slot.CHROME, horn), *beacons]
    )
