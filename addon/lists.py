"""Lists of a recipe as the panel edits them: items, plain values, and the alternatives of a choice."""

from __future__ import annotations

import bpy

from buildee.recipe import kinds
from buildee.recipe.schema import plain, tagged_types

from .values import LISTS, shipped_cameras, write_list


def entries(group: bpy.types.PropertyGroup) -> bpy.types.bpy_prop_collection:
    """Returns the collection of a field's group that its mode shows."""
    return group.options if getattr(group, "mode", "fixed") in LISTS else group.items_


def edit(scene: bpy.types.Scene, path: str, action: str, kind: str = "", index: int = 0) -> None:
    """Changes a list.

    Args:
        scene: whose recipe or label table it is in.
        path: of the field's group, from the scene.
        action: "fill" with the defaults, "add", "remove" or "up".
        kind: type of an item that is added; empty takes the first.
        index: of the item that is removed or moved up.
    """
    group = scene.path_resolve(path)
    field = type(group).schema
    if action == "fill":
        cameras = field.name == "cameras" and isinstance(field.type, kinds.Items)
        recipe = scene.buildee.recipe
        write_list(group, field, shipped_cameras(recipe.world) if cameras else plain(field.type, field.default))
        return
    listed = entries(group)
    if action == "remove":
        listed.remove(index)
    elif action == "up":
        listed.move(index, max(index - 1, 0))
    else:
        item = listed.add()
        if isinstance(field.type, kinds.Items):
            item.type = kind or next(iter(tagged_types(field.type.family)))
            item.name = _free_name(item.type, {other.name for other in listed})
        if hasattr(group, "given"):
            group.given = True


def _free_name(kind: str, taken: set[str]) -> str:
    """Returns a name that no other item has."""
    return next(name for number in range(1, len(taken) + 2) if (name := f"{kind}_{number}") not in taken)
