"""What the kitchen's appliances share: slots, a tree of parts, rounded sheet and mouldings, knobs, handles, wire racks.

Metres. Everything is written in the frame of the whole appliance, which looks along +X: its user stands there, with +Y
on the right hand. Built-in appliances have a marker "mount" in the plane that lies against the cabinet's front edge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from blend_assets.scripts.fittings import rectangle
from blend_assets.scripts.model import Asset, AssetPart, at, boxes, turned
from buildee.layout import solids
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.resting import Carrier, Place
from buildee.layout.scene import Joint, Pose

Box = tuple[ArrayLike, ArrayLike]
"""Lowest and highest corner."""
Axis = Literal["x", "y", "z"]


class Slot(IntEnum):
    """Material slots by number; the names in lower case are the slots' names in the catalog."""

    BODY = 0
    FRONT = 1
    TRIM = 2
    GLASS = 3
    PANEL = 4
    DISPLAY = 5
    HANDLE = 6
    INTERIOR = 7
    RACK = 8
    RUBBER = 9
    KNOB = 10
    LAMP = 11
    MARK = 12
    METAL = 13
    IRON = 14
    CLEAR = 15


WHITE = Material("lacquer", (0.78, 0.78, 0.77), wear=0.05, dirt=0.05)
BLACK = Material("lacquer", (0.012, 0.012, 0.013), wear=0.03, dirt=0.02)
STEEL = Material("brushed_metal", (0.56, 0.56, 0.56), wear=0.1, dirt=0.05)
WHITE_PLASTIC = Material("plastic", (0.78, 0.79, 0.79), wear=0.05, dirt=0.03)
ENAMEL = Material("glazed", (0.028, 0.029, 0.032), wear=0.15, dirt=0.15)

PANE = Material("glass", (0.96, 1.0, 0.99), wear=0.05, dirt=0.03)

SLOTS: dict[str, Material] = {
    "body": WHITE,
    "front": WHITE,
    "trim": Material("plastic", (0.02, 0.02, 0.021), wear=0.1, dirt=0.05),
    "glass": Material("glass", (0.35, 0.36, 0.37), wear=0.05, dirt=0.05),
    "panel": BLACK,
    "display": Material("emissive", (0.62, 0.80, 0.95), wear=0.0, dirt=0.0),
    "handle": STEEL,
    "interior": WHITE_PLASTIC,
    "rack": Material("bare_metal", (0.66, 0.66, 0.67), wear=0.1, dirt=0.05),
    "rubber": Material("rubber", (0.02, 0.02, 0.02), wear=0.1, dirt=0.1),
    "knob": Material("plastic", (0.018, 0.018, 0.019), wear=0.1, dirt=0.05),
    "lamp": Material("emissive", (0.92, 0.90, 0.84), wear=0.0, dirt=0.0),
    "mark": Material("paint", (0.50, 0.51, 0.52), wear=0.05, dirt=0.0),
    "metal": Material("bare_metal", (0.60, 0.60, 0.61), wear=0.1, dirt=0.05),
    "iron": Material("cast_iron", (0.022, 0.022, 0.023), wear=0.2, dirt=0.1),
    "clear": Material("glassware", (0.92, 0.96, 0.98), wear=0.05, dirt=0.0),
}
"""Default material of every slot, in the order of `Slot`. A lamp or display that is on gets its glow from planning."""

SHADED = 0.001
"""Radius of a bevel too small to be cut: roundings are modelled here, the bake only weights their normals."""


def painted(**changes: Material) -> dict[str, Material]:
    """Returns the default slots with some replaced."""
    return {**SLOTS, **changes}


def made_of(slot: Slot, *meshes: Mesh) -> Mesh:
    """Returns the meshes joined, all faces in one slot."""
    return Mesh.merged(meshes).with_slot(int(slot))


def hinge(axis: ArrayLike, low: float, high: float) -> Joint:
    """Returns a hinge; limits in degrees."""
    return Joint("hinge", tuple(map(float, axis)), (float(np.deg2rad(low)), float(np.deg2rad(high))))


def slider(axis: ArrayLike, low: float, high: float) -> Joint:
    """Returns a slider; limits in metres."""
    return Joint("slider", tuple(map(float, axis)), (low, high))


