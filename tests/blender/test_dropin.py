"""Files of a user's become assets: read once, scripts off, placed, rendered and labelled like any other."""

import json
import os
import shutil
import struct
import subprocess
import sys
from itertools import pairwise

import bpy
import numpy as np
import pytest

from buildee import dropins, run
from buildee.blender.build import build
from buildee.blender.context import fresh_scene
from buildee.dataset import png
from buildee.dataset.check import check
from buildee.dataset.reader import Dataset
from buildee.errors import AssetError
from buildee.layout import catalog, pieces, solids
from buildee.layout.kinematics import part_poses
from buildee.layout.pictures import surface
from buildee.layout.scene import Layout

OBJ = """mtllib mug_blue.mtl
v -4 0 -4\nv 4 0 -4\nv 4 0 4\nv -4 0 4\nv -4 9 -4\nv 4 9 -4\nv 4 9 4\nv -4 9 4
usemtl Blue\nf 1 2 3 4\nf 5 8 7 6\nf 1 5 6 2\nf 2 6 7 3
usemtl Red\nf 3 7 8 4\nf 4 8 5 1
"""

RECIPE = """
world: kitchen
seed: 4
assets: [mine]
frames: {count: 1}
render: {resolution: [96, 72], samples: 2}
cameras: [{type: walk, name: room, target: kitchen, lens_mm: 20, height: 1.4, speed: 0}]
scene:
  room: {width: 4.4, depth: 3.6}
  cabinets: {layout: one_wall, open_share: 1.0}
  surfaces: {floor: bricks}
  daylight: {hdri: any}
  dining: {table: false}
  contents: {only: [mug_blue, stool_mine], clutter: 1.0}
  fixed: [{type: object, name: mine, asset: chest, position: [2.4, 3.3, 0.0], yaw_deg: -90}]
"""

CHEST = """category: kitchen_unit
size: 1.0
licence: CC0-1.0
joints:
  - {type: hinge, name: door, parts: [Door], axis: [0, 0, -1], limits_deg: [0, 120]}
  - {type: slider, name: latch, parts: [Latch], axis: [1, 0, 0], limits: [-0.02, 0.02], parent: door}
"""


def box(name, low, high, parent=None, origin=None):
    """An object that is a box, its origin where told."""
    low, high = np.array(low), np.array(high)
    origin = (low + high) / 2 if origin is None else np.array(origin)
    points = [np.where([number >> axis & 1 for axis in range(3)], high, low) - origin for number in range(8)]
    faces = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([tuple(point) for point in points], [], faces)
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    thing.location = origin
    bpy.context.view_layer.update()
    if parent is not None:
        thing.parent, thing.matrix_parent_inverse = parent, parent.matrix_world.inverted()
        bpy.context.view_layer.update()
    return thing


def write_chest(folder):
    """A chest 2 units high with a door on its left edge and a latch on that, as .glb with a sidecar."""
    fresh_scene()
    box("Carcass", (-0.5, 0, 0), (0.5, 0.8, 2))
    door = box("Door", (-0.5, -0.1, 0), (0.5, 0, 2), origin=(-0.5, -0.1, 0))
    box("Handle", (0.3, -0.2, 0.9), (0.4, -0.1, 1.1), door)
    box("Latch", (0.3, -0.2, 1.2), (0.4, -0.1, 1.3), door)
    bpy.ops.export_scene.gltf(filepath=str(folder / "chest.glb"))
    (folder / "chest.yaml").write_text(CHEST)


