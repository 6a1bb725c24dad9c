"""What hangs at windows: curtains in folds on a pole, café curtains, roller and Roman blinds, slats. Metres.

As a window's frame: origin in the middle of the opening at the sill, on the wall's inner face, +Y into the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.bays import standing
from buildee.generators.kitchen.cloth import STITCH, cloth, dyed, printed, resampled, sheet
from buildee.generators.kitchen.fixtures import BLACK, BRASS, WHITE
from buildee.generators.kitchen.room import Opening, Room, Wall
from buildee.generators.kitchen.style import Pattern, Style
from buildee.generators.kitchen.units import Unit
from buildee.generators.kitchen.walls import FRAME_AT
from buildee.layout.kinematics import rotation, translation
from buildee.layout.layers import single
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Assembly, Model
from buildee.layout.solids import box, boxes, cylinder, sphere, tube

Array = NDArray[np.float64]

Dressing = Literal["none", "curtains", "cafe", "net", "roller", "roman", "slats"]

HABITS: dict[str, tuple[Dressing, ...]] = {
    "modern": ("none", "none", "roller", "slats"),
    "scandinavian": ("none", "roller", "roman"),
    "country": ("curtains", "cafe", "roman", "none"),
    "classic": ("roman", "curtains", "roman", "none"),
    "industrial": ("none", "none", "slats", "roller"),
}
"""What each family hangs at its windows."""

AGAINST_SUN: dict[Dressing, tuple[Dressing, ...]] = {
    "none": ("net", "net", "roller", "none"),
    "curtains": ("net", "roman"),
    "cafe": ("net", "net", "cafe"),
}
"""What hangs instead where the sun would shine in; blinds are drawn there."""

VOILE = Material("netting", (0.84, 0.83, 0.8), wear=0.0, dirt=0.0, scale=0.02)
"""Of nets: woven finely enough that single threads are not seen."""

DOORS = 0.6
"""What doors of furniture at a side wall need before them, metres: the width of the widest leaf."""


def dressing_of(style: Style, rng: np.random.Generator) -> Dressing:
    """Draws what hangs at all the windows of a room."""
    kinds = HABITS[style.family]
    return kinds[int(rng.integers(len(kinds)))]


def dressed(
    room: Room,
    wall: Wall,
    opening: Opening,
    name: str,
    kind: Dressing,
    style: Style,
    units: Sequence[Unit],
    rng: np.random.Generator,
    sunlit: bool = False,
) -> Assembly:
    """Returns what hangs at a window; a Roman blind where wall units or corners leave no room for a curtain's pole.

    Where the sun shines in, nets hang or blinds are drawn.
    """
    width, height = opening.width, opening.height - opening.sill
    drop = float(rng.choice([0.12, 0.25, 0.4]))
    if sunlit:
        choice = AGAINST_SUN.get(kind, (kind,))
        kind = choice[int(rng.integers(len(choice)))]
        drop = round(height * float(rng.uniform(0.5, 0.8)), 2)
    if kind == "curtains":
        left, right = opening.start - 0.22, opening.end + 0.22
        doors = [unit for unit in units if abs(unit.pose[:2, 1] @ wall.pose[:2, 1]) < 0.5]  # they open before it
        beside = standing(wall, units, opening.height - 0.1, opening.height + 0.2)
        before = standing(wall, doors, opening.sill, opening.height + 0.2)
        narrow = any(a < right and b > left for a, b in beside)
        narrow |= any(a < right + DOORS and b > left - DOORS for a, b in before)
        if narrow or left < 0.05 or right > wall.length - 0.05 or opening.height > room.height - 0.15:
            kind = "roman"
    if kind == "none":
        return Assembly()
    if kind == "curtains":
        made = _curtains(width, height, style, rng)
    elif kind == "cafe":
        made = _on_rod(width, height * 0.5, style.textile, rng, style.pattern)
    elif kind == "net":
        made = _on_rod(width, height - 0.06, VOILE, rng, "plain")
    elif kind == "roller":
        made = _roller(width, height, drop, style)
    elif kind == "roman":
        made = _roman(width, height, drop, style)
    else:
        made = _slats(width, height, drop + 0.2, style, rng)
    pose = wall.pose @ translation((opening.start + width / 2, 0.0, opening.sill))
    return Assembly(made.shapes, (made.placed(f"{made.category}.{name}", pose),))


def _pole(width: float, z: float, y: float, metal: Material) -> list[Mesh]:
    """Returns a pole with brackets and ball finials."""
    along = np.array([(0, 0, 1.0, 0), (0, 1.0, 0, 0), (-1.0, 0, 0, 0), (0, 0, 0, 1.0)])
    pole = cylinder(0.011, width, 18).moved(z=-width / 2).transformed(along).moved(0, y, z)
    parts = [pole, *(sphere(0.02, 16, 10).moved(s * (width / 2 + 0.012), y, z) for s in (-1, 1))]
    for side in (-1, 1):
        x = side * (width / 2 - 0.05)
        parts += [
            box((0.012, y, 0.012), (x, y / 2, z - 0.012), 0.002),
            box((0.03, 0.006, 0.06), (x, 0.003, z - 0.012), 0.002),
        ]
    return parts


def _curtains(width: float, height: float, style: Style, rng: np.random.Generator) -> Model:
    """Returns a pair of curtains drawn back with ties, down to below the sill."""
    metal = BRASS if style.family == "classic" else BLACK
    z, y, long = height + 0.09, 0.085, height + 0.09 + 0.06
    reach = width + 0.34
    wide = 0.2 + 0.12 * width
    panels, ties = [], []
    for side in (-1, 1):
        panel = cloth(wide, long, 6, 0.02, 0.5, rng, style.pattern)
        if side < 0:
            panel = panel.moved(-reach / 2 + 0.02, y, z - 0.012)
        else:
            panel = panel.transformed(np.diag([-1.0, 1, 1, 1])).moved(reach / 2 - 0.02, y, z - 0.012)
        panels.append(panel)
        at = side * (reach / 2 - 0.02 - wide * 0.25)
        low = z - 0.62 * long
        loop = [
            (at + 0.29 * wide * np.cos(a), y + 0.02 + 0.052 * np.sin(a), low + 0.02 * side * np.cos(a))
            for a in np.linspace(0, 2 * np.pi, 25)
        ]
        ties.append(tube(loop, 0.009, 8))
    hooks = np.linspace(0.02, wide - 0.02, 7)
    turn = np.linspace(0, 2 * np.pi, 13)
    ring = tube(np.column_stack([0 * turn, 0.019 * np.cos(turn), 0.019 * np.sin(turn)]), 0.0022, 6)
    rings = [ring.moved(s * (reach / 2 - 0.02 - x), y, z) for s in (-1, 1) for x in hooks]
    layers = [*dyed(style.textile, style.pattern, panels)]
    layers += [(style.textile, ties), (metal, _pole(reach, z, y, metal) + rings)]
    bounds = [
        ((s * reach / 2 - (wide if s > 0 else 0), 0.035, z - long), (s * reach / 2 + (wide if s < 0 else 0), 0.15, z))
        for s in (-1, 1)
    ]
    bounds.append(((-reach / 2 - 0.03, 0.0, z - 0.045), (reach / 2 + 0.03, y + 0.022, z + 0.022)))
    key = f"kitchen/curtains_{style.pattern}_{width:.3f}_{height:.3f}_{rng.integers(1 << 30)}"
    return printed(single("curtain", key, layers, bounds), panels)


def _on_rod(width: float, long: float, fabric: Material, rng: np.random.Generator, pattern: Pattern) -> Model:
    """Returns a gathered curtain on a rod in the reveal, down to the sill: a café curtain, or a net."""
    y, z = -FRAME_AT + 0.055, long + 0.03
    panel = cloth(width - 0.04, long - 0.02, max(6, round(width * 11)), 0.013, 0.0, rng, pattern)
    panel = panel.moved(-width / 2 + 0.02, y, z)
    along = np.array([(0, 0, 1.0, 0), (0, 1.0, 0, 0), (-1.0, 0, 0, 0), (0, 0, 0, 1.0)])
    rod = cylinder(0.005, width, 12).moved(z=-width / 2).transformed(along).moved(0, y, z + 0.004)
    layers = [*dyed(fabric, pattern, [panel]), (BRASS, [rod])]
    bounds = [((-width / 2 + 0.005, y - 0.025, 0.032), (width / 2 - 0.005, y + 0.025, z + 0.01))]
    key = f"kitchen/on_rod_{pattern}_{width:.3f}_{long:.3f}_{rng.integers(1 << 30)}"
    return printed(single("curtain", key, layers, bounds), [panel])


def _roller(width: float, height: float, drop: float, style: Style) -> Model:
    """Returns a roller blind in the reveal, pulled down a little."""
    along = np.array([(0, 0, 1.0, 0), (0, 1.0, 0, 0), (-1.0, 0, 0, 0), (0, 0, 0, 1.0)])
    y, top = -FRAME_AT + 0.045, height - 0.032
    long = min(drop, height - 0.3)
    roll = cylinder(0.022, width - 0.05, 24).moved(z=-(width - 0.05) / 2).transformed(along).moved(0, y, top)
    blind = box((width - 0.05, 0.0008, long), (0, y - 0.021, top - long / 2))
    hem = box((width - 0.05, 0.008, 0.022), (0, y - 0.021, top - long), 0.003)
    ends = [box((0.006, 0.05, 0.055), (s * (width / 2 - 0.012), y, top + 0.003), 0.002) for s in (-1, 1)]
    chain = tube([(width / 2 - 0.02, y + 0.02, top), (width / 2 - 0.02, y + 0.022, top - 0.55)], 0.0016, 6)
    layers = [(_pale(style), [roll, blind]), (WHITE, [hem, *ends, chain])]
    bounds = [((-width / 2 + 0.008, y - 0.028, top - long - 0.012), (width / 2 - 0.008, y + 0.028, height - 0.001))]
    return single("blind", f"kitchen/roller_{width:.3f}_{height:.3f}_{drop:.2f}", layers, bounds)


def _pale(style: Style) -> Material:
    """Returns the kitchen's cloth, bleached enough to let light through."""
    color = tuple(round(0.45 * channel + 0.36, 3) for channel in style.textile.color)
    return Material("sheeting", color, wear=0.0, dirt=0.02)


