"""Values that differ from scene to scene: drawn anew, or following the number of the scene."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

Number = int | float


@dataclass(frozen=True)
class Uniform:
    """All of `low`..`high` equally likely; both ends included when `whole`."""

    low: Number
    high: Number
    whole: bool

    def draw(self, rng: np.random.Generator) -> Number:
        """Returns one value."""
        if self.whole:
            return int(rng.integers(self.low, self.high, endpoint=True))
        return _settled(self.low + (self.high - self.low) * rng.random(), self)

    def plain(self) -> dict[str, Any]:
        """Returns what a recipe says for it."""
        return {"uniform": [self.low, self.high]}


@dataclass(frozen=True)
class LogUniform:
    """All orders of magnitude within `low`..`high` equally likely; `low` is positive."""

    low: Number
    high: Number
    whole: bool

    def draw(self, rng: np.random.Generator) -> Number:
        """Returns one value."""
        low, high = _widened(self)
        return _settled(math.exp(math.log(low) + math.log(high / low) * rng.random()), self)

    def plain(self) -> dict[str, Any]:
        """Returns what a recipe says for it."""
        return {"log_uniform": [self.low, self.high]}


@dataclass(frozen=True)
class Normal:
    """A normal distribution cut off at `low` and `high` (not piled up there)."""

    mean: float
    std: float
    low: Number
    high: Number
    whole: bool

    @property
    def mass(self) -> float:
        """How much of the full bell lies within the limits, 0..1."""
        low, high = self._quantiles()
        return high - low

    def draw(self, rng: np.random.Generator) -> Number:
        """Returns one value: the inverse of the cut-off distribution function at a uniform draw."""
        low, high = self._quantiles()
        quantile = min(max(low + (high - low) * rng.random(), 1e-15), 1 - 1e-15)
        return _settled(NormalDist(self.mean, self.std).inv_cdf(quantile), self)

    def plain(self) -> dict[str, Any]:
        """Returns what a recipe says for it."""
        return {"normal": {"mean": self.mean, "std": self.std, "min": self.low, "max": self.high}}

    def _quantiles(self) -> tuple[float, float]:
        bell = NormalDist(self.mean, self.std)
        low, high = _widened(self)
        return bell.cdf(low), bell.cdf(high)


@dataclass(frozen=True)
class Choice:
    """One of `values`, each as likely as its weight; the weights sum to 1."""

    values: tuple[Any, ...]
    weights: tuple[float, ...]

    def draw(self, rng: np.random.Generator) -> Any:
        """Returns one value."""
        point = rng.random() * math.fsum(self.weights)
        for value, weight in zip(self.values, self.weights, strict=True):
            point -= weight
            if point < 0:
                return value
        return next(value for value, weight in zip(self.values[::-1], self.weights[::-1], strict=True) if weight > 0)

    def plain(self) -> dict[str, Any]:
        """Returns what a recipe says for it."""
        return {"choice": [list(v) if isinstance(v, tuple) else v for v in self.values], "weights": list(self.weights)}


@dataclass(frozen=True)
class Sweep:
    """Even steps from `first` in the first scene to `last` in the last."""

    first: Number
    last: Number
    whole: bool

    def at(self, index: int, scenes: int) -> Number:
        """Returns the value of scene `index` of `scenes`."""
        share = index / (scenes - 1) if scenes > 1 else 0.0
        value = self.first + (self.last - self.first) * share
        return round(value) if self.whole else float(f"{value:.12g}")

    def plain(self) -> dict[str, Any]:
        """Returns what a recipe says for it."""
        return {"sweep": [self.first, self.last]}


@dataclass(frozen=True)
class Cycle:
    """One of `values` after the other, scene by scene, and again from the start."""

    values: tuple[Any, ...]

    def at(self, index: int, scenes: int) -> Any:
        """Returns the value of scene `index`, however many scenes there are."""
        return self.values[index % len(self.values)]

    def plain(self) -> dict[str, Any]:
        """Returns what a recipe says for it."""
        return {"cycle": [list(v) if isinstance(v, tuple) else v for v in self.values]}


Drawn = Uniform | LogUniform | Normal | Choice
"""Distributions."""

Numbered = Sweep | Cycle
"""What follows the number of the scene."""


def _widened(spread: LogUniform | Normal) -> tuple[float, float]:
    """Returns the limits before rounding: whole numbers reach half a step further, so the ends are not starved."""
    half = 0.5 if spread.whole else 0.0
    return spread.low - half, spread.high + half


def _settled(value: float, spread: Uniform | LogUniform | Normal) -> Number:
    """Rounds a draw and keeps it within its limits.

    Twelve significant digits are kept: exp and log differ in the last bits between machines.
    """
    rounded = round(value) if spread.whole else float(f"{value:.12g}")
    return min(max(rounded, spread.low), spread.high)
