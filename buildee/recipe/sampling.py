"""From a checked tree to one scene's decided recipe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from buildee.recipe import kinds
from buildee.recipe.distributions import Drawn, Numbered
from buildee.recipe.schema import section_of, tagged_types
from buildee.recipe.seed import Seed


def resolve(
    kind: kinds.Kind, value: Any, seed: Seed, folder: Path | None = None, scene: tuple[int, int] = (0, 1)
) -> Any:
    """Draws every distribution and returns the section's dataclass.

    Each draw comes from a stream named by the field's path, items of lists by their `name`, so neither the order in
    the file nor other fields matter.

    Args:
        kind: what `value` is: the recipe's section at the top.
        value: checked values, as `buildee.recipe.check` returns them.
        seed: the streams' root.
        folder: what relative paths start from; None leaves them as written.
        scene: number of the scene, from 0, and how many there are.
    """
    if isinstance(value, Drawn):
        value = value.draw(seed.rng())
    elif isinstance(value, Numbered):
        value = value.at(*scene)
    if value is None:
        return None
    match kind:
        case kinds.Section(cls=cls, fields=fields):
            return cls(
                **{
                    field.name: resolve(field.type, value[field.name], seed.child(field.name), folder, scene)
                    for field in fields
                }
            )
        case kinds.Items(family=family):
            classes = tagged_types(family)
            return tuple(
                resolve(section_of(classes[item["type"]]), item, seed.child(item["name"]), folder, scene)
                for item in value
            )
        case kinds.Tuple(items=items):
            return tuple(
                resolve(item, part, seed.child(index), folder, scene)
                for index, (item, part) in enumerate(zip(items, value, strict=True))
            )
        case kinds.Scalar(kind="path"):
            return (folder or Path()) / value
    return value
