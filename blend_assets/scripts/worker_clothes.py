"""Shirt, vest and trousers of the worker, part by part, for a stature of 1.75 m; metres.

Girths come from ISO 7250-1 body dimensions of a European median man (waist 0.93 m, hip 1.00 m, thigh 0.58 m, calf
0.38 m, upper arm 0.32 m) plus 2 to 5 cm of ease. Bands are 50 mm wide as EN ISO 20471 asks.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from blend_assets.scripts.worker_form import (
    Rings,
    band,
    bent_tube,
    cast,
    cloth,
    displaced,
    folds,
    hem,
    noise,
    normals,
    sheet,
    skin,
)
from blend_assets.scripts.worker_gear import tool_belt
from blend_assets.scripts.worker_style import SLOTS, Style, made_of
from buildee.layout.mesh import Mesh

BAND = 0.050
"""Width of a reflective band, metres."""


def _height(rings: Rings) -> np.ndarray:
    return rings[:, :, 2].mean(1)[:, None]


def _bump(values: np.ndarray, center: float, width: float) -> np.ndarray:
    return np.exp(-(((values - center) / width) ** 2))


def _facing(rings: Rings) -> tuple[np.ndarray, np.ndarray]:
    """Returns how much every point faces the front and the left, (R, N) each."""
    normal = normals(rings)
    return normal[..., 0], normal[..., 1]


def seat(style: Style, rng: np.random.Generator) -> Mesh:
    """Returns the upper trousers around the pelvis; origin between the hip joints."""
    rows = [
        (-0.125, 0.0, 0, 0.080, 0.090, 0.125, 0.125),
        (-0.09, 0.0, 0, 0.098, 0.118, 0.162, 0.162),
        (-0.05, 0.0, 0, 0.108, 0.134, 0.178, 0.178),
        (0.0, 0.0, 0, 0.112, 0.136, 0.181, 0.181),
        (0.05, 0.0, 0, 0.108, 0.120, 0.170, 0.170),
        (0.11, 0.0, 0, 0.102, 0.100, 0.152, 0.152),
        (0.15, 0.0, 0, 0.096, 0.090, 0.142, 0.142),
    ]
    rows = [(*row[:5], row[5] * style.hips, row[6] * style.hips) for row in rows]
    rings = skin(rows, 10, 30, low_dome=0.035, girth=style.trunk)
    front, _ = _facing(rings)
    cleft = np.exp(-((rings[..., 1] / 0.022) ** 2)) * np.clip(-front, 0, 1) * _bump(_height(rings), -0.03, 0.06)
    height = 0.0075 * folds(rng, rings, 0.06, 2) - 0.016 * cleft
    return made_of("trousers", cloth(displaced(rings, height)))


def abdomen(style: Style, rng: np.random.Generator) -> Mesh:
    """Returns the lower vest with its band; origin at the lumbar joint."""
    rows = [
        (-0.125, 0.002, 0, 0.150, 0.154, 0.203, 0.203),
        (-0.09, 0.002, 0, 0.147, 0.152, 0.201, 0.201),
        (-0.05, 0.002, 0, 0.134, 0.142, 0.194, 0.194),
        (0.0, 0.002, 0, 0.130, 0.130, 0.184, 0.184),
        (0.06, 0.002, 0, 0.127, 0.122, 0.178, 0.178),
        (0.12, 0.0, 0, 0.127, 0.120, 0.177, 0.177),
        (0.18, 0.0, 0, 0.120, 0.114, 0.170, 0.170),
    ]
    # A waist narrows where hips are broad.
    side = [1 + (style.hips - 1) * share for share in (1.2, 1.2, 0.7, -0.6, -1.0, -0.6, -0.3)]
    rows = [(*row[:5], row[5] * factor, row[6] * factor) for row, factor in zip(rows, side, strict=True)]
    rings = skin(rows, 14, 32, high_dome=0.03, girth=0.35 + 0.65 * style.trunk)
    z = _height(rings)
    front, left = _facing(rings)
    loose = np.clip((0.12 - z) / 0.2, 0, 1)
    height = 0.0085 * folds(rng, rings, 0.075, 2) * (0.4 + 0.6 * np.abs(left)) * np.clip((0.11 - z) / 0.05, 0, 1)
    drape = np.sin(np.arange(32) * (2 * np.pi / 32) * 6 + 3 * noise(rng, rings.shape[:2], (2, 5)))
    height = height + 0.008 * loose**1.5 * drape + style.belly * np.clip(front, 0, 1) ** 2 * _bump(z, 0.03, 0.10)
    rings = displaced(rings, height)
    zip_ = _zip(rings, -0.12, 0.13)
    low = made_of("piping", band(rings, -0.124, -0.112, 0.002))
    body = made_of("vest", cloth(hem(rings, True, 0.003, 0.03)))
    strip = made_of("band", band(rings, -0.035, -0.035 + BAND, 0.0022, rows=3))
    return Mesh.merged([body, strip, low, zip_, *(tool_belt(rings) if style.belt else [])])


def _zip(rings: Rings, low: float, high: float) -> Mesh:
    """Returns the zip that closes a vest in front, between two heights."""
    inside = (_height(rings)[:, 0] > low) & (_height(rings)[:, 0] < high)
    line = rings[inside, 0]
    side = np.array([0.0, 0.006, 0.0])
    grid = np.stack([line - side, line, line + side], 1) + np.array([0.003, 0, 0])
    return made_of("piping", sheet(grid, 0.006))


_TORSO = [
    (-0.045, 0.0, 0, 0.1305, 0.1235, 0.1805, 0.1805),
    (0.03, 0.0, 0, 0.136, 0.126, 0.183, 0.183),
    (0.09, -0.003, 0, 0.141, 0.130, 0.187, 0.187),
    (0.15, -0.008, 0, 0.139, 0.134, 0.192, 0.192),
    (0.20, -0.012, 0, 0.126, 0.134, 0.196, 0.196),
    (0.235, -0.018, 0, 0.110, 0.126, 0.194, 0.194),
    (0.258, -0.022, 0, 0.094, 0.112, 0.178, 0.178),
    (0.276, -0.025, 0, 0.081, 0.098, 0.148, 0.148),
    (0.292, -0.026, 0, 0.071, 0.084, 0.112, 0.112),
    (0.306, -0.026, 0, 0.064, 0.074, 0.085, 0.085),
    (0.318, -0.026, 0, 0.056, 0.062, 0.066, 0.066),
]


def torso(style: Style, rng: np.random.Generator) -> Mesh:
    """Returns the upper vest with its bands, the shirt in its neck and the collar; origin at the thoracic joint."""
    rows = np.array(_TORSO)
    rows[:, 5:] *= 1 + (style.shoulders - 1) * np.clip((rows[:, :1] + 0.05) / 0.2, 0.2, 1)
    rings = skin(rows, 19, 34, girth=0.35 + 0.65 * style.trunk, power=2.35)
    z = _height(rings)
    front = _facing(rings)[0]
    height = 0.0075 * folds(rng, rings, 0.075, 2) * np.clip(1.2 - z / 0.28, 0.15, 1) * np.clip((z + 0.04) / 0.04, 0, 1)
    height = height * (1 - 0.85 * np.clip(front, 0, 1) * _bump(rings[..., 1], 0, 0.07) * np.clip(z / 0.1, 0, 1))
    # The armpit pulls creases down and inwards; shoulder blades and chest stand out a little.
    side = np.abs(rings[..., 1])
    blades = _bump(side, 0.085, 0.05) * _bump(z, 0.15, 0.06)
    height = height + 0.008 * blades * np.clip(-front, 0, 1) + 0.006 * blades * np.clip(front, 0, 1)
    height = height + style.bust * np.clip(front, 0, 1) * _bump(side, 0.072, 0.062) * _bump(z, 0.075, 0.085)
    height = height + 0.4 * style.belly * np.clip(front, 0, 1) ** 2 * _bump(z, -0.05, 0.10)
    rings = displaced(rings, height)
    body = cloth(hem(rings, True, 0.003, 0.02))
    pieces = [_with_shirt_above(body, 0.291), made_of("band", band(rings, -0.044, -0.044 + BAND, 0.0022, rows=3))]
    pieces += [made_of("band", _over_shoulder(body, sign * 0.108)) for sign in (1, -1)]
    pieces += [_zip(rings, -0.04, 0.13), *_neckline(body)]
    return Mesh.merged(pieces)


def _with_shirt_above(body: Mesh, height: float) -> Mesh:
    """Returns the trunk with the vest's neck cut out: what lies higher is shirt."""
    starts = np.cumsum(body.sizes) - body.sizes
    high = body.vertices[body.corners[starts[:, None] + np.arange(3)], 2].mean(1) > height
    return replace(body, slots=np.where(high, SLOTS.index("shirt"), SLOTS.index("vest")).astype(np.int32))


