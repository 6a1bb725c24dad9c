"""What checks find, and what their buttons do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import bpy

Remedy = Callable[[bpy.types.Context], None]
"""What a button does."""

SOLID = frozenset({"MESH", "CURVE", "SURFACE", "FONT", "META", "CURVES", "POINTCLOUD", "VOLUME"})
"""Types of objects that may show something by themselves."""


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
    fix: Remedy


def listed(things: Sequence[bpy.types.ID]) -> str:
    """Returns the names of the first few."""
    names = [thing.name for thing in things]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def selecting(things: Iterable[bpy.types.Object]) -> Remedy:
    """Returns a remedy that selects objects and nothing else; what the 3D view hides of them it shows first."""
    wanted = list(things)

    def fix(context: bpy.types.Context) -> None:
        layer = context.view_layer
        there = layer.objects[:]
        for thing in there:
            thing.select_set(False)
        for thing in (thing for thing in wanted if thing in there):
            if not thing.visible_get(view_layer=layer):
                _show(thing, layer)
            thing.select_set(True)
        layer.objects.active = wanted[0]

    return fix


def _show(thing: bpy.types.Object, layer: bpy.types.ViewLayer) -> None:
    thing.hide_viewport = False
    for place in places(layer.layer_collection):
        if thing in place.collection.all_objects[:]:
            place.hide_viewport = place.collection.hide_viewport = False
    thing.hide_set(False, view_layer=layer)


def places(root: bpy.types.LayerCollection) -> Iterator[bpy.types.LayerCollection]:
    """Yields the collections below one in a view layer, outer ones first; none within those that it leaves out."""
    for place in root.children:
        if not place.exclude:
            yield place
            yield from places(place)
