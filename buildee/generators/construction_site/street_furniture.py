"""Shapes of what stands on pavements: lamps, benches, bins, bollards, signs, a bus shelter. Metres."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, cylinder, prism, revolve, tube

Array = NDArray[np.float64]


@lru_cache(maxsize=1)
def lamp() -> Mesh:
    """Returns a 7 m lamp post with an arm along +X and a flat head."""
    pole = revolve([(0.09, 0), (0.09, 1.0), (0.07, 1.1), (0.045, 6.6)], 12)
    collar = revolve([(0.13, 0.0), (0.13, 0.02), (0.1, 0.05)], 12)
    arm = tube([(0, 0, 6.55), (0.25, 0, 6.85), (1.2, 0, 7.0)], 0.03, 8)
    head = box((0.62, 0.24, 0.09), (1.35, 0, 7.0), 0.02)
    flap = box((0.005, 0.1, 0.35), (0.089, 0, 0.7))
    lens = box((0.45, 0.17, 0.02), (1.38, 0, 6.95)).with_slot(1)
    return Mesh.merged([pole, collar, arm, head, flap, lens])


@lru_cache(maxsize=1)
def bench() -> Mesh:
    """Returns a bench 1.8 m long, its back towards -Y; slats are slot 1."""
    slats = [box((1.8, 0.09, 0.035), (0, 0.05 - 0.11 * n, 0.45), 0.006) for n in range(4)]
    slats += [box((1.8, 0.03, 0.09), (0, -0.36 - 0.03 * n, 0.6 + 0.12 * n), 0.006) for n in range(2)]
    frames = []
    for x in (-0.7, 0.7):
        frames += [box((0.05, 0.42, 0.05), (x, -0.11, 0.41)), box((0.05, 0.05, 0.41), (x, 0.06, 0.2))]
        frames.append(tube([(x, -0.28, 0), (x, -0.3, 0.42), (x, -0.43, 0.8)], 0.025, 6))
    return Mesh.merged([*frames, *(slat.with_slot(1) for slat in slats)])


@lru_cache(maxsize=1)
def bicycle_stand() -> Mesh:
    """Returns a bicycle stand: a hoop of tube, 0.8 m high."""
    arc = np.linspace(0, np.pi, 9)
    hoop = [(-0.4, 0, 0), *((-0.4 * np.cos(a), 0, 0.55 + 0.25 * np.sin(a)) for a in arc), (0.4, 0, 0)]
    return Mesh.merged([tube(hoop, 0.024, 8), *(cylinder(0.06, 0.008, 12).moved(x) for x in (-0.4, 0.4))])


@lru_cache(maxsize=1)
def litter_bin() -> Mesh:
    """Returns a litter bin on a post."""
    drum = revolve([(0.17, 0.42), (0.2, 0.45), (0.21, 0.95), (0.19, 0.97), (0.19, 0.9)], 20)
    return Mesh.merged([drum, cylinder(0.035, 0.5, 10), box((0.5, 0.03, 0.03), (0, 0, 0.6))])


@lru_cache(maxsize=1)
def bollard() -> Mesh:
    """Returns a bollard, 0.95 m high, with a reflecting band in slot 1."""
    body = revolve([(0.06, 0), (0.055, 0.86), (0.07, 0.88), (0.07, 0.93), (0.03, 0.97)], 14)
    return Mesh.merged([body, revolve([(0.0585, 0.7), (0.0585, 0.78)], 14).with_slot(1)])


@lru_cache(maxsize=4)
def sign(kind: str) -> Mesh:
    """Returns a traffic sign on its post, face towards +X: slot 0 post, 1 red, 2 white, 3 blue."""
    pole = cylinder(0.038, 2.95 if kind != "stop" else 2.75, 10)
    flat = np.array([(0, 0, 1, 0.04), (1, 0, 0, 0), (0, 1, 0, 2.6), (0, 0, 0, 1.0)])

    def plate(points: Array, thick: float, slot: int) -> Mesh:
        return prism(points, thick).transformed(flat).with_slot(slot)

    round_ = np.column_stack([np.cos(np.arange(28) * 2 * np.pi / 28), np.sin(np.arange(28) * 2 * np.pi / 28)])
    if kind == "limit":
        faces = [plate(0.3 * round_, 0.012, 1), plate(0.235 * round_, 0.016, 2)]
    elif kind == "parking":
        square = np.array([(-0.3, -0.3), (0.3, -0.3), (0.3, 0.3), (-0.3, 0.3)])
        faces = [plate(square, 0.012, 3)]
        faces += [plate(np.array(p), 0.015, 2) for p in ([(-0.1, -0.2), (-0.03, -0.2), (-0.03, 0.2), (-0.1, 0.2)],)]
        faces.append(plate(np.array([(-0.03, 0.0), (0.1, 0.0), (0.14, 0.1), (0.1, 0.2), (-0.03, 0.2)]), 0.015, 2))
    else:
        triangle = np.array([(0, -0.42), (0.42, 0.3), (-0.42, 0.3)]) * 0.9
        faces = [plate(triangle, 0.012, 1), plate(triangle * 0.68 + (0, 0.02), 0.016, 2)]
    return Mesh.merged([pole, *faces, box((0.06, 0.1, 0.04), (0.02, 0, 2.6))])


@lru_cache(maxsize=1)
def shelter() -> Mesh:
    """Returns a bus shelter, open towards +Y: slots 0 steel, 1 glass, 2 bench, 3 poster."""
    posts = [box((0.08, 0.08, 2.4), (x, y, 1.2)) for x in (-1.9, 1.9) for y in (-0.55, 0.55)]
    roof = box((4.2, 1.5, 0.1), (0, 0.05, 2.45), 0.03)
    rear = [box((1.2, 0.012, 1.9), (x, -0.55, 1.25)).with_slot(1) for x in (-1.23, 0.0, 1.23)]
    side = box((0.012, 1.0, 1.9), (-1.9, 0, 1.25)).with_slot(1)
    case = [box((0.12, 1.02, 1.75), (1.9, 0, 1.2), 0.02), box((0.13, 0.9, 1.5), (1.9, 0, 1.25)).with_slot(3)]
    seat = box((2.2, 0.34, 0.05), (-0.5, -0.33, 0.47), 0.01).with_slot(2)
    legs = [box((0.05, 0.3, 0.45), (x, -0.33, 0.225)) for x in (-1.4, 0.4)]
    return Mesh.merged([*posts, roof, *rear, side, *case, seat, *legs])


@lru_cache(maxsize=1)
def letter_box() -> Mesh:
    """Returns a letter box on a post."""
    return Mesh.merged(
        [
            box((0.3, 0.42, 0.62), (0, 0, 1.15), 0.03),
            cylinder(0.05, 0.9, 10),
            box((0.31, 0.26, 0.03), (0, 0, 1.36)).with_slot(1),
        ]
    )


@lru_cache(maxsize=1)
def cabinet() -> Mesh:
    """Returns a cable distribution cabinet."""
    parts = [
        box((0.9, 0.36, 1.15), (0, 0, 0.65), 0.015),
        box((0.94, 0.4, 0.1), (0, 0, 0.05)),
        box((0.96, 0.42, 0.04), (0, 0, 1.24), 0.01),
    ]
    return Mesh.merged([*parts, box((0.006, 0.37, 1.0), (0, 0, 0.66))])
