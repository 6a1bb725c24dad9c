"""Where the time of a scene goes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from buildee.children import emit


@dataclass
class Clock:
    """Where the time of a scene goes.

    Attributes:
        seconds: wall-clock seconds by stage; "cycles" is the time inside Blender's render operator.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    _started: float = field(default_factory=time.perf_counter)

    @property
    def total(self) -> float:
        """Seconds since the clock was made."""
        return time.perf_counter() - self._started

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measures a stage and tells the parent that it has begun."""
        emit(event="stage", name=name)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, time.perf_counter() - started)

    def add(self, name: str, seconds: float) -> None:
        """Adds time to a stage."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds
