"""All cases by name."""

from __future__ import annotations

from benchmarks.proof import copies, lenses, motion, shapes
from benchmarks.proof.case import Case

CASES: dict[str, Case] = {
    case.name: case for family in (shapes, motion, copies, lenses) for case in (make() for make in family.CASES)
}
"""Every case by name; making one builds nothing yet."""
