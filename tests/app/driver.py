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
KINDS = [kind.identifier for kind in bpy.data.bl_rna.properties if kind.type == "COLLECTION"]
MODULE = "bl_ext.user_default.buildee"
PARTS = ("jobs", "operators", "viewport", "counts")
READS = ("open", "os.listdir", "os.scandir", "subprocess.Popen", "ctypes.dlopen")
"""What Python reports when somebody reads files or starts something."""
WORK = ("plan", "settle", "build_steps", "candidates", "match", "layout_hash", "recipe_text")
"""Functions of buildee that no panel may call while it is drawn: they plan, build or evaluate."""

told = {"tick": 0, "panels": [], "reads": []}
drawing = []


def watch(event, _):
    if drawing and event in READS:
        told["reads"].append(f"{drawing[-1]}: {event}")


def counted(function):
    """Has a function tell when it is called while a panel is drawn."""

    def called(*arguments, **named):
        if drawing:
            told["reads"].append(f"{drawing[-1]}: {function.__name__}")
        return function(*arguments, **named)

    return called


def watched(cls):
    """Has a panel tell when it is drawn."""
    inner = cls.draw

    def draw(self, context):
        drawing.append(cls.__name__)
        try:
            inner(self, context)
        finally:
            drawing.pop()
        told["panels"] = sorted({*told["panels"], cls.__name__})

    cls.draw = draw


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
        for one in window.screen.areas:
            one.tag_redraw()
    state = window.scene.buildee
    jobs, operators, viewport, counts = (sys.modules[f"{MODULE}.{name}"] for name in PARTS)
    told.update(
        tick=told["tick"] + 1,
        height=window.height,
        sidebar=place_of(sidebar),
        under=under_mouse(window, area, sidebar) if operators.progress is None else "",  # it takes time from the work
        progress=operators.progress,
        took=operators.took,
        job=[jobs.current.state, jobs.current.text] if jobs.current else None,
        layout=state.layout_hash,
        objects=len(window.scene.objects),
        blocks=sum(len(getattr(bpy.data, kind)) for kind in KINDS),
        world=state.recipe.world,
        drawn=sorted(viewport.of(window.scene)),
        labels=counts.of(window.scene),
        editors={one.ui_type: place_of(one.regions[-1]) for one in window.screen.areas},
        asset=active_asset(window),
    )
    partial = FOLDER / "state.partial"
    partial.write_text(json.dumps(told), "utf-8")
    partial.replace(FOLDER / "state.json")
    return 0.25


def place_of(region):
    """Returns a region's left and lower end, width and height, pixels from the window's lower left corner."""
    return [region.x, region.y, region.width, region.height]


def active_asset(window):
    """Returns the name of the asset that was clicked last in an asset browser, or nothing."""
    area = next((one for one in window.screen.areas if one.ui_type == "ASSETS"), None)
    if area is None:
        return ""
    with bpy.context.temp_override(window=window, area=area, region=area.regions[-1]):
        return bpy.context.asset.name if bpy.context.asset else ""


def under_mouse(window, area, sidebar):
    """Returns the Python command of the button under the mouse, or nothing."""
    manager = bpy.context.window_manager
    manager.clipboard = ""
    with bpy.context.temp_override(window=window, area=area, region=sidebar):
        if not bpy.ops.ui.copy_python_command_button.poll():
            return ""
        bpy.ops.ui.copy_python_command_button()
    return manager.clipboard


sys.addaudithook(watch)
for panel in sys.modules[f"{MODULE}.panels"].CLASSES:
    if issubclass(panel, bpy.types.Panel):
        watched(panel)
for module in [module for name, module in sys.modules.items() if name.startswith(f"{MODULE}.")]:
    for name in set(WORK) & set(vars(module)):
        setattr(module, name, counted(getattr(module, name)))
bpy.context.preferences.view.show_splash = False
bpy.app.timers.register(tick, first_interval=0.5)
