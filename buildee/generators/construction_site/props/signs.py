"""Notices that can be read: safety signs, the board of the firms at the gate, banners. Metres.

Signs: ISO 3864 / ISO 7010 mandatory (blue disc), warning (yellow triangle), prohibition (red ring) and safe-condition
(green) symbols, letters 70 mm high and more, so that they are read from 5 m and farther (ISO 3864-1: height = distance
/ 100 at least). Site boards: about 2.4 x 1.8 m on two posts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from buildee.generators.construction_site.naming import company, telephone
from buildee.generators.construction_site.pieces import pose_at
from buildee.generators.construction_site.props.palette import (
    BLACK,
    GALVANIZED,
    GREY_WOOD,
    RUBBER,
    SAFETY_BLUE,
    SAFETY_GREEN,
    SAFETY_RED,
    SAFETY_YELLOW,
    WHITE,
    pick,
)
from buildee.generators.construction_site.props.prop import Layer, cuboid, model, shaped, single
from buildee.generators.construction_site.props.sheet import STAND, cloth
from buildee.layout.kinematics import rotation
from buildee.layout.lettering import lines
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Model
from buildee.layout.solids import box, circle, cylinder, pipe, prism

INKS: dict[str, Color] = {
    "blue": SAFETY_BLUE,
    "yellow": SAFETY_YELLOW,
    "red": SAFETY_RED,
    "green": SAFETY_GREEN,
    "black": BLACK,
    "light": WHITE,
}
"""Films of a sign in the order of their slots, after the white board."""


@dataclass(frozen=True)
class Notice:
    """What a sign says.

    Attributes:
        symbol: its pictogram; empty for none.
        field: ink behind the words.
        ink: of the words.
        words: its lines.
    """

    symbol: str
    field: str
    ink: str
    words: tuple[str, ...]


NOTICES: dict[str, Notice] = {
    "helmet": Notice("helmet", "blue", "light", ("SAFETY", "HELMETS", "MUST BE", "WORN")),
    "boots": Notice("boots", "blue", "light", ("WEAR", "SAFETY", "BOOTS")),
    "vest": Notice("vest", "blue", "light", ("HI-VIS", "MUST BE", "WORN")),
    "excavation": Notice("warning", "yellow", "black", ("CAUTION", "DEEP", "EXCAVATION")),
    "crane": Notice("warning", "yellow", "black", ("DANGER", "OVERHEAD", "LOADS")),
    "plant": Notice("warning", "yellow", "black", ("CAUTION", "HEAVY", "PLANT", "TURNING")),
    "danger": Notice("warning", "yellow", "black", ("DANGER", "BUILDING", "SITE")),
    "entry": Notice("entry", "light", "red", ("NO", "ENTRY")),
    "trespass": Notice("entry", "light", "red", ("KEEP OUT", "NO PUBLIC", "ACCESS")),
    "visitors": Notice("", "blue", "light", ("ALL VISITORS", "REPORT TO", "SITE OFFICE")),
    "assembly": Notice("", "green", "light", ("FIRE", "ASSEMBLY", "POINT")),
    "first_aid": Notice("", "green", "light", ("FIRST", "AID", ">")),
    "gate_1": Notice("", "light", "black", ("GATE 1",)),
    "gate_2": Notice("", "light", "black", ("GATE 2",)),
    "deliveries": Notice("", "light", "black", ("DELIVERIES", ">")),
    "speed": Notice("", "light", "red", ("5 MPH", "SITE", "LIMIT")),
}

WIDTH = 0.6
"""Of a sign, metres."""

LETTER, PITCH = 0.09, 0.125
"""Height of the letters at most, and from line to line, metres."""


def height_of(notice: Notice) -> float:
    """Returns how high a sign is, metres."""
    return 0.06 + 0.46 * bool(notice.symbol) + PITCH * len(notice.words) + 0.06


def sign(kind: str = "helmet", post: bool = True, dirt: float = 0.35) -> Model:
    """Returns a sign facing -Y, on a post or as a board for hanging on a fence; category sign.

    Args:
        kind: a key of `NOTICES`.
        post: on a tube in a rubber foot, its lower edge at 1.2 m; else the board alone, its back on the plane y = 0,
            its lower edge at z = 0.
        dirt: of the board.
    """
    high, base = height_of(NOTICES[kind]), 1.2 if post else 0.0
    films = [Material("paint", ink, wear=0.25, dirt=dirt) for ink in INKS.values()]
    layers: list[Layer] = [(Material("paint", WHITE, wear=0.3, dirt=dirt), [_board(high)])]
    layers += [(film, [mesh] if len(mesh.vertices) else []) for film, mesh in zip(films, _face(kind), strict=True)]
    bounds = [cuboid((-WIDTH / 2, -0.014, 0), (WIDTH / 2, 0.0, high))]
    board = shaped("board", f"sign/{kind}", layers, bounds, rest=pose_at(z=base))
    if not post:
        return model("sign", [board])
    top = base + high + 0.05
    pole = [
        cylinder(0.03, top - 0.02, 14).moved(0, 0.032, 0.02),
        cylinder(0.032, 0.02, 14, 0.006).moved(0, 0.032, top - 0.005),
    ]
    clips = [box((0.1, 0.05, 0.03), (0, 0.022, z), 0.004) for z in (base + 0.1, base + high - 0.1)]
    stand = shaped(
        "post",
        f"sign/post_{round(100 * high)}",
        [(GALVANIZED, [*pole, *clips]), (RUBBER, [box((0.8, 0.4, 0.12), (0, 0.03, 0.06), 0.025)])],
        [cuboid((-0.06, 0.0, 0), (0.06, 0.08, top + 0.02)), cuboid((-0.4, -0.17, 0), (0.4, 0.23, 0.12))],
    )
    return model("sign", [stand, board])


def sign_rand(rng: np.random.Generator) -> Model:
    """Samples a sign."""
    kind = tuple(NOTICES)[int(rng.integers(len(NOTICES)))]
    return sign(kind, bool(rng.random() < 0.7), float(rng.uniform(0.2, 0.6)))


def _board(high: float) -> Mesh:
    return box((WIDTH, 0.004, high), (0, -0.002, high / 2), 0.001)


@cache
def _face(kind: str) -> tuple[Mesh, ...]:
    """Returns what is printed in each ink on a sign whose lower edge is z = 0."""
    notice = NOTICES[kind]
    groups: dict[str, list[Mesh]] = {ink: [] for ink in INKS}
    block = PITCH * len(notice.words)
    if notice.field != "light":
        field = box((WIDTH - 0.04, block + 0.04, 0.0006), (0, 0.04 + block / 2 + 0.02, 0.0003))
        groups[notice.field].append(field.transformed(STAND).moved(y=-0.004))
    words = lines(notice.words, LETTER, WIDTH - 0.1, 0.0012, PITCH / LETTER)
    groups[notice.ink].append(words.transformed(STAND).moved(0, -0.004, 0.06 + block / 2))
    if notice.symbol:
        spot = pose_at(0, -0.004, 0.06 + block + 0.06 + 0.2) @ STAND
        for ink, mesh in _symbol(notice.symbol):
            groups[ink].append(mesh.transformed(spot))
    return tuple(Mesh.merged(groups[ink]) for ink in INKS)


def _symbol(name: str) -> list[tuple[str, Mesh]]:
    """Returns a pictogram of 0.36 m in the XY plane, each layer 0.5 mm above the one below."""

    def flat(outline: ArrayLike, level: int) -> Mesh:
        return prism(np.asarray(outline, np.float64), 0.0005).moved(z=0.0005 * level)

    disc = circle(0.18, 40)
    if name == "warning":
        return [
            ("black", flat(circle(0.215, 3, np.pi / 2), 0)),
            ("yellow", flat(circle(0.18, 3, np.pi / 2), 1)),
            ("black", flat([(-0.013, -0.02), (0.013, -0.02), (0.02, 0.1), (-0.02, 0.1)], 2)),
            ("black", flat(circle(0.017, 12) + np.array([0, -0.052]), 2)),
        ]
    if name == "entry":
        ring = pipe(0.18, 0.148, 0.0005, 40).moved(z=0.0005)
        slash = box((0.31, 0.03, 0.0005), (0, 0, 0.00125)).transformed(rotation((0, 0, 1), -np.pi / 4))
        return [("light", flat(disc, 0)), ("black", flat(_palm(), 1)), ("red", ring), ("red", slash.moved(z=0.0005))]
    base = [("blue", flat(disc, 0))]
    return base + [(ink, flat(outline, 1 + level)) for level, (ink, outline) in enumerate(_PICTOGRAMS[name])]


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
    ties = [
        box((0.01, 0.03, 0.01), (x, -0.037, z))
        for x in np.linspace(-width / 2 + 0.05, width / 2 - 0.05, 6)
        for z in (0.03, 0.87)
    ]
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


def _palm() -> Sequence[tuple[float, float]]:
    return [
        (-0.05, -0.1),
        (0.05, -0.1),
        (0.06, 0.02),
        (0.06, 0.09),
        (0.035, 0.09),
        (0.03, 0.03),
        (0.03, 0.12),
        (0.005, 0.12),
        (0.0, 0.03),
        (-0.005, 0.11),
        (-0.03, 0.11),
        (-0.03, 0.0),
        (-0.055, 0.04),
        (-0.075, 0.02),
    ]


_HEAD = circle(1.0, 20) * (0.062, 0.075) + (0.0, -0.035)
_DOME = np.concatenate(
    [
        [(-0.105, 0.02), (0.105, 0.02), (0.105, 0.036), (0.088, 0.036)],
        np.column_stack([0.088 * np.cos(t := np.linspace(0, np.pi, 13)), 0.036 + 0.088 * np.sin(t)])[1:],
        [(-0.105, 0.036)],
    ]
)
_PICTOGRAMS: dict[str, list[tuple[str, ArrayLike]]] = {
    "helmet": [("light", _HEAD), ("light", _DOME)],
    "boots": [
        (
            "light",
            [
                (-0.105, -0.075),
                (0.015, -0.075),
                (0.015, -0.05),
                (-0.005, -0.03),
                (-0.04, -0.015),
                (-0.045, 0.09),
                (-0.1, 0.09),
            ],
        ),
        (
            "light",
            [
                (0.025, -0.09),
                (0.135, -0.09),
                (0.135, -0.065),
                (0.115, -0.045),
                (0.08, -0.03),
                (0.075, 0.075),
                (0.025, 0.075),
            ],
        ),
    ],
    "vest": [
        (
            "light",
            [
                (-0.075, -0.11),
                (0.075, -0.11),
                (0.08, 0.05),
                (0.11, 0.1),
                (0.04, 0.12),
                (0.0, 0.02),
                (-0.04, 0.12),
                (-0.11, 0.1),
                (-0.08, 0.05),
            ],
        ),
        ("blue", [(-0.072, -0.05), (0.072, -0.05), (0.073, -0.025), (-0.073, -0.025)]),
    ],
}
