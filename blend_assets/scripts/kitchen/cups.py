"""What one drinks warm things from, and pours them with: mugs, cups, egg cups, teapots, jugs; a butter dish.

Sizes as makers of catering porcelain list them: mugs of 30 to 40 cl, 80 to 100 mm high; tea cup 20 cl, espresso 8 cl.
"""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.fittings import curve
from blend_assets.scripts.kitchen.crockery import glazed
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import Array, lathe, limb, rounded, rounded_box, vessel
from blend_assets.scripts.kitchen.things import (
    bounding,
    drum,
    handle_boxes,
    hollow,
    joined,
    thing,
    upside_down,
)
from blend_assets.scripts.model import LIFTED, Asset, AssetPart, at, boxes
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Proxy

SOURCE = "Own model. {}, as makers of porcelain list them."


def assets() -> list[Asset]:
    """Returns mugs, cups, an egg cup, teapots, jugs and a butter dish."""
    return [*_mugs(), *_cups(), _egg_cup(), *_teapots(), *_jugs(), _butter_dish()]


def ear(body: Array, low: float, high: float, reach: float) -> Array:
    """Returns the path of a handle in the XZ plane at +X, both ends inside the wall of a round body.

    Args:
        body: (N, 2) outside of the body, radius and z rising.
        low, high: where it joins the wall, z.
        reach: how far it stands off, metres.
    """
    radius = np.interp([low, high], body[:, 1], body[:, 0]) - 0.002
    foot, top = radius
    knots = [(foot, low), (foot + 0.55 * reach, low - 0.006), (foot + 0.97 * reach, low + 0.25 * (high - low))]
    knots += [(top + reach, high - 0.28 * (high - low)), (top + 0.62 * reach, high + 0.005), (top, high)]
    line = curve(knots, 22)
    return np.column_stack([line[:, 0], np.zeros(len(line)), line[:, 1]])


def _handled(body: Array, low: float, high: float, reach: float, width: float) -> tuple[Mesh, Proxy]:
    path = ear(body, low, high, reach)
    swell = width * (1 + 0.35 * np.abs(np.linspace(-1, 1, len(path))) ** 3)
    mesh = of("glaze", limb(path, swell, 0.62 * swell, square=0.8, segments=12))
    return mesh, handle_boxes(path, width, 0.62 * width, 4)


def _mug(
    id: str, title: str, body: Array, wall: float, ear_size: tuple[float, float, float], rim=0.0, slots=None
) -> Asset:
    profile = vessel(body, (wall + 0.001, wall), (body[1, 0] - 0.002, 0.0035))
    low, high, reach = ear_size
    handle, handle_proxy = _handled(body, low, high, reach, 0.011)
    mesh = Mesh.merged([glazed(profile, 44, rim=rim, bare=0.0012), handle])
    outline = np.array([(np.interp(z, body[:, 1], body[:, 0]), z) for z in (0.006, 0.5 * body[-1, 1], body[-1, 1])])
    floor = body[0, 1] + wall + 0.001
    return thing(
        id,
        title,
        "mug",
        mesh,
        joined(hollow(outline - (wall / 2, 0), wall, (0.0, floor)), handle_proxy),
        SOURCE.format("Mugs of 30 to 40 cl"),
        slots=slots or coloured(),
        markers={
            "opening": at(z=floor),
            "rim": at(z=body[-1, 1]),
            "grasp": at(body[:, 0].max() + reach, 0, (low + high) / 2),
        },
        rests={"upside_down": upside_down(mesh)},
        tags=("crockery",),
    )


