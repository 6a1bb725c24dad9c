"""Shows a run on a terminal: a progress bar per scene, from the messages of its child process."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, TextIO


class Status:
    """A progress bar on standard error, silent when that is not a terminal or tqdm is not installed."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._bar: Any = None

    def tell(self, message: dict[str, Any]) -> None:
        """Takes a message: "scene" starts a bar, "stage" names what is under way, "step" advances it."""
        event = message["event"]
        if event == "scene":
            self._close()
            self._bar = _bar(f"scene {message['index'] + 1}/{message['of']}", self._stream)
        elif self._bar is not None and event == "stage":
            self._bar.set_postfix_str(message["name"])
        elif self._bar is not None and event == "step":
            self._bar.total = message["of"]
            self._bar.update(message["done"] - self._bar.n)

    def __enter__(self) -> Status:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _bar(label: str, stream: TextIO | None) -> Any:
    """Returns a tqdm bar, or None where there is nobody to see it."""
    if stream is None or not stream.isatty():  # None when standard error is closed
        return None
    try:
        from tqdm import tqdm
    except ImportError:  # Blender applications bring no tqdm
        return None
    return tqdm(desc=label, total=0, file=stream, leave=True, unit="step")
