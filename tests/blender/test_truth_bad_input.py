"""Broken scenes: a clear error or nothing there, never a wrong label, never a crash."""

import bpy
import numpy as np
import pytest
from truth_shapes import at, box, camera, labels_for, mesh_of, quad, surface_of

from buildee.blender.build import PART, build
from buildee.blender.camera import read_camera
from buildee.blender.live import annotate as annotate_live
from buildee.blender.surface import SurfaceReader
from buildee.errors import AnnotationError
from buildee.truth.annotate import ANNOTATORS, annotate
from buildee.truth.embree import CasterPool
from buildee.truth.frame import Frame, View
from buildee.truth.sampling import sample_points

WALL = quad(40), at(0, 0, 8)


def everything(surface, labels, view, count=64):
    """All annotations of a frame that stands still."""
    same = View(surface, view)
    with CasterPool() as pool:
        with pool.caster(surface, view.world_from_camera) as caster:
            points = sample_points(surface, labels, [(caster, view)], count, np.random.default_rng(0))
        with Frame(pool, labels, same, same, same, points) as frame:
            return annotate(frame, ANNOTATORS)


def assert_sane(arrays):
    """Nothing but what the documentation allows is not finite, and the wall fills what nothing else shows."""
    assert not np.isnan(arrays["depth"]).any() and (arrays["depth"] > 0).all()
    for name in ("normal", "flow", "amodal/occluded", "boxes/amodal_box", "boxes/center", "boxes/extent"):
        assert np.isfinite(arrays[name]).all(), name
    assert np.isfinite(arrays["tracks/xyz"][arrays["tracks/state"] > 0]).all()


def add(name, mesh_data, part):
    thing = bpy.data.objects.new(name, mesh_data)
    bpy.context.scene.collection.objects.link(thing)
    thing[PART] = part
    return thing


def blender_mesh(vertices, faces):
    data = bpy.data.meshes.new("mesh")
    data.from_pydata(vertices, [], faces)
    return data


def square(half, z):
    return blender_mesh([(-half, -half, z), (half, -half, z), (half, half, z), (-half, half, z)], [(0, 1, 2, 3)])


def test_triangles_without_area_are_not_there():
    sliver = mesh_of([(-1, -1, 0), (1, 1, 0), (0, 0, 0), (1, -1, 0)], [(0, 1, 2), (0, 0, 1), (3, 3, 3)])
    arrays = everything(surface_of((sliver, at(0, 0, 4)), WALL), labels_for([1, 2]), camera())
    assert_sane(arrays)
    assert set(np.unique(arrays["instance"])) == {2}
    np.testing.assert_allclose(arrays["depth"], 8, rtol=1e-6)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e30])
def test_blender_meshes_with_broken_vertices_show_their_other_triangles(scene, value):
    add("wall", square(20, -8), 0)
    sheet = blender_mesh([(-1, -1, -4), (1, -1, -4), (1, 1, -4), (-1, 1, -4)], [(0, 1, 2), (0, 2, 3)])
    sheet.vertices[3].co.x = value
    add("sheet", sheet, 1)
    add("ruin", blender_mesh([(value, value, value)] * 3, [(0, 1, 2)]), 2)
    surface = SurfaceReader(scene.name).read(1)
    view = camera(pose=np.diag([1.0, -1, -1, 1]))
    arrays = everything(surface, labels_for([1, 2, 3]), view)
    assert_sane(arrays)
    y, x = np.mgrid[:64, :64] + 0.5 - 32
    half = 16  # one metre at four, 64 px focal
    inside = (np.abs(x) < half) & (np.abs(y) < half) & (x > -y)
    edge = x == -y
    np.testing.assert_array_equal((arrays["instance"] == 2)[~edge], inside[~edge])
    assert arrays["boxes/instance"].tolist() == [1, 2]
    np.testing.assert_allclose(arrays["boxes/extent"][1], (2, 2, 0), atol=1e-6)


def test_loose_vertices_have_no_extent(scene):
    add("cube", blender_mesh([(-1, -1, -5), (1, -1, -5), (1, 1, -5), (50, 60, -5)], [(0, 1, 2)]), 0)
    surface = SurfaceReader(scene.name).read(1)
    arrays = everything(surface, labels_for([1]), camera(pose=np.diag([1.0, -1, -1, 1])))
    np.testing.assert_allclose(arrays["boxes/amodal_box"][0], (32 - 12.8, 32 - 12.8, 32 + 12.8, 32 + 12.8), rtol=1e-5)
    np.testing.assert_allclose(arrays["boxes/extent"][0], (2, 2, 0), atol=1e-6)


def test_objects_scaled_to_nothing_are_absent(scene):
    add("wall", square(20, -8), 0)
    thing = add("ghost", square(1, -4), 1)
    for frame, scale in ((1, 1.0), (2, 0.0)):
        thing.scale = (scale,) * 3
        thing.keyframe_insert("scale", frame=frame)
    reader = SurfaceReader(scene.name)
    before, after = reader.read(1), reader.read(2)
    view, labels = camera(pose=np.diag([1.0, -1, -1, 1])), labels_for([1, 2])
    assert (everything(before, labels, view)["instance"] == 2).sum() == 32 * 32
    with CasterPool() as pool, Frame(pool, labels, View(before, view), following=View(after, view)) as frame:
        arrays = annotate(frame, ["flow", "instance"])
        assert (arrays["flow_state"][arrays["instance"] == 2] == 0).all()
    arrays = everything(after, labels, view)
    assert_sane(arrays)
    assert arrays["boxes/instance"].tolist() == [1] and not (arrays["instance"] == 2).any()


def test_huge_and_broken_poses_do_no_harm():
    broken, far, huge = np.eye(4), at(0, 0, 1e30), np.diag([1e20, 1e20, 1e20, 1])
    broken[1, 2] = np.nan
    cube = box(1, 1, 1)
    for pose in (broken, far, huge, at(1e15, 0, 4), at(0, 0, 1e17)):
        arrays = everything(surface_of((cube, pose), WALL), labels_for([1, 2]), camera())
        assert (arrays["instance"] != 1).all() and np.isfinite(arrays["depth"]).all()


def test_a_pose_that_is_none_is_refused():
    for pose in (np.full((4, 4), np.nan), np.diag([0.0, 0, 0, 1])):
        with CasterPool() as pool, pytest.raises(AnnotationError, match="pose"):
            pool.caster(surface_of(WALL), pose)


def test_no_camera(scene):
    with pytest.raises(AnnotationError, match="no camera"):
        read_camera(scene, scene.camera)
    cube = add("cube", square(1, 0), 0)
    with pytest.raises(AnnotationError, match="'cube' is a mesh"):
        read_camera(scene, cube)


def test_no_objects(scene):
    surface = SurfaceReader(scene.name).read(1)
    with CasterPool() as pool, Frame(pool, labels_for([1]), View(surface, camera())) as frame:
        arrays = annotate(frame, [name for name in ANNOTATORS if name != "tracks"])
    assert np.isinf(arrays["depth"]).all() and not arrays["part"].any() and not len(arrays["boxes/instance"])


@pytest.mark.parametrize("frame", [-1, 3])
def test_frames_outside_the_range(scene, toy_layout, frame):
    built = build(toy_layout, scene)
    with pytest.raises(AnnotationError, match="frames 0 to 2"):
        annotate_live(built, "front", frame)
    with pytest.raises(AnnotationError, match="front, side"):
        annotate_live(built, "back")
