"""Plates, bowls and saucers: lathed stoneware and porcelain on foot rings.

Sizes as makers of catering porcelain list them: plates of 27, 21 and 23 cm (deep), bowls of 14 and 19 cm.
"""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.kitchen.finishes import coloured, slot_number
from blend_assets.scripts.kitchen.forms import Array, inside, lathe, rounded, vessel
from blend_assets.scripts.kitchen.things import drum, hollow, joined, leaning, nested, ring_boxes, thing, upside_down
from blend_assets.scripts.model import Asset, at

SOURCE = "Own model. Catering porcelain as makers list it: {}."
SEGMENTS = 56


def assets() -> list[Asset]:
    """Returns plates, bowls and saucers."""
    return [*_plates(), *_bowls(), *_saucers()]


def glazed(profile: Array, segments: int = SEGMENTS, rim: float = 0.0, bare: float = 0.0):
    """Returns a lathed vessel: glaze outside, its own slot inside, an unglazed foot, a painted rim.

    Args:
        profile: as `vessel` makes it.
        segments: sides.
        rim: height below the top that is painted, on both sides, metres.
        bare: height of the unglazed foot, metres.
    """
    middle = (profile[:-1] + profile[1:]) / 2
    slots = np.where(inside(profile), slot_number("inside"), slot_number("glaze"))
    slots[middle[:, 1] > profile[:, 1].max() - rim] = slot_number("accent")
    slots[(middle[:, 1] < bare) & ~inside(profile)] = slot_number("foot")
    return lathe(profile, segments, slots)


def _plate(id: str, title: str, body: Array, foot: float, size: str, rim: float = 0.0, slots=None) -> Asset:
    profile = vessel(body, (0.0045, 0.0038), (foot, 0.004))
    mesh = glazed(profile, rim=rim, bare=0.0012)
    edge, base = body[:, 0].max(), body[1, 0]
    proxy = joined(
        drum(base + 0.012, 0.0, body[0, 1] + 0.0045),
        ring_boxes([(base, 0.5 * body[0, 1] + 0.003), (edge, body[-1, 1])], 0.005),
    )
    return thing(
        id,
        title,
        "plate",
        mesh,
        proxy,
        SOURCE.format(size),
        slots=slots or coloured(),
        markers={"opening": at(z=body[0, 1] + 0.0046), "rim": at(z=float(profile[:, 1].max())), "grasp": at(edge)},
        rests={"leaning": leaning(mesh), "upside_down": upside_down(mesh)},
        stack=nested(profile),
        tags=("crockery", "stackable"),
    )


def _flanged(radius: float, well: float, depth: float, flange: float) -> Array:
    """Returns the outside of a plate with a rim: level well, a step up, then a flatter flange."""
    corners = [(0, 0.0045), (well - 0.012, 0.0045), (well + 0.006, depth), (radius, depth + flange)]
    return rounded(corners, [0, 0.014, 0.012, 0], 5)


def _coupe(radius: float, well: float, height: float) -> Array:
    """Returns the outside of a plate without a rim: one sweep from the well to the edge."""
    corners = [(0, 0.0045), (well, 0.0045), (0.72 * radius + 0.28 * well, 0.008), (radius, height)]
    return rounded(corners, [0, 0.06, 0.05, 0], 5)


def _plates() -> list[Asset]:
    speckled = coloured(glaze=(0.30, 0.34, 0.32), inside=(0.34, 0.38, 0.36), accent=(0.13, 0.08, 0.045))
    blue = coloured(glaze=(0.05, 0.10, 0.18), inside=(0.06, 0.125, 0.22), accent=(0.16, 0.10, 0.06))
    deep = rounded([(0, 0.0045), (0.058, 0.0045), (0.086, 0.031), (0.115, 0.040)], [0, 0.02, 0.014, 0], 5)
    return [
        _plate("plate_dinner_a", "Dinner plate with a rim", _flanged(0.135, 0.088, 0.013, 0.011), 0.074, "27 cm"),
        _plate("plate_dinner_b", "Coupe dinner plate", _coupe(0.1375, 0.082, 0.027), 0.076, "27.5 cm", 0.0018,
        speckled),
        _plate("plate_side_a", "Side plate with a rim", _flanged(0.105, 0.066, 0.010, 0.009), 0.056, "21 cm"),
        _plate("plate_side_b", "Coupe side plate", _coupe(0.105, 0.060, 0.022), 0.056, "21 cm", 0.0018, blue),
        _plate("plate_deep_a", "Deep plate", deep, 0.052, "23 cm, 4.3 cm deep"),
    ]  # fmt: skip


