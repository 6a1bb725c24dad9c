"""Apples and pears: dimples at both ends, five faint lobes, a stalk, the dried flower below."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.forms import (
    MM,
    Noise,
    curve,
    dented,
    lathe,
    middles,
    rng_of,
    sepals,
    skin,
    stalk,
    toned,
    turn,
)
from blend_assets.scripts.food.things import Palette, food, round_proxy, settled, standing
from blend_assets.scripts.model import Asset
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

SIZES = "UNECE FFV-50 and FFV-51: apples 60-90 mm, pears 55-80 mm across; a medium apple weighs 180 g (USDA)"

APPLE = [
    (0, 9),
    (5, 6.5),
    (11, 2),
    (18, 0),
    (27, 4),
    (35, 17),
    (38.5, 35),
    (37, 52),
    (31, 64),
    (21, 70),
    (12, 68),
    (6, 61),
]
PEAR = [
    (0, 5),
    (5, 3),
    (12, 0),
    (22, 4),
    (31, 18),
    (33.5, 35),
    (29, 54),
    (21, 70),
    (16, 84),
    (13.5, 94),
    (9, 100),
    (4, 98),
]


def palette(ground: Color, blush: Color) -> Palette:
    """Returns the slots of a fruit with a sunny side."""
    tones = {
        name: tuple((1 - share) * a + share * b for a, b in zip(ground, blush, strict=True))
        for name, share in (
            ("skin", 0),
            ("flush_a", 0.22),
            ("flush_b", 0.42),
            ("flush_c", 0.62),
            ("flush_d", 0.8),
            ("blush", 1),
        )
    }
    return Palette(
        {name: Material("produce", color, wear=0.1, dirt=0.0) for name, color in tones.items()},
        stem=Material("wood", (0.11, 0.06, 0.03), wear=0.3, dirt=0.0),
    )


def flushed(mesh: Mesh, rng: np.random.Generator, amount: float, streak: float = 0.22) -> Mesh:
    """Returns a fruit whose sunny side, `amount` of its skin, is in the blush slots; streaks run from pole to pole."""
    at = middles(mesh) - mesh.vertices.mean(0)
    bearing = np.arctan2(at[:, 1], at[:, 0])
    column = np.round(bearing / (2 * np.pi) * 64).astype(int)
    streaks = rng.normal(size=65)[column % 64]
    broad = Noise.of(rng, 0.06)(at) * 0.5
    share = 0.5 + 0.55 * np.cos(bearing - 0.6) + streak * streaks + broad + (amount - 0.5) * 1.6
    height = at[:, 2] / np.ptp(at[:, 2])
    return toned(mesh, np.clip(share - 0.9 * np.maximum(-height - 0.3, 0), 0, 1), range(6))


def fruit(
    id: str,
    title: str,
    category: str,
    profile: list,
    colors: tuple[Color, Color],
    amount: float,
    scale: float,
    squat: float = 1.0,
    lean: float = 0.0,
    lobes: float = 0.025,
) -> Asset:
    """Returns an apple or a pear.

    Args:
        id, title, category: as in `Asset`.
        profile: half its outline from below, millimetres.
        colors: of its skin and its sunny side.
        amount: share of the sunny side.
        scale, squat: of the whole, and of its width.
        lean: how far its top stands aside, in heights.
        lobes: height of its five lobes, in radii.
    """
    rng = rng_of(id)
    slots = palette(*colors)
    outline = curve(np.array(profile) * MM * scale * (squat, 1), 27)
    tall = outline[:, 1].max()
    start = rng.uniform(0, 6.3)
    ends = lambda t: 0.35 + 1.3 * (2 * t - 1) ** 4  # noqa: E731
    rings = lathe(
        outline,
        48,
        lambda a, t: 1 + lobes * np.cos(5 * a + start) * ends(t) + 0.025 * np.cos(a - start) + 0.015 * np.cos(2 * a),
    )
    rings = dented(rings, Noise.of(rng, 0.03), 0.7 * MM)
    rings[..., 0] += lean * rings[..., 2] ** 2 / tall
    body = flushed(skin(rings), rng, amount)
    top = rings[-1].mean(0)
    twist = rng.uniform(-1, 1, 2) * 6 * MM
    way = [(0, 0, -2 * MM), (*(twist * 0.3), 10 * MM), (*twist, 21 * MM * rng.uniform(0.8, 1.2))]
    stem = stalk(way, (1.1 * MM, 1.0 * MM, 1.7 * MM)).moved(*top)
    flower = sepals(5, 5 * MM, 2.5 * MM, rng, 0.5).transformed(turn("x", np.pi)).moved(z=rings[0, 0, 2] - 0.4 * MM)
    whole = standing(Mesh.merged([body, slots("stem", stem, flower)]))
    tipped = settled(whole, turn("y", np.deg2rad(95)))
    return food(
        id, title, category, slots, whole, round_proxy(body_of(whole, body)), SIZES, ("fruit",), {"side": tipped}
    )


def body_of(whole: Mesh, body: Mesh) -> Mesh:
    """Returns the first piece of a mesh that was merged from a body and what sits on it."""
    count = len(body.vertices)
    return Mesh(whole.vertices[:count], body.corners, body.sizes, body.slots, body.smooth)


def assets() -> list[Asset]:
    """Returns three apples and two pears."""
    red = ((0.55, 0.36, 0.06), (0.36, 0.018, 0.014))
    green = ((0.30, 0.42, 0.05), (0.40, 0.38, 0.07))
    gold = ((0.62, 0.42, 0.09), (0.50, 0.10, 0.03))
    conference = ((0.27, 0.26, 0.06), (0.24, 0.17, 0.07))
    williams = ((0.52, 0.46, 0.08), (0.46, 0.28, 0.07))
    return [
        fruit("apple_a", "Apple, red", "apple", APPLE, red, 0.75, 1.0, 1.02),
        fruit("apple_b", "Apple, green", "apple", APPLE, green, 0.2, 1.06, 0.96, 0.05, 0.04),
        fruit("apple_c", "Apple, yellow with a red cheek", "apple", APPLE, gold, 0.45, 0.93, 1.0, -0.03),
        fruit("pear_a", "Pear, slender and russet", "pear", PEAR, conference, 0.4, 1.12, 0.88, 0.1, 0.015),
        fruit("pear_b", "Pear, plump and yellow", "pear", PEAR, williams, 0.3, 0.98, 1.07, -0.06, 0.02),
    ]
