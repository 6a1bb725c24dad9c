"""What finishes a run of units: plinths, cornices and light rails, the cladding of an island."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from buildee.generators.kitchen.cabinet import PLINTH_BACK, Cabinet
from buildee.generators.kitchen.cabinetry import BOARD, FACE, FRONT, boards, boards_proxy, finishes, shared
from buildee.generators.kitchen.fronts import leaf
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import BASE, WALL, Unit
from buildee.generators.kitchen.wall_units import is_boxed
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, pose_at
from buildee.layout.scene import Assembly, Instance, Part
from buildee.layout.solids import sweep

TRIMMED = ("country", "classic")
"""Families whose units have cornices and light rails."""

CORNICE = (
    (-0.02, 0),
    (0.003, 0),
    (0.005, 0.008),
    (0.012, 0.022),
    (0.027, 0.036),
    (0.031, 0.04),
    (0.031, 0.05),
    (-0.02, 0.05),
)
"""Outline of a cornice: outwards from the fronts, and up from the units' top, metres."""
RAIL = ((-0.02, -0.035), (-0.004, -0.035), (-0.002, -0.03), (-0.002, 0.0), (-0.02, 0.0))
"""Outline of a light rail, down from the units' lower edge."""

TILES = 0.01
"""How far a light rail ends before the wall: tiles may reach behind it."""

Path = tuple[tuple[float, float], ...]


def finish(cabinet: Cabinet, ceiling: float) -> None:
    """Adds plinth, end panels, cornice and light rail, as the unit has them."""
    unit = cabinet.unit
    free_standing = unit.purpose in ("dishwasher", "washing_machine", "refrigerator")
    if unit.level != WALL and not free_standing:
        _plinth(cabinet)
    bare = unit.purpose == "hood" and not is_boxed(cabinet, ceiling)
    if not bare:
        cabinet.end_panels()
    closed = unit.purpose != "shelves" and not bare
    if cabinet.style.family not in TRIMMED or unit.level == BASE or not closed:
        return
    path = _front_line(unit, 0.0)
    if unit.top + 0.06 < ceiling:
        _strip(cabinet, "cornice", path, CORNICE, unit.top)
    if unit.level == WALL and unit.purpose != "hood":
        _strip(cabinet, "light_rail", _front_line(unit, TILES), RAIL, unit.bottom)


def _plinth(cabinet: Cabinet) -> None:
    """Adds the board at the toes; of an L-shaped unit two."""
    unit = cabinet.unit
    if unit.purpose == "corner" and unit.return_width > unit.depth:
        x, y, z = unit.depth - PLINTH_BACK, PLINTH_BACK - unit.depth, cabinet.plinth - 0.001
        items = [
            (x - 0.016, y, 0.0, unit.width, y + 0.016, z, FACE),
            (x - 0.016, -unit.return_width, 0.0, x, y, z, FACE),
        ]
        cabinet.add_boards("plinth", items)
    else:
        cabinet.plinth_board()


def _front_line(unit: Unit, behind: float) -> Path:
    """Returns the line along a unit's fronts and seen ends, `behind` metres from the wall, from left to right."""
    if unit.purpose == "corner" and unit.return_width > unit.depth:
        return ((unit.depth, -unit.return_width), (unit.depth, -unit.depth), (unit.width, -unit.depth))
    points = [(0.0, -unit.depth), (unit.width, -unit.depth)]
    left, right = unit.ends
    return tuple([(0.0, -behind)] * left + points + [(unit.width, -behind)] * right)


def _strip(cabinet: Cabinet, name: str, path: Path, outline: Path, z: float) -> None:
    """Adds a moulding along a line at a height."""
    (low, bottom), (high, top) = np.min(outline, axis=0), np.max(outline, axis=0)
    corners = []
    for start, end in zip(np.array(path[:-1]), np.array(path[1:]), strict=True):
        ahead = (end - start) / np.hypot(*(end - start))
        out = np.array((ahead[1], -ahead[0]))
        points = np.array([start + low * out, end + high * out])
        corners.append(np.column_stack([[points.min(0), points.max(0)], (bottom, top)]))
    cabinet.add(name, moulding(path, outline), pose_at(z=z), proxy=box_proxy(*corners))


@shared
def moulding(path: Path, outline: Path) -> Mesh:
    """Returns a moulding swept along a level line."""
    return sweep(np.column_stack([path, np.zeros(len(path))]), outline).with_slot(FACE)


@shared
def cladding_panel(manner: str, width: float, height: float) -> Mesh:
    """Returns a panel in the manner of the fronts, seen from +Y: x from 0 to its width, y from -FRONT to 0."""
    turn = pose_at(width, 0.0, 0.0, np.pi)
    return leaf(manner, width, height).transformed(turn)


def island_cladding(units: Sequence[Unit], style: Style, plinth: float) -> Assembly:
    """Returns the panels on the backs of an island's units as one thing; nothing without an island."""
    shapes, parts = {}, []
    for unit in units:
        if not unit.island:
            continue
        key, shapes[key] = cladding_panel(style.front, unit.width - 0.001, unit.top - plinth)
        proxy = box_proxy(((0.0, -FRONT, 0.0), (unit.width - 0.001, 0.0, unit.top - plinth)))
        rest = unit.pose @ pose_at(0.0005, 0.0, plinth)
        parts.append(Part(f"panel_{len(parts)}", key, finishes(unit, style), rest=rest, proxy=proxy))
        left, right = (BOARD if end else 0.0 for end in unit.ends)
        board = (left, -0.036, 0.0, unit.width - right, -FRONT, plinth - 0.001, FACE)
        key, shapes[key] = boards((board,), 0.0008)
        parts.append(
            Part(f"plinth_{len(parts)}", key, finishes(unit, style), rest=unit.pose, proxy=boards_proxy([board]))
        )
    if not parts:
        return Assembly()
    return Assembly(shapes, (Instance("island_cladding", "kitchen_island", tuple(parts), np.eye(4)[None]),))
