"""A cabinet while it is being put together: parts, shapes, places and recesses, in its unit's frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from buildee.generators.kitchen.cabinetry import (
    BOARD,
    FACE,
    FRONT,
    GAP,
    Board,
    boards,
    boards_proxy,
    finishes,
)
from buildee.generators.kitchen.carcass import Shell, front_plane, hinge_plates, runners
from buildee.generators.kitchen.drawers import SIDE, Drawer
from buildee.generators.kitchen.fronts import Leaf, door_leaf, drawer_leaf, lifted_front
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import WALL, Unit
from buildee.layout.kinematics import translation
from buildee.layout.mesh import Mesh
from buildee.layout.resting import Place
from buildee.layout.scene import Instance, Joint, Part, Pose, Proxy, Shape

PLINTH_BACK = 0.05
"""How far the plinth stays behind the fronts: room for toes."""
SWING = np.deg2rad(107.0)
"""How far doors open."""
LIFT = np.deg2rad(85.0)
"""How far flaps lift."""

Recess = tuple[Pose, tuple[float, float, float]]
"""Where an appliance goes: `kitchen_from_recess`, on its floor in the middle, +X out of its front; clear x, y, z."""


@dataclass(eq=False)
class Cabinet:
    """What has been made of a unit so far.

    Attributes:
        unit: its place.
        style: of the kitchen.
        plinth: height of the plinth under base and tall units, metres.
        line: where the fronts of base units end, so that those of tall ones may part there, metres.
        rng: draws what may differ from unit to unit.
        basin: from where to where a butler sink shows its front between the unit's fronts.
        items: boards of the carcass.
        extras: what is screwed to it, too small to collide.
        parts, shapes, places, recesses: in the making.
    """

    unit: Unit
    style: Style
    plinth: float
    line: float
    rng: np.random.Generator
    basin: tuple[float, float] | None = None
    items: list[Board] = field(default_factory=list)
    extras: list[Board] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    shapes: dict[str, Shape] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    recesses: dict[str, Recess] = field(default_factory=dict)

    @property
    def low(self) -> float:
        """Where carcass and fronts begin."""
        return self.unit.bottom if self.unit.level == WALL else self.plinth

    @property
    def high(self) -> float:
        """Where fronts end: under a worktop they leave a gap."""
        return self.unit.top - (GAP if self.unit.level == "base" else 0.0)

    @property
    def shell(self) -> Shell:
        """The outside of its carcass; end panels take their share of the width."""
        left, right = (BOARD if end else 0.0 for end in self.unit.ends)
        wall = -FRONT if self.unit.island else 0.0
        return Shell(left, self.unit.width - right, front_plane(self.unit.depth), self.low, self.unit.top, wall)

    @property
    def span(self) -> tuple[float, float]:
        """x of the fronts' outer edges."""
        shell = self.shell
        return shell.left + GAP / 2, shell.right - GAP / 2

    def add(
        self,
        name: str,
        shape: tuple[str, Mesh],
        rest: Pose | None = None,
        joint: Joint | None = None,
        proxy: Proxy | None = None,
        parent: int = -1,
    ) -> int:
        """Adds a part; returns its index."""
        key, self.shapes[key] = shape
        rest = np.eye(4) if rest is None else rest
        self.parts.append(Part(name, key, finishes(self.unit, self.style), parent, rest, joint, proxy))
        return len(self.parts) - 1

    def add_boards(self, name: str, items: Sequence[Board], extras: Sequence[Board] = ()) -> None:
        """Adds a fixed part of boards; `extras`, such as runners, are too small to collide."""
        if items:
            self.add(name, boards((*items, *extras), 0.0008), proxy=boards_proxy(items))

    def door(
        self, x0: float, x1: float, z0: float, z1: float, hung: str, grip: str, glazed: bool = False, prefix: str = ""
    ) -> None:
        """Hangs a door over a stretch of the front, and plates for its hinges in the carcass."""
        leaf = door_leaf(self.style, x1 - x0, z1 - z0, grip, glazed, mid=1.08 - z0)
        leaf = replace(leaf, mirrored=hung == "right")
        # The knuckle of a concealed hinge lies outside: the door turns about its own outer edge.
        sense = -1.0 if hung == "left" else 1.0
        rest = self.hung(x0 if hung == "left" else x1, z0)
        joint = Joint("hinge", (0.0, 0.0, sense), (0.0, float(SWING)))
        self.add(f"{prefix}door_{hung}", leaf.shape, rest, joint, leaf.proxy)
        self.extras += hinge_plates(self.shell, hung, [z0 + height for height in leaf.hinges])

    def doors(self, z0: float, z1: float, grip: str, glazed: bool = False, prefix: str = "") -> None:
        """Closes the whole width with the unit's one or two doors."""
        x0, x1 = self.span
        if self.unit.hinge != "both":
            self.door(x0, x1, z0, z1, self.unit.hinge, grip, glazed, prefix)
            return
        middle = (x0 + x1) / 2
        self.door(x0, middle - GAP / 2, z0, z1, "left", grip, glazed, prefix)
        self.door(middle + GAP / 2, x1, z0, z1, "right", grip, glazed, prefix)

    def drawer(self, number: int, z0: float, z1: float, topic: str, tray: bool = False, headroom: float = 0.03) -> None:
        """Puts a drawer behind a front over the whole width.

        Args:
            number: counted from below.
            z0, z1: of its front.
            topic: what it is for.
            tray: whether it is parted for cutlery.
            headroom: from its sides' upper edge to the front's, metres.
        """
        x0, x1 = self.span
        inner = self.shell.inner
        leaf = drawer_leaf(self.style, x1 - x0, z1 - z0)
        room = self.shell.rear - self.shell.front - 0.01
        depth = max((step for step in (0.5, 0.45, 0.4, 0.35, 0.3) if step <= room), default=room)
        rise = 0.03
        height = min(z1 - z0 - rise - headroom, 0.19)
        made = Drawer(leaf, inner[0] - x0 + SIDE, inner[1] - x0 - SIDE, depth, rise, height, tray)
        joint = Joint("slider", (0.0, -1.0, 0.0), (0.0, round(made.travel, 4)))
        name = f"drawer_{number}"
        self.add(name, made.shape, self.hung(x0, z0), joint, made.proxy)
        self.places += made.places(name, topic)
        self.extras += runners(self.shell, z0 + rise + 0.008, depth)

    def flap(self, z0: float, z1: float, glazed: bool = False, name: str = "flap") -> None:
        """Hangs a flap on its upper edge."""
        x0, x1 = self.span
        leaf = flap_leaf(self.style, x1 - x0, z1 - z0, glazed)
        joint = Joint("hinge", (-1.0, 0.0, 0.0), (0.0, float(LIFT)))
        proxy = replace(leaf.proxy, poses=translation((0.0, 0.0, -leaf.height)) @ leaf.proxy.poses)
        self.add(name, lifted_front(*leaf.values), self.hung(x0, z1), joint, proxy)

    def hung(self, x: float, z: float) -> Pose:
        """Returns the rest of a front at (x, z), a fraction of a millimetre off, as fronts hang."""
        x, z = np.array((x, z)) + self.rng.uniform(-0.0003, 0.0003, 2)
        return translation((x, -self.unit.depth + self.rng.uniform(0.0, 0.0004), z))

    def drop_front(self, z0: float, z1: float) -> None:
        """Hangs a front on its lower edge, as on a dishwasher's door."""
        x0, x1 = self.span
        kind = {"cup": "knob"}.get(self.style.handle, self.style.handle)
        width, height = x1 - x0, z1 - z0
        leaf = Leaf(self.style.front, width, height, False, kind, width / 2, height - 0.0325, False, width >= 0.55)
        joint = Joint("hinge", (1.0, 0.0, 0.0), (0.0, float(np.pi / 2)))
        self.add("door", leaf.shape, self.hung(x0, z0), joint, leaf.proxy)

    def shelf(self, name: str, z: float, ceiling: float, topic: str, front: float = 0.0) -> None:
        """Notes that things may stand on a board of the carcass whose upper face is at z, up to `ceiling`."""
        (x0, x1), y0, y1 = self.shell.inner, self.shell.front + front, self.shell.rear
        self.cell(name, (x0, y0, x1, y1), z, ceiling - z, topic)

    def cell(self, name: str, area: tuple[float, float, float, float], z: float, headroom: float, topic: str) -> None:
        """Notes a place on the carcass over (x0, y0, x1, y1) at z, metres."""
        x0, y0, x1, y1 = area
        pose = translation(((x0 + x1) / 2, (y0 + y1) / 2, z))
        kind = "rack" if topic == "wine" else "shelf"
        self.places.append(Place(name, "carcass", kind, pose, (x1 - x0, y1 - y0), headroom, topic, True))

    def recess(self, name: str, x0: float, x1: float, y0: float, y1: float, z0: float, z1: float) -> None:
        """Notes the clear space for an appliance."""
        pose = np.array([(0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0)])
        local = translation(((x0 + x1) / 2, (y0 + y1) / 2, z0))
        local[:3, :3] = pose
        self.recesses[f"{self.unit.name}/{name}"] = self.unit.pose @ local, (y1 - y0, x1 - x0, z1 - z0)

    def end_panels(self) -> None:
        """Adds a panel to each side that is seen, from the floor or the lower edge up, flush with the fronts."""
        unit, thick = self.unit, min(BOARD, self.unit.width)  # fillers may be narrower than a board
        for name, is_seen, x in zip(("end_left", "end_right"), unit.ends, (0.0, unit.width - thick), strict=True):
            if is_seen:
                low = unit.bottom if unit.level == WALL else 0.0
                self.add_boards(name, [(x, -unit.depth, low, x + thick, self.shell.wall, unit.top, FACE)])

    def plinth_board(self, x0: float | None = None, x1: float | None = None) -> None:
        """Adds the board below, set back; none where the end panel of a narrow filler leaves no room."""
        shell, y = self.shell, -self.unit.depth + PLINTH_BACK
        x0, x1 = shell.left if x0 is None else x0, shell.right if x1 is None else x1
        if x1 - x0 < 1e-3:
            return
        self.add_boards("plinth", [(x0, y, 0.0, x1, y + 0.016, self.plinth - 0.001, FACE)])

    def close(self) -> None:
        """Adds the carcass, as the first part, when all is known that is screwed to it."""
        if not self.items:
            return
        self.add_boards("carcass", self.items, self.extras)
        *others, carcass = self.parts
        self.parts = [carcass, *(replace(part, parent=part.parent + (part.parent >= 0)) for part in others)]

    def instance(self, category: str = "kitchen_unit") -> Instance:
        """Returns the unit as a thing of the kitchen."""
        return Instance(self.unit.name, category, tuple(self.parts), self.unit.pose[None])


def flap_leaf(style: Style, width: float, height: float, glazed: bool) -> Leaf:
    """Returns a flap's leaf; its handle lies along its lower edge."""
    kind = {"cup": "knob", "edge": "none"}.get(style.handle, style.handle)
    return Leaf(style.front, width, height, glazed, kind, width / 2, 0.0325, False, width >= 0.55)
