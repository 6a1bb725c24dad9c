"""Site cabins, single or stacked two high with outside stairs. Metres.

Dimensions follow the usual European 20 ft office cabin: 6.058 x 2.438 x 2.8 m outside, steel frame, 60 mm panels,
windows 0.95 x 1.2 m with roller shutter, door 0.9 x 2.1 m.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np

from buildee.generators.construction_site.props.palette import (
    BLIND,
    CABIN_COLORS,
    DARK,
    GALVANIZED,
    GLASS,
    GREY_WOOD,
    OPAL_GLASS,
    SAFETY_BLUE,
    WHITE,
    moulded,
    painted,
    pick,
)
from buildee.generators.construction_site.props.sheet import STAND, wall
from buildee.layout.bars import bars, chain
from buildee.layout.layers import Layer, Shaped, again, cuboid, model, shaped
from buildee.layout.lettering import lines
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, cylinder, tube

LENGTH, WIDTH, HEIGHT = 6.058, 2.438, 2.8
BASE = 0.12
"""Height of the timbers that a cabin stands on."""

WINDOWS = ((-2.05, -1.1), (0.25, 1.2))
DOOR = (1.72, 2.62)
FRONT = [(x0, x1, 0.95, 2.15) for x0, x1 in WINDOWS] + [(*DOOR, 0.12, 2.2)]
REAR = [(-0.6, 0.35, 0.95, 2.15)]


NAMES: tuple[tuple[str, str], ...] = (
    ("SITE OFFICE", "MEETING ROOM"),
    ("CANTEEN", "DRYING ROOM"),
    ("SECURITY", "SITE OFFICE"),
    ("FIRST AID", "STORES"),
    ("CHANGING", "CANTEEN"),
    ("INDUCTION", "ENGINEERS"),
)
"""What the lower and the upper cabin of a pair are for."""


def site_office(
    color: Color = CABIN_COLORS[0],
    trim: Color = (0.05, 0.13, 0.28),
    storeys: int = 1,
    names: tuple[str, str] = NAMES[0],
    dirt: float = 0.55,
) -> Model:
    """Returns a cabin along X, its door and windows towards -Y; category site_office.

    Args:
        color: of the walls.
        trim: of the steel frame and the door.
        storeys: 1, or 2 with an outside stair and landing along the front.
        names: on the boards of the lower and the upper cabin.
        dirt: of the walls.
    """
    front = -WIDTH / 2
    cabin = shaped(
        "cabin.0",
        "site_office/cabin",
        _cabin(color, trim, dirt),
        [cuboid((-LENGTH / 2, front - 0.12, 0), (LENGTH / 2, WIDTH / 2 + 0.4, HEIGHT))],
    )
    pieces = [again(cabin, "cabin.0", pose_at(z=BASE)), _bearers(), _roof_gear(storeys)]
    for level in range(storeys):
        board = _name_board(names[level], level + 1)
        pieces.append(again(board, f"name.{level}", pose_at(z=BASE + level * HEIGHT)))
    step = shaped("steps", "site_office/steps", [(GALVANIZED, _steps())])
    pieces.append(again(step, "steps", pose_at(sum(DOOR) / 2, front)))
    if storeys == 2:
        pieces.append(again(cabin, "cabin.1", pose_at(z=BASE + HEIGHT)))
        pieces.append(_stairs())
    return model("site_office", pieces)


def site_office_rand(rng: np.random.Generator) -> Model:
    """Samples a cabin."""
    color, trim = pick(rng, CABIN_COLORS), pick(rng, CABIN_COLORS)
    storeys, names = 2 if rng.random() < 0.45 else 1, NAMES[int(rng.integers(len(NAMES)))]
    return site_office(color, trim, storeys, names, float(rng.uniform(0.3, 0.8)))


def _cabin(color: Color, trim: Color, dirt: float) -> list[Layer]:
    materials = (
        painted(color, 0.45, dirt),
        painted(trim, 0.5, 0.5),
        moulded(WHITE, 0.2, 0.25),
        GLASS,
        BLIND,
        DARK,
        OPAL_GLASS,
    )
    return [(material, [mesh]) for material, mesh in zip(materials, _cabin_meshes(), strict=True)]


@cache
def _cabin_meshes() -> tuple[Mesh, ...]:
    """Returns panels, steel frame, white fittings, panes, blinds, what is dark, and the lamp."""
    door_x = sum(DOOR) / 2
    frames, panes, inside = _windows()
    groups = (_panels(), _steel(), [*frames, *_fittings()], panes, inside, _dark(door_x), [_lamp(door_x)])
    return tuple(Mesh.merged(group) for group in groups)


def _steel() -> list[Mesh]:
    """Returns the frame of posts and rails, floor, roof and door leaf."""
    x, y = LENGTH / 2, WIDTH / 2
    steel: list[Mesh] = []
    for sx in (-1, 1):
        steel += [box((0.15, 0.15, HEIGHT), (sx * (x - 0.075), sy * (y - 0.075), HEIGHT / 2), 0.012) for sy in (-1, 1)]
        steel += [
            box((0.14, WIDTH - 0.3, high), (sx * (x - 0.07), 0, z), 0.01)
            for z, high in ((0.08, 0.16), (HEIGHT - 0.11, 0.22))
        ]
    for sy in (-1, 1):
        steel += [
            box((LENGTH - 0.3, 0.14, high), (0, sy * (y - 0.07), z), 0.01)
            for z, high in ((0.08, 0.16), (HEIGHT - 0.11, 0.22))
        ]
    steel.append(box((LENGTH - 0.28, WIDTH - 0.28, 0.14), (0, 0, 0.08)))
    steel.append(box((LENGTH - 0.2, WIDTH - 0.2, 0.1), (0, 0, HEIGHT - 0.07)))
    door_x = sum(DOOR) / 2
    steel.append(box((DOOR[1] - DOOR[0] - 0.06, 0.045, 2.02), (door_x, -y + 0.065, 1.15), 0.006))
    return steel


def _panels() -> list[Mesh]:
    """Returns the four walls with their openings, and their ribs."""
    x, y = LENGTH / 2, WIDTH / 2
    return [
        wall(LENGTH - 0.3, HEIGHT - 0.38, 0.06, [(a, b, c - 0.16, d - 0.16) for a, b, c, d in FRONT]).moved(
            0, -y + 0.035, 0.16
        ),
        wall(LENGTH - 0.3, HEIGHT - 0.38, 0.06, [(a, b, c - 0.16, d - 0.16) for a, b, c, d in REAR]).transformed(
            pose_at(0, y - 0.035, 0.16, np.pi)
        ),
        *[
            wall(WIDTH - 0.3, HEIGHT - 0.38, 0.06, []).transformed(pose_at(s * (x - 0.035), 0, 0.16, s * np.pi / 2))
            for s in (-1, 1)
        ],
        *_grooves(),
    ]


def _grooves() -> list[Mesh]:
    """Returns the upright ribs of the wall panels, 8 mm proud, every 0.24 m where no opening is."""
    y, ribs = WIDTH / 2, []
    for x in np.arange(-2.76, 2.8, 0.24):
        for face, openings in ((-1, FRONT), (1, [(-b, -a, c, d) for a, b, c, d in REAR])):
            over = [(c, d) for a, b, c, d in openings if a - 0.16 < x < b + 0.16]
            spans = (
                [(0.17, HEIGHT - 0.23)] if not over else [(0.17, over[0][0] - 0.08), (over[0][1] + 0.24, HEIGHT - 0.23)]
            )
            ribs += [
                box((0.13, 0.016, b - a), (x, face * (y - 0.035), (a + b) / 2), 0.005) for a, b in spans if b - a > 0.1
            ]
    ribs += [
        box((0.016, 0.13, HEIGHT - 0.4), (s * (LENGTH / 2 - 0.035), yy, HEIGHT / 2 - 0.03), 0.005)
        for s in (-1, 1)
        for yy in np.arange(-0.96, 1.0, 0.24)
    ]
    return ribs


def _windows() -> tuple[list[Mesh], list[Mesh], list[Mesh]]:
    """Returns frames with shutter boxes and sills, panes, and blinds half let down behind them."""
    frames, panes, inside = [], [], []
    turned = [(a, b, c, d, 0.0) for a, b, c, d in FRONT[:2]] + [(a, b, c, d, np.pi) for a, b, c, d in REAR]
    for number, (x0, x1, z0, z1, yaw) in enumerate(turned):
        pose, w, h, xm, zm = pose_at(yaw=yaw), x1 - x0, z1 - z0, (x0 + x1) / 2, (z0 + z1) / 2
        y = -WIDTH / 2 + 0.05
        bars_of = [box((w, 0.07, 0.06), (xm, y, z), 0.006) for z in (z0 + 0.03, z1 - 0.03)]
        bars_of += [box((0.06, 0.07, h - 0.12), (xx, y, zm), 0.006) for xx in (x0 + 0.03, x1 - 0.03)]
        bars_of.append(box((0.05, 0.05, h - 0.12), (x0 + 0.62 * w, y + 0.005, zm), 0.005))
        bars_of.append(box((w + 0.1, 0.16, 0.19), (xm, y - 0.02, z1 + 0.09), 0.02))
        bars_of.append(box((w + 0.08, 0.12, 0.025), (xm, y - 0.03, z0 - 0.01), 0.006))
        bars_of += [box((0.035, 0.04, h), (xx, y - 0.045, zm), 0.005) for xx in (x0 - 0.015, x1 + 0.015)]
        drop = (0.25, 0.55, 0.4)[number] * h
        slats = [box((w - 0.14, 0.02, 0.004), (xm, y + 0.09, z1 - 0.08 - k * 0.05)) for k in range(int(drop / 0.05))]
        slats.append(box((w - 0.13, 0.09, 0.04), (xm, y + 0.07, z1 - 0.05), 0.004))
        slats += [box((0.003, 0.003, drop), (xm + s * 0.35 * w, y + 0.09, z1 - 0.05 - drop / 2)) for s in (-1, 1)]
        pane = box((w - 0.11, 0.008, h - 0.11), (xm, y + 0.01, zm))
        frames += [mesh.transformed(pose) for mesh in bars_of]
        panes.append(pane.transformed(pose))
        inside += [mesh.transformed(pose) for mesh in slats]
    return frames, panes, inside


def _fittings() -> list[Mesh]:
    """Returns the air conditioner with its bracket on the rear wall, the cable inlet, and the gutter outlet."""
    y = WIDTH / 2
    return [
        box((0.8, 0.3, 0.55), (-1.9, y + 0.13, 1.65), 0.02),
        box((0.74, 0.34, 0.03), (-1.9, y + 0.12, 1.36), 0.005),
        box((0.12, 0.1, 0.18), (2.7, y - 0.02, 2.35), 0.01),
        bars(
            [(-1.45, y - 0.012, 1.5), (-1.4, y - 0.012, 1.5)],
            [(-1.45, y - 0.012, 2.4), (-1.4, y - 0.012, 2.4)],
            0.018,
            6,
        ),
    ]


def _dark(door_x: float) -> list[Mesh]:
    """Returns fan grille, handle, hinges, corner apertures and the gap around the door."""
    y = WIDTH / 2
    fan = cylinder(0.21, 0.006, 24).transformed(
        pose_at(-2.0, y + 0.279, 1.66) @ np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]])
    )
    handle = box((0.12, 0.05, 0.022), (door_x - 0.32, -y + 0.02, 1.15), 0.008)
    hinges = [box((0.03, 0.03, 0.1), (door_x + 0.43, -y + 0.035, z), 0.006) for z in (0.4, 1.15, 1.95)]
    gap = box((DOOR[1] - DOOR[0], 0.02, 2.08), (door_x, -y + 0.09, 1.16))
    pockets = [box((0.36, 0.006, 0.09), (x, s * (y - 0.0), 0.09)) for x in (-1.0, 1.0) for s in (-1, 1)]
    return [fan, handle, *hinges, gap, *pockets]


def _lamp(door_x: float) -> Mesh:
    return cylinder(0.13, 0.07, 20, 0.02).transformed(
        pose_at(door_x - 0.75, -WIDTH / 2 + 0.035, 2.34)
        @ np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    )


def _name_board(name: str, number: int) -> Shaped:
    """Returns a board between the windows, and the number on the door."""
    y = -WIDTH / 2
    board = box((1.16, 0.008, 0.26), (-0.42, y + 0.0225, 1.95), 0.002)
    words = lines([name], 0.13, 1.04).transformed(STAND).moved(-0.42, y + 0.0185, 1.95)
    digit = lines([str(number)], 0.16).transformed(STAND).moved(sum(DOOR) / 2, y + 0.0425, 1.62)
    layers: list[Layer] = [
        (Material("paint", WHITE, wear=0.2, dirt=0.3), [board]),
        (Material("paint", SAFETY_BLUE, wear=0.2, dirt=0.2), [words, digit]),
    ]
    return shaped("name", f"site_office/name_{name}_{number}".replace(" ", ""), layers, [])


@cache
def _roof_gear(storeys: int) -> Shaped:
    """Returns an aerial on its pole at the rear, and the supply cable from the inlet down to the ground."""
    top, y = BASE + storeys * HEIGHT, WIDTH / 2
    pole = bars([(-2.6, y + 0.02, top - 0.6)], [(-2.6, y + 0.02, top + 1.3)], 0.02, 8)
    boom = bars([(-3.0, y + 0.02, top + 1.2)], [(-2.1, y + 0.02, top + 1.2)], 0.01, 6)
    x = np.linspace(-2.95, -2.15, 7)
    reach = np.linspace(0.32, 0.2, 7)
    rods = bars(
        np.column_stack([x, y + 0.02 - reach, np.full(7, top + 1.2)]),
        np.column_stack([x, y + 0.02 + reach, np.full(7, top + 1.2)]),
        0.005,
        5,
    )
    clips = [box((0.08, 0.08, 0.03), (-2.6, y - 0.01, top - z), 0.004) for z in (0.12, 0.5)]
    drop = [(2.7, y + 0.03, BASE + 2.3), (2.72, y + 0.06, BASE + 1.9), (2.78, y + 0.06, 0.6), (2.8, y + 0.12, 0.04)]
    cable = tube([*drop, (2.7, y + 0.3, 0.014), (2.5, y + 0.36, 0.014)], 0.014, 6)
    layers: list[Layer] = [(GALVANIZED, [pole, boom, rods, *clips]), (DARK, [cable])]
    boxes = [
        cuboid((-3.02, y - 0.32, top + 1.15), (-2.1, y + 0.38, top + 1.32)),
        cuboid((-2.64, y, top), (-2.56, y + 0.06, top + 1.2)),
        cuboid((2.4, y, 0.0), (2.85, y + 0.4, BASE)),
    ]
    return shaped("aerial", f"site_office/aerial_{storeys}", layers, boxes)


@cache
def _bearers() -> Shaped:
    timbers = [box((0.2, 2.5, BASE), (x, 0, BASE / 2), 0.008) for x in (-2.8, 0.0, 2.8)]
    return shaped("bearers", "site_office/bearers", [(GREY_WOOD, timbers)])


@cache
def _steps() -> list[Mesh]:
    """Returns a grating step in front of the door: one tread, frame and a hand rail."""
    frame = [box((1.0, 0.75, 0.03), (0, -0.42, 0.185), 0.004), box((1.0, 0.3, 0.03), (0, -0.94, 0.06), 0.004)]
    legs = [box((0.04, 0.04, 0.17), (x, y, 0.085), 0.004) for x in (-0.47, 0.47) for y in (-0.08, -0.77)]
    legs += [box((0.04, 0.3, 0.045), (x, -0.94, 0.0225), 0.004) for x in (-0.47, 0.47)]
    rail = chain([(0.48, -0.76, 0.02), (0.48, -0.76, 1.15), (0.48, -0.1, 1.15), (0.48, -0.1, 0.02)], 0.02, 8)
    return [*frame, *legs, rail]


@cache
def _stairs() -> Shaped:
    """Returns the outside stair to the upper door: 15 steps, landing, rails; it climbs towards +X along the front."""
    top = BASE + HEIGHT + 0.14
    y0, y1 = -WIDTH / 2 - 0.14, -WIDTH / 2 - 1.1
    ym = (y0 + y1) / 2
    end, start = 1.2, -2.35
    rise = 15
    parts = []
    for k in range(rise - 1):
        share = (k + 1) / rise
        parts.append(
            box((0.27, y0 - y1, 0.035), (start + (end - start) * (share - 0.5 / rise), ym, top * share - 0.018), 0.004)
        )
    for y in (y0, y1):
        parts.append(bars([(start, y, 0.1)], [(end, y, top - 0.1)], 0.11, 4).transformed(_squeeze(y)))
        parts.append(bars([(end, y, top - 0.1)], [(3.0, y, top - 0.1)], 0.11, 4).transformed(_squeeze(y)))
    parts.append(box((3.0 - end, y0 - y1, 0.04), ((3.0 + end) / 2, ym, top - 0.02), 0.004))
    for x in (end + 0.05, 2.95):
        parts += [box((0.08, 0.08, top - 0.05), (x, y, (top - 0.05) / 2), 0.006) for y in (y0 - 0.03, y1 + 0.03)]
        parts += [box((0.2, 0.2, 0.012), (x, y, 0.006), 0.003) for y in (y0 - 0.03, y1 + 0.03)]
    for high in (1.1, 0.55):
        parts.append(
            chain(
                [(start + 0.1, y1, high + 0.18), (end, y1, top + high), (3.0, y1, top + high), (3.0, y0, top + high)],
                0.02,
                8,
            )
        )
    posts = [
        (start + 0.1, y1, 0.15),
        (-0.55, y1, top * 0.5),
        (end, y1, top),
        (2.1, y1, top),
        (3.0, y1, top),
        (3.0, y0, top),
    ]
    parts.append(bars(posts, np.array(posts) + np.array([0, 0, 1.12]), 0.02, 8))
    boxes = [
        cuboid((end, y1 - 0.04, top - 0.25), (3.06, y0 + 0.04, top + 1.15)),
        cuboid((end - 0.0, y1 - 0.08, 0), (end + 0.16, y0 + 0.1, top)),
        cuboid((2.84, y1 - 0.08, 0), (3.06, y0 + 0.1, top)),
    ]
    stations = np.linspace(start - 0.12, end, 8)
    for a, b in pairwise(stations):
        low, high = top * (a - start) / (end - start), top * (b - start) / (end - start)
        boxes.append(cuboid((a, y1 - 0.04, max(low - 0.4, 0.0)), (b, y0 + 0.04, high + 1.4)))
    return shaped("stairs", "site_office/stairs", [(GALVANIZED, parts)], boxes)


def _squeeze(y: float) -> np.ndarray:
    """Returns the affine map that makes a square bar at `y` a flat stringer a quarter as wide."""
    pose = np.diag([1.0, 0.25, 1.0, 1.0])
    pose[1, 3] = 0.75 * y
    return pose
