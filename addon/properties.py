"""Blender properties made from the schema: what a recipe or label table may say, and nothing written twice.

A section becomes a property group with a group a field. A field's group holds `mode` (a plain value, null, or a
distribution) and what each mode needs. `addon.values` reads and writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, replace
from typing import Any

import bpy

from buildee.generators import WORLDS
from buildee.recipe import kinds
from buildee.recipe.schema import plain, section_of, tagged_types
from buildee.recipe.sections import Recipe
from buildee.recipe.wording import summary

LARGEST = 2**31 - 1
"""Of a whole number that a property holds; `exact` keeps larger ones."""

RELATIVE = {"PATH_SUPPORTS_BLEND_RELATIVE"} if bpy.app.version >= (4, 5, 0) else set()
"""Options of properties that hold paths which may begin with // ; earlier versions never asked."""

MODES: Mapping[str, tuple[str, str]] = {
    "fixed": ("Value", "The same in every scene"),
    "null": ("Unset", "Left to the world or to other fields"),
    "uniform": ("Uniform", "Anything between two ends, all equally likely"),
    "log_uniform": ("Log uniform", "All orders of magnitude between two ends equally likely"),
    "normal": ("Normal", "A normal distribution cut off at two ends"),
    "choice": ("Choice", "One of a list, each as likely as its weight"),
    "sweep": ("Sweep", "Even steps from the first scene to the last"),
    "cycle": ("Cycle", "One after the other, scene by scene"),
}
"""Label and tooltip of what a field may be."""

UNITS = {"m": {"unit": "LENGTH"}, "s": {"unit": "TIME_ABSOLUTE"}, "px": {"subtype": "PIXEL"}}
"""Units that Blender's interface shows itself; others stand in the label."""


def is_number(kind: kinds.Kind) -> bool:
    """Returns whether numbers can be drawn for a field of this type."""
    return kind in (kinds.Scalar("int"), kinds.Scalar("float"))


def modes_of(field: kinds.Field) -> tuple[str, ...]:
    """Returns which modes a field has, its first being the one of its default."""
    modes = ["fixed"]
    if field.optional:
        modes.insert(0 if field.default is None else 1, "null")
    if field.varies and not isinstance(field.type, kinds.Items | kinds.Section):
        modes += ["uniform", "log_uniform", "normal"] * is_number(field.type)
        modes += ["choice", *["sweep"] * is_number(field.type), "cycle"]
    return tuple(modes)


def element(owner: kinds.Field, kind: kinds.Scalar | kinds.Choice | kinds.Tuple, varies: bool) -> kinds.Field:
    """Returns an element of a list or tuple as a field of its own; limits are those of the owner."""
    return replace(owner, type=kind, default=MISSING, optional=False, varies=varies)


def option(owner: kinds.Field) -> kinds.Field:
    """Returns one alternative of a field's choice as a field of its own."""
    return replace(owner, default=MISSING, varies=False)


def attribute(name: str) -> str:
    """Returns what a group calls a field: names that Blender's groups use for themselves end in an underscore."""
    return f"{name}_" if hasattr(bpy.types.PropertyGroup, name) else name


def label(field: kinds.Field) -> str:
    """Returns a field's name for people."""
    name = field.name.removesuffix("_deg").removesuffix("_mm").replace("_", " ").capitalize()
    return name if field.unit is None or field.unit in UNITS else f"{name} ({field.unit})"


def tooltip(text: str) -> str:
    """Returns a description without the final period that Blender adds."""
    return text.removesuffix(".")


