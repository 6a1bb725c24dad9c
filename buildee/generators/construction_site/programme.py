"""The programme of the works: what stands of a building at any moment of the project.

Trades follow each other up the building, so that it is finished below and under way above: the frame leads, the
envelope follows some storeys behind, finishing comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["earthworks", "foundations", "frame", "envelope", "finishing"]

EARTHWORKS, FOUNDATIONS, FRAME, ENVELOPE = 0.12, 0.22, 0.70, 0.90
"""Shares of the project's time at which the phases end; finishing ends with the project."""

LAG = 2.0
"""Storeys that the envelope stays behind the frame while props still stand: the two newest storeys are propped."""

FINISHING_FROM = 0.75
"""Share of the project's time at which the first storey is being finished."""


@dataclass(frozen=True)
class Programme:
    """What stands at one moment.

    Attributes:
        progress: share of the project's time, 0 to 1.
        excavated: share of the dig under the building that is out, 0 to 1.
        founded: share of its foundations that are cast, 0 to 1.
        storeys: of the frame, 0 (the ground slab is cast) to all; the fraction is the storey under way.
        enclosed: storeys with their envelope, likewise.
        finished: storeys with doors, glass, cladding and paint complete, likewise.
    """

    progress: float
    excavated: float
    founded: float
    storeys: float
    enclosed: float
    finished: float

    @property
    def phase(self) -> Phase:
        """The leading trade."""
        ends = {"earthworks": EARTHWORKS, "foundations": FOUNDATIONS, "frame": FRAME, "envelope": ENVELOPE}
        return next((phase for phase, end in ends.items() if self.progress < end), "finishing")  # type: ignore[return-value]

    @property
    def has_slab(self) -> bool:
        """Whether the ground slab is cast: before, there is a dig with foundations in it."""
        return self.progress >= FOUNDATIONS


def programme(progress: float, storeys: int) -> Programme:
    """Returns what stands of a building of `storeys` storeys at a share of the project's time."""
    built = storeys * _share(progress, FOUNDATIONS, FRAME)
    # The envelope starts when the frame is LAG storeys up and ends with its phase.
    start = FOUNDATIONS + (FRAME - FOUNDATIONS) * min(LAG / storeys, 1.0)
    enclosed = storeys * _share(progress, start, ENVELOPE)
    if built < storeys:
        enclosed = min(enclosed, max(built - LAG, 0.0))
    return Programme(
        progress,
        _share(progress, 0.0, EARTHWORKS),
        _share(progress, EARTHWORKS, FOUNDATIONS),
        round(built, 2),
        round(enclosed, 2),
        round(storeys * _share(progress, FINISHING_FROM, 1.0), 2),
    )


def _share(at: float, start: float, end: float) -> float:
    """Returns how far `at` is through a stretch of time, 0 to 1."""
    return min(max((at - start) / (end - start), 0.0), 1.0)
