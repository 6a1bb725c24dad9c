"""Solids that everything is modelled from. Metres; closed, outward-facing unless said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.mesh import Faces, Mesh, shared_faces


def box(size: ArrayLike, center: ArrayLike = (0, 0, 0), chamfer: float = 0.0) -> Mesh:
    """Returns a box, with 45-degree chamfered edges when `chamfer` (metres) is positive.

    Args:
        size: full x, y, z extents, metres.
        center: its middle, metres.
        chamfer: width cut off every edge; limited to a third of the smallest side.
    """
    half = np.asarray(size, np.float64) / 2
    if chamfer <= 0:
        return Mesh(_BOX_SIGNS * half + np.asarray(center), *_PLAIN)
    cut = min(chamfer, 2 * min(half.tolist()) / 3)
    return Mesh(_CHAMFER_SIGNS * half - cut * _CHAMFER_BACK + np.asarray(center), *_CHAMFERED)


def boxes(sizes: ArrayLike, poses: ArrayLike, chamfer: float = 0.0) -> Mesh:
    """Returns many boxes as one mesh, the same as merging a `box` for each.

    Args:
        sizes: (N, 3) full extents, metres.
        poses: where their middles are and how they are turned: (N, 4, 4), or one (4, 4) for all.
        chamfer: as in `box`.
    """
    half = np.asarray(sizes, np.float64).reshape(-1, 1, 3) / 2
    local = _BOX_SIGNS * half
    if chamfer > 0:
        cut = np.minimum(chamfer, 2 * half.min((1, 2)) / 3)[:, None, None]
        local = _CHAMFER_SIGNS * half - cut * _CHAMFER_BACK
    poses = np.asarray(poses, np.float64)
    vertices = local @ np.swapaxes(poses[..., :3, :3], -1, -2) + poses[..., None, :3, 3]
    return Mesh(vertices.reshape(-1, 3), *_box_faces(len(half), chamfer > 0))


@lru_cache(maxsize=256)
def _box_faces(count: int, chamfered: bool) -> Faces:
    """Returns the faces of several boxes, one box after the other."""
    corners, sizes, _, smooth = _CHAMFERED if chamfered else _PLAIN
    first = np.arange(count, dtype=np.int32)[:, None] * (24 if chamfered else 8)
    return shared_faces((first + corners).reshape(-1), np.tile(sizes, count), np.tile(smooth, count))


_BOX_SIGNS = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float64)
_BOX_QUADS = np.array([(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)])
# One vertex per (corner, axis): it stays on the face of that axis and backs off along the others.
_CHAMFER_SIGNS = _BOX_SIGNS.repeat(3, 0)
_CHAMFER_BACK = _CHAMFER_SIGNS * np.tile(1.0 - np.eye(3), (8, 1))


def _flat(faces: Sequence[Sequence[int]]) -> Faces:
    """Returns flat faces for meshes that share them."""
    mesh = Mesh.from_faces(np.zeros((0, 3)), [list(face) for face in faces])
    return shared_faces(mesh.corners, mesh.sizes, mesh.smooth)


def _chamfered_box() -> list[list[int]]:
    """Returns the faces of a chamfered box, which are the same for all; vertex 3 * corner + axis."""
    normals_axis = (0, 0, 1, 1, 2, 2)
    faces = [[3 * corner + axis for corner in quad] for quad, axis in zip(_BOX_QUADS, normals_axis, strict=True)]
    for quad, axis in zip(_BOX_QUADS, normals_axis, strict=True):
        for first, second in zip(quad, np.roll(quad, -1), strict=True):
            if first > second:
                continue  # every edge belongs to two quads; the one that walks it upwards makes the chamfer
            other = 3 - axis - int(np.argmax(_BOX_SIGNS[first] != _BOX_SIGNS[second]))
            faces.append([3 * second + axis, 3 * first + axis, 3 * first + other, 3 * second + other])
    for corner, sign in enumerate(_BOX_SIGNS):
        triangle = [3 * corner, 3 * corner + 1, 3 * corner + 2]
        faces.append(triangle if np.prod(sign) > 0 else triangle[::-1])
    return faces


_PLAIN = _flat(_BOX_QUADS)
_CHAMFERED = _flat(_chamfered_box())


def loft(rings: ArrayLike, capped: bool = True, smooth: bool = False, closed: bool = False) -> Mesh:
    """Returns the skin through rings of equally many points.

    Args:
        rings: (R, N, 3) metres; each ring runs counter-clockwise seen against the direction in which
            the rings follow each other.
        capped: whether the first and the last ring are closed by a face.
        smooth: whether the skin (not the caps) is smooth.
        closed: whether the last ring joins the first (then there are no caps).
    """
    points = np.array(rings, np.float64)
    return Mesh(points.reshape(-1, 3), *_loft_faces(*points.shape[:2], capped and not closed, smooth, closed))


@lru_cache(maxsize=256)
def _loft_faces(rings: int, size: int, capped: bool, smooth: bool, closed: bool) -> Faces:
    """Returns the faces of a loft: its skin, ring by ring, then its caps."""
    this = np.arange(size, dtype=np.int32)
    after = (this + 1) % size
    spans = rings if closed else rings - 1
    lower = np.arange(spans, dtype=np.int32)[:, None] * size
    upper = (np.arange(1, spans + 1, dtype=np.int32)[:, None] % rings) * size
    corners = np.stack([lower + this, lower + after, upper + after, upper + this], -1).reshape(-1)
    sizes, smooths = np.full(spans * size, 4, np.int32), np.full(spans * size, smooth)
    if capped:
        corners = np.concatenate([corners, this[::-1], (rings - 1) * size + this])
        sizes = np.concatenate([sizes, np.array([size, size], np.int32)])
        smooths = np.concatenate([smooths, np.zeros(2, bool)])
    return shared_faces(corners, sizes, smooths)


def prism(outline: ArrayLike, height: float, chamfer: float = 0.0) -> Mesh:
    """Returns a straight prism over a simple polygon, from z = 0 up to `height`.

    Args:
        outline: (N, 2) metres, counter-clockwise seen from above.
        height: metres.
        chamfer: width cut off the top and bottom edges; meant for convex outlines.
    """
    base = np.asarray(outline, np.float64)
    levels = [(base, 0.0), (base, height)]
    if chamfer > 0:
        inner = inset(base, chamfer)
        levels = [(inner, 0.0), (base, chamfer), (base, height - chamfer), (inner, height)]
    rings = np.empty((len(levels), len(base), 3))
    for ring, (points, z) in zip(rings, levels, strict=True):
        ring[:, :2], ring[:, 2] = points, z
    return loft(rings)


def inset(outline: NDArray[np.float64], distance: float) -> NDArray[np.float64]:
    """Returns a counter-clockwise (N, 2) polygon with every edge moved inwards by `distance` metres."""
    following = np.arange(1, len(outline) + 1) % len(outline)
    edges = outline[following] - outline
    normals = edges[:, ::-1] * (-1.0, 1.0) / np.hypot(edges[:, 0], edges[:, 1])[:, None]
    before = np.empty_like(normals)
    before[following] = normals
    return outline + distance * (before + normals) / (1 + (before * normals).sum(1, keepdims=True))


def circle(radius: float, segments: int, start: float = 0.0) -> NDArray[np.float64]:
    """Returns (segments, 2) points of a circle, counter-clockwise from the angle `start` (radians)."""
    return radius * _unit_circle(segments, start)


@lru_cache(maxsize=64)
def _unit_circle(segments: int, start: float) -> NDArray[np.float64]:
    angle = start + np.arange(segments) * (2 * np.pi / segments)
    return np.column_stack([np.cos(angle), np.sin(angle)])


def revolve(profile: ArrayLike, segments: int = 24, smooth: bool = True) -> Mesh:
    """Returns the solid of revolution about Z.

    Args:
        profile: (N, 2) radius and z, metres, going up the outside; ends at radius > 0 get a cap.
        segments: how many sides.
        smooth: whether the sides are smooth; edges sharper than SMOOTH_ANGLE stay sharp.
    """
    return loft(_round_rings(profile, segments), smooth=smooth)


def _round_rings(profile: ArrayLike, segments: int) -> NDArray[np.float64]:
    """Returns (N, segments, 3): level circles about Z with the radii and heights of an (N, 2) profile."""
    radius, z = np.asarray(profile, np.float64).T
    rings = np.empty((len(radius), segments, 3))
    rings[..., :2] = np.maximum(radius, 1e-5)[:, None, None] * circle(1.0, segments)
    rings[..., 2] = z[:, None]
    return rings


def cylinder(radius: float, height: float, segments: int = 24, chamfer: float = 0.0) -> Mesh:
    """Returns a cylinder on Z from z = 0 up to `height` (metres), edges chamfered when asked."""
    if chamfer <= 0:
        return revolve([(radius, 0), (radius, height)], segments)
    return revolve(
        [(radius - chamfer, 0), (radius, chamfer), (radius, height - chamfer), (radius - chamfer, height)], segments
    )


def pipe(outer: float, inner: float, height: float, segments: int = 24) -> Mesh:
    """Returns a hollow cylinder on Z from z = 0 up to `height`; radii in metres."""
    rings = [(outer, 0.0), (outer, height), (inner, height), (inner, 0.0)]
    return loft(_round_rings(rings, segments), closed=True, smooth=True)


def sweep(path: ArrayLike, outline: ArrayLike, smooth: bool = False, capped: bool = True, closed: bool = False) -> Mesh:
    """Returns an outline swept along a path, mitred at the bends, kept upright as far as it goes.

    Args:
        path: (N, 3) metres, no repeated neighbours.
        outline: (K, 2) metres, counter-clockwise: x to the right of the path, y up, seen from behind
            (looking along the path).
        smooth: whether the skin is smooth.
        capped: whether the ends are closed.
        closed: whether the path returns to its start.
    """
    points = np.asarray(path, np.float64)
    profile = np.asarray(outline, np.float64)
    steps = np.diff(points, axis=0, append=points[:1])
    steps /= np.maximum(np.linalg.norm(steps, axis=1, keepdims=True), 1e-12)
    incoming = np.concatenate([steps[-1:], steps[:-1]])
    if not closed:
        steps[-1] = steps[-2]
        incoming[0], incoming[-1] = steps[0], steps[-2]
    up = _transported_up(steps)
    right = cross(steps, up)
    flat = points[:, None] + profile[None, :, :1] * right[:, None] + profile[None, :, 1:] * up[:, None]
    # Slide every point along the outgoing segment onto the plane that halves the bend.
    halving = steps + incoming
    offset = ((points[:, None] - flat) * halving[:, None]).sum(-1, keepdims=True)
    rings = flat + steps[:, None] * offset / np.maximum((steps * halving).sum(-1), 1e-3)[:, None, None]
    return loft(rings[:, ::-1], capped=capped, smooth=smooth, closed=closed)


def cross(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the cross products of (..., 3) vectors; several times as fast as numpy's on few of them."""
    a, b, c = first[..., 0], first[..., 1], first[..., 2]
    x, y, z = second[..., 0], second[..., 1], second[..., 2]
    product = np.empty(np.broadcast_shapes(first.shape, second.shape))
    product[..., 0], product[..., 1], product[..., 2] = b * z - c * y, c * x - a * z, a * y - b * x
    return product