def _mugs() -> list[Asset]:
    straight = rounded([(0, 0.004), (0.038, 0.004), (0.041, 0.009), (0.041, 0.095)], [0, 0.004, 0.004, 0])
    barrel = rounded(
        [(0, 0.005), (0.03, 0.005), (0.048, 0.032), (0.046, 0.062), (0.040, 0.090)], [0, 0.012, 0.03, 0.05, 0], 5
    )
    cone = rounded([(0, 0.004), (0.028, 0.004), (0.046, 0.100)], [0, 0.01, 0], 5)
    low = rounded([(0, 0.005), (0.034, 0.005), (0.052, 0.028), (0.053, 0.076)], [0, 0.014, 0.03, 0], 6)
    green = coloured(glaze=(0.12, 0.20, 0.15), accent=(0.12, 0.20, 0.15))
    blue = coloured(glaze=(0.035, 0.09, 0.20), accent=(0.20, 0.13, 0.08))
    enamel = coloured(accent=(0.02, 0.03, 0.08))
    return [
        _mug("mug_a", "Straight mug", straight, 0.004, (0.026, 0.076, 0.030), 0.0, green),
        _mug("mug_b", "Barrel mug", barrel, 0.0042, (0.024, 0.070, 0.029), 0.0025, blue),
        _mug("mug_c", "Conical mug", cone, 0.0035, (0.034, 0.082, 0.028)),
        _mug("mug_d", "Wide mug", low, 0.0038, (0.024, 0.060, 0.027), 0.002, enamel),
    ]  # fmt: skip


