"""The .blend libraries hold what the catalog says, and the bake makes them so."""

import sys
from dataclasses import replace

import bpy
import numpy as np
import pytest

from buildee.blender.assets import append_meshes
from buildee.layout import catalog, solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint
from buildee.resources import folder

sys.path.insert(0, str(folder("blend_assets").parent))
from blend_assets import bake
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, turned

SHIPPED = catalog.load()


@pytest.fixture(params=sorted({entry.library for entry in SHIPPED.values()}), ids=lambda path: path.stem)
def library(request, scene):
    """A shipped library, its meshes and collections appended to an empty file."""
    with bpy.data.libraries.load(str(request.param), assets_only=False) as (source, target):
        target.meshes = list(source.meshes)
        target.collections = list(source.collections)
        assert not source.texts
        assert not source.actions
        assert not source.images
    return request.param


def bounds(mesh):
    points = np.empty(3 * len(mesh.vertices), np.float32)
    mesh.vertices.foreach_get("co", points)
    points = points.reshape(-1, 3)
    return np.stack([points.min(0), points.max(0)]) if len(points) else np.zeros((2, 3))


def test_a_library_holds_what_the_catalog_says(library):
    entries = [entry for entry in SHIPPED.values() if entry.library == library]
    assert entries
    for entry in entries:
        for part in entry.parts:
            mesh = bpy.data.meshes[f"{entry.id}/{part.mesh}"]
            assert sum(polygon.loop_total - 2 for polygon in mesh.polygons) == part.triangles
            np.testing.assert_allclose(bounds(mesh), part.bounds, atol=1e-5)
            assert tuple(material.name.split("/")[1] for material in mesh.materials) == part.slots
            used = {polygon.material_index for polygon in mesh.polygons}
            assert used == set(range(len(part.slots)))
            assert not mesh.validate()


def test_every_asset_can_be_browsed(library):
    listed = (folder("blend_assets") / "blender_assets.cats.txt").read_text()
    for entry in (entry for entry in SHIPPED.values() if entry.library == library):
        data = bpy.data.collections[entry.id].asset_data
        assert data is not None
        assert f"\n{data.catalog_id}:" in listed
        assert data.license == entry.licence
        assert {tag.name for tag in data.tags} == set(entry.tags)
        assert {thing["category"] for thing in bpy.data.collections[entry.id].objects} == {entry.category}
        assert np.ptp(picture(entry.id)) > 0.2
    assert library.stat().st_size < 6_000_000


def picture(asset):
    """Returns the brightness of an asset's preview, which has to be opaque."""
    preview = bpy.data.collections[asset].preview
    assert tuple(preview.image_size) == (96, 96)
    pixels = np.empty(96 * 96 * 4, np.float32)
    preview.image_pixels_float.foreach_get(pixels)
    pixels = pixels.reshape(-1, 4)
    assert (pixels[:, 3] == 1).all()
    return pixels[:, :3].mean(1)


def test_an_asset_fills_its_picture(tmp_path):
    bake.bake_library("things", [toy()], tmp_path)
    dark = np.argwhere(picture("toy").reshape(96, 96) < 0.5)
    assert dark.min() < 12 and dark.max() >= 84
    assert list(bpy.data.scenes.keys()) == ["Scene"]


def toy():
    body = Mesh.merged([solids.box((1, 1, 1)).with_slot(2), solids.box((0.02, 0.2, 0.2), (0.8, 0, 0))])
    arm = AssetPart(
        "arm", solids.cylinder(0.1, 2), "body", turned("y", 0.5, (0, 0, 0.5)), Joint("hinge", (0, 1, 0), (-1, 1))
    )
    parts = (
        AssetPart("body", body, bevel=0.03, markers={"top": at(0, 0, 0.5)}, proxy=boxes(((-0.5,) * 3, (0.5,) * 3))),
        arm,
    )
    slots = {"paint": Material("painted_metal", (1, 0, 0)), "unused": Material("wood"), "glass": Material("glass")}
    return Asset("toy", "A toy", "barrel", "things", slots, parts, ("small",), "Made up.")


def test_a_baked_asset_comes_back_from_the_catalog(tmp_path):
    asset = toy()
    bake.write_catalog(bake.bake_library("things", [asset], tmp_path, previews=False), tmp_path)
    entry = catalog.load(tmp_path / catalog.FILE)["toy"]
    assert set(entry.slots) == {"paint", "glass"}
    assert entry.slots["paint"] == Material("painted_metal", (1.0, 0.0, 0.0))
    body, arm = entry.parts
    assert body.slots == ("paint", "glass")
    assert arm.slots == ("paint",)
    np.testing.assert_allclose(arm.rest, asset.parts[1].rest, atol=1e-6)
    assert arm.joint == Joint("hinge", (0.0, 1.0, 0.0), (-1.0, 1.0))
    np.testing.assert_allclose(body.proxy.half, [[0.5, 0.5, 0.5]])
    np.testing.assert_allclose(body.markers["top"], at(0, 0, 0.5))
    # The big box is rounded, 12 edges and 8 corners more; the thin plate keeps its 12 triangles.
    assert body.triangles == 44 + 12
    np.testing.assert_allclose(body.bounds, [[-0.5, -0.5, -0.5], [0.81, 0.5, 0.5]], atol=1e-6)


def test_baking_one_library_keeps_the_others_entries(tmp_path):
    bake.write_catalog(bake.bake_library("things", [toy()], tmp_path, previews=False), tmp_path)
    other = Asset(**{**vars(toy()), "id": "other", "library": "more"})
    bake.write_catalog(bake.bake_library("more", [other], tmp_path, previews=False), tmp_path)
    assert set(catalog.load(tmp_path / catalog.FILE)) == {"toy", "other"}


@pytest.mark.parametrize("held", [False, True])
def test_shipped_meshes_come_bare_and_leave_the_files_libraries_alone(held):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    ((key, shape),) = catalog.load().model("mug_a").shapes.items()
    if held:
        with bpy.data.libraries.load(str(shape.library), link=True) as (_, target):
            target.meshes = [key]
        (linked,) = target.meshes
    (mesh,) = append_meshes([shape]).values()
    assert mesh.library is None
    assert len(mesh.polygons) > 50
    assert set(mesh.materials) == {None}
    assert len(bpy.data.libraries) == len(bpy.data.meshes) - 1 == held
    assert not held or all(linked.materials)


def test_a_mesh_comes_at_the_size_that_is_asked_for(scene):
    entry = SHIPPED["mug_a"]
    (shape,) = (shape for shape in SHIPPED.model("mug_a").shapes.values())
    large, same = replace(shape, scale=1.5), shape
    found = append_meshes([large, same])
    part = next(part for part in entry.parts if part.mesh == shape.part)
    np.testing.assert_allclose(bounds(found[same]), part.bounds, atol=2e-6)
    np.testing.assert_allclose(bounds(found[large]), 1.5 * part.bounds, atol=2e-6)
