"""The operators of datasets, checks and assets: `bpy.ops.buildee.*`. What they do is in plain functions elsewhere.

Blender reads the annotations of these classes, so they must not be postponed.
"""

from pathlib import Path
from typing import Any

import bpy
from bpy.props import EnumProperty, IntProperty, StringProperty

from buildee.errors import BuildeeError
from buildee.layout.categories import CATEGORIES

from . import checks, datasets, jobs, library, operators
from .properties import RELATIVE


class _Background:
    """What operators that work in the background share: wait in background mode, poll in the interface."""

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return operators.progress is None and (jobs.current is None or jobs.current.state != "running")

    def execute(self, context: bpy.types.Context) -> set[str]:
        try:
            thread = self.start(context)
        except BuildeeError as error:
            return operators.refused(self, error)
        if not bpy.app.background:
            bpy.app.timers.register(watch, persistent=True)
            return {"FINISHED"}
        thread.join()
        if jobs.current.state != "done":
            self.report({"ERROR"}, jobs.current.text)
            return {"CANCELLED"}
        return {"FINISHED"}


class RenderDataset(_Background, bpy.types.Operator):
    """Render all scenes of the recipe with ground truth, beside the interface"""

    bl_idname = "buildee.render_dataset"
    bl_label = "Render Dataset"

    def start(self, context: bpy.types.Context) -> Any:
        return datasets.render_recipe(context.scene)


class RenderFrame(_Background, bpy.types.Operator):
    """Render the current frame of the scene as it is, with ground truth, beside the interface"""

    bl_idname = "buildee.render_frame"
    bl_label = "Render This Frame with Truth"

    def start(self, context: bpy.types.Context) -> Any:
        return datasets.render_frame(context.scene)


class Annotate(_Background, bpy.types.Operator):
    """Write ground truth of this file by its label table, beside the interface"""

    bl_idname = "buildee.annotate"
    bl_label = "Annotate This File"

    def start(self, context: bpy.types.Context) -> Any:
        return datasets.annotate(context.scene)


class CancelJob(bpy.types.Operator):
    """End what runs in the background; finished scenes stay"""

    bl_idname = "buildee.cancel_job"
    bl_label = "Cancel"

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return jobs.current is not None and jobs.current.state == "running"

    def execute(self, context: bpy.types.Context) -> set[str]:
        jobs.current.cancel()
        return {"FINISHED"}


class OpenOutput(bpy.types.Operator):
    """Show the gallery of the dataset, or its folder"""

    bl_idname = "buildee.open_output"
    bl_label = "Open Gallery"

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return jobs.current is not None and jobs.current.state == "done"

    def execute(self, context: bpy.types.Context) -> set[str]:
        datasets.show(jobs.current.out)
        return {"FINISHED"}


class Check(bpy.types.Operator):
    """List what would go wrong when this scene is rendered or annotated"""

    bl_idname = "buildee.check"
    bl_label = "Check"

    def execute(self, context: bpy.types.Context) -> set[str]:
        problems = checks.check(context.scene)
        self.report({"INFO"}, f"{len(problems)} problem(s)")
        return {"FINISHED"}


class Fix(bpy.types.Operator):
    """Do what the button says, and check again"""

    bl_idname = "buildee.fix"
    bl_label = "Fix"
    bl_options = {"REGISTER", "UNDO"}

    index: IntProperty(options={"HIDDEN"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        checks.fix(context, self.index)
        return {"FINISHED"}


class RegisterLibrary(bpy.types.Operator):
    """Put the assets that ship among the libraries of the asset browser"""

    bl_idname = "buildee.register_library"
    bl_label = "Register Asset Library"

    def execute(self, context: bpy.types.Context) -> set[str]:
        library.register(context.preferences)
        return {"FINISHED"}


class SaveAsset(bpy.types.Operator):
    """Make the selection an asset that recipes can use: a .blend, its sidecar and the entry of the catalog"""

    bl_idname = "buildee.save_asset"
    bl_label = "Make Selection an Asset"

    name: StringProperty(name="Name", default="thing")
    category: EnumProperty(name="Category", items=[(word, word.replace("_", " "), "") for word in sorted(CATEGORIES)])
    directory: StringProperty(name="Folder", subtype="DIR_PATH", default="//assets", options=RELATIVE)

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        return operators.progress is None and bool(context.selected_objects)

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        return context.window_manager.invoke_props_dialog(self)

    def execute(self, context: bpy.types.Context) -> set[str]:
        place = Path(bpy.path.abspath(self.directory))
        try:
            made = library.save_asset(list(context.selected_objects), self.name, self.category, place)
        except BuildeeError as error:
            return operators.refused(self, error)
        self.report({"INFO"}, f"{place}: asset '{made}'")
        return {"FINISHED"}


def watch() -> float | None:
    """Redraws the panel while a job runs."""
    operators.redraw()
    return 0.5 if jobs.current is not None and jobs.current.state == "running" else None


CLASSES = (
    RenderDataset,
    RenderFrame,
    Annotate,
    CancelJob,
    OpenOutput,
    Check,
    Fix,
    RegisterLibrary,
    SaveAsset,
)
