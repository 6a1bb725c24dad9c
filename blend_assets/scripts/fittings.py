"""Pieces that every machine is built from: plates, rods, bosses, rails, lamps, louvres, hydraulic cylinders.

Metres; side views are (x, z), front views (y, z), plan views (x, y).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blend_assets.scripts.model import at, turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh

_SIDE = np.array([[1, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]], float)
"""Takes an outline's x, y and a prism's height to x, z and -y."""
_FRONT = np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]], float)
"""Takes an outline's x, y and a prism's height to y, z and x."""


def filleted(corners: ArrayLike, radius: float | Sequence[float], segments: int = 4) -> NDArray[np.float64]:
    """Returns a polygon with its corners rounded.

    Args:
        corners: (N, 2) metres, counter-clockwise.
        radius: of all corners, or one each; 0 keeps a corner sharp. A radius that does not fit shrinks.
        segments: pieces of every arc.
    """
    points = np.asarray(corners, np.float64)
    radii = np.broadcast_to(np.asarray(radius, np.float64), len(points))
    result = []
    for before, corner, after, wanted in zip(np.roll(points, 1, 0), points, np.roll(points, -1, 0), radii, strict=True):
        back, ahead = before - corner, after - corner
        longest = 0.49 * min(np.linalg.norm(back), np.linalg.norm(ahead))
        back, ahead = back / np.linalg.norm(back), ahead / np.linalg.norm(ahead)
        half = np.arccos(np.clip(back @ ahead, -1, 1)) / 2
        if wanted <= 0 or half > np.deg2rad(89.5):
            result.append(corner)
            continue
        tangent = min(wanted / np.tan(half), longest)
        middle = corner + (back + ahead) / np.linalg.norm(back + ahead) * tangent / np.cos(half)
        start, end = corner + back * tangent - middle, corner + ahead * tangent - middle
        first = np.arctan2(start[1], start[0])
        turn = (np.arctan2(end[1], end[0]) - first + np.pi) % (2 * np.pi) - np.pi
        angles = first + turn * np.linspace(0, 1, segments + 1)
        result.extend(middle + np.linalg.norm(start) * np.column_stack([np.cos(angles), np.sin(angles)]))
    return np.array(result)


def rectangle(low: ArrayLike, high: ArrayLike, radius: float = 0.0, segments: int = 4) -> NDArray[np.float64]:
    """Returns a rectangle's outline with rounded corners, counter-clockwise."""
    (x0, y0), (x1, y1) = low, high
    return filleted([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], radius, segments)


def side(outline: ArrayLike, right: float, left: float, chamfer: float = 0.0) -> Mesh:
    """Returns a plate seen from the right: an (x, z) outline from y = `right` up to y = `left`."""
    return solids.prism(outline, left - right, chamfer).transformed(_SIDE).moved(y=left)


def front(outline: ArrayLike, back: float, ahead: float, chamfer: float = 0.0) -> Mesh:
    """Returns a plate seen from ahead: a (y, z) outline from x = `back` up to x = `ahead`."""
    return solids.prism(outline, ahead - back, chamfer).transformed(_FRONT).moved(x=back)


def block(low: ArrayLike, high: ArrayLike, chamfer: float = 0.0) -> Mesh:
    """Returns a box between two corners."""
    low, high = np.asarray(low, float), np.asarray(high, float)
    return solids.box(high - low, (low + high) / 2, chamfer)


def flank(sign: float, low: ArrayLike, high: ArrayLike, chamfer: float = 0.0) -> Mesh:
    """Returns a box on one side of the machine, y counted outwards; `sign` is +1 on the left, -1 on the right."""
    (x0, inner, z0), (x1, outer, z1) = low, high
    y0, y1 = sorted((sign * inner, sign * outer))
    return block((x0, y0, z0), (x1, y1, z1), chamfer)


def cross_pin(x: float, z: float, right: float, left: float, radius: float, segments: int = 16) -> Mesh:
    """Returns a cylinder across the machine, from y = `right` to y = `left`."""
    return solids.cylinder(radius, left - right, segments).transformed(turned("x", np.pi / 2, (x, left, z)))


def rod(start: ArrayLike, end: ArrayLike, radius: float, segments: int = 12) -> Mesh:
    """Returns a round bar between two points."""
    return solids.tube([start, end], radius, segments)


