"""Runs inside a Blender with a window: `blender ... --python driver.py -- FOLDER`.

Twice a second it tells FOLDER/state.json what the sidebar shows and which button is under the mouse, and runs what it
finds in FOLDER/do.py. The mouse itself is moved from outside.
"""

import json
import sys
import traceback
from pathlib import Path

import bpy

FOLDER = Path(sys.argv[sys.argv.index("--") + 1])
told = {"tick": 0}


def places():
    """Returns the window, and its 3D view with the sidebar."""
    window = bpy.context.window_manager.windows[0]
    area = next(area for area in window.screen.areas if area.type == "VIEW_3D")
    return window, area, next(region for region in area.regions if region.type == "UI")


def tick():
    window, area, sidebar = places()
    if told["tick"] < 4:  # a region that was never drawn has no tabs yet
        area.spaces.active.show_region_ui = True
        with bpy.context.temp_override(window=window, area=area, region=sidebar):
            if told["tick"] > 1:
                sidebar.active_panel_category = "buildee"
        sidebar.tag_redraw()
    todo = FOLDER / "do.py"
    if todo.exists():
        text = todo.read_text("utf-8")
        todo.unlink()
        try:
            exec(text, {"bpy": bpy, "window": window, "area": area, "sidebar": sidebar})
            told["error"] = None
        except Exception:
            told["error"] = traceback.format_exc()
        told["did"] = told.get("did", 0) + 1
    state = window.scene.buildee
    jobs = sys.modules["bl_ext.user_default.buildee.jobs"]
    operators = sys.modules["bl_ext.user_default.buildee.operators"]
    told.update(
        tick=told["tick"] + 1,
        height=window.height,
        sidebar=[sidebar.x, sidebar.y, sidebar.width, sidebar.height],
        under=under_mouse(window, area, sidebar) if operators.progress is None else "",  # it takes time from the work
        progress=operators.progress,
        took=operators.took,
        job=[jobs.current.state, jobs.current.text] if jobs.current else None,
        layout=state.layout_hash,
        objects=len(window.scene.objects),
    )
    partial = FOLDER / "state.partial"
    partial.write_text(json.dumps(told), "utf-8")
    partial.replace(FOLDER / "state.json")
    return 0.25


def under_mouse(window, area, sidebar):
    """Returns the Python command of the button under the mouse, or nothing."""
    manager = bpy.context.window_manager
    manager.clipboard = ""
    with bpy.context.temp_override(window=window, area=area, region=sidebar):
        if not bpy.ops.ui.copy_python_command_button.poll():
            return ""
        bpy.ops.ui.copy_python_command_button()
    return manager.clipboard


bpy.context.preferences.view.show_splash = False
bpy.app.timers.register(tick, first_interval=0.5)