def _over_shoulder(body: Mesh, y: float) -> Mesh:
    """Returns a band that runs from the chest over one shoulder to the back."""
    angle = np.linspace(-0.55, np.pi + 0.55, 18)
    toward = np.column_stack([np.cos(angle), np.zeros(18), np.sin(angle)])
    columns = []
    for across in np.linspace(-BAND / 2, BAND / 2, 3):
        origins = np.tile([-0.015, y + across, 0.11], (18, 1))
        columns.append(cast(body, origins, toward) + 0.0050 * toward)
    return sheet(np.stack(columns, 1), 0.010)


def _neckline(body: Mesh) -> list[Mesh]:
    """Returns the shirt seen in the vest's neck, the piping along it and the shirt's collar."""
    t = np.linspace(0, 1, 12)
    height = 0.115 + 0.185 * t
    half = 0.004 + 0.080 * t**0.8
    edges, columns = [], []
    for share in (-1, -0.6, -0.2, 0.2, 0.6, 1):
        origins = np.column_stack([np.full(12, -0.03), share * half, height])
        line = cast(body, origins, np.tile([1.0, 0, 0], (12, 1)))
        columns.append(line + np.array([0.0045, 0, 0]))
        if abs(share) == 1:
            edges.append(line + np.array([0.004, 0, 0]))
    shirt = made_of("shirt", sheet(np.stack(columns, 1), 0.012))
    piping = [made_of("piping", bent_tube(line, [0.0042] * 12, 4, 7)) for line in edges]
    return [shirt, *piping, made_of("shirt", _collar())]


