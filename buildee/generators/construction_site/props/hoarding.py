"""Hoarding: what closes a site to the eye, of steel sheet or of painted plywood. Metres.

Trapezoidal wall sheet T20 (20 mm deep), or plywood 1.2 x 2.2 m sheets with a plinth and a capping, on posts at 2.4 m
with raking stays and ballast.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np

from buildee.generators.construction_site.naming import firm
from buildee.generators.construction_site.props.palette import (
    BALLAST,
    BLACK,
    GALVANIZED,
    GREY_WOOD,
    WHITE,
    painted,
    pick,
)
from buildee.generators.construction_site.props.sheet import STAND, curtain, trapezoids
from buildee.layout.bars import bars
from buildee.layout.layers import Layer, cuboid, model, shaped
from buildee.layout.lettering import lines
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Model
from buildee.layout.solids import box

HOARDING = (2.4, 2.2)
"""Pitch along the fence and height of a panel."""

Skin = Literal["sheet", "ply"]

HOARDING_COLORS: tuple[Color, ...] = (
    (0.33, 0.34, 0.33),
    (0.02, 0.09, 0.24),
    (0.03, 0.16, 0.08),
    (0.55, 0.53, 0.48),
    (0.3, 0.035, 0.025),
    (0.06, 0.065, 0.07),
)


@lru_cache(maxsize=64)
def hoarding(
    color: Color = HOARDING_COLORS[0],
    barbed: bool = False,
    wear: float = 0.4,
    skin: Skin = "sheet",
    words: tuple[str, ...] = (),
) -> Model:
    """Returns a panel along X, outside towards -Y, with post, rails, stay and ballast; category hoarding.

    The post stands at the -X end; a run closes with one more post of the next panel.

    Args:
        color: of the paint.
        barbed: outriggers with three barbed wires on top.
        wear: of the paint.
        skin: trapezoidal steel sheet or plywood.
        words: lettering on its outside; on a white board where the skin is not flat.
    """
    length, height = HOARDING
    x = -length / 2
    skins, screws, face = _sheet(length, height) if skin == "sheet" else _ply(length, height)
    rails = [box((length, 0.05, 0.075), (0, -0.026, z), 0.004) for z in (0.35, 1.2, 2.05)]
    posts = [box((0.075, 0.1, height + 0.02), (x + 0.04, 0.05, height / 2 + 0.01), 0.005)]
    stays = [bars([(x + 0.1, 0.08, 1.75)], [(x + 0.1, 1.12, 0.34)], 0.038, 4)]
    foot = [box((0.075, 1.2, 0.1), (x + 0.04, 0.6, 0.05), 0.005)]
    ballast = box((0.6, 0.6, 0.32), (x + 0.33, 0.86, 0.16), 0.02)
    coat = painted(color, wear, 0.65) if skin == "sheet" else Material("paint", color, wear=wear, dirt=0.55)
    layers: list[Layer] = [
        (coat, skins),
        (GREY_WOOD, [*rails, *posts, *stays, *foot]),
        (BALLAST, [ballast]),
        (GALVANIZED, [*screws, *(_barbs(length, height) if barbed else [])]),
    ]
    boxes = [
        cuboid((-length / 2, -0.08, 0), (length / 2, 0.01, height)),
        cuboid((x, 0, 0), (x + 0.14, 1.2, 0.4)),
        cuboid((x, 0.0, 0.4), (x + 0.14, 0.8, 1.2)),
        cuboid((x, 0.0, 1.2), (x + 0.14, 0.5, height + 0.02)),
        cuboid((x + 0.03, 0.56, 0), (x + 0.63, 1.16, 0.32)),
    ]
    if barbed:
        boxes.append(cuboid((-length / 2, -0.34, height - 0.1), (length / 2, 0.02, height + 0.34)))
    pieces = [shaped("body", f"hoarding/{skin}{'_barbed' if barbed else ''}", layers, boxes)]
    if words:
        block = lines(words, 0.36, length - 0.5).transformed(STAND)
        board = [box((length - 0.2, 0.006, 0.75), (0, face - 0.003, 1.35), 0.001)] if skin == "sheet" else []
        ink = WHITE if skin == "ply" and max(color) < 0.4 else BLACK
        printed = [block.moved(0, face - (0.006 if board else 0.0), 1.35)]
        key = f"hoarding/words_{skin}_{'_'.join(words)}".replace(" ", "")
        films: list[Layer] = [(Material("paint", WHITE, wear=0.3, dirt=0.4), board)]
        pieces.append(shaped("words", key, [*films, (Material("paint", ink, wear=0.4, dirt=0.4), printed)], []))
    return model("hoarding", pieces)


def hoarding_rand(rng: np.random.Generator) -> Model:
    """Samples a panel."""
    skin: Skin = "sheet" if rng.random() < 0.5 else "ply"
    barbed, wear = skin == "sheet" and bool(rng.random() < 0.4), float(rng.uniform(0.1, 0.4))
    return hoarding(pick(rng, HOARDING_COLORS), barbed, wear, skin, (firm(rng),) if rng.random() < 0.4 else ())


def _sheet(length: float, height: float) -> tuple[list[Mesh], list[Mesh], float]:
    """Returns a trapezoidal sheet, its screws, and the y of its outermost face."""
    line = trapezoids(length, 0.07, 0.03, 0.06, 0.02)
    sheet = curtain(line, 0.05, height, 0.0015).moved(y=-0.075)
    screws = [box((0.016, 0.006, 0.016), (x, -0.078, z)) for x in line[4:-1:4, 0] + 0.035 for z in (0.35, 1.2, 2.05)]
    return [sheet], screws, -0.0755


def _ply(length: float, height: float) -> tuple[list[Mesh], list[Mesh], float]:
    """Returns two sheets of plywood with plinth and capping, their nails, and the y of their face."""
    sheets = [
        box((length / 2 - 0.003, 0.018, height - 0.06), (s * length / 4, -0.06, (height + 0.06) / 2), 0.001)
        for s in (-1, 1)
    ]
    trims = [box((length, 0.1, 0.03), (0, -0.045, height + 0.012), 0.004)]
    trims += [box((length - 0.002, 0.016, 0.16), (0, -0.076, 0.15), 0.003)]
    at = np.array([-length / 2 + 0.03, -0.03, 0.03, length / 2 - 0.03])
    nails = [box((0.009, 0.002, 0.009), (x, -0.0695, z)) for x in at for z in (0.35, 0.8, 1.2, 1.6, 2.05)]
    return [*sheets, *trims], nails, -0.0692


def _barbs(length: float, height: float) -> list[Mesh]:
    """Returns outriggers leaning outwards and three wires with barbs every 0.15 m."""
    arms, wires = [], []
    for x in (-length / 2 + 0.04, length / 2 - 0.04):
        arms.append(bars([(x, -0.03, height - 0.1)], [(x, -0.3, height + 0.3)], 0.022, 4))
    for share in (0.35, 0.65, 0.97):
        y, z = -0.03 - 0.27 * share, height - 0.1 + 0.4 * share
        wires.append(bars([(-length / 2, y, z)], [(length / 2, y, z)], 0.003, 4))
        at = np.arange(-length / 2 + 0.1, length / 2 - 0.05, 0.15)
        tips = np.column_stack([at, np.full_like(at, y - 0.016), np.full_like(at, z - 0.014)])
        ends = np.column_stack([at, np.full_like(at, y + 0.016), np.full_like(at, z + 0.014)])
        wires.append(bars(tips, ends, 0.002, 4, capped=False))
    return arms + wires