def _roman(width: float, height: float, drop: float, style: Style) -> Model:
    """Returns a Roman blind: flat cloth, its lower end gathered in four soft folds."""
    y, top, long = -FRAME_AT + 0.05, height - 0.005, min(drop + 0.1, height * 0.6)
    path = [(0.0, top), (0.004, top - 0.02), (0.004, top - long + 0.16)]
    for fold in range(4):
        low = top - long + 0.16 - 0.04 * fold
        path += [
            (0.012 + 0.006 * fold, low - 0.03),
            (0.03 + 0.004 * fold, low - 0.055),
            (0.036, low - 0.07),
            (0.02, low - 0.06),
        ]
    path.append((0.018, top - long - 0.1))
    points = resampled(np.array(path), STITCH)
    x = np.linspace(-width / 2 + 0.015, width / 2 - 0.015, round(width / STITCH) + 1)
    sag = 0.006 * (1 - (2 * x / width) ** 2)
    grid = np.empty((len(x), len(points), 3))
    grid[..., 0], grid[..., 1] = x[:, None], y + points[:, 0]
    grid[..., 2] = points[:, 1] - sag[:, None] * np.linspace(0, 1, len(points))
    panel = sheet(grid + np.array([0, 0.0008, 0]), grid, style.pattern)
    rail = box((width - 0.03, 0.03, 0.024), (0, y - 0.016, top - 0.012), 0.002)
    bounds = [((-width / 2 + 0.012, y - 0.032, top - long - 0.12), (width / 2 - 0.012, y + 0.048, height - 0.001))]
    layers = [*dyed(style.textile, style.pattern, [panel]), (WHITE, [rail])]
    key = f"kitchen/roman_{style.pattern}_{width:.3f}_{height:.3f}_{drop:.2f}"
    return printed(single("blind", key, layers, bounds), [panel])


