"""What is loose falls as things fall, and ends at rest, on things and in nothing."""

from dataclasses import replace

import numpy as np
import pytest

from buildee.blender.settle import settle
from buildee.errors import PlacementError
from buildee.layout.canonical import layout_hash
from buildee.layout.contact import interpenetration, unsupported
from buildee.layout.material import Material
from buildee.layout.pieces import piece, pose_at
from buildee.layout.scene import Assembly, Layout, Loose
from buildee.layout.solids import box

PAINT = (Material("paint"),)
FLOOR = piece("floor", "floor", ("floor", box((4, 4, 0.1), (0, 0, -0.05))), PAINT, np.eye(4))


def crate(name, size, *place):
    return piece(name, "box", (f"box/{size}", box(size)), PAINT, pose_at(*place))


def scene(things, loose, frames=1):
    everything = Assembly.merged([FLOOR, *things])
    return Layout("test", frames, 25.0, everything.shapes, everything.instances, (), (), loose=tuple(loose))


def pose_of(layout, name):
    return next(item.poses for item in layout.instances if item.name == name)


def test_a_box_lands_on_its_face():
    settled = settle(scene([crate("a", (0.1, 0.2, 0.06), 0.1, 0.2, 0.4, 0.3)], [Loose("a")]))
    pose = pose_of(settled, "a")
    assert pose.shape == (1, 4, 4)
    np.testing.assert_allclose(pose[0, :2, 3], (0.1, 0.2), atol=5e-3)
    np.testing.assert_allclose(pose[0, 2], (0, 0, 1, 0.03), atol=1e-3)
    assert settled.loose is None
    assert settled.facts["settled"]["things"] == 1


def test_a_pile_rests_on_itself_and_the_same_way_every_time():
    rng = np.random.default_rng(3)
    things = [
        crate(f"b{number}", tuple(rng.uniform(0.04, 0.12, 3)), *rng.uniform(-0.1, 0.1, 2), 0.1 + 0.13 * number, number)
        for number in range(12)
    ]
    layout = scene(things, [Loose(f"b{number}") for number in range(12)])
    settled = settle(layout)
    assert not interpenetration(settled, tolerance=2e-3)
    assert not unsupported(settled, lambda spots: np.zeros(spots.shape[:-1]))
    assert layout_hash(settle(layout)) == layout_hash(settled) != layout_hash(layout)


def test_what_falls_during_a_clip_falls_as_far_as_gravity_takes_it():
    things = [crate("still", (0.1, 0.1, 0.1), 0.5, 0, 0.05), crate("high", (0.1, 0.1, 0.1), 0, 0, 1.5)]
    film = pose_of(settle(scene(things, [Loose("still"), Loose("high", 5)], 15)), "high")[:, 2, 3]
    np.testing.assert_allclose(film[:5], 1.5, atol=1e-6)
    seconds = np.arange(10) / 25.0
    np.testing.assert_allclose(film[5:], 1.5 - 9.81 / 2 * seconds**2, atol=0.02)
    assert film[-1] < 0.9


def test_what_is_pushed_over_an_edge_keeps_its_way_until_it_topples():
    table = crate("table", (0.4, 0.4, 0.8), 0, 0, 0.4)
    thing = crate("pushed", (0.06, 0.06, 0.1), 0.1, 0, 0.85)
    way = np.repeat(thing.instances[0].poses, 20, 0)
    way[:, 0, 3] = np.interp(np.arange(20), (0, 6), (0.1, 0.22))
    pushed = Assembly(thing.shapes, (replace(thing.instances[0], poses=way),))
    film = pose_of(settle(scene([table, pushed], [Loose("pushed", 6)], 20)), "pushed")
    np.testing.assert_allclose(film[:7], way[:7], atol=1e-6)
    assert film[-1, 0, 3] > 0.23
    assert film[-1, 2, 3] < 0.7


def test_things_that_start_in_each_other_are_refused():
    held = [crate("wall", (0.3, 0.3, 0.3), 0, 0, 0.15), crate("a", (0.2, 0.2, 0.2), 0, 0, 0.1)]
    lid = crate("lid", (0.3, 0.3, 0.02), 0, 0, 0.31)
    sides = [crate(f"side{side}", (0.02, 0.4, 0.4), side * 0.161, 0, 0.2) for side in (-1, 1)]
    with pytest.raises(PlacementError, match="fewer things"):
        settle(scene([*held, lid, *sides], [Loose("a")]))
