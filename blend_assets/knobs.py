"""Turns the knobs that a node tree reads from the faces of meshes into inputs of a group."""

from __future__ import annotations

from collections.abc import Callable

import bpy

from buildee.blender.materials.finish import VARIATION
from buildee.blender.materials.look import COLOR, STATE
from buildee.blender.materials.trees import find_socket

COLUMN, ROW = 200.0, 190.0
"""Distances of the nodes of a group in the editor, pixels."""

KNOBS = {"Color": 1.0, "Wear": 1.0, "Dirt": 1.0, "Wetness": 1.0, "Scale": 1000.0, "Glow": 1e6}
"""The knobs in the order of the inputs, and the most that each may be."""


def free(tree: bpy.types.NodeTree) -> dict[str, str]:
    """Gives a group an input for every knob that it, or a group in it, reads from faces.

    Groups in it are copied first: scenes share them. What differs from instance to instance becomes Blender's random
    number of the object.

    Returns:
        Identifiers of the inputs, by knob.
    """
    freed = _Freed(tree)
    for node in [node for node in tree.nodes if node.bl_idname == "ShaderNodeGroup"]:
        node.node_tree = node.node_tree.copy()
        for name, identifier in free(node.node_tree).items():
            tree.links.new(freed.knob(name), find_socket(node.inputs, identifier))
    for node in [node for node in tree.nodes if node.bl_idname == "ShaderNodeAttribute"]:
        if node.attribute_name in (COLOR, STATE, VARIATION):
            for output in node.outputs:
                freed.replace(node.attribute_name, output)
            tree.nodes.remove(node)
    for place, name in enumerate(name for name in KNOBS if name in freed.inputs):
        item = next(item for item in tree.interface.items_tree if item.identifier == freed.inputs[name])
        tree.interface.move(item, place)
    return freed.inputs


class _Freed:
    """Where the nodes of one tree find their knobs.

    Attributes:
        inputs: identifiers of the tree's inputs, by knob.
    """

    def __init__(self, tree: bpy.types.NodeTree) -> None:
        self.inputs: dict[str, str] = {}
        self._tree = tree
        entry = next((node for node in tree.nodes if node.bl_idname == "NodeGroupInput"), None)
        self._entry = entry or tree.nodes.new("NodeGroupInput")

    def knob(self, name: str) -> bpy.types.NodeSocket:
        """Returns the knob's value inside the group."""
        if name not in self.inputs:
            kind = "NodeSocketColor" if name == "Color" else "NodeSocketFloat"
            item = self._tree.interface.new_socket(name, in_out="INPUT", socket_type=kind)
            if name != "Color":
                item.min_value, item.max_value = 0.0, KNOBS[name]
                item.subtype = "FACTOR" if KNOBS[name] == 1.0 else "NONE"
                item.default_value = 1.0 if name == "Scale" else 0.0
            self.inputs[name] = item.identifier
        return find_socket(self._entry.outputs, self.inputs[name])

    def replace(self, attribute: str, output: bpy.types.NodeSocket) -> None:
        """Lets what hangs on an output of an attribute node hang on knobs instead."""
        if attribute == STATE and output.name == "Color":  # wear, dirt and wetness, taken apart
            for apart in {link.to_node for link in output.links}:
                for name, single in zip(("Wear", "Dirt", "Wetness"), apart.outputs, strict=True):
                    self._relink(single, lambda name=name: self.knob(name))
                self._tree.nodes.remove(apart)
        elif attribute == VARIATION:
            self._relink(output, lambda: self._tree.nodes.new("ShaderNodeObjectInfo").outputs["Random"])
        else:
            name = "Color" if output.name == "Color" else "Glow" if attribute == COLOR else "Scale"
            self._relink(output, lambda: self.knob(name))

    def _relink(self, output: bpy.types.NodeSocket, source: Callable[[], bpy.types.NodeSocket]) -> None:
        targets = [link.to_socket for link in output.links]
        if targets:
            start = source()
            for target in targets:
                self._tree.links.new(start, target)


def arrange(tree: bpy.types.NodeTree) -> None:
    """Lays the nodes of a tree out in columns, each node left of all that hang on it."""
    depth = {node.name: 0 for node in tree.nodes}
    links = [(link.from_node.name, link.to_node.name) for link in tree.links]
    moved = True
    while moved:
        moved = False
        for source, target in links:
            if depth[source] <= depth[target]:
                depth[source], moved = depth[target] + 1, True
    filled: dict[int, int] = {}
    for node in tree.nodes:
        column = depth[node.name]
        node.location = (-COLUMN * column, -ROW * filled.setdefault(column, 0))
        filled[column] += 1
