"""Bakes the library of materials: every kind as a node group with its knobs as sliders, and materials that use it.

A scene's materials read their knobs from the faces of its meshes. What people drop on objects of their own has no
such faces: there every knob is an input of the group instead, and what differs from object to object is Blender's own
random number.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import bpy

# isort: split
# These exist only once bpy is imported.
from blend_assets.knobs import COLUMN, arrange, free
from blend_assets.previews import add_material_preview, material_stage
from blend_assets.scripts.looks import Shown
from buildee.blender.glass import MARK
from buildee.blender.materials import SEEN_THROUGH, surface
from buildee.blender.materials.nodes import Graph
from buildee.layout.exposure import LUX
from buildee.layout.material import KINDS, Material

LIBRARY = "materials"
"""Name of the file, without its ending, and of the catalogue."""


def bake_materials(shown: Iterable[Shown], path: Path, catalogue: dict[str, str], previews: bool = True) -> None:
    """Writes the library.

    Args:
        shown: the materials.
        path: the .blend.
        catalogue: the Asset Browser's id of every family's catalogue.
        previews: whether each gets a picture, which takes a second or two.
    """
    bpy.ops.wm.read_factory_settings(use_empty=True)
    made = {item: shown_material(item, catalogue[item.family]) for item in shown}
    if previews:
        with material_stage() as stage:
            for material in made.values():
                add_material_preview(stage, material)
    bpy.ops.outliner.orphans_purge(do_recursive=True)
    bpy.context.preferences.filepaths.save_version = 0
    bpy.ops.wm.save_as_mainfile(filepath=str(path), compress=True, check_existing=False)


def shown_material(shown: Shown, catalogue: str) -> bpy.types.Material:
    """Returns a material of one group node, marked as an asset."""
    spec = shown.material
    material = bpy.data.materials.new(shown.name)
    material.use_nodes = True
    tree = material.node_tree
    tree.nodes.clear()
    node = tree.nodes.new("ShaderNodeGroup")
    node.node_tree = kind_group(spec.kind)
    for name, value in knobs(spec).items():
        if name in node.inputs:
            node.inputs[name].default_value = value
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    output.location = (COLUMN, 0.0)
    tree.links.new(node.outputs[0], output.inputs["Surface"])
    if spec.kind in SEEN_THROUGH:
        material[MARK] = True
    material.diffuse_color = (*spec.color, 1.0)
    material.asset_mark()
    data = material.asset_data
    data.catalog_id, data.description = catalogue, f"{spec.kind.replace('_', ' ').capitalize()}: {shown.description}."
    data.author, data.license = "buildee", "CC0-1.0"
    for tag in shown.tags:
        data.tags.new(tag, skip_if_exists=True)
    return material


def knobs(spec: Material) -> dict[str, float | tuple[float, ...]]:
    """Returns what the inputs of a kind's group hold for a spec, by name."""
    numbers = {"Wear": spec.wear, "Dirt": spec.dirt, "Wetness": spec.wetness, "Scale": spec.scale}
    return {"Color": (*spec.color, 1.0), **numbers, "Glow": spec.glow / LUX}


def kind_group(kind: str) -> bpy.types.NodeTree:
    """Returns the node group of a kind, one for all who ask; its inputs are the knobs that the kind heeds."""
    name = f"buildee {kind.replace('_', ' ')}"
    found = bpy.data.node_groups.get(name)
    if found is not None:
        return found
    tree = bpy.data.node_groups.new(name, "ShaderNodeTree")
    tree.interface.new_socket("Shader", in_out="OUTPUT", socket_type="NodeSocketShader")
    graph = Graph(tree)
    graph.write("NodeGroupOutput", {"Shader": surface(graph, Material(kind, dirt=1.0, wetness=1.0))})
    free(tree)
    arrange(tree)
    tree.description = KINDS[kind]
    return tree
