"""Whole town houses: fronts, rooms behind them, blind gables and roofs in one mesh. Metres."""

from __future__ import annotations

import numpy as np

from buildee.layout.mesh import Mesh
from buildee.town import roofs
from buildee.town.facades import BASE, GABLE, bar, rooms
from buildee.town.house_fronts import flank, front, rear
from buildee.town.houses import House


def house(spec: House, rng: np.random.Generator) -> Mesh:
    """Returns a house, every window lived in its own way. Its front is the plane x = 0 facing +X, its foot z = 0."""
    half, back = spec.length / 2, -spec.depth
    turned = np.diag([-1.0, -1.0, 1.0, 1.0])
    turned[0, 3] = back
    walls = (spec.y[1::2] + spec.y[::2][: len(spec.y[1::2])]) / 2
    pieces = [
        *front(spec, rng),
        rear(spec, rng).transformed(turned),
        rooms(spec.length - (1.0 if spec.ends else 0.0), spec.depth, spec.levels, walls),
        *(_gable(spec, sign) for sign in (-1, 1)),
        *(flank(spec, sign, rng) for sign in spec.ends),
        bar((back, 0.05), (-half, half), (-0.6, spec.levels[0] - 0.1), BASE),
        *_roof(spec, rng),
    ]
    return Mesh.merged(pieces)


def _gable(spec: House, sign: int) -> Mesh:
    """Returns the blind end wall at y = sign * length / 2, up into the roof; above a `flank` the gable."""
    y, back, low = sign * spec.length / 2, -spec.depth, spec.levels[0] - 0.1
    low = spec.eaves - 0.001 if sign in spec.ends else low
    points = [(0, y, low), (0, y, spec.eaves), (back, y, spec.eaves), (back, y, low)]
    if spec.roof == "gable":
        points.insert(2, (back / 2, y, spec.eaves + 0.8 * spec.depth / 2 - 0.04))
    elif spec.roof == "mansard":
        points[2:2] = [
            (-0.75, y, spec.eaves + 2.35),
            (back / 2, y, spec.top - 0.05),
            (back + 0.75, y, spec.eaves + 2.35),
        ]
    face = list(range(len(points)))
    return Mesh.from_faces(points, [face if sign > 0 else face[::-1]], GABLE)


def _roof(spec: House, rng: np.random.Generator) -> list[Mesh]:
    """Returns the pieces of the roof and of what stands on it."""
    length, back, eaves = spec.length, -spec.depth, spec.eaves
    if spec.roof == "flat":
        return [roofs.flat(length, spec.depth, eaves, rng)]
    middle, over = back / 2, 0.45
    parts = [roofs.ridge(middle, spec.top, length + 0.1)]
    if spec.roof == "gable":
        low, high = (over, eaves - 0.8 * over), (middle, spec.top - 0.8 * over)
        parts += [
            roofs.tiled(low, high, length + 0.1, rng),
            roofs.tiled((back - over, low[1]), high, length + 0.1, rng, 0.9),
        ]
        parts[0] = roofs.ridge(middle, high[1], length + 0.1)
        depth_in, up = 1.6, 0.8
    else:
        knee = eaves + 2.4
        for front in (True, False):
            foot, bend = (0.25, -0.7) if front else (back - 0.25, back + 0.7)
            wide = roofs.COLUMN if front else 0.9
            parts.append(roofs.tiled((foot, eaves), (bend, knee), length + 0.06, rng, wide))
            parts.append(roofs.tiled((bend, knee), (middle, spec.top), length + 0.06, rng, 0.9))
        depth_in, up = 0.35, 2.5
    if spec.roof == "mansard" or (spec.style == "terrace" and rng.random() < 0.6) or rng.random() < 0.3:
        y = spec.y if spec.roof == "mansard" else spec.y[1::2]
        z = eaves + (0.35 if spec.roof == "mansard" else up * depth_in)
        x = -0.02 if spec.roof == "mansard" else -depth_in
        size = (1.25, 1.65, 1.2, True) if spec.roof == "mansard" else (1.5, 1.3, 1.9, True)
        parts.append(roofs.dormers(np.column_stack([0 * y + x, y, 0 * y + z]), *size))
    for side in (-1, 1):
        if rng.random() < 0.75:
            height = round(float(rng.choice([1.9, 2.3])), 2)
            place = (middle - 0.9, side * (length / 2 - 0.65), spec.top - 1.5)
            parts.append(roofs.chimney(1.0, 0.6, height, int(rng.integers(2, 4))).moved(*place))
    if rng.random() < 0.5:
        parts.append(roofs.aerial().moved(middle, length * 0.2, spec.top - 0.6))
    low = eaves - 0.8 * over if spec.roof == "gable" else eaves
    out = over if spec.roof == "gable" else 0.45
    parts.append(roofs.gutter(out, low + 0.03, length, 1))
    parts.append(roofs.gutter(back - out, low + 0.03, length, -1))
    return parts
