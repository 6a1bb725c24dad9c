"""The material slots that kitchenware shares; every asset may replace a default by its own."""

from __future__ import annotations

from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh

FINISHES: dict[str, Material] = {
    "glaze": Material("glazed", (0.78, 0.76, 0.72), wear=0.05, dirt=0.0),
    "inside": Material("glazed", (0.80, 0.79, 0.76), wear=0.05, dirt=0.0),
    "accent": Material("glazed", (0.05, 0.10, 0.24), wear=0.05, dirt=0.0),
    "foot": Material("glazed", (0.58, 0.49, 0.38), wear=0.6, dirt=0.0),
    "glass": Material("glassware", (0.97, 0.985, 0.98), wear=0.05, dirt=0.0),
    "steel": Material("brushed_metal", (0.60, 0.59, 0.57), wear=0.2, dirt=0.0),
    "chrome": Material("bare_metal", (0.72, 0.72, 0.72), wear=0.1, dirt=0.0),
    "iron": Material("cast_iron", (0.04, 0.038, 0.037), wear=0.3, dirt=0.0),
    "coating": Material("cast_iron", (0.045, 0.045, 0.047), wear=0.1, dirt=0.0),
    "enamel": Material("glazed", (0.42, 0.035, 0.02), wear=0.1, dirt=0.0),
    "wood": Material("veneer", (0.45, 0.27, 0.13), wear=0.2, dirt=0.0),
    "dark_wood": Material("veneer", (0.17, 0.085, 0.04), wear=0.2, dirt=0.0),
    "plastic": Material("plastic", (0.022, 0.022, 0.024), wear=0.1, dirt=0.0),
    "white_plastic": Material("plastic", (0.72, 0.72, 0.70), wear=0.1, dirt=0.0),
    "colour": Material("plastic", (0.10, 0.28, 0.20), wear=0.1, dirt=0.0),
    "silicone": Material("rubber", (0.05, 0.05, 0.055), wear=0.1, dirt=0.0),
    "cloth": Material("fabric", (0.62, 0.60, 0.55), wear=0.2, dirt=0.0),
    "stripe": Material("fabric", (0.08, 0.13, 0.25), wear=0.2, dirt=0.0),
    "paper": Material("paper", (0.78, 0.76, 0.71), wear=0.1, dirt=0.0),
    "card": Material("paper", (0.45, 0.31, 0.18), wear=0.2, dirt=0.0),
    "cover": Material("paper", (0.30, 0.06, 0.04), wear=0.3, dirt=0.0),
    "print": Material("paper", (0.035, 0.034, 0.036), wear=0.1, dirt=0.0),
    "wicker": Material("wicker", (0.42, 0.27, 0.13), wear=0.3, dirt=0.0),
    "leaf": Material("leaf", (0.07, 0.20, 0.035), wear=0.1, dirt=0.0),
    "stem": Material("leaf", (0.13, 0.20, 0.06), wear=0.1, dirt=0.0),
    "petal": Material("leaf", (0.72, 0.26, 0.33), wear=0.1, dirt=0.0),
    "pot": Material("glazed", (0.42, 0.17, 0.085), wear=0.6, dirt=0.0),
    "soil": Material("soil", (0.045, 0.03, 0.02), wear=0.2, dirt=0.0),
    "wax": Material("wax", (0.78, 0.72, 0.58), wear=0.1, dirt=0.0),
    "wick": Material("fabric", (0.02, 0.018, 0.016), wear=0.1, dirt=0.0),
    "sponge": Material("fabric", (0.75, 0.55, 0.08), wear=0.3, dirt=0.0),
    "scourer": Material("fabric", (0.03, 0.17, 0.06), wear=0.4, dirt=0.0),
    "bristle": Material("fabric", (0.70, 0.66, 0.56), wear=0.2, dirt=0.0),
    "screen": Material("glazed", (0.006, 0.006, 0.008), wear=0.0, dirt=0.1),
    "lit_white": Material("emissive", (1.0, 1.0, 1.0), wear=0.0, dirt=0.0, glow=180.0),
    "lit_grey": Material("emissive", (0.72, 0.77, 0.85), wear=0.0, dirt=0.0, glow=60.0),
    "lit_blue": Material("emissive", (0.06, 0.2, 0.62), wear=0.0, dirt=0.0, glow=60.0),
    "lit_green": Material("emissive", (0.1, 0.5, 0.14), wear=0.0, dirt=0.0, glow=110.0),
    "lit_orange": Material("emissive", (1.0, 0.24, 0.04), wear=0.0, dirt=0.0, glow=110.0),
    "lens": Material("plastic", (0.01, 0.01, 0.013), wear=0.0, dirt=0.0),
    "red": Material("plastic", (0.55, 0.03, 0.02), wear=0.2, dirt=0.0),
    "blue": Material("plastic", (0.02, 0.10, 0.42), wear=0.2, dirt=0.0),
    "yellow": Material("plastic", (0.72, 0.42, 0.03), wear=0.2, dirt=0.0),
    "rubber": Material("rubber", (0.02, 0.02, 0.02), wear=0.2, dirt=0.0),
    "liquid": Material("plastic", (0.06, 0.38, 0.10), wear=0.0, dirt=0.0),
    "stone": Material("stone", (0.10, 0.105, 0.11), wear=0.1, dirt=0.0),
}
"""Default material of every slot. Nothing has the dust of building sites on it."""

_NUMBER = {name: number for number, name in enumerate(FINISHES)}


def of(slot: str, *meshes: Mesh) -> Mesh:
    """Returns the meshes joined, all faces in one slot."""
    return Mesh.merged(meshes).with_slot(_NUMBER[slot])


def slot_number(slot: str) -> int:
    """Returns the number by which faces name a slot."""
    return _NUMBER[slot]


def coloured(**colors: Color) -> dict[str, Material]:
    """Returns all slots, some of them in other colours (linear RGB)."""
    return FINISHES | {
        name: Material(FINISHES[name].kind, color, FINISHES[name].wear, FINISHES[name].dirt)
        for name, color in colors.items()
    }
