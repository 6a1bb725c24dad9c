"""Generates a scene of a recipe into the user's file, in steps, so that whoever drives them can show and stop them."""

from __future__ import annotations

import uuid
from pathlib import Path

import bpy

from buildee.blender.build import build_steps
from buildee.blender.context import datablocks, remove_since
from buildee.layout.canonical import layout_hash
from buildee.layout.scene import Layout
from buildee.recipe import LoadedRecipe, loads
from buildee.recipe.save import recipe_text

from . import overlays, planning
from .owned import clear, mark
from .values import read_recipe


def recipe_of(scene: bpy.types.Scene) -> LoadedRecipe:
    """Returns the recipe that the panel shows.

    Raises:
        RecipeError: if its fields contradict each other.
    """
    state = scene.buildee
    folder = Path(bpy.path.abspath(state.folder)) if state.folder else None
    return loads(recipe_text(read_recipe(state.recipe, folder)), "recipe")


def steps(scene: bpy.types.Scene) -> planning.Steps:
    """Plans and builds what the panel asks for; what was generated before goes once the plan stands.

    Yields:
        What is being done, and how much of that is done, 0 to 1. Closing the iterator takes back what was built.

    Raises:
        BuildeeError: if the recipe is wrong, or cannot be planned or built.
    """
    recipe, index = recipe_of(scene), scene.buildee.index
    resolved = recipe.resolve(index)
    layout = yield from planning.planned(recipe, index)
    digest = yield from planning.beside("Planning", layout_hash, layout)  # beside building it would slow that by more
    clear(scene)
    before = datablocks().keys()
    world, camera = scene.world, scene.camera
    try:
        built = yield from _building(layout, scene)
    except BaseException:
        remove_since(before)
        raise
    scene.render.resolution_x, scene.render.resolution_y = resolved.render.resolution
    scene.render.resolution_percentage = 100
    mark(before, uuid.uuid4().hex)
    state = scene.buildee
    state.collection = bpy.data.collections[built.collection]
    state.world_before, state.camera_before = world, camera
    state.made_from, state.made_index, state.layout_hash = recipe.text, index, digest
    overlays.remember(scene, layout)
    overlays.refresh(scene)


def _building(layout: Layout, scene: bpy.types.Scene) -> planning.Steps:
    """Builds a layout; returns what `build_steps` does."""
    work = build_steps(layout, scene)
    while True:
        try:
            share = next(work)
        except StopIteration as done:
            return done.value
        yield "Building", share