def write_pictures(folder):
    """A texture 2 m wide and 1 m high, red on its left, and an even sky."""
    color = np.zeros((32, 64, 3), np.uint8)
    color[:, :32, 0] = 255
    color[:, 32:, 2] = 255
    png.write(folder / "bricks_diff_1k.png", color)
    png.write(folder / "bricks_rough_1k.png", np.full((32, 64), 128, np.uint8))
    (folder / "bricks.yaml").write_text("size: 2.0\nlicence: CC0-1.0\n")
    sky = np.tile(np.array([128, 140, 200, 129], np.uint8), (16, 32, 1))
    (folder / "grey_day.hdr").write_bytes(b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 16 +X 32\n" + sky.tobytes())
    (folder / "grey_day.yaml").write_text("licence: CC-BY-SA-4.0\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a mug in centimetres, and a .blend of two things and a script that wants to run."""
    folder = tmp_path_factory.mktemp("own") / "mine"
    folder.mkdir()
    (folder / "mug_blue.obj").write_text(OBJ)
    (folder / "mug_blue.mtl").write_text("newmtl Blue\nKd 0.1 0.2 0.8\nnewmtl Red\nKd 0.8 0.1 0.1\n")
    fresh_scene()
    for height, name in ((0.4, "leg"), (0.8, "top")):
        bpy.ops.mesh.primitive_cube_add(size=0.4, location=(3, 2, height))
        bpy.context.object.name = name
    made = bpy.data.materials.new("Veil")
    made.use_nodes = True
    made.node_tree.nodes["Principled BSDF"].inputs["Alpha"].default_value = 0.3
    bpy.context.object.data.materials.append(made)
    script = bpy.data.texts.new("wants_to_run.py")
    script.write(f"open({str(folder / 'ran')!r}, 'w').close()")
    script.use_module = True
    bpy.context.object["wish"] = 0.0
    curve = bpy.context.object.driver_add('["wish"]')
    curve.driver.expression = f"(open({str(folder / 'ran')!r}, 'w').close(), 3.0)[1]"
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "stool_mine.blend"))
    (folder / "stool_mine.yaml").write_text("category: stool\nsize: 0.6\nlicence: CC-BY-4.0\nfront: x\n")
    (folder / "ran").unlink(missing_ok=True)  # whoever makes a file may run what is in it
    write_chest(folder)
    write_pictures(folder)
    return folder


@pytest.fixture(scope="module")
def told(folder):
    """What was said when the folder was first read."""
    said = []
    dropins.entries([folder], said.append)
    return said


def test_files_become_assets_of_true_size_on_the_ground(folder, told):
    found = dropins.entries([folder])
    mug, stool = found["mug_blue"], found["stool_mine"]
    assert (mug.category, mug.licence, mug.parts[0].triangles) == ("mug", "unknown", 12)
    np.testing.assert_allclose(mug.parts[0].bounds, [(-0.04, -0.04, 0), (0.04, 0.04, 0.09)], atol=1e-6)
    assert (stool.category, stool.licence) == ("stool", "CC-BY-4.0")
    np.testing.assert_allclose(stool.size, (0.3, 0.3, 0.6), atol=1e-6)
    np.testing.assert_allclose(mug.slots["blue"].color, (0.1, 0.2, 0.8), atol=1e-3)
    assert any("mug_blue.obj: size inferred: 0.09 m" in text for text in told)
    assert any("'veil': its transparency was taken off" in text for text in told)


def test_nothing_of_the_users_is_touched_and_no_script_runs(folder, told):
    assert sorted(item.name for item in folder.iterdir()) == [
        ".buildee",
        "bricks.yaml",
        "bricks_diff_1k.png",
        "bricks_rough_1k.png",
        "chest.glb",
        "chest.yaml",
        "grey_day.hdr",
        "grey_day.yaml",
        "mug_blue.mtl",
        "mug_blue.obj",
        "stool_mine.blend",
        "stool_mine.yaml",
    ]


