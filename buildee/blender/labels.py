"""The label table of a layout, as ground truth wants it."""

from __future__ import annotations

import numpy as np

from buildee.layout.categories import CATEGORIES
from buildee.layout.rows import Rows
from buildee.truth.surface import LabelTable


def label_table(rows: Rows) -> LabelTable:
    """Returns what the rows of a built layout mean; instance id = instance index + 1."""
    categories = [CATEGORIES[name] for name in rows.instance_category]
    return LabelTable(
        part_name=rows.part_name,
        part_instance=rows.part_instance + 1,
        instance_name=rows.instance_name,
        instance_category=np.array([category.id for category in categories], np.int32),
        categories={category.id: category.name for category in sorted(categories, key=lambda item: item.id)},
        countable=np.array([category.countable for category in categories], bool),
    )
