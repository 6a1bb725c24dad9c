"""Powered and hand tools that crews leave standing and lying about, and gas bottles. Metres.

Plate compactor: 90 kg, 0.43 x 0.56 m plate, 1.0 m to its handle. Breaker: 16 kg electric hammer, 0.75 m. Disc cutter:
350 mm disc. Angle grinder: 230 mm disc, 0.5 m. Site saw bench: 0.8 x 0.75 x 0.85 m, 315 mm blade (EN 1870-19). Shovel:
1.05 m. Spirit level: 1.2 m. Propane bottles: 11 and 33 kg, 300 and 305 mm wide (EN 1442).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from buildee.generators.construction_site.props.palette import (
    GALVANIZED,
    PALE_WOOD,
    RUBBER,
    SAFETY_ORANGE,
    SAFETY_RED,
    SAFETY_YELLOW,
    STEEL,
    moulded,
    painted,
    pick,
)
from buildee.generators.construction_site.props.sheet import STAND
from buildee.layout.bars import bars
from buildee.layout.kinematics import rotation
from buildee.layout.layers import Layer, single
from buildee.layout.material import Color
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import pose_at
from buildee.layout.scene import Model
from buildee.layout.solids import box, cylinder, pipe, prism, revolve, sweep, tube

TOOL_COLORS: tuple[Color, ...] = (SAFETY_ORANGE, SAFETY_YELLOW, SAFETY_RED, (0.02, 0.16, 0.13), (0.03, 0.1, 0.28))

ALONG_Y = rotation((1, 0, 0), -np.pi / 2)
"""Lays what stands on Z along +Y."""

TO_X = rotation((0, 1, 0), np.pi / 2)
"""Lays what stands on Z along +X."""

Kind = Literal["compactor", "breaker", "cutter", "grinder", "saw_bench", "shovel", "level"]
KINDS: tuple[Kind, ...] = ("compactor", "breaker", "cutter", "grinder", "saw_bench", "shovel", "level")


def tool(kind: Kind = "compactor", color: Color = SAFETY_YELLOW) -> Model:
    """Returns a tool as it is put down; category tool.

    Args:
        kind: which.
        color: of its housing.
    """
    housing, steel, dark = _TOOLS[kind]()
    wood = [tube([(-0.5, 0, 0.03), (-0.3, 0, 0.035), (0.12, 0, 0.03)], 0.017, 8)] if kind == "shovel" else []
    low = min(mesh.bounds[0, 2] for mesh in (*housing, *steel, *dark, *wood))
    housing, steel, dark, wood = ([mesh.moved(z=-low) for mesh in group] for group in (housing, steel, dark, wood))
    layers: list[Layer] = [(moulded(color, 0.5, 0.6), housing), (STEEL, steel), (RUBBER, dark), (PALE_WOOD, wood)]
    return single("tool", f"tool/{kind}", layers)


def tool_rand(rng: np.random.Generator) -> Model:
    """Samples a tool."""
    return tool(KINDS[int(rng.integers(len(KINDS)))], pick(rng, TOOL_COLORS))


Groups = tuple[list[Mesh], list[Mesh], list[Mesh]]
"""What of a tool is housing, bare steel, and rubber or dark."""


def _compactor() -> Groups:
    plate = sweep(
        [(-0.3, 0, 0.1), (-0.24, 0, 0.016), (0.2, 0, 0.016), (0.3, 0, 0.12)],
        [(-0.215, -0.008), (0.215, -0.008), (0.215, 0.008), (-0.215, 0.008)],
    )
    base = box((0.36, 0.3, 0.12), (-0.02, 0, 0.08), 0.02)
    engine = [box((0.26, 0.26, 0.18), (0.02, 0, 0.3), 0.03), box((0.2, 0.12, 0.12), (0.02, 0.02, 0.44), 0.03)]
    frame = [
        tube([(0.22, s * 0.2, 0.1), (0.22, s * 0.2, 0.5), (-0.16, s * 0.2, 0.52), (-0.22, s * 0.2, 0.1)], 0.014, 8)
        for s in (-1, 1)
    ]
    handle = tube(
        [
            (-0.2, -0.17, 0.2),
            (-0.48, -0.17, 0.85),
            (-0.58, -0.13, 0.98),
            (-0.58, 0.13, 0.98),
            (-0.48, 0.17, 0.85),
            (-0.2, 0.17, 0.2),
        ],
        0.015,
        8,
    )
    mounts = [cylinder(0.03, 0.1, 10).moved(x, y, 0.13) for x in (-0.14, 0.12) for y in (-0.1, 0.1)]
    pull = cylinder(0.07, 0.04, 16).transformed(pose_at(0.02, 0.12, 0.3) @ ALONG_Y)
    return [base, engine[0]], [plate, *frame, engine[1]], [*mounts, handle, pull]


def _breaker() -> Groups:
    body = revolve([(0.035, -0.16), (0.06, -0.13), (0.065, 0.1), (0.08, 0.14), (0.08, 0.34), (0.05, 0.38)], 18)
    lie = pose_at(0.02, 0, 0.082) @ rotation((0, 1, 0), -np.pi / 2)
    grips = [bars([(-0.33, s * 0.05, 0.082)], [(-0.33, s * 0.24, 0.082)], 0.018, 8) for s in (-1, 1)]
    chisel = [bars([(0.16, 0, 0.082)], [(0.5, 0, 0.014)], 0.014, 6), box((0.09, 0.06, 0.012), (0.53, 0, 0.01), 0.004)]
    chuck = cylinder(0.042, 0.08, 14).transformed(pose_at(0.14, 0, 0.082) @ TO_X)
    return [body.transformed(lie)], [*chisel, chuck], [*grips, box((0.05, 0.12, 0.05), (-0.33, 0, 0.082), 0.01)]


def _cutter() -> Groups:
    body = [box((0.36, 0.2, 0.22), (-0.12, 0, 0.16), 0.04), box((0.3, 0.06, 0.06), (0.15, 0.02, 0.2), 0.015)]
    disc = cylinder(0.175, 0.004, 32).transformed(pose_at(0.28, -0.05, 0.18) @ ALONG_Y)
    angle = np.linspace(0.2, np.pi + 0.2, 12)
    arc = np.concatenate([0.19 * np.column_stack([np.cos(angle), np.sin(angle)]), [(-0.06, 0), (0.06, 0)]])
    guard = prism(arc, 0.05).transformed(STAND).moved(0.28, -0.02, 0.18)
    handle = [
        tube([(0.06, -0.12, 0.24), (0.03, -0.1, 0.34), (0.03, 0.1, 0.34), (0.06, 0.12, 0.24)], 0.014, 8),
        tube([(-0.28, 0, 0.22), (-0.4, 0, 0.26), (-0.42, 0, 0.14), (-0.28, 0, 0.1)], 0.018, 8),
        box((0.3, 0.16, 0.05), (-0.12, 0, 0.028), 0.015),
    ]
    return [*body, guard], [disc], handle


def _grinder() -> Groups:
    body = [tube([(-0.24, 0, 0.05), (-0.05, 0, 0.045), (0.12, 0, 0.048)], 0.038, 12)]
    head = cylinder(0.045, 0.06, 14, 0.008).moved(0.17, 0, 0.022)
    disc = cylinder(0.115, 0.005, 28).moved(0.17, 0, 0.012)
    guard = pipe(0.124, 0.118, 0.03, 28).moved(0.17, 0, 0.008)
    grip = bars([(0.15, 0.04, 0.05)], [(0.15, 0.17, 0.06)], 0.017, 8)
    return body, [head, disc, guard, cylinder(0.02, 0.022, 10).moved(0.17, 0, 0)], [grip]


def _saw_bench() -> Groups:
    top = box((0.8, 0.56, 0.03), (0, 0, 0.83), 0.006)
    legs = [
        bars([(sx * 0.36, sy * 0.34, 0.0)], [(sx * 0.3, sy * 0.24, 0.82)], 0.03, 4) for sx in (-1, 1) for sy in (-1, 1)
    ]
    legs += [bars([(sx * 0.345, -0.32, 0.2)], [(sx * 0.345, 0.32, 0.2)], 0.02, 4) for sx in (-1, 1)]
    case = box((0.4, 0.22, 0.24), (0, 0.02, 0.7), 0.03)
    blade = cylinder(0.157, 0.003, 40).transformed(pose_at(0, 0, 0.84) @ ALONG_Y)
    angle = np.linspace(0.15, np.pi - 0.15, 10)
    hood = prism(np.column_stack([0.19 * np.cos(angle), 0.13 * np.sin(angle)]), 0.04).transformed(STAND)
    riving = box((0.05, 0.003, 0.16), (-0.2, 0.0, 0.92))
    fence = box((0.6, 0.02, 0.08), (0, -0.2, 0.885), 0.004)
    switch = box((0.06, 0.05, 0.1), (0.2, -0.24, 0.76), 0.01)
    return [case, hood.moved(0, 0.02, 0.87)], [top, *legs, blade, riving, fence], [switch]


def _shovel() -> Groups:
    line = [(0.1, 0, 0.03), (0.18, 0, 0.024), (0.34, 0, 0.012), (0.46, 0, 0.006)]
    blade = sweep(
        line, [(-0.11, 0.012), (-0.07, -0.004), (0.07, -0.004), (0.11, 0.012), (0.07, -0.001), (-0.07, -0.001)]
    )
    socket = tube([(-0.06, 0, 0.031), (0.16, 0, 0.027)], 0.021, 8)
    grip = [bars([(-0.52, -0.06, 0.02)], [(-0.52, 0.06, 0.02)], 0.015, 8)]
    grip += [bars([(-0.46, 0, 0.028)], [(-0.52, s * 0.05, 0.02)], 0.01, 6) for s in (-1, 1)]
    return [], [blade.moved(z=0.0), socket], grip


def _level() -> Groups:
    body = box((1.2, 0.06, 0.025), (0, 0, 0.0125), 0.003)
    ends = [box((0.02, 0.062, 0.027), (s * 0.6, 0, 0.0135), 0.003) for s in (-1, 1)]
    vials = [box((0.06, 0.03, 0.004), (x, 0.0, 0.026), 0.001) for x in (-0.45, 0.0, 0.45)]
    return [body], vials, ends


_TOOLS = {
    "compactor": _compactor,
    "breaker": _breaker,
    "cutter": _cutter,
    "grinder": _grinder,
    "saw_bench": _saw_bench,
    "shovel": _shovel,
    "level": _level,
}

GAS_COLORS: tuple[Color, ...] = (SAFETY_RED, (0.5, 0.5, 0.48), (0.5, 0.12, 0.01), (0.03, 0.1, 0.28))


def gas_bottle(kilos: Literal[11, 33] = 33, color: Color = SAFETY_RED, wear: float = 0.5) -> Model:
    """Returns one propane bottle with its collar; category gas_bottle.

    Args:
        kilos: what it holds.
        color: of the paint.
        wear: of the paint.
    """
    radius, high = (0.15, 0.42) if kilos == 11 else (0.1525, 1.1)
    foot = pipe(0.12, 0.112, 0.06, 24)
    shell = revolve(
        [
            (0.06, 0.03),
            (radius - 0.03, 0.05),
            (radius, 0.1),
            (radius, high - 0.08),
            (radius - 0.03, high - 0.02),
            (0.05, high),
        ],
        28,
    )
    angle = np.deg2rad(np.linspace(-140, 140, 16))
    collar = sweep(
        np.column_stack([0.105 * np.cos(angle), 0.105 * np.sin(angle), np.full(16, high + 0.05)]),
        [(-0.003, -0.075), (0.003, -0.075), (0.003, 0.075), (-0.003, 0.075)],
    )
    valve = [cylinder(0.02, 0.08, 12).moved(z=high - 0.01), cylinder(0.032, 0.03, 14, 0.006).moved(z=high + 0.06)]
    layers: list[Layer] = [(painted(color, wear, 0.45), [foot, shell, collar]), (GALVANIZED, valve)]
    return single("gas_bottle", f"gas_bottle/{kilos}", layers)


def gas_bottle_rand(rng: np.random.Generator) -> Model:
    """Samples a propane bottle."""
    return gas_bottle(11 if rng.random() < 0.5 else 33, pick(rng, GAS_COLORS), float(rng.uniform(0.2, 0.9)))
