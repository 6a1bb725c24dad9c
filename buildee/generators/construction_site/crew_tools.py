"""What people hold, as models of their own. Metres.

Board: 38 x 225 mm scaffold board of BS 2482. Breaker: 20 kg electric breaker, 0.80 m high. Shovel: round point, 1.2 m.
Bucket: 14 l builder's bucket. Rake: 0.36 m wide, shaft of 1.6 m. Total station: 0.35 m high on a tripod of
1.5 m. Pipe: 110 mm drain pipe of EN 1401 with its socket, 4 m.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.props.palette import BLACK, GALVANIZED, PALE_WOOD, STEEL, moulded, painted
from buildee.layout.bars import chain
from buildee.layout.kinematics import rotation
from buildee.layout.layers import single
from buildee.layout.material import Material
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model, Pose, Proxy
from buildee.layout.solids import box, cylinder, loft, revolve, tube


def tablet() -> Model:
    """Returns a clipboard with a plan on it, A3, lying in its xy plane; category tool."""
    board = box((0.30, 0.42, 0.006), chamfer=0.001)
    sheet = box((0.285, 0.40, 0.002), (0.004, 0, 0.004))
    return single("tool", "crew/plan", [(moulded((0.05, 0.09, 0.16), 0.4, 0.2), [board]), (PAPER, [sheet])])


PAPER = Material("paint", (0.72, 0.72, 0.69), wear=0.2, dirt=0.2)


def phone() -> Model:
    """Returns a phone, its length along X; category tool."""
    return single("tool", "crew/phone", [(moulded(BLACK, 0.1, 0.1), [box((0.155, 0.074, 0.010), chamfer=0.003)])])


def board() -> Model:
    """Returns a scaffold board along X, its underside at z = 0; category timber_stack."""
    ends = [box((0.03, 0.231, 0.041), (s * 1.19, 0, 0.019)) for s in (-1, 1)]
    return single(
        "timber_stack",
        "crew/board",
        [(PALE_WOOD, [box((2.4, 0.225, 0.038), (0, 0, 0.019), 0.002)]), (GALVANIZED, ends)],
    )


def bucket() -> Model:
    """Returns a builder's bucket that hangs from its bail, whose top is the origin; category bucket."""
    profile = [(0.105, 0.0), (0.145, 0.24), (0.155, 0.24), (0.155, 0.255), (0.147, 0.255), (0.141, 0.24), (0.1, 0.008)]
    angle = np.linspace(0, np.pi, 12)
    bail = chain(np.column_stack([0.15 * np.cos(angle), 0 * angle, 0.235 + 0.165 * np.sin(angle)]), 0.003, 5)
    layers = [(moulded(BLACK, 0.5, 0.7), [revolve(profile, 24).moved(z=-0.40)]), (GALVANIZED, [bail.moved(z=-0.40)])]
    return single("bucket", "crew/bucket", layers)


def hammer() -> Model:
    """Returns a hammer, handle along X from the middle of the grip; category tool."""
    handle = tube([(-0.06, 0, 0), (0.24, 0, 0)], 0.014, 8)
    return single(
        "tool", "crew/hammer", [(PALE_WOOD, [handle]), (STEEL, [box((0.028, 0.028, 0.12), (0.245, 0, 0), 0.004)])]
    )


def shovel() -> Model:
    """Returns a shovel: X from handle to blade, whose tip is 0.13 m ahead of the origin; category tool."""
    x = np.linspace(-0.17, 0.13, 7)
    half = np.array([0.10, 0.125, 0.13, 0.125, 0.11, 0.075, 0.01])
    rings = []
    for at, wide in zip(x, half, strict=True):
        y = np.linspace(-1, 1, 7)
        curve = np.column_stack([np.full(7, at), wide * y, 0.03 * y**2 * (wide / 0.13)])
        rings.append(np.concatenate([curve, curve[::-1] + np.array([0.0, 0.0, 0.003])]))
    blade = loft(rings, smooth=True)
    shaft = tube([(-0.10, 0, 0.012), (-0.25, 0, 0.02), (-0.98, 0, 0.0)], 0.017, 9)
    grip = tube([(-1.06, -0.055, 0), (-1.06, 0.055, 0)], 0.015, 8)
    fork = [tube([(-0.97, 0, 0), (-1.06, s * 0.05, 0)], 0.011, 7) for s in (-1, 1)]
    return single("tool", "crew/shovel", [(STEEL, [blade]), (PALE_WOOD, [shaft]), (moulded(BLACK), [grip, *fork])])


def breaker() -> Model:
    """Returns an electric breaker that stands on the tip of its chisel; category tool."""
    square = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
    sections = ((0.0, 0.014, 0.002), (0.05, 0.013, 0.011), (0.40, 0.013, 0.012))
    chisel = loft([np.column_stack([square * (wide, deep), np.full(4, z)]) for z, wide, deep in sections])
    body = revolve(
        [(0.02, 0.36), (0.032, 0.38), (0.036, 0.50), (0.06, 0.52), (0.068, 0.70), (0.05, 0.78), (0.0, 0.79)], 18
    )
    motor = cylinder(0.055, 0.15, 16, 0.01).transformed(pose_at(0.03, 0.0, 0.54))
    handles = tube([(0, -0.26, 0.80), (0, -0.10, 0.755), (0, 0.10, 0.755), (0, 0.26, 0.80)], 0.017, 9)
    grips = [tube([(0, s * 0.16, 0.772), (0, s * 0.27, 0.803)], 0.021, 9) for s in (-1, 1)]
    shell = painted((0.02, 0.14, 0.16), 0.5, 0.6)
    return single(
        "tool", "crew/breaker", [(STEEL, [chisel]), (shell, [body, motor]), (moulded(BLACK), [handles, *grips])]
    )


