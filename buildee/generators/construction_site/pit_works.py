"""What drains and guards an excavation: pump and hose, edge protection, ladder."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site import digs
from buildee.generators.construction_site.excavations import PILE_WALL, RAMP_WIDTH, Dig
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.guardrail import POST, TIMBER, edge_protection
from buildee.generators.construction_site.sheet_piling import FREE, PLATE, walls
from buildee.generators.construction_site.site import Plot
from buildee.layout.bars import bars
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, piece, pose_at
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Instance, Part
from buildee.layout.solids import box, cylinder, tube
from buildee.recipe.seed import Seed

HOSE = Material("rubber", (0.03, 0.07, 0.14), wear=0.5, dirt=0.8)
ALUMINIUM = Material("bare_metal", (0.55, 0.56, 0.57), wear=0.6, dirt=0.5)
PUMP = (
    Material("painted_metal", (0.62, 0.4, 0.02), wear=0.5, dirt=0.7),
    Material("bare_metal", (0.3, 0.3, 0.3), dirt=0.6),
)

GUARD = 0.36
"""From the rim to the posts of the edge protection, metres."""

RUN = 2.4
"""Greatest length of one run of edge protection, metres."""

OUTLET = np.array([0.0, 0.16, 0.43])
"""Where the hose is pushed on the pump's outlet, which points along +Y, metres."""

RADIUS = 0.04
"""Of the hose, metres."""


def pit_works(plot: Plot, ground: Ground, seed: Seed) -> Assembly:
    """Returns what belongs to the open excavation, nothing without one."""
    dig = plot.dig
    if dig is None:
        return Assembly()
    pieces = []
    if dig.sides == "sheet_piled":
        pieces.append(walls(dig, plot.side))
    if not dig.foundations:
        pieces += [_drained(dig, ground), *(_guarded(strip, n, ground) for n, strip in enumerate(guarded(dig)))]
        if dig.sides == "sheet_piled":
            pieces.append(_ladder(dig, ground))
    return Assembly.merged(pieces)


def guarded(dig: Dig) -> list[Footprint]:
    """Returns the strips of edge protection: on all sides of a pit but that of the machines, which barriers close."""
    rim = dig.rim
    outer = rim.grown(GUARD)
    strips = []
    entered = dig.ramp is not None and abs(np.cos(dig.ramp.yaw - rim.yaw)) > 0.5  # over that end
    for turn, away, length in (
        (0.0, (0.0, 1.0), rim.length + 2 * GUARD - 0.5),
        (-np.pi / 2, (1.0, 0.0), rim.width - 0.2),
        (np.pi / 2, (-1.0, 0.0), rim.width - 0.2),
    ):
        across = away[1]
        if entered and away[0] * dig.drained < 0:  # as far as the ramp
            length = float(rim.local((dig.ramp.x, dig.ramp.y))[1]) - RAMP_WIDTH / 2 - 0.5 + rim.width / 2
            across = (length + 0.2) / outer.width - 1
        x, y = outer.point(away[0], across)
        strips.append(Footprint(x, y, rim.yaw + turn, length, 0.25))
    return strips


def _guarded(strip: Footprint, side: int, ground: Ground) -> Assembly:
    """Returns edge protection in runs, each following the ground; its boards hang on the side away from the pit."""
    pieces = []
    count = int(np.ceil(strip.length / RUN))
    length = round(strip.length / count, 4)
    mesh = edge_protection(length, "boards")
    for number in range(count):
        start, end = strip.points([(-1 + 2 * (number + k) / count, 0.0) for k in (0, 1)])
        low = ground.height(np.linspace(start, end, 5)).min()
        shape = (f"guardrail/{length:.4f}boards", mesh)
        pose = pose_at(*start, float(low), strip.yaw)
        pieces.append(piece(f"pit_guard.{side}.{number}", "guardrail", shape, (POST, TIMBER), pose))
    return Assembly.merged(pieces)


