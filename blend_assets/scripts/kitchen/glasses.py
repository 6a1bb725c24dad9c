"""Glasses, carafes and vases: solid walls that refract, thick bases.

Sizes as makers list them: tumbler 25 cl, highball 35 cl, beer glass 40 cl, wine glasses of 35 and 50 cl, carafe 1 l.
"""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.kitchen.crockery import glazed
from blend_assets.scripts.kitchen.cups import lipped
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import Array, lathe, rounded, vessel
from blend_assets.scripts.kitchen.things import drum, hollow, joined, lying, nested, thing, upside_down
from blend_assets.scripts.model import Asset, at

SOURCE = "Own model. {}, as makers of glassware list them."


def assets() -> list[Asset]:
    """Returns drinking glasses, wine glasses, a carafe and vases."""
    return [*_drinking_glasses(), *_wine_glasses(), _carafe(), *_vases()]


def tapered(base: float, rim: float, height: float, floor: float, wall: float) -> Array:
    """Returns the profile of a glass with straight walls and a thick floor.

    Args:
        base, rim: outer radius below and above.
        height: of the whole.
        floor: thickness of the glass below what one drinks.
        wall: its thickness at the side.
    """
    outer = rounded([(0, 0.0012), (base - 0.006, 0.0), (base, 0.0), (rim, height)], [0, 0.002, 0.004, 0], 3)
    lip = [(rim - 0.15 * wall, height + 0.3 * wall), (rim - 0.5 * wall, height + 0.45 * wall)]
    lip += [(rim - 0.85 * wall, height + 0.3 * wall), (rim - wall, height)]
    inner = rounded([lip[-1], (base - wall + (rim - base) * floor / height, floor), (0, floor)], [0, 0.006, 0], 4)
    return np.concatenate([outer, lip, inner[1:]])


def _drinking_glasses() -> list[Asset]:
    made = []
    for id, title, base, rim, height, floor, wall in (
        ("glass_tumbler_a", "Tumbler, 25 cl", 0.0315, 0.041, 0.088, 0.009, 0.0026),
        ("glass_tumbler_b", "Old-fashioned glass, 30 cl", 0.039, 0.0425, 0.090, 0.014, 0.0032),
        ("glass_highball_a", "Highball glass, 35 cl", 0.0295, 0.0335, 0.145, 0.012, 0.0022),
        ("glass_beer_a", "Beer glass, 40 cl", 0.030, 0.0435, 0.150, 0.012, 0.0028),
    ):
        profile = tapered(base, rim, height, floor, wall)
        mesh = of("glass", lathe(profile, 44))
        proxy = hollow([(base - wall / 2, floor), (rim - wall / 2, height)], wall, (0.0, floor))
        outer = profile[profile[:, 0] > 0.8 * base]
        made.append(
            thing(
                id,
                title,
                "drinking_glass",
                mesh,
                proxy,
                SOURCE.format("Glasses of 25 to 40 cl"),
                markers={"opening": at(z=floor), "rim": at(z=height), "grasp": at(rim, 0, 0.6 * height)},
                rests={"upside_down": upside_down(mesh), "lying": lying(mesh, outer)},
                stack=nested(profile) if rim - base > 0.008 else 0.0,
                tags=("glass",),
            )
        )
    return made


