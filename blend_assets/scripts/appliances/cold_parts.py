"""What refrigerators consist of: the insulated cabinet, doors with bins, glass shelves and crispers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from blend_assets.scripts.appliances.details import bar_handle, feet, label, vents, wire
from blend_assets.scripts.appliances.fittings import (
    Box,
    Slot,
    Tree,
    hinge,
    hollow,
    made_of,
    outline,
    slab,
    slider,
    tub,
    walls,
)
from buildee.layout.mesh import Mesh

GAP = 0.007
"""Between a door and the cabinet: the seal."""


@dataclass(frozen=True)
class Space:
    """One compartment.

    Attributes:
        low, high: corners of its opening as (y, z).
        back, front: where its back wall and the cabinet's front lie, x.
    """

    low: tuple[float, float]
    high: tuple[float, float]
    back: float
    front: float

    @property
    def box(self) -> Box:
        """Its corners."""
        return (self.back, *self.low), (self.front, *self.high)


@dataclass(frozen=True)
class Door:
    """A door before a space.

    Attributes:
        low, high: corners of its face as (y, z).
        thick: metres.
        side: +1 hangs it on the user's right, -1 on the left.
        racks: heights of its racks' floors.
        handle: whether it has a bar handle; else a recess in its edge.
    """

    low: tuple[float, float]
    high: tuple[float, float]
    thick: float
    side: int
    racks: tuple[float, ...]
    handle: tuple[float, float] | None = None

    def add(self, tree: Tree, name: str, space: Space) -> None:
        """Adds the door, hinged outside the cabinet, and its racks."""
        x0 = space.front + GAP
        x1 = x0 + self.thick
        (y0, z0), (y1, z1) = self.low, self.high
        edge = y1 if self.side > 0 else y0
        pivot = np.array([x0 + 0.6 * self.thick, edge - self.side * 0.014, z0])
        inset = (space.low[0] + 0.034, space.high[0] - 0.034)
        plug = made_of(
            Slot.INTERIOR,
            slab(
                (x0 - 0.022, inset[0], space.low[1] + 0.02),
                (x0 + 0.001, inset[1], space.high[1] - 0.02),
                0.004,
                0.012,
                other=0.0,
            ).transformed(_flip(x0 - 0.0105)),
        )
        solid: list[Box] = [
            ((x0, y0, z0), (x1, y1, z1)),
            ((x0 - 0.022, inset[0], space.low[1] + 0.02), (x0, inset[1], space.high[1] - 0.02)),
        ]
        handle, boxes, grasp = self._grip(x1)
        racks = [self._rack(z, x0 - 0.022, inset) for z in self.racks]
        solid += [*boxes, *(box for _, held, _ in racks for box in held)]
        tree.add(
            name,
            *self._leaf(space),
            plug,
            *handle,
            *(mesh for mesh, _, _ in racks),
            solid=solid,
            pivot=pivot,
            parent="body",
            joint=hinge((0, 0, self.side), 0, 150),
            grasp=grasp,
        )
        for number, (_, _, (low, high, z, room)) in enumerate(racks):
            tree.carry(f"{name}_rack_{number}", name, "shelf", low, high, z, room, "chilled")

    def _leaf(self, space: Space) -> list[Mesh]:
        """Returns the door's skin, its liner and its seal."""
        (y0, z0), (y1, z1) = self.low, self.high
        x0 = space.front + GAP
        x1 = x0 + self.thick
        skin = made_of(Slot.FRONT, slab((x0 + 0.006, y0, z0), (x1, y1, z1), 0.005, 0.007))
        pan = made_of(
            Slot.INTERIOR, slab((x0, y0 + 0.003, z0 + 0.003), (x0 + 0.007, y1 - 0.003, z1 - 0.003), 0.002, 0.008)
        )
        seal = made_of(
            Slot.RUBBER,
            *(
                slab((space.front + 0.0005, *low), (x0 + 0.0005, *high), 0.0015)
                for low, high in (
                    ((y0 + 0.006, z0 + 0.006), (y1 - 0.006, z0 + 0.022)),
                    ((y0 + 0.006, z1 - 0.022), (y1 - 0.006, z1 - 0.006)),
                    ((y0 + 0.006, z0 + 0.022), (y0 + 0.022, z1 - 0.022)),
                    ((y1 - 0.022, z0 + 0.022), (y1 - 0.006, z1 - 0.022)),
                )
            ),
        )
        return [skin, pan, seal]

    def _grip(self, x1: float) -> tuple[list[Mesh], list[Box], tuple[float, float, float]]:
        """Returns badge and handle (or scoop) on a face at `x1`, collision boxes, and where one takes hold."""
        (y0, z0), (y1, z1) = self.low, self.high
        far = y0 if self.side > 0 else y1
        badge = slab(
            (x1 - 0.0005, (y0 + y1) / 2 - 0.032, z1 - 0.085), (x1 + 0.0012, (y0 + y1) / 2 + 0.032, z1 - 0.073), 0.0004
        )
        meshes: list[Mesh] = [made_of(Slot.METAL, badge)]
        solid: list[Box] = []
        if not self.handle:  # a scoop in the edge that is nearer to the hand
            bottom = z0 + 0.0005 if z1 > 1.2 else z1 - 0.0245
            scoop = slab((x1 - 0.010, -0.17, bottom), (x1 + 0.0005, 0.17, bottom + 0.024), 0.0004)
            meshes.append(made_of(Slot.TRIM, scoop))
            grasp = (x1, 0.0, bottom + 0.012)
        else:
            y = far + self.side * 0.045
            a, b = self.handle
            meshes.append(bar_handle((x1 + 0.040, y, a), (x1 + 0.040, y, b), 0.040, 0.008))
            solid.append(((x1 + 0.031, y - 0.009, a), (x1 + 0.049, y + 0.009, b)))
            grasp = (x1 + 0.049, y, (a + b) / 2)
        return meshes, solid, grasp

    def _rack(self, z: float, x: float, inset: tuple[float, float]) -> tuple[Mesh, list[Box], tuple]:
        """Returns a clear bin on the door with a steel rail, its boxes, and the place in it."""
        # The bin's free end runs a circle about the hinge; it stays well inside the opening.
        a, b = inset[0] + 0.004, inset[1] - 0.004
        a, b = (a + 0.010, b) if self.side > 0 else (a, b - 0.010)
        deep, tall, sheet = 0.088, 0.062, 0.003
        outer = outline((x - deep, a), (x + 0.002, b), 0.008)
        inner = outline((x - deep + sheet, a + sheet), (x + 0.002 - sheet, b - sheet), 0.006)
        bin_ = hollow(outer, inner, (z, z + sheet, z + tall), (Slot.CLEAR, Slot.CLEAR, Slot.CLEAR), 0.001, "z")
        rail = made_of(
            Slot.RACK,
            slab(
                (x - deep - 0.0012, a + 0.004, z + tall - 0.016),
                (x - deep + 0.0004, b - 0.004, z + tall - 0.004),
                0.0005,
                axis="x",
            ),
        )
        well = ((x - deep + sheet, a + sheet, z + sheet), (x - 0.001, b - sheet, z + tall))
        above = [other for other in self.racks if other > z + 0.01]
        room = (min(above) if above else self.high[1] - 0.08) - z - sheet - 0.01
        place = (well[0][0] + 0.002, well[0][1] + 0.004), (well[1][0] - 0.002, well[1][1] - 0.004), z + sheet, room
        return Mesh.merged([bin_, rail]), tub(((x - deep, a, z), (x, b, z + tall)), well), place


