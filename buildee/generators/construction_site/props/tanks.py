"""Water and fuel: intermediate bulk containers and towed bowsers. Metres.

IBC: 1000 l bottle in a cage of welded tube on a pallet, 1200 x 1000 x 1160 mm (ISO 15867). Bowser: single-axle bunded
fuel trailer of 950 l, about 3.0 x 1.5 x 1.35 m with its drawbar, tyres 600 mm.
"""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.props.palette import (
    BLACK,
    DARK,
    GALVANIZED,
    PLANT_COLORS,
    RUBBER,
    SAFETY_YELLOW,
    WHITE,
    moulded,
    painted,
    pick,
)
from buildee.generators.construction_site.props.sheet import STAND, rounded
from buildee.layout.bars import bars, chain
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, cuboid, single
from buildee.layout.lettering import lines
from buildee.layout.material import Color, Material
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, cylinder, loft, prism, revolve, tube

FILLS: tuple[Color, ...] = ((0.72, 0.74, 0.72), (0.55, 0.58, 0.56), (0.03, 0.035, 0.04), (0.5, 0.44, 0.3))
"""Empty, full of water, blackened against the light, yellowed with age."""


def ibc(color: Color = FILLS[0], dirt: float = 0.5) -> Model:
    """Returns a caged 1000 l bottle on its pallet, the valve at +X; category water_tank.

    Args:
        color: of the bottle and what it holds.
        dirt: of the bottle.
    """
    rings = [
        np.column_stack([rounded((1.12 - 2 * inset, 0.92 - 2 * inset), 0.1), np.full(20, z)])
        for inset, z in ((0.06, 0.16), (0.0, 0.22), (0.0, 0.6), (0.012, 0.63), (0.0, 0.66), (0.0, 1.02), (0.05, 1.09))
    ]
    bottle = [loft(rings, smooth=True), cylinder(0.08, 0.06, 20, 0.01).moved(z=1.08)]
    valve = cylinder(0.045, 0.12, 14).transformed(pose_at(0.52, 0, 0.24) @ rotation((0, 1, 0), np.pi / 2))
    handle = box((0.03, 0.16, 0.03), (0.6, 0.03, 0.29), 0.006)
    hoops = [rounded((1.17, 0.97), 0.1) for _ in range(5)]
    cage = [
        chain(np.column_stack([hoop, np.full(20, z)]), 0.009, 6, closed=True)
        for hoop, z in zip(hoops, (0.2, 0.42, 0.64, 0.86, 1.06), strict=True)
    ]
    x, y = np.linspace(-0.45, 0.45, 5), np.linspace(-0.35, 0.35, 4)
    feet = np.array([(a, s * 0.485) for a in x for s in (-1, 1)] + [(s * 0.585, a) for a in y for s in (-1, 1)])
    low, high = (np.column_stack([feet, np.full(len(feet), z)]) for z in (0.13, 1.1))
    cage.append(bars(low, high, 0.009, 6))
    cage.append(chain(np.column_stack([rounded((1.17, 0.97), 0.1), np.full(20, 1.1)]), 0.011, 6, closed=True))
    cage.append(bars([(-0.3, -0.485, 1.11), (0.3, -0.485, 1.11)], [(-0.3, 0.485, 1.11), (0.3, 0.485, 1.11)], 0.011, 6))
    plate = box((0.004, 0.4, 0.3), (0.597, 0.1, 0.78), 0.001)
    base = [box((0.1, 0.98, 0.1), (at, 0, 0.055), 0.01) for at in (-0.54, 0.0, 0.54)]
    base += [box((1.18, 0.98, 0.03), (0, 0, 0.12), 0.006), box((1.18, 0.1, 0.02), (0, 0, 0.01), 0.004)]
    layers: list[Layer] = [
        (moulded(color, 0.3, dirt), bottle),
        (GALVANIZED, [*cage, plate]),
        (moulded((0.02, 0.02, 0.022), 0.5, 0.6), base),
        (moulded((0.4, 0.02, 0.02), 0.3, 0.3), [valve, handle]),
    ]
    return single("water_tank", "water_tank/ibc", layers, [cuboid((-0.6, -0.5, 0), (0.66, 0.5, 1.16))])


def ibc_rand(rng: np.random.Generator) -> Model:
    """Samples a bulk container."""
    return ibc(pick(rng, FILLS), float(rng.uniform(0.3, 0.9)))


