"""Named random streams: adding one never shifts another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Seed:
    """A place in the tree of random streams: `Seed(7).child("crane").child(3).rng()`.

    Attributes:
        root: the number the user gave, 0 or more; 0 is a seed like any other.
        path: the names and numbers that lead here from the root.
    """

    root: int
    path: tuple[str | int, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.root, bool) or not isinstance(self.root, int) or self.root < 0:
            raise ValueError(f"a seed is a whole number of 0 or more, not {self.root!r}")

    def child(self, key: str | int) -> Seed:
        """Returns the stream called `key` under this one; the text "3" and the number 3 are different keys."""
        if not isinstance(key, str):
            key = int(key)
        return Seed(self.root, (*self.path, key))

    def rng(self) -> np.random.Generator:
        """Returns a new generator at the start of this stream; every call gives the same draws.

        The key is a hash of the whole path (not Python's own, which varies from process to process).
        """
        text = json.dumps([self.root, *self.path], ensure_ascii=True)
        digest = hashlib.blake2b(text.encode("ascii"), digest_size=16, person=b"buildee seed").digest()
        return np.random.Generator(np.random.PCG64(np.frombuffer(digest, "<u4")))
