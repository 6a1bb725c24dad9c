"""The library of materials holds every kind, each with its knobs as sliders, and is what its script makes now."""

import sys
from collections import Counter

import bpy
import numpy as np
import pytest

from buildee.blender.glass import is_see_through
from buildee.blender.materials.finish import VARIATION
from buildee.blender.materials.look import COLOR, STATE
from buildee.blender.materials.nodes import Graph
from buildee.layout.material import KINDS
from buildee.resources import folder

sys.path.insert(0, str(folder("blend_assets").parent))
from blend_assets import bake, bake_materials
from blend_assets.knobs import free
from blend_assets.scripts.looks import FAMILIES, SHOWN

LIBRARY = folder("blend_assets") / "materials.blend"
DECIDED = set(KINDS) - {"own"}
"""Kinds that have a look of ours; a drop-in asset brings its own."""


@pytest.fixture
def shipped(scene):
    """The materials of the shipped library, by name, in an empty file."""
    with bpy.data.libraries.load(str(LIBRARY), assets_only=False) as (source, target):
        assert not source.images
        assert not source.objects
        target.materials = list(source.materials)
    return {material.name: material for material in target.materials}


def group_of(material):
    return next(node for node in material.node_tree.nodes if node.bl_idname == "ShaderNodeGroup")


def kinds_of(tree):
    """How many nodes of every type a tree and the groups in it have."""
    found = Counter(node.bl_idname for node in tree.nodes)
    for node in tree.nodes:
        if node.bl_idname == "ShaderNodeGroup":
            found += kinds_of(node.node_tree)
    return found


def read_names(tree):
    """Names of the attributes that a tree and the groups in it read."""
    inner = [read_names(node.node_tree) for node in tree.nodes if node.bl_idname == "ShaderNodeGroup"]
    own = {node.attribute_name for node in tree.nodes if node.bl_idname == "ShaderNodeAttribute"}
    return own.union(*inner)


def test_every_kind_is_shown_once_or_more_under_names_of_their_own():
    assert {shown.material.kind for shown in SHOWN} == DECIDED
    assert len({shown.name for shown in SHOWN}) == len(SHOWN)


def test_the_library_holds_what_is_shown(shipped):
    listed = (folder("blend_assets") / "blender_assets.cats.txt").read_text()
    assert set(shipped) == {shown.name for shown in SHOWN}
    for shown in SHOWN:
        material, group = shipped[shown.name], group_of(shipped[shown.name])
        held = {socket.name: socket.default_value for socket in group.inputs}
        assert {"Color"} <= set(held), shown
        for name, value in bake_materials.knobs(shown.material).items():
            if name in held:
                np.testing.assert_allclose(held[name], value, rtol=1e-5)
        data = material.asset_data
        assert f"\n{data.catalog_id}:buildee/materials/{shown.family}:" in listed
        assert data.license == "CC0-1.0"
        assert {tag.name for tag in data.tags} == set(shown.tags)
        assert KINDS[shown.material.kind] in data.description
        assert is_see_through(material) == (shown.material.kind in ("glass", "glassware"))
        assert tuple(material.preview.image_size) == (96, 96)
    assert LIBRARY.stat().st_size < 4_000_000


def test_the_library_is_what_its_script_makes_now(shipped):
    """By the nodes of every group; bake "materials" again where this fails."""
    baked = {shown.material.kind: kinds_of(group_of(shipped[shown.name]).node_tree) for shown in SHOWN}
    bpy.ops.wm.read_factory_settings(use_empty=True)
    assert baked == {kind: kinds_of(bake_materials.kind_group(kind)) for kind in DECIDED}


@pytest.mark.parametrize("kind", sorted(DECIDED))
def test_a_group_asks_nothing_of_faces(kind):
    tree = bake_materials.kind_group(kind)
    assert not {COLOR, STATE, VARIATION} & read_names(tree)
    assert all(link.is_valid for link in tree.links)
    assert next(node for node in tree.nodes if node.bl_idname == "NodeGroupOutput").inputs[0].is_linked
    assert ("Glow" in tree.interface.items_tree) == (kind == "emissive")


def test_knobs_of_groups_in_a_group_come_from_the_outer_one():
    inner = bpy.data.node_groups.new("inner", "ShaderNodeTree")
    inner.interface.new_socket("Whole", in_out="OUTPUT", socket_type="NodeSocketFloat")
    graph = Graph(inner)
    graph.write("NodeGroupOutput", {"Whole": graph.attribute(STATE, "Color", "GEOMETRY").xyz[1].floor()})
    outer = bpy.data.node_groups.new("outer", "ShaderNodeTree")
    node = outer.nodes.new("ShaderNodeGroup")
    node.node_tree = inner
    free(outer)
    assert [item.name for item in outer.interface.items_tree] == ["Dirt"]
    assert node.inputs["Dirt"].links[0].from_node.bl_idname == "NodeGroupInput"
    assert read_names(inner) == {STATE}  # others share it
    assert not read_names(node.node_tree)


def test_a_bake_without_previews_writes_a_file(tmp_path):
    families = {family: str(bake.catalogue_id(f"materials/{family}")) for family in FAMILIES}
    bake_materials.bake_materials(SHOWN[:2], tmp_path / "some.blend", families, previews=False)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    with bpy.data.libraries.load(str(tmp_path / "some.blend"), assets_only=True) as (source, _):
        assert sorted(source.materials) == sorted(shown.name for shown in SHOWN[:2])
