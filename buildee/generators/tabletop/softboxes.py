"""What a studio's lamps are in: softboxes on stands, which one sees in pictures and in all that mirrors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.tabletop.backdrop import AROUND
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.scene import Assembly, Light
from buildee.layout.solids import beam, cylinder, loft

BRIM, BEHIND = 0.03, 0.012
"""How far a softbox reaches beyond its face, and its face lies behind the lamp's, metres."""

SEEN = 900.0
"""Luminance of a face as it is seen, cd/m2: burnt out as on photographs; what it lights is the lamp's."""

CLEAR = 0.15
"""From a stand to the table, metres."""

LEGS, SPREAD = 3, 0.42
"""Of a stand, and how far they reach out, metres."""


def softboxes(lights: Sequence[Light], size: NDArray[np.float64]) -> Assembly:
    """Returns a softbox for each lamp that shines from a side, on a stand unless it hangs over the table.

    Args:
        lights: all lamps.
        size: (2,) of the table's top, metres.
    """
    keys = [light for light in lights if light.name.startswith("key_")]
    beside = [light for light in keys if (np.abs(_upper_end(light)[:2]) > size / 2 + CLEAR).any()]
    return Assembly.merged([*map(_box, keys), *map(_stand, beside)])


def _box(light: Light) -> Assembly:
    """Returns a square box of black cloth behind a lamp, which shines along its -Z, with a white face."""
    half, deep = light.size / 2 + BRIM, 0.12 + 0.3 * light.size
    rings = [_square(half, 0.0), _square(half, 0.05), _square(0.07, deep), _square(0.06, deep + 0.12)]
    shell = loft(np.stack(rings), capped=False)
    back = Mesh.from_faces(rings[-1], [[0, 1, 2, 3]])
    face = Mesh.from_faces(_square(half, BEHIND)[::-1], [[0, 1, 2, 3]], 1)
    looks = Material("fabric", (0.012, 0.012, 0.013), 0.1, 0.0), Material("emissive", wear=0.0, dirt=0.0, glow=SEEN)
    name = f"{AROUND}{light.name}"
    return piece(name, "lamp", (name, Mesh.merged([shell, back, face])), looks, light.pose)


def _upper_end(light: Light) -> NDArray[np.float64]:
    """Returns (3,) the upper end of a lamp's stand: behind its back."""
    return light.pose[:3, 3] + light.pose[:3, 2] * (0.2 + 0.3 * light.size)


def _stand(light: Light) -> Assembly:
    """Returns a post on three legs under a lamp's back."""
    top = _upper_end(light)
    high = float(top[2])
    parts = [cylinder(0.016, high - 0.25, 12).moved(z=0.25), cylinder(0.024, 0.06, 12).moved(z=high - 0.05)]
    for number in range(LEGS):
        angle = 2 * np.pi * number / LEGS
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        parts.append(beam(SPREAD * out + (0, 0, 0.012), (0.0, 0.0, 0.62), 0.022, 0.022))
    black = (Material("painted_metal", (0.02, 0.02, 0.021), 0.2, 0.1),)
    name = f"{AROUND}{light.name}_stand"
    place = pose_at(float(top[0]), float(top[1]))
    return piece(
        name, "lamp", (name, Mesh.merged(parts)), black, place, box_proxy(((-0.05, -0.05, 0), (0.05, 0.05, high)))
    )


def _square(half: float, z: float) -> np.ndarray:
    """Returns the corners of a square about Z at a height, counter-clockwise, metres."""
    return half * np.array([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)], np.float64) + (0, 0, z)
