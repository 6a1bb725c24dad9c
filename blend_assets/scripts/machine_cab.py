"""A protective cab for loaders and telehandlers: frame, panes, roof, seat and controls, mirrors, lamps, beacon."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import bent, block, filleted, rectangle, rod, side
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh


@dataclass(frozen=True)
class CabShape:
    """The size of a cab.

    Attributes:
        corners: (x, z) side view, counter-clockwise: rear foot, front foot, front belt, windscreen's head, rear head,
            rear belt; metres.
        right, left: y of its flanks, metres.
        post: x of the post behind the door.
        door: +1 when the door is on the left, -1 on the right.
        pillar: depth of the posts, metres.
    """

    corners: tuple[tuple[float, float], ...]
    right: float
    left: float
    post: float
    door: int = 1
    pillar: float = 0.075

    @property
    def floor(self) -> float:
        """Height of the floor, metres."""
        return self.corners[0][1]

    @property
    def head(self) -> float:
        """Height of the frame's top, metres."""
        return self.corners[3][1]

    @property
    def middle(self) -> float:
        """y of its middle, metres."""
        return (self.right + self.left) / 2

    @property
    def eye(self) -> tuple[float, float, float]:
        """Where a seated operator's eyes are, metres: 0.78 m above the cushion."""
        return self.seat + 0.12, self.middle, self.floor + 0.50 + 0.78

    @property
    def seat(self) -> float:
        """x of the seat's middle, metres."""
        return 0.62 * self.corners[0][0] + 0.38 * self.corners[1][0]


def cab(shape: CabShape) -> Mesh:
    """Returns the cab with everything in and on it."""
    return Mesh.merged([_frame(shape), _panes(shape), _roof(shape), _interior(shape), _fixtures(shape)])


def _frame(shape: CabShape) -> Mesh:
    """Returns posts, rails, lower panels with the door's gap, floor."""
    corners = np.array(shape.corners)
    radii = [0.06, 0.10, 0.35, 0.12, 0.12, 0.25]
    outer = filleted(corners, radii, 5)
    inner = filleted(solids.inset(corners, shape.pillar), radii, 5)
    rims = [fittings.side_frame(outer, inner, y, y + 0.06) for y in (shape.right, shape.left - 0.06)]
    y0, y1 = shape.right + 0.03, shape.left - 0.03
    bars = []
    for index, (depth, height) in ((0, (0.05, 0.10)), (1, (0.07, 0.08)), (3, (0.09, 0.07)), (4, (0.07, 0.08))):
        x, z = corners[index] + (corners.mean(0) - corners[index]) * 0.03
        bars.append(block((x - depth / 2, y0, z - height / 2), (x + depth / 2, y1, z + height / 2), 0.012))
    bars.append(
        block((corners[5, 0], y0, corners[5, 1] - 0.05), (corners[5, 0] + 0.05, y1, corners[5, 1] + 0.03), 0.01)
    )
    back = side([corners[0], corners[0] + (0.03, 0.0), corners[5] + (0.03, 0.0), corners[5]], y0, y1)
    floor = block((corners[0, 0] + 0.01, y0, shape.floor), (corners[1, 0] - 0.02, y1, shape.floor + 0.05))
    panels, gaps = [], []
    for sign, y in ((1, shape.left - 0.03), (-1, shape.right + 0.03)):
        low, high = sorted((y, y + 0.022 * sign))
        belt = corners[5, 1] - 0.02
        rear = [
            corners[0] + (0.03, 0.03),
            (shape.post, shape.floor + 0.03),
            (shape.post, belt),
            corners[5] + (0.03, -0.02),
        ]
        panels.append(side(filleted(rear, 0.03), low, high))
        panels.append(
            block((shape.post - 0.035, low, shape.floor), (shape.post + 0.035, high + 0.004, shape.head), 0.008)
        )
        front = shape.floor + 0.28
        foot = corners[1] + (corners[2] - corners[1]) * 0.5
        panels.append(
            side(
                filleted(
                    [
                        (shape.post + 0.05, shape.floor + 0.03),
                        corners[1] - (0.04, -0.03),
                        foot - (0.05, 0),
                        (shape.post + 0.05, front),
                    ],
                    0.03,
                ),
                low,
                high,
            )
        )
        if sign == shape.door:
            edge = y + 0.0315 * sign
            a, b = sorted((edge - 0.006, edge + 0.002))
            gaps += [block((shape.post + 0.037, a, shape.floor + 0.05), (shape.post + 0.046, b, shape.head - 0.05))]
    return Mesh.merged(
        [made_of(Slot.PAINT, back, *panels), made_of(Slot.TRIM, *rims, *bars, floor), made_of(Slot.MARKING, *gaps)]
    )


