"""Walls laid course by course: brick, blocks and boards around openings, complete or part-built. Metres.

A wall runs along +X and stands on z = 0; its faces look to -Y (out) and +Y (in). Joints lie where the masonry
material draws them: beds at multiples of the course from z = 0, perpends at multiples of the unit from x = 0, half a
unit aside in every other course. So a finished wall is a few boxes, and bricks laid last are bricks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buildee.layout.kinematics import translation
from buildee.layout.mesh import Mesh
from buildee.layout.solids import boxes

JOINT = 0.01
BEARING = 0.15
"""Of a lintel on either side of its opening."""

LINTEL = 0.225
"""Height of a lintel: one course of blocks or three of bricks."""

LEAD = 0.9
"""Length of the topmost course of a part-built wall: leads are raised first, at the end where the wall begins."""

Spans = tuple[tuple[float, float], ...]
"""Intervals along a wall, in order."""


@dataclass(frozen=True)
class Unit:
    """What a wall is laid of.

    Attributes:
        length, height: of its face, metres.
        depth: through the wall, metres.
    """

    length: float
    height: float
    depth: float

    @property
    def module(self) -> float:
        """Length with a joint, metres."""
        return self.length + JOINT

    @property
    def course(self) -> float:
        """Height with a joint, metres."""
        return self.height + JOINT


BRICK = Unit(0.215, 0.065, 0.1025)
"""Standard brick after BS EN 771-1 with its UK work size."""

BLOCK = Unit(0.44, 0.215, 0.14)
"""Aggregate block, UK work size."""


@dataclass(frozen=True)
class Opening:
    """A hole in a wall: left, right, sill and head, metres."""

    x0: float
    x1: float
    z0: float
    z1: float

    def inset(self, side: float, head: float) -> Opening:
        """Returns the opening with jambs and head moved inwards, metres."""
        return Opening(self.x0 + side, self.x1 - side, self.z0, self.z1 - head)

    def raised(self, by: float) -> Opening:
        """Returns the opening `by` metres higher."""
        return Opening(self.x0, self.x1, self.z0 + by, self.z1 + by)


@dataclass(frozen=True)
class Extent:
    """Where a wall stands.

    Attributes:
        start, end: along X, metres.
        face: y of the outer face, metres.
        depth: thickness, metres.
        height: metres.
    """

    start: float
    end: float
    face: float
    depth: float
    height: float


@dataclass(frozen=True, eq=False)
class Wall:
    """A wall as laid.

    Attributes:
        mesh: slot 0 units, slot 1 mortar, slot 2 lintels.
        solid: (B, 2, 3) lowest and highest corners of the boxes that it fills, metres.
    """

    mesh: Mesh
    solid: NDArray[np.float64]


def cut(span: tuple[float, float], holes: list[tuple[float, float]]) -> Spans:
    """Returns what holes leave of an interval, slivers under a millimetre left out."""
    left, free = span[0], []
    for start, end in sorted(holes):
        if start - left > 1e-3:
            free.append((left, min(start, span[1])))
        left = max(left, end)
        if left >= span[1]:
            return tuple(free)
    return (*free, (left, span[1])) if span[1] - left > 1e-3 else tuple(free)


@dataclass(frozen=True)
class Progress:
    """How far a wall is laid: its courses step back half a unit each towards the top, as they are racked.

    Attributes:
        extent: of the wall when complete.
        unit: what it is laid of.
        laid: share of its courses, 0 to 1.
    """

    extent: Extent
    unit: Unit
    laid: float

    @property
    def top(self) -> float:
        """Height of the highest course, metres."""
        if self.laid >= 1:
            return self.extent.height
        return min(
            max(1, round(self.extent.height * self.laid / self.unit.course)) * self.unit.course, self.extent.height
        )

    @property
    def full(self) -> float:
        """Up to where the courses run the whole length, metres."""
        if self.laid >= 1:
            return self.extent.height
        return int(0.55 * self.top / self.unit.course) * self.unit.course

    def reach(self, height: float, openings: tuple[Opening, ...]) -> float:
        """Returns how far along X the course at a height runs, metres."""
        extent = self.extent
        if height < self.full:
            return extent.end
        below = (self.top - height) // self.unit.course
        reach = min(extent.end, max(extent.start, 0.0) + LEAD + below * self.unit.module / 2)
        for opening in openings:  # nothing stands over a hole whose lintel has nothing to bear on
            if height > opening.z1 and opening.x0 < reach < opening.x1 + BEARING:
                reach = opening.x0
        return reach


def rows(progress: Progress, openings: tuple[Opening, ...], fine: bool = False) -> list[tuple[float, float, Spans]]:
    """Returns low, high and filled intervals of level strips of a wall, from the bottom up.

    Args:
        progress: what is laid.
        openings: holes.
        fine: whether every course is a strip; else equal neighbours are one.
    """
    course, top = progress.unit.course, progress.top
    first = 0 if fine else round(progress.full / course)
    steps = [number * course for number in range(first, int(top / course + 1e-6) + 1)] if progress.laid < 1 else []
    marks = [height for opening in openings for height in (opening.z0, opening.z1) if 0 < height < top]
    levels = np.unique(np.round([0.0, *steps, *marks, top], 6))
    found: list[tuple[float, float, Spans]] = []
    for low, high in pairwise(levels.tolist()):
        middle = (low + high) / 2
        holes = [(hole.x0, hole.x1) for hole in openings if hole.z0 < middle < hole.z1]
        spans = cut((progress.extent.start, progress.reach(middle, openings)), holes)
        if found and not fine and found[-1][2] == spans:
            low = found.pop()[0]
        found.append((low, high, spans))
    return found


def solid_boxes(extent: Extent, strips: list[tuple[float, float, Spans]]) -> NDArray[np.float64]:
    """Returns (B, 2, 3) corners of the boxes that strips fill."""
    near, far = extent.face, extent.face + extent.depth
    return np.array(
        [((start, near, low), (end, far, high)) for low, high, spans in strips for start, end in spans]
    ).reshape(-1, 2, 3)


def boxed(corners: NDArray[np.float64], chamfer: float = 0.0) -> Mesh:
    """Returns boxes given by (B, 2, 3) lowest and highest corners."""
    return boxes(corners[:, 1] - corners[:, 0], translation((corners[:, 0] + corners[:, 1]) / 2), chamfer)


@lru_cache(maxsize=512)
def coursed(
    extent: Extent, unit: Unit, openings: tuple[Opening, ...] = (), laid: float = 1.0, lintels: bool = True
) -> Wall:
    """Returns a wall of brick or block.

    Args:
        extent: of the complete wall.
        unit: what it is laid of.
        openings: holes, no two closer than 0.3 m.
        laid: share of its courses.
        lintels: whether the openings get lintels of their own, flush with the faces.
    """
    progress = Progress(extent, unit, laid)
    heads = [
        Opening(max(hole.x0 - BEARING, extent.start), min(hole.x1 + BEARING, extent.end), hole.z1, hole.z1 + LINTEL)
        for hole in openings
        if lintels
        and progress.top >= hole.z1 + LINTEL - 1e-6
        and progress.reach(hole.z1 + 0.01, openings) >= hole.x1 + BEARING
    ]
    holes = (*openings, *heads)
    beams = np.array([((h.x0, extent.face, h.z0), (h.x1, extent.face + extent.depth, h.z1)) for h in heads])
    strips = rows(progress, holes)
    solid = np.concatenate([solid_boxes(extent, strips), beams.reshape(-1, 2, 3)])
    if laid >= 1:
        return Wall(Mesh.merged([boxed(solid_boxes(extent, strips)), *_beams(beams)]), solid)
    body, units, mortar = _last_courses(progress, holes)
    pieces = [boxed(body), boxed(units, 0.003), boxed(mortar).with_slot(1), *_beams(beams)]
    return Wall(Mesh.merged(pieces), solid)


def _beams(corners: NDArray[np.float64]) -> list[Mesh]:
    """Returns lintels."""
    return [boxed(corners, 0.004).with_slot(2)] if len(corners) else []


def _last_courses(progress: Progress, holes: tuple[Opening, ...]) -> tuple[NDArray[np.float64], ...]:
    """Returns (B, 2, 3) boxes of the wall's body, of the units that nothing covers yet, and of their mortar."""
    course, extent, half = progress.unit.course, progress.extent, JOINT / 2
    near, far = extent.face, extent.face + extent.depth
    body, units, mortar = [], [], []
    strips = rows(progress, holes, fine=True)
    for low, high, spans in strips:
        above = low + 2.5 * course
        cover = next((other for bottom, top, other in strips if bottom < above < top), ())
        number = int((low + high) / 2 / course)
        for start, end in spans:
            row = cells(start, end, number, progress.unit.module)
            middle = row.mean(1)
            bare = np.full(len(row), high - low > 0.03)
            for left, right in cover:
                bare &= (middle < left) | (middle > right)
            for begin, stop in _runs(~bare):
                body.append(((row[begin, 0], near, low), (row[stop, 1], far, high)))
            for begin, stop in _runs(bare):
                left, right = row[begin, 0], row[stop, 1]
                mortar.append(((left + half, near + 0.005, low), (right - half, far - 0.005, high - half - 0.001)))
            units += [
                ((left + half, near, low + half), (right - half, far, high - half))
                for left, right in row[bare]
                if right - left > 0.03
            ]
    return tuple(np.array(group).reshape(-1, 2, 3) for group in (body, units, mortar))


def cells(start: float, end: float, course: int, module: float) -> NDArray[np.float64]:
    """Returns (N, 2) left and right ends of the units of a course, joints included, cut at the ends of the run."""
    offset = 0.0 if course % 2 else module / 2
    edges = (
        np.arange(np.floor((start + offset) / module), np.ceil((end + offset) / module - 1e-9) + 1) * module - offset
    )
    return np.column_stack([np.maximum(edges[:-1], start), np.minimum(edges[1:], end)])


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Returns first and last index of every run of set flags."""
    steps = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(steps == 1).tolist(), (np.flatnonzero(steps == -1) - 1).tolist(), strict=True))
