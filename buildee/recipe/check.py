"""Holds a tree against the schema: every problem at once, or plain values with all defaults filled in.

The checked tree has a dict for a section, a list of dicts for the items of a family, and a plain value or a
distribution for everything else.
"""

from __future__ import annotations

import math
from dataclasses import MISSING
from typing import Any

from buildee.names import NAME, RESERVED
from buildee.recipe.distributions import Choice, Cycle, LogUniform, Normal, Sweep, Uniform
from buildee.recipe.schema import (
    ChoiceType,
    Field,
    FieldType,
    ItemsType,
    ListType,
    NamesType,
    ScalarType,
    SectionType,
    TupleType,
    plain,
    section_of,
    tagged_types,
)
from buildee.recipe.tree import Finding, MappingNode, Mark, Node, ScalarNode, SequenceNode
from buildee.recipe.wording import join, number, said, unknown, unknown_field, wanted

DISTRIBUTIONS = ("uniform", "log_uniform", "normal", "choice", "sweep", "cycle")
_WRONG = object()
_LARGEST = {"int": 2**63 - 1, "float": 1e100}


class Checker:
    """Checks one recipe; `findings` collects what is wrong."""

    def __init__(self, root: SectionType) -> None:
        self.findings: list[Finding] = []
        self._root = root

    def find(self, mark: Mark, path: str, message: str) -> Any:
        """Notes a problem; returns a value that stands for the wrong one."""
        self.findings.append(Finding(mark, path, message))
        return _WRONG

    def section(self, kind: SectionType, node: Node, path: str, base: Any, ignored: tuple[str, ...] = ()) -> Any:
        """Checks a block of fields.

        Args:
            kind: what it should be.
            node: what it is.
            path: its dotted path; empty at the top.
            base: the instance that fields not given are taken from; `MISSING` for the fields' own defaults.
            ignored: keys that somebody else looks at.
        """
        names = list(dict.fromkeys([*ignored, *(field.name for field in kind.fields)]))
        if isinstance(node, ScalarNode) and node.value is None:
            node = MappingNode(node.mark, ())  # `scene:` with nothing below: all defaults
        if not isinstance(node, MappingNode):
            return self.find(node.mark, path, f"expected fields ({', '.join(names)}), got {said(node)}")
        for key, mark, _ in node.entries:
            if key not in names:
                self.find(mark, join(path, key), unknown_field(key, names, self._root))
        values = {}
        for field in kind.fields:
            if field.name in ignored:
                continue
            default = field.default if base is MISSING else getattr(base, field.name)
            given = node.get(field.name)
            where = join(path, field.name)
            values[field.name] = (
                self._absent(field, default, node.mark, where)
                if given is None
                else (self.field(field, given, where, default))
            )
        return values

    def _absent(self, field: Field, default: Any, mark: Mark, path: str) -> Any:
        if default is MISSING:
            return self.find(mark, path, f"is required: {field.description}")
        if isinstance(field.type, ItemsType) and len(default) < (field.min or 0):
            known = ", ".join(tagged_types(field.type.family))
            return self.find(mark, path, f"is required; list at least one, of type {known or '(none is registered)'}")
        return _default(field.type, default)

    def field(self, field: Field, node: Node, path: str, default: Any = MISSING) -> Any:
        """Checks what a recipe says for one field."""
        if isinstance(field.type, SectionType):
            return self.section(field.type, node, path, default)
        if isinstance(field.type, ItemsType):
            return self._items(field, node, path)
        if isinstance(node, ScalarNode) and node.value is None:
            return None if field.optional else self.find(node.mark, path, f"needs a value: {wanted(field.type)}")
        if isinstance(node, MappingNode):
            return self._distribution(field, field.type, node, path)
        return self._value(field, field.type, node, path)

    def _value(self, field: Field, kind: FieldType, node: Node, path: str, drawn: bool = False) -> Any:
        """Checks a plain value; `drawn` says that it belongs to a distribution."""
        if isinstance(kind, NamesType):
            return self._names(kind, node, path)
        if isinstance(kind, ListType):
            return self._list(field, kind, node, path)
        if isinstance(kind, TupleType):
            return self._tuple(field, kind, node, path, drawn)
        if not isinstance(node, ScalarNode):
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}")
        if isinstance(kind, ChoiceType):
            if node.value in kind.options:
                return node.value
            if isinstance(node.value, str):
                return self.find(node.mark, path, unknown("value", node.value, kind.options))
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}")
        return self._scalar(field, kind, node, path, drawn)

    def _scalar(self, field: Field, kind: ScalarType, node: ScalarNode, path: str, drawn: bool) -> Any:
        value = node.value
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        fits = {
            "bool": isinstance(value, bool),
            "int": numeric and isinstance(value, int),
            "float": numeric,
            "str": isinstance(value, str),
            "path": isinstance(value, str) and bool(value),
        }[kind.kind]
        if not fits:
            hint = ""
            if kind.kind in ("str", "path"):
                hint = "; put it in quotes" if value is not None else ""
            elif kind.kind == "bool" and str(value).lower() in ("yes", "no", "on", "off"):
                hint = "; write true or false"
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}{hint}")
        if not numeric:
            return value
        try:
            value = float(value) if kind.kind == "float" else value
        except OverflowError:
            value = math.inf
        if not math.isfinite(value):
            return self.find(node.mark, path, f"expected a finite number, got {said(node)}")
        if abs(value) > _LARGEST[kind.kind]:
            return self.find(node.mark, path, f"{said(node)} is too large to compute with")
        return value if self._within(field, value, node.mark, path, drawn) else _WRONG

    def _within(self, field: Field, value: int | float, mark: Mark, path: str, drawn: bool) -> bool:
        unit = f" {field.unit}" if field.unit else ""
        verb = "can draw" if drawn else "is"
        if field.min is not None and value < field.min:
            self.find(mark, path, f"{verb} {number(value)}{unit}, the lowest allowed is {number(field.min)}{unit}")
            return False
        if field.max is not None and value > field.max:
            self.find(mark, path, f"{verb} {number(value)}{unit}, the highest allowed is {number(field.max)}{unit}")
            return False
        return True

    def _tuple(self, field: Field, kind: TupleType, node: Node, path: str, drawn: bool) -> Any:
        if not isinstance(node, SequenceNode) or len(node.items) != len(kind.items):
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}")
        parts = []
        for index, (part, item) in enumerate(zip(kind.items, node.items, strict=True)):
            where = f"{path}[{index}]"
            if isinstance(item, MappingNode) and not drawn:
                parts.append(self._distribution(field, part, item, where))
            else:
                parts.append(self._value(field, part, item, where, drawn))
        return tuple(parts)

    def _list(self, field: Field, kind: ListType, node: Node, path: str) -> Any:
        if not isinstance(node, SequenceNode):
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}")
        values: list[Any] = []
        for index, item in enumerate(node.items):
            value = self._value(field, kind.item, item, f"{path}[{index}]", drawn=field.varies)
            if value is not _WRONG and value in values:
                self.find(item.mark, path, f"{plain(kind.item, value)} is listed twice")
            values.append(value)
        return tuple(values)

    def _names(self, kind: NamesType, node: Node, path: str) -> Any:
        if not isinstance(node, SequenceNode):
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}")
        seen: list[str] = []
        for item in node.items:
            word = item.value if isinstance(item, ScalarNode) else None
            if not isinstance(word, str):
                self.find(item.mark, path, f"expected {wanted(kind)}, got {said(item)}")
            elif word not in kind.options:
                self.find(item.mark, path, unknown("value", word, kind.options))
            elif word in seen:
                self.find(item.mark, path, f"{word!r} is listed twice")
            else:
                seen.append(word)
        return tuple(word for word in kind.options if word in seen)

    def _items(self, field: Field, node: Node, path: str) -> Any:
        if not isinstance(node, SequenceNode):
            return self.find(
                node.mark, path, f"expected a list of items, each with `type` and `name`, got {said(node)}"
            )
        count = len(node.items)
        if field.min is not None and count < field.min:
            return self.find(node.mark, path, f"needs at least {field.min}, has {count}")
        if field.max is not None and count > field.max:
            return self.find(node.mark, path, f"may have at most {field.max}, has {count}")
        names: dict[str, Mark] = {}
        return [self._item(field.type, item, f"{path}[{index}]", path, names) for index, item in enumerate(node.items)]

    def _item(self, kind: ItemsType, node: Node, place: str, path: str, names: dict[str, Mark]) -> Any:
        if not isinstance(node, MappingNode):
            return self.find(node.mark, place, f"expected fields with `type` and `name`, got {said(node)}")
        name, where = node.get("name"), place
        if isinstance(name, ScalarNode) and isinstance(name.value, str):
            if not NAME.fullmatch(name.value):
                message = f"{name.value!r} is no name; use up to 64 letters, digits, - and _"
                self.find(name.mark, f"{place}.name", message)
            elif name.value.lower() in RESERVED:
                self.find(name.mark, f"{place}.name", f"the name {name.value!r} is reserved; choose another")
            elif name.value.lower() in names:  # some file systems ignore case
                message = f"{name.value!r} is the name of another item, in line {names[name.value.lower()].line}"
                self.find(name.mark, f"{place}.name", message)
            else:
                names[name.value.lower()] = name.mark
                where = f"{path}.{name.value}"
        families = tagged_types(kind.family)
        tag = node.get("type")
        if tag is None:
            return self.find(node.mark, where, f"needs a `type`; there are: {', '.join(families) or 'none'}")
        word = tag.value if isinstance(tag, ScalarNode) else None
        if not isinstance(word, str) or word not in families:
            given = word if isinstance(word, str) else said(tag)
            return self.find(tag.mark, f"{where}.type", unknown(f"{kind.family} type", given, families))
        values = self.section(section_of(families[word]), node, where, MISSING, ignored=("type",))
        return {"type": word} | values

    def _distribution(self, field: Field, kind: FieldType, node: MappingNode, path: str) -> Any:
        """Checks `{uniform: [a, b]}` and its like."""
        if not field.varies:
            message = f"must be the same in every scene: expected {wanted(kind)}, not a distribution"
            return self.find(node.mark, path, message)
        words = [key for key, _, _ in node.entries]
        name = next((word for word in words if word in DISTRIBUTIONS), None)
        if name is None:
            why = unknown("distribution", words[0], DISTRIBUTIONS) if words else "the block is empty"
            return self.find(node.mark, path, f"expected {wanted(kind)} or a distribution: {why}")
        allowed = ("choice", "weights") if name == "choice" else (name,)
        for key, mark, _ in node.entries:
            if key not in allowed:
                self.find(mark, path, f"{key!r} has no place beside {name!r}")
        if name == "choice":
            return self._choice(field, kind, node, path)
        if name == "cycle":
            return self._cycle(field, kind, node.get(name), path)
        if not isinstance(kind, ScalarType) or kind.kind not in ("int", "float"):
            other = "cycle" if name == "sweep" else "choice"
            return self.find(node.mark, path, f"{name} gives numbers; use {other} for {wanted(kind)}")
        if name == "normal":
            return self._normal(field, kind, node.get(name), path)
        return self._range(field, kind, name, node.get(name), path)

    def _range(self, field: Field, kind: ScalarType, name: str, node: Node, path: str) -> Any:
        if not isinstance(node, SequenceNode) or len(node.items) != 2:
            ends = "[first, last]" if name == "sweep" else "[lowest, highest]"
            return self.find(node.mark, path, f"write {{{name}: {ends}}}, got {said(node)}")
        low, high = (self._value(field, kind, item, path, drawn=True) for item in node.items)
        if low is _WRONG or high is _WRONG:
            return _WRONG
        if name == "sweep":
            return Sweep(low, high, kind.kind == "int")
        if low > high:
            return self.find(node.mark, path, f"{name}: {number(low)} is above {number(high)}; put the lower one first")
        if name == "uniform":
            return Uniform(low, high, kind.kind == "int")
        if low <= 0:
            return self.find(node.mark, path, f"log_uniform needs limits above 0, got {number(low)}")
        return LogUniform(low, high, kind.kind == "int")

    def _normal(self, field: Field, kind: ScalarType, node: Node, path: str) -> Any:
        keys = {key for key, _, _ in node.entries} if isinstance(node, MappingNode) else set()
        if keys != {"mean", "std", "min", "max"}:
            message = "write {normal: {mean: , std: , min: , max: }}; min and max keep draws within the field's limits"
            return self.find(node.mark, path, message)
        free = Field("", ScalarType("float"), False, MISSING, "", None, None, None, False)
        mean, std = (self._value(free, free.type, node.get(key), f"{path}.{key}") for key in ("mean", "std"))
        low, high = (self._value(field, kind, node.get(key), path, drawn=True) for key in ("min", "max"))
        if _WRONG in (mean, std, low, high):
            return _WRONG
        if std <= 0:
            return self.find(node.get("std").mark, path, f"std must be above 0, got {number(std)}")
        if low >= high:
            return self.find(node.mark, path, f"min {number(low)} must be below max {number(high)}")
        normal = Normal(mean, std, low, high, kind.kind == "int")
        if normal.mass < 1e-9:
            return self.find(
                node.mark, path, f"{number(low)}..{number(high)} lies too far from the mean {number(mean)}"
            )
        return normal

    def _choice(self, field: Field, kind: FieldType, node: MappingNode, path: str) -> Any:
        listed, weights = node.get("choice"), node.get("weights")
        if not isinstance(listed, SequenceNode) or not listed.items:
            return self.find(listed.mark, path, f"write {{choice: [one, another]}}, got {said(listed)}")
        values = [self._chosen(field, kind, item, path) for item in listed.items]
        count = len(values)
        if weights is None:
            shares = [1.0] * count
        elif isinstance(weights, SequenceNode) and len(weights.items) == count:
            share = Field("", ScalarType("float"), False, MISSING, "", 0, 1e12, None, False)
            shares = [self._value(share, share.type, item, f"{path}.weights") for item in weights.items]
        else:
            return self.find(weights.mark, path, f"needs one weight for each of the {count} choices")
        if any(value is _WRONG for value in [*values, *shares]):
            return _WRONG
        total = math.fsum(shares)
        if total <= 0:
            return self.find(weights.mark, path, "one weight at least must be above 0")
        if abs(total - 1.0) > 1e-9:  # what was divided once stays as it is, however it was rounded
            shares = [share / total for share in shares]
        return Choice(tuple(values), tuple(map(float, shares)))

    def _cycle(self, field: Field, kind: FieldType, node: Node, path: str) -> Any:
        if not isinstance(node, SequenceNode) or not node.items:
            return self.find(node.mark, path, f"write {{cycle: [first, second, ...]}}, got {said(node)}")
        values = tuple(self._chosen(field, kind, item, path) for item in node.items)
        return _WRONG if any(value is _WRONG for value in values) else Cycle(values)

    def _chosen(self, field: Field, kind: FieldType, node: Node, path: str) -> Any:
        if isinstance(node, ScalarNode) and node.value is None and field.optional and kind == field.type:
            return None
        return self._value(field, kind, node, path, drawn=True)


def _default(kind: FieldType, value: Any) -> Any:
    """Returns a default in the checked tree's form, where tuples stay tuples."""
    if value is None or isinstance(kind, TupleType | NamesType | ListType):
        return value
    if isinstance(kind, SectionType):
        return {field.name: _default(field.type, getattr(value, field.name)) for field in kind.fields}
    return plain(kind, value)
