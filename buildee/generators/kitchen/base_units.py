"""What stands under a worktop."""

from __future__ import annotations

from itertools import pairwise

from buildee.generators.kitchen.cabinet import Cabinet
from buildee.generators.kitchen.cabinetry import BOARD, FACE, FRONT, GAP, INSIDE
from buildee.generators.kitchen.carcass import SHELF_BACK, level, rails, rear, shelf_heights, sides

SHALLOW = 0.14
"""Height of the upper front of a stack of drawers, metres."""
APRON = 0.235
"""How far a butler sink reaches down before the unit below it, metres."""
OVEN = 0.595
"""Height of a built-in oven (EN 60335 leaves it to makers, who agree on a niche of 600 mm)."""


def cupboard(cabinet: Cabinet) -> None:
    """Shelves behind doors, often below a drawer."""
    shell = cabinet.shell
    cabinet.items += [*sides(shell), level(shell, shell.low + BOARD), rear(shell), *rails(shell, upright=False)]
    split = cabinet.high
    if cabinet.rng.random() < 0.45:
        split = cabinet.high - SHALLOW - GAP
        cabinet.drawer(0, split + GAP, cabinet.high, "utensils")
    low = shell.low + BOARD
    cabinet.doors(cabinet.low, split, "top")
    levels = [low, *shelf_heights(low, split, 0.34), split]
    for number, (z, above) in enumerate(pairwise(levels)):
        if number:
            cabinet.items.append(level(shell, z, front=SHELF_BACK))
        ceiling = above - BOARD if number + 2 < len(levels) else split - 0.03
        cabinet.shelf(f"shelf_{number}", z, ceiling, "pans" if number == 0 else "crockery", SHELF_BACK)


def stack(cabinet: Cabinet, cutlery: bool, below_hob: bool = False) -> None:
    """Drawers over one another: one shallow, two or three deep."""
    shell = cabinet.shell
    cabinet.items += [*sides(shell), level(shell, shell.low + BOARD), rear(shell), *rails(shell, upright=below_hob)]
    height = cabinet.high - cabinet.low
    deep = 3 if cabinet.unit.width <= 0.5 and height > 0.6 else 2
    pitch = (height - SHALLOW - deep * GAP) / deep
    topics = ["pans", "crockery", "linen"][:deep]
    for number, topic in enumerate(topics):
        z = cabinet.low + number * (pitch + GAP)
        cabinet.drawer(number, z, z + pitch, topic)
    top = cabinet.high - SHALLOW
    headroom = 0.065 if below_hob else 0.045
    cabinet.drawer(deep, top, cabinet.high, "cutlery" if cutlery else "utensils", cutlery, headroom)


def under_sink(cabinet: Cabinet) -> None:
    """Doors before an empty space: the bowl hangs into it from above."""
    shell = cabinet.shell
    butler = cabinet.basin is not None
    top = shell.high - APRON if butler else shell.high
    strip = (shell.inner[0], shell.rear - BOARD, top - 0.1, shell.inner[1], shell.rear, top, INSIDE)
    cabinet.items += [level(shell, shell.low + BOARD), strip]
    for side in sides(shell):
        cabinet.items.append((*side[:5], top, INSIDE))
    if cabinet.basin:
        _cheeks(cabinet, cabinet.basin, top)
    cabinet.doors(cabinet.low, top - GAP if butler else cabinet.high, "top")
    cabinet.shelf("shelf_0", shell.low + BOARD, shell.high - 0.3, "cleaning", SHELF_BACK)


def _cheeks(cabinet: Cabinet, basin: tuple[float, float], low: float) -> None:
    """Closes the front beside a butler sink."""
    (x0, x1), y = cabinet.span, -cabinet.unit.depth
    spans = (x0, basin[0] - GAP), (basin[1] + GAP, x1)
    items = [(a, y, low, b, y + FRONT, cabinet.high, FACE) for a, b in spans if b - a > 0.004]
    cabinet.add_boards("cheeks", items)


def under_hob_oven(cabinet: Cabinet) -> None:
    """An oven's niche right under the worktop, and a low front below it."""
    shell, unit = cabinet.shell, cabinet.unit
    floor = cabinet.high - OVEN - GAP
    cabinet.items += [*sides(shell), level(shell, shell.low + BOARD), level(shell, floor)]
    x0, x1 = cabinet.span
    if floor - GAP - cabinet.low > 0.03:
        items = [(x0, -unit.depth, cabinet.low, x1, -unit.depth + FRONT, floor - GAP, FACE)]
        cabinet.add_boards("strip", items)
    cabinet.recess("oven", *shell.inner, -unit.depth, -0.01, floor, cabinet.high)


def machine(cabinet: Cabinet, name: str) -> None:
    """A machine that stands on the floor between its neighbours; framed kitchens hide it behind a front."""
    unit, shell = cabinet.unit, cabinet.shell
    hidden = name == "dishwasher" and cabinet.style.front != "slab"
    front = shell.front if hidden else -unit.depth
    cabinet.recess(
        f"built_in_{name}" if hidden else name, shell.left + 0.001, shell.right - 0.001, front, 0.0, 0.0, unit.top
    )
    if hidden:
        cabinet.drop_front(cabinet.low, cabinet.high)


def wine_rack(cabinet: Cabinet) -> None:
    """Cells of about 100 mm for lying bottles, open to the front."""
    shell, unit = cabinet.shell, cabinet.unit
    front = -unit.depth + 0.002
    x0, x1 = shell.inner
    columns = max(1, int((x1 - x0 + 0.012) / 0.102))
    low, high = shell.low + BOARD, shell.high - BOARD
    rows = max(2, round((high - low) / 0.11))
    for side in sides(shell):
        cabinet.items.append((side[0], front, *side[2:6], FACE))
    cabinet.items += [(x0, front, z - BOARD, x1, 0.0, z, FACE) for z in (low, shell.high)]
    cabinet.items.append(rear(shell))
    pitch, step = (high - low + 0.012) / rows, (x1 - x0 + 0.012) / columns
    levels = [low + row * pitch for row in range(rows)]
    cabinet.items += [(x0, front + 0.01, z - 0.012, x1, shell.rear, z, FACE) for z in levels[1:]]
    for column in range(1, columns):
        x = x0 + column * step
        cabinet.items += [(x - 0.012, front + 0.01, z, x, shell.rear, z + pitch - 0.012, FACE) for z in levels]
    for row, z in enumerate(levels):
        for column in range(columns):
            x = x0 + column * step
            cabinet.cell(
                f"cell_{row}_{column}", (x, front + 0.01, x + step - 0.012, shell.rear), z, pitch - 0.012, "wine"
            )


def filler(cabinet: Cabinet) -> None:
    """A strip that closes what is left of a wall's length."""
    unit = cabinet.unit
    y, low = -unit.depth + 0.002, unit.bottom if unit.level == "wall" else cabinet.plinth
    items = [(0.001, y, low, unit.width - 0.001, y + BOARD, cabinet.high, FACE)]
    cabinet.items += [(*items[0][:6], FACE)]
