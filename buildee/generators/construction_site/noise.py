"""Smooth noise that is the same for ever: hashed lattices, no library generator behind it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Odd 64-bit constants of the SplitMix64 finaliser (Steele, Lea, Flood 2014).
_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)


def lattice(column: ArrayLike, row: ArrayLike, salt: int) -> NDArray[np.float64]:
    """Returns a value in [-1, 1) for every integer lattice point.

    Args:
        column, row: integers of equal shape.
        salt: selects one of 2^63 unrelated lattices.
    """
    with np.errstate(over="ignore"):
        key = np.asarray(column).astype(np.int64).astype(np.uint64) * _MIX_A
        key = key ^ (np.asarray(row).astype(np.int64).astype(np.uint64) * _MIX_B + np.uint64(salt) * _GAMMA)
        key = (key ^ (key >> np.uint64(30))) * _MIX_A
        key = (key ^ (key >> np.uint64(27))) * _MIX_B
        key = key ^ (key >> np.uint64(31))
    return (key >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0


def value_noise(x: ArrayLike, y: ArrayLike, wavelength: float, salt: int) -> NDArray[np.float64]:
    """Returns noise in [-1, 1] that varies over `wavelength` metres, twice differentiable.

    Args:
        x, y: metres, equal shapes.
        wavelength: spacing of the lattice, metres.
        salt: selects the pattern.
    """
    u, v = np.asarray(x, np.float64) / wavelength, np.asarray(y, np.float64) / wavelength
    column, row = np.floor(u), np.floor(v)
    u, v = _fade(u - column), _fade(v - row)
    near = lattice(column, row, salt) * (1 - u) + lattice(column + 1, row, salt) * u
    far = lattice(column, row + 1, salt) * (1 - u) + lattice(column + 1, row + 1, salt) * u
    return near * (1 - v) + far * v


def _fade(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Perlin's quintic: 0 to 1 with zero first and second derivatives at both ends."""
    return t * t * t * (t * (t * 6 - 15) + 10)


def fractal(x: ArrayLike, y: ArrayLike, wavelength: float, octaves: int, salt: int) -> NDArray[np.float64]:
    """Returns a sum of octaves, each half as long and half as high as the one before; about [-1, 1]."""
    total = np.zeros(np.shape(x))
    for octave in range(octaves):
        total += value_noise(x, y, wavelength / 2**octave, salt + octave) / 2**octave
    return total / (2 - 2.0 ** (1 - octaves))
