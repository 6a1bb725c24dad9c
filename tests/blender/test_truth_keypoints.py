"""Keypoints: where they are, and whether the body around them is seen, against closed forms."""

import bpy  # noqa: F401
import numpy as np
import pytest
from truth_shapes import at, box, camera, labels_for, quad, sphere, surface_of, turn

from buildee.truth.annotate import annotate
from buildee.truth.camera import project
from buildee.truth.embree import CasterPool
from buildee.truth.frame import Frame, View
from buildee.truth.keypoints import COCO_VISIBILITY, LIMBS, PERSON, Keypoints
from buildee.truth.lens import Equirectangular
from buildee.truth.surface import Camera

VISIBLE, OCCLUDED, SELF, OUTSIDE, BEHIND = range(1, 6)


@pytest.fixture(scope="module")
def pool():
    with CasterPool() as pool:
        yield pool


def seen_of(pool, surface, labels, view, xyz, radius, part=0):
    xyz = np.asarray(xyz, np.float64).reshape(-1, 3)
    part = np.broadcast_to(np.asarray(part, np.int32), len(xyz))
    radius = np.broadcast_to(np.asarray(radius, np.float64), len(xyz))
    points = Keypoints(("point",) * len(xyz), part, radius, xyz)
    with Frame(pool, labels, View(surface, view), keypoints=points) as frame:
        arrays = annotate(frame, ("keypoints",))
    return {name.split("/")[1]: array for name, array in arrays.items()}


# A figure that faces the camera, 5 m away: trunk, head, and an arm that it holds before its trunk.
TRUNK, HEAD, ARM = (box(0.4, 0.6, 0.2), at(0, 0, 5)), (box(0.2, 0.2, 0.2), at(0, -0.5, 5)), (box(0.5, 0.1, 0.1),)
FIGURE = (TRUNK, HEAD, (*ARM, at(0.1, 0.2, 4.6)))
PLACES = {"chest": (0.0, -0.1, 5.0), "head": (0.0, -0.5, 5.0), "hip": (0.1, 0.2, 5.0), "wrist": (0.3, 0.2, 4.6)}


def figure_states(pool, *others):
    surface = surface_of(*FIGURE, *others)
    labels = labels_for([1, 1, 1, *range(2, 2 + len(others))])
    seen = seen_of(pool, surface, labels, camera(size=200), list(PLACES.values()), 0.12)
    return dict(zip(PLACES, seen["state"].tolist(), strict=True)), dict(
        zip(PLACES, seen["occluder"].tolist(), strict=True)
    )


def test_a_figure_alone_hides_its_hip_by_its_arm(pool):
    states, occluders = figure_states(pool)
    assert states == {"chest": VISIBLE, "head": VISIBLE, "hip": SELF, "wrist": VISIBLE}
    assert occluders == {"chest": 0, "head": 0, "hip": 1, "wrist": 0}


def test_a_box_behind_a_figure_hides_nothing_and_before_it_what_it_covers(pool):
    behind = figure_states(pool, (box(3, 3, 0.5), at(0, 0, 6)))
    assert behind == figure_states(pool)
    # 0.3 m wide and from y = -0.4 to 0 at 2.9 to 3.1 m: rays to chest and head cross it, those to hip and wrist pass.
    states, occluders = figure_states(pool, (box(0.3, 0.4, 0.2), at(0, -0.2, 3)))
    assert states == {"chest": OCCLUDED, "head": OCCLUDED, "hip": SELF, "wrist": VISIBLE}
    assert occluders == {"chest": 2, "head": 2, "hip": 1, "wrist": 0}


def test_the_radius_is_measured_along_the_ray(pool):
    """A sphere of 0.3 m around the keypoint, far off the axis: its skin is 0.3 m before it from anywhere."""
    ball, place = sphere(0.3, 256), np.array([2.2, -1.3, 5.0])
    surface, labels = surface_of((ball, at(*place))), labels_for([1])
    for radius, state in ((0.297, SELF), (0.301, VISIBLE)):
        assert seen_of(pool, surface, labels, camera(size=200, focal=150), place, radius)["state"] == state


