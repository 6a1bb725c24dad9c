"""Worktops: slabs with real cut-outs, shaped edges, upstands, and the level places left on them.

A slab is one closed mesh, so that its grain runs through: a grid of faces above and below, holes left out, round which
runs a wall whose points follow the edge's profile.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.cabinetry import shared
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import Worktop
from buildee.layout.kinematics import inverse, translation
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.resting import Place
from buildee.layout.scene import Instance, Part, Proxy, Shape
from buildee.layout.solids import box

UPSTAND = 0.1
"""Height of the strip against a wall that has no splashback, metres; it is 18 mm thick."""
STRIP = 0.018

Array = NDArray[np.float64]
Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1, metres."""


def profile(edge: str, thickness: float) -> Array:
    """Returns (K, 2) inset and height over the lower face of an edge, from the upper face to the lower one, metres."""
    t = thickness
    arris = 0.0012
    if edge == "chamfered":
        return np.array([(0.003, t), (0.0, t - 0.003), (0.0, 0.003), (0.003, 0.0)])
    if edge == "rounded":
        radius = min(0.01, t / 2.2)
        angle = np.linspace(0, np.pi / 2, 5)
        arc = radius * np.column_stack([1 - np.sin(angle), np.cos(angle) - 1])
        return np.concatenate([arc + np.array((0, t)), np.array([(0.0, 0.002), (0.002, 0.0)])])
    if edge == "ogee":
        s = np.linspace(0, 1, 7)
        sweep = np.column_stack([0.014 * (1 - s) + 0.003 * np.sin(2 * np.pi * s), t - 0.016 * s])
        return np.concatenate([[(0.017, t)], sweep - np.array((0, 0.0015)), np.array([(0.0, 0.003), (0.002, 0.0)])])
    return np.array([(arris, t), (0.0, t - arris), (0.0, arris), (arris, 0.0)])


def holes_of(top: Worktop, sink: str) -> list[Rect]:
    """Returns the holes of a worktop; that of a butler sink is open to the front."""
    front = -top.depth
    return [
        (x, front if kind == "sink" and sink == "ceramic" else y - depth, x + width, y)
        for x, y, width, depth, kind in top.cutouts
    ]


def joints_of(top: Worktop, others: Sequence[Worktop]) -> tuple[tuple[float, float], ...]:
    """Returns the stretches (x0, x1) of a worktop's front at which others end, metres: its edge is square there."""
    found = []
    for other in others:
        if other is top:
            continue
        local = inverse(top.pose) @ other.pose
        corners = np.array([(x, y, 0, 1) for x in (0.0, other.length) for y in (-other.depth, other.overhang)])
        x, y = (local @ corners.T)[:2]
        if abs(y.max() + top.depth) < 2e-3 and x.max() > 0 and x.min() < top.length:
            found.append((float(max(x.min(), 0.0)), float(min(x.max(), top.length))))
    return tuple(sorted(found))


def ends_of(top: Worktop, others: Sequence[Worktop]) -> tuple[bool, bool]:
    """Returns whether the left and the right end are free: neither at a wall nor against another worktop."""
    free = [not top.splash[1], not top.splash[2]]
    for other in others:
        if other is top:
            continue
        local = inverse(other.pose) @ top.pose
        for side, x in enumerate((0.0, top.length)):
            at = (local @ np.array([x, -top.depth / 2, 0.0, 1.0]))[:2]
            if -2e-3 < at[0] < other.length + 2e-3 and -other.depth - 2e-3 < at[1] < other.overhang + 2e-3:
                free[side] = False
    return free[0], free[1]


