"""Where a recipe says what an error of planning speaks of.

Planning knows no files: its messages name fields by their dotted paths, as in `scene.fixed.oven: stands outside the
room` or `no room for a crane: raise scene.lot.width`. Here each line gains the place where the recipe gives its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from buildee.errors import BuildeeError, RecipeError
from buildee.recipe.load import FLAGS, LoadedRecipe
from buildee.recipe.tree import parse, place

_PATH = re.compile(r"(?<![\w./\\-])[a-z_]+(?:\.[\w-]+)+|(?:^|(?<=`))[a-z_]+(?=:)")
"""What may be a field's path: dotted words, or one word with a colon that begins the line or is quoted."""

_NONE = object()


@contextmanager
def locating(recipe: LoadedRecipe) -> Iterator[None]:
    """Has errors of planning and of what follows say where the recipe gives the fields that they name."""
    try:
        yield
    except RecipeError:  # knows its places
        raise
    except BuildeeError as error:
        error.args = ("\n".join(_located(line, recipe) for line in str(error).splitlines()),)
        raise


def _located(line: str, recipe: LoadedRecipe) -> str:
    """Returns a line of a message behind the place of the first field in it that the recipe gives.

    If it gives none, the place is that of the block in which the first one is missing.
    """
    if line.startswith((f"{recipe.name}:", "--")):
        return line
    paths = [path for path in _PATH.findall(line) if _is_field(path, recipe.values)]
    flags = {".".join(FLAGS[flag]): flag for flag in recipe.overrides}
    flag = next((flags[path] for path in paths if path in flags), None)
    if flag is not None:
        return f"--{flag}: {line}"
    root, _ = parse(recipe.text, recipe.name)
    places = sorted((place(root, path) for path in paths), key=lambda found: not found[1])
    return f"{places[0][0] or recipe.name}: {line}" if places else line


def _is_field(path: str, values: Any) -> bool:
    """Returns whether a path leads to a value of a checked tree."""
    for word in path.split("."):
        if isinstance(values, list):
            values = next((item for item in values if item["name"] == word), _NONE)
        else:
            values = values.get(word, _NONE) if isinstance(values, Mapping) else _NONE
    return values is not _NONE
