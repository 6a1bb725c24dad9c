"""Organic forms of the worker: skins through measured cross-sections, cloth folds, bands laid on a skin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout import solids
from buildee.layout.mesh import Mesh

Rings = NDArray[np.float64]
"""(R, N, 3) points of a skin, ring after ring, metres."""


def smooth_table(table: ArrayLike, at: ArrayLike) -> NDArray[np.float64]:
    """Interpolates the rows of a table without overshoot.

    Monotone cubic Hermite interpolation (Fritsch and Butland 1984), so that a measured girth is never exceeded.

    Args:
        table: (K, 1 + C): the first column ascends and is the abscissa.
        at: (M,) abscissae.

    Returns:
        (M, C) float64.
    """
    rows = np.asarray(table, np.float64)
    x, y = rows[:, 0], rows[:, 1:]
    where = np.clip(np.asarray(at, np.float64), x[0], x[-1])
    step = np.diff(x)[:, None]
    slope = np.diff(y, axis=0) / step
    tangent = np.concatenate([slope[:1], (slope[1:] + slope[:-1]) / 2, slope[-1:]])
    both = slope[1:] * slope[:-1]
    weight = np.where(both > 0, both, 0.0)
    total = np.where(both > 0, slope[1:] + slope[:-1], 1.0)
    tangent[1:-1] = np.where(both > 0, 2 * weight / total, 0.0)
    index = np.clip(np.searchsorted(x, where, side="right") - 1, 0, len(x) - 2)
    width = step[index]
    t = (where[:, None] - x[index, None]) / width
    return (
        (1 + 2 * t) * (1 - t) ** 2 * y[index]
        + t * (1 - t) ** 2 * width * tangent[index]
        + t**2 * (3 - 2 * t) * y[index + 1]
        + t**2 * (t - 1) * width * tangent[index + 1]
    )


def skin(
    table: ArrayLike,
    rings: int,
    segments: int,
    low_dome: float = 0.0,
    high_dome: float = 0.0,
    power: float = 2.2,
    girth: float = 1.0,
) -> Rings:
    """Returns a closed skin around the Z axis through measured cross-sections.

    Each cross-section joins four quarters of superellipses, so that front, back and sides differ.

    Args:
        table: (K, 7) rows z, x, y, front, back, left, right: centre and the four half-axes, metres; z ascends.
        rings: how many rings between the lowest and the highest row.
        segments: points of a ring; the first lies in front (+X), then +Y.
        low_dome: height of the rounded end below, metres; 0 leaves it flat.
        high_dome: likewise above.
        power: 2 is an ellipse, more is boxier.
        girth: factor on the half-axes.
    """
    rows = np.asarray(table, np.float64)
    z = np.linspace(rows[0, 0], rows[-1, 0], rings)
    values = np.column_stack([z, smooth_table(rows, z)])
    values[:, 3:] *= girth
    if low_dome > 0:
        values = np.concatenate([_dome(values[0], -low_dome)[::-1], values])
    if high_dome > 0:
        values = np.concatenate([values, _dome(values[-1], high_dome)])
    angle = np.arange(segments) * (2 * np.pi / segments)
    cos, sin = np.cos(angle), np.sin(angle)
    along = np.sign(cos) * np.abs(cos) ** (2 / power)
    across = np.sign(sin) * np.abs(sin) ** (2 / power)
    x = values[:, 1:2] + np.where(cos > 0, values[:, 3:4], values[:, 4:5]) * along
    y = values[:, 2:3] + np.where(sin > 0, values[:, 5:6], values[:, 6:7]) * across
    return np.stack([x, y, np.broadcast_to(values[:, :1], x.shape)], -1)


def _dome(row: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """Returns the rows of a rounded end on a cross-section, from the section to the tip."""
    angle = np.array([0.5, 1.0, 1.45])
    rows = np.repeat(row[None], len(angle), 0)
    rows[:, 0] += height * np.sin(angle)
    rows[:, 3:] *= np.cos(angle)[:, None]
    return rows


def around(center: ArrayLike, radii: ArrayLike, segments: int = 12, rings: int = 8) -> Mesh:
    """Returns a smooth ellipsoid; metres."""
    unit = solids.sphere(1.0, segments, rings)
    return unit.transformed(np.diag([*np.asarray(radii, np.float64), 1.0])).moved(*np.asarray(center, np.float64))


def normals(rings: Rings) -> NDArray[np.float64]:
    """Returns the (R, N, 3) outward unit normals of a skin that closes around."""
    along = np.gradient(rings, axis=0)
    around_ = np.roll(rings, -1, 1) - np.roll(rings, 1, 1)
    cross = np.cross(around_, along)
    return cross / np.maximum(np.linalg.norm(cross, axis=-1, keepdims=True), 1e-12)


def displaced(rings: Rings, height: NDArray[np.float64] | float) -> Rings:
    """Moves a skin along its normals by (R, N) metres."""
    return rings + normals(rings) * np.broadcast_to(height, rings.shape[:2])[..., None]


def noise(rng: np.random.Generator, shape: tuple[int, int], cells: tuple[int, int]) -> NDArray[np.float64]:
    """Returns smooth noise in [-1, 1] over a skin's (R, N) grid.

    Args:
        rng: source of the lattice.
        shape: R rings, N points; the noise closes around.
        cells: how many bumps fit along and around.
    """
    lattice = rng.uniform(-1, 1, (cells[0] + 2, cells[1]))
    v = np.linspace(0, cells[0], shape[0])
    u = np.arange(shape[1]) * (cells[1] / shape[1])
    row, column = np.floor(v).astype(int), np.floor(u).astype(int)
    ease_v, ease_u = _ease(v - row)[:, None], _ease(u - column)[None]
    right = (column + 1) % cells[1]
    low = lattice[row][:, column] * (1 - ease_u) + lattice[row][:, right] * ease_u
    high = lattice[row + 1][:, column] * (1 - ease_u) + lattice[row + 1][:, right] * ease_u
    return low * (1 - ease_v) + high * ease_v


def _ease(t: NDArray[np.float64]) -> NDArray[np.float64]:
    return t * t * (3 - 2 * t)


def folds(
    rng: np.random.Generator, rings: Rings, spacing: float, twist: int = 1, sharp: float = 1.5
) -> NDArray[np.float64]:
    """Returns the cloth folds of a sleeve or a leg, (R, N) in about [-1, 1].

    A tube of cloth that is pushed together buckles into diamonds: two families of oblique creases that cross. Both are
    warped by noise and fade in and out, ridges narrower than valleys.

    Args:
        rng: source of the irregularity.
        rings: the skin.
        spacing: metres between creases along the tube.
        twist: how many creases a family winds around.
        sharp: narrowness of the ridges.
    """
    shape = rings.shape[:2]
    length = np.abs(np.diff(rings[:, :, 2].mean(1), prepend=rings[0, :, 2].mean())).cumsum()[:, None]
    angle = (np.arange(shape[1]) * (2 * np.pi / shape[1]))[None]
    rows = max(2, int(length.max() / spacing / 2))
    total = np.zeros(shape)
    for sign in (-1, 1):
        warp = 2.2 * noise(rng, shape, (rows, 3)) + 0.7 * noise(rng, shape, (2 * rows, 5))
        phase = np.pi * length / spacing + sign * twist * angle / 1.0 + warp + rng.uniform(0, np.pi)
        ridge = (1 - np.abs(np.sin(phase))) ** sharp
        strength = np.clip(0.45 + 0.9 * noise(rng, shape, (rows, 4)), 0, 1)
        total += (2.4 * ridge - 0.6) * strength
    return total / 2 + 0.25 * noise(rng, shape, (2 * rows, 5))


def cloth(rings: Rings, capped: bool = True) -> Mesh:
    """Returns the smooth mesh of a skin."""
    return solids.loft(rings, capped=capped, smooth=True)


def hem(rings: Rings, low: bool, thickness: float, depth: float) -> Rings:
    """Turns the open end of a tube of cloth inwards so that the edge has thickness.

    Args:
        rings: the skin.
        low: whether its first (else its last) end is turned in.
        thickness: of the cloth, metres.
        depth: how far the lining reaches inside, metres.
    """
    edge = rings[0] if low else rings[-1]
    center = edge.mean(0)
    outward = edge - center
    size = np.linalg.norm(outward, axis=1, keepdims=True)
    up = np.array([0.0, 0.0, depth if low else -depth])
    lining = [edge - outward / size * thickness, edge - outward / size * thickness + up]
    stack = np.stack(lining)
    return np.concatenate([stack[::-1], rings]) if low else np.concatenate([rings, stack])


def band(rings: Rings, low: float, high: float, lift: float = 0.0015, rows: int = 2) -> Mesh:
    """Returns a strip laid around a skin between two heights, metres, following its folds."""
    height = rings[:, :, 2].mean(1)
    levels = np.linspace(low, high, rows)
    index = np.clip(np.searchsorted(height, levels, side="right") - 1, 0, len(height) - 2)
    t = ((levels - height[index]) / np.maximum(height[index + 1] - height[index], 1e-9))[:, None, None]
    outer = displaced(rings, lift)
    strip = outer[index] * (1 - t) + outer[index + 1] * t
    sunk = displaced(rings, -0.003)
    edges = [sunk[i] * (1 - s) + sunk[i + 1] * s for i, s in ((index[0], t[0]), (index[-1], t[-1]))]
    return solids.loft(np.concatenate([edges[:1], strip, edges[1:]]), capped=False, smooth=True)


def sheet(grid: NDArray[np.float64], thickness: float) -> Mesh:
    """Returns a closed slab over an open (R, N, 3) grid whose upper side is the grid.

    Args:
        grid: points; rows x columns turn counter-clockwise seen from outside when columns run first.
        thickness: how far the edge is sunk below the grid, metres.
    """
    rows, columns = grid.shape[:2]
    along, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    normal = np.cross(across, along)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-12)
    padded = np.pad(np.arange(rows * columns).reshape(rows, columns), 1, mode="edge")
    points = grid.reshape(-1, 3)[padded]
    rim = np.ones(padded.shape, bool)
    rim[1:-1, 1:-1] = False
    points[rim] -= normal.reshape(-1, 3)[padded][rim] * thickness
    index = np.arange(padded.size).reshape(padded.shape)
    quads = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 4)
    corner = [0, padded.shape[1] - 2, len(quads) - padded.shape[1] + 1, len(quads) - 1]
    keep = np.ones(len(quads), bool)
    keep[corner] = False  # the four corner quads of the rim have no area
    return Mesh.from_faces(points.reshape(-1, 3), quads[keep].astype(np.int32), smooth=True)


def cast(mesh: Mesh, origins: ArrayLike, directions: ArrayLike) -> NDArray[np.float64]:
    """Returns where rays last leave a mesh of quads and triangles, (M, 3); rays that miss give nan.

    Moeller and Trumbore 1997, every ray against every triangle: meant for a few hundred rays.
    """
    start, toward = np.asarray(origins, np.float64), np.asarray(directions, np.float64)
    first = np.cumsum(mesh.sizes) - mesh.sizes
    fans = [mesh.corners[np.stack([first, first + k, first + k + 1], 1)[mesh.sizes > k + 1]] for k in (1, 2)]
    a, b, c = np.moveaxis(mesh.vertices[np.concatenate(fans)], 1, 0)
    ab, ac = b - a, c - a
    hits = np.full(start.shape, np.nan)
    for row, (origin, direction) in enumerate(zip(start, toward, strict=True)):
        p = np.cross(direction, ac)
        det = (ab * p).sum(1)
        det = np.where(np.abs(det) < 1e-15, np.inf, det)
        s = origin - a
        q = np.cross(s, ab)
        u, v, t = (s * p).sum(1) / det, (q @ direction) / det, (ac * q).sum(1) / det
        inside = (u >= 0) & (v >= 0) & (u + v <= 1) & (t > 0)
        if inside.any():
            hits[row] = origin + direction * t[inside].max()
    return hits


def bent_tube(points: Sequence[ArrayLike], radii: Sequence[float], segments: int = 9, rings: int = 12) -> Mesh:
    """Returns a smooth tapering tube with rounded ends through control points: a finger, a strap.

    Args:
        points: (K, 3) centres, metres.
        radii: (K,) radii at them, metres.
        segments: sides.
        rings: rings along it.
    """
    centers, size = np.asarray(points, np.float64), np.asarray(radii, np.float64)
    lengths = np.concatenate([[0.0], np.linalg.norm(np.diff(centers, axis=0), axis=1).cumsum()])
    at = np.linspace(0, lengths[-1], rings)
    table = np.column_stack([lengths, centers, size])
    values = smooth_table(table, at)
    start, end = values[0], values[-1]
    heading = np.gradient(values[:, :3], axis=0)
    heading /= np.linalg.norm(heading, axis=1, keepdims=True)
    spine, radius, turn = [*values[:, :3]], [*values[:, 3]], [*heading]
    for angle in (0.75, 1.4):
        spine = [start[:3] - heading[0] * start[3] * np.sin(angle), *spine]
        spine.append(end[:3] + heading[-1] * end[3] * np.sin(angle))
        radius = [start[3] * np.cos(angle), *radius, end[3] * np.cos(angle)]
        turn = [heading[0], *turn, heading[-1]]
    reference = np.array([0.0, 1.0, 0.0]) if abs(heading[:, 1]).max() < 0.9 else np.array([1.0, 0.0, 0.0])
    outline = solids.circle(1.0, segments)
    loops = []
    for center, r, axis in zip(spine, radius, turn, strict=True):
        right = np.cross(axis, reference)
        right /= np.linalg.norm(right)
        up = np.cross(axis, right)
        loops.append(center + r * (outline[:, :1] * right + outline[:, 1:] * up))
    return solids.loft(loops, smooth=True)
