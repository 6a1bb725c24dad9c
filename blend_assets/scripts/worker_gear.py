"""What some workers wear besides: tool belt, radio, ear defenders, hood, tied hair, shorts. Metres, stature 1.75 m."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.worker_form import Rings, around, band, bent_tube, cast, cloth, displaced, skin
from blend_assets.scripts.worker_style import Style, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh


def tool_belt(rings: Rings) -> list[Mesh]:
    """Returns a belt over the skin of the lower vest with two pouches behind the hips and a hammer in one of them.

    The pouches hang where neither hanging arms nor bending thighs come.
    """
    low, high = -0.088, -0.045
    strap = band(rings, low, high, 0.006, rows=2)
    pieces = [made_of("belt", strap)]
    ring = rings[np.abs(rings[:, :, 2].mean(1) - low).argmin()]
    for side in (1, -1):
        angle = side * np.deg2rad(128)
        toward = np.array([np.cos(angle), np.sin(angle)])
        reach = (ring[:, :2] @ toward).max()
        turn = np.eye(4)
        turn[:2, :2] = [[toward[0], -toward[1]], [toward[1], toward[0]]]
        turn[:3, 3] = [*(toward * (reach + 0.026)), low - 0.055]
        pouch = solids.box((0.052, 0.15, 0.165), chamfer=0.012)
        flap = solids.box((0.058, 0.155, 0.05), (0.002, 0, 0.055), chamfer=0.012)
        pieces += [made_of("belt", piece.transformed(turn)) for piece in (pouch, flap)]
        if side < 0:
            shaft = bent_tube(
                [(0.012, 0.03, -0.12), (0.012, 0.03, 0.07), (0.012, 0.03, 0.135)], [0.011, 0.010, 0.009], 7, 4
            )
            head = solids.box((0.026, 0.115, 0.026), (0.012, 0.03, 0.135), chamfer=0.006)
            pieces += [made_of("grip", shaft.transformed(turn)), made_of("gear", head.transformed(turn))]
    return pieces


def worn(style: Style, torso: Mesh) -> Mesh:
    """Returns the upper vest with what hangs on it: a radio on the left chest, a hood behind the neck."""
    pieces = [torso]
    if style.radio:
        place = cast(torso, [(0.0, 0.105, 0.125)], [(1.0, 0.0, 0.0)])[0] + (0.012, 0, 0)
        case = solids.box((0.032, 0.056, 0.115), chamfer=0.006).moved(*place)
        aerial = bent_tube([(0, 0.018, 0.05), (0, 0.018, 0.13), (0, 0.018, 0.155)], [0.006, 0.0045, 0.004], 6, 4)
        pieces += [made_of("gear", case), made_of("gear", aerial.moved(*place))]
    if style.hood:
        outline = [(0.0, 0.1, 0.285), (-0.075, 0.105, 0.30), (-0.135, 0.06, 0.285), (-0.15, 0.0, 0.272)]
        outline += [(x, -y, z) for x, y, z in outline[-2::-1]]
        roll = bent_tube(outline, [0.016, 0.028, 0.036, 0.040, 0.036, 0.028, 0.016], 8, 11)
        drop = around((-0.145, 0.0, 0.215), (0.036, 0.095, 0.085), 12, 7)
        pieces += [made_of("shirt", roll), made_of("shirt", drop)]
    return Mesh.merged(pieces)


def tied_hair(kind: str) -> Mesh:
    """Returns hair tied at the nape, "tail" or "bun"; origin at the middle of the head at eye height."""
    knot = around((-0.104, 0.0, -0.045), (0.030, 0.034, 0.032), 10, 7)
    if kind == "bun":
        return knot
    tail = [(-0.105, 0.0, -0.045), (-0.135, 0.0, -0.075), (-0.148, 0.004, -0.14), (-0.150, 0.010, -0.215)]
    tail.append((-0.146, 0.012, -0.255))
    return Mesh.merged([knot, bent_tube(tail, [0.020, 0.026, 0.027, 0.019, 0.006], 9, 12)])


def ear_defenders(raised: bool) -> list[Mesh]:
    """Returns ear defenders with the arms that hold them to the helmet; origin as for hair."""
    pieces = []
    for side in (1, -1):
        y, z = (0.124, 0.085) if raised else (0.088, -0.018)
        cup = around((-0.006, side * y, z), (0.034, 0.021, 0.041), 10, 6)
        shell = around((-0.006, side * (y + 0.010), z), (0.027, 0.018, 0.034), 10, 4)
        arm = [(-0.006, side * (y + 0.02), z), (-0.006, side * 0.121, 0.035), (-0.006, side * 0.108, 0.048)]
        holder = bent_tube(arm, [0.006, 0.006, 0.008], 5, 3)
        pieces += [made_of("gear", cup), made_of("helmet_harness", shell), made_of("gear", holder)]
    return pieces


def bare_shin(style: Style) -> Mesh:
    """Returns the left lower leg below shorts, hanging from the knee joint, with a sock that looks out of the boot.

    Girths of calf (0.38 m) and ankle (0.23 m): ISO 7250-1, European median man.
    """
    rows = [
        (-0.415, -0.004, 0, 0.034, 0.040, 0.033, 0.033),
        (-0.34, -0.004, 0, 0.037, 0.042, 0.036, 0.036),
        (-0.25, -0.004, 0, 0.042, 0.056, 0.046, 0.046),
        (-0.14, -0.002, 0, 0.050, 0.071, 0.057, 0.057),
        (-0.06, 0.0, 0, 0.053, 0.062, 0.055, 0.055),
        (0.0, 0.004, 0, 0.058, 0.054, 0.056, 0.056),
    ]
    rings = skin(rows, 14, 18, high_dome=0.055, girth=style.limbs, power=2.0)
    sock = skin([row for row in rows if row[0] < -0.2], 6, 16, girth=style.limbs * 1.07, power=2.0)
    sock = displaced(sock, 0.0012 * (-1) ** np.arange(6)[:, None])
    return Mesh.merged([made_of("skin", cloth(rings)), made_of("piping", cloth(sock))])
