"""The layout's hash and its JSON form."""

import json
from dataclasses import replace

import numpy as np
import pytest

from buildee.errors import PlacementError
from buildee.layout import solids
from buildee.layout.canonical import layout_hash, layout_json
from buildee.layout.kinematics import translation
from buildee.layout.material import Material
from buildee.layout.rows import rows
from buildee.layout.scene import Camera, Instance, Layout, Lens, Part, Scatter


def small_layout(copies=3, countable=True):
    concrete = (Material("concrete"),)
    instance = Instance("column", "column", (Part("shaft", "box", concrete),), np.eye(4)[None])
    poses = translation(np.arange(3 * copies, dtype=float).reshape(copies, 3))
    scatter = Scatter("stones", "stone", "box", concrete, poses, countable)
    return Layout("toy", 2, 24.0, {"box": solids.box((1, 1, 1))}, (instance,), (scatter,), ())


def test_equal_layouts_have_equal_hashes_and_a_micrometre_is_forgiven():
    layout = small_layout()
    nudged = replace(layout.instances[0], poses=layout.instances[0].poses + 1e-9)
    assert layout_hash(layout) == layout_hash(replace(layout, instances=(nudged,)))


@pytest.mark.parametrize("change", [{"frames": 3}, {"world": "other"}, {"exposure": 0.5}, {"facts": {"storeys": 2}}])
def test_every_field_counts(change):
    layout = small_layout()
    assert layout_hash(layout) != layout_hash(replace(layout, **change))


def test_a_lens_counts_and_no_lens_does_not():
    """A field that came later must leave the hashes of older layouts alone."""
    camera = Camera("eye", 64, 48, 60.0, np.eye(4)[None])
    layout = replace(small_layout(), cameras=(camera,))
    assert layout_hash(layout) == "e0ceedde46077d0ccd6a108e432a4990"
    fish = replace(camera, lens=Lens("fisheye_equidistant", (3.0,)))
    wide = replace(camera, lens=Lens("fisheye_equidistant", (3.1,)))
    hashes = {layout_hash(replace(layout, cameras=(one,))) for one in (camera, fish, wide)}
    assert len(hashes) == 3


def test_a_moved_vertex_counts():
    layout = small_layout()
    moved = replace(layout, shapes={"box": solids.box((1, 1, 1.001))})
    assert layout_hash(layout) != layout_hash(moved)


def test_json_is_plain():
    text = json.dumps(layout_json(small_layout()))
    assert json.loads(text)["scatters"][0]["count"] == 3


def test_countable_copies_are_instances_of_their_own():
    numbered = rows(small_layout(copies=3))
    assert numbered.part_instance.tolist() == [0, 1, 2, 3]
    assert rows(small_layout(copies=3, countable=False)).part_instance.tolist() == [0, 1]


def test_more_ids_than_sixteen_bits_are_refused():
    with pytest.raises(PlacementError, match="16-bit"):
        rows(small_layout(copies=66_000))
