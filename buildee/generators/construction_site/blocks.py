"""The town in plan: building blocks between streets, in rows about the lot, ever less regular farther out. Metres.

The streets beside the lot are straight as far as the blocks that face them reach; beyond, the crossings are moved by
smooth noise, as streets of grown towns bend, and some blocks stretch across the end of a street and close it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.noise import value_noise
from buildee.generators.construction_site.site import PAVEMENT, Plot
from buildee.town.skyline import DEPTH

FORECOURT = 1.25
"""Paved strip between the pavement and the houses, metres."""

WALK = 2.2
"""Width of the pavement of the streets behind, metres."""

LANE = 3.2
"""Half the width of their carriageways, metres: two lanes of which one is parked full."""

CORNER = 14.0
"""What a row leaves to the row around the corner, metres."""

REACH = 350.0
"""How far the blocks go on, metres from the middle."""

BENDS = 26.0
"""How far crossings lie from a regular grid at most, metres."""

NEAREST = 150.0
"""Nearest tall block, metres from the middle."""

Array = NDArray[np.float64]
Use = Literal["houses", "park", "towers", "hall", "church", "works"]


@dataclass(frozen=True, eq=False)
class Block:
    """Land between streets.

    Attributes:
        fronts: (4, 2) counter-clockwise corners of the line that the houses stand on, metres.
        kerbs: (4, 2) the same of the outer edge of its pavement.
        cell: (4, 2) the same a little beyond the middle of the streets.
        spans: (4, 2) how far from either end of each side the rows of houses seen from afar begin, metres; a side
            that has none has NaN.
        paved: (4,) bool, which sides have a pavement of their own; the others lie at the streets beside the lot.
        ring: 1 for blocks that face the streets beside the lot, more farther out.
        use: what stands on it.
    """

    fronts: Array
    kerbs: Array
    cell: Array
    spans: Array
    paved: NDArray[np.bool_]
    ring: int
    use: Use

    @cached_property
    def middle(self) -> Array:
        """(2,) metres."""
        return self.fronts.mean(0)

    def inner(self, inset: float) -> Array:
        """Returns (4, 2) corners of the land `inset` metres behind the fronts."""
        return offset(self.fronts, -inset)


def offset(corners: Array, out: Array | float) -> Array:
    """Returns (..., 4, 2) quadrangles whose sides are moved outwards by (..., 4) metres; corners counter-clockwise."""
    ahead = corners[..., _NEXT, :] - corners
    ahead /= np.sqrt((ahead**2).sum(-1, keepdims=True))
    x, y = ahead[..., 1], -ahead[..., 0]
    level = x * corners[..., 0] + y * corners[..., 1] + out
    x0, y0, low = x[..., _LAST], y[..., _LAST], level[..., _LAST]
    cross = x0 * y - y0 * x
    return np.stack([(low * y - level * y0) / cross, (level * x0 - low * x) / cross], -1)


_NEXT, _LAST = np.array([1, 2, 3, 0]), np.array([3, 0, 1, 2])
"""Of each corner of a quadrangle the one after it and the one before."""


def blocks(plot: Plot, near: float, rng: np.random.Generator) -> list[Block]:
    """Returns the blocks of the town, nearest rings first.

    Args:
        plot: the zones of the site.
        near: length of the rows in full detail beyond the corners of the lot, metres.
        rng: decides.
    """
    salt = int(rng.integers(2**40))
    edges = [_intervals(kerb, plot.street_width, rng) for kerb in plot.kerb]
    count = [len(edge) // 2 for edge in edges]
    nodes = _crossings(edges, salt)
    cells = [(i, j) for i in range(-count[0], count[0] + 1) for j in range(-count[1], count[1] + 1)]
    cells.sort(key=lambda cell: (max(abs(cell[0]), abs(cell[1])), cell))
    spans = _joined(cells, count, nodes, rng)
    uses, found = _Uses(rng), []
    for span in spans:
        i, _, j, _ = span
        fronts = _fronts(span, edges, nodes, count)
        if np.hypot(*fronts.mean(0)) < REACH * rng.uniform(0.86, 1.04):
            ring = max(abs(i), abs(j))
            found.append(_block(fronts, span, ring, near, uses.draw(ring, fronts)))
    return found


def _joined(
    cells: list[tuple[int, int]], count: list[int], nodes: Array, rng: np.random.Generator
) -> list[tuple[int, int, int, int]]:
    """Returns i0, i1, j0, j1 of the blocks: cells, some joined with the next across the street between them.

    The crossings that a joined block passes are moved in `nodes`, across it, until its sides are straight.
    """
    spans, taken, outer, passed = [], {(0, 0)}, set(), set()
    for i, j in cells:
        if (i, j) in taken:
            continue
        along = int(abs(i) >= abs(j))
        other = (i + (1 - along), j + along)
        ring = max(abs(i), abs(j))
        taken.add((i, j))
        spans.append((i, i, j, j))
        if ring < 2 or other in taken or other not in cells or max(map(abs, other)) != ring or rng.random() > 0.5:
            continue
        sides = []  # first, passed and last crossing along either side
        for across in (-1, 0):
            row = [(i + step + count[0], j + across + count[1]) for step in (-1, 0, 1)]
            column = [(i + across + count[0], j + step + count[1]) for step in (-1, 0, 1)]
            sides.append(column if along else row)
        between, ends = {side[1] for side in sides}, {node for side in sides for node in side[::2]}
        inside = all(0 <= x < nodes.shape[0] and 0 <= y < nodes.shape[1] for x, y in between | ends)
        if inside and not (between & (outer | passed)) and not (ends & passed):
            taken.add(other)
            outer |= ends
            passed |= between
            spans[-1] = (i, other[0], j, other[1])
            for first, middle, last in sides:
                share = (nodes[middle][along] - nodes[first][along]) / (nodes[last][along] - nodes[first][along])
                nodes[middle][1 - along] = (1 - share) * nodes[first][1 - along] + share * nodes[last][1 - along]
    return spans


def _intervals(kerb: float, street: float, rng: np.random.Generator) -> Array:
    """Returns (2 K + 1, 2) low and high edges of the rows of blocks along an axis, the lot's in the middle."""
    inner = kerb - PAVEMENT
    sides = []
    for _ in range(2):
        low, rows = kerb + street + PAVEMENT + FORECOURT, []
        for number in range(6):
            high = low + (rng.uniform(56.0, 68.0) if number == 0 else rng.uniform(50.0, 86.0))
            rows.append((low, high))
            low = high + 2 * (LANE + WALK)
        sides.append(np.array(rows))
    return np.concatenate([-sides[0][::-1, ::-1], [(-inner, inner)], sides[1]])


