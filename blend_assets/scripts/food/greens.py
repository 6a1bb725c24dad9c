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
    leaf,
    middles,
    rng_of,
    skin,
    stalk,
    toned,
    turn,
)
from blend_assets.scripts.food.things import Palette, food, lowered, round_proxy, settled, standing
from blend_assets.scripts.model import Asset, boxes
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


def lettuce() -> Asset:
    """Returns a head of lettuce: frilled leaves about a heart."""
    rng = rng_of("lettuce_a")
    slots = Palette(
        leaf=Material("leaf", (0.15, 0.25, 0.05), wear=0.1, dirt=0.0),
        pale=Material("leaf", (0.38, 0.45, 0.14), wear=0.1, dirt=0.0),
    )
    pieces = []
    for number in range(20):
        share = number / 19
        length = (0.135 - 0.05 * share) * rng.uniform(0.9, 1.1)
        blade = leaf(length, length * 1.12, 0.0006, 0.25 + 0.9 * share, 0.16, 0.017 - 0.006 * share, 12, 4, 1.15)
        blade = blade.transformed(turn("y", -(0.38 + 0.85 * share))).moved(
            x=(14 - 12 * share) * MM, z=(2 + 16 * share) * MM
        )
        pieces.append(slots("pale" if share > 0.62 else "leaf", blade.transformed(turn("z", number * 2.39996))))
    heart = skin(
        dented(
            lathe(curve(np.array([(0, 0), (16, 0), (26, 18), (30, 42), (22, 66), (8, 76), (0, 77)]) * MM, 16), 24),
            Noise.of(rng, 0.015),
            3 * MM,
        )
    )
    whole = Mesh.merged([slots("pale", heart), *pieces])
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
