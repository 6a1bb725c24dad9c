"""Glass is a surface or is seen through, as the recipe says, and Cycles' passes agree with either."""

import os
import subprocess
import sys
from dataclasses import replace

import bpy
import numpy as np
import pytest
from test_lens_dataset import written
from test_truth_cycles import add

from buildee import Dataset, check
from buildee.blend_file import annotate_file
from buildee.blender import cycles
from buildee.blender.build import PART
from buildee.blender.camera import read_camera
from buildee.blender.context import fresh_scene
from buildee.blender.glass import MARK, cleared, is_see_through
from buildee.blender.materials import material as material_of
from buildee.blender.render import render_frame
from buildee.blender.surface import SurfaceReader
from buildee.layout.kinematics import translation
from buildee.layout.material import Material
from buildee.layout.scene import Instance, Part
from buildee.truth.embree import CasterPool
from buildee.truth.hits import cast_pixels
from buildee.truth.visibility import matching_copies

SIZE = 64, 48


def shaded(name, kind, inputs=None):
    """A material that is one shader."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    tree = made.node_tree
    node = tree.nodes.new(f"ShaderNode{kind}")
    for key, value in (inputs or {}).items():
        node.inputs[key].default_value = value
    tree.links.new(node.outputs[0], tree.nodes["Material Output"].inputs["Surface"])
    return made


def mixed(name, first, second, factor=0.5):
    """A material that mixes two shaders by a number, or by what a node of some kind says."""
    made = shaded(name, "MixShader")
    tree = made.node_tree
    node = tree.nodes["Mix Shader"]
    for kind, socket in zip((first, second), list(node.inputs)[1:], strict=True):
        tree.links.new(tree.nodes.new(f"ShaderNode{kind}").outputs[0], socket)
    if isinstance(factor, str):
        tree.links.new(tree.nodes.new(f"ShaderNode{factor}").outputs[0], node.inputs[0])
    else:
        node.inputs[0].default_value = factor
    return made


def linked(kind, name):
    """A material whose shader has one input that a picture feeds."""
    made = shaded("linked", kind)
    tree = made.node_tree
    node = tree.nodes["Material Output"].inputs["Surface"].links[0].from_node
    node.inputs["Transmission Weight"].default_value = 1.0
    tree.links.new(tree.nodes.new("ShaderNodeTexNoise").outputs[0], node.inputs[name])
    return made


def added(first, second):
    made = shaded("added", "AddShader")
    tree = made.node_tree
    for kind, socket in zip((first, second), tree.nodes["Add Shader"].inputs, strict=True):
        tree.links.new(tree.nodes.new(f"ShaderNode{kind}").outputs[0], socket)
    return made


def grouped(transmission):
    """A material whose shader lies in a group, which is told from outside how much it lets through; with a reroute."""
    group = bpy.data.node_groups.new("pane", "ShaderNodeTree")
    group.interface.new_socket("How clear", in_out="INPUT", socket_type="NodeSocketFloat")
    group.interface.new_socket("Shader", in_out="OUTPUT", socket_type="NodeSocketShader")
    ends = [group.nodes.new(f"NodeGroup{end}") for end in ("Input", "Output")]
    shader = group.nodes.new("ShaderNodeBsdfPrincipled")
    group.links.new(ends[0].outputs[0], shader.inputs["Transmission Weight"])
    group.links.new(shader.outputs[0], ends[1].inputs[0])
    made = bpy.data.materials.new("grouped")
    made.use_nodes = True
    tree = made.node_tree
    node, reroute = tree.nodes.new("ShaderNodeGroup"), tree.nodes.new("NodeReroute")
    node.node_tree = group
    node.inputs[0].default_value = transmission
    tree.links.new(node.outputs[0], reroute.inputs[0])
    tree.links.new(reroute.outputs[0], tree.nodes["Material Output"].inputs["Surface"])
    return made


def marked(made, value):
    made[MARK] = value
    return made


def muted():
    made = mixed("muted", "BsdfGlass", "BsdfDiffuse", 0.9)
    made.node_tree.nodes["Mix Shader"].mute = True  # passes its first shader on
    return made


def for_cycles():
    """A material whose output for Cycles counts, whatever the one for all renderers and the one for EEVEE say."""
    made = shaded("for Cycles", "BsdfDiffuse")
    tree = made.node_tree
    for target, kind in (("EEVEE", "BsdfDiffuse"), ("CYCLES", "BsdfDiffuse"), ("CYCLES", "BsdfGlass")):
        output = tree.nodes.new("ShaderNodeOutputMaterial")
        output.target, output.is_active_output = target, True
        tree.links.new(tree.nodes.new(f"ShaderNode{kind}").outputs[0], output.inputs["Surface"])
    return made


def twice(last):
    """A material with two outputs, of which the later made one counts."""
    made = shaded("twice", "BsdfDiffuse")
    tree = made.node_tree
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    tree.links.new(tree.nodes.new(f"ShaderNode{last}").outputs[0], output.inputs["Surface"])
    tree.nodes["Material Output"].is_active_output = False
    output.is_active_output = True
    return made


def principled(**inputs):
    return shaded("principled", "BsdfPrincipled", {name.replace("_", " "): value for name, value in inputs.items()})


CLEAR = {
    "glass": lambda: shaded("glass", "BsdfGlass"),
    "refraction": lambda: shaded("refraction", "BsdfRefraction"),
    "transparent": lambda: shaded("transparent", "BsdfTransparent"),
    "transmission": lambda: principled(Transmission_Weight=0.9),
    "faint": lambda: principled(Alpha=0.3),
    "pane": lambda: mixed("pane", "BsdfTransparent", "BsdfAnisotropic", "Fresnel"),
    "architecture": lambda: mixed("architecture", "BsdfGlass", "BsdfTransparent", "LightPath"),
    "thin dirt": lambda: mixed("thin dirt", "BsdfTransparent", "BsdfDiffuse", 0.3),
    "added": lambda: added("BsdfGlass", "BsdfTransparent"),
    "grouped": lambda: grouped(1.0),
    "muted": muted,
    "twice": lambda: twice("BsdfGlass"),
    "for Cycles": for_cycles,
    "marked": lambda: marked(shaded("marked", "BsdfDiffuse"), True),
    "ours": lambda: material_of(Material("glass", dirt=0.3)),
    "glassware": lambda: material_of(Material("glassware", dirt=0.3)),
}
SOLID = {
    "nothing": lambda: bpy.data.materials.new("nothing"),
    "mirror": lambda: shaded("mirror", "BsdfAnisotropic", {"Roughness": 0.0}),
    "metal": lambda: principled(Metallic=1.0, Roughness=0.0),
    "metal first": lambda: principled(Metallic=1.0, Transmission_Weight=1.0),
    "plain": lambda: principled(),
    "milk": lambda: principled(Transmission_Weight=0.4),
    "half there": lambda: principled(Alpha=0.6),
    "painted alpha": lambda: linked("BsdfPrincipled", "Transmission Weight"),
    "painted metal": lambda: linked("BsdfPrincipled", "Metallic"),
    "thick dirt": lambda: mixed("thick dirt", "BsdfTransparent", "BsdfDiffuse", 0.7),
    "cut-out": lambda: mixed("cut-out", "BsdfTransparent", "BsdfDiffuse", "TexNoise"),
    "glow": lambda: added("BsdfTransparent", "Emission"),
    "curtain": lambda: shaded("curtain", "BsdfTranslucent"),
    "grouped": lambda: grouped(0.2),
    "twice": lambda: twice("BsdfDiffuse"),
    "marked": lambda: marked(shaded("marked", "BsdfGlass"), False),
    "ours": lambda: material_of(Material("concrete")),
}


@pytest.mark.parametrize("name", CLEAR)
def test_what_is_seen_through(scene, name):
    assert is_see_through(CLEAR[name]())


@pytest.mark.parametrize("name", SOLID)
def test_what_is_a_surface(scene, name):
    assert not is_see_through(SOLID[name]())


def card(name, part, corners, depth, material=None):
    """An upright rectangle (x0, y0, x1, y1) before a camera in the origin that looks along -z."""
    x0, y0, x1, y1 = corners
    thing = add(name, [(x0, y0, -depth), (x1, y0, -depth), (x1, y1, -depth), (x0, y1, -depth)], [(0, 1, 2, 3)])
    thing.data.materials.append(material)
    thing[PART], thing.pass_index = part, part + 1
    return thing


def room(scene, material):
    """A wall 6 m away, and before its left half a pane at 3 m."""
    card("wall", 0, (-9, -9, 9, 9), 6.0, shaded("paint", "BsdfDiffuse"))
    pane = card("pane", 1, (-4, -4, 0, 4), 3.0, material)
    eye = bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
    scene.collection.objects.link(eye)
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = *SIZE, 100
    scene.camera = eye
    lamp = bpy.data.objects.new("lamp", bpy.data.lights.new("lamp", "POINT"))
    lamp.data.energy, lamp.location = 500.0, (3, 3, -1)
    scene.collection.objects.link(lamp)
    return pane


def looked_at(scene, reader, frame=1):
    """Depth and Object Index at the pixel centres by rays, (H, W) each."""
    surface, camera = reader.read(frame), read_camera(scene, scene.camera)
    with CasterPool() as pool, pool.caster(surface, camera.world_from_camera) as caster:
        hits = cast_pixels(caster, camera)
    return hits.depth, np.where(hits.seen, np.append(surface.copy_part + 1, 0)[hits.copy], 0)


def rendered(scene, reader, folder):
    """What Cycles says at the same places, rendered as pictures of a recipe are and as a file's are."""
    device = cycles.choose_device("cpu")
    kinds = {"recipe": cycles.settings(scene, device, 1, SIZE, "Standard"), "file": cycles.exact(scene, device)}
    for kind, settings in kinds.items():
        with settings, cleared(scene, reader.cleared):
            yield kind, render_frame(scene, "eye", 1, None, folder)


