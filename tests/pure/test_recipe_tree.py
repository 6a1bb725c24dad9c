"""YAML with line marks: what is read, and what is refused."""

import math

import pytest

from buildee.errors import RecipeError
from buildee.recipe.tree import MAX_CHARACTERS, MappingNode, ScalarNode, parse, plain_scalar


def problems(text: str) -> list[str]:
    try:
        _, findings = parse(text, "site.yaml")
    except RecipeError as error:
        return [str(problem) for problem in error.problems]
    return [str(finding.problem) for finding in findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("12:30:45", "12:30:45"),
        ("2024-01-01", "2024-01-01"),
        ("1e-3", 0.001),
        ("1.", 1.0),
        (".5", 0.5),
        ("-4", -4),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("TRUE", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("-.inf", -math.inf),
    ],
)
def test_plain_scalars_follow_yaml_1_2(text, value):
    read = plain_scalar(text)
    assert read == value and type(read) is type(value)


def test_quoted_scalars_are_text():
    node, findings = parse("a: '12'\nb: \"true\"\nc: |\n  12\n", "site.yaml")
    assert not findings
    assert [value.value for _, _, value in node.entries] == ["12", "true", "12\n"]


def test_keys_stay_what_was_written():
    node, _ = parse("no: 1\n1: 2\n0x10: 3", "site.yaml")
    assert [key for key, _, _ in node.entries] == ["no", "1", "0x10"]


def test_marks_count_from_one():
    node, _ = parse("a: 1\nb:\n  c: 2\n", "site.yaml")
    assert str(node.get("b").get("c").mark) == "site.yaml:3:6"


def test_aliases_repeat_values():
    node, findings = parse("a: &x {k: 1}\nb: *x\n", "site.yaml")
    assert not findings
    assert isinstance(node, MappingNode) and node.get("b") == node.get("a")
    assert isinstance(node.get("b").get("k"), ScalarNode)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3", "site.yaml:3:1: the key 'a' is here twice (first in line 1); keep one"),
        ("a: !!python/object:os.system x", "site.yaml:1:4: the tag 'tag:yaml.org,2002:python/object:os.system'"),
        ("a: !mine {b: 1}", "site.yaml:1:4: the tag '!mine' is not allowed"),
        ("a: *b", "site.yaml:1:4: the alias *b has no anchor &b before it"),
        ("a: &b [*b]", "site.yaml:1:8: the alias *b contains itself"),
        ("? [1, 2]\n: 3", "site.yaml:1:3: a key must be a word"),
        ("a: 1\n---\nb: 2", "site.yaml:2:1: a second document"),
        ("a:\n\tb: 1", "site.yaml:2:1: not valid YAML: a tab; indent with spaces"),
        ("a: [1, 2\nb: 3", "site.yaml:2:2: not valid YAML while parsing a flow sequence"),
        ("a: 1\nb: \x07", "site.yaml:2:4: the character U+0007 is not allowed in YAML"),
        ("", "site.yaml: is empty"),
        ("# only a comment\n", "site.yaml: is empty"),
        ("[" * 100_000, "site.yaml:1:33: nested more than 32 deep"),
        ("#" * (MAX_CHARACTERS + 1), "site.yaml: is longer than a recipe may be (256 KiB)"),
    ],
)
def test_refusals(text, message):
    found = problems(text)
    assert len(found) == 1 and found[0].startswith(message)


def test_alias_bomb_is_refused_without_expanding_it():
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    found = problems("\n".join(levels))
    assert len(found) == 1 and "more than 50000 values" in found[0]


def test_problems_before_a_syntax_error_are_kept():
    assert [text.split(": ", 1)[0] for text in problems("a: !t 1\nb: [")] == ["site.yaml:1:4", "site.yaml:2:5"]