def pane(corners: list) -> Mesh:
    """Returns a 6 mm pane through four corners, counter-clockwise seen from outside."""
    points = np.array(corners, float)
    normal = np.cross(points[1] - points[0], points[3] - points[0])
    normal /= np.linalg.norm(normal)
    return solids.loft(np.array([points - 0.006 * normal, points]))


def _panes(shape: CabShape) -> Mesh:
    corners = np.array(shape.corners)
    shrunk = solids.inset(corners, 0.03)
    y0, y1 = shape.right + 0.05, shape.left - 0.05
    line = [shrunk[1] * 0.5 + shrunk[2] * 0.5, shrunk[2] + (0.0, -0.10), shrunk[2] + (0.0, 0.12), shrunk[3]]
    panes = [pane([(a[0], y0, a[1]), (a[0], y1, a[1]), (b[0], y1, b[1]), (b[0], y0, b[1])]) for a, b in pairwise(line)]
    low, high = shrunk[5], shrunk[4]
    panes.append(pane([(low[0], y1, low[1]), (low[0], y0, low[1]), (high[0], y0, high[1]), (high[0], y1, high[1])]))
    ahead = [(shape.post, shape.floor + 0.26), line[0], *line[1:], (shape.post, shrunk[4, 1])]
    behind = [shrunk[5] - (0, 0.03), (shape.post, corners[5, 1] - 0.03), (shape.post, shrunk[4, 1]), shrunk[4]]
    for y in (shape.right + 0.028, shape.left - 0.028):
        panes += [side(np.array(ahead), y - 0.003, y + 0.003), side(np.array(behind), y - 0.003, y + 0.003)]
    return made_of(Slot.GLASS, *panes)


def _roof(shape: CabShape) -> Mesh:
    """Returns the moulded roof that overhangs the frame, its work lamps, beacon and antenna."""
    back, front = shape.corners[4][0], shape.corners[3][0]
    rings = []
    for grow, z in ((-0.02, -0.02), (0.055, 0.0), (0.06, 0.05), (0.02, 0.10), (-0.12, 0.135)):
        outline = rectangle(
            (back - grow, shape.right - grow * 0.6), (front + 1.6 * grow, shape.left + grow * 0.6), 0.14
        )
        rings.append(np.column_stack([outline, np.full(len(outline), shape.head + z)]))
    roof = solids.loft(np.array(rings), smooth=True)
    hatch = block(
        (back + 0.3, shape.right + 0.3, shape.head + 0.125), (front - 0.35, shape.left - 0.3, shape.head + 0.15), 0.012
    )
    lamps = []
    for y in (shape.right + 0.13, shape.left - 0.13):
        lamps.append(fittings.square_lamp(0.17, 0.10).moved(front + 0.06, y, shape.head + 0.20))
        lamps.append(
            fittings.square_lamp(0.15, 0.09).transformed(turned("z", np.pi, (back - 0.02, y, shape.head + 0.19)))
        )
    x, y = back + 0.22, shape.left - 0.22
    puck = solids.cylinder(0.075, 0.05, 18).moved(x, y, shape.head + 0.10)
    beacon = solids.revolve([(0.065, 0.0), (0.065, 0.09), (0.05, 0.125), (0.0, 0.135)], 18).moved(
        x, y, shape.head + 0.145
    )
    mast = rod(
        (back + 0.1, shape.right + 0.2, shape.head + 0.1), (back - 0.05, shape.right + 0.2, shape.head + 0.7), 0.005, 5
    )
    return Mesh.merged(
        [made_of(Slot.LIVERY, roof), made_of(Slot.PLASTIC, hatch, puck, mast), made_of(Slot.AMBER, beacon), *lamps]
    )


