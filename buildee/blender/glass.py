"""Glass: which materials are seen through, the triangles that do not count then, and renders that agree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import bpy
import numpy as np

from buildee.blender.context import changed
from buildee.truth.surface import TriangleMesh

MARK = "buildee_see_through"
"""Custom property of a material that decides, whatever its nodes say."""

_CLEAR = {"ShaderNodeBsdfTransparent", "ShaderNodeBsdfGlass", "ShaderNodeBsdfRefraction"}
_FACING = {"ShaderNodeFresnel", "ShaderNodeLayerWeight"}
_OUTPUT = "ShaderNodeOutputMaterial"

_Groups = tuple[bpy.types.Node, ...]
"""The group nodes around a socket, outermost first."""


def is_see_through(material: bpy.types.Material) -> bool:
    """Returns whether a material is seen through where truth shall see through glass.

    The custom property `MARK` decides if there is one, otherwise the share of the light that the shader lets
    through: more than half is see-through. Transparent, Glass and Refraction BSDF let all through, however rough or
    tinted; a Principled BSDF what Alpha, Transmission Weight and Metallic say, and a linked one of those counts as
    opaque; all other shaders nothing, so that mirrors are surfaces. A Mix Shader mixes its inputs' shares. With a
    linked factor the lower one counts; but if that is a Fresnel or Layer Weight node, which make a reflection over
    the first input, the first. An Add Shader counts as its lower input.

    Args:
        material: the original, not evaluated. One without nodes is opaque.
    """
    if not material.use_nodes or material.node_tree is None:
        return False
    if material.get(MARK) is not None:
        return bool(material[MARK])
    output = material.node_tree.get_output_node("CYCLES")
    return output is not None and _share(output.inputs["Surface"], ()) > 0.5


def without(mesh: TriangleMesh, clear: Sequence[bool]) -> TriangleMesh:
    """Returns a mesh without the triangles of see-through slots; the others keep their order, all vertices stay.

    Args:
        mesh: as evaluated.
        clear: (K,) whether each slot is see-through, at least one; faces whose slot does not exist have the last.
    """
    keep = ~np.asarray(clear, bool)[mesh.materials.clip(0, len(clear) - 1)]
    return replace(
        mesh,
        triangles=mesh.triangles[keep],
        materials=mesh.materials[keep],
        normals=None if mesh.normals is None else mesh.normals[keep],
        uv=None if mesh.uv is None else mesh.uv[keep],
    )


@contextmanager
def cleared(scene: bpy.types.Scene, names: Collection[str]) -> Iterator[None]:
    """A context in which Cycles sees straight through materials, and its passes hold what lies behind them.

    Pictures rendered in it show no glass. No material's own nodes or links are touched: each gets an output of its own
    that goes ahead of the others, and loses it afterwards.

    Args:
        scene: the scene that is rendered.
        names: `name_full` of the materials; none changes nothing.
    """
    with ExitStack() as stack:
        if names:
            layer = scene.view_layers[0]
            # At a threshold of zero the passes hold even what is not there at all.
            threshold = max(layer.pass_alpha_threshold, 1e-3)
            stack.enter_context(
                changed(
                    [
                        (layer, "pass_alpha_threshold", threshold),
                        (scene.cycles, "transparent_max_bounces", 1024),  # so many panes behind each other are clear
                    ]
                )
            )
        for material in bpy.data.materials:
            if material.name_full in names:
                stack.enter_context(_transparent(material))
        yield


@contextmanager
def _transparent(material: bpy.types.Material) -> Iterator[None]:
    """Makes a material perfectly transparent; its tree is what it was afterwards."""
    tree = material.node_tree
    active = tree.nodes.active
    flags = [(node, node.is_active_output) for node in tree.nodes if node.bl_idname == _OUTPUT]
    clear, output = tree.nodes.new("ShaderNodeBsdfTransparent"), tree.nodes.new(_OUTPUT)
    try:
        clear.inputs["Color"].default_value = (1.0, 1.0, 1.0, 1.0)
        tree.links.new(clear.outputs[0], output.inputs["Surface"])
        output.target = "CYCLES"
        output.is_active_output = True
        yield
    finally:
        tree.nodes.remove(output)
        tree.nodes.remove(clear)
        # In this order: outputs become the one that counts when they are made active, or another ceases to count.
        tree.nodes.active = active
        for node, flag in sorted(flags, key=lambda item: item[1]):
            node.is_active_output = flag


def _share(socket: bpy.types.NodeSocket, groups: _Groups) -> float:
    """Returns the share of the light, 0 to 1, that what feeds a shader input lets through."""
    source, groups = _end(socket, groups)
    if not source.is_output:
        return 0.0
    node = source.node
    if node.bl_idname in _CLEAR:
        return 1.0
    if node.bl_idname == "ShaderNodeBsdfPrincipled":
        opaque = {"Alpha": 1.0, "Transmission Weight": 0.0, "Metallic": 1.0}
        alpha, transmission, metallic = (_number(node.inputs[name], groups, value) for name, value in opaque.items())
        return 1.0 - alpha * (1.0 - transmission * (1.0 - metallic))
    if node.bl_idname == "ShaderNodeAddShader":
        return min(_share(shader, groups) for shader in node.inputs)
    if node.bl_idname == "ShaderNodeMixShader":
        first, second = (_share(shader, groups) for shader in node.inputs[1:3])
        factor, _ = _end(node.inputs[0], groups)
        if not factor.is_output:
            weight = min(max(factor.default_value, 0.0), 1.0)
            return first + weight * (second - first)
        return first if factor.node.bl_idname in _FACING else min(first, second)
    return 0.0


def _number(socket: bpy.types.NodeSocket, groups: _Groups, linked: float) -> float:
    """Returns the number that an input holds, within 0 to 1, or `linked` where a node feeds it."""
    end, _ = _end(socket, groups)
    return linked if end.is_output else min(max(end.default_value, 0.0), 1.0)


def _end(socket: bpy.types.NodeSocket, groups: _Groups) -> tuple[bpy.types.NodeSocket, _Groups]:
    """Follows an input back through reroutes, muted nodes and groups.

    Returns:
        The output of the node that feeds it, or the unlinked input that holds its value; and the groups around that.
    """
    link = next((link for link in socket.links if link.is_valid and not link.is_muted), None)
    if link is None:
        return socket, groups
    node, source = link.from_node, link.from_socket
    if node.mute:
        inside = next((inner.from_socket for inner in node.internal_links if inner.to_socket == source), None)
        return (socket, groups) if inside is None else _end(inside, groups)
    if node.bl_idname == "NodeReroute":
        return _end(node.inputs[0], groups)
    if node.bl_idname == "ShaderNodeGroup" and node.node_tree is not None:
        outputs = [item for item in node.node_tree.nodes if item.bl_idname == "NodeGroupOutput"]
        inside = next((item for item in outputs if item.is_active_output), None)
        return (socket, groups) if inside is None else _end(_like(source, inside.inputs), (*groups, node))
    if node.bl_idname == "NodeGroupInput" and groups:
        return _end(_like(source, groups[-1].inputs), groups[:-1])
    return source, groups


def _like(socket: bpy.types.NodeSocket, sockets: bpy.types.bpy_prop_collection) -> bpy.types.NodeSocket:
    """Returns the socket that is another's on the other side of a group."""
    return next(item for item in sockets if item.identifier == socket.identifier)
