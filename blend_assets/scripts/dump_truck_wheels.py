"""Tyres, rims and hubs of the dump truck: 315/80 R 22.5 on 8.25 inch ten-stud discs. The axle is Y."""

from __future__ import annotations

import numpy as np

from blend_assets.scripts import fittings
from blend_assets.scripts.model import turned
from blend_assets.scripts.slots import Slot, made_of
from buildee.layout import solids
from buildee.layout.linkage import TYRE_RADIUS
from buildee.layout.mesh import Mesh

TYRE_WIDTH = 0.312
TWIN_SPACING = 0.345
"""Between the middles of twin tyres."""
STUD_CIRCLE = 0.1675
"""Radius of the ISO 4107 ten-stud circle (335 mm across)."""


def tyre(shoulders: tuple[int, ...] = (-1, 1)) -> Mesh:
    """Returns a tyre about Y with grooves and shoulder lugs; the lugs between twins are left out, nobody sees them."""
    base, top = TYRE_RADIUS - 0.014, TYRE_RADIUS
    half = [(0.287, 0.118), (0.30, 0.135), (0.36, 0.152), (0.43, TYRE_WIDTH / 2), (0.49, 0.150), (0.515, 0.142)]
    half += [(base, 0.132), (base, 0.098), (top, 0.094), (top, 0.012), (base, 0.010)]
    profile = [(radius, -y) for radius, y in half] + [(radius, y) for radius, y in half[::-1]]
    ring = np.array([np.column_stack([solids.circle(radius, 34), np.full(34, y)]) for radius, y in profile])
    lugs = []
    for index in range(30):
        for side in shoulders:
            angle = (index + 0.25 * side) * 2 * np.pi / 30
            lug = solids.box((0.048, 0.058, 0.058), (0, side * 0.121, TYRE_RADIUS - 0.0285))
            taper = lug.vertices.copy()
            outer = np.abs(taper[:, 1]) > 0.13
            taper[outer, 2] -= 0.012
            lugs.append(Mesh(taper, lug.corners, lug.sizes, lug.slots, lug.smooth).transformed(turned("y", angle)))
    skin = solids.loft(ring, closed=True, smooth=True).transformed(turned("x", -np.pi / 2))
    return made_of(Slot.RUBBER, skin, *lugs)


def _disc(offset: float) -> Mesh:
    """Returns rim and disc about Y; the outer face looks to +Y and lies `offset` off the tyre's middle."""
    rim = [(0.292, -0.125), (0.300, -0.118), (0.27, -0.10), (0.262, 0.10), (0.300, 0.118), (0.292, 0.125), (0.25, 0.11)]
    rim += [(0.245, -0.12)]
    ring = np.array([np.column_stack([solids.circle(radius, 28), np.full(28, y)]) for radius, y in rim])
    well = solids.loft(ring, closed=True, smooth=True)
    dish = solids.revolve(
        [(0.255, offset - 0.05), (0.255, offset - 0.035), (0.225, offset - 0.005), (0.205, offset), (0.08, offset)], 28
    )
    nuts = fittings.bolt_circle(STUD_CIRCLE, 10, 0.034, 0.03).moved(z=offset)
    holes = Mesh.merged(
        solids.cylinder(0.026, 0.004, 6).moved(*spot, offset - 0.004) for spot in solids.circle(0.222, 10, np.pi / 10)
    )
    pose = turned("x", -np.pi / 2)
    return Mesh.merged(
        [
            made_of(Slot.BODY, well.transformed(pose), dish.transformed(pose)),
            made_of(Slot.STEEL, nuts.transformed(pose)),
            made_of(Slot.PLASTIC, holes.transformed(pose)),
        ]
    )


def front_wheel(side: int) -> Mesh:
    """Returns a steered wheel with its bulging hub; `side` is +1 on the left."""
    hub = solids.revolve([(0.14, 0.10), (0.135, 0.14), (0.115, 0.17), (0.085, 0.185), (0.02, 0.19)], 24)
    mesh = Mesh.merged([tyre(), _disc(0.105), made_of(Slot.TRIM, hub.transformed(turned("x", -np.pi / 2)))])
    return mesh if side > 0 else mesh.transformed(turned("z", np.pi))


def twin_wheel(side: int) -> Mesh:
    """Returns a pair of driven wheels about their common middle; the outer disc is dished inwards."""
    hub = solids.revolve([(0.15, -0.06), (0.15, 0.115), (0.125, 0.15), (0.10, 0.16), (0.02, 0.162)], 24)
    caps = fittings.bolt_circle(0.115, 10, 0.022, 0.01).moved(z=0.152)
    pose = turned("x", -np.pi / 2)
    mesh = Mesh.merged(
        [
            tyre((1,)).moved(y=TWIN_SPACING / 2),
            tyre((-1,)).moved(y=-TWIN_SPACING / 2),
            _disc(-0.10).moved(y=TWIN_SPACING / 2),
            made_of(Slot.TRIM, hub.transformed(pose)),
            made_of(Slot.STEEL, caps.transformed(pose)),
        ]
    )
    return mesh if side > 0 else mesh.transformed(turned("z", np.pi))
