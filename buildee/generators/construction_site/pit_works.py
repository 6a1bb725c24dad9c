"""What holds, drains and guards an excavation: sheet piles, walings, anchors, pump and hose, edge protection, ladder.

Sheet piles are U sections of the size of PU 18: 600 mm wide, 430 mm deep over the wall, flanges 11 mm thick; interlocks
lie in the middle of the wall. Walings are HEB 240 beams a third of the way down, tied back by ground anchors.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site import digs
from buildee.generators.construction_site.digs import STRIPPED
from buildee.generators.construction_site.ground import Ground
from buildee.generators.construction_site.guardrail import POST, TIMBER, edge_protection
from buildee.generators.construction_site.pieces import box_proxy, piece, pose_at
from buildee.generators.construction_site.site import PILE_PAIR, PILE_WALL, Dig, Plot
from buildee.generators.construction_site.steelwork import bars
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.placement import Footprint
from buildee.layout.scene import Assembly, Instance, Part
from buildee.layout.solids import box, cylinder, prism, tube
from buildee.recipe.seed import Seed

PILE = Material("rusty_steel", (0.16, 0.085, 0.055), wear=0.7, dirt=0.7)
WALING = Material("rusty_steel", (0.2, 0.1, 0.065), wear=0.5, dirt=0.5)
HOSE = Material("rubber", (0.03, 0.07, 0.14), wear=0.5, dirt=0.8)
ALUMINIUM = Material("bare_metal", (0.55, 0.56, 0.57), wear=0.6, dirt=0.5)
PUMP = (
    Material("painted_metal", (0.62, 0.4, 0.02), wear=0.5, dirt=0.7),
    Material("bare_metal", (0.3, 0.3, 0.3), dirt=0.6),
)

FREE = 0.12
"""How far piles stand out of the ground, about, metres."""

EMBEDDED = 0.8
"""How much of a pile's free height is driven below the floor again: what one sees never needs more."""

WALED = 1.8
"""From which depth on a sheet-pile wall gets a waling, metres."""

GUARD = 0.35
"""From the rim to the posts of the edge protection, metres."""

RUN = 2.4
"""Length of one run of edge protection, metres."""


def pit_works(plot: Plot, ground: Ground, seed: Seed) -> Assembly:
    """Returns what belongs to the open excavation, nothing without one."""
    dig = plot.dig
    if dig is None:
        return Assembly()
    pieces = []
    if dig.sides == "sheet_piled":
        pieces += [_walls(dig, plot, ground, seed.child("piles").rng())]
    if not dig.foundations:
        pieces += [_drained(dig, plot, ground, seed.child("pump").rng()), _guarded(guarded(plot), ground)]
    return Assembly.merged(pieces)


def guarded(plot: Plot) -> Footprint | None:
    """Returns the strip along the side of the pit towards the building that edge protection takes, None without."""
    if plot.dig is None or plot.dig.foundations:
        return None
    rim = plot.dig.rim
    toward = np.sign(plot.building.x - rim.x)
    length = np.floor((rim.width - 1.0) / RUN) * RUN
    return Footprint(rim.x + toward * (rim.length / 2 + GUARD), rim.y, toward * np.pi / 2, float(length), 0.25)


def _guarded(strip: Footprint | None, ground: Ground) -> Assembly:
    """Returns edge protection in runs, each following the ground."""
    if strip is None:
        return Assembly()
    pieces = []
    mesh = edge_protection(RUN, "boards")
    for number in range(round(strip.length / RUN)):
        ends = strip.points([(-1 + 2 * (number + k) * RUN / strip.length, 0.0) for k in (0, 1)])
        # Boards hang on the side away from the pit: the run goes the other way along the strip.
        start, end = ends[::-1]
        low = ground.height(ends).min()
        yaw = float(np.arctan2(*(end - start)[::-1]))
        shape = (f"guardrail/{RUN:.2f}boards", mesh)
        pieces.append(
            piece(f"pit_guard.{number}", "guardrail", shape, (POST, TIMBER), pose_at(*start, float(low), yaw))
        )
    return Assembly.merged(pieces)


def _sides(rim: Footprint) -> list[tuple[NDArray[np.float64], float, int]]:
    """Returns start, heading and number of pile pairs of each wall; the dig lies on its left."""
    (x0, y0), (x1, y1) = rim.corners.min(0), rim.corners.max(0)
    along_x, along_y = round((x1 - x0) / PILE_PAIR), round((y1 - y0 - 2 * PILE_WALL) / PILE_PAIR)
    return [
        (np.array([x0, y0]), 0.0, along_x),
        (np.array([x1, y1]), np.pi, along_x),
        (np.array([x1, y0 + PILE_WALL]), np.pi / 2, along_y),
        (np.array([x0, y1 - PILE_WALL]), -np.pi / 2, along_y),
    ]


