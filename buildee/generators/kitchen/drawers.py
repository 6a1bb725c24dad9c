"""Drawers: front, box, and what parts them. A drawer's frame is its front's: see `fronts`.

Boxes are as sold with runners: 13 mm of air on either side, sides 13 mm thick, 300 to 500 mm deep, some
centimetres less high than their fronts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from buildee.generators.kitchen.cabinetry import BUFFER, FRONT, HARDWARE, INSIDE, Board, boards, shared
from buildee.generators.kitchen.fronts import Leaf, front
from buildee.layout.kinematics import translation
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.resting import Place
from buildee.layout.scene import Proxy

SIDE = 0.013
"""Thickness of a box's sides."""
FLOOR = 0.012
"""Its bottom lies this far over the front's lower edge at least."""
TRAVEL = 0.9
"""Share of its depth that a drawer comes out."""


@dataclass(frozen=True)
class Drawer:
    """A drawer.

    Attributes:
        leaf: its front.
        left, right: from the front's left edge to the box's outer sides, metres.
        depth: of the box behind the front, metres.
        rise: from the front's lower edge to the box's lower edge, metres.
        height: of the box's sides, metres.
        tray: whether it is parted for cutlery.
    """

    leaf: Leaf
    left: float
    right: float
    depth: float
    rise: float
    height: float
    tray: bool = False

    @property
    def travel(self) -> float:
        """How far it opens, metres."""
        return TRAVEL * self.depth

    @property
    def box(self) -> list[Board]:
        """Its boards: bottom, left, right and back."""
        x0, x1, y0 = self.left, self.right, FRONT
        y1, z0, z1 = y0 + BUFFER + self.depth, self.rise, self.rise + self.height
        floor = z0 + 0.012
        return [
            (x0 + SIDE, y0, z0 + 0.004, x1 - SIDE, y1 - SIDE, floor, INSIDE),
            (x0, y0, z0, x0 + SIDE, y1, z1, INSIDE),
            (x1 - SIDE, y0, z0, x1, y1, z1, INSIDE),
            (x0 + SIDE, y1 - SIDE, z0, x1 - SIDE, y1, z1, INSIDE),
        ]

    @property
    def runners(self) -> list[Board]:
        """The moving half of its runners."""
        y0, y1, z = FRONT + BUFFER, FRONT + BUFFER + self.depth - 0.02, self.rise + 0.012
        return [
            (self.left - 0.006, y0, z, self.left, y1, z + 0.022, HARDWARE),
            (self.right, y0, z, self.right + 0.006, y1, z + 0.022, HARDWARE),
        ]

    @property
    def inner(self) -> np.ndarray:
        """(2, 3) lowest and highest corner of the space in it, metres."""
        floor, left, right, back = (np.array(item[:6]) for item in self.box)
        return np.array([(left[3], FRONT, floor[5]), (right[0], back[1], left[5])])

    @property
    def cells(self) -> list[tuple[float, float, float, float]]:
        """Compartments (x0, y0, x1, y1) of a cutlery tray: long ones side by side and one across at the back."""
        (x0, y0, _), (x1, y1, _) = self.inner
        count, cross = (3, 0.1) if x1 - x0 < 0.42 else (5, 0.11) if x1 - x0 < 0.75 else (7, 0.11)
        wall = 0.006
        y_cross = min(y0 + 0.29, y1 - cross) if y1 - y0 > 0.36 else y1
        edges = np.linspace(x0, x1 - wall, count + 1)
        long = [(a + wall, y0 + wall, b, y_cross - wall) for a, b in pairwise(edges)]
        return long + ([(x0 + wall, y_cross, x1 - wall, y1 - wall)] if y_cross < y1 else [])

    @property
    def tray_walls(self) -> list[Board]:
        """The walls of the tray, 40 mm high."""
        if not self.tray:
            return []
        (x0, y0, z0), (x1, y1, _) = self.inner
        wall, top = 0.006, z0 + 0.003 + 0.04
        *long, cross = self.cells
        y_cross = long[0][3] + wall
        if cross[1] < y_cross - 1e-6:  # no room for one across
            long, y_cross = self.cells, y1
        xs = [x0, *(cell[2] for cell in long)]
        walls = [(x, y0, z0, x + wall, y_cross, top, INSIDE) for x in xs]
        walls += [(x0 + wall, y, z0, x1 - wall, y + wall, top, INSIDE) for y in (y0, y_cross - wall)]
        if y_cross < y1:
            walls += [(x, y_cross, z0, x + wall, y1, top, INSIDE) for x in (x0, x1 - wall)]
            walls.append((x0 + wall, y1 - wall, z0, x1 - wall, y1, top, INSIDE))
        return [*walls, (x0, y0, z0, x1, y1, z0 + 0.003, INSIDE)]

    @property
    def shape(self) -> tuple[str, Mesh]:
        """Its key and mesh."""
        return drawer(self.leaf.values, (*self.box, *self.runners, *self.tray_walls))

    @property
    def proxy(self) -> Proxy:
        """The collision boxes of front, handle, bottom, sides, back and tray."""
        corners = [(item[:3], item[3:6]) for item in (*self.box, *self.tray_walls)]
        return box_proxy(*self.leaf.boxes, *corners)

    def places(self, part: str, topic: str) -> list[Place]:
        """Returns where things lie in it.

        Args:
            part: its name.
            topic: what it is for.
        """
        (x0, y0, z0), (x1, y1, z1) = self.inner
        if not self.tray:
            return [_place(part, part, (x0, y0, x1, y1), z0, z1 - z0 + 0.01, topic)]
        return [
            _place(f"{part}_{number}", part, cell, z0 + 0.003, z1 - z0, topic) for number, cell in enumerate(self.cells)
        ]


@shared
def drawer(front_values: tuple[object, ...], items: tuple[Board, ...]) -> Mesh:
    """Returns a front with the boards of a box."""
    box = boards(items, 0.0008)[1]
    untouched = np.zeros((len(box.vertices), 4))
    return Mesh.merged([front(*front_values)[1], replace(box, paint=untouched)])


def _place(name: str, part: str, area: tuple[float, ...], z: float, headroom: float, topic: str) -> Place:
    """Returns the place over a level rectangle (x0, y0, x1, y1) of a drawer."""
    x0, y0, x1, y1 = area
    pose = translation(((x0 + x1) / 2, (y0 + y1) / 2, z))
    return Place(name, part, "drawer", pose, (x1 - x0, y1 - y0), headroom, topic=topic)
