"""Shader node trees written as expressions.

A `Graph` makes nodes, a `Value` is an output socket that takes part in arithmetic:

    graph = Graph(tree)
    spots = graph.noise(graph.object_position(), scale=40, detail=2)
    color = graph.mix(graph.ramp(spots, 0.5, 0.6), (0.2, 0.2, 0.2), (0.4, 0.4, 0.4))

Nothing here knows what a concrete wall looks like. Sockets are found by identifier, which outlives the
renaming of what users read ("Fac" shows as "Factor" from Blender 5.0 on).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import bpy

from buildee.blender.version import VECTOR_POWER

Number = int | float
Source = "Value | Number | Sequence[float]"
"""What an input socket accepts: another node's output, a number, or a vector or colour."""


_SOCKETS = {
    **dict.fromkeys(("Color", "Mean", "Bare"), "NodeSocketColor"),
    **dict.fromkeys(("Position", "Lattice", "Local", "Extent", "Normal", "Axis"), "NodeSocketVector"),
    "Shader": "NodeSocketShader",
}
"""What the inputs and outputs of groups hold that are no numbers."""


@dataclass(frozen=True)
class Value:
    """An output socket.

    Attributes:
        graph: the graph it lives in.
        socket: the socket; scalars are VALUE, everything else computes component by component.
    """

    graph: Graph
    socket: bpy.types.NodeSocket

    @property
    def scalar(self) -> bool:
        """Whether the value is a single number."""
        return self.socket.type in ("VALUE", "INT", "BOOLEAN")

    def __add__(self, other: Source) -> Value:
        return self.graph.compute("ADD", self, other)

    def __radd__(self, other: Source) -> Value:
        return self.graph.compute("ADD", other, self)

    def __sub__(self, other: Source) -> Value:
        return self.graph.compute("SUBTRACT", self, other)

    def __rsub__(self, other: Source) -> Value:
        return self.graph.compute("SUBTRACT", other, self)

    def __mul__(self, other: Source) -> Value:
        return self.graph.compute("MULTIPLY", self, other)

    def __rmul__(self, other: Source) -> Value:
        return self.graph.compute("MULTIPLY", other, self)

    def __truediv__(self, other: Source) -> Value:
        return self.graph.compute("DIVIDE", self, other)

    def __pow__(self, other: float) -> Value:
        if self.scalar or VECTOR_POWER:
            return self.graph.compute("POWER", self, other)
        return self.graph.vector(*(component**other for component in self.xyz))

    def fraction(self) -> Value:
        """Returns the part of a number after the point."""
        return self.graph.compute("FRACT", self)

    def floor(self) -> Value:
        """Returns the largest whole number that is not above."""
        return self.graph.compute("FLOOR", self)

    def absolute(self) -> Value:
        """Returns the value without its sign."""
        return self.graph.compute("ABSOLUTE", self)

    def at_least(self, other: Source) -> Value:
        """Returns the larger of the two."""
        return self.graph.compute("MAXIMUM", self, other)

    def at_most(self, other: Source) -> Value:
        """Returns the smaller of the two."""
        return self.graph.compute("MINIMUM", self, other)

    def above(self, other: Source) -> Value:
        """Returns 1 where the number is greater than `other`, else 0."""
        return self.graph.compute("GREATER_THAN", self, other)

    def dot(self, other: Source) -> Value:
        """Returns the scalar product of two vectors."""
        return self.graph.node("ShaderNodeVectorMath", (self, other), "Value", operation="DOT_PRODUCT")

    def length(self) -> Value:
        """Returns the length of a vector."""
        return self.graph.node("ShaderNodeVectorMath", (self,), "Value", operation="LENGTH")

    @property
    def xyz(self) -> tuple[Value, Value, Value]:
        """The three components of a vector."""
        node = self.graph.tree.nodes.new("ShaderNodeSeparateXYZ")
        self.graph.connect(self, node.inputs[0])
        x, y, z = (Value(self.graph, socket) for socket in node.outputs)
        return x, y, z


