"""Pans, woks, trays of the oven, colanders, bowls to mix in and jugs to measure with."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.kitchen.cups import ear, lipped
from blend_assets.scripts.kitchen.finishes import coloured, of, slot_number
from blend_assets.scripts.kitchen.forms import inside, lathe, limb, outline_box, printed, rounded, vessel
from blend_assets.scripts.kitchen.perforated import perforated
from blend_assets.scripts.kitchen.pots import loop_handle, stick_handle
from blend_assets.scripts.kitchen.things import (
    handle_boxes,
    hollow,
    joined,
    leaning,
    nested,
    thing,
    upside_down,
)
from blend_assets.scripts.model import Asset, at, boxes
from buildee.layout import lettering, solids
from buildee.layout.mesh import Mesh

PANS = "Own model. Upper diameter of EN 12983-1: {}."
TRAYS = "Own model. Trays for ovens 60 cm wide, as makers list them: {}."


def assets() -> list[Asset]:
    """Returns frying pans, a wok, baking trays, a colander, mixing bowls and a measuring jug."""
    return [
        _pan("frying_pan_a", "Frying pan, 28 cm, coated", 0.14, 0.045, False),
        _pan("frying_pan_b", "Cast-iron skillet, 26 cm", 0.13, 0.048, True),
        _pan("frying_pan_c", "Frying pan, 20 cm, coated", 0.10, 0.038, False),
        _wok(),
        _tray("baking_tray_a", "Baking tray", (0.375, 0.455), 0.024, "coating"),
        _tray("baking_tray_b", "Roasting tin", (0.25, 0.36), 0.055, "steel"),
        _cake_tin(),
        _colander(),
        _mixing_bowl("mixing_bowl_a", "Mixing bowl, steel, 24 cm", 0.12, 0.105, "steel"),
        _mixing_bowl("mixing_bowl_b", "Mixing bowl, stoneware, 29 cm", 0.145, 0.135, "glaze"),
        _measuring_jug(),
    ]


def _pan(id: str, title: str, radius: float, height: float, iron: bool) -> Asset:
    wall = 0.0045 if iron else 0.0032
    flare = 0.02 if iron else 0.032
    line = [(0, 0), (radius - flare, 0), (radius, height)]
    profile = vessel(rounded(line, [0, 0.014 if iron else 0.03, 0], 6), (wall + 0.001, wall))
    skin, lining = ("iron", "iron") if iron else ("plastic", "coating")
    body = lathe(profile, 52, np.where(inside(profile), slot_number(lining), slot_number(skin)))
    proxies = [hollow([(radius - flare, 0.004), (radius - wall / 2, height)], wall, (0, wall + 0.001))]
    pieces = [body]
    if iron:
        path = np.column_stack(
            [
                np.linspace(radius - 0.004, radius + 0.135, 14),
                np.zeros(14),
                np.linspace(height - 0.012, height - 0.001, 14),
            ]
        )
        t = np.linspace(0, 1, 14)
        pieces.append(
            of(
                "iron",
                limb(
                    path,
                    np.interp(t, [0, 0.15, 0.4, 0.85, 1], [0.05, 0.028, 0.021, 0.030, 0.026]),
                    np.interp(t, [0, 0.2, 1], [0.014, 0.009, 0.011]),
                    square=0.8,
                    segments=12,
                ),
            )
        )
        pieces.append(
            of(
                "iron",
                limb(
                    [
                        (-radius + 0.004, 0, height - 0.011),
                        (-radius - 0.012, 0, height - 0.006),
                        (-radius - 0.02, 0, height - 0.004),
                    ],
                    [0.07, 0.06, 0.035],
                    0.009,
                    square=0.8,
                ),
            )
        )
        proxies += [
            handle_boxes(path, 0.026, 0.011, 1),
            boxes(((-radius - 0.022, -0.03, height - 0.015), (-radius, 0.03, height))),
        ]
        pieces = [pieces[0], *pieces[1:]]
    else:
        handle, box = stick_handle(radius - 0.010, height - 0.016, 0.195, "plastic", 0.03, 0.024)
        pieces.append(handle)
        proxies.append(box)
    mesh = Mesh.merged(pieces)
    if iron:
        mesh = lipped(mesh, height, 0.02, 0.0)
    return thing(
        id, title, "frying_pan", mesh, joined(*proxies), PANS.format(f"{200 * radius:.0f} cm"), tags=("cookware",
        "stackable"),
        markers={"opening": at(z=wall + 0.001), "rim": at(z=height + 0.001), "grasp": at(radius + 0.1, 0, height)},
        rests={"upside_down": upside_down(mesh), "leaning": leaning(mesh)},
        stack=nested(profile) + 0.0082 if iron else 0.0,
    )  # fmt: skip


def _wok() -> Asset:
    radius, height, wall = 0.16, 0.095, 0.002
    line = [(0, 0), (0.055, 0), (0.125, 0.035), (radius, height)]
    profile = vessel(rounded(line, [0, 0.05, 0.12, 0], 7), (wall, wall))
    body = lathe(profile, 56, np.where(inside(profile), slot_number("coating"), slot_number("iron")))
    handle, box = stick_handle(radius - 0.006, height - 0.018, 0.19, "dark_wood", 0.035, 0.027)
    loop, loop_box = loop_handle(radius - 0.004, height - 0.016, 0.07, 0.034, 0.008, 1)
    quarter = np.array([[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], float)
    mesh = Mesh.merged([body, handle, of("dark_wood", loop.transformed(quarter))])
    loop_box = type(loop_box)(quarter @ loop_box.poses, loop_box.half)
    walls = [(0.05, 0.002), (0.105, 0.025), (0.14, 0.058), (radius, height)]
    return thing(
        "wok_a", "Wok, 32 cm", "wok", mesh, joined(hollow(walls, 0.003, (0, 0.004)), box, loop_box),
        PANS.format("32 cm"),
        markers={"opening": at(z=0.002), "rim": at(z=height), "grasp": at(radius + 0.1, 0, height)}, tags=("cookware",),
        rests={"upside_down": upside_down(mesh)},
    )  # fmt: skip


def shell(outlines: list[tuple[float, float]], size: tuple[float, float], corner: float, count: int = 6) -> Mesh:
    """Returns a hollow rectangular thing: loft through rounded rectangles, outside up, inside down.

    Args:
        outlines: how much each ring is larger than `size` all round, and its z; the first and the last are closed.
        size: of the base, x and y.
        corner: radius of its corners.
        count: pieces of every corner.
    """
    rings = []
    for grow, z in outlines:
        x, y = size[0] / 2 + grow, size[1] / 2 + grow
        outline = outline_box(-x, -y, x, y, max(corner + grow, 0.002), count)
        rings.append(np.column_stack([outline, np.full(len(outline), z)]))
    return solids.loft(np.array(rings), smooth=True)


def trough(size: tuple[float, float], depth: float, slope: float, wall: float) -> list[tuple[float, float]]:
    """Returns the outlines of a tray for `shell`: floor, wall leaning out by `slope`, a flat rim, rounded below."""
    outer = rounded([(-0.004, 0), (0, 0), (slope, depth), (slope + 0.009, depth)], [0, 0.006, 0.003, 0])
    inner = rounded(
        [(slope + 0.009, depth + wall), (slope - wall, depth + wall), (-wall, wall), (-wall - 0.004, wall)],
        [0, 0.003, 0.006, 0],
    )
    lip = [(slope + 0.0105, depth + 0.3 * wall), (slope + 0.0105, depth + 0.7 * wall)]
    del size
    return [tuple(point) for point in np.concatenate([outer, lip, inner])]


def tray_proxy(size: tuple[float, float], depth: float, grow: float, wall: float = 0.003):
    """Returns a floor and four walls of a rectangular tray that is `grow` larger at its rim."""
    x, y = size[0] / 2 + grow / 2, size[1] / 2 + grow / 2
    lip = grow / 2 + 0.006
    return boxes(
        ((-x, -y, 0), (x, y, wall)),
        *(((-x - lip, s * y - lip, 0.3 * depth), (x + lip, s * y + lip, depth + wall)) for s in (-1, 1)),
        *(((s * x - lip, -y, 0.3 * depth), (s * x + lip, y, depth + wall)) for s in (-1, 1)),
    )


def _tray(id: str, title: str, size: tuple[float, float], depth: float, slot: str) -> Asset:
    wall = 0.0012
    rings = trough(size, depth, 0.010, wall)
    pieces = [of(slot, shell(rings, size, 0.02))]
    tags = ("cookware", "stackable")
    if depth > 0.04:
        for side in (1, -1):
            path = np.array([(-0.05, 0, 0), (-0.045, 0, 0.022), (0.045, 0, 0.022), (0.05, 0, 0)])
            bar = solids.tube(rounded_path(path), 0.003, 8)
            pieces.append(of("chrome", bar.moved(0, side * (size[1] / 2 + 0.016), depth - 0.001)))
    mesh = Mesh.merged(pieces)
    x, y = size
    return thing(
        id, title, "baking_tray", mesh, tray_proxy(size, depth, 0.010, 0.002),
        TRAYS.format(f"{1000 * y:.0f} x {1000 * x:.0f} mm"),
        markers={"opening": at(z=wall), "rim": at(z=depth + wall), "grasp": at(0, y / 2 + 0.012, depth),
        "grasp_left": at(0, -y / 2 - 0.012, depth)},
        rests={"leaning": leaning(mesh), "upside_down": upside_down(mesh)}, stack=0.0050 if depth < 0.04 else 0.0,
        tags=tags,
    )  # fmt: skip


def rounded_path(points: np.ndarray, radius: float = 0.010) -> np.ndarray:
    """Returns a path of (N, 3) points in the XZ plane with round bends."""
    line = rounded(points[:, [0, 2]], radius, 4)
    return np.column_stack([line[:, 0], np.zeros(len(line)), line[:, 1]])


def _cake_tin() -> Asset:
    radius, height, wall = 0.13, 0.068, 0.0012
    line = [(0, 0), (radius - 0.001, 0), (radius, 0.004), (radius, height - 0.002), (radius + 0.004, height)]
    profile = vessel(rounded(line, [0, 0.001, 0.002, 0.002, 0], 3), wall)
    mesh = Mesh.merged(
        [
            of("coating", lathe(profile, 52)),
            of("chrome", solids.box((0.008, 0.05, 0.035), (radius + 0.004, 0, 0.036), 0.002)),
        ]
    )
    proxy = joined(
        hollow([(radius, 0.002), (radius, height)], 0.003, (0, 0.003)),
        boxes(((radius, -0.025, 0.018), (radius + 0.008, 0.025, 0.054))),
    )
    return thing(
        "cake_tin_a", "Springform, 26 cm", "baking_tray", mesh, proxy, TRAYS.format("26 cm across"), tags=("cookware",),
        markers={"opening": at(z=wall), "rim": at(z=height), "grasp": at(radius)},
        rests={"upside_down": upside_down(mesh)},
    )  # fmt: skip


def _colander() -> Asset:
    """Returns a colander of 24 cm with holes of 5 mm in rings, on a foot, with two handles."""
    radius, z0, depth, wall = 0.12, 0.014, 0.100, 0.0012

    def surface(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        bend = np.pi / 2 * v
        r = 0.012 + (radius - 0.012) * np.sin(bend) ** 0.9
        return np.stack([r * np.cos(u), r * np.sin(u), z0 + depth * (1 - np.cos(bend) ** 1.15 * 1.0)], -1)

    u, v = np.linspace(0, 2 * np.pi, 25), np.linspace(0.04, 0.965, 8)
    holes = np.zeros((24, 7), bool)
    holes[:, 2:6] = True
    holes[::2, 1] = True
    bowl = perforated(surface, u, v, holes, 0.52, wall)
    low, high = surface(np.zeros(2), v[[0, -1]])
    rim = np.column_stack(
        [
            high[0] + 0.0045 * np.cos(np.linspace(0, 2 * np.pi, 10, False)) + 0.002,
            high[2] + 0.003 * np.sin(np.linspace(0, 2 * np.pi, 10, False)),
        ]
    )
    floor = lathe([(0, low[2] - 0.002), (low[0] + 0.002, low[2] - 0.002), (low[0] + 0.002, low[2]), (0, low[2])], 32)
    foot = np.array([(0.054, 0.0), (0.0555, 0.0), (0.0535, 0.024), (0.052, 0.024)])
    pieces = [of("steel", bowl, floor), of("chrome", lathe(rim, 40), lathe(foot, 40))]
    proxies = [hollow([(0.05, 0.018), (0.09, 0.045), (radius, high[2])], 0.003, (0.0, 0.018))]
    for side in (1, -1):
        handle, box = loop_handle(high[0] + 0.003, high[2] - 0.002, 0.09, 0.03, 0.007, side)
        pieces.append(of("chrome", handle))
        proxies.append(box)
    mesh = Mesh.merged(pieces)
    return thing(
        "colander_a", "Colander, 24 cm", "colander", mesh, joined(*proxies),
        "Own model. Colanders of 24 cm, as makers list them.",
        markers={"opening": at(z=0.018), "rim": at(z=high[2]), "grasp": at(0, radius + 0.03, high[2])},
        tags=("cookware",),
        rests={"upside_down": upside_down(mesh)},
    )  # fmt: skip


def _mixing_bowl(id: str, title: str, radius: float, height: float, slot: str) -> Asset:
    base = 0.45 * radius
    if slot == "steel":
        line = [
            (0, 0),
            (base, 0),
            (0.9 * radius, 0.45 * height),
            (radius - 0.004, height - 0.001),
            (radius + 0.004, height),
        ]
        profile = vessel(rounded(line, [0, 0.02, 0.06, 0.002, 0], 6), 0.0011)
        slots = coloured()
    else:
        line = [
            (0, 0),
            (0.5 * radius, 0),
            (0.78 * radius, 0.35 * height),
            (radius - 0.006, height - 0.03),
            (radius - 0.004, height - 0.024),
            (radius, height - 0.022),
            (radius, height),
        ]
        profile = vessel(rounded(line, [0, 0.012, 0.08, 0.002, 0.002, 0.003, 0], 5), (0.006, 0.007))
        slots = coloured(glaze=(0.50, 0.36, 0.20), inside=(0.78, 0.75, 0.68))
    lining = "inside" if slot == "glaze" else slot
    mesh = lathe(profile, 52, np.where(inside(profile), slot_number(lining), slot_number(slot)))
    walls = [
        (np.interp(z, [0, 0.4 * height, height], [base + 0.006, 0.88 * radius, radius - 0.002]), z)
        for z in np.array([0.03, 0.4, 1.0]) * height
    ]
    return thing(
        id, title, "mixing_bowl", mesh, hollow(walls, 0.004, (0, 0.006)),
        f"Own model. Mixing bowls of {200 * radius:.0f} cm, as makers list them.",
        slots=slots, markers={"opening": at(z=0.006 if slot == "glaze" else 0.0012), "rim": at(z=float(profile[:,
        1].max())), "grasp": at(radius)},
        rests={"upside_down": upside_down(mesh)}, stack=nested(profile), tags=("cookware", "stackable"),
    )  # fmt: skip


def _measuring_jug() -> Asset:
    """Returns a measuring jug of one litre with its scale."""
    body = rounded([(0, 0), (0.048, 0), (0.053, 0.006), (0.062, 0.148)], [0, 0.004, 0.004, 0], 4)
    profile = vessel(body, (0.0035, 0.0028))
    pot = lipped(of("glass", lathe(profile, 48)), 0.148, 0.03, 0.013)
    path = ear(body[body[:, 1] > 0.004], 0.030, 0.132, 0.040)
    handle = of("glass", limb(path, 0.018, 0.009, square=0.6))
    scale = []
    for number in range(2, 11):
        z = 0.006 + 0.0125 * number
        radius = np.interp(z, body[:, 1], body[:, 0]) + 0.0003
        angles = np.deg2rad(90 + np.linspace(-16 if number % 2 == 0 else -8, 0, 6))
        for low, high in ((z, z + 0.0008),):
            strip = [(radius * np.cos(a), radius * np.sin(a), level) for a in angles for level in (low, high)]
            scale.append(Mesh.from_faces(strip, np.array([(2 * k + 2, 2 * k, 2 * k + 1, 2 * k + 3) for k in range(5)])))
        if number % 2 == 0:
            text = lettering.text(str(100 * number), 0.006, 0.0, "middle")
            flat = text.vertices
            turn = np.deg2rad(97) - flat[:, 0] / radius
            text = Mesh(
                np.stack([radius * np.cos(turn), radius * np.sin(turn), z - 0.0025 + flat[:, 1]], -1),
                text.corners,
                text.sizes,
                text.slots,
                text.smooth,
            )
            scale.append(text.flipped() if _inward(text) else text)
    mesh = Mesh.merged([pot, handle, of("red", *map(printed, scale))])
    proxy = joined(hollow([(0.05, 0.004), (0.061, 0.148)], 0.003, (0, 0.004)), handle_boxes(path, 0.018, 0.009, 4))
    return thing(
        "measuring_jug_a", "Measuring jug, 1 l", "measuring_jug", mesh, proxy,
        "Own model. Measuring jugs of 1 l, as makers list them.",
        markers={"opening": at(z=0.0036), "rim": at(z=0.148), "spout": at(-0.075, 0, 0.149), "grasp": at(0.1, 0, 0.08)},
        rests={"upside_down": upside_down(mesh)}, tags=("cookware", "glass"),
    )  # fmt: skip


def _inward(mesh: Mesh) -> bool:
    """Says whether the first face of lettering round a jug looks at its axis."""
    a, b, c = mesh.vertices[mesh.corners[:3]]
    return float(np.cross(b - a, c - a) @ (a * (1, 1, 0))) < 0
