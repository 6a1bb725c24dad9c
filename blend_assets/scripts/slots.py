"""The material slots that the machines share; every asset may replace a default by its own."""

from __future__ import annotations

from enum import IntEnum

from buildee.layout.material import Material
from buildee.layout.mesh import Mesh


class Slot(IntEnum):
    """Material slots by number; the names in lower case are the slots' names in the catalog."""

    PAINT = 0
    TRIM = 1
    STEEL = 2
    TRACK = 3
    CHROME = 4
    RUBBER = 5
    GLASS = 6
    PLASTIC = 7
    SEAT = 8
    LENS = 9
    RED_LENS = 10
    AMBER = 11
    MARKING = 12
    REFLECTOR = 13
    SOIL = 14
    BODY = 15
    LIVERY = 16
    CONCRETE = 17
    WOOD = 18
    BLOCK = 19
    LINING = 20


SLOTS: dict[str, Material] = {
    "paint": Material("painted_metal", (0.72, 0.36, 0.02), wear=0.5, dirt=0.8),
    "trim": Material("painted_metal", (0.025, 0.026, 0.028), wear=0.4, dirt=0.85),
    "steel": Material("bare_metal", (0.36, 0.34, 0.32), wear=0.6, dirt=0.45),
    "track": Material("rusty_steel", (0.15, 0.115, 0.09), wear=0.6, dirt=1.0),
    "chrome": Material("bare_metal", (0.72, 0.72, 0.74), wear=0.05, dirt=0.05),
    "rubber": Material("rubber", (0.018, 0.018, 0.018), wear=0.4, dirt=0.75),
    "glass": Material("glass", (0.94, 1.0, 0.98), wear=0.1, dirt=0.4),
    "plastic": Material("plastic", (0.022, 0.022, 0.024), wear=0.3, dirt=0.3),
    "seat": Material("fabric", (0.10, 0.105, 0.12), wear=0.4, dirt=0.4),
    "lens": Material("plastic", (0.82, 0.83, 0.85), wear=0.1, dirt=0.2),
    "red_lens": Material("plastic", (0.45, 0.008, 0.008), wear=0.1, dirt=0.3),
    "amber": Material("plastic", (0.85, 0.25, 0.01), wear=0.1, dirt=0.25),
    "marking": Material("paint", (0.02, 0.02, 0.022), wear=0.3, dirt=0.3),
    "reflector": Material("reflective", (0.75, 0.03, 0.02), wear=0.2, dirt=0.3),
    "soil": Material("soil", (0.19, 0.125, 0.075)),
    "body": Material("painted_metal", (0.27, 0.28, 0.28), wear=0.65, dirt=0.85),
    "livery": Material("painted_metal", (0.66, 0.65, 0.61), wear=0.35, dirt=0.7),
    "concrete": Material("concrete", (0.36, 0.35, 0.33), wear=0.4, dirt=0.3),
    "wood": Material("wood", (0.42, 0.29, 0.16), wear=0.5, dirt=0.4),
    "block": Material("concrete", (0.52, 0.51, 0.48), wear=0.2, dirt=0.2),
    "lining": Material("plastic", (0.24, 0.235, 0.22), wear=0.3, dirt=0.4),
}
"""Default material of every slot, in the order of `Slot`."""


def made_of(slot: Slot, *meshes: Mesh) -> Mesh:
    """Returns the meshes joined, all faces in one slot."""
    return Mesh.merged(meshes).with_slot(int(slot))
