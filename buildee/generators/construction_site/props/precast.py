"""Precast concrete for the crane: stair flights, hollow-core planks, wall panels on a frame, manhole rings. Metres.

Stair flight: 9 rises of 175 mm, goings of 270 mm, waist 150 mm (EN 14843). Hollow-core planks: 1196 mm wide, 200 mm
deep, six cores (EN 1168). Wall panels: 150 mm thick, 3.0 x 2.6 m (EN 14992). Manhole rings: DN 1000, wall 120 mm, 500
mm high (EN 1917).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from buildee.generators.construction_site.props.palette import GALVANIZED, painted
from buildee.generators.construction_site.props.sheet import STAND, wall
from buildee.generators.construction_site.props.stacks import ALONG_X, _bearers
from buildee.layout.bars import bars, chain
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, Shaped, again, cuboid, model, shaped
from buildee.layout.lettering import text
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, circle, loft, prism
from buildee.recipe.seed import Seed

Kind = Literal["stairs", "planks", "panels", "rings"]

CHALK = Material("paint", (0.04, 0.09, 0.25), wear=0.6, dirt=0.2)
"""Blue marker of the works."""


def cast(salt: int, wear: float = 0.4) -> Material:
    """Returns the concrete of one casting: its grey and its dirt differ from the next."""
    rng = Seed(salt).child("cast").rng()
    grey = float(rng.uniform(0.24, 0.36))
    return Material(
        "concrete", (grey, grey * 0.985, grey * 0.93), wear=wear, dirt=float(rng.uniform(0.2, 0.6)), scale=3.0
    )


def precast_stairs(flights: int = 2, salt: int = 0) -> Model:
    """Returns stair flights lying on their soffits along X, timbers between; category precast_unit.

    Args:
        flights: on top of each other, 1 to 3.
        salt: selects the irregularities and the concrete, 0 to 7.
    """
    rise, going, waist, wide, steps = 0.175, 0.27, 0.15, 1.2, 9
    slope = np.hypot(rise, going)
    depth = rise * going / slope
    outline = [(0.0, 0.0), (steps * slope, 0.0)]
    for k in range(steps, 0, -1):
        outline += [(k * slope, waist), (k * slope - going * going / slope, waist + depth)]
    outline += [(0.0, waist)]
    body = prism(outline, wide).transformed(STAND)
    length, high = steps * slope, waist + depth + 0.1
    rng = Seed(salt).child("precast_stairs").rng()
    first = shaped("flight.0", "precast_unit/flight", [(cast(salt), [body.moved(-length / 2, wide / 2, 0)])])
    pieces, timbers = [], _bearers((-0.9, 0.9), wide + 0.1, 0.1)
    for level in range(flights):
        lift = level * high
        turn = pose_at(0, 0, 0, np.pi * (level % 2)) @ pose_at(rng.normal(0, 0.01), rng.normal(0, 0.015))
        pieces += [again(t, f"{level}.{t.part.name}", pose_at(z=lift) @ t.part.rest) for t in timbers]
        flight = shaped(
            f"flight.{level}",
            first.part.shape,
            [(cast(salt + level), [first.mesh])],
            [cuboid((-length / 2, -wide / 2, 0), (length / 2, wide / 2, waist + depth))],
        )
        pieces.append(again(flight, f"flight.{level}", pose_at(z=lift + 0.1) @ turn))
    return model("precast_unit", pieces)


def hollow_planks(length: float = 6.0, count: int = 4, salt: int = 0) -> Model:
    """Returns hollow-core planks on top of each other, timbers between; category precast_unit.

    Args:
        length: metres, a multiple of 0.5.
        count: 2 to 6.
        salt: selects the irregularities, 0 to 7.
    """
    wide, deep, cores = 1.196, 0.2, 6
    pitch = wide / cores
    radius, lid = 0.075, 0.025
    angle = np.linspace(-np.pi / 2, np.pi / 2, 9)
    right = np.column_stack([pitch / 2 - radius * np.cos(angle), deep / 2 + radius * np.sin(angle)])
    web = np.concatenate([right, (right * (-1, 1))[::-1]])
    webs = [prism(web, length).moved(x=(k - cores / 2) * pitch) for k in range(1, cores)]
    half = np.concatenate([[(0.0, lid), (0.0, deep - lid)], right[::-1]]) * (-1, 1)
    webs += [prism(half, length).moved(x=wide / 2), prism((half * (-1, 1))[::-1], length).moved(x=-wide / 2)]
    plates = [box((wide, lid, length), (0, at, length / 2), 0.004) for at in (lid / 2, deep - lid / 2)]
    plank = Mesh.merged([*webs, *plates]).transformed(ALONG_X).moved(x=-length / 2)
    rng = Seed(salt).child("hollow_planks").rng()
    mark = text(f"P{100 + 7 * salt} L{round(length * 100)}", 0.07).transformed(STAND)
    mark = mark.moved(-length / 2 + 0.4, -wide / 2, 0.06)
    pieces: list[Shaped] = []
    timbers = _bearers((-0.42 * length, 0.42 * length), 1.2, 0.07)
    for level in range(count):
        lift = level * (deep + 0.07)
        pieces += [again(t, f"{level}.{t.part.name}", pose_at(z=lift) @ t.part.rest) for t in timbers]
        unit = shaped(
            f"plank.{level}",
            f"precast_unit/plank_{round(length * 10)}_{salt}",
            [(cast(salt + level), [plank]), (CHALK, [mark])],
            [cuboid((-length / 2, -wide / 2, 0), (length / 2, wide / 2, deep))],
        )
        pieces.append(again(unit, f"plank.{level}", pose_at(rng.normal(0, 0.02), rng.normal(0, 0.01), lift + 0.07)))
    return model("precast_unit", pieces)


def wall_panels(count: int = 3, salt: int = 0) -> Model:
    """Returns wall panels leaning on both sides of a steel frame along X; category precast_unit.

    Args:
        count: 1 to 4.
        salt: selects openings and concrete, 0 to 7.
    """
    rng = Seed(salt).child("wall_panels").rng()
    lean, foot, tall, length, thick = np.deg2rad(8.0), 0.12, 2.6, 3.0, 0.15
    pieces = [_a_frame(length, foot, tall, lean)]
    for number in range(count):
        side, layer = number % 2, number // 2
        openings = [[], [(-0.6, 0.7, 0.95, 2.15)], [(0.2, 1.15, 0.0, 2.1)]][int(rng.integers(3))]
        name = "plain" if not openings else f"{round(openings[0][2] * 100)}"
        loops = [
            chain(
                [
                    (x - 0.08, thick / 2, tall - 0.01),
                    (x - 0.05, thick / 2, tall + 0.09),
                    (x + 0.05, thick / 2, tall + 0.09),
                    (x + 0.08, thick / 2, tall - 0.01),
                ],
                0.009,
                6,
            )
            for x in (-0.9, 0.9)
        ]
        panel = shaped(
            f"panel.{number}",
            f"precast_unit/panel_{name}",
            [(cast(salt + number), [wall(length, tall, thick, openings)]), (GALVANIZED, loops)],
            [cuboid((-length / 2, 0, 0), (length / 2, thick, tall + 0.1))],
        )
        # The back of a panel, y = thick, lies on the frame, whose face leans inwards.
        out = 0.42 + layer * (thick + 0.02) / np.cos(lean)
        rest = pose_at(rng.normal(0, 0.02), -out, foot) @ rotation((1, 0, 0), -lean) @ pose_at(y=-thick)
        if side:
            rest = pose_at(yaw=np.pi) @ rest
        pieces.append(again(panel, f"panel.{number}", rest))
    return model("precast_unit", pieces)


def _a_frame(length: float, foot: float, tall: float, lean: float) -> Shaped:
    """Returns the rack: two skids, cross beams, leaning posts with a ridge."""
    steel = [box((length - 0.2, 0.1, 0.04), (0, s * 0.62, 0.02), 0.006) for s in (-1, 1)]
    steel += [box((0.1, 1.7, foot - 0.04), (x, 0, 0.04 + (foot - 0.04) / 2), 0.006) for x in (-1.0, 0.0, 1.0)]
    top = 0.42 - tall * 0.85 * np.tan(lean)
    starts = [(x, s * 0.385, foot) for x in (-1.0, 0.0, 1.0) for s in (-1, 1)]
    ends = [(x, s * (top - 0.035), foot + 0.85 * tall) for x in (-1.0, 0.0, 1.0) for s in (-1, 1)]
    steel.append(bars(starts, ends, 0.045, 4))
    steel.append(
        bars(
            [(-1.0, s * (top - 0.07), foot + 0.8 * tall) for s in (-1, 1)],
            [(1.0, s * (top - 0.07), foot + 0.8 * tall) for s in (-1, 1)],
            0.035,
            4,
        )
    )
    steel += [box((0.06, 2 * top - 0.06, 0.06), (x, 0, foot + 0.78 * tall), 0.004) for x in (-1.0, 0.0, 1.0)]
    boxes = [
        cuboid((-length / 2 + 0.1, -0.85, 0), (length / 2 - 0.1, 0.85, foot)),
        cuboid((-1.06, -0.44, foot), (1.06, 0.44, foot + 0.85 * tall + 0.03)),
    ]
    layers: list[Layer] = [(painted((0.45, 0.09, 0.02), 0.7, 0.5), steel)]
    return shaped("frame", "precast_unit/a_frame", layers, boxes)


def manhole_rings(stacks: int = 2, high: int = 3, salt: int = 0) -> Model:
    """Returns stacks of manhole rings along X; category precast_unit.

    Args:
        stacks: side by side, 1 to 3.
        high: rings in the first stack, 1 to 4; the next ones have fewer.
        salt: selects the irregularities, 0 to 7.
    """
    inner, outer, tall = 0.5, 0.62, 0.5
    cut = 0.012
    profile = [
        (inner + cut, 0.0),
        (outer - cut, 0.0),
        (outer, cut),
        (outer, tall - cut),
        (outer - cut, tall),
        (inner + cut, tall),
        (inner, tall - cut),
        (inner, cut),
    ]
    ring = _turned(profile)
    reach = inner - 0.11
    irons = [
        chain(
            [(inner + 0.01, -0.15, 0.25), (reach, -0.15, 0.25), (reach, 0.15, 0.25), (inner + 0.01, 0.15, 0.25)],
            0.011,
            6,
        )
    ]
    rng = Seed(salt).child("manhole_rings").rng()
    pieces = []
    for stack in range(stacks):
        x = (stack - (stacks - 1) / 2) * 1.4
        for level in range(max(high - stack, 1)):
            unit = shaped(
                f"ring.{stack}.{level}",
                "precast_unit/ring",
                [(cast(salt + 3 * stack + level), [ring]), (GALVANIZED, irons)],
                [cuboid((-outer, -outer, 0), (outer, outer, tall))],
            )
            pose = pose_at(x + rng.normal(0, 0.006), rng.normal(0, 0.006), level * tall, rng.uniform(0, 2 * np.pi))
            pieces.append(again(unit, unit.part.name, pose))
    return model("precast_unit", pieces)


def _turned(profile: list[tuple[float, float]]) -> Mesh:
    """Returns a ring with the section `profile`, radius and height from the inside of the foot on, about Z."""
    rings = [np.column_stack([circle(radius, 36), np.full(36, z)]) for radius, z in profile]
    return loft(rings, closed=True, smooth=True)


def precast_rand(rng: np.random.Generator) -> Model:
    """Samples precast units."""
    kind, salt = int(rng.integers(4)), int(rng.integers(8))
    if kind == 0:
        return precast_stairs(int(rng.integers(1, 4)), salt)
    if kind == 1:
        return hollow_planks(float(rng.choice([5.0, 6.0, 7.0])), int(rng.integers(2, 6)), salt)
    if kind == 2:
        return wall_panels(int(rng.integers(1, 5)), salt)
    return manhole_rings(int(rng.integers(1, 4)), int(rng.integers(1, 4)), salt)
