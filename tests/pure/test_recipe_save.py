"""Recipes that are written again say the same."""

import pytest
import yaml

from buildee.recipe import load, loads
from buildee.recipe.labelling import Labelling, labelling_of
from buildee.recipe.save import recipe_text, text_of
from buildee.recipe.schema import plain, section_of
from buildee.resources import folder

SHIPPED = sorted(folder("recipes").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_recipe_survives(path):
    recipe = load(path)
    again = loads(recipe_text(recipe.plain))
    assert again.hash == recipe.hash
    assert recipe_text(again.plain) == recipe_text(recipe.plain)


def test_defaults_are_left_out():
    text = recipe_text(loads("world: kitchen\nseed: 3\ncameras: [{type: orbit, name: a, lens_mm: 31.25}]\n").plain)
    assert yaml.safe_load(text) == {
        "world": "kitchen",
        "seed": 3,
        "cameras": [{"type": "orbit", "name": "a", "lens_mm": 31.25}],
    }


def test_odd_weights_survive_any_number_of_times():
    text = "world: kitchen\ncameras: [{type: orbit, name: a}]\nscene: {dining: {seats: {choice: [1, 2, 3], weights: "
    first = loads(text + "[0.1, 0.7, 0.31]}}}\n")
    second = loads(recipe_text(first.plain))
    assert loads(recipe_text(second.plain)).hash == second.hash == first.hash


def test_a_label_table_survives():
    table = labelling_of("labels: [{type: property, name: kind, countable: false}]\nframes: {first: 3}\n")
    section = section_of(Labelling)
    text = text_of(section, plain(section, table))
    assert labelling_of(text) == table
    assert len(text.splitlines()) == 6
