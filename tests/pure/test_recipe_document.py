"""The files that ship: recipes, their schemas and their documentation."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
import yaml

from buildee import generators, recipe
from buildee.recipe.sections import Annotator
from buildee.truth.annotate import ANNOTATORS

ROOT = Path(__file__).resolve().parents[2]
RECIPES = sorted((ROOT / "recipes").glob("*.yaml"))


def python(*arguments: str, **environment: str) -> str:
    """Runs Python in a process of its own, where only the shipped worlds are registered."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_written_files_are_up_to_date(tmp_path):
    """When this fails, run `python -m buildee.recipe.document`."""
    python("-m", "buildee.recipe.document", str(tmp_path))
    written = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert Path("docs/recipes.md") in written
    for path in written:
        assert (ROOT / path).read_text("utf-8") == (tmp_path / path).read_text("utf-8"), f"{path} is out of date"


def test_there_are_recipes_for_every_world():
    assert {recipe.load(path).world for path in RECIPES} >= set(generators.WORLDS)


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_shipped_recipes(path):
    loaded = recipe.load(path)
    schema = f"schema/{loaded.world}.json"
    assert loaded.text.startswith(f"# yaml-language-server: $schema={schema}\n")
    jsonschema.validate(yaml.safe_load(loaded.text), json.loads((ROOT / "recipes" / schema).read_text("utf-8")))
    assert loaded.resolve(loaded.scenes - 1).world == loaded.world


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_resolving_does_not_depend_on_the_process(path):
    code = (
        "import json; from buildee import recipe; "
        f"loaded = recipe.load({str(path)!r}); "
        "print(json.dumps([loaded.hash, recipe.resolved_values(loaded.resolve(0))]))"
    )
    assert python("-c", code, PYTHONHASHSEED="1") == python("-c", code, PYTHONHASHSEED="2")


def test_the_documented_example_is_a_recipe():
    example = (ROOT / "docs" / "recipes.md").read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    assert recipe.loads(example).resolve(9).frames.count == 48


@pytest.mark.parametrize(
    "module",
    ["buildee.generators", "buildee.recipe.schema", "buildee.recipe.load", "buildee.generators.construction_site"],
)
def test_any_module_may_be_imported_first(module):
    code = (
        f"import sys; sys.modules['bpy'] = None; import {module}; from buildee.generators import WORLDS; print(*WORLDS)"
    )
    assert "construction_site" in python("-c", code).split()


def test_recipes_may_ask_for_every_annotator():
    assert set(get_args(Annotator)) == {*ANNOTATORS, "scene_flow"}
