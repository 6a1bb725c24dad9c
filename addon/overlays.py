"""Shows annotations in the viewport. What is drawn is gathered when it changes, never while drawing.

Overlays need the layout, which files do not hold: it is planned once more, from the recipe that they do hold.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import bpy

from buildee.blender.build import INSTANCE
from buildee.errors import BuildeeError
from buildee.layout.scene import Layout
from buildee.recipe import loads

from . import annotated, planning
from .owned import MARK
from .tracked import Tracked, choosing
from .viewport import Shown, show

KEPT = 4
"""Layouts that are kept, so that undo finds what it brings back."""

POLL = 0.1
"""Seconds between two looks at work beside the interface."""

WHITE = (1.0, 1.0, 1.0, 1.0)


@dataclass(eq=False)
class Known:
    """What a recipe and the number of a scene lead to."""

    layout: Layout
    tracked: Tracked | None = None


known: OrderedDict[tuple[str, int], Known] = OrderedDict()
"""By recipe and number of the scene, the latest last."""

notes: dict[int, str] = {}
"""Why overlays do not show yet, or cannot, by `session_uid` of the scene."""

_work: dict[int, planning.Steps] = {}


def remember(scene: bpy.types.Scene, layout: Layout) -> None:
    """Keeps the layout of what was just generated."""
    _keep(_key(scene), Known(layout))


def refresh(scene: bpy.types.Scene) -> None:
    """Shows what the scene's state asks for: at once without a window, else as soon as it is known."""
    uid = scene.session_uid
    notes.pop(uid, None)
    _work[uid] = _showing(uid, _key(scene))
    if bpy.app.background:
        while _advance() is not None:
            pass
    elif not bpy.app.timers.is_registered(_advance):
        bpy.app.timers.register(_advance, first_interval=0.0, persistent=True)


def gather(scene: bpy.types.Scene) -> None:
    """Gathers what the overlays show in the scene's current frame, of what is known."""
    state, about = scene.buildee, known.get(_key(scene))
    shown: Shown = {}
    if about is not None and state.collection is not None:
        step = min(max(scene.frame_current - 1, 0), about.layout.frames - 1)
        lines = [annotated.boxes(about.layout, step)] if state.show_boxes else []
        lines += [annotated.cameras(about.layout, step)] if state.show_cameras else []
        if state.show_trails and about.tracked is not None:
            lines.append(annotated.trails(about.tracked))
            shown["POINTS"] = annotated.points(about.tracked, step)
        shown["LINES"] = annotated.joined(lines)
    show(scene, shown)


def paint(scene: bpy.types.Scene) -> None:
    """Gives generated objects their colour by instance or category in the viewport's solid mode."""
    state, about = scene.buildee, known.get(_key(scene))
    if state.collection is None:
        return
    count = max((thing.get(INSTANCE, 0) for thing in state.collection.objects), default=0)
    colors = annotated.instance_colors(count)
    if state.paint == "category" and about is not None:
        colors[: len(about.layout.instances)] = annotated.category_colors(about.layout)
    for thing in state.collection.objects:
        number = thing.get(INSTANCE, 0)
        plain = state.paint == "none" or not number
        thing.color = WHITE if plain else (*colors[number - 1], 1.0)


def asked(state: bpy.types.PropertyGroup, context: bpy.types.Context) -> None:
    """Answers a change of what is shown."""
    refresh(context.scene)


def painted(state: bpy.types.PropertyGroup, context: bpy.types.Context) -> None:
    """Answers a change of colours, also in the shading of the viewport."""
    if state.paint == "none":
        paint(context.scene)
    refresh(context.scene)
    if context.space_data is not None and context.space_data.type == "VIEW_3D":
        context.space_data.shading.color_type = "MATERIAL" if state.paint == "none" else "OBJECT"


def _key(scene: bpy.types.Scene) -> tuple[str, int]:
    return scene.buildee.made_from, scene.buildee.made_index


def _keep(key: tuple[str, int], about: Known) -> None:
    known[key] = about
    known.move_to_end(key)
    while len(known) > KEPT:
        known.popitem(last=False)


def _scene(uid: int) -> bpy.types.Scene | None:
    """Returns a scene; none holds on to one, because undo and loading put others in their place."""
    return next((scene for scene in bpy.data.scenes if scene.session_uid == uid), None)


def _advance() -> float | None:
    """Takes a step of all that is being found out; returns when to take the next."""
    for uid, steps in list(_work.items()):
        try:
            notes[uid], _ = next(steps)
            continue
        except StopIteration:
            notes.pop(uid, None)
        except BuildeeError as error:
            notes[uid] = str(error)
        _work.pop(uid, None)
        if (scene := _scene(uid)) is not None:
            gather(scene)
    return POLL if _work else None


def _showing(uid: int, key: tuple[str, int]) -> planning.Steps:
    """Finds out what the scene's overlays need and shows it, in steps; gives up once the scene is another.

    Raises:
        BuildeeError: it cannot be found out; says why.
    """
    scene = _asking(uid, key)
    if scene is None:
        return
    if key not in known:
        layout = yield from planning.recalled(*key, scene.buildee.layout_hash)
        _keep(key, Known(layout))
    about = known[key]
    scene = _asking(uid, key)
    if scene is not None and scene.buildee.show_trails and about.tracked is None:
        resolved = loads(key[0]).resolve(key[1])
        choose = choosing(scene, _cameras(scene), about.layout, resolved, key[1])
        about.tracked = yield from planning.beside("Choosing points", choose)
        scene = _asking(uid, key)
    if scene is not None and scene.buildee.paint != "none":
        paint(scene)


def _asking(uid: int, key: tuple[str, int]) -> bpy.types.Scene | None:
    """Returns a scene if it is there, holds what this recipe made, and wants anything of that shown."""
    scene = _scene(uid)
    if scene is None or _key(scene) != key or scene.buildee.collection is None:
        return None
    state = scene.buildee
    return scene if state.show_boxes or state.show_cameras or state.show_trails or state.paint != "none" else None


def _cameras(scene: bpy.types.Scene) -> list[bpy.types.Object]:
    """Returns the cameras that were generated, in the order of the layout's."""
    collection = scene.buildee.collection
    mine = (thing for thing in collection.objects if thing.get(MARK) == collection.get(MARK))
    return [thing for thing in mine if thing.type == "CAMERA"]


@bpy.app.handlers.persistent
def _on_frame(scene: bpy.types.Scene, *_: object) -> None:
    if _key(scene) in known:
        gather(scene)


@bpy.app.handlers.persistent
def _on_change(*_: object) -> None:
    """Shows again what undo, redo or a file brought."""
    for scene in bpy.data.scenes:
        refresh(scene)


HANDLERS = ("load_post", "undo_post", "redo_post")


def start() -> None:
    """Shows from now on."""
    bpy.app.handlers.frame_change_post.append(_on_frame)
    for name in HANDLERS:
        getattr(bpy.app.handlers, name).append(_on_change)


def stop() -> None:
    """Shows no more."""
    bpy.app.handlers.frame_change_post.remove(_on_frame)
    for name in HANDLERS:
        getattr(bpy.app.handlers, name).remove(_on_change)
    if bpy.app.timers.is_registered(_advance):
        bpy.app.timers.unregister(_advance)
    for kept in (known, notes, _work):
        kept.clear()
