"""YAML as a tree whose every value knows its line and column.

The text is read as the YAML 1.2 core schema (`no` and `12:30` are text, `1e-3` is a number), and what could surprise or
harm is refused: tags, duplicate keys, aliases that multiply, several documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from buildee.errors import Problem, RecipeError

MAX_CHARACTERS = 262_144
MAX_NODES = 50_000
MAX_DEPTH = 32


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a recipe.

    Attributes:
        line, column: counted from 1; 0 when the source has no lines, as a command-line flag has none.
        source: the file, or the flag.
    """

    line: int
    column: int
    source: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source


@dataclass(frozen=True)
class ScalarNode:
    """One value: None, bool, int, float or str."""

    mark: Mark
    value: Any


@dataclass(frozen=True)
class SequenceNode:
    """A list."""

    mark: Mark
    items: tuple[Node, ...]


@dataclass(frozen=True)
class MappingNode:
    """Keys and values; keys are text whatever they look like."""

    mark: Mark
    entries: tuple[tuple[str, Mark, Node], ...]

    def get(self, key: str) -> Node | None:
        """Returns the value under `key`, or None."""
        return next((value for name, _, value in self.entries if name == key), None)


Node = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True)
class Finding:
    """A problem that still knows its place, so that all can be put in file order."""

    mark: Mark
    path: str
    message: str

    @property
    def problem(self) -> Problem:
        """The problem as people see it."""
        return Problem(str(self.mark), self.path, self.message)


def refusal(findings: list[Finding]) -> RecipeError:
    """Returns one error that lists all findings in file order, each once."""
    ordered = sorted(dict.fromkeys(findings), key=lambda finding: finding.mark)
    return RecipeError([finding.problem for finding in ordered])


