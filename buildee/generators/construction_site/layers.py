"""Layers that kinds of façade share: blocks, insulation, a brick leaf, render. Metres.

Distances outside the slab edge: backing 0.14 m inside it, insulation from 0, brick 0.15 to 0.2525, render 0.12 to
0.135.
"""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.boards import boarded
from buildee.generators.construction_site.envelope_plan import FOOT, Bay, Kit, Stage, Style
from buildee.generators.construction_site.masonry import (
    BLOCK,
    BRICK,
    Extent,
    Opening,
    Progress,
    Unit,
    Wall,
    boxed,
    coursed,
    rows,
    solid_boxes,
)
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

LAP = 0.015
"""How far outer layers cover the window frame."""

HEAD_JOINT = 0.015
"""Soft joint under a slab or a shelf angle."""

BLOCKWORK = Material("masonry", (0.44, 0.435, 0.42), wear=0.1, dirt=0.2)
MORTAR = Material("concrete", (0.4, 0.385, 0.35), wear=0.3, dirt=0.2)
LINTEL = Material("concrete", (0.52, 0.51, 0.48), wear=0.15, dirt=0.2)
STONE = Material("concrete", (0.6, 0.55, 0.45), wear=0.1, dirt=0.15)
STUD = Material("galvanized", (0.6, 0.61, 0.62), wear=0.1, dirt=0.1)
BASECOAT = Material("concrete", (0.5, 0.49, 0.46), wear=0.1, dirt=0.1, scale=6.0)
DISC = Material("plastic", (0.75, 0.74, 0.7), wear=0.1, dirt=0.2)


def local(bay: Bay, low: float, side: float = LAP, head: float = LAP) -> tuple[Opening, ...]:
    """Returns the openings of a layer that begins at `low`, in its frame."""
    return tuple(opening.inset(side, head).raised(-low) for opening in bay.openings)


def blocks(kit: Kit, bay: Bay, stage: Stage) -> None:
    """Adds the inner leaf of blocks, which stands on the slab's edge."""
    if stage.backing <= 0 or not bay.openings:
        return
    top = bay.clear - HEAD_JOINT
    extent = Extent(*bay.span(-BLOCK.depth, 0.0), 0.0, BLOCK.depth, top)
    wall = coursed(extent, BLOCK, bay.openings, stage.backing)
    key = f"blocks_{bay.kind}_{stage.backing:.1f}"
    kit.add(f"wall_{bay.name}", "masonry_wall", key, wall, (BLOCKWORK, MORTAR, LINTEL), bay.pose)


def boards(kit: Kit, bay: Bay, design: Style, stage: Stage, depth: float, board: tuple[float, float]) -> None:
    """Adds the insulation in front of backing and slab edge."""
    if stage.insulation <= 0:
        return
    extent = Extent(*bay.span(0.0, depth), -depth, depth, bay.high - bay.low - HEAD_JOINT)
    lap = 0.0 if design.facade == "block_render" else LAP
    wall = boarded(extent, board, local(bay, bay.low, lap, lap), stage.insulation, 0.005, True)
    key = f"boards_{bay.kind}_{stage.insulation:.1f}"
    kit.add(f"insulation_{bay.name}", "insulation", key, wall, (design.board, DISC), bay.at(z=bay.low))


def brick(kit: Kit, bay: Bay, design: Style, stage: Stage) -> None:
    """Blocks, boards, a cavity, and a brick leaf on a shelf angle at every floor."""
    blocks(kit, bay, stage)
    boards(kit, bay, design, stage, 0.1, (1.2, 0.45))
    if stage.outer <= 0:
        return
    low = -FOOT if bay.storey == 0 else bay.low
    start, end = bay.span(0.15, 0.2525)
    joint = 0.005  # movement joints between bays
    start, end = start + joint * (bay.place != "first"), end - joint * (bay.place != "last")
    extent = Extent(start, end, -0.2525, BRICK.depth, bay.high - low - (HEAD_JOINT if bay.openings else 0.0))
    wall = coursed(extent, BRICK, local(bay, low), stage.outer)
    if bay.storey > 0:
        left, right = bay.span(0.0, 0.24)
        angle = np.array([((left + joint, -0.24, -0.009), (right - joint, 0.0, -0.001))])
        wall = Wall(Mesh.merged([wall.mesh, boxed(angle).with_slot(3)]), np.concatenate([wall.solid, angle]))
    key = f"leaf_{bay.kind}_{stage.outer:.1f}"
    looks = (design.main, MORTAR, STONE, STUD)
    kit.add(f"leaf_{bay.name}", "masonry_wall", key, wall, looks, bay.at(z=low))


def render(kit: Kit, bay: Bay, design: Style, stage: Stage) -> None:
    """Blocks, boards and render on them; the base coat is grey until the whole bay has it."""
    blocks(kit, bay, stage)
    boards(kit, bay, design, stage, 0.12, (1.2, 0.6))
    if stage.outer <= 0:
        return
    start, end = bay.span(0.12, 0.135)
    extent = Extent(start, end, -0.135, 0.015, bay.high - bay.low - (HEAD_JOINT if bay.storey == 0 else 0.0))
    covered = min(1.0, stage.outer * 1.6)
    strips = rows(Progress(extent, Unit(0.6, 0.2, 0.015), covered), local(bay, bay.low))
    solid = solid_boxes(extent, strips)
    top = strips[-1][1]
    returns = [
        ((x, -0.12, hole.z0 + 0.04), (x + LAP, 0.0, hole.z1 - LAP))
        for hole in local(bay, bay.low, 0.0, 0.0)
        for x in (hole.x0, hole.x1 - LAP)
        if hole.z1 < top
    ]
    returns += [
        ((hole.x0, -0.12, hole.z1 - LAP), (hole.x1, 0.0, hole.z1))
        for hole in local(bay, bay.low, 0.0, 0.0)
        if hole.z1 < top
    ]
    mesh = boxed(np.concatenate([solid, np.array(returns).reshape(-1, 2, 3)]))
    key = f"render_{bay.kind}_{covered:.2f}"
    looks = (design.main if stage.outer >= 1 else BASECOAT,)
    pose = bay.at(z=bay.low)
    kit.add(f"render_{bay.name}", "facade_panel", key, Wall(mesh, solid), looks, pose)
