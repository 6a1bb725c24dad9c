"""The appliances: sizes of their modules, joints that hit nothing, free places inside, doors that open ahead."""

from functools import cache

import numpy as np
import pytest

from buildee.layout import catalog
from buildee.layout.contact import overlap_depth
from buildee.layout.kinematics import part_poses

SHIPPED = catalog.load()
APPLIANCES = sorted(id for id, entry in SHIPPED.items() if entry.library.stem == "appliances")
OPENS = ("door", "lid", "head")
"""What has to be open before the rest can move."""
TOUCHING = 6e-4
"""How deep parts that lie on each other may seem to overlap, metres."""


def instance_at(id, values):
    model = SHIPPED.model(id)
    return model.placed(id, np.eye(4), {name: np.array([value]) for name, value in values.items()})


def worst_overlap(id, values):
    """Returns the deepest overlap of two parts, and which."""
    thing = instance_at(id, values)
    poses = part_poses(thing)[0]
    boxes = [
        (number, pose @ box, half)
        for number, (part, pose) in enumerate(zip(thing.parts, poses, strict=True))
        if part.proxy is not None
        for box, half in zip(part.proxy.poses, part.proxy.half, strict=True)
    ]
    owner = np.array([number for number, _, _ in boxes])
    places, half = np.array([box for _, box, _ in boxes]), np.array([size for _, _, size in boxes])
    one, two = np.triu_indices(len(boxes), 1)
    one, two = one[owner[one] != owner[two]], two[owner[one] != owner[two]]
    if not len(one):
        return 0.0, ("", "")
    depth = overlap_depth(places[one], half[one], places[two], half[two])
    deepest = int(np.argmax(depth))
    return depth[deepest], (thing.parts[owner[one[deepest]]].name, thing.parts[owner[two[deepest]]].name)


@cache
def joints(id):
    return {part.name: part.joint for part in SHIPPED[id].parts if part.joint is not None}


def opened(id):
    return {name: joint.limits[1] for name, joint in joints(id).items() if name.startswith(OPENS)}


@pytest.mark.parametrize("id", APPLIANCES)
def test_nothing_hits_when_a_joint_goes_through_its_limits(id):
    depth, pair = worst_overlap(id, {})
    assert depth < TOUCHING, ("closed", pair)
    for name, joint in joints(id).items():
        others = {} if name in opened(id) else opened(id)
        for share in (0.0, 0.15, 0.35, 0.55, 0.75, 1.0):
            value = joint.limits[0] + share * (joint.limits[1] - joint.limits[0])
            depth, pair = worst_overlap(id, {**others, name: value})
            assert depth < TOUCHING, (name, value, pair)


def test_the_check_notices_a_door_that_turns_inwards():
    assert worst_overlap("oven_a", {"door": np.deg2rad(-10)})[0] > TOUCHING


@pytest.mark.parametrize("id", APPLIANCES)
def test_every_support_is_free_and_lies_in_the_appliance(id):
    entry = SHIPPED[id]
    thing = instance_at(id, opened(id) if entry.category == "stand_mixer" else {})
    poses = dict(zip((part.name for part in thing.parts), part_poses(thing)[0], strict=True))
    solids = [
        (poses[part.name] @ box, half)
        for part in thing.parts
        if part.proxy is not None
        for box, half in zip(part.proxy.poses, part.proxy.half, strict=True)
    ]
    places, halves = np.array([box for box, _ in solids]), np.array([half for _, half in solids])
    for support in entry.supports:
        room = min(support.headroom, 0.05)
        assert room > 0.015, support.name
        space = poses[support.part] @ support.pose
        np.testing.assert_allclose(space[:3, 2], (0, 0, 1), atol=1e-9)
        np.testing.assert_allclose(space[:3, 1], (-1, 0, 0), atol=1e-9)  # one reaches for it from +X
        space = space.copy()
        space[2, 3] += room / 2
        half = np.array([*np.asarray(support.size) / 2, room / 2]) - 5e-4
        assert (half > 0.01).all(), support.name
        count = len(places)
        depth = overlap_depth(np.repeat(space[None], count, 0), np.repeat(half[None], count, 0), places, halves)
        assert depth.max() < 1e-3, support.name


@pytest.mark.parametrize(
    ("id", "width", "depth", "height"),
    [
        ("oven_a", 0.595, 0.61, 0.595),
        ("oven_b", 0.595, 0.62, 0.595),
        ("hob_induction", 0.58, 0.51, 0.056),
        ("hob_gas", 0.58, 0.51, 0.105),
        ("refrigerator_b", 0.595, 0.68, 2.01),
        ("refrigerator_american", 0.912, 0.79, 1.78),
        ("dishwasher_a", 0.598, 0.60, 0.845),
        ("dishwasher_integrated", 0.598, 0.557, 0.815),
        ("washing_machine_a", 0.598, 0.60, 0.848),
        ("microwave_b", 0.595, 0.37, 0.388),
    ],
)
def test_they_fit_their_modules(id, width, depth, height):
    size = SHIPPED[id].size
    assert size[1] == pytest.approx(width, abs=0.005)
    assert size[0] == pytest.approx(depth, abs=0.03)
    assert size[2] == pytest.approx(height, abs=0.01)


@pytest.mark.parametrize("id", APPLIANCES)
def test_what_one_takes_hold_of_lies_in_front_or_on_top(id):
    entry, model = SHIPPED[id], SHIPPED.model(id)
    thing = model.placed(id, np.eye(4))
    poses = dict(zip((part.name for part in thing.parts), part_poses(thing)[0], strict=True))
    grasps = {key: poses[key.split("/")[0]] @ pose for key, pose in model.markers.items() if key.endswith("/grasp")}
    for name in joints(id):
        if name.startswith(("door", "knob", "lid", "lever", "drawer", "button")):
            assert f"{name}/grasp" in grasps, name
    if entry.category in ("oven", "refrigerator", "dishwasher", "washing_machine", "microwave"):
        assert grasps["door/grasp"][0, 3] > 0.1


def test_doors_open_towards_the_user():
    for id in APPLIANCES:
        for name, joint in joints(id).items():
            if not name.startswith("door"):
                continue
            marker = SHIPPED.model(id).markers[f"{name}/grasp"]
            index = [part.name for part in SHIPPED[id].parts].index(name)
            closed = part_poses(instance_at(id, {}))[0, index] @ marker
            ajar = part_poses(instance_at(id, {name: 0.1 * joint.limits[1]}))[0, index] @ marker
            assert ajar[0, 3] > closed[0, 3] + 0.02, (id, name)
