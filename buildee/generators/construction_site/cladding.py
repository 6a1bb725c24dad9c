"""Cladding that hangs: panels on steel studs and rails 0.16 to 0.2 m outside the slab edge, curtain wall. Metres."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from buildee.generators.construction_site import windows
from buildee.generators.construction_site.boards import boarded
from buildee.generators.construction_site.envelope_plan import Bay, Kit, Stage, Style
from buildee.generators.construction_site.layers import HEAD_JOINT, LAP, STUD, boards
from buildee.generators.construction_site.masonry import (
    BLOCK,
    Extent,
    Opening,
    Progress,
    Wall,
    boxed,
    cut,
    rows,
    solid_boxes,
)
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh

SHEATHING = Material("paint", (0.24, 0.36, 0.27), wear=0.1, dirt=0.2)
RAIL = Material("bare_metal", (0.6, 0.61, 0.62), wear=0.1, dirt=0.1)


def panel(kit: Kit, bay: Bay, design: Style, stage: Stage) -> None:
    """Steel studs, sheathing, mineral wool, rails and rear-ventilated panels."""
    if stage.backing > 0 and bay.openings:
        kit.add(f"studs_{bay.name}", "steel_section", f"studs_{bay.kind}", lambda: _studs(bay), (STUD,), bay.pose)
        skin = Extent(*bay.span(-0.112, 0.0), 0.0, 0.012, bay.clear - HEAD_JOINT)
        if stage.backing > 0.4:
            sheets = boarded(skin, (1.2, 2.4), bay.openings, stage.backing, 0.003)
            key = f"sheathing_{bay.kind}_{stage.backing:.1f}"
            kit.add(f"sheathing_{bay.name}", "facade_panel", key, sheets, (SHEATHING,), bay.pose)
    boards(kit, bay, design, stage, 0.1, (1.2, 0.6))
    if stage.insulation >= 1:
        edges = _panel_edges(bay.span(0.16, 0.2), bay.low, bay.high, bay.openings)
        rails = f"rails_{bay.kind}"
        kit.add(f"rails_{bay.name}", "facade_panel", rails, lambda: _rails(bay, edges), (RAIL,), bay.pose)
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


@lru_cache(maxsize=64)
def _panel_edges(
    span: tuple[float, float], bottom: float, top: float, openings: tuple[Opening, ...]
) -> tuple[list[float], list[float], list[tuple[int, int]]]:
    """Returns the joints of panels along X and Z, at openings and where one would exceed 1.6 m, and the panels.

    Args:
        span: start and end of the bay's panels, metres.
        bottom, top: of them, metres.
        openings: holes.

    Returns:
        Joints along X and Z, metres; column and row of every panel, the lowest row first.
    """
    marks = sorted({*span, *(x for hole in openings for x in (hole.x0 + LAP, hole.x1 - LAP))})
    across = [float(x) for a, b in pairwise(marks) for x in np.linspace(a, b, int((b - a) / 1.6) + 1, endpoint=False)]
    across.append(span[1])
    heights = sorted({bottom, top, *(z for hole in openings for z in (hole.z0, hole.z1 - LAP))})
    levels = [z for number, z in enumerate(heights) if number == 0 or z - heights[number - 1] > 0.05]
    middles = [((a + b) / 2, column) for column, (a, b) in enumerate(pairwise(across))]
    fields = [
        (column, row)
        for row, (low, high) in enumerate(pairwise(levels))
        for x, column in middles
        if not any(hole.x0 < x < hole.x1 and hole.z0 < (low + high) / 2 < hole.z1 for hole in openings)
    ]
    return across, levels, fields


def _rails(bay: Bay, edges: tuple[list[float], list[float], list[tuple[int, int]]]) -> Wall:
    """Returns upright rails behind the panel joints, on brackets through the insulation, and window surrounds."""
    inner = [
        x if 0 < number < len(edges[0]) - 1 else x + (0.1 if number == 0 else -0.08)
        for number, x in enumerate(edges[0])
    ]
    pieces, solid, runs = [], [], []
    for x in inner:
        blocked = [(hole.z0 - 0.02, hole.z1) for hole in bay.openings if hole.x0 - 0.03 < x < hole.x1 + 0.03]
        runs.append((x, cut((bay.low + 0.01, bay.high - HEAD_JOINT - 0.01), blocked)))
    # Beside openings rails step aside, so that a pier without a joint of its own hangs on something.
    runs += [(x, ((hole.z0, hole.z1),)) for hole in bay.openings for x in (hole.x0 - 0.045, hole.x1 + 0.045)]
    for x, stretches in runs:
        for low, high in stretches:
            solid.append(((x - 0.03, -0.16, low), (x + 0.03, -0.1, high)))
            pieces.append(((x - 0.03, -0.16, low), (x + 0.03, -0.157, high)))
            pieces.append(((x - 0.0015, -0.157, low), (x + 0.0015, -0.104, high)))
            pieces += [((x - 0.02, -0.13, z), (x + 0.02, -0.1, z + 0.06)) for z in np.arange(low + 0.2, high, 0.9)]
    return Wall(boxed(np.array(pieces)), np.array(solid))


def _panels(
    kit: Kit, bay: Bay, design: Style, stage: Stage, edges: tuple[list[float], list[float], list[tuple[int, int]]]
) -> None:
    """Adds the panels hung so far, the lowest row first, and surrounds of windows once all hang."""
    gap, (across, levels, fields) = 0.0075, edges
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
    sheet, edge = 0.008, LAP - 0.003  # it reaches the edges of the panels
    head = height - edge - sheet
    pieces = [((x, -0.2, 0.04), (x + sheet, 0.0, head)) for x in (edge, width - edge - sheet)]
    pieces.append(((edge, -0.2, head), (width - edge, 0.0, height - edge)))
    return Wall(boxed(np.array(pieces)), np.zeros((0, 2, 3)))


def curtain(kit: Kit, bay: Bay, design: Style, stage: Stage) -> None:
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