def _flip(x: float) -> np.ndarray:
    """Returns the mirror in the plane at `x`: a slab is rounded at its back then, not at its front."""
    pose = np.diag([-1.0, 1.0, 1.0, 1.0])
    pose[0, 3] = 2 * x
    return pose


def cabinet(
    tree: Tree, outer: Box, spaces: list[Space], foot: float, extra: tuple[Mesh, ...] = (), solid: tuple[Box, ...] = ()
) -> None:
    """Adds the cabinet with its linings, plinth grille, feet, back and lamps.

    The spaces stand above each other or side by side; what lies between them is filled.
    """
    (x0, y0, z0), (x1, y1, z1) = outer
    low = (min(s.low[0] for s in spaces), min(s.low[1] for s in spaces))
    high = (max(s.high[0] for s in spaces), max(s.high[1] for s in spaces))
    back = spaces[0].back
    shell = hollow(
        outline((y0, z0), (y1, z1), 0.006),
        outline(low, high, 0.012),
        (x0, back, x1),
        (Slot.BODY, Slot.BODY, Slot.INTERIOR),
        0.003,
    )
    boxes = walls(outer, ((back, *low), (x1, *high)))
    meshes = [shell]
    for first, second in pairwise(spaces):
        beside = first.high[0] <= second.low[0]
        wall = (
            ((back - 0.01, first.high[0], low[1] - 0.01), (x1 - 0.001, second.low[0], high[1] + 0.01))
            if beside
            else ((back - 0.01, low[0] - 0.01, first.high[1]), (x1 - 0.001, high[0] + 0.01, second.low[1]))
        )
        meshes.append(made_of(Slot.INTERIOR, slab(*wall, 0.004, 0.006)))
        boxes.append((np.maximum(wall[0], (back, *low)), np.minimum(wall[1], (x1, *high))))
    grille = slab((x1 - 0.05, y0 + 0.012, foot * 0.35), (x1 - 0.02, y1 - 0.012, z0), 0.002)
    meshes.append(made_of(Slot.TRIM, grille))
    meshes.append(
        vents((x1 - 0.0202, y0 + 0.05, foot * 0.5), (x1 - 0.0198, y1 - 0.05, z0 - 0.008), 40, "x", Slot.RUBBER)
    )
    boxes.append(((x1 - 0.05, y0 + 0.012, foot * 0.35), (x1 - 0.02, y1 - 0.012, z0)))
    spots = [(x, s * (y1 - 0.05)) for x in (x0 + 0.06, x1 - 0.08) for s in (-1, 1)]
    meshes.append(feet(spots, 0.018, z0 + 0.002))
    boxes += [((x - 0.018, y - 0.018, 0), (x + 0.018, y + 0.018, z0)) for x, y in spots]
    for space in spaces:
        x, y, z = space.back + 0.06, (space.low[0] + space.high[0]) / 2, space.high[1]
        lamp = slab((x, y - 0.05, z - 0.012), (x + 0.10, y + 0.05, z + 0.004), 0.004, 0.006, "z")
        meshes.append(made_of(Slot.LAMP, lamp))
    meshes.append(_condenser(outer))
    tree.add("body", *meshes, *extra, solid=[*boxes, *solid])