def seat(x: float, y: float, z: float) -> Mesh:
    """Returns a sprung seat with backrest, headrest and armrests; (x, y, z) is the middle of its cushion's top."""
    cushion = filleted([(-0.25, -0.14), (0.25, -0.14), (0.27, -0.07), (0.20, 0), (-0.20, 0), (-0.27, -0.07)], 0.04, 3)
    rest = filleted([(-0.24, 0), (0.24, 0), (0.25, 0.45), (0.16, 0.62), (-0.16, 0.62), (-0.25, 0.45)], 0.06, 3)
    head = fittings.front(rectangle((-0.13, 0), (0.13, 0.2), 0.06), -0.05, 0.05, 0.03)
    soft = [
        fittings.front(cushion, -0.25, 0.26, 0.04).moved(x, y, z),
        fittings.front(rest, -0.06, 0.07, 0.04).transformed(turned("y", np.deg2rad(-10), (x - 0.24, y, z - 0.02))),
        head.transformed(turned("y", np.deg2rad(-8), (x - 0.35, y, z + 0.61))),
    ]
    hard = [block((x - 0.2, y - 0.2, z - 0.48), (x + 0.2, y + 0.2, z - 0.13), 0.03)]
    hard += [
        block((x - 0.2, y + s * 0.31 - 0.04, z + 0.17), (x + 0.2, y + s * 0.31 + 0.04, z + 0.22), 0.02) for s in (-1, 1)
    ]
    return Mesh.merged([made_of(Slot.SEAT, *soft), made_of(Slot.PLASTIC, *hard)])


def steering_wheel(x: float, y: float, z: float, foot: tuple[float, float], radius: float = 0.19) -> Mesh:
    """Returns a wheel at (x, y, z) on its column, which stands at x, z = `foot`."""
    ring = solids.sweep(
        np.column_stack([solids.circle(radius, 20), np.zeros(20)]), solids.circle(0.014, 6), True, closed=True
    )
    spokes = [block((-radius, -0.018, -0.008), (radius, 0.018, 0.008)), solids.cylinder(0.045, 0.03, 12)]
    lean = turned("y", np.deg2rad(-38), (x, y, z))
    column = rod((x + 0.01, y, z - 0.02), (foot[0], y, foot[1]), 0.035, 10)
    return made_of(Slot.PLASTIC, *(item.transformed(lean) for item in (ring, *spokes)), column)


