"""What stands from floor to top line."""

from __future__ import annotations

from buildee.generators.kitchen.base_units import OVEN
from buildee.generators.kitchen.cabinet import Cabinet
from buildee.generators.kitchen.cabinetry import BOARD, FACE, FRONT, GAP
from buildee.generators.kitchen.carcass import SHELF_BACK, level, rear, sides
from buildee.generators.kitchen.drawers import Drawer
from buildee.generators.kitchen.fronts import Leaf
from buildee.generators.kitchen.wall_units import shelves
from buildee.layout.scene import Joint

MICROWAVE = 0.38
"""Height of a built-in microwave's niche."""
STANDING = 1.9
"""What a free-standing refrigerator needs at most, air above it included."""


def _box(cabinet: Cabinet, back: bool = True) -> None:
    """Adds sides, bottom, top and back."""
    shell = cabinet.shell
    cabinet.items += [*sides(shell), level(shell, shell.low + BOARD), level(shell, shell.high)]
    if back:
        cabinet.items.append(rear(shell))


def larder(cabinet: Cabinet) -> None:
    """Shelves above, pull-outs below, behind a lower and an upper door that part where the base units end."""
    shell, line = cabinet.shell, cabinet.line
    _box(cabinet)
    cabinet.items.append(level(shell, line + BOARD / 2))
    cabinet.doors(cabinet.low, line - GAP / 2, "top")
    cabinet.doors(line + GAP / 2, cabinet.high, "middle", prefix="upper_")
    shelves(cabinet, line + BOARD / 2, shell.high - BOARD, "dry goods", "upper_", 0.33)
    _pull_outs(cabinet, shell.low + BOARD, line - BOARD / 2)


def _pull_outs(cabinet: Cabinet, low: float, high: float) -> None:
    """Adds inner drawers, which come out once the doors before them stand open."""
    shell = cabinet.shell
    x0, x1 = shell.inner
    pitch = (high - low) / 2
    for number in range(2):
        z = low + 0.01 + number * pitch
        width = x1 - x0 - 0.06  # clear of the hinges
        leaf = Leaf("slab", width, 0.11)
        made = Drawer(leaf, 0.006, width - 0.006, 0.45, 0.012, 0.09)
        name = f"inner_{number}"
        rest = cabinet.hung(x0 + 0.03, z)
        rest[1, 3] = shell.front + 0.03
        joint = Joint("slider", (0.0, -1.0, 0.0), (0.0, round(made.travel, 4)))
        cabinet.add(name, made.shape, rest, joint, made.proxy)
        cabinet.places += made.places(name, "dry goods")


def oven_tower(cabinet: Cabinet) -> None:
    """Drawers, an oven at the height of one's hands, a microwave's niche, and a cupboard above."""
    shell, unit = cabinet.shell, cabinet.unit
    _box(cabinet, back=False)
    floor = cabinet.line - 0.2
    deep = (floor - GAP - cabinet.low - GAP) / 2
    cabinet.drawer(0, cabinet.low, cabinet.low + deep, "pans")
    cabinet.drawer(1, cabinet.low + deep + GAP, floor - GAP, "baking")
    ceiling = floor + OVEN + GAP
    cabinet.items += [level(shell, floor), level(shell, ceiling + BOARD), rear(shell, high=floor)]
    cabinet.recess("oven", *shell.inner, -unit.depth, -0.01, floor, ceiling)
    above = ceiling + BOARD
    if shell.high - above > MICROWAVE + 0.25:
        cabinet.recess("microwave", *shell.inner, -unit.depth, -0.01, above, above + MICROWAVE)
        cabinet.items.append(level(shell, above + MICROWAVE + BOARD))
        above += MICROWAVE + BOARD
    cabinet.items.append(rear(shell, low=above))
    cabinet.doors(above, cabinet.high, "bottom", prefix="upper_")
    shelves(cabinet, above, shell.high - BOARD, "baking", "upper_", 0.4)


def cold(cabinet: Cabinet) -> None:
    """A free-standing refrigerator between two panels; above it a cupboard, or a strip where that is too low."""
    shell, unit = cabinet.shell, cabinet.unit
    ceiling = min(STANDING, shell.high)
    for side in sides(shell):
        cabinet.items.append((*side[:2], 0.0, *side[3:]))
    cabinet.items.append(level(shell, shell.high))
    if shell.high - ceiling > 0.2:
        cabinet.items += [level(shell, ceiling + BOARD), rear(shell, low=ceiling)]
        cabinet.flap(ceiling, cabinet.high)
        cabinet.shelf("top_shelf", ceiling + BOARD, shell.high - BOARD, "baking", SHELF_BACK)
    else:
        ceiling = min(ceiling, shell.high - BOARD)
        x0, x1 = cabinet.span
        cabinet.add_boards("strip", [(x0, -unit.depth, ceiling, x1, -unit.depth + FRONT, cabinet.high, FACE)])
    cabinet.recess("refrigerator", *shell.inner, -unit.depth, 0.0, 0.0, ceiling)
