"""Fences that come and go with a site: mesh panels on feet, double gates, wickets. Metres.

Mesh panels follow the common European temporary fence: 3.5 x 2.0 m, round tubes of 38 and 25 mm, welded wires of
3.5 mm at 100 mm upright and 250 mm level, feet about 720 x 230 x 130 mm and 25 to 35 kg.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

import numpy as np

from buildee.generators.construction_site.props.palette import (
    BALLAST,
    GALVANIZED,
    RUBBER,
    STEEL,
    WHITE,
    painted,
    pick,
)
from buildee.generators.construction_site.props.sheet import cloth, curtain, trapezoids
from buildee.layout.bars import bars, chain
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, Shaped, again, cuboid, model, shaped
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Joint, Model
from buildee.layout.solids import box, cylinder, prism

PANEL = (3.5, 2.0)
"""Pitch along the fence and height of a mesh panel."""

Ends = Literal["both", "first", "none"]
Cover = Literal["none", "net"]
Infill = Literal["mesh", "sheet"]

NET_COLORS: tuple[Color, ...] = ((0.018, 0.075, 0.035), (0.012, 0.05, 0.16), (0.5, 0.5, 0.48), (0.02, 0.02, 0.022))
SHEET_COLORS: tuple[Color, ...] = ((0.33, 0.34, 0.33), (0.02, 0.09, 0.24), (0.03, 0.16, 0.08), (0.55, 0.53, 0.48))
BOTTOM = 0.11
"""How far a mesh panel's lower tube hangs above the ground."""


@lru_cache(maxsize=64)
def fence_panel(
    ends: Ends = "both", cover: Cover = "none", cover_color: Color = WHITE, rubber: bool = False, salt: int = 0
) -> Model:
    """Returns a mesh panel along X on its feet; category fence.

    Args:
        ends: which ends get a foot and a clamp: a run of panels shares them, so all but the last take "first" (-X).
        cover: a dust net tied to the outside (-Y).
        cover_color: of the net.
        rubber: feet of recycled rubber instead of concrete.
        salt: selects the folds of the cover, 0 to 3.
    """
    length = PANEL[0]
    panel, foot, clamp = _panel_parts(rubber)
    pieces = [panel]
    places = {"both": (-1, 1), "first": (-1,), "none": ()}[ends]
    for number, side in enumerate(places):
        pieces.append(again(foot, f"foot.{number}", pose_at(side * length / 2)))
        pieces.append(again(clamp, f"clamp.{number}", pose_at(side * length / 2, 0.0, 1.5)))
    if cover != "none":
        pieces.append(_net(cover_color, salt))
    return model("fence", pieces)


def fence_panel_rand(rng: np.random.Generator) -> Model:
    """Samples a mesh panel."""
    cover: Cover = "net" if rng.random() < 0.3 else "none"
    return fence_panel("both", cover, pick(rng, NET_COLORS), bool(rng.random() < 0.3), int(rng.integers(4)))


@cache
def _panel_parts(rubber: bool) -> tuple[Shaped, Shaped, Shaped]:
    """Returns a panel, a foot and a clamp, the same for every panel of a fence."""
    half = PANEL[0] / 2
    panel = shaped("panel", "fence/panel", _panel_layers(), [cuboid((-half, -0.03, 0.0), (half, 0.03, 2.0))])
    foot = shaped("foot", "fence/foot", [(RUBBER if rubber else BALLAST, [_foot()])])
    return panel, foot, shaped("clamp", "fence/clamp", [(GALVANIZED, _clamp())])


def _panel_layers() -> list[Layer]:
    half, top = PANEL[0] / 2 - 0.022, PANEL[1] - 0.019
    inner = half - 0.02
    posts = bars([(-half, 0, 0.03), (half, 0, 0.03)], [(-half, 0, top + 0.019), (half, 0, top + 0.019)], 0.019, 10)
    rails = bars([(-half, 0, BOTTOM), (-half, 0, top)], [(half, 0, BOTTOM), (half, 0, top)], 0.0135, 8)
    x = np.linspace(-inner, inner, 35)
    z = np.linspace(BOTTOM + 0.2, top - 0.2, 8)
    upright = bars(
        np.column_stack([x, np.full_like(x, -0.012), np.full_like(x, BOTTOM)]),
        np.column_stack([x, np.full_like(x, -0.012), np.full_like(x, top)]),
        0.00225,
        4,
        capped=False,
    )
    level = bars(
        np.column_stack([np.full_like(z, -half), np.full_like(z, -0.0085), z]),
        np.column_stack([np.full_like(z, half), np.full_like(z, -0.0085), z]),
        0.00225,
        4,
        capped=False,
    )
    return [(GALVANIZED, [posts, rails, upright, level])]


