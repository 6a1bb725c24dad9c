"""A panel van. Metres.

Proportions of the common 3.5 t European van: 5.53 m long, 1.99 m wide, 2.5 m high, wheelbase 3.3 m, tyres 215/65 R16
(0.69 m).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from buildee.generators.construction_site.props.palette import DARK, RUBBER, painted, pick
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, cuboid, single
from buildee.layout.material import Color, Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, loft, prism, revolve

AXLES = (1.72, -1.58)
TRACK = 0.88
WHEEL = 0.345

VAN_COLORS: tuple[Color, ...] = (
    (0.72, 0.72, 0.7),
    (0.35, 0.36, 0.37),
    (0.02, 0.06, 0.2),
    (0.35, 0.02, 0.02),
    (0.6, 0.38, 0.02),
)

STATIONS = (
    # x, top, largest half width, half width of the roof
    (-2.77, 2.28, 0.9, 0.74),
    (-2.73, 2.38, 0.95, 0.79),
    (-2.64, 2.45, 0.98, 0.82),
    (-2.4, 2.49, 0.995, 0.84),
    (-1.0, 2.52, 1.0, 0.85),
    (0.6, 2.5, 1.0, 0.84),
    (0.98, 2.45, 1.0, 0.82),
    (1.16, 2.36, 1.0, 0.8),
    (1.6, 1.9, 0.995, 0.79),
    (2.03, 1.43, 0.985, 0.8),
    (2.16, 1.34, 0.975, 0.79),
    (2.45, 1.22, 0.95, 0.76),
    (2.62, 1.1, 0.9, 0.7),
    (2.71, 0.98, 0.84, 0.63),
    (2.76, 0.82, 0.77, 0.55),
    (2.775, 0.6, 0.7, 0.48),
)


def van(color: Color = VAN_COLORS[0], dirt: float = 0.4) -> Model:
    """Returns a panel van facing +X; category van.

    Args:
        color: of the paint.
        dirt: splashed up its sides.
    """
    materials = (
        painted(color, 0.08, dirt),
        DARK,
        Material("paint", (0.015, 0.017, 0.018), wear=0.0, dirt=0.1),
        RUBBER,
        painted((0.42, 0.42, 0.42), 0.3, 0.4),
        Material("plastic", (0.2, 0.21, 0.22), wear=0.05, dirt=0.2),
        Material("plastic", (0.35, 0.012, 0.01), wear=0.1, dirt=0.3),
        Material("glass", (0.05, 0.06, 0.06), wear=0.1, dirt=0.2),
        Material("paint", (0.7, 0.7, 0.68), wear=0.1, dirt=0.4),
    )
    layers: list[Layer] = [(material, [mesh]) for material, mesh in zip(materials, _meshes(), strict=True)]
    boxes = [
        cuboid((-2.84, -1.03, 0.0), (1.3, 1.03, 2.53)),
        cuboid((1.3, -1.25, 0.0), (2.12, 1.25, 2.3)),
        cuboid((2.1, -1.03, 0.0), (2.84, 1.03, 1.45)),
    ]
    return single("van", "van/panel", layers, boxes)


def van_rand(rng: np.random.Generator) -> Model:
    """Samples a van."""
    return van(pick(rng, VAN_COLORS), float(rng.uniform(0.2, 0.7)))


@cache
def _meshes() -> tuple[Mesh, ...]:
    """Returns body, trim, what is behind the panes, tyres, rims, head and tail lamps, panes and plates of every van."""
    dark, lamps = [*_arches(), *_trim()], (_lamps(1), _lamps(-1))
    groups = ([_body()], dark, _behind_glass(), _tyres(), _rims(), *lamps, _panes(), _plates())
    return tuple(Mesh.merged(group) for group in groups)


def _section(x: float, top: float, wide: float, roof: float) -> np.ndarray:
    """Returns a cross-section of 20 points, counter-clockwise seen from the front."""
    low, belt, shoulder = 0.27, min(1.3, top - 0.14), min(1.95, top - 0.12)
    lean = (wide - 0.012) if top < 1.6 else 0.45 * wide + 0.55 * (roof + 0.08)
    half = [
        (wide - 0.12, low),
        (wide - 0.03, low + 0.07),
        (wide - 0.004, min(0.6, top - 0.25)),
        (wide, min(0.85, top - 0.18)),
        (wide - 0.008, belt),
        (lean, shoulder),
        (roof + 0.075, top - 0.09),
        (roof + 0.035, top - 0.035),
        (roof - 0.05, top - 0.006),
        (0.4 * roof, top + 0.014),
    ]
    return np.array([(x, y, z) for y, z in half + [(-y, z) for y, z in half[::-1]]])


def _body() -> Mesh:
    return loft([_section(*station) for station in STATIONS], smooth=True)


def _patch(corners, thickness: float = 0.004) -> Mesh:
    """Returns a thin plate over a quadrilateral, counter-clockwise seen from outside."""
    quad = np.asarray(corners, np.float64)
    normal = np.cross(quad[1] - quad[0], quad[3] - quad[0])
    normal /= np.linalg.norm(normal)
    return loft([quad - normal * 0.004, quad + normal * thickness])


def _panes() -> list[Mesh]:
    """Returns windscreen, cab windows and rear windows, slightly proud of the body."""
    return [_patch(quad, 0.026) for quad in _glazing()]


def _behind_glass() -> list[Mesh]:
    """Returns the black surround of each pane."""
    panes = []
    for quad in _glazing():
        middle = quad.mean(0)
        panes.append(_patch(middle + (quad - middle) * 1.06, 0.021))
    return panes


def _glazing() -> list[np.ndarray]:
    front = np.array([(1.97, -0.74, 1.505), (1.97, 0.74, 1.505), (1.19, 0.72, 2.34), (1.19, -0.72, 2.34)])
    panes = [front]
    for side in (-1, 1):
        quad = np.array([(0.28, 0.992, 1.36), (1.66, 0.982, 1.36), (1.22, 0.942, 2.05), (0.28, 0.95, 2.08)])
        quad[:, 1] *= side
        panes.append(quad if side < 0 else quad[::-1])
        rear = np.array([(-2.765, 0.08, 1.45), (-2.765, 0.74, 1.45), (-2.765, 0.68, 2.08), (-2.765, 0.08, 2.08)])
        rear[:, 1] *= side
        panes.append(rear[::-1] if side > 0 else rear)
    return panes


def _arches() -> list[Mesh]:
    """Returns dark wheel arches, flush with the sides."""
    angle = np.linspace(-0.35, np.pi + 0.35, 20)
    outline = np.column_stack([0.44 * np.cos(angle), 0.44 * np.sin(angle)])
    arch = prism(outline, 0.2)
    stand = rotation((1, 0, 0), np.pi / 2)
    parts = []
    for x in AXLES:
        parts.append(arch.transformed(pose_at(x, -0.805, WHEEL) @ stand))
        parts.append(arch.transformed(pose_at(x, 1.005, WHEEL) @ stand))
    return parts


def _wheel(profile, segments: int = 28) -> list[Mesh]:
    mesh = revolve(profile, segments).transformed(rotation((1, 0, 0), np.pi / 2))
    return [
        mesh.transformed(pose_at(x, side * TRACK, WHEEL, 0.0 if side < 0 else np.pi)) for x in AXLES for side in (-1, 1)
    ]


def _tyres() -> list[Mesh]:
    return _wheel(
        [
            (0.2, -0.105),
            (0.3, -0.11),
            (0.335, -0.09),
            (WHEEL, -0.06),
            (WHEEL, 0.06),
            (0.335, 0.1),
            (0.3, 0.145),
            (0.225, 0.145),
        ]
    )


def _rims() -> list[Mesh]:
    return _wheel(
        [(0.1, 0.0), (0.23, 0.0), (0.23, 0.143), (0.215, 0.146), (0.2, 0.11), (0.13, 0.1), (0.09, 0.125), (0.05, 0.13)]
    )


def _trim() -> list[Mesh]:
    """Returns bumpers, grille, side mouldings, mirrors, handles, seams and number plates' recesses."""
    parts = [
        box((0.3, 1.66, 0.3), (2.66, 0, 0.47), 0.06),
        box((0.16, 1.9, 0.26), (-2.74, 0, 0.46), 0.04),
        box((0.06, 0.95, 0.16), (2.735, 0, 0.83), 0.02),
        box((0.008, 0.012, 1.7), (-2.764, 0, 1.4)),
    ]
    for side in (-1, 1):
        parts.append(box((2.3, 0.03, 0.12), (0.05, side * 0.99, 0.68), 0.012))
        parts.append(box((0.1, 0.2, 0.32), (1.62, side * 1.12, 1.5), 0.03))
        parts += [box((0.012, 0.012, 1.5), (x, side * 0.99, 1.15)) for x in (0.22, -0.95)]
        parts.append(box((0.16, 0.03, 0.035), (0.4, side * 1.0, 1.2), 0.01))
    parts.append(box((1.5, 0.012, 0.03), (-1.8, -0.985, 1.3)))
    return parts


def _lamps(end: int) -> list[Mesh]:
    """Returns the head lamps (+1), wrapped around the corners of the nose, or the tail lamps (-1)."""
    if end < 0:
        return [box((0.06, 0.09, 0.7), (-2.745, side * 0.9, 1.2), 0.02) for side in (-1, 1)]
    table = np.array(STATIONS).T
    rings = []
    for x in (2.45, 2.62, 2.71, 2.76):
        top, wide, roof = (np.interp(x, table[0], column) for column in table[1:])
        outer = _section(x, top + 0.008, wide + 0.016, roof + 0.016)[3:6]
        inner = outer[[2, 0]] * (1, 0.9, 0.97)
        rings.append(np.concatenate([outer, inner]))
    left = loft(rings)
    return [left, left.transformed(np.diag([1.0, -1.0, 1.0, 1.0]))]


def _plates() -> list[Mesh]:
    """Returns the number plates."""
    return [box((0.012, 0.52, 0.11), (2.815, 0, 0.45), 0.003), box((0.012, 0.52, 0.11), (-2.824, 0, 0.48), 0.003)]
