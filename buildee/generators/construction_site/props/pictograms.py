"""Pictograms of safety signs after ISO 7010, in flat layers. Metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, circle, pipe, prism


def symbol(name: str) -> list[tuple[str, Mesh]]:
    """Returns a pictogram of 0.36 m in the XY plane, each layer 0.5 mm above the one below."""

    def flat(outline: ArrayLike, level: int) -> Mesh:
        return prism(np.asarray(outline, np.float64), 0.0005).moved(z=0.0005 * level)

    disc = circle(0.18, 40)
    if name == "warning":
        return [
            ("black", flat(circle(0.215, 3, np.pi / 2), 0)),
            ("yellow", flat(circle(0.18, 3, np.pi / 2), 1)),
            ("black", flat([(-0.013, -0.02), (0.013, -0.02), (0.02, 0.1), (-0.02, 0.1)], 2)),
            ("black", flat(circle(0.017, 12) + np.array([0, -0.052]), 2)),
        ]
    if name == "entry":
        ring = pipe(0.18, 0.148, 0.0005, 40).moved(z=0.0005)
        slash = box((0.31, 0.03, 0.0005), (0, 0, 0.00125)).transformed(rotation((0, 0, 1), -np.pi / 4))
        return [("light", flat(disc, 0)), ("black", flat(_palm(), 1)), ("red", ring), ("red", slash.moved(z=0.0005))]
    base = [("blue", flat(disc, 0))]
    return base + [(ink, flat(outline, 1 + level)) for level, (ink, outline) in enumerate(_PICTOGRAMS[name])]


def _palm() -> Sequence[tuple[float, float]]:
    return [
        (-0.05, -0.1),
        (0.05, -0.1),
        (0.06, 0.02),
        (0.06, 0.09),
        (0.035, 0.09),
        (0.03, 0.03),
        (0.03, 0.12),
        (0.005, 0.12),
        (0.0, 0.03),
        (-0.005, 0.11),
        (-0.03, 0.11),
        (-0.03, 0.0),
        (-0.055, 0.04),
        (-0.075, 0.02),
    ]


_HEAD = circle(1.0, 20) * (0.062, 0.075) + (0.0, -0.035)
_DOME = np.concatenate(
    [
        [(-0.105, 0.02), (0.105, 0.02), (0.105, 0.036), (0.088, 0.036)],
        np.column_stack([0.088 * np.cos(t := np.linspace(0, np.pi, 13)), 0.036 + 0.088 * np.sin(t)])[1:],
        [(-0.105, 0.036)],
    ]
)
_PICTOGRAMS: dict[str, list[tuple[str, ArrayLike]]] = {
    "helmet": [("light", _HEAD), ("light", _DOME)],
    "boots": [
        (
            "light",
            [
                (-0.105, -0.075),
                (0.015, -0.075),
                (0.015, -0.05),
                (-0.005, -0.03),
                (-0.04, -0.015),
                (-0.045, 0.09),
                (-0.1, 0.09),
            ],
        ),
        (
            "light",
            [
                (0.025, -0.09),
                (0.135, -0.09),
                (0.135, -0.065),
                (0.115, -0.045),
                (0.08, -0.03),
                (0.075, 0.075),
                (0.025, 0.075),
            ],
        ),
    ],
    "vest": [
        (
            "light",
            [
                (-0.075, -0.11),
                (0.075, -0.11),
                (0.08, 0.05),
                (0.11, 0.1),
                (0.04, 0.12),
                (0.0, 0.02),
                (-0.04, 0.12),
                (-0.11, 0.1),
                (-0.08, 0.05),
            ],
        ),
        ("blue", [(-0.072, -0.05), (0.072, -0.05), (0.073, -0.025), (-0.073, -0.025)]),
    ],
}
