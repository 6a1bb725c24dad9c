"""Plans scenes in a thread beside the interface, in steps, so that whoever drives them can show and stop them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from buildee.blender.settle import settle
from buildee.errors import BuildeeError
from buildee.layout.canonical import layout_hash
from buildee.recipe import LoadedRecipe, loads
from buildee.run import plan

Steps = Generator[tuple[str, float], None, Any]
"""Yields what is being done, and how much of that is done, 0 to 1."""

PATIENCE = 0.1
"""Seconds that a step waits for the thread."""

_threads: list[ThreadPoolExecutor] = []
"""The one thread, which does one thing after the other: what was given up is let finish."""


def beside(what: str, work: Callable[..., Any], *arguments: Any) -> Steps:
    """Does work in the thread, which must leave Blender alone; returns what came of it."""
    doing = _threads[0].submit(work, *arguments)
    while not doing.done():
        yield what, 0.0
        wait([doing], PATIENCE)
    return doing.result()


def planned(recipe: LoadedRecipe, index: int) -> Steps:
    """Plans a scene and lets its loose things come to rest; returns the layout.

    Raises:
        BuildeeError: it cannot be planned.
    """
    layout = yield from beside("Planning", plan, recipe, index)
    if layout.loose:
        yield "Settling", 0.0
        layout = settle(layout)
    return layout


def recalled(text: str, index: int, digest: str) -> Steps:
    """Plans once more what a file was generated from; returns the layout.

    Raises:
        BuildeeError: it comes out as another one.
    """
    layout = yield from planned(loads(text), index)
    if (yield from beside("Planning", layout_hash, layout)) != digest:
        raise BuildeeError("No overlays: buildee or Blender now make another scene of this recipe; generate again")
    return layout


def start() -> None:
    """Starts the thread."""
    _threads.append(ThreadPoolExecutor(1, "buildee plan"))


def stop() -> None:
    """Ends the thread."""
    while _threads:
        _threads.pop().shutdown(wait=False, cancel_futures=True)