def bent(path: ArrayLike, radius: float, bend: float = 0.08, segments: int = 6) -> Mesh:
    """Returns a tube along a path with rounded bends: handrails and hoses.

    Args:
        path: (N, 3) corner points, metres.
        radius: of the tube.
        bend: radius of the bends, roughly.
        segments: sides of the tube.
    """
    points = np.asarray(path, np.float64)
    smooth = [points[0]]
    for before, corner, after in zip(points[:-2], points[1:-1], points[2:], strict=True):
        back, ahead = before - corner, after - corner
        start = corner + back * min(bend / np.linalg.norm(back), 0.49)
        end = corner + ahead * min(bend / np.linalg.norm(ahead), 0.49)
        for t in (0.0, 0.25, 0.5, 0.75, 1.0):
            smooth.append((1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end)
    smooth.append(points[-1])
    return solids.tube(smooth, radius, segments)


def ring_plate(outer: ArrayLike, inner: ArrayLike, thickness: float) -> Mesh:
    """Returns a flat frame between two (N, 2) outlines of equally many points, from z = 0 up to `thickness`."""
    rings = [
        np.column_stack([outline, np.full(len(outline), z)])
        for outline, z in ((outer, 0.0), (outer, thickness), (inner, thickness), (inner, 0.0))
    ]
    return solids.loft(np.array(rings), closed=True)


def side_frame(outer: ArrayLike, inner: ArrayLike, right: float, left: float) -> Mesh:
    """Returns a frame seen from the right, from y = `right` up to y = `left`."""
    return ring_plate(outer, inner, left - right).transformed(_SIDE).moved(y=left)


def front_frame(outer: ArrayLike, inner: ArrayLike, back: float, ahead: float) -> Mesh:
    """Returns a frame seen from ahead, from x = `back` up to x = `ahead`."""
    return ring_plate(outer, inner, ahead - back).transformed(_FRONT).moved(x=back)


def strip(curve: ArrayLike, thickness: float, right: float, left: float, smooth: bool = True) -> Mesh:
    """Returns sheet metal bent along an (x, z) curve: thickness to the left of the walk, from y = `right` to `left`."""
    points = np.asarray(curve, np.float64)
    direction = np.gradient(points, axis=0)
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    inner = points + thickness * np.column_stack([-direction[:, 1], direction[:, 0]])
    rings = [
        [(a[0], right, a[1]), (a[0], left, a[1]), (b[0], left, b[1]), (b[0], right, b[1])]
        for a, b in zip(points, inner, strict=True)
    ]
    return solids.loft(np.array(rings), smooth=smooth)


def curve(points: ArrayLike, count: int) -> NDArray[np.float64]:
    """Returns (count, D) points on a Catmull-Rom spline through (N, D) points."""
    knots = np.asarray(points, np.float64)
    knots = np.concatenate([[2 * knots[0] - knots[1]], knots, [2 * knots[-1] - knots[-2]]])
    where = np.linspace(0, len(knots) - 3 - 1e-9, count)
    index = where.astype(int)
    t = (where - index)[:, None]
    a, b, c, d = (knots[index + step] for step in range(4))
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def bolt_circle(radius: float, count: int, size: float, height: float = 0.012) -> Mesh:
    """Returns hexagon heads on a circle about Z, standing on z = 0; `size` is across the corners."""
    head = solids.prism(solids.circle(size / 2, 6), height)
    return Mesh.merged(head.moved(*spot, 0.0) for spot in solids.circle(radius, count))


def boss(x: float, z: float, right: float, left: float, radius: float, pin: float) -> Mesh:
    """Returns a steel hub across the machine with its pin's ends and retaining bolts showing on both faces."""
    hub = made_of(Slot.PAINT, cross_pin(x, z, right, left, radius, 24))
    cap = made_of(Slot.STEEL, cross_pin(x, z, right - 0.012, left + 0.012, pin, 20))
    bar = made_of(
        Slot.STEEL,
        *(
            block((x - 0.7 * radius, y - 0.006, z - 0.016), (x + 0.7 * radius, y + 0.006, z + 0.016))
            for y in (right - 0.014, left + 0.014)
        ),
    )
    return Mesh.merged([hub, cap, bar])


def barrel(length: float, bore: float, eye: float, width: float) -> Mesh:
    """Returns a hydraulic cylinder's tube along +X: foot eye at the origin, gland at x = `length`.

    Args:
        length: from the foot's pin to the gland's face, metres.
        bore: outer radius of the tube.
        eye: outer radius of the foot eye.
        width: of the eye across the machine.
    """
    along = turned("y", np.pi / 2)
    profile = [(0.7 * bore, 0.5 * eye), (bore, eye), (bore, length - 0.14), (1.13 * bore, length - 0.135)]
    profile += [(1.13 * bore, length - 0.025), (1.02 * bore, length - 0.012), (0.8 * bore, length)]
    tube = solids.revolve(profile, 28).transformed(along)
    port = [
        block((x - 0.04, -0.035, bore * 0.8), (x + 0.04, 0.035, bore + 0.035), 0.008) for x in (2 * eye, length - 0.2)
    ]
    line = bent(
        [(2 * eye, 0, bore), (2 * eye, 0, bore + 0.05), (length - 0.2, 0, bore + 0.05), (length - 0.2, 0, bore)],
        0.014,
        0.05,
    )
    return Mesh.merged(
        [
            made_of(Slot.PAINT, tube, *port, cross_pin(0, 0, -width / 2, width / 2, eye, 24)),
            made_of(Slot.TRIM, line),
            made_of(Slot.STEEL, cross_pin(0, 0, -width / 2 - 0.01, width / 2 + 0.01, eye * 0.6)),
        ]
    )


def piston_rod(length: float, radius: float, eye: float, width: float) -> Mesh:
    """Returns a piston rod along -X from its eye at the origin; dimensions as `barrel`."""
    shaft = rod((-length, 0, 0), (-0.6 * eye, 0, 0), radius, 20)
    neck = solids.revolve(
        [(radius * 1.02, -2.1 * eye), (radius * 1.35, -1.8 * eye), (eye * 0.75, -0.7 * eye)], 20
    ).transformed(turned("y", np.pi / 2))
    return Mesh.merged(
        [
            made_of(Slot.CHROME, shaft),
            made_of(Slot.PAINT, neck, cross_pin(0, 0, -width / 2, width / 2, eye, 24)),
            made_of(Slot.STEEL, cross_pin(0, 0, -width / 2 - 0.01, width / 2 + 0.01, eye * 0.6)),
        ]
    )


def lamp(radius: float, depth: float) -> Mesh:
    """Returns a round work lamp that shines along +X, its back at x = -`depth`."""
    shell = solids.revolve(
        [(radius * 0.55, 0), (radius * 0.95, depth * 0.55), (radius, depth), (radius * 0.9, depth)], 16
    )
    lens = solids.revolve([(radius * 0.9, depth - 0.004), (radius * 0.6, depth + 0.006), (0, depth + 0.009)], 16)
    pose = at(-depth) @ turned("y", np.pi / 2)
    return Mesh.merged([made_of(Slot.PLASTIC, shell.transformed(pose)), made_of(Slot.LENS, lens.transformed(pose))])


def square_lamp(width: float, height: float, depth: float = 0.07) -> Mesh:
    """Returns a rectangular work lamp that shines along +X."""
    rim = rectangle((-width / 2, -height / 2), (width / 2, height / 2), 0.015)
    shell = front(rim, -depth, 0, 0.008)
    lens = front(
        rectangle((-width / 2 + 0.01, -height / 2 + 0.01), (width / 2 - 0.01, height / 2 - 0.01), 0.01), 0, 0.004
    )
    bracket = block((-depth * 0.7, -0.012, -height / 2 - 0.06), (-depth * 0.3, 0.012, -height / 2 + 0.005))
    return Mesh.merged([made_of(Slot.PLASTIC, shell, bracket), made_of(Slot.LENS, lens)])


def louvres(width: float, height: float, count: int, depth: float = 0.018) -> Mesh:
    """Returns slanting blades in a sunken frame, in the (y, z) plane about the origin, facing +X."""
    pitch = height / count
    blade = [
        (-depth, -0.5 * pitch),
        (-depth * 0.6, -0.5 * pitch),
        (depth * 0.5, 0.28 * pitch),
        (depth * 0.1, 0.28 * pitch),
    ]
    blades = [
        side(np.add(blade, (0, (index + 0.5) * pitch - height / 2)), -width / 2, width / 2) for index in range(count)
    ]
    edge = 0.025
    outer = rectangle((-width / 2 - edge, -height / 2 - edge), (width / 2 + edge, height / 2 + edge), 0.02)
    inner = rectangle((-width / 2, -height / 2), (width / 2, height / 2), 0.01)
    back = block((-depth - 0.012, -width / 2, -height / 2), (-depth, width / 2, height / 2))
    return Mesh.merged([*blades, front_frame(outer, inner, -0.02, 0.006), back])


def mirror(height: float, width: float) -> Mesh:
    """Returns a mirror head whose glass faces -X (backwards), about the origin."""
    rim = rectangle((-width / 2, -height / 2), (width / 2, height / 2), 0.04)
    glass = rectangle((-width / 2 + 0.012, -height / 2 + 0.012), (width / 2 - 0.012, height / 2 - 0.012), 0.03)
    return Mesh.merged(
        [made_of(Slot.PLASTIC, front(rim, -0.02, 0.05, 0.016)), made_of(Slot.CHROME, front(glass, -0.024, -0.015))]
    )
