"""Materials that came with somebody's asset, made such that truth and pictures agree on what they cover."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import bpy

from buildee.errors import AssetError
from buildee.picture_files import READ, packed_pixels, pixels, too_large

HOLES = frozenset({"BSDF_TRANSPARENT", "HOLDOUT", "SCRIPT", "VOLUME_ABSORPTION", "VOLUME_SCATTER", "PRINCIPLED_VOLUME"})
"""Nodes through which rays pass unbent, or that do who knows what: ground truth knows triangles alone."""


def solid(material: bpy.types.Material, home: Path) -> tuple[list[float], list[str]]:
    """Makes a material opaque, undisplaced and still, and packs its pictures.

    Glass that refracts stays: rays end on it.

    Args:
        material: is changed.
        home: folder out of which no picture is taken.

    Returns:
        Its base colour, linear RGB; and what had to be changed.
    """
    material.animation_data_clear()
    tree = material.node_tree
    if tree is None or not material.use_nodes:
        return _color(material), []
    told = _uncovered(tree)
    if any(node.type in HOLES for node in _nodes(tree)):
        color = _color(material)
        tree.nodes.clear()
        shader = tree.nodes.new("ShaderNodeBsdfPrincipled")
        shader.inputs["Base Color"].default_value = (*color, 1.0)
        output = tree.nodes.new("ShaderNodeOutputMaterial")
        tree.links.new(shader.outputs["BSDF"], output.inputs["Surface"])
        return color, [*told, "lets rays through or runs a script, became plain"]
    for image in {node.image for node in _nodes(tree) if node.type in ("TEX_IMAGE", "TEX_ENVIRONMENT") and node.image}:
        if image.source != "GENERATED":
            told += _packed(image, home)
    return _color(material), told


def _packed(image: bpy.types.Image, home: Path) -> list[str]:
    """Takes a picture's file into the .blend, or the picture away; returns what is to be told."""
    reason = _refused(image) if image.packed_file is not None else _unpackable(image, home)
    if reason is None:
        return []
    told = f"its picture {image.filepath or image.name} {reason}"
    bpy.data.images.remove(image)
    return [told]


def _refused(image: bpy.types.Image) -> str | None:
    """Returns why a picture that came inside the model's file is not taken, or None; its head alone is looked at."""
    try:
        size = packed_pixels(image.packed_file.data)
    except (ValueError, struct.error):
        return "is damaged"
    return None if size is None else too_large(*size)


def _unpackable(image: bpy.types.Image, home: Path) -> str | None:
    """Packs a picture that lies beside the model; returns why it is not taken, or None."""
    path = Path(bpy.path.abspath(image.filepath, library=image.library)).resolve()
    if not path.is_relative_to(home):
        return "lies outside the folder"
    try:
        if path.is_file() and path.suffix.lower() in READ:
            pixels(path)
        image.pack()
    except AssetError as error:
        return str(error).removeprefix(f"{path}: ")
    except RuntimeError:
        return "is missing"
    return None


def _uncovered(tree: bpy.types.NodeTree) -> list[str]:
    """Takes displacement, volumes and cut-outs off a tree; returns what was there."""
    told = []
    for node in _nodes(tree):
        owner = node.id_data
        owner.animation_data_clear()
        if node.type == "OUTPUT_MATERIAL":
            for name in ("Displacement", "Volume"):
                for link in list(node.inputs[name].links):
                    owner.links.remove(link)
                    told.append(f"its {name.lower()} was taken off")
        elif node.type == "BSDF_PRINCIPLED":
            alpha = node.inputs["Alpha"]
            if alpha.is_linked or alpha.default_value < 1.0:
                told.append("its transparency was taken off")
            for link in list(alpha.links):
                owner.links.remove(link)
            alpha.default_value = 1.0
    return sorted(set(told))


def _nodes(tree: bpy.types.NodeTree) -> Iterator[bpy.types.Node]:
    """Yields the nodes of a tree and of the groups in it."""
    for node in list(tree.nodes):
        yield node
        if node.type == "GROUP" and node.node_tree is not None:
            yield from _nodes(node.node_tree)


def _color(material: bpy.types.Material) -> list[float]:
    """Returns a base colour, linear RGB: that of the shader where it has one."""
    nodes = _nodes(material.node_tree) if material.node_tree else ()
    shader = next((node for node in nodes if node.type in ("BSDF_PRINCIPLED", "BSDF_DIFFUSE")), None)
    value = shader.inputs[0].default_value if shader is not None else material.diffuse_color
    return [round(float(channel), 4) for channel in list(value)[:3]]