def _cups() -> list[Asset]:
    made = []
    tea = rounded([(0, 0.005), (0.021, 0.005), (0.041, 0.03), (0.048, 0.060)], [0, 0.014, 0.03, 0], 6)
    espresso = rounded([(0, 0.004), (0.019, 0.004), (0.030, 0.026), (0.032, 0.054)], [0, 0.01, 0.02, 0], 6)
    for id, title, body, grip in (
        ("cup_a", "Tea cup", tea, (0.026, 0.050, 0.023)),
        ("cup_b", "Espresso cup", espresso, (0.020, 0.043, 0.020)),
    ):
        profile = vessel(body, (0.0035, 0.0026), (body[1, 0] + 0.001, 0.003))
        handle, handle_proxy = _handled(body, *grip, 0.0075)
        mesh = Mesh.merged([glazed(profile, 44, bare=0.001), handle])
        wall = np.array([body[len(body) // 2], body[-1]]) - (0.0013, 0)
        made.append(
            thing(
                id,
                title,
                "cup",
                mesh,
                joined(
                    hollow(np.vstack([(body[1, 0] + 0.002, 0.006), wall]), 0.003, (0, body[0, 1] + 0.0035)),
                    handle_proxy,
                ),
                SOURCE.format("Cups of 20 and 8 cl"),
                markers={
                    "opening": at(z=body[0, 1] + 0.0035),
                    "rim": at(z=body[-1, 1]),
                    "grasp": at(body[-1, 0] + grip[2], 0, 0.035),
                },
                rests={"upside_down": upside_down(mesh)},
                tags=("crockery",),
            )
        )
    return made


def _egg_cup() -> Asset:
    """Returns an egg cup: the bowl fits an egg of 44 mm across."""
    body = rounded([(0, 0.024), (0.009, 0.024), (0.0205, 0.038), (0.0245, 0.060)], [0, 0.006, 0.014, 0], 5)
    bowl = vessel(body, (0.004, 0.0025))
    stem = rounded(
        [(0, 0.004), (0.017, 0.0), (0.0225, 0.0), (0.0225, 0.004), (0.008, 0.012), (0.008, 0.0255), (0, 0.0255)],
        [0, 0.002, 0.0015, 0.0015, 0.008, 0.0, 0],
        4,
    )
    mesh = Mesh.merged([glazed(bowl, 36), of("glaze", lathe(stem, 36))])
    proxy = joined(
        drum(0.0225, 0, 0.006),
        drum(0.011, 0.006, 0.028),
        hollow([(0.011, 0.028), (0.0205, 0.04), (0.023, 0.06)], 0.003, (0.024, 0.028)),
    )
    return thing(
        "egg_cup_a", "Egg cup", "cup", mesh, proxy, SOURCE.format("Egg cups, 5 cm across, 6 cm high"),
        markers={"opening": at(z=0.028), "grasp": at(z=0.02)}, rests={"upside_down": upside_down(mesh)},
        tags=("crockery",),
    )  # fmt: skip


def _spout(start: tuple[float, float], end: tuple[float, float], thick: float, tip: float) -> Mesh:
    """Returns a spout towards -X in the XZ plane, swan-necked, with a dark mouth."""
    (r0, z0), (r1, z1) = start, end
    path = curve(
        [
            (-r0, 0, z0),
            (-0.6 * r0 - 0.4 * r1, 0, z0 + 0.25 * (z1 - z0)),
            (-0.25 * r0 - 0.75 * r1, 0, z0 + 0.75 * (z1 - z0)),
            (-r1, 0, z1),
        ],
        12,
    )
    width = np.linspace(1, 0, len(path)) ** 1.4 * (thick - tip) + tip
    return limb(path, width, width * 1.1, segments=16, round_ends=False)


def _teapots() -> list[Asset]:
    made = []
    round_pot = rounded(
        [(0, 0.005), (0.05, 0.005), (0.080, 0.05), (0.072, 0.098), (0.040, 0.122)], [0, 0.03, 0.06, 0.04, 0], 7
    )
    slim = rounded(
        [(0, 0.005), (0.062, 0.005), (0.066, 0.04), (0.056, 0.112), (0.040, 0.128)], [0, 0.012, 0.04, 0.02, 0], 6
    )
    iron = coloured(glaze=(0.035, 0.05, 0.05), inside=(0.3, 0.28, 0.25), accent=(0.035, 0.05, 0.05))
    for id, title, body, slots in (
        ("teapot_a", "Round teapot, 1.2 l", round_pot, coloured()),
        ("teapot_b", "Slim teapot, 1 l", slim, iron),
    ):
        profile = vessel(body, (0.005, 0.004), (0.048, 0.005))
        top = float(profile[:, 1].max())
        widest = float(body[:, 0].max())
        spout = _spout((widest - 0.012, 0.042), (widest + 0.058, top - 0.006), 0.034, 0.015)
        path = ear(body[body[:, 1] > 0.02], 0.04, top - 0.022, 0.048)
        handle = limb(path, 0.015, 0.011, square=0.8)
        mesh = Mesh.merged([glazed(profile, 48), of("glaze", spout, handle)])
        lid_profile = rounded(
            [
                (0, -0.004),
                (0.034, -0.004),
                (0.034, 0.001),
                (0.0415, 0.001),
                (0.0415, 0.004),
                (0.02, 0.013),
                (0.006, 0.015),
                (0.005, 0.022),
                (0.010, 0.027),
                (0.008, 0.034),
                (0, 0.035),
            ],
            [0, 0.001, 0, 0.001, 0.0015, 0.02, 0.004, 0.004, 0.004, 0.004, 0],
            3,
        )
        lid = AssetPart(
            "lid",
            of("glaze", lathe(lid_profile, 36)),
            "body",
            at(z=top),
            LIFTED,
            joined(drum(0.04, 0.0, 0.012), drum(0.012, 0.012, 0.035)),
            {"grasp": at(z=0.03)},
        )
        proxy = joined(
            drum(widest, 0.02, top - 0.02),
            drum(0.85 * widest, 0.0, top),
            handle_boxes(path, 0.015, 0.012, 4),
            handle_boxes([(-widest, 0, 0.05), (-widest - 0.04, 0, top - 0.015)], 0.02, 0.022, 1),
        )
        made.append(
            thing(
                id,
                title,
                "teapot",
                mesh,
                proxy,
                SOURCE.format("Teapots of 1 to 1.2 l"),
                slots=slots,
                parts=(lid,),
                tags=("crockery",),
                markers={
                    "grasp": at(*path[len(path) // 2]),
                    "spout": at(-widest - 0.055, 0, top - 0.01),
                    "rim": at(z=top),
                },
            )
        )
    return made


def lipped(mesh: Mesh, height: float, depth: float, reach: float) -> Mesh:
    """Returns a vessel whose rim is drawn out to a lip towards -X.

    Args:
        mesh: the vessel, round about Z.
        height: of its rim.
        depth: how far below the rim the lip begins.
        reach: how far it is drawn out.
    """
    points = mesh.vertices.copy()
    near = np.clip((points[:, 2] - height + depth) / depth, 0, 1) ** 1.6
    angle = np.arctan2(points[:, 1], -points[:, 0])
    points[:, 0] -= reach * near * np.exp(-((angle / 0.42) ** 2)) * (np.hypot(points[:, 0], points[:, 1]) > 0.008)
    points[:, 2] += 0.12 * reach * near * np.exp(-((angle / 0.42) ** 2))
    return Mesh(points, mesh.corners, mesh.sizes, mesh.slots, mesh.smooth)


def _jugs() -> list[Asset]:
    made = []
    milk = rounded(
        [(0, 0.005), (0.032, 0.005), (0.042, 0.034), (0.030, 0.085), (0.036, 0.108)], [0, 0.012, 0.03, 0.03, 0], 6
    )
    pitcher = rounded(
        [(0, 0.006), (0.052, 0.006), (0.070, 0.07), (0.050, 0.165), (0.060, 0.205)], [0, 0.016, 0.07, 0.05, 0], 7
    )
    sage = coloured(glaze=(0.33, 0.38, 0.30), inside=(0.75, 0.73, 0.68))
    for id, title, body, grip, wide, slots in (
        ("jug_a", "Milk jug, 0.3 l", milk, (0.030, 0.088, 0.030), 0.010, coloured()),
        ("jug_b", "Pitcher, 1.5 l", pitcher, (0.062, 0.170, 0.048), 0.017, sage),
    ):
        profile = vessel(body, (0.0045, 0.0035), (body[1, 0], 0.0045))
        top = float(profile[:, 1].max())
        pot = lipped(glazed(profile, 48, bare=0.0012), top, 0.3 * top, 0.13 * top)
        handle, handle_proxy = _handled(body, *grip, wide)
        mesh = Mesh.merged([pot, handle])
        wall = np.array(
            [(np.interp(z, body[:, 1], body[:, 0]) - 0.002, z) for z in np.array([0.05, 0.35, 0.75, 1.0]) * top]
        )
        lip = boxes(((-body[-1, 0] - 0.13 * top, -0.012, 0.86 * top), (-body[-1, 0], 0.012, top)))
        proxy = joined(hollow(wall, 0.004, (0, body[0, 1] + 0.005)), handle_proxy, lip)
        made.append(
            thing(
                id,
                title,
                "jug",
                mesh,
                proxy,
                SOURCE.format("Jugs of 0.3 and 1.5 l"),
                slots=slots,
                tags=("crockery",),
                markers={
                    "opening": at(z=body[0, 1] + 0.005),
                    "rim": at(z=top),
                    "spout": at(-body[-1, 0] - 0.1 * top, 0, top),
                    "grasp": at(body[-1, 0] + grip[2], 0, 0.6 * top),
                },
            )
        )
    return made


def _butter_dish() -> Asset:
    """Returns a dish for half a pound with a cover of its own part, 17 x 12 cm."""
    base = Mesh.merged(
        [
            of("glaze", rounded_box((-0.085, -0.058, 0.0), (0.085, 0.058, 0.011), 0.018, 0.003)),
            of("glaze", rounded_box((-0.070, -0.043, 0.010), (0.070, 0.043, 0.0125), 0.01, 0.001)),
        ]
    )
    cover = Mesh.merged(
        [
            of("glaze", rounded_box((-0.066, -0.039, 0.0), (0.066, 0.039, 0.050), 0.012, 0.009, 5)),
            of(
                "glaze",
                lathe(
                    rounded(
                        [(0, 0.048), (0.007, 0.048), (0.006, 0.054), (0.011, 0.060), (0.009, 0.067), (0, 0.068)],
                        0.004,
                        3,
                    ),
                    24,
                ),
            ),
        ]
    )
    lid = AssetPart("cover", cover, "body", at(z=0.0126), LIFTED, bounding(cover), {"grasp": at(z=0.06)})
    return thing(
        "butter_dish_a", "Butter dish", "butter_dish", base, bounding(base), SOURCE.format("Dishes for 250 g"),
        parts=(lid,), markers={"opening": at(z=0.0125), "grasp": at(0.085, 0, 0.006)}, rests={}, tags=("crockery",),
    )  # fmt: skip
