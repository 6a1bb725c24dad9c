"""Who hides whom, and how much of each instance is seen, against counts of the formulas' pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.proof.residual import Residual
from benchmarks.proof.world import ULP

if TYPE_CHECKING:
    from benchmarks.proof.compare import Comparison


def relation_rows(found: Comparison) -> Iterator[Residual]:
    """Compares the occlusion graph and the visibility table, of instances without pixels on an edge alone."""
    arrays, instance = found.arrays, found.ids["instance"]
    edges = zip(*(arrays[f"relations/{name}"].tolist() for name in ("occluded", "occluder", "pixels")), strict=True)
    listed = sorted(edges)
    reached = set(arrays["boxes/instance"].tolist())
    for number, (mask, _) in found.masks.items():
        if number not in reached:
            outside = arrays["visibility/truncation"][number - 1] == 1
            yield found.count("visibility, outside", np.array([outside]))
        if found.doubt(number):
            continue
        by, pixels = np.unique(instance[mask & (instance != number)], return_counts=True)
        expected = [(number, *edge) for edge in zip(by.tolist(), pixels.tolist(), strict=True)]
        same = [edge for edge in listed if edge[0] == number] == expected
        yield found.count("relations", np.array([same]))
        visible, whole = (instance == number).sum(), mask.sum()
        counts = [arrays[f"visibility/{name}_pixels"][number - 1] for name in ("visible", "amodal")]
        yield found.count("visibility, pixels", np.array(counts) == (visible, whole))
        if whole:
            fraction = arrays["visibility/visible_fraction"][number - 1] - visible / whole
            yield found.row("visibility/visible_fraction", "share", fraction, ULP)