class Graph:
    """Makes and joins the nodes of one tree."""

    def __init__(self, tree: bpy.types.NodeTree) -> None:
        self.tree = tree
        self._inputs: dict[tuple[str, str, str], Value] = {}

    def node(self, kind: str, inputs: Sequence[Source] | dict[str, Source], output: str = "", **settings: Any) -> Value:
        """Adds a node and returns one of its outputs.

        Args:
            kind: bl_idname, such as "ShaderNodeTexNoise".
            inputs: by position, or by identifier (else by name).
            output: identifier or name; the first output when empty.
            **settings: properties of the node, set before its inputs are looked up.
        """
        node = self.tree.nodes.new(kind)
        for name, value in settings.items():
            _set(node, name, value)
        pairs = inputs.items() if isinstance(inputs, dict) else enumerate(inputs)
        for key, source in pairs:
            socket = node.inputs[key] if isinstance(key, int) else find_socket(node.inputs, key)
            self.connect(source, socket)
        return Value(self, find_socket(node.outputs, output) if output else node.outputs[0])

    def connect(self, source: Source, socket: bpy.types.NodeSocket) -> None:
        """Links a value to an input socket, or stores a constant there."""
        if isinstance(source, Value):
            self.tree.links.new(source.socket, socket)
        elif isinstance(source, Sequence):
            width = len(socket.default_value)
            _set(socket, "default_value", (*source, 1.0)[:width])
        elif hasattr(socket.default_value, "__len__"):
            _set(socket, "default_value", ((source,) * 3 + (1.0,))[: len(socket.default_value)])
        else:
            _set(socket, "default_value", source)

    def shared(
        self,
        name: str,
        inputs: Mapping[str, Source],
        write: Callable[[Graph, Mapping[str, Value]], Mapping[str, Value]],
    ) -> dict[str, Value]:
        """Returns the outputs of a node group that all trees share; Cycles renders it as if its nodes lay in each.

        Blender goes through a whole tree for every node and link that it gets: a part that many trees have is made
        once, and what is left of them is short. A long tree is made faster in parts, too.

        Args:
            name: of the group; the same everywhere means the same nodes.
            inputs: by name, numbers but for those in `_SOCKETS`.
            write: makes the nodes inside from the group's inputs, and returns its outputs.
        """
        group = bpy.data.node_groups.get(name) or _group(name, inputs, write)
        node = self.tree.nodes.new("ShaderNodeGroup")
        node.node_tree = group
        for key, source in inputs.items():
            self.connect(source, node.inputs[key])
        return {socket.name: Value(self, socket) for socket in node.outputs}

    def compute(self, operation: str, *operands: Source) -> Value:
        """Adds a Math node, or a Vector Math node when any operand has components."""
        scalar = all(item.scalar if isinstance(item, Value) else not isinstance(item, Sequence) for item in operands)
        return self.node("ShaderNodeMath" if scalar else "ShaderNodeVectorMath", operands, operation=operation)

    def given(self, kind: str, output: str, **settings: Any) -> Value:
        """Returns an output of a node without inputs, one node for all who ask."""
        key = (kind, output, str(sorted(settings.items())))
        if key not in self._inputs:
            self._inputs[key] = self.node(kind, (), output, **settings)
        return self._inputs[key]

    def attribute(self, name: str, output: str = "Fac", place: str = "INSTANCER") -> Value:
        """Returns a named attribute of the instance (or of its object), 0 where there is none."""
        return self.given("ShaderNodeAttribute", output, attribute_name=name, attribute_type=place)

    def vector(self, x: Source, y: Source, z: Source) -> Value:
        """Returns a vector made of three numbers."""
        return self.node("ShaderNodeCombineXYZ", (x, y, z))

    def noise(
        self, position: Value, scale: Source, detail: float = 2.0, roughness: float = 0.5, distortion: float = 0.0
    ) -> Value:
        """Returns fractal gradient noise, around 0.5, mostly within 0.25..0.75.

        Args:
            position: vector, metres.
            scale: features per metre, about.
            detail: octaves after the first; each costs as much as the first.
            roughness: amplitude of an octave over that of the one before.
            distortion: how far the position is warped by noise, in features.
        """
        inputs = {
            "Vector": position,
            "Scale": scale,
            "Detail": detail,
            "Roughness": roughness,
            "Distortion": distortion,
        }
        return self.node("ShaderNodeTexNoise", inputs, "Fac")

    def cells(self, position: Value, scale: Source, output: str = "Distance", **settings: Any) -> Value:
        """Returns Voronoi cells: "Distance" to the nearest point in cells, or a "Color" per cell."""
        randomness = settings.pop("randomness", 1.0)
        inputs = {"Vector": position, "Scale": scale, "Randomness": randomness}
        return self.node("ShaderNodeTexVoronoi", inputs, output, **settings)

    def random(self, position: Source) -> Value:
        """Returns a hash of a vector or number as a number in [0, 1)."""
        if isinstance(position, Value) and position.scalar:
            return self.node("ShaderNodeTexWhiteNoise", {"W": position}, "Value", noise_dimensions="1D")
        return self.node("ShaderNodeTexWhiteNoise", {"Vector": position}, "Value", noise_dimensions="3D")

    def ramp(
        self,
        value: Source,
        low: Source,
        high: Source,
        to_low: Source = 0.0,
        to_high: Source = 1.0,
        smooth: bool = True,
    ) -> Value:
        """Maps low..high to to_low..to_high, clamped, with soft ends unless told otherwise."""
        kind: Literal["SMOOTHSTEP", "LINEAR"] = "SMOOTHSTEP" if smooth else "LINEAR"
        inputs = (value, low, high, to_low, to_high)
        return self.node("ShaderNodeMapRange", inputs, "Result", interpolation_type=kind)

    def mix(self, factor: Source, start: Source, end: Source) -> Value:
        """Blends numbers, or colours when either end has components."""
        colored = any(
            isinstance(item, Sequence) or (isinstance(item, Value) and not item.scalar) for item in (start, end)
        )
        suffix, data = ("Color", "RGBA") if colored else ("Float", "FLOAT")
        inputs = {"Factor_Float": factor, f"A_{suffix}": start, f"B_{suffix}": end}
        return self.node("ShaderNodeMix", inputs, f"Result_{suffix}", data_type=data, clamp_factor=True)


