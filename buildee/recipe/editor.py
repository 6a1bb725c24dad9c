"""JSON Schema of recipes, for editors that complete and check YAML."""

from __future__ import annotations

from dataclasses import MISSING
from typing import Any

from buildee.recipe import kinds
from buildee.recipe.labelling import Labelling
from buildee.recipe.load import recipe_section
from buildee.recipe.schema import plain, section_of, tagged_types
from buildee.recipe.wording import summary

_NAME_PATTERN = "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
_JSON_TYPES = {"bool": "boolean", "int": "integer", "float": "number", "str": "string", "path": "string"}


def json_schema(world: str) -> dict[str, Any]:
    """Returns the JSON Schema (draft 2020-12) of recipes of a world.

    Raises:
        KeyError: no such world is registered.
    """
    root = _section(recipe_section(world))
    root["properties"]["world"]["const"] = world
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"buildee recipe: {world}"} | root


def labels_schema() -> dict[str, Any]:
    """Returns the JSON Schema (draft 2020-12) of label tables."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "buildee label table"}
    return head | _section(section_of(Labelling))


def _section(kind: kinds.Section) -> dict[str, Any]:
    required = [field.name for field in kind.fields if _is_required(field)]
    return {
        "type": "object",
        "properties": {field.name: _field(field) for field in kind.fields},
        "additionalProperties": False,
    } | ({"required": required} if required else {})


def _is_required(field: kinds.Field) -> bool:
    return field.default is MISSING or (isinstance(field.type, kinds.Items) and len(field.default) < (field.min or 0))


def _field(field: kinds.Field) -> dict[str, Any]:
    facts: dict[str, Any] = {"description": f"{field.description} [{field.unit}]" if field.unit else field.description}
    if field.name == "name" and not field.varies:
        return facts | {"type": "string", "pattern": _NAME_PATTERN}
    if isinstance(field.type, kinds.Section):
        section = _section(field.type)
        return facts | section | {"type": ["object", "null"] if "required" not in section else "object"}
    if isinstance(field.type, kinds.Items):
        return facts | _items(field, field.type)
    if field.default is not MISSING:
        facts["default"] = plain(field.type, field.default)
    value = _value(field, field.type)
    options = [value, *(_distributions(field, field.type, value) if field.varies else ())]
    if field.optional:
        options.append({"type": "null"})
    return facts | (options[0] if len(options) == 1 else {"anyOf": options})


def _items(field: kinds.Field, kind: kinds.Items) -> dict[str, Any]:
    variants = []
    for tag, cls in sorted(tagged_types(kind.family).items()):
        section = _section(section_of(cls))
        section["properties"] = {"type": {"const": tag, "description": summary(cls)}} | section["properties"]
        section["required"] = ["type", *section.get("required", ())]
        variants.append(section)
    limits = {"minItems": field.min, "maxItems": field.max}
    items = {"items": {"oneOf": variants}} if variants else {}
    return {"type": "array"} | items | {key: value for key, value in limits.items() if value is not None}


def _value(field: kinds.Field, kind: kinds.Kind) -> dict[str, Any]:
    """Returns the schema of a plain value."""
    match kind:
        case kinds.Choice(options=options):
            return {"enum": list(options)}
        case kinds.Names(options=options):
            return {"type": "array", "items": {"enum": list(options)}, "uniqueItems": True}
        case kinds.List(item=item):
            return {"type": "array", "items": _value(field, item), "uniqueItems": True}
        case kinds.Tuple(items=items):
            return _tuple([_part(field, item) for item in items])
        case kinds.Scalar(kind=name) if name in ("int", "float"):
            limits = {"minimum": field.min, "maximum": field.max}
            return {"type": _JSON_TYPES[name]} | {key: value for key, value in limits.items() if value is not None}
        case kinds.Scalar(kind=name):
            return {"type": _JSON_TYPES[name]}
    raise TypeError(f"{field.name}: {kind!r} holds no plain value")


def _distributions(field: kinds.Field, kind: kinds.Kind, value: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the schemas of the distributions that a value may be drawn from."""
    if isinstance(kind, kinds.Tuple):
        value = _tuple([_value(field, item) for item in kind.items])
    chosen = {"anyOf": [value, {"type": "null"}]} if field.optional else value
    shares = {"type": "array", "items": {"type": "number", "minimum": 0}}
    listed = {"type": "array", "items": chosen, "minItems": 1}
    found = [_block({"choice": listed}, {"weights": shares}), _block({"cycle": listed})]
    if isinstance(kind, kinds.Scalar) and kind.kind in ("int", "float"):
        pair = {"type": "array", "items": value, "minItems": 2, "maxItems": 2}
        number = {"type": "number"}
        bell = _block({"mean": number, "std": {"type": "number", "exclusiveMinimum": 0}, "min": value, "max": value})
        found += [_block({word: pair}) for word in ("uniform", "log_uniform", "sweep")] + [_block({"normal": bell})]
    return found


def _part(field: kinds.Field, kind: kinds.Scalar | kinds.Choice) -> dict[str, Any]:
    value = _value(field, kind)
    return {"anyOf": [value, *_distributions(field, kind, value)]} if field.varies else value


def _tuple(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}


def _block(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }
