"""Hot-rolled steel sections and what joins them: plates and bolts. Metres.

Sections are the European IPE and HEB series with the nominal dimensions of EN 10365:2017; bolts are M20 and M24 hexagon
bolts after EN ISO 4014 and EN ISO 4032.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from buildee.layout.bars import bars
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, prism

BOLT, HEAD, NUT = 0.0173, 0.0125, 0.018
"""M20: radius across the corners of its hexagons, height of its head and of its nut, metres."""


@dataclass(frozen=True)
class Section:
    """A rolled I or H section.

    Attributes:
        name: of its series, with the nominal height in millimetres.
        height, width: overall, metres.
        web, flange: thicknesses, metres.
        root: radius of the fillets between web and flanges, metres.
    """

    name: str
    height: float
    width: float
    web: float
    flange: float
    root: float


def _sections(series: str, rows: ArrayLike) -> dict[str, Section]:
    """Returns sections by name from rows of h, b, tw, tf, r in millimetres."""
    return {f"{series}{int(row[0])}": Section(f"{series}{int(row[0])}", *(np.array(row) / 1000)) for row in rows}


IPE = _sections(
    "IPE",
    [
        (220, 110, 5.9, 9.2, 12),
        (240, 120, 6.2, 9.8, 15),
        (270, 135, 6.6, 10.2, 15),
        (300, 150, 7.1, 10.7, 15),
        (330, 160, 7.5, 11.5, 18),
        (360, 170, 8.0, 12.7, 18),
        (400, 180, 8.6, 13.5, 21),
        (450, 190, 9.4, 14.6, 21),
        (500, 200, 10.2, 16.0, 21),
    ],
)
HEB = _sections(
    "HEB",
    [
        (220, 220, 9.5, 16.0, 18),
        (240, 240, 10.0, 17.0, 21),
        (260, 260, 10.0, 17.5, 24),
        (280, 280, 10.5, 18.0, 24),
        (300, 300, 11.0, 19.0, 27),
        (320, 300, 11.5, 20.5, 27),
        (340, 300, 12.0, 21.5, 27),
        (360, 300, 12.5, 22.5, 27),
    ],
)


def column_section(storeys: int, bay: float) -> Section:
    """Returns the HEB that carries a bay squared of every storey: about 10 kN/m2, 160 N/mm2 in the lowest shaft."""
    needed = storeys * bay**2 * 10e3 / 160e6
    return next((item for item in HEB.values() if _area(item) > needed), HEB["HEB360"])


def _area(section: Section) -> float:
    """Returns the area of a section without its fillets, square metres."""
    return 2 * section.width * section.flange + (section.height - 2 * section.flange) * section.web


def beam_section(span: float, slenderness: float) -> Section:
    """Returns the lowest IPE not lower than its span over a slenderness (15 to 24 for composite beams)."""
    return next((item for item in IPE.values() if item.height >= span / slenderness), IPE["IPE500"])


def outline(section: Section) -> NDArray[np.float64]:
    """Returns (16, 2) points of a section, counter-clockwise about its middle: x across, y up; fillets are straight."""
    half, web, high = section.width / 2, section.web / 2, section.height / 2
    inner, cut = high - section.flange, 0.6 * section.root
    quarter = [(half, high), (half, inner), (web + cut, inner), (web, inner - cut)]
    right = [(x, -y) for x, y in quarter] + quarter[::-1]
    return np.array(right + [(-x, -y) for x, y in right])


def level_member(section: Section, start: float, end: float) -> Mesh:
    """Returns a beam along +X between two places, its top on z = 0."""
    along = np.array([[0.0, 0, 1, start], [1, 0, 0, 0], [0, 1, 0, -section.height / 2], [0, 0, 0, 1]])
    return prism(outline(section), end - start).transformed(along)


def upright_member(section: Section, low: float, high: float) -> Mesh:
    """Returns a column on Z between two heights, its flanges facing along X."""
    turned = outline(section)[:, ::-1] * (-1.0, 1.0)
    return prism(turned, high - low).moved(z=low)


def bolts(places: ArrayLike, axis: int, low: float, high: float, size: float = BOLT) -> Mesh:
    """Returns hexagons that run through a joint from `low` to `high` along an axis: heads, shanks and nuts in one.

    Args:
        places: (N, 3) metres; the coordinate of the axis is ignored.
        axis: 0, 1 or 2.
        low, high: of head and nut, metres.
        size: radius across corners, metres.
    """
    starts = np.array(places, np.float64).reshape(-1, 3)
    ends = starts.copy()
    starts[:, axis], ends[:, axis] = low, high
    return bars(starts, ends, size, 6).shaded_smooth(False)


def plate(low: ArrayLike, high: ArrayLike) -> Mesh:
    """Returns a plate between its lowest and highest corner, its arrises broken by 1.5 mm."""
    low, high = np.asarray(low, np.float64), np.asarray(high, np.float64)
    return box(high - low, (low + high) / 2, 0.0015)
