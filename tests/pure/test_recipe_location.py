"""Errors of planning say where the recipe gives the fields that they name, all at once."""

import re
from pathlib import Path

import pytest

from buildee import plan, render
from buildee.errors import AssetError, BuildeeError, Gathered, PlacementError, RecipeError
from buildee.generators import WORLDS
from buildee.recipe import load, loads
from buildee.recipe.document import describe
from buildee.recipe.location import locating

TEXT = """\
world: kitchen
frames: {count: 2}
cameras:
  - {type: walk, name: main, target: kitchen}
scene:
  room: {width: 4.0}
  fixed:
    - type: object
      name: cup-1
      asset: mug_a
  contents:
    only: [cup]
"""


def told(message, recipe=None, kind=PlacementError):
    with pytest.raises(kind) as refused, locating(recipe or loads(TEXT, "home.yaml")):
        raise kind(message)
    return str(refused.value)


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("scene.fixed.cup-1.asset: is broken", "home.yaml:10:14"),
        ("scene.fixed.cup-1: stands outside", "home.yaml:8:7"),
        ("scene.fixed.cup-1.position: stands outside", "home.yaml:8:7"),  # not given: its item
        ("scene.contents.only: no such asset", "home.yaml:12:11"),
        ("too small: raise scene.room.depth or scene.room.width.", "home.yaml:6:17"),  # the one that is given
        ("too small: raise scene.room.depth", "home.yaml:6:3"),
        ("cameras: two are called a", "home.yaml:4:3"),
        ("render.device: there is no gpu", "home.yaml"),
    ],
)
def test_the_place_is_that_of_the_field_or_of_the_block_around_it(message, place):
    assert told(message) == f"{place}: {message}"


@pytest.mark.parametrize(
    "message",
    [
        "/home/scene.blend: cannot be read",
        "/my/scene.room/mug.yaml:2:7: size: expected a number",
        "scene.fixed.other: is none",
        "the scene has 70000 parts, i.e. too many",
    ],
)
def test_what_names_no_field_of_the_recipe_stays(message):
    assert told(message, kind=AssetError) == message


def test_every_line_has_its_own_place():
    lines = told("cameras.main.target: none\nno field\nscene.room.width: too small").splitlines()
    assert [line.split(": ")[0] for line in lines] == ["home.yaml:4:38", "no field", "home.yaml:6:17"]


def test_a_flag_is_the_place_of_what_it_replaced():
    assert told("frames.count: too many", loads(TEXT).override(frames=3)).startswith("--frames: frames.count")


def test_what_is_gathered_is_told_at_once():
    wrong = Gathered()
    for number in (1, 2, 2, 3):
        with wrong.kept():
            raise AssetError(f"number {number}")
    with pytest.raises(AssetError) as refused:
        wrong.tell()
    assert str(refused.value) == "number 1\nnumber 2\nnumber 3"
    Gathered().tell()
    with pytest.raises(ZeroDivisionError), wrong.kept():  # the code's own fault
        raise ZeroDivisionError


def test_a_kitchen_tells_all_that_is_misspelt_with_line_and_column(tmp_path):
    path = tmp_path / "home.yaml"
    text = TEXT.replace("mug_a", "mugg_a").replace("[cup]", "[cupp]") + "  surfaces: {floor: oak}\n"
    path.write_text(text.replace("{width: 4.0}", "{openings: [{type: door, name: way, wall: 9}]}"), "utf-8")
    with pytest.raises(BuildeeError) as refused:
        plan(load(path), 0)
    found = [line.split(": ")[:2] for line in str(refused.value).splitlines()]
    assert sorted(found) == [
        [f"{path}:10:14", "scene.fixed.cup-1.asset"],
        [f"{path}:12:11", "scene.contents.only"],
        [f"{path}:13:21", "scene.surfaces.floor"],
        [f"{path}:6:51", "scene.room.openings.way.wall"],
    ]


def test_all_cameras_without_a_place_are_told_at_once():
    text = TEXT.split("scene:")[0]
    text = text.replace("target: kitchen}", "target: roof}\n  - {type: walk, name: other, target: cellar}")
    with pytest.raises(PlacementError) as refused:
        plan(loads(text, "home.yaml"), 0)
    assert re.findall(r"home.yaml:(\d+):\d+: (\S+): ", str(refused.value)) == [
        ("4", "cameras.main.target"),
        ("5", "cameras.other.target"),
    ]


@pytest.mark.parametrize("world", list(WORLDS))
def test_messages_name_fields_that_there_are(world):
    package = Path(__file__).parents[2] / "buildee/generators" / world
    texts = [text for path in package.rglob("*.py") for text in re.findall(r'"([^"\n]*)"', path.read_text("utf-8"))]
    named = {path for text in texts for path in re.findall(r"(?<![\w.])scene\.\w+\.\w+(?![\w{]|\.[\w{])", text)}
    assert named
    for path in named:
        assert describe(path, world)


def test_what_follows_planning_is_located_once():
    recipe = loads(TEXT, "home.yaml")
    with pytest.raises(PlacementError) as refused, locating(recipe), locating(recipe):
        raise PlacementError("scene.room.width: too small")
    assert str(refused.value) == "home.yaml:6:17: scene.room.width: too small"


def test_a_recipe_without_a_file_is_not_rendered_and_leaves_nothing(tmp_path):
    with pytest.raises(RecipeError, match=r"^home\.yaml: was read from text"):
        render(loads(TEXT, "home.yaml"), tmp_path / "out")
    assert not (tmp_path / "out").exists()
