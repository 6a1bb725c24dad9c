"""Where the beams of a steel floor run, and what they bear on: the same on every level. Metres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.frame_plan import FramePlan
from buildee.generators.construction_site.steel_members import ON_FLANGE, ON_WALL, End, on_web
from buildee.generators.construction_site.steel_sections import Section, beam_section, column_section
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Pose

CLEAR = 0.4
"""Between a beam that passes the core and its walls, metres."""

WIDEST = 3.2
"""Span of unpropped 58 mm decking, metres."""


@dataclass(frozen=True)
class Span:
    """A beam between two supports.

    Attributes:
        axis: 0 runs along X, 1 along Y.
        across: its place on the other axis, metres.
        low, high: the faces of what it bears on, along its axis, metres.
        ends: how it meets them.
        bay: the bay along X with which it is erected.
        section: what it is rolled to.
    """

    axis: int
    across: float
    low: float
    high: float
    ends: tuple[End, End]
    bay: int
    section: Section

    @property
    def pose(self) -> Pose:
        """Of its mesh on a floor whose steel tops out at z = 0."""
        return pose_at(self.low, self.across) if self.axis == 0 else pose_at(self.across, self.low, yaw=np.pi / 2)


@dataclass(frozen=True, eq=False)
class SteelLayout:
    """The sections and beams of a steel frame.

    Attributes:
        plan: the grid.
    """

    plan: FramePlan

    @cached_property
    def column(self) -> Section:
        """Of all columns."""
        return column_section(self.plan.spec.storeys, self.plan.spec.bay)

    @cached_property
    def primary(self) -> Section:
        """Of the beams along X, which carry the others."""
        return beam_section(self.plan.spec.bay, 16.0)

    @cached_property
    def secondary(self) -> Section:
        """Of the beams along Y, which carry the decking."""
        return beam_section(self.plan.spec.bay, 20.0)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Every beam of a floor, in the order of erection."""
        found = [*self._primaries(), *self._secondaries()]
        return tuple(sorted(found, key=lambda span: span.bay))

    @property
    def _nodes(self) -> set[tuple[float, float]]:
        """Where columns stand."""
        return {(round(x, 6), round(y, 6)) for x, y in self.plan.columns.tolist()}

    def _primaries(self) -> list[Span]:
        """Returns the beams along X, from flange to flange or to the core's walls."""
        half, core, nodes = self.column.height / 2, self.plan.core.outside[:, 0], self._nodes
        spans = []
        for y in self.plan.lines_y:
            for bay, (west, east) in enumerate(zip(self.plan.lines_x[:-1], self.plan.lines_x[1:], strict=True)):
                stands = [(round(x, 6), round(y, 6)) in nodes for x in (west, east)]
                low = west + half if stands[0] else core[1]
                high = east - half if stands[1] else core[0]
                ends = tuple(ON_FLANGE if there else ON_WALL for there in stands)
                spans.append(Span(0, float(y), float(low), float(high), ends, bay, self.primary))
        return spans

    def _secondaries(self) -> list[Span]:
        """Returns the beams along Y: ties between columns, and joists between primaries."""
        spans = []
        for number, x in enumerate(self.plan.lines_x):
            spans += self._run(float(x), max(number - 1, 0), tie=True)
        count = int(np.ceil(self.plan.spec.bay / WIDEST))
        for bay, west in enumerate(self.plan.lines_x[:-1]):
            for step in range(1, count):
                spans += self._run(float(west + self.plan.spec.bay * step / count), bay, tie=False)
        return spans

    def _run(self, x: float, bay: int, tie: bool) -> list[Span]:
        """Returns the beams along one line of constant x."""
        core, nodes = self.plan.core.outside, self._nodes
        support = self.column if tie else self.primary
        end = on_web(support)
        spans = []
        for south, north in zip(self.plan.lines_y[:-1], self.plan.lines_y[1:], strict=True):
            at = x
            beside = south < core[1, 1] and north > core[0, 1]
            for face, outward in zip(core[:, 0], (-1, 1), strict=True):
                # A beam that grazes the core's corner has nothing to bear on: it passes by.
                if beside and not tie and abs(x - face) < CLEAR:
                    at = float(face + outward * CLEAR)
            ends, faces = [], []
            for y, inward, wall in ((south, 1, core[1, 1]), (north, -1, core[0, 1])):
                on_node = (round(x, 6), round(float(y), 6)) in nodes
                inside = core[0, 0] < at < core[1, 0] and core[0, 1] < y < core[1, 1]
                bears = on_node if tie else not inside
                ends.append(end if bears else ON_WALL)
                faces.append(float(y + inward * support.web / 2 if bears else wall))
            spans.append(Span(1, at, faces[0], faces[1], (ends[0], ends[1]), bay, self.secondary))
        return spans

    def studs(self, troughs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Returns (N, 2) places of shear studs: in every trough over joists, every 0.2 m over primaries.

        Args:
            troughs: the middles of the decking's troughs, metres.
        """
        places = []
        for span in self.spans:
            low, high = span.low + 0.1, span.high - 0.1
            if span.axis == 1:
                y = troughs[(troughs > low) & (troughs < high)]
                places.append(np.column_stack([np.full(len(y), span.across), y]))
            else:
                nearest = troughs[np.abs(troughs - span.across).argmin()]
                x = np.arange(low, high, 0.2)
                y = np.full(len(x), np.clip(nearest, span.across - 0.06, span.across + 0.06))
                places.append(np.column_stack([x, y]))
        return np.concatenate(places)
