"""Decking of a steel frame between erection and concrete: laid sheets and what lies on them, and bundles that wait."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.falsework import Deck
from buildee.generators.construction_site.frame_edges import SETBACK, protected
from buildee.generators.construction_site.frame_mats import WALKED, mats
from buildee.generators.construction_site.frame_plan import FramePlan
from buildee.generators.construction_site.steel_deck import (
    COVER,
    PITCH,
    RIB,
    TIMBER,
    TROUGH,
    ZINC,
    deck_bundle,
    edge_trim,
    floor_deck,
    stud,
)
from buildee.generators.construction_site.steel_layout import SteelLayout
from buildee.layout.pieces import copies, piece, pose_at, poses_at, ring_proxy
from buildee.layout.scene import Assembly, Instance, Part

FEET = (-0.05, 0.15)
"""Where the feet of a railing stand, inwards of its line, metres: no stud is welded there."""

END, RAILING = 0.05, -0.3
"""How far decking under way reaches beyond the last beam, and its railing beyond the columns there, metres."""

ON_EDGE = 0.22
"""From the edge of a composite floor to its mats: the railing's feet stand there, metres."""


def decks(layout: SteelLayout, erected: float, rng: np.random.Generator) -> tuple[Assembly, float | None]:
    """Returns the decking laid but not yet cast, what lies on it, and on what height people walk there."""
    plan, spec = layout.plan, layout.plan.spec
    pieces, walked = [], None
    for level in range(plan.done + 1, min(plan.done + 3, spec.storeys + 1)):
        bays = decked(plan, level, erected)
        name = f"{plan.name}/level_{level}"
        if bays:
            share = float(np.clip(2 * plan.progress - 1, 0, 1)) if level == plan.done + 1 else 0.0
            pieces.append(_laid(layout, name, level, bays, share))
            if walked is None:
                crest = plan.level(level) - spec.slab + RIB
                walked = crest + (WALKED if share * spec.bays_x >= 1 else 0.0)
        if beamed(plan, level, erected) == spec.bays_x:
            pieces.append(_bundles(layout, name, level, bays, rng))
    return Assembly.merged(pieces), walked


def _laid(layout: SteelLayout, name: str, level: int, bays: int, share: float) -> Assembly:
    """Returns the decking of a level's first bays with its trim, studs, mats and edge protection."""
    plan = layout.plan
    whole = bays == plan.spec.bays_x
    area = plan.outline.copy()
    if not whole:
        area[1, 0] = plan.lines_x[bays] + END
    height = plan.level(level) - plan.spec.slab
    key = f"{plan.name}/decking" if whole else f"{plan.name}/decking_{bays}"
    shapes = {key: floor_deck(deck_cells(plan, area)), f"{key}_trim": edge_trim(area, plan.spec.slab, whole)}
    parts = (
        Part("decking", key, (ZINC,), proxy=ring_proxy(area, _within(plan, area), 0.0, RIB)),
        Part("trim", f"{key}_trim", (ZINC,)),
    )
    sheets = Instance(f"{name}/decking", "formwork", parts, pose_at(z=height)[None])
    troughs = np.arange(np.ceil(area[0, 1] / PITCH), area[1, 1] // PITCH) * PITCH + TROUGH
    guarded = area if whole else area + np.array([[0.0, 0.0], [RAILING - plan.spec.column / 2 - END, 0.0]])
    spots = layout.studs(troughs)
    inwards = guarded[1, 0] - SETBACK - spots[:, 0]
    spots = spots[(spots[:, 0] < area[1, 0]) & ((inwards < FEET[0]) | (inwards > FEET[1]))]
    studs = copies(
        f"{name}/studs",
        "steel_section",
        ("steel/stud", stud()),
        (ZINC,),
        poses_at(np.column_stack([spots, np.full(len(spots), height)])),
        countable=False,
    )
    deck = Deck(area, (plan.core.outside,), height + RIB, plan.level(level - 1), plan.stand)
    rails = protected(plan, f"{name}/guardrail", guarded, height + RIB, SETBACK)
    return Assembly.merged([Assembly(shapes, (sheets,)), studs, mats(plan, name, deck, share, ON_EDGE), rails])


def _within(plan: FramePlan, area: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the part of the core inside an area, (2, 2)."""
    return np.clip(plan.core.outside, *area)


def _bundles(layout: SteelLayout, name: str, level: int, bays: int, rng: np.random.Generator) -> Assembly:
    """Returns bundles of decking that wait on the bare beams of the bays beyond the laid ones."""
    plan, length = layout.plan, layout.plan.spec.bay - 0.1
    made = []
    core = plan.core.outside + np.array([[-0.2], [0.2]])
    height = plan.level(level) - plan.spec.slab
    for bay in range(bays, plan.spec.bays_x):
        for row in range(plan.spec.bays_y):
            x = (plan.lines_x[bay] + plan.lines_x[bay + 1]) / 2
            y = plan.lines_y[row] + rng.uniform(0.3, 0.7) * plan.spec.bay
            half = np.array([length / 2, COVER / 2 + 0.05])
            spot = np.array([x, y])
            sheets = int(rng.choice([8, 12, 16]))
            if rng.random() < 0.35 or ((spot - half < core[1]) & (spot + half > core[0])).all():
                continue
            shape = (f"steel/bundle_{length:.2f}_{sheets}", deck_bundle(length, sheets))
            made.append(
                piece(f"{name}/bundle_{bay}_{row}", "steel_section", shape, (ZINC, TIMBER), pose_at(x, y, height))
            )
    return Assembly.merged(made)


def beamed(plan: FramePlan, level: int, erected: float) -> int:
    """Returns in how many bays along X a level has its beams, when `erected` storeys of steel stand."""
    return int(np.clip((erected - level + 0.8) / 0.8, 0, 1) * plan.spec.bays_x + 1e-6)


def decked(plan: FramePlan, level: int, erected: float) -> int:
    """Returns in how many bays along X a level that is not cast has its decking."""
    laid = int(np.clip(plan.spec.storeys_done - level + 1.5, 0, 1) * plan.spec.bays_x + 1e-6)
    return plan.clear_of_core(min(laid, beamed(plan, level, erected)), RAILING - plan.spec.column / 2)


def deck_cells(plan: FramePlan, area: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Returns (2, 2) rectangles of decking over an area, cut at the column lines and the core."""
    core = plan.core.outside
    cuts = []
    for axis, lines in ((0, plan.lines_x[1:-1]), (1, np.zeros(0))):
        low, high = area[:, axis]
        places = [*lines, *core[:, axis]]
        cuts.append(np.unique(np.round([low, *[place for place in places if low < place < high], high], 6)))
    cells = []
    for west, east in zip(cuts[0][:-1], cuts[0][1:], strict=True):
        for south, north in zip(cuts[1][:-1], cuts[1][1:], strict=True):
            middle = np.array([west + east, south + north]) / 2
            if not ((core[0] < middle) & (middle < core[1])).all():
                cells.append(np.array([(west, south), (east, north)]))
    return cells
