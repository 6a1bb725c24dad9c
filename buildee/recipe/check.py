"""Holds a tree against the schema: every problem at once, or plain values with all defaults filled in.

The checked tree has a dict for a section, a list of dicts for the items of a family, and a plain value or a
distribution for everything else.
"""

from __future__ import annotations

import math
from dataclasses import MISSING
from typing import Any

from buildee.names import NAME, RESERVED
from buildee.recipe import kinds
from buildee.recipe.check_distributions import WRONG, distribution
from buildee.recipe.schema import plain, section_of, tagged_types
from buildee.recipe.tree import Finding, MappingNode, Mark, Node, ScalarNode, SequenceNode
from buildee.recipe.wording import join, number, said, unknown, unknown_field, wanted

_LARGEST = {"int": 2**63 - 1, "float": 1e100}


class Checker:
    """Checks one recipe; `findings` collects what is wrong."""

    def __init__(self, root: kinds.Section) -> None:
        self.findings: list[Finding] = []
        self._root = root

    def find(self, mark: Mark, path: str, message: str) -> Any:
        """Notes a problem; returns a value that stands for the wrong one."""
        self.findings.append(Finding(mark, path, message))
        return WRONG

    def section(self, kind: kinds.Section, node: Node, path: str, base: Any, ignored: tuple[str, ...] = ()) -> Any:
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

    def _absent(self, field: kinds.Field, default: Any, mark: Mark, path: str) -> Any:
        if default is MISSING:
            return self.find(mark, path, f"is required: {field.description}")
        if isinstance(field.type, kinds.Items) and len(default) < (field.min or 0):
            known = ", ".join(tagged_types(field.type.family))
            return self.find(mark, path, f"is required; list at least one, of type {known or '(none is registered)'}")
        return _default(field.type, default)

    def field(self, field: kinds.Field, node: Node, path: str, default: Any = MISSING) -> Any:
        """Checks what a recipe says for one field."""
        if isinstance(field.type, kinds.Section):
            return self.section(field.type, node, path, default)
        if isinstance(field.type, kinds.Items):
            return self._items(field, node, path)
        if isinstance(node, ScalarNode) and node.value is None:
            return None if field.optional else self.find(node.mark, path, f"needs a value: {wanted(field.type)}")
        if isinstance(node, MappingNode):
            return distribution(self, field, field.type, node, path)
        return self.value(field, field.type, node, path)

    def value(self, field: kinds.Field, kind: kinds.Kind, node: Node, path: str, drawn: bool = False) -> Any:
        """Checks a plain value; `drawn` says that it belongs to a distribution."""
        if isinstance(kind, kinds.Names):
            return self._names(kind, node, path)
        if isinstance(kind, kinds.List):
            return self._list(field, kind, node, path)
        if isinstance(kind, kinds.Tuple):
            return self._tuple(field, kind, node, path, drawn)
        if not isinstance(node, ScalarNode):
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}")
        if isinstance(kind, kinds.Choice):
            if node.value in kind.options:
                return node.value
            if isinstance(node.value, str):
                return self.find(node.mark, path, unknown("value", node.value, kind.options))
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}")
        return self._scalar(field, kind, node, path, drawn)

    def _scalar(self, field: kinds.Field, kind: kinds.Scalar, node: ScalarNode, path: str, drawn: bool) -> Any:
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
        return value if self._within(field, value, node.mark, path, drawn) else WRONG

    def _within(self, field: kinds.Field, value: int | float, mark: Mark, path: str, drawn: bool) -> bool:
        unit = f" {field.unit}" if field.unit else ""
        verb = "can draw" if drawn else "is"
        if field.min is not None and value < field.min:
            self.find(mark, path, f"{verb} {number(value)}{unit}, the lowest allowed is {number(field.min)}{unit}")
            return False
        if field.max is not None and value > field.max:
            self.find(mark, path, f"{verb} {number(value)}{unit}, the highest allowed is {number(field.max)}{unit}")
            return False
        return True

    def _tuple(self, field: kinds.Field, kind: kinds.Tuple, node: Node, path: str, drawn: bool) -> Any:
        if not isinstance(node, SequenceNode) or len(node.items) != len(kind.items):
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}")
        parts = []
        for index, (part, item) in enumerate(zip(kind.items, node.items, strict=True)):
            where = f"{path}[{index}]"
            if isinstance(item, MappingNode) and not drawn:
                parts.append(distribution(self, field, part, item, where))
            else:
                parts.append(self.value(field, part, item, where, drawn))
        return tuple(parts)

    def _list(self, field: kinds.Field, kind: kinds.List, node: Node, path: str) -> Any:
        if not isinstance(node, SequenceNode):
            return self.find(node.mark, path, f"expected {wanted(kind)}, got {said(node)}")
        values: list[Any] = []
        for index, item in enumerate(node.items):
            value = self.value(field, kind.item, item, f"{path}[{index}]", drawn=field.varies)
            if value is not WRONG and value in values:
                self.find(item.mark, path, f"{plain(kind.item, value)} is listed twice")
            values.append(value)
        return tuple(values)

    def _names(self, kind: kinds.Names, node: Node, path: str) -> Any:
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

    def _items(self, field: kinds.Field, node: Node, path: str) -> Any:
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

    def _item(self, kind: kinds.Items, node: Node, place: str, path: str, names: dict[str, Mark]) -> Any:
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


def _default(kind: kinds.Kind, value: Any) -> Any:
    """Returns a default in the checked tree's form, where tuples stay tuples."""
    if value is None or isinstance(kind, kinds.Tuple | kinds.Names | kinds.List):
        return value
    if isinstance(kind, kinds.Section):
        return {field.name: _default(field.type, getattr(value, field.name)) for field in kind.fields}
    return plain(kind, value)
