"""The layers of a façade, bay by bay: backing, insulation, windows, outer leaf or panels. Metres.

Distances outside the slab edge: backing 0.14 m inside it, insulation from 0, brick 0.15 to 0.2525, render 0.12 to
0.135, panels 0.16 to 0.2, curtain wall 0.05 to 0.2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from buildee.generators.construction_site import windows
from buildee.generators.construction_site.envelope_plan import FOOT, Bay, Kit, Style
from buildee.generators.construction_site.masonry import (
    BLOCK,
    BRICK,
    Extent,
    Opening,
    Progress,
    Unit,
    Wall,
    boarded,
    boxed,
    coursed,
    cut,
    rows,
    solid_boxes,
)
from buildee.generators.construction_site.roofing import coping
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

LAP = 0.015
"""How far outer layers cover the window frame."""

REACH = {"brick": 0.2525, "block_render": 0.135, "panel": 0.2, "curtain": 0.2}
"""How far each kind of façade reaches beyond the slab edge, metres."""

HEAD_JOINT = 0.015
"""Soft joint under a slab or a shelf angle."""

BLOCKWORK = Material("masonry", (0.44, 0.435, 0.42), wear=0.1, dirt=0.2)
MORTAR = Material("concrete", (0.4, 0.385, 0.35), wear=0.3, dirt=0.2)
LINTEL = Material("concrete", (0.52, 0.51, 0.48), wear=0.15, dirt=0.2)
STONE = Material("concrete", (0.6, 0.55, 0.45), wear=0.1, dirt=0.15)
STUD = Material("galvanized", (0.6, 0.61, 0.62), wear=0.1, dirt=0.1)
SHEATHING = Material("paint", (0.24, 0.36, 0.27), wear=0.1, dirt=0.2)
BASECOAT = Material("concrete", (0.5, 0.49, 0.46), wear=0.1, dirt=0.1, scale=6.0)
RAIL = Material("bare_metal", (0.6, 0.61, 0.62), wear=0.1, dirt=0.1)


@dataclass(frozen=True)
class Stage:
    """How far the layers of a bay are, each 0 to 1.

    Attributes:
        backing, insulation, windows, outer: shares done.
        finished: whether it is cleaned and handed over.
    """

    backing: float
    insulation: float
    windows: float
    outer: float
    finished: bool

    @property
    def begun(self) -> bool:
        """Whether anything stands."""
        return max(self.backing, self.outer) > 0


def build(kit: Kit, bay: Bay, design: Style, stage: Stage, rng: np.random.Generator) -> None:
    """Adds what stands of a bay."""
    LAYERS[design.facade](kit, bay, design, stage)
    reveal = REACH[design.facade]
    if not bay.openings and stage.outer >= 1:
        coping(kit, bay, design, reveal)
    if design.facade == "curtain":
        return
    for number, opening in enumerate(bay.openings):
        if stage.backing >= 1:
            _filled(kit, bay, design, stage, number, opening, reveal, rng)


def _filled(
    kit: Kit,
    bay: Bay,
    design: Style,
    stage: Stage,
    number: int,
    opening: Opening,
    reveal: float,
    rng: np.random.Generator,
) -> None:
    """Adds the window or door of an opening, or the sheet that closes it for now."""
    width, height = opening.x1 - opening.x0, opening.z1 - opening.z0
    late, sheeted, look = rng.random(3)
    pose = bay.at(opening.x0, 0.0, opening.z0)
    name = f"{bay.name}_{number}"
    size = f"{width:.3f}x{height:.3f}"
    fitted = stage.finished or (stage.windows > (number + 0.5) / len(bay.openings) and late > 0.06)
    if bay.entrance and number == 0:
        if fitted:
            made = windows.door(width, height, design.glazed_doors)
            looks = (design.frame, windows.GLASS, windows.HARDWARE)
            kit.add(f"door_{name}", "door", f"door_{size}", made, looks, pose)
        return
    if not fitted:
        if sheeted < 0.4:
            sheet = windows.polythene(width, height)
            kit.add(f"sheet_{name}", "window", f"sheet_{size}", sheet, (windows.POLYTHENE, windows.BATTEN), pose)
        return
    state = "clean" if stage.finished or look < 0.35 else "labelled" if look < 0.7 else "filmed"
    lights = max(1, round(width / 1.0))
    made = windows.window(width, height, reveal, lights, state)
    glass = windows.GLASS if stage.finished else windows.DUSTY_GLASS
    cover = design.film if state == "filmed" else windows.LABEL
    looks = (design.frame, glass, design.frame, cover, windows.FOAM)
    kit.add(f"window_{name}", "window", f"window_{size}_{state}", made, looks, pose)
    if opening.z0 < 0.5 and bay.storey > 0 and stage.outer >= 1:
        rail = windows.railing(width)
        kit.add(
            f"railing_{name}",
            "guardrail",
            f"railing_{size}",
            rail,
            (design.frame,),
            bay.at(opening.x0, -reveal, opening.z0),
        )


def _local(bay: Bay, low: float, side: float = LAP, head: float = LAP) -> tuple[Opening, ...]:
    """Returns the openings of a layer that begins at `low`, in its frame."""
    return tuple(opening.inset(side, head).raised(-low) for opening in bay.openings)


def _blocks(kit: Kit, bay: Bay, stage: Stage) -> None:
    """Adds the inner leaf of blocks, which stands on the slab's edge."""
    if stage.backing <= 0 or not bay.openings:
        return
    top = bay.clear - HEAD_JOINT
    extent = Extent(*bay.span(-BLOCK.depth, 0.0), 0.0, BLOCK.depth, top)
    wall = coursed(extent, BLOCK, bay.openings, stage.backing)
    key = f"blocks_{bay.kind}_{stage.backing:.1f}"
    kit.add(f"wall_{bay.name}", "masonry_wall", key, wall, (BLOCKWORK, MORTAR, LINTEL), bay.pose)


