"""Generators, lighting towers, toilets and skips. Metres.

Typical hire fleet: 60 kVA canopied set about 2.2 x 1.0 x 1.3 m; LED lighting tower with a 7 m vertical mast on a
1.5 x 1.2 m base; portable toilet 1.1 x 1.1 x 2.3 m; 7 m3 skip of DIN 30720 (3.6 x 1.8 x 1.5 m).
"""

from __future__ import annotations

import numpy as np

from buildee.generators.construction_site.noise import fractal
from buildee.generators.construction_site.props.palette import (
    DARK,
    GALVANIZED,
    LAMP_GLASS,
    PLANT_COLORS,
    SAFETY_YELLOW,
    WHITE,
    moulded,
    painted,
    pick,
)
from buildee.generators.construction_site.props.sheet import rounded
from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation, translation
from buildee.layout.layers import Layer, Shaped, cuboid, model, shaped, single
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, boxes, cylinder, heightfield, loft, prism
from buildee.recipe.seed import Seed


def generator(color: Color = SAFETY_YELLOW, wear: float = 0.4) -> Model:
    """Returns a canopied set on a skid with forklift pockets, control panel at -X; category generator."""
    canopy = rounded((2.1, 0.96), 0.06)
    shell = prism(canopy, 1.06, 0.04).moved(z=0.2)
    skid = box((2.2, 1.0, 0.16), (0, 0, 0.12), 0.01)
    feet = [box((0.2, 0.9, 0.04), (x, 0, 0.02), 0.004) for x in (-0.9, 0.9)]
    doors, dark, steel = [], [], []
    for side in (-1, 1):
        y = side * 0.482
        doors += [box((0.8, 0.012, 0.8), (x, y, 0.72), 0.006) for x in (-0.42, 0.42)]
        for x in (-0.42, 0.42):
            dark += [box((0.5, 0.006, 0.014), (x, side * 0.49, 0.44 + k * 0.035)) for k in range(9)]
            steel.append(box((0.1, 0.03, 0.035), (x + 0.28, side * 0.49, 0.95), 0.006))
        dark += [box((0.26, 0.012, 0.1), (x, side * 0.496, 0.12)) for x in (-0.45, 0.45)]
    dark.append(box((0.012, 0.5, 0.34), (-1.052, 0, 0.92), 0.004))
    dark += [box((0.008, 0.7, 0.014), (1.052, 0, 0.42 + k * 0.04)) for k in range(16)]
    steel += [cylinder(0.035, 0.22, 12).moved(0.75, 0.2, 1.25), box((0.16, 0.06, 0.09), (0, 0, 1.29), 0.012)]
    steel += [
        cylinder(0.04, 0.012, 12).transformed(pose_at(-1.053, y, 0.55) @ rotation((0, 1, 0), -np.pi / 2))
        for y in (-0.2, -0.07, 0.06, 0.19)
    ]
    screen = box((0.006, 0.2, 0.12), (-1.06, -0.08, 0.97))
    stop = cylinder(0.022, 0.02, 12).transformed(pose_at(-1.058, 0.17, 0.97) @ rotation((0, 1, 0), -np.pi / 2))
    layers: list[Layer] = [
        (painted(color, wear, 0.55), [shell, *doors]),
        (painted((0.03, 0.03, 0.032), 0.5, 0.5), [skid, *feet]),
        (DARK, dark),
        (GALVANIZED, steel),
        (Material("plastic", (0.15, 0.2, 0.16), wear=0.1, dirt=0.1), [screen]),
        (moulded((0.5, 0.02, 0.02), 0.2, 0.2), [stop]),
    ]
    return single("generator", "generator/60kva", layers)


def generator_rand(rng: np.random.Generator) -> Model:
    """Samples a generator."""
    return generator(pick(rng, PLANT_COLORS), float(rng.uniform(0.2, 0.7)))


