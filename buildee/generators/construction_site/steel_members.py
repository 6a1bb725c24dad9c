"""The members of an erected steel frame with their connections: columns, beams, braces. Metres.

Details follow the SCI/BCSA "Green Books" (P358 joints to EN 1993): flush end plates on column flanges, extended fin
plates on column webs and primary beams, cover-plate splices 0.55 m above the floor, base plates on 30 mm of grout.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.steel_sections import (
    HEAD,
    NUT,
    Section,
    bolts,
    level_member,
    plate,
    upright_member,
)
from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.scene import Proxy
from buildee.layout.solids import box, cylinder, prism

SPLICE = 0.55
"""Height of column splices above a floor, metres: within reach, clear of beams and falling edge protection."""

GROUT, BASE = 0.03, 0.03
"""Thickness of the grout bed and of the base plate, metres."""

END_PLATE, FIN, EMBED = 0.015, 0.01, 0.015
"""Thicknesses of end plates, fin plates, and the plates cast into core walls, metres."""


TUBE, BESIDE = 0.0445, 0.055
"""Radius of a brace's tubes (CHS 88.9), and how far each lies off the plane in which they cross, metres."""

AIR = 0.01
"""Between the end of a rolled section and the flanges that its fin plate passes, metres."""


class End(NamedTuple):
    """How a beam meets its support.

    Attributes:
        kind: end plate on a flange, fin plate from a web, or fin plate on a plate cast into a wall.
        reach: from the support's face to the end of the rolled section, metres.
    """

    kind: Literal["plate", "fin", "wall"]
    reach: float

    @property
    def clear(self) -> float:
        """From the support's face to the outside of the support, metres: fin plates pass between its flanges."""
        return self.reach - AIR if self.kind == "fin" else 0.0


ON_FLANGE = End("plate", END_PLATE)
ON_WALL = End("wall", EMBED + 0.015)


def on_web(support: Section) -> End:
    """Returns a fin plate long enough to clear the flanges of the member that it is welded to."""
    return End("fin", round((support.width - support.web) / 2 + AIR, 4))


@lru_cache(maxsize=64)
def beam(section: Section, length: float, low: End, high: End) -> Mesh:
    """Returns a beam along +X from one support's face at x = 0 to the other's at `length`, its top on z = 0."""
    there = rotation((0.0, 0.0, 1.0), np.pi)
    there[0, 3] = length
    member = level_member(section, low.reach, length - high.reach)
    return Mesh.merged([member, _joint(section, low), _joint(section, high).transformed(there)])


def _joint(section: Section, end: End) -> Mesh:
    """Returns plates and bolts at the end of a beam that starts at x = 0."""
    height, web = section.height, section.web / 2
    if end.kind == "plate":
        rows = (-0.07, -height / 2, -height + 0.07)
        places = [(0.0, y, z) for y in (-0.045, 0.045) for z in rows]
        face = plate((0, -section.width / 2 - 0.005, -height - 0.01), (END_PLATE, section.width / 2 + 0.005, -0.002))
        return Mesh.merged([face, bolts(places, 0, -0.021 - NUT, END_PLATE + HEAD)])
    rows = np.linspace(-0.095, -height + 0.095, max(2, int((height - 0.12) / 0.08)))
    pieces = [
        plate((0, web, -height + 0.055), (end.reach + 0.1, web + FIN, -0.055)),
        bolts([(end.reach + 0.05, 0.0, z) for z in rows], 1, -web - HEAD, web + FIN + NUT),
    ]
    if end.kind == "wall":
        pieces.append(plate((0, -0.12, -height - 0.02), (EMBED, 0.12, -0.003)))
    return Mesh.merged(pieces)


@lru_cache(maxsize=16)
def column(section: Section, low: float, high: float, top: Literal["splice", "cap"]) -> Mesh:
    """Returns a column whose lowest floor is z = 0; slot 0 steel, slot 1 grout.

    Args:
        section: its web lies along X, its flanges look along X.
        low: 0 for a shaft on a base plate, else where it stands on the splice of the one below, metres.
        high: its end, metres.
        top: what it carries: the cover plates for the next shaft, or a cap plate.
    """
    pieces = []
    if low == 0:
        pieces.append(_base(section))
    pieces.append(upright_member(section, low + (GROUT + BASE if low == 0 else 0.0), high))
    if top == "splice":
        pieces.append(_splice(section).moved(z=high))
    else:
        half = np.array([section.height, section.width]) / 2 + 0.01
        pieces.append(plate((*-half, high), (*half, high + 0.01)))
    return Mesh.merged(pieces)


