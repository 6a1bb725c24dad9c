"""What stands and lies on the decks of a scaffold: bricks and mortar of masons, a trade's odds and ends. Metres."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from buildee.generators.construction_site.scaffold_parts import BAY
from buildee.layout.bars import bars
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import piece, pose_at
from buildee.layout.scene import Assembly
from buildee.layout.solids import box, cylinder, revolve, tube

BRICKS = Material("concrete", (0.33, 0.13, 0.08), wear=0.4, dirt=0.3, scale=5.0)
TUB = Material("plastic", (0.03, 0.03, 0.032), wear=0.6, dirt=0.6)
MORTAR = Material("concrete", (0.38, 0.365, 0.33), wear=0.2, dirt=0.1, wetness=0.4, scale=5.0)
BOARDS = Material("wood", (0.5, 0.37, 0.2), wear=0.5, dirt=0.5)
BAG = Material("fabric", (0.55, 0.5, 0.4), wear=0.3, dirt=0.5)
CABLE = Material("rubber", (0.55, 0.12, 0.02), wear=0.4, dirt=0.5)
CHEST = Material("painted_metal", (0.02, 0.1, 0.3), wear=0.6, dirt=0.5)
BOTTLE = Material("painted_metal", (0.5, 0.08, 0.02), wear=0.5, dirt=0.45)

STREWN = 0.16
"""Share of the bays of a deck on which something lies that no mason has put there."""


def loads(
    name: str,
    decks: Sequence[tuple[int, float]],
    bays: int,
    entrance: int,
    loaded: tuple[int, int] | None,
    rng: np.random.Generator,
) -> list[Assembly]:
    """Returns what is on the decks, clear of the ladders.

    Args:
        name: of the scaffold.
        decks: number and height of every deck, metres.
        bays: of the scaffold.
        entrance: the bay with the ladders.
        loaded: lowest and highest deck that masons work from.
        rng: decides what and where.
    """
    found = []
    for deck, height in decks:
        masons = loaded is not None and max(loaded[0], 1) <= deck <= loaded[1]
        dice, places = rng.random((bays, 3)), rng.uniform(0, 1, (bays, 3))
        for bay in range(bays):
            if bay == entrance:
                continue
            title = f"{bay}_{deck}"
            left, right = bay * BAY + 0.45 + 0.45 * places[bay, 0], bay * BAY + 1.6 + 0.5 * places[bay, 1]
            laid = masons and dice[bay, 0] < 0.55
            if laid:
                shape = ("scaffold/bricks", bricks_stacked())
                pose = pose_at(left, -0.43, height)
                found.append(piece(f"{name}/bricks_{title}", "brick_stack", shape, (BRICKS,), pose))
            if masons and dice[bay, 1] < 0.35:
                shape = ("scaffold/tub", mortar_tub())
                found.append(piece(f"{name}/tub_{title}", "bucket", shape, (TUB, MORTAR), pose_at(right, -0.4, height)))
            elif not laid and dice[bay, 2] < STREWN:
                label, category, make, looks = ODDS[int(places[bay, 2] * len(ODDS))]
                shape = (f"scaffold/{label}", make())
                pose = pose_at(bay * BAY + 1.15 + 0.5 * places[bay, 1], -0.42, height)
                found.append(piece(f"{name}/{label}_{title}", category, shape, looks, pose))
    return found


@lru_cache(maxsize=1)
def bricks_stacked() -> Mesh:
    """Returns a stack of bricks as a scaffold is loaded out: five courses, crosswise by turns, the last unfinished."""
    length, width, height = 0.215, 0.1025, 0.065
    pieces = []
    for course in range(5):
        for number in range(8 if course < 4 else 5):
            row, column = divmod(number, 4 if course % 2 else 2)
            shift = 0.004 * ((number * 7 + course * 3) % 5 - 2)
            if course % 2:
                size, x, y = (width, length, height), (column - 1.5) * 0.108, (row - 0.5) * 0.22
            else:
                size, x, y = (length, width, height), (column - 0.5) * 0.22, (row - 1.5) * 0.108
            pieces.append(box(size, (x + shift, y - 0.5 * shift, (course + 0.5) * height), 0.003))
    return Mesh.merged(pieces)


@lru_cache(maxsize=1)
def mortar_tub() -> Mesh:
    """Returns a rubber tub with mortar and a trowel's worth on its rim; slot 0 tub, slot 1 mortar."""
    wall = revolve([(0.17, 0.0), (0.235, 0.27), (0.245, 0.28), (0.225, 0.275), (0.165, 0.02)], 20)
    heap = revolve([(0.2, 0.16), (0.14, 0.19), (0.05, 0.21)], 20)
    return Mesh.merged([wall, heap.with_slot(1)])


