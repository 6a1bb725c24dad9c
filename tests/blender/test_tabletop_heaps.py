"""A heap on a table comes to rest in nothing else, and always the same way."""

from buildee.blender.settle import DEEPEST, settle
from buildee.generators.tabletop import plan
from buildee.generators.tabletop.section import Objects, Tabletop
from buildee.layout.camera_types import Overhead
from buildee.layout.canonical import layout_hash
from buildee.layout.contact import interpenetration
from buildee.recipe.sections import Shot
from buildee.recipe.seed import Seed

SHOT = Shot(1, 4.0, 64, 48, (Overhead("top", target="objects"),))


def test_a_heap_settles_on_the_table():
    layout = plan(Tabletop(objects=Objects(count=14, distractors=2)), SHOT, Seed(2))
    loose = {item.instance for item in layout.loose}
    settled = settle(layout)
    found = [item for item in interpenetration(settled, tolerance=DEEPEST) if item.first.split("/")[0] in loose]
    assert not found
    low = [item.poses[0, 2, 3] for item in settled.instances if item.name in loose]
    high = [item.poses[0, 2, 3] for item in layout.instances if item.name in loose]
    assert all(after < before for after, before in zip(low, high, strict=True))
    assert layout_hash(settled) == layout_hash(settle(layout))
