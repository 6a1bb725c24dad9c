"""The worlds of buildee in Blender: a tab in the 3D view's sidebar, and operators for scripts."""

from __future__ import annotations

_registered: list[type] = []
"""Classes in the order in which they were registered."""


def register() -> None:
    """Registers all classes and handlers."""
    import bpy

    from . import counts, library, operators, outputs, overlays, panels, planning, recipes, state, viewport

    made, group = state.forms()
    for cls in (*made, *operators.CLASSES, *outputs.CLASSES, *panels.CLASSES):
        bpy.utils.register_class(cls)
        _registered.append(cls)
    bpy.types.Scene.buildee = bpy.props.PointerProperty(type=group)
    recipes.refresh_presets()
    planning.start()
    counts.start()
    viewport.start()
    overlays.start()
    library.start(bpy.context.preferences)


def unregister() -> None:
    """Takes everything back."""
    import bpy

    from . import checks, counts, jobs, library, outputs, overlays, planning, viewport

    counts.stop()
    overlays.stop()
    viewport.stop()
    planning.stop()
    jobs.stop()
    library.stop(bpy.context.preferences)
    if bpy.app.timers.is_registered(outputs.watch):
        bpy.app.timers.unregister(outputs.watch)
    checks.found.clear()
    del bpy.types.Scene.buildee
    while _registered:
        bpy.utils.unregister_class(_registered.pop())
