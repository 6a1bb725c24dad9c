"""The heart of every oven: an enamelled cavity with ribbed sides, wire racks and a tray that slide, and its door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blend_assets.scripts.appliances.details import disc, grid, loop_wire, ring_mark, wire
from blend_assets.scripts.appliances.fittings import (
    Box,
    Slot,
    Tree,
    frame,
    hinge,
    hollow,
    made_of,
    outline,
    slab,
    slider,
    tub,
    walls,
)
from blend_assets.scripts.fittings import rectangle
from buildee.layout import solids
from buildee.layout.mesh import Mesh

LEDGE = 0.010
"""How far the ribs stand out of the sides."""


@dataclass(frozen=True)
class Cavity:
    """An oven's inside and the carcass round it.

    Attributes:
        outer: corners of the carcass; its front is the plane that the door's seal meets.
        inner: corners of the cavity; its front is the carcass's.
        levels: heights of the ribs' upper faces.
    """

    outer: Box
    inner: Box
    levels: tuple[float, ...]

    @property
    def front(self) -> float:
        """Where the carcass ends, x."""
        return float(self.outer[1][0])

    def carcass(self) -> tuple[Mesh, list[Box]]:
        """Returns the carcass with its lining, its fixtures and its seal, and its collision boxes."""
        (x0, y0, z0), (x1, y1, z1) = self.outer
        (u, v0, w0), (_, v1, w1) = self.inner
        shell = hollow(
            outline((y0, z0), (y1, z1), 0.008),
            outline((v0, w0), (v1, w1), 0.008),
            (x0, u, x1),
            (Slot.METAL, Slot.INTERIOR, Slot.INTERIOR),
        )
        seal = frame(
            ((v0 - 0.014, w0 - 0.014), (v1 + 0.014, w1 + 0.014)),
            ((v0 - 0.005, w0 - 0.005), (v1 + 0.005, w1 + 0.005)),
            x1,
            x1 + 0.0035,
            0.0015,
            0.02,
        )
        meshes = [shell, *self._fixtures(), made_of(Slot.RUBBER, seal)]
        solid = walls(self.outer, self.inner)
        for z in self.levels:
            for a, b in ((v0, v0 + LEDGE), (v1 - LEDGE, v1)):
                solid.append(((u + 0.02, a, z - 0.008), (x1 - 0.03, b, z)))
        return Mesh.merged(meshes), solid

    def _fixtures(self) -> list[Mesh]:
        """Returns the ribs, the fan's cover, the lamp and the heater under the ceiling."""
        (u, v0, w0), (x1, v1, w1) = self.inner
        middle, height = (v0 + v1) / 2, (w0 + w1) / 2
        fan = [
            disc(0.085, 0, 0.008, 0.003, 28).moved(u, middle, height),
            *(
                slab(
                    (u + 0.008, middle + 0.011 * k - 0.003, height - s),
                    (u + 0.0086, middle + 0.011 * k + 0.003, height + s),
                    0.0002,
                )
                for k, s in zip(range(-4, 5), (0.03, 0.045, 0.053, 0.058, 0.06, 0.058, 0.053, 0.045, 0.03), strict=True)
            ),
        ]
        lamp = disc(0.026, 0, 0.006, 0.002, 20).moved(u, v1 - 0.07, w1 - 0.06)
        heater = wire(
            (u + 0.05, v0 + 0.06, w1 - 0.02),
            (x1 - 0.09, v0 + 0.06, w1 - 0.02),
            (x1 - 0.06, v0 + 0.09, w1 - 0.02),
            (x1 - 0.06, v1 - 0.09, w1 - 0.02),
            (x1 - 0.09, v1 - 0.06, w1 - 0.02),
            (u + 0.05, v1 - 0.06, w1 - 0.02),
            radius=0.0035,
            segments=8,
        )
        return [
            made_of(Slot.INTERIOR, fan[0], *self._ribs()),
            made_of(Slot.TRIM, *fan[1:]),
            made_of(Slot.LAMP, lamp),
            made_of(
                Slot.METAL,
                ring_mark(0.030, 0.006, 0, 0, 0, segments=20)
                .transformed(_UPRIGHT)
                .moved(u + 0.001, v1 - 0.07, w1 - 0.06),
            ),
            made_of(Slot.METAL, heater),
        ]

    def _ribs(self) -> list[Mesh]:
        (u, v0, _), (x1, v1, _) = self.inner
        ribs = []
        for z in self.levels:
            for a, b in ((v0 - 0.004, v0 + LEDGE), (v1 - LEDGE, v1 + 0.004)):
                ribs.append(slab((u + 0.02, a, z - 0.008), (x1 - 0.03, b, z), 0.0025, axis="x"))
        return ribs

    def rack(self, tree: Tree, name: str, level: int, parent: str = "body", like: str = "") -> None:
        """Adds a wire shelf that slides out by two thirds of its depth."""
        (u, v0, _), (x1, v1, w1) = self.inner
        z, radius = self.levels[level], 0.003
        low, high = (u + 0.02, v0 + 0.003), (x1 - 0.035, v1 - 0.003)
        bars = grid((low[0], low[1] + 0.02), (high[0], high[1] - 0.02), z + radius + 0.001, 15, 3, 0.0016)
        stop = wire(
            (low[0], low[1] + 0.03, z + radius),
            (low[0], low[1] + 0.03, z + 0.02),
            (low[0], high[1] - 0.03, z + 0.02),
            (low[0], high[1] - 0.03, z + radius),
            radius=0.0025,
        )
        meshes = () if like else (made_of(Slot.RACK, *bars, stop, loop_wire(low, high, z + radius, radius)),)
        front, top = np.array([high[0], 0, z + radius]), z + 2 * radius
        tree.add(
            name,
            *meshes,
            solid=[((*low, z + 0.0002), (*high, top))],
            pivot=(low[0], 0, z),
            parent=parent,
            joint=slider((1, 0, 0), 0.0, round(0.66 * (high[0] - low[0]), 3)),
            grasp=front,
            like=like,
        )
        above = [other for other in self.levels if other > z + 0.02]
        room = (min(above) - 0.012 if above else w1 - 0.03) - top
        tree.carry(
            name, name, "rack", (low[0] + 0.02, low[1] + 0.02), (high[0] - 0.02, high[1] - 0.02), top, room, "cooking"
        )

    def tray(self, tree: Tree, level: int, parent: str = "body") -> None:
        """Adds a baking tray whose rim slides on the ribs."""
        (u, v0, _), (x1, v1, _) = self.inner
        z, deep, rim = self.levels[level], 0.026, 0.014
        low, high = np.array([u + 0.02, v0 + 0.003]), np.array([x1 - 0.035, v1 - 0.003])
        outline = rectangle(low, high, 0.018, 3)
        inner, sheet = LEDGE + rim - 0.006, 0.0012
        rings = [(outline, z + 0.0005)]
        rings += [(outline, z + 0.003), (solids.inset(outline, inner), z + 0.003)]
        rings += [
            (solids.inset(outline, inner + 0.006), z - deep + sheet),
            (solids.inset(outline, inner + 0.01), z - deep),
        ]
        top = [np.column_stack([points, np.full(len(points), height)]) for points, height in rings[1:]]
        under = [
            (solids.inset(outline, inner + 0.01 + sheet), z - deep - sheet),
            (solids.inset(outline, inner + 0.005), z - deep),
        ]
        under += [(solids.inset(outline, inner - sheet), z + 0.0005), (outline, z + 0.0005)]
        lower = [np.column_stack([points, np.full(len(points), height)]) for points, height in under]
        mesh = solids.loft(np.array([*lower, *top]), smooth=True)
        hole = inner + 0.006
        floor = z - deep - sheet
        inside = ((low[0] + hole, low[1] + hole, z - deep), (high[0] - hole, high[1] - hole, z))
        well = ((low[0] + inner, low[1] + inner, floor), (high[0] - inner, high[1] - inner, z))
        lip = 0.003
        solid = tub(well, inside)
        for a, b in (((low[0], low[1]), (high[0], low[1] + inner)), ((low[0], high[1] - inner), (high[0], high[1]))):
            solid.append(((*a, z + 0.0005), (*b, z + lip)))
        tree.add(
            "tray",
            made_of(Slot.IRON, mesh),
            solid=solid,
            pivot=(low[0], 0, z),
            parent=parent,
            joint=slider((1, 0, 0), 0.0, round(0.66 * (high[0] - low[0]), 3)),
            grasp=(high[0], 0, z),
        )
        size = hole + 0.006
        tree.carry("tray", "tray", "rack", low + size, high - size, z - deep, deep + 0.02, "cooking")


