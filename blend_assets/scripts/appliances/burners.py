"""Gas burners and the cast-iron grates over them, for hobs and ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from blend_assets.scripts.appliances.details import disc, turned_piece
from blend_assets.scripts.appliances.fittings import Box, Slot, Tree, made_of, slab
from buildee.layout.mesh import Mesh

GRATE = 0.043
"""Height of the grates' upper faces over the hob's plate."""


@dataclass(frozen=True)
class Burner:
    """A burner, seen from above.

    Attributes:
        x, y: its middle.
        radius: of its head.
    """

    x: float
    y: float
    radius: float

    def mesh(self, z: float) -> Mesh:
        """Returns its drip ring, ported head, enamelled cap, spark plug and flame sensor, standing on `z`."""
        r = self.radius
        bowl = turned_piece([(r + 0.016, 0), (r + 0.013, 0.003), (r + 0.002, 0.0045)], "z", 28)
        head = turned_piece(
            [(r * 0.86, 0.003), (r * 0.90, 0.010), (r * 0.98, 0.014), (r * 0.98, 0.0165), (r * 0.9, 0.018)], "z", 28
        )
        angles = np.linspace(0, 2 * np.pi, round(r * 700), endpoint=False)
        ports = [
            slab((0.955 * r, -0.0008, 0.0125), (0.99 * r, 0.0008, 0.0168), 0.0002).transformed(_turn(angle))
            for angle in angles
        ]
        cap = disc(r * 0.94, 0.018, 0.0245, 0.0025, 28, "z")
        plug = turned_piece([(0.003, 0.003), (0.003, 0.014), (0.0012, 0.0145), (0.0012, 0.019)], "z", 8)
        sensor = turned_piece([(0.002, 0.003), (0.002, 0.017), (0.001, 0.018)], "z", 8)
        return Mesh.merged(
            [
                made_of(Slot.METAL, bowl, head, sensor.moved(-0.6 * (r + 0.006), 0.8 * (r + 0.006))),
                made_of(Slot.TRIM, *ports),
                made_of(Slot.IRON, cap),
                made_of(Slot.INTERIOR, plug.moved(0.6 * (r + 0.006), 0.8 * (r + 0.006))),
            ]
        ).moved(self.x, self.y, z)

    def carry(self, tree: Tree, name: str, z: float, part: str = "body") -> None:
        """Adds the place on the grate over it, as large as the pans that suit its size."""
        half = 0.055 + 1.15 * self.radius
        tree.carry(
            name, part, "hob", (self.x - half, self.y - half), (self.x + half, self.y + half), z, topic="cooking"
        )


def _turn(angle: float) -> np.ndarray:
    """Returns a turn about Z."""
    pose = np.eye(4)
    pose[:2, :2] = ((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle)))
    return pose


def gas_top(
    burners: Sequence[Burner], low: tuple[float, float], high: tuple[float, float], z: float, columns: int, ahead: float
) -> tuple[Mesh, Mesh, list[Box]]:
    """Returns a pressed plate with burners, the grates over it, and their collision boxes.

    Args:
        burners: on the plate.
        low, high: corners of the plate as (x, y).
        z: height of its upper face.
        columns: how many grates lie side by side.
        ahead: where they end in front, x.
    """
    (x0, y0), (x1, y1) = low, high
    sheet = made_of(Slot.FRONT, slab((x0, y0, z - 0.006), (x1, y1, z), 0.004, 0.006, "z", 0.001))
    boxes: list[Box] = [((x0, y0, z - 0.006), (x1, y1, z))]
    boxes += [
        ((b.x - 0.8 * b.radius, b.y - 0.8 * b.radius, z), (b.x + 0.8 * b.radius, b.y + 0.8 * b.radius, z + 0.0245))
        for b in burners
    ]
    bars: list[Mesh] = []
    edges = np.linspace(y0 + 0.022, y1 - 0.022, columns + 1)
    for left, right in pairwise(edges):
        inside = [b for b in burners if left < b.y < right]
        made, solid = grate(inside, (x0 + 0.025, left + 0.002), (ahead, right - 0.002), z)
        bars += made
        boxes += solid
    return Mesh.merged([sheet, *(b.mesh(z) for b in burners)]), made_of(Slot.IRON, *bars), boxes


def grate(
    burners: Sequence[Burner], low: tuple[float, float], high: tuple[float, float], z: float
) -> tuple[list[Mesh], list[Box]]:
    """Returns one grate: a frame on four feet and fingers that reach over every burner, and its collision boxes."""
    (x0, y0), (x1, y1) = low, high
    thick, top, under = 0.010, z + GRATE, z + GRATE - 0.014
    spans: list[Box] = [
        ((x0, y0, under), (x0 + thick, y1, top)),
        ((x1 - thick, y0, under), (x1, y1, top)),
        ((x0 + thick, y0, under), (x1 - thick, y0 + thick, top)),
        ((x0 + thick, y1 - thick, under), (x1 - thick, y1, top)),
    ]
    ends = sorted({b.x for b in burners})
    rails = [(a + b) / 2 for a, b in pairwise(ends)]
    spans += [((x - thick / 2, y0 + thick, under), (x + thick / 2, y1 - thick, top)) for x in rails]
    borders = [x0 + thick, *rails, x1 - thick]
    for b in burners:
        behind = max(x for x in borders if x < b.x) + (thick / 2 if len(rails) else 0)
        ahead = min(x for x in borders if x > b.x) - (thick / 2 if len(rails) else 0)
        gap, w = 0.35 * b.radius + 0.006, 0.0035
        spans += [
            ((behind - thick / 2, b.y - w, under + 0.003), (b.x - gap, b.y + w, top)),
            ((b.x + gap, b.y - w, under + 0.003), (ahead + thick / 2, b.y + w, top)),
        ]
        spans += [
            ((b.x - w, y0 + thick, under + 0.003), (b.x + w, b.y - gap, top)),
            ((b.x - w, b.y + gap, under + 0.003), (b.x + w, y1 - thick, top)),
        ]
    bars = [slab(a, c, 0.0022, 0.003, axis="xyz"[int(np.argmax(np.subtract(c, a)[:2]))]) for a, c in spans]
    feet = [
        slab((x - 0.005, y - 0.005, z), (x + 0.005, y + 0.005, under + 0.002), 0.001, axis="z")
        for x in (x0 + 0.006, x1 - 0.006)
        for y in (y0 + 0.006, y1 - 0.006)
    ]
    return [*bars, *feet], spans
