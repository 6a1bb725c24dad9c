"""Materials, texture coordinates, shading normals and object coordinates, against Cycles' passes and closed forms."""

from dataclasses import replace

import bpy
import numpy as np
import pytest
from truth_shapes import at, box, camera, labels_for, quad, sphere, surface_of, turn

from buildee.blender import scatters
from buildee.blender.camera import read_camera
from buildee.blender.context import changed
from buildee.blender.surface import SurfaceReader
from buildee.blender.version import image_format
from buildee.dataset import exr
from buildee.truth.boundaries import occlusion_boundaries
from buildee.truth.boxes import instance_boxes
from buildee.truth.camera import pixel_rays, world_points
from buildee.truth.embree import CasterPool
from buildee.truth.extents import image_extents
from buildee.truth.hits import cast_pixels
from buildee.truth.maps import instance_map, material_map, normal_map, shading_normal_map, uv_map
from buildee.truth.nocs import object_coordinates
from buildee.truth.surface import TriangleMesh


def grid_mesh(name, steps=24, sharp=False):
    """A smooth, bumpy globe with texture coordinates, its lower half flat shaded and in the second slot.

    Args:
        name: of the mesh.
        steps: meridians.
        sharp: whether some edges of the upper half, and those between the halves, are sharp.
    """
    globe = sphere(1.0, steps)
    shape = globe.vertices * (1 + 0.1 * np.sin(5 * globe.vertices[:, :1]))
    faces = [face for face in globe.triangles.tolist() if len({tuple(shape[i].round(4)) for i in face}) == 3]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(shape.tolist(), [], faces)
    low = np.array([shape[face].mean(0)[2] < 0 for face in faces])
    mesh.polygons.foreach_set("use_smooth", ~low)
    mesh.polygons.foreach_set("material_index", low.astype(np.int32))
    if sharp:
        mesh.set_sharp_from_angle(angle=0.3)
    loops = np.empty(len(mesh.loops), np.int32)
    mesh.loops.foreach_get("vertex_index", loops)
    for layer, scale in (("other", 9.0), ("shown", 0.25)):
        places = (shape[loops][:, :2] * scale + 0.5).astype(np.float32)
        mesh.uv_layers.new(name=layer).uv.foreach_set("vector", places.ravel())
    mesh.uv_layers["shown"].active_render = True
    mesh.uv_layers.active = mesh.uv_layers["other"]
    return mesh


def place(scene, name, mesh, pose):
    thing = bpy.data.objects.new(name, mesh)
    scene.collection.objects.link(thing)
    thing.matrix_world = pose.T.tolist()
    return thing


@pytest.fixture
def filled(scene):
    """A floor without UV, globes turned, mirrored and scaled alike, one with slots of its own, and a scatter."""
    paint = [bpy.data.materials.new(name) for name in ("b", "a", "d", "c")]
    for number, material in enumerate(paint, 1):
        material.pass_index = number
    mesh = grid_mesh("globe")
    mesh.materials.append(paint[0])
    mesh.materials.append(paint[1])
    floor = bpy.data.meshes.new("floor")
    floor.from_pydata([(-20, -20, -2), (20, -20, -2), (20, 20, -2), (-20, 20, -2)], [], [(0, 1, 2, 3)])
    place(scene, "floor", floor, np.eye(4))
    place(scene, "plain", mesh, at(-3, 0, 0) @ turn((1, 2, 0), 0.7))
    place(scene, "mirrored", mesh, at(0, 0, 0) @ turn((0, 1, 1), 2.0) @ np.diag([-1.3, 1.3, 1.3, 1]))
    own = place(scene, "own", mesh, at(3, 0, 0) @ turn((1, 0, 0), -0.6))
    own.material_slots[0].link = "OBJECT"
    own.material_slots[0].material = paint[2]
    few = grid_mesh("few", 16, sharp=True)  # faces name a second slot that is not there
    few.materials.append(paint[3])
    prototype = bpy.data.objects.new("prototype", few)
    poses = np.stack([at(x, 2.5, 0.4) @ turn((1, 1, x), x) @ np.diag([0.6, 0.6, 0.6, 1]) for x in (-4, -1.5, 1.5, 4)])
    scene.collection.objects.link(scatters.create("scatter", prototype, poses, {}))
    lens = bpy.data.cameras.new("eye")
    lens.lens = 22
    eye = place(scene, "eye", lens, at(0, -7, 3) @ turn((1, 0, 0), 1.2))
    scene.camera = eye
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 160, 120, 100
    return eye


