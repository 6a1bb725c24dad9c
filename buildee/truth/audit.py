"""Annotations held against what Cycles rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from buildee.errors import AnnotationError
from buildee.truth.camera import pixel_directions
from buildee.truth.embree import Caster
from buildee.truth.hits import meet_planes
from buildee.truth.surface import Camera

IDS_NEEDED = 0.999
DEPTHS_NEEDED = 0.999
UNEXPLAINED = 1e-5
"""Share of pixels whose object may differ from the renderer's without an edge to explain it."""
_ABSOLUTE, _RELATIVE = 1e-3, 1e-4
_EDGE = 0.002
"""Pixels: twice as far as Cycles' first sample was ever seen from a pixel centre.

Measured on planes: it lies (0.0005, -0.0005) pixels off for the usual filter of 1.5 pixels, in proportion to its width.
"""
_AROUND = tuple((share, turn * np.pi / 4) for share in (0.36, 0.5, 1.0) for turn in range(8))
_COINCIDENT = 1e-5
"""Relative: surfaces whose depths differ by less are one to float32 arithmetic."""
_SKY_DEPTH = 1e9
"""Cycles writes 1e10 where a pixel sees nothing."""


@dataclass(frozen=True)
class Audit:
    """How well annotations agree with a render of the same frame.

    Attributes:
        ids: share of pixels whose object agrees, sky included, once edges are allowed for.
        depths: share of the pixels that both see whose depths differ by less than the larger of 1 mm and 1e-4 of the
            depth.
        raw_ids, raw_depths: the same shares before edges are allowed for.
        unexplained: share of pixels whose object differs though no edge is near; 1 - ids.
        worst_depth: metres, largest difference that is left where the object agrees.
        ok: both shares reach 99.9 %.
        reason: what is wrong, empty if ok.
    """

    ids: float
    depths: float
    raw_ids: float
    raw_depths: float
    unexplained: float
    worst_depth: float
    ok: bool
    reason: str


class Recast(Protocol):
    """Casts through image points (M, 2), pixels, at everything or at the copies of one object pass index alone.

    Returns depth (M,), metres or inf, and object index (M,), 0 if nothing is met.
    """

    def __call__(
        self, points: NDArray[np.float64], only: int | None = None
    ) -> tuple[NDArray[np.floating], NDArray[np.integer]]: ...


def recaster(caster: Caster, camera: Camera, copy_index: NDArray[np.integer]) -> Recast:
    """Returns a function that casts again.

    Args:
        caster: of the frame's surface, made at the camera's pose.
        camera: the camera.
        copy_index: (C,) the object pass index of every copy.
    """

    def cast(points: NDArray[np.float64], only: int | None = None) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        rays = pixel_directions(camera, points)
        if only is None:
            found = caster.first_hits(rays, *camera.clip)
        else:
            with caster.only(np.flatnonzero(copy_index == only)) as alone:
                found = alone.first_hits(rays, *camera.clip)
        hit = np.flatnonzero(found.copy >= 0)
        depth, index = np.full(len(points), np.inf), np.zeros(len(points), np.int32)
        met = meet_planes(caster, found.copy[hit], found.triangle[hit], np.ascontiguousarray(rays[hit].T))[0]
        depth[hit] = np.where(np.isfinite(met), met, found.t[hit])
        index[hit] = copy_index[found.copy[hit]]
        return depth, index

    return cast


def audit_frame(
    depth: NDArray[np.floating],
    index: NDArray[np.integer],
    cycles_depth: NDArray[np.floating],
    cycles_index: NDArray[np.integer],
    recast: Recast | None = None,
) -> Audit:
    """Compares annotations with Cycles' Depth and Object Index passes of a sharp frame.

    Cycles' first sample lies within 0.001 px of the pixel centre, not on it. A pixel that disagrees is therefore cast
    again around its centre, `_EDGE` pixels away at most: if these rays meet what Cycles met, the centre lies on an
    edge, or on a surface seen edge-on, and the pixel agrees. So it does where the other object's surface coincides with
    the one annotated, as where two houses share a wall: either may be named.

    Args:
        depth: (H, W) metres, inf where nothing is seen.
        index: (H, W) the object pass index that the annotated ids stand for, 0 where nothing is seen.
        cycles_depth: (H, W) metres; 1e10 is sky.
        cycles_index: (H, W) Object Index, 0 is sky.
        recast: casts again; without it edges count as they are.

    Raises:
        AnnotationError: the passes have another size than the annotations.
    """
    for name, image in (("depth", cycles_depth), ("object index", cycles_index)):
        if image.shape != depth.shape:
            raise AnnotationError(
                f"the {name} pass is {image.shape[1]}x{image.shape[0]} pixels but the camera has "
                f"{depth.shape[1]}x{depth.shape[0]}; render at the camera's own size"
            )
    pixels = _Pixels(depth, index, cycles_depth, cycles_index)
    same, off, drawn = pixels.same, pixels.off, pixels.drawn
    close = off <= pixels.slack
    raw_ids, raw_depths = float(same.mean()), _share(close, drawn)
    off = np.where(same, off, 0.0)
    if recast is not None:
        row, column = np.nonzero(~(same & close))
        excused = _excused(row, column, pixels.at((row, column)), recast)
        row, column = row[excused], column[excused]
        same[row, column] = close[row, column] = True
        off[row, column] = 0.0
    ids, depths = float(same.mean()), _share(close, drawn)
    reasons = []
    if ids < IDS_NEEDED:
        reasons.append(f"objects agree in {ids:.3%} of the pixels, {IDS_NEEDED:.1%} are needed")
    if depths < DEPTHS_NEEDED:
        reasons.append(f"depths agree in {depths:.3%} of the pixels, {DEPTHS_NEEDED:.1%} are needed")
    worst = float(off.max(initial=0.0))
    return Audit(ids, depths, raw_ids, raw_depths, float((~same).mean()), worst, not reasons, "; ".join(reasons))