@shared
def slab(
    bounds: Rect,
    thickness: float,
    edge: str,
    shaped: tuple[bool, bool, bool],
    holes: tuple[Rect, ...],
    square: tuple[tuple[float, float], ...],
) -> Mesh:
    """Returns a slab from z = 0 up to `thickness`.

    Args:
        bounds: of its outside.
        thickness: metres.
        edge: as `Style.worktop_edge`.
        shaped: whether its left end, its right end and its back are shaped; its front always is.
        holes: through it; one that begins at the front edge is a notch.
        square: stretches of its front that are left square.
    """
    x0, y0, x1, y1 = bounds
    xs = _breaks([x0, x1, *(v for h in holes for v in (h[0], h[2])), *(v for s in square for v in _around(*s))], x0, x1)
    ys = _breaks([y0, y1, *(v for h in holes for v in (h[1], h[3]))], y0, y1)
    middle_x, middle_y = (xs[:-1] + xs[1:]) / 2, (ys[:-1] + ys[1:]) / 2
    solid = np.ones((len(middle_x), len(middle_y)), bool)
    for a, b, c, d in holes:
        solid[np.ix_((middle_x > a) & (middle_x < c), (middle_y > b) & (middle_y < d))] = False
    inset_x = np.zeros((len(xs), len(ys)))
    inset_y = np.zeros_like(inset_x)
    straight = np.array([any(a - 1e-9 <= x <= b + 1e-9 for a, b in square) for x in xs])
    inset_y[:, 0] = np.where(straight, 0.0, 1.0)
    inset_y[:, -1] = -1.0 * shaped[2]
    inset_x[0], inset_x[-1] = 1.0 * shaped[0], -1.0 * shaped[1]
    steps = profile(edge, thickness)
    layers = np.empty((len(steps), *inset_x.shape, 3))
    layers[..., 0] = xs[:, None] + steps[:, 0, None, None] * inset_x
    layers[..., 1] = ys + steps[:, 0, None, None] * inset_y
    layers[..., 2] = steps[:, 1, None, None]
    return _skin(layers, solid)


def _around(start: float, end: float) -> tuple[float, float, float, float]:
    """Returns the ends of a stretch and points just outside, between which the profile fades."""
    return start - 0.002, start, end, end + 0.002


def _breaks(values: Sequence[float], low: float, high: float) -> Array:
    """Returns the values between two limits, each once."""
    return np.unique(np.round([value for value in values if low <= value <= high], 5))


def _skin(layers: Array, solid: NDArray[np.bool_]) -> Mesh:
    """Returns the closed skin of the solid cells of a grid.

    Args:
        layers: (K, X, Y, 3) points, from the upper face to the lower one.
        solid: (X - 1, Y - 1).
    """
    count, columns, rows = layers.shape[:3]
    index = np.arange(count * columns * rows).reshape(count, columns, rows)
    i, j = np.nonzero(solid)
    top, low = index[0], index[-1]
    faces = [
        np.stack([top[i, j], top[i + 1, j], top[i + 1, j + 1], top[i, j + 1]], -1),
        np.stack([low[i, j], low[i, j + 1], low[i + 1, j + 1], low[i + 1, j]], -1),
    ]
    padded = np.pad(solid, 1)
    # For every side of a cell: the neighbour's direction, and the cell's two corners with the outside on the right.
    for step, first, second in (
        ((0, -1), (0, 0), (1, 0)),
        ((1, 0), (1, 0), (1, 1)),
        ((0, 1), (1, 1), (0, 1)),
        ((-1, 0), (0, 1), (0, 0)),
    ):
        i, j = np.nonzero(solid & ~padded[1 + step[0] :, 1 + step[1] :][: solid.shape[0], : solid.shape[1]])
        start, end = index[:, i + first[0], j + first[1]], index[:, i + second[0], j + second[1]]
        faces.append(np.stack([start[1:], end[1:], end[:-1], start[:-1]], -1).reshape(-1, 4))
    faces = np.concatenate(faces)
    used, corners = np.unique(faces, return_inverse=True)
    return Mesh.from_faces(layers.reshape(-1, 3)[used], corners.reshape(faces.shape), smooth=True)


