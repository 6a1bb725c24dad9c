"""What a field of a recipe may hold, once its type is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Number = int | float


@dataclass(frozen=True)
class Scalar:
    """A single value."""

    kind: Literal["bool", "int", "float", "str", "path"]


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """A list of different words, each one of `options`."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Tuple:
    """A list of fixed length."""

    items: tuple[Scalar | Choice, ...]


@dataclass(frozen=True)
class List:
    """A list of any length, of different values of one kind."""

    item: Scalar | Tuple


@dataclass(frozen=True)
class Items:
    """A list of items of a family, each with a `type` and a unique `name`."""

    family: str


@dataclass(frozen=True)
class Section:
    """A block of fields."""

    cls: type
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Returns the field called `name`, or None."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True)
class WorldSlot:
    """Marks the one field whose section the chosen world supplies."""


Kind = Scalar | Choice | Names | Tuple | List | Items | Section | WorldSlot


@dataclass(frozen=True)
class Field:
    """A knob with its type worked out.

    Attributes:
        name: the key in the recipe.
        type: what it holds.
        optional: whether null is allowed.
        default: plain value, instance, or `dataclasses.MISSING` when required.
        description, min, max, unit, varies: as in `knob`.
    """

    name: str
    type: Kind
    optional: bool
    default: Any
    description: str
    min: Number | None
    max: Number | None
    unit: str | None
    varies: bool
