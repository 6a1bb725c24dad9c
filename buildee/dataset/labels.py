"""What ids in a dataset mean: rows of labels.json and instances.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class CategoryLabel:
    """A row of labels.json.

    Attributes:
        id: value in `semantic`.
        name: snake_case.
        color: sRGB bytes.
        more: what else the row says, such as ids in other datasets.
    """

    id: int
    name: str
    color: tuple[int, int, int]
    more: Mapping[str, object]


@dataclass(frozen=True)
class InstanceLabel:
    """A row of a scene's instances.json.

    Attributes:
        id: value in `instance`.
        name: name in the layout.
        category: name of its category.
        category_id: value in `semantic`.
        countable: False for "stuff" such as ground.
        moving: whether anything of it moves or deforms during the scene.
    """

    id: int
    name: str
    category: str
    category_id: int
    countable: bool
    moving: bool


@dataclass(frozen=True)
class PartLabel:
    """A part of an instance.

    Attributes:
        id: value in `part`.
        name: its name.
        instance: id of its instance.
    """

    id: int
    name: str
    instance: int


@dataclass(frozen=True)
class MaterialLabel:
    """A material of the scene.

    Attributes:
        id: value in `material`.
        name: its name in Blender.
    """

    id: int
    name: str