def test_what_was_read_once_is_not_read_again(folder, told, monkeypatch):
    monkeypatch.setattr(dropins, "run_child", lambda *_: pytest.fail("started Blender again"))
    assert set(dropins.entries([folder])) == {"mug_blue", "stool_mine", "chest", "bricks", "grey_day"}


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_kept(tmp_path, monkeypatch):
    (tmp_path / "box.obj").write_text(OBJ)
    (tmp_path / "bad.glb").write_text("nonsense")
    (tmp_path / "empty.obj").write_text("# nothing\n")
    with pytest.raises(AssetError) as error:
        dropins.entries([tmp_path])
    first, second = str(error.value).splitlines()
    assert "bad.glb: cannot be read" in first
    assert second.endswith("empty.obj: holds no faces")
    for name in ("bad.glb", "empty.obj"):
        (tmp_path / name).unlink()
    monkeypatch.setattr(dropins, "run_child", lambda *_: pytest.fail("started Blender again"))
    assert set(dropins.entries([tmp_path])) == {"box"}


def test_a_built_asset_wears_its_own_materials(folder, told, scene):
    with catalog.extended(dropins.entries([folder])):
        known = catalog.load()
        models = [known.model("mug_blue"), known.model("stool_mine"), known.model("mug_blue")]
    shapes = {key: shape for model in models for key, shape in model.shapes.items()}
    things = tuple(model.placed(f"thing_{number}", np.eye(4)) for number, model in enumerate(models))
    build(Layout("toy", 1, 1.0, shapes, things, (), ()), scene)
    worn = [[item.name for item in bpy.data.objects[f"thing_{number}/body"].data.materials] for number in range(3)]
    assert worn == [["mug_blue/blue", "mug_blue/red"], ["stool_mine/plain", "stool_mine/veil"], worn[0]]
    shader = bpy.data.materials["mug_blue/red"].node_tree.nodes["Principled BSDF"]
    np.testing.assert_allclose(list(shader.inputs["Base Color"].default_value)[:3], (0.8, 0.1, 0.1), atol=1e-3)
    assert bpy.data.materials["stool_mine/veil"].node_tree.nodes["Principled BSDF"].inputs["Alpha"].default_value == 1


def test_joints_of_a_sidecar_move_what_it_names(folder, told):
    chest = dropins.entries([folder])["chest"]
    body, door, latch = chest.parts
    assert [(part.name, part.parent, part.triangles) for part in chest.parts] == [
        ("body", "", 12),
        ("door", "body", 24),
        ("latch", "door", 12),
    ]
    np.testing.assert_allclose(chest.size, (0.5, 0.5, 1.0), atol=1e-6)
    # The front, -Y in the file, faces +X; the hinge is on its right edge as one stands in it, half as far in metres.
    np.testing.assert_allclose(door.rest[:3, 3], (0.2, -0.25, 0.0), atol=1e-6)
    np.testing.assert_allclose(door.joint.axis, (0, 0, -1), atol=1e-6)
    np.testing.assert_allclose(door.joint.limits, (0, np.deg2rad(120)), atol=1e-6)
    assert latch.joint.kind == "slider"
    np.testing.assert_allclose(latch.joint.axis, (0, 1, 0), atol=1e-6)
    np.testing.assert_allclose((door.rest @ latch.rest)[:3, 3], (0.225, 0.175, 0.625), atol=1e-6)
    np.testing.assert_allclose(body.bounds, [(-0.25, -0.25, 0), (0.15, 0.25, 1)], atol=1e-6)
    assert all(part.proxy is not None for part in chest.parts)
    with catalog.extended({"chest": chest}):
        model = catalog.load().model("chest")
    opened = part_poses(model.placed("chest", np.eye(4), {"door": np.array([np.pi / 2])}))[0]
    corner = opened[1] @ (0.0, 0.5, 0.0, 1.0)
    np.testing.assert_allclose(corner[:3], (0.7, -0.25, 0.0), atol=1e-6)  # it swings out of the front


def test_joints_that_name_nothing_are_told_at_once_with_their_lines(folder, tmp_path):
    shutil.copy(folder / "chest.glb", tmp_path)
    text = CHEST.replace("[Door]", "[Dor]").replace("[Latch]", "[Latch, Bolt]")
    (tmp_path / "chest.yaml").write_text(text)
    with pytest.raises(AssetError) as error:
        dropins.entries([tmp_path])
    first, second = str(error.value).splitlines()
    assert "chest.yaml:5:" in first
    assert "joints.door.parts: the file has no object 'Dor'; did you mean 'Door'?" in first
    assert "chest.yaml:6:" in second


