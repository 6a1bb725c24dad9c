"""Shows annotations in the viewport. What is drawn is gathered when it changes, never while drawing."""

from __future__ import annotations

import bpy
import gpu
from gpu_extras.batch import batch_for_shader

from buildee.blender.build import INSTANCE
from buildee.layout.scene import Layout

from . import annotated

layouts: dict[int, Layout] = {}
"""What was generated since the file was opened, by `session_uid` of the scene."""

_shown: dict[int, annotated.Lines] = {}
_batches: dict[int, gpu.types.GPUBatch] = {}
_handles: list[object] = []

WIDTH = 1.6
"""Of lines, pixels."""

WHITE = (1.0, 1.0, 1.0, 1.0)


def gather(scene: bpy.types.Scene) -> None:
    """Gathers what the scene's overlays show in its current frame."""
    uid, state, layout = scene.session_uid, scene.buildee, layouts.get(scene.session_uid)
    _shown.pop(uid, None)
    _batches.pop(uid, None)
    if layout is None or state.collection is None:
        return
    step = min(max(scene.frame_current - 1, 0), layout.frames - 1)
    wanted = [(state.show_boxes, lambda: annotated.boxes(layout, step))]
    wanted += [(state.show_cameras, lambda: annotated.cameras(layout, step))]
    wanted += [(state.show_trails, lambda: annotated.trails(layout))]
    pieces = [piece() for on, piece in wanted if on]
    if pieces:
        _shown[uid] = annotated.joined(pieces)


def paint(scene: bpy.types.Scene) -> None:
    """Gives generated objects their colour by instance or category in the viewport's solid mode."""
    state, layout = scene.buildee, layouts.get(scene.session_uid)
    if state.collection is None or layout is None:
        return
    count = max((thing.get(INSTANCE, 0) for thing in state.collection.objects), default=0)
    colors = annotated.instance_colors(count)
    if state.paint == "category":
        colors[: len(layout.instances)] = annotated.category_colors(layout)
    for thing in state.collection.objects:
        number = thing.get(INSTANCE, 0)
        plain = state.paint == "none" or not number
        thing.color = WHITE if plain else (*colors[number - 1], 1.0)


def gathered(state: bpy.types.PropertyGroup, context: bpy.types.Context) -> None:
    """Answers a change of what is shown."""
    gather(context.scene)


def painted(state: bpy.types.PropertyGroup, context: bpy.types.Context) -> None:
    """Answers a change of colours, also in the shading of the viewport."""
    paint(context.scene)
    if context.space_data is not None and context.space_data.type == "VIEW_3D":
        context.space_data.shading.color_type = "MATERIAL" if state.paint == "none" else "OBJECT"


@bpy.app.handlers.persistent
def _on_frame(scene: bpy.types.Scene, *_: object) -> None:
    if scene.session_uid in _shown:
        gather(scene)


@bpy.app.handlers.persistent
def _on_load(*_: object) -> None:
    for kept in (layouts, _shown, _batches):
        kept.clear()


def _draw() -> None:
    uid = bpy.context.scene.session_uid
    lines = _shown.get(uid)
    if lines is None or not len(lines.ends):
        return
    shader = gpu.shader.from_builtin("POLYLINE_FLAT_COLOR")
    if uid not in _batches:
        _batches[uid] = batch_for_shader(shader, "LINES", {"pos": lines.ends, "color": lines.colors})
    view = gpu.state.viewport_get()
    shader.uniform_float("viewportSize", (view[2], view[3]))
    shader.uniform_float("lineWidth", WIDTH)
    gpu.state.blend_set("ALPHA")
    gpu.state.depth_test_set("LESS_EQUAL")
    _batches[uid].draw(shader)
    gpu.state.depth_test_set("NONE")
    gpu.state.blend_set("NONE")


def start() -> None:
    """Draws from now on."""
    _handles.append(bpy.types.SpaceView3D.draw_handler_add(_draw, (), "WINDOW", "POST_VIEW"))
    bpy.app.handlers.frame_change_post.append(_on_frame)
    bpy.app.handlers.load_pre.append(_on_load)


def stop() -> None:
    """Draws no more."""
    while _handles:
        bpy.types.SpaceView3D.draw_handler_remove(_handles.pop(), "WINDOW")
    bpy.app.handlers.frame_change_post.remove(_on_frame)
    bpy.app.handlers.load_pre.remove(_on_load)
    _on_load()