def lighting_tower(color: Color = SAFETY_YELLOW, height: float = 6.5, wear: float = 0.4) -> Model:
    """Returns a lighting tower, its lamps towards +X; category lighting_tower.

    Args:
        color: of the canopy.
        height: of the lamps above the ground, 2.4 (down) to 7.5 m.
        wear: of the paint.
    """
    shell = prism(rounded((1.3, 0.8), 0.06), 0.85, 0.04).moved(z=0.38)
    skid = box((1.4, 0.9, 0.12), (0, 0, 0.32), 0.01)
    arms, pads = [], []
    for sx in (-1, 1):
        for sy in (-1, 1):
            foot = (sx * 0.95, sy * 0.85)
            arms.append(bars([(sx * 0.6, sy * 0.4, 0.32)], [(*foot, 0.32)], 0.035, 4))
            arms.append(bars([(*foot, 0.03)], [(*foot, 0.55)], 0.022, 8))
            pads.append(cylinder(0.1, 0.03, 16, 0.006).moved(*foot))
    steel = [box((0.14, 0.14, 1.5), (-0.5, 0, 1.1), 0.006)]
    sections = 4
    travel = height - 2.2
    for k in range(1, sections):
        base = 0.5 + travel * k / sections
        width = 0.14 - 0.026 * k
        steel.append(box((width, width, 1.5), (-0.5, 0, base + 0.75 + 0.02 * k), 0.004))
    dark = [box((0.6, 0.006, 0.015), (0.1, s * 0.402, 0.62 + k * 0.035)) for s in (-1, 1) for k in range(8)]
    body_boxes = [
        cuboid((-0.72, -0.47, 0.24), (0.72, 0.47, 1.25)),
        cuboid((-1.06, -0.96, 0), (1.06, 0.96, 0.57)),
        cuboid((-0.58, -0.08, 0), (-0.42, 0.08, 2.1 + travel * (sections - 1) / sections)),
    ]
    base = shaped(
        "body",
        f"lighting_tower/body_{round(height * 10)}",
        [
            (painted(color, wear, 0.55), [shell]),
            (painted((0.03, 0.03, 0.032), 0.5, 0.5), [skid, *arms]),
            (GALVANIZED, [*steel, *pads]),
            (DARK, dark),
        ],
        body_boxes,
    )
    return model("lighting_tower", [base, _lamp_head(height)])


def _lamp_head(height: float) -> Shaped:
    """Returns the innermost section of the mast with four LED lamps on a cross bar."""
    head: list[Mesh] = [box((0.05, 0.05, 1.4), (0, 0, -0.7), 0.004), box((0.06, 1.5, 0.06), (0, 0, 0.02), 0.005)]
    cases, lenses = [], []
    for y in (-0.6, -0.2, 0.2, 0.6):
        pose = pose_at(0.1, y, 0.02) @ rotation((0, 1, 0), np.deg2rad(25))
        cases.append(box((0.12, 0.34, 0.3), (0, 0, 0), 0.012).transformed(pose))
        cases += [box((0.06, 0.32, 0.01), (-0.085, 0, z)).transformed(pose) for z in np.linspace(-0.11, 0.11, 5)]
        lenses.append(box((0.008, 0.3, 0.26), (0.062, 0, 0), 0.002).transformed(pose))
    layers: list[Layer] = [
        (GALVANIZED, head),
        (painted((0.03, 0.03, 0.032), 0.3, 0.3), cases),
        (LAMP_GLASS, lenses),
    ]
    boxes = [cuboid((-0.04, -0.04, -1.4), (0.04, 0.04, 0.05)), cuboid((-0.1, -0.8, -0.2), (0.28, 0.8, 0.24))]
    return shaped("head", "lighting_tower/head", layers, boxes, rest=pose_at(-0.5, 0, height))


def lighting_tower_rand(rng: np.random.Generator) -> Model:
    """Samples a lighting tower, up or down."""
    return lighting_tower(
        pick(rng, PLANT_COLORS), float(rng.choice([2.6, 5.5, 6.5, 7.2])), float(rng.uniform(0.2, 0.6))
    )


TOILET_COLORS: tuple[Color, ...] = ((0.01, 0.09, 0.3), (0.02, 0.2, 0.09), (0.3, 0.02, 0.03), (0.2, 0.21, 0.22))