_UPRIGHT = np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]], float)
"""Takes what is drawn level to what looks along +X."""


@dataclass(frozen=True)
class OvenDoor:
    """A glazed door hinged at its lower edge.

    Attributes:
        low, high: corners as (y, z).
        window: corners of its window as (y, z).
        back, thick: where its inner face lies and how thick it is.
        inner: corners of its inner pane's frame, which goes before the cavity.
    """

    low: tuple[float, float]
    high: tuple[float, float]
    window: tuple[tuple[float, float], tuple[float, float]]
    back: float
    thick: float
    inner: tuple[tuple[float, float], tuple[float, float]]

    def add(
        self,
        tree: Tree,
        handle: Sequence[Mesh],
        solid: Sequence[Box],
        grasp: tuple[float, float, float],
        parent: str = "body",
    ) -> None:
        """Adds the door with its handle; `solid` are the handle's collision boxes."""
        x0, x1 = self.back, self.back + self.thick
        (a, b), (c, d) = self.window
        skin = frame((self.low, self.high), self.window, x1 - 0.006, x1, 0.0015, 0.004)
        pane = slab((x1 - 0.0055, a - 0.001, b - 0.001), (x1 - 0.0008, c + 0.001, d + 0.001), 0.0002)
        border = frame(
            ((a, b), (c, d)), ((a + 0.012, b + 0.012), (c - 0.012, d - 0.012)), x1 - 0.0058, x1 - 0.0055, 0.0, 0.012
        )
        rear = frame(self.inner, ((a + 0.004, b + 0.004), (c - 0.004, d - 0.004)), x0, x1 - 0.006, 0.002, 0.006)
        inner = slab((x0 + 0.0008, a, b), (x0 + 0.0045, c, d), 0.0002)
        edge = [
            slab(
                (x1 - 0.012, self.low[0] + 0.004, self.inner[k][1] - 0.012 * (k == 0)),
                (x1 - 0.006, self.high[0] - 0.004, self.inner[k][1] + 0.012 * (k == 1)),
                0.001,
            )
            for k in (0, 1)
        ]
        tree.add(
            "door",
            made_of(Slot.FRONT, skin),
            made_of(Slot.GLASS, pane, inner),
            made_of(Slot.TRIM, rear, border, *edge),
            *handle,
            solid=[((x0, *self.low), (x1, *self.high)), *solid],
            pivot=(x1 - 0.004, 0, self.low[1] + 0.010),
            parent=parent,
            joint=hinge((0, 1, 0), 0, 90),
            grasp=grasp,
        )