def _condenser(outer: Box) -> Mesh:
    """Returns the black wires behind a cabinet."""
    (x0, y0, z0), (_, y1, z1) = outer
    condenser = [
        wire((x0 - 0.008, y0 + 0.06, z), (x0 - 0.008, y1 - 0.06, z), radius=0.0025)
        for z in np.linspace(z0 + 0.25, z1 - 0.2, 12)
    ]
    return made_of(
        Slot.TRIM,
        *condenser,
        *(wire((x0 - 0.008, y, z0 + 0.25), (x0 - 0.008, y, z1 - 0.2), radius=0.002) for y in (y0 + 0.06, 0, y1 - 0.06)),
    )


def shelf(tree: Tree, name: str, space: Space, z: float, room: float, depth: float) -> None:
    """Adds a glass shelf with a moulded front edge and the place on it; it hangs in the cabinet."""
    y0, y1 = space.low[0] + 0.002, space.high[0] - 0.002
    x0, x1 = space.back + 0.004, space.back + depth
    glass = made_of(Slot.GLASS, slab((x0, y0 + 0.004, z - 0.004), (x1 - 0.008, y1 - 0.004, z), 0.0008, axis="z"))
    nose = made_of(
        Slot.INTERIOR, slab((x1 - 0.014, y0 + 0.002, z - 0.012), (x1, y1 - 0.002, z + 0.0005), 0.003, 0.003, "y")
    )
    tail = made_of(
        Slot.INTERIOR, slab((x0, y0 + 0.002, z - 0.009), (x0 + 0.014, y1 - 0.002, z + 0.010), 0.002, axis="y")
    )
    ribs = [
        slab((x0, y - 0.004, z - 0.013), (x1 - 0.03, y + 0.004, z - 0.0045), 0.002, axis="x")
        for y in (y0 + 0.002, y1 - 0.002)
    ]
    solid = [((x0, y0, z - 0.013), (x1, y1, z)), ((x0, y0 + 0.002, z), (x0 + 0.014, y1 - 0.002, z + 0.010))]
    tree.add(name, glass, nose, tail, made_of(Slot.INTERIOR, *ribs), solid=solid, pivot=(x0, 0, z), parent="body")
    tree.carry(name, name, "shelf", (x0 + 0.016, y0 + 0.012), (x1 - 0.016, y1 - 0.012), z + 0.0005, room, "chilled")


