"""The one place that knows how Blender versions differ for rendering."""

from __future__ import annotations

import bpy

INDEX_PASS = "Object Index" if bpy.app.version >= (5, 0, 0) else "IndexOB"
"""What the multilayer EXR calls the Object Index pass."""


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
