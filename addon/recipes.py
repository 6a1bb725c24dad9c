"""Recipes and label tables as files, and the presets."""

from __future__ import annotations

from pathlib import Path

import bpy

from buildee.errors import OutputError
from buildee.names import NAME, RESERVED
from buildee.recipe import load, loads
from buildee.recipe.labelling import Labelling, labelling_of
from buildee.recipe.save import recipe_text, text_of
from buildee.recipe.schema import section_of
from buildee.resources import folder

from .values import read_recipe, read_section, write_recipe

presets: list[tuple[str, Path]] = []
"""Name and file of every preset; what the menu shows, so that drawing reads no folders."""


def refresh_presets() -> None:
    """Looks for presets: the recipes that ship, and the user's own."""
    found = [*sorted(folder("recipes").glob("*.yaml")), *sorted(own_presets().glob("*.yaml"))]
    presets[:] = [(path.stem.replace("_", " ").capitalize(), path) for path in found]


def file_name(name: str) -> str:
    """Returns a name that a file can have on any system.

    Raises:
        OutputError: it is none.
    """
    if not NAME.fullmatch(name) or name.lower() in RESERVED:
        raise OutputError(f"name: '{name}' cannot name a file; use letters, digits, - and _, and begin with no sign")
    return name


def own_presets() -> Path:
    """Returns the folder of the user's own presets."""
    return Path(bpy.utils.user_resource("SCRIPTS", path="presets/buildee"))


def load_into(state: bpy.types.PropertyGroup, path: Path) -> None:
    """Puts a recipe file into the panel.

    Raises:
        RecipeError: the file cannot be read, or anything in it is wrong.
    """
    path = Path(bpy.path.abspath(str(path)))
    recipe = load(path)
    write_recipe(state.recipe, recipe.plain)
    state.folder, state.index = str(path.parent.resolve()), 0


def save(state: bpy.types.PropertyGroup, path: Path) -> None:
    """Writes the recipe of the panel to a file.

    Raises:
        RecipeError: fields contradict each other.
        OutputError: the file cannot be written.
    """
    path = Path(bpy.path.abspath(str(path)))
    elsewhere = Path(state.folder) if state.folder and path.parent != Path(state.folder) else None
    text = recipe_text(read_recipe(state.recipe, elsewhere))
    loads(text, str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from error
    refresh_presets()


def labels_text(state: bpy.types.PropertyGroup) -> str:
    """Returns the label table of the panel as YAML.

    Raises:
        RecipeError: it has no labels, or fields contradict each other.
    """
    section = section_of(Labelling)
    text = text_of(section, read_section(state.labelling, section))
    labelling_of(text)
    return text
