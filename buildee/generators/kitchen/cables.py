"""Cables of what stands on worktops: along the wall to a socket, and a plug in that. Metres."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.fixtures import BLACK, GANG
from buildee.generators.kitchen.stock import Stock
from buildee.layout.kinematics import inverse, rotation, translation
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.resting import Support
from buildee.layout.scene import Instance
from buildee.layout.solids import revolve, tube

FLEX = 0.0033
"""Radius of a flex of three cores."""

STRIP = 0.011
"""How far from the wall it lies: things keep twice as far."""

PLUG = (0.0185, 0.034)
"""Radius of a plug (CEE 7/4), and how far it stands out of its socket."""

CABLE = "cable"
"""Part of an asset that a cable to a socket takes the place of: a short flex that ends in a plug."""

Array = NDArray[np.float64]


def plug_in(stock: Stock, supports: Sequence[Support], sockets: Sequence[Instance], first: int) -> None:
    """Leads the cables of what was taken, from number `first` on, to sockets over the same worktop, one to each."""
    taken: set[tuple[str, int]] = set()
    tops = [support for support in supports if support.kind == "worktop" and support.wall]
    for number, item in enumerate(stock.taken[first:], first):
        if not any(part.name == CABLE for part in item.parts):
            continue
        for top in tops:
            local = inverse(top.poses[0]) @ item.poses[0]
            outlets = _outlets(top, sockets, float(local[0, 3])) if _is_on(top, local[:3, 3]) else []
            outlet = next((outlet for outlet in outlets if outlet[:2] not in taken), None)
            if outlet is not None:
                taken.add(outlet[:2])
                stock.taken[number] = _led(stock, item, top, local, outlet[2])
                break


def _is_on(top: Support, spot: Array) -> bool:
    """Returns whether a place in a worktop's frame is on it."""
    return bool((np.abs(spot[:2]) < top.size / 2).all() and abs(spot[2]) < 0.01)


def _outlets(top: Support, sockets: Sequence[Instance], x: float) -> list[tuple[str, int, Array]]:
    """Returns name, number and (4, 4) `top_from_outlet` of the outlets over a worktop, the nearest to x first.

    An outlet's frame is on its socket's face, +Y into the room.
    """
    found = []
    for socket in sockets:
        part = socket.parts[0]
        for number, side in enumerate((-1, 1)):
            face = 2 * float(part.proxy.half[0, 1])
            pose = inverse(top.poses[0]) @ socket.poses[0] @ part.rest @ translation((side * GANG / 2, face, 0.0))
            near = abs(pose[0, 3]) < top.size[0] / 2 and abs(pose[1, 3] - top.size[1] / 2) < 0.06
            if near and 0.0 < pose[2, 3] < 0.4:
                found.append((abs(float(pose[0, 3]) - x), socket.name, number, pose))
    return [(name, number, pose) for _, name, number, pose in sorted(found, key=lambda item: item[:3])]


def _led(stock: Stock, item: Instance, top: Support, local: Array, outlet: Array) -> Instance:
    """Returns a thing whose cable ends in an outlet."""
    index = next(number for number, part in enumerate(item.parts) if part.name == CABLE)
    part, entry = item.parts[index], stock.catalog[item.parts[0].shape.split("/", 1)[0]]
    low, high = next(one.bounds for one in entry.parts if one.name == CABLE)
    above = part.rest if part.parent < 0 else item.parts[part.parent].rest @ part.rest
    back = (local @ above @ np.array([high[0], (low[1] + high[1]) / 2, 0.0, 1.0]))[:2]
    behind = (local @ above @ np.array([high[0] - 0.03, (low[1] + high[1]) / 2, 0.0, 1.0]))[:2]
    wall, (x, y, z) = float(top.size[1]) / 2 - STRIP, outlet[:3, 3]
    y -= PLUG[1] * 0.55
    way = np.sign(x - behind[0]) or 1.0
    knots = np.array(
        [
            (*back, 0.012),
            (*behind, FLEX),
            (behind[0], wall, FLEX),
            *((a, wall + 0.004 * np.sin(40 * a), FLEX) for a in np.linspace(behind[0] + 0.03 * way, x, 6)[:-1]),
            (x, min(y, wall), FLEX),
            (x, y, 0.35 * z),
            (x, y, z - 0.8 * PLUG[0]),
        ]
    )
    mesh = Mesh.merged([tube(_smooth(knots), FLEX, 6), _plug().transformed(outlet)])
    key = f"kitchen/cable_{hashlib.blake2s((knots.round(4) + 0.0).tobytes(), digest_size=8).hexdigest()}"
    half = np.array((PLUG[0], PLUG[1] / 2, PLUG[0]))
    middle = (outlet @ np.array([0.0, PLUG[1] / 2, 0.0, 1.0]))[:3]
    led = replace(
        part,
        shape=key,
        materials=(BLACK,),
        parent=-1,
        rest=inverse(local),
        proxy=box_proxy((middle - half, middle + half)),
    )
    stock.shape(key, mesh)
    return replace(item, parts=(*item.parts[:index], led, *item.parts[index + 1 :]))


def _plug() -> Mesh:
    """Returns a plug whose foot is in the origin, +Y out of it."""
    radius, out = PLUG
    profile = [(radius, 0.0), (radius, 0.6 * out), (0.75 * radius, 0.95 * out), (0.6 * radius, out)]
    return revolve(profile, 24).transformed(rotation((1.0, 0.0, 0.0), -np.pi / 2))


def _smooth(knots: Array) -> Array:
    """Returns a path along knots whose corners are cut three times (Chaikin, 1974)."""
    for _ in range(3):
        cut = np.stack([0.75 * knots[:-1] + 0.25 * knots[1:], 0.25 * knots[:-1] + 0.75 * knots[1:]], 1).reshape(-1, 3)
        knots = np.concatenate([knots[:1], cut, knots[-1:]])
    return knots
