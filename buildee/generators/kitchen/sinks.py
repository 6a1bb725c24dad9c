"""Sinks: pressed steel with a drainer, a butler sink of glazed stoneware, a composite one under the worktop.

A sink's frame: its hole's middle on the worktop's upper face, x and y as the worktop's. Bowls are 160 to 200 mm deep
with a waste of 90 mm (EN 13310 leaves sizes to makers; theirs agree on these).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from buildee.generators.kitchen.cabinetry import STEEL, rounded_rectangle, shared
from buildee.generators.kitchen.style import Style
from buildee.generators.kitchen.units import Unit, Worktop
from buildee.generators.kitchen.worktops import Rect
from buildee.layout.kinematics import inverse, translation
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy
from buildee.layout.resting import Place
from buildee.layout.scene import Instance, Part, Pose, Proxy, Shape
from buildee.layout.solids import boxes, circle, cylinder, loft, revolve

LEDGE = 0.065
"""Steel left behind a pressed bowl for the tap."""
UNDER = 0.012
"""How far a sink's rim reaches past its hole, over or under the worktop."""
BUTLER = 0.225
"""Height of a butler sink."""
SLOT = Material("plastic", (0.01, 0.01, 0.01), wear=0.0, dirt=0.0)
WASTE = 0.045
"""Radius of the waste."""


@dataclass(frozen=True)
class Bowl:
    """A bowl and the rim that belongs to it.

    Attributes:
        rim: outside of the rim.
        inside: of the bowl at its top.
        top: height of the rim's upper face, metres.
        deep: from there to the bowl's floor, metres.
        wall: thickness of wall and floor, metres.
        skirt: how far the outside falls straight down from the rim; 0 is a thin flange.
        radius: of the bowl's corners.
    """

    rim: Rect
    inside: Rect
    top: float
    deep: float
    wall: float
    skirt: float = 0.0
    radius: float = 0.05

    @property
    def waste(self) -> tuple[float, float]:
        """Where the water leaves: the middle, towards the back."""
        x0, y0, x1, y1 = self.inside
        return (x0 + x1) / 2, y0 + 0.6 * (y1 - y0)

    @property
    def solids(self) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
        """Corners of the boxes of its floor, walls and rim."""
        (a, b, c, d), (p, q, r, s) = self.rim, self.inside
        low, high = self.top - self.deep, self.top
        if self.skirt:
            u, v, w, x = self.rim
        else:
            u, v, w, x = p - self.wall, q - self.wall, r + self.wall, s + self.wall
        found = [((u, v, low - self.wall), (w, x, low))]
        found += [((u, v, low), (p, x, high)), ((r, v, low), (w, x, high))]
        found += [((p, v, low), (r, q, high)), ((p, s, low), (r, x, high))]
        if not self.skirt:
            z = high - min(self.wall, 0.003)
            found += [((a, b, z), (u, d, high)), ((w, b, z), (c, d, high))]
            found += [((u, b, z), (w, v, high)), ((u, x, z), (w, d, high))]
        return [(low, high) for low, high in found if min(np.subtract(high, low)) > 1e-4]


def bowls_of(kind: str, width: float, depth: float, thickness: float) -> list[Bowl]:
    """Returns the bowls of a sink in a hole of `width` and `depth`, metres."""
    x, y, past = width / 2, depth / 2, UNDER
    rim = -x - past, -y - past, x + past, y + past
    if kind == "ceramic":
        inside = rim[0] + 0.024, rim[1] + 0.028, rim[2] - 0.024, rim[3] - 0.024
        return [Bowl(rim, inside, -thickness, BUTLER - 0.03, 0.02, BUTLER, 0.03)]
    if kind == "composite":
        split = x * 0.3
        left, right = (rim[0], rim[1], split, rim[3]), (split, rim[1], rim[2], rim[3])
        top = -thickness
        large = Bowl(left, (-x + 0.001, -y + 0.001, split - 0.012, y - 0.001), top, 0.19, 0.006, radius=0.03)
        small = Bowl(right, (split + 0.012, -y + 0.001, x - 0.001, y - 0.001), top, 0.13, 0.006, radius=0.03)
        return [large, small] if width > 0.5 else [Bowl(rim, (-x, -y, x, y), top, 0.19, 0.006, radius=0.03)]
    start = x - 0.02 - min(width - 0.04, 0.4) if width >= 0.7 else -x + 0.02
    return [Bowl(rim, (start, -y + 0.018, x - 0.02, y - LEDGE), 0.0014, 0.165, 0.0012)]


