"""Pots: cooking pots, saucepans and casseroles with their lids.

Sizes of EN 12983-1 (inner diameters of 14 to 28 cm in steps of 2); heights and handles as makers list them.
"""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.fittings import curve
from blend_assets.scripts.kitchen.finishes import coloured, of, slot_number
from blend_assets.scripts.kitchen.forms import Array, inside, lathe, limb, rounded, vessel
from blend_assets.scripts.kitchen.things import (
    drum,
    handle_boxes,
    hollow,
    joined,
    ring_boxes,
    settled,
    thing,
    upside_down,
)
from blend_assets.scripts.model import Asset, at, turned
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Proxy

SOURCE = "Own model. Inner diameter of EN 12983-1: {}."


def assets() -> list[Asset]:
    """Returns pots and their lids. A lid's frame stands on the rim's plane: put it on the pot's marker "rim"."""
    white = coloured(enamel=(0.66, 0.63, 0.56))
    return [
        _pot("cooking_pot_a", "Cooking pot, 24 cm", 0.12, 0.135),
        _pot("cooking_pot_b", "Stock pot, 20 cm", 0.10, 0.160),
        _pot("cooking_pot_c", "Low pot, 18 cm", 0.09, 0.085),
        _saucepan("saucepan_a", "Saucepan, 16 cm", 0.08, 0.085, "steel"),
        _saucepan("saucepan_b", "Milk pan, 14 cm, enamelled", 0.07, 0.095, "enamel"),
        _casserole("casserole_a", "Casserole, 26 cm", 0.13, 0.115, coloured()),
        _casserole("casserole_b", "Casserole, 22 cm", 0.11, 0.105, white),
        _steel_lid("lid_24_a", "Lid, 24 cm", 0.12),
        _steel_lid("lid_20_a", "Lid, 20 cm", 0.10),
        _glass_lid("lid_18_a", "Glass lid, 18 cm", 0.09),
        _glass_lid("lid_16_a", "Glass lid, 16 cm", 0.08),
        _iron_lid("lid_casserole_26_a", "Lid of a casserole, 26 cm", 0.13, coloured()),
        _iron_lid("lid_casserole_22_a", "Lid of a casserole, 22 cm", 0.11, white),
    ]


def can(radius: float, height: float, wall: float, slot: str, lining: str, flare: float = 0.004) -> tuple[Mesh, Proxy]:
    """Returns a pot without handles, on a thick base, its rim turned out, and its proxy; `radius` is inside."""
    outer = radius + wall
    line = [(0, 0), (outer - 0.006, 0), (outer, 0.008), (outer, height - 0.008), (outer + flare, height)]
    profile = vessel(rounded(line, [0, 0.006, 0.006, 0.008, 0]), (0.006, wall))
    slots = np.where(inside(profile), slot_number(lining), slot_number(slot))
    proxy = hollow([(radius + wall / 2, 0.006), (radius + wall / 2, height)], max(wall, 0.002), (0, 0.006))
    return lathe(profile, 48, slots), proxy


def loop_handle(radius: float, z: float, width: float, reach: float, bar: float, side: int) -> tuple[Mesh, Proxy]:
    """Returns a loop on the side of a pot, level, its ends on the wall.

    Args:
        radius: outside of the wall.
        z: height of the handle.
        width: between its ends along the wall.
        reach: how far it stands off.
        bar: how thick it is.
        side: +1 at +Y, -1 at -Y.
    """
    half = width / 2
    sink = radius - np.sqrt(radius**2 - half**2) + 0.002
    knots = [(-half, -sink), (-0.95 * half, 0.55 * reach), (-0.5 * half, reach), (0.5 * half, reach)]
    knots += [(0.95 * half, 0.55 * reach), (half, -sink)]
    line = curve(knots, 24)
    path = np.column_stack(
        [line[:, 0], side * (radius + line[:, 1]), np.full(24, z) + 0.25 * np.maximum(line[:, 1], 0)]
    )
    mesh = limb(path, bar * 1.25, bar * 0.8, (0, 0, 1), square=0.75, segments=10)
    proxy = handle_boxes(path, bar, bar * 1.2, 3)
    return mesh, proxy


def _rivets(radius: float, z: float, width: float, side: int) -> list[Mesh]:
    half = width / 2
    y = np.sqrt(radius**2 - half**2)
    plates = []
    for sign in (-1, 1):
        plate = lathe(
            rounded([(0, -0.002), (0.011, -0.002), (0.011, 0.001), (0.006, 0.003), (0, 0.0032)], 0.001, 3), 18
        )
        yaw = np.arctan2(side * y, sign * half)
        plates.append(plate.transformed(turned("z", yaw, (sign * half, side * y, z)) @ turned("y", np.pi / 2)))
    return plates


