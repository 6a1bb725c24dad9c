"""Cutlery: forks, knives and spoons of stainless steel, and chopsticks, lying as one lays them down.

Lengths as makers list table cutlery: fork 200 mm, knife 230 mm, spoon 205 mm, tea spoon 140 mm; 2 to 3 mm of steel.
"""

from __future__ import annotations

import numpy as np

from blend_assets.scripts.fittings import curve
from blend_assets.scripts.kitchen.finishes import coloured, of
from blend_assets.scripts.kitchen.forms import Array, limb
from blend_assets.scripts.kitchen.things import bounding, settled, thing
from blend_assets.scripts.model import Asset, at, turned
from buildee.layout.mesh import Mesh

SOURCE = "Own model. Table cutlery as makers list it: {}."


def assets() -> list[Asset]:
    """Returns two patterns of cutlery and chopsticks. +X points from the handle to the working end."""
    brass = coloured(steel=(0.55, 0.38, 0.14))
    made = []
    for letter, slots, square, flare in (("a", coloured(), 0.75, 1.0), ("b", brass, 1.0, 0.55)):
        made += [
            _piece(f"fork_{letter}", "Table fork", "fork", _fork(square, flare), "fork 200 mm", slots),
            _piece(f"knife_{letter}", "Table knife", "knife", _knife(square, flare), "knife 230 mm", slots),
            _piece(f"spoon_{letter}", "Table spoon", "spoon", _spoon(0.205, square, flare), "spoon 205 mm", slots),
            _piece(f"teaspoon_{letter}", "Tea spoon", "spoon", _spoon(0.140, square, flare), "tea spoon 140 mm", slots),
        ]
    return [*made, _chopsticks()]


def _piece(id: str, title: str, category: str, mesh: Mesh, size: str, slots) -> Asset:
    low, high = mesh.bounds
    mesh = mesh.moved(-(low[0] + high[0]) / 2, 0, -low[2])
    low, high = mesh.bounds
    split = 0.38 * (high[0] - low[0]) + low[0]
    back = mesh.vertices[mesh.vertices[:, 0] < split]
    front = mesh.vertices[mesh.vertices[:, 0] >= split - 0.01]
    extents = [Mesh.from_faces(points, np.zeros((0, 3), np.int32)) for points in (back, front)]
    return thing(
        id, title, category, mesh, bounding(*extents), SOURCE.format(size), slots=slots, tags=("cutlery",),
        markers={"grasp": at(low[0] + 0.05, 0, (back[:, 2].max() + back[:, 2].min()) / 2), "tip": at(high[0])},
        rests={"upside_down": settled(mesh, turned("x", np.pi))},
    )  # fmt: skip


def _spine(points: Array, count: int) -> Array:
    """Returns (count, 3) points on a curve through (x, z) points."""
    line = curve(points, count)
    return np.column_stack([line[:, 0], np.zeros(count), line[:, 1]])


def _along(x: Array, knots: list[tuple[float, float]]) -> Array:
    """Returns values between (position, value) knots, eased."""
    at_knots, values = np.array(knots).T
    index = np.clip(np.searchsorted(at_knots, x, "right") - 1, 0, len(knots) - 2)
    t = np.clip((x - at_knots[index]) / (at_knots[index + 1] - at_knots[index]), 0, 1)
    return values[index] + (values[index + 1] - values[index]) * t * t * (3 - 2 * t)