def _slats(width: float, height: float, drop: float, style: Style, rng: np.random.Generator) -> Model:
    """Returns a Venetian blind of 25 mm slats, part of them stacked at the bottom rail."""
    y, top, wide = -FRAME_AT + 0.04, height - 0.03, width - 0.03
    long = min(drop, height - 0.2)
    tilt = float(rng.choice([0.15, 0.6, 0.9]))
    z = np.arange(top - 0.03, top - long, -0.021)
    slat = boxes(
        np.full((len(z), 3), (wide, 0.025, 0.0006)),
        translation(np.column_stack([0 * z, 0 * z + y, z])) @ rotation((1.0, 0, 0), tilt),
    )
    end = float(z[-1]) - 0.02
    stack = boxes(np.full((9, 3), (wide, 0.025, 0.0008)), translation([(0, y, end - 0.0022 * k) for k in range(9)]))
    rails = [
        box((wide, 0.03, 0.028), (0, y, height - 0.015), 0.003),
        box((wide, 0.025, 0.012), (0, y, end - 0.027), 0.002),
    ]
    cords = [
        box((0.0012, 0.0012, top - end), (s * wide * 0.38, y + d, (top + end) / 2))
        for s in (-1, 1)
        for d in (-0.013, 0.013)
    ]
    wand = cylinder(0.004, 0.5, 8).moved(-wide / 2 + 0.05, y + 0.02, top - 0.5)
    metal = Material(
        "painted_metal", (0.62, 0.61, 0.59) if style.family == "modern" else (0.05, 0.05, 0.052), wear=0.0, dirt=0.05
    )
    bounds = [((-wide / 2 - 0.005, y - 0.02, end - 0.035), (wide / 2 + 0.005, y + 0.026, height - 0.001))]
    layers = [(metal, [slat, stack, *rails]), (WHITE, [*cords, wand])]
    return single("blind", f"kitchen/slats_{width:.3f}_{height:.3f}_{drop:.2f}_{tilt}", layers, bounds)
