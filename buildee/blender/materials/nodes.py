"""Shader node trees written as expressions.

A `Graph` notes nodes, a `Value` is an output that takes part in arithmetic; the tree is written at the end:

    graph = Graph(tree)
    spots = graph.noise(graph.given("ShaderNodeTexCoord", "Object"), scale=40, detail=2)
    color = graph.mix(graph.ramp(spots, 0.5, 0.6), (0.2, 0.2, 0.2), (0.4, 0.4, 0.4))
    graph.write("ShaderNodeOutputMaterial", {"Surface": graph.node("ShaderNodeBsdfDiffuse", {"Color": color})})

Nothing here knows what a concrete wall looks like. Sockets are found by identifier, which outlives the
renaming of what users read ("Fac" shows as "Factor" from Blender 5.0 on).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import bpy

from buildee.blender.materials.trees import Node, Output, Source, scalar_outputs, write_tree
from buildee.blender.version import VECTOR_POWER

_SOCKETS = {
    **dict.fromkeys(("Color", "Mean", "Bare"), "NodeSocketColor"),
    **dict.fromkeys(("Position", "Lattice", "Local", "Extent", "Normal", "Axis"), "NodeSocketVector"),
    "Shader": "NodeSocketShader",
}
"""What the inputs and outputs of groups hold that are no numbers."""


@dataclass(frozen=True)
class Value(Output):
    """An output of a node of a graph.

    Attributes:
        graph: the graph.
        scalar: whether it is a single number; everything else computes component by component.
    """

    graph: Graph
    scalar: bool

    def beside(self, output: str) -> Value:
        """Returns another output of the same node."""
        return self.graph.output(self.node, output)

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
        x = self.graph.node("ShaderNodeSeparateXYZ", (self,), "X")
        return x, x.beside("Y"), x.beside("Z")


class Graph:
    """Notes the nodes of one tree, then makes and joins them."""

    def __init__(self, tree: bpy.types.NodeTree) -> None:
        self.tree = tree
        self._nodes: list[Node] = []
        self._given: dict[tuple[str, str], Node] = {}

    def node(self, kind: str, inputs: Sequence[Source] | dict[str, Source], output: str = "", **settings: Any) -> Value:
        """Adds a node and returns one of its outputs.

        Args:
            kind: bl_idname, such as "ShaderNodeTexNoise".
            inputs: by position, or by identifier (else by name).
            output: identifier or name; the first output when empty.
            **settings: properties of the node.
        """
        node = Node(kind, inputs if isinstance(inputs, dict) else dict(enumerate(inputs)), settings)
        self._nodes.append(node)
        return self.output(node, output)

    def output(self, node: Node, output: str) -> Value:
        """Returns an output of a node that was added, by identifier or name; the first one when empty."""
        return Value(node, output, self, scalar_outputs(node.kind)[output])

    def write(self, end: str, outputs: Mapping[str, Value]) -> None:
        """Makes all nodes in the tree.

        Args:
            end: bl_idname of the last node, such as "ShaderNodeOutputMaterial".
            outputs: what goes into it, by identifier or name.
        """
        write_tree(self.tree, self._nodes, Node(end, outputs))

    def shared(
        self,
        name: str,
        inputs: Mapping[str, Source],
        write: Callable[[Graph, Mapping[str, Value]], Mapping[str, Value]],
    ) -> dict[str, Value]:
        """Returns the outputs of a node group that all trees share; Cycles renders it as if its nodes lay in each.

        A part that many trees have is made once.

        Args:
            name: of the group; the same everywhere means the same nodes.
            inputs: by name, numbers but for those in `_SOCKETS`.
            write: makes the nodes inside from the group's inputs, and returns its outputs.
        """
        group = bpy.data.node_groups.get(name) or _group(name, inputs, write)
        names = [item.name for item in group.interface.items_tree if item.in_out == "OUTPUT"]
        return self._ends(Node("ShaderNodeGroup", inputs, {"node_tree": group}), names)

    def entry(self, names: Iterable[str]) -> dict[str, Value]:
        """Returns the inputs of the group that the tree is, which its interface has already."""
        return self._ends(Node("NodeGroupInput"), names)

    def _ends(self, node: Node, names: Iterable[str]) -> dict[str, Value]:
        self._nodes.append(node)
        return {name: Value(node, name, self, name not in _SOCKETS) for name in names}

    def compute(self, operation: str, *operands: Source) -> Value:
        """Adds a Math node, or a Vector Math node when any operand has components."""
        scalar = all(item.scalar if isinstance(item, Value) else not isinstance(item, Sequence) for item in operands)
        return self.node("ShaderNodeMath" if scalar else "ShaderNodeVectorMath", operands, operation=operation)

    def given(self, kind: str, output: str, **settings: Any) -> Value:
        """Returns an output of a node without inputs, one node for all who ask."""
        key = kind, str(sorted(settings.items()))
        if key not in self._given:
            self._given[key] = self.node(kind, (), **settings).node
        return self.output(self._given[key], output)

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
    outputs = write(graph, graph.entry(inputs))
    for key in outputs:
        tree.interface.new_socket(key, in_out="OUTPUT", socket_type=_SOCKETS.get(key, "NodeSocketFloat"))
    graph.write("NodeGroupOutput", outputs)
    return tree
