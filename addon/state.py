"""What a scene of the user's file remembers of buildee: the recipe, the label table, and what was generated."""

from __future__ import annotations

from typing import Any

import bpy

from buildee.recipe.labelling import Labelling
from buildee.recipe.schema import section_of

from . import overlays
from .properties import RELATIVE, Forms

PAINTS = [
    ("none", "Materials", "As the materials are"),
    ("instance", "Instances", "A colour for every thing"),
    ("category", "Categories", "The colours of the label table"),
]


def forms() -> tuple[list[type], type]:
    """Returns the classes to register, in order, and the last of them: the group that every scene gets."""
    made = Forms()
    recipe = made.recipe()
    table = made.section(section_of(Labelling), "labelling")
    pointer, text, flag = bpy.props.PointerProperty, bpy.props.StringProperty, bpy.props.BoolProperty
    annotations: dict[str, Any] = {
        "recipe": pointer(type=recipe),
        "labelling": pointer(type=table),
        "folder": text(description="What relative paths of the recipe start from", subtype="DIR_PATH"),
        "output": text(
            name="Output",
            description="Folder of the dataset",
            subtype="DIR_PATH",
            default="//dataset",
            options=RELATIVE,
        ),
        "index": bpy.props.IntProperty(name="Scene", description="Which scene of the recipe, from 0", min=0),
        "seed_locked": flag(name="Lock seed", description="Next and previous leave the seed alone"),
        "collection": pointer(type=bpy.types.Collection, description="What was generated"),
        "made_from": text(description="The recipe that the collection was made from", options={"HIDDEN"}),
        "made_index": bpy.props.IntProperty(options={"HIDDEN"}),
        "layout_hash": text(name="Layout", description="Of the generated scene", options={"HIDDEN"}),
        "show_boxes": flag(name="Boxes", description="Around every thing, along its own axes", update=overlays.asked),
        "show_cameras": flag(name="Cameras", description="Frusta, and the paths they take", update=overlays.asked),
        "show_trails": flag(
            name="Trails", description="Of the points that a dataset of this recipe tracks", update=overlays.asked
        ),
        "paint": bpy.props.EnumProperty(
            name="Colour", description="Of things in solid mode", items=PAINTS, update=overlays.painted
        ),
        "world_before": pointer(type=bpy.types.World),
        "camera_before": pointer(type=bpy.types.Object),
    }
    group = type("BUILDEE_PG_state", (bpy.types.PropertyGroup,), {"__annotations__": annotations})
    return [*made.classes, group], group
