"""Smooth noise that is the same for ever: hashed lattices, no library generator behind it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Odd 64-bit constants of the SplitMix64 finaliser (Steele, Lea, Flood 2014).
_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)


def lattice(column: ArrayLike, row: ArrayLike, salt: ArrayLike) -> NDArray[np.float64]:
    """Returns a value in [-1, 1) for every integer lattice point.

    Args:
        column, row: integers; shapes broadcast.
        salt: selects one of 2^63 unrelated lattices; an array selects one for every point.
    """
    with np.errstate(over="ignore"):
        key = np.asarray(row).astype(np.int64).astype(np.uint64) * _MIX_B + np.asarray(salt, np.uint64) * _GAMMA
        key = key ^ (np.asarray(column).astype(np.int64).astype(np.uint64) * _MIX_A)
        key = (key ^ (key >> np.uint64(30))) * _MIX_A
        key = (key ^ (key >> np.uint64(27))) * _MIX_B
        key = key ^ (key >> np.uint64(31))
    return (key >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0


def value_noise(x: ArrayLike, y: ArrayLike, wavelength: ArrayLike, salt: ArrayLike) -> NDArray[np.float64]:
    """Returns noise in [-1, 1] that varies over `wavelength` metres, twice differentiable.

    Args:
        x, y: metres, equal shapes.
        wavelength: spacing of the lattice, metres; arrays broadcast against the points.
        salt: selects the pattern; broadcasts likewise.
    """
    column, u = _cell(x, wavelength)
    row, v = _cell(y, wavelength)
    corners = lattice(np.stack([column, column + 1])[:, None], np.stack([row, row + 1]), salt)
    near, far = corners[0] * (1 - u) + corners[1] * u
    return near * (1 - v) + far * v


def grid_noise(x: NDArray[np.float64], y: NDArray[np.float64], wavelength: float, salt: int) -> NDArray[np.float64]:
    """Returns (X, Y): `value_noise` at every point of a grid, far cheaper than point by point.

    Args:
        x, y: (X,) and (Y,) coordinates of the grid's lines, metres.
        wavelength: spacing of the lattice, metres.
        salt: selects the pattern.
    """
    column, u = _cell(x, wavelength)
    row, v = _cell(y, wavelength)
    columns, left, right = _needed(column)
    rows, low, high = _needed(row)
    corners = lattice(columns[:, None], rows, salt)
    across = corners[left] * (1 - u)[:, None] + corners[right] * u[:, None]
    return across.take(low, 1) * (1 - v) + across.take(high, 1) * v


def _cell(position: ArrayLike, wavelength: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns which lattice cells positions are in, and the faded share of the way through them."""
    scaled = np.asarray(position, np.float64) / wavelength
    cell = np.floor(scaled)
    return cell, _fade(scaled - cell)


def _needed(cell: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Returns the lattice lines beside cells, each once, and for every cell where its two lines are among them."""
    lines = np.unique(np.concatenate([cell, cell + 1]))
    return lines, np.searchsorted(lines, cell), np.searchsorted(lines, cell + 1)


def _fade(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Perlin's quintic: 0 to 1 with zero first and second derivatives at both ends."""
    return t * t * t * (t * (t * 6 - 15) + 10)


def fractal(x: ArrayLike, y: ArrayLike, wavelength: float, octaves: int, salt: int) -> NDArray[np.float64]:
    """Returns a sum of octaves, each half as long and half as high as the one before; about [-1, 1]."""
    octave = np.arange(octaves).reshape(-1, *np.ones(np.ndim(x), int))
    half = 2.0**-octave
    return (value_noise(x, y, wavelength * half, salt + octave) * half).sum(0) / (2 - 2.0 ** (1 - octaves))


def grid_fractal(
    x: NDArray[np.float64], y: NDArray[np.float64], wavelength: float, octaves: int, salt: int
) -> NDArray[np.float64]:
    """Returns (X, Y): `fractal` at every point of a grid given by its (X,) and (Y,) coordinates."""
    waves = (grid_noise(x, y, wavelength / 2**octave, salt + octave) / 2**octave for octave in range(octaves))
    return sum(waves) / (2 - 2.0 ** (1 - octaves))
