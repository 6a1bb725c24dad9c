"""A frame cast in place: what stands below the storey under way, and what still props it."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.falsework import Deck, back_props, falsework, room_falsework
from buildee.generators.construction_site.frame_members import slab, storey
from buildee.generators.construction_site.frame_plan import Frame, FramePlan
from buildee.generators.construction_site.frame_top import working_storey
from buildee.layout.scene import Assembly


def concrete_frame(plan: FramePlan, enclosed: float, rng: np.random.Generator) -> Frame:
    """Returns all that stands on the ground slab.

    Args:
        plan: the frame's.
        enclosed: storeys with their façade closed; nothing here depends on it.
        rng: decides small irregularities.
    """
    done = plan.done
    pieces = []
    for number in range(done):
        pieces += [storey(plan, number), slab(plan, number + 1, done)]
        if not plan.topped_out:
            pieces.append(_support(plan, number, rng))
    if plan.topped_out:
        return Frame(Assembly.merged(pieces), None, plan.level(done))
    work = working_storey(plan, done, plan.progress, rng)
    return Frame(Assembly.merged([*pieces, work.assembly]), work.deck, work.top)


def _support(plan: FramePlan, number: int, rng: np.random.Generator) -> Assembly:
    """Returns what still stands under the two newest slabs: full falsework, then back-propping."""
    soffit = plan.level(number + 1) - plan.spec.slab
    obstacles = (*plan.column_boxes, plan.core.outside)
    floor = plan.level(number)
    covers = plan.covers if number else ()
    name = f"{plan.name}/storey_{number}"
    if number == plan.done - 1:
        deck = Deck(plan.outline + np.array([[-0.15], [0.15]]), obstacles, soffit, floor, plan.stand, covers)
        inside = room_falsework(f"{name}_core", plan.core.rooms, soffit, floor, plan.paint, rng)
        return Assembly.merged([falsework(name, deck, plan.paint, rng), inside])
    if number == plan.done - 2:
        return back_props(name, Deck(plan.outline, obstacles, soffit, floor, plan.stand, covers), plan.paint, rng)
    return Assembly()
