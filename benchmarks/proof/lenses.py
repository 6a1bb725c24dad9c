"""Camera settings that change K: shift, sensor fit, pixel aspect, resolution percentage."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.proof.case import Case, body
from benchmarks.proof.solids import at, box, linear, looking, sheet, turned
from benchmarks.proof.world import Lens

_LENSES = {
    "lens shift": Lens(shift=(0.13, -0.21)),
    "portrait, AUTO fit": Lens(size=(72, 96), focal=30, shift=(0.1, 0.05)),
    "portrait, HORIZONTAL fit": Lens(size=(60, 96), focal=30, fit="HORIZONTAL", shift=(-0.1, 0.2)),
    "landscape, VERTICAL fit": Lens(fit="VERTICAL", sensor=(36, 20), shift=(0.2, 0.1)),
    "portrait, VERTICAL fit": Lens(size=(72, 96), fit="VERTICAL", sensor=(30, 22)),
    "wide pixels": Lens(aspect=(2.0, 1.0), shift=(0.1, 0.1)),
    "tall pixels, AUTO fit turns": Lens(aspect=(1.0, 1.5), shift=(0.1, -0.1)),
    "a third of the resolution": Lens(size=(250, 190), percentage=33),
}


def _seen_through(name: str, lens: Lens) -> Case:
    bodies = (
        body(sheet(60, 60), at(0, 9, 0) @ turned((1, 0, 0), np.pi / 2), 0),
        body(box(1.2, 1, 1.6), at(0.4, 0, -0.3) @ turned((1, 0.3, 1), 0.6), 1),
        body(box(0.5, 0.5, 0.8), at(-0.6, -1.5, 0.4) @ turned((0, 0.3, 1), 0.3), 2),
    )
    return Case(name, bodies, looking((0.3, -6, 0.5), (0, 0, 0), roll=0.1), lens=lens, reach=60)


def scaled_camera() -> Case:
    """A camera object that is scaled sees as if it were not."""
    return replace(_seen_through("scaled camera", Lens()), camera_scale=(2.0, 0.5, 3.0))


def mirrored_camera() -> Case:
    """A camera object scaled by -1 along x sees mirrored, and so are its axes."""
    plain = _seen_through("mirrored camera", Lens(shift=(0.1, 0.05)))
    return replace(plain, camera=plain.camera @ linear((-1, 1, 1)))


CASES = (*(partial(_seen_through, name, lens) for name, lens in _LENSES.items()), scaled_camera, mirrored_camera)
