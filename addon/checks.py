"""What would go wrong when this file is rendered or annotated, and what can be done about each."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bpy

from buildee.blender.labelled import candidates
from buildee.errors import BuildeeError
from buildee.recipe.labelling import labelling_of, match

from .datasets import output
from .generate import recipe_of
from .owned import MARK
from .recipes import labels_text

REMESHING = frozenset({"BUILD", "EXPLODE", "FLUID", "REMESH", "OCEAN", "DYNAMIC_PAINT", "MESH_SEQUENCE_CACHE"})
"""Modifiers that may give other triangles in every frame, which tracked points do not survive."""


@dataclass(frozen=True)
class Problem:
    """Something that would go wrong.

    Attributes:
        text: what, for people.
        remedy: what the button says.
        fix: what it does.
    """

    text: str
    remedy: str
    fix: Callable[[bpy.types.Context], None]


found: dict[int, list[Problem]] = {}
"""What was found last, by `session_uid` of the scene."""


def check(scene: bpy.types.Scene) -> list[Problem]:
    """Looks for problems and remembers them."""
    checks = (_camera, _recipe, _output, _hidden, _unlabelled, _remeshing)
    found[scene.session_uid] = [problem for one in checks for problem in one(scene)]
    return found[scene.session_uid]


def _camera(scene: bpy.types.Scene) -> list[Problem]:
    if scene.camera is not None:
        return []
    there = [thing.name for thing in scene.objects if thing.type == "CAMERA"]

    def fix(context: bpy.types.Context) -> None:
        if there:
            context.scene.camera = context.scene.objects[there[0]]
            return
        camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
        context.scene.collection.objects.link(camera)
        context.scene.camera = camera
        if context.region_data is not None:
            camera.matrix_world = context.region_data.view_matrix.inverted()

    return [Problem("No camera looks on", f"Take {there[0]}" if there else "Add one", fix)]


def _recipe(scene: bpy.types.Scene) -> list[Problem]:
    try:
        recipe_of(scene)
    except BuildeeError as error:
        return [Problem(str(error), "Load the shipped recipe", _load_shipped)]
    return []


def _load_shipped(context: bpy.types.Context) -> None:
    from buildee.resources import shipped

    from .recipes import load_into

    state = context.scene.buildee
    load_into(state, shipped(state.recipe.world))


def _output(scene: bpy.types.Scene) -> list[Problem]:
    def fix(context: bpy.types.Context) -> None:
        context.scene.buildee.output = str(Path.home() / "buildee_dataset")

    try:
        place = output(scene)
    except BuildeeError as error:
        return [Problem(str(error), "Use the home folder", fix)]
    parent = next(folder for folder in (place, *place.parents) if folder.exists())
    if parent.is_dir() and os.access(parent, os.W_OK | os.X_OK):
        return []
    return [Problem(f"Output: {place} cannot be written", "Use the home folder", fix)]


def _hidden(scene: bpy.types.Scene) -> list[Problem]:
    """Collections that the viewport and renders do not show alike."""
    names = [item.name for item in scene.collection.children_recursive if item.hide_viewport != item.hide_render]

    def fix(context: bpy.types.Context) -> None:
        for name in names:
            bpy.data.collections[name].hide_viewport = bpy.data.collections[name].hide_render

    return [Problem(f"Not shown as rendered: {_listed(names)}", "Show as rendered", fix)] if names else []


def _unlabelled(scene: bpy.types.Scene) -> list[Problem]:
    """Meshes of the user's own that no label matches, once there is a table."""
    state = scene.buildee
    if not state.labelling.labels.given:
        return []
    try:
        labelling = labelling_of(labels_text(state))
    except BuildeeError as error:
        return [Problem(str(error), "Empty the table", lambda context: state.labelling.labels.items_.clear())]
    things = [thing for thing in scene.objects if thing.type == "MESH" and thing.get(MARK) is None]
    pairs = zip(things, candidates(things), strict=True)
    names = [thing.name for thing, candidate in pairs if match(labelling, candidate) is None]
    return [Problem(f"No label: {_listed(names)}", "Select", _selecting(names))] if names else []


def _remeshing(scene: bpy.types.Scene) -> list[Problem]:
    names = [
        thing.name
        for thing in scene.objects
        if any(modifier.type in REMESHING and modifier.show_render for modifier in thing.modifiers)
    ]
    text = f"Other triangles in other frames, points cannot be tracked: {_listed(names)}"
    return [Problem(text, "Select", _selecting(names))] if names else []


def _selecting(names: list[str]) -> Callable[[bpy.types.Context], None]:
    """Returns a fix that selects objects."""

    def fix(context: bpy.types.Context) -> None:
        for thing in context.view_layer.objects:
            thing.select_set(thing.name in names)
        context.view_layer.objects.active = context.view_layer.objects.get(names[0])

    return fix


def _listed(names: list[str]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
