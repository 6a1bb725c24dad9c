"""Properties that are made from the schema hold any recipe exactly."""

import bpy
import pytest

import addon
from addon.values import read_recipe, write_recipe
from buildee.generators import WORLDS
from buildee.recipe import kinds, load, loads
from buildee.recipe.load import recipe_section
from buildee.recipe.save import recipe_text
from buildee.recipe.schema import tagged_types
from buildee.resources import folder

SHIPPED = sorted(folder("recipes").glob("*.yaml"))


@pytest.fixture(scope="module")
def state():
    addon.register()
    yield bpy.context.scene.buildee
    addon.unregister()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_recipe_survives(state, path):
    recipe = load(path)
    write_recipe(state.recipe, recipe.plain)
    assert read_recipe(state.recipe) == recipe.plain
    assert loads(recipe_text(read_recipe(state.recipe))).hash == recipe.hash


@pytest.mark.parametrize("name", list(WORLDS))
def test_untouched_properties_are_the_defaults(state, name):
    untouched = bpy.data.scenes.new("untouched").buildee.recipe
    untouched.world = name
    values = read_recipe(untouched)
    assert values == loads(recipe_text({"world": name, "cameras": values["cameras"]})).plain
    bpy.data.scenes.remove(bpy.data.scenes["untouched"])


ODD = """
world: kitchen
seed: 9007199254740993
cameras:
  - {type: orbit, name: a, lens_mm: 33.3333333333}
scene:
  room: {width: 3.141592653589793, height: {normal: {mean: 2.500000001, std: 0.012345678901, min: 2.3, max: 3.3333333}}}
  dining: {seats: {choice: [1, 2, 3], weights: [0.1, 0.7, 0.31]}, laid: {cycle: [0.1, 0.30000000000000004]}}
  cabinets: {wear: {sweep: [0.9, 0.1]}, style: {choice: [modern, country]}}
"""


def test_numbers_survive_that_32_bits_cannot_hold(state):
    recipe = loads(ODD)
    write_recipe(state.recipe, recipe.plain)
    assert read_recipe(state.recipe) == recipe.plain


def test_an_edit_wins_over_what_was_loaded(state):
    recipe = loads(ODD)
    write_recipe(state.recipe, recipe.plain)
    state.recipe.scene.kitchen.room.width.value = 3.3
    state.recipe.seed.value = 5
    values = read_recipe(state.recipe)
    assert values["scene"]["room"]["width"] == 3.3 and values["seed"] == 5


def test_every_field_has_a_property(state):
    def missing(group, section):
        for field in section.fields:
            if field.name in ("world", "scene", "name"):
                continue
            held = getattr(group, field.name, None) or getattr(group, f"{field.name}_", None)
            if held is None:
                yield field.name
            elif isinstance(field.type, kinds.Section):
                yield from missing(held, field.type)
            elif isinstance(field.type, kinds.Items):
                item = held.items_.add()
                yield from (tag for tag in tagged_types(field.type.family) if not hasattr(item, tag))
                held.items_.remove(len(held.items_) - 1)

    for name in WORLDS:
        section = recipe_section(name)
        assert list(missing(state.recipe, section)) == []
        assert list(missing(getattr(state.recipe.scene, name), section.field("scene").type)) == []