def _boards(kit: Kit, bay: Bay, design: Style, stage: Stage, depth: float, board: tuple[float, float]) -> None:
    """Adds the insulation in front of backing and slab edge."""
    if stage.insulation <= 0:
        return
    extent = Extent(*bay.span(0.0, depth), -depth, depth, bay.high - bay.low - HEAD_JOINT)
    lap = 0.0 if design.facade == "block_render" else LAP
    wall = boarded(extent, board, _local(bay, bay.low, lap, lap), stage.insulation)
    key = f"boards_{bay.kind}_{stage.insulation:.1f}"
    kit.add(f"insulation_{bay.name}", "insulation", key, wall, (design.board,), bay.at(z=bay.low))


def _brick(kit: Kit, bay: Bay, design: Style, stage: Stage) -> None:
    """Blocks, boards, a cavity, and a brick leaf on a shelf angle at every floor."""
    _blocks(kit, bay, stage)
    _boards(kit, bay, design, stage, 0.1, (1.2, 0.45))
    if stage.outer <= 0:
        return
    low = -FOOT if bay.storey == 0 else bay.low
    start, end = bay.span(0.15, 0.2525)
    joint = 0.005  # movement joints between bays
    start, end = start + joint * (bay.place != "first"), end - joint * (bay.place != "last")
    extent = Extent(start, end, -0.2525, BRICK.depth, bay.high - low - (HEAD_JOINT if bay.openings else 0.0))
    wall = coursed(extent, BRICK, _local(bay, low), stage.outer)
    if bay.storey > 0:
        left, right = bay.span(0.0, 0.24)
        angle = np.array([((left + joint, -0.24, -0.009), (right - joint, 0.0, -0.001))])
        wall = Wall(Mesh.merged([wall.mesh, boxed(angle).with_slot(3)]), np.concatenate([wall.solid, angle]))
    key = f"leaf_{bay.kind}_{stage.outer:.1f}"
    looks = (design.main, MORTAR, STONE, STUD)
    kit.add(f"leaf_{bay.name}", "masonry_wall", key, wall, looks, bay.at(z=low))


