"""What one stirs, turns and beats with, lying: +X points from the handle to the working end. Lengths of 27 to 34 cm.

Lengths as makers list kitchen helpers.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from blend_assets.scripts.fittings import curve
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import Array, lathe, limb, rounded, vessel
from blend_assets.scripts.kitchen.things import bounding, thing
from blend_assets.scripts.model import Asset, AssetPart, at, turned
from buildee.layout import solids
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint

SOURCE = "Own model. Kitchen helpers as makers list them: {}."
_LYING = np.array([[0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]], float)
"""Takes what is lathed about Z to lie along +X."""


def assets() -> list[Asset]:
    """Returns spatulas, a ladle, wooden spoons, a whisk and tongs."""
    return [
        _made("spatula_a", "Slotted turner", "spatula", turner(), "33 cm"),
        _made("spatula_b", "Silicone scraper", "spatula", scraper(), "28 cm"),
        _made("ladle_a", "Ladle, 10 cl", "ladle", ladle(), "30 cm, bowl of 9 cm"),
        _made("wooden_spoon_a", "Wooden spoon", "wooden_spoon", wooden_spoon(0.30, 0.052), "30 cm"),
        _made("wooden_spoon_b", "Olive-wood spatula", "wooden_spoon", wooden_turner(), "30 cm"),
        _made("whisk_a", "Whisk", "whisk", whisk(), "27 cm"),
        _tongs(),
    ]


def _made(id: str, title: str, category: str, mesh: Mesh, size: str) -> Asset:
    low, high = mesh.bounds
    mesh = mesh.moved(-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2])
    low, high = mesh.bounds
    cuts = np.linspace(low[0], high[0], 5)
    spans = [
        mesh.vertices[(mesh.vertices[:, 0] >= a - 0.012) & (mesh.vertices[:, 0] <= b + 0.012)]
        for a, b in pairwise(cuts)
    ]
    proxy = bounding(*(Mesh.from_faces(points, np.zeros((0, 3), np.int32)) for points in spans if len(points)))
    grip = spans[0].mean(0)
    slots = coloured(wood=(0.42, 0.22, 0.085)) if id == "wooden_spoon_b" else coloured()
    return thing(
        id, title, category, mesh, proxy, SOURCE.format(size), slots=slots, tags=("utensil",),
        markers={"grasp": at(low[0] + 0.06, 0, grip[2]), "tip": at(high[0])},
    )  # fmt: skip


def spine(points: list[tuple[float, float]], count: int) -> Array:
    """Returns (count, 3) points on a curve through (x, z) points."""
    line = curve(points, count)
    return np.column_stack([line[:, 0], np.zeros(count), line[:, 1]])


def grip(length: float, width: float, slot: str) -> Mesh:
    """Returns a handle from x = 0 to `length` with a steel ring at its end to hang it on."""
    path = spine([(0.004, 0), (0.3 * length, 0.001), (length, 0)], 14)
    t = np.linspace(0, 1, 14)
    bar = limb(
        path, width * np.interp(t, [0, 0.4, 0.85, 1], [0.9, 1.0, 0.7, 0.6]), 0.7 * width, square=0.8, segments=12
    )
    eye = lathe(
        [(0.0042, -0.0015), (0.0062, -0.0015), (0.0068, 0), (0.0062, 0.0015), (0.0042, 0.0015), (0.0037, 0)], 16
    )
    return Mesh.merged([of(slot, bar), of("chrome", eye.moved(-0.004))])


def turner() -> Mesh:
    """Returns a slotted turner of steel: the blade of four bars between two ends, bent off the handle."""
    neck = limb(
        spine([(0.10, 0), (0.16, -0.001), (0.225, -0.012), (0.245, -0.0165)], 16),
        np.linspace(0.009, 0.016, 16),
        0.0035,
        square=0.7,
    )

    def bar(x0: float, x1: float, y0: float, y1: float, count: int = 2) -> Mesh:
        xs = np.linspace(x0, x1, count)
        path = np.column_stack([xs, np.full(count, (y0 + y1) / 2), np.full(count, -0.0165)])
        return limb(path, y1 - y0, 0.0013, square=0.35, segments=12, round_ends=False)

    bars = [bar(0.252, 0.318, y - 0.0048, y + 0.0048) for y in np.linspace(-0.0345, 0.0345, 6)]
    root = limb(
        [(0.238, 0, -0.0158), (0.247, 0, -0.0165), (0.2535, 0, -0.0165)], [0.022, 0.070, 0.0786], 0.0014, square=0.5
    )
    tip = limb(
        [(0.3165, 0, -0.0165), (0.325, 0, -0.0165), (0.330, 0, -0.0165)], [0.0786, 0.0786, 0.074], 0.0013, square=0.4
    )
    return Mesh.merged([grip(0.115, 0.019, "plastic"), of("steel", neck, *bars, root, tip)])


def scraper() -> Mesh:
    """Returns a scraper: a silicone blade, rounded at one corner, on a wooden stick."""
    stick = limb(
        spine([(0, 0), (0.1, 0.0008), (0.21, 0)], 12),
        np.interp(np.linspace(0, 1, 12), [0, 0.3, 1], [0.016, 0.0165, 0.011]),
        0.0105,
        segments=12,
    )
    x = np.linspace(0.185, 0.282, 14)
    t = (x - x[0]) / (x[-1] - x[0])
    width = np.interp(t, [0, 0.12, 0.35, 0.85, 1], [0.017, 0.030, 0.052, 0.055, 0.044])
    path = np.column_stack([x, 0.002 * t, np.zeros(14)])
    blade = limb(path, width, np.interp(t, [0, 0.25, 1], [0.014, 0.0105, 0.004]), square=0.6, segments=18)
    return Mesh.merged([of("wood", stick), of("red", blade)])


def ladle() -> Mesh:
    """Returns a ladle whose bowl stands level beside a handle that rises from its rim."""
    profile = vessel(rounded([(0, 0), (0.022, 0), (0.043, 0.022), (0.045, 0.034)], [0, 0.02, 0.02, 0], 5), 0.0012)
    bowl = lathe(profile, 36)
    path = spine([(-0.043, 0.031), (-0.058, 0.043), (-0.11, 0.050), (-0.20, 0.049), (-0.262, 0.046)], 24)
    t = np.linspace(0, 1, 24)
    handle = limb(
        path,
        np.interp(t, [0, 0.15, 0.4, 1], [0.016, 0.011, 0.010, 0.019]),
        np.interp(t, [0, 1], [0.003, 0.0028]),
        square=0.7,
    )
    hook = limb(
        spine([(-0.262, 0.046), (-0.272, 0.042), (-0.276, 0.034), (-0.270, 0.029)], 10), 0.012, 0.0026, square=0.7
    )
    return of("steel", bowl, handle, hook)


def wooden_spoon(length: float, width: float) -> Mesh:
    """Returns a wooden spoon lying with its bowl up."""
    x = np.linspace(0, length, 36)
    t = x / length
    wide = np.interp(
        t,
        [0, 0.03, 0.7, 0.78, 0.84, 0.91, 0.96, 0.985, 1],
        [0.010, 0.0125, 0.0115, 0.014, 0.036, width, 0.9 * width, 0.62 * width, 0.26 * width],
    )
    deep = np.interp(t, [0, 0.7, 0.85, 1], [0.0105, 0.010, 0.008, 0.005])
    dish = np.interp(t, [0, 0.77, 0.91, 1], [0, 0, 0.0075, 0.002])
    path = np.column_stack([x, np.zeros(36), np.interp(t, [0, 0.75, 0.91, 1], [0, 0, -0.0035, 0.001])])
    return of("wood", limb(path, wide, deep, dish=dish, segments=18))


def wooden_turner() -> Mesh:
    """Returns a flat wooden spatula."""
    t = np.linspace(0, 1, 30)
    wide = np.interp(t, [0, 0.05, 0.6, 0.72, 0.97, 1], [0.014, 0.019, 0.016, 0.030, 0.062, 0.058])
    path = np.column_stack([0.30 * t, np.zeros(30), np.interp(t, [0, 0.6, 1], [0, 0.002, -0.001])])
    return of("wood", limb(path, wide, np.interp(t, [0, 0.6, 1], [0.0095, 0.009, 0.0035]), square=0.7, segments=16))


def whisk() -> Mesh:
    """Returns a balloon whisk of twelve wires, lying."""
    t = np.linspace(0, np.pi, 17)
    wires = []
    for number in range(6):
        reach, wide = 0.142 - 0.004 * (number % 3), 0.031 - 0.0015 * (number % 2)
        loop = np.column_stack([wide * np.sin(t) ** 0.9 * np.sign(np.cos(t)), np.zeros(17), reach * np.sin(t)])
        loop[:, 0] = wide * np.cos(t) * (np.sin(t) ** 0.35 * 0.92 + 0.16)
        turn = turned("z", number * np.pi / 6)
        wires.append(solids.tube(loop @ turn[:3, :3].T, 0.0009, 6).moved(z=0.118))
    collar = lathe(rounded([(0, 0.105), (0.0085, 0.105), (0.0095, 0.118), (0.008, 0.124), (0, 0.125)], 0.002, 3), 20)
    handle = lathe(
        rounded([(0, 0), (0.008, 0.001), (0.0125, 0.03), (0.0085, 0.105), (0, 0.106)], [0, 0.004, 0.03, 0.001, 0], 4),
        20,
    )
    mesh = Mesh.merged([of("steel", *wires), of("chrome", collar, handle)])
    return mesh.transformed(_LYING)


def _tongs() -> Asset:
    """Returns kitchen tongs of 24 cm: two arms that turn about a pin, half open at rest."""

    def arm() -> Mesh:
        path = np.array([(0, 0, 0), (0.06, 0, 0), (0.14, 0, 0), (0.195, 0, 0), (0.222, 0, 0), (0.24, 0, 0)])
        path[:, 1] = [0.002, 0.010, 0.013, 0.009, 0.004, -0.001]
        line = curve(path, 26)
        t = np.linspace(0, 1, 26)
        strip = limb(
            line,
            np.interp(t, [0, 0.3, 0.75, 0.9, 1], [0.016, 0.019, 0.018, 0.032, 0.028]),
            0.0014,
            (0, 0, 1),
            dish=0.002,
            square=0.5,
        )
        pad = limb(line[6:16] + np.array((0, 0.0018, 0)), 0.014, 0.003, (0, 0, 1), square=0.6)
        both = Mesh.merged([of("steel", strip), of("plastic", pad)])
        return both.moved(z=-both.bounds[0, 2])

    upper = arm()
    lower = upper.transformed(np.diag([1.0, -1.0, 1.0, 1.0]))
    pin = of(
        "chrome",
        lathe(rounded([(0, 0.004), (0.0045, 0.004), (0.0045, 0.029), (0, 0.029)], [0, 0.001, 0.001, 0], 3), 16),
    )
    open_angle = np.deg2rad(8)
    shift = turned("z", -open_angle, (-0.12, 0, 0))
    first = Mesh.merged([lower, pin]).transformed(shift)
    hinge = AssetPart(
        "arm", upper, "body", turned("z", open_angle, (-0.12, 0, 0)), Joint("hinge", (0, 0, 1), (-2 * open_angle,
        0.25)),
        bounding(upper), {"tip": at(0.24, 0, 0.0165)},
    )  # fmt: skip
    return thing(
        "tongs_a", "Kitchen tongs", "tongs", first, bounding(first), SOURCE.format("24 cm"), parts=(hinge,),
        tags=("utensil", "rigged"),
        markers={"grasp": at(-0.03, -0.02, 0.0165), "tip": at(0.12, -0.035, 0.0165)},
    )  # fmt: skip
