"""Promised numbers: measured, printed beside their limits, and counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One number and what it must not miss.

    Attributes:
        name: what is measured.
        value: the number.
        limit: the most it may be, or the least if `at_least`.
        unit: what it counts.
        at_least: whether more is better.
    """

    name: str
    value: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the number is within its limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        verdict = "kept" if self.kept else "MISSED"
        return f"{self.name:58s}{self.value:9.3f} {sign} {self.limit:g} {self.unit}".ljust(88) + verdict


def report(title: str, promises: Iterable[Promise]) -> int:
    """Prints the promises and, last, a summary; returns 1 if one is missed, else 0."""
    promises = list(promises)
    for promise in promises:
        print(promise)
    missed = [promise.name for promise in promises if not promise.kept]
    print(f"{title}: {'all promises kept' if not missed else 'MISSED: ' + '; '.join(missed)}")
    return int(bool(missed))


def least_seconds(work: Callable[[], object], repeats: int = 3, before: Callable[[], object] | None = None) -> float:
    """Returns the least processor time that work took, so that what else the machine does counts little.

    Args:
        work: what is timed.
        repeats: how many times.
        before: what is done, untimed, before every time.
    """
    best = float("inf")
    for _ in range(repeats):
        if before is not None:
            before()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best
