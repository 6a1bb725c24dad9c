"""Annotations through lenses that bend lines or see behind: against brute force, closed forms and Cycles."""

import bpy
import numpy as np
import pytest
from test_truth_cycles import fill
from truth_shapes import at, box, camera, labels_for, quad, sphere, surface_of, turn

from buildee.blender.camera import read_camera
from buildee.blender.render import render_frame
from buildee.blender.surface import SurfaceReader
from buildee.errors import AnnotationError
from buildee.truth.annotate import annotate
from buildee.truth.audit import audit_frame
from buildee.truth.camera import image_points, pixel_directions, pixel_rays
from buildee.truth.embree import CasterPool
from buildee.truth.flow import FlowState
from buildee.truth.frame import Frame, View
from buildee.truth.hits import cast_pixels, meet_planes
from buildee.truth.lens import BrownConrady, Equirectangular, FisheyeEquidistant, FisheyePolynomial
from buildee.truth.outline import in_reach, outline_reach
from buildee.truth.sampling import sample_points
from buildee.truth.surface import Camera
from buildee.truth.tracks import TrackState, bind, observe

LENSES = {
    "barrel": (BrownConrady(-0.28, 0.07, 0.001, -0.002), 96 / 1.5),
    "fisheye_180": (FisheyeEquidistant(np.pi), 96 / np.pi),
    "fisheye_220": (FisheyeEquidistant(np.deg2rad(220)), 96 / np.deg2rad(220)),
    "polynomial": (FisheyePolynomial(-1.2e-5, -0.08, -3.4e-5, 3.1e-5, -2.6e-8, 3.0), 96 / 36),
    "equirectangular": (Equirectangular(), 96 / (2 * np.pi)),
}


@pytest.fixture(scope="module")
def pool():
    with CasterPool() as pool:
        yield pool


def through(name, clip=(0.05, 60.0), width=96, height=64):
    lens, focal = LENSES[name]
    K = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])
    return Camera(K, np.eye(4), width, height, clip, lens)


def all_around():
    """Forty things of all sizes on all sides, some of them of triangles wider than the view, some too fine to bend."""
    rng = np.random.default_rng(8)
    shapes = [box(1, 0.6, 1.5), sphere(0.7, 160), box(0.1, 14, 0.1), box(12, 3, 0.1)]
    copies = []
    while len(copies) < 40:
        where = rng.normal(size=3) * 5
        if np.linalg.norm(where) > 3:
            copies.append((shapes[len(copies) % 4], at(*where) @ turn(rng.normal(size=3), rng.uniform(0, 3))))
    return surface_of(*copies), labels_for(list(range(1, 41)))


def dense_points(surface, copy, count=150):
    """Points all over a copy's triangles, (N, 3), borders included."""
    mesh, pose = surface.meshes[surface.copy_mesh[copy]], surface.world_from_copy[copy]
    count = count if len(mesh.triangles) < 100 else 3
    corners = (mesh.vertices.astype(float) @ pose[:3, :3].T + pose[:3, 3])[mesh.triangles]
    u, v = np.meshgrid(np.linspace(0, 1, count), np.linspace(0, 1, count))
    u, v = (w[u + v <= 1 + 1e-12][:, None, None] for w in (u, v))
    return (corners[:, 0] + u * (corners[:, 1] - corners[:, 0]) + v * (corners[:, 2] - corners[:, 0])).reshape(-1, 3)


@pytest.mark.parametrize("name", LENSES)
def test_boxes_hold_the_things_and_no_more(pool, name):
    surface, labels = all_around()
    view = through(name)
    with Frame(pool, labels, View(surface, view)) as frame:
        extents = frame.extents
    assert len(extents.instance) > 8
    for instance in range(1, 41):
        points = dense_points(surface, instance - 1)
        if view.lens.perspective:
            points = points[points[:, 2] > 0.05]
        pixels = image_points(view, points)
        pixels = pixels[np.isfinite(pixels).all(-1)]
        row = np.flatnonzero(extents.instance == instance)
        if not len(row):
            inside = (pixels > 0.5).all(-1) & (pixels < (95.5, 63.5)).all(-1)
            assert not inside.any()
            continue
        # Beside the camera a distorted image is stretched without bounds; compare as far as 100 pixels outside.
        low, high, pixels = (
            np.clip(values, -100, 200) for values in (extents.box[row[0], :2], extents.box[row[0], 2:], pixels)
        )
        assert (pixels >= low - 0.03).all() and (pixels <= high + 0.03).all()
        # Points on a grid leave gaps, wide ones beside the seam.
        assert (pixels.min(0) - low < 1.5).all() and (high - pixels.max(0) < 1.5).all()


