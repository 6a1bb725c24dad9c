"""Assets: those that ship in the asset browser, and things of the user's own made into assets."""

from __future__ import annotations

from pathlib import Path

import bpy

from buildee import dropins
from buildee.blender.context import scratch_scene
from buildee.errors import AssetError, OutputError
from buildee.layout.dropin import asset_id
from buildee.recipe.save import text_of
from buildee.recipe.schema import section_of
from buildee.recipe.sidecar import Sidecar
from buildee.resources import folder

from .recipes import file_name

LIBRARY = "buildee"
"""Name of the library in Blender's preferences."""


def registered(preferences: bpy.types.Preferences) -> bpy.types.UserAssetLibrary | None:
    """Returns the library of the assets that ship, if it is in the preferences."""
    return preferences.filepaths.asset_libraries.get(LIBRARY)


def register(preferences: bpy.types.Preferences) -> None:
    """Puts the assets that ship among the libraries of the asset browser, or mends the path of what is there."""
    place = str(folder("blend_assets"))
    library = registered(preferences) or preferences.filepaths.asset_libraries.new(name=LIBRARY, directory=place)
    library.path = place
    _remember(preferences)


def start(preferences: bpy.types.Preferences) -> None:
    """Puts the library back if the user wanted it; its path is another one after every update."""
    own = preferences.addons.get(__package__)
    if own is not None and own.preferences.use_library:
        register(preferences)


def stop(preferences: bpy.types.Preferences) -> None:
    """Takes the library out of Blender's preferences; those of the add-on remember it."""
    library = registered(preferences)
    if library is not None:
        preferences.filepaths.asset_libraries.remove(library)


def _remember(preferences: bpy.types.Preferences) -> None:
    own = preferences.addons.get(__package__)
    if own is not None:
        own.preferences.use_library = True


def save_asset(things: list[bpy.types.Object], name: str, category: str, place: Path) -> str:
    """Makes things an asset of a folder of the user's own: a .blend, its sidecar, and the entry of the catalog.

    Args:
        things: the objects, with what hangs on them.
        name: of the file.
        category: of the label table.
        place: the folder; a recipe names it under `assets`.

    Returns:
        The asset's id.

    Raises:
        AssetError: nothing is selected, or it cannot be used; says why.
        OutputError: the folder cannot be written, or the name is no file's.
    """
    if not things:
        raise AssetError("nothing is selected: select the objects of the asset")
    file_name(name)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with scratch_scene() as scene:
            for thing in things:
                scene.collection.objects.link(thing)
            scene.view_layers[0].update()  # 5.2 crashes when it writes a scene that was never evaluated
            bpy.data.libraries.write(str(place / f"{name}.blend"), {scene}, compress=True)
        values = {"title": name, "category": category, "unit": "m"}
        (place / f"{name}.yaml").write_text(text_of(section_of(Sidecar), values), "utf-8")
    except OSError as error:
        raise OutputError(f"{place}: cannot be written ({error.strerror or error})") from error
    id = asset_id(name)
    if id not in dropins.entries([place]):
        raise AssetError(f"{place}: the catalog lacks '{id}'")
    return id
