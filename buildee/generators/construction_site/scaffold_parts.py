"""The parts of a façade scaffold; see `scaffold`. Metres.

Meshes are values that nobody changes, so each is made once. Every part's frame: +X along the run,
the inner standard of the first frame on x = 0, y = 0, the outer on y = -0.73.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from buildee.layout.bars import bars
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, cylinder, pipe

BAY = 2.57
LIFT = 2.0
WIDTH = 0.73
TUBE = 0.02415
DECK_HEIGHT = 0.07
DECK_TOP = DECK_HEIGHT - 0.02 + 0.003
"""From a lift's level to the grip strips of its deck, metres."""

BOARD = (0.9, 0.045, 0.25)
"""A sole board under a frame: length across, thickness, width; metres."""

STEEL = Material("galvanized", (0.52, 0.53, 0.54), wear=0.45, dirt=0.35)
ALUMINIUM = Material("bare_metal", (0.62, 0.63, 0.64), wear=0.5, dirt=0.35)
DECK = Material("plywood", (0.30, 0.20, 0.11), wear=0.5, dirt=0.5)
TOE = Material("wood", (0.52, 0.38, 0.19), wear=0.55, dirt=0.5)
SOLE = Material("wood", (0.5, 0.38, 0.24), wear=0.6, dirt=0.6)


@lru_cache(maxsize=8)
def base(jack: float) -> Mesh:
    """Returns the sole board and the two base jacks under a frame; slot 0 steel, slot 1 timber.

    Args:
        jack: from the base plates to the frame's feet, metres.
    """
    length, thickness, width = BOARD
    sole = box((width, length, thickness), (0, -WIDTH / 2, thickness / 2), 0.004).with_slot(1)
    pieces = []
    for y in (0.0, -WIDTH):
        plate = box((0.15, 0.15, 0.008), (0, y, thickness + 0.004), 0.002)
        spindle = cylinder(0.019, jack + 0.15, 12).moved(0, y, thickness + 0.008)
        nut = cylinder(0.036, 0.035, 6).moved(0, y, thickness + 0.008 + jack - 0.035)
        handle = bars([(-0.1, y, thickness + jack - 0.01)], [(0.1, y, thickness + jack - 0.01)], 0.008, 6)
        pieces += [plate, spindle, nut, handle]
    return Mesh.merged([*pieces, sole])


@lru_cache(maxsize=8)
def side_frame() -> Mesh:
    """Returns a frame 2 m high from z = 0: two standards, a deck transom on top, a foot transom, braces."""
    tubes = [
        ((0, 0, 0), (0, 0, LIFT)),
        ((0, -WIDTH, 0), (0, -WIDTH, LIFT)),
        ((0, 0, 0.12), (0, -WIDTH, 0.12)),
        ((0, 0, LIFT - 0.24), (0, -0.24, LIFT - 0.04)),
        ((0, -WIDTH, LIFT - 0.24), (0, -WIDTH + 0.24, LIFT - 0.04)),
    ]
    ends = np.array(tubes)
    radius = np.array([TUBE, TUBE, 0.017, 0.014, 0.014])
    head = box((0.05, WIDTH - 0.04, 0.045), (0, -WIDTH / 2, LIFT - 0.03), 0.003)
    wedges = [
        box((0.03, 0.05, 0.05), (0.0, y + np.sign(y + 0.3) * -0.035, z), 0.004)
        for y in (0.0, -WIDTH)
        for z in (0.5, 1.0)
    ]
    collars = [pipe(0.0275, TUBE, 0.05, 12).moved(0, y, LIFT - 0.05) for y in (0.0, -WIDTH)]
    return Mesh.merged([bars(ends[:, 0], ends[:, 1], radius, 10), head, *wedges, *collars])


@lru_cache(maxsize=8)
def top_posts() -> Mesh:
    """Returns the guardrail posts over the topmost deck: 1.1 m at the outer standard."""
    return bars([(0, -WIDTH, 0)], [(0, -WIDTH, 1.1)], TUBE, 10)


@lru_cache(maxsize=8)
def bay_deck() -> Mesh:
    """Returns two steel decks, 0.32 m wide, hooked over the transoms; the frame's top is z = 0."""
    return Mesh.merged([_steel_deck(-WIDTH / 2 + 0.163), _steel_deck(-WIDTH / 2 - 0.163)])


def _steel_deck(y: float) -> Mesh:
    """Returns one deck of folded sheet: a top, two side skirts, ribs below and hooks."""
    length, width = BAY - 0.07, 0.32
    top = DECK_HEIGHT - 0.02
    sheet = box((length, width, 0.004), (BAY / 2, y, top - 0.002), 0.001)
    skirts = [box((length, 0.004, 0.07), (BAY / 2, y + side * (width / 2 - 0.002), top - 0.035)) for side in (-1, 1)]
    ribs = [box((0.03, width - 0.01, 0.03), (x, y, top - 0.02)) for x in np.linspace(0.4, BAY - 0.4, 4)]
    hooks = [
        box((0.075, 0.05, 0.012), (x, y + side * 0.1, top - 0.012), 0.003)
        for x in (0.03, BAY - 0.03)
        for side in (-1, 1)
    ]
    grip = [
        box((length - 0.1, 0.012, 0.003), (BAY / 2, y + offset, top + 0.0015)) for offset in (-0.1, -0.03, 0.04, 0.11)
    ]
    return Mesh.merged([sheet, *skirts, *ribs, *hooks, *grip])


