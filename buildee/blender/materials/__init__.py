"""Procedural materials: one node tree for every kind that planning knows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import bpy

from buildee.blender.materials import ground, metal, mineral, soft, timber
from buildee.blender.materials.finish import Finish, Place, fresh_graph, shade, weathered
from buildee.blender.materials.nodes import Value
from buildee.layout.material import Material

Builder = Callable[[Place, Material], Finish | Value]

BUILDERS: dict[str, Builder] = {
    "concrete": mineral.concrete,
    "masonry": mineral.masonry,
    "paint": mineral.paint,
    "painted_metal": metal.painted_metal,
    "galvanized": metal.galvanized,
    "rusty_steel": metal.rusty_steel,
    "bare_metal": metal.bare_metal,
    "wood": timber.wood,
    "plywood": timber.plywood,
    "plastic": soft.plastic,
    "rubber": soft.rubber,
    "glass": soft.glass,
    "fabric": soft.fabric,
    "skin": soft.skin,
    "reflective": soft.reflective,
    "emissive": soft.emissive,
    "soil": ground.soil,
    "gravel": ground.gravel,
    "sand": ground.sand,
    "asphalt": ground.asphalt,
    "grass": ground.grass,
}
"""What writes the tree of each kind: a finish that takes weather, or a whole shader."""


def material(spec: Material) -> bpy.types.Material:
    """Returns the material of a spec; equal specs share one datablock within a file.

    Args:
        spec: what the surface is; its kind is a key of `buildee.layout.material.KINDS`.
    """
    name = material_name(spec)
    found = bpy.data.materials.get(name)
    if found is not None:
        return found
    made, graph = fresh_graph(name)
    place = Place.of(graph, spec.scale)
    result = BUILDERS[spec.kind](place, spec)
    shader = shade(graph, weathered(place, result, spec)) if isinstance(result, Finish) else result
    output = graph.tree.nodes.new("ShaderNodeOutputMaterial")
    graph.connect(shader, output.inputs["Surface"])
    made.diffuse_color = (*spec.color, 1.0)
    return made


def material_name(spec: Material) -> str:
    """Returns the name of a spec's datablock: its kind and a digest of its values to six decimals."""
    values = [*spec.color, spec.wear, spec.dirt, spec.wetness, spec.scale]
    text = " ".join(f"{value:.6f}" for value in values)
    return f"buildee.{spec.kind}.{hashlib.sha256(text.encode()).hexdigest()[:12]}"