def worktop(top: Worktop, others: Sequence[Worktop], style: Style) -> tuple[Instance, dict[str, Shape], list[Place]]:
    """Returns a worktop, its shapes and its places.

    Args:
        top: the worktop.
        others: all of the kitchen: where two meet, edges are square.
        style: of the kitchen.
    """
    holes = holes_of(top, style.sink)
    bounds = 0.0, -top.depth, top.length, top.overhang
    left, right = ends_of(top, others)
    shape = slab(
        *(tuple(map(float, bounds)), float(top.thickness), style.worktop_edge),
        (left, right, bool(top.island or not top.splash[0])),
        tuple(tuple(map(float, hole)) for hole in holes),
        joints_of(top, others),
    )
    rest = translation((0.0, 0.0, top.top - top.thickness))
    parts = [Part("slab", shape[0], (style.worktop,), rest=rest, proxy=_slab_proxy(bounds, holes, top.thickness))]
    shapes: dict[str, Shape] = dict([shape])
    if style.splashback == "none":
        for number, (side, x0, y0, x1, y1) in enumerate(_strips(top)):
            key, shapes[key] = strip(x1 - x0, y1 - y0)
            size = np.array([(x0, y0, top.top), (x1, y1, top.top + UPSTAND)])
            pose = translation((*((size[0] + size[1]) / 2)[:2], top.top))
            half = (x1 - x0) / 2, (y1 - y0) / 2
            proxy = box_proxy(((-half[0], -half[1], 0.0), (*half, UPSTAND)))
            parts.append(Part(f"upstand_{side}_{number}", key, (style.worktop,), rest=pose, proxy=proxy))
    instance = Instance(top.name, "worktop", tuple(parts), top.pose[None])
    return instance, shapes, _areas(top, holes, style)


@shared
def strip(length: float, depth: float) -> Mesh:
    """Returns an upstand; its foot is in the middle of its lower face."""
    return box((length, depth, UPSTAND), (0.0, 0.0, UPSTAND / 2), 0.0015)


def _strips(top: Worktop) -> list[tuple[str, float, float, float, float]]:
    """Returns name and extents of the upstands along the walls."""
    back, left, right = top.splash
    start, end = STRIP * left, top.length - STRIP * right
    strips = [("back", start, -STRIP, end, 0.0)] * back
    strips += [("left", 0.0, -top.depth + 0.01, STRIP, 0.0)] * left
    return strips + [("right", top.length - STRIP, -top.depth + 0.01, top.length, 0.0)] * right


def _pieces(bounds: Rect, holes: Sequence[Rect]) -> list[Rect]:
    """Returns rectangles that cover a rectangle but its holes: stretches between holes, and strips beside each."""
    x0, y0, x1, y1 = bounds
    pieces, at = [], x0
    for a, b, c, d in sorted(holes):
        pieces += [(at, y0, a, y1), (a, d, c, y1), (a, y0, c, b)]
        at = c
    pieces.append((at, y0, x1, y1))
    return [piece for piece in pieces if piece[2] - piece[0] > 1e-6 and piece[3] - piece[1] > 1e-6]


def _slab_proxy(bounds: Rect, holes: Sequence[Rect], thickness: float) -> Proxy:
    """Returns boxes round the holes of a slab."""
    return box_proxy(*[((a, b, 0.0), (c, d, thickness)) for a, b, c, d in _pieces(bounds, holes)])


def _areas(top: Worktop, holes: Sequence[Rect], style: Style) -> list[Place]:
    """Returns the free stretches of a worktop, clear of what stands at its walls, and what happens beside its holes."""
    margin = 0.02
    back = -(STRIP if style.splashback == "none" else 0.012) if top.splash[0] else top.overhang - margin
    start, end = (0.02 if side else margin for side in top.splash[1:])
    edges = [start, *(value for hole in sorted(holes) for value in (hole[0] - 0.03, hole[2] + 0.03)), top.length - end]
    kinds = [kind for _, _, _, _, kind in sorted(top.cutouts)]
    places = []
    for number, (x0, x1) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        if x1 - x0 < 0.08:
            continue
        beside = kinds[max(number - 1, 0) : number + 1]
        topic = "cooking" if "hob" in beside else "washing" if "sink" in beside else ""
        y0 = -top.depth + margin
        pose = translation(((x0 + x1) / 2, (y0 + back) / 2, top.thickness))
        size = x1 - x0, back - y0
        places.append(Place(f"area_{number}", "slab", "worktop", pose, size, wall=top.splash[0], topic=topic))
    return places
