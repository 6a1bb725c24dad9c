"""What stands on the roof of a frame that is topped out: the upstand along its edge, and the head of the core."""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.concrete import plate
from buildee.generators.construction_site.core import core_walls
from buildee.generators.construction_site.frame_plan import Frame, FramePlan
from buildee.generators.construction_site.pitch import Pitch
from buildee.layout.pieces import piece, pose_at, ring_proxy
from buildee.layout.scene import Assembly

PARAPET = (0.2, 0.45)
"""Thickness and height of the upstand: 0.3 m above the roof's finish of about 0.15 m (flat roof guidelines), metres."""

HEAD = 2.7
"""Height of the walls around stair and lift above the roof: the lift needs 3.4 m of headroom over its last stop less
its slab, metres."""

COVER = 0.2
"""Thickness of the slab on the core's head, metres."""


KERB = 0.55
"""Height of the walls around stair and lift under a pitched roof, where nobody goes out, metres."""


def roof(plan: FramePlan) -> Frame:
    """Returns the parapet and the core's head."""
    level = plan.level(plan.spec.storeys)
    top = level + (KERB if plan.spec.pitched else HEAD)
    width, height = PARAPET
    inner = plan.outline + np.array([[width], [-width]])
    upstand = plate(plan.outline, [inner], height)
    edge = plan.core.outside + np.array([[-0.12], [0.12]])
    if plan.spec.pitched:
        core = plan.core.outside
        key, kerb = f"{plan.name}/kerb", plate(core, [core + np.array([[plan.spec.wall], [-plan.spec.wall]])], KERB)
        proxy = ring_proxy(core, core + np.array([[plan.spec.wall], [-plan.spec.wall]]), -KERB, 0.0)
        head = piece(key, "core_wall", (key, kerb), (plan.concrete,), pose_at(z=top), proxy)
    else:
        head = core_walls(f"{plan.name}/head", plan.core, level, HEAD, plan.concrete)
    pieces = [
        piece(
            f"{plan.name}/parapet",
            "beam",
            (f"{plan.name}/parapet", upstand),
            (plan.concrete,),
            pose_at(z=level + height),
            ring_proxy(plan.outline, inner, -height, 0.0),
        ),
        head,
        piece(
            f"{plan.name}/head_slab",
            "slab",
            (f"{plan.name}/head_slab", plate(edge, [], COVER)),
            (plan.concrete,),
            pose_at(z=top + COVER),
        ),
    ]
    if plan.spec.pitched:  # what hangs from a crane passes over the ridge from now on
        return Frame(Assembly.merged(pieces), None, level + Pitch(plan.outline, height).top)
    return Frame(Assembly.merged(pieces), None, top + COVER)
