"""Forms that things of a household are made of: lathed vessels, limbs, slabs, sheets. Metres; closed, facing outwards.

Edges that a hand would feel are rounded here, by arcs in the profile: the bake leaves edges as small as these alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blend_assets.scripts.fittings import filleted
from buildee.layout import solids
from buildee.layout.mesh import Mesh

Array = NDArray[np.float64]

ARC = 4
"""Pieces of a quarter's rounding: each turns by less than what is shaded sharp."""


def rounded(corners: ArrayLike, radius: float | Sequence[float], segments: int = ARC) -> Array:
    """Returns an open (N, 2) line with rounded corners; `radius` of all, or of each (the ends' are unused)."""
    points = np.asarray(corners, np.float64)
    radii = np.broadcast_to(np.asarray(radius, np.float64), len(points)).copy()
    radii[[0, -1]] = 0.0
    return filleted(points, radii, segments)


def lathe(profile: ArrayLike, segments: int = 40, slots: ArrayLike = 0) -> Mesh:
    """Returns the solid of revolution about Z, smooth, without caps.

    Args:
        profile: (N, 2) radius and z, up the outside and, when hollow, down the inside. Begins and ends on the axis, or
            else its end is joined to its beginning: a ring.
        segments: how many sides.
        slots: of all faces, or of those of each of the profile's pieces.
    """
    points = np.asarray(profile, np.float64)
    on_axis = points[0, 0] < 1e-9
    inner = points[1:-1] if on_axis else points
    rings = np.empty((len(inner), segments, 3))
    rings[..., :2] = inner[:, :1, None] * solids.circle(1.0, segments)
    rings[..., 2] = inner[:, 1, None]
    skin = solids.loft(rings, capped=False, smooth=True, closed=not on_axis)
    band = np.repeat(np.arange(len(inner) if not on_axis else len(inner) - 1) + on_axis, segments)
    if on_axis:
        skin, band = _with_poles(skin, band, points, segments)
    slots = np.broadcast_to(np.asarray(slots, np.int32), band.max() + 1)
    return Mesh(skin.vertices, skin.corners, skin.sizes, slots[band].astype(np.int32), skin.smooth)


def _with_poles(skin: Mesh, band: NDArray[np.int64], points: Array, segments: int) -> tuple[Mesh, NDArray[np.int64]]:
    """Closes both ends of a lathed skin by fans of triangles."""
    count, this = len(skin.vertices), np.arange(segments)
    after = (this + 1) % segments
    last = count - segments
    low = np.stack([np.full(segments, count), after, this], -1)
    high = np.stack([np.full(segments, count + 1), last + this, last + after], -1)
    fans = np.concatenate([low, high]).reshape(-1).astype(np.int32)
    vertices = np.concatenate([skin.vertices, [(0, 0, points[0, 1]), (0, 0, points[-1, 1])]])
    sizes = np.concatenate([skin.sizes, np.full(2 * segments, 3, np.int32)])
    mesh = Mesh(vertices, np.concatenate([skin.corners, fans]), sizes, np.zeros_like(sizes), np.ones(len(sizes), bool))
    return mesh, np.concatenate([band, np.zeros(segments, int), np.full(segments, len(points) - 2)])


def vessel(body: ArrayLike, thickness: float | tuple[float, float], foot: tuple[float, float] | None = None) -> Array:
    """Returns the profile of a hollow thing with a round rim, for `lathe`.

    Args:
        body: (N, 2) outside from the middle of the base to the rim, rounded already; its base is level.
        thickness: of the wall, or of the base and at the rim.
        foot: radius and width of a ring below the base that reaches down to z = 0; the base then lies above it.
    """
    outer = np.asarray(body, np.float64)
    step = np.gradient(outer, axis=0)
    step /= np.linalg.norm(step, axis=1, keepdims=True)
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(outer, axis=0), axis=1))])
    wall = np.interp(along / along[-1], [0, 1], np.broadcast_to(thickness, 2))[:, None]
    inner = outer + wall * step[:, ::-1] * (-1, 1)
    inner[:, 0] = np.maximum(inner[:, 0], 0.0)
    inner[0] = 0.0, outer[0, 1] + wall[0, 0]
    middle, half = (outer[-1] + inner[-1]) / 2, (outer[-1] - inner[-1]) / 2
    angle = np.linspace(0, np.pi, 7)[1:-1, None]
    rim = middle + half * np.cos(angle) + half[::-1] * (-1, 1) * np.sin(angle)
    if foot is not None:
        outer = np.concatenate([outer[:1], _foot(*foot, outer[0, 1]), outer[1:]])
    return np.concatenate([outer, rim, inner[::-1]])


def _foot(radius: float, width: float, height: float) -> Array:
    """Returns the piece of a profile that goes down, round and up a foot ring."""
    line = [(radius - 1.6 * width, height), (radius - width, 0), (radius, 0), (radius + 0.35 * width, height)]
    return rounded([(0, height), *line, (radius + width, height)], [0, 0.3 * width, *[0.4 * width] * 2, 0, 0], 3)[1:-1]


