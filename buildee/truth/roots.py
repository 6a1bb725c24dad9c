"""Inverses of lens functions: roots of polynomials, and growing functions solved for their argument."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEPS = 60
"""Most steps in search of a solution: what bisection alone would need. Newton's method needs about five."""
SETTLED = 2e-15
"""Relative step at which a solution counts as found; rounding moves it by less."""


def positive_roots(terms: list[float]) -> list[float]:
    """Returns the positive real roots of a polynomial, lowest term first."""
    roots = np.polynomial.polynomial.polyroots(np.trim_zeros(np.array(terms, np.float64), "b"))
    return [float(root.real) for root in roots if abs(root.imag) < 1e-9 * abs(root) and root.real > 0]


def inverse(function: Callable[[Array], tuple[Array, Array]], wanted: Array, top: float) -> Array:
    """Solves f(r) = wanted for r in [0, top], where f grows; not a number where there is no solution.

    Newton's method, kept between bounds that close in on the solution.

    Args:
        function: value and derivative at an array of r.
        wanted: (...,) values.
        top: where f stops growing; may be inf.
    """
    if not np.isfinite(top):
        top = 1.0
        while function(np.array([top]))[0][0] < np.max(wanted, initial=0.0):
            top *= 2
    first, last = function(np.array([0.0, top]))[0]
    target = wanted.clip(first, last)
    low, high = np.zeros_like(wanted), np.full_like(wanted, top)
    r = top * (target - first) / (last - first)
    for _ in range(STEPS):
        value, slope = function(r)
        low, high = np.where(value < target, r, low), np.where(value < target, high, r)
        with np.errstate(divide="ignore", invalid="ignore"):
            guess = r + (target - value) / slope
        step = np.where((guess >= low) & (guess <= high), guess, (low + high) / 2) - r
        r = r + step
        if not (np.abs(step) > SETTLED * top).any():
            break
    return np.where((wanted >= first) & (wanted <= last), r, np.nan)
