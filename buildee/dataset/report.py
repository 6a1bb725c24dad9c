"""What checking a dataset found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from buildee.errors import DatasetError

_SAMPLE = 2000
"""Values kept of each addition to a residual; the largest is always exact."""
_SHOWN = 20
"""Problems printed in full."""


@dataclass
class Residual:
    """Errors of one kind, over the whole dataset.

    Attributes:
        unit: of the values.
        count: how many there were.
        worst: the largest.
    """

    unit: str
    count: int = 0
    worst: float = 0.0
    _kept: list[NDArray[np.float64]] = field(default_factory=list)

    def add(self, values: NDArray[np.floating]) -> None:
        """Takes more values, (N,), all finite and not negative."""
        if len(values):
            self.count += len(values)
            self.worst = max(self.worst, float(values.max()))
            self._kept.append(np.asarray(values[:: -(-len(values) // _SAMPLE)], np.float64))

    def quantile(self, share: float) -> float:
        """Returns about the value that `share` of the values stay below."""
        return float(np.quantile(np.concatenate(self._kept), share)) if self._kept else 0.0


@dataclass
class Report:
    """The findings about a dataset.

    Attributes:
        path: the dataset.
        problems: what is wrong, each with the file it is wrong in.
        notes: what is worth knowing but not wrong, such as scenes that failed.
        counts: how many scenes, frames and so on were examined.
        residuals: errors by name.
    """

    path: str
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    residuals: dict[str, Residual] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.problems

    def problem(self, where: object, message: str) -> None:
        """Notes something wrong in a file."""
        self.problems.append(f"{where}: {message}")

    def count(self, what: str, number: int = 1) -> None:
        """Adds to a count."""
        self.counts[what] = self.counts.get(what, 0) + number

    def measure(self, name: str, unit: str, values: NDArray[np.floating]) -> None:
        """Adds values (N,) to a residual."""
        self.residuals.setdefault(name, Residual(unit)).add(values)

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """Turns unreadable files into problems."""
        try:
            yield
        except DatasetError as error:
            self.problems.append(str(error))

    def plain(self) -> dict[str, object]:
        """Returns everything as plain JSON values."""
        residuals = {
            name: {"unit": r.unit, "count": r.count, "median": r.quantile(0.5), "p99": r.quantile(0.99), "max": r.worst}
            for name, r in self.residuals.items()
        }
        return {"path": self.path, "ok": self.ok, "counts": self.counts, "residuals": residuals} | {
            "notes": self.notes,
            "problems": self.problems,
        }

    def __str__(self) -> str:
        lines = [f"{self.path}: " + ", ".join(f"{number} {what}" for what, number in self.counts.items())]
        for name, r in self.residuals.items():
            values = f"median {r.quantile(0.5):.2g}, 99 % {r.quantile(0.99):.2g}, max {r.worst:.2g} {r.unit}"
            lines.append(f"  {name}: {values} ({r.count} values)")
        lines += [f"  note: {note}" for note in self.notes]
        lines += [f"  {problem}" for problem in self.problems[:_SHOWN]]
        if (more := len(self.problems) - _SHOWN) > 0:
            lines.append(f"  and {more} more")
        count = len(self.problems)
        lines.append("ok" if self.ok else f"BAD: {count} problem{'s' * (count > 1)}, first {self.problems[0]}")
        return "\n".join(lines)