def _walls(dig: Dig, plot: Plot, ground: Ground, rng: np.random.Generator) -> Assembly:
    """Returns walls of sheet piles around a dig; where it still grows, its working face has none."""
    height = round(dig.depth * (1 + EMBEDDED) + FREE, 3)
    shape = (f"pit/piles_{height:.2f}", pile_pair(height))
    pieces, number = [], 0
    for side, (start, yaw, count) in enumerate(_sides(dig.rim)):
        if dig.foundations and dig.rim != dig.whole and side == (3 if plot.side > 0 else 2):
            continue
        ahead = np.array([np.cos(yaw), np.sin(yaw)])
        for k in range(count):
            at = start + (k + 0.5) * PILE_PAIR * ahead
            top = FREE + rng.uniform(-0.07, 0.07)
            bounds = [(-PILE_PAIR / 2, 0.02, 0), (PILE_PAIR / 2, PILE_WALL, height)]
            pose = pose_at(*at, top - height, yaw)
            pieces.append(piece(f"sheet_pile.{number}", "sheet_pile", shape, (PILE,), pose, box_proxy(bounds)))
            number += 1
        pieces.append(_fill(side, start, yaw, count, STRIPPED if dig.foundations else 0.0))
        if dig.depth > WALED:
            pieces.append(_waling(side, start, yaw, count, dig.depth))
    return Assembly.merged(pieces)


_FLANGE, _DEPTH, _SKIN = 0.175, 0.43, 0.0112
"""Half a flange, depth over the wall and thickness of the piles, metres."""


def _middle_line() -> NDArray[np.float64]:
    """Returns (N, 2) the middle line of a pair of piles in plan, X along the wall, Y into the dig."""
    back, front = PILE_WALL - _DEPTH + _SKIN / 2, PILE_WALL - _SKIN / 2
    middle = (back + front) / 2
    return np.array(
        [
            (-0.6, middle),
            (-0.3 - _FLANGE, back),
            (-0.3 + _FLANGE, back),
            (0.0, middle),
            (0.3 - _FLANGE, front),
            (0.3 + _FLANGE, front),
            (0.6, middle),
        ]
    )


def pile_pair(height: float) -> Mesh:
    """Returns two sheet piles side by side from z = 0 to `height`; the soil touches y = 0, the dig lies towards +Y."""
    line = _middle_line()
    steps = np.diff(line, axis=0)
    normals = np.column_stack([-steps[:, 1], steps[:, 0]]) / np.linalg.norm(steps, axis=1, keepdims=True)
    halving = np.concatenate([normals[:1], normals[:-1] + normals[1:], normals[-1:]])
    halving /= (halving * np.concatenate([normals[:1], normals])).sum(1, keepdims=True)
    outline = np.concatenate([line - halving * _SKIN / 2, (line + halving * _SKIN / 2)[::-1]])
    sheet = prism(outline, height)
    hooks = [box((0.045, 0.03, height - 0.004), (x, line[0, 1], height / 2 - 0.002), 0.006) for x in (-0.578, 0.022)]
    return Mesh.merged([sheet, *hooks])


def _fill(side: int, start: NDArray[np.float64], yaw: float, count: int, low: float) -> Assembly:
    """Returns the soil in the pockets between the piles and the sheer ground behind them."""
    line = _middle_line()
    pocket = np.array([line[2], line[3], line[4], line[5], line[6], (0.6 + 0.125, line[1, 1])])
    outline = np.concatenate([pocket, [(pocket[-1, 0], -0.05), (pocket[0, 0], -0.05)]])
    middles = (np.arange(count) + 0.5) * PILE_PAIR
    vertices = np.concatenate(
        [np.column_stack([outline[:, 0] + x, outline[:, 1], np.full(8, -0.06 - low)]) for x in middles]
    )
    faces = np.arange(8 * count).reshape(count, 8)[:, ::-1]
    mesh = Mesh.from_faces(vertices, faces)
    part = Part("body", f"ground/fill_{side}", (Material("soil", (0.225, 0.165, 0.108)),))
    pose = pose_at(*start, 0.0, yaw)
    return Assembly({part.shape: mesh}, (Instance(f"pile_fill.{side}", "excavation", (part,), pose[None]),))


