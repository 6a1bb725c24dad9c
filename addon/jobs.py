"""Work beside the interface: a thread that waits for child processes, its progress, and how to end it."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buildee.errors import BuildeeError
from buildee.run import Outcome

Tell = Callable[[dict[str, Any]], None]


class CancelledError(Exception):
    """The user ended a job."""


@dataclass
class Job:
    """One run of `buildee render` or `buildee annotate`.

    Attributes:
        title: what it makes, for people.
        out: the dataset's folder.
        text: what is being done, and in the end what came of it.
        share: how much of the scene in hand is done, 0 to 1.
        state: how it stands.
    """

    title: str
    out: Path
    text: str = "Starting"
    share: float = 0.0
    state: str = "running"
    _child: int | None = None
    _ended: bool = False

    def run(self, work: Callable[[Tell], Outcome]) -> None:
        """Does the work in this thread and notes how it went."""
        try:
            outcome = work(self._hear)
        except CancelledError:
            self.state, self.text = "cancelled", "Cancelled; finished scenes are whole"
        except BuildeeError as error:
            self.state, self.text = "failed", str(error)
        except OSError as error:
            self.state, self.text = "failed", f"{error.filename or self.out}: {error.strerror or error}"
        except Exception as error:
            traceback.print_exc()  # to the console; the panel has room for a line
            self.state, self.text = "failed", f"{type(error).__name__}: {error}"
        else:
            self.state, self.text = _verdict(outcome)

    def cancel(self) -> None:
        """Ends it: the child at once, its half-made scene with it."""
        self._ended = True
        if self._child is not None:
            with suppress(OSError):
                os.kill(self._child, signal.SIGTERM)

    def _hear(self, message: dict[str, Any]) -> None:
        if self._ended:
            raise CancelledError
        match message["event"]:
            case "child":
                self._child = message["pid"]
            case "ended":
                self._child = None
            case "scene":
                self.text, self.share = f"Scene {message['index'] + 1} of {message['of']}", 0.0
            case "stage":
                self.text = f"{self.text.split(':')[0]}: {message['name']}"
            case "step":
                self.share = message["done"] / max(message["of"], 1)


def _verdict(outcome: Outcome) -> tuple[str, str]:
    """Returns the state and the text of a job whose work returned."""
    if outcome.failed:
        index, reason = next(iter(outcome.failed.items()))
        return "failed", f"{len(outcome.failed)} scene(s) failed; scene {index}: {reason}"
    texts = [report["summary"]["text"] for report in outcome.reports.values()]
    return "done", texts[-1] if texts else "Was there already"


current: Job | None = None
"""The job that runs or ran last."""


def start(title: str, out: Path, work: Callable[[Tell], Outcome]) -> threading.Thread:
    """Starts a job, the only one, and returns the thread that does it.

    Raises:
        BuildeeError: if one runs already.
    """
    global current
    if current is not None and current.state == "running":
        raise BuildeeError(f"{current.title} is still running; wait for it or cancel it")
    current = Job(title, out)
    thread = threading.Thread(target=current.run, args=(work,), name="buildee job", daemon=True)
    thread.start()
    return thread


def stop() -> None:
    """Ends the job that runs, if any, and forgets it."""
    global current
    if current is not None and current.state == "running":
        current.cancel()
    current = None
