"""The one place that knows how Blender versions differ."""

from __future__ import annotations

from typing import Any

import bpy

INDEX_PASS = "Object Index" if bpy.app.version >= (5, 0, 0) else "IndexOB"
"""What the multilayer EXR calls the Object Index pass."""

VECTOR_POWER = "POWER" in bpy.types.ShaderNodeVectorMath.bl_rna.properties["operation"].enum_items
"""Whether vectors can be raised to a power in one node."""


def image_format(settings: bpy.types.ImageFormatSettings, multilayer: bool) -> list[tuple[object, str, object]]:
    """Returns the assignments that select uncompressed multilayer EXR, or 8-bit RGB PNG.

    5.0 wants the media type before the format, and writes multi-part files unless told to interleave.
    """
    pairs: list[tuple[object, str, object]] = []
    if bpy.app.version >= (5, 0, 0):
        pairs.append((settings, "media_type", "MULTI_LAYER_IMAGE" if multilayer else "IMAGE"))
    if multilayer:
        pairs += [
            (settings, "file_format", "OPEN_EXR_MULTILAYER"),
            (settings, "color_depth", "32"),
            (settings, "exr_codec", "NONE"),
        ]
        if bpy.app.version >= (5, 0, 0):
            pairs.append((settings, "use_exr_interleave", True))
        return pairs
    return [
        *pairs,
        (settings, "file_format", "PNG"),
        (settings, "color_mode", "RGB"),
        (settings, "color_depth", "8"),
        (settings, "compression", 15),
    ]


def curves_of(action: bpy.types.Action) -> list[bpy.types.FCurve]:
    """Returns all curves of an action; 4.4 put them into layers, 5.0 took away the way without."""
    if bpy.app.version < (4, 4, 0):
        return list(action.fcurves)
    bags = [bag for layer in action.layers for strip in layer.strips for bag in strip.channelbags]
    return [curve for bag in bags for curve in bag.fcurves]


def get_input(modifier: bpy.types.NodesModifier, identifier: str) -> Any:
    """Returns what a geometry-node modifier feeds to the input socket of this identifier."""
    if bpy.app.version >= (5, 2, 0):
        return getattr(modifier.properties.inputs, identifier).value
    return modifier[identifier]


def set_input(modifier: bpy.types.NodesModifier, identifier: str, value: Any) -> None:
    """Feeds a value to an input socket of a geometry-node modifier.

    5.2 keeps these values in RNA, earlier versions as ID properties.
    """
    if bpy.app.version >= (5, 2, 0):
        getattr(modifier.properties.inputs, identifier).value = value
    else:
        modifier[identifier] = value
