"""Tomatoes, peppers and a pumpkin: fruit that cooks call vegetables."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.apples import body_of
from blend_assets.scripts.food.forms import (
    MM,
    Noise,
    along,
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
from blend_assets.scripts.food.things import (
    Palette,
    food,
    lowered,
    moved_proxy,
    round_proxy,
    settled,
    standing,
)
from blend_assets.scripts.model import Asset
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Proxy

TOMATO = [
    (0, 0.8),
    (8, 0),
    (18, 3),
    (28, 11),
    (33, 24),
    (32.5, 36),
    (26, 48),
    (16, 53.5),
    (7, 52.5),
    (2, 49.5),
    (0, 49),
]
PEPPER = [
    (0, 9),
    (7, 6),
    (16, 0),
    (25, 2),
    (31, 13),
    (35, 34),
    (38, 57),
    (36, 73),
    (28, 81),
    (17, 81),
    (8, 74),
    (0, 71),
]
PUMPKIN = [
    (0, 9),
    (12, 5),
    (35, 0),
    (68, 6),
    (98, 32),
    (108, 68),
    (98, 104),
    (68, 128),
    (38, 134),
    (18, 127),
    (6, 120),
    (0, 119),
]
GREEN = Material("leaf", (0.075, 0.17, 0.025), wear=0.1, dirt=0.0)


def tomato_body(rng: np.random.Generator, scale: float, lobes: int, depth: float) -> tuple[Mesh, Mesh]:
    """Returns a tomato and its star of sepals with a stub of stalk, standing at the origin."""
    start = rng.uniform(0, 6.3)
    rings = lathe(
        curve(np.array(TOMATO) * MM * scale, 24),
        40,
        lambda a, t: 1 - depth * abs(np.cos(lobes / 2 * a + start)) * (0.2 + t**2) + 0.015 * np.cos(a),
    )
    rings = dented(rings, Noise.of(rng, 0.03), 0.6 * MM * scale)
    top = rings[-1].mean(0)
    top[2] = rings[..., 2].max() + 0.3 * MM
    star = Mesh.merged(
        [
            sepals(5, 20 * MM * scale, 5 * MM * scale, rng, 0.2).moved(*top),
            stalk(
                [(0, 0, -5 * MM), (1 * MM, 0, 5 * MM), (3 * MM, 1 * MM, 9 * MM)],
                (1.6 * MM, 2.2 * MM, 1.6 * MM),
                7,
                5,
            ).moved(*top),
        ]
    )
    return skin(rings), star


def tomato(id: str, scale: float, lobes: int, depth: float, color: Color) -> Asset:
    """Returns a tomato."""
    rng = rng_of(id)
    slots = Palette(skin=Material("produce", color, wear=0.0, dirt=0.0), leaf=GREEN)
    body, star = tomato_body(rng, scale, lobes, depth)
    whole = standing(Mesh.merged([slots("skin", body), slots("leaf", star)]))
    tipped = {"side": settled(whole, turn("y", np.deg2rad(115)))}
    source = "UNECE FFV-36 tomatoes: size code 6 (67-82 mm) and 5 (57-67 mm)"
    return food(
        id, "Tomato", "tomato", slots, whole, round_proxy(body_of(whole, body), 0.55), source, ("vegetable",), tipped
    )


def vine_tomatoes() -> Asset:
    """Returns five small tomatoes on their vine, lying."""
    rng = rng_of("tomato_vine_a")
    slots = Palette(
        skin=Material("produce", (0.52, 0.022, 0.012), wear=0.0, dirt=0.0),
        unripe=Material("produce", (0.55, 0.10, 0.015), wear=0.0, dirt=0.0),
        leaf=GREEN,
    )
    pieces, boxes = [], []
    vine = curve(
        [
            (-75 * MM, 0, 40 * MM),
            (-30 * MM, 3 * MM, 44 * MM),
            (20 * MM, -2 * MM, 43 * MM),
            (62 * MM, 3 * MM, 46 * MM),
            (92 * MM, 8 * MM, 50 * MM),
        ],
        12,
    )
    for number in range(5):
        scale = rng.uniform(0.66, 0.74)
        body, star = tomato_body(rng, scale, 4, 0.015)
        side = 1 if number % 2 else -1
        x, y = (-58 + 27 * number) * MM, side * 24 * MM
        pose = turn("x", side * np.deg2rad(52)) @ turn("z", rng.uniform(0, 6))
        low = (body.vertices @ pose[:3, :3].T)[:, 2].min()
        pose[:3, 3] = x, y, -low
        tip = (pose @ (0, 0, 49 * MM * scale, 1))[:3]
        knee = vine[np.argmin(abs(vine[:, 0] - x - 8 * MM))]
        pieces += [
            slots("unripe" if number == 4 else "skin", body.transformed(pose)),
            slots("leaf", star.transformed(pose)),
        ]
        pieces.append(slots("leaf", stalk([tip, (tip + knee) / 2 + (0, 0, 3 * MM), knee], (1.6 * MM, 1.8 * MM), 6, 5)))
        middle = (pose @ (0, 0, 25 * MM * scale, 1))[:3]
        box = np.eye(4)
        box[:3, 3] = *middle[:2], 21 * MM * scale / 0.7
        boxes.append((box, (15.5 * MM, 15.5 * MM, 10 * MM)))
    pieces.append(slots("leaf", skin(along(vine, np.linspace(2.2, 3, 12) * MM, 8))))
    whole = Mesh.merged(pieces)
    shift = lowered(whole.vertices, np.eye(4))
    foot = [(box.copy(), (5 * MM, 5 * MM, 12 * MM)) for box, _ in boxes[::4]]
    for box, half in foot:
        box[2, 3] = half[2]
    proxy = moved_proxy(
        Proxy(np.array([b for b, _ in [*boxes, *foot]]), np.array([h for _, h in [*boxes, *foot]])), shift
    )
    source = "UNECE FFV-36 trusses: tomatoes of 40-47 mm"
    return food(
        "tomato_vine_a",
        "Tomatoes on the vine",
        "tomato",
        slots,
        whole.transformed(shift),
        proxy,
        source,
        ("vegetable",),
    )


def pepper(id: str, title: str, color: Color, lobes: int, scale: tuple[float, float]) -> Asset:
    """Returns a bell pepper; `scale` widens and lengthens it."""
    rng = rng_of(id)
    slots = Palette(
        skin=Material("produce", color, wear=0.0, dirt=0.0),
        stem=Material("leaf", (0.13, 0.24, 0.04), wear=0.1, dirt=0.0),
    )
    start, uneven = rng.uniform(0, 6.3), rng.uniform(-1, 1, 4)

    def swell(a, t):
        return (
            1
            - 0.17 * abs(np.cos(lobes / 2 * a + start)) ** 1.7 * (0.55 + 0.5 * (1 - t))
            + 0.05 * uneven[0] * np.cos(a + 2)
        )

    rings = lathe(curve(np.array(PEPPER) * MM * scale, 28), 48, swell)
    rings[..., 2] += (
        5 * MM * uneven[1] * np.cos(np.arctan2(rings[..., 1], rings[..., 0])) * np.linspace(1, 0, 28)[:, None]
    )
    rings = dented(rings, Noise.of(rng, 0.03), 1.3 * MM)
    rings[..., 0] += rings[..., 2] * 0.07 * uneven[2]
    top = rings[-1].mean(0)
    collar = skin(
        lathe(np.array([(0, -2), (9, -0.5), (11, 1.5), (6, 4), (0, 5)]) * MM, 18, lambda a, t: 1 + 0.12 * np.cos(5 * a))
    )
    stem = stalk(
        [(0, 0, 0), (1 * MM, 0, 12 * MM), (6 * MM, 2 * MM, 24 * MM), (8 * MM, 2 * MM, 29 * MM)],
        (5.5 * MM, 4 * MM, 4 * MM, 5.2 * MM),
        9,
        7,
    )
    body = slots("skin", skin(rings))
    whole = standing(Mesh.merged([body, slots("stem", collar, stem).moved(*top)]))
    tipped = {"side": settled(whole, turn("y", np.pi / 2))}
    source = "UNECE FFV-28 sweet peppers: 70-90 mm across; usual 75 x 85 mm, 180 g"
    return food(
        id, title, "bell_pepper", slots, whole, round_proxy(body_of(whole, body), 0.66), source, ("vegetable",), tipped
    )


def pumpkin() -> Asset:
    """Returns a small pumpkin: twelve ribs, a ridged woody stalk."""
    rng = rng_of("pumpkin_a")
    slots = Palette(
        skin=Material("produce", (0.60, 0.17, 0.015), wear=0.2, dirt=0.05),
        groove=Material("produce", (0.45, 0.12, 0.015), wear=0.2, dirt=0.1),
        stem=Material("wood", (0.24, 0.20, 0.09), wear=0.4, dirt=0.1),
    )
    ribs = lambda a, t: 1 - 0.085 * (1 - abs(np.sin(6 * a)) ** 0.7) + 0.025 * np.cos(a)  # noqa: E731
    rings = dented(lathe(curve(np.array(PUMPKIN) * MM, 30), 96, ribs), Noise.of(rng, 0.06), 2.5 * MM)
    body = skin(rings)
    at = middles(body)
    inner = abs(np.sin(6 * np.arctan2(at[:, 1], at[:, 0]))) < 0.28
    body = toned(body, np.where(inner, 0.9, 0.1), (0, 1))
    top = rings[-1].mean(0)
    way = curve([(0, 0, -4 * MM), (0, 0, 10 * MM), (6 * MM, 2 * MM, 30 * MM), (24 * MM, 6 * MM, 46 * MM)], 9)
    stem = skin(
        along(
            way,
            np.interp(np.linspace(0, 1, 9), (0, 0.2, 0.7, 1), (24, 14, 9, 12)) * MM,
            20,
            lambda a, t: 1 + 0.13 * np.cos(5 * a + 2 * t),
        )
    )
    whole = standing(Mesh.merged([body, slots("stem", stem.moved(*top))]))
    source = "Hokkaido pumpkin: 180-220 mm across, 1.5-2 kg"
    return food(
        "pumpkin_a", "Pumpkin", "pumpkin", slots, whole, round_proxy(body_of(whole, body), 0.55), source, ("vegetable",)
    )


def assets() -> list[Asset]:
    """Returns tomatoes, peppers and a pumpkin."""
    return [
        tomato("tomato_a", 1.0, 5, 0.03, (0.54, 0.022, 0.012)),
        tomato("tomato_b", 1.12, 9, 0.09, (0.50, 0.035, 0.015)),
        vine_tomatoes(),
        pepper("bell_pepper_a", "Bell pepper, red", (0.46, 0.012, 0.010), 4, (1.0, 1.0)),
        pepper("bell_pepper_b", "Bell pepper, yellow", (0.78, 0.42, 0.02), 3, (1.04, 0.9)),
        pumpkin(),
    ]