def _foot() -> Mesh:
    """Returns a foot across the fence: bevelled ends, a raised middle with sockets, moulded hand grips."""
    profile = [(-0.36, 0), (0.36, 0), (0.36, 0.05), (0.27, 0.105), (-0.27, 0.105), (-0.36, 0.05)]
    across = np.array([[0.0, 0, 1, -0.11], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    body = prism(profile, 0.22, 0.012).transformed(across)
    sockets = [box((0.2, 0.075, 0.035), (0, y, 0.12), 0.012) for y in (-0.17, 0.0, 0.17)]
    return Mesh.merged([body, *sockets])


def _clamp() -> list[Mesh]:
    """Returns the two half shells and the bolt that join the posts of neighbours."""
    shells = [box((0.1, 0.012, 0.045), (0, y, 0), 0.004) for y in (-0.026, 0.026)]
    return [*shells, bars([(0, -0.05, 0)], [(0, 0.045, 0)], 0.007, 6), cylinder(0.012, 0.012, 6).moved(0, 0, 0.0)]


@cache
def _net(color: Color, salt: int) -> Shaped:
    """Returns a net over nearly the whole panel, with cable ties."""
    low, high, width = 0.16, 1.94, 3.38
    sheet = cloth(width, high - low, (40, 10), 0.05, salt).moved(0, -0.07, low)
    ties = [
        box((0.012, 0.085, 0.012), (x, -0.032, z))
        for x in np.linspace(-width / 2 + 0.04, width / 2 - 0.04, 7)
        for z in (low + 0.02, high - 0.02)
    ]
    fabric = Material("fabric", color, wear=0.5, dirt=0.45)
    layers: list[Layer] = [(fabric, [sheet]), (RUBBER, ties)]
    return shaped("cover", f"fence/net.{salt}", layers, [cuboid((-width / 2, -0.14, low), (width / 2, 0.0, high))])


def gate(
    width: float = 7.0,
    infill: Infill = "mesh",
    opening: tuple[float, float] = (0.0, 0.0),
    color: Color = (0.3, 0.31, 0.31),
) -> Model:
    """Returns a double-leaf gate across X, inside towards +Y; category gate.

    Parts "leaf.0" (-X) and "leaf.1" (+X) hang on hinges whose values add to the opening; positive values swing the
    free ends to +Y in both.

    Args:
        width: clear width between the posts, 6 to 8 m.
        infill: welded mesh or corrugated sheet.
        opening: angle of the leaves at rest, radians, 0 shut to about 1.9.
        color: of the sheet.
    """
    leaf, height = width / 2 - 0.06, 2.0
    paint = painted(color, 0.4, 0.45)
    tag = f"{round(width * 100)}_{infill}"
    pieces = [shaped("posts", f"gate/posts_{round(width * 100)}", *_gate_posts(width, height))]
    for number, side in enumerate((-1, 1)):
        flip = np.diag([-side, 1.0, 1.0, 1.0])
        meshes = [[mesh.transformed(flip) for mesh in group] for group in _leaf(leaf, height, infill, number)]
        layers: list[Layer] = [(GALVANIZED, meshes[0]), (paint, meshes[1]), (STEEL, meshes[2])]
        low, high = sorted((0.0, -side * leaf))
        angle = -side * opening[number]
        rest = pose_at(side * width / 2, -0.02) @ rotation((0, 0, 1), angle)
        joint = Joint("hinge", (0.0, 0.0, -float(side)), (-opening[number], np.deg2rad(110) - opening[number]))
        box_of = [cuboid((low, -0.06, 0.0), (high, 0.06, height + 0.1))]
        pieces.append(shaped(f"leaf.{number}", f"gate/leaf_{tag}.{number}", layers, box_of, rest=rest, joint=joint))
    return model("gate", pieces)


def gate_rand(rng: np.random.Generator) -> Model:
    """Samples a gate, partly open."""
    opening = (float(rng.uniform(0.0, 1.7)), float(rng.uniform(0.0, 1.7)))
    infill: Infill = "mesh" if rng.random() < 0.5 else "sheet"
    return gate(float(rng.choice([6.0, 7.0, 8.0])), infill, opening, pick(rng, SHEET_COLORS))


def _gate_posts(width: float, height: float):
    steel, bases, boxes = [], [], []
    for side in (-1, 1):
        x = side * (width / 2 + 0.09)
        steel.append(box((0.1, 0.1, height + 0.2), (x, -0.02, height / 2 + 0.1), 0.008))
        steel.append(box((0.11, 0.11, 0.012), (x, -0.02, height + 0.204), 0.003))
        steel += [cylinder(0.016, 0.1, 8).moved(side * width / 2, -0.02, z) for z in (0.3, 1.7)]
        steel += [box((0.07, 0.02, 0.05), (x - side * 0.06, -0.02, z), 0.003) for z in (0.3, 1.7)]
        bases.append(box((0.5, 0.9, 0.24), (x + side * 0.18, -0.02, 0.12), 0.02))
        boxes.append(cuboid((x - 0.06, -0.08, 0), (x + 0.06, 0.04, height + 0.22)))
        boxes.append(cuboid((x + side * 0.18 - 0.25, -0.47, 0), (x + side * 0.18 + 0.25, 0.43, 0.24)))
    return [(GALVANIZED, steel), (BALLAST, bases)], boxes


def _leaf(length: float, height: float, infill: Infill, number: int) -> list[list[Mesh]]:
    """Returns frame, infill and fittings of a leaf that runs along +X from its hinge."""
    low, r = 0.14, 0.03
    a, b = 0.05, length - 0.02
    frame = [box((0.06, 0.06, height - low + 0.06), (x, 0, (height + low) / 2), 0.005) for x in (a, b)] + [
        box((b - a, 0.06, 0.06), ((a + b) / 2, 0, z), 0.005) for z in (low, height)
    ]
    frame += [box((0.04, 0.04, height - low), ((a + b) / 2, 0, (height + low) / 2), 0.004)]
    frame.append(bars([(a + r, 0.0, low + 0.04)], [((a + b) / 2, 0.0, height - 0.04)], 0.022, 4))
    frame.append(bars([((a + b) / 2, 0.0, low + 0.04)], [(b - r, 0.0, height - 0.04)], 0.022, 4))
    frame += [box((0.08, 0.05, 0.06), (0.025, 0, z), 0.006) for z in (0.34, 1.74)]
    skin: list[Mesh] = []
    if infill == "sheet":
        line = trapezoids(b - a + 0.04, 0.07, 0.03, 0.06, 0.018)
        skin.append(curtain(line, low - 0.03, height + 0.03, 0.0015).moved((a + b) / 2, -0.052))
    else:
        x, z = np.arange(a + 0.1, b, 0.1), np.arange(low + 0.2, height, 0.2)
        flat = np.full_like
        frame.append(
            bars(
                np.column_stack([x, flat(x, -0.02), flat(x, low)]),
                np.column_stack([x, flat(x, -0.02), flat(x, height)]),
                0.003,
                4,
                False,
            )
        )
        frame.append(
            bars(
                np.column_stack([flat(z, a), flat(z, -0.016), z]),
                np.column_stack([flat(z, b), flat(z, -0.016), z]),
                0.003,
                4,
                False,
            )
        )
    wheel = cylinder(0.08, 0.035, 16, 0.008).transformed(pose_at(b - 0.1, 0.055, 0.08) @ rotation((1, 0, 0), np.pi / 2))
    fork = box((0.03, 0.012, 0.14), (b - 0.1, 0.0, 0.13), 0.003)
    bolt = bars([(b, 0.05, 0.03)], [(b, 0.05, 0.7)], 0.009, 6)
    fittings = [wheel, fork, bolt, box((0.07, 0.05, 0.1), (b, 0.045, 0.62), 0.005)]
    if number == 0:
        links = [(b, -0.05, 1.12), (b + 0.02, -0.07, 1.0), (b + 0.05, -0.06, 0.9)]
        fittings.append(chain(links, 0.007))
    return [frame, skin, fittings]


WICKET = 2.2
"""Length of fence that a wicket takes, metres."""


def wicket(opening: float = 0.0) -> Model:
    """Returns a gate for people across X, 1.2 m clear, inside towards +Y; category gate.

    Part "leaf" hangs on a hinge at -X whose value adds to the opening.

    Args:
        opening: angle of the leaf at rest, radians, 0 shut to 1.9.
    """
    half, height = 0.6, 2.0
    steel, bases, boxes = [], [], []
    for side in (-1, 1):
        x = side * (half + 0.06)
        steel.append(box((0.08, 0.08, height + 0.15), (x, -0.02, height / 2 + 0.075), 0.006))
        bases.append(box((0.32, 0.7, 0.2), (x + side * 0.12, -0.02, 0.1), 0.02))
        boxes.append(cuboid((x - 0.05, -0.07, 0), (x + 0.05, 0.03, height + 0.16)))
        boxes.append(cuboid((x + side * 0.12 - 0.16, -0.37, 0), (x + side * 0.12 + 0.16, 0.33, 0.2)))
    steel.append(box((2 * half + 0.2, 0.06, 0.06), (0, -0.02, height + 0.12), 0.005))
    boxes.append(cuboid((-half, -0.06, height + 0.08), (half, 0.02, height + 0.16)))
    frame, _, fittings = _leaf(2 * half - 0.04, height - 0.06, "mesh", 1)
    joint = Joint("hinge", (0.0, 0.0, 1.0), (-opening, np.deg2rad(110) - opening))
    leaf = shaped(
        "leaf",
        "gate/wicket_leaf",
        [(GALVANIZED, frame), (STEEL, fittings)],
        [cuboid((0.0, -0.06, 0.0), (2 * half - 0.04, 0.06, height))],
        rest=pose_at(-half, -0.02) @ rotation((0, 0, 1), opening),
        joint=joint,
    )
    return model("gate", [shaped("posts", "gate/wicket_posts", [(GALVANIZED, steel), (BALLAST, bases)], boxes), leaf])


def wicket_rand(rng: np.random.Generator) -> Model:
    """Samples a wicket, open or ajar."""
    return wicket(float(rng.choice([0.0, 0.3, 1.4])))
