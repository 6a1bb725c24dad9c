"""Many copies of one object, instanced by a geometry-node group straight from numpy poses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import bpy
import numpy as np
from numpy.typing import NDArray

from buildee.blender.version import get_input, set_input

POSE = "buildee_pose"
"""Point attribute with the (4, 4) pose of a copy."""

GROUP = "buildee scatter"
"""Name of the one node group that all scatters share."""

MODIFIER = "buildee scatter"
"""Name of the modifier that shows the copies."""

_NODES = {
    "input": "NodeGroupInput",
    "object": "GeometryNodeObjectInfo",
    "pose": "GeometryNodeInputNamedAttribute",
    "instances": "GeometryNodeInstanceOnPoints",
    "placed": "GeometryNodeSetInstanceTransform",
    "output": "NodeGroupOutput",
}

_WIDTHS = {"FLOAT4X4": (np.float32, 16), "INT": (np.int32, 1), "FLOAT": (np.float32, 1)}
"""Kinds of attributes that `create` writes, and how numpy holds them."""


def create(
    name: str, prototype: bpy.types.Object, poses: NDArray[np.float64], attributes: Mapping[str, NDArray]
) -> bpy.types.Object:
    """Creates an unlinked object that shows a copy of `prototype` at every pose.

    Args:
        name: name of the object.
        prototype: what is copied; it need not be linked to any collection.
        poses: (N, 4, 4) world poses; scale, shear and mirroring are kept.
        attributes: extra point attributes, each (N,) int32 or float32.
    """
    points = bpy.data.meshes.new(name)
    points.vertices.add(len(poses))
    points.vertices.foreach_set("co", poses[:, :3, 3].astype(np.float32).ravel())
    matrices = points.attributes.new(POSE, "FLOAT4X4", "POINT")
    matrices.data.foreach_set("value", poses.transpose(0, 2, 1).astype(np.float32).ravel())
    for key, values in attributes.items():
        kind = "INT" if values.dtype.kind == "i" else "FLOAT"
        points.attributes.new(key, kind, "POINT").data.foreach_set("value", values)
    thing = bpy.data.objects.new(name, points)
    modifier = thing.modifiers.new(MODIFIER, "NODES")
    modifier.node_group = bpy.data.node_groups.get(GROUP) or _node_group()
    set_input(modifier, _prototype_input(modifier), prototype)
    return thing


def prototype_of(thing: bpy.types.Object) -> bpy.types.Object | None:
    """Returns what a scatter made by `create` copies; None for any other object."""
    modifier = thing.modifiers.get(MODIFIER)
    return get_input(modifier, _prototype_input(modifier)) if modifier is not None else None


@dataclass(frozen=True)
class Source:
    """All that decides the copies of a scatter in a frame: scatters with equal sources have equal copies, in order.

    Attributes:
        copies: how many there are.
        prototype: `session_uid` and name of what is copied.
        pose: bytes of the scatter's own world pose.
        attributes: name and bytes of the points' attributes.
    """

    copies: int
    prototype: tuple[int, str]
    pose: bytes
    attributes: tuple[tuple[str, bytes], ...]


def source(scatter: bpy.types.Object, depsgraph: bpy.types.Depsgraph) -> Source | None:
    """Returns what decides the copies of an evaluated object in the depsgraph's frame.

    Returns:
        None for what `create` has not made, or whose nodes, modifiers or prototype were changed since so that more
        might decide.
    """
    original = scatter.original
    prototype = prototype_of(original)
    if prototype is None or len(original.modifiers) > 1 or original.is_instancer:
        return None
    if prototype.type != "MESH" or prototype.modifiers or prototype.is_instancer:
        return None
    group = original.modifiers[MODIFIER].node_group
    if group.animation_data or sorted(node.bl_idname for node in group.nodes) != sorted(_NODES.values()):
        return None
    points = original.data.evaluated_get(depsgraph)
    values = []
    for attribute in points.attributes:
        if attribute.data_type in _WIDTHS and attribute.domain == "POINT":
            kind, width = _WIDTHS[attribute.data_type]
            array = np.empty(width * len(attribute.data), kind)
            attribute.data.foreach_get("value", array)
            values.append((attribute.name, array.tobytes()))
    pose = np.array(scatter.matrix_world, np.float32).tobytes()
    identity = prototype.session_uid, prototype.name_full
    return Source(len(points.vertices), identity, pose, tuple(values))


def _prototype_input(modifier: bpy.types.NodesModifier) -> str:
    """Returns the identifier under which the modifier keeps the prototype."""
    return modifier.node_group.interface.items_tree["Prototype"].identifier


def _node_group() -> bpy.types.NodeTree:
    """Returns the node group of all scatters: it puts instances of its prototype on points by their pose attribute."""
    group = bpy.data.node_groups.new(GROUP, "GeometryNodeTree")
    for direction in ("INPUT", "OUTPUT"):
        group.interface.new_socket("Geometry", in_out=direction, socket_type="NodeSocketGeometry")
    group.interface.new_socket("Prototype", in_out="INPUT", socket_type="NodeSocketObject")
    node = {key: group.nodes.new(kind) for key, kind in _NODES.items()}
    node["object"].inputs["As Instance"].default_value = True
    node["pose"].data_type = "FLOAT4X4"
    node["pose"].inputs["Name"].default_value = POSE
    pose = next(socket for socket in node["pose"].outputs if socket.enabled)
    for source, target in (
        (node["input"].outputs["Geometry"], node["instances"].inputs["Points"]),
        (node["input"].outputs["Prototype"], node["object"].inputs["Object"]),
        (node["object"].outputs["Geometry"], node["instances"].inputs["Instance"]),
        (node["instances"].outputs["Instances"], node["placed"].inputs["Instances"]),
        (pose, node["placed"].inputs["Transform"]),
        (node["placed"].outputs["Instances"], node["output"].inputs["Geometry"]),
    ):
        group.links.new(source, target)
    return group
