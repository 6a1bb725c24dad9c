"""Pictures of skies: panoramas that light a scene in place of a computed sky."""

from __future__ import annotations

import difflib
import math
from pathlib import Path

import bpy
import numpy as np

from buildee.blender.materials.nodes import Graph, Value
from buildee.errors import AssetError
from buildee.layout.scene import Sky

MAP_RESOLUTION = 1024
"""Pixels across the map by which Cycles samples the world: the sun of a panorama is a few pixels wide."""


def background(graph: Graph, sky: Sky) -> Value:
    """Returns the world's shader: a panorama, as bright as `Sky.image` says.

    Raises:
        AssetError: if the picture is not there, cannot be read, or is dark.
    """
    path = find(sky.image) if sky.picture is None else sky.picture.library
    picture = bpy.data.images.load(str(path), check_existing=True)
    if not picture.has_data and not picture.size[0]:
        raise AssetError(f"{path}: is no picture that Blender can read")
    shed = irradiance(picture)
    if shed <= 0:
        raise AssetError(f"{path}: sheds no light from above")
    direction = graph.given("ShaderNodeTexCoord", "Generated")
    turned = graph.node(
        "ShaderNodeVectorRotate", {"Vector": direction, "Angle": -sky.image_turn}, rotation_type="Z_AXIS"
    )
    texture = graph.node("ShaderNodeTexEnvironment", {"Vector": turned}, "Color", image=picture)
    strength = math.pi * sky.strength / shed
    return graph.node("ShaderNodeBackground", {"Color": texture, "Strength": strength})


def find(name: str) -> Path:
    """Returns the file of a panorama: a path, or the name of one that comes with Blender, such as "forest".

    Raises:
        AssetError: if there is none; says which names there are.
    """
    path = Path(name).expanduser()
    if path.is_file():
        return path.resolve()
    folder = Path(bpy.utils.system_resource("DATAFILES", path="studiolights/world"))
    shipped = {item.stem: item for item in sorted(folder.glob("*.exr"))}
    if path.name == name and path.stem in shipped:
        return shipped[path.stem]
    close = difflib.get_close_matches(name, shipped, 1)
    hint = f"did you mean {close[0]!r}?" if close else f"Blender itself has {', '.join(shipped) or 'none here'}"
    raise AssetError(f"{name}: no such panorama; {hint}")


def irradiance(picture: bpy.types.Image) -> float:
    """Returns the luminance that the upper half of an equirectangular picture sheds on level ground."""
    width, height = picture.size
    pixels = np.empty(width * height * picture.channels, np.float32)
    picture.pixels.foreach_get(pixels)
    luminance = pixels.reshape(height, width, -1)[..., :3] @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    elevation = (np.arange(height) + 0.5) / height * np.pi - np.pi / 2
    weight = np.maximum(np.sin(elevation), 0.0) * np.cos(elevation) * (np.pi / height) * (2 * np.pi / width)
    return float(luminance.sum(1) @ weight)