def test_a_texture_covers_surfaces_at_its_true_size(folder, told, scene):
    with catalog.extended(dropins.entries([folder])):
        bricks = surface("bricks", "scene.surfaces.floor", np.random.default_rng(0))
    np.testing.assert_allclose(dropins.entries([folder])["bricks"].size, (2.0, 1.0, 0.0))
    np.testing.assert_allclose(bricks.color, (0.5, 0.0, 0.5), atol=0.02)
    wall = solids.box((3.0, 0.2, 2.0), (0, 0, 1.0))
    floor = pieces.piece("wall", "wall", ("wall", wall), (bricks,), np.eye(4))
    layout = Layout("toy", 1, 1.0, floor.shapes, floor.instances, (), ())
    build(layout, scene)
    assert run.licences(layout) == {"CC0-1.0": ["bricks"]}
    mesh = bpy.data.objects["wall/wall"].data if "wall/wall" in bpy.data.objects else bpy.data.objects[-1].data
    assert [item.name for item in mesh.materials] == [f"bricks/{bricks.picture.name}"]
    flat = np.array([item.vector for item in mesh.uv_layers["buildee_metres"].uv])
    for face in mesh.polygons:
        corners = [mesh.vertices[mesh.loops[index].vertex_index].co for index in face.loop_indices]
        for one, two in pairwise(range(len(corners))):
            true = (corners[one] - corners[two]).length
            drawn = np.linalg.norm(flat[face.loop_indices[one]] - flat[face.loop_indices[two]])
            assert drawn == pytest.approx(true, abs=1e-5)