@pytest.mark.parametrize("name", ["glass", "transmission", "pane", "marked", "for Cycles", "ours", "glassware"])
@pytest.mark.parametrize("see_through", [False, True])
def test_a_pane_before_a_wall(scene, tmp_path, name, see_through):
    room(scene, CLEAR[name]())
    reader = SurfaceReader(scene.name, see_through=see_through)
    depth, index = looked_at(scene, reader)
    assert set(np.unique(index)) == ({1} if see_through else {1, 2})
    np.testing.assert_allclose(depth[:, :31], 6.0 if see_through else 3.0, rtol=1e-6)
    np.testing.assert_allclose(depth[:, 33:], 6.0, rtol=1e-6)
    for settings, cycled in rendered(scene, reader, tmp_path):
        if settings == "file" and not see_through and name in ("pane", "ours"):
            continue  # an exact render takes what lets most light straight through for a hole; truth is mended by it
        np.testing.assert_array_equal(cycled.index, index)
        np.testing.assert_allclose(cycled.depth, depth, rtol=1e-5)


@pytest.mark.parametrize("name", ["mirror", "metal", "metal first", "curtain", "glow"])
def test_a_mirror_is_a_surface_either_way(scene, tmp_path, name):
    room(scene, SOLID[name]())
    reader = SurfaceReader(scene.name, see_through=True)
    depth, index = looked_at(scene, reader)
    assert (index[:, :31] == 2).all() and (index[:, 33:] == 1).all()
    _, cycled = next(rendered(scene, reader, tmp_path))
    np.testing.assert_array_equal(cycled.index, index)
    np.testing.assert_allclose(cycled.depth, depth, rtol=1e-5)


