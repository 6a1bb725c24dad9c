"""A heap on a table comes to rest in nothing else, and always the same way."""

import numpy as np
import pytest

from buildee.blender.settle import DEEPEST, settle
from buildee.generators.tabletop import plan
from buildee.generators.tabletop.section import Objects, Tabletop
from buildee.layout.camera_types import Overhead
from buildee.layout.canonical import layout_hash
from buildee.layout.contact import interpenetration
from buildee.layout.placement import boxes_of
from buildee.layout.scene import Layout
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

SHOT = Shot(1, 4.0, 64, 48, (Overhead("top", target="objects"),))


@pytest.mark.parametrize("container", ("none", "tote"))
def test_a_heap_settles_on_the_table(container):
    layout = plan(Tabletop(objects=Objects(count=14, distractors=2, container=container)), SHOT, Seed(2))
    loose = {item.instance for item in layout.loose}
    settled = settle(layout)
    found = [item for item in interpenetration(settled, tolerance=DEEPEST) if item.first.split("/")[0] in loose]
    assert not found
    low, high = (_heights(each, loose) for each in (settled, layout))
    assert all(low[name] < high[name] for name in loose)
    assert layout_hash(settled) == layout_hash(settle(layout))


def _heights(layout: Layout, names: set[str]) -> dict[str, float]:
    """Returns how high the centre of volume of each thing lies, metres: its origin may rise as it topples."""
    found = {}
    for item in layout.instances:
        if item.name in names:
            boxes, half = boxes_of(item)
            found[item.name] = float(np.average(boxes[:, 2, 3], weights=half.prod(1)))
    return found