def test_pictures_that_cannot_be_read_are_named(tmp_path):
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 8, 8)
    (tmp_path / "broken.png").write_bytes(head + b"\x08\x02\0\0\0 and nothing else")
    (tmp_path / "dark.hdr").write_bytes(b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 16 +X 32\n" + bytes(2048))
    with pytest.raises(AssetError) as error:
        dropins.entries([tmp_path])
    first, second = str(error.value).splitlines()
    assert "broken.png: is no picture that Blender can read" in first
    assert "dark.hdr: sheds no light from above" in second


def test_pictures_outside_the_folder_are_not_taken(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    png.write(tmp_path / "secret.png", np.full((4, 4, 3), 200, np.uint8))
    (folder / "box.obj").write_text(OBJ.replace("mug_blue", "box"))
    (folder / "box.mtl").write_text("newmtl Blue\nmap_Kd ../secret.png\nnewmtl Red\nKd 1 0 0\n")
    said = []
    dropins.entries([folder], said.append)
    assert any("secret.png lies outside the folder" in text for text in said)


WRITERS = {
    "blend": lambda path: bpy.ops.wm.save_as_mainfile(filepath=path, copy=True),
    "glb": lambda path: bpy.ops.export_scene.gltf(filepath=path),
    "gltf": lambda path: bpy.ops.export_scene.gltf(filepath=path, export_format="GLTF_SEPARATE"),
    "obj": lambda path: bpy.ops.wm.obj_export(filepath=path),
    "fbx": lambda path: bpy.ops.export_scene.fbx(filepath=path),
    "usd": lambda path: bpy.ops.wm.usd_export(filepath=path),
    "usda": lambda path: bpy.ops.wm.usd_export(filepath=path),
    "usdc": lambda path: bpy.ops.wm.usd_export(filepath=path),
    "usdz": lambda path: bpy.ops.wm.usd_export(filepath=path),
    "stl": lambda path: bpy.ops.wm.stl_export(filepath=path),
    "ply": lambda path: bpy.ops.wm.ply_export(filepath=path),
}


def test_every_kind_of_file_stands_upright_at_its_size(tmp_path):
    fresh_scene()
    mesh = bpy.data.meshes.new("box")
    corners = [(x, y, z) for z in (0, 0.3) for x, y in ((0, 0), (0.1, 0), (0.1, 0.2), (0, 0.2))]
    faces = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    mesh.from_pydata(corners, [], faces)
    mesh.materials.append(bpy.data.materials.new("Grey"))
    bpy.context.scene.collection.objects.link(bpy.data.objects.new("box", mesh))
    for kind, write in WRITERS.items():
        write(str(tmp_path / f"box_{kind}.{kind}"))
    found = dropins.entries([tmp_path], [].append)
    assert set(found) == {f"box_{kind}" for kind in WRITERS}
    for entry in found.values():
        assert entry.size == pytest.approx([0.2, 0.1, 0.3], abs=1e-4), entry.id  # -Y, its front, turned to +X
        assert entry.category == "box"


def glb(picture: bytes) -> bytes:
    """Returns a triangle that wears a picture kept in the file itself."""
    corners = np.array([(0, 0, 0), (1, 0, 0), (0, 1, 0)], np.float32).tobytes()
    ends = np.array([(0, 0), (1, 0), (0, 1)], np.float32).tobytes()
    binary = corners + ends + picture + bytes(-len(picture) % 4)
    views = [(0, len(corners)), (len(corners), len(ends)), (len(corners) + len(ends), len(picture))]
    told = {
        "asset": {"version": "2.0"},
        "buffers": [{"byteLength": len(binary)}],
        "bufferViews": [{"buffer": 0, "byteOffset": start, "byteLength": length} for start, length in views],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]},
            {"bufferView": 1, "componentType": 5126, "count": 3, "type": "VEC2"},
        ],
        "images": [{"bufferView": 2, "mimeType": "image/png", "name": "bricks"}],
        "textures": [{"source": 0}],
        "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "TEXCOORD_0": 1}, "material": 0}]}],
        "nodes": [{"mesh": 0}],
        "scenes": [{"nodes": [0]}],
    }
    text = json.dumps(told).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def test_a_picture_inside_a_model_may_not_be_larger_than_one_beside_it(tmp_path):
    png.write(tmp_path / "small.png", np.full((4, 4, 3), 200, np.uint8))
    small = (tmp_path / "small.png").read_bytes()
    (tmp_path / "small.png").unlink()
    (tmp_path / "fine.glb").write_bytes(glb(small))
    (tmp_path / "huge.glb").write_bytes(glb(small[:16] + struct.pack(">II", 60_000, 30_000) + small[24:]))
    said = []
    dropins.entries([tmp_path], said.append)
    told = [text for text in said if "its picture" in text]
    assert len(told) == 1
    assert told[0].startswith("huge.glb")
    assert "is 60000 x 30000 pixels; at most 134 million are taken" in told[0]


def test_a_kitchen_is_furnished_and_labelled_with_them(folder, told, tmp_path):
    recipe = folder.parent / "kitchen.yaml"
    recipe.write_text(RECIPE)
    ran = subprocess.run(
        [sys.executable, "-m", "buildee", "render", recipe, "-o", tmp_path / "out", "--no-preview"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert check(tmp_path / "out").ok
    scene = Dataset(tmp_path / "out").scenes[0]
    assert {"chest", "bricks"} <= set(scene.info["licences"]["CC0-1.0"])
    assert scene.info["licences"]["CC-BY-SA-4.0"] == ["grey_day"]
    assert "mug_blue" in scene.info["licences"]["unknown"]
    names = json.dumps(scene.layout["instances"])
    assert '"mug_blue/' in names
    (chest,) = [item for item in scene.layout["instances"] if item["parts"][0]["shape"].startswith("chest/")]
    assert chest["values"]["door"][0] > 0.1
    assert scene.layout["sky"]["image"] == "grey_day"
    assert scene.info["audit"]["worst"]["ids"] >= 0.999