def _pot(id: str, title: str, radius: float, height: float) -> Asset:
    wall = 0.0011
    body, proxy = can(radius, height, wall, "steel", "steel")
    pieces, proxies = [body], [proxy]
    z = height - 0.026
    for side in (1, -1):
        handle, box = loop_handle(radius + wall, z, 0.082, 0.036, 0.0085, side)
        pieces += [of("chrome", handle, *_rivets(radius + wall, z, 0.082, side))]
        proxies.append(box)
    mesh = Mesh.merged(pieces)
    return thing(
        id, title, "cooking_pot", mesh, joined(*proxies), SOURCE.format(f"{200 * radius:.0f} cm"), tags=("cookware",),
        markers={"opening": at(z=0.006), "rim": at(z=height + 0.0006), "grasp": at(0, radius + 0.034, z),
        "grasp_left": at(0, -radius - 0.034, z)},
        rests={"upside_down": upside_down(mesh)},
    )  # fmt: skip


def stick_handle(
    radius: float, z: float, length: float, slot: str, rise: float = 0.02, width: float = 0.021
) -> tuple[Mesh, Proxy]:
    """Returns a long handle towards +X with a tang that is riveted to the wall, a hanging eye at its end, and boxes."""
    start, end = radius - 0.001, radius + length
    knots = [
        (start, z),
        (start + 0.03, z + 0.1 * rise),
        (start + 0.4 * length, z + 0.7 * rise),
        (end - 0.012, z + rise),
    ]
    line = curve(knots, 22)
    path = np.column_stack([line[:, 0], np.zeros(22), line[:, 1]])
    t = np.linspace(0, 1, 22)
    tang = limb(path[:9], np.interp(t[:9], [0, 0.12, 0.4], [0.034, 0.018, 0.012]), 0.0035, square=0.7, segments=10)
    grip = limb(
        path[5:],
        width * np.interp(t[5:], [0.22, 0.4, 0.75, 1], [0.7, 0.85, 1.0, 0.95]),
        0.6 * width,
        square=0.7,
        segments=12,
    )
    eye = lathe(
        np.array([(0.0062, -0.0028), (0.0098, -0.0028), (0.0108, 0), (0.0098, 0.0028), (0.0062, 0.0028), (0.0054, 0)]),
        20,
    )
    mesh = Mesh.merged([of("chrome", tang), of(slot, grip), of("chrome", eye.moved(end + 0.004, 0, z + rise))])
    return mesh, joined(
        handle_boxes(path, width, 0.6 * width, 3), handle_boxes([path[-1], (end + 0.014, 0, z + rise)], 0.02, 0.006, 1)
    )


def _saucepan(id: str, title: str, radius: float, height: float, finish: str) -> Asset:
    wall = 0.0012
    enamelled = finish == "enamel"
    body, proxy = can(radius, height, wall, finish, "inside" if enamelled else "steel", 0.003)
    handle, boxes = stick_handle(radius + wall, height - 0.022, 0.175, "wood" if enamelled else "plastic")
    mesh = Mesh.merged([body, handle])
    shift = -(mesh.bounds[0, 0] + mesh.bounds[1, 0]) / 2 * 0.0
    return thing(
        id, title, "saucepan", mesh.moved(shift), joined(proxy, boxes), SOURCE.format(f"{200 * radius:.0f} cm"),
        tags=("cookware",),
        slots=coloured(enamel=(0.10, 0.16, 0.24)) if enamelled else coloured(),
        markers={"opening": at(z=0.006), "rim": at(z=height + 0.0006), "grasp": at(radius + 0.12, 0, height - 0.006)},
        rests={"upside_down": settled(mesh, turned("x", np.pi))},
    )  # fmt: skip


def _casserole(id: str, title: str, radius: float, height: float, slots) -> Asset:
    """Returns a round casserole of enamelled cast iron, walls of 4 mm."""
    wall = 0.0042
    line = [(0, 0), (0.86 * radius, 0), (radius + wall, 0.03), (radius + wall, height)]
    profile = vessel(rounded(line, [0, 0.02, 0.03, 0], 5), (0.005, wall))
    mid = (profile[:-1] + profile[1:]) / 2
    lining = np.where(inside(profile), slot_number("inside"), slot_number("enamel"))
    lining[(mid[:, 1] < 0.001) | (mid[:, 1] > height - 0.0004)] = slot_number("iron")
    pieces = [lathe(profile, 52, lining)]
    proxies = [
        hollow([(0.88 * radius, 0.006), (radius + wall / 2, 0.03), (radius + wall / 2, height)], wall, (0, 0.006))
    ]
    for side in (1, -1):
        handle, box = loop_handle(radius + wall, height - 0.020, 0.092, 0.030, 0.013, side)
        pieces.append(of("enamel", handle))
        proxies.append(box)
    mesh = Mesh.merged(pieces)
    return thing(
        id, title, "casserole", mesh, joined(*proxies), SOURCE.format(f"{200 * radius:.0f} cm"), slots=slots,
        tags=("cookware",),
        markers={"opening": at(z=0.0055), "rim": at(z=float(profile[:, 1].max())), "grasp": at(0, radius + 0.03,
        height - 0.015), "grasp_left": at(0, -radius - 0.03, height - 0.015)},
        rests={"upside_down": upside_down(mesh)},
    )  # fmt: skip


