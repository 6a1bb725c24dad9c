"""Makes the nodes of a tree all at once: Blender does not go through the tree at every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import bpy

Source = "Output | float | Sequence[float]"
"""What an input socket accepts: another node's output, a number, or a vector or colour."""

_GROUPED = {"ShaderNodeGroup", "NodeGroupInput"}
"""Nodes that have the sockets of a group."""


@dataclass(frozen=True, eq=False)
class Node:
    """A node to be made.

    Attributes:
        kind: bl_idname, such as "ShaderNodeTexNoise".
        inputs: by position, or by identifier (else by name).
        settings: properties of the node.
    """

    kind: str
    inputs: Mapping[int | str, Source] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Output:
    """An output of a node.

    Attributes:
        node: the node.
        output: identifier or name of the output; the first one when empty.
    """

    node: Node
    output: str


def write_tree(tree: bpy.types.NodeTree, nodes: Sequence[Node], end: Node) -> None:
    """Makes nodes in a tree.

    Args:
        tree: the tree; that of a group has its interface already.
        nodes: the nodes.
        end: the last node, which the others lead to; it may have the sockets of a group.
    """
    # These get their sockets only when Blender goes through the tree, so they come first, while it is short.
    made = {node: _new(tree, node) for node in nodes if node.kind in _GROUPED}

    def write() -> None:
        made.update((node, _new(tree, node)) for node in nodes if node not in made)
        for node in nodes:
            _fill(tree, node, made)

    held(write)
    made[end] = _new(tree, end)
    _fill(tree, end, made)


def _new(tree: bpy.types.NodeTree, node: Node) -> bpy.types.Node:
    """Makes a node without its inputs."""
    new = tree.nodes.new(node.kind)
    for name, value in node.settings.items():
        setattr(new, name, value)
    return new


def _fill(tree: bpy.types.NodeTree, node: Node, made: Mapping[Node, bpy.types.Node]) -> None:
    """Links or stores the inputs of a node."""
    sockets = made[node].inputs
    for key, source in node.inputs.items():
        socket = sockets[key] if isinstance(key, int) else find_socket(sockets, key)
        if isinstance(source, Output):
            outputs = made[source.node].outputs
            tree.links.new(find_socket(outputs, source.output) if source.output else outputs[0], socket)
        elif isinstance(source, Sequence):
            socket.default_value = (*source, 1.0)[: len(socket.default_value)]
        elif hasattr(socket.default_value, "__len__"):
            socket.default_value = ((source,) * 3 + (1.0,))[: len(socket.default_value)]
        else:
            socket.default_value = source


def held(write: Callable[[], None]) -> None:
    """Runs `write`; the trees that it changes are brought up to date by the next change of each, once.

    Blender goes through a whole tree for every node, link and value that it gets, which takes time that grows with the
    square of the tree's size: thirty times as long for a hundred nodes as the change itself. Yet what the update of one
    tree changes in others never starts an update within it. So `write` runs in the update of a tree made for it.

    Meanwhile group nodes, and the ends of groups, do not get their sockets; all other nodes have theirs from the start.
    """
    left, failed = [write], []

    def run() -> None:
        while left:
            left.pop()()

    class Holder(bpy.types.NodeTree):
        bl_idname, bl_label, bl_icon = "BuildeeHolder", "Holder", "NONE"

        @classmethod
        def poll(cls, context: bpy.types.Context) -> bool:
            return False  # none of the editors that people choose from

        def update(self) -> None:
            try:
                run()
            except Exception as error:  # Blender would print it and go on
                failed.append(error)

    bpy.utils.register_class(Holder)
    holder = bpy.data.node_groups.new("holder", Holder.bl_idname)
    holder.nodes.new("NodeFrame")
    bpy.data.node_groups.remove(holder)
    bpy.utils.unregister_class(Holder)
    run()  # unless it was: Blender updates nothing where an update is under way already
    for error in failed:
        raise error


@cache
def scalar_outputs(kind: str) -> dict[str, bool]:
    """Returns of each output of a kind of node whether it is a number, by identifier and name; the first also by ""."""
    tree = bpy.data.node_groups.new("outputs", "ShaderNodeTree")
    sockets = tree.nodes.new(kind).outputs
    scalar = [socket.type in ("VALUE", "INT", "BOOLEAN") for socket in sockets]
    named = {socket.name: number for socket, number in zip(sockets, scalar, strict=True)}
    named |= {socket.identifier: number for socket, number in zip(sockets, scalar, strict=True)}
    bpy.data.node_groups.remove(tree)
    return named | {"": scalar[0]}


def find_socket(sockets: Any, key: str) -> bpy.types.NodeSocket:
    """Returns the socket with an identifier, else with a name.

    Raises:
        KeyError: no socket of the node is called so.
    """
    for socket in sockets:
        if socket.identifier == key:
            return socket
    return sockets[key]
