"""What is moved in a kitchen has a free way and is put down; what falls is let go over an edge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from buildee import recipe
from buildee.generators.kitchen import Household, decide
from buildee.layout.contact import interpenetration
from buildee.layout.scene import Instance
from buildee.resources import folder

RECIPE = recipe.load(folder("recipes") / "kitchen.yaml").override(frames=13)
SEEDS = (3, 5, 20)


def household(seed: int, **life: float) -> Household:
    resolved = RECIPE.resolve(0, seed)
    scene = replace(resolved.scene, life=replace(resolved.scene.life, **life))
    return decide(scene, resolved.shot, RECIPE.scene_seed(0, seed))


def moved(found: Household) -> list[Instance]:
    """Things whose own pose changes."""
    return [item for item in found.layout.instances if np.ptp(item.poses, axis=0).max() > 1e-6]


def overlapping(found: Household, names: set[str]) -> list:
    """Returns what some things meet in any frame."""
    overlaps = interpenetration(found.layout, tolerance=2e-3)
    return [o for o in overlaps if {o.first.split("/")[0], o.second.split("/")[0]} & names]


@pytest.fixture(scope="module")
def households() -> list[Household]:
    return [household(seed, openings=0, slides=2, moves=2, falls=1) for seed in SEEDS]


def test_things_are_moved_along_a_free_way(households) -> None:
    for found in households:
        names = {item.name for item in moved(found)}
        assert len(names) >= 4
        assert not overlapping(found, names)


def test_what_moves_keeps_clear_of_doors_that_open() -> None:
    found = household(3, openings=3, slides=3, moves=3, falls=0)
    assert not overlapping(found, {item.name for item in moved(found)})


def test_what_is_carried_is_put_down_upright_on_something(households) -> None:
    levels = [{round(float(s.poses[0, 2, 3]), 4) for s in found.supports} for found in households]
    for found, heights in zip(households, levels, strict=True):
        falling = {loose.instance for loose in found.layout.loose or ()}
        lifted = [item for item in moved(found) if np.ptp(item.poses[:, 2, 3]) > 0.02 and item.name not in falling]
        assert lifted
        for item in lifted:
            np.testing.assert_allclose(item.poses[:, 2, :3], np.tile(item.poses[0, 2, :3], (13, 1)), atol=1e-6)
            rise = item.poses[-1, 2, 3] - item.poses[0, 2, 3]
            assert any(abs(rise - (a - b)) < 1e-3 for a in heights for b in heights)


def test_pushed_things_stay_on_what_they_stand_on(households) -> None:
    for found in households:
        pushed = [item for item in moved(found) if np.ptp(item.poses[:, 2, 3]) < 1e-6]
        assert pushed
        assert all(np.linalg.norm(item.poses[-1, :2, 3] - item.poses[0, :2, 3]) > 0.05 for item in pushed)


def test_what_falls_is_let_go_before_the_clip_ends(households) -> None:
    released = [loose for found in households for loose in found.layout.loose or ()]
    assert released
    assert all(0 < loose.frame < 12 for loose in released)


def test_counts_are_kept_and_none_means_none() -> None:
    assert not moved(household(3, slides=0, moves=0, falls=0, openings=0))
    assert household(3, falls=0).layout.loose is None
    more, less = (len(moved(household(3, openings=0, slides=n, moves=0, falls=0))) for n in (3, 1))
    assert more == less + 2


def test_nothing_is_carried_farther_than_asked() -> None:
    found = household(20, openings=0, slides=2, moves=2, falls=0, reach=0.4)
    far = [np.linalg.norm(item.poses[-1, :2, 3] - item.poses[0, :2, 3]) for item in moved(found)]
    assert len(far) >= 3
    assert max(far) <= 0.4


def test_a_still_has_no_life() -> None:
    resolved = RECIPE.override(frames=1).resolve(0, 3)
    found = decide(resolved.scene, resolved.shot, RECIPE.scene_seed(0, 3))
    assert found.layout.loose is None
    assert all(len(item.poses) == 1 for item in found.layout.instances)
