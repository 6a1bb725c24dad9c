"""Ends a run of tests that used Blender as soon as its report is printed."""

from __future__ import annotations

import os
import sys

import pytest

_sessions: list[pytest.Session] = []


def pytest_sessionstart(session: pytest.Session) -> None:
    _sessions.append(session)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Leaves without Python's and Blender's own tidying: Blender's module may wait there for good, for the thread that
    closes its sound device."""
    if _sessions and "bpy" in sys.modules:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(_sessions[-1].exitstatus))
