"""Reads and writes the property groups that `addon.properties` makes, as the JSON values of recipes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from bpy.types import PropertyGroup

from buildee.recipe import kinds
from buildee.recipe.load import recipe_section
from buildee.recipe.schema import plain, section_of, tagged_types
from buildee.resources import shipped

from .properties import LARGEST, attribute, element, is_number, option

RANGES = ("uniform", "log_uniform", "sweep")
LISTS = ("choice", "cycle")


def read_recipe(group: PropertyGroup, folder: Path | None = None) -> dict[str, Any]:
    """Returns the recipe that a group holds.

    Lists that nobody touched have their defaults; cameras, which have none, are those of the shipped recipe.

    Args:
        group: of `Forms.recipe`.
        folder: makes relative paths absolute; None leaves them.
    """
    section = recipe_section(group.world)
    values: dict[str, Any] = {"world": group.world}
    for field in section.fields:
        if field.name == "scene":
            values["scene"] = read_section(getattr(group.scene, group.world), field.type, folder)
        elif field.name != "world":
            values[field.name] = _read(held(group, field), field, folder)
    if not group.cameras.given:
        values["cameras"] = shipped_cameras(group.world)
    if folder is not None:
        values["assets"] = [str(folder / name) for name in values["assets"]]
    return values


def shipped_cameras(world: str) -> list[dict[str, Any]]:
    """Returns the cameras of the shipped recipe of a world."""
    from buildee.recipe import load

    return load(shipped(world)).plain["cameras"]


def write_recipe(group: PropertyGroup, values: Mapping[str, Any]) -> None:
    """Puts a whole recipe, as `LoadedRecipe.plain` has it, into a group."""
    group.world = values["world"]
    for field in recipe_section(group.world).fields:
        if field.name == "scene":
            write_section(getattr(group.scene, group.world), field.type, values["scene"])
        elif field.name != "world":
            _write(held(group, field), field, values[field.name])


def read_section(group: PropertyGroup, section: kinds.Section, folder: Path | None = None) -> dict[str, Any]:
    """Returns the values of a section's fields."""
    return {field.name: _read(held(group, field), field, folder) for field in section.fields if field.name != "name"}


def write_section(group: PropertyGroup, section: kinds.Section, values: Mapping[str, Any]) -> None:
    """Puts values into a section's fields; those not given stay."""
    for field in section.fields:
        if field.name in values and field.name != "name":
            _write(held(group, field), field, values[field.name])


def held(group: PropertyGroup, field: kinds.Field) -> PropertyGroup:
    """Returns the group of a field in that of its section."""
    return getattr(group, attribute(field.name))


def _read(group: PropertyGroup, field: kinds.Field, folder: Path | None) -> Any:
    if isinstance(field.type, kinds.Section):
        return read_section(group, field.type, folder)
    mode = getattr(group, "mode", "fixed")
    if mode == "null":
        return None
    if mode in RANGES:
        return {mode: [_number(group, name) for name in ("low", "high")]}
    if mode == "normal":
        names = {"mean": "mean", "std": "std", "min": "low", "max": "high"}
        return {mode: {key: _number(group, name) for key, name in names.items()}}
    if mode in LISTS:
        values = [_read(item.held, option(field), folder) for item in group.options]
        weights = {"weights": [_number(item.weight, "value") for item in group.options]} if mode == "choice" else {}
        return {mode: values} | weights
    return _read_plain(group, field, folder)


def _read_plain(group: PropertyGroup, field: kinds.Field, folder: Path | None) -> Any:
    match field.type:
        case kinds.Items(family=family):
            if not group.given:
                return plain(field.type, field.default)
            return [_read_item(item, family, folder) for item in group.items_]
        case kinds.List(item=kind):
            if not group.given:
                return plain(field.type, field.default)
            return [_read(item, element(field, kind, False), folder) for item in group.items_]
        case kinds.Tuple(items=singles):
            parts = (element(field, kind, field.varies) for kind in singles)
            return [_read(getattr(group, f"part_{number}"), part, folder) for number, part in enumerate(parts)]
        case kinds.Names(options=words):
            return [word for word in words if word in group.value]
        case kinds.Scalar(kind="path"):
            return group.value if folder is None else str(folder / group.value)
    return _number(group, "value") if is_number(field.type) else group.value


def _read_item(item: PropertyGroup, family: str, folder: Path | None) -> dict[str, Any]:
    section = section_of(tagged_types(family)[item.type])
    return {"type": item.type, "name": item.name} | read_section(getattr(item, item.type), section, folder)


def _write(group: PropertyGroup, field: kinds.Field, value: Any) -> None:
    if isinstance(field.type, kinds.Section):
        return write_section(group, field.type, value)
    if value is None:
        group.mode = "null"
    elif isinstance(value, Mapping):
        _write_distribution(group, field, value)
    else:
        if hasattr(group, "mode"):
            group.mode = "fixed"
        _write_plain(group, field, value)
    return None


def _write_distribution(group: PropertyGroup, field: kinds.Field, value: Mapping[str, Any]) -> None:
    group.mode = mode = next(key for key in value if key != "weights")
    if mode in RANGES:
        for name, number in zip(("low", "high"), value[mode], strict=True):
            _set_number(group, name, number)
    elif mode == "normal":
        for key, name in {"mean": "mean", "std": "std", "min": "low", "max": "high"}.items():
            _set_number(group, name, value[mode][key])
    else:
        group.options.clear()
        for held, weight in zip(value[mode], value.get("weights") or [1.0] * len(value[mode]), strict=True):
            item = group.options.add()
            _set_number(item.weight, "value", weight)
            _write(item.held, option(field), held)


def _write_plain(group: PropertyGroup, field: kinds.Field, value: Any) -> None:
    match field.type:
        case kinds.Items() | kinds.List():
            write_list(group, field, value)
        case kinds.Tuple(items=singles):
            for number, (kind, part) in enumerate(zip(singles, value, strict=True)):
                _write(getattr(group, f"part_{number}"), element(field, kind, field.varies), part)
        case kinds.Names():
            group.value = set(value)
        case _ if is_number(field.type):
            _set_number(group, "value", value)
        case _:
            group.value = value


def write_list(group: PropertyGroup, field: kinds.Field, values: list[Any]) -> None:
    """Fills a list, which from then on is the user's own."""
    group.given = True
    group.items_.clear()
    for value in values:
        item = group.items_.add()
        if isinstance(field.type, kinds.List):
            _write(item, element(field, field.type.item, False), value)
        else:
            item.name, item.type = value["name"], value["type"]
            section = section_of(tagged_types(field.type.family)[value["type"]])
            write_section(getattr(item, item.type), section, value)


def _number(group: PropertyGroup, name: str) -> int | float:
    """Returns a number as it was written, or as it was last edited: properties hold 32 bits."""
    held = getattr(group, name)
    given, shown = json.loads(group.exact or "{}").get(name, (None, None))
    if held == shown:
        return given
    return float(str(np.float32(held))) if isinstance(held, float) else held


def _set_number(group: PropertyGroup, name: str, value: int | float) -> None:
    """Writes a number, and beside it what 32 bits cannot hold."""
    whole = group.bl_rna.properties[name].type == "INT"
    setattr(group, name, max(-LARGEST, min(LARGEST, int(value))) if whole else value)
    exact = json.loads(group.exact or "{}")
    exact[name] = (value, getattr(group, name))
    group.exact = json.dumps(exact)
