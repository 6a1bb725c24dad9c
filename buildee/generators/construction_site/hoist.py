"""A goods hoist before a scaffold: a lattice mast with a rack, a platform that climbs it. Metres.

As rack-and-pinion hoists for scaffolds are built: 200 kg, a mast of 1.5 m sections tied to the scaffold every 4 m, a
platform 1.3 m long, 25 m/min (EN 16719).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.scaffold_loads import BRICKS, bricks_stacked
from buildee.generators.construction_site.scaffold_parts import SOLE, STEEL, WIDTH
from buildee.layout.bars import bars
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, pose_at
from buildee.layout.scene import Assembly, Instance, Joint, Part
from buildee.layout.solids import box

MAST, SECTION = 0.24, 1.5
"""Side of the square mast between its chords, and length of a section, metres."""

OUT = -WIDTH - 0.3
"""Where the mast's middle stands, seen from the scaffold's inner standards, metres."""

PLATFORM = (1.3, 0.66)
"""Length along the scaffold and width of the platform, metres."""

STOP = 0.25
"""Height of the platform's floor at the bottom, metres."""

SPEED, WAIT = 0.42, 25.0
"""Speed of the platform, metres a second, and how long it is loaded or unloaded, seconds."""

COLORS: tuple[Color, ...] = ((0.7, 0.42, 0.02), (0.5, 0.03, 0.02), (0.3, 0.32, 0.33), (0.02, 0.12, 0.3))
"""Yellow, red, grey, blue; linear RGB."""


def hoist(name: str, top: float, time: NDArray[np.float64], rng: np.random.Generator) -> Assembly:
    """Returns a hoist whose mast stands at x = 0 in a scaffold's frame, its platform to the right of it.

    Args:
        name: of the instance.
        top: height of the highest deck that it serves, metres.
        time: (T,) of the frames, seconds.
        rng: decides colour, load and where it is.
    """
    sections = int(np.ceil((top + 1.2) / SECTION))
    paint = Material("painted_metal", COLORS[int(rng.integers(len(COLORS)))], wear=0.5, dirt=0.45)
    loaded = rng.random() < 0.6
    mast_key, cage_key = f"hoist/mast_{sections}", f"hoist/platform_{loaded:d}"
    height = sections * SECTION
    half = MAST / 2 + 0.02
    solid = box_proxy(
        ((-half, OUT - half, 0.0), (half, OUT + half, height)), ((-0.35, OUT - 0.3, 0.0), (0.35, OUT + 0.2, 0.12))
    )
    low, high = 0.2, 0.2 + PLATFORM[0]
    cage = box_proxy(
        ((low, OUT - PLATFORM[1] / 2 + 0.05, -0.1), (high, OUT + PLATFORM[1] / 2 - 0.13, 1.15)),
        ((half, OUT - 0.2, -0.1), (low, OUT + 0.2, 1.0)),
    )
    parts = (
        Part("mast", mast_key, (paint, STEEL, SOLE), proxy=solid),
        Part(
            "platform",
            cage_key,
            (paint, STEEL, BRICKS),
            parent=0,
            rest=pose_at(z=STOP),
            joint=Joint("slider", (0.0, 0.0, 1.0), (0.0, top - STOP)),
            proxy=cage,
        ),
    )
    travel = climbed(time + rng.uniform(0, 200), top - STOP)
    shapes = {mast_key: mast(sections), cage_key: platform(loaded)}
    return Assembly(shapes, (Instance(name, "scaffold", parts, np.eye(4)[None], {"platform": travel}),))


