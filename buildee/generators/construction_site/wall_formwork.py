"""Formwork of walls: panels of plywood on timber beams with steel walers, ties, braces and platforms. Metres.

Timber-beam formwork as makers sell it: 21 mm plywood, H20 beams 0.3 m apart, double U100 walers 0.35 m from the foot
and 1.15 m apart, 15 mm tie rods with plates, push-pull braces where there is a floor, platforms where there is none.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from buildee.generators.construction_site.formwork import BEAM_HEIGHT, SHEET, push_pull
from buildee.generators.construction_site.guardrail import BOARD
from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.scene import Proxy
from buildee.layout.solids import box, boxes

WALER = 0.1
"""Depth and height of the double U100 walers, metres."""

DEPTH = SHEET + BEAM_HEIGHT + WALER
"""From the concrete's face to the outside of the walers, metres."""

INNER = SHEET + WALER
"""The same of the shutters inside shafts, whose walers lie on the plywood, metres."""

PLATFORM = 1.2
"""Width of a climbing form's platform, metres."""

LAP = 0.1
"""How far a climbing form clamps onto the concrete below, metres."""


@lru_cache(maxsize=16)
def wall_form(length: float, height: float, climbing: bool) -> Mesh:
    """Returns a form along +X from x = 0 for a wall whose face is y = 0, standing on z = 0 at y > 0.

    Slots: 0 plywood, 1 timber, 2 steel.

    Args:
        length, height: of the wall that it forms, metres.
        climbing: whether it hangs on the wall below with a platform, or is braced to a floor.
    """
    low = -LAP if climbing else 0.0
    tall = height + 0.05 - low
    skins = _sheets(length, low, tall)
    places = np.linspace(0.06, length - 0.06, int(np.ceil(length / 0.32)) + 1)
    middle = SHEET + BEAM_HEIGHT / 2
    beams = [_upright_beam(tall - 0.02).moved(x, middle, low) for x in places]
    levels = _waler_levels(height)
    walers = [
        box((length - 0.04, WALER, 0.05), (length / 2, SHEET + BEAM_HEIGHT + WALER / 2, z + side), 0.004)
        for z in levels
        for side in (-0.04, 0.04)
    ]
    steel = [*walers, _ties(length, levels)]
    timber = beams
    if climbing:
        deck, frames = _platform(length)
        timber, steel = [*beams, deck.moved(z=low - 0.05)], [*steel, frames.moved(z=low - 0.05)]
    else:
        steel += [push_pull(DEPTH, height).moved(x=x) for x in _braces(length)]
    return Mesh.merged([skins, Mesh.merged(timber).with_slot(1), Mesh.merged(steel).with_slot(2)])


def form_proxy(length: float, height: float, climbing: bool) -> Proxy:
    """Returns the boxes of a form: its panel, and its platform."""
    panel = ((0.0, 0.0, -LAP if climbing else 0.0), (length, DEPTH, height + 0.05))
    platform = ((0.0, 0.06, -LAP - 0.1), (length, PLATFORM, -LAP - 0.05))
    return box_proxy(panel, platform) if climbing else box_proxy(panel)


def _sheets(length: float, low: float, tall: float) -> Mesh:
    """Returns plywood sheets 1.25 m wide side by side."""
    edges = np.linspace(0.0, length, max(1, round(length / 1.25)) + 1)
    poses = np.tile(np.eye(4), (len(edges) - 1, 1, 1))
    poses[:, 0, 3] = (edges[:-1] + edges[1:]) / 2
    poses[:, 1, 3], poses[:, 2, 3] = SHEET / 2, low + tall / 2
    sizes = np.column_stack([np.diff(edges) - 0.002, np.full(len(poses), SHEET), np.full(len(poses), tall)])
    return boxes(sizes, poses, 0.0015)


def _upright_beam(length: float) -> Mesh:
    """Returns an H20 beam on Z from z = 0, its flanges facing along Y."""
    flange, web = (0.08, 0.04), 0.027
    offset = BEAM_HEIGHT / 2 - flange[1] / 2
    parts = [box((flange[0], flange[1], length), (0, side * offset, length / 2), 0.003) for side in (-1, 1)]
    return Mesh.merged([*parts, box((web, BEAM_HEIGHT - 2 * flange[1], length), (0, 0, length / 2))])


