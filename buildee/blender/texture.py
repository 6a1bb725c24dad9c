"""Textures of the user's: a material of true size in a library of its own, and the coordinates that it needs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.context import fresh_scene
from buildee.blender.materials.air import veiled
from buildee.blender.materials.finish import VARIATION
from buildee.blender.materials.nodes import Graph
from buildee.blender.panorama import irradiance
from buildee.drop_folder import Dropped
from buildee.errors import AssetError
from buildee.picture_files import pixels
from buildee.recipe.sidecar import PictureSidecar, load_sidecar

METRES = "buildee_metres"
"""Map of a mesh's faces whose coordinates are metres on the surface."""

WIDTH = 1.0
"""Of a texture of which nothing is known, metres."""

RELIEF = 0.004
"""From the lowest to the highest point of a height map, metres: that of rough bricks; floors have less."""

ROUGHNESS = 0.5
"""Of a texture that does not say."""

LARGE = 8192
"""Pixels along a side from which a warning is due."""

SAMPLED = 64
"""Pixels along each side from which a picture's mean colour is taken."""


def bake_texture(dropped: Dropped, cache: Path) -> dict[str, Any]:
    """Makes the library of a texture and returns its fields of the catalog."""
    sidecar = _sidecar(dropped)
    warnings = [] if sidecar.size else [f"size inferred: taken to be {WIDTH:g} m wide; a sidecar fixes it"]
    fresh_scene()
    images = {kind: _loaded(path) for kind, path in dropped.maps.items()}
    for kind, image in images.items():
        if kind != "color":
            image.colorspace_settings.name = "Non-Color"
        image.pack()
    across, up = pixels(Path(dropped.maps["color"]))
    width = sidecar.size or WIDTH
    size = (width, width * up / across)
    name = f"texture_{dropped.content[:12]}"  # equal names must mean equal pictures, also in the layout's hash
    made = bpy.data.materials.new(f"{dropped.id}/{name}")
    if made.name != f"{dropped.id}/{name}":
        raise AssetError("its name is longer than Blender allows; rename it")
    if made.node_tree is None:
        made.use_nodes = True
    made.node_tree.nodes.clear()
    _write_tree(Graph(made.node_tree), images, size)
    library = library_of(dropped, cache)
    write_library({made}, library)
    slot = {"kind": "own", "color": _mean(images["color"]), "wear": 0.0, "dirt": 0.0}
    return _picture_fields(dropped, sidecar, library.name, name, slot, (*size, 0.0), warnings)


def panorama_fields(dropped: Dropped) -> dict[str, Any]:
    """Returns the fields of the catalog of a panorama, whose library is its own file."""
    fresh_scene()
    if irradiance(_loaded(dropped.file)) <= 0:
        raise AssetError("sheds no light from above")
    slot = {"kind": "own", "color": [1.0, 1.0, 1.0], "wear": 0.0, "dirt": 0.0}
    name = f"panorama_{dropped.content[:12]}"
    return _picture_fields(dropped, _sidecar(dropped), dropped.file, name, slot, (0.0, 0.0, 0.0), [])


def _picture_fields(
    dropped: Dropped,
    sidecar: PictureSidecar,
    library: str,
    name: str,
    slot: dict[str, Any],
    size: tuple[float, float, float],
    warnings: list[str],
) -> dict[str, Any]:
    side = max(max(pixels(Path(path))) for path in dropped.maps.values())
    if side > LARGE:
        warnings = [*warnings, f"{side} pixels long: scenes with it take much memory"]
    return {
        "title": sidecar.title or Path(dropped.file).stem,
        "category": dropped.category,
        "library": library,
        "licence": sidecar.licence,
        "source": sidecar.source or Path(dropped.file).name,
        "tags": list(sidecar.tags),
        "size": [round(value, 6) for value in size],
        "slots": {name: slot},
        "parts": [],
        "warnings": warnings,
    }


def _sidecar(dropped: Dropped) -> PictureSidecar:
    return load_sidecar(Path(dropped.sidecar) if dropped.sidecar else None, PictureSidecar)


def _loaded(path: str) -> bpy.types.Image:
    image = bpy.data.images.load(path)
    if not image.size[0] or not image.has_data:
        raise AssetError(f"{path}: is no picture that Blender can read")
    return image


