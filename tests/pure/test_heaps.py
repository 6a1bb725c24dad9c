"""Things in a heap lie on each other, in nothing, and no small way leads further down."""

from __future__ import annotations

import numpy as np
import pytest

from buildee.layout.contact import overlap_depth
from buildee.layout.heaps import Heap, Pebble
from buildee.layout.pieces import box_proxy

FLOOR = box_proxy(((-0.2, -0.2, -0.01), (0.2, 0.2, 0.0)))
R = 0.03


def ball() -> Pebble:
    """A ball of 60 mm whose proxy is boxes in it."""
    sides = [(np.sqrt(1 - high**2) * R / np.sqrt(2), high * R) for high in (0.35, 0.577, 0.8, 0.95)]
    proxy = box_proxy(*(((-side, -side, -high), (side, side, high)) for side, high in sides))
    return Pebble.of(np.array([(-R, -R, -R), (R, R, R)]), proxy.poses, proxy.half)


def heaped(seed: int, count: int) -> tuple[Heap, list]:
    heap, rng = Heap(np.zeros(2), 0.08, FLOOR.poses, FLOOR.half), np.random.default_rng(seed)
    return heap, [pose for pose in (heap.add(ball(), rng) for _ in range(count)) if pose is not None]


@pytest.mark.parametrize("seed", range(4))
def test_balls_lie_on_each_other_and_in_nothing(seed: int) -> None:
    heap, poses = heaped(seed, 14)
    assert len(poses) >= 7
    owner = np.append(0, np.repeat(np.arange(len(poses)) + 1, 4))
    one, two = np.nonzero(owner[:, None] < owner)
    depth = overlap_depth(heap.poses[one], heap.half[one], heap.poses[two], heap.half[two])
    assert depth.max() < 1e-3
    for number in range(1, len(poses) + 1):
        assert depth[(owner[one] == number) | (owner[two] == number)].max() > -5e-3


def test_the_first_lies_on_the_floor_and_the_same_seed_means_the_same_heap() -> None:
    _, poses = heaped(1, 6)
    np.testing.assert_allclose(poses[0][2, 3], R, atol=0.009)
    np.testing.assert_array_equal(poses, heaped(1, 6)[1])


def test_a_heap_grows_upwards() -> None:
    _, poses = heaped(2, 24)
    assert max(pose[2, 3] for pose in poses) > 0.05


def test_long_things_lie_down() -> None:
    proxy = box_proxy(((-0.01, -0.01, -0.06), (0.01, 0.01, 0.06)))
    long = Pebble.of(np.array([(-0.02, -0.02, -0.07), (0.02, 0.02, 0.07)]), proxy.poses, proxy.half)
    pose = Heap(np.zeros(2), 0.08, FLOOR.poses, FLOOR.half).add(long, np.random.default_rng(0))
    assert pose is not None
    assert abs(pose[2, 2]) < 0.05
