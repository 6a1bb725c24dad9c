"""Whether arrays have the types and shapes that they must have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from buildee.errors import DatasetError


def check_shapes(
    folder: Path,
    arrays: Mapping[str, NDArray],
    wanted: Mapping[str, tuple[type, tuple[str | int, ...]]],
    sizes: Mapping[str, int],
) -> dict[str, int]:
    """Checks types and shapes whose letters stand for sizes that must agree; returns the sizes."""
    known = dict(sizes)
    for name, (dtype, shape) in wanted.items():
        if name not in arrays:
            raise DatasetError(f"{folder / name}.npy: is missing")
        array = arrays[name]
        if array.dtype != dtype or array.ndim != len(shape):
            raise DatasetError(f"{folder / name}.npy: is {array.shape} {array.dtype}, not {shape} {np.dtype(dtype)}")
        for size, letter in zip(array.shape, shape, strict=True):
            if size != (known.setdefault(letter, size) if isinstance(letter, str) else letter):
                raise DatasetError(f"{folder / name}.npy: is {array.shape}, not {shape} with {known}")
    return known