def portable_toilet(color: Color = TOILET_COLORS[0], wear: float = 0.4) -> Model:
    """Returns a cabin 1.1 x 1.1 x 2.3 m on skids, door at +X; category portable_toilet."""
    skids = [box((1.12, 0.12, 0.1), (0, y, 0.05), 0.015) for y in (-0.4, 0.4)]
    deck = box((1.1, 1.1, 0.08), (0, 0, 0.14), 0.015)
    walls, frames = [], []
    for yaw in (np.pi / 2, np.pi, -np.pi / 2):
        side = [box((0.03, 1.0, 1.85), (0.5, 0, 1.1), 0.006)]
        side += [box((0.02, 0.1, 1.6), (0.52, y, 1.02), 0.008) for y in (-0.36, -0.18, 0.0, 0.18, 0.36)]
        walls += [mesh.transformed(pose_at(yaw=yaw)) for mesh in side]
        frames += [box((0.02, 0.8, 0.02), (0.518, 0, 1.92 + k * 0.035)).transformed(pose_at(yaw=yaw)) for k in range(3)]
    posts = [box((0.09, 0.09, 1.9), (sx * 0.5, sy * 0.5, 1.12), 0.02) for sx in (-1, 1) for sy in (-1, 1)]
    head = [box((0.06, 0.95, 0.1), (0.505, 0, 2.02), 0.015)]
    door = [box((0.04, 0.82, 1.78), (0.51, 0, 1.07), 0.01)]
    door += [box((0.02, 0.6, 0.5), (0.53, 0, z), 0.01) for z in (0.6, 1.5)]
    roof_rings = [
        np.column_stack([rounded((s, s), 0.08), np.full(20, z)])
        for s, z in ((1.1, 2.06), (1.12, 2.1), (1.0, 2.2), (0.6, 2.28))
    ]
    roof = loft(roof_rings, smooth=True)
    vent = cylinder(0.05, 0.3, 14).moved(-0.38, 0.38, 2.08)
    handle = [box((0.04, 0.05, 0.16), (0.55, -0.33, 1.1), 0.01), box((0.012, 0.12, 0.1), (0.535, -0.3, 1.3), 0.003)]
    hinges = [cylinder(0.018, 0.14, 8).moved(0.53, 0.42, z) for z in (0.35, 1.05, 1.75)]
    label = box((0.004, 0.3, 0.2), (0.542, 0.0, 1.5))
    layers: list[Layer] = [
        (moulded(color, wear, 0.6), [*walls, *door]),
        (moulded((0.6, 0.6, 0.58), wear, 0.4), [*posts, *head, deck, roof, *frames]),
        (DARK, [*skids, vent, *handle, *hinges]),
        (Material("paint", WHITE, wear=0.2, dirt=0.2), [label]),
    ]
    return single("portable_toilet", "portable_toilet/cabin", layers)


def portable_toilet_rand(rng: np.random.Generator) -> Model:
    """Samples a toilet."""
    return portable_toilet(pick(rng, TOILET_COLORS), float(rng.uniform(0.2, 0.7)))


SKIP_COLORS: tuple[Color, ...] = (
    (0.5, 0.29, 0.015),
    (0.02, 0.12, 0.3),
    (0.04, 0.18, 0.07),
    (0.45, 0.09, 0.02),
    (0.25, 0.26, 0.26),
)


