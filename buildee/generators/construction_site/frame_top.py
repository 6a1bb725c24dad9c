"""The storey under way: starter bars, cages, column forms, and the next slab's formwork."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.core import core_walls
from buildee.generators.construction_site.falsework import Deck, falsework, room_falsework
from buildee.generators.construction_site.formwork import H20, PLY, STEEL, column_form, stop_end
from buildee.generators.construction_site.frame_core import core_cages, core_forms, wall_bars
from buildee.generators.construction_site.frame_edges import protected
from buildee.generators.construction_site.frame_mats import WALKED, mats
from buildee.generators.construction_site.frame_members import columns
from buildee.generators.construction_site.frame_plan import FORMS_FROM, WALLS_FROM, Frame, FramePlan
from buildee.generators.construction_site.reinforcement import (
    CAP,
    LAP,
    column_cage,
    column_starters,
)
from buildee.generators.construction_site.reinforcement import (
    STEEL as REBAR,
)
from buildee.layout.pieces import box_proxy, copies, piece, pose_at, poses_at
from buildee.layout.scene import Assembly

COLUMNS_FROM, COLUMNS_TO = 0.1, 0.5
CAGES_FROM = 0.05
DECK_FROM, DECK_TO = 0.5, 0.8
MATS_FROM, MATS_TO = 0.7, 1.0
"""Shares of a storey's time in which its columns, walls, deck and mats are made."""

EDGE = 0.25
"""How far the deck reaches beyond the slab edge, metres."""


def _share(progress: float, start: float, end: float) -> float:
    """Returns how much of a task is done, 0 to 1."""
    return float(np.clip((progress - start) / (end - start), 0.0, 1.0))


def working_storey(plan: FramePlan, level: int, progress: float, rng: np.random.Generator) -> Frame:
    """Returns the storey that stands on the newest level at a progress of 0 to 1."""
    floor = plan.level(level)
    count = len(plan.columns)
    cast = round(_share(progress, COLUMNS_FROM, COLUMNS_TO) * count)
    forms = min(4, count - cast) if progress > 0.05 else 0
    cages = min(4, count - cast - forms) if progress > 0.02 else 0
    groups = np.split(plan.columns, [cast, cast + forms, cast + forms + cages])
    name = f"{plan.name}/storey_{level}"
    walls = progress >= WALLS_FROM
    head = floor + plan.clear_height
    pieces = [
        columns(plan, level, groups[0], fresh=True),
        _forms(plan, name, groups[1], floor),
        _cages(plan, name, np.concatenate(groups[1:3]), floor),
        _starters(plan, f"{name}/column_head", groups[0], head, rng),
        _starters(plan, f"{name}/column_foot", groups[3], floor, rng),
    ]
    if not walls and progress >= CAGES_FROM:
        pieces.append(core_cages(plan, name, floor, plan.clear_height))
    else:
        pieces.append(wall_bars(plan, name, head if walls else floor, not walls, rng))
    if FORMS_FROM <= progress < WALLS_FROM:
        pieces.append(core_forms(plan, name, floor, plan.clear_height, climbing=False))
    if walls:
        pieces.append(core_walls(name, plan.core, floor, plan.clear_height, plan.fresh))
    deck = _deck(plan, level, progress)
    if deck is not None:
        pieces.append(falsework(f"{name}/deck", deck, plan.paint, rng))
        if deck.area[1, 0] > plan.core.outside[1, 0]:
            pieces.append(room_falsework(f"{name}/core_deck", plan.core.rooms, deck.soffit, floor, plan.paint, rng))
        pieces += [_deck_edges(plan, name, deck), mats(plan, name, deck, _share(progress, MATS_FROM, MATS_TO))]
    top = head + LAP if cast or walls else floor + (plan.spec.storey_height + LAP if cages + forms else LAP)
    reinforced = _share(progress, MATS_FROM, MATS_TO) * plan.spec.bays_x >= 1
    walked = None if deck is None else deck.soffit + (WALKED if reinforced else 0.0)
    return Frame(Assembly.merged(pieces), walked, top)


def _at(places: NDArray[np.float64], z: float) -> NDArray[np.float64]:
    """Returns poses at (N, 2) places, all at one height."""
    return poses_at(np.column_stack([places, np.full(len(places), z)]))


