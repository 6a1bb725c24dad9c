"""Peach, grapes, strawberries and avocado."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.apples import body_of, flushed, palette
from blend_assets.scripts.food.forms import (
    MM,
    Noise,
    blob,
    curve,
    dented,
    lathe,
    rng_of,
    sepals,
    skin,
    stalk,
    toned,
    turn,
)
from blend_assets.scripts.food.things import Palette, food, round_proxy, settled, standing
from blend_assets.scripts.model import Asset, boxes
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

PEACH = [
    (0, 0),
    (7, 0.4),
    (16, 3),
    (27, 11),
    (33.5, 24),
    (35, 36),
    (32, 49),
    (24, 59),
    (14, 63),
    (7, 61),
    (2, 56),
    (0, 55),
]
STRAWBERRY = [(0, 0), (3, 0.8), (7, 5), (11, 13), (14.5, 22), (16, 29), (14, 34), (9, 37), (4, 37.5), (0, 37)]
AVOCADO = [
    (0, 0),
    (9, 1),
    (20, 7),
    (29, 19),
    (33, 34),
    (31, 52),
    (24, 70),
    (17, 84),
    (13, 93),
    (8, 98),
    (3, 99.5),
    (0, 99.5),
]


def peach() -> Asset:
    """Returns a peach: one seam from end to end, red where the sun came."""
    rng = rng_of("peach_a")
    slots = palette((0.66, 0.33, 0.08), (0.42, 0.045, 0.03))
    seam = lambda a, t: 1 - 0.05 * np.exp(-((np.mod(a + np.pi - 0.2, 2 * np.pi) - np.pi) ** 2) / 0.03)  # noqa: E731
    rings = dented(lathe(curve(np.array(PEACH) * MM, 27), 56, seam), Noise.of(rng, 0.03), 0.7 * MM)
    body = flushed(skin(rings), rng, 0.55, 0.16)
    pit = slots("stem", blob((2.5 * MM, 2.5 * MM, 1.5 * MM), 8, 5).moved(*rings[-1].mean(0)))
    whole = standing(Mesh.merged([body, pit]))
    tipped = {"side": settled(whole, turn("y", 1.5))}
    source = "UNECE FFV-26 peaches: 61-73 mm across (size A to AA)"
    return food(
        "peach_a", "Peach", "peach", slots, whole, round_proxy(body_of(whole, body)), source, ("fruit",), tipped
    )


def grapes() -> Asset:
    """Returns a bunch that lies: berries on twigs about a main stem."""
    rng = rng_of("grapes_a")
    slots = Palette(
        skin=Material("produce", (0.10, 0.012, 0.035), wear=0.1, dirt=0.0),
        bloom=Material("produce", (0.15, 0.03, 0.07), wear=0.2, dirt=0.0),
        stem=Material("wood", (0.20, 0.19, 0.06), wear=0.1, dirt=0.0),
    )
    places: list[np.ndarray] = []
    while len(places) < 46:
        t = rng.uniform(0, 1)
        wide = 34 * MM * (1 - 0.72 * t**1.3)
        at = np.array([65 * MM - 135 * MM * t, rng.normal() * wide * 0.6, abs(rng.normal()) * wide * 0.55 + 10.2 * MM])
        if (
            abs(at[1]) < wide
            and at[2] < 1.25 * wide + 10 * MM
            and all(np.linalg.norm(at - other) > 16 * MM for other in places)
        ):
            places.append(at)
    pieces = []
    for at in places:
        size = rng.uniform(8.6, 10) * MM
        berry = blob((size, size, size * 1.12), 9, 6).transformed(
            turn("x", rng.uniform(0, 3)) @ turn("y", rng.uniform(0, 3))
        )
        pieces.append(
            slots(("skin", "bloom")[int(rng.uniform() < 0.35)], berry.moved(at[0], at[1], max(at[2], size * 1.1)))
        )
        root = np.array([at[0] + 12 * MM, at[1] * 0.2, min(at[2] * 0.75, 20 * MM)])
        pieces.append(slots("stem", stalk([root, (root + at) / 2 + (0, 0, 2 * MM), at], (1 * MM, 0.8 * MM), 4, 3)))
    main = stalk(
        [(-40 * MM, 0, 12 * MM), (20 * MM, 0, 20 * MM), (62 * MM, 0, 24 * MM), (96 * MM, 8 * MM, 30 * MM)],
        (1.2 * MM, 2 * MM, 2.2 * MM, 2.8 * MM),
        7,
        9,
    )
    whole = standing(Mesh.merged([*pieces, slots("stem", main)]), settle=False)
    x = whole.bounds[0, 0]
    proxy = boxes(
        ((x + 14 * MM, -10 * MM, 0), (x + 60 * MM, 10 * MM, 17 * MM)),
        ((x + 55 * MM, -21 * MM, 0), (x + 122 * MM, 21 * MM, 26 * MM)),
    )
    source = "berries 17-20 mm (OIV descriptor 220, medium), bunch 160 mm, 300 g"
    return food("grapes_a", "Red grapes, a bunch", "grapes", slots, whole, proxy, source, ("fruit",))


def strawberry(id: str, scale: float, squat: float, color: Color) -> Asset:
    """Returns a strawberry that lies: pips in dimples, a green crown."""
    rng = rng_of(id)
    slots = Palette(
        skin=Material("produce", color, wear=0.0, dirt=0.0),
        seed=Material("produce", (0.62, 0.42, 0.12), wear=0.0, dirt=0.0),
        leaf=Material("leaf", (0.10, 0.24, 0.03), wear=0.1, dirt=0.0),
    )
    start = rng.uniform(0, 6.3)
    outline = curve(np.array(STRAWBERRY) * MM * scale * (squat, 1), 22)
    rings = lathe(outline, 32, lambda a, t: 1 + 0.05 * np.cos(2 * a + start) * t + 0.03 * np.cos(3 * a))
    rings = dented(rings, Noise.of(rng, 0.014), 0.7 * MM)
    body = skin(rings)
    crown = Mesh.merged(
        [sepals(8, 13 * MM * scale, 6 * MM * scale, rng, -0.3), sepals(5, 9 * MM * scale, 5 * MM * scale, rng, 0.5)]
    )
    top = rings[-1].mean(0)
    stem = stalk([(0, 0, 0), (1 * MM, 0, 5 * MM), (4 * MM, 1 * MM, 11 * MM)], (1.1 * MM, 0.8 * MM), 6, 4)
    seeds = []
    for row in range(3, 18, 2):
        count = max(int(np.pi * 2 * outline[row, 0] / (4.6 * MM)), 3)
        for k in range(count):
            at = rings[row, int((k + 0.5 * (row // 2 % 2)) * 32 / count) % 32]
            seeds.append(blob((0.45 * MM, 0.45 * MM, 0.75 * MM), 4, 3).moved(*(at * (0.995, 0.995, 1))))
    whole = Mesh.merged(
        [slots("skin", body), slots("seed", *seeds), slots("leaf", crown.moved(*top), stem.moved(*top))]
    )
    body = slots("skin", body)
    lain = settled(body, turn("y", np.deg2rad(100)))
    whole = standing(whole.transformed(lain), settle=False)
    proxy = round_proxy(body_of(whole, body), 0.5)
    source = "UNECE FFV-35 strawberries: 25 mm and more across; usual 30-35 mm"
    return food(id, "Strawberry", "strawberry", slots, whole, proxy, source, ("fruit",))


def avocado_slots() -> Palette:
    """Returns the slots of an avocado."""
    return Palette(
        skin=Material("produce", (0.028, 0.030, 0.014), wear=0.2, dirt=0.0),
        rim=Material("produce", (0.20, 0.30, 0.05), wear=0.0, dirt=0.0),
        flesh=Material("produce", (0.55, 0.56, 0.20), wear=0.0, dirt=0.0),
        heart=Material("produce", (0.64, 0.55, 0.20), wear=0.0, dirt=0.0),
        stone=Material("wood", (0.20, 0.085, 0.03), wear=0.1, dirt=0.0),
    )


AVOCADO_SIZE = "Codex STAN 197 avocado, size code 18: 211-235 g; 100 x 66 mm"


def avocado() -> Asset:
    """Returns a whole avocado of the pebbled kind, on its side."""
    rng = rng_of("avocado_a")
    slots = avocado_slots()
    rings = lathe(curve(np.array(AVOCADO) * MM, 34), 44, lambda a, t: 1 + 0.02 * np.cos(a + 1))
    rings = dented(dented(rings, Noise.of(rng, 0.03), 0.8 * MM), Noise.of(rng, 0.005, 30), 0.5 * MM)
    body = slots("skin", skin(rings))
    nib = slots("stone", blob((2.5 * MM, 2.5 * MM, 2 * MM), 8, 5).moved(*rings[-1].mean(0)))
    lain = settled(body, turn("y", np.pi / 2))
    whole = standing(Mesh.merged([body, nib]).transformed(lain), settle=False)
    tipped = {"side": settled(whole, turn("x", 2.0))}
    return food(
        "avocado_a",
        "Avocado",
        "avocado",
        slots,
        whole,
        round_proxy(body_of(whole, body), 0.5),
        AVOCADO_SIZE,
        ("fruit",),
        tipped,
    )


def half_avocado() -> Asset:
    """Returns half an avocado with its stone, cut face up."""
    rng = rng_of("avocado_b")
    slots = avocado_slots()
    outline = curve(np.array(AVOCADO) * MM * 0.97, 36)
    right = outline[:, ::-1]
    loop = np.concatenate([right, right[-2:0:-1] * (1, -1)])  # x along, y across, clockwise
    loop = loop - ((loop[:, 0].max() + loop[:, 0].min()) / 2, 0)
    shares = np.cos(np.linspace(0.05, np.pi / 2, 11))
    rings = [np.column_stack([loop * s, np.full(len(loop), -32 * MM * np.sqrt(1 - s * s))]) for s in shares[::-1]]
    below = dented(np.array(rings), Noise.of(rng, 0.005, 30), 0.5 * MM)
    cut = np.array([np.column_stack([loop * s, np.zeros(len(loop))]) for s in (0.985, 0.95, 0.88, 0.78, 0.62, 0.45)])
    body = skin(np.concatenate([below, cut])[:, ::-1])
    tones = np.append(np.repeat([0] * (len(below) - 1) + [1, 1, 2, 2, 3, 3], len(loop)), [0, 3])
    body = toned(body, (tones + 0.5) / 4, [slots.index(name) for name in ("skin", "rim", "flesh", "heart")])
    belly = loop[np.argmax(abs(loop[:, 1])), 0]
    stone = slots("stone", blob((17.5 * MM, 16.5 * MM, 16 * MM), 24, 14).moved(belly, 0, 1 * MM))
    whole = standing(Mesh.merged([body, stone]), settle=False)
    flat = whole.bounds
    proxy = boxes(
        ((flat[0, 0] + 14 * MM, -14 * MM, 0.012), (flat[1, 0] - 22 * MM, 14 * MM, 0.031)),
        ((-22 * MM, -7 * MM, 0.0), (2 * MM, 7 * MM, 0.02)),
    )
    return food(
        "avocado_b", "Half an avocado with its stone", "avocado", slots, whole, proxy, AVOCADO_SIZE, ("fruit", "cut")
    )


def assets() -> list[Asset]:
    """Returns peach, grapes, two strawberries, a whole and half an avocado."""
    return [
        peach(),
        grapes(),
        strawberry("strawberry_a", 1.0, 1.0, (0.50, 0.012, 0.012)),
        strawberry("strawberry_b", 0.86, 1.14, (0.44, 0.02, 0.012)),
        avocado(),
        half_avocado(),
    ]
