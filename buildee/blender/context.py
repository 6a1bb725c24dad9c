"""Leaves Blender as it was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
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
    """Empties the file and returns its scene. Only for processes that own the file.

    Preferences stay: to read them anew takes Blender five times as long.
    """
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    return bpy.context.scene


def datablocks() -> dict[int, bpy.types.ID]:
    """Returns everything in the file by its `session_uid`."""
    kinds = [kind.identifier for kind in bpy.data.bl_rna.properties if kind.type == "COLLECTION"]
    return {item.session_uid: item for kind in kinds for item in getattr(bpy.data, kind)}


def remove_since(before: Collection[int]) -> None:
    """Removes everything that came into the file since `before`, keys of what `datablocks` returned then."""
    bpy.data.batch_remove([item for uid, item in datablocks().items() if uid not in before])


@contextmanager
def scratch_scene() -> Iterator[bpy.types.Scene]:
    """Makes an empty scene the current one for a while; it and all that is made meanwhile are removed again."""
    before = datablocks().keys()
    scene = bpy.data.scenes.new("scratch")
    try:
        with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0]):
            yield scene
    finally:
        remove_since(before)