def _waler_levels(height: float) -> np.ndarray:
    """Returns the heights of the walers, metres."""
    return np.linspace(0.35, height - 0.5, max(2, round((height - 0.85) / 1.15) + 1))


def _ties(length: float, levels: np.ndarray) -> Mesh:
    """Returns tie rods with plates and wing nuts, through every waler."""
    places = np.linspace(0.45, length - 0.45, max(2, round(length / 1.3)))
    heads = np.array([(x, 0.0, z) for x in places for z in levels])
    rods = bars(heads, heads + np.array([0, DEPTH + 0.12, 0]), 0.0085, 6)
    plates = [box((0.12, 0.012, 0.12), (x, DEPTH + 0.006, z), 0.002) for x, _, z in heads]
    nuts = bars(heads + np.array([0, DEPTH + 0.012, 0]), heads + np.array([0, DEPTH + 0.05, 0]), 0.03, 6)
    wings = [box((0.12, 0.012, 0.02), (x, DEPTH + 0.035, z), 0.004) for x, _, z in heads]
    return Mesh.merged([rods, nuts, *plates, *wings])


def _braces(length: float) -> np.ndarray:
    """Returns where the push-pull braces stand, metres along the wall."""
    return np.array([length / 2]) if length < 3.0 else np.array([0.27, 0.73]) * length


def _platform(length: float) -> tuple[Mesh, Mesh]:
    """Returns a platform whose planks lie under z = 0: planks and railing, then brackets and posts."""
    widths = np.arange(5)
    planks = [box((length, 0.2, 0.045), (length / 2, 0.2 + 0.22 * step, -0.0225), 0.003) for step in widths]
    rail = PLATFORM - 0.03
    rails = [
        box((length, BOARD[0], BOARD[1]), (length / 2, rail - 0.036, z + BOARD[1] / 2), 0.003)
        for z in (0.0, 0.48, 0.95)
    ]
    frames = []
    for x in np.linspace(0.4, length - 0.4, max(2, round(length / 1.6))):
        ends = np.array(
            [
                ((x, 0.01, -0.1), (x, PLATFORM, -0.1)),
                ((x, 0.03, -1.25), (x, PLATFORM - 0.15, -0.14)),
                ((x, 0.03, -1.35), (x, 0.03, -0.06)),
                ((x, rail, -0.1), (x, rail, 1.12)),
            ]
        )
        frames.append(bars(ends[:, 0], ends[:, 1], [0.06, 0.045, 0.06, 0.028], 4))
    return Mesh.merged([*planks, *rails]), Mesh.merged(frames)


@lru_cache(maxsize=16)
def shaft_form(width: float, depth: float, height: float, hung: bool = False) -> Mesh:
    """Returns the inner shutters of a shaft, its low corner at the origin, standing on z = 0; slots as `wall_form`.

    Args:
        width, depth, height: metres.
        hung: whether they stand on brackets bolted to the walls below, where the shaft has no floor.
    """
    pieces = []
    for quarter, (run, x, y) in enumerate(
        [(width, 0.0, 0.0), (depth, width, 0.0), (width, width, depth), (depth, 0.0, depth)]
    ):
        turn = rotation((0.0, 0.0, 1.0), quarter * np.pi / 2)
        turn[:2, 3] = (x, y)
        levels = _waler_levels(height)
        inner = run - 2 * INNER
        walers = [box((inner, WALER, WALER), (run / 2, SHEET + WALER / 2, z), 0.004).with_slot(2) for z in levels]
        skin = box((run - 0.05, SHEET, height + 0.05), (run / 2, SHEET / 2 + 0.001, height / 2 + 0.025), 0.001)
        brackets = [box((0.1, SHEET, 0.25), (at, SHEET / 2, -0.125), 0.003).with_slot(2) for at in (0.3, run - 0.3)]
        pieces.append(Mesh.merged([skin, *walers, *(brackets if hung else [])]).transformed(turn))
    return Mesh.merged(pieces)
