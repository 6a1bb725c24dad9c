"""What the 3D view and renders do not show alike, and what neither shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import bpy

from .problems import SOLID, Problem, Remedy, listed, selecting

HELPERS = frozenset({"WIRE", "BOUNDS"})
"""How objects are displayed that help to model others, such as what booleans cut with, and are not meant to render."""


@dataclass
class Differences:
    """Where view and render differ in a view layer; collections are named for all that is in them.

    Attributes:
        unseen: hidden in the 3D view, but rendered.
        unrendered: shown in the 3D view, but not rendered.
        left_out: collections that are neither, though no other thing takes copies of them.
        objects: of each of the first two by its name, objects that differ by themselves.
    """

    unseen: list[bpy.types.LayerCollection] = field(default_factory=list)
    unrendered: list[bpy.types.LayerCollection] = field(default_factory=list)
    left_out: list[bpy.types.LayerCollection] = field(default_factory=list)
    objects: dict[str, list[bpy.types.Object]] = field(default_factory=lambda: {"unseen": [], "unrendered": []})


def hidden(scene: bpy.types.Scene) -> list[Problem]:
    """Returns what is not seen as it is rendered, by eyes, screens and cameras of the outliner."""
    layer, problems = scene.view_layers[0], []
    found = differences(layer)
    for name, collections, text, remedy in (
        ("unseen", found.unseen, "Rendered, but hidden here", "Show and select"),
        ("unrendered", found.unrendered, "Shown here, but not rendered", "Select"),
    ):
        alone = found.objects[name]
        things = [*alone, *(thing for place in collections for thing in place.collection.all_objects if draws(thing))]
        if things:
            owners = [place.collection for place in collections] + alone
            problems.append(Problem(f"{text}: {listed(owners)}", remedy, _showing(collections, things)))
    if found.left_out:
        text = f"Neither shown nor rendered: {listed([place.collection for place in found.left_out])}"
        problems.append(Problem(text, "Show and render", lambda context: _put_in(found.left_out)))
    return problems


def differences(layer: bpy.types.ViewLayer) -> Differences:
    """Returns where view and render differ; what is in a collection that differs is not looked at by itself."""
    found, copied, seen = Differences(), _copied(), set()

    def walk(place: bpy.types.LayerCollection) -> None:
        for thing in place.collection.objects:
            if thing.session_uid not in seen and draws(thing):
                seen.add(thing.session_uid)
                shown = not (thing.hide_viewport or thing.hide_get(view_layer=layer))
                if thing.hide_render and shown and thing.display_type not in HELPERS:
                    found.objects["unrendered"].append(thing)
                elif not thing.hide_render and not shown:
                    found.objects["unseen"].append(thing)
        for child in place.children:
            collection = child.collection
            shown = not (child.exclude or child.hide_viewport or collection.hide_viewport)
            rendered = not (child.exclude or collection.hide_render)
            if shown and rendered:
                walk(child)
            elif any(map(draws, collection.all_objects)):
                if shown or rendered:
                    (found.unrendered if shown else found.unseen).append(child)
                elif collection.session_uid not in copied:
                    found.left_out.append(child)

    walk(layer.layer_collection)
    return found


def rendered(scene: bpy.types.Scene) -> Iterator[bpy.types.Object]:
    """Yields the objects that renders show by themselves, if they can be seen at all."""
    seen = set()

    def walk(place: bpy.types.LayerCollection) -> Iterator[bpy.types.Object]:
        for thing in place.collection.objects:
            if thing.session_uid not in seen and not thing.hide_render:
                seen.add(thing.session_uid)
                yield thing
        for child in place.children:
            if not (child.exclude or child.collection.hide_render):
                yield from walk(child)

    return walk(scene.view_layers[0].layer_collection)


def draws(thing: bpy.types.Object) -> bool:
    """Returns whether renders show anything of an object or by its light."""
    return thing.type in SOLID or thing.type == "LIGHT" or thing.instance_collection is not None


def _copied() -> set[int]:
    """Returns the collections that objects, node groups or particles take copies of, by `session_uid`."""
    users = bpy.data.user_map(
        key_types={"COLLECTION"}, subset=bpy.data.collections[:], value_types={"OBJECT", "NODETREE", "PARTICLE"}
    )
    return {item.session_uid for item, by in users.items() if by}


def _showing(collections: list[bpy.types.LayerCollection], things: list[bpy.types.Object]) -> Remedy:
    """Returns a remedy that shows collections, and selects things after that."""
    select = selecting(things)

    def fix(context: bpy.types.Context) -> None:
        for place in collections:
            place.hide_viewport = place.collection.hide_viewport = False
        select(context)

    return fix


def _put_in(places: list[bpy.types.LayerCollection]) -> None:
    for place in places:
        place.exclude = place.hide_viewport = False
        place.collection.hide_viewport = place.collection.hide_render = False