HATCH = (1.62, 2.32)
"""Where the access deck's hatch lies along X, metres."""


@lru_cache(maxsize=8)
def hatch_deck() -> Mesh:
    """Returns an access deck with its hatch standing open; slot 0 steel, 1 plywood, 2 aluminium frame."""
    top, width = DECK_HEIGHT - 0.02, 0.61
    rails = [
        box((BAY - 0.07, 0.03, 0.07), (BAY / 2, -WIDTH / 2 + side * (width / 2 - 0.015), top - 0.035), 0.002)
        for side in (-1, 1)
    ]
    cross = [box((0.04, width - 0.06, 0.05), (x, -WIDTH / 2, top - 0.036)) for x in (0.08, *HATCH, BAY - 0.08)]
    hooks = [
        box((0.075, 0.05, 0.012), (x, -WIDTH / 2 + side * 0.2, top - 0.012), 0.003)
        for x in (0.03, BAY - 0.03)
        for side in (-1, 1)
    ]
    ply = [
        box((HATCH[0] - 0.06, width - 0.06, 0.01), ((HATCH[0] + 0.06) / 2, -WIDTH / 2, top - 0.005)),
        box((BAY - HATCH[1] - 0.06, width - 0.06, 0.01), ((HATCH[1] + BAY - 0.06) / 2, -WIDTH / 2, top - 0.005)),
        box((0.012, width - 0.08, HATCH[1] - HATCH[0] - 0.04), (HATCH[1] + 0.03, -WIDTH / 2, top + 0.345), 0.002),
    ]
    return Mesh.merged([*hooks, Mesh.merged(ply).with_slot(1), Mesh.merged([*rails, *cross]).with_slot(2)])


@lru_cache(maxsize=8)
def ladder() -> Mesh:
    """Returns the ladder that leads from the deck below (z = 0.05) up through the hatch of a bay."""
    foot, head = np.array([0.75, 0, 0.055]), np.array([2.0, 0, LIFT + 0.02])
    step = head - foot
    sides = np.array([(0, -0.56, 0), (0, -0.2, 0)])
    stiles = np.array([(foot + shift, head + shift) for shift in sides])
    heights = np.arange(0.25, np.linalg.norm(step) - 0.05, 0.28) / np.linalg.norm(step)
    rungs = np.array([(foot + t * step + sides[0], foot + t * step + sides[1]) for t in heights])
    return Mesh.merged(
        [bars(stiles[:, 0], stiles[:, 1], 0.022, 4), bars(rungs[:, 0], rungs[:, 1], 0.014, 8, capped=False)]
    )


@lru_cache(maxsize=8)
def bay_rails() -> Mesh:
    """Returns guardrails 0.5 and 1.0 m above a deck and its toe board, on the outer side; slot 1 timber."""
    levels = np.array([0.55, 1.05])
    y = -WIDTH + 0.042
    starts = np.column_stack([np.full(2, 0.03), np.full(2, y), levels])
    ends = starts + np.array([BAY - 0.06, 0, 0])
    tails = [box((0.07, 0.012, 0.035), (x, y, z), 0.003) for x in (0.0, BAY) for z in levels]
    toe = box((BAY - 0.06, 0.032, 0.15), (BAY / 2, -WIDTH + 0.043, DECK_HEIGHT - 0.02 + 0.077), 0.003)
    return Mesh.merged([bars(starts, ends, 0.0169, 8), *tails, toe.with_slot(1)])


@lru_cache(maxsize=8)
def end_rails() -> Mesh:
    """Returns the two rails and the toe board across an open end; slot 1 timber."""
    rails = bars([(0, -0.03, z) for z in (0.5, 1.0)], [(0, -WIDTH + 0.03, z) for z in (0.5, 1.0)], 0.0169, 8)
    toe = box((0.03, WIDTH - 0.13, 0.15), (0, -WIDTH / 2, DECK_HEIGHT - 0.02 + 0.077), 0.003)
    return Mesh.merged([rails, toe.with_slot(1)])


@lru_cache(maxsize=8)
def diagonal(rising: bool) -> Mesh:
    """Returns the façade brace of a bay, outside the outer standards, rising or falling along X."""
    y = -WIDTH - 0.05
    low, high = (0.0, BAY) if rising else (BAY, 0.0)
    brace = bars([(low, y, 0.15)], [(high, y, LIFT - 0.1)], 0.0212, 8)
    couplers = [box((0.05, 0.08, 0.05), (x, y + 0.025, z), 0.006) for x, z in ((low, 0.15), (high, LIFT - 0.1))]
    return Mesh.merged([brace, *couplers])


@lru_cache(maxsize=8)
def wall_tie(gap: float) -> Mesh:
    """Returns a short tie from the inner standard to a ring bolt in the slab edge at y = `gap`."""
    tube = bars([(0.055, -0.035, 0)], [(0.055, gap - 0.03, 0)], TUBE, 8)
    bolt = bars([(0.055, gap - 0.06, 0)], [(0.055, gap, 0)], 0.006, 6)
    washer = cylinder(0.03, 0.006, 10)
    turned = np.array([[1.0, 0, 0, 0.055], [0, 0, -1, gap], [0, 1, 0, 0], [0, 0, 0, 1]])
    coupler = box((0.09, 0.06, 0.06), (0.028, 0.0, 0), 0.006)
    return Mesh.merged([tube, bolt, washer.transformed(turned), coupler])