def _render(kit: Kit, bay: Bay, design: Style, stage: Stage) -> None:
    """Blocks, boards and render on them; the base coat is grey until the whole bay has it."""
    _blocks(kit, bay, stage)
    _boards(kit, bay, design, stage, 0.12, (1.2, 0.6))
    if stage.outer <= 0:
        return
    start, end = bay.span(0.12, 0.135)
    extent = Extent(start, end, -0.135, 0.015, bay.high - bay.low - (HEAD_JOINT if bay.storey == 0 else 0.0))
    covered = min(1.0, stage.outer * 1.6)
    strips = rows(Progress(extent, Unit(0.6, 0.2, 0.015), covered), _local(bay, bay.low))
    solid = solid_boxes(extent, strips)
    top = strips[-1][1]
    returns = [
        ((x, -0.12, hole.z0 + 0.04), (x + LAP, 0.0, hole.z1 - LAP))
        for hole in _local(bay, bay.low, 0.0, 0.0)
        for x in (hole.x0, hole.x1 - LAP)
        if hole.z1 < top
    ]
    returns += [
        ((hole.x0, -0.12, hole.z1 - LAP), (hole.x1, 0.0, hole.z1))
        for hole in _local(bay, bay.low, 0.0, 0.0)
        if hole.z1 < top
    ]
    mesh = boxed(np.concatenate([solid, np.array(returns).reshape(-1, 2, 3)]))
    key = f"render_{bay.kind}_{covered:.2f}"
    looks = (design.main if stage.outer >= 1 else BASECOAT,)
    pose = bay.at(z=bay.low)
    kit.add(f"render_{bay.name}", "facade_panel", key, Wall(mesh, solid), looks, pose)


def _panel(kit: Kit, bay: Bay, design: Style, stage: Stage) -> None:
    """Steel studs, sheathing, mineral wool, rails and rear-ventilated panels."""
    if stage.backing > 0 and bay.openings:
        studs = _studs(bay)
        kit.add(f"studs_{bay.name}", "steel_section", f"studs_{bay.kind}", studs, (STUD,), bay.pose)
        skin = Extent(*bay.span(-0.112, 0.0), 0.0, 0.012, bay.clear - HEAD_JOINT)
        if stage.backing > 0.4:
            sheets = boarded(skin, (1.2, 2.4), bay.openings, stage.backing, 0.003)
            key = f"sheathing_{bay.kind}_{stage.backing:.1f}"
            kit.add(f"sheathing_{bay.name}", "facade_panel", key, sheets, (SHEATHING,), bay.pose)
    _boards(kit, bay, design, stage, 0.1, (1.2, 0.6))
    if stage.insulation >= 1:
        edges = _panel_edges(bay)
        kit.add(f"rails_{bay.name}", "facade_panel", f"rails_{bay.kind}", _rails(bay, edges), (RAIL,), bay.pose)
        _panels(kit, bay, design, stage, edges)


def _studs(bay: Bay) -> Wall:
    """Returns a frame of C-studs 0.6 m apart between tracks, doubled at openings."""
    start, end = bay.span(-0.112, 0.0)
    top, face, web = bay.clear - HEAD_JOINT, 0.012, 0.05
    holes = bay.openings
    jambs = [x for hole in holes for x in (hole.x0 - web, hole.x1)]
    places = [x for x in np.arange(start, end - web, 0.6) if all(abs(x - other) > web for other in jambs)]
    pieces = [((start, face, z), (end, face + 0.1, z + 0.002)) for z in (0.0, top - 0.002)]
    for x in [*places, end - web, *jambs]:
        blocked = [(hole.z0, hole.z1) for hole in holes if hole.x0 - 1e-6 < x + web / 2 < hole.x1]
        for low, high in cut((0.002, top - 0.002), blocked):
            pieces.append(((x, face + 0.003, low), (x + 0.002, face + 0.097, high)))
            pieces += [((x + 0.002, y, low), (x + web, y + 0.002, high)) for y in (face + 0.003, face + 0.095)]
    for hole in holes:
        pieces += [((hole.x0, face + 0.003, z), (hole.x1, face + 0.097, z + 0.002)) for z in (hole.z0 - 0.002, hole.z1)]
    solid = solid_boxes(
        Extent(start, end, face, 0.1, top), rows(Progress(Extent(start, end, face, 0.1, top), BLOCK, 1.0), holes)
    )
    return Wall(boxed(np.array(pieces)), solid)