def cycles_passes(scene, path):
    """Normal, UV and material index at the very pixel centres: one sample through the narrowest filter."""
    cycles, render, layer = scene.cycles, scene.render, scene.view_layers[0]
    narrow = [
        (render, "engine", "CYCLES"),
        (render, "filepath", str(path)),
        (cycles, "device", "CPU"),
        (cycles, "samples", 1),
        (cycles, "use_denoising", False),
        (cycles, "pixel_filter_type", "BLACKMAN_HARRIS"),
        (cycles, "filter_width", 0.01),
        (layer, "use_pass_normal", True),
        (layer, "use_pass_uv", True),
        (layer, "use_pass_material_index", True),
    ]
    with changed([*narrow, *image_format(render.image_settings, multilayer=True)]):
        bpy.ops.render.render(write_still=True, scene=scene.name)
    channels = exr.read(path)

    def stacked(name, axes):
        found = {key.rsplit(".", 1)[1]: value for key, value in channels.items() if f".{name}." in key}
        return np.stack([found[axis] for axis in axes], -1)

    index = next(key for key in channels if ".IndexMA." in key or ".Material Index." in key)
    return stacked("Normal", "XYZ"), stacked("UV", "UV"), np.rint(channels[index]).astype(int)


def test_dense_maps_agree_with_cycles(scene, filled, tmp_path):
    normal, uv, index = cycles_passes(scene, tmp_path / "passes.exr")
    reader = SurfaceReader(scene.name, normals=True, uv=True)
    surface, view = reader.read(1), read_camera(scene, filled)
    assert reader.materials == ("a", "b", "c", "d")
    with CasterPool() as pool, pool.caster(surface, view.world_from_camera) as caster:
        hits = cast_pixels(caster, view)
        shading = shading_normal_map(hits, caster)
    ours = np.array([0, *(bpy.data.materials[name].pass_index for name in reader.materials)])[
        material_map(hits, surface)
    ]
    assert set(np.unique(ours)) == {0, 1, 2, 3, 4}
    assert (ours == index).mean() > 0.999
    agree = hits.seen & (ours == index)
    theirs = normal @ view.world_from_camera[:3, :3]
    cosine = (shading * theirs).sum(-1)[agree]
    assert (cosine > np.cos(np.radians(0.1))).mean() > 0.998
    flat = (hits.normal * theirs).sum(-1)[agree]
    assert (flat > np.cos(np.radians(0.1))).mean() < 0.9, "smooth things have other geometric normals"
    found = uv_map(hits, surface)
    known = np.isfinite(found).all(-1)
    assert not known[surface.copy_mesh[hits.copy] == 0].any() and known[agree & (ours > 0)].all()
    off = np.abs(found - uv)[known & agree].max(-1)
    assert (off < 1e-4).mean() > 0.998
    assert known.sum() > 2000


def test_corners_are_read_only_when_asked(scene, filled):
    surface = SurfaceReader(scene.name).read(1)
    assert all(mesh.normals is None and mesh.uv is None for mesh in surface.meshes)
    with CasterPool() as pool, pool.caster(surface, np.eye(4)) as caster:
        view = read_camera(scene, filled)
    with CasterPool() as pool, pool.caster(surface, view.world_from_camera) as caster:
        hits = cast_pixels(caster, view)
        np.testing.assert_array_equal(shading_normal_map(hits, caster), normal_map(hits))
    assert np.isnan(uv_map(hits, surface)).all()