def test_random_keypoints_agree_with_spheres_and_plates_by_formula(pool):
    """Balls of one instance, plates of others, everywhere: each ray is met by its first sphere or plate."""
    rng = np.random.default_rng(4)
    steps = 128
    centers = rng.uniform((-2, -2, 3), (2, 2, 9), (60, 3))
    sizes = rng.uniform(0.08, 0.25, 60)
    plates = rng.uniform((-2, -2, 2), (2, 2, 9), (25, 3))
    unit, pane = sphere(1.0, steps), quad(0.7)
    balls = [(unit, at(*center) @ np.diag([size, size, size, 1])) for center, size in zip(centers, sizes, strict=True)]
    surface = surface_of(*balls, *((pane, at(*place)) for place in plates))
    labels = labels_for([1] * 60 + list(range(2, 27)))
    radius = sizes * rng.choice([0.8, 1.2], 60)
    view = camera(size=400)
    found = seen_of(pool, surface, labels, view, centers, radius, np.arange(60))
    xy, depth = project(view, centers)
    np.testing.assert_allclose(found["xy"], xy, atol=1e-3)
    np.testing.assert_allclose(found["depth"], depth, rtol=1e-6)
    counted = set()
    for number, center in enumerate(centers):
        ray, away = center / np.linalg.norm(center), np.linalg.norm(center)
        along = centers @ ray
        off = np.linalg.norm(centers - along[:, None] * ray, axis=1)
        with np.errstate(invalid="ignore"):
            skin = np.where(off < sizes, along - np.sqrt(sizes**2 - off**2), np.inf)
        cut = ray / ray[2] * plates[:, 2:]
        inside = np.abs(cut - plates)[:, :2].max(1)
        pane_at = np.where(inside < 0.35, plates[:, 2] / ray[2], np.inf)
        unsure = (np.abs(off - sizes) < 0.01 * sizes).any() or (np.abs(inside - 0.35) < 1e-4).any()
        if unsure or not (xy[number] >= 0).all() or not (xy[number] < 400).all():
            continue
        first = min(skin.min(), pane_at.min())
        if pane_at.min() < skin.min() and pane_at.min() < away:
            expected = OCCLUDED, int(pane_at.argmin()) + 2
        else:
            expected = (VISIBLE, 0) if away - first <= radius[number] else (SELF, 1)
        assert (found["state"][number], found["occluder"][number]) == expected
        counted.add(expected[0])
    assert counted == {VISIBLE, OCCLUDED, SELF}


def test_out_of_frame_behind_and_limits(pool):
    surface, labels = surface_of((box(0.1, 0.1, 0.1), at(0, 0, 4))), labels_for([1])
    places = [(0, 0, 4), (9, 0, 4), (0, 0, -4), (0, 0, 0.5), (0, 0, 30)]
    seen = seen_of(pool, surface, labels, camera(clip=(1.0, 20.0)), places, 0.1)
    assert seen["state"].tolist() == [VISIBLE, OUTSIDE, BEHIND, BEHIND, OUTSIDE]
    assert COCO_VISIBILITY[seen["state"]].tolist() == [2, 0, 0, 0, 0]
    # What is nearer than the near limit hides nothing.
    screened = surface_of((box(0.1, 0.1, 0.1), at(0, 0, 4)), (quad(3), at(0, 0, 0.9)))
    near = seen_of(pool, screened, labels_for([1, 2]), camera(clip=(1.0, 20.0)), places[:1], 0.1)
    assert near["state"].tolist() == [VISIBLE]


def test_a_panorama_sees_keypoints_behind_it(pool):
    surface = surface_of((box(0.2, 0.2, 0.2), at(0, 0, -4)), (quad(1), at(0, 0, 2)))
    K = np.array([[64 / (2 * np.pi), 0, 32], [0, 64 / (2 * np.pi), 16], [0, 0, 1.0]])
    view = Camera(K, turn((0, 1, 0), 0.4), 64, 32, lens=Equirectangular())
    seen = seen_of(pool, surface, labels_for([1, 2]), view, [(0, 0, -4), (0, 0, 4)], 0.11)
    assert seen["state"].tolist() == [VISIBLE, OCCLUDED]
    np.testing.assert_allclose(seen["depth"], 4, rtol=1e-6)


def test_a_glass_box_of_another_instance_hides_by_its_first_surface(pool):
    surface = surface_of((box(0.2, 0.2, 0.2), at(0, 0, 4)), (box(1, 1, 1), at(0, 0, 4)))
    seen = seen_of(pool, surface, labels_for([1, 2]), camera(), [(0, 0, 4)], 0.2)
    assert (seen["state"].tolist(), seen["occluder"].tolist()) == ([OCCLUDED], [2])


def test_no_surface_and_no_keypoints(pool):
    nothing = seen_of(pool, surface_of(), labels_for([1]), camera(), [(0, 0, 4)], 0.1)
    assert nothing["state"].tolist() == [VISIBLE]
    none = seen_of(pool, surface_of(FIGURE[0]), labels_for([1]), camera(), np.zeros((0, 3)), 0.1)
    assert {name: array.shape for name, array in none.items()} == {
        "xyz": (0, 3),
        "xy": (0, 2),
        "depth": (0,),
        "state": (0,),
        "occluder": (0,),
    }


def test_a_person_has_the_17_keypoints_and_19_limbs_of_coco():
    assert len(PERSON) == len(set(PERSON)) == 17 and len(set(LIMBS)) == 19
    assert {name for limb in LIMBS for name in limb} == set(PERSON)