def _mean(image: bpy.types.Image) -> list[float]:
    """Returns the mean colour of a picture, linear RGB."""
    coded = not image.is_float
    image = image.copy()
    image.scale(SAMPLED, SAMPLED)
    values = np.empty(SAMPLED * SAMPLED * image.channels, np.float32)
    image.pixels.foreach_get(values)
    values = values.reshape(-1, image.channels)[:, : min(image.channels, 3)].astype(np.float64)
    if coded:  # sRGB, IEC 61966-2-1
        values = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    color = np.broadcast_to(values.mean(0), 3)
    return [round(float(channel), 4) for channel in np.clip(color, 0.0, 1.0)]


def _write_tree(graph: Graph, images: dict[str, bpy.types.Image], size: tuple[float, float]) -> None:
    """Writes the nodes of a texture that is `size` metres wide and high."""
    metres = graph.node("ShaderNodeUVMap", (), uv_map=METRES)
    shift = graph.attribute(VARIATION) * (37.13, 59.31, 0.0)  # things that are alike show other parts of the picture
    at = metres / (*size, 1.0) + shift
    shown = {
        kind: graph.node("ShaderNodeTexImage", {"Vector": at}, "Color", image=image) for kind, image in images.items()
    }
    inputs = {
        "Base Color": shown["color"],
        "Roughness": shown.get("roughness", ROUGHNESS),
        "Metallic": shown.get("metallic", 0.0),
    }
    if "normal" in shown:
        inputs["Normal"] = graph.node("ShaderNodeNormalMap", {"Color": shown["normal"]}, uv_map=METRES)
    elif "height" in shown:
        inputs["Normal"] = graph.node("ShaderNodeBump", {"Height": shown["height"], "Distance": RELIEF})
    shader = graph.node("ShaderNodeBsdfPrincipled", inputs)
    graph.write("ShaderNodeOutputMaterial", {"Surface": veiled(graph, shader)})


def write_metres(mesh: bpy.types.Mesh) -> None:
    """Gives a mesh the map `METRES`."""
    points, normals = np.empty((len(mesh.vertices), 3), np.float32), np.empty((len(mesh.polygons), 3), np.float32)
    corners, sizes = np.empty(len(mesh.loops), np.int32), np.empty(len(mesh.polygons), np.int32)
    smooth = np.empty(len(mesh.polygons), bool)
    mesh.vertices.foreach_get("co", points.ravel())
    mesh.polygons.foreach_get("normal", normals.ravel())
    mesh.loops.foreach_get("vertex_index", corners)
    mesh.polygons.foreach_get("loop_total", sizes)
    mesh.polygons.foreach_get("use_smooth", smooth)
    layer = mesh.uv_layers.get(METRES) or mesh.uv_layers.new(name=METRES, do_init=False)
    found = surface_metres(points[corners], np.repeat(normals, sizes, 0), np.repeat(smooth, sizes))
    layer.uv.foreach_set("vector", found.astype(np.float32).ravel())


def surface_metres(
    points: NDArray[np.floating], normals: NDArray[np.floating], smooth: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Returns (L, 2) where face corners lie on their surface, metres: right and up for who looks at it.

    On flat faces lengths are true. On smooth ones, which are curved, the picture is thrown from the side that they
    face most, so that it runs on from face to face.

    Args:
        points: (L, 3) of the corners.
        normals: (L, 3) of their faces.
        smooth: (L,) whether those are smooth.
    """
    axis = np.abs(normals).argmax(1)
    facing = np.where(np.take_along_axis(normals, axis[:, None], 1)[:, 0] < 0, -1.0, 1.0)
    right, up = _RIGHT[axis] * facing[:, None], _UP[axis]
    flat = ~smooth[:, None]
    right = np.where(flat, right - (right * normals).sum(1, keepdims=True) * normals, right)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    up = np.where(flat, np.cross(normals, right), up)
    return np.stack([(points * right).sum(1), (points * up).sum(1)], 1)


_RIGHT = np.array([(0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (1.0, 0.0, 0.0)])
"""Right on a surface that faces +X, +Y or +Z."""

_UP = np.array([(0.0, 0.0, 1.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0)])
"""Up on the same."""


def library_of(dropped: Dropped, cache: Path) -> Path:
    """Returns where the library of an asset is kept."""
    return cache / f"{dropped.id}-{dropped.digest[:12]}.blend"


def write_library(blocks: set[bpy.types.ID], library: Path) -> None:
    """Writes datablocks with all that they need into a library, whole or not at all."""
    partial = library.with_suffix(f".{os.getpid()}.tmp")
    bpy.data.libraries.write(str(partial), blocks, compress=True)
    partial.replace(library)
