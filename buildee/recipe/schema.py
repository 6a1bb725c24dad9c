"""What a recipe may say: sections are frozen dataclasses, and every field of one is a knob."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from buildee.recipe import kinds
from buildee.recipe.kinds import Number

Class = TypeVar("Class", bound=type)


def knob(
    default: Any,
    description: str,
    *,
    min: Number | None = None,
    max: Number | None = None,
    unit: str | None = None,
    varies: bool = True,
) -> Any:
    """Declares one field of a section.

    Args:
        default: the value when the recipe says nothing; `dataclasses.MISSING` makes the field required.
            A nested section's default is an instance of it.
        description: one sentence for people, shown in editors, the documentation and the add-on.
        min: lowest number allowed, or fewest items of a list; for fixed tuples it holds for every number.
        max: highest number allowed, or most items of a list.
        unit: what numbers count, such as "m", "deg", "s" or "px".
        varies: False forbids distributions, for fields that must be the same in every scene.

    Returns:
        The `dataclasses.field`.
    """
    metadata = {"description": description, "min": min, "max": max, "unit": unit, "varies": varies}
    return dataclasses.field(default=default, metadata=metadata, kw_only=True if default is MISSING else MISSING)


@dataclass(frozen=True)
class Family:
    """Marks a list whose items say their `type`: `tuple[Annotated[Any, Family("camera")], ...]`."""

    name: str


Camera = Annotated[Any, Family("camera")]
"""An item of the family "camera": whatever classes are registered with `@tagged("camera", ...)`."""


_FAMILIES: dict[str, dict[str, type]] = {}
_TAGS: dict[type, str] = {}


def tagged(family: str, tag: str) -> Callable[[Class], Class]:
    """Registers a frozen dataclass as one `type` of a family: `@tagged("camera", "orbit")`.

    The class needs a field `name: str`; the name keys the item's random draws, so that inserting an
    item shifts no other.

    Raises:
        TypeError: the class is no frozen dataclass of knobs, has no name, or its tag is taken.
    """

    def register(cls: Class) -> Class:
        section = section_of(cls)
        name = section.field("name")
        if name is None or name.type != kinds.Scalar("str"):
            raise TypeError(f"{cls.__qualname__}: a tagged type needs a field `name: str`")
        if section.field("type") is not None:
            raise TypeError(f"{cls.__qualname__}: 'type' is the tag's own key")
        known = _FAMILIES.setdefault(family, {})
        taken = known.get(tag)
        if taken is not None and (taken.__module__, taken.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"{family} type {tag!r} is already {taken.__module__}.{taken.__qualname__}")
        known[tag] = cls
        _TAGS[cls] = tag
        return cls

    return register


def tagged_types(family: str) -> Mapping[str, type]:
    """Returns the registered classes of a family by tag."""
    return dict(sorted(_FAMILIES.get(family, {}).items()))


def tag_of(item: Any) -> str:
    """Returns the `type` under which an item's class is registered."""
    return _TAGS[type(item)]


@cache
def section_of(cls: type) -> kinds.Section:
    """Works out the fields of a section.

    Raises:
        TypeError: `cls` is no frozen dataclass, a field is no knob, its type is not allowed, or its
            default breaks its own limits.
    """
    if not dataclasses.is_dataclass(cls) or not cls.__dataclass_params__.frozen:
        raise TypeError(f"{cls.__qualname__}: a section of a recipe is a frozen dataclass")
    hints = typing.get_type_hints(cls, include_extras=True)
    own_first = sorted(dataclasses.fields(cls), key=lambda item: item.name not in vars(cls)["__annotations__"])
    return kinds.Section(cls, tuple(_field(cls, item, hints[item.name]) for item in own_first))


def _field(cls: type, item: dataclasses.Field, hint: Any) -> kinds.Field:
    where = f"{cls.__qualname__}.{item.name}"
    if item.name == "name" and not item.metadata:
        return kinds.Field("name", _type(where, hint), False, MISSING, _NAME_DESCRIPTION, None, None, None, False)
    if "description" not in item.metadata:
        raise TypeError(f"{where}: declare it with knob(default, description)")
    inner, optional = _without_none(where, hint)
    field = kinds.Field(item.name, _type(where, inner), optional, item.default, **item.metadata)
    if field.default is not MISSING and not _holds(field, field.default):
        raise TypeError(f"{where}: the default {field.default!r} does not fit the field's own type and limits")
    return field


_NAME_DESCRIPTION = "Unique in the list; letters, digits, - and _. Random draws are keyed by it."


