"""Procedural materials: one node tree for every kind that planning knows; colour and wear come from the faces."""

from __future__ import annotations

from collections.abc import Callable

import bpy

from buildee.blender.glass import MARK
from buildee.blender.materials import ceramics, clear, earth, food, ground, joinery, metal, mineral, soft, timber
from buildee.blender.materials.air import veiled
from buildee.blender.materials.finish import Finish, Place, fresh_graph, shade, weathered
from buildee.blender.materials.look import Look
from buildee.blender.materials.nodes import Graph, Value
from buildee.layout.material import Material

Builder = Callable[[Place, Look], Finish | Value]

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
    "sheeting": soft.sheeting,
    "netting": soft.netting,
    "skin": soft.skin,
    "reflective": soft.reflective,
    "emissive": soft.emissive,
    "soil": earth.soil,
    "gravel": ground.gravel,
    "sand": ground.sand,
    "asphalt": ground.asphalt,
    "paving": ground.paving,
    "land": ground.land,
    "water": earth.water,
    "grass": ground.grass,
    "veneer": joinery.veneer,
    "parquet": joinery.parquet,
    "lacquer": joinery.lacquer,
    "glazed": ceramics.glazed,
    "stone": ceramics.stone,
    "plaster": ceramics.plaster,
    "brushed_metal": metal.brushed_metal,
    "cast_iron": metal.cast_iron,
    "glassware": clear.glassware,
    "liquid": clear.liquid,
    "produce": food.produce,
    "bread": food.bread,
    "leaf": clear.leaf,
    "paper": joinery.paper,
    "wicker": joinery.wicker,
    "wax": clear.wax,
    "own": mineral.paint,  # only where a mesh brought no material of its own: building takes that first
}
"""What writes the tree of each kind: a finish that takes weather, or a whole shader."""

SEEN_THROUGH = frozenset({"glass", "glassware"})
"""Kinds that are the first surface for ground truth, or no surface at all where it shall see through glass."""


def material(spec: Material) -> bpy.types.Material:
    """Returns the material for a spec, one datablock for all specs that differ in their knobs alone.

    The knobs travel with the faces: give meshes `buildee.blender.materials.look.write_looks` too.

    Args:
        spec: what the surface is; its kind is a key of `buildee.layout.material.KINDS`.
    """
    name = material_name(spec)
    found = bpy.data.materials.get(name)
    if found is not None:
        return found
    made, graph = fresh_graph(name)
    graph.write("ShaderNodeOutputMaterial", {"Surface": surface(graph, spec)})
    if spec.kind in SEEN_THROUGH:  # their shares of light hang on dirt and on paths, which nodes alone do not tell
        made[MARK] = True
    # What glows is no lamp: the layout has those.
    made.cycles.emission_sampling = "NONE"
    made.diffuse_color = (*spec.color, 1.0)
    return made


def surface(graph: Graph, spec: Material) -> Value:
    """Notes the nodes of a spec for a tree, whose knobs are attributes of the faces, and returns their shader."""
    look = Look.of(graph)
    place = Place.of(graph, look.scale)
    result = BUILDERS[spec.kind](place, look)
    if isinstance(result, Finish):
        result = shade(graph, weathered(graph, result, spec.dirt > 0, spec.wetness > 0))
    return veiled(graph, result)


def material_name(spec: Material) -> str:
    """Returns the name of a spec's datablock: its kind, and whether dirt and water need their nodes."""
    return ".".join(["buildee", spec.kind, *["dirty"] * (spec.dirt > 0), *["wet"] * (spec.wetness > 0)])
