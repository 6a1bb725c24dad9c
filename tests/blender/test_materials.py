"""Every material kind builds, once per spec, on a fresh file."""

from __future__ import annotations

from dataclasses import replace

import bpy
import numpy as np
import pytest

from buildee.blender.materials import BUILDERS, material, material_name
from buildee.blender.materials.look import COLOR, STATE, write_looks
from buildee.blender.meshes import create_mesh
from buildee.layout import solids
from buildee.layout.material import KINDS, Material
from buildee.layout.mesh import Mesh


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


def test_specs_share_a_datablock_unless_dirt_or_water_needs_more_nodes():
    spec = Material("concrete", (0.3, 0.3, 0.3))
    assert material(spec) == material(replace(spec, color=(0.5, 0.1, 0.1), wear=0.9, scale=2.0))
    assert material(spec) != material(replace(spec, dirt=0.0))
    assert material(spec) != material(replace(spec, wetness=0.4))
    assert material_name(spec) == material(spec).name
    assert len(bpy.data.materials) == 3


def test_knobs_lie_on_the_faces_of_their_slots():
    mesh = create_mesh("pair", Mesh.merged([solids.box((1, 1, 1)), solids.box((1, 1, 1), (3, 0, 0)).with_slot(1)]))
    slots = np.repeat([0, 1], 6)
    write_looks(
        mesh, [Material("paint", (0.1, 0.2, 0.3), wear=0.4), Material("paint", (0.9, 0.8, 0.7), dirt=0.6)], slots
    )
    colors = np.empty(4 * 12, np.float32)
    mesh.attributes[COLOR].data.foreach_get("color", colors)
    np.testing.assert_allclose(colors.reshape(-1, 4)[[0, 11], :3], [(0.1, 0.2, 0.3), (0.9, 0.8, 0.7)], atol=1e-6)
    states = np.empty(4 * 12, np.float32)
    mesh.attributes[STATE].data.foreach_get("color", states)
    np.testing.assert_allclose(states.reshape(-1, 4)[[0, 11]], [(0.4, 0.3, 0, 1), (0.3, 0.6, 0, 1)], atol=1e-6)


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
