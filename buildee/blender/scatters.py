"""Many copies of one object, instanced by a geometry-node group straight from numpy poses."""

from __future__ import annotations

from collections.abc import Mapping

import bpy
import numpy as np
from numpy.typing import NDArray

POSE = "buildee_pose"
"""Point attribute with the (4, 4) pose of a copy."""


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
    thing.modifiers.new("scatter", "NODES").node_group = _node_group(prototype)
    return thing


def prototype_of(thing: bpy.types.Object) -> bpy.types.Object | None:
    """Returns what a scatter made by `create` copies; None for any other object."""
    if thing.type != "MESH" or POSE not in thing.data.attributes:
        return None
    nodes = thing.modifiers["scatter"].node_group.nodes
    return next(node for node in nodes if node.bl_idname == "GeometryNodeObjectInfo").inputs["Object"].default_value


def _node_group(prototype: bpy.types.Object) -> bpy.types.NodeTree:
    """Returns a node group that puts instances of `prototype` on points by their pose attribute."""
    group = bpy.data.node_groups.new(f"scatter {prototype.name}", "GeometryNodeTree")
    for direction in ("INPUT", "OUTPUT"):
        group.interface.new_socket("Geometry", in_out=direction, socket_type="NodeSocketGeometry")
    kinds = {
        "input": "NodeGroupInput",
        "object": "GeometryNodeObjectInfo",
        "pose": "GeometryNodeInputNamedAttribute",
        "instances": "GeometryNodeInstanceOnPoints",
        "placed": "GeometryNodeSetInstanceTransform",
        "output": "NodeGroupOutput",
    }
    node = {key: group.nodes.new(kind) for key, kind in kinds.items()}
    node["object"].inputs["Object"].default_value = prototype
    node["object"].inputs["As Instance"].default_value = True
    node["pose"].data_type = "FLOAT4X4"
    node["pose"].inputs["Name"].default_value = POSE
    pose = next(socket for socket in node["pose"].outputs if socket.enabled)
    for source, target in (
        (node["input"].outputs["Geometry"], node["instances"].inputs["Points"]),
        (node["object"].outputs["Geometry"], node["instances"].inputs["Instance"]),
        (node["instances"].outputs["Instances"], node["placed"].inputs["Instances"]),
        (pose, node["placed"].inputs["Transform"]),
        (node["placed"].outputs["Instances"], node["output"].inputs["Geometry"]),
    ):
        group.links.new(source, target)
    return group