def _without_none(where: str, hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (typing.Union, types.UnionType):
        return hint, False
    inner = [arg for arg in get_args(hint) if arg is not types.NoneType]
    if len(inner) != 1 or len(inner) == len(get_args(hint)):
        raise TypeError(f"{where}: a union may only be one type and None")
    return inner[0], True


_SCALARS: dict[Any, kinds.Scalar] = {
    bool: kinds.Scalar("bool"),
    int: kinds.Scalar("int"),
    float: kinds.Scalar("float"),
    str: kinds.Scalar("str"),
    Path: kinds.Scalar("path"),
}


def _type(where: str, hint: Any) -> kinds.Kind:
    if isinstance(hint, type) and hint in _SCALARS:
        return _SCALARS[hint]
    args = get_args(hint)
    if get_origin(hint) is Literal and all(isinstance(option, str) for option in args):
        return kinds.Choice(args)
    if get_origin(hint) is Annotated and isinstance(args[1], kinds.WorldSlot):
        return args[1]
    if get_origin(hint) is tuple and args:
        return _tuple_type(where, args)
    if dataclasses.is_dataclass(hint):
        return section_of(hint)
    raise TypeError(
        f"{where}: {hint!r} is not allowed in a recipe; use bool, int, float, str, Path, Literal of words, a fixed "
        "tuple of those, tuple[int, ...], tuple[str, ...] or of fixed tuples, tuple[Literal[...], ...], a section, "
        "tuple[<tagged family>, ...], or one of them | None"
    )


def _tuple_type(where: str, args: tuple[Any, ...]) -> kinds.Kind:
    if len(args) == 2 and args[1] is Ellipsis:
        inner = get_args(args[0])
        if get_origin(args[0]) is Annotated and isinstance(inner[1], Family):
            return kinds.Items(inner[1].name)
        if get_origin(args[0]) is Literal:
            return kinds.Names(_type(where, args[0]).options)
        item = _type(where, args[0])
        if isinstance(item, kinds.Tuple) or item in (kinds.Scalar("int"), kinds.Scalar("str")):
            return kinds.List(item)
        message = (
            "a list of any length holds whole numbers, texts, fixed tuples, words of a Literal, or items of a family"
        )
        raise TypeError(f"{where}: {message}")
    items = tuple(_type(where, arg) for arg in args)
    if not all(isinstance(item, kinds.Scalar | kinds.Choice) for item in items):
        raise TypeError(f"{where}: a fixed tuple holds single values only")
    return kinds.Tuple(items)


def _holds(field: kinds.Field, value: Any) -> bool:
    """Whether a plain value or instance fits a field, limits included."""
    if value is None:
        return field.optional
    match field.type:
        case kinds.Section(cls=cls):
            return isinstance(value, cls)
        case kinds.Items():
            return isinstance(value, tuple)
        case kinds.Names(options=options):
            return isinstance(value, tuple) and set(value) <= set(options) and len(set(value)) == len(value)
        case kinds.List(item=item):
            different = isinstance(value, tuple) and len(set(value)) == len(value)
            return different and all(_holds_value(field, item, one) for one in value)
        case kinds.Tuple() | kinds.Scalar() | kinds.Choice():
            return _holds_value(field, field.type, value)
    return False


def _holds_value(field: kinds.Field, kind: kinds.Tuple | kinds.Scalar | kinds.Choice, value: Any) -> bool:
    if not isinstance(kind, kinds.Tuple):
        return _holds_single(field, kind, value)
    fits = isinstance(value, tuple) and len(value) == len(kind.items)
    return fits and all(_holds_single(field, part, item) for part, item in zip(kind.items, value, strict=True))


_PYTHON_TYPES = {"bool": bool, "int": int, "float": (int, float), "str": str, "path": Path}


def _holds_single(field: kinds.Field, kind: kinds.Scalar | kinds.Choice, value: Any) -> bool:
    if isinstance(kind, kinds.Choice):
        return value in kind.options
    if not isinstance(value, _PYTHON_TYPES[kind.kind]) or (isinstance(value, bool) and kind.kind != "bool"):
        return False
    if kind.kind not in ("int", "float"):
        return True
    above = field.min is None or value >= field.min
    return math.isfinite(value) and above and (field.max is None or value <= field.max)


def plain(kind: kinds.Kind, value: Any) -> Any:
    """Returns a value or section instance as JSON values: dicts, lists, text, numbers, None.

    Items of a tagged family gain their `type`.
    """
    if value is None:
        return None
    match kind:
        case kinds.Section(cls=cls, fields=fields):
            tag = {"type": _TAGS[cls]} if cls in _TAGS else {}
            return tag | {field.name: plain(field.type, getattr(value, field.name)) for field in fields}
        case kinds.Items():
            return [plain(section_of(type(item)), item) for item in value]
        case kinds.Names():
            return list(value)
        case kinds.List(item=item):
            return [plain(item, one) for one in value]
        case kinds.Tuple(items=items):
            return [plain(item, part) for item, part in zip(items, value, strict=True)]
        case kinds.Scalar(kind="float"):
            return float(value)
        case kinds.Scalar(kind="path"):
            return value.as_posix()
    return value