def test_a_shared_mesh_is_glass_on_one_object_alone(scene, tmp_path):
    """The slots of objects go before those of their mesh."""
    pane = room(scene, shaded("paint", "BsdfDiffuse"))
    twin = bpy.data.objects.new("twin", pane.data)
    scene.collection.objects.link(twin)
    twin.location.x, twin[PART], twin.pass_index = 4.0, 2, 3
    twin.material_slots[0].link = "OBJECT"
    twin.material_slots[0].material = shaded("glass", "BsdfGlass")
    reader = SurfaceReader(scene.name, see_through=True)
    index = looked_at(scene, reader)[1]
    assert (index[:, :31] == 2).all() and (index[:, 33:] == 1).all()
    pane.material_slots[0].link, twin.material_slots[0].link = "OBJECT", "DATA"
    pane.material_slots[0].material = bpy.data.materials["glass"]
    other = looked_at(scene, reader)[1]
    assert (other[:, :31] == 1).all() and (other[:, 33:] == 3).all()
    _, cycled = next(rendered(scene, reader, tmp_path))
    np.testing.assert_array_equal(cycled.index, other)


def window(scene):
    """A mesh of a frame's two halves and a pane between; the last face names a slot that there is not."""
    corners = [(x, y, -3) for x in (-3, -1, 1, 3) for y in (-4, 4)]
    thing = add("window", corners, [(2, 4, 5, 3), (0, 2, 3, 1), (4, 6, 7, 5)])
    for made in (shaded("glass", "BsdfGlass"), shaded("frame", "BsdfDiffuse")):
        thing.data.materials.append(made)
    thing.data.polygons.foreach_set("material_index", [0, 1, 7])
    thing[PART], thing.pass_index = 1, 2
    return thing