def see(surface, view, shapes):
    with CasterPool() as pool, pool.caster(surface, view.world_from_camera) as caster:
        hits = cast_pixels(caster, view)
        return hits, shapes(hits, caster)


@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_shading_normals_of_a_sphere_are_radial(offset):
    globe = sphere(1.0, 96)
    smooth = TriangleMesh(globe.vertices, globe.triangles, globe.materials, globe.vertices[globe.triangles])
    view = camera(position=(offset, 0, 0))
    for change in (np.eye(3), np.diag([-1.0, 1, 1]), np.eye(3) * 1.5):
        pose = at(offset, 0, 5) @ turn((1, 2, 3), 1.0)
        pose[:3, :3] @= change
        hits, normal = see(surface_of((smooth, pose)), view, shading_normal_map)
        points = (pixel_rays(view) * np.where(hits.seen, hits.depth, 0)[..., None])[hits.seen] - (0, 0, 5)
        radial = points / np.linalg.norm(points, axis=-1, keepdims=True)
        assert np.degrees(np.arccos((normal[hits.seen] * radial).sum(-1).clip(-1, 1))).max() < 0.1
        assert (normal[~hits.seen] == 0).all()
    inside = camera(position=(offset, 0, 5))
    hits, normal = see(surface_of((smooth, at(offset, 0, 5))), inside, shading_normal_map)
    assert ((normal * pixel_rays(inside)).sum(-1) < 0).all(), "seen from within, normals turn inwards"


def test_a_stretched_sphere_has_the_normals_of_an_ellipsoid():
    globe = sphere(1.0, 192)
    smooth = TriangleMesh(globe.vertices, globe.triangles, globe.materials, globe.vertices[globe.triangles])
    sides = np.array([1.5, 0.8, 0.5])
    pose = at(0, 0, 5)
    pose[:3, :3] = np.diag(sides)
    view = camera()
    hits, normal = see(surface_of((smooth, pose)), view, shading_normal_map)
    points = (pixel_rays(view) * np.where(hits.seen, hits.depth, 0)[..., None])[hits.seen] - (0, 0, 5)
    gradient = points / sides**2
    gradient /= np.linalg.norm(gradient, axis=-1, keepdims=True)
    assert np.degrees(np.arccos((normal[hits.seen] * gradient).sum(-1).clip(-1, 1))).max() < 0.2


def test_texture_coordinates_are_linear_on_a_plane():
    plain = quad(4)
    places = plain.vertices[plain.triangles][..., :2] * (2, -3) + 7
    mesh = TriangleMesh(plain.vertices, plain.triangles, plain.materials, None, places.astype(np.float32))
    pose = at(0.3, 0.2, 6) @ turn((1, 0.4, 0), 0.7)
    view = camera()
    surface = surface_of((mesh, pose), (quad(40), at(0, 0, 30)))
    hits, found = see(surface, view, lambda hits, caster: uv_map(hits, surface))
    shown = hits.copy == 0
    points = (pixel_rays(view) * hits.depth[..., None])[shown]
    local = (points - pose[:3, 3]) @ pose[:3, :3]
    np.testing.assert_allclose(found[shown], local[:, :2] * (2, -3) + 7, atol=1e-5)
    assert np.isnan(found[~shown]).all()