def _wine_glasses() -> list[Asset]:
    made = []
    for id, title, widest, rim, foot, bowl, height in (
        ("wine_glass_a", "White wine glass, 35 cl", 0.040, 0.030, 0.0375, 0.100, 0.205),
        ("wine_glass_b", "Red wine glass, 50 cl", 0.049, 0.034, 0.042, 0.110, 0.225),
        ("wine_glass_c", "Champagne flute, 17 cl", 0.027, 0.024, 0.034, 0.075, 0.225),
    ):
        stem = [(0, 0.0015), (foot - 0.006, 0.0), (foot, 0.0), (foot, 0.0015), (0.012, 0.0065), (0.0036, 0.020)]
        outer = rounded(
            [*stem, (0.0034, bowl - 0.014), (0.4 * widest, bowl - 0.002)],
            [0, 0, 0.0006, 0.0008, 0.02, 0.03, 0.02, 0],
            3,
        )
        shape = rounded(
            [
                (0.4 * widest, bowl - 0.002),
                (widest, bowl + 0.20 * (height - bowl)),
                (widest, bowl + 0.45 * (height - bowl)),
                (rim, height),
            ],
            [0, 0.03, 0.05, 0],
            6,
        )
        wall = np.linspace(0.0024, 0.0013, len(shape))[:, None]
        inner = (shape - wall * (1, -0.25))[::-1]
        inner[:, 1] = np.minimum(inner[:, 1], height)
        profile = np.concatenate(
            [outer, shape[1:], [(rim - 0.00065, height + 0.0007)], inner, [(0.006, bowl - 0.001), (0, bowl - 0.0016)]]
        )
        mesh = of("glass", lathe(profile, 40))
        walls = [(0.006, bowl), (0.62 * widest, bowl + 0.005), (widest, bowl + 0.3 * (height - bowl)), (rim, height)]
        proxy = joined(drum(foot, 0, 0.004), drum(0.0045, 0.004, bowl), hollow(walls, 0.0022, (bowl - 0.004, bowl)))
        made.append(
            thing(
                id,
                title,
                "wine_glass",
                mesh,
                proxy,
                SOURCE.format("Glasses of 17 to 50 cl"),
                tags=("glass",),
                markers={"opening": at(z=bowl + 0.002), "rim": at(z=height), "grasp": at(z=0.5 * bowl)},
                rests={"upside_down": upside_down(mesh), "lying": lying(mesh, np.concatenate([outer, shape]))},
            )
        )
    return made


def _carafe() -> Asset:
    body = rounded(
        [(0, 0.0), (0.048, 0.0), (0.052, 0.05), (0.028, 0.175), (0.030, 0.215), (0.041, 0.245)],
        [0, 0.006, 0.05, 0.06, 0.03, 0],
        6,
    )
    profile = vessel(body, (0.007, 0.0028))
    mesh = lipped(of("glass", lathe(profile, 48)), 0.245, 0.03, 0.008)
    wall = [(np.interp(z, body[:, 1], body[:, 0]) - 0.0015, z) for z in (0.006, 0.06, 0.15, 0.2, 0.245)]
    return thing(
        "carafe_a", "Carafe, 1 l", "jug", mesh, hollow(wall, 0.003, (0, 0.007)), SOURCE.format("Carafes of 1 l"),
        tags=("glass",),
        markers={"opening": at(z=0.007), "rim": at(z=0.245), "spout": at(-0.049, 0, 0.246), "grasp": at(0.028, 0,
        0.18)},
    )  # fmt: skip


def _vases() -> list[Asset]:
    tall = rounded(
        [(0, 0.0), (0.038, 0.0), (0.055, 0.06), (0.062, 0.11), (0.030, 0.190), (0.036, 0.225)],
        [0, 0.006, 0.04, 0.05, 0.03, 0],
        6,
    )
    bottle = rounded(
        [(0, 0.0), (0.045, 0.0), (0.058, 0.045), (0.014, 0.120), (0.013, 0.180), (0.018, 0.192)],
        [0, 0.01, 0.04, 0.03, 0.03, 0],
        6,
    )
    clear = rounded([(0, 0.0), (0.042, 0.0), (0.042, 0.05), (0.055, 0.20)], [0, 0.006, 0.08, 0], 6)
    made = []
    for id, title, body, wall, slot, color in (
        ("vase_a", "Stoneware vase", tall, 0.005, "glaze", (0.22, 0.20, 0.17)),
        ("vase_b", "Bottle vase", bottle, 0.004, "glaze", (0.50, 0.20, 0.10)),
        ("vase_c", "Glass vase", clear, 0.0045, "glass", (0.5, 0.5, 0.5)),
    ):
        profile = vessel(body, (wall + 0.003, wall * 0.7))
        mesh = of("glass", lathe(profile, 48)) if slot == "glass" else glazed(profile, 48)
        height = body[-1, 1]
        walls = [
            (np.interp(z, body[:, 1], body[:, 0]) - wall / 2, z) for z in np.array([0.04, 0.3, 0.5, 0.8, 1.0]) * height
        ]
        slots = coloured() if slot == "glass" else coloured(glaze=color, inside=color)
        made.append(
            thing(
                id,
                title,
                "vase",
                mesh,
                hollow(walls, wall, (0, wall + 0.003)),
                SOURCE.format("Vases of 19 to 23 cm"),
                slots=slots,
                markers={
                    "opening": at(z=wall + 0.003),
                    "rim": at(z=height),
                    "grasp": at(body[:, 0].max(), 0, 0.4 * height),
                },
                rests={"lying": lying(mesh, body)},
                tags=("decoration",),
            )
        )
    return made
