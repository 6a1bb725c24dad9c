"""What recipes accept and say, in words for people."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from buildee.recipe import kinds
from buildee.recipe.tree import MappingNode, Node, SequenceNode


def closest(word: str, options: Iterable[str]) -> str | None:
    """Returns the option most like a mistyped word, or None when none is near."""
    options = list(options)
    lower = {option.lower(): option for option in options}
    near = difflib.get_close_matches(word.lower(), list(lower), n=1, cutoff=0.6)
    return lower[near[0]] if near else None


def unknown(kind: str, word: str, options: Iterable[str]) -> str:
    """Returns the message for a word that is none of the options."""
    options = list(options)
    near = closest(word, options)
    if near:
        return f"unknown {kind} {word!r}, did you mean {near!r}?"
    return f"unknown {kind} {word!r}; {there_are(options)}"


MOST = 40
"""So many options are all listed."""


def there_are(options: Sequence[str]) -> str:
    """Returns which options there are, or some of them if they are many."""
    if len(options) > MOST:
        return f"there are {len(options)}, such as {', '.join(options[:: len(options) // 8])}"
    return f"there are: {', '.join(options) or 'none'}"


def unknown_field(key: str, names: Iterable[str], root: kinds.Section) -> str:
    """Returns the message for a key that is no field here; the one meant may also lie elsewhere under `root`."""
    names = list(names)
    options = {path.rsplit(".", 1)[-1]: path for path in reversed(_paths(root, ""))} | {name: name for name in names}
    near = closest(key, options)
    if near:
        return f"unknown field, did you mean {options[near]!r}?"
    return f"unknown field; the fields here are: {', '.join(names) or 'none'}"


def _paths(kind: kinds.Section, prefix: str) -> list[str]:
    """Returns the dotted paths of all fields of a section, nested ones included."""
    found = []
    for field in kind.fields:
        path = join(prefix, field.name)
        found += [path, *(_paths(field.type, path) if isinstance(field.type, kinds.Section) else ())]
    return found


def join(path: str, name: str) -> str:
    """Returns the dotted path of a field of the section at `path`."""
    return f"{path}.{name}" if path else name


def number(value: int | float) -> str:
    """Returns a number without needless digits."""
    return str(value) if isinstance(value, int) else f"{value:.12g}"


_KINDS = {"bool": "true or false", "int": "a whole number", "float": "a number", "str": "text", "path": "a file's path"}


def wanted(kind: kinds.Kind) -> str:
    """Returns what a type accepts, in words."""
    match kind:
        case kinds.Scalar(kind=name):
            return _KINDS[name]
        case kinds.Choice(options=options):
            return f"one of {', '.join(options)}"
        case kinds.Names(options=options):
            return f"a list of words from {', '.join(options)}"
        case kinds.List(item=item):
            plain = {kinds.Scalar("int"): "whole numbers", kinds.Scalar("str"): "text"}
            return f"a list of {plain.get(item) or f'lists, each {wanted(item)}'}"
        case kinds.Tuple(items=items):
            return f"a list of {len(items)} values [{', '.join(wanted(item) for item in items)}]"
    return "a block of fields"


def said(node: Node) -> str:
    """Returns what the recipe says there, in words."""
    if isinstance(node, SequenceNode):
        return f"a list of {len(node.items)}"
    if isinstance(node, MappingNode):
        return "a block of fields"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    text = repr(node.value)
    text = text if len(text) <= 60 else text[:57] + "..."
    return f"the text {text}" if isinstance(node.value, str) else f"the number {text}"


def summary(cls: type) -> str:
    """Returns the first paragraph of a class's docstring."""
    return " ".join((cls.__doc__ or "").strip().split("\n\n")[0].split())