@lru_cache(maxsize=1)
def _boards() -> Mesh:
    """Returns a bundle of scaffold boards along the deck, the top ones shifted."""
    rows = [(0.0, -0.115, 0.019), (0.03, 0.115, 0.019), (-0.06, -0.1, 0.057), (0.09, 0.09, 0.095)]
    return Mesh.merged([box((1.2, 0.22, 0.038), row, 0.003) for row in rows])


@lru_cache(maxsize=1)
def _bags() -> Mesh:
    """Returns three bags of adhesive, slumped on each other."""
    rows = [(0.0, 0.0, 0.055), (0.04, 0.02, 0.165), (-0.03, -0.02, 0.27)]
    return Mesh.merged([box((0.6 - 0.02 * k, 0.38, 0.11), row, 0.045) for k, row in enumerate(rows)])


@lru_cache(maxsize=1)
def _coil() -> Mesh:
    """Returns a coil of cable, its end trailing off."""
    turn = np.linspace(0, 8 * np.pi, 72)
    radius = 0.17 + 0.03 * np.sin(0.7 * turn)
    ring = np.column_stack([radius * np.cos(turn), radius * np.sin(turn), 0.009 + 0.0022 * turn])
    tail_ = np.array([(0.3, 0.06, 0.011), (0.5, -0.05, 0.009), (0.75, 0.02, 0.009)])
    return tube(np.concatenate([ring[::-1], tail_]), 0.009, 6)


@lru_cache(maxsize=1)
def _chest() -> Mesh:
    """Returns a tool chest with its handle, a spirit level on it."""
    body = [box((0.55, 0.28, 0.2), (0, 0, 0.1), 0.008), box((0.56, 0.29, 0.05), (0, 0, 0.215), 0.008)]
    handle = tube([(-0.12, 0, 0.235), (-0.1, 0, 0.29), (0.1, 0, 0.29), (0.12, 0, 0.235)], 0.009, 6)
    return Mesh.merged([*body, handle, box((0.9, 0.025, 0.06), (0.05, 0.08, 0.27), 0.003)])


@lru_cache(maxsize=1)
def _bottle() -> Mesh:
    """Returns a gas bottle of 11 kg with its collar, as roofers use for torches."""
    body = revolve([(0.13, 0.0), (0.15, 0.03), (0.15, 0.42), (0.12, 0.49), (0.03, 0.52), (0.0, 0.52)], 20)
    collar = bars([(x, y, 0.5) for x, y in _CORNERS], [(x, y, 0.6) for x, y in _CORNERS], 0.008, 5)
    return Mesh.merged(
        [body, collar, cylinder(0.1, 0.012, 16).moved(0, 0, 0.595), cylinder(0.02, 0.07, 8).moved(z=0.51)]
    )


_CORNERS = ((0.07, 0.07), (-0.07, 0.07), (-0.07, -0.07), (0.07, -0.07))

Odd = tuple[str, str, Callable[[], Mesh], tuple[Material, ...]]
ODDS: tuple[Odd, ...] = (
    ("boards", "timber_stack", _boards, (BOARDS,)),
    ("bags", "cement_bag", _bags, (BAG,)),
    ("coil", "tool", _coil, (CABLE,)),
    ("chest", "tool", _chest, (CHEST,)),
    ("bottle", "gas_bottle", _bottle, (BOTTLE,)),
    ("tub", "bucket", mortar_tub, (TUB, MORTAR)),
)
"""What lies on decks: name, category, shape, materials."""