@pytest.mark.parametrize("name", LENSES)
def test_fine_things_are_measured_by_their_vertices(pool, name):
    """A shortcut that must not reach things at the border, the seam, the poles or the near limit."""
    surface, labels = all_around()
    view = through(name)
    everything = labels.part_instance.astype(np.uint16)
    with pool.caster(surface, view.world_from_camera) as caster:
        possible, plain = in_reach(caster, view, everything, 0.05)
        assert 1 <= plain.sum() <= 10 and possible[plain].all()
        for copy in np.flatnonzero(plain):
            fast = outline_reach(caster, view, np.array([copy]), plain, 0.05)
            slow = outline_reach(caster, view, np.array([copy]), np.zeros_like(plain), 0.05)
            np.testing.assert_allclose(np.hstack(fast), np.hstack(slow), atol=0.01)
            points = dense_points(surface, copy, 3)
            assert np.isfinite(image_points(view, points)).all()


@pytest.mark.parametrize("name", LENSES)
def test_masks_equal_casting_each_instance_alone(pool, name):
    surface, labels = all_around()
    view = through(name)
    rays = pixel_rays(view).reshape(-1, 3)
    with Frame(pool, labels, View(surface, view)) as frame:
        arrays = annotate(frame, ["amodal"])
        shown = 0
        for instance in range(1, 41):
            with frame.caster.only(np.array([instance - 1])) as alone:
                expected = alone.blocked(rays, *view.clip).reshape(64, 96)
            row = np.flatnonzero(arrays["amodal/instance"] == instance)
            assert len(row) == int(expected.any())
            if len(row):
                assert arrays["amodal/pixels"][row[0]] == expected.sum()
                shown += 1
    assert shown > 8


def test_a_ball_around_the_camera_fills_every_image(pool):
    ball = sphere(2.0, 64)
    for name in LENSES:
        view = through(name)
        with Frame(pool, labels_for([1]), View(surface_of((ball, np.eye(4))), view)) as frame:
            depth, box_ = frame.hits.depth, frame.extents.box[0]
        sees = np.isfinite(pixel_rays(view)[..., 0])
        np.testing.assert_array_equal(frame.hits.seen, sees)
        distance = depth[sees] * np.linalg.norm(pixel_rays(view)[sees], axis=-1)
        assert distance.min() > 1.99 and distance.max() <= 2.0 + 1e-6
        assert (box_[:2] <= 0.51).all() or not sees.all()
    # The last is equirectangular: the whole image, from seam to seam and pole to pole.
    np.testing.assert_allclose(box_, (0, 32 - 24, 96, 32 + 24), atol=1e-9)


def test_depth_is_distance_and_clip_is_a_sphere(pool):
    wall = surface_of((quad(50), at(0, 0, 4)))
    view = through("fisheye_180", clip=(4.5, 6.0))
    with pool.caster(wall, np.eye(4)) as caster:
        hits = cast_pixels(caster, view)
    rays = pixel_rays(view)
    with np.errstate(invalid="ignore"):
        distance = 4 / rays[..., 2]
        expected = (distance >= 4.5) & (distance <= 6.0)
    np.testing.assert_array_equal(hits.seen, expected)
    np.testing.assert_allclose(hits.depth[expected], distance[expected])
    np.testing.assert_allclose(hits.normal[expected], np.broadcast_to((0, 0, -1), (expected.sum(), 3)), atol=1e-6)


def observed(pool, surface, labels, view):
    """Tracks of the middle of every triangle."""
    sizes = [len(surface.meshes[mesh].triangles) for mesh in surface.copy_mesh]
    copy = np.repeat(np.arange(len(sizes)), sizes)
    triangle = np.concatenate([np.arange(size) for size in sizes])
    points = bind(surface, labels, copy, triangle, np.full((len(copy), 2), 1 / 3))
    with pool.caster(surface, view.world_from_camera) as caster:
        return observe(points, labels, caster, view)


