"""Town houses of several kinds: what closes the view behind the fence. Metres.

The kinds and their storeys follow what stands in northern European towns: brick terraces of 2.7 m storeys, blocks of
the 1880s with 3.6 m rooms over a shop, housing of the 1960s at 2.75 m, offices at 3.5 m, brick warehouses at 4 m.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

Style = Literal["terrace", "boulevard", "estate", "office", "warehouse"]
Roof = Literal["gable", "mansard", "flat"]


@dataclass(frozen=True)
class House:
    """What a house is like.

    Attributes:
        style: its kind.
        length: along the street, metres.
        depth: away from it, metres.
        levels: heights of its floors, then of the ceiling of the last storey, metres.
        columns: how many windows side by side.
        window: width and height, metres.
        panes: how windows are divided, a key of `facades.PANES`.
        dress: what surrounds them, as in `facades.window`.
        roof: its form.
        shops: whether the ground floor is let to shops.
        balconies: columns that have balconies.
        bays: columns of the ground floor that have a bay window.
        doors: columns that have the front door.
        ends: its free ends, -1 at low y and 1 at high y: they have windows, where others are blind.
    """

    style: Style
    length: float
    depth: float
    levels: tuple[float, ...]
    columns: int
    window: tuple[float, float]
    panes: str
    dress: str
    roof: Roof
    shops: bool = False
    balconies: tuple[int, ...] = ()
    bays: tuple[int, ...] = ()
    doors: tuple[int, ...] = (0,)
    ends: tuple[int, ...] = ()

    @property
    def eaves(self) -> float:
        """Height of the top of the walls, metres."""
        return self.levels[-1] + (0.75 if self.roof == "flat" else 0.3)

    @property
    def top(self) -> float:
        """Height of the ridge or parapet, metres."""
        rise = {"flat": 0.05, "mansard": 3.3, "gable": 0.8 * (self.depth / 2 + 0.45)}
        return self.eaves + rise[self.roof]

    @property
    def y(self) -> np.ndarray:
        """(columns,) middles of the columns of windows, metres."""
        bay = self.length / self.columns
        return -self.length / 2 + bay * (np.arange(self.columns) + 0.5)


@dataclass(frozen=True)
class Kind:
    """What houses of a kind have in common.

    Attributes:
        storeys: fewest and most.
        base: height of the ground floor above the street, metres.
        height: of a storey, metres.
        bay: distance between windows, metres.
        window: width and height, metres.
        panes: how windows are divided, one of these.
        dress: what surrounds them, one of these.
        roofs: one of these.
    """

    storeys: tuple[int, int]
    base: float
    height: tuple[float, ...]
    bay: tuple[float, ...]
    window: tuple[float, float]
    panes: tuple[str, ...]
    dress: tuple[str, ...]
    roofs: tuple[Roof, ...]


KINDS: Mapping[Style, Kind] = MappingProxyType(
    {
        "terrace": Kind((1, 3), 0.4, (2.75,), (2.6,), (1.0, 1.5), ("sash", "casement"), ("lintel",), ("gable",)),
        "boulevard": Kind(
            (3, 6),
            0.25,
            (3.4, 3.6),
            (2.3, 2.6),
            (1.1, 1.95),
            ("transom", "transom", "casement"),
            ("framed", "gabled"),
            ("mansard", "gable"),
        ),
        "estate": Kind((3, 8), 0.6, (2.75,), (3.3,), (1.75, 1.4), ("tilt",), ("plain",), ("flat", "flat", "gable")),
        "office": Kind((3, 9), 0.15, (3.5,), (2.7, 3.6), (0.0, 1.9), ("ribbon",), ("bare",), ("flat",)),
        "warehouse": Kind((2, 4), 0.5, (4.0,), (3.6,), (2.3, 2.5), ("mill",), ("lintel",), ("flat", "gable")),
    }
)


def draw(rng: np.random.Generator, length: float, storeys: int, style: Style) -> House:
    """Draws a house of a given length and kind with about a given number of storeys."""
    kind = KINDS[style]
    count = int(np.clip(storeys + rng.integers(-1, 2), *kind.storeys))
    height, bay = (float(rng.choice(values)) for values in (kind.height, kind.bay))
    shops = style == "boulevard" and rng.random() < 0.6
    ground = 4.1 if shops or style == "office" else height
    columns = max(2, round(length / bay))
    every = range(columns)
    entry = int(rng.integers(columns))
    width, tall = kind.window
    balconies: tuple[int, ...] = ()
    if style == "boulevard" and rng.random() < 0.6:
        balconies = tuple(every[1 : columns - 1 : 2])
    elif style == "estate":
        balconies = tuple(every[int(rng.integers(2)) :: 3])
    has_bays = style == "terrace" and rng.random() < 0.5 and length / columns > 2.4
    roof = kind.roofs[int(rng.integers(len(kind.roofs)))]
    return House(
        style=style,
        length=length,
        depth=float(rng.choice([10.0, 11.0, 12.5])),
        levels=tuple(kind.base + np.concatenate([[0], ground + height * np.arange(count)]).round(3)),
        columns=columns,
        window=(width or round(length / columns - 0.16, 3), tall),
        panes=str(rng.choice(kind.panes)),
        dress=str(rng.choice(kind.dress)),
        roof=roof if count < 5 or style != "estate" else "flat",
        shops=shops,
        balconies=balconies,
        bays=tuple(every[::2]) if has_bays else (),
        doors=tuple(every[1::2]) if style == "terrace" else (columns // 2 if style == "office" else entry,),
    )
