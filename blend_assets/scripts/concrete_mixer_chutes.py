"""Chutes of the truck mixer: the swivelling one, its folded extension, and those that hang on the side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import bent, block, rod
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh

CHUTE_PIN = (-3.98, 0.0, 1.62)
"""Where the swivelling chute turns, metres."""


def trough(length: float, radius: float, wall: float = 0.008) -> Mesh:
    """Returns a half-round chute along -X from the origin, open above, its rims rolled; slots body and concrete."""
    angle = np.linspace(np.pi, 2 * np.pi, 13)
    outer = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    inner = outer[::-1] * (1 - wall / radius)
    outline = np.concatenate([outer, inner])
    mesh = solids.loft(np.array([np.column_stack([np.full(len(outline), x), outline]) for x in (-length, 0.0)]))
    slots = np.full(len(mesh.sizes), int(Slot.BODY), np.int32)
    slots[13:25] = int(Slot.CONCRETE)
    rims = [rod((-length, s * radius, 0.0), (0, s * radius, 0.0), 0.014, 6) for s in (-1, 1)]
    bands = [
        fittings.front(np.concatenate([outer * 1.04, (outer * 0.995)[::-1]]), x, x + 0.04)
        for x in (-length + 0.02, -0.10)
    ]
    return Mesh.merged([replace(mesh, slots=slots), made_of(Slot.BODY, *rims, *bands)])


def stowed_chutes() -> Mesh:
    """Returns the extension chutes that hang on the right, one in the other."""
    pieces = []
    for y, z in ((-1.02, 1.36), (-1.02, 1.42)):
        pieces.append(trough(1.15, 0.19).moved(0.42, y, z))
    hooks = [block((x, -1.23, 1.12), (x + 0.04, -0.40, 1.16)) for x in (-0.55, 0.2)]
    return Mesh.merged([*pieces, made_of(Slot.TRIM, *hooks)])


def chute() -> Mesh:
    """Returns the swivelling discharge chute about its pin: trough to the rear, folded extension, jack, swing arm."""
    slope = turned("y", -np.deg2rad(24), (-0.02, 0.0, 0.10))
    main = trough(1.05, 0.24).transformed(slope)
    fold = trough(0.85, 0.21).transformed(turned("x", np.pi)).moved(-0.16, 0, 0.05).transformed(slope)
    hinges = [
        block((-1.08, s * 0.25 - 0.02, -0.06), (-0.98, s * 0.25 + 0.02, 0.08), 0.01).transformed(slope) for s in (-1, 1)
    ]
    post = [solids.cylinder(0.07, 0.36, 18).moved(z=-0.5), solids.cylinder(0.10, 0.05, 18).moved(z=-0.18)]
    jack = [rod((-0.02, 0, -0.42), (-0.42, 0, -0.28), 0.04, 12), rod((-0.40, 0, -0.29), (-0.62, 0, -0.33), 0.022, 10)]
    arms = [rod((0.0, s * 0.04, -0.16), (-0.16, s * 0.22, -0.02), 0.03, 8) for s in (-1, 1)]
    handle = bent([(-0.9, 0.25, -0.32), (-0.95, 0.36, -0.3), (-1.1, 0.36, -0.36)], 0.012, 0.05)
    return Mesh.merged(
        [
            main,
            fold,
            made_of(Slot.BODY, *hinges, *post, *arms, handle),
            made_of(Slot.CHROME, jack[1]),
            made_of(Slot.TRIM, jack[0]),
        ]
    )
