"""The scripts that assets are baked from: pure, closed, facing outwards, and the source of the catalog's numbers."""

import sys
from functools import cache

import numpy as np
import pytest

from buildee.layout import catalog
from buildee.resources import folder

sys.path.insert(0, str(folder("blend_assets").parent))
from blend_assets.scripts.found import found_assets

RIGID = sorted(id for id, entry in catalog.load().items() if entry.category != "worker")
"""Bodies are open at their collars and cuffs; test_crew looks at them."""


@cache
def scripted(time=1):
    """Returns what the scripts make when they run for the first or second time, by id."""
    return {asset.id: asset for assets in found_assets().values() for asset in assets}


@pytest.fixture(scope="module", params=RIGID)
def asset(request):
    return scripted()[request.param]


def pieces(mesh):
    """Returns (F,) numbers: which connected piece each face belongs to."""
    label = np.arange(len(mesh.vertices))
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    sizes = mesh.sizes
    while True:
        lowest = np.minimum.reduceat(label[mesh.corners], starts)
        after = label.copy()
        np.minimum.at(after, mesh.corners, np.repeat(lowest, sizes))
        if (after == label).all():
            return label[mesh.corners[starts]]
        label = after


def signed_volumes(mesh):
    """Returns the volume of every connected piece, negative when it is inside out; single painted faces aside."""
    number = pieces(mesh)
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    face = np.repeat(np.arange(len(mesh.sizes)), mesh.sizes - 2)
    step = np.arange(len(face)) - np.repeat(np.cumsum(mesh.sizes - 2) - (mesh.sizes - 2), mesh.sizes - 2)
    a, b, c = (
        mesh.vertices[mesh.corners[starts[face] + offset]] - mesh.vertices[number[face]]
        for offset in (0, step + 1, step + 2)
    )
    volumes = np.bincount(number[face], (np.cross(b, c) * a).sum(1) / 6, len(mesh.vertices))
    return volumes[np.bincount(number, minlength=len(mesh.vertices)) > 1]


def test_no_piece_is_inside_out(asset):
    for part in asset.parts:
        assert signed_volumes(part.mesh).min() > -1e-9, part.name


def test_the_check_notices_a_flipped_piece(asset):
    assert signed_volumes(asset.parts[0].mesh.flipped()).min() < -1e-9


def test_the_scripts_are_what_was_baked(asset):
    entry = catalog.load()[asset.id]
    assert [part.name for part in entry.parts] == [part.name for part in asset.parts]
    names = list(asset.slots)
    for listed, part in zip(entry.parts, asset.parts, strict=True):
        assert listed.slots == tuple(names[slot] for slot in np.unique(part.mesh.slots)), part.name
        np.testing.assert_allclose(listed.bounds, part.mesh.bounds, atol=0.01)
        np.testing.assert_allclose(listed.rest, part.rest, atol=1e-5)
        assert listed.triangles >= part.mesh.triangle_count


def test_the_same_script_makes_the_same_mesh(asset):
    again = scripted(2)[asset.id]
    for first, second in zip(asset.parts, again.parts, strict=True):
        np.testing.assert_array_equal(first.mesh.vertices, second.mesh.vertices)
        np.testing.assert_array_equal(first.mesh.corners, second.mesh.corners)
