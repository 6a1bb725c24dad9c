"""Vegetables and fruit that are being cut: slices that lie flat, and the half that is left. Metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from buildee.layout.kinematics import rotation, translation
from buildee.layout.layers import cuboid, single
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Model
from buildee.layout.solids import cylinder, revolve


@dataclass(frozen=True)
class Cut:
    """How something looks inside, and how large it is.

    Attributes:
        category: of the whole thing.
        radius, length: of the whole thing, metres; a length equal to twice the radius is a ball.
        skin, flesh, heart: colours, linear RGB.
        core: radius of the heart, share of the whole.
        slice: thickness of a slice, metres.
    """

    category: str
    radius: float
    length: float
    skin: Color
    flesh: Color
    heart: Color
    core: float
    slice: float


CUTS = (
    Cut("cucumber", 0.021, 0.11, (0.03, 0.13, 0.03), (0.55, 0.68, 0.3), (0.66, 0.76, 0.46), 0.62, 0.004),
    Cut("carrot", 0.0135, 0.1, (0.75, 0.22, 0.03), (0.8, 0.28, 0.04), (0.86, 0.42, 0.08), 0.5, 0.004),
    Cut("courgette", 0.02, 0.1, (0.06, 0.16, 0.04), (0.7, 0.74, 0.42), (0.76, 0.78, 0.52), 0.55, 0.006),
    Cut("tomato", 0.033, 0.066, (0.55, 0.03, 0.015), (0.6, 0.06, 0.03), (0.66, 0.16, 0.05), 0.55, 0.007),
    Cut("onion", 0.036, 0.072, (0.42, 0.2, 0.06), (0.8, 0.78, 0.68), (0.72, 0.72, 0.55), 0.4, 0.006),
    Cut("lemon", 0.028, 0.056, (0.8, 0.55, 0.02), (0.82, 0.66, 0.16), (0.88, 0.78, 0.42), 0.3, 0.005),
)
"""What one finds on chopping boards."""


def slice_of(cut: Cut) -> Model:
    """Returns a slice, flat on what it lies on."""
    r, h = cut.radius, cut.slice
    skin = revolve(
        [(r - 0.0006, 0.0), (r, 0.0006), (r, h - 0.0006), (r - 0.0006, h), (r - 0.0016, h), (r - 0.0016, 0.0)], 28
    )
    flesh = cylinder(r - 0.0014, h - 0.0002, 28).moved(z=0.0001)
    return single(cut.category, f"kitchen/slice_{cut.category}", _layers(cut, skin, flesh, h), [_flat(r, 0.0, h)])


def half_of(cut: Cut) -> Model:
    """Returns what is left of it: half a ball on its cut, or the end of something long, lying, cut towards +X."""
    r = cut.radius
    angle = np.linspace(0, np.pi / 2, 9)
    ball = cut.length <= 2 * r + 1e-9
    dome = [(r * np.cos(a), (r if ball else 1.4 * r) * np.sin(a)) for a in angle]
    height = 0.0 if ball else cut.length - 1.4 * r
    profile = [(radius, height + z) for radius, z in dome]
    skin = revolve([(r - 0.0004, 0.0006), *([] if ball else [(r, 0.001)]), *profile], 28)
    flesh = cylinder(r - 0.001, 0.0012, 28)
    mesh = _layers(cut, skin, flesh, 0.0013, below=True)
    if ball:
        return single(
            cut.category, f"kitchen/half_{cut.category}", mesh, [_flat(0.8 * r, 0.0, 0.9 * r), _flat(r, 0.0, 0.3 * r)]
        )
    lie = translation((0.0, 0.0, r)) @ rotation((0.0, 1.0, 0.0), -np.pi / 2) @ translation((0.0, 0.0, -cut.length / 2))
    laid = [(material, [item.transformed(lie) for item in meshes]) for material, meshes in mesh]
    side, half = 0.72 * r, cut.length / 2
    boxes = [
        cuboid((0.8 * r - half, -side, r - side), (half, side, r + side)),
        cuboid((r - half, -0.3 * r, 0.0), (half, 0.3 * r, r)),
    ]
    return single(cut.category, f"kitchen/half_{cut.category}", laid, boxes)


def _layers(cut: Cut, skin: Mesh, flesh: Mesh, height: float, below: bool = False) -> list[tuple[Material, list[Mesh]]]:
    """Returns skin, flesh and heart; the heart stands a hair out of the flesh."""
    heart = cylinder(cut.core * cut.radius, height, 20)
    heart = heart.moved(z=-0.0001) if below else heart
    return [
        (Material("produce", cut.skin, 0.0, 0.0), [skin]),
        (Material("produce", cut.flesh, 0.0, 0.0), [flesh]),
        (Material("produce", cut.heart, 0.0, 0.0), [heart]),
    ]


def _flat(radius: float, low: float, high: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Returns the bounds of an upright box within a round thing."""
    half = radius / np.sqrt(2)
    return cuboid((-half, -half, low), (half, half, high))
