"""The operator's cab of the excavator: frame, glazing, seat and controls; in the slewing frame."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import bent, block, filleted, rectangle, side
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh

RIGHT, LEFT = 0.36, 1.34
FLOOR, ROOF = 1.13, 3.00
OUTLINE = np.array(
    [
        (0.0, FLOOR),
        (1.52, FLOOR),
        (1.60, 1.22),
        (1.66, 1.75),
        (1.44, 2.86),
        (1.26, ROOF),
        (0.08, ROOF),
        (-0.04, 2.90),
        (-0.04, 1.30),
    ]
)
"""Side view (x, z): the windscreen leans back, its foot bulges forward."""
RADII = [0.05, 0.12, 0.2, 0.6, 0.16, 0.14, 0.12, 0.1, 0.1]
PILLAR = 0.085


def cab() -> Mesh:
    """Returns the cab with everything in and on it."""
    return Mesh.merged([_shell(), _glass(), _interior(), _outside()])


def _inset(distance: float) -> np.ndarray:
    """Returns the side outline, its corners moved inwards, with as many points as the outline itself."""
    return filleted(solids.inset(OUTLINE, distance), RADII, 5)


def _shell() -> Mesh:
    outer, inner = _inset(0.0), _inset(PILLAR)
    rims = [fittings.side_frame(outer, inner, y, y + 0.07) for y in (RIGHT, LEFT - 0.07)]
    # Crossbars between the side frames: roof, sill, windscreen head and foot, rear.
    roof = fittings.front(
        filleted(
            [
                (RIGHT + 0.01, ROOF - 0.10),
                (LEFT - 0.01, ROOF - 0.10),
                (LEFT - 0.01, ROOF),
                (LEFT - 0.10, ROOF + 0.035),
                (RIGHT + 0.10, ROOF + 0.035),
                (RIGHT + 0.01, ROOF),
            ],
            [0, 0, 0.05, 0.05, 0.05, 0.05],
            3,
        ),
        0.06,
        1.30,
        0.03,
    )
    hatch = block((0.35, RIGHT + 0.2, ROOF + 0.03), (1.0, LEFT - 0.2, ROOF + 0.055), 0.015)
    bars = [
        block((1.24, RIGHT + 0.05, 2.84), (1.42, LEFT - 0.05, 2.95), 0.02),
        block((1.50, RIGHT + 0.05, FLOOR), (1.61, LEFT - 0.05, 1.42), 0.02),
        block((-0.04, RIGHT + 0.05, FLOOR), (0.02, LEFT - 0.05, 1.95), 0.01),
        block((-0.04, RIGHT + 0.05, 2.78), (0.06, LEFT - 0.05, 2.96), 0.02),
        block((0.0, RIGHT + 0.02, FLOOR), (1.55, LEFT - 0.02, FLOOR + 0.05)),
    ]
    left = [
        side(
            filleted([(0.03, FLOOR + 0.05), (0.63, FLOOR + 0.05), (0.63, 1.98), (0.03, 1.98)], 0.02),
            LEFT - 0.05,
            LEFT - 0.01,
        ),
        block((0.58, LEFT - 0.07, FLOOR), (0.70, LEFT - 0.002, ROOF - 0.05), 0.012),
        side(
            filleted([(0.72, FLOOR + 0.06), (1.52, FLOOR + 0.06), (1.58, 1.55), (0.72, 1.55)], 0.04),
            LEFT - 0.05,
            LEFT - 0.008,
        ),
        block((0.72, LEFT - 0.04, 2.06), (1.55, LEFT - 0.012, 2.10), 0.006),
    ]
    right = [
        side(
            filleted([(0.03, FLOOR + 0.05), (1.50, FLOOR + 0.05), (1.60, 1.62), (0.03, 1.80)], 0.02),
            RIGHT + 0.01,
            RIGHT + 0.05,
        ),
        block((0.60, RIGHT + 0.002, FLOOR), (0.67, RIGHT + 0.06, ROOF - 0.05), 0.01),
    ]
    door = [(0.715, FLOOR + 0.04), (1.50, FLOOR + 0.04), (1.61, 1.72), (1.405, 2.88), (1.30, 2.93), (0.715, 2.93)]
    rim = filleted(door, 0.06, 4)
    gap = [
        fittings.side_frame(rim, filleted(solids.inset(np.array(door), 0.009), 0.055, 4), LEFT - 0.03, LEFT + 0.0015)
    ]
    hinges = [block((1.52, LEFT - 0.02, z), (1.60, LEFT + 0.018, z + 0.07), 0.008) for z in (1.30, 2.02)]
    screen_bar = block((1.575, RIGHT + 0.06, 2.02), (1.605, LEFT - 0.06, 2.055), 0.006)
    return Mesh.merged(
        [
            made_of(Slot.PAINT, *rims, roof, *bars, *left[:3], *right),
            made_of(Slot.PLASTIC, hatch, left[3], screen_bar),
            made_of(Slot.MARKING, *gap),
            made_of(Slot.TRIM, *hinges),
        ]
    )


def _pane(corners: list) -> Mesh:
    """Returns a 6 mm pane through four corners, counter-clockwise seen from outside."""
    points = np.array(corners, float)
    normal = np.cross(points[1] - points[0], points[3] - points[0])
    normal /= np.linalg.norm(normal)
    return solids.loft(np.array([points - 0.006 * normal, points]))


def _glass() -> Mesh:
    y0, y1 = RIGHT + 0.05, LEFT - 0.05
    line = np.array([(1.595, 1.40), (1.640, 1.75), (1.58, 2.05), (1.425, 2.86)])
    front = [
        _pane(
            [
                (line[i, 0], y0, line[i, 1]),
                (line[i, 0], y1, line[i, 1]),
                (line[i + 1, 0], y1, line[i + 1, 1]),
                (line[i + 1, 0], y0, line[i + 1, 1]),
            ]
        )
        for i in range(3)
    ]
    rear = _pane([(-0.015, y1, 1.94), (-0.015, y0, 1.94), (-0.015, y0, 2.80), (-0.015, y1, 2.80)])

    def wall(corners: list, y: float) -> Mesh:
        return side(np.array(corners), y - 0.003, y + 0.003)

    left = [
        wall([(0.70, 1.52), (1.60, 1.52), (1.62, 1.75), (1.41, 2.86), (1.26, 2.94), (0.68, 2.94)], LEFT - 0.03),
        wall([(0.02, 1.95), (0.62, 1.95), (0.62, 2.94), (0.04, 2.94)], LEFT - 0.03),
    ]
    right = [wall([(0.02, 1.76), (1.60, 1.58), (1.62, 1.75), (1.41, 2.86), (1.26, 2.94), (0.04, 2.94)], RIGHT + 0.03)]
    return made_of(Slot.GLASS, *front, rear, *left, *right)


def _interior() -> Mesh:
    """Returns seat, consoles, levers, monitor and lining."""
    middle = (RIGHT + LEFT) / 2
    cushion = fittings.front(
        filleted([(-0.25, 0), (0.25, 0), (0.27, 0.07), (0.20, 0.14), (-0.20, 0.14), (-0.27, 0.07)], 0.04, 3),
        -0.25,
        0.26,
        0.04,
    ).moved(0.62, middle, 1.62)
    back = fittings.front(
        filleted([(-0.24, 0), (0.24, 0), (0.25, 0.45), (0.16, 0.62), (-0.16, 0.62), (-0.25, 0.45)], 0.06, 3),
        -0.06,
        0.07,
        0.04,
    ).transformed(turned("y", np.deg2rad(-10), (0.38, middle, 1.74)))
    head = fittings.front(rectangle((-0.13, 0), (0.13, 0.20), 0.06), -0.05, 0.05, 0.03).transformed(
        turned("y", np.deg2rad(-8), (0.27, middle, 2.37))
    )
    base = [
        block((0.42, middle - 0.2, FLOOR + 0.05), (0.82, middle + 0.2, 1.50), 0.03),
        block((0.45, middle - 0.18, 1.48), (0.80, middle + 0.18, 1.64), 0.02),
    ]
    consoles, sticks = [], []
    for sign in (-1, 1):
        y = middle + sign * 0.37
        consoles.append(block((0.35, y - 0.07, 1.55), (0.98, y + 0.07, 1.80), 0.04))
        consoles.append(block((0.25, y - 0.045, 1.93), (0.62, y + 0.045, 1.98), 0.02))
        sticks += [
            fittings.rod((0.92, y, 1.78), (0.95, y, 1.95), 0.014, 8),
            solids.sphere(0.034, 10, 6).transformed(np.diag([1, 1, 1.9, 1])).moved(0.955, y, 2.0),
        ]
        sticks += [
            fittings.rod((1.30, middle + sign * 0.09, 1.18), (1.22, middle + sign * 0.09, 1.75), 0.011, 8),
            block((1.28, middle + sign * 0.10 - 0.05, 1.20), (1.45, middle + sign * 0.10 + 0.05, 1.24), 0.01),
        ]
    monitor = block((-0.02, -0.13, -0.09), (0.02, 0.13, 0.09), 0.015).transformed(
        turned("z", np.deg2rad(-25), (1.36, RIGHT + 0.14, 1.90))
    )
    stalk = fittings.rod((1.40, RIGHT + 0.12, 1.45), (1.37, RIGHT + 0.14, 1.85), 0.018, 8)
    lining = [
        block((0.03, RIGHT + 0.08, ROOF - 0.13), (1.25, LEFT - 0.08, ROOF - 0.09)),
        block((0.02, RIGHT + 0.06, FLOOR + 0.05), (0.20, LEFT - 0.06, 1.90), 0.02),
        block((0.0, RIGHT + 0.055, FLOOR + 0.05), (1.48, RIGHT + 0.075, 1.58)),
    ]
    return Mesh.merged(
        [
            made_of(Slot.SEAT, cushion, back, head),
            made_of(Slot.LINING, *consoles, *lining),
            made_of(Slot.PLASTIC, *base, *sticks, monitor, stalk),
        ]
    )


def _outside() -> Mesh:
    """Returns door handle, grab rails, mirror, wiper, lamps and beacon."""
    handle = block((0.78, LEFT - 0.01, 1.62), (0.92, LEFT + 0.022, 1.66), 0.008)
    rail = bent(
        [
            (0.655, LEFT - 0.01, 1.55),
            (0.655, LEFT + 0.05, 1.60),
            (0.655, LEFT + 0.05, 2.35),
            (0.655, LEFT - 0.01, 2.40),
        ],
        0.013,
        0.04,
    )
    grab = bent(
        [(1.60, LEFT - 0.08, 1.30), (1.70, LEFT - 0.06, 1.36), (1.72, LEFT - 0.06, 1.80), (1.63, LEFT - 0.08, 1.86)],
        0.013,
        0.05,
    )
    arm = bent([(1.55, LEFT - 0.02, 2.25), (1.66, LEFT + 0.12, 2.28), (1.66, LEFT + 0.12, 2.10)], 0.011, 0.05)
    head = fittings.mirror(0.36, 0.20).transformed(turned("z", np.deg2rad(-10), (1.66, LEFT + 0.12, 2.06)))
    wiper = [
        fittings.rod((1.60, 1.20, 2.08), (1.50, 0.80, 2.50), 0.008, 6),
        fittings.rod((1.62, 0.80, 2.16), (1.44, 0.80, 2.82), 0.009, 6),
    ]
    lamps = [fittings.square_lamp(0.14, 0.10).moved(1.36, y, ROOF + 0.11) for y in (RIGHT + 0.16, LEFT - 0.16)]
    puck = solids.cylinder(0.075, 0.03, 20).moved(0.22, LEFT - 0.20, ROOF + 0.03)
    beacon = solids.revolve([(0.065, 0.0), (0.065, 0.08), (0.05, 0.115), (0.0, 0.125)], 20).moved(
        0.22, LEFT - 0.20, ROOF + 0.06
    )
    step = [
        block((0.85, LEFT + 0.01, 1.02), (1.30, LEFT + 0.03, 1.10)),
        block((0.85, LEFT - 0.10, 1.06), (1.30, LEFT + 0.03, 1.075)),
    ]
    seals = [
        bent([(1.606, y, 1.42), (1.65, y, 1.75), (1.59, y, 2.05), (1.436, y, 2.85)], 0.012, 0.1, 6)
        for y in (RIGHT + 0.065, LEFT - 0.065)
    ]
    return Mesh.merged(
        [
            made_of(Slot.PLASTIC, handle, *wiper, puck),
            made_of(Slot.RUBBER, *seals),
            made_of(Slot.TRIM, rail, grab, arm, *step),
            made_of(Slot.AMBER, beacon),
            head,
            *lamps,
        ]
    )
