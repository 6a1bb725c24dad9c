"""The shipped kitchen recipe: an inspector finds nothing, a seed means one kitchen, joints keep their limits."""

from __future__ import annotations

import numpy as np
import pytest

from buildee import recipe
from buildee.generators.kitchen import Household, decide
from buildee.generators.kitchen.inspection import inspect
from buildee.layout.canonical import layout_hash
from buildee.resources import folder

SEEDS = tuple(range(10))
RECIPE = recipe.load(folder("recipes") / "kitchen.yaml")


def household(seed: int) -> Household:
    resolved = RECIPE.resolve(0, seed)
    return decide(resolved.scene, resolved.shot, RECIPE.scene_seed(0, seed))


@pytest.fixture(scope="module")
def households() -> list[Household]:
    """The shipped recipe under some seeds."""
    return [household(seed) for seed in SEEDS]


def test_an_inspector_finds_nothing(households) -> None:
    for seed, found in zip(SEEDS, households, strict=True):
        assert inspect(found) == [], seed


def test_a_seed_means_one_kitchen(households) -> None:
    hashes = [layout_hash(found.layout) for found in households]
    assert layout_hash(household(SEEDS[0]).layout) == hashes[0]
    assert len(set(hashes)) == len(SEEDS)


def test_life_moves_joints_within_their_limits(households) -> None:
    for found in households:
        moving = 0
        for item in found.layout.instances:
            for part in item.parts:
                if part.joint is None or part.name not in item.values:
                    continue
                values, (low, high) = item.values[part.name], part.joint.limits
                assert low - 1e-6 <= values.min() and values.max() <= high + 1e-6, (item.name, part.name)
                moving += bool(np.ptp(values) > 0.01)
        assert moving >= 1
