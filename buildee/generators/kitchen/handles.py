"""What one pulls at.

Frame: origin on the front's face in the middle of the handle, +X along it, -Y out of the front. Bars and bows come with
160 and 320 mm between their screws, cups with 96, as handles are sold.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from buildee.layout.kinematics import rotation
from buildee.layout.mesh import Mesh
from buildee.layout.solids import cylinder, revolve, sweep

OUT = rotation((1.0, 0.0, 0.0), np.pi / 2)
"""Lays what stands on +Z down so that it points along -Y."""
UPRIGHT = rotation((0.0, 1.0, 0.0), -np.pi / 2)
"""Stands a handle up."""

REACH = {"bar": 0.036, "bow": 0.03, "cup": 0.026, "knob": 0.029, "edge": 0.018, "none": 0.0}
"""How far handles stand out of a front, metres."""


def length_of(kind: str, long: bool = False) -> float:
    """Returns how long a handle is, metres; `long` is for wide drawers."""
    return {"bar": 0.36 if long else 0.2, "bow": 0.332 if long else 0.172, "cup": 0.096, "knob": 0.034}.get(kind, 0.0)


def handle(kind: str, long: bool = False) -> Mesh:
    """Returns a handle of a kind of `Style.handle`, edge profiles aside."""
    length = length_of(kind, long)
    if kind == "bar":
        return _bar(length)
    if kind == "bow":
        return _bow(length)
    return _cup(length) if kind == "cup" else _knob()


def bounds_of(kind: str, long: bool, upright: bool) -> NDArray[np.float64]:
    """Returns (2, 3): the box round a handle, metres."""
    thick = {"bar": 0.012, "bow": 0.011, "cup": 0.04, "knob": 0.034}[kind]
    along, across = length_of(kind, long) / 2, thick / 2
    x, z = (across, along) if upright else (along, across)
    return np.array([(-x, -REACH[kind], -z), (x, 0.0, z)])


def _bar(length: float) -> Mesh:
    """Returns a round bar of 12 mm on two feet."""
    foot = cylinder(0.0045, REACH["bar"] - 0.01, 6).transformed(OUT)
    along = rotation((0.0, 1.0, 0.0), np.pi / 2)
    rod = cylinder(0.006, length, 10, 0.001).transformed(along).moved(-length / 2, -REACH["bar"] + 0.006)
    reach = length / 2 - 0.02
    return Mesh.merged([rod, foot.moved(-reach), foot.moved(reach)])


def _bow(length: float) -> Mesh:
    """Returns a flat bow."""
    half, out = length / 2 - 0.006, REACH["bow"] - 0.004
    x = np.array([-1.0, -0.94, -0.78, -0.35, 0.35, 0.78, 0.94, 1.0]) * half
    y = -np.array([0.0, 0.45, 0.82, 1.0, 1.0, 0.82, 0.45, 0.0]) * out
    outline = np.array([(-1, -0.6), (-0.6, -1), (0.6, -1), (1, -0.6), (1, 0.6), (0.6, 1), (-0.6, 1), (-1, 0.6)])
    return sweep(np.column_stack([x, y, np.zeros(8)]), outline * (0.004, 0.0055), smooth=True)


def _cup(length: float) -> Mesh:
    """Returns a cup that is open below: a quarter of an ellipsoid's shell of 2 mm, with a flange."""
    along, across = np.linspace(0, np.pi, 11), np.linspace(0, np.pi / 2, 5)
    skins = []
    for shrink in (0.0, 0.002):
        a, b, c = np.array([length / 2, REACH["cup"], 0.034]) - shrink
        x = np.broadcast_to(a * np.cos(along)[:, None], (11, 5))
        y = -b * np.sin(along)[:, None] * np.cos(across)
        z = c * np.sin(along)[:, None] * np.sin(across) - 0.017
        skins.append(np.stack([x, y, z], -1))
    index = np.arange(55).reshape(11, 5)
    outer = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 4)
    inner = outer[:, ::-1] + 55
    lip = np.stack([index[:-1, 0], index[1:, 0], index[1:, 0] + 55, index[:-1, 0] + 55], -1)
    faces = np.concatenate([outer, inner, lip])
    return Mesh.from_faces(np.concatenate([skin.reshape(-1, 3) for skin in skins]), faces, smooth=True)


def _knob() -> Mesh:
    """Returns a turned knob."""
    profile = [
        (0.011, 0),
        (0.0085, 0.002),
        (0.0065, 0.01),
        (0.013, 0.016),
        (0.0168, 0.021),
        (0.015, 0.026),
        (0.008, 0.029),
    ]
    return revolve(profile, 12).transformed(OUT)


def edge_profile(length: float) -> Mesh:
    """Returns a bent strip that lies on a front's top edge; its origin is the middle of that edge, at the face."""
    outline = [(0.018, 0.0), (-0.016, 0.0), (-0.018, -0.001), (-0.018, -0.012), (-0.0165, -0.012), (-0.0165, -0.0015)]
    outline = np.array([*outline, (0.018, -0.0015)]) + np.array((0.0, 0.0017))
    path = [(-length / 2, 0, 0), (length / 2, 0, 0)]
    # Along +X the right of the path is -Y.
    return sweep(path, outline[::-1] * (-1.0, 1.0))
