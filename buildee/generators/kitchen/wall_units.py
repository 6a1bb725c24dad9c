"""What hangs on a wall."""

from __future__ import annotations

from buildee.generators.kitchen.cabinet import Cabinet
from buildee.generators.kitchen.cabinetry import BOARD, FACE, HARDWARE, INSIDE
from buildee.generators.kitchen.carcass import SHELF_BACK, level, rear, shelf_heights, sides

LOW = 0.46
"""Wall units no higher than this that are wide have a flap instead of doors."""
CANOPY = 0.235
"""Room for a hood under the flap of a framed kitchen, metres."""
CHIMNEY = 0.93
"""Height of a chimney hood, metres."""
DUCT = 0.2
"""Side of the casing round the hood's duct, of 150 mm, on its way through that cupboard."""
SLAB = 0.028
"""Thickness of open shelves."""


def hanging(cabinet: Cabinet, glazed: bool) -> None:
    """Shelves behind doors, panes or a flap."""
    shell, unit = cabinet.shell, cabinet.unit
    low, high = shell.low + BOARD, shell.high - BOARD
    cabinet.items += [*sides(shell), level(shell, low), level(shell, shell.high), rear(shell)]
    shelves(cabinet, low, high, "crockery" if glazed else "")
    if unit.top - unit.bottom <= LOW and unit.width >= 0.55:
        cabinet.flap(unit.bottom, unit.top, glazed)
    else:
        cabinet.doors(unit.bottom, unit.top, "bottom", glazed)


def shelves(cabinet: Cabinet, low: float, high: float, topic: str = "", prefix: str = "", pitch: float = 0.29) -> None:
    """Parts the space between two boards with shelves.

    Args:
        cabinet: to add to.
        low, high: upper face of the lower board and lower face of the upper one, metres.
        topic: of all; empty goes from glasses to dry goods upwards.
        prefix: of their names.
        pitch: about how far apart they are, metres.
    """
    levels = [low, *shelf_heights(low, high, pitch)]
    for number, z in enumerate(levels):
        if number:
            cabinet.items.append(level(cabinet.shell, z, front=SHELF_BACK))
        above = levels[number + 1] - BOARD if number + 1 < len(levels) else high
        kind = topic or ("crockery", "glasses", "dry goods")[min(number, 2)]
        cabinet.shelf(f"{prefix}shelf_{number}", z, above, kind, SHELF_BACK)


def is_boxed(cabinet: Cabinet, ceiling: float) -> bool:
    """Returns whether a hood hides in a cupboard: in framed kitchens, and where no chimney fits below the ceiling."""
    return cabinet.style.front != "slab" or ceiling - cabinet.unit.bottom < CHIMNEY


def over_hob(cabinet: Cabinet, ceiling: float) -> None:
    """The cooker hood's place: all of it, or below a cupboard with a flap, its works boarded up."""
    unit, shell = cabinet.unit, cabinet.shell
    if not is_boxed(cabinet, ceiling):
        cabinet.recess("hood", 0.001, unit.width - 0.001, -unit.depth, 0.0, unit.bottom, unit.top)
        return
    floor, (x0, x1), y = unit.bottom + CANOPY, shell.inner, shell.front
    cabinet.items += [*sides(shell), level(shell, shell.high), level(shell, floor + BOARD), rear(shell, low=floor)]
    cabinet.items.append((x0, y, unit.bottom + 0.05, x1, y + 0.01, floor, INSIDE))
    duct = ((x0 + x1 - DUCT) / 2, (x0 + x1 + DUCT) / 2)
    low, high = floor + BOARD, shell.high - BOARD
    cabinet.items.append((duct[0], y + SHELF_BACK, low, duct[1], shell.rear, high, INSIDE))
    cabinet.flap(unit.bottom + 0.06, unit.top)
    for number, (left, right) in enumerate(((x0, duct[0]), (duct[1], x1))):
        area = (left, y + SHELF_BACK, right, shell.rear)
        cabinet.cell(f"shelf_{number}", area, low, high - low, "dry goods")
    cabinet.recess("hood", x0, x1, y, 0.0, unit.bottom, floor)


def open_shelves(cabinet: Cabinet) -> None:
    """Boards on brackets."""
    unit = cabinet.unit
    count = max(1, round((unit.top - unit.bottom) / 0.34))
    pitch = (unit.top - unit.bottom) / count
    depth = min(unit.depth, 0.26)
    for number in range(count):
        z = unit.bottom + number * pitch + SLAB
        cabinet.items.append((0.002, -depth, z - SLAB, unit.width - 0.002, 0.0, z, FACE))
        for x in (min(0.12, 0.2 * unit.width), unit.width - min(0.12, 0.2 * unit.width)):
            # An angle bracket of 30 x 5 mm flat steel.
            cabinet.extras += [
                (x - 0.015, -depth * 0.8, z - SLAB - 0.005, x + 0.015, 0.0, z - SLAB, HARDWARE),
                (x - 0.015, -0.005, z - SLAB - 0.12, x + 0.015, 0.0, z - SLAB - 0.005, HARDWARE),
            ]
        topic = ("crockery", "glasses", "dry goods")[min(number, 2)]
        headroom = pitch - SLAB - 0.01 if number + 1 < count else 0.35
        x0, x1 = (BOARD if is_seen else 0.002 for is_seen in unit.ends)
        cabinet.cell(f"shelf_{number}", (x0, -depth, unit.width - x1, 0.0), z, headroom, topic)