@dataclass
class Tree:
    """Collects the parts and supports of an appliance, all given in the frame of the whole with every joint at zero."""

    parts: list[AssetPart] = field(default_factory=list)
    supports: list[Place] = field(default_factory=list)
    pivots: dict[str, NDArray[np.float64]] = field(default_factory=lambda: {"": np.zeros(3)})

    def add(
        self,
        name: str,
        *meshes: Mesh,
        solid: Sequence[Box] = (),
        pivot: ArrayLike = (0, 0, 0),
        parent: str = "",
        joint: Joint | None = None,
        grasp: ArrayLike | None = None,
        mount: ArrayLike | None = None,
        like: str = "",
    ) -> None:
        """Adds a part.

        Args:
            name: of the part.
            meshes: what it consists of; none when it looks `like` an earlier part.
            solid: its collision boxes.
            pivot: the point that its joint turns about: the origin of its own frame.
            parent: the part that it hangs on.
            joint: None when fixed.
            grasp: where a hand takes hold of it.
            mount: where it lies against the furniture that it is built into.
            like: the earlier part whose mesh it shares.
        """
        pivot = np.asarray(pivot, np.float64)
        self.pivots[name] = pivot
        earlier = {part.name: part for part in self.parts}
        mesh = earlier[like].mesh if like else Mesh.merged(meshes).moved(*-pivot)
        points = {"grasp": grasp, "mount": mount}
        self.parts.append(
            AssetPart(
                name,
                mesh,
                parent,
                at(*pivot - self.pivots[parent]),
                joint,
                boxes(*[(np.asarray(low) - pivot, np.asarray(high) - pivot) for low, high in solid]) if solid else None,
                {key: at(*np.asarray(point) - pivot) for key, point in points.items() if point is not None},
                SHADED,
                like,
            )
        )

    def carry(
        self,
        name: str,
        part: str,
        kind: Carrier,
        low: ArrayLike,
        high: ArrayLike,
        z: float,
        headroom: float = np.inf,
        topic: str = "",
    ) -> None:
        """Adds a support between two (x, y) corners at the height `z`, reached for from the front."""
        (x0, y0), (x1, y1) = low, high
        pose: Pose = turned("z", np.pi / 2, np.array([(x0 + x1) / 2, (y0 + y1) / 2, z]) - self.pivots[part])
        self.supports.append(Place(name, part, kind, pose, (y1 - y0, x1 - x0), headroom, topic))

    def asset(
        self,
        id: str,
        title: str,
        category: str,
        slots: Mapping[str, Material],
        tags: Sequence[str],
        source: str,
    ) -> Asset:
        """Returns what was collected as an asset of the library."""
        words = ("kitchen", *tags)
        supports = tuple(self.supports)
        return Asset(id, title, category, "appliances", slots, tuple(self.parts), words, source, supports=supports)


def along(axis: Axis, mesh: Mesh) -> Mesh:
    """Returns a mesh whose Z became `axis`, its X and Y the two that follow it cyclically."""
    first = "xyz".index(axis)
    pose = np.zeros((4, 4))
    pose[(first + 1) % 3, 0] = pose[(first + 2) % 3, 1] = pose[first, 2] = pose[3, 3] = 1
    return mesh.transformed(pose)


def levels(start: float, end: float, edge: float, other: float | None = None) -> list[tuple[float, float]]:
    """Returns (inset, height) of the rings of a prism whose edges are rounded in two steps of thirty degrees.

    Args:
        start, end: heights of its lower and upper face.
        edge: radius of its upper edge.
        other: of its lower edge; None is the same.
    """
    other = edge if other is None else other
    rings = (
        [(0.0, start)] if not other else [(other, start), (0.366 * other, start + 0.366 * other), (0, start + other)]
    )
    rings += [(0.0, end)] if not edge else [(0, end - edge), (0.366 * edge, end - 0.366 * edge), (edge, end)]
    return rings


