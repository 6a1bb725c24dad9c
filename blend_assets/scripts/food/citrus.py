"""Oranges, lemons and limes: pitted peel, a button where the stalk was, a nipple where the flower was."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.apples import body_of
from blend_assets.scripts.food.forms import MM, Noise, blob, curve, dented, lathe, rng_of, sepals, skin, turn
from blend_assets.scripts.food.things import Palette, food, round_proxy, settled, standing
from blend_assets.scripts.model import Asset
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

SIZES = "UNECE FFV-14 citrus fruit: oranges 70-84 mm, lemons 53-62 mm across (size codes 3 to 6), limes 45-50 mm"

ORANGE = [(0, 1.2), (6, 0.5), (14, 0), (26, 7), (35, 20), (38, 37), (35, 54), (26, 67), (14, 74), (6, 74), (0, 72.5)]
LEMON = [
    (0, 0),
    (4, 0.5),
    (6.5, 4),
    (10, 9),
    (19, 17),
    (26, 29),
    (28.5, 42),
    (26, 56),
    (19, 68),
    (11, 76),
    (7.5, 80),
    (5, 82),
    (0, 82),
]
LIME = [(0, 0), (3, 0.6), (6, 2.5), (13, 7), (20, 16), (23.5, 27), (21.5, 39), (15, 49), (8, 54), (4, 55.5), (0, 55)]


def fruit(
    id: str, title: str, category: str, profile: list, color: Color, scale: float, squat: float, upright: bool
) -> Asset:
    """Returns a citrus fruit; those that are longer than wide lie on their side."""
    rng = rng_of(id)
    slots = Palette(
        skin=Material("produce", color, wear=0.05, dirt=0.0),
        stem=Material("wood", (0.16, 0.19, 0.05), wear=0.2, dirt=0.0),
    )
    outline = curve(np.array(profile) * MM * scale * (squat, 1), 25)
    start = rng.uniform(0, 6.3, 2)
    rings = lathe(outline, 40, lambda a, t: 1 + 0.018 * np.cos(2 * a + start[0]) + 0.012 * np.cos(3 * a + start[1]))
    rings = dented(dented(rings, Noise.of(rng, 0.022), 0.6 * MM), Noise.of(rng, 0.006, 24), 0.12 * MM)
    body = skin(rings)
    top = rings[-1].mean(0)
    button = Mesh.merged([blob((2.6 * MM, 2.4 * MM, 1.2 * MM), 9, 6), sepals(5, 4.5 * MM, 2.4 * MM, rng, 0.05)])
    whole = Mesh.merged([slots("skin", body), slots("stem", button.moved(*top))])
    if not upright:
        whole = whole.transformed(turn("y", np.pi / 2))
    whole = standing(whole)
    tipped = {"side": settled(whole, turn("x", np.deg2rad(80 if upright else 130)))}
    proxy = round_proxy(body_of(whole, body), 0.6)
    return food(id, title, category, slots, whole, proxy, SIZES, ("fruit", "citrus"), tipped)


def assets() -> list[Asset]:
    """Returns two oranges, two lemons and a lime."""
    return [
        fruit("orange_a", "Orange", "orange", ORANGE, (0.72, 0.21, 0.012), 1.0, 1.0, True),
        fruit("orange_b", "Orange, large and flat", "orange", ORANGE, (0.68, 0.25, 0.02), 1.04, 1.06, True),
        fruit("lemon_a", "Lemon", "lemon", LEMON, (0.78, 0.52, 0.03), 1.0, 1.0, False),
        fruit("lemon_b", "Lemon, round", "lemon", LEMON, (0.74, 0.56, 0.05), 0.9, 1.12, False),
        fruit("lime_a", "Lime", "lime", LIME, (0.16, 0.27, 0.02), 1.0, 1.0, False),
    ]