def _interior(shape: CabShape) -> Mesh:
    x, y, floor = shape.seat, shape.middle, shape.floor
    front = shape.corners[1][0]
    console = [
        block((x - 0.15, y - 0.46, floor + 0.05), (x + 0.42, y - 0.31, floor + 0.66), 0.03),
        block((front - 0.16, y - 0.17, floor + 0.05), (front - 0.02, y + 0.17, floor + 0.62), 0.03),
    ]
    sticks = [
        rod((x + dx, y - 0.385, floor + 0.62), (x + dx + 0.02, y - 0.385, floor + 0.84), 0.011, 6) for dx in (0.2, 0.33)
    ]
    sticks += [solids.sphere(0.03, 8, 5).moved(x + dx + 0.02, y - 0.385, floor + 0.86) for dx in (0.2, 0.33)]
    pedals = [
        block((front - 0.2, y + s - 0.05, floor + 0.1), (front - 0.1, y + s + 0.05, floor + 0.13), 0.01)
        for s in (-0.26, 0.24)
    ]
    screen = block((-0.02, -0.12, -0.08), (0.02, 0.12, 0.08), 0.012)
    screen = screen.transformed(turned("z", np.deg2rad(-28), (front - 0.05, shape.right + 0.16, floor + 0.88)))
    stalk = rod(
        (front - 0.05, shape.right + 0.12, floor + 0.3), (front - 0.05, shape.right + 0.16, floor + 0.85), 0.014, 6
    )
    lining = block(
        (shape.corners[0][0] + 0.05, shape.right + 0.07, floor + 0.05),
        (shape.corners[0][0] + 0.12, shape.left - 0.07, shape.corners[5][1]),
        0.01,
    )
    ceiling = block(
        (shape.corners[4][0] + 0.08, shape.right + 0.07, shape.head - 0.07),
        (shape.corners[3][0] - 0.12, shape.left - 0.07, shape.head - 0.03),
    )
    trim = made_of(Slot.LINING, *console, lining, ceiling)
    plastic = made_of(Slot.PLASTIC, *sticks, *pedals, screen, stalk)
    wheel = steering_wheel(x + 0.46, y, floor + 0.80, (front - 0.1, floor + 0.4))
    return Mesh.merged([seat(x, y, floor + 0.50), trim, plastic, wheel])


def _fixtures(shape: CabShape) -> Mesh:
    """Returns handle, grab rails, mirrors on arms, wipers, door hinges."""
    (_, _), foot, belt, head, rear, _ = (np.array(corner) for corner in shape.corners)
    plastic, trim, heads = [], [], []
    for sign, y in ((1, shape.left), (-1, shape.right)):
        out = y + 0.05 * sign
        trim.append(
            bent(
                [
                    (shape.post, y, shape.floor + 0.4),
                    (shape.post, out, shape.floor + 0.45),
                    (shape.post, out, shape.head - 0.35),
                    (shape.post, y, shape.head - 0.3),
                ],
                0.013,
                0.05,
            )
        )
        x, z = head[0] - 0.02, head[1] - 0.28
        wide = y + 0.24 * sign
        trim.append(bent([(x, y, z + 0.12), (x + 0.12, wide, z + 0.14), (x + 0.12, wide, z - 0.1)], 0.011, 0.05))
        heads.append(
            fittings.mirror(0.34, 0.20).transformed(turned("z", np.deg2rad(-10 * sign), (x + 0.12, wide, z - 0.16)))
        )
    y = shape.left if shape.door > 0 else shape.right
    plastic.append(
        block(
            (shape.post + 0.09, y - 0.015, shape.floor + 0.62), (shape.post + 0.22, y + 0.02, shape.floor + 0.66), 0.008
        )
    )
    for z in (shape.floor + 0.35, shape.head - 0.35):
        x = float(np.interp(z, [foot[1], belt[1], head[1]], [foot[0], belt[0], head[0]])) - 0.05
        trim.append(block((x - 0.05, y - 0.02, z - 0.04), (x + 0.03, y + 0.016, z + 0.04), 0.008))
    root = belt + np.array([0.015, -0.05])
    middle = shape.middle
    tip = head * 0.7 + belt * 0.3 + (0.02, 0)
    plastic += [
        rod((root[0], middle + 0.1, root[1]), (tip[0], middle - 0.22, tip[1]), 0.009, 6),
        rod((belt[0] + 0.02, middle - 0.26, belt[1] + 0.1), (head[0] + 0.01, middle - 0.2, head[1] - 0.08), 0.009, 6),
        block((root[0] - 0.02, middle + 0.04, root[1] - 0.05), (root[0] + 0.02, middle + 0.16, root[1] + 0.03), 0.01),
    ]
    back = rear * 0.5 + np.array(shape.corners[5]) * 0.5 - (0.015, 0)
    plastic.append(rod((back[0], middle - 0.05, back[1] - 0.25), (back[0], middle + 0.2, back[1] + 0.25), 0.009, 6))
    return Mesh.merged([made_of(Slot.PLASTIC, *plastic), made_of(Slot.TRIM, *trim), *heads])
