"""ISO freight containers as stores. Metres.

Dimensions: ISO 668 (1CC 20 ft: 6.058 x 2.438 x 2.591 m; 1D 10 ft: 2.991 m long), ISO 1161 corner fittings
(178 x 162 x 118 mm, apertures 124 x 64 mm), side sheets 36 mm deep at a pitch of 278 mm, forklift pockets 360 x 115 mm
at 2.05 m (ISO 1496-1).
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np

from buildee.generators.construction_site.naming import container_number, firm
from buildee.generators.construction_site.props.palette import (
    CONTAINER_COLORS,
    DARK,
    SAFETY_BLUE,
    STEEL,
    WHITE,
    painted,
    pick,
)
from buildee.generators.construction_site.props.sheet import STAND, curtain, stadium, trapezoids
from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, Shaped, model, shaped
from buildee.layout.lettering import lines, text
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, prism

WIDTH, HEIGHT = 2.438, 2.591
LENGTHS = {20: 6.058, 10: 2.991}

Feet = Literal[10, 20]


def container(
    feet: Feet = 20,
    color: Color = CONTAINER_COLORS[0],
    wear: float = 0.5,
    number: str = "BULU 402913 0",
    firm: str = "",
) -> Model:
    """Returns a container along X with its doors at +X; category container.

    Args:
        feet: nominal length.
        color: of the paint.
        wear: of the paint.
        number: owner code, serial number and check digit (ISO 6346).
        firm: on boards on its sides; empty for none.
    """
    materials = (painted(color, wear, 0.4), DARK, STEEL)
    layers: list[Layer] = [(material, [mesh]) for material, mesh in zip(materials, _meshes(feet), strict=True)]
    return model("container", [shaped("body", f"container/{feet}ft", layers), _marks(feet, number, firm, wear)])


@cache
def _meshes(feet: Feet) -> tuple[Mesh, ...]:
    """Returns what is painted, dark and bare steel on every container of a length."""
    length = LENGTHS[feet]
    return (
        Mesh.merged([*_frame(length), *_skin(length), *_doors(length), *_pockets(length, feet)]),
        Mesh.merged([*_apertures(length), *_gaskets(length), *_pocket_holes(length, feet)]),
        Mesh.merged(_lock_rods(length)),
    )


def container_rand(rng: np.random.Generator) -> Model:
    """Samples a container."""
    feet: Feet = 20 if rng.random() < 0.7 else 10
    color, wear = pick(rng, CONTAINER_COLORS), round(float(rng.uniform(0.25, 0.85)), 2)
    named = rng.random() < 0.4
    return container(feet, color, wear, container_number(rng), firm(rng) if named else "")


def _frame(length: float) -> list[Mesh]:
    """Returns corner fittings, posts and rails."""
    x, y = length / 2, WIDTH / 2
    parts = []
    for sx in (-1, 1):
        for sy in (-1, 1):
            at = (sx * (x - 0.089), sy * (y - 0.081))
            parts += [box((0.178, 0.162, 0.118), (*at, z), 0.008) for z in (0.059, HEIGHT - 0.059)]
            post = (0.14, 0.11, HEIGHT - 0.236)
            parts.append(box(post, (sx * (x - 0.078), sy * (y - 0.063), HEIGHT / 2), 0.008))
        parts.append(box((0.1, WIDTH - 0.3, 0.12), (sx * (x - 0.06), 0, HEIGHT - 0.07), 0.006))
        parts.append(box((0.1, WIDTH - 0.3, 0.14), (sx * (x - 0.06), 0, 0.09), 0.006))
    for sy in (-1, 1):
        parts.append(box((length - 0.3, 0.06, 0.06), (0, sy * (y - 0.04), HEIGHT - 0.045), 0.005))
        parts.append(box((length - 0.3, 0.05, 0.15), (0, sy * (y - 0.035), 0.095), 0.005))
    parts.append(box((length - 0.2, WIDTH - 0.16, 0.11), (0, 0, 0.115)))  # floor and cross members
    return parts


def _skin(length: float) -> list[Mesh]:
    """Returns the corrugated sides, front wall (-X) and roof."""
    low, high = 0.165, HEIGHT - 0.07
    line = trapezoids(length - 0.27, 0.072, 0.068, 0.07, 0.036)
    right = curtain(line, low, high, 0.002).moved(y=-WIDTH / 2 + 0.014)
    left = right.transformed(pose_at(yaw=np.pi))
    front_line = trapezoids(WIDTH - 0.22, 0.11, 0.018, 0.104, 0.0456)
    front = curtain(front_line, low, HEIGHT - 0.12, 0.002).moved(y=-length / 2 + 0.012)
    front = front.transformed(pose_at(yaw=-np.pi / 2))
    roof_line = trapezoids(length - 0.2, 0.09, 0.014, 0.091, 0.02)
    lay = pose_at(z=HEIGHT - 0.018) @ rotation((1, 0, 0), -np.pi / 2)
    roof = curtain(roof_line, -WIDTH / 2 + 0.06, WIDTH / 2 - 0.06, 0.002).transformed(lay)
    return [right, left, front, roof]


def _doors(length: float) -> list[Mesh]:
    """Returns two leaves with three pressed bands each, and four hinges a side."""
    x = length / 2 - 0.05
    leaf = WIDTH / 2 - 0.12
    parts = []
    for side in (-1, 1):
        middle = side * (leaf / 2 + 0.006)
        parts.append(box((0.03, leaf, HEIGHT - 0.32), (x - 0.02, middle, HEIGHT / 2), 0.004))
        parts += [
            box((0.05, 0.07, HEIGHT - 0.32), (x - 0.012, middle + dy, HEIGHT / 2), 0.005)
            for dy in (-leaf / 2 + 0.035, leaf / 2 - 0.035)
        ]
        parts += [box((0.05, leaf - 0.14, 0.09), (x - 0.012, middle, z), 0.005) for z in (0.21, HEIGHT - 0.21)]
        for z in (0.55, 1.02, 1.49, 1.96):
            band = [(-0.17, 0), (0.17, 0), (0.13, 0.034), (-0.13, 0.034)]
            across = np.array(
                [[0.0, 1, 0, x - 0.01], [0, 0, 1, middle - leaf / 2 + 0.07], [1, 0, 0, z + 0.05], [0, 0, 0, 1]]
            )
            parts.append(prism(band, leaf - 0.14).transformed(across))
        parts += [
            box((0.02, 0.14, 0.07), (length / 2 - 0.004, side * (WIDTH / 2 - 0.13), z), 0.004)
            for z in (0.36, 0.95, 1.55, 2.2)
        ]
    return parts


def _lock_rods(length: float) -> list[Mesh]:
    """Returns four rods with handles, keepers and cams."""
    x = length / 2 + 0.004
    parts = []
    for y in (-0.83, -0.37, 0.37, 0.83):
        parts.append(bars([(x, y, 0.1)], [(x, y, HEIGHT - 0.1)], 0.0165, 8))
        parts += [box((0.03, 0.07, 0.05), (x - 0.012, y, z), 0.006) for z in (0.13, 0.62, 1.7, HEIGHT - 0.13)]
        toward = -np.sign(y) * 0.36 if abs(y) > 0.5 else np.sign(y) * 0.3
        hz = 1.05 if abs(y) > 0.5 else 1.22
        parts.append(bars([(x + 0.018, y, hz)], [(x + 0.018, y + toward, hz - 0.02)], 0.012, 4))
        parts.append(box((0.025, 0.05, 0.09), (x + 0.005, y + toward, hz - 0.02), 0.006))
    return [part.moved(x=-0.035) for part in parts]


def _gaskets(length: float) -> list[Mesh]:
    """Returns the dark seal around and between the leaves."""
    x = length / 2 - 0.066
    return [box((0.02, WIDTH - 0.2, HEIGHT - 0.25), (x, 0, HEIGHT / 2))]


def _apertures(length: float) -> list[Mesh]:
    """Returns dark ovals that show where the corner fittings are hollow."""
    x, y = length / 2, WIDTH / 2
    slot = prism(stadium(0.1, 0.06), 0.0025).transformed(STAND)
    parts = []
    for z in (0.059, HEIGHT - 0.059):
        for sx in (-1, 1):
            parts.append(slot.moved(sx * (x - 0.089), -y + 0.001, z))
            parts.append(slot.moved(sx * (x - 0.089), -y + 0.001, 0).transformed(pose_at(z=z, yaw=np.pi)))
            parts.append(slot.moved(sx * (y - 0.081), -x + 0.001, 0).transformed(pose_at(z=z, yaw=np.pi / 2)))
            parts.append(slot.moved(sx * (y - 0.081), -x + 0.001, 0).transformed(pose_at(z=z, yaw=-np.pi / 2)))
    return parts


def _pockets(length: float, feet: Feet) -> list[Mesh]:
    """Returns the straps under the forklift pockets."""
    spread = 1.025 if feet == 20 else 0.45
    return [
        box((0.42, 0.012, 0.02), (x, side * (WIDTH / 2 - 0.006), 0.03), 0.003)
        for x in (-spread, spread)
        for side in (-1, 1)
    ]


def _pocket_holes(length: float, feet: Feet) -> list[Mesh]:
    spread = 1.025 if feet == 20 else 0.45
    return [
        box((0.36, 0.02, 0.105), (x, side * (WIDTH / 2 - 0.0185), 0.0935))
        for x in (-spread, spread)
        for side in (-1, 1)
    ]


def _marks(feet: Feet, number: str, firm: str, wear: float) -> Shaped:
    """Returns the number on doors and sides, weights and the data plate on the right door, and the firm's name.

    Sizes: characters of the number at least 100 mm high, of the weights 50 mm (ISO 6346).
    """
    x, y = LENGTHS[feet] / 2, WIDTH / 2
    on_door, on_band = (pose_at(x - behind, 0.0, 0.0, np.pi / 2) @ STAND for behind in (0.055, 0.026))
    owner, serial, digit = number.split()
    meshes = [text(f"{owner} {serial} {digit}", 0.1, align="middle").moved(0.58, 2.21).transformed(on_door)]
    rows = (
        ("MAX.GR. 30480 KG", "TARE 2230 KG", "NET 28250 KG")
        if feet == 20
        else ("MAX.GR. 10160 KG", "TARE 1300 KG", "NET 8860 KG")
    )
    meshes += [text(row, 0.05).moved(0.28, 2.07 - 0.08 * line).transformed(on_band) for line, row in enumerate(rows)]
    plate = box((0.003, 0.2, 0.15), (x - 0.0245, -0.6, 0.6), 0.001)
    label = text(number, 0.1, align="middle").transformed(STAND)
    meshes += [
        label.transformed(pose_at(x - 0.85, -y + 0.0145, 2.28)),
        label.transformed(pose_at(-x + 0.85, y - 0.0145, 2.28, np.pi)),
    ]
    board, ink = [], []
    if firm:
        wide = 0.62 * LENGTHS[feet]
        name = lines([firm], 0.5, wide - 0.2).transformed(STAND)
        for side in (-1, 1):
            turn = pose_at(0, side * (y - 0.0105), 1.3, (side > 0) * np.pi)
            board.append(box((wide, 0.004, 0.75), (0, 0.0015, 0), 0.001).transformed(turn))
            ink.append(name.moved(y=-0.0004).transformed(turn))
    white = Material("paint", WHITE, wear=0.3 * wear, dirt=0.4)
    blue = Material("paint", SAFETY_BLUE, wear=0.4, dirt=0.4)
    key = f"container/marks_{feet}_{number}_{firm}".replace(" ", "")
    return shaped("marks", key, [(white, [*meshes, plate, *board]), (blue, ink)], [])