def _waling(side: int, start: NDArray[np.float64], yaw: float, count: int, depth: float) -> Assembly:
    """Returns a beam along a wall a third of the way down, on brackets, with an anchor head at every other pair."""
    length = count * PILE_PAIR - 2 * (PILE_WALL + 0.01 if side < 2 else 0.3)
    inset = (count * PILE_PAIR - length) / 2
    flange, web, deep = 0.017, 0.01, 0.24
    section = np.array(
        [(-0.12, 0), (0.12, 0), (0.12, flange), (web / 2, flange), (web / 2, deep - flange), (0.12, deep - flange)]
    )
    section = np.concatenate(
        [section, [(0.12, deep), (-0.12, deep), (-0.12, deep - flange), (-web / 2, deep - flange)]]
    )
    section = np.concatenate([section, [(-web / 2, flange), (-0.12, flange)]])
    beam = prism(section, length).transformed(
        np.array([[0, 0, 1.0, inset], [0, 1, 0, PILE_WALL], [-1, 0, 0, 0], [0, 0, 0, 1]])
    )
    heads = (np.arange(1, count, 2)) * PILE_PAIR
    plates = [box((0.3, 0.04, 0.3), (x, PILE_WALL + deep + 0.02, 0), 0.004) for x in heads]
    nuts = bars(
        [(x, PILE_WALL + deep, 0) for x in heads], [(x, PILE_WALL + deep + 0.17, -0.04) for x in heads], 0.035, 8
    )
    brackets = [box((0.02, 0.2, 0.16), (x, PILE_WALL + 0.1, -0.2), 0.003) for x in heads + 0.3]
    mesh = Mesh.merged([beam, *plates, nuts, *brackets])
    shape = (f"pit/waling_{side}_{count}", mesh)
    bounds = [(inset, PILE_WALL, -0.12), (inset + length, PILE_WALL + deep + 0.04, 0.12)]
    pose = pose_at(*start, -depth / 3, yaw)
    return piece(f"waling.{side}", "steel_section", shape, (WALING,), pose, box_proxy(bounds))


def _drained(dig: Dig, plot: Plot, ground: Ground, rng: np.random.Generator) -> Assembly:
    """Returns a submersible pump in the sump and its hose, over the side and out onto the ground."""
    at = digs.sump(dig) + np.array([0.0, 0.25])
    foot = float(ground.height(at))
    pump = piece("pump", "tool", ("pit/pump", _pump()), PUMP, pose_at(*at, foot - 0.01, rng.uniform(-3, 3)))
    away = np.sign(at[0] - dig.rim.x)
    wall = dig.rim.x + away * dig.rim.length / 2
    share = np.linspace(0.0, 1.0, 48)
    x = at[0] + share * (wall + 1.7 * away - at[0])
    y = at[1] + 0.35 * np.sin(share * 9.0) * np.sin(np.pi * share) - 0.8 * share
    lie = ground.height(np.column_stack([x, y])) + 0.045
    lie[:3] = np.maximum(lie[:3], foot + np.array([0.42, 0.4, 0.2]))
    path = np.column_stack([x, y, lie])
    pieces = [pump]
    if dig.sides == "sheet_piled":  # up the face of the wall, over its top and down behind it
        inside, behind = (wall - x) * away > PILE_WALL + 0.3, (x - wall) * away > 0.3
        over = path[inside][-1, 1]
        crest = [(wall - away * (PILE_WALL + 0.1), over, FREE + 0.12), (wall - 0.2 * away, over, FREE + 0.2)]
        path = np.concatenate([path[inside], crest, path[behind]])
        pieces.append(_ladder(wall, away, float(over) + 2.0, dig.depth, ground))
    part = Part("body", "ground/hose", (HOSE,))
    hose = Instance("hose", "pipe", (part,), np.eye(4)[None])
    return Assembly.merged([*pieces, Assembly({part.shape: tube(path, 0.04, 8)}, (hose,))])


def _ladder(wall: float, away: float, y: float, depth: float, ground: Ground) -> Assembly:
    """Returns an aluminium ladder that leans on a wall of sheet piles, a metre above its top (EN 131: 1 in 4)."""
    out = PILE_WALL + 0.32 + (depth + FREE) / 4
    foot = np.array([wall - away * out, y])
    low = float(ground.height(foot))
    rise = FREE + 1.0 - low
    lean = np.array([1 / 4, 0.0, 1.0]) / np.hypot(1, 1 / 4)
    length = rise / lean[2]
    stiles = np.array([(0.0, side, 0.0) for side in (-0.2, 0.2)])
    steps = np.arange(0.28, length - 0.1, 0.28)
    rungs = steps[:, None] * lean
    aside = np.array([0.0, 0.2, 0.0])
    mesh = Mesh.merged([bars(stiles, stiles + length * lean, 0.035, 4), bars(rungs - aside, rungs + aside, 0.015, 8)])
    pose = pose_at(*foot, low, 0.0 if away > 0 else np.pi)
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
