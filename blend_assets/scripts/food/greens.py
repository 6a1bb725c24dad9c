"""Broccoli, mushrooms, lettuce."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.apples import body_of
from blend_assets.scripts.food.forms import (
    MM,
    Noise,
    curve,
    dented,
    lathe,
    middles,
    rng_of,
    skin,
    stalk,
    toned,
    turn,
)
from blend_assets.scripts.food.things import Palette, food, lowered, round_proxy, settled, standing
from blend_assets.scripts.model import Asset, boxes
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

CAP = [(0, 10), (6, 9.5), (9, 11), (19, 7), (23, 8), (25.5, 14), (24, 23), (18, 31), (9, 36), (0, 37)]


def broccoli() -> Asset:
    """Returns a head of broccoli that lies: florets on branches from one stalk."""
    rng = rng_of("broccoli_a")
    slots = Palette(
        floret=Material("produce", (0.055, 0.115, 0.022), wear=0.1, dirt=0.0),
        bud=Material("produce", (0.10, 0.19, 0.035), wear=0.1, dirt=0.0),
        stem=Material("produce", (0.26, 0.36, 0.10), wear=0.1, dirt=0.0),
    )
    pieces = [
        slots(
            "stem",
            stalk([(0, 0, 0), (1 * MM, 0, 30 * MM), (2 * MM, 1 * MM, 75 * MM)], (17 * MM, 16 * MM, 20 * MM), 14, 7),
        )
    ]
    heads = (
        [(0.0, 0.0)]
        + [(0.62, k * np.pi * 2 / 5) for k in range(5)]
        + [(1.12, k * np.pi * 2 / 8 + 0.3) for k in range(8)]
    )
    for tilt, bearing in heads:
        tilt, bearing = tilt + rng.uniform(-0.08, 0.08), bearing + rng.uniform(-0.15, 0.15)
        way = np.array([np.sin(tilt) * np.cos(bearing), np.sin(tilt) * np.sin(bearing), np.cos(tilt)])
        at = np.array([0, 0, 70 * MM]) + way * np.array([60, 60, 50]) * MM
        size = rng.uniform(19, 25) * MM
        angle = np.linspace(-1.2, np.pi / 2, 13)
        rings = lathe(np.column_stack([np.cos(angle), np.sin(angle)]) * size * np.array([1, 0.85]), 22)
        rings = dented(dented(rings, Noise.of(rng, 0.009, 22), 2.2 * MM), Noise.of(rng, 0.0035, 30), 1.0 * MM)
        body = skin(rings)
        high = np.linalg.norm(middles(body), axis=1) > 0.985 * size
        pose = turn("z", bearing) @ turn("y", tilt)
        pose[:3, 3] = at
        pieces.append(toned(body, np.where(high, 0.9, 0.1), (0, 1)).transformed(pose))
        pieces.append(
            slots(
                "stem",
                stalk(
                    [(0, 0, 62 * MM), (at[0] / 2, at[1] / 2, at[2] / 2 + 27 * MM), at], (9 * MM, 8 * MM, 10 * MM), 8, 5
                ),
            )
        )
    whole = Mesh.merged(pieces)
    lain = settled(whole, turn("y", np.deg2rad(72)))
    whole = whole.transformed(lain)
    top = whole.bounds[1, 2]
    head = (lain @ (0, 0, 95 * MM, 1))[:3]
    core = np.array([0.034, 0.034, 0.03])
    proxy = boxes(
        (head - core, head + core),
        ((head[0] - 0.012, head[1] - 0.012, 0), (head[0] + 0.012, head[1] + 0.012, top * 0.8)),
    )
    return food(
        "broccoli_a",
        "Broccoli",
        "broccoli",
        slots,
        whole,
        proxy,
        "UNECE FFV-48 broccoli: 120-160 mm across, 400 g",
        ("vegetable",),
    )


def mushroom(id: str, scale: float, side: bool) -> Asset:
    """Returns a button mushroom, on its stalk or on its side."""
    rng = rng_of(id)
    slots = Palette(
        cap=Material("produce", (0.66, 0.57, 0.45), wear=0.3, dirt=0.05),
        gill=Material("produce", (0.20, 0.12, 0.08), wear=0.1, dirt=0.0),
        stem=Material("produce", (0.70, 0.62, 0.50), wear=0.2, dirt=0.1),
    )
    outline = curve(np.array(CAP) * MM * scale, 24)
    rings = dented(
        lathe(outline, 40, lambda a, t: 1 + 0.025 * np.cos(2 * a + scale * 9)), Noise.of(rng, 0.02), 0.9 * MM
    )
    body = skin(rings)
    at = middles(body)
    below = (at[:, 2] < 12.5 * MM * scale) & (np.hypot(at[:, 0], at[:, 1]) < 20.5 * MM * scale)
    body = toned(body, np.where(below, 0.9, 0.1), (0, 1))
    stem = stalk(
        [(0, 0, -12 * MM * scale), (0.5 * MM, 0, 0), (0, 0, 14 * MM * scale)],
        (7.5 * MM * scale, 7 * MM * scale, 8.5 * MM * scale),
        16,
        8,
    )
    whole = Mesh.merged([body, slots("stem", stem)])
    whole = whole.transformed(settled(whole, turn("y", np.deg2rad(130)))) if side else standing(whole)
    tipped = {"side": settled(whole, turn("x", 2.2))}
    return food(
        id,
        "Mushroom",
        "mushroom",
        slots,
        whole,
        round_proxy(body_of(whole, body) if not side else whole, 0.5),
        "UNECE FFV-24 cultivated mushrooms: medium, 40-55 mm",
        ("vegetable",),
        tipped,
    )


def _head_leaf(inner: float, rng: np.random.Generator) -> Mesh:
    """Returns a leaf of a head of lettuce: cupped about Z, blistered between its veins, its rim ruffled.

    Args:
        inner: 0 the outermost, which lies open, to 1 the innermost, which closes the heart.
        rng: draws.
    """
    outer = np.array([(9, 0), (46, 8), (82, 22), (104, 46), (118, 58), (128, 54)])
    heart = np.array([(6, 9), (36, 22), (48, 50), (42, 80), (20, 95), (-14, 90)])
    path = curve(np.insert(outer + (heart - outer) * inner**0.55, 1, 0, axis=1) * MM * rng.uniform(0.9, 1.05), 16)
    t, v = np.linspace(0, 1, len(path))[:, None], np.linspace(-1, 1, 17)[None]
    spread = (0.14 + 0.9 * np.sin(np.pi * np.minimum(0.06 + 0.6 * t, 1.0))) * (0.75 + 0.6 * inner)
    drop = 0.12 * t * v**2 + 0.14 * t * v**6  # the sides of a round leaf end lower than its tip
    radius = np.interp(t - drop, t[:, 0], path[:, 0])
    height = np.interp(t - drop, t[:, 0], path[:, 2])
    bearing = v * spread + 0.05 * rng.normal()
    rim = np.clip(np.maximum(np.abs(v) ** 3, t**4), 0, 1)
    run = bearing * radius + 0.4 * height
    ruffle = np.sin(run * rng.uniform(330, 420) + rng.uniform(0, 6)) + 0.6 * np.sin(run * 790 + rng.uniform(0, 6))
    ruffle *= rim * 5.0 * MM
    points = np.stack([radius * np.cos(bearing), radius * np.sin(bearing), height], -1)
    blister = Noise.of(rng, 0.011, 20)(points) * 2.2 * MM * np.clip(np.abs(v) * 6, 0, 1) * np.clip(t * 5, 0, 1)
    out = points / np.linalg.norm(points + 1e-9, axis=-1, keepdims=True) * (1, 1, 0.3)
    points += out * (ruffle + blister)[..., None] + np.stack([0 * ruffle, 0 * ruffle, 0.7 * np.roll(ruffle, 2, 1)], -1)
    thick = out * (0.5 * MM + 2.0 * MM * np.clip(1 - t * 1.6, 0, 1) * np.exp(-((v / 0.22) ** 2)))[..., None]
    mesh = solids.loft(np.concatenate([points + thick / 2, (points - thick / 2)[:, ::-1]], 1), smooth=True)
    at = middles(mesh)
    along = np.linalg.norm(at[:, :2], axis=1) / radius.max() * 0.6 + at[:, 2] / max(height.max(), 1e-3) * 0.4
    side = np.abs(np.arctan2(at[:, 1], at[:, 0])) / spread.max()
    green = np.clip(along * 0.75 + side * 0.3 - 0.42 * inner - 0.25 * np.exp(-((side / 0.1) ** 2)), 0, 0.99)
    return toned(mesh, green, (0, 1, 2, 3, 4))


def lettuce() -> Asset:
    """Returns a head of lettuce: frilled leaves about a heart."""
    rng = rng_of("lettuce_a")
    slots = Palette(
        rib=Material("leaf", (0.60, 0.62, 0.36), wear=0.0, dirt=0.0),
        pale=Material("leaf", (0.46, 0.53, 0.18), wear=0.0, dirt=0.0),
        mid=Material("leaf", (0.385, 0.485, 0.14), wear=0.0, dirt=0.0),
        leaf=Material("leaf", (0.31, 0.44, 0.10), wear=0.0, dirt=0.0),
        rim=Material("leaf", (0.21, 0.36, 0.06), wear=0.1, dirt=0.0),
    )
    count = 21
    pieces = [_head_leaf(number / (count - 1), rng).transformed(turn("z", number * 2.39996)) for number in range(count)]
    whole = Mesh.merged(pieces)
    whole = whole.transformed(lowered(whole.vertices, np.eye(4)))
    top = whole.bounds[1, 2]
    proxy = boxes(((-0.05, -0.05, 0.2 * top), (0.05, 0.05, 0.72 * top)), ((-0.03, -0.03, 0), (0.03, 0.03, 0.85 * top)))
    return food(
        "lettuce_a",
        "Lettuce",
        "lettuce",
        slots,
        whole,
        proxy,
        "UNECE FFV-22 butterhead lettuce: 220 mm across, 350 g",
        ("vegetable",),
    )


def assets() -> list[Asset]:
    """Returns broccoli, two mushrooms, a lettuce."""
    return [broccoli(), mushroom("mushroom_a", 1.0, False), mushroom("mushroom_b", 0.84, True), lettuce()]
