"""The materials that people find in the Asset Browser: every kind, in the colours that it is met in."""

from __future__ import annotations

from dataclasses import dataclass

from buildee.layout.material import KINDS, Material


@dataclass(frozen=True)
class Shown:
    """A material as the Asset Browser shows it.

    Attributes:
        name: what it is called there.
        family: the catalogue it lies in, below "materials".
        material: its kind and knobs.
    """

    name: str
    family: str
    material: Material

    @property
    def description(self) -> str:
        """What its kind must look like."""
        return KINDS[self.material.kind]

    @property
    def tags(self) -> tuple[str, ...]:
        """Words to find it by."""
        return tuple(dict.fromkeys((self.family, *self.material.kind.split("_"))))


_LOOKS: dict[str, dict[str, Material]] = {
    "wood": {
        "Veneer, oak": Material("veneer", (0.42, 0.27, 0.13), wear=0.2),
        "Veneer, walnut": Material("veneer", (0.13, 0.065, 0.032), wear=0.2),
        "Veneer, ash": Material("veneer", (0.6, 0.47, 0.32), wear=0.2),
        "Veneer, beech": Material("veneer", (0.52, 0.32, 0.18), wear=0.2),
        "Veneer, black stain": Material("veneer", (0.03, 0.028, 0.026), wear=0.2),
        "Parquet, oak": Material("parquet", (0.4, 0.25, 0.12), wear=0.3),
        "Parquet, walnut": Material("parquet", (0.14, 0.075, 0.04), wear=0.3),
        "Parquet, pale ash": Material("parquet", (0.52, 0.42, 0.3), wear=0.3),
        "Sawn timber, spruce": Material("wood", (0.46, 0.32, 0.18), wear=0.1, dirt=0.1),
        "Sawn timber, weathered": Material("wood", (0.4, 0.3, 0.2), wear=0.8, dirt=0.2),
        "Formwork plywood": Material("plywood", (0.2, 0.09, 0.04), wear=0.3),
        "Wicker, willow": Material("wicker", (0.42, 0.28, 0.14), wear=0.2),
        "Wicker, dark": Material("wicker", (0.16, 0.09, 0.05), wear=0.2),
    },
    "metal": {
        "Brushed stainless steel": Material("brushed_metal", (0.58, 0.57, 0.55), wear=0.2),
        "Brushed brass": Material("brushed_metal", (0.7, 0.48, 0.2), wear=0.2),
        "Brushed copper": Material("brushed_metal", (0.72, 0.36, 0.23), wear=0.2),
        "Cast iron, seasoned": Material("cast_iron", (0.025, 0.023, 0.022), wear=0.2),
        "Bare steel": Material("bare_metal", (0.5, 0.49, 0.47), wear=0.2),
        "Galvanized steel": Material("galvanized", (0.5, 0.51, 0.52), wear=0.3),
        "Rusty steel": Material("rusty_steel", (0.2, 0.085, 0.035), wear=0.5),
        "Painted steel, machine yellow": Material("painted_metal", (0.72, 0.32, 0.01), wear=0.4),
        "Painted steel, container blue": Material("painted_metal", (0.02, 0.08, 0.22), wear=0.5),
    },
    "coating": {
        "Lacquer, white": Material("lacquer", (0.75, 0.74, 0.7), wear=0.15),
        "Lacquer, sage": Material("lacquer", (0.2, 0.28, 0.2), wear=0.15),
        "Lacquer, navy": Material("lacquer", (0.02, 0.04, 0.09), wear=0.15),
        "Wall paint, white": Material("plaster", (0.75, 0.73, 0.68), wear=0.2),
        "Wall paint, ochre": Material("plaster", (0.55, 0.38, 0.17), wear=0.2),
        "Flat paint": Material("paint", (0.5, 0.5, 0.48), wear=0.2, dirt=0.1),
        "Reflective film": Material("reflective", (0.7, 0.7, 0.68), wear=0.2, dirt=0.1),
    },
    "mineral": {
        "Glazed ceramic, white": Material("glazed", (0.8, 0.79, 0.75), wear=0.15),
        "Glazed ceramic, blue": Material("glazed", (0.04, 0.11, 0.2), wear=0.15),
        "Glazed ceramic, crazed cream": Material("glazed", (0.62, 0.53, 0.37), wear=0.9),
        "Marble": Material("stone", (0.75, 0.74, 0.72), wear=0.1),
        "Quartz stone": Material("stone", (0.3, 0.29, 0.28), wear=0.1),
        "Granite": Material("stone", (0.045, 0.045, 0.05), wear=0.1),
        "Cast concrete": Material("concrete", (0.36, 0.35, 0.33), wear=0.3),
        "Brickwork": Material("masonry", (0.32, 0.1, 0.055), wear=0.3),
        "Blockwork": Material("masonry", (0.34, 0.33, 0.31), wear=0.3),
        "Concrete flags": Material("paving", (0.33, 0.32, 0.3), wear=0.3),
        "Asphalt": Material("asphalt", (0.05, 0.05, 0.052), wear=0.3),
    },
    "clear": {
        "Glassware, clear": Material("glassware", (0.97, 0.99, 0.98), wear=0.1),
        "Glassware, bottle green": Material("glassware", (0.1, 0.35, 0.12), wear=0.1),
        "Glassware, amber": Material("glassware", (0.5, 0.22, 0.04), wear=0.1),
        "Window glass": Material("glass", (0.85, 0.9, 0.9), wear=0.1, dirt=0.1),
        "Liquid, water": Material("liquid", (0.9, 0.95, 0.97)),
        "Liquid, oil": Material("liquid", (0.75, 0.5, 0.06)),
        "Liquid, coffee": Material("liquid", (0.05, 0.02, 0.008)),
        "Liquid, milk": Material("liquid", (0.88, 0.85, 0.78)),
        "Standing water": Material("water", (0.2, 0.16, 0.11)),
    },
    "food": {
        "Apple, red": Material("produce", (0.45, 0.035, 0.025), wear=0.1),
        "Apple, green": Material("produce", (0.38, 0.48, 0.07), wear=0.1),
        "Citrus, orange": Material("produce", (0.8, 0.27, 0.015), wear=0.1),
        "Potato": Material("produce", (0.42, 0.28, 0.14), wear=0.3),
        "Bread crust": Material("bread", (0.3, 0.14, 0.05)),
        "Bread crumb": Material("bread", (0.72, 0.6, 0.42)),
        "Cheese": Material("wax", (0.78, 0.53, 0.14)),
        "Butter": Material("wax", (0.82, 0.7, 0.38)),
        "Wax, white": Material("wax", (0.8, 0.77, 0.7)),
    },
    "textile": {
        "Cloth, linen": Material("fabric", (0.56, 0.5, 0.41), wear=0.2, dirt=0.05),
        "Cloth, orange": Material("fabric", (0.8, 0.14, 0.01), wear=0.2, dirt=0.1),
        "Sheeting, white": Material("sheeting", (0.7, 0.71, 0.72), wear=0.2),
        "Debris netting, green": Material("netting", (0.03, 0.2, 0.09), wear=0.2),
        "Paper, white": Material("paper", (0.78, 0.77, 0.73)),
        "Card, brown": Material("paper", (0.42, 0.28, 0.16), wear=0.5),
    },
    "polymer": {
        "Plastic, white": Material("plastic", (0.7, 0.7, 0.68), wear=0.15, dirt=0.05),
        "Plastic, red": Material("plastic", (0.5, 0.03, 0.02), wear=0.15, dirt=0.05),
        "Rubber": Material("rubber", (0.025, 0.025, 0.026), wear=0.3, dirt=0.1),
    },
    "nature": {
        "Leaf, herb": Material("leaf", (0.07, 0.2, 0.03), wear=0.1),
        "Leaf, lettuce": Material("leaf", (0.25, 0.42, 0.06), wear=0.1),
        "Grass": Material("grass", (0.1, 0.16, 0.04)),
        "Meadow land": Material("land", (0.12, 0.16, 0.05)),
        "Soil": Material("soil", (0.19, 0.14, 0.09)),
        "Sand": Material("sand", (0.48, 0.37, 0.23)),
        "Gravel": Material("gravel", (0.36, 0.34, 0.31)),
        "Skin": Material("skin", (0.48, 0.27, 0.18), wear=0.0, dirt=0.0),
    },
    "light": {
        "Lamp face": Material("emissive", (1.0, 0.86, 0.66), wear=0.0, dirt=0.0, glow=500.0),
    },
}

SHOWN = tuple(Shown(name, family, material) for family, looks in _LOOKS.items() for name, material in looks.items())
"""All of them."""

FAMILIES = tuple(_LOOKS)
"""The catalogues below "materials"."""
