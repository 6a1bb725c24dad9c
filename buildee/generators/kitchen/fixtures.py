"""Sockets, switches, radiators, air vents and clocks. Metres.

A fixture's frame: origin in its middle on the wall's face, +X along the wall, +Y out of it, +Z up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.generators.kitchen.style import Style
from buildee.layout.kinematics import rotation, translation
from buildee.layout.layers import Layer, model, shaped, single
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.scene import Joint, Model
from buildee.layout.solids import box, boxes, circle, cylinder, loft, prism, revolve, tube

WHITE = Material("plastic", (0.78, 0.77, 0.74), wear=0.05, dirt=0.08)
BLACK = Material("plastic", (0.02, 0.02, 0.021), wear=0.1, dirt=0.05)
HOLE = Material("plastic", (0.006, 0.006, 0.006), wear=0.0, dirt=0.0)
ENAMEL = Material("lacquer", (0.8, 0.79, 0.77), wear=0.08, dirt=0.06)
BRASS = Material("bare_metal", (0.55, 0.42, 0.2), wear=0.2, dirt=0.05)

GANG = 0.071
"""From the middle of a socket to the next in the same frame (DIN 49075)."""

UNDER = 0.14
"""Free height below a radiator, metres: over the skirting, and for sweeping."""

OUT = np.array([(1.0, 0, 0, 0), (0, 0, 1.0, 0), (0, -1.0, 0, 0), (0, 0, 0, 1.0)])
"""Turns a thing that looks up, +Z, to look out of the wall, +Y, its +Y down."""

VALVE = float(np.deg2rad(270.0))
"""From the frost mark of a thermostat to its highest."""


def _plate(style: Style) -> Material:
    """Returns what plates and frames are made of: by the metals of the kitchen."""
    dark = max(style.metal.color) < 0.15
    if style.family == "industrial" or dark:
        return BLACK
    return style.metal if style.family == "classic" and style.metal.kind != "paint" else WHITE


def rounded(width: float, height: float, radius: float, count: int = 32) -> NDArray[np.float64]:
    """Returns (count, 2) points of a rectangle with round corners about the origin, counter-clockwise from +X."""
    around = circle(1.0, count, np.pi / count)
    corner = np.sign(around) * (np.array([width, height]) / 2 - radius)
    return corner + radius * around


def socket(style: Style, gangs: int, lift: float) -> Model:
    """Returns earthed sockets side by side in one frame (CEE 7/3); `lift` metres of frame below the plate."""
    wide = 0.081 + GANG * (gangs - 1)
    frame = _gang_frame(wide, 0.081, lift)
    cups, holes, clips = [], [], []
    for x in GANG * (np.arange(gangs) - (gangs - 1) / 2):
        square, ring = rounded(0.055, 0.055, 0.006), circle(0.0205, 32, np.pi / 32)
        rings = [(square, 0.0088), (square, 0.0108), (rounded(0.052, 0.052, 0.005), 0.0118), (ring, 0.0118)]
        rings += [(ring * 0.96, 0.0105), (ring * 0.94, 0.0008)]
        cups.append(loft([np.column_stack([p, np.full(32, z)]) for p, z in rings]).moved(x, 0, lift))
        holes += [cylinder(0.0027, 0.0006, 10).moved(x + dx, 0, lift + 0.0006) for dx in (-0.0095, 0.0095)]
        clips += [box((0.005, 0.003, 0.009), (x, dy, lift + 0.006)) for dy in (-0.0175, 0.0175)]
    layers = [
        (_plate(style), _stood([frame])),
        (_plate(style), _stood(cups)),
        (HOLE, _stood(holes)),
        (BRASS, _stood(clips)),
    ]
    return single("socket", f"kitchen/socket_{gangs}_{lift:.3f}", layers, [_box(wide, 0.081, 0.012 + lift)])


def switch(style: Style, gangs: int) -> Model:
    """Returns rocker switches above each other in one frame."""
    tall = 0.081 + GANG * (gangs - 1)
    frame = _gang_frame(0.081, tall, 0.0)
    rockers = []
    for y in GANG * (np.arange(gangs) - (gangs - 1) / 2):
        rocker = box((0.055, 0.055, 0.007), (0, 0, 0.0105), 0.0015).transformed(rotation((1, 0, 0), 0.045))
        rockers.append(rocker.moved(0, y))
    layers = [(_plate(style), _stood([frame])), (_plate(style), _stood(rockers))]
    return single("light_switch", f"kitchen/switch_{gangs}", layers, [_box(0.081, tall, 0.0155)])


def _gang_frame(wide: float, tall: float, lift: float) -> Mesh:
    outer = rounded(wide, tall, 0.006)
    levels = [(outer, 0.0), (outer, 0.0075 + lift), (rounded(wide - 0.003, tall - 0.003, 0.005), 0.009 + lift)]
    return loft([np.column_stack([points, np.full(len(points), z)]) for points, z in levels])


def _stood(meshes: list[Mesh]) -> list[Mesh]:
    return [mesh.transformed(OUT) for mesh in meshes]


def _box(wide: float, tall: float, deep: float) -> tuple:
    return (-wide / 2, 0.0, -tall / 2), (wide / 2, deep, tall / 2)


def radiator(width: float, height: float) -> Model:
    """Returns a steel panel radiator with two panels, convector, grille, valve and pipes to the floor (EN 442)."""
    gap, panel, deep = 0.035, 0.012, 0.105
    front = _ribbed(width, height, panel).moved(y=deep + gap - panel)
    back = _ribbed(width, height, panel).moved(y=gap)
    steel = [front, back]
    x = np.arange(-width / 2 + 0.04, width / 2 - 0.03, 0.045)
    fins = boxes(np.full((len(x), 3), (0.0015, deep - 2 * panel, height * 0.85)),
                 translation(np.column_stack([x, 0 * x + gap + deep / 2, 0 * x])))  # fmt: skip
    steel += [
        fins,
        *(box((0.003, deep, height), (s * (width / 2 - 0.0015), gap + deep / 2, 0), 0.001) for s in (-1, 1)),
    ]
    slots = np.arange(-width / 2 + 0.02, width / 2 - 0.015, 0.022)
    bars = np.column_stack([slots, 0 * slots + gap + deep / 2, 0 * slots + height / 2 - 0.004])
    steel.append(boxes(np.full((len(slots), 3), (0.006, deep - 0.024, 0.006)), translation(bars)))
    steel += [box((width, 0.012, 0.012), (0, gap + y, height / 2 - 0.006), 0.003) for y in (0.006, deep - 0.006)]
    steel += [
        box((0.03, gap, 0.05), (s * width * 0.35, gap / 2, z), 0.002)
        for s in (-1, 1)
        for z in (-height * 0.3, height * 0.3)
    ]
    foot = -UNDER - height / 2
    y = gap + deep / 2
    chrome = []
    for side in (-1, 1):
        end, low = side * (width / 2 + 0.035), -height / 2 + 0.05
        chrome.append(tube([(side * width / 2, y, low), (end, y, low), (end, y, foot)], 0.0075, 12))
        chrome.append(cylinder(0.016, 0.003, 16).moved(end, y, foot))
    layers: list[Layer] = [
        (ENAMEL, steel),
        (Material("bare_metal", (0.6, 0.6, 0.6), wear=0.2, dirt=0.1), chrome),
    ]
    bounds = [((-width / 2, 0.0, -height / 2), (width / 2, gap + deep, height / 2))]
    bounds += [
        (
            (s * (width / 2 + 0.035) - 0.018, y - 0.018, foot),
            (s * (width / 2 + 0.035) + 0.018, y + 0.018, -height / 2 + 0.118),
        )
        for s in (-1, 1)
    ]
    valve = shaped(
        "valve", "kitchen/radiator_valve", [(WHITE, _thermostat())], [], parent=0,
        rest=translation((width / 2 + 0.035, y, -height / 2 + 0.058)),
        joint=Joint("hinge", (0.0, 0.0, 1.0), (0.0, VALVE)),
    )  # fmt: skip
    return model("radiator", [shaped("body", f"kitchen/radiator_{width:.2f}_{height:.2f}", layers, bounds), valve])


def _thermostat() -> list[Mesh]:
    """Returns the head of a valve: ribs to take hold of, one of them longer, the mark."""
    ribs = [
        box((0.0022, 0.0016, 0.03 if turn else 0.044), (0.0172, 0.0, 0.03 if turn else 0.035)).transformed(
            rotation((0.0, 0.0, 1.0), turn)
        )
        for turn in np.arange(12) * np.pi / 6
    ]
    return [cylinder(0.017, 0.06, 20, 0.004), *ribs]


def _ribbed(width: float, height: float, thick: float) -> Mesh:
    """Returns a pressed panel: vertical water ways every 33 mm, flat rims."""
    count = max(4, round((width - 0.05) / 0.0333))
    pitch = (width - 0.05) / count
    wave = np.array([(0.0, 0.004), (0.25, 0.0125), (0.45, 0.0125), (0.7, 0.004)])
    x = -width / 2 + 0.025 + pitch * (np.arange(count)[:, None] + wave[:, 0]).reshape(-1)
    y = np.tile(wave[:, 1], count)
    front = np.column_stack([x, y])[::-1]
    outline = np.concatenate([[(-width / 2, 0.0), (width / 2, 0.0), (width / 2, 0.006)], front, [(-width / 2, 0.006)]])
    panel = prism(outline, height - 0.06).moved(z=-height / 2 + 0.03)
    rims = [box((width, thick, 0.032), (0, thick / 2, s * (height / 2 - 0.016)), 0.005) for s in (-1, 1)]
    return Mesh.merged([panel, *rims])


def air_vent() -> Model:
    """Returns a louvred grille of 170 mm."""
    frame = [box((0.17, 0.008, 0.018), (0, 0.004, s * 0.076), 0.002) for s in (-1, 1)]
    frame += [box((0.018, 0.008, 0.135), (s * 0.076, 0.004, 0), 0.002) for s in (-1, 1)]
    lean = rotation((1.0, 0, 0), -0.7)
    slats = [
        box((0.136, 0.0015, 0.016)).transformed(translation((0, 0.005, z)) @ lean) for z in np.linspace(-0.06, 0.06, 9)
    ]
    back = [box((0.136, 0.001, 0.136), (0, 0.0005, 0))]
    return single("air_vent", "kitchen/air_vent", [(WHITE, frame + slats), (HOLE, back)], [_box(0.17, 0.17, 0.012)])


def clock(style: Style, diameter: float, rng: np.random.Generator) -> Model:
    """Returns a wall clock; its hands tell a time of the day."""
    r = diameter / 2
    rim = revolve(
        [(r - 0.004, 0), (r, 0.004), (r, 0.034), (r - 0.004, 0.038), (r - 0.014, 0.036), (r - 0.016, 0.02)], 48
    )
    dial = cylinder(r - 0.012, 0.018, 48)
    angle = np.arange(60) * np.pi / 30
    long = np.where(np.arange(60) % 5 == 0, 0.13 * r, 0.04 * r)
    wide = np.where(np.arange(60) % 5 == 0, 0.004, 0.0015)
    away = 0.88 * r - long / 2
    poses = translation(np.column_stack([away * np.sin(angle), away * np.cos(angle), 0 * angle + 0.0185]))
    marks = boxes(np.column_stack([wide, long, 0 * wide + 0.001]), poses @ rotation((0, 0, -1.0), angle))
    hour, minute = float(rng.uniform(7, 19)), float(rng.uniform(0, 60))
    # The dial's twelve lies at -Y before it is stood up.
    turns = ((hour % 12 // 1 + minute / 60) / 6 * np.pi + np.pi, minute / 30 * np.pi + np.pi)
    parts = [
        shaped(
            "body",
            f"kitchen/clock_{diameter:.2f}",
            [
                (BLACK if style.family != "country" else style.table, _stood([rim])),
                (Material("paper", (0.8, 0.79, 0.75), wear=0.05, dirt=0.05), _stood([dial])),
                (BLACK, _stood([marks])),
            ],
            [_box(diameter, diameter, 0.04)],
        )
    ]
    for name, reach, thick, z, turn in (
        ("hour", 0.52, 0.011, 0.021, turns[0]),
        ("minute", 0.78, 0.007, 0.024, turns[1]),
    ):
        hand = box((thick, reach * r + 0.02, 0.002), (0, reach * r / 2 - 0.01, 0.001), 0.0005)
        pin = cylinder(0.008, 0.003, 16)
        rest = OUT @ translation((0, 0, z)) @ rotation((0, 0, -1.0), turn)
        layers = [(BLACK, [hand.transformed(np.diag([1.0, 1, 1, 1])), pin])]
        parts.append(shaped(name, f"kitchen/clock_{diameter:.2f}_{name}", layers, [], parent=0, rest=rest))
    return model("clock", parts)