@shared
def bowl(
    rim: Rect, inside: Rect, top: float, deep: float, wall: float, skirt: float, radius: float, out: tuple[float, float]
) -> Mesh:
    """Returns a bowl of one piece with its rim, a hole where the waste goes."""
    flange = 0.0012 if wall < 0.004 else 0.006

    def ring(rect: Rect, inset: float, z: float, corner: float) -> np.ndarray:
        low, high = (rect[0] + inset, rect[1] + inset), (rect[2] - inset, rect[3] - inset)
        return np.column_stack([rounded_rectangle(low, high, corner), np.full(20, z)])

    def hole(r: float, z: float) -> np.ndarray:
        return np.column_stack([circle(r, 20, np.deg2rad(9)) + np.array(out), np.full(20, z)])

    edge = 0.006 if skirt else 0.0006
    corner = 0.02
    floor = top - deep
    inner = [
        ring(rim, edge, top, corner),
        ring(inside, -edge, top, radius),
        ring(inside, 0.0, top - edge, radius),
        ring(inside, 0.006, top - 0.75 * deep, radius),
        ring(inside, 0.012, floor + 0.02, radius),
        ring(inside, 0.02, floor + 0.006, radius),
        ring(inside, 0.034, floor + 0.0015, radius),
        hole(WASTE + 0.001, floor),
        hole(WASTE + 0.001, floor - wall),
    ]
    if skirt:
        outer = [ring(rim, 0.003, top - skirt, corner), ring(rim, 0.0, top - skirt + 0.003, corner)]
    else:
        under = [(0.034, floor + 0.0015), (0.02, floor + 0.006), (0.012, floor + 0.02), (0.0, top - flange)]
        outer = [ring(inside, inset - wall, z - wall * (inset > 0), radius) for inset, z in under]
        outer.append(ring(rim, 0.0, top - flange, corner))
    rings = [*inner, *outer, ring(rim, 0.0, top - edge, corner)]
    return loft(np.array(rings), smooth=True, closed=True)


@shared
def waste() -> Mesh:
    """Returns a strainer and its knob; origin in the middle of the floor's hole, at the floor."""
    dish = [(0.03, -0.02), (0.042, -0.02), (WASTE, -0.002), (WASTE + 0.004, 0.0008), (0.041, 0.0016), (0.036, -0.002)]
    dish += [(0.034, -0.008), (0.01, -0.009), (0.006, -0.009)]
    knob = revolve([(0.004, -0.009), (0.004, -0.002), (0.009, 0.001), (0.0085, 0.005), (0.004, 0.006)], 12)
    return Mesh.merged([revolve(dish, 20), knob])


@shared
def overflow() -> Mesh:
    """Returns the round cover of an overflow with its slot; it faces -Y."""
    turn = np.array([(1, 0, 0, 0), (0, 0, -1, 0), (0, 1, 0, 0), (0, 0, 0, 1)], float)
    plate = cylinder(0.017, 0.004, 16, 0.001).transformed(turn)
    slots = boxes([(0.014, 0.001, 0.0025)] * 3, np.stack([translation((0, -0.0042, z)) for z in (-0.006, 0, 0.006)]))
    return Mesh.merged([plate.moved(y=0.0), slots.with_slot(1)])


