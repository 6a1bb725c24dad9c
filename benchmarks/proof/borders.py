"""Occlusion boundaries: where, on the way from one pixel centre to the next, what the formulas see leaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.proof.residual import Residual
from buildee.truth.boundaries import Boundary

if TYPE_CHECKING:
    from benchmarks.proof.compare import Comparison

_STEPS = 16
"""Places looked at on the way between neighbours."""

_WAYS = (
    ((0, 1), Boundary.BEFORE_RIGHT, Boundary.BEHIND_RIGHT, Boundary.BEFORE_LEFT, Boundary.BEHIND_LEFT),
    ((1, 0), Boundary.BEFORE_DOWN, Boundary.BEHIND_DOWN, Boundary.BEFORE_UP, Boundary.BEHIND_UP),
)


def border_rows(found: Comparison) -> Iterator[Residual]:
    """Compares the borders of pixels whose neighbours are sure, to the right and below."""
    bits = found.arrays["boundary"]
    for (down, right), before, behind, before_back, behind_back in _WAYS:
        here = (slice(0, found.size[0] - down), slice(0, found.size[1] - right))
        there = (slice(down, None), slice(right, None))
        sure = (found.sure[here] & found.sure[there]).reshape(-1)
        start = found.sight.centres.reshape(*found.size, 2)[here].reshape(-1, 2)[sure]
        leaps, front, clear = _leaps(found, start, np.array([right, down], float))
        one, other = bits[here].reshape(-1)[sure], bits[there].reshape(-1)[sure]
        clear &= leaps <= 1  # slivers finer than a pixel may be passed over
        yield found.count("boundary", ((one & (before | behind)) > 0)[clear] == (leaps > 0)[clear])
        single = clear & (leaps == 1)
        wanted = np.where(front, before, behind), np.where(front, behind_back, before_back)
        told = (one & (before | behind) == wanted[0]) & (other & (before_back | behind_back) == wanted[1])
        if single.any():
            yield found.count("boundary, side", told[single])


def _leaps(
    found: Comparison, start: NDArray[np.float64], way: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Follows the ways from pixel centres (M, 2) to their neighbours.

    Returns:
        How many leaps there are (M,), whether the nearer side of the last is that of the start (M,), and whether every
        change of surface is a clear leap or none (M,).
    """
    count, nearer = np.zeros(len(start), np.int64), np.zeros(len(start), bool)
    clear = np.ones(len(start), bool)
    pixel = 1 / found.case.lens.K[[0, 1], [0, 1]].min()  # shorter leaps may be lost among slanting surfaces
    first = last = _seen(found, start)
    for step in range(1, _STEPS + 1):
        now = _seen(found, start + way * step / _STEPS)
        changed = (last[0] != now[0]) | (last[1] != now[1])
        gap_before, gap_after = now[2] - _onto(last, now), _onto(now, last) - last[2]
        nothing = np.isinf(last[2]) ^ np.isinf(now[2])
        with np.errstate(invalid="ignore"):
            depth = np.minimum(last[2], now[2])
            apart = np.minimum(np.abs(gap_before), np.abs(gap_after)) > pixel * depth
            meet = np.sign(gap_before) * np.sign(gap_after) <= 0  # the planes cross between the two places
        leap = changed & (nothing | (apart & ~meet))
        clear &= ~changed | nothing | meet | apart
        count += leap
        nearer = np.where(leap, last[2] < now[2], nearer)
        last = now
    with np.errstate(invalid="ignore"):  # a groove or a ridge between neighbours that join is passed over
        clear &= (count == 0) | ~((last[2] - _onto(first, last)) * (_onto(last, first) - first[2]) <= 0)
    return count, nearer, clear


def _seen(found: Comparison, pixels: NDArray[np.float64]) -> tuple[NDArray, ...]:
    """Body, face, depth, normal and ray of what lies behind image points (M, 2)."""
    meeting = found.sight.meet(pixels)
    return meeting.body, meeting.face, meeting.t, meeting.normal, found.sight.rays(pixels)


def _onto(plane: tuple[NDArray, ...], at: tuple[NDArray, ...]) -> NDArray[np.float64]:
    """Depth at which the rays of one place meet the planes that are seen at another."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return plane[2] * (plane[3] * plane[4]).sum(1) / (plane[3] * at[4]).sum(1)