def inside(profile: Array) -> NDArray[np.bool_]:
    """Returns (N - 1,) which pieces of a vessel's profile lie beyond its highest point: the inside."""
    return np.arange(len(profile) - 1) >= int(profile[:, 1].argmax())


def limb(
    path: ArrayLike,
    width: ArrayLike,
    depth: ArrayLike,
    across: ArrayLike = (0, 1, 0),
    dish: ArrayLike = 0.0,
    square: float = 1.0,
    segments: int = 12,
    round_ends: bool = True,
) -> Mesh:
    """Returns a bar of changing oval section along a path: handles, cutlery, spoons.

    Args:
        path: (N, 3) its middle line.
        width: along `across`, one or (N,).
        depth: at right angles to it, one or (N,).
        across: (3,) or (N, 3), about at right angles to the path.
        dish: how far the edges are bent up over the middle (towards path x across), one or (N,).
        square: 1 for an ellipse, towards 0.3 for a rounded rectangle.
        segments: sides of the section.
        round_ends: whether the ends are domes; otherwise they are cut off.
    """
    middle = np.asarray(path, np.float64)
    tangent = np.gradient(middle, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.broadcast_to(np.asarray(across, np.float64), middle.shape)
    side = side - tangent * (tangent * side).sum(1, keepdims=True)
    side = side / np.linalg.norm(side, axis=1, keepdims=True)
    normal = np.cross(tangent, side)
    wide, deep, bowl = (np.broadcast_to(np.asarray(value, float), len(middle)) for value in (width, depth, dish))
    rows = [(index, 1.0, 0.0) for index in range(len(middle))]
    if round_ends:
        dome = [(np.cos(angle), np.sin(angle)) for angle in np.deg2rad([84, 60, 32])]
        rows = [(0, c, -s) for c, s in dome] + rows + [(-1, c, s) for c, s in reversed(dome)]
    angle = np.arange(segments) * (2 * np.pi / segments)
    u = np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** square
    v = np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** square
    rings = []
    for index, scale, beyond in rows:
        lift = v * deep[index] / 2 * scale + bowl[index] * (u * scale) ** 2
        centre = middle[index] + tangent[index] * beyond * min(deep[index], wide[index]) / 2
        rings.append(centre + np.outer(u * wide[index] / 2 * scale, side[index]) + np.outer(lift, normal[index]))
    return solids.loft(np.array(rings), smooth=True)


def slab(outline: ArrayLike, height: float, edge: float, segments: int = 3) -> Mesh:
    """Returns a plate over a counter-clockwise outline, z = 0 to `height`, its upper and lower edges rounded."""
    base = np.asarray(outline, np.float64)
    angle = np.linspace(0, np.pi / 2, segments + 1)
    levels = [(edge * (1 - np.sin(a)), edge * (1 - np.cos(a))) for a in angle]
    levels += [(cut, height - z) for cut, z in reversed(levels)]
    rings = [np.column_stack([solids.inset(base, cut), np.full(len(base), z)]) for cut, z in levels]
    return solids.loft(np.array(rings), smooth=True)


def rounded_box(low: ArrayLike, high: ArrayLike, corner: float, edge: float, segments: int = ARC) -> Mesh:
    """Returns a box between two corners: upright edges of radius `corner`, the others of radius `edge`."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    return slab(outline_box(x0, y0, x1, y1, corner, segments), z1 - z0, edge).moved(z=z0)


def outline_box(x0: float, y0: float, x1: float, y1: float, corner: float, segments: int = ARC) -> Array:
    """Returns a rectangle's outline with rounded corners, counter-clockwise."""
    return filleted([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], corner, segments)


def sheet(grid: ArrayLike, thickness: float) -> Mesh:
    """Returns a thin closed shell on both sides of a (U, V, 3) grid; its normal is (d/dU) x (d/dV)."""
    points = np.asarray(grid, np.float64)
    normal = np.cross(np.gradient(points, axis=0), np.gradient(points, axis=1))
    normal /= np.maximum(np.linalg.norm(normal, axis=2, keepdims=True), 1e-12)
    rows, columns = points.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    top = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 4)
    border = np.concatenate([index[:-1, 0], index[-1, :-1], index[:0:-1, -1], index[0, :0:-1]])
    after, below = np.roll(border, -1), rows * columns
    rim = np.stack([border + below, after + below, after, border], -1)
    faces = np.concatenate([top, top[:, ::-1] + below, rim])
    both = np.concatenate([points + normal * thickness / 2, points - normal * thickness / 2]).reshape(-1, 3)
    return Mesh.from_faces(both, faces, smooth=True)


def ring(radius: float, bar: float, segments: int = 32, sides: int = 10) -> Mesh:
    """Returns a torus about Z on z = 0: `radius` to the middle of a round bar of radius `bar`."""
    circle = solids.circle(bar, sides)
    return lathe(np.column_stack([radius + circle[:, 0], bar + circle[:, 1]]), segments)


def printed(mesh: Mesh) -> Mesh:
    """Returns the mesh with no vertex shared: ink that follows a curved face, every face by itself."""
    corners = np.arange(len(mesh.corners), dtype=np.int32)
    return Mesh(mesh.vertices[mesh.corners], corners, mesh.sizes, mesh.slots, mesh.smooth)