def _collar() -> Mesh:
    angle = np.linspace(0.32, 2 * np.pi - 0.32, 18)
    rows = [(0.290, 0.080), (0.312, 0.072), (0.331, 0.068), (0.335, 0.071), (0.327, 0.076), (0.300, 0.087)]
    grid = []
    for z, radius in rows:
        lean = 0.010 * (z - 0.292) / 0.05
        droop = 0.020 * np.cos(angle)  # lower in front
        point = np.column_stack([np.cos(angle) * radius * 1.05, np.sin(angle) * radius, z - droop])
        grid.append(point + np.array([-0.020 + lean, 0, 0]))
    return sheet(np.stack(grid[::-1]), 0.002)


def upper_arm(style: Style, rng: np.random.Generator) -> Mesh:
    """Returns the left upper arm, hanging from the shoulder joint."""
    rows = [
        (-0.3255, -0.002, 0, 0.048, 0.050, 0.048, 0.047),
        (-0.25, 0.0, 0, 0.052, 0.052, 0.050, 0.050),
        (-0.15, 0.0, 0.002, 0.058, 0.057, 0.055, 0.054),
        (-0.07, 0.0, 0.002, 0.063, 0.063, 0.058, 0.055),
        (0.0, 0.0, 0.0, 0.060, 0.062, 0.053, 0.052),
    ]
    if not style.bare_arms:
        rings = skin(rows, 13, 19, low_dome=0.047, high_dome=0.038, girth=style.limbs)
        z = _height(rings)
        height = 0.0090 * folds(rng, rings, 0.056, 1) * (0.6 + 0.5 * _bump(z, -0.30, 0.08)) * (z < 0.02)
        rings = displaced(rings, height)
        if style.jacket:
            strip = made_of("band", band(rings, -0.215, -0.215 + BAND, 0.003))
            return Mesh.merged([made_of("vest", cloth(rings)), strip])
        return made_of("shirt", cloth(rings))
    sleeve = skin([row for row in rows if row[0] > -0.2], 9, 22, high_dome=0.038, girth=style.limbs * 1.06)
    sleeve = displaced(sleeve, 0.005 * folds(rng, sleeve, 0.05, 1) * (_height(sleeve) < 0.02))
    bare = skin([row for row in rows if row[0] < -0.1], 7, 14, low_dome=0.04, girth=style.limbs * 0.86, power=2.0)
    return Mesh.merged([made_of("shirt", cloth(hem(sleeve, True, 0.003, 0.04))), made_of("skin", cloth(bare))])