def parse(
    text: str, source: str, needs: str = "a recipe needs at least `world:` and `cameras:`"
) -> tuple[Node, list[Finding]]:
    """Reads YAML text.

    Args:
        text: the file's text.
        source: what to call it in messages.
        needs: what a file that says nothing should say.

    Returns:
        The tree, and what is wrong with it without keeping it from being read (duplicate keys, tags).

    Raises:
        RecipeError: it is no YAML, or is too large.
    """
    if len(text) > MAX_CHARACTERS:
        raise RecipeError([Problem(source, "", f"is longer than a recipe may be ({MAX_CHARACTERS // 1024} KiB)")])
    reader = _Reader(source)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        mark = Mark(place.line + 1, place.column + 1, source) if place else Mark(0, 0, source)
        raise refusal([*reader.findings, Finding(mark, "", _syntax_message(error))]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - (text.rfind("\n", 0, error.position) + 1) + 1
        message = f"the character U+{ord(text[error.position]):04X} is not allowed in YAML"
        raise refusal([Finding(Mark(line, column, source), "", message)]) from None
    if reader.root is None:
        raise RecipeError([Problem(source, "", f"is empty; {needs}")])
    return reader.root, reader.findings


def _syntax_message(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "it cannot be read"
    if "'\\t'" in problem:
        return "not valid YAML: a tab; indent with spaces"
    context = f" {error.context}" if error.context else ""
    return f"not valid YAML{context}: {problem}"


@dataclass
class _Open:
    """A list or mapping that is still being read; a mapping's parts are keys and values in turn."""

    mark: Mark
    is_mapping: bool
    anchor: str | None
    parts: list[Node] = field(default_factory=list)
    size: int = 1


class _Reader:
    """Builds the tree from parser events, without recursion."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}

    def take(self, event: yaml.Event) -> None:
        """Takes the parser's next event."""
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1, self.source)
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise refusal([*self.findings, Finding(mark, "", "a second document; a recipe is one document")])
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
            self._find(mark, f"the tag {event.tag!r} is not allowed; write the plain value")
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(self._stack) >= MAX_DEPTH:
                    raise refusal([*self.findings, Finding(mark, "", f"nested more than {MAX_DEPTH} deep")])
                self._stack.append(_Open(mark, isinstance(event, yaml.MappingStartEvent), event.anchor))
            case yaml.ScalarEvent():
                value = plain_scalar(event.value) if event.style is None else event.value
                self._add(ScalarNode(mark, value), 1, event.anchor, event.value)
            case yaml.AliasEvent():
                self._add(*self._aliased(event.anchor, mark), None)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = self._stack.pop()
                node = self._mapping(done) if done.is_mapping else SequenceNode(done.mark, tuple(done.parts))
                self._add(node, done.size, done.anchor)

    def _find(self, mark: Mark, message: str) -> None:
        self.findings.append(Finding(mark, "", message))

    def _add(self, node: Node, size: int, anchor: str | None, key: str | None = None) -> None:
        if anchor:
            self._anchors[anchor] = (node, size)
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if top.is_mapping and len(top.parts) % 2 == 0 and key is not None:
            node = ScalarNode(node.mark, key)  # a key is its text, so that `no:` and `1:` stay what was written
        top.parts.append(node)
        top.size += size
        if top.size > MAX_NODES:
            message = f"more than {MAX_NODES} values, counting an alias as all it stands for"
            raise refusal([*self.findings, Finding(node.mark, "", message)])

    def _aliased(self, anchor: str, mark: Mark) -> tuple[Node, int]:
        if any(part.anchor == anchor for part in self._stack):
            self._find(mark, f"the alias *{anchor} contains itself")
        elif anchor in self._anchors:
            return self._anchors[anchor]
        else:
            self._find(mark, f"the alias *{anchor} has no anchor &{anchor} before it")
        return ScalarNode(mark, None), 1

    def _mapping(self, done: _Open) -> MappingNode:
        entries: dict[str, tuple[str, Mark, Node]] = {}
        for key, value in zip(done.parts[::2], done.parts[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                self._find(key.mark, "a key must be a word, not a list or a block")
                continue
            name = key.value if isinstance(key.value, str) else str(key.value)
            if name in entries:
                first = entries[name][1].line
                self._find(key.mark, f"the key {name!r} is here twice (first in line {first}); keep one")
                continue
            entries[name] = (name, key.mark, value)
        return MappingNode(done.mark, tuple(entries.values()))


def place(root: Node, path: str) -> tuple[Mark | None, bool]:
    """Returns where a tree gives a field, and whether it does.

    Args:
        root: of the tree.
        path: dotted; items of lists are called by their `name`.

    Returns:
        The mark of its value, or else that of the innermost block around it, None if there is none; and whether it is
        the value's.
    """
    node, mark = root, None
    for word in path.split("."):
        if isinstance(node, SequenceNode):
            inner = next(((item.mark, item) for item in node.items if _name(item) == word), None)
        else:
            entries = node.entries if isinstance(node, MappingNode) else ()
            inner = next(((key, value) for name, key, value in entries if name == word), None)
        if inner is None:
            return mark, False
        mark, node = inner
    return node.mark, True


def _name(item: Node) -> Any:
    name = item.get("name") if isinstance(item, MappingNode) else None
    return name.value if isinstance(name, ScalarNode) else None


_INT = re.compile(r"[-+]?[0-9]{1,300}|0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: float(sign + "inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


def plain_scalar(text: str) -> Any:
    """Returns what an unquoted scalar means in the YAML 1.2 core schema (yaml.org/spec/1.2.2, 10.3.2)."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text, 0) if text.startswith(("0o", "0x")) else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def node_of(value: Any, mark: Mark) -> Node:
    """Returns plain Python values (dicts, lists, scalars) as a tree that is all at one place."""
    if isinstance(value, dict):
        return MappingNode(mark, tuple((str(key), mark, node_of(item, mark)) for key, item in value.items()))
    if isinstance(value, list | tuple):
        return SequenceNode(mark, tuple(node_of(item, mark) for item in value))
    return ScalarNode(mark, value)
