"""From values back to YAML: the shortest recipe or label table that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING
from typing import Any

import yaml

from buildee.recipe import kinds
from buildee.recipe.load import recipe_section
from buildee.recipe.schema import plain, section_of, tagged_types


def recipe_text(values: Mapping[str, Any]) -> str:
    """Returns a recipe as YAML, less what is a default anyway.

    Args:
        values: JSON values as `LoadedRecipe.plain` has them; fields may be missing.
    """
    return text_of(recipe_section(values["world"]), values)


def text_of(section: kinds.Section, values: Mapping[str, Any]) -> str:
    """Returns the values of a section as YAML, less what is a default anyway."""
    short = {name: _tidy(value) for name, value in _differing(section, values, {}).items()}
    return yaml.safe_dump(short, sort_keys=False, allow_unicode=True, width=100)


def _differing(section: kinds.Section, values: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values that are not those of `base`, which goes before the fields' own defaults."""
    result: dict[str, Any] = {}
    for field in section.fields:
        if field.name not in values:
            continue
        value = values[field.name]
        default = base.get(field.name, MISSING if field.default is MISSING else plain(field.type, field.default))
        if isinstance(field.type, kinds.Section):
            value = _differing(field.type, value, {} if default is MISSING else default)
            if value:
                result[field.name] = value
        elif default is MISSING or value != default or type(value) is not type(default):
            result[field.name] = _short(field.type, value)
    return result


def _short(kind: kinds.Kind, value: Any) -> Any:
    """Returns the items of a list less their defaults, any other value as it is."""
    if not isinstance(kind, kinds.Items):
        return value
    types = tagged_types(kind.family)
    return [{"type": item["type"]} | _differing(section_of(types[item["type"]]), item, {}) for item in value]


def _tidy(value: Any) -> Any:
    """Returns a value without the weights of choices that are all equally likely."""
    if isinstance(value, Mapping):
        even = "choice" in value and len(set(value.get("weights", ()))) == 1
        return {key: _tidy(item) for key, item in value.items() if not (even and key == "weights")}
    return [_tidy(item) for item in value] if isinstance(value, list | tuple) else value