def test_a_slot_that_does_not_exist_is_the_last():
    sheet = quad(4)
    mesh = replace(sheet, materials=np.array([0, 5], np.int32))
    surface = surface_of((mesh, at(0, 0, 4)), (mesh, at(0, 0, 4) @ np.diag([0.2, 0.2, 0.2, 1])))
    surface = replace(surface, copy_slots=np.array([1, 0]), slot_material=np.array([[7, 8], [9, 9]], np.uint16))
    view = camera(position=(0.3, 0.1, 0))
    hits, found = see(surface, view, lambda hits, caster: material_map(hits, surface))
    np.testing.assert_array_equal(found[hits.copy == 0], 9)
    unread = replace(surface, copy_slots=None, slot_material=None)
    assert not see(unread, view, lambda hits, caster: material_map(hits, unread))[1].any()
    alone = replace(surface, copy_slots=np.array([0, 0]))
    found = see(alone, view, lambda hits, caster: material_map(hits, alone))[1]
    shown = hits.copy == 0
    np.testing.assert_array_equal(found[shown], np.where(hits.triangle[shown] == 0, 7, 8))


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_object_coordinates_lead_back_to_the_world(known, offset):
    place = at(offset, -offset, 0)
    pose = place @ at(0, 0, 6) @ turn((1, 2, 3), 0.8)
    far = turn((0, 0, 1), 0.4)
    far[:3, 3] = offset + 1.5, -offset, 9
    copies = (
        (box(2, 1, 1), pose @ at(1, 0, 0)),
        (box(0.5, 0.5, 3), pose),
        (quad(1), far),
        (quad(90), place @ at(0, 0, 20)),
    )
    surface = surface_of(*copies)
    labels = labels_for([1, 1, 2, 3], countable=[True, True, False])
    view = camera(position=(offset, -offset, 0))
    poses = np.stack([pose, far, np.full((4, 4), np.nan)]) if known else None

    def shapes(hits, caster):
        instances = instance_map(hits, surface, labels)
        boxes = instance_boxes(instances, image_extents(caster, view, labels), caster, view, poses)
        return instances, boxes, object_coordinates(hits, caster, labels, boxes)

    hits, (instances, boxes, nocs) = see(surface, view, shapes)
    assert boxes.instance.tolist() == [1, 2]
    assert np.isnan(nocs[(instances == 3) | (instances == 0)]).all()
    for row, number in enumerate(boxes.instance):
        shown = instances == number
        assert shown.sum() > 20 and ((nocs[shown] >= 0) & (nocs[shown] <= 1)).all()
        away = (nocs[shown].astype(float) - 0.5) * boxes.extent[row] @ boxes.rotation[row].T
        points = world_points(view, (pixel_rays(view) * hits.depth[..., None])[shown])
        np.testing.assert_allclose(boxes.center[row] + away, points, atol=1e-6 + 1e-9 * offset)
    if known:
        # The two boxes span x -0.25..2, y -0.5..0.5, z -1.5..1.5 of the instance's frame.
        local = ((pixel_rays(view) * hits.depth[..., None])[instances == 1] - (0, 0, 6)) @ pose[:3, :3]
        expected = (local - (-0.25, -0.5, -1.5)) / (2.25, 1.0, 3.0)
        np.testing.assert_allclose(nocs[instances == 1], expected, atol=1e-6 + 1e-9 * offset)
        assert (nocs[instances == 2][:, 2] == 0.5).all(), "a square has no thickness"


@pytest.mark.parametrize("copies", [(), ((quad(1), at(0, 0, -5)),)])
def test_maps_of_nothing(copies):
    surface, view = surface_of(*copies), camera()
    surface = replace(surface, copy_slots=np.zeros(len(copies), np.int32), slot_material=np.ones((1, 1), np.uint16))
    labels = labels_for([1])

    def shapes(hits, caster):
        boxes = instance_boxes(instance_map(hits, surface, labels), image_extents(caster, view, labels), caster, view)
        coordinates = object_coordinates(hits, caster, labels, boxes)
        return material_map(hits, surface), shading_normal_map(hits, caster), uv_map(hits, surface), coordinates

    _, (material, normal, uv, nocs) = see(surface, view, shapes)
    assert not material.any() and not normal.any() and np.isnan(uv).all() and np.isnan(nocs).all()
    _, found = see(surface, view, lambda hits, caster: occlusion_boundaries(hits, caster, view))
    assert not found.any()