def _drained(dig: Dig, ground: Ground) -> Assembly:
    """Returns a submersible pump in the sump and its hose, over the edge where machines work and onto the ground."""
    rim, out = dig.rim, dig.outlet
    at = digs.sump(dig)
    foot = float(ground.height(at))
    heading = float(np.arctan2(*(out - at)[::-1])) - np.pi / 2
    pump = piece("pump", "tool", ("pit/pump", _pump()), PUMP, pose_at(*at, foot - 0.01, heading))
    mouth = pose_at(*at, foot - 0.01, heading) @ np.append(OUTLET, 1.0)
    share = np.linspace(0.0, 1.0, 60)[1:]
    straight = mouth[:2] + share[:, None] * (out - mouth[:2])
    aside = (out - at)[::-1] * (-1.0, 1.0) / np.linalg.norm(out - at)
    plan = straight + (0.3 * np.sin(9.0 * share) * np.sin(np.pi * share) ** 2)[:, None] * aside
    path = np.column_stack([plan, ground.height(plan) + RADIUS + 0.008])
    falls = np.linalg.norm(plan - mouth[:2], axis=1)
    path[:, 2] = np.maximum(path[:, 2], mouth[2] - 0.7 * np.maximum(falls - 0.12, 0.0))  # stiff, it bends down slowly
    if dig.sides == "sheet_piled":  # hung over the wall, clear of its waling, and down behind it
        within = -rim.local(plan)[:, 1] - rim.width / 2  # from the wall's rear, positive outside
        inside, behind = within < -PILE_WALL - 0.5, within > 0.25
        over = rim.local(plan[inside][-1])[0]
        top = FREE + PLATE + RADIUS + 0.005
        low = path[inside][-1, 2]
        hung = [
            (PILE_WALL + 0.5, low + 0.15),
            (PILE_WALL + 0.47, -0.4 * dig.depth),
            (PILE_WALL + 0.42, -0.2 * dig.depth),
            (PILE_WALL + 0.16, top - 0.05),
        ]
        hung += [(PILE_WALL, top), (0.0, top), (-0.14, top - 0.05)]
        crest = [(*rim.point(2 * over / rim.length, 2 * depth / rim.width - 1), z) for depth, z in hung]
        path = np.concatenate([path[inside], crest, path[behind]])
    path = np.concatenate([mouth[None, :3], path])
    part = Part("body", "ground/hose", (HOSE,))
    hose = Instance("hose", "pipe", (part,), np.eye(4)[None])
    return Assembly.merged([pump, Assembly({part.shape: tube(path, RADIUS, 8)}, (hose,))])


def _ladder(dig: Dig, ground: Ground) -> Assembly:
    """Returns an aluminium ladder that leans on a wall of sheet piles, a metre above its top (EN 131: 1 in 4)."""
    rim, end = dig.rim, dig.drained
    low = -dig.depth
    for _ in range(2):  # the foot moves out as far as the floor there is lower
        out = PILE_WALL + 0.34 + (FREE - low) / 4
        foot = rim.points([(end * (1 - 2 * out / rim.length), 0.25)])[0]
        low = float(ground.height(foot))
    rise = FREE + 1.0 - low
    lean = np.array([1 / 4, 0.0, 1.0]) / np.hypot(1, 1 / 4)
    length = rise / lean[2]
    stiles = np.array([(0.0, side, 0.0) for side in (-0.2, 0.2)])
    steps = np.arange(0.28, length - 0.1, 0.28)
    rungs = steps[:, None] * lean
    aside = np.array([0.0, 0.2, 0.0])
    mesh = Mesh.merged([bars(stiles, stiles + length * lean, 0.035, 4), bars(rungs - aside, rungs + aside, 0.015, 8)])
    pose = pose_at(*foot, low, rim.yaw + (0.0 if end > 0 else np.pi))
    return piece(
        "pit_ladder", "ladder", (f"pit/ladder_{length:.2f}", mesh), (ALUMINIUM,), pose, box_proxy(*_steps(length, lean))
    )


def _steps(length: float, lean: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Returns (2, 3) boxes along something that leans, from its foot to its top."""
    places = np.linspace(0.0, length, 9)
    ends, around = places[:, None] * lean, np.array([0.03, 0.22, 0.0])
    return [np.stack([np.minimum(a, b) - around, np.maximum(a, b) + around]) for a, b in pairwise(ends)]


def _pump() -> Mesh:
    """Returns a submersible pump on z = 0: strainer, motor, lid, handle and outlet; slot 1 bare steel."""
    strainer = cylinder(0.115, 0.1, 20, 0.006)
    slots = [box((0.012, 0.24, 0.05), (0, 0, 0.045)).transformed(_turned(k * np.pi / 8)) for k in range(8)]
    motor = cylinder(0.1, 0.26, 20, 0.008).moved(z=0.1)
    lid = cylinder(0.108, 0.05, 20, 0.01).moved(z=0.36)
    handle = tube([(-0.07, 0, 0.4), (-0.06, 0, 0.49), (0.06, 0, 0.49), (0.07, 0, 0.4)], 0.011, 8)
    outlet = tube([(0.0, 0.05, 0.38), (0.0, 0.1, 0.43), (0.0, 0.16, 0.43)], 0.035, 10)
    return Mesh.merged([motor, lid, Mesh.merged([strainer, *slots, handle, outlet]).with_slot(1)])


def _turned(angle: float) -> NDArray[np.float64]:
    return pose_at(yaw=angle)