def _panel_edges(bay: Bay) -> tuple[list[float], list[float]]:
    """Returns the joints of a bay's panels along X and Z: at openings, and where a panel would exceed 1.6 m."""
    start, end = bay.span(0.16, 0.2)
    marks = sorted({start, end, *(x for hole in bay.openings for x in (hole.x0 + LAP, hole.x1 - LAP))})
    across = [float(x) for a, b in pairwise(marks) for x in np.linspace(a, b, int((b - a) / 1.6) + 1, endpoint=False)]
    levels = sorted({bay.low, bay.high, *(z for hole in bay.openings for z in (hole.z0, hole.z1 - LAP))})
    levels = [z for number, z in enumerate(levels) if number == 0 or z - levels[number - 1] > 0.05]
    return [*across, end], levels


def _rails(bay: Bay, edges: tuple[list[float], list[float]]) -> Wall:
    """Returns upright rails behind the panel joints, on brackets through the insulation, and window surrounds."""
    inner = [
        x if 0 < number < len(edges[0]) - 1 else x + (0.1 if number == 0 else -0.08)
        for number, x in enumerate(edges[0])
    ]
    pieces, solid = [], []
    for x in inner:
        blocked = [(hole.z0 - 0.02, hole.z1) for hole in bay.openings if hole.x0 - 0.03 < x < hole.x1 + 0.03]
        for low, high in cut((bay.low + 0.01, bay.high - HEAD_JOINT - 0.01), blocked):
            solid.append(((x - 0.03, -0.16, low), (x + 0.03, -0.1, high)))
            pieces.append(((x - 0.03, -0.16, low), (x + 0.03, -0.157, high)))
            pieces.append(((x - 0.0015, -0.157, low), (x + 0.0015, -0.104, high)))
            pieces += [((x - 0.02, -0.13, z), (x + 0.02, -0.1, z + 0.06)) for z in np.arange(low + 0.2, high, 0.9)]
    return Wall(boxed(np.array(pieces)), np.array(solid))


def _panels(kit: Kit, bay: Bay, design: Style, stage: Stage, edges: tuple[list[float], list[float]]) -> None:
    """Adds the panels hung so far, the lowest row first, and surrounds of windows once all hang."""
    gap, (across, levels) = 0.0075, edges
    fields = [
        (column, row)
        for row in range(len(levels) - 1)
        for column in range(len(across) - 1)
        if not any(
            hole.x0 < (across[column] + across[column + 1]) / 2 < hole.x1
            and hole.z0 < (levels[row] + levels[row + 1]) / 2 < hole.z1
            for hole in bay.openings
        )
    ]
    hung = round(stage.outer * len(fields))
    for column, row in fields[:hung]:
        left, right = across[column] + gap * (column > 0 or bay.place != "first"), across[column + 1] - gap
        low, high = levels[row] + gap, levels[row + 1] - gap
        size = f"{right - left:.3f}x{high - low:.3f}"
        look = design.accent if (3 * bay.number + 5 * bay.side + 2 * column + bay.storey) % 7 == 0 else design.main
        pose = bay.at(left, 0.0, low)
        kit.add(
            f"panel_{bay.name}_{column}_{row}",
            "facade_panel",
            f"panel_{size}",
            _sheet(right - left, high - low),
            (look,),
            pose,
        )
    if stage.outer >= 1:
        for number, hole in enumerate(bay.openings):
            made = _surround(hole.x1 - hole.x0, hole.z1 - hole.z0)
            key = f"surround_{hole.x1 - hole.x0:.3f}x{hole.z1 - hole.z0:.3f}"
            pose = bay.at(hole.x0, 0.0, hole.z0)
            kit.add(f"surround_{bay.name}_{number}", "facade_panel", key, made, (design.frame,), pose)


