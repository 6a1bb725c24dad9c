"""Kitchens are full, and every field of their contents is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from buildee import recipe
from buildee.errors import PlacementError
from buildee.generators.kitchen import decide
from buildee.layout import catalog
from buildee.layout.catalog import refuse_unknown_names
from buildee.layout.scene import Layout
from buildee.resources import folder

RECIPE = recipe.load(folder("recipes") / "kitchen.yaml").override(frames=1)
FOOD = ("apple", "orange", "lemon", "lime", "pear", "peach", "potato", "onion", "tomato", "carrot", "bread", "packet")


def kitchen(seed: int, **contents: object) -> Layout:
    resolved = RECIPE.resolve(0, seed)
    scene = replace(resolved.scene, contents=replace(resolved.scene.contents, **contents))
    return decide(scene, resolved.shot, RECIPE.scene_seed(0, seed)).layout


STREWN = ("crumbs", "spill")


def counts(layout: Layout) -> Counter[str]:
    return Counter(item.category for item in layout.instances)


def strewn(layout: Layout) -> int:
    return sum(len(scatter.poses) for scatter in layout.scatters if scatter.category in STREWN)


@pytest.mark.parametrize("seed", [1, 4, 6, 9])
def test_the_shipped_recipe_fills_kitchens(seed: int) -> None:
    layout = kitchen(seed)
    assert sum(len(item.parts) for item in layout.instances) >= 800


def test_clutter_and_stores_fill_worktops_and_cupboards() -> None:
    for field, least in (("clutter", 40), ("stored", 300)):
        few, many = (sum(len(kitchen(seed, **{field: value}).instances) for seed in (4, 6)) for value in (0.1, 0.9))
        assert many > few + least, field


def test_mess_fills_the_sink_alone() -> None:
    clean, dirty = (kitchen(5, mess=value) for value in (0.0, 1.0))
    places = [sorted(tuple(item.poses[0, :3, 3].round(4)) for item in found.instances) for found in (clean, dirty)]
    assert set(places[0]) < set(places[1])


def test_spills_are_strewn_and_lie_on_things() -> None:
    assert strewn(kitchen(2, spills=0.0)) == 0
    layout = kitchen(2, spills=0.8)
    assert strewn(layout) > 200
    heights = np.concatenate([scatter.poses[:, 2, 3] for scatter in layout.scatters if scatter.category in STREWN])
    assert heights.min() > 0.6
    assert {scatter.category for scatter in layout.scatters} >= set(STREWN)


def test_food_and_plants_come_as_asked() -> None:
    some = [sum(counts(kitchen(seed, food=1.0, stored=0.0))[name] for name in FOOD) for seed in (0, 6)]
    none = [sum(counts(kitchen(seed, food=0.0, stored=0.0))[name] for name in FOOD) for seed in (0, 6)]
    assert sum(some) > sum(none)
    green = [counts(kitchen(seed, plants=value)) for value in (0.0, 1.0) for seed in (2, 4)]
    assert sum(row["plant"] + row["flowers"] for row in green[2:]) > sum(
        row["plant"] + row["flowers"] for row in green[:2]
    )


def test_hanging_things_come_as_asked() -> None:
    bare, hung = kitchen(3, hung=0.0), kitchen(3, hung=1.0)
    assert counts(bare)["rail"] == 0 == counts(bare)["rug"]
    assert counts(hung)["rail"] > 0


def test_what_is_excluded_does_not_come() -> None:
    assert strewn(kitchen(2, spills=1.0, without=("crumbs", "spill", "plate"))) == 0
    assert counts(kitchen(2, without=("plate",)))["plate"] == 0


def test_all_names_that_nobody_knows_are_refused_at_once() -> None:
    with pytest.raises(PlacementError) as caught:
        refuse_unknown_names(catalog.load(), "scene.contents", ("mugg", "mug", "zzzqqq"), ("toaster", "plte"))
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["scene.contents.only"] * 2 + ["scene.contents.without"]
    assert "'mugg', did you mean 'mug'?" in lines[0]
    assert "'zzzqqq'; `buildee assets list`" in lines[1]