def at_levels(outline: NDArray[np.float64], rings: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Returns (R, N, 3): an outline, drawn in, at several heights."""
    return np.array(
        [
            np.column_stack([solids.inset(outline, cut) if cut else outline, np.full(len(outline), z)])
            for cut, z in rings
        ]
    )


def plate(
    outline: ArrayLike, start: float, end: float, edge: float = 0.002, other: float | None = None, axis: Axis = "z"
) -> Mesh:
    """Returns a prism over an outline with rounded edges; arguments as `levels`, the outline as `along`."""
    rings = at_levels(np.asarray(outline, np.float64), levels(start, end, edge, other))
    return along(axis, solids.loft(rings, smooth=True).shaded_smooth())


def slab(
    low: ArrayLike,
    high: ArrayLike,
    edge: float = 0.002,
    corner: float = 0.0,
    axis: Axis = "x",
    other: float | None = None,
) -> Mesh:
    """Returns a box between two corners, the outline across `axis` rounded by `corner`, its two faces' rims by `edge`.

    What is too small for its roundings to be seen gets a plain chamfer, or sharp edges.
    """
    low, high = np.asarray(low, float), np.asarray(high, float)
    smallest = float((high - low).min())
    if edge < 0.0005 or smallest < 0.0015:
        return solids.box(high - low, (low + high) / 2)
    edge = min(edge, 0.3 * smallest)
    if smallest < 0.009 and corner <= edge:
        return solids.box(high - low, (low + high) / 2, edge)
    i = "xyz".index(axis)
    flat = [(i + 1) % 3, (i + 2) % 3]
    corner = max(corner, 1.2 * edge, 1.2 * (other or 0.0))
    return plate(outline(low[flat], high[flat], corner), low[i], high[i], edge, other, axis)


def outline(low: ArrayLike, high: ArrayLike, radius: float) -> NDArray[np.float64]:
    """Returns a counter-clockwise rectangle whose corners turn in three steps of thirty degrees, which shade smoothly.

    Large corners, which show their facets, turn in more.
    """
    if radius > 0.012:
        return rectangle(low, high, radius, 4)
    (x0, y0), (x1, y1) = low, high
    points = []
    for x, y, sx, sy in ((x0, y0, 1, 1), (x1, y0, -1, 1), (x1, y1, -1, -1), (x0, y1, 1, -1)):
        corner = [
            (x + sx * cut, y + sy * rest) for cut, rest in ((0, radius), (0.366 * radius, 0.366 * radius), (radius, 0))
        ]
        points += corner if sx == sy else corner[::-1]
    return np.array(points)


def frame(
    outer: Box, inner: Box, start: float, end: float, edge: float = 0.002, corner: float = 0.004, axis: Axis = "x"
) -> Mesh:
    """Returns a flat frame between two rectangles across `axis`, its outer front edge rounded."""
    corner = max(corner, 1.2 * edge)
    outside, inside = outline(*outer, corner), outline(*inner, corner)
    rings = [*at_levels(outside, levels(start, end, edge, 0.0)), *at_levels(inside, [(0, end), (0, start)])]
    return along(axis, solids.loft(np.array(rings), closed=True, smooth=True))


def hollow(
    outer: NDArray[np.float64],
    inner: NDArray[np.float64],
    span: tuple[float, float, float],
    slots: tuple[Slot, Slot, Slot],
    edge: float = 0.003,
    axis: Axis = "x",
    foot: float | None = None,
) -> Mesh:
    """Returns a box with an opening at its front: outside, rim and lining in three slots.

    Args:
        outer, inner: outlines of equally many points.
        span: where the back, the cavity's back and the front lie.
        slots: of the outside, the rim and the lining.
        edge: radius of the outer edges.
        axis: the way that it opens.
        foot: radius of the edges at its back; None is the same.
    """
    back, bottom, front = span
    outside = at_levels(outer, levels(back, front, edge, foot))
    inside = at_levels(inner, [(0, front), (0, bottom + 0.004), (0.004, bottom)])
    mesh = solids.loft(np.concatenate([outside, inside]), smooth=True).shaded_smooth()
    painted = np.full(len(outside) + 2, int(slots[2]))
    painted[: len(outside) - 1], painted[len(outside) - 1] = int(slots[0]), int(slots[1])
    numbers = np.repeat(painted, len(outer))
    numbers = np.concatenate([numbers, [int(slots[0]), int(slots[2])]]).astype(np.int32)
    return along(axis, Mesh(mesh.vertices, mesh.corners, mesh.sizes, numbers, mesh.smooth))


def walls(outer: Box, inner: Box) -> list[Box]:
    """Returns the collision boxes of a box that opens to +X: bottom, top, right, left and back."""
    (x0, y0, z0), (x1, y1, z1) = outer
    (u, v0, w0), (_, v1, w1) = inner
    return [
        ((x0, y0, z0), (x1, y1, w0)),
        ((x0, y0, w1), (x1, y1, z1)),
        ((x0, y0, w0), (x1, v0, w1)),
        ((x0, v1, w0), (x1, y1, w1)),
        ((x0, v0, w0), (u, v1, w1)),
    ]


def tub(outer: Box, inner: Box) -> list[Box]:
    """Returns the collision boxes of a box that opens upwards: floor, back, front, right and left."""
    (x0, y0, z0), (x1, y1, z1) = outer
    (u0, v0, w), (u1, v1, _) = inner
    return [
        ((x0, y0, z0), (x1, y1, w)),
        ((x0, y0, w), (u0, y1, z1)),
        ((u1, y0, w), (x1, y1, z1)),
        ((u0, y0, w), (u1, v0, z1)),
        ((u0, v1, w), (u1, y1, z1)),
    ]