def test_triangles_keep_their_rows_over_frames(scene):
    """So that flow and tracks know them: meshes that do not change stay the same object, others the same triangles."""
    still, bent = window(scene), window(scene)
    bent.shape_key_add(name="Basis")
    bent.shape_key_add(name="up").data[0].co.z = 2
    for frame in (1, 2):
        bent.data.shape_keys.key_blocks["up"].value = frame - 1
        bent.data.shape_keys.key_blocks["up"].keyframe_insert("value", frame=frame)
        still.location.x = frame
        still.keyframe_insert("location", frame=frame)
    reader = SurfaceReader(scene.name, normals=True, uv=True, see_through=True)
    one, two = reader.read(1), reader.read(2)
    assert [len(one.meshes[mesh].triangles) for mesh in one.copy_mesh] == [4, 4]
    shown = [[surface.meshes[mesh] for mesh in surface.copy_mesh] for surface in (one, two)]
    assert shown[0][0] is shown[1][0] and shown[0][1] is not shown[1][1]
    np.testing.assert_array_equal(matching_copies(one, two), [0, 1])
    assert shown[0][0].normals.shape == (4, 3, 3) and set(shown[0][0].materials) == {1, 7}
    whole = SurfaceReader(scene.name).read(1)
    assert [len(whole.meshes[mesh].triangles) for mesh in whole.copy_mesh] == [6, 6]


def test_an_animated_material_is_what_it_was_first(scene):
    """Or triangles would come and go."""
    made = principled(Transmission_Weight=1.0)

    weight = made.node_tree.nodes["Principled BSDF.001"].inputs["Transmission Weight"]
    for frame, clear in ((1, 1.0), (2, 0.0)):
        weight.default_value = clear
        weight.keyframe_insert("default_value", frame=frame)
    room(scene, made)
    reader = SurfaceReader(scene.name, see_through=True)
    assert [len(reader.read(frame).copy_key) for frame in (1, 2, 1)] == [1, 1, 1]