def _lid(id: str, title: str, radius: float, dome: Mesh, knob: Mesh, height: float, slots) -> Asset:
    """Returns a lid whose z = 0 is where it rests; its skirt reaches below into the pot."""
    mesh = Mesh.merged([dome, knob])
    low, high = mesh.bounds[:, 2]
    edge = ring_boxes([(radius - 0.001, 0.003), (0.6 * radius, 0.7 * height)], 0.004)
    skirt = ring_boxes([(radius - 0.0045, low), (radius - 0.0045, 0.004)], 0.002)
    proxy = joined(edge, skirt, drum(0.62 * radius, 0.6 * height, height + 0.003), drum(0.018, height, high))
    mesh, lift = mesh.moved(z=-low), at(z=-low)
    proxy = Proxy(lift @ proxy.poses, proxy.half)
    return thing(
        id, title, "lid", mesh, proxy, SOURCE.format(f"{200 * radius:.0f} cm"), slots=slots, tags=("cookware",),
        markers={"seat": lift, "grasp": at(z=high - low - 0.008)}, rests={"upside_down": upside_down(mesh),
        "leaning": settled(mesh, turned("y", np.deg2rad(78)))},
    )  # fmt: skip


def _dome(radius: float, rise: float, thick: float, skirt: float) -> Array:
    """Returns the closed profile of a shallow dome with a rim that lies on the pot and a skirt that fits into it."""
    inner = radius - 0.0035
    outer = [
        (inner - 0.001, -skirt),
        (inner, -skirt),
        (inner, 0.0),
        (radius + 0.004, 0.0),
        (radius + 0.004, thick + 0.0008),
    ]
    top = [(radius - 0.006, thick + 0.002), (0.7 * radius, rise * 0.72), (0, rise)]
    under = [(0, rise - thick), (0.7 * radius, rise * 0.72 - thick), (inner - 0.001, 0.001)]
    lower = rounded([*outer, *top], [0, 0, 0, 0.0006, 0.001, 0.008, 0.12, 0], 4)
    return np.concatenate([rounded([*under, outer[0]], [0, 0.1, 0.001, 0], 4), lower[1:]])


def _knob(z: float, slot: str, base: str) -> Mesh:
    knob = rounded(
        [(0, z + 0.007), (0.009, z + 0.007), (0.020, z + 0.019), (0.019, z + 0.026), (0, z + 0.029)],
        [0, 0.003, 0.005, 0.004, 0],
        4,
    )
    stalk = rounded(
        [
            (0, z - 0.003),
            (0.013, z - 0.003),
            (0.013, z + 0.002),
            (0.007, z + 0.004),
            (0.007, z + 0.010),
            (0, z + 0.010),
        ],
        [0, 0, 0.001, 0.002, 0, 0],
        3,
    )
    return Mesh.merged([of(slot, lathe(knob, 28)), of(base, lathe(stalk, 24))])


def _steel_lid(id: str, title: str, radius: float) -> Asset:
    rise = 0.020
    dome = of("steel", lathe(_dome(radius, rise, 0.0010, 0.007), 48))
    bow = curve(
        [
            (-0.030, rise - 0.004),
            (-0.027, rise + 0.018),
            (-0.012, rise + 0.027),
            (0.012, rise + 0.027),
            (0.027, rise + 0.018),
            (0.030, rise - 0.004),
        ],
        20,
    )
    handle = limb(np.column_stack([bow[:, 0], np.zeros(20), bow[:, 1]]), 0.011, 0.006, square=0.75, segments=10)
    return _lid(id, title, radius, dome, of("chrome", handle), rise, coloured())


def _glass_lid(id: str, title: str, radius: float) -> Asset:
    rise = 0.024
    dome = of("glass", lathe(_dome(radius - 0.002, rise, 0.004, 0.004), 44))
    band = np.array(
        [
            (radius - 0.001, 0.0),
            (radius + 0.003, 0.0),
            (radius + 0.0036, 0.0026),
            (radius + 0.003, 0.0054),
            (radius - 0.004, 0.0064),
            (radius - 0.005, 0.0058),
        ]
    )
    return _lid(
        id,
        title,
        radius,
        dome,
        Mesh.merged([of("chrome", lathe(band, 44)), _knob(rise, "plastic", "chrome")]),
        rise,
        coloured(),
    )


def _iron_lid(id: str, title: str, radius: float, slots) -> Asset:
    rise = 0.024
    dome = of("enamel", lathe(_dome(radius, rise, 0.0042, 0.006), 48))
    return _lid(id, title, radius, dome, _knob(rise, "plastic", "chrome"), rise, slots)
