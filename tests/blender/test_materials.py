"""Every material kind builds, once per spec, on a fresh file."""

from __future__ import annotations

from dataclasses import replace

import bpy
import pytest

from buildee.blender.materials import BUILDERS, material, material_name
from buildee.layout.material import KINDS, Material


@pytest.fixture(autouse=True)
def _fresh_file():
    bpy.ops.wm.read_factory_settings(use_empty=True)


def test_every_kind_has_a_builder_and_every_builder_a_kind():
    assert set(BUILDERS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_kind_builds_with_valid_links_into_an_output(kind, level):
    made = material(Material(kind, (0.4, 0.3, 0.2), wear=level, dirt=level, wetness=level))
    tree = made.node_tree
    assert all(link.is_valid for link in tree.links)
    output = tree.get_output_node("CYCLES")
    assert output.inputs["Surface"].is_linked
    # Displacement would move the rendered surface away from the triangles that truth is computed from.
    assert not output.inputs["Displacement"].is_linked


def test_equal_specs_share_a_datablock_and_others_do_not():
    spec = Material("concrete", (0.3, 0.3, 0.3))
    assert material(spec) == material(replace(spec))
    assert material(spec) != material(replace(spec, wear=0.9))
    assert material_name(spec) == material(spec).name
    assert len(bpy.data.materials) == 2


def test_building_twice_gives_the_same_tree():
    first = _description(material(Material("soil", (0.2, 0.14, 0.09))))
    bpy.ops.wm.read_factory_settings(use_empty=True)
    assert _description(material(Material("soil", (0.2, 0.14, 0.09)))) == first


def _description(made: bpy.types.Material) -> list:
    nodes = [(node.name, node.bl_idname, _constants(node)) for node in made.node_tree.nodes]
    links = [
        (link.from_node.name, link.from_socket.identifier, link.to_node.name, link.to_socket.identifier)
        for link in made.node_tree.links
    ]
    return [nodes, links]


def _constants(node: bpy.types.Node) -> list:
    values = [getattr(socket, "default_value", None) for socket in node.inputs]
    return [tuple(value) if hasattr(value, "__len__") and not isinstance(value, str) else value for value in values]
