"""Child processes: how one is begun, and what it tells. Blender works in them, so that a crash costs one scene."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

MESSAGE = "@buildee "
"""Starts a line that a child prints for its parent; everything else it prints is Blender's noise."""


def run_child(job: Any, log: Path, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Makes one scene in a child process and returns its last word: a "done" or a "failed" message.

    Args:
        job: what to make, a dataclass of plain values whose `COMMAND` the child runs.
        log: file that receives everything else the child prints.
        tell: receives every message, between `{"event": "child", "pid": ...}` and `{"event": "ended"}`; what it raises
            ends the child.
    """
    last: dict[str, Any] = {}
    with log.open("w", encoding="utf-8", errors="replace") as noise, _child_environment() as environment:
        child = subprocess.Popen(
            child_command(job.COMMAND),
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        try:
            tell({"event": "child", "pid": child.pid})
            with suppress(BrokenPipeError):  # it died before it was told; what it printed is read below
                child.stdin.write(json.dumps(asdict(job)))
                child.stdin.close()
            for line in child.stdout:
                if line.startswith(MESSAGE):
                    last = json.loads(line[len(MESSAGE) :])
                    tell(last)
                else:
                    noise.write(line)
            child.wait()
            tell({"event": "ended"})
        except BaseException:
            child.terminate()
            child.wait()
            raise
    if last.get("event") in ("done", "failed"):
        return last
    code = child.returncode
    how = f"killed by {_signal(-code)}" if code < 0 else f"exit {code}"
    reason = f"the process died ({how}); the last lines of {log} say more"
    return {"event": "failed", "stage": "crash", "reason": reason}


def _signal(number: int) -> str:
    """Returns a signal's name; SIGKILL is what a machine sends that is out of memory."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def child_command(name: str) -> list[str]:
    """Returns the command line of a child that runs a hidden command: this Python, or the application that runs us."""
    entry = Path(__file__).with_name("application.py")
    if _application():
        return [
            _application(),
            "-b",
            "--factory-startup",
            "--python-exit-code",
            "1",
            "--python",
            str(entry),
            "--",
            name,
        ]
    return [sys.executable, "-P", str(entry), "--", name]


@contextmanager
def _child_environment() -> Iterator[dict[str, str]]:
    """Gives a child the variables of this process, but an empty folder in place of the user's Blender settings.

    A Blender that starts from factory settings knows of no extensions and deletes the packages that the user's brought
    along, while this process may be running on them.
    """
    with tempfile.TemporaryDirectory(prefix="buildee-") as folder:
        yield {**os.environ, "BLENDER_USER_RESOURCES": folder}


def _application() -> str:
    """Returns the path of the Blender application that runs us; nothing in a Python of our own."""
    bpy = sys.modules.get("bpy")
    return bpy.app.binary_path if bpy is not None else ""


def emit(**message: Any) -> None:
    """Tells the parent process something; called in children."""
    sys.stdout.write(MESSAGE + json.dumps(message) + "\n")
    sys.stdout.flush()
