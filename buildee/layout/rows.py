"""Row numbers: which part of a layout an integer attribute or a label refers to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from buildee.errors import PlacementError
from buildee.layout.categories import CATEGORIES
from buildee.layout.scene import Layout

MAX_ID = 65_535
"""Ids are stored in 16 bits."""


@dataclass(frozen=True, eq=False)
class Rows:
    """The parts of a layout in order: parts of instances first, then scatters.

    Attributes:
        part_name: (R,) names.
        part_instance: (R,) int32, index of the instance each row belongs to.
        instance_name: (I,) names; every copy of a countable scatter is an instance of its own.
        instance_category: (I,) category names.
        instance_first: (len(layout.instances),) int32, first row of each instance.
        scatter_first: (len(layout.scatters),) int32, first row of each scatter.
    """

    part_name: tuple[str, ...]
    part_instance: NDArray[np.int32]
    instance_name: tuple[str, ...]
    instance_category: tuple[str, ...]
    instance_first: NDArray[np.int32]
    scatter_first: NDArray[np.int32]


def rows(layout: Layout) -> Rows:
    """Numbers the parts of a layout.

    Raises:
        PlacementError: if there are more parts than 16-bit ids.
        KeyError: if a category is not in the table.
    """
    names: list[str] = []
    owners: list[int] = []
    instances: list[str] = []
    categories: list[str] = []
    instance_first, scatter_first = [], []
    for instance in layout.instances:
        instance_first.append(len(names))
        names += [part.name for part in instance.parts]
        owners += [len(instances)] * len(instance.parts)
        instances.append(instance.name)
        categories.append(CATEGORIES[instance.category].name)
    for scatter in layout.scatters:
        scatter_first.append(len(names))
        copies = (
            [f"{scatter.name}.{index}" for index in range(len(scatter.poses))] if scatter.countable else [scatter.name]
        )
        names += [scatter.name] * len(copies)
        owners += range(len(instances), len(instances) + len(copies))
        instances += copies
        categories += [CATEGORIES[scatter.category].name] * len(copies)
    if len(names) > MAX_ID:
        raise PlacementError(
            f"the scene has {len(names)} parts but 16-bit ids end at {MAX_ID}; "
            "lower the counts, or mark scatters uncountable"
        )
    return Rows(
        tuple(names),
        np.array(owners, np.int32),
        tuple(instances),
        tuple(categories),
        np.array(instance_first, np.int32),
        np.array(scatter_first, np.int32),
    )