def written_down(material):
    """All that a user could find changed of a material's nodes."""
    tree = material.node_tree
    nodes = [
        (
            node.name,
            node.bl_idname,
            tuple(node.location),
            node.select,
            node.mute,
            getattr(node, "is_active_output", None),
            getattr(node, "target", None),
            [repr(socket.default_value) for socket in node.inputs if socket.type == "VALUE"],
        )
        for node in tree.nodes
    ]
    links = [(link.from_node.name, link.from_socket.identifier, link.to_node.name, link.to_socket.identifier)
             for link in tree.links]  # fmt: skip
    return nodes, links, tree.nodes.active and tree.nodes.active.name, material.get(MARK)


def test_materials_are_as_they_were_afterwards(scene, tmp_path):
    """Nodes, links, flags and the picture, also after an error."""
    made = [CLEAR[name]() for name in ("glass", "twice", "for Cycles", "grouped", "pane", "ours")]
    made[1].node_tree.nodes.active = None
    for number, item in enumerate(made):
        card(f"pane {number}", number + 2, (number - 3, -4, number - 2, 4), 3.0, item)
    room(scene, shaded("frame", "BsdfDiffuse")).hide_render = True
    reader = SurfaceReader(scene.name, see_through=True)
    assert looked_at(scene, reader)[1].max() == 1
    before = [written_down(item) for item in made]
    with cycles.settings(scene, cycles.choose_device("cpu"), 8, SIZE, "Standard"):
        first = render_frame(scene, "eye", 1, None, tmp_path)
        with cleared(scene, reader.cleared):
            through = render_frame(scene, "eye", 1, None, tmp_path)
        assert [written_down(item) for item in made] == before
        again = render_frame(scene, "eye", 1, None, tmp_path)
        assert scene.view_layers[0].pass_alpha_threshold == 0 and scene.cycles.transparent_max_bounces == 8
    np.testing.assert_array_equal(again.linear, first.linear)
    np.testing.assert_array_equal(again.index, first.index)
    assert (through.index == 1).all() and (first.index > 2).mean() > 0.3
    with pytest.raises(RuntimeError), cleared(scene, reader.cleared):
        raise RuntimeError
    assert [written_down(item) for item in made] == before


def test_many_panes_are_clear(scene, tmp_path):
    """More than the light of a picture goes through."""
    made = material_of(Material("glass"))
    room(scene, made)
    for number in range(12):
        card(f"more {number}", 2 + number, (-4, -4, 0, 4), 3.1 + 0.1 * number, made)
    reader = SurfaceReader(scene.name, see_through=True)
    for _, cycled in rendered(scene, reader, tmp_path):
        assert (cycled.index == 1).all()


def test_a_recipe_sees_through_glass(toy_layout, tmp_path):
    """All annotators, held against Cycles' passes; the picture shows its glass either way."""
    pane = Part("pane", "cube", (Material("glass", (0.9, 0.9, 0.9), dirt=0.0),))
    near = translation((-3.0, -3.5, 2.2))[None]
    layout = replace(toy_layout, instances=(*toy_layout.instances, Instance("pane", "column", (pane,), near)))
    frames = []
    for glass in ("first_surface", "see_through"):
        data, audits = written(tmp_path / glass, layout, fresh_scene(), glass=glass)
        assert all(audit["ok"] for audit in audits), audits
        assert max(audit["unexplained"] for audit in audits) == 0
        assert check(data.path).ok
        ids = next(row.id for row in data[0].instances.values() if row.name == "pane")
        frames.append(frame := data[0].cameras["front"].frames[0])
        shown = glass == "first_surface"
        assert (frame.instance == ids).any() == (ids in data[0].tracks["instance"]) == shown
        number = next(key for key, row in data[0].materials.items() if "buildee.glass" in str(row))
        assert (frame.material == number).any() == shown
    np.testing.assert_array_equal(frames[0].rgb, frames[1].rgb)
    through = frames[0].depth != frames[1].depth
    assert through.mean() > 0.05 and (frames[0].depth <= frames[1].depth).all()


