"""What of a tower crane runs along its jib: trolley, falls of rope, hook block. Metres.

The trolley's frame is the jib's: z = 0 at the axes of the lower chords.
"""

from __future__ import annotations

import numpy as np

from buildee.layout.bars import bars, chain
from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.solids import box, circle, cylinder, prism, revolve, sweep

JIB_HALF = 0.62
"""From the jib's middle to the axis of a lower chord."""

CHORD = 0.12
"""Side of the lower chords, which are hollow sections."""

SHEAVE = -0.42
"""Height of the trolley's sheave axles against the lower chords."""

HOOK = 1.62
"""From the hook block's sheave axle down to the hook's bowl."""

LAY = SHEAVE + 0.21
"""Height of the hoist rope along the jib: the top of the sheaves."""

FALL = 0.2
"""Half the distance between the two falls where they leave the trolley's sheaves, along X."""


def rods(pairs: list, radius: float, sides: int = 8) -> Mesh:
    """Returns bars between pairs of points."""
    ends = np.array(pairs, np.float64)
    return bars(ends[:, 0], ends[:, 1], radius, sides)


def sheave(radius: float) -> Mesh:
    """Returns a grooved rope wheel about Y, its groove's bottom at `radius`."""
    profile = [(0.05, -0.04), (radius + 0.03, -0.035), (radius + 0.03, -0.028), (radius, -0.006), (radius, 0.006)]
    profile += [(radius + 0.03, 0.028), (radius + 0.03, 0.035), (0.05, 0.04)]
    return revolve(profile, 28).transformed(rotation((1.0, 0.0, 0.0), np.pi / 2))


def trolley() -> Mesh:
    """Returns the trolley under the jib, the rope's falls at x = +-0.2; slot 1 wheels and sheaves."""
    sides = [box((1.5, 0.03, 0.3), (0, y, -0.22), 0.006) for y in (-JIB_HALF - 0.13, JIB_HALF + 0.13)]
    beams = [box((0.1, 2 * JIB_HALF + 0.26, 0.1), (x, 0, SHEAVE + 0.1), 0.006) for x in (-0.62, 0.62)]
    cheeks = [box((1.3, 0.025, 0.22), (0, y, SHEAVE + 0.02), 0.006) for y in (-0.08, 0.08)]
    basket = [
        box((0.9, 0.6, 0.02), (0.0, -JIB_HALF - 0.47, -1.0), 0.003),
        rods(
            [
                ((x, -JIB_HALF - 0.47 + y, -1.0), (x, -JIB_HALF - 0.47 + y, -0.1 if y > 0 else 0.1))
                for x in (-0.44, 0.44)
                for y in (-0.29, 0.29)
            ],
            0.018,
            6,
        ),
        chain(
            [
                (-0.44, -JIB_HALF - 0.18, -0.1),
                (-0.44, -JIB_HALF - 0.76, -0.1),
                (0.44, -JIB_HALF - 0.76, -0.1),
                (0.44, -JIB_HALF - 0.18, -0.1),
            ],
            0.018,
        ),
    ]
    wheels = []
    for x in (-0.6, 0.6):
        for side in (-1, 1):
            axle = side * (JIB_HALF + 0.005)
            wheel = cylinder(0.09, 0.1, 20, 0.006).transformed(rotation((1.0, 0.0, 0.0), np.pi / 2))
            wheels.append(wheel.moved(x, axle + 0.05, -CHORD / 2 - 0.09))
            wheels.append(rods([((x, axle - side * 0.05, -0.15), (x, side * (JIB_HALF + 0.14), -0.15))], 0.025))
    sheaves = [sheave(0.21).moved(x, 0, SHEAVE) for x in (-FALL - 0.21, FALL + 0.21)]
    return Mesh.merged([*sides, *beams, *cheeks, *basket, Mesh.merged([*wheels, *sheaves]).with_slot(1)])


def falls(length: float, radius: float) -> Mesh:
    """Returns the two falls of rope from z = 0 down, between trolley and hook block."""
    tops = np.array([(-FALL, 0, 0), (FALL, 0, 0)], np.float64)
    return bars(tops, tops - np.array([0, 0, length]), radius, 8)


def hook_block() -> Mesh:
    """Returns the hook block, sheave axle at the origin; slots signal paint, steel, dark."""
    cheeks = []
    outline = np.concatenate([circle(0.3, 20)[10:] * (0.9, 1.0), circle(0.3, 20)[:10] * (0.9, 0.8)])
    for y in (-0.075, 0.045):
        plate = prism(outline * (1.0, 1.5) - np.array([0, 0.2]), 0.03, 0.006)
        cheeks.append(plate.transformed(rotation((1.0, 0.0, 0.0), np.pi / 2)).moved(y=y + 0.03))
    wheel = sheave(FALL).with_slot(2)
    yoke = box((0.34, 0.16, 0.16), (0, 0, -0.72), 0.02)
    shank = cylinder(0.055, 0.3, 16).moved(z=-1.08)
    nut = cylinder(0.09, 0.08, 6).moved(z=-0.86)
    angle = np.deg2rad(np.linspace(90, 385, 26) + 0.0)
    bowl = np.column_stack([0.19 * np.cos(angle), np.zeros(26), 0.19 * np.sin(angle) - HOOK + 0.27])
    stem = np.array([(0.0, 0.0, -1.04), (0.0, 0.0, bowl[0, 2])])
    hook = sweep(np.concatenate([stem[:1], bowl]), circle(0.06, 12) * (0.8, 1.0), smooth=True)
    return Mesh.merged([*cheeks, wheel, Mesh.merged([yoke, shank, nut, hook]).with_slot(1)])