def bowser(color: Color = SAFETY_YELLOW, wear: float = 0.4, words: tuple[str, ...] = ("DIESEL", "950 L")) -> Model:
    """Returns a towed bunded tank on one axle, its drawbar towards +X; category water_tank.

    Args:
        color: of the tank.
        wear: of the paint.
        words: what is written on its sides.
    """
    shell = prism(rounded((1.9, 1.2), 0.1), 0.78, 0.05).moved(-0.35, 0, 0.5)
    ribs = [box((0.05, 1.24, 0.66), (x, 0, 0.88), 0.012) for x in (-1.0, 0.3)]
    lid = [box((0.5, 0.5, 0.06), (-0.55, 0, 1.3), 0.02), cylinder(0.06, 0.08, 16, 0.01).moved(0.2, 0.2, 1.26)]
    guards = [
        prism(
            [
                (-0.36, 0),
                (-0.3, 0.12),
                (-0.14, 0.2),
                (0.14, 0.2),
                (0.3, 0.12),
                (0.36, 0),
                (0.31, 0),
                (0.12, 0.16),
                (-0.12, 0.16),
                (-0.31, 0),
            ][::-1],
            0.2,
        )
        .transformed(STAND)
        .moved(-0.35, s * 0.72 + 0.1, 0.46)
        for s in (-1, 1)
    ]
    frame = [box((1.9, 0.08, 0.1), (-0.35, s * 0.4, 0.45), 0.006) for s in (-1, 1)]
    frame += [bars([(0.5, s * 0.4, 0.45)], [(1.45, 0.0, 0.45)], 0.05, 4) for s in (-1, 1)]
    frame += [box((0.08, 1.4, 0.08), (-0.35, 0, 0.36), 0.006), box((0.3, 0.08, 0.08), (1.52, 0, 0.47), 0.015)]
    frame.append(bars([(1.15, 0.11, 0.1)], [(1.15, 0.11, 0.78)], 0.024, 8))
    frame += [bars([(-1.2, s * 0.45, 0.02)], [(-1.2, s * 0.45, 0.45)], 0.02, 8) for s in (-1, 1)]
    frame += [box((0.1, 0.1, 0.015), (-1.2, s * 0.45, 0.0075), 0.003) for s in (-1, 1)]
    across = rotation((1, 0, 0), np.pi / 2)
    tread = [(0.17, -0.07), (0.27, -0.09), (0.297, -0.07), (0.3, 0.0), (0.297, 0.07), (0.27, 0.09), (0.17, 0.07)]
    wheels = [revolve(tread, 28).transformed(pose_at(-0.35, s * 0.72, 0.3) @ across) for s in (-1, 1)]
    hubs = [
        cylinder(0.17, 0.12, 18, 0.02).moved(z=-0.06).transformed(pose_at(-0.35, s * 0.72, 0.3) @ across)
        for s in (-1, 1)
    ]
    jockey = revolve([(0.05, -0.03), (0.1, -0.025), (0.1, 0.025), (0.05, 0.03)], 20)
    wheels.append(jockey.transformed(pose_at(1.15, 0.11, 0.1) @ across))
    hose = tube(
        [(-1.31, 0.1, 0.9), (-1.36, 0.22, 0.7), (-1.36, 0.34, 0.62), (-1.34, 0.42, 0.8), (-1.31, 0.44, 1.0)], 0.02
    )
    pump = box((0.12, 0.3, 0.3), (-1.34, -0.1, 0.92), 0.02)
    block = lines(words, 0.17, 1.1)
    letters = [
        block.transformed(pose_at(-0.35, -0.6, 0.9) @ STAND),
        block.transformed(pose_at(-0.35, 0.6, 0.9, np.pi) @ STAND),
    ]
    layers: list[Layer] = [
        (painted(color, wear, 0.5), [shell, *lid]),
        (painted((0.03, 0.03, 0.032), 0.5, 0.5), [*frame, *guards, pump, *ribs]),
        (RUBBER, [*wheels, hose]),
        (painted((0.5, 0.5, 0.48), 0.5, 0.5), hubs),
        (Material("paint", BLACK if max(color) > 0.3 else WHITE, wear=0.3, dirt=0.3), letters),
        (DARK, [box((0.02, 0.16, 0.1), (-1.405, -0.1, 0.95), 0.004)]),
    ]
    boxes = [
        cuboid((-1.42, -0.62, 0.0), (0.62, 0.62, 1.36)),
        cuboid((-0.72, -0.83, 0.0), (0.02, 0.83, 0.68)),
        cuboid((0.6, -0.46, 0.0), (1.68, 0.46, 0.8)),
    ]
    key = f"water_tank/bowser_{'_'.join(words).replace(' ', '')}"
    return single("water_tank", key, layers, boxes)


def bowser_rand(rng: np.random.Generator) -> Model:
    """Samples a bowser of fuel or water."""
    words = (("DIESEL", "950 L"), ("FUEL", "NO SMOKING"), ("WATER", "NOT FOR DRINKING"))[int(rng.integers(3))]
    return bowser(pick(rng, PLANT_COLORS), float(rng.uniform(0.2, 0.8)), words)
