"""Tyres with bar treads on bolted discs, as loaders and telehandlers run on. The axle is Y, +Y looks outwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import solids
from buildee.layout.mesh import Mesh

_TO_AXLE = turned("x", -np.pi / 2)
"""Takes Z, about which solids are turned, to the axle."""


@dataclass(frozen=True)
class WheelSize:
    """A wheel.

    Attributes:
        radius: over the tread, metres.
        width: of the tyre, metres.
        rim: radius of the bead's seat, metres.
        lug: depth of the tread, metres.
        lugs: bars on each half of the tread.
        sweep: how far a bar runs round the tyre from shoulder to middle, radians.
        bar: breadth of a bar, metres.
        offset: of the disc from the tyre's middle, metres.
    """

    radius: float
    width: float
    rim: float
    lug: float
    lugs: int
    sweep: float
    bar: float
    offset: float


LOADER = WheelSize(0.795, 0.595, 0.3175, 0.042, 22, 0.17, 0.085, 0.10)
"""23.5 R 25, L3 rock tread."""
TELEHANDLER = WheelSize(0.605, 0.40, 0.305, 0.040, 18, 0.42, 0.055, 0.06)
"""400/70-24 (15.5-24), industrial bar tread."""


def _bar(size: WheelSize, index: int, side: int) -> Mesh:
    """Returns one bar from the middle of the tread over the shoulder on to the sidewall."""
    half = size.width / 2
    start = (index + (0.25 if side > 0 else -0.25)) * 2 * np.pi / size.lugs
    rings = []
    for share, top, base in (
        (0.04, 0.0, 1.2),
        (0.45, 0.0, 1.2),
        (0.86, -0.18, 1.3),
        (0.99, -1.0, 1.9),
        (1.0, -2.1, 2.6),
    ):
        angle = start + size.sweep * (1 - share)
        y = side * share * half
        high, low = size.radius + top * size.lug, size.radius - base * size.lug
        spread = size.bar / 2 * (0.8 if share < 0.1 else 1.0)
        ring = [
            (radius * np.sin(angle + turn / size.radius), y, radius * np.cos(angle + turn / size.radius))
            for radius, turn in ((low, -spread * 1.25), (low, spread * 1.25), (high, spread), (high, -spread))
        ]
        rings.append(ring if side < 0 else ring[::-1])
    return solids.loft(np.array(rings))


def tyre(size: WheelSize) -> Mesh:
    """Returns the tyre: a carcass with a crowned tread, sidewalls with bulge and bead, and bars."""
    base = size.radius - size.lug
    section = [
        (size.rim - 0.01, 0.36 * size.width),
        (size.rim + 0.02, 0.42 * size.width),
        (size.rim + 0.25 * (base - size.rim), 0.485 * size.width),
        (size.rim + 0.55 * (base - size.rim), 0.50 * size.width),
        (size.rim + 0.80 * (base - size.rim), 0.49 * size.width),
        (base - 0.035, 0.465 * size.width),
        (base - 0.008, 0.40 * size.width),
        (base, 0.2 * size.width),
    ]
    profile = [(radius, -y) for radius, y in section] + [(radius, y) for radius, y in section[::-1]]
    ring = np.array([np.column_stack([solids.circle(radius, 44), np.full(44, y)]) for radius, y in profile])
    skin = solids.loft(ring, closed=True, smooth=True).transformed(_TO_AXLE)
    bars = [_bar(size, index, side) for index in range(size.lugs) for side in (-1, 1)]
    rib = [
        solids.pipe(radius + 0.006, radius - 0.006, 0.006, 44).transformed(_TO_AXLE).moved(y=side * y - 0.003)
        for side in (-1, 1)
        for radius, y in ((size.rim + 0.45 * (base - size.rim), 0.5 * size.width),)
    ]
    return made_of(Slot.RUBBER, skin, *bars, *rib)


def disc(size: WheelSize, hub: float, studs: int) -> Mesh:
    """Returns rim, dished disc, hub with its planetary cover and studs; the outer face looks to +Y.

    Args:
        size: of the wheel.
        hub: radius of the hub, metres.
        studs: how many.
    """
    rim, half = size.rim, 0.37 * size.width
    section = [(rim + 0.03, -half - 0.012), (rim + 0.03, -half), (rim - 0.004, -half + 0.02), (rim - 0.02, 0.0)]
    section += [(rim - 0.004, half - 0.02), (rim + 0.03, half), (rim + 0.03, half + 0.012), (rim - 0.02, half + 0.01)]
    section += [(rim - 0.034, half - 0.04), (rim - 0.045, 0.0), (rim - 0.034, -half + 0.04), (rim - 0.02, -half - 0.01)]
    ring = np.array([np.column_stack([solids.circle(radius, 36), np.full(36, y)]) for radius, y in section])
    well = solids.loft(ring, closed=True, smooth=True)
    at = size.offset
    dish = [(rim - 0.04, at - 0.06), (rim - 0.04, at - 0.04), (rim - 0.07, at - 0.015), (hub + 0.06, at), (hub, at)]
    plate = solids.revolve([(0.02, at - 0.07), (rim - 0.05, at - 0.07), *dish, (0.02, at)], 36)
    cover = [(hub, at - 0.005), (hub, at + 0.07), (0.86 * hub, at + 0.10), (0.55 * hub, at + 0.115), (0.02, at + 0.12)]
    nuts = fittings.bolt_circle(hub + 0.035, studs, 0.036, 0.03).moved(z=at)
    small = fittings.bolt_circle(0.70 * hub, 8, 0.024, 0.012).moved(z=at + 0.107)
    valve = solids.cylinder(0.008, 0.06, 8).moved(0.8 * rim, 0, at - 0.02)
    return Mesh.merged(
        [
            made_of(Slot.BODY, well.transformed(_TO_AXLE), plate.transformed(_TO_AXLE)),
            made_of(Slot.TRIM, solids.revolve(cover, 28).transformed(_TO_AXLE)),
            made_of(Slot.STEEL, *(item.transformed(_TO_AXLE) for item in (nuts, small, valve))),
        ]
    )


def wheel(size: WheelSize, hub: float, studs: int, side: int) -> Mesh:
    """Returns a whole wheel; `side` is +1 on the left. Bars point forwards on both sides."""
    mesh = Mesh.merged([tyre(size), disc(size, hub, studs)])
    return mesh if side > 0 else mesh.transformed(np.diag([1.0, -1.0, 1.0, 1.0]))