def _bowl(id: str, title: str, body: Array, foot: float, size: str, rim: float = 0.0, slots=None) -> Asset:
    profile = vessel(body, (0.005, 0.0038), (foot, 0.0045))
    mesh = glazed(profile, rim=rim, bare=0.0015)
    wall = body[len(body) // 3 :: max(1, len(body) // 4)][:3]
    wall = np.vstack([(foot, body[0, 1] + 0.002), wall[wall[:, 0] > foot + 0.006], body[-1]]) - (0.002, 0)
    return thing(
        id,
        title,
        "bowl",
        mesh,
        hollow(wall, 0.0045, (0.0, body[0, 1] + 0.005)),
        SOURCE.format(size),
        slots=slots or coloured(),
        markers={
            "opening": at(z=body[0, 1] + 0.005),
            "rim": at(z=float(profile[:, 1].max())),
            "grasp": at(body[-1, 0]),
        },
        rests={"upside_down": upside_down(mesh)},
        stack=nested(profile),
        tags=("crockery", "stackable"),
    )


def _cup_shape(radius: float, base: float, height: float, belly: float, foot: float = 0.006) -> Array:
    """Returns the outside of a bowl: a level base, then a round belly up to the rim."""
    corners = [(0, foot), (base, foot), (belly, foot + 0.42 * height), (radius, height)]
    return rounded(corners, [0, 0.03, 0.06, 0], 6)


def _bowls() -> list[Asset]:
    clay = coloured(glaze=(0.42, 0.25, 0.13), inside=(0.72, 0.68, 0.58), accent=(0.16, 0.09, 0.05))
    banded = coloured(accent=(0.04, 0.09, 0.26))
    soup = rounded([(0, 0.006), (0.042, 0.006), (0.078, 0.034), (0.081, 0.062)], [0, 0.022, 0.024, 0], 6)
    return [
        _bowl("bowl_cereal_a", "Cereal bowl", _cup_shape(0.075, 0.036, 0.066, 0.066), 0.037, "15 cm, 6.6 cm high"),
        _bowl("bowl_cereal_b", "Cereal bowl, clay", _cup_shape(0.07, 0.03, 0.07, 0.058), 0.033, "14 cm", 0.003, clay),
        _bowl("bowl_soup_a", "Soup bowl", soup, 0.044, "16.2 cm, 6.2 cm high", 0.004, banded),
        _bowl("bowl_salad_a", "Salad bowl", _cup_shape(0.12, 0.05, 0.09, 0.096), 0.054, "24 cm, 9 cm high"),
        _bowl("bowl_dip_a", "Dip bowl", _cup_shape(0.043, 0.024, 0.034, 0.039, 0.004), 0.025, "8.6 cm", 0.0, clay),
    ]  # fmt: skip


def _saucers() -> list[Asset]:
    made = []
    for id, title, radius in (("saucer_a", "Saucer", 0.075), ("saucer_b", "Espresso saucer", 0.059)):
        body = rounded(
            [(0, 0.0035), (0.46 * radius, 0.0035), (0.6 * radius, 0.007), (radius, 0.017)], [0, 0.01, 0.02, 0], 5
        )
        profile = vessel(body, (0.004, 0.0032), (0.44 * radius, 0.0035))
        mesh = glazed(profile, 48, bare=0.001)
        proxy = joined(drum(0.55 * radius, 0.0, 0.0075), ring_boxes([(0.5 * radius, 0.005), (radius, 0.0175)], 0.004))
        made.append(
            thing(
                id,
                title,
                "saucer",
                mesh,
                proxy,
                SOURCE.format(f"{200 * radius:.0f} cm"),
                markers={"opening": at(z=0.0076), "grasp": at(radius)},
                rests={"leaning": leaning(mesh)},
                stack=nested(profile),
                tags=("crockery", "stackable"),
            )
        )
    return made
