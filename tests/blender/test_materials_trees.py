"""Trees are written while Blender leaves them alone, and nothing of that stays behind."""

from __future__ import annotations

import bpy
import pytest

from buildee.blender.materials.nodes import Graph
from buildee.blender.materials.trees import held


@pytest.fixture
def tree(scene):
    """The tree of a group with one input, and nothing else in the file."""
    made = bpy.data.node_groups.new("tree", "ShaderNodeTree")
    made.interface.new_socket("Given", in_out="INPUT", socket_type="NodeSocketFloat")
    return made


def test_blender_goes_through_a_held_tree_at_the_next_change(tree):
    outer = bpy.data.node_groups.new("outer", "ShaderNodeTree")
    sockets = []

    def write():
        node = outer.nodes.new("ShaderNodeGroup")
        node.node_tree = tree
        sockets.append([socket.name for socket in node.inputs])

    held(write)
    outer.nodes.new("NodeFrame")
    sockets.append([socket.name for socket in outer.nodes["Group"].inputs])
    assert sockets == [[], ["Given"]]


def test_what_goes_wrong_is_raised_and_nothing_is_left(tree):
    def write():
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        held(write)
    assert list(bpy.data.node_groups) == [tree]
    assert not hasattr(bpy.types, "BuildeeHolder")


def test_within_the_update_of_another_tree_it_is_written_as_well(tree):
    class Other(bpy.types.NodeTree):
        bl_idname, bl_label, bl_icon = "OtherTree", "Other", "NONE"

        def update(self) -> None:
            if not tree.nodes:
                held(lambda: tree.nodes.new("ShaderNodeMath"))

    bpy.utils.register_class(Other)
    try:
        bpy.data.node_groups.new("other", Other.bl_idname).nodes.new("NodeFrame")
    finally:
        bpy.utils.unregister_class(Other)
    assert [node.bl_idname for node in tree.nodes] == ["ShaderNodeMath"]


def test_a_node_reads_constants_values_and_groups(tree):
    graph = Graph(tree)
    given = graph.entry(["Given"])["Given"]
    inner = graph.shared(
        "inner", {"Scale": given * 2.0}, lambda _, inputs: {"Twice": inputs["Scale"] + inputs["Scale"]}
    )
    tree.interface.new_socket("Color", in_out="OUTPUT", socket_type="NodeSocketColor")
    graph.write("NodeGroupOutput", {"Color": graph.mix(inner["Twice"], (0.1, 0.2, 0.3), 0.5)})
    mix = tree.nodes["Group Output"].inputs["Color"].links[0].from_node
    ends = {socket.identifier: socket for socket in mix.inputs}
    assert tuple(ends["A_Color"].default_value) == pytest.approx((0.1, 0.2, 0.3, 1.0))
    assert tuple(ends["B_Color"].default_value) == pytest.approx((0.5, 0.5, 0.5, 1.0))
    group = ends["Factor_Float"].links[0].from_node
    assert group.node_tree.name == "inner"
    product = group.inputs["Scale"].links[0].from_node
    assert product.operation == "MULTIPLY"
    assert product.inputs[1].default_value == 2.0
    assert product.inputs[0].links[0].from_node.bl_idname == "NodeGroupInput"
    assert all(link.is_valid for link in tree.links)