def climbed(time: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """Returns how high the platform is above its lower stop: up, a wait, down, a wait, metres."""
    rise = height / SPEED
    phase = np.mod(time, 2 * (rise + WAIT))
    up, down = np.clip(phase / rise, 0, 1), np.clip((phase - rise - WAIT) / rise, 0, 1)
    return np.round(height * (up - down), 6)


@lru_cache(maxsize=8)
def mast(sections: int) -> Mesh:
    """Returns the mast on its foot; slot 0 paint, 1 rack and ties, 2 the timber under it."""
    half, height = MAST / 2, sections * SECTION
    corners = np.array([(x, OUT + y) for x, y in ((-half, -half), (half, -half), (half, half), (-half, half))])
    ends = np.column_stack([corners, np.full(4, 0.1)])
    chords = bars(ends, ends + np.array([0.0, 0.0, height - 0.1]), 0.02, 8)
    levels = np.arange(0.1, height - 0.2, SECTION / 3)
    starts, stops = [], []
    for side in range(4):
        one, two = corners[side], corners[(side + 1) % 4]
        for turn, z in enumerate(levels.tolist()):
            a, b = (one, two) if turn % 2 else (two, one)
            starts += [(*a, z), (*one, z)]
            stops += [(*b, min(z + SECTION / 3, height - 0.05)), (*two, z)]
    lacing = bars(starts, stops, 0.009, 5, capped=False)
    rack = box((0.03, 0.03, height - 0.2), (half, OUT, height / 2 + 0.05), 0.003).with_slot(1)
    ties = [(x, OUT + half, z) for z in np.arange(2.9, height - 0.4, 4.0) for x in (-half, half)]
    arms = bars(ties, [(3.5 * x, -WIDTH + 0.0225, z) for x, _, z in ties], 0.017, 8).with_slot(1)
    foot = box((0.6, 0.42, 0.06), (0, OUT - 0.04, 0.08), 0.006)
    sole = box((0.7, 0.5, 0.05), (0, OUT - 0.05, 0.025), 0.006).with_slot(2)
    return Mesh.merged([chords, lacing, rack, arms, foot, sole])


@lru_cache(maxsize=2)
def platform(loaded: bool) -> Mesh:
    """Returns the platform, its floor at z = 0, with drive and railing; slot 0 paint, 1 steel, 2 bricks."""
    length, width = PLATFORM
    low, high = 0.2, 0.2 + length
    back, front = OUT + width / 2 - 0.14, OUT - width / 2 + 0.06
    floor = box((length, back - front, 0.03), ((low + high) / 2, (back + front) / 2, -0.015), 0.002).with_slot(1)
    beams = [box((length + 0.05, 0.05, 0.07), ((low + high) / 2 - 0.02, y, -0.065), 0.004) for y in (front, back)]
    carriage = [box((0.04, 0.36, 0.9), (0.175, OUT, 0.42), 0.006)]
    carriage += [box((0.06, 0.05, 0.06), (0.15, OUT + y, z), 0.008) for y in (-0.12, 0.12) for z in (0.1, 0.75)]
    motor = box((0.12, 0.2, 0.3), (0.26, OUT, 1.0), 0.02).with_slot(1)
    posts = [(x, y, 0.0) for x in (low + 0.02, high - 0.02) for y in (front + 0.02, back - 0.02)]
    rails = [bars(posts, np.array(posts) + np.array([0.0, 0.0, 1.1]), 0.016, 6)]
    for z in (0.55, 1.1):
        rails.append(bars([(low, front + 0.02, z)], [(high, front + 0.02, z)], 0.016, 6))
        rails.append(bars([(high - 0.02, front, z)], [(high - 0.02, back, z)], 0.016, 6))
    x = np.linspace(low + 0.1, high - 0.1, 12)
    mesh = bars(
        [(place, front + 0.02, 0.0) for place in x], [(place, front + 0.02, 1.1) for place in x], 0.003, 4, capped=False
    )
    toe = box((length, 0.012, 0.12), ((low + high) / 2, front + 0.03, 0.06), 0.002)
    pieces = [floor, *beams, *carriage, motor, *rails, mesh, toe]
    if loaded:
        pieces.append(bricks_stacked().moved((low + high) / 2 + 0.1, (back + front) / 2, 0.0).with_slot(2))
    return Mesh.merged(pieces)