@dataclass
class Forms:
    """Makes property groups.

    Attributes:
        classes: those made so far, each after all that it refers to.
    """

    classes: list[type] = field(default_factory=list)
    _known: dict[Any, type] = field(default_factory=dict)

    def recipe(self) -> type:
        """Returns the group of a whole recipe of any world."""
        worlds = {name: _pointer(self.section(section_of(world.schema), name)) for name, world in WORLDS.items()}
        fields = {field.name: field for field in section_of(Recipe).fields}
        chosen = [
            (name, name.replace("_", " ").capitalize(), tooltip(item.description)) for name, item in WORLDS.items()
        ]
        annotations = {
            "world": bpy.props.EnumProperty(
                items=chosen, name=label(fields["world"]), description=tooltip(fields["world"].description)
            ),
            "scene": _pointer(self._group("worlds", worlds)),
        }
        annotations |= {
            attribute(name): self._field(item, MISSING) for name, item in fields.items() if name not in annotations
        }
        return self._group("recipe", annotations)

    def section(self, section: kinds.Section, name: str, base: Any = MISSING) -> type:
        """Returns the group of a section; `base` is the instance whose values go before the fields' own defaults."""
        annotations = {}
        for item in section.fields:
            if item.name != "name":  # of items; their group has it
                annotations[attribute(item.name)] = self._field(
                    item, MISSING if base is MISSING else getattr(base, item.name)
                )
        return self._group(name, annotations)

    def _field(self, item: kinds.Field, default: Any) -> Any:
        """Returns the property of a field."""
        item = item if default is MISSING else replace(item, default=default)
        if isinstance(item.type, kinds.Section):
            group = self.section(item.type, item.name, item.default)
        elif isinstance(item.type, kinds.Items):
            given = bpy.props.BoolProperty(options={"HIDDEN"})
            items = bpy.props.CollectionProperty(type=self._item(item.type.family))
            group = self._group(item.name, {"given": given, "items_": items}, item)
        else:
            group = self._leaf(item)
        return bpy.props.PointerProperty(type=group, name=label(item), description=tooltip(item.description))

    def _item(self, family: str) -> type:
        """Returns the group of an item of a family: its type, and a section for every type."""
        if family not in self._known:
            types = tagged_types(family)
            named = [(tag, tag.replace("_", " ").capitalize(), tooltip(summary(cls))) for tag, cls in types.items()]
            annotations = {"type": bpy.props.EnumProperty(items=named, name="Type")}
            annotations |= {tag: _pointer(self.section(section_of(cls), tag)) for tag, cls in types.items()}
            self._known[family] = self._group(f"item_{family}", annotations)
        return self._known[family]

    def _leaf(self, item: kinds.Field) -> type:
        """Returns the group of a field that holds a value or a distribution."""
        key = repr(item)
        if key in self._known:
            return self._known[key]
        annotations: dict[str, Any] = {"exact": bpy.props.StringProperty(options={"HIDDEN"})}
        modes = modes_of(item)
        if len(modes) > 1:
            items = [(mode, *MODES[mode]) for mode in modes]
            annotations["mode"] = bpy.props.EnumProperty(items=items, name="Mode", description="How the value is found")
        match item.type:
            case kinds.Tuple(items=singles):
                for number, kind in enumerate(singles):
                    part = element(item, kind, item.varies)
                    if isinstance(item.default, tuple):
                        part = replace(part, default=item.default[number])
                    annotations[f"part_{number}"] = _pointer(self._leaf(part))
            case kinds.List(item=kind):
                annotations["given"] = bpy.props.BoolProperty(options={"HIDDEN"})
                inner = self._leaf(element(item, kind, False))
                annotations["items_"] = bpy.props.CollectionProperty(type=inner)
            case _:
                annotations["value"] = _single(item, label(item), item.default)
        if "uniform" in modes:
            annotations |= self._spread(item)
        if "choice" in modes:
            annotations["options"] = bpy.props.CollectionProperty(type=self._option(item))
        self._known[key] = self._group(item.name, annotations, item)
        return self._known[key]

    def _spread(self, item: kinds.Field) -> dict[str, Any]:
        """Returns the properties that describe how numbers are drawn."""
        free = replace(item, type=kinds.Scalar("float"), min=None, max=None)
        middle = item.default if item.default not in (None, MISSING) else item.min or 0
        return {
            "low": _single(item, "From", middle),
            "high": _single(item, "To", middle),
            "mean": _single(free, "Mean", middle),
            "std": _single(replace(free, min=0.0), "Deviation", 1.0),
        }

    def _option(self, item: kinds.Field) -> type:
        """Returns the group of one alternative of a choice."""
        weight = kinds.Field("weight", kinds.Scalar("float"), False, 1.0, "How likely it is.", 0, 1e12, None, False)
        held = {"weight": _pointer(self._leaf(weight)), "held": _pointer(self._leaf(option(item)))}
        return self._group(f"option_{item.name}", held)

    def _group(self, name: str, annotations: dict[str, Any], schema: kinds.Field | None = None) -> type:
        """Returns a new group; one that holds a field's value knows the field as `schema`."""
        made = f"BUILDEE_PG_{len(self.classes)}_{name}"[:60]
        body = {"__annotations__": annotations, "__module__": __name__, "schema": schema}
        cls = type(made, (bpy.types.PropertyGroup,), body)
        self.classes.append(cls)
        return cls


def _pointer(group: type) -> Any:
    return bpy.props.PointerProperty(type=group)


def _single(item: kinds.Field, name: str, default: Any) -> Any:
    """Returns the property of a value that one property can hold."""
    given: dict[str, Any] = {"name": name, "description": tooltip(item.description)}
    default = None if default is MISSING else plain(item.type, default)
    match item.type:
        case kinds.Choice(options=words):
            given["items"] = [(word, _word(word), "") for word in words]
            return bpy.props.EnumProperty(**given, default=default or words[0])
        case kinds.Names(options=words):
            given["items"] = [(word, _word(word), "", 1 << bit) for bit, word in enumerate(words)]
            return bpy.props.EnumProperty(**given, options={"ENUM_FLAG"}, default=set(default or ()))
        case kinds.Scalar(kind="bool"):
            return bpy.props.BoolProperty(**given, default=bool(default))
        case kinds.Scalar(kind="str"):
            return bpy.props.StringProperty(**given, default=default or "")
        case kinds.Scalar(kind="path"):
            return bpy.props.StringProperty(**given, default=default or "", subtype="FILE_PATH")
    limits = {"min": item.min, "max": item.max}
    given |= {name: value for name, value in limits.items() if value is not None}
    default = default if default is not None else item.min or 0
    if item.type == kinds.Scalar("int"):
        given |= {name: max(-LARGEST, min(LARGEST, int(given[name]))) for name in limits if name in given}
        shown = UNITS.get(item.unit, {}) if item.unit == "px" else {}
        return bpy.props.IntProperty(**given, **shown, default=min(int(default), LARGEST))
    shown = UNITS.get(item.unit, {})
    return bpy.props.FloatProperty(**given, **shown, default=float(default), precision=3, step=10)


def _word(word: str) -> str:
    return word if word[:1].isupper() else word.replace("_", " ").capitalize()