def _spoon(length: float, square: float, flare: float) -> Mesh:
    k = length / 0.205
    spine = _spine(
        k
        * np.array(
            [
                (0, 0.004),
                (0.06, 0.0075),
                (0.115, 0.012),
                (0.14, 0.0095),
                (0.165, 0.0035),
                (0.188, 0.0025),
                (0.205, 0.0085),
            ]
        ),
        44,
    )
    x = spine[:, 0] / k
    width = _along(
        x,
        [
            (0, 0.013),
            (0.01, 0.013 + 0.007 * flare),
            (0.05, 0.011),
            (0.125, 0.006),
            (0.142, 0.016),
            (0.168, 0.043),
            (0.185, 0.041),
            (0.199, 0.024),
            (0.205, 0.008),
        ],
    )
    dish = _along(x, [(0, 0.0), (0.13, 0.0), (0.165, 0.0085), (0.188, 0.0075), (0.205, 0.0)])
    depth = _along(x, [(0, 0.0022), (0.11, 0.0034), (0.145, 0.0024), (0.205, 0.0017)])
    return of("steel", limb(spine, k * width, k * depth, dish=k * dish, square=square, segments=20))


def _fork(square: float, flare: float) -> Mesh:
    spine = _spine(np.array([(0, 0.004), (0.06, 0.0075), (0.112, 0.0125), (0.135, 0.0105), (0.155, 0.0045)]), 30)
    x = spine[:, 0]
    width = _along(
        x, [(0, 0.013), (0.01, 0.013 + 0.007 * flare), (0.05, 0.011), (0.116, 0.0062), (0.134, 0.020), (0.155, 0.0255)]
    )
    depth = _along(x, [(0, 0.0022), (0.11, 0.0034), (0.155, 0.0022)])
    dish = _along(x, [(0, 0), (0.12, 0), (0.155, 0.0012)])
    pieces = [limb(spine, width, depth, dish=dish, square=square, segments=16)]
    for y in (-0.0105, -0.0035, 0.0035, 0.0105):
        tine = _spine(np.array([(0.150, 0.0062), (0.165, 0.0030), (0.183, 0.0034), (0.200, 0.0090)]), 9)
        tine[:, 1] = y * np.linspace(1.0, 0.96, 9)
        tine[:, 2] += 0.0012 * (y / 0.0127) ** 2
        pieces.append(
            limb(tine, np.linspace(0.0042, 0.0021, 9), np.linspace(0.0021, 0.0014, 9), square=0.8, segments=8)
        )
    return of("steel", *pieces)


def _knife(square: float, flare: float) -> Mesh:
    spine = _spine(np.array([(0, 0), (0.10, 0), (0.16, 0), (0.23, 0)]), 36)
    x = spine[:, 0]
    width = _along(
        x,
        [
            (0, 0.012),
            (0.01, 0.013 + 0.005 * flare),
            (0.06, 0.013),
            (0.108, 0.011),
            (0.120, 0.017),
            (0.19, 0.0205),
            (0.222, 0.014),
            (0.23, 0.005),
        ],
    )
    depth = _along(x, [(0, 0.004), (0.05, 0.0062), (0.105, 0.0062), (0.12, 0.0024), (0.23, 0.0014)])
    spine[:, 1] = _along(x, [(0, 0), (0.11, 0), (0.125, -0.0015), (0.2, -0.0015), (0.23, 0.005)])
    return of("steel", limb(spine, width, depth, square=square, segments=14))


def _chopsticks() -> Asset:
    """Returns a pair of chopsticks, 23 cm, side by side."""
    sticks = []
    for y, turn in ((0.0065, 0.02), (-0.0065, -0.015)):
        path = np.column_stack([np.linspace(-0.115, 0.115, 12), np.zeros(12), np.linspace(0.0036, 0.0022, 12)])
        stick = limb(path, np.linspace(0.0072, 0.0044, 12), np.linspace(0.0072, 0.0044, 12), square=0.6, segments=10)
        sticks.append(stick.transformed(turned("z", turn, (0, y, 0))))
    mesh = of("dark_wood", *sticks)
    mesh = mesh.moved(z=-mesh.bounds[0, 2])
    return thing(
        "chopsticks_a", "Chopsticks", "chopsticks", mesh, bounding(*sticks), SOURCE.format("chopsticks 230 mm"),
        markers={"grasp": at(-0.06, 0, 0.004), "tip": at(0.115)}, tags=("cutlery",),
    )  # fmt: skip