def test_points_behind_a_camera_that_sees_behind(pool):
    surface = surface_of((quad(1), at(0.5, 0, -4)), (quad(1), at(0.5, 0, 4)), (quad(0.2), at(0.25, 0, -2)))
    labels = labels_for([1, 2, 3])
    around = observed(pool, surface, labels, through("equirectangular"))
    assert (around.state == TrackState.VISIBLE).sum() >= 4 and not (around.state == TrackState.BEHIND).any()
    assert (around.depth > 0).all() and np.isfinite(around.xy).all()
    behind = around.xy[[0, 1]]
    assert (np.abs(behind[:, 0] - 48) > 40).all()
    front = observed(pool, surface, labels, through("fisheye_220"))
    assert (
        front.state.tolist() == [TrackState.OUT_OF_FRAME] * 2 + [TrackState.VISIBLE] * 2 + [TrackState.OUT_OF_FRAME] * 2
    )
    assert np.isnan(front.xy[[0, 1, 4, 5]]).all() and (front.depth > 0).all()
    pinhole = observed(pool, surface, labels, camera())
    assert (pinhole.state[[0, 1, 4, 5]] == TrackState.BEHIND).all()
    near = observed(pool, surface, labels, through("equirectangular", clip=(3.0, 9.0)))
    assert near.state.tolist() == [TrackState.VISIBLE] * 4 + [TrackState.BEHIND] * 2


def test_a_thing_behind_hides_what_is_farther(pool):
    surface = surface_of((quad(1), at(0.3, 0.2, -4)), (quad(3), at(0.1, 0, -2)))
    seen = observed(pool, surface, labels_for([1, 2]), through("equirectangular"))
    assert seen.state.tolist() == [TrackState.OCCLUDED] * 2 + [TrackState.VISIBLE] * 2
    assert seen.occluder.tolist() == [2, 2, 0, 0]


@pytest.mark.parametrize("name", LENSES)
def test_flow_leads_to_where_points_project(pool, name):
    mesh = box(1.4, 1, 1)
    for away in (2.5, -2.5):
        before, after = at(0.2, 0.1, away) @ turn((1, 2, 0), 0.3), at(0.4, -0.2, away) @ turn((1, 2, 0), 0.4)
        view = through(name)
        current, later = surface_of((mesh, before)), surface_of((mesh, after))
        with Frame(pool, labels_for([1]), View(current, view), following=View(later, view)) as frame:
            arrays = annotate(frame, ["flow"])
            hits = frame.hits
        seen = hits.seen
        points = (pixel_rays(view)[seen] * hits.depth[seen][:, None] - before[:3, 3]) @ before[:3, :3]
        place = image_points(view, points @ after[:3, :3].T + after[:3, 3])
        y, x = np.nonzero(seen)
        known = arrays["flow_state"][seen] != FlowState.INVALID
        np.testing.assert_array_equal(known, np.isfinite(place[:, 0]))
        assert np.isfinite(arrays["flow"]).all()
        expected = place - np.stack([x, y], -1) - 0.5
        np.testing.assert_allclose(arrays["flow"][seen][known], expected[known], atol=1e-4)
        assert known.sum() > 30 or (away < 0 and name != "equirectangular")


def test_points_are_sampled_where_the_lens_sees(pool):
    surface, labels = all_around()
    view = through("fisheye_180")
    with pool.caster(surface, np.eye(4)) as caster:
        points = sample_points(surface, labels, [(caster, view)], 400, np.random.default_rng(0))
        state = observe(points, labels, caster, view).state
    assert len(state) == 400 and (state[:200] == TrackState.VISIBLE).mean() > 0.98


POLYNOMIAL = {f"fisheye_polynomial_k{i}": k for i, k in enumerate((-1.2e-5, -0.08, -3.4e-5, 3.1e-5, -2.6e-8))}
EQUIDISTANT = {"panorama_type": "FISHEYE_EQUIDISTANT"}
EQUISOLID = {"panorama_type": "FISHEYE_EQUISOLID", "fisheye_fov": 3.0, "fisheye_lens": 8.0}
AROUND = {"panorama_type": "EQUIRECTANGULAR"}
PART = {**AROUND, "longitude_min": -1.0, "longitude_max": 2.0, "latitude_min": -1.2, "latitude_max": 0.5}
PICTURES = {
    "shift": ({"shift_x": 0.1, "shift_y": -0.05}, (96, 64), (1, 1)),
    "portrait": ({"shift_x": 0.1}, (64, 96), (1, 1)),
    "portrait aspect": ({"shift_y": -0.1}, (64, 96), (1.3, 1)),
    "equidistant": ({**EQUIDISTANT, "fisheye_fov": np.pi}, (96, 64), (1, 1)),
    "equidistant 223": ({**EQUIDISTANT, "fisheye_fov": 3.9, "shift_x": 0.1, "shift_y": 0.05}, (80, 80), (1, 1)),
    "equisolid": (EQUISOLID, (96, 64), (1, 1)),
    "equisolid portrait aspect": (EQUISOLID, (64, 96), (1, 1.2)),
    "equisolid vertical": ({**EQUISOLID, "sensor_fit": "VERTICAL"}, (96, 64), (1, 1)),
    "polynomial": ({"panorama_type": "FISHEYE_LENS_POLYNOMIAL", "fisheye_fov": 3.2, **POLYNOMIAL}, (96, 64), (1, 1)),
    "polynomial shift": (
        {"panorama_type": "FISHEYE_LENS_POLYNOMIAL", "fisheye_fov": 2.2, "shift_x": 0.05, "shift_y": 0.1, **POLYNOMIAL},
        (96, 64),
        (1, 1),
    ),
    "equirectangular": (AROUND, (96, 64), (1, 1)),
    "equirectangular clip": ({**AROUND, "clip_start": 3.0, "clip_end": 6.0}, (96, 64), (1, 1)),
    "equirectangular part": (PART, (96, 64), (1, 1)),
    "equirectangular part shift": ({**PART, "shift_x": 0.1, "shift_y": 0.05}, (96, 64), (1, 1)),
    "equirectangular behind": ({**PART, "longitude_min": 1.0, "longitude_max": 6.0}, (96, 64), (1, 1)),
}


