"""What may be declared in a section, and what is refused when it is."""

from dataclasses import MISSING, dataclass, make_dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from buildee import recipe
from buildee.recipe import kinds, schema
from buildee.recipe.schema import Camera, knob, section_of


def section(hint: Any, default: Any, **limits: Any) -> type:
    return make_dataclass("Section", [("field", hint, knob(default, "A field.", **limits))], frozen=True)


@dataclass(frozen=True)
class Inner:
    """A section in a section."""

    depth: float = knob(1.0, "How deep.", min=0)


@pytest.mark.parametrize(
    ("hint", "default", "kind", "optional"),
    [
        (bool, True, kinds.Scalar("bool"), False),
        (int, 3, kinds.Scalar("int"), False),
        (float, 3.0, kinds.Scalar("float"), False),
        (str, "x", kinds.Scalar("str"), False),
        (Path, Path("a/b"), kinds.Scalar("path"), False),
        (Literal["a", "b"], "b", kinds.Choice(("a", "b")), False),
        (tuple[int, str], (1, "x"), kinds.Tuple((kinds.Scalar("int"), kinds.Scalar("str"))), False),
        (tuple[Literal["a", "b"], ...], ("a",), kinds.Names(("a", "b")), False),
        (tuple[int, ...], (1, -4), kinds.List(kinds.Scalar("int")), False),
        (tuple[tuple[int, int], ...], ((0, 3),), kinds.List(kinds.Tuple((kinds.Scalar("int"),) * 2)), False),
        (tuple[Camera, ...], (), kinds.Items("camera"), False),
        (float | None, None, kinds.Scalar("float"), True),
        (Inner, Inner(), section_of(Inner), False),
    ],
)
def test_allowed_types(hint, default, kind, optional):
    field = section_of(section(hint, default)).fields[0]
    assert (field.type, field.optional, field.default) == (kind, optional, default)


@pytest.mark.parametrize(
    "hint",
    [
        dict,
        dict[str, int],
        list[int],
        tuple[float, ...],
        tuple[tuple[int, ...], ...],
        tuple,
        set[str],
        bytes,
        complex,
        object,
        Any,
        np.ndarray,
        int | str,
        int | str | None,
        Literal[1, 2],
        tuple[Inner, Inner],
    ],
)
def test_other_types_are_refused(hint):
    with pytest.raises(TypeError, match=r"Section\.field"):
        section_of(section(hint, MISSING))


@pytest.mark.parametrize(
    ("hint", "default", "limits"),
    [
        (int, 3.5, {}),
        (int, True, {}),
        (int, 11, {"max": 10}),
        (float, float("nan"), {}),
        (float, None, {}),
        (str, 3, {}),
        (Literal["a"], "b", {}),
        (tuple[int, int], (1, 0), {"min": 1}),
        (tuple[int, int], (1,), {}),
        (tuple[Literal["a", "b"], ...], ("a", "a"), {}),
        (tuple[int, ...], (1, 0), {"min": 1}),
        (tuple[int, ...], (1, 1), {}),
        (tuple[tuple[int, int], ...], ((1, 2, 3),), {}),
        (Inner, 3, {}),
    ],
)
def test_defaults_must_fit(hint, default, limits):
    with pytest.raises(TypeError, match="default"):
        section_of(section(hint, default, **limits))


def test_sections_are_frozen_dataclasses_of_knobs():
    with pytest.raises(TypeError, match="frozen dataclass"):
        section_of(make_dataclass("Loose", [("field", int, knob(1, "One."))]))
    with pytest.raises(TypeError, match=r"Bare.field: declare it with knob"):
        section_of(make_dataclass("Bare", [("field", int, 1)], frozen=True))


def test_tagged_types_need_a_name_and_a_tag_of_their_own(monkeypatch):
    monkeypatch.setattr(schema, "_FAMILIES", {})
    one = make_dataclass("One", [("name", str)], frozen=True)
    assert recipe.tagged("camera", "one")(one) is one
    assert schema.tagged_types("camera") == {"one": one}
    with pytest.raises(TypeError, match="already"):
        recipe.tagged("camera", "one")(make_dataclass("Two", [("name", str)], frozen=True))
    with pytest.raises(TypeError, match="needs a field `name: str`"):
        recipe.tagged("camera", "three")(section(int, 1))


def test_a_section_is_plain_python():
    """Nested sections work as ordinary dataclasses, so generators can be called without a recipe."""
    assert section(Inner, Inner(2.0))().field.depth == 2.0
