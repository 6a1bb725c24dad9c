"""How many objects each label of the table matches: counted when the scene changes, never while drawing."""

from __future__ import annotations

from collections.abc import Iterator

import bpy

from buildee.blender.labelled import candidates
from buildee.errors import BuildeeError
from buildee.recipe.labelling import Labelling, labelling_of, match

from .recipes import labels_text

DELAY = 0.3
"""Seconds after the last change before it is counted again."""

_counted: dict[int, dict[str, int]] = {}
"""Objects by name of the label that decides, by `session_uid` of the scene."""


def of(scene: bpy.types.Scene) -> dict[str, int]:
    """Returns what was counted last."""
    return _counted.get(scene.session_uid, {})


def count(scene: bpy.types.Scene) -> dict[str, int]:
    """Counts the objects of a scene by the label that decides, and remembers it; a wrong table matches nothing."""
    found: dict[str, int] = {}
    group = scene.buildee.labelling.labels
    try:
        labelling = labelling_of(labels_text(scene.buildee)) if group.given and len(group.items_) else None
        for name in _decisions(labelling, scene) if labelling else ():
            found[name] = found.get(name, 0) + 1
    except BuildeeError:
        found = {}
    _counted[scene.session_uid] = {item.name: found.get(item.name, 0) for item in group.items_}
    return _counted[scene.session_uid]


def _decisions(labelling: Labelling, scene: bpy.types.Scene) -> Iterator[str]:
    """Yields the label that decides for every object that has one, and for what an empty without one carries."""
    things = list(scene.objects)
    for thing, candidate in zip(things, candidates(things), strict=True):
        decided = match(labelling, candidate)
        if decided is not None:
            yield decided.label.name
        elif thing.instance_type == "COLLECTION" and thing.instance_collection is not None:
            inner = (match(labelling, one) for one in candidates(thing.instance_collection.all_objects))
            yield from (one.label.name for one in inner if one is not None)


@bpy.app.handlers.persistent
def _changed(scene: bpy.types.Scene, *_: object) -> None:
    if scene.buildee.labelling.labels.given:
        if bpy.app.timers.is_registered(_recount):
            bpy.app.timers.unregister(_recount)
        bpy.app.timers.register(_recount, first_interval=DELAY)


def _recount() -> None:
    for window in bpy.context.window_manager.windows:
        before = dict(of(window.scene))
        if count(window.scene) != before:
            for area in window.screen.areas:
                area.tag_redraw()


def start() -> None:
    """Counts again after every change."""
    bpy.app.handlers.depsgraph_update_post.append(_changed)


def stop() -> None:
    """Counts no more."""
    bpy.app.handlers.depsgraph_update_post.remove(_changed)
    if bpy.app.timers.is_registered(_recount):
        bpy.app.timers.unregister(_recount)
    _counted.clear()
