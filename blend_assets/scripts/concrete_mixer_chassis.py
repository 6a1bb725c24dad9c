"""Frame, axles, tanks, mudguards and tail of the truck mixer, in the instance's frame."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import dump_truck_chassis as tipper
from blend_assets.scripts import fittings
from blend_assets.scripts.fittings import block, cross_pin, flank, strip
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import linkage_carriers as linkage
from buildee.layout import solids
from buildee.layout.linkage import FRONT_AXLE, TYRE_RADIUS
from buildee.layout.mesh import Mesh

REAR = -4.10
AHEAD = linkage.MIXER_FRONT[0] - FRONT_AXLE
"""How much farther forward than the tipper's its cab sits, metres."""
TOP, Y = tipper.RAIL_TOP, tipper.RAIL_Y


def chassis() -> Mesh:
    """Returns all that hangs on the frame, but cab, wheels, drum and what feeds and empties it."""
    power = tipper._power().moved(x=AHEAD)
    tail = tipper._tail().moved(x=REAR - tipper.REAR)
    return Mesh.merged([_rails(), _axles(), _springs(), power, tipper._tanks().moved(x=-0.72), _mudguards(), tail])


def _rails() -> Mesh:
    """Returns channel-section rails with cross members, and the mixer's subframe on them."""
    pieces, subframe = [], []
    front = 3.55 + AHEAD
    for y in (-1, 1):
        pieces.append(flank(y, (REAR, Y, TOP - tipper.RAIL_DEPTH), (front, Y + 0.012, TOP)))
        for z in (TOP - tipper.RAIL_DEPTH, TOP - 0.012):
            pieces.append(flank(y, (REAR, Y - 0.07, z), (front, Y + 0.012, z + 0.012)))
        subframe.append(flank(y, (REAR + 0.1, Y - 0.07, TOP), (2.45, Y + 0.02, TOP + 0.14), 0.008))
        for x in (-3.4, -2.1, -0.6, 0.5, 1.6, 2.3):
            subframe.append(flank(y, (x - 0.11, Y + 0.012, 0.86), (x + 0.11, Y + 0.03, 1.12)))
    for x in (-4.0, -3.3, -2.1, -0.8, 0.6, 1.9, 3.0, 4.0):
        pieces.append(block((x - 0.05, -Y, TOP - 0.22), (x + 0.05, Y, TOP - 0.06), 0.01))
    return Mesh.merged([made_of(Slot.TRIM, *pieces), made_of(Slot.BODY, *subframe)])


def _axles() -> Mesh:
    z, pose = TYRE_RADIUS, turned("x", np.pi / 2)
    section = [(0.10, -0.70), (0.10, -0.30), (0.20, -0.12), (0.22, 0.0), (0.20, 0.12), (0.10, 0.30), (0.10, 0.70)]
    pieces = []
    for x in linkage.MIXER_REAR:
        pieces += [
            solids.revolve(section, 20).transformed(pose).moved(x, 0, z),
            solids.sphere(0.22, 16, 8).moved(x + 0.04, 0, z),
        ]
        pieces += [cross_pin(x, z, *sorted((y * 0.52, y * 0.68)), 0.21, 20) for y in (-1, 1)]
    for x in linkage.MIXER_FRONT:
        pieces.append(block((x - 0.05, -0.70, z - 0.16), (x + 0.05, 0.70, z - 0.05), 0.02))
        pieces += [flank(sign, (x - 0.05, 0.66, z - 0.14), (x + 0.05, 0.86, z + 0.08), 0.02) for sign in (-1, 1)]
    first, second = linkage.MIXER_REAR
    pieces.append(solids.tube([(2.6, 0, 0.80), (first + 0.2, 0, 0.62)], 0.06, 14))
    pieces.append(solids.tube([(first - 0.15, 0, 0.62), (second + 0.2, 0, 0.60)], 0.05, 14))
    return made_of(Slot.TRIM, *pieces)


def _springs() -> Mesh:
    pieces = []
    z, bogie = TYRE_RADIUS, linkage.MIXER_TURNING
    for y in (-1, 1):
        for x in linkage.MIXER_FRONT:
            pieces += [leaf.moved(x, y * 0.42, z + 0.04) for leaf in tipper._leaves(1.6, 4, 0.022, 0.13)]
            pieces += [
                flank(y, (x + s * 0.80 - 0.05, 0.38, z + 0.10), (x + s * 0.80 + 0.05, 0.48, 0.86), 0.01)
                for s in (-1, 1)
            ]
            pieces.append(fittings.rod((x - 0.25, y * 0.52, z + 0.02), (x - 0.20, y * 0.50, z + 0.5), 0.032, 10))
        over = np.diag([1.0, 1.0, -1.0, 1.0])
        pieces += [
            leaf.transformed(over).moved(bogie, y * 0.50, z + 0.20) for leaf in tipper._leaves(1.35, 7, 0.02, 0.12)
        ]
        pieces.append(flank(y, (bogie - 0.14, 0.38, z + 0.05), (bogie + 0.14, 0.60, z + 0.40), 0.02))
    return made_of(Slot.TRIM, *pieces)


def _mudguards() -> Mesh:
    """Returns arched guards over the three axles behind the cab, with flaps, and the side guards between."""
    pieces = []
    radius = TYRE_RADIUS + 0.085
    first, second = linkage.MIXER_REAR
    for x, reach, y0 in (
        (first, (18, 150), 0.60),
        (second, (30, 172), 0.60),
        (linkage.MIXER_FRONT[1], (12, 168), 0.86),
    ):
        angle = np.deg2rad(np.linspace(*reach, 15))
        arch = np.column_stack([x + radius * np.cos(angle), TYRE_RADIUS + radius * np.sin(angle)])
        arch[:, 1] = np.minimum(arch[:, 1], TYRE_RADIUS + radius - 0.03)
        for sign in (-1, 1):
            for thickness, inner in ((0.012, y0), (0.035, 1.228)):
                pieces.append(strip(arch, thickness, *sorted((sign * inner, sign * 1.24))))
    flaps = [
        flank(sign, (x - 0.015, 0.64, 0.25), (x, 1.22, 0.72))
        for sign in (-1, 1)
        for x in (second - 0.66, linkage.MIXER_FRONT[1] - 0.62)
    ]
    return Mesh.merged([made_of(Slot.PLASTIC, *pieces), made_of(Slot.RUBBER, *flaps)])
