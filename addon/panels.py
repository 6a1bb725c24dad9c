"""The tab in the sidebar of the 3D view. Drawing plans nothing, reads no file and evaluates nothing."""

import bpy

from buildee.recipe.labelling import Labelling
from buildee.recipe.load import recipe_section
from buildee.recipe.schema import section_of

from . import checks, counts, jobs, library, operators, overlays, recipes
from .drawing import draw_items, draw_section
from .values import held

ELSEWHERE = frozenset({"world", "seed", "scene", "cameras"})
"""Fields of a recipe that have a place of their own."""


class _Tab:
    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_category = "buildee"


class Presets(bpy.types.Menu):
    bl_idname = "BUILDEE_MT_presets"
    bl_label = "Presets"

    def draw(self, context: bpy.types.Context) -> None:
        for name, path in recipes.presets:
            self.layout.operator("buildee.load_recipe", text=name).filepath = str(path)
        self.layout.separator()
        self.layout.operator("buildee.save_preset")


class World(_Tab, bpy.types.Panel):
    bl_idname = "BUILDEE_PT_world"
    bl_label = "buildee"

    def draw(self, context: bpy.types.Context) -> None:
        layout, state = self.layout, context.scene.buildee
        row = layout.row(align=True)
        row.menu("BUILDEE_MT_presets")
        row.operator("buildee.load_recipe", text="", icon="FILE_FOLDER").filepath = ""
        row.operator("buildee.save_recipe", text="", icon="FILE_TICK")
        layout.prop(state.recipe, "world")
        row = layout.row(align=True)
        row.operator("buildee.step_seed", text="", icon="TRIA_LEFT").by = -1
        row.prop(state.recipe.seed, "value", text="Seed")
        row.operator("buildee.step_seed", text="", icon="TRIA_RIGHT").by = 1
        row.prop(state, "seed_locked", text="", icon="LOCKED" if state.seed_locked else "UNLOCKED")
        layout.prop(state, "index")
        column = layout.column()
        column.scale_y = 1.4
        if operators.progress is None:
            column.operator("buildee.generate", icon="MOD_BUILD")
        else:  # in its place: a button that was greyed out under the mouse stays so in Blender 4.3
            name, share = operators.progress
            column.progress(factor=share, text=name)
        layout.operator("buildee.clear", icon="TRASH")
        if state.layout_hash:
            layout.label(text=f"Layout {state.layout_hash[:12]}")


class Parameters(_Tab, bpy.types.Panel):
    bl_idname = "BUILDEE_PT_parameters"
    bl_label = "World"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        recipe = context.scene.buildee.recipe
        draw_section(self.layout, getattr(recipe.scene, recipe.world), recipe_section(recipe.world).field("scene").type)


class Cameras(_Tab, bpy.types.Panel):
    bl_idname = "BUILDEE_PT_cameras"
    bl_label = "Cameras"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        recipe = context.scene.buildee.recipe
        draw_items(self.layout, recipe.cameras, recipe_section(recipe.world).field("cameras"))


class Pictures(_Tab, bpy.types.Panel):
    bl_idname = "BUILDEE_PT_pictures"
    bl_label = "Frames, Pictures, Truth"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        recipe = context.scene.buildee.recipe
        draw_section(self.layout, recipe, recipe_section(recipe.world), ELSEWHERE)


class Datasets(_Tab, bpy.types.Panel):
    bl_idname = "BUILDEE_PT_datasets"
    bl_label = "Output"

    def draw(self, context: bpy.types.Context) -> None:
        layout, job = self.layout, jobs.current
        layout.prop(context.scene.buildee, "output", text="")
        layout.operator("buildee.render_frame", icon="RENDER_STILL")
        layout.operator("buildee.render_dataset", icon="RENDER_ANIMATION")
        if job is None:
            return
        if job.state == "running":
            row = layout.row(align=True)
            row.progress(factor=job.share, text=job.text)
            row.operator("buildee.cancel_job", text="", icon="CANCEL")
            return
        box = layout.box()
        for line in job.text.splitlines():
            box.label(text=line, icon="CHECKMARK" if job.state == "done" else "ERROR")
        layout.operator("buildee.open_output", icon="URL")


class Labels(_Tab, bpy.types.Panel):
    bl_idname = "BUILDEE_PT_labels"
    bl_label = "Labels of Your Own Scene"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, table, section = self.layout, context.scene.buildee.labelling, section_of(Labelling)
        field = section.field("labels")
        found = counts.of(context.scene)
        draw_items(layout, held(table, field), field, {name: f"{count} objects" for name, count in found.items()})
        header, body = layout.panel("buildee_labelling", default_closed=True)
        header.label(text="What is annotated")
        if body is not None:
            draw_section(body, table, section, frozenset({"labels"}))
        layout.operator("buildee.annotate", icon="OUTLINER_DATA_GP_LAYER")


class Overlays(_Tab, bpy.types.Panel):
    bl_idname = "BUILDEE_PT_overlays"
    bl_label = "Overlays"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout, state = self.layout, context.scene.buildee
        layout.enabled = state.collection is not None
        if not layout.enabled:
            layout.label(text="Generate first")
        row = layout.row(align=True)
        for name in ("show_boxes", "show_cameras", "show_trails"):
            row.prop(state, name, toggle=True)
        layout.row().prop(state, "paint", expand=True)
        if note := overlays.notes.get(context.scene.session_uid):
            layout.label(text=note, icon="INFO")


class Checks(_Tab, bpy.types.Panel):
    bl_idname = "BUILDEE_PT_checks"
    bl_label = "Pre-flight Check"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        layout = self.layout
        layout.operator("buildee.check", icon="CHECKMARK")
        problems = checks.found.get(context.scene.session_uid)
        if problems == []:
            layout.label(text="Nothing would go wrong")
        for number, problem in enumerate(problems or ()):
            box = layout.box()
            for line in problem.text.splitlines():
                box.label(text=line, icon="ERROR")
            box.operator("buildee.fix", text=problem.remedy).index = number


class Assets(_Tab, bpy.types.Panel):
    bl_idname = "BUILDEE_PT_assets"
    bl_label = "Assets"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        self.layout.operator("buildee.save_asset", icon="ASSET_MANAGER")
        if library.registered(context.preferences) is None:
            self.layout.operator("buildee.register_library")


class Preferences(bpy.types.AddonPreferences):
    bl_idname = __package__

    use_library: bpy.props.BoolProperty(options={"HIDDEN"})

    def draw(self, context: bpy.types.Context) -> None:
        there = library.registered(context.preferences)
        if there is None:
            self.layout.label(text="The assets that ship are not among the libraries of the asset browser")
        else:
            self.layout.prop(there, "path", text="Asset library")
        self.layout.operator("buildee.register_library")


CLASSES = (Preferences, Presets, World, Parameters, Cameras, Pictures, Datasets, Overlays, Labels, Checks, Assets)
