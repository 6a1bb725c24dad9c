"""What hangs from a tower crane's hook. Metres."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.formwork import PAINTS
from buildee.generators.construction_site.reinforcement import STEEL as REBAR
from buildee.generators.construction_site.rigging import chain_leg, chain_sling, spreader
from buildee.layout.bars import bars
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import box_proxy, pose_at
from buildee.layout.scene import Model, Part
from buildee.layout.solids import beam, box, revolve

LoadKind = Literal["bucket", "rebar", "panels", "wall_form", "blocks", "half_slab"]
LOADS: tuple[LoadKind, ...] = get_args(LoadKind)

BUNDLE = ((-3.05, -0.11, 0.0), (3.05, 0.11, 0.11))
"""Lowest and highest corner of a bundle of bars, whose gear is part of its mesh."""

Goods = tuple[Mesh, NDArray[np.float64] | None, float]
"""Goods, maybe with gear, in slots; where chains hook in, None when the gear is there; where the hook is lowest."""

SLING = Material("bare_metal", (0.2, 0.19, 0.18), wear=0.6, dirt=0.5)
PLY = Material("plywood", (0.4, 0.24, 0.11), wear=0.4, dirt=0.4)
BLOCK = Material("concrete", (0.46, 0.45, 0.43), wear=0.2, dirt=0.3)
CONCRETE = Material("concrete", (0.44, 0.43, 0.40), wear=0.2, dirt=0.3)
TIMBER = Material("wood", (0.55, 0.38, 0.15), wear=0.4, dirt=0.4)
YELLOW = Material("painted_metal", (0.66, 0.42, 0.02), wear=0.7, dirt=0.6)


def crane_load(kind: LoadKind, rng: np.random.Generator) -> Model:
    """Returns a load in its gear; origin under its middle, marker "body/ring" where the crane's hook is lowest.

    Args:
        kind: a 1 m3 concrete bucket; a bundle of reinforcing bars below a spreader; a pack of formwork panels; a
            large panel of wall formwork; a pallet of blocks in a caged fork; a half slab with lattice girders.
        rng: decides paint and small irregularities.
    """
    makers = {"bucket": _bucket, "rebar": _rebar, "panels": _panels}
    makers |= {"wall_form": _wall_form, "blocks": _blocks, "half_slab": _half_slab}
    goods, anchors, ring = makers[kind](rng)
    paint = Material("painted_metal", PAINTS[int(rng.integers(len(PAINTS)))], wear=0.7, dirt=0.7)
    materials = {
        "bucket": (paint, SLING),
        "rebar": (REBAR, YELLOW, SLING),
        "panels": (PLY, paint, SLING),
        "wall_form": (PLY, paint, TIMBER, SLING),
        "blocks": (BLOCK, YELLOW, TIMBER, SLING),
        "half_slab": (CONCRETE, REBAR, SLING),
    }[kind]
    mesh = goods if anchors is None else Mesh.merged([goods, chain_sling(anchors, ring).with_slot(len(materials) - 1)])
    key = f"crane_load/{kind}"
    solid = goods.bounds if anchors is not None else BUNDLE
    part = Part("body", key, materials, proxy=box_proxy(solid))
    return Model("crane_load", {key: mesh}, (part,), {"body/ring": pose_at(z=ring)})


def _bucket(rng: np.random.Generator) -> Goods:
    """Returns a 1 m3 conical bucket with its outlet, lever, legs and bail."""
    outside = [(0.16, 0.12), (0.16, 0.3), (0.62, 0.95), (0.62, 1.35), (0.65, 1.35), (0.65, 1.39), (0.6, 1.39)]
    shell = revolve([*outside, (0.6, 0.98), (0.02, 0.7)], 32)
    half = 0.52
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    feet = np.column_stack([corners, np.full(4, 0.02)])
    legs = bars(feet, np.column_stack([corners, np.full(4, 0.95)]), 0.03, 8)
    ring = bars(feet, np.roll(feet, -1, 0), 0.03, 8)
    spokes = bars(
        np.column_stack([corners * 0.8, np.full(4, 0.9)]), np.column_stack([corners, np.full(4, 0.9)]), 0.02, 6
    )
    gate = box((0.36, 0.36, 0.05), (0, 0, 0.11), 0.006)
    lever = bars([(0.1, 0.15, 0.12), (0.6, 0.28, 0.45)], [(0.6, 0.28, 0.45), (0.95, 0.28, 0.4)], 0.016, 6)
    rungs = [box((0.03, 0.3, 0.03), (-0.66, 0, z), 0.004) for z in (1.0, 1.2)]
    lugs = [box((0.03, 0.1, 0.16), (x, 0, 1.44), 0.006) for x in (-0.63, 0.63)]
    goods = Mesh.merged([shell, legs, ring, spokes, gate, lever, *rungs, *lugs])
    return goods, np.array([(-0.63, 0, 1.47), (0.63, 0, 1.47)]), 2.6 + float(rng.uniform(0, 0.2))


def _rebar(rng: np.random.Generator) -> Goods:
    """Returns a tied bundle of 6 m bars, choked by two chains below a spreader."""
    spots = np.array(
        [(y, z) for row, z in enumerate(np.arange(5) * 0.019) for y in (np.arange(9 - row) - 4 + row / 2) * 0.022]
    )
    reach = 3.0 + rng.uniform(-0.05, 0.05, len(spots))
    low = np.column_stack([-reach, spots[:, 0], 0.012 + spots[:, 1]])
    bundle = bars(low, low * (-1, 1, 1), 0.0098, 6)
    ties = []
    # Wire ties, and the two chokes of the slings, which are thicker.
    for x, radius in ((-2.4, 0.003), (-1.5, 0.011), (-0.6, 0.003), (0.6, 0.003), (1.5, 0.011), (2.4, 0.003)):
        hoop = np.array([(x, y, z) for y, z in ((-0.1, 0.0), (0.1, 0.0), (0.06, 0.102), (-0.06, 0.102))])
        ties.append(bars(hoop, np.roll(hoop, -1, 0), radius, 6))
    gear, below = spreader(4.3, 4.3, 2.6)
    drops = [chain_leg((x, 0.0, 0.1), point) for x, point in zip((-1.5, 1.5), below, strict=True)]
    gear = replace(gear, slots=gear.slots + 1)
    return Mesh.merged([bundle, *ties, gear, Mesh.merged(drops).with_slot(2)]), None, 4.3


def _panels(rng: np.random.Generator) -> Goods:
    """Returns five framed formwork panels, 2.70 x 1.35 m, stacked flat with lashing."""
    goods = []
    for layer in range(5):
        x, y = rng.normal(0.0, 0.008, 2)
        base = 0.1 + 0.125 * layer
        goods.append(box((2.7, 1.35, 0.02), (x, y, base + 0.112), 0.002))
        frame = [box((2.7, 0.06, 0.1), (x, y + side * 0.645, base + 0.05), 0.004) for side in (-1, 1)]
        frame += [box((0.06, 1.23, 0.1), (x + dx, y, base + 0.05), 0.003) for dx in np.linspace(-1.32, 1.32, 6)]
        goods.append(Mesh.merged(frame).with_slot(1))
    goods += [box((0.1, 1.4, 0.09), (x, 0, 0.045), 0.004) for x in (-0.9, 0.9)]
    height = 0.1 + 5 * 0.125
    anchors = np.array([(x, y, height + 0.02) for x in (-0.95, 0.95) for y in (-0.6, 0.6)])
    lugs = [box((0.06, 0.06, 0.06), anchor - np.array([0, 0, 0.03]), 0.006).with_slot(1) for anchor in anchors]
    return Mesh.merged([*goods, *lugs]), anchors, height + 1.9


def _wall_form(rng: np.random.Generator) -> Goods:
    """Returns a panel of girder formwork, 2.50 x 2.75 m: ply, upright H20 girders, steel walers."""
    width, height = 2.5, 2.75
    ply = box((width, 0.021, height), (0, 0, 0.02 + height / 2), 0.002)
    girders, walers = [], []
    for x in np.linspace(-width / 2 + 0.12, width / 2 - 0.12, 8):
        flanges = [box((0.08, 0.04, height + 0.1), (x, y, 0.02 + height / 2), 0.003) for y in (0.031, 0.19)]
        girders += [*flanges, box((0.027, 0.12, height + 0.08), (x, 0.111, 0.02 + height / 2))]
    for z in (0.55, 1.6, 2.4):
        walers += [box((width - 0.1, 0.05, 0.1), (0, y, z), 0.004) for y in (0.2355,)]
        walers += [box((width - 0.1, 0.05, 0.1), (0, 0.2355 + 0.07, z), 0.004)]
        walers += [box((0.08, 0.02, 0.1), (x, 0.2705, z)) for x in (-1.0, 0.0, 1.0)]
    eyes = [box((0.05, 0.02, 0.22), (x, 0.11, height + 0.12), 0.004) for x in (-0.85, 0.85)]
    tie = bars([(-0.85, 0.11, 2.75), (0.85, 0.11, 2.75)], [(-0.85, 0.11, 3.02), (0.85, 0.11, 3.02)], 0.012, 8)
    anchors = np.array([(-0.85, 0.11, height + 0.27), (0.85, 0.11, height + 0.27)])
    mesh = Mesh.merged([ply, Mesh.merged([*walers, *eyes, tie]).with_slot(1), Mesh.merged(girders).with_slot(2)])
    return mesh.moved(y=-0.11, z=0.03), anchors - np.array([0, 0.11, -0.03]), height + 1.75 + float(rng.uniform(0, 0.2))


def _blocks(rng: np.random.Generator) -> Goods:
    """Returns a pallet of blocks on a crane fork with its cage of mesh, which no piece may leave while it hangs."""
    blocks = []
    for layer in range(5):
        for x in (-0.45, 0.0, 0.45):
            for y in np.linspace(-0.42, 0.42, 5):
                if layer < 4 or rng.random() < 0.8:
                    dx, dy = rng.normal(0, 0.004, 2)
                    blocks.append(box((0.438, 0.2, 0.19), (x + dx, y + dy, 0.24 + 0.1 + 0.195 * layer), 0.004))
    runners = [box((1.3, 0.1, 0.09), (0, y, 0.15 - 0.02), 0.003) for y in (-0.42, 0.0, 0.42)]
    deck = [box((0.12, 1.06, 0.022), (x, 0, 0.211), 0.002) for x in np.linspace(-0.58, 0.58, 7)]
    tines = [box((1.45, 0.12, 0.05), (0.06, y, 0.05), 0.006) for y in (-0.21, 0.21)]
    back = [beam((-0.72, y, 0.03), (-0.72, y, 1.95), 0.1, 0.1) for y in (-0.21, 0.21)]
    arm = [beam((-0.76, y, 1.9), (0.12, y, 1.9), 0.1, 0.14) for y in (-0.21, 0.21)]
    cross = [beam((-0.72, -0.26, z), (-0.72, 0.26, z), 0.06, 0.06) for z in (0.7, 1.4)]
    head = [box((0.06, 0.5, 0.16), (0.0, 0, 1.95), 0.01), box((0.14, 0.03, 0.16), (0.0, 0, 2.06), 0.004)]
    corners = np.array([(-0.66, -0.56), (0.72, -0.56), (0.72, 0.56), (-0.66, 0.56)])
    wires = []
    for first, second in zip(corners, np.roll(corners, -1, 0), strict=True):
        spots = np.linspace(first, second, 13)
        wires.append(
            bars(np.column_stack([spots, np.full(13, 0.24)]), np.column_stack([spots, np.full(13, 1.5)]), 0.003, 4)
        )
        for z in np.linspace(0.24, 1.5, 11):
            wires.append(bars([(*first, z)], [(*second, z)], 0.003 if 0.3 < z < 1.45 else 0.012, 4))
    frame = Mesh.merged([*tines, *back, *arm, *cross, *head, *wires]).with_slot(1)
    mesh = Mesh.merged([*blocks, frame, Mesh.merged([*runners, *deck]).with_slot(2)])
    return mesh.moved(z=-0.02), np.array([(0.0, 0.0, 2.14)]), 3.0


def _half_slab(rng: np.random.Generator) -> Goods:
    """Returns a half slab, 5.0 x 2.4 m and 60 mm thick, with four lattice girders, in whose nodes the chains hook."""
    slab = box((5.0, 2.4, 0.06), (0, 0, 0.03), 0.004)
    steel = []
    nodes = np.arange(-2.3, 2.31, 0.2)
    for y in (-0.9, -0.3, 0.3, 0.9):
        steel.append(bars([(-2.4, y, 0.16)], [(2.4, y, 0.16)], 0.005, 6))
        steel.append(
            bars(
                [(-2.4, y - 0.035, 0.063), (-2.4, y + 0.035, 0.063)],
                [(2.4, y - 0.035, 0.063), (2.4, y + 0.035, 0.063)],
                0.004,
                5,
            )
        )
        for side in (-0.035, 0.035):
            low = np.column_stack([nodes, np.full((len(nodes), 2), (y + side, 0.05))])
            high = np.column_stack([nodes + 0.1, np.full((len(nodes), 2), (y + 0.2 * side, 0.16))])
            steel += [bars(low, high, 0.003, 4), bars(high[:-1], low[1:], 0.003, 4)]
    x = np.arange(-2.3, 2.31, 0.15) + rng.normal(0, 0.008, 31)
    lugs = bars(
        np.column_stack([x, np.full(31, -1.2), np.full(31, 0.025)]),
        np.column_stack([x, np.full(31, -1.32), np.full(31, 0.025)]),
        0.004,
        5,
    )
    anchors = np.array([(x, y, 0.175) for x in (-1.5, 1.5) for y in (-0.9, 0.9)])
    mesh = Mesh.merged([slab, Mesh.merged([*steel, lugs]).with_slot(1)])
    return mesh, anchors, 2.9 + float(rng.uniform(0, 0.3))
