"""Safety signs that can be read. Metres.

Signs: ISO 3864 / ISO 7010 mandatory (blue disc), warning (yellow triangle), prohibition (red ring) and safe-condition
(green) symbols, letters 70 mm high and more, so that they are read from 5 m and farther (ISO 3864-1: height = distance
/ 100 at least).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from buildee.generators.construction_site.props.palette import (
    BLACK,
    GALVANIZED,
    RUBBER,
    SAFETY_BLUE,
    SAFETY_GREEN,
    SAFETY_RED,
    SAFETY_YELLOW,
    WHITE,
)
from buildee.generators.construction_site.props.pictograms import symbol
from buildee.generators.construction_site.props.sheet import STAND
from buildee.layout.layers import Layer, Shaped, cuboid, model, shaped
from buildee.layout.lettering import lines
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, cylinder

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


def sign(kind: str = "helmet", post: bool = True, dirt: float = 0.35, gap: float = 0.0) -> Model:
    """Returns a sign facing -Y, on a post or as a board for hanging on a fence; category sign.

    Args:
        kind: a key of `NOTICES`.
        post: on a tube in a rubber foot, its lower edge at 1.2 m; else the board alone, its back on the plane y = 0,
            its lower edge at z = 0.
        dirt: of the board.
        gap: from a hung board's back to what its brackets are tied to, metres.
    """
    high, base = height_of(NOTICES[kind]), 1.2 if post else 0.0
    films = [Material("paint", ink, wear=0.25, dirt=dirt) for ink in INKS.values()]
    layers: list[Layer] = [(Material("paint", WHITE, wear=0.3, dirt=dirt), [_board(high)])]
    layers += [(film, [mesh] if len(mesh.vertices) else []) for film, mesh in zip(films, _face(kind), strict=True)]
    bounds = [cuboid((-WIDTH / 2, -0.014, 0), (WIDTH / 2, 0.0, high))]
    board = shaped("board", f"sign/{kind}", layers, bounds, rest=pose_at(z=base))
    if not post:
        return model("sign", [board, *_brackets(kind, high, gap)])
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


def _brackets(kind: str, high: float, gap: float) -> list[Shaped]:
    """Returns two channels behind a hung board, as deep as the gap to what they are tied to."""
    if gap <= 0:
        return []
    rails = [box((WIDTH - 0.06, gap, 0.03), (0, gap / 2, z), 0.002) for z in (0.08, high - 0.08)]
    return [shaped("brackets", f"sign/brackets_{round(100 * high)}_{round(1000 * gap)}", [(GALVANIZED, rails)], [])]


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
        for ink, mesh in symbol(notice.symbol):
            groups[ink].append(mesh.transformed(spot))
    return tuple(Mesh.merged(groups[ink]) for ink in INKS)
