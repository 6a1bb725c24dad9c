"""Recipes of a toy world: messages, draws, overrides."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import jsonschema
import pytest
import yaml

from buildee import generators, recipe
from buildee.errors import RecipeError
from buildee.recipe import schema
from buildee.recipe.document import describe, json_schema, markdown
from buildee.recipe.schema import knob


@dataclass(frozen=True)
class Orbit:
    """Goes around."""

    name: str
    radius: float = knob(30.0, "How far away.", min=1, max=500, unit="m")


@dataclass(frozen=True)
class Crane:
    """A tower crane."""

    height: float = knob(40.0, "Up to the jib.", min=10, max=90, unit="m")
    jib: float = knob(30.0, "Reach.", min=10, max=90, unit="m")


@dataclass(frozen=True)
class Toy:
    """A toy."""

    storeys: int = knob(5, "How many.", min=1, max=60)
    busy: bool = knob(True, "Whether people are there.")
    weather: Literal["clear", "rain"] = knob("clear", "What falls.")
    crane: Crane = knob(Crane(50.0), "The crane.")
    note: str | None = knob(None, "What people should know.")
    size: tuple[float, float] = knob((30.0, 20.0), "Of the lot.", min=1, max=100, unit="m")
    texture: Path = knob(Path("a.png"), "A picture.")


@pytest.fixture(autouse=True)
def toy(monkeypatch):
    """Registers the world `toy` for one test."""
    len(generators.WORLDS)
    monkeypatch.setattr(generators.WORLDS, "_known", {**generators.WORLDS._known})
    monkeypatch.setattr(schema, "_FAMILIES", {"tracks": dict(schema.tagged_types("tracks"))})
    recipe.tagged("camera", "toy_orbit")(Orbit)
    generators.world("toy", "A toy world.", Toy)(lambda scene, shot, seed: None)


HEAD = "world: toy\ncameras: [{type: toy_orbit, name: main}]\n"


def messages(text: str) -> list[str]:
    with pytest.raises(RecipeError) as caught:
        recipe.loads(text, "site.yaml")
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return str(caught.value).splitlines()


def scene(fields: str) -> recipe.LoadedRecipe:
    return recipe.loads(f"{HEAD}scene: {fields}", "site.yaml")


def test_defaults():
    made = recipe.loads(HEAD).resolve(0)
    assert made.scene == Toy() and made.frames == recipe.Frames() and made.render == recipe.Render()
    assert made.cameras == (Orbit("main"),)
    assert made.shot == recipe.Shot(24, 24.0, 1280, 720, (Orbit("main"),))


def test_part_of_a_section_keeps_the_outer_default():
    assert scene("{crane: {jib: 20}}").resolve(0).scene.crane == Crane(50.0, 20.0)


def test_an_empty_section_is_all_defaults():
    assert scene("").resolve(0).scene == Toy()


def test_all_problems_at_once_in_file_order():
    text = """world: toy
seeds: 3
samples: 4
seed: -1
frames: {count: 0, fps: fast}
render: {resolution: [8, 720], quality: drft, samples: {uniform: [1, 2]}}
cameras:
  - {type: toy_orbt, name: drone}
  - {type: toy_orbit, name: Drone, radius: {uniform: [0.1, 900]}}
truth: {annotators: [depth, normals, depth]}
scene:
  storey: 3
  crane: 12
  crane: {}
  note: !!str 12
  weather: {choice: [clear, fog]}
