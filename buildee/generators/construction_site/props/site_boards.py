"""Boards of the firms at the gate, and banners on the fence. Metres.

Site boards: about 2.4 x 1.8 m on two posts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.construction_site.naming import company, telephone
from buildee.generators.construction_site.props.palette import (
    BLACK,
    GREY_WOOD,
    RUBBER,
    SAFETY_BLUE,
    WHITE,
    pick,
)
from buildee.generators.construction_site.props.sheet import STAND, cloth
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, cuboid, single
from buildee.layout.lettering import lines
from buildee.layout.material import Color, Material
from buildee.layout.scene import Model
from buildee.layout.solids import box

PROJECTS = (
    "RIVERSIDE COURT",
    "MILL QUARTER",
    "STATION HOUSE",
    "ORCHARD PLACE",
    "CANAL WHARF",
    "TOWER GARDENS",
    "NORTH YARD",
)
KINDS = ("NEW APARTMENTS", "OFFICES AND SHOPS", "A NEW SCHOOL", "STUDENT HOMES", "HEALTH CENTRE", "HOTEL AND OFFICES")
ROLES = ("CONTRACTOR", "ARCHITECT", "ENGINEER", "SCAFFOLD", "ELECTRICAL")
BOARD_COLORS: tuple[Color, ...] = (
    SAFETY_BLUE,
    (0.02, 0.13, 0.06),
    (0.35, 0.03, 0.02),
    (0.05, 0.055, 0.06),
    (0.4, 0.14, 0.01),
)


SLOGANS = (
    ("SAFETY FIRST",),
    ("WORKING TOGETHER", "WORKING SAFELY"),
    ("CONSIDERATE BUILDERS",),
    ("TAKE CARE", "LOOK UP"),
)


def site_board(rows: Sequence[str], color: Color = SAFETY_BLUE, base: float = 2.1, dirt: float = 0.3) -> Model:
    """Returns the board of the firms, 2.4 x 1.8 m, facing -Y on two posts; category sign.

    Args:
        rows: project, what it is, then firms, then a telephone number; the first two on a coloured field.
        color: of the field.
        base: height of its lower edge, metres.
        dirt: of the board.
    """
    wide, high, field = 2.4, 1.8, 0.7
    sheet = box((wide, 0.018, high), (0, -0.009, base + high / 2), 0.002)
    band = box((wide - 0.06, 0.001, field), (0, -0.0184, base + high - 0.03 - field / 2))
    posts = [box((0.1, 0.1, base + high - 0.1), (s * 0.85, 0.05, (base + high - 0.1) / 2), 0.006) for s in (-1, 1)]
    stays = [box((0.1, 1.2, 0.1), (s * 0.85, 0.6, 0.05), 0.006) for s in (-1, 1)]
    brace = box((0.08, 1.62, 0.1), (0, 0, 0)).transformed(rotation((1, 0, 0), -np.deg2rad(47)))
    braces = [brace.moved(s * 0.85, 0.62, 0.66) for s in (-1, 1)]
    title = (
        lines(rows[:2], 0.2, wide - 0.3, pitch=1.45)
        .transformed(STAND)
        .moved(0, -0.0189, base + high - 0.03 - field / 2)
    )
    firms = lines(rows[2:], 0.1, wide - 0.3, pitch=1.7).transformed(STAND).moved(0, -0.018, base + (high - field) / 2)
    ballast = box((1.9, 0.4, 0.3), (0, 1.0, 0.25), 0.02)
    layers: list[Layer] = [
        (Material("paint", WHITE, wear=0.3, dirt=dirt), [sheet, title]),
        (Material("paint", color, wear=0.3, dirt=dirt), [band]),
        (Material("paint", BLACK, wear=0.3, dirt=dirt), [firms]),
        (GREY_WOOD, [*posts, *stays, *braces]),
        (Material("concrete", (0.33, 0.325, 0.31), wear=0.6, dirt=0.5, scale=4.0), [ballast]),
    ]
    boxes_of = [
        cuboid((-wide / 2, -0.03, base), (wide / 2, 0.0, base + high)),
        *(cuboid((s * 0.85 - 0.06, 0.0, 0), (s * 0.85 + 0.06, 1.22, 1.3)) for s in (-1, 1)),
        *(cuboid((s * 0.85 - 0.06, 0.0, 1.3), (s * 0.85 + 0.06, 0.11, base + high)) for s in (-1, 1)),
        cuboid((-0.95, 0.8, 0.0), (0.95, 1.2, 0.4)),
    ]
    key = f"sign/site_board_{round(base * 10)}_{'_'.join(rows)}".replace(" ", "")
    return single("sign", key, layers, boxes_of)


def site_board_rand(rng: np.random.Generator) -> Model:
    """Samples the board of a site."""
    rows = [PROJECTS[int(rng.integers(len(PROJECTS)))], KINDS[int(rng.integers(len(KINDS)))]]
    rows += [f"{role}  {company(rng)}" for role in ROLES[: int(rng.integers(3, 5))]]
    return site_board([*rows, f"TEL {telephone(rng)}"], pick(rng, BOARD_COLORS), 2.1, float(rng.uniform(0.2, 0.5)))


def banner(words: Sequence[str], color: Color = WHITE, width: float = 3.2, salt: int = 0, dirt: float = 0.4) -> Model:
    """Returns a printed banner of 0.9 m, tied by its eyelets, in front (-Y) of a fence at y = 0; category banner.

    Args:
        words: its lines.
        color: of the cloth.
        width: metres.
        salt: selects the folds, 0 to 3.
        dirt: of the cloth.
    """
    high = 0.9
    sheet = cloth(width, high, (30, 6), 0.012, salt).moved(0, -0.052, 0.0)
    # A cord laced through the eyelets and behind the uprights of the mesh.
    x = np.linspace(-width / 2 + 0.05, width / 2 - 0.05, 6)
    ties = [box((0.01, 0.041, 0.01), (place, -0.0325, z)) for place in x for z in (0.03, 0.87)]
    ties += [box((width - 0.08, 0.006, 0.006), (0.0, -0.0125, z)) for z in (0.03, 0.87)]
    block = lines(words, 0.62 / (1.45 * len(words) - 0.45), width - 0.4, 0.012, 1.45)
    block = block.transformed(STAND).moved(0, -0.052, high / 2)
    dark = max(color) < 0.4
    layers: list[Layer] = [
        (Material("fabric", color, wear=0.4, dirt=dirt), [sheet]),
        (Material("paint", WHITE if dark else SAFETY_BLUE, wear=0.3, dirt=dirt), [block]),
        (RUBBER, ties),
    ]
    key = f"banner/{'_'.join(words)}_{round(width * 10)}_{salt}".replace(" ", "")
    return single("banner", key, layers, [cuboid((-width / 2, -0.085, 0.0), (width / 2, -0.031, high))])


def banner_rand(rng: np.random.Generator) -> Model:
    """Samples a banner of a firm or with a slogan."""
    words = SLOGANS[int(rng.integers(len(SLOGANS)))] if rng.random() < 0.4 else (company(rng),)
    color, salt = pick(rng, (*BOARD_COLORS, WHITE, WHITE)), int(rng.integers(4))
    return banner(words, color, 3.2, salt, float(rng.uniform(0.2, 0.7)))
