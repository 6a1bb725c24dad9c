"""Lets the viewport's evaluation of a scene show what a render shows.

Truth reads the viewport's dependency graph, the only one that Python can iterate without rendering. Files of users
differ between the two: eyes and screens in the outliner, levels of subdivision, modifiers that work in one alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import Enum

import bpy

from buildee.blender.context import changed

Setting = tuple[object, str, object]


@contextmanager
def as_rendered(scene: bpy.types.Scene) -> Iterator[None]:
    """Makes the viewport's settings those of the render; the file's own come back afterwards.

    Args:
        scene: the scene that is read. Objects follow the render at its current frame; call `follow` after every
            change of frame, because visibility may be animated.
    """
    layer = scene.view_layers[0]
    eyes = [thing for thing in layer.objects if thing.hide_get(view_layer=layer)]
    objects = list(bpy.data.objects)
    screens = [(thing, thing.hide_viewport) for thing in objects]
    with ExitStack() as stack:
        stack.enter_context(changed(_settings(scene)))
        stack.callback(_restore, layer, eyes, screens)
        for thing in eyes:
            thing.hide_set(False, view_layer=layer)
        follow()
        yield


def follow() -> None:
    """Hides in the viewport what is hidden in the render at the current frame, and nothing else.

    What is animated stays: Blender evaluates no keys of what is hidden, so it would never come back. Whoever reads the
    scene leaves out objects, and what they instance, whose `hide_render` is set.
    """
    for thing in bpy.data.objects:
        hidden = thing.hide_render and thing.animation_data is None
        if thing.hide_viewport != hidden:
            thing.hide_viewport = hidden


class Sight(Enum):
    """What a camera sees of an object that stands for itself, or of the copies that it places."""

    NONE = 0
    """Nothing: it is seen by other rays alone."""
    HOLE = 1
    """A hole in the picture (a holdout), which hides what is behind it and has no label."""
    FULL = 2


def sight(owner: bpy.types.Object, layer: bpy.types.ViewLayer) -> Sight:
    """Returns what a camera sees of an object; Cycles asks what places instances beside each instance itself."""
    if owner.holdout_get(view_layer=layer):
        return Sight.HOLE
    return Sight.FULL if owner.visible_camera and not owner.indirect_only_get(view_layer=layer) else Sight.NONE


def is_prototype(thing: bpy.types.Object) -> bool:
    """Returns whether renders show only the copies of an object that its parent places on its vertices or faces."""
    return thing.parent is not None and thing.parent.instance_type in {"VERTS", "FACES"}


def _restore(layer: bpy.types.ViewLayer, eyes: list[bpy.types.Object], screens: list) -> None:
    for thing, hidden in screens:
        thing.hide_viewport = hidden
    for thing in eyes:
        thing.hide_set(True, view_layer=layer)


def _settings(scene: bpy.types.Scene) -> list[Setting]:
    """Returns what to set so that the viewport evaluates like the render; only what differs."""
    wanted: list[Setting] = []
    for collection in bpy.data.collections:
        wanted.append((collection, "hide_viewport", collection.hide_render))
    for layer in _layer_collections(scene.view_layers[0].layer_collection):
        wanted.append((layer, "hide_viewport", False))
    for thing in bpy.data.objects:
        wanted.append((thing, "show_instancer_for_viewport", thing.show_instancer_for_render))
        for modifier in thing.modifiers:
            wanted.append((modifier, "show_viewport", modifier.show_render))
            if modifier.type in ("SUBSURF", "MULTIRES"):
                wanted.append((modifier, "levels", modifier.render_levels))
    for particles in bpy.data.particles:
        wanted += [(particles, "display_percentage", 100), (particles, "child_percent", particles.rendered_child_count)]
    for curve in bpy.data.curves:
        wanted += [
            (curve, f"resolution_{axis}", getattr(curve, f"render_resolution_{axis}"))
            for axis in "uv"
            if getattr(curve, f"render_resolution_{axis}")
        ]
    for ball in bpy.data.metaballs:
        wanted.append((ball, "resolution", ball.render_resolution))
    render = scene.render
    wanted += [
        (render, "simplify_subdivision", render.simplify_subdivision_render),
        (render, "simplify_child_particles", render.simplify_child_particles_render),
    ]
    return [(owner, name, value) for owner, name, value in wanted if getattr(owner, name) != value]


def _layer_collections(root: bpy.types.LayerCollection) -> Iterator[bpy.types.LayerCollection]:
    for child in root.children:
        yield child
        yield from _layer_collections(child)