"""
    assert messages(text) == [
        "site.yaml:2:1: seeds: unknown field, did you mean 'seed'?",
        "site.yaml:3:1: samples: unknown field, did you mean 'render.samples'?",
        "site.yaml:4:7: seed: is -1, the lowest allowed is 0",
        "site.yaml:5:17: frames.count: is 0, the lowest allowed is 1",
        "site.yaml:5:25: frames.fps: expected a number, got the text 'fast'",
        "site.yaml:6:23: render.resolution[0]: is 8 px, the lowest allowed is 16 px",
        "site.yaml:6:41: render.quality: unknown value 'drft', did you mean 'draft'?",
        "site.yaml:6:56: render.samples: must be the same in every scene: expected a whole number, not a distribution",
        "site.yaml:8:12: cameras.drone.type: unknown camera type 'toy_orbt', did you mean 'toy_orbit'?",
        "site.yaml:9:29: cameras[1].name: 'Drone' is the name of another item, in line 8",
        "site.yaml:9:55: cameras[1].radius: can draw 0.1 m, the lowest allowed is 1 m",
        "site.yaml:9:60: cameras[1].radius: can draw 900 m, the highest allowed is 500 m",
        "site.yaml:10:29: truth.annotators: unknown value 'normals', did you mean 'normal'?",
        "site.yaml:10:38: truth.annotators: 'depth' is listed twice",
        "site.yaml:12:3: scene.storey: unknown field, did you mean 'storeys'?",
        "site.yaml:13:10: scene.crane: expected fields (height, jib), got the number 12",
        "site.yaml:14:3: the key 'crane' is here twice (first in line 13); keep one",
        "site.yaml:15:9: the tag 'tag:yaml.org,2002:str' is not allowed; write the plain value",
        "site.yaml:15:9: scene.note: expected text, got the number 12; put it in quotes",
        "site.yaml:16:29: scene.weather: unknown value 'fog'; there are: clear, rain",
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("{storeys: 3.0}", "scene.storeys: expected a whole number, got the number 3.0"),
        ("{storeys: three}", "scene.storeys: expected a whole number, got the text 'three'"),
        ("{storeys: true}", "scene.storeys: expected a whole number, got true"),
        ("{storeys: null}", "scene.storeys: needs a value: a whole number"),
        ("{storeys: [3]}", "scene.storeys: expected a whole number, got a list of 1"),
        ("{busy: yes}", "scene.busy: expected true or false, got the text 'yes'; write true or false"),
        ("{note: 12}", "scene.note: expected text, got the number 12; put it in quotes"),
        ("{weather: 3}", "scene.weather: expected one of clear, rain, got the number 3"),
        ("{size: 30}", "scene.size: expected a list of 2 values [a number, a number], got the number 30"),
        ("{size: [30, 101]}", "scene.size[1]: is 101 m, the highest allowed is 100 m"),
        ("{crane: {height: .inf}}", "scene.crane.height: expected a finite number, got the number inf"),
        ("{crane: {height: 1e999}}", "scene.crane.height: expected a finite number, got the number inf"),
        ("{storeys: 99999999999999999999}", "scene.storeys: the number 99999999999999999999 is too large"),
        ("{height: 3}", "scene.height: unknown field, did you mean 'scene.crane.height'?"),
        ("{texture: 3}", "scene.texture: expected a file's path, got the number 3; put it in quotes"),
        ("{storeys: {unifrm: [1, 2]}}", "unknown distribution 'unifrm', did you mean 'uniform'?"),
        ("{storeys: {}}", "scene.storeys: expected a whole number or a distribution: the block is empty"),
        ("{storeys: {uniform: [2, 70]}}", "scene.storeys: can draw 70, the highest allowed is 60"),
        ("{storeys: {uniform: [2, 3.5]}}", "scene.storeys: expected a whole number, got the number 3.5"),
        ("{storeys: {uniform: [5, 2]}}", "scene.storeys: uniform: 5 is above 2; put the lower one first"),
        ("{storeys: {uniform: 5}}", "scene.storeys: write {uniform: [lowest, highest]}, got the number 5"),
        ("{storeys: {uniform: [1, 2], choice: [1]}}", "scene.storeys: 'choice' has no place beside 'uniform'"),
        ("{busy: {uniform: [0, 1]}}", "scene.busy: uniform gives numbers; use choice for true or false"),
        ("{storeys: {normal: {mean: 5, std: 2}}}", "min and max keep draws within the field's limits"),
        ("{storeys: {normal: {mean: 5, std: 2, min: 0, max: 9}}}", "can draw 0, the lowest allowed is 1"),
        ("{storeys: {normal: {mean: 5, std: 0, min: 1, max: 9}}}", "std must be above 0, got 0"),
        ("{storeys: {normal: {mean: 5, std: 1, min: 9, max: 9}}}", "min 9 must be below max 9"),
        ("{storeys: {normal: {mean: 5, std: 0.1, min: 8, max: 9}}}", "8..9 lies too far from the mean 5"),
        ("{storeys: {sweep: [1, 90]}}", "scene.storeys: can draw 90, the highest allowed is 60"),
        ("{storeys: {sweep: 4}}", "scene.storeys: write {sweep: [first, last]}, got the number 4"),
        ("{busy: {sweep: [0, 1]}}", "scene.busy: sweep gives numbers; use cycle for true or false"),
        ("{storeys: {cycle: []}}", "scene.storeys: write {cycle: [first, second, ...]}, got a list of 0"),
        ("{storeys: {cycle: [1, 90]}}", "scene.storeys: can draw 90, the highest allowed is 60"),
        ("{storeys: {choice: []}}", "scene.storeys: write {choice: [one, another]}, got a list of 0"),
        ("{storeys: {choice: [1, 90]}}", "scene.storeys: can draw 90, the highest allowed is 60"),
        ("{storeys: {choice: [1, null]}}", "scene.storeys: expected a whole number, got nothing"),
        ("{storeys: {choice: [1, 2], weights: [1]}}", "needs one weight for each of the 2 choices"),
        ("{storeys: {choice: [1, 2], weights: [1, -1]}}", "scene.storeys.weights: is -1, the lowest allowed is 0"),
        ("{storeys: {choice: [1, 2], weights: [0, 0]}}", "one weight at least must be above 0"),
    ],
)
def test_messages(fields, message):
    found = messages(f"{HEAD}scene: {fields}")
    assert len(found) == 1 and found[0].startswith("site.yaml:3:") and message in found[0]


def test_log_uniform_needs_positive_limits():
    text = HEAD + "render: {exposure: {log_uniform: [0, 1]}}"
    assert messages(text) == ["site.yaml:3:34: render.exposure: log_uniform needs limits above 0, got 0"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("world: tyo\ncameras: []", "site.yaml:1:8: world: unknown world 'tyo', did you mean 'toy'?"),
        ("world: 3\ncameras: []", "site.yaml:1:8: world: expected the name of a world; there are: "),
        ("seed: 1\ncameras: []", "site.yaml:1:1: world: is required; there are: "),
        ("world: toy", "site.yaml:1:1: cameras: is required; list at least one, of type toy_orbit"),
        ("world: toy\ncameras: []", "site.yaml:2:10: cameras: needs at least 1, has 0"),
        ("world: toy\ncameras: 3", "site.yaml:2:10: cameras: expected a list of items"),
        ("world: toy\ncameras: [3]", "site.yaml:2:11: cameras[0]: expected fields with `type` and `name`"),
        ("world: toy\ncameras: [{name: a}]", "site.yaml:2:11: cameras.a: needs a `type`; there are: toy_orbit"),
        ("world: toy\ncameras: [{type: toy_orbit}]", "site.yaml:2:11: cameras[0].name: is required"),
        ("world: toy\ncameras: [{type: toy_orbit, name: ../x}]", "cameras[0].name: '../x' is no name"),
        ("world: toy\ncameras: [{type: toy_orbit, name: 3}]", "cameras[0].name: expected text, got the number 3"),
        ("world: toy\ncameras: [{type: toy_orbit, name: Tracks}]", "cameras[0].name: the name 'Tracks' is reserved"),
        ("- 1", "site.yaml:1:1: expected fields (world, scene, seed, scenes"),
    ],
)
def test_messages_about_worlds_and_items(text, message):
    assert any(message in line for line in messages(text))


def test_files(tmp_path):
    (tmp_path / "site.yaml").write_bytes(b"\xef\xbb\xbf" + HEAD.encode())  # a byte-order mark is fine
    assert recipe.load(tmp_path / "site.yaml").world == "toy"
    (tmp_path / "image.yaml").write_bytes(b"\x89PNG\0")
    (tmp_path / "latin.yaml").write_bytes("world: toy\n# caf\xe9".encode("latin-1"))
    (tmp_path / "long.yaml").write_bytes(b"#" * 2_000_000)
    for name, message in [
        ("", "is a folder"),
        ("sites.yaml", "no such file, did you mean 'site.yaml'?"),
        ("other/none.yaml", "no such file"),
        ("image.yaml", "is not a text file"),
        ("latin.yaml", "is not UTF-8 text (line 2)"),
        ("long.yaml", "is longer than a recipe may be"),
    ]:
        with pytest.raises(RecipeError) as caught:
            recipe.load(tmp_path / name)
        assert len(caught.value.problems) == 1
        assert str(caught.value).startswith(f"{tmp_path / name}: {message}")


def test_paths_start_at_the_recipe(tmp_path):
    (tmp_path / "site.yaml").write_text(HEAD + "scene: {texture: wood.png}")
    assert recipe.load(tmp_path / "site.yaml").resolve(0).scene.texture == tmp_path / "wood.png"


VARIED = """world: toy
seed: 5
scenes: 40
cameras:
  - {type: toy_orbit, name: a, radius: {uniform: [10, 20]}}
  - {type: toy_orbit, name: b, radius: {uniform: [10, 20]}}
