"""Cakes, biscuits and the crumbs that they leave."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.food.forms import MM, Noise, blob, curve, dented, lathe, middles, rng_of, skin, toned
from blend_assets.scripts.food.things import Palette, food, lowered, round_boxes, settled, standing
from blend_assets.scripts.model import Asset, boxes
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SPONGE = Material("bread", (0.66, 0.48, 0.22), wear=0.1, dirt=0.0)
CRUST = Material("bread", (0.36, 0.17, 0.05), wear=0.1, dirt=0.0)


def layer_cake() -> Asset:
    """Returns two layers of sponge with jam and cream, two pieces gone."""
    rng = rng_of("cake_a")
    slots = Palette(
        crust=CRUST,
        crumb=SPONGE,
        jam=Material("liquid", (0.30, 0.008, 0.015), wear=0.0, dirt=0.0),
        cream=Material("wax", (0.84, 0.80, 0.70), wear=0.0, dirt=0.0),
    )
    arc = np.linspace(0.55, 2 * np.pi - 0.55, 61)

    def layer(slot: str, radius: float, low: float, high: float, wavy: float = 0.0) -> list[Mesh]:
        reach = radius + wavy * np.sin(arc * 23) + wavy * np.sin(arc * 11 + 1)
        outline = np.concatenate([[(0.0, 0.0)], np.column_stack([reach * np.cos(arc), reach * np.sin(arc)])])
        solid = solids.prism(outline, high - low).moved(z=low)
        if slot != "crumb":
            return [slots(slot, solid)]
        at = middles(solid)
        outer = (np.hypot(at[:, 0], at[:, 1]) > 0.9 * radius) | (at[:, 2] > high - 1e-5)
        return [toned(solid, np.where(outer, 0.1, 0.9), (0, 1))]

    body = (
        layer("crumb", 100 * MM, 0, 31 * MM)
        + layer("jam", 100.5 * MM, 31 * MM, 34 * MM, 1.2 * MM)
        + layer("cream", 99 * MM, 34 * MM, 40 * MM, 1.8 * MM)
    )
    body += layer("crumb", 99 * MM, 40 * MM, 70 * MM) + layer("cream", 97 * MM, 70 * MM, 72.5 * MM, 1.5 * MM)
    for k in range(9):
        angle = 0.85 + k * (2 * np.pi - 1.7) / 8
        body.append(
            slots(
                "jam",
                blob((8 * MM, 8 * MM, 7 * MM), 12, 8).moved(
                    80 * MM * np.cos(angle), 80 * MM * np.sin(angle), 77 * MM + rng.uniform(-1, 1) * MM
                ),
            )
        )
    whole = Mesh.merged(body)
    shift = lowered(whole.vertices, np.eye(4))
    whole = whole.transformed(shift)
    x = shift[0, 3]
    proxy = boxes(((x - 0.07, -0.07, 0), (x + 0.0, 0.07, 0.072)), ((x - 0.095, -0.03, 0), (x, 0.03, 0.072)))
    return food(
        "cake_a", "Layer cake, cut", "cake", slots, whole, proxy, "Victoria sponge from 200 mm tins", ("bakery", "cut")
    )


def bundt() -> Asset:
    """Returns a fluted ring cake with icing that runs down."""
    rng = rng_of("cake_b")
    slots = Palette(
        crust=Material("bread", (0.26, 0.11, 0.035), wear=0.1, dirt=0.0),
        icing=Material("wax", (0.84, 0.82, 0.76), wear=0.0, dirt=0.0),
    )
    outline = curve(
        np.array(
            [
                (22, 0),
                (60, 0),
                (104, 1),
                (110, 14),
                (106, 48),
                (88, 84),
                (62, 98),
                (38, 90),
                (27, 62),
                (24, 20),
                (22, 0),
            ]
        )
        * MM,
        40,
    )
    flute = lambda a, t: 1 + 0.035 * np.cos(12 * a) * np.sin(np.pi * t) ** 0.7  # noqa: E731
    rings = dented(lathe(outline, 96, flute), Noise.of(rng, 0.04), 1 * MM)
    body = solids.loft(rings, smooth=True, closed=True)
    at = middles(body)
    bearing = np.arctan2(at[:, 1], at[:, 0])
    column = np.round((bearing + np.pi) / (2 * np.pi) * 96).astype(int) % 96
    drip = 70 * MM - 12 * MM * _smooth(rng.uniform(-0.7, 1.6, 18), 96)[column]
    whole = standing(toned(body, np.where(at[:, 2] > drip, 0.9, 0.1), (0, 1)), settle=False)
    proxy = round_boxes((100 * MM, 0, 70 * MM), (60 * MM, 60 * MM, 92 * MM))
    return food(
        "cake_b",
        "Ring cake with icing",
        "cake",
        slots,
        whole,
        proxy,
        "bundt tin: 220 mm across, 100 mm high",
        ("bakery",),
    )


def _smooth(values: np.ndarray, count: int) -> np.ndarray:
    """Returns (count,) values between those given, the last of which joins the first."""
    return np.interp(np.arange(count) * len(values) / count, np.arange(len(values) + 1), np.append(values, values[0]))


def biscuit_round() -> Asset:
    """Returns a round biscuit with pricks, an embossed rim."""
    rng = rng_of("biscuit_a")
    slots = Palette(crust=Material("bread", (0.46, 0.25, 0.085), wear=0.1, dirt=0.0), edge=CRUST)
    outline = (
        np.array(
            [
                (0, 0),
                (32, 0),
                (33.8, 1),
                (34, 3.5),
                (33.4, 6),
                (32, 6.8),
                (30.5, 6.2),
                (29.5, 5.9),
                (22, 6),
                (14, 6.1),
                (7, 6),
                (0, 6),
            ]
        )
        * MM
    )
    rings = dented(lathe(outline, 60), Noise.of(rng, 0.02), 0.4 * MM)
    body = skin(rings)
    at = middles(body)
    spokes = np.cos(9 * np.arctan2(at[:, 1], at[:, 0])) > 0.95
    prick = (
        (at[:, 2] > 5.5 * MM)
        & spokes
        & (np.hypot(at[:, 0], at[:, 1]) < 24 * MM)
        & (np.hypot(at[:, 0], at[:, 1]) > 8 * MM)
    )
    dark = (np.hypot(at[:, 0], at[:, 1]) > 32.5 * MM) | prick
    whole = standing(toned(body, np.where(dark, 0.9, 0.1), (0, 1)), settle=False)
    return food(
        "biscuit_a",
        "Round biscuit",
        "biscuit",
        slots,
        whole,
        round_boxes((33 * MM, 0, 6 * MM)),
        "digestive biscuit: 68 x 7 mm",
        ("bakery",),
        stack=6.9 * MM,
    )


def biscuit_square() -> Asset:
    """Returns a butter biscuit with a toothed edge."""
    slots = Palette(crust=Material("bread", (0.50, 0.29, 0.10), wear=0.1, dirt=0.0), edge=CRUST)
    t = np.linspace(0, 1, 29)[:-1]
    side = np.column_stack([(t - 0.5) * 64, np.full(28, -26) - 1.3 * abs(np.sin(t * 14 * np.pi))])
    end = np.column_stack(
        [np.full(20, 32) + 1.3 * abs(np.sin(np.linspace(0, 1, 21)[:-1] * 10 * np.pi)), np.linspace(-26, 26, 21)[:-1]]
    )
    outline = np.concatenate([side, end, -side, -end]) * MM
    rings = [
        np.column_stack([outline * s, np.full(len(outline), z)])
        for s, z in (
            (0.97, 0),
            (1, 0.8 * MM),
            (1, 4.6 * MM),
            (0.97, 5.4 * MM),
            (0.9, 5.6 * MM),
            (0.86, 5.1 * MM),
            (0.3, 5.1 * MM),
        )
    ]
    body = skin(np.array(rings))
    tone = np.append(np.repeat([1, 1, 1, 1, 0, 0], len(outline)), [0, 0])
    whole = standing(toned(body, (tone + 0.5) / 2, (0, 1)), settle=False)
    return food(
        "biscuit_b",
        "Butter biscuit",
        "biscuit",
        slots,
        whole,
        boxes(((-0.031, -0.025, 0), (0.031, 0.025, 0.0052))),
        "petit beurre: 65 x 53 x 5.5 mm",
        ("bakery",),
        stack=5.6 * MM,
    )


def crumb(id: str, size: float) -> Asset:
    """Returns one crumb, `size` across in metres."""
    rng = rng_of(id)
    slots = Palette(crust=Material("bread", (0.40, 0.21, 0.075), wear=0.1, dirt=0.0))
    angle = np.linspace(0, np.pi, 8)
    rings = lathe(np.column_stack([np.sin(angle), -np.cos(angle)]) * size / 2, 10) * rng.uniform(0.6, 1.1, 3)
    body = slots("crust", skin(dented(rings, Noise.of(rng, size * 0.45), size * 0.16)))
    whole = body.transformed(settled(body))
    bounds = whole.bounds
    return food(
        id,
        "Crumb",
        "crumbs",
        slots,
        whole,
        boxes((bounds[0] * (0.6, 0.6, 1), bounds[1] * (0.6, 0.6, 1))),
        "crumbs of bread and cake: 2-7 mm",
        ("bakery",),
    )


def assets() -> list[Asset]:
    """Returns two cakes, two biscuits and three crumbs."""
    return [
        layer_cake(),
        bundt(),
        biscuit_round(),
        biscuit_square(),
        crumb("crumb_a", 6.5 * MM),
        crumb("crumb_b", 4.2 * MM),
        crumb("crumb_c", 2.6 * MM),
    ]