def skip(color: Color = SKIP_COLORS[0], fill: float = 0.6, wear: float = 1.0, salt: int = 0) -> Model:
    """Returns an open 7 m3 skip with rubble in it; category skip.

    Args:
        color: of the paint.
        fill: how full, 0 (empty) to 1 (heaped).
        wear: of the paint.
        salt: selects the rubble, 0 to 7.
    """
    top, bottom, high, half = 3.6, 2.0, 1.5, 0.9

    def ring(inset: float, z: float) -> np.ndarray:
        reach = bottom / 2 + (top - bottom) / 2 * (z - 0.06) / (high - 0.06) - inset
        y = half - 0.12 + 0.04 * z / high - inset
        return np.array([(-reach, -y, z), (reach, -y, z), (reach, y, z), (-reach, y, z)])

    shell = loft([ring(0.006, 0.14), ring(0.0, 0.06), ring(0.0, high), ring(0.006, high), ring(0.006, 0.075)])
    rim = high - 0.03
    tube = [bars([ring(-0.03, rim)[k]], [ring(-0.03, rim)[(k + 1) % 4]], 0.055, 4) for k in range(4)]
    ribs = []
    for side in (-1, 1):
        ribs += [
            box((0.1, 0.06, high - 0.12), (x, side * (half - 0.09), 0.09 + (high - 0.12) / 2), 0.006)
            for x in (-0.85, 0.0, 0.85)
        ]
        pins = [
            cylinder(0.03, 0.14, 12).transformed(pose_at(x, side * 0.82, z) @ rotation((1, 0, 0), -side * np.pi / 2))
            for x, z in ((-1.25, 1.2), (1.25, 1.2), (-0.8, 0.5), (0.8, 0.5))
        ]
        ribs += pins
        ribs += [box((0.2, 0.02, 0.2), (x, side * 0.83, z), 0.006) for x, z in ((-1.25, 1.2), (1.25, 1.2))]
    skids = [box((bottom - 0.1, 0.12, 0.08), (0, y, 0.04), 0.006) for y in (-0.5, 0.5)]
    soil, bricks, timbers = _rubble(ring, fill, salt) if fill > 0 else ([], [], [])
    layers: list[Layer] = [
        (painted(color, wear, 0.8), [shell, *tube, *ribs, *skids]),
        (Material("gravel", (0.36, 0.34, 0.31), wear=0.5, dirt=0.6, scale=1.4), soil),
        (Material("concrete", (0.32, 0.12, 0.07), wear=0.6, dirt=0.5, scale=5.0), bricks),
        (Material("wood", (0.5, 0.36, 0.2), wear=0.6, dirt=0.4), timbers),
    ]
    heap = high + 0.45 * fill
    boxes = [
        cuboid((-top / 2 - 0.06, -0.96, 0.75), (top / 2 + 0.06, 0.96, heap)),
        cuboid((-1.45, -0.96, 0), (1.45, 0.96, 0.75)),
    ]
    return single("skip", f"skip/7m3_{round(fill * 10)}_{salt}", layers, boxes)


def skip_rand(rng: np.random.Generator) -> Model:
    """Samples a skip."""
    return skip(
        pick(rng, SKIP_COLORS),
        round(float(rng.uniform(0.0, 1.0)), 1),
        float(rng.uniform(0.75, 1.0)),
        int(rng.integers(8)),
    )


def _rubble(ring, fill: float, salt: int) -> tuple[list[Mesh], list[Mesh], list[Mesh]]:
    """Returns the heap, broken bricks and offcuts that lie in a skip."""
    rng = Seed(salt).child("rubble").rng()
    level = 0.25 + 1.0 * fill
    corner = ring(0.02, level)[2]
    x, y = np.linspace(-corner[0], corner[0], 25), np.linspace(-corner[1], corner[1], 13)
    gx, gy = np.meshgrid(x, y, indexing="ij")
    rim = np.minimum(1 - np.abs(gx) / corner[0], 1 - np.abs(gy) / corner[1])

    def height(px, py):
        edge = np.minimum(1 - abs(px) / corner[0], 1 - abs(py) / corner[1])
        return level - 0.05 + 0.34 * np.minimum(edge, 0.7) + 0.16 * fractal(px, py, 0.6, 3, 40 + salt)

    heap = heightfield(x, y, np.where(rim <= 1e-9, level - 0.06, height(gx, gy)))
    spots, lying = rng.uniform(-0.85, 0.85, (72, 2)) * corner[:2], 60
    spots[lying:] *= (0.6, 0.35)
    poses = translation(np.column_stack([spots, height(*spots.T) + np.where(np.arange(72) < lying, 0.02, 0.05)]))
    sizes = np.array([1.0, 0.115, 0.071]) * rng.uniform(0.8, 1.0, (lying, 1))
    sizes[:, 0] *= rng.uniform(0.08, 0.24, lying)
    heading, spin = rng.uniform(0, 2 * np.pi, (2, lying))
    turns = rotation((0, 0, 1), heading) @ rotation((1, 0, 0), rng.uniform(0, 0.9, lying)) @ rotation((0, 0, 1), spin)
    bricks = boxes(sizes, poses[:lying] @ turns, 0.012)
    yaw, tilt = rng.uniform((-0.5, -0.25), (0.5, 0.25), (72 - lying, 2)).T
    long = np.column_stack([rng.uniform(0.4, 1.0, len(yaw)), 0 * yaw + 0.1, 0 * yaw + 0.025])
    timbers = boxes(long, poses[lying:] @ rotation((0, 0, 1), yaw) @ rotation((0, 1, 0), tilt), 0.002)
    return [heap], [bricks], [timbers]
