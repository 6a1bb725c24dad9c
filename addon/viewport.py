"""Draws lines and points into 3D views."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import bpy
import gpu
from gpu_extras.batch import batch_for_shader

from .annotated import Lines

Shown = dict[str, Lines]
"""What a scene shows, by the kind of primitive: LINES or POINTS."""

SHADERS = {
    "LINES": "POLYLINE_FLAT_COLOR",
    "POINTS": "POINT_FLAT_COLOR" if bpy.app.version >= (4, 5, 0) else "FLAT_COLOR",
}

WIDTH = {"LINES": 1.6, "POINTS": 4.0}
"""Pixels."""

NEARER = 2e-5
"""How much nearer than it is all is drawn, as a share of the depth buffer: points lie on surfaces."""

_shown: dict[int, Shown] = {}
_batches: dict[int, list[tuple[str, gpu.types.GPUBatch]]] = {}
_handles: list[object] = []


def show(scene: bpy.types.Scene, shown: Shown) -> None:
    """Draws this in a scene from now on."""
    _batches.pop(scene.session_uid, None)
    _shown[scene.session_uid] = {kind: lines for kind, lines in shown.items() if len(lines.ends)}
    for area in areas():
        area.tag_redraw()


def areas() -> Iterator[bpy.types.Area]:
    """Yields all 3D views that windows show."""
    for window in bpy.context.window_manager.windows:
        yield from (area for area in window.screen.areas if area.type == "VIEW_3D")


def simplify() -> Callable[[], None]:
    """Draws 3D views without overlays and smooth edges, far sooner without a GPU; returns what ends that."""
    drawn = {area.as_pointer() for area in areas() if area.spaces.active.overlay.show_overlays}
    preferences = bpy.context.preferences
    smooth, dirty = preferences.system.viewport_aa, preferences.is_dirty

    def put(overlays: bool, edges: str) -> None:
        for area in areas():
            if area.as_pointer() in drawn:
                area.spaces.active.overlay.show_overlays = overlays
        preferences.system.viewport_aa = edges
        preferences.is_dirty = dirty

    put(False, "OFF")
    return lambda: put(True, smooth)


def of(scene: bpy.types.Scene) -> Shown:
    """Returns what is drawn in a scene."""
    return _shown.get(scene.session_uid, {})


def _draw() -> None:
    uid = bpy.context.scene.session_uid
    if uid not in _batches:
        _batches[uid] = [
            (kind, batch_for_shader(_shader(kind), kind, {"pos": lines.ends, "color": lines.colors}))
            for kind, lines in of(bpy.context.scene).items()
        ]
    if not _batches[uid]:
        return
    projection = gpu.matrix.get_projection_matrix()
    gpu.matrix.push_projection()
    projection[2] -= NEARER * projection[3]
    gpu.matrix.load_projection_matrix(projection)
    gpu.state.blend_set("ALPHA")
    gpu.state.depth_test_set("LESS_EQUAL")
    gpu.state.point_size_set(WIDTH["POINTS"])
    for kind, batch in _batches[uid]:
        batch.draw(_shader(kind))
    gpu.state.point_size_set(1.0)
    gpu.state.depth_test_set("NONE")
    gpu.state.blend_set("NONE")
    gpu.matrix.pop_projection()


def _shader(kind: str) -> gpu.types.GPUShader:
    """Returns the shader of a kind of primitive, set up for this view."""
    shader = gpu.shader.from_builtin(SHADERS[kind])
    shader.bind()
    if kind == "LINES":
        shader.uniform_float("viewportSize", gpu.state.viewport_get()[2:])
        shader.uniform_float("lineWidth", WIDTH[kind])
    return shader


def start() -> None:
    """Draws from now on."""
    _handles.append(bpy.types.SpaceView3D.draw_handler_add(_draw, (), "WINDOW", "POST_VIEW"))


def stop() -> None:
    """Draws no more."""
    while _handles:
        bpy.types.SpaceView3D.draw_handler_remove(_handles.pop(), "WINDOW")
    _shown.clear()
    _batches.clear()