def crisper(
    tree: Tree,
    name: str,
    space: Space,
    span: tuple[float, float],
    z: float,
    tall: float,
    depth: float,
    slot: Slot = Slot.CLEAR,
    word: str = "",
) -> None:
    """Adds a drawer that slides out between y = `span`, standing on `z`, with a closed front of its own."""
    y0, y1 = span
    x0, x1, sheet = space.back + 0.012, space.back + depth, 0.003
    body = hollow(
        outline((x0, y0), (x1, y1), 0.010),
        outline((x0 + sheet, y0 + sheet), (x1 - 0.012, y1 - sheet), 0.008),
        (z, z + sheet, z + tall),
        (slot, slot, slot),
        0.002,
        "z",
    )
    brow = made_of(Slot.INTERIOR, slab((x1 - 0.004, y0, z + 0.006), (x1 + 0.014, y1, z + tall + 0.002), 0.004, 0.005))
    grip = made_of(
        Slot.TRIM,
        slab(
            (x1 + 0.0125, (y0 + y1) / 2 - 0.07, z + tall - 0.024),
            (x1 + 0.0144, (y0 + y1) / 2 + 0.07, z + tall - 0.010),
            0.0004,
        ),
    )
    marks = [label(word, 0.007, x1 + 0.0142, (y0 + y1) / 2, z + 0.03)] if word else []
    inner = ((x0 + sheet, y0 + sheet, z + sheet), (x1 - 0.012, y1 - sheet, z + tall))
    solid = [
        *tub(((x0, y0, z), (x1 - 0.004, y1, z + tall)), inner),
        ((x1 - 0.004, y0, z + 0.006), (x1 + 0.014, y1, z + tall + 0.002)),
    ]
    tree.add(
        name,
        body,
        brow,
        grip,
        *marks,
        solid=solid,
        pivot=(x0, (y0 + y1) / 2, z),
        parent="body",
        joint=slider((1, 0, 0), 0.0, round(0.72 * depth, 3)),
        grasp=(x1 + 0.0144, (y0 + y1) / 2, z + tall - 0.017),
    )
    tree.carry(name, name, "drawer", (x0 + 0.01, y0 + 0.01), (x1 - 0.02, y1 - 0.01), z + sheet, tall - 0.01, "chilled")