def forearm(style: Style, rng: np.random.Generator) -> Mesh:
    """Returns the left forearm, hanging from the elbow joint."""
    rows = [
        (-0.243, 0.0, 0, 0.0335, 0.0325, 0.032, 0.032),
        (-0.20, 0.0, 0, 0.036, 0.036, 0.0355, 0.0355),
        (-0.12, 0.0, 0, 0.042, 0.042, 0.041, 0.041),
        (-0.05, 0.0, 0, 0.047, 0.047, 0.045, 0.045),
        (0.0, -0.002, 0, 0.049, 0.050, 0.048, 0.047),
    ]
    if style.bare_arms:
        thin = [(z, x, y, *(0.84 * np.array(half) * (1 if z > -0.2 else 0.9))) for z, x, y, *half in rows]
        rings = skin(thin, 16, 18, low_dome=0.02, high_dome=0.042, girth=style.limbs, power=2.0)
        return made_of("skin", cloth(rings))
    rings = skin(rows, 14, 18, high_dome=0.046, girth=style.limbs)
    z = _height(rings)
    inner = np.clip(_facing(rings)[0], 0, 1) * _bump(z, -0.01, 0.05)
    height = folds(rng, rings, 0.040, 1) * (0.0065 + 0.0045 * _bump(z, -0.205, 0.03) + 0.005 * inner)
    rings = displaced(rings, height * (z > -0.236))
    cuff = band(rings, -0.240, -0.208, 0.003, rows=3)
    sleeve = Mesh.merged([cloth(hem(rings, True, 0.003, 0.03)), cuff])
    if style.jacket:
        strip = made_of("band", band(rings, -0.165, -0.165 + BAND, 0.003))
        return Mesh.merged([made_of("vest", sleeve), strip])
    return made_of("shirt", sleeve)


def thigh(style: Style, rng: np.random.Generator) -> Mesh:
    """Returns the left thigh, hanging from the hip joint."""
    rows = [
        (-0.4288, 0.004, 0, 0.070, 0.068, 0.067, 0.067),
        (-0.33, 0.008, 0, 0.076, 0.076, 0.073, 0.073),
        (-0.20, 0.008, 0, 0.090, 0.092, 0.083, 0.081),
        (-0.10, 0.004, 0, 0.098, 0.104, 0.089, 0.082),
        (-0.03, 0.0, 0, 0.101, 0.116, 0.093, 0.079),
        (0.0, 0.0, 0, 0.100, 0.118, 0.094, 0.074),
    ]
    rings = skin(rows, 14, 22, low_dome=0.066, high_dome=0.085, girth=style.limbs)
    z = _height(rings)
    front = _facing(rings)[0]
    height = 0.0085 * folds(rng, rings, 0.075, 1) * (z < 0.02)
    # Whiskers: creases that run from the crotch outwards and down.
    slant = np.abs(np.sin((z + 0.55 * rings[..., 1] + 0.02 * noise(rng, rings.shape[:2], (6, 4))) * np.pi / 0.045))
    height = height + 0.006 * (0.5 - slant) * np.abs(front) * _bump(z, -0.09, 0.06)
    rings = displaced(rings, height)
    pocket = band(rings, -0.27, -0.13, 0.006, rows=3)
    return Mesh.merged([made_of("trousers", cloth(rings)), made_of("trousers", _outer(pocket, 0.055))])


