"""Earth that lies about: clods sunk into the ground, spills of many sizes, the same ones for the same seed."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.litter import _clod, _spill
from buildee.recipe.seed import Seed


def test_clods_are_closed_broken_and_sunk_into_the_ground() -> None:
    clod = _clod(Seed(3), 0.1)
    triangles = clod.corners.reshape(-1, 3)
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    back = {(b, a) for a, b in edges.tolist()}
    assert back == {tuple(edge) for edge in edges.tolist()}  # every edge is met by its neighbour's
    a, b, c = np.moveaxis(clod.vertices[triangles], 1, 0)
    assert np.einsum("ij,ij->i", a, np.cross(b, c)).sum() > 0  # faces look outwards
    (_, _, low), (_, _, high) = clod.bounds
    assert low < -0.02 and high > 0.03


def test_spills_hold_clods_of_many_sizes_more_small_than_large() -> None:
    spill = _spill(Seed(5), 60)
    pieces = spill.vertices.reshape(60, -1, 3)
    sizes = np.ptp(pieces, axis=1).max(1)
    assert sizes.max() > 4 * sizes.min()
    assert np.median(sizes) < 0.5 * (sizes.min() + sizes.max())
    assert np.hypot(*pieces.mean(1)[:, :2].T).max() < 2.0
    assert (_spill(Seed(5), 60).vertices == spill.vertices).all()
    assert len(np.unique(np.round(sizes, 5))) > 50
