"""What site goods are made of and the colours they come in (linear RGB)."""

from __future__ import annotations

import numpy as np

from buildee.layout.material import Color, Material

SAFETY_RED: Color = (0.5, 0.018, 0.014)
SAFETY_ORANGE: Color = (0.8, 0.14, 0.01)
SAFETY_YELLOW: Color = (0.75, 0.46, 0.01)
SAFETY_BLUE: Color = (0.0, 0.075, 0.3)
SAFETY_GREEN: Color = (0.0, 0.2, 0.075)
WHITE: Color = (0.75, 0.75, 0.73)
BLACK: Color = (0.012, 0.012, 0.013)

GALVANIZED = Material("galvanized", (0.5, 0.51, 0.52), wear=0.4, dirt=0.35)
STEEL = Material("bare_metal", (0.35, 0.35, 0.35), wear=0.6, dirt=0.4)
RUST = Material("rusty_steel", (0.17, 0.078, 0.045), wear=0.75, dirt=0.3)
DARK = Material("paint", BLACK, wear=0.1, dirt=0.3)
RUBBER = Material("rubber", (0.02, 0.02, 0.021), wear=0.5, dirt=0.5)
GLASS = Material("glass", (0.85, 0.9, 0.9), wear=0.2, dirt=0.35)
PALE_WOOD = Material("wood", (0.52, 0.37, 0.21), wear=0.35, dirt=0.25)
GREY_WOOD = Material("wood", (0.42, 0.31, 0.19), wear=0.75, dirt=0.4)
BALLAST = Material("concrete", (0.36, 0.355, 0.34), wear=0.7, dirt=0.5, scale=4.0)
STRAP = Material("plastic", (0.02, 0.02, 0.022), wear=0.2, dirt=0.2)
LAMP_GLASS = Material("reflective", (0.8, 0.8, 0.78), wear=0.1, dirt=0.3)
OPAL_GLASS = Material("plastic", (0.8, 0.8, 0.75), wear=0.2, dirt=0.2)
BLIND = Material("paint", (0.45, 0.43, 0.4), wear=0.1, dirt=0.1)

CONTAINER_COLORS: tuple[Color, ...] = (
    (0.015, 0.075, 0.2),
    (0.28, 0.035, 0.02),
    (0.02, 0.13, 0.075),
    (0.3, 0.31, 0.31),
    (0.5, 0.2, 0.02),
    (0.11, 0.12, 0.13),
)
CABIN_COLORS: tuple[Color, ...] = ((0.5, 0.5, 0.48), (0.3, 0.33, 0.35), (0.05, 0.13, 0.28), (0.5, 0.47, 0.38))
PLANT_COLORS: tuple[Color, ...] = (SAFETY_YELLOW, (0.62, 0.6, 0.55), (0.04, 0.11, 0.26), (0.05, 0.2, 0.08), SAFETY_RED)


def pick(rng: np.random.Generator, colors: tuple[Color, ...]) -> Color:
    """Draws a colour."""
    return colors[int(rng.integers(len(colors)))]


def painted(color: Color, wear: float = 0.4, dirt: float = 0.4) -> Material:
    """Returns painted steel."""
    return Material("painted_metal", color, wear=wear, dirt=dirt)


def moulded(color: Color, wear: float = 0.4, dirt: float = 0.4) -> Material:
    """Returns coloured plastic."""
    return Material("plastic", color, wear=wear, dirt=dirt)