scene:
  storeys: {uniform: [2, 50]}
  note: {choice: [null, hello]}
  crane: {height: {normal: {mean: 40, std: 9, min: 20, max: 60}}}
  size: [{uniform: [10, 90]}, 5]
"""


def test_scenes_differ_and_repeat():
    loaded = recipe.loads(VARIED)
    scenes = [loaded.resolve(index) for index in range(40)]
    assert scenes == [recipe.loads(VARIED).resolve(index) for index in range(40)]
    assert len({made.scene.storeys for made in scenes}) > 15
    assert {made.scene.note for made in scenes} == {None, "hello"}
    assert all(20 <= made.scene.crane.height <= 60 and made.scene.size[1] == 5.0 for made in scenes)
    assert all(made.cameras[0].radius != made.cameras[1].radius for made in scenes)
    assert loaded.resolve(3, seed=6) != scenes[3]
    assert loaded.resolve(3, seed=6).seed == 6


def test_draws_do_not_depend_on_order_or_neighbours():
    before = recipe.loads(VARIED).resolve(3)
    inserted = VARIED.replace("cameras:\n", "cameras:\n  - {type: toy_orbit, name: c, radius: {uniform: [10, 20]}}\n")
    inserted = inserted.replace("  storeys:", "  weather: {choice: [clear, rain]}\n  storeys:")
    after = recipe.loads(inserted).resolve(3)
    assert after.cameras[1:] == before.cameras
    assert (after.scene.storeys, after.scene.crane) == (before.scene.storeys, before.scene.crane)
    reordered = "\n".join(["world: toy", "scene:" + VARIED.split("scene:")[1].rstrip(), VARIED[11:].split("scene:")[0]])
    assert recipe.loads(reordered).resolve(3) == before


def test_hash_is_of_values():
    first = recipe.loads(HEAD + "scene: {storeys: 5, size: [30, 20]}")
    same = recipe.loads("# hello\nscene:\n  size: [30.0, 2e1]\n" + HEAD)
    assert first.hash == same.hash == recipe.loads(HEAD).hash
    others = [scene("{storeys: 6}"), scene("{storeys: {choice: [5]}}"), recipe.loads(HEAD).override(seed=1)]
    assert len({first.hash, *(other.hash for other in others)}) == 4


def test_there_is_no_scene_beyond_the_last():
    with pytest.raises(RecipeError, match="there is no scene 40; they are 0 to 39"):
        recipe.loads(VARIED).resolve(40)


def test_overrides():
    loaded = recipe.loads(HEAD)
    changed = loaded.override(frames=3, resolution=(320, 240), quality="draft", samples=8, seed=0, scenes=2)
    made = changed.resolve(1)
    assert (made.frames.count, made.render.resolution, made.render.quality) == (3, (320, 240), "draft")
    assert (made.render.samples, made.seed, made.scenes) == (8, 0, 2)
    assert changed.overrides["resolution"] == (320, 240)
    assert loaded.resolve(0).frames.count == 24 and not loaded.overrides
    assert loaded.override() == loaded


def test_overrides_are_checked_all_at_once():
    with pytest.raises(RecipeError) as caught:
        recipe.loads(HEAD).override(frames=0, quality="best", resolution=(8, 9000), scenes=100_001)
    assert {str(problem) for problem in caught.value.problems} == {
        "--frames: frames.count: is 0, the lowest allowed is 1",
        "--quality: render.quality: unknown value 'best'; there are: draft, standard, high",
        "--resolution: render.resolution[0]: is 8 px, the lowest allowed is 16 px",
        "--resolution: render.resolution[1]: is 9000 px, the highest allowed is 8192 px",
        "--scenes: scenes: is 100001, the highest allowed is 100000",
    }


def test_resolved_values_make_the_same_recipe_again():
    made = recipe.loads(VARIED).resolve(3)
    values = recipe.resolved_values(made)
    assert values["cameras"][0]["type"] == "toy_orbit" and values["scene"]["size"][1] == 5.0
    assert recipe.loads(yaml.safe_dump(values)).resolve(0) == made


def test_sweeps_and_cycles_follow_the_number_of_the_scene():
    text = (
        HEAD
        + """scenes: 4