def _starters(plan: FramePlan, name: str, places: NDArray[np.float64], z: float, rng: np.random.Generator) -> Assembly:
    """Returns starter bars on column heads, in two variants so that neighbours differ."""
    layers = []
    for variant in range(2):
        key = f"{plan.name}/starters_{name.rsplit('/', 1)[1]}_{variant}"
        mesh = column_starters(rng, plan.spec.column, capped=variant == 0)
        materials = (REBAR, CAP) if variant == 0 else (REBAR,)
        poses = _at(places[variant::2], z)
        layers.append(copies(f"{name}_starters_{variant}", "starter_bar", (key, mesh), materials, poses))
    return Assembly.merged(layers)


def _cages(plan: FramePlan, name: str, places: NDArray[np.float64], floor: float) -> Assembly:
    """Returns whole cages, standing free or inside forms."""
    height = plan.spec.storey_height + LAP
    shape = (f"frame/cage_{plan.spec.column:.2f}x{height:.3f}", column_cage(plan.spec.column, height))
    return copies(f"{name}/cage", "rebar_cage", shape, (REBAR,), _at(places, floor))


def _forms(plan: FramePlan, name: str, places: NDArray[np.float64], floor: float) -> Assembly:
    """Returns column forms, braced towards where there is floor to stand on."""
    size, height = plan.spec.column, plan.clear_height
    shape = (f"formwork/column_{size:.2f}x{height:.3f}", column_form(size, height))
    reach = size / 2 + 0.15
    shaft = box_proxy(((-reach, -reach, 0), (reach, reach, height)))
    return Assembly.merged(
        piece(
            f"{name}/column_form_{index}",
            "formwork",
            shape,
            (PLY, H20, STEEL),
            pose_at(*place, floor, _brace_yaw(plan, place)),
            shaft,
        )
        for index, place in enumerate(places)
    )


def _brace_yaw(plan: FramePlan, place: NDArray[np.float64]) -> float:
    """Returns the quarter turn that keeps a form's two braces on the slab and off the core."""
    feet = np.array([(0.0, 1.0), (-1.0, 0.0)]) * (plan.spec.column / 2 + 0.35 + 0.55 * plan.clear_height)
    core = plan.core.outside + np.array([[-0.9], [0.9]])

    def hindrance(quarter: int) -> int:
        cosine, sine = np.cos(quarter * np.pi / 2), np.sin(quarter * np.pi / 2)
        spots = place + feet @ np.array([[cosine, sine], [-sine, cosine]])
        outside = ~((spots > plan.outline[0] + 0.3) & (spots < plan.outline[1] - 0.3)).all(1)
        inside = ((spots > core[0]) & (spots < core[1])).all(1)
        return int(outside.sum() + inside.sum())

    return min(range(4), key=hindrance) * np.pi / 2


def _deck(plan: FramePlan, level: int, progress: float) -> Deck | None:
    """Returns how far the formwork of the next slab has come, bay by bay along X."""
    share = _share(progress, DECK_FROM, DECK_TO)
    low, high = plan.outline + np.array([[-EDGE], [EDGE]])
    bays = plan.clear_of_core(round(share * (len(plan.lines_x) - 1)), plan.spec.column / 2 + 0.3)
    if bays == 0:
        return None
    if bays < len(plan.lines_x) - 1:
        high = np.array([plan.lines_x[bays] + plan.spec.column / 2 + 0.3, high[1]])
    soffit = plan.level(level) + plan.clear_height
    obstacles = (*plan.column_boxes, plan.core.outside)
    covers = plan.covers if level else ()
    return Deck(np.stack([low, high]), obstacles, soffit, plan.level(level), plan.stand, covers)


def _deck_edges(plan: FramePlan, name: str, deck: Deck) -> Assembly:
    """Returns edge forms along the slab edges and protection along the deck's."""
    edges = [protected(plan, f"{name}/deck_guardrail", deck.area, deck.soffit, 0.03)]
    low = plan.outline[0]
    # A deck that ends inside the building leaves room for its own railing.
    high = np.minimum(plan.outline[1], deck.area[1] - EDGE)
    width, depth = high - low
    runs = [("south", pose_at(*low), width), ("west", pose_at(low[0], high[1], yaw=-np.pi / 2), depth)]
    runs.append(("north", pose_at(high[0], high[1], yaw=np.pi), width))
    if deck.area[1, 0] > plan.outline[1, 0]:
        runs.append(("east", pose_at(high[0], low[1], yaw=np.pi / 2), depth))
    for label, pose, length in runs:
        shape = (f"formwork/stop_end_{length:.3f}", stop_end(length, plan.spec.slab))
        standing = pose_at(z=deck.soffit) @ pose
        edges.append(piece(f"{name}/stop_end_{label}", "formwork", shape, (PLY, STEEL), standing))
    return Assembly.merged(edges)