def unexplained(
    depth: NDArray[np.floating],
    index: NDArray[np.integer],
    cycles_depth: NDArray[np.floating],
    cycles_index: NDArray[np.integer],
    recast: Recast,
) -> NDArray[np.bool_]:
    """Says which pixels do not show what triangles say, edges allowed for; arguments as in `audit_frame`.

    Returns:
        (H, W) bool: the object or the depth differs, and no ray beside the centre explains it.
    """
    pixels = _Pixels(depth, index, cycles_depth, cycles_index)
    bad = ~(pixels.same & (pixels.off <= pixels.slack))
    row, column = np.nonzero(bad)
    bad[row, column] = ~_excused(row, column, pixels.at((row, column)), recast)
    return bad


@dataclass(frozen=True, eq=False)
class _Pixels:
    """Annotations and what Cycles drew there; four arrays of one shape, as in `audit_frame`."""

    depth: NDArray[np.floating]
    index: NDArray[np.integer]
    cycles_depth: NDArray[np.floating]
    cycles_index: NDArray[np.integer]

    def at(self, rows: tuple[NDArray[np.integer], ...] | NDArray) -> _Pixels:
        return _Pixels(self.depth[rows], self.index[rows], self.cycles_depth[rows], self.cycles_index[rows])

    @property
    def drawn(self) -> NDArray[np.bool_]:
        """Whether Cycles drew anything, not sky."""
        return self.cycles_depth < _SKY_DEPTH

    @property
    def slack(self) -> NDArray[np.floating]:
        """How far depths may differ, metres."""
        return np.maximum(_ABSOLUTE, _RELATIVE * np.where(self.drawn, self.cycles_depth, 0.0))

    @property
    def off(self) -> NDArray[np.floating]:
        """How far depths differ, metres; 0 where either sees nothing."""
        both = self.drawn & np.isfinite(self.depth)
        return np.abs(np.where(both, self.depth, 0.0) - np.where(both, self.cycles_depth, 0.0))

    @property
    def same(self) -> NDArray[np.bool_]:
        """Whether both see the same object, or nothing."""
        return (self.index == self.cycles_index) & (self.drawn == np.isfinite(self.depth))


def _share(close: NDArray[np.bool_], drawn: NDArray[np.bool_]) -> float:
    return float(close[drawn].mean()) if drawn.any() else 1.0


def _excused(
    row: NDArray[np.integer], column: NDArray[np.integer], pixels: _Pixels, recast: Recast
) -> NDArray[np.bool_]:
    """Says which of M pixels lie on an edge, or where surfaces coincide: (M,) bool."""
    points = np.column_stack([column, row]) + 0.5
    excused = _on_edge(points, pixels, recast)
    excused[~excused] = _coincide(points[~excused], pixels.at(~excused), recast)
    return excused


def _on_edge(points: NDArray[np.float64], pixels: _Pixels, recast: Recast) -> NDArray[np.bool_]:
    """Says which of M pixels see what Cycles saw when cast at a little beside their centres: (M,) bool.

    They must meet the same object, and Cycles' depth must lie among the depths that they meet on it: where a surface is
    seen edge-on, a thousandth of a pixel is centimetres of depth.
    """
    nearest, farthest = np.full(len(points), np.inf), np.full(len(points), -np.inf)
    found = np.zeros(len(points), bool)
    offsets = [(0.0, 0.0), *(_EDGE * share * np.array([np.cos(turn), np.sin(turn)]) for share, turn in _AROUND)]
    for offset in offsets:
        depth, index = recast(points + offset)
        same = index == pixels.cycles_index
        found |= same & ~pixels.drawn & ~np.isfinite(depth)
        same &= np.isfinite(depth)
        nearest[same] = np.minimum(nearest[same], depth[same])
        farthest[same] = np.maximum(farthest[same], depth[same])
    least, most = nearest - pixels.slack, farthest + pixels.slack
    return found | (pixels.drawn & (pixels.cycles_depth >= least) & (pixels.cycles_depth <= most))


def _coincide(points: NDArray[np.float64], pixels: _Pixels, recast: Recast) -> NDArray[np.bool_]:
    """Says in which of M pixels the object that Cycles saw lies exactly where another one was annotated: (M,) bool."""
    result = np.zeros(len(points), bool)
    for index in np.unique(pixels.cycles_index[pixels.cycles_index > 0]):
        mine = np.flatnonzero(pixels.cycles_index == index)
        depth, cycles_depth = pixels.depth[mine], pixels.cycles_depth[mine]
        alone, _ = recast(points[mine], int(index))
        slack = _COINCIDENT * cycles_depth
        with np.errstate(invalid="ignore"):
            result[mine] = (np.abs(alone - depth) <= slack) & (np.abs(cycles_depth - depth) <= slack)
    return result
