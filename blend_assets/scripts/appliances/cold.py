"""Refrigerators: a fridge over freezer drawers, a fridge-freezer with two doors, and a side-by-side one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from blend_assets.scripts.appliances.cold_parts import GAP, Door, Space, cabinet, crisper, shelf
from blend_assets.scripts.appliances.details import bar_handle, disc, label
from blend_assets.scripts.appliances.fittings import (
    PANE,
    STEEL,
    Slot,
    Tree,
    hollow,
    made_of,
    outline,
    painted,
    slab,
    slider,
    tub,
)
from blend_assets.scripts.model import Asset
from buildee.layout.mesh import Mesh

SOURCE = (
    "EN 62552 appliances on the market: 595-600 mm wide, 650-670 mm deep with the door, 1.85 and 2.01 m high; "
    "side by side 912 x 1780 x 720 mm; walls 45-55 mm thick, glass shelves 4 mm, door bins 100 mm deep"
)


def assets() -> list[Asset]:
    """Returns the refrigerators."""
    return [refrigerator_a(), refrigerator_b(), refrigerator_american()]


def _fridge(tree: Tree, space: Space, heights: list[float], crisper_z: float, tall: float, halves: int) -> None:
    """Fills a space with shelves at `heights` over one row of crispers, the lowest shelf being their lid."""
    depth = space.front - space.back - 0.130
    tops = [*heights[1:], space.high[1] - 0.005]
    for number, (z, top) in enumerate(zip(heights, tops, strict=True)):
        shelf(tree, f"shelf_{number}", space, z, top - z - 0.015, depth)
    edges = np.linspace(space.low[0] + 0.006, space.high[0] - 0.006, halves + 1)
    for number, (a, b) in enumerate(pairwise(edges)):
        crisper(tree, f"crisper_{number}", space, (a + 0.002, b - 0.002), crisper_z, tall, depth)


def refrigerator_a() -> Asset:
    """Returns a fridge with one door over two freezer drawers with fronts of their own."""
    tree, front, half = Tree(), 0.265, 0.299
    fridge = Space((-0.249, 0.735), (0.249, 1.805), -0.275, front)
    frozen = Space((-0.249, 0.090), (0.249, 0.690), -0.275, front)
    cabinet(tree, ((-0.330, -half, 0.045), (front, half, 1.85)), [frozen, fridge], 0.045)
    heights = [0.965, 1.16, 1.355, 1.55]
    _fridge(tree, fridge, heights, 0.745, 0.195, 2)
    Door((-half, 0.714), (half, 1.848), 0.060, 1, (0.79, 1.06, 1.29, 1.52), (0.80, 1.16)).add(tree, "door", fridge)
    for number, (z0, z1) in enumerate(((0.387, 0.708), (0.060, 0.381))):
        _front_drawer(tree, f"freezer_{number}", frozen, (z0, z1), half)
    slots = painted(front=STEEL, glass=PANE, clear=PANE)
    slots["body"] = replace(STEEL, kind="lacquer", color=(0.33, 0.335, 0.34))
    return tree.asset(
        "refrigerator_a",
        "Refrigerator with freezer drawers",
        "refrigerator",
        slots,
        ("refrigerator", "freezer"),
        SOURCE,
    )


def _front_drawer(tree: Tree, name: str, space: Space, span: tuple[float, float], half: float) -> None:
    """Adds a freezer drawer with an insulated front and a bar handle."""
    z0, z1 = span
    x0 = space.front + GAP
    x1 = x0 + 0.060
    bottom, sheet = max(z0, space.low[1]) + 0.020, 0.003
    outer = (
        (space.back + 0.02, space.low[0] + 0.010, bottom),
        (space.front - 0.004, space.high[0] - 0.010, z1 - 0.075),
    )
    inner = ((outer[0][0] + sheet, outer[0][1] + sheet, bottom + sheet), (outer[1][0] - sheet, outer[1][1] - sheet, z1))
    box = hollow(
        outline(outer[0][:2], outer[1][:2], 0.010),
        outline(inner[0][:2], inner[1][:2], 0.008),
        (bottom, bottom + sheet, outer[1][2]),
        (Slot.INTERIOR,) * 3,
        0.002,
        "z",
    )
    arms = [
        slab((space.front - 0.02, s * 0.19 - 0.02, bottom + 0.02), (x0 + 0.001, s * 0.19 + 0.02, bottom + 0.08), 0.002)
        for s in (-1, 1)
    ]
    z = z1 - 0.045
    handle = bar_handle((x1 + 0.040, -0.22, z), (x1 + 0.040, 0.22, z), 0.040, 0.008)
    solid = [
        *tub(outer, inner),
        ((x0, -half, z0), (x1, half, z1)),
        ((x1 + 0.031, -0.22, z - 0.009), (x1 + 0.049, 0.22, z + 0.009)),
    ]
    solid += [
        ((space.front - 0.004, s * 0.19 - 0.02, bottom + 0.02), (x0, s * 0.19 + 0.02, bottom + 0.08)) for s in (-1, 1)
    ]
    tree.add(
        name,
        *_drawer_front(space.front, span, half),
        handle,
        box,
        made_of(Slot.METAL, *arms),
        solid=solid,
        pivot=(x0, 0, z0),
        parent="body",
        joint=slider((1, 0, 0), 0.0, 0.40),
        grasp=(x1 + 0.049, 0, z),
    )
    tree.carry(
        name,
        name,
        "drawer",
        (inner[0][0] + 0.01, inner[0][1] + 0.01),
        (inner[1][0] - 0.01, inner[1][1] - 0.01),
        bottom + sheet,
        outer[1][2] - bottom - 0.01,
        "frozen",
    )


def _drawer_front(front: float, span: tuple[float, float], half: float) -> list[Mesh]:
    """Returns the insulated front of a drawer between two heights: skin, liner and seal."""
    z0, z1 = span
    x0 = front + GAP
    x1 = x0 + 0.060
    face = made_of(Slot.FRONT, slab((x0 + 0.006, -half, z0), (x1, half, z1), 0.005, 0.007))
    pan = made_of(
        Slot.INTERIOR, slab((x0, -half + 0.003, z0 + 0.003), (x0 + 0.007, half - 0.003, z1 - 0.003), 0.002, 0.008)
    )
    seal = made_of(
        Slot.RUBBER,
        slab((front + 0.0005, -half + 0.010, z0 + 0.010), (x0 + 0.0005, half - 0.010, z1 - 0.010), 0.0015, 0.004),
    )
    return [face, pan, seal]


def refrigerator_b() -> Asset:
    """Returns a white fridge-freezer: two doors with recessed grips, three drawers in the freezer."""
    tree, front, half = Tree(), 0.265, 0.2975
    fridge = Space((-0.2475, 0.800), (0.2475, 1.965), -0.275, front)
    frozen = Space((-0.2475, 0.095), (0.2475, 0.755), -0.275, front)
    cabinet(tree, ((-0.330, -half, 0.045), (front, half, 2.01)), [frozen, fridge], 0.045)
    _fridge(tree, fridge, [1.035, 1.23, 1.425, 1.64], 0.812, 0.200, 1)
    for number in range(3):
        crisper(tree, f"freezer_{number}", frozen, (-0.238, 0.238), 0.105 + 0.215 * number, 0.190, 0.50, Slot.CLEAR)
    Door((-half, 0.779), (half, 2.008), 0.062, 1, (0.86, 1.13, 1.38, 1.66)).add(tree, "door", fridge)
    Door((-half, 0.060), (half, 0.773), 0.062, 1, ()).add(tree, "door_freezer", frozen)
    return tree.asset(
        "refrigerator_b",
        "Fridge-freezer with two doors",
        "refrigerator",
        painted(glass=PANE, clear=PANE),
        ("refrigerator", "freezer"),
        SOURCE,
    )


def refrigerator_american() -> Asset:
    """Returns a side-by-side refrigerator: freezer on the left with a water dispenser, fridge on the right."""
    tree, front, half = Tree(), 0.290, 0.456
    frozen = Space((-0.406, 0.10), (-0.062, 1.73), -0.30, front)
    fridge = Space((-0.014, 0.10), (0.406, 1.73), -0.30, front)
    cabinet(tree, ((-0.360, -half, 0.055), (front, half, 1.78)), [frozen, fridge], 0.055)
    _fridge(tree, fridge, [0.545, 0.80, 1.06, 1.33], 0.115, 0.200, 1)
    crisper(tree, "crisper_1", fridge, (fridge.low[0] + 0.008, fridge.high[0] - 0.008), 0.325, 0.190, 0.46)
    for number in range(2):
        crisper(
            tree,
            f"freezer_{number}",
            frozen,
            (frozen.low[0] + 0.008, frozen.high[0] - 0.008),
            0.112 + 0.215 * number,
            0.195,
            0.46,
        )
    for number, z in enumerate((0.56, 0.82, 1.08, 1.34)):
        shelf(tree, f"freezer_shelf_{number}", frozen, z, 0.22, 0.46)
    Door((-half, 0.07), (-0.040, 1.775), 0.070, -1, (0.20, 0.50, 1.45), (0.55, 1.45)).add(tree, "door_freezer", frozen)
    Door((-0.036, 0.07), (half, 1.775), 0.070, 1, (0.20, 0.52, 0.82, 1.12, 1.42), (0.55, 1.45)).add(
        tree, "door", fridge
    )
    x = front + GAP + 0.070
    _dispenser(tree, x, -0.255, 1.02)
    slots = painted(front=STEEL, glass=PANE, clear=PANE)
    slots["body"] = replace(STEEL, kind="lacquer", color=(0.12, 0.12, 0.125))
    return tree.asset(
        "refrigerator_american",
        "Side-by-side refrigerator",
        "refrigerator",
        slots,
        ("refrigerator", "freezer", "american"),
        SOURCE,
    )


def _dispenser(tree: Tree, x: float, y: float, z: float) -> None:
    """Adds the dispenser's surround, paddle, tray and display to the freezer's door."""
    rim = hollow(
        outline((y - 0.085, z), (y + 0.085, z + 0.36), 0.008),
        outline((y - 0.070, z + 0.020), (y + 0.070, z + 0.235), 0.010),
        (x - 0.001, x + 0.001, x + 0.014),
        (Slot.PANEL, Slot.PANEL, Slot.PANEL),
        0.003,
    )
    paddle = slab((x + 0.002, y - 0.018, z + 0.09), (x + 0.008, y + 0.018, z + 0.16), 0.002)
    spout = disc(0.011, z + 0.215, z + 0.236, 0.001, 16, "z").moved(x + 0.008, y)
    tray = [
        slab((x + 0.001, y - 0.066 + 0.009 * k, z + 0.0205), (x + 0.013, y - 0.063 + 0.009 * k, z + 0.025), 0)
        for k in range(15)
    ]
    marks = [
        label("-18", 0.016, x + 0.0142, y - 0.035, z + 0.315, Slot.DISPLAY),
        label("4", 0.016, x + 0.0142, y + 0.035, z + 0.315, Slot.DISPLAY),
    ]
    marks += [
        label(word, 0.006, x + 0.0142, y + 0.04 * k, z + 0.265)
        for k, word in zip((-1, 0, 1), ("CUBES", "WATER", "CRUSH"), strict=True)
    ]
    solid = [
        ((x, y - 0.085, z), (x + 0.014, y - 0.070, z + 0.36)),
        ((x, y + 0.070, z), (x + 0.014, y + 0.085, z + 0.36)),
    ]
    tree.add(
        "dispenser",
        rim,
        made_of(Slot.TRIM, paddle, spout, *tray),
        *marks,
        solid=solid,
        parent="door_freezer",
        pivot=(x, y, z),
    )
