"""Arrays with a row a frame, written as the frames come, so that any number of rows fits in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class FrameStack:
    """A .npy file of shape (T, ...), of which one frame at a time is written; the bytes are those of `numpy.save`.

    Plain writes, not a memory map: the pages of a map count as the process's own memory until the system wants
    them back.

    Attributes:
        path: the file.
        frames: T.
    """

    def __init__(self, path: Path, frames: int) -> None:
        self.path, self.frames = path, frames
        self._missing = set(range(frames))
        self._start, self._shape, self._dtype = 0, (), np.dtype(np.void)

    def write(self, frame: int, rows: NDArray) -> None:
        """Writes what belongs to a frame; the first one written says shape and type.

        Args:
            frame: its number, from 0; any order, each once.
            rows: (...) array.

        Raises:
            ValueError: the frame does not exist or was written already, or the array is unlike the first one.
        """
        if not self._start:
            self._create(rows)
        if frame not in self._missing:
            raise ValueError(f"{self.path}: frame {frame} is not one of {self.frames}, or was written already")
        if rows.shape != self._shape or rows.dtype != self._dtype:
            raise ValueError(f"{self.path}: rows are {rows.shape} {rows.dtype}, not {self._shape} {self._dtype}")
        with self.path.open("r+b") as file:
            file.seek(self._start + frame * rows.nbytes)
            file.write(np.ascontiguousarray(rows).data)
        self._missing.discard(frame)

    def _create(self, rows: NDArray) -> None:
        """Writes the header of the final shape and makes the file as long as it will be."""
        self._shape, self._dtype = rows.shape, rows.dtype
        header = {
            "descr": np.lib.format.dtype_to_descr(rows.dtype),
            "fortran_order": False,
            "shape": (self.frames, *rows.shape),
        }
        self.path.parent.mkdir(exist_ok=True)
        with self.path.open("wb") as file:
            np.lib.format.write_array_header_1_0(file, header)
            self._start = file.tell()
            file.truncate(self._start + self.frames * rows.nbytes)

    def close(self) -> None:
        """Says that this was all; ValueError if a frame was never written."""
        if self._missing:
            raise ValueError(f"{self.path}: frame {min(self._missing)} was never written")