def _crossings(edges: list[Array], salt: int) -> Array:
    """Returns (X, Y, 2) middles of the crossings between rows of blocks, those of the first ring on a regular grid."""
    lines = [(edge[1:, 0] + edge[:-1, 1]) / 2 for edge in edges]
    x, y = np.meshgrid(*lines, indexing="ij")
    steps = [np.abs(np.arange(len(line)) - (len(line) - 1) / 2) - 0.5 for line in lines]
    first, second = np.meshgrid(*steps, indexing="ij")
    ring = np.maximum(first, second)
    amount = np.where((ring < 1) | ((ring == 1) & (np.minimum(first, second) < 1)), 0.0, np.minimum(ring / 3, 1.0))
    noise = [value_noise(x, y, 150.0, salt + axis) + 0.4 * value_noise(x, y, 60.0, salt + 5 + axis) for axis in (0, 1)]
    return np.stack([x, y], -1) + np.stack(noise, -1) * amount[..., None] * BENDS


def _fronts(span: tuple[int, ...], edges: list[Array], nodes: Array, count: list[int]) -> Array:
    """Returns the corners of the cells from i0 to i1 and j0 to j1: each keeps its distance from its crossing."""
    i0, i1, j0, j1 = span[0] + count[0], span[1] + count[0], span[2] + count[1], span[3] + count[1]
    corners = []
    for i, i_high, j, j_high in ((i0, 0, j0, 0), (i1, 1, j0, 0), (i1, 1, j1, 1), (i0, 0, j1, 1)):
        at = [
            min(max(k, 0), size - 1) for k, size in ((i - 1 + i_high, nodes.shape[0]), (j - 1 + j_high, nodes.shape[1]))
        ]
        own = np.array([edges[0][i, i_high], edges[1][j, j_high]])
        lines = np.array([(edges[axis][at[axis] + 1, 0] + edges[axis][at[axis], 1]) / 2 for axis in (0, 1)])
        corners.append(own + nodes[tuple(at)] - lines)
    return np.array(corners)


def _block(fronts: Array, span: tuple[int, ...], ring: int, near: float, use: Use) -> Block:
    """Returns a block with its pavement, its half of the streets, and the spans of its rows."""
    i, j = span[0], span[2]
    main = np.zeros(4, bool)  # sides along the straight streets beside the lot
    lengths = np.hypot(*(np.roll(fronts, -1, 0) - fronts).T)
    long = (0, 2) if ring == 1 or lengths[0] + lengths[2] > lengths[1] + lengths[3] else (1, 3)
    spans = np.array([(0.0, 0.0) if side in long else (DEPTH - 0.5, DEPTH - 0.5) for side in range(4)])
    if ring == 1:
        facing = [side for side, on in ((3, i == 1), (1, i == -1), (0, j == 1), (2, j == -1)) if on]
        if len(facing) == 1:
            side = facing[0]
            main[[side, (side + 1) % 4, (side - 1) % 4]] = True
            spans[side] = np.nan
            spans[(side + 1) % 4, 0] = CORNER
            spans[(side - 1) % 4, 1] = CORNER
        else:
            main[facing] = True
            for side in facing:
                end = 0 if (side - 1) % 4 in facing else 1  # where the two streets cross
                spans[side, end] = near + (CORNER if side not in long else 0.0)
    walk, half = np.where(main, 0.0, WALK), np.where(main, 0.0, WALK + LANE + 2.0)
    return Block(fronts, offset(fronts, walk), offset(fronts, half), spans, ~main, ring, use)


class _Uses:
    """Decides what blocks are used for: one church, a few works, parks and halls, tall blocks beyond `NEAREST`."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._left = {"church": 1, "works": int(rng.integers(1, 3)), "park": 3, "hall": 4, "towers": 4}

    def draw(self, ring: int, fronts: Array) -> Use:
        """Returns the use of a block, and notes that it is taken."""
        dice = self._rng.random()
        if ring < 2 or np.ptp(fronts, 0).max() > 105.0:  # long blocks are housing
            return "houses"
        shares = {"church": 0.08, "works": 0.04, "park": 0.06, "hall": 0.06}
        if np.hypot(*fronts.mean(0)) > NEAREST:
            shares["towers"] = 0.1
        for use, share in shares.items():
            if dice < share and self._left[use]:
                self._left[use] -= 1
                return use
            dice -= share
        return "houses"