def base_half(section: Section) -> tuple[float, float]:
    """Returns the half extents of a base plate, metres."""
    return section.height / 2 + 0.1, section.width / 2 + 0.1


def _base(section: Section) -> Mesh:
    """Returns grout, base plate and four M24 holding-down bolts with washers and nuts."""
    x, y = base_half(section)
    grout = box((2 * x + 0.03, 2 * y + 0.03, GROUT), (0, 0, GROUT / 2), 0.008).with_slot(1)
    seat = GROUT + BASE
    spots = np.array([(sx * (x - 0.05), sy * (y - 0.05), 0.0) for sx in (-1, 1) for sy in (-1, 1)])
    rods = bars(spots + np.array([0, 0, GROUT]), spots + np.array([0, 0, seat + 0.075]), 0.012, 8)
    washers = Mesh.merged([cylinder(0.03, 0.005, 10).moved(px, py, seat) for px, py, _ in spots])
    nuts = bolts(spots, 2, seat + 0.005, seat + 0.027, 0.0208)
    return Mesh.merged([grout, plate((-x, -y, GROUT), (x, y, seat)), rods, washers, nuts])


def _splice(section: Section) -> Mesh:
    """Returns cover plates on both flanges and the web around a joint at z = 0, with their bolts."""
    out, wide = section.height / 2, section.width / 2 - 0.015
    row = [(0.0, y, z) for y in (-wide + 0.045, wide - 0.045) for z in (-0.19, -0.07, 0.07, 0.19)]
    flange = Mesh.merged(
        [
            plate((out, -wide, -0.24), (out + 0.012, wide, 0.24)),
            bolts(row, 0, out - section.flange - NUT, out + 0.012 + HEAD),
        ]
    )
    web, deep = section.web / 2, min(0.07, out - section.flange - section.root)
    covers = [plate((-deep, side, -0.16), (deep, side + 0.008, 0.16)) for side in (web, -web - 0.008)]
    through = bolts(
        [(x, 0.0, z) for x in (-deep + 0.03, deep - 0.03) for z in (-0.09, 0.09)],
        1,
        -web - 0.008 - HEAD,
        web + 0.008 + NUT,
    )
    other = flange.transformed(rotation((0.0, 0.0, 1.0), np.pi))
    return Mesh.merged([flange, other, *covers, through])


def _brace_axes(width: float, height: float) -> NDArray[np.float64]:
    """Returns (2, 2, 3): start and end of the two tubes of a cross brace, side by side where they cross."""
    inset = 0.28
    rising = np.array([(inset, -BESIDE, inset), (width - inset, -BESIDE, height - inset)])
    return np.stack([rising, np.column_stack([width - rising[:, 0], -rising[:, 1], rising[:, 2]])])


def brace_proxy(width: float, height: float) -> Proxy:
    """Returns boxes around the tubes and the gussets of a cross brace."""
    corners = [((x, -0.08, z), (x + 0.36, 0.08, z + 0.36)) for x in (0.0, width - 0.36) for z in (0.0, height - 0.36)]
    gussets = box_proxy(*corners)
    poses, halves = [], []
    for start, end in _brace_axes(width, height):
        run = end - start
        pose = rotation((0.0, 1.0, 0.0), -np.arctan2(run[2], run[0]))
        pose[:3, 3] = (start + end) / 2
        poses.append(pose)
        halves.append((np.linalg.norm(run) / 2, TUBE, TUBE))
    return Proxy(np.concatenate([gussets.poses, poses]), np.concatenate([gussets.half, halves]))


@lru_cache(maxsize=16)
def cross_brace(width: float, height: float, recess: float) -> Mesh:
    """Returns two tubes that cross between two columns, over x 0..`width` and z 0..`height`, about y = 0.

    Args:
        width: between the columns, metres.
        height: from the floor to the beam, metres.
        recess: how far the gussets reach in between the columns' flanges, metres.
    """
    axes = _brace_axes(width, height)
    pieces = [bars(axes[:, 0], axes[:, 1], TUBE, 12)]
    corner = [(-recess, 0.0), (0.36, 0.0), (0.42, 0.34), (0.34, 0.42), (-recess, 0.36)]
    stand = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0.006], [0, 1, 0, 0], [0, 0, 0, 1]])
    gusset = prism(corner, 0.012).transformed(stand)
    for x_flip in (1, -1):
        for z_flip in (1, -1):
            flip = np.diag([x_flip, 1.0, z_flip, 1.0])
            flip[0, 3], flip[2, 3] = (0 if x_flip > 0 else width), (0 if z_flip > 0 else height)
            offset = -BESIDE if x_flip == z_flip else BESIDE
            pieces.append(gusset.moved(y=offset).transformed(flip))
    return Mesh.merged(pieces)