def prepared(scene, options, size, aspect):
    eye = fill(scene)
    scene.render.engine = "CYCLES"
    scene.cycles.device, scene.cycles.samples = "CPU", 1
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = *size, 100
    scene.render.pixel_aspect_x, scene.render.pixel_aspect_y = aspect
    layer = scene.view_layers[0]
    layer.use_pass_z = layer.use_pass_object_index = True
    eye.location = (0.5, -4, 3)
    eye.data.shift_x, eye.data.clip_start, eye.data.clip_end = 0.0, 0.1, 100.0
    eye.data.type = "PANO" if "panorama_type" in options else "PERSP"
    for name, value in options.items():
        setattr(eye.data, name, value)
    return eye


@pytest.mark.parametrize("name", PICTURES)
def test_depth_and_ids_agree_with_cycles(scene, tmp_path, pool, name):
    eye = prepared(scene, *PICTURES[name])
    rendered = render_frame(scene, eye.name, 1, tmp_path / "rgb.png", tmp_path)
    surface, view = SurfaceReader(scene.name).read(1), read_camera(scene, eye)
    index = np.append(np.arange(1, len(surface.copy_mesh) + 1), 0)
    with pool.caster(surface, view.world_from_camera) as caster:
        hits = cast_pixels(caster, view)

        def recast(points):
            rays = pixel_directions(view, points)
            found = caster.first_hits(rays, *view.clip)
            depth, hit = np.full(len(points), np.inf), np.flatnonzero(found.copy >= 0)
            depth[hit] = meet_planes(caster, found.copy[hit], found.triangle[hit], np.ascontiguousarray(rays[hit].T))[0]
            return depth, index[found.copy]

        audit = audit_frame(hits.depth, index[hits.copy], rendered.depth, rendered.index, recast)
    assert hits.seen.mean() > 0.3 and len(np.unique(hits.copy)) > 15
    # Cycles' sines and arc cosines are float32: up to a thousandth of a pixel, which grazing ground makes millimetres.
    assert audit.raw_ids >= 0.999 and audit.raw_depths >= (0.999 if view.lens.perspective else 0.95)
    assert audit.ids == 1 and audit.depths == 1


def test_panoramas_without_a_lens_model_are_refused(scene):
    eye = prepared(scene, AROUND, (96, 64), (1, 1))
    for options, reason in (
        ({"longitude_max": 4.0}, "whole turn"),
        ({"longitude_max": -4.0}, "above its highest"),
        ({**EQUIDISTANT, "longitude_max": np.pi, "fisheye_fov": 7.0}, "whole turn"),
        ({"panorama_type": "FISHEYE_LENS_POLYNOMIAL", "fisheye_polynomial_k1": 0.1}, "grow outwards"),
        ({"fisheye_polynomial_k1": -0.1, "fisheye_polynomial_k2": 0.005, "fisheye_fov": 3.0}, "turns back 9.9"),
        ({"panorama_type": "MIRRORBALL"}, "MIRRORBALL"),
        ({"type": "ORTHO"}, "ORTHO"),
    ):
        for name, value in options.items():
            setattr(eye.data, name, value)
        bpy.context.view_layer.update()
        with pytest.raises(AnnotationError, match=reason):
            read_camera(scene, eye)