def _outer(strip: Mesh, half: float) -> Mesh:
    """Keeps the faces of a strip that lie on the outer (left) side: a patch pocket."""
    starts = np.cumsum(strip.sizes) - strip.sizes
    center = strip.vertices[strip.corners[starts[:, None] + np.arange(4)]].mean(1)
    keep = (center[:, 1] > 0) & (np.abs(center[:, 0] - 0.005) < half)
    corners = strip.corners.reshape(-1, 4)[keep]
    used, corners = np.unique(corners, return_inverse=True)
    return Mesh.from_faces(strip.vertices[used], corners.reshape(-1, 4).astype(np.int32), smooth=True)


def shin(style: Style, rng: np.random.Generator) -> Mesh:
    """Returns the left lower leg of the trousers with knee pad and band, hanging from the knee joint."""
    rows = [
        (-0.432, 0.010, 0, 0.077, 0.092, 0.067, 0.067),
        (-0.38, 0.004, 0, 0.069, 0.079, 0.065, 0.065),
        (-0.30, 0.0, 0, 0.063, 0.068, 0.060, 0.060),
        (-0.20, -0.002, 0, 0.063, 0.078, 0.063, 0.063),
        (-0.12, -0.002, 0, 0.066, 0.080, 0.066, 0.066),
        (-0.05, 0.002, 0, 0.070, 0.072, 0.068, 0.068),
        (0.0, 0.004, 0, 0.072, 0.069, 0.0685, 0.0685),
    ]
    rings = skin(rows, 17, 20, high_dome=0.068, girth=style.limbs)
    z = _height(rings)
    front, _ = _facing(rings)
    stack = np.clip((-0.27 - z) / 0.12, 0, 1)
    behind = np.clip(-front, 0, 1) * _bump(z, 0.0, 0.06)
    height = folds(rng, rings, 0.062, 1) * (0.0070 + 0.007 * behind)
    height = height + 0.010 * stack * folds(rng, rings, 0.042, 1, 1.2)
    calm = 1 - 0.7 * np.clip(front, 0, 1) * _bump(z, -0.06, 0.09)  # the pad keeps the cloth over the knee flat
    rings = displaced(rings, height * calm * (z > -0.425))
    # The leg ends lower behind than over the instep.
    rings[..., 2] -= np.clip((-0.33 - z) / 0.10, 0, 1) * np.clip(0.010 - rings[..., 0] * 0.45, -0.02, 0.04)
    pieces = [
        made_of("trousers", cloth(hem(rings, True, 0.003, 0.05))),
        made_of("band", band(rings, -0.262, -0.262 + BAND, 0.0045, rows=3)),
        made_of("kneepad", _knee_pad(rings)),
    ]
    return Mesh.merged(pieces)


def _knee_pad(rings: Rings) -> Mesh:
    """Returns the padded patch over knee and upper shin."""
    inside = (_height(rings)[:, 0] > -0.165) & (_height(rings)[:, 0] < 0.028)
    columns = np.arange(-4, 5)
    grid = displaced(rings, 0.004)[inside][:, columns % rings.shape[1]]
    v = np.linspace(-1, 1, len(grid))[:, None]
    u = np.linspace(-1, 1, 9)[None]
    dome = 0.011 * (1 - v**4) * (1 - u**4) * (1 - 0.18 * (np.abs(np.sin(2.5 * np.pi * v)) > 0.93))
    corner = np.clip(np.abs(v) + np.abs(u) - 1.45, 0, 1)
    grid = grid + normals(rings)[inside][:, columns % rings.shape[1]] * (dome - 0.03 * corner)[..., None]
    return sheet(grid, 0.008)