MAKE = """
import bpy, os, sys
bpy.ops.wm.read_factory_settings(use_empty=True)
scene = bpy.context.scene
scene.frame_start, scene.frame_end = 1, 2
scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 64, 48, 100
scene.cycles.samples = 1
def card(name, corners, depth):
    x0, y0, x1, y1 = corners
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([(x0, y0, -depth), (x1, y0, -depth), (x1, y1, -depth), (x0, y1, -depth)], [], [(0, 1, 2, 3)])
    made = bpy.data.objects.new(name, mesh)
    scene.collection.objects.link(made)
    return made
card("Wall", (-9, -9, 9, 9), 6)
pane = card("Pane", (-4, -4, 0, 4), 3)
glass = bpy.data.materials.new("glass")
glass.use_nodes = True
glass.node_tree.nodes["Principled BSDF"].inputs["Transmission Weight"].default_value = 1.0
pane.data.materials.append(glass)
leaf = card("Leaf", (1, -1, 2, 1), 5)
hole = bpy.data.materials.new("hole")
hole.use_nodes = True
tree = hole.node_tree
nothing = tree.nodes.new("ShaderNodeValue")
nothing.outputs[0].default_value = 0.0
tree.links.new(nothing.outputs[0], tree.nodes["Principled BSDF"].inputs["Alpha"])
leaf.data.materials.append(hole)
camera = bpy.data.objects.new("Cam", bpy.data.cameras.new("Cam"))
scene.collection.objects.link(camera)
scene.camera = camera
bpy.ops.wm.save_as_mainfile(filepath=sys.argv[-1])
os._exit(0)
"""

TABLE = """
labels: [{{type: object, name: wall, match: Wall}}, {{type: object, name: pane, match: Pane}},
         {{type: object, name: leaf, match: Leaf}}]
truth:
  annotators: [depth, normal, instance, semantic, part, material, flow, tracks, amodal, boxes, visibility]
  tracks: [{{type: mixed, name: points, count: 64}}]
  glass: {glass}
"""


@pytest.fixture(scope="module")
def blend(tmp_path_factory):
    """A file with a pane before a wall, and a leaf whose material a node makes a hole, made by another process."""
    folder = tmp_path_factory.mktemp("glass")
    (folder / "make.py").write_text(MAKE)
    made = [sys.executable, str(folder / "make.py"), str(folder / "file.blend")]
    subprocess.run(made, check=True, timeout=120, stdout=subprocess.DEVNULL, env=os.environ)
    return folder / "file.blend"


@pytest.mark.parametrize("glass", ["first_surface", "see_through"])
def test_a_file_is_seen_through(blend, tmp_path, glass):
    (tmp_path / "labels.yaml").write_text(TABLE.format(glass=glass))
    outcome = annotate_file(blend, tmp_path / "labels.yaml", tmp_path / "out", rgb=True)
    assert outcome.made == [0] and check(tmp_path / "out").ok
    scene = Dataset(tmp_path / "out")[0]
    names = {row.id: row.category for row in scene.instances.values()}
    frame = scene.cameras["Cam"].frames[0]
    left = "pane" if glass == "first_surface" else "wall"
    assert {names[number] for number in np.unique(frame.instance[:, :31])} == {left}
    np.testing.assert_allclose(frame.depth[:, :31], 3.0 if left == "pane" else 6.0, rtol=1e-5)
    assert (frame.source[:, :31] == 1).all()  # triangles say what the exact render says
    np.testing.assert_allclose(frame.normal[:, :31], np.broadcast_to([0, 0, -1], (48, 31, 3)), atol=1e-3)
    # What a node makes a hole stays a triangle that the render corrects, whatever glass is.
    assert set(np.unique(frame.source[:, 33:])) == {1, 2} and set(scene.info["audit"]["exceptions"]) == {"wall.0"}
