"""Leaves Blender as it was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import bpy


@contextmanager
def changed(settings: Iterable[tuple[object, str, object]]) -> Iterator[None]:
    """Sets attributes in order, and puts the old values back whatever happens.

    The old values come back in the same order, because later settings (a colour depth) are often only
    valid once earlier ones (the file format) are what they were.

    Args:
        settings: (owner, attribute, value) triples.
    """
    wanted = list(settings)
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in wanted]
    try:
        for owner, name, value in wanted:
            setattr(owner, name, value)
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)


def fresh_scene() -> bpy.types.Scene:
    """Empties the file and returns its scene. Only for processes that own the file."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    return bpy.context.scene
