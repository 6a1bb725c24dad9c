"""What furniture is put together from: legs, turned and square, curved rails, seats, cushions. Metres.

Furniture's frame is that of every model: origin on the floor in the middle, +X forward, +Z up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.generators.kitchen.fixtures import rounded
from buildee.layout.mesh import Mesh
from buildee.layout.resting import Place
from buildee.layout.scene import Model
from buildee.layout.solids import circle, cross, loft, sweep

Array = NDArray[np.float64]

Box = tuple[tuple[float, float, float], tuple[float, float, float]]
"""Lowest and highest corner of a proxy's box."""

TAPERED = ((0.0, 0.55), (0.7, 0.9), (1.0, 1.0))
"""Stations of a leg that widens upwards: share of its length, share of its thickness."""

TURNED = (
    *((0.0, 0.5), (0.03, 0.62), (0.1, 0.55), (0.14, 0.42), (0.3, 0.62), (0.52, 0.8), (0.6, 0.72), (0.62, 0.5)),
    *((0.64, 0.92), (0.67, 0.95), (0.7, 0.6), (0.72, 0.6), (0.74, 1.0)),
)
"""Those of a turned leg: foot, vase, ring; a square block goes on top."""


@dataclass(frozen=True, eq=False)
class Furnishing:
    """A piece of furniture and the places on it for things.

    Attributes:
        model: what stands there.
        supports: as a catalog asset's, in its parts' frames.
    """

    model: Model
    supports: tuple[Place, ...] = ()


def leg(foot: ArrayLike, top: ArrayLike, thick: float, stations: Sequence = TAPERED, round_: bool = True) -> Mesh:
    """Returns a leg cut level at foot and top.

    Args:
        foot, top: (3,) middles of its ends.
        thick: diameter or side where a station's share is 1.
        stations: share of the length and share of the thickness.
        round_: whether it is round, else square with eased edges.
    """
    foot, top = np.asarray(foot, np.float64), np.asarray(top, np.float64)
    share, width = np.asarray(stations, np.float64).T
    outline = circle(0.5, 16) if round_ else rounded(1.0, 1.0, 0.1, 16)
    rings = np.empty((len(share), 16, 3))
    rings[:] = (foot + (top - foot) * share[:, None])[:, None]
    rings[..., :2] += outline * (thick * width)[:, None, None]
    return loft(rings, smooth=round_)


def rod(start: ArrayLike, end: ArrayLike, thick: float, swell: float = 1.0, segments: int = 10) -> Mesh:
    """Returns a round bar between two points, `swell` times as thick in the middle."""
    start, end = np.asarray(start, np.float64), np.asarray(end, np.float64)
    ahead = (end - start) / np.linalg.norm(end - start)
    side = cross(ahead, np.array([0.0, 0.0, 1.0]) if abs(ahead[2]) < 0.9 else np.array([1.0, 0.0, 0.0]))
    side /= np.linalg.norm(side)
    up = cross(side, ahead)
    ring = circle(thick / 2, segments)
    around = ring[:, :1] * side + ring[:, 1:] * up
    share = np.linspace(0, 1, 7 if swell != 1.0 else 2)
    width = 1 + (swell - 1) * np.sin(np.pi * share) ** 0.7
    # Right and up turn clockwise seen against the way, so the ring runs backwards.
    rings = (start + (end - start) * share[:, None])[:, None] + around[::-1] * width[:, None, None]
    return loft(rings, smooth=True)


def rail(points: ArrayLike, thick: float, height: float, ease: float = 0.004) -> Mesh:
    """Returns an upright board bent along a path of (N, 3) points, eased at its edges."""
    x, y, e = thick / 2, height / 2, min(ease, thick / 2.5)
    outline = [(-x + e, -y), (x - e, -y), (x, -y + e), (x, y - e), (x - e, y), (-x + e, y), (-x, y - e), (-x, -y + e)]
    return sweep(points, outline)


def arc(half: float, bulge: float, x: float, z: float, count: int = 13) -> Array:
    """Returns (count, 3) points across Y that bend back by `bulge` in the middle."""
    y = np.linspace(-half, half, count)
    return np.column_stack([x - bulge * (1 - (y / half) ** 2), y, 0 * y + z])


def raked(mesh: Mesh, slope: float, above: float) -> Mesh:
    """Returns a mesh leant back above a height: sheared by `slope` metres a metre."""
    vertices = mesh.vertices.copy()
    vertices[:, 0] -= slope * np.maximum(vertices[:, 2] - above, 0.0)
    return Mesh(vertices, mesh.corners, mesh.sizes, mesh.slots, mesh.smooth)


def cushion(wide: float, deep: float, low: float, thick: float, radius: float = 0.05, crown: float = 0.012) -> Mesh:
    """Returns an upholstered pad over z = `low`: `deep` along X, `wide` along Y, rounded and domed."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 9)
    edge = thick / 2
    rings = [(edge * (1 - np.cos(a)), low + edge * (1 + np.sin(a))) for a in angle]
    rings += [(edge + 0.3 * min(wide, deep) * s, low + thick + crown * np.sin(s * np.pi / 2)) for s in (0.35, 0.7, 1.0)]
    points = [
        np.column_stack([rounded(deep - 2 * cut, wide - 2 * cut, max(radius - cut * 0.5, 0.01), 40), np.full(40, z)])
        for cut, z in rings
    ]
    return loft(points, smooth=True)


def plate(outline: ArrayLike, low: float, thick: float, ease: float = 0.004) -> Mesh:
    """Returns a board over (N, 2) points from z = `low`, its edges rounded over above and below."""
    outline = np.asarray(outline, np.float64)
    middle = outline.mean(0)
    reach = np.abs(outline - middle).max()
    levels = [(ease, 0.0), (0.3 * ease, 0.3 * ease), (0.0, ease), (0.0, thick - ease)]
    levels += [(0.3 * ease, thick - 0.3 * ease), (ease, thick)]
    rings = [
        np.column_stack([middle + (outline - middle) * (1 - cut / reach), np.full(len(outline), low + z)])
        for cut, z in levels
    ]
    return loft(rings)


def posts(points: ArrayLike, half: float, low: float, high: float) -> list[Box]:
    """Returns proxies' boxes about upright things at (N, 2) points."""
    return [((x - half, y - half, low), (x + half, y + half, high)) for x, y in np.asarray(points, np.float64)]


def corners(x: float, y: float) -> Array:
    """Returns (4, 2) corners of a rectangle about the origin."""
    return np.array([(x, y), (-x, y), (-x, -y), (x, -y)])