scene:
  storeys: {sweep: [10, 1]}
  crane: {jib: {sweep: [10, 40]}}
  weather: {cycle: [clear, rain, clear]}
  size: {cycle: [[1, 2], [3, 4]]}
"""
    )
    made = [recipe.loads(text).resolve(index).scene for index in range(4)]
    assert [scene.storeys for scene in made] == [10, 7, 4, 1]
    assert [scene.crane.jib for scene in made] == [10.0, 20.0, 30.0, 40.0]
    assert [scene.weather for scene in made] == ["clear", "rain", "clear", "clear"]
    assert [scene.size for scene in made] == [(1.0, 2.0), (3.0, 4.0), (1.0, 2.0), (3.0, 4.0)]
    alone = recipe.loads(text).override(scenes=1).resolve(0).scene
    assert (alone.storeys, alone.crane.jib) == (10, 10.0)
    assert recipe.loads(text).hash != recipe.loads(text.replace("[10, 1]", "[10, 2]")).hash


def test_scenes_of_a_series_share_every_draw():
    text = HEAD + "scenes: 3\nscene: {storeys: {uniform: [1, 60]}, crane: {jib: {sweep: [10, 30]}}}\n"
    series, apart = recipe.loads("series: true\n" + text), recipe.loads(text)
    assert len({series.resolve(index).scene.storeys for index in range(3)}) == 1
    assert len({apart.resolve(index).scene.storeys for index in range(3)}) == 3
    assert len({series.resolve(index).scene.crane.jib for index in range(3)}) == 3
    assert series.scene_seed(2) == series.scene_seed(0) != apart.scene_seed(2)


def test_json_schema_agrees_with_the_loader():
    checker = jsonschema.Draft202012Validator(json_schema("toy"))
    checker.check_schema(checker.schema)
    assert checker.is_valid(yaml.safe_load(VARIED))
    assert checker.schema["properties"]["scene"]["properties"]["storeys"]["default"] == 5
    assert "[m]" in checker.schema["properties"]["scene"]["properties"]["size"]["description"]
    for bad in ["{storey: 1}", "{storeys: 0}", "{storeys: {uniform: [0, 2]}}", "{weather: fog}", "{size: [1]}"]:
        assert not checker.is_valid(yaml.safe_load(f"{HEAD}scene: {bad}"))
    assert not checker.is_valid({"world": "toy"})
    assert not checker.is_valid(yaml.safe_load(HEAD + "seed: {uniform: [1, 2]}"))


def test_describe():
    assert describe("scene.storeys", "toy").splitlines() == [
        "scene.storeys: How many.",
        "  a whole number (default 5; 1 to 60)",
        "  or a distribution: uniform, log_uniform, normal, choice, sweep, cycle",
    ]
    assert "  toy_orbit: Goes around." in describe("cameras", "toy")
    assert "default 30.0; 1 to 500 m" in describe("cameras.toy_orbit.radius", "toy")
    assert "crane: The crane." in describe("scene", "toy")
    assert "render: " in describe()
    with pytest.raises(RecipeError, match=r"scene.storey: unknown field, did you mean 'storeys'\?"):
        describe("scene.storey", "toy")
    with pytest.raises(RecipeError, match=r"unknown world 'tyo', did you mean 'toy'\?"):
        describe("scene", "tyo")
    with pytest.raises(RecipeError, match=r"scene.storeys.x: unknown field"):
        describe("scene.storeys.x", "toy")


def test_markdown_has_every_field():
    text = markdown()
    for path in ("seed", "render.resolution", "scene.crane.height", "radius"):
        assert f"| `{path}` |" in text
    assert "### `type: toy_orbit`" in text and "## World `toy`" in text