def _transported_up(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns an up vector for every direction, carried along the path so that steep paths do not flip."""
    first = np.array([0.0, 0.0, 1.0]) if abs(steps[0, 2]) < 0.99 else np.array([1.0, 0.0, 0.0])
    first -= steps[0] * (steps[0] @ first)
    carried = [tuple(first.tolist())]
    for (a, b, c), (d, e, f) in pairwise(steps.tolist()):
        # The smallest rotation that takes one direction to the next (Rodrigues), applied to up, number by number:
        # numpy takes ten times as long on three of them.
        p, q, r = b * f - c * e, c * d - a * f, a * e - b * d
        x, y, z = carried[-1]
        u, v, w = q * z - r * y, r * x - p * z, p * y - q * x
        share = max(1 + a * d + b * e + c * f, 1e-9)
        carried.append(
            (x + u + (q * w - r * v) / share, y + v + (r * u - p * w) / share, z + w + (p * v - q * u) / share)
        )
    up = np.array(carried)
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    return up


def tube(path: ArrayLike, radius: float, segments: int = 8, capped: bool = True) -> Mesh:
    """Returns a smooth round bar along a path of (N, 3) points, metres."""
    return sweep(path, circle(radius, segments), smooth=True, capped=capped)


def beam(start: ArrayLike, end: ArrayLike, width: float, height: float) -> Mesh:
    """Returns a square-cut bar from `start` to `end`; metres."""
    x, y = width / 2, height / 2
    return sweep([start, end], [(-x, -y), (x, -y), (x, y), (-x, y)])


def sphere(radius: float, segments: int = 24, rings: int = 12) -> Mesh:
    """Returns a smooth latitude-longitude sphere about the origin; metres."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, rings + 1)
    return revolve(np.column_stack([np.cos(angle) * radius, np.sin(angle) * radius]), segments)


def heightfield(
    x: Sequence[float] | NDArray[np.float64], y: Sequence[float] | NDArray[np.float64], z: ArrayLike
) -> Mesh:
    """Returns an open smooth surface over a grid.

    Args:
        x: (X,) rising coordinates, metres.
        y: (Y,) rising coordinates, metres.
        z: (X, Y) heights, metres.
    """
    grid_x, grid_y = np.meshgrid(x, y, indexing="ij")
    index = np.arange(grid_x.size).reshape(grid_x.shape)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 4)
    vertices = np.stack([grid_x, grid_y, np.broadcast_to(z, grid_x.shape)], -1).reshape(-1, 3)
    return Mesh.from_faces(vertices, quads, smooth=True)