@lru_cache(maxsize=256)
def _sheet(width: float, height: float) -> Mesh:
    """Returns one panel: a cassette 40 mm deep, its face 0.2 m outside the slab edge."""
    return boxed(np.array([((0.0, -0.2, 0.0), (width, -0.16, height))]), 0.003)


@lru_cache(maxsize=64)
def _surround(width: float, height: float) -> Wall:
    """Returns the sheet that lines a reveal."""
    pieces = [((x, -0.2, 0.04), (x + 0.008, 0.0, height - 0.008)) for x in (0.007, width - LAP)]
    pieces.append(((0.007, -0.2, height - LAP), (width - 0.007, 0.0, height - 0.007)))
    return Wall(boxed(np.array(pieces)), np.zeros((0, 2, 3)))


def _curtain(kit: Kit, bay: Bay, design: Style, stage: Stage) -> None:
    """Units of glass hung from brackets on the slab edges, a blind part at every floor; panels at the parapet."""
    low = 0.0 if bay.storey == 0 else bay.low - 0.06
    high = bay.high if not bay.openings else bay.high - 0.06
    edges = np.linspace(*bay.span(0.05, 0.2), 5).tolist()
    done = round(stage.outer * 4)
    if bay.storey > 0:
        inner = [max(edges[0], 0.06 - bay.margin) if bay.place == "first" else edges[0], *edges[1:-1]]
        brackets = np.array([((x - 0.05, -0.05, -0.17), (x + 0.05, 0.0, -0.03)) for x in inner])
        if stage.insulation > 0:
            made = Wall(boxed(brackets, 0.004), brackets)
            kit.add(f"brackets_{bay.name}", "facade_panel", f"brackets_{bay.kind}", made, (STUD,), bay.pose)
    for number in range(done):
        left, right = edges[number], edges[number + 1]
        if bay.entrance and number in (1, 2):
            if number == 1 or done < 3:
                continue
            left = edges[1]
            size = (right - left, min(2.4, high - low - 0.5))
            pose = bay.at(left, -0.2, low)
            made = windows.door(size[0], size[1] + 0.003, True)
            looks = (design.frame, windows.GLASS, windows.HARDWARE)
            kit.add(f"door_{bay.name}", "door", f"entrance_{bay.kind}", made, looks, pose)
            _unit(kit, bay, design, stage, number, left, right, low + size[1], high)
        else:
            _unit(kit, bay, design, stage, number, left, right, low, high)


def _unit(
    kit: Kit, bay: Bay, design: Style, stage: Stage, number: int, left: float, right: float, low: float, high: float
) -> None:
    """Adds one unit of curtain wall."""
    blind = (0.0, 0.0)
    if not bay.openings:
        blind = (0.0, high - low)
    elif bay.storey > 0:
        blind = (0.0, 0.0 - low + 0.06)
    sash = bool(bay.openings) and (number + bay.number) % 3 == 0 and not bay.entrance
    chance = (7 * number + 3 * bay.number + 5 * bay.side + 11 * bay.storey) % 10
    state = "clean" if stage.finished or chance < 5 else "labelled" if chance < 8 else "filmed"
    made = windows.glazed_unit(right - left, high - low, blind, sash, state)
    key = f"unit_{right - left:.3f}x{high - low:.3f}_{blind[1]:.3f}_{sash}_{state}"
    glass = windows.GLASS if stage.finished else windows.DUSTY_GLASS
    looks = (design.frame, glass, design.main, design.film if state == "filmed" else windows.LABEL)
    name = f"unit_{bay.name}_{number}" + ("_over" if bay.entrance and low > 1 else "")
    kit.add(name, "window" if bay.openings else "facade_panel", key, made, looks, bay.at(left, -0.2, low))


LAYERS: dict[str, Callable[[Kit, Bay, Style, Stage], None]] = {
    "brick": _brick,
    "block_render": _render,
    "panel": _panel,
    "curtain": _curtain,
}
"""What adds the layers of each kind of façade."""
