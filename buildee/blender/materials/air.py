"""Aerial perspective: the farther a thing, the more of the air's own light and the less of its own reaches the camera.

It is mixed into every material by the distance from the camera, for what the camera sees directly: a volume would
cost many times as much, and depth and ids stay those of the surface. The air is the scene's, not the material's, so
its numbers are custom properties of the scene, which Cycles turns into constants.
"""

from __future__ import annotations

from collections.abc import Mapping

import bpy

from buildee.blender.materials.nodes import Graph, Value
from buildee.layout.exposure import air_glow, air_light, extinction, sun_direction
from buildee.layout.scene import Sky

EXTINCTION = "buildee_extinction"
"""Property of a scene: share of light that a metre of air takes away; a scene without it has no haze."""

AIR = "buildee_air"
"""Property of a scene: radiance of air of endless depth, away from the sun."""

GLOW = "buildee_air_glow"
"""Property of a scene: what is added to that towards the sun."""

SUN = "buildee_sun"
"""Property of a scene: unit vector towards the sun."""


def write_air(sky: Sky, scene: bpy.types.Scene) -> None:
    """Stores the air of a sky in a scene."""
    scene[EXTINCTION] = extinction(sky)
    scene[AIR], scene[GLOW], scene[SUN] = air_light(sky), air_glow(sky), sun_direction(sky)


def radiance(graph: Graph, ahead: Value) -> Value:
    """Returns the radiance of air of endless depth when looking along the unit vector `ahead`."""
    toward = ahead.dot(_property(graph, SUN)).at_least(0.0)
    return _property(graph, AIR) + _property(graph, GLOW) * toward**10.0


def veiled(graph: Graph, surface: Value) -> Value:
    """Returns a surface's shader seen through the air between it and the camera."""
    return graph.shared("buildee.air", {"Shader": surface}, _veiled)["Shader"]


def _veiled(graph: Graph, inputs: Mapping[str, Value]) -> dict[str, Value]:
    distance = graph.given("ShaderNodeCameraData", "View Distance")
    passed = graph.compute("EXPONENT", distance * _property(graph, EXTINCTION, "Fac") * -1.0)
    veil = (1.0 - passed) * graph.given("ShaderNodeLightPath", "Is Camera Ray")
    ahead = graph.given("ShaderNodeNewGeometry", "Incoming") * (-1.0, -1.0, -1.0)
    glow = graph.node("ShaderNodeEmission", {"Color": radiance(graph, ahead)})
    return {"Shader": graph.node("ShaderNodeMixShader", (veil, inputs["Shader"], glow))}


def _property(graph: Graph, name: str, output: str = "Vector") -> Value:
    return graph.attribute(name, output, "VIEW_LAYER")
