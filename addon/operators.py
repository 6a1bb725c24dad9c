"""The operators of recipes and scenes: `bpy.ops.buildee.*`. What they do is in plain functions elsewhere.

Blender reads the annotations of these classes, so they must not be postponed.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
from bpy.props import EnumProperty, IntProperty, StringProperty

from buildee.errors import BuildeeError

from . import generate, lists, overlays, owned, planning, recipes
from .viewport import areas, simplify

SLICE = 0.1, 1.0
"""Least and most seconds of work between two looks at the mouse and keyboard."""

SHARE = 15.0
"""How many times as long as Blender has taken for itself in between, so that slow displays do not take most of the
time: what is built has it draw the whole window each time."""

NAVIGATION = frozenset({"MIDDLEMOUSE", "WHEELUPMOUSE", "WHEELDOWNMOUSE", "MOUSEMOVE", "INBETWEEN_MOUSEMOVE"})
"""Events that pass to the viewport while something is generated."""

progress: tuple[str, float] | None = None
"""What is being generated, and how much of it is done; None when nothing is."""

took = 0.0
"""Seconds that the last scene took, from the click until it was there."""


def refused(operator: bpy.types.Operator, error: BuildeeError) -> set[str]:
    """Reports an error; returns what an operator that did nothing returns."""
    operator.report({"ERROR"}, str(error))
    return {"CANCELLED"}


class Generate(bpy.types.Operator):
    """Plan and build the scene of the recipe into a collection of its own; Esc cancels"""

    bl_idname = "buildee.generate"
    bl_label = "Generate"
    bl_options = {"REGISTER", "UNDO"}

    _steps: planning.Steps
    _replaced: str
    _timer: bpy.types.Timer
    _started: float
    _told: str = ""
    _left: float
    _longest: float = 0.0
    _in_full: Callable[[], None] | None = None

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return progress is None and context.mode == "OBJECT"

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            for _ in generate.steps(context.scene):
                pass
        except BuildeeError as error:
            return refused(self, error)
        return {"FINISHED"}

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        global progress
        self._started = self._left = time.perf_counter()
        self._replaced = context.scene.buildee.layout_hash
        self._steps = generate.steps(context.scene)
        try:
            progress = next(self._steps)  # planning goes on while the click is drawn
        except BuildeeError as error:
            return refused(self, error)
        self._timer = context.window_manager.event_timer_add(0.02, window=context.window)
        context.window_manager.modal_handler_add(self)
        return {"RUNNING_MODAL"}

    def modal(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        if event.type == "ESC":
            self._steps.close()
            self._end(context)
            self.report({"INFO"}, "Cancelled")
            return self._as_before(context)
        if event.type == "TIMER":
            return self._work(context)
        return {"PASS_THROUGH"} if event.type in NAVIGATION else {"RUNNING_MODAL"}

    def cancel(self, context: bpy.types.Context) -> None:
        self._steps.close()
        self._end(context)

    def _work(self, context: bpy.types.Context) -> set[str]:
        global progress, took
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._left)
        until = now + min(max(SHARE * self._longest, SLICE[0]), SLICE[1])
        try:
            while time.perf_counter() < until:
                progress = next(self._steps)
                if progress[0] == "Planning":
                    break
        except StopIteration:
            took = time.perf_counter() - self._started
            self._end(context)
            self.report({"INFO"}, f"{len(context.scene.buildee.collection.objects)} objects in {took:.1f} s")
            return {"FINISHED"}
        except BuildeeError as error:
            self._end(context)
            refused(self, error)
            return self._as_before(context)
        except BaseException:
            self._end(context)
            raise
        if progress[0] == "Building" and self._in_full is None:
            self._in_full = simplify()
        text = f"{progress[0]}: {progress[1]:.0%}   (Esc cancels)"
        if text != self._told:  # drawing it takes time from the work
            self._told = text
            context.workspace.status_text_set(text)
            redraw()
        self._left = time.perf_counter()
        return {"RUNNING_MODAL"}

    def _as_before(self, context: bpy.types.Context) -> set[str]:
        """Returns what ends the operator with the file as it was; what was generated before comes back by undo."""
        if self._replaced == context.scene.buildee.layout_hash:
            return {"CANCELLED"}
        window = context.window

        def undo() -> None:
            with bpy.context.temp_override(window=window):
                bpy.ops.ed.undo()

        bpy.app.timers.register(undo, first_interval=0.0)
        return {"FINISHED"}  # a step of its own, which undo takes back

    def _end(self, context: bpy.types.Context) -> None:
        global progress
        progress = None
        context.window_manager.event_timer_remove(self._timer)
        context.workspace.status_text_set(None)
        if self._in_full is not None:
            self._in_full()
        redraw()


class Clear(bpy.types.Operator):
    """Remove what was generated, and nothing else"""

    bl_idname = "buildee.clear"
    bl_label = "Clear"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return progress is None and context.scene.buildee.collection is not None

    def execute(self, context: bpy.types.Context) -> set[str]:
        owned.clear(context.scene)
        overlays.refresh(context.scene)
        return {"FINISHED"}


class StepSeed(bpy.types.Operator):
    """Take another seed: all draws of the recipe anew"""

    bl_idname = "buildee.step_seed"
    bl_label = "Next Seed"
    bl_options = {"REGISTER", "UNDO"}

    by: IntProperty(name="By", default=1)

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return not context.scene.buildee.seed_locked

    def execute(self, context: bpy.types.Context) -> set[str]:
        seed = context.scene.buildee.recipe.seed
        seed.value = max(0, seed.value + self.by)
        return {"FINISHED"}


def _browse(operator: bpy.types.Operator, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
    """Asks for the file first."""
    context.window_manager.fileselect_add(operator)
    return {"RUNNING_MODAL"}


class LoadRecipe(bpy.types.Operator):
    """Read a recipe into the panel"""

    bl_idname = "buildee.load_recipe"
    bl_label = "Load Recipe"
    bl_options = {"REGISTER", "UNDO"}

    filepath: StringProperty(subtype="FILE_PATH")
    filter_glob: StringProperty(default="*.yaml;*.yml", options={"HIDDEN"})

    invoke = _browse

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            recipes.load_into(context.scene.buildee, Path(self.filepath))
        except BuildeeError as error:
            return refused(self, error)
        return {"FINISHED"}


class SaveRecipe(bpy.types.Operator):
    """Write the recipe of the panel as YAML"""

    bl_idname = "buildee.save_recipe"
    bl_label = "Save Recipe"
    bl_options = {"REGISTER"}

    filepath: StringProperty(subtype="FILE_PATH", default="recipe.yaml")
    filter_glob: StringProperty(default="*.yaml;*.yml", options={"HIDDEN"})

    invoke = _browse

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            recipes.save(context.scene.buildee, Path(self.filepath))
        except BuildeeError as error:
            return refused(self, error)
        return {"FINISHED"}


class SavePreset(bpy.types.Operator):
    """Keep the recipe of the panel among the presets"""

    bl_idname = "buildee.save_preset"
    bl_label = "Save Preset"
    bl_options = {"REGISTER"}

    name: StringProperty(name="Name", default="mine")

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        return context.window_manager.invoke_props_dialog(self)

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            recipes.save(context.scene.buildee, recipes.own_presets() / f"{recipes.file_name(self.name)}.yaml")
        except BuildeeError as error:
            return refused(self, error)
        return {"FINISHED"}


class EditList(bpy.types.Operator):
    """Change a list of the recipe"""

    bl_idname = "buildee.edit_list"
    bl_label = "Edit List"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    path: StringProperty(options={"HIDDEN"})
    action: EnumProperty(items=[(word, word, "") for word in ("fill", "add", "remove", "up")])
    kind: StringProperty(options={"HIDDEN"})
    index: IntProperty(options={"HIDDEN"})

    @classmethod
    def description(cls, context: bpy.types.Context, properties: Any) -> str:
        return {"fill": "Edit this list", "add": "Add", "remove": "Remove", "up": "Move up"}[properties.action]

    def execute(self, context: bpy.types.Context) -> set[str]:
        lists.edit(context.scene, self.path, self.action, self.kind, self.index)
        context.scene.update_tag()  # as edits of fields do by themselves: what labels match is counted again
        return {"FINISHED"}


def redraw() -> None:
    """Has the sidebars of all 3D views drawn again."""
    for area in areas():
        for region in area.regions:
            if region.type == "UI":
                region.tag_redraw()


CLASSES = (Generate, Clear, StepSeed, LoadRecipe, SaveRecipe, SavePreset, EditList)