def _group(
    name: str, inputs: Mapping[str, Source], write: Callable[[Graph, Mapping[str, Value]], Mapping[str, Value]]
) -> bpy.types.NodeTree:
    """Returns a new node group for `Graph.shared`."""
    tree = bpy.data.node_groups.new(name, "ShaderNodeTree")
    for key in inputs:
        tree.interface.new_socket(key, in_out="INPUT", socket_type=_SOCKETS.get(key, "NodeSocketFloat"))
    graph = Graph(tree)
    outputs = write(
        graph, {socket.name: Value(graph, socket) for socket in tree.nodes.new("NodeGroupInput").outputs[:-1]}
    )
    for key in outputs:
        tree.interface.new_socket(key, in_out="OUTPUT", socket_type=_SOCKETS.get(key, "NodeSocketFloat"))
    end = tree.nodes.new("NodeGroupOutput")
    for key, value in outputs.items():
        graph.connect(value, end.inputs[key])
    return tree


def _set(owner: Any, name: str, value: Any) -> None:
    """Sets a property of a node or socket unless it has the value: Blender goes through the whole tree each time."""
    held = getattr(owner, name)
    if (tuple(held) if isinstance(value, tuple) else held) != value:
        setattr(owner, name, value)


def find_socket(sockets: Any, key: str) -> bpy.types.NodeSocket:
    """Returns the socket with an identifier, else with a name.

    Raises:
        KeyError: no socket of the node is called so.
    """
    for socket in sockets:
        if socket.identifier == key:
            return socket
    return sockets[key]