def rake() -> Model:
    """Returns a landscape rake: its teeth on z = 0 at the origin, the shaft rising along -X; category tool."""
    teeth = [box((0.012, 0.008, 0.07), (0.0, y, 0.035), 0.002) for y in np.linspace(-0.175, 0.175, 15)]
    head = box((0.03, 0.37, 0.022), (0.0, 0.0, 0.075), 0.003)
    shaft = tube([(0.0, 0.0, 0.075), RAKE_SHAFT], 0.0155, 9)
    return single("tool", "crew/rake", [(STEEL, [*teeth, head]), (PALE_WOOD, [shaft])])


RAKE_SHAFT = (-1.28, 0.0, 1.035)
"""Upper end of the rake's shaft."""


def total_station() -> Model:
    """Returns a total station on its tripod, one leg ahead (+X), its keypad towards -X; category tool."""
    shoes = [(np.cos(a), np.sin(a)) for a in np.deg2rad([0.0, 122.0, -122.0])]
    legs = [[(0.09 * x, 0.09 * y, 1.24), (0.53 * x, 0.53 * y, 0.10)] for x, y in shoes]
    tips = [tube([(0.50 * x, 0.50 * y, 0.18), (0.545 * x, 0.545 * y, -0.05)], 0.012, 7) for x, y in shoes]
    clamps = [box((0.06, 0.06, 0.045), (0.315 * x, 0.315 * y, 0.655), 0.006) for x, y in shoes]
    head = cylinder(0.085, 0.03, 20, 0.005).moved(z=1.235)
    base = cylinder(0.062, 0.06, 16, 0.008).moved(z=1.265)
    arms = [box((0.085, 0.036, 0.215), (0.0, s * 0.076, 1.435), 0.010) for s in (-1, 1)]
    lower = box((0.10, 0.19, 0.07), (0.0, 0.0, 1.36), 0.012)
    keypad = box((0.014, 0.13, 0.052), (-0.055, 0.0, 1.362), 0.003)
    barrel = cylinder(0.030, 0.15, 16, 0.006).transformed(pose_at() @ _LEVEL).moved(-0.075, 0.0, 1.475)
    lens = cylinder(0.024, 0.02, 16).transformed(_LEVEL).moved(0.068, 0.0, 1.475)
    eyepiece = cylinder(0.014, 0.035, 12, 0.003).transformed(_LEVEL).moved(-0.108, 0.0, 1.475)
    handle = tube([(0, -0.076, 1.54), (0, -0.07, 1.585), (0, 0.07, 1.585), (0, 0.076, 1.54)], 0.010, 8)
    knobs = [cylinder(0.014, 0.024, 10, 0.003).transformed(_SIDEWAYS).moved(0.0, -0.118, z) for z in (1.36, 1.47)]
    layers = [
        (moulded((0.55, 0.36, 0.02), 0.5, 0.5), [tube(leg, 0.021, 8) for leg in legs]),
        (STEEL, [*tips, *clamps, head]),
        (painted((0.42, 0.41, 0.36), 0.2, 0.25), [base, *arms, lower, barrel]),
        (moulded(BLACK, 0.2, 0.2), [keypad, lens, eyepiece, handle, *knobs]),
    ]
    poles = [_pole(leg) for leg in legs]
    proxy = Proxy(np.stack([pose for pose, _ in poles]), np.stack([half for _, half in poles]))
    stand = single("tool", "crew/total_station", layers)
    return replace(stand, parts=tuple(replace(part, proxy=proxy) for part in stand.parts))


_LEVEL = rotation((0.0, 1.0, 0.0), np.pi / 2)
_SIDEWAYS = rotation((1.0, 0.0, 0.0), np.pi / 2)
"""Turn a cylinder's axis from Z to X and to -Y."""


def _pole(leg: list[tuple[float, float, float]]) -> tuple[Pose, NDArray[np.float64]]:
    """Returns the box around one leg of a tripod, pose and half extents."""
    top, foot = np.array(leg)
    foot = foot + (foot - top) * 0.12
    along = (top - foot) / np.linalg.norm(top - foot)
    side = np.cross([0.0, 0.0, 1.0], along)
    side /= np.linalg.norm(side)
    pose = np.eye(4)
    pose[:3, :3] = np.column_stack([side, np.cross(along, side), along])
    pose[:3, 3] = (top + foot) / 2
    return pose, np.array([0.021, 0.021, np.linalg.norm(top - foot) / 2])


def pipe() -> Model:
    """Returns a drain pipe along X about the origin, its socket ahead; category pipe."""
    barrel = tube([(-PIPE / 2, 0, 0), (PIPE / 2, 0, 0)], 0.055, 18)
    socket = revolve([(0.055, -0.10), (0.0635, -0.09), (0.0635, 0.0), (0.056, 0.0), (0.055, -0.02)], 18)
    shape = [barrel, socket.transformed(_LEVEL).moved(PIPE / 2 + 0.02)]
    return single("pipe", "crew/pipe", [(moulded((0.33, 0.105, 0.035), 0.5, 0.5), shape)])


PIPE = 4.0
"""Length of the pipe that two carry."""
