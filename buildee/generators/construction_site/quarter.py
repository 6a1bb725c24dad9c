"""Houses in closed rows around the blocks of the town, and the streets between the blocks. Metres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from buildee.generators.construction_site.blocks import CORNER, Block, offset
from buildee.generators.construction_site.vehicles_afar import parked_afar
from buildee.layout.material import Material
from buildee.layout.mesh import Mesh
from buildee.layout.pieces import copies, poses_at
from buildee.layout.scene import Assembly
from buildee.recipe.seed import Seed
from buildee.town.house_looks import row_looks
from buildee.town.houses import KINDS, Style
from buildee.town.skyline import DEPTH, LENGTH, row_house

SHAPES = 14
"""How many shapes of houses a town has."""

PAINTS = 4
"""In how many colours each of them comes."""

STREET = 0.016
"""Height of the carriageways behind above the land, metres."""

HAIR = 0.0006
"""Between the shares of blocks in a carriageway that lie over each other, metres."""

STEP = 0.12
"""Height of their pavements, metres."""

Array = NDArray[np.float64]


def quarter(blocks: Sequence[Block], shares: Mapping[Style, float], storeys: int, seed: Seed) -> Assembly:
    """Returns the rows of houses that are seen from afar, and the streets that they stand on."""
    cars = parked_afar(*_kerbs(blocks), STREET + 2 * HAIR, seed.child("cars").rng())
    return Assembly.merged([_rows(blocks, shares, storeys, seed.child("rows").rng()), _streets(blocks, seed), cars])


def _sides(blocks: Sequence[Block]) -> tuple[Array, Array, Array]:
    """Returns (S, 2, 2) ends of all rows of houses, (S,) directions that they face, radians, and (S,) their blocks."""
    corners = np.array([block.fronts for block in blocks if block.use == "houses"])
    spans = np.array([block.spans for block in blocks if block.use == "houses"])
    after = np.roll(corners, -1, 1)
    ahead = after - corners
    lengths = np.linalg.norm(ahead, axis=-1, keepdims=True)
    ahead = ahead / lengths
    ends = np.stack([corners + ahead * spans[..., :1], after - ahead * spans[..., 1:]], 2).reshape(-1, 2, 2)
    facing = np.arctan2(-ahead[..., 0], ahead[..., 1]).reshape(-1)
    fits = lengths.reshape(-1) - spans.sum(-1).reshape(-1) > 6.0  # false for NaN
    return ends[fits], facing[fits], (np.arange(len(fits)) // 4)[fits]


def _rows(blocks: Sequence[Block], shares: Mapping[Style, float], storeys: int, rng: np.random.Generator) -> Assembly:
    """Returns houses shoulder to shoulder, each stretched to its lot and a little higher or lower than the next."""
    ends, facing, of_block = _sides(blocks)
    lengths = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
    count = np.maximum(1, np.round(lengths / rng.uniform(10.5, 13.5, len(lengths)))).astype(int)
    side = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(side)) - np.repeat(np.cumsum(count) - count, count)
    cut = rng.uniform(-0.18, 0.18, len(side) + 1)
    low = (number + np.where(number == 0, 0.0, cut[:-1])) / count[side]
    high = (number + 1 + np.where(number + 1 == count[side], 0.0, cut[1:])) / count[side]
    span = ends[side, 1] - ends[side, 0]
    middle = ends[side, 0] + span * ((low + high) / 2)[:, None]
    poses = poses_at(np.column_stack([middle, 0 * low]), facing[side])
    poses[:, :3, 0] *= rng.uniform(0.96, 1.0, len(side))[:, None]  # yards begin behind
    poses[:, :3, 1] *= ((high - low) * lengths[side] / LENGTH)[:, None]
    poses[:, :3, 2] *= rng.uniform(0.93, 1.08, len(side))[:, None]
    kinds = [_kind(shares, storeys, rng) for _ in range(SHAPES)]
    which = _alike(np.array([floors for _, floors, _ in kinds]), of_block[side], rng)
    paint = rng.integers(PAINTS, size=len(side))
    kept = rng.random(len(side)) < 0.97
    pieces = []
    for index, (style, floors, roof) in enumerate(kinds):
        shape = (f"town/row_{style}_{floors}_{roof}_{index % 3}", row_house(style, floors, roof, index % 3))
        for color in range(PAINTS):
            chosen = kept & (which == index) & (paint == color)
            pieces.append(copies(f"rows.{index}.{color}", "building", shape, row_looks(style, rng), poses[chosen]))
    return Assembly.merged(pieces)


def _kind(shares: Mapping[Style, float], storeys: int, rng: np.random.Generator) -> tuple[Style, int, str]:
    """Draws the style, the number of storeys and the roof of a shape of houses."""
    style: Style = str(rng.choice(list(shares), p=list(shares.values())))
    kind = KINDS[style]
    floors = int(np.clip(storeys + rng.integers(-1, 2), *kind.storeys))
    return style, floors, kind.roofs[int(rng.integers(len(kind.roofs)))]


def _alike(floors: Array, block: Array, rng: np.random.Generator) -> Array:
    """Returns (N,) shapes of the houses of blocks: each block has a favourite and others about as high as that."""
    count = int(block.max()) + 1 if len(block) else 0
    favourite = rng.integers(len(floors), size=count)
    palette = [np.flatnonzero(np.abs(floors - floors[one]) <= 1) for one in favourite]
    palette = np.array([rng.choice(some, 4) for some in palette]).reshape(-1, 4)
    palette[:, 0] = favourite
    return palette[block, rng.choice(4, len(block), p=[0.4, 0.2, 0.2, 0.2])]


def _kerbs(blocks: Sequence[Block]) -> tuple[Array, Array]:
    """Returns (S, 2, 2) stretches of kerb along which cars may stand, and (S,) their headings, radians."""
    found = [np.stack([block.kerbs, np.roll(block.kerbs, -1, 0)], 1)[block.paved] for block in blocks]
    lines = np.concatenate(found)
    ahead = lines[:, 1] - lines[:, 0]
    return lines, np.arctan2(ahead[:, 1], ahead[:, 0])


def prisms(quads: Array, low: float, high: float) -> Mesh:
    """Returns upright prisms without floors over (N, 4, 2) counter-clockwise quadrangles."""
    quads = np.asarray(quads, np.float64).reshape(-1, 4, 2)
    points = np.empty((len(quads), 2, 4, 3))
    points[..., :2] = quads[:, None]
    points[:, 0, :, 2], points[:, 1, :, 2] = low, high
    faces = np.array([(4, 5, 6, 7), *((k, (k + 1) % 4, 4 + (k + 1) % 4, 4 + k) for k in range(4))])
    return Mesh.from_faces(points.reshape(-1, 3), (np.arange(len(quads))[:, None, None] * 8 + faces).reshape(-1, 4))


def lying(quads: Array, height: float | Array) -> Mesh:
    """Returns level sheets over (N, 4, 2) counter-clockwise quadrangles, at one height or (N,) metres."""
    quads = np.asarray(quads, np.float64).reshape(-1, 4, 2)
    points = np.empty((len(quads), 4, 3))
    points[..., :2] = quads
    points[..., 2] = np.broadcast_to(height, len(quads))[:, None]
    return Mesh.from_faces(points.reshape(-1, 3), np.arange(4 * len(quads)).reshape(-1, 4))


def _streets(blocks: Sequence[Block], seed: Seed) -> Assembly:
    """Returns carriageways with patches of other ages, and pavements with their kerbs."""
    rng = seed.child("streets").rng()
    cells = np.array([block.cell for block in blocks])
    lanes = lying(cells, STREET + HAIR * _layers(cells))
    walks = prisms([block.kerbs for block in blocks], -0.2, STEP)
    edge = prisms(offset(np.array([block.kerbs for block in blocks]), 0.14), -0.2, STEP - 0.012)
    at = rng.integers(len(cells), size=260)
    side, share = rng.integers(4, size=260), rng.uniform(0, 1, 260)
    kerbs = np.array([block.kerbs for block in blocks])
    start, end = kerbs[at, side], kerbs[at, (side + 1) % 4]
    ahead = (end - start) / np.linalg.norm(end - start, axis=1, keepdims=True)
    aside = np.column_stack([ahead[:, 1], -ahead[:, 0]])
    spot = start + (end - start) * share[:, None] + aside * rng.uniform(0.6, 2.4, (260, 1))
    long, wide = rng.uniform(1.0, 7.0, (260, 1)), rng.uniform(0.3, 0.9, (260, 1))
    patch = np.stack([spot + ahead * a * long - aside * b * wide for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))], 1)
    outside = np.array([block.paved for block in blocks])[at, side]
    older = Material("asphalt", (0.07, 0.07, 0.071), wear=0.4, dirt=0.3)
    tar = Material("asphalt", (0.034, 0.034, 0.036), wear=0.2, dirt=0.3)
    flags = Material("paving", (0.25, 0.243, 0.232), wear=0.4, dirt=0.5)
    stone = Material("concrete", (0.33, 0.32, 0.3), wear=0.4, dirt=0.5)
    still = np.eye(4)[None]
    return Assembly.merged(
        [
            copies("lanes", "road", ("town/lanes", lanes), (older,), still, False),
            copies(
                "lane_patches",
                "road",
                ("town/lane_patches", lying(patch[outside], STREET + 6 * HAIR)),
                (tar,),
                still,
                False,
            ),
            copies("walks", "kerb", ("town/walks", walks), (flags,), still, False),
            copies("walk_edges", "kerb", ("town/walk_edges", edge), (stone,), still, False),
        ]
    )


def _layers(cells: Array) -> Array:
    """Returns (N,) in which layer each of (N, 4, 2) cells lies, none in the layer of one that it meets."""
    low, high = cells.min(1), cells.max(1)
    meets = ((low[:, None] < high) & (high[:, None] > low)).all(-1)
    layers = np.full(len(cells), -1)
    for number, near in enumerate(meets):
        layers[number] = next(layer for layer in range(len(cells)) if layer not in layers[near])
    return layers


def yard_of(block: Block) -> Array:
    """Returns (4, 2) corners of the land behind the houses of a block."""
    return block.inner(max(DEPTH, CORNER if block.ring == 1 else 0.0) + 0.2)
