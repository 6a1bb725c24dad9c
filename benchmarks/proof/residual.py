"""How far annotations lie from formulas, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Residual:
    """How far one annotation of a case lies from its formula.

    Attributes:
        case, annotation: names.
        unit: of the residual.
        largest: residual over all frames.
        tolerance: what it may be.
        compared: how many values.
    """

    case: str
    annotation: str
    unit: str
    largest: float
    tolerance: float
    compared: int

    @property
    def ok(self) -> bool:
        """Whether something was compared, and lies within the tolerance."""
        return self.compared > 0 and self.largest <= self.tolerance


def merged(rows: Iterable[Residual]) -> list[Residual]:
    """One row an annotation: the residual of all frames that is largest for its tolerance; wrong values add up."""
    merged: dict[str, Residual] = {}
    for row in rows:
        known = merged.setdefault(row.annotation, row)
        if known is row:
            continue
        worst = max(known, row, key=lambda item: item.largest / item.tolerance if item.tolerance else item.largest)
        largest = known.largest + row.largest if row.unit == "wrong" else worst.largest
        merged[row.annotation] = replace(worst, largest=largest, compared=known.compared + row.compared)
    return list(merged.values())