@shared
def ribs(length: float, width: float) -> Mesh:
    """Returns the drainer's ribs: rounded bars, 3 mm high, that run along x; middle at the origin."""
    count = max(3, int(width / 0.035))
    y = np.linspace(-width / 2, width / 2, count)
    poses = np.stack([translation((0.0, at, 0.0006)) for at in y])
    return boxes([(length, 0.009, 0.005)] * count, poses, 0.0024).shaded_smooth()


def sink(top: Worktop, hole: Rect, number: int, style: Style) -> tuple[Instance, dict[str, Shape], list[Place]]:
    """Returns the sink in a hole of a worktop, its shapes and its places."""
    x0, y0, x1, y1 = hole
    kind = style.sink
    bowls = bowls_of(kind, x1 - x0, y1 - y0, top.thickness)
    shapes: dict[str, Shape] = {}
    parts, places = [], []

    def add(
        name: str,
        shape: tuple[str, Mesh],
        materials: tuple[Material, ...],
        at: Sequence[float] = (0, 0, 0),
        proxy: Proxy | None = None,
    ) -> None:
        key, shapes[key] = shape
        parts.append(Part(name, key, materials, rest=translation(at), proxy=proxy))

    for index, item in enumerate(bowls):
        values = item.rim, item.inside, item.top, item.deep, item.wall, item.skirt, item.radius, item.waste
        add(f"bowl_{index}", bowl(*values), (style.sink_finish,), proxy=box_proxy(*item.solids))
        add(f"waste_{index}", waste(), (STEEL,), (*item.waste, item.top - item.deep))
        a, b, c, d = item.inside
        add(f"overflow_{index}", overflow(), (STEEL, SLOT), ((a + c) / 2, d - 0.0015, item.top - 0.045))
        pose = translation(((a + c) / 2, (b + d) / 2, item.top - item.deep + 0.002))
        size = c - a - 0.07, d - b - 0.07
        places.append(Place(f"bowl_{index}", f"bowl_{index}", "sink", pose, size, topic="washing"))
    free = bowls[0].inside[0] - bowls[0].rim[0]
    if kind == "steel" and free > 0.2:
        length, width = free - 0.07, 0.75 * (y1 - y0)
        at = bowls[0].rim[0] + 0.03 + length / 2, -0.01, bowls[0].top
        solid = box_proxy(((-length / 2, -width / 2, 0.0), (length / 2, width / 2, 0.0031)))
        add("drainer", ribs(length, width), (style.sink_finish,), at, solid)
        pose = translation((0.0, 0.0, 0.0031))
        places.append(Place("drainer", "drainer", "rack", pose, (length, width), topic="draining"))
    pose = top.pose @ translation(((x0 + x1) / 2, (y0 + y1) / 2, top.top))
    return Instance(f"{top.name}_sink_{number}", "sink", tuple(parts), pose[None]), shapes, places


def tap_pose(top: Worktop, hole: Rect, style: Style) -> Pose:
    """Returns `kitchen_from_tap`: on a pressed sink's ledge, else on the worktop behind the hole."""
    x0, _, x1, y1 = hole
    if style.sink == "steel":
        start = bowls_of("steel", x1 - x0, y1 - hole[1], top.thickness)[0]
        x, y, z = (x0 + x1) / 2 + (start.inside[0] + start.inside[2]) / 2, y1 - LEDGE / 2 + 0.004, start.top
    else:
        x, y, z = (x0 + x1) / 2, min(y1 / 2 - 0.004, -0.064), 0.0
    return top.pose @ translation((x, y, top.top + z))


def basin_of(unit: Unit, tops: Sequence[Worktop], style: Style) -> tuple[float, float] | None:
    """Returns from where to where along a unit a butler sink in it shows its front; None without one, metres."""
    if style.sink != "ceramic":
        return None
    for top in tops:
        for x, y, width, depth, kind in top.cutouts:
            at = inverse(unit.pose) @ top.pose @ np.array([x + width / 2, y - depth / 2, 0.0, 1.0])
            if kind == "sink" and 0 < at[0] < unit.width and -unit.depth < at[1] < 0:
                return float(at[0] - width / 2 - UNDER), float(at[0] + width / 2 + UNDER)
    return None
